/* Replies that go on.
 *
 *    http_stream_write --> news --- push, once the loop has time ---> the socket
 *                                                                \--> the bufferevent's output,
 *                                                                     where the socket takes no more
 *
 * Until the push the blocks only gather: so what is written in one go leaves in one system call,
 * and nobody is called back while he is still writing. */
#include "gateway/http_parts.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAME_MAX 20 /* the longest size line of a chunk */

/* size line, data, CRLF: how a chunk goes out.  Without chunks only the data does. */
struct http_block {
	atomic_uint holders;
	size_t at, len; /* of the data in bytes */
	size_t framed;
	char bytes[];
};

struct http_stream {
	struct conn *conn;
	const struct http_stream_handler *handler;
	void *arg;
	size_t mark;
	uint64_t written;
	bool chunked;
	bool full; /* more than mark bytes waited */
};

/* --- Blocks ---------------------------------------------------------------------------------- */

struct http_block *http_block_make(const void *data, size_t len)
{
	struct http_block *block = malloc(sizeof(*block) + FRAME_MAX + len + 2);

	if (!block)
		return NULL;
	atomic_init(&block->holders, 1);
	block->at = (size_t)snprintf(block->bytes, FRAME_MAX, "%zx\r\n", len);
	block->len = len;
	block->framed = block->at + len + 2;
	memcpy(block->bytes + block->at, data, len);
	memcpy(block->bytes + block->at + len, "\r\n", 2);
	return block;
}

struct http_block *http_block_keep(struct http_block *block)
{
	atomic_fetch_add_explicit(&block->holders, 1, memory_order_relaxed);
	return block;
}

void http_block_drop(struct http_block *block)
{
	if (atomic_fetch_sub_explicit(&block->holders, 1, memory_order_acq_rel) == 1)
		free(block);
}

static void block_sent(const void *bytes, size_t len, void *block)
{
	(void)bytes;
	(void)len;
	http_block_drop(block);
}

/* --- Sending --------------------------------------------------------------------------------- */

static void push_later(struct conn *conn)
{
	struct loop *loop = conn->loop;

	if (conn->push.link)
		return;
	/* Not event_active: that would be before other connections have had their turn. */
	if (!loop->pushed)
		event_add(loop->push, &(struct timeval){ 0 });
	conn->push.conn = conn;
	place_take(&loop->pushed, &conn->push);
}

static void push_conn(struct conn *conn)
{
	if (!conn->ssl && evbuffer_get_length(bufferevent_get_output(conn->bev)) == 0) {
		int n = 1;

		while (n > 0 && evbuffer_get_length(conn->news) > 0)
			n = evbuffer_write(conn->news, bufferevent_getfd(conn->bev));
		if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
			conn->broken = true;
	}
	if (!conn->broken && evbuffer_get_length(conn->news) > 0 &&
	    bufferevent_write_buffer(conn->bev, conn->news) != 0)
		conn->broken = true;
}

void stream_push(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;

	(void)fd;
	(void)what;
	/* Who writes when told that there is room again waits for the next push. */
	place_move(&loop->turns, &loop->pushed);
	while (loop->turns) {
		struct conn *conn = loop->turns->conn;

		place_leave(loop->turns);
		if (!conn->broken)
			push_conn(conn);
		if (!conn->broken)
			stream_sent(conn);
		conn_run(conn);
	}
}

void stream_sent(struct conn *conn)
{
	struct http_stream *stream = conn->stream;

	if (!stream || !stream->full || conn_queued(conn) > stream->mark)
		return;
	stream->full = false;
	if (stream->handler->on_drain)
		stream->handler->on_drain(stream->arg);
}

/* --- Begin and end --------------------------------------------------------------------------- */

static bool stream_open(struct http_stream *stream, int status, const char *headers, bool no_body)
{
	struct conn *conn = stream->conn;
	struct bytes head = { 0 };
	bool done;

	done = reply_open(conn->loop, &head, status, headers, stream->chunked) &&
	       (conn->news = evbuffer_new()) && evbuffer_add(conn->news, head.data, head.len) == 0;
	bytes_free(&head);
	conn->request = NULL;
	conn->stage = no_body ? STAGE_LAST : STAGE_STREAM;
	conn->broken = !done;
	push_later(conn);
	return done && !no_body;
}

struct http_stream *http_stream_begin(struct http_request *public, int status, const char *headers,
				      size_t mark, const struct http_stream_handler *handler,
				      void *arg)
{
	struct request *request = request_of(public);
	struct conn *conn = request->conn;
	struct http_stream *stream = conn ? malloc(sizeof(*stream)) : NULL;
	bool no_body = request->no_body;

	assert(!conn || conn->request == request);
	free(request);
	if (!conn)
		return NULL;
	if (!stream) {
		conn->request = NULL;
		conn->stage = STAGE_LAST;
		conn->broken = true;
		push_later(conn);
		return NULL;
	}
	*stream = (struct http_stream){
		.conn = conn,
		.handler = handler,
		.arg = arg,
		.mark = mark,
		.chunked = conn->head.minor > 0,
	};
	if (!stream_open(stream, status, headers, no_body)) {
		free(stream);
		return NULL;
	}
	conn->stream = stream;
	stream->written = evbuffer_get_length(conn->news);
	bufferevent_setwatermark(conn->bev, EV_WRITE, mark, 0);
	tally(&conn->loop->streams);
	return stream;
}

void http_stream_write(struct http_stream *stream, struct http_block *block)
{
	struct conn *conn = stream->conn;
	size_t len = stream->chunked ? block->framed : block->len;

	/* An empty chunk would end the reply. */
	if (block->len == 0 || conn->broken)
		return;
	push_later(conn);
	http_block_keep(block);
	if (evbuffer_add_reference(conn->news, block->bytes + (stream->chunked ? 0 : block->at),
				   len, block_sent, block) != 0) {
		http_block_drop(block);
		conn->broken = true;
		return;
	}
	stream->written += len;
	if (conn_queued(conn) > stream->mark)
		stream->full = true;
}

size_t http_stream_pending(const struct http_stream *stream)
{
	return conn_queued(stream->conn);
}

static void stream_close(struct http_stream *stream)
{
	struct conn *conn = stream->conn;

	conn->stream = NULL;
	conn->stage = STAGE_LAST;
	bufferevent_setwatermark(conn->bev, EV_WRITE, 0, 0);
	atomic_fetch_sub_explicit(&conn->loop->streams, 1, memory_order_relaxed);
	push_later(conn);
	free(stream);
}

void http_stream_end(struct http_stream *stream)
{
	if (stream->chunked && evbuffer_add(stream->conn->news, "0\r\n\r\n", 5) != 0)
		stream->conn->broken = true;
	stream_close(stream);
}

void http_stream_cut(struct http_stream *stream)
{
	stream->conn->broken = true;
	stream_close(stream);
}

void stream_stop(struct conn *conn)
{
	if (conn->stream && conn->stream->handler->on_stop)
		conn->stream->handler->on_stop(conn->stream->arg);
	else if (conn->stream)
		conn_free(conn);
}

void stream_lost(struct conn *conn)
{
	struct http_stream *stream = conn->stream;

	if (!stream)
		return;
	conn->stream = NULL;
	atomic_fetch_sub_explicit(&conn->loop->streams, 1, memory_order_relaxed);
	if (stream->handler->on_gone)
		stream->handler->on_gone(stream->arg);
	free(stream);
}

uint64_t stream_taken(const struct conn *conn)
{
	return conn->stream->written - conn_queued(conn);
}
