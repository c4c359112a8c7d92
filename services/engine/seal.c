#include "engine/seal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "engine/folder.h"
#include "engine/store.h"

enum {
	SLOT = 256,
	NAME = 32,
	IDENTIFIER_AT = NAME,
	NONCE_AT = IDENTIFIER_AT + 32,
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	PROOF = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	WRAPPED_AT = NONCE_AT + NONCE,
	WRAPPED = SEAL_KEY_SIZE + PROOF,
	SLOT_USED = WRAPPED_AT + WRAPPED,

	MASTER_AT = 8,
	MASTER = 16,
	HEAD_NONCE_AT = MASTER_AT + MASTER,
	HEAD_WRAPPED_AT = HEAD_NONCE_AT + NONCE,

	ALGORITHM = 1,
	TEXT_AT = 1 + NONCE,
	FILLED_TO = 32,
	PLAIN_MAX = SEAL_TEXT_MAX + FILLED_TO,
	CELLS_FIRST = 1024,
};

static const uint8_t magic[MASTER_AT] = { 'S', 'G', 'S', 'E', 'A', 'L', 'S', 1 };
static const uint8_t nothing[SLOT];

/* Of a slot, as it is in the file; of a free one zeros. */
struct slot {
	uint8_t bytes[SLOT_USED];
	bool forgotten; /* nobody finds it any more; it is to be destroyed */
};

/* Slots by their pseudonyms or by their identifiers: numbers of slots, 0 for none, in the first free
 * cell from where the hash points to.  A number stays in its cell when the slot changes hands: what
 * is found is compared with what was asked for. */
struct cells {
	uint32_t *of;
	size_t n, used;
};

struct secrets {
	uint8_t master[SEAL_KEY_SIZE], hash[SEAL_KEY_SIZE], identifiers[SEAL_KEY_SIZE];
	uint8_t spread[crypto_shorthash_KEYBYTES];
};

struct seal {
	char service[32], path[PATH_MAX];
	int fd;
	struct secrets *secrets;
	bool is_new;
	size_t n, room, n_damaged;
	struct slot *slots;
	struct cells names, identifiers;
	/* The writer's: numbers of slots. */
	size_t n_made, made_max, n_dying, dying_max, free_from;
	uint32_t *made, *dying;

	pthread_rwlock_t guard;
};

/* --- The master key ---------------------------------------------------------------------------- */

bool seal_key_read(const char *path, uint8_t key[static SEAL_KEY_SIZE], char why[static 256])
{
	char text[SEAL_KEY_SIZE * 2 + 2];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat file;
	ssize_t size = -1;
	size_t decoded;
	bool read_whole = false;

	if (fd < 0 || fstat(fd, &file) != 0) {
		snprintf(why, 256, "%.160s: %s", path, strerror(errno));
	} else if (!S_ISREG(file.st_mode) || file.st_mode & 077) {
		snprintf(why, 256, "%.160s: others than its owner may read it", path);
	} else if ((size = read(fd, text, sizeof(text))) == SEAL_KEY_SIZE) {
		memcpy(key, text, SEAL_KEY_SIZE);
		read_whole = true;
	} else {
		read_whole = size >= SEAL_KEY_SIZE * 2 &&
			     (size == SEAL_KEY_SIZE * 2 || text[SEAL_KEY_SIZE * 2] == '\n') &&
			     sodium_hex2bin(key, SEAL_KEY_SIZE, text, SEAL_KEY_SIZE * 2, NULL,
					    &decoded, NULL) == 0 &&
			     decoded == SEAL_KEY_SIZE;
		snprintf(why, 256, "%.160s: neither 32 bytes nor 64 characters of 0-9 a-f", path);
	}
	if (fd >= 0)
		close(fd);
	sodium_memzero(text, sizeof(text));
	return read_whole;
}

/* Tells master keys apart, and tells nothing of them. */
static void master_mark(const uint8_t master[static SEAL_KEY_SIZE], uint8_t mark[static MASTER])
{
	static const char what[] = "shegong master key";

	crypto_generichash(mark, MASTER, (const uint8_t *)what, sizeof(what), master,
			   SEAL_KEY_SIZE);
}

/* --- Wrapping ----------------------------------------------------------------------------------- */

/* What a wrapped key is bound to: the first bytes of its slot, and whose file it is. */
static size_t bound_to(const struct seal *seal, const uint8_t *from, size_t size,
		       uint8_t to[static 128])
{
	size_t len = strlen(seal->service);

	memcpy(to, from, size);
	memcpy(to + size, seal->service, len);
	return size + len;
}

