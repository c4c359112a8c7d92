#include "engine/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <sodium.h>

#include "base/arena.h"
#include "engine/folder.h"
#include "engine/redo.h"

enum {
	SHELVES_MAX = 48,
	DATABASES_MAX = 6 + SHELVES_MAX * (1 + INDEXES_MAX + TALLIES_MAX),
	HANDLES_MAX = DATABASES_MAX + 2, /* LMDB has two of its own */
	READERS_MAX = 126,
	ROOM_FREE_MIB_MIN = 64,
	ROOM_FREE_PERCENT_MIN = 5,
	ROOM_MAP_PERCENT_MAX = 90,
	AHEAD_MIB = 16, /* written in one go when less than AHEAD_MIB_MIN is left */
	AHEAD_MIB_MIN = 4,
};

struct store {
	const struct service *service;
	struct store_options options;
	char dir[PATH_MAX - 64];
	char epoch[EPOCH_SIZE];
	int lock;
	MDB_env *env;
	uint64_t written; /* bytes of the file that have once been written */
	MDB_dbi journal, answers, cursors, erased, parked, meta;
	size_t n_shelves;
	struct shelf shelves[SHELVES_MAX];
	char *names[HANDLES_MAX]; /* of the databases, by their handles */

	/* The writer's: LMDB has all up to the batch settled, the redo log what came after it. */
	struct redo *redo; /* NULL: every batch is settled by itself */
	uint64_t durable, settled;
	MDB_txn *open;	  /* holds what is durable and not settled; NULL: nothing is open */
	struct head head; /* after the last batch in it */
	uint64_t n_replayed;
};

/* --- Opening ----------------------------------------------------------------------------------- */

/* Memory maps and byte locks do not work on these (sys/vfs.h has their numbers as f_type). */
static bool on_shared_file_system(const char *dir)
{
	static const long kinds[] = {
		0x6969 /* NFS */,    0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */,
		0x01021997 /* 9P */, 0x65735546 /* FUSE */,
	};
	struct statfs fs;

	if (statfs(dir, &fs) != 0)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if ((unsigned long)fs.f_type == (unsigned long)kinds[i])
			return true;
	}
	return false;
}

/* A file system in memory has no journal that a growing file would cost. */
static bool in_memory(const char *dir)
{
	struct statfs fs;

	return statfs(dir, &fs) == 0 && (unsigned long)fs.f_type == 0x01021994 /* tmpfs */;
}

static bool lock_taken(struct store *store, int *exit_code, char why[static 256])
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/store.lock", store->dir);
	store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (store->lock < 0) {
		snprintf(why, 256, "%.160s: %s", path, strerror(errno));
		*exit_code = EXIT_SETTINGS;
		return false;
	}
	if (flock(store->lock, LOCK_EX | LOCK_NB) != 0) {
		snprintf(why, 256, "another process has the store in %.160s", store->dir);
		*exit_code = EXIT_IN_USE;
		return false;
	}
	return true;
}

static void open_database(struct txn *txn, MDB_dbi *dbi, const char *kind, const char *table,
			  const char *spec)
{
	char name[256];

	snprintf(name, sizeof(name), "%s%s%s%s%s", kind, table ? ":" : "", table ? table : "",
		 spec ? ":" : "", spec ? spec : "");
	if (!txn->fault)
		txn->fault = mdb_dbi_open(txn->txn, name, MDB_CREATE, dbi);
	if (!txn->fault && !(txn->store->names[*dbi] = strdup(name)))
		txn->fault = ENOMEM;
}

static bool shelves_prepared(struct store *store, char why[static 256])
{
	const struct service *service = store->service;

	for (const struct aggregate *const *a = service->aggregates; *a; a++) {
		for (const struct table *const *t = (*a)->tables; t && *t; t++) {
			assert(store->n_shelves < SHELVES_MAX);
			if (!shelf_prepare(&store->shelves[store->n_shelves++], *t, false, why))
				return false;
		}
	}
	for (const struct copy *c = service->copies; c && c->table; c++) {
		assert(store->n_shelves < SHELVES_MAX);
		if (!shelf_prepare(&store->shelves[store->n_shelves++], c->table, true, why))
			return false;
	}
	return true;
}

