#include "gateway/json.h"

#include <assert.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "gateway/wire_cursor.h"

struct writer {
	struct bytes *json;
	unsigned flags;
	unsigned depth;	 /* messages; limits the input */
	unsigned indent; /* open brackets; for JSON_PRETTY */
	struct json_path path;
	struct json_fault *fault;
};

/* Where a field's values lie in the bytes of its message. */
struct span {
	const uint8_t *first, *last; /* their tags; NULL: none */
};

static bool fine(struct writer *w, enum json_trouble trouble)
{
	return trouble == JSON_NO_TROUBLE ||
	       json_fault_set(w->fault, trouble, &w->path, NULL, 0, 0);
}

static bool put(struct writer *w, const void *data, size_t len)
{
	return bytes_add(w->json, data, len) || fine(w, JSON_NO_ROOM);
}

static bool put_text(struct writer *w, const char *text)
{
	return put(w, text, strlen(text));
}

static bool put_char(struct writer *w, char c)
{
	return bytes_add_byte(w->json, (uint8_t)c) || fine(w, JSON_NO_ROOM);
}

static bool new_line(struct writer *w)
{
	if (!(w->flags & JSON_PRETTY))
		return true;
	if (!put_char(w, '\n'))
		return false;
	for (unsigned i = 0; i < w->indent; i++)
		if (!put_text(w, "  "))
			return false;
	return true;
}

/* One for each open bracket: what stands before its next element. */
static bool put_comma(struct writer *w, bool *first)
{
	bool comma = !*first;
	*first = false;
	return (!comma || put_char(w, ',')) && new_line(w);
}

static bool open_bracket(struct writer *w, char bracket)
{
	w->indent++;
	return put_char(w, bracket);
}

static bool close_bracket(struct writer *w, char bracket, bool empty)
{
	w->indent--;
	return (empty || new_line(w)) && put_char(w, bracket);
}

static bool put_key(struct writer *w, const struct schema_field *f, bool *first)
{
	return put_comma(w, first) && put_char(w, '"') && put_text(w, f->json_name) &&
	       put_text(w, w->flags & JSON_PRETTY ? "\": " : "\":");
}

/* Strings. */

static bool put_escaped(struct writer *w, uint8_t c)
{
	static const char escapes[] = "\"\\bfnrt", meanings[] = "\"\\\b\f\n\r\t";
	char text[8];
	const char *found = c ? strchr(meanings, c) : NULL;

	if (found)
		snprintf(text, sizeof text, "\\%c", escapes[found - meanings]);
	else
		snprintf(text, sizeof text, "\\u%04x", c);
	return put_text(w, text);
}

static bool put_string(struct writer *w, const uint8_t *text, size_t len)
{
	if (!json_utf8(text, len))
		return fine(w, JSON_BAD_UTF8);
	if (!bytes_reserve(w->json, len + 2))
		return fine(w, JSON_NO_ROOM);
	if (!put_char(w, '"'))
		return false;
	size_t run = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] >= ' ' && text[i] != '"' && text[i] != '\\')
			continue;
		if (!put(w, text + run, i - run) || !put_escaped(w, text[i]))
			return false;
		run = i + 1;
	}
	return put(w, text + run, len - run) && put_char(w, '"');
}

static bool put_base64(struct writer *w, const uint8_t *data, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t size = (len + 2) / 3 * 4 + 2;

	if (!bytes_reserve(w->json, size))
		return fine(w, JSON_NO_ROOM);
	uint8_t *to = w->json->data + w->json->len;
	*to++ = '"';
	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = (uint32_t)data[i] << 16;
		if (i + 1 < len)
			bits |= (uint32_t)data[i + 1] << 8;
		if (i + 2 < len)
			bits |= data[i + 2];
		*to++ = (uint8_t)digits[bits >> 18];
		*to++ = (uint8_t)digits[bits >> 12 & 63];
		*to++ = i + 1 < len ? (uint8_t)digits[bits >> 6 & 63] : '=';
		*to++ = i + 2 < len ? (uint8_t)digits[bits & 63] : '=';
	}
	*to++ = '"';
	w->json->len += size;
	return true;
}

/* Numbers. */

/* The shortest text that reads back as the same number.  A float's text must also not exceed the
 * largest float when it is read as a double, for readers that know doubles only. */
