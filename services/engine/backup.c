#include "engine/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "engine/folder.h"
#include "engine/running.h"

enum {
	PIECE = 1024 * 1024,
	ABANDONED_S = 30,
	NAME_MAX_SIZE = 256,
	DATABASES_MAX = 4096,
	LOAD_TOGETHER = 20000,
	FILE_CHUNK = 64 * 1024,
};

const char *const backup_files[] = { "seal.keys", NULL };

static const char magic[] = "SHEGONG STORE 1\n";

/* Before which entry a piece begins. */
struct place {
	uint64_t offset, n_keys;
	MDB_dbi database; /* 0: before everything */
	bool in_database; /* after key, of that database; else before its first */
	size_t key_size;
	uint8_t key[KEY_MAX + 1];
	size_t n_files; /* done with, once there is no further database */
	uint64_t file_at;
};

/* One at a time.  A piece is made from where it begins, so that it can be asked for again. */
struct backup {
	pthread_mutex_t guard;
	char id[EPOCH_SIZE]; /* "": none is under way */
	struct txn txn;
	int64_t asked_s;
	struct standing standing;
	struct place given, next;
};

static int64_t now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* --- Taking one -------------------------------------------------------------------------------- */

struct backup *backup_open(void)
{
	struct backup *backup = calloc(1, sizeof(*backup));

	if (backup)
		pthread_mutex_init(&backup->guard, NULL);
	return backup;
}

static void end(struct backup *backup)
{
	if (*backup->id)
		txn_abort(&backup->txn);
	*backup->id = '\0';
}

void backup_close(struct backup *backup)
{
	if (!backup)
		return;
	end(backup);
	pthread_mutex_destroy(&backup->guard);
	free(backup);
}

void backup_look(struct backup *backup)
{
	/* Who makes a piece just now has not abandoned it. */
	if (pthread_mutex_trylock(&backup->guard) != 0)
		return;
	if (*backup->id && now_s() - backup->asked_s > ABANDONED_S)
		end(backup);
	pthread_mutex_unlock(&backup->guard);
}

static bool begin(struct engine *engine, struct backup *backup, int *fault)
{
	uint8_t random[(EPOCH_SIZE - 1) / 2];

	end(backup);
	if (!txn_read(engine->store, &backup->txn)) {
		*fault = backup->txn.fault;
		return false;
	}
	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(backup->id, sizeof(backup->id), random, sizeof(random));
	backup->standing = (struct standing){ .sequence = backup->txn.head.sequence };
	memcpy(backup->standing.hash, backup->txn.head.hash, HASH_SIZE);
	for (size_t i = 0; i < engine->n_sources; i++)
		cursor_get(&backup->txn, engine->sources[i]->name, &backup->standing.cursors[i]);
	backup->given = backup->next = (struct place){ 0 };
	return true;
}

/* A piece in the making. */
struct making {
	struct backup *backup;
	const struct store *store;
	const char *dir;
	ProtobufCAllocator *allocator;
	struct place at;
	MDB_cursor *cursor;
	uint8_t *bytes;
	size_t size, room;
	bool last;
	int fault;
};

/* Room for an entry; NULL: the piece is full.  One that is larger than a piece is one of its own. */
static uint8_t *take(struct making *making, size_t size)
{
	uint8_t *at;

	if (making->size > 0 && making->size + size > making->room)
		return NULL;
	if (making->size == 0) {
		making->room = size > PIECE ? size : PIECE;
		making->bytes =
			making->allocator->alloc(making->allocator->allocator_data, making->room);
		if (!making->bytes) {
			making->fault = ENOMEM;
			return NULL;
		}
	}
	at = making->bytes + making->size;
	making->size += size;
	making->at.offset += size;
	return at;
}

