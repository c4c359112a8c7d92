/* What an agency is to put right, where the rules of the year ask for it after a grade.
 *
 *     REQUIRED --submit--> SUBMITTED --accept--> ACCEPTED
 *       ^ | `--(its date passes)--> OVERDUE --submit--^
 *       | `--(a later result)--> DROPPED
 *       `--return-- SUBMITTED                            */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#define STATE(name) SUPERVISION__RECTIFICATION_STATE__RECTIFICATION_STATE_##name

const struct table rectifications = {
	.name = "rectifications",
	.record = &supervision__rectification__descriptor,
	.id = "rectification_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | BY_EVALUATOR,
	.indexes = { "state,due_by", "programme_year_id,state", "project_id", "agency_id",
		     "region_code" },
	.tallies = { "programme_year_id,region_code[4],state" },
};

/* --- From results ----------------------------------------------------------------------------- */

static struct verdict require(struct turn *turn, const Supervision__Evaluation *final,
			      const Supervision__EvaluationScheme *scheme)
{
	Supervision__RectificationRequired event = SUPERVISION__RECTIFICATION_REQUIRED__INIT;
	Supervision__Rectification row = SUPERVISION__RECTIFICATION__INIT;

	row.rectification_id = final->evaluation_id;
	row.round_id = final->round_id;
	row.project_id = final->project_id;
	row.programme_year_id = final->programme_year_id;
	row.site_id = final->site_id;
	row.region_code = final->region_code;
	row.agency_id = final->agency_id;
	row.grade = final->grade;
	row.state = STATE(REQUIRED);
	row.required_on = final->final_on;
	row.due_by = deadline_after(turn, final->final_on, scheme->rectify_days);
	if (deadline_passed(row.due_by, turn_today_text(turn)))
		row.state = STATE(OVERDUE);
	event.rectification = &row;
	return turn_accept(turn, &event.base);
}

static struct verdict drop(struct turn *turn, const Supervision__Rectification *found)
{
	Supervision__RectificationDropped event = SUPERVISION__RECTIFICATION_DROPPED__INIT;
	Supervision__Rectification next = *found;

	next.state = STATE(DROPPED);
	event.rectification = &next;
	return turn_accept(turn, &event.base);
}

struct verdict rectification_follow(struct turn *turn, const Supervision__Evaluation *final,
				    const Supervision__EvaluationScheme *scheme)
{
	const Supervision__Rectification *found =
		turn_find(turn, &rectifications, final->evaluation_id);
	bool asked = text_among(final->grade, (const char *const *)scheme->rectify_grades,
				scheme->n_rectify_grades);

	if (asked && !found)
		return require(turn, final, scheme);
	if (!asked && found && found->state != STATE(ACCEPTED))
		return drop(turn, found);
	return turn_done();
}

/* --- Commands --------------------------------------------------------------------------------- */

static struct verdict submit_rectification(struct turn *turn, const void *command)
{
	const Supervision__SubmitRectificationRequest *cmd = command;
	const Supervision__Rectification *found =
		turn_find(turn, &rectifications, cmd->rectification_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->rectification_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->rectification_id);
	if (found->state != STATE(REQUIRED) && found->state != STATE(OVERDUE))
		return REFUSE(RECTIFICATION_NOT_REQUIRED, cmd->rectification_id);
	if (day_text_before(cmd->submitted_on, found->required_on))
		return REFUSE(DATE_BEFORE_STEP, "submitted_on");

	Supervision__Rectification next = *found;
	next.state = STATE(SUBMITTED);
	next.measures = cmd->measures;
	next.submitted_on = cmd->submitted_on;
	next.submitter_id = turn_actor(turn)->person_id;
	next.late = found->late || deadline_passed(found->due_by, cmd->submitted_on);

	Supervision__RectificationSubmitted submitted = SUPERVISION__RECTIFICATION_SUBMITTED__INIT;
	submitted.rectification = &next;
	return turn_accept(turn, &submitted.base);
}

static struct verdict return_rectification(struct turn *turn, const void *command)
{
	const Supervision__ReturnRectificationRequest *cmd = command;
	const Supervision__Rectification *found =
		turn_find(turn, &rectifications, cmd->rectification_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->rectification_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->rectification_id);
	if (found->state != STATE(SUBMITTED))
		return REFUSE(RECTIFICATION_NOT_SUBMITTED, cmd->rectification_id);

	Supervision__Rectification next = *found;
	next.state = deadline_passed(found->due_by, turn_today_text(turn)) ? STATE(OVERDUE)
									   : STATE(REQUIRED);
	next.return_reason = cmd->reason;

	Supervision__RectificationReturned returned = SUPERVISION__RECTIFICATION_RETURNED__INIT;
	returned.rectification = &next;
	return turn_accept(turn, &returned.base);
}

static struct verdict accept_rectification(struct turn *turn, const void *command)
{
	const Supervision__AcceptRectificationRequest *cmd = command;
	const Supervision__Rectification *found =
		turn_find(turn, &rectifications, cmd->rectification_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->rectification_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->rectification_id);
	if (found->state != STATE(SUBMITTED))
		return REFUSE(RECTIFICATION_NOT_SUBMITTED, cmd->rectification_id);
	if (day_text_before(cmd->accepted_on, found->submitted_on))
		return REFUSE(DATE_BEFORE_STEP, "accepted_on");

	Supervision__Rectification next = *found;
	next.state = STATE(ACCEPTED);
	next.accepted_on = cmd->accepted_on;
	next.accepter_id = turn_actor(turn)->person_id;

	Supervision__RectificationAccepted accepted = SUPERVISION__RECTIFICATION_ACCEPTED__INIT;
	accepted.rectification = &next;
	return turn_accept(turn, &accepted.base);
}

/* --- The day ---------------------------------------------------------------------------------- */

struct verdict rectification_judge(struct turn *turn, const char *date_before)
{
	Supervision__Rectification like = SUPERVISION__RECTIFICATION__INIT;
	struct verdict verdict = turn_done();

	like.state = STATE(REQUIRED);
	like.due_by = date_before;
	struct each each = turn_each(turn, &rectifications, "state,due_by", &like);
	for (const Supervision__Rectification *found; (found = each_next(&each));) {
		Supervision__Rectification next = *found;
		Supervision__RectificationOverdue event = SUPERVISION__RECTIFICATION_OVERDUE__INIT;

		next.state = STATE(OVERDUE);
		event.rectification = &next;
		verdict = turn_accept(turn, &event.base);
	}
	return verdict;
}

static const struct command commands[] = {
	{ "SubmitRectification", submit_rectification, BY_AGENCY,
	  "rectification_id measures submitted_on" },
	{ "ReturnRectification", return_rectification, BY_PROVINCE, "rectification_id reason" },
	{ "AcceptRectification", accept_rectification, BY_PROVINCE,
	  "rectification_id accepted_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetRectification", GET(rectifications) },
	{ "ListRectifications", LIST(rectifications) },
	{ 0 },
};

static const struct table *const tables[] = { &rectifications, NULL };

const struct aggregate rectification = { tables, commands, queries };
