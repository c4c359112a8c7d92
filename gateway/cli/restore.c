/* shegong restore: the stores of a backup, made again on a machine that has none. */
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/manifest.h"
#include "gateway/cli/offline.h"

/* A set is restored as a whole: one store that is older than those that follow it would be refused by
 * them.  So nothing is begun where one is there already. */
static bool all_empty(const struct manifest *manifest)
{
	bool empty = true;

	for (size_t i = 0; i < manifest->n; i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s/%s/data.mdb", config_text("SHEGONG_DATA"),
			 manifest->copies[i].service);
		if (access(path, F_OK) != 0)
			continue;
		fprintf(stderr, "%s: %s\n", path,
			client_word("there is a store already; nothing was restored",
				    "已有数据；未作任何恢复"));
		empty = false;
	}
	return empty;
}

/* One name for all: with it each store gets a new epoch, which those that follow it know. */
static int stores_make(const char *dir, const struct manifest *manifest)
{
	uint8_t random[16];
	char restored[sizeof(random) * 2 + 1];

	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(restored, sizeof(restored), random, sizeof(random));
	for (size_t i = 0; i < manifest->n; i++) {
		const struct manifest_copy *copy = &manifest->copies[i];
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s/%s", dir, copy->file);
		if (offline_run(copy->service, "--restore", path, restored) != 0) {
			fprintf(stderr, "%s: %s\n", copy->service,
				client_word("not restored; empty the folders of all services "
					    "before you try again",
					    "未能恢复；重试前请清空各服务的数据目录"));
			return CLI_REFUSED;
		}
		printf("%-12s %s %" PRIu64 "\n", copy->service,
		       client_word("restored to sequence", "已恢复至序号"), copy->sequence);
	}
	printf("%s %s\n", client_word("as of", "备份时间"), manifest->taken_at);
	return CLI_DONE;
}

int cli_restore(int argc, char **argv)
{
	struct manifest manifest;
	char why[256];

	if (argc != 2 || argv[1][0] == '-') {
		fputs("shegong restore DIR\n", stderr);
		return CLI_USAGE;
	}
	if (sodium_init() < 0 || !manifest_read(argv[1], &manifest))
		return CLI_REFUSED;
	if (!manifest_fits(&manifest, why)) {
		fprintf(stderr, "%s\n", why);
		return CLI_REFUSED;
	}
	if (!manifest_files_sound(argv[1], &manifest) || !all_empty(&manifest))
		return CLI_REFUSED;
	return stores_make(argv[1], &manifest);
}
