#include "engine/zap.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "engine/keys.h"

enum {
	FRAMES = 7, /* version, request id, domain, address, routing id, mechanism, credentials */
	FRAME_MAX = 256,
	TEST_MS = 3000,
	ENDPOINT_MAX = 288,
};

struct zap {
	void *requests;	    /* REP; the thread's, once it runs */
	void *stop, *ended; /* a pair, to end the thread */
	char domain[ZAP_WHO];
	enum zap_answer (*known)(void *of, const char *key, char who[static ZAP_WHO]);
	void *of;
	pthread_t thread;
};

/* --- The handler -------------------------------------------------------------------------------- */

struct frame {
	size_t size;
	char bytes[FRAME_MAX];
};

static bool is(const struct frame *frame, const char *text)
{
	return frame->size == strlen(text) && memcmp(frame->bytes, text, frame->size) == 0;
}

/* The frames of one request; how many there were, those too long counted as wrong ones. */
static int frames_take(void *socket, struct frame frames[FRAMES])
{
	int n = 0, more = 1;
	size_t size = sizeof(more);

	while (more) {
		struct frame rest, *frame = n < FRAMES ? &frames[n] : &rest;
		int got = zmq_recv(socket, frame->bytes, FRAME_MAX, 0);

		if (got < 0)
			return -1;
		frame->size = (size_t)got;
		n++;
		zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size);
	}
	return n;
}

static enum zap_answer answer_to(const struct zap *zap, const struct frame frames[FRAMES],
				 char who[static ZAP_WHO])
{
	char key[KEY_TEXT];
	bool asked = is(&frames[0], "1.0") && is(&frames[2], zap->domain) &&
		     is(&frames[5], "CURVE") && frames[6].size == KEY_SIZE &&
		     zmq_z85_encode(key, (const uint8_t *)frames[6].bytes, KEY_SIZE);

	return asked ? zap->known(zap->of, key, who) : ZAP_UNKNOWN;
}

static void request_answer(struct zap *zap)
{
	static const char *const codes[] = {
		[ZAP_UNKNOWN] = "400",
		[ZAP_KNOWN] = "200",
		[ZAP_LATER] = "300",
	};
	struct frame frames[FRAMES] = { 0 };
	int n = frames_take(zap->requests, frames);
	char who[ZAP_WHO] = "";
	enum zap_answer answer = n == FRAMES ? answer_to(zap, frames, who) : ZAP_UNKNOWN;
	bool known = answer == ZAP_KNOWN;
	const struct {
		const char *bytes;
		size_t size;
	} reply[] = {
		{ "1.0", 3 },
		{ frames[1].bytes, frames[1].size <= FRAME_MAX ? frames[1].size : 0 },
		{ codes[answer], 3 },
		{ "", 0 },
		{ who, known ? strlen(who) : 0 },
		{ "", 0 },
	};
	const size_t n_reply = sizeof(reply) / sizeof(reply[0]);

	if (n < 0)
		return;
	for (size_t i = 0; i < n_reply; i++)
		zmq_send(zap->requests, reply[i].bytes, reply[i].size,
			 i + 1 < n_reply ? ZMQ_SNDMORE : 0);
}

static void *handler_main(void *of)
{
	struct zap *zap = of;
	zmq_pollitem_t items[] = {
		{ .socket = zap->requests, .events = ZMQ_POLLIN },
		{ .socket = zap->ended, .events = ZMQ_POLLIN },
	};

	while (!(items[1].revents & ZMQ_POLLIN)) {
		int ready = zmq_poll(items, 2, -1);

		if (ready < 0 && errno != EINTR)
			break;
		/* Interrupted, the items say what they said before. */
		if (ready > 0 && items[0].revents & ZMQ_POLLIN)
			request_answer(zap);
	}
	return NULL;
}

static void sockets_close(struct zap *zap)
{
	void *all[] = { zap->requests, zap->stop, zap->ended };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i])
			zmq_close(all[i]);
	}
	free(zap);
}

struct zap *zap_open(void *zmq, const char *domain,
		     enum zap_answer (*known)(void *of, const char *key, char who[static ZAP_WHO]),
		     void *of, char why[static 256])
{
	static const char pair[] = "inproc://shegong.zap.stop";
	struct zap *zap = calloc(1, sizeof(*zap));
	const int none = 0;
	int error;

	if (!zap) {
		snprintf(why, 256, "no memory");
		return NULL;
	}
	snprintf(zap->domain, sizeof(zap->domain), "%s", domain);
	zap->known = known;
	zap->of = of;
	zap->requests = zmq_socket(zmq, ZMQ_REP);
	zap->stop = zmq_socket(zmq, ZMQ_PAIR);
	zap->ended = zmq_socket(zmq, ZMQ_PAIR);
	if (zap->requests && zap->stop && zap->ended &&
	    zmq_setsockopt(zap->requests, ZMQ_LINGER, &none, sizeof(none)) == 0 &&
	    zmq_bind(zap->requests, "inproc://zeromq.zap.01") == 0 &&
	    zmq_bind(zap->stop, pair) == 0 && zmq_connect(zap->ended, pair) == 0) {
		error = pthread_create(&zap->thread, NULL, handler_main, zap);
		if (!error)
			return zap;
		errno = error;
	}
	snprintf(why, 256, "no ZAP handler: %s", zmq_strerror(errno));
	sockets_close(zap);
	return NULL;
}

