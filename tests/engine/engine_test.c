/* The engine's promises, asked of real services without sockets. */
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../engine/tap.h"
#include "base/arena.h"
#include "engine/engine.h"
#include "engine/running.h"
#include "shegong/personnel/v1/personnel.pb-c.h"

#define PERSONNEL "shegong.personnel.v1.PersonnelService/"

static char dir[64];
static Engine__Principal province = {
	.base = PROTOBUF_C_MESSAGE_INIT(&engine__principal__descriptor),
	.account_id = "province",
	.person_id = "p-province",
	.role = ENGINE__ROLE__ROLE_PROVINCE,
	.region_code = "53",
	.agency_id = "",
};

static int64_t clock_us;

static int64_t test_now_us(void *of)
{
	(void)of;
	return clock_us;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void fresh_dir_in(const char *place)
{
	if (*dir)
		nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	snprintf(dir, sizeof(dir), "%s/shegong-engine-XXXXXX",
		 access(place, W_OK) == 0 ? place : "/tmp");
	if (!mkdtemp(dir))
		exit(1);
}

static void fresh_dir(void)
{
	fresh_dir_in("/dev/shm");
}

static struct engine *open_it(const struct service *service, const char *sub, size_t map,
			      bool virtual, int *exit_code)
{
	struct engine_options options = { .map_bytes = map,
					  .virtual_clock = virtual,
					  .virtual_start = "2022-03-01",
					  .now_us = test_now_us };
	char path[128], why[256];
	struct engine *engine;

	snprintf(path, sizeof(path), "%s/%s", dir, sub);
	engine = engine_open(service, path, &options, exit_code, why);
	if (engine && (engine_begin(engine) || engine_commit(engine)))
		printf("# the first batch failed\n");
	if (!engine)
		printf("# %s\n", why);
	return engine;
}

static struct engine *open_personnel(void)
{
	int exit_code;

	return open_it(&personnel_service, "personnel", 64 << 20, true, &exit_code);
}

/* How a batch ends: made durable and seen, or only logged. */
static int (*end_batch)(struct engine *) = engine_commit;

static Engine__Reply *command(struct engine *engine, const char *method, const char *id,
			      const void *message)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	uint8_t body[4096];
	struct packed packed;

	request.id = id;
	request.method = method;
	request.principal = &province;
	request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(message, body), body };
	if (engine_begin(engine))
		return NULL;
	packed = engine_command(engine, &request);

	Engine__Reply *reply = engine__reply__unpack(NULL, packed.size, packed.bytes);
	int fault = end_batch(engine);

	if (engine_fault_is_room(fault)) {
		engine__reply__free_unpacked(reply, NULL);
		packed = engine_full(engine, &request);
		reply = engine__reply__unpack(NULL, packed.size, packed.bytes);
	}
	return reply;
}

static Engine__Reply *query(struct engine *engine, const char *method, const void *message)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	struct reader *reader = reader_open(engine);
	uint8_t body[4096];
	struct packed packed;
	Engine__Reply *reply;

	request.method = method;
	request.principal = &province;
	request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(message, body), body };
	packed = reader_query(reader, &request);
	reply = engine__reply__unpack(NULL, packed.size, packed.bytes);
	reader_close(reader);
	return reply;
}

static bool refused(Engine__Reply *reply, const char *reason, const char *about)
{
	bool so = reply && reply->refusal && strcmp(reply->refusal->reason, reason) == 0 &&
		  (!about || strcmp(reply->refusal->about, about) == 0) &&
		  *reply->refusal->message_en && *reply->refusal->message_zh;

	if (!so)
		printf("# got %s about %s\n",
		       reply && reply->refusal ? reply->refusal->reason : "-",
		       reply && reply->refusal ? reply->refusal->about : "-");
	engine__reply__free_unpacked(reply, NULL);
	return so;
}

static bool accepted(Engine__Reply *reply)
{
	bool so = reply && reply->code == 0;

	if (!so)
		printf("# got %s about %s\n",
		       reply && reply->refusal ? reply->refusal->reason : "-",
		       reply && reply->refusal ? reply->refusal->about : "-");
	engine__reply__free_unpacked(reply, NULL);
	return so;
}

static uint64_t head_of(struct engine *engine)
{
	struct standing standing;

	engine_standing(engine, &standing);
	return standing.sequence;
}

static const char *credit_codes[] = { "52530000MJ00000006", "52530000MJ00000019",
				      "52530000MJ0000002C" };

static Personnel__RegisterAgencyRequest agency(const char *id, int n)
{
	Personnel__RegisterAgencyRequest request = PERSONNEL__REGISTER_AGENCY_REQUEST__INIT;

	request.agency_id = id;
	request.name_zh = "示例机构";
	request.name_en = "Example agency";
	request.region_code = "5301";
	request.credit_code = credit_codes[n];
	request.synthetic = true;
	return request;
}

static Engine__Reply *register_agency(struct engine *engine, const char *command_id, const char *id,
				      int n)
{
	Personnel__RegisterAgencyRequest request = agency(id, n);

	return command(engine, PERSONNEL "RegisterAgency", command_id, &request);
}

