/* The project office of a programme's year: the first of the three levels of support. */
#include "stations.h"

#include "base/text.h"

const struct table project_offices = {
	.name = "project_offices",
	.record = &stations__project_office__descriptor,
	.id = "office_id",
	.region = "region_code",
	.indexes = { "programme_year_id" },
};

const Stations__ProjectOffice *office_of_year(struct turn *turn, const char *programme_year_id)
{
	return turn_by(turn, &project_offices, "programme_year_id",
		       &(Stations__ProjectOffice){ .programme_year_id = programme_year_id });
}

static struct verdict set_up_project_office(struct turn *turn, const void *command)
{
	const Stations__SetUpProjectOfficeRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (!year || !turn_covers(turn, year->region_code))
		return REFUSE(PROGRAMME_YEAR_UNKNOWN, cmd->programme_year_id);
	/* RULE A6: "A programme has one project office." */
	if (office_of_year(turn, cmd->programme_year_id))
		return REFUSE(OFFICE_EXISTS, cmd->programme_year_id);
	if (turn_find(turn, &project_offices, cmd->office_id))
		return REFUSE(OFFICE_EXISTS, cmd->office_id);

	Stations__ProjectOffice next = STATIONS__PROJECT_OFFICE__INIT;
	next.office_id = cmd->office_id;
	next.programme_year_id = cmd->programme_year_id;
	next.region_code = year->region_code;
	next.name_en = cmd->name_en;
	next.name_zh = cmd->name_zh;
	next.set_up_on = cmd->set_up_on;

	Stations__ProjectOfficeSetUp set_up = STATIONS__PROJECT_OFFICE_SET_UP__INIT;
	set_up.office = &next;
	return turn_accept(turn, &set_up.base);
}

static const struct command commands[] = {
	{ "SetUpProjectOffice", set_up_project_office, BY_PROVINCE,
	  "office_id programme_year_id name_en name_zh set_up_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetProjectOffice", GET(project_offices) },
	{ "ListProjectOffices", LIST(project_offices) },
	{ 0 },
};

static const struct table *const tables[] = { &project_offices, NULL };
const struct aggregate project_office = { tables, commands, queries };
