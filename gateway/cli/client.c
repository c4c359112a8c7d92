#include "gateway/cli/client.h"

#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "engine/config.h"
#include "gateway/refusal.h"
#include "gateway/schema_file.h"

/* --- The contract ------------------------------------------------------------------------------- */

/* "shegong.personnel.v1.PersonnelService/OpenCall" is of personnel. */
static bool service_of(const struct schema_method *method, const char **name, size_t *len)
{
	static const char root[] = "shegong.";

	if (strncmp(method->full_name, root, sizeof(root) - 1) != 0)
		return false;
	*name = method->full_name + sizeof(root) - 1;
	*len = strcspn(*name, ".");
	return true;
}

static void services_list(struct client *client)
{
	for (size_t i = 0; i < schema_n_methods(client->schema); i++) {
		const char *name;
		size_t len, known = 0;

		const struct schema_method *method = schema_method_at(client->schema, i);

		/* What streams is the gateway's. */
		if (!service_of(method, &name, &len) || len > 31 || method->server_streaming ||
		    (len == 6 && memcmp(name, "engine", 6) == 0))
			continue;
		while (known < client->n && (strlen(client->names[known]) != len ||
					     memcmp(client->names[known], name, len) != 0))
			known++;
		if (known == client->n && client->n < CLIENT_SERVICES_MAX)
			snprintf(client->names[client->n++], 32, "%.*s", (int)len, name);
	}
}

static const struct schema_method *method_named(const struct client *client, const char *service,
						size_t len, const char *name)
{
	for (size_t i = 0; i < schema_n_methods(client->schema); i++) {
		const struct schema_method *method = schema_method_at(client->schema, i);
		const char *of;
		size_t of_len;

		if (strcmp(method->name, name) == 0 && service_of(method, &of, &of_len) &&
		    of_len == len && memcmp(of, service, len) == 0)
			return method;
	}
	return NULL;
}

const struct schema_method *client_common(const struct client *client, const char *name)
{
	return method_named(client, "engine", 6, name);
}

const struct schema_method *client_method(const struct client *client, const char *name,
					  size_t *service)
{
	const char *dot = strchr(name, '.');

	if (!dot)
		return NULL;
	for (*service = 0; *service < client->n; (*service)++) {
		size_t len = (size_t)(dot - name);
		const struct schema_method *method;

		if (strlen(client->names[*service]) != len ||
		    memcmp(client->names[*service], name, len) != 0)
			continue;
		method = method_named(client, name, len, dot + 1);
		return method ? method : client_common(client, dot + 1);
	}
	return NULL;
}

/* --- Opening and closing ------------------------------------------------------------------------ */

bool client_contract(struct client *client)
{
	char path[SCHEMA_PATH_SIZE], why[256];

	*client = (struct client){ 0 };
	client->schema = schema_file_open(config_text("SHEGONG_SCHEMA"), path, why);
	if (!client->schema) {
		fprintf(stderr, "SHEGONG_SCHEMA: %s: %s\n", path, why);
		return false;
	}
	services_list(client);
	return true;
}

struct peers client_peers(void)
{
	return (struct peers){
		.run = config_text("SHEGONG_RUN"),
		.where = config_text("SHEGONG_PEERS"),
		.keys = config_text("SHEGONG_KEYS"),
		.self = "cli",
	};
}

bool client_open(struct client *client)
{
	const struct peers peers = client_peers();
	const char *names[CLIENT_SERVICES_MAX];
	char why[256];

	if (!client_contract(client))
		return false;
	for (size_t i = 0; i < client->n; i++)
		names[i] = client->names[i];
	if (!peers_sound(&peers, names, client->n, why)) {
		fprintf(stderr, "SHEGONG_PEERS: %s\n", why);
		return false;
	}
	client->zmq = zmq_ctx_new();
	for (size_t i = 0; i < client->n && client->zmq; i++) {
		client->lines[i] = call_open_peer(client->zmq, client->names[i], &peers);
		if (!client->lines[i]) {
			perror(client->names[i]);
			return false;
		}
	}
	return client->zmq != NULL;
}

void client_close(struct client *client)
{
	for (size_t i = 0; i < client->n; i++) {
		if (client->lines[i])
			call_close(client->lines[i]);
	}
	if (client->zmq)
		zmq_ctx_term(client->zmq);
	if (client->schema)
		schema_close(client->schema);
}

