/* The bus of one service: requests in, replies out, heads published, sources followed.
 *
 *   ipc://RUN/stations.sock          ROUTER   [routing...][engine.v1.Request]
 *   ipc://RUN/stations.events.sock   PUB      ["head"][engine.v1.Head]: readers see more, or a second
 *                                             has gone by
 *
 * The same on TCP, with CURVE, where the service listens there: on a port and on the next.  Who may
 * reach the sockets in RUN may do all; on TCP the peer's key decides (peers_may).
 *
 * PUB is a doorbell, which may be lost; the truth is EngineService/Read. */
#pragma once

#include "engine/engine.h"
#include "engine/peers.h"

struct bus_options {
	struct peers peers; /* where the others are, and where our own sockets */
	const char *tcp;    /* where to listen on TCP, "tcp://0.0.0.0:7400"; empty: nowhere */
	int readers;	    /* threads that answer queries */
	size_t batch_max;   /* turns in one commit, at most */
};

/* Runs until SIGTERM or SIGINT, then answers what is in flight.  The program's exit code. */
int bus_run(struct engine *, const struct bus_options *);