static Personnel__RegisterPersonRequest person(const char *id, char hash[65])
{
	Personnel__RegisterPersonRequest request = PERSONNEL__REGISTER_PERSON_REQUEST__INIT;

	/* A hash of its own for each id, in hexadecimal digits. */
	snprintf(hash, 65, "%064x", 0);
	for (size_t i = 0; id[i]; i++)
		snprintf(hash + 2 * i, 3, "%02x", (unsigned)id[i] & 0xff);
	hash[2 * strlen(id)] = '0';
	request.person_id = id;
	request.work_name = "社工";
	request.agency_id = "ag-1";
	request.certificate = PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SOCIAL_WORKER;
	request.practising_from = "2015-07-01";
	request.identity_hash = hash;
	return request;
}

static Engine__Reply *register_person(struct engine *engine, const char *id)
{
	char hash[65];
	Personnel__RegisterPersonRequest request = person(id, hash);

	return command(engine, PERSONNEL "RegisterPerson", id, &request);
}

/* --- Idempotency -------------------------------------------------------------------------------- */

static void answers_are_kept(void)
{
	struct engine *engine = open_personnel();
	uint64_t head;

	ok(accepted(register_agency(engine, "c-1", "ag-1", 0)), "a command is accepted");
	head = head_of(engine);
	ok(accepted(register_agency(engine, "c-1", "ag-1", 0)) && head_of(engine) == head,
	   "the same id with the same bytes has the same answer and one effect");
	ok(refused(register_agency(engine, "c-1", "ag-2", 1), "ID_REUSED", "c-1") &&
		   head_of(engine) == head,
	   "the same id with other content is refused and leaves no trace");
	ok(refused(register_agency(engine, "c-2", "ag-1", 1), "AGENCY_EXISTS", "ag-1"),
	   "a refusal is an answer");
	engine_close(engine);
	engine = open_personnel();
	ok(accepted(register_agency(engine, "c-1", "ag-1", 0)) && head_of(engine) == head,
	   "an answer is kept over a restart");
	ok(refused(register_agency(engine, "c-2", "ag-1", 1), "AGENCY_EXISTS", "ag-1"),
	   "a refusal is kept over a restart");
	province.account_id = "another";
	ok(refused(register_agency(engine, "c-1", "ag-1", 0), "ID_REUSED", "c-1"),
	   "another account does not get the answer to somebody's id");
	province.account_id = "province";
	engine_close(engine);
}

/* --- Form --------------------------------------------------------------------------------------- */

static void forms_are_asked_for(void)
{
	struct engine *engine = open_personnel();
	Personnel__RegisterAgencyRequest request = agency("ag 9", 1);
	Engine__Request raw = ENGINE__REQUEST__INIT;
	uint64_t head = head_of(engine);
	static char longer[5000];

	ok(refused(command(engine, PERSONNEL "RegisterAgency", "f-1", &request), "FIELD_INVALID",
		   "agency_id"),
	   "an id with a space is refused by its name");
	request = agency("ag-9", 1);
	request.region_code = "530";
	ok(refused(command(engine, PERSONNEL "RegisterAgency", "f-2", &request), "FIELD_INVALID",
		   "region_code"),
	   "a region of three digits is refused by its name");
	request = agency("", 1);
	ok(refused(command(engine, PERSONNEL "RegisterAgency", "f-3", &request), "FIELD_REQUIRED",
		   "agency_id"),
	   "a missing id is asked for by its name");
	memset(longer, 'x', sizeof(longer) - 1);
	longer[4001] = '\0';
	request = agency("ag-9", 1);
	request.name_en = longer;
	ok(refused(command(engine, PERSONNEL "RegisterAgency", "f-4", &request), "FIELD_INVALID",
		   "name_en"),
	   "a text of 4001 bytes is refused by its name");
	request = agency("ag-9", 1);
	request.name_en = "\xc3\x28";
	ok(refused(command(engine, PERSONNEL "RegisterAgency", "f-5", &request), "FIELD_INVALID",
		   "name_en"),
	   "a text that is not UTF-8 is refused by its name");
	request = agency("ag-9", 1);
	ok(refused(command(engine, PERSONNEL "RegisterAgency", "", &request), "ID_INVALID", "id"),
	   "a command without an id is refused");
	ok(refused(command(engine, PERSONNEL "Nothing", "f-6", &request), "METHOD_UNKNOWN", NULL),
	   "a method that there is not is refused");
	province.role = ENGINE__ROLE__ROLE_DASHBOARD;
	ok(refused(command(engine, PERSONNEL "RegisterAgency", "f-7", &request),
		   "CALLER_NOT_ALLOWED", "RegisterAgency"),
	   "an office that may not do it is refused");
	province.role = ENGINE__ROLE__ROLE_UNSPECIFIED;
	ok(refused(command(engine, PERSONNEL "RegisterAgency", "f-8", &request), "CALLER_UNKNOWN",
		   NULL),
	   "nobody is refused");
	province.role = ENGINE__ROLE__ROLE_PROVINCE;
	raw.id = "f-9";
	raw.method = PERSONNEL "RegisterAgency";
	raw.principal = &province;
	raw.body = (ProtobufCBinaryData){ 3, (uint8_t *)"\x0a\xff\x01" };
	engine_begin(engine);

	struct packed packed = engine_command(engine, &raw);

	ok(refused(engine__reply__unpack(NULL, packed.size, packed.bytes), "BODY_MALFORMED", NULL),
	   "bytes that are no message are refused");
	engine_commit(engine);
	ok(head_of(engine) == head, "none of it left a trace in the journal");
	engine_close(engine);
}

