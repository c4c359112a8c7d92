/* The power goes at any moment: power_loss [IMAGES]
 *
 * An engine works on a store, and every write and sync of its two files is kept.  Then images are
 * made of what a disk may hold at some moment: all that had been synced, and of what was written
 * since, each sector of 512 bytes or not.  On each image the engine opens; what had been acknowledged
 * by then is there, with its answer, and the store is sound and goes on. */
#include <ftw.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../engine/tap.h"
#include "engine/engine.h"
#include "engine/running.h"
#include "shegong/personnel/v1/personnel.pb-c.h"

#include "recorded_disk.h"

enum {
	SECTOR = 512,
	BATCHES = 150,
	COMMANDS_MAX = 1024,
	LOG_BYTES = 96 * 1024,
	IMAGE_MAX = 64 << 20
};

/* The work on a disk, where the store writes ahead; the images in memory, which is faster. */
static char work_dir[64], dir[64];

static struct {
	char id[16];
	size_t when; /* so many operations had been carried out when it was acknowledged */
} acknowledged[COMMANDS_MAX];
static size_t n_acknowledged;

static int64_t clock_now_us(void *of)
{
	static int64_t now_us = INT64_C(1650000000000000);

	(void)of;
	return ++now_us;
}

static struct engine *open_in(const char *in, const char *name)
{
	const struct engine_options options = { .map_bytes = 64 << 20,
						.redo_bytes = LOG_BYTES,
						.virtual_clock = true,
						.virtual_start = "2022-03-01",
						.now_us = clock_now_us };
	char path[128], why[256] = "";
	struct engine *engine;
	int exit_code;

	snprintf(path, sizeof(path), "%s/%s", in, name);
	engine = engine_open(&personnel_service, path, &options, &exit_code, why);
	if (!engine)
		printf("# %s\n", why);
	else if (engine_begin(engine) || engine_commit(engine))
		exit(EXIT_FAULT);
	return engine;
}

/* --- The work ----------------------------------------------------------------------------------- */

static bool sent(struct engine *engine, const char *method, const char *id,
		 const ProtobufCMessage *message)
{
	Engine__Principal actor = ENGINE__PRINCIPAL__INIT;
	Engine__Request request = ENGINE__REQUEST__INIT;
	uint8_t body[1024];
	struct packed packed;
	Engine__Reply *reply;
	bool fine;

	actor.account_id = "province";
	actor.person_id = "p-province";
	actor.role = ENGINE__ROLE__ROLE_PROVINCE;
	actor.region_code = "53";
	request.id = id;
	request.method = method;
	request.principal = &actor;
	request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(message, body), body };
	packed = engine_command(engine, &request);
	reply = engine__reply__unpack(NULL, packed.size, packed.bytes);
	fine = reply->code == 0;
	engine__reply__free_unpacked(reply, NULL);
	return fine;
}

static bool agency_sent(struct engine *engine)
{
	Personnel__RegisterAgencyRequest agency = PERSONNEL__REGISTER_AGENCY_REQUEST__INIT;

	agency.agency_id = "ag-1";
	agency.name_zh = "示例机构";
	agency.name_en = "Example agency";
	agency.region_code = "5301";
	agency.credit_code = "52530000MJ00000006";
	agency.synthetic = true;
	return sent(engine, "shegong.personnel.v1.PersonnelService/RegisterAgency", "ag-1",
		    &agency.base);
}

static bool person_sent(struct engine *engine, const char *id)
{
	Personnel__RegisterPersonRequest person = PERSONNEL__REGISTER_PERSON_REQUEST__INIT;
	char hash[65];

	snprintf(hash, sizeof(hash), "%064lx", strtol(id + 2, NULL, 10) * 2654435761L);
	person.person_id = id;
	person.work_name = "社工";
	person.agency_id = "ag-1";
	person.certificate = PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SOCIAL_WORKER;
	person.practising_from = "2015-07-01";
	person.identity_hash = hash;
	return sent(engine, "shegong.personnel.v1.PersonnelService/RegisterPerson", id,
		    &person.base);
}

static bool batch_done(struct engine *engine, int number)
{
	size_t n = 1 + (size_t)random() % 5, first = n_acknowledged;
	bool fine = engine_begin(engine) == 0;

	for (size_t i = 0; i < n && fine; i++) {
		snprintf(acknowledged[first + i].id, sizeof(acknowledged[0].id), "p-%d",
			 number * 8 + (int)i);
		fine = person_sent(engine, acknowledged[first + i].id);
	}
	fine = fine && (random() % 8 == 0 ? engine_commit(engine) : engine_log(engine)) == 0;
	for (size_t i = 0; i < n; i++)
		acknowledged[first + i].when = disk_n_ops;
	n_acknowledged += n;
	if (random() % 8 == 0)
		fine = fine && engine_settle(engine) == 0;
	return fine;
}

/* Commands as the bus would give them: some batches settled by themselves, most together with others;
 * now and then the process ends without settling, and begins again. */
static bool work(void)
{
	struct engine *engine = open_in(work_dir, "work");
	bool fine = engine && engine_begin(engine) == 0 && agency_sent(engine) &&
		    engine_commit(engine) == 0;

	for (int i = 0; i < BATCHES && fine; i++) {
		if (random() % 25 == 0) {
			engine_close(engine);
			engine = open_in(work_dir, "work");
		}
		fine = engine && batch_done(engine, i);
	}
	engine_close(engine);
	return fine;
}

/* --- Images ------------------------------------------------------------------------------------- */

struct image {
	uint8_t *bytes;
	size_t size;
};

