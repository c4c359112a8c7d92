/* shegong events over the gateway: Server-Sent Events, read with libcurl, with a token.
 *
 * A connection that ends is begun again behind the last event that was printed, so that each is printed
 * once.  The cursor file is written after the printing: whoever is killed between the two sees the last
 * events once more, and misses none. */
#include "gateway/cli/events.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>
#include <jansson.h>

#include "gateway/bytes.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cursor.h"

enum {
	CONNECT_S = 10,
	SILENCE_S = 60, /* a checkpoint comes every 15 s */
	LINE_MAX_BYTES = 4 << 20,
	REFUSAL_MAX = 64 << 10,
	WAIT_MS_FIRST = 500,
	WAIT_MS_LAST = 30000,
};

struct tail {
	const struct wanted *wanted;
	const volatile sig_atomic_t *ended;
	CURL *curl;
	struct bytes line, data; /* of the message that is coming */
	struct bytes refusal;	 /* the body, where it is no stream */
	char id[CURSOR_TEXT_SIZE], name[32];
	char cursor[CURSOR_TEXT_SIZE]; /* behind what was printed */
	long wait_ms;
	bool silent; /* nothing has come since that was said */
	bool reset;  /* a journal has turned into another one */
	int status;  /* CLI_DONE: go on */
};

/* --- Printing ----------------------------------------------------------------------------------- */

static const char *text_of(const json_t *event, const char *name)
{
	const char *text = json_string_value(json_object_get(event, name));

	return text ? text : "";
}

/* As a line of the table that the services' own journals are shown in. */
static void line_print(const json_t *event)
{
	const char *source = strrchr(text_of(event, "source"), '/');
	const char *name = strrchr(text_of(event, "type"), '.');

	printf("%s  %s=%-6llu  %-28s %s\n", text_of(event, "date"), source ? source + 1 : "",
	       strtoull(text_of(event, "sequence"), NULL, 10), name ? name + 1 : "",
	       text_of(event, "subject"));
}

/* Where to go on from, whole or not at all.  false: said. */
static bool cursor_save(const struct tail *tail)
{
	const char *path = tail->wanted->cursor;
	char making[4096];
	FILE *file;
	bool saved;

	if (!*path)
		return true;
	snprintf(making, sizeof(making), "%s.new", path);
	file = fopen(making, "w");
	saved = file && fprintf(file, "%s\n", tail->cursor) > 0;
	if (file)
		saved = fclose(file) == 0 && saved;
	if (saved && rename(making, path) == 0)
		return true;
	perror(making);
	return false;
}

/* One message of the stream. */
static void message_take(struct tail *tail)
{
	json_t *event = json_loadb((const char *)tail->data.data, tail->data.len, 0, NULL);

	tail->silent = false;
	tail->wait_ms = WAIT_MS_FIRST;
	if (strcmp(tail->name, "reset") == 0) {
		events_reset_say(text_of(event, "source"),
				 strtoull(text_of(event, "sequence"), NULL, 10),
				 tail->wanted->json);
		tail->reset = true;
	} else if (!*tail->name && event && tail->wanted->json) {
		printf("%.*s\n", (int)tail->data.len, (const char *)tail->data.data);
	} else if (!*tail->name && event) {
		line_print(event);
	}
	json_decref(event);
	if (*tail->id)
		memcpy(tail->cursor, tail->id, sizeof(tail->cursor));
}

/* --- Server-Sent Events ------------------------------------------------------------------------- */

static bool field_is(const char *line, const char *name, const char **value)
{
	size_t len = strlen(name);

	if (strncmp(line, name, len) != 0 || (line[len] && line[len] != ':'))
		return false;
	*value = line + len + (line[len] == ':');
	*value += **value == ' ';
	return true;
}