static void open_databases(struct store *store, struct txn *txn)
{
	open_database(txn, &store->journal, "journal", NULL, NULL);
	open_database(txn, &store->answers, "answers", NULL, NULL);
	open_database(txn, &store->cursors, "cursors", NULL, NULL);
	open_database(txn, &store->erased, "erased", NULL, NULL);
	open_database(txn, &store->parked, "parked", NULL, NULL);
	open_database(txn, &store->meta, "meta", NULL, NULL);
	for (size_t i = 0; i < store->n_shelves; i++) {
		struct shelf *shelf = &store->shelves[i];
		const char *table = shelf->table->name;

		open_database(txn, &shelf->dbi, shelf->copied ? "c" : "t", table, NULL);
		for (int n = 0; n < shelf->n_indexes; n++)
			open_database(txn, &shelf->indexes[n].dbi, "i", table,
				      shelf->indexes[n].text);
		for (int n = 0; n < shelf->n_tallies; n++)
			open_database(txn, &shelf->tallies[n].dbi, "n", table,
				      shelf->tallies[n].text);
	}
}

static void note(struct txn *txn, MDB_dbi dbi, const MDB_val *key, const MDB_val *value)
{
	struct store *store = txn->store;

	txn->changed = true;
	if (store->redo)
		redo_note(store->redo, dbi, store->names[dbi], key->mv_data, key->mv_size,
			  value ? value->mv_data : NULL, value ? value->mv_size : 0);
}

static void put(struct txn *txn, MDB_dbi dbi, const void *key, size_t key_size, const void *value,
		size_t size, unsigned flags)
{
	MDB_val k = { key_size, (void *)(uintptr_t)key }, v = { size, (void *)(uintptr_t)value };

	if (txn->fault)
		return;
	note(txn, dbi, &k, &v);
	txn->fault = mdb_put(txn->txn, dbi, &k, &v, flags);
}

static void delete (struct txn *txn, MDB_dbi dbi, const void *key, size_t key_size)
{
	MDB_val k = { key_size, (void *)(uintptr_t)key };

	if (txn->fault)
		return;
	note(txn, dbi, &k, NULL);
	txn->fault = mdb_del(txn->txn, dbi, &k, NULL);
}

static void meta_put(struct txn *txn, const char *name, const char *text)
{
	put(txn, txn->store->meta, name, strlen(name), text, strlen(text), 0);
}

static bool meta_get(struct txn *txn, const char *name, char *text, size_t size)
{
	size_t len;
	const char *value = txn_get(txn, txn->store->meta, name, strlen(name), &len);

	if (!value || len >= size)
		return false;
	memcpy(text, value, len);
	text[len] = '\0';
	return true;
}

static void make_meta(struct store *store, struct txn *txn)
{
	uint8_t random[(EPOCH_SIZE - 1) / 2];
	char format[16];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(store->epoch, sizeof(store->epoch), random, sizeof(random));
	snprintf(format, sizeof(format), "%d", STORE_FORMAT);
	meta_put(txn, "format", format);
	meta_put(txn, "service", store->service->name);
	meta_put(txn, "epoch", store->epoch);
	meta_put(txn, "clock", store->options.virtual_clock ? "virtual" : "real");
}

/* True where the store is new, or fits this program and its settings. */
static bool meta_fits(struct store *store, struct txn *txn, char why[static 256])
{
	char format[16], name[64], clock[16];
	const char *wanted = store->options.virtual_clock ? "virtual" : "real";

	if (!meta_get(txn, "format", format, sizeof(format))) {
		make_meta(store, txn);
		return true;
	}
	/* Format 1 is this one before there was a redo log.  What knows only that must not open a
	 * store whose log holds what was acknowledged. */
	if (atoi(format) == 1) {
		snprintf(format, sizeof(format), "%d", STORE_FORMAT);
		meta_put(txn, "format", format);
	}
	if (atoi(format) != STORE_FORMAT) {
		snprintf(why, 256, "the store has format %s, this program reads format %d", format,
			 STORE_FORMAT);
		return false;
	}
	if (!meta_get(txn, "service", name, sizeof(name)) ||
	    strcmp(name, store->service->name) != 0) {
		snprintf(why, 256, "the store is not that of %s", store->service->name);
		return false;
	}
	if (!meta_get(txn, "clock", clock, sizeof(clock)) ||
	    (!store->options.any_clock && strcmp(clock, wanted) != 0)) {
		snprintf(why, 256, "the store was made with a %s clock, which never changes",
			 clock);
		return false;
	}
	return meta_get(txn, "epoch", store->epoch, sizeof(store->epoch));
}

/* The journal's last entry must be the one that the head names, or the tail is damaged. */
static bool tail_sound(struct txn *txn, char why[static 256])
{
	uint8_t hash[HASH_SIZE];
	size_t size;
	const void *bytes;

	if (txn->head.sequence == 0)
		return true;
	bytes = journal_get(txn, txn->head.sequence, &size);
	if (bytes) {
		journal_hash(bytes, size, hash);
		if (memcmp(hash, txn->head.hash, HASH_SIZE) == 0)
			return true;
	}
	snprintf(why, 256, "the journal's event %" PRIu64 " is not the one its head names",
		 txn->head.sequence);
	return false;
}

