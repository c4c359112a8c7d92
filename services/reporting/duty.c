/* What the others' records ask to be done by a date.  Each event carries the record as it is, so
 * what it owes is read from the record alone: a step that is done meets its obligation, one that is
 * to come gives rise to it, and what a record no longer asks is void.  Read again, it is the same. */
#include "follow.h"

#include "base/day.h"
#include "base/text.h"

#include "reporting.h"

#define KIND(of) REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_##of

/* --- Steps --------------------------------------------------------------------------------------- */

struct step {
	Reporting__ObligationKind kind;
	const char *due_by;  /* empty: nothing is due, or not yet */
	const char *done_on; /* empty: it is not done */
};

static const Stations__ProgrammeYear *year_of(struct turn *turn, const char *programme_year_id)
{
	static const Stations__ProgrammeYear unknown = STATIONS__PROGRAMME_YEAR__INIT;
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	return year ? year : &unknown;
}

/* about says whose steps they are and where; kind and due_by of each are filled in from its step. */
static struct verdict follow_steps(struct turn *turn, const Reporting__Obligation *about,
				   const struct step *steps, size_t n)
{
	const Stations__ProgrammeYear *year = year_of(turn, about->programme_year_id);
	Reporting__Obligation **arising = turn_take(turn, n * sizeof(*arising));
	size_t n_arising = 0;

	for (size_t i = 0; i < n; i++) {
		Reporting__Obligation *due;

		if (!text_empty(steps[i].done_on)) {
			obligation_meet(turn,
					obligation_owed(turn, about->subject_id, steps[i].kind),
					steps[i].done_on, about->subject_id);
			continue;
		}
		due = turn_take(turn, sizeof(*due));
		*due = *about;
		due->kind = steps[i].kind;
		due->due_by = steps[i].due_by;
		due->arisen_on = turn_today_text(turn);
		due->rules_version = year->rules_version;
		arising[n_arising++] = due;
	}
	return obligation_arise(turn, arising, n_arising,
				year->rules ? year->rules->alert_days_before : 0);
}

/* --- Findings ------------------------------------------------------------------------------------ */

static struct verdict follow_finding(struct turn *turn, const Supervision__Finding *finding)
{
	/* RULE B25: "A step not taken in time is shown as overdue." */
	const struct step steps[] = {
		{ KIND(FINDING_NOTICE), finding->notify_by, finding->notified_on },
		{ KIND(FINDING_DISPOSITION), finding->handle_by, finding->handled_on },
		{ KIND(FINDING_REPORT), finding->report_by, finding->reported_on },
	};
	Reporting__Obligation about = REPORTING__OBLIGATION__INIT;

	about.subject_id = finding->finding_id;
	about.programme_year_id = finding->programme_year_id;
	about.region_code = finding->region_code;
	about.site_id = finding->site_id;
	about.project_id = finding->project_id;
	about.agency_id = finding->agency_id;
	return follow_steps(turn, &about, steps, sizeof(steps) / sizeof(steps[0]));
}

struct verdict on_finding_raised(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_finding(turn, ((const Supervision__FindingRaised *)body)->finding);
}

struct verdict on_agency_notified(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_finding(turn, ((const Supervision__AgencyNotified *)body)->finding);
}

struct verdict on_finding_handled(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_finding(turn, ((const Supervision__FindingHandled *)body)->finding);
}

struct verdict on_finding_reported(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_finding(turn, ((const Supervision__FindingReported *)body)->finding);
}

/* --- What is to be put right --------------------------------------------------------------------- */

static struct verdict follow_rectification(struct turn *turn,
					   const Supervision__Rectification *rectification,
					   const char *submitted_on, const char *period)
{
	const struct step step = { KIND(RECTIFICATION), rectification->due_by, submitted_on };
	Reporting__Obligation about = REPORTING__OBLIGATION__INIT;

	about.subject_id = rectification->rectification_id;
	about.period = period;
	about.programme_year_id = rectification->programme_year_id;
	about.region_code = rectification->region_code;
	about.site_id = rectification->site_id;
	about.project_id = rectification->project_id;
	about.agency_id = rectification->agency_id;
	return follow_steps(turn, &about, &step, 1);
}

