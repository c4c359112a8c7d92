/* Runs stories: story SET FILE.story...
 *
 * A story is played against all five services in one process, without sockets: each step is a
 * message to one of them, and after each step all follow each other until nothing is left to
 * follow.  SET is the descriptor set, by which the JSON of the steps becomes messages.
 *
 *     story An application after the closing date is refused (rule B1)
 *     include setup.inc
 *     today 2022-05-01
 *     as province
 *     given OpenCall { "call_id": "c1", ... }
 *     when SubmitApplication { ... }            when#my-id gives the command's id
 *     then accepted
 *     then refused CALL_CLOSED c1 by B1         and by which rule
 *     then nothing happened                     no journal has grown since the command
 *     then event ApplicationSubmitted { ... }
 *     then no event
 *     then events AgreementInForce              these and no others, in this order
 *     then GetCall { "call_id": "c1" } gives { "call": { ... } }
 *     then GetCall { "call_id": "c2" } refused NOT_FOUND c2
 *     without reporting                         it is down: it follows nobody, and no day begins for it
 *     with reporting                            it is up again, and catches up
 *
 *     for 1..201 given DraftChange { "change_id": "ch-{n}", ... }     the step for each number
 *     when RecordTrainingDay { "trainee_ids": ["t-{1..501}"], ... }   a text for each number
 *
 *     told stations.AgreementInForce { ... }    the file's service follows an event that stations would
 *                                               not say, and hears no more of stations after it
 *
 * A step about another service than the file's own (its folder) writes stations.GetProject. */
#include <assert.h>
#include <ctype.h>
#include <ftw.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "engine/engine.h"
#include "gateway/json.h"
#include "gateway/schema.h"

enum { SERVICES = 5, STEP_MAX = 512 * 1024 };

static const struct service *const services[SERVICES] = {
	&personnel_service,   &stations_service,  &funding_service,
	&supervision_service, &reporting_service,
};

/* Stories are run one after the other: the stage is cleared between them. */
static struct {
	const struct schema *schema;
	char dir[64];
	struct engine *engines[SERVICES];
	struct reader *readers[SERVICES];
	bool open;
	bool down[SERVICES];
	bool deaf[SERVICES][SERVICES]; /* who hears no more of whom */
	char date[DAY_TEXT_SIZE];
	int own; /* the service of the file that is read */
	Engine__Principal actor;
	char account[80], person[80], region[32], agency[80];
	int n_commands;
	uint64_t before[SERVICES]; /* heads before the last step */
	Engine__Code code;	   /* of the last "when" */
	char reason[80], about[4096], rule[8], said[1024], said_zh[1024];
} stage;

static struct {
	const char *file;
	int line;
	char title[512];
	bool failed, skipping;
	int n, n_failed;
} report;

/* Looks at each world that a story leaves, and at each query in the world in which it is asked; the
 * tests of tests/access/ do. */
static void (*look_at_world)(void);
static void (*look_at_query)(int service, const char *method, const struct bytes *request);
/* Which stories of a file are played; NULL: all. */
static bool (*plays)(const char *title);

