#include "gateway/schema.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/personal.h"
#include "google/protobuf/descriptor.pb-c.h"

#define FIELD_TYPE(name) GOOGLE__PROTOBUF__FIELD_DESCRIPTOR_PROTO__TYPE__TYPE_##name
#define BY_NUMBER_MAX	 255 /* the highest field number that has a slot in by_number */
#define NO_FIELD	 0xff
#define ONEOFS_MAX	 64

/* An open hash: a power of two of slots, at most half of them taken. */
struct slot {
	const char *name; /* NULL: free */
	uint32_t len;
	uint32_t hash;
	const void *thing;
};

struct names {
	struct slot *slots;
	uint32_t mask;
};

struct schema_message {
	const char *name;
	enum schema_form form;
	uint16_t n_fields;
	bool personal; /* a field of it is, or of a message in it */
	struct schema_field *fields;
	struct names by_name;
	uint8_t by_number[BY_NUMBER_MAX + 1];
};

struct schema_enum {
	const char *name;
	size_t n_values;
	struct schema_enum_value *values; /* in the order of the .proto */
	const struct schema_enum_value **sorted;
	struct names by_name;
};

/* Memory in one list, so that schema_close frees what a half-done schema_open took. */
struct piece {
	struct piece *next;
	_Alignas(max_align_t) char data[];
};

struct schema {
	Google__Protobuf__FileDescriptorSet *set; /* owner of the short names */
	struct piece *pieces;
	size_t n_messages, n_enums, n_methods;
	struct schema_message *messages;
	struct schema_enum *enums;
	struct schema_method *methods;
	struct names message_names, enum_names, method_names;
	char *why;
};

static const struct {
	const char *name;
	enum schema_form form;
} google_messages[] = {
	{ "google.protobuf.Timestamp", SCHEMA_TIMESTAMP },
	{ "google.protobuf.Duration", SCHEMA_DURATION },
	{ "google.protobuf.Empty", SCHEMA_PLAIN },
	{ "google.protobuf.DoubleValue", SCHEMA_WRAPPER },
	{ "google.protobuf.FloatValue", SCHEMA_WRAPPER },
	{ "google.protobuf.Int64Value", SCHEMA_WRAPPER },
	{ "google.protobuf.UInt64Value", SCHEMA_WRAPPER },
	{ "google.protobuf.Int32Value", SCHEMA_WRAPPER },
	{ "google.protobuf.UInt32Value", SCHEMA_WRAPPER },
	{ "google.protobuf.BoolValue", SCHEMA_WRAPPER },
	{ "google.protobuf.StringValue", SCHEMA_WRAPPER },
	{ "google.protobuf.BytesValue", SCHEMA_WRAPPER },
	{ 0 },
};

static const uint8_t wire_of_kind[] = {
	[SCHEMA_DOUBLE] = 1, [SCHEMA_FLOAT] = 5,    [SCHEMA_INT64] = 0,	   [SCHEMA_UINT64] = 0,
	[SCHEMA_INT32] = 0,  [SCHEMA_FIXED64] = 1,  [SCHEMA_FIXED32] = 5,  [SCHEMA_BOOL] = 0,
	[SCHEMA_STRING] = 2, [SCHEMA_MESSAGE] = 2,  [SCHEMA_BYTES] = 2,	   [SCHEMA_UINT32] = 0,
	[SCHEMA_ENUM] = 0,   [SCHEMA_SFIXED32] = 5, [SCHEMA_SFIXED64] = 1, [SCHEMA_SINT32] = 0,
	[SCHEMA_SINT64] = 0,
};

__attribute__((format(printf, 2, 3))) static bool refuse(struct schema *s, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(s->why, 256, format, args);
	va_end(args);
	return false;
}

/* Zeroed memory that lives as long as the schema; NULL and a reason when there is none. */
static void *take(struct schema *s, size_t n, size_t size)
{
	if (size && n > ((size_t)1 << 30) / size) {
		refuse(s, "the descriptor set is too large");
		return NULL;
	}
	struct piece *p = calloc(1, sizeof *p + n * size + 1);
	if (!p) {
		refuse(s, "out of memory");
		return NULL;
	}
	p->next = s->pieces;
	s->pieces = p;
	return p->data;
}

