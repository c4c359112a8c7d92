/* A survey of needs: what is found out about a site before anything is planned for it. */
#include "stations.h"

const struct table surveys = {
	.name = "surveys",
	.record = &stations__needs_survey__descriptor,
	.id = "survey_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "project_id", "programme_year_id" },
};

static const Stations__ProjectState PLANNED = STATIONS__PROJECT_STATE__PROJECT_STATE_PLANNED;
static const Stations__ProjectState SURVEYED = STATIONS__PROJECT_STATE__PROJECT_STATE_SURVEYED;

static struct verdict record_survey(struct turn *turn, const void *command)
{
	const Stations__RecordSurveyRequest *cmd = command;
	const Stations__Project *found = turn_find(turn, &projects, cmd->project_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &surveys, cmd->survey_id))
		return REFUSE(SURVEY_EXISTS, cmd->survey_id);
	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." */
	if (project_agreed(found))
		return REFUSE(PROJECT_AGREED, cmd->project_id);
	if (cmd->households < 0)
		return turn_invalid("households");

	Stations__NeedsSurvey next = STATIONS__NEEDS_SURVEY__INIT;
	next.survey_id = cmd->survey_id;
	next.project_id = found->project_id;
	next.programme_year_id = found->programme_year_id;
	next.site_id = found->site_id;
	next.region_code = found->region_code;
	next.agency_id = found->agency_id;
	next.surveyed_on = cmd->surveyed_on;
	next.methods = cmd->methods;
	next.households = cmd->households;
	next.needs = cmd->needs;
	next.recorded_by = turn_actor(turn)->person_id;

	Stations__Project surveyed = *found;
	surveyed.survey_id = cmd->survey_id;
	if (found->state == PLANNED)
		surveyed.state = SURVEYED;

	Stations__NeedsSurveyed event = STATIONS__NEEDS_SURVEYED__INIT;
	event.survey = &next;
	event.project = &surveyed;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "RecordSurvey", record_survey, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	  "survey_id project_id surveyed_on needs" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetSurvey", GET(surveys) },
	{ "ListSurveys", LIST(surveys) },
	{ 0 },
};

static const struct table *const tables[] = { &surveys, NULL };
const struct aggregate survey = { tables, commands, queries };
