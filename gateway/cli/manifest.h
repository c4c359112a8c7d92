#pragma once
/* The manifest of a backup: which copies it holds, of which stores, and where these stood.  It is
 * written last: a folder without one is no backup. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MANIFEST_COPIES_MAX = 16,
	MANIFEST_FOLLOWED_MAX = 8,
	MANIFEST_HASH_SIZE = 65, /* of 32 bytes, in hexadecimal digits */
	MANIFEST_NAME_SIZE = 48,
};

/* How far a store has followed another. */
struct manifest_followed {
	char source[MANIFEST_NAME_SIZE], epoch[MANIFEST_NAME_SIZE];
	uint64_t sequence;
};

/* The copy of one store: the file's size and BLAKE2b-256, the journal's head in it. */
struct manifest_copy {
	char service[MANIFEST_NAME_SIZE], file[MANIFEST_NAME_SIZE];
	uint64_t size;
	char file_hash[MANIFEST_HASH_SIZE];
	char epoch[MANIFEST_NAME_SIZE];
	uint64_t sequence;
	char head_hash[MANIFEST_HASH_SIZE];
	size_t n_followed;
	struct manifest_followed followed[MANIFEST_FOLLOWED_MAX];
};

struct manifest {
	char taken_at[32]; /* RFC 3339, UTC */
	char version[32];  /* of the program that took it */
	size_t n;
	struct manifest_copy copies[MANIFEST_COPIES_MAX];
};

/* Write DIR/manifest.json, so that it is there whole or not at all.  false: errno says why. */
bool manifest_write(const char *dir, const struct manifest *);

/* Read it.  false: said on stderr. */
bool manifest_read(const char *dir, struct manifest *);

/* True where no copy has followed another further than that other goes: only then may they be
 * restored together.  Else what is so stands in why. */
bool manifest_fits(const struct manifest *, char why[static 256]);

/* True where each file is there, with its size and hash.  false: said on stderr. */
bool manifest_files_sound(const char *dir, const struct manifest *);
