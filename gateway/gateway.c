#include "gateway/gateway.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/log.h"
#include "gateway/exposition.h"
#include "gateway/feed.h"
#include "gateway/refusal.h"
#include "gateway/stream.h"
#include "shegong/engine/v1/journal.pb-c.h"

#define LOOPS_MAX     64
#define PROBE_MS      1000
#define TEXT_HEADERS  "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
#define JSON_HEADERS  "Content-Type: application/json\r\nCache-Control: no-store\r\n"
#define PROM_HEADERS  "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
#define ENGINE_METHOD "shegong.engine.v1.EngineService/"
#define FOLLOW_PATH   "/shegong.events.v1.EventsService/Follow"

struct gateway {
	struct gateway_settings settings;
	struct http_server *http;
	struct feed *feed;
	struct tail *tail;
	struct event_text text;
	struct streams_settings streams_settings;
	struct access *access;
	struct door *door; /* NULL: there is none */
	/* The loops' parts, so that one loop can report the counters of all. */
	pthread_mutex_t lock;
	struct connect *connects[LOOPS_MAX];
	struct streams *streams[LOOPS_MAX];
};

struct part {
	struct gateway *gateway;
	unsigned index;
	struct lines *lines;
	struct connect *connect;
	struct streams *streams;
};

/* One question put to every service. */
struct probe {
	struct part *part;
	struct http_request *request;
	void (*finish)(struct probe *);
	size_t n, left;
	struct answer {
		struct probe *probe;
		Engine__Code code;
		ProtobufCBinaryData body; /* owned */
		char because[256];
	} answers[LINES_MAX];
};

/* --- Asking every service -------------------------------------------------------------------- */

static void probe_end(struct probe *probe)
{
	if (--probe->left > 0)
		return;
	probe->finish(probe);
	for (size_t i = 0; i < probe->n; i++)
		free(probe->answers[i].body.data);
	free(probe);
}

static void on_answer(const Engine__Reply *reply, void *arg)
{
	struct answer *answer = arg;

	answer->code = reply->code;
	if (reply->code != ENGINE__CODE__CODE_UNSPECIFIED) {
		snprintf(answer->because, sizeof(answer->because), "%s: %s",
			 refusal_word(reply->code), reply->refusal ? reply->refusal->reason : "");
	} else if (reply->body.len > 0) {
		answer->body.data = malloc(reply->body.len);
		if (answer->body.data) {
			memcpy(answer->body.data, reply->body.data, reply->body.len);
			answer->body.len = reply->body.len;
		}
	}
	probe_end(answer->probe);
}

static void probe_begin(struct part *part, struct http_request *request, const char *method,
			void (*finish)(struct probe *))
{
	const struct lines_services *services = part->gateway->settings.connect.services;
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;
	Engine__Request out = ENGINE__REQUEST__INIT;
	struct probe *probe;
	unsigned wait_s;

	/* One small question here is one to every service. */
	if (!access_address(part->gateway->access, request, &wait_s)) {
		connect_refuse(part->connect, request, CONNECT_TOO_OFTEN, wait_s);
		return;
	}
	probe = calloc(1, sizeof(*probe));
	if (!probe) {
		http_reply(request, 503, TEXT_HEADERS, "no memory\n", 10);
		return;
	}
	probe->part = part;
	probe->request = request;
	probe->finish = finish;
	probe->n = services->n;
	/* One more than there are, so that it cannot end while it is still being sent. */
	probe->left = services->n + 1;
	principal.account_id = "gateway";
	principal.person_id = "gateway";
	principal.role = ENGINE__ROLE__ROLE_SERVICE;
	out.method = method;
	out.principal = &principal;
	out.deadline_ms = PROBE_MS;
	for (size_t i = 0; i < services->n; i++) {
		struct answer *answer = &probe->answers[i];

		answer->probe = probe;
		answer->code = ENGINE__CODE__CODE_RESOURCE_EXHAUSTED;
		if (!lines_send(part->lines, i, &out, on_answer, answer)) {
			snprintf(answer->because, sizeof(answer->because), "too many in flight");
			probe->left--;
		}
	}
	probe_end(probe);
}

/* --- /readyz --------------------------------------------------------------------------------- */

