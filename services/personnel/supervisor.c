/* A supervisor's career (督导): a person who accompanies the workers of a programme.
 *
 *     CANDIDATE -> SELECTED -> TRAINED -> ASSESSED_PASS -> ACTIVE <-> SUSPENDED -> RETIRED
 *                                 ^    -> ASSESSED_FAIL    ACTIVE -> RETIRED
 *                                 +------------+           any of these -> REVOKED
 *
 * At work a supervisor is assessed each year; who fails is suspended, and goes back to work after
 * an assessment that is passed.  One that was not made in time is shown as overdue.
 *
 * Every step is the project office's.  Whether it is entrusted is asked of our copy of stations'
 * record, which is some milliseconds behind where an entrustment was just ended. */
#include "personnel/personnel.h"

#include "base/day.h"
#include "base/text.h"
#include "personnel/follow.h"

#define STATE(state) PERSONNEL__SUPERVISOR_STATE__SUPERVISOR_STATE_##state

const struct table supervisors = {
	.name = "supervisors",
	.record = &personnel__supervisor_career__descriptor,
	.id = "supervisor_id",
	.region = "region_code",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_SUPERVISOR,
	.indexes = { "programme_year_id,person_id", "programme_year_id,state", "assess_by",
		     "person_id", "region_code" },
	.tallies = { "programme_year_id,region_code[4],state", "programme_year_id,state",
		     "programme_year_id,assessment_overdue" },
};

static const struct table supervisor_assessments = {
	.name = "supervisor_assessments",
	.record = &personnel__supervisor_assessment__descriptor,
	.id = "assessment_id",
	.region = "region_code",
	.person = "person_id",
	.readers = BY_WHOLE_PROVINCE | BY_REGIONAL_CENTRE | NOT_FROM_BELOW,
	.indexes = { "supervisor_id", "region_code" },
};

static bool ended(const Personnel__SupervisorCareer *career)
{
	return career->state == STATE(RETIRED) || career->state == STATE(REVOKED);
}

/* True where the person's career in that year has not ended. */
static bool is_supervisor(struct turn *turn, const char *programme_year_id, const char *person_id)
{
	struct each each =
		turn_each(turn, &supervisors, "programme_year_id,person_id",
			  &(Personnel__SupervisorCareer){ .programme_year_id = programme_year_id,
							  .person_id = person_id });

	for (const Personnel__SupervisorCareer *one; (one = each_next(&each));) {
		if (!ended(one))
			return true;
	}
	return false;
}

static struct verdict nominate_supervisor(struct turn *turn, const void *command)
{
	const Personnel__NominateSupervisorRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);
	const Personnel__Person *who = turn_find(turn, &people, cmd->person_id);

	if (!year)
		return REFUSE(YEAR_UNKNOWN, cmd->programme_year_id);
	if (!text_begins(cmd->region_code, year->region_code) ||
	    !turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_is_entrusted(turn, cmd->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, cmd->programme_year_id);
	if (turn_find(turn, &supervisors, cmd->supervisor_id))
		return REFUSE(SUPERVISOR_EXISTS, cmd->supervisor_id);
	if (!who || !turn_covers(turn, who->region_code))
		return REFUSE(PERSON_UNKNOWN, cmd->person_id);
	if (is_supervisor(turn, cmd->programme_year_id, cmd->person_id))
		return REFUSE(ALREADY_SUPERVISOR, cmd->person_id);

	Personnel__SupervisorCareer new = PERSONNEL__SUPERVISOR_CAREER__INIT;
	new.supervisor_id = cmd->supervisor_id;
	new.programme_year_id = cmd->programme_year_id;
	new.person_id = cmd->person_id;
	new.region_code = cmd->region_code;
	new.state = STATE(CANDIDATE);
	new.nominated_on = turn_today_text(turn);

	Personnel__SupervisorNominated nominated = PERSONNEL__SUPERVISOR_NOMINATED__INIT;
	nominated.supervisor = &new;
	return turn_accept(turn, &nominated.base);
}

/* --- A step of the office --------------------------------------------------------------------- */

