/* A hire that found no place: a town hired somebody, and the place had been given up meanwhile, or
 * the person has another.  The hire is personnel's and cannot be refused here any more: it is kept
 * with its reason until it has a place or is over. */
#include "stations.h"

const struct table unplaced_hires = {
	.name = "unplaced_hires",
	.record = &stations__unplaced_hire__descriptor,
	.id = "employment_id",
	.region = "region_code",
	.person = "person_id",
	.readers = BY_AUTHORITIES | NOT_FROM_BELOW,
	.indexes = { "programme_year_id", "station_id" },
	.tallies = { "programme_year_id,settled" },
};

static const struct query queries[] = {
	{ "GetUnplacedHire", GET(unplaced_hires) },
	{ "ListUnplacedHires", LIST(unplaced_hires) },
	{ 0 },
};

static const struct table *const tables[] = { &unplaced_hires, NULL };
const struct aggregate unplaced_hire = { tables, NULL, queries };
