#pragma once
/* The tail of all journals in one order: what the feed has handed on lately, for the streams of all
 * loops.  Whoever stands at the place behind step n, in every journal, goes on with step n + 1.
 *
 * Steps are counted from 0 in each run of the gateway; old ones are forgotten.  The text of a step
 * is made when it is first wanted, once for all streams. */

#include "gateway/event_text.h"
#include "gateway/feed.h"

struct tail;

enum step_kind {
	STEP_EVENT,
	STEP_BEGINS,  /* a journal has been reached */
	STEP_REWOUND, /* a journal has turned into another one */
};

struct step {
	enum step_kind kind;
	size_t source;
	Engine__Event *event; /* STEP_EVENT only */
	struct places after;  /* where one stands when it is done */
};

/* NULL: no memory.  The text must outlive the tail. */
struct tail *tail_open(const struct event_text *);
void tail_close(struct tail *);

/* For feed_subscribe; arg is the tail. */
void tail_notice(const struct feed_notice *, void *tail);
bool tail_wants(void *tail);

/* A loop begins, or ends, to go along with it: while none does, events pass unread, and steps are
 * forgotten with them. */
void tail_enter(struct tail *);
void tail_leave(struct tail *);

/* Have the eventfd rung when there are new steps, or a service was lost or found; once, until
 * tail_listen is called again.  At most TAIL_LISTENERS_MAX, each of a number of its own. */
#define TAIL_LISTENERS_MAX 64
void tail_listen(struct tail *, unsigned listener, int eventfd);
void tail_listen_not(struct tail *, unsigned listener);

/* The number of the next step, and the place that is reached now.  A bit in *unreachable (if given)
 * for each service that does not answer. */
uint64_t tail_now(struct tail *, struct places *, uint32_t *unreachable);

/* Take up to max steps from the number on, each kept until tail_drop.  How many; there may be none
 * yet.  false: that number is forgotten, or its event cannot be unpacked. */
bool tail_take(struct tail *, uint64_t from, size_t max, struct step **, size_t *n);
void tail_drop(struct step *);

/* The text of an event.  It lives as long as the step is kept.  NULL: it cannot be made. */
const struct bytes *tail_text(struct tail *, struct step *, enum stream_form);
