/* The readers' half of a running engine: queries on snapshots, and the engine's own. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/text.h"
#include "engine/form.h"
#include "engine/running.h"
#include "engine/scope.h"

enum {
	READER_BUDGET = 64 * 1024 * 1024,
	PAGE_SIZE = 100,
	PAGE_SIZE_MAX = 1000,
	ROWS_LOOKED_AT_MAX = 20000,
	READ_BYTES = 1024 * 1024,
	LOOKED_AT_BYTES = 8 * READ_BYTES, /* by a read of somebody who may not see all */
	FAULTS_TOLD_MAX = 50,
};

struct reader {
	struct engine *engine;
	struct arena *arena;
	struct txn txn;
	struct turn turn;
};

struct reader *reader_open(struct engine *engine)
{
	struct reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return NULL;
	reader->engine = engine;
	reader->arena = arena_open(READER_BUDGET);
	if (!reader->arena) {
		free(reader);
		return NULL;
	}
	return reader;
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	arena_close(reader->arena);
	free(reader);
}

/* --- Lists -------------------------------------------------------------------------------------- */

/* A list's request: which fields filter, and by which index they are found. */
struct listing {
	const struct shelf *shelf;
	const ProtobufCMessage *request;
	void *like; /* a record with the filters filled in */
	int n_filters;
	const ProtobufCFieldDescriptor *filters[16];
	const struct key_spec *index; /* NULL: all records by id */
	int index_fields;
	struct key prefix;
	uint32_t page_size;
};

static bool is_region(const ProtobufCFieldDescriptor *field)
{
	return strcmp(field->name, "region_code") == 0;
}

static bool given(const ProtobufCMessage *request, const ProtobufCFieldDescriptor *field)
{
	if (field->type == PROTOBUF_C_TYPE_STRING)
		return *field_text(request, field) != '\0';
	return field_is_number(field) && field_number(request, field) != 0;
}

/* Copies the request's filters into a record of the table's type. */
static bool filters_found(struct listing *listing, struct turn *turn)
{
	const ProtobufCMessageDescriptor *record = listing->shelf->table->record;
	const ProtobufCMessageDescriptor *asked = listing->request->descriptor;

	listing->like = turn_take(turn, record->sizeof_message);
	protobuf_c_message_init(record, listing->like);
	for (unsigned i = 0; i < asked->n_fields; i++) {
		const ProtobufCFieldDescriptor *from = &asked->fields[i];
		const ProtobufCFieldDescriptor *to =
			protobuf_c_message_descriptor_get_field_by_name(record, from->name);

		if (!to || to->type != from->type || to->label == PROTOBUF_C_LABEL_REPEATED ||
		    from->label == PROTOBUF_C_LABEL_REPEATED || !given(listing->request, from))
			continue;
		if (listing->n_filters == 16)
			return false;
		listing->filters[listing->n_filters++] = to;
		/* The same type has the same size: a pointer, or what shelf.c calls a number. */
		memcpy((uint8_t *)listing->like + to->offset,
		       (const uint8_t *)listing->request + from->offset,
		       to->type == PROTOBUF_C_TYPE_STRING ? sizeof(char *)
		       : to->type == PROTOBUF_C_TYPE_BOOL ? sizeof(protobuf_c_boolean)
		       : to->type == PROTOBUF_C_TYPE_INT64 || to->type == PROTOBUF_C_TYPE_UINT64
			       ? sizeof(int64_t)
			       : sizeof(int32_t));
	}
	return true;
}

static bool filters_by(const struct listing *listing, const struct key_field *part)
{
	for (int i = 0; i < listing->n_filters; i++) {
		if (listing->filters[i] == part->field)
			return part->first_n == 0 ||
			       strlen(field_text(listing->like, part->field)) >= part->first_n;
	}
	return false;
}

