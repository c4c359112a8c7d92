#include "gateway/tail.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/log.h"

#define STEPS_MAX  (1u << 14) /* a power of two */
#define BYTES_KEPT ((size_t)8 << 20)
#define WEIGHT	   5 /* an event with its texts, by its stored size */

/* A step as it is kept; step is first, so that pointers are cast back. */
struct kept {
	struct step step;
	atomic_uint holders;
	size_t weight;
	/* Under text_guard, as step.event, which is made of the stored bytes when it is first taken. */
	bool tried[STREAM_FORMS];
	struct bytes texts[STREAM_FORMS];
	size_t stored_len;
	uint8_t stored[];
};

struct tail {
	const struct event_text *text;
	pthread_mutex_t guard; /* of all that follows */
	uint64_t first, next;
	size_t bytes;
	struct kept *steps[STEPS_MAX];
	struct places places;
	uint32_t unreachable;
	atomic_uint loops;		   /* that go along */
	int listeners[TAIL_LISTENERS_MAX]; /* eventfds; -1: not to be rung */
	pthread_mutex_t text_guard;
};

struct tail *tail_open(const struct event_text *text)
{
	struct tail *tail = calloc(1, sizeof(*tail));

	if (!tail)
		return NULL;
	tail->text = text;
	pthread_mutex_init(&tail->guard, NULL);
	pthread_mutex_init(&tail->text_guard, NULL);
	for (unsigned i = 0; i < TAIL_LISTENERS_MAX; i++)
		tail->listeners[i] = -1;
	return tail;
}

void tail_close(struct tail *tail)
{
	for (uint64_t i = tail->first; i < tail->next; i++)
		tail_drop(&tail->steps[i % STEPS_MAX]->step);
	pthread_mutex_destroy(&tail->guard);
	pthread_mutex_destroy(&tail->text_guard);
	free(tail);
}

void tail_drop(struct step *step)
{
	struct kept *kept = (struct kept *)step;

	if (atomic_fetch_sub_explicit(&kept->holders, 1, memory_order_acq_rel) > 1)
		return;
	if (step->event)
		engine__event__free_unpacked(step->event, NULL);
	for (size_t i = 0; i < STREAM_FORMS; i++)
		bytes_free(&kept->texts[i]);
	free(kept);
}

/* --- The feed's side ---------------------------------------------------------------------------- */

static void ring(struct tail *tail)
{
	uint64_t one = 1;

	for (unsigned i = 0; i < TAIL_LISTENERS_MAX; i++) {
		if (tail->listeners[i] >= 0)
			(void)!write(tail->listeners[i], &one, sizeof(one));
		tail->listeners[i] = -1;
	}
}

static void forget_first(struct tail *tail)
{
	struct kept *kept = tail->steps[tail->first++ % STEPS_MAX];

	tail->bytes -= kept->weight;
	tail_drop(&kept->step);
}

static void append(struct tail *tail, struct kept *kept)
{
	tail->steps[tail->next++ % STEPS_MAX] = kept;
	tail->bytes += kept->weight;
	while (tail->next - tail->first >= STEPS_MAX || tail->bytes > BYTES_KEPT)
		forget_first(tail);
}

/* What is no step, for want of memory or because nobody wanted it, is passed over, and all that there
 * are are forgotten: who stood there reads the journals. */
static void skip(struct tail *tail)
{
	while (tail->first < tail->next)
		forget_first(tail);
	tail->first = ++tail->next;
}

static struct kept *kept_make(const struct feed_notice *notice)
{
	size_t len = notice->kind == FEED_EVENT ? notice->event->len : 0;
	struct kept *kept = calloc(1, sizeof(*kept) + len);

	if (!kept)
		return NULL;
	atomic_init(&kept->holders, 1);
	kept->step.source = notice->source;
	kept->step.kind = notice->kind == FEED_EVENT	? STEP_EVENT
			  : notice->kind == FEED_BEGINS ? STEP_BEGINS
							: STEP_REWOUND;
	kept->weight = sizeof(*kept) + len * WEIGHT;
	kept->stored_len = len;
	if (len)
		memcpy(kept->stored, notice->event->data, len);
	return kept;
}

