#include "engine/offline.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/text.h"
#include "engine/backup.h"

static int restore(const char *file, const char *dir, size_t map_bytes, const char *restored)
{
	char why[256];
	int status = backup_load(file, dir, map_bytes, restored, why);

	if (status)
		fprintf(stderr, "%s\n", why);
	return status;
}

static void fault_told(void *of, const char *fault)
{
	(void)of;
	printf("fault %s\n", fault);
}

static int prove_store(const struct service *service, const char *dir, size_t map_bytes)
{
	struct store_options options = { .map_bytes = map_bytes, .any_clock = true };
	char why[256], hash[HASH_SIZE * 2 + 1];
	struct proof proof = { 0 };
	struct store *store;
	struct txn txn;
	int status;

	store = store_open(dir, service, &options, &status, why);
	if (!store || !txn_read(store, &txn)) {
		fprintf(stderr, "%s\n", store ? mdb_strerror(txn.fault) : why);
		store_close(store);
		return EXIT_FAULT;
	}
	sodium_bin2hex(hash, sizeof(hash), txn.head.hash, HASH_SIZE);
	printf("epoch %s\nsequence %" PRIu64 "\nhash %s\n", store_epoch(store), txn.head.sequence,
	       hash);
	store_verify(&txn, dir, &proof, fault_told, NULL);
	printf("events %" PRIu64 "\nrecords %" PRIu64 "\n", proof.events, proof.records);
	txn_abort(&txn);
	store_close(store);
	return EXIT_SUCCESS;
}

static void throw_away(const char *dir)
{
	static const char *const files[] = { "data.mdb", "lock.mdb", "store.lock", "redo.log" };
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, files[i]);
		unlink(path);
	}
	for (const char *const *name = backup_files; *name; name++) {
		snprintf(path, sizeof(path), "%s/%s", dir, *name);
		unlink(path);
	}
	rmdir(dir);
}

static int prove(const struct service *service, const char *file, const char *under,
		 size_t map_bytes)
{
	char dir[PATH_MAX - 64], why[256];
	int status;

	snprintf(dir, sizeof(dir), "%s/shegong-proof.XXXXXX", under);
	if (!mkdtemp(dir)) {
		perror(dir);
		return EXIT_SETTINGS;
	}
	status = backup_load(file, dir, map_bytes, NULL, why);
	if (status)
		fprintf(stderr, "%s\n", why);
	else
		status = prove_store(service, dir, map_bytes);
	throw_away(dir);
	return status;
}

bool offline_asked(const struct service *service, int argc, char **argv, const char *dir,
		   size_t map_bytes, int *status)
{
	bool restores = argc == 4 && strcmp(argv[1], "--restore") == 0;
	bool proves = argc == 4 && strcmp(argv[1], "--prove") == 0;

	if (!restores && !proves)
		return false;
	*status = EXIT_SETTINGS;
	if (sodium_init() < 0)
		return true;
	if (restores && !text_is_id(argv[3]))
		fprintf(stderr, "%s: not a name\n", argv[3]);
	else if (restores)
		*status = restore(argv[2], dir, map_bytes, argv[3]);
	else
		*status = prove(service, argv[2], argv[3], map_bytes);
	return true;
}