/* The files of a new store, and its folder: what is acknowledged from now on is in them. */
static bool folder_durable(const char *dir, bool made, char why[static 256])
{
	int fault = folder_sync(dir);

	if (!fault && made)
		fault = folder_sync_above(dir);
	if (fault)
		snprintf(why, 256, "%.160s: %s", dir, strerror(fault));
	return !fault;
}

/* The databases stay open once the transaction ends; where none was new, nothing is written. */
static int commit_databases(struct store *store)
{
	int fault = mdb_txn_commit(store->open);

	store->open = NULL;
	return fault;
}

static void head_get(struct txn *txn);
static uint64_t batch_get(struct store *store);
static int begin_again(struct store *store, uint64_t last, char why[static 256]);

/* Does again what the log holds and LMDB does not have. */
static bool log_followed(struct store *store, char why[static 256])
{
	int fault;

	store->redo = redo_open(store->dir, store->epoch, store->options.redo_bytes > 0, &fault);
	if (!store->redo) {
		snprintf(why, 256, "%.160s/redo.log: %s", store->dir, strerror(fault));
		return fault == 0;
	}
	snprintf(why, 256, "redo.log: ");
	fault = begin_again(store, UINT64_MAX, why);
	if ((!fault || store_fault_is_room(fault)) && redo_has_later(store->redo, store->durable)) {
		snprintf(why, 256,
			 "redo.log: batch %" PRIu64 " is damaged, and later ones are there",
			 store->durable + 1);
		return false;
	}
	if (redo_fault(store->redo))
		fault = redo_fault(store->redo);
	if (!fault)
		store->n_replayed = store->durable - store->settled;
	if (!fault)
		fault = store_settle(store);
	/* Where there is no room now, it is done later; until then it is not seen. */
	if (fault && !store_fault_is_room(fault)) {
		snprintf(why + strlen(why), 256 - strlen(why), "%s", mdb_strerror(fault));
		return false;
	}
	redo_grow(store->redo, store->options.redo_bytes);
	return true;
}

static int environment_opened(struct store *store)
{
	/* Reading ahead would bring in pages that nobody asks for, in large pieces (write_ahead). */
	unsigned flags = MDB_NOTLS | MDB_NORDAHEAD;
	int fault = mdb_env_create(&store->env);

	if (store->options.throwaway)
		flags |= MDB_NOSYNC | MDB_NOLOCK;
	if (!fault)
		fault = mdb_env_set_maxdbs(store->env, DATABASES_MAX);
	if (!fault)
		fault = mdb_env_set_maxreaders(store->env, READERS_MAX);
	if (!fault)
		fault = mdb_env_set_mapsize(store->env, store->options.map_bytes);
	if (!fault)
		fault = mdb_env_open(store->env, store->dir, flags, 0600);
	/* A commit of the process before may have reached the file though it was reported as
	 * failed: what we build on must be on the disk before the first write. */
	if (!fault && !store->options.throwaway)
		fault = mdb_env_sync(store->env, 1);
	return fault;
}

struct store *store_open(const char *dir, const struct service *service,
			 const struct store_options *options, int *exit_code, char why[static 256])
{
	struct store *store = calloc(1, sizeof(*store));
	struct txn txn;
	bool made;
	int fault;

	*exit_code = EXIT_FAULT;
	snprintf(why, 256, "no memory");
	if (!store)
		return NULL;
	store->lock = -1;
	store->service = service;
	store->options = *options;
	snprintf(store->dir, sizeof(store->dir), "%s", dir);
	*exit_code = EXIT_SETTINGS;
	if (!shelves_prepared(store, why))
		goto failed;
	made = mkdir(dir, 0700) == 0;
	if (!made && errno != EEXIST) {
		snprintf(why, 256, "%.160s: %s", dir, strerror(errno));
		goto failed;
	}
	if (on_shared_file_system(dir)) {
		snprintf(why, 256, "%.160s is on a shared file system, where a store is not safe",
			 dir);
		goto failed;
	}
	if (!options->throwaway && !lock_taken(store, exit_code, why))
		goto failed;
	*exit_code = EXIT_FAULT;
	fault = environment_opened(store);
	if (fault || !txn_write(store, &txn)) {
		snprintf(why, 256, "%.160s: %s", dir, mdb_strerror(fault ? fault : txn.fault));
		goto failed;
	}
	open_databases(store, &txn);
	head_get(&txn); /* which could not be read before its database was open */
	store->durable = store->settled = batch_get(store);
	snprintf(why, 256, "%.160s: %s", dir, mdb_strerror(txn.fault));
	*exit_code = EXIT_SETTINGS;
	if (txn.fault || !meta_fits(store, &txn, why)) {
		txn_abort(&txn);
		goto failed;
	}
	*exit_code = EXIT_FAULT;
	fault = txn.changed ? txn_commit(&txn) : commit_databases(store);
	if (fault) {
		snprintf(why, 256, "%.160s: %s", dir, mdb_strerror(fault));
		goto failed;
	}
	if (!options->throwaway && !log_followed(store, why))
		goto failed;
	if (!options->throwaway && !folder_durable(dir, made, why))
		goto failed;
	if (!txn_read(store, &txn) || !tail_sound(&txn, why)) {
		txn_abort(&txn);
		goto failed;
	}
	txn_abort(&txn);
	return store;
failed:
	store_close(store);
	return NULL;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (store->open)
		mdb_txn_abort(store->open);
	redo_close(store->redo);
	if (store->env)
		mdb_env_close(store->env);
	for (size_t i = 0; i < HANDLES_MAX; i++)
		free(store->names[i]);
	if (store->lock >= 0)
		close(store->lock);
	free(store);
}

