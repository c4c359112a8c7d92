/* The proof of a store: its chain, and that its records are the fold of its journal. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "engine/store.h"

enum { FOLD_BATCH = 20000, FOLD_BUDGET = 64 * 1024 * 1024 };

struct proving {
	struct txn *txn;
	struct proof *proof;
	void (*told)(void *, const char *fault);
	void *of;
	struct arena *arena;
};

__attribute__((format(printf, 2, 3))) static void fault(struct proving *proving, const char *format,
							...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	proving->proof->n_faults++;
	proving->told(proving->of, text);
}

/* One entry: is it the next, and does it hold the hash of the one before? */
static bool links(struct proving *proving, const Engine__Event *event, uint64_t sequence,
		  const uint8_t *previous)
{
	bool first = sequence == 1;

	if (event->sequence != sequence) {
		fault(proving, "journal: entry %" PRIu64 " calls itself %" PRIu64, sequence,
		      event->sequence);
		return false;
	}
	if (first ? event->previous_hash.len != 0
		  : event->previous_hash.len != HASH_SIZE ||
			    memcmp(event->previous_hash.data, previous, HASH_SIZE) != 0) {
		fault(proving, "journal: the chain is broken before entry %" PRIu64, sequence);
		return false;
	}
	return true;
}

static void fold(struct proving *proving, struct txn *into, const Engine__Event *event)
{
	const struct service *service = store_service(proving->txn->store);
	ProtobufCAllocator *allocator = arena_allocator(proving->arena);
	ProtobufCMessage *body;
	const ProtobufCMessage *member;

	if (!protobuf_c_message_descriptor_get_field_by_name(service->event, event->type))
		return;
	body = protobuf_c_message_unpack(service->event, allocator, event->body.len,
					 event->body.data);
	member = body ? event_member(body) : NULL;
	if (!member)
		fault(proving, "journal: entry %" PRIu64 " cannot be read", event->sequence);
	else
		records_of_event(into, member, false, allocator);
}

static bool walk(struct proving *proving, struct store *folded)
{
	const uint64_t last = proving->txn->head.sequence;
	uint8_t previous[HASH_SIZE] = { 0 };
	struct txn into = { 0 };
	bool sound = txn_write(folded, &into);

	for (uint64_t sequence = 1; sequence <= last && sound; sequence++) {
		size_t size;
		const void *bytes = journal_get(proving->txn, sequence, &size);
		Engine__Event *event;

		arena_reset(proving->arena);
		event = bytes ? engine__event__unpack(arena_allocator(proving->arena), size, bytes)
			      : NULL;
		if (!event) {
			fault(proving, "journal: entry %" PRIu64 " is missing or damaged",
			      sequence);
			sound = false;
			break;
		}
		sound = links(proving, event, sequence, previous);
		fold(proving, &into, event);
		journal_hash(bytes, size, previous);
		proving->proof->events++;
		if (into.fault || (sequence % FOLD_BATCH == 0 &&
				   (txn_commit(&into) != 0 || !txn_write(folded, &into)))) {
			fault(proving, "the fold has no room: %s", mdb_strerror(into.fault));
			sound = false;
		}
	}
	if (sound && last && memcmp(previous, proving->txn->head.hash, HASH_SIZE) != 0) {
		fault(proving, "journal: its last entry is not the one that the head names");
		sound = false;
	}
	if (into.txn && txn_commit(&into) != 0) {
		fault(proving, "the fold has no room: %s", mdb_strerror(into.fault));
		sound = false;
	}
	return sound;
}