__attribute__((format(printf, 1, 2))) static void fail(const char *format, ...)
{
	va_list args;

	if (!report.failed)
		printf("# %s:%d: %s\n", report.file, report.line, report.title);
	printf("#   line %d: ", report.line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	report.failed = report.skipping = true;
}

/* --- The stage ---------------------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void clear_stage(void)
{
	for (int i = 0; i < SERVICES && stage.open; i++) {
		reader_close(stage.readers[i]);
		engine_close(stage.engines[i]);
	}
	if (stage.open)
		nftw(stage.dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	stage.open = false;
	memset(stage.down, 0, sizeof(stage.down));
	memset(stage.deaf, 0, sizeof(stage.deaf));
	stage.n_commands = 0;
	*stage.date = '\0';
}

static void open_stage(const char *date)
{
	static const uint8_t master_key[32] = { 1 };
	struct engine_options options = { .map_bytes = 64 << 20,
					  .virtual_clock = true,
					  .virtual_start = date,
					  .master_key = master_key };
	char why[256];
	int exit_code;

	snprintf(stage.dir, sizeof(stage.dir), "%s/shegong-story-XXXXXX",
		 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(stage.dir)) {
		perror(stage.dir);
		exit(1);
	}
	for (int i = 0; i < SERVICES; i++) {
		char dir[128];

		snprintf(dir, sizeof(dir), "%s/%s", stage.dir, services[i]->name);
		stage.engines[i] = engine_open(services[i], dir, &options, &exit_code, why);
		if (!stage.engines[i]) {
			printf("Bail out! %s: %s\n", services[i]->name, why);
			exit(1);
		}
		stage.readers[i] = reader_open(stage.engines[i]);
		if (engine_begin(stage.engines[i]) || engine_commit(stage.engines[i])) {
			printf("Bail out! %s: no first day\n", services[i]->name);
			exit(1);
		}
	}
	snprintf(stage.date, sizeof(stage.date), "%s", date);
	stage.open = true;
}

static Engine__Principal nobody(void)
{
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;

	principal.account_id = "story";
	principal.role = ENGINE__ROLE__ROLE_SERVICE;
	return principal;
}

static Engine__Reply *ask(int i, const char *method, const uint8_t *body, size_t size,
			  Engine__Principal *actor)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	struct packed reply;

	request.method = method;
	request.principal = actor;
	request.body = (ProtobufCBinaryData){ size, (uint8_t *)(uintptr_t)body };
	reply = reader_query(stage.readers[i], &request);
	return engine__reply__unpack(NULL, reply.size, reply.bytes);
}

/* One read of a source from a place on; NULL: there is nothing new. */
static Engine__ReadResponse *read_journal(int source, uint64_t after)
{
	Engine__ReadRequest read = ENGINE__READ_REQUEST__INIT;
	Engine__Principal actor = nobody();
	Engine__ReadResponse *response;
	Engine__Reply *reply;
	uint8_t body[32];

	read.after = after;
	reply = ask(source, "shegong.engine.v1.EngineService/Read", body,
		    engine__read_request__pack(&read, body), &actor);
	response = engine__read_response__unpack(NULL, reply->body.len, reply->body.data);
	engine__reply__free_unpacked(reply, NULL);
	if (response && response->n_events == 0) {
		engine__read_response__free_unpacked(response, NULL);
		return NULL;
	}
	return response;
}

static int service_named(const char *name, size_t len)
{
	for (int i = 0; i < SERVICES; i++) {
		if (strlen(services[i]->name) == len && memcmp(services[i]->name, name, len) == 0)
			return i;
	}
	return -1;
}

/* Lets service i follow what is new of its source s.  True where there was something. */
static bool follow(int i, size_t s)
{
	const char *name = engine_source(stage.engines[i], s);
	struct standing standing;
	Engine__ReadResponse *read;
	int source = service_named(name, strlen(name));
	char why[128];

	engine_standing(stage.engines[i], &standing);
	read = stage.deaf[i][source] ? NULL : read_journal(source, standing.cursors[s].sequence);
	if (!read)
		return false;
	if (engine_begin(stage.engines[i]))
		fail("%s: a batch cannot begin", services[i]->name);
	if (!engine_follow(stage.engines[i], name, read, why))
		fail("%s: %s", services[i]->name, why);
	if (engine_commit(stage.engines[i]))
		fail("%s: a batch cannot be committed", services[i]->name);
	engine__read_response__free_unpacked(read, NULL);
	return true;
}

static void settle(void)
{
	for (bool moved = true; moved && !report.failed;) {
		moved = false;
		for (int i = 0; i < SERVICES; i++) {
			for (size_t s = 0; !stage.down[i] && engine_source(stage.engines[i], s);
			     s++)
				moved |= follow(i, s);
		}
	}
}

/* What the last step was answered, for the steps that judge it. */
static void keep_verdict(const Engine__Reply *reply)
{
	static const Engine__Refused none = ENGINE__REFUSED__INIT;
	const Engine__Refused *refused = reply->refusal ? reply->refusal : &none;

	stage.code = reply->code;
	snprintf(stage.reason, sizeof(stage.reason), "%s", refused->reason);
	snprintf(stage.about, sizeof(stage.about), "%s", refused->about);
	snprintf(stage.rule, sizeof(stage.rule), "%s", refused->rule);
	snprintf(stage.said, sizeof(stage.said), "%s", refused->message_en);
	snprintf(stage.said_zh, sizeof(stage.said_zh), "%s", refused->message_zh);
}

static void command(int i, const char *method, const char *id, const uint8_t *body, size_t size,
		    Engine__Principal *actor)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__Reply *reply;
	struct packed packed;

	request.id = id;
	request.method = method;
	request.principal = actor;
	request.body = (ProtobufCBinaryData){ size, (uint8_t *)(uintptr_t)body };
	if (engine_begin(stage.engines[i])) {
		fail("%s: a batch cannot begin", services[i]->name);
		return;
	}
	packed = engine_command(stage.engines[i], &request);
	reply = engine__reply__unpack(NULL, packed.size, packed.bytes);
	if (engine_commit(stage.engines[i]))
		fail("%s: a batch cannot be committed", services[i]->name);
	keep_verdict(reply);
	engine__reply__free_unpacked(reply, NULL);
}

/* A business date begins for one service. */
static void day_begins_for(int i, const char *date)
{
	Engine__AdvanceClockRequest advance = ENGINE__ADVANCE_CLOCK_REQUEST__INIT;
	Engine__Principal actor = nobody();
	uint8_t body[32];

	advance.date = date;
	command(i, "shegong.engine.v1.EngineService/AdvanceClock", "clock", body,
		engine__advance_clock_request__pack(&advance, body), &actor);
	if (stage.code)
		fail("%s: the clock does not move: %s", services[i]->name, stage.said);
}

