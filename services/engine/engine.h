/* A running service without sockets: commands, followed events and business dates in batches for
 * the one writer; queries on snapshots for any number of readers.  The bus runs it for real, the
 * story runner runs five of them in one process. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "engine/service.h"
#include "engine/store.h"

struct engine;

struct engine_options {
	size_t map_bytes;
	uint64_t redo_bytes; /* of the redo log; 0: every batch is settled when it is committed */
	bool virtual_clock;
	const char *virtual_start; /* the first business date of a new store's virtual clock */
	/* The master key of what is sealed, and the one until now where it is being changed; NULL: there
	 * is none.  Only the opening reads them. */
	const uint8_t *master_key, *master_key_before;
	int64_t (*now_us)(
		void *of); /* the real clock, microseconds UTC; asked only by the writer */
	void *now_of;
};

/* NULL: why says what is wrong; the program should exit with *exit_code. */
struct engine *engine_open(const struct service *, const char *dir, const struct engine_options *,
			   int *exit_code, char why[static 256]);
void engine_close(struct engine *);

/* NULL, or what is wrong with a service's tables: an rpc without a row, a row without an rpc... */
const char *service_flaw(const struct service *);

/* What a method is. */
enum method_kind { METHOD_NONE, METHOD_COMMAND, METHOD_QUERY, METHOD_SLOW_QUERY };
enum method_kind engine_method(const struct engine *, const char *full_name);

/* Bytes that live until the batch, or the reader, is asked for the next thing. */
struct packed {
	const uint8_t *bytes;
	size_t size;
};

/* --- The writer: begin, any number of turns, commit or log ------------------------------------- */

/* Begins a batch, and first lets every business date begin that has come.  0 or a fault; one of room
 * where what is durable cannot be settled either: try again later. */
int engine_begin(struct engine *);

/* One command: the packed engine.v1.Reply to it, which may be sent only after the commit. */
struct packed engine_command(struct engine *, const Engine__Request *);

/* Events of a followed source, in order; those already seen are passed over.
 * False: the source is not the one that was followed so far, and why says so ("source rewound"). */
bool engine_follow(struct engine *, const char *source, const Engine__ReadResponse *,
		   char why[static 128]);

/* Makes the batch durable, and seen by readers.  0: its replies may go out.
 * MDB_MAP_FULL, ENOSPC: nothing of it happened; every reply becomes engine_full()'s.
 * Anything else: the program must end without answering. */
int engine_commit(struct engine *);
bool engine_fault_is_room(int fault);

/* Makes the batch durable, which is all that a reply waits for: several times faster.  Readers see it
 * once it is settled. */
int engine_log(struct engine *);

/* What is durable becomes seen.  A fault of room: it is still durable, and this can be tried again. */
int engine_settle(struct engine *);
bool engine_unsettled(const struct engine *);

/* The reply to a request of a batch that found no room; it lives until the next one. */
struct packed engine_full(struct engine *, const Engine__Request *);

/* --- Readers ----------------------------------------------------------------------------------- */

struct reader;
struct reader *reader_open(struct engine *);
void reader_close(struct reader *);

/* A query on a snapshot: the packed engine.v1.Reply. */
struct packed reader_query(struct reader *, const Engine__Request *);

/* A reply that only refuses. */
struct packed reader_refuse(struct reader *, const Engine__Request *, int engine_refusal,
			    const char *about);

/* --- How it stands ----------------------------------------------------------------------------- */

/* As of a batch. */
struct standing {
	uint64_t batch;
	uint64_t sequence;
	uint8_t hash[HASH_SIZE];
	char date[DAY_TEXT_SIZE];
	const char *lacks_room;	  /* NULL, "disk" or "map" */
	struct cursor cursors[8]; /* in the order of engine_source */
};
/* As of the last batch that is durable; as of the last that readers see.  Safe from any thread. */
void engine_standing(struct engine *, struct standing *);
void engine_seen(struct engine *, struct standing *);

/* The i-th followed service's name; NULL past the last. */
const char *engine_source(const struct engine *, size_t i);

/* What the bus knows of a followed source, for Status: its head, and why following has stopped. */
void engine_told_of_source(struct engine *, size_t i, uint64_t head, const char *stopped);
