/* The JSON transcoder: what it takes, what it gives, and what it refuses with the place's name.
 *
 *	json_test SET	a descriptor set of tests/gateway/proto */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/json.h"

#define S "shegong.test.v1.Scalars"
#define L "shegong.test.v1.Lists"
#define F "shegong.test.v1.Forms"
#define C "shegong.test.v1.Choice"
#define N "shegong.test.v1.Nest"

static const struct schema *schema;
static unsigned n_tests, n_failed;

static void test(bool passed, const char *name, const char *got)
{
	printf("%s %u - ", passed ? "ok" : "not ok", ++n_tests);
	for (; *name; name++)
		putchar(*name < ' ' || *name == '#' ? '.' : *name);
	putchar('\n');
	if (!passed) {
		printf("# got: %s\n", got);
		n_failed++;
	}
}

/* JSON in, canonical JSON out; NULL: as it went in. */
static const struct {
	const char *type, *in, *out;
} accepted[] = {
	{ S, "{}", NULL },
	{ S, " \n\t\r{ } ", "{}" },
	{ S, "{\"aDouble\":1.5,\"aFloat\":0.1}", NULL },
	{ S, "{\"aDouble\":\"NaN\",\"aFloat\":\"-Infinity\"}", NULL },
	{ S, "{\"aDouble\":\"Infinity\"}", NULL },
	{ S, "{\"aDouble\":0.1}", NULL },
	{ S, "{\"aDouble\":5e-324}", "{\"aDouble\":4.94065645841247e-324}" },
	{ S, "{\"aDouble\":1.7976931348623157e308}", "{\"aDouble\":1.7976931348623157e+308}" },
	{ S, "{\"aDouble\":-0.0}", "{\"aDouble\":-0}" },
	{ S, "{\"aDouble\":\"1.25e2\"}", "{\"aDouble\":125}" },
	{ S, "{\"aFloat\":3.4028234663852886e38}", "{\"aFloat\":3.402823466e+38}" },
	{ S, "{\"anInt32\":-2147483648}", NULL },
	{ S, "{\"anInt32\":2147483647}", NULL },
	{ S, "{\"anInt32\":1.0}", "{\"anInt32\":1}" },
	{ S, "{\"anInt32\":15e-1,\"aBool\":true}", "" },
	{ S, "{\"anInt32\":1.50e1}", "{\"anInt32\":15}" },
	{ S, "{\"anInt32\":\"1e2\"}", "{\"anInt32\":100}" },
	{ S, "{\"anInt32\":1000E-3}", "{\"anInt32\":1}" },
	{ S, "{\"anInt32\":-0}", "{}" },
	{ S, "{\"anInt32\":0e99999999999}", "{}" },
	{ S, "{\"anInt64\":9223372036854775807}", "{\"anInt64\":\"9223372036854775807\"}" },
	{ S, "{\"anInt64\":\"-9223372036854775808\"}", NULL },
	{ S, "{\"anInt64\":\"9007199254740993\"}", NULL },
	{ S, "{\"aUint32\":4294967295,\"aUint64\":\"18446744073709551615\"}", NULL },
	{ S, "{\"aSint32\":-2147483648,\"aSint64\":\"-9223372036854775808\"}", NULL },
	{ S, "{\"aFixed32\":4294967295,\"aFixed64\":\"18446744073709551615\"}", NULL },
	{ S, "{\"aSfixed32\":-1,\"aSfixed64\":\"-1\"}", NULL },
	{ S, "{\"a_bool\":true}", "{\"aBool\":true}" },
	{ S, "{\"aBool\":false}", "{}" },
	{ S, "{\"a\\u0042ool\":true}", "{\"aBool\":true}" },
	{ S, "{\"aString\":\"社工站\"}", NULL },
	{ S, "{\"aString\":\"\\u793e\\u5de5\"}", "{\"aString\":\"社工\"}" },
	{ S, "{\"aString\":\"\\ud83d\\ude00\"}", "{\"aString\":\"\xf0\x9f\x98\x80\"}" },
	{ S, "{\"aString\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\\u007f\"}",
	  "{\"aString\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u001f\x7f\"}" },
	{ S, "{\"someBytes\":\"+/8=\"}", NULL },
	{ S, "{\"someBytes\":\"-_8\"}", "{\"someBytes\":\"+/8=\"}" },
	{ S, "{\"someBytes\":\"+\\/8=\"}", "{\"someBytes\":\"+/8=\"}" },
	{ S, "{\"someBytes\":\"AA==\"}", NULL },
	{ S, "{\"someBytes\":\"AAAA\"}", NULL },
	{ S, "{\"aColour\":\"COLOUR_BLUE\"}", NULL },
	{ S, "{\"aColour\":\"COLOUR_CRIMSON\"}", "{\"aColour\":\"COLOUR_RED\"}" },
	{ S, "{\"aColour\":-3}", "{\"aColour\":\"COLOUR_DARK\"}" },
	{ S, "{\"aColour\":\"COLOUR_UNSPECIFIED\"}", "{}" },
	{ S, "{\"aString\":null,\"aBool\":null,\"aColour\":null}", "{}" },
	{ L, "{\"int32s\":[1,-1,0],\"looseInt32s\":[0,2]}", NULL },
	{ L, "{\"int32s\":[],\"strings\":null}", "{}" },
	{ L, "{\"bools\":[false,true],\"colours\":[\"COLOUR_UNSPECIFIED\",7]}",
	  "{\"bools\":[false,true],\"colours\":[\"COLOUR_UNSPECIFIED\",\"COLOUR_BLUE\"]}" },
	{ L, "{\"strings\":[\"\",\"a\"],\"pieces\":[\"\",\"AA==\"]}", NULL },
	{ L, "{\"scalars\":[{},{\"anInt32\":1}],\"wrapped\":[\"0\",\"7\"]}", NULL },
	{ L, "{\"times\":[\"1970-01-01T00:00:00Z\",\"2022-07-31T23:59:59.999Z\"]}", NULL },
	{ L, "{\"floats\":[1,\"NaN\",3e10],\"doubles\":[1e300]}",
	  "{\"doubles\":[1e+300],\"floats\":[1,\"NaN\",3e+10]}" },
	{ F, "{\"happenedAt\":\"2022-07-31T08:00:00+08:00\"}",
	  "{\"happenedAt\":\"2022-07-31T00:00:00Z\"}" },
	{ F, "{\"happenedAt\":\"0001-01-01T00:00:00Z\"}", NULL },
	{ F, "{\"happenedAt\":\"9999-12-31T23:59:59.999999999Z\"}", NULL },
	{ F, "{\"happenedAt\":\"1969-12-31T23:59:59.5Z\"}",
	  "{\"happenedAt\":\"1969-12-31T23:59:59.500Z\"}" },
	{ F, "{\"happenedAt\":\"2024-02-29T00:00:00.000001Z\"}", NULL },
	{ F, "{\"happenedAt\":\"2000-02-29T12:30:45.100-00:30\"}",
	  "{\"happenedAt\":\"2000-02-29T13:00:45.100Z\"}" },
	{ F, "{\"took\":\"1.5s\"}", "{\"took\":\"1.500s\"}" },
	{ F, "{\"took\":\"-0.000000001s\"}", NULL },
	{ F, "{\"took\":\"-315576000000s\"}", NULL },
	{ F, "{\"took\":\"0s\",\"nothing\":{}}", NULL },
	{ F, "{\"maybeInt64\":\"0\",\"maybeBool\":false,\"maybeString\":\"\",\"maybeBytes\":\"\"}",
	  NULL },
	{ F, "{\"maybeInt64\":null,\"maybeString\":null}", "{}" },
	{ F, "{\"maybeDouble\":1.5,\"maybeUint32\":7,\"maybe\":0}", NULL },
	{ F, "{\"odd_name\":\"x\"}", "{\"@odd\":\"x\"}" },
	{ C, "{\"number\":0}", NULL },
	{ C, "{\"truth\":false,\"raw\":\"\",\"note\":\"\"}", "{\"truth\":false,\"raw\":\"\"}" },
	{ C, "{\"nothing\":{},\"at\":\"1970-01-01T00:00:00Z\"}", NULL },
	{ C, "{\"number\":null,\"text\":\"\"}", "{\"text\":\"\"}" },
	{ C, "{\"scalars\":{\"aString\":\"x\"}}", NULL },
	{ N, "{\"inner\":{\"inner\":{\"name\":\"x\",\"nests\":[{},{\"name\":\"y\"}]}}}", NULL },
	{ N, "{\"nominees\":[{\"personId\":\"p\",\"points\":\"3\"}]}", NULL },
	{ "google.protobuf.Timestamp", "\"2022-07-31T08:00:00Z\"", NULL },
	{ "google.protobuf.StringValue", "\"x\"", NULL },
	{ "google.protobuf.Empty", "{}", NULL },
	{ 0 },
};

