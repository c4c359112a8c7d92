#pragma once
/* Who may connect over TCP: the one ZAP handler of a process (ZeroMQ RFC 27), a thread of its own.
 *
 * ZeroMQ lets every CURVE key in where no handler answers.  So: zap_open before any socket that
 * serves is bound, keys_serve on each of them, and zap_self_test on what was bound; where that
 * finds a peer let in which must not be, the program does not start. */

#include <stdbool.h>

enum zap_answer {
	ZAP_UNKNOWN, /* the peer is told, and does not come again by itself */
	ZAP_KNOWN,
	ZAP_LATER, /* nothing is known just now: the peer is cut off, and tries again */
};

#define ZAP_WHO 64 /* the longest name of a peer, and a NUL */

struct zap;

/* Answers for the sockets of the domain.  known is asked, from the handler's thread, for each peer
 * that has proved to hold the secret half of key (40 characters Z85); where he is known, every
 * message of the peer carries who, and zap_who tells it.  NULL: why. */
struct zap *zap_open(void *zmq, const char *domain,
		     enum zap_answer (*known)(void *of, const char *key, char who[static ZAP_WHO]),
		     void *of, char why[static 256]);
/* After the sockets are closed, before the context ends. */
void zap_close(struct zap *);

/* Who sent the message: of a message with several frames, ask the last one, for ZeroMQ 4.3.4 may
 * have lost it on the first.  NULL: nobody known; pass over it.  It lives as long as the message. */
const char *zap_who(const void *zmq_message);

/* Connects to what a socket was bound to, with a key that nobody has, with no mechanism, and with a
 * password.  true: each was refused; else why says which was not. */
bool zap_self_test(void *zmq, void *bound, const char *dir, const char *server,
		   char why[static 256]);
