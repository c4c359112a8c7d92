/* A stream's way:
 *
 *     catching up --- stands where the tail was when it looked --> at the tail
 *          ^                                                         |
 *          +------ the tail has forgotten the step it stands at -----+
 *
 * Catching up, it reads each journal up to where the tail was, and no further: standing there in
 * all journals it stands at a step of the tail.  A journal that cannot be reached, or that ends
 * before where the client stands, keeps it from the tail; it is then told of the others by reading
 * them. */
#include "gateway/stream.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <event2/event.h>

#include "engine/log.h"
#include "engine/scope.h"
#include "gateway/connect_head.h"
#include "gateway/json.h"
#include "gateway/refusal.h"
#include "gateway/stream_ask.h"

enum {
	LOOK_MS = 15000, /* who asks is looked at again: a token may be over */
	TICK_MS = 250,
	AGAIN_MS = 250,	 /* after a read that was not answered */
	AHEAD_MS = 3000, /* a journal that ends too early may only be late */
	READ_MS = 5000,
	READ_BYTES = 16 * 1024,
	BLOCK_BYTES = 32 * 1024,
	STEPS_AT_ONCE = 256,
	RETRY_MS = 2000, /* a client that lost its stream comes again after that and up to */
	RETRY_MORE_MS = 3000,
};

/* Those who see the same of the tail, in the same form. */
struct audience {
	struct audience *next, **link;
	unsigned n;
	struct stream_ask ask;
	Engine__Principal viewer; /* its texts are below */
	char person_id[65], region_code[16], agency_id[65];
	/* The block that was made last: what it holds of the steps from..to, NULL where that is
	 * nothing; and where one stands then. */
	uint64_t from, to;
	size_t events;
	struct http_block *block;
	struct places places;
};

struct stream {
	struct streams *of;
	struct stream *next, **link;
	struct http_stream *http;
	struct audience *audience;
	struct access_proof proof;
	struct places places;
	int64_t checkpoint_at_ms, end_at_ms;
	bool broken; /* nothing more may be written */
	bool at_tail;
	uint64_t step; /* at the tail: the next one */
	/* Catching up: to which step, and where that is. */
	uint64_t target_step;
	struct places target;
	struct reading *reading;
	size_t turn; /* the journal that was read last */
	int64_t not_before_ms;
	int64_t ahead_since_ms[LINES_MAX];
};

/* A read under way; it outlives its stream. */
struct reading {
	struct stream *stream;
	size_t source;
};

struct streams {
	const struct streams_settings *settings;
	const struct lines_services *services;
	struct lines *lines;
	unsigned loop;
	int wakes; /* an eventfd, rung by the tail */
	struct event *wake, *tick;
	struct stream *all;
	struct audience *audiences;
	uint64_t generation; /* of those who may ask, when each stream was last looked at */
	int64_t look_at_ms;  /* when they are looked at though nothing has changed */
	struct bytes out;
	_Atomic uint64_t open, events, reads, resets, left_behind;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* One writer; readers only must not see half a number. */
static void add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + n,
			      memory_order_relaxed);
}

static unsigned retry_ms(void)
{
	return RETRY_MS + (unsigned)random() % RETRY_MORE_MS;
}

/* --- Audiences ---------------------------------------------------------------------------------- */

static bool same_view(const struct audience *audience, const struct stream_ask *ask,
		      const Engine__Principal *viewer)
{
	const Engine__Principal *own = &audience->viewer;

	return audience->ask.form == ask->form && audience->ask.filters_len == ask->filters_len &&
	       memcmp(audience->ask.filters, ask->filters, ask->filters_len) == 0 &&
	       own->role == viewer->role && strcmp(own->person_id, viewer->person_id) == 0 &&
	       strcmp(own->region_code, viewer->region_code) == 0 &&
	       strcmp(own->agency_id, viewer->agency_id) == 0;
}

