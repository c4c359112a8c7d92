#include "engine/bus.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <zmq.h>

#include "engine/call.h"
#include "engine/inside.h"
#include "engine/keys.h"
#include "engine/log.h"
#include "engine/running.h"
#include "engine/work.h"
#include "engine/zap.h"

enum {
	REQUEST_MAX = CALL_REQUEST_MAX,
	READERS_MAX_OF_BUS = 8,
	SLOW_READERS = 2, /* Verify may take long; journal reads must not wait for it */
	IN_FLIGHT_MAX = 8192,
	IN_FLIGHT_BYTES_MAX = 64 * 1024 * 1024,
	TAKEN_AT_ONCE_MAX = 256,
	DOORS_MAX = 2,
	HANDSHAKE_MS = 2000,
	READ_TOGETHER_MAX = 16,
	BATCH_BYTES_MAX = 8 * 1024 * 1024,
	WAIT_MS = 10000,
	POLL_MS = 100,
	HEAD_MS = 1000,
	SILENCE_MS = 1000,
	READ_AGAIN_MS = 50,
	GATHER_SHARE = 4,
	GATHER_US_MAX = 2000,
	UNSEEN_US = 20000, /* what is durable is unseen at least so long while there is work, */
	UNSEEN_SHARE = 8,  /* or so many times as long as it took to settle what was before, */
	UNSEEN_US_MAX = 200000,
	IDLE_US = 2000, /* and so long where there is none */
	STOP_MS = 10000,
	LAST_WORD_MS = 150, /* a peer loses what it has not read when the connection ends */
	READ_SCRATCH = 4 * 1024 * 1024,
};

/* A followed service. */
struct follower {
	struct bus *bus;
	size_t number;
	const char *name;
	struct call *call;
	void *sub;
	bool reading;	       /* a read, or its effect, is under way */
	bool stopped;	       /* the source is not the one that was followed: a human must look */
	uint64_t head;	       /* as last heard */
	int64_t read_at_ms;    /* when last asked */
	uint64_t read_after;   /* and from where */
	int64_t not_before_ms; /* a source that is stopping must not be asked in a hurry */
};

/* Where requests come in and heads go out: in the directory of sockets, and perhaps on TCP. */
struct door {
	void *router, *pub;
	bool tcp;
	bool all_taken;
};

struct bus {
	struct engine *engine;
	const struct bus_options *options;
	void *zmq;
	struct zap *zap; /* NULL: nothing is served on TCP */
	size_t n_doors;
	struct door doors[DOORS_MAX];
	int signals;
	struct mailbox to_writer, to_readers, to_slow, done;
	/* The writer's: how many jobs the next batch may count on; since when something has been
	 * durable and not seen, 0: nothing is; where that found no room, when to try again. */
	size_t awaited;
	int64_t unseen_since_us, again_us, settle_took_us;
	pthread_t writer, readers[READERS_MAX_OF_BUS], slow[SLOW_READERS];
	size_t n_followers;
	struct follower followers[SOURCES_MAX];
	struct standing standing, seen;
	struct job *waiting; /* for positions that have not been reached */
	struct reader *refuser;
	size_t in_flight, in_flight_bytes;
	bool stopping;
	int64_t head_at_ms; /* when the head was published, */
	uint64_t head_was;  /* and how far it was then */
	int64_t replied_at_ms;
};

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static int64_t now_ms(void)
{
	return now_us() / 1000;
}

/* --- The writer --------------------------------------------------------------------------------- */

_Noreturn static void give_up(const char *what, int fault)
{
	log_error(what, "fault", mdb_strerror(fault), NULL);
	_exit(EXIT_FAULT);
}

/* After each batch and each settling: what is seen, and since when something is not. */
static void look_at_seen(struct bus *bus)
{
	if (!engine_unsettled(bus->engine)) {
		bus->unseen_since_us = 0;
		mailbox_ring(&bus->done);
	} else if (!bus->unseen_since_us) {
		bus->unseen_since_us = now_us();
	}
}

/* Queries that came after answers which are not seen yet. */
static void let_go(struct job *queries)
{
	for (struct job *job = queries, *next; job; job = next) {
		next = job->next;
		job->next = NULL;
		mailbox_put(job->then, job);
	}
}

