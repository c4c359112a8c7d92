#include "gateway/http_parts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/log.h"

#define BACKLOG	 1024
#define LOOK_S	 1   /* between looks at the certificate's files */
#define PAUSE_MS 100 /* without accepting when file descriptors ran out */

static void turn_away(struct loop *loop, evutil_socket_t fd)
{
	tally(&loop->turned_away);
	loop->out.len = 0;
	/* In the clear it would be noise to a client that speaks TLS. */
	if (!loop->server->tls && reply_fault(loop, HTTP_TOO_MANY_CONNECTIONS))
		(void)!send(fd, loop->out.data, loop->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	loop->out.len = 0;
	shutdown(fd, SHUT_WR);
	evutil_closesocket(fd);
}

static void loop_on_accept(struct evconnlistener *listener, evutil_socket_t fd,
			   struct sockaddr *from, int from_len, void *arg)
{
	struct loop *loop = arg;
	struct http_server *server = loop->server;
	struct address *address = NULL;

	(void)listener;
	(void)from_len;
	if (atomic_fetch_add(&server->n_connections, 1) < server->settings.connections_max &&
	    (address = address_join(server, from)) && conn_open(loop, fd, address))
		return;
	atomic_fetch_sub(&server->n_connections, 1);
	if (address)
		address_leave(server, address);
	turn_away(loop, fd);
}

/* Out of file descriptors: without a pause the loop would spin on the same connection. */
static void loop_on_accept_error(struct evconnlistener *listener, void *arg)
{
	struct loop *loop = arg;
	struct timeval tv = { 0, PAUSE_MS * 1000 };

	log_warn("cannot accept a connection", "error", strerror(EVUTIL_SOCKET_ERROR()), NULL);
	evconnlistener_disable(listener);
	event_add(loop->resume, &tv);
}

static void loop_on_resume(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;

	(void)fd;
	(void)what;
	if (loop->listener)
		evconnlistener_enable(loop->listener);
}

static void loop_on_grace(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	event_base_loopexit(((struct loop *)arg)->base, NULL);
}

static void loop_on_stop(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;
	unsigned ms = loop->server->settings.stop_ms;
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	(void)fd;
	(void)what;
	if (loop->stopping)
		return;
	event_del(loop->wake);
	evconnlistener_free(loop->listener);
	loop->listener = NULL;
	for (struct conn *conn = loop->conns, *next; conn; conn = next) {
		next = conn->next;
		if (conn->wait == WAIT_IDLE || conn->wait == WAIT_GREETING)
			conn_free(conn);
		else if (conn->stage == STAGE_STREAM)
			stream_stop(conn);
	}
	loop->stopping = true;
	event_add(loop->grace, &tv);
	if (!loop->conns)
		event_base_loopexit(loop->base, NULL);
}

static void loop_on_look(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	tls_look(((struct loop *)arg)->server->tls);
}

static void *loop_main(void *arg)
{
	struct loop *loop = arg;
	const struct http_handler *handler = &loop->server->handler;

	loop->handler = handler->loop_open
				? handler->loop_open(loop->base, loop->index, handler->arg)
				: handler->arg;
	event_base_dispatch(loop->base);
	while (loop->conns)
		conn_free(loop->conns);
	if (handler->loop_close)
		handler->loop_close(loop->handler);
	return NULL;
}

static void loop_free(struct loop *loop)
{
	struct event *const events[] = { loop->wake, loop->resume, loop->grace,
					 loop->push, loop->room,   loop->look };

	if (loop->listener)
		evconnlistener_free(loop->listener);
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		if (events[i])
			event_free(events[i]);
	}
	if (loop->base)
		event_base_free(loop->base);
	if (loop->eventfd >= 0)
		close(loop->eventfd);
	bytes_free(&loop->out);
}

static bool address_read(const char *address, uint16_t port, struct sockaddr_storage *out, int *len)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		*len = sizeof(*v4);
		return true;
	}
	if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		*len = sizeof(*v6);
		return true;
	}
	return false;
}

static bool loop_listen(struct loop *loop, char why[static 256])
{
	struct http_server *server = loop->server;
	unsigned flags = LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE;
	struct sockaddr_storage to;
	socklen_t bound_len = sizeof(to);
	int len;

	/* Alone, a loop must not share its port: a second gateway is to fail. */
	if (server->n_loops > 1)
		flags |= LEV_OPT_REUSEABLE_PORT;
	if (!address_read(server->settings.address, server->port, &to, &len)) {
		snprintf(why, 256, "%s: not an IP address", server->settings.address);
		return false;
	}
	loop->listener = evconnlistener_new_bind(loop->base, loop_on_accept, loop, flags, BACKLOG,
						 (struct sockaddr *)&to, len);
	if (!loop->listener) {
		snprintf(why, 256, "%s port %u: %s", server->settings.address, server->port,
			 strerror(errno));
		return false;
	}
	evconnlistener_set_error_cb(loop->listener, loop_on_accept_error);
	if (getsockname(evconnlistener_get_fd(loop->listener), (struct sockaddr *)&to,
			&bound_len) == 0)
		server->port =
			ntohs(to.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&to)->sin6_port
						       : ((struct sockaddr_in *)&to)->sin_port);
	return true;
}

