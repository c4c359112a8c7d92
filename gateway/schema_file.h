#pragma once
/* Where a program finds the descriptor set of the interfaces. */

#include "gateway/schema.h"

#define SCHEMA_PATH_SIZE 4200

/* Open the set at the path named, or, where that is empty, shegong.binpb beside the program or in
 * ../share/shegong.  path tells which was looked at.  NULL: why says what is wrong. */
struct schema *schema_file_open(const char *named, char path[static SCHEMA_PATH_SIZE],
				char why[static 256]);
