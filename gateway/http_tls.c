#include "gateway/http_tls.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <openssl/err.h>
#include <openssl/x509.h>

#include "engine/log.h"

/* TLS 1.2 with forward secrecy and authenticated encryption; of 1.3 all suites are. */
#define CIPHERS "ECDHE+AESGCM:ECDHE+CHACHA20"

/* What tells one content of a file from another without reading it. */
struct file {
	int64_t dev, ino, size, changed_s, changed_ns;
};

struct files {
	struct file cert, key;
};

struct tls {
	const char *cert_path, *key_path;
	pthread_mutex_t lock; /* of all below */
	SSL_CTX *context;
	struct tls_state state;
	struct files read; /* as they were when they were read last */
	struct files seen; /* as they were at the last look */
};

static struct file file_now(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return (struct file){ 0 };
	return (struct file){
		.dev = (int64_t)st.st_dev,
		.ino = (int64_t)st.st_ino,
		.size = st.st_size,
		.changed_s = st.st_ctim.tv_sec,
		.changed_ns = st.st_ctim.tv_nsec,
	};
}

static struct files files_now(const struct tls *tls)
{
	return (struct files){ file_now(tls->cert_path), file_now(tls->key_path) };
}

static bool files_same(const struct files *a, const struct files *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* --- Reading a certificate ------------------------------------------------------------------- */

/* A key with a password would ask for it on a terminal. */
static int no_password(char *out, int size, int writing, void *arg)
{
	(void)out;
	(void)size;
	(void)writing;
	(void)arg;
	return -1;
}

/* Only HTTP/1.1 is spoken; who offers others alone has come to the wrong door. */
static int on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_len,
		   const unsigned char *in, unsigned in_len, void *arg)
{
	static const unsigned char ours[] = "\x08http/1.1";
	unsigned char *chosen;

	(void)ssl;
	(void)arg;
	if (SSL_select_next_proto(&chosen, out_len, ours, sizeof(ours) - 1, in, in_len) !=
	    OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_ALERT_FATAL;
	*out = chosen;
	return SSL_TLSEXT_ERR_OK;
}

static SSL_CTX *context_new(void)
{
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());

	if (!context)
		return NULL;
	SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
	SSL_CTX_set_cipher_list(context, CIPHERS);
	/* No sessions are resumed: neither tickets, whose key would have to change, nor memory. */
	SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_num_tickets(context, 0);
	SSL_CTX_set_options(context,
			    SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION |
				    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
	/* Partial writes, so that what a slow client takes is seen; buffers only while in use. */
	SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE |
					  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
					  SSL_MODE_RELEASE_BUFFERS);
	SSL_CTX_set_alpn_select_cb(context, on_alpn, NULL);
	SSL_CTX_set_default_passwd_cb(context, no_password);
	return context;
}

static bool context_fail(char why[static 256], const char *path)
{
	unsigned long error = ERR_peek_last_error();
	const char *reason = ERR_reason_error_string(error);

	if (ERR_GET_LIB(error) == ERR_LIB_SYS)
		reason = strerror(ERR_GET_REASON(error));
	snprintf(why, 256, "%s: %s", path, reason ? reason : "unknown error");
	ERR_clear_error();
	return false;
}

static bool context_expiry(SSL_CTX *context, int64_t *not_after)
{
	const X509 *cert = SSL_CTX_get0_certificate(context);
	struct tm utc;

	if (!cert || ASN1_TIME_to_tm(X509_get0_notAfter(cert), &utc) != 1)
		return false;
	*not_after = timegm(&utc);
	return true;
}

static bool context_load(SSL_CTX *context, const struct tls *tls, int64_t *not_after,
			 char why[static 256])
{
	ERR_clear_error();
	if (SSL_CTX_use_certificate_chain_file(context, tls->cert_path) != 1)
		return context_fail(why, tls->cert_path);
	if (SSL_CTX_use_PrivateKey_file(context, tls->key_path, SSL_FILETYPE_PEM) != 1)
		return context_fail(why, tls->key_path);
	if (SSL_CTX_check_private_key(context) != 1)
		return context_fail(why, tls->key_path);
	if (!context_expiry(context, not_after)) {
		snprintf(why, 256, "%s: no date of expiry", tls->cert_path);
		return false;
	}
	return true;
}

static void expiry_text(int64_t not_after, char out[static 32])
{
	time_t at = not_after;
	struct tm utc;

	gmtime_r(&at, &utc);
	strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* Called with the lock, or before there are others.  An expired one is better than none, but not
 * better than the one in use. */
static bool certificate_read(struct tls *tls, char why[static 256])
{
	struct files now = files_now(tls);
	SSL_CTX *context = context_new();
	int64_t not_after = 0;
	char text[32];
	bool done;

	tls->read = tls->seen = now;
	if (!context) {
		snprintf(why, 256, "no memory");
		return false;
	}
	done = context_load(context, tls, &not_after, why);
	if (done)
		expiry_text(not_after, text);
	if (done && not_after <= time(NULL)) {
		snprintf(why, 256, "%s: expired on %s", tls->cert_path, text);
		done = !tls->context;
		if (done)
			log_warn("the certificate has expired", "file", tls->cert_path, "not_after",
				 text, NULL);
	}
	if (!done) {
		SSL_CTX_free(context);
		return false;
	}
	SSL_CTX_free(tls->context);
	tls->context = context;
	tls->state.not_after = not_after;
	tls->state.taken++;
	log_info("certificate read", "file", tls->cert_path, "not_after", text, NULL);
	return true;
}

static void certificate_replace(struct tls *tls)
{
	char why[256];

	if (certificate_read(tls, why))
		return;
	tls->state.refused++;
	log_error("the new certificate cannot be used; the old one stays", "error", why, NULL);
}

/* --- What others ask ------------------------------------------------------------------------- */

struct tls *tls_open(const char *cert_path, const char *key_path, char why[static 256])
{
	struct tls *tls = calloc(1, sizeof(*tls));

	if (!tls) {
		snprintf(why, 256, "no memory");
		return NULL;
	}
	tls->cert_path = cert_path;
	tls->key_path = key_path;
	pthread_mutex_init(&tls->lock, NULL);
	if (!certificate_read(tls, why)) {
		tls_close(tls);
		return NULL;
	}
	return tls;
}

void tls_close(struct tls *tls)
{
	SSL_CTX_free(tls->context);
	pthread_mutex_destroy(&tls->lock);
	free(tls);
}

void tls_reload(struct tls *tls)
{
	pthread_mutex_lock(&tls->lock);
	certificate_replace(tls);
	pthread_mutex_unlock(&tls->lock);
}

void tls_look(struct tls *tls)
{
	struct files now = files_now(tls);

	pthread_mutex_lock(&tls->lock);
	/* A certificate and its key are two files: while they are still being replaced, wait. */
	if (!files_same(&now, &tls->read) && files_same(&now, &tls->seen))
		certificate_replace(tls);
	tls->seen = now;
	pthread_mutex_unlock(&tls->lock);
}

SSL *tls_new(struct tls *tls)
{
	SSL *ssl;

	pthread_mutex_lock(&tls->lock);
	ssl = SSL_new(tls->context);
	pthread_mutex_unlock(&tls->lock);
	return ssl;
}

void tls_count(struct tls *tls, struct tls_state *out)
{
	pthread_mutex_lock(&tls->lock);
	*out = tls->state;
	pthread_mutex_unlock(&tls->lock);
}