/* A batch in the making: the jobs whose turns it holds, and the queries that wait for its end. */
struct making {
	struct job *first, **end, *queries;
	size_t n, bytes;
};

static void take_turn(struct bus *bus, struct job *job)
{
	if (job->kind == JOB_REQUEST) {
		struct packed reply = engine_command(bus->engine, job->request);

		job_reply(job, reply.bytes, reply.size);
	} else {
		*job->stopped = '\0';
		(void)engine_follow(bus->engine, engine_source(bus->engine, job->source), job->read,
				    job->stopped);
	}
}

/* Gives each job of a chain its turn, as long as the batch is not too large; the rest of it. */
static struct job *take_turns(struct bus *bus, struct making *making, struct job *chain,
			      void (*take)(struct bus *, struct job *))
{
	while (chain && making->bytes <= BATCH_BYTES_MAX) {
		struct job *job = chain;

		chain = job->next;
		if (job->then) {
			job->next = making->queries;
			making->queries = job;
			continue;
		}
		job->next = NULL;
		*making->end = job;
		making->end = &job->next;
		making->n++;
		making->bytes += job->scratch_used;
		take(bus, job);
	}
	return chain;
}

/* There is no room; nothing of the batch has happened. */
static void refuse_turn(struct bus *bus, struct job *job)
{
	struct packed reply;

	if (job->kind != JOB_REQUEST)
		return;
	if (job->replied)
		zmq_msg_close(&job->reply);
	job->replied = false;
	reply = engine_full(bus->engine, job->request);
	job_reply(job, reply.bytes, reply.size);
}

static void no_room(struct bus *bus, const char *what, int fault)
{
	if (!engine_fault_is_room(fault))
		give_up(what, fault);
	log_error(what, "fault", mdb_strerror(fault), NULL);
}

static void settle(struct bus *bus)
{
	int64_t begun_us = now_us();
	int fault = engine_settle(bus->engine);

	bus->settle_took_us = now_us() - begun_us;
	if (fault)
		no_room(bus, "what was acknowledged cannot be settled", fault);
	bus->again_us = fault ? now_us() + SILENCE_MS * INT64_C(1000) : 0;
	look_at_seen(bus);
}

/* A batch that somebody waits to see is settled by itself; else it is enough that it is durable. */
static void finish(struct bus *bus, struct making *making)
{
	int fault = making->queries ? engine_commit(bus->engine) : engine_log(bus->engine);

	if (fault) {
		no_room(bus, "a batch could not be committed", fault);
		for (struct job *job = making->first; job; job = job->next)
			refuse_turn(bus, job);
	}
	look_at_seen(bus);
}

/* A batch that cannot begin: what is durable cannot be settled for want of room. */
static struct job *refuse_batch(struct bus *bus, struct making *making, struct job *chain)
{
	chain = take_turns(bus, making, chain, refuse_turn);
	mailbox_put(&bus->done, making->first);
	let_go(making->queries);
	return chain;
}

/* Those who were answered just now will ask again while the next batch is under way, and would then
 * have to wait for two.  So a batch stays open for them, at most for a fraction of the time that
 * the last one took.  Who asks alone does not wait. */
static struct job *make_batch(struct bus *bus, struct job *chain, size_t wanted, int64_t until_us)
{
	struct making making = { .end = &making.first };
	int fault;

	if (now_us() < bus->again_us)
		return refuse_batch(bus, &making, chain);
	fault = engine_begin(bus->engine);
	if (fault) {
		no_room(bus, "a batch cannot begin", fault);
		bus->again_us = now_us() + SILENCE_MS * INT64_C(1000);
		return refuse_batch(bus, &making, chain);
	}
	bus->again_us = 0;
	chain = take_turns(bus, &making, chain, take_turn);
	while (!chain && !making.queries && making.n > 0 && making.n < wanted &&
	       now_us() < until_us) {
		chain = mailbox_take(&bus->to_writer, wanted - making.n, until_us - now_us());
		if (!chain)
			break;
		chain = take_turns(bus, &making, chain, take_turn);
	}
	finish(bus, &making);
	/* Those of this batch, once they are answered, and those who wait already. */
	bus->awaited = making.n > 1 ? making.n + mailbox_count(&bus->to_writer) : 0;
	mailbox_put(&bus->done, making.first);
	if (making.queries && bus->unseen_since_us)
		settle(bus);
	let_go(making.queries);
	return chain;
}

