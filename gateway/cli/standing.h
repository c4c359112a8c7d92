#pragma once
/* How all services stand, and the wait until they have told each other everything. */

#include "gateway/cli/client.h"
#include "shegong/engine/v1/journal.pb-c.h"

/* How often a service that does not answer is asked again; each time waits for half a second. */
#define STANDING_TRIES 20

struct standing {
	Engine__StatusResponse *of[CLIENT_SERVICES_MAX]; /* NULL: no answer; why says it */
	Engine__Reply *why[CLIENT_SERVICES_MAX];
	size_t n;
};

/* In whose name the command line itself asks. */
Engine__Principal *standing_asker(void);

/* Ask every service.  false: one has not answered.  standing_free it in either case. */
bool standing_ask(struct client *, struct standing *);
void standing_free(struct standing *);

/* Say which services do not answer, and that the same can be run again.  CLI_UNAVAILABLE. */
int standing_unavailable(struct client *);

/* Wait until each service has taken in all that the ones it follows have recorded, and nothing new
 * has come of it.  CLI_DONE; else it is said on stderr. */
int standing_settle(struct client *);

/* The earliest business date of the services.  *virtual tells whether all clocks are virtual. */
const char *standing_date(const struct standing *, bool *virtual);

/* Move all virtual clocks forward to a date, day by day, and settle after each day.  A date that has
 * come already changes nothing.  told, where given, is told each day that has begun. */
int standing_advance(struct client *, const char *date, void (*told)(const char *day));
