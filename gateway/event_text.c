#include "gateway/event_text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gateway/json.h"
#include "gateway/refusal.h"
#include "gateway/wire_cursor.h"

#define ENVELOPE_LAST 2

/* The numbers of shegong/events/v1/events.proto. */
enum {
	RESPONSE_CURSOR = 1,
	RESPONSE_EVENT = 2,
	RESPONSE_CHECKPOINT = 3,
	RESPONSE_RESET = 4,
	EVENT_SOURCE = 1,
	EVENT_SEQUENCE = 2,
	EVENT_TIME = 3,
	EVENT_DATE = 4,
	EVENT_TYPE = 5,
	EVENT_SUBJECT = 6,
	EVENT_REGION_CODE = 7,
	EVENT_COMMAND_ID = 8,
	EVENT_CAUSE = 9,
	EVENT_TRACEPARENT = 10,
	CHECKPOINT_TIME = 1,
	CHECKPOINT_POSITIONS = 2,
	CHECKPOINT_UNREACHABLE = 3,
	RESET_SOURCE = 1,
	RESET_REASON = 2,
	RESET_SEQUENCE = 3,
	POSITION_SOURCE = 1,
	POSITION_SEQUENCE = 2,
	TIME_SECONDS = 1,
	TIME_NANOS = 2,
};

static const char *const reset_words[] = {
	[RESET_OTHER_JOURNAL] = "other_journal",
	[RESET_AHEAD_OF_JOURNAL] = "ahead_of_journal",
};

/* --- Which message it is ------------------------------------------------------------------------ */

void event_text_init(struct event_text *text, const struct schema *schema,
		     const struct lines_services *services)
{
	*text = (struct event_text){ .services = services };
	text->response = schema_message(schema, "shegong.events.v1.FollowResponse");
	text->engine = schema_message(schema, "shegong.engine.v1.EngineEvent");
	for (size_t i = 0; i < services->n; i++) {
		const char *name = services->names[i];
		char full[128];

		snprintf(full, sizeof(full), "shegong.%s.v1.%c%sEvent", name, name[0] - 'a' + 'A',
			 name + 1);
		text->of[i] = schema_message(schema, full);
	}
}

/* The one field that the body holds, and what is in it. */
static const struct schema_field *body_field(const struct event_text *text, size_t source,
					     const Engine__Event *event, struct wire_cursor *inner)
{
	struct wire_cursor body = wire_over(event->body.data, event->body.len);
	const struct schema_message *type = text->of[source];
	const struct schema_field *field = NULL;
	struct wire_tag tag;

	if (type)
		field = schema_field_named(type, event->type, strlen(event->type));
	if (!field && text->engine)
		field = schema_field_named(text->engine, event->type, strlen(event->type));
	if (!field || !field->message || event->body.len == 0 ||
	    wire_tag(&body, &tag) != JSON_NO_TROUBLE || tag.number != field->number ||
	    tag.wire != 2 || wire_piece(&body, inner) != JSON_NO_TROUBLE)
		return NULL;
	return field;
}

const struct schema_message *event_text_type(const struct event_text *text, size_t source,
					     const Engine__Event *event)
{
	struct wire_cursor inner;
	const struct schema_field *field = body_field(text, source, event, &inner);

	return field ? field->message : NULL;
}

/* The region of the first record that lies somewhere. */
static const char *region_of(const Engine__Event *event)
{
	for (size_t i = 0; i < event->n_scopes; i++) {
		if (*event->scopes[i]->region_code)
			return event->scopes[i]->region_code;
	}
	return "";
}

/* --- JSON --------------------------------------------------------------------------------------- */

static bool put_key(struct bytes *out, const char *key)
{
	return bytes_add_text(out, ",\"") && bytes_add_text(out, key) && bytes_add_text(out, "\":");
}

/* What is empty is left out. */
static bool put_text(struct bytes *out, const char *key, const char *text)
{
	return !*text || (put_key(out, key) && refusal_string(out, text));
}

static void time_text(int64_t seconds, int32_t nanos, char to[static 80])
{
	time_t at = (time_t)seconds;
	struct tm utc;

	gmtime_r(&at, &utc);
	snprintf(to, 80, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", utc.tm_year + 1900, utc.tm_mon + 1,
		 utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, nanos / 1000);
}