/* While there is work, settling takes but a small share of the time, also on a slow disk. */
static bool unseen_long_enough(const struct bus *bus)
{
	int64_t wait_us = bus->settle_took_us * UNSEEN_SHARE;

	if (!bus->unseen_since_us)
		return false;
	wait_us = wait_us < UNSEEN_US	    ? UNSEEN_US
		  : wait_us > UNSEEN_US_MAX ? UNSEEN_US_MAX
					    : wait_us;
	return now_us() - bus->unseen_since_us > wait_us;
}

static void *writer_main(void *of)
{
	struct bus *bus = of;
	struct job *chain = NULL;
	int64_t took_us = 0;

	while (chain || !mailbox_done(&bus->to_writer)) {
		size_t wanted = bus->awaited < bus->options->batch_max ? bus->awaited
								       : bus->options->batch_max;
		int64_t begun_us, wait_us = took_us / GATHER_SHARE;

		if (!chain)
			chain = mailbox_take(&bus->to_writer, bus->options->batch_max,
					     bus->unseen_since_us && !bus->again_us
						     ? IDLE_US
						     : SILENCE_MS * INT64_C(1000));
		if (!chain && bus->unseen_since_us) {
			settle(bus);
			continue;
		}
		begun_us = now_us();
		if (wait_us > GATHER_US_MAX)
			wait_us = GATHER_US_MAX;
		/* Without a job too: a business date may have begun. */
		chain = make_batch(bus, chain, wanted, begun_us + wait_us);
		took_us = now_us() - begun_us;
		if (unseen_long_enough(bus) && !bus->again_us)
			settle(bus);
	}
	settle(bus);
	return NULL;
}

/* --- The readers -------------------------------------------------------------------------------- */

struct reading {
	struct bus *bus;
	struct mailbox *from;
};

static void *reader_main(void *of)
{
	struct reading reading = *(struct reading *)of;
	struct reader *reader = reader_open(reading.bus->engine);

	free(of);
	if (!reader)
		give_up("a reader cannot be opened", ENOMEM);
	while (!mailbox_done(reading.from)) {
		struct job *chain = mailbox_take(reading.from, READ_TOGETHER_MAX, -1);

		for (struct job *job = chain; job; job = job->next) {
			struct packed reply = reader_query(reader, job->request);

			job_reply(job, reply.bytes, reply.size);
		}
		mailbox_put(&reading.bus->done, chain);
	}
	reader_close(reader);
	return NULL;
}

static void start_reader(struct bus *bus, pthread_t *thread, struct mailbox *from)
{
	struct reading *reading = malloc(sizeof(*reading));

	if (!reading)
		give_up("a reader cannot be started", ENOMEM);
	*reading = (struct reading){ bus, from };
	if (pthread_create(thread, NULL, reader_main, reading) != 0)
		give_up("a reader cannot be started", EAGAIN);
}

/* --- Requests ----------------------------------------------------------------------------------- */