#define DEEP16                                                                                     \
	"{\"inner\":{\"inner\":{\"inner\":{\"inner\":{\"inner\":{\"inner\":{\"inner\":{\"inner\":" \
	"{\"inner\":{\"inner\":{\"inner\":{\"inner\":{\"inner\":{\"inner\":{\"inner\":{"
#define SHUT16 "}}}}}}}}}}}}}}}}"
#define PLACE16                                                                                    \
	"inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner."     \
	"inner.inner"

/* JSON in, the fault's field and how its English sentence begins. */
static const struct {
	const char *type, *in, *field, *sentence;
} refused[] = {
	{ S, "", "", "The JSON ends" },
	{ S, "   ", "", "The JSON ends" },
	{ S, "{", "", "The JSON ends" },
	{ S, "{\"aString\"", "a_string", "The JSON ends" },
	{ S, "{\"aString\":", "a_string", "The JSON ends" },
	{ S, "{\"aString\":\"x", "a_string", "The JSON ends" },
	{ S, "{\"aString\":\"x\"", "", "The JSON ends" },
	{ S, "{\"aString\":\"x\",", "", "The JSON ends" },
	{ S, "{\"aString\":\"x\",}", "", "This is not JSON" },
	{ S, "{aString:\"x\"}", "", "This is not JSON" },
	{ S, "{'aString':\"x\"}", "", "This is not JSON" },
	{ S, "{\"aString\" \"x\"}", "a_string", "This is not JSON" },
	{ S, "{\"aString\":\"x\" \"aBool\":true}", "", "This is not JSON" },
	{ S, "{\"aString\":x}", "a_string", "This is not JSON" },
	{ S, "{} {}", "", "There is more text" },
	{ S, "{}\xef\xbb\xbf", "", "There is more text" },
	{ S, "\xef\xbb\xbf{}", "", "This is not JSON" },
	{ S, "// x\n{}", "", "This is not JSON" },
	{ S, "null", "", "The whole message" },
	{ S, "[]", "", "An object" },
	{ S, "\"x\"", "", "An object" },
	{ S, "1", "", "An object" },
	{ S, "{\"aStrinq\":1}", "aStrinq", "There is no such field" },
	{ S, "{\"A_String\":1}", "A_String", "There is no such field" },
	{ S, "{\"\":1}", "", "There is no such field" },
	{ S, "{\"a\\nb\":1}", "a?b", "There is no such field" },
	{ S, "{\"aString\":\"x\",\"aString\":\"x\"}", "a_string", "The field is given twice" },
	{ S, "{\"aString\":\"x\",\"a_string\":\"x\"}", "a_string", "The field is given twice" },
	{ S, "{\"aString\":null,\"a_string\":null}", "a_string", "The field is given twice" },
	{ S, "{\"aString\":1}", "a_string", "A string" },
	{ S, "{\"aString\":{}}", "a_string", "A string" },
	{ S, "{\"aString\":[\"x\"]}", "a_string", "A string" },
	{ S, "{\"aString\":\"\x01\"}", "a_string", "A control" },
	{ S, "{\"aString\":\"a\nb\"}", "a_string", "A control" },
	{ S, "{\"aString\":\"\\u0000\"}", "a_string", "The text contains" },
	{ S, "{\"aString\":\"\\x41\"}", "a_string", "There is no such escape" },
	{ S, "{\"aString\":\"\\u12g4\"}", "a_string", "There is no such escape" },
	{ S, "{\"aString\":\"\\ud83d\"}", "a_string", "Half of" },
	{ S, "{\"aString\":\"\\ud83d\\u0041\"}", "a_string", "Half of" },
	{ S, "{\"aString\":\"\\ude00\\ud83d\"}", "a_string", "Half of" },
	{ S, "{\"aString\":\"\xff\"}", "a_string", "The text is not UTF-8" },
	{ S, "{\"aString\":\"\xc0\x80\"}", "a_string", "The text is not UTF-8" },
	{ S, "{\"aString\":\"\xed\xa0\x80\"}", "a_string", "The text is not UTF-8" },
	{ S, "{\"aString\":\"\xe7\xa4\"}", "a_string", "The text is not UTF-8" },
	{ S, "{\"aString\":\"\xf4\x90\x80\x80\"}", "a_string", "The text is not UTF-8" },
	{ S, "{\"anInt32\":1.5}", "an_int32", "A whole number" },
	{ S, "{\"anInt32\":15e-1}", "an_int32", "A whole number" },
	{ S, "{\"anInt32\":1e-400}", "an_int32", "A whole number" },
	{ S, "{\"anInt32\":2147483648}", "an_int32", "The number is out of range" },
	{ S, "{\"anInt32\":-2147483649}", "an_int32", "The number is out of range" },
	{ S, "{\"anInt32\":1e400}", "an_int32", "The number is out of range" },
	{ S, "{\"anInt32\":\"\"}", "an_int32", "A number" },
	{ S, "{\"anInt32\":\" 1\"}", "an_int32", "A number" },
	{ S, "{\"anInt32\":\"1 \"}", "an_int32", "A number" },
	{ S, "{\"anInt32\":\"0x1\"}", "an_int32", "A number" },
	{ S, "{\"anInt32\":\"NaN\"}", "an_int32", "A number" },
	{ S, "{\"anInt32\":true}", "an_int32", "A number" },
	{ S, "{\"anInt32\":01}", "an_int32", "This is not JSON" },
	{ S, "{\"anInt32\":+1}", "an_int32", "This is not JSON" },
	{ S, "{\"anInt32\":1.}", "an_int32", "This is not JSON" },
	{ S, "{\"anInt32\":-}", "an_int32", "This is not JSON" },
	{ S, "{\"anInt32\":1e}", "an_int32", "This is not JSON" },
	{ S, "{\"anInt64\":9223372036854775808}", "an_int64", "The number is out of range" },
	{ S, "{\"anInt64\":99999999999999999999999}", "an_int64", "The number is out of range" },
	{ S, "{\"aUint32\":-1}", "a_uint32", "The number is out of range" },
	{ S, "{\"aUint32\":4294967296}", "a_uint32", "The number is out of range" },
	{ S, "{\"aUint64\":\"18446744073709551616\"}", "a_uint64", "The number is out of range" },
	{ S, "{\"aSint64\":\"-9223372036854775809\"}", "a_sint64", "The number is out of range" },
	{ S, "{\"aDouble\":NaN}", "a_double", "This is not JSON" },
	{ S, "{\"aDouble\":\"nan\"}", "a_double", "A number" },
	{ S, "{\"aDouble\":1e309}", "a_double", "The number is out of range" },
	{ S, "{\"aFloat\":3.5e38}", "a_float", "The number is out of range" },
	{ S, "{\"aBool\":\"true\"}", "a_bool", "true or false" },
	{ S, "{\"aBool\":1}", "a_bool", "true or false" },
	{ S, "{\"aColour\":\"COLOUR_GREEN\"}", "a_colour", "There is no such value" },
	{ S, "{\"aColour\":\"colour_red\"}", "a_colour", "There is no such value" },
	{ S, "{\"aColour\":\"1\"}", "a_colour", "There is no such value" },
	{ S, "{\"aColour\":99}", "a_colour", "There is no such value" },
	{ S, "{\"aColour\":true}", "a_colour", "The name of a value" },
	{ S, "{\"someBytes\":\"A\"}", "some_bytes", "The text is not base64" },
	{ S, "{\"someBytes\":\"AA=\"}", "some_bytes", "The text is not base64" },
	{ S, "{\"someBytes\":\"AA===\"}", "some_bytes", "The text is not base64" },
	{ S, "{\"someBytes\":\"AB==\"}", "some_bytes", "The text is not base64" },
	{ S, "{\"someBytes\":\"A A=\"}", "some_bytes", "The text is not base64" },
	{ L, "{\"int32s\":1}", "int32s", "A list" },
	{ L, "{\"int32s\":{}}", "int32s", "A list" },
	{ L, "{\"int32s\":[1,null]}", "int32s[1]", "A list may not" },
	{ L, "{\"int32s\":[1,2", "int32s[1]", "The JSON ends" },
	{ L, "{\"int32s\":[1,]}", "int32s[1]", "This is not JSON" },
	{ L, "{\"int32s\":[[1]]}", "int32s[0]", "A number" },
	{ L, "{\"strings\":[\"a\",\"b\",3]}", "strings[2]", "A string" },
	{ L, "{\"scalars\":[{},{\"anInt32\":\"x\"}]}", "scalars[1].an_int32", "A number" },
	{ L, "{\"colours\":[\"COLOUR_RED\",\"x\"]}", "colours[1]", "There is no such value" },
	{ L, "{\"times\":[\"1970-01-01T00:00:00Z\",\"x\"]}", "times[1]", "A time such as" },
	{ L, "{\"wrapped\":[null]}", "wrapped[0]", "A list may not" },
	{ F, "{\"happenedAt\":\"2022-07-31\"}", "happened_at", "A time such as" },
	{ F, "{\"happenedAt\":\"2022-07-31T08:00:00\"}", "happened_at", "A time such as" },
	{ F, "{\"happenedAt\":\"2022-02-29T08:00:00Z\"}", "happened_at", "A time such as" },
	{ F, "{\"happenedAt\":\"1900-02-29T08:00:00Z\"}", "happened_at", "A time such as" },
	{ F, "{\"happenedAt\":\"2022-13-01T08:00:00Z\"}", "happened_at", "A time such as" },
	{ F, "{\"happenedAt\":\"2022-07-31T24:00:00Z\"}", "happened_at", "A time such as" },
	{ F, "{\"happenedAt\":\"2022-07-31T08:00:00.Z\"}", "happened_at", "A time such as" },
	{ F, "{\"happenedAt\":\"2022-07-31T08:00:00.1234567890Z\"}", "happened_at", "A time such" },
	{ F, "{\"happenedAt\":\"0001-01-01T00:00:00+08:00\"}", "happened_at", "The time is not" },
	{ F, "{\"happenedAt\":\"0000-12-31T00:00:00Z\"}", "happened_at", "The time is not" },
	{ F, "{\"happenedAt\":{\"seconds\":1}}", "happened_at", "A string" },
	{ F, "{\"took\":\"1.5\"}", "took", "A duration such as" },
	{ F, "{\"took\":\"1,5s\"}", "took", "A duration such as" },
	{ F, "{\"took\":\"315576000001s\"}", "took", "The duration is out" },
	{ F, "{\"took\":1.5}", "took", "A string" },
	{ F, "{\"nothing\":{\"x\":1}}", "nothing.x", "There is no such field" },
	{ F, "{\"nothing\":1}", "nothing", "An object" },
	{ F, "{\"maybeBool\":{\"value\":true}}", "maybe_bool", "true or false" },
	{ C, "{\"number\":1,\"text\":\"x\"}", "text", "Only one field" },
	{ C, "{\"scalars\":{},\"nothing\":{}}", "nothing", "Only one field" },
	{ C, "{\"at\":\"1970-01-01T00:00:00Z\",\"raw\":\"\"}", "raw", "Only one field" },
	{ N, "{\"nominees\":[{},{},{\"person_id\":7}]}", "nominees[2].person_id", "A string" },
	{ N, "{\"nominees\":[{\"person\":7}]}", "nominees[0].person", "There is no such field" },
	{ N, "{\"inner\":{\"choice\":{\"truth\":1}}}", "inner.choice.truth", "true or false" },
	{ N, "{\"inner\":[]}", "inner", "An object" },
	{ N, DEEP16 "\"inner\":{}" SHUT16, PLACE16, "Messages are nested" },
	{ 0 },
};