static bool put_cloud_event(const struct event_text *text, size_t source,
			    const Engine__Event *event, struct bytes *out)
{
	struct wire_cursor inner;
	const struct schema_field *field = body_field(text, source, event, &inner);
	const char *name = text->services->names[source];
	struct json_fault fault;
	char head[320], time[80], cause[64] = "";

	if (!field)
		return false;
	time_text(event->time ? event->time->seconds : 0, event->time ? event->time->nanos : 0,
		  time);
	if (event->cause)
		snprintf(cause, sizeof(cause), "%.32s:%" PRIu64, event->cause->source,
			 event->cause->sequence);
	/* The sequence is compared as a text, so that it is as long for every number. */
	snprintf(head, sizeof(head),
		 "{\"specversion\":\"1.0\",\"id\":\"%s:%" PRIu64 "\",\"source\":\"/shegong/%s\","
		 "\"sequence\":\"%020" PRIu64 "\",\"time\":\"%s\"",
		 name, event->sequence, name, event->sequence, time);
	return bytes_add_text(out, head) &&
	       put_text(out, "type", schema_message_name(field->message)) &&
	       put_text(out, "subject", event->subject) && put_text(out, "date", event->date) &&
	       put_text(out, "regioncode", region_of(event)) &&
	       put_text(out, "commandid", event->command_id) &&
	       put_text(out, "causationid", cause) &&
	       put_text(out, "traceparent", event->traceparent) &&
	       bytes_add_text(out, ",\"datacontenttype\":\"application/json\",\"data\":") &&
	       wire_to_json(field->message, inner.at, (size_t)(inner.end - inner.at), out, 0,
			    &fault) &&
	       bytes_add_byte(out, '}');
}

static bool put_positions(const struct event_text *text, const struct places *places,
			  struct bytes *out)
{
	bool room = bytes_add_byte(out, '{'), first = true;
	char one[80];

	for (size_t i = 0; i < text->services->n && room; i++) {
		if (!places->of[i].known)
			continue;
		snprintf(one, sizeof(one), "%s\"%s\":\"%" PRIu64 "\"", first ? "" : ",",
			 text->services->names[i], places->of[i].sequence);
		room = bytes_add_text(out, one);
		first = false;
	}
	return room && bytes_add_byte(out, '}');
}

static bool put_unreachable(const struct event_text *text, uint32_t unreachable, struct bytes *out)
{
	bool room = bytes_add_byte(out, '['), first = true;

	for (size_t i = 0; i < text->services->n && room; i++) {
		if (!(unreachable & UINT32_C(1) << i))
			continue;
		room = (first || bytes_add_byte(out, ',')) &&
		       refusal_string(out, text->services->names[i]);
		first = false;
	}
	return room && bytes_add_byte(out, ']');
}

/* --- Server-Sent Events ------------------------------------------------------------------------- */

/* All data is one line: JSON has no bare line ends, and a cursor is made of digits. */
static bool sse_open(struct bytes *out, const char *event, const char *cursor, unsigned retry_ms)
{
	char retry[32];

	snprintf(retry, sizeof(retry), "retry: %u\n", retry_ms);
	return (!retry_ms || bytes_add_text(out, retry)) && bytes_add_text(out, "id: ") &&
	       bytes_add_text(out, cursor) &&
	       (!event || (bytes_add_text(out, "\nevent: ") && bytes_add_text(out, event))) &&
	       bytes_add_text(out, "\ndata: ");
}

static bool sse_close(struct bytes *out)
{
	return bytes_add_text(out, "\n\n");
}

/* --- shegong.events.v1 --------------------------------------------------------------------------- */

static bool put_varint(struct bytes *out, uint64_t value)
{
	for (; value > 0x7f; value >>= 7) {
		if (!bytes_add_byte(out, (uint8_t)(value | 0x80)))
			return false;
	}
	return bytes_add_byte(out, (uint8_t)value);
}

static bool put_number_field(struct bytes *out, uint32_t number, uint64_t value)
{
	return !value || (put_varint(out, (uint64_t)number << 3) && put_varint(out, value));
}

static bool put_piece_field(struct bytes *out, uint32_t number, const void *data, size_t len)
{
	return put_varint(out, (uint64_t)number << 3 | 2) && put_varint(out, len) &&
	       bytes_add(out, data, len);
}

static bool put_text_field(struct bytes *out, uint32_t number, const char *text)
{
	return !*text || put_piece_field(out, number, text, strlen(text));
}

