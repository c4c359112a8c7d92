#pragma once
/* One loop's lines to the services, kept going by its event base. */

#include <stddef.h>

#include "engine/call.h"

#define LINES_MAX 16

struct event_base;
struct lines;

/* The services by name, each where peers says. */
struct lines_services {
	struct peers peers;
	size_t n;
	const char *names[LINES_MAX];
};

/* NULL: errno says why. */
struct lines *lines_open(struct event_base *, void *zmq, const struct lines_services *);

/* Answers everything in flight with canceled. */
void lines_close(struct lines *);

/* call_send on the line to service i, and see to it that the answer is noticed. */
bool lines_send(struct lines *, size_t i, Engine__Request *,
		void (*done)(const Engine__Reply *, void *arg), void *arg);

/* The number of the service with that name, or -1. */
int lines_find(const struct lines_services *, const char *name, size_t len);
