/* Copies of a store: made piece by piece while it serves, and made into a store again.
 *
 * A copy is what LMDB had when it was begun, every key with its value, in the order of the databases
 * and of their keys.  It holds nothing of the redo log, so that it is complete by itself; and nothing
 * of the shape of LMDB's pages, so that a damaged one is not copied on unseen.  It is a series of
 * entries after "SHEGONG STORE 1\n"; numbers are stored as the machine has them:
 *
 *      'd'  name size (2)                    name           a database, its keys follow
 *      'p'  key size (2)   value size (4)    key, value     a key and its value
 *      'f'  name size (2)  size (4)          name, bytes    the next bytes of a file beside the store
 *      'e'  keys (8)                                        the end: how many keys there were
 *
 * The files come last, so that what the store needs of them is there: they may be ahead of it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "engine/engine.h"

/* The files beside a store that are copied with it, where they are there; ends with NULL. */
extern const char *const backup_files[];

/* --- Taking one -------------------------------------------------------------------------------- */

struct backup;

struct backup *backup_open(void);
void backup_close(struct backup *);

struct backup_piece {
	char id[EPOCH_SIZE]; /* of the copy */
	uint8_t *bytes;
	size_t size;
	bool last;
	struct standing standing; /* of the store in it */
};

/* The piece at offset of the copy of that id; with the id "" the first of a new one.  bytes are taken
 * from the allocator.  False: there is no such copy any more, or *fault says what is wrong. */
bool backup_ask(struct engine *, const char *id, uint64_t offset, ProtobufCAllocator *,
		struct backup_piece *, int *fault);

/* Ends a copy that nobody asks for any more: what it reads from keeps a store from reusing pages. */
void backup_look(struct backup *);

/* Notes that a whole copy was handed out now; when the last one was, seconds since 1970; 0: never. */
void backup_done(const char *dir);
uint64_t backup_done_at(const char *dir);

/* --- Making a store of one --------------------------------------------------------------------- */

/* Makes dir/data.mdb of the copy in a file; dir must not have a store.  restored is the name of the
 * restoring, one for all stores restored together, which gives each a new epoch: who has followed the
 * history that went on after the copy must not take the one that goes on now for the same.  NULL: the
 * epochs stay.  0, or an exit code: why says what is wrong, and there is no store. */
int backup_load(const char *file, const char *dir, size_t map_bytes, const char *restored,
		char why[static 256]);