/* A line without its end; an empty one ends the message.  false: no room. */
static bool line_take(struct tail *tail, const char *line)
{
	const char *value;
	bool good = true;

	if (!*line) {
		if (tail->data.len > 0)
			message_take(tail);
		tail->data.len = 0;
		*tail->name = '\0';
	} else if (field_is(line, "data", &value)) {
		good = (!tail->data.len || bytes_add_text(&tail->data, "\n")) &&
		       bytes_add_text(&tail->data, value);
	} else if (field_is(line, "id", &value)) {
		snprintf(tail->id, sizeof(tail->id), "%s", value);
	} else if (field_is(line, "event", &value)) {
		snprintf(tail->name, sizeof(tail->name), "%s", value);
	}
	return good;
}

static size_t on_data(char *from, size_t one, size_t size, void *arg)
{
	struct tail *tail = arg;
	long http = 0;

	curl_easy_getinfo(tail->curl, CURLINFO_RESPONSE_CODE, &http);
	if (http != 200)
		return tail->refusal.len + one * size < REFUSAL_MAX &&
				       bytes_add(&tail->refusal, from, one * size)
			       ? size
			       : 0;
	for (size_t i = 0; i < one * size; i++) {
		if (from[i] == '\r')
			continue;
		if (from[i] != '\n') {
			if (tail->line.len == LINE_MAX_BYTES ||
			    !bytes_add_byte(&tail->line, (uint8_t)from[i]))
				return 0;
			continue;
		}
		if (!bytes_add_byte(&tail->line, '\0') ||
		    !line_take(tail, (const char *)tail->line.data))
			return 0;
		tail->line.len = 0;
	}
	/* What was printed is out before the cursor says so. */
	if (fflush(stdout) != 0 || !cursor_save(tail)) {
		tail->status = CLI_REFUSED;
		return 0;
	}
	return size;
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct tail *tail = arg;

	(void)a, (void)b, (void)c, (void)d;
	return *tail->ended;
}

/* --- Connecting --------------------------------------------------------------------------------- */

static bool query_add(struct tail *tail, struct bytes *url, const char *name, const char *value)
{
	char *escaped = curl_easy_escape(tail->curl, value, 0);
	bool added = escaped && bytes_add_text(url, strchr((char *)url->data, '?') ? "&" : "?") &&
		     bytes_add_text(url, name) && bytes_add_text(url, "=") &&
		     bytes_add_text(url, escaped) && bytes_add_byte(url, '\0');

	curl_free(escaped);
	url->len -= added;
	return added;
}

static bool url_write(struct tail *tail, struct bytes *url)
{
	const struct wanted *wanted = tail->wanted;
	const char *from = wanted->from;
	bool word = strcmp(from, "now") == 0 || strcmp(from, "start") == 0;
	size_t len = strlen(wanted->gateway);
	bool written;

	while (len > 0 && wanted->gateway[len - 1] == '/')
		len--;
	written = bytes_add(url, wanted->gateway, len) && bytes_add_text(url, "/v1/events") &&
		  bytes_add_byte(url, '\0');
	url->len -= written;
	if (written && !*tail->cursor)
		written = query_add(tail, url, word ? "from" : "after", from);
	for (size_t i = 0; i < wanted->n_filters && written; i++) {
		const struct filter *filter = &wanted->filters[i];
		const char *name = filter->kind == 't'	 ? "type"
				   : filter->kind == 's' ? "source"
				   : filter->kind == 'u' ? "subject"
							 : "region";

		written = query_add(tail, url, name, filter->begins);
	}
	return written;
}

/* What the gateway says of why not, as other commands say it. */
static void refusal_say(struct tail *tail, long http)
{
	json_t *body = json_loadb((const char *)tail->refusal.data, tail->refusal.len, 0, NULL);
	const json_t *why =
		json_object_get(json_array_get(json_object_get(body, "details"), 0), "debug");
	const char *en = text_of(why, "messageEn"), *zh = text_of(why, "messageZh");

	fprintf(stderr, "%s: %s\n  %s\n  %s\n", tail->wanted->gateway,
		why ? text_of(why, "reason") : "", client_word(en, zh), client_word(zh, en));
	if (!why)
		fprintf(stderr, "  HTTP %ld: %s\n", http, text_of(body, "message"));
	json_decref(body);
}

