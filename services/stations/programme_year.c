/* A year of a programme and its rules: every figure and date by which the year is run is data here.
 * The rules may be amended until the first agreement of the year is in force. */
#include "stations.h"

#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"

const struct table programme_years = {
	.name = "programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
	.indexes = { "programme,year,region_code" },
};

enum { PROVINCE_DIGITS = 2, DAYS_MAX = 366, SCORERS_MAX = 100, WHOLE_PERMILLE = 1000 };

const Stations__ProgrammeYear *year_seen(struct turn *turn, const char *programme_year_id)
{
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	return year && turn_sees(turn, &programme_years, year) ? year : NULL;
}

/* The engine has seen that a date is one; it may still be absent. */
static bool is_day(const char *text)
{
	struct day day;
	return day_read(&day, text);
}

/* 0: not set. */
static bool days_fit(int32_t days)
{
	return days >= 0 && days <= DAYS_MAX;
}

static struct verdict check_site_kinds(const Stations__Rules *rules)
{
	if (!rules->n_site_kinds)
		return turn_invalid("rules.site_kinds");
	for (size_t i = 0; i < rules->n_site_kinds; i++) {
		const Stations__SiteKindRule *rule = rules->site_kinds[i];
		/* The limits of stations are rules of their own. */
		if (rule->kind == STATIONS__SITE_KIND__SITE_KIND_UNSPECIFIED ||
		    rule->kind == STATIONS__SITE_KIND__SITE_KIND_STATION)
			return turn_invalid("rules.site_kinds.kind");
		if (rule->min_people < 0)
			return turn_invalid("rules.site_kinds.min_people");
		if (rule->max_people < 1 || rule->max_people < rule->min_people)
			return turn_invalid("rules.site_kinds.max_people");
		for (size_t j = 0; j < i; j++)
			if (rules->site_kinds[j]->kind == rule->kind)
				return turn_invalid("rules.site_kinds.kind");
	}
	return turn_done();
}

static struct verdict check_sources(const Stations__Rules *rules)
{
	struct money sum = money_of_fen(0);

	if (!rules->n_sources)
		return turn_invalid("rules.sources");
	for (size_t i = 0; i < rules->n_sources; i++) {
		const Stations__FundSource *source = rules->sources[i];
		if (!text_is_id(source->source))
			return turn_invalid("rules.sources.source");
		if (!source->n_categories)
			return turn_invalid("rules.sources.categories");
		for (size_t j = 0; j < i; j++)
			if (text_same(rules->sources[j]->source, source->source))
				return turn_invalid("rules.sources.source");
		if (!money_add(&sum, sum, money_of_fen(source->per_person_fen)))
			return turn_invalid("rules.sources.per_person_fen");
	}
	/* RULE B10: "Each source bears its fixed share for each person." */
	if (money_compare(sum, money_of_fen(rules->person_standard_fen)))
		return REFUSE(RULES_SHARES_DIFFER, "rules.sources");
	return turn_done();
}

static struct verdict check_dates(const Stations__Rules *rules)
{
	if (!is_day(rules->agreement_by))
		return turn_invalid("rules.agreement_by");
	if (!is_day(rules->arrival_by))
		return turn_invalid("rules.arrival_by");
	return turn_done();
}

static struct verdict check_reports(const Stations__Rules *rules)
{
	for (size_t i = 0; i < rules->n_reports; i++) {
		if (text_empty(rules->reports[i]->period))
			return turn_invalid("rules.reports.period");
		if (!is_day(rules->reports[i]->due_by))
			return turn_invalid("rules.reports.due_by");
		for (size_t j = 0; j < i; j++)
			if (text_same(rules->reports[j]->period, rules->reports[i]->period))
				return turn_invalid("rules.reports.period");
	}
	if (rules->alert_days_before < 0)
		return turn_invalid("rules.alert_days_before");
	return turn_done();
}

static struct verdict check_parties(const Stations__Rules *rules)
{
	if (!rules->n_agreement_parties)
		return turn_invalid("rules.agreement_parties");
	for (size_t i = 0; i < rules->n_agreement_parties; i++) {
		const char *party = rules->agreement_parties[i];
		if (!party_known(party))
			return turn_invalid("rules.agreement_parties");
		if (text_among(party, rules->agreement_parties, i))
			return turn_invalid("rules.agreement_parties");
	}
	return turn_done();
}

