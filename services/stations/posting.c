/* A posting: one person's place at a site.
 *
 *     RESERVED -> READY -> ACTIVE -> ENDED      agreed, arrived, left
 *     ACTIVE <-> SUSPENDED -> ENDED             not at work for a time (suspension.c)
 *     RESERVED -> CANCELLED                     given up before the project is agreed
 *     READY -> CANCELLED, ACTIVE -> ENDED       given up by an approved change (change_review.c) */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

const struct table postings = {
	.name = "postings",
	.record = &stations__posting__descriptor,
	.id = "posting_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.indexes = { "programme_year_id", "site_id", "project_id", "project_id,state", "person_id",
		     "agency_id", "state", "state,reserved_until" },
	.tallies = { "site_id,state", "project_id", "project_id,state", "programme_year_id,state",
		     "programme_year_id,region_code,state" },
};

static const Stations__PostingState RESERVED = STATIONS__POSTING_STATE__POSTING_STATE_RESERVED;
static const Stations__PostingState READY = STATIONS__POSTING_STATE__POSTING_STATE_READY;
static const Stations__PostingState ACTIVE = STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE;
static const Stations__PostingState SUSPENDED = STATIONS__POSTING_STATE__POSTING_STATE_SUSPENDED;
static const Stations__PostingState ENDED = STATIONS__POSTING_STATE__POSTING_STATE_ENDED;
static const Stations__PostingState CANCELLED = STATIONS__POSTING_STATE__POSTING_STATE_CANCELLED;
static const Stations__ProjectState AGREED = STATIONS__PROJECT_STATE__PROJECT_STATE_AGREED;
static const Stations__ProjectState IN_PROGRESS =
	STATIONS__PROJECT_STATE__PROJECT_STATE_IN_PROGRESS;

/* The states in which a place is taken. */
static const Stations__PostingState taken[] = {
	STATIONS__POSTING_STATE__POSTING_STATE_RESERVED,
	STATIONS__POSTING_STATE__POSTING_STATE_READY,
	STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE,
	STATIONS__POSTING_STATE__POSTING_STATE_SUSPENDED,
};
enum { N_TAKEN = sizeof(taken) / sizeof(*taken) };

static bool is_taken(const Stations__Posting *of)
{
	for (size_t i = 0; i < N_TAKEN; i++)
		if (of->state == taken[i])
			return true;
	return false;
}

bool posting_of_station(const Stations__Posting *of)
{
	return text_empty(of->project_id);
}

static int32_t count_taken(struct turn *turn, const char *tally, Stations__Posting like)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < N_TAKEN; i++) {
		like.state = taken[i];
		sum += turn_count(turn, &postings, tally, &like);
	}
	return (int32_t)sum;
}

int32_t postings_at_site(struct turn *turn, const char *site_id)
{
	return count_taken(turn, "site_id,state", (Stations__Posting){ .site_id = site_id });
}

int32_t postings_in_year(struct turn *turn, const char *programme_year_id)
{
	return count_taken(turn, "programme_year_id,state",
			   (Stations__Posting){ .programme_year_id = programme_year_id });
}

int32_t postings_of_project(struct turn *turn, const char *project_id)
{
	return count_taken(turn, "project_id,state",
			   (Stations__Posting){ .project_id = project_id });
}

const Stations__Posting *posting_open_of(struct turn *turn, const char *person_id)
{
	struct each each = turn_each(turn, &postings, "person_id",
				     &(Stations__Posting){ .person_id = person_id });
	for (const Stations__Posting *p; (p = each_next(&each));)
		if (is_taken(p))
			return p;
	return NULL;
}

/* The person's entry of an approved list of the year: the one for the project's site and agency
 * where there are several. */
static const Personnel__SelectedProfessional *
approved_entry(struct turn *turn, const Stations__Project *of, const char *person_id)
{
	const Personnel__SelectedProfessional *any = NULL;
	struct each each = turn_each(
		turn, &selected_professionals, "programme_year_id,person_id",
		&(Personnel__SelectedProfessional){ .programme_year_id = of->programme_year_id,
						    .person_id = person_id });

	for (const Personnel__SelectedProfessional *s; (s = each_next(&each));) {
		if (!s->approved || s->state == PERSONNEL__SELECTED_STATE__SELECTED_STATE_REPLACED)
			continue;
		if (text_same(s->site_id, of->site_id) && text_same(s->agency_id, of->agency_id))
			return s;
		any = s;
	}
	return any;
}

static struct verdict reserve_posting(struct turn *turn, const void *command)
{
	const Stations__ReservePostingRequest *cmd = command;
	const Stations__Project *of = turn_find(turn, &projects, cmd->project_id);

