#include "engine/engine.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "base/text.h"
#include "engine/answer.h"
#include "engine/form.h"
#include "engine/inside.h"
#include "engine/running.h"
#include "engine/log.h"

enum {
	BATCH_BUDGET = 256 * 1024 * 1024,
	VIRTUAL_HOUR = 9, /* a virtual day stands at nine in the morning */
};

const struct source CLOCK = { "clock", &engine__engine_event__descriptor };

static const Engine__Principal service_itself = {
	.base = PROTOBUF_C_MESSAGE_INIT(&engine__principal__descriptor),
	.account_id = "service",
	.person_id = "",
	.role = ENGINE__ROLE__ROLE_SERVICE,
	.region_code = "",
	.agency_id = "",
};

/* --- Opening ------------------------------------------------------------------------------------ */

static void sources_found(struct engine *engine)
{
	const struct service *service = engine->service;
	const struct source *of;

	for (const struct copy *c = service->copies; c && c->table; c++) {
		of = c->source;
		for (size_t i = 0; i < engine->n_sources && of; i++)
			of = engine->sources[i] == of ? NULL : of;
		assert(engine->n_sources < SOURCES_MAX);
		if (of)
			engine->sources[engine->n_sources++] = of;
	}
	for (const struct reaction *r = service->reactions; r && r->event; r++) {
		of = r->source == &CLOCK ? NULL : r->source;
		for (size_t i = 0; i < engine->n_sources && of; i++)
			of = engine->sources[i] == of ? NULL : of;
		assert(engine->n_sources < SOURCES_MAX);
		if (of)
			engine->sources[engine->n_sources++] = of;
	}
}

static struct standing standing_of(struct engine *engine, struct txn *txn)
{
	struct standing now = { .sequence = txn->head.sequence };

	memcpy(now.hash, txn->head.hash, HASH_SIZE);
	memcpy(now.date, txn->head.date, DAY_TEXT_SIZE);
	now.lacks_room = engine->lacks_room;
	for (size_t i = 0; i < engine->n_sources; i++)
		cursor_get(txn, engine->sources[i]->name, &now.cursors[i]);
	return now;
}

static void remember_standing(struct engine *engine, const struct standing *now)
{
	pthread_mutex_lock(&engine->guard);
	engine->standing = *now;
	pthread_mutex_unlock(&engine->guard);
}

struct engine *engine_open(const struct service *service, const char *dir,
			   const struct engine_options *options, int *exit_code,
			   char why[static 256])
{
	const char *flaw = service_flaw(service);
	struct engine *engine = calloc(1, sizeof(*engine));
	struct txn txn;

	*exit_code = EXIT_FAULT;
	snprintf(why, 256, "%s", flaw ? flaw : "no memory");
	if (flaw || !engine || sodium_init() < 0) {
		free(engine);
		return NULL;
	}
	engine->service = service;
	engine->options = *options;
	snprintf(engine->dir, sizeof(engine->dir), "%s", dir);
	pthread_mutex_init(&engine->guard, NULL);
	methods_prepare(&engine->methods, service);
	sources_found(engine);
	engine->turn_arena = arena_open(TURN_BUDGET);
	engine->batch_arena = arena_open(BATCH_BUDGET);
	engine->metrics = metrics_open();
	engine->store =
		store_open(dir, service,
			   &(struct store_options){ .map_bytes = options->map_bytes,
						    .virtual_clock = options->virtual_clock },
			   exit_code, why);
	if (!engine->store || !engine->turn_arena || !engine->batch_arena || !engine->metrics) {
		engine_close(engine);
		return NULL;
	}
	engine->lacks_room = store_lacks_room(engine->store);
	if (txn_read(engine->store, &txn))
		engine->standing = standing_of(engine, &txn);
	txn_abort(&txn);
	return engine;
}

void engine_close(struct engine *engine)
{
	if (!engine)
		return;
	store_close(engine->store);
	arena_close(engine->turn_arena);
	arena_close(engine->batch_arena);
	metrics_close(engine->metrics);
	pthread_mutex_destroy(&engine->guard);
	free(engine->published);
	free(engine);
}

enum method_kind engine_method(const struct engine *engine, const char *full_name)
{
	const struct method *method = methods_find(&engine->methods, full_name);

