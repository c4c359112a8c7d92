#include "gateway/feed.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <zmq.h>

#include "base/arena.h"
#include "engine/log.h"
#include "gateway/event_head.h"

enum {
	SUBSCRIBERS_MAX = 8,
	SILENCE_MS = 1000,  /* a source that has not rung is asked all the same */
	TRY_AGAIN_MS = 100, /* a source that did not answer */
	READ_MS = 2000,
	POLL_MS = 100,
	READ_MEMORY = 64 * 1024 * 1024, /* for an answer, unpacked */
};

struct follower {
	struct feed *feed;
	size_t number;
	const char *name;
	struct call *call;
	void *sub;
	bool reading, rung, lost;
	bool passing; /* what was asked for last is the head alone */
	int64_t read_at_ms;
	bool reached;
	char epoch[FEED_EPOCH_SIZE];
	uint64_t sequence;
};

struct subscriber {
	int source; /* -1: all */
	void (*fn)(const struct feed_notice *, void *arg);
	bool (*wants)(void *arg);
	void *arg;
};

struct feed {
	const struct lines_services *services;
	size_t n_followers, n_subscribers;
	struct follower followers[LINES_MAX];
	struct subscriber subscribers[SUBSCRIBERS_MAX];
	struct arena *arena;
	pthread_t thread;
	bool started;
	int stop; /* an eventfd */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool concerns(const struct subscriber *subscriber, const struct follower *follower)
{
	return subscriber->source < 0 || (size_t)subscriber->source == follower->number;
}

static void tell(struct follower *follower, enum feed_kind kind, const ProtobufCBinaryData *event)
{
	struct feed *feed = follower->feed;
	const struct feed_notice notice = {
		.kind = kind,
		.source = follower->number,
		.epoch = follower->epoch,
		.sequence = follower->sequence,
		.event = event,
	};

	for (size_t i = 0; i < feed->n_subscribers; i++) {
		const struct subscriber *to = &feed->subscribers[i];

		if (concerns(to, follower))
			to->fn(&notice, to->arg);
	}
}

static bool wanted(const struct follower *follower)
{
	const struct feed *feed = follower->feed;

	for (size_t i = 0; i < feed->n_subscribers; i++) {
		const struct subscriber *of = &feed->subscribers[i];

		if (concerns(of, follower) && (!of->wants || of->wants(of->arg)))
			return true;
	}
	return false;
}

static void stand_at(struct follower *follower, const char *epoch, uint64_t sequence)
{
	snprintf(follower->epoch, sizeof(follower->epoch), "%s", epoch);
	follower->sequence = sequence;
	follower->reached = true;
}

/* false: the events are not the next ones.  They are asked for again: to go on behind a hole would
 * be a loss that nobody is told of. */
static bool hand_on(struct follower *follower, const Engine__ReadResponse *read)
{
	for (size_t i = 0; i < read->n_events; i++) {
		struct event_head head;

		if (!event_head_read(&read->events[i], &head) ||
		    head.sequence != follower->sequence + 1)
			return false;
		stand_at(follower, read->epoch, head.sequence);
		tell(follower, FEED_EVENT, &read->events[i]);
	}
	return true;
}

static bool take_read(struct follower *follower, const Engine__ReadResponse *read)
{
	uint64_t head = read->head->sequence;

	if (!follower->reached) {
		stand_at(follower, read->epoch, head);
		tell(follower, FEED_BEGINS, NULL);
	} else if (strcmp(read->epoch, follower->epoch) != 0 || head < follower->sequence) {
		log_warn("a source shows another history", "source", follower->name, "sequence",
			 log_number((int64_t)head).text, NULL);
		stand_at(follower, read->epoch, head);
		tell(follower, FEED_REWOUND, NULL);
	} else if (follower->passing) {
		if (head == follower->sequence)
			return true;
		stand_at(follower, read->epoch, head);
		tell(follower, FEED_PASSED, NULL);
	} else {
		follower->rung = follower->rung || follower->sequence + read->n_events < head;
		return hand_on(follower, read);
	}
	return true;
}

static void on_read(const Engine__Reply *reply, void *of)
{
	struct follower *follower = of;
	Engine__ReadResponse *read = NULL;
	bool sound, lost = follower->lost;

	follower->reading = false;
	arena_reset(follower->feed->arena);
	if (!reply->code)
		read = engine__read_response__unpack(arena_allocator(follower->feed->arena),
						     reply->body.len, reply->body.data);
	sound = read && read->head && strlen(read->epoch) < FEED_EPOCH_SIZE;
	follower->lost = !sound;
	if (sound && lost)
		tell(follower, FEED_FOUND, NULL);
	if (sound)
		follower->lost = !take_read(follower, read);
	if (follower->lost && !lost) {
		log_warn("a source cannot be followed", "source", follower->name, "reason",
			 reply->refusal ? reply->refusal->reason : "its journal is out of order",
			 NULL);
		tell(follower, FEED_LOST, NULL);
	}
}

static void ask(struct follower *follower)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;
	Engine__ReadRequest read = ENGINE__READ_REQUEST__INIT;
	uint8_t body[32];

