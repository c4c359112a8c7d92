/* Reporting follows all the others.  It keeps copies of what they decide, each with the tallies
 * that the figures need, and turns their events into obligations and obligations met. */
#include "follow.h"

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
	.indexes = { "programme_year_id,region_code" },
	.tallies = { "programme_year_id:quota", "programme_year_id,kind",
		     "programme_year_id,region_code[4]:quota",
		     "programme_year_id,region_code[6]:quota" },
};

const struct table projects = {
	.name = "projects",
	.record = &stations__project__descriptor,
	.id = "project_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "site_id,agency_id" },
	.tallies = { "site_id:people", "programme_year_id:people", "programme_year_id,state",
		     "programme_year_id,region_code[4]:people",
		     "programme_year_id,region_code[6]:people",
		     "programme_year_id,agency_id:people" },
};

const struct table postings = {
	.name = "postings",
	.record = &stations__posting__descriptor,
	.id = "posting_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id,state", "programme_year_id,state", "programme_year_id,arrived_late",
		     "programme_year_id,region_code[4],state",
		     "programme_year_id,region_code[6],state", "programme_year_id,agency_id,state",
		     "programme_year_id,region_code[4],arrived_late",
		     "programme_year_id,region_code[6],arrived_late", "site_id,arrived_late",
		     "programme_year_id,agency_id,arrived_late" },
};

const struct table agreements = {
	.name = "agreements",
	.record = &stations__agreement__descriptor,
	.id = "agreement_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id,state", "programme_year_id,state,late",
		     "programme_year_id,region_code[4],state,late",
		     "programme_year_id,region_code[6],state,late", "site_id,state,late",
		     "programme_year_id,agency_id,state,late" },
};

const struct table unplaced = {
	.name = "unplaced",
	.record = &stations__unplaced__descriptor,
	.id = "selected_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "programme_year_id,placed" },
};

const struct table station_records = {
	.name = "stations",
	.record = &stations__station__descriptor,
	.id = "station_id",
	.region = "region_code",
	.tallies = { "programme_year_id,state,staffing",
		     "programme_year_id,region_code[4],state,staffing",
		     "programme_year_id,region_code[6],state,staffing",
		     "station_id,state,staffing" },
};

const struct table centres = {
	.name = "regional_centres",
	.record = &stations__regional_centre__descriptor,
	.id = "centre_id",
	.region = "region_code",
	.tallies = { "programme_year_id,state", "programme_year_id,region_code[4],state" },
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
	.tallies = { "programme_year_id,state" },
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
		     "programme_year_id,region_code[4]:amount_fen",
		     "programme_year_id,region_code[6]:amount_fen",
		     "programme_year_id,agency_id:amount_fen" },
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
		     "programme_year_id,region_code[4]:paid_fen",
		     "programme_year_id,region_code[6]:paid_fen",
		     "programme_year_id,agency_id:paid_fen" },
};

const struct table expenses = {
	.name = "expenses",
	.record = &funding__expense__descriptor,
	.id = "expense_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id:spent_fen", "programme_year_id:spent_fen",
		     "programme_year_id,source:spent_fen",
		     "programme_year_id,region_code[4]:spent_fen",
		     "programme_year_id,region_code[6]:spent_fen",
		     "programme_year_id,agency_id:spent_fen" },
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
	.tallies = { "site_id,state", "programme_year_id,region_code[4],state",
		     "programme_year_id,region_code[6],state",
		     "programme_year_id,agency_id,state" },
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

const struct table station_covers = {
	.name = "station_covers",
	.record = &supervision__station_cover__descriptor,
	.id = "station_id",
	.region = "region_code",
	.tallies = { "programme_year_id,gap", "programme_year_id,region_code[4],gap",
		     "programme_year_id,region_code[6],gap", "station_id,gap" },
};

