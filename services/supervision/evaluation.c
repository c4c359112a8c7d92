/* The evaluation of one project in a round: the agency speaks first, then evaluators score, the
 * province looks the scores over, and the result follows from them.
 *
 *     ASSIGNED --self-assess--> SELF_ASSESSED --score--> SCORED --review--> REVIEWED
 *        `----score, once the agency's time is over------^  |                  |
 *                                                           score again        finalise
 *                                                                              v
 *                                                                            FINAL
 */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define STATE(name) SUPERVISION__EVALUATION_STATE__EVALUATION_STATE_##name

enum {
	/* An agency sees its result, not who gave what. */
	BY_THOSE_WHO_JUDGE =
		BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_EVALUATOR | BY_AUDITOR,
};

const struct table evaluations = {
	.name = "evaluations",
	.record = &supervision__evaluation__descriptor,
	.id = "evaluation_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "round_id", "project_id,state", "project_id", "programme_year_id", "agency_id",
		     "region_code" },
	.tallies = { "round_id,state", "round_id,grade", "project_id,state" },
};

const struct table scores = {
	.name = "scores",
	.record = &supervision__score__descriptor,
	.id = "score_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "evaluation_id,scorer_id!", "evaluation_id", "round_id", "scorer_id" },
	.tallies = { "evaluation_id:total_hundredths" },
};

/* --- Adding up -------------------------------------------------------------------------------- */

static const Supervision__IndicatorScore *
given_for(const char *indicator_id, Supervision__IndicatorScore *const *given, size_t n_given)
{
	for (size_t i = 0; i < n_given; i++) {
		if (text_same(given[i]->indicator_id, indicator_id))
			return given[i];
	}
	return NULL;
}

static const Supervision__Indicator *indicator_of(const Supervision__EvaluationScheme *scheme,
						  const char *indicator_id)
{
	for (size_t i = 0; i < scheme->n_indicators; i++) {
		if (text_same(scheme->indicators[i]->indicator_id, indicator_id))
			return scheme->indicators[i];
	}
	return NULL;
}

/* The sum of what was given, where each indicator of the scheme was scored once within its range.
 * The sum is at most the scheme's total. */
static struct verdict add_up(const Supervision__EvaluationScheme *scheme,
			     Supervision__IndicatorScore *const *given, size_t n_given,
			     int64_t *total_hundredths)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n_given; i++) {
		const Supervision__IndicatorScore *one = given[i];
		const Supervision__Indicator *indicator = indicator_of(scheme, one->indicator_id);
		if (!indicator)
			return REFUSE(INDICATOR_UNKNOWN, one->indicator_id);
		if (given_for(one->indicator_id, given, i))
			return REFUSE(INDICATOR_TWICE, one->indicator_id);
		if (one->score_hundredths < 0 || one->score_hundredths > indicator->max_hundredths)
			return REFUSE(SCORE_OUT_OF_RANGE, one->indicator_id);
		sum += one->score_hundredths;
	}
	for (size_t i = 0; i < scheme->n_indicators; i++) {
		const char *id = scheme->indicators[i]->indicator_id;
		if (!given_for(id, given, n_given))
			return REFUSE(INDICATOR_MISSING, id);
	}
	*total_hundredths = sum;
	return turn_done();
}

/* The mean of the scorers' totals in whole hundredths, a half counting up: 8345 and 8346 give
 * 8346. */
static int64_t mean(int64_t sum_hundredths, int64_t n_scorers)
{
	return (2 * sum_hundredths + n_scorers) / (2 * n_scorers);
}

/* The best grade that the score reaches: the bands are sorted, and the last begins at 0. */
static const char *grade_of(const Supervision__EvaluationScheme *scheme, int64_t score_hundredths)
{
	size_t i = 0;

	/* RULE B27: "No score falls between two grades." */
	while (score_hundredths < scheme->bands[i]->from_hundredths)
		i++;
	return scheme->bands[i]->grade;
}

/* --- Commands --------------------------------------------------------------------------------- */

static struct verdict self_assess(struct turn *turn, const void *command)
{
	const Supervision__SelfAssessRequest *cmd = command;

	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);
	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->evaluation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->evaluation_id);
	if (found->state == STATE(FINAL))
		return REFUSE(EVALUATION_FINAL, cmd->evaluation_id);
	if (found->state != STATE(ASSIGNED))
		return REFUSE(SELF_ASSESSMENT_CLOSED, cmd->evaluation_id);

	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	if (day_text_before(cmd->assessed_on, round->opened_on))
		return REFUSE(DATE_BEFORE_STEP, "assessed_on");

	Supervision__SelfAssessment own = SUPERVISION__SELF_ASSESSMENT__INIT;
	struct verdict sum =
		add_up(round->scheme, cmd->scores, cmd->n_scores, &own.total_hundredths);
	if (sum.refusal)
		return sum;

	own.n_scores = cmd->n_scores;
	own.scores = cmd->scores;
	own.text = cmd->text;
	own.assessed_on = cmd->assessed_on;
	own.assessor_id = turn_actor(turn)->person_id;

	Supervision__Evaluation next = *found;
	next.state = STATE(SELF_ASSESSED);
	next.self_assessment = &own;

	Supervision__SelfAssessed assessed = SUPERVISION__SELF_ASSESSED__INIT;
	assessed.evaluation = &next;
	return turn_accept(turn, &assessed.base);
}

