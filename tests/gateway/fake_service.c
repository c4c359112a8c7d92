/* A service for tests: fake_service NAME ENDPOINT.  It binds a ROUTER, answers echo.proto's methods
 * and the engine's Status, Metrics and Read of an empty journal, and prints "ready" once it is
 * bound. */
#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zmq.h>

#include "echo.pb-c.h"
#include "shegong/engine/v1/journal.pb-c.h"

#define FRAMES_MAX 4

/* An answer that waits for its time. */
struct late {
	struct late *next;
	int64_t at;
	size_t n_frames;
	zmq_msg_t frames[FRAMES_MAX];
	size_t len;
	uint8_t *packed;
};

static struct late *lates;
static uint64_t sequence;
static const char *name;

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Pack the reply and send it behind the routing frames, which are used up. */
static void answer(void *socket, zmq_msg_t *frames, size_t n, const void *packed, size_t len)
{
	for (size_t i = 0; i < n; i++)
		zmq_msg_send(&frames[i], socket, ZMQ_SNDMORE);
	zmq_send(socket, packed, len, 0);
}

static void reply(void *socket, zmq_msg_t *frames, size_t n, const Engine__Reply *r,
		  uint32_t delay_ms)
{
	size_t len = engine__reply__get_packed_size(r);
	uint8_t *packed = malloc(len + 1);
	struct late *late;

	assert(packed);
	engine__reply__pack(r, packed);
	if (delay_ms == 0) {
		answer(socket, frames, n, packed, len);
		free(packed);
		return;
	}
	late = calloc(1, sizeof(*late));
	assert(late);
	late->at = now_ms() + delay_ms;
	late->n_frames = n;
	for (size_t i = 0; i < n; i++) {
		zmq_msg_init(&late->frames[i]);
		zmq_msg_move(&late->frames[i], &frames[i]);
	}
	late->packed = packed;
	late->len = len;
	late->next = lates;
	lates = late;
}

static void lates_send(void *socket)
{
	for (struct late **at = &lates; *at;) {
		struct late *late = *at;

		if (late->at > now_ms()) {
			at = &late->next;
			continue;
		}
		*at = late->next;
		answer(socket, late->frames, late->n_frames, late->packed, late->len);
		free(late->packed);
		free(late);
	}
}

static size_t echo(const Engine__Request *request, const Echo__EchoRequest *in, uint8_t **out)
{
	Echo__EchoResponse r = ECHO__ECHO_RESPONSE__INIT;
	const Engine__Principal *p = request->principal;
	char principal[400], after[16][64];
	const char *after_list[16];
	char *fill = NULL;
	size_t len;

	snprintf(principal, sizeof(principal), "%s/%s/%d/%s/%s", p->account_id, p->person_id,
		 (int)p->role, p->region_code, p->agency_id);
	for (size_t i = 0; i < request->n_after; i++) {
		snprintf(after[i], sizeof(after[i]), "%s=%" PRIu64, request->after[i]->source,
			 request->after[i]->sequence);
		after_list[i] = after[i];
	}
	r.text = in->text;
	if (in->fill) {
		fill = calloc(1, in->fill + 1);
		assert(fill);
		memset(fill, 'f', in->fill);
		r.text = fill;
	}
	r.number = in->number;
	r.blob = in->blob;
	r.colour = in->colour;
	r.id = request->id;
	r.method = request->method;
	r.principal = principal;
	r.n_after = request->n_after;
	r.after = (void *)after_list;
	r.deadline_ms = request->deadline_ms;
	r.traceparent = request->traceparent;
	len = echo__echo_response__get_packed_size(&r);
	*out = malloc(len + 1);
	assert(*out);
	echo__echo_response__pack(&r, *out);
	free(fill);
	return len;
}

static size_t status(uint8_t **out)
{
	Engine__StatusResponse r = ENGINE__STATUS_RESPONSE__INIT;
	Engine__Head head = ENGINE__HEAD__INIT;

	head.sequence = sequence;
	r.service = name;
	r.head = &head;
	r.date = "2022-07-31";
	r.ready = true;
	*out = malloc(engine__status_response__get_packed_size(&r) + 1);
	assert(*out);
	return engine__status_response__pack(&r, *out);
}