/* Packed bytes that wire_check refuses. */
#define WIRE(text) text, sizeof text - 1
static const struct {
	const char *type, *in;
	size_t len;
	const char *field, *sentence;
} unfit[] = {
	{ S, WIRE("\x08\x01"), "a_double", "The field is packed" },
	{ S, WIRE("\x18"), "an_int32", "The packed bytes end" },
	{ S, WIRE("\x18\x80"), "an_int32", "The packed bytes end" },
	{ S, WIRE("\x18\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02"), "an_int32", "A number in" },
	{ S, WIRE("\x09\0\0\0\0\0\0\0"), "a_double", "The packed bytes end" },
	{ S, WIRE("\x72\x05hell"), "a_string", "The packed bytes end" },
	{ S, WIRE("\x72\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "a_string",
	  "The packed bytes end" },
	{ S, WIRE("\x72\x01\xff"), "a_string", "The text is not UTF-8" },
	{ S,
	  WIRE("\x72\x03"
	       "a\0b"),
	  "a_string", "The text contains" },
	{ S, WIRE("\x80\x01\x63"), "a_colour", "There is no such value" },
	{ S, WIRE("\x98\x06\x01"), "#99", "There is no field" },
	{ S, WIRE("\x00\x01"), "", "The packed bytes contain" },
	{ S, WIRE("\x0b\x0c"), "", "The packed bytes contain" },
	{ S, WIRE("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "", "The packed bytes contain" },
	{ L, WIRE("\x1a\x02\x01\x80"), "int32s[0]", "The packed bytes end" },
	{ L,
	  WIRE("\x4a\x01"
	       "a"
	       "\x4a\x01\xff"),
	  "strings[1]", "The text is not UTF-8" },
	{ L, WIRE("\xe2\x12\x00\xe2\x12\x02\x18\x80"), "scalars[1].an_int32", "The packed bytes" },
	{ F, WIRE("\x0a\x02\x10\xff"), "happened_at", "The packed bytes end" },
	{ F, WIRE("\x0a\x06\x10\x80\x94\xeb\xdc\x03"), "happened_at", "The time is not" },
	{ F, WIRE("\x0a\x02\x18\x01"), "happened_at", "There is no field" },
	{ N, WIRE("\x12\x02\x0a\x05"), "inner.name", "The packed bytes end" },
	{ 0 },
};

static const struct schema_message *type_of(const char *name)
{
	const struct schema_message *type = schema_message(schema, name);
	if (!type) {
		printf("Bail out! The set lacks %s\n", name);
		exit(1);
	}
	return type;
}

static bool same(const struct bytes *b, const char *text)
{
	return b->len == strlen(text) && !memcmp(b->data, text, b->len);
}

static void takes(size_t i)
{
	const struct schema_message *type = type_of(accepted[i].type);
	const char *in = accepted[i].in, *out = accepted[i].out ? accepted[i].out : in;
	struct bytes wire = { 0 }, json = { 0 };
	struct json_fault fault = { 0 };

	/* What was in the buffers stays in front. */
	bytes_add_text(&wire, "before");
	bool done = json_to_wire(type, in, strlen(in), &wire, &fault) &&
		    wire_check(type, wire.data + 6, wire.len - 6, &fault) &&
		    wire_to_json(type, wire.data + 6, wire.len - 6, &json, 0, &fault);
	if (!*out) {
		test(!done, in, "taken");
	} else {
		bytes_add_byte(&json, 0);
		json.len--;
		test(done && same(&json, out), in,
		     done ? (const char *)json.data : fault.message_en);
	}
	bytes_free(&wire);
	bytes_free(&json);
}

static void refuses(size_t i)
{
	struct bytes wire = { 0 };
	struct json_fault fault = { 0 };
	const char *in = refused[i].in;
	char got[400];

	bool done = json_to_wire(type_of(refused[i].type), in, strlen(in), &wire, &fault);
	bool passed = !done && wire.len == 0 && !fault.no_room && *fault.message_zh &&
		      !strcmp(fault.field, refused[i].field) &&
		      !strncmp(fault.message_en, refused[i].sentence, strlen(refused[i].sentence));
	snprintf(got, sizeof got, "%s: %s", fault.field, fault.message_en);
	test(passed, *in ? in : "nothing at all", got);
	bytes_free(&wire);
}

static void finds_unfit(size_t i)
{
	struct json_fault fault = { 0 };
	char got[400], name[400];
	const uint8_t *in = (const uint8_t *)unfit[i].in;

	bool done = wire_check(type_of(unfit[i].type), in, unfit[i].len, &fault);
	bool passed = !done && !strcmp(fault.field, unfit[i].field) && *fault.message_zh &&
		      !strncmp(fault.message_en, unfit[i].sentence, strlen(unfit[i].sentence));
	snprintf(got, sizeof got, "%s: %s", fault.field, fault.message_en);
	snprintf(name, sizeof name, "packed bytes, number %zu: %s", i, unfit[i].sentence);
	test(passed, name, got);
}

static void writes(const char *name, const char *type, const char *wire, size_t len, unsigned flags,
		   const char *expected)
{
	struct bytes json = { 0 };
	struct json_fault fault = { 0 };
	bool done = wire_to_json(type_of(type), (const uint8_t *)wire, len, &json, flags, &fault);
	bytes_add_byte(&json, 0);
	json.len--;
	test(done && same(&json, expected), name,
	     done ? (const char *)json.data : fault.message_en);
	bytes_free(&json);
}

static void writes_other_forms(void)
{
	writes("An unknown enum number stays a number", S, WIRE("\x80\x01\x63"), 0,
	       "{\"aColour\":99}");
	writes("An unknown field is left out", S, WIRE("\x98\x06\x01\x68\x01"), 0,
	       "{\"aBool\":true}");
	writes("The last of two values wins", S, WIRE("\x18\x01\x18\x02"), 0, "{\"anInt32\":2}");
	writes("A zero that was sent is not written", S, WIRE("\x18\x00"), 0, "{}");
	writes("The last member of a oneof wins", C, WIRE("\x08\x01\x12\x01x"), 0,
	       "{\"text\":\"x\"}");
	writes("A member that came back counts from then", C,
	       WIRE("\x2a\x02\x18\x05\x08\x01\x2a\x02\x68\x01"), 0,
	       "{\"scalars\":{\"aBool\":true}}");
	writes("A list may come packed and loose at once", L,
	       WIRE("\x18\x01\x1a\x02\x02\x03\x18\x04"), 0, "{\"int32s\":[1,2,3,4]}");
	writes("A loose list may come packed", L, WIRE("\x22\x02\x02\x03"), 0,
	       "{\"looseInt32s\":[2,3]}");
	writes("A list may be scattered", L,
	       WIRE("\x4a\x01"
		    "a\x18\x01\x4a\x01"
		    "b"),
	       0, "{\"int32s\":[1],\"strings\":[\"a\",\"b\"]}");
	writes("A packed list with nothing in it is not written", L, WIRE("\x1a\x00"), 0, "{}");
	writes("A message in two pieces is one", N,
	       WIRE("\x12\x03\x0a\x01"
		    "a\x12\x04\x2a\x02\x10\x07"),
	       0, "{\"inner\":{\"name\":\"a\",\"nominees\":[{\"points\":\"7\"}]}}");
	writes("Defaults can be written", N, WIRE("\x2a\x00"), JSON_DEFAULTS,
	       "{\"name\":\"\",\"nests\":[],\"nominees\":[{\"personId\":\"\",\"points\":\"0\"}]}");
	writes("Lines can be broken", N,
	       WIRE("\x0a\x01"
		    "a\x2a\x00\x2a\x02\x10\x07"),
	       JSON_PRETTY,
	       "{\n  \"name\": \"a\",\n  \"nominees\": [\n    {},\n    {\n      \"points\": \"7\"\n"
	       "    }\n  ]\n}");
	writes("NUL is escaped", S, WIRE("\x72\x01\0"), 0, "{\"aString\":\"\\u0000\"}");
}

/* Thousands of nested lengths, each to be put in front of bytes that are there already. */
static void places_many_lengths(void)
{
	const struct schema_message *type = type_of(N);
	struct bytes text = { 0 }, wire = { 0 }, json = { 0 };
	struct json_fault fault = { 0 };

	bytes_add_text(&text, "{\"nests\":[");
	for (int i = 0; i < 5000; i++) {
		char one[96];
		snprintf(one, sizeof one,
			 "%s{\"name\":\"n%d\",\"inner\":{\"inner\":{\"name\":\"%0*d\"}}}",
			 i ? "," : "", i, 1 + i % 9, i % 10);
		bytes_add_text(&text, one);
	}
	bytes_add_text(&text, "]}");
	bool done = json_to_wire(type, (const char *)text.data, text.len, &wire, &fault) &&
		    wire_check(type, wire.data, wire.len, &fault) &&
		    wire_to_json(type, wire.data, wire.len, &json, 0, &fault);
	test(done && json.len == text.len && !memcmp(json.data, text.data, text.len),
	     "Fifteen thousand nested lengths are right", fault.message_en);
	bytes_free(&text);
	bytes_free(&wire);
	bytes_free(&json);
}

static void keeps_bounds(void)
{
	struct bytes text = { 0 }, wire = { 0 };
	struct json_fault fault = { 0 };

	while (text.len <= JSON_INPUT_MAX)
		bytes_add_byte(&text, ' ');
	test(!json_to_wire(type_of(S), (const char *)text.data, text.len, &wire, &fault) &&
		     !strncmp(fault.message_en, "The message is longer", 21),
	     "More than 1 MiB of JSON is refused", fault.message_en);
	test(!wire_check(type_of(S), text.data, text.len, &fault) &&
		     !strncmp(fault.message_en, "The message is longer", 21),
	     "More than 1 MiB of packed bytes is refused", fault.message_en);

	wire.max = 8;
	const char *json = "{\"aString\":\"longer than eight\"}";
	test(!json_to_wire(type_of(S), json, strlen(json), &wire, &fault) && fault.no_room &&
		     wire.len == 0,
	     "A full buffer is told apart from a bad input", fault.message_en);
	bytes_free(&text);
	bytes_free(&wire);
}

static void knows_its_schema(void)
{
	const char *path = "shegong.test.v1.TestService/Echo";
	const struct schema_method *m = schema_method(schema, path, strlen(path));
	test(m && m->no_side_effects && !m->server_streaming && !strcmp(m->name, "Echo") &&
		     !strcmp(schema_message_name(m->input), "shegong.test.v1.EchoRequest"),
	     "A method is found by its path", path);
	path = "shegong.test.v1.TestService/EchoMany";
	m = schema_method(schema, path, strlen(path));
	test(m && !m->no_side_effects && m->server_streaming, "A stream is known as one", path);
	test(!schema_method(schema, path, strlen(path) - 1), "Half a path finds nothing", path);
	test(schema_n_methods(schema) == 2, "Every method is counted", "another number");

	const struct schema_message *type = type_of(N);
	const struct schema_field *f = schema_field_named(type, "nominees", 8);
	test(f && f->repeated && f->kind == SCHEMA_MESSAGE && schema_field_numbered(type, 5) == f &&
		     schema_field_named(f->message, "personId", 8) ==
			     schema_field_named(f->message, "person_id", 9),
	     "A field is found by both names and its number", "nothing");
	f = schema_field_numbered(type_of(L), 301);
	test(f && !strcmp(f->name, "times"), "A field with a high number is found", "nothing");
	f = schema_field_named(type_of(C), "text", 4);
	test(f && f->oneof == 0 && !strcmp(f->oneof_name, "pick"), "A oneof has its name", "");

	char why[256] = "";
	test(!schema_open("\xff\xff", 2, why) && *why, "What is no descriptor set is refused", why);
}

int main(int argc, char **argv)
{
	static uint8_t set[1 << 20];
	FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
	if (!file) {
		fprintf(stderr, "json_test SET: cannot read the descriptor set\n");
		return 1;
	}
	char why[256] = "";
	size_t len = fread(set, 1, sizeof set, file);
	fclose(file);
	struct schema *opened = schema_open(set, len, why);
	if (!opened) {
		printf("Bail out! %s\n", why);
		return 1;
	}
	schema = opened;

	for (size_t i = 0; accepted[i].type; i++)
		takes(i);
	for (size_t i = 0; refused[i].type; i++)
		refuses(i);
	for (size_t i = 0; unfit[i].type; i++)
		finds_unfit(i);
	writes_other_forms();
	places_many_lengths();
	keeps_bounds();
	knows_its_schema();
	printf("1..%u\n", n_tests);
	schema_close(opened);
	return n_failed > 0;
}