	return method ? method->kind : METHOD_NONE;
}

const char *engine_source(const struct engine *engine, size_t i)
{
	return i < engine->n_sources ? engine->sources[i]->name : NULL;
}

void engine_standing(struct engine *engine, struct standing *standing)
{
	pthread_mutex_lock(&engine->guard);
	*standing = engine->standing;
	pthread_mutex_unlock(&engine->guard);
}

void engine_told_of_source(struct engine *engine, size_t i, uint64_t head, const char *stopped)
{
	pthread_mutex_lock(&engine->guard);
	engine->told[i].head = head;
	snprintf(engine->told[i].stopped, sizeof(engine->told[i].stopped), "%s",
		 stopped ? stopped : "");
	pthread_mutex_unlock(&engine->guard);
}

/* --- The end of a turn: what was accepted becomes true ------------------------------------------ */

static void publish(struct engine *engine, const uint8_t *bytes, size_t size)
{
	if (engine->n_published == engine->published_max) {
		size_t more = engine->published_max ? engine->published_max * 2 : 64;
		struct packed *grown = realloc(engine->published, more * sizeof(*grown));

		if (!grown) {
			engine->txn.fault = engine->txn.fault ? engine->txn.fault : ENOMEM;
			return;
		}
		engine->published = grown;
		engine->published_max = more;
	}
	engine->published[engine->n_published++] = (struct packed){ bytes, size };
}

/* What an entry of the journal says beside its event. */
struct occasion {
	const Engine__Request *request; /* NULL: no command */
	const Engine__Event *cause;	/* NULL: no followed event */
};

static void append(struct engine *engine, struct turn *turn, const char *type, const uint8_t *body,
		   size_t size, const struct occasion *occasion)
{
	Engine__Event event = ENGINE__EVENT__INIT;
	Engine__Position cause = ENGINE__POSITION__INIT;
	const uint8_t *bytes;

	event.date = turn->today;
	event.type = type;
	event.body = (ProtobufCBinaryData){ size, (uint8_t *)(uintptr_t)body };
	event.actor = (Engine__Principal *)(uintptr_t)turn->actor;
	if (occasion->request) {
		event.command_id = occasion->request->id;
		event.traceparent = occasion->request->traceparent;
	}
	if (occasion->cause) {
		cause.source = occasion->cause->source;
		cause.sequence = occasion->cause->sequence;
		event.cause = &cause;
	}
	bytes = journal_append(&engine->txn, &event, turn->now_us,
			       arena_allocator(engine->batch_arena), &size);
	if (bytes)
		publish(engine, bytes, size);
}

/* NULL, or the field in which a record of the turn is not unique. */
static const char *clash_of(struct engine *engine, const struct turn *turn)
{
	for (int i = 0; i < turn->n_staged; i++) {
		const ProtobufCMessage *event = turn->staged[i].member;

		for (unsigned f = 0; f < event->descriptor->n_fields; f++) {
			const ProtobufCFieldDescriptor *field = &event->descriptor->fields[f];
			const struct shelf *shelf =
				field->type == PROTOBUF_C_TYPE_MESSAGE
					? store_shelf_of(engine->store, field->descriptor, false)
					: NULL;
			const ProtobufCMessage *record = NULL;
			const char *clash;

			if (!shelf || field->label == PROTOBUF_C_LABEL_REPEATED)
				continue;
			memcpy(&record, (const uint8_t *)event + field->offset, sizeof(record));
			clash = record ? record_clash(&engine->txn, shelf, record) : NULL;
			if (clash)
				return clash;
		}
	}
	return NULL;
}

/* From here on nothing is refused, so its memory is the batch's and not the turn's budget. */
static void apply(struct engine *engine, struct turn *turn, const struct occasion *occasion)
{
	for (int i = 0; i < turn->n_staged; i++) {
		const struct staged *staged = &turn->staged[i];

		append(engine, turn, staged->type, staged->body, staged->size, occasion);
		records_of_event(&engine->txn, staged->member, false,
				 arena_allocator(engine->batch_arena));
	}
}

/* --- Batches ------------------------------------------------------------------------------------ */

