#pragma once
/* The journals of all services, followed by one thread: each event is handed on once in a run of
 * the gateway, in order for each source.
 *
 * A source is followed from its head at the moment when it is first reached; what came before is
 * for who wants it to read from the journal.  While none of its subscribers wants events, they are
 * passed over unread, and that is told.  Where a source shows another history (a restored or
 * new store: another epoch, or a head behind what was followed), that is told, and it is followed
 * anew from its head.  Only what is seen by readers is handed on, so that a position that a command
 * was answered with may come a moment later here. */

#include <stdint.h>

#include "gateway/lines.h"
#include "shegong/engine/v1/journal.pb-c.h"

#define FEED_EPOCH_SIZE 64

struct feed;

enum feed_kind {
	FEED_BEGINS, /* the source has been reached: events follow from behind this position on */
	FEED_EVENT,  /* the next event; the position is its own */
	FEED_PASSED, /* nobody wanted the events up to this position; they follow from behind it on */
	FEED_REWOUND, /* another history than before; events follow from behind this position on */
	FEED_LOST,    /* the source does not answer */
	FEED_FOUND,   /* it answers again, and nothing has been missed */
};

struct feed_notice {
	enum feed_kind kind;
	size_t source;	   /* its number among the services */
	const char *epoch; /* "" in FEED_LOST before the source was ever reached */
	uint64_t sequence;
	const ProtobufCBinaryData
		*event; /* FEED_EVENT only: as stored; it lives until fn returns */
};

/* The services must outlive the feed.  NULL: errno says why. */
struct feed *feed_open(void *zmq, const struct lines_services *);

/* Before feed_start: have fn called in the feed's thread for what happens at the source of that
 * name, or at all where it is NULL.  wants says whether there is a use for events just now, NULL:
 * always; who does not want them may be handed some all the same.  Subscribers are told in the order
 * in which they came.  false: too many, or no such source. */
bool feed_subscribe(struct feed *, const char *source,
		    void (*fn)(const struct feed_notice *, void *arg), bool (*wants)(void *arg),
		    void *arg);

/* Start the thread.  0, or an errno. */
int feed_start(struct feed *);

/* End the thread; no fn is called afterwards. */
void feed_close(struct feed *);