/* An evaluator is of an agency by his office, or by a posting that he has or had for it. */
static bool is_of_agency(struct turn *turn, const Engine__Principal *who, const char *agency_id)
{
	Stations__Posting like = STATIONS__POSTING__INIT;

	like.agency_id = agency_id;
	like.person_id = who->person_id;
	return text_same(who->agency_id, agency_id) ||
	       turn_by(turn, &postings, "agency_id,person_id", &like);
}

static bool has_scored(struct turn *turn, const char *evaluation_id, const char *person_id)
{
	Supervision__Score like = SUPERVISION__SCORE__INIT;

	like.evaluation_id = evaluation_id;
	like.scorer_id = person_id;
	return turn_by(turn, &scores, "evaluation_id,scorer_id", &like);
}

/* The agency has been heard, or has let its time pass. */
static bool may_be_scored(struct turn *turn, const Supervision__Evaluation *row,
			  const Supervision__EvaluationRound *round)
{
	return row->state != STATE(ASSIGNED) ||
	       (!text_empty(round->self_assess_by) &&
		day_text_before(round->self_assess_by, turn_today_text(turn)));
}

static struct verdict score_evaluation(struct turn *turn, const void *command)
{
	const Supervision__ScoreEvaluationRequest *cmd = command;
	const Engine__Principal *who = turn_actor(turn);

	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);
	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->evaluation_id);
	if (found->state == STATE(FINAL))
		return REFUSE(EVALUATION_FINAL, cmd->evaluation_id);
	if (found->state == STATE(REVIEWED))
		return REFUSE(SCORING_CLOSED, cmd->evaluation_id);
	if (is_of_agency(turn, who, found->agency_id))
		return REFUSE(SCORER_OF_AGENCY, found->agency_id);
	if (has_scored(turn, found->evaluation_id, who->person_id))
		return REFUSE(SCORED_ALREADY, cmd->evaluation_id);
	if (turn_find(turn, &scores, cmd->score_id))
		return REFUSE(SCORE_EXISTS, cmd->score_id);

	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	if (!may_be_scored(turn, found, round))
		return REFUSE(SELF_ASSESSMENT_MISSING, cmd->evaluation_id);
	const Supervision__SelfAssessment *own = found->self_assessment;
	if (day_text_before(cmd->scored_on, own ? own->assessed_on : round->opened_on))
		return REFUSE(DATE_BEFORE_STEP, "scored_on");

	Supervision__Score score = SUPERVISION__SCORE__INIT;
	struct verdict sum =
		add_up(round->scheme, cmd->scores, cmd->n_scores, &score.total_hundredths);
	if (sum.refusal)
		return sum;

	score.score_id = cmd->score_id;
	score.evaluation_id = found->evaluation_id;
	score.round_id = found->round_id;
	score.project_id = found->project_id;
	score.programme_year_id = found->programme_year_id;
	score.region_code = found->region_code;
	score.agency_id = found->agency_id;
	score.scorer_id = who->person_id;
	score.n_scores = cmd->n_scores;
	score.scores = cmd->scores;
	score.scored_on = cmd->scored_on;
	score.remark = cmd->remark;

	Supervision__Evaluation next = *found;
	next.state = STATE(SCORED);
	next.scorers = found->scorers + 1;
	if (text_empty(found->last_scored_on) ||
	    day_text_before(found->last_scored_on, cmd->scored_on))
		next.last_scored_on = cmd->scored_on;

	Supervision__EvaluationScored scored = SUPERVISION__EVALUATION_SCORED__INIT;
	scored.evaluation = &next;
	scored.score = &score;
	return turn_accept(turn, &scored.base);
}