static void one_day(const char *date)
{
	for (int i = 0; i < SERVICES && !report.failed; i++)
		if (!stage.down[i])
			day_begins_for(i, date);
	settle();
}

/* Takes a service down, or up again: then its missed days begin, in order, and it catches up. */
static void step_down(const char *name, bool down)
{
	int i = service_named(name, strlen(name));

	if (i < 0 || !stage.open || stage.down[i] == down) {
		fail("\"%s\" is no service that can be taken %s", name, down ? "down" : "up");
		return;
	}
	stage.down[i] = down;
	if (down)
		return;
	day_begins_for(i, stage.date);
	settle();
}

static void step_today(const char *date)
{
	struct day from, to;

	if (!day_read(&to, date)) {
		fail("\"%s\" is no date", date);
		return;
	}
	if (!stage.open) {
		open_stage(date);
		return;
	}
	for (day_read(&from, stage.date); day_compare(from, to) < 0 && !report.failed;) {
		from = day_plus(from, 1);
		day_write(from, stage.date);
		one_day(stage.date);
	}
}

/* --- Who acts ----------------------------------------------------------------------------------- */

/* The words after a role, in this order: p person, a agency, r region. */
static const struct {
	const char *name;
	Engine__Role role;
	const char *words;
} roles[] = {
	{ "ministry", ENGINE__ROLE__ROLE_MINISTRY, "" },
	{ "province", ENGINE__ROLE__ROLE_PROVINCE, "" },
	{ "project-office", ENGINE__ROLE__ROLE_PROJECT_OFFICE, "" },
	{ "regional-centre", ENGINE__ROLE__ROLE_REGIONAL_CENTRE, "r" },
	{ "prefecture", ENGINE__ROLE__ROLE_PREFECTURE, "r" },
	{ "county", ENGINE__ROLE__ROLE_COUNTY, "r" },
	{ "town", ENGINE__ROLE__ROLE_TOWN, "r" },
	{ "agency", ENGINE__ROLE__ROLE_AGENCY, "a" },
	{ "worker", ENGINE__ROLE__ROLE_WORKER, "par" },
	{ "supervisor", ENGINE__ROLE__ROLE_SUPERVISOR, "p" },
	{ "evaluator", ENGINE__ROLE__ROLE_EVALUATOR, "p" },
	{ "auditor", ENGINE__ROLE__ROLE_AUDITOR, "" },
	{ "dashboard", ENGINE__ROLE__ROLE_DASHBOARD, "" },
	{ "administrator", ENGINE__ROLE__ROLE_ADMINISTRATOR, "p" },
	{ "operator", ENGINE__ROLE__ROLE_SERVICE, "" }, /* at the services' own sockets */
};

static void set_actor(Engine__Role role, const char *name)
{
	engine__principal__init(&stage.actor);
	stage.actor.role = role;
	if (!*stage.person)
		snprintf(stage.person, sizeof(stage.person), "p-%.60s",
			 *stage.agency ? stage.agency : name);
	snprintf(stage.account, sizeof(stage.account), "%s", stage.person);
	stage.actor.account_id = stage.account;
	stage.actor.person_id = stage.person;
	stage.actor.region_code = stage.region;
	stage.actor.agency_id = stage.agency;
}

static void step_as(char *words)
{
	char *save = NULL, *role = strtok_r(words, " ", &save), *word, *account = NULL;
	size_t r = 0;

	while (r < sizeof(roles) / sizeof(roles[0]) && role && strcmp(roles[r].name, role) != 0)
		r++;
	if (!role || r == sizeof(roles) / sizeof(roles[0])) {
		fail("there is no role \"%s\"", role ? role : "");
		return;
	}
	*stage.person = *stage.agency = '\0';
	snprintf(stage.region, sizeof(stage.region), "53");
	for (const char *w = roles[r].words; *w && (word = strtok_r(NULL, " ", &save)); w++) {
		if (*w == 'p')
			snprintf(stage.person, sizeof(stage.person), "%s", word);
		else if (*w == 'a')
			snprintf(stage.agency, sizeof(stage.agency), "%s", word);
		else
			snprintf(stage.region, sizeof(stage.region), "%s", word);
	}
	while ((word = strtok_r(NULL, " ", &save))) {
		char *value = strtok_r(NULL, " ", &save);

		if (value && strcmp(word, "person") == 0)
			snprintf(stage.person, sizeof(stage.person), "%s", value);
		else if (value && strcmp(word, "agency") == 0)
			snprintf(stage.agency, sizeof(stage.agency), "%s", value);
		else if (value && strcmp(word, "account") == 0)
			account = value;
		else if (value && strcmp(word, "region") == 0)
			snprintf(stage.region, sizeof(stage.region), "%s", value);
		else
			fail("\"%s\" says nothing about an actor", word);
	}
	set_actor(roles[r].role, role);
	if (account)
		snprintf(stage.account, sizeof(stage.account), "%s", account);
}

