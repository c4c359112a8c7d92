#include "gateway/http.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>

#include "engine/log.h"
#include "gateway/bytes.h"
#include "gateway/http_parse.h"
#include "gateway/refusal.h"

#define NEVER	     INT64_MAX
#define BACKLOG	     1024
#define READ_AHEAD   (64 * 1024)   /* bytes taken in while a reply is pending */
#define LINGER_BYTES (1024 * 1024) /* bytes thrown away while the client has not closed */
#define PAUSE_MS     100	   /* without accepting when file descriptors ran out */
#define N_BUCKETS    256

/* What a connection waits for; each has its deadline. */
enum wait { WAIT_IDLE, WAIT_HEAD, WAIT_BODY, WAIT_HANDLER, WAIT_WRITE, WAIT_LINGER };

enum stage { STAGE_HEAD, STAGE_BODY, STAGE_CHUNKS, STAGE_PENDING, STAGE_LAST };

enum chunk { CHUNK_SIZE, CHUNK_DATA, CHUNK_DATA_END, CHUNK_LAST };

struct address {
	struct address *next;
	unsigned n;
	struct in6_addr ip;
};

struct loop {
	struct http_server *server;
	struct event_base *base;
	struct evconnlistener *listener;
	struct event *wake;   /* on the eventfd: the server stops */
	struct event *resume; /* listening again after a pause */
	struct event *grace;  /* the end of stop_ms */
	int eventfd;
	unsigned index;
	pthread_t thread;
	bool started, stopping;
	void *handler;
	struct conn *conns;
	struct conn *running; /* whose replies go to out */
	struct bytes out;     /* what is sent in one piece at the end of conn_run */
	time_t date_at;
	char date[40];
	_Atomic uint64_t accepted, turned_away, requests, faults, gone, timeouts;
};

struct conn {
	struct loop *loop;
	struct conn *next, **link;
	struct bufferevent *bev;
	struct event *timer;
	struct address *address;
	struct request *request; /* at the handler */
	enum stage stage;
	enum wait wait;
	bool eof, broken;
	int64_t due, timer_due;
	unsigned served;
	unsigned due_served; /* served when due was set */
	size_t lingered;
	struct http_scan scan;
	struct http_head head;
	size_t head_len;
	/* A chunked body is gathered here behind its head. */
	struct bytes message;
	enum chunk chunk;
	uint64_t chunk_left;
};

/* What the handler holds. */
struct request {
	struct http_request public; /* first: http_request pointers are cast back */
	struct conn *conn;	    /* NULL once the client has gone */
	struct loop *loop;
	const char *bytes; /* the head's, while on_request runs */
	bool no_body, close;
};

struct http_server {
	struct http_settings settings;
	struct http_handler handler;
	uint16_t port;
	unsigned n_loops;
	struct loop *loops;
	atomic_uint n_connections;
	pthread_mutex_t lock; /* of the addresses */
	struct address *addresses[N_BUCKETS];
};