/* The index with the most leading fields given.  A region is a prefix, so it ends the key. */
static void index_chosen(struct listing *listing)
{
	for (int i = 0; i < listing->shelf->n_indexes; i++) {
		const struct key_spec *spec = &listing->shelf->indexes[i];
		int n = 0;

		while (n < spec->n_fields && filters_by(listing, &spec->fields[n])) {
			n++;
			if (is_region(spec->fields[n - 1].field) && !spec->fields[n - 1].first_n)
				break;
		}
		if (n > listing->index_fields) {
			listing->index = spec;
			listing->index_fields = n;
		}
	}
	if (!listing->index)
		return;
	shelf_key(listing->index, listing->index_fields, listing->like, &listing->prefix);

	const struct key_field *last = &listing->index->fields[listing->index_fields - 1];

	if (is_region(last->field) && !last->first_n)
		listing->prefix.size--;
}

static bool passes(const struct listing *listing, const void *record)
{
	for (int i = 0; i < listing->n_filters; i++) {
		const ProtobufCFieldDescriptor *field = listing->filters[i];

		if (field->type != PROTOBUF_C_TYPE_STRING) {
			if (field_number(record, field) != field_number(listing->like, field))
				return false;
		} else if (is_region(field)) {
			if (!text_begins(field_text(record, field),
					 field_text(listing->like, field)))
				return false;
		} else if (strcmp(field_text(record, field), field_text(listing->like, field)) !=
			   0) {
			return false;
		}
	}
	return true;
}

static bool page_begins(const ProtobufCMessage *request, const struct listing *listing,
			struct each *each)
{
	const ProtobufCFieldDescriptor *token =
		protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "page_token");
	const char *text = token ? field_text(request, token) : "";
	size_t size;

	if (!*text)
		return true;
	if (sodium_hex2bin(each->key, KEY_MAX, text, strlen(text), NULL, &size, NULL) != 0)
		return false;
	if (size < listing->prefix.size ||
	    memcmp(each->key, listing->prefix.bytes, listing->prefix.size) != 0)
		return false;
	if (listing->index && !shelf_fields_end(listing->index, each->key, size))
		return false;
	each->key_size = size;
	each->begun = true;
	return true;
}

static const ProtobufCFieldDescriptor *list_field(const ProtobufCMessage *response,
						  const struct table *table)
{
	for (unsigned i = 0; i < response->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &response->descriptor->fields[i];

		if (field->label == PROTOBUF_C_LABEL_REPEATED &&
		    field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == table->record)
			return field;
	}
	return NULL;
}

static struct verdict list(struct turn *turn, const struct table *table,
			   const ProtobufCMessage *request, ProtobufCMessage *response)
{
	struct listing listing = { .shelf = store_shelf(turn->txn->store, table),
				   .request = request };
	const ProtobufCFieldDescriptor *size_field =
		protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "page_size");
	const ProtobufCFieldDescriptor *next = protobuf_c_message_descriptor_get_field_by_name(
		response->descriptor, "next_page_token");
	const ProtobufCFieldDescriptor *out = list_field(response, table);
	int64_t page = size_field ? field_number(request, size_field) : 0;
	const void **records;
	size_t n = 0, looked_at = 0;

	if (page < 0 || page > PAGE_SIZE_MAX)
		return turn_refuse(FIELD_INVALID, "page_size");
	listing.page_size = page ? (uint32_t)page : PAGE_SIZE;
	if (!filters_found(&listing, turn))
		return turn_refuse(TURN_TOO_LARGE, table->name);
	index_chosen(&listing);

	struct each each = { .turn = turn, .of = listing.shelf, .index = listing.index };

	memcpy(each.key, listing.prefix.bytes, listing.prefix.size);
	each.key_size = each.prefix_size = listing.prefix.size;
	if (!page_begins(request, &listing, &each))
		return turn_refuse(PAGE_TOKEN_INVALID, "page_token");
	records = turn_take(turn, listing.page_size * sizeof(*records));
	while (n < listing.page_size && looked_at++ < ROWS_LOOKED_AT_MAX) {
		const struct arena_mark mark = arena_mark(turn->arena);
		const void *record = each_next(&each);

		if (!record)
			break;
		if (passes(&listing, record) && turn_sees(turn, table, record))
			records[n++] = record;
		else
			arena_back(turn->arena, &mark);
	}
	memcpy((uint8_t *)response + out->offset, &records, sizeof(records));
	memcpy((uint8_t *)response + out->quantifier_offset, &n, sizeof(n));
	if (!each.ended && next) {
		char *token = turn_take(turn, each.key_size * 2 + 1);

		sodium_bin2hex(token, each.key_size * 2 + 1, each.key, each.key_size);
		memcpy((uint8_t *)response + next->offset, &token, sizeof(token));
	}
	return turn_done();
}