struct verdict on_rectification_required(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Supervision__RectificationRequired *required = body;

	return follow_rectification(turn, required->rectification, "", "");
}

struct verdict on_rectification_submitted(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Supervision__RectificationSubmitted *submitted = body;

	return follow_rectification(turn, submitted->rectification,
				    submitted->rectification->submitted_on, "");
}

/* Given back, it is to be put right again by the same date: another obligation, of that day. */
struct verdict on_rectification_returned(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Supervision__RectificationReturned *returned = body;

	return follow_rectification(
		turn, returned->rectification, "",
		obligation_period_anew(turn, returned->rectification->rectification_id,
				       KIND(RECTIFICATION), turn_today_text(turn)));
}

struct verdict on_rectification_dropped(struct turn *turn, const Engine__Event *event,
					const void *body)
{
	const Supervision__RectificationDropped *dropped = body;

	return obligation_void(turn, obligation_owed(turn, dropped->rectification->rectification_id,
						     KIND(RECTIFICATION)));
}

/* --- Money that has to go back -------------------------------------------------------------------- */

static struct verdict follow_recovery(struct turn *turn, const Funding__Recovery *recovery)
{
	const struct step step = { KIND(RECOVERY), recovery->return_by, recovery->returned_on };
	const Stations__Project *owes = turn_find(turn, &projects, recovery->project_id);
	Reporting__Obligation about = REPORTING__OBLIGATION__INIT;

	about.subject_id = recovery->recovery_id;
	about.programme_year_id = recovery->programme_year_id;
	about.region_code = recovery->region_code;
	about.site_id = owes ? owes->site_id : "";
	about.project_id = recovery->project_id;
	about.agency_id = recovery->agency_id;
	return follow_steps(turn, &about, &step, 1);
}

struct verdict on_recovery_required(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_recovery(turn, ((const Funding__RecoveryRequired *)body)->recovery);
}

struct verdict on_account_settled(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Funding__AccountSettled *settled = body;

	for (size_t i = 0; i < settled->n_recoveries; i++)
		follow_recovery(turn, settled->recoveries[i]);
	return turn_done();
}

struct verdict on_recovery_returned(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_recovery(turn, ((const Funding__RecoveryReturned *)body)->recovery);
}

/* --- Sessions and monitoring --------------------------------------------------------------------- */

static struct verdict follow_session(struct turn *turn,
				     const Supervision__SupervisionSession *session)
{
	const struct step step = { KIND(ACKNOWLEDGEMENT), session->acknowledge_by,
				   session->acknowledged_on };
	Reporting__Obligation about = REPORTING__OBLIGATION__INIT;

	about.subject_id = session->session_id;
	about.programme_year_id = session->programme_year_id;
	about.region_code = session->region_code;
	about.site_id = session->station_id;
	about.agency_id = session->agency_id;
	return follow_steps(turn, &about, &step, 1);
}

struct verdict on_session_recorded(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_session(turn, ((const Supervision__SessionRecorded *)body)->session);
}

struct verdict on_session_acknowledged(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	return follow_session(turn, ((const Supervision__SessionAcknowledged *)body)->session);
}

struct verdict on_project_monitored(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Supervision__MonitoringEntry *entry =
		((const Supervision__ProjectMonitored *)body)->entry;

	return obligation_meet(
		turn, obligation_about(turn, entry->project_id, KIND(MONITORING), entry->period),
		entry->observed_on, entry->entry_id);
}

/* --- Stations without a supervisor --------------------------------------------------------------- */

