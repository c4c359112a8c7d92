/* Any bytes at the HTTP parser, for libFuzzer: what it says must not depend on how they arrive, and
 * what it finds must lie within them.  Built with clang -fsanitize=fuzzer. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/http_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check_span(struct http_span span, size_t len)
{
	assert((size_t)span.at + span.len <= len);
}

static void check_head(const uint8_t *data, size_t len)
{
	char *copy = malloc(len + 1);
	struct http_head head;

	assert(copy);
	memcpy(copy, data, len);
	if (http_head_read(copy, len, &head) == HTTP_FINE) {
		unsigned hosts = 0, lengths = 0, codings = 0;

		check_span(head.method, len);
		check_span(head.path, len);
		check_span(head.query, len);
		assert(head.path.len > 0 && copy[head.path.at] == '/');
		assert(head.n_fields <= HTTP_FIELDS_MAX);
		for (size_t i = 0; i < head.n_fields; i++) {
			const struct http_field *f = &head.fields[i];
			const char *name = copy + f->name.at;

			check_span(f->name, len);
			check_span(f->value, len);
			assert(!memchr(copy + f->value.at, '\0', f->value.len));
			assert(!memchr(copy + f->value.at, '\n', f->value.len));
			hosts += f->name.len == 4 && memcmp(name, "host", 4) == 0;
			lengths += f->name.len == 14 && memcmp(name, "content-length", 14) == 0;
			codings += f->name.len == 17 && memcmp(name, "transfer-encoding", 17) == 0;
		}
		assert(hosts <= 1 && (hosts == 1 || head.minor == 0));
		assert(lengths + codings <= 1);
		assert(head.chunked == (codings == 1));
		assert(lengths == 1 || head.content_length == 0);
	}
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct http_scan whole = { 0 }, parts = { 0 };
	enum http_fault fault, fault_parts = HTTP_FINE;
	size_t end, end_parts = 0, used;
	uint64_t size;

	if (len == 0)
		return 0;
	fault = http_head_end((const char *)data, len, &whole, &end);
	for (size_t n = 1; n <= len && fault_parts == HTTP_FINE && end_parts == 0; n++)
		fault_parts = http_head_end((const char *)data, n, &parts, &end_parts);
	assert(fault == fault_parts && end == end_parts && end <= len);
	if (end > 0)
		check_head(data, end);
	if (http_chunk_size((const char *)data, len, &size, &used) == HTTP_FINE && used > 0)
		assert(used >= 3 && used <= 10 && used <= len && size <= UINT32_MAX);
	return 0;
}
