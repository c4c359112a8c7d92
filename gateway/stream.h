#pragma once
/* The streams of one loop: events as they happen, from where the caller stands.
 *
 *   GET  /v1/events                                   Server-Sent Events of CloudEvents
 *   POST /shegong.events.v1.EventsService/Follow      a server stream of Connect's
 *
 * A stream catches up by reading the journals, at the client's pace, and then goes along with the
 * tail.  Those that go along with the same filters and in the same office are one audience: what is
 * new is put together once for all of them.  A client that does not keep up leaves the tail and
 * catches up again later; one that takes nothing is cut by the server's deadline for writing. */

#include "gateway/connect.h"
#include "gateway/tail.h"

struct event_base;

/* The same for all loops.  It and what it points to must outlive them. */
struct streams_settings {
	const struct connect_settings *connect;
	const struct event_text *text;
	struct tail *tail;
	size_t pending_max;	/* bytes that wait for one client before nothing more is added */
	unsigned checkpoint_ms; /* a stream says where it stands that often */
};

struct streams_counters {
	uint64_t open, events, reads, resets, left_behind;
};

struct streams;

/* NULL: no memory, or errno says why. */
struct streams *streams_open(const struct streams_settings *, struct event_base *, struct lines *,
			     unsigned loop);
/* When the loop's connections and lines are closed. */
void streams_close(struct streams *);

/* Answer GET /v1/events. */
void streams_events(struct streams *, struct http_request *);
/* Answer POST .../Follow. */
void streams_follow(struct streams *, struct http_request *);

/* Add what this loop has counted; from any thread. */
void streams_sum(const struct streams *, struct streams_counters *);