static bool put_floating(struct writer *w, double value, bool narrow)
{
	char text[40];

	if (isnan(value))
		return put_text(w, "\"NaN\"");
	if (isinf(value))
		return put_text(w, value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
	for (int digits = narrow ? 6 : 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, value);
		double back = strtod(text, NULL);
		if (narrow ? strtof(text, NULL) == (float)value && fabs(back) <= FLT_MAX
			   : back == value)
			break;
	}
	return put_text(w, text);
}

static bool put_signed(struct writer *w, int64_t value, const char *quote)
{
	char text[32];
	snprintf(text, sizeof text, "%s%" PRId64 "%s", quote, value, quote);
	return put_text(w, text);
}

static bool put_unsigned(struct writer *w, uint64_t value, const char *quote)
{
	char text[32];
	snprintf(text, sizeof text, "%s%" PRIu64 "%s", quote, value, quote);
	return put_text(w, text);
}

static bool put_enum(struct writer *w, const struct schema_enum *e, int32_t number)
{
	const struct schema_enum_value *value = schema_value_numbered(e, number);
	if (!value)
		return put_signed(w, number, "");
	return put_char(w, '"') && put_text(w, value->name) && put_char(w, '"');
}

static bool put_number(struct writer *w, const struct schema_field *f, uint64_t value)
{
	uint32_t low = (uint32_t)value;
	double wide;
	float narrow;

	switch (f->kind) {
	case SCHEMA_DOUBLE:
		memcpy(&wide, &value, sizeof wide);
		return put_floating(w, wide, false);
	case SCHEMA_FLOAT:
		memcpy(&narrow, &low, sizeof narrow);
		return put_floating(w, (double)narrow, true);
	case SCHEMA_INT64:
	case SCHEMA_SFIXED64:
		return put_signed(w, (int64_t)value, "\"");
	case SCHEMA_SINT64:
		return put_signed(w, (int64_t)(value >> 1 ^ (0 - (value & 1))), "\"");
	case SCHEMA_UINT64:
	case SCHEMA_FIXED64:
		return put_unsigned(w, value, "\"");
	case SCHEMA_INT32:
	case SCHEMA_SFIXED32:
		return put_signed(w, (int32_t)low, "");
	case SCHEMA_SINT32:
		return put_signed(w, (int32_t)(low >> 1 ^ (0 - (low & 1))), "");
	case SCHEMA_UINT32:
	case SCHEMA_FIXED32:
		return put_unsigned(w, low, "");
	case SCHEMA_BOOL:
		return put_text(w, value ? "true" : "false");
	case SCHEMA_ENUM:
		return put_enum(w, f->enumeration, (int32_t)low);
	case SCHEMA_STRING:
	case SCHEMA_MESSAGE:
	case SCHEMA_BYTES:
		break;
	}
	assert(!(bool)"not a number");
	return false;
}

/* Times. */

/* 0, 3, 6 or 9 digits, as many as are needed. */
static void put_nanos(char *to, size_t cap, int32_t nanos)
{
	if (nanos == 0)
		*to = 0;
	else if (nanos % 1000000 == 0)
		snprintf(to, cap, ".%03d", nanos / 1000000);
	else if (nanos % 1000 == 0)
		snprintf(to, cap, ".%06d", nanos / 1000);
	else
		snprintf(to, cap, ".%09d", nanos);
}

static bool put_time(struct writer *w, enum schema_form form, struct wire_cursor c)
{
	struct wire_time time;
	char text[96], fraction[16];

	if (!fine(w, wire_time(c, form, false, &time)))
		return false;
	bool negative = form == SCHEMA_DURATION && (time.seconds < 0 || time.nanos < 0);
	put_nanos(fraction, sizeof fraction, negative ? -time.nanos : time.nanos);
	if (form == SCHEMA_DURATION) {
		snprintf(text, sizeof text, "\"%s%" PRId64 "%ss\"", negative ? "-" : "",
			 negative ? -time.seconds : time.seconds, fraction);
		return put_text(w, text);
	}
	int64_t days = time.seconds / 86400, of_day = time.seconds % 86400, year;
	unsigned month, day;
	if (of_day < 0) {
		days--;
		of_day += 86400;
	}
	json_date_of(days, &year, &month, &day);
	snprintf(text, sizeof text, "\"%04d-%02u-%02uT%02d:%02d:%02d%sZ\"", (int)year, month, day,
		 (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60), fraction);
	return put_text(w, text);
}

/* Messages. */

static bool put_message(struct writer *w, const struct schema_message *type, struct wire_cursor c);