static struct audience *audience_join(struct streams *streams, const struct stream_ask *ask,
				      const Engine__Principal *viewer)
{
	struct audience *audience = streams->audiences;

	while (audience && !same_view(audience, ask, viewer))
		audience = audience->next;
	if (audience) {
		audience->n++;
		return audience;
	}
	audience = calloc(1, sizeof(*audience));
	if (!audience)
		return NULL;
	audience->n = 1;
	audience->ask = *ask;
	engine__principal__init(&audience->viewer);
	snprintf(audience->person_id, sizeof(audience->person_id), "%s", viewer->person_id);
	snprintf(audience->region_code, sizeof(audience->region_code), "%s", viewer->region_code);
	snprintf(audience->agency_id, sizeof(audience->agency_id), "%s", viewer->agency_id);
	audience->viewer.role = viewer->role;
	audience->viewer.person_id = audience->person_id;
	audience->viewer.region_code = audience->region_code;
	audience->viewer.agency_id = audience->agency_id;
	audience->next = streams->audiences;
	audience->link = &streams->audiences;
	if (audience->next)
		audience->next->link = &audience->next;
	streams->audiences = audience;
	return audience;
}

static void audience_leave(struct audience *audience)
{
	if (--audience->n > 0)
		return;
	*audience->link = audience->next;
	if (audience->next)
		audience->next->link = audience->link;
	if (audience->block)
		http_block_drop(audience->block);
	free(audience);
}

static bool sees(const struct audience *audience, const struct event_text *text, size_t source,
		 const Engine__Event *event)
{
	return stream_ask_passes(&audience->ask, text, source, event) &&
	       scope_sees_event(&audience->viewer, event);
}

/* Append what the audience is to know of a step.  false: no memory. */
static bool step_write(struct streams *streams, struct audience *audience, struct step *step)
{
	const struct streams_settings *s = streams->settings;
	const struct bytes *text;

	switch (step->kind) {
	case STEP_EVENT:
		if (!sees(audience, s->text, step->source, step->event))
			return true;
		audience->events++;
		text = tail_text(s->tail, step, audience->ask.form);
		return !text || bytes_add(&streams->out, text->data, text->len);
	case STEP_REWOUND:
		if (stream_ask_excludes(&audience->ask, streams->services->names[step->source]))
			return true;
		add(&streams->resets, 1);
		return event_text_reset(s->text, audience->ask.form, &step->after, step->source,
					RESET_OTHER_JOURNAL, &streams->out);
	case STEP_BEGINS:
		return true;
	}
	return true;
}

/* Put together what follows the step from.  false: that step is forgotten. */
static bool audience_gather(struct streams *streams, struct audience *audience, uint64_t from)
{
	struct step *steps[STEPS_AT_ONCE];
	size_t n, done = 0;

	if (audience->from == from && audience->to > from)
		return true;
	if (!tail_take(streams->settings->tail, from, STEPS_AT_ONCE, steps, &n))
		return false;
	streams->out.len = 0;
	audience->events = 0;
	while (done < n && streams->out.len < BLOCK_BYTES &&
	       step_write(streams, audience, steps[done]))
		done++;
	if (audience->block)
		http_block_drop(audience->block);
	audience->block = NULL;
	audience->from = from;
	audience->to = from + done;
	if (done > 0)
		audience->places = steps[done - 1]->after;
	if (streams->out.len > 0)
		audience->block = http_block_make(streams->out.data, streams->out.len);
	/* Without memory for them the steps are not done. */
	if (streams->out.len > 0 && !audience->block)
		audience->to = from;
	while (n > 0)
		tail_drop(steps[--n]);
	return true;
}

/* --- Writing ------------------------------------------------------------------------------------ */

static void write_out(struct stream *stream)
{
	struct streams *streams = stream->of;
	struct http_block *block;

	if (streams->out.len == 0)
		return;
	block = http_block_make(streams->out.data, streams->out.len);
	if (!block) {
		/* It is cut, and comes again from where it stood. */
		log_error("no memory for a stream", NULL);
		stream->broken = true;
		return;
	}
	http_stream_write(stream->http, block);
	http_block_drop(block);
}

static void write_checkpoint(struct stream *stream, unsigned retry)
{
	struct streams *streams = stream->of;
	const struct streams_settings *s = streams->settings;
	struct places now;
	uint32_t unreachable;

	tail_now(s->tail, &now, &unreachable);
	streams->out.len = 0;
	if (event_text_checkpoint(s->text, stream->audience->ask.form, &stream->places, unreachable,
				  retry, &streams->out))
		write_out(stream);
	stream->checkpoint_at_ms = now_ms() + s->checkpoint_ms;
}

static void reset(struct stream *stream, size_t source, enum reset_reason reason)
{
	struct streams *streams = stream->of;

	stream->places.of[source] = stream->target.of[source];
	stream->ahead_since_ms[source] = 0;
	add(&streams->resets, 1);
	streams->out.len = 0;
	if (event_text_reset(streams->settings->text, stream->audience->ask.form, &stream->places,
			     source, reason, &streams->out))
		write_out(stream);
}