static void send_reply(struct bus *bus, struct job *job)
{
	bool sent = job->replied;

	/* A peer that has gone away (EHOSTUNREACH) asks again with the same id. */
	for (int i = 0; i < job->n_routing && sent; i++)
		sent = zmq_msg_send(&job->routing[i], job->router, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0;
	if (sent && zmq_msg_send(&job->reply, job->router, ZMQ_DONTWAIT) >= 0)
		job->replied = false;
	bus->in_flight--;
	bus->in_flight_bytes -= job->scratch_size;
	job_close(job);
}

static void refuse(struct bus *bus, struct job *job, int refusal, const char *about)
{
	struct packed reply = reader_refuse(bus->refuser, job->request, refusal, about);

	job_reply(job, reply.bytes, reply.size);
	send_reply(bus, job);
}

/* NULL, or the source whose position is not reached yet. */
static const char *not_reached(const struct bus *bus, const Engine__Request *request)
{
	for (size_t i = 0; i < request->n_after; i++) {
		const char *source = request->after[i]->source;
		uint64_t reached = 0;

		if (strcmp(source, bus->engine->service->name) == 0)
			reached = bus->standing.sequence;
		for (size_t s = 0; s < bus->n_followers; s++) {
			if (strcmp(source, bus->followers[s].name) == 0)
				reached = bus->standing.cursors[s].sequence;
		}
		if (reached < request->after[i]->sequence)
			return source;
	}
	return NULL;
}

/* A query sees every command that was answered before it came.  A follower needs not: it is told
 * when there is more to see, and must not have each batch settled by itself. */
static bool sees_enough(const struct bus *bus, const Engine__Request *request)
{
	return bus->seen.batch == bus->standing.batch ||
	       (request->principal && request->principal->role == ENGINE__ROLE__ROLE_SERVICE);
}

static void pass_on(struct bus *bus, struct job *job)
{
	struct mailbox *to = NULL;

	switch (engine_method(bus->engine, job->request->method)) {
	case METHOD_COMMAND:
		to = &bus->to_writer;
		break;
	case METHOD_QUERY:
		to = &bus->to_readers;
		break;
	case METHOD_SLOW_QUERY:
		to = &bus->to_slow;
		break;
	case METHOD_NONE:
		break;
	}
	job->next = NULL;
	if (!to) {
		refuse(bus, job, METHOD_UNKNOWN, job->request->method);
	} else if (to != &bus->to_writer && !sees_enough(bus, job->request)) {
		job->then = to;
		mailbox_put(&bus->to_writer, job);
	} else {
		mailbox_put(to, job);
	}
}

static void accept_request(struct bus *bus, struct job *job)
{
	uint32_t wait_ms = job->request->deadline_ms;

	if (!not_reached(bus, job->request)) {
		pass_on(bus, job);
		return;
	}
	job->deadline_ms = now_ms() + (wait_ms && wait_ms < WAIT_MS ? wait_ms : WAIT_MS);
	job->next = bus->waiting;
	bus->waiting = job;
}

/* Lets go of those whose positions have been reached, or whose time is up; and, where the service
 * stops, of all: nobody is followed any more. */
static void look_at_waiting(struct bus *bus)
{
	struct job *chain = bus->waiting;

	bus->waiting = NULL;
	for (struct job *job = chain, *next; job; job = next) {
		const char *source = not_reached(bus, job->request);

		next = job->next;
		if (!source) {
			pass_on(bus, job);
		} else if (bus->stopping) {
			refuse(bus, job, STOPPING, "");
		} else if (now_ms() > job->deadline_ms) {
			refuse(bus, job, DEADLINE_PASSED, source);
		} else {
			job->next = bus->waiting;
			bus->waiting = job;
		}
	}
}

/* What is under way has a bound; what comes beyond it waits in the sockets, and then at the peers. */
static bool has_place(const struct bus *bus)
{
	return bus->in_flight < IN_FLIGHT_MAX && bus->in_flight_bytes < IN_FLIGHT_BYTES_MAX;
}

/* What may be asked at all: on TCP it depends on whose key the peer has.  A message that nobody
 * known has sent is passed over. */
static void judge_request(struct bus *bus, struct job *job, const char *who)
{
	if (bus->stopping)
		refuse(bus, job, STOPPING, "");
	else if (who && !peers_may(who, job->request))
		refuse(bus, job, PEER_NOT_ALLOWED, who);
	else
		accept_request(bus, job);
}

/* One message of a door: the routing frames, then the request.  False: there is none. */
static bool take_request(struct bus *bus, const struct door *door)
{
	char who[ZAP_WHO] = "";
	zmq_msg_t frames[ROUTING_MAX + 1];
	int n = 0;
	bool more = true, fits = true;
	struct job *job;

	while (more) {
		zmq_msg_t *frame = &frames[n];

		zmq_msg_init(frame);
		if (zmq_msg_recv(frame, door->router, n == 0 ? ZMQ_DONTWAIT : 0) < 0) {
			zmq_msg_close(frame);
			return false;
		}
		more = zmq_msg_more(frame);
		if (n < ROUTING_MAX || !more) {
			n++;
		} else {
			zmq_msg_close(frame);
			fits = false;
		}
	}

	zmq_msg_t *body = &frames[n - 1];
	size_t size = zmq_msg_size(body);
	const char *named = door->tcp ? zap_who(body) : NULL;

	snprintf(who, sizeof(who), "%s", named ? named : "");
	if (door->tcp && !named)
		fits = false;

	/* Texts are copied with a byte more, and structs stand around them. */
	job = fits && n > 1 && size <= REQUEST_MAX ? job_open(JOB_REQUEST, size * 2 + 4096) : NULL;
	if (job)
		job->request = engine__request__unpack(&job->allocator, size, zmq_msg_data(body));
	zmq_msg_close(body);
	for (int i = 0; i < n - 1; i++) {
		if (job && job->request)
			job->routing[job->n_routing++] = frames[i];
		else
			zmq_msg_close(&frames[i]);
	}
	/* What is no request has no id to answer to. */
	if (!job || !job->request) {
		job_close(job);
		return true;
	}
	job->router = door->router;
	bus->in_flight++;
	bus->in_flight_bytes += job->scratch_size;
	judge_request(bus, job, named ? who : NULL);
	return true;
}

/* A share of what has come at each door, in turn; true where that was all, or there is no place. */
static bool take_requests(struct bus *bus)
{
	size_t left = bus->n_doors;

	for (size_t d = 0; d < bus->n_doors; d++)
		bus->doors[d].all_taken = false;
	for (int i = 0; i < TAKEN_AT_ONCE_MAX && left > 0; i++) {
		struct door *door = &bus->doors[(size_t)i % bus->n_doors];

		if (!has_place(bus))
			return true;
		if (door->all_taken || take_request(bus, door))
			continue;
		door->all_taken = true;
		left--;
	}
	return left == 0;
}

/* --- Following ---------------------------------------------------------------------------------- */

static void read_came(const Engine__Reply *reply, void *of)
{
	struct follower *follower = of;
	struct job *job;

	follower->reading = false;
	if (reply->code) {
		follower->not_before_ms = now_ms() + READ_AGAIN_MS;
		return;
	}
	job = job_open(JOB_FOLLOW, reply->body.len * 2 + READ_SCRATCH);
	if (job)
		job->read = engine__read_response__unpack(&job->allocator, reply->body.len,
							  reply->body.data);
	if (!job || !job->read) {
		log_warn("what a source answers cannot be read", "source", follower->name, NULL);
		follower->not_before_ms = now_ms() + SILENCE_MS;
		job_close(job);
		return;
	}
	job->source = follower->number;
	if (job->read->head)
		follower->head = job->read->head->sequence;
	/* An empty read has nothing to write, unless it tells of another history. */
	if (job->read->n_events == 0 && job->read->head &&
	    job->read->head->sequence ==
		    follower->bus->standing.cursors[follower->number].sequence &&
	    strcmp(job->read->epoch, follower->bus->standing.cursors[follower->number].epoch) ==
		    0) {
		job_close(job);
		return;
	}
	follower->reading = true;
	mailbox_put(&follower->bus->to_writer, job);
}

static void read_source(struct follower *follower)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;
	Engine__ReadRequest read = ENGINE__READ_REQUEST__INIT;
	uint8_t body[32];

	read.after = follower->bus->standing.cursors[follower->number].sequence;
	principal.account_id = follower->bus->engine->service->name;
	principal.role = ENGINE__ROLE__ROLE_SERVICE;
	request.method = "shegong.engine.v1.EngineService/Read";
	request.principal = &principal;
	request.body = (ProtobufCBinaryData){ engine__read_request__pack(&read, body), body };
	request.deadline_ms = SILENCE_MS * 2;
	follower->read_at_ms = now_ms();
	follower->read_after = read.after;
	follower->reading = call_send(follower->call, &request, read_came, follower);
}