const struct service *store_service(const struct store *store)
{
	return store->service;
}

const char *store_epoch(const struct store *store)
{
	return store->epoch;
}

const struct shelf *store_shelf(const struct store *store, const struct table *table)
{
	for (size_t i = 0; i < store->n_shelves; i++) {
		if (store->shelves[i].table == table)
			return &store->shelves[i];
	}
	return NULL;
}

const struct shelf *store_shelf_of(const struct store *store,
				   const ProtobufCMessageDescriptor *record, bool copied)
{
	for (size_t i = 0; i < store->n_shelves; i++) {
		if (store->shelves[i].table->record == record && store->shelves[i].copied == copied)
			return &store->shelves[i];
	}
	return NULL;
}

const struct shelf *store_shelf_at(const struct store *store, size_t i)
{
	return i < store->n_shelves ? &store->shelves[i] : NULL;
}

MDB_dbi store_database_after(const struct store *store, MDB_dbi dbi, const char **name)
{
	while (++dbi < HANDLES_MAX) {
		*name = store->names[dbi];
		if (*name)
			return dbi;
	}
	return 0;
}

void store_sizes(struct store *store, uint64_t *map_used, uint64_t *map_size, uint64_t *disk_free)
{
	MDB_envinfo info;
	struct statvfs disk;

	mdb_env_info(store->env, &info);
	*map_used = (info.me_last_pgno + 1) * UINT64_C(4096);
	*map_size = info.me_mapsize;
	*disk_free = statvfs(store->dir, &disk) == 0 ? disk.f_bavail * disk.f_frsize : 0;
}

const char *store_lacks_room(struct store *store)
{
	const uint64_t least = UINT64_C(1024) * 1024 * ROOM_FREE_MIB_MIN;
	struct statvfs disk;
	MDB_envinfo info;

	if (statvfs(store->dir, &disk) == 0) {
		uint64_t all = disk.f_blocks * disk.f_frsize, left = disk.f_bavail * disk.f_frsize;
		uint64_t share = all / 100 * ROOM_FREE_PERCENT_MIN;

		/* On a large disk the percentage would be many gigabytes: 1 GiB is enough there. */
		if (share > least * 16)
			share = least * 16;
		if (left < (share > least ? share : least))
			return "disk";
	}
	mdb_env_info(store->env, &info);
	if ((info.me_last_pgno + 1) * UINT64_C(4096) > info.me_mapsize / 100 * ROOM_MAP_PERCENT_MAX)
		return "map";
	return NULL;
}

/* Keeps zeros written ahead of what is used.  A commit that makes the file grow costs the file
 * system a commit of its own journal beside ours: five times the time of one that overwrites.
 * Page by page: what is written in large pieces stays in large pieces in the kernel's cache, and each
 * page that is changed later makes it walk through the whole piece.
 * What cannot be written ahead (a full disk) is no fault: the commit that needs it will tell. */
static void write_ahead(struct store *store)
{
	static const uint8_t zeros[4096];
	const uint64_t mib = 1024 * 1024;
	uint64_t used, size, disk_free, until;
	mdb_filehandle_t fd;
	MDB_envinfo info;

	if (in_memory(store->dir))
		return;
	mdb_env_info(store->env, &info);
	used = (info.me_last_pgno + 1) * UINT64_C(4096);
	if (store->options.throwaway || mdb_env_get_fd(store->env, &fd) != 0 ||
	    store->written >= used + AHEAD_MIB_MIN * mib)
		return;
	store_sizes(store, &used, &size, &disk_free);
	if (store->written == 0) {
		struct stat file;

		store->written = fstat(fd, &file) == 0 ? (uint64_t)file.st_size : used;
	}
	/* A commit may have gone beyond what was written ahead: its pages are not to be zeros. */
	if (store->written < used)
		store->written = used;
	until = used + AHEAD_MIB * mib;
	if (until > size || disk_free < 4 * AHEAD_MIB * mib)
		return;
	while (store->written < until) {
		ssize_t n = pwrite(fd, zeros, sizeof(zeros), (off_t)store->written);

		if (n <= 0)
			break;
		store->written += (uint64_t)n;
	}
	(void)fdatasync(fd); /* a fault here comes again at the commit that matters */
}

