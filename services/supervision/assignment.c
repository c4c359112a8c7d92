/* Who supervises whom: a supervisor is assigned to a station, to one person in post, or to another
 * supervisor.
 *
 *     PROPOSED --activate--> ACTIVE --end--> ENDED
 *         `----------------end-----------------^
 *
 * An assignment also ends when the supervisor is one no more, or the supervisee is gone.  Whether a
 * station has a supervisor is kept next to it (cover.c). */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define STATE(name) SUPERVISION__ASSIGNMENT_STATE__ASSIGNMENT_STATE_##name
#define KIND(name)  SUPERVISION__SUPERVISEE_KIND__SUPERVISEE_KIND_##name
#define END(name)   SUPERVISION__ASSIGNMENT_END__ASSIGNMENT_END_##name

const struct table assignments = {
	.name = "assignments",
	.record = &supervision__supervisor_assignment__descriptor,
	.id = "assignment_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "supervisor_person_id",
	.indexes = { "programme_year_id,supervisee_id,state", "supervisor_id,state",
		     "supervised_supervisor_id,state", "station_id,state", "posting_id,state",
		     "project_id,supervisor_person_id", "programme_year_id,state", "region_code",
		     "agency_id" },
	.tallies = { "supervisor_id,kind,state" },
};

/* --- Questions -------------------------------------------------------------------------------- */

/* Is an entrustment of the office in force today? */
static bool is_entrusted(struct turn *turn, const char *programme_year_id)
{
	Stations__Entrustment like = STATIONS__ENTRUSTMENT__INIT;
	const char *today = turn_today_text(turn);

	like.programme_year_id = programme_year_id;
	like.state = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_IN_FORCE;
	struct each each = turn_each(turn, &entrustments, "programme_year_id,state", &like);
	for (const Stations__Entrustment *found; (found = each_next(&each));) {
		if (!day_text_before(today, found->in_force_from) &&
		    !deadline_passed(found->in_force_until, today))
			return true;
	}
	return false;
}

bool office_may_act(struct turn *turn, const char *programme_year_id)
{
	return turn_actor(turn)->role != ENGINE__ROLE__ROLE_PROJECT_OFFICE ||
	       is_entrusted(turn, programme_year_id);
}

/* What the office proposes a supervisor for. */
struct supervisee {
	Supervision__SuperviseeKind kind;
	const char *id; /* the station, or the person */
	const char *programme_year_id, *region_code, *agency_id, *project_id;
	bool at_work;
};

static bool read_station(struct turn *turn, const char *station_id, struct supervisee *to)
{
	const Stations__Station *station = turn_find(turn, &stations, station_id);

	if (!station || !turn_covers(turn, station->region_code))
		return false;
	*to = (struct supervisee){
		.kind = KIND(STATION),
		.id = station_id,
		.programme_year_id = station->programme_year_id,
		.region_code = station->region_code,
		.agency_id = "",
		.project_id = "",
		.at_work = station->state == STATIONS__STATION_STATE__STATION_STATE_OPEN,
	};
	return true;
}

static bool read_posting(struct turn *turn, const char *posting_id, struct supervisee *to)
{
	const Stations__Posting *posting = turn_find(turn, &postings, posting_id);

	if (!posting || !turn_covers(turn, posting->region_code))
		return false;
	*to = (struct supervisee){
		.kind = KIND(PERSON),
		.id = posting->person_id,
		.programme_year_id = posting->programme_year_id,
		.region_code = posting->region_code,
		.agency_id = posting->agency_id,
		.project_id = posting->project_id,
		.at_work = posting->state == STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE,
	};
	return true;
}

static bool is_at_work(const Personnel__SupervisorCareer *supervisor)
{
	return supervisor->state == PERSONNEL__SUPERVISOR_STATE__SUPERVISOR_STATE_ACTIVE;
}

static bool read_supervised(struct turn *turn, const char *supervisor_id, struct supervisee *to)
{
	const Personnel__SupervisorCareer *career = turn_find(turn, &supervisors, supervisor_id);

	if (!career || !turn_covers(turn, career->region_code))
		return false;
	*to = (struct supervisee){
		.kind = KIND(SUPERVISOR),
		.id = career->person_id,
		.programme_year_id = career->programme_year_id,
		.region_code = career->region_code,
		.agency_id = "",
		.project_id = "",
		.at_work = is_at_work(career),
	};
	return true;
}

/* One of the three is given.  Else the verdict says which field is wrong or what is not there. */
static struct verdict read_supervisee(struct turn *turn,
				      const Supervision__ProposeAssignmentRequest *cmd,
				      struct supervisee *to)
{
	bool station = !text_empty(cmd->station_id), posting = !text_empty(cmd->posting_id),
	     supervised = !text_empty(cmd->supervised_supervisor_id);

