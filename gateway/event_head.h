#pragma once
/* What an event says of itself before all else, read from its stored bytes without unpacking it: most
 * events are handed on to nobody who wants to know more. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shegong/engine/v1/journal.pb-c.h"

struct event_head {
	uint64_t sequence;
	/* Within the event's bytes. */
	ProtobufCBinaryData date, type, body;
};

/* The fields up to the body, which stand first, as they are stored.  false: it is no event. */
bool event_head_read(const ProtobufCBinaryData *event, struct event_head *);
