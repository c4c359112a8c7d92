#pragma once
/* Tables as RFC 4180 has them: commas, quoted cells with "" for a quote and with line breaks. */

#include <stdbool.h>
#include <stddef.h>

#include "gateway/bytes.h"

struct csv {
	const char *at, *end;
	unsigned line;	      /* of the next row, from 1 */
	struct bytes text;    /* the row's cells, each with a NUL */
	const char **cells;   /* of the row last read */
	size_t n_cells, room; /* room is for how many cells there is memory */
};

/* Begin with a text that outlives the reading.  A byte order mark is passed over. */
void csv_open(struct csv *, const char *text, size_t len);
void csv_close(struct csv *);

/* Read the next row into cells; empty lines are passed over.  *line is where it begins.
 * 1: a row; 0: the end; -1: a quoted cell has no end, or goes on after its quote. */
int csv_next(struct csv *, unsigned *line);

/* Append a cell, quoted where it must be. */
bool csv_write(struct bytes *, const char *cell);