/* --- Lists -------------------------------------------------------------------------------------- */

static int page_through(struct engine *engine, int32_t size, const char *region, int *pages)
{
	Personnel__ListPeopleRequest list = PERSONNEL__LIST_PEOPLE_REQUEST__INIT;
	char token[2048] = "", last[80] = "";
	int n = 0;

	list.region_code = region;
	list.page_size = size;
	for (*pages = 0; *pages < 1000; ++*pages) {
		Engine__Reply *reply;
		Personnel__ListPeopleResponse *found;

		list.page_token = token;
		reply = query(engine, PERSONNEL "ListPeople", &list);
		found = personnel__list_people_response__unpack(NULL, reply->body.len,
								reply->body.data);
		for (size_t i = 0; i < found->n_people; i++) {
			n += strcmp(last, found->people[i]->person_id) < 0;
			snprintf(last, sizeof(last), "%s", found->people[i]->person_id);
		}
		snprintf(token, sizeof(token), "%s", found->next_page_token);
		personnel__list_people_response__free_unpacked(found, NULL);
		engine__reply__free_unpacked(reply, NULL);
		if (!*token)
			break;
	}
	return n;
}

static void lists_are_paged(void)
{
	struct engine *engine = open_personnel();
	Personnel__ListPeopleRequest list = PERSONNEL__LIST_PEOPLE_REQUEST__INIT;
	int pages;

	for (int i = 0; i < 25; i++) {
		char id[16];

		snprintf(id, sizeof(id), "p-%02d", i);
		if (!accepted(register_person(engine, id)))
			break;
	}
	ok(page_through(engine, 10, "", &pages) == 25 && pages == 2,
	   "pages of ten hold all 25, each once, in order");
	ok(page_through(engine, 7, "53", &pages) == 25, "a region is a prefix of regions");
	ok(page_through(engine, 7, "5302", &pages) == 0, "another region has nobody");
	list.page_token = "not hexadecimal";
	ok(refused(query(engine, PERSONNEL "ListPeople", &list), "PAGE_TOKEN_INVALID",
		   "page_token"),
	   "a token that is none is refused");
	list.page_token = "";
	list.page_size = 1001;
	ok(refused(query(engine, PERSONNEL "ListPeople", &list), "FIELD_INVALID", "page_size"),
	   "a page of 1001 is refused");
	province.region_code = "4401";
	list.page_size = 10;
	ok(page_through(engine, 10, "", &pages) == 0, "what one may not see is not listed");
	province.region_code = "53";
	engine_close(engine);
}

/* --- The proof ---------------------------------------------------------------------------------- */

static int faults(struct engine *engine)
{
	Engine__VerifyRequest request = ENGINE__VERIFY_REQUEST__INIT;
	Engine__Reply *reply = query(engine, "shegong.engine.v1.EngineService/Verify", &request);
	Engine__VerifyResponse *proof =
		engine__verify_response__unpack(NULL, reply->body.len, reply->body.data);
	int n = (int)proof->n_faults;

	for (int i = 0; i < n; i++)
		printf("# %s\n", proof->faults[i]);
	engine__verify_response__free_unpacked(proof, NULL);
	engine__reply__free_unpacked(reply, NULL);
	return n;
}

/* Turns one bit in the middle of the n-th value of a database. */
static void damage(struct engine *engine, MDB_dbi dbi, int n)
{
	struct txn txn;
	MDB_cursor *cursor;
	MDB_val key, value;
	uint8_t copy[4096];

	txn_write(engine->store, &txn);
	mdb_cursor_open(txn.txn, dbi, &cursor);
	mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
	while (n-- > 0)
		mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
	memcpy(copy, value.mv_data, value.mv_size);
	copy[value.mv_size / 2] ^= 1;
	value.mv_data = copy;
	mdb_cursor_put(cursor, &key, &value, MDB_CURRENT);
	mdb_cursor_close(cursor);
	txn_commit(&txn);
}

static MDB_dbi database(struct engine *engine, const char *name)
{
	struct txn txn;
	MDB_dbi dbi = 0;

	txn_read(engine->store, &txn);
	mdb_dbi_open(txn.txn, name, 0, &dbi);
	txn_abort(&txn);
	return dbi;
}

static void damage_is_seen(void)
{
	static const struct {
		const char *database, *name;
		int nth;
	} places[] = {
		{ "journal", "a turned bit in the journal is seen", 5 },
		{ "t:people", "a turned bit in a record is seen", 7 },
		{ "i:people:identity_hash!", "a turned bit in a unique index is seen", 3 },
	};
	char why[256], path[128];
	int exit_code;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct engine *engine = open_personnel();

		if (i == 0)
			ok(faults(engine) == 0, "an undamaged store is sound");
		damage(engine, database(engine, places[i].database), places[i].nth);
		ok(faults(engine) > 0, places[i].name);
		damage(engine, database(engine, places[i].database), places[i].nth);
		engine_close(engine);
	}

	struct engine *engine = open_personnel();
	struct engine_options options = { .map_bytes = 64 << 20,
					  .virtual_clock = true,
					  .virtual_start = "2022-03-01" };

	ok(faults(engine) == 0, "the same bits turned back: it is sound again");
	damage(engine, database(engine, "journal"), (int)head_of(engine) - 1);
	engine_close(engine);
	snprintf(path, sizeof(path), "%s/personnel", dir);
	engine = engine_open(&personnel_service, path, &options, &exit_code, why);
	ok(!engine && exit_code == EXIT_FAULT, "a damaged tail is seen at start");
}

