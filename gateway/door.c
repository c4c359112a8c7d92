/* One thread with its own lines to the services.  ZeroMQ's descriptor tells of changes, not of
 * states, and a send may swallow its signal: so the door is looked at when it is readable, after
 * sending, and every 100 ms come what may.
 *
 * A routing id is for the way back only.  One that a peer has chosen could be another's, whose
 * replies it would then get; so only those that ZeroMQ makes are served (five bytes, the first of
 * them zero), and nobody can take one over. */
#include "gateway/door.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <event2/event.h>
#include <zmq.h>

#include "base/arena.h"
#include "engine/log.h"
#include "engine/zap.h"
#include "gateway/door_message.h"
#include "gateway/rates.h"

enum {
	ROUTING_MAX = 4,
	ROUTING_ID_SIZE = 5,
	TAKEN_AT_ONCE_MAX = 256,
	IN_FLIGHT_MAX = 4096,
	IN_FLIGHT_BYTES_MAX = 64 * 1024 * 1024,
	PEER_IN_FLIGHT_MAX = 128,
	UNTAKEN_MAX = 2 * PEER_IN_FLIGHT_MAX, /* replies that wait in ZeroMQ for each peer */
	PEER_BYTES_MAX = 16 * 1024 * 1024,
	PEER_UNTAKEN_MAX = 8 * 1024 * 1024, /* bytes of replies that wait, and one more */
	ALL_UNTAKEN_MAX = 32 * 1024 * 1024,
	UNREAD_MAX = 8, /* messages that wait in ZeroMQ for each connection */
	PEERS = 256,	/* chains of peers, by their keys */
	HEAD_MEMORY = 8 * 1024 * 1024,
	KEPT_ROOM = 1024 * 1024,
	DEADLINE_MAX_MS = 600000,
	HANDSHAKE_MS = 2000,
	TICK_MS = 100,
	LAST_WORD_MS = 1000,
};

static const char domain[] = "door", own_key[] = "gateway";
static const char engine_package[] = "shegong.engine.";

/* What one key has under way.  It stays until the door closes, there are as many as accounts, and
 * as long as ZeroMQ holds a reply to it. */
struct peer {
	struct peer *next;
	char key[KEY_TEXT];
	size_t in_flight, bytes;
	_Atomic size_t untaken; /* bytes of replies that its connections have not taken */
	atomic_uint holders;
};

/* A reply that ZeroMQ holds, its bytes behind it. */
struct untaken {
	struct peer *peer;
	size_t size;
	max_align_t bytes[];
};

/* Of all peers; what ZeroMQ holds may outlive the door. */
static _Atomic size_t untaken_bytes;

struct door {
	struct door_settings settings;
	struct door_forms forms;
	void *zmq, *router;
	struct zap *zap;
	char endpoint[512];
	pthread_t thread;
	bool started;
	int stop; /* an eventfd */

	/* The thread's. */
	struct event_base *base;
	struct event *readable, *timer, *stopped, *last;
	struct lines *lines;
	struct arena *arena;
	struct rates *rates;
	struct bytes head, body, reply;
	struct peer *peers[PEERS];
	size_t in_flight, bytes;
	bool soon, stopping;

	struct door_counters counters;
};

/* A message, taken in; then, a request on its way. */
struct pending {
	struct door *door;
	struct peer *peer; /* NULL: not on its way yet */
	const struct schema_method *method;
	size_t size;
	int n_routing;
	zmq_msg_t routing[ROUTING_MAX];
	bool json;
	uint64_t correlation;
	char id[65];
};

enum door_refusal {
	DOOR_FINE,
	DOOR_KEY_UNKNOWN,
	DOOR_NOT_READY,
	DOOR_TOO_OFTEN,
	DOOR_ROUTING_ID,
	DOOR_NO_METHOD,
	DOOR_NO_SERVICE,
	DOOR_STREAMING,
	DOOR_PRINCIPAL,
	DOOR_BAD_ID,
	DOOR_BAD_AFTER,
	DOOR_PEER_BUSY,
	DOOR_LINE_BUSY,
	DOOR_UNTAKEN,
	DOOR_BAD_REPLY,
	DOOR_NO_MEMORY,
	DOOR_N_REFUSALS
};