static void piece_put(struct image *image, const struct disk_op *op, size_t from, size_t size)
{
	if (size > op->size - from)
		size = op->size - from;
	memcpy(image->bytes + op->at + from, op->bytes + from, size);
	if (image->size < op->at + from + size)
		image->size = op->at + from + size;
}

/* What the disk may hold of a file after the first cut operations.  forgets: a disk that does not
 * keep what it was asked to sync since that operation. */
static void image_make(struct image *image, enum disk_file file, size_t cut, bool forgets)
{
	size_t kept = 0;
	long share = random() % 3; /* of what is not synced: nothing, all, or some */

	memset(image->bytes, 0, image->size);
	image->size = 0;
	for (size_t i = 0; i < cut && !forgets; i++) {
		if (disk_ops[i].file == file && disk_ops[i].sync)
			kept = i;
	}
	for (size_t i = 0; i < cut; i++) {
		const struct disk_op *op = &disk_ops[i];
		bool safe = i < kept || (op->synced && !forgets);

		if (op->file != file || op->sync)
			continue;
		if (safe || share == 1)
			piece_put(image, op, 0, op->size);
		for (size_t at = 0; !safe && share == 2 && at < op->size; at += SECTOR) {
			if (random() % 2)
				piece_put(image, op, at, SECTOR);
		}
	}
}

static void image_write(const struct image *image, const char *name)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/image/%s", dir, name);
	file = fopen(path, "w");
	if (!file || fwrite(image->bytes, 1, image->size, file) != image->size ||
	    fclose(file) != 0) {
		perror(path);
		exit(1);
	}
}

static void fault_told(void *of, const char *fault)
{
	(void)of;
	printf("# %s\n", fault);
}

static bool sound(struct engine *engine)
{
	struct proof proof = { 0 };
	char path[128];
	struct txn txn;

	snprintf(path, sizeof(path), "%s/image", dir);
	if (!txn_read(engine->store, &txn))
		return false;
	store_verify(&txn, path, &proof, fault_told, NULL);
	txn_abort(&txn);
	return proof.n_faults == 0;
}

static bool all_there(struct engine *engine, size_t cut)
{
	const struct shelf *people =
		store_shelf_of(engine->store, &personnel__person__descriptor, false);
	struct txn txn;
	size_t size;
	bool all = txn_read(engine->store, &txn);

	for (size_t i = 0; i < n_acknowledged && acknowledged[i].when <= cut; i++) {
		const char *id = acknowledged[i].id;

		all = all && txn_get(&txn, people->dbi, id, strlen(id), &size) &&
		      answer_get(&txn, id, &size);
	}
	txn_abort(&txn);
	return all;
}

/* In a process of its own: LMDB may end it. */
static bool image_holds(size_t cut)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		struct engine *engine = open_in(dir, "image");
		bool holds = engine && all_there(engine, cut) && sound(engine) &&
			     engine_begin(engine) == 0 && person_sent(engine, "p-999999") &&
			     engine_log(engine) == 0 && engine_settle(engine) == 0 && sound(engine);

		engine_close(engine);
		_exit(holds ? 0 : 1);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

/* How many of n images do not hold what they should. */
static int failures(int n, bool forgets)
{
	struct image images[DISK_FILES] = { { malloc(IMAGE_MAX), IMAGE_MAX },
					    { malloc(IMAGE_MAX), IMAGE_MAX } };
	size_t first = acknowledged[0].when;
	int failed = 0;
	char path[128];

	snprintf(path, sizeof(path), "%s/image", dir);
	for (int i = 0; i < n; i++) {
		size_t cut = first + (size_t)random() % (disk_n_ops - first + 1);

		nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
		mkdir(path, 0700);
		image_make(&images[DISK_DATA], DISK_DATA, cut, false);
		image_make(&images[DISK_REDO], DISK_REDO, cut, forgets);
		image_write(&images[DISK_DATA], "data.mdb");
		image_write(&images[DISK_REDO], "redo.log");
		if (image_holds(cut))
			continue;
		failed++;
		if (!forgets)
			printf("# after %zu of %zu operations\n", cut, disk_n_ops);
	}
	free(images[DISK_DATA].bytes);
	free(images[DISK_REDO].bytes);
	return failed;
}

int main(int argc, char **argv)
{
	int n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 200;
	char name[128];
	int failed;

	srandom(argc > 2 ? (unsigned)strtol(argv[2], NULL, 10) : 1);
	snprintf(dir, sizeof(dir), "%s/shegong-power-XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	snprintf(work_dir, sizeof(work_dir), "/var/tmp/shegong-power-XXXXXX");
	if (!mkdtemp(dir) || !mkdtemp(work_dir))
		return 1;
	disk_recording = true;
	ok(work(), "an engine works, and what it writes is kept");
	disk_recording = false;
	printf("# %zu operations, %zu commands acknowledged\n", disk_n_ops, n_acknowledged);
	failed = failures(n, false);
	snprintf(name, sizeof(name),
		 "the power goes at %d moments, and nothing acknowledged is lost", n);
	ok(failed == 0, name);
	/* The test is tested: it must see what it is there to see. */
	failed = failures(n / 10 + 30, true);
	snprintf(name, sizeof(name), "without the log's syncs that would be seen (%d of %d)",
		 failed, n / 10 + 30);
	ok(failed > 0, name);
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	nftw(work_dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	for (size_t i = 0; i < disk_n_ops; i++)
		free(disk_ops[i].bytes);
	free(disk_ops);
	return tap_done();
}