	if (station + posting + supervised != 1)
		return turn_invalid("station_id");
	if (station && !read_station(turn, cmd->station_id, to))
		return turn_not_found(cmd->station_id);
	if (posting && !read_posting(turn, cmd->posting_id, to))
		return turn_not_found(cmd->posting_id);
	if (supervised && !read_supervised(turn, cmd->supervised_supervisor_id, to))
		return turn_not_found(cmd->supervised_supervisor_id);
	return turn_done();
}

/* An assignment that is proposed or active, by an index whose last field is the state. */
static const Supervision__SupervisorAssignment *open_by(struct turn *turn, const char *index,
							Supervision__SupervisorAssignment like)
{
	like.state = STATE(ACTIVE);
	const Supervision__SupervisorAssignment *found = turn_by(turn, &assignments, index, &like);
	if (found)
		return found;
	like.state = STATE(PROPOSED);
	return turn_by(turn, &assignments, index, &like);
}

/* Is the one supervised by the other, directly or through others?  Nobody has two supervisors and
 * there is no circle yet, so that the way up ends. */
static bool is_under(struct turn *turn, const char *supervisor_id, const char *above_id)
{
	Supervision__SupervisorAssignment like = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;
	const Supervision__SupervisorAssignment *up;

	like.supervised_supervisor_id = supervisor_id;
	while ((up = open_by(turn, "supervised_supervisor_id,state", like))) {
		if (text_same(up->supervisor_id, above_id))
			return true;
		like.supervised_supervisor_id = up->supervisor_id;
	}
	return false;
}

bool assignment_in_project(struct turn *turn, const char *project_id, const char *person_id)
{
	Supervision__SupervisorAssignment like = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;

	like.project_id = project_id;
	like.supervisor_person_id = person_id;
	return turn_by(turn, &assignments, "project_id,supervisor_person_id", &like);
}

static int32_t load(struct turn *turn, const char *supervisor_id, Supervision__SuperviseeKind kind)
{
	Supervision__SupervisorAssignment like = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;

	like.supervisor_id = supervisor_id;
	like.kind = kind;
	like.state = STATE(PROPOSED);
	uint64_t n = turn_count(turn, &assignments, "supervisor_id,kind,state", &like);
	like.state = STATE(ACTIVE);
	return (int32_t)(n + turn_count(turn, &assignments, "supervisor_id,kind,state", &like));
}

static int32_t stations_of(struct turn *turn, const char *supervisor_id)
{
	return load(turn, supervisor_id, KIND(STATION));
}

static int32_t people_of(struct turn *turn, const char *supervisor_id)
{
	return load(turn, supervisor_id, KIND(PERSON)) +
	       load(turn, supervisor_id, KIND(SUPERVISOR));
}

/* The year's limits; 0 where they are not set. */
static const Stations__SupervisionRules *limits(struct turn *turn, const char *programme_year_id)
{
	static const Stations__SupervisionRules not_set = STATIONS__SUPERVISION_RULES__INIT;
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	return year && year->rules->supervision ? year->rules->supervision : &not_set;
}

static bool is_full(int32_t n, int32_t max)
{
	return max > 0 && n >= max;
}

/* --- Commands --------------------------------------------------------------------------------- */

static struct verdict propose_assignment(struct turn *turn, const void *command)
{
	const Supervision__ProposeAssignmentRequest *cmd = command;
	const Personnel__SupervisorCareer *supervisor =
		turn_find(turn, &supervisors, cmd->supervisor_id);
	struct supervisee to = { 0 };

