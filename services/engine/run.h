/* A service as a program: settings, store, bus. */
#pragma once

#include "engine/service.h"

/* The one main() of all services.  The program's exit code. */
int run_service(const struct service *, int argc, char **argv);