/* --- Transactions ------------------------------------------------------------------------------ */

static void head_get(struct txn *txn)
{
	size_t size;
	const void *bytes = txn_get(txn, txn->store->meta, "head", 4, &size);

	memset(&txn->head, 0, sizeof(txn->head));
	if (bytes && size == sizeof(txn->head))
		memcpy(&txn->head, bytes, size);
}

bool store_fault_is_room(int fault)
{
	return fault == MDB_MAP_FULL || fault == ENOSPC || fault == MDB_TXN_FULL;
}

bool store_unsettled(const struct store *store)
{
	return store->durable != store->settled;
}

uint64_t store_replayed(const struct store *store)
{
	return store->n_replayed;
}

static int fault_of_change(struct store *store, const struct redo_change *change, MDB_dbi dbi)
{
	MDB_val key = { change->key_size, (void *)(uintptr_t)change->key };
	MDB_val value = { change->size, (void *)(uintptr_t)change->value };

	return change->kind == 'p' ? mdb_put(store->open, dbi, &key, &value, 0)
				   : mdb_del(store->open, dbi, &key, NULL);
}

static MDB_dbi database_named(const struct store *store, const uint8_t *name, size_t size)
{
	for (MDB_dbi i = 0; i < HANDLES_MAX; i++) {
		const char *known = store->names[i];

		if (known && strlen(known) == size && memcmp(known, name, size) == 0)
			return i;
	}
	return 0;
}

/* Makes an entry's changes in the open transaction. */
static int do_again(struct store *store, struct redo_entry *entry, char why[static 256])
{
	MDB_dbi meant[HANDLES_MAX] = { 0 }; /* by the handles of the program that wrote it */
	struct redo_change change;
	int fault = 0;

	while (!fault && redo_next(entry, &change)) {
		if (change.database >= HANDLES_MAX)
			return MDB_CORRUPTED;
		if (change.kind != 'd') {
			fault = fault_of_change(store, &change, meant[change.database]);
			continue;
		}
		meant[change.database] = database_named(store, change.key, change.key_size);
		if (!meant[change.database]) {
			snprintf(why, 256, "redo.log: this program does not know \"%.*s\": ",
				 (int)change.key_size, (const char *)change.key);
			return MDB_NOTFOUND;
		}
	}
	return !fault && entry->at != entry->size ? MDB_CORRUPTED : fault;
}

static uint64_t batch_get(struct store *store)
{
	MDB_val key = { 5, (void *)(uintptr_t) "batch" }, value;
	uint64_t batch = 0;

	if (mdb_get(store->open, store->meta, &key, &value) == 0 && value.mv_size == sizeof(batch))
		memcpy(&batch, value.mv_data, sizeof(batch));
	return batch;
}

/* Opens a transaction, and does again in it what LMDB does not have, up to the batch last (or, with
 * UINT64_MAX, as far as the log goes). */
static int begin_again(struct store *store, uint64_t last, char why[static 256])
{
	int fault = mdb_txn_begin(store->env, NULL, 0, &store->open);
	struct redo_entry entry;
	uint64_t batch, at = 0;

	if (fault)
		return fault;
	batch = store->settled = batch_get(store);
	/* Where there is no room for one, it must be known all the same how far the log goes. */
	for (; batch < last && redo_read(store->redo, &at, batch + 1, &entry); batch++) {
		if (!fault)
			fault = do_again(store, &entry, why);
		free(entry.bytes);
	}
	if (redo_fault(store->redo))
		fault = redo_fault(store->redo);
	if (!fault && batch < last && last != UINT64_MAX)
		fault = MDB_CORRUPTED;
	if (last == UINT64_MAX)
		store->durable = batch;
	if (fault) {
		mdb_txn_abort(store->open);
		store->open = NULL;
	}
	return fault;
}

/* Commits the open transaction, after which LMDB has all up to that batch. */
static int settle(struct store *store, uint64_t batch)
{
	MDB_val key = { 5, (void *)(uintptr_t) "batch" }, value = { sizeof(batch), &batch };
	int fault = mdb_put(store->open, store->meta, &key, &value, 0);

	if (fault)
		mdb_txn_abort(store->open);
	else
		fault = mdb_txn_commit(store->open);
	store->open = NULL;
	if (fault)
		return fault;
	store->durable = store->settled = batch;
	if (store->redo)
		redo_rewind(store->redo);
	write_ahead(store);
	return 0;
}