static const char *days_after(struct turn *turn, const char *date, int n)
{
	char *text = turn_take(turn, DAY_TEXT_SIZE);
	struct day day;

	if (day_read(&day, date))
		day_write(day_plus(day, n), text);
	return text;
}

/* For how many days a station may be without a supervisor before that is alerted. */
static int gap_days(const Stations__ProgrammeYear *year)
{
	return year->rules && year->rules->stations ? year->rules->stations->supervisor_gap_days
						    : 0;
}

static struct verdict follow_cover(struct turn *turn, const Supervision__StationCover *cover)
{
	const Reporting__Obligation *owed;
	const Stations__ProgrammeYear *year;
	Reporting__Obligation due = REPORTING__OBLIGATION__INIT, *list = &due;

	if (!cover)
		return turn_done();
	owed = obligation_owed(turn, cover->station_id, KIND(SUPERVISOR));
	if (!cover->gap)
		return cover->open ? obligation_meet(turn, owed, turn_today_text(turn),
						     cover->assignment_id)
				   : obligation_void(turn, owed);
	year = year_of(turn, cover->programme_year_id);
	due.kind = KIND(SUPERVISOR);
	due.subject_id = due.site_id = cover->station_id;
	due.programme_year_id = cover->programme_year_id;
	due.region_code = cover->region_code;
	due.arisen_on = cover->gap_since;
	due.period =
		obligation_period_anew(turn, cover->station_id, KIND(SUPERVISOR), cover->gap_since);
	/* RULE A5: "A station without one is listed as a gap." */
	due.due_by = days_after(turn, cover->gap_since, gap_days(year) - 1);
	due.rules_version = year->rules_version;
	return obligation_arise(turn, &list, 1, 0);
}

struct verdict on_station_unsupervised(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	return follow_cover(turn, ((const Supervision__StationUnsupervised *)body)->cover);
}

struct verdict on_assignment_activated(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	return follow_cover(turn, ((const Supervision__AssignmentActivated *)body)->cover);
}

struct verdict on_station_cover_dropped(struct turn *turn, const Engine__Event *event,
					const void *body)
{
	return follow_cover(turn, ((const Supervision__StationCoverDropped *)body)->cover);
}

/* --- Stations ------------------------------------------------------------------------------------ */

static Reporting__Obligation about_station(const Stations__Station *station,
					   const Stations__ProgrammeYear *year)
{
	Reporting__Obligation about = REPORTING__OBLIGATION__INIT;

	about.subject_id = station->station_id;
	about.site_id = station->station_id;
	about.programme_year_id = station->programme_year_id;
	about.region_code = station->region_code;
	about.rules_version = year->rules_version;
	return about;
}

/* A station with too few people owes more of them from the day on which that began. */
static struct verdict follow_staffing(struct turn *turn, const Stations__Station *station)
{
	const Stations__ProgrammeYear *year = year_of(turn, station->programme_year_id);
	const Reporting__Obligation *owed =
		obligation_owed(turn, station->station_id, KIND(STAFFING));
	Reporting__Obligation due = about_station(station, year), *list = &due;

	if (station->state == STATIONS__STATION_STATE__STATION_STATE_CLOSED)
		return obligation_void(turn, owed);
	if (text_empty(station->understaffed_since))
		return obligation_meet(turn, owed, turn_today_text(turn), station->station_id);
	due.kind = KIND(STAFFING);
	due.arisen_on = station->understaffed_since;
	due.period = obligation_period_anew(turn, station->station_id, KIND(STAFFING),
					    station->understaffed_since);
	due.due_by = days_after(turn, station->understaffed_since, -1);
	return obligation_arise(turn, &list, 1, 0);
}