/* --- Opening ------------------------------------------------------------------------------------ */

static void opening_is_guarded(void)
{
	int exit_code;
	struct engine *engine, *again;

	fresh_dir();
	engine = open_personnel();
	fflush(stdout);

	pid_t child = fork();

	if (child == 0) {
		again = open_it(&personnel_service, "personnel", 64 << 20, true, &exit_code);
		_exit(again ? 0 : exit_code);
	}

	int status;

	waitpid(child, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_IN_USE,
	   "a second process does not get the store (73)");
	engine_close(engine);
	again = open_it(&personnel_service, "personnel", 64 << 20, false, &exit_code);
	ok(!again && exit_code == EXIT_SETTINGS, "a store's clock never changes its kind");
	again = open_it(&stations_service, "personnel", 64 << 20, true, &exit_code);
	ok(!again && exit_code == EXIT_SETTINGS, "a service does not open another's store");
}

/* --- Room --------------------------------------------------------------------------------------- */

static void full_store(void)
{
	int exit_code, n = 0;
	struct engine *engine;
	bool full = false;
	Personnel__GetPersonRequest get = PERSONNEL__GET_PERSON_REQUEST__INIT;

	fresh_dir();
	engine = open_it(&personnel_service, "personnel", 2 << 20, true, &exit_code);
	accepted(register_agency(engine, "c-1", "ag-1", 0));
	for (; n < 20000 && !full; n++) {
		char id[32];
		Engine__Reply *reply;

		snprintf(id, sizeof(id), "p-%06d", n);
		reply = register_person(engine, id);
		full = reply->code == ENGINE__CODE__CODE_RESOURCE_EXHAUSTED;
		engine__reply__free_unpacked(reply, NULL);
	}
	ok(full, "a full map refuses commands as resource_exhausted");
	get.person_id = "p-000000";
	ok(accepted(query(engine, PERSONNEL "GetPerson", &get)), "reading goes on");
	ok(accepted(register_agency(engine, "c-1", "ag-1", 0)),
	   "a command that was accepted before is still told so");
	ok(faults(engine) == 0, "nothing acknowledged is lost");
	engine_close(engine);
	engine = open_it(&personnel_service, "personnel", 2 << 20, true, &exit_code);
	ok(engine != NULL, "it starts while it is full");
	engine_close(engine);
	engine = open_it(&personnel_service, "personnel", 8 << 20, true, &exit_code);
	ok(accepted(register_person(engine, "p-later")), "with more room it goes on");
	engine_close(engine);
}

/* A commit that grows the file by more than was written ahead of it keeps what it wrote. */
static void a_large_batch(void)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	char id[32], hash[65];
	uint8_t body[4096];
	int exit_code;
	struct engine *engine;
	struct packed packed;

	fresh_dir_in("/var/tmp"); /* in memory nothing is written ahead */
	engine = open_it(&personnel_service, "personnel", 256 << 20, true, &exit_code);
	accepted(register_agency(engine, "c-1", "ag-1", 0));
	engine_begin(engine);
	for (int n = 0; n < 30000; n++) {
		Personnel__RegisterPersonRequest cmd;

		snprintf(id, sizeof(id), "p-%06d", n);
		cmd = person(id, hash);
		request.id = id;
		request.method = PERSONNEL "RegisterPerson";
		request.principal = &province;
		request.body =
			(ProtobufCBinaryData){ protobuf_c_message_pack(&cmd.base, body), body };
		packed = engine_command(engine, &request);
	}
	ok(engine_commit(engine) == 0 && packed.bytes, "a batch of 30,000 commands is committed");
	ok(accepted(register_person(engine, "p-after")) && head_of(engine) == 30003 &&
		   faults(engine) == 0,
	   "and stays what it was when the next has been");
	engine_close(engine);
}

/* Each turn has the batch's memory anew: who asks often for a large answer does not use it up. */
static void a_command_asked_again_and_again(void)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Personnel__RegisterAgencyRequest cmd = agency("ag-1", 0);
	uint8_t body[4096];
	struct engine *engine;
	struct packed packed = { 0 };

	fresh_dir();
	engine = open_personnel();
	accepted(register_agency(engine, "c-1", "ag-1", 0));
	request.id = "c-1";
	request.method = PERSONNEL "RegisterAgency";
	request.principal = &province;
	request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(&cmd.base, body), body };
	engine_begin(engine);
	for (int n = 0; n < 300000; n++)
		packed = engine_command(engine, &request);
	ok(accepted(engine__reply__unpack(NULL, packed.size, packed.bytes)) &&
		   engine_commit(engine) == 0,
	   "a batch in which one command is asked again 300,000 times is committed");
	engine_close(engine);
}

