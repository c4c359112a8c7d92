#include "engine/call.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zmq.h>

#include "engine/log.h"

#define SLOTS_FIRST  64
#define SLOTS_MAX    8192
#define BUDGET	     256 /* replies taken before others get their turn, and their bytes */
#define BUDGET_BYTES (1024 * 1024)
#define TICK_MS	     100 /* between looks at the connection's state */
#define UNREAD_MAX   16	 /* replies that wait here for their turn; the others wait at the service */
#define COUNTED_MIN  4096 /* a request's size from which it counts as outgoing */
#define OUTGOING_MAX (32 * 1024 * 1024)
#define ROOM_FIRST   65536 /* for an unpacked reply; larger ones get room of their own */
#define NONE	     UINT32_MAX

/* A request that waits for its reply.  Slots move when there are more: hold numbers, not pointers. */
struct slot {
	uint32_t generation; /* tells a late reply to the slot's former request */
	uint32_t heap_at;    /* NONE: free */
	uint32_t next;	     /* free, or next unsent */
	bool unsent;
	int64_t due, unreachable_at;
	zmq_msg_t message; /* while unsent */
	void (*done)(const Engine__Reply *, void *);
	void *arg;
};

/* Memory for one unpacked reply, zeroed as it is given out. */
struct room {
	uint8_t *data;
	size_t used, cap;
	void *overflow; /* a list of blocks, each beginning with its next */
};

struct call {
	void *socket, *monitor;
	char name[32];
	int fd;
	struct slot *slots;
	uint32_t *heap; /* slots in flight, the next due first */
	uint32_t n_slots, n_heap, free;
	uint32_t unsent_first, unsent_last;
	bool lost;
	int64_t look_at; /* when the monitor is next looked at */
	struct room room;
	struct call_counters counters;
};

struct trouble {
	Engine__Code code;
	const char *reason, *en, *zh;
};

static const struct trouble overdue = {
	ENGINE__CODE__CODE_DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED",
	"The service did not answer in time; whether a command was carried out is not known. "
	"Send it again with the same id to find out.",
	"服务未能在时限内答复，命令是否已执行尚不确定。请用同一编号重新发送以确认。"
};

static const struct trouble unreachable = {
	ENGINE__CODE__CODE_UNAVAILABLE, "SERVICE_UNREACHABLE",
	"The service cannot be reached; the request was not sent to it.",
	"服务无法连接，请求未送达。"
};

static const struct trouble lost = {
	ENGINE__CODE__CODE_UNAVAILABLE, "SERVICE_LOST",
	"The service went away before it answered; whether a command was carried out is not "
	"known. Send it again with the same id to find out.",
	"服务在答复前中断，命令是否已执行尚不确定。请用同一编号重新发送以确认。"
};

static const struct trouble stopped = {
	ENGINE__CODE__CODE_CANCELED, "STOPPED",
	"The sender stopped before the answer came; whether a command was carried out is not "
	"known. Send it again with the same id to find out.",
	"发送方在收到答复前停止，命令是否已执行尚不确定。请用同一编号重新发送以确认。"
};

/* Bytes of requests that ZeroMQ holds for all services; one that takes nothing, or whose answers
 * nobody awaits any more, is not to fill the memory. */
static _Atomic size_t outgoing;

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- The room of a reply --------------------------------------------------------------------- */

static void *room_alloc(void *arg, size_t size)
{
	struct room *room = arg;
	uint8_t *at;

	size = (size + 15) & ~(size_t)15;
	if (size > room->cap - room->used) {
		void **block = calloc(1, size + 16);

		if (!block)
			return NULL;
		*block = room->overflow;
		room->overflow = block;
		return (uint8_t *)block + 16;
	}
	at = room->data + room->used;
	room->used += size;
	memset(at, 0, size);
	return at;
}

static void room_free(void *arg, void *at)
{
	(void)arg;
	(void)at;
}

static void room_clear(struct room *room)
{
	room->used = 0;
	while (room->overflow) {
		void **block = room->overflow;

		room->overflow = *block;
		free(block);
	}
}

/* --- The heap of deadlines ------------------------------------------------------------------- */

static void heap_put(struct call *call, uint32_t at, uint32_t slot)
{
	call->heap[at] = slot;
	call->slots[slot].heap_at = at;
}

static int64_t heap_due(const struct call *call, uint32_t at)
{
	const struct slot *slot = &call->slots[call->heap[at]];

	return slot->unsent && slot->unreachable_at < slot->due ? slot->unreachable_at : slot->due;
}

