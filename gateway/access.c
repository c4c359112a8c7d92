/* From what somebody shows to who he is.
 *
 * Three threads meet here.  The feed's puts each event of personnel into the book.  A thread of our
 * own reads the lists once, and again where personnel shows another history; the feed has begun by
 * then, so that nothing falls between the lists and the events.  The loops look up. */
#include "gateway/access.h"

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <sodium.h>

#include "base/day.h"
#include "engine/log.h"
#include "gateway/access_book.h"
#include "gateway/connect.h"
#include "gateway/rates.h"
#include "gateway/refusal.h"
#include "gateway/token.h"

#define PERSONNEL    "personnel"
#define COOKIE	     "shegong-session"
#define KEPT	     "shegong-kept"
#define SESSION_PATH "/v1/session"
#define JSON_HEADERS "Content-Type: application/json\r\nCache-Control: no-store\r\n"

enum {
	ASK_MS = 2000,
	AGAIN_MS = 200,
	SESSIONS_MAX = 8192,
	SESSIONS_EACH = 32,
	SESSION_DIGITS = 43
};
enum { KEPT_S = 400 * 24 * 3600 }; /* as long as browsers keep a cookie at most */

/* A browser's: the cookie is 32 random bytes, here is their hash. */
struct session {
	uint8_t id[32], token[TOKEN_HASH];
	char account_id[65];
	int64_t until_ms; /* monotonic; 0: free */
};

struct access {
	struct access_settings settings;
	void *zmq;
	const struct lines_services *services;
	struct book *book;
	struct rates *rates;
	pthread_t thread;
	bool started;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool wanted, stopping; /* the lists are to be read; the thread is to end */
	bool loaded, virtual_clock;
	int64_t lost_ms;	  /* since when personnel does not answer, monotonic; 0: it does */
	char date[DAY_TEXT_SIZE]; /* the business date of personnel */
	struct session *sessions;

	_Atomic uint64_t generation;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- Personnel ---------------------------------------------------------------------------------- */

static void want_lists(struct access *access)
{
	access->loaded = false;
	access->wanted = true;
	pthread_cond_signal(&access->changed);
}

static void on_feed(const struct feed_notice *notice, void *arg)
{
	struct access *access = arg;
	enum book_found found = BOOK_NOTHING;
	struct event_head head = { 0 };

	if (notice->kind == FEED_EVENT && event_head_read(notice->event, &head))
		found = book_event(access->book, &head);
	if (found == BOOK_KEPT)
		atomic_fetch_add(&access->generation, 1);
	pthread_mutex_lock(&access->lock);
	switch (notice->kind) {
	case FEED_EVENT:
		snprintf(access->date, sizeof(access->date), "%.*s", (int)head.date.len,
			 (const char *)head.date.data);
		/* Perhaps somebody was suspended: nobody is known until the lists have been read. */
		if (found == BOOK_UNREADABLE)
			want_lists(access);
		break;
	case FEED_REWOUND:
		book_clear(access->book);
		want_lists(access);
		access->lost_ms = 0;
		atomic_fetch_add(&access->generation, 1);
		break;
	case FEED_BEGINS:
		want_lists(access);
		access->lost_ms = 0;
		break;
	case FEED_LOST:
		if (!access->lost_ms)
			access->lost_ms = now_ms();
		break;
	case FEED_FOUND:
	case FEED_PASSED:
		access->lost_ms = 0;
		break;
	}
	pthread_mutex_unlock(&access->lock);
}

struct asked {
	bool done;
	ProtobufCBinaryData body; /* owned */
};

static void on_answer(const Engine__Reply *reply, void *arg)
{
	struct asked *asked = arg;

	if (reply->code != ENGINE__CODE__CODE_UNSPECIFIED)
		return;
	asked->body.data = malloc(reply->body.len + 1);
	if (!asked->body.data)
		return;
	if (reply->body.len)
		memcpy(asked->body.data, reply->body.data, reply->body.len);
	asked->body.len = reply->body.len;
	asked->done = true;
}

static struct asked ask(struct call *line, const char *method, uint8_t *body, size_t size)
{
	Engine__Principal gateway = ENGINE__PRINCIPAL__INIT;
	Engine__Request request = ENGINE__REQUEST__INIT;
	struct asked asked = { 0 };

