#pragma once
/* What the files of the HTTP server share among themselves: the loop and the connection. */

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>

#include "gateway/bytes.h"
#include "gateway/http.h"
#include "gateway/http_parse.h"
#include "gateway/http_tls.h"

#define NEVER	    INT64_MAX
#define READ_AHEAD  (32 * 1024) /* bytes taken in while a reply is pending; no less than a head */
#define N_BUCKETS   256
#define PROXIES_MAX 16

/* What a connection waits for; each has its deadline. */
enum wait {
	WAIT_GREETING,
	WAIT_IDLE,
	WAIT_HEAD,
	WAIT_BODY,
	WAIT_HANDLER,
	WAIT_WRITE,
	WAIT_NEWS,
	WAIT_TAKE,
	WAIT_LINGER
};

enum stage { STAGE_HEAD, STAGE_BODY, STAGE_CHUNKS, STAGE_PENDING, STAGE_STREAM, STAGE_LAST };

enum chunk { CHUNK_SIZE, CHUNK_DATA, CHUNK_DATA_END, CHUNK_LAST };

/* A client's address, and how many connections come from there. */
struct address {
	struct address *next;
	unsigned n;
	bool proxy; /* it tells whom it asks for */
	struct in6_addr ip;
};

/* The proxies whose word is taken, by the first bits of their addresses. */
struct proxies {
	unsigned n;
	struct {
		struct in6_addr ip;
		unsigned bits;
	} rows[PROXIES_MAX];
};

/* A connection's place in a queue of its loop; link is NULL outside. */
struct place {
	struct place *next, **link;
	struct conn *conn;
};

struct loop {
	struct http_server *server;
	struct event_base *base;
	struct evconnlistener *listener;
	struct event *wake;   /* on the eventfd: the server stops */
	struct event *resume; /* listening again after a pause */
	struct event *grace;  /* the end of stop_ms */
	struct event *push;   /* the streams' bytes are to be sent */
	struct event *room;   /* time to ask again for memory */
	struct event *look;   /* of the first loop: whether the certificate has changed */
	int eventfd;
	unsigned index;
	pthread_t thread;
	bool started, stopping;
	void *handler;
	struct conn *conns;
	struct place *pushed; /* those that push is for */
	struct place *hungry; /* those that wait for memory */
	struct place *turns;  /* of either, those whose turn it is */
	struct conn *running; /* whose replies go to out */
	struct bytes out;     /* what is sent in one piece at the end of conn_run */
	time_t date_at;
	char date[40];
	_Atomic uint64_t accepted, turned_away, requests, faults, gone, timeouts, streams, shed;
};

struct conn {
	struct loop *loop;
	struct conn *next, **link;
	struct bufferevent *bev;
	SSL *ssl; /* of bev; NULL: plain */
	struct event *timer;
	struct address *address;
	struct request *request; /* at the handler */
	enum stage stage;
	enum wait wait;
	bool greeting; /* TLS has not agreed yet */
	bool eof, broken;
	int64_t due, timer_due;
	unsigned served;
	unsigned due_served; /* served when due was set */
	size_t lingered;
	size_t read_max; /* bytes taken in and not yet used, at most */
	struct http_scan scan;
	struct http_head head;
	size_t head_len;
	/* A chunked body is gathered here behind its head. */
	struct bytes message;
	enum chunk chunk;
	uint64_t chunk_left;
	size_t held; /* of memory_max */
	struct place hunger;
	/* Of a stream, which is NULL again once it has ended. */
	struct http_stream *stream;
	struct evbuffer *news; /* written, and not yet given to the bufferevent */
	uint64_t due_taken;    /* as many bytes are to be taken before due */
	struct place push;
};

/* What the handler holds. */
struct request {
	struct http_request public; /* first: http_request pointers are cast back */
	struct conn *conn;	    /* NULL once the client has gone */
	struct loop *loop;
	const char *bytes; /* the head's, while on_request runs */
	struct in6_addr client;
	bool no_body, close, secure;
};

