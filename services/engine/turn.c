#include "engine/turn.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "engine/inside.h"
#include "engine/scope.h"

void turn_open(struct turn *turn, struct txn *txn, struct arena *arena,
	       const Engine__Principal *actor, int64_t now_us, const char *today)
{
	turn->txn = txn;
	turn->arena = arena;
	turn->actor = actor;
	turn->now_us = now_us;
	snprintf(turn->today, sizeof(turn->today), "%s", today);
	turn->spent = turn->lost = false;
	turn->n_staged = turn->n_forgotten = 0;
	turn->answer = NULL;
}

static const struct shelf *shelf_of(struct turn *turn, const struct table *table)
{
	const struct shelf *shelf = store_shelf(turn->txn->store, table);

	assert(shelf && "a rule names a table that its service does not list");
	return shelf;
}

/* --- What is recorded ------------------------------------------------------------------------ */

const void *turn_find(struct turn *turn, const struct table *table, const char *id)
{
	if (text_empty(id))
		return NULL;
	return record_get(turn->txn, shelf_of(turn, table), id, arena_allocator(turn->arena),
			  &turn->spent);
}

/* What an each stands on: the spec of an index, or the shelf itself. */
struct each turn_each(struct turn *turn, const struct table *table, const char *index,
		      const void *like)
{
	const struct shelf *shelf = shelf_of(turn, table);
	struct each each = { .turn = turn, .of = shelf };
	struct key key = { 0 };

	if (index) {
		each.index = shelf_spec(shelf->indexes, shelf->n_indexes, index);
		shelf_key(each.index, ((const struct key_spec *)each.index)->n_fields, like, &key);
	}
	memcpy(each.key, key.bytes, key.size);
	each.key_size = each.prefix_size = key.size;
	return each;
}

/* The next key of a database that begins with the prefix, from a cursor of its own: rules may
 * leave an each at any time, so that no cursor can be kept open for it. */
static bool next_key(struct each *each, MDB_dbi dbi, MDB_val *key, MDB_val *value)
{
	struct txn *txn = each->turn->txn;
	MDB_cursor *cursor;

	if (each->ended || txn->fault)
		return false;
	each->ended = true;
	txn->fault = mdb_cursor_open(txn->txn, dbi, &cursor);
	if (txn->fault)
		return false;
	*key = (MDB_val){ each->key_size, each->key };

	int found = mdb_cursor_get(cursor, key, value, each->key_size ? MDB_SET_RANGE : MDB_FIRST);

	if (found == 0 && each->begun && key->mv_size == each->key_size &&
	    memcmp(key->mv_data, each->key, each->key_size) == 0)
		found = mdb_cursor_get(cursor, key, value, MDB_NEXT);
	mdb_cursor_close(cursor);
	if (found == MDB_NOTFOUND)
		return false;
	if (found) {
		txn->fault = found;
		return false;
	}
	if (key->mv_size < each->prefix_size || key->mv_size > sizeof(each->key) ||
	    memcmp(key->mv_data, each->key, each->prefix_size) != 0)
		return false;
	memcpy(each->key, key->mv_data, key->mv_size);
	each->key_size = key->mv_size;
	each->begun = true;
	each->ended = false;
	return true;
}

const void *each_next(struct each *each)
{
	const struct shelf *shelf = each->of;
	const struct key_spec *index = each->index;
	char id[KEY_MAX + 1];
	MDB_val key, value;
	const void *record;
	size_t size;

	if (!next_key(each, index ? index->dbi : shelf->dbi, &key, &value))
		return NULL;
	if (!index) {
		size = key.mv_size;
		memcpy(id, key.mv_data, size);
	} else if (index->unique) {
		size = value.mv_size;
		memcpy(id, value.mv_data, size);
	} else {
		size_t end = shelf_fields_end(index, key.mv_data, key.mv_size);

		size = key.mv_size - end;
		memcpy(id, (const char *)key.mv_data + end, size);
	}
	id[size] = '\0';
	record = record_get(each->turn->txn, shelf, id, arena_allocator(each->turn->arena),
			    &each->turn->spent);
	assert(record || each->turn->spent || each->turn->txn->fault);
	return record;
}

const void *turn_by(struct turn *turn, const struct table *table, const char *index,
		    const void *like)
{
	struct each each = turn_each(turn, table, index, like);

	return each_next(&each);
}

static struct tally tally_of(struct turn *turn, const struct table *table, const char *text,
			     const void *like)
{
	const struct shelf *shelf = shelf_of(turn, table);
	const struct key_spec *spec = shelf_spec(shelf->tallies, shelf->n_tallies, text);
	struct key key;

	shelf_key(spec, spec->n_fields, like, &key);
	return tally_get(turn->txn, spec, &key);
}