/* Said once, until something comes again; a gateway that only starts anew is away for a moment. */
static void silence_say(struct tail *tail, const char *error, long http)
{
	char status[32];

	if (tail->silent || *tail->ended || tail->status)
		return;
	snprintf(status, sizeof(status), "HTTP %ld", http);
	fprintf(stderr, "%s: %s; %s\n", tail->wanted->gateway, *error ? error : status,
		client_word("it is asked again", "将继续尝试"));
	tail->silent = true;
}

/* One connection, to its end.  What is worth another leaves CLI_DONE. */
static void connection_run(struct tail *tail)
{
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: text/event-stream");
	struct bytes url = { 0 };
	char id[CURSOR_TEXT_SIZE + 32], error[CURL_ERROR_SIZE] = "";
	long http = 0;

	tail->line.len = tail->data.len = tail->refusal.len = 0;
	*tail->id = *tail->name = '\0';
	snprintf(id, sizeof(id), "Last-Event-ID: %s", tail->cursor);
	if (*tail->cursor)
		headers = curl_slist_append(headers, id);
	if (url_write(tail, &url)) {
		curl_easy_setopt(tail->curl, CURLOPT_URL, (const char *)url.data);
		curl_easy_setopt(tail->curl, CURLOPT_HTTPHEADER, headers);
		curl_easy_setopt(tail->curl, CURLOPT_ERRORBUFFER, error);
		curl_easy_perform(tail->curl);
		curl_easy_getinfo(tail->curl, CURLINFO_RESPONSE_CODE, &http);
		if (http >= 400 && http < 500 && http != 429) {
			refusal_say(tail, http);
			tail->status = CLI_REFUSED;
		} else if (http != 200) {
			silence_say(tail, error, http);
		}
	}
	bytes_free(&url);
	curl_slist_free_all(headers);
}

static void pause_ms(long ms)
{
	const struct timespec wait = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&wait, NULL); /* a signal ends it */
}

/* The first line of a file.  false: there is none; errno says why. */
static bool first_line(const char *path, char *to, int size)
{
	FILE *file = fopen(path, "r");
	bool there = file && fgets(to, size, file);

	if (file)
		fclose(file);
	if (there)
		to[strcspn(to, "\r\n")] = '\0';
	return there;
}

static bool tail_open(struct tail *tail, char *token, int size)
{
	const struct wanted *wanted = tail->wanted;
	CURL *curl = tail->curl;

	if (!first_line(wanted->token, token, size)) {
		fprintf(stderr, "--token %s: %s\n", wanted->token,
			client_word("no token in it; shegong token new makes one",
				    "其中没有令牌；shegong token new 可签发"));
		return false;
	}
	if (*wanted->cursor && !first_line(wanted->cursor, tail->cursor, sizeof(tail->cursor)) &&
	    errno != ENOENT) {
		perror(wanted->cursor);
		return false;
	}
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
	curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, token);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_S);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, tail);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, tail);
	if (*wanted->ca)
		curl_easy_setopt(curl, CURLOPT_CAINFO, wanted->ca);
	return true;
}

int events_over_http(const struct wanted *wanted, const volatile sig_atomic_t *ended)
{
	static struct tail tail;
	char token[256];

	tail = (struct tail){ .wanted = wanted, .ended = ended, .wait_ms = WAIT_MS_FIRST };
	tail.curl = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
	if (!tail.curl)
		return CLI_REFUSED;
	if (!tail_open(&tail, token, sizeof(token)))
		tail.status = CLI_USAGE;
	while (!tail.status && !*ended) {
		connection_run(&tail);
		if (!tail.status && !*ended)
			pause_ms(tail.wait_ms);
		tail.wait_ms = tail.wait_ms * 2 < WAIT_MS_LAST ? tail.wait_ms * 2 : WAIT_MS_LAST;
	}
	curl_easy_cleanup(tail.curl);
	bytes_free(&tail.line);
	bytes_free(&tail.data);
	bytes_free(&tail.refusal);
	return tail.status || !tail.reset ? tail.status : CLI_OTHER_JOURNAL;
}