static bool begin_database(struct making *making, MDB_dbi dbi, const char *name)
{
	const uint16_t size = (uint16_t)strlen(name);
	uint8_t *at = take(making, 3U + size);

	if (!at)
		return false;
	at[0] = 'd';
	memcpy(at + 1, &size, sizeof(size));
	memcpy(at + 3, name, size);
	making->at.database = dbi;
	making->at.in_database = false;
	making->at.key_size = 0;
	return true;
}

static bool add_pair(struct making *making, const MDB_val *key, const MDB_val *value)
{
	const uint16_t key_size = (uint16_t)key->mv_size;
	const uint32_t size = (uint32_t)value->mv_size;
	uint8_t *at = take(making, 7 + key->mv_size + value->mv_size);

	if (!at)
		return false;
	at[0] = 'p';
	memcpy(at + 1, &key_size, sizeof(key_size));
	memcpy(at + 3, &size, sizeof(size));
	memcpy(at + 7, key->mv_data, key_size);
	memcpy(at + 7 + key_size, value->mv_data, size);
	memcpy(making->at.key, key->mv_data, key_size);
	making->at.key_size = key_size;
	making->at.in_database = true;
	making->at.n_keys++;
	return true;
}

/* The keys of the database from where it stands; false: the piece is full, or a fault. */
static bool add_pairs(struct making *making)
{
	MDB_val key = { making->at.key_size, making->at.key }, value;
	int fault = mdb_cursor_open(making->backup->txn.txn, making->at.database, &making->cursor);
	bool full = false;

	if (!fault && making->at.in_database) {
		fault = mdb_cursor_get(making->cursor, &key, &value, MDB_SET_KEY);
		if (!fault)
			fault = mdb_cursor_get(making->cursor, &key, &value, MDB_NEXT);
	} else if (!fault) {
		fault = mdb_cursor_get(making->cursor, &key, &value, MDB_FIRST);
	}
	while (!fault && !full) {
		full = !add_pair(making, &key, &value);
		if (!full)
			fault = mdb_cursor_get(making->cursor, &key, &value, MDB_NEXT);
	}
	if (making->cursor)
		mdb_cursor_close(making->cursor);
	making->cursor = NULL;
	if (fault && fault != MDB_NOTFOUND)
		making->fault = fault;
	return fault == MDB_NOTFOUND;
}

/* The next bytes of an open file; false: the piece is full, there are no more, or a fault. */
static bool add_chunk(struct making *making, int fd, const char *name, bool *ended)
{
	const uint16_t name_size = (uint16_t)strlen(name);
	struct stat file;
	uint64_t left;
	uint32_t size;
	uint8_t *at;

	if (fstat(fd, &file) != 0) {
		making->fault = errno;
		return false;
	}
	left = (uint64_t)file.st_size > making->at.file_at
		       ? (uint64_t)file.st_size - making->at.file_at
		       : 0;
	size = left < FILE_CHUNK ? (uint32_t)left : FILE_CHUNK;
	*ended = size == 0;
	at = *ended ? NULL : take(making, 7U + name_size + size);
	if (!at)
		return false;
	at[0] = 'f';
	memcpy(at + 1, &name_size, sizeof(name_size));
	memcpy(at + 3, &size, sizeof(size));
	memcpy(at + 7, name, name_size);
	if (pread(fd, at + 7 + name_size, size, (off_t)making->at.file_at) != (ssize_t)size)
		making->fault = EIO;
	making->at.file_at += size;
	return !making->fault;
}

/* The files from where it stands; false: the piece is full, or a fault. */
static bool add_files(struct making *making)
{
	const char *name;

	while ((name = backup_files[making->at.n_files])) {
		char path[PATH_MAX];
		bool ended = false;
		int fd;

		snprintf(path, sizeof(path), "%s/%s", making->dir, name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 && errno != ENOENT) {
			making->fault = errno;
			return false;
		}
		while (fd >= 0 && add_chunk(making, fd, name, &ended))
			;
		if (fd >= 0)
			close(fd);
		if (fd >= 0 && !ended)
			return false;
		making->at.n_files++;
		making->at.file_at = 0;
	}
	return true;
}

