#pragma once
/* The gateway: an HTTP server whose requests go to the services. */

#include <stdbool.h>
#include <stdint.h>

#include "gateway/access.h"
#include "gateway/connect.h"
#include "gateway/document.h"
#include "gateway/door.h"
#include "gateway/http.h"
#include "gateway/lines.h"
#include "gateway/site.h"
#include "gateway/stream.h"

struct gateway;

struct gateway_settings {
	struct http_settings http;
	struct connect_settings connect;
	struct access_settings access;
	const char *door; /* where integrators come in over ZeroMQ; empty: nowhere */
	const struct documents *documents;
	const struct site *site;	 /* the dashboard */
	struct streams_settings streams; /* what it points to is set by the gateway */
	void *zmq;
};

/* Bind and start the loops.  NULL: why says what failed.  What the settings point to must outlive
 * the gateway. */
struct gateway *gateway_open(const struct gateway_settings *, char why[static 256]);
uint16_t gateway_port(const struct gateway *);

/* Take no more, answer what is in flight; returns when all loops have ended. */
void gateway_close(struct gateway *);

/* Read "127.0.0.1:8080", "[::1]:8080" or "localhost:8080".  false: malformed. */
bool gateway_address(const char *text, char address[static 46], uint16_t *port, bool *loopback);

/* Read the certificate again. */
void gateway_reload(struct gateway *);
