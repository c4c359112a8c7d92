/* Building help: the stations that a project helps to build.  A station is named by its town, which
 * has one only, whether or not it is a station of a programme that is kept here. */
#include "stations.h"

#include <string.h>

#include "base/text.h"

const struct table building_helps = {
	.name = "building_helps",
	.record = &stations__building_help__descriptor,
	.id = "help_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id", "project_id", "town_region_code" },
};

enum { TOWN_DIGITS = 9 };

static bool serves(const Stations__Site *where, const char *town_region_code)
{
	for (size_t i = 0; i < where->n_county_codes; i++)
		if (text_begins(town_region_code, where->county_codes[i]))
			return true;
	return !where->n_county_codes && text_begins(town_region_code, where->region_code);
}

static struct verdict record_building_help(struct turn *turn, const void *command)
{
	const Stations__RecordBuildingHelpRequest *cmd = command;
	const Stations__Project *of = turn_find(turn, &projects, cmd->project_id);

	if (!of || !turn_may_act(turn, of->region_code, of->agency_id))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &building_helps, cmd->help_id))
		return REFUSE(BUILDING_HELP_EXISTS, cmd->help_id);
	if (strlen(cmd->town_region_code) != TOWN_DIGITS)
		return turn_invalid("town_region_code");
	if (!serves(turn_find(turn, &sites, of->site_id), cmd->town_region_code))
		return REFUSE(TOWN_OUTSIDE_SITE, cmd->town_region_code);

	/* RULE B32: "A project names its goals, the stations it helps to build, and the project
	 * that it carries on." */
	Stations__BuildingHelp next = STATIONS__BUILDING_HELP__INIT;
	next.help_id = cmd->help_id;
	next.programme_year_id = of->programme_year_id;
	next.project_id = of->project_id;
	next.site_id = of->site_id;
	next.region_code = of->region_code;
	next.agency_id = of->agency_id;
	next.town_region_code = cmd->town_region_code;
	next.since_on = cmd->since_on;
	next.description = cmd->description;
	next.recorded_by = turn_actor(turn)->person_id;

	Stations__BuildingHelpRecorded recorded = STATIONS__BUILDING_HELP_RECORDED__INIT;
	recorded.help = &next;
	return turn_accept(turn, &recorded.base);
}

static const struct command commands[] = {
	{ "RecordBuildingHelp", record_building_help,
	  BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	  "help_id project_id town_region_code since_on description" },
	{ 0 },
};

static const struct query queries[] = {
	{ "ListBuildingHelp", LIST(building_helps) },
	{ 0 },
};

static const struct table *const tables[] = { &building_helps, NULL };
const struct aggregate building_help = { tables, commands, queries };