struct row {
	Engine__Code code;
	const char *reason, *en, *zh;
};

static const struct row rows[DOOR_N_REFUSALS] = {
	[DOOR_KEY_UNKNOWN] = { ENGINE__CODE__CODE_UNAUTHENTICATED, "KEY_UNKNOWN",
			       "The key belongs to no account, or no longer.",
			       "该密钥不属于任何账户，或已被撤销。" },
	[DOOR_NOT_READY] = { ENGINE__CODE__CODE_UNAVAILABLE, "ACCESS_UNAVAILABLE",
			     "Who may ask is not known just now: try again with the same id.",
			     "暂时无法核实调用者身份，请稍后用同一编号重试。" },
	[DOOR_TOO_OFTEN] = { ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "TOO_OFTEN",
			     "This account asks too often: try again a little later.",
			     "该账户请求过于频繁，请稍后再试。" },
	[DOOR_ROUTING_ID] = { ENGINE__CODE__CODE_INVALID_ARGUMENT, "ROUTING_ID_CHOSEN",
			      "Leave the routing id of the socket (ZMQ_ROUTING_ID) unset.",
			      "请勿设置套接字的路由标识（ZMQ_ROUTING_ID）。" },
	[DOOR_NO_METHOD] = { ENGINE__CODE__CODE_UNIMPLEMENTED, "METHOD_UNKNOWN",
			     "There is no such method; method is like "
			     "shegong.personnel.v1.PersonnelService/OpenCall.",
			     "没有该方法；method 的形式应如 "
			     "shegong.personnel.v1.PersonnelService/OpenCall。" },
	[DOOR_NO_SERVICE] = { ENGINE__CODE__CODE_INVALID_ARGUMENT, "SERVICE_UNKNOWN",
			      "For this method the field service names the service, such as "
			      "personnel.",
			      "调用此方法须用字段 service 指明服务，如 personnel。" },
	[DOOR_STREAMING] = { ENGINE__CODE__CODE_UNIMPLEMENTED, "STREAMING",
			     "This method streams and is answered over HTTP only.",
			     "此方法为流式方法，仅可通过 HTTP 调用。" },
	[DOOR_PRINCIPAL] = { ENGINE__CODE__CODE_INVALID_ARGUMENT, "PRINCIPAL_GIVEN",
			     "Leave principal empty: who asks is known by the key.",
			     "请将 principal 留空：调用者由密钥确定。" },
	[DOOR_BAD_ID] = { ENGINE__CODE__CODE_INVALID_ARGUMENT, "ID_MALFORMED",
			  "A command's id is 1 to 64 of A-Z a-z 0-9 . _ : -",
			  "命令的 id 应为 1 至 64 个 A-Z a-z 0-9 . _ : - 字符。" },
	[DOOR_BAD_AFTER] = { ENGINE__CODE__CODE_INVALID_ARGUMENT, "AFTER_MALFORMED",
			     "In after each position names a service, and there are at most 16.",
			     "after 中每个位置须注明服务，且最多 16 个。" },
	[DOOR_PEER_BUSY] = { ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "TOO_MANY_IN_FLIGHT",
			     "Too many requests of this key wait for their answers; this one was "
			     "not sent.",
			     "该密钥等待答复的请求过多；此请求未发送。" },
	[DOOR_LINE_BUSY] = { ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "TOO_MANY_IN_FLIGHT",
			     "The request is too large, or too many wait for this service; it was "
			     "not sent.",
			     "请求过大，或等待该服务的请求过多；请求未发送。" },
	[DOOR_UNTAKEN] = { ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "REPLIES_UNTAKEN",
			   "This key does not take its replies, and there is no room for this one: "
			   "take them, then ask again with the same id.",
			   "该密钥的答复积压未取，无法再存放此答复；请先取走，再用同一编号重新发送。" },
	[DOOR_BAD_REPLY] = { ENGINE__CODE__CODE_INTERNAL, "REPLY_MALFORMED",
			     "The service's answer is not of its type.",
			     "服务的答复与其类型不符。" },
	[DOOR_NO_MEMORY] = { ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "NO_MEMORY",
			     "There is no memory left for this request; it was not sent.",
			     "没有足够的内存处理此请求；请求未发送。" },
};