/* --- Catching up -------------------------------------------------------------------------------- */

static void pump(struct stream *);

static bool read_fits(const struct stream *stream, size_t source, const Engine__ReadResponse *read)
{
	return read->head && cursor_epoch(read->epoch) == stream->places.of[source].epoch;
}

/* false: what was read cannot be told, and must be read again. */
static bool tell_read(struct stream *stream, size_t source, const Engine__ReadResponse *read)
{
	struct streams *streams = stream->of;
	struct place *place = &stream->places.of[source];
	char cursor[CURSOR_TEXT_SIZE];

	streams->out.len = 0;
	for (size_t i = 0; i < read->n_events; i++) {
		const ProtobufCBinaryData *bytes = &read->events[i];
		Engine__Event *event;

		if (place->sequence == stream->target.of[source].sequence)
			break;
		event = engine__event__unpack(NULL, bytes->len, bytes->data);
		if (!event || event->sequence != place->sequence + 1) {
			if (event)
				engine__event__free_unpacked(event, NULL);
			return false;
		}
		place->sequence++;
		if (sees(stream->audience, streams->settings->text, source, event)) {
			cursor_write(streams->services, &stream->places, cursor);
			if (event_text_event(streams->settings->text, stream->audience->ask.form,
					     source, event, cursor, &streams->out))
				add(&streams->events, 1);
		}
		engine__event__free_unpacked(event, NULL);
	}
	write_out(stream);
	return true;
}

/* The journal ends before where the client stands: it may be late, or an older one. */
static void tell_ahead(struct stream *stream, size_t source, const Engine__ReadResponse *read)
{
	int64_t *since_ms = &stream->ahead_since_ms[source];

	stream->not_before_ms = now_ms() + AGAIN_MS;
	if (read->head->sequence >= stream->places.of[source].sequence)
		*since_ms = 0;
	else if (!*since_ms)
		*since_ms = now_ms();
	else if (now_ms() - *since_ms > AHEAD_MS)
		reset(stream, source, RESET_AHEAD_OF_JOURNAL);
}

static void on_read(const Engine__Reply *reply, void *arg)
{
	struct reading *reading = arg;
	struct stream *stream = reading->stream;
	size_t source = reading->source;
	Engine__ReadResponse *read = NULL;

	free(reading);
	if (!stream)
		return;
	stream->reading = NULL;
	if (!reply->code)
		read = engine__read_response__unpack(NULL, reply->body.len, reply->body.data);
	if (!read || !read_fits(stream, source, read))
		stream->not_before_ms = now_ms() + AGAIN_MS;
	else if (stream->places.of[source].sequence > stream->target.of[source].sequence)
		tell_ahead(stream, source, read);
	else if (!tell_read(stream, source, read))
		stream->not_before_ms = now_ms() + AGAIN_MS;
	if (read)
		engine__read_response__free_unpacked(read, NULL);
	pump(stream);
}

static void read_journal(struct stream *stream, size_t source)
{
	struct streams *streams = stream->of;
	struct reading *reading = malloc(sizeof(*reading));
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;
	Engine__ReadRequest read = ENGINE__READ_REQUEST__INIT;
	uint8_t body[32];

	stream->turn = source;
	stream->not_before_ms = now_ms() + AGAIN_MS;
	if (!reading)
		return;
	*reading = (struct reading){ stream, source };
	read.after = stream->places.of[source].sequence;
	read.max_bytes = READ_BYTES;
	/* What the caller may see of it is judged here. */
	principal.account_id = principal.person_id = "gateway";
	principal.role = ENGINE__ROLE__ROLE_SERVICE;
	request.method = "shegong.engine.v1.EngineService/Read";
	request.principal = &principal;
	request.body = (ProtobufCBinaryData){ engine__read_request__pack(&read, body), body };
	request.deadline_ms = READ_MS;
	if (!lines_send(streams->lines, source, &request, on_read, reading)) {
		free(reading);
		return;
	}
	stream->reading = reading;
	stream->not_before_ms = 0;
	add(&streams->reads, 1);
}

enum stand { STANDS_THERE, STANDS_BEHIND, STANDS_APART };

