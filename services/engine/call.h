#pragma once
/* The client's side of the bus: requests to one service, many in flight, a deadline for each.
 *
 * A line belongs to one thread.  With an event loop: watch call_fd for reading only; call
 * call_process when it is readable, after sending, at call_next_deadline_ms, and every 100 ms come
 * what may (the descriptor tells of changes, not of states); while it returns true, call it again
 * soon.  Without a loop: call_send, then call_wait.
 *
 * A service that is down: a request waits up to CALL_REACH_MS for a connection (a restarting
 * service is found again in that time) and is then answered unavailable: it was never sent.  A
 * connection that breaks answers what was in flight unavailable at once: whether a command was
 * carried out is not known then, and sending it again with the same id is the way to find out.  An
 * answer that arrives together with the end of its connection may be lost like that too: a service
 * that stops in good order keeps its socket for some 100 ms after its last answer. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/peers.h"
#include "shegong/engine/v1/envelope.pb-c.h"

#define CALL_REACH_MS	 500
#define CALL_WAIT_MS	 10000			   /* the deadline of a request that names none */
#define CALL_REQUEST_MAX (1024 * 1024 + 64 * 1024) /* a body of 1 MiB and what goes with it */
#define CALL_REPLY_MAX	 (16 * 1024 * 1024)

struct call;

/* Open a line to the service at a ZeroMQ endpoint ("ipc:///run/shegong/stations.sock").  zmq is the
 * process's one context.  name and endpoint are copied.  It connects by itself, again and again.
 * NULL: errno says why. */
struct call *call_open(void *zmq, const char *name, const char *endpoint);

/* The same to a service by its name, where peers says that it is. */
struct call *call_open_peer(void *zmq, const char *name, const struct peers *);

/* Answer everything in flight with canceled, then close the line. */
void call_close(struct call *);

/* Send a request; its correlation is set here, its bytes are copied.  done is called exactly once,
 * from call_process, call_wait or call_close, never from here; the reply lives until it returns.
 * What goes wrong on this side comes as a reply too, with code and refusal.
 * false: too many in flight or too many bytes on their way, or the request is larger than
 * CALL_REQUEST_MAX; done is not called. */
bool call_send(struct call *, Engine__Request *, void (*done)(const Engine__Reply *, void *arg),
	       void *arg);

/* Take what has come, answer what is overdue.  True where more is waiting. */
bool call_process(struct call *);

int call_fd(const struct call *);

/* Milliseconds until call_process has something to do even if nothing comes; -1: nothing. */
int call_next_deadline_ms(const struct call *);

/* Wait until nothing is in flight on the line. */
void call_wait(struct call *);

const char *call_name(const struct call *);
size_t call_in_flight(const struct call *);

struct call_counters {
	uint64_t sent, answered, overdue, unreachable, lost, late, malformed;
};
struct call_counters call_count(const struct call *);
