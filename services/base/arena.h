/* An arena: memory for as long as one turn lasts, zeroed, budgeted, given back all at once. */
#pragma once

#include <stddef.h>

#include <protobuf-c/protobuf-c.h>

struct arena;

/* An arena that gives at most budget bytes.  NULL: no memory. */
struct arena *arena_open(size_t budget);
void arena_close(struct arena *);

/* size zeroed bytes, aligned for anything; NULL once the budget is spent. */
void *arena_take(struct arena *, size_t size);

/* The same whatever the budget is, and not counted in it; NULL: the machine has no memory. */
void *arena_overdraw(struct arena *, size_t size);

/* Takes everything back, for the next turn. */
void arena_reset(struct arena *);

/* How far an arena has been given out; arena_back takes back what was given since. */
struct arena_mark {
	void *block; /* only arena.c reads it */
	size_t used, taken;
};
struct arena_mark arena_mark(const struct arena *);
void arena_back(struct arena *, const struct arena_mark *);

/* The arena as protobuf-c's allocator: freeing does nothing. */
ProtobufCAllocator *arena_allocator(struct arena *);
