#include "engine/redo.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

enum {
	BLOCK = 4096,
	HASH = 32,
	NUMBER_AT = 8 + REDO_EPOCH_SIZE,
	SIZE_AT = NUMBER_AT + 8,
	HASH_AT = SIZE_AT + 8,
	HEADER = HASH_AT + HASH,
	CHANGE_HEADER = 9,
	DATABASES_MAX = 4096,
	SHARE = 8,		/* what one entry may take of the log */
	KEPT_MAX = 1024 * 1024, /* a single large batch must not hold its memory for ever */
};

static const uint8_t magic[8] = { 'S', 'H', 'E', 'G', 'O', 'N', 'G', 1 };

struct redo {
	int fd;
	uint64_t size, at; /* of the file; of the next entry */
	char epoch[REDO_EPOCH_SIZE];
	/* The entry in the making, with its header. */
	uint8_t *entry;
	size_t used, room;
	bool too_large;
	bool named[DATABASES_MAX];
	int fault; /* the first met in reading */
};

/* --- Opening ----------------------------------------------------------------------------------- */

struct redo *redo_open(const char *dir, const char epoch[static REDO_EPOCH_SIZE], bool make,
		       int *fault)
{
	struct redo *redo = calloc(1, sizeof(*redo));
	char path[PATH_MAX];
	struct stat file;

	*fault = ENOMEM;
	if (!redo)
		return NULL;
	memcpy(redo->epoch, epoch, REDO_EPOCH_SIZE);
	snprintf(path, sizeof(path), "%s/redo.log", dir);
	redo->fd = open(path, O_RDWR | O_CLOEXEC | (make ? O_CREAT : 0), 0600);
	if (redo->fd < 0 || fstat(redo->fd, &file) != 0) {
		*fault = errno == ENOENT ? 0 : errno;
		redo_close(redo);
		return NULL;
	}
	redo->size = (uint64_t)file.st_size / BLOCK * BLOCK;
	redo_begin(redo);
	return redo;
}

void redo_close(struct redo *redo)
{
	if (!redo)
		return;
	if (redo->fd >= 0)
		close(redo->fd);
	free(redo->entry);
	free(redo);
}

/* Page by page, as in store.c, and for the same reason. */
void redo_grow(struct redo *redo, uint64_t bytes)
{
	static const uint8_t zeros[BLOCK];
	uint64_t size = redo->size;

	if (size >= bytes)
		return;
	while (size < bytes && pwrite(redo->fd, zeros, BLOCK, (off_t)size) == BLOCK)
		size += BLOCK;
	if (fsync(redo->fd) == 0)
		redo->size = size;
}

/* --- Writing ----------------------------------------------------------------------------------- */

void redo_begin(struct redo *redo)
{
	if (redo->room > KEPT_MAX) {
		free(redo->entry);
		redo->entry = NULL;
		redo->room = 0;
	}
	redo->used = HEADER;
	redo->too_large = false;
	memset(redo->named, 0, sizeof(redo->named));
}

/* Room for so many bytes more, and for the zeros at the end; NULL: the entry is too large. */
static uint8_t *take(struct redo *redo, size_t size)
{
	size_t wanted = redo->used + size + BLOCK;

	if (redo->too_large || wanted > redo->size / SHARE + BLOCK) {
		redo->too_large = true;
		return NULL;
	}
	if (wanted > redo->room) {
		size_t room = wanted * 2;
		uint8_t *grown = realloc(redo->entry, room);

		if (!grown) {
			redo->too_large = true;
			return NULL;
		}
		redo->entry = grown;
		redo->room = room;
	}
	redo->used += size;
	return redo->entry + redo->used - size;
}

static void add(struct redo *redo, char kind, unsigned database, const void *key, size_t key_size,
		const void *value, size_t size)
{
	uint8_t *at = take(redo, CHANGE_HEADER + key_size + size);
	uint16_t short_database = (uint16_t)database, short_key = (uint16_t)key_size;
	uint32_t value_size = (uint32_t)size;

	if (!at)
		return;
	assert(key_size <= UINT16_MAX && size <= UINT32_MAX);
	at[0] = (uint8_t)kind;
	memcpy(at + 1, &short_database, sizeof(short_database));
	memcpy(at + 3, &short_key, sizeof(short_key));
	memcpy(at + 5, &value_size, sizeof(value_size));
	memcpy(at + CHANGE_HEADER, key, key_size);
	if (size)
		memcpy(at + CHANGE_HEADER + key_size, value, size);
}

void redo_note(struct redo *redo, unsigned database, const char *name, const void *key,
	       size_t key_size, const void *value, size_t size)
{
	assert(database < DATABASES_MAX);
	if (!redo->named[database])
		add(redo, 'd', database, name, strlen(name), NULL, 0);
	redo->named[database] = true;
	add(redo, value ? 'p' : 'x', database, key, key_size, value, value ? size : 0);
}

static void hash_of(const uint8_t *entry, size_t size, uint8_t hash[static HASH])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, HASH);
	crypto_generichash_update(&state, entry, HASH_AT);
	crypto_generichash_update(&state, entry + HEADER, size);
	crypto_generichash_final(&state, hash, HASH);
}