/* How the client stands to the target in one journal. */
static enum stand stands(struct stream *stream, size_t source)
{
	const struct place *target = &stream->target.of[source];
	struct place *place = &stream->places.of[source];
	const char *name = stream->of->services->names[source];

	/* What the filters exclude, and what is to begin when it is first reached. */
	if (!place->known || stream_ask_excludes(&stream->audience->ask, name))
		*place = *target;
	if (!place->known && !target->known)
		return STANDS_THERE;
	if (!target->known)
		return STANDS_APART;
	if (place->epoch == 0)
		place->epoch = target->epoch;
	if (place->epoch != target->epoch)
		reset(stream, source, RESET_OTHER_JOURNAL);
	if (place->sequence == target->sequence)
		return STANDS_THERE;
	return place->sequence < target->sequence ? STANDS_BEHIND : STANDS_APART;
}

/* True where the stream has come to the tail, or may try again at once. */
static bool catch_up(struct stream *stream)
{
	struct streams *streams = stream->of;
	size_t n = streams->services->n, apart = n;
	uint64_t next;
	struct places now;

	if (now_ms() < stream->not_before_ms)
		return false;
	for (size_t i = 0; i < n; i++) {
		size_t source = (stream->turn + i) % n;

		switch (stands(stream, source)) {
		case STANDS_THERE:
			break;
		case STANDS_BEHIND:
			read_journal(stream, source);
			return false;
		case STANDS_APART:
			apart = source;
			break;
		}
	}
	if (apart == n) {
		stream->at_tail = true;
		stream->step = stream->target_step;
		return true;
	}
	/* All that can be read has been.  The target moves on. */
	next = tail_now(streams->settings->tail, &now, NULL);
	if (next != stream->target_step) {
		stream->target_step = next;
		stream->target = now;
		return true;
	}
	if (stream->target.of[apart].known)
		read_journal(stream, apart);
	return false;
}

static void leave_tail(struct stream *stream)
{
	struct streams *streams = stream->of;

	stream->at_tail = false;
	stream->target_step = tail_now(streams->settings->tail, &stream->target, NULL);
}

/* --- At the tail -------------------------------------------------------------------------------- */

/* True where there may be more. */
static bool go_along(struct stream *stream)
{
	struct streams *streams = stream->of;
	struct audience *audience = stream->audience;

	if (!audience_gather(streams, audience, stream->step)) {
		add(&streams->left_behind, 1);
		leave_tail(stream);
		return true;
	}
	if (audience->to == stream->step)
		return false;
	if (audience->block) {
		http_stream_write(stream->http, audience->block);
		add(&streams->events, audience->events);
	}
	stream->step = audience->to;
	stream->places = audience->places;
	return true;
}

/* Send what there is, as long as the client takes it. */
static void pump(struct stream *stream)
{
	size_t max = stream->of->settings->pending_max;

	while (!stream->broken && !stream->reading && http_stream_pending(stream->http) <= max &&
	       (stream->at_tail ? go_along(stream) : catch_up(stream)))
		;
}

/* --- The loop ----------------------------------------------------------------------------------- */

static void on_wake(evutil_socket_t fd, short what, void *arg)
{
	struct streams *streams = arg;
	uint64_t times;

	(void)what;
	(void)!read((int)fd, &times, sizeof(times));
	if (streams->all)
		tail_listen(streams->settings->tail, streams->loop, streams->wakes);
	for (struct stream *stream = streams->all; stream; stream = stream->next)
		pump(stream);
}

static void stream_free(struct stream *stream)
{
	struct streams *streams = stream->of;

	if (stream->reading)
		stream->reading->stream = NULL;
	*stream->link = stream->next;
	if (stream->next)
		stream->next->link = stream->link;
	audience_leave(stream->audience);
	free(stream);
	add(&streams->open, UINT64_MAX);
	if (!streams->all) {
		tail_leave(streams->settings->tail);
		tail_listen_not(streams->settings->tail, streams->loop);
		event_del(streams->tick);
	}
}

static void overdue(struct stream *stream)
{
	static const char end[] = "{\"error\":{\"code\":\"deadline_exceeded\",\"message\":\""
				  "时限已到。 / The time is up.\"}}";

	stream->of->out.len = 0;
	event_text_envelope(&stream->of->out, true, end, sizeof(end) - 1);
	write_out(stream);
	http_stream_end(stream->http);
	stream_free(stream);
}

