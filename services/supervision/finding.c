/* A finding about a person in post: the agency is told, deals with it, the outcome goes to the
 * province, which closes it.
 *
 *     RAISED --notify--> NOTIFIED --disposition--> HANDLED --report--> REPORTED --close--> CLOSED
 *
 * due_by is the date of the step that comes next, from the days that the year's rules give each
 * step.  The day after it, the finding is overdue until the step is taken. */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define STATE(name)	  SUPERVISION__FINDING_STATE__FINDING_STATE_##name
#define DISPOSITION(name) SUPERVISION__DISPOSITION__DISPOSITION_##name

enum {
	BY_REPORTERS = BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	/* Not for colleagues of the person. */
	BY_THOSE_CONCERNED = BY_MINISTRY | BY_OVERSEERS | BY_TOWN | BY_AGENCY | BY_AUDITOR,
};

const struct table findings = {
	.name = "findings",
	.record = &supervision__finding__descriptor,
	.id = "finding_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_CONCERNED | NOT_FROM_BELOW,
	.indexes = { "due_by", "programme_year_id,state", "project_id", "posting_id", "agency_id",
		     "region_code" },
	.tallies = { "programme_year_id,region_code[2],state,overdue,found_on",
		     "programme_year_id,region_code[4],state,overdue,found_on",
		     "programme_year_id,region_code[6],state,overdue,found_on", "project_id" },
};

/* --- Steps and their dates -------------------------------------------------------------------- */

/* The year's days for the steps; all 0 where they are not set. */
static const Stations__FindingRules *days_of(struct turn *turn, const char *programme_year_id)
{
	static const Stations__FindingRules not_set = STATIONS__FINDING_RULES__INIT;
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	return year && year->rules && year->rules->findings ? year->rules->findings : &not_set;
}

static void wait_until(struct turn *turn, Supervision__Finding *next, const char *due_by)
{
	next->due_by = due_by;
	/* RULE B25: "A step not taken in time is shown as overdue." */
	next->overdue = deadline_passed(due_by, turn_today_text(turn));
}

/* The finding after a step that was due and has been taken on that date. */
static Supervision__Finding taken(const Supervision__Finding *found, const char *date)
{
	Supervision__Finding next = *found;

	next.late = found->late || deadline_passed(found->due_by, date);
	return next;
}

/* --- Commands --------------------------------------------------------------------------------- */

static bool was_in_post(const Stations__Posting *posting, const char *date)
{
	return !text_empty(posting->arrived_on) && !day_text_before(date, posting->arrived_on);
}

static struct verdict raise_finding(struct turn *turn, const void *command)
{
	const Supervision__RaiseFindingRequest *cmd = command;
	const Stations__Posting *posting = turn_find(turn, &postings, cmd->posting_id);
	const Supervision__FieldVisit *visit = turn_find(turn, &visits, cmd->visit_id);

	if (!posting || !turn_covers(turn, posting->region_code))
		return turn_not_found(cmd->posting_id);
	if (!text_empty(cmd->visit_id) && (!visit || !turn_covers(turn, visit->region_code)))
		return turn_not_found(cmd->visit_id);
	if (turn_find(turn, &findings, cmd->finding_id))
		return REFUSE(FINDING_EXISTS, cmd->finding_id);
	/* RULE B25: "A finding about a person goes to the agency" */
	if (!was_in_post(posting, cmd->found_on))
		return REFUSE(NOT_IN_POST, cmd->posting_id);
	if (visit && (!text_same(visit->project_id, posting->project_id) ||
		      visit->state != SUPERVISION__VISIT_STATE__VISIT_STATE_REPORTED))
		return REFUSE(VISIT_ELSEWHERE, cmd->visit_id);

	Supervision__Finding finding = SUPERVISION__FINDING__INIT;
	finding.finding_id = cmd->finding_id;
	finding.posting_id = posting->posting_id;
	finding.person_id = posting->person_id;
	finding.project_id = posting->project_id;
	finding.programme_year_id = posting->programme_year_id;
	finding.site_id = posting->site_id;
	finding.region_code = posting->region_code;
	finding.agency_id = posting->agency_id;
	finding.state = STATE(RAISED);
	finding.summary = cmd->summary;
	finding.visit_id = cmd->visit_id;
	finding.found_on = cmd->found_on;
	finding.raiser_id = turn_actor(turn)->person_id;
	finding.notify_by = deadline_after(turn, cmd->found_on,
					   days_of(turn, posting->programme_year_id)->notify_days);
	wait_until(turn, &finding, finding.notify_by);

	Supervision__FindingRaised raised = SUPERVISION__FINDING_RAISED__INIT;
	raised.finding = &finding;
	return turn_accept(turn, &raised.base);
}

