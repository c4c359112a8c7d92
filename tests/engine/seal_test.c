/* What seal.h promises of keys and sealed texts, and what the engine makes of it. */
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "../engine/tap.h"
#include "engine/engine.h"
#include "engine/seal.h"
#include "shegong/personnel/v1/personnel.pb-c.h"

#define PERSONNEL "shegong.personnel.v1.PersonnelService/"

/* Nobody's: there is no region 9901. */
#define NUMBER	"990101199003070015"
#define ANOTHER "990101198512240022"

enum { SLOT = 256, FILE_MAX = 64 * 1024 };

static char dir[64] = "/tmp/shegong-seal-XXXXXX";
static const uint8_t key_a[SEAL_KEY_SIZE] = { 1 }, key_b[SEAL_KEY_SIZE] = { 2 },
		     key_c[SEAL_KEY_SIZE] = { 3 };

/* A whole file; its size is 0 where there is none. */
struct file {
	uint8_t bytes[FILE_MAX];
	size_t size;
};

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static struct file *file_read(const char *name)
{
	struct file *file = calloc(1, sizeof(*file));
	FILE *from = fopen(path_of(name), "rb");

	if (from) {
		file->size = fread(file->bytes, 1, sizeof(file->bytes), from);
		fclose(from);
	}
	return file;
}

static void file_write(const char *name, const void *bytes, size_t size, mode_t mode)
{
	int fd = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || fchmod(fd, mode) != 0)
		exit(1);
	close(fd);
}

/* Is the used part of the n-th slot of one file anywhere in the other? */
static bool has_slot_of(const struct file *file, const struct file *before, size_t n)
{
	const uint8_t *slot = before->bytes + (n + 1) * SLOT;

	/* Its name, its nonce and its wrapped key, each by itself. */
	return memmem(file->bytes, file->size, slot, 32) ||
	       memmem(file->bytes, file->size, slot + 64, 24) ||
	       memmem(file->bytes, file->size, slot + 88, 48);
}

static int exit_code;
static char why[256];

static struct seal *open_seal(const uint8_t *master, const uint8_t *before)
{
	struct seal *seal = seal_open(dir, "personnel", master, before, &exit_code, why);

	if (!seal)
		printf("# %s\n", why);
	return seal;
}

static void fresh_file(void)
{
	unlink(path_of("seal.keys"));
	unlink(path_of("seal.keys.new"));
}

struct sealed {
	char name[SEAL_NAME_SIZE];
	uint8_t bytes[512];
	size_t size;
};

static struct sealed seal_it(struct seal *seal, const char *identifier, const char *text)
{
	struct sealed sealed = { .size = seal_size(strlen(text)) };

	if (!seal_make(seal, identifier, sealed.name) ||
	    !seal_text(seal, sealed.name, "phone_number", text, sealed.bytes))
		exit(1);
	return sealed;
}

static bool opens_as(struct seal *seal, const struct sealed *sealed, const char *name,
		     const char *field, const char *text)
{
	char opened[512];

	return seal_open_text(seal, name, field, sealed->bytes, sealed->size, opened,
			      sizeof(opened)) &&
	       strcmp(opened, text) == 0;
}

static bool opens(struct seal *seal, const struct sealed *sealed, const char *text)
{
	return opens_as(seal, sealed, sealed->name, "phone_number", text);
}

/* --- Sealed and opened -------------------------------------------------------------------------- */