static void bye(struct stream *stream)
{
	struct streams *streams = stream->of;

	streams->out.len = 0;
	if (event_text_bye(streams->settings->text, stream->audience->ask.form, &stream->places,
			   retry_ms(), &streams->out))
		write_out(stream);
	http_stream_end(stream->http);
	stream_free(stream);
}

/* Whoever may not ask any more, or holds another office than when he began, is sent away: he asks
 * again, and hears what he is. */
static void look_again(struct streams *streams, int64_t now)
{
	struct access *access = streams->settings->connect->access;
	uint64_t generation = access_generation(access);

	if (generation == streams->generation && now < streams->look_at_ms)
		return;
	streams->generation = generation;
	streams->look_at_ms = now + LOOK_MS;
	for (struct stream *stream = streams->all, *next; stream; stream = next) {
		struct caller caller;

		next = stream->next;
		if (stream->proof.kind == PROOF_NONE)
			continue;
		caller_init(&caller);
		if (!access_again(access, &stream->proof, &caller) ||
		    !same_view(stream->audience, &stream->audience->ask, &caller.principal))
			bye(stream);
	}
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct streams *streams = arg;
	size_t max = streams->settings->pending_max;
	int64_t now = now_ms();

	(void)fd;
	(void)what;
	look_again(streams, now);
	for (struct stream *stream = streams->all, *next; stream; stream = next) {
		next = stream->next;
		if (stream->broken) {
			http_stream_cut(stream->http);
			stream_free(stream);
			continue;
		}
		if (stream->end_at_ms && now >= stream->end_at_ms) {
			overdue(stream);
			continue;
		}
		if (now >= stream->checkpoint_at_ms && http_stream_pending(stream->http) <= max)
			write_checkpoint(stream, 0);
		if (!stream->at_tail)
			pump(stream);
	}
}

static void on_drain(void *arg)
{
	pump(arg);
}

static void on_stop(void *arg)
{
	bye(arg);
}

static void on_gone(void *arg)
{
	stream_free(arg);
}

static const struct http_stream_handler handler = { on_drain, on_stop, on_gone };

/* --- Beginning ---------------------------------------------------------------------------------- */

static void places_begin(struct stream *stream, const struct stream_ask *ask)
{
	stream->target_step = tail_now(stream->of->settings->tail, &stream->target, NULL);
	switch (ask->from) {
	case FROM_NOW:
		break; /* what is not known begins at the target */
	case FROM_START:
		for (size_t i = 0; i < stream->of->services->n; i++)
			stream->places.of[i].known = true;
		break;
	case FROM_PLACES:
		stream->places = ask->places;
		break;
	}
	/* For the first checkpoint. */
	for (size_t i = 0; i < stream->of->services->n; i++) {
		struct place *place = &stream->places.of[i];

		if (!place->known)
			*place = stream->target.of[i];
		else if (place->epoch == 0 && stream->target.of[i].known)
			place->epoch = stream->target.of[i].epoch;
	}
}

static void begin(struct streams *streams, struct http_request *request,
		  const struct stream_ask *ask, const struct connect_head *head,
		  const struct access_proof *proof, const char *headers)
{
	struct stream *stream = calloc(1, sizeof(*stream));
	struct timeval tick = { .tv_usec = TICK_MS * 1000 };

	if (stream)
		stream->audience = audience_join(streams, ask, &head->caller.principal);
	if (!stream || !stream->audience) {
		free(stream);
		http_reply(request, 503, "", "", 0);
		return;
	}
	stream->of = streams;
	stream->proof = *proof;
	stream->http = http_stream_begin(request, 200, headers, streams->settings->pending_max,
					 &handler, stream);
	if (!stream->http) {
		audience_leave(stream->audience);
		free(stream);
		return;
	}
	if (!streams->all) {
		tail_enter(streams->settings->tail);
		tail_listen(streams->settings->tail, streams->loop, streams->wakes);
		event_add(streams->tick, &tick);
	}
	stream->next = streams->all;
	stream->link = &streams->all;
	if (stream->next)
		stream->next->link = &stream->next;
	streams->all = stream;
	add(&streams->open, 1);
	if (head->deadline_ms && ask->form != STREAM_SSE)
		stream->end_at_ms = now_ms() + head->deadline_ms;
	places_begin(stream, ask);
	write_checkpoint(stream, retry_ms());
	pump(stream);
}

