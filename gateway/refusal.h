#pragma once
/* Refusals as Connect's error JSON, with the engine's Refused in its details. */

#include <stdbool.h>

#include "gateway/bytes.h"
#include "shegong/engine/v1/envelope.pb-c.h"

/* Connect's word for a code ("failed_precondition"; "ok" for success) and the HTTP status that goes
 * with it.  A number that is none of the codes counts as unknown. */
const char *refusal_word(Engine__Code);
int refusal_status(Engine__Code);

/* Append {"code":…,"message":…,"details":[…]}.  The message is the sentence in English where asked,
 * else in Chinese; where that one is empty, the other.  refused may be NULL: then there is only the
 * code.  false: no room; json is as before. */
bool refusal_json(struct bytes *json, Engine__Code, const Engine__Refused *refused, bool english);

/* Append text as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
bool refusal_string(struct bytes *json, const char *text);