static size_t metrics(uint8_t **out)
{
	Engine__MetricsResponse r = ENGINE__METRICS_RESPONSE__INIT;

	r.text = "# HELP shegong_events_total Events.\n# TYPE shegong_events_total counter\n"
		 "shegong_events_total 7\n"
		 "# TYPE shegong_commit_seconds histogram\n"
		 "shegong_commit_seconds_bucket{le=\"+Inf\"} 3\nshegong_commit_seconds_sum 1\n"
		 "shegong_commit_seconds_count 3\n";
	*out = malloc(engine__metrics_response__get_packed_size(&r) + 1);
	assert(*out);
	return engine__metrics_response__pack(&r, *out);
}

static size_t read_nothing(uint8_t **out)
{
	Engine__ReadResponse r = ENGINE__READ_RESPONSE__INIT;
	Engine__Head head = ENGINE__HEAD__INIT;

	r.epoch = head.epoch = "echo";
	r.head = &head;
	*out = malloc(engine__read_response__get_packed_size(&r) + 1);
	assert(*out);
	return engine__read_response__pack(&r, *out);
}

static void take(void *socket, zmq_msg_t *frames, size_t n, const Engine__Request *request)
{
	Engine__Reply r = ENGINE__REPLY__INIT;
	Engine__Position position = ENGINE__POSITION__INIT;
	Engine__Refused refused = ENGINE__REFUSED__INIT;
	Echo__EchoRequest *in = NULL;
	uint32_t delay_ms = 0, times = 1;
	uint8_t *body = NULL;

	r.id = request->id;
	r.correlation = request->correlation;
	position.source = name;
	position.sequence = ++sequence;
	r.position = &position;
	if (strcmp(request->method, "shegong.engine.v1.EngineService/Status") == 0) {
		r.body.len = status(&body);
	} else if (strcmp(request->method, "shegong.engine.v1.EngineService/Metrics") == 0) {
		r.body.len = metrics(&body);
	} else if (strcmp(request->method, "shegong.engine.v1.EngineService/Read") == 0) {
		r.body.len = read_nothing(&body);
	} else {
		in = echo__echo_request__unpack(NULL, request->body.len, request->body.data);
		assert(in);
		delay_ms = in->delay_ms;
		times = in->times ? in->times : 1;
		r.code = (Engine__Code)in->code;
		refused.reason = "AS_ASKED";
		refused.about = "code";
		refused.rule = "B1";
		refused.message_en = "It was \"asked\" for.";
		refused.message_zh = "是这样要求的。";
		if (r.code)
			r.refusal = &refused;
		else
			r.body.len = echo(request, in, &body);
		if (in->garbage)
			memset(body, 0xff, r.body.len);
	}
	r.body.data = body;
	for (uint32_t i = 0; i < times; i++) {
		zmq_msg_t copy[FRAMES_MAX];

		for (size_t k = 0; k < n; k++) {
			zmq_msg_init(&copy[k]);
			zmq_msg_copy(&copy[k], &frames[k]);
		}
		reply(socket, copy, n, &r, delay_ms);
	}
	free(body);
	if (in)
		echo__echo_request__free_unpacked(in, NULL);
}

static bool turn(void *socket)
{
	zmq_msg_t frames[FRAMES_MAX];
	Engine__Request *request;
	size_t n = 0;

	do {
		assert(n < FRAMES_MAX);
		zmq_msg_init(&frames[n]);
		if (zmq_msg_recv(&frames[n], socket, ZMQ_DONTWAIT) < 0)
			return false;
	} while (zmq_msg_more(&frames[n++]));
	request = engine__request__unpack(NULL, zmq_msg_size(&frames[n - 1]),
					  zmq_msg_data(&frames[n - 1]));
	if (request) {
		take(socket, frames, n - 1, request);
		engine__request__free_unpacked(request, NULL);
	}
	for (size_t i = 0; i < n; i++)
		zmq_msg_close(&frames[i]);
	return true;
}

int main(int argc, char **argv)
{
	void *zmq = zmq_ctx_new(), *socket = zmq_socket(zmq, ZMQ_ROUTER);

	assert(argc == 3);
	name = argv[1];
	if (zmq_bind(socket, argv[2]) != 0) {
		perror(argv[2]);
		return 1;
	}
	puts("ready");
	fflush(stdout);
	for (;;) {
		zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLIN };
		int64_t wait = -1;

		for (struct late *late = lates; late; late = late->next) {
			int64_t left = late->at - now_ms();

			if (left < 0)
				left = 0;
			if (wait < 0 || left < wait)
				wait = left;
		}
		zmq_poll(&item, 1, (long)wait);
		while (turn(socket))
			;
		lates_send(socket);
	}
}
