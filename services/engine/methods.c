#include "engine/methods.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/personal.h"
#include "base/text.h"
#include "engine/form.h"
#include "engine/inside.h"

static const char engine_prefix[] = "shegong.engine.v1.EngineService/";

enum {
	EVERYBODY = BY_ANYONE | BY_SERVICE,
	OPERATORS = BY_SERVICE | BY_PROVINCE | BY_ADMINISTRATOR,
};

/* The engine's own methods.  A read gives each what he may see; how many records there are, and how
 * often what is asked, is for those who see all or look after the machine. */
static const struct {
	const char *name;
	enum method_kind kind;
	unsigned callers;
} engines_own[] = {
	{ "Read", METHOD_SLOW_QUERY, EVERYBODY | BY_ADMINISTRATOR },
	{ "Status", METHOD_QUERY, OPERATORS | BY_WHOLE_PROVINCE | BY_DASHBOARD },
	{ "Metrics", METHOD_QUERY, OPERATORS },
	{ "Verify", METHOD_SLOW_QUERY, OPERATORS | BY_AUDITOR },
	{ "AdvanceClock", METHOD_COMMAND, OPERATORS },
	{ "HoldFollowing", METHOD_COMMAND, BY_SERVICE },
	{ "Backup", METHOD_SLOW_QUERY, BY_SERVICE },
};

static const struct command *command_row(const struct service *service, const char *rpc, int *n)
{
	const struct command *row = NULL;

	for (const struct aggregate *const *a = service->aggregates; *a; a++) {
		for (const struct command *c = (*a)->commands; c && c->rpc; c++) {
			if (strcmp(c->rpc, rpc) == 0) {
				row = c;
				++*n;
			}
		}
	}
	return row;
}

static const struct query *query_row(const struct service *service, const char *rpc, int *n)
{
	const struct query *row = NULL;

	for (const struct aggregate *const *a = service->aggregates; *a; a++) {
		for (const struct query *q = (*a)->queries; q && q->rpc; q++) {
			if (strcmp(q->rpc, rpc) == 0) {
				row = q;
				++*n;
			}
		}
	}
	return row;
}

/* --- The check of the rows ---------------------------------------------------------------------- */

static char flaw[256];

static const char *flawed(const char *what, const char *name)
{
	snprintf(flaw, sizeof(flaw), "%s: %s", what, name);
	return flaw;
}

static const ProtobufCFieldDescriptor *field_of_type(const ProtobufCMessageDescriptor *message,
						     const ProtobufCMessageDescriptor *type,
						     bool repeated)
{
	for (unsigned i = 0; i < message->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &message->fields[i];

		if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == type &&
		    (field->label == PROTOBUF_C_LABEL_REPEATED) == repeated)
			return field;
	}
	return NULL;
}

static const char *query_flaw(const struct query *query, const ProtobufCMethodDescriptor *rpc)
{
	if (query->get && !field_of_type(rpc->output, query->get->record, false))
		return flawed("the response has no field for the record", query->rpc);
	if (query->get &&
	    !protobuf_c_message_descriptor_get_field_by_name(rpc->input, query->get->id))
		return flawed("the request does not have the table's id", query->rpc);
	if (query->list && !field_of_type(rpc->output, query->list->record, true))
		return flawed("the response has no list of the record", query->rpc);
	if (!query->get && !query->list && !query->answer)
		return flawed("a query that nobody answers", query->rpc);
	return NULL;
}

/* A personal text is a field of its own at the top of a request; what is stored of it are bytes. */
static const char *personal_flaw(const ProtobufCMessageDescriptor *message, ProtobufCType wanted,
				 bool top)
{
	const char *found = NULL;

	for (unsigned i = 0; i < message->n_fields && !found; i++) {
		const ProtobufCFieldDescriptor *field = &message->fields[i];

		if (personal_field(field->name) &&
		    (!top || field->type != wanted || field->label == PROTOBUF_C_LABEL_REPEATED))
			found = flawed("a personal field is of the wrong kind", field->name);
		else if (field->type == PROTOBUF_C_TYPE_MESSAGE)
			found = personal_flaw(field->descriptor, wanted,
					      top && wanted == PROTOBUF_C_TYPE_BYTES);
	}
	return found;
}