	gateway.account_id = gateway.person_id = "gateway";
	gateway.role = ENGINE__ROLE__ROLE_SERVICE;
	request.method = method;
	request.principal = &gateway;
	request.body = (ProtobufCBinaryData){ size, body };
	request.deadline_ms = ASK_MS;
	if (call_send(line, &request, on_answer, &asked))
		call_wait(line);
	return asked;
}

static bool read_status(struct access *access, struct call *line)
{
	struct asked asked = ask(line, "shegong.engine.v1.EngineService/Status", NULL, 0);
	Engine__StatusResponse *status =
		asked.done ? engine__status_response__unpack(NULL, asked.body.len, asked.body.data)
			   : NULL;

	free(asked.body.data);
	if (!status)
		return false;
	pthread_mutex_lock(&access->lock);
	access->virtual_clock = status->virtual_clock;
	snprintf(access->date, sizeof(access->date), "%s", status->date);
	pthread_mutex_unlock(&access->lock);
	engine__status_response__free_unpacked(status, NULL);
	return true;
}

static bool read_list(struct access *access, struct call *line, enum book_list list)
{
	char page_token[513] = "";
	bool read;

	do {
		uint8_t body[600];
		struct asked asked =
			ask(line, book_method(list), body, book_ask(list, page_token, body));

		read = asked.done && book_page(access->book, list, &asked.body, page_token);
		free(asked.body.data);
	} while (read && *page_token);
	return read;
}

static bool read_all(struct access *access, struct call *line)
{
	bool read = read_status(access, line);

	for (int list = 0; list < BOOK_N_LISTS && read; list++)
		read = read_list(access, line, (enum book_list)list);
	return read;
}

static void wait_a_moment(struct access *access)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += AGAIN_MS * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	pthread_cond_timedwait(&access->changed, &access->lock, &until);
}

static void *run(void *arg)
{
	struct access *access = arg;
	struct call *line = call_open_peer(access->zmq, PERSONNEL, &access->services->peers);

	pthread_mutex_lock(&access->lock);
	while (!access->stopping) {
		bool read;

		if (!access->wanted) {
			pthread_cond_wait(&access->changed, &access->lock);
			continue;
		}
		access->wanted = false;
		pthread_mutex_unlock(&access->lock);
		read = line && read_all(access, line);
		pthread_mutex_lock(&access->lock);
		if (!read)
			access->wanted = true;
		/* Where it was asked for again meanwhile, what was read may be of the old history. */
		if (!access->wanted) {
			access->loaded = true;
			atomic_fetch_add(&access->generation, 1);
			log_info("accounts are known", "date", access->date, NULL);
		} else if (!access->stopping) {
			wait_a_moment(access);
		}
	}
	pthread_mutex_unlock(&access->lock);
	if (line)
		call_close(line);
	return NULL;
}

/* The date on which a token must not be over: the business date where the clock is virtual, else
 * our own, because there may be nobody to tell of midnight.  false: nobody is known. */
static bool today(struct access *access, char date[static DAY_TEXT_SIZE], const char **because)
{
	struct timespec t;
	bool known;

	pthread_mutex_lock(&access->lock);
	*because = !access->loaded ? "accounts not read yet" : "accounts out of reach for long";
	known = access->loaded &&
		(!access->lost_ms ||
		 now_ms() - access->lost_ms <= (int64_t)access->settings.stale_s * 1000);
	if (access->virtual_clock) {
		memcpy(date, access->date, DAY_TEXT_SIZE);
	} else {
		clock_gettime(CLOCK_REALTIME, &t);
		day_write(day_of_instant((int64_t)t.tv_sec * 1000000), date);
	}
	pthread_mutex_unlock(&access->lock);
	return known;
}

bool access_ready(struct access *access, const char **because)
{
	char date[DAY_TEXT_SIZE];

	return access->settings.principals || today(access, date, because);
}

/* --- Sessions ----------------------------------------------------------------------------------- */

