#pragma once
/* Who asks, under which id, and after what: the texts that name them, read strictly.  The gateway
 * finds them in headers, the command line in its options. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gateway/http.h"
#include "shegong/engine/v1/envelope.pb-c.h"

#define CALLER_AFTER_MAX 16

/* A principal and positions, with the room for their strings: do not copy it. */
struct caller {
	Engine__Principal principal;
	Engine__Position after[CALLER_AFTER_MAX], *after_list[CALLER_AFTER_MAX];
	size_t n_after;
	char strings[1024];
	size_t strings_len;
};

void caller_init(struct caller *);

/* Read "account=zhang;person=p-zhang;role=PROVINCE;region=53;agency=a-1"; region and agency may be
 * left out.  false: it is not like that. */
bool caller_principal(struct http_text, struct caller *);

/* Set the principal; "" where there is no region or agency.  false: no room for the texts. */
bool caller_office(struct caller *, const char *account_id, const char *person_id, Engine__Role,
		   const char *region_code, const char *agency_id);

/* Read "stations=12,personnel=5".  false: it is not like that, or there are too many. */
bool caller_after(struct http_text, struct caller *);

/* True for 1 to 64 of A-Z a-z 0-9 . _ : - */
bool caller_id_valid(const char *id, size_t len);

/* A UUID of version 7: 36 characters and a NUL.  false: no randomness. */
bool caller_id_make(char id[static 37]);

/* Version 00 of W3C Trace Context; anything else is not carried. */
bool caller_traceparent(struct http_text);

/* The next item of a list, without the blanks around it.  false: the list is at its end. */
bool caller_item(struct http_text *rest, char separator, struct http_text *item);

/* Cut "key=value".  false: there is no "=". */
bool caller_pair(struct http_text item, struct http_text *key, struct http_text *value);

/* Read 1 to digits_max decimal digits.  digits_max is at most 19. */
bool caller_number(const char *text, size_t len, size_t digits_max, uint64_t *);
