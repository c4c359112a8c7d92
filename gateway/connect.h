#pragma once
/* The Connect protocol, unary: POST, and GET for methods without side effects, in JSON or protobuf,
 * carried to the services and back. */

#include <stdatomic.h>
#include <stdint.h>

#include "gateway/access.h"
#include "gateway/bytes.h"
#include "gateway/connect_head.h"
#include "gateway/http.h"
#include "gateway/lines.h"
#include "gateway/schema.h"

#define CONNECT_CODES	17
#define CONNECT_BUCKETS 12

/* The same for all loops.  It and what it points to must outlive them. */
struct connect_settings {
	const struct schema *schema;
	const struct lines_services *services;
	struct access *access;
	unsigned deadline_ms; /* of a request that names none */
};

/* What was answered by one service, or on its behalf. */
struct connect_counters {
	_Atomic uint64_t answers[CONNECT_CODES]; /* by Engine__Code */
	_Atomic uint64_t buckets[CONNECT_BUCKETS + 1];
	_Atomic uint64_t ns;
};

/* The buckets' upper bounds in seconds, as Prometheus writes them. */
extern const char *const connect_bounds[CONNECT_BUCKETS];

/* One loop's part. */
struct connect;

/* NULL: no memory. */
struct connect *connect_open(const struct connect_settings *, struct lines *);
/* Close the lines first: that answers what is pending. */
void connect_close(struct connect *);

/* Answer a request whose path is that of a method, or of none. */
void connect_request(struct connect *, struct http_request *);

/* The header line that goes with a refusal, or "". */
void connect_extra(enum connect_refusal, unsigned wait_s, char line[static 64]);

/* Refuse a request for a reason of the gateway's own; wait_s: when to come again, 0: not said. */
void connect_refuse(struct connect *, struct http_request *, enum connect_refusal, unsigned wait_s);

/* The counters of service i in this loop; readable from any thread. */
const struct connect_counters *connect_count(const struct connect *, size_t i);
/* Requests that no service is named for. */
uint64_t connect_unrouted(const struct connect *);
