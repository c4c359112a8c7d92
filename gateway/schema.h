#pragma once
/* Every message, enum and method of a FileDescriptorSet, in tables made for quick look-ups.
 *
 * Immutable after schema_open, so threads may share it.  Everything handed out lives as long as the
 * schema.  proto3 only; maps, groups and google.protobuf's Any, Struct and FieldMask are refused. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCHEMA_FIELDS_MAX 128 /* of one message */

struct schema;
struct schema_message;
struct schema_enum;

/* The numbers are those of google.protobuf.FieldDescriptorProto.Type. */
enum schema_kind {
	SCHEMA_DOUBLE = 1,
	SCHEMA_FLOAT = 2,
	SCHEMA_INT64 = 3,
	SCHEMA_UINT64 = 4,
	SCHEMA_INT32 = 5,
	SCHEMA_FIXED64 = 6,
	SCHEMA_FIXED32 = 7,
	SCHEMA_BOOL = 8,
	SCHEMA_STRING = 9,
	SCHEMA_MESSAGE = 11,
	SCHEMA_BYTES = 12,
	SCHEMA_UINT32 = 13,
	SCHEMA_ENUM = 14,
	SCHEMA_SFIXED32 = 15,
	SCHEMA_SFIXED64 = 16,
	SCHEMA_SINT32 = 17,
	SCHEMA_SINT64 = 18,
};

/* Messages whose JSON is not an object of their fields. */
enum schema_form {
	SCHEMA_PLAIN,
	SCHEMA_TIMESTAMP,
	SCHEMA_DURATION,
	SCHEMA_WRAPPER, /* google.protobuf.StringValue and its kin: the bare value */
};

struct schema_field {
	const char *name;		       /* as in the .proto: "person_id" */
	const char *json_name;		       /* "personId" */
	const char *oneof_name;		       /* NULL outside a oneof */
	const struct schema_message *message;  /* SCHEMA_MESSAGE only */
	const struct schema_enum *enumeration; /* SCHEMA_ENUM only */
	uint32_t number;
	enum schema_kind kind;
	uint8_t index; /* in the message's fields, by number */
	int8_t oneof;  /* in the message's oneofs; -1 outside */
	uint8_t wire;  /* wire type of one value: 0, 1, 2 or 5 */
	bool repeated;
	bool packed;   /* repeated numbers are written in one piece */
	bool presence; /* zero and unset differ: messages, oneof members, optional */
};

struct schema_enum_value {
	const char *name;
	int32_t number;
};

struct schema_method {
	const char *name;      /* "OpenCall" */
	const char *full_name; /* "shegong.personnel.v1.PersonnelService/OpenCall" */
	const struct schema_message *input, *output;
	bool no_side_effects;
	bool server_streaming;
	bool by_get; /* a query with one answer, of which nothing is personal that a URL would show */
};

/* NULL: why says what is wrong.  The set's bytes are not needed afterwards.  schema_close ends it. */
struct schema *schema_open(const void *set, size_t len, char why[static 256]);
void schema_close(struct schema *);

/* NULL: no such thing. */
const struct schema_message *schema_message(const struct schema *, const char *full_name);
const struct schema_method *schema_method(const struct schema *, const char *path, size_t len);

size_t schema_n_methods(const struct schema *);
const struct schema_method *schema_method_at(const struct schema *, size_t i);
size_t schema_n_messages(const struct schema *);
const struct schema_message *schema_message_at(const struct schema *, size_t i);

/* The full name: "shegong.personnel.v1.Person". */
const char *schema_message_name(const struct schema_message *);
enum schema_form schema_message_form(const struct schema_message *);

/* Fields come by rising number.  A name is the .proto's or the JSON one.  NULL: no such field. */
size_t schema_n_fields(const struct schema_message *);
const struct schema_field *schema_field_at(const struct schema_message *, size_t i);
const struct schema_field *schema_field_named(const struct schema_message *, const char *name,
					      size_t len);
const struct schema_field *schema_field_numbered(const struct schema_message *, uint32_t number);

/* The full name: "shegong.personnel.v1.Stage". */
const char *schema_enum_name(const struct schema_enum *);
size_t schema_n_values(const struct schema_enum *);
const struct schema_enum_value *schema_value_at(const struct schema_enum *, size_t i);
/* NULL: no such value.  Where two names share a number, the first is given. */
const struct schema_enum_value *schema_value_named(const struct schema_enum *, const char *name,
						   size_t len);
const struct schema_enum_value *schema_value_numbered(const struct schema_enum *, int32_t number);
