#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16 };

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(ALIGNMENT) uint8_t bytes[];
};

struct arena {
	ProtobufCAllocator allocator;
	struct block *first, *now;
	size_t budget, taken;
};

static void *allocator_take(void *arena, size_t size)
{
	return arena_take(arena, size);
}

static void allocator_free(void *arena, void *memory)
{
	(void)arena;
	(void)memory;
}

static struct block *block_open(size_t size)
{
	struct block *block = malloc(sizeof(*block) + size);

	if (!block)
		return NULL;
	block->next = NULL;
	block->size = size;
	block->used = 0;
	return block;
}

struct arena *arena_open(size_t budget)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (!arena)
		return NULL;
	arena->budget = budget;
	arena->allocator = (ProtobufCAllocator){ allocator_take, allocator_free, arena };
	arena->first = arena->now = block_open(BLOCK_SIZE);
	if (!arena->first) {
		free(arena);
		return NULL;
	}
	return arena;
}

void arena_close(struct arena *arena)
{
	if (!arena)
		return;
	for (struct block *block = arena->first, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

static void *give(struct arena *arena, size_t rounded)
{
	while (arena->now->size - arena->now->used < rounded) {
		if (!arena->now->next)
			arena->now->next = block_open(rounded > BLOCK_SIZE ? rounded : BLOCK_SIZE);
		if (!arena->now->next)
			return NULL;
		arena->now = arena->now->next;
		arena->now->used = 0;
	}

	void *memory = arena->now->bytes + arena->now->used;

	arena->now->used += rounded;
	return memset(memory, 0, rounded);
}

/* 0: it wraps round. */
static size_t rounded_up(size_t size)
{
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *arena_take(struct arena *arena, size_t size)
{
	size_t rounded = rounded_up(size);
	void *memory;

	if (rounded < size || rounded > arena->budget - arena->taken)
		return NULL;
	memory = give(arena, rounded);
	if (memory)
		arena->taken += rounded;
	return memory;
}

void *arena_overdraw(struct arena *arena, size_t size)
{
	size_t rounded = rounded_up(size);

	return rounded < size ? NULL : give(arena, rounded);
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){ arena->now, arena->now->used, arena->taken };
}

void arena_back(struct arena *arena, const struct arena_mark *mark)
{
	struct block *last = mark->block;

	for (struct block *block = last->next, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	last->next = NULL;
	last->used = mark->used;
	arena->now = last;
	arena->taken = mark->taken;
}

/* Keeps the first block only: a single large turn must not hold its memory for ever. */
void arena_reset(struct arena *arena)
{
	arena_back(arena, &(struct arena_mark){ .block = arena->first });
}

ProtobufCAllocator *arena_allocator(struct arena *arena)
{
	return &arena->allocator;
}
