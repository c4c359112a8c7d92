/* shegong call: one request, and its answer as JSON. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/names.h"
#include "gateway/json.h"

struct asked {
	const char *method, *body, *id, *as, *after;
	bool defaults, list;
};

static bool options_read(int argc, char **argv, struct asked *asked)
{
	static const struct option options[] = {
		{ "id", required_argument, NULL, 'i' },	   { "as", required_argument, NULL, 'a' },
		{ "after", required_argument, NULL, 'f' }, { "defaults", no_argument, NULL, 'd' },
		{ "list", no_argument, NULL, 'l' },	   { 0 },
	};

	*asked = (struct asked){ .as = config_text("SHEGONG_AS") };
	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) >= 0;) {
		switch (c) {
		case 'i':
			asked->id = optarg;
			break;
		case 'a':
			asked->as = optarg;
			break;
		case 'f':
			asked->after = optarg;
			break;
		case 'd':
			asked->defaults = true;
			break;
		case 'l':
			asked->list = true;
			break;
		default:
			return false;
		}
	}
	if (argc - optind < !asked->list || argc - optind > 2 - asked->list) {
		fputs("shegong call SERVICE.Method [JSON | @FILE] [--id ID] [--as \"account=…\"] "
		      "[--after stations=12] [--defaults]\n"
		      "shegong call --list [PREFIX]\n",
		      stderr);
		return false;
	}
	asked->method = optind < argc ? argv[optind] : "";
	asked->body = argc - optind == 2 ? argv[optind + 1] : NULL;
	return true;
}

/* The body is the text itself, a file's or the standard input's. */
static bool body_read(const char *text, struct bytes *body)
{
	FILE *file = stdin;
	size_t n;

	if (text && *text != '@')
		return bytes_add_text(body, text);
	if (text) {
		file = fopen(text + 1, "re");
		if (!file) {
			perror(text + 1);
			return false;
		}
	}
	while (bytes_reserve(body, 65536) && (n = fread(body->data + body->len, 1, 65536, file)))
		body->len += n;
	if (file != stdin)
		fclose(file);
	return true;
}

static void fault_say(const char *method, const struct json_fault *fault)
{
	bool english = client_english();

	fprintf(stderr, "%s: %s\n  %s\n  %s\n", method, fault->field,
		english ? fault->message_en : fault->message_zh,
		english ? fault->message_zh : fault->message_en);
}

static int answer_print(const struct asked *asked, const struct schema_method *method,
			const Engine__Reply *reply)
{
	struct bytes json = { 0 };
	struct json_fault fault;
	unsigned flags = JSON_PRETTY | (asked->defaults ? JSON_DEFAULTS : 0);

	if (reply->code) {
		client_say(asked->method, reply);
		return client_try_again(reply) ? CLI_UNAVAILABLE : CLI_REFUSED;
	}
	if (!wire_to_json(method->output, reply->body.data, reply->body.len, &json, flags,
			  &fault)) {
		fault_say(asked->method, &fault);
		return CLI_REFUSED;
	}
	fwrite(json.data, 1, json.len, stdout);
	putchar('\n');
	bytes_free(&json);
	return CLI_DONE;
}

static int call_with(struct client *client, const struct asked *asked)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	struct bytes json = { .max = JSON_INPUT_MAX + 1 }, wire = { 0 };
	const struct schema_method *method;
	struct caller caller;
	struct json_fault fault;
	Engine__Reply *reply;
	char id[37];
	size_t service;
	int status;

	method = client_method(client, asked->method, &service);
	if (!method) {
		names_unknown(client, asked->method);
		return CLI_USAGE;
	}
	if (!client_caller(&caller, asked->as))
		return CLI_USAGE;
	if (asked->after &&
	    !caller_after((struct http_text){ asked->after, strlen(asked->after) }, &caller)) {
		fprintf(stderr, "--after %s: stations=12,personnel=5\n", asked->after);
		return CLI_USAGE;
	}
	if (asked->id && !caller_id_valid(asked->id, strlen(asked->id))) {
		fprintf(stderr, "--id %s: 1-64 A-Z a-z 0-9 . _ : -\n", asked->id);
		return CLI_USAGE;
	}
	if (!body_read(asked->body, &json))
		return CLI_USAGE;
	if (!json_to_wire(method->input, (const char *)json.data, json.len, &wire, &fault)) {
		fault_say(asked->method, &fault);
		bytes_free(&json);
		return CLI_REFUSED;
	}
	if (!asked->id && !caller_id_make(id))
		return CLI_UNAVAILABLE;
	request.id = asked->id ? asked->id : id;
	request.method = method->full_name;
	request.body = (ProtobufCBinaryData){ wire.len, wire.data };
	request.principal = &caller.principal;
	request.after = caller.after_list;
	request.n_after = caller.n_after;
	reply = client_ask(client, service, &request);
	status = answer_print(asked, method, reply);
	engine__reply__free_unpacked(reply, NULL);
	bytes_free(&json);
	bytes_free(&wire);
	return status;
}

int cli_call(int argc, char **argv)
{
	struct client client;
	struct asked asked;
	int status = CLI_USAGE;

	if (!options_read(argc, argv, &asked))
		return CLI_USAGE;
	if (asked.list) {
		if (client_contract(&client)) {
			names_list(&client, asked.method);
			status = CLI_DONE;
		}
	} else if (client_open(&client)) {
		status = call_with(&client, &asked);
	}
	client_close(&client);
	return status;
}
