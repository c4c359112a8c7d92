#pragma once
/* What the headers of a Connect request say, read strictly. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "gateway/bytes.h"
#include "gateway/caller.h"
#include "gateway/http.h"
#include "shegong/engine/v1/envelope.pb-c.h"

/* What the gateway itself refuses. */
enum connect_refusal {
	CONNECT_FINE,
	CONNECT_NO_METHOD,
	CONNECT_NO_SERVICE,
	CONNECT_WRONG_VERB,
	CONNECT_WRONG_CODEC,
	CONNECT_COMPRESSED,
	CONNECT_STREAMING,
	CONNECT_BAD_VERSION,
	CONNECT_BAD_TIMEOUT,
	CONNECT_BAD_ID,
	CONNECT_BAD_AFTER,
	CONNECT_BAD_QUERY,
	CONNECT_BAD_MESSAGE, /* told with the place and the sentence of its fault */
	CONNECT_FIELD_TWICE,
	CONNECT_NO_PRINCIPAL,
	CONNECT_BAD_PRINCIPAL,
	CONNECT_PRINCIPAL_NAMED,
	CONNECT_NO_TOKEN,
	CONNECT_BAD_TOKEN,
	CONNECT_OTHER_ORIGIN,
	CONNECT_NOT_KEPT,
	CONNECT_NOBODY_KNOWN,
	CONNECT_TOO_OFTEN,
	CONNECT_TOO_MANY,
	CONNECT_BAD_REPLY,
	CONNECT_NO_MEMORY,
	CONNECT_N_REFUSALS
};

struct connect_row {
	int status; /* 0: the code's own */
	Engine__Code code;
	const char *reason, *en, *zh;
};
extern const struct connect_row connect_rows[CONNECT_N_REFUSALS];

struct connect_head {
	struct caller caller;
	uint32_t deadline_ms; /* 0: not given */
	char id[65];	      /* empty: not given */
	char traceparent[56];
	bool defaults;
};

/* Read the headers that every method shares, but for the principal: gateway/access.h knows it. */
enum connect_refusal connect_head_read(const struct http_request *, struct connect_head *);

/* True where Accept-Language likes English better than Chinese. */
bool connect_english(const struct http_request *);

/* The codec of a POST by its Content-Type. */
enum connect_codec { CODEC_NONE, CODEC_JSON, CODEC_PROTO };
enum connect_codec connect_codec(struct http_text content_type);

/* Append a part of a query with its %XX and + decoded.  false: malformed, or no room. */
bool connect_decode(struct http_text, struct bytes *);

/* The query of a GET.  message is appended, decoded, to *message. */
enum connect_refusal connect_query(struct http_text query, enum connect_codec *,
				   struct bytes *message);