static const char *join(struct schema *s, const char *a, const char *between, const char *b)
{
	size_t len = strlen(a) + strlen(between) + strlen(b) + 1;
	char *text = take(s, len, 1);
	if (text)
		snprintf(text, len, "%s%s%s", a, *a ? between : "", b);
	return text;
}

static uint32_t hash_of(const char *name, size_t len)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (uint8_t)name[i]) * 16777619u;
	return hash;
}

static bool names_make(struct schema *s, struct names *names, size_t n)
{
	size_t size = 4;
	while (size < 2 * n)
		size *= 2;
	names->slots = take(s, size, sizeof *names->slots);
	names->mask = (uint32_t)(size - 1);
	return names->slots;
}

static struct slot *slot_for(const struct names *names, const char *name, size_t len)
{
	uint32_t hash = hash_of(name, len);
	uint32_t i = hash & names->mask;
	for (;; i = (i + 1) & names->mask) {
		struct slot *slot = &names->slots[i];
		if (!slot->name)
			return slot;
		if (slot->hash == hash && slot->len == len && !memcmp(slot->name, name, len))
			return slot;
	}
}

static const void *names_find(const struct names *names, const char *name, size_t len)
{
	const struct slot *slot = slot_for(names, name, len);
	return slot->name ? slot->thing : NULL;
}

/* false: the name is there already, for another thing. */
static bool names_add(struct names *names, const char *name, const void *thing)
{
	size_t len = strlen(name);
	struct slot *slot = slot_for(names, name, len);
	if (slot->name)
		return slot->thing == thing;
	*slot = (struct slot){ name, (uint32_t)len, hash_of(name, len), thing };
	return true;
}

/* Everything has a name, and the names are such that they need no escapes in JSON. */
static bool name_plain(const char *name)
{
	if (!name || !*name)
		return false;
	for (; *name; name++)
		if (*name <= ' ' || *name > '~' || *name == '"' || *name == '\\')
			return false;
	return true;
}

static bool form_of_google(const char *name, enum schema_form *form)
{
	*form = SCHEMA_PLAIN;
	if (strncmp(name, "google.protobuf.", 16))
		return true;
	for (size_t i = 0; google_messages[i].name; i++) {
		if (!strcmp(name, google_messages[i].name)) {
			*form = google_messages[i].form;
			return true;
		}
	}
	return false;
}

static bool readable(const Google__Protobuf__FileDescriptorProto *file)
{
	return file->syntax && !strcmp(file->syntax, "proto3");
}

static void count_message(struct schema *s, const Google__Protobuf__DescriptorProto *d)
{
	s->n_messages++;
	s->n_enums += d->n_enum_type;
	for (size_t i = 0; i < d->n_nested_type; i++)
		count_message(s, d->nested_type[i]);
}

static bool add_enum(struct schema *s, const char *scope,
		     const Google__Protobuf__EnumDescriptorProto *d);

/* Enters names and enums; fields follow when every type is known. */
static bool add_message(struct schema *s, const char *scope,
			const Google__Protobuf__DescriptorProto *d)
{
	if (!name_plain(d->name))
		return refuse(s, "a message of \"%s\" has no name", scope);
	const char *name = join(s, scope, ".", d->name);
	if (!name)
		return false;

	enum schema_form form;
	if (form_of_google(name, &form)) {
		struct schema_message *m = &s->messages[s->n_messages++];
		m->name = name;
		m->form = form;
		if (!names_add(&s->message_names, name, m))
			return refuse(s, "%s is there twice", name);
	}
	for (size_t i = 0; i < d->n_enum_type; i++)
		if (!add_enum(s, name, d->enum_type[i]))
			return false;
	for (size_t i = 0; i < d->n_nested_type; i++)
		if (!add_message(s, name, d->nested_type[i]))
			return false;
	return true;
}

