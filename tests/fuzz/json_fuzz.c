/* What the JSON transcoder takes, it gives back the same; and nothing makes it stumble.
 *
 *	SCHEMA_SET=SET json_fuzz CORPUS
 *
 * The first byte chooses the message and the way; the rest is JSON or packed bytes. */

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "gateway/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const struct schema *schema_of_set(void)
{
	static struct schema *schema;
	if (schema)
		return schema;

	const char *path = getenv("SCHEMA_SET");
	FILE *file = path ? fopen(path, "rb") : NULL;
	static uint8_t set[1 << 20];
	size_t len = file ? fread(set, 1, sizeof set, file) : 0;
	char why[256] = "SCHEMA_SET names no file";
	if (file)
		fclose(file);
	schema = len ? schema_open(set, len, why) : NULL;
	if (!schema) {
		fprintf(stderr, "json_fuzz: %s\n", why);
		exit(1);
	}
	return schema;
}

static bool same(const struct bytes *a, const struct bytes *b)
{
	return a->len == b->len && (!a->len || !memcmp(a->data, b->data, a->len));
}

/* Whether JSON can say the bytes again: no unknown enum number, no NUL, not too long. */
static void round_trip(const struct schema_message *type, const struct bytes *wire)
{
	struct bytes json = { 0 }, again = { 0 }, json_again = { 0 };
	struct json_fault fault;
	const uint8_t *bytes = wire->len ? wire->data : (const uint8_t *)"";

	assert(wire_to_json(type, bytes, wire->len, &json, 0, &fault));
	if (json.len <= JSON_INPUT_MAX) {
		assert(json_to_wire(type, (const char *)json.data, json.len, &again, &fault));
		const uint8_t *bytes_again = again.len ? again.data : (const uint8_t *)"";
		assert(wire_check(type, bytes_again, again.len, &fault));
		assert(wire_to_json(type, bytes_again, again.len, &json_again, 0, &fault));
		assert(same(&json, &json_again));
	}
	bytes_free(&json);
	bytes_free(&again);
	bytes_free(&json_again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct schema *schema = schema_of_set();
	if (!len)
		return 0;
	size_t chosen = data[0] / 2;
	const struct schema_message *type =
		schema_message_at(schema, chosen % schema_n_messages(schema));
	struct bytes wire = { 0 }, json = { 0 };
	struct json_fault fault;

	if (data[0] % 2) {
		if (json_to_wire(type, (const char *)data + 1, len - 1, &wire, &fault)) {
			assert(wire_check(type, wire.len ? wire.data : data, wire.len, &fault));
			round_trip(type, &wire);
		}
	} else if (wire_check(type, data + 1, len - 1, &fault)) {
		wire = (struct bytes){ 0 };
		bytes_add(&wire, data + 1, len - 1);
		round_trip(type, &wire);
	} else {
		wire_to_json(type, data + 1, len - 1, &json, JSON_DEFAULTS | JSON_PRETTY, &fault);
	}
	bytes_free(&wire);
	bytes_free(&json);
	return 0;
}
