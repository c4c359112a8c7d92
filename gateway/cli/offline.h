#pragma once
/* The services' programs, asked to do something with a copy of their store while nobody is served
 * (services/engine/offline.h).  They lie beside this program. */

#include <stdint.h>

#include "gateway/cli/manifest.h"

/* Run "shegong-NAME ACTION FILE ARG", its output to ours.  Its exit status; -1: said on stderr. */
int offline_run(const char *service, const char *action, const char *file, const char *arg);

/* Run "shegong-NAME ACTION" and hand on each line that it prints, without its end; NULL for NAME: this
 * program.  false: it could not be run, or failed. */
bool offline_lines(const char *service, const char *action,
		   void (*line)(void *to, const char *line), void *to);

/* What a program has told of a copy. */
struct offline_proof {
	char epoch[MANIFEST_NAME_SIZE], head_hash[MANIFEST_HASH_SIZE];
	uint64_t sequence, events, records;
	int n_faults; /* each said on stdout */
};

/* Prove a copy, in a folder under work.  false: said on stderr. */
bool offline_prove(const char *service, const char *file, const char *work, struct offline_proof *);