static int compare_values(const void *a, const void *b)
{
	const struct schema_enum_value *x = *(const struct schema_enum_value *const *)a;
	const struct schema_enum_value *y = *(const struct schema_enum_value *const *)b;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x < y ? -1 : x > y;
}

static bool add_enum(struct schema *s, const char *scope,
		     const Google__Protobuf__EnumDescriptorProto *d)
{
	if (!name_plain(d->name))
		return refuse(s, "an enum of \"%s\" has no name", scope);

	struct schema_enum *e = &s->enums[s->n_enums++];
	e->n_values = d->n_value;
	e->name = join(s, scope, ".", d->name);
	e->values = take(s, d->n_value, sizeof *e->values);
	e->sorted = take(s, d->n_value, sizeof *e->sorted);
	if (!e->name || !e->values || !e->sorted || !names_make(s, &e->by_name, d->n_value))
		return false;
	if (!names_add(&s->enum_names, e->name, e))
		return refuse(s, "%s is there twice", e->name);

	for (size_t i = 0; i < d->n_value; i++) {
		if (!name_plain(d->value[i]->name))
			return refuse(s, "a value of %s has no name", e->name);
		e->values[i] = (struct schema_enum_value){ d->value[i]->name, d->value[i]->number };
		e->sorted[i] = &e->values[i];
		if (!names_add(&e->by_name, e->values[i].name, &e->values[i]))
			return refuse(s, "%s: %s is there twice", e->name, e->values[i].name);
	}
	qsort(e->sorted, e->n_values, sizeof *e->sorted, compare_values);
	return true;
}

/* "person_id" -> "personId", for sets made without JSON names. */
static const char *camel_case(struct schema *s, const char *name)
{
	char *text = take(s, strlen(name) + 1, 1);
	if (!text)
		return NULL;
	char *at = text;
	bool upper = false;
	for (; *name; name++) {
		if (*name == '_') {
			upper = true;
			continue;
		}
		*at++ = upper && *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name;
		upper = false;
	}
	return text;
}

/* Type names in a set are full and begin with a dot. */
static const void *type_named(const struct names *names, const char *type_name)
{
	if (!type_name || *type_name != '.')
		return NULL;
	return names_find(names, type_name + 1, strlen(type_name + 1));
}

static bool is_map(const Google__Protobuf__DescriptorProto *d,
		   const Google__Protobuf__FieldDescriptorProto *f)
{
	if (!f->type_name)
		return false;
	const char *last = strrchr(f->type_name, '.');
	for (size_t i = 0; last && i < d->n_nested_type; i++) {
		const Google__Protobuf__DescriptorProto *n = d->nested_type[i];
		if (n->name && !strcmp(n->name, last + 1) && n->options && n->options->map_entry)
			return true;
	}
	return false;
}

