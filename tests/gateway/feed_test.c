/* The feed against a journal in a thread: every event once and in order, while the journal grows,
 * goes away, comes back, and turns into another. */
#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <zmq.h>

#include "gateway/feed.h"
#include "tests/engine/tap.h"

#define AT_ONCE_MAX 100 /* events in one answer */

/* The source: answers Read and nothing else; rings where it is told to. */
struct source {
	void *zmq;
	char endpoint[64], events[64];
	pthread_t thread;
	const char *epoch;
	_Atomic uint64_t head;
	atomic_bool rings, stop;
};

static void source_pack(uint64_t sequence, ProtobufCBinaryData *to)
{
	Engine__Event event = ENGINE__EVENT__INIT;

	event.source = "stations";
	event.sequence = sequence;
	to->data = malloc(64);
	assert(to->data);
	to->len = engine__event__pack(&event, to->data);
}

static void source_answer(struct source *source, void *router, const Engine__Request *request)
{
	Engine__Reply reply = ENGINE__REPLY__INIT;
	Engine__ReadResponse response = ENGINE__READ_RESPONSE__INIT;
	Engine__Head head = ENGINE__HEAD__INIT;
	Engine__ReadRequest *read =
		engine__read_request__unpack(NULL, request->body.len, request->body.data);
	ProtobufCBinaryData events[AT_ONCE_MAX];
	uint8_t body[16384], bytes[20000];

	assert(read);
	head.epoch = response.epoch = source->epoch;
	head.sequence = source->head;
	response.head = &head;
	response.events = events;
	while (read->after + response.n_events < head.sequence && response.n_events < AT_ONCE_MAX) {
		source_pack(read->after + response.n_events + 1, &events[response.n_events]);
		response.n_events++;
	}
	reply.correlation = request->correlation;
	reply.body = (ProtobufCBinaryData){ engine__read_response__pack(&response, body), body };
	zmq_send(router, bytes, engine__reply__pack(&reply, bytes), 0);
	for (size_t i = 0; i < response.n_events; i++)
		free(events[i].data);
	engine__read_request__free_unpacked(read, NULL);
}

static void *source_main(void *of)
{
	struct source *source = of;
	void *router = zmq_socket(source->zmq, ZMQ_ROUTER), *pub = zmq_socket(source->zmq, ZMQ_PUB);
	uint64_t rung = source->head;
	int none = 0;

	zmq_setsockopt(router, ZMQ_LINGER, &none, sizeof(none));
	zmq_setsockopt(pub, ZMQ_LINGER, &none, sizeof(none));
	assert(zmq_bind(router, source->endpoint) == 0 && zmq_bind(pub, source->events) == 0);
	while (!source->stop) {
		zmq_pollitem_t item = { .socket = router, .events = ZMQ_POLLIN };
		uint8_t from[64], bytes[1024];
		Engine__Request *request;
		int n, len;

		if (source->rings && source->head != rung) {
			rung = source->head;
			zmq_send(pub, "event", 5, ZMQ_SNDMORE);
			zmq_send(pub, "", 0, 0);
		}
		if (zmq_poll(&item, 1, 5) <= 0)
			continue;
		n = zmq_recv(router, from, sizeof(from), 0);
		len = zmq_recv(router, bytes, sizeof(bytes), 0);
		request = engine__request__unpack(NULL, (size_t)len, bytes);
		assert(request);
		zmq_send(router, from, (size_t)n, ZMQ_SNDMORE);
		source_answer(source, router, request);
		engine__request__free_unpacked(request, NULL);
	}
	zmq_close(router);
	zmq_close(pub);
	return NULL;
}

static void source_start(struct source *source)
{
	source->stop = false;
	assert(pthread_create(&source->thread, NULL, source_main, source) == 0);
}

static void source_stop(struct source *source)
{
	source->stop = true;
	pthread_join(source->thread, NULL);
}

/* What the subscriber was told. */
struct told {
	_Atomic uint64_t last, events, begun_at, rewound_at;
	_Atomic unsigned begins, rewinds, lost, found, disorder, passed;
	atomic_bool wants;
};

static uint64_t sequence_of(const ProtobufCBinaryData *stored)
{
	Engine__Event *event = engine__event__unpack(NULL, stored->len, stored->data);
	uint64_t sequence = event ? event->sequence : 0;

	if (event)
		engine__event__free_unpacked(event, NULL);
	return sequence;
}

static bool wants(void *arg)
{
	return ((struct told *)arg)->wants;
}

