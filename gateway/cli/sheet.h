#pragma once
/* Tables as files: CSV (RFC 4180), or a workbook with a sheet for each table. */

#include <stdbool.h>

#include "gateway/cli/grid.h"

/* Write the one table of the grids.  false: it cannot be written (errno). */
bool grid_write_csv(const struct grid *, const char *path);

/* Write a sheet for each grid.  NULL, or what is wrong, in English. */
const char *grids_write_xlsx(const struct grids *, const char *path);