/* What is published says how far the source is. */
static void listen_to(struct follower *follower)
{
	for (;;) {
		zmq_msg_t topic, body;
		uint64_t sequence = 0;

		zmq_msg_init(&topic);
		zmq_msg_init(&body);
		if (zmq_msg_recv(&topic, follower->sub, ZMQ_DONTWAIT) < 0) {
			zmq_msg_close(&topic);
			return;
		}
		if (zmq_msg_more(&topic) && zmq_msg_recv(&body, follower->sub, 0) >= 0 &&
		    zmq_msg_size(&topic) == 4) {
			Engine__Head *head = engine__head__unpack(NULL, zmq_msg_size(&body),
								  zmq_msg_data(&body));

			if (head)
				sequence = head->sequence;
			if (head)
				engine__head__free_unpacked(head, NULL);
		}
		if (sequence > follower->head)
			follower->head = sequence;
		zmq_msg_close(&topic);
		zmq_msg_close(&body);
	}
}

static void follow(struct bus *bus)
{
	for (size_t i = 0; i < bus->n_followers; i++) {
		struct follower *follower = &bus->followers[i];
		uint64_t cursor = bus->standing.cursors[i].sequence;

		listen_to(follower);
		while (call_process(follower->call))
			;
		if (follower->reading || follower->stopped || bus->stopping ||
		    now_ms() < follower->not_before_ms)
			continue;
		if (follower->head > cursor || now_ms() - follower->read_at_ms >= SILENCE_MS)
			read_source(follower);
		engine_told_of_source(bus->engine, i, follower->head, NULL);
	}
}

