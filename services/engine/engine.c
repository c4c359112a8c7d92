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
	HOLD_MS_MAX = 60000,
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
	struct standing now = { .batch = engine->standing.batch, .sequence = txn->head.sequence };

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
	if (!store_unsettled(engine->store))
		engine->seen = *now;
	pthread_mutex_unlock(&engine->guard);
}

/* Opens the keys, and destroys those of everybody who is erased: a crash may have come between. */
static bool seal_opened(struct engine *engine, int *exit_code, char why[static 256])
{
	const struct engine_options *options = &engine->options;
	char name[SEAL_NAME_SIZE];
	struct txn txn;

	if (!options->master_key || !service_seals(engine->service))
		return true;
	engine->seal = seal_open(engine->dir, engine->service->name, options->master_key,
				 options->master_key_before, exit_code, why);
	if (!engine->seal)
		return false;
	if (seal_damaged(engine->seal))
		log_warn("seal.keys: what some slots hold the master key does not open", "slots",
			 log_number((int64_t)seal_damaged(engine->seal)).text, NULL);
	*exit_code = EXIT_FAULT;
	snprintf(why, 256, "the keys of the erased cannot be destroyed");

	bool done = txn_read(engine->store, &txn);

	if (done && seal_is_new(engine->seal) && txn.head.sequence > 0)
		log_warn("seal.keys was not there and is made: what may have been sealed before "
			 "cannot be read",
			 NULL);
	for (size_t i = 0; done && seal_at(engine->seal, i, name); i++) {
		if (*name && erased_has(&txn, name))
			done = seal_forget(engine->seal, name);
	}
	done = done && !txn.fault && seal_destroy(engine->seal) == 0;
	txn_abort(&txn);
	return done;
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
	engine->backup = backup_open();
	engine->store = store_open(dir, service,
				   &(struct store_options){ .map_bytes = options->map_bytes,
							    .virtual_clock = options->virtual_clock,
							    .redo_bytes = options->redo_bytes },
				   exit_code, why);
	if (!engine->store || !engine->turn_arena || !engine->batch_arena || !engine->metrics ||
	    !engine->backup || !seal_opened(engine, exit_code, why)) {
		engine_close(engine);
		return NULL;
	}
	engine->lacks_room = store_lacks_room(engine->store);
	if (txn_read(engine->store, &txn))
		engine->standing = engine->seen = standing_of(engine, &txn);
	txn_abort(&txn);
	engine->standing.batch += store_unsettled(engine->store);
	return engine;
}