	if (!supervisor || !turn_covers(turn, supervisor->region_code))
		return turn_not_found(cmd->supervisor_id);
	struct verdict read = read_supervisee(turn, cmd, &to);
	if (read.refusal)
		return read;
	if (turn_find(turn, &assignments, cmd->assignment_id))
		return REFUSE(ASSIGNMENT_EXISTS, cmd->assignment_id);
	if (!text_same(supervisor->programme_year_id, to.programme_year_id))
		return REFUSE(OF_ANOTHER_YEAR, cmd->supervisor_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!is_entrusted(turn, to.programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, to.programme_year_id);
	/* RULE A8: "A supervisor is chosen, then trained, then assessed, and only then at work." */
	if (!is_at_work(supervisor))
		return REFUSE(SUPERVISOR_NOT_ACTIVE, cmd->supervisor_id);
	if (!to.at_work)
		return REFUSE(SUPERVISEE_NOT_AT_WORK, to.id);
	if (text_same(to.id, supervisor->person_id))
		return REFUSE(SUPERVISES_HIMSELF, to.id);
	if (to.kind == KIND(SUPERVISOR) &&
	    is_under(turn, cmd->supervisor_id, cmd->supervised_supervisor_id))
		return REFUSE(SUPERVISION_IN_CIRCLE, cmd->supervised_supervisor_id);

	Supervision__SupervisorAssignment next = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;
	next.programme_year_id = to.programme_year_id;
	next.supervisee_id = to.id;
	const Supervision__SupervisorAssignment *other =
		open_by(turn, "programme_year_id,supervisee_id,state", next);
	if (other)
		return REFUSE(SUPERVISED_ALREADY, other->assignment_id);
	const Stations__SupervisionRules *rules = limits(turn, to.programme_year_id);
	if (to.kind == KIND(STATION) &&
	    is_full(stations_of(turn, cmd->supervisor_id), rules->stations_max))
		return REFUSE(TOO_MANY_STATIONS, cmd->supervisor_id);
	if (to.kind != KIND(STATION) &&
	    is_full(people_of(turn, cmd->supervisor_id), rules->supervisees_max))
		return REFUSE(TOO_MANY_SUPERVISEES, cmd->supervisor_id);

	next.assignment_id = cmd->assignment_id;
	next.region_code = to.region_code;
	next.agency_id = to.agency_id;
	next.project_id = to.project_id;
	next.kind = to.kind;
	next.supervisor_id = supervisor->supervisor_id;
	next.supervisor_person_id = supervisor->person_id;
	next.station_id = cmd->station_id;
	next.posting_id = cmd->posting_id;
	next.supervised_supervisor_id = cmd->supervised_supervisor_id;
	next.state = STATE(PROPOSED);
	next.proposed_on = cmd->proposed_on;
	next.proposer_id = turn_actor(turn)->person_id;

	Supervision__AssignmentProposed proposed = SUPERVISION__ASSIGNMENT_PROPOSED__INIT;
	proposed.assignment = &next;
	return turn_accept(turn, &proposed.base);
}

static struct verdict activate_assignment(struct turn *turn, const void *command)
{
	const Supervision__ActivateAssignmentRequest *cmd = command;
	const Supervision__SupervisorAssignment *found =
		turn_find(turn, &assignments, cmd->assignment_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->assignment_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->assignment_id);
	if (!is_entrusted(turn, found->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, found->programme_year_id);
	if (found->state != STATE(PROPOSED))
		return REFUSE(ASSIGNMENT_NOT_PROPOSED, cmd->assignment_id);
	const Personnel__SupervisorCareer *supervisor =
		turn_find(turn, &supervisors, found->supervisor_id);
	if (!is_at_work(supervisor))
		return REFUSE(SUPERVISOR_NOT_ACTIVE, found->supervisor_id);
	if (day_text_before(cmd->active_on, found->proposed_on))
		return REFUSE(DATE_BEFORE_STEP, "active_on");

	Supervision__SupervisorAssignment next = *found;
	next.state = STATE(ACTIVE);
	next.active_on = cmd->active_on;

	Supervision__AssignmentActivated activated = SUPERVISION__ASSIGNMENT_ACTIVATED__INIT;
	activated.assignment = &next;
	activated.cover = cover_filled(turn, &next);
	return turn_accept(turn, &activated.base);
}

/* The assignment is over; a station that is still open has no supervisor then. */
static struct verdict over(struct turn *turn, const Supervision__SupervisorAssignment *found,
			   const char *date, Supervision__AssignmentEnd end, const char *note)
{
	Supervision__SupervisorAssignment next = *found;
	Supervision__AssignmentEnded ended = SUPERVISION__ASSIGNMENT_ENDED__INIT;

	next.state = STATE(ENDED);
	next.ended_on = date;
	next.end = end;
	next.end_note = note;
	ended.assignment = &next;
	struct verdict verdict = turn_accept(turn, &ended.base);
	if (found->state == STATE(ACTIVE))
		cover_emptied(turn, found, date);
	return verdict;
}

static struct verdict end_assignment(struct turn *turn, const void *command)
{
	const Supervision__EndAssignmentRequest *cmd = command;
	const Supervision__SupervisorAssignment *found =
		turn_find(turn, &assignments, cmd->assignment_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->assignment_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->assignment_id);
	if (!is_entrusted(turn, found->programme_year_id))
		return REFUSE(OFFICE_NOT_ENTRUSTED, found->programme_year_id);
	if (found->state == STATE(ENDED))
		return REFUSE(ASSIGNMENT_OVER, cmd->assignment_id);
	if (day_text_before(cmd->ended_on,
			    text_empty(found->active_on) ? found->proposed_on : found->active_on))
		return REFUSE(DATE_BEFORE_STEP, "ended_on");