/* RULE A14: "Stations and centres report for each period" */
static struct verdict owe_reports(struct turn *turn, const Stations__Station *station)
{
	const Stations__ProgrammeYear *year = year_of(turn, station->programme_year_id);
	size_t n = year->rules ? year->rules->n_reports : 0, n_owed = 0;
	Reporting__Obligation **list = turn_take(turn, (n + 1) * sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		const Stations__ReportDue *report = year->rules->reports[i];
		Reporting__Obligation *due = turn_take(turn, sizeof(*due));

		/* Nobody owes a report that was due before the station was at work. */
		if (day_text_before(report->due_by, station->opened_on))
			continue;
		*due = about_station(station, year);
		due->kind = KIND(QUARTERLY_REPORT);
		due->period = report->period;
		due->due_by = report->due_by;
		due->arisen_on = station->opened_on;
		list[n_owed++] = due;
	}
	return obligation_arise(turn, list, n_owed,
				year->rules ? year->rules->alert_days_before : 0);
}

/* What a station that is closed still owed for periods to come is void. */
static void void_reports(struct turn *turn, const char *station_id)
{
	const Reporting__Obligation like = { .subject_id = station_id,
					     .kind = KIND(QUARTERLY_REPORT) };
	struct each each = turn_each(turn, &obligations, "subject_id,kind", &like);
	const Reporting__Obligation *found;

	while ((found = each_next(&each))) {
		if (found->state == REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_DUE)
			obligation_void(turn, found);
	}
}

struct verdict on_station_opened(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Stations__Station *station = ((const Stations__StationOpened *)body)->station;

	owe_reports(turn, station);
	return follow_staffing(turn, station);
}

struct verdict on_station_closed(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Stations__Station *station = ((const Stations__StationClosed *)body)->station;

	void_reports(turn, station->station_id);
	return follow_staffing(turn, station);
}

/* --- Changes ------------------------------------------------------------------------------------- */

/* A change that is held waits for a decision until it lapses.  One that is handed in again is another
 * to be decided: its date tells the two apart, or a number behind it. */
static struct verdict follow_change(struct turn *turn, const Stations__ChangeRequest *change)
{
	const Stations__ProgrammeYear *year = year_of(turn, change->programme_year_id);
	const Reporting__Obligation *owed =
		obligation_owed(turn, change->change_id, KIND(CHANGE_DECISION));
	Reporting__Obligation due = REPORTING__OBLIGATION__INIT, *list = &due;

	switch (change->state) {
	case STATIONS__CHANGE_STATE__CHANGE_STATE_HELD:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_ENDORSED:
		break;
	case STATIONS__CHANGE_STATE__CHANGE_STATE_APPROVED:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_APPLIED:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_REJECTED:
		return obligation_meet(turn, owed, change->decided_on, change->change_id);
	case STATIONS__CHANGE_STATE__CHANGE_STATE_RETURNED:
		return obligation_meet(turn, owed, turn_today_text(turn), change->change_id);
	case STATIONS__CHANGE_STATE__CHANGE_STATE_UNSPECIFIED:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_DRAFT:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_SUBMITTED:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_HOLD_REFUSED:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_WITHDRAWN:
	case STATIONS__CHANGE_STATE__CHANGE_STATE_LAPSED:
		return obligation_void(turn, owed);
	}
	due.kind = KIND(CHANGE_DECISION);
	due.subject_id = change->change_id;
	due.due_by = change->decide_by;
	due.period = obligation_period_anew(turn, change->change_id, KIND(CHANGE_DECISION),
					    change->decide_by);
	due.programme_year_id = change->programme_year_id;
	due.region_code = change->region_code;
	due.site_id = change->site_id;
	due.project_id = change->project_id;
	due.agency_id = change->agency_id;
	due.arisen_on = turn_today_text(turn);
	due.rules_version = year->rules_version;
	return obligation_arise(turn, &list, 1, year->rules ? year->rules->alert_days_before : 0);
}

struct verdict on_change_submitted(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__ChangeSubmitted *)body)->change);
}

struct verdict on_change_held(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__ChangeHeld *)body)->change);
}