static void followed(struct bus *bus, struct job *job)
{
	struct follower *follower = &bus->followers[job->source];

	follower->reading = false;
	/* What could not be taken in (there is no room) is asked for again after a silence. */
	if (follower->bus->standing.cursors[job->source].sequence == follower->read_after)
		follower->head = follower->read_after;
	if (*job->stopped) {
		follower->stopped = true;
		engine_told_of_source(bus->engine, job->source, follower->head, job->stopped);
		log_error("following has stopped", "source", follower->name, "why", job->stopped,
			  NULL);
	}
	job_close(job);
}

/* --- Out ---------------------------------------------------------------------------------------- */

/* Rings for those who listen: whenever readers see more, and every second. */
static void publish_head(struct bus *bus)
{
	Engine__Head head = ENGINE__HEAD__INIT;
	uint8_t bytes[256];
	size_t size;

	if (bus->seen.sequence == bus->head_was && now_ms() - bus->head_at_ms < HEAD_MS)
		return;
	bus->head_at_ms = now_ms();
	bus->head_was = bus->seen.sequence;
	head.source = bus->engine->service->name;
	head.epoch = store_epoch(bus->engine->store);
	head.sequence = bus->seen.sequence;
	head.hash = (ProtobufCBinaryData){ HASH_SIZE, bus->seen.hash };
	size = engine__head__pack(&head, bytes);
	for (size_t d = 0; d < bus->n_doors; d++) {
		zmq_send(bus->doors[d].pub, "head", 4, ZMQ_SNDMORE | ZMQ_DONTWAIT);
		zmq_send(bus->doors[d].pub, bytes, size, ZMQ_DONTWAIT);
	}
}

static void take_done(struct bus *bus)
{
	struct job *chain = mailbox_take(&bus->done, SIZE_MAX, 0), *next;

	/* What is answered must be seen by who asks next. */
	engine_standing(bus->engine, &bus->standing);
	engine_seen(bus->engine, &bus->seen);
	for (struct job *job = chain; job; job = next) {
		next = job->next;
		if (job->kind == JOB_FOLLOW)
			followed(bus, job);
		else
			send_reply(bus, job);
		bus->replied_at_ms = now_ms();
	}
}

/* --- Opening and running ------------------------------------------------------------------------ */

static void *socket_of(struct bus *bus, int kind)
{
	const int linger_ms = 1000, beat_ms = 2000, beat_timeout_ms = 6000;
	const int handshake_ms = HANDSHAKE_MS, yes = 1, many = IN_FLIGHT_MAX;
	const int64_t max = REQUEST_MAX;
	void *socket = zmq_socket(bus->zmq, kind);

	if (!socket)
		return NULL;
	zmq_setsockopt(socket, ZMQ_LINGER, &linger_ms, sizeof(int));
	zmq_setsockopt(socket, ZMQ_HEARTBEAT_IVL, &beat_ms, sizeof(int));
	zmq_setsockopt(socket, ZMQ_HEARTBEAT_TIMEOUT, &beat_timeout_ms, sizeof(int));
	zmq_setsockopt(socket, ZMQ_HANDSHAKE_IVL, &handshake_ms, sizeof(int));
	zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &max, sizeof(max));
	if (kind == ZMQ_ROUTER) {
		zmq_setsockopt(socket, ZMQ_ROUTER_MANDATORY, &yes, sizeof(yes));
		zmq_setsockopt(socket, ZMQ_ROUTER_HANDOVER, &yes, sizeof(yes));
		zmq_setsockopt(socket, ZMQ_SNDHWM, &many, sizeof(many));
		zmq_setsockopt(socket, ZMQ_RCVHWM, &many, sizeof(many));
	}
	return socket;
}