static bool same(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

static bool cookie_find(const struct http_request *request, const char *of, struct http_text *value)
{
	struct http_text list = http_field(request, "cookie", NULL), item, name;

	while (caller_item(&list, ';', &item)) {
		if (caller_pair(item, &name, value) && same(name, of))
			return true;
	}
	return false;
}

static bool cookie_read(const struct http_request *request, uint8_t id[static 32])
{
	struct http_text value;
	uint8_t random[32];
	size_t size;

	if (!cookie_find(request, COOKIE, &value) ||
	    sodium_base642bin(random, sizeof(random), value.data, value.len, NULL, &size, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    size != sizeof(random))
		return false;
	crypto_hash_sha256(id, random, sizeof(random));
	return true;
}

/* Called with the lock held. */
static struct session *session_found(struct access *access, const uint8_t id[static 32])
{
	int64_t now = now_ms();

	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		struct session *s = &access->sessions[i];

		if (s->until_ms > now && sodium_memcmp(s->id, id, 32) == 0)
			return s;
	}
	return NULL;
}

static bool session_token(struct access *access, const uint8_t id[static 32],
			  uint8_t token[static TOKEN_HASH])
{
	const struct session *found;

	pthread_mutex_lock(&access->lock);
	found = session_found(access, id);
	if (found)
		memcpy(token, found->token, TOKEN_HASH);
	pthread_mutex_unlock(&access->lock);
	return found != NULL;
}

/* The place that is free, or the one that would be free first; of an account that has as many as one
 * may have, its own: nobody begins sessions until all others have lost theirs.  Called with the lock
 * held. */
static struct session *place_for(struct access *access, const char *account_id)
{
	struct session *place = access->sessions, *own = NULL;
	int64_t now = now_ms();
	size_t n_own = 0;

	for (size_t i = 0; i < SESSIONS_MAX; i++) {
		struct session *s = &access->sessions[i];

		if (s->until_ms < place->until_ms)
			place = s;
		if (s->until_ms <= now || strcmp(s->account_id, account_id) != 0)
			continue;
		n_own++;
		if (!own || s->until_ms < own->until_ms)
			own = s;
	}
	return n_own < SESSIONS_EACH ? place : own;
}

static void session_make(struct access *access, const char *account_id,
			 const uint8_t token[static TOKEN_HASH],
			 char cookie[static SESSION_DIGITS + 1])
{
	uint8_t random[32];
	struct session *place;

	randombytes_buf(random, sizeof(random));
	sodium_bin2base64(cookie, SESSION_DIGITS + 1, random, sizeof(random),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	pthread_mutex_lock(&access->lock);
	place = place_for(access, account_id);
	snprintf(place->account_id, sizeof(place->account_id), "%s", account_id);
	crypto_hash_sha256(place->id, random, sizeof(random));
	memcpy(place->token, token, TOKEN_HASH);
	place->until_ms = now_ms() + (int64_t)access->settings.session_s * 1000;
	pthread_mutex_unlock(&access->lock);
}

static void session_end(struct access *access, const uint8_t id[static 32])
{
	struct session *found;

	pthread_mutex_lock(&access->lock);
	found = session_found(access, id);
	if (found)
		found->until_ms = 0;
	pthread_mutex_unlock(&access->lock);
	atomic_fetch_add(&access->generation, 1);
}

/* --- Who asks ----------------------------------------------------------------------------------- */

static unsigned seconds(unsigned ms)
{
	return ms / 1000 + (ms % 1000 != 0);
}

/* A network of IPv6 is given out by its first half. */
static size_t address_of(const struct http_request *request, uint8_t address[static 16])
{
	const struct in6_addr *ip = http_client(request);

	memcpy(address, ip, 16);
	return IN6_IS_ADDR_V4MAPPED(ip) ? 16 : 8;
}

static bool address_may(struct access *access, const struct http_request *request, unsigned *wait_s)
{
	const unsigned n = access->settings.per_address;
	const struct rate rate = { .kind = 'a', .n = n, .per_ms = 1000, .at_once = 2 * n };
	uint8_t address[16];
	size_t size = address_of(request, address);

	*wait_s = seconds(rates_take(access->rates, &rate, address, size));
	return *wait_s == 0;
}

static bool account_may(struct access *access, const struct caller *caller, unsigned *wait_s)
{
	const unsigned n = access->settings.per_account;
	const struct rate rate = { .kind = 'o', .n = n, .per_ms = 1000, .at_once = 2 * n };
	const char *account = caller->principal.account_id;

	*wait_s = seconds(rates_take(access->rates, &rate, account, strlen(account)));
	return *wait_s == 0;
}

/* What was shown is not known.  Nobody guesses 256 bits; this keeps the noise down, and does not
 * shut out those who share the address and have a good token. */
static enum connect_refusal failed(struct access *access, const struct http_request *request,
				   unsigned *wait_s)
{
	const unsigned n = access->settings.failures;
	const struct rate rate = { .kind = 'f', .n = n, .per_ms = 60000, .at_once = n };
	uint8_t address[16];
	size_t size = address_of(request, address);

	*wait_s = seconds(rates_take(access->rates, &rate, address, size));
	return *wait_s ? CONNECT_TOO_OFTEN : CONNECT_BAD_TOKEN;
}

/* A browser says itself where a request comes from; one that does not names the origin, which is to
 * be the host that was asked. */
static bool from_our_page(const struct http_request *request)
{
	struct http_text site = http_field(request, "sec-fetch-site", NULL);
	struct http_text origin = http_field(request, "origin", NULL);
	struct http_text host = http_field(request, "host", NULL);
	const char *at;

	if (site.data)
		return site.len == 11 && memcmp(site.data, "same-origin", 11) == 0;
	if (!origin.data || !host.data)
		return false;
	at = memmem(origin.data, origin.len, "://", 3);
	return at && (size_t)(origin.data + origin.len - at - 3) == host.len &&
	       strncasecmp(at + 3, host.data, host.len) == 0;
}

static enum connect_refusal proof_read(struct access *access, const struct http_request *request,
				       bool changes, struct access_proof *proof, unsigned *wait_s)
{
	bool twice = false;
	struct http_text bearer = http_field(request, "authorization", &twice);

	if (twice)
		return CONNECT_FIELD_TWICE;
	if (bearer.data) {
		proof->kind = PROOF_TOKEN;
		return bearer.len > 7 && strncasecmp(bearer.data, "Bearer ", 7) == 0 &&
				       token_hash(bearer.data + 7, bearer.len - 7, proof->secret)
			       ? CONNECT_FINE
			       : failed(access, request, wait_s);
	}
	proof->kind = PROOF_SESSION;
	if (!cookie_read(request, proof->secret))
		return CONNECT_NO_TOKEN;
	return changes && !from_our_page(request) ? CONNECT_OTHER_ORIGIN : CONNECT_FINE;
}

bool access_again(struct access *access, const struct access_proof *proof, struct caller *caller)
{
	uint8_t token[TOKEN_HASH];
	char date[DAY_TEXT_SIZE];
	const char *because;

	if (proof->kind == PROOF_NONE || !today(access, date, &because))
		return false;
	if (proof->kind == PROOF_KEY)
		return book_key(access->book, proof->secret, caller);
	if (proof->kind == PROOF_TOKEN)
		return book_token(access->book, proof->secret, date, caller);
	return session_token(access, proof->secret, token) &&
	       book_token(access->book, token, date, caller);
}

static enum connect_refusal who_by_header(const struct http_request *request, struct caller *caller)
{
	bool twice = false;
	struct http_text named = http_field(request, "shegong-principal", &twice);

	if (twice)
		return CONNECT_FIELD_TWICE;
	if (!named.data)
		return CONNECT_NO_PRINCIPAL;
	return caller_principal(named, caller) ? CONNECT_FINE : CONNECT_BAD_PRINCIPAL;
}

enum connect_refusal access_who(struct access *access, const struct http_request *request,
				bool changes, struct caller *caller, struct access_proof *proof,
				unsigned *wait_s)
{
	struct access_proof shown = { 0 };
	enum connect_refusal refusal;
	const char *because;

	*wait_s = 0;
	if (proof)
		proof->kind = PROOF_NONE;
	if (access->settings.principals)
		return who_by_header(request, caller);
	if (!address_may(access, request, wait_s))
		return CONNECT_TOO_OFTEN;
	if (http_field(request, "shegong-principal", NULL).data)
		return CONNECT_PRINCIPAL_NAMED;
	refusal = proof_read(access, request, changes, &shown, wait_s);
	if (refusal != CONNECT_FINE)
		return refusal;
	if (!access_ready(access, &because)) {
		*wait_s = 1;
		return CONNECT_NOBODY_KNOWN;
	}
	if (!access_again(access, &shown, caller))
		return failed(access, request, wait_s);
	if (!account_may(access, caller, wait_s))
		return CONNECT_TOO_OFTEN;
	if (proof)
		*proof = shown;
	return CONNECT_FINE;
}

bool access_address(struct access *access, const struct http_request *request, unsigned *wait_s)
{
	*wait_s = 0;
	return access->settings.principals || address_may(access, request, wait_s);
}

bool access_key(struct access *access, const uint8_t key[static 32], struct caller *caller)
{
	struct access_proof proof = { .kind = PROOF_KEY };

	memcpy(proof.secret, key, sizeof(proof.secret));
	return access_again(access, &proof, caller);
}

uint64_t access_generation(struct access *access)
{
	return atomic_load(&access->generation);
}

/* --- /v1/session --------------------------------------------------------------------------------
 *
 * A screen on a wall has nobody who would sign in again.  Who asks for it (?keep=true) gets a second
 * cookie, which holds the token itself, goes to this address alone and is read by no script; for it a
 * page of ours gets a new session when the last one has ended, as after a restart of the gateway.  It
 * is worth what the token is worth: revoked or expired it lets nobody in.  Only the dashboard's office,
 * which can change nothing, may leave its token standing like that. */

/* A token that the browser has kept. */
static enum connect_refusal who_kept(struct access *access, const struct http_request *request,
				     struct caller *caller, struct access_proof *proof,
				     unsigned *wait_s)
{
	struct http_text kept;
	const char *because;

	*wait_s = 0;
	if (!address_may(access, request, wait_s))
		return CONNECT_TOO_OFTEN;
	if (!cookie_find(request, KEPT, &kept))
		return CONNECT_NO_TOKEN;
	if (!from_our_page(request))
		return CONNECT_OTHER_ORIGIN;
	if (!access_ready(access, &because)) {
		*wait_s = 1;
		return CONNECT_NOBODY_KNOWN;
	}
	proof->kind = PROOF_TOKEN;
	if (!token_hash(kept.data, kept.len, proof->secret) || !access_again(access, proof, caller))
		return failed(access, request, wait_s);
	return CONNECT_FINE;
}

static void say_who(struct http_request *request, const Engine__Principal *who, const char *headers)
{
	const ProtobufCEnumValue *role =
		protobuf_c_enum_descriptor_get_value(&engine__role__descriptor, (int)who->role);
	const struct {
		const char *key, *value;
	} rows[] = {
		{ "{\"accountId\":", who->account_id },	  { ",\"personId\":", who->person_id },
		{ ",\"role\":", role ? role->name : "" }, { ",\"regionCode\":", who->region_code },
		{ ",\"agencyId\":", who->agency_id },
	};
	struct bytes json = { 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bytes_add_text(&json, rows[i].key);
		refusal_string(&json, rows[i].value);
	}
	bytes_add_text(&json, "}\n");
	http_reply(request, 200, headers, json.data, json.len);
	bytes_free(&json);
}

static void cookie_write(const struct http_request *request, struct bytes *headers,
			 const char *name, struct http_text value, const char *path, unsigned age_s)
{
	char line[256];

	snprintf(line, sizeof(line),
		 "Set-Cookie: %s=%.*s; Path=%s; Max-Age=%u; HttpOnly; SameSite=Strict%s\r\n", name,
		 (int)value.len, value.data, path, age_s, http_secure(request) ? "; Secure" : "");
	bytes_add_text(headers, line);
}

static void session_begin(struct access *access, const struct http_request *request,
			  const struct access_proof *proof, const char *account_id,
			  const char *kept, struct bytes *headers)
{
	char cookie[SESSION_DIGITS + 1];

	session_make(access, account_id, proof->secret, cookie);
	cookie_write(request, headers, COOKIE, (struct http_text){ cookie, SESSION_DIGITS }, "/",
		     access->settings.session_s);
	if (kept)
		cookie_write(request, headers, KEPT, (struct http_text){ kept, TOKEN_SIZE - 1 },
			     SESSION_PATH, KEPT_S);
}

static void session_forget(struct access *access, const struct http_request *request,
			   const struct access_proof *proof, struct bytes *headers)
{
	if (proof->kind == PROOF_SESSION)
		session_end(access, proof->secret);
	cookie_write(request, headers, COOKIE, (struct http_text){ "", 0 }, "/", 0);
	cookie_write(request, headers, KEPT, (struct http_text){ "", 0 }, SESSION_PATH, 0);
}

void access_session(struct access *access, struct connect *connect, struct http_request *request)
{
	static const char not_so[] = "{\"code\":\"unimplemented\",\"message\":\"仅支持 POST、GET、"
				     "DELETE / POST, GET and DELETE are answered here.\"}";
	bool begin = same(request->method, "POST"), end = same(request->method, "DELETE");
	bool keep = begin && same(request->query, "keep=true");
	struct http_text bearer = http_field(request, "authorization", NULL);
	struct bytes headers = { 0 };
	struct access_proof proof;
	struct caller caller;
	enum connect_refusal refusal;
	unsigned wait_s;

	if (!begin && !end && !same(request->method, "GET")) {
		http_reply(request, 405, "Allow: GET, HEAD, POST, DELETE\r\n" JSON_HEADERS, not_so,
			   sizeof(not_so) - 1);
		return;
	}
	caller_init(&caller);
	if (begin && !access->settings.principals && !bearer.data)
		refusal = who_kept(access, request, &caller, &proof, &wait_s);
	else
		refusal = access_who(access, request, begin || end, &caller, &proof, &wait_s);
	/* A session is got for a token, not for another session: it would never end. */
	if (refusal == CONNECT_FINE && begin && proof.kind != PROOF_TOKEN)
		refusal = CONNECT_NO_TOKEN;
	if (refusal == CONNECT_FINE && keep &&
	    (!bearer.data || caller.principal.role != ENGINE__ROLE__ROLE_DASHBOARD))
		refusal = CONNECT_NOT_KEPT;
	if (refusal != CONNECT_FINE) {
		connect_refuse(connect, request, refusal, wait_s);
		return;
	}
	bytes_add_text(&headers, JSON_HEADERS);
	if (begin)
		session_begin(access, request, &proof, caller.principal.account_id,
			      keep ? bearer.data + 7 : NULL, &headers);
	else if (end)
		session_forget(access, request, &proof, &headers);
	bytes_add_byte(&headers, 0);
	say_who(request, &caller.principal, (const char *)headers.data);
	sodium_memzero(headers.data, headers.len);
	bytes_free(&headers);
}

/* --- Opening and closing ------------------------------------------------------------------------ */

static bool parts_open(struct access *access)
{
	pthread_condattr_t attributes;

	pthread_mutex_init(&access->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&access->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	access->book = book_open();
	access->rates = rates_open();
	access->sessions = calloc(SESSIONS_MAX, sizeof(*access->sessions));
	return sodium_init() >= 0 && access->book && access->rates && access->sessions;
}

struct access *access_open(const struct access_settings *settings, void *zmq,
			   const struct lines_services *services, struct feed *feed)
{
	struct access *access = calloc(1, sizeof(*access));

	if (!access)
		return NULL;
	access->settings = *settings;
	access->zmq = zmq;
	access->services = services;
	if (!parts_open(access)) {
		access_close(access);
		errno = ENOMEM;
		return NULL;
	}
	/* Where personnel is none of the services, nobody is ever known. */
	if (!settings->principals && lines_find(services, PERSONNEL, strlen(PERSONNEL)) >= 0 &&
	    !feed_subscribe(feed, PERSONNEL, on_feed, NULL, access)) {
		access_close(access);
		errno = ENOBUFS;
		return NULL;
	}
	return access;
}

int access_start(struct access *access)
{
	int error = 0;

	if (!access->settings.principals)
		error = pthread_create(&access->thread, NULL, run, access);
	access->started = !access->settings.principals && !error;
	return error;
}

void access_close(struct access *access)
{
	if (access->started) {
		pthread_mutex_lock(&access->lock);
		access->stopping = true;
		pthread_cond_signal(&access->changed);
		pthread_mutex_unlock(&access->lock);
		pthread_join(access->thread, NULL);
	}
	book_close(access->book);
	rates_close(access->rates);
	free(access->sessions);
	pthread_cond_destroy(&access->changed);
	pthread_mutex_destroy(&access->lock);
	free(access);
}
