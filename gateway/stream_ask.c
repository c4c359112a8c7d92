#include "gateway/stream_ask.h"

#include <string.h>

#include "gateway/caller.h"
#include "gateway/connect_head.h"
#include "gateway/wire_cursor.h"

#define VALUE_MAX 256

/* The kinds of filters: the parameter's name, and the number of its field in FollowRequest. */
enum filter { FILTER_TYPE, FILTER_SOURCE, FILTER_SUBJECT, FILTER_REGION, N_FILTERS };
static const struct {
	const char *name;
	uint32_t number;
} filters[N_FILTERS] = {
	[FILTER_TYPE] = { "type", 1 },
	[FILTER_SOURCE] = { "source", 2 },
	[FILTER_SUBJECT] = { "subject", 3 },
	[FILTER_REGION] = { "region", 4 },
};
enum { ASK_CURSOR = 5, ASK_FROM_START = 6, ASK_AFTER = 7 };

static bool same(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

/* --- Filters ------------------------------------------------------------------------------------ */

/* false: no such value can occur, or there are too many. */
static bool filter_add(struct stream_ask *ask, enum filter kind, struct http_text value)
{
	size_t room = sizeof(ask->filters) - ask->filters_len;
	static const char path[] = "/shegong/"; /* as sources are called in CloudEvents */

	if (kind == FILTER_SOURCE && value.len > sizeof(path) - 1 &&
	    memcmp(value.data, path, sizeof(path) - 1) == 0) {
		value.data += sizeof(path) - 1;
		value.len -= sizeof(path) - 1;
	}
	if (value.len == 0 || value.len > VALUE_MAX || room < value.len + 2)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.data[i];

		if (c <= ' ' || c > '~' || (kind == FILTER_REGION && (c < '0' || c > '9')))
			return false;
	}
	ask->filters[ask->filters_len++] = (char)kind;
	memcpy(ask->filters + ask->filters_len, value.data, value.len);
	ask->filters_len += value.len;
	ask->filters[ask->filters_len++] = '\0';
	return true;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool type_begins(const struct event_text *text, size_t source, const Engine__Event *event,
			const char *with)
{
	const struct schema_message *type = event_text_type(text, source, event);
	const char *name = type ? schema_message_name(type) : "";
	const char *dot = strrchr(name, '.');

	return begins(name, with) || (dot && begins(dot + 1, with));
}

static bool region_begins(const Engine__Event *event, const char *with)
{
	for (size_t i = 0; i < event->n_scopes; i++) {
		if (begins(event->scopes[i]->region_code, with))
			return true;
	}
	return false;
}

bool stream_ask_passes(const struct stream_ask *ask, const struct event_text *text, size_t source,
		       const Engine__Event *event)
{
	unsigned given = 0, met = 0;

	for (size_t at = 0; at < ask->filters_len; at += strlen(ask->filters + at) + 1) {
		enum filter kind = (enum filter)ask->filters[at];
		const char *value = ask->filters + ++at;
		bool meets = false;

		switch (kind) {
		case FILTER_TYPE:
			meets = type_begins(text, source, event, value);
			break;
		case FILTER_SOURCE:
			meets = begins(text->services->names[source], value);
			break;
		case FILTER_SUBJECT:
			meets = begins(event->subject, value);
			break;
		case FILTER_REGION:
			meets = region_begins(event, value);
			break;
		case N_FILTERS:
			break;
		}
		given |= 1U << kind;
		met |= meets ? 1U << kind : 0;
	}
	return given == met;
}

bool stream_ask_excludes(const struct stream_ask *ask, const char *service)
{
	bool given = false;

	for (size_t at = 0; at < ask->filters_len; at += strlen(ask->filters + at) + 1) {
		enum filter kind = (enum filter)ask->filters[at++];

		if (kind != FILTER_SOURCE)
			continue;
		if (begins(service, ask->filters + at))
			return false;
		given = true;
	}
	return given;
}

/* --- Where to begin ----------------------------------------------------------------------------- */

static bool after_add(const struct lines_services *services, const char *source, size_t len,
		      uint64_t sequence, struct stream_ask *ask)
{
	int number = lines_find(services, source, len);

	if (number < 0 || ask->places.of[number].known || sequence > INT64_MAX)
		return false;
	ask->places.of[number] = (struct place){ .known = true, .sequence = sequence };
	ask->from = FROM_PLACES;
	return true;
}

static bool after_read(const struct lines_services *services, struct http_text list,
		       struct stream_ask *ask)
{
	struct http_text item, source, number;
	uint64_t sequence;

	while (caller_item(&list, ',', &item)) {
		if (!caller_pair(item, &source, &number) ||
		    !caller_number(number.data, number.len, 19, &sequence) ||
		    !after_add(services, source.data, source.len, sequence, ask))
			return false;
	}
	return ask->from == FROM_PLACES;
}

static bool cursor_take(const struct lines_services *services, struct http_text text,
			struct stream_ask *ask)
{
	ask->from = FROM_PLACES;
	return cursor_read(services, text.data, text.len, &ask->places);
}

static enum ask_refusal parameter_take(const struct lines_services *services, struct http_text key,
				       struct http_text value, bool *placed, struct stream_ask *ask)
{
	for (enum filter kind = 0; kind < N_FILTERS; kind++) {
		if (same(key, filters[kind].name))
			return filter_add(ask, kind, value) ? ASK_FINE : ASK_BAD_PARAMETER;
	}
	if (*placed)
		return ASK_BAD_PARAMETER;
	*placed = true;
	if (same(key, "last_event_id"))
		return cursor_take(services, value, ask) ? ASK_FINE : ASK_BAD_CURSOR;
	if (same(key, "after"))
		return after_read(services, value, ask) ? ASK_FINE : ASK_BAD_AFTER;
	if (!same(key, "from") || !(same(value, "now") || same(value, "start")))
		return ASK_BAD_PARAMETER;
	ask->from = same(value, "now") ? FROM_NOW : FROM_START;
	return ASK_FINE;
}

enum ask_refusal stream_ask_query(const struct lines_services *services, struct http_text query,
				  struct http_text last_event_id, struct stream_ask *ask)
{
	enum ask_refusal refusal = ASK_FINE;
	struct http_text item, key, value;
	struct bytes text = { .max = 8192 };
	bool placed = false;

	*ask = (struct stream_ask){ .form = STREAM_SSE };
	while (refusal == ASK_FINE && caller_item(&query, '&', &item)) {
		if (item.len == 0 && !query.data)
			break;
		text.len = 0;
		if (!caller_pair(item, &key, &value) || !connect_decode(value, &text))
			refusal = ASK_BAD_PARAMETER;
		else
			refusal = parameter_take(
				services, key,
				(struct http_text){ (const char *)text.data, text.len }, &placed,
				ask);
	}
	bytes_free(&text);
	if (refusal != ASK_FINE || last_event_id.len == 0)
		return refusal;
	/* A browser that comes again sends the same query, and the cursor in this header. */
	ask->places = (struct places){ 0 };
	return cursor_take(services, last_event_id, ask) ? ASK_FINE : ASK_BAD_CURSOR;
}

/* --- FollowRequest ------------------------------------------------------------------------------ */

static enum ask_refusal position_take(const struct lines_services *services,
				      struct wire_cursor piece, struct stream_ask *ask)
{
	Engine__Position *position =
		engine__position__unpack(NULL, (size_t)(piece.end - piece.at), piece.at);
	bool done = position && after_add(services, position->source, strlen(position->source),
					  position->sequence, ask);

	if (position)
		engine__position__free_unpacked(position, NULL);
	return done ? ASK_FINE : ASK_BAD_AFTER;
}

static enum ask_refusal piece_take(const struct lines_services *services, uint32_t number,
				   struct wire_cursor piece, struct stream_ask *ask)
{
	struct http_text value = { (const char *)piece.at, (size_t)(piece.end - piece.at) };

	for (enum filter kind = 0; kind < N_FILTERS; kind++) {
		if (number == filters[kind].number)
			return filter_add(ask, kind, value) ? ASK_FINE : ASK_BAD_PARAMETER;
	}
	if (number == ASK_AFTER)
		return position_take(services, piece, ask);
	if (value.len == 0)
		return ASK_FINE;
	return cursor_take(services, value, ask) ? ASK_FINE : ASK_BAD_CURSOR;
}

enum ask_refusal stream_ask_message(const struct lines_services *services, const uint8_t *wire,
				    size_t len, struct stream_ask *ask)
{
	struct wire_cursor c = wire_over(wire, len), piece = { 0 };
	enum ask_refusal refusal = ASK_FINE;
	bool cursor = false, after = false, start = false;
	struct wire_tag tag;
	uint64_t number;

	*ask = (struct stream_ask){ 0 };
	while (refusal == ASK_FINE && c.at < c.end) {
		if (wire_tag(&c, &tag) != JSON_NO_TROUBLE)
			return ASK_BAD_MESSAGE;
		if (tag.number == ASK_FROM_START) {
			if (wire_varint(&c, &number) != JSON_NO_TROUBLE)
				return ASK_BAD_MESSAGE;
			start = number != 0;
			continue;
		}
		if (tag.wire != 2 || wire_piece(&c, &piece) != JSON_NO_TROUBLE)
			return ASK_BAD_MESSAGE;
		cursor = cursor || (tag.number == ASK_CURSOR && piece.at < piece.end);
		after = after || tag.number == ASK_AFTER;
		refusal = piece_take(services, tag.number, piece, ask);
	}
	if (refusal == ASK_FINE && cursor + after + start > 1)
		return ASK_BAD_PARAMETER;
	if (start)
		ask->from = FROM_START;
	return refusal;
}
