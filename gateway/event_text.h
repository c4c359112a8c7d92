#pragma once
/* Events and what goes with them, as they go out to the clients of a stream:
 *
 *   STREAM_SSE     Server-Sent Events; an event is a CloudEvent in JSON, the rest are named events
 *   STREAM_JSON    shegong.events.v1.FollowResponse in JSON, in an envelope of Connect's
 *   STREAM_PROTO   the same, packed
 *
 * Each function appends to *out; false: no room, or an event that is not of its type; *out is as
 * before then. */

#include "gateway/bytes.h"
#include "gateway/cursor.h"
#include "gateway/schema.h"
#include "shegong/engine/v1/journal.pb-c.h"

enum stream_form { STREAM_SSE, STREAM_JSON, STREAM_PROTO };
#define STREAM_FORMS 3

/* What the texts are made with.  It and what it points to must outlive its users. */
struct event_text {
	const struct lines_services *services;
	const struct schema_message *response;	    /* NULL: only STREAM_SSE is spoken */
	const struct schema_message *of[LINES_MAX]; /* each service's event message */
	const struct schema_message *engine;	    /* and the engine's own */
};

/* Look up what is needed in the schema. */
void event_text_init(struct event_text *, const struct schema *, const struct lines_services *);

/* The message of the event: "shegong.personnel.v1.CallOpened".  NULL: the schema lacks it. */
const struct schema_message *event_text_type(const struct event_text *, size_t source,
					     const Engine__Event *);

/* A CloudEvent in JSON, one line without its end. */
bool event_text_cloud(const struct event_text *, size_t source, const Engine__Event *,
		      struct bytes *out);

bool event_text_event(const struct event_text *, enum stream_form, size_t source,
		      const Engine__Event *, const char *cursor, struct bytes *out);

/* unreachable: a bit for each service that does not answer.  retry_ms: when an SSE client that has
 * lost the stream may come again; 0: as before. */
bool event_text_checkpoint(const struct event_text *, enum stream_form, const struct places *,
			   uint32_t unreachable, unsigned retry_ms, struct bytes *out);

enum reset_reason { RESET_OTHER_JOURNAL = 1, RESET_AHEAD_OF_JOURNAL = 2 };
bool event_text_reset(const struct event_text *, enum stream_form, const struct places *,
		      size_t source, enum reset_reason, struct bytes *out);

/* The stream ends, and may be taken up again. */
bool event_text_bye(const struct event_text *, enum stream_form, const struct places *,
		    unsigned retry_ms, struct bytes *out);

/* An envelope of Connect's; the last one ends the stream. */
bool event_text_envelope(struct bytes *out, bool last, const void *data, size_t len);
