#include "gateway/json.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "gateway/json_fault.h"
#include "gateway/json_scalar.h"

/* A nested message or a packed list needs its length in front, known only behind it.  So the bytes
 * are written without lengths, each place is marked, and at the end one pass from the back moves
 * every byte once and puts the lengths in:
 *
 *	raw	tag payload(tag payload) ...
 *	final	tag len payload(tag len payload) ...
 */
struct mark {
	size_t start; /* where the payload begins in the raw bytes */
	size_t len;   /* of the payload, with the lengths inside it */
};

#define MARKS_AT_HAND 32
#define NUMBER_MAX    400 /* characters of a number's text */

struct reader {
	const char *start, *at, *end;
	struct bytes *wire;
	struct bytes text; /* a string whose escapes had to be undone */
	struct mark *marks;
	size_t n_marks, cap_marks;
	struct mark marks_at_hand[MARKS_AT_HAND];
	size_t extra; /* bytes of all lengths so far */
	unsigned depth;
	struct json_path path;
	struct json_fault *fault;
};

static bool refuse(struct reader *r, enum json_trouble trouble)
{
	return json_fault_set(r->fault, trouble, &r->path, NULL, 0, (size_t)(r->at - r->start));
}

static bool refuse_key(struct reader *r, enum json_trouble trouble, struct json_text key)
{
	return json_fault_set(r->fault, trouble, &r->path, key.data, key.len,
			      (size_t)(r->at - r->start));
}

/* What stands here is of the wrong kind, or nothing. */
static bool refuse_here(struct reader *r, enum json_trouble wanted)
{
	if (r->at == r->end)
		return refuse(r, JSON_UNFINISHED);
	if (!strchr("{[\"-0123456789tfn", *r->at))
		return refuse(r, JSON_SYNTAX);
	return refuse(r, wanted);
}

