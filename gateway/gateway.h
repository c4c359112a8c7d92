#pragma once
/* The gateway: an HTTP server whose requests go to the services. */

#include <stdbool.h>
#include <stdint.h>

#include "gateway/connect.h"
#include "gateway/http.h"
#include "gateway/lines.h"

struct gateway;

struct gateway_settings {
	struct http_settings http;
	struct connect_settings connect;
	void *zmq;
};

/* Bind and start the loops.  NULL: why says what failed.  What the settings point to must outlive
 * the gateway. */
struct gateway *gateway_open(const struct gateway_settings *, char why[static 256]);
uint16_t gateway_port(const struct gateway *);

/* Take no more, answer what is in flight; returns when all loops have ended. */
void gateway_close(struct gateway *);

/* Read "127.0.0.1:8080", "[::1]:8080" or "localhost:8080".  false: malformed, or not loopback. */
bool gateway_address(const char *text, char address[static 46], uint16_t *port);
