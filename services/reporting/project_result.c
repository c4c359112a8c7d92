/* A project's final result.  A later round may evaluate it again; it is counted once, with its last
 * result. */
#include "reporting.h"

const struct table project_results = {
	.name = "project_results",
	.record = &reporting__project_result__descriptor,
	.id = "project_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id", "agency_id", "region_code" },
	.tallies = { "programme_year_id", "programme_year_id,grade",
		     "programme_year_id,region_code[4]", "programme_year_id,region_code[6]",
		     "site_id", "programme_year_id,agency_id" },
};

struct verdict result_record(struct turn *turn, Reporting__ProjectResult *result)
{
	Reporting__ResultRecorded event = REPORTING__RESULT_RECORDED__INIT;

	event.result = result;
	return turn_accept(turn, &event.base);
}

static const struct query queries[] = {
	{ "GetProjectResult", GET(project_results) },
	{ "ListProjectResults", LIST(project_results) },
	{ 0 },
};
static const struct table *const tables[] = { &project_results, NULL };

const struct aggregate project_result = { tables, NULL, queries };