static void skip_space(struct reader *r)
{
	while (r->at < r->end &&
	       (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r'))
		r->at++;
}

static bool next_is(const struct reader *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static bool take_word(struct reader *r, const char *word)
{
	size_t len = strlen(word);
	if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len))
		return false;
	r->at += len;
	return true;
}

static bool expect(struct reader *r, char c)
{
	skip_space(r);
	if (!next_is(r, c))
		return refuse(r, r->at == r->end ? JSON_UNFINISHED : JSON_SYNTAX);
	r->at++;
	return true;
}

/* Writing. */

static size_t varint_size(uint64_t value)
{
	size_t n = 1;
	while (value >>= 7)
		n++;
	return n;
}

static size_t varint_put(uint8_t *to, uint64_t value)
{
	size_t n = 0;
	for (; value >= 0x80; value >>= 7)
		to[n++] = (uint8_t)(value | 0x80);
	to[n++] = (uint8_t)value;
	return n;
}

static bool put(struct reader *r, const void *data, size_t len)
{
	return bytes_add(r->wire, data, len) || refuse(r, JSON_NO_ROOM);
}

static bool put_varint(struct reader *r, uint64_t value)
{
	uint8_t buffer[10];
	return put(r, buffer, varint_put(buffer, value));
}

static bool put_tag(struct reader *r, const struct schema_field *f, unsigned wire)
{
	return put_varint(r, (uint64_t)f->number << 3 | wire);
}

static bool put_text(struct reader *r, const struct schema_field *f, const void *data, size_t len)
{
	return put_tag(r, f, 2) && put_varint(r, len) && put(r, data, len);
}

/* little-endian */
static bool put_fixed(struct reader *r, uint64_t value, size_t size)
{
	uint8_t buffer[8];
	for (size_t i = 0; i < size; i++)
		buffer[i] = (uint8_t)(value >> (8 * i));
	return put(r, buffer, size);
}

static bool put_number(struct reader *r, unsigned wire, uint64_t value)
{
	switch (wire) {
	case 1:
		return put_fixed(r, value, 8);
	case 5:
		return put_fixed(r, value, 4);
	default:
		return put_varint(r, value);
	}
}

/* The mark is addressed by number: the array moves when it grows.  extra holds what was before. */
static bool mark_open(struct reader *r, size_t *mark, size_t *extra)
{
	if (r->n_marks == r->cap_marks) {
		size_t cap = r->cap_marks * 2;
		bool at_hand = r->marks == r->marks_at_hand;
		struct mark *marks = realloc(at_hand ? NULL : r->marks, cap * sizeof *marks);
		if (!marks)
			return refuse(r, JSON_NO_ROOM);
		if (at_hand)
			memcpy(marks, r->marks_at_hand, sizeof r->marks_at_hand);
		r->marks = marks;
		r->cap_marks = cap;
	}
	*mark = r->n_marks++;
	*extra = r->extra;
	r->marks[*mark].start = r->wire->len;
	return true;
}

static void mark_close(struct reader *r, size_t mark, size_t extra)
{
	struct mark *m = &r->marks[mark];
	m->len = r->wire->len - m->start + (r->extra - extra);
	r->extra += varint_size(m->len);
}

static bool place_lengths(struct reader *r)
{
	if (!r->n_marks)
		return true;
	if (!bytes_reserve(r->wire, r->extra))
		return refuse(r, JSON_NO_ROOM);

	uint8_t *data = r->wire->data;
	size_t from = r->wire->len, to = from + r->extra;
	r->wire->len = to;
	for (size_t i = r->n_marks; i-- > 0;) {
		const struct mark *m = &r->marks[i];
		size_t len = from - m->start;
		to -= len;
		memmove(data + to, data + m->start, len);
		to -= varint_size(m->len);
		varint_put(data + to, m->len);
		from = m->start;
	}
	assert(from == to);
	return true;
}

/* Strings. */

static bool read_hex4(struct reader *r, uint32_t *unit)
{
	*unit = 0;
	for (int i = 0; i < 4; i++, r->at++) {
		if (r->at == r->end)
			return refuse(r, JSON_UNFINISHED);
		char c = *r->at;
		uint32_t digit;
		if (c >= '0' && c <= '9')
			digit = (uint32_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			digit = (uint32_t)((c | 0x20) - 'a' + 10);
		else
			return refuse(r, JSON_BAD_ESCAPE);
		*unit = *unit << 4 | digit;
	}
	return true;
}

static bool read_unicode(struct reader *r)
{
	uint32_t c, low;
	if (!read_hex4(r, &c))
		return false;
	if (c == 0)
		return refuse(r, JSON_NUL);
	if (c >= 0xdc00 && c <= 0xdfff)
		return refuse(r, JSON_LONE_SURROGATE);
	if (c >= 0xd800 && c <= 0xdbff) {
		if (!take_word(r, "\\u"))
			return refuse(r, JSON_LONE_SURROGATE);
		if (!read_hex4(r, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return refuse(r, JSON_LONE_SURROGATE);
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	}

	uint8_t utf8[4];
	size_t n = 0;
	if (c < 0x80) {
		utf8[n++] = (uint8_t)c;
	} else if (c < 0x800) {
		utf8[n++] = (uint8_t)(0xc0 | c >> 6);
		utf8[n++] = (uint8_t)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		utf8[n++] = (uint8_t)(0xe0 | c >> 12);
		utf8[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		utf8[n++] = (uint8_t)(0x80 | (c & 0x3f));
	} else {
		utf8[n++] = (uint8_t)(0xf0 | c >> 18);
		utf8[n++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		utf8[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		utf8[n++] = (uint8_t)(0x80 | (c & 0x3f));
	}
	return bytes_add(&r->text, utf8, n) || refuse(r, JSON_NO_ROOM);
}

static bool read_escape(struct reader *r)
{
	static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";

	if (r->at == r->end)
		return refuse(r, JSON_UNFINISHED);
	char c = *r->at++;
	if (c == 'u')
		return read_unicode(r);
	const char *found = c ? strchr(escapes, c) : NULL;
	if (!found)
		return refuse(r, JSON_BAD_ESCAPE);
	return bytes_add_byte(&r->text, (uint8_t)meanings[found - escapes]) ||
	       refuse(r, JSON_NO_ROOM);
}

/* The text lies in the JSON itself, or in r->text until the next string is read. */
static bool read_string(struct reader *r, struct json_text *out)
{
	assert(*r->at == '"');
	r->at++;
	const char *run = r->at; /* the first byte not yet copied */
	bool escaped = false, ascii = true;

	for (;;) {
		if (r->at == r->end)
			return refuse(r, JSON_UNFINISHED);
		uint8_t c = (uint8_t)*r->at;
		if (c == '"')
			break;
		if (c < ' ')
			return refuse(r, c ? JSON_CONTROL : JSON_NUL);
		if (c != '\\') {
			ascii &= c < 0x80;
			r->at++;
			continue;
		}
		if (!escaped)
			r->text.len = 0;
		escaped = true;
		if (!bytes_add(&r->text, run, (size_t)(r->at - run)))
			return refuse(r, JSON_NO_ROOM);
		r->at++;
		if (!read_escape(r))
			return false;
		run = r->at;
	}

	*out = (struct json_text){ run, (size_t)(r->at - run) };
	if (escaped) {
		if (!bytes_add(&r->text, run, out->len))
			return refuse(r, JSON_NO_ROOM);
		*out = (struct json_text){ (const char *)r->text.data, r->text.len };
	}
	if (!ascii && !json_utf8((const uint8_t *)out->data, out->len))
		return refuse(r, JSON_BAD_UTF8);
	r->at++;
	return true;
}

/* Numbers. */

static bool digits_here(const struct reader *r)
{
	return next_is(r, '-') || (r->at < r->end && json_is_digit(*r->at));
}

/* A number, bare or in a string; the text of other strings too, with bare = false. */
static bool read_number_text(struct reader *r, struct json_text *out, bool *bare)
{
	*bare = !next_is(r, '"');
	if (!*bare)
		return read_string(r, out);

	out->data = r->at;
	out->len = json_number_length(r->at, r->end);
	if (!out->len)
		return refuse_here(r, digits_here(r) ? JSON_SYNTAX : JSON_NUMBER_WANTED);
	r->at += out->len;
	if (next_is(r, '.') || next_is(r, 'e') || next_is(r, 'E') ||
	    (r->at < r->end && json_is_digit(*r->at)))
		return refuse(r, JSON_SYNTAX); /* "01", "1.", "1e" */
	return true;
}

/* What fits into a kind of whole number: up to max above zero, up to below beneath it. */
static const struct {
	uint64_t max, below;
} limits[] = {
	[SCHEMA_INT64] = { INT64_MAX, (uint64_t)INT64_MAX + 1 },
	[SCHEMA_SINT64] = { INT64_MAX, (uint64_t)INT64_MAX + 1 },
	[SCHEMA_SFIXED64] = { INT64_MAX, (uint64_t)INT64_MAX + 1 },
	[SCHEMA_INT32] = { INT32_MAX, (uint64_t)INT32_MAX + 1 },
	[SCHEMA_SINT32] = { INT32_MAX, (uint64_t)INT32_MAX + 1 },
	[SCHEMA_SFIXED32] = { INT32_MAX, (uint64_t)INT32_MAX + 1 },
	[SCHEMA_ENUM] = { INT32_MAX, (uint64_t)INT32_MAX + 1 },
	[SCHEMA_UINT64] = { UINT64_MAX, 0 },
	[SCHEMA_FIXED64] = { UINT64_MAX, 0 },
	[SCHEMA_UINT32] = { UINT32_MAX, 0 },
	[SCHEMA_FIXED32] = { UINT32_MAX, 0 },
};

static bool read_whole(struct reader *r, enum schema_kind kind, uint64_t *value)
{
	struct json_text t;
	bool bare, negative;
	uint64_t magnitude;

	if (!read_number_text(r, &t, &bare))
		return false;
	if (!t.len || json_number_length(t.data, t.data + t.len) != t.len)
		return refuse(r, JSON_NUMBER_WANTED);
	enum json_trouble trouble = json_whole_number(t, &negative, &magnitude);
	if (trouble != JSON_NO_TROUBLE)
		return refuse(r, trouble);
	if (magnitude > (negative ? limits[kind].below : limits[kind].max))
		return refuse(r, JSON_OUT_OF_RANGE);

	*value = negative ? 0 - magnitude : magnitude;
	if (kind == SCHEMA_SINT32 || kind == SCHEMA_SINT64)
		*value = *value << 1 ^ (*value >> 63 ? UINT64_MAX : 0);
	return true;
}

/* The bits of a float or a double. */
static bool read_floating(struct reader *r, enum schema_kind kind, uint64_t *value)
{
	static const struct {
		const char *name;
		double number;
	} words[] = { { "NaN", NAN }, { "Infinity", INFINITY }, { "-Infinity", -INFINITY }, { 0 } };

	struct json_text t;
	bool bare, word = false;
	double wide = 0;
	float narrow = 0;

	if (!read_number_text(r, &t, &bare))
		return false;
	for (size_t i = 0; !bare && words[i].name; i++) {
		if (t.len == strlen(words[i].name) && !memcmp(t.data, words[i].name, t.len)) {
			wide = words[i].number;
			narrow = (float)wide;
			word = true;
		}
	}
	if (!word) {
		char number[NUMBER_MAX + 1];
		if (!t.len || json_number_length(t.data, t.data + t.len) != t.len)
			return refuse(r, JSON_NUMBER_WANTED);
		if (t.len > NUMBER_MAX)
			return refuse(r, JSON_NUMBER_LONG);
		memcpy(number, t.data, t.len);
		number[t.len] = 0;
		wide = strtod(number, NULL);
		narrow = strtof(number, NULL);
		if (isinf(kind == SCHEMA_FLOAT ? (double)narrow : wide))
			return refuse(r, JSON_OUT_OF_RANGE);
	}
	if (kind == SCHEMA_FLOAT) {
		uint32_t bits;
		memcpy(&bits, &narrow, sizeof bits);
		*value = bits;
	} else {
		memcpy(value, &wide, sizeof *value);
	}
	return true;
}

static bool read_bool(struct reader *r, uint64_t *value)
{
	*value = next_is(r, 't');
	if (take_word(r, "true") || take_word(r, "false"))
		return true;
	return refuse_here(r, JSON_BOOL_WANTED);
}

/* Numbers are taken as well as names, if the schema knows them. */
static bool read_enum(struct reader *r, const struct schema_enum *e, uint64_t *value)
{
	const struct schema_enum_value *found;
	struct json_text t;

	if (next_is(r, '"')) {
		if (!read_string(r, &t))
			return false;
		found = schema_value_named(e, t.data, t.len);
	} else if (digits_here(r)) {
		if (!read_whole(r, SCHEMA_ENUM, value))
			return false;
		found = schema_value_numbered(e, (int32_t)*value);
	} else {
		return refuse_here(r, JSON_ENUM_WANTED);
	}
	if (!found)
		return refuse(r, JSON_ENUM_UNKNOWN);
	*value = (uint64_t)(int64_t)found->number;
	return true;
}

static bool read_number(struct reader *r, const struct schema_field *f, uint64_t *value)
{
	if (f->kind == SCHEMA_BOOL)
		return read_bool(r, value);
	if (f->kind == SCHEMA_ENUM)
		return read_enum(r, f->enumeration, value);
	if (f->kind == SCHEMA_DOUBLE || f->kind == SCHEMA_FLOAT)
		return read_floating(r, f->kind, value);
	return read_whole(r, f->kind, value);
}

/* Bytes, times and durations. */

/* Both alphabets, padded or not.  Bits behind the last byte must be zero: one text, one meaning. */
static bool put_base64(struct reader *r, const struct schema_field *f, struct json_text t)
{
	size_t padded = t.len;
	while (t.len > 0 && padded - t.len < 2 && t.data[t.len - 1] == '=')
		t.len--;
	if ((padded != t.len && padded % 4) || t.len % 4 == 1)
		return refuse(r, JSON_BAD_BASE64);

	size_t len = t.len / 4 * 3 + (t.len % 4 ? t.len % 4 - 1 : 0);
	if (!put_tag(r, f, 2) || !put_varint(r, len))
		return false;
	if (!bytes_reserve(r->wire, len))
		return refuse(r, JSON_NO_ROOM);
	uint32_t bits = 0;
	unsigned n = 0;
	for (size_t i = 0; i < t.len; i++) {
		int digit = json_base64_digit(t.data[i]);
		if (digit < 0)
			return refuse(r, JSON_BAD_BASE64);
		bits = bits << 6 | (uint32_t)digit;
		n += 6;
		if (n >= 8) {
			n -= 8;
			r->wire->data[r->wire->len++] = (uint8_t)(bits >> n);
		}
	}
	if (bits & ((1u << n) - 1))
		return refuse(r, JSON_BAD_BASE64);
	return true;
}

static bool read_time(struct reader *r, enum schema_form form, int64_t *seconds, int32_t *nanos)
{
	struct json_text t;

	if (!next_is(r, '"'))
		return refuse_here(r, JSON_STRING_WANTED);
	if (!read_string(r, &t))
		return false;
	enum json_trouble trouble = form == SCHEMA_TIMESTAMP ? json_timestamp(t, seconds, nanos)
							     : json_duration(t, seconds, nanos);
	return trouble == JSON_NO_TROUBLE || refuse(r, trouble);
}

/* Messages. */

static bool read_object(struct reader *r, const struct schema_message *type);

/* One value of a field that is not a number, or a number in a list that is not packed, with its
 * tag.  always: zero is written too. */
static bool read_value(struct reader *r, const struct schema_field *f, bool always);

/* The content of a message whatever its form; the caller writes tag and length. */
static bool read_message(struct reader *r, const struct schema_message *type)
{
	int64_t seconds = 0;
	int32_t nanos = 0;

	switch (schema_message_form(type)) {
	case SCHEMA_PLAIN:
		return read_object(r, type);
	case SCHEMA_WRAPPER:
		return read_value(r, schema_field_at(type, 0), false);
	case SCHEMA_TIMESTAMP:
	case SCHEMA_DURATION:
		if (!read_time(r, schema_message_form(type), &seconds, &nanos))
			return false;
		if (seconds && !(put_varint(r, 1 << 3) && put_varint(r, (uint64_t)seconds)))
			return false;
		if (nanos && !(put_varint(r, 2 << 3) && put_varint(r, (uint64_t)(int64_t)nanos)))
			return false;
		return true;
	}
	assert(!(bool)"a form that nobody knows");
	return false;
}

static bool read_value(struct reader *r, const struct schema_field *f, bool always)
{
	uint64_t number;
	size_t mark, extra;
	struct json_text t;

	if (f->kind == SCHEMA_MESSAGE) {
		if (!put_tag(r, f, 2) || !mark_open(r, &mark, &extra) ||
		    !read_message(r, f->message))
			return false;
		mark_close(r, mark, extra);
		return true;
	}
	if (f->wire != 2) {
		if (!read_number(r, f, &number))
			return false;
		if (!number && !always)
			return true;
		return put_tag(r, f, f->wire) && put_number(r, f->wire, number);
	}
	if (!next_is(r, '"'))
		return refuse_here(r, JSON_STRING_WANTED);
	if (!read_string(r, &t))
		return false;
	if (!t.len && !always)
		return true;
	return f->kind == SCHEMA_BYTES ? put_base64(r, f, t) : put_text(r, f, t.data, t.len);
}

static bool read_list(struct reader *r, const struct schema_field *f)
{
	size_t mark = 0, extra = 0;
	uint64_t number;

	if (!next_is(r, '['))
		return refuse_here(r, JSON_LIST_WANTED);
	r->at++;
	skip_space(r);
	if (next_is(r, ']')) {
		r->at++;
		return true;
	}
	if (f->packed && (!put_tag(r, f, 2) || !mark_open(r, &mark, &extra)))
		return false;

	size_t *index = &r->path.step[r->path.n - 1].index;
	for (*index = 0;; ++*index) {
		skip_space(r);
		if (take_word(r, "null"))
			return refuse(r, JSON_NULL_IN_LIST);
		if (f->packed) {
			if (!read_number(r, f, &number) || !put_number(r, f->wire, number))
				return false;
		} else if (!read_value(r, f, true)) {
			return false;
		}
		skip_space(r);
		if (next_is(r, ',')) {
			r->at++;
			continue;
		}
		if (!expect(r, ']'))
			return false;
		break;
	}
	*index = JSON_NO_INDEX;
	if (f->packed)
		mark_close(r, mark, extra);
	return true;
}

/* What an object has had. */
struct seen {
	uint64_t fields[SCHEMA_FIELDS_MAX / 64];
	uint64_t oneofs;
};

static bool read_member(struct reader *r, const struct schema_message *type, struct seen *seen)
{
	struct json_text key;

	if (!next_is(r, '"'))
		return refuse(r, r->at == r->end ? JSON_UNFINISHED : JSON_SYNTAX);
	if (!read_string(r, &key))
		return false;
	const struct schema_field *f = schema_field_named(type, key.data, key.len);
	if (!f)
		return refuse_key(r, JSON_KEY_UNKNOWN, key);

	r->path.step[r->path.n].field = f;
	r->path.step[r->path.n].index = JSON_NO_INDEX;
	r->path.n++;
	uint64_t bit = UINT64_C(1) << f->index % 64;
	if (seen->fields[f->index / 64] & bit)
		return refuse(r, JSON_KEY_TWICE);
	seen->fields[f->index / 64] |= bit;

	if (!expect(r, ':'))
		return false;
	skip_space(r);
	if (!take_word(r, "null")) {
		if (f->oneof >= 0) {
			bit = UINT64_C(1) << f->oneof;
			if (seen->oneofs & bit)
				return refuse(r, JSON_ONEOF_TWICE);
			seen->oneofs |= bit;
		}
		if (!(f->repeated ? read_list(r, f) : read_value(r, f, f->presence)))
			return false;
	}
	r->path.n--;
	return true;
}

static bool read_object(struct reader *r, const struct schema_message *type)
{
	struct seen seen = { 0 };

	if (!next_is(r, '{'))
		return refuse_here(r, JSON_OBJECT_WANTED);
	if (r->depth == JSON_DEPTH_MAX)
		return refuse(r, JSON_TOO_DEEP);
	r->depth++;
	r->at++;
	skip_space(r);
	if (next_is(r, '}')) {
		r->at++;
		r->depth--;
		return true;
	}
	for (;;) {
		skip_space(r);
		if (!read_member(r, type, &seen))
			return false;
		skip_space(r);
		if (next_is(r, ',')) {
			r->at++;
			continue;
		}
		if (!expect(r, '}'))
			return false;
		break;
	}
	r->depth--;
	return true;
}

static bool read_all(struct reader *r, const struct schema_message *type)
{
	if (r->end - r->at > JSON_INPUT_MAX)
		return refuse(r, JSON_TOO_LONG);
	skip_space(r);
	if (take_word(r, "null"))
		return refuse(r, JSON_NULL_ALONE);
	if (!read_message(r, type))
		return false;
	skip_space(r);
	if (r->at != r->end)
		return refuse(r, JSON_TRAILING);
	return place_lengths(r);
}

bool json_to_wire(const struct schema_message *type, const char *json, size_t len,
		  struct bytes *wire, struct json_fault *fault)
{
	struct reader r = {
		.start = json,
		.at = json,
		.end = json + len,
		.wire = wire,
		.cap_marks = MARKS_AT_HAND,
		.fault = fault,
	};
	size_t had = wire->len;

	r.marks = r.marks_at_hand;
	bool read = read_all(&r, type);
	if (!read)
		wire->len = had;
	if (r.marks != r.marks_at_hand)
		free(r.marks);
	bytes_free(&r.text);
	return read;
}