static void add_end(struct making *making)
{
	uint8_t *at = take(making, 9);

	if (!at)
		return;
	at[0] = 'e';
	memcpy(at + 1, &making->at.n_keys, sizeof(making->at.n_keys));
	making->last = true;
}

static void make_piece(struct making *making)
{
	const char *name;
	uint8_t *first;
	MDB_dbi next;

	if (making->at.offset == 0) {
		first = take(making, sizeof(magic) - 1);
		if (!first)
			return;
		memcpy(first, magic, sizeof(magic) - 1);
	}
	do {
		if (making->at.database && !add_pairs(making))
			return;
		next = store_database_after(making->store, making->at.database, &name);
	} while (next && begin_database(making, next, name));
	if (!next && add_files(making))
		add_end(making);
}

static bool ask(struct engine *engine, const char *id, uint64_t offset,
		ProtobufCAllocator *allocator, struct backup_piece *piece, int *fault)
{
	struct backup *backup = engine->backup;
	struct making making = { backup, engine->store, engine->dir, allocator };

	if (!*id && !begin(engine, backup, fault))
		return false;
	if (*id && strcmp(id, backup->id) != 0)
		return false;
	if (offset != backup->given.offset && offset != backup->next.offset)
		return false;
	making.at = offset == backup->next.offset ? backup->next : backup->given;
	backup->given = making.at;
	backup->asked_s = now_s();
	make_piece(&making);
	backup->next = making.at;
	*fault = making.fault;
	snprintf(piece->id, sizeof(piece->id), "%s", backup->id);
	piece->bytes = making.bytes;
	piece->size = making.size;
	piece->last = making.last;
	piece->standing = backup->standing;
	return !making.fault;
}

bool backup_ask(struct engine *engine, const char *id, uint64_t offset,
		ProtobufCAllocator *allocator, struct backup_piece *piece, int *fault)
{
	bool told;

	*fault = 0;
	pthread_mutex_lock(&engine->backup->guard);
	told = ask(engine, id, offset, allocator, piece, fault);
	pthread_mutex_unlock(&engine->backup->guard);
	return told;
}

