/* The transcoder behind a pipe, for a test in another language.
 *
 *	json_pipe SET
 *
 * A request on stdin: length (4 bytes, little-endian, of what follows), operation, the length of a
 * message's name (1 byte), the name, the content.  An answer on stdout: length, then '+' and the
 * result, or '-' and "field: sentence".  Operations: 'w' JSON to wire, 'j' wire to JSON, 'J' the
 * same with defaults, pretty, 'c' check of packed bytes. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/json.h"

static uint8_t *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END))
		return NULL;
	long size = ftell(f);
	rewind(f);
	uint8_t *data = malloc((size_t)size + 1);
	*len = data ? fread(data, 1, (size_t)size, f) : 0;
	fclose(f);
	return data;
}

static bool answer(char sign, const void *data, size_t len)
{
	size_t n = len + 1;
	uint8_t head[5] = { (uint8_t)n, (uint8_t)(n >> 8), (uint8_t)(n >> 16), (uint8_t)(n >> 24),
			    (uint8_t)sign };
	return fwrite(head, 1, 5, stdout) == 5 && fwrite(data, 1, len, stdout) == len &&
	       !fflush(stdout);
}

static bool transcode(char operation, const struct schema_message *type, const uint8_t *data,
		      size_t len, struct bytes *out, struct json_fault *fault)
{
	switch (operation) {
	case 'w':
		return json_to_wire(type, (const char *)data, len, out, fault);
	case 'j':
		return wire_to_json(type, data, len, out, 0, fault);
	case 'J':
		return wire_to_json(type, data, len, out, JSON_DEFAULTS | JSON_PRETTY, fault);
	case 'c':
		return wire_check(type, data, len, fault);
	default:
		snprintf(fault->message_en, sizeof fault->message_en, "no such operation");
		return false;
	}
}

static bool serve(const struct schema *schema, const uint8_t *request, size_t len)
{
	char name[256] = "", text[512];
	struct json_fault fault = { 0 };
	struct bytes out = { 0 };

	if (len < 2 || len < 2u + request[1])
		return false;
	memcpy(name, request + 2, request[1]);
	const struct schema_message *type = schema_message(schema, name);
	if (!type)
		return answer('-', "no such message", 15);

	const uint8_t *data = request + 2 + request[1];
	size_t n = len - 2 - request[1];
	bool sent;
	if (transcode((char)request[0], type, data, n, &out, &fault)) {
		sent = answer('+', out.len ? out.data : (const uint8_t *)"", out.len);
	} else {
		int m = snprintf(text, sizeof text, "%s: %s", fault.field, fault.message_en);
		sent = answer('-', text, (size_t)m);
	}
	bytes_free(&out);
	return sent;
}

int main(int argc, char **argv)
{
	char why[256] = "cannot read it";
	size_t len = 0;
	uint8_t *set = argc == 2 ? read_file(argv[1], &len) : NULL;
	struct schema *schema = set ? schema_open(set, len, why) : NULL;
	free(set);
	if (!schema) {
		fprintf(stderr, "json_pipe: %s\n", why);
		return 1;
	}

	uint8_t head[4];
	bool sound = true;
	while (sound && fread(head, 1, 4, stdin) == 4) {
		size_t n = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 |
			   (size_t)head[3] << 24;
		uint8_t *request = malloc(n + 1);
		sound = request && fread(request, 1, n, stdin) == n && serve(schema, request, n);
		free(request);
	}
	schema_close(schema);
	return !sound;
}