static bool part_write(struct bytes *json, const char *name, const struct answer *answer)
{
	Engine__StatusResponse *status =
		answer->code == ENGINE__CODE__CODE_UNSPECIFIED
			? engine__status_response__unpack(NULL, answer->body.len, answer->body.data)
			: NULL;
	bool ready = status && status->ready;
	const char *because = status		   ? status->not_ready_because
			      : answer->because[0] ? answer->because
						   : "malformed answer";
	char number[32];

	bytes_add_text(json, "{\"service\":");
	refusal_string(json, name);
	bytes_add_text(json, ready ? ",\"ready\":true" : ",\"ready\":false");
	if (!ready) {
		bytes_add_text(json, ",\"because\":");
		refusal_string(json, because);
	}
	if (status) {
		snprintf(number, sizeof(number), "%" PRIu64,
			 status->head ? status->head->sequence : 0);
		bytes_add_text(json, ",\"sequence\":");
		refusal_string(json, number);
		bytes_add_text(json, ",\"date\":");
		refusal_string(json, status->date);
		bytes_add_text(json, status->virtual_clock ? ",\"virtualClock\":true"
							   : ",\"virtualClock\":false");
		engine__status_response__free_unpacked(status, NULL);
	}
	bytes_add_text(json, "}");
	return ready;
}

static void readyz_finish(struct probe *probe)
{
	const struct lines_services *services = probe->part->gateway->settings.connect.services;
	struct bytes parts = { 0 }, json = { 0 };
	const char *because;
	bool ready = true;

	for (size_t i = 0; i < probe->n; i++) {
		if (i > 0)
			bytes_add_text(&parts, ",");
		if (!part_write(&parts, services->names[i], &probe->answers[i]))
			ready = false;
	}
	if (!access_ready(probe->part->gateway->access, &because)) {
		bytes_add_text(&parts, ",{\"service\":\"gateway\",\"ready\":false,\"because\":");
		refusal_string(&parts, because);
		bytes_add_text(&parts, "}");
		ready = false;
	}
	bytes_add_text(&json,
		       ready ? "{\"ready\":true,\"parts\":[" : "{\"ready\":false,\"parts\":[");
	bytes_add(&json, parts.data, parts.len);
	bytes_add_text(&json, "]}\n");
	http_reply(probe->request, ready ? 200 : 503, JSON_HEADERS, json.data, json.len);
	bytes_free(&parts);
	bytes_free(&json);
}

