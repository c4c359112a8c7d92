#pragma once
/* What the caller of a stream asks for: which events, and from where on.
 *
 *   GET /v1/events?type=CallOpened&source=personnel&region=5331&after=personnel=12
 *
 * type, source, subject and region may each be given several times.  An event must meet each kind of
 * filter that is given, and meets a kind by beginning with one of its values. */

#include "gateway/event_text.h"
#include "gateway/http.h"

#define STREAM_FILTERS_SIZE 1024

enum stream_from { FROM_NOW, FROM_START, FROM_PLACES };

struct stream_ask {
	enum stream_form form;
	enum stream_from from;
	struct places places; /* FROM_PLACES: those that are known */
	/* Each filter: its kind, its text, a NUL. */
	char filters[STREAM_FILTERS_SIZE];
	size_t filters_len;
};

enum ask_refusal { ASK_FINE, ASK_BAD_PARAMETER, ASK_BAD_CURSOR, ASK_BAD_AFTER, ASK_BAD_MESSAGE };

/* Read the query of GET /v1/events.  last_event_id is the header's value, without data where there
 * is none; it comes before what the query says of where to begin. */
enum ask_refusal stream_ask_query(const struct lines_services *, struct http_text query,
				  struct http_text last_event_id, struct stream_ask *);

/* Read a packed FollowRequest that is valid for the schema. */
enum ask_refusal stream_ask_message(const struct lines_services *, const uint8_t *wire, size_t len,
				    struct stream_ask *);

/* True where the filters let the event pass. */
bool stream_ask_passes(const struct stream_ask *, const struct event_text *, size_t source,
		       const Engine__Event *);

/* True where they let no event of that service pass. */
bool stream_ask_excludes(const struct stream_ask *, const char *service);