/* The career in *found, or why the office may take no step on it: asked first by every step. */
static struct verdict may_step(struct turn *turn, const char *supervisor_id,
			       uint64_t expected_revision,
			       const Personnel__SupervisorCareer **found)
{
	*found = turn_find(turn, &supervisors, supervisor_id);
	if (!*found || !turn_covers(turn, (*found)->region_code))
		return turn_not_found(supervisor_id);
	if (expected_revision && expected_revision != (*found)->revision)
		return turn_stale(supervisor_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_is_entrusted(turn, (*found)->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, (*found)->programme_year_id);
	return turn_done();
}

static struct verdict select_supervisor(struct turn *turn, const void *command)
{
	const Personnel__SelectSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;
	/* RULE A8: "A supervisor is chosen, then trained, then assessed, and only then at work." */
	if (found->state != STATE(CANDIDATE))
		return REFUSE(SUPERVISOR_NOT_CANDIDATE, cmd->supervisor_id);

	Personnel__SupervisorCareer next = *found;
	next.state = STATE(SELECTED);
	next.selected_on = cmd->selected_on;

	Personnel__SupervisorSelected selected = PERSONNEL__SUPERVISOR_SELECTED__INIT;
	selected.supervisor = &next;
	return turn_accept(turn, &selected.base);
}

static struct verdict train_supervisor(struct turn *turn, const void *command)
{
	const Personnel__TrainSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;
	/* RULE A8: "A supervisor is chosen, then trained, then assessed, and only then at work." */
	if (found->state != STATE(SELECTED) && found->state != STATE(ASSESSED_FAIL))
		return REFUSE(SUPERVISOR_NOT_SELECTED, cmd->supervisor_id);
	if (day_text_before(cmd->trained_on, found->selected_on))
		return turn_invalid("trained_on");
	if (cmd->hours <= 0 || cmd->hours > INT32_MAX - found->training_hours)
		return turn_invalid("hours");

	Personnel__SupervisorCareer next = *found;
	next.state = STATE(TRAINED);
	next.trained_on = cmd->trained_on;
	next.training_hours = found->training_hours + cmd->hours;

	Personnel__SupervisorTrained trained = PERSONNEL__SUPERVISOR_TRAINED__INIT;
	trained.supervisor = &next;
	return turn_accept(turn, &trained.base);
}

/* --- Assessments ------------------------------------------------------------------------------ */

/* When the next yearly assessment is due, and whether that is past already. */
static void expect_assessment(struct turn *turn, Personnel__SupervisorCareer *next)
{
	next->assess_by = years_after(turn, next->assessed_on, 1);
	next->assessment_overdue = day_text_before(next->assess_by, turn_today_text(turn));
}

static struct verdict suspend(struct turn *turn, Personnel__SupervisorCareer *next,
			      const char *suspended_on, const char *reason,
			      Personnel__SupervisorAssessment *failed)
{
	Personnel__SupervisorSuspended suspended = PERSONNEL__SUPERVISOR_SUSPENDED__INIT;

	next->state = STATE(SUSPENDED);
	next->suspended_on = suspended_on;
	next->reason = reason;
	suspended.supervisor = next;
	suspended.assessment = failed;
	return turn_accept(turn, &suspended.base);
}

static struct verdict assess_supervisor(struct turn *turn, const void *command)
{
	const Personnel__AssessSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;

	if (text_same(turn_actor(turn)->person_id, found->person_id))
		return REFUSE(ASSESSED_BY_SELF, found->person_id);

	bool yearly = found->state == STATE(ACTIVE) || found->state == STATE(SUSPENDED);

	/* RULE A8: "A supervisor is chosen, then trained, then assessed, and only then at work." */
	if (found->state != STATE(TRAINED) && !yearly)
		return REFUSE(SUPERVISOR_NOT_TRAINED, cmd->supervisor_id);
	if (turn_find(turn, &supervisor_assessments, cmd->assessment_id))
		return REFUSE(ASSESSMENT_EXISTS, cmd->assessment_id);
	if (day_text_before(cmd->assessed_on, yearly ? found->assessed_on : found->trained_on))
		return turn_invalid("assessed_on");
	if (!cmd->passed && text_empty(cmd->note))
		return turn_invalid("note");

	Personnel__SupervisorAssessment new = PERSONNEL__SUPERVISOR_ASSESSMENT__INIT;
	new.assessment_id = cmd->assessment_id;
	new.supervisor_id = cmd->supervisor_id;
	new.region_code = found->region_code;
	new.person_id = found->person_id;
	new.assessed_on = cmd->assessed_on;
	new.passed = cmd->passed;
	new.yearly = yearly;
	new.note = cmd->note;
	new.recorded_by = turn_actor(turn)->person_id;

	Personnel__SupervisorCareer next = *found;
	next.assessed_on = cmd->assessed_on;
	next.passed = cmd->passed;
	if (yearly)
		expect_assessment(turn, &next);
	else
		next.state = cmd->passed ? STATE(ASSESSED_PASS) : STATE(ASSESSED_FAIL);
	if (found->state == STATE(ACTIVE) && !cmd->passed)
		return suspend(turn, &next, cmd->assessed_on, cmd->note, &new);

	Personnel__SupervisorAssessed assessed = PERSONNEL__SUPERVISOR_ASSESSED__INIT;
	assessed.supervisor = &next;
	assessed.assessment = &new;
	return turn_accept(turn, &assessed.base);
}

struct verdict supervisors_overdue(struct turn *turn, const char *day_before)
{
	struct each each = turn_each(turn, &supervisors, "assess_by",
				     &(Personnel__SupervisorCareer){ .assess_by = day_before });
	struct verdict verdict = turn_done();

	for (const Personnel__SupervisorCareer *due; (due = each_next(&each));) {
		Personnel__SupervisorCareer *next = turn_take(turn, sizeof(*next));
		Personnel__SupervisorAssessmentOverdue overdue =
			PERSONNEL__SUPERVISOR_ASSESSMENT_OVERDUE__INIT;

		if (ended(due) || due->assessment_overdue)
			continue;
		*next = *due;
		next->assessment_overdue = true;
		overdue.supervisor = next;
		verdict = turn_accept(turn, &overdue.base);
	}
	return verdict;
}

/* --- At work ---------------------------------------------------------------------------------- */

static struct verdict activate_supervisor(struct turn *turn, const void *command)
{
	const Personnel__ActivateSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;
	/* RULE A8: "A supervisor is chosen, then trained, then assessed, and only then at work." */
	if (found->state != STATE(ASSESSED_PASS))
		return REFUSE(SUPERVISOR_NOT_PASSED, cmd->supervisor_id);
	if (day_text_before(cmd->activated_on, found->assessed_on))
		return turn_invalid("activated_on");

	Personnel__SupervisorCareer next = *found;
	next.state = STATE(ACTIVE);
	next.activated_on = cmd->activated_on;
	expect_assessment(turn, &next);

	Personnel__SupervisorActivated activated = PERSONNEL__SUPERVISOR_ACTIVATED__INIT;
	activated.supervisor = &next;
	return turn_accept(turn, &activated.base);
}

static struct verdict suspend_supervisor(struct turn *turn, const void *command)
{
	const Personnel__SuspendSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;
	if (found->state != STATE(ACTIVE))
		return REFUSE(SUPERVISOR_NOT_AT_WORK, cmd->supervisor_id);

	Personnel__SupervisorCareer next = *found;

	return suspend(turn, &next, cmd->suspended_on, cmd->reason, NULL);
}

static struct verdict resume_supervisor(struct turn *turn, const void *command)
{
	const Personnel__ResumeSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;
	if (found->state != STATE(SUSPENDED))
		return REFUSE(SUPERVISOR_NOT_SUSPENDED, cmd->supervisor_id);
	/* RULE A8: "then assessed, and only then at work" */
	if (!found->passed)
		return REFUSE(SUPERVISOR_NOT_PASSED, cmd->supervisor_id);

	Personnel__SupervisorCareer next = *found;
	next.state = STATE(ACTIVE);
	next.suspended_on = "";
	next.reason = cmd->reason;

	Personnel__SupervisorResumed resumed = PERSONNEL__SUPERVISOR_RESUMED__INIT;
	resumed.supervisor = &next;
	return turn_accept(turn, &resumed.base);
}

/* --- The end ---------------------------------------------------------------------------------- */

static void end_career(Personnel__SupervisorCareer *next, Personnel__SupervisorState state,
		       const char *ended_on, const char *reason)
{
	next->state = state;
	next->ended_on = ended_on;
	next->reason = reason;
	next->assess_by = "";
	next->assessment_overdue = false;
}

static struct verdict retire_supervisor(struct turn *turn, const void *command)
{
	const Personnel__RetireSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;
	if (found->state != STATE(ACTIVE) && found->state != STATE(SUSPENDED))
		return REFUSE(SUPERVISOR_NOT_AT_WORK, cmd->supervisor_id);
	if (day_text_before(cmd->ended_on, found->activated_on))
		return turn_invalid("ended_on");

	Personnel__SupervisorCareer next = *found;
	Personnel__SupervisorRetired retired = PERSONNEL__SUPERVISOR_RETIRED__INIT;

	end_career(&next, STATE(RETIRED), cmd->ended_on, cmd->reason);
	retired.supervisor = &next;
	return turn_accept(turn, &retired.base);
}

static struct verdict revoke_supervisor(struct turn *turn, const void *command)
{
	const Personnel__RevokeSupervisorRequest *cmd = command;
	const Personnel__SupervisorCareer *found;
	struct verdict verdict = may_step(turn, cmd->supervisor_id, cmd->expected_revision, &found);

	if (verdict.refusal)
		return verdict;
	if (ended(found))
		return REFUSE(SUPERVISOR_ENDED, cmd->supervisor_id);

	Personnel__SupervisorCareer next = *found;
	Personnel__SupervisorRevoked revoked = PERSONNEL__SUPERVISOR_REVOKED__INIT;

	end_career(&next, STATE(REVOKED), cmd->ended_on, cmd->reason);
	revoked.supervisor = &next;
	return turn_accept(turn, &revoked.base);
}

/* --- The pool --------------------------------------------------------------------------------- */

static struct verdict get_supervisor_pool(struct turn *turn, const void *request,
					  ProtobufCMessage *response)
{
	const Personnel__GetSupervisorPoolRequest *asked = request;
	Personnel__GetSupervisorPoolResponse *pool = (void *)response;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, asked->programme_year_id);
	Personnel__SupervisorCareer like = { .programme_year_id = asked->programme_year_id,
					     .state = STATE(ACTIVE),
					     .assessment_overdue = true };

	if (!year || !turn_counts_area(turn, year->region_code))
		return turn_not_found(asked->programme_year_id);

	struct each count =
		turn_groups(turn, &supervisors, "programme_year_id,region_code[4],state", &like, 1);
	struct each each = count;
	size_t n = 0;

	for (struct group group; group_next(&count, &group);)
		n++;
	pool->counts = turn_take(turn, n * sizeof(pool->counts[0]));
	for (struct group group; group_next(&each, &group);) {
		const Personnel__SupervisorCareer *of = group.like;
		Personnel__SupervisorCount *row = turn_take(turn, sizeof(*row));

		personnel__supervisor_count__init(row);
		row->region_code = of->region_code;
		row->state = of->state;
		row->supervisors = (int64_t)group.count;
		pool->counts[pool->n_counts++] = row;
	}
	pool->programme_year_id = asked->programme_year_id;
	pool->at_work = (int64_t)turn_count(turn, &supervisors, "programme_year_id,state", &like);
	pool->assessments_overdue = (int64_t)turn_count(
		turn, &supervisors, "programme_year_id,assessment_overdue", &like);
	return turn_done();
}