/* --- /metrics -------------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void line_add(struct bytes *text, const char *format,
							   ...)
{
	char line[256];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	assert(len > 0 && (size_t)len < sizeof(line));
	bytes_add(text, line, (size_t)len);
}

static void http_metrics(struct gateway *gateway, struct bytes *text)
{
	struct http_counters c;
	struct streams_counters s = { 0 };
	const struct door_counters none = { 0 };
	const struct door_counters *d = gateway->door ? door_count(gateway->door) : &none;
	uint64_t unrouted = 0;

	http_count(gateway->http, &c);
	for (unsigned i = 0; i < gateway->settings.http.n_loops; i++) {
		if (gateway->connects[i])
			unrouted += connect_unrouted(gateway->connects[i]);
		if (gateway->streams[i])
			streams_sum(gateway->streams[i], &s);
	}
	const struct {
		const char *name, *type, *help;
		uint64_t value;
	} rows[] = {
		{ "connections", "gauge", "Connections open now.", c.open },
		{ "connections_accepted_total", "counter", "Connections accepted.", c.accepted },
		{ "connections_turned_away_total", "counter",
		  "Connections turned away because there were too many.", c.turned_away },
		{ "http_requests_total", "counter", "HTTP requests with a whole message.",
		  c.requests },
		{ "http_faults_total", "counter",
		  "HTTP requests refused for their form, size or slowness.", c.faults },
		{ "http_gone_total", "counter", "Clients that left before their reply.", c.gone },
		{ "http_timeouts_total", "counter", "Deadlines missed by clients.", c.timeouts },
		{ "http_memory_bytes", "gauge",
		  "Bytes of large bodies and of replies not taken, of SHEGONG_HTTP_MEMORY_MIB.",
		  c.memory },
		{ "http_shed_total", "counter",
		  "Slow readers cut because replies filled SHEGONG_HTTP_MEMORY_MIB.", c.shed },
		{ "certificates_total", "counter",
		  "TLS certificates taken into use, the first included.", c.certificates },
		{ "certificates_refused_total", "counter",
		  "TLS certificates that could not be used; the old one stayed.",
		  c.certificates_refused },
		{ "certificate_not_after_seconds", "gauge",
		  "When the TLS certificate in use expires, by the Unix clock; 0 without TLS.",
		  (uint64_t)c.certificate_not_after },
		{ "unrouted_total", "counter", "Requests for no known method or service.",
		  unrouted },
		{ "streams", "gauge", "Streams of events open now.", s.open },
		{ "stream_events_total", "counter", "Events sent to streams.", s.events },
		{ "stream_reads_total", "counter",
		  "Reads of journals for streams that were catching up.", s.reads },
		{ "stream_resets_total", "counter",
		  "Streams that began anew because a journal was another one.", s.resets },
		{ "stream_left_behind_total", "counter",
		  "Times that a client did not keep up and had to catch up.", s.left_behind },
		{ "door_requests_total", "counter", "Messages of known keys at the door.",
		  d->requests },
		{ "door_refused_total", "counter", "Messages that the door itself refused.",
		  d->refused },
		{ "door_strangers_total", "counter",
		  "Handshakes and messages with keys that nobody holds.", d->strangers },
		{ "door_undelivered_total", "counter",
		  "Replies to peers that had gone or did not read.", d->undelivered },
		{ "door_in_flight", "gauge", "Requests of the door under way.", d->in_flight },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		line_add(text, "# HELP shegong_gateway_%s %s\n", rows[i].name, rows[i].help);
		line_add(text, "# TYPE shegong_gateway_%s %s\n", rows[i].name, rows[i].type);
		line_add(text, "shegong_gateway_%s %" PRIu64 "\n", rows[i].name, rows[i].value);
	}
}

static uint64_t summed(struct gateway *gateway, size_t service, size_t offset)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < gateway->settings.http.n_loops; i++) {
		const char *c;

		if (!gateway->connects[i])
			continue;
		c = (const char *)connect_count(gateway->connects[i], service);
		sum += atomic_load_explicit((const _Atomic uint64_t *)(const void *)(c + offset),
					    memory_order_relaxed);
	}
	return sum;
}

#define BUCKET_AT(i) (offsetof(struct connect_counters, buckets) + (i) * sizeof(uint64_t))
#define ANSWER_AT(i) (offsetof(struct connect_counters, answers) + (i) * sizeof(uint64_t))

static void call_metrics(struct gateway *gateway, struct bytes *text)
{
	const struct lines_services *services = gateway->settings.connect.services;

	bytes_add_text(text, "# HELP shegong_gateway_calls_total Calls answered, by code.\n"
			     "# TYPE shegong_gateway_calls_total counter\n");
	for (size_t s = 0; s < services->n; s++) {
		for (size_t code = 0; code < CONNECT_CODES; code++) {
			uint64_t n = summed(gateway, s, ANSWER_AT(code));

			if (n > 0 || code == 0)
				line_add(text,
					 "shegong_gateway_calls_total{service=\"%s\",code=\"%s\"} "
					 "%" PRIu64 "\n",
					 services->names[s], refusal_word((Engine__Code)code), n);
		}
	}
	bytes_add_text(text, "# HELP shegong_gateway_call_seconds From request to answer.\n"
			     "# TYPE shegong_gateway_call_seconds histogram\n");
	for (size_t s = 0; s < services->n; s++) {
		uint64_t n = 0;

		for (size_t b = 0; b <= CONNECT_BUCKETS; b++) {
			n += summed(gateway, s, BUCKET_AT(b));
			line_add(text,
				 "shegong_gateway_call_seconds_bucket{service=\"%s\",le=\"%s\"} "
				 "%" PRIu64 "\n",
				 services->names[s],
				 b < CONNECT_BUCKETS ? connect_bounds[b] : "+Inf", n);
		}
		line_add(text, "shegong_gateway_call_seconds_sum{service=\"%s\"} %.9f\n",
			 services->names[s],
			 (double)summed(gateway, s, offsetof(struct connect_counters, ns)) / 1e9);
		line_add(text, "shegong_gateway_call_seconds_count{service=\"%s\"} %" PRIu64 "\n",
			 services->names[s], n);
	}
}

static void metrics_finish(struct probe *probe)
{
	struct gateway *gateway = probe->part->gateway;
	const struct lines_services *services = gateway->settings.connect.services;
	struct exposition *e = exposition_open();
	struct bytes text = { 0 }, out = { 0 };
	bool done = false;

	pthread_mutex_lock(&gateway->lock);
	http_metrics(gateway, &text);
	call_metrics(gateway, &text);
	pthread_mutex_unlock(&gateway->lock);
	bytes_add_text(&text, "# HELP shegong_up 1 where the service gave its counters.\n"
			      "# TYPE shegong_up gauge\n");
	for (size_t i = 0; i < probe->n; i++)
		line_add(&text, "shegong_up{service=\"%s\"} %d\n", services->names[i],
			 probe->answers[i].code == ENGINE__CODE__CODE_UNSPECIFIED);
	if (e && bytes_add(&text, "", 1)) {
		exposition_add(e, (const char *)text.data, NULL);
		for (size_t i = 0; i < probe->n; i++) {
			const struct answer *a = &probe->answers[i];
			Engine__MetricsResponse *m =
				a->code == ENGINE__CODE__CODE_UNSPECIFIED
					? engine__metrics_response__unpack(NULL, a->body.len,
									   a->body.data)
					: NULL;

			if (!m)
				continue;
			exposition_add(e, m->text, services->names[i]);
			engine__metrics_response__free_unpacked(m, NULL);
		}
		done = exposition_write(e, &out);
	}
	if (done)
		http_reply(probe->request, 200, PROM_HEADERS, out.data, out.len);
	else
		http_reply(probe->request, 503, TEXT_HEADERS, "no memory\n", 10);
	if (e)
		exposition_close(e);
	bytes_free(&text);
	bytes_free(&out);
}

/* --- / --------------------------------------------------------------------------------------- */