static void add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

/* --- Peers -------------------------------------------------------------------------------------- */

static struct peer *peer_of(struct door *door, const char *key)
{
	uint32_t hash = 0;
	struct peer **chain, *peer;

	for (const char *c = key; *c; c++)
		hash = hash * 31 + (unsigned char)*c;
	chain = &door->peers[hash % PEERS];
	for (peer = *chain; peer; peer = peer->next) {
		if (strcmp(peer->key, key) == 0)
			return peer;
	}
	peer = calloc(1, sizeof(*peer));
	if (!peer)
		return NULL;
	snprintf(peer->key, sizeof(peer->key), "%s", key);
	atomic_init(&peer->holders, 1);
	peer->next = *chain;
	*chain = peer;
	return peer;
}

static void peer_drop(struct peer *peer)
{
	if (atomic_fetch_sub(&peer->holders, 1) == 1)
		free(peer);
}

static void peers_free(struct door *door)
{
	for (size_t i = 0; i < PEERS; i++) {
		for (struct peer *peer = door->peers[i], *next; peer; peer = next) {
			next = peer->next;
			peer_drop(peer);
		}
	}
}

static bool account_of(const struct door *door, const char *key, struct caller *caller)
{
	uint8_t bytes[KEY_SIZE];

	caller_init(caller);
	return zmq_z85_decode(bytes, key) && door->settings.who(door->settings.of, bytes, caller);
}

/* Asked by the ZAP handler, in its thread. */
static enum zap_answer key_known(void *of, const char *key, char who[static ZAP_WHO])
{
	struct door *door = of;
	struct caller caller;

	_Static_assert(KEY_TEXT <= ZAP_WHO, "a key fits");
	snprintf(who, ZAP_WHO, "%s", key);
	if (account_of(door, key, &caller))
		return ZAP_KNOWN;
	if (!door->settings.ready(door->settings.of))
		return ZAP_LATER;
	add(&door->counters.strangers, 1);
	return ZAP_UNKNOWN;
}

/* --- Replies ------------------------------------------------------------------------------------ */

static void look_soon(struct door *door)
{
	if (door->soon || door->stopping)
		return;
	door->soon = true;
	event_active(door->readable, EV_READ, 0);
}

static void pending_free(struct pending *p)
{
	struct door *door = p->door;

	if (p->peer) {
		p->peer->in_flight--;
		p->peer->bytes -= p->size;
		door->in_flight--;
		door->bytes -= p->size;
		atomic_store_explicit(&door->counters.in_flight, door->in_flight,
				      memory_order_relaxed);
	}
	for (int i = 0; i < p->n_routing; i++)
		zmq_msg_close(&p->routing[i]);
	free(p);
}

/* Called by ZeroMQ's own thread once the bytes have been sent, or never will be. */
static void untaken_end(void *bytes, void *of)
{
	struct untaken *untaken = of;

	(void)bytes;
	atomic_fetch_sub(&untaken->peer->untaken, untaken->size);
	atomic_fetch_sub(&untaken_bytes, untaken->size);
	peer_drop(untaken->peer);
	free(untaken);
}

static bool has_room(struct peer *peer)
{
	return atomic_load(&peer->untaken) < PEER_UNTAKEN_MAX &&
	       atomic_load(&untaken_bytes) < ALL_UNTAKEN_MAX;
}

/* What has been written as a message, counted for the peer until it has been sent. */
static bool untaken_begin(const struct bytes *reply, struct peer *peer, zmq_msg_t *message)
{
	struct untaken *untaken = malloc(sizeof(*untaken) + reply->len);

	if (!untaken)
		return false;
	*untaken = (struct untaken){ .peer = peer, .size = reply->len };
	memcpy(untaken->bytes, reply->data, reply->len);
	if (zmq_msg_init_data(message, untaken->bytes, reply->len, untaken_end, untaken) != 0) {
		free(untaken);
		return false;
	}
	atomic_fetch_add(&peer->holders, 1);
	atomic_fetch_add(&peer->untaken, reply->len);
	atomic_fetch_add(&untaken_bytes, reply->len);
	return true;
}

