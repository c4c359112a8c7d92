/* A plan of supervision or training: how many sessions an area is to have in a period.  What was
 * done is added to the plan as its sessions are recorded (session.c). */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

enum {
	BY_PLANNERS = BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE,
	TARGET_MAX = 1000000,
	LEVELS = 2, /* a province and a prefecture have tallies */
};

const struct table plans = {
	.name = "plans",
	.record = &supervision__supervision_plan__descriptor,
	.id = "plan_id",
	.region = "region_code",
	.indexes = { "programme_year_id,region_code,kind,period!", "programme_year_id",
		     "region_code" },
	.tallies = { "programme_year_id,region_code[2],kind,period:target_sessions",
		     "programme_year_id,region_code[2],kind,period:done_sessions",
		     "programme_year_id,region_code[2],kind,period:target_minutes",
		     "programme_year_id,region_code[2],kind,period:done_minutes",
		     "programme_year_id,region_code[4],kind,period:target_sessions",
		     "programme_year_id,region_code[4],kind,period:done_sessions",
		     "programme_year_id,region_code[4],kind,period:target_minutes",
		     "programme_year_id,region_code[4],kind,period:done_minutes" },
};

bool plan_takes(const Supervision__SupervisionPlan *plan, Supervision__SessionKind kind,
		const char *held_on)
{
	bool training = kind == SUPERVISION__SESSION_KIND__SESSION_KIND_TRAINING;

	return training == (plan->kind == SUPERVISION__PLAN_KIND__PLAN_KIND_TRAINING) &&
	       !day_text_before(held_on, plan->begins_from) &&
	       !day_text_before(plan->ends_by, held_on);
}

static struct verdict set_supervision_plan(struct turn *turn, const void *command)
{
	const Supervision__SetSupervisionPlanRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (!year)
		return turn_not_found(cmd->programme_year_id);
	if (!turn_covers(turn, cmd->region_code) ||
	    !text_begins(cmd->region_code, year->region_code))
		return turn_not_found(cmd->region_code);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, cmd->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, cmd->programme_year_id);
	if (turn_find(turn, &plans, cmd->plan_id))
		return REFUSE(PLAN_EXISTS, cmd->plan_id);
	if (day_text_before(cmd->ends_by, cmd->begins_from))
		return turn_invalid("ends_by");
	if (cmd->target_sessions < 1 || cmd->target_sessions > TARGET_MAX)
		return turn_invalid("target_sessions");
	if (cmd->target_minutes < 0 || cmd->target_minutes > TARGET_MAX)
		return turn_invalid("target_minutes");

	Supervision__SupervisionPlan plan = SUPERVISION__SUPERVISION_PLAN__INIT;
	plan.programme_year_id = cmd->programme_year_id;
	plan.region_code = cmd->region_code;
	plan.kind = cmd->kind;
	plan.period = cmd->period;
	const Supervision__SupervisionPlan *other =
		turn_by(turn, &plans, "programme_year_id,region_code,kind,period", &plan);
	if (other)
		return REFUSE(PLANNED_ALREADY, other->plan_id);

	plan.plan_id = cmd->plan_id;
	plan.begins_from = cmd->begins_from;
	plan.ends_by = cmd->ends_by;
	plan.target_sessions = cmd->target_sessions;
	plan.target_minutes = cmd->target_minutes;
	plan.setter_id = turn_actor(turn)->person_id;

	Supervision__SupervisionPlanSet set = SUPERVISION__SUPERVISION_PLAN_SET__INIT;
	set.plan = &plan;
	return turn_accept(turn, &set.base);
}

/* --- How far plans are carried out -------------------------------------------------------------- */

/* RULE A10: "What was done is counted against them for each period." */
static Supervision__PlanCompletion *completion_of(struct turn *turn, const char *const tallies[4],
						  const Supervision__SupervisionPlan *like,
						  uint64_t n_plans)
{
	Supervision__PlanCompletion *row = turn_take(turn, sizeof(*row));

	supervision__plan_completion__init(row);
	row->kind = like->kind;
	row->period = like->period;
	row->plans = (int32_t)n_plans;
	row->target_sessions = turn_sum(turn, &plans, tallies[0], like);
	row->done_sessions = turn_sum(turn, &plans, tallies[1], like);
	row->target_minutes = turn_sum(turn, &plans, tallies[2], like);
	row->done_minutes = turn_sum(turn, &plans, tallies[3], like);
	row->completion_hundredths = (int32_t)(row->done_sessions * 10000 / row->target_sessions);
	return row;
}

static struct verdict get_plan_completion(struct turn *turn, const void *request,
					  ProtobufCMessage *response)
{
	const Supervision__GetPlanCompletionRequest *asked = request;
	Supervision__GetPlanCompletionResponse *answer =
		(Supervision__GetPlanCompletionResponse *)response;
	Supervision__SupervisionPlan like = SUPERVISION__SUPERVISION_PLAN__INIT;
	struct group group;
	size_t n = 0;
	int level;
	struct verdict area =
		area_level(turn, asked->programme_year_id, asked->region_code, &level);

	if (area.refusal)
		return area;
	if (level >= LEVELS)
		return turn_invalid("region_code");

	/* The table's tallies: four of a province, four of a prefecture. */
	const char *const *tallies = plans.tallies + 4 * level;
	like.programme_year_id = asked->programme_year_id;
	like.region_code = asked->region_code;
	struct each each = turn_groups(turn, &plans, tallies[0], &like, 2);
	while (group_next(&each, &group))
		n++;
	answer->completions = turn_take(turn, n * sizeof(*answer->completions));
	each = turn_groups(turn, &plans, tallies[0], &like, 2);
	while (group_next(&each, &group))
		answer->completions[answer->n_completions++] =
			completion_of(turn, tallies, group.like, group.count);
	return turn_done();
}

static const struct command commands[] = {
	{ "SetSupervisionPlan", set_supervision_plan, BY_PLANNERS,
	  "plan_id programme_year_id region_code kind period begins_from ends_by" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetSupervisionPlan", GET(plans) },
	{ "ListSupervisionPlans", LIST(plans) },
	{ "GetPlanCompletion", .answer = get_plan_completion },
	{ 0 },
};

static const struct table *const tables[] = { &plans, NULL };

const struct aggregate supervision_plan = { tables, commands, queries };