enum { COUNTED_BY = BY_WHOLE_PROVINCE | BY_DASHBOARD };

static const struct command commands[] = {
	{ "NominateSupervisor", nominate_supervisor, BY_PROJECT_OFFICE,
	  "supervisor_id programme_year_id person_id region_code" },
	{ "SelectSupervisor", select_supervisor, BY_PROJECT_OFFICE, "supervisor_id selected_on" },
	{ "TrainSupervisor", train_supervisor, BY_PROJECT_OFFICE,
	  "supervisor_id trained_on hours" },
	{ "AssessSupervisor", assess_supervisor, BY_PROJECT_OFFICE,
	  "assessment_id supervisor_id assessed_on" },
	{ "ActivateSupervisor", activate_supervisor, BY_PROJECT_OFFICE,
	  "supervisor_id activated_on" },
	{ "SuspendSupervisor", suspend_supervisor, BY_PROJECT_OFFICE,
	  "supervisor_id suspended_on reason" },
	{ "ResumeSupervisor", resume_supervisor, BY_PROJECT_OFFICE, "supervisor_id reason" },
	{ "RetireSupervisor", retire_supervisor, BY_PROJECT_OFFICE,
	  "supervisor_id ended_on reason" },
	{ "RevokeSupervisor", revoke_supervisor, BY_PROJECT_OFFICE,
	  "supervisor_id ended_on reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetSupervisor", GET(supervisors) },
	{ "ListSupervisors", LIST(supervisors) },
	{ "ListSupervisorAssessments", LIST(supervisor_assessments) },
	{ "GetSupervisorPool", .answer = get_supervisor_pool, .callers = COUNTED_BY },
	{ 0 },
};

static const struct table *const tables[] = { &supervisors, &supervisor_assessments, NULL };

const struct aggregate supervisor = { tables, commands, queries };
