#include "gateway/connect.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/log.h"
#include "gateway/connect_head.h"
#include "gateway/json.h"
#include "gateway/refusal.h"

#define ENGINE_PACKAGE "engine"
#define SEEN_MAX       8 /* followed services that an answer tells of */

const char *const connect_bounds[CONNECT_BUCKETS] = { "0.0005", "0.001", "0.0025", "0.005",
						      "0.01",	"0.025", "0.05",   "0.1",
						      "0.25",	"1",	 "2.5",	   "10" };
static const uint64_t bounds_ns[CONNECT_BUCKETS] = {
	500000,	  1000000,   2500000,	5000000,    10000000,	25000000,
	50000000, 100000000, 250000000, 1000000000, 2500000000, 10000000000,
};

struct connect {
	const struct connect_settings *settings;
	struct lines *lines;
	struct bytes message; /* of a GET, decoded */
	struct bytes wire;    /* of a JSON request */
	struct bytes reply;
	struct connect_counters counters[LINES_MAX];
	_Atomic uint64_t unrouted;
};

/* A request on its way. */
struct pending {
	struct connect *connect;
	struct http_request *request;
	const struct schema_method *method;
	size_t service;
	uint64_t began_ns;
	bool json, english, defaults;
	char id[65];
};

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Each counter has one writer; readers only must not see half a number. */
static void add(_Atomic uint64_t *counter, uint64_t n)
{
	atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + n,
			      memory_order_relaxed);
}

static void counters_note(struct connect_counters *c, Engine__Code code, uint64_t ns)
{
	size_t i = (size_t)code < CONNECT_CODES ? (size_t)code : ENGINE__CODE__CODE_UNKNOWN;
	size_t bucket = 0;

	while (bucket < CONNECT_BUCKETS && ns > bounds_ns[bucket])
		bucket++;
	add(&c->answers[i], 1);
	add(&c->buckets[bucket], 1);
	add(&c->ns, ns);
}

/* --- Replies --------------------------------------------------------------------------------- */

/* Send an error.  extra is "" or header lines. */
static void refuse(struct connect *connect, struct http_request *request, int status,
		   Engine__Code code, const Engine__Refused *refused, bool english,
		   const char *extra)
{
	char headers[512];

	snprintf(headers, sizeof(headers),
		 "Content-Type: application/json\r\nCache-Control: no-store\r\n%s", extra);
	connect->reply.len = 0;
	if (!refusal_json(&connect->reply, code, refused, english))
		log_error("no memory for an error reply", NULL);
	http_reply(request, status ? status : refusal_status(code), headers, connect->reply.data,
		   connect->reply.len);
}

static void refuse_row(struct connect *connect, struct http_request *request,
		       enum connect_refusal which, bool english, const char *extra)
{
	const struct connect_row *row = &connect_rows[which];
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	refused.reason = row->reason;
	refused.message_en = row->en;
	refused.message_zh = row->zh;
	refuse(connect, request, row->status, row->code, &refused, english, extra);
}

static size_t headers_write(const struct pending *p, const Engine__Reply *reply, char *to,
			    size_t size)
{
	const Engine__Position *at = reply->position;
	size_t len = 0;

	to[0] = '\0';
	if (p->id[0])
		len += (size_t)snprintf(to, size, "Idempotency-Key: %s\r\n", p->id);
	if (at && caller_id_valid(at->source, strlen(at->source)))
		len += (size_t)snprintf(to + len, size - len,
					"Shegong-Position: %s=%" PRIu64 "\r\n", at->source,
					at->sequence);
	/* Both are good for ?after= of the stream of events. */
	for (size_t i = 0; at && i < reply->n_seen && i < SEEN_MAX; i++) {
		const Engine__Position *seen = reply->seen[i];

		if (i == 0)
			len += (size_t)snprintf(to + len, size - len,
						"Shegong-Seen: %.64s=%" PRIu64, at->source,
						at->sequence);
		len += (size_t)snprintf(to + len, size - len, ",%.64s=%" PRIu64, seen->source,
					seen->sequence);
		if (i + 1 == reply->n_seen || i + 1 == SEEN_MAX)
			len += (size_t)snprintf(to + len, size - len, "\r\n");
	}
	return len;
}

static void pending_succeed(struct pending *p, const Engine__Reply *reply, char *headers,
			    size_t len, size_t size)
{
	struct connect *connect = p->connect;
	struct json_fault fault;

	snprintf(headers + len, size - len,
		 "Content-Type: application/%s\r\n"
		 "Cache-Control: no-store\r\n",
		 p->json ? "json" : "proto");
	if (!p->json) {
		http_reply(p->request, 200, headers, reply->body.data, reply->body.len);
		return;
	}
	connect->reply.len = 0;
	if (!wire_to_json(p->method->output, reply->body.data, reply->body.len, &connect->reply,
			  p->defaults ? JSON_DEFAULTS : 0, &fault)) {
		log_error("a service's answer is not of its type", "method", p->method->full_name,
			  "field", fault.field, "fault", fault.message_en, NULL);
		headers[len] = '\0';
		refuse_row(connect, p->request, CONNECT_BAD_REPLY, p->english, headers);
		return;
	}
	http_reply(p->request, 200, headers, connect->reply.data, connect->reply.len);
}