/* What the parts of an indicator come to, which stand after it; 0: it has none. */
static int64_t sum_of_parts(const Stations__EvaluationRules *evaluation, size_t whole)
{
	int64_t sum = 0; /* at most 2000 times INT32_MAX */

	for (size_t i = whole + 1; i < evaluation->n_indicators; i++)
		if (text_same(evaluation->indicators[i]->parent_id,
			      evaluation->indicators[whole]->indicator_id))
			sum += evaluation->indicators[i]->max_hundredths;
	return sum;
}

static bool stands_before(const Stations__EvaluationRules *evaluation, size_t n,
			  const char *indicator_id)
{
	for (size_t i = 0; i < n; i++)
		if (text_same(evaluation->indicators[i]->indicator_id, indicator_id))
			return true;
	return false;
}

static bool grades_known(const Stations__EvaluationRules *evaluation, const char *const *grades,
			 size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool known = false;

		for (size_t j = 0; j < evaluation->n_bands; j++)
			known |= text_same(evaluation->bands[j]->grade, grades[i]);
		if (!known || text_among(grades[i], grades, i))
			return false;
	}
	return true;
}

/* What follows from an evaluation, and how many it takes. */
static struct verdict check_use_of_results(const Stations__EvaluationRules *evaluation)
{
	if (evaluation->scorers_min < 0 || evaluation->scorers_min > SCORERS_MAX)
		return turn_invalid("rules.evaluation.scorers_min");
	if (!days_fit(evaluation->objection_days))
		return turn_invalid("rules.evaluation.objection_days");
	if (!grades_known(evaluation, (const char *const *)evaluation->rectify_grades,
			  evaluation->n_rectify_grades))
		return turn_invalid("rules.evaluation.rectify_grades");
	if (!days_fit(evaluation->rectify_days))
		return turn_invalid("rules.evaluation.rectify_days");
	if (!grades_known(evaluation, (const char *const *)evaluation->ineligible_grades,
			  evaluation->n_ineligible_grades))
		return turn_invalid("rules.evaluation.ineligible_grades");
	return turn_done();
}

static struct verdict check_findings(const Stations__FindingRules *findings)
{
	if (!findings)
		return turn_done();
	if (!days_fit(findings->notify_days))
		return turn_invalid("rules.findings.notify_days");
	if (!days_fit(findings->handle_days))
		return turn_invalid("rules.findings.handle_days");
	if (!days_fit(findings->report_days))
		return turn_invalid("rules.findings.report_days");
	return turn_done();
}

static struct verdict check_supervision(const Stations__SupervisionRules *supervision)
{
	if (!supervision)
		return turn_done();
	if (supervision->supervisees_max < 0)
		return turn_invalid("rules.supervision.supervisees_max");
	if (supervision->stations_max < 0)
		return turn_invalid("rules.supervision.stations_max");
	if (!days_fit(supervision->acknowledge_days))
		return turn_invalid("rules.supervision.acknowledge_days");
	return turn_done();
}

static struct verdict check_evaluation(const Stations__EvaluationRules *evaluation)
{
	bool from_zero = false;
	int64_t sum = 0;