static void page(struct part *part, struct http_request *request)
{
	const struct connect_settings *settings = &part->gateway->settings.connect;
	struct bytes text = { 0 };

	bytes_add_text(&text,
		       "社工人才项目平台 · Shegong\n\n"
		       "GET  /healthz   网关是否运行 / whether the gateway runs\n"
		       "GET  /readyz    各服务是否就绪 / whether each service is ready\n"
		       "GET  /metrics   Prometheus 指标 / Prometheus counters\n"
		       "GET  /v1/events 事件流（SSE）/ events as they happen (SSE)\n"
		       "GET  /openapi.json   本接口的 OpenAPI 文档 / this interface as OpenAPI\n"
		       "GET  /asyncapi.json  事件的 AsyncAPI 文档 / the events as AsyncAPI\n\n"
		       "以下方法按 Connect 协议调用（JSON 或 protobuf），须带请求头 / The methods "
		       "below are called by the\nConnect protocol (JSON or protobuf), with the "
		       "header\n"
		       "Authorization: Bearer shegong_...\n"
		       "POST, GET, DELETE  /v1/session  浏览器会话 / a browser's session\n"
		       "EngineService 另须 / also needs  Shegong-Service: personnel\n\n");
	for (size_t i = 0; i < schema_n_methods(settings->schema); i++) {
		const struct schema_method *m = schema_method_at(settings->schema, i);

		if (strncmp(m->full_name, "shegong.", 8) != 0 ||
		    (m->server_streaming && strcmp(m->full_name, &FOLLOW_PATH[1]) != 0))
			continue;
		bytes_add_text(&text, m->by_get ? "GET, POST  /" : "POST       /");
		bytes_add_text(&text, m->full_name);
		bytes_add_text(&text, "\n");
	}
	http_reply(request, 200, TEXT_HEADERS, text.data, text.len);
	bytes_free(&text);
}

static void healthz(struct part *part, struct http_request *request)
{
	(void)part;
	http_reply(request, 200, TEXT_HEADERS, "ok\n", 3);
}

static void readyz(struct part *part, struct http_request *request)
{
	probe_begin(part, request, ENGINE_METHOD "Status", readyz_finish);
}

static void events(struct part *part, struct http_request *request)
{
	streams_events(part->streams, request);
}

