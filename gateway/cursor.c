#include "gateway/cursor.h"

#include <string.h>

#define VERSION	  1
#define BYTES_MAX (1 + LINES_MAX * (2 + 4 + 10) + 2)
#define FNV_SEED  2166136261u

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static uint32_t hash(const void *data, size_t len)
{
	const uint8_t *bytes = data;
	uint32_t h = FNV_SEED;

	for (size_t i = 0; i < len; i++)
		h = (h ^ bytes[i]) * 16777619u;
	return h;
}

static uint32_t low16(uint32_t h)
{
	return (h ^ h >> 16) & 0xffff;
}

uint32_t cursor_epoch(const char *epoch)
{
	uint32_t h = hash(epoch, strlen(epoch));

	return h ? h : 1;
}

static uint8_t *put(uint8_t *to, uint32_t value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*to++ = (uint8_t)(value >> 8 * i);
	return to;
}

static uint32_t get(const uint8_t *from, size_t n)
{
	uint32_t value = 0;

	for (size_t i = 0; i < n; i++)
		value |= (uint32_t)from[i] << 8 * i;
	return value;
}

static uint32_t name_hash(const char *name)
{
	return low16(hash(name, strlen(name)));
}

size_t cursor_write(const struct lines_services *services, const struct places *places,
		    char to[static CURSOR_TEXT_SIZE])
{
	uint8_t bytes[BYTES_MAX], *end = bytes;
	uint32_t bits = 0;
	unsigned n = 0;
	size_t len = 0;

	*end++ = VERSION;
	for (size_t i = 0; i < services->n; i++) {
		const struct place *place = &places->of[i];
		uint64_t sequence = place->sequence;

		if (!place->known)
			continue;
		end = put(end, name_hash(services->names[i]), 2);
		end = put(end, place->epoch, 4);
		for (; sequence > 0x7f; sequence >>= 7)
			*end++ = (uint8_t)(sequence | 0x80);
		*end++ = (uint8_t)sequence;
	}
	end = put(end, low16(hash(bytes, (size_t)(end - bytes))), 2);
	for (const uint8_t *at = bytes; at < end; at++) {
		bits = bits << 8 | *at;
		for (n += 8; n >= 6; n -= 6)
			to[len++] = digits[bits >> (n - 6) & 63];
	}
	if (n)
		to[len++] = digits[bits << (6 - n) & 63];
	to[len] = '\0';
	return len;
}

/* The bytes behind the digits; 0: there is something else, or more than there can be. */
static size_t decode(const char *text, size_t len, uint8_t to[static BYTES_MAX])
{
	uint32_t bits = 0;
	unsigned n = 0;
	size_t size = 0;

	if (len >= CURSOR_TEXT_SIZE)
		return 0;
	for (size_t i = 0; i < len; i++) {
		const char *digit = text[i] ? strchr(digits, text[i]) : NULL;

		if (!digit)
			return 0;
		bits = bits << 6 | (uint32_t)(digit - digits);
		n += 6;
		if (n < 8)
			continue;
		if (size == BYTES_MAX)
			return 0;
		n -= 8;
		to[size++] = (uint8_t)(bits >> n);
	}
	/* What is left of the last digit is zero, so that there is one text for one cursor. */
	return n < 6 && (bits & ((1u << n) - 1)) == 0 ? size : 0;
}

static bool sequence_read(const uint8_t **at, const uint8_t *end, uint64_t *sequence)
{
	unsigned shift = 0;
	uint8_t byte = 0x80;

	*sequence = 0;
	while (byte & 0x80) {
		if (*at == end || shift > 56)
			return false;
		byte = *(*at)++;
		*sequence |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	}
	return byte != 0 || shift == 7;
}

bool cursor_read(const struct lines_services *services, const char *text, size_t len,
		 struct places *places)
{
	uint8_t bytes[BYTES_MAX];
	size_t size = decode(text, len, bytes);
	const uint8_t *at = bytes + 1, *end;

	*places = (struct places){ 0 };
	if (size < 3 || bytes[0] != VERSION)
		return false;
	end = bytes + size - 2;
	if (get(end, 2) != low16(hash(bytes, size - 2)))
		return false;
	while (at < end) {
		struct place *place = NULL;

		if (end - at < 7)
			return false;
		for (size_t i = 0; i < services->n && !place; i++) {
			if (name_hash(services->names[i]) == get(at, 2))
				place = &places->of[i];
		}
		if (!place || place->known)
			return false;
		place->known = true;
		place->epoch = get(at + 2, 4);
		at += 6;
		if (!sequence_read(&at, end, &place->sequence))
			return false;
	}
	return true;
}
