/* What a service counts, as Prometheus text.  Any thread may count. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "engine/methods.h"

struct metrics;

struct metrics *metrics_open(void);
void metrics_close(struct metrics *);

void metrics_answered(struct metrics *, unsigned method, unsigned code);
void metrics_committed(struct metrics *, uint64_t took_us, unsigned turns);
void metrics_parked(struct metrics *);

/* Gauges that the caller knows at the moment of asking. */
struct gauge {
	const char *name, *help, *label, *value_of_label; /* label NULL: none */
	uint64_t value;
};

/* The text, to be freed; NULL: no memory. */
char *metrics_text(const struct metrics *, const struct methods *, const struct gauge *, size_t n,
		   size_t *size);
