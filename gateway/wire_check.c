#include "gateway/json.h"

#include <stdio.h>

#include "gateway/wire_cursor.h"

struct checker {
	struct json_path path;
	unsigned depth;
	struct json_fault *fault;
};

static bool fine(struct checker *k, enum json_trouble trouble)
{
	return trouble == JSON_NO_TROUBLE ||
	       json_fault_set(k->fault, trouble, &k->path, NULL, 0, 0);
}

static bool check_number(struct checker *k, const struct schema_field *f, struct wire_cursor *c)
{
	uint64_t value = 0;
	if (!fine(k, wire_number(c, f->wire, &value)))
		return false;
	if (f->kind == SCHEMA_ENUM && !schema_value_numbered(f->enumeration, (int32_t)value))
		return fine(k, JSON_ENUM_UNKNOWN);
	return true;
}

static bool check_message(struct checker *k, const struct schema_message *type,
			  struct wire_cursor c);

static bool check_value(struct checker *k, const struct schema_field *f, unsigned wire,
			struct wire_cursor *c)
{
	struct wire_cursor piece = { 0 };

	if (wire != 2)
		return check_number(k, f, c);
	if (!fine(k, wire_piece(c, &piece)))
		return false;
	size_t len = (size_t)(piece.end - piece.at);
	if (f->kind == SCHEMA_MESSAGE)
		return check_message(k, f->message, piece);
	if (f->kind == SCHEMA_BYTES)
		return true;
	if (f->kind == SCHEMA_STRING) {
		if (len && memchr(piece.at, 0, len))
			return fine(k, JSON_NUL);
		return json_utf8(piece.at, len) || fine(k, JSON_BAD_UTF8);
	}
	while (piece.at < piece.end)
		if (!check_number(k, f, &piece))
			return false;
	return true;
}

static bool check_message(struct checker *k, const struct schema_message *type,
			  struct wire_cursor c)
{
	uint32_t n_seen[SCHEMA_FIELDS_MAX];
	enum schema_form form = schema_message_form(type);
	struct wire_time time;
	struct wire_tag tag = { 0 };

	if (form == SCHEMA_TIMESTAMP || form == SCHEMA_DURATION)
		return fine(k, wire_time(c, form, true, &time));
	if (form == SCHEMA_PLAIN && k->depth == JSON_DEPTH_MAX)
		return fine(k, JSON_TOO_DEEP);
	k->depth += form == SCHEMA_PLAIN;
	memset(n_seen, 0, schema_n_fields(type) * sizeof *n_seen);

	while (c.at < c.end) {
		if (!fine(k, wire_tag(&c, &tag)))
			return false;
		const struct schema_field *f = schema_field_numbered(type, tag.number);
		if (!f) {
			char number[16];
			int n = snprintf(number, sizeof number, "#%u", tag.number);
			return json_fault_set(k->fault, WIRE_UNKNOWN, &k->path, number, (size_t)n,
					      0);
		}
		k->path.step[k->path.n].field = f;
		k->path.step[k->path.n].index = f->repeated ? n_seen[f->index]++ : JSON_NO_INDEX;
		k->path.n++;
		if (!wire_type_fits(f, tag.wire))
			return fine(k, WIRE_TYPE);
		if (!check_value(k, f, tag.wire, &c))
			return false;
		k->path.n--;
	}
	k->depth -= form == SCHEMA_PLAIN;
	return true;
}

bool wire_check(const struct schema_message *type, const uint8_t *wire, size_t len,
		struct json_fault *fault)
{
	struct checker k = { .fault = fault };
	if (len > JSON_INPUT_MAX)
		return fine(&k, JSON_TOO_LONG);
	const uint8_t *bytes = len ? wire : (const uint8_t *)"";
	return check_message(&k, type, (struct wire_cursor){ bytes, bytes + len });
}