	if (!evaluation)
		return turn_done();
	if (evaluation->total_hundredths < 1 || evaluation->total_hundredths > INT32_MAX)
		return turn_invalid("rules.evaluation.total_hundredths");
	for (size_t i = 0; i < evaluation->n_bands; i++) {
		const Stations__Band *band = evaluation->bands[i];
		if (!text_is_id(band->grade))
			return turn_invalid("rules.evaluation.bands.grade");
		if (band->from_hundredths < 0 ||
		    band->from_hundredths > evaluation->total_hundredths)
			return turn_invalid("rules.evaluation.bands.from_hundredths");
		for (size_t j = 0; j < i; j++) {
			if (text_same(evaluation->bands[j]->grade, band->grade))
				return turn_invalid("rules.evaluation.bands.grade");
			if (evaluation->bands[j]->from_hundredths == band->from_hundredths)
				return turn_invalid("rules.evaluation.bands.from_hundredths");
		}
		from_zero |= band->from_hundredths == 0;
	}
	if (!from_zero)
		return REFUSE(RULES_GRADES_INCOMPLETE, "rules.evaluation.bands");
	for (size_t i = 0; i < evaluation->n_indicators; i++) {
		const Stations__Indicator *indicator = evaluation->indicators[i];
		if (!text_is_id(indicator->indicator_id))
			return turn_invalid("rules.evaluation.indicators.indicator_id");
		if (indicator->max_hundredths < 1 ||
		    indicator->max_hundredths > evaluation->total_hundredths)
			return turn_invalid("rules.evaluation.indicators.max_hundredths");
		for (size_t j = 0; j < i; j++)
			if (text_same(evaluation->indicators[j]->indicator_id,
				      indicator->indicator_id))
				return turn_invalid("rules.evaluation.indicators.indicator_id");
		/* So that no indicator is a part of itself, round about. */
		if (!text_empty(indicator->parent_id) &&
		    !stands_before(evaluation, i, indicator->parent_id))
			return turn_invalid("rules.evaluation.indicators.parent_id");
		int64_t parts = sum_of_parts(evaluation, i);
		if (parts && parts != indicator->max_hundredths)
			return REFUSE(RULES_INDICATORS_DIFFER, indicator->indicator_id);
		if (text_empty(indicator->parent_id))
			sum += indicator->max_hundredths; /* at most 2000 times INT32_MAX */
	}
	/* Without indicators the scheme is not set yet. */
	if (evaluation->n_indicators && sum != evaluation->total_hundredths)
		return REFUSE(RULES_INDICATORS_DIFFER, "rules.evaluation.indicators");
	return check_use_of_results(evaluation);
}

static struct verdict check_changes(const Stations__ChangeRules *changes)
{
	if (!changes)
		return turn_done();
	for (size_t i = 0; i < changes->n_endorsed_by_levels; i++) {
		const char *level = changes->endorsed_by_levels[i];
		if (!change_level_known(level))
			return turn_invalid("rules.changes.endorsed_by_levels");
		if (text_among(level, changes->endorsed_by_levels, i))
			return turn_invalid("rules.changes.endorsed_by_levels");
	}
	if (changes->lapse_days < 0)
		return turn_invalid("rules.changes.lapse_days");
	return turn_done();
}

/* Each regulation that stations need has a word of its own. */
static struct verdict check_regulations(const Stations__StationRules *of)
{
	for (size_t i = 0; i < of->n_regulations; i++) {
		if (text_empty(of->regulations[i]->regulation))
			return turn_invalid("rules.stations.regulations");
		for (size_t j = 0; j < i; j++)
			if (text_same(of->regulations[j]->regulation,
				      of->regulations[i]->regulation))
				return turn_invalid("rules.stations.regulations");
	}
	return turn_done();
}

static struct verdict check_stations(const Stations__StationRules *of)
{
	if (!of)
		return turn_invalid("rules.stations");
	if (of->min_workers < 0)
		return turn_invalid("rules.stations.min_workers");
	if (of->max_workers < 1 || of->max_workers < of->min_workers)
		return turn_invalid("rules.stations.max_workers");
	if (of->batches < 1)
		return turn_invalid("rules.stations.batches");
	if (of->reservation_days < 0)
		return turn_invalid("rules.stations.reservation_days");
	if (!of->n_post_kinds)
		return turn_invalid("rules.stations.post_kinds");
	for (size_t i = 0; i < of->n_post_kinds; i++)
		if (of->post_kinds[i] == STATIONS__POST_KIND__POST_KIND_UNSPECIFIED)
			return turn_invalid("rules.stations.post_kinds");
	if (of->supervisor_gap_days < 0)
		return turn_invalid("rules.stations.supervisor_gap_days");
	return check_regulations(of);
}

/* What a year needs in which agencies send their people under agreements. */
static struct verdict check_dispatch(const Stations__Rules *rules)
{
	struct verdict verdict;

	if (rules->year_quota < 1)
		return turn_invalid("rules.year_quota");
	if (rules->person_standard_fen < 1)
		return turn_invalid("rules.person_standard_fen");
	verdict = check_site_kinds(rules);
	if (!verdict.refusal)
		verdict = check_sources(rules);
	if (!verdict.refusal)
		verdict = check_dates(rules);
	if (!verdict.refusal)
		verdict = check_parties(rules);
	return verdict;
}

/* What a year needs in which towns employ the workers of their stations: the figures of agreements
 * and money may be left out.  A quota of 0 is none. */
