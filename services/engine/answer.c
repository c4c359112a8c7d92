#include "engine/answer.h"

#include <errno.h>
#include <string.h>

#include <sodium.h>

struct packed reply_pack(struct arena *arena, const Engine__Reply *reply)
{
	size_t size = protobuf_c_message_get_packed_size(&reply->base);
	uint8_t *bytes = arena_take(arena, size + 1);

	if (!bytes)
		return (struct packed){ 0 };
	protobuf_c_message_pack(&reply->base, bytes);
	return (struct packed){ bytes, size };
}

struct packed reply_refused(const struct service *service, const Engine__Request *request,
			    const struct verdict *verdict, uint64_t sequence, struct arena *arena)
{
	Engine__Reply reply = ENGINE__REPLY__INIT;
	Engine__Refused refused = ENGINE__REFUSED__INIT;
	Engine__Position position = ENGINE__POSITION__INIT;

	position.source = service->name;
	position.sequence = sequence;
	reply.id = request->id;
	reply.correlation = request->correlation;
	reply.code = refusal_words(service, verdict, arena, &refused);
	reply.refusal = &refused;
	reply.position = &position;
	return reply_pack(arena, &reply);
}

struct packed answer_refused(struct engine *engine, const Engine__Request *request,
			     const struct method *method, struct verdict verdict)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	metrics_answered(engine->metrics, method ? method->number : METHODS_MAX,
			 refusal_words(engine->service, &verdict, engine->batch_arena, &refused));
	return reply_refused(engine->service, request, &verdict, engine->txn.head.sequence,
			     engine->batch_arena);
}

/* Counts the records of one type that the turn's events carry; fills list, where there is one. */
static size_t records_of(const struct turn *turn, const ProtobufCMessageDescriptor *type,
			 ProtobufCMessage **list)
{
	size_t n = 0;

	for (int i = 0; i < turn->n_staged; i++) {
		const ProtobufCMessage *event = turn->staged[i].member;

		for (unsigned f = 0; f < event->descriptor->n_fields; f++) {
			const ProtobufCFieldDescriptor *field = &event->descriptor->fields[f];
			ProtobufCMessage *record;

			if (field->descriptor != type)
				continue;
			for (size_t r = 0; (record = field_message(event, field, r)); r++) {
				if (list)
					list[n] = record;
				n++;
			}
		}
	}
	return n;
}

/* The response of a command: every field whose type is a record of what was accepted. */
static ProtobufCMessage *response_of(const struct turn *turn, struct arena *arena,
				     const ProtobufCMessageDescriptor *type)
{
	ProtobufCMessage *response = arena_take(arena, type->sizeof_message);

	if (!response)
		return NULL;
	protobuf_c_message_init(type, response);
	for (unsigned f = 0; f < type->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &type->fields[f];
		uint8_t *at = (uint8_t *)response + field->offset;
		ProtobufCMessage **list;
		size_t n;

		if (field->type != PROTOBUF_C_TYPE_MESSAGE)
			continue;
		n = records_of(turn, field->descriptor, NULL);
		if (n == 0)
			continue;
		list = arena_take(arena, n * sizeof(*list));
		if (!list)
			return NULL;
		records_of(turn, field->descriptor, list);
		if (field->label == PROTOBUF_C_LABEL_REPEATED) {
			memcpy(at, &list, sizeof(list));
			memcpy((uint8_t *)response + field->quantifier_offset, &n, sizeof(n));
		} else {
			memcpy(at, &list[n - 1], sizeof(list[0]));
		}
	}
	return response;
}

/* A reply of the batch, which must not go without one. */
static struct packed packed_or_fault(struct engine *engine, const Engine__Reply *reply)
{
	struct packed packed = reply_pack(engine->batch_arena, reply);

	if (!packed.bytes && !engine->txn.fault)
		engine->txn.fault = ENOMEM;
	return packed;
}

struct packed answer_with(struct engine *engine, const Engine__Request *request,
			  const struct method *method, const ProtobufCMessage *response,
			  uint64_t sequence)
{
	Engine__Reply reply = ENGINE__REPLY__INIT;
	Engine__Position position = ENGINE__POSITION__INIT;
	size_t size = response ? protobuf_c_message_get_packed_size(response) : 0;
	uint8_t *body = response ? arena_take(engine->batch_arena, size + 1) : NULL;

	if (!body) {
		engine->txn.fault = engine->txn.fault ? engine->txn.fault : ENOMEM;
		return (struct packed){ 0 };
	}
	protobuf_c_message_pack(response, body);
	position.source = engine->service->name;
	position.sequence = sequence;
	reply.id = request->id;
	reply.correlation = request->correlation;
	reply.body = (ProtobufCBinaryData){ size, body };
	reply.position = &position;
	metrics_answered(engine->metrics, method->number, ENGINE__CODE__CODE_UNSPECIFIED);
	return packed_or_fault(engine, &reply);
}