/* What a list looks at and does not show takes no memory. */
static void a_long_look(void)
{
	enum { ROWS = 20000, NAME = 3600 };
	Personnel__Person row = PERSONNEL__PERSON__INIT;
	Personnel__ListPeopleRequest list = PERSONNEL__LIST_PEOPLE_REQUEST__INIT;
	char id[32], name[NAME + 1];
	struct engine *engine;
	Engine__Reply *reply;
	int exit_code;

	fresh_dir();
	engine = open_it(&personnel_service, "personnel", 256 << 20, true, &exit_code);
	memset(name, 'n', NAME);
	name[NAME] = '\0';
	row.work_name = name;
	row.person_id = id;
	row.region_code = "5301";
	engine_begin(engine);
	for (int n = 0; n < ROWS; n++) {
		struct arena_mark mark = arena_mark(engine->batch_arena);

		snprintf(id, sizeof(id), "p-%06d", n);
		record_put(&engine->txn,
			   store_shelf_of(engine->store, &personnel__person__descriptor, false),
			   &row.base, arena_allocator(engine->batch_arena));
		arena_back(engine->batch_arena, &mark);
	}
	engine->n_turns = 1;
	ok(engine_commit(engine) == 0, "there are 20,000 people with long names");
	province.region_code = "54";
	reply = query(engine, PERSONNEL "ListPeople", &list);
	ok(reply && reply->code == 0, "who may see none of them is told so, page by page");
	province.region_code = "53";
	engine__reply__free_unpacked(reply, NULL);
	engine_close(engine);
}

/* --- The redo log ------------------------------------------------------------------------------- */

enum { LOG_BYTES = 1 << 20, BLOCK = 4096 };

static struct engine *open_logged(size_t map, int *exit_code, char why[static 256])
{
	struct engine_options options = { .map_bytes = map,
					  .redo_bytes = LOG_BYTES,
					  .virtual_clock = true,
					  .virtual_start = "2022-03-01",
					  .now_us = test_now_us };
	char path[128];
	struct engine *engine;

	snprintf(path, sizeof(path), "%s/personnel", dir);
	engine = engine_open(&personnel_service, path, &options, exit_code, why);
	if (engine && (engine_begin(engine) || engine_commit(engine)))
		printf("# the first batch failed\n");
	return engine;
}

static struct engine *open_again(struct engine *engine)
{
	int exit_code;
	char why[256] = "";

	engine_close(engine);
	engine = open_logged(64 << 20, &exit_code, why);
	if (!engine)
		printf("# %s\n", why);
	return engine;
}

static bool has_agency(struct engine *engine, const char *id)
{
	Personnel__GetAgencyRequest get = PERSONNEL__GET_AGENCY_REQUEST__INIT;
	Engine__Reply *reply;
	bool has;

	get.agency_id = id;
	reply = query(engine, PERSONNEL "GetAgency", &get);
	has = reply->code == 0;
	engine__reply__free_unpacked(reply, NULL);
	return has;
}

/* Reads or writes a piece of redo.log behind the engine's back. */
static void log_piece(bool writes, long at, void *bytes, size_t size)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/personnel/redo.log", dir);
	file = fopen(path, "r+");
	if (!file || fseek(file, at, SEEK_SET) != 0 ||
	    (writes ? fwrite(bytes, size, 1, file) : fread(bytes, size, 1, file)) != 1)
		printf("# %s cannot be used\n", path);
	if (file)
		fclose(file);
}

static void turn_a_bit(long at)
{
	uint8_t byte;

	log_piece(false, at, &byte, 1);
	byte ^= 1;
	log_piece(true, at, &byte, 1);
}

static void what_was_logged_is_kept(void)
{
	int exit_code;
	char why[256];
	struct engine *engine;
	struct standing standing, seen;

	fresh_dir();
	engine = open_logged(64 << 20, &exit_code, why);
	end_batch = engine_log;
	ok(accepted(register_agency(engine, "c-1", "ag-1", 0)) && engine_unsettled(engine) &&
		   !has_agency(engine, "ag-1"),
	   "a batch that is logged is durable, and not seen yet");
	engine_standing(engine, &standing);
	engine_seen(engine, &seen);
	ok(standing.sequence == seen.sequence + 1 && standing.batch == seen.batch + 1,
	   "what is durable and what is seen are told apart");
	ok(refused(register_agency(engine, "c-2", "ag-1", 1), "AGENCY_EXISTS", "ag-1"),
	   "the next batch sees it");
	ok(engine_settle(engine) == 0 && has_agency(engine, "ag-1"), "settled, it is seen");
	accepted(register_agency(engine, "c-3", "ag-2", 1));
	accepted(register_agency(engine, "c-4", "ag-3", 2));
	refused(register_agency(engine, "c-5", "ag-3", 2), "AGENCY_EXISTS", NULL);
	engine = open_again(engine);
	ok(store_replayed(engine->store) == 3 && has_agency(engine, "ag-2") &&
		   has_agency(engine, "ag-3") && faults(engine) == 0,
	   "three batches that were not settled are there after a restart");
	ok(accepted(register_agency(engine, "c-3", "ag-2", 1)) &&
		   refused(register_agency(engine, "c-5", "ag-3", 2), "AGENCY_EXISTS", "ag-3"),
	   "and so are their answers");
	engine_settle(engine);
	engine = open_again(engine);
	ok(store_replayed(engine->store) == 0, "what was settled is not done again");
	engine_close(engine);
	end_batch = engine_commit;
}

/* Where batch n of those logged since the last settling begins: each takes one block here. */
static long place_of(int n)
{
	return n * (long)BLOCK;
}