static void on_reply(const Engine__Reply *reply, void *arg)
{
	struct pending *p = arg;
	struct connect *connect = p->connect;
	char headers[384 + SEEN_MAX * 96];
	size_t len = headers_write(p, reply, headers, sizeof(headers));

	counters_note(&connect->counters[p->service], reply->code, now_ns() - p->began_ns);
	/* Nobody waits for what would be written. */
	if (http_gone(p->request))
		http_reply(p->request, 499, "", NULL, 0);
	else if (reply->code == ENGINE__CODE__CODE_UNSPECIFIED)
		pending_succeed(p, reply, headers, len, sizeof(headers));
	else
		refuse(connect, p->request, 0, reply->code, reply->refusal, p->english, headers);
	/* One large answer is not to hold its room for ever. */
	if (connect->reply.cap > 1024 * 1024)
		bytes_free(&connect->reply);
	free(p);
}

/* --- Requests -------------------------------------------------------------------------------- */

static bool same(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

/* The service that a method belongs to: the word after "shegong."; for the engine's own methods
 * the header says. */
static int service_of(const struct connect_settings *settings, const struct schema_method *method,
		      const struct http_request *request)
{
	const char *name = method->full_name + strlen("shegong.");
	const char *dot = strchr(name, '.');
	size_t len = dot ? (size_t)(dot - name) : 0;
	bool twice = false;

	if (len == strlen(ENGINE_PACKAGE) && memcmp(name, ENGINE_PACKAGE, len) == 0) {
		struct http_text named = http_field(request, "shegong-service", &twice);

		return named.data && !twice ? lines_find(settings->services, named.data, named.len)
					    : -1;
	}
	return lines_find(settings->services, name, len);
}

/* Find out what is asked, and check its form.  On success *codec is set and *body is the message
 * as it came. */
static enum connect_refusal form_check(struct connect *connect, struct http_request *request,
				       const struct schema_method *method,
				       enum connect_codec *codec, struct http_text *body)
{
	bool twice = false;

	if (method->server_streaming)
		return CONNECT_STREAMING;
	if (same(request->method, "POST")) {
		*codec = connect_codec(http_field(request, "content-type", &twice));
		*body = request->body;
		if (twice)
			return CONNECT_FIELD_TWICE;
		return *codec == CODEC_NONE ? CONNECT_WRONG_CODEC : CONNECT_FINE;
	}
	if (same(request->method, "GET") && method->by_get) {
		enum connect_refusal refusal;

		connect->message.len = 0;
		refusal = connect_query(request->query, codec, &connect->message);
		*body = (struct http_text){ (const char *)connect->message.data,
					    connect->message.len };
		return refusal;
	}
	return CONNECT_WRONG_VERB;
}

/* The message in packed form; nothing that the schema does not know goes on to a service. */
static bool body_check(struct connect *connect, const struct schema_method *method,
		       enum connect_codec codec, struct http_text body, ProtobufCBinaryData *wire,
		       struct json_fault *fault)
{
	if (codec == CODEC_PROTO) {
		*wire = (ProtobufCBinaryData){ body.len, (uint8_t *)(uintptr_t)body.data };
		return wire_check(method->input, wire->data, wire->len, fault);
	}
	connect->wire.len = 0;
	if (!json_to_wire(method->input, body.data, body.len, &connect->wire, fault))
		return false;
	*wire = (ProtobufCBinaryData){ connect->wire.len, connect->wire.data };
	return true;
}

static void refuse_body(struct connect *connect, struct http_request *request,
			const struct json_fault *fault, bool english)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;

	refused.reason = connect_rows[CONNECT_BAD_MESSAGE].reason;
	refused.about = fault->field;
	refused.message_en = fault->message_en;
	refused.message_zh = fault->message_zh;
	refuse(connect, request, 0, connect_rows[CONNECT_BAD_MESSAGE].code, &refused, english, "");
}