static const char *rpc_flaw(const struct service *service, const ProtobufCMethodDescriptor *rpc)
{
	int n = 0;
	const struct command *command = command_row(service, rpc->name, &n);
	const struct query *query = query_row(service, rpc->name, &n);

	if (n == 0)
		return flawed("an rpc without a row", rpc->name);
	if (n > 1)
		return flawed("an rpc with two rows", rpc->name);
	if (personal_flaw(rpc->input, PROTOBUF_C_TYPE_STRING, true))
		return flaw;
	if (query)
		return query_flaw(query, rpc);
	if (!command->callers)
		return flawed("a command that nobody may send", rpc->name);
	if (!form_needs_exist(rpc->input, command->needs))
		return flawed("a command needs a field that its request does not have", rpc->name);
	return NULL;
}

static const char *row_flaw(const struct service *service, const char *rpc)
{
	if (!protobuf_c_service_descriptor_get_method_by_name(service->rpcs, rpc))
		return flawed("a row without an rpc", rpc);
	return NULL;
}

static const char *rows_flaw(const struct service *service)
{
	const char *found = NULL;

	for (const struct aggregate *const *a = service->aggregates; *a; a++) {
		for (const struct command *c = (*a)->commands; c && c->rpc && !found; c++)
			found = row_flaw(service, c->rpc);
		for (const struct query *q = (*a)->queries; q && q->rpc && !found; q++)
			found = row_flaw(service, q->rpc);
	}
	return found;
}

static const char *refusals_flaw(const struct service *service)
{
	for (unsigned i = 0; i < service->refusals->n_values; i++) {
		const ProtobufCEnumValue *value = &service->refusals->values[i];
		int n = 0;

		for (const struct refusal *row = service->sentences; row->refusal; row++)
			n += row->refusal == value->value && row->en && row->zh && row->code;
		if (value->value != 0 && n != 1)
			return flawed("a refusal needs one sentence in each language", value->name);
	}
	return NULL;
}

static const char *reactions_flaw(const struct service *service)
{
	for (const struct reaction *r = service->reactions; r && r->event; r++) {
		const ProtobufCMessageDescriptor *event = r->source->event;
		bool found = false;

		for (unsigned i = 0; i < event->n_fields; i++) {
			const ProtobufCMessageDescriptor *member = event->fields[i].descriptor;

			found |= strcmp(member->short_name, r->event) == 0;
		}
		if (!found)
			return flawed("a reaction to an event that there is not", r->event);
	}
	return NULL;
}

static const char *tables_flaw(const struct service *service)
{
	static struct shelf shelf;

	for (const struct aggregate *const *a = service->aggregates; *a; a++) {
		for (const struct table *const *t = (*a)->tables; t && *t; t++) {
			if (!shelf_prepare(&shelf, *t, false, flaw))
				return flaw;
		}
	}
	for (const struct copy *c = service->copies; c && c->table; c++) {
		if (!shelf_prepare(&shelf, c->table, true, flaw))
			return flaw;
	}
	return NULL;
}

const char *service_flaw(const struct service *service)
{
	const char *found = tables_flaw(service);

	if (!found)
		found = personal_flaw(service->event, PROTOBUF_C_TYPE_BYTES, true);
	for (unsigned i = 0; i < service->rpcs->n_methods && !found; i++)
		found = rpc_flaw(service, &service->rpcs->methods[i]);
	if (!found)
		found = rows_flaw(service);
	if (!found)
		found = refusals_flaw(service);
	return found ? found : reactions_flaw(service);
}

/* --- Finding ------------------------------------------------------------------------------------ */

