#pragma once
/* A growing byte buffer with an upper bound.  { 0 } is an empty one; bytes_free gives back its memory. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BYTES_MAX ((size_t)64 << 20)

struct bytes {
	uint8_t *data;
	size_t len, cap;
	size_t max; /* the bound; 0 means BYTES_MAX */
};

/* Makes room for more bytes behind len.  false: beyond the bound or out of memory; nothing changed. */
static inline bool bytes_reserve(struct bytes *b, size_t more)
{
	if (more <= b->cap - b->len)
		return true;

	size_t max = b->max ? b->max : BYTES_MAX;
	if (b->len > max || more > max - b->len)
		return false;

	size_t cap = b->cap ? b->cap : 256;
	while (cap < b->len + more)
		cap *= 2;
	if (cap > max)
		cap = max;
	uint8_t *data = realloc(b->data, cap);
	if (!data)
		return false;
	b->data = data;
	b->cap = cap;
	return true;
}

static inline bool bytes_add(struct bytes *b, const void *data, size_t len)
{
	if (!bytes_reserve(b, len))
		return false;
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	return true;
}

static inline bool bytes_add_byte(struct bytes *b, uint8_t byte)
{
	if (!bytes_reserve(b, 1))
		return false;
	b->data[b->len++] = byte;
	return true;
}

static inline bool bytes_add_text(struct bytes *b, const char *text)
{
	return bytes_add(b, text, strlen(text));
}

static inline void bytes_free(struct bytes *b)
{
	free(b->data);
	*b = (struct bytes){ .max = b->max };
}
