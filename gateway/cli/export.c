/* shegong export: what a query answers, as a table or a workbook. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/grid.h"
#include "gateway/cli/sheet.h"
#include "gateway/json.h"

enum { PAGE_SIZE = 1000 };

struct wanted {
	const char *method, *body, *path, *as;
	enum naming naming;
	bool named;
};

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), of = strlen(end);

	return len > of && strcmp(name + len - of, end) == 0;
}

static bool naming_read(const char *text, struct wanted *wanted)
{
	static const char *const names[] = { "contract", "zh", "en" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(text, names[i]) == 0) {
			wanted->naming = (enum naming)i;
			wanted->named = true;
			return true;
		}
	}
	return false;
}

static bool options_read(int argc, char **argv, struct wanted *wanted)
{
	static const struct option options[] = {
		{ "as", required_argument, NULL, 'a' },
		{ "headings", required_argument, NULL, 'h' },
		{ 0 },
	};
	bool fine = true;

	*wanted = (struct wanted){ .as = config_text("SHEGONG_AS"), .body = "{}" };
	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) >= 0;) {
		if (c == 'a')
			wanted->as = optarg;
		else
			fine = c == 'h' && naming_read(optarg, wanted) && fine;
	}
	if (!fine || argc - optind < 2 || argc - optind > 3) {
		fputs("shegong export SERVICE.Query [JSON] FILE.csv|FILE.xlsx [--headings zh|en|contract] "
		      "[--as \"account=…\"]\n",
		      stderr);
		return false;
	}
	wanted->method = argv[optind];
	if (argc - optind == 3)
		wanted->body = argv[optind + 1];
	wanted->path = argv[argc - 1];
	if (!ends_with(wanted->path, ".csv") && !ends_with(wanted->path, ".xlsx")) {
		fprintf(stderr, "%s: .csv / .xlsx\n", wanted->path);
		return false;
	}
	/* A workbook is for reading, a CSV file also for machines. */
	if (!wanted->named)
		wanted->naming = ends_with(wanted->path, ".xlsx") ? NAMING_ZH : NAMING_CONTRACT;
	return true;
}

/* One page.  NULL: said on stderr, with the exit status. */
static json_t *page_ask(struct client *client, const struct wanted *wanted,
			const struct schema_method *method, size_t service,
			const struct caller *caller, const json_t *body, int *status)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	struct bytes wire = { 0 }, json = { 0 };
	struct json_fault fault = { 0 };
	char *text = json_dumps(body, JSON_COMPACT), id[37];
	Engine__Reply *reply = NULL;
	json_t *answer = NULL;

	*status = CLI_REFUSED;
	if (!text || !caller_id_make(id))
		abort();
	if (!json_to_wire(method->input, text, strlen(text), &wire, &fault)) {
		fprintf(stderr, "%s: %s: %s\n", wanted->method, fault.field,
			client_word(fault.message_en, fault.message_zh));
		goto done;
	}
	request.id = id;
	request.method = method->full_name;
	request.body = (ProtobufCBinaryData){ wire.len, wire.data };
	request.principal = (Engine__Principal *)(uintptr_t)&caller->principal;
	reply = client_ask(client, service, &request);
	if (reply->code) {
		client_say(wanted->method, reply);
		*status = client_try_again(reply) ? CLI_UNAVAILABLE : CLI_REFUSED;
		goto done;
	}
	if (wire_to_json(method->output, reply->body.data, reply->body.len, &json, JSON_DEFAULTS,
			 &fault))
		answer = json_loadb((const char *)json.data, json.len, 0, NULL);
	if (!answer)
		fprintf(stderr, "%s: %s\n", wanted->method, fault.message_en);
done:
	if (reply)
		engine__reply__free_unpacked(reply, NULL);
	free(text);
	bytes_free(&wire);
	bytes_free(&json);
	return answer;
}

/* All pages of the answer as tables. */
static int pages_ask(struct client *client, const struct wanted *wanted,
		     const struct schema_method *method, size_t service, struct caller *caller,
		     struct grids *grids)
{
	static const char token_name[] = "page_token", size_name[] = "page_size";
	bool paged = schema_field_named(method->input, token_name, strlen(token_name)) != NULL;
	json_t *body = json_loads(wanted->body, JSON_REJECT_DUPLICATES, NULL);
	int status = CLI_DONE;
	bool more = true;

	if (!json_is_object(body)) {
		fprintf(stderr, "%s: {\"programme_year_id\": \"…\"}\n", wanted->body);
		json_decref(body);
		return CLI_USAGE;
	}
	if (paged && !json_object_get(body, size_name) && !json_object_get(body, "pageSize"))
		json_object_set_new(body, size_name, json_integer(PAGE_SIZE));
	while (more && status == CLI_DONE) {
		json_t *answer = page_ask(client, wanted, method, service, caller, body, &status);
		const char *next;

		if (!answer)
			break;
		status = CLI_DONE;
		grids_add(grids, method->output, answer, wanted->naming);
		next = json_string_value(json_object_get(answer, "nextPageToken"));
		more = paged && next && *next;
		if (more)
			json_object_set_new(body, token_name, json_string(next));
		json_decref(answer);
	}
	json_decref(body);
	return status;
}

static int written(const struct wanted *wanted, const struct grids *grids)
{
	const struct grid *list = NULL;
	const char *fault;

	if (ends_with(wanted->path, ".xlsx")) {
		fault = grids_write_xlsx(grids, wanted->path);
		if (fault)
			fprintf(stderr, "%s: %s\n", wanted->path, fault);
		return fault ? CLI_REFUSED : CLI_DONE;
	}
	for (size_t i = 0; i < grids->n; i++) {
		if (!grids->of[i].alone && list) {
			fprintf(stderr, "%s: %s\n", wanted->method,
				client_word(
					"its answer has several tables: write a workbook, .xlsx",
					"应答包含多个表，请导出为工作簿（.xlsx）"));
			return CLI_USAGE;
		}
		if (!grids->of[i].alone)
			list = &grids->of[i];
	}
	if (!list) {
		fprintf(stderr, "%s: %s\n", wanted->method,
			client_word("its answer has no table: write a workbook, .xlsx",
				    "应答中没有表，请导出为工作簿（.xlsx）"));
		return CLI_USAGE;
	}
	if (grid_write_csv(list, wanted->path))
		return CLI_DONE;
	fprintf(stderr, "%s: %s\n", wanted->path, strerror(errno));
	return CLI_REFUSED;
}

static int export_with(struct client *client, const struct wanted *wanted)
{
	const struct schema_method *method;
	struct grids grids = { 0 };
	struct caller caller;
	size_t service;
	int status;

	method = client_method(client, wanted->method, &service);
	if (!method || !method->no_side_effects) {
		fprintf(stderr, "%s: %s\n", wanted->method,
			client_word("no such query; like funding.ListExpenses",
				    "没有该查询；形式如 funding.ListExpenses"));
		return CLI_USAGE;
	}
	if (!client_caller(&caller, wanted->as))
		return CLI_USAGE;
	status = pages_ask(client, wanted, method, service, &caller, &grids);
	if (status == CLI_DONE)
		status = written(wanted, &grids);
	grids_free(&grids);
	return status;
}

int cli_export(int argc, char **argv)
{
	struct wanted wanted;
	struct client client;
	int status = CLI_USAGE;

	if (!options_read(argc, argv, &wanted))
		return CLI_USAGE;
	if (client_open(&client))
		status = export_with(&client, &wanted);
	client_close(&client);
	return status;
}