/* The door's own refusals to nobody in particular are small, and bounded by their number. */
static bool message_make(const struct bytes *reply, struct peer *peer, zmq_msg_t *message)
{
	if (peer)
		return untaken_begin(reply, peer, message);
	if (zmq_msg_init_size(message, reply->len) != 0)
		return false;
	memcpy(zmq_msg_data(message), reply->data, reply->len);
	return true;
}

/* Send what has been written, and be done with the request.  A peer that has gone, or that takes
 * nothing, may ask again with the same id. */
static void deliver(struct pending *p)
{
	struct door *door = p->door;
	zmq_msg_t message;
	bool made = message_make(&door->reply, p->peer, &message), sent = made;

	for (int i = 0; i < p->n_routing && sent; i++)
		sent = zmq_msg_send(&p->routing[i], door->router, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0;
	if (sent)
		sent = zmq_msg_send(&message, door->router, ZMQ_DONTWAIT) >= 0;
	if (made && !sent)
		zmq_msg_close(&message);
	if (!sent)
		add(&door->counters.undelivered, 1);
	if (door->reply.cap > KEPT_ROOM)
		bytes_free(&door->reply);
	pending_free(p);
	look_soon(door);
}

static void refuse(struct pending *p, Engine__Code code, const Engine__Refused *refused)
{
	struct door *door = p->door;
	Engine__Reply reply = ENGINE__REPLY__INIT;

	add(&door->counters.refused, 1);
	reply.id = p->id;
	reply.correlation = p->correlation;
	reply.code = code;
	reply.refusal = (Engine__Refused *)(uintptr_t)refused;
	door->reply.len = 0;
	if (door_write(&door->forms, p->json, &reply, NULL, &door->reply)) {
		deliver(p);
		return;
	}
	log_error("no memory for a refusal", NULL);
	pending_free(p);
}

static void refuse_row(struct pending *p, enum door_refusal refusal)
{
	const struct row *row = &rows[refusal];
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	refused.reason = row->reason;
	refused.message_en = row->en;
	refused.message_zh = row->zh;
	refuse(p, row->code, &refused);
}

static void refuse_fault(struct pending *p, const struct json_fault *fault)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	if (fault->no_room) {
		refuse_row(p, DOOR_NO_MEMORY);
		return;
	}
	refused.reason = "MESSAGE_MALFORMED";
	refused.about = fault->field;
	refused.message_en = fault->message_en;
	refused.message_zh = fault->message_zh;
	refuse(p, ENGINE__CODE__CODE_INVALID_ARGUMENT, &refused);
}

static void on_reply(const Engine__Reply *of_service, void *arg)
{
	struct pending *p = arg;
	struct door *door = p->door;
	Engine__Reply reply = *of_service;

	reply.id = p->id;
	reply.correlation = p->correlation;
	door->reply.len = 0;
	if (!has_room(p->peer)) {
		refuse_row(p, DOOR_UNTAKEN);
		return;
	}
	if (door_write(&door->forms, p->json, &reply, reply.code ? NULL : p->method->output,
		       &door->reply)) {
		deliver(p);
		return;
	}
	log_error("a service's answer is not of its type", "method", p->method->full_name, NULL);
	refuse_row(p, DOOR_BAD_REPLY);
}

/* --- Requests ----------------------------------------------------------------------------------- */

static enum door_refusal head_check(const struct door *door, const struct pending *p,
				    const Engine__Request *head, int *service)
{
	const struct lines_services *services = door->settings.services;
	const char *name, *dot;

	if (head->principal)
		return DOOR_PRINCIPAL;
	if (!p->method || strncmp(p->method->full_name, "shegong.", 8) != 0)
		return DOOR_NO_METHOD;
	if (p->method->server_streaming)
		return DOOR_STREAMING;
	name = p->method->full_name + strlen("shegong.");
	dot = strchr(name, '.');
	if (strncmp(p->method->full_name, engine_package, sizeof(engine_package) - 1) == 0)
		*service = lines_find(services, head->service, strlen(head->service));
	else
		*service = lines_find(services, name, dot ? (size_t)(dot - name) : 0);
	if (*service < 0)
		return DOOR_NO_SERVICE;
	if ((*head->id || !p->method->no_side_effects) &&
	    !caller_id_valid(head->id, strlen(head->id)))
		return DOOR_BAD_ID;
	for (size_t i = 0; i < head->n_after; i++) {
		const char *source = head->after[i]->source;

		if (i == CALLER_AFTER_MAX || !caller_id_valid(source, strlen(source)))
			return DOOR_BAD_AFTER;
	}
	return DOOR_FINE;
}