void zap_close(struct zap *zap)
{
	zmq_send(zap->stop, "", 0, 0);
	pthread_join(zap->thread, NULL);
	sockets_close(zap);
}

const char *zap_who(const void *zmq_message)
{
	const char *who = zmq_msg_gets(zmq_message, "User-Id");

	return who && *who ? who : NULL;
}

/* --- The self-test ------------------------------------------------------------------------------ */

enum outcome { REFUSED, LET_IN, UNKNOWN };

/* The first thing that the connection comes to. */
static enum outcome outcome_of(void *monitor)
{
	for (;;) {
		zmq_msg_t event;
		uint16_t number = 0;
		bool more;

		zmq_msg_init(&event);
		if (zmq_msg_recv(&event, monitor, 0) < 0) {
			zmq_msg_close(&event);
			return UNKNOWN;
		}
		if (zmq_msg_size(&event) >= sizeof(number))
			memcpy(&number, zmq_msg_data(&event), sizeof(number));
		more = zmq_msg_more(&event);
		zmq_msg_close(&event);
		if (more) { /* the address */
			zmq_msg_init(&event);
			zmq_msg_recv(&event, monitor, 0);
			zmq_msg_close(&event);
		}
		if (number == ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
			return LET_IN;
		if (number)
			return REFUSED;
	}
}

static bool stranger_set(void *socket, const char *server_key)
{
	char public[KEY_TEXT], secret[KEY_TEXT];

	return zmq_curve_keypair(public, secret) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, KEY_TEXT) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public, KEY_TEXT) == 0 &&
	       zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret, KEY_TEXT) == 0;
}

static bool nobody_set(void *socket, const char *server_key)
{
	return true;
}

static bool password_set(void *socket, const char *server_key)
{
	return zmq_setsockopt(socket, ZMQ_PLAIN_USERNAME, "admin", 5) == 0 &&
	       zmq_setsockopt(socket, ZMQ_PLAIN_PASSWORD, "admin", 5) == 0;
}

static enum outcome outcome_with(void *zmq, const char *endpoint, const char *server_key,
				 bool (*set)(void *socket, const char *server_key))
{
	const int none = 0, once = -1, wait_ms = TEST_MS;
	void *socket = zmq_socket(zmq, ZMQ_DEALER), *monitor = zmq_socket(zmq, ZMQ_PAIR);
	enum outcome outcome = UNKNOWN;
	char events[64];

	snprintf(events, sizeof(events), "inproc://zap-test-%p", socket);
	if (socket && monitor && set(socket, server_key) &&
	    zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof(none)) == 0 &&
	    zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &once, sizeof(once)) == 0 &&
	    zmq_setsockopt(monitor, ZMQ_LINGER, &none, sizeof(none)) == 0 &&
	    zmq_setsockopt(monitor, ZMQ_RCVTIMEO, &wait_ms, sizeof(wait_ms)) == 0 &&
	    zmq_socket_monitor(socket, events,
			       ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
				       ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
				       ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
				       ZMQ_EVENT_DISCONNECTED) == 0 &&
	    zmq_connect(monitor, events) == 0 && zmq_connect(socket, endpoint) == 0)
		outcome = outcome_of(monitor);
	if (socket) {
		zmq_socket_monitor(socket, NULL, 0);
		zmq_close(socket);
	}
	if (monitor)
		zmq_close(monitor);
	return outcome;
}

/* Bound to every address of the host, it is reached by its own. */
static bool endpoint_of(void *bound, char endpoint[static ENDPOINT_MAX])
{
	static const char any[] = "tcp://0.0.0.0:", any6[] = "tcp://[::]:";
	char text[256];
	size_t size = sizeof(text);

	if (zmq_getsockopt(bound, ZMQ_LAST_ENDPOINT, text, &size) != 0)
		return false;
	if (strncmp(text, any, sizeof(any) - 1) == 0)
		snprintf(endpoint, ENDPOINT_MAX, "tcp://127.0.0.1:%s", text + sizeof(any) - 1);
	else if (strncmp(text, any6, sizeof(any6) - 1) == 0)
		snprintf(endpoint, ENDPOINT_MAX, "tcp://[::1]:%s", text + sizeof(any6) - 1);
	else
		memcpy(endpoint, text, sizeof(text));
	return true;
}

bool zap_self_test(void *zmq, void *bound, const char *dir, const char *server,
		   char why[static 256])
{
	static const struct {
		const char *what;
		bool (*set)(void *socket, const char *server_key);
	} peers[] = {
		{ "a peer with a key that nobody has", stranger_set },
		{ "a peer without any mechanism", nobody_set },
		{ "a peer with a password", password_set },
	};
	char endpoint[ENDPOINT_MAX], key[KEY_TEXT];

	if (!keys_public(dir, server, key, why))
		return false;
	if (!endpoint_of(bound, endpoint)) {
		snprintf(why, 256, "not bound: %s", zmq_strerror(errno));
		return false;
	}
	for (size_t i = 0; i < sizeof(peers) / sizeof(peers[0]); i++) {
		enum outcome outcome = outcome_with(zmq, endpoint, key, peers[i].set);

		if (outcome == REFUSED)
			continue;
		snprintf(why, 256, "%.150s: %s %s", endpoint, peers[i].what,
			 outcome == LET_IN ? "was let in" : "was not answered");
		return false;
	}
	return true;
}