/* --- Matching ----------------------------------------------------------------------------------- */

/* "page_token" and "pageToken" are one key. */
static void camel(const char *name, char *to, size_t size)
{
	size_t n = 0;

	for (bool up = false; *name && n + 1 < size; name++) {
		if (*name == '_') {
			up = true;
			continue;
		}
		to[n++] = (char)(up ? toupper(*name) : *name);
		up = false;
	}
	to[n] = '\0';
}

/* A value that ProtoJSON leaves out. */
static bool is_zero(const json_t *value)
{
	const char *text = json_string_value(value);

	if (text)
		return !*text || strcmp(text, "0") == 0 || strstr(text, "_UNSPECIFIED");
	return json_is_null(value) || json_is_false(value) ||
	       (json_is_integer(value) && json_integer_value(value) == 0) ||
	       (json_is_array(value) && json_array_size(value) == 0);
}

static bool same_scalar(json_t *expected, json_t *found)
{
	char number[32];

	if (json_equal(expected, found))
		return true;
	/* 64-bit numbers are texts in ProtoJSON; a story may write them as numbers. */
	if (json_is_integer(expected) && json_is_string(found)) {
		snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
			 json_integer_value(expected));
		return strcmp(number, json_string_value(found)) == 0;
	}
	if (json_is_string(expected) && json_is_integer(found))
		return same_scalar(found, expected);
	return false;
}

/* Does found have all that is expected?  where is the path of what it lacks. */
static bool has(json_t *expected, json_t *found, char *where, size_t size)
{
	const char *key;
	json_t *value;
	size_t i, len = strlen(where);
	char name[128];

	if (!found)
		return is_zero(expected);
	if (json_is_object(expected) && json_is_object(found)) {
		json_object_foreach(expected, key, value)
		{
			camel(key, name, sizeof(name));
			snprintf(where + len, size - len, ".%s", name);
			if (!has(value, json_object_get(found, name), where, size))
				return false;
		}
		where[len] = '\0';
		return true;
	}
	if (json_is_array(expected) && json_is_array(found)) {
		snprintf(where + len, size - len, " (%zu of %zu elements)", json_array_size(found),
			 json_array_size(expected));
		if (json_array_size(expected) != json_array_size(found))
			return false;
		json_array_foreach(expected, i, value)
		{
			snprintf(where + len, size - len, "[%zu]", i);
			if (!has(value, json_array_get(found, i), where, size))
				return false;
		}
		where[len] = '\0';
		return true;
	}
	return same_scalar(expected, found);
}

static json_t *json_of(const char *type, const uint8_t *wire, size_t size)
{
	const struct schema_message *message = schema_message(stage.schema, type);
	struct bytes text = { 0 };
	struct json_fault fault;
	json_t *json;

	if (!message || !wire_to_json(message, wire, size, &text, 0, &fault)) {
		fail("%s cannot be shown as JSON", type);
		return NULL;
	}
	json = json_loadb((const char *)text.data, text.len, 0, NULL);
	bytes_free(&text);
	return json;
}

