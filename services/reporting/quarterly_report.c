/* One site's report of progress for one period.  The author writes the words; the figures are taken
 * from the records when the report is handed in, so that nobody types what is known.
 *
 *     DRAFT --submit--> SUBMITTED --accept--> ACCEPTED
 *                       ^  ^   |                       |
 *                  submit  |  return, with a reason  reopen, with a reason
 *                       |  |   v                       |
 *                       |  RETURNED                    v
 *                       `------------------------- REOPENED
 *
 * The first handing in meets the obligation and decides whether the report is late; what comes of
 * the review does not change that. */
#include "reporting.h"

#include <limits.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define DRAFT	   REPORTING__REPORT_STATE__REPORT_STATE_DRAFT
#define SUBMITTED  REPORTING__REPORT_STATE__REPORT_STATE_SUBMITTED
#define RETURNED   REPORTING__REPORT_STATE__REPORT_STATE_RETURNED
#define ACCEPTED   REPORTING__REPORT_STATE__REPORT_STATE_ACCEPTED
#define REOPENED   REPORTING__REPORT_STATE__REPORT_STATE_REOPENED
#define REPORT_DUE REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_QUARTERLY_REPORT

enum { YEAR_LEN = 4, MONTHS = 12 };

enum {
	BY_AUTHORS = BY_AGENCY | BY_TOWN | BY_COUNTY | BY_PREFECTURE,
	BY_REVIEWERS = BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE | BY_PREFECTURE,
};

const struct table quarterly_reports = {
	.name = "quarterly_reports",
	.record = &reporting__quarterly_report__descriptor,
	.id = "report_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "site_id,period!", "programme_year_id,period", "agency_id", "region_code",
		     "state" },
	.tallies = { "programme_year_id,state", "programme_year_id,region_code[4],state",
		     "programme_year_id,region_code[4],period,state",
		     "programme_year_id,region_code[6],state", "site_id,state",
		     "programme_year_id,agency_id,state" },
};

/* --- Who writes ---------------------------------------------------------------------------------- */

/* A prefecture writes for a site of the whole prefecture, and reviews what its counties write. */
static bool writes_for(struct turn *turn, const Stations__Site *site)
{
	return turn_actor(turn)->role != ENGINE__ROLE__ROLE_PREFECTURE ||
	       text_same(turn_actor(turn)->region_code, site->region_code);
}

static const Reporting__Obligation *due_from(struct turn *turn, const char *site_id,
					     const char *period)
{
	const Reporting__Obligation like = { .site_id = site_id,
					     .kind = REPORT_DUE,
					     .period = period };

	return turn_by(turn, &obligations, "site_id,kind,period", &like);
}

/* --- Periods ------------------------------------------------------------------------------------- */

bool period_has(const char *period, const char *month)
{
	int quarter;

	if (strncmp(period, month, YEAR_LEN) != 0)
		return false;
	quarter = ((month[5] - '0') * 10 + (month[6] - '0') - 1) / 3 + 1;
	if (period[YEAR_LEN] == 'Q')
		return period[YEAR_LEN + 1] == '0' + quarter;
	return period[YEAR_LEN] == '\0' || text_same(period, month);
}

/* The first day of the first month that the period has; "" where it has none, or is no year's. */
static const char *begins_on(struct turn *turn, const char *period)
{
	for (int m = 1; m <= MONTHS; m++) {
		const char *month = turn_text(turn, "%.4s-%02d", period, m);

		const char *first = turn_text(turn, "%s-01", month);
		struct day day;

		if (period_has(period, month) && day_read(&day, first))
			return first;
	}
	return "";
}

bool report_locks(struct turn *turn, const Reporting__WorkRecord *record)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, record->programme_year_id);
	size_t n = year && year->rules ? year->rules->n_reports : 0;

	for (size_t i = 0; i < n; i++) {
		const Reporting__QuarterlyReport like = { .site_id = record->site_id,
							  .period =
								  year->rules->reports[i]->period };
		const Reporting__QuarterlyReport *found;

		if (!period_has(like.period, record->month))
			continue;
		found = turn_by(turn, &quarterly_reports, "site_id,period", &like);
		if (found && (found->state == SUBMITTED || found->state == ACCEPTED))
			return true;
	}
	return false;
}

static bool waived(const Reporting__Obligation *due)
{
	return due->state == REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_WAIVED;
}

/* --- The figures --------------------------------------------------------------------------------- */

static int32_t number(int64_t n)
{
	return n > INT32_MAX ? INT32_MAX : (int32_t)n;
}

