/* The client's side of the bus against a ROUTER in a thread, without an event loop. */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <zmq.h>

#include "engine/call.h"

static int n_tests, n_failed;

static void ok(bool condition, const char *name)
{
	n_tests++;
	n_failed += !condition;
	printf("%s %d - %s\n", condition ? "ok" : "not ok", n_tests, name);
	fflush(stdout);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The service: method "echo" gives the body back, "mute" nothing, "fill" as many bytes as the body
 * says, "quit" ends it without an answer. */
struct service {
	void *zmq;
	const char *endpoint;
	pthread_t thread;
};

static void service_answer(void *socket, zmq_msg_t *from, const Engine__Request *request)
{
	Engine__Reply reply = ENGINE__REPLY__INIT;
	uint8_t *fill = NULL, *packed;
	size_t len;

	reply.id = request->id;
	reply.correlation = request->correlation;
	reply.body = request->body;
	if (strcmp(request->method, "fill") == 0) {
		reply.body.len = strtoul((char *)request->body.data, NULL, 10);
		fill = calloc(1, reply.body.len);
		assert(fill);
		reply.body.data = fill;
	}
	len = engine__reply__get_packed_size(&reply);
	packed = malloc(len);
	assert(packed);
	engine__reply__pack(&reply, packed);
	zmq_msg_send(from, socket, ZMQ_SNDMORE);
	zmq_send(socket, packed, len, 0);
	free(packed);
	free(fill);
}

static void *service_main(void *arg)
{
	struct service *s = arg;
	void *socket = zmq_socket(s->zmq, ZMQ_ROUTER);
	bool quit = false;
	int linger = 0, many = 8192;

	/* As a service has it: answers that are not taken wait here. */
	zmq_setsockopt(socket, ZMQ_SNDHWM, &many, sizeof(many));
	assert(zmq_bind(socket, s->endpoint) == 0);
	while (!quit) {
		zmq_msg_t from, message;
		Engine__Request *request;

		zmq_msg_init(&from);
		zmq_msg_init(&message);
		assert(zmq_msg_recv(&from, socket, 0) >= 0);
		assert(zmq_msg_recv(&message, socket, 0) >= 0);
		request = engine__request__unpack(NULL, zmq_msg_size(&message),
						  zmq_msg_data(&message));
		assert(request);
		quit = strcmp(request->method, "quit") == 0;
		if (strcmp(request->method, "garbage") == 0) {
			zmq_msg_send(&from, socket, ZMQ_SNDMORE);
			zmq_send(socket, "\xff\xff", 2, 0);
		} else if (!quit && strcmp(request->method, "mute") != 0) {
			service_answer(socket, &from, request);
		}
		engine__request__free_unpacked(request, NULL);
		zmq_msg_close(&from);
		zmq_msg_close(&message);
	}
	zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof(linger));
	zmq_close(socket);
	return NULL;
}

static void service_start(struct service *s)
{
	assert(pthread_create(&s->thread, NULL, service_main, s) == 0);
}

/* What came of a request. */
struct outcome {
	unsigned n;
	Engine__Code code;
	char reason[32], about[32];
	size_t len;
	char body[32];
	unsigned order;
};

static unsigned order;

static void on_reply(const Engine__Reply *reply, void *arg)
{
	struct outcome *o = arg;

	o->n++;
	o->order = order++;
	o->code = reply->code;
	o->len = reply->body.len;
	if (reply->body.len < sizeof(o->body))
		memcpy(o->body, reply->body.data ? (char *)reply->body.data : "", reply->body.len);
	snprintf(o->reason, sizeof(o->reason), "%s", reply->refusal ? reply->refusal->reason : "");
	snprintf(o->about, sizeof(o->about), "%s", reply->refusal ? reply->refusal->about : "");
	assert(!reply->refusal || (*reply->refusal->message_en && *reply->refusal->message_zh));
}

static bool ask(struct call *call, const char *method, const char *body, uint32_t deadline_ms,
		struct outcome *o)
{
	Engine__Request request = ENGINE__REQUEST__INIT;

	memset(o, 0, sizeof(*o));
	request.id = "id-1";
	request.method = method;
	request.body = (ProtobufCBinaryData){ strlen(body) + 1, (uint8_t *)(uintptr_t)body };
	request.deadline_ms = deadline_ms;
	return call_send(call, &request, on_reply, o);
}

static bool is(const struct outcome *o, Engine__Code code, const char *reason)
{
	return o->n == 1 && o->code == code && strcmp(o->reason, reason) == 0;
}