static void must_have(json_t *expected, json_t *found, const char *what)
{
	char where[1024] = "";
	char *text;

	if (has(expected, found, where, sizeof(where)))
		return;
	text = json_dumps(found, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	fail("%s is not as told at %s; it is %.3000s", what, *where ? where : ".",
	     text ? text : "nothing");
	free(text);
}

/* --- Steps -------------------------------------------------------------------------------------- */

/* "stations.GetSite" or "GetSite": the service, and the rest of the name. */
static int service_of(const char **name)
{
	const char *dot = strchr(*name, '.');
	int i;

	if (!dot)
		return stage.own;
	i = service_named(*name, (size_t)(dot - *name));
	*name = dot + 1;
	return i;
}

static const struct schema_method *method_of(const char *name, int *i)
{
	const struct schema_method *method;
	char full[256];

	*i = service_of(&name);
	if (*i < 0) {
		fail("there is no such service: %s", name);
		return NULL;
	}
	snprintf(full, sizeof(full), "%s/%s", services[*i]->rpcs->name, name);
	method = schema_method(stage.schema, full, strlen(full));
	if (!method)
		fail("there is no method %s", full);
	return method;
}

static bool wire_of(const struct schema_method *method, const char *json, size_t len,
		    struct bytes *wire)
{
	struct json_fault fault;

	if (json_to_wire(method->input, json, len, wire, &fault))
		return true;
	fail("%s: %s: %s", method->name, fault.field, fault.message_en);
	return false;
}

static void send(const char *name, const char *id, const char *json, size_t len)
{
	const struct schema_method *method;
	struct bytes wire = { 0 };
	char given[64];
	int i;

	if (!stage.open)
		open_stage("2022-01-01");
	method = method_of(name, &i);
	if (method && stage.down[i]) {
		fail("%s is down", services[i]->name);
		return;
	}
	if (!method || !wire_of(method, json, len, &wire)) {
		bytes_free(&wire);
		return;
	}
	for (int s = 0; s < SERVICES; s++) {
		struct standing standing;

		engine_standing(stage.engines[s], &standing);
		stage.before[s] = standing.sequence;
	}
	snprintf(given, sizeof(given), "story-%d", ++stage.n_commands);
	command(i, method->full_name, *id ? id : given, wire.data, wire.len, &stage.actor);
	bytes_free(&wire);
	settle();
}

/* The event of a service as its journal has it, without its place there: "AgreementInForce". */
static bool event_of(int source, const char *name, const char *json, size_t len, struct bytes *wire,
		     Engine__Event *event)
{
	const ProtobufCMessageDescriptor *events = services[source]->event;
	struct json_fault fault;
	char wanted[80], key[80];
	char *whole = NULL;
	bool read = false;

	snprintf(wanted, sizeof(wanted), "%c%s", tolower(*name), *name ? name + 1 : "");
	for (unsigned f = 0; f < events->n_fields; f++) {
		camel(events->fields[f].name, key, sizeof(key));
		if (strcmp(key, wanted) == 0)
			event->type = events->fields[f].name;
	}
	if (asprintf(&whole, "{\"%s\": %.*s}", wanted, (int)len, json) < 0)
		return false;
	read = json_to_wire(schema_message(stage.schema, events->name), whole, strlen(whole), wire,
			    &fault);
	if (!read)
		fail("%s: %s: %s", name, fault.field, fault.message_en);
	free(whole);
	event->source = services[source]->name;
	event->body = (ProtobufCBinaryData){ wire->len, wire->data };
	return read;
}

/* Lets the file's service follow one event as the next of the source's. */
static void tell(size_t s, int source, const char *name, const char *json, size_t len)
{
	struct engine *own = stage.engines[stage.own];
	Engine__ReadResponse read = ENGINE__READ_RESPONSE__INIT;
	Engine__Event event = ENGINE__EVENT__INIT;
	ProtobufCBinaryData packed = { 0 };
	struct bytes wire = { 0 };
	struct standing standing;
	char why[128];

	engine_standing(own, &standing);
	if (event_of(source, name, json, len, &wire, &event)) {
		event.sequence = standing.cursors[s].sequence + 1;
		event.previous_hash = (ProtobufCBinaryData){ HASH_SIZE, standing.cursors[s].hash };
		event.date = stage.date;
		packed.data = malloc(engine__event__get_packed_size(&event));
		packed.len = packed.data ? engine__event__pack(&event, packed.data) : 0;
		read.epoch = standing.cursors[s].epoch;
		read.events = &packed;
		read.n_events = 1;
		if (engine_begin(own) || !engine_follow(own, services[source]->name, &read, why) ||
		    engine_commit(own))
			fail("%s cannot be followed", name);
	}
	free(packed.data);
	bytes_free(&wire);
	stage.deaf[stage.own][source] = true;
	settle();
}

/* "stations.AgreementInForce { ... }" */
static void step_told(char *words)
{
	const char *name = words, *body = words + strcspn(words, " {"), *source_name;
	int source = service_of(&name);
	char event[80];

	snprintf(event, sizeof(event), "%.*s", (int)(body - name), name);
	body += strspn(body, " \n");
	for (size_t s = 0;
	     source >= 0 && (source_name = engine_source(stage.engines[stage.own], s)); s++) {
		if (strcmp(source_name, services[source]->name) == 0) {
			tell(s, source, event, body, strlen(body));
			return;
		}
	}
	fail("the service does not follow %s", words);
}

/* True where a character of U+3400 to U+9FFF is in the text. */
static bool has_chinese(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if ((*c == 0xe3 && c[1] >= 0x90) || (*c >= 0xe4 && *c <= 0xe9))
			return true;
	}
	return false;
}

/* Cuts the " by B19" off the end of the words and gives its "B19"; NULL where there is none. */
static const char *cut_rule(char *words)
{
	char *last = strrchr(words, ' ');

	if (!last || last - words < 3 || memcmp(last - 3, " by", 3) != 0)
		return NULL;
	if ((last[1] != 'A' && last[1] != 'B') || !isdigit((unsigned char)last[2]))
		return NULL;
	last[-3] = '\0';
	return last + 1;
}