struct verdict on_change_edited(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__ChangeEdited *)body)->change);
}

struct verdict on_change_returned(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__ChangeReturned *)body)->change);
}

struct verdict on_change_rejected(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__ChangeRejected *)body)->change);
}

struct verdict on_change_withdrawn(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__ChangeWithdrawn *)body)->change);
}

struct verdict on_change_lapsed(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__ChangeLapsed *)body)->change);
}

struct verdict on_baseline_amended(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_change(turn, ((const Stations__BaselineAmended *)body)->change);
}

/* --- Places that are kept ------------------------------------------------------------------------ */

struct verdict on_post_reserved(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Stations__Posting *posting = ((const Stations__PostReserved *)body)->posting;
	const struct step step = { KIND(RESERVATION), posting->reserved_until, "" };
	Reporting__Obligation about = REPORTING__OBLIGATION__INIT;

	about.subject_id = posting->posting_id;
	about.site_id = posting->site_id;
	about.programme_year_id = posting->programme_year_id;
	about.region_code = posting->region_code;
	return follow_steps(turn, &about, &step, 1);
}

struct verdict on_post_filled(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Stations__PostFilled *filled = body;
	const Stations__Posting *posting = filled->posting;

	obligation_meet(turn, obligation_owed(turn, posting->posting_id, KIND(RESERVATION)),
			posting->arrived_on, posting->posting_id);
	return follow_staffing(turn, filled->station);
}

struct verdict on_post_vacated(struct turn *turn, const Engine__Event *event, const void *body)
{
	return follow_staffing(turn, ((const Stations__PostVacated *)body)->station);
}

struct verdict on_post_released(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Stations__Posting *posting = ((const Stations__PostReleased *)body)->posting;

	return obligation_void(turn, obligation_owed(turn, posting->posting_id, KIND(RESERVATION)));
}

struct verdict on_reservations_expired(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	const Stations__ReservationsExpired *expired = body;

	for (size_t i = 0; i < expired->n_postings; i++)
		obligation_void(turn, obligation_owed(turn, expired->postings[i]->posting_id,
						      KIND(RESERVATION)));
	return turn_done();
}

/* --- Registrations ------------------------------------------------------------------------------- */

/* From the day on which it can be renewed to its last. */
static struct verdict owe_renewal(struct turn *turn, const Personnel__Registration *registration)
{
	Reporting__Obligation due = REPORTING__OBLIGATION__INIT, *list = &due;
	struct day last;

	if (!day_read(&last, registration->valid_until))
		return turn_done();
	due.kind = KIND(REGISTRATION);
	due.subject_id = registration->registration_id;
	due.region_code = registration->region_code;
	due.agency_id = registration->agency_id;
	due.due_by = registration->valid_until;
	due.arisen_on = turn_today_text(turn);
	/* It is alerted at once: being able to renew is the warning. */
	return obligation_arise(turn, &list, 1, day_between(turn_today(turn), last));
}

struct verdict on_registration_recorded(struct turn *turn, const Engine__Event *event,
					const void *body)
{
	const Personnel__Registration *registration =
		((const Personnel__RegistrationRecorded *)body)->registration;

	return registration->state == PERSONNEL__REGISTRATION_STATE__REGISTRATION_STATE_EXPIRING
		       ? owe_renewal(turn, registration)
		       : turn_done();
}

struct verdict on_registration_expiring(struct turn *turn, const Engine__Event *event,
					const void *body)
{
	return owe_renewal(turn, ((const Personnel__RegistrationExpiring *)body)->registration);
}

struct verdict on_registration_renewed(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	const Personnel__RegistrationRenewed *event_body = body;
	const Personnel__Registration *before = event_body->renewed;

	return obligation_meet(turn,
			       obligation_owed(turn, before->registration_id, KIND(REGISTRATION)),
			       before->renewed_on, event_body->registration->registration_id);
}
