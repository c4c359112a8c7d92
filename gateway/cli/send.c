#include "gateway/cli/send.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/csv.h"
#include "gateway/cli/standing.h"

#define WINDOW	     64	 /* requests in flight at most */
#define PARCEL_ROWS  250 /* rows in one request at most, where its list may be cut */
#define PARCEL_BYTES 200000
#define BAR	     40

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- Progress ----------------------------------------------------------------------------------- */

static void progress_show(struct sending *sending, bool now)
{
	size_t done = sending->accepted + sending->refused;
	size_t filled = sending->total ? done * BAR / sending->total : BAR;
	static const char bar[] = "########################################";

	if (!now && now_ms() - sending->shown_ms < (sending->terminal ? 100 : 1000))
		return;
	sending->shown_ms = now_ms();
	if (sending->terminal)
		fprintf(stderr, "\r%-10.10s [%-*.*s] %zu/%zu  %s %zu ", sending->what, BAR,
			(int)filled, bar, done, sending->total, client_word("refused", "被拒绝"),
			sending->refused);
	else
		fprintf(stderr, "%s %zu/%zu  %s %zu\n", sending->what, done, sending->total,
			client_word("refused", "被拒绝"), sending->refused);
}

void sending_begin(struct sending *sending, struct client *client, size_t total)
{
	*sending = (struct sending){ .client = client,
				     .what = "",
				     .total = total,
				     .shown_ms = now_ms(),
				     .terminal = isatty(STDERR_FILENO) };
}

void sending_end(struct sending *sending)
{
	progress_show(sending, true);
	if (sending->terminal)
		fputc('\n', stderr);
}

/* --- Sending ------------------------------------------------------------------------------------ */

/* The rows of one call of sending_rows. */
struct flight {
	struct sending *sending;
	size_t in_flight;
	bool unanswered; /* a service did not answer: no more are sent until all are back */
};

/* The rows of one request: a stretch of those that are sent, of which some may be refused already.
 * Where stretches begin and end depends on the rows alone, and what is left of one on the answers
 * alone: so a second run sends the same requests under the same ids, and gets the same answers. */
struct parcel {
	struct flight *flight;
	struct row **rows;
	size_t n;
};

static void parcel_send(struct flight *flight, struct row **rows, size_t n);

static size_t pending(struct row **rows, size_t n)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++)
		left += rows[i]->state == ROW_PENDING;
	return left;
}

static void refuse(struct flight *flight, struct row *row, const Engine__Refused *why)
{
	row_refuse(row, why ? why->reason : "UNKNOWN", why ? why->about : "",
		   why ? why->message_en : "", why ? why->message_zh : "");
	flight->sending->refused++;
}

/* A request is refused whole.  Where the refusal names one of its rows by its first cell, that one
 * is taken out, and those before and after it go again; where it does not, either half goes by
 * itself, until the row stands alone. */
static void take_out(struct parcel *parcel, const Engine__Refused *why)
{
	struct flight *flight = parcel->flight;
	struct row **rows = parcel->rows;
	size_t n = parcel->n, left = pending(rows, n), half = 0;

	for (size_t i = 0; i < n; i++) {
		if (rows[i]->state == ROW_PENDING &&
		    (left == 1 ||
		     (why && *rows[i]->key && strcmp(rows[i]->key, why->about) == 0))) {
			refuse(flight, rows[i], why);
			parcel_send(flight, rows, i);
			parcel_send(flight, rows + i, n - i);
			return;
		}
	}
	while (pending(rows, half) < left / 2)
		half++;
	parcel_send(flight, rows, half);
	parcel_send(flight, rows + half, n - half);
}

static void answered(const Engine__Reply *reply, void *arg)
{
	struct parcel *parcel = arg;
	struct flight *flight = parcel->flight;

	flight->in_flight--;
	if (client_try_again(reply)) {
		flight->unanswered = true;
	} else if (reply->code != ENGINE__CODE__CODE_UNSPECIFIED) {
		take_out(parcel, reply->refusal);
	} else {
		for (size_t i = 0; i < parcel->n; i++) {
			if (parcel->rows[i]->state != ROW_PENDING)
				continue;
			parcel->rows[i]->state = ROW_ACCEPTED;
			flight->sending->accepted++;
		}
	}
	free(parcel);
}

static const Engine__Refused malformed_caller = {
	.base = PROTOBUF_C_MESSAGE_INIT(&engine__refused__descriptor),
	.reason = "PRINCIPAL_MALFORMED",
	.about = "as",
	.rule = "",
	.message_en = "Who acts is not given like account=zhang;person=p-zhang;role=PROVINCE;"
		      "region=53;agency=a-1.",
	.message_zh = "操作者的形式应如account=zhang;person=p-zhang;role=PROVINCE;region=53;"
		      "agency=a-1。",
};

static const Engine__Refused too_large = {
	.base = PROTOBUF_C_MESSAGE_INIT(&engine__refused__descriptor),
	.reason = "TOO_LARGE",
	.about = "",
	.rule = "",
	.message_en = "The request is too large; it was not sent.",
	.message_zh = "请求过大，未发送。",
};

/* A list's elements stand one after the other on the wire: so do the requests that hold one each. */
static struct bytes wire_of(struct row **rows, size_t n)
{
	struct bytes wire = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (rows[i]->state == ROW_PENDING &&
		    !bytes_add(&wire, rows[i]->wire.data, rows[i]->wire.len))
			abort();
	}
	return wire;
}

