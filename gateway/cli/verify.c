/* shegong verify: each service proves that its records are what its journal says, of the store that
 * it serves or of a copy in a backup. */
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/manifest.h"
#include "gateway/cli/offline.h"
#include "gateway/cli/standing.h"

#define VERIFY_MS (10 * 60 * 1000)

static void line_print(const char *name, uint64_t events, uint64_t records, bool sound)
{
	printf("%-12s %s %" PRIu64 "  %s %" PRIu64 "  %s\n", name,
	       client_word("events walked", "核对事件"), events,
	       client_word("records compared", "比对记录"), records,
	       sound ? client_word("sound", "无误") : client_word("FAULTY", "有问题"));
}

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
	line_print(name, proof->events, proof->records, proof->n_faults == 0);
	for (size_t i = 0; i < proof->n_faults; i++) {
		printf("    %s\n", proof->faults[i]);
		status = CLI_REFUSED;
	}
	engine__verify_response__free_unpacked(proof, NULL);
	return status;
}

/* A copy whose store stands where the manifest says, and is sound. */
static int copy_verify(const char *dir, const char *work, const struct manifest_copy *copy)
{
	struct offline_proof proof;
	char path[PATH_MAX];
	bool sound;

	snprintf(path, sizeof(path), "%s/%s", dir, copy->file);
	if (!offline_prove(copy->service, path, work, &proof)) {
		fprintf(stderr, "%s: %s\n", copy->service,
			client_word("could not be proved", "无法核对"));
		return CLI_REFUSED;
	}
	sound = proof.n_faults == 0 && proof.sequence == copy->sequence &&
		strcmp(proof.epoch, copy->epoch) == 0 &&
		(!copy->sequence || strcmp(proof.head_hash, copy->head_hash) == 0);
	line_print(copy->service, proof.events, proof.records, sound);
	return sound ? CLI_DONE : CLI_REFUSED;
}

static int backup_verify(const char *dir)
{
	const char *work = getenv("TMPDIR");
	struct manifest manifest;
	char why[256];
	int status = CLI_DONE;

	if (sodium_init() < 0 || !manifest_read(dir, &manifest))
		return CLI_REFUSED;
	if (!manifest_fits(&manifest, why)) {
		fprintf(stderr, "%s\n", why);
		return CLI_REFUSED;
	}
	if (!manifest_files_sound(dir, &manifest))
		return CLI_REFUSED;
	for (size_t i = 0; i < manifest.n; i++) {
		int one = copy_verify(dir, work && *work ? work : dir, &manifest.copies[i]);

		status = one > status ? one : status;
	}
	return status;
}

static int serving_verify(void)
{
	Engine__Request requests[CLIENT_SERVICES_MAX];
	Engine__Reply *replies[CLIENT_SERVICES_MAX];
	struct client client;
	int status = CLI_USAGE;

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

int cli_verify(int argc, char **argv)
{
	if (argc == 1)
		return serving_verify();
	if (argc == 3 && strcmp(argv[1], "--backup") == 0)
		return backup_verify(argv[2]);
	fputs("shegong verify [--backup DIR]\n", stderr);
	return CLI_USAGE;
}
