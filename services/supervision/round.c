/* An evaluation round: the started projects of a year, on a list that is frozen when the round
 * opens, measured by the year's rules as they are at that moment.
 *
 *     OPEN --close, once each project has its result--> CLOSED
 */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define STATE(name)	 SUPERVISION__ROUND_STATE__ROUND_STATE_##name
#define EVALUATION(name) SUPERVISION__EVALUATION_STATE__EVALUATION_STATE_##name

const struct table rounds = {
	.name = "rounds",
	.record = &supervision__evaluation_round__descriptor,
	.id = "round_id",
	.region = "region_code",
	.indexes = { "programme_year_id,state", "programme_year_id", "region_code" },
};

/* --- How a round measures --------------------------------------------------------------------- */

static void read_indicators(struct turn *turn, const Stations__EvaluationRules *rules,
			    Supervision__EvaluationScheme *scheme)
{
	scheme->indicators = turn_take(turn, rules->n_indicators * sizeof(*scheme->indicators));
	for (size_t i = 0; i < rules->n_indicators; i++) {
		const Stations__Indicator *rule = rules->indicators[i];
		Supervision__Indicator *indicator = turn_take(turn, sizeof(*indicator));

		supervision__indicator__init(indicator);
		indicator->indicator_id = rule->indicator_id;
		indicator->name_en = rule->name_en;
		indicator->name_zh = rule->name_zh;
		indicator->max_hundredths = rule->max_hundredths;
		indicator->parent_id = rule->parent_id;
		scheme->indicators[scheme->n_indicators++] = indicator;
	}
}

/* The grades, the best first. */
static void read_bands(struct turn *turn, const Stations__EvaluationRules *rules,
		       Supervision__EvaluationScheme *scheme)
{
	scheme->bands = turn_take(turn, rules->n_bands * sizeof(*scheme->bands));
	for (size_t i = 0; i < rules->n_bands; i++) {
		const Stations__Band *rule = rules->bands[i];
		Supervision__Band *band = turn_take(turn, sizeof(*band));
		size_t place = scheme->n_bands++;

		supervision__band__init(band);
		band->grade = rule->grade;
		band->from_hundredths = rule->from_hundredths;
		band->name_en = rule->name_en;
		band->name_zh = rule->name_zh;

		for (; place > 0; place--) {
			Supervision__Band *before = scheme->bands[place - 1];
			if (before->from_hundredths > band->from_hundredths)
				break;
			scheme->bands[place] = before;
		}
		scheme->bands[place] = band;
	}
}

/* False: the rules do not say yet how to evaluate.  Where they do, stations has seen to it that
 * the indicators come to the total and that a band begins at 0. */
static bool read_scheme(struct turn *turn, const Stations__ProgrammeYear *year,
			Supervision__EvaluationScheme *scheme)
{
	const Stations__EvaluationRules *rules = year->rules ? year->rules->evaluation : NULL;

	if (!rules || !rules->n_indicators)
		return false;
	scheme->rules_version = year->rules_version;
	scheme->total_hundredths = rules->total_hundredths;
	scheme->scorers_min = rules->scorers_min;
	scheme->objection_days = rules->objection_days;
	scheme->n_rectify_grades = rules->n_rectify_grades;
	scheme->rectify_grades = rules->rectify_grades;
	scheme->rectify_days = rules->rectify_days;
	read_indicators(turn, rules, scheme);
	read_bands(turn, rules, scheme);
	return true;
}

/* --- The list --------------------------------------------------------------------------------- */

/* A project that was started has something to evaluate, also when it has come to its end. */
static bool was_started(const Stations__Project *project)
{
	return !text_empty(project->started_on);
}

/* The round and the project in one identifier; where that is too long, the project's number on
 * the list instead of its name.  NULL: also that is too long, or there is such an evaluation. */
static const char *evaluation_id(struct turn *turn, const char *round_id, const char *project_id,
				 size_t number)
{
	const char *id = turn_text(turn, "%s:%s", round_id, project_id);

	if (!text_is_id(id))
		id = turn_text(turn, "%s.%zu", round_id, number);
	if (!text_is_id(id) || turn_find(turn, &evaluations, id))
		return NULL;
	return id;
}

static int32_t people_in_post(struct turn *turn, const char *project_id)
{
	Stations__Posting like = STATIONS__POSTING__INIT;
	like.project_id = project_id;
	like.state = STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE;
	return (int32_t)turn_count(turn, &postings, "project_id,state", &like);
}

/* --- Commands --------------------------------------------------------------------------------- */

