/* Work that passes between the threads of a service: the bus takes requests in and sends replies
 * out; one writer and some readers do the work. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <zmq.h>

#include "shegong/engine/v1/journal.pb-c.h"

enum { ROUTING_MAX = 4 };

enum job_kind { JOB_REQUEST, JOB_FOLLOW };

struct mailbox;

/* One thing to do.  Whoever holds it owns it; job_close gives it back. */
struct job {
	struct job *next;
	enum job_kind kind;

	/* JOB_REQUEST: the socket and the frames that lead back to the asker, the request, its reply. */
	void *router;
	int n_routing;
	zmq_msg_t routing[ROUTING_MAX];
	Engine__Request *request;
	zmq_msg_t reply;
	bool replied;
	struct mailbox *then; /* of a query: where it goes when all that was answered is seen */
	int64_t deadline_ms;  /* monotonic; of a request that waits for positions */

	/* JOB_FOLLOW: what was read from the source of that number; why is set where it stopped. */
	size_t source;
	Engine__ReadResponse *read;
	char stopped[128];

	/* The request's or the read's memory: a bump allocation, so that a hostile message cannot
	 * grow to more than its share. */
	ProtobufCAllocator allocator;
	size_t scratch_size, scratch_used;
	uint8_t *scratch;
};

/* A job with scratch bytes of memory for unpacking; NULL: no memory. */
struct job *job_open(enum job_kind, size_t scratch);
void job_close(struct job *);

/* Copies the reply's bytes into the job; false: no memory. */
bool job_reply(struct job *, const void *bytes, size_t size);

/* A queue between threads. */
struct mailbox {
	pthread_mutex_t guard;
	pthread_cond_t filled;
	struct job *first, **last;
	size_t n;
	int wakes; /* an eventfd for a receiver that polls; -1: the receiver waits in mailbox_take */
	bool closed;
};

/* polled: the receiver polls mailbox.wakes instead of waiting. */
bool mailbox_open(struct mailbox *, bool polled);
/* Wakes everybody who waits; what is in it can still be taken. */
void mailbox_close(struct mailbox *);
void mailbox_free(struct mailbox *);

/* Puts a chain of jobs into it. */
void mailbox_put(struct mailbox *, struct job *chain);
/* Wakes a receiver that polls, though there is nothing to take. */
void mailbox_ring(struct mailbox *);

size_t mailbox_count(struct mailbox *);

/* Takes up to n jobs as a chain, waiting at most wait_us for the first (-1: for ever).
 * NULL: none came, or the mailbox is closed and empty. */
struct job *mailbox_take(struct mailbox *, size_t n, int64_t wait_us);
bool mailbox_done(struct mailbox *); /* closed and empty */