void engine_close(struct engine *engine)
{
	if (!engine)
		return;
	backup_close(engine->backup);
	seal_close(engine->seal);
	store_close(engine->store);
	arena_close(engine->turn_arena);
	arena_close(engine->batch_arena);
	metrics_close(engine->metrics);
	pthread_mutex_destroy(&engine->guard);
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

void engine_seen(struct engine *engine, struct standing *seen)
{
	pthread_mutex_lock(&engine->guard);
	*seen = engine->seen;
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

/* What an entry of the journal says beside its event. */
struct occasion {
	const Engine__Request *request; /* NULL: no command */
	const Engine__Event *cause;	/* NULL: no followed event */
};

static bool same_scope(const Engine__Scope *a, const Engine__Scope *b)
{
	return a->readers == b->readers && text_same(a->region_code, b->region_code) &&
	       text_same(a->agency_id, b->agency_id) && text_same(a->person_id, b->person_id);
}

/* Adds the scope to those of the event, where it is not there yet. */
static void add_scope(struct engine *engine, Engine__Event *event, const Engine__Scope *scope)
{
	Engine__Scope *kept, **all = event->scopes;

	for (size_t i = 0; i < event->n_scopes; i++) {
		if (same_scope(all[i], scope))
			return;
	}
	/* Room for a power of two of them. */
	if ((event->n_scopes & (event->n_scopes - 1)) == 0) {
		all = arena_take(engine->batch_arena,
				 (event->n_scopes ? event->n_scopes * 2 : 1) * sizeof(*all));
		if (all && event->n_scopes)
			memcpy(all, event->scopes, event->n_scopes * sizeof(*all));
	}
	kept = arena_take(engine->batch_arena, sizeof(*kept));
	if (!all || !kept) {
		engine->txn.fault = engine->txn.fault ? engine->txn.fault : ENOMEM;
		return;
	}
	*kept = *scope;
	event->scopes = all;
	event->scopes[event->n_scopes++] = kept;
}

/* What the event is about, and who may see it, by the records that it carries. */
static void stamp(struct engine *engine, Engine__Event *event, const ProtobufCMessage *member)
{
	for (unsigned f = 0; f < member->descriptor->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &member->descriptor->fields[f];
		const ProtobufCMessage *record = field_message(member, field, 0);
		const struct shelf *shelf =
			record ? store_shelf_of(engine->store, record->descriptor, false) : NULL;

		for (size_t i = 0; shelf && (record = field_message(member, field, i)); i++) {
			Engine__Scope scope;

			if (text_empty(event->subject))
				event->subject = (char *)(uintptr_t)field_text(record, shelf->id);
			shelf_scope(shelf, record, &scope);
			add_scope(engine, event, &scope);
		}
	}
}

/* member is the event itself; NULL: one of the engine's own, which everybody may see. */
static void append(struct engine *engine, struct turn *turn, const char *type,
		   const ProtobufCMessage *member, const uint8_t *body, size_t size,
		   const struct occasion *occasion)
{
	static const Engine__Scope everybody = ENGINE__SCOPE__INIT;
	Engine__Event event = ENGINE__EVENT__INIT;
	Engine__Position cause = ENGINE__POSITION__INIT;

	if (member)
		stamp(engine, &event, member);
	else
		add_scope(engine, &event, &everybody);
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
	if (journal_append(&engine->txn, &event, turn->now_us,
			   arena_allocator(engine->batch_arena)))
		engine->n_events++;
}

/* NULL, or the field in which a record of the event is not unique. */
static const char *clash_in(struct engine *engine, const ProtobufCMessage *event)
{
	for (unsigned f = 0; f < event->descriptor->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &event->descriptor->fields[f];
		const ProtobufCMessage *record = field_message(event, field, 0);
		const struct shelf *shelf =
			record ? store_shelf_of(engine->store, record->descriptor, false) : NULL;

		for (size_t i = 0; shelf && (record = field_message(event, field, i)); i++) {
			const char *clash = record_clash(&engine->txn, shelf, record);

			if (clash)
				return clash;
		}
	}
	return NULL;
}

static const char *clash_of(struct engine *engine, const struct turn *turn)
{
	for (int i = 0; i < turn->n_staged; i++) {
		const char *clash = clash_in(engine, turn->staged[i].member);

		if (clash)
			return clash;
	}
	return NULL;
}

/* Whose keys are destroyed when the batch is durable: nobody finds them from now on. */
static void forget(struct engine *engine, const struct turn *turn)
{
	for (int i = 0; i < turn->n_forgotten; i++) {
		erased_put(&engine->txn, turn->forgotten[i]);
		if (engine->seal && !seal_forget(engine->seal, turn->forgotten[i]) &&
		    !engine->txn.fault)
			engine->txn.fault = ENOMEM;
	}
}

/* From here on nothing is refused, so its memory is the batch's and not the turn's budget. */
static void apply(struct engine *engine, struct turn *turn, const struct occasion *occasion)
{
	for (int i = 0; i < turn->n_staged; i++) {
		const struct staged *staged = &turn->staged[i];

		append(engine, turn, staged->type, staged->member, staged->body, staged->size,
		       occasion);
		records_of_event(&engine->txn, staged->member, false,
				 arena_allocator(engine->batch_arena));
	}
	forget(engine, turn);
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

/* A turn has the memory of the one before: what of that is kept is in the store, and what it
 * answered has been taken. */
static void open_turn(struct engine *engine, struct turn *turn, const Engine__Principal *actor)
{
	arena_reset(engine->turn_arena);
	arena_reset(engine->batch_arena);
	turn_open(turn, &engine->txn, engine->turn_arena, actor, now_us(engine, &engine->txn),
		  engine->txn.head.date);
	turn->seal = engine->seal;
}

/* A reaction that cannot be carried out is kept for a human being; the stream goes on. */
static void park(struct engine *engine, struct turn *turn, const char *source, uint64_t sequence,
		 const struct verdict *verdict)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;
	uint8_t *bytes;
	size_t size;

	refusal_words(engine->service, verdict, turn->arena, &refused);
	size = protobuf_c_message_get_packed_size(&refused.base);
	bytes = arena_take(engine->batch_arena, size);
	if (!bytes) {
		engine->txn.fault = engine->txn.fault ? engine->txn.fault : ENOMEM;
		return;
	}
	protobuf_c_message_pack(&refused.base, bytes);
	parked_put(&engine->txn, source, sequence, bytes, size);
	metrics_parked(engine->metrics);
	log_error("a reaction could not be carried out", "source", source, "sequence",
		  log_number((int64_t)sequence).text, "reason", refused.reason, "about",
		  refused.about, NULL);
}

/* Runs a reaction once; false: it could not be carried out. */
static bool react_once(struct engine *engine, const struct reaction *reaction,
		       const Engine__Event *event, const ProtobufCMessage *member,
		       struct turn *turn)
{
	struct verdict verdict;
	const char *clash;

	turn->n_staged = turn->n_forgotten = 0;
	turn->spent = turn->lost = turn->again = false;
	verdict = reaction->react(turn, event, member);
	if (!verdict.refusal && turn->spent)
		verdict = turn_refuse(TURN_TOO_LARGE, reaction->event);
	if (!verdict.refusal && turn->lost)
		verdict = turn_refuse(STORE_DAMAGED, "seal.keys");
	clash = verdict.refusal ? NULL : clash_of(engine, turn);
	if (clash)
		verdict = turn_refuse(ALREADY_TAKEN, clash);
	if (verdict.refusal) {
		park(engine, turn, reaction->source->name, event->sequence, &verdict);
		return false;
	}
	apply(engine, turn, &(struct occasion){ .cause = event });
	return true;
}

/* Each reaction to the event, again and again where it asks for that; each time with all the memory
 * of a turn. */
static void react(struct engine *engine, const struct source *source, const Engine__Event *event,
		  const ProtobufCMessage *member, struct turn *turn)
{
	const struct arena_mark mark = arena_mark(turn->arena);

	for (const struct reaction *r = engine->service->reactions; r && r->event; r++) {
		if (r->source != source || strcmp(r->event, member->descriptor->short_name) != 0)
			continue;
		while (react_once(engine, r, event, member, turn) && turn->again) {
			assert(turn->n_staged > 0 && "a reaction asks again and does nothing");
			arena_back(turn->arena, &mark);
			if (engine->txn.fault)
				return;
		}
		arena_back(turn->arena, &mark);
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
	append(engine, turn, "day_began", NULL, body, size, &(struct occasion){ 0 });
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

static void tell_room(struct engine *engine, const char *lacks_room)
{
	engine->lacks_room = lacks_room;
	pthread_mutex_lock(&engine->guard);
	engine->standing.lacks_room = lacks_room;
	pthread_mutex_unlock(&engine->guard);
}

int engine_begin(struct engine *engine)
{
	struct day today = { 0 };

	arena_reset(engine->batch_arena);
	engine->n_events = 0;
	engine->n_turns = 0;
	engine->settles = false;
	backup_look(engine->backup);
	if (!txn_write(engine->store, &engine->txn)) {
		if (engine_fault_is_room(engine->txn.fault))
			tell_room(engine, engine->txn.fault == ENOSPC ? "disk" : "map");
		return engine->txn.fault;
	}
	tell_room(engine, store_lacks_room(engine->store));
	/* What had found no room has been settled now. */
	if (engine->seen.batch != engine->standing.batch && !store_unsettled(engine->store)) {
		struct standing now = standing_of(engine, &engine->txn);

		remember_standing(engine, &now);
	}
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

static int64_t monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

/* Ends a batch in one of the two ways in which it becomes durable. */
static int end_batch(struct engine *engine, int (*end)(struct txn *))
{
	int64_t begun_us = monotonic_us();
	struct standing now;
	int fault;

	if (engine->n_events == 0 && engine->n_turns == 0) {
		txn_abort(&engine->txn);
		return 0;
	}
	now = standing_of(engine, &engine->txn);
	/* The order is promised in seal.h: keys, then the batch, then the keys that end with it. */
	fault = engine->seal ? seal_sync(engine->seal) : 0;
	if (fault)
		txn_abort(&engine->txn);
	else
		fault = end(&engine->txn);
	if (fault) {
		engine->n_events = 0;
		if (engine->seal)
			seal_remember(engine->seal);
		return fault;
	}
	if (engine->seal && seal_destroy(engine->seal) != 0)
		return EIO;
	metrics_committed(engine->metrics, (uint64_t)(monotonic_us() - begun_us), engine->n_turns);
	now.batch++;
	remember_standing(engine, &now);
	return 0;
}

int engine_commit(struct engine *engine)
{
	return end_batch(engine, txn_commit);
}

int engine_log(struct engine *engine)
{
	return end_batch(engine, engine->settles ? txn_commit : txn_log);
}

int engine_settle(struct engine *engine)
{
	int fault = store_settle(engine->store);

	if (!fault)
		remember_standing(engine, &engine->standing);
	return fault;
}

bool engine_unsettled(const struct engine *engine)
{
	return store_unsettled(engine->store);
}

bool engine_fault_is_room(int fault)
{
	return store_fault_is_room(fault);
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

/* Copies of several stores fit each other where, from before the first is begun until after the last
 * is, nobody follows anybody: then no cursor in one is ahead of the journal in another.  What was
 * acknowledged before is settled with this batch, so that a copy has it. */
static struct packed hold_following(struct engine *engine, const Engine__Request *request,
				    const struct method *method)
{
	Engine__HoldFollowingResponse response = ENGINE__HOLD_FOLLOWING_RESPONSE__INIT;
	Engine__HoldFollowingRequest *cmd = engine__hold_following_request__unpack(
		arena_allocator(engine->turn_arena), request->body.len, request->body.data);

	if (!cmd || cmd->hold_ms > HOLD_MS_MAX)
		return answer_refused(engine, request, method,
				      turn_refuse(FIELD_INVALID, "hold_ms"));
	engine->held_until_us = monotonic_us() + cmd->hold_ms * INT64_C(1000);
	engine->settles = true;
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
	if (method->command && method->command->unseals && !engine->seal)
		return turn_refuse(NO_MASTER_KEY, "");
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
	if (!verdict.refusal && turn->lost)
		return turn_refuse(STORE_DAMAGED, "seal.keys");
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
	size_t made = engine->seal ? seal_made(engine->seal) : 0;
	uint8_t hash[HASH_SIZE];
	ProtobufCMessage *command;
	struct packed reply;
	bool personal;

	if (verdict.refusal)
		return answer_refused(engine, request, method, verdict);
	open_turn(engine, turn, request->principal);
	command = protobuf_c_message_unpack(method->input, arena_allocator(turn->arena),
					    request->body.len, request->body.data);
	personal = command && method->may_be_personal && form_is_personal(command);
	/* Of such a request nothing is kept, not even that it was refused. */
	if (personal && !engine->seal)
		return answer_refused(engine, request, method, turn_refuse(NO_MASTER_KEY, ""));
	answer_fingerprint(request, personal ? seal_hash_key(engine->seal) : NULL, hash);
	reply = answer_known(engine, request, method, hash);
	if (reply.bytes)
		return reply;
	/* A store that is nearly full can still be copied. */
	if (engine->lacks_room && strcmp(method->name, "HoldFollowing") != 0)
		return answer_refused(engine, request, method,
				      turn_refuse(STORE_FULL, engine->lacks_room));
	engine->n_turns++;
	if (!command)
		return answer_refused(engine, request, method, turn_refuse(BODY_MALFORMED, ""));
	if (method->engines)
		return strcmp(method->name, "AdvanceClock") == 0
			       ? advance_clock(engine, request, method)
			       : hold_following(engine, request, method);

	verdict = decide(engine, turn, method, command);
	if (verdict.refusal) {
		if (engine->seal)
			seal_back(engine->seal, made);
		reply = answer_refused(engine, request, method, verdict);
		answer_keep_refused(engine, request, hash, reply);
		return reply;
	}
	apply(engine, turn, &(struct occasion){ .request = request });
	answer_keep_accepted(engine, request, hash, turn->n_staged);
	if (turn->answer)
		return answer_with(engine, request, method, turn->answer,
				   engine->txn.head.sequence);
	return answer_accepted(engine, request, method, engine->txn.head.sequence);
}

struct packed engine_full(struct engine *engine, const Engine__Request *request)
{
	arena_reset(engine->batch_arena);
	return answer_refused(engine, request, methods_find(&engine->methods, request->method),
			      turn_refuse(STORE_FULL, "map"));
}

/* --- Following ---------------------------------------------------------------------------------- */

/* The event and its records have the batch's memory, as those of our own: what was accepted once
 * must find room, or its followers stand still.  False: it cannot be read. */
static bool follow_event(struct engine *engine, const struct source *source,
			 const Engine__Event *event)
{
	ProtobufCAllocator *allocator = arena_allocator(engine->batch_arena);
	ProtobufCMessage *body;
	const ProtobufCMessage *member;

	engine->n_turns++;
	/* A business date of the source, or an event that came after this program was built. */
	if (!protobuf_c_message_descriptor_get_field_by_name(source->event, event->type))
		return true;
	body = protobuf_c_message_unpack(source->event, allocator, event->body.len,
					 event->body.data);
	member = body ? event_member(body) : NULL;
	if (!member)
		return false;
	records_of_event(&engine->txn, member, true, allocator);
	react(engine, source, event, member, &engine->turn);
	return true;
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
	const uint64_t stood = cursor.sequence;
	const bool held = engine->held_until_us > monotonic_us();
	bool sound = true;

	for (size_t i = 0; i < read->n_events && !engine->lacks_room && !held; i++) {
		const ProtobufCBinaryData *bytes = &read->events[i];
		Engine__Event *event;

		open_turn(engine, &engine->turn, &service_itself);
		event = engine__event__unpack(arena_allocator(engine->batch_arena), bytes->len,
					      bytes->data);
		if (!event) {
			snprintf(why, 128, "an event of %s cannot be read", name);
			sound = false;
			break;
		}
		if (strcmp(event->source, name) != 0) {
			snprintf(why, 128, "%s answers with an event of %.32s", name,
				 event->source);
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
		if (!follow_event(engine, source, event)) {
			snprintf(why, 128, "event %ju of %s cannot be read",
				 (uintmax_t)event->sequence, name);
			sound = false;
			break;
		}
		cursor.sequence = event->sequence;
		journal_hash(bytes->data, bytes->len, cursor.hash);
	}
	/* What changes nothing must not be undone: it would take with it what is not settled. */
	if (cursor.sequence != stood)
		cursor_put(&engine->txn, name, &cursor);
	return sound;
}