const struct copy reporting_copies[] = {
	{ &stations, &programme_years },
	{ &stations, &regions },
	{ &stations, &sites },
	{ &stations, &projects },
	{ &stations, &postings },
	{ &stations, &agreements },
	{ &stations, &unplaced },
	{ &stations, &station_records },
	{ &stations, &centres },
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
	{ &supervision, &station_covers },
	{ 0 },
};

/* --- Reactions ------------------------------------------------------------------------------------ */

#define AGREEMENT  REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_AGREEMENT
#define ARRIVAL	   REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_ARRIVAL
#define REPORT	   REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_QUARTERLY_REPORT
#define MONITORING REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_MONITORING
#define EVALUATION REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_EVALUATION

/* What arises from one event. */
struct arising {
	struct turn *turn;
	const Stations__Project *project;
	const Stations__ProgrammeYear *year;
	const char *arisen_on;
	Reporting__Obligation **list;
	size_t n;
};

/* Where the year sets no date, nothing is due. */
static void owe(struct arising *all, Reporting__ObligationKind kind, const char *period,
		const char *due_by)
{
	Reporting__Obligation *due = turn_take(all->turn, sizeof(*due));

	if (text_empty(due_by))
		return;
	reporting__obligation__init(due);
	due->kind = kind;
	due->subject_id = kind == REPORT ? all->project->site_id : all->project->project_id;
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

static struct arising arising_from(struct turn *turn, const Stations__Project *project,
				   const char *arisen_on)
{
	struct arising all = {
		.turn = turn,
		.project = project,
		.arisen_on = arisen_on,
		.year = turn_find(turn, &programme_years, project->programme_year_id),
	};
	size_t n_reports = all.year && all.year->rules ? all.year->rules->n_reports : 0;

	/* The agreement and the arrival, or the evaluation, the reports and the monitoring. */
	all.list = turn_take(turn, (2 * n_reports + 2) * sizeof(*all.list));
	return all;
}

static struct verdict on_project_planned(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Stations__ProjectPlanned *planned = body;
	struct arising all = arising_from(turn, planned->project, event->date);

	if (!all.year || !all.year->rules)
		return turn_done();
	/* RULE B19: "Signed after the year's date it is still taken, and shown as late." */
	owe(&all, AGREEMENT, "", all.year->rules->agreement_by);
	/* RULE B20: "the project starts when all of its people are in post" */
	owe(&all, ARRIVAL, "", all.year->rules->arrival_by);
	return obligation_arise(turn, all.list, all.n, all.year->rules->alert_days_before);
}

static struct verdict on_agreement_in_force(struct turn *turn, const Engine__Event *event,
					    const void *body)
{
	const Stations__Agreement *agreement =
		((const Stations__AgreementInForce *)body)->agreement;

	return obligation_meet(turn, obligation_owed(turn, agreement->project_id, AGREEMENT),
			       agreement->in_force_on, agreement->agreement_id);
}

static struct verdict arrival_done(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Stations__Project *project = ((const Stations__ProjectStarted *)body)->project;

	return obligation_meet(turn, obligation_owed(turn, project->project_id, ARRIVAL),
			       project->started_on, project->project_id);
}

static struct verdict on_project_started(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Stations__Project *project = ((const Stations__ProjectStarted *)body)->project;
	struct arising all = arising_from(turn, project, project->started_on);
	const Stations__Rules *rules = all.year ? all.year->rules : NULL;

	if (!rules)
		return turn_done();
	/* RULE B28: "Each locality records how its projects go in every period." */
	for (size_t i = 0; i < rules->n_reports; i++) {
		const Stations__ReportDue *report = rules->reports[i];

		/* Nobody owes a report that was due before there was anything to report.  A site
		 * that two projects serve owes one for a period: the second is left out. */
		if (day_text_before(report->due_by, project->started_on))
			continue;
		owe(&all, REPORT, report->period, report->due_by);
		owe(&all, MONITORING, report->period, report->due_by);
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

	return obligation_meet(turn, obligation_owed(turn, evaluation->project_id, EVALUATION),
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

static struct verdict on_posting_ended(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	return work_orphan(turn, ((const Stations__PostingEnded *)body)->posting);
}

/* By a change a person left, or another came: what was recorded after that day is marked. */
static struct verdict work_on_baseline_amended(struct turn *turn, const Engine__Event *event,
					       const void *body)
{
	const Stations__BaselineAmended *amended = body;

	for (size_t i = 0; i < amended->n_postings; i++)
		work_orphan(turn, amended->postings[i]);
	return turn_done();
}

static struct verdict work_on_post_vacated(struct turn *turn, const Engine__Event *event,
					   const void *body)
{
	return work_orphan(turn, ((const Stations__PostVacated *)body)->posting);
}

static struct verdict on_day_began(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Engine__DayBegan *began = body;

	return obligation_judge(turn, began->date);
}

static struct verdict months_on_day_began(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Engine__DayBegan *began = body;

	return person_months_judge(turn, began->date);
}

const struct reaction reporting_reactions[] = {
	{ &stations, "SiteOpened", on_site_opened },
	{ &stations, "ProjectPlanned", on_project_planned },
	{ &stations, "AgreementInForce", on_agreement_in_force },
	{ &stations, "ProjectStarted", arrival_done },
	{ &stations, "ProjectStarted", on_project_started },
	{ &supervision, "EvaluationFinal", evaluation_done },
	{ &supervision, "EvaluationFinal", on_evaluation_final },
	{ &stations, "StationOpened", on_station_opened },
	{ &stations, "StationClosed", on_station_closed },
	{ &stations, "PostFilled", on_post_filled },
	{ &stations, "PostVacated", on_post_vacated },
	{ &stations, "PostVacated", work_on_post_vacated },
	{ &stations, "PostingEnded", on_posting_ended },
	{ &stations, "ChangeSubmitted", on_change_submitted },
	{ &stations, "ChangeHeld", on_change_held },
	{ &stations, "ChangeEdited", on_change_edited },
	{ &stations, "ChangeReturned", on_change_returned },
	{ &stations, "ChangeRejected", on_change_rejected },
	{ &stations, "ChangeWithdrawn", on_change_withdrawn },
	{ &stations, "ChangeLapsed", on_change_lapsed },
	{ &stations, "BaselineAmended", on_baseline_amended },
	{ &stations, "BaselineAmended", work_on_baseline_amended },
	{ &stations, "PostReserved", on_post_reserved },
	{ &stations, "PostReleased", on_post_released },
	{ &stations, "ReservationsExpired", on_reservations_expired },
	{ &personnel, "RegistrationRecorded", on_registration_recorded },
	{ &personnel, "RegistrationExpiring", on_registration_expiring },
	{ &personnel, "RegistrationRenewed", on_registration_renewed },
	{ &supervision, "FindingRaised", on_finding_raised },
	{ &supervision, "AgencyNotified", on_agency_notified },
	{ &supervision, "FindingHandled", on_finding_handled },
	{ &supervision, "FindingReported", on_finding_reported },
	{ &supervision, "RectificationRequired", on_rectification_required },
	{ &supervision, "RectificationSubmitted", on_rectification_submitted },
	{ &supervision, "RectificationReturned", on_rectification_returned },
	{ &supervision, "RectificationDropped", on_rectification_dropped },
	{ &funding, "RecoveryRequired", on_recovery_required },
	{ &funding, "AccountSettled", on_account_settled },
	{ &funding, "RecoveryReturned", on_recovery_returned },
	{ &supervision, "SessionRecorded", on_session_recorded },
	{ &supervision, "SessionAcknowledged", on_session_acknowledged },
	{ &supervision, "ProjectMonitored", on_project_monitored },
	{ &supervision, "StationUnsupervised", on_station_unsupervised },
	{ &supervision, "AssignmentActivated", on_assignment_activated },
	{ &supervision, "StationCoverDropped", on_station_cover_dropped },
	{ &CLOCK, "DayBegan", on_day_began },
	{ &CLOCK, "DayBegan", months_on_day_began },
	{ 0 },
};