static const struct {
	int status;
	Engine__Code code;
	const char *reason, *en, *zh;
} faults[HTTP_N_FAULTS] = {
	[HTTP_BARE_LF] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BARE_LF",
			   "A line ends without CR LF.", "行未以 CR LF 结束。" },
	[HTTP_BAD_REQUEST_LINE] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT,
				    "HTTP_BAD_REQUEST_LINE",
				    "The request line is not METHOD /path HTTP/1.1.",
				    "请求行不是 METHOD /path HTTP/1.1 的形式。" },
	[HTTP_BAD_TARGET] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_TARGET",
			      "The request target is not a path of printable ASCII.",
			      "请求目标不是由可见 ASCII 字符组成的路径。" },
	[HTTP_BAD_VERSION] = { 505, ENGINE__CODE__CODE_UNIMPLEMENTED, "HTTP_BAD_VERSION",
			       "Only HTTP/1.1 and HTTP/1.0 are spoken here.",
			       "此处仅支持 HTTP/1.1 与 HTTP/1.0。" },
	[HTTP_BAD_FIELD] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_FIELD",
			     "A header line is malformed.", "请求头的某一行格式不正确。" },
	[HTTP_BAD_HOST] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_HOST",
			    "There is not exactly one valid Host header.",
			    "Host 请求头应恰有一个且有效。" },
	[HTTP_BAD_LENGTH] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_LENGTH",
			      "Content-Length is not one plain number.",
			      "Content-Length 应为单个纯数字。" },
	[HTTP_BAD_CODING] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_CODING",
			      "Transfer-Encoding is not allowed like this.",
			      "Transfer-Encoding 的用法不被允许。" },
	[HTTP_UNKNOWN_CODING] = { 501, ENGINE__CODE__CODE_UNIMPLEMENTED, "HTTP_UNKNOWN_CODING",
				  "The only Transfer-Encoding taken is chunked.",
				  "Transfer-Encoding 仅支持 chunked。" },
	[HTTP_LENGTH_AND_CODING] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT,
				     "HTTP_LENGTH_AND_CODING",
				     "Content-Length and Transfer-Encoding exclude each other.",
				     "Content-Length 与 Transfer-Encoding 不能同时出现。" },
	[HTTP_BAD_EXPECT] = { 417, ENGINE__CODE__CODE_UNIMPLEMENTED, "HTTP_BAD_EXPECT",
			      "The only expectation met is 100-continue.",
			      "Expect 仅支持 100-continue。" },
	[HTTP_BAD_CHUNK] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_CHUNK",
			     "The chunked body is malformed; extensions and trailers are not taken.",
			     "分块请求体格式不正确；不接受分块扩展与尾部字段。" },
	[HTTP_LINE_TOO_LONG] = { 414, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "HTTP_LINE_TOO_LONG",
				 "The request line is longer than 8 KiB.", "请求行超过 8 KiB。" },
	[HTTP_HEAD_TOO_LARGE] = { 431, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "HTTP_HEAD_TOO_LARGE",
				  "The headers are more than 64 or larger than 16 KiB.",
				  "请求头超过 64 个或大于 16 KiB。" },
	[HTTP_BODY_TOO_LARGE] = { 413, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "HTTP_BODY_TOO_LARGE",
				  "The body is larger than allowed.", "请求体大于允许的上限。" },
	[HTTP_HEAD_TOO_SLOW] = { 408, ENGINE__CODE__CODE_DEADLINE_EXCEEDED, "HTTP_HEAD_TOO_SLOW",
				 "The headers did not arrive in time.", "请求头未能按时到达。" },
	[HTTP_BODY_TOO_SLOW] = { 408, ENGINE__CODE__CODE_DEADLINE_EXCEEDED, "HTTP_BODY_TOO_SLOW",
				 "The body did not arrive in time.", "请求体未能按时到达。" },
	[HTTP_TOO_MANY_CONNECTIONS] = { 503, ENGINE__CODE__CODE_UNAVAILABLE,
					"HTTP_TOO_MANY_CONNECTIONS",
					"There are too many connections; try again later.",
					"连接过多，请稍后再试。" },
};

