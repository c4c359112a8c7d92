/* A field visit: somebody goes to see a project where it works, and writes down what he found.
 *
 *     PLANNED --report--> REPORTED
 *        `------cancel--> CANCELLED
 */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define STATE(name) SUPERVISION__VISIT_STATE__VISIT_STATE_##name

enum {
	BY_VISITORS = BY_PROVINCE | BY_PROJECT_OFFICE | BY_PREFECTURE | BY_COUNTY | BY_SUPERVISOR,
};

const struct table visits = {
	.name = "visits",
	.record = &supervision__field_visit__descriptor,
	.id = "visit_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | BY_SUPERVISOR | BY_EVALUATOR,
	.indexes = { "project_id", "programme_year_id", "agency_id", "region_code" },
	/* RULE B23: "counted for each project" */
	.tallies = { "project_id,state" },
};

static bool over(const Stations__Project *project)
{
	return project->state == STATIONS__PROJECT_STATE__PROJECT_STATE_CLOSED ||
	       project->state == STATIONS__PROJECT_STATE__PROJECT_STATE_TERMINATED;
}

static struct verdict plan_visit(struct turn *turn, const void *command)
{
	const Supervision__PlanVisitRequest *cmd = command;

	const Stations__Project *project = turn_find(turn, &projects, cmd->project_id);
	if (!project || !turn_covers(turn, project->region_code))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &visits, cmd->visit_id))
		return REFUSE(VISIT_EXISTS, cmd->visit_id);
	if (over(project))
		return REFUSE(PROJECT_OVER, cmd->project_id);
	if (day_text_before(cmd->planned_by, turn_today_text(turn)))
		return REFUSE(VISIT_PLANNED_IN_PAST, cmd->visit_id);

	Supervision__FieldVisit visit = SUPERVISION__FIELD_VISIT__INIT;
	visit.visit_id = cmd->visit_id;
	visit.project_id = project->project_id;
	visit.programme_year_id = project->programme_year_id;
	visit.site_id = project->site_id;
	visit.region_code = project->region_code;
	visit.agency_id = project->agency_id;
	visit.state = STATE(PLANNED);
	visit.planned_by = cmd->planned_by;
	visit.purpose = cmd->purpose;
	visit.planner_id = turn_actor(turn)->person_id;

	Supervision__VisitPlanned planned = SUPERVISION__VISIT_PLANNED__INIT;
	planned.visit = &visit;
	return turn_accept(turn, &planned.base);
}

static struct verdict report_visit(struct turn *turn, const void *command)
{
	const Supervision__ReportVisitRequest *cmd = command;

	const Supervision__FieldVisit *found = turn_find(turn, &visits, cmd->visit_id);
	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->visit_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->visit_id);
	if (found->state != STATE(PLANNED))
		return REFUSE(VISIT_NOT_PLANNED, cmd->visit_id);
	for (size_t i = 0; i < cmd->n_met_posting_ids; i++) {
		const char *id = cmd->met_posting_ids[i];
		const Stations__Posting *posting = turn_find(turn, &postings, id);
		if (!posting || !text_same(posting->project_id, found->project_id))
			return REFUSE(POSTING_NOT_OF_PROJECT, id);
		if (text_among(id, cmd->met_posting_ids, i))
			return REFUSE(POSTING_TWICE, id);
	}

	Supervision__FieldVisit next = *found;
	next.state = STATE(REPORTED);
	next.visited_on = cmd->visited_on;
	next.summary = cmd->summary;
	next.n_met_posting_ids = cmd->n_met_posting_ids;
	next.met_posting_ids = cmd->met_posting_ids;
	next.reporter_id = turn_actor(turn)->person_id;
	next.late = day_text_before(found->planned_by, cmd->visited_on);

	Supervision__VisitReported reported = SUPERVISION__VISIT_REPORTED__INIT;
	reported.visit = &next;
	return turn_accept(turn, &reported.base);
}

static struct verdict cancel_visit(struct turn *turn, const void *command)
{
	const Supervision__CancelVisitRequest *cmd = command;

	const Supervision__FieldVisit *found = turn_find(turn, &visits, cmd->visit_id);
	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->visit_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->visit_id);
	if (found->state != STATE(PLANNED))
		return REFUSE(VISIT_NOT_PLANNED, cmd->visit_id);

	Supervision__FieldVisit next = *found;
	next.state = STATE(CANCELLED);
	next.cancel_reason = cmd->reason;

	Supervision__VisitCancelled cancelled = SUPERVISION__VISIT_CANCELLED__INIT;
	cancelled.visit = &next;
	return turn_accept(turn, &cancelled.base);
}

static int32_t count(struct turn *turn, const char *project_id, Supervision__VisitState state)
{
	Supervision__FieldVisit like = SUPERVISION__FIELD_VISIT__INIT;
	like.project_id = project_id;
	like.state = state;
	return (int32_t)turn_count(turn, &visits, "project_id,state", &like);
}

static struct verdict get_visit_counts(struct turn *turn, const void *request,
				       ProtobufCMessage *response)
{
	const Supervision__GetVisitCountsRequest *asked = request;
	Supervision__GetVisitCountsResponse *answer =
		(Supervision__GetVisitCountsResponse *)response;

	const Stations__Project *project = turn_find(turn, &projects, asked->project_id);
	if (!project || !turn_sees(turn, &projects, project))
		return turn_not_found(asked->project_id);

	answer->project_id = project->project_id;
	answer->planned = count(turn, project->project_id, STATE(PLANNED));
	answer->reported = count(turn, project->project_id, STATE(REPORTED));
	answer->cancelled = count(turn, project->project_id, STATE(CANCELLED));
	return turn_done();
}

static const struct command commands[] = {
	{ "PlanVisit", plan_visit, BY_VISITORS, "visit_id project_id planned_by purpose" },
	{ "ReportVisit", report_visit, BY_VISITORS, "visit_id visited_on summary" },
	{ "CancelVisit", cancel_visit, BY_VISITORS, "visit_id reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetVisit", GET(visits) },
	{ "ListVisits", LIST(visits) },
	{ "GetVisitCounts", .answer = get_visit_counts },
	{ 0 },
};

static const struct table *const tables[] = { &visits, NULL };

const struct aggregate field_visit = { tables, commands, queries };