	return over(turn, found, cmd->ended_on, END(BY_OFFICE), cmd->note);
}

/* --- What ends assignments elsewhere ----------------------------------------------------------- */

/* Ends all that are proposed or active, by an index whose last field is the state. */
static void end_all(struct turn *turn, const char *index, Supervision__SupervisorAssignment like,
		    const char *date, Supervision__AssignmentEnd end)
{
	static const Supervision__AssignmentState open[] = { STATE(PROPOSED), STATE(ACTIVE) };

	for (size_t i = 0; i < sizeof(open) / sizeof(*open); i++) {
		like.state = open[i];
		struct each each = turn_each(turn, &assignments, index, &like);
		for (const Supervision__SupervisorAssignment *found; (found = each_next(&each));)
			over(turn, found, date, end, "");
	}
}

struct verdict assignments_of_supervisor_end(struct turn *turn, const char *supervisor_id,
					     const char *date)
{
	Supervision__SupervisorAssignment like = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;

	like.supervisor_id = supervisor_id;
	end_all(turn, "supervisor_id,state", like, date, END(SUPERVISOR_GONE));
	like.supervised_supervisor_id = supervisor_id;
	end_all(turn, "supervised_supervisor_id,state", like, date, END(SUPERVISEE_GONE));
	return turn_done();
}

struct verdict assignments_of_posting_end(struct turn *turn, const char *posting_id,
					  const char *date)
{
	Supervision__SupervisorAssignment like = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;

	like.posting_id = posting_id;
	end_all(turn, "posting_id,state", like, date, END(SUPERVISEE_GONE));
	return turn_done();
}

struct verdict assignments_of_station_end(struct turn *turn, const char *station_id,
					  const char *date)
{
	Supervision__SupervisorAssignment like = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;

	like.station_id = station_id;
	end_all(turn, "station_id,state", like, date, END(SUPERVISEE_GONE));
	return turn_done();
}

/* --- How much a supervisor has to do ----------------------------------------------------------- */

/* The assignments of the supervisor that the caller sees, each for one station or one person. */
static void add_load(struct turn *turn, const char *supervisor_id,
		     Supervision__AssignmentState state,
		     Supervision__GetSupervisorLoadResponse *answer)
{
	Supervision__SupervisorAssignment like = SUPERVISION__SUPERVISOR_ASSIGNMENT__INIT;

	like.supervisor_id = supervisor_id;
	like.state = state;
	struct each each = turn_each(turn, &assignments, "supervisor_id,state", &like);
	for (const Supervision__SupervisorAssignment *a; (a = each_next(&each));) {
		if (!turn_counts(turn, &assignments, a))
			continue;
		if (a->kind == KIND(STATION))
			answer->stations++;
		else
			answer->supervisees++;
	}
}

static struct verdict get_supervisor_load(struct turn *turn, const void *request,
					  ProtobufCMessage *response)
{
	const Supervision__GetSupervisorLoadRequest *asked = request;
	Supervision__GetSupervisorLoadResponse *answer =
		(Supervision__GetSupervisorLoadResponse *)response;
	const Personnel__SupervisorCareer *supervisor =
		turn_find(turn, &supervisors, asked->supervisor_id);

	if (!supervisor || !turn_sees(turn, &supervisors, supervisor))
		return turn_not_found(asked->supervisor_id);

	const Stations__SupervisionRules *rules = limits(turn, supervisor->programme_year_id);
	add_load(turn, asked->supervisor_id, STATE(PROPOSED), answer);
	add_load(turn, asked->supervisor_id, STATE(ACTIVE), answer);
	answer->stations_max = rules->stations_max;
	answer->supervisees_max = rules->supervisees_max;
	return turn_done();
}

static const struct command commands[] = {
	{ "ProposeAssignment", propose_assignment, BY_PROJECT_OFFICE,
	  "assignment_id supervisor_id proposed_on" },
	{ "ActivateAssignment", activate_assignment, BY_PROJECT_OFFICE, "assignment_id active_on" },
	{ "EndAssignment", end_assignment, BY_PROJECT_OFFICE, "assignment_id ended_on note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetAssignment", GET(assignments) },
	{ "ListAssignments", LIST(assignments) },
	{ "GetSupervisorLoad", .answer = get_supervisor_load },
	{ 0 },
};

static const struct table *const tables[] = { &assignments, NULL };

const struct aggregate assignment = { tables, commands, queries };