void tail_notice(const struct feed_notice *notice, void *arg)
{
	struct tail *tail = arg;
	const uint32_t bit = UINT32_C(1) << notice->source;
	bool steps = notice->kind == FEED_EVENT || notice->kind == FEED_BEGINS ||
		     notice->kind == FEED_REWOUND;
	bool moves = steps || notice->kind == FEED_PASSED;
	struct kept *kept = steps ? kept_make(notice) : NULL;

	if (steps && !kept)
		log_error("no memory for an event of the tail", NULL);

	pthread_mutex_lock(&tail->guard);
	if (notice->kind == FEED_LOST)
		tail->unreachable |= bit;
	else
		tail->unreachable &= ~bit;
	if (moves)
		tail->places.of[notice->source] = (struct place){
			.known = true,
			.epoch = cursor_epoch(notice->epoch),
			.sequence = notice->sequence,
		};
	if (kept) {
		kept->step.after = tail->places;
		append(tail, kept);
	} else if (moves) {
		skip(tail);
	}
	ring(tail);
	pthread_mutex_unlock(&tail->guard);
}

bool tail_wants(void *arg)
{
	struct tail *tail = arg;

	return atomic_load(&tail->loops) > 0;
}

/* --- The streams' side -------------------------------------------------------------------------- */

void tail_enter(struct tail *tail)
{
	atomic_fetch_add(&tail->loops, 1);
}

void tail_leave(struct tail *tail)
{
	atomic_fetch_sub(&tail->loops, 1);
}

void tail_listen(struct tail *tail, unsigned listener, int eventfd)
{
	pthread_mutex_lock(&tail->guard);
	tail->listeners[listener] = eventfd;
	pthread_mutex_unlock(&tail->guard);
}

void tail_listen_not(struct tail *tail, unsigned listener)
{
	tail_listen(tail, listener, -1);
}

uint64_t tail_now(struct tail *tail, struct places *places, uint32_t *unreachable)
{
	uint64_t next;

	pthread_mutex_lock(&tail->guard);
	*places = tail->places;
	if (unreachable)
		*unreachable = tail->unreachable;
	next = tail->next;
	pthread_mutex_unlock(&tail->guard);
	return next;
}

/* Unpacks what is taken for the first time, and lets go of what cannot be, with all behind it. */
static void unpack(struct tail *tail, struct step **steps, size_t *n)
{
	size_t good = 0;

	pthread_mutex_lock(&tail->text_guard);
	for (; good < *n; good++) {
		struct kept *kept = (struct kept *)steps[good];

		if (kept->step.kind == STEP_EVENT && !kept->step.event)
			kept->step.event =
				engine__event__unpack(NULL, kept->stored_len, kept->stored);
		if (kept->step.kind == STEP_EVENT && !kept->step.event)
			break;
	}
	pthread_mutex_unlock(&tail->text_guard);
	while (*n > good)
		tail_drop(steps[--*n]);
}

bool tail_take(struct tail *tail, uint64_t from, size_t max, struct step **steps, size_t *n)
{
	bool there;
	size_t taken;

	pthread_mutex_lock(&tail->guard);
	there = from >= tail->first;
	for (*n = 0; there && *n < max && from + *n < tail->next; ++*n) {
		struct kept *kept = tail->steps[(from + *n) % STEPS_MAX];

		atomic_fetch_add_explicit(&kept->holders, 1, memory_order_relaxed);
		steps[*n] = &kept->step;
	}
	pthread_mutex_unlock(&tail->guard);
	taken = *n;
	unpack(tail, steps, n);
	return there && (*n > 0 || taken == 0);
}

const struct bytes *tail_text(struct tail *tail, struct step *step, enum stream_form form)
{
	struct kept *kept = (struct kept *)step;
	struct bytes *text = &kept->texts[form];
	char cursor[CURSOR_TEXT_SIZE];

	pthread_mutex_lock(&tail->text_guard);
	if (!kept->tried[form]) {
		kept->tried[form] = true;
		cursor_write(tail->text->services, &step->after, cursor);
		if (!event_text_event(tail->text, form, step->source, step->event, cursor, text))
			log_error("an event is not of its type", "source", step->event->source,
				  "sequence", log_number((int64_t)step->event->sequence).text,
				  "type", step->event->type, NULL);
	}
	pthread_mutex_unlock(&tail->text_guard);
	return text->len ? text : NULL;
}