/* Notes where each field's values lie.  Of a oneof only the member that came last remains. */
static bool find_fields(struct writer *w, const struct schema_message *type, struct wire_cursor c,
			struct span *spans)
{
	const struct schema_field *chosen[64] = { 0 };
	struct wire_tag tag = { 0 };

	while (c.at < c.end) {
		const uint8_t *start = c.at;
		if (!fine(w, wire_tag(&c, &tag)))
			return false;
		const struct schema_field *f = schema_field_numbered(type, tag.number);
		if (!f) {
			if (!fine(w, wire_skip(&c, tag.wire)))
				return false;
			continue;
		}
		w->path.step[w->path.n].field = f;
		w->path.step[w->path.n].index = JSON_NO_INDEX;
		w->path.n++;
		if (!wire_type_fits(f, tag.wire))
			return fine(w, WIRE_TYPE);
		if (!fine(w, wire_skip(&c, tag.wire)))
			return false;
		w->path.n--;

		if (f->oneof >= 0 && chosen[f->oneof] != f) {
			if (chosen[f->oneof])
				spans[chosen[f->oneof]->index] = (struct span){ 0 };
			chosen[f->oneof] = f;
		}
		if (!spans[f->index].first)
			spans[f->index].first = start;
		spans[f->index].last = start;
	}
	return true;
}

/* The next value of the field from c on; find_fields has seen that the bytes are sound. */
static bool next_value(struct wire_cursor *c, const struct schema_field *f, const uint8_t *last,
		       unsigned *wire)
{
	struct wire_tag tag = { 0 };
	while (c->at <= last) {
		enum json_trouble trouble = wire_tag(c, &tag);
		assert(trouble == JSON_NO_TROUBLE);
		*wire = tag.wire;
		if (tag.number == f->number)
			return true;
		trouble = wire_skip(c, tag.wire);
		assert(trouble == JSON_NO_TROUBLE);
	}
	return false;
}

/* A message in several pieces is their sum, which is the sum of their bytes. */
static bool put_pieces(struct writer *w, const struct schema_field *f, struct wire_cursor c,
		       const uint8_t *last)
{
	struct bytes whole = { 0 };
	struct wire_cursor piece = { 0 };
	unsigned wire;
	bool done = true;

	while (done && next_value(&c, f, last, &wire)) {
		wire_piece(&c, &piece);
		done = bytes_add(&whole, piece.at, (size_t)(piece.end - piece.at)) ||
		       fine(w, JSON_NO_ROOM);
	}
	if (done) {
		const uint8_t *data = whole.data ? whole.data : (const uint8_t *)"";
		done = put_message(w, f->message, (struct wire_cursor){ data, data + whole.len });
	}
	bytes_free(&whole);
	return done;
}

static bool put_value(struct writer *w, const struct schema_field *f, struct wire_cursor *c)
{
	struct wire_cursor piece = { 0 };
	uint64_t number = 0;

	if (f->wire != 2)
		return fine(w, wire_number(c, f->wire, &number)) && put_number(w, f, number);
	if (!fine(w, wire_piece(c, &piece)))
		return false;
	size_t len = (size_t)(piece.end - piece.at);
	if (f->kind == SCHEMA_MESSAGE)
		return put_message(w, f->message, piece);
	return f->kind == SCHEMA_BYTES ? put_base64(w, piece.at, len)
				       : put_string(w, piece.at, len);
}

static bool put_list(struct writer *w, const struct schema_field *f, struct wire_cursor c,
		     const uint8_t *last)
{
	size_t *index = &w->path.step[w->path.n - 1].index;
	struct wire_cursor piece = { 0 };
	bool first = true;
	unsigned wire;

	*index = 0;
	if (!open_bracket(w, '['))
		return false;
	while (last && next_value(&c, f, last, &wire)) {
		if (wire == f->wire) {
			if (!put_comma(w, &first) || !put_value(w, f, &c))
				return false;
			++*index;
			continue;
		}
		if (!fine(w, wire_piece(&c, &piece)))
			return false;
		for (; piece.at < piece.end; ++*index)
			if (!put_comma(w, &first) || !put_value(w, f, &piece))
				return false;
	}
	*index = JSON_NO_INDEX;
	return close_bracket(w, ']', first);
}

