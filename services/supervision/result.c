/* The result of an evaluation: its score has a grade, an agency may object to it while the rules'
 * days run, and where it was right another result takes its place.
 *
 *     (finalised)--> FINAL, valid --object--> OBJECTED --dismiss--> FINAL, the same result
 *                                                `--uphold--> FINAL, version 2
 *
 * One result of an evaluation is valid at a time; those before it are kept. */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define STATE(name) SUPERVISION__EVALUATION_STATE__EVALUATION_STATE_##name

const struct table results = {
	.name = "results",
	.record = &supervision__result__descriptor,
	.id = "result_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "evaluation_id,valid", "round_id", "project_id,final_on", "programme_year_id",
		     "agency_id", "region_code" },
	.tallies = { "project_id", "project_id,final_on" },
};

/* --- Giving a result -------------------------------------------------------------------------- */

/* The best grade that the score reaches: the bands are sorted, and the last begins at 0. */
static const char *grade_of(const Supervision__EvaluationScheme *scheme, int64_t score_hundredths)
{
	size_t i = 0;

	/* RULE B27: "No score falls between two grades." */
	while (score_hundredths < scheme->bands[i]->from_hundredths)
		i++;
	return scheme->bands[i]->grade;
}

static Supervision__Result *result_of(struct turn *turn, const Supervision__Evaluation *final)
{
	Supervision__Result *result = turn_take(turn, sizeof(*result));
	const char *readable = turn_text(turn, "%s.%d", final->evaluation_id, final->version);

	supervision__result__init(result);
	result->result_id = turn_id(turn, readable, turn_find(turn, &results, readable));
	result->evaluation_id = final->evaluation_id;
	result->round_id = final->round_id;
	result->project_id = final->project_id;
	result->programme_year_id = final->programme_year_id;
	result->region_code = final->region_code;
	result->agency_id = final->agency_id;
	result->version = final->version;
	result->score_hundredths = final->score_hundredths;
	result->grade = final->grade;
	result->final_on = final->final_on;
	result->valid = true;
	return result;
}

/* The result whose place another takes on that date, no longer valid; NULL: there is none. */
static Supervision__Result *superseded(struct turn *turn, const char *evaluation_id,
				       const char *date)
{
	Supervision__Result like = SUPERVISION__RESULT__INIT;

	like.evaluation_id = evaluation_id;
	like.valid = true;
	const Supervision__Result *found = turn_by(turn, &results, "evaluation_id,valid", &like);
	if (!found)
		return NULL;

	Supervision__Result *before = turn_take(turn, sizeof(*before));
	*before = *found;
	before->valid = false;
	before->superseded_on = date;
	return before;
}

struct verdict result_give(struct turn *turn, Supervision__Evaluation *final,
			   const Supervision__EvaluationRound *round)
{
	Supervision__EvaluationRound covered = *round;
	Supervision__EvaluationFinal event = SUPERVISION__EVALUATION_FINAL__INIT;
	Supervision__Result *rows[2];

	final->state = STATE(FINAL);
	/* RULE B27: "A project's result is a score in hundredths of a point, and its grade follows
	 * from the year's bands." */
	final->grade = grade_of(round->scheme, final->score_hundredths);
	final->version++;
	final->late = deadline_passed(round->evaluate_by, final->final_on);
	covered.finals++;

	event.evaluation = final;
	event.round = &covered;
	event.results = rows;
	rows[event.n_results++] = result_of(turn, final);
	Supervision__Result *before = superseded(turn, final->evaluation_id, final->final_on);
	if (before)
		rows[event.n_results++] = before;
	struct verdict verdict = turn_accept(turn, &event.base);
	rectification_follow(turn, final, round->scheme);
	return verdict;
}

/* --- Objections ------------------------------------------------------------------------------- */

static struct verdict object_to_result(struct turn *turn, const void *command)
{
	const Supervision__ObjectToResultRequest *cmd = command;
	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->evaluation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->evaluation_id);
	if (found->state != STATE(FINAL))
		return REFUSE(RESULT_NOT_FINAL, cmd->evaluation_id);
	if (text_empty(found->objection_by) ||
	    deadline_passed(found->objection_by, cmd->objected_on))
		return REFUSE(OBJECTION_TOO_LATE, cmd->evaluation_id);
	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	if (round->state == SUPERVISION__ROUND_STATE__ROUND_STATE_CLOSED)
		return REFUSE(ROUND_CLOSED, found->round_id);
	if (day_text_before(cmd->objected_on, found->final_on))
		return REFUSE(DATE_BEFORE_STEP, "objected_on");

	Supervision__Objection objection = SUPERVISION__OBJECTION__INIT;
	objection.reason = cmd->reason;
	objection.objected_on = cmd->objected_on;
	objection.objector_id = turn_actor(turn)->person_id;

	Supervision__Evaluation next = *found;
	next.state = STATE(OBJECTED);
	next.objection = &objection;
	next.objection_by = "";

	Supervision__EvaluationRound uncovered = *round;
	uncovered.finals--;

	Supervision__ResultObjected objected = SUPERVISION__RESULT_OBJECTED__INIT;
	objected.evaluation = &next;
	objected.round = &uncovered;
	return turn_accept(turn, &objected.base);
}