static const struct {
	const char *reason, *en, *zh;
} ask_rows[] = {
	[ASK_BAD_PARAMETER] = { "PARAMETER_MALFORMED",
				"The filters are type, source, subject and region; where to begin is one "
				"of from=now, from=start, after=stations=12 and last_event_id.",
				"筛选参数为 type、source、subject、region；起点为 from=now、from=start、"
				"after=stations=12、last_event_id 之一。" },
	[ASK_BAD_CURSOR] = { "CURSOR_MALFORMED", "The cursor is not one that was given out here.",
			     "游标不是由此处发出的。" },
	[ASK_BAD_AFTER] = { "AFTER_MALFORMED", "after is not like stations=12,personnel=5.",
			    "after 的形式应如 stations=12,personnel=5。" },
	[ASK_BAD_MESSAGE] = { "MESSAGE_MALFORMED",
			      "The body is not one envelope with a FollowRequest.",
			      "请求体应为恰好一个包含 FollowRequest 的信封。" },
};

static Engine__Refused refused_for(enum ask_refusal refusal)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	refused.reason = ask_rows[refusal].reason;
	refused.message_en = ask_rows[refusal].en;
	refused.message_zh = ask_rows[refusal].zh;
	return refused;
}

static Engine__Refused refused_row(enum connect_refusal refusal)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	refused.reason = connect_rows[refusal].reason;
	refused.message_en = connect_rows[refusal].en;
	refused.message_zh = connect_rows[refusal].zh;
	return refused;
}

static void refuse(struct streams *streams, struct http_request *request, int status,
		   Engine__Code code, const Engine__Refused *refused, const char *headers)
{
	streams->out.len = 0;
	refusal_json(&streams->out, code, refused, connect_english(request));
	http_reply(request, status ? status : refusal_status(code), headers, streams->out.data,
		   streams->out.len);
}

#define JSON_HEADERS "Content-Type: application/json\r\nCache-Control: no-store\r\n"

void streams_events(struct streams *streams, struct http_request *request)
{
	bool twice = false;
	struct http_text cursor = http_field(request, "last-event-id", &twice);
	struct connect_head head;
	struct access_proof proof;
	struct stream_ask ask;
	enum connect_refusal refusal = connect_head_read(request, &head);
	unsigned wait_s = 0;
	enum ask_refusal wrong;
	Engine__Refused refused;
	char headers[192];

	if (refusal == CONNECT_FINE && twice)
		refusal = CONNECT_FIELD_TWICE;
	if (refusal == CONNECT_FINE)
		refusal = access_who(streams->settings->connect->access, request, false,
				     &head.caller, &proof, &wait_s);
	if (refusal != CONNECT_FINE) {
		char extra[64];

		connect_extra(refusal, wait_s, extra);
		snprintf(headers, sizeof(headers), JSON_HEADERS "%s", extra);
		refused = refused_row(refusal);
		refuse(streams, request, connect_rows[refusal].status, connect_rows[refusal].code,
		       &refused, headers);
		return;
	}
	wrong = stream_ask_query(streams->services, request->query, cursor, &ask);
	if (wrong != ASK_FINE) {
		refused = refused_for(wrong);
		refuse(streams, request, 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, &refused,
		       JSON_HEADERS);
		return;
	}
	/* A proxy is to pass on each event as it comes. */
	begin(streams, request, &ask, &head, &proof,
	      "Content-Type: text/event-stream\r\nCache-Control: no-store\r\n"
	      "X-Accel-Buffering: no\r\n");
}

/* A refusal of a stream of Connect's is its last envelope. */
static void refuse_stream(struct streams *streams, struct http_request *request,
			  enum stream_form form, Engine__Code code, const Engine__Refused *refused)
{
	struct bytes error = { 0 };
	const char *type = form == STREAM_JSON ? "Content-Type: application/connect+json\r\n"
					       : "Content-Type: application/connect+proto\r\n";

	streams->out.len = 0;
	if (bytes_add_text(&error, "{\"error\":") &&
	    refusal_json(&error, code, refused, connect_english(request)) &&
	    bytes_add_byte(&error, '}'))
		event_text_envelope(&streams->out, true, error.data, error.len);
	bytes_free(&error);
	http_reply(request, 200, type, streams->out.data, streams->out.len);
}

/* The one envelope's message in packed form. */
static bool message_open(const struct schema_method *method, struct http_text body,
			 enum stream_form form, struct bytes *wire)
{
	const uint8_t *b = (const uint8_t *)body.data;
	struct json_fault fault;
	size_t len;