static void metrics(struct part *part, struct http_request *request)
{
	probe_begin(part, request, ENGINE_METHOD "Metrics", metrics_finish);
}

static void openapi(struct part *part, struct http_request *request)
{
	document_answer(part->gateway->settings.documents, DOCUMENT_OPENAPI, request);
}

static void asyncapi(struct part *part, struct http_request *request)
{
	document_answer(part->gateway->settings.documents, DOCUMENT_ASYNCAPI, request);
}

/* --- The loops ------------------------------------------------------------------------------- */

static const struct {
	const char *path;
	void (*answer)(struct part *, struct http_request *);
} pages[] = {
	{ "/", page },
	{ "/healthz", healthz },
	{ "/readyz", readyz },
	{ "/metrics", metrics },
	{ "/v1/events", events },
	{ "/openapi.json", openapi },
	{ "/asyncapi.json", asyncapi },
};

static bool same(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

static void not_get(struct http_request *request)
{
	static const char body[] =
		"{\"code\":\"unimplemented\",\"message\":\"仅支持 GET / Only GET "
		"is answered here.\"}";

	http_reply(request, 405, "Allow: GET, HEAD\r\n" JSON_HEADERS, body, sizeof(body) - 1);
}

static void on_request(struct http_request *request, void *loop)
{
	struct part *part = loop;

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (!same(request->path, pages[i].path))
			continue;
		if (same(request->method, "GET"))
			pages[i].answer(part, request);
		else
			not_get(request);
		return;
	}
	if (site_owns(request->path)) {
		if (same(request->method, "GET"))
			site_answer(part->gateway->settings.site, request);
		else
			not_get(request);
		return;
	}
	if (same(request->path, FOLLOW_PATH))
		streams_follow(part->streams, request);
	else if (same(request->path, "/v1/session"))
		access_session(part->gateway->access, part->connect, request);
	else
		connect_request(part->connect, request);
}

static void *part_open(struct event_base *base, unsigned index, void *arg)
{
	struct gateway *gateway = arg;
	const struct gateway_settings *s = &gateway->settings;
	struct part *part = calloc(1, sizeof(*part));

	if (part) {
		part->gateway = gateway;
		part->index = index;
		part->lines = lines_open(base, s->zmq, s->connect.services);
		if (part->lines)
			part->connect = connect_open(&s->connect, part->lines);
		if (part->connect)
			part->streams =
				streams_open(&gateway->streams_settings, base, part->lines, index);
	}
	/* There is nobody to tell yet, and without its lines the loop is of no use. */
	if (!part || !part->streams) {
		log_error("cannot open the lines to the services", "error", strerror(errno), NULL);
		exit(71);
	}
	pthread_mutex_lock(&gateway->lock);
	gateway->connects[index] = part->connect;
	gateway->streams[index] = part->streams;
	pthread_mutex_unlock(&gateway->lock);
	return part;
}

static void part_close(void *loop)
{
	struct part *part = loop;

	lines_close(part->lines);
	pthread_mutex_lock(&part->gateway->lock);
	part->gateway->connects[part->index] = NULL;
	part->gateway->streams[part->index] = NULL;
	pthread_mutex_unlock(&part->gateway->lock);
	streams_close(part->streams);
	connect_close(part->connect);
	free(part);
}

/* --- The door -------------------------------------------------------------------------------- */

static bool key_held(void *access, const uint8_t key[static KEY_SIZE], struct caller *caller)
{
	return access_key(access, key, caller);
}

static bool keys_known(void *access)
{
	const char *because;

	return access_ready(access, &because);
}

static bool part_of_door(struct gateway *gateway, char why[static 256])
{
	const struct gateway_settings *s = &gateway->settings;
	const struct door_settings door = {
		.endpoint = s->door,
		.keys = s->connect.services->peers.keys,
		.schema = s->connect.schema,
		.services = s->connect.services,
		.deadline_ms = s->connect.deadline_ms,
		.stop_ms = s->http.stop_ms,
		.per_account = s->access.per_account,
		.who = key_held,
		.ready = keys_known,
		.of = gateway->access,
	};

	if (!*s->door)
		return true;
	gateway->door = door_open(s->zmq, &door, why);
	return gateway->door != NULL;
}

