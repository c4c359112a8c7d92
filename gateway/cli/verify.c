/* shegong verify: each service proves that its records are what its journal says. */
#include <inttypes.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/standing.h"

#define VERIFY_MS (10 * 60 * 1000)

static int proof_print(const char *name, const Engine__Reply *reply)
{
	Engine__VerifyResponse *proof = NULL;
	int status = CLI_DONE;

	if (reply->code) {
		client_say(name, reply);
		return client_try_again(reply) ? CLI_UNAVAILABLE : CLI_REFUSED;
	}
	proof = engine__verify_response__unpack(NULL, reply->body.len, reply->body.data);
	if (!proof)
		return CLI_REFUSED;
	printf("%-12s %s %" PRIu64 "  %s %" PRIu64 "  %s\n", name,
	       client_word("events walked", "核对事件"), proof->events,
	       client_word("records compared", "比对记录"), proof->records,
	       proof->n_faults ? client_word("FAULTY", "有问题") : client_word("sound", "无误"));
	for (size_t i = 0; i < proof->n_faults; i++) {
		printf("    %s\n", proof->faults[i]);
		status = CLI_REFUSED;
	}
	engine__verify_response__free_unpacked(proof, NULL);
	return status;
}

int cli_verify(int argc, char **argv)
{
	Engine__Request requests[CLIENT_SERVICES_MAX];
	Engine__Reply *replies[CLIENT_SERVICES_MAX];
	struct client client;
	int status = CLI_USAGE;

	(void)argv;
	if (argc > 1) {
		fputs("shegong verify\n", stderr);
		return CLI_USAGE;
	}
	if (client_open(&client)) {
		status = CLI_DONE;
		for (size_t i = 0; i < client.n; i++) {
			engine__request__init(&requests[i]);
			requests[i].method = client_common(&client, "Verify")->full_name;
			requests[i].principal = standing_asker();
			requests[i].deadline_ms = VERIFY_MS;
		}
		client_ask_each(&client, requests, replies);
		for (size_t i = 0; i < client.n; i++) {
			int one = proof_print(client.names[i], replies[i]);

			status = one > status ? one : status;
		}
		client_free_each(&client, replies);
	}
	client_close(&client);
	return status;
}
