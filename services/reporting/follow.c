/* Reporting follows all the others.  It keeps copies of what they decide, each with the tallies
 * that the figures need, and turns their events into obligations and obligations met. */
#include "follow.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"

#include "reporting.h"

static const struct source stations = { "stations", &stations__stations_event__descriptor };
static const struct source personnel = { "personnel", &personnel__personnel_event__descriptor };
static const struct source funding = { "funding", &funding__funding_event__descriptor };
static const struct source supervision = { "supervision",
					   &supervision__supervision_event__descriptor };

/* --- Copies of stations --------------------------------------------------------------------------- */

const struct table programme_years = {
	.name = "programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
};

const struct table regions = {
	.name = "regions",
	.record = &stations__region__descriptor,
	.id = "region_code",
};

const struct table sites = {
	.name = "sites",
	.record = &stations__site__descriptor,
	.id = "site_id",
	.region = "region_code",
	.tallies = { "programme_year_id:quota", "programme_year_id,kind",
		     "programme_year_id,region_code[4]:quota" },
};

const struct table projects = {
	.name = "projects",
	.record = &stations__project__descriptor,
	.id = "project_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "site_id,agency_id" },
	.tallies = { "site_id:people", "programme_year_id:people", "programme_year_id,state",
		     "programme_year_id,region_code[4]" },
};

const struct table postings = {
	.name = "postings",
	.record = &stations__posting__descriptor,
	.id = "posting_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id,state", "programme_year_id,state", "programme_year_id,arrived_late",
		     "programme_year_id,region_code[4],state" },
};

const struct table agreements = {
	.name = "agreements",
	.record = &stations__agreement__descriptor,
	.id = "agreement_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id,state", "programme_year_id,state,late",
		     "programme_year_id,region_code[4],state,late" },
};

const struct table unplaced = {
	.name = "unplaced",
	.record = &stations__unplaced__descriptor,
	.id = "selected_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id,placed" },
};

/* --- Copies of personnel -------------------------------------------------------------------------- */

const struct table agencies = {
	.name = "agencies",
	.record = &personnel__agency__descriptor,
	.id = "agency_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "region_code[2]" },
};

const struct table calls = {
	.name = "calls",
	.record = &personnel__call__descriptor,
	.id = "call_id",
	.region = "region_code",
	.tallies = { "programme_year_id" },
};

const struct table applications = {
	.name = "applications",
	.record = &personnel__application__descriptor,
	.id = "application_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id,state" },
};

const struct table applicants = {
	.name = "applicants",
	.record = &personnel__applicant__descriptor,
	.id = "applicant_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id,kind" },
};

const struct table selected_professionals = {
	.name = "selected_professionals",
	.record = &personnel__selected_professional__descriptor,
	.id = "selected_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id,approved" },
};

/* --- Copies of funding ---------------------------------------------------------------------------- */

const struct table appropriations = {
	.name = "appropriations",
	.record = &funding__appropriation__descriptor,
	.id = "appropriation_id",
	.region = "region_code",
	.tallies = { "programme_year_id:planned_fen", "programme_year_id:received_fen",
		     "programme_year_id,source:planned_fen",
		     "programme_year_id,source:received_fen" },
};

const struct table entitlements = {
	.name = "entitlements",
	.record = &funding__entitlement__descriptor,
	.id = "entitlement_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id:amount_fen", "programme_year_id:amount_fen",
		     "programme_year_id,region_code[4]:amount_fen" },
};

const struct table entitlement_shares = {
	.name = "entitlement_shares",
	.record = &funding__entitlement_share__descriptor,
	.id = "share_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id,source:amount_fen" },
};

const struct table stopped_grants = {
	.name = "stopped_grants",
	.record = &funding__stopped_grant__descriptor,
	.id = "agreement_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id" },
};

const struct table disbursements = {
	.name = "disbursements",
	.record = &funding__disbursement__descriptor,
	.id = "disbursement_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id:paid_fen", "programme_year_id:paid_fen",
		     "programme_year_id,source:paid_fen",
		     "programme_year_id,region_code[4]:paid_fen" },
};

const struct table expenses = {
	.name = "expenses",
	.record = &funding__expense__descriptor,
	.id = "expense_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id:spent_fen", "programme_year_id:spent_fen",
		     "programme_year_id,source:spent_fen",
		     "programme_year_id,region_code[4]:spent_fen" },
};

const struct table ledger_entries = {
	.name = "ledger_entries",
	.record = &funding__ledger_entry__descriptor,
	.id = "entry_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id:amount_fen" },
};

const struct table distributions = {
	.name = "distributions",
	.record = &funding__distribution__descriptor,
	.id = "distribution_id",
	.region = "region_code",
	.tallies = { "programme_year_id,state" },
};

