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
struct http_server;

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
	unsigned n_loops;
	size_t body_max;
	unsigned head_ms;      /* from a request's first byte to the end of its head */
	unsigned body_ms;      /* from there to the end of its body */
	unsigned idle_ms;      /* between requests */
	unsigned write_ms;     /* for a reply that the client does not take, plus 1 s per 64 KiB */
	unsigned linger_ms;    /* for the client to close after our last reply */
	unsigned stop_ms;      /* for requests in flight when the server stops */
	unsigned requests_max; /* on one connection */
	unsigned connections_max;	      /* in all */
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
	uint64_t open; /* connections now */
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

void http_count(const struct http_server *, struct http_counters *);

/* A field's value by its name in lower case; data is NULL where there is none.  Where the field
 * occurs twice, *twice (if given) becomes true; otherwise it is left alone. */
struct http_text http_field(const struct http_request *, const char *name, bool *twice);

/* True once the client has gone.  The request is still to be answered. */
bool http_gone(const struct http_request *);

/* Answer, and free the request.  headers is "" or whole lines, each with its CRLF; Date,
 * Content-Length and Connection are added.  The body is copied. */
void http_reply(struct http_request *, int status, const char *headers, const void *body,
		size_t len);
