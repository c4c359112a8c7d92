/* One connection: bytes come in, are framed into requests, and what is answered goes out.
 *
 *        +------------------------ answered --------------------------+
 *        v                                                            |
 *      HEAD --> BODY or CHUNKS --> PENDING (at the handler) ----------+--> LAST --> closed
 *        |           |                |                               |     ^
 *        |           |                +--> STREAM --------- ended ----+-----+
 *        +-----------+--------------------- a fault ------------------+-----+
 *
 * In LAST the reply is sent and nothing more is read but to throw it away. */
#include "gateway/http_parts.h"

#include <assert.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/bufferevent_ssl.h>
#include <openssl/err.h>

/* Bytes that the kernel keeps for a client beyond what is on its way: without a bound it would take
 * megabytes for one who reads nothing, and we should not know. */
#define UNSENT_BYTES (128 * 1024)
#define LINGER_BYTES (1024 * 1024) /* bytes thrown away while the client has not closed */
#define TAKEN_MIN    65536	   /* of a stream, before a deadline is put off */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void bev_free(struct conn *conn)
{
	struct evbuffer *out = bufferevent_get_output(conn->bev);

	/* Else it would go on to take what TLS has read already. */
	if (conn->ssl)
		bufferevent_disable(conn->bev, EV_READ | EV_WRITE);
	/* The bufferevent itself is freed only when the loop comes round, and until then many more
	 * may have been cut. */
	evbuffer_unfreeze(out, 1);
	evbuffer_drain(out, evbuffer_get_length(out));
	bufferevent_free(conn->bev);
}

void conn_free(struct conn *conn)
{
	struct loop *loop = conn->loop;

	if (conn->request) {
		conn->request->conn = NULL;
		tally(&loop->gone);
	}
	stream_lost(conn);
	place_leave(&conn->push);
	place_leave(&conn->hunger);
	memory_hold(conn, 0);
	*conn->link = conn->next;
	if (conn->next)
		conn->next->link = conn->link;
	address_leave(loop->server, conn->address);
	atomic_fetch_sub(&loop->server->n_connections, 1);
	event_free(conn->timer);
	if (conn->news)
		evbuffer_free(conn->news);
	bev_free(conn);
	bytes_free(&conn->message);
	free(conn);
	if (loop->stopping && !loop->conns)
		event_base_loopexit(loop->base, NULL);
}

static void conn_fault(struct conn *conn, enum http_fault fault)
{
	tally(&conn->loop->faults);
	if (!reply_fault(conn->loop, fault))
		conn->broken = true;
	conn->stage = STAGE_LAST;
}

size_t conn_queued(const struct conn *conn)
{
	return evbuffer_get_length(bufferevent_get_output(conn->bev)) +
	       (conn->news ? evbuffer_get_length(conn->news) : 0);
}

static void conn_read_max(struct conn *conn, size_t max)
{
	conn->read_max = max;
	bufferevent_setwatermark(conn->bev, EV_READ, 0, max);
}

static bool conn_blocked(const struct conn *conn)
{
	return conn_queued(conn) > 0;
}

/* The deadline follows from what the connection waits for, and starts anew only when that changes
 * or another request has been served: bytes alone buy no time. */
static void conn_set_due(struct conn *conn)
{
	const struct http_settings *s = &conn->loop->server->settings;
	size_t queued = conn_queued(conn);
	int64_t limit = 0;
	enum wait wait;

	if (conn->greeting)
		wait = WAIT_GREETING;
	else if (conn->stage == STAGE_STREAM)
		wait = queued ? WAIT_TAKE : WAIT_NEWS;
	else if (queued > 0)
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
	case WAIT_GREETING:
	case WAIT_HEAD:
		limit = s->head_ms;
		break;
	case WAIT_BODY:
		limit = s->body_ms;
		break;
	case WAIT_HANDLER:
	case WAIT_NEWS:
		conn->due = NEVER;
		return;
	case WAIT_WRITE:
		limit = s->write_ms + (int64_t)(queued / 65536) * 1000;
		break;
	case WAIT_TAKE:
		limit = s->write_ms;
		conn->due_taken = stream_taken(conn) + (queued < TAKEN_MIN ? queued : TAKEN_MIN);
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
	if (conn->wait == WAIT_TAKE && stream_taken(conn) >= conn->due_taken) {
		conn->due = 0;
		conn_set_due(conn);
		return;
	}
	if (conn->wait != WAIT_IDLE && conn->wait != WAIT_LINGER)
		tally(&conn->loop->timeouts);
	switch (conn->wait) {
	case WAIT_HEAD:
	case WAIT_BODY:
		if (conn->hunger.link)
			conn_fault(conn, HTTP_NO_ROOM);
		else
			conn_fault(conn, conn->wait == WAIT_HEAD ? HTTP_HEAD_TOO_SLOW
								 : HTTP_BODY_TOO_SLOW);
		place_leave(&conn->hunger);
		conn_run(conn);
		return;
	case WAIT_GREETING:
	case WAIT_IDLE:
	case WAIT_HANDLER:
	case WAIT_WRITE:
	case WAIT_NEWS:
	case WAIT_TAKE:
	case WAIT_LINGER:
		conn_free(conn);
		return;
	}
}