static struct event_base *base_new(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base = NULL;

	if (!config)
		return NULL;
	/* No base is ever used from two threads. */
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	base = event_base_new_with_config(config);
	event_config_free(config);
	return base;
}

static bool loop_init(struct loop *loop, char why[static 256])
{
	loop->eventfd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	loop->base = base_new();
	if (loop->eventfd < 0 || !loop->base) {
		snprintf(why, 256, "no event loop: %s", strerror(errno));
		return false;
	}
	loop->wake = event_new(loop->base, loop->eventfd, EV_READ, loop_on_stop, loop);
	loop->resume = evtimer_new(loop->base, loop_on_resume, loop);
	loop->grace = evtimer_new(loop->base, loop_on_grace, loop);
	loop->push = evtimer_new(loop->base, stream_push, loop);
	loop->room = evtimer_new(loop->base, memory_again, loop);
	if (!loop->wake || !loop->resume || !loop->grace || !loop->push || !loop->room ||
	    event_add(loop->wake, NULL) != 0) {
		snprintf(why, 256, "no memory");
		return false;
	}
	if (loop->index == 0 && loop->server->tls) {
		loop->look = event_new(loop->base, -1, EV_PERSIST, loop_on_look, loop);
		if (!loop->look || event_add(loop->look, &(struct timeval){ LOOK_S, 0 }) != 0) {
			snprintf(why, 256, "no memory");
			return false;
		}
	}
	return loop_listen(loop, why);
}

static void server_free(struct http_server *server)
{
	for (unsigned i = 0; i < server->n_loops; i++)
		loop_free(&server->loops[i]);
	if (server->tls)
		tls_close(server->tls);
	pthread_mutex_destroy(&server->lock);
	free(server->loops);
	free(server);
}

struct http_server *http_open(const struct http_settings *settings,
			      const struct http_handler *handler, char why[static 256])
{
	struct http_server *server = calloc(1, sizeof(*server));

	if (!server || !(server->loops = calloc(settings->n_loops, sizeof(*server->loops)))) {
		snprintf(why, 256, "no memory");
		free(server);
		return NULL;
	}
	server->settings = *settings;
	server->handler = *handler;
	server->port = settings->port;
	server->n_loops = settings->n_loops;
	pthread_mutex_init(&server->lock, NULL);
	for (unsigned i = 0; i < server->n_loops; i++) {
		server->loops[i].server = server;
		server->loops[i].index = i;
		server->loops[i].eventfd = -1;
	}
	if (!address_proxies(settings->proxies ? settings->proxies : "", &server->proxies)) {
		snprintf(why, 256,
			 "%s: not IP addresses, with or without /bits, and commas between",
			 settings->proxies);
		server_free(server);
		return NULL;
	}
	if (settings->tls_cert) {
		server->tls = tls_open(settings->tls_cert, settings->tls_key, why);
		if (!server->tls) {
			server_free(server);
			return NULL;
		}
	}
	for (unsigned i = 0; i < server->n_loops; i++) {
		if (!loop_init(&server->loops[i], why)) {
			server_free(server);
			return NULL;
		}
	}
	return server;
}

uint16_t http_port(const struct http_server *server)
{
	return server->port;
}

int http_start(struct http_server *server)
{
	for (unsigned i = 0; i < server->n_loops; i++) {
		struct loop *loop = &server->loops[i];
		int error = pthread_create(&loop->thread, NULL, loop_main, loop);

		if (error)
			return error;
		loop->started = true;
	}
	return 0;
}

void http_stop(struct http_server *server)
{
	uint64_t one = 1;

	for (unsigned i = 0; i < server->n_loops; i++)
		(void)!write(server->loops[i].eventfd, &one, sizeof(one));
}

void http_close(struct http_server *server)
{
	for (unsigned i = 0; i < server->n_loops; i++) {
		if (server->loops[i].started)
			pthread_join(server->loops[i].thread, NULL);
	}
	server_free(server);
}

void http_reload(struct http_server *server)
{
	if (server->tls)
		tls_reload(server->tls);
}

void http_count(const struct http_server *server, struct http_counters *out)
{
	*out = (struct http_counters){ .open = atomic_load(&server->n_connections) };
	out->memory = atomic_load(&server->held);
	if (server->tls) {
		struct tls_state state;

		tls_count(server->tls, &state);
		out->certificates = state.taken;
		out->certificates_refused = state.refused;
		out->certificate_not_after = state.not_after;
	}
	for (unsigned i = 0; i < server->n_loops; i++) {
		const struct loop *loop = &server->loops[i];

		out->accepted += atomic_load(&loop->accepted);
		out->turned_away += atomic_load(&loop->turned_away);
		out->requests += atomic_load(&loop->requests);
		out->faults += atomic_load(&loop->faults);
		out->gone += atomic_load(&loop->gone);
		out->timeouts += atomic_load(&loop->timeouts);
		out->streams += atomic_load(&loop->streams);
		out->shed += atomic_load(&loop->shed);
	}
}