/* The time of an empty file says when. */
static void done_path(const char *dir, char path[static PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/backup.done", dir);
}

void backup_done(const char *dir)
{
	char path[PATH_MAX];
	int fd;

	done_path(dir, path);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	(void)futimens(fd, NULL); /* where it fails, the last backup only looks older than it is */
	close(fd);
}

uint64_t backup_done_at(const char *dir)
{
	char path[PATH_MAX];
	struct stat file;

	done_path(dir, path);
	return stat(path, &file) == 0 ? (uint64_t)file.st_mtime : 0;
}

/* --- Making a store of one --------------------------------------------------------------------- */

struct loading {
	FILE *in;
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	char database[NAME_MAX_SIZE];
	const char *dir, *restored;
	uint64_t n_keys;
	uint8_t *value;
	size_t room;
	bool ended;
};

static bool bytes_read(struct loading *loading, void *bytes, size_t size)
{
	return fread(bytes, 1, size, loading->in) == size;
}

/* The epoch of a store restored under a name: the same for itself and for those that follow it. */
static void epoch_renewed(const char *restored, char epoch[static EPOCH_SIZE])
{
	uint8_t hash[(EPOCH_SIZE - 1) / 2];

	crypto_generichash(hash, sizeof(hash), (const uint8_t *)epoch, EPOCH_SIZE - 1,
			   (const uint8_t *)restored, strlen(restored));
	sodium_bin2hex(epoch, EPOCH_SIZE, hash, sizeof(hash));
}

static void renew(const struct loading *loading, const MDB_val *key, MDB_val *value)
{
	char epoch[EPOCH_SIZE] = "";
	bool own = strcmp(loading->database, "meta") == 0 && key->mv_size == 5 &&
		   memcmp(key->mv_data, "epoch", 5) == 0 && value->mv_size == EPOCH_SIZE - 1;
	bool followed = strcmp(loading->database, "cursors") == 0 &&
			value->mv_size == sizeof(struct cursor);

	if (!loading->restored || (!own && !followed))
		return;
	/* A cursor begins with the epoch. */
	memcpy(epoch, value->mv_data, EPOCH_SIZE - 1);
	epoch_renewed(loading->restored, epoch);
	memcpy(value->mv_data, epoch, EPOCH_SIZE - 1);
}

static int load_database(struct loading *loading)
{
	uint16_t size;

	if (!bytes_read(loading, &size, sizeof(size)) || size >= NAME_MAX_SIZE ||
	    !bytes_read(loading, loading->database, size))
		return MDB_CORRUPTED;
	loading->database[size] = '\0';
	return mdb_dbi_open(loading->txn, loading->database, MDB_CREATE, &loading->dbi);
}

static int load_pair(struct loading *loading)
{
	uint16_t key_size;
	uint32_t size;
	uint8_t bytes[KEY_MAX + 1];
	MDB_val key, value;
	int fault;

	if (!loading->dbi || !bytes_read(loading, &key_size, sizeof(key_size)) ||
	    !bytes_read(loading, &size, sizeof(size)) || key_size > KEY_MAX ||
	    !bytes_read(loading, bytes, key_size))
		return MDB_CORRUPTED;
	if (size > loading->room) {
		uint8_t *grown = realloc(loading->value, size);

		if (!grown)
			return ENOMEM;
		loading->value = grown;
		loading->room = size;
	}
	if (!bytes_read(loading, loading->value, size))
		return MDB_CORRUPTED;
	key = (MDB_val){ key_size, bytes };
	value = (MDB_val){ size, loading->value };
	renew(loading, &key, &value);
	fault = mdb_put(loading->txn, loading->dbi, &key, &value, MDB_APPEND);
	if (fault || ++loading->n_keys % LOAD_TOGETHER != 0)
		return fault;
	fault = mdb_txn_commit(loading->txn);
	loading->txn = NULL;
	return fault ? fault : mdb_txn_begin(loading->env, NULL, 0, &loading->txn);
}

static bool file_known(const char *name)
{
	for (const char *const *known = backup_files; *known; known++) {
		if (strcmp(*known, name) == 0)
			return true;
	}
	return false;
}

/* Adds to a file in the folder where the store is made. */
static int load_chunk(struct loading *loading)
{
	uint8_t bytes[FILE_CHUNK];
	char name[NAME_MAX_SIZE], path[PATH_MAX];
	uint16_t name_size;
	uint32_t size;
	int fd, fault = 0;

	if (!bytes_read(loading, &name_size, sizeof(name_size)) ||
	    !bytes_read(loading, &size, sizeof(size)) || name_size >= NAME_MAX_SIZE ||
	    size > FILE_CHUNK || !bytes_read(loading, name, name_size) ||
	    !bytes_read(loading, bytes, size))
		return MDB_CORRUPTED;
	name[name_size] = '\0';
	if (!file_known(name))
		return MDB_CORRUPTED;
	snprintf(path, sizeof(path), "%s/%s", loading->dir, name);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno;
	if (write(fd, bytes, size) != (ssize_t)size || fdatasync(fd) != 0)
		fault = errno ? errno : ENOSPC;
	close(fd);
	return fault;
}

static int load_end(struct loading *loading)
{
	uint64_t n_keys;
	int fault;

	if (!bytes_read(loading, &n_keys, sizeof(n_keys)) || n_keys != loading->n_keys)
		return MDB_CORRUPTED;
	fault = mdb_txn_commit(loading->txn);
	loading->txn = NULL;
	loading->ended = true;
	return fault ? fault : mdb_env_sync(loading->env, 1);
}

static int load(struct loading *loading)
{
	char begins[sizeof(magic) - 1];
	int fault = mdb_txn_begin(loading->env, NULL, 0, &loading->txn);

	if (!fault && (!bytes_read(loading, begins, sizeof(begins)) ||
		       memcmp(begins, magic, sizeof(begins)) != 0))
		fault = MDB_CORRUPTED;
	while (!fault && !loading->ended) {
		switch (fgetc(loading->in)) {
		case 'd':
			fault = load_database(loading);
			break;
		case 'p':
			fault = load_pair(loading);
			break;
		case 'f':
			fault = load_chunk(loading);
			break;
		case 'e':
			fault = load_end(loading);
			break;
		default:
			fault = MDB_CORRUPTED;
		}
	}
	if (loading->txn)
		mdb_txn_abort(loading->txn);
	return fault;
}

static int load_into(struct loading *loading, const char *dir, size_t map_bytes)
{
	int fault = mdb_env_create(&loading->env);

	if (!fault)
		fault = mdb_env_set_maxdbs(loading->env, DATABASES_MAX);
	if (!fault)
		fault = mdb_env_set_mapsize(loading->env, map_bytes);
	if (!fault)
		fault = mdb_env_open(loading->env, dir, MDB_NOSYNC | MDB_NOLOCK, 0600);
	if (!fault)
		fault = load(loading);
	if (loading->env)
		mdb_env_close(loading->env);
	free(loading->value);
	return fault;
}

static void throw_away(const char *dir)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%.4000s/data.mdb", dir);
	unlink(path);
	for (const char *const *name = backup_files; *name; name++) {
		snprintf(path, sizeof(path), "%.4000s/%s", dir, *name);
		unlink(path);
	}
	rmdir(dir);
}