	/* Before it is reached, or while nobody wants its events, only its head is asked for. */
	follower->passing = !wanted(follower);
	read.after = follower->reached && !follower->passing ? follower->sequence : UINT64_MAX;
	principal.account_id = principal.person_id = "gateway";
	principal.role = ENGINE__ROLE__ROLE_SERVICE;
	request.method = "shegong.engine.v1.EngineService/Read";
	request.principal = &principal;
	request.body = (ProtobufCBinaryData){ engine__read_request__pack(&read, body), body };
	request.deadline_ms = READ_MS;
	follower->rung = false;
	follower->read_at_ms = now_ms();
	follower->reading = call_send(follower->call, &request, on_read, follower);
}

/* What has been published says only that there is something to read, or that there may be. */
static void listen_to(struct follower *follower)
{
	zmq_msg_t frame;

	for (;;) {
		zmq_msg_init(&frame);
		if (zmq_msg_recv(&frame, follower->sub, ZMQ_DONTWAIT) < 0)
			break;
		zmq_msg_close(&frame);
		follower->rung = true;
	}
	zmq_msg_close(&frame);
}

static void look_after(struct follower *follower)
{
	int64_t wait_ms;

	listen_to(follower);
	while (call_process(follower->call))
		;
	wait_ms = follower->lost ? TRY_AGAIN_MS : follower->rung ? 0 : SILENCE_MS;
	if (!follower->reading && now_ms() - follower->read_at_ms >= wait_ms)
		ask(follower);
	/* Sending may swallow the descriptor's signal. */
	while (call_process(follower->call))
		;
}

static void *feed_main(void *of)
{
	struct feed *feed = of;
	zmq_pollitem_t items[1 + 2 * LINES_MAX] = { { .fd = feed->stop, .events = ZMQ_POLLIN } };
	int n = 1;

	for (size_t i = 0; i < feed->n_followers; i++) {
		items[n++] =
			(zmq_pollitem_t){ .socket = feed->followers[i].sub, .events = ZMQ_POLLIN };
		items[n++] = (zmq_pollitem_t){ .fd = call_fd(feed->followers[i].call),
					       .events = ZMQ_POLLIN };
	}
	while (!items[0].revents) {
		bool again = false;

		for (size_t i = 0; i < feed->n_followers; i++) {
			struct follower *follower = &feed->followers[i];

			look_after(follower);
			again = again || (follower->rung && !follower->reading && !follower->lost);
		}
		zmq_poll(items, n, again ? 0 : POLL_MS);
	}
	return NULL;
}

static bool follower_open(struct follower *follower, struct feed *feed, void *zmq, size_t number)
{
	const struct peers *peers = &feed->services->peers;

	*follower = (struct follower){
		.feed = feed,
		.number = number,
		.name = feed->services->names[number],
		.rung = true,
	};
	follower->call = call_open_peer(zmq, follower->name, peers);
	if (!follower->call)
		return false;
	follower->sub = peers_listen(zmq, follower->name, peers);
	return follower->sub != NULL;
}

struct feed *feed_open(void *zmq, const struct lines_services *services)
{
	struct feed *feed = calloc(1, sizeof(*feed));

	if (!feed)
		return NULL;
	feed->services = services;
	feed->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	feed->arena = arena_open(READ_MEMORY);
	for (size_t i = 0; feed->stop >= 0 && feed->arena && i < services->n; i++) {
		feed->n_followers++;
		if (!follower_open(&feed->followers[i], feed, zmq, i))
			break;
	}
	if (feed->n_followers < services->n || !feed->followers[services->n - 1].sub) {
		int error = errno;

		feed_close(feed);
		errno = error;
		return NULL;
	}
	return feed;
}

bool feed_subscribe(struct feed *feed, const char *source,
		    void (*fn)(const struct feed_notice *, void *arg), bool (*wants)(void *arg),
		    void *arg)
{
	int number = source ? lines_find(feed->services, source, strlen(source)) : -1;

	if (feed->n_subscribers == SUBSCRIBERS_MAX || (source && number < 0))
		return false;
	feed->subscribers[feed->n_subscribers++] = (struct subscriber){ number, fn, wants, arg };
	return true;
}

int feed_start(struct feed *feed)
{
	int error = pthread_create(&feed->thread, NULL, feed_main, feed);

	feed->started = error == 0;
	return error;
}

void feed_close(struct feed *feed)
{
	uint64_t one = 1;

	if (feed->started) {
		(void)!write(feed->stop, &one, sizeof(one));
		pthread_join(feed->thread, NULL);
	}
	/* A read that is under way is answered here, and is nobody's any more. */
	feed->n_subscribers = 0;
	for (size_t i = 0; i < feed->n_followers; i++) {
		if (feed->followers[i].call)
			call_close(feed->followers[i].call);
		if (feed->followers[i].sub)
			zmq_close(feed->followers[i].sub);
	}
	if (feed->stop >= 0)
		close(feed->stop);
	arena_close(feed->arena);
	free(feed);
}