int store_settle(struct store *store)
{
	char why[256];
	int fault = 0;

	if (!store->open && store_unsettled(store))
		fault = begin_again(store, store->durable, why);
	if (!fault && store->open)
		fault = settle(store, store->durable);
	return fault;
}

bool txn_read(struct store *store, struct txn *txn)
{
	memset(txn, 0, sizeof(*txn));
	txn->store = store;
	txn->fault = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn->txn);
	if (!txn->fault)
		head_get(txn);
	return !txn->fault;
}

bool txn_write(struct store *store, struct txn *txn)
{
	memset(txn, 0, sizeof(*txn));
	txn->store = store;
	txn->writes = true;
	if (store->redo)
		redo_begin(store->redo);
	if (!store->open && store_unsettled(store))
		txn->fault = store_settle(store);
	if (store->open) {
		txn->txn = store->open;
		txn->head = store->head;
		return true;
	}
	if (!txn->fault)
		txn->fault = mdb_txn_begin(store->env, NULL, 0, &store->open);
	if (txn->fault)
		return false;
	txn->txn = store->open;
	if (store->meta)
		head_get(txn);
	return true;
}

/* A batch that has changed nothing leaves the transaction open for the next; one that has takes with
 * it what is durable and not settled, which is then done again from the log. */
void txn_abort(struct txn *txn)
{
	struct store *store = txn->store;

	if (!txn->txn)
		return;
	if (!txn->writes) {
		mdb_txn_abort(txn->txn);
	} else if (txn->changed || !store_unsettled(store)) {
		mdb_txn_abort(txn->txn);
		store->open = NULL;
	}
	txn->txn = NULL;
}

static bool head_put(struct txn *txn)
{
	put(txn, txn->store->meta, "head", 4, &txn->head, sizeof(txn->head), 0);
	return !txn->fault;
}

int txn_log(struct txn *txn)
{
	struct store *store = txn->store;
	int fault = EFBIG;

	if (!head_put(txn)) {
		txn_abort(txn);
		return txn->fault;
	}
	if (store->redo)
		fault = redo_append(store->redo, store->durable + 1);
	if (fault == EFBIG || fault == ENOSPC) {
		txn->fault = settle(store, store->durable + 1);
		/* Perhaps the entry stands in the log all the same, and a restart would find it. */
		if (fault == ENOSPC && txn->fault)
			txn->fault = EIO;
	} else if (fault) {
		txn_abort(txn);
		txn->fault = fault;
	} else {
		store->durable++;
		store->head = txn->head;
	}
	txn->txn = NULL;
	return txn->fault;
}

int txn_commit(struct txn *txn)
{
	if (!head_put(txn)) {
		txn_abort(txn);
		return txn->fault;
	}
	txn->fault = settle(txn->store, txn->store->durable + 1);
	txn->txn = NULL;
	return txn->fault;
}

const void *txn_get(struct txn *txn, MDB_dbi dbi, const void *key, size_t key_size, size_t *size)
{
	MDB_val k = { key_size, (void *)(uintptr_t)key }, v;
	int found;

	if (txn->fault || key_size == 0 || key_size > KEY_MAX)
		return NULL;
	found = mdb_get(txn->txn, dbi, &k, &v);
	if (found == MDB_NOTFOUND)
		return NULL;
	if (found) {
		txn->fault = found;
		return NULL;
	}
	*size = v.mv_size;
	return v.mv_data;
}

/* --- Records ----------------------------------------------------------------------------------- */

ProtobufCMessage *record_get(struct txn *txn, const struct shelf *shelf, const char *id,
			     ProtobufCAllocator *allocator, bool *spent)
{
	size_t size;
	const void *bytes = txn_get(txn, shelf->dbi, id, strlen(id), &size);
	ProtobufCMessage *record;

	if (!bytes)
		return NULL;
	record = protobuf_c_message_unpack(shelf->table->record, allocator, size, bytes);
	if (!record)
		*spent = true;
	return record;
}

struct tally tally_get(struct txn *txn, const struct key_spec *spec, const struct key *key)
{
	struct tally tally = { 0 };
	size_t size;
	const void *bytes = txn_get(txn, spec->dbi, key->bytes, key->size, &size);

	if (bytes && size == sizeof(tally))
		memcpy(&tally, bytes, sizeof(tally));
	return tally;
}