static void conn_run(struct conn *);

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void tally(_Atomic uint64_t *counter)
{
	atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

/* --- Replies --------------------------------------------------------------------------------- */

static const char *status_phrase(int status)
{
	static const struct {
		int status;
		const char *phrase;
	} phrases[] = {
		{ 200, "OK" },
		{ 204, "No Content" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 408, "Request Timeout" },
		{ 409, "Conflict" },
		{ 413, "Content Too Large" },
		{ 414, "URI Too Long" },
		{ 415, "Unsupported Media Type" },
		{ 417, "Expectation Failed" },
		{ 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" },
		{ 499, "Client Closed Request" },
		{ 500, "Internal Server Error" },
		{ 501, "Not Implemented" },
		{ 503, "Service Unavailable" },
		{ 504, "Gateway Timeout" },
		{ 505, "HTTP Version Not Supported" },
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		if (phrases[i].status == status)
			return phrases[i].phrase;
	}
	return "Status";
}

static const char *loop_date(struct loop *loop)
{
	time_t now = time(NULL);
	struct tm utc;

	if (now != loop->date_at) {
		gmtime_r(&now, &utc);
		strftime(loop->date, sizeof(loop->date), "%a, %d %b %Y %H:%M:%S GMT", &utc);
		loop->date_at = now;
	}
	return loop->date;
}

/* false: no memory. */
static bool out_reply(struct loop *loop, int status, const char *headers, const void *body,
		      size_t len, bool close, bool no_body)
{
	size_t headers_len = strlen(headers);
	struct bytes *out = &loop->out;
	int n;

	if (!bytes_reserve(out, 256 + headers_len + (no_body ? 0 : len)))
		return false;
	n = snprintf((char *)out->data + out->len, 256,
		     "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Length: %zu\r\n%s", status,
		     status_phrase(status), loop_date(loop), len,
		     close ? "Connection: close\r\n" : "");
	assert(n > 0 && n < 254);
	out->len += (size_t)n;
	/* Room for all of it was made above. */
	bytes_add(out, headers, headers_len);
	bytes_add(out, "\r\n", 2);
	if (!no_body)
		bytes_add(out, body, len);
	return true;
}

static bool out_fault(struct loop *loop, enum http_fault fault)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;
	struct bytes json = { 0 };
	bool done;

	refused.reason = faults[fault].reason;
	refused.message_en = faults[fault].en;
	refused.message_zh = faults[fault].zh;
	done = refusal_json(&json, faults[fault].code, &refused, false) &&
	       out_reply(loop, faults[fault].status, "Content-Type: application/json\r\n",
			 json.data, json.len, true, false);
	bytes_free(&json);
	return done;
}

/* --- Connections ----------------------------------------------------------------------------- */

static void address_leave(struct http_server *server, struct address *address)
{
	pthread_mutex_lock(&server->lock);
	if (--address->n == 0) {
		struct address **at = &server->addresses[address->ip.s6_addr[15] % N_BUCKETS];

		while (*at != address)
			at = &(*at)->next;
		*at = address->next;
		free(address);
	}
	pthread_mutex_unlock(&server->lock);
}

/* NULL: too many from there. */
static struct address *address_join(struct http_server *server, const struct sockaddr *from)
{
	struct in6_addr ip = { 0 };
	struct address **at, *found;

	if (from->sa_family == AF_INET)
		memcpy(ip.s6_addr + 12, &((const struct sockaddr_in *)from)->sin_addr, 4);
	else if (from->sa_family == AF_INET6)
		ip = ((const struct sockaddr_in6 *)from)->sin6_addr;
	pthread_mutex_lock(&server->lock);
	at = &server->addresses[ip.s6_addr[15] % N_BUCKETS];
	for (found = *at; found && memcmp(&found->ip, &ip, sizeof(ip)) != 0; found = found->next)
		;
	if (!found && (found = calloc(1, sizeof(*found)))) {
		found->ip = ip;
		found->next = *at;
		*at = found;
	}
	if (found && found->n >= server->settings.connections_per_address_max)
		found = NULL;
	if (found)
		found->n++;
	pthread_mutex_unlock(&server->lock);
	return found;
}

static void conn_free(struct conn *conn)
{
	struct loop *loop = conn->loop;

	if (conn->request) {
		conn->request->conn = NULL;
		tally(&loop->gone);
	}
	*conn->link = conn->next;
	if (conn->next)
		conn->next->link = conn->link;
	address_leave(loop->server, conn->address);
	atomic_fetch_sub(&loop->server->n_connections, 1);
	event_free(conn->timer);
	bufferevent_free(conn->bev);
	bytes_free(&conn->message);
	free(conn);
	if (loop->stopping && !loop->conns)
		event_base_loopexit(loop->base, NULL);
}

static void conn_fault(struct conn *conn, enum http_fault fault)
{
	tally(&conn->loop->faults);
	if (!out_fault(conn->loop, fault))
		conn->broken = true;
	conn->stage = STAGE_LAST;
}

static bool conn_blocked(const struct conn *conn)
{
	return evbuffer_get_length(bufferevent_get_output(conn->bev)) > 0;
}

/* The deadline follows from what the connection waits for, and starts anew only when that changes
 * or another request has been served: bytes alone buy no time. */
static void conn_set_due(struct conn *conn)
{
	const struct http_settings *s = &conn->loop->server->settings;
	size_t queued = evbuffer_get_length(bufferevent_get_output(conn->bev));
	int64_t limit = 0;
	enum wait wait;

	if (queued > 0)
		wait = WAIT_WRITE;
	else if (conn->stage == STAGE_LAST)
		wait = WAIT_LINGER;
	else if (conn->stage == STAGE_PENDING)
		wait = WAIT_HANDLER;
	else if (conn->stage != STAGE_HEAD)
		wait = WAIT_BODY;
	else
		wait = evbuffer_get_length(bufferevent_get_input(conn->bev)) ? WAIT_HEAD
									     : WAIT_IDLE;
	if (wait == conn->wait && conn->served == conn->due_served && conn->due)
		return;
	conn->wait = wait;
	conn->due_served = conn->served;
	switch (wait) {
	case WAIT_IDLE:
		limit = s->idle_ms;
		break;
	case WAIT_HEAD:
		limit = s->head_ms;
		break;
	case WAIT_BODY:
		limit = s->body_ms;
		break;
	case WAIT_HANDLER:
		conn->due = NEVER;
		return;
	case WAIT_WRITE:
		limit = s->write_ms + (int64_t)(queued / 65536) * 1000;
		break;
	case WAIT_LINGER:
		limit = s->linger_ms;
		break;
	}
	conn->due = now_ms() + limit;
	/* A timer that fires too early is put off then: most deadlines are never met, and moving
	 * the timer for each would cost more than that. */
	if (conn->due < conn->timer_due) {
		struct timeval tv = { limit / 1000, limit % 1000 * 1000 };

		conn->timer_due = conn->due;
		event_add(conn->timer, &tv);
	}
}

static void conn_on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct conn *conn = arg;
	int64_t left = conn->due - now_ms();

	(void)fd;
	(void)what;
	conn->timer_due = NEVER;
	if (conn->due == NEVER)
		return;
	if (left > 0) {
		struct timeval tv = { left / 1000, left % 1000 * 1000 };

		conn->timer_due = conn->due;
		event_add(conn->timer, &tv);
		return;
	}
	if (conn->wait != WAIT_IDLE && conn->wait != WAIT_LINGER)
		tally(&conn->loop->timeouts);
	switch (conn->wait) {
	case WAIT_HEAD:
	case WAIT_BODY:
		conn_fault(conn, conn->wait == WAIT_HEAD ? HTTP_HEAD_TOO_SLOW : HTTP_BODY_TOO_SLOW);
		conn_run(conn);
		return;
	case WAIT_IDLE:
	case WAIT_HANDLER:
	case WAIT_WRITE:
	case WAIT_LINGER:
		conn_free(conn);
		return;
	}
}

