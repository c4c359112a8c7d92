#pragma once
/* Where somebody stands in all journals, and the text of it that clients keep and bring back.
 *
 * The text is opaque to them: base64 (for URLs, without padding) of
 *
 *     1 | for each journal: name 2, epoch 4, sequence as a varint | sum 2
 *
 * where names and epochs are hashes.  It fits one gateway as well as another with the same
 * services, also after both have been started anew. */

#include "gateway/lines.h"

#define CURSOR_TEXT_SIZE 392 /* of LINES_MAX journals, with a NUL */

struct place {
	bool known;
	uint32_t epoch; /* cursor_epoch of the journal's; 0: whatever it is */
	uint64_t sequence;
};

/* By the services' numbers. */
struct places {
	struct place of[LINES_MAX];
};

/* The hash of an epoch, never 0. */
uint32_t cursor_epoch(const char *epoch);

/* Write the text of the known places.  Its length. */
size_t cursor_write(const struct lines_services *, const struct places *,
		    char to[static CURSOR_TEXT_SIZE]);

/* false: it is not a text that cursor_write has written, or names another set of services. */
bool cursor_read(const struct lines_services *, const char *text, size_t len, struct places *);