static void a_damaged_log(void)
{
	static uint8_t block[BLOCK], zeros[BLOCK];
	int exit_code;
	char why[256] = "";
	struct engine *engine;

	fresh_dir();
	engine = open_logged(64 << 20, &exit_code, why);
	end_batch = engine_log;
	accepted(register_agency(engine, "c-1", "ag-1", 0));
	accepted(register_agency(engine, "c-2", "ag-2", 1));
	accepted(register_agency(engine, "c-3", "ag-3", 2));
	log_piece(true, place_of(2) + 512, zeros, 512);
	engine = open_again(engine);
	ok(has_agency(engine, "ag-2") && !has_agency(engine, "ag-3") && faults(engine) == 0,
	   "a last entry that is torn ends the log: it was never acknowledged");
	accepted(register_agency(engine, "c-4", "ag-4", 2));
	engine = open_again(engine);
	ok(store_replayed(engine->store) == 1 && has_agency(engine, "ag-4") && faults(engine) == 0,
	   "entries of an earlier round that stand behind it are not done again");

	accepted(register_person(engine, "p-1"));
	accepted(register_person(engine, "p-2"));
	turn_a_bit(place_of(0) + 200);
	engine_close(engine);
	engine = open_logged(64 << 20, &exit_code, why);
	ok(!engine && exit_code == EXIT_FAULT && strstr(why, "damaged"),
	   "an entry that is damaged, with a later one behind it, is not passed over");
	turn_a_bit(place_of(0) + 200);
	log_piece(false, place_of(0), block, BLOCK);
	engine = open_logged(64 << 20, &exit_code, why);
	ok(engine && store_replayed(engine->store) == 2,
	   "the same bit turned back: both are there");
	engine_close(engine);

	/* Another store, with the log of this one. */
	fresh_dir();
	engine = open_logged(64 << 20, &exit_code, why);
	log_piece(true, place_of(0), block, BLOCK);
	engine = open_again(engine);
	ok(engine && store_replayed(engine->store) == 0 && faults(engine) == 0,
	   "the log of another store counts as empty");
	engine_close(engine);
	end_batch = engine_commit;
}

static void a_full_log(void)
{
	int exit_code, n = 0;
	char why[256], id[32];
	struct engine *engine;

	fresh_dir();
	engine = open_logged(64 << 20, &exit_code, why);
	end_batch = engine_log;
	accepted(register_agency(engine, "c-1", "ag-1", 0));
	do
		snprintf(id, sizeof(id), "p-%06d", n);
	while (accepted(register_person(engine, id)) && engine_unsettled(engine) && n++ < 1000);
	ok(n == LOG_BYTES / BLOCK - 1 && !engine_unsettled(engine),
	   "a batch for which the log is full is settled with all before it");
	accepted(register_person(engine, "p-after"));
	engine = open_again(engine);
	ok(store_replayed(engine->store) == 1 && faults(engine) == 0,
	   "and the next begins the log again");
	engine_close(engine);
	end_batch = engine_commit;
}

static void give_room(struct engine *engine)
{
	struct txn txn;
	MDB_env *env;

	txn_read(engine->store, &txn);
	env = mdb_txn_env(txn.txn);
	txn_abort(&txn);
	mdb_env_set_mapsize(env, 64 << 20);
}

static void room_is_lost_and_found(void)
{
	int exit_code, n = 0;
	char why[256] = "", id[32];
	Personnel__Agency never = PERSONNEL__AGENCY__INIT;
	struct engine *engine;

	never.agency_id = "ag-never";
	fresh_dir();
	engine = open_logged(64 << 20, &exit_code, why);
	end_batch = engine_log;
	accepted(register_agency(engine, "c-1", "ag-1", 0));
	engine_settle(engine);
	for (; n < 200; n++) {
		snprintf(id, sizeof(id), "p-%06d", n);
		accepted(register_person(engine, id));
	}
	engine_close(engine);
	/* A map in which there is room for what LMDB has, and for nothing else. */
	turn_a_bit(place_of(3) + 200);
	engine = open_logged(64 << 10, &exit_code, why);
	ok(!engine && exit_code == EXIT_FAULT && strstr(why, "damaged"),
	   "a damaged entry is not passed over where there is no room either");
	turn_a_bit(place_of(3) + 200);
	engine = open_logged(64 << 10, &exit_code, why);
	ok(engine && engine_unsettled(engine) && engine_fault_is_room(engine_begin(engine)),
	   "it starts where there is no room for what the log holds, and takes no commands");
	ok(has_agency(engine, "ag-1"), "reading goes on");
	give_room(engine);
	ok(accepted(register_person(engine, "p-later")) && engine_settle(engine) == 0,
	   "with more room it goes on, without a restart");
	ok(head_of(engine) == (uint64_t)n + 3 && faults(engine) == 0,
	   "nothing acknowledged is lost");

	/* A batch that fails in its middle, with batches before it that were acknowledged. */
	accepted(register_person(engine, "p-before"));
	engine_begin(engine);
	record_put(&engine->txn,
		   store_shelf_of(engine->store, &personnel__agency__descriptor, false),
		   &never.base, arena_allocator(engine->batch_arena));
	engine->txn.fault = MDB_MAP_FULL;
	engine->n_turns = 1;
	ok(engine_fault_is_room(engine_log(engine)) && engine_unsettled(engine),
	   "a batch that finds no room does not take those before it with it");
	ok(accepted(register_person(engine, "p-after")) && engine_settle(engine) == 0 &&
		   !has_agency(engine, "ag-never") && head_of(engine) == (uint64_t)n + 5 &&
		   faults(engine) == 0,
	   "they are done again, and nothing of it is there");
	engine_close(engine);
	end_batch = engine_commit;
}

