/* Answers to commands: how they are made, and what is kept of them.
 *
 * An accepted command's response is the records of its events, so the journal already holds it:
 * what is kept is where.  A refusal is kept as it was said.  Either way the same id with the same
 * bytes gets the same answer for ever. */
#pragma once

#include "engine/running.h"

/* A refusal, counted.  method may be NULL. */
struct packed answer_refused(struct engine *, const Engine__Request *, const struct method *,
			     struct verdict);

/* The response made of the turn's events, counted; the journal's head was then at sequence. */
struct packed answer_accepted(struct engine *, const Engine__Request *, const struct method *,
			      uint64_t sequence);

/* An acceptance with a response of its own, not kept. */
struct packed answer_with(struct engine *, const Engine__Request *, const struct method *,
			  const ProtobufCMessage *response, uint64_t sequence);

/* What makes two requests the same: method, account and body, as received.  key (32 bytes, or NULL)
 * is that of a request which names somebody: by a hash without a key, which stays in the store, one
 * could try whose identity number was in it. */
void answer_fingerprint(const Engine__Request *, const uint8_t *key,
			uint8_t hash[static HASH_SIZE]);

/* The answer that was given to the request's id before, or ID_REUSED; no bytes: there is none. */
struct packed answer_known(struct engine *, const Engine__Request *, const struct method *,
			   const uint8_t hash[static HASH_SIZE]);

/* Keeps the answer for ever.  n_events: how many events the command has just appended. */
void answer_keep_refused(struct engine *, const Engine__Request *,
			 const uint8_t hash[static HASH_SIZE], struct packed reply);
void answer_keep_accepted(struct engine *, const Engine__Request *,
			  const uint8_t hash[static HASH_SIZE], int n_events);
