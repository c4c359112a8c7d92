#include "gateway/door_message.h"

#include <string.h>

#include "gateway/json_fault.h"

bool door_forms_find(struct door_forms *forms, const struct schema *schema)
{
	forms->request = schema_message(schema, "shegong.engine.v1.Request");
	forms->reply = schema_message(schema, "shegong.engine.v1.Reply");
	return forms->request && forms->reply;
}

/* --- The body within a text --------------------------------------------------------------------- */

/* Only brackets and strings are looked at.  What is no JSON may be cut anywhere: both pieces are
 * read strictly afterwards, and one of them does not pass. */
struct cut {
	const char *member, *member_end; /* the key, the value and one comma */
	const char *value, *value_end;
};

static const char *blanks_end(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
		at++;
	return at;
}

/* Behind the closing quote of the string that begins at `at`; end: there is none. */
static const char *string_end(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++) {
		if (*at == '\\')
			at++;
	}
	return at < end ? at + 1 : end;
}

/* Behind the value that begins at `at`. */
static const char *value_end(const char *at, const char *end)
{
	size_t depth = 0;

	while (at < end) {
		if (*at == '"') {
			at = string_end(at, end);
		} else if (*at == '{' || *at == '[') {
			depth++;
			at++;
		} else if (depth > 0) {
			depth -= *at == '}' || *at == ']';
			at++;
		} else {
			return at + strcspn(at, ",}] \t\r\n");
		}
		if (depth == 0)
			return at;
	}
	return end;
}

/* Find the member named "body" of the outermost object.  The text ends with a NUL behind end. */
static bool body_cut(const char *text, const char *end, struct cut *cut)
{
	const char *at = blanks_end(text + 1, end), *comma = NULL;

	while (at < end && *at == '"') {
		const char *key = at, *key_end = string_end(at, end);
		const char *colon = blanks_end(key_end, end);
		bool found = key_end - key == 6 && memcmp(key, "\"body\"", 6) == 0;

		if (colon == end || *colon != ':')
			return false;
		cut->value = blanks_end(colon + 1, end);
		cut->value_end = value_end(cut->value, end);
		at = blanks_end(cut->value_end, end);
		if (found) {
			/* The comma behind it goes, where another member follows; else the one before. */
			const char *next = at < end && *at == ',' ? blanks_end(at + 1, end) : end;
			bool more = next < end && *next == '"';

			if (!more && (at == end || *at != '}'))
				return false;
			cut->member = !more && comma ? comma : key;
			cut->member_end = more ? at + 1 : cut->value_end;
			return true;
		}
		if (at == end || *at != ',')
			return false;
		comma = at;
		at = blanks_end(at + 1, end);
	}
	return false;
}

/* --- Reading ------------------------------------------------------------------------------------ */

static bool head_unpack(const struct bytes *packed, struct arena *arena, struct door_asked *asked,
			struct json_fault *fault)
{
	asked->head = engine__request__unpack(arena_allocator(arena), packed->len,
					      packed->data ? packed->data : (const uint8_t *)"");
	return asked->head ||
	       json_fault_set(fault, JSON_NO_ROOM, &(struct json_path){ 0 }, NULL, 0, 0);
}

static bool json_read(const struct door_forms *forms, const char *frame, size_t len,
		      struct bytes *scratch, struct arena *arena, struct door_asked *asked,
		      struct json_fault *fault)
{
	char *text = arena_take(arena, len + 1);
	struct cut cut;

	scratch->len = 0;
	if (!text)
		return json_fault_set(fault, JSON_NO_ROOM, &(struct json_path){ 0 }, NULL, 0, 0);
	memcpy(text, frame, len);
	if (body_cut(text, text + len, &cut)) {
		asked->body = frame + (cut.value - text);
		asked->body_len = (size_t)(cut.value_end - cut.value);
		/* Blanks in its place, so that what is wrong elsewhere keeps its place. */
		memset(text + (cut.member - text), ' ', (size_t)(cut.member_end - cut.member));
	} else {
		asked->body = "{}";
		asked->body_len = 2;
	}
	if (!json_to_wire(forms->request, text, len, scratch, fault) ||
	    !head_unpack(scratch, arena, asked, fault))
		return false;
	/* A body in another spelling: twice, or with an escape in its name. */
	if (asked->head->body.len > 0)
		return json_fault_set(fault, JSON_KEY_TWICE, &(struct json_path){ 0 }, "body", 4,
				      0);
	return true;
}

bool door_read(const struct door_forms *forms, const char *frame, size_t len, struct bytes *scratch,
	       struct arena *arena, struct door_asked *asked, struct json_fault *fault)
{
	*asked = (struct door_asked){ .json = len > 0 && frame[0] == '{' };
	if (asked->json)
		return json_read(forms, frame, len, scratch, arena, asked, fault);
	scratch->len = 0;
	if (!bytes_add(scratch, frame, len))
		return json_fault_set(fault, JSON_NO_ROOM, &(struct json_path){ 0 }, NULL, 0, 0);
	if (!wire_check(forms->request, scratch->data ? scratch->data : (const uint8_t *)"", len,
			fault) ||
	    !head_unpack(scratch, arena, asked, fault))
		return false;
	asked->body = (const char *)asked->head->body.data;
	asked->body_len = asked->head->body.len;
	return true;
}

bool door_body(const struct door_asked *asked, const struct schema_message *input,
	       struct bytes *wire, ProtobufCBinaryData *body, struct json_fault *fault)
{
	if (!asked->json) {
		*body = asked->head->body;
		return wire_check(input, body->data, body->len, fault);
	}
	wire->len = 0;
	if (!json_to_wire(input, asked->body, asked->body_len, wire, fault))
		return false;
	*body = (ProtobufCBinaryData){ wire->len, wire->data };
	return true;
}

/* --- Writing ------------------------------------------------------------------------------------ */

static bool packed_add(const Engine__Reply *reply, struct bytes *to)
{
	size_t len = engine__reply__get_packed_size(reply);

	if (!bytes_reserve(to, len))
		return false;
	engine__reply__pack(reply, to->data + to->len);
	to->len += len;
	return true;
}

/* The envelope as JSON, then the body in front of its last brace. */
static bool json_add(const struct door_forms *forms, const Engine__Reply *reply,
		     const struct schema_message *output, struct bytes *to)
{
	Engine__Reply bare = *reply;
	struct bytes packed = { 0 };
	struct json_fault fault;
	bool room;

	bare.body = (ProtobufCBinaryData){ 0 };
	room = packed_add(&bare, &packed) &&
	       wire_to_json(forms->reply, packed.data, packed.len, to, 0, &fault);
	bytes_free(&packed);
	if (!room || !output)
		return room;
	to->len--; /* "}" */
	return bytes_add_text(to, to->data[to->len - 1] == '{' ? "\"body\":" : ",\"body\":") &&
	       wire_to_json(output, reply->body.data, reply->body.len, to, 0, &fault) &&
	       bytes_add_byte(to, '}');
}

bool door_write(const struct door_forms *forms, bool json, const Engine__Reply *reply,
		const struct schema_message *output, struct bytes *to)
{
	size_t before = to->len;

	if (json ? json_add(forms, reply, output, to) : packed_add(reply, to))
		return true;
	to->len = before;
	return false;
}