/* Sends what is left of a stretch as one request. */
static void parcel_send(struct flight *flight, struct row **rows, size_t n)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	const Engine__Refused *why = NULL;
	struct parcel *parcel;
	struct caller caller;
	struct bytes wire;
	struct row *first;
	char id[65];

	for (; n > 0 && rows[0]->state != ROW_PENDING; n--)
		rows++;
	if (n == 0)
		return;
	first = rows[0];
	parcel = malloc(sizeof(*parcel));
	if (!parcel)
		abort();
	*parcel = (struct parcel){ flight, rows, n };
	wire = wire_of(rows, n);
	row_id(first, &wire, id);
	caller_init(&caller);
	request.id = id;
	request.method = first->method->full_name;
	request.body = (ProtobufCBinaryData){ wire.len, wire.data };
	request.principal = &caller.principal;
	if (!caller_principal((struct http_text){ first->as, strlen(first->as) }, &caller))
		why = &malformed_caller;
	else if (!call_send(flight->sending->client->lines[first->service], &request, answered,
			    parcel))
		why = &too_large;
	else
		flight->in_flight++;
	bytes_free(&wire);
	if (!why)
		return;
	for (size_t i = 0; i < n; i++) {
		if (rows[i]->state == ROW_PENDING)
			refuse(flight, rows[i], why);
	}
	free(parcel);
}

/* How many rows from the first on may go in one request. */
static size_t stretch(struct row **rows, size_t n)
{
	size_t bytes = rows[0]->wire.len, together = 1;

	if (!rows[0]->element || !rows[0]->method)
		return 1;
	while (together < n && together < PARCEL_ROWS &&
	       rows[together]->method == rows[0]->method && rows[together]->file == rows[0]->file &&
	       strcmp(rows[together]->as, rows[0]->as) == 0) {
		bytes += rows[together]->wire.len;
		if (bytes > PARCEL_BYTES)
			break;
		together++;
	}
	return together;
}

/* Once through the rows that have no answer yet. */
static void rows_fly(struct flight *flight, struct row **rows, size_t n)
{
	size_t together;

	flight->unanswered = false;
	for (size_t i = 0; i < n && !flight->unanswered; i += together) {
		together = stretch(rows + i, n - i);
		parcel_send(flight, rows + i, together);
		while (flight->in_flight >= WINDOW) {
			client_pump(flight->sending->client);
			progress_show(flight->sending, false);
		}
	}
	while (flight->in_flight > 0) {
		client_pump(flight->sending->client);
		progress_show(flight->sending, false);
	}
}

int sending_rows(struct sending *sending, struct row **rows, size_t n)
{
	struct flight flight = { .sending = sending };
	size_t left = n, before;
	int tries = 0;

	for (size_t i = 0; i < n; i++)
		sending->refused += rows[i]->state == ROW_REFUSED;
	while ((before = pending(rows, n)) > 0) {
		rows_fly(&flight, rows, n);
		left = pending(rows, n);
		tries = left < before ? 0 : tries + 1;
		if (tries < STANDING_TRIES)
			continue;
		return standing_unavailable(sending->client);
	}
	return CLI_DONE;
}

/* --- The refused -------------------------------------------------------------------------------- */

static void refused_say(const struct row *row)
{
	bool english = client_english();

	fprintf(stderr, "%s:%u: %s%s%s%s\n  %s\n  %s\n", row->file->path, row->line, row->reason,
		*row->about ? " (" : "", row->about, *row->about ? ")" : "",
		english ? row->message_en : row->message_zh,
		english ? row->message_zh : row->message_en);
}

/* The row's lines as they were, and at the end of each why it was refused. */
static void row_tell(FILE *out, const struct row *row)
{
	const char *cells[] = { row->about, row->reason, row->message_zh, row->message_en };
	struct bytes told = { 0 };
	char line[16];

	snprintf(line, sizeof(line), ",%u", row->line);
	if (!bytes_add_text(&told, line))
		abort();
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		if (!bytes_add_byte(&told, ',') || !csv_write(&told, cells[i]))
			abort();
	}
	for (size_t l = 0; l < row->n; l++)
		fprintf(out, "%s%.*s\r\n", row->file->records[row->first + l], (int)told.len,
			(const char *)told.data);
	bytes_free(&told);
}

void sending_refused(const struct table_file *file, const char *dir)
{
	size_t len = strlen(file->path);
	bool csv = len > 4 && strcmp(file->path + len - 4, ".csv") == 0, any = false;
	char path[4608];
	FILE *out;

	if (dir)
		snprintf(path, sizeof(path), "%s/%s.refused.csv", dir, file->name);
	else
		snprintf(path, sizeof(path), "%.*s.refused.csv", (int)(csv ? len - 4 : len),
			 file->path);
	for (size_t i = 0; i < file->n_rows; i++) {
		if (file->rows[i].state == ROW_REFUSED) {
			refused_say(&file->rows[i]);
			any = true;
		}
	}
	if (!any)
		return;
	/* Somebody may be mending the list of before. */
	out = fopen(path, "wxe");
	if (!out) {
		fprintf(stderr, "%s: %s\n", path,
			errno == EEXIST ? client_word("is there already and is left as it is",
						      "已存在，保持原样")
					: strerror(errno));
		return;
	}
	fprintf(out, "%s%s", file->comments, file->columns);
	for (size_t i = 0; i < TOLD; i++)
		fprintf(out, ",%s", told_names[i]);
	fputs("\r\n", out);
	for (size_t i = 0; i < file->n_rows; i++) {
		if (file->rows[i].state == ROW_REFUSED)
			row_tell(out, &file->rows[i]);
	}
	if (fclose(out) != 0)
		perror(path);
	else
		fprintf(stderr, "%s %s\n",
			client_word("The refused rows are in", "被拒绝的行已写入"), path);
}
