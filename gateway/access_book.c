/* The only file of the gateway that knows messages of a service.  A record replaces what is there
 * where its revision is higher, so that a list and the events around it may come in any order. */
#include "gateway/access_book.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <zmq.h>

#include "base/field.h"
#include "shegong/personnel/v1/personnel.pb-c.h"

#define ID_SIZE	    65
#define REGION_SIZE 13
#define METHOD	    "shegong.personnel.v1.PersonnelService/"

enum { BUCKETS = 4096 };

struct holder {
	struct holder *next;
	char account_id[ID_SIZE], person_id[ID_SIZE], region_code[REGION_SIZE], agency_id[ID_SIZE];
	Engine__Role role;
	bool active;
	uint64_t revision;
};

enum secret_kind { TOKEN, KEY };

struct secret {
	struct secret *next;
	enum secret_kind kind;
	uint8_t secret[SECRET_SIZE];
	char account_id[ID_SIZE], valid_until[11];
	bool active;
	uint64_t revision;
};

struct book {
	pthread_rwlock_t lock;
	struct holder *holders[BUCKETS];
	struct secret *secrets[BUCKETS];
};

struct book *book_open(void)
{
	struct book *book = calloc(1, sizeof(*book));

	if (book)
		pthread_rwlock_init(&book->lock, NULL);
	return book;
}

void book_clear(struct book *book)
{
	pthread_rwlock_wrlock(&book->lock);
	for (size_t i = 0; i < BUCKETS; i++) {
		for (struct holder *h; (h = book->holders[i]);) {
			book->holders[i] = h->next;
			free(h);
		}
		for (struct secret *s; (s = book->secrets[i]);) {
			book->secrets[i] = s->next;
			free(s);
		}
	}
	pthread_rwlock_unlock(&book->lock);
}

void book_close(struct book *book)
{
	if (!book)
		return;
	book_clear(book);
	pthread_rwlock_destroy(&book->lock);
	free(book);
}

/* --- Finding ------------------------------------------------------------------------------------ */

static struct holder **holder_at(struct book *book, const char *account_id)
{
	uint32_t hash = 2166136261u; /* FNV-1a */
	struct holder **at;

	for (const char *c = account_id; *c; c++)
		hash = (hash ^ (uint8_t)*c) * 16777619u;
	at = &book->holders[hash % BUCKETS];
	while (*at && strcmp((*at)->account_id, account_id) != 0)
		at = &(*at)->next;
	return at;
}

/* Where it is, or where it would go.  Which chain it is follows from a hash that nobody chooses; the
 * rest is compared in a time that says nothing. */
static struct secret **secret_at(struct book *book, enum secret_kind kind,
				 const uint8_t secret[static SECRET_SIZE])
{
	struct secret **at = &book->secrets[(secret[0] << 8 | secret[1]) % BUCKETS];

	while (*at &&
	       ((*at)->kind != kind || sodium_memcmp((*at)->secret, secret, SECRET_SIZE) != 0))
		at = &(*at)->next;
	return at;
}

static bool find(struct book *book, enum secret_kind kind, const uint8_t secret[static SECRET_SIZE],
		 const char *today, struct caller *caller)
{
	const struct secret *of;
	const struct holder *holder = NULL;
	bool found = false;

	pthread_rwlock_rdlock(&book->lock);
	of = *secret_at(book, kind, secret);
	if (of && of->active && (!today || strcmp(today, of->valid_until) <= 0))
		holder = *holder_at(book, of->account_id);
	if (holder && holder->active)
		found = caller_office(caller, holder->account_id, holder->person_id, holder->role,
				      holder->region_code, holder->agency_id);
	pthread_rwlock_unlock(&book->lock);
	return found;
}

bool book_token(struct book *book, const uint8_t hash[static SECRET_SIZE], const char *today,
		struct caller *caller)
{
	return find(book, TOKEN, hash, today, caller);
}

bool book_key(struct book *book, const uint8_t key[static SECRET_SIZE], struct caller *caller)
{
	return find(book, KEY, key, NULL, caller);
}

/* --- Putting ------------------------------------------------------------------------------------ */

static bool keep(char *to, size_t size, const char *text)
{
	return (size_t)snprintf(to, size, "%s", text) < size;
}

static void put_holder(struct book *book, const Personnel__Account *account)
{
	struct holder **at = holder_at(book, account->account_id), *holder = *at;

	if (holder && holder->revision >= account->revision)
		return;
	if (!holder && !(holder = calloc(1, sizeof(*holder))))
		abort(); /* to forget a suspension would be worse */
	holder->revision = account->revision;
	holder->role = account->role;
	holder->active = keep(holder->account_id, ID_SIZE, account->account_id) &&
			 keep(holder->person_id, ID_SIZE, account->person_id) &&
			 keep(holder->region_code, REGION_SIZE, account->region_code) &&
			 keep(holder->agency_id, ID_SIZE, account->agency_id) &&
			 account->state == PERSONNEL__ACCOUNT_STATE__ACCOUNT_STATE_ACTIVE &&
			 account->role != ENGINE__ROLE__ROLE_SERVICE;
	*at = holder;
}

static void put_secret(struct book *book, const struct secret *new)
{
	struct secret **at = secret_at(book, new->kind, new->secret), *secret = *at;

	if (secret && secret->revision >= new->revision)
		return;
	if (!secret && !(secret = calloc(1, sizeof(*secret))))
		abort();
	struct secret *next = secret->next;

	*secret = *new;
	secret->next = next;
	*at = secret;
}

