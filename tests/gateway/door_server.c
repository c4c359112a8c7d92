/* A door for tests: door_server SCHEMA RUN KEYS ACCOUNTS SERVICE...
 *
 * ACCOUNTS is a file with a line for each known key, "KEY account=...;person=...;role=...", which is
 * read anew each time that somebody is asked for: to take a line away is to revoke a key.  Prints the
 * endpoint once it is open, and the counters when it ends. */
#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <zmq.h>

#include "gateway/door.h"
#include "gateway/schema_file.h"

static bool who(void *of, const uint8_t key[static KEY_SIZE], struct caller *caller)
{
	char text[KEY_TEXT], line[512];
	FILE *file = fopen(of, "re");
	bool found = false;

	assert(file);
	zmq_z85_encode(text, key, KEY_SIZE);
	while (!found && fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		found = strncmp(line, text, KEY_TEXT - 1) == 0 && line[KEY_TEXT - 1] == ' ' &&
			caller_principal(
				(struct http_text){ line + KEY_TEXT, strlen(line + KEY_TEXT) },
				caller);
	}
	fclose(file);
	return found;
}

static bool ready(void *of)
{
	return true;
}

int main(int argc, char **argv)
{
	struct lines_services services = { .peers = { .where = "" } };
	struct door_settings settings = { .endpoint = "tcp://127.0.0.1:*",
					  .services = &services,
					  .deadline_ms = 30000,
					  .stop_ms = 30000,
					  .who = who,
					  .ready = ready };
	const struct door_counters *counters;
	char path[SCHEMA_PATH_SIZE], why[256];
	struct schema *schema;
	struct door *door;
	sigset_t set;
	void *zmq;
	int sig;

	assert(argc > 5);
	schema = schema_file_open(argv[1], path, why);
	assert(schema);
	services.peers.run = argv[2];
	settings.keys = argv[3];
	settings.of = argv[4];
	for (int i = 5; i < argc; i++)
		services.names[services.n++] = argv[i];
	settings.schema = schema;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	zmq = zmq_ctx_new();
	door = door_open(zmq, &settings, why);
	if (!door) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	puts(door_endpoint(door));
	fflush(stdout);
	sigwait(&set, &sig);
	counters = door_count(door);
	printf("requests %" PRIu64 " refused %" PRIu64 " strangers %" PRIu64 " undelivered %" PRIu64
	       "\n",
	       counters->requests, counters->refused, counters->strangers, counters->undelivered);
	door_close(door);
	zmq_ctx_term(zmq);
	schema_close(schema);
	return 0;
}
