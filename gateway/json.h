#pragma once
/* ProtoJSON to packed protobuf and back, strictly, driven by a schema; and a check of packed bytes.
 *
 * Nothing is built between: JSON is read once and packed bytes come out, or the other way round.
 * Names are written in lowerCamelCase and read in that form or as the .proto has them. */

#include "gateway/bytes.h"
#include "gateway/schema.h"

#define JSON_DEPTH_MAX 16	  /* messages within messages, the outermost counted */
#define JSON_INPUT_MAX (1u << 20) /* bytes of a text or of packed bytes from a caller */

enum {
	JSON_DEFAULTS =
		1,	 /* also write zeros, empty strings and lists of fields without presence */
	JSON_PRETTY = 2, /* a line for each field, indented by two spaces */
};

/* What is wrong with an input, and where. */
struct json_fault {
	char field[128]; /* "nominees[2].person_id"; empty for the whole */
	char message_en[160];
	char message_zh[160];
	bool no_room; /* not the input's fault: the buffer's bound or the memory is reached */
};

/* Appends the packed message to *wire.  false: *fault says where and why; wire is as before.
 * Unknown names, a name twice, an enum name or number that the schema lacks are faults. */
bool json_to_wire(const struct schema_message *type, const char *json, size_t len,
		  struct bytes *wire, struct json_fault *fault);

/* Appends the JSON of a packed message.  false: the bytes are not valid for the type; json is as
 * before.  Fields that the schema lacks are left out; enum numbers that it lacks stay numbers. */
bool wire_to_json(const struct schema_message *type, const uint8_t *wire, size_t len,
		  struct bytes *json, unsigned flags, struct json_fault *fault);

/* Whether packed bytes from a caller are exactly what the schema allows: known fields of the right
 * wire types, UTF-8 without NUL, known enum values, sizes that fit, depth and length bounded. */
bool wire_check(const struct schema_message *type, const uint8_t *wire, size_t len,
		struct json_fault *fault);
