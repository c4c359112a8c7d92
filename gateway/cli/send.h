#pragma once
/* Rows on their way: many in flight, progress shown, what was refused listed. */

#include "gateway/cli/table.h"

struct sending {
	struct client *client;
	const char *what; /* shown before the progress */
	size_t total, accepted, refused;
	int64_t shown_ms; /* when the progress was last shown */
	bool terminal;
};

void sending_begin(struct sending *, struct client *, size_t total);
void sending_end(struct sending *);

/* Send the rows, in order, and wait for all answers.  Rows of one service are carried out in this
 * order; but where a row that shares a request with others is refused, those go again, later.  CLI_DONE, though some be refused; CLI_UNAVAILABLE where a service does not answer: said
 * on stderr, and the same again later goes on from there. */
int sending_rows(struct sending *, struct row **rows, size_t n);

/* List the refused rows of a file on stderr, and write them to FILE.refused.csv, or, where dir is
 * given, there, each with its line, field, reason and the sentence in both languages.  What is mended in that file can be imported from it: its rows have ids of their
 * own.  A file of that name that is there already is left as it is. */
void sending_refused(const struct table_file *, const char *dir);
