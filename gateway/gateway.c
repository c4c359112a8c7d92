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
#include "gateway/refusal.h"
#include "shegong/engine/v1/journal.pb-c.h"

#define LOOPS_MAX     64
#define PROBE_MS      1000
#define TEXT_HEADERS  "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
#define JSON_HEADERS  "Content-Type: application/json\r\nCache-Control: no-store\r\n"
#define PROM_HEADERS  "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
#define ENGINE_METHOD "shegong.engine.v1.EngineService/"

struct gateway {
	struct gateway_settings settings;
	struct http_server *http;
	/* The loops' parts, so that one loop can report the counters of all. */
	pthread_mutex_t lock;
	struct connect *connects[LOOPS_MAX];
};

struct part {
	struct gateway *gateway;
	unsigned index;
	struct lines *lines;
	struct connect *connect;
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
	struct probe *probe = calloc(1, sizeof(*probe));
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;
	Engine__Request out = ENGINE__REQUEST__INIT;

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
	bool ready = true;

	for (size_t i = 0; i < probe->n; i++) {
		if (i > 0)
			bytes_add_text(&parts, ",");
		if (!part_write(&parts, services->names[i], &probe->answers[i]))
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
	uint64_t unrouted = 0;

	http_count(gateway->http, &c);
	for (unsigned i = 0; i < gateway->settings.http.n_loops; i++) {
		if (gateway->connects[i])
			unrouted += connect_unrouted(gateway->connects[i]);
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
		{ "unrouted_total", "counter", "Requests for no known method or service.",
		  unrouted },
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
		       "GET  /metrics   Prometheus 指标 / Prometheus counters\n\n"
		       "以下方法按 Connect 协议调用（JSON 或 protobuf），须带请求头 / The methods "
		       "below are called by the\nConnect protocol (JSON or protobuf), with the "
		       "header\n"
		       "Shegong-Principal: account=zhang;person=p-zhang;role=PROVINCE;region=53\n"
		       "EngineService 另须 / also needs  Shegong-Service: personnel\n\n");
	for (size_t i = 0; i < schema_n_methods(settings->schema); i++) {
		const struct schema_method *m = schema_method_at(settings->schema, i);

		if (strncmp(m->full_name, "shegong.", 8) != 0 || m->server_streaming)
			continue;
		bytes_add_text(&text, m->no_side_effects ? "GET, POST  /" : "POST       /");
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

static void metrics(struct part *part, struct http_request *request)
{
	probe_begin(part, request, ENGINE_METHOD "Metrics", metrics_finish);
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
	}
	/* There is nobody to tell yet, and without its lines the loop is of no use. */
	if (!part || !part->connect) {
		log_error("cannot open the lines to the services", "error", strerror(errno), NULL);
		exit(71);
	}
	pthread_mutex_lock(&gateway->lock);
	gateway->connects[index] = part->connect;
	pthread_mutex_unlock(&gateway->lock);
	return part;
}

static void part_close(void *loop)
{
	struct part *part = loop;

	lines_close(part->lines);
	pthread_mutex_lock(&part->gateway->lock);
	part->gateway->connects[part->index] = NULL;
	pthread_mutex_unlock(&part->gateway->lock);
	connect_close(part->connect);
	free(part);
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
	gateway->http = http_open(&gateway->settings.http, &handler, why);
	if (!gateway->http) {
		free(gateway);
		return NULL;
	}
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
	http_stop(gateway->http);
	http_close(gateway->http);
	pthread_mutex_destroy(&gateway->lock);
	free(gateway);
}

bool gateway_address(const char *text, char address[static 46], uint16_t *port)
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
	if (inet_pton(AF_INET, address, &v4) == 1)
		return ntohl(v4.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, address, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}
