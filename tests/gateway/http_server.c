/* The HTTP server with a handler made for tests: http_server [key=value ...], prints its port.
 *
 *   /echo         method, path, query and body as JSON-like lines
 *   /slow?ms      answers after that many milliseconds
 *   /big?bytes    that many bytes
 *   /count        the counters
 *   /secure       whether TLS is spoken, and with whom
 *   /parts?n      a stream of n blocks of 1000 bytes
 *   /tail         a stream of what is posted to /tell
 *   /flood        a stream without end, as fast as it is taken */
#include <arpa/inet.h>
#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <event2/event.h>

#include "gateway/bytes.h"
#include "gateway/http.h"

static struct http_server *server;

struct wait {
	struct http_request *request;
	struct event *timer;
	struct wait *next, **link;
};

struct tail {
	struct http_stream *stream;
	struct hall *hall;
	struct http_block *flood;
	struct tail *next, **link;
};

struct hall {
	struct event_base *base;
	struct wait *waits;
	struct tail *tails;
	unsigned lost, drained;
	size_t pending_max;
};

static void wait_end(struct wait *wait)
{
	http_reply(wait->request, 200, "Content-Type: text/plain\r\n", "late\n", 5);
	*wait->link = wait->next;
	if (wait->next)
		wait->next->link = wait->link;
	event_free(wait->timer);
	free(wait);
}

static void on_time(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	wait_end(arg);
}

static bool is(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

static unsigned long number(struct http_text text)
{
	char digits[16] = "";

	assert(text.len < sizeof(digits));
	memcpy(digits, text.data, text.len);
	return strtoul(digits, NULL, 10);
}

static void on_slow(struct http_request *request, struct hall *hall)
{
	unsigned long ms = number(request->query);
	struct timeval tv = { (time_t)(ms / 1000), (suseconds_t)(ms % 1000 * 1000) };
	struct wait *wait = calloc(1, sizeof(*wait));

	assert(wait);
	wait->request = request;
	wait->timer = evtimer_new(hall->base, on_time, wait);
	wait->next = hall->waits;
	wait->link = &hall->waits;
	if (hall->waits)
		hall->waits->link = &wait->next;
	hall->waits = wait;
	event_add(wait->timer, &tv);
}

static void on_echo(struct http_request *request)
{
	const struct http_text parts[] = { request->method, request->path, request->query,
					   http_field(request, "x-test", NULL), request->body };
	struct bytes body = { 0 };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		bytes_add(&body, parts[i].data, parts[i].len);
		bytes_add(&body, "|", 1);
	}
	http_reply(request, 200, "Content-Type: text/plain\r\n", body.data, body.len);
	bytes_free(&body);
}

static void on_secure(struct http_request *request)
{
	char ip[INET6_ADDRSTRLEN], text[80];

	inet_ntop(AF_INET6, http_client(request), ip, sizeof(ip));
	snprintf(text, sizeof(text), "%s %s", http_secure(request) ? "yes" : "no", ip);
	http_reply(request, 200, "", text, strlen(text));
}

static void on_count(struct http_request *request, const struct hall *hall)
{
	struct http_counters c;
	char text[512];

	http_count(server, &c);
	snprintf(text, sizeof(text),
		 "accepted=%" PRIu64 " turned_away=%" PRIu64 " requests=%" PRIu64 " faults=%" PRIu64
		 " gone=%" PRIu64 " timeouts=%" PRIu64 " open=%" PRIu64 " streams=%" PRIu64
		 " lost=%u drained=%u pending_max=%zu certificates=%" PRIu64 " refused=%" PRIu64
		 " not_after=%" PRId64 " shed=%" PRIu64 " memory=%" PRIu64 "\n",
		 c.accepted, c.turned_away, c.requests, c.faults, c.gone, c.timeouts, c.open,
		 c.streams, hall->lost, hall->drained, hall->pending_max, c.certificates,
		 c.certificates_refused, c.certificate_not_after, c.shed, c.memory);
	http_reply(request, 200, "Content-Type: text/plain\r\n", text, strlen(text));
}

/* --- Streams --------------------------------------------------------------------------------- */

#define MARK (64 * 1024)

static void tail_free(struct tail *tail)
{
	*tail->link = tail->next;
	if (tail->next)
		tail->next->link = tail->link;
	if (tail->flood)
		http_block_drop(tail->flood);
	free(tail);
}

static void tail_write(struct tail *tail, struct http_block *block)
{
	size_t pending;

	http_stream_write(tail->stream, block);
	pending = http_stream_pending(tail->stream);
	if (pending > tail->hall->pending_max)
		tail->hall->pending_max = pending;
}

static void on_drain(void *arg)
{
	struct tail *tail = arg;

	tail->hall->drained++;
	while (tail->flood && http_stream_pending(tail->stream) <= MARK)
		tail_write(tail, tail->flood);
}

static void on_stop(void *arg)
{
	struct tail *tail = arg;
	struct http_block *bye = http_block_make("bye\n", 4);

	assert(bye);
	tail_write(tail, bye);
	http_block_drop(bye);
	http_stream_end(tail->stream);
	tail_free(tail);
}

static void on_gone(void *arg)
{
	struct tail *tail = arg;

	tail->hall->lost++;
	tail_free(tail);
}

static const struct http_stream_handler tail_handler = { on_drain, on_stop, on_gone };

static struct tail *tail_open(struct http_request *request, struct hall *hall)
{
	struct tail *tail = calloc(1, sizeof(*tail));