static int64_t now_us(const struct engine *engine, const struct txn *txn)
{
	int64_t now;
	struct day day;

	if (engine->options.virtual_clock) {
		const char *date = *txn->head.date ? txn->head.date : engine->options.virtual_start;
		bool read = day_read(&day, date);

		assert(read);
		now = day_begins(day) + INT64_C(3600) * 1000000 * VIRTUAL_HOUR;
	} else {
		now = engine->options.now_us(engine->options.now_of);
	}
	return now > txn->head.time_us ? now : txn->head.time_us + 1;
}

static void open_turn(struct engine *engine, struct turn *turn, const Engine__Principal *actor)
{
	arena_reset(engine->turn_arena);
	turn_open(turn, &engine->txn, engine->turn_arena, actor, now_us(engine, &engine->txn),
		  engine->txn.head.date);
}

/* A reaction that cannot be carried out is kept for a human being; the stream goes on. */
static void park(struct engine *engine, struct turn *turn, const char *source, uint64_t sequence,
		 const struct verdict *verdict)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;
	uint8_t bytes[4096];
	size_t size;

	refusal_words(engine->service, verdict, turn->arena, &refused);
	size = protobuf_c_message_get_packed_size(&refused.base);
	if (size > sizeof(bytes))
		return;
	protobuf_c_message_pack(&refused.base, bytes);
	parked_put(&engine->txn, source, sequence, bytes, size);
	metrics_parked(engine->metrics);
	log_error("a reaction could not be carried out", "source", source, "sequence",
		  log_number((int64_t)sequence).text, "reason", refused.reason, "about",
		  refused.about, NULL);
}

static void react(struct engine *engine, const struct source *source, const Engine__Event *event,
		  const ProtobufCMessage *member, struct turn *turn)
{
	for (const struct reaction *r = engine->service->reactions; r && r->event; r++) {
		struct verdict verdict;

		if (r->source != source || strcmp(r->event, member->descriptor->short_name) != 0)
			continue;
		turn->n_staged = 0;
		turn->spent = false;
		verdict = r->react(turn, event, member);
		if (!verdict.refusal && turn->spent)
			verdict = turn_refuse(TURN_TOO_LARGE, r->event);
		if (!verdict.refusal) {
			const char *clash = clash_of(engine, turn);

			if (clash)
				verdict = turn_refuse(ALREADY_TAKEN, clash);
		}
		if (verdict.refusal)
			park(engine, turn, source->name, event->sequence, &verdict);
		else
			apply(engine, turn, &(struct occasion){ .cause = event });
	}
}

/* A business date begins: an event of the journal, then the reactions to it. */
static void begin_day(struct engine *engine, struct day day)
{
	Engine__EngineEvent event = ENGINE__ENGINE_EVENT__INIT;
	Engine__DayBegan began = ENGINE__DAY_BEGAN__INIT;
	Engine__Event entry = ENGINE__EVENT__INIT;
	struct turn *turn = &engine->turn;
	uint8_t body[64];
	size_t size;

	day_write(day, engine->txn.head.date);
	open_turn(engine, turn, &service_itself);
	began.date = turn->today;
	event.event_case = ENGINE__ENGINE_EVENT__EVENT_DAY_BEGAN;
	event.day_began = &began;
	size = protobuf_c_message_pack(&event.base, body);
	append(engine, turn, "day_began", body, size, &(struct occasion){ 0 });
	entry.source = engine->service->name;
	entry.sequence = engine->txn.head.sequence;
	react(engine, &CLOCK, &entry, &began.base, turn);
}

static void begin_days_until(struct engine *engine, struct day last)
{
	struct day day;

	if (!*engine->txn.head.date)
		begin_day(engine, last);
	while (day_read(&day, engine->txn.head.date) && day_compare(day, last) < 0 &&
	       !engine->txn.fault)
		begin_day(engine, day_plus(day, 1));
}

int engine_begin(struct engine *engine)
{
	struct day today = { 0 };

	arena_reset(engine->batch_arena);
	engine->n_published = 0;
	engine->n_turns = 0;
	engine->lacks_room = store_lacks_room(engine->store);
	pthread_mutex_lock(&engine->guard);
	engine->standing.lacks_room = engine->lacks_room;
	pthread_mutex_unlock(&engine->guard);
	if (!txn_write(engine->store, &engine->txn))
		return engine->txn.fault;
	if (!engine->options.virtual_clock)
		today = day_of_instant(now_us(engine, &engine->txn));
	else if (!*engine->txn.head.date)
		day_read(&today, engine->options.virtual_start);
	if (!engine->lacks_room && (!engine->options.virtual_clock || !*engine->txn.head.date))
		begin_days_until(engine, today);
	if (engine->txn.fault)
		txn_abort(&engine->txn);
	return engine->txn.fault;
}