static struct verdict check_direct_hire(const Stations__Rules *rules)
{
	struct verdict verdict = check_stations(rules->stations);

	if (verdict.refusal)
		return verdict;
	if (rules->year_quota < 0)
		return turn_invalid("rules.year_quota");
	if (rules->n_site_kinds)
		verdict = check_site_kinds(rules);
	if (rules->n_sources && !verdict.refusal)
		verdict = check_sources(rules);
	return verdict;
}

/* Each condition that a recipient has to meet is asked for once. */
static struct verdict check_reception(const Stations__Rules *rules)
{
	for (size_t i = 0; i < rules->n_reception; i++) {
		if (rules->reception[i] ==
		    STATIONS__RECEPTION_CONDITION__RECEPTION_CONDITION_UNSPECIFIED)
			return turn_invalid("rules.reception");
		for (size_t j = 0; j < i; j++)
			if (rules->reception[j] == rules->reception[i])
				return turn_invalid("rules.reception");
	}
	return turn_done();
}

/* Are the rules such that a year can be run by them? */
static struct verdict check_rules(const Stations__Rules *rules)
{
	struct verdict verdict;

	if (rules->eligibility && rules->eligibility->experience_years < 0)
		return turn_invalid("rules.eligibility.experience_years");
	if (rules->trainees && rules->trainees->max_age < 0)
		return turn_invalid("rules.trainees.max_age");
	if (rules->non_professional_permille < 0 ||
	    rules->non_professional_permille > WHOLE_PERMILLE)
		return turn_invalid("rules.non_professional_permille");
	if (rules->employment == STATIONS__EMPLOYMENT_MODEL__EMPLOYMENT_MODEL_DIRECT_HIRE)
		verdict = check_direct_hire(rules);
	else
		verdict = check_dispatch(rules);
	if (!verdict.refusal)
		verdict = check_reports(rules);
	if (!verdict.refusal)
		verdict = check_evaluation(rules->evaluation);
	if (!verdict.refusal)
		verdict = check_changes(rules->changes);
	if (!verdict.refusal)
		verdict = check_reception(rules);
	if (!verdict.refusal)
		verdict = check_findings(rules->findings);
	if (!verdict.refusal)
		verdict = check_supervision(rules->supervision);
	return verdict;
}

static struct verdict define_programme_year(struct turn *turn, const void *command)
{
	const Stations__DefineProgrammeYearRequest *cmd = command;

