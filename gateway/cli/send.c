#include "gateway/cli/send.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/standing.h"

#define WINDOW 64 /* rows in flight at most */
#define BAR    40

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
	Engine__Reply *why;
};

struct flown {
	struct flight *flight;
	struct row *row;
};

static void answered(const Engine__Reply *reply, void *arg)
{
	struct flown *flown = arg;
	struct flight *flight = flown->flight;
	const Engine__Refused *why = reply->refusal;

	flight->in_flight--;
	if (client_try_again(reply)) {
		flight->unanswered = true;
	} else if (reply->code == ENGINE__CODE__CODE_UNSPECIFIED) {
		flown->row->state = ROW_ACCEPTED;
		flight->sending->accepted++;
	} else {
		row_refuse(flown->row, why ? why->reason : "UNKNOWN", why ? why->about : "",
			   why ? why->message_en : "", why ? why->message_zh : "");
		flight->sending->refused++;
	}
	free(flown);
}

static bool row_send(struct flight *flight, struct row *row)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	struct flown *flown = malloc(sizeof(*flown));
	struct caller caller;

	if (!flown)
		abort();
	*flown = (struct flown){ flight, row };
	caller_init(&caller);
	request.id = row->id;
	request.method = row->method->full_name;
	request.body = (ProtobufCBinaryData){ row->wire.len, row->wire.data };
	request.principal = &caller.principal;
	if (!caller_principal((struct http_text){ row->as, strlen(row->as) }, &caller)) {
		row_refuse(row, "PRINCIPAL_MALFORMED", row->as,
			   "Who acts is not given like account=zhang;person=p-zhang;role=PROVINCE;"
			   "region=53;agency=a-1.",
			   "操作者的形式应如account=zhang;person=p-zhang;role=PROVINCE;region=53;"
			   "agency=a-1。");
	} else if (!call_send(flight->sending->client->lines[row->service], &request, answered,
			      flown)) {
		row_refuse(row, "TOO_LARGE", "", "The request is too large; it was not sent.",
			   "请求过大，未发送。");
	} else {
		flight->in_flight++;
		return true;
	}
	flight->sending->refused++;
	free(flown);
	return false;
}

static size_t pending(struct row **rows, size_t n)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++)
		left += rows[i]->state == ROW_PENDING;
	return left;
}

/* Once through the rows that have no answer yet. */
static void rows_fly(struct flight *flight, struct row **rows, size_t n)
{
	flight->unanswered = false;
	for (size_t i = 0; i < n && !flight->unanswered; i++) {
		if (rows[i]->state != ROW_PENDING)
			continue;
		row_send(flight, rows[i]);
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
	fputs(file->head, out);
	for (size_t i = 0; i < file->n_rows; i++) {
		const struct row *row = &file->rows[i];

		for (size_t l = 0; row->state == ROW_REFUSED && l < row->n; l++)
			fprintf(out, "%s\r\n", file->records[row->first + l]);
	}
	if (fclose(out) != 0)
		perror(path);
	else
		fprintf(stderr, "%s %s\n",
			client_word("The refused rows are in", "被拒绝的行已写入"), path);
}