int engine_commit(struct engine *engine)
{
	struct timespec before, after;
	struct standing now;
	int fault;

	clock_gettime(CLOCK_MONOTONIC, &before);
	if (engine->n_published == 0 && engine->n_turns == 0) {
		txn_abort(&engine->txn);
		return 0;
	}
	now = standing_of(engine, &engine->txn);
	fault = txn_commit(&engine->txn);
	if (fault) {
		engine->n_published = 0;
		return fault;
	}
	clock_gettime(CLOCK_MONOTONIC, &after);
	metrics_committed(engine->metrics,
			  (uint64_t)((after.tv_sec - before.tv_sec) * 1000000 +
				     (after.tv_nsec - before.tv_nsec) / 1000),
			  engine->n_turns);
	remember_standing(engine, &now);
	return 0;
}

bool engine_fault_is_room(int fault)
{
	return fault == MDB_MAP_FULL || fault == ENOSPC || fault == MDB_TXN_FULL;
}

const struct packed *engine_published(const struct engine *engine, size_t i)
{
	return i < engine->n_published ? &engine->published[i] : NULL;
}

/* --- Commands ----------------------------------------------------------------------------------- */

static struct packed advance_clock(struct engine *engine, const Engine__Request *request,
				   const struct method *method)
{
	Engine__AdvanceClockResponse response = ENGINE__ADVANCE_CLOCK_RESPONSE__INIT;
	Engine__AdvanceClockRequest *cmd = engine__advance_clock_request__unpack(
		arena_allocator(engine->turn_arena), request->body.len, request->body.data);
	struct day to, today;

	if (!engine->options.virtual_clock)
		return answer_refused(engine, request, method, turn_refuse(CLOCK_IS_REAL, ""));
	if (!cmd || !day_read(&to, cmd->date) || !day_read(&today, engine->txn.head.date))
		return answer_refused(engine, request, method, turn_refuse(FIELD_INVALID, "date"));
	if (day_compare(to, today) < 0)
		return answer_refused(engine, request, method,
				      turn_refuse(CLOCK_GOES_BACK, engine->txn.head.date));
	begin_days_until(engine, to);
	response.date = engine->txn.head.date;
	return answer_with(engine, request, method, &response.base, engine->txn.head.sequence);
}

/* What keeps a request from being a turn at all.  Such an answer is not remembered. */
static struct verdict barred(const struct engine *engine, const Engine__Request *request,
			     const struct method *method)
{
	struct verdict verdict;

	if (!method || method->kind != METHOD_COMMAND)
		return turn_refuse(METHOD_UNKNOWN, request->method);
	verdict = method_admits(method, request->principal);
	if (verdict.refusal)
		return verdict;
	if (!text_is_id(request->id))
		return turn_refuse(ID_INVALID, "id");
	if (engine->lacks_room)
		return turn_refuse(STORE_FULL, engine->lacks_room);
	return turn_done();
}

static struct verdict decide(struct engine *engine, struct turn *turn, const struct method *method,
			     const ProtobufCMessage *command)
{
	struct verdict verdict = form_check(command, method->command->needs, turn->today);
	const char *clash;

	if (!verdict.refusal)
		verdict = method->command->decide(turn, command);
	if (!verdict.refusal && turn->spent)
		return turn_refuse(TURN_TOO_LARGE, method->name);
	if (verdict.refusal)
		return verdict;
	clash = clash_of(engine, turn);
	return clash ? turn_refuse(ALREADY_TAKEN, clash) : turn_done();
}

struct packed engine_command(struct engine *engine, const Engine__Request *request)
{
	const struct method *method = methods_find(&engine->methods, request->method);
	struct verdict verdict = barred(engine, request, method);
	struct turn *turn = &engine->turn;
	uint8_t hash[HASH_SIZE];
	ProtobufCMessage *command;
	struct packed reply;