static struct verdict open_round(struct turn *turn, const void *command)
{
	const Supervision__OpenRoundRequest *cmd = command;

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);
	if (!year || !turn_covers(turn, year->region_code))
		return turn_not_found(cmd->programme_year_id);
	if (turn_find(turn, &rounds, cmd->round_id))
		return REFUSE(ROUND_EXISTS, cmd->round_id);

	Supervision__EvaluationRound open = SUPERVISION__EVALUATION_ROUND__INIT;
	open.programme_year_id = year->programme_year_id;
	open.state = STATE(OPEN);
	const Supervision__EvaluationRound *other =
		turn_by(turn, &rounds, "programme_year_id,state", &open);
	if (other)
		return REFUSE(ROUND_OPEN_ALREADY, other->round_id);

	Supervision__EvaluationScheme scheme = SUPERVISION__EVALUATION_SCHEME__INIT;
	if (!read_scheme(turn, year, &scheme))
		return REFUSE(SCHEME_NOT_SET, cmd->programme_year_id);

	Stations__Project like = STATIONS__PROJECT__INIT;
	like.programme_year_id = year->programme_year_id;
	size_t room = turn_count(turn, &projects, "programme_year_id", &like);
	Supervision__RoundOpened opened = SUPERVISION__ROUND_OPENED__INIT;
	opened.evaluations = turn_take(turn, room * sizeof(*opened.evaluations));

	/* RULE B29: "A round of evaluation lists every project of the year that has been started" */
	struct each each = turn_each(turn, &projects, "programme_year_id", &like);
	for (const Stations__Project *project; (project = each_next(&each));) {
		if (!was_started(project))
			continue;
		Supervision__Evaluation *row = turn_take(turn, sizeof(*row));
		supervision__evaluation__init(row);
		row->evaluation_id = evaluation_id(turn, cmd->round_id, project->project_id,
						   opened.n_evaluations + 1);
		if (!row->evaluation_id)
			return turn_invalid("round_id");
		row->round_id = cmd->round_id;
		row->project_id = project->project_id;
		row->programme_year_id = project->programme_year_id;
		row->site_id = project->site_id;
		row->region_code = project->region_code;
		row->agency_id = project->agency_id;
		row->state = EVALUATION(ASSIGNED);
		row->people = people_in_post(turn, project->project_id);
		opened.evaluations[opened.n_evaluations++] = row;
	}
	if (!opened.n_evaluations)
		return REFUSE(NO_PROJECT_TO_EVALUATE, cmd->programme_year_id);

	open.round_id = cmd->round_id;
	open.region_code = year->region_code;
	open.projects = (int32_t)opened.n_evaluations;
	open.opened_on = turn_today_text(turn);
	open.self_assess_by = cmd->self_assess_by;
	open.evaluate_by = year->rules->evaluation->evaluate_by;
	open.scheme = &scheme;
	opened.round = &open;
	return turn_accept(turn, &opened.base);
}

static int32_t count(struct turn *turn, const char *round_id, Supervision__EvaluationState state)
{
	Supervision__Evaluation like = SUPERVISION__EVALUATION__INIT;
	like.round_id = round_id;
	like.state = state;
	return (int32_t)turn_count(turn, &evaluations, "round_id,state", &like);
}

/* The last date on which something happened in the round, and an evaluation whose agency can still
 * object on that date or after it; NULL: none can. */
struct standing {
	const char *last_on;
	const char *contested_id;
};

static struct standing standing_on(struct turn *turn, const Supervision__EvaluationRound *round,
				   const char *date)
{
	struct standing standing = { .last_on = round->opened_on };
	Supervision__Evaluation like = SUPERVISION__EVALUATION__INIT;
	like.round_id = round->round_id;

	struct each each = turn_each(turn, &evaluations, "round_id", &like);
	for (const Supervision__Evaluation *row; (row = each_next(&each));) {
		if (day_text_before(standing.last_on, row->final_on))
			standing.last_on = row->final_on;
		if (!text_empty(row->objection_by) && !deadline_passed(row->objection_by, date))
			standing.contested_id = row->evaluation_id;
	}
	return standing;
}

static struct verdict close_round(struct turn *turn, const void *command)
{
	const Supervision__CloseRoundRequest *cmd = command;

	const Supervision__EvaluationRound *found = turn_find(turn, &rounds, cmd->round_id);
	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->round_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->round_id);
	if (found->state == STATE(CLOSED))
		return REFUSE(ROUND_CLOSED, cmd->round_id);
	/* RULE B29: "cannot be closed while one of them has no final result" */
	if (count(turn, cmd->round_id, EVALUATION(FINAL)) < found->projects)
		return REFUSE(ROUND_NOT_COVERED, cmd->round_id);
	struct standing standing = standing_on(turn, found, cmd->closed_on);
	if (day_text_before(cmd->closed_on, standing.last_on))
		return REFUSE(DATE_BEFORE_STEP, "closed_on");
	/* A result that can still be objected to is not final yet for the round. */
	if (standing.contested_id)
		return REFUSE(OBJECTION_TIME_RUNS, standing.contested_id);

	Supervision__EvaluationRound next = *found;
	next.state = STATE(CLOSED);
	next.closed_on = cmd->closed_on;
	next.late = deadline_passed(found->evaluate_by, cmd->closed_on);

	Supervision__RoundClosed closed = SUPERVISION__ROUND_CLOSED__INIT;
	closed.round = &next;
	return turn_accept(turn, &closed.base);
}