/* What goes on to the service: only what has been looked at. */
static void request_send(struct pending *p, const Engine__Request *head, size_t service,
			 const struct caller *caller, const ProtobufCBinaryData *body)
{
	struct door *door = p->door;
	Engine__Request out = ENGINE__REQUEST__INIT;
	struct http_text trace = { head->traceparent, strlen(head->traceparent) };

	out.id = p->id;
	out.method = p->method->full_name;
	out.body = *body;
	out.principal = (Engine__Principal *)(uintptr_t)&caller->principal;
	out.n_after = head->n_after;
	out.after = head->after;
	out.deadline_ms = !head->deadline_ms			? door->settings.deadline_ms
			  : head->deadline_ms > DEADLINE_MAX_MS ? DEADLINE_MAX_MS
								: head->deadline_ms;
	out.traceparent = caller_traceparent(trace) ? head->traceparent : "";
	if (!lines_send(door->lines, service, &out, on_reply, p))
		refuse_row(p, DOOR_LINE_BUSY);
}

static bool often_enough(struct door *door, const char *account_id)
{
	const unsigned n = door->settings.per_account;
	const struct rate rate = { 'd', n, 1000, 2 * n };

	return rates_take(door->rates, &rate, account_id, strlen(account_id)) == 0;
}

static void request_judge(struct pending *p, const char *key, const char *frame, size_t len)
{
	struct door *door = p->door;
	enum door_refusal refusal;
	struct door_asked asked;
	struct json_fault fault;
	struct caller caller;
	ProtobufCBinaryData body;
	struct peer *peer;
	int service = -1;

	p->json = len > 0 && *frame == '{';
	if (!account_of(door, key, &caller)) {
		add(&door->counters.strangers, 1);
		refuse_row(p, door->settings.ready(door->settings.of) ? DOOR_KEY_UNKNOWN
								      : DOOR_NOT_READY);
		return;
	}
	add(&door->counters.requests, 1);
	if (!often_enough(door, caller.principal.account_id)) {
		refuse_row(p, DOOR_TOO_OFTEN);
		return;
	}
	arena_reset(door->arena);
	if (!door_read(&door->forms, frame, len, &door->head, door->arena, &asked, &fault)) {
		refuse_fault(p, &fault);
		return;
	}
	p->correlation = asked.head->correlation;
	if (caller_id_valid(asked.head->id, strlen(asked.head->id)))
		snprintf(p->id, sizeof(p->id), "%s", asked.head->id);
	p->method = schema_method(door->settings.schema, asked.head->method,
				  strlen(asked.head->method));
	if (zmq_msg_size(&p->routing[0]) != ROUTING_ID_SIZE ||
	    *(const char *)zmq_msg_data(&p->routing[0]) != 0)
		refusal = DOOR_ROUTING_ID;
	else
		refusal = head_check(door, p, asked.head, &service);
	if (refusal) {
		refuse_row(p, refusal);
		return;
	}
	if (!door_body(&asked, p->method->input, &door->body, &body, &fault)) {
		refuse_fault(p, &fault);
		return;
	}
	peer = peer_of(door, key);
	if (!peer || peer->in_flight >= PEER_IN_FLIGHT_MAX || peer->bytes > PEER_BYTES_MAX) {
		refuse_row(p, DOOR_PEER_BUSY);
		return;
	}
	p->peer = peer;
	p->size = len;
	peer->in_flight++;
	peer->bytes += len;
	door->in_flight++;
	door->bytes += len;
	atomic_store_explicit(&door->counters.in_flight, door->in_flight, memory_order_relaxed);
	request_send(p, asked.head, (size_t)service, &caller, &body);
}

/* What is under way has a bound; what comes beyond it waits in the sockets, and then at the peers. */
static bool has_place(const struct door *door)
{
	return door->in_flight < IN_FLIGHT_MAX && door->bytes < IN_FLIGHT_BYTES_MAX;
}

