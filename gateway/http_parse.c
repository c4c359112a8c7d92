#include "gateway/http_parse.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* The longest chunk size line: eight digits and CRLF. */
#define CHUNK_LINE_MAX 10

enum { TOKEN = 1, TARGET = 2, VALUE = 4, HOST = 8 };

/* What each byte may be part of, by RFC 9110 5.6.2, RFC 3986 3.3 and RFC 9110 5.5. */
static uint8_t classes[256];

__attribute__((constructor)) static void classes_fill(void)
{
	static const char token[] = "!#$%&'*+-.^_`|~";
	static const char host[] = "-._~%!$&'()*+,;=:[]";

	for (int c = 0; c < 256; c++) {
		bool alnum =
			(c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (alnum || (c && strchr(token, c)))
			classes[c] |= TOKEN;
		if (alnum || (c && strchr(host, c)))
			classes[c] |= HOST;
		if (c > 0x20 && c < 0x7f && c != '#')
			classes[c] |= TARGET;
		if (c == '\t' || (c >= 0x20 && c != 0x7f))
			classes[c] |= VALUE;
	}
}

static bool all(const char *s, size_t len, int class)
{
	for (size_t i = 0; i < len; i++) {
		if (!(classes[(unsigned char)s[i]] & class))
			return false;
	}
	return true;
}

/* True where the part being read cannot end within its limit any more: its end is not before at. */
static bool too_long(const struct http_scan *scan, size_t at)
{
	return at - scan->first_line >= (scan->first_line ? HTTP_HEAD_MAX : HTTP_LINE_MAX);
}

enum http_fault http_head_end(const char *data, size_t len, struct http_scan *scan, size_t *end)
{
	const char *lf;

	*end = 0;
	while ((lf = memchr(data + scan->looked, '\n', len - scan->looked))) {
		size_t at = (size_t)(lf - data);

		/* Size before form, so that the answer does not depend on how the bytes arrive. */
		if (too_long(scan, at))
			return scan->first_line ? HTTP_HEAD_TOO_LARGE : HTTP_LINE_TOO_LONG;
		if (at == 0 || data[at - 1] != '\r')
			return HTTP_BARE_LF;
		if (scan->first_line && at - 1 == scan->line_start) {
			*end = at + 1;
			return HTTP_FINE;
		}
		if (!scan->first_line)
			scan->first_line = at + 1;
		scan->line_start = scan->looked = at + 1;
	}
	scan->looked = len;
	if (!too_long(scan, len))
		return HTTP_FINE;
	return scan->first_line ? HTTP_HEAD_TOO_LARGE : HTTP_LINE_TOO_LONG;
}

static struct http_span span(const char *base, const char *from, const char *to)
{
	return (struct http_span){ (uint16_t)(from - base), (uint16_t)(to - from) };
}

/* METHOD SP /path[?query] SP HTTP/1.x */
static enum http_fault line_read(const char *base, const char *eol, struct http_head *head)
{
	const char *space = memchr(base, ' ', (size_t)(eol - base));
	const char *target, *target_end, *question;

	if (!space || space == base || !all(base, (size_t)(space - base), TOKEN))
		return HTTP_BAD_REQUEST_LINE;
	head->method = span(base, base, space);
	target = space + 1;
	target_end = memchr(target, ' ', (size_t)(eol - target));
	if (!target_end)
		return HTTP_BAD_REQUEST_LINE;
	if (eol - target_end != 9 || memcmp(target_end, " HTTP/", 6) != 0 || target_end[7] != '.')
		return HTTP_BAD_REQUEST_LINE;
	if (target_end[6] != '1' || (target_end[8] != '0' && target_end[8] != '1'))
		return HTTP_BAD_VERSION;
	head->minor = (uint8_t)(target_end[8] - '0');
	if (target == target_end || *target != '/' ||
	    !all(target, (size_t)(target_end - target), TARGET))
		return HTTP_BAD_TARGET;
	question = memchr(target, '?', (size_t)(target_end - target));
	head->path = span(base, target, question ? question : target_end);
	if (question)
		head->query = span(base, question + 1, target_end);
	return HTTP_FINE;
}

static enum http_fault length_read(const char *value, size_t len, uint64_t *out)
{
	uint64_t n = 0;

	if (len == 0 || len > 18)
		return HTTP_BAD_LENGTH;
	for (size_t i = 0; i < len; i++) {
		if (value[i] < '0' || value[i] > '9')
			return HTTP_BAD_LENGTH;
		n = n * 10 + (uint64_t)(value[i] - '0');
	}
	*out = n;
	return HTTP_FINE;
}

/* True where the comma-separated list holds the word. */
static bool list_has(const char *value, size_t len, const char *word)
{
	size_t word_len = strlen(word);
	const char *end = value + len;

	while (value < end) {
		const char *comma = memchr(value, ',', (size_t)(end - value));
		const char *stop = comma ? comma : end;
		const char *last = stop;

		while (value < last && (*value == ' ' || *value == '\t'))
			value++;
		while (last > value && (last[-1] == ' ' || last[-1] == '\t'))
			last--;
		if ((size_t)(last - value) == word_len && strncasecmp(value, word, word_len) == 0)
			return true;
		value = comma ? comma + 1 : end;
	}
	return false;
}

/* What the fields that frame a message have said so far. */
struct framing {
	unsigned n_hosts, n_lengths, n_codings;
	bool known_coding;
	enum http_fault fault;
};

static bool same(const char *a, size_t len, const char *word)
{
	return len == strlen(word) && memcmp(a, word, len) == 0;
}

static void framing_note(struct framing *f, struct http_head *head, const char *name,
			 size_t name_len, const char *value, size_t len)
{
	enum http_fault fault = HTTP_FINE;

	if (same(name, name_len, "host")) {
		f->n_hosts++;
		if (!all(value, len, HOST))
			fault = HTTP_BAD_HOST;
	} else if (same(name, name_len, "content-length")) {
		f->n_lengths++;
		fault = length_read(value, len, &head->content_length);
	} else if (same(name, name_len, "transfer-encoding")) {
		f->n_codings++;
		f->known_coding = len == 7 && strncasecmp(value, "chunked", 7) == 0;
		if (len == 0)
			fault = HTTP_BAD_CODING;
	} else if (same(name, name_len, "connection")) {
		if (list_has(value, len, "close"))
			head->close = true;
	} else if (same(name, name_len, "expect")) {
		if (len == 12 && strncasecmp(value, "100-continue", 12) == 0)
			head->expects_continue = true;
		else
			fault = HTTP_BAD_EXPECT;
	}
	if (f->fault == HTTP_FINE)
		f->fault = fault;
}

/* Lines that say two things about where the message ends are never guessed at. */
static enum http_fault framing_judge(const struct framing *f, struct http_head *head)
{
	if (f->fault != HTTP_FINE && f->fault != HTTP_BAD_EXPECT)
		return f->fault;
	if (f->n_hosts > 1 || (f->n_hosts == 0 && head->minor == 1))
		return HTTP_BAD_HOST;
	if (f->n_lengths > 1)
		return HTTP_BAD_LENGTH;
	if (f->n_codings && f->n_lengths)
		return HTTP_LENGTH_AND_CODING;
	if (f->n_codings > 1 || (f->n_codings && head->minor == 0))
		return HTTP_BAD_CODING;
	if (f->n_codings && !f->known_coding)
		return HTTP_UNKNOWN_CODING;
	head->chunked = f->n_codings == 1;
	if (head->minor == 0) {
		head->close = true;
		head->expects_continue = false;
		return HTTP_FINE;
	}
	return f->fault;
}

enum http_fault http_head_read(char *data, size_t len, struct http_head *head)
{
	struct framing framing = { 0 };
	char *end = data + len - 2; /* where the empty line begins */
	char *line, *eol;
	enum http_fault fault;

	assert(len >= 4 && len <= HTTP_LINE_MAX + HTTP_HEAD_MAX);
	memset(head, 0, offsetof(struct http_head, fields));
	eol = memchr(data, '\r', len);
	if (eol[1] != '\n')
		return HTTP_BAD_REQUEST_LINE;
	fault = line_read(data, eol, head);
	if (fault != HTTP_FINE)
		return fault;
	for (line = eol + 2; line < end; line = eol + 2) {
		char *colon, *value, *value_end;

		eol = memchr(line, '\r', (size_t)(end - line));
		assert(eol);
		colon = memchr(line, ':', (size_t)(eol - line));
		/* An empty name, a space before the colon and a folded line all fail here. */
		if (eol[1] != '\n' || !colon || colon == line ||
		    !all(line, (size_t)(colon - line), TOKEN))
			return HTTP_BAD_FIELD;
		if (head->n_fields == HTTP_FIELDS_MAX)
			return HTTP_HEAD_TOO_LARGE;
		for (char *c = line; c < colon; c++) {
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c | 0x20);
		}
		value = colon + 1;
		value_end = eol;
		while (value < value_end && (*value == ' ' || *value == '\t'))
			value++;
		while (value_end > value && (value_end[-1] == ' ' || value_end[-1] == '\t'))
			value_end--;
		if (!all(value, (size_t)(value_end - value), VALUE))
			return HTTP_BAD_FIELD;
		head->fields[head->n_fields++] = (struct http_field){
			.name = span(data, line, colon),
			.value = span(data, value, value_end),
		};
		framing_note(&framing, head, line, (size_t)(colon - line), value,
			     (size_t)(value_end - value));
	}
	return framing_judge(&framing, head);
}

enum http_fault http_chunk_size(const char *data, size_t len, uint64_t *size, size_t *used)
{
	uint64_t n = 0;
	size_t i;

	*used = 0;
	for (i = 0; i < len && i < CHUNK_LINE_MAX - 2; i++) {
		char c = data[i];

		if (c >= '0' && c <= '9')
			n = n * 16 + (uint64_t)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			n = n * 16 + (uint64_t)((c | 0x20) - 'a' + 10);
		else
			break;
	}
	if (i == len)
		return HTTP_FINE;
	if (i == 0 || data[i] != '\r')
		return HTTP_BAD_CHUNK;
	if (i + 1 == len)
		return HTTP_FINE;
	if (data[i + 1] != '\n')
		return HTTP_BAD_CHUNK;
	*size = n;
	*used = i + 2;
	return HTTP_FINE;
}