uint64_t turn_count(struct turn *turn, const struct table *table, const char *tally,
		    const void *like)
{
	return tally_of(turn, table, tally, like).count;
}

int64_t turn_sum(struct turn *turn, const struct table *table, const char *tally, const void *like)
{
	return tally_of(turn, table, tally, like).sum;
}

struct each turn_groups(struct turn *turn, const struct table *table, const char *tally,
			const void *like, int prefix_fields)
{
	const struct shelf *shelf = shelf_of(turn, table);
	struct each each = { .turn = turn, .of = shelf };
	struct key key = { 0 };

	each.index = shelf_spec(shelf->tallies, shelf->n_tallies, tally);
	assert(prefix_fields <= ((const struct key_spec *)each.index)->n_fields);
	shelf_key(each.index, prefix_fields, like, &key);
	memcpy(each.key, key.bytes, key.size);
	each.key_size = each.prefix_size = key.size;
	return each;
}

bool group_next(struct each *each, struct group *group)
{
	const struct shelf *shelf = each->of;
	const struct key_spec *spec = each->index;
	ProtobufCMessage *like;
	struct tally tally;
	MDB_val key, value;

	if (!next_key(each, spec->dbi, &key, &value) || value.mv_size != sizeof(tally))
		return false;
	memcpy(&tally, value.mv_data, sizeof(tally));
	like = turn_take(each->turn, shelf->table->record->sizeof_message);
	protobuf_c_message_init(shelf->table->record, like);
	if (!shelf_unkey(spec, key.mv_data, key.mv_size, like, arena_allocator(each->turn->arena)))
		return false;
	*group = (struct group){ like, tally.count, tally.sum };
	return true;
}

/* --- The moment, and who asks ---------------------------------------------------------------- */

int64_t turn_now_us(const struct turn *turn)
{
	return turn->now_us;
}

struct day turn_today(const struct turn *turn)
{
	struct day today = { 0 };
	bool read = day_read(&today, turn->today);

	assert(read);
	return today;
}

const char *turn_today_text(const struct turn *turn)
{
	return turn->today;
}

const Engine__Principal *turn_actor(const struct turn *turn)
{
	return turn->actor;
}

bool turn_covers(const struct turn *turn, const char *region_code)
{
	return scope_covers(turn->actor, region_code);
}

bool turn_for_agency(const struct turn *turn, const char *agency_id)
{
	return scope_for_agency(turn->actor, agency_id);
}

bool turn_may_act(const struct turn *turn, const char *region_code, const char *agency_id)
{
	return turn_covers(turn, region_code) && turn_for_agency(turn, agency_id);
}

bool turn_sees(const struct turn *turn, const struct table *table, const void *record)
{
	Engine__Scope scope;

	shelf_scope(store_shelf(turn->txn->store, table), record, &scope);
	return scope_sees(turn->actor, &scope);
}

bool turn_counts_area(const struct turn *turn, const char *region_code)
{
	return scope_counts_area(turn->actor, region_code);
}

bool turn_counts(const struct turn *turn, const struct table *table, const void *record)
{
	Engine__Scope scope;

	shelf_scope(store_shelf(turn->txn->store, table), record, &scope);
	return scope_counts(turn->actor, &scope);
}

/* --- The answers ----------------------------------------------------------------------------- */

/* The field of the service's event message that has this member's type. */
static const ProtobufCFieldDescriptor *member_field(const struct service *service,
						    const ProtobufCMessageDescriptor *member)
{
	for (unsigned i = 0; i < service->event->n_fields; i++) {
		if (service->event->fields[i].descriptor == member)
			return &service->event->fields[i];
	}
	return NULL;
}

/* Counts up "revision" in a record that has one, from what is stored. */
static void stamp(struct turn *turn, const ProtobufCFieldDescriptor *field,
		  ProtobufCMessage *record)
{
	const struct shelf *shelf = store_shelf_of(turn->txn->store, field->descriptor, false);
	uint64_t revision = 0;

	if (!shelf || !shelf->revision)
		return;

	const ProtobufCMessage *before = record_get(turn->txn, shelf, field_text(record, shelf->id),
						    arena_allocator(turn->arena), &turn->spent);

	if (before)
		revision = (uint64_t)field_number(before, shelf->revision);
	revision++;
	memcpy((uint8_t *)record + shelf->revision->offset, &revision, sizeof(revision));
}

static void stamp_all(struct turn *turn, const ProtobufCMessage *event)
{
	for (unsigned f = 0; f < event->descriptor->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &event->descriptor->fields[f];
		ProtobufCMessage *record;

		for (size_t i = 0; (record = field_message(event, field, i)); i++)
			stamp(turn, field, record);
	}
}