static bool fill_field(struct schema *s, const struct schema_message *m,
		       const Google__Protobuf__DescriptorProto *d,
		       const Google__Protobuf__FieldDescriptorProto *f, struct schema_field *field)
{
	if (!name_plain(f->name))
		return refuse(s, "a field of %s has no name", m->name);
	if (!f->has_type || !f->has_label || !f->has_number || f->number < 1 ||
	    f->number > 0x1fffffff)
		return refuse(s, "%s.%s has no type, label or number", m->name, f->name);
	if (f->type < 1 || f->type > FIELD_TYPE(SINT64) || f->type == FIELD_TYPE(GROUP))
		return refuse(s, "%s.%s: groups are not supported", m->name, f->name);
	if (is_map(d, f))
		return refuse(s, "%s.%s: maps are not supported", m->name, f->name);

	*field = (struct schema_field){
		.name = f->name,
		.json_name = f->json_name ? f->json_name : camel_case(s, f->name),
		.number = (uint32_t)f->number,
		.kind = (enum schema_kind)f->type,
		.wire = wire_of_kind[f->type],
		.oneof = -1,
		.repeated =
			f->label == GOOGLE__PROTOBUF__FIELD_DESCRIPTOR_PROTO__LABEL__LABEL_REPEATED,
	};
	if (!field->json_name)
		return false;
	if (!name_plain(field->json_name))
		return refuse(s, "%s.%s: its JSON name is not plain", m->name, f->name);

	if (field->kind == SCHEMA_MESSAGE) {
		field->message = type_named(&s->message_names, f->type_name);
		if (!field->message)
			return refuse(s, "%s.%s: type %s is not supported", m->name, f->name,
				      f->type_name ? f->type_name : "");
	}
	if (field->kind == SCHEMA_ENUM) {
		field->enumeration = type_named(&s->enum_names, f->type_name);
		if (!field->enumeration)
			return refuse(s, "%s.%s: enum %s is not supported", m->name, f->name,
				      f->type_name ? f->type_name : "");
	}
	field->packed = field->repeated && field->wire != 2 &&
			!(f->options && f->options->has_packed && !f->options->packed);
	field->presence = !field->repeated && (field->kind == SCHEMA_MESSAGE || f->has_oneof_index);
	if (f->has_oneof_index && !f->proto3_optional) {
		if (f->oneof_index < 0 || (size_t)f->oneof_index >= d->n_oneof_decl ||
		    f->oneof_index >= ONEOFS_MAX ||
		    !name_plain(d->oneof_decl[f->oneof_index]->name))
			return refuse(s, "%s.%s: its oneof is not there", m->name, f->name);
		field->oneof = (int8_t)f->oneof_index;
		field->oneof_name = d->oneof_decl[f->oneof_index]->name;
	}
	return true;
}

static int compare_fields(const void *a, const void *b)
{
	const struct schema_field *x = a, *y = b;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* What the transcoder takes for granted of messages that are not objects in JSON. */
static bool form_fits(const struct schema_message *m)
{
	const struct schema_field *f = m->fields;
	switch (m->form) {
	case SCHEMA_PLAIN:
		return true;
	case SCHEMA_WRAPPER:
		return m->n_fields == 1 && f[0].number == 1 && !f[0].repeated && !f[0].presence &&
		       f[0].kind != SCHEMA_ENUM;
	case SCHEMA_TIMESTAMP:
	case SCHEMA_DURATION:
		return m->n_fields == 2 && f[0].number == 1 && f[0].kind == SCHEMA_INT64 &&
		       f[1].number == 2 && f[1].kind == SCHEMA_INT32 && !f[0].repeated &&
		       !f[1].repeated;
	}
	return false;
}

static bool fill_message(struct schema *s, const char *scope,
			 const Google__Protobuf__DescriptorProto *d)
{
	const char *name = join(s, scope, ".", d->name);
	if (!name)
		return false;
	for (size_t i = 0; i < d->n_nested_type; i++)
		if (!fill_message(s, name, d->nested_type[i]))
			return false;

	struct schema_message *m =
		(struct schema_message *)names_find(&s->message_names, name, strlen(name));
	if (!m)
		return true; /* one of google.protobuf's that nobody may use */
	if (d->n_field > SCHEMA_FIELDS_MAX)
		return refuse(s, "%s has more than %d fields", name, SCHEMA_FIELDS_MAX);

	m->n_fields = (uint16_t)d->n_field;
	m->fields = take(s, d->n_field, sizeof *m->fields);
	if (!m->fields || !names_make(s, &m->by_name, 2 * d->n_field))
		return false;
	for (size_t i = 0; i < d->n_field; i++)
		if (!fill_field(s, m, d, d->field[i], &m->fields[i]))
			return false;
	if (m->n_fields)
		qsort(m->fields, m->n_fields, sizeof *m->fields, compare_fields);

	memset(m->by_number, NO_FIELD, sizeof m->by_number);
	for (uint8_t i = 0; i < m->n_fields; i++) {
		struct schema_field *f = &m->fields[i];
		f->index = i;
		if (i > 0 && f->number == f[-1].number)
			return refuse(s, "%s has number %u twice", name, f->number);
		if (f->number <= BY_NUMBER_MAX)
			m->by_number[f->number] = i;
		if (!names_add(&m->by_name, f->name, f) || !names_add(&m->by_name, f->json_name, f))
			return refuse(s, "%s: the name %s means two fields", name, f->name);
	}
	if (!form_fits(m))
		return refuse(s, "%s is not as it should be", name);
	return true;
}

static bool add_method(struct schema *s, const char *service,
		       const Google__Protobuf__MethodDescriptorProto *d)
{
	if (!name_plain(d->name))
		return refuse(s, "a method of %s has no name", service);
	struct schema_method *m = &s->methods[s->n_methods++];
	*m = (struct schema_method){
		.name = d->name,
		.full_name = join(s, service, "/", d->name),
		.input = type_named(&s->message_names, d->input_type),
		.output = type_named(&s->message_names, d->output_type),
		.no_side_effects =
			d->options && d->options->has_idempotency_level &&
			d->options->idempotency_level ==
				GOOGLE__PROTOBUF__METHOD_OPTIONS__IDEMPOTENCY_LEVEL__NO_SIDE_EFFECTS,
		.server_streaming = d->server_streaming,
	};
	if (!m->full_name)
		return false;
	if (!m->input || !m->output)
		return refuse(s, "%s: its messages are not supported", m->full_name);
	if (d->client_streaming)
		return refuse(s, "%s: streams from the client are not supported", m->full_name);
	if (!names_add(&s->method_names, m->full_name, m))
		return refuse(s, "%s is there twice", m->full_name);
	return true;
}

static bool add_service(struct schema *s, const char *scope,
			const Google__Protobuf__ServiceDescriptorProto *d)
{
	if (!name_plain(d->name))
		return refuse(s, "a service of \"%s\" has no name", scope);
	const char *service = join(s, scope, ".", d->name);
	if (!service)
		return false;
	for (size_t i = 0; i < d->n_method; i++)
		if (!add_method(s, service, d->method[i]))
			return false;
	return true;
}

/* A message may be part of another that stands before it, or of itself: until nothing changes. */
static void mark_personal(struct schema *s)
{
	bool more = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < s->n_messages; i++) {
			struct schema_message *m = &s->messages[i];
			for (size_t k = 0; k < m->n_fields && !m->personal; k++) {
				const struct schema_field *f = &m->fields[k];
				m->personal = personal_field(f->name) ||
					      (f->message && f->message->personal);
				more = more || m->personal;
			}
		}
	}
}