/* --- One record --------------------------------------------------------------------------------- */

static struct verdict get(struct turn *turn, const struct table *table,
			  const ProtobufCMessage *request, ProtobufCMessage *response)
{
	const ProtobufCFieldDescriptor *id =
		protobuf_c_message_descriptor_get_field_by_name(request->descriptor, table->id);
	const void *record = turn_find(turn, table, field_text(request, id));

	if (!record || !turn_sees(turn, table, record))
		return turn_not_found(field_text(request, id));
	for (unsigned i = 0; i < response->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &response->descriptor->fields[i];

		if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == table->record &&
		    field->label != PROTOBUF_C_LABEL_REPEATED)
			memcpy((uint8_t *)response + field->offset, &record, sizeof(record));
	}
	return turn_done();
}

/* --- The engine's own queries ------------------------------------------------------------------- */

static void head_tell(const struct engine *engine, const struct txn *txn, Engine__Head *head)
{
	head->source = engine->service->name;
	head->epoch = store_epoch(engine->store);
	head->sequence = txn->head.sequence;
	head->hash = (ProtobufCBinaryData){ txn->head.sequence ? HASH_SIZE : 0,
					    (uint8_t *)(uintptr_t)txn->head.hash };
}

/* True where the caller may see the stored event. */
static bool event_seen(struct reader *reader, const void *bytes, size_t size)
{
	const Engine__Principal *caller = reader->turn.actor;
	const struct arena_mark mark = arena_mark(reader->arena);
	const Engine__Event *event;
	bool seen;

	if (caller->role == ENGINE__ROLE__ROLE_SERVICE)
		return true;
	event = engine__event__unpack(arena_allocator(reader->arena), size, bytes);
	seen = event && scope_sees_event(caller, event);
	arena_back(reader->arena, &mark);
	return seen;
}

static struct verdict read_journal(struct reader *reader, const Engine__ReadRequest *request,
				   Engine__ReadResponse *response)
{
	const uint64_t last = reader->txn.head.sequence;
	size_t max = request->max_bytes ? request->max_bytes : READ_BYTES, taken = 0, looked_at = 0;
	size_t n_max = last > request->after ? last - request->after : 0;
	Engine__Head *head = turn_take(&reader->turn, sizeof(*head));

	if (max > READ_BYTES)
		max = READ_BYTES;
	/* An event takes 60 bytes at the least. */
	if (n_max > max / 60 + 1)
		n_max = max / 60 + 1;
	engine__head__init(head);
	head_tell(reader->engine, &reader->txn, head);
	response->epoch = store_epoch(reader->engine->store);
	response->head = head;
	response->through = request->after;
	response->events = arena_take(reader->arena, (n_max + 1) * sizeof(*response->events));
	if (!response->events)
		return turn_refuse(TURN_TOO_LARGE, "Read");
	while (response->through < last && response->n_events < n_max && taken < max &&
	       looked_at < LOOKED_AT_BYTES) {
		size_t size;
		const void *bytes = journal_get(&reader->txn, response->through + 1, &size);

		if (!bytes)
			return turn_refuse(STORE_DAMAGED, "journal");
		if (taken && taken + size > max)
			break;
		response->through++;
		looked_at += size;
		if (!event_seen(reader, bytes, size))
			continue;
		/* Packed into the reply before the snapshot is given back. */
		response->events[response->n_events++] =
			(ProtobufCBinaryData){ size, (uint8_t *)(uintptr_t)bytes };
		taken += size;
	}
	return turn_done();
}

