#pragma once
/* What a service's program does with copies of its store, without serving anybody:
 *
 *     shegong-personnel --restore FILE NAME   makes the store under SHEGONG_DATA of a copy
 *     shegong-personnel --prove FILE DIR      proves a copy, in a folder of its own under DIR
 *
 * `shegong restore` and `shegong verify --backup` call them, for each service.  A proof is told in
 * lines: "epoch ...", "sequence 12", "hash ...", "events 12", "records 3", and "fault ..." for each. */

#include <stdbool.h>
#include <stddef.h>

#include "engine/service.h"

/* True where the arguments are one of these; the program then ends with *status. */
bool offline_asked(const struct service *, int argc, char **argv, const char *dir, size_t map_bytes,
		   int *status);
