/* An implementation plan: how a project is to be carried out, set until it is agreed. */
#include "stations.h"

#include "base/text.h"

const struct table plans = {
	.name = "plans",
	.record = &stations__implementation_plan__descriptor,
	.id = "plan_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "project_id", "programme_year_id" },
	.tallies = { "project_id" },
};

static const Stations__ProjectState PLANNED = STATIONS__PROJECT_STATE__PROJECT_STATE_PLANNED;
static const Stations__ProjectState PLAN_READY = STATIONS__PROJECT_STATE__PROJECT_STATE_PLAN_READY;

static struct verdict set_plan(struct turn *turn, const void *command)
{
	const Stations__SetPlanRequest *cmd = command;
	const Stations__Project *found = turn_find(turn, &projects, cmd->project_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->project_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->project_id);
	if (turn_find(turn, &plans, cmd->plan_id))
		return REFUSE(PLAN_EXISTS, cmd->plan_id);
	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." */
	if (project_agreed(found))
		return REFUSE(PROJECT_AGREED, cmd->project_id);
	/* RULE B18: "First the needs, then the plan" */
	if (found->state == PLANNED)
		return REFUSE(SURVEY_MISSING, cmd->project_id);
	/* The parties sign for the plan that they have read. */
	const Stations__Agreement *pending = agreement_pending(turn, cmd->project_id);
	if (pending)
		return REFUSE(AGREEMENT_PENDING, pending->agreement_id);
	if (!text_empty(cmd->previous_project_id)) {
		const Stations__Project *previous =
			turn_find(turn, &projects, cmd->previous_project_id);
		if (!previous || text_same(previous->programme_year_id, found->programme_year_id))
			return REFUSE(PREVIOUS_PROJECT_UNKNOWN, cmd->previous_project_id);
	}
	if (cmd->trainees < 0)
		return turn_invalid("trainees");
	for (size_t i = 0; i < cmd->n_goals; i++)
		if (cmd->goals[i] == STATIONS__GOAL_TAG__GOAL_TAG_UNSPECIFIED)
			return turn_invalid("goals");

	Stations__ImplementationPlan next = STATIONS__IMPLEMENTATION_PLAN__INIT;
	next.plan_id = cmd->plan_id;
	next.project_id = found->project_id;
	next.programme_year_id = found->programme_year_id;
	next.site_id = found->site_id;
	next.region_code = found->region_code;
	next.agency_id = found->agency_id;
	next.survey_id = found->survey_id;
	next.version = 1 + (int32_t)turn_count(turn, &plans, "project_id",
					       &(Stations__ImplementationPlan){
						       .project_id = found->project_id });
	next.objectives = cmd->objectives;
	next.content = cmd->content;
	next.schedule = cmd->schedule;
	next.trainees = cmd->trainees;
	next.set_by = turn_actor(turn)->person_id;

	Stations__Project ready = *found;
	ready.state = PLAN_READY;
	ready.plan_id = cmd->plan_id;
	ready.n_goals = cmd->n_goals;
	ready.goals = cmd->goals;
	ready.previous_project_id = cmd->previous_project_id;

	Stations__PlanSet set = STATIONS__PLAN_SET__INIT;
	set.plan = &next;
	set.project = &ready;
	return turn_accept(turn, &set.base);
}

static const struct command commands[] = {
	{ "SetPlan", set_plan, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	  "plan_id project_id objectives content" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetPlan", GET(plans) },
	{ "ListPlans", LIST(plans) },
	{ 0 },
};

static const struct table *const tables[] = { &plans, NULL };
const struct aggregate plan = { tables, commands, queries };