struct packed answer_accepted(struct engine *engine, const Engine__Request *request,
			      const struct method *method, uint64_t sequence)
{
	ProtobufCMessage *response =
		response_of(&engine->turn, engine->batch_arena, method->output);

	return answer_with(engine, request, method, response, sequence);
}

/* --- What is kept of an answer ------------------------------------------------------------------- */

void answer_fingerprint(const Engine__Request *request, const uint8_t *key,
			uint8_t hash[static HASH_SIZE])
{
	crypto_generichash_state state;
	const char *account = request->principal->account_id;

	crypto_generichash_init(&state, key, key ? SEAL_KEY_SIZE : 0, HASH_SIZE);
	crypto_generichash_update(&state, (const uint8_t *)request->method,
				  strlen(request->method) + 1);
	crypto_generichash_update(&state, (const uint8_t *)account, strlen(account) + 1);
	crypto_generichash_update(&state, request->body.data, request->body.len);
	crypto_generichash_final(&state, hash, HASH_SIZE);
}

static void keep(struct engine *engine, const char *id, const Engine__Answer *answer)
{
	size_t size = protobuf_c_message_get_packed_size(&answer->base);
	uint8_t *bytes = arena_take(engine->batch_arena, size);

	if (!bytes) {
		engine->txn.fault = engine->txn.fault ? engine->txn.fault : ENOMEM;
		return;
	}
	protobuf_c_message_pack(&answer->base, bytes);
	answer_put(&engine->txn, id, bytes, size);
}

void answer_keep_refused(struct engine *engine, const Engine__Request *request,
			 const uint8_t hash[static HASH_SIZE], struct packed reply)
{
	Engine__Answer answer = ENGINE__ANSWER__INIT;

	answer.fingerprint = (ProtobufCBinaryData){ HASH_SIZE, (uint8_t *)(uintptr_t)hash };
	answer.reply = (ProtobufCBinaryData){ reply.size, (uint8_t *)(uintptr_t)reply.bytes };
	keep(engine, request->id, &answer);
}

void answer_keep_accepted(struct engine *engine, const Engine__Request *request,
			  const uint8_t hash[static HASH_SIZE], int n_events)
{
	Engine__Answer answer = ENGINE__ANSWER__INIT;

	answer.fingerprint = (ProtobufCBinaryData){ HASH_SIZE, (uint8_t *)(uintptr_t)hash };
	answer.sequence = engine->txn.head.sequence;
	answer.n_events = (uint32_t)n_events;
	keep(engine, request->id, &answer);
}

/* Reads the events of an accepted command again; false: the journal does not have them. */
static bool events_found(struct engine *engine, const Engine__Answer *answer, struct turn *turn)
{
	ProtobufCAllocator *allocator = arena_allocator(engine->batch_arena);

	turn->n_staged = 0;
	if (answer->n_events > STAGED_MAX || answer->n_events > answer->sequence)
		return false;
	for (uint64_t at = answer->sequence - answer->n_events + 1; at <= answer->sequence; at++) {
		size_t size;
		const void *bytes = journal_get(&engine->txn, at, &size);
		Engine__Event *event = bytes ? engine__event__unpack(allocator, size, bytes) : NULL;
		ProtobufCMessage *body =
			event ? protobuf_c_message_unpack(engine->service->event, allocator,
							  event->body.len, event->body.data)
			      : NULL;

		if (!body)
			return false;
		turn->staged[turn->n_staged++].member = event_member(body);
	}
	return true;
}

static struct packed said_again(struct engine *engine, const Engine__Request *request,
				const struct method *method, const Engine__Answer *answer)
{
	Engine__Reply *reply;

	if (answer->reply.len == 0) {
		if (!events_found(engine, answer, &engine->turn))
			return answer_refused(engine, request, method,
					      turn_refuse(STORE_DAMAGED, "journal"));
		return answer_accepted(engine, request, method, answer->sequence);
	}
	reply = engine__reply__unpack(arena_allocator(engine->batch_arena), answer->reply.len,
				      answer->reply.data);
	if (!reply)
		return answer_refused(engine, request, method,
				      turn_refuse(STORE_DAMAGED, "answers"));
	reply->correlation = request->correlation;
	metrics_answered(engine->metrics, method->number, reply->code);
	return packed_or_fault(engine, reply);
}

struct packed answer_known(struct engine *engine, const Engine__Request *request,
			   const struct method *method, const uint8_t hash[static HASH_SIZE])
{
	Engine__Answer *answer;
	size_t size;
	const void *bytes = answer_get(&engine->txn, request->id, &size);

	if (!bytes)
		return (struct packed){ 0 };
	answer = engine__answer__unpack(arena_allocator(engine->batch_arena), size, bytes);
	if (!answer || answer->fingerprint.len != HASH_SIZE ||
	    memcmp(answer->fingerprint.data, hash, HASH_SIZE) != 0)
		return answer_refused(engine, request, method, turn_refuse(ID_REUSED, request->id));
	return said_again(engine, request, method, answer);
}