/* --- Asking ------------------------------------------------------------------------------------- */

/* The reply lives only until it was taken: a copy stays. */
static void reply_copy(const Engine__Reply *reply, void *arg)
{
	Engine__Reply **to = arg;
	size_t size = engine__reply__get_packed_size(reply);
	uint8_t *packed = malloc(size + 1);

	if (!packed)
		abort();
	engine__reply__pack(reply, packed);
	*to = engine__reply__unpack(NULL, size, packed);
	free(packed);
	if (!*to)
		abort();
}

static void ask_begin(struct client *client, size_t service, Engine__Request *request,
		      Engine__Reply **reply)
{
	Engine__Reply failed = ENGINE__REPLY__INIT;
	Engine__Refused why = ENGINE__REFUSED__INIT;

	*reply = NULL;
	if (call_send(client->lines[service], request, reply_copy, reply))
		return;
	failed.code = ENGINE__CODE__CODE_RESOURCE_EXHAUSTED;
	failed.refusal = &why;
	why.reason = "TOO_LARGE";
	why.message_en = "The request is too large; it was not sent.";
	why.message_zh = "请求过大，未发送。";
	reply_copy(&failed, reply);
}

Engine__Reply *client_ask(struct client *client, size_t service, Engine__Request *request)
{
	Engine__Reply *reply;

	ask_begin(client, service, request, &reply);
	call_wait(client->lines[service]);
	return reply;
}

void client_ask_each(struct client *client, Engine__Request *requests, Engine__Reply **replies)
{
	for (size_t i = 0; i < client->n; i++)
		ask_begin(client, i, &requests[i], &replies[i]);
	for (size_t i = 0; i < client->n; i++)
		call_wait(client->lines[i]);
}

void client_free_each(struct client *client, Engine__Reply **replies)
{
	for (size_t i = 0; i < client->n; i++)
		engine__reply__free_unpacked(replies[i], NULL);
}

void client_pump(struct client *client)
{
	zmq_pollitem_t items[CLIENT_SERVICES_MAX] = { 0 };
	long wait_ms = 100;

	for (size_t i = 0; i < client->n; i++) {
		int due_ms;

		while (call_process(client->lines[i]))
			wait_ms = 0;
		items[i] =
			(zmq_pollitem_t){ .fd = call_fd(client->lines[i]), .events = ZMQ_POLLIN };
		due_ms = call_next_deadline_ms(client->lines[i]);
		if (due_ms >= 0 && due_ms < wait_ms)
			wait_ms = due_ms;
	}
	zmq_poll(items, (int)client->n, wait_ms);
	for (size_t i = 0; i < client->n; i++) {
		while (call_process(client->lines[i]))
			;
	}
}

bool client_try_again(const Engine__Reply *reply)
{
	return reply->code == ENGINE__CODE__CODE_UNAVAILABLE ||
	       reply->code == ENGINE__CODE__CODE_DEADLINE_EXCEEDED ||
	       reply->code == ENGINE__CODE__CODE_CANCELED;
}

/* --- Words -------------------------------------------------------------------------------------- */

bool client_caller(struct caller *caller, const char *text)
{
	caller_init(caller);
	if (caller_principal((struct http_text){ text, strlen(text) }, caller))
		return true;
	fprintf(stderr,
		"--as \"%s\": not like account=zhang;person=p-zhang;role=PROVINCE;region=53;"
		"agency=a-1 / 格式应如上例\n",
		text);
	return false;
}

bool client_english(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strncmp(value, "zh", 2) != 0;
	}
	return true;
}

const char *client_word(const char *en, const char *zh)
{
	return client_english() ? en : zh;
}

void client_say(const char *what, const Engine__Reply *reply)
{
	const Engine__Refused *why = reply->refusal;
	bool english = client_english();

	if (!why) {
		fprintf(stderr, "%s: %s\n", what, refusal_word(reply->code));
		return;
	}
	fprintf(stderr, "%s: %s", what, why->reason);
	if (*why->about)
		fprintf(stderr, " (%s)", why->about);
	if (*why->rule)
		fprintf(stderr, " [%s %s]", client_word("rule", "规则"), why->rule);
	fprintf(stderr, "\n  %s\n  %s\n", english ? why->message_en : why->message_zh,
		english ? why->message_zh : why->message_en);
}