/* Hand the request to the handler.  Its bytes are at data: head, then body. */
static void conn_dispatch(struct conn *conn, const char *data, size_t body_len)
{
	const struct http_head *head = &conn->head;
	struct loop *loop = conn->loop;
	struct request *request = malloc(sizeof(*request));

	if (!request) {
		conn->broken = true;
		return;
	}
	conn->served++;
	*request = (struct request){
		.public = {
			.method = { data + head->method.at, head->method.len },
			.path = { data + head->path.at, head->path.len },
			.query = { data + head->query.at, head->query.len },
			.body = { data + conn->head_len, body_len },
		},
		.conn = conn,
		.loop = loop,
		.bytes = data,
		.close = head->close || conn->served >= loop->server->settings.requests_max,
	};
	if (head->method.len == 4 && memcmp(data + head->method.at, "HEAD", 4) == 0) {
		request->public.method = (struct http_text){ "GET", 3 };
		request->no_body = true;
	}
	conn->stage = STAGE_PENDING;
	conn->request = request;
	tally(&loop->requests);
	loop->server->handler.on_request(&request->public, loop->handler);
	/* Freed if it has been answered; if not, its texts end here. */
	if (conn->request)
		conn->request->bytes = NULL;
}

/* Each step returns true where another may follow at once. */
static bool conn_step_head(struct conn *conn, struct evbuffer *in)
{
	size_t len = evbuffer_get_length(in);
	enum http_fault fault;
	char *data;

	if (len > HTTP_LINE_MAX + HTTP_HEAD_MAX)
		len = HTTP_LINE_MAX + HTTP_HEAD_MAX;
	if (len == 0)
		return false;
	data = (char *)evbuffer_pullup(in, (ev_ssize_t)len);
	fault = http_head_end(data, len, &conn->scan, &conn->head_len);
	if (fault == HTTP_FINE && conn->head_len == 0)
		return false;
	if (fault == HTTP_FINE)
		fault = http_head_read(data, conn->head_len, &conn->head);
	if (fault == HTTP_FINE && conn->head.content_length > conn->loop->server->settings.body_max)
		fault = HTTP_BODY_TOO_LARGE;
	conn->scan = (struct http_scan){ 0 };
	if (fault != HTTP_FINE) {
		conn_fault(conn, fault);
		return false;
	}
	if (conn->head.chunked) {
		conn->stage = STAGE_CHUNKS;
		conn->chunk = CHUNK_SIZE;
		conn->message.len = 0;
		if (!bytes_add(&conn->message, data, conn->head_len))
			conn->broken = true;
		evbuffer_drain(in, conn->head_len);
	} else {
		conn->stage = STAGE_BODY;
	}
	if (conn->head.expects_continue &&
	    (conn->head.chunked ? evbuffer_get_length(in) == 0
				: conn->head.content_length > 0 &&
					  evbuffer_get_length(in) == conn->head_len)) {
		if (!bytes_add_text(&conn->loop->out, "HTTP/1.1 100 Continue\r\n\r\n"))
			conn->broken = true;
	}
	return true;
}

