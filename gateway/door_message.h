#pragma once
/* The forms of a message at the door: engine.v1.Request and Reply, packed, or as JSON in which the
 * body is the message itself:
 *
 *     {"id":"c-1","method":"shegong.personnel.v1.PersonnelService/OpenCall","body":{"callId":"x"}}
 *
 * A request that begins with "{" is JSON, for no packed Request begins so; its reply is in the same
 * form. */

#include "base/arena.h"
#include "gateway/bytes.h"
#include "gateway/json.h"
#include "gateway/schema.h"
#include "shegong/engine/v1/envelope.pb-c.h"

struct door_forms {
	const struct schema_message *request, *reply;
};

/* false: the schema has no such messages. */
bool door_forms_find(struct door_forms *, const struct schema *);

/* A request as it came: all but its body is read. */
struct door_asked {
	bool json;
	Engine__Request *head; /* NULL: unreadable */
	const char *body;      /* of the message, in the same form */
	size_t body_len;
};

/* Read a frame.  scratch holds the head's packed bytes and is used up; the arena holds the head.
 * false: *fault says why, and only json is set. */
bool door_read(const struct door_forms *, const char *frame, size_t len, struct bytes *scratch,
	       struct arena *, struct door_asked *, struct json_fault *fault);

/* The body in packed form; nothing that the schema does not know goes on to a service.  wire is
 * used where the body was JSON.  false: *fault says why. */
bool door_body(const struct door_asked *, const struct schema_message *input, struct bytes *wire,
	       ProtobufCBinaryData *body, struct json_fault *fault);

/* Append a reply; output is the body's message, NULL where there is none.  false: no room, or the
 * body is not of its type. */
bool door_write(const struct door_forms *, bool json, const Engine__Reply *,
		const struct schema_message *output, struct bytes *to);