static void tally_change(struct txn *txn, const struct key_spec *spec, const struct key *key,
			 const void *record, int sign)
{
	struct tally tally = tally_get(txn, spec, key);
	int64_t amount = spec->sum ? field_number(record, spec->sum) : 0;

	tally.count += (uint64_t)sign;
	tally.sum += sign * amount;
	if (tally.count == 0)
		delete (txn, spec->dbi, key->bytes, key->size);
	else
		put(txn, spec->dbi, key->bytes, key->size, &tally, sizeof(tally), 0);
}

static void tallies_change(struct txn *txn, const struct shelf *shelf, const void *before,
			   const void *after)
{
	struct key old, new;

	for (int i = 0; i < shelf->n_tallies; i++) {
		const struct key_spec *spec = &shelf->tallies[i];

		if (before)
			shelf_key(spec, spec->n_fields, before, &old);
		shelf_key(spec, spec->n_fields, after, &new);
		if (before && old.size == new.size &&memcmp(old.bytes, new.bytes, old.size) == 0 &&
		    (!spec->sum ||
		     field_number(before, spec->sum) == field_number(after, spec->sum)))
			continue;
		if (before)
			tally_change(txn, spec, &old, before, -1);
		tally_change(txn, spec, &new, after, 1);
	}
}

static void index_key(const struct key_spec *spec, const void *record, const char *id,
		      struct key *key)
{
	shelf_key(spec, spec->n_fields, record, key);
	if (!spec->unique)
		key_add(key, id, strlen(id));
}

/* A unique index leaves out records whose fields are all empty: absence is not a value. */
static bool in_index(const struct key_spec *spec, const void *record)
{
	if (!spec->unique)
		return true;
	for (int i = 0; i < spec->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = spec->fields[i].field;

		if (field_is_number(field) ? field_number(record, field) != 0
					   : *field_text(record, field) != '\0')
			return true;
	}
	return false;
}

static void indexes_change(struct txn *txn, const struct shelf *shelf, const char *id,
			   const void *before, const void *after)
{
	struct key old, new;

	for (int i = 0; i < shelf->n_indexes; i++) {
		const struct key_spec *spec = &shelf->indexes[i];
		bool was = before && in_index(spec, before), is = in_index(spec, after);

		if (was)
			index_key(spec, before, id, &old);
		if (is)
			index_key(spec, after, id, &new);
		if (was && is && old.size == new.size &&memcmp(old.bytes, new.bytes, old.size) == 0)
			continue;
		if (was)
			delete (txn, spec->dbi, old.bytes, old.size);
		if (is)
			put(txn, spec->dbi, new.bytes, new.size, id, spec->unique ? strlen(id) : 0,
			    0);
	}
}

void record_put(struct txn *txn, const struct shelf *shelf, const ProtobufCMessage *record,
		ProtobufCAllocator *allocator)
{
	const char *id = field_text(record, shelf->id);
	size_t size = protobuf_c_message_get_packed_size(record);
	uint8_t *bytes = allocator->alloc(allocator->allocator_data, size + 1);
	ProtobufCMessage *before = NULL;
	bool spent = false;

	assert(*id && strlen(id) <= 160);
	if (shelf->n_indexes || shelf->n_tallies)
		before = record_get(txn, shelf, id, allocator, &spent);
	if (!bytes || spent) {
		txn->fault = txn->fault ? txn->fault : ENOMEM;
		return;
	}
	indexes_change(txn, shelf, id, before, record);
	tallies_change(txn, shelf, before, record);
	protobuf_c_message_pack(record, bytes);
	put(txn, shelf->dbi, id, strlen(id), bytes, size, 0);
}

const char *record_clash(struct txn *txn, const struct shelf *shelf, const ProtobufCMessage *record)
{
	const char *id = field_text(record, shelf->id);
	struct key key;
	size_t size;

	for (int i = 0; i < shelf->n_indexes; i++) {
		const struct key_spec *spec = &shelf->indexes[i];
		const char *holder;

		if (!spec->unique || !in_index(spec, record))
			continue;
		shelf_key(spec, spec->n_fields, record, &key);
		holder = txn_get(txn, spec->dbi, key.bytes, key.size, &size);
		if (holder && (size != strlen(id) || memcmp(holder, id, size) != 0))
			return spec->fields[0].field->name;
	}
	return NULL;
}

const ProtobufCMessage *event_member(const ProtobufCMessage *event)
{
	const ProtobufCMessageDescriptor *descriptor = event->descriptor;

	for (unsigned i = 0; i < descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
		uint32_t set;
		const ProtobufCMessage *member;

		if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
			continue;
		memcpy(&set, (const uint8_t *)event + field->quantifier_offset, sizeof(set));
		if (set != field->id)
			continue;
		memcpy(&member, (const uint8_t *)event + field->offset, sizeof(member));
		return member;
	}
	return NULL;
}