static void then_refused(char *words)
{
	const char *rule = cut_rule(words);
	char *about = words + strcspn(words, " ");

	if (*about)
		*about++ = '\0';
	if (strcmp(stage.reason, words) != 0)
		fail("expected %s, but %s%s%s", words,
		     stage.code ? stage.reason : "it was accepted", stage.code ? ": " : "",
		     stage.said);
	else if (*about && strcmp(stage.about, about) != 0)
		fail("%s is about \"%s\", not \"%s\"", words, stage.about, about);
	else if (rule && strcmp(stage.rule, rule) != 0)
		fail("%s is by \"%s\", not \"%s\"", words, stage.rule, rule);
	else if (!*stage.said || has_chinese(stage.said) || !has_chinese(stage.said_zh))
		fail("%s is not told in both languages: \"%s\", \"%s\"", words, stage.said,
		     stage.said_zh);
}

static void then_nothing_happened(void)
{
	for (int i = 0; i < SERVICES; i++) {
		struct standing standing;

		engine_standing(stage.engines[i], &standing);
		if (standing.sequence != stage.before[i])
			fail("%s has recorded %" PRIu64 " events", services[i]->name,
			     standing.sequence - stage.before[i]);
	}
}

/* The events of a service since the last step, each as { "callOpened": { ... } }. */
static json_t *events_since(int i)
{
	Engine__ReadResponse *read = read_journal(i, stage.before[i]);
	json_t *events = json_array();

	for (size_t n = 0; read && n < read->n_events; n++) {
		Engine__Event *event =
			engine__event__unpack(NULL, read->events[n].len, read->events[n].data);

		if (strcmp(event->type, "day_began") != 0)
			json_array_append_new(events, json_of(services[i]->event->name,
							      event->body.data, event->body.len));
		engine__event__free_unpacked(event, NULL);
	}
	if (read)
		engine__read_response__free_unpacked(read, NULL);
	return events;
}

static void then_event(const char *name, json_t *expected)
{
	int i = service_of(&name);
	json_t *events, *event, *found = NULL, *last = NULL;
	char key[128], where[1024];
	size_t n;

	if (i < 0) {
		fail("there is no such service: %s", name);
		return;
	}
	events = events_since(i);
	snprintf(key, sizeof(key), "%c%s", tolower(name[0]), name + 1);
	json_array_foreach(events, n, event)
	{
		json_t *member = json_object_get(event, key);

		*where = '\0';
		last = member ? member : last;
		if (member && has(expected, member, where, sizeof(where)))
			found = member;
	}
	if (!found && last)
		must_have(expected, last, name);
	else if (!found)
		fail("there was no event %s", name);
	json_decref(events);
}

/* The events of one service since the last step are those of the names, in their order. */
static void then_events(char *names)
{
	char *save = NULL, *name = strtok_r(names, " ", &save), found[1024] = "", wanted[1024] = "";
	const char *first = name ? name : "";
	int i = service_of(&first);
	json_t *events, *event;
	size_t n;

	if (i < 0) {
		fail("there is no such service: %s", first);
		return;
	}
	events = events_since(i);
	json_array_foreach(events, n, event)
	{
		const char *key = json_object_iter_key(json_object_iter(event));
		size_t len = strlen(found);

		snprintf(found + len, sizeof(found) - len, " %c%s", toupper(*key), key + 1);
	}
	json_decref(events);
	for (; name; name = strtok_r(NULL, " ", &save)) {
		const char *bare = strchr(name, '.') ? strchr(name, '.') + 1 : name;
		size_t len = strlen(wanted);

		snprintf(wanted + len, sizeof(wanted) - len, " %s", bare);
	}
	if (strcmp(found, wanted) != 0)
		fail("the events are%s, not%s", *found ? found : " none", wanted);
}

static void then_query(const char *name, const char *json, size_t len, const char *outcome)
{
	const struct schema_method *method;
	struct bytes wire = { 0 };
	Engine__Reply *reply;
	int i;

	if (!stage.open)
		open_stage("2022-01-01");
	method = method_of(name, &i);
	if (!method || !wire_of(method, json, len, &wire))
		return;
	if (look_at_query)
		look_at_query(i, method->full_name, &wire);
	reply = ask(i, method->full_name, wire.data, wire.len, &stage.actor);
	bytes_free(&wire);
	if (strncmp(outcome, "gives ", 6) == 0 && reply->code) {
		fail("%s is refused: %s %s: %s", name, reply->refusal->reason,
		     reply->refusal->about, reply->refusal->message_en);
	} else if (strncmp(outcome, "gives ", 6) == 0) {
		json_error_t error;
		json_t *expected = json_loads(outcome + 6, 0, &error);
		json_t *found = json_of(schema_message_name(method->output), reply->body.data,
					reply->body.len);

		if (!expected)
			fail("the expected JSON: %s", error.text);
		else if (found)
			must_have(expected, found, name);
		json_decref(expected);
		json_decref(found);
	} else if (strncmp(outcome, "refused ", 8) == 0) {
		char wanted[512];

		snprintf(wanted, sizeof(wanted), "%s", outcome + 8);
		keep_verdict(reply);
		then_refused(wanted);
	} else {
		fail("a query \"gives\" or is \"refused\"");
	}
	engine__reply__free_unpacked(reply, NULL);
}