/* --- Copies of supervision ------------------------------------------------------------------------ */

const struct table field_visits = {
	.name = "field_visits",
	.record = &supervision__field_visit__descriptor,
	.id = "visit_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id,state" },
};

const struct table evaluation_rounds = {
	.name = "evaluation_rounds",
	.record = &supervision__evaluation_round__descriptor,
	.id = "round_id",
	.region = "region_code",
	.tallies = { "programme_year_id,state" },
};

const struct table evaluations = {
	.name = "evaluations",
	.record = &supervision__evaluation__descriptor,
	.id = "evaluation_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id,state" },
};

const struct copy reporting_copies[] = {
	{ &stations, &programme_years },
	{ &stations, &regions },
	{ &stations, &sites },
	{ &stations, &projects },
	{ &stations, &postings },
	{ &stations, &agreements },
	{ &stations, &unplaced },
	{ &personnel, &agencies },
	{ &personnel, &calls },
	{ &personnel, &applications },
	{ &personnel, &applicants },
	{ &personnel, &selected_professionals },
	{ &funding, &appropriations },
	{ &funding, &entitlements },
	{ &funding, &entitlement_shares },
	{ &funding, &stopped_grants },
	{ &funding, &disbursements },
	{ &funding, &expenses },
	{ &funding, &ledger_entries },
	{ &funding, &distributions },
	{ &supervision, &field_visits },
	{ &supervision, &evaluation_rounds },
	{ &supervision, &evaluations },
	{ 0 },
};

/* --- Reactions ------------------------------------------------------------------------------------ */

#define AGREEMENT  REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_AGREEMENT
#define ARRIVAL	   REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_ARRIVAL
#define REPORT	   REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_QUARTERLY_REPORT
#define EVALUATION REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_EVALUATION

static const char *const kind_words[] = {
	[AGREEMENT] = "agreement",
	[ARRIVAL] = "arrival",
	[REPORT] = "report",
	[EVALUATION] = "evaluation",
};

/* What arises from one event. */
struct arising {
	struct turn *turn;
	const Engine__Event *event;
	const Stations__Project *project;
	const Stations__ProgrammeYear *year;
	const char *arisen_on;
	Reporting__Obligation **list;
	size_t n;
};

/* "report:st-1:2022Q3"; where that is too long for an id, the number of the event instead. */
static const char *id_for(const struct arising *all, Reporting__ObligationKind kind,
			  const char *period)
{
	const char *text = kind == REPORT ? turn_text(all->turn, "%s:%s:%s", kind_words[kind],
						      all->project->site_id, period)
					  : turn_text(all->turn, "%s:%s", kind_words[kind],
						      all->project->project_id);

	if (strlen(text) <= OBLIGATION_ID_MAX && text_is_id(text))
		return text;
	return turn_text(all->turn, "%s:%" PRIu64 ".%zu", kind_words[kind], all->event->sequence,
			 all->n);
}

/* Where the year sets no date, nothing is due. */
static void owe(struct arising *all, Reporting__ObligationKind kind, const char *period,
		const char *due_by)
{
	Reporting__Obligation *due = turn_take(all->turn, sizeof(*due));

	if (text_empty(due_by))
		return;
	reporting__obligation__init(due);
	due->obligation_id = id_for(all, kind, period);
	due->kind = kind;
	due->programme_year_id = all->project->programme_year_id;
	due->region_code = all->project->region_code;
	due->site_id = all->project->site_id;
	due->project_id = all->project->project_id;
	due->agency_id = all->project->agency_id;
	due->period = period;
	due->due_by = due_by;
	due->arisen_on = all->arisen_on;
	due->rules_version = all->year->rules_version;
	all->list[all->n++] = due;
}

static struct arising arising_from(struct turn *turn, const Engine__Event *event,
				   const Stations__Project *project, const char *arisen_on)
{
	struct arising all = {
		.turn = turn,
		.event = event,
		.project = project,
		.arisen_on = arisen_on,
		.year = turn_find(turn, &programme_years, project->programme_year_id),
	};
	size_t n_reports = all.year && all.year->rules ? all.year->rules->n_reports : 0;

	/* The agreement and the arrival, or the evaluation and the reports. */
	all.list = turn_take(turn, (n_reports + 2) * sizeof(*all.list));
	return all;
}

static struct verdict on_project_planned(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Stations__ProjectPlanned *planned = body;
	struct arising all = arising_from(turn, event, planned->project, event->date);

	if (!all.year || !all.year->rules)
		return turn_done();
	/* RULE B19: "Signed after the year's date it is still taken, and shown as late." */
	owe(&all, AGREEMENT, "", all.year->rules->agreement_by);
	/* RULE B20: "the project starts when all of its people are in post" */
	owe(&all, ARRIVAL, "", all.year->rules->arrival_by);
	return obligation_arise(turn, all.list, all.n, all.year->rules->alert_days_before);
}