/* Compares two databases key by key; both are in order. */
static void compare(struct proving *proving, struct txn *folded, MDB_dbi ours, MDB_dbi theirs,
		    const char *kind, const char *name, uint64_t *count)
{
	MDB_cursor *a = NULL, *b = NULL;
	MDB_val ka, va, kb, vb;
	int fa, fb;

	if (mdb_cursor_open(proving->txn->txn, ours, &a) ||
	    mdb_cursor_open(folded->txn, theirs, &b)) {
		fault(proving, "%s %s cannot be read", kind, name);
		if (a)
			mdb_cursor_close(a);
		return;
	}
	fa = mdb_cursor_get(a, &ka, &va, MDB_FIRST);
	fb = mdb_cursor_get(b, &kb, &vb, MDB_FIRST);
	while (fa == 0 && fb == 0) {
		if (ka.mv_size != kb.mv_size || memcmp(ka.mv_data, kb.mv_data, ka.mv_size) != 0 ||
		    va.mv_size != vb.mv_size || memcmp(va.mv_data, vb.mv_data, va.mv_size) != 0) {
			fault(proving, "%s %s differs from the journal at or after \"%.*s\"", kind,
			      name, (int)(ka.mv_size < 64 ? ka.mv_size : 64), (char *)ka.mv_data);
			break;
		}
		++*count;
		fa = mdb_cursor_get(a, &ka, &va, MDB_NEXT);
		fb = mdb_cursor_get(b, &kb, &vb, MDB_NEXT);
	}
	if ((fa == 0) != (fb == 0))
		fault(proving, "%s %s has %s than the journal", kind, name,
		      fa == 0 ? "more" : "less");
	else if ((fa && fa != MDB_NOTFOUND) || (fb && fb != MDB_NOTFOUND))
		fault(proving, "%s %s cannot be read", kind, name);
	mdb_cursor_close(a);
	mdb_cursor_close(b);
}

static void compare_all(struct proving *proving, struct store *folded)
{
	struct txn into;
	uint64_t rows = 0;

	if (!txn_read(folded, &into)) {
		fault(proving, "the fold cannot be read");
		return;
	}
	for (size_t i = 0; store_shelf_at(folded, i); i++) {
		const struct shelf *ours = store_shelf_at(proving->txn->store, i);
		const struct shelf *theirs = store_shelf_at(folded, i);

		/* A copy is the fold of another service's journal, not of this one. */
		if (ours->copied)
			continue;
		compare(proving, &into, ours->dbi, theirs->dbi, "table", ours->table->name,
			&proving->proof->records);
		for (int n = 0; n < ours->n_indexes; n++)
			compare(proving, &into, ours->indexes[n].dbi, theirs->indexes[n].dbi,
				"index", ours->indexes[n].text, &rows);
		for (int n = 0; n < ours->n_tallies; n++)
			compare(proving, &into, ours->tallies[n].dbi, theirs->tallies[n].dbi,
				"tally", ours->tallies[n].text, &rows);
	}
	txn_abort(&into);
}

static void throw_away(const char *dir)
{
	char path[4200];

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	unlink(path);
	rmdir(dir);
}

bool store_verify(struct txn *txn, const char *dir, struct proof *proof,
		  void (*told)(void *, const char *fault), void *of)
{
	struct store_options options = { .virtual_clock = false, .throwaway = true };
	struct proving proving = { txn, proof, told, of, arena_open(FOLD_BUDGET) };
	char path[4096], why[256];
	uint64_t used, all, disk_free;
	struct store *folded;
	int exit_code;

	/* Whatever found room in the store finds it here; it is address space, not memory. */
	store_sizes(txn->store, &used, &all, &disk_free);
	options.map_bytes = (size_t)all + ((size_t)16 << 30);
	snprintf(path, sizeof(path), "%s/verify.tmp", dir);
	throw_away(path);
	folded = store_open(path, store_service(txn->store), &options, &exit_code, why);
	if (!folded || !proving.arena)
		fault(&proving, "no place for the fold: %s", why);
	else if (walk(&proving, folded))
		compare_all(&proving, folded);
	store_close(folded);
	throw_away(path);
	arena_close(proving.arena);
	return proof->n_faults == 0;
}