static void what_is_sealed(void)
{
	struct seal *seal = open_seal(key_a, NULL), *other;
	struct sealed one = seal_it(seal, NUMBER, "13800000007");
	struct sealed two = seal_it(seal, "", "13800000008");
	struct sealed again = one;
	char name[SEAL_NAME_SIZE];
	struct file *file;

	ok(opens(seal, &one, "13800000007") && opens(seal, &two, "13800000008"),
	   "what was sealed is opened");
	ok(!memmem(one.bytes, one.size, "13800", 5), "and is not to be read in what was sealed");
	ok(seal_text(seal, one.name, "phone_number", "13800000007", again.bytes) &&
		   memcmp(again.bytes, one.bytes, one.size) != 0,
	   "the same text sealed twice is not the same");
	ok(seal_size(strlen("1")) == seal_size(strlen("13800000007")),
	   "short texts are of one length when they are sealed");
	ok(!opens_as(seal, &one, two.name, "phone_number", "13800000007") &&
		   !opens_as(seal, &one, one.name, "account_number", "13800000007"),
	   "of another's, or of another field, it is of no use");
	again = one;
	again.bytes[30] ^= 1;
	ok(!opens(seal, &again, "13800000007"), "nor where one bit was changed");
	again = one;
	again.bytes[0] = 2;
	ok(!opens(seal, &again, "13800000007"), "nor by an algorithm that there is not");
	ok(seal_find(seal, NUMBER, name) && strcmp(name, one.name) == 0 &&
		   !seal_find(seal, ANOTHER, name) && !seal_find(seal, "", name),
	   "a pseudonym is found by its identifier, and by nothing else");

	ok(seal_made(seal) == 2 && seal_sync(seal) == 0 && seal_made(seal) == 0,
	   "the keys are made durable");
	seal_close(seal);
	file = file_read("seal.keys");
	ok(file->size == 3 * SLOT && !memmem(file->bytes, file->size, "13800", 5) &&
		   !memmem(file->bytes, file->size, NUMBER, strlen(NUMBER)),
	   "the file of keys holds no text and no identifier");
	free(file);
	seal = open_seal(key_a, NULL);
	ok(opens(seal, &one, "13800000007") && opens(seal, &two, "13800000008") &&
		   seal_find(seal, NUMBER, name) && strcmp(name, one.name) == 0,
	   "opened again, all is as it was");
	other = seal_open(dir, "funding", key_a, NULL, &exit_code, why);
	ok(!other, "the file is no other service's");
	seal_close(other);
	seal_close(seal);
}

static void what_is_taken_back(void)
{
	struct seal *seal = open_seal(key_a, NULL);
	struct sealed kept = seal_it(seal, NUMBER, "1"), back = seal_it(seal, ANOTHER, "2");
	char name[SEAL_NAME_SIZE];

	seal_back(seal, 1);
	ok(opens(seal, &kept, "1") && !opens(seal, &back, "2") && !seal_find(seal, ANOTHER, name),
	   "keys of a command that was refused are taken back");
	back = seal_it(seal, ANOTHER, "3");
	ok(seal_find(seal, ANOTHER, name) && strcmp(name, back.name) == 0,
	   "and whoever comes next may have the place");
	seal_close(seal);
	seal = open_seal(key_a, NULL);
	ok(!opens(seal, &kept, "1"), "what was not made durable is not there afterwards");
	seal_close(seal);
}

/* --- The master key ----------------------------------------------------------------------------- */

static void master_keys(void)
{
	struct seal *seal = open_seal(key_a, NULL);
	struct sealed one = seal_it(seal, NUMBER, "13800000007");
	struct sealed gone = seal_it(seal, ANOTHER, "13800000008");
	uint8_t requests[SEAL_KEY_SIZE];
	char name[SEAL_NAME_SIZE];
	struct file *before, *after;

	memcpy(requests, seal_hash_key(seal), sizeof(requests));
	seal_sync(seal);
	before = file_read("seal.keys");
	seal_forget(seal, gone.name);
	seal_destroy(seal);
	seal_close(seal);

	ok(!open_seal(key_b, NULL) && exit_code == EXIT_SETTINGS &&
		   strstr(why, "is of another master key"),
	   "another master key opens nothing, and the settings are named as what is wrong");
	ok(!open_seal(key_c, key_b) && exit_code == EXIT_SETTINGS,
	   "nor do two others, of which one is said to have been the key until now");
	file_write("seal.keys.new", before->bytes, SLOT + 100, 0600);
	seal = open_seal(key_b, key_a);
	ok(seal && opens(seal, &one, "13800000007") && seal_damaged(seal) == 0,
	   "changed, the new one opens what was sealed, although a change was broken off before");
	ok(seal_find(seal, NUMBER, name) && strcmp(name, one.name) == 0 &&
		   memcmp(requests, seal_hash_key(seal), sizeof(requests)) == 0,
	   "and who was found by an identifier is found by it still");
	ok(!opens(seal, &gone, "13800000008"), "who was erased is not");
	seal_close(seal);
	after = file_read("seal.keys");
	ok(after->size == 2 * SLOT &&
		   !memmem(after->bytes, after->size, before->bytes + 64 + SLOT, 24) &&
		   access(path_of("seal.keys.new"), F_OK) != 0,
	   "nothing wrapped by the old one is left in the file");
	ok(!open_seal(key_a, NULL) && exit_code == EXIT_SETTINGS, "which opens nothing more");
	seal = open_seal(key_b, key_a);
	ok(seal && opens(seal, &one, "13800000007"), "a second start with both changes nothing");
	seal_close(seal);
	seal = open_seal(key_b, NULL);
	ok(seal && opens(seal, &one, "13800000007"), "and one without the old one neither");
	seal_close(seal);
	free(before);
	free(after);
}

