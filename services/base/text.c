#include "base/text.h"

#include <stdint.h>
#include <string.h>

bool text_empty(const char *text)
{
	return !text || !*text;
}

bool text_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

bool text_begins(const char *text, const char *prefix)
{
	return !prefix || strncmp(text ? text : "", prefix, strlen(prefix)) == 0;
}

bool text_among(const char *text, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text_same(list[i], text))
			return true;
	}
	return false;
}

static bool in_id(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '_' || c == ':' || c == '-';
}

bool text_is_id(const char *text)
{
	size_t len = 0;

	if (text_empty(text))
		return false;
	for (; text[len]; len++) {
		if (len == TEXT_ID_MAX || !in_id(text[len]))
			return false;
	}
	return true;
}

bool text_is_region(const char *text)
{
	size_t len = text ? strlen(text) : 0;

	if (len != 2 && len != 4 && len != 6 && len != 9 && len != 12)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
	}
	return true;
}

/* How many bytes follow a lead byte, and the least code point that needs so many. */
static int sequence_length(uint8_t lead, uint32_t *bits, uint32_t *least)
{
	if (lead < 0x80)
		return *bits = lead, *least = 0, 0;
	if ((lead & 0xe0) == 0xc0)
		return *bits = lead & 0x1f, *least = 0x80, 1;
	if ((lead & 0xf0) == 0xe0)
		return *bits = lead & 0x0f, *least = 0x800, 2;
	if ((lead & 0xf8) == 0xf0)
		return *bits = lead & 0x07, *least = 0x10000, 3;
	return -1;
}

bool text_is_utf8(const void *text, size_t len)
{
	const uint8_t *bytes = text;

	for (size_t i = 0; i < len;) {
		uint32_t code, least;
		int more = sequence_length(bytes[i], &code, &least);

		if (more < 0 || bytes[i] == 0 || (size_t)more >= len - i)
			return false;
		i++;
		for (; more > 0; more--, i++) {
			if ((bytes[i] & 0xc0) != 0x80)
				return false;
			code = code << 6 | (bytes[i] & 0x3f);
		}
		if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
			return false;
	}
	return true;
}
