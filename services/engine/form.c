#include "engine/form.h"

#include <string.h>

#include "base/personal.h"
#include "base/text.h"
#include "engine/inside.h"

enum { TEXT_MAX = 4000, LIST_MAX = 2000 };

static const int64_t fen_max = INT64_C(100000000000000);

static bool ends(const char *name, const char *suffix)
{
	size_t len = strlen(name), suffix_len = strlen(suffix);

	return len >= suffix_len && strcmp(name + len - suffix_len, suffix) == 0;
}

static int id_form(const char *text, const char *today)
{
	(void)today;
	return text_is_id(text) ? 0 : FIELD_INVALID;
}

static int region_form(const char *text, const char *today)
{
	(void)today;
	return text_is_region(text) ? 0 : FIELD_INVALID;
}

static int fact_form(const char *text, const char *today)
{
	struct day day;

	if (!day_read(&day, text))
		return FIELD_INVALID;
	return day_text_before(today, text) ? DATE_IN_FUTURE : 0;
}

static int plan_form(const char *text, const char *today)
{
	struct day day;

	(void)today;
	return day_read(&day, text) ? 0 : FIELD_INVALID;
}

/* What the end of a text field's name promises. */
static const struct {
	const char *suffix;
	int (*form)(const char *text, const char *today);
} forms[] = {
	{ "_id", id_form },
	{ "_on", fact_form },
	{ "_by", plan_form },
	{ "_from", plan_form },
	{ "_until", plan_form },
	{ "region_code", region_form },
	{ "county_code", region_form },
};

static int text_form(const char *name, const char *text, const char *today)
{
	size_t len = text ? strlen(text) : 0;

	if (len == 0)
		return 0;
	if (len > TEXT_MAX || !text_is_utf8(text, len))
		return FIELD_INVALID;
	if (personal_field(name))
		return personal_form(name, text, today) ? 0 : FIELD_INVALID;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (ends(name, forms[i].suffix))
			return forms[i].form(text, today);
	}
	return 0;
}

static struct verdict message_form(const ProtobufCMessage *message, const char *today);

static struct verdict value_form(const ProtobufCFieldDescriptor *field, const uint8_t *at,
				 const char *today)
{
	const char *text;
	const ProtobufCMessage *message;
	int64_t number;
	int32_t chosen;
	int refusal = 0;

	if (field->type == PROTOBUF_C_TYPE_STRING) {
		memcpy(&text, at, sizeof(text));
		refusal = text_form(field->name, text, today);
	} else if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		memcpy(&message, at, sizeof(message));
		if (message)
			return message_form(message, today);
	} else if (field->type == PROTOBUF_C_TYPE_ENUM) {
		memcpy(&chosen, at, sizeof(chosen));
		if (!protobuf_c_enum_descriptor_get_value(field->descriptor, chosen))
			refusal = FIELD_INVALID;
	} else if (field->type == PROTOBUF_C_TYPE_INT64 && ends(field->name, "_fen")) {
		memcpy(&number, at, sizeof(number));
		if (number < 0 || number > fen_max)
			refusal = FIELD_INVALID;
	}
	return turn_refuse(refusal, refusal ? field->name : NULL);
}

static size_t value_size(const ProtobufCFieldDescriptor *field)
{
	if (field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE)
		return sizeof(void *);
	if (field->type == PROTOBUF_C_TYPE_ENUM)
		return sizeof(int32_t);
	return field->type == PROTOBUF_C_TYPE_INT64 ? sizeof(int64_t) : 0;
}

static struct verdict list_form(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *of,
				const char *today)
{
	struct verdict verdict = turn_done();
	const uint8_t *values;
	size_t n;

	memcpy(&n, (const uint8_t *)of + field->quantifier_offset, sizeof(n));
	memcpy(&values, (const uint8_t *)of + field->offset, sizeof(values));
	if (n > LIST_MAX)
		return turn_refuse(FIELD_INVALID, field->name);
	for (size_t i = 0; i < n && value_size(field) && !verdict.refusal; i++)
		verdict = value_form(field, values + i * value_size(field), today);
	return verdict;
}

static bool chosen(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *of)
{
	uint32_t set;

	if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
		return true;
	memcpy(&set, (const uint8_t *)of + field->quantifier_offset, sizeof(set));
	return set == field->id;
}

static struct verdict message_form(const ProtobufCMessage *message, const char *today)
{
	struct verdict verdict = turn_done();

	for (unsigned i = 0; i < message->descriptor->n_fields && !verdict.refusal; i++) {
		const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];

		if (field->label == PROTOBUF_C_LABEL_REPEATED)
			verdict = list_form(field, message, today);
		else if (chosen(field, message))
			verdict =
				value_form(field, (const uint8_t *)message + field->offset, today);
	}
	return verdict;
}

/* The field that the next word of needs names; *needs moves past it. */
static const ProtobufCFieldDescriptor *needed(const ProtobufCMessageDescriptor *descriptor,
					      const char **needs)
{
	char name[64];
	size_t len;

	*needs += strspn(*needs, " ");
	len = strcspn(*needs, " ");
	if (len == 0 || len >= sizeof(name))
		return NULL;
	memcpy(name, *needs, len);
	name[len] = '\0';
	*needs += len;
	return protobuf_c_message_descriptor_get_field_by_name(descriptor, name);
}

static bool absent(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *of)
{
	const uint8_t *at = (const uint8_t *)of + field->offset;
	const void *pointer;
	size_t n;

	if (field->label == PROTOBUF_C_LABEL_REPEATED) {
		memcpy(&n, (const uint8_t *)of + field->quantifier_offset, sizeof(n));
		return n == 0;
	}
	if (field->type == PROTOBUF_C_TYPE_STRING)
		return *field_text(of, field) == '\0';
	if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
		memcpy(&pointer, at, sizeof(pointer));
		return !pointer;
	}
	return field_is_number(field) && field_number(of, field) == 0;
}

struct verdict form_check(const ProtobufCMessage *request, const char *needs, const char *today)
{
	struct verdict verdict = message_form(request, today);
	const ProtobufCFieldDescriptor *field;

	if (verdict.refusal || !needs)
		return verdict;
	while ((field = needed(request->descriptor, &needs))) {
		if (absent(field, request))
			return turn_refuse(FIELD_REQUIRED, field->name);
	}
	return turn_done();
}

/* Personal texts stand at the top of a request and nowhere else; methods.c asks for that. */
bool form_may_be_personal(const ProtobufCMessageDescriptor *descriptor)
{
	for (unsigned i = 0; i < descriptor->n_fields; i++) {
		if (personal_field(descriptor->fields[i].name))
			return true;
	}
	return false;
}

bool form_is_personal(const ProtobufCMessage *request)
{
	for (unsigned i = 0; i < request->descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &request->descriptor->fields[i];

		if (personal_field(field->name) && *field_text(request, field) != '\0')
			return true;
	}
	return false;
}

bool form_needs_exist(const ProtobufCMessageDescriptor *descriptor, const char *needs)
{
	while (needs && needs[strspn(needs, " ")]) {
		if (!needed(descriptor, &needs))
			return false;
	}
	return true;
}