/* Where a JSON object that begins at text ends: just past its last brace. */
static const char *object_end(const char *text)
{
	bool quoted = false;
	int depth = 0;

	for (; *text; text++) {
		if (quoted && *text == '\\' && text[1])
			text++;
		else if (*text == '"')
			quoted = !quoted;
		else if (!quoted && *text == '{')
			depth++;
		else if (!quoted && *text == '}' && --depth == 0)
			return text + 1;
	}
	return NULL;
}

static const char *skipped(const char *text)
{
	return text + strspn(text, " \t\n");
}

/* "Name { ... } rest" */
static void step_message(const char *keyword, char *words)
{
	char name[160], id[80] = "";
	const char *body = words + strcspn(words, " {"), *end;
	const char *mark = strchr(keyword, '#');
	char verdict[] = "accepted";

	snprintf(name, sizeof(name), "%.*s", (int)(body - words), words);
	body = skipped(body);
	end = *body == '{' ? object_end(body) : body;
	if (!end) {
		fail("the message's braces do not balance");
		return;
	}
	if (mark)
		snprintf(id, sizeof(id), "%s", mark + 1);
	if (strcmp(keyword, "then") == 0) {
		then_query(name, *body ? body : "{}", *body ? (size_t)(end - body) : 2,
			   skipped(end));
		return;
	}
	send(name, id, *body ? body : "{}", *body ? (size_t)(end - body) : 2);
	if (strncmp(keyword, "given", 5) == 0 && stage.code && !report.failed)
		fail("given %s is not %s: %s %s: %s", name, verdict, stage.reason, stage.about,
		     stage.said);
}

static void step_then(char *words)
{
	if (strcmp(words, "accepted") == 0) {
		if (stage.code)
			fail("it was refused: %s %s: %s", stage.reason, stage.about, stage.said);
	} else if (strncmp(words, "refused ", 8) == 0) {
		then_refused(words + 8);
	} else if (strcmp(words, "nothing happened") == 0) {
		then_nothing_happened();
	} else if (strcmp(words, "no event") == 0) {
		json_t *events = events_since(stage.own);

		if (json_array_size(events))
			must_have(json_null(), events, "the journal");
		json_decref(events);
	} else if (strncmp(words, "events ", 7) == 0) {
		then_events(words + 7);
	} else if (strncmp(words, "event ", 6) == 0) {
		char *name = words + 6, *body = name + strcspn(name, " ");
		json_error_t error;
		json_t *expected;

		if (*body)
			*body++ = '\0';
		expected = json_loads(*skipped(body) ? body : "{}", 0, &error);
		if (!expected)
			fail("the expected JSON: %s", error.text);
		else
			then_event(name, expected);
		json_decref(expected);
	} else {
		step_message("then", words);
	}
}

static void one_step(char *text)
{
	char keyword[80];
	char *words = text + strcspn(text, " \n");

	snprintf(keyword, sizeof(keyword), "%.*s", (int)(words - text), text);
	words += strspn(words, " \n");
	if (strcmp(keyword, "today") == 0)
		step_today(words);
	else if (strcmp(keyword, "as") == 0)
		step_as(words);
	else if (strcmp(keyword, "with") == 0 || strcmp(keyword, "without") == 0)
		step_down(words, strcmp(keyword, "without") == 0);
	else if (strcmp(keyword, "then") == 0)
		step_then(words);
	else if (strcmp(keyword, "told") == 0)
		step_told(words);
	else if (strncmp(keyword, "given", 5) == 0 || strncmp(keyword, "when", 4) == 0)
		step_message(keyword, words);
	else
		fail("\"%s\" is no step", keyword);
}

/* --- Many of one kind --------------------------------------------------------------------------- */

static const char *quoted_end(const char *text)
{
	for (text++; *text && *text != '"'; text++)
		text += *text == '\\' && text[1];
	return *text ? text + 1 : text;
}

/* Writes a quoted text; where there is "{1..3}" in it, one for each of the numbers. */
static void write_quoted(FILE *to, const char *text, const char *end)
{
	const char *open = memchr(text, '{', (size_t)(end - text));
	int from, until, size = 0;

	if (!open || sscanf(open, "{%d..%d}%n", &from, &until, &size) != 2 || size == 0 ||
	    open + size > end) {
		fwrite(text, 1, (size_t)(end - text), to);
		return;
	}
	for (int n = from; n <= until; n++)
		fprintf(to, "%s%.*s%d%.*s", n > from ? ", " : "", (int)(open - text), text, n,
			(int)(end - open) - size, open + size);
}

/* The step with its lists written out.  Not inlined: gcc 12 warns at -O3 that what is read from the text
 * dangles to where its address stood. */