	assert(tail);
	tail->hall = hall;
	tail->stream = http_stream_begin(request, 200, "Content-Type: text/plain\r\n", MARK,
					 &tail_handler, tail);
	if (!tail->stream) {
		free(tail);
		return NULL;
	}
	tail->next = hall->tails;
	tail->link = &hall->tails;
	if (hall->tails)
		hall->tails->link = &tail->next;
	hall->tails = tail;
	return tail;
}

static void on_parts(struct http_request *request, struct hall *hall)
{
	unsigned long n = number(request->query);
	char data[1000];
	struct http_block *block;
	struct tail *tail = tail_open(request, hall);

	if (!tail)
		return;
	memset(data, 'p', sizeof(data));
	block = http_block_make(data, sizeof(data));
	assert(block);
	for (unsigned long i = 0; i < n; i++)
		tail_write(tail, block);
	http_block_drop(block);
	http_stream_end(tail->stream);
	tail_free(tail);
}

static void on_flood(struct http_request *request, struct hall *hall)
{
	static char data[4096];
	struct tail *tail = tail_open(request, hall);

	if (!tail)
		return;
	tail->flood = http_block_make(data, sizeof(data));
	assert(tail->flood);
	on_drain(tail);
}

/* "!end" and "!cut" do that to each; else the body is sent. */
static void on_tell(struct http_request *request, struct hall *hall)
{
	struct http_block *block = http_block_make(request->body.data, request->body.len);
	bool end = is(request->body, "!end"), cut = is(request->body, "!cut");

	assert(block);
	for (struct tail *tail = hall->tails, *next; tail; tail = next) {
		next = tail->next;
		if (!end && !cut) {
			tail_write(tail, block);
			continue;
		}
		if (end)
			http_stream_end(tail->stream);
		else
			http_stream_cut(tail->stream);
		tail_free(tail);
	}
	http_block_drop(block);
	http_reply(request, 200, "", "", 0);
}

static void on_request(struct http_request *request, void *loop)
{
	if (is(request->path, "/slow")) {
		on_slow(request, loop);
	} else if (is(request->path, "/big")) {
		size_t len = number(request->query);
		char *body = malloc(len + 1);

		assert(body);
		memset(body, 'b', len);
		http_reply(request, 200, "", body, len);
		free(body);
	} else if (is(request->path, "/count")) {
		on_count(request, loop);
	} else if (is(request->path, "/parts")) {
		on_parts(request, loop);
	} else if (is(request->path, "/tail")) {
		tail_open(request, loop);
	} else if (is(request->path, "/secure")) {
		on_secure(request);
	} else if (is(request->path, "/tell")) {
		on_tell(request, loop);
	} else if (is(request->path, "/flood")) {
		on_flood(request, loop);
	} else {
		on_echo(request);
	}
}

static void *loop_open(struct event_base *base, unsigned index, void *arg)
{
	struct hall *hall = calloc(1, sizeof(*hall));

	(void)index;
	(void)arg;
	assert(hall);
	hall->base = base;
	return hall;
}

static void loop_close(void *arg)
{
	struct hall *hall = arg;

	while (hall->waits)
		wait_end(hall->waits);
	free(hall);
}

int main(int argc, char **argv)
{
	struct http_settings s = {
		.address = "127.0.0.1",
		.n_loops = 1,
		.body_max = 1024 * 1024,
		.memory_max = 64 * 1024 * 1024,
		.head_ms = 5000,
		.body_ms = 15000,
		.idle_ms = 30000,
		.write_ms = 30000,
		.linger_ms = 1000,
		.stop_ms = 10000,
		.requests_max = 100000,
		.connections_max = 1024,
		.connections_per_address_max = 1024,
	};
	const struct {
		const char *key;
		unsigned *value;
	} keys[] = {
		{ "n_loops", &s.n_loops },
		{ "head_ms", &s.head_ms },
		{ "body_ms", &s.body_ms },
		{ "idle_ms", &s.idle_ms },
		{ "write_ms", &s.write_ms },
		{ "linger_ms", &s.linger_ms },
		{ "stop_ms", &s.stop_ms },
		{ "requests_max", &s.requests_max },
		{ "connections_max", &s.connections_max },
		{ "connections_per_address_max", &s.connections_per_address_max },
	};
	const struct http_handler handler = {
		.loop_open = loop_open,
		.loop_close = loop_close,
		.on_request = on_request,
	};
	char why[256];
	sigset_t set;
	int sig;

	for (int i = 1; i < argc; i++) {
		char *equals = strchr(argv[i], '=');
		bool found = false;

		if (strncmp(argv[i], "tls=", 4) == 0) {
			static char cert[256], key[256];

			snprintf(cert, sizeof(cert), "%s/cert.pem", argv[i] + 4);
			snprintf(key, sizeof(key), "%s/key.pem", argv[i] + 4);
			s.tls_cert = cert;
			s.tls_key = key;
			continue;
		}
		if (strncmp(argv[i], "memory_max=", 11) == 0) {
			s.memory_max = strtoul(argv[i] + 11, NULL, 10);
			continue;
		}
		if (strncmp(argv[i], "proxies=", 8) == 0) {
			s.proxies = argv[i] + 8;
			continue;
		}

		assert(equals);
		*equals = '\0';
		for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
			if (strcmp(keys[k].key, argv[i]) == 0) {
				*keys[k].value = (unsigned)strtoul(equals + 1, NULL, 10);
				found = true;
			}
		}
		assert(found);
	}
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	server = http_open(&s, &handler, why);
	if (!server) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	if (http_start(server) != 0)
		return 1;
	printf("%u\n", http_port(server));
	fflush(stdout);
	while (sigwait(&set, &sig) == 0 && sig == SIGHUP)
		http_reload(server);
	http_stop(server);
	http_close(server);
	return 0;
}