void records_of_event(struct txn *txn, const ProtobufCMessage *event, bool copied,
		      ProtobufCAllocator *allocator)
{
	for (unsigned f = 0; f < event->descriptor->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &event->descriptor->fields[f];
		ProtobufCMessage *record = field_message(event, field, 0);
		const struct shelf *shelf =
			record ? store_shelf_of(txn->store, record->descriptor, copied) : NULL;

		for (size_t i = 0; shelf && (record = field_message(event, field, i)); i++)
			record_put(txn, shelf, record, allocator);
	}
}

/* --- The journal ------------------------------------------------------------------------------- */

static void sequence_key(uint64_t sequence, uint8_t key[static 8])
{
	for (int i = 0; i < 8; i++)
		key[i] = (uint8_t)(sequence >> 8 * (7 - i));
}

void journal_hash(const void *bytes, size_t size, uint8_t hash[static HASH_SIZE])
{
	crypto_generichash(hash, HASH_SIZE, bytes, size, NULL, 0);
}

bool journal_append(struct txn *txn, Engine__Event *event, int64_t at_us,
		    ProtobufCAllocator *allocator)
{
	Google__Protobuf__Timestamp time = GOOGLE__PROTOBUF__TIMESTAMP__INIT;
	struct head *head = &txn->head;
	uint8_t key[8];
	uint8_t *bytes;
	size_t size;

	head->time_us = at_us > head->time_us ? at_us : head->time_us + 1;
	time.seconds = head->time_us / 1000000;
	time.nanos = (int32_t)(head->time_us % 1000000 * 1000);
	event->time = &time;
	event->source = txn->store->service->name;
	event->sequence = ++head->sequence;
	if (event->sequence > 1) {
		event->previous_hash.data = head->hash;
		event->previous_hash.len = HASH_SIZE;
	}
	size = protobuf_c_message_get_packed_size(&event->base);
	bytes = allocator->alloc(allocator->allocator_data, size);
	if (bytes)
		protobuf_c_message_pack(&event->base, bytes);
	event->time = NULL;
	event->previous_hash = (ProtobufCBinaryData){ 0 };
	if (!bytes) {
		txn->fault = txn->fault ? txn->fault : ENOMEM;
		return false;
	}
	journal_hash(bytes, size, head->hash);
	sequence_key(event->sequence, key);
	put(txn, txn->store->journal, key, sizeof(key), bytes, size, MDB_APPEND);
	return !txn->fault;
}

const void *journal_get(struct txn *txn, uint64_t sequence, size_t *size)
{
	uint8_t key[8];

	sequence_key(sequence, key);
	return txn_get(txn, txn->store->journal, key, sizeof(key), size);
}

/* --- Cursors, answers, the erased, parked events ----------------------------------------------------------- */

void cursor_get(struct txn *txn, const char *source, struct cursor *cursor)
{
	size_t size;
	const void *bytes = txn_get(txn, txn->store->cursors, source, strlen(source), &size);

	memset(cursor, 0, sizeof(*cursor));
	if (bytes && size == sizeof(*cursor))
		memcpy(cursor, bytes, size);
}

void cursor_put(struct txn *txn, const char *source, const struct cursor *cursor)
{
	put(txn, txn->store->cursors, source, strlen(source), cursor, sizeof(*cursor), 0);
}

const void *answer_get(struct txn *txn, const char *id, size_t *size)
{
	return txn_get(txn, txn->store->answers, id, strlen(id), size);
}

void answer_put(struct txn *txn, const char *id, const void *bytes, size_t size)
{
	put(txn, txn->store->answers, id, strlen(id), bytes, size, 0);
}

void erased_put(struct txn *txn, const char *pseudonym)
{
	put(txn, txn->store->erased, pseudonym, strlen(pseudonym), txn->head.date,
	    strlen(txn->head.date), 0);
}

bool erased_has(struct txn *txn, const char *pseudonym)
{
	size_t size;

	return txn_get(txn, txn->store->erased, pseudonym, strlen(pseudonym), &size) != NULL;
}

void parked_put(struct txn *txn, const char *source, uint64_t sequence, const void *bytes,
		size_t size)
{
	struct key key = { 0 };
	uint8_t number[8];

	sequence_key(sequence, number);
	key_add(&key, source, strlen(source) + 1);
	key_add(&key, number, sizeof(number));
	put(txn, txn->store->parked, key.bytes, key.size, bytes, size, 0);
}

uint64_t parked_count(struct txn *txn)
{
	MDB_stat stat = { 0 };

	if (!txn->fault)
		txn->fault = mdb_stat(txn->txn, txn->store->parked, &stat);
	return stat.ms_entries;
}