static void wrap(const struct seal *seal, const uint8_t *master, uint8_t *slot, size_t nonce_at,
		 const uint8_t key[static SEAL_KEY_SIZE])
{
	uint8_t bound[128];
	size_t size = bound_to(seal, slot, nonce_at, bound);

	randombytes_buf(slot + nonce_at, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(slot + nonce_at + NONCE, NULL, key,
						   SEAL_KEY_SIZE, bound, size, NULL,
						   slot + nonce_at, master);
}

static bool unwrap(const struct seal *seal, const uint8_t *master, const uint8_t *slot,
		   size_t nonce_at, uint8_t key[static SEAL_KEY_SIZE])
{
	uint8_t bound[128];
	size_t size = bound_to(seal, slot, nonce_at, bound);

	return crypto_aead_xchacha20poly1305_ietf_decrypt(key, NULL, NULL, slot + nonce_at + NONCE,
							  WRAPPED, bound, size, slot + nonce_at,
							  master) == 0;
}

/* --- Finding slots ------------------------------------------------------------------------------ */

static size_t cell_of(const struct seal *seal, const struct cells *cells,
		      const uint8_t what[static NAME])
{
	uint8_t hash[crypto_shorthash_BYTES];
	uint64_t number;

	crypto_shorthash(hash, what, NAME, seal->secrets->spread);
	memcpy(&number, hash, sizeof(number));
	return (size_t)number & (cells->n - 1);
}

static void cell_fill(const struct seal *seal, struct cells *cells, const uint8_t *what, size_t i)
{
	size_t at = cell_of(seal, cells, what);

	while (cells->of[at])
		at = (at + 1) & (cells->n - 1);
	cells->of[at] = (uint32_t)i + 1;
	cells->used++;
}

/* Makes room for one more, in a table twice as large where half of it is full. */
static bool cells_grow(const struct seal *seal, struct cells *cells, size_t part_at)
{
	struct cells grown = { .n = cells->n ? cells->n * 2 : CELLS_FIRST };

	if (cells->used < cells->n / 2)
		return true;
	while (grown.n < seal->n * 4)
		grown.n *= 2;
	grown.of = calloc(grown.n, sizeof(*grown.of));
	if (!grown.of)
		return false;
	for (size_t i = 0; i < seal->n; i++) {
		const uint8_t *what = seal->slots[i].bytes + part_at;

		if (!sodium_is_zero(what, NAME))
			cell_fill(seal, &grown, what, i);
	}
	free(cells->of);
	*cells = grown;
	return true;
}

/* The slot whose part at part_at is that; NULL: there is none that can be found. */
static struct slot *slot_with(const struct seal *seal, const struct cells *cells, size_t part_at,
			      const uint8_t what[static NAME])
{
	if (!cells->n)
		return NULL;
	for (size_t at = cell_of(seal, cells, what); cells->of[at];
	     at = (at + 1) & (cells->n - 1)) {
		struct slot *slot = &seal->slots[cells->of[at] - 1];

		if (!slot->forgotten && memcmp(slot->bytes + part_at, what, NAME) == 0)
			return slot;
	}
	return NULL;
}

static struct slot *slot_named(const struct seal *seal, const char *name)
{
	uint8_t bytes[NAME];
	size_t len = name ? strlen(name) : 0, size;

	if (len != NAME * 2 || sodium_hex2bin(bytes, NAME, name, len, NULL, &size, NULL) != 0 ||
	    size != NAME)
		return NULL;
	return slot_with(seal, &seal->names, 0, bytes);
}

static void identifier_hash(const struct seal *seal, const char *identifier,
			    uint8_t hash[static NAME])
{
	crypto_generichash(hash, NAME, (const uint8_t *)identifier, strlen(identifier),
			   seal->secrets->identifiers, SEAL_KEY_SIZE);
}

static void name_tell(const struct slot *slot, char name[static SEAL_NAME_SIZE])
{
	sodium_bin2hex(name, SEAL_NAME_SIZE, slot->bytes, NAME);
}

/* --- Opening ------------------------------------------------------------------------------------ */

static bool slots_grow(struct seal *seal)
{
	size_t room = seal->room ? seal->room * 2 : 64;
	struct slot *grown;

	if (seal->n < seal->room)
		return true;
	grown = realloc(seal->slots, room * sizeof(*grown));
	if (!grown)
		return false;
	seal->slots = grown;
	seal->room = room;
	return true;
}

/* Adds a slot as it stands in the file.  What cannot be opened is nobody's: a key that was torn by a
 * crash, and so was never used, or a damaged one, which is lost. */
static bool slot_read(struct seal *seal, const uint8_t bytes[static SLOT])
{
	uint8_t key[SEAL_KEY_SIZE];
	struct slot *slot;

	if (!slots_grow(seal))
		return false;
	slot = &seal->slots[seal->n++];
	*slot = (struct slot){ 0 };
	if (sodium_is_zero(bytes, SLOT))
		return true;
	if (!unwrap(seal, seal->secrets->master, bytes, NONCE_AT, key)) {
		seal->n_damaged++;
		/* Not free either: whoever looks into it may still find a way. */
		slot->forgotten = true;
		memcpy(slot->bytes, bytes, SLOT_USED);
		return true;
	}
	sodium_memzero(key, sizeof(key));
	memcpy(slot->bytes, bytes, SLOT_USED);
	return true;
}

static void keys_derived(struct seal *seal, const uint8_t key[static SEAL_KEY_SIZE])
{
	crypto_kdf_derive_from_key(seal->secrets->identifiers, SEAL_KEY_SIZE, 1, "identity", key);
	crypto_kdf_derive_from_key(seal->secrets->hash, SEAL_KEY_SIZE, 2, "requests", key);
}

static bool head_write(struct seal *seal, int fd, const uint8_t *master,
		       const uint8_t hash_key[static SEAL_KEY_SIZE])
{
	uint8_t head[SLOT] = { 0 };

	memcpy(head, magic, sizeof(magic));
	master_mark(master, head + MASTER_AT);
	wrap(seal, master, head, HEAD_NONCE_AT, hash_key);
	return pwrite(fd, head, SLOT, 0) == SLOT;
}

/* The first head is written under another name, so that there is none or a whole one. */
static bool file_made(struct seal *seal, const char *dir)
{
	uint8_t hash_key[SEAL_KEY_SIZE];
	char made[PATH_MAX + 8];

	snprintf(made, sizeof(made), "%s.new", seal->path);
	randombytes_buf(hash_key, sizeof(hash_key));
	seal->fd = open(made, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	bool done = seal->fd >= 0 && head_write(seal, seal->fd, seal->secrets->master, hash_key) &&
		    fsync(seal->fd) == 0 && rename(made, seal->path) == 0 && folder_sync(dir) == 0;

	sodium_memzero(hash_key, sizeof(hash_key));
	seal->is_new = done;
	return done;
}

/* Writes all of the open file, wrapped by the master key, into a second one that takes its place;
 * then overwrites the first.  A crash before the change of places leaves the first, after it the
 * second; both are whole. */
static bool wrapped_anew(struct seal *seal, const char *dir, const uint8_t *before)
{
	uint8_t slot[SLOT], key[SEAL_KEY_SIZE];
	char made[PATH_MAX + 8];
	off_t at = 0, to = 0;
	ssize_t size = SLOT;
	bool done;
	int fd;

	snprintf(made, sizeof(made), "%s.new", seal->path);
	fd = open(made, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	done = fd >= 0 && pread(seal->fd, slot, SLOT, 0) == SLOT &&
	       unwrap(seal, before, slot, HEAD_NONCE_AT, key) &&
	       head_write(seal, fd, seal->secrets->master, key);
	for (at = to = SLOT; done && (size = pread(seal->fd, slot, SLOT, at)) == SLOT; at += SLOT) {
		/* What the old key does not open, no key opens any more. */
		if (!unwrap(seal, before, slot, NONCE_AT, key))
			continue;
		wrap(seal, seal->secrets->master, slot, NONCE_AT, key);
		done = pwrite(fd, slot, SLOT, to) == SLOT;
		to += SLOT;
	}
	sodium_memzero(key, sizeof(key));
	/* A slot that cannot be read now is not one that is not there. */
	done = done && size >= 0 && fsync(fd) == 0 && rename(made, seal->path) == 0 &&
	       folder_sync(dir) == 0;
	for (off_t over = 0; done && over < at; over += SLOT)
		done = pwrite(seal->fd, nothing, SLOT, over) == SLOT;
	done = done && fdatasync(seal->fd) == 0;
	if (fd >= 0 && !done)
		close(fd);
	if (done) {
		close(seal->fd);
		seal->fd = fd;
	}
	return done;
}

/* True where the file is of the master key, or has been made so. */
static bool head_read(struct seal *seal, const char *dir, const uint8_t *before, int *exit_code,
		      char why[static 256])
{
	uint8_t head[SLOT], mark[MASTER], key[SEAL_KEY_SIZE];

	snprintf(why, 256, "%.160s is no file of keys", seal->path);
	if (pread(seal->fd, head, SLOT, 0) != SLOT || memcmp(head, magic, sizeof(magic)) != 0)
		return false;
	master_mark(seal->secrets->master, mark);
	if (before && memcmp(head + MASTER_AT, mark, MASTER) != 0) {
		master_mark(before, mark);
		if (memcmp(head + MASTER_AT, mark, MASTER) == 0) {
			if (!wrapped_anew(seal, dir, before)) {
				snprintf(why, 256, "%.160s cannot be wrapped anew: %s", seal->path,
					 strerror(errno));
				return false;
			}
			if (pread(seal->fd, head, SLOT, 0) != SLOT)
				return false;
		}
	}
	if (!unwrap(seal, seal->secrets->master, head, HEAD_NONCE_AT, key)) {
		*exit_code = EXIT_SETTINGS;
		snprintf(why, 256, "%.160s is of another master key", seal->path);
		return false;
	}
	keys_derived(seal, key);
	sodium_memzero(key, sizeof(key));
	return true;
}

static bool slots_read(struct seal *seal)
{
	enum { PIECE = 1024 * SLOT };
	uint8_t *piece = malloc(PIECE);
	off_t at = SLOT;
	ssize_t size = 0;
	bool whole = piece != NULL;

	while (whole && (size = pread(seal->fd, piece, PIECE, at)) >= SLOT) {
		for (ssize_t of = 0; of + SLOT <= size && whole; of += SLOT)
			whole = slot_read(seal, piece + of);
		at += size / SLOT * SLOT;
	}
	free(piece);
	return whole && size >= 0 && cells_grow(seal, &seal->names, 0) &&
	       cells_grow(seal, &seal->identifiers, IDENTIFIER_AT);
}

struct seal *seal_open(const char *dir, const char *service,
		       const uint8_t master[static SEAL_KEY_SIZE], const uint8_t *before,
		       int *exit_code, char why[static 256])
{
	struct seal *seal = calloc(1, sizeof(*seal));

	*exit_code = EXIT_FAULT;
	snprintf(why, 256, "no memory");
	if (!seal)
		return NULL;
	seal->fd = -1;
	pthread_rwlock_init(&seal->guard, NULL);
	snprintf(seal->service, sizeof(seal->service), "%s", service);
	snprintf(seal->path, sizeof(seal->path), "%.4000s/seal.keys", dir);
	/* In memory that is not swapped out, and not in a core. */
	seal->secrets = sodium_malloc(sizeof(*seal->secrets));
	if (!seal->secrets) {
		seal_close(seal);
		return NULL;
	}
	memcpy(seal->secrets->master, master, SEAL_KEY_SIZE);
	randombytes_buf(seal->secrets->spread, sizeof(seal->secrets->spread));
	seal->fd = open(seal->path, O_RDWR | O_CLOEXEC);
	if (seal->fd < 0 && (errno != ENOENT || !file_made(seal, dir))) {
		snprintf(why, 256, "%.160s: %s", seal->path, strerror(errno));
	} else if (head_read(seal, dir, before, exit_code, why)) {
		if (slots_read(seal))
			return seal;
		snprintf(why, 256, "%.160s cannot be read", seal->path);
	}
	seal_close(seal);
	return NULL;
}

void seal_close(struct seal *seal)
{
	if (!seal)
		return;
	if (seal->fd >= 0)
		close(seal->fd);
	sodium_free(seal->secrets);
	pthread_rwlock_destroy(&seal->guard);
	free(seal->slots);
	free(seal->names.of);
	free(seal->identifiers.of);
	free(seal->made);
	free(seal->dying);
	free(seal);
}

bool seal_is_new(const struct seal *seal)
{
	return seal->is_new;
}

size_t seal_damaged(const struct seal *seal)
{
	return seal->n_damaged;
}

const uint8_t *seal_hash_key(const struct seal *seal)
{
	return seal->secrets->hash;
}

/* --- The writer --------------------------------------------------------------------------------- */

static bool note(uint32_t **list, size_t *n, size_t *max, size_t slot)
{
	size_t more = *max ? *max * 2 : 64;

	if (*n == *max) {
		uint32_t *grown = realloc(*list, more * sizeof(*grown));

		if (!grown)
			return false;
		*list = grown;
		*max = more;
	}
	(*list)[(*n)++] = (uint32_t)slot;
	return true;
}

/* A free slot, or a new one at the end; NULL: no memory. */
static struct slot *slot_free(struct seal *seal)
{
	for (; seal->free_from < seal->n; seal->free_from++) {
		struct slot *slot = &seal->slots[seal->free_from];

		if (!slot->forgotten && sodium_is_zero(slot->bytes, NAME))
			return slot;
	}
	if (!slots_grow(seal))
		return NULL;
	seal->slots[seal->n] = (struct slot){ 0 };
	return &seal->slots[seal->n++];
}

static bool make(struct seal *seal, const char *identifier, char name[static SEAL_NAME_SIZE])
{
	uint8_t key[SEAL_KEY_SIZE];
	struct slot *slot;
	size_t i;

	if (!cells_grow(seal, &seal->names, 0) ||
	    !cells_grow(seal, &seal->identifiers, IDENTIFIER_AT))
		return false;
	slot = slot_free(seal);
	i = slot ? (size_t)(slot - seal->slots) : 0;
	if (!slot || !note(&seal->made, &seal->n_made, &seal->made_max, i))
		return false;
	randombytes_buf(slot->bytes, NAME);
	if (identifier && *identifier)
		identifier_hash(seal, identifier, slot->bytes + IDENTIFIER_AT);
	randombytes_buf(key, sizeof(key));
	wrap(seal, seal->secrets->master, slot->bytes, NONCE_AT, key);
	sodium_memzero(key, sizeof(key));
	cell_fill(seal, &seal->names, slot->bytes, i);
	if (identifier && *identifier)
		cell_fill(seal, &seal->identifiers, slot->bytes + IDENTIFIER_AT, i);
	name_tell(slot, name);
	return true;
}

bool seal_make(struct seal *seal, const char *identifier, char name[static SEAL_NAME_SIZE])
{
	bool made;

	pthread_rwlock_wrlock(&seal->guard);
	made = make(seal, identifier, name);
	pthread_rwlock_unlock(&seal->guard);
	return made;
}

size_t seal_made(const struct seal *seal)
{
	return seal->n_made;
}

static void slot_empty(struct seal *seal, size_t i)
{
	sodium_memzero(&seal->slots[i], sizeof(seal->slots[i]));
	if (i < seal->free_from)
		seal->free_from = i;
}

void seal_back(struct seal *seal, size_t n)
{
	if (seal->n_made <= n)
		return;
	pthread_rwlock_wrlock(&seal->guard);
	while (seal->n_made > n)
		slot_empty(seal, seal->made[--seal->n_made]);
	pthread_rwlock_unlock(&seal->guard);
}

static int slot_write(struct seal *seal, size_t i)
{
	uint8_t bytes[SLOT] = { 0 };

	memcpy(bytes, seal->slots[i].bytes, SLOT_USED);
	if (pwrite(seal->fd, bytes, SLOT, (off_t)(i + 1) * SLOT) == SLOT)
		return 0;
	return errno ? errno : EIO;
}

int seal_sync(struct seal *seal)
{
	int fault = 0;

	if (seal->n_made == 0)
		return 0;
	errno = 0;
	for (size_t i = 0; i < seal->n_made && !fault; i++)
		fault = slot_write(seal, seal->made[i]);
	if (!fault && fdatasync(seal->fd) != 0)
		fault = errno;
	if (!fault)
		seal->n_made = 0;
	return fault;
}

bool seal_forget(struct seal *seal, const char *name)
{
	struct slot *slot;
	bool noted;

	pthread_rwlock_wrlock(&seal->guard);
	slot = slot_named(seal, name);
	noted = !slot ||
		note(&seal->dying, &seal->n_dying, &seal->dying_max, (size_t)(slot - seal->slots));
	if (slot && noted)
		slot->forgotten = true;
	pthread_rwlock_unlock(&seal->guard);
	return noted;
}

int seal_destroy(struct seal *seal)
{
	int fault = 0;

	if (seal->n_dying == 0)
		return 0;
	errno = 0;
	pthread_rwlock_wrlock(&seal->guard);
	for (size_t i = 0; i < seal->n_dying && !fault; i++) {
		slot_empty(seal, seal->dying[i]);
		fault = slot_write(seal, seal->dying[i]);
	}
	pthread_rwlock_unlock(&seal->guard);
	if (!fault && fdatasync(seal->fd) != 0)
		fault = errno;
	seal->n_dying = 0;
	return fault;
}

void seal_remember(struct seal *seal)
{
	pthread_rwlock_wrlock(&seal->guard);
	while (seal->n_dying > 0)
		seal->slots[seal->dying[--seal->n_dying]].forgotten = false;
	pthread_rwlock_unlock(&seal->guard);
}

/* --- Any thread --------------------------------------------------------------------------------- */

bool seal_at(struct seal *seal, size_t i, char name[static SEAL_NAME_SIZE])
{
	bool there;

	*name = '\0';
	pthread_rwlock_rdlock(&seal->guard);
	there = i < seal->n;
	if (there && !seal->slots[i].forgotten && !sodium_is_zero(seal->slots[i].bytes, NAME))
		name_tell(&seal->slots[i], name);
	pthread_rwlock_unlock(&seal->guard);
	return there;
}

bool seal_find(struct seal *seal, const char *identifier, char name[static SEAL_NAME_SIZE])
{
	uint8_t hash[NAME];
	const struct slot *slot;

	identifier_hash(seal, identifier, hash);
	pthread_rwlock_rdlock(&seal->guard);
	slot = slot_with(seal, &seal->identifiers, IDENTIFIER_AT, hash);
	if (slot)
		name_tell(slot, name);
	pthread_rwlock_unlock(&seal->guard);
	return slot != NULL;
}

static bool key_of(struct seal *seal, const char *name, uint8_t key[static SEAL_KEY_SIZE])
{
	const struct slot *slot;
	bool found;

	pthread_rwlock_rdlock(&seal->guard);
	slot = slot_named(seal, name);
	found = slot && unwrap(seal, seal->secrets->master, slot->bytes, NONCE_AT, key);
	pthread_rwlock_unlock(&seal->guard);
	return found;
}

/* Whose text it is, and which: "personnel", the pseudonym and the field's name. */
static int proof_of(const struct seal *seal, const char *name, const char *field,
		    char text[static 256])
{
	int len = snprintf(text, 256, "%s/%s/%s", seal->service, name, field);

	assert(len > 0 && len < 256);
	return len;
}

static size_t filled(size_t len)
{
	return (len / FILLED_TO + 1) * FILLED_TO;
}

size_t seal_size(size_t len)
{
	return TEXT_AT + filled(len) + PROOF;
}

bool seal_text(struct seal *seal, const char *name, const char *field, const char *text,
	       uint8_t *sealed)
{
	uint8_t key[SEAL_KEY_SIZE], plain[PLAIN_MAX] = { 0 };
	size_t len = strlen(text);
	char whose[256];
	int whose_len = proof_of(seal, name, field, whose);

	if (len > SEAL_TEXT_MAX || !key_of(seal, name, key))
		return false;
	memcpy(plain, text, len);
	sealed[0] = ALGORITHM;
	randombytes_buf(sealed + 1, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		sealed + TEXT_AT, NULL, plain, filled(len), (const uint8_t *)whose,
		(unsigned long long)whose_len, NULL, sealed + 1, key);
	sodium_memzero(key, sizeof(key));
	sodium_memzero(plain, sizeof(plain));
	return true;
}

bool seal_open_text(struct seal *seal, const char *name, const char *field, const uint8_t *sealed,
		    size_t sealed_size, char *text, size_t size)
{
	uint8_t key[SEAL_KEY_SIZE];
	char whose[256];
	int whose_len = proof_of(seal, name, field, whose);
	bool opened;

	if (sealed_size < seal_size(0) || sealed[0] != ALGORITHM ||
	    sealed_size - TEXT_AT - PROOF > size || !key_of(seal, name, key))
		return false;
	opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
			 (uint8_t *)text, NULL, NULL, sealed + TEXT_AT, sealed_size - TEXT_AT,
			 (const uint8_t *)whose, (unsigned long long)whose_len, sealed + 1,
			 key) == 0;
	sodium_memzero(key, sizeof(key));
	/* It was filled up with at least one zero. */
	return opened && text[sealed_size - TEXT_AT - PROOF - 1] == '\0';
}
