/* A session of supervision (督导), or a training that a supervisor gives: planned, held, written
 * down, and acknowledged by whom it was for.
 *
 *     PLANNED --hold--> HELD --record--> RECORDED --acknowledge--> ACKNOWLEDGED
 *        `--cancel--> CANCELLED
 *
 * From its record on it counts: for its plan, and for the hours of station, supervisor and area. */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define STATE(name) SUPERVISION__SESSION_STATE__SESSION_STATE_##name
#define KIND(name)  SUPERVISION__SESSION_KIND__SESSION_KIND_##name

enum {
	BY_THOSE_WHO_SUPERVISE = BY_PROJECT_OFFICE | BY_SUPERVISOR,
	BY_THOSE_SUPERVISED = BY_TOWN | BY_WORKER | BY_SUPERVISOR,
	DAY_MINUTES = 24 * 60,
	LEVELS = 2, /* a province and a prefecture have tallies */
};

const struct table sessions = {
	.name = "sessions",
	.record = &supervision__supervision_session__descriptor,
	.id = "session_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "supervisor_person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | BY_WORKER | BY_SUPERVISOR,
	.indexes = { "assignment_id", "supervisor_id,state", "station_id", "supervisee_id",
		     "programme_year_id,state", "region_code", "agency_id" },
	.tallies = { "programme_year_id,region_code[2],kind,state:minutes",
		     "programme_year_id,region_code[4],kind,state:minutes" },
};

/* --- Who acts --------------------------------------------------------------------------------- */

/* The supervisor himself, or the office for him. */
static bool acts_for(const struct turn *turn, const char *supervisor_person_id)
{
	const Engine__Principal *who = turn_actor(turn);

	return who->role != ENGINE__ROLE__ROLE_SUPERVISOR ||
	       text_same(who->person_id, supervisor_person_id);
}

static bool works_at(struct turn *turn, const char *person_id, const char *station_id)
{
	Stations__Posting like = STATIONS__POSTING__INIT;

	like.site_id = station_id;
	like.person_id = person_id;
	like.state = STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE;
	return turn_by(turn, &postings, "site_id,person_id,state", &like);
}

/* The person, or for a station the town that runs it or somebody who works there. */
static bool is_supervised(struct turn *turn, const Supervision__SupervisionSession *session)
{
	const Engine__Principal *who = turn_actor(turn);

	if (text_empty(session->station_id))
		return text_same(who->person_id, session->supervisee_id);
	return who->role == ENGINE__ROLE__ROLE_TOWN ||
	       works_at(turn, who->person_id, session->station_id);
}

/* --- Commands --------------------------------------------------------------------------------- */

static bool plan_fits(const Supervision__SupervisionPlan *plan,
		      const Supervision__SupervisorAssignment *assignment,
		      Supervision__SessionKind kind)
{
	return text_same(plan->programme_year_id, assignment->programme_year_id) &&
	       text_begins(assignment->region_code, plan->region_code) &&
	       plan_takes(plan, kind, plan->begins_from);
}

static struct verdict plan_session(struct turn *turn, const void *command)
{
	const Supervision__PlanSessionRequest *cmd = command;
	const Supervision__SupervisorAssignment *of =
		turn_find(turn, &assignments, cmd->assignment_id);
	const Supervision__SupervisionPlan *plan = turn_find(turn, &plans, cmd->plan_id);

	if (!of || !turn_covers(turn, of->region_code) || !acts_for(turn, of->supervisor_person_id))
		return turn_not_found(cmd->assignment_id);
	if (!text_empty(cmd->plan_id) && !plan)
		return turn_not_found(cmd->plan_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, of->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, of->programme_year_id);
	if (turn_find(turn, &sessions, cmd->session_id))
		return REFUSE(SESSION_EXISTS, cmd->session_id);
	if (of->state != SUPERVISION__ASSIGNMENT_STATE__ASSIGNMENT_STATE_ACTIVE)
		return REFUSE(ASSIGNMENT_NOT_ACTIVE, cmd->assignment_id);
	if (day_text_before(cmd->planned_by, turn_today_text(turn)))
		return REFUSE(SESSION_PLANNED_IN_PAST, cmd->session_id);
	if (plan && !plan_fits(plan, of, cmd->kind))
		return REFUSE(PLAN_DOES_NOT_FIT, cmd->plan_id);

	Supervision__SupervisionSession session = SUPERVISION__SUPERVISION_SESSION__INIT;
	session.session_id = cmd->session_id;
	session.assignment_id = of->assignment_id;
	session.plan_id = cmd->plan_id;
	session.programme_year_id = of->programme_year_id;
	session.region_code = of->region_code;
	session.agency_id = of->agency_id;
	session.kind = cmd->kind;
	session.supervisor_id = of->supervisor_id;
	session.supervisor_person_id = of->supervisor_person_id;
	session.supervisee_kind = of->kind;
	session.supervisee_id = of->supervisee_id;
	session.station_id = of->station_id;
	session.state = STATE(PLANNED);
	session.planned_by = cmd->planned_by;
	session.topic = cmd->topic;