static enum connect_refusal send(struct connect *connect, struct http_request *request,
				 const struct schema_method *method, size_t service,
				 struct connect_head *head, enum connect_codec codec, bool english,
				 const ProtobufCBinaryData *wire)
{
	Engine__Request out = ENGINE__REQUEST__INIT;
	struct pending *p = malloc(sizeof(*p));

	if (!p)
		return CONNECT_NO_MEMORY;
	*p = (struct pending){
		.connect = connect,
		.request = request,
		.method = method,
		.service = service,
		.began_ns = now_ns(),
		.json = codec == CODEC_JSON,
		.english = english,
		.defaults = head->defaults,
	};
	memcpy(p->id, head->id, sizeof(p->id));
	if (!p->id[0] && !method->no_side_effects && !caller_id_make(p->id)) {
		free(p);
		return CONNECT_NO_MEMORY;
	}
	out.id = p->id;
	out.method = method->full_name;
	out.body = *wire;
	out.principal = &head->caller.principal;
	out.n_after = head->caller.n_after;
	out.after = head->caller.after_list;
	out.deadline_ms = head->deadline_ms ? head->deadline_ms : connect->settings->deadline_ms;
	out.traceparent = head->traceparent;
	if (!lines_send(connect->lines, service, &out, on_reply, p)) {
		free(p);
		return CONNECT_TOO_MANY;
	}
	return CONNECT_FINE;
}

void connect_request(struct connect *connect, struct http_request *request)
{
	const struct connect_settings *settings = connect->settings;
	bool english = connect_english(request);
	const struct schema_method *method =
		schema_method(settings->schema, request->path.data + 1, request->path.len - 1);
	struct connect_head head;
	enum connect_codec codec = CODEC_NONE;
	enum connect_refusal refusal;
	ProtobufCBinaryData wire = { 0 };
	struct http_text body = { 0 };
	struct json_fault fault;
	unsigned wait_s = 0;
	int service;

	if (!method || strncmp(method->full_name, "shegong.", 8) != 0) {
		add(&connect->unrouted, 1);
		refuse_row(connect, request, CONNECT_NO_METHOD, english, "");
		return;
	}
	service = service_of(settings, method, request);
	if (service < 0) {
		add(&connect->unrouted, 1);
		refuse_row(connect, request,
			   strncmp(method->full_name, "shegong.engine.", 15) == 0
				   ? CONNECT_NO_SERVICE
				   : CONNECT_NO_METHOD,
			   english, "");
		return;
	}
	refusal = form_check(connect, request, method, &codec, &body);
	if (refusal == CONNECT_FINE)
		refusal = connect_head_read(request, &head);
	if (refusal == CONNECT_FINE)
		refusal = access_who(settings->access, request, !method->no_side_effects,
				     &head.caller, NULL, &wait_s);
	if (refusal == CONNECT_FINE && !body_check(connect, method, codec, body, &wire, &fault)) {
		if (!fault.no_room) {
			counters_note(&connect->counters[service],
				      ENGINE__CODE__CODE_INVALID_ARGUMENT, 0);
			refuse_body(connect, request, &fault, english);
			return;
		}
		refusal = CONNECT_NO_MEMORY;
	}
	if (refusal == CONNECT_FINE)
		refusal = send(connect, request, method, (size_t)service, &head, codec, english,
			       &wire);
	if (refusal == CONNECT_FINE)
		return;
	counters_note(&connect->counters[service], connect_rows[refusal].code, 0);
	if (refusal == CONNECT_WRONG_VERB)
		refuse_row(connect, request, refusal, english,
			   method->by_get ? "Allow: GET, HEAD, POST\r\n" : "Allow: POST\r\n");
	else
		connect_refuse(connect, request, refusal, wait_s);
}

void connect_extra(enum connect_refusal refusal, unsigned wait_s, char line[static 64])
{
	line[0] = '\0';
	if (connect_rows[refusal].code == ENGINE__CODE__CODE_UNAUTHENTICATED)
		snprintf(line, 64, "WWW-Authenticate: Bearer\r\n");
	else if (wait_s > 0)
		snprintf(line, 64, "Retry-After: %u\r\n", wait_s);
}

void connect_refuse(struct connect *connect, struct http_request *request,
		    enum connect_refusal refusal, unsigned wait_s)
{
	char extra[64];

	connect_extra(refusal, wait_s, extra);
	refuse_row(connect, request, refusal, connect_english(request), extra);
}

struct connect *connect_open(const struct connect_settings *settings, struct lines *lines)
{
	struct connect *connect = calloc(1, sizeof(*connect));

	if (!connect)
		return NULL;
	connect->settings = settings;
	connect->lines = lines;
	return connect;
}

void connect_close(struct connect *connect)
{
	bytes_free(&connect->message);
	bytes_free(&connect->wire);
	bytes_free(&connect->reply);
	free(connect);
}

const struct connect_counters *connect_count(const struct connect *connect, size_t i)
{
	assert(i < LINES_MAX);
	return &connect->counters[i];
}

uint64_t connect_unrouted(const struct connect *connect)
{
	return atomic_load_explicit(&connect->unrouted, memory_order_relaxed);
}