struct http_server {
	struct http_settings settings;
	struct http_handler handler;
	struct tls *tls; /* NULL: plain */
	struct proxies proxies;
	uint16_t port;
	unsigned n_loops;
	struct loop *loops;
	atomic_uint n_connections;
	atomic_size_t held;   /* of memory_max */
	pthread_mutex_t lock; /* of the addresses */
	struct address *addresses[N_BUCKETS];
};

static inline void tally(_Atomic uint64_t *counter)
{
	atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

static inline void place_take(struct place **queue, struct place *place)
{
	place->next = *queue;
	place->link = queue;
	if (*queue)
		(*queue)->link = &place->next;
	*queue = place;
}

static inline void place_leave(struct place *place)
{
	if (!place->link)
		return;
	*place->link = place->next;
	if (place->next)
		place->next->link = place->link;
	place->link = NULL;
}

/* All of a queue into another, which begins empty. */
static inline void place_move(struct place **to, struct place **from)
{
	*to = *from;
	*from = NULL;
	if (*to)
		(*to)->link = to;
}

static inline struct request *request_of(const struct http_request *request)
{
	return (struct request *)(uintptr_t)request;
}

/* http_reply.c: what is said.  Each adds to the loop's out; false: no memory. */

bool reply_write(struct loop *, int status, const char *headers, const void *body, size_t len,
		 bool close, bool no_body);
bool reply_fault(struct loop *, enum http_fault);

/* The head of a reply whose end is not known yet. */
bool reply_open(struct loop *, struct bytes *out, int status, const char *headers, bool chunked);

/* http_address.c: who comes from where. */

/* NULL: too many from there. */
struct address *address_join(struct http_server *, const struct sockaddr *from);
void address_leave(struct http_server *, struct address *);

/* Read "127.0.0.1,10.0.0.0/8,fd00::/8".  false: malformed, or more than PROXIES_MAX. */
bool address_proxies(const char *text, struct proxies *out);

/* Whom a request is from that came from a proxy: the last in X-Forwarded-For that is none. */
struct in6_addr address_forwarded(const struct proxies *, const struct address *,
				  const struct http_head *, const char *bytes);

/* http_conn.c: one connection. */

/* Take a socket that has been accepted; the address is left when it closes.  false: no memory; both
 * are still the caller's. */
bool conn_open(struct loop *, evutil_socket_t, struct address *);
void conn_free(struct conn *);

/* Do what can be done with the bytes that are there; then send once.  The connection may be gone
 * afterwards. */
void conn_run(struct conn *);

/* Bytes that the client has yet to take. */
size_t conn_queued(const struct conn *);

/* http_memory.c: what all connections hold together.
 *
 * What is read ahead of each connection is not counted: it is bounded by READ_AHEAD, and by twice
 * that where a chunked body is gathered.  Counted are bodies beyond that, from before they are read
 * until they are answered, and replies that wait for the client, whole until their last byte has
 * gone, for that is when they are freed.  Who wants to send a large body while there is no room is
 * not read from, until there is or his deadline has come.  Replies cannot wait: there the slowest
 * readers are cut.  Not counted is what the handler holds; it turns one reply after the other into
 * text, and the next few are all that ZeroMQ takes from a service (engine/call.c). */

/* Hold so many bytes, in place of those held before.  false: there is no room, nothing changed, and
 * the connection runs again in a while. */
bool memory_ask(struct conn *, size_t bytes);

/* Hold so many bytes, room or not. */
void memory_hold(struct conn *, size_t bytes);

/* Cut the slowest readers of the loop until the rest fits. */
void memory_shed(struct loop *);
void memory_again(evutil_socket_t, short what, void *loop);

/* http_stream.c: replies that go on. */

/* Send what the streams of the loop have written. */
void stream_push(evutil_socket_t, short what, void *loop);

/* Some has been sent: tell the one who waits for that. */
void stream_sent(struct conn *);
void stream_stop(struct conn *);

/* The connection is closing: the stream, if it has one, is no more. */
void stream_lost(struct conn *);

/* The bytes that the client has taken so far. */
uint64_t stream_taken(const struct conn *);
