#pragma once
/* A client of all services: the contract, and a line to each service's socket. */

#include <stdbool.h>
#include <stdio.h>

#include "engine/call.h"
#include "engine/peers.h"
#include "gateway/caller.h"
#include "gateway/schema.h"

#define CLIENT_SERVICES_MAX 16

struct client {
	struct schema *schema;
	void *zmq;
	size_t n; /* the services that the contract names, in its order */
	char names[CLIENT_SERVICES_MAX][32];
	struct call *lines[CLIENT_SERVICES_MAX];
};

/* Read the contract, and with it the services' names.  false: said on stderr. */
bool client_contract(struct client *);

/* Where the services are, by the settings. */
struct peers client_peers(void);

/* Read the contract and open the lines.  false: said on stderr.  Close it in either case. */
bool client_open(struct client *);
void client_close(struct client *);

/* Find a method by "personnel.OpenCall", and its service's number.  What every service answers goes
 * by the service's name too: "funding.Status".  NULL: there is none. */
const struct schema_method *client_method(const struct client *, const char *name, size_t *service);

/* The method of that name of the services' common interface: "Status". */
const struct schema_method *client_common(const struct client *, const char *name);

/* Ask the service and wait.  The reply is the caller's: engine__reply__free_unpacked.  What goes
 * wrong on this side comes as a reply too. */
Engine__Reply *client_ask(struct client *, size_t service, Engine__Request *);

/* Ask each service its own request, all at once, and wait. */
void client_ask_each(struct client *, Engine__Request *requests, Engine__Reply **replies);
void client_free_each(struct client *, Engine__Reply **replies);

/* Wait up to 100 ms for news on any line, and take it. */
void client_pump(struct client *);

/* True where a reply says that nothing is known yet: the same again, under the same id. */
bool client_try_again(const Engine__Reply *);

/* The caller in a text such as SHEGONG_AS holds.  false: said on stderr. */
bool client_caller(struct caller *, const char *text);

/* True unless the user's language is Chinese. */
bool client_english(void);

/* Of two sentences the one in the user's language. */
const char *client_word(const char *en, const char *zh);

/* Say on stderr why it was refused: the user's language first, then the other. */
void client_say(const char *what, const Engine__Reply *);