/* --- How far a round is ----------------------------------------------------------------------- */

static const Supervision__EvaluationState way[] = {
	EVALUATION(ASSIGNED), EVALUATION(SELF_ASSESSED), EVALUATION(SCORED),
	EVALUATION(REVIEWED), EVALUATION(FINAL),	 EVALUATION(OBJECTED),
};
enum { N_STATES = sizeof(way) / sizeof(*way) };

static Supervision__StateCount *state_row(struct turn *turn, Supervision__EvaluationState state)
{
	Supervision__StateCount *row = turn_take(turn, sizeof(*row));

	supervision__state_count__init(row);
	row->state = state;
	return row;
}

static Supervision__GradeCount *grade_row(struct turn *turn, const char *grade)
{
	Supervision__GradeCount *row = turn_take(turn, sizeof(*row));

	supervision__grade_count__init(row);
	row->grade = grade;
	return row;
}

/* How far the part of a round is that the caller sees: his area's, or his agency's. */
static void cover_part(struct turn *turn, const Supervision__EvaluationRound *round,
		       Supervision__GetCoverageResponse *answer)
{
	Supervision__Evaluation like = SUPERVISION__EVALUATION__INIT;

	like.round_id = round->round_id;
	struct each each = turn_each(turn, &evaluations, "round_id", &like);
	for (const Supervision__Evaluation *e; (e = each_next(&each));) {
		if (!turn_counts(turn, &evaluations, e))
			continue;
		answer->projects++;
		answer->finals += e->state == EVALUATION(FINAL);
		for (size_t i = 0; i < answer->n_states; i++)
			answer->states[i]->evaluations += e->state == answer->states[i]->state;
		for (size_t i = 0; i < answer->n_grades; i++)
			answer->grades[i]->projects +=
				text_same(e->grade, answer->grades[i]->grade);
	}
}

static void cover_all(struct turn *turn, const Supervision__EvaluationRound *round,
		      Supervision__GetCoverageResponse *answer)
{
	Supervision__Evaluation like = SUPERVISION__EVALUATION__INIT;

	like.round_id = round->round_id;
	answer->projects = round->projects;
	answer->finals = count(turn, round->round_id, EVALUATION(FINAL));
	for (size_t i = 0; i < answer->n_states; i++)
		answer->states[i]->evaluations =
			count(turn, round->round_id, answer->states[i]->state);
	for (size_t i = 0; i < answer->n_grades; i++) {
		like.grade = answer->grades[i]->grade;
		answer->grades[i]->projects =
			(int32_t)turn_count(turn, &evaluations, "round_id,grade", &like);
	}
}

static struct verdict get_coverage(struct turn *turn, const void *request,
				   ProtobufCMessage *response)
{
	const Supervision__GetCoverageRequest *asked = request;
	Supervision__GetCoverageResponse *answer = (Supervision__GetCoverageResponse *)response;

	const Supervision__EvaluationRound *found = turn_find(turn, &rounds, asked->round_id);
	if (!found || !turn_sees(turn, &rounds, found))
		return turn_not_found(asked->round_id);

	answer->round_id = found->round_id;
	answer->states = turn_take(turn, N_STATES * sizeof(*answer->states));
	for (size_t i = 0; i < N_STATES; i++)
		answer->states[answer->n_states++] = state_row(turn, way[i]);

	answer->grades = turn_take(turn, found->scheme->n_bands * sizeof(*answer->grades));
	for (size_t i = 0; i < found->scheme->n_bands; i++)
		answer->grades[answer->n_grades++] =
			grade_row(turn, found->scheme->bands[i]->grade);
	if (turn_counts_area(turn, found->region_code) && turn_for_agency(turn, ""))
		cover_all(turn, found, answer);
	else
		cover_part(turn, found, answer);
	if (answer->projects)
		answer->coverage_hundredths =
			(int32_t)((int64_t)answer->finals * 10000 / answer->projects);
	return turn_done();
}

static const struct command commands[] = {
	{ "OpenRound", open_round, BY_PROVINCE, "round_id programme_year_id" },
	{ "CloseRound", close_round, BY_PROVINCE, "round_id closed_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetRound", GET(rounds) },
	{ "ListRounds", LIST(rounds) },
	{ "GetCoverage", .answer = get_coverage },
	{ 0 },
};

static const struct table *const tables[] = { &rounds, NULL };

const struct aggregate evaluation_round = { tables, commands, queries };