static const Reporting__Obligation *owed_by(struct turn *turn, const char *project_id,
					    Reporting__ObligationKind kind)
{
	const Reporting__Obligation like = { .project_id = project_id, .kind = kind };

	return turn_by(turn, &obligations, "project_id,kind", &like);
}

static struct verdict on_agreement_in_force(struct turn *turn, const Engine__Event *event,
					    const void *body)
{
	const Stations__Agreement *agreement =
		((const Stations__AgreementInForce *)body)->agreement;

	return obligation_meet(turn, owed_by(turn, agreement->project_id, AGREEMENT),
			       agreement->in_force_on, agreement->agreement_id);
}

/* A site that two projects serve owes one report for a period. */
static bool owed_already(struct turn *turn, const char *site_id, const char *period)
{
	const Reporting__Obligation like = { .site_id = site_id, .kind = REPORT, .period = period };

	return turn_by(turn, &obligations, "site_id,kind,period", &like) != NULL;
}

static struct verdict arrival_done(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Stations__Project *project = ((const Stations__ProjectStarted *)body)->project;

	return obligation_meet(turn, owed_by(turn, project->project_id, ARRIVAL),
			       project->started_on, project->project_id);
}

static struct verdict on_project_started(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Stations__Project *project = ((const Stations__ProjectStarted *)body)->project;
	struct arising all = arising_from(turn, event, project, project->started_on);
	const Stations__Rules *rules = all.year ? all.year->rules : NULL;

	if (!rules)
		return turn_done();
	/* RULE B28: "Each locality records how its projects go in every period." */
	for (size_t i = 0; i < rules->n_reports; i++) {
		const Stations__ReportDue *report = rules->reports[i];

		/* Nobody owes a report that was due before there was anything to report. */
		if (day_text_before(report->due_by, project->started_on) ||
		    owed_already(turn, project->site_id, report->period))
			continue;
		owe(&all, REPORT, report->period, report->due_by);
	}
	if (rules->evaluation)
		owe(&all, EVALUATION, "", rules->evaluation->evaluate_by);
	return obligation_arise(turn, all.list, all.n, rules->alert_days_before);
}

static struct verdict evaluation_done(struct turn *turn, const Engine__Event *event,
				      const void *body)
{
	const Supervision__Evaluation *evaluation =
		((const Supervision__EvaluationFinal *)body)->evaluation;

	return obligation_meet(turn, owed_by(turn, evaluation->project_id, EVALUATION),
			       evaluation->final_on, evaluation->evaluation_id);
}

static struct verdict on_evaluation_final(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Supervision__Evaluation *evaluation =
		((const Supervision__EvaluationFinal *)body)->evaluation;
	Reporting__ProjectResult result = REPORTING__PROJECT_RESULT__INIT;

	result.project_id = evaluation->project_id;
	result.programme_year_id = evaluation->programme_year_id;
	result.site_id = evaluation->site_id;
	result.region_code = evaluation->region_code;
	result.agency_id = evaluation->agency_id;
	result.evaluation_id = evaluation->evaluation_id;
	result.score_hundredths = evaluation->score_hundredths;
	result.grade = evaluation->grade;
	result.final_on = evaluation->final_on;
	return result_record(turn, &result);
}

static struct verdict on_site_opened(struct turn *turn, const Engine__Event *event,
				     const void *body)
{
	const Stations__Site *site = ((const Stations__SiteOpened *)body)->site;
	struct served *served = turn_take(turn, (site->n_county_codes + 1) * sizeof(*served));
	size_t n = 0;

	for (size_t i = 0; i < site->n_county_codes; i++)
		served[n++] = (struct served){ site->programme_year_id, site->site_id,
					       site->county_codes[i], false };
	if (site->county_unstated)
		served[n++] = (struct served){ site->programme_year_id, site->site_id,
					       site->region_code, true };
	return county_serve(turn, served, n);
}

static struct verdict on_day_began(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Engine__DayBegan *began = body;

	return obligation_judge(turn, began->date);
}

const struct reaction reporting_reactions[] = {
	{ &stations, "SiteOpened", on_site_opened },
	{ &stations, "ProjectPlanned", on_project_planned },
	{ &stations, "AgreementInForce", on_agreement_in_force },
	{ &stations, "ProjectStarted", arrival_done },
	{ &stations, "ProjectStarted", on_project_started },
	{ &supervision, "EvaluationFinal", evaluation_done },
	{ &supervision, "EvaluationFinal", on_evaluation_final },
	{ &CLOCK, "DayBegan", on_day_began },
	{ 0 },
};