/* Behind a proxy it is the proxy that knows whether the client's connection is encrypted. */
static bool request_secure(const struct request *request)
{
	const struct conn *conn = request->conn;
	bool twice = false;
	struct http_text proto;

	if (conn->ssl)
		return true;
	if (!conn->address->proxy)
		return false;
	proto = http_field(&request->public, "x-forwarded-proto", &twice);
	return !twice && proto.len == 5 && memcmp(proto.data, "https", 5) == 0;
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
		.client = conn->address->ip,
		.bytes = data,
		.close = head->close || conn->served >= loop->server->settings.requests_max,
	};
	if (head->method.len == 4 && memcmp(data + head->method.at, "HEAD", 4) == 0) {
		request->public.method = (struct http_text){ "GET", 3 };
		request->no_body = true;
	}
	if (conn->address->proxy)
		request->client =
			address_forwarded(&loop->server->proxies, conn->address, head, data);
	request->secure = request_secure(request);
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
		if (len <= READ_AHEAD || memory_ask(conn, len))
			conn_read_max(conn, len + READ_AHEAD);
		return false;
	}
	conn_dispatch(conn, (char *)evbuffer_pullup(in, (ev_ssize_t)len),
		      (size_t)conn->head.content_length);
	evbuffer_drain(in, len);
	if (conn->read_max > READ_AHEAD)
		conn_read_max(conn, READ_AHEAD);
	return true;
}

static bool conn_chunk_data(struct conn *conn, struct evbuffer *in)
{
	size_t len = evbuffer_get_length(in);

	if (len == 0)
		return false;
	if (len > conn->chunk_left)
		len = (size_t)conn->chunk_left;
	/* As much as it would grow to. */
	if (conn->message.len + len > READ_AHEAD && conn->message.len + len > conn->held &&
	    !memory_ask(conn, 2 * (conn->message.len + len)))
		return false;
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
	case STAGE_STREAM:
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

	if (!conn->ssl && !conn_blocked(conn)) {
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

/* So that the client knows that nothing was cut off. */
static void conn_say_goodbye(struct conn *conn)
{
	ERR_clear_error();
	if (SSL_shutdown(conn->ssl) < 0)
		ERR_clear_error();
}

/* Bytes that OpenSSL has taken from the socket and not yet given: where the bufferevent stopped
 * reading at its watermark, it goes on only when the socket has more, and these might be the last.
 * True where there were some. */
static bool conn_pull(struct conn *conn)
{
	struct evbuffer *in = bufferevent_get_input(conn->bev);
	size_t len = conn->ssl ? (size_t)SSL_pending(conn->ssl) : 0;
	struct evbuffer_iovec space;
	int n;

	if (len == 0 || evbuffer_get_length(in) >= conn->read_max)
		return false;
	if (evbuffer_reserve_space(in, (ev_ssize_t)len, &space, 1) != 1) {
		conn->broken = true;
		return false;
	}
	ERR_clear_error();
	n = SSL_read(conn->ssl, space.iov_base, (int)len);
	space.iov_len = n > 0 ? (size_t)n : 0;
	evbuffer_commit_space(in, &space, 1);
	return n > 0;
}

/* A body stays counted until it has been answered, and then the reply until it has gone. */
static void conn_hold(struct conn *conn)
{
	size_t queued = conn_queued(conn);

	switch (conn->stage) {
	case STAGE_BODY:
	case STAGE_CHUNKS:
	case STAGE_PENDING:
		return;
	case STAGE_STREAM:
		memory_hold(conn, 0);
		return;
	case STAGE_HEAD:
	case STAGE_LAST:
		/* A part that the client has taken is freed with the rest. */
		if (queued == 0 || queued > conn->held)
			memory_hold(conn, queued);
		return;
	}
}

void conn_run(struct conn *conn)
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
		if (conn->ssl)
			conn_say_goodbye(conn);
		if (conn->eof || shutdown(bufferevent_getfd(conn->bev), SHUT_WR) != 0)
			conn->broken = true;
	}
	if (loop->stopping && conn->stage == STAGE_HEAD && !conn_blocked(conn) &&
	    evbuffer_get_length(bufferevent_get_input(conn->bev)) == 0)
		conn->broken = true;
	if (!conn->broken && conn_pull(conn))
		full = true;
	if (conn->broken) {
		conn_free(conn);
		return;
	}
	conn_hold(conn);
	conn_set_due(conn);
	/* Stopped by the size of what had gathered, not by want of input, or there is more of that
	 * now: others first, then on. */
	if (full && !conn_blocked(conn))
		bufferevent_trigger(conn->bev, EV_READ, BEV_OPT_DEFER_CALLBACKS);
	if (conn->held > 0)
		memory_shed(loop);
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
	if (conn->stage == STAGE_STREAM)
		stream_sent(conn);
	if (conn->stage == STAGE_STREAM || !conn_blocked(conn))
		conn_run(conn);
}