static void on_notice(const struct feed_notice *notice, void *arg)
{
	struct told *told = arg;

	switch (notice->kind) {
	case FEED_BEGINS:
		told->begins++;
		told->last = told->begun_at = notice->sequence;
		break;
	case FEED_EVENT:
		if (notice->sequence != told->last + 1 ||
		    sequence_of(notice->event) != notice->sequence)
			told->disorder++;
		told->last = notice->sequence;
		told->events++;
		break;
	case FEED_PASSED:
		told->passed++;
		told->last = notice->sequence;
		break;
	case FEED_REWOUND:
		told->rewinds++;
		told->last = told->rewound_at = notice->sequence;
		break;
	case FEED_LOST:
		told->lost++;
		break;
	case FEED_FOUND:
		told->found++;
		break;
	}
}

/* Waits until the number is there; false after five seconds. */
static bool comes(_Atomic uint64_t *number, uint64_t wanted)
{
	struct timespec moment = { .tv_nsec = 2000000 };

	for (int i = 0; i < 2500 && *number != wanted; i++)
		nanosleep(&moment, NULL);
	return *number == wanted;
}

static bool happens(_Atomic unsigned *number, unsigned wanted)
{
	struct timespec moment = { .tv_nsec = 2000000 };

	for (int i = 0; i < 2500 && *number != wanted; i++)
		nanosleep(&moment, NULL);
	return *number == wanted;
}

int main(void)
{
	char run[] = "/tmp/feed_test.XXXXXX";
	struct lines_services services = { .n = 1, .names = { "stations" } };
	struct source source = { .epoch = "first", .head = 7, .rings = true };
	struct told told = { .wants = true }, other = { .wants = true };
	struct feed *feed;

	assert(mkdtemp(run));
	services.peers = (struct peers){ .run = run, .where = "" };
	source.zmq = zmq_ctx_new();
	snprintf(source.endpoint, sizeof(source.endpoint), "ipc://%s/stations.sock", run);
	snprintf(source.events, sizeof(source.events), "ipc://%s/stations.events.sock", run);
	feed = feed_open(source.zmq, &services);
	assert(feed);
	ok(feed_subscribe(feed, "stations", on_notice, wants, &told) &&
		   feed_subscribe(feed, NULL, on_notice, wants, &other) &&
		   !feed_subscribe(feed, "funding", on_notice, wants, &other),
	   "one subscribes to a source by its name, or to all");
	assert(feed_start(feed) == 0);
	ok(happens(&told.lost, 1), "a source that is not there is told of");

	source_start(&source);
	ok(happens(&told.begins, 1) && told.begun_at == 7 && told.found == 1,
	   "a source begins at its head when it is first reached");
	source.head = 1000;
	ok(comes(&told.last, 1000) && told.events == 993, "what is new is handed on");
	source.rings = false;
	source.head = 1001;
	ok(comes(&told.last, 1001), "an event whose ring was lost is found all the same");
	source.rings = true;

	source_stop(&source);
	ok(happens(&told.lost, 2), "a source that has gone is told of");
	source.head = 1500;
	source_start(&source);
	ok(comes(&told.last, 1500) && told.events == 1493 && told.found == 2,
	   "when it is back, nothing has been missed");

	source_stop(&source);
	source.epoch = "second";
	source.head = 1600;
	source_start(&source);
	ok(happens(&told.rewinds, 1) && told.rewound_at == 1600 && told.events == 1493,
	   "another epoch is another history, and begins at its head");
	source_stop(&source);
	source.head = 12;
	source_start(&source);
	ok(happens(&told.rewinds, 2) && told.rewound_at == 12,
	   "so is a head behind what was followed");
	source.head = 13;
	ok(comes(&told.last, 13) && told.events == 1494, "it is followed from there");
	ok(told.disorder == 0 && told.begins == 1, "each event came once and in order");
	ok(comes(&other.last, 13) && other.events == told.events,
	   "whoever subscribed to all was told the same");

	told.wants = false;
	source.head = 20;
	ok(comes(&told.last, 20) && told.events == 1501 && told.passed == 0,
	   "an event that one of them wants is handed on to all");
	other.wants = false;
	source.head = 3000;
	ok(comes(&told.last, 3000) && comes(&other.last, 3000) && told.events == 1501 &&
		   told.passed == other.passed && told.passed > 0,
	   "events that nobody wants are passed over, and all are told");
	other.wants = true;
	source.head = 3007;
	ok(comes(&other.last, 3007) && other.events == 1508 && told.disorder == 0,
	   "when somebody wants them they follow from there");

	feed_close(feed);
	source_stop(&source);
	zmq_ctx_term(source.zmq);
	unlink(source.endpoint + 6);
	unlink(source.events + 6);
	rmdir(run);
	return tap_done();
}