static __attribute__((noinline)) char *written_out(const char *text)
{
	char *out = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&out, &size);

	assert(to);
	while (*text) {
		const char *end = *text == '"' ? quoted_end(text) : text + 1;

		write_quoted(to, text, end);
		text = end;
	}
	fclose(to);
	return out;
}

/* The step with the number for each {n}; not inlined as above. */
static __attribute__((noinline)) char *numbered(const char *text, int number)
{
	char *out = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&out, &size);
	const char *mark;

	assert(to);
	for (; (mark = strstr(text, "{n}")); text = mark + 3)
		fprintf(to, "%.*s%d", (int)(mark - text), text, number);
	fputs(text, to);
	fclose(to);
	return out;
}

static void step(char *text)
{
	int from, until, size = 0;
	char *out;

	if (sscanf(text, "for %d..%d %n", &from, &until, &size) == 2 && size > 0) {
		for (int n = from; n <= until && !report.failed; n++) {
			out = numbered(text + size, n);
			step(out);
			free(out);
		}
		return;
	}
	out = written_out(text);
	one_step(out);
	free(out);
}

/* --- Files -------------------------------------------------------------------------------------- */

static void end_story(void)
{
	if (!*report.title)
		return;
	if (look_at_world && !report.failed)
		look_at_world();
	report.n++;
	report.n_failed += report.failed;
	printf("%s%sok %d - %s\n", look_at_world || look_at_query ? "# " : "",
	       report.failed ? "not " : "", report.n, report.title);
	fflush(stdout);
	*report.title = '\0';
}

static void begin_story(const char *title)
{
	char actor[] = "province";

	end_story();
	clear_stage();
	report.failed = false;
	report.skipping = plays && !plays(title);
	snprintf(report.title, sizeof(report.title), "%s", report.skipping ? "" : title);
	step_as(actor);
}

/* The service after which a file's folder is named; stations for the others. */
static int own_of(const char *folder)
{
	const char *slash = strrchr(folder, '/');
	const char *name = slash ? slash + 1 : folder;
	int i = service_named(name, strlen(name));

	return i < 0 ? 1 : i;
}

/* Reads one step: a line, and further lines until its braces balance. */
static bool read_step(FILE *in, char *text, size_t size, int *line)
{
	size_t len = 0;

	text[0] = '\0';
	while (len + 2 < size && fgets(text + len, (int)(size - len), in)) {
		const char *first = text + len + strspn(text + len, " \t");

		++*line;
		if (*first == '#' || (*first == '\n' && len == 0))
			continue;
		memmove(text + len, len ? text + len : first, strlen(len ? text + len : first) + 1);
		len = strlen(text);
		if (!strchr(text, '{') || object_end(strchr(text, '{'))) {
			const char *second = strchr(text, '{');

			second = second ? strchr(object_end(second), '{') : NULL;
			if (!second || object_end(second))
				break;
		}
	}
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		text[--len] = '\0';
	return len > 0;
}

static void play(const char *path)
{
	FILE *in = fopen(path, "r");
	char *text = malloc(STEP_MAX);
	char folder[512];
	int line = 0, outer_own = stage.own;

	if (!in || !text) {
		fail("%s cannot be read", path);
		free(text);
		return;
	}
	snprintf(folder, sizeof(folder), "%s", path);
	stage.own = own_of(dirname(folder));
	while (read_step(in, text, STEP_MAX, &line)) {
		const char *outer = report.file;
		int outer_line = report.line;

		report.file = path;
		report.line = line;
		if (strncmp(text, "story ", 6) == 0) {
			begin_story(text + 6);
		} else if (strncmp(text, "include ", 8) == 0 && !report.skipping) {
			char other[1024];

			snprintf(other, sizeof(other), "%s/%s", folder, text + 8);
			play(other);
		} else if (!report.skipping) {
			step(text);
		}
		report.file = outer ? outer : path;
		report.line = outer_line;
	}
	stage.own = outer_own;
	fclose(in);
	free(text);
}

static struct schema *read_schema(const char *path)
{
	FILE *in = fopen(path, "rb");
	struct bytes set = { 0 };
	struct schema *schema;
	uint8_t part[65536];
	char why[256] = "it cannot be read";
	size_t n;

	while (in && (n = fread(part, 1, sizeof(part), in)) > 0)
		bytes_add(&set, part, n);
	if (in)
		fclose(in);
	schema = set.len ? schema_open(set.data, set.len, why) : NULL;
	if (!schema)
		printf("Bail out! %s: %s\n", path, why);
	bytes_free(&set);
	return schema;
}

int main(int argc, char **argv)
{
	struct schema *schema = argc > 2 ? read_schema(argv[1]) : NULL;

	if (!schema)
		return 1;
	stage.schema = schema;
	for (int i = 2; i < argc; i++) {
		report.file = argv[i];
		play(argv[i]);
		end_story();
	}
	clear_stage();
	schema_close(schema);
	printf("1..%d\n", report.n);
	return report.n_failed ? 1 : 0;
}