	if (body.len < 5 || b[0] != 0)
		return false;
	len = (size_t)b[1] << 24 | (size_t)b[2] << 16 | (size_t)b[3] << 8 | b[4];
	if (len != body.len - 5)
		return false;
	if (form == STREAM_JSON)
		return json_to_wire(method->input, body.data + 5, len, wire, &fault);
	return wire_check(method->input, b + 5, len, &fault) && bytes_add(wire, b + 5, len);
}

static bool same(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

void streams_follow(struct streams *streams, struct http_request *request)
{
	const struct schema_method *method = schema_method(
		streams->settings->connect->schema, request->path.data + 1, request->path.len - 1);
	struct http_text type = http_field(request, "content-type", NULL);
	bool json = type.data && same(type, "application/connect+json");
	enum stream_form form = json ? STREAM_JSON : STREAM_PROTO;
	enum connect_refusal refusal;
	enum ask_refusal wrong = ASK_BAD_MESSAGE;
	struct connect_head head;
	struct access_proof proof;
	unsigned wait_s = 0;
	struct stream_ask ask;
	struct bytes wire = { 0 };
	Engine__Refused refused;

	if (!same(request->method, "POST")) {
		refused = refused_row(CONNECT_WRONG_VERB);
		refuse(streams, request, connect_rows[CONNECT_WRONG_VERB].status,
		       connect_rows[CONNECT_WRONG_VERB].code, &refused,
		       "Allow: POST\r\n" JSON_HEADERS);
		return;
	}
	if (!method || (!json && !(type.data && same(type, "application/connect+proto")))) {
		refused = refused_row(CONNECT_WRONG_CODEC);
		refuse(streams, request, connect_rows[CONNECT_WRONG_CODEC].status,
		       connect_rows[CONNECT_WRONG_CODEC].code, &refused, JSON_HEADERS);
		return;
	}
	refusal = connect_head_read(request, &head);
	if (refusal == CONNECT_FINE)
		refusal = access_who(streams->settings->connect->access, request, false,
				     &head.caller, &proof, &wait_s);
	if (refusal != CONNECT_FINE) {
		refused = refused_row(refusal);
		refuse_stream(streams, request, form, connect_rows[refusal].code, &refused);
		return;
	}
	if (message_open(method, request->body, form, &wire))
		wrong = stream_ask_message(streams->services, wire.data, wire.len, &ask);
	bytes_free(&wire);
	if (wrong != ASK_FINE) {
		refused = refused_for(wrong);
		refuse_stream(streams, request, form, ENGINE__CODE__CODE_INVALID_ARGUMENT,
			      &refused);
		return;
	}
	ask.form = form;
	begin(streams, request, &ask, &head, &proof,
	      json ? "Content-Type: application/connect+json\r\nCache-Control: no-store\r\n"
		   : "Content-Type: application/connect+proto\r\nCache-Control: no-store\r\n");
}

/* --- Opening and closing ------------------------------------------------------------------------ */

struct streams *streams_open(const struct streams_settings *settings, struct event_base *base,
			     struct lines *lines, unsigned loop)
{
	struct streams *streams = calloc(1, sizeof(*streams));

	if (!streams)
		return NULL;
	streams->settings = settings;
	streams->services = settings->connect->services;
	streams->lines = lines;
	streams->loop = loop;
	streams->wakes = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	streams->wake = event_new(base, streams->wakes, EV_READ | EV_PERSIST, on_wake, streams);
	streams->tick = event_new(base, -1, EV_PERSIST, on_tick, streams);
	if (streams->wakes < 0 || !streams->wake || !streams->tick ||
	    event_add(streams->wake, NULL) != 0) {
		streams_close(streams);
		return NULL;
	}
	return streams;
}

void streams_close(struct streams *streams)
{
	tail_listen_not(streams->settings->tail, streams->loop);
	if (streams->wake)
		event_free(streams->wake);
	if (streams->tick)
		event_free(streams->tick);
	if (streams->wakes >= 0)
		close(streams->wakes);
	bytes_free(&streams->out);
	free(streams);
}

void streams_sum(const struct streams *streams, struct streams_counters *sum)
{
	sum->open += streams->open;
	sum->events += streams->events;
	sum->reads += streams->reads;
	sum->resets += streams->resets;
	sum->left_behind += streams->left_behind;
}