static const char *package_of(const Google__Protobuf__FileDescriptorProto *file)
{
	return file->package ? file->package : "";
}

static bool make_tables(struct schema *s)
{
	for (size_t i = 0; i < s->set->n_file; i++) {
		const Google__Protobuf__FileDescriptorProto *file = s->set->file[i];
		if (!readable(file))
			continue;
		s->n_enums += file->n_enum_type;
		for (size_t k = 0; k < file->n_message_type; k++)
			count_message(s, file->message_type[k]);
		for (size_t k = 0; k < file->n_service; k++)
			s->n_methods += file->service[k]->n_method;
	}
	s->messages = take(s, s->n_messages, sizeof *s->messages);
	s->enums = take(s, s->n_enums, sizeof *s->enums);
	s->methods = take(s, s->n_methods, sizeof *s->methods);
	if (!s->messages || !s->enums || !s->methods ||
	    !names_make(s, &s->message_names, s->n_messages) ||
	    !names_make(s, &s->enum_names, s->n_enums) ||
	    !names_make(s, &s->method_names, s->n_methods))
		return false;

	s->n_messages = s->n_enums = s->n_methods = 0;
	for (size_t i = 0; i < s->set->n_file; i++) {
		const Google__Protobuf__FileDescriptorProto *file = s->set->file[i];
		if (!readable(file))
			continue;
		for (size_t k = 0; k < file->n_enum_type; k++)
			if (!add_enum(s, package_of(file), file->enum_type[k]))
				return false;
		for (size_t k = 0; k < file->n_message_type; k++)
			if (!add_message(s, package_of(file), file->message_type[k]))
				return false;
	}
	for (size_t i = 0; i < s->set->n_file; i++) {
		const Google__Protobuf__FileDescriptorProto *file = s->set->file[i];
		if (!readable(file))
			continue;
		for (size_t k = 0; k < file->n_message_type; k++)
			if (!fill_message(s, package_of(file), file->message_type[k]))
				return false;
		for (size_t k = 0; k < file->n_service; k++)
			if (!add_service(s, package_of(file), file->service[k]))
				return false;
	}
	mark_personal(s);
	/* What stands in a URL is kept by browsers, proxies and their logs. */
	for (size_t i = 0; i < s->n_methods; i++) {
		struct schema_method *m = &s->methods[i];
		m->by_get = m->no_side_effects && !m->server_streaming && !m->input->personal;
	}
	return true;
}