	if (strlen(cmd->region_code) != PROVINCE_DIGITS)
		return turn_invalid("region_code");
	if (!turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	if (cmd->year < 1900 || cmd->year > 9999)
		return turn_invalid("year");
	if (turn_find(turn, &programme_years, cmd->programme_year_id))
		return REFUSE(PROGRAMME_YEAR_EXISTS, cmd->programme_year_id);
	const Stations__ProgrammeYear *same =
		turn_by(turn, &programme_years, "programme,year,region_code",
			&(Stations__ProgrammeYear){ .programme = cmd->programme,
						    .year = cmd->year,
						    .region_code = cmd->region_code });
	/* RULE B38: "Everything belongs to a programme year, and is judged by the rules of that
	 * year." */
	if (same)
		return REFUSE(PROGRAMME_YEAR_EXISTS, same->programme_year_id);
	struct verdict verdict = check_rules(cmd->rules);
	if (verdict.refusal)
		return verdict;

	Stations__ProgrammeYear year = STATIONS__PROGRAMME_YEAR__INIT;
	year.programme_year_id = cmd->programme_year_id;
	year.programme = cmd->programme;
	year.year = cmd->year;
	year.region_code = cmd->region_code;
	year.name_en = cmd->name_en;
	year.name_zh = cmd->name_zh;
	year.rules = cmd->rules;
	year.declared = cmd->declared;
	year.n_policy_basis = cmd->n_policy_basis;
	year.policy_basis = cmd->policy_basis;
	year.rules_version = 1;

	Stations__ProgrammeYearDefined defined = STATIONS__PROGRAMME_YEAR_DEFINED__INIT;
	defined.programme_year = &year;
	return turn_accept(turn, &defined.base);
}

/* Is a project of the year agreed, or was it? */
static bool rules_in_use(struct turn *turn, const char *programme_year_id)
{
	static const Stations__ProjectState agreed[] = {
		STATIONS__PROJECT_STATE__PROJECT_STATE_AGREED,
		STATIONS__PROJECT_STATE__PROJECT_STATE_IN_PROGRESS,
		STATIONS__PROJECT_STATE__PROJECT_STATE_UNDER_EVALUATION,
		STATIONS__PROJECT_STATE__PROJECT_STATE_CLOSED,
		STATIONS__PROJECT_STATE__PROJECT_STATE_TERMINATED,
	};

	for (size_t i = 0; i < sizeof(agreed) / sizeof(*agreed); i++)
		if (turn_count(turn, &projects, "programme_year_id,state",
			       &(Stations__Project){ .programme_year_id = programme_year_id,
						     .state = agreed[i] }))
			return true;
	return false;
}

/* Stations are approved with their limits in mind: these stand, and no batch is taken away. */
static bool rules_allow_stations(struct turn *turn, const Stations__ProgrammeYear *found,
				 const Stations__Rules *next)
{
	const Stations__StationRules *now = found->rules->stations;
	struct each each = turn_groups(
		turn, &stations, "programme_year_id,state",
		&(Stations__Station){ .programme_year_id = found->programme_year_id }, 1);
	struct group any;

	if (!group_next(&each, &any))
		return true;
	return next->stations && next->stations->min_workers == now->min_workers &&
	       next->stations->max_workers == now->max_workers &&
	       next->stations->batches >= now->batches;
}

static bool rules_allow_site(const Stations__Rules *rules, const Stations__Site *open)
{
	if (open->kind == STATIONS__SITE_KIND__SITE_KIND_STATION)
		return true;
	for (size_t i = 0; i < rules->n_site_kinds; i++)
		if (rules->site_kinds[i]->kind == open->kind)
			return open->quota >= rules->site_kinds[i]->min_people &&
			       open->quota <= rules->site_kinds[i]->max_people;
	return false;
}

static struct verdict amend_rules(struct turn *turn, const void *command)
{
	const Stations__AmendRulesRequest *cmd = command;
	const Stations__ProgrammeYear *found =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->programme_year_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->programme_year_id);
	/* RULE B38: "What was decided under earlier rules stays as it was decided." */
	if (rules_in_use(turn, cmd->programme_year_id))
		return REFUSE(RULES_IN_USE, cmd->programme_year_id);
	struct verdict verdict = check_rules(cmd->rules);
	if (verdict.refusal)
		return verdict;
	if (!rules_allow_stations(turn, found, cmd->rules))
		return REFUSE(RULES_BREAK_STATIONS, cmd->programme_year_id);
	const Stations__Site of_year = { .programme_year_id = cmd->programme_year_id };
	if (cmd->rules->year_quota &&
	    turn_sum(turn, &sites, "programme_year_id:quota", &of_year) > cmd->rules->year_quota)
		return REFUSE(SITE_QUOTAS_ABOVE_YEAR, cmd->programme_year_id);
	struct each each = turn_each(turn, &sites, "programme_year_id", &of_year);
	for (const Stations__Site *open; (open = each_next(&each));)
		if (!rules_allow_site(cmd->rules, open))
			return REFUSE(RULES_BREAK_SITE, open->site_id);

	Stations__ProgrammeYear next = *found;
	next.rules = cmd->rules;
	next.rules_version = found->rules_version + 1;
	next.n_policy_basis = found->n_policy_basis + 1;
	const char **basis = turn_take(turn, next.n_policy_basis * sizeof(*basis));
	for (size_t i = 0; i < found->n_policy_basis; i++)
		basis[i] = found->policy_basis[i];
	basis[found->n_policy_basis] = cmd->basis;
	next.policy_basis = basis;

	Stations__RulesAmended amended = STATIONS__RULES_AMENDED__INIT;
	amended.programme_year = &next;
	return turn_accept(turn, &amended.base);
}

static const struct command commands[] = {
	{ "DefineProgrammeYear", define_programme_year, BY_PROVINCE,
	  "programme_year_id programme year region_code name_en name_zh rules" },
	{ "AmendRules", amend_rules, BY_PROVINCE, "programme_year_id rules basis" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetProgrammeYear", GET(programme_years) },
	{ "ListProgrammeYears", LIST(programme_years) },
	{ 0 },
};

static const struct table *const tables[] = { &programme_years, NULL };
const struct aggregate programme_year = { tables, commands, queries };