	if (!of || !turn_may_act(turn, of->region_code, of->agency_id))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &postings, cmd->posting_id))
		return REFUSE(POSTING_EXISTS, cmd->posting_id);
	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." */
	if (project_agreed(of))
		return REFUSE(PROJECT_AGREED, cmd->project_id);
	/* The parties sign for the people whom they have read of. */
	const Stations__Agreement *pending = agreement_pending(turn, cmd->project_id);
	if (pending)
		return REFUSE(AGREEMENT_PENDING, pending->agreement_id);
	const Personnel__SelectedProfessional *entry = approved_entry(turn, of, cmd->person_id);
	/* RULE B3: "The selected list goes to the ministry, and nobody on it is posted before its
	 * approval is recorded with document and date." */
	if (!entry)
		return REFUSE(PERSON_NOT_APPROVED, cmd->person_id);
	/* RULE B3: "An approved list never changes." */
	if (!text_same(entry->site_id, of->site_id) || !text_same(entry->agency_id, of->agency_id))
		return REFUSE(PERSON_APPROVED_ELSEWHERE, cmd->person_id);
	if (posting_open_of(turn, cmd->person_id))
		return REFUSE(PERSON_HAS_POSTING, cmd->person_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, of->programme_year_id);
	/* RULE B4: "The people selected for a year are never more than the year's quota." */
	if (postings_in_year(turn, of->programme_year_id) >= year->rules->year_quota)
		return REFUSE(YEAR_FULL, of->programme_year_id);
	const Stations__Site *where = turn_find(turn, &sites, of->site_id);
	/* RULE B5: "A site never has more people in post than its quota." */
	if (postings_at_site(turn, of->site_id) >= where->quota)
		return REFUSE(SITE_FULL, of->site_id);

	Stations__Posting next = STATIONS__POSTING__INIT;
	next.posting_id = cmd->posting_id;
	next.project_id = of->project_id;
	next.programme_year_id = of->programme_year_id;
	next.site_id = of->site_id;
	next.region_code = of->region_code;
	next.agency_id = of->agency_id;
	next.person_id = cmd->person_id;
	next.state = RESERVED;
	next.selected_id = entry->selected_id;

	Stations__PostingReserved reserved = STATIONS__POSTING_RESERVED__INIT;
	reserved.posting = &next;
	Stations__Unplaced placed = STATIONS__UNPLACED__INIT;
	const Stations__Unplaced *waiting = turn_find(turn, &unplaced_people, entry->selected_id);
	if (waiting) {
		placed = *waiting;
		placed.placed = true;
		reserved.unplaced = &placed;
	}
	return turn_accept(turn, &reserved.base);
}

static struct verdict cancel_posting(struct turn *turn, const void *command)
{
	const Stations__CancelPostingRequest *cmd = command;
	const Stations__Posting *found = turn_find(turn, &postings, cmd->posting_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->posting_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->posting_id);
	if (posting_of_station(found))
		return REFUSE(POSTING_OF_STATION, cmd->posting_id);
	const Stations__Project *of = turn_find(turn, &projects, found->project_id);
	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." */
	if (project_agreed(of))
		return REFUSE(PROJECT_AGREED, found->project_id);
	const Stations__Agreement *pending = agreement_pending(turn, found->project_id);
	if (pending)
		return REFUSE(AGREEMENT_PENDING, pending->agreement_id);
	if (found->state != RESERVED)
		return REFUSE(POSTING_NOT_RESERVED, cmd->posting_id);

	Stations__Posting next = *found;
	next.state = CANCELLED;
	next.note = cmd->note;

	Stations__PostingCancelled cancelled = STATIONS__POSTING_CANCELLED__INIT;
	cancelled.posting = &next;
	return turn_accept(turn, &cancelled.base);
}

/* The latest day on which somebody of the project arrived, with the one who arrives now. */
static const char *last_arrival(struct turn *turn, const char *project_id, const char *now)
{
	const char *last = now;
	struct each each = turn_each(turn, &postings, "project_id",
				     &(Stations__Posting){ .project_id = project_id });

	for (const Stations__Posting *p; (p = each_next(&each));)
		if (!text_empty(p->arrived_on) &&
		    (text_empty(last) || day_text_before(last, p->arrived_on)))
			last = p->arrived_on;
	return last;
}

/* How many people of an agreed project have not come: their places are kept or await them. */
static uint64_t awaited(struct turn *turn, const char *project_id)
{
	Stations__Posting like = { .project_id = project_id, .state = READY };
	uint64_t ready = turn_count(turn, &postings, "project_id,state", &like);

	like.state = RESERVED;
	return ready + turn_count(turn, &postings, "project_id,state", &like);
}