static struct verdict status(struct reader *reader, const void *request,
			     Engine__StatusResponse *response)
{
	struct engine *engine = reader->engine;
	struct turn *turn = &reader->turn;
	struct standing standing;

	(void)request;
	engine_standing(engine, &standing);
	response->service = engine->service->name;
	response->head = turn_take(turn, sizeof(*response->head));
	engine__head__init(response->head);
	head_tell(engine, &reader->txn, response->head);
	response->virtual_clock = engine->options.virtual_clock;
	response->date = turn_text(turn, "%s", reader->txn.head.date);
	response->ready = !standing.lacks_room;
	response->not_ready_because = standing.lacks_room ? standing.lacks_room : "";
	response->version = SHEGONG_VERSION;
	response->parked = parked_count(&reader->txn);
	response->followed = turn_take(turn, SOURCES_MAX * sizeof(*response->followed));
	for (size_t i = 0; i < engine->n_sources; i++) {
		Engine__Followed *followed = turn_take(turn, sizeof(*followed));
		struct cursor cursor;

		engine__followed__init(followed);
		cursor_get(&reader->txn, engine->sources[i]->name, &cursor);
		followed->source = engine->sources[i]->name;
		followed->sequence = cursor.sequence;
		followed->epoch = turn_text(turn, "%s", cursor.epoch);
		pthread_mutex_lock(&engine->guard);
		followed->head = engine->told[i].head;
		followed->stopped = turn_text(turn, "%s", engine->told[i].stopped);
		pthread_mutex_unlock(&engine->guard);
		response->followed[response->n_followed++] = followed;
	}
	response->tables = turn_take(turn, 64 * sizeof(*response->tables));
	for (size_t i = 0; store_shelf_at(engine->store, i); i++) {
		const struct shelf *shelf = store_shelf_at(engine->store, i);
		Engine__TableStatus *table = turn_take(turn, sizeof(*table));
		MDB_stat stat;

		engine__table_status__init(table);
		mdb_stat(reader->txn.txn, shelf->dbi, &stat);
		table->name = shelf->table->name;
		table->records = stat.ms_entries;
		response->tables[response->n_tables++] = table;
	}
	return turn_done();
}

static struct verdict metrics(struct reader *reader, const void *request,
			      Engine__MetricsResponse *response)
{
	struct engine *engine = reader->engine;
	struct gauge gauges[8 + SOURCES_MAX];
	uint64_t used, all, disk_free;
	size_t n = 0, size;
	char *text;

	(void)request;
	store_sizes(engine->store, &used, &all, &disk_free);
	gauges[n++] = (struct gauge){ "shegong_journal_sequence", "The journal's last event.", NULL,
				      NULL, reader->txn.head.sequence };
	gauges[n++] = (struct gauge){ "shegong_store_used_bytes", "Bytes of the map in use.", NULL,
				      NULL, used };
	gauges[n++] =
		(struct gauge){ "shegong_store_map_bytes", "Bytes of the map.", NULL, NULL, all };
	gauges[n++] = (struct gauge){ "shegong_disk_free_bytes", "Free bytes of the store's disk.",
				      NULL, NULL, disk_free };
	gauges[n++] = (struct gauge){ "shegong_parked_events",
				      "Followed events whose reaction was refused.", NULL, NULL,
				      parked_count(&reader->txn) };
	gauges[n++] = (struct gauge){ "shegong_replayed_batches",
				      "Batches done again from the redo log at the last start.",
				      NULL, NULL, store_replayed(engine->store) };
	gauges[n++] = (struct gauge){ "shegong_backup_timestamp_seconds",
				      "When the last whole copy was handed out; 0: never.", NULL,
				      NULL, backup_done_at(engine->dir) };
	for (size_t i = 0; i < engine->n_sources; i++) {
		struct cursor cursor;
		uint64_t head;

		cursor_get(&reader->txn, engine->sources[i]->name, &cursor);
		pthread_mutex_lock(&engine->guard);
		head = engine->told[i].head;
		pthread_mutex_unlock(&engine->guard);
		gauges[n++] = (struct gauge){
			"shegong_follow_lag_events",
			"Events of a source not yet followed.",
			"source",
			engine->sources[i]->name,
			head > cursor.sequence ? head - cursor.sequence : 0,
		};
	}
	text = metrics_text(engine->metrics, &engine->methods, gauges, n, &size);
	if (!text)
		return turn_refuse(TURN_TOO_LARGE, "Metrics");
	response->text = turn_text(&reader->turn, "%s", text);
	free(text);
	return turn_done();
}

struct faults_told {
	struct turn *turn;
	Engine__VerifyResponse *response;
};

static void fault_told(void *of, const char *fault)
{
	struct faults_told *told = of;

	if (told->response->n_faults < FAULTS_TOLD_MAX)
		told->response->faults[told->response->n_faults++] =
			(char *)(uintptr_t)turn_text(told->turn, "%s", fault);
}