static bool put_time_field(struct bytes *out, uint32_t number, int64_t seconds, int32_t nanos)
{
	uint8_t room[32];
	struct bytes time = { room, 0, sizeof(room), sizeof(room) };

	return put_number_field(&time, TIME_SECONDS, (uint64_t)seconds) &&
	       put_number_field(&time, TIME_NANOS, (uint64_t)nanos) &&
	       put_piece_field(out, number, time.data, time.len);
}

static bool put_position_field(struct bytes *out, uint32_t number, const char *source,
			       uint64_t sequence)
{
	uint8_t room[128];
	struct bytes position = { room, 0, sizeof(room), sizeof(room) };

	return put_text_field(&position, POSITION_SOURCE, source) &&
	       put_number_field(&position, POSITION_SEQUENCE, sequence) &&
	       put_piece_field(out, number, position.data, position.len);
}

/* The field of FollowedEvent for what happened there; 0: the contract has none. */
static uint32_t data_number(const struct event_text *text, size_t source, const char *type)
{
	const struct schema_field *event = schema_field_numbered(text->response, RESPONSE_EVENT);
	const char *name = text->services->names[source];
	const struct schema_field *field;

	if (!text->of[source] || !schema_field_named(text->of[source], type, strlen(type)))
		name = "engine";
	field = schema_field_named(event->message, name, strlen(name));
	return field ? field->number : 0;
}

static bool put_followed(const struct event_text *text, size_t source, const Engine__Event *event,
			 struct bytes *out)
{
	const struct schema_message *type = event_text_type(text, source, event);
	uint32_t data = data_number(text, source, event->type);

	return type && data && put_text_field(out, EVENT_SOURCE, event->source) &&
	       put_number_field(out, EVENT_SEQUENCE, event->sequence) &&
	       (!event->time ||
		put_time_field(out, EVENT_TIME, event->time->seconds, event->time->nanos)) &&
	       put_text_field(out, EVENT_DATE, event->date) &&
	       put_text_field(out, EVENT_TYPE, schema_message_name(type)) &&
	       put_text_field(out, EVENT_SUBJECT, event->subject) &&
	       put_text_field(out, EVENT_REGION_CODE, region_of(event)) &&
	       put_text_field(out, EVENT_COMMAND_ID, event->command_id) &&
	       (!event->cause || put_position_field(out, EVENT_CAUSE, event->cause->source,
						    event->cause->sequence)) &&
	       put_text_field(out, EVENT_TRACEPARENT, event->traceparent) &&
	       put_piece_field(out, data, event->body.data, event->body.len);
}

