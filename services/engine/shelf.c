#include "engine/shelf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* A text longer than this counts in a key by its beginning. */
enum { KEY_TEXT_MAX = 160 };

static void field_set_number(void *record, const ProtobufCFieldDescriptor *field, int64_t number)
{
	uint8_t *at = (uint8_t *)record + field->offset;
	int32_t four = (int32_t)number;
	protobuf_c_boolean truth = number != 0;

	if (field->type == PROTOBUF_C_TYPE_BOOL)
		memcpy(at, &truth, sizeof(truth));
	else if (field_width(field) == 8)
		memcpy(at, &number, sizeof(number));
	else
		memcpy(at, &four, sizeof(four));
}

static char *text_or_none(const void *record, const ProtobufCFieldDescriptor *field)
{
	return field ? (char *)(uintptr_t)field_text(record, field) : "";
}

static bool filled(const void *record, const ProtobufCFieldDescriptor *field)
{
	return field_is_number(field) ? field_number(record, field) != 0
				      : !text_empty(field_text(record, field));
}

void shelf_scope(const struct shelf *shelf, const void *record, Engine__Scope *scope)
{
	engine__scope__init(scope);
	scope->region_code = text_or_none(record, shelf->region);
	scope->agency_id = text_or_none(record, shelf->agency);
	scope->person_id = text_or_none(record, shelf->person);
	if (!shelf->published || !filled(record, shelf->published))
		scope->readers = shelf->table->readers;
}

void key_add(struct key *key, const void *bytes, size_t size)
{
	assert(size <= KEY_MAX - key->size);
	memcpy(key->bytes + key->size, bytes, size);
	key->size += size;
}

static void key_add_text(struct key *key, const char *text, size_t first_n)
{
	size_t len = strnlen(text, first_n ? first_n : KEY_TEXT_MAX);

	key_add(key, text, len);
	key_add(key, "", 1);
}

static void key_add_number(struct key *key, int64_t number, size_t size)
{
	uint64_t bits = (uint64_t)number;
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(bits >> 8 * (size - 1 - i));
	bytes[0] ^= 0x80;
	key_add(key, bytes, size);
}

void shelf_key(const struct key_spec *spec, int n_fields, const void *record, struct key *key)
{
	key->size = 0;
	for (int i = 0; i < n_fields; i++) {
		const struct key_field *part = &spec->fields[i];

		if (part->field->type == PROTOBUF_C_TYPE_STRING)
			key_add_text(key, field_text(record, part->field), part->first_n);
		else
			key_add_number(key, field_number(record, part->field),
				       field_width(part->field));
	}
}

size_t shelf_fields_end(const struct key_spec *spec, const void *key, size_t size)
{
	const uint8_t *bytes = key;
	size_t at = 0;

	for (int i = 0; i < spec->n_fields; i++) {
		if (spec->fields[i].field->type == PROTOBUF_C_TYPE_STRING) {
			const uint8_t *end = memchr(bytes + at, 0, size - at);

			if (!end)
				return 0;
			at = (size_t)(end - bytes) + 1;
		} else {
			at += field_width(spec->fields[i].field);
			if (at > size)
				return 0;
		}
	}
	return at;
}

bool shelf_unkey(const struct key_spec *spec, const void *key, size_t size, void *record,
		 ProtobufCAllocator *allocator)
{
	const uint8_t *bytes = key;
	size_t at = 0;

	if (!shelf_fields_end(spec, key, size))
		return false;
	for (int i = 0; i < spec->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = spec->fields[i].field;

		if (field->type == PROTOBUF_C_TYPE_STRING) {
			size_t len = strlen((const char *)bytes + at);
			char *text = allocator->alloc(allocator->allocator_data, len + 1);

			if (!text)
				return false;
			memcpy(text, bytes + at, len + 1);
			memcpy((uint8_t *)record + field->offset, &text, sizeof(text));
			at += len + 1;
			continue;
		}

		size_t wide = field_width(field);
		uint64_t bits = (bytes[at] ^ 0x80) & 0x80 ? ~UINT64_C(0) : 0;

		for (size_t b = 0; b < wide; b++)
			bits = bits << 8 | (b ? bytes[at + b] : (uint8_t)(bytes[at] ^ 0x80));
		field_set_number(record, field, (int64_t)bits);
		at += wide;
	}
	return true;
}

/* Resolves one name, "region_code" or "region_code[4]". */
static bool resolve(const ProtobufCMessageDescriptor *record, const char *name, size_t len,
		    struct key_field *part)
{
	char text[64];
	char *bracket;

