#pragma once
/* A table of commands: a CSV file whose rows are requests.
 *
 *     # method: personnel.RegisterPerson
 *     # as: account={agency_id};person=p-{agency_id};role=AGENCY;region=53;agency={agency_id}
 *     person_id,work_name,agency_id,certificate
 *     w001,社工001,ag-01,CERTIFICATE_LEVEL_SOCIAL_WORKER
 *
 * The lines with # say of all rows which method they call and who acts; {name} is a column's cell.
 * A column is a field of the request: signed_on, rules.year_quota, nominees[0].person_id.  An empty
 * cell leaves its field out.  Some columns are read differently:
 *
 *     method, as, date    of this row; the date on which it is played is no field
 *     json                the whole request; @file is read from beside the table
 *     _name               a note, not sent
 *     amount_yuan         1234.56: sent as the field amount_fen
 *     budget[].source     one element a row: rows that are the same in the other columns are one
 *                         request
 *
 * Where all fields are of one list (rows[].record_id, rows[].minutes), each row is a thing of its own,
 * and the list may be cut anywhere: as many rows go into one request as fit.
 *
 * A cell of a repeated field may hold a;b, or JSON where it begins with [ or {.
 *
 * A table that says who somebody is (base/personal.h) is not read. */

#include "gateway/cli/client.h"
#include "gateway/json.h"

/* The columns that a list of refused rows has at its end: why each was refused. */
enum { TOLD = 5 };
extern const char *const told_names[TOLD];

enum row_state { ROW_PENDING, ROW_ACCEPTED, ROW_REFUSED };

/* One command, or one element of a list that may be cut anywhere. */
struct row {
	const struct table_file *file;
	unsigned line;	 /* where it begins */
	size_t first, n; /* its lines among the file's records */
	char date[11];	 /* empty: not given */
	bool element;	 /* its request may hold other rows' elements too */
	char *key;	 /* its first cell */
	size_t service;
	const struct schema_method *method; /* NULL where the row cannot be read */
	char *as;
	struct bytes wire;
	enum row_state state;
	char *reason, *about, *message_en,
		*message_zh; /* where it was refused, or cannot be read */
};

struct table_file {
	char path[4096];
	char name[256]; /* without directory and .csv */
	char *comments; /* its # lines, as they were */
	char *columns;	/* the line of the columns, without those of told_names */
	char **records; /* its rows written as CSV again, for the list of the refused */
	size_t n_records;
	struct row *rows;
	size_t n_rows;
};

/* Read a file.  as is who acts where neither the file nor a row says so.  false: it cannot be read
 * at all, said on stderr.  Close it in either case. */
bool table_open(struct table_file *, const struct client *, const char *path, const char *as);
void table_close(struct table_file *);

/* The id of a request made of rows beginning with this one: from the file's name, the first cell and
 * what is sent.  The same rows have the same id whenever they are sent. */
void row_id(const struct row *, const struct bytes *wire, char id[static 65]);

void row_refuse(struct row *, const char *reason, const char *about, const char *en,
		const char *zh);