struct verdict turn_accept(struct turn *turn, const ProtobufCMessage *member)
{
	const struct service *service = store_service(turn->txn->store);
	const ProtobufCFieldDescriptor *field = member_field(service, member->descriptor);
	ProtobufCMessage *event = turn_take(turn, service->event->sizeof_message);
	struct staged *staged = &turn->staged[turn->n_staged];
	uint8_t *body;

	assert(field && "a rule accepts what is no event of its service");
	assert(turn->n_staged < STAGED_MAX);
	stamp_all(turn, member);
	protobuf_c_message_init(service->event, event);
	memcpy((uint8_t *)event + field->offset, &member, sizeof(member));
	memcpy((uint8_t *)event + field->quantifier_offset, &field->id, sizeof(field->id));

	staged->type = field->name;
	staged->size = protobuf_c_message_get_packed_size(event);
	staged->body = body = turn_take(turn, staged->size + 1);
	protobuf_c_message_pack(event, body);
	event = protobuf_c_message_unpack(service->event, arena_allocator(turn->arena),
					  staged->size, staged->body);
	if (!event) {
		turn->spent = true;
		return turn_done();
	}
	staged->member = event_member(event);
	turn->n_staged++;
	return turn_done();
}

struct verdict turn_done(void)
{
	return (struct verdict){ 0 };
}

void turn_again(struct turn *turn)
{
	turn->again = true;
}

struct verdict turn_refuse(int refusal, const char *about)
{
	return (struct verdict){ refusal, about };
}

struct verdict turn_not_found(const char *id)
{
	return turn_refuse(NOT_FOUND, id);
}

struct verdict turn_stale(const char *id)
{
	return turn_refuse(STALE_REVISION, id);
}

struct verdict turn_invalid(const char *field)
{
	return turn_refuse(FIELD_INVALID, field);
}

/* --- What is sealed --------------------------------------------------------------------------- */

const char *turn_pseudonym(struct turn *turn, const char *identifier)
{
	char *name = turn_take(turn, SEAL_NAME_SIZE);

	if (!turn->seal || text_empty(identifier))
		return NULL;
	return seal_find(turn->seal, identifier, name) ? name : NULL;
}

const char *turn_pseudonym_make(struct turn *turn, const char *identifier)
{
	char *name = turn_take(turn, SEAL_NAME_SIZE);

	if (!turn->seal || !seal_make(turn->seal, identifier, name))
		turn->spent = true;
	return name;
}

ProtobufCBinaryData turn_seal(struct turn *turn, const char *pseudonym, const char *field,
			      const char *text)
{
	ProtobufCBinaryData sealed = { 0 };

	if (text_empty(text))
		return sealed;
	sealed.len = seal_size(strlen(text));
	sealed.data = turn_take(turn, sealed.len);
	if (!turn->seal || !seal_text(turn->seal, pseudonym, field, text, sealed.data))
		turn->lost = true;
	return sealed;
}

const char *turn_unseal(struct turn *turn, const char *pseudonym, const char *field,
			ProtobufCBinaryData sealed)
{
	char *text = turn_take(turn, sealed.len + 1);

	if (sealed.len == 0)
		return "";
	if (turn->seal &&
	    seal_open_text(turn->seal, pseudonym, field, sealed.data, sealed.len, text, sealed.len))
		return text;
	turn->lost = true;
	return "";
}

void turn_forget(struct turn *turn, const char *pseudonym)
{
	assert(turn->n_forgotten < FORGOTTEN_MAX);
	if (!text_empty(pseudonym))
		turn->forgotten[turn->n_forgotten++] = turn_text(turn, "%s", pseudonym);
}

void turn_answer(struct turn *turn, const ProtobufCMessage *response)
{
	turn->answer = response;
}

/* --- Memory and text of the turn -------------------------------------------------------------- */

/* Where the budget is spent the rule goes on with memory of its own for each thing, as before; what
 * it then says does not count, because the engine refuses the turn. */
void *turn_take(struct turn *turn, size_t size)
{
	void *memory = arena_take(turn->arena, size);

	if (memory)
		return memory;
	turn->spent = true;
	memory = arena_overdraw(turn->arena, size);
	assert(memory && "the machine has no memory");
	return memory;
}

const char *turn_text(struct turn *turn, const char *format, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(len >= 0);
	text = turn_take(turn, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}

const char *turn_id(struct turn *turn, const char *readable, bool used)
{
	enum { KEPT = 40 };
	uint64_t hash = 14695981039346656037u; /* FNV-1a */

	if (!used && strlen(readable) <= TEXT_ID_MAX)
		return readable;
	for (const char *c = readable; *c; c++)
		hash = (hash ^ (uint8_t)*c) * 1099511628211u;
	return turn_text(turn, "%.*s:%016" PRIx64, KEPT, readable, hash);
}
