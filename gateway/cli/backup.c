/* shegong backup: a copy of every store, taken while they serve, such that all can be restored
 * together: what one has followed of another is in the other's copy. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/manifest.h"
#include "gateway/cli/standing.h"

enum {
	HOLD_MS = 10000, /* far longer than it takes to begin a copy of each */
	ASK_MS = 30000,
	TRIES = 5,
};

/* A store's copy in the making. */
struct taking {
	char id[MANIFEST_NAME_SIZE], path[PATH_MAX];
	FILE *out;
	bool last;
	crypto_generichash_state hash;
};

struct backup {
	struct client client;
	const char *dir;
	struct manifest manifest;
	struct taking taking[CLIENT_SERVICES_MAX];
};

/* --- Asking ------------------------------------------------------------------------------------- */

/* Holds all services from following, or lets them go. */
static bool hold(struct backup *backup, uint32_t hold_ms)
{
	Engine__HoldFollowingRequest body = ENGINE__HOLD_FOLLOWING_REQUEST__INIT;
	Engine__Request requests[CLIENT_SERVICES_MAX];
	Engine__Reply *replies[CLIENT_SERVICES_MAX];
	uint8_t bytes[16], random[16];
	char id[40];
	bool held = true;

	body.hold_ms = hold_ms;
	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(id, sizeof(id), random, sizeof(random));
	for (size_t i = 0; i < backup->client.n; i++) {
		Engine__Request *request = &requests[i];

		engine__request__init(request);
		request->method = client_common(&backup->client, "HoldFollowing")->full_name;
		request->id = id;
		request->principal = standing_asker();
		request->deadline_ms = ASK_MS;
		request->body =
			(ProtobufCBinaryData){ engine__hold_following_request__pack(&body, bytes),
					       bytes };
	}
	client_ask_each(&backup->client, requests, replies);
	for (size_t i = 0; i < backup->client.n; i++) {
		if (replies[i]->code && hold_ms)
			client_say(backup->client.names[i], replies[i]);
		held = held && !replies[i]->code;
	}
	client_free_each(&backup->client, replies);
	return held;
}

/* The next piece of a service's copy; NULL: said on stderr, unless it may be asked again. */
static Engine__BackupResponse *piece_ask(struct backup *backup, size_t i)
{
	Engine__BackupRequest body = ENGINE__BACKUP_REQUEST__INIT;
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__BackupResponse *response = NULL;
	uint8_t bytes[128];

	body.backup_id = backup->taking[i].id;
	body.offset = backup->manifest.copies[i].size;
	request.method = client_common(&backup->client, "Backup")->full_name;
	request.principal = standing_asker();
	request.deadline_ms = ASK_MS;
	request.body = (ProtobufCBinaryData){ engine__backup_request__pack(&body, bytes), bytes };
	for (int n = 0; n < TRIES && !response; n++) {
		Engine__Reply *reply = client_ask(&backup->client, i, &request);
		bool again = client_try_again(reply) && n + 1 < TRIES;

		if (!reply->code)
			response = engine__backup_response__unpack(NULL, reply->body.len,
								   reply->body.data);
		else if (!again)
			client_say(backup->client.names[i], reply);
		engine__reply__free_unpacked(reply, NULL);
		if (!again)
			break;
	}
	return response;
}

/* --- The copies --------------------------------------------------------------------------------- */

static bool piece_keep(struct backup *backup, size_t i, const Engine__BackupResponse *response)
{
	struct taking *taking = &backup->taking[i];
	const ProtobufCBinaryData *piece = &response->piece;

	if (fwrite(piece->data, 1, piece->len, taking->out) != piece->len) {
		perror(taking->path);
		return false;
	}
	crypto_generichash_update(&taking->hash, piece->data, piece->len);
	backup->manifest.copies[i].size += piece->len;
	taking->last = response->last;
	return true;
}

static void standing_note(struct manifest_copy *copy, const char *name,
			  const Engine__BackupResponse *response)
{
	*copy = (struct manifest_copy){ .sequence = response->head->sequence };
	snprintf(copy->service, sizeof(copy->service), "%s", name);
	snprintf(copy->file, sizeof(copy->file), "%.30s.store", name);
	snprintf(copy->epoch, sizeof(copy->epoch), "%s", response->head->epoch);
	if (response->head->hash.len == 32)
		sodium_bin2hex(copy->head_hash, sizeof(copy->head_hash), response->head->hash.data,
			       32);
	for (size_t f = 0; f < response->n_followed && f < MANIFEST_FOLLOWED_MAX; f++) {
		struct manifest_followed *followed = &copy->followed[copy->n_followed++];

		snprintf(followed->source, sizeof(followed->source), "%s",
			 response->followed[f]->source);
		snprintf(followed->epoch, sizeof(followed->epoch), "%s",
			 response->followed[f]->epoch);
		followed->sequence = response->followed[f]->sequence;
	}
}