	Supervision__SessionPlanned planned = SUPERVISION__SESSION_PLANNED__INIT;
	planned.session = &session;
	return turn_accept(turn, &planned.base);
}

static struct verdict hold_session(struct turn *turn, const void *command)
{
	const Supervision__HoldSessionRequest *cmd = command;
	const Supervision__SupervisionSession *found = turn_find(turn, &sessions, cmd->session_id);

	if (!found || !turn_covers(turn, found->region_code) ||
	    !acts_for(turn, found->supervisor_person_id))
		return turn_not_found(cmd->session_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->session_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, found->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, found->programme_year_id);
	if (cmd->minutes < 1 || cmd->minutes > DAY_MINUTES)
		return turn_invalid("minutes");
	if (cmd->attendees < 1)
		return turn_invalid("attendees");
	if (found->state != STATE(PLANNED))
		return REFUSE(SESSION_NOT_PLANNED, cmd->session_id);
	const Supervision__SupervisorAssignment *of =
		turn_find(turn, &assignments, found->assignment_id);
	if (day_text_before(cmd->held_on, of->active_on))
		return REFUSE(DATE_BEFORE_STEP, "held_on");
	if (deadline_passed(of->ended_on, cmd->held_on))
		return REFUSE(ASSIGNMENT_OVER, found->assignment_id);

	Supervision__SupervisionSession next = *found;
	next.state = STATE(HELD);
	next.held_on = cmd->held_on;
	next.minutes = cmd->minutes;
	next.attendees = cmd->attendees;

	Supervision__SessionHeld held = SUPERVISION__SESSION_HELD__INIT;
	held.session = &next;
	return turn_accept(turn, &held.base);
}

/* The plan with the session added to it; NULL where it counts for none. */
static Supervision__SupervisionPlan *plan_with(struct turn *turn,
					       const Supervision__SupervisionSession *session)
{
	const Supervision__SupervisionPlan *found = turn_find(turn, &plans, session->plan_id);
	Supervision__SupervisionPlan *next = turn_take(turn, sizeof(*next));

	if (!found || !plan_takes(found, session->kind, session->held_on))
		return NULL;
	*next = *found;
	next->done_sessions++;
	next->done_minutes += session->minutes;
	return next;
}

static int32_t days_to_acknowledge(struct turn *turn, const char *programme_year_id)
{
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	return year->rules->supervision ? year->rules->supervision->acknowledge_days : 0;
}

static struct verdict record_session(struct turn *turn, const void *command)
{
	const Supervision__RecordSessionRequest *cmd = command;
	const Supervision__SupervisionSession *found = turn_find(turn, &sessions, cmd->session_id);

	if (!found || !turn_covers(turn, found->region_code) ||
	    !acts_for(turn, found->supervisor_person_id))
		return turn_not_found(cmd->session_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->session_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, found->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, found->programme_year_id);
	if (found->state != STATE(HELD))
		return REFUSE(SESSION_NOT_HELD, cmd->session_id);
	if (day_text_before(cmd->recorded_on, found->held_on))
		return REFUSE(DATE_BEFORE_STEP, "recorded_on");

	Supervision__SupervisionSession next = *found;
	next.state = STATE(RECORDED);
	next.record = cmd->record;
	next.recorded_on = cmd->recorded_on;
	next.acknowledge_by = deadline_after(turn, cmd->recorded_on,
					     days_to_acknowledge(turn, found->programme_year_id));

	Supervision__SessionRecorded recorded = SUPERVISION__SESSION_RECORDED__INIT;
	recorded.session = &next;
	recorded.plan = plan_with(turn, found);
	return turn_accept(turn, &recorded.base);
}

static struct verdict acknowledge_session(struct turn *turn, const void *command)
{
	const Supervision__AcknowledgeSessionRequest *cmd = command;
	const Supervision__SupervisionSession *found = turn_find(turn, &sessions, cmd->session_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->session_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->session_id);
	if (!is_supervised(turn, found))
		return REFUSE(NOT_THE_SUPERVISEE, person_id);
	if (found->state != STATE(RECORDED))
		return REFUSE(SESSION_NOT_RECORDED, cmd->session_id);
	if (day_text_before(cmd->acknowledged_on, found->recorded_on))
		return REFUSE(DATE_BEFORE_STEP, "acknowledged_on");

	Supervision__SupervisionSession next = *found;
	next.state = STATE(ACKNOWLEDGED);
	next.acknowledged_on = cmd->acknowledged_on;
	next.acknowledger_id = person_id;
	next.acknowledged_late = deadline_passed(found->acknowledge_by, cmd->acknowledged_on);

	Supervision__SessionAcknowledged acknowledged = SUPERVISION__SESSION_ACKNOWLEDGED__INIT;
	acknowledged.session = &next;
	return turn_accept(turn, &acknowledged.base);
}

static struct verdict cancel_session(struct turn *turn, const void *command)
{
	const Supervision__CancelSessionRequest *cmd = command;
	const Supervision__SupervisionSession *found = turn_find(turn, &sessions, cmd->session_id);

