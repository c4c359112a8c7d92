#pragma once
/* Reading packed protobuf bytes, one value after the other.  Each function says what is wrong, or
 * JSON_NO_TROUBLE; the cursor never leaves its bytes. */

#include "gateway/json_scalar.h"

struct wire_cursor {
	const uint8_t *at, *end;
};

/* Over bytes that may be none: then their address may be NULL, to which nothing is added. */
static inline struct wire_cursor wire_over(const uint8_t *data, size_t len)
{
	return (struct wire_cursor){ data, len ? data + len : data };
}

struct wire_tag {
	uint32_t number;
	unsigned wire; /* 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes */
};

static inline enum json_trouble wire_varint(struct wire_cursor *c, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; shift < 70; shift += 7) {
		if (c->at == c->end)
			return WIRE_SHORT;
		uint8_t byte = *c->at++;
		if (shift == 63 && byte > 1)
			return WIRE_VARINT;
		*value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return JSON_NO_TROUBLE;
	}
	return WIRE_VARINT;
}

static inline enum json_trouble wire_tag(struct wire_cursor *c, struct wire_tag *tag)
{
	uint64_t value = 0;
	enum json_trouble trouble = wire_varint(c, &value);
	if (trouble != JSON_NO_TROUBLE)
		return trouble;
	tag->wire = value & 7;
	tag->number = (uint32_t)(value >> 3);
	if (value > UINT32_MAX || !tag->number)
		return WIRE_TAG;
	if (tag->wire == 3 || tag->wire == 4 || tag->wire > 5)
		return WIRE_TAG;
	return JSON_NO_TROUBLE;
}

static inline enum json_trouble wire_piece(struct wire_cursor *c, struct wire_cursor *piece)
{
	uint64_t len;
	enum json_trouble trouble = wire_varint(c, &len);
	if (trouble != JSON_NO_TROUBLE)
		return trouble;
	if (len > (uint64_t)(c->end - c->at))
		return WIRE_SHORT;
	*piece = (struct wire_cursor){ c->at, c->at + len };
	c->at += len;
	return JSON_NO_TROUBLE;
}

/* A number of wire type 0, 1 or 5. */
static inline enum json_trouble wire_number(struct wire_cursor *c, unsigned wire, uint64_t *value)
{
	if (wire == 0)
		return wire_varint(c, value);
	size_t size = wire == 1 ? 8 : 4;
	if ((size_t)(c->end - c->at) < size)
		return WIRE_SHORT;
	*value = 0;
	for (size_t i = 0; i < size; i++)
		*value |= (uint64_t)c->at[i] << (8 * i);
	c->at += size;
	return JSON_NO_TROUBLE;
}

static inline enum json_trouble wire_skip(struct wire_cursor *c, unsigned wire)
{
	struct wire_cursor piece = { 0 };
	uint64_t value = 0;
	return wire == 2 ? wire_piece(c, &piece) : wire_number(c, wire, &value);
}

/* Whether a field may come in this wire type: its own, or a list of numbers in one piece. */
static inline bool wire_type_fits(const struct schema_field *f, unsigned wire)
{
	return wire == f->wire || (f->repeated && wire == 2);
}

struct wire_time {
	int64_t seconds;
	int32_t nanos;
};

/* The content of a Timestamp or Duration, within its range.  A later value wins over an earlier.
 * closed: unknown fields are trouble too. */
static inline enum json_trouble wire_time(struct wire_cursor c, enum schema_form form, bool closed,
					  struct wire_time *time)
{
	enum json_trouble trouble;
	struct wire_tag tag = { 0 };
	uint64_t value = 0;

	*time = (struct wire_time){ 0 };
	while (c.at < c.end) {
		trouble = wire_tag(&c, &tag);
		if (trouble != JSON_NO_TROUBLE)
			return trouble;
		if (tag.number > 2) {
			if (closed)
				return WIRE_UNKNOWN;
			trouble = wire_skip(&c, tag.wire);
			if (trouble != JSON_NO_TROUBLE)
				return trouble;
			continue;
		}
		if (tag.wire != 0)
			return WIRE_TYPE;
		trouble = wire_varint(&c, &value);
		if (trouble != JSON_NO_TROUBLE)
			return trouble;
		if (tag.number == 1)
			time->seconds = (int64_t)value;
		else
			time->nanos = (int32_t)value;
	}

	int64_t seconds = time->seconds;
	int32_t nanos = time->nanos;
	if (form == SCHEMA_TIMESTAMP)
		return seconds < JSON_TIMESTAMP_MIN || seconds > JSON_TIMESTAMP_MAX || nanos < 0 ||
				       nanos > JSON_NANOS_MAX
			       ? JSON_TIMESTAMP_RANGE
			       : JSON_NO_TROUBLE;
	bool two_signs = (seconds < 0 && nanos > 0) || (seconds > 0 && nanos < 0);
	bool at_limit = seconds == JSON_DURATION_MAX || seconds == -JSON_DURATION_MAX;
	return seconds < -JSON_DURATION_MAX || seconds > JSON_DURATION_MAX || two_signs ||
			       nanos < -JSON_NANOS_MAX || nanos > JSON_NANOS_MAX ||
			       (at_limit && nanos)
		       ? JSON_DURATION_RANGE
		       : JSON_NO_TROUBLE;
}