static void conn_on_event(struct bufferevent *bev, short what, void *arg)
{
	struct conn *conn = arg;

	(void)bev;
	if (what & BEV_EVENT_CONNECTED) {
		conn->greeting = false;
		conn_set_due(conn);
		return;
	}
	/* The client has sent its last byte but may still take replies that are on their way.  With
	 * TLS it may not: its last word ends both directions. */
	if ((what & BEV_EVENT_EOF) && !conn->ssl && conn->stage == STAGE_LAST &&
	    conn_blocked(conn)) {
		conn->eof = true;
		return;
	}
	conn_free(conn);
}
/* With TLS the callbacks are deferred: it may call back within a write, and would find us at work. */
static struct bufferevent *bev_new(struct conn *conn, evutil_socket_t fd)
{
	struct loop *loop = conn->loop;

	if (!loop->server->tls)
		return bufferevent_socket_new(loop->base, fd, BEV_OPT_CLOSE_ON_FREE);
	conn->ssl = tls_new(loop->server->tls);
	if (!conn->ssl)
		return NULL;
	conn->greeting = true;
	return bufferevent_openssl_socket_new(loop->base, fd, conn->ssl, BUFFEREVENT_SSL_ACCEPTING,
					      BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
}

bool conn_open(struct loop *loop, evutil_socket_t fd, struct address *address)
{
	struct conn *conn = calloc(1, sizeof(*conn));
	int on = 1, unsent = UNSENT_BYTES;

	if (!conn)
		return false;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof(unsent));
	conn->loop = loop;
	conn->address = address;
	conn->timer = evtimer_new(loop->base, conn_on_timer, conn);
	if (conn->timer)
		conn->bev = bev_new(conn, fd);
	if (!conn->bev) {
		if (conn->timer)
			event_free(conn->timer);
		free(conn);
		return false;
	}
	tally(&loop->accepted);
	conn->timer_due = NEVER;
	conn->next = loop->conns;
	conn->link = &loop->conns;
	if (loop->conns)
		loop->conns->link = &conn->next;
	loop->conns = conn;
	bufferevent_setcb(conn->bev, conn_on_read, conn_on_written, conn_on_event, conn);
	conn_read_max(conn, READ_AHEAD);
	bufferevent_enable(conn->bev, EV_READ | EV_WRITE);
	conn_set_due(conn);
	return true;
}

/* --- The handler's side ---------------------------------------------------------------------- */

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

const struct in6_addr *http_client(const struct http_request *public)
{
	return &request_of(public)->client;
}

bool http_secure(const struct http_request *public)
{
	return request_of(public)->secure;
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
	memory_hold(conn, 0);
	conn->request = NULL;
	conn->stage = close ? STAGE_LAST : STAGE_HEAD;
	if (!reply_write(loop, status, headers, body, len, close, request->no_body))
		conn->broken = true;
	free(request);
	if (loop->running != conn)
		conn_run(conn);
}
