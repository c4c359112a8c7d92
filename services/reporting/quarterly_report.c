/* One site's report of progress for one period.  The author writes the words; the figures are taken
 * from the records when the report is handed in, so that nobody types what is known.
 *
 *     DRAFT --submit--> SUBMITTED --accept--> ACCEPTED
 *                        ^     |
 *                     submit  return, with a reason
 *                        |     v
 *                        RETURNED
 *
 * The first handing in meets the obligation and decides whether the report is late; what comes of
 * the review does not change that. */
#include "reporting.h"

#include <limits.h>

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define DRAFT	   REPORTING__REPORT_STATE__REPORT_STATE_DRAFT
#define SUBMITTED  REPORTING__REPORT_STATE__REPORT_STATE_SUBMITTED
#define RETURNED   REPORTING__REPORT_STATE__REPORT_STATE_RETURNED
#define ACCEPTED   REPORTING__REPORT_STATE__REPORT_STATE_ACCEPTED
#define REPORT_DUE REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_QUARTERLY_REPORT

enum {
	BY_AUTHORS = BY_AGENCY | BY_COUNTY | BY_PREFECTURE,
	BY_REVIEWERS = BY_PROVINCE | BY_PREFECTURE,
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
		     "programme_year_id,region_code[4],period,state" },
};

/* --- Who writes ---------------------------------------------------------------------------------- */

/* An agency with a project at the site, or a department in whose area the site lies. */
static bool of_the_site(struct turn *turn, const Stations__Site *site)
{
	const char *agency_id = turn_actor(turn)->agency_id;
	const Stations__Project at_site = { .site_id = site->site_id, .agency_id = agency_id };

	if (!turn_covers(turn, site->region_code))
		return false;
	return text_empty(agency_id) || turn_by(turn, &projects, "site_id,agency_id", &at_site);
}

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

static bool waived(const Reporting__Obligation *due)
{
	return due->state == REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_WAIVED;
}

/* --- Writing ------------------------------------------------------------------------------------- */

static struct verdict draft_report(struct turn *turn, const void *command)
{
	const Reporting__DraftReportRequest *cmd = command;
	const Stations__Site *site = turn_find(turn, &sites, cmd->site_id);
	const Reporting__Obligation *due = due_from(turn, cmd->site_id, cmd->period);
	const Reporting__QuarterlyReport like = { .site_id = cmd->site_id, .period = cmd->period };
	const Reporting__QuarterlyReport *other;

	if (!site || !of_the_site(turn, site))
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
	event.report = &fresh;
	return turn_accept(turn, &event.base);
}

/* The report where the actor is one of its site's authors; else NULL. */
static const Reporting__QuarterlyReport *own_report(struct turn *turn, const char *report_id)
{
	const Reporting__QuarterlyReport *found = turn_find(turn, &quarterly_reports, report_id);
	const Stations__Site *site = found ? turn_find(turn, &sites, found->site_id) : NULL;

	return site && of_the_site(turn, site) && turn_for_agency(turn, found->agency_id) ? found
											  : NULL;
}

static bool own_site(struct turn *turn, const Reporting__QuarterlyReport *report)
{
	return writes_for(turn, turn_find(turn, &sites, report->site_id));
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
	if (found->state != DRAFT && found->state != RETURNED)
		return REFUSE(REPORT_NOT_OPEN, cmd->report_id);

	Reporting__QuarterlyReport next = *found;
	Reporting__ReportRevised event = REPORTING__REPORT_REVISED__INIT;

	next.progress = cmd->progress;
	next.problems = cmd->problems;
	next.next_steps = cmd->next_steps;
	event.report = &next;
	return turn_accept(turn, &event.base);
}

/* --- Handing in ---------------------------------------------------------------------------------- */

static int32_t number(int64_t n)
{
	return n > INT32_MAX ? INT32_MAX : (int32_t)n;
}

/* What the records say of the site now; each figure is a tally. */
static Reporting__ReportFigures figures_of(struct turn *turn, const char *site_id)
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
	Reporting__ReportFigures figures = REPORTING__REPORT_FIGURES__INIT;

	figures.projects = number((int64_t)turn_count(turn, &projects, "site_id:people", &project));
	figures.people_planned = number(turn_sum(turn, &projects, "site_id:people", &project));
	figures.people_in_post =
		number((int64_t)turn_count(turn, &postings, "site_id,state", &in_post));
	figures.agreements_in_force =
		number((int64_t)turn_count(turn, &agreements, "site_id,state", &in_force));
	figures.entitled_fen = turn_sum(turn, &entitlements, "site_id:amount_fen", &entitlement);
	figures.disbursed_fen = turn_sum(turn, &disbursements, "site_id:paid_fen", &disbursement);
	figures.spent_fen = turn_sum(turn, &expenses, "site_id:spent_fen", &expense);
	figures.visits = number((int64_t)turn_count(turn, &field_visits, "site_id,state", &visit));
	return figures;
}

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
	if (found->state != DRAFT && found->state != RETURNED)
		return REFUSE(REPORT_NOT_OPEN, cmd->report_id);
	if (text_empty(found->progress))
		return REFUSE(REPORT_EMPTY, cmd->report_id);
	due = due_from(turn, found->site_id, found->period);
	if (!due || waived(due))
		return REFUSE(REPORT_NOT_DUE, found->period);
	if (day_text_before(cmd->submitted_on, due->arisen_on))
		return REFUSE(SUBMITTED_TOO_EARLY, cmd->report_id);

	Reporting__QuarterlyReport next = *found;
	Reporting__ReportFigures figures = figures_of(turn, found->site_id);
	Reporting__ReportSubmitted event = REPORTING__REPORT_SUBMITTED__INIT;
	struct settled settled;

	next.state = SUBMITTED;
	next.submitted_on = cmd->submitted_on;
	next.submitted_by_id = turn_actor(turn)->person_id;
	next.figures = &figures;
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

static const struct command commands[] = {
	{ "DraftReport", draft_report, BY_AUTHORS, "report_id site_id period" },
	{ "ReviseReport", revise_report, BY_AUTHORS, "report_id" },
	{ "SubmitReport", submit_report, BY_AUTHORS, "report_id submitted_on" },
	{ "ReturnReport", return_report, BY_REVIEWERS, "report_id reason" },
	{ "AcceptReport", accept_report, BY_REVIEWERS, "report_id" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetReport", GET(quarterly_reports) },
	{ "ListReports", LIST(quarterly_reports) },
	{ 0 },
};
static const struct table *const tables[] = { &quarterly_reports, NULL };

const struct aggregate quarterly_report = { tables, commands, queries };
