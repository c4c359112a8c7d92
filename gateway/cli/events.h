#pragma once
/* What shegong events is asked for; and its second way to it, over the gateway. */

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FILTERS_MAX = 32 };

struct wanted {
	const char *from, *as;
	const char *gateway, *token, *ca, *cursor; /* over HTTP; "" where it is not */
	bool json, once;
	struct filter {
		char kind; /* 't', 's', 'u' or 'r' */
		const char *begins;
	} filters[FILTERS_MAX];
	size_t n_filters;
};

/* Say that a service's journal is another one now, and that we go on behind that event of it; with
 * json also as a line among the events, {"reset":...}. */
void events_reset_say(const char *source, uint64_t sequence, bool json);

/* Tell what comes on the gateway's stream until a signal sets *ended, through everything that breaks
 * the connection.  Where a cursor file is named it says, after what was printed, where to go on.
 * CLI_OTHER_JOURNAL where a journal has turned into another one meanwhile. */
int events_over_http(const struct wanted *, const volatile sig_atomic_t *ended);