static void add(struct methods *methods, const struct method *method)
{
	assert(methods->n < METHODS_MAX);
	methods->rows[methods->n] = *method;
	methods->rows[methods->n].number = methods->n;
	methods->n++;
}

/* Who may ask: whoever the row names, else whoever may see any record of the table. */
static unsigned askers(const struct query *query)
{
	const struct table *table = query->get ? query->get : query->list;
	unsigned readers = table ? table->readers & ~(unsigned)NOT_FROM_BELOW : 0;

	if (query->callers)
		return query->callers;
	if (!readers || table->person || table->published)
		return EVERYBODY;
	return readers | BY_SERVICE;
}

void methods_prepare(struct methods *methods, const struct service *service)
{
	const ProtobufCServiceDescriptor *own = service->rpcs;
	const ProtobufCServiceDescriptor *engines = &engine__engine_service__descriptor;
	int n = 0;

	memset(methods, 0, sizeof(*methods));
	methods->service = service;
	snprintf(methods->prefix, sizeof(methods->prefix), "%s/", own->name);
	methods->prefix_size = strlen(methods->prefix);
	for (unsigned i = 0; i < own->n_methods; i++) {
		/* In the order of their names, as the descriptor has them, for a binary search. */
		const ProtobufCMethodDescriptor *rpc =
			&own->methods[own->method_indices_by_name[i]];
		struct method method = { .name = rpc->name,
					 .input = rpc->input,
					 .output = rpc->output };

		method.command = command_row(service, rpc->name, &n);
		method.query = query_row(service, rpc->name, &n);
		method.kind = method.command ? METHOD_COMMAND : METHOD_QUERY;
		method.may_be_personal = form_may_be_personal(rpc->input);
		method.callers = method.command ? method.command->callers : askers(method.query);
		add(methods, &method);
	}
	methods->n_own = methods->n;
	for (size_t i = 0; i < sizeof(engines_own) / sizeof(engines_own[0]); i++) {
		const ProtobufCMethodDescriptor *rpc =
			protobuf_c_service_descriptor_get_method_by_name(engines,
									 engines_own[i].name);

		add(methods, &(struct method){ .kind = engines_own[i].kind,
					       .name = rpc->name,
					       .input = rpc->input,
					       .output = rpc->output,
					       .callers = engines_own[i].callers,
					       .engines = true });
	}
}

const struct method *methods_find(const struct methods *methods, const char *full_name)
{
	unsigned low = 0, high = methods->n_own;

	if (strncmp(full_name, engine_prefix, sizeof(engine_prefix) - 1) == 0) {
		for (unsigned i = methods->n_own; i < methods->n; i++) {
			if (strcmp(methods->rows[i].name, full_name + sizeof(engine_prefix) - 1) ==
			    0)
				return &methods->rows[i];
		}
		return NULL;
	}
	if (strncmp(full_name, methods->prefix, methods->prefix_size) != 0)
		return NULL;
	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		int order = strcmp(full_name + methods->prefix_size, methods->rows[middle].name);

		if (order == 0)
			return &methods->rows[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

struct verdict method_admits(const struct method *method, const Engine__Principal *caller)
{
	if (!caller || text_empty(caller->account_id))
		return turn_refuse(CALLER_UNKNOWN, "");
	/* The role comes from the wire: it may be one that nobody has named. */
	if (caller->role <= ENGINE__ROLE__ROLE_UNSPECIFIED ||
	    caller->role > ENGINE__ROLE__ROLE_ADMINISTRATOR)
		return turn_refuse(CALLER_UNKNOWN, "");
	if (!(method->callers & 1U << caller->role))
		return turn_refuse(CALLER_NOT_ALLOWED, method->name);
	return turn_done();
}

bool service_seals(const struct service *service)
{
	for (unsigned i = 0; i < service->rpcs->n_methods; i++) {
		if (form_may_be_personal(service->rpcs->methods[i].input))
			return true;
	}
	return false;
}