/* Whoever is erased has no key any more. */
static void verify_erased(struct reader *reader, struct faults_told *told)
{
	struct seal *seal = reader->engine->seal;
	char name[SEAL_NAME_SIZE];

	for (size_t i = 0; seal && seal_at(seal, i, name); i++) {
		if (*name && erased_has(&reader->txn, name))
			fault_told(told, "seal.keys: there is a key of somebody who is erased");
	}
}

static struct verdict verify(struct reader *reader, const void *request,
			     Engine__VerifyResponse *response)
{
	struct faults_told told = { &reader->turn, response };
	struct proof proof = { 0 };

	(void)request;
	response->faults = turn_take(&reader->turn, FAULTS_TOLD_MAX * sizeof(*response->faults));
	response->head = turn_take(&reader->turn, sizeof(*response->head));
	engine__head__init(response->head);
	head_tell(reader->engine, &reader->txn, response->head);
	store_verify(&reader->txn, reader->engine->dir, &proof, fault_told, &told);
	verify_erased(reader, &told);
	response->events = proof.events;
	response->records = proof.records;
	return turn_done();
}

static struct verdict backup(struct reader *reader, const Engine__BackupRequest *request,
			     Engine__BackupResponse *response)
{
	struct engine *engine = reader->engine;
	struct turn *turn = &reader->turn;
	struct backup_piece *piece = turn_take(turn, sizeof(*piece));
	int fault;

	if (!backup_ask(engine, request->backup_id, request->offset, arena_allocator(reader->arena),
			piece, &fault))
		return fault ? turn_refuse(STORE_DAMAGED, mdb_strerror(fault))
			     : turn_not_found(request->backup_id);
	response->backup_id = piece->id;
	response->piece = (ProtobufCBinaryData){ piece->size, piece->bytes };
	response->last = piece->last;
	response->head = turn_take(turn, sizeof(*response->head));
	engine__head__init(response->head);
	response->head->source = engine->service->name;
	response->head->epoch = store_epoch(engine->store);
	response->head->sequence = piece->standing.sequence;
	response->head->hash = (ProtobufCBinaryData){ HASH_SIZE, piece->standing.hash };
	response->followed = turn_take(turn, SOURCES_MAX * sizeof(*response->followed));
	for (size_t i = 0; i < engine->n_sources; i++) {
		Engine__Followed *followed = turn_take(turn, sizeof(*followed));

		engine__followed__init(followed);
		followed->source = engine->sources[i]->name;
		followed->sequence = piece->standing.cursors[i].sequence;
		followed->epoch = piece->standing.cursors[i].epoch;
		response->followed[response->n_followed++] = followed;
	}
	if (piece->last)
		backup_done(engine->dir);
	return turn_done();
}

static struct verdict engines_answer(struct reader *reader, const struct method *method,
				     const ProtobufCMessage *request, ProtobufCMessage *response)
{
	if (strcmp(method->name, "Read") == 0)
		return read_journal(reader, (const void *)request, (void *)response);
	if (strcmp(method->name, "Status") == 0)
		return status(reader, request, (void *)response);
	if (strcmp(method->name, "Metrics") == 0)
		return metrics(reader, request, (void *)response);
	if (strcmp(method->name, "Backup") == 0)
		return backup(reader, (const void *)request, (void *)response);
	return verify(reader, request, (void *)response);
}

/* --- A query ------------------------------------------------------------------------------------ */

static struct verdict answer(struct reader *reader, const struct method *method,
			     const Engine__Request *request, ProtobufCMessage *response)
{
	const struct query *query = method->query;
	struct verdict verdict = method_admits(method, request->principal);
	ProtobufCMessage *asked;

	if (verdict.refusal)
		return verdict;
	asked = protobuf_c_message_unpack(method->input, arena_allocator(reader->arena),
					  request->body.len, request->body.data);
	if (!asked)
		return turn_refuse(BODY_MALFORMED, "");
	if (method->may_be_personal && !reader->engine->seal)
		return turn_refuse(NO_MASTER_KEY, "");
	verdict = form_check(asked, NULL, "9999-12-31");
	if (verdict.refusal)
		return verdict;
	if (method->engines)
		return engines_answer(reader, method, asked, response);
	if (query->get)
		return get(&reader->turn, query->get, asked, response);
	if (query->list)
		return list(&reader->turn, query->list, asked, response);
	return query->answer(&reader->turn, asked, response);
}

