#pragma once
/* Who asks: a token, a browser's session or a CURVE key becomes the principal whose office it is.
 *
 * Accounts, tokens and keys are records of personnel; the gateway keeps them as their journal goes
 * on and looks at each request, so that a revocation holds as soon as its event has come.  Until they
 * were read once, nobody is known.  While personnel cannot be reached, what was last known goes on
 * for stale_s seconds. */

#include <stdbool.h>
#include <stdint.h>

#include "gateway/connect_head.h"
#include "gateway/feed.h"
#include "gateway/lines.h"

struct access;
struct connect;

struct access_settings {
	bool principals; /* development: believe the header Shegong-Principal, know no token */
	unsigned stale_s;
	unsigned session_s;
	unsigned per_account; /* requests a second, with a burst of twice as many; 0: any number */
	unsigned per_address;
	unsigned failures; /* from one address a minute */
};

/* The feed is subscribed to, so open it before and start it after.  The settings are copied; the
 * services must outlive it.  NULL: errno says why. */
struct access *access_open(const struct access_settings *, void *zmq, const struct lines_services *,
			   struct feed *);
/* Start to read.  0, or an errno. */
int access_start(struct access *);
/* After the feed and the loops. */
void access_close(struct access *);

/* What somebody showed, to look at again later. */
struct access_proof {
	enum { PROOF_NONE, PROOF_TOKEN, PROOF_SESSION, PROOF_KEY } kind;
	uint8_t secret[32];
};

/* Who sends the request.  changes: it may change something, so that one with a cookie must come
 * from a page of ours.  CONNECT_FINE, and caller has the principal; else why not, and *wait_s says
 * after how many seconds to come again (0: not said).  proof may be NULL. */
enum connect_refusal access_who(struct access *, const struct http_request *, bool changes,
				struct caller *caller, struct access_proof *proof,
				unsigned *wait_s);

/* Whether the address may ask just now, for what is asked without saying who one is.  false: *wait_s
 * says after how many seconds. */
bool access_address(struct access *, const struct http_request *, unsigned *wait_s);

/* Who holds that CURVE key.  false: nobody, or nobody is known just now. */
bool access_key(struct access *, const uint8_t key[static 32], struct caller *caller);

/* Changes whenever accounts, tokens, keys or sessions have changed: then look again. */
uint64_t access_generation(struct access *);

/* The principal as it is now.  false: the proof does not hold any more. */
bool access_again(struct access *, const struct access_proof *, struct caller *caller);

/* Whether it can say who asks; why not otherwise. */
bool access_ready(struct access *, const char **because);

/* POST a token, GET who one is, DELETE: /v1/session. */
void access_session(struct access *, struct connect *, struct http_request *);