static bool conn_step_body(struct conn *conn, struct evbuffer *in)
{
	size_t len = conn->head_len + (size_t)conn->head.content_length;

	if (evbuffer_get_length(in) < len) {
		bufferevent_setwatermark(conn->bev, EV_READ, 0, len + READ_AHEAD);
		return false;
	}
	conn_dispatch(conn, (char *)evbuffer_pullup(in, (ev_ssize_t)len),
		      (size_t)conn->head.content_length);
	evbuffer_drain(in, len);
	if (conn->head.content_length > READ_AHEAD)
		bufferevent_setwatermark(conn->bev, EV_READ, 0, READ_AHEAD);
	return true;
}

static bool conn_chunk_data(struct conn *conn, struct evbuffer *in)
{
	size_t len = evbuffer_get_length(in);

	if (len == 0)
		return false;
	if (len > conn->chunk_left)
		len = (size_t)conn->chunk_left;
	if (!bytes_reserve(&conn->message, len)) {
		conn->broken = true;
		return false;
	}
	evbuffer_remove(in, conn->message.data + conn->message.len, len);
	conn->message.len += len;
	conn->chunk_left -= len;
	if (conn->chunk_left == 0)
		conn->chunk = CHUNK_DATA_END;
	return true;
}

static bool conn_step_chunk(struct conn *conn, struct evbuffer *in)
{
	size_t len = evbuffer_get_length(in);
	enum http_fault fault = HTTP_FINE;
	size_t used;
	char *line;

	if (conn->chunk == CHUNK_DATA)
		return conn_chunk_data(conn, in);
	if (len == 0)
		return false;
	if (len > 16)
		len = 16;
	line = (char *)evbuffer_pullup(in, (ev_ssize_t)len);
	if (conn->chunk == CHUNK_SIZE) {
		fault = http_chunk_size(line, len, &conn->chunk_left, &used);
		if (fault == HTTP_FINE && used == 0)
			return false;
		if (fault == HTTP_FINE && conn->message.len - conn->head_len + conn->chunk_left >
						  conn->loop->server->settings.body_max)
			fault = HTTP_BODY_TOO_LARGE;
		if (fault != HTTP_FINE) {
			conn_fault(conn, fault);
			return false;
		}
		conn->chunk = conn->chunk_left ? CHUNK_DATA : CHUNK_LAST;
		evbuffer_drain(in, used);
		return true;
	}
	if (line[0] != '\r' || (len > 1 && line[1] != '\n')) {
		conn_fault(conn, HTTP_BAD_CHUNK);
		return false;
	}
	if (len < 2)
		return false;
	evbuffer_drain(in, 2);
	if (conn->chunk == CHUNK_DATA_END) {
		conn->chunk = CHUNK_SIZE;
		return true;
	}
	conn_dispatch(conn, (char *)conn->message.data, conn->message.len - conn->head_len);
	if (conn->message.cap > READ_AHEAD)
		bytes_free(&conn->message);
	return true;
}

static bool conn_step(struct conn *conn)
{
	struct evbuffer *in = bufferevent_get_input(conn->bev);

	switch (conn->stage) {
	case STAGE_HEAD:
		return conn_step_head(conn, in);
	case STAGE_BODY:
		return conn_step_body(conn, in);
	case STAGE_CHUNKS:
		return conn_step_chunk(conn, in);
	case STAGE_PENDING:
		return false;
	case STAGE_LAST:
		conn->lingered += evbuffer_get_length(in);
		evbuffer_drain(in, evbuffer_get_length(in));
		if (conn->lingered > LINGER_BYTES)
			conn->broken = true;
		return false;
	}
	return false;
}

/* Send what has gathered, at once where the socket takes it: that saves asking the kernel to tell
 * when it would.  The rest waits in the bufferevent. */
static void conn_flush(struct conn *conn)
{
	struct bytes *out = &conn->loop->out;
	size_t sent = 0;

	if (!conn_blocked(conn)) {
		while (sent < out->len) {
			ssize_t n = send(bufferevent_getfd(conn->bev), out->data + sent,
					 out->len - sent, MSG_NOSIGNAL | MSG_DONTWAIT);

			if (n < 0 && errno == EINTR)
				continue;
			if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
				conn->broken = true;
			if (n < 0)
				break;
			sent += (size_t)n;
		}
	}
	if (sent < out->len && !conn->broken &&
	    bufferevent_write(conn->bev, out->data + sent, out->len - sent) != 0)
		conn->broken = true;
	out->len = 0;
	if (out->cap > 1024 * 1024)
		bytes_free(out);
}