/* Begins a service's copy: its file, and where the store stands in it. */
static bool copy_begin(struct backup *backup, size_t i)
{
	struct taking *taking = &backup->taking[i];
	Engine__BackupResponse *response;
	bool well;

	*taking->id = '\0';
	taking->last = false;
	backup->manifest.copies[i].size = 0;
	response = piece_ask(backup, i);
	if (!response)
		return false;
	snprintf(taking->id, sizeof(taking->id), "%s", response->backup_id);
	standing_note(&backup->manifest.copies[i], backup->client.names[i], response);
	snprintf(taking->path, sizeof(taking->path), "%s/%s.tmp", backup->dir,
		 backup->manifest.copies[i].file);
	if (taking->out)
		fclose(taking->out);
	taking->out = fopen(taking->path, "we");
	if (!taking->out)
		perror(taking->path);
	crypto_generichash_init(&taking->hash, NULL, 0, 32);
	well = taking->out && piece_keep(backup, i, response);
	engine__backup_response__free_unpacked(response, NULL);
	return well;
}

/* Begins a copy of each store, at a moment when nobody follows anybody. */
static bool copies_begin(struct backup *backup)
{
	char why[256];

	for (int n = 0; n < TRIES; n++) {
		bool begun = hold(backup, HOLD_MS);

		for (size_t i = 0; i < backup->client.n && begun; i++)
			begun = copy_begin(backup, i);
		hold(backup, 0);
		if (!begun)
			return false;
		/* Unless that has taken longer than the moment lasted. */
		if (manifest_fits(&backup->manifest, why))
			return true;
	}
	fprintf(stderr, "%s\n", why);
	return false;
}

/* The rest of all copies, a piece of each in turn, so that none is thought to be abandoned. */
static bool copies_take(struct backup *backup)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < backup->client.n; i++) {
			Engine__BackupResponse *response;
			bool well;

			if (backup->taking[i].last)
				continue;
			response = piece_ask(backup, i);
			well = response && piece_keep(backup, i, response);
			if (response)
				engine__backup_response__free_unpacked(response, NULL);
			if (!well)
				return false;
			more = more || !backup->taking[i].last;
		}
	}
	return true;
}

static bool copy_end(struct backup *backup, size_t i)
{
	struct taking *taking = &backup->taking[i];
	char path[PATH_MAX];
	uint8_t hash[32];
	bool well = fflush(taking->out) == 0 && fsync(fileno(taking->out)) == 0;

	well = fclose(taking->out) == 0 && well;
	taking->out = NULL;
	snprintf(path, sizeof(path), "%s/%s", backup->dir, backup->manifest.copies[i].file);
	if (!well || rename(taking->path, path) != 0) {
		perror(taking->path);
		return false;
	}
	crypto_generichash_final(&taking->hash, hash, sizeof(hash));
	sodium_bin2hex(backup->manifest.copies[i].file_hash, MANIFEST_HASH_SIZE, hash,
		       sizeof(hash));
	return true;
}

static void backup_print(const struct backup *backup)
{
	for (size_t i = 0; i < backup->manifest.n; i++) {
		const struct manifest_copy *copy = &backup->manifest.copies[i];

		printf("%-12s %s %" PRIu64 "  %" PRIu64 " %s\n", copy->service,
		       client_word("sequence", "序号"), copy->sequence, copy->size,
		       client_word("bytes", "字节"));
	}
	printf("%s: %s\n", client_word("kept in", "已存于"), backup->dir);
}

static int backup_take(struct backup *backup)
{
	time_t now = time(NULL);

	strftime(backup->manifest.taken_at, sizeof(backup->manifest.taken_at), "%FT%TZ",
		 gmtime(&now));
	snprintf(backup->manifest.version, sizeof(backup->manifest.version), "%s", SHEGONG_VERSION);
	backup->manifest.n = backup->client.n;
	if (!copies_begin(backup) || !copies_take(backup))
		return CLI_UNAVAILABLE;
	for (size_t i = 0; i < backup->client.n; i++) {
		if (!copy_end(backup, i))
			return CLI_REFUSED;
	}
	if (!manifest_write(backup->dir, &backup->manifest)) {
		perror(backup->dir);
		return CLI_REFUSED;
	}
	backup_print(backup);
	return CLI_DONE;
}

/* A new folder: a backup is never written over another. */
static bool place_made(const char *dir)
{
	if (mkdir(dir, 0700) == 0)
		return true;
	fprintf(stderr, "%s: %s\n", dir, strerror(errno));
	return false;
}

int cli_backup(int argc, char **argv)
{
	static struct backup backup;
	int status = CLI_USAGE;

	if (argc != 2 || argv[1][0] == '-') {
		fputs("shegong backup DIR\n", stderr);
		return CLI_USAGE;
	}
	umask(077);
	backup.dir = argv[1];
	if (sodium_init() >= 0 && client_open(&backup.client))
		status = place_made(backup.dir) ? backup_take(&backup) : CLI_REFUSED;
	client_close(&backup.client);
	return status;
}
