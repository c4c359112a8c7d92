#pragma once
/* Where the services are: at sockets in a directory of this host, guarded by file permissions; or
 * on TCP, where there is CURVE always (engine/keys.h).
 *
 *   ""                                       all of them in the directory
 *   "tcp://%s:7400"                          %s is the service's name
 *   "funding=tcp://10.1.0.3:7400,tcp://%s:7400"   one of its own, the rest by the pattern
 *
 * Requests go to that port, events come from the next. */

#include <stdbool.h>
#include <stddef.h>

#include "shegong/engine/v1/envelope.pb-c.h"

#define PEERS_ENDPOINT 512

struct peers {
	const char *run;   /* the directory of the sockets */
	const char *where; /* SHEGONG_PEERS, as above */
	const char *keys;  /* the directory of the keys */
	const char *self;  /* the name of our own key: "gateway" */
};

enum peers_side { PEERS_REQUESTS, PEERS_EVENTS };

/* Whether all services can be spoken to: that the text is like that, and the keys are there where
 * they are needed.  To be asked at start.  false: why. */
bool peers_sound(const struct peers *, const char *const *names, size_t n, char why[static 256]);

/* The endpoint of a service, and whether it is on TCP.  false: there is none. */
bool peers_endpoint(const struct peers *, const char *name, enum peers_side,
		    char endpoint[static PEERS_ENDPOINT], bool *tcp);

/* Connect a socket to a service, with our key where it is on TCP.  false: why. */
bool peers_connect(const struct peers *, void *socket, const char *name, enum peers_side,
		   char why[static 256]);

/* A SUB socket for all that a service publishes, connected; zmq_close ends it.  NULL: errno says
 * why, and the log where it is the address or the key. */
void *peers_listen(void *zmq, const char *name, const struct peers *);

/* Read "tcp://HOST:PORT"; the endpoint of the port after it.  false: it is not like that. */
bool peers_next_port(const char *endpoint, char next[static PEERS_ENDPOINT]);

/* Whether a peer on TCP, known by the name of its key, may send this to a service: the gateway and
 * the command line (cli) say who asks; everybody else is a service, which reads journals. */
bool peers_may(const char *who, const Engine__Request *);