static bool not_open(const char *endpoint, const char *why)
{
	log_error("a socket cannot be opened", "endpoint", endpoint, "fault", why, NULL);
	return false;
}

static bool bind_at(void *socket, const char *endpoint)
{
	return zmq_bind(socket, endpoint) == 0 || not_open(endpoint, zmq_strerror(errno));
}

static struct door *door_of(struct bus *bus)
{
	struct door *door = &bus->doors[bus->n_doors++];

	door->router = socket_of(bus, ZMQ_ROUTER);
	door->pub = socket_of(bus, ZMQ_PUB);
	return door->router && door->pub ? door : NULL;
}

static bool open_run_door(struct bus *bus)
{
	const char *name = bus->engine->service->name;
	const struct peers here = { .run = bus->options->peers.run, .where = "" };
	char requests[PEERS_ENDPOINT], events[PEERS_ENDPOINT];
	struct door *door = door_of(bus);
	bool tcp;

	return door && peers_endpoint(&here, name, PEERS_REQUESTS, requests, &tcp) &&
	       peers_endpoint(&here, name, PEERS_EVENTS, events, &tcp) &&
	       bind_at(door->router, requests) && bind_at(door->pub, events);
}

/* Whose key lies in the directory of keys is let in. */
static enum zap_answer key_known(void *of, const char *key, char who[static ZAP_WHO])
{
	const struct bus *bus = of;

	_Static_assert(KEY_NAME <= ZAP_WHO, "the name of a key fits");
	return keys_whose(bus->options->peers.keys, key, who) ? ZAP_KNOWN : ZAP_UNKNOWN;
}

/* Nothing listens on TCP before somebody is there to ask who it is; and it is tried out. */
static bool open_tcp_door(struct bus *bus)
{
	static const char domain[] = "services";
	const char *tcp = bus->options->tcp, *name = bus->engine->service->name;
	const char *keys = bus->options->peers.keys;
	char events[PEERS_ENDPOINT], why[256] = "not like tcp://*:7400";
	struct door *door;

	if (!*tcp)
		return true;
	bus->zap = zap_open(bus->zmq, domain, key_known, bus, why);
	if (!bus->zap)
		return not_open(tcp, why);
	door = door_of(bus);
	if (!door || !peers_next_port(tcp, events) || !keys_own(keys, name, why) ||
	    !keys_serve(door->router, keys, name, domain, why) ||
	    !keys_serve(door->pub, keys, name, domain, why))
		return not_open(tcp, why);
	door->tcp = true;
	if (!bind_at(door->router, tcp) || !bind_at(door->pub, events))
		return false;
	if (!zap_self_test(bus->zmq, door->router, keys, name, why) ||
	    !zap_self_test(bus->zmq, door->pub, keys, name, why))
		return not_open(tcp, why);
	log_info("listening", "endpoint", tcp, NULL);
	return true;
}

static bool open_followers(struct bus *bus)
{
	const char *names[SOURCES_MAX];
	size_t n = 0;
	char why[256];

	while (n < SOURCES_MAX && (names[n] = engine_source(bus->engine, n)))
		n++;
	if (!peers_sound(&bus->options->peers, names, n, why))
		return not_open("SHEGONG_PEERS", why);
	for (size_t i = 0; i < n; i++) {
		struct follower *follower = &bus->followers[i];
		const char *name = names[i];

		*follower = (struct follower){ .bus = bus, .number = i, .name = name };
		follower->call = call_open_peer(bus->zmq, name, &bus->options->peers);
		follower->sub = peers_listen(bus->zmq, name, &bus->options->peers);
		bus->n_followers++;
		if (!follower->call || !follower->sub)
			return false;
	}
	return true;
}

static bool open_bus(struct bus *bus)
{
	sigset_t stop;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	/* Before any thread is made, so that all of them leave the signals to the bus. */
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	bus->signals = signalfd(-1, &stop, SFD_NONBLOCK | SFD_CLOEXEC);
	bus->refuser = reader_open(bus->engine);
	bus->zmq = zmq_ctx_new();
	if (bus->signals < 0 || !bus->refuser || !bus->zmq ||
	    !mailbox_open(&bus->to_writer, false) || !mailbox_open(&bus->to_readers, false) ||
	    !mailbox_open(&bus->to_slow, false) || !mailbox_open(&bus->done, true))
		return false;
	engine_standing(bus->engine, &bus->standing);
	engine_seen(bus->engine, &bus->seen);
	return open_run_door(bus) && open_tcp_door(bus) && open_followers(bus);
}