static size_t whole_blocks(size_t size)
{
	return (size + BLOCK - 1) / BLOCK * BLOCK;
}

int redo_append(struct redo *redo, uint64_t number)
{
	const size_t whole = whole_blocks(redo->used);
	const uint64_t size = redo->used - HEADER;

	if (redo->too_large || !redo->entry || whole > redo->size - redo->at)
		return EFBIG;
	memcpy(redo->entry, magic, sizeof(magic));
	memcpy(redo->entry + sizeof(magic), redo->epoch, REDO_EPOCH_SIZE);
	memcpy(redo->entry + NUMBER_AT, &number, sizeof(number));
	memcpy(redo->entry + SIZE_AT, &size, sizeof(size));
	hash_of(redo->entry, size, redo->entry + HASH_AT);
	memset(redo->entry + redo->used, 0, whole - redo->used);
	for (size_t written = 0; written < whole;) {
		ssize_t n = pwrite(redo->fd, redo->entry + written, whole - written,
				   (off_t)(redo->at + written));

		if (n == 0)
			return EIO;
		/* Less than the entry does not count: its hash would not fit. */
		if (n < 0 && errno == ENOSPC && written < redo->used)
			return EFBIG;
		if (n < 0 && errno != EINTR)
			return errno;
		written += n > 0 ? (size_t)n : 0;
	}
	if (fdatasync(redo->fd) != 0)
		return errno;
	redo->at += whole;
	return 0;
}

void redo_rewind(struct redo *redo)
{
	redo->at = 0;
}

/* --- Reading ----------------------------------------------------------------------------------- */

static bool bytes_read(struct redo *redo, void *bytes, size_t size, uint64_t at)
{
	size_t have = 0;

	while (have < size && !redo->fault) {
		ssize_t n =
			pread(redo->fd, (uint8_t *)bytes + have, size - have, (off_t)(at + have));

		if (n == 0)
			redo->fault = EIO;
		if (n < 0 && errno != EINTR)
			redo->fault = errno;
		have += n > 0 ? (size_t)n : 0;
	}
	return have == size;
}

/* Whether a header of this store stands at a place: its batch's number, and its changes' size. */
static bool header_read(struct redo *redo, uint64_t at, uint64_t *number, uint64_t *size)
{
	uint8_t header[HEADER];

	if (at + HEADER > redo->size || !bytes_read(redo, header, HEADER, at))
		return false;
	memcpy(number, header + NUMBER_AT, sizeof(*number));
	memcpy(size, header + SIZE_AT, sizeof(*size));
	return memcmp(header, magic, sizeof(magic)) == 0 &&
	       memcmp(header + sizeof(magic), redo->epoch, REDO_EPOCH_SIZE) == 0 &&
	       *size <= redo->size - at - HEADER;
}

static bool entry_read(struct redo *redo, uint64_t at, struct redo_entry *entry)
{
	uint8_t hash[HASH];
	uint64_t size;

	if (!header_read(redo, at, &entry->number, &size))
		return false;
	entry->size = HEADER + size;
	entry->at = HEADER;
	entry->bytes = malloc(entry->size);
	if (!entry->bytes)
		redo->fault = ENOMEM;
	if (entry->bytes && bytes_read(redo, entry->bytes, entry->size, at)) {
		hash_of(entry->bytes, size, hash);
		if (memcmp(hash, entry->bytes + HASH_AT, HASH) == 0)
			return true;
	}
	free(entry->bytes);
	entry->bytes = NULL;
	return false;
}

bool redo_read(struct redo *redo, uint64_t *at, uint64_t number, struct redo_entry *entry)
{
	if (!entry_read(redo, *at, entry))
		return false;
	if (entry->number != number) {
		free(entry->bytes);
		return false;
	}
	*at += whole_blocks(entry->size);
	return true;
}

bool redo_next(struct redo_entry *entry, struct redo_change *change)
{
	const uint8_t *at = entry->bytes + entry->at;
	uint16_t database, key_size;
	uint32_t size;

	if (entry->size - entry->at < CHANGE_HEADER)
		return false;
	memcpy(&database, at + 1, sizeof(database));
	memcpy(&key_size, at + 3, sizeof(key_size));
	memcpy(&size, at + 5, sizeof(size));
	if (entry->size - entry->at - CHANGE_HEADER < (size_t)key_size + size)
		return false;
	*change = (struct redo_change){ .kind = (char)at[0],
					.database = database,
					.key = at + CHANGE_HEADER,
					.key_size = key_size,
					.value = at + CHANGE_HEADER + key_size,
					.size = size };
	entry->at += CHANGE_HEADER + (size_t)key_size + size;
	return true;
}

bool redo_has_later(struct redo *redo, uint64_t number)
{
	for (uint64_t at = 0; at < redo->size; at += BLOCK) {
		struct redo_entry entry;
		uint64_t of, size;

		if (!header_read(redo, at, &of, &size) || of <= number)
			continue;
		if (entry_read(redo, at, &entry)) {
			free(entry.bytes);
			return true;
		}
	}
	return false;
}

int redo_fault(const struct redo *redo)
{
	return redo->fault;
}
