/* Sealed texts: what is kept of people can be read only with a key of theirs, and is gone for ever
 * when the key is.  The keys lie in a file beside the store, seal.keys; each is wrapped by a master
 * key that is not in the store's directory.
 *
 * Why a file of its own: an erasure must leave no key behind, and whatever was once in the journal,
 * in the redo log or on a page of LMDB stays there, in place of which nothing is ever written on
 * purpose.  A slot of this file is overwritten where it stands.
 *
 * A key is kept under a pseudonym: 64 characters of 0-9 a-f, made by chance, which say nothing of
 * whose it is.  A slot may also hold a keyed hash of an identifier (an identity number), by which
 * the pseudonym is found again.  That hash is in no record and in no event: whoever has the key of
 * the hash can try all identity numbers there are in an hour, so it must go with the slot.  Then a
 * pseudonym leads nowhere.
 *
 * The file, numbers as bytes, 256 bytes each:
 *
 *     the head      0  "SGSEALS" 01
 *                   8  of which master key   | 16 bytes: its keyed hash
 *                  24  nonce                 | 24 bytes
 *                  48  the hash key, wrapped | 32 + 16 bytes; made with the file, never changed
 *     a slot        0  pseudonym             | 32 bytes
 *                  32  hash of an identifier | 32 bytes; zeros: none
 *                  64  nonce                 | 24 bytes
 *                  88  the key, wrapped      | 32 + 16 bytes
 *     a free slot      zeros
 *
 * The rest is zeros.  Wrapping is XChaCha20-Poly1305 over what stands before the nonce, so a slot
 * that was damaged, or is another store's, is known as such.
 *
 * A sealed text, as records have it (a field of bytes):
 *
 *                   0  algorithm  | 1: XChaCha20-Poly1305 (an assessment may ask for another one)
 *                   1  nonce      | 24 bytes
 *                  25  the text, filled up to a multiple of 32 bytes, and 16 bytes of proof
 *
 * sealed together with the service's name, the pseudonym and the field's name, so that it is of no
 * use in another's place.
 *
 * In which order things reach the disk:
 *   - a key before the event that needs it: seal_sync comes before a batch becomes durable.  If that
 *     fails, or power does, a key is there that nobody uses; it does no harm.
 *   - the event of an erasure before the key is destroyed, and the key before the answer.  What a
 *     crash between the two leaves is destroyed at the next start, by the store's own list of who is
 *     erased.  So an old seal.keys that is put back beside a store loses those keys again.
 *
 * Copies (for whoever makes backups): copy seal.keys after the store, so that no key is missing; a
 * copy from before an erasure can still be opened by the master key.  It cannot once the master key
 * has been changed and the old one is destroyed, nor can what a disk may keep of an overwritten
 * block.  Neither can anything be read when the master key is lost: keep a copy of it elsewhere. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SEAL_KEY_SIZE = 32,
	SEAL_NAME_SIZE = 65, /* of a pseudonym, with its NUL */
	SEAL_TEXT_MAX = 256, /* the longest text that is sealed */
};

struct seal;

/* Reads a master key: a file of 32 bytes, or of 64 characters 0-9 a-f, that only its owner may read.
 * False: why says what is wrong. */
bool seal_key_read(const char *path, uint8_t key[static SEAL_KEY_SIZE], char why[static 256]);

/* Opens the file in dir, or makes it.  before: the master key until now, where it is being changed
 * (else NULL): if the file is still of that one, all is wrapped anew in a second file, which then
 * takes the first one's place.  NULL: why says what is wrong, *exit_code which kind it is. */
struct seal *seal_open(const char *dir, const char *service,
		       const uint8_t master[static SEAL_KEY_SIZE], const uint8_t *before,
		       int *exit_code, char why[static 256]);
void seal_close(struct seal *);

/* True where there was no file until now. */
bool seal_is_new(const struct seal *);

/* How many slots hold something that the master key does not open. */
size_t seal_damaged(const struct seal *);

/* A key that no file shows, for hashes of requests that name somebody (answer.h). */
const uint8_t *seal_hash_key(const struct seal *);

/* --- The writer: one thread -------------------------------------------------------------------- */

/* Makes a key under a new pseudonym; identifier may be empty.  False: no memory. */
bool seal_make(struct seal *, const char *identifier, char name[static SEAL_NAME_SIZE]);

/* How many have been made since the last seal_sync; seal_back takes back those after the first n. */
size_t seal_made(const struct seal *);
void seal_back(struct seal *, size_t n);

/* Makes durable what was made.  0, or a fault (errno). */
int seal_sync(struct seal *);

/* From now on nobody finds it; false: no memory.  seal_destroy then overwrites the slots and waits for the disk: 0, or
 * a fault, after which the program must end.  seal_remember: they are to be found again. */
bool seal_forget(struct seal *, const char *name);
int seal_destroy(struct seal *);
void seal_remember(struct seal *);

/* --- Any thread -------------------------------------------------------------------------------- */

/* The pseudonym of the i-th slot; false: past the last.  Empty: nobody can be found by it. */
bool seal_at(struct seal *, size_t i, char name[static SEAL_NAME_SIZE]);

/* Finds the pseudonym of an identifier; false: there is none. */
bool seal_find(struct seal *, const char *identifier, char name[static SEAL_NAME_SIZE]);

/* How many bytes a sealed text of len bytes takes. */
size_t seal_size(size_t len);

/* Seals the text into seal_size(strlen(text)) bytes.  False: there is no such key. */
bool seal_text(struct seal *, const char *name, const char *field, const char *text,
	       uint8_t *sealed);

/* Opens what was sealed into text, of size bytes.  False: there is no such key, or it is not what was
 * sealed under it for that field. */
bool seal_open_text(struct seal *, const char *name, const char *field, const uint8_t *sealed,
		    size_t sealed_size, char *text, size_t size);