static void start_threads(struct bus *bus)
{
	if (pthread_create(&bus->writer, NULL, writer_main, bus) != 0)
		give_up("the writer cannot be started", EAGAIN);
	for (int i = 0; i < bus->options->readers; i++)
		start_reader(bus, &bus->readers[i], &bus->to_readers);
	for (int i = 0; i < SLOW_READERS; i++)
		start_reader(bus, &bus->slow[i], &bus->to_slow);
}

static void stop_threads(struct bus *bus)
{
	mailbox_close(&bus->to_writer);
	mailbox_close(&bus->to_readers);
	mailbox_close(&bus->to_slow);
	pthread_join(bus->writer, NULL);
	for (int i = 0; i < bus->options->readers; i++)
		pthread_join(bus->readers[i], NULL);
	for (int i = 0; i < SLOW_READERS; i++)
		pthread_join(bus->slow[i], NULL);
}

static void close_bus(struct bus *bus)
{
	for (size_t d = 0; d < bus->n_doors; d++) {
		zmq_close(bus->doors[d].router);
		zmq_close(bus->doors[d].pub);
	}
	if (bus->zap)
		zap_close(bus->zap);
	for (size_t i = 0; i < bus->n_followers; i++) {
		call_close(bus->followers[i].call);
		zmq_close(bus->followers[i].sub);
	}
	zmq_ctx_term(bus->zmq);
	mailbox_free(&bus->to_writer);
	mailbox_free(&bus->to_readers);
	mailbox_free(&bus->to_slow);
	mailbox_free(&bus->done);
	reader_close(bus->refuser);
	close(bus->signals);
}

/* All is answered, and has had the time to be read; or the time to stop is up. */
static bool may_stop(const struct bus *bus, int64_t stop_at_ms)
{
	if (now_ms() >= stop_at_ms)
		return true;
	return bus->in_flight == 0 && now_ms() - bus->replied_at_ms >= LAST_WORD_MS;
}

/* Waits for something to do; true where the service has been told to stop. */
static bool wait_for_work(struct bus *bus, bool all_taken)
{
	zmq_pollitem_t items[2 + DOORS_MAX + 2 * SOURCES_MAX] = {
		{ .fd = bus->done.wakes, .events = ZMQ_POLLIN },
		{ .fd = bus->signals, .events = ZMQ_POLLIN },
	};
	int n = 2;

	for (size_t d = 0; d < bus->n_doors; d++)
		items[n++] = (zmq_pollitem_t){ .socket = bus->doors[d].router,
					       .events = has_place(bus) ? ZMQ_POLLIN : 0 };
	for (size_t i = 0; i < bus->n_followers; i++) {
		items[n++] =
			(zmq_pollitem_t){ .socket = bus->followers[i].sub, .events = ZMQ_POLLIN };
		items[n++] = (zmq_pollitem_t){ .fd = call_fd(bus->followers[i].call),
					       .events = ZMQ_POLLIN };
	}
	zmq_poll(items, n, all_taken ? POLL_MS : 0);
	return items[1].revents != 0;
}

int bus_run(struct engine *engine, const struct bus_options *options)
{
	struct bus bus = { .engine = engine, .options = options };
	int64_t stop_at_ms = 0;
	bool all_taken = true;

	if (!open_bus(&bus))
		return EXIT_SETTINGS;
	start_threads(&bus);
	log_info("ready", "service", engine->service->name, "sequence",
		 log_number((int64_t)bus.standing.sequence).text, NULL);
	while (!bus.stopping || !may_stop(&bus, stop_at_ms)) {
		if (wait_for_work(&bus, all_taken) && !bus.stopping) {
			log_info("stopping", NULL);
			bus.stopping = true;
			stop_at_ms = now_ms() + STOP_MS;
		}
		take_done(&bus);
		look_at_waiting(&bus);
		all_taken = take_requests(&bus);
		follow(&bus);
		publish_head(&bus);
	}
	stop_threads(&bus);
	take_done(&bus);
	close_bus(&bus);
	log_info("stopped", NULL);
	return 0;
}