static void key_files(void)
{
	const char hex[] = "0a00000000000000000000000000000000000000000000000000000000000000\n";
	uint8_t key[SEAL_KEY_SIZE], bytes[SEAL_KEY_SIZE] = { 10 };

	file_write("key", bytes, sizeof(bytes), 0600);
	ok(seal_key_read(path_of("key"), key, why) && memcmp(key, bytes, sizeof(key)) == 0,
	   "a master key is a file of 32 bytes");
	file_write("key", hex, strlen(hex), 0400);
	ok(seal_key_read(path_of("key"), key, why) && memcmp(key, bytes, sizeof(key)) == 0,
	   "or of 64 characters");
	unlink(path_of("key"));
	file_write("key", hex, strlen(hex), 0640);
	ok(!seal_key_read(path_of("key"), key, why) && strstr(why, "others than its owner"),
	   "which nobody else may read");
	file_write("key", hex, strlen(hex) - 2, 0600);
	ok(!seal_key_read(path_of("key"), key, why) && strstr(why, "neither 32 bytes nor 64"),
	   "and of no other length");
	unlink(path_of("key"));
	ok(!seal_key_read(path_of("key"), key, why), "and there must be one");
}

/* --- Erasure ------------------------------------------------------------------------------------ */

static void what_is_erased(void)
{
	struct seal *seal = open_seal(key_a, NULL);
	struct sealed first = seal_it(seal, "", "1"), one = seal_it(seal, NUMBER, "13800000007"),
		      last = seal_it(seal, ANOTHER, "3");
	char name[SEAL_NAME_SIZE];
	struct file *before, *after;

	seal_sync(seal);
	before = file_read("seal.keys");
	ok(seal_forget(seal, one.name) && !opens(seal, &one, "13800000007") &&
		   !seal_find(seal, NUMBER, name),
	   "who is to be forgotten is not found any more");
	seal_remember(seal);
	ok(opens(seal, &one, "13800000007") && seal_find(seal, NUMBER, name),
	   "and is again where the batch failed");
	ok(seal_forget(seal, one.name) && seal_destroy(seal) == 0 &&
		   !opens(seal, &one, "13800000007"),
	   "who was erased is not found");
	after = file_read("seal.keys");
	ok(has_slot_of(before, before, 1) && !has_slot_of(after, before, 1) &&
		   sodium_is_zero(after->bytes + 2 * SLOT, SLOT),
	   "the bytes of the slot are gone from the file");
	ok(has_slot_of(after, before, 0) && has_slot_of(after, before, 2), "others' are there");
	seal_close(seal);
	seal = open_seal(key_a, NULL);
	ok(!opens(seal, &one, "13800000007") && opens(seal, &first, "1") && opens(seal, &last, "3"),
	   "a copy of what was sealed is opened by nothing any more");
	one = seal_it(seal, NUMBER, "13800000009");
	ok(seal_sync(seal) == 0 && seal_find(seal, NUMBER, name) && strcmp(name, one.name) == 0,
	   "who comes again is another one, in that place");
	seal_close(seal);
	free(after);
	after = file_read("seal.keys");
	ok(after->size == before->size, "for which the file has not grown");
	free(before);
	free(after);
}