static bool value_is_zero(const struct schema_field *f, struct wire_cursor c)
{
	struct wire_cursor piece = { 0 };
	uint64_t number = 0;
	if (f->wire == 2)
		return wire_piece(&c, &piece) == JSON_NO_TROUBLE && piece.at == piece.end;
	if (wire_number(&c, f->wire, &number) != JSON_NO_TROUBLE)
		return false;
	/* Kinds of 32 bits are cut to them first. */
	bool wide = f->wire == 1 || f->kind == SCHEMA_INT64 || f->kind == SCHEMA_UINT64 ||
		    f->kind == SCHEMA_SINT64 || f->kind == SCHEMA_BOOL;
	return wide ? !number : !(uint32_t)number;
}

static bool put_zero(struct writer *w, const struct schema_field *f)
{
	if (f->kind == SCHEMA_STRING || f->kind == SCHEMA_BYTES)
		return put_text(w, "\"\"");
	return put_number(w, f, 0);
}

static bool put_field(struct writer *w, const struct schema_field *f, struct span span,
		      const uint8_t *end, bool *first)
{
	struct wire_cursor c = { span.first, end };
	bool defaults = w->flags & JSON_DEFAULTS;
	struct wire_tag tag = { 0 };

	if (!span.first && (f->presence || !defaults))
		return true;
	if (f->repeated) {
		/* A list may be there and yet be empty: packed, with nothing in it. */
		size_t had = w->json->len;
		bool first_had = *first;
		if (!put_key(w, f, first))
			return false;
		size_t before = w->json->len;
		if (!put_list(w, f, c, span.last))
			return false;
		if (!defaults && w->json->len == before + 2) {
			w->json->len = had;
			*first = first_had;
		}
		return true;
	}
	if (!span.first)
		return put_key(w, f, first) && put_zero(w, f);
	if (f->kind == SCHEMA_MESSAGE && span.first != span.last)
		return put_key(w, f, first) && put_pieces(w, f, c, span.last);

	c.at = span.last;
	if (!fine(w, wire_tag(&c, &tag)))
		return false;
	if (!f->presence && !defaults && value_is_zero(f, c))
		return true;
	return put_key(w, f, first) && put_value(w, f, &c);
}

static bool put_object(struct writer *w, const struct schema_message *type, struct wire_cursor c,
		       const struct span *spans)
{
	bool first = true;

	if (!open_bracket(w, '{'))
		return false;
	for (size_t i = 0; i < schema_n_fields(type); i++) {
		const struct schema_field *f = schema_field_at(type, i);
		w->path.step[w->path.n].field = f;
		w->path.step[w->path.n].index = JSON_NO_INDEX;
		w->path.n++;
		if (!put_field(w, f, spans[i], c.end, &first))
			return false;
		w->path.n--;
	}
	return close_bracket(w, '}', first);
}

static bool put_wrapper(struct writer *w, const struct schema_message *type, struct wire_cursor c,
			const struct span *spans)
{
	const struct schema_field *f = schema_field_at(type, 0);
	struct wire_tag tag = { 0 };

	if (!spans[0].last)
		return put_zero(w, f);
	c.at = spans[0].last;
	return fine(w, wire_tag(&c, &tag)) && put_value(w, f, &c);
}

static bool put_message(struct writer *w, const struct schema_message *type, struct wire_cursor c)
{
	struct span spans[SCHEMA_FIELDS_MAX];
	enum schema_form form = schema_message_form(type);

	if (form == SCHEMA_TIMESTAMP || form == SCHEMA_DURATION)
		return put_time(w, form, c);

	bool plain = form == SCHEMA_PLAIN;
	if (plain && w->depth == JSON_DEPTH_MAX)
		return fine(w, JSON_TOO_DEEP);
	memset(spans, 0, schema_n_fields(type) * sizeof *spans);
	if (!find_fields(w, type, c, spans))
		return false;
	w->depth += plain;
	bool done = plain ? put_object(w, type, c, spans) : put_wrapper(w, type, c, spans);
	w->depth -= plain;
	return done;
}

bool wire_to_json(const struct schema_message *type, const uint8_t *wire, size_t len,
		  struct bytes *json, unsigned flags, struct json_fault *fault)
{
	struct writer w = { .json = json, .flags = flags, .fault = fault };
	size_t had = json->len;
	const uint8_t *bytes = len ? wire : (const uint8_t *)"";

	if (put_message(&w, type, (struct wire_cursor){ bytes, bytes + len }))
		return true;
	json->len = had;
	return false;
}
