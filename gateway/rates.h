#pragma once
/* How often something may be done: so many a second, and a burst.  Who has not come for a while is
 * forgotten; there is room for some thousand at a time, so that nobody makes it grow. */

#include <stddef.h>
#include <stdint.h>

struct rates;

/* NULL: no memory. */
struct rates *rates_open(void);
void rates_close(struct rates *);

struct rate {
	char kind;	  /* what is counted apart */
	unsigned n;	  /* as many ... */
	unsigned per_ms;  /* ... in that time; 0 of them: no limit */
	unsigned at_once; /* the burst */
};

/* Count one more of who.  0: it may be; else milliseconds until it may, and it is not counted. */
unsigned rates_take(struct rates *, const struct rate *, const void *who, size_t size);
