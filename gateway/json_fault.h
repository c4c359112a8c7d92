#pragma once
/* The faults of the transcoder: their sentences, and the path that names the place. */

#include "gateway/json.h"

enum json_trouble {
	JSON_TOO_LONG,
	JSON_TOO_DEEP,
	JSON_NO_ROOM,
	JSON_SYNTAX,
	JSON_UNFINISHED,
	JSON_TRAILING,
	JSON_OBJECT_WANTED,
	JSON_LIST_WANTED,
	JSON_STRING_WANTED,
	JSON_NUMBER_WANTED,
	JSON_BOOL_WANTED,
	JSON_ENUM_WANTED,
	JSON_KEY_UNKNOWN,
	JSON_KEY_TWICE,
	JSON_ONEOF_TWICE,
	JSON_NULL_IN_LIST,
	JSON_NULL_ALONE,
	JSON_BAD_ESCAPE,
	JSON_BAD_UTF8,
	JSON_LONE_SURROGATE,
	JSON_NUL,
	JSON_CONTROL,
	JSON_NOT_WHOLE,
	JSON_OUT_OF_RANGE,
	JSON_NUMBER_LONG,
	JSON_ENUM_UNKNOWN,
	JSON_BAD_BASE64,
	JSON_BAD_TIMESTAMP,
	JSON_TIMESTAMP_RANGE,
	JSON_BAD_DURATION,
	JSON_DURATION_RANGE,
	WIRE_SHORT,
	WIRE_VARINT,
	WIRE_TAG,
	WIRE_TYPE,
	WIRE_UNKNOWN,
	JSON_N_TROUBLES,
	JSON_NO_TROUBLE = JSON_N_TROUBLES,
};

/* The way from the outermost message to where we are. */
struct json_path {
	unsigned n;
	struct {
		const struct schema_field *field;
		size_t index; /* in a list; JSON_NO_INDEX elsewhere */
	} step[JSON_DEPTH_MAX + 2];
};

#define JSON_NO_INDEX SIZE_MAX

/* Fills *fault and returns false.  name, where given, is a last step: a key that is not a field.
 * at is the byte in a text; 0 leaves it out. */
bool json_fault_set(struct json_fault *fault, enum json_trouble, const struct json_path *,
		    const char *name, size_t name_len, size_t at);

/* Whether len bytes are UTF-8: no surrogates, nothing overlong, nothing above U+10FFFF. */
bool json_utf8(const uint8_t *text, size_t len);