/* How far the followed journals are in the snapshot; their number. */
static size_t seen_tell(struct reader *reader, Engine__Position seen[static SOURCES_MAX],
			Engine__Position *all[static SOURCES_MAX])
{
	const struct engine *engine = reader->engine;

	for (size_t i = 0; i < engine->n_sources; i++) {
		struct cursor cursor;

		cursor_get(&reader->txn, engine->sources[i]->name, &cursor);
		engine__position__init(&seen[i]);
		seen[i].source = engine->sources[i]->name;
		seen[i].sequence = cursor.sequence;
		all[i] = &seen[i];
	}
	return engine->n_sources;
}

static struct packed answered(struct reader *reader, const struct method *method,
			      const Engine__Request *request, const ProtobufCMessage *response)
{
	Engine__Reply reply = ENGINE__REPLY__INIT;
	Engine__Position position = ENGINE__POSITION__INIT;
	Engine__Position seen[SOURCES_MAX], *all[SOURCES_MAX];
	size_t size = protobuf_c_message_get_packed_size(response);
	uint8_t *body = arena_take(reader->arena, size + 1);

	if (!body)
		return (struct packed){ 0 };
	protobuf_c_message_pack(response, body);
	position.source = reader->engine->service->name;
	position.sequence = reader->txn.head.sequence;
	reply.id = request->id;
	reply.correlation = request->correlation;
	reply.body = (ProtobufCBinaryData){ size, body };
	reply.position = &position;
	reply.seen = all;
	reply.n_seen = method->engines ? 0 : seen_tell(reader, seen, all);
	return reply_pack(reader->arena, &reply);
}

struct packed reader_query(struct reader *reader, const Engine__Request *request)
{
	struct engine *engine = reader->engine;
	const struct method *method = methods_find(&engine->methods, request->method);
	struct verdict verdict = turn_done();
	ProtobufCMessage *response;
	struct packed reply = { 0 };

	arena_reset(reader->arena);
	if (!method || method->kind == METHOD_COMMAND)
		return reader_refuse(reader, request, METHOD_UNKNOWN, request->method);
	if (!txn_read(engine->store, &reader->txn))
		return reader_refuse(reader, request, STORE_DAMAGED,
				     mdb_strerror(reader->txn.fault));
	turn_open(&reader->turn, &reader->txn, reader->arena, request->principal,
		  reader->txn.head.time_us, reader->txn.head.date);
	reader->turn.seal = engine->seal;
	response = turn_take(&reader->turn, method->output->sizeof_message);
	protobuf_c_message_init(method->output, response);
	verdict = answer(reader, method, request, response);
	if (!verdict.refusal && reader->txn.fault)
		verdict = turn_refuse(STORE_DAMAGED, mdb_strerror(reader->txn.fault));
	if (!verdict.refusal && reader->turn.spent)
		verdict = turn_refuse(TURN_TOO_LARGE, method->name);
	if (!verdict.refusal) {
		reply = answered(reader, method, request, response);
		if (!reply.bytes)
			verdict = turn_refuse(TURN_TOO_LARGE, method->name);
	}
	if (verdict.refusal)
		reply = reply_refused(engine->service, request, &verdict, reader->txn.head.sequence,
				      reader->arena);
	metrics_answered(engine->metrics, method->number,
			 verdict.refusal ? refusal_words(engine->service, &verdict, reader->arena,
							 &(Engine__Refused)ENGINE__REFUSED__INIT)
					 : ENGINE__CODE__CODE_UNSPECIFIED);
	txn_abort(&reader->txn);
	return reply;
}

struct packed reader_refuse(struct reader *reader, const Engine__Request *request,
			    int engine_refusal, const char *about)
{
	struct verdict verdict = turn_refuse(engine_refusal, about);
	struct standing standing;

	engine_standing(reader->engine, &standing);
	return reply_refused(reader->engine->service, request, &verdict, standing.sequence,
			     reader->arena);
}
