#pragma once
/* An answer as tables that people read: headings, and cells that are text, numbers or money.
 *
 * Each repeated message of an answer is a table of its own, a row for each element; what stands alone
 * is a table of two columns.  Messages within a row are spread over columns, lists within it are one
 * cell. */

#include <jansson.h>

#include "gateway/bytes.h"
#include "gateway/schema.h"

/* How columns and values are called. */
enum naming {
	NAMING_CONTRACT, /* as in the contract: amount_fen, 4000000, PROJECT_STATE_PLANNED */
	NAMING_ZH,	 /* in the catalogue's words; fen are shown as yuan */
	NAMING_EN,
};

enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER,
	CELL_HUNDREDTHS, /* number / 100 is shown: yuan of fen, points of hundredths */
};

struct cell {
	enum cell_kind kind;
	int64_t number;
	char *text; /* of every kind, as it is written into a CSV file */
};

struct grid {
	char *title;
	bool alone; /* two columns, without headings of their own */
	char **headings;
	size_t n_columns;
	struct cell *cells; /* row after row */
	size_t n_rows;
};

struct grids {
	struct grid *of;
	size_t n;
};

/* Add an answer's tables, or, where they are there from a page before, its rows.  The JSON is that of
 * wire_to_json with JSON_DEFAULTS. */
void grids_add(struct grids *, const struct schema_message *, const json_t *answer, enum naming);
void grids_free(struct grids *);
