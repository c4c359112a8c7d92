#include "gateway/refusal.h"

#include <stdio.h>
#include <string.h>

#include "gateway/json_fault.h"

static const struct {
	const char *word;
	int status;
} codes[] = {
	[ENGINE__CODE__CODE_UNSPECIFIED] = { "ok", 200 },
	[ENGINE__CODE__CODE_CANCELED] = { "canceled", 499 },
	[ENGINE__CODE__CODE_UNKNOWN] = { "unknown", 500 },
	[ENGINE__CODE__CODE_INVALID_ARGUMENT] = { "invalid_argument", 400 },
	[ENGINE__CODE__CODE_DEADLINE_EXCEEDED] = { "deadline_exceeded", 504 },
	[ENGINE__CODE__CODE_NOT_FOUND] = { "not_found", 404 },
	[ENGINE__CODE__CODE_ALREADY_EXISTS] = { "already_exists", 409 },
	[ENGINE__CODE__CODE_PERMISSION_DENIED] = { "permission_denied", 403 },
	[ENGINE__CODE__CODE_RESOURCE_EXHAUSTED] = { "resource_exhausted", 429 },
	[ENGINE__CODE__CODE_FAILED_PRECONDITION] = { "failed_precondition", 400 },
	[ENGINE__CODE__CODE_ABORTED] = { "aborted", 409 },
	[ENGINE__CODE__CODE_OUT_OF_RANGE] = { "out_of_range", 400 },
	[ENGINE__CODE__CODE_UNIMPLEMENTED] = { "unimplemented", 501 },
	[ENGINE__CODE__CODE_INTERNAL] = { "internal", 500 },
	[ENGINE__CODE__CODE_UNAVAILABLE] = { "unavailable", 503 },
	[ENGINE__CODE__CODE_DATA_LOSS] = { "data_loss", 500 },
	[ENGINE__CODE__CODE_UNAUTHENTICATED] = { "unauthenticated", 401 },
};

static size_t code_index(Engine__Code code)
{
	size_t i = (size_t)code;

	return i < sizeof(codes) / sizeof(codes[0]) ? i : ENGINE__CODE__CODE_UNKNOWN;
}

const char *refusal_word(Engine__Code code)
{
	return codes[code_index(code)].word;
}

int refusal_status(Engine__Code code)
{
	return codes[code_index(code)].status;
}

/* The length of the UTF-8 character at s, 0 where there is none. */
static size_t character_len(const char *s, size_t left)
{
	for (size_t len = 1; len <= 4 && len <= left; len++) {
		if (json_utf8((const uint8_t *)s, len))
			return len;
	}
	return 0;
}

bool refusal_string(struct bytes *json, const char *text)
{
	size_t left = strlen(text);
	size_t before = json->len;
	bool room = bytes_add_byte(json, '"');
	char escape[8];

	while (room && left > 0) {
		size_t len = character_len(text, left);

		if (len == 0) {
			room = bytes_add_text(json, "\\ufffd");
			len = 1;
		} else if ((unsigned char)*text < 0x20) {
			snprintf(escape, sizeof(escape), "\\u%04x", (unsigned char)*text);
			room = bytes_add_text(json, escape);
		} else if (*text == '"' || *text == '\\') {
			room = bytes_add_byte(json, '\\') && bytes_add(json, text, 1);
		} else {
			room = bytes_add(json, text, len);
		}
		text += len;
		left -= len;
	}
	room = room && bytes_add_byte(json, '"');
	if (!room)
		json->len = before;
	return room;
}

static bool base64_add(struct bytes *json, const uint8_t *data, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		size_t n = len - i < 3 ? len - i : 3;
		uint32_t bits = (uint32_t)data[i] << 16;
		char out[4];

		if (n > 1)
			bits |= (uint32_t)data[i + 1] << 8;
		if (n > 2)
			bits |= data[i + 2];
		for (size_t k = 0; k < 4; k++)
			out[k] = digits[bits >> (18 - 6 * k) & 63];
		if (!bytes_add(json, out, n + 1))
			return false;
	}
	return true;
}

static bool detail_add(struct bytes *json, const Engine__Refused *refused)
{
	const struct {
		const char *key, *value;
	} debug[] = {
		{ "\"reason\":", refused->reason },
		{ ",\"about\":", refused->about },
		{ ",\"rule\":", refused->rule },
		{ ",\"messageEn\":", refused->message_en },
		{ ",\"messageZh\":", refused->message_zh },
	};
	size_t len = engine__refused__get_packed_size(refused);
	uint8_t *packed = malloc(len + 1);
	bool room;

	if (!packed)
		return false;
	engine__refused__pack(refused, packed);
	room = bytes_add_text(json, ",\"details\":[{\"type\":\"shegong.engine.v1.Refused\","
				    "\"value\":\"") &&
	       base64_add(json, packed, len) && bytes_add_text(json, "\",\"debug\":{");
	free(packed);
	for (size_t i = 0; room && i < sizeof(debug) / sizeof(debug[0]); i++)
		room = bytes_add_text(json, debug[i].key) && refusal_string(json, debug[i].value);
	return room && bytes_add_text(json, "}}]");
}

bool refusal_json(struct bytes *json, Engine__Code code, const Engine__Refused *refused,
		  bool english)
{
	size_t before = json->len;
	bool room = bytes_add_text(json, "{\"code\":") && refusal_string(json, refusal_word(code));

	if (refused) {
		const char *first = english ? refused->message_en : refused->message_zh;
		const char *other = english ? refused->message_zh : refused->message_en;

		room = room && bytes_add_text(json, ",\"message\":") &&
		       refusal_string(json, *first ? first : other) && detail_add(json, refused);
	}
	room = room && bytes_add_byte(json, '}');
	if (!room)
		json->len = before;
	return room;
}
