#include "engine/peers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "engine/call.h"
#include "engine/keys.h"
#include "engine/log.h"

static const char scheme[] = "tcp://";

/* The item of the list that says where the service is; its length, 0: it is in the directory. */
static size_t item_of(const char *where, const char *name, const char **item)
{
	size_t name_len = strlen(name), len, found = 0;

	for (const char *at = where; *at; at += len + (at[len] == ',')) {
		const char *equals;

		len = strcspn(at, ",");
		equals = memchr(at, '=', len);
		if (!equals && !found) {
			*item = at;
			found = len;
		} else if (equals && (size_t)(equals - at) == name_len &&
			   memcmp(at, name, name_len) == 0) {
			*item = equals + 1;
			return len - name_len - 1;
		}
	}
	return found;
}

/* The item with the name in the place of its %s. */
static bool filled(const char *item, size_t len, const char *name,
		   char endpoint[static PEERS_ENDPOINT])
{
	const char *mark = memmem(item, len, "%s", 2);
	size_t before = mark ? (size_t)(mark - item) : len;
	size_t after = mark ? len - before - 2 : 0;
	int size = snprintf(endpoint, PEERS_ENDPOINT, "%.*s%s%.*s", (int)before, item,
			    mark ? name : "", (int)after, mark ? mark + 2 : "");

	return size > 0 && size < PEERS_ENDPOINT;
}

/* Where the port of "tcp://HOST:PORT" begins; NULL: it is not like that. */
static const char *port_in(const char *endpoint)
{
	const char *colon = strrchr(endpoint, ':');
	long port;
	char *end;

	if (strncmp(endpoint, scheme, sizeof(scheme) - 1) != 0 || !colon ||
	    colon <= endpoint + sizeof(scheme) - 1)
		return NULL;
	port = strtol(colon + 1, &end, 10);
	if (*end || colon[1] < '1' || colon[1] > '9' || port > 65534)
		return NULL;
	return colon + 1;
}

bool peers_next_port(const char *endpoint, char next[static PEERS_ENDPOINT])
{
	const char *port = port_in(endpoint);
	int size;

	if (!port)
		return false;
	size = snprintf(next, PEERS_ENDPOINT, "%.*s%ld", (int)(port - endpoint), endpoint,
			strtol(port, NULL, 10) + 1);
	return size > 0 && size < PEERS_ENDPOINT;
}

bool peers_endpoint(const struct peers *peers, const char *name, enum peers_side side,
		    char endpoint[static PEERS_ENDPOINT], bool *tcp)
{
	const char *item = "";
	size_t len = item_of(peers->where, name, &item);
	char requests[PEERS_ENDPOINT];
	int size;

	*tcp = len > 0;
	if (*tcp)
		return filled(item, len, name, requests) && port_in(requests) &&
		       (side == PEERS_EVENTS ? peers_next_port(requests, endpoint)
					     : filled(item, len, name, endpoint));
	size = snprintf(endpoint, PEERS_ENDPOINT, "ipc://%s/%s%s.sock", peers->run, name,
			side == PEERS_EVENTS ? ".events" : "");
	return size > 0 && size < PEERS_ENDPOINT;
}

bool peers_sound(const struct peers *peers, const char *const *names, size_t n,
		 char why[static 256])
{
	bool tcp, any_tcp = false;

	for (size_t i = 0; i < n; i++) {
		char endpoint[PEERS_ENDPOINT], key[KEY_TEXT];

		if (!peers_endpoint(peers, names[i], PEERS_REQUESTS, endpoint, &tcp)) {
			snprintf(why, 256,
				 "%.140s: no address like tcp://%%s:7400 for %.31s / 不是形如 "
				 "tcp://%%s:7400 的地址",
				 *peers->where ? peers->where : peers->run, names[i]);
			return false;
		}
		if (tcp && !keys_public(peers->keys, names[i], key, why))
			return false;
		any_tcp = any_tcp || tcp;
	}
	return !any_tcp || keys_own(peers->keys, peers->self, why);
}

bool peers_connect(const struct peers *peers, void *socket, const char *name, enum peers_side side,
		   char why[static 256])
{
	char endpoint[PEERS_ENDPOINT];
	bool tcp;

	if (!peers_endpoint(peers, name, side, endpoint, &tcp)) {
		snprintf(why, 256, "there is no address for %.31s", name);
		return false;
	}
	if (tcp && !keys_reach(socket, peers->keys, peers->self, name, why))
		return false;
	if (zmq_connect(socket, endpoint) == 0)
		return true;
	snprintf(why, 256, "%.180s: %s", endpoint, zmq_strerror(errno));
	return false;
}

void *peers_listen(void *zmq, const char *name, const struct peers *peers)
{
	static const struct {
		int option, value;
	} options[] = {
		{ ZMQ_LINGER, 0 },	     { ZMQ_RECONNECT_IVL, 20 },
		{ ZMQ_HEARTBEAT_IVL, 2000 }, { ZMQ_RECONNECT_IVL_MAX, 500 },
		{ ZMQ_TCP_KEEPALIVE, 1 },    { ZMQ_HEARTBEAT_TIMEOUT, 6000 },
	};
	const int64_t max = CALL_REPLY_MAX;
	void *socket = zmq_socket(zmq, ZMQ_SUB);
	char why[256];

	if (!socket)
		return NULL;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		zmq_setsockopt(socket, options[i].option, &options[i].value, sizeof(int));
	zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &max, sizeof(max));
	zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0);
	if (peers_connect(peers, socket, name, PEERS_EVENTS, why))
		return socket;
	log_error("a service cannot be listened to", "service", name, "why", why, NULL);
	zmq_close(socket);
	errno = EINVAL;
	return NULL;
}

bool peers_may(const char *who, const Engine__Request *request)
{
	if (strcmp(who, "gateway") == 0 || strcmp(who, "cli") == 0)
		return true;
	return request->principal && request->principal->role == ENGINE__ROLE__ROLE_SERVICE &&
	       strcmp(request->method, "shegong.engine.v1.EngineService/Read") == 0;
}
