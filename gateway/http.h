#pragma once
/* A strict HTTP/1.1 server on libevent: it frames messages, keeps limits and deadlines, and knows
 * nothing of what is asked.
 *
 * Each loop is a thread with its own event base and listener.  A connection's requests are handed
 * out one after the other, in order; requests sent ahead wait unread.  A client that shuts its
 * sending side while its reply is pending counts as gone. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event_base;
struct in6_addr;
struct http_block;
struct http_server;
struct http_stream;

struct http_text {
	const char *data;
	size_t len;
};

/* A request.  The texts, fields and body live until on_request returns, the rest until the reply. */
struct http_request {
	struct http_text method; /* HEAD comes as GET; the reply goes out without its body */
	struct http_text path;
	struct http_text query; /* without '?' */
	struct http_text body;
};

struct http_settings {
	const char *address; /* "127.0.0.1" or "::1" */
	uint16_t port;	     /* 0: any free one, see http_port */
	const char *proxies; /* whose X-Forwarded-For is believed: "10.0.0.0/8,::1"; NULL: nobody */
	const char *tls_cert, *tls_key; /* PEM files; NULL: plain HTTP */
	unsigned n_loops;
	size_t body_max;
	size_t memory_max; /* for large bodies and for replies not taken, of all connections together */
	unsigned head_ms;	  /* from a request's first byte to the end of its head */
	unsigned body_ms;	  /* from there to the end of its body */
	unsigned idle_ms;	  /* between requests */
	unsigned write_ms;	  /* for a reply that the client does not take, plus 1 s per 64 KiB;
				* a stream: for 64 KiB, or for all that waits */
	unsigned linger_ms;	  /* for the client to close after our last reply */
	unsigned stop_ms;	  /* for requests in flight when the server stops */
	unsigned requests_max;	  /* on one connection */
	unsigned connections_max; /* in all */
	unsigned connections_per_address_max; /* from one client address */
};

/* What is done with requests.  loop_open and loop_close run in the loop's thread; each request of
 * a loop is answered in that thread. */
struct http_handler {
	void *(*loop_open)(struct event_base *, unsigned index, void *arg);
	/* All connections are closed.  Requests not yet answered must be answered in here. */
	void (*loop_close)(void *loop);
	/* Answer with http_reply, now or later, exactly once. */
	void (*on_request)(struct http_request *, void *loop);
	void *arg;
};

struct http_counters {
	uint64_t accepted, turned_away, requests, faults, gone, timeouts;
	uint64_t shed;	  /* slow readers cut because replies filled memory_max */
	uint64_t memory;  /* bytes held of memory_max now */
	uint64_t open;	  /* connections now */
	uint64_t streams; /* of them, those that stream */
	/* Of the certificate; 0 without TLS. */
	uint64_t certificates, certificates_refused;
	int64_t certificate_not_after; /* seconds of the Unix clock */
};

/* Bind the address.  NULL: why says what failed.  The settings' texts must outlive the server. */
struct http_server *http_open(const struct http_settings *, const struct http_handler *,
			      char why[static 256]);
uint16_t http_port(const struct http_server *);

/* Start a thread for each loop.  0, or an errno. */
int http_start(struct http_server *);

/* Take no more connections, answer what is in flight within stop_ms, end the loops.  Returns at
 * once; http_close waits for the loops and frees the server. */
void http_stop(struct http_server *);
void http_close(struct http_server *);

/* Read the certificate again; it is also read where its files have changed.  What cannot be used is
 * refused, and the old one stays.  Any thread. */
void http_reload(struct http_server *);

void http_count(const struct http_server *, struct http_counters *);

/* A field's value by its name in lower case; data is NULL where there is none.  Where the field
 * occurs twice, *twice (if given) becomes true; otherwise it is left alone. */
struct http_text http_field(const struct http_request *, const char *name, bool *twice);

/* Where the request comes from, also from behind a proxy whose word is taken; an IPv4 address as
 * ::ffff:1.2.3.4. */
const struct in6_addr *http_client(const struct http_request *);

/* True where the client's connection is encrypted, as far as to a proxy whose word is taken. */
bool http_secure(const struct http_request *);

/* True once the client has gone.  The request is still to be answered. */
bool http_gone(const struct http_request *);

/* Answer, and free the request.  headers is "" or whole lines, each with its CRLF; Date,
 * Content-Length and Connection are added.  The body is copied; with 304 only its length is told. */
void http_reply(struct http_request *, int status, const char *headers, const void *body,
		size_t len);

/* --- Streams ---------------------------------------------------------------------------------
 *
 * A reply that goes on: begun in place of http_reply, written as things happen, ended by either
 * side.  All calls are made in the loop's thread and none of them calls back at once: what they
 * lead to (sending, on_drain, the end of the connection) comes after the caller has returned to
 * the loop.  What is written in one go is sent in one piece. */

/* Bytes that many streams may send, in any loop: they are made once, never copied and freed with
 * their last holder. */
struct http_block *http_block_make(const void *data, size_t len); /* NULL: no memory */
struct http_block *http_block_keep(struct http_block *);	  /* one holder more */
void http_block_drop(struct http_block *);

struct http_stream_handler {
	/* Once more than `mark` bytes waited for the client, and now no more than that do. */
	void (*on_drain)(void *arg);
	/* The server stops: say goodbye and end within stop_ms.  NULL: the stream is cut then. */
	void (*on_stop)(void *arg);
	/* The client has gone, was too slow or the server has stopped: the stream is no more.  Not
	 * called after http_stream_end and http_stream_cut. */
	void (*on_gone)(void *arg);
};

/* Begin a reply, and free the request.  headers are as in http_reply; Date, Transfer-Encoding and
 * Connection: close are added.  The handler must outlive the stream.  NULL: there is nothing to
 * stream, because it was HEAD, the client has gone or there is no memory; nobody is called back. */
struct http_stream *http_stream_begin(struct http_request *, int status, const char *headers,
				      size_t mark, const struct http_stream_handler *, void *arg);

/* Send a block behind what waits already; it is kept as long as that takes. */
void http_stream_write(struct http_stream *, struct http_block *);

/* Bytes written that the client's side has not taken yet. */
size_t http_stream_pending(const struct http_stream *);

/* End the reply: what was written still goes out, then the connection closes. */
void http_stream_end(struct http_stream *);

/* Close the connection at once, so that the client knows that the reply is not whole. */
void http_stream_cut(struct http_stream *);
