#pragma once
/* The names of methods as shegong call takes them: "personnel.OpenCall". */

#include "gateway/cli/client.h"

/* Print those that begin like that, one a line; dots and capitals count. */
void names_list(const struct client *, const char *prefix);

/* Say on stderr that there is no such method, and which it may have been. */
void names_unknown(const struct client *, const char *name);