/* Do what can be done with the bytes that are there; then send once.  The connection may be gone
 * afterwards. */
static void conn_run(struct conn *conn)
{
	struct loop *loop = conn->loop;
	bool full;

	assert(!loop->running);
	loop->running = conn;
	while (!conn->broken && !conn_blocked(conn) && loop->out.len < READ_AHEAD &&
	       conn_step(conn))
		;
	full = loop->out.len >= READ_AHEAD;
	if (!conn->broken)
		conn_flush(conn);
	loop->out.len = 0;
	loop->running = NULL;
	if (conn->stage == STAGE_LAST && !conn->broken && !conn_blocked(conn) &&
	    conn->wait != WAIT_LINGER) {
		/* Closing with unread bytes would reset the connection and lose the reply. */
		if (conn->eof || shutdown(bufferevent_getfd(conn->bev), SHUT_WR) != 0)
			conn->broken = true;
	}
	if (loop->stopping && conn->stage == STAGE_HEAD && !conn_blocked(conn) &&
	    evbuffer_get_length(bufferevent_get_input(conn->bev)) == 0)
		conn->broken = true;
	if (conn->broken) {
		conn_free(conn);
		return;
	}
	conn_set_due(conn);
	/* Stopped by the size of what had gathered, not by want of input: others first, then on. */
	if (full && !conn_blocked(conn))
		bufferevent_trigger(conn->bev, EV_READ, BEV_OPT_DEFER_CALLBACKS);
}

static void conn_on_read(struct bufferevent *bev, void *arg)
{
	struct conn *conn = arg;

	(void)bev;
	if (conn->stage != STAGE_PENDING)
		conn_run(conn);
}

static void conn_on_written(struct bufferevent *bev, void *arg)
{
	struct conn *conn = arg;

	(void)bev;
	if (!conn_blocked(conn))
		conn_run(conn);
}

static void conn_on_event(struct bufferevent *bev, short what, void *arg)
{
	struct conn *conn = arg;

	(void)bev;
	/* The client has sent its last byte but may still take replies that are on their way. */
	if ((what & BEV_EVENT_EOF) && conn->stage == STAGE_LAST && conn_blocked(conn)) {
		conn->eof = true;
		return;
	}
	conn_free(conn);
}

/* --- The handler's side ---------------------------------------------------------------------- */

static struct request *request_of(const struct http_request *request)
{
	return (struct request *)(uintptr_t)request;
}

struct http_text http_field(const struct http_request *public, const char *name, bool *twice)
{
	struct request *request = request_of(public);
	const struct http_head *head;
	struct http_text value = { NULL, 0 };
	size_t len = strlen(name);

	assert(request->bytes && request->conn);
	head = &request->conn->head;
	for (size_t i = 0; i < head->n_fields; i++) {
		const struct http_field *f = &head->fields[i];

		if (f->name.len != len || memcmp(request->bytes + f->name.at, name, len) != 0)
			continue;
		if (!value.data)
			value = (struct http_text){ request->bytes + f->value.at, f->value.len };
		else if (twice)
			*twice = true;
	}
	return value;
}

bool http_gone(const struct http_request *public)
{
	return !request_of(public)->conn;
}

void http_reply(struct http_request *public, int status, const char *headers, const void *body,
		size_t len)
{
	struct request *request = request_of(public);
	struct conn *conn = request->conn;
	struct loop *loop = request->loop;
	bool close = request->close || loop->stopping;

	if (!conn) {
		free(request);
		return;
	}
	assert(conn->request == request && (!loop->running || loop->running == conn));
	conn->request = NULL;
	conn->stage = close ? STAGE_LAST : STAGE_HEAD;
	if (!out_reply(loop, status, headers, body, len, close, request->no_body))
		conn->broken = true;
	free(request);
	if (loop->running != conn)
		conn_run(conn);
}

/* --- Loops ----------------------------------------------------------------------------------- */

