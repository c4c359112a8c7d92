/* The bus of one service: requests in, replies out, events published, sources followed.
 *
 *   ipc://RUN/stations.sock          ROUTER   [routing...][engine.v1.Request]
 *   ipc://RUN/stations.events.sock   PUB      ["event"][engine.v1.Event as stored]
 *                                             ["head"][engine.v1.Head], every second
 *
 * PUB is a doorbell, which may be lost; the truth is EngineService/Read. */
#pragma once

#include "engine/engine.h"

struct bus_options {
	const char *run;  /* the directory of the sockets */
	int readers;	  /* threads that answer queries */
	size_t batch_max; /* turns in one commit, at most */
};

/* Runs until SIGTERM or SIGINT, then answers what is in flight.  The program's exit code. */
int bus_run(struct engine *, const struct bus_options *);
