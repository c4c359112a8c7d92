/* shegong clock: the business date, shown or moved. */
#include <unistd.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/standing.h"

static void told(const char *day)
{
	fprintf(stderr, "\r%s ", day);
}

static int show(struct client *client)
{
	struct standing standing;
	bool virtual, all = standing_ask(client, &standing);
	int status = CLI_DONE;

	if (all) {
		const char *date = standing_date(&standing, &virtual);

		printf("%s %s\n", date,
		       virtual ? client_word("virtual", "虚拟时钟")
			       : client_word("real", "真实时钟"));
	}
	for (size_t i = 0; i < standing.n; i++) {
		if (standing.of[i])
			continue;
		client_say(client->names[i], standing.why[i]);
		status = CLI_UNAVAILABLE;
	}
	standing_free(&standing);
	return status;
}

int cli_clock(int argc, char **argv)
{
	bool seen = isatty(STDERR_FILENO);
	struct client client;
	int status = CLI_USAGE;

	if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
		fputs("shegong clock [2022-07-25]\n", stderr);
		return CLI_USAGE;
	}
	if (client_open(&client)) {
		status = CLI_DONE;
		if (argc == 2)
			status = standing_advance(&client, argv[1], seen ? told : NULL);
		if (argc == 2 && seen)
			fputc('\r', stderr);
		if (status == CLI_DONE)
			status = show(&client);
	}
	client_close(&client);
	return status;
}
