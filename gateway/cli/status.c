/* shegong status: how each service is, as a table or as JSON. */
#include <inttypes.h>
#include <string.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/standing.h"
#include "gateway/json.h"

static void followed_print(const Engine__StatusResponse *of)
{
	for (size_t i = 0; i < of->n_followed; i++) {
		const Engine__Followed *f = of->followed[i];
		uint64_t lag = f->head > f->sequence ? f->head - f->sequence : 0;

		printf("    %s %-12s %8" PRIu64 " %s %" PRIu64 "\n", client_word("follows", "跟随"),
		       f->source, f->sequence, client_word("behind", "落后"), lag);
		if (*f->stopped)
			printf("      %s: %s\n", client_word("stopped", "已停止"), f->stopped);
	}
}

static bool service_print(const char *name, const Engine__StatusResponse *of)
{
	bool well = of && of->ready;

	if (!of) {
		printf("%-12s %s\n", name, client_word("no answer", "无应答"));
		return false;
	}
	printf("%-12s %s  %s%s  %s %" PRIu64 "  %s\n", name,
	       of->ready ? client_word("ready", "就绪") : client_word("NOT READY", "未就绪"),
	       of->date, of->virtual_clock ? client_word(" (virtual)", "（虚拟时钟）") : "",
	       client_word("sequence", "序号"), of->head->sequence, of->version);
	if (*of->not_ready_because)
		printf("    %s\n", of->not_ready_because);
	followed_print(of);
	if (of->parked)
		printf("    %s %" PRIu64 "\n", client_word("parked reactions", "搁置的处理"),
		       of->parked);
	for (size_t i = 0; i < of->n_followed; i++)
		well = well && !*of->followed[i]->stopped;
	return well;
}

static bool json_print(const struct client *client, const struct standing *standing)
{
	const struct schema_message *type = client_common(client, "Status")->output;
	struct bytes json = { 0 };
	struct json_fault fault;
	bool ready = true;

	putchar('[');
	for (size_t i = 0; i < standing->n; i++) {
		const Engine__Reply *reply = standing->why[i];

		json.len = 0;
		ready = ready && standing->of[i] && standing->of[i]->ready;
		if (i > 0)
			putchar(',');
		if (standing->of[i] && wire_to_json(type, reply->body.data, reply->body.len, &json,
						    JSON_DEFAULTS, &fault))
			printf("\n%.*s", (int)json.len, (const char *)json.data);
		else
			printf("\n{\"service\":\"%s\",\"ready\":false}", client->names[i]);
	}
	puts("\n]");
	bytes_free(&json);
	return ready;
}

int cli_status(int argc, char **argv)
{
	bool json = argc == 2 && strcmp(argv[1], "--json") == 0, ready = true;
	struct standing standing;
	struct client client;
	int status = CLI_USAGE;

	if (argc > 1 && !json) {
		fputs("shegong status [--json]\n", stderr);
		return CLI_USAGE;
	}
	if (client_open(&client)) {
		standing_ask(&client, &standing);
		if (json)
			ready = json_print(&client, &standing);
		for (size_t i = 0; i < standing.n && !json; i++)
			ready = service_print(client.names[i], standing.of[i]) && ready;
		standing_free(&standing);
		status = ready ? CLI_DONE : CLI_REFUSED;
	}
	client_close(&client);
	return status;
}