/* --- The clock ---------------------------------------------------------------------------------- */

/* How many dates have begun, and the last of them; -1 where dates or times are out of order. */
static int days_of(struct engine *engine, char last[DAY_TEXT_SIZE])
{
	struct txn txn;
	int n = 0;
	int64_t before_us = 0;
	bool in_order = true;

	*last = '\0';
	txn_read(engine->store, &txn);
	for (uint64_t i = 1; i <= txn.head.sequence; i++) {
		size_t size;
		const void *bytes = journal_get(&txn, i, &size);
		Engine__Event *event = engine__event__unpack(NULL, size, bytes);
		int64_t at_us = event->time->seconds * 1000000 + event->time->nanos / 1000;

		in_order &= at_us > before_us;
		before_us = at_us;
		if (strcmp(event->type, "day_began") == 0) {
			n++;
			in_order &= strcmp(last, event->date) < 0;
			snprintf(last, DAY_TEXT_SIZE, "%s", event->date);
		}
		engine__event__free_unpacked(event, NULL);
	}
	txn_abort(&txn);
	return in_order ? n : -1;
}

static void dates_begin_once(void)
{
	char last[DAY_TEXT_SIZE];
	struct day day;
	struct engine *engine;
	int exit_code;

	fresh_dir();
	day_read(&day, "2022-07-31");
	clock_us = day_begins(day) + INT64_C(86399999999);
	engine = open_it(&personnel_service, "personnel", 8 << 20, false, &exit_code);
	ok(days_of(engine, last) == 1 && strcmp(last, "2022-07-31") == 0,
	   "23:59:59.999999 in Shanghai is still 31 July");
	clock_us++;
	engine_begin(engine);
	engine_commit(engine);
	ok(days_of(engine, last) == 2 && strcmp(last, "2022-08-01") == 0,
	   "a microsecond later 1 August begins");
	engine_close(engine);
	clock_us += INT64_C(86400000000) * 40;
	engine = open_it(&personnel_service, "personnel", 8 << 20, false, &exit_code);
	ok(days_of(engine, last) == 42 && strcmp(last, "2022-09-10") == 0,
	   "forty days away: each begins, in order, once");
	clock_us -= INT64_C(86400000000) * 365;
	accepted(register_agency(engine, "c-1", "ag-1", 0));
	accepted(register_agency(engine, "c-2", "ag-2", 1));
	ok(days_of(engine, last) == 42 && faults(engine) == 0,
	   "a clock that goes back begins no date again, and the writer's time goes on");

	engine_close(engine);
}

/* --- Following ---------------------------------------------------------------------------------- */

static Engine__ReadResponse *read_from(struct engine *source, uint64_t after)
{
	Engine__ReadRequest request = ENGINE__READ_REQUEST__INIT;
	Engine__Reply *reply;
	Engine__ReadResponse *read;

	request.after = after;
	reply = query(source, "shegong.engine.v1.EngineService/Read", &request);
	read = engine__read_response__unpack(NULL, reply->body.len, reply->body.data);
	engine__reply__free_unpacked(reply, NULL);
	return read;
}

static bool follow(struct engine *engine, const Engine__ReadResponse *read, char why[128])
{
	bool sound;

	engine_begin(engine);
	sound = engine_follow(engine, "personnel", read, why);
	engine_commit(engine);
	return sound;
}

static uint64_t agencies_copied(struct engine *reporting)
{
	for (size_t i = 0; store_shelf_at(reporting->store, i); i++) {
		const struct shelf *shelf = store_shelf_at(reporting->store, i);
		MDB_stat stat;
		struct txn txn;

		if (shelf->table->record != &personnel__agency__descriptor)
			continue;
		txn_read(reporting->store, &txn);
		mdb_stat(txn.txn, shelf->dbi, &stat);
		txn_abort(&txn);
		return stat.ms_entries;
	}
	return UINT64_MAX;
}

/* The last event of what was read, changed. */
static void change_last(Engine__ReadResponse *read, void (*change)(Engine__Event *))
{
	ProtobufCBinaryData *bytes = &read->events[read->n_events - 1];
	Engine__Event *event = engine__event__unpack(NULL, bytes->len, bytes->data);

	change(event);
	free(bytes->data);
	bytes->len = engine__event__get_packed_size(event);
	bytes->data = malloc(bytes->len);
	engine__event__pack(event, bytes->data);
	engine__event__free_unpacked(event, NULL);
}

static void break_body(Engine__Event *event)
{
	memset(event->body.data, 0xff, event->body.len);
}

static void call_it_new(Engine__Event *event)
{
	free((char *)(uintptr_t)event->type);
	event->type = strdup("agency_flown_to_the_moon");
}

static void call_it_anothers(Engine__Event *event)
{
	free((char *)(uintptr_t)event->source);
	event->source = strdup("stations");
}