	if (!found || !turn_covers(turn, found->region_code) ||
	    !acts_for(turn, found->supervisor_person_id))
		return turn_not_found(cmd->session_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->session_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, found->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, found->programme_year_id);
	if (found->state != STATE(PLANNED))
		return REFUSE(SESSION_NOT_PLANNED, cmd->session_id);

	Supervision__SupervisionSession next = *found;
	next.state = STATE(CANCELLED);
	next.cancel_reason = cmd->reason;

	Supervision__SessionCancelled cancelled = SUPERVISION__SESSION_CANCELLED__INIT;
	cancelled.session = &next;
	return turn_accept(turn, &cancelled.base);
}

/* --- Hours ------------------------------------------------------------------------------------ */

static const Supervision__SessionState counted[] = { STATE(RECORDED), STATE(ACKNOWLEDGED) };
enum { N_COUNTED = sizeof(counted) / sizeof(*counted) };

static void add(Supervision__GetSupervisionHoursResponse *answer, Supervision__SessionKind kind,
		int32_t n, int64_t minutes)
{
	if (kind == KIND(TRAINING)) {
		answer->trainings += n;
		answer->training_minutes += minutes;
	} else {
		answer->sessions += n;
		answer->minutes += minutes;
	}
}

/* Of one station or one supervisor, what the caller sees: it may be some of them. */
static void add_seen(struct turn *turn, struct each each,
		     Supervision__GetSupervisionHoursResponse *answer)
{
	for (const Supervision__SupervisionSession *s; (s = each_next(&each));) {
		if ((s->state == counted[0] || s->state == counted[1]) &&
		    turn_counts(turn, &sessions, s))
			add(answer, s->kind, 1, s->minutes);
	}
}

/* Of a whole area. */
static void add_hours(struct turn *turn, const char *tally, Supervision__SupervisionSession like,
		      Supervision__GetSupervisionHoursResponse *answer)
{
	static const Supervision__SessionKind kinds[] = { KIND(INDIVIDUAL), KIND(GROUP),
							  KIND(TRAINING) };

	for (size_t i = 0; i < 3 * N_COUNTED; i++) {
		like.kind = kinds[i / N_COUNTED];
		like.state = counted[i % N_COUNTED];
		add(answer, like.kind, (int32_t)turn_count(turn, &sessions, tally, &like),
		    turn_sum(turn, &sessions, tally, &like));
	}
}

static struct verdict get_supervision_hours(struct turn *turn, const void *request,
					    ProtobufCMessage *response)
{
	const Supervision__GetSupervisionHoursRequest *asked = request;
	Supervision__GetSupervisionHoursResponse *answer =
		(Supervision__GetSupervisionHoursResponse *)response;
	const Stations__Station *station = turn_find(turn, &stations, asked->station_id);
	const Personnel__SupervisorCareer *supervisor =
		turn_find(turn, &supervisors, asked->supervisor_id);
	Supervision__SupervisionSession like = SUPERVISION__SUPERVISION_SESSION__INIT;

	like.station_id = asked->station_id;
	like.supervisor_id = asked->supervisor_id;
	like.region_code = asked->region_code;
	like.programme_year_id = asked->programme_year_id;
	if (!text_empty(asked->station_id)) {
		if (!station || !turn_sees(turn, &stations, station))
			return turn_not_found(asked->station_id);
		add_seen(turn, turn_each(turn, &sessions, "station_id", &like), answer);
	} else if (!text_empty(asked->supervisor_id)) {
		if (!supervisor || !turn_sees(turn, &supervisors, supervisor))
			return turn_not_found(asked->supervisor_id);
		for (size_t i = 0; i < N_COUNTED; i++) {
			like.state = counted[i];
			add_seen(turn, turn_each(turn, &sessions, "supervisor_id,state", &like),
				 answer);
		}
	} else {
		int level;
		struct verdict area =
			area_level(turn, asked->programme_year_id, asked->region_code, &level);
		if (area.refusal)
			return area;
		if (level >= LEVELS)
			return turn_invalid("region_code");
		add_hours(turn, sessions.tallies[level], like, answer);
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "PlanSession", plan_session, BY_THOSE_WHO_SUPERVISE,
	  "session_id assignment_id kind planned_by topic" },
	{ "HoldSession", hold_session, BY_THOSE_WHO_SUPERVISE, "session_id held_on" },
	{ "RecordSession", record_session, BY_THOSE_WHO_SUPERVISE,
	  "session_id record recorded_on" },
	{ "AcknowledgeSession", acknowledge_session, BY_THOSE_SUPERVISED,
	  "session_id acknowledged_on" },
	{ "CancelSession", cancel_session, BY_THOSE_WHO_SUPERVISE, "session_id reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetSession", GET(sessions) },
	{ "ListSessions", LIST(sessions) },
	{ "GetSupervisionHours", .answer = get_supervision_hours },
	{ 0 },
};

static const struct table *const tables[] = { &sessions, NULL };

const struct aggregate session = { tables, commands, queries };
