#include "base/field.h"

#include <string.h>

const char *field_text(const void *record, const ProtobufCFieldDescriptor *field)
{
	const char *text;

	memcpy(&text, (const uint8_t *)record + field->offset, sizeof(text));
	return text ? text : "";
}

/* How many bytes a number takes in a key; 0: the type is no number. */
static const uint8_t width_of[] = {
	[PROTOBUF_C_TYPE_INT32] = 4,	[PROTOBUF_C_TYPE_SINT32] = 4,
	[PROTOBUF_C_TYPE_SFIXED32] = 4, [PROTOBUF_C_TYPE_UINT32] = 4,
	[PROTOBUF_C_TYPE_FIXED32] = 4,	[PROTOBUF_C_TYPE_BOOL] = 4,
	[PROTOBUF_C_TYPE_ENUM] = 4,	[PROTOBUF_C_TYPE_INT64] = 8,
	[PROTOBUF_C_TYPE_SINT64] = 8,	[PROTOBUF_C_TYPE_SFIXED64] = 8,
	[PROTOBUF_C_TYPE_UINT64] = 8,	[PROTOBUF_C_TYPE_FIXED64] = 8,
	[PROTOBUF_C_TYPE_MESSAGE] = 0,
};

size_t field_width(const ProtobufCFieldDescriptor *field)
{
	return width_of[field->type];
}

bool field_is_number(const ProtobufCFieldDescriptor *field)
{
	return field_width(field) > 0;
}

int64_t field_number(const void *record, const ProtobufCFieldDescriptor *field)
{
	const uint8_t *at = (const uint8_t *)record + field->offset;
	int32_t four;
	int64_t eight;
	protobuf_c_boolean truth;

	if (field->type == PROTOBUF_C_TYPE_BOOL) {
		memcpy(&truth, at, sizeof(truth));
		return truth != 0;
	}
	if (field_width(field) == 8) {
		memcpy(&eight, at, sizeof(eight));
		return eight;
	}
	memcpy(&four, at, sizeof(four));
	return four;
}

ProtobufCMessage *field_message(const void *message, const ProtobufCFieldDescriptor *field,
				size_t i)
{
	const uint8_t *at = (const uint8_t *)message + field->offset;
	ProtobufCMessage *single, *const *list;
	size_t n;

	if (field->type != PROTOBUF_C_TYPE_MESSAGE)
		return NULL;
	if (field->label != PROTOBUF_C_LABEL_REPEATED) {
		memcpy(&single, at, sizeof(single));
		return i == 0 ? single : NULL;
	}
	memcpy(&n, (const uint8_t *)message + field->quantifier_offset, sizeof(n));
	memcpy(&list, at, sizeof(list));
	return i < n ? list[i] : NULL;
}