struct schema *schema_open(const void *set, size_t len, char why[static 256])
{
	struct schema *s = calloc(1, sizeof *s);
	if (!s) {
		snprintf(why, 256, "out of memory");
		return NULL;
	}
	s->why = why;
	s->set = google__protobuf__file_descriptor_set__unpack(NULL, len, set);
	if (!s->set)
		refuse(s, "this is not a FileDescriptorSet");
	if (!s->set || !make_tables(s)) {
		schema_close(s);
		return NULL;
	}
	s->why = NULL;
	return s;
}

void schema_close(struct schema *s)
{
	if (!s)
		return;
	for (struct piece *p = s->pieces, *next; p; p = next) {
		next = p->next;
		free(p);
	}
	if (s->set)
		google__protobuf__file_descriptor_set__free_unpacked(s->set, NULL);
	free(s);
}

const struct schema_message *schema_message(const struct schema *s, const char *full_name)
{
	return names_find(&s->message_names, full_name, strlen(full_name));
}

const struct schema_method *schema_method(const struct schema *s, const char *path, size_t len)
{
	return names_find(&s->method_names, path, len);
}

size_t schema_n_methods(const struct schema *s)
{
	return s->n_methods;
}

const struct schema_method *schema_method_at(const struct schema *s, size_t i)
{
	assert(i < s->n_methods);
	return &s->methods[i];
}

size_t schema_n_messages(const struct schema *s)
{
	return s->n_messages;
}

const struct schema_message *schema_message_at(const struct schema *s, size_t i)
{
	assert(i < s->n_messages);
	return &s->messages[i];
}

const char *schema_message_name(const struct schema_message *m)
{
	return m->name;
}

enum schema_form schema_message_form(const struct schema_message *m)
{
	return m->form;
}

size_t schema_n_fields(const struct schema_message *m)
{
	return m->n_fields;
}

const struct schema_field *schema_field_at(const struct schema_message *m, size_t i)
{
	assert(i < m->n_fields);
	return &m->fields[i];
}

const struct schema_field *schema_field_named(const struct schema_message *m, const char *name,
					      size_t len)
{
	return names_find(&m->by_name, name, len);
}

const struct schema_field *schema_field_numbered(const struct schema_message *m, uint32_t number)
{
	if (number <= BY_NUMBER_MAX) {
		uint8_t i = m->by_number[number];
		return i == NO_FIELD ? NULL : &m->fields[i];
	}
	size_t low = 0, high = m->n_fields;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (m->fields[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->n_fields && m->fields[low].number == number ? &m->fields[low] : NULL;
}

const char *schema_enum_name(const struct schema_enum *e)
{
	return e->name;
}

size_t schema_n_values(const struct schema_enum *e)
{
	return e->n_values;
}

const struct schema_enum_value *schema_value_at(const struct schema_enum *e, size_t i)
{
	assert(i < e->n_values);
	return &e->values[i];
}

const struct schema_enum_value *schema_value_named(const struct schema_enum *e, const char *name,
						   size_t len)
{
	return names_find(&e->by_name, name, len);
}

const struct schema_enum_value *schema_value_numbered(const struct schema_enum *e, int32_t number)
{
	size_t low = 0, high = e->n_values;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (e->sorted[middle]->number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < e->n_values && e->sorted[low]->number == number ? e->sorted[low] : NULL;
}