static void put_token(struct book *book, const Personnel__Token *token)
{
	struct secret new = { .kind = TOKEN, .revision = token->revision };
	size_t size;

	if (sodium_hex2bin(new.secret, SECRET_SIZE, token->secret_hash, strlen(token->secret_hash),
			   "", &size, NULL) != 0 ||
	    size != SECRET_SIZE)
		return;
	new.active = keep(new.account_id, ID_SIZE, token->account_id) &&
		     keep(new.valid_until, sizeof(new.valid_until), token->valid_until) &&
		     token->state == PERSONNEL__CREDENTIAL_STATE__CREDENTIAL_STATE_ACTIVE;
	put_secret(book, &new);
}

static void put_key(struct book *book, const Personnel__AccessKey *key)
{
	struct secret new = { .kind = KEY, .revision = key->revision };

	if (strlen(key->public_key) != 40 || !zmq_z85_decode(new.secret, key->public_key))
		return;
	new.active = keep(new.account_id, ID_SIZE, key->account_id) &&
		     key->state == PERSONNEL__CREDENTIAL_STATE__CREDENTIAL_STATE_ACTIVE;
	put_secret(book, &new);
}

static bool put(struct book *book, const ProtobufCMessage *record)
{
	if (record->descriptor == &personnel__account__descriptor)
		put_holder(book, (const Personnel__Account *)record);
	else if (record->descriptor == &personnel__token__descriptor)
		put_token(book, (const Personnel__Token *)record);
	else if (record->descriptor == &personnel__access_key__descriptor)
		put_key(book, (const Personnel__AccessKey *)record);
	else
		return false;
	return true;
}

/* Every record that the message carries in its fields. */
static bool put_all(struct book *book, const ProtobufCMessage *message)
{
	bool kept = false;

	pthread_rwlock_wrlock(&book->lock);
	for (unsigned f = 0; f < message->descriptor->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &message->descriptor->fields[f];
		const ProtobufCMessage *record;

		for (size_t i = 0; (record = field_message(message, field, i)); i++)
			kept |= put(book, record);
	}
	pthread_rwlock_unlock(&book->lock);
	return kept;
}

enum book_found book_event(struct book *book, const struct event_head *event)
{
	static const char *const types[] = { "administration_", "account_", "office_", "token_",
					     "key_" };
	Personnel__PersonnelEvent *body;
	bool concerns = false, kept = false;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		size_t len = strlen(types[i]);

		concerns |= event->type.len >= len && memcmp(event->type.data, types[i], len) == 0;
	}
	if (!concerns)
		return BOOK_NOTHING;
	body = personnel__personnel_event__unpack(NULL, event->body.len, event->body.data);
	if (!body)
		return BOOK_UNREADABLE;
	/* The members of the oneof share their place: a pointer to the message. */
	if (body->event_case != PERSONNEL__PERSONNEL_EVENT__EVENT__NOT_SET)
		kept = put_all(book, &body->agency_registered->base);
	personnel__personnel_event__free_unpacked(body, NULL);
	return kept ? BOOK_KEPT : BOOK_NOTHING;
}

/* --- Lists -------------------------------------------------------------------------------------- */

static const struct {
	const char *method;
	const ProtobufCMessageDescriptor *page;
} lists[BOOK_N_LISTS] = {
	[BOOK_ACCOUNTS] = { METHOD "ListAccounts", &personnel__list_accounts_response__descriptor },
	[BOOK_TOKENS] = { METHOD "ListTokens", &personnel__list_tokens_response__descriptor },
	[BOOK_KEYS] = { METHOD "ListKeys", &personnel__list_keys_response__descriptor },
};

const char *book_method(enum book_list list)
{
	return lists[list].method;
}

size_t book_ask(enum book_list list, const char *page_token, uint8_t to[static 600])
{
	Personnel__ListAccountsRequest accounts = PERSONNEL__LIST_ACCOUNTS_REQUEST__INIT;
	Personnel__ListTokensRequest tokens = PERSONNEL__LIST_TOKENS_REQUEST__INIT;
	Personnel__ListKeysRequest keys = PERSONNEL__LIST_KEYS_REQUEST__INIT;

	accounts.page_size = tokens.page_size = keys.page_size = 1000;
	accounts.page_token = tokens.page_token = keys.page_token = page_token;
	switch (list) {
	case BOOK_ACCOUNTS:
		return personnel__list_accounts_request__pack(&accounts, to);
	case BOOK_TOKENS:
		return personnel__list_tokens_request__pack(&tokens, to);
	case BOOK_KEYS:
		return personnel__list_keys_request__pack(&keys, to);
	case BOOK_N_LISTS:
		break;
	}
	return 0;
}

bool book_page(struct book *book, enum book_list list, const ProtobufCBinaryData *body,
	       char page_token[static 513])
{
	const ProtobufCMessageDescriptor *type = lists[list].page;
	const ProtobufCFieldDescriptor *next =
		protobuf_c_message_descriptor_get_field_by_name(type, "next_page_token");
	ProtobufCMessage *page = protobuf_c_message_unpack(type, NULL, body->len, body->data);
	const char *token;
	bool read;

	if (!page || !next) {
		if (page)
			protobuf_c_message_free_unpacked(page, NULL);
		return false;
	}
	put_all(book, page);
	memcpy(&token, (const uint8_t *)page + next->offset, sizeof(token));
	read = keep(page_token, 513, token);
	protobuf_c_message_free_unpacked(page, NULL);
	return read;
}
