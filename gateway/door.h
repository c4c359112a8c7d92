#pragma once
/* The door for integrators: a ZeroMQ ROUTER with CURVE.
 *
 *     [routing frames][engine.v1.Request, packed or as JSON]  ->  [the same][engine.v1.Reply]
 *
 * Who asks is the account of the peer's key, looked up at each message, so that a key that was
 * revoked opens nothing from then on, also on connections that are open.  What is asked is checked
 * as over HTTP, and decided by the services.  Events are read with EngineService/Read; a Read that
 * names in after the position behind the last event waits for it.
 *
 * What is under way and what is not taken have bounds in bytes, for each key and for all.  ZeroMQ
 * offers none for the frames of one message: a holder of a known key who never ends a message is
 * stopped by nothing here. */

#include <stdbool.h>
#include <stdint.h>

#include "engine/keys.h"
#include "gateway/caller.h"
#include "gateway/lines.h"
#include "gateway/schema.h"

struct door;

struct door_settings {
	const char *endpoint; /* "tcp://0.0.0.0:7410" */
	const char *keys;     /* the directory in which gateway.key is */
	const struct schema *schema;
	const struct lines_services *services;
	unsigned deadline_ms; /* of a request that names none */
	unsigned stop_ms;     /* for requests in flight when the door closes */
	unsigned per_account; /* requests a second, with a burst of twice as many; 0: any number */
	/* Whose key it is: his principal, in a caller that was begun with caller_init; and whether
	 * that can be said at all just now.  Asked for each connection and for each message, from two
	 * threads. */
	bool (*who)(void *of, const uint8_t key[static KEY_SIZE], struct caller *);
	bool (*ready)(void *of);
	void *of;
};

/* Bind, try out that strangers are refused, start the door's thread.  zmq must have no ZAP handler
 * yet.  NULL: why.  What the settings point to must outlive the door. */
struct door *door_open(void *zmq, const struct door_settings *, char why[static 256]);

/* Take no more, answer what is in flight, close. */
void door_close(struct door *);

/* The endpoint that was bound: with "tcp://127.0.0.1:*" the port is known by it. */
const char *door_endpoint(const struct door *);

/* Readable from any thread. */
struct door_counters {
	_Atomic uint64_t requests;    /* messages of known peers */
	_Atomic uint64_t refused;     /* of them, those answered by the door itself */
	_Atomic uint64_t strangers;   /* handshakes and messages of nobody known */
	_Atomic uint64_t undelivered; /* replies to peers that had gone or did not read */
	_Atomic uint64_t in_flight;
};
const struct door_counters *door_count(const struct door *);
