#pragma once
/* The certificate that HTTPS is answered with: read from two PEM files, and read again when they
 * change.  A new one that is broken is refused, and the old one stays. */

#include <stdbool.h>
#include <stdint.h>

#include <openssl/ssl.h>

struct tls;

struct tls_state {
	int64_t not_after; /* when the certificate in use expires: seconds of the Unix clock */
	uint64_t taken;	   /* certificates read since the start, the first included */
	uint64_t refused;  /* those that could not be used */
};

/* Read the certificate with its chain, and its key.  NULL: why says what is wrong.  The paths must
 * outlive it. */
struct tls *tls_open(const char *cert_path, const char *key_path, char why[static 256]);
void tls_close(struct tls *);

/* Read them again, now or where they have changed and changed no more since the last look.  Either
 * logs what came of it.  Any thread. */
void tls_reload(struct tls *);
void tls_look(struct tls *);

/* A connection's part, to be freed with SSL_free; it keeps the certificate that it began with.
 * NULL: no memory.  Any thread. */
SSL *tls_new(struct tls *);

void tls_count(struct tls *, struct tls_state *out);
