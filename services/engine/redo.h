/* The redo log of a store, redo.log: what batches have changed, durable before LMDB has it.
 *
 * LMDB's commit writes some twenty pages all over its file and waits for the disk twice.  One entry
 * here is one write and one wait, so a batch is answered after its entry, and LMDB commits many
 * batches at once.  At the next start, what LMDB does not have yet is done again from here.
 *
 * The file is written full of zeros once and then overwritten in place, from its beginning each
 * time that LMDB has everything.  An entry begins on a block of 4096 bytes; numbers are stored as
 * the machine has them, as in LMDB's own file:
 *
 *       0   "SHEGONG" 01   |   what it is
 *       8   epoch          |   32 characters: of which store
 *      40   number         |   8 bytes: of which batch; the next entry has the next
 *      48   size           |   8 bytes: of the changes
 *      56   hash           |   BLAKE2b-256 over the 56 bytes before it and the changes
 *      88   changes        |   one after the other, then zeros to the end of the block
 *
 * A change names its database once in each entry, and then by its number there:
 *
 *       0   kind           |   'd' a database's name, 'p' put, 'x' deleted
 *       1   database       |   2 bytes
 *       3   key size       |   2 bytes
 *       5   value size     |   4 bytes
 *       9   key, value     |   of 'd': the name as the key */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REDO_EPOCH_SIZE = 32 };

struct redo;

/* Opens the log in dir, of the store with that epoch; where there is none it is made, if it is to be.
 * NULL: *fault (errno) says why, or is 0: there is none.  What another store wrote counts as empty. */
struct redo *redo_open(const char *dir, const char epoch[static REDO_EPOCH_SIZE], bool make,
		       int *fault);
void redo_close(struct redo *);

/* Makes the file that large, where the disk has the room; else the log is as large as it is. */
void redo_grow(struct redo *, uint64_t bytes);

/* --- Writing ----------------------------------------------------------------------------------- */

/* Begins an entry; forgets what was noted and not written. */
void redo_begin(struct redo *);

/* Notes a change: key and value are copied; value NULL: the key was deleted. */
void redo_note(struct redo *, unsigned database, const char *name, const void *key, size_t key_size,
	       const void *value, size_t size);

/* Writes the entry and waits until it is on the disk.  EFBIG: it is not there, because the log or the
 * disk has no room for it, or because it is so large that writing it twice would cost more than a
 * commit of LMDB; another fault: nobody knows whether it is there. */
int redo_append(struct redo *, uint64_t number);

/* All entries are done with: the next is written at the beginning. */
void redo_rewind(struct redo *);

/* --- Reading ----------------------------------------------------------------------------------- */

struct redo_entry {
	uint64_t number;
	uint8_t *bytes; /* to be freed */
	size_t size, at;
};

struct redo_change {
	char kind;
	unsigned database;
	size_t key_size, size;
	const uint8_t *key, *value;
};

/* Reads the entry of that number at *at, and moves *at behind it.  False: there is none. */
bool redo_read(struct redo *, uint64_t *at, uint64_t number, struct redo_entry *);

/* The entry's next change; false: there is none, or it is not one. */
bool redo_next(struct redo_entry *, struct redo_change *);

/* True where an entry of a later batch than number stands anywhere in the log.  Entries are written
 * one after the other, each after the one before is on the disk: then the one that is missing was
 * acknowledged, and has been damaged. */
bool redo_has_later(struct redo *, uint64_t number);

/* The first fault (errno) met in reading: what was read ended there for want of a sound disk. */
int redo_fault(const struct redo *);