/* Whoever had a part in the result does not judge what is said against it. */
static bool had_a_part(struct turn *turn, const Supervision__Evaluation *row, const char *person_id)
{
	return evaluation_scored_by(turn, row->evaluation_id, person_id) ||
	       text_same(row->reviewer_id, person_id) || text_same(row->finaliser_id, person_id);
}

/* Can this person decide the objection on that date? */
static struct verdict may_decide(struct turn *turn, const Supervision__Evaluation *found,
				 const char *evaluation_id, uint64_t expected_revision,
				 const char *decided_on)
{
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(evaluation_id);
	if (expected_revision && expected_revision != found->revision)
		return turn_stale(evaluation_id);
	if (found->state != STATE(OBJECTED))
		return REFUSE(NOT_OBJECTED, evaluation_id);
	if (had_a_part(turn, found, person_id))
		return REFUSE(DECIDER_INVOLVED, person_id);
	if (day_text_before(decided_on, found->objection->objected_on))
		return REFUSE(DATE_BEFORE_STEP, "decided_on");
	return turn_done();
}

static Supervision__Objection *decided(struct turn *turn, const Supervision__Evaluation *found,
				       const char *note, const char *decided_on)
{
	Supervision__Objection *objection = turn_take(turn, sizeof(*objection));

	*objection = *found->objection;
	objection->note = note;
	objection->decided_on = decided_on;
	objection->decider_id = turn_actor(turn)->person_id;
	return objection;
}

static struct verdict dismiss_objection(struct turn *turn, const void *command)
{
	const Supervision__DismissObjectionRequest *cmd = command;
	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);
	struct verdict may = may_decide(turn, found, cmd->evaluation_id, cmd->expected_revision,
					cmd->decided_on);

	if (may.refusal)
		return may;

	Supervision__Evaluation next = *found;
	next.state = STATE(FINAL);
	next.objection = decided(turn, found, cmd->note, cmd->decided_on);

	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	Supervision__EvaluationRound covered = *round;
	covered.finals++;

	Supervision__ObjectionDismissed dismissed = SUPERVISION__OBJECTION_DISMISSED__INIT;
	dismissed.evaluation = &next;
	dismissed.round = &covered;
	return turn_accept(turn, &dismissed.base);
}

static struct verdict uphold_objection(struct turn *turn, const void *command)
{
	const Supervision__UpholdObjectionRequest *cmd = command;
	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);
	struct verdict may = may_decide(turn, found, cmd->evaluation_id, cmd->expected_revision,
					cmd->decided_on);

	if (may.refusal)
		return may;
	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	Supervision__Evaluation next = *found;
	struct verdict sum = evaluation_add_up(round->scheme, cmd->scores, cmd->n_scores,
					       &next.score_hundredths);
	if (sum.refusal)
		return sum;

	next.objection = decided(turn, found, cmd->note, cmd->decided_on);
	next.objection->upheld = true;
	next.final_on = cmd->decided_on;
	return result_give(turn, &next, round);
}

/* --- The results of a project ----------------------------------------------------------------- */

/* Takes over a result into the answer, and its evaluation where that has it as its final one. */
static void add_result(struct turn *turn, const Supervision__Result *found,
		       Supervision__GetResultHistoryResponse *answer)
{
	const Supervision__Evaluation *of = turn_find(turn, &evaluations, found->evaluation_id);
	Supervision__Result *row = turn_take(turn, sizeof(*row));

	*row = *found;
	answer->results[answer->n_results++] = row;
	if (found->valid && of && of->state == STATE(FINAL)) {
		Supervision__Evaluation *final = turn_take(turn, sizeof(*final));
		*final = *of;
		answer->evaluations[answer->n_evaluations++] = final;
	}
}

static struct verdict get_result_history(struct turn *turn, const void *request,
					 ProtobufCMessage *response)
{
	const Supervision__GetResultHistoryRequest *asked = request;
	Supervision__GetResultHistoryResponse *answer =
		(Supervision__GetResultHistoryResponse *)response;

	const Stations__Project *project = turn_find(turn, &projects, asked->project_id);
	if (!project || !turn_sees(turn, &projects, project))
		return turn_not_found(asked->project_id);

	Supervision__Result like = SUPERVISION__RESULT__INIT;
	like.project_id = project->project_id;
	size_t room = turn_count(turn, &results, "project_id", &like);
	answer->evaluations = turn_take(turn, room * sizeof(*answer->evaluations));
	answer->results = turn_take(turn, room * sizeof(*answer->results));

	struct each dates = turn_groups(turn, &results, "project_id,final_on", &like, 1);
	for (struct group date; group_next(&dates, &date);) {
		struct each each = turn_each(turn, &results, "project_id,final_on", date.like);
		for (const Supervision__Result *found; (found = each_next(&each));)
			add_result(turn, found, answer);
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "ObjectToResult", object_to_result, BY_AGENCY, "evaluation_id reason objected_on" },
	{ "DismissObjection", dismiss_objection, BY_PROVINCE, "evaluation_id note decided_on" },
	{ "UpholdObjection", uphold_objection, BY_PROVINCE, "evaluation_id note decided_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetResult", GET(results) },
	{ "ListResults", LIST(results) },
	{ "GetResultHistory", .answer = get_result_history },
	{ 0 },
};

static const struct table *const tables[] = { &results, NULL };

const struct aggregate result = { tables, commands, queries };