	if (verdict.refusal)
		return answer_refused(engine, request, method, verdict);
	engine->n_turns++;
	open_turn(engine, turn, request->principal);
	answer_fingerprint(request, hash);
	reply = answer_known(engine, request, method, hash);
	if (reply.bytes)
		return reply;
	if (method->engines)
		return advance_clock(engine, request, method);
	command = protobuf_c_message_unpack(method->input, arena_allocator(turn->arena),
					    request->body.len, request->body.data);
	if (!command)
		return answer_refused(engine, request, method, turn_refuse(BODY_MALFORMED, ""));

	verdict = decide(engine, turn, method, command);
	if (verdict.refusal) {
		reply = answer_refused(engine, request, method, verdict);
		answer_keep_refused(engine, request, hash, reply);
		return reply;
	}
	apply(engine, turn, &(struct occasion){ .request = request });
	answer_keep_accepted(engine, request, hash, turn->n_staged);
	return answer_accepted(engine, request, method, engine->txn.head.sequence);
}

struct packed engine_full(struct engine *engine, const Engine__Request *request)
{
	return answer_refused(engine, request, methods_find(&engine->methods, request->method),
			      turn_refuse(STORE_FULL, "map"));
}

/* --- Following ---------------------------------------------------------------------------------- */

static void follow_event(struct engine *engine, const struct source *source,
			 const Engine__Event *event)
{
	struct turn *turn = &engine->turn;
	ProtobufCMessage *body;
	const ProtobufCMessage *member;

	engine->n_turns++;
	body = protobuf_c_message_unpack(source->event, arena_allocator(turn->arena),
					 event->body.len, event->body.data);
	member = body ? event_member(body) : NULL;
	/* A business date of the source, or an event that came after this program was built. */
	if (!member || !protobuf_c_message_descriptor_get_field_by_name(source->event, event->type))
		return;
	records_of_event(&engine->txn, member, true, arena_allocator(turn->arena));
	react(engine, source, event, member, turn);
}

static bool follows(const Engine__Event *event, const struct cursor *cursor)
{
	if (event->sequence != cursor->sequence + 1)
		return false;
	return cursor->sequence == 0 ||
	       (event->previous_hash.len == HASH_SIZE &&
		memcmp(event->previous_hash.data, cursor->hash, HASH_SIZE) == 0);
}

bool engine_follow(struct engine *engine, const char *name, const Engine__ReadResponse *read,
		   char why[static 128])
{
	const struct source *source = NULL;
	struct cursor cursor;

	for (size_t i = 0; i < engine->n_sources; i++)
		source = strcmp(engine->sources[i]->name, name) == 0 ? engine->sources[i] : source;
	assert(source);
	cursor_get(&engine->txn, name, &cursor);
	if (*cursor.epoch && strcmp(cursor.epoch, read->epoch) != 0) {
		snprintf(why, 128, "source rewound: %s has another epoch", name);
		return false;
	}
	if (read->head && read->head->sequence < cursor.sequence) {
		snprintf(why, 128, "source rewound: %s ends at %ju, %ju had been followed", name,
			 (uintmax_t)read->head->sequence, (uintmax_t)cursor.sequence);
		return false;
	}
	snprintf(cursor.epoch, sizeof(cursor.epoch), "%s", read->epoch);
	bool sound = true;

	for (size_t i = 0; i < read->n_events && !engine->lacks_room; i++) {
		const ProtobufCBinaryData *bytes = &read->events[i];
		Engine__Event *event;

		open_turn(engine, &engine->turn, &service_itself);
		event = engine__event__unpack(arena_allocator(engine->turn_arena), bytes->len,
					      bytes->data);
		if (!event) {
			snprintf(why, 128, "an event of %s cannot be read", name);
			sound = false;
			break;
		}
		if (event->sequence <= cursor.sequence)
			continue;
		if (!follows(event, &cursor)) {
			snprintf(why, 128, "source rewound: event %ju of %s does not follow %ju",
				 (uintmax_t)event->sequence, name, (uintmax_t)cursor.sequence);
			sound = false;
			break;
		}
		follow_event(engine, source, event);
		cursor.sequence = event->sequence;
		journal_hash(bytes->data, bytes->len, cursor.hash);
	}
	cursor_put(&engine->txn, name, &cursor);
	return sound;
}
