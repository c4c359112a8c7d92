#pragma once
/* The accounts, tokens and keys of personnel as the gateway knows them: put from lists and events,
 * looked up at each request, from any thread. */

#include <stdbool.h>
#include <stdint.h>

#include "gateway/caller.h"
#include "gateway/event_head.h"

#define SECRET_SIZE 32

struct book;

enum book_list { BOOK_ACCOUNTS, BOOK_TOKENS, BOOK_KEYS, BOOK_N_LISTS };

/* NULL: no memory. */
struct book *book_open(void);
void book_close(struct book *);

/* Forget all. */
void book_clear(struct book *);

/* The records that an event of personnel carries, found by its type and body. */
enum book_found {
	BOOK_NOTHING, /* none that we keep */
	BOOK_KEPT,
	BOOK_UNREADABLE, /* it may carry some, which are to be read from the lists then */
};
enum book_found book_event(struct book *, const struct event_head *);

/* The method that lists them, and its request for the page after a token of at most 512 bytes ("" the
 * first), packed into to.  The size. */
const char *book_method(enum book_list);
size_t book_ask(enum book_list, const char *page_token, uint8_t to[static 600]);

/* A page of them.  page_token becomes that of the next page, "" after the last.  false: it is not
 * of its type. */
bool book_page(struct book *, enum book_list, const ProtobufCBinaryData *,
	       char page_token[static 513]);

/* Who holds the token of that hash, or the key: an active account, and a token not over by today
 * ("2022-07-31").  false: nobody. */
bool book_token(struct book *, const uint8_t hash[static SECRET_SIZE], const char *today,
		struct caller *);
bool book_key(struct book *, const uint8_t key[static SECRET_SIZE], struct caller *);
