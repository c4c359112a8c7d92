/* Those of approved lists for whom no place could be reserved when the list was approved: an
 * approved list is a fact, so what does not fit is kept here, with why, until a place is found. */
#include "stations.h"

const struct table unplaced_people = {
	.name = "unplaced",
	.record = &stations__unplaced__descriptor,
	.id = "selected_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "programme_year_id", "list_id" },
};

static const struct query queries[] = {
	{ "GetUnplaced", GET(unplaced_people) },
	{ "ListUnplaced", LIST(unplaced_people) },
	{ 0 },
};

static const struct table *const tables[] = { &unplaced_people, NULL };
const struct aggregate unplaced = { tables, NULL, queries };