/* One message: the routing frames, then the request.  false: there is none. */
static bool message_take(struct door *door)
{
	struct pending *p = calloc(1, sizeof(*p));
	zmq_msg_t frame;
	const char *key;
	bool more = true, fits = p != NULL, first = true;

	while (more) {
		zmq_msg_init(&frame);
		if (zmq_msg_recv(&frame, door->router, first ? ZMQ_DONTWAIT : 0) < 0) {
			zmq_msg_close(&frame);
			free(p);
			return false;
		}
		first = false;
		more = zmq_msg_more(&frame);
		if (!more)
			break;
		fits = fits && p->n_routing < ROUTING_MAX;
		if (fits)
			p->routing[p->n_routing++] = frame;
		else
			zmq_msg_close(&frame);
	}
	/* The key stands on the last frame; ZeroMQ may have lost it on the first. */
	key = zap_who(&frame);
	if (fits && key && p->n_routing > 0) {
		p->door = door;
		request_judge(p, key, zmq_msg_data(&frame), zmq_msg_size(&frame));
	} else {
		add(&door->counters.strangers, !key);
		for (int i = 0; p && i < p->n_routing; i++)
			zmq_msg_close(&p->routing[i]);
		free(p);
	}
	zmq_msg_close(&frame);
	return true;
}

/* --- The thread --------------------------------------------------------------------------------- */

static void on_router(evutil_socket_t fd, short what, void *arg)
{
	struct timeval tick = { .tv_usec = TICK_MS * 1000 };
	struct door *door = arg;
	bool all_taken = false;

	/* Only once the look is over, for what is sent meanwhile is seen by it. */
	door->soon = true;
	for (int i = 0; i < TAKEN_AT_ONCE_MAX && !all_taken && has_place(door); i++)
		all_taken = !message_take(door);
	door->soon = false;
	/* Receiving until nothing is left has armed the descriptor again; else look again soon, or
	 * when there is a place: each reply leads here. */
	if (!all_taken && has_place(door))
		look_soon(door);
	event_add(door->timer, &tick);
}

static void on_last(evutil_socket_t fd, short what, void *arg)
{
	struct door *door = arg;

	event_base_loopbreak(door->base);
}

/* Takes no more; ends when all is answered, or the time for it is up. */
static void on_tick_of_stop(struct door *door)
{
	struct timeval tick = { .tv_usec = TICK_MS * 1000 / 10 };

	if (door->in_flight == 0)
		event_base_loopbreak(door->base);
	else
		event_add(door->timer, &tick);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct door *door = arg;

	if (door->stopping)
		on_tick_of_stop(door);
	else
		on_router(fd, what, arg);
}

static void on_stop(evutil_socket_t fd, short what, void *arg)
{
	struct door *door = arg;
	struct timeval limit = { .tv_sec = door->settings.stop_ms / 1000,
				 .tv_usec = door->settings.stop_ms % 1000 * 1000 };

	door->stopping = true;
	event_del(door->readable);
	event_add(door->last, &limit);
	on_tick_of_stop(door);
}

static void *door_main(void *of)
{
	struct door *door = of;

	event_active(door->readable, EV_READ, 0);
	event_base_dispatch(door->base);
	return NULL;
}

/* --- Opening and closing ------------------------------------------------------------------------ */