/* The sum for a method, begun where there is none yet. */
static Reporting__MethodFigures *method_of(struct turn *turn, Reporting__ReportFigures *figures,
					   Reporting__WorkMethod method)
{
	Reporting__MethodFigures *fresh;

	for (size_t i = 0; i < figures->n_methods; i++) {
		if (figures->methods[i]->method == method)
			return figures->methods[i];
	}
	fresh = turn_take(turn, sizeof(*fresh));
	reporting__method_figures__init(fresh);
	fresh->method = method;
	figures->methods[figures->n_methods++] = fresh;
	return fresh;
}

static void add_services(struct turn *turn, Reporting__ReportFigures *figures,
			 const Reporting__ServiceMonth *like)
{
	struct each each = turn_each(turn, &service_months, "site_id,month", like);
	const Reporting__ServiceMonth *month;

	while ((month = each_next(&each))) {
		Reporting__MethodFigures *sum;

		if (month->records == 0)
			continue;
		sum = method_of(turn, figures, month->method);
		sum->records += month->records;
		sum->minutes += month->minutes;
		sum->other_minutes += month->other_minutes;
		sum->sessions += month->sessions;
		sum->cases_opened += month->cases_opened;
		sum->cases_closed += month->cases_closed;
		sum->people += month->people;
	}
}

static Reporting__BeneficiaryFigures *beneficiary_of(struct turn *turn,
						     Reporting__ReportFigures *figures,
						     Reporting__Beneficiary beneficiary)
{
	Reporting__BeneficiaryFigures *fresh;

	for (size_t i = 0; i < figures->n_beneficiaries; i++) {
		if (figures->beneficiaries[i]->beneficiary == beneficiary)
			return figures->beneficiaries[i];
	}
	fresh = turn_take(turn, sizeof(*fresh));
	reporting__beneficiary_figures__init(fresh);
	fresh->beneficiary = beneficiary;
	figures->beneficiaries[figures->n_beneficiaries++] = fresh;
	return fresh;
}

static void add_served(struct turn *turn, Reporting__ReportFigures *figures,
		       const Reporting__ServedMonth *like)
{
	struct each each = turn_each(turn, &served_months, "site_id,month", like);
	const Reporting__ServedMonth *month;

	while ((month = each_next(&each))) {
		if (month->people > 0)
			beneficiary_of(turn, figures, month->beneficiary)->people += month->people;
	}
}

/* What was done at the site in the period: of each month of its year that the period has. */
static void work_of(struct turn *turn, Reporting__ReportFigures *figures, const char *site_id,
		    const char *period)
{
	figures->methods = turn_take(turn, reporting__work_method__descriptor.n_values *
						   sizeof(*figures->methods));
	figures->beneficiaries = turn_take(turn, reporting__beneficiary__descriptor.n_values *
							 sizeof(*figures->beneficiaries));
	for (int m = 1; m <= MONTHS; m++) {
		const char *month = turn_text(turn, "%.4s-%02d", period, m);
		const Reporting__ServiceMonth services = { .site_id = site_id, .month = month };
		const Reporting__ServedMonth served = { .site_id = site_id, .month = month };

		if (!period_has(period, month))
			continue;
		add_services(turn, figures, &services);
		add_served(turn, figures, &served);
	}
}

/* What the records say of the site now; each figure is a tally, or the sum of a few months. */
static Reporting__ReportFigures *figures_of(struct turn *turn, const char *site_id,
					    const char *period)
{
	const Stations__Project project = { .site_id = site_id };
	const Stations__Posting in_post = { .site_id = site_id,
					    .state =
						    STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE };
	const Stations__Agreement in_force = {
		.site_id = site_id, .state = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_IN_FORCE
	};
	const Funding__Entitlement entitlement = { .site_id = site_id };
	const Funding__Disbursement disbursement = { .site_id = site_id };
	const Funding__Expense expense = { .site_id = site_id };
	const Supervision__FieldVisit visit = {
		.site_id = site_id, .state = SUPERVISION__VISIT_STATE__VISIT_STATE_REPORTED
	};
	Reporting__ReportFigures *figures = turn_take(turn, sizeof(*figures));

	reporting__report_figures__init(figures);
	figures->projects =
		number((int64_t)turn_count(turn, &projects, "site_id:people", &project));
	figures->people_planned = number(turn_sum(turn, &projects, "site_id:people", &project));
	figures->people_in_post =
		number((int64_t)turn_count(turn, &postings, "site_id,state", &in_post));
	figures->agreements_in_force =
		number((int64_t)turn_count(turn, &agreements, "site_id,state", &in_force));
	figures->entitled_fen = turn_sum(turn, &entitlements, "site_id:amount_fen", &entitlement);
	figures->disbursed_fen = turn_sum(turn, &disbursements, "site_id:paid_fen", &disbursement);
	figures->spent_fen = turn_sum(turn, &expenses, "site_id:spent_fen", &expense);
	figures->visits = number((int64_t)turn_count(turn, &field_visits, "site_id,state", &visit));
	work_of(turn, figures, site_id, period);
	return figures;
}