static void what_cannot_be_followed(void)
{
	int exit_code;
	struct engine *source, *reporting;
	Engine__ReadResponse *read;
	char why[128] = "";

	fresh_dir();
	source = open_personnel();
	reporting = open_it(&reporting_service, "reporting", 64 << 20, true, &exit_code);
	accepted(register_agency(source, "c-1", "ag-1", 0));
	read = read_from(source, 0);
	change_last(read, break_body);
	ok(!follow(reporting, read, why) && strstr(why, "cannot be read"),
	   "an event that cannot be read stops its follower");
	engine__read_response__free_unpacked(read, NULL);
	read = read_from(source, 0);
	change_last(read, call_it_anothers);
	ok(!follow(reporting, read, why) && strstr(why, "stations"),
	   "so does one of another service");
	engine__read_response__free_unpacked(read, NULL);
	read = read_from(source, 0);
	change_last(read, call_it_new);
	ok(follow(reporting, read, why) && agencies_copied(reporting) == 0,
	   "one of a kind that came later is passed over");
	engine__read_response__free_unpacked(read, NULL);
	engine_close(source);
	engine_close(reporting);
}

static void following_is_exact(void)
{
	int exit_code;
	struct engine *source, *reporting;
	Engine__ReadResponse *read;
	char why[128] = "";

	fresh_dir();
	source = open_personnel();
	reporting = open_it(&reporting_service, "reporting", 64 << 20, true, &exit_code);
	accepted(register_agency(source, "c-1", "ag-1", 0));
	accepted(register_agency(source, "c-2", "ag-2", 1));
	read = read_from(source, 0);
	ok(follow(reporting, read, why) && agencies_copied(reporting) == 2,
	   "what happened is followed");
	ok(follow(reporting, read, why) && agencies_copied(reporting) == 2,
	   "what comes twice has its effect once");
	engine__read_response__free_unpacked(read, NULL);
	accepted(register_agency(source, "c-3", "ag-3", 2));
	accepted(register_person(source, "p-1"));
	read = read_from(source, head_of(source) - 1);
	ok(!follow(reporting, read, why) && strstr(why, "does not follow"),
	   "a gap is never passed over");
	engine__read_response__free_unpacked(read, NULL);
	read = read_from(source, 3);
	ok(follow(reporting, read, why) && agencies_copied(reporting) == 3, "the gap is closed");
	read->head->sequence = 1;
	ok(!follow(reporting, read, why) && strstr(why, "source rewound"),
	   "a source that is shorter than what was followed stops its follower");
	engine__read_response__free_unpacked(read, NULL);
	engine_close(source);
	source = open_it(&personnel_service, "another", 64 << 20, true, &exit_code);
	read = read_from(source, 0);
	ok(!follow(reporting, read, why) && strstr(why, "another epoch"),
	   "a source with another epoch stops its follower");
	engine__read_response__free_unpacked(read, NULL);
	ok(agencies_copied(reporting) == 3 && faults(reporting) == 0,
	   "and the follower's store is as it was");
	engine_close(source);
	engine_close(reporting);
}

/* --- Memory ------------------------------------------------------------------------------------- */

static void memory_is_budgeted(void)
{
	struct arena *arena = arena_open(1000);

	ok(arena_take(arena, 500) && arena_take(arena, 400) && !arena_take(arena, 200),
	   "an arena gives no more than its budget");
	ok(!arena_take(arena, SIZE_MAX - 3), "a size that wraps round is refused");
	arena_reset(arena);
	ok(arena_take(arena, 900) != NULL, "after a reset there is room again");
	arena_close(arena);
}

/* A rule goes on to its end when its memory is spent, and must find what it wrote. */
static void a_turn_without_memory(void)
{
	struct arena *arena = arena_open(64);
	Personnel__Agency record = PERSONNEL__AGENCY__INIT;
	Personnel__AgencyRegistered event = PERSONNEL__AGENCY_REGISTERED__INIT;
	struct engine *engine;
	struct turn turn = { 0 };
	char *first, *second;

	fresh_dir();
	engine = open_personnel();
	engine_begin(engine);
	turn_open(&turn, &engine->txn, arena, &province, 0, "2022-03-01");
	first = turn_take(&turn, 300 * 1024);
	ok(first && turn.spent, "what is beyond the memory of a turn spends it");
	memset(first, 'f', 300 * 1024);
	second = turn_take(&turn, 300 * 1024);
	memset(second, 's', 300 * 1024);
	ok(first[0] == 'f' && first[300 * 1024 - 1] == 'f', "and is a place of its own");
	record.agency_id = "ag-1";
	event.agency = &record;
	turn_accept(&turn, &event.base);
	ok(turn.spent && turn.n_staged == 0, "what is accepted then does not count");
	engine_commit(engine);
	engine_close(engine);
	arena_close(arena);
}

int main(void)
{
	fresh_dir();
	answers_are_kept();
	forms_are_asked_for();
	lists_are_paged();
	damage_is_seen();
	opening_is_guarded();
	full_store();
	a_large_batch();
	a_command_asked_again_and_again();
	a_long_look();
	what_was_logged_is_kept();
	a_damaged_log();
	a_full_log();
	room_is_lost_and_found();
	dates_begin_once();
	following_is_exact();
	what_cannot_be_followed();
	memory_is_budgeted();
	a_turn_without_memory();
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return tap_done();
}