static struct verdict notify_agency(struct turn *turn, const void *command)
{
	const Supervision__NotifyAgencyRequest *cmd = command;
	const Supervision__Finding *found = turn_find(turn, &findings, cmd->finding_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->finding_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->finding_id);
	if (found->state != STATE(RAISED))
		return REFUSE(FINDING_NOT_RAISED, cmd->finding_id);
	if (day_text_before(cmd->notified_on, found->found_on))
		return REFUSE(DATE_BEFORE_STEP, "notified_on");

	Supervision__Finding next = taken(found, cmd->notified_on);
	next.state = STATE(NOTIFIED);
	next.notice = cmd->notice;
	next.notified_on = cmd->notified_on;
	next.notifier_id = turn_actor(turn)->person_id;
	next.handle_by = deadline_after(turn, cmd->notified_on,
					days_of(turn, found->programme_year_id)->handle_days);
	wait_until(turn, &next, next.handle_by);

	Supervision__AgencyNotified notified = SUPERVISION__AGENCY_NOTIFIED__INIT;
	notified.finding = &next;
	return turn_accept(turn, &notified.base);
}

static struct verdict record_disposition(struct turn *turn, const void *command)
{
	const Supervision__RecordDispositionRequest *cmd = command;
	const Supervision__Finding *found = turn_find(turn, &findings, cmd->finding_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->finding_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->finding_id);
	/* RULE B25: "the agency deals with it, and the outcome is reported to the province, in this
	 * order" */
	if (found->state != STATE(NOTIFIED))
		return REFUSE(FINDING_NOT_NOTIFIED, cmd->finding_id);
	if (day_text_before(cmd->handled_on, found->notified_on))
		return REFUSE(DATE_BEFORE_STEP, "handled_on");

	Supervision__Finding next = taken(found, cmd->handled_on);
	next.state = STATE(HANDLED);
	next.disposition = cmd->disposition;
	next.handling = cmd->handling;
	next.handled_on = cmd->handled_on;
	next.handler_id = turn_actor(turn)->person_id;
	next.report_by = deadline_after(turn, cmd->handled_on,
					days_of(turn, found->programme_year_id)->report_days);
	wait_until(turn, &next, next.report_by);

	Supervision__FindingHandled handled = SUPERVISION__FINDING_HANDLED__INIT;
	handled.finding = &next;
	return turn_accept(turn, &handled.base);
}

static struct verdict report_finding(struct turn *turn, const void *command)
{
	const Supervision__ReportFindingRequest *cmd = command;
	const Supervision__Finding *found = turn_find(turn, &findings, cmd->finding_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->finding_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->finding_id);
	if (found->state != STATE(HANDLED))
		return REFUSE(FINDING_NOT_HANDLED, cmd->finding_id);
	if (day_text_before(cmd->reported_on, found->handled_on))
		return REFUSE(DATE_BEFORE_STEP, "reported_on");

	Supervision__Finding next = taken(found, cmd->reported_on);
	next.state = STATE(REPORTED);
	next.report = cmd->report;
	next.reported_on = cmd->reported_on;
	next.reporter_id = turn_actor(turn)->person_id;
	wait_until(turn, &next, "");

	Supervision__FindingReported reported = SUPERVISION__FINDING_REPORTED__INIT;
	reported.finding = &next;
	return turn_accept(turn, &reported.base);
}

static bool has_left(struct turn *turn, const char *posting_id)
{
	const Stations__Posting *posting = turn_find(turn, &postings, posting_id);

	return posting && posting->state == STATIONS__POSTING_STATE__POSTING_STATE_ENDED;
}

/* Has the applied change put another in the person's place, or nobody?  An applied change stays as
 * it is; one that is about to be applied is refused for that moment. */
static bool carries_out(const Stations__ChangeRequest *change, const Supervision__Finding *found)
{
	return change && change->state == STATIONS__CHANGE_STATE__CHANGE_STATE_APPLIED &&
	       change->kind == STATIONS__CHANGE_KIND__CHANGE_KIND_PERSON && change->alteration &&
	       text_same(change->alteration->posting_id, found->posting_id);
}

static struct verdict close_finding(struct turn *turn, const void *command)
{
	const Supervision__CloseFindingRequest *cmd = command;
	const Supervision__Finding *found = turn_find(turn, &findings, cmd->finding_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->finding_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->finding_id);
	if (found->state != STATE(REPORTED))
		return REFUSE(FINDING_NOT_REPORTED, cmd->finding_id);
	if (found->disposition != DISPOSITION(WARNING) && !has_left(turn, found->posting_id))
		return REFUSE(PERSON_STILL_IN_POST, found->posting_id);
	/* RULE B26: "Only a change that the province has approved alters them." */
	if (found->disposition != DISPOSITION(WARNING) && !text_empty(found->project_id) &&
	    !carries_out(turn_find(turn, &changes, cmd->change_id), found))
		return REFUSE(NOT_BY_APPLIED_CHANGE, found->finding_id);
	if (day_text_before(cmd->closed_on, found->reported_on))
		return REFUSE(DATE_BEFORE_STEP, "closed_on");