/* Moves one file to its place, where there is one. */
static int move(const char *from, const char *to, const char *name)
{
	char source[PATH_MAX], target[PATH_MAX];

	snprintf(source, sizeof(source), "%.4000s/%s", from, name);
	snprintf(target, sizeof(target), "%.4000s/%s", to, name);
	return rename(source, target) == 0 || errno == ENOENT ? 0 : errno;
}

/* The store stands in a folder of its own until it is whole; then it is moved to its place, after the
 * files that belong to it. */
static int load_and_move(struct loading *loading, const char *dir, size_t map_bytes)
{
	char making[PATH_MAX];
	int fault;

	snprintf(making, sizeof(making), "%s/restore.tmp", dir);
	throw_away(making); /* of a restoring that was interrupted */
	if (mkdir(making, 0700) != 0)
		return errno;
	loading->dir = making;
	fault = load_into(loading, making, map_bytes);
	for (const char *const *name = backup_files; *name && !fault; name++)
		fault = move(making, dir, *name);
	if (!fault)
		fault = folder_sync(dir);
	if (!fault)
		fault = move(making, dir, "data.mdb");
	throw_away(making);
	if (!fault)
		fault = folder_sync(dir);
	return fault ? fault : folder_sync_above(dir);
}

int backup_load(const char *file, const char *dir, size_t map_bytes, const char *restored,
		char why[static 256])
{
	struct loading loading = { .restored = restored };
	char whole[PATH_MAX];
	int fault;

	snprintf(whole, sizeof(whole), "%s/data.mdb", dir);
	if (access(whole, F_OK) == 0) {
		snprintf(why, 256, "there is a store in %.160s already", dir);
		return EXIT_IN_USE;
	}
	if (mkdir(dir, 0700) != 0 && errno != EEXIST) {
		snprintf(why, 256, "%.160s: %s", dir, strerror(errno));
		return EXIT_SETTINGS;
	}
	loading.in = fopen(file, "rbe");
	if (!loading.in) {
		snprintf(why, 256, "%.160s: %s", file, strerror(errno));
		return EXIT_SETTINGS;
	}
	fault = load_and_move(&loading, dir, map_bytes);
	fclose(loading.in);
	if (!fault)
		return 0;
	snprintf(why, 256, "%.160s: %s", file,
		 fault == MDB_CORRUPTED ? "it is damaged, or not the copy of a store"
					: mdb_strerror(fault));
	return EXIT_FAULT;
}