	if (len >= sizeof(text))
		return false;
	memcpy(text, name, len);
	text[len] = '\0';
	part->first_n = 0;
	bracket = strchr(text, '[');
	if (bracket) {
		*bracket = '\0';
		part->first_n = strtoul(bracket + 1, NULL, 10);
	}
	part->field = protobuf_c_message_descriptor_get_field_by_name(record, text);
	if (!part->field || part->field->label == PROTOBUF_C_LABEL_REPEATED)
		return false;
	if (part->field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
		return false;
	if (part->field->type == PROTOBUF_C_TYPE_STRING)
		return !bracket || (part->first_n > 0 && part->first_n < KEY_TEXT_MAX);
	return !bracket && field_is_number(part->field);
}

static bool spec_prepare(struct key_spec *spec, const ProtobufCMessageDescriptor *record,
			 const char *text)
{
	const char *end = text + strcspn(text, ":!");
	struct key_field sum = { 0 };

	spec->text = text;
	spec->text_size = (size_t)(strchr(text, '!') ? end - text : (ptrdiff_t)strlen(text));
	spec->unique = *end == '!';
	for (const char *at = text; at <= end;) {
		size_t len = strcspn(at, ",:!");

		if (spec->n_fields == KEY_FIELDS_MAX)
			return false;
		if (!resolve(record, at, len, &spec->fields[spec->n_fields++]))
			return false;
		at += len + 1;
	}
	if (*end != ':')
		return true;
	if (!resolve(record, end + 1, strlen(end + 1), &sum) || !field_is_number(sum.field))
		return false;
	spec->sum = sum.field;
	return true;
}

static bool named(const ProtobufCMessageDescriptor *record, const char *name, bool needed,
		  const ProtobufCFieldDescriptor **field)
{
	if (!name)
		return !needed;
	*field = protobuf_c_message_descriptor_get_field_by_name(record, name);
	return *field && (*field)->type == PROTOBUF_C_TYPE_STRING;
}

/* Resolves the field that opens a record; a text or a number. */
static bool opens(const ProtobufCMessageDescriptor *record, const char *name,
		  const ProtobufCFieldDescriptor **field)
{
	struct key_field part;

	if (!name)
		return true;
	if (strchr(name, '[') || !resolve(record, name, strlen(name), &part))
		return false;
	*field = part.field;
	return true;
}

static bool all_prepared(struct key_spec *specs, int *n, const char *const *texts, int max,
			 const struct table *table, char why[static 160])
{
	for (*n = 0; *n < max && texts[*n]; (*n)++) {
		if (!spec_prepare(&specs[*n], table->record, texts[*n])) {
			snprintf(why, 160, "table %s: \"%s\" names no fields of %s", table->name,
				 texts[*n], table->record->name);
			return false;
		}
	}
	return true;
}

bool shelf_prepare(struct shelf *shelf, const struct table *table, bool copied,
		   char why[static 160])
{
	memset(shelf, 0, sizeof(*shelf));
	shelf->table = table;
	shelf->copied = copied;
	if (!table->name || !table->record || !named(table->record, table->id, true, &shelf->id) ||
	    !named(table->record, table->region, false, &shelf->region) ||
	    !named(table->record, table->agency, false, &shelf->agency) ||
	    !named(table->record, table->person, false, &shelf->person) ||
	    !opens(table->record, table->published, &shelf->published)) {
		snprintf(why, 160, "table %s: its id, region, agency or person is no text field",
			 table->name ? table->name : "without a name");
		return false;
	}
	shelf->revision =
		protobuf_c_message_descriptor_get_field_by_name(table->record, "revision");
	if (shelf->revision && shelf->revision->type != PROTOBUF_C_TYPE_UINT64)
		shelf->revision = NULL;
	return all_prepared(shelf->indexes, &shelf->n_indexes, table->indexes, INDEXES_MAX, table,
			    why) &&
	       all_prepared(shelf->tallies, &shelf->n_tallies, table->tallies, TALLIES_MAX, table,
			    why);
}

const struct key_spec *shelf_spec(const struct key_spec *specs, int n, const char *text)
{
	size_t len = strlen(text);

	for (int i = 0; i < n; i++) {
		if (specs[i].text == text ||
		    (specs[i].text_size == len && memcmp(specs[i].text, text, len) == 0))
			return &specs[i];
	}
	assert(false && "a rule names an index or tally that its table does not have");
	return NULL;
}