static struct verdict review_evaluation(struct turn *turn, const void *command)
{
	const Supervision__ReviewEvaluationRequest *cmd = command;
	const char *person_id = turn_actor(turn)->person_id;

	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);
	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->evaluation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->evaluation_id);
	if (found->state == STATE(FINAL))
		return REFUSE(EVALUATION_FINAL, cmd->evaluation_id);
	if (found->state == STATE(REVIEWED))
		return REFUSE(SCORING_CLOSED, cmd->evaluation_id);
	if (found->state != STATE(SCORED))
		return REFUSE(NOT_SCORED, cmd->evaluation_id);
	if (has_scored(turn, found->evaluation_id, person_id))
		return REFUSE(REVIEWER_SCORED, person_id);
	if (day_text_before(cmd->reviewed_on, found->last_scored_on))
		return REFUSE(DATE_BEFORE_STEP, "reviewed_on");

	Supervision__Evaluation next = *found;
	next.state = STATE(REVIEWED);
	next.reviewed_on = cmd->reviewed_on;
	next.reviewer_id = person_id;
	next.review_note = cmd->note;

	Supervision__EvaluationReviewed reviewed = SUPERVISION__EVALUATION_REVIEWED__INIT;
	reviewed.evaluation = &next;
	return turn_accept(turn, &reviewed.base);
}

static struct verdict finalise_evaluation(struct turn *turn, const void *command)
{
	const Supervision__FinaliseEvaluationRequest *cmd = command;

	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);
	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->evaluation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->evaluation_id);
	if (found->state == STATE(FINAL))
		return REFUSE(EVALUATION_FINAL, cmd->evaluation_id);
	if (found->state != STATE(REVIEWED))
		return REFUSE(NOT_REVIEWED, cmd->evaluation_id);
	if (day_text_before(cmd->final_on, found->reviewed_on))
		return REFUSE(DATE_BEFORE_STEP, "final_on");

	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	Supervision__Score like = SUPERVISION__SCORE__INIT;
	like.evaluation_id = found->evaluation_id;
	int64_t sum = turn_sum(turn, &scores, "evaluation_id:total_hundredths", &like);

	Supervision__Evaluation next = *found;
	next.state = STATE(FINAL);
	/* RULE B27: "A project's result is a score in hundredths of a point, and its grade follows
	 * from the year's bands." */
	next.score_hundredths = mean(sum, found->scorers);
	next.grade = grade_of(round->scheme, next.score_hundredths);
	next.version = 1;
	next.final_on = cmd->final_on;
	next.late = !text_empty(round->evaluate_by) &&
		    day_text_before(round->evaluate_by, cmd->final_on);
	next.finaliser_id = turn_actor(turn)->person_id;

	Supervision__EvaluationRound covered = *round;
	covered.finals = round->finals + 1;

	Supervision__EvaluationFinal final = SUPERVISION__EVALUATION_FINAL__INIT;
	final.evaluation = &next;
	final.round = &covered;
	return turn_accept(turn, &final.base);
}

/* --- The results of a project ----------------------------------------------------------------- */

static struct verdict get_result_history(struct turn *turn, const void *request,
					 ProtobufCMessage *response)
{
	const Supervision__GetResultHistoryRequest *asked = request;
	Supervision__GetResultHistoryResponse *answer =
		(Supervision__GetResultHistoryResponse *)response;

	const Stations__Project *project = turn_find(turn, &projects, asked->project_id);
	if (!project || !turn_sees(turn, &projects, project))
		return turn_not_found(asked->project_id);

	Supervision__Evaluation like = SUPERVISION__EVALUATION__INIT;
	like.project_id = project->project_id;
	like.state = STATE(FINAL);
	size_t room = turn_count(turn, &evaluations, "project_id,state", &like);
	answer->evaluations = turn_take(turn, room * sizeof(*answer->evaluations));

	struct each each = turn_each(turn, &evaluations, "project_id,state", &like);
	for (const Supervision__Evaluation *found; (found = each_next(&each));) {
		Supervision__Evaluation *row = turn_take(turn, sizeof(*row));
		*row = *found;

		size_t place = answer->n_evaluations++;
		for (; place > 0; place--) {
			Supervision__Evaluation *earlier = answer->evaluations[place - 1];
			if (!day_text_before(row->final_on, earlier->final_on))
				break;
			answer->evaluations[place] = earlier;
		}
		answer->evaluations[place] = row;
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "SelfAssess", self_assess, BY_AGENCY, "evaluation_id text assessed_on" },
	{ "ScoreEvaluation", score_evaluation, BY_EVALUATOR, "score_id evaluation_id scored_on" },
	{ "ReviewEvaluation", review_evaluation, BY_PROVINCE, "evaluation_id reviewed_on" },
	{ "FinaliseEvaluation", finalise_evaluation, BY_PROVINCE, "evaluation_id final_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetEvaluation", GET(evaluations) },
	{ "ListEvaluations", LIST(evaluations) },
	{ "GetResultHistory", .answer = get_result_history },
	{ "GetScore", GET(scores), .callers = BY_THOSE_WHO_JUDGE },
	{ "ListScores", LIST(scores), .callers = BY_THOSE_WHO_JUDGE },
	{ 0 },
};

static const struct table *const tables[] = { &evaluations, &scores, NULL };

const struct aggregate evaluation = { tables, commands, queries };
