/* The HTTP server with a handler made for tests: http_server [key=value ...], prints its port.
 *
 *   /echo         method, path, query and body as JSON-like lines
 *   /slow?ms      answers after that many milliseconds
 *   /big?bytes    that many bytes
 *   /count        the counters */
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

struct hall {
	struct event_base *base;
	struct wait *waits;
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

static void on_count(struct http_request *request)
{
	struct http_counters c;
	char text[256];

	http_count(server, &c);
	snprintf(text, sizeof(text),
		 "accepted=%" PRIu64 " turned_away=%" PRIu64 " requests=%" PRIu64 " faults=%" PRIu64
		 " gone=%" PRIu64 " timeouts=%" PRIu64 " open=%" PRIu64 "\n",
		 c.accepted, c.turned_away, c.requests, c.faults, c.gone, c.timeouts, c.open);
	http_reply(request, 200, "Content-Type: text/plain\r\n", text, strlen(text));
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
		on_count(request);
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
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	server = http_open(&s, &handler, why);
	if (!server) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	if (http_start(server) != 0)
		return 1;
	printf("%u\n", http_port(server));
	fflush(stdout);
	sigwait(&set, &sig);
	http_stop(server);
	http_close(server);
	return 0;
}