struct gateway *gateway_open(const struct gateway_settings *settings, char why[static 256])
{
	struct gateway *gateway = calloc(1, sizeof(*gateway));
	const struct http_handler handler = {
		.loop_open = part_open,
		.loop_close = part_close,
		.on_request = on_request,
		.arg = gateway,
	};
	int error;

	assert(settings->http.n_loops <= LOOPS_MAX);
	if (!gateway) {
		snprintf(why, 256, "no memory");
		return NULL;
	}
	gateway->settings = *settings;
	pthread_mutex_init(&gateway->lock, NULL);
	event_text_init(&gateway->text, settings->connect.schema,
			gateway->settings.connect.services);
	gateway->tail = tail_open(&gateway->text);
	gateway->streams_settings = settings->streams;
	gateway->streams_settings.connect = &gateway->settings.connect;
	gateway->streams_settings.text = &gateway->text;
	gateway->streams_settings.tail = gateway->tail;
	if (!gateway->tail) {
		snprintf(why, 256, "no memory");
		gateway_close(gateway);
		return NULL;
	}
	gateway->http = http_open(&gateway->settings.http, &handler, why);
	if (!gateway->http) {
		gateway_close(gateway);
		return NULL;
	}
	gateway->feed = feed_open(settings->zmq, gateway->settings.connect.services);
	if (!gateway->feed) {
		snprintf(why, 256, "no line to a journal: %s", strerror(errno));
		gateway_close(gateway);
		return NULL;
	}
	feed_subscribe(gateway->feed, NULL, tail_notice, tail_wants, gateway->tail);
	gateway->access = access_open(&settings->access, settings->zmq,
				      gateway->settings.connect.services, gateway->feed);
	if (!gateway->access) {
		snprintf(why, 256, "no room for accounts: %s", strerror(errno));
		gateway_close(gateway);
		return NULL;
	}
	gateway->settings.connect.access = gateway->access;
	if (!part_of_door(gateway, why)) {
		gateway_close(gateway);
		return NULL;
	}
	error = feed_start(gateway->feed);
	if (!error)
		error = access_start(gateway->access);
	if (!error)
		error = http_start(gateway->http);
	if (error) {
		snprintf(why, 256, "no thread: %s", strerror(error));
		gateway_close(gateway);
		return NULL;
	}
	return gateway;
}

uint16_t gateway_port(const struct gateway *gateway)
{
	return http_port(gateway->http);
}

void gateway_close(struct gateway *gateway)
{
	if (gateway->http)
		http_stop(gateway->http);
	if (gateway->door)
		door_close(gateway->door);
	if (gateway->feed)
		feed_close(gateway->feed);
	if (gateway->http)
		http_close(gateway->http);
	if (gateway->tail)
		tail_close(gateway->tail);
	if (gateway->access)
		access_close(gateway->access);
	pthread_mutex_destroy(&gateway->lock);
	free(gateway);
}

void gateway_reload(struct gateway *gateway)
{
	http_reload(gateway->http);
}

bool gateway_address(const char *text, char address[static 46], uint16_t *port, bool *loopback)
{
	const char *colon = strrchr(text, ':');
	size_t len = colon ? (size_t)(colon - text) : 0;
	struct in_addr v4;
	struct in6_addr v6;
	unsigned long n = 0;

	if (!colon || strlen(colon + 1) < 1 || strlen(colon + 1) > 5 ||
	    strspn(colon + 1, "0123456789") != strlen(colon + 1))
		return false;
	n = strtoul(colon + 1, NULL, 10);
	if (len > 2 && text[0] == '[' && text[len - 1] == ']') {
		text++;
		len -= 2;
	}
	if (n > 65535 || len == 0 || len > 45)
		return false;
	*port = (uint16_t)n;
	memcpy(address, text, len);
	address[len] = '\0';
	if (strcmp(address, "localhost") == 0)
		strcpy(address, "127.0.0.1");
	if (inet_pton(AF_INET, address, &v4) == 1) {
		*loopback = ntohl(v4.s_addr) >> 24 == 127;
		return true;
	}
	if (inet_pton(AF_INET6, address, &v6) != 1)
		return false;
	*loopback = IN6_IS_ADDR_LOOPBACK(&v6);
	return true;
}
