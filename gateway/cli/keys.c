/* shegong keys: pairs of keys for TCP and for the door, and the master key, as files.  What is there
 * is never written over: to change a key, move its files away first. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "engine/config.h"
#include "engine/keys.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"

enum { MASTER_KEY_SIZE = 32 };

/* Make one pair where there is none, and say its public key. */
static bool pair_make(const char *dir, const char *name)
{
	char key[KEY_TEXT], why[256];
	bool made;

	if (!keys_make(dir, name, &made, why) || !keys_public(dir, name, key, why)) {
		fprintf(stderr, "%s\n", why);
		return false;
	}
	printf("%-12s %s  %s\n", name, key,
	       made ? client_word("made", "已生成") : client_word("was there", "已存在"));
	return true;
}

static bool dir_make(const char *dir)
{
	if (mkdir(dir, 0755) == 0 || errno == EEXIST)
		return true;
	perror(dir);
	return false;
}

/* The services, the gateway and the command line. */
static int set_make(const char *dir)
{
	struct client client;
	bool made = client_contract(&client) && dir_make(dir);

	for (size_t i = 0; i < client.n && made; i++)
		made = pair_make(dir, client.names[i]);
	made = made && pair_make(dir, "gateway") && pair_make(dir, "cli");
	client_close(&client);
	return made ? CLI_DONE : CLI_REFUSED;
}

/* Whose public key lies beside the services' may read their journals: an integrator's must not. */
static int one_make(const char *name, const char *dir)
{
	char why[256];

	if (strcmp(dir, config_text("SHEGONG_KEYS")) == 0 || keys_own(dir, "gateway", why)) {
		fprintf(stderr, "%s: %s\n", dir,
			client_word("the services' own keys are here; choose another place",
				    "此处存放服务自身的密钥，请另选目录"));
		return CLI_REFUSED;
	}
	if (!pair_make(dir, name))
		return CLI_REFUSED;
	printf("%s\n",
	       client_word("Keep the .key file secret; have the public key above registered for an "
			   "account.",
			   "请妥善保管.key文件；上面的公钥须登记到一个账户。"));
	return CLI_DONE;
}

/* 32 random bytes, their owner's alone: what people's data are sealed with. */
static int master_make(const char *path)
{
	uint8_t key[MASTER_KEY_SIZE];
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	struct stat there;
	bool made = file >= 0;

	if (made) {
		randombytes_buf(key, sizeof(key));
		made = write(file, key, sizeof(key)) == sizeof(key) && fsync(file) == 0;
		sodium_memzero(key, sizeof(key));
		close(file);
		if (!made) {
			perror(path);
			unlink(path);
			return CLI_REFUSED;
		}
	} else if (errno != EEXIST || stat(path, &there) != 0) {
		perror(path);
		return CLI_REFUSED;
	} else if (there.st_size != MASTER_KEY_SIZE) {
		fprintf(stderr, "%s: %s\n", path,
			client_word("there is a file, and no master key in it; it is left as it is",
				    "文件已存在但不是主密钥，未作改动"));
		return CLI_REFUSED;
	}
	printf("%-12s %s  %s\n", "master", path,
	       made ? client_word("made", "已生成") : client_word("was there", "已存在"));
	return CLI_DONE;
}

static int is_public(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return len > 4 && len - 4 < KEY_NAME && strcmp(entry->d_name + len - 4, ".pub") == 0;
}

static int show(const char *dir)
{
	struct dirent **entries;
	int n = scandir(dir, &entries, is_public, alphasort), status = CLI_DONE;

	if (n < 0) {
		perror(dir);
		return CLI_REFUSED;
	}
	for (int i = 0; i < n; i++) {
		char name[KEY_NAME], key[KEY_TEXT], why[256];

		snprintf(name, sizeof(name), "%.*s", (int)strlen(entries[i]->d_name) - 4,
			 entries[i]->d_name);
		free(entries[i]);
		if (keys_public(dir, name, key, why)) {
			printf("%-12s %s  %s\n", name, key,
			       keys_own(dir, name, why) ? client_word("with its secret", "含私钥")
							: client_word("public only", "仅公钥"));
		} else {
			fprintf(stderr, "%s\n", why);
			status = CLI_REFUSED;
		}
	}
	free(entries);
	return status;
}

int cli_keys(int argc, char **argv)
{
	const char *dir = config_text("SHEGONG_KEYS");

	if ((argc == 2 || argc == 3) && strcmp(argv[1], "make") == 0)
		return set_make(argc == 3 ? argv[2] : dir);
	if ((argc == 2 || argc == 3) && strcmp(argv[1], "show") == 0)
		return show(argc == 3 ? argv[2] : dir);
	if ((argc == 3 || argc == 4) && strcmp(argv[1], "new") == 0)
		return one_make(argv[2], argc == 4 ? argv[3] : ".");
	if (argc == 3 && strcmp(argv[1], "master") == 0 && sodium_init() >= 0)
		return master_make(argv[2]);
	fputs("shegong keys make [DIR] | show [DIR] | new NAME [DIR] | master FILE\n", stderr);
	return CLI_USAGE;
}
