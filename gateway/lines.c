#include "gateway/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <event2/event.h>

#define TICK_MS 100 /* the descriptor of a ZeroMQ socket is looked behind that often */

struct line {
	struct call *call;
	struct event *readable;
	struct event *timer;
	bool soon; /* readable is active: requests sent meanwhile share one look */
};

struct lines {
	size_t n;
	struct line line[LINES_MAX];
};

static void line_look(struct line *line)
{
	bool more = call_process(line->call);
	int wait_ms = call_next_deadline_ms(line->call);
	struct timeval tv;

	line->soon = false;
	if (wait_ms < 0 && !more) {
		event_del(line->timer);
		return;
	}
	/* Other connections have their turn before the rest is taken. */
	if (more)
		wait_ms = 0;
	else if (wait_ms > TICK_MS)
		wait_ms = TICK_MS;
	tv = (struct timeval){ .tv_usec = wait_ms * 1000 };
	event_add(line->timer, &tv);
}

static void on_line(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	line_look(arg);
}

static bool line_open(struct line *line, struct event_base *base, void *zmq,
		      const struct peers *peers, const char *name)
{
	line->call = call_open_peer(zmq, name, peers);
	if (!line->call)
		return false;
	line->readable = event_new(base, call_fd(line->call), EV_READ | EV_PERSIST, on_line, line);
	line->timer = evtimer_new(base, on_line, line);
	if (!line->readable || !line->timer || event_add(line->readable, NULL) != 0)
		return false;
	line->soon = true;
	event_active(line->readable, EV_READ, 0);
	return true;
}

struct lines *lines_open(struct event_base *base, void *zmq, const struct lines_services *services)
{
	struct lines *lines = calloc(1, sizeof(*lines));

	if (!lines)
		return NULL;
	for (size_t i = 0; i < services->n; i++) {
		lines->n = i + 1;
		if (!line_open(&lines->line[i], base, zmq, &services->peers, services->names[i])) {
			int error = errno;

			lines_close(lines);
			errno = error;
			return NULL;
		}
	}
	return lines;
}

void lines_close(struct lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		struct line *line = &lines->line[i];

		if (line->readable)
			event_free(line->readable);
		if (line->timer)
			event_free(line->timer);
		if (line->call)
			call_close(line->call);
	}
	free(lines);
}

bool lines_send(struct lines *lines, size_t i, Engine__Request *request,
		void (*done)(const Engine__Reply *, void *arg), void *arg)
{
	struct line *line = &lines->line[i];

	if (!call_send(line->call, request, done, arg))
		return false;
	/* Sending may swallow the descriptor's signal; behind whatever else is active now, one look
	 * serves all that was sent until then. */
	if (!line->soon) {
		line->soon = true;
		event_active(line->readable, EV_READ, 0);
	}
	return true;
}

int lines_find(const struct lines_services *services, const char *name, size_t len)
{
	for (size_t i = 0; i < services->n; i++) {
		if (strlen(services->names[i]) == len && memcmp(services->names[i], name, len) == 0)
			return (int)i;
	}
	return -1;
}