bool event_text_envelope(struct bytes *out, bool last, const void *data, size_t len)
{
	const uint8_t head[5] = { last ? ENVELOPE_LAST : 0, (uint8_t)(len >> 24),
				  (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len };
	size_t before = out->len;

	if (bytes_add(out, head, sizeof(head)) && bytes_add(out, data, len))
		return true;
	out->len = before;
	return false;
}

/* Put a FollowResponse with one of its members in an envelope. */
static bool put_response(const struct event_text *text, enum stream_form form, const char *cursor,
			 uint32_t member, const struct bytes *content, struct bytes *out)
{
	struct bytes packed = { 0 }, json = { 0 };
	struct json_fault fault;
	bool done = put_text_field(&packed, RESPONSE_CURSOR, cursor) &&
		    put_piece_field(&packed, member, content->data, content->len);

	if (done && form == STREAM_PROTO)
		done = event_text_envelope(out, false, packed.data, packed.len);
	else if (done)
		done = wire_to_json(text->response, packed.data, packed.len, &json, 0, &fault) &&
		       event_text_envelope(out, false, json.data, json.len);
	bytes_free(&packed);
	bytes_free(&json);
	return done;
}

/* --- What goes out ------------------------------------------------------------------------------ */

bool event_text_cloud(const struct event_text *text, size_t source, const Engine__Event *event,
		      struct bytes *out)
{
	size_t before = out->len;

	if (put_cloud_event(text, source, event, out))
		return true;
	out->len = before;
	return false;
}

bool event_text_event(const struct event_text *text, enum stream_form form, size_t source,
		      const Engine__Event *event, const char *cursor, struct bytes *out)
{
	struct bytes content = { 0 };
	size_t before = out->len;
	bool done;

	if (form == STREAM_SSE)
		done = sse_open(out, NULL, cursor, 0) &&
		       put_cloud_event(text, source, event, out) && sse_close(out);
	else
		done = put_followed(text, source, event, &content) &&
		       put_response(text, form, cursor, RESPONSE_EVENT, &content, out);
	bytes_free(&content);
	if (!done)
		out->len = before;
	return done;
}

static bool sse_checkpoint(const struct event_text *text, const struct places *places,
			   uint32_t unreachable, unsigned retry_ms, const struct timespec *now,
			   struct bytes *out)
{
	char cursor[CURSOR_TEXT_SIZE], time[80];

	cursor_write(text->services, places, cursor);
	time_text(now->tv_sec, (int32_t)now->tv_nsec, time);
	return sse_open(out, "checkpoint", cursor, retry_ms) && bytes_add_text(out, "{\"time\":") &&
	       refusal_string(out, time) && bytes_add_text(out, ",\"positions\":") &&
	       put_positions(text, places, out) &&
	       (!unreachable || (bytes_add_text(out, ",\"unreachable\":") &&
				 put_unreachable(text, unreachable, out))) &&
	       bytes_add_byte(out, '}') && sse_close(out);
}

static bool put_checkpoint(const struct event_text *text, const struct places *places,
			   uint32_t unreachable, const struct timespec *now, struct bytes *content)
{
	const struct lines_services *services = text->services;
	bool room = put_time_field(content, CHECKPOINT_TIME, now->tv_sec, (int32_t)now->tv_nsec);

	for (size_t i = 0; i < services->n && room; i++) {
		if (places->of[i].known)
			room = put_position_field(content, CHECKPOINT_POSITIONS, services->names[i],
						  places->of[i].sequence);
	}
	for (size_t i = 0; i < services->n && room; i++) {
		if (unreachable & UINT32_C(1) << i)
			room = put_text_field(content, CHECKPOINT_UNREACHABLE, services->names[i]);
	}
	return room;
}

bool event_text_checkpoint(const struct event_text *text, enum stream_form form,
			   const struct places *places, uint32_t unreachable, unsigned retry_ms,
			   struct bytes *out)
{
	struct bytes content = { 0 };
	size_t before = out->len;
	char cursor[CURSOR_TEXT_SIZE];
	struct timespec now;
	bool done;

	clock_gettime(CLOCK_REALTIME, &now);
	cursor_write(text->services, places, cursor);
	if (form == STREAM_SSE)
		done = sse_checkpoint(text, places, unreachable, retry_ms, &now, out);
	else
		done = put_checkpoint(text, places, unreachable, &now, &content) &&
		       put_response(text, form, cursor, RESPONSE_CHECKPOINT, &content, out);
	bytes_free(&content);
	if (!done)
		out->len = before;
	return done;
}

bool event_text_reset(const struct event_text *text, enum stream_form form,
		      const struct places *places, size_t source, enum reset_reason reason,
		      struct bytes *out)
{
	const char *name = text->services->names[source];
	uint64_t sequence = places->of[source].sequence;
	struct bytes content = { 0 };
	size_t before = out->len;
	char cursor[CURSOR_TEXT_SIZE], data[192];
	bool done;

	cursor_write(text->services, places, cursor);
	snprintf(data, sizeof(data),
		 "{\"source\":\"%s\",\"reason\":\"%s\",\"sequence\":\"%" PRIu64 "\"}", name,
		 reset_words[reason], sequence);
	if (form == STREAM_SSE)
		done = sse_open(out, "reset", cursor, 0) && bytes_add_text(out, data) &&
		       sse_close(out);
	else
		done = put_text_field(&content, RESET_SOURCE, name) &&
		       put_number_field(&content, RESET_REASON, (uint64_t)reason) &&
		       put_number_field(&content, RESET_SEQUENCE, sequence) &&
		       put_response(text, form, cursor, RESPONSE_RESET, &content, out);
	bytes_free(&content);
	if (!done)
		out->len = before;
	return done;
}

bool event_text_bye(const struct event_text *text, enum stream_form form,
		    const struct places *places, unsigned retry_ms, struct bytes *out)
{
	static const char end[] =
		"{\"error\":{\"code\":\"unavailable\",\"message\":\"此流到此结束，请凭游标继续。 / "
		"The stream ends here; go on from your cursor.\"}}";
	size_t before = out->len;
	char cursor[CURSOR_TEXT_SIZE];
	bool done;

	cursor_write(text->services, places, cursor);
	if (form == STREAM_SSE)
		done = sse_open(out, "bye", cursor, retry_ms) && bytes_add_text(out, "{}") &&
		       sse_close(out);
	else
		done = event_text_envelope(out, true, end, sizeof(end) - 1);
	if (!done)
		out->len = before;
	return done;
}