static void what_is_damaged(void)
{
	struct seal *seal = open_seal(key_a, NULL);
	struct sealed one = seal_it(seal, NUMBER, "1"), two = seal_it(seal, ANOTHER, "2");
	char name[SEAL_NAME_SIZE];
	struct file *file;

	seal_sync(seal);
	seal_close(seal);
	file = file_read("seal.keys");
	file->bytes[SLOT + 40] ^= 1;
	file_write("seal.keys", file->bytes, file->size, 0600);
	free(file);
	seal = open_seal(key_a, NULL);
	ok(seal && seal_damaged(seal) == 1 && !opens(seal, &one, "1") &&
		   !seal_find(seal, NUMBER, name) && opens(seal, &two, "2"),
	   "a damaged slot is known as such, and the others are as they were");
	seal_close(seal);
}

/* --- An engine with it -------------------------------------------------------------------------- */

static int64_t now_us(void *of)
{
	(void)of;
	return INT64_C(1650000000000000);
}

static struct engine *open_engine(const uint8_t *master)
{
	const struct engine_options options = { .map_bytes = 64 << 20,
						.virtual_clock = true,
						.virtual_start = "2022-03-01",
						.master_key = master,
						.now_us = now_us };
	struct engine *engine =
		engine_open(&personnel_service, path_of("personnel"), &options, &exit_code, why);

	if (!engine || engine_begin(engine) || engine_commit(engine)) {
		printf("# %s\n", why);
		exit(1);
	}
	return engine;
}

/* The reason of the refusal; empty: accepted. */
static const char *asked(struct engine *engine, const char *method, const char *id,
			 const ProtobufCMessage *message)
{
	static char reason[64];
	Engine__Principal province = ENGINE__PRINCIPAL__INIT;
	Engine__Request request = ENGINE__REQUEST__INIT;
	uint8_t body[1024];
	struct packed packed;
	Engine__Reply *reply;

	province.account_id = "province";
	province.person_id = "p-province";
	province.role = ENGINE__ROLE__ROLE_PROVINCE;
	province.region_code = "53";
	request.id = id;
	request.method = method;
	request.principal = &province;
	request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(message, body), body };
	if (engine_begin(engine))
		exit(1);
	packed = engine_command(engine, &request);
	reply = engine__reply__unpack(NULL, packed.size, packed.bytes);
	snprintf(reason, sizeof(reason), "%s", reply->refusal ? reply->refusal->reason : "");
	engine__reply__free_unpacked(reply, NULL);
	return engine_commit(engine) ? "FAULT" : reason;
}

static const char *agency(struct engine *engine)
{
	Personnel__RegisterAgencyRequest agency = PERSONNEL__REGISTER_AGENCY_REQUEST__INIT;

	agency.agency_id = "ag-1";
	agency.name_zh = "示例机构";
	agency.name_en = "Example agency";
	agency.region_code = "5301";
	agency.credit_code = "52530000MJ00000006";
	agency.synthetic = true;
	return asked(engine, PERSONNEL "RegisterAgency", "ag-1", &agency.base);
}

static const char *person(struct engine *engine, const char *id, const char *hash,
			  const char *number)
{
	Personnel__RegisterPersonRequest person = PERSONNEL__REGISTER_PERSON_REQUEST__INIT;

	person.person_id = id;
	person.work_name = "社工";
	person.agency_id = "ag-1";
	person.certificate = PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SOCIAL_WORKER;
	person.practising_from = "2015-07-01";
	person.synthetic = true;
	person.identity_hash = hash;
	person.identity_number = number;
	return asked(engine, PERSONNEL "RegisterPerson", id, &person.base);
}

static const char *unsealed(struct engine *engine, const char *id)
{
	Personnel__UnsealPersonDataRequest unseal = PERSONNEL__UNSEAL_PERSON_DATA_REQUEST__INIT;
	Personnel__PersonalField field = PERSONNEL__PERSONAL_FIELD__PERSONAL_FIELD_IDENTITY_NUMBER;

	unseal.unsealing_id = id;
	unseal.person_id = "p1";
	unseal.reason = "To pay him";
	unseal.n_fields = 1;
	unseal.fields = &field;
	return asked(engine, PERSONNEL "UnsealPersonData", id, &unseal.base);
}

