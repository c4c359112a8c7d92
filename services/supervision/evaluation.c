/* The evaluation of one project in a round: the agency speaks first, then evaluators score, the
 * province looks the scores over, and the result follows from them (result.c goes on from there).
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

const struct table evaluations = {
	.name = "evaluations",
	.record = &supervision__evaluation__descriptor,
	.id = "evaluation_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_WHOLE_PROVINCE | BY_EVALUATOR | BY_AGENCY,
	.published = "final_on",
	.indexes = { "round_id", "project_id", "programme_year_id", "agency_id", "region_code" },
	.tallies = { "round_id,state", "round_id,grade", "project_id,state" },
};

/* An agency sees its result, not who gave what; a scorer sees what he gave himself. */
const struct table scores = {
	.name = "scores",
	.record = &supervision__score__descriptor,
	.id = "score_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "scorer_id",
	.readers = BY_WHOLE_PROVINCE,
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

/* An indicator that has parts is not scored itself. */
static bool is_scored(const Supervision__EvaluationScheme *scheme,
		      const Supervision__Indicator *indicator)
{
	for (size_t i = 0; i < scheme->n_indicators; i++) {
		if (text_same(scheme->indicators[i]->parent_id, indicator->indicator_id))
			return false;
	}
	return true;
}

static const Supervision__Indicator *scored_by(const Supervision__EvaluationScheme *scheme,
					       const char *indicator_id)
{
	for (size_t i = 0; i < scheme->n_indicators; i++) {
		const Supervision__Indicator *indicator = scheme->indicators[i];
		if (text_same(indicator->indicator_id, indicator_id))
			return is_scored(scheme, indicator) ? indicator : NULL;
	}
	return NULL;
}

struct verdict evaluation_add_up(const Supervision__EvaluationScheme *scheme,
				 Supervision__IndicatorScore *const *given, size_t n_given,
				 int64_t *total_hundredths)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n_given; i++) {
		const Supervision__IndicatorScore *one = given[i];
		const Supervision__Indicator *indicator = scored_by(scheme, one->indicator_id);
		if (!indicator)
			return REFUSE(INDICATOR_UNKNOWN, one->indicator_id);
		if (given_for(one->indicator_id, given, i))
			return REFUSE(INDICATOR_TWICE, one->indicator_id);
		if (one->score_hundredths < 0 || one->score_hundredths > indicator->max_hundredths)
			return REFUSE(SCORE_OUT_OF_RANGE, one->indicator_id);
		sum += one->score_hundredths;
	}
	for (size_t i = 0; i < scheme->n_indicators; i++) {
		const Supervision__Indicator *indicator = scheme->indicators[i];
		const char *id = indicator->indicator_id;
		if (is_scored(scheme, indicator) && !given_for(id, given, n_given))
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

/* --- Commands --------------------------------------------------------------------------------- */

static bool has_result(const Supervision__Evaluation *row)
{
	return row->state == STATE(FINAL) || row->state == STATE(OBJECTED);
}

static struct verdict self_assess(struct turn *turn, const void *command)
{
	const Supervision__SelfAssessRequest *cmd = command;

	const Supervision__Evaluation *found = turn_find(turn, &evaluations, cmd->evaluation_id);
	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->evaluation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->evaluation_id);
	if (has_result(found))
		return REFUSE(EVALUATION_FINAL, cmd->evaluation_id);
	if (found->state != STATE(ASSIGNED))
		return REFUSE(SELF_ASSESSMENT_CLOSED, cmd->evaluation_id);

	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	if (day_text_before(cmd->assessed_on, round->opened_on))
		return REFUSE(DATE_BEFORE_STEP, "assessed_on");

	Supervision__SelfAssessment own = SUPERVISION__SELF_ASSESSMENT__INIT;
	struct verdict sum =
		evaluation_add_up(round->scheme, cmd->scores, cmd->n_scores, &own.total_hundredths);
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

/* An evaluator is of the area by his office, or by a posting that he has or had in it. */
static bool is_of_area(struct turn *turn, const Engine__Principal *who, const char *region_code)
{
	Stations__Posting like = STATIONS__POSTING__INIT;

	like.person_id = who->person_id;
	like.region_code = region_code;
	return text_same(who->region_code, region_code) ||
	       turn_by(turn, &postings, "person_id,region_code", &like);
}

bool evaluation_scored_by(struct turn *turn, const char *evaluation_id, const char *person_id)
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
	if (has_result(found))
		return REFUSE(EVALUATION_FINAL, cmd->evaluation_id);
	if (found->state == STATE(REVIEWED))
		return REFUSE(SCORING_CLOSED, cmd->evaluation_id);
	if (is_of_agency(turn, who, found->agency_id))
		return REFUSE(SCORER_OF_AGENCY, found->agency_id);
	if (is_of_area(turn, who, found->region_code))
		return REFUSE(SCORER_OF_COUNTY, found->region_code);
	if (assignment_in_project(turn, found->project_id, who->person_id))
		return REFUSE(SCORER_SUPERVISES, found->project_id);
	if (evaluation_scored_by(turn, found->evaluation_id, who->person_id))
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
	struct verdict sum = evaluation_add_up(round->scheme, cmd->scores, cmd->n_scores,
					       &score.total_hundredths);
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
	if (has_result(found))
		return REFUSE(EVALUATION_FINAL, cmd->evaluation_id);
	if (found->state == STATE(REVIEWED))
		return REFUSE(SCORING_CLOSED, cmd->evaluation_id);
	if (found->state != STATE(SCORED))
		return REFUSE(NOT_SCORED, cmd->evaluation_id);
	if (evaluation_scored_by(turn, found->evaluation_id, person_id))
		return REFUSE(REVIEWER_SCORED, person_id);
	const Supervision__EvaluationRound *round = turn_find(turn, &rounds, found->round_id);
	if (found->scorers < round->scheme->scorers_min)
		return REFUSE(SCORERS_TOO_FEW, cmd->evaluation_id);
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
	if (has_result(found))
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
	next.score_hundredths = mean(sum, found->scorers);
	next.final_on = cmd->final_on;
	next.finaliser_id = turn_actor(turn)->person_id;
	next.objection_by = deadline_after(turn, cmd->final_on, round->scheme->objection_days);
	return result_give(turn, &next, round);
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
	{ "GetScore", GET(scores) },
	{ "ListScores", LIST(scores) },
	{ 0 },
};

static const struct table *const tables[] = { &evaluations, &scores, NULL };

const struct aggregate evaluation = { tables, commands, queries };