/* --- Writing ------------------------------------------------------------------------------------- */

static struct verdict draft_report(struct turn *turn, const void *command)
{
	const Reporting__DraftReportRequest *cmd = command;
	const Stations__Site *site = turn_find(turn, &sites, cmd->site_id);
	const Reporting__Obligation *due = due_from(turn, cmd->site_id, cmd->period);
	const Reporting__QuarterlyReport like = { .site_id = cmd->site_id, .period = cmd->period };
	const Reporting__QuarterlyReport *other;

	if (!site || !site_is_own(turn, site))
		return turn_not_found(cmd->site_id);
	if (!writes_for(turn, site))
		return REFUSE(AUTHOR_NOT_OF_SITE, cmd->site_id);
	if (!due || waived(due))
		return REFUSE(REPORT_NOT_DUE, cmd->period);
	if (turn_find(turn, &quarterly_reports, cmd->report_id))
		return REFUSE(REPORT_EXISTS, cmd->report_id);
	/* RULE B35: "Each locality hands in one report of progress for each quarter" */
	other = turn_by(turn, &quarterly_reports, "site_id,period", &like);
	if (other)
		return REFUSE(REPORT_EXISTS, other->report_id);

	Reporting__QuarterlyReport fresh = REPORTING__QUARTERLY_REPORT__INIT;
	Reporting__ReportDrafted event = REPORTING__REPORT_DRAFTED__INIT;
	const char *agency_id = turn_actor(turn)->agency_id;

	fresh.report_id = cmd->report_id;
	fresh.programme_year_id = site->programme_year_id;
	fresh.site_id = site->site_id;
	fresh.region_code = site->region_code;
	fresh.agency_id = text_empty(agency_id) ? due->agency_id : agency_id;
	fresh.period = due->period;
	fresh.state = DRAFT;
	fresh.due_by = due->due_by;
	fresh.progress = cmd->progress;
	fresh.problems = cmd->problems;
	fresh.next_steps = cmd->next_steps;
	fresh.figures = figures_of(turn, site->site_id, due->period);
	event.report = &fresh;
	return turn_accept(turn, &event.base);
}

/* The report where the actor is one of its site's authors; else NULL. */
static const Reporting__QuarterlyReport *own_report(struct turn *turn, const char *report_id)
{
	const Reporting__QuarterlyReport *found = turn_find(turn, &quarterly_reports, report_id);
	const Stations__Site *site = found ? turn_find(turn, &sites, found->site_id) : NULL;

	return site && site_is_own(turn, site) && turn_for_agency(turn, found->agency_id) ? found
											  : NULL;
}

static bool own_site(struct turn *turn, const Reporting__QuarterlyReport *report)
{
	return writes_for(turn, turn_find(turn, &sites, report->site_id));
}

/* True where the author has it before him: begun, sent back or opened again. */
static bool with_author(const Reporting__QuarterlyReport *report)
{
	return report->state == DRAFT || report->state == RETURNED || report->state == REOPENED;
}

static struct verdict revise_report(struct turn *turn, const void *command)
{
	const Reporting__ReviseReportRequest *cmd = command;
	const Reporting__QuarterlyReport *found = own_report(turn, cmd->report_id);

	if (!found)
		return turn_not_found(cmd->report_id);
	if (!own_site(turn, found))
		return REFUSE(AUTHOR_NOT_OF_SITE, found->site_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->report_id);
	if (!with_author(found))
		return REFUSE(REPORT_NOT_OPEN, cmd->report_id);

	Reporting__QuarterlyReport next = *found;
	Reporting__ReportRevised event = REPORTING__REPORT_REVISED__INIT;

	next.progress = cmd->progress;
	next.problems = cmd->problems;
	next.next_steps = cmd->next_steps;
	next.figures = figures_of(turn, found->site_id, found->period);
	event.report = &next;
	return turn_accept(turn, &event.base);
}

/* --- Handing in ---------------------------------------------------------------------------------- */

static struct verdict submit_report(struct turn *turn, const void *command)
{
	const Reporting__SubmitReportRequest *cmd = command;
	const Reporting__QuarterlyReport *found = own_report(turn, cmd->report_id);
	const Reporting__Obligation *due;