static bool router_open(struct door *door, char why[static 256])
{
	static const struct {
		int option, value;
	} options[] = {
		{ ZMQ_ROUTER_MANDATORY, 1 },
		{ ZMQ_LINGER, LAST_WORD_MS },
		{ ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS },
		{ ZMQ_HEARTBEAT_IVL, 2000 },
		{ ZMQ_HEARTBEAT_TIMEOUT, 6000 },
		{ ZMQ_HEARTBEAT_TTL, 6000 },
		{ ZMQ_SNDHWM, UNTAKEN_MAX },
		{ ZMQ_RCVHWM, UNREAD_MAX },
		{ ZMQ_TCP_KEEPALIVE, 1 },
	};
	const struct door_settings *s = &door->settings;
	int64_t max = CALL_REQUEST_MAX;
	size_t size = sizeof(door->endpoint);

	if (!keys_own(s->keys, own_key, why))
		return false;
	door->router = zmq_socket(door->zmq, ZMQ_ROUTER);
	for (size_t i = 0; door->router && i < sizeof(options) / sizeof(options[0]); i++)
		zmq_setsockopt(door->router, options[i].option, &options[i].value, sizeof(int));
	if (!door->router || zmq_setsockopt(door->router, ZMQ_MAXMSGSIZE, &max, sizeof(max)) != 0) {
		snprintf(why, 256, "no socket: %s", zmq_strerror(errno));
		return false;
	}
	if (strncmp(s->endpoint, "tcp://", 6) != 0) {
		snprintf(why, 256, "%.100s: not like tcp://0.0.0.0:7410", s->endpoint);
		return false;
	}
	if (!keys_serve(door->router, s->keys, own_key, domain, why))
		return false;
	if (zmq_bind(door->router, s->endpoint) != 0 ||
	    zmq_getsockopt(door->router, ZMQ_LAST_ENDPOINT, door->endpoint, &size) != 0) {
		snprintf(why, 256, "%.180s: %s", s->endpoint, zmq_strerror(errno));
		return false;
	}
	return zap_self_test(door->zmq, door->router, s->keys, own_key, why);
}

static bool loop_open(struct door *door, char why[static 256])
{
	int fd = -1;
	size_t size = sizeof(fd);

	door->base = event_base_new();
	door->arena = arena_open(HEAD_MEMORY);
	door->rates = rates_open();
	door->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	zmq_getsockopt(door->router, ZMQ_FD, &fd, &size);
	snprintf(why, 256, "no memory or no descriptor");
	if (!door->base || !door->arena || !door->rates || door->stop < 0 || fd < 0)
		return false;
	door->lines = lines_open(door->base, door->zmq, door->settings.services);
	door->readable = event_new(door->base, fd, EV_READ | EV_PERSIST, on_router, door);
	door->timer = evtimer_new(door->base, on_timer, door);
	door->stopped = event_new(door->base, door->stop, EV_READ, on_stop, door);
	door->last = evtimer_new(door->base, on_last, door);
	if (!door->lines || !door->readable || !door->timer || !door->stopped || !door->last)
		return false;
	return event_add(door->readable, NULL) == 0 && event_add(door->stopped, NULL) == 0;
}

struct door *door_open(void *zmq, const struct door_settings *settings, char why[static 256])
{
	struct door *door = calloc(1, sizeof(*door));
	int error;

	if (!door) {
		snprintf(why, 256, "no memory");
		return NULL;
	}
	door->settings = *settings;
	door->zmq = zmq;
	door->stop = -1;
	snprintf(why, 256, "the schema lacks the envelope");
	if (door_forms_find(&door->forms, settings->schema) &&
	    (door->zap = zap_open(zmq, domain, key_known, door, why)) && router_open(door, why) &&
	    loop_open(door, why)) {
		error = pthread_create(&door->thread, NULL, door_main, door);
		door->started = !error;
		if (!error)
			return door;
		snprintf(why, 256, "no thread: %s", strerror(error));
	}
	door_close(door);
	return NULL;
}

void door_close(struct door *door)
{
	const uint64_t one = 1;
	struct event *events[] = { door->readable, door->timer, door->stopped, door->last };

	if (door->started) {
		(void)!write(door->stop, &one, sizeof(one));
		pthread_join(door->thread, NULL);
	}
	door->stopping = true;
	if (door->lines)
		lines_close(door->lines); /* what is in flight is answered now */
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		if (events[i])
			event_free(events[i]);
	}
	if (door->router)
		zmq_close(door->router);
	if (door->zap)
		zap_close(door->zap);
	if (door->base)
		event_base_free(door->base);
	if (door->arena)
		arena_close(door->arena);
	if (door->rates)
		rates_close(door->rates);
	if (door->stop >= 0)
		close(door->stop);
	peers_free(door);
	bytes_free(&door->head);
	bytes_free(&door->body);
	bytes_free(&door->reply);
	free(door);
}

const char *door_endpoint(const struct door *door)
{
	return door->endpoint;
}

const struct door_counters *door_count(const struct door *door)
{
	return &door->counters;
}
