/* What a running engine is inside: shared by the writer's half and the readers' half. */
#pragma once

#include <limits.h>
#include <pthread.h>

#include "engine/backup.h"
#include "engine/engine.h"
#include "engine/inside.h"
#include "engine/methods.h"
#include "engine/metrics.h"

enum { SOURCES_MAX = 8 };

struct engine {
	const struct service *service;
	struct engine_options options;
	char dir[PATH_MAX - 64];
	struct store *store;
	struct seal *seal; /* NULL: it has no master key, or nothing to seal */
	struct methods methods;
	struct metrics *metrics;
	size_t n_sources;
	const struct source *sources[SOURCES_MAX];

	/* The writer's. */
	struct txn txn;
	struct turn turn;
	struct arena *turn_arena, *batch_arena;
	const char *lacks_room;
	unsigned n_turns, n_events; /* of the batch */
	int64_t held_until_us;	    /* monotonic; until then nobody is followed */
	bool settles;		    /* the batch is to be seen as soon as it is durable */

	struct backup *backup; /* the slow readers' */

	/* Everybody's, under the guard. */
	pthread_mutex_t guard;
	struct standing standing, seen;
	struct {
		uint64_t head;
		char stopped[128];
	} told[SOURCES_MAX];
};

struct packed reply_pack(struct arena *, const Engine__Reply *);
struct packed reply_refused(const struct service *, const Engine__Request *, const struct verdict *,
			    uint64_t sequence, struct arena *);