static void heap_up(struct call *call, uint32_t at)
{
	while (at > 0 && heap_due(call, at) < heap_due(call, (at - 1) / 2)) {
		uint32_t child = call->heap[at];

		heap_put(call, at, call->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
		heap_put(call, at, child);
	}
}

static void heap_down(struct call *call, uint32_t at)
{
	for (;;) {
		uint32_t least = at, kid = at * 2 + 1, moved;

		if (kid < call->n_heap && heap_due(call, kid) < heap_due(call, least))
			least = kid;
		if (kid + 1 < call->n_heap && heap_due(call, kid + 1) < heap_due(call, least))
			least = kid + 1;
		if (least == at)
			return;
		moved = call->heap[at];
		heap_put(call, at, call->heap[least]);
		heap_put(call, least, moved);
		at = least;
	}
}

static void heap_remove(struct call *call, uint32_t at)
{
	uint32_t last = --call->n_heap;

	call->slots[call->heap[at]].heap_at = NONE;
	if (at == last)
		return;
	heap_put(call, at, call->heap[last]);
	heap_up(call, at);
	heap_down(call, at);
}

/* --- Slots ----------------------------------------------------------------------------------- */

static bool slots_grow(struct call *call)
{
	uint32_t n = call->n_slots ? call->n_slots * 2 : SLOTS_FIRST;
	struct slot *slots;
	uint32_t *heap;

	if (n > SLOTS_MAX)
		return false;
	slots = realloc(call->slots, n * sizeof(*slots));
	if (slots)
		call->slots = slots;
	heap = realloc(call->heap, n * sizeof(*heap));
	if (heap)
		call->heap = heap;
	if (!slots || !heap)
		return false;
	for (uint32_t i = n; i-- > call->n_slots;) {
		slots[i] = (struct slot){ .heap_at = NONE, .next = call->free };
		call->free = i;
	}
	call->n_slots = n;
	return true;
}

static uint64_t correlation_of(const struct call *call, uint32_t i)
{
	return (uint64_t)call->slots[i].generation << 32 | i;
}

/* Take the request out of flight and answer it. */
static void slot_answer(struct call *call, uint32_t i, const Engine__Reply *reply)
{
	struct slot *slot = &call->slots[i];
	void (*done)(const Engine__Reply *, void *) = slot->done;
	void *arg = slot->arg;

	heap_remove(call, slot->heap_at);
	if (slot->unsent) {
		uint32_t before = NONE, at = call->unsent_first;

		while (at != i) {
			before = at;
			at = call->slots[at].next;
		}
		if (before == NONE)
			call->unsent_first = slot->next;
		else
			call->slots[before].next = slot->next;
		if (call->unsent_last == i)
			call->unsent_last = before;
		zmq_msg_close(&slot->message);
		slot->unsent = false;
	}
	slot->generation++;
	slot->next = call->free;
	call->free = i;
	done(reply, arg);
}

static void slot_refuse(struct call *call, uint32_t i, const struct trouble *why)
{
	Engine__Reply reply = ENGINE__REPLY__INIT;
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	reply.code = why->code;
	reply.refusal = &refused;
	reply.correlation = correlation_of(call, i);
	refused.reason = why->reason;
	refused.about = call->name;
	refused.message_en = why->en;
	refused.message_zh = why->zh;
	slot_answer(call, i, &reply);
}

/* --- Sending --------------------------------------------------------------------------------- */

/* Called by ZeroMQ's own thread.  The size stands before the bytes. */
static void outgoing_end(void *data, void *block)
{
	(void)data;
	atomic_fetch_sub(&outgoing, *(size_t *)block);
	free(block);
}

/* A message of so many bytes.  false: no memory, or too much is outgoing. */
static bool outgoing_begin(zmq_msg_t *message, size_t len)
{
	size_t *block;

	if (len < COUNTED_MIN)
		return zmq_msg_init_size(message, len) == 0;
	if (atomic_load(&outgoing) + len > OUTGOING_MAX)
		return false;
	block = malloc(sizeof(max_align_t) + len);
	if (!block)
		return false;
	*block = len;
	if (zmq_msg_init_data(message, (char *)block + sizeof(max_align_t), len, outgoing_end,
			      block) != 0) {
		free(block);
		return false;
	}
	atomic_fetch_add(&outgoing, len);
	return true;
}

bool call_send(struct call *call, Engine__Request *request,
	       void (*done)(const Engine__Reply *, void *arg), void *arg)
{
	uint32_t i;
	struct slot *slot;
	size_t len;

	if (call->free == NONE && !slots_grow(call))
		return false;
	i = call->free;
	slot = &call->slots[i];
	request->correlation = correlation_of(call, i);
	len = engine__request__get_packed_size(request);
	if (len > CALL_REQUEST_MAX || !outgoing_begin(&slot->message, len))
		return false;
	engine__request__pack(request, zmq_msg_data(&slot->message));
	call->free = slot->next;
	slot->done = done;
	slot->arg = arg;
	slot->due = now_ms() + (request->deadline_ms ? request->deadline_ms : CALL_WAIT_MS);
	/* Order is kept: nothing overtakes a request that waits for the connection. */
	slot->unsent = call->unsent_first != NONE ||
		       zmq_msg_send(&slot->message, call->socket, ZMQ_DONTWAIT) < 0;
	if (slot->unsent) {
		slot->unreachable_at = now_ms() + CALL_REACH_MS;
		slot->next = NONE;
		if (call->unsent_first == NONE)
			call->unsent_first = i;
		else
			call->slots[call->unsent_last].next = i;
		call->unsent_last = i;
		call->look_at = 0;
	} else {
		call->counters.sent++;
	}
	heap_put(call, call->n_heap++, i);
	heap_up(call, slot->heap_at);
	return true;
}

static unsigned unsent_send(struct call *call)
{
	unsigned n = 0;

	while (call->unsent_first != NONE) {
		uint32_t i = call->unsent_first;
		struct slot *slot = &call->slots[i];

		if (zmq_msg_send(&slot->message, call->socket, ZMQ_DONTWAIT) < 0)
			break;
		n++;
		call->counters.sent++;
		call->unsent_first = slot->next;
		if (call->unsent_first == NONE)
			call->unsent_last = NONE;
		slot->unsent = false;
		heap_down(call, slot->heap_at);
	}
	return n;
}

/* --- Receiving ------------------------------------------------------------------------------- */

static void reply_take(struct call *call, zmq_msg_t *message)
{
	ProtobufCAllocator allocator = { room_alloc, room_free, &call->room };
	Engine__Reply *reply =
		engine__reply__unpack(&allocator, zmq_msg_size(message), zmq_msg_data(message));
	uint32_t i;

	if (!reply) {
		call->counters.malformed++;
	} else {
		i = (uint32_t)reply->correlation;
		if (i < call->n_slots && call->slots[i].heap_at != NONE && !call->slots[i].unsent &&
		    call->slots[i].generation == reply->correlation >> 32) {
			call->counters.answered++;
			slot_answer(call, i, reply);
		} else {
			call->counters.late++;
		}
	}
	room_clear(&call->room);
}

/* True where nothing is left to receive. */
static bool replies_take(struct call *call)
{
	size_t bytes = 0;

	for (int n = 0; n < BUDGET && bytes < BUDGET_BYTES; n++) {
		zmq_msg_t message;

		zmq_msg_init(&message);
		if (zmq_msg_recv(&message, call->socket, ZMQ_DONTWAIT) < 0) {
			bool drained = errno == EAGAIN;

			zmq_msg_close(&message);
			/* Interrupted, or the context ends: the next turn tells. */
			return drained;
		}
		bytes += zmq_msg_size(&message);
		reply_take(call, &message);
		zmq_msg_close(&message);
	}
	return false;
}

/* The monitor reports each lost connection: a number and an address, in two frames. */
static void monitor_look(struct call *call)
{
	zmq_msg_t frame;

	call->look_at = now_ms() + TICK_MS;
	for (;;) {
		zmq_msg_init(&frame);
		if (zmq_msg_recv(&frame, call->monitor, ZMQ_DONTWAIT) < 0) {
			zmq_msg_close(&frame);
			return;
		}
		call->lost = true;
		zmq_msg_close(&frame);
	}
}

/* What was sent on the lost connection has no way back. */
static void lost_answer(struct call *call)
{
	uint32_t n = call->n_slots;

	call->lost = false;
	for (uint32_t i = 0; i < n; i++) {
		if (call->slots[i].heap_at == NONE || call->slots[i].unsent)
			continue;
		call->counters.lost++;
		slot_refuse(call, i, &lost);
	}
}

static void overdue_answer(struct call *call)
{
	int64_t now = now_ms();

	while (call->n_heap > 0 && heap_due(call, 0) <= now) {
		uint32_t i = call->heap[0];

		if (call->slots[i].unsent) {
			call->counters.unreachable++;
			slot_refuse(call, i, &unreachable);
		} else {
			call->counters.overdue++;
			slot_refuse(call, i, &overdue);
		}
	}
}

static bool call_readable(const struct call *call)
{
	int events = 0;
	size_t size = sizeof(events);

	return zmq_getsockopt(call->socket, ZMQ_EVENTS, &events, &size) == 0 &&
	       (events & ZMQ_POLLIN);
}

bool call_process(struct call *call)
{
	bool drained;

	/* Looked at before receiving, so that replies that came before the end are taken first. */
	if (call->look_at <= now_ms())
		monitor_look(call);
	drained = replies_take(call);
	if (drained && call->lost)
		lost_answer(call);
	/* Receiving until nothing is left has re-armed the descriptor; sending after that may have
	 * swallowed its signal. */
	if (unsent_send(call) > 0)
		drained = drained && !call_readable(call);
	overdue_answer(call);
	return !drained;
}

int call_fd(const struct call *call)
{
	return call->fd;
}

int call_next_deadline_ms(const struct call *call)
{
	int64_t left;

	if (call->n_heap == 0)
		return -1;
	left = heap_due(call, 0) - now_ms();
	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

void call_wait(struct call *call)
{
	while (call->n_heap > 0) {
		zmq_pollitem_t item = { .socket = call->socket, .events = ZMQ_POLLIN };
		int left = call_next_deadline_ms(call);

		if (call->unsent_first != NONE)
			item.events |= ZMQ_POLLOUT;
		zmq_poll(&item, 1, left < TICK_MS ? left : TICK_MS);
		call_process(call);
	}
}

/* --- Opening and closing --------------------------------------------------------------------- */

static bool socket_set(void *socket, int option, int value)
{
	return zmq_setsockopt(socket, option, &value, sizeof(value)) == 0;
}

static bool call_prepare(struct call *call, void *zmq)
{
	static const struct {
		int option, value;
	} options[] = {
		/* Nothing is queued for a service that is not there: it would be carried out after
		 * the caller has gone. */
		{ ZMQ_IMMEDIATE, 1 },	     { ZMQ_LINGER, 0 },
		{ ZMQ_RECONNECT_IVL, 20 },   { ZMQ_RECONNECT_IVL_MAX, 200 },
		{ ZMQ_HEARTBEAT_IVL, 2000 }, { ZMQ_HEARTBEAT_TIMEOUT, 6000 },
		{ ZMQ_SNDHWM, SLOTS_MAX },   { ZMQ_RCVHWM, UNREAD_MAX },
		{ ZMQ_HANDSHAKE_IVL, 2000 }, { ZMQ_TCP_KEEPALIVE, 1 },
	};
	int64_t max = CALL_REPLY_MAX;
	size_t fd_size = sizeof(call->fd);
	char monitor[64];

	call->socket = zmq_socket(zmq, ZMQ_DEALER);
	call->monitor = zmq_socket(zmq, ZMQ_PAIR);
	if (!call->socket || !call->monitor)
		return false;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (!socket_set(call->socket, options[i].option, options[i].value))
			return false;
	}
	snprintf(monitor, sizeof(monitor), "inproc://call-%p", (void *)call);
	return zmq_setsockopt(call->socket, ZMQ_MAXMSGSIZE, &max, sizeof(max)) == 0 &&
	       socket_set(call->monitor, ZMQ_LINGER, 0) &&
	       zmq_socket_monitor(call->socket, monitor, ZMQ_EVENT_DISCONNECTED) == 0 &&
	       zmq_connect(call->monitor, monitor) == 0 &&
	       zmq_getsockopt(call->socket, ZMQ_FD, &call->fd, &fd_size) == 0;
}

/* By its endpoint, or by its name among peers. */
static bool call_connect(struct call *call, const char *endpoint, const struct peers *peers)
{
	char why[256];

	if (endpoint)
		return zmq_connect(call->socket, endpoint) == 0;
	if (peers_connect(peers, call->socket, call->name, PEERS_REQUESTS, why))
		return true;
	log_error("a service cannot be reached", "service", call->name, "why", why, NULL);
	errno = EINVAL;
	return false;
}

static struct call *call_begin(void *zmq, const char *name, const char *endpoint,
			       const struct peers *peers)
{
	struct call *call = calloc(1, sizeof(*call));
	int error;

	if (!call)
		return NULL;
	snprintf(call->name, sizeof(call->name), "%s", name);
	call->free = call->unsent_first = call->unsent_last = NONE;
	call->room.data = malloc(ROOM_FIRST);
	call->room.cap = ROOM_FIRST;
	if (call->room.data && slots_grow(call) && call_prepare(call, zmq) &&
	    call_connect(call, endpoint, peers))
		return call;
	error = errno;
	call_close(call);
	errno = error;
	return NULL;
}

struct call *call_open(void *zmq, const char *name, const char *endpoint)
{
	return call_begin(zmq, name, endpoint, NULL);
}

struct call *call_open_peer(void *zmq, const char *name, const struct peers *peers)
{
	return call_begin(zmq, name, NULL, peers);
}

void call_close(struct call *call)
{
	while (call->n_heap > 0)
		slot_refuse(call, call->heap[0], &stopped);
	if (call->socket) {
		zmq_socket_monitor(call->socket, NULL, 0);
		zmq_close(call->socket);
	}
	if (call->monitor)
		zmq_close(call->monitor);
	room_clear(&call->room);
	free(call->room.data);
	free(call->slots);
	free(call->heap);
	free(call);
}

const char *call_name(const struct call *call)
{
	return call->name;
}

size_t call_in_flight(const struct call *call)
{
	return call->n_heap;
}

struct call_counters call_count(const struct call *call)
{
	return call->counters;
}
