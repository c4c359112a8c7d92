/* The store of one service: one LMDB environment, one writer.
 *
 *   journal   sequence (8 bytes, big-endian)  ->  engine.v1.Event, packed
 *   answers   command id                      ->  engine.v1.Answer, packed
 *   cursors   followed source                 ->  engine.v1.Head, packed: how far it has been followed
 *   erased    pseudonym                       ->  the business date: whose key is destroyed (seal.h)
 *   parked    source and sequence             ->  engine.v1.Refused: reactions that could not be carried out
 *   meta      "format", "epoch", "clock", "head", "batch": the last one that LMDB has
 *   t:people, i:people:agency_id, n:people:state    records, indexes, tallies (shelf.h)
 *
 * A batch becomes durable in one of two ways: LMDB commits it (txn_commit), or it is written to the
 * redo log (txn_log; redo.h), and LMDB commits it later together with others (store_settle).  Only
 * then do readers see it.  Until then the writing transaction stays open, and belongs to the thread
 * that began it.  What the log holds and LMDB does not have is done again at the next start, or, after
 * a commit that found no room, as soon as there is some.  So the files belong together: a copy of
 * data.mdb alone is complete only where the store is settled.
 *
 * A transaction keeps its first fault: what follows it does nothing, and asking once at the end is
 * enough.  A fault is an LMDB or errno number. */
#pragma once

#include <lmdb.h>
#include <stdbool.h>
#include <stdint.h>

#include "engine/service.h"
#include "engine/shelf.h"

enum { HASH_SIZE = 32, EPOCH_SIZE = 33, STORE_FORMAT = 2 };

/* Exit codes of a program that keeps a store. */
enum {
	EXIT_FAULT = 70,    /* a commit failed: nothing was answered; start again */
	EXIT_IN_USE = 73,   /* another process has the store */
	EXIT_SETTINGS = 78, /* a setting, or the place of the store, is wrong */
};

struct store;

struct store_options {
	size_t map_bytes;
	bool virtual_clock;  /* a new store is made with it; an old one must agree */
	bool any_clock;	     /* of an old one */
	bool throwaway;	     /* folded for a comparison and deleted: not synced, not locked */
	uint64_t redo_bytes; /* how large the redo log is made; 0: none is made */
};

/* Opens or makes the store in dir.  NULL: why says what is wrong, *exit_code which kind it is. */
struct store *store_open(const char *dir, const struct service *, const struct store_options *,
			 int *exit_code, char why[static 256]);
void store_close(struct store *);

const struct service *store_service(const struct store *);
const char *store_epoch(const struct store *);

/* The shelf of a table; the shelf that holds records of that descriptor, copied or our own; NULL. */
const struct shelf *store_shelf(const struct store *, const struct table *);
const struct shelf *store_shelf_of(const struct store *, const ProtobufCMessageDescriptor *,
				   bool copied);
const struct shelf *store_shelf_at(const struct store *, size_t i); /* NULL past the last */

/* The database after one (0: the first), and its name; 0 past the last. */
MDB_dbi store_database_after(const struct store *, MDB_dbi, const char **name);

/* NULL, or why commands are not taken now: "disk", "map". */
const char *store_lacks_room(struct store *);
/* Of the map, in bytes; of the disk that holds it, free bytes. */
void store_sizes(struct store *, uint64_t *map_used, uint64_t *map_size, uint64_t *disk_free);

/* --- Transactions ------------------------------------------------------------------------------ */

struct head {
	uint64_t sequence;
	uint8_t hash[HASH_SIZE];
	int64_t time_us;	  /* of the last event */
	char date[DAY_TEXT_SIZE]; /* the last business date that began; "" in a new store */
};

struct txn {
	struct store *store;
	MDB_txn *txn;
	int fault;
	bool writes, changed;
	struct head head;
};

bool txn_write(struct store *, struct txn *);
bool txn_read(struct store *, struct txn *);
/* Ends a reading transaction, or a writing one without effect. */
void txn_abort(struct txn *);
/* Makes everything durable and seen; the first fault otherwise, and then nothing of it happened
 * (or, where it is not one of room, nobody knows: the program must end). */
int txn_commit(struct txn *);
/* Makes everything durable, and seen with the next store_settle.  Without a log, or where that is
 * full, the same as txn_commit. */
int txn_log(struct txn *);

/* What is durable becomes seen.  Where that finds no room, nothing of it is lost, and it can be tried
 * again; no transaction that writes begins before it has succeeded. */
int store_settle(struct store *);
bool store_unsettled(const struct store *);
bool store_fault_is_room(int fault);
/* How many batches were done again when the store was opened. */
uint64_t store_replayed(const struct store *);

/* The value of a key; NULL: there is none, or a fault.  Valid until the next write. */
const void *txn_get(struct txn *, MDB_dbi, const void *key, size_t key_size, size_t *size);

/* --- Records ----------------------------------------------------------------------------------- */

/* The record of an id, unpacked; NULL: there is none, or the allocator is spent (*spent is set). */
ProtobufCMessage *record_get(struct txn *, const struct shelf *, const char *id,
			     ProtobufCAllocator *, bool *spent);
/* Puts a record, its indexes and its tallies. */
void record_put(struct txn *, const struct shelf *, const ProtobufCMessage *, ProtobufCAllocator *);
/* NULL, or the text of the unique index in which another record stands in the way. */
const char *record_clash(struct txn *, const struct shelf *, const ProtobufCMessage *);
/* Puts all records that an event's message carries for which there is a shelf. */
void records_of_event(struct txn *, const ProtobufCMessage *event, bool copied,
		      ProtobufCAllocator *);

/* The member that is set in a service's event message, or NULL. */
const ProtobufCMessage *event_member(const ProtobufCMessage *event);

struct tally {
	uint64_t count;
	int64_t sum;
};
struct tally tally_get(struct txn *, const struct key_spec *, const struct key *);

/* --- The journal ------------------------------------------------------------------------------- */

/* Gives the event its number, its time (at_us, or just after the event before) and the hash before
 * it, and appends it.  false: a fault, of the transaction. */
bool journal_append(struct txn *, Engine__Event *, int64_t at_us, ProtobufCAllocator *);

/* The stored bytes of an event, or NULL. */
const void *journal_get(struct txn *, uint64_t sequence, size_t *size);
void journal_hash(const void *bytes, size_t size, uint8_t hash[static HASH_SIZE]);

/* --- Cursors, answers, the erased, parked events ----------------------------------------------------------- */

/* How far a source has been followed; zero where it has not. */
struct cursor {
	char epoch[EPOCH_SIZE];
	uint64_t sequence;
	uint8_t hash[HASH_SIZE];
};
void cursor_get(struct txn *, const char *source, struct cursor *);
void cursor_put(struct txn *, const char *source, const struct cursor *);

const void *answer_get(struct txn *, const char *id, size_t *size);
void answer_put(struct txn *, const char *id, const void *bytes, size_t size);

/* Whose key is destroyed, or is to be destroyed now. */
void erased_put(struct txn *, const char *pseudonym);
bool erased_has(struct txn *, const char *pseudonym);

void parked_put(struct txn *, const char *source, uint64_t sequence, const void *bytes,
		size_t size);
uint64_t parked_count(struct txn *);

/* --- The proof --------------------------------------------------------------------------------- */

/* Walks the journal's chain on a snapshot, folds it again into a throwaway store under dir, and
 * compares every record, index and tally.  told is called for each fault found, in English. */
struct proof {
	uint64_t events, records;
	int n_faults;
};
bool store_verify(struct txn *, const char *dir, struct proof *,
		  void (*told)(void *, const char *fault), void *);