static const char *erased(struct engine *engine)
{
	Personnel__ErasePersonDataRequest erase = PERSONNEL__ERASE_PERSON_DATA_REQUEST__INIT;

	erase.person_id = "p1";
	erase.reason = "Asked for";
	return asked(engine, PERSONNEL "ErasePersonData", "erase", &erase.base);
}

static bool is(const char *reason, const char *expected)
{
	if (strcmp(reason, expected) != 0)
		printf("# \"%s\", not \"%s\"\n", reason, expected);
	return strcmp(reason, expected) == 0;
}

static void no_master_key(void)
{
	static const char hash[] =
		"00000000000000000000000000000000000000000000000000000000000000a1";
	struct engine *engine = open_engine(NULL);

	ok(is(agency(engine), "") && is(person(engine, "p0", hash, ""), ""),
	   "without a master key all goes on that names nobody");
	ok(is(person(engine, "p1", "", NUMBER), "NO_MASTER_KEY") &&
		   is(unsealed(engine, "u0"), "NO_MASTER_KEY") &&
		   is(erased(engine), "NO_MASTER_KEY"),
	   "what would be sealed, opened or erased is refused");
	ok(access(path_of("personnel/seal.keys"), F_OK) != 0, "and no file of keys is made");
	engine_close(engine);
}

static void a_crash_before_the_key_is_destroyed(void)
{
	struct engine *engine = open_engine(key_a);
	struct file *before, *after;

	ok(is(person(engine, "p1", "", NUMBER), "") && is(unsealed(engine, "u1"), ""),
	   "with one, the same command with the same id is accepted");
	before = file_read("personnel/seal.keys");
	ok(is(erased(engine), "") && is(unsealed(engine, "u2"), "NO_PERSON_DATA"), "and erased");
	engine_close(engine);
	after = file_read("personnel/seal.keys");
	ok(before->size == 2 * SLOT && !has_slot_of(after, before, 0),
	   "with the bytes of the slot");
	free(after);

	/* The event is durable, and the file is as it was: so it stands after a crash between. */
	file_write("personnel/seal.keys", before->bytes, before->size, 0600);
	engine = open_engine(key_a);
	after = file_read("personnel/seal.keys");
	ok(has_slot_of(before, before, 0) && !has_slot_of(after, before, 0),
	   "a key that a crash has left is destroyed at the next start");
	ok(is(unsealed(engine, "u3"), "NO_PERSON_DATA") && is(person(engine, "p2", "", NUMBER), ""),
	   "and the number leads nowhere: who comes again is another person");
	engine_close(engine);
	free(before);
	free(after);
}

static void a_crash_after_the_key_was_made(void)
{
	struct engine *engine = open_engine(key_a);
	struct file *before = file_read("personnel/seal.keys"), *after;

	ok(is(person(engine, "p3", "", ANOTHER), ""), "another one comes");
	engine_close(engine);
	after = file_read("personnel/seal.keys");
	/* One slot more than anybody needs, as a crash before the commit leaves it. */
	memcpy(before->bytes, after->bytes, after->size);
	before->size = after->size + SLOT;
	memset(before->bytes + after->size, 0, SLOT);
	memset(before->bytes + after->size, 0xa5, 100);
	file_write("personnel/seal.keys", before->bytes, before->size, 0600);
	engine = open_engine(key_a);
	ok(is(person(engine, "p4", "", ANOTHER), "IDENTITY_TAKEN"),
	   "a slot that was torn by a crash does no harm to the others");
	engine_close(engine);
	free(before);
	free(after);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

int main(void)
{
	if (sodium_init() < 0 || !mkdtemp(dir))
		return 1;
	what_is_sealed();
	fresh_file();
	what_is_taken_back();
	fresh_file();
	master_keys();
	fresh_file();
	key_files();
	what_is_erased();
	fresh_file();
	what_is_damaged();
	no_master_key();
	a_crash_before_the_key_is_destroyed();
	a_crash_after_the_key_was_made();
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return tap_done();
}