static void turn_away(struct loop *loop, evutil_socket_t fd)
{
	tally(&loop->turned_away);
	loop->out.len = 0;
	if (out_fault(loop, HTTP_TOO_MANY_CONNECTIONS))
		(void)!send(fd, loop->out.data, loop->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	loop->out.len = 0;
	shutdown(fd, SHUT_WR);
	evutil_closesocket(fd);
}

static void loop_on_accept(struct evconnlistener *listener, evutil_socket_t fd,
			   struct sockaddr *from, int from_len, void *arg)
{
	struct loop *loop = arg;
	struct http_server *server = loop->server;
	struct address *address = NULL;
	struct conn *conn = NULL;
	int on = 1;

	(void)listener;
	(void)from_len;
	if (atomic_fetch_add(&server->n_connections, 1) >= server->settings.connections_max ||
	    !(address = address_join(server, from)) || !(conn = calloc(1, sizeof(*conn)))) {
		atomic_fetch_sub(&server->n_connections, 1);
		if (address)
			address_leave(server, address);
		turn_away(loop, fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	conn->loop = loop;
	conn->address = address;
	conn->bev = bufferevent_socket_new(loop->base, fd, BEV_OPT_CLOSE_ON_FREE);
	conn->timer = evtimer_new(loop->base, conn_on_timer, conn);
	if (!conn->bev || !conn->timer) {
		if (conn->bev)
			bufferevent_free(conn->bev);
		else
			evutil_closesocket(fd);
		if (conn->timer)
			event_free(conn->timer);
		address_leave(server, address);
		atomic_fetch_sub(&server->n_connections, 1);
		free(conn);
		return;
	}
	tally(&loop->accepted);
	conn->timer_due = NEVER;
	conn->next = loop->conns;
	conn->link = &loop->conns;
	if (loop->conns)
		loop->conns->link = &conn->next;
	loop->conns = conn;
	bufferevent_setcb(conn->bev, conn_on_read, conn_on_written, conn_on_event, conn);
	bufferevent_setwatermark(conn->bev, EV_READ, 0, READ_AHEAD);
	bufferevent_enable(conn->bev, EV_READ | EV_WRITE);
	conn_set_due(conn);
}

/* Out of file descriptors: without a pause the loop would spin on the same connection. */
static void loop_on_accept_error(struct evconnlistener *listener, void *arg)
{
	struct loop *loop = arg;
	struct timeval tv = { 0, PAUSE_MS * 1000 };

	log_warn("cannot accept a connection", "error", strerror(EVUTIL_SOCKET_ERROR()), NULL);
	evconnlistener_disable(listener);
	event_add(loop->resume, &tv);
}

static void loop_on_resume(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;

	(void)fd;
	(void)what;
	if (loop->listener)
		evconnlistener_enable(loop->listener);
}

static void loop_on_grace(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	event_base_loopexit(((struct loop *)arg)->base, NULL);
}

static void loop_on_stop(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;
	unsigned ms = loop->server->settings.stop_ms;
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	(void)fd;
	(void)what;
	if (loop->stopping)
		return;
	event_del(loop->wake);
	evconnlistener_free(loop->listener);
	loop->listener = NULL;
	for (struct conn *conn = loop->conns, *next; conn; conn = next) {
		next = conn->next;
		if (conn->wait == WAIT_IDLE)
			conn_free(conn);
	}
	loop->stopping = true;
	event_add(loop->grace, &tv);
	if (!loop->conns)
		event_base_loopexit(loop->base, NULL);
}

static void *loop_main(void *arg)
{
	struct loop *loop = arg;
	const struct http_handler *handler = &loop->server->handler;

	loop->handler = handler->loop_open
				? handler->loop_open(loop->base, loop->index, handler->arg)
				: handler->arg;
	event_base_dispatch(loop->base);
	while (loop->conns)
		conn_free(loop->conns);
	if (handler->loop_close)
		handler->loop_close(loop->handler);
	return NULL;
}

static void loop_free(struct loop *loop)
{
	struct event *const events[] = { loop->wake, loop->resume, loop->grace };

	if (loop->listener)
		evconnlistener_free(loop->listener);
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		if (events[i])
			event_free(events[i]);
	}
	if (loop->base)
		event_base_free(loop->base);
	if (loop->eventfd >= 0)
		close(loop->eventfd);
	bytes_free(&loop->out);
}

static bool address_read(const char *address, uint16_t port, struct sockaddr_storage *out, int *len)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		*len = sizeof(*v4);
		return true;
	}
	if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		*len = sizeof(*v6);
		return true;
	}
	return false;
}

