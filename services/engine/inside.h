/* What a turn is inside the engine: shared by the files that make turns, unseen by rules. */
#pragma once

#include "base/arena.h"
#include "engine/seal.h"
#include "engine/store.h"
#include "engine/turn.h"

enum { TURN_BUDGET = 8 * 1024 * 1024, STAGED_MAX = 512, FORGOTTEN_MAX = 4 };

/* An event that the turn has accepted: packed at once, applied at its end. */
struct staged {
	const char *type; /* the field's name in the service's event message */
	const ProtobufCMessage
		*member;     /* of the oneof, unpacked again: the rule's own may be gone */
	const uint8_t *body; /* the service's event message, packed */
	size_t size;
};

struct turn {
	struct txn *txn;
	struct arena *arena;
	const Engine__Principal *actor;
	int64_t now_us;
	char today[DAY_TEXT_SIZE];
	bool spent; /* the memory of the turn */
	bool again; /* a reaction has more to do */
	int n_staged;
	struct staged staged[STAGED_MAX];

	struct seal *seal; /* NULL: nothing can be sealed or opened */
	bool lost;	   /* the key of what was to be opened is not there */
	int n_forgotten;
	const char *forgotten[FORGOTTEN_MAX]; /* whose keys are destroyed with the turn's batch */
	const ProtobufCMessage *answer;	      /* what a command answers once; NULL: its records */
};

/* The engine's own refusals. */
enum engine_refusal {
	NOT_FOUND = -1,
	STALE_REVISION = -2,
	FIELD_INVALID = -3,
	FIELD_REQUIRED = -4,
	DATE_IN_FUTURE = -5,
	ALREADY_TAKEN = -6,
	CALLER_NOT_ALLOWED = -7,
	CALLER_UNKNOWN = -8,
	ID_INVALID = -9,
	ID_REUSED = -10,
	METHOD_UNKNOWN = -11,
	BODY_MALFORMED = -12,
	TURN_TOO_LARGE = -13,
	STORE_FULL = -14,
	DEADLINE_PASSED = -15,
	STORE_DAMAGED = -16,
	CLOCK_IS_REAL = -17,
	CLOCK_GOES_BACK = -18,
	PAGE_TOKEN_INVALID = -19,
	STOPPING = -20,
	PEER_NOT_ALLOWED = -620,
	NO_MASTER_KEY = -650,
};

/* A turn at a moment, on an open transaction. */
void turn_open(struct turn *, struct txn *, struct arena *, const Engine__Principal *,
	       int64_t now_us, const char *today);

/* Fills in refused from the service's sentences or the engine's; its Connect code. */
Engine__Code refusal_words(const struct service *, const struct verdict *, struct arena *,
			   Engine__Refused *refused);
