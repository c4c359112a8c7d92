#pragma once
/* CURVE keys as files: DIR/NAME.key holds a secret key and is read by its owner alone, DIR/NAME.pub
 * the public one.  Each is a line of 40 characters Z85, as zmq_curve_keypair makes them.
 *
 * A secret is read for each socket that needs it and wiped from our memory at once; ZeroMQ keeps
 * its own.  What goes wrong is said in why. */

#include <stdbool.h>
#include <stddef.h>

#define KEY_SIZE 32
#define KEY_TEXT 41 /* Z85 and a NUL */
#define KEY_NAME 32 /* the longest name of a pair, and a NUL */

/* From now on a crash of this process leaves no core, in which there would be keys, tokens, and what
 * people's data were opened to.  false: errno says why. */
bool keys_in_no_core(void);

/* A pair that was not there: mode 0600 for the secret, 0644 for the public key.  What is there is
 * never written over.  *made says whether it was made now.  false: why. */
bool keys_make(const char *dir, const char *name, bool *made, char why[static 256]);

/* The public key of that name. */
bool keys_public(const char *dir, const char *name, char key[static KEY_TEXT],
		 char why[static 256]);

/* The name whose secret key is ours: that it is there, ours alone, and fits its public key. */
bool keys_own(const char *dir, const char *name, char why[static 256]);

/* The name of that public key among DIR's .pub files.  false: it is nobody's. */
bool keys_whose(const char *dir, const char *key, char name[static KEY_NAME]);

/* Make a socket a CURVE server by that name, in a ZAP domain which is enforced: without a handler
 * nobody is let in.  Before zmq_bind. */
bool keys_serve(void *socket, const char *dir, const char *name, const char *domain,
		char why[static 256]);

/* Make a socket a CURVE client: own's secret key, and the public key of the server.  Before
 * zmq_connect. */
bool keys_reach(void *socket, const char *dir, const char *own, const char *server,
		char why[static 256]);