static void test_answers(struct call *call)
{
	enum { MINUTE_MS = 60000 }; /* so many take long on a machine that is busy */
	static struct outcome many[5000];
	struct outcome o, quick;
	bool fine = true;

	ask(call, "echo", "hello", 0, &o);
	ok(o.n == 0, "nothing is answered from within call_send");
	call_wait(call);
	ok(is(&o, 0, "") && strcmp(o.body, "hello") == 0, "a request is answered");
	for (size_t i = 0; i < 5000; i++) {
		char body[16];

		snprintf(body, sizeof(body), "%zu", i);
		fine = ask(call, "echo", body, MINUTE_MS, &many[i]) && fine;
	}
	ok(fine && call_in_flight(call) == 5000, "5000 are in flight at once");
	call_wait(call);
	for (size_t i = 0; i < 5000; i++)
		fine = is(&many[i], 0, "") && strtoul(many[i].body, NULL, 10) == i && fine;
	ok(fine, "... and each has its own answer");
	ask(call, "fill", "15000000", 0, &o);
	call_wait(call);
	ok(is(&o, 0, "") && o.len == 15000000, "an answer of 15 MB");
	ask(call, "mute", "", 150, &o);
	ask(call, "echo", "", 5000, &quick);
	ok(call_next_deadline_ms(call) <= 150, "the next deadline is the nearest");
	call_wait(call);
	ok(is(&quick, 0, "") && is(&o, ENGINE__CODE__CODE_DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED") &&
		   quick.order < o.order && strcmp(o.about, "svc") == 0,
	   "a deadline holds up nobody else");
	ok(call_next_deadline_ms(call) == -1, "nothing in flight has no deadline");
	ask(call, "garbage", "", 100, &o);
	call_wait(call);
	ok(is(&o, ENGINE__CODE__CODE_DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED") &&
		   call_count(call).malformed == 1,
	   "an answer that is none is dropped");
}

static void test_limits(struct call *call)
{
	static struct outcome many[10000];
	static char large[CALL_REQUEST_MAX + 1];
	struct outcome o;
	size_t n = 0;

	memset(large, 'l', sizeof(large) - 1);
	ok(!ask(call, "echo", large, 0, &o), "a request that is too large is not taken");
	large[1024 * 1024 - 1] = '\0';
	ok(ask(call, "echo", large, 0, &o), "a body of 1 MiB is");
	call_wait(call);
	ok(is(&o, 0, "") && o.len == 1024 * 1024, "... and answered");
	while (n < 10000 && ask(call, "mute", "", 60000, &many[n]))
		n++;
	ok(n > 5000 && n < 10000, "there is an end to what may be in flight");
}

static void test_service_comes_and_goes(struct call *call, struct service *s)
{
	struct outcome o, last;
	int64_t start;

	ask(call, "mute", "", 20000, &o);
	ask(call, "quit", "", 5000, &last);
	start = now_ms();
	call_wait(call);
	ok(is(&o, ENGINE__CODE__CODE_UNAVAILABLE, "SERVICE_LOST") &&
		   is(&last, ENGINE__CODE__CODE_UNAVAILABLE, "SERVICE_LOST") &&
		   now_ms() - start < 1500,
	   "what a service that ends has not answered is known to be lost, soon");
	pthread_join(s->thread, NULL);
	start = now_ms();
	ask(call, "echo", "", 5000, &o);
	call_wait(call);
	ok(is(&o, ENGINE__CODE__CODE_UNAVAILABLE, "SERVICE_UNREACHABLE") &&
		   now_ms() - start < CALL_REACH_MS + 300,
	   "a service that is down is unavailable, soon");
	start = now_ms();
	ask(call, "echo", "", 100, &o);
	call_wait(call);
	ok(is(&o, ENGINE__CODE__CODE_UNAVAILABLE, "SERVICE_UNREACHABLE") && now_ms() - start < 350,
	   "... sooner where the deadline is");
	ask(call, "echo", "first", 5000, &o);
	ask(call, "echo", "second", 5000, &last);
	service_start(s);
	start = now_ms();
	call_wait(call);
	ok(is(&o, 0, "") && is(&last, 0, "") && o.order < last.order && now_ms() - start < 450,
	   "requests wait for a service that is starting, in order");
}

int main(void)
{
	struct service s = { .zmq = zmq_ctx_new() };
	char dir[] = "/tmp/call-test-XXXXXX", endpoint[64];
	struct outcome o = { 0 }, p = { 0 };
	struct call *call;

	assert(mkdtemp(dir));
	snprintf(endpoint, sizeof(endpoint), "ipc://%s/svc.sock", dir);
	s.endpoint = endpoint;
	service_start(&s);
	call = call_open(s.zmq, "svc", endpoint);
	assert(call);
	test_answers(call);
	test_service_comes_and_goes(call, &s);
	test_limits(call);
	call_close(call);
	ok(!call_open(s.zmq, "svc", "nonsense"), "an endpoint that is none");
	call = call_open(s.zmq, "svc", endpoint);
	ask(call, "mute", "", 60000, &o);
	ask(call, "mute", "", 60000, &p);
	call_close(call);
	ok(is(&o, ENGINE__CODE__CODE_CANCELED, "STOPPED") &&
		   is(&p, ENGINE__CODE__CODE_CANCELED, "STOPPED"),
	   "closing answers what is in flight");
	call = call_open(s.zmq, "svc", endpoint);
	ask(call, "quit", "", 5000, &o);
	call_wait(call);
	call_close(call);
	pthread_join(s.thread, NULL);
	zmq_ctx_term(s.zmq);
	unlink(strchr(endpoint, '/') + 2);
	rmdir(dir);
	printf("1..%d\n", n_tests);
	return n_failed > 0;
}