	Supervision__Finding next = *found;
	next.state = STATE(CLOSED);
	next.change_id = cmd->change_id;
	next.closed_on = cmd->closed_on;
	next.closer_id = turn_actor(turn)->person_id;

	Supervision__FindingClosed closed = SUPERVISION__FINDING_CLOSED__INIT;
	closed.finding = &next;
	return turn_accept(turn, &closed.base);
}

/* --- The day ---------------------------------------------------------------------------------- */

struct verdict finding_judge(struct turn *turn, const char *date_before)
{
	Supervision__Finding like = SUPERVISION__FINDING__INIT;
	struct verdict verdict = turn_done();

	like.due_by = date_before;
	struct each each = turn_each(turn, &findings, "due_by", &like);
	for (const Supervision__Finding *found; (found = each_next(&each));) {
		Supervision__Finding next = *found;
		Supervision__FindingOverdue event = SUPERVISION__FINDING_OVERDUE__INIT;

		next.overdue = true;
		event.finding = &next;
		verdict = turn_accept(turn, &event.base);
	}
	return verdict;
}

/* --- How old the open ones are ---------------------------------------------------------------- */

/* Adds those that wait after one step, overdue or not; the groups come by their dates. */
static void add_waiting(struct turn *turn, const char *tally, const Supervision__Finding *like,
			Supervision__FindingAge *age)
{
	struct each each = turn_groups(turn, &findings, tally, like, 4);

	for (struct group group; group_next(&each, &group);) {
		const Supervision__Finding *found = group.like;
		age->findings += (int32_t)group.count;
		if (like->overdue)
			age->overdue += (int32_t)group.count;
		if (text_empty(age->oldest_found_on) ||
		    day_text_before(found->found_on, age->oldest_found_on))
			age->oldest_found_on = found->found_on;
	}
}

static Supervision__FindingAge *age_after(struct turn *turn, const char *tally,
					  Supervision__Finding like)
{
	Supervision__FindingAge *age = turn_take(turn, sizeof(*age));
	struct day oldest;

	supervision__finding_age__init(age);
	age->state = like.state;
	like.overdue = false;
	add_waiting(turn, tally, &like, age);
	like.overdue = true;
	add_waiting(turn, tally, &like, age);
	if (day_read(&oldest, age->oldest_found_on))
		age->oldest_days = day_between(oldest, turn_today(turn));
	return age;
}

static struct verdict get_finding_ages(struct turn *turn, const void *request,
				       ProtobufCMessage *response)
{
	static const Supervision__FindingState waiting[] = { STATE(RAISED), STATE(NOTIFIED),
							     STATE(HANDLED), STATE(REPORTED) };
	enum { N_WAITING = sizeof(waiting) / sizeof(*waiting) };
	const Supervision__GetFindingAgesRequest *asked = request;
	Supervision__GetFindingAgesResponse *answer =
		(Supervision__GetFindingAgesResponse *)response;
	int level;
	struct verdict area =
		area_level(turn, asked->programme_year_id, asked->region_code, &level);

	if (area.refusal)
		return area;

	Supervision__Finding like = SUPERVISION__FINDING__INIT;
	like.programme_year_id = asked->programme_year_id;
	like.region_code = asked->region_code;
	answer->ages = turn_take(turn, N_WAITING * sizeof(*answer->ages));
	for (size_t i = 0; i < N_WAITING; i++) {
		like.state = waiting[i];
		answer->ages[answer->n_ages++] = age_after(turn, findings.tallies[level], like);
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "RaiseFinding", raise_finding, BY_OVERSEERS, "finding_id posting_id summary found_on" },
	{ "NotifyAgency", notify_agency, BY_OVERSEERS, "finding_id notice notified_on" },
	{ "RecordDisposition", record_disposition, BY_AGENCY | BY_TOWN,
	  "finding_id disposition handling handled_on" },
	{ "ReportFinding", report_finding, BY_REPORTERS, "finding_id report reported_on" },
	{ "CloseFinding", close_finding, BY_PROVINCE, "finding_id closed_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetFinding", GET(findings) },
	{ "ListFindings", LIST(findings) },
	{ "GetFindingAges", .answer = get_finding_ages,
	  .callers = BY_MINISTRY | BY_OVERSEERS | BY_AUDITOR },
	{ 0 },
};

static const struct table *const tables[] = { &findings, NULL };

const struct aggregate finding = { tables, commands, queries };