	if (!found)
		return turn_not_found(cmd->report_id);
	if (!own_site(turn, found))
		return REFUSE(AUTHOR_NOT_OF_SITE, found->site_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->report_id);
	if (!with_author(found))
		return REFUSE(REPORT_NOT_OPEN, cmd->report_id);
	if (text_empty(found->progress))
		return REFUSE(REPORT_EMPTY, cmd->report_id);
	due = due_from(turn, found->site_id, found->period);
	if (!due || waived(due))
		return REFUSE(REPORT_NOT_DUE, found->period);
	/* What it is about has to have begun, and so the project and the period. */
	if (day_text_before(cmd->submitted_on, due->arisen_on) ||
	    day_text_before(cmd->submitted_on, begins_on(turn, found->period)))
		return REFUSE(SUBMITTED_TOO_EARLY, cmd->report_id);

	Reporting__QuarterlyReport next = *found;
	Reporting__ReportSubmitted event = REPORTING__REPORT_SUBMITTED__INIT;
	struct settled settled;

	next.state = SUBMITTED;
	next.submitted_on = cmd->submitted_on;
	next.submitted_by_id = turn_actor(turn)->person_id;
	next.figures = figures_of(turn, found->site_id, found->period);
	if (text_empty(next.first_submitted_on)) {
		next.first_submitted_on = cmd->submitted_on;
		/* RULE B35: "One that came late or did not come is shown as such." */
		next.late = day_text_before(found->due_by, cmd->submitted_on);
	}
	event.report = &next;
	if (obligation_open(due)) {
		settled = obligation_met(turn, due, cmd->submitted_on, cmd->report_id);
		event.obligation = settled.obligation;
		event.alerts = settled.alerts;
		event.n_alerts = settled.n_alerts;
	}
	return turn_accept(turn, &event.base);
}

/* --- Review -------------------------------------------------------------------------------------- */

static struct verdict return_report(struct turn *turn, const void *command)
{
	const Reporting__ReturnReportRequest *cmd = command;
	const Reporting__QuarterlyReport *found =
		turn_find(turn, &quarterly_reports, cmd->report_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->report_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->report_id);
	if (found->state != SUBMITTED)
		return REFUSE(REPORT_NOT_SUBMITTED, cmd->report_id);

	Reporting__QuarterlyReport next = *found;
	Reporting__ReportReturned event = REPORTING__REPORT_RETURNED__INIT;

	next.state = RETURNED;
	next.return_reason = cmd->reason;
	next.reviewed_by_id = turn_actor(turn)->person_id;
	next.reviewed_on = turn_today_text(turn);
	event.report = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict accept_report(struct turn *turn, const void *command)
{
	const Reporting__AcceptReportRequest *cmd = command;
	const Reporting__QuarterlyReport *found =
		turn_find(turn, &quarterly_reports, cmd->report_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->report_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->report_id);
	if (found->state != SUBMITTED)
		return REFUSE(REPORT_NOT_SUBMITTED, cmd->report_id);
	/* Four eyes: two people, whatever accounts they use. */
	if (text_same(found->submitted_by_id, turn_actor(turn)->person_id))
		return REFUSE(REPORT_OWN, cmd->report_id);

	Reporting__QuarterlyReport next = *found;
	Reporting__ReportAccepted event = REPORTING__REPORT_ACCEPTED__INIT;

	next.state = ACCEPTED;
	next.reviewed_by_id = turn_actor(turn)->person_id;
	next.reviewed_on = turn_today_text(turn);
	event.report = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict reopen_period(struct turn *turn, const void *command)
{
	const Reporting__ReopenPeriodRequest *cmd = command;
	const Reporting__QuarterlyReport *found =
		turn_find(turn, &quarterly_reports, cmd->report_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->report_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->report_id);
	if (found->state != ACCEPTED)
		return REFUSE(REPORT_NOT_ACCEPTED, cmd->report_id);

	Reporting__QuarterlyReport next = *found;
	Reporting__ReportReopened event = REPORTING__REPORT_REOPENED__INIT;

	next.state = REOPENED;
	next.reopen_reason = cmd->reason;
	next.reopened_by_id = turn_actor(turn)->person_id;
	next.reopened_on = turn_today_text(turn);
	event.report = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "DraftReport", draft_report, BY_AUTHORS, "report_id site_id period" },
	{ "ReviseReport", revise_report, BY_AUTHORS, "report_id" },
	{ "SubmitReport", submit_report, BY_AUTHORS, "report_id submitted_on" },
	{ "ReturnReport", return_report, BY_REVIEWERS, "report_id reason" },
	{ "AcceptReport", accept_report, BY_REVIEWERS, "report_id" },
	{ "ReopenPeriod", reopen_period, BY_PROVINCE, "report_id reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetReport", GET(quarterly_reports) },
	{ "ListReports", LIST(quarterly_reports) },
	{ 0 },
};
static const struct table *const tables[] = { &quarterly_reports, NULL };

const struct aggregate quarterly_report = { tables, commands, queries };