static struct verdict start(struct turn *turn, const Stations__Project *of, const char *on)
{
	Stations__Project started = *of;
	Stations__ProjectStarted event = STATIONS__PROJECT_STARTED__INIT;

	started.state = IN_PROGRESS;
	started.started_on = on;
	event.project = &started;
	return turn_accept(turn, &event.base);
}

struct verdict project_start_if_complete(struct turn *turn, const char *project_id)
{
	const Stations__Project *of = turn_find(turn, &projects, project_id);
	const char *last = last_arrival(turn, project_id, "");

	if (of->state != AGREED || awaited(turn, project_id) || text_empty(last))
		return turn_done();
	return start(turn, of, last);
}

static struct verdict confirm_arrival(struct turn *turn, const void *command)
{
	const Stations__ConfirmArrivalRequest *cmd = command;
	const Stations__Posting *found = turn_find(turn, &postings, cmd->posting_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->posting_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->posting_id);
	if (posting_of_station(found))
		return REFUSE(POSTING_OF_STATION, cmd->posting_id);
	/* RULE B19: "An agreement is in force when the last of its parties has signed." */
	if (found->state == RESERVED && text_empty(found->change_id))
		return REFUSE(AGREEMENT_NOT_IN_FORCE, found->project_id);
	if (found->state != READY)
		return REFUSE(POSTING_NOT_READY, cmd->posting_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, found->programme_year_id);

	Stations__Posting next = *found;
	next.state = ACTIVE;
	next.arrived_on = cmd->arrived_on;
	/* RULE B20: "Whoever arrives after the year's date is shown as late." */
	next.arrived_late = day_text_before(year->rules->arrival_by, cmd->arrived_on);
	/* RULE B8: "What is missing on the day of arrival is flagged." */
	struct missing missing =
		reception_missing(turn, found->site_id, year->rules, cmd->arrived_on);
	next.n_reception_missing = missing.n;
	next.reception_missing = missing.conditions;

	Stations__ArrivalConfirmed confirmed = STATIONS__ARRIVAL_CONFIRMED__INIT;
	confirmed.posting = &next;
	struct verdict verdict = turn_accept(turn, &confirmed.base);

	const Stations__Project *of = turn_find(turn, &projects, found->project_id);
	/* RULE B20: "Each person's arrival is recorded, and the project starts when all of its
	 * people are in post." — who comes in another's place later finds it started. */
	if (of->state != AGREED || awaited(turn, found->project_id) > 1) /* He is still counted. */
		return verdict;
	return start(turn, of, last_arrival(turn, found->project_id, cmd->arrived_on));
}

static struct verdict end_posting(struct turn *turn, const void *command)
{
	const Stations__EndPostingRequest *cmd = command;
	const Stations__Posting *found = turn_find(turn, &postings, cmd->posting_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->posting_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->posting_id);
	if (posting_of_station(found))
		return REFUSE(POSTING_OF_STATION, cmd->posting_id);
	if (found->state != ACTIVE && found->state != SUSPENDED)
		return REFUSE(POSTING_NOT_ACTIVE, cmd->posting_id);
	/* RULE B26: "Only a change that the province has approved alters them." */
	if (cmd->end_reason == STATIONS__END_REASON__END_REASON_RECALLED ||
	    cmd->end_reason == STATIONS__END_REASON__END_REASON_REPLACED)
		return REFUSE(LEAVES_BY_CHANGE, cmd->posting_id);
	if (day_text_before(cmd->ended_on, found->arrived_on))
		return REFUSE(ENDED_BEFORE_ARRIVAL, cmd->posting_id);
	if (day_text_before(cmd->ended_on, suspension_last_day(found)))
		return REFUSE(ENDED_BEFORE_SUSPENSION, cmd->posting_id);

	Stations__Posting next = *found;
	next.state = ENDED;
	next.ended_on = cmd->ended_on;
	next.end_reason = cmd->end_reason;
	next.note = cmd->note;

	Stations__PostingEnded ended = STATIONS__POSTING_ENDED__INIT;
	ended.posting = &next;
	return turn_accept(turn, &ended.base);
}

static const struct command commands[] = {
	{ "ReservePosting", reserve_posting, BY_PROVINCE, "posting_id project_id person_id" },
	{ "CancelPosting", cancel_posting, BY_PROVINCE | BY_AGENCY, "posting_id note" },
	{ "ConfirmArrival", confirm_arrival, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY,
	  "posting_id arrived_on" },
	{ "EndPosting", end_posting, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	  "posting_id ended_on end_reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetPosting", GET(postings) },
	{ "ListPostings", LIST(postings) },
	{ 0 },
};

static const struct table *const tables[] = { &postings, NULL };
const struct aggregate posting = { tables, commands, queries };
