/* A project: what one agency does at one site in one year.
 *
 *     PLANNED -> SURVEYED -> PLAN_READY -> AGREED -> IN_PROGRESS -> CLOSED
 *
 * An approved list plans it (follow.c), a survey and a plan prepare it, the agreement's last
 * signature makes it agreed, the last arrival starts it.  From AGREED on its plan, content, budget,
 * people and trainees stand. */
#include "stations.h"

#include "base/day.h"

const struct table projects = {
	.name = "projects",
	.record = &stations__project__descriptor,
	.id = "project_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id", "site_id", "agency_id", "site_id,agency_id", "state" },
	.tallies = { "programme_year_id,state", "site_id" },
};

static const Stations__ProjectState AGREED = STATIONS__PROJECT_STATE__PROJECT_STATE_AGREED;
static const Stations__ProjectState IN_PROGRESS =
	STATIONS__PROJECT_STATE__PROJECT_STATE_IN_PROGRESS;
static const Stations__ProjectState CLOSED = STATIONS__PROJECT_STATE__PROJECT_STATE_CLOSED;

bool project_agreed(const Stations__Project *of)
{
	return of->state >= AGREED;
}

static struct verdict close_project(struct turn *turn, const void *command)
{
	const Stations__CloseProjectRequest *cmd = command;
	const Stations__Project *found = turn_find(turn, &projects, cmd->project_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->project_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->project_id);
	if (found->state != IN_PROGRESS)
		return REFUSE(PROJECT_NOT_IN_PROGRESS, cmd->project_id);
	if (postings_of_project(turn, cmd->project_id))
		return REFUSE(PROJECT_HAS_PEOPLE, cmd->project_id);
	if (day_text_before(cmd->closed_on, found->started_on))
		return REFUSE(CLOSED_BEFORE_START, cmd->project_id);

	Stations__Project next = *found;
	next.state = CLOSED;
	next.closed_on = cmd->closed_on;

	Stations__ProjectClosed closed = STATIONS__PROJECT_CLOSED__INIT;
	closed.project = &next;
	return turn_accept(turn, &closed.base);
}

static const struct command commands[] = {
	{ "CloseProject", close_project, BY_PROVINCE, "project_id closed_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetProject", GET(projects) },
	{ "ListProjects", LIST(projects) },
	{ 0 },
};

static const struct table *const tables[] = { &projects, NULL };
const struct aggregate project = { tables, commands, queries };
