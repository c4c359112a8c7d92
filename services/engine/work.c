#include "engine/work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

static void *bump(void *of, size_t size)
{
	struct job *job = of;
	size_t rounded = (size + 15) & ~(size_t)15;
	uint8_t *memory = job->scratch + job->scratch_used;

	if (rounded < size || rounded > job->scratch_size - job->scratch_used)
		return NULL;
	job->scratch_used += rounded;
	return memset(memory, 0, rounded);
}

static void kept(void *of, void *memory)
{
	(void)of;
	(void)memory;
}

struct job *job_open(enum job_kind kind, size_t scratch)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		return NULL;
	job->kind = kind;
	job->scratch = malloc(scratch);
	job->scratch_size = scratch;
	job->allocator = (ProtobufCAllocator){ bump, kept, job };
	if (!job->scratch) {
		free(job);
		return NULL;
	}
	return job;
}

void job_close(struct job *job)
{
	if (!job)
		return;
	for (int i = 0; i < job->n_routing; i++)
		zmq_msg_close(&job->routing[i]);
	if (job->replied)
		zmq_msg_close(&job->reply);
	free(job->scratch);
	free(job);
}

bool job_reply(struct job *job, const void *bytes, size_t size)
{
	if (!bytes || zmq_msg_init_size(&job->reply, size) != 0)
		return false;
	memcpy(zmq_msg_data(&job->reply), bytes, size);
	job->replied = true;
	return true;
}

bool mailbox_open(struct mailbox *mailbox, bool polled)
{
	pthread_condattr_t attributes;

	memset(mailbox, 0, sizeof(*mailbox));
	mailbox->last = &mailbox->first;
	mailbox->wakes = polled ? eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC) : -1;
	pthread_mutex_init(&mailbox->guard, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&mailbox->filled, &attributes);
	pthread_condattr_destroy(&attributes);
	return !polled || mailbox->wakes >= 0;
}

void mailbox_close(struct mailbox *mailbox)
{
	pthread_mutex_lock(&mailbox->guard);
	mailbox->closed = true;
	pthread_cond_broadcast(&mailbox->filled);
	pthread_mutex_unlock(&mailbox->guard);
}

void mailbox_free(struct mailbox *mailbox)
{
	for (struct job *job; (job = mailbox_take(mailbox, 1, 0));)
		job_close(job);
	if (mailbox->wakes >= 0)
		close(mailbox->wakes);
	pthread_cond_destroy(&mailbox->filled);
	pthread_mutex_destroy(&mailbox->guard);
}

void mailbox_ring(struct mailbox *mailbox)
{
	const uint64_t one = 1;
	ssize_t written = write(mailbox->wakes, &one, sizeof(one));

	(void)written; /* it can fail only where the counter is full: then it wakes all the same */
}

void mailbox_put(struct mailbox *mailbox, struct job *chain)
{
	bool was_empty;

	if (!chain)
		return;
	pthread_mutex_lock(&mailbox->guard);
	was_empty = !mailbox->first;
	*mailbox->last = chain;
	for (; chain; chain = chain->next) {
		mailbox->n++;
		mailbox->last = &chain->next;
	}
	if (mailbox->wakes < 0)
		pthread_cond_signal(&mailbox->filled);
	pthread_mutex_unlock(&mailbox->guard);
	if (mailbox->wakes >= 0 && was_empty)
		mailbox_ring(mailbox);
}

static struct timespec from_now(int64_t wait_us)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += wait_us / 1000000;
	until.tv_nsec += wait_us % 1000000 * 1000;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	return until;
}

size_t mailbox_count(struct mailbox *mailbox)
{
	size_t n;

	pthread_mutex_lock(&mailbox->guard);
	n = mailbox->n;
	pthread_mutex_unlock(&mailbox->guard);
	return n;
}

struct job *mailbox_take(struct mailbox *mailbox, size_t n, int64_t wait_us)
{
	struct timespec until = from_now(wait_us > 0 ? wait_us : 0);
	struct job *chain, **end;
	uint64_t woken;
	ssize_t got = 0;
	int waited = 0;

	if (mailbox->wakes >= 0)
		got = read(mailbox->wakes, &woken, sizeof(woken));
	(void)got; /* nothing to read: nobody has rung */
	pthread_mutex_lock(&mailbox->guard);
	while (!mailbox->first && !mailbox->closed && wait_us != 0 && waited != ETIMEDOUT)
		waited = wait_us < 0 ? pthread_cond_wait(&mailbox->filled, &mailbox->guard)
				     : pthread_cond_timedwait(&mailbox->filled, &mailbox->guard,
							      &until);
	chain = mailbox->first;
	for (end = &chain; *end && n > 0; end = &(*end)->next, n--)
		mailbox->n--;
	mailbox->first = *end;
	*end = NULL;
	if (!mailbox->first)
		mailbox->last = &mailbox->first;
	pthread_mutex_unlock(&mailbox->guard);
	return chain;
}

bool mailbox_done(struct mailbox *mailbox)
{
	bool done;

	pthread_mutex_lock(&mailbox->guard);
	done = mailbox->closed && !mailbox->first;
	pthread_mutex_unlock(&mailbox->guard);
	return done;
}