static bool loop_listen(struct loop *loop, char why[static 256])
{
	struct http_server *server = loop->server;
	unsigned flags = LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE;
	struct sockaddr_storage to;
	socklen_t bound_len = sizeof(to);
	int len;

	/* Alone, a loop must not share its port: a second gateway is to fail. */
	if (server->n_loops > 1)
		flags |= LEV_OPT_REUSEABLE_PORT;
	if (!address_read(server->settings.address, server->port, &to, &len)) {
		snprintf(why, 256, "%s: not an IP address", server->settings.address);
		return false;
	}
	loop->listener = evconnlistener_new_bind(loop->base, loop_on_accept, loop, flags, BACKLOG,
						 (struct sockaddr *)&to, len);
	if (!loop->listener) {
		snprintf(why, 256, "%s port %u: %s", server->settings.address, server->port,
			 strerror(errno));
		return false;
	}
	evconnlistener_set_error_cb(loop->listener, loop_on_accept_error);
	if (getsockname(evconnlistener_get_fd(loop->listener), (struct sockaddr *)&to,
			&bound_len) == 0)
		server->port =
			ntohs(to.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&to)->sin6_port
						       : ((struct sockaddr_in *)&to)->sin_port);
	return true;
}

static struct event_base *base_new(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base = NULL;

	if (!config)
		return NULL;
	/* No base is ever used from two threads. */
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	base = event_base_new_with_config(config);
	event_config_free(config);
	return base;
}

static bool loop_init(struct loop *loop, char why[static 256])
{
	loop->eventfd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	loop->base = base_new();
	if (loop->eventfd < 0 || !loop->base) {
		snprintf(why, 256, "no event loop: %s", strerror(errno));
		return false;
	}
	loop->wake = event_new(loop->base, loop->eventfd, EV_READ, loop_on_stop, loop);
	loop->resume = evtimer_new(loop->base, loop_on_resume, loop);
	loop->grace = evtimer_new(loop->base, loop_on_grace, loop);
	if (!loop->wake || !loop->resume || !loop->grace || event_add(loop->wake, NULL) != 0) {
		snprintf(why, 256, "no memory");
		return false;
	}
	return loop_listen(loop, why);
}

static void server_free(struct http_server *server)
{
	for (unsigned i = 0; i < server->n_loops; i++)
		loop_free(&server->loops[i]);
	pthread_mutex_destroy(&server->lock);
	free(server->loops);
	free(server);
}

struct http_server *http_open(const struct http_settings *settings,
			      const struct http_handler *handler, char why[static 256])
{
	struct http_server *server = calloc(1, sizeof(*server));

	if (!server || !(server->loops = calloc(settings->n_loops, sizeof(*server->loops)))) {
		snprintf(why, 256, "no memory");
		free(server);
		return NULL;
	}
	server->settings = *settings;
	server->handler = *handler;
	server->port = settings->port;
	server->n_loops = settings->n_loops;
	pthread_mutex_init(&server->lock, NULL);
	for (unsigned i = 0; i < server->n_loops; i++) {
		server->loops[i].server = server;
		server->loops[i].index = i;
		server->loops[i].eventfd = -1;
	}
	for (unsigned i = 0; i < server->n_loops; i++) {
		if (!loop_init(&server->loops[i], why)) {
			server_free(server);
			return NULL;
		}
	}
	return server;
}

uint16_t http_port(const struct http_server *server)
{
	return server->port;
}

int http_start(struct http_server *server)
{
	for (unsigned i = 0; i < server->n_loops; i++) {
		struct loop *loop = &server->loops[i];
		int error = pthread_create(&loop->thread, NULL, loop_main, loop);

		if (error)
			return error;
		loop->started = true;
	}
	return 0;
}

void http_stop(struct http_server *server)
{
	uint64_t one = 1;

	for (unsigned i = 0; i < server->n_loops; i++)
		(void)!write(server->loops[i].eventfd, &one, sizeof(one));
}

void http_close(struct http_server *server)
{
	for (unsigned i = 0; i < server->n_loops; i++) {
		if (server->loops[i].started)
			pthread_join(server->loops[i].thread, NULL);
	}
	server_free(server);
}

void http_count(const struct http_server *server, struct http_counters *out)
{
	*out = (struct http_counters){ .open = atomic_load(&server->n_connections) };
	for (unsigned i = 0; i < server->n_loops; i++) {
		const struct loop *loop = &server->loops[i];

		out->accepted += atomic_load(&loop->accepted);
		out->turned_away += atomic_load(&loop->turned_away);
		out->requests += atomic_load(&loop->requests);
		out->faults += atomic_load(&loop->faults);
		out->gone += atomic_load(&loop->gone);
		out->timeouts += atomic_load(&loop->timeouts);
	}
}
