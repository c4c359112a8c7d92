/* The posts of a station.  A place is reserved first and filled afterwards, so that nobody is hired
 * for whom there is no place:
 *
 *     RESERVED -> ACTIVE -> ENDED        the town hired somebody; the employment ended
 *     RESERVED -> CANCELLED              given up, or nobody was hired in time */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

static const Stations__PostingState RESERVED = STATIONS__POSTING_STATE__POSTING_STATE_RESERVED;
static const Stations__PostingState ACTIVE = STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE;
static const Stations__PostingState ENDED = STATIONS__POSTING_STATE__POSTING_STATE_ENDED;
static const Stations__PostingState CANCELLED = STATIONS__POSTING_STATE__POSTING_STATE_CANCELLED;

static bool rules_name_post(const Stations__StationRules *rules, Stations__PostKind kind)
{
	for (size_t i = 0; i < rules->n_post_kinds; i++)
		if (rules->post_kinds[i] == kind)
			return true;
	return false;
}

/* The last day on which a place that is reserved today is kept; "" where the rules set none. */
static const char *kept_until(struct turn *turn, const Stations__StationRules *rules)
{
	char *text;

	if (!rules->reservation_days)
		return "";
	text = turn_take(turn, DAY_TEXT_SIZE);
	day_write(day_plus(turn_today(turn), rules->reservation_days), text);
	return text;
}

static struct verdict reserve_post(struct turn *turn, const void *command)
{
	const Stations__ReservePostRequest *cmd = command;
	const Stations__Station *at = turn_find(turn, &stations, cmd->station_id);

	if (!at || !turn_covers(turn, at->region_code))
		return turn_not_found(cmd->station_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, at->programme_year_id))
		return REFUSE(ENTRUSTMENT_NOT_IN_FORCE, at->programme_year_id);
	if (turn_find(turn, &postings, cmd->posting_id))
		return REFUSE(POSTING_EXISTS, cmd->posting_id);
	if (!station_takes_people(at))
		return REFUSE(STATION_TAKES_NOBODY, cmd->station_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, at->programme_year_id);
	if (!rules_name_post(year->rules->stations, cmd->post_kind))
		return REFUSE(POST_KIND_NOT_IN_RULES, cmd->posting_id);
	/* RULE B4: "The people selected for a year are never more than the year's quota." */
	if (year->rules->year_quota &&
	    postings_in_year(turn, at->programme_year_id) >= year->rules->year_quota)
		return REFUSE(YEAR_FULL, at->programme_year_id);
	/* RULE A3: "A station never has more workers than its upper limit." */
	if (postings_at_site(turn, cmd->station_id) >= year->rules->stations->max_workers)
		return REFUSE(STATION_FULL, cmd->station_id);

	Stations__Posting next = STATIONS__POSTING__INIT;
	next.posting_id = cmd->posting_id;
	next.programme_year_id = at->programme_year_id;
	next.site_id = at->station_id;
	next.region_code = at->region_code;
	next.state = RESERVED;
	next.post_kind = cmd->post_kind;
	next.reserved_until = kept_until(turn, year->rules->stations);

	Stations__PostReserved reserved = STATIONS__POST_RESERVED__INIT;
	reserved.posting = &next;
	return turn_accept(turn, &reserved.base);
}

static struct verdict release_post(struct turn *turn, const void *command)
{
	const Stations__ReleasePostRequest *cmd = command;
	const Stations__Posting *found = turn_find(turn, &postings, cmd->posting_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->posting_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->posting_id);
	if (!posting_of_station(found))
		return REFUSE(POSTING_NOT_OF_STATION, cmd->posting_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, found->programme_year_id))
		return REFUSE(ENTRUSTMENT_NOT_IN_FORCE, found->programme_year_id);
	if (found->state != RESERVED)
		return REFUSE(POSTING_NOT_RESERVED, cmd->posting_id);

	Stations__Posting next = *found;
	next.state = CANCELLED;
	next.note = cmd->note;

	Stations__PostReleased released = STATIONS__POST_RELEASED__INIT;
	released.posting = &next;
	return turn_accept(turn, &released.base);
}

/* A place is kept to the end of its last day; no date is left out, so yesterday's are all. */
struct verdict posts_expire(struct turn *turn)
{
	enum { AT_ONCE = 500 };
	char yesterday[DAY_TEXT_SIZE];
	day_write(day_plus(turn_today(turn), -1), yesterday);
	const Stations__Posting like = { .state = RESERVED, .reserved_until = yesterday };
	struct each each = turn_each(turn, &postings, "state,reserved_until", &like);
	Stations__ReservationsExpired expired = STATIONS__RESERVATIONS_EXPIRED__INIT;

	expired.postings = turn_take(turn, AT_ONCE * sizeof(*expired.postings));
	for (const Stations__Posting *p; (p = each_next(&each));) {
		if (expired.n_postings == AT_ONCE) {
			turn_again(turn);
			break;
		}
		Stations__Posting *next = turn_take(turn, sizeof(*next));
		*next = *p;
		next->state = CANCELLED;
		expired.postings[expired.n_postings++] = next;
	}
	return expired.n_postings ? turn_accept(turn, &expired.base) : turn_done();
}

static void keep_unplaced(const struct hire *hire, const Stations__UnplacedHire *before,
			  Stations__UnplacedHire *next)
{
	if (before)
		*next = *before;
	next->employment_id = hire->employment_id;
	next->posting_id = hire->posting_id;
	next->programme_year_id = hire->programme_year_id;
	next->station_id = hire->station_id;
	next->region_code = hire->region_code;
	next->person_id = hire->person_id;
	next->hired_on = hire->hired_on;
}

/* The town hired somebody: the place is filled, or the hire is kept with why it is not. */
struct verdict post_fill(struct turn *turn, const struct hire *hire)
{
	const Stations__Posting *place = turn_find(turn, &postings, hire->posting_id);
	const Stations__UnplacedHire *before =
		turn_find(turn, &unplaced_hires, hire->employment_id);
	Stations__UnplacedHire unplaced = STATIONS__UNPLACED_HIRE__INIT;
	Stations__Refusal reason = STATIONS__REFUSAL__REFUSAL_UNSPECIFIED;

	if (!place || place->state != RESERVED)
		reason = STATIONS__REFUSAL__REFUSAL_POSTING_NOT_RESERVED;
	/* Personnel lets nobody be employed twice; a person's one place is held to here too. */
	else if (posting_open_of(turn, hire->person_id))
		reason = STATIONS__REFUSAL__REFUSAL_PERSON_HAS_POSTING;
	keep_unplaced(hire, before, &unplaced);
	if (reason) {
		unplaced.reason = reason;
		unplaced.settled = false;
		Stations__HireUnplaced event = STATIONS__HIRE_UNPLACED__INIT;
		event.unplaced = &unplaced;
		return turn_accept(turn, &event.base);
	}

	Stations__Posting next = *place;
	next.state = ACTIVE;
	next.person_id = hire->person_id;
	next.employment_id = hire->employment_id;
	next.arrived_on = hire->hired_on;
	Stations__Station station =
		*(const Stations__Station *)turn_find(turn, &stations, place->site_id);
	staffing_put(turn, &station, &next);

	Stations__PostFilled filled = STATIONS__POST_FILLED__INIT;
	filled.posting = &next;
	filled.station = &station;
	if (before) {
		unplaced.settled = true;
		filled.unplaced = &unplaced;
	}
	return turn_accept(turn, &filled.base);
}

/* The employment is over: the place is free, if there was one. */
struct verdict post_vacate(struct turn *turn, const struct hire *hire, const char *ended_on,
			   Stations__EndReason why)
{
	const Stations__Posting *place = turn_find(turn, &postings, hire->posting_id);
	const Stations__UnplacedHire *before =
		turn_find(turn, &unplaced_hires, hire->employment_id);

	if (place && text_same(place->employment_id, hire->employment_id)) {
		Stations__Posting next = *place;
		next.state = ENDED;
		next.ended_on = ended_on;
		next.end_reason = why;
		Stations__Station station =
			*(const Stations__Station *)turn_find(turn, &stations, place->site_id);
		staffing_put(turn, &station, &next);

		Stations__PostVacated vacated = STATIONS__POST_VACATED__INIT;
		vacated.posting = &next;
		vacated.station = &station;
		return turn_accept(turn, &vacated.base);
	}
	if (!before)
		return turn_done();
	Stations__UnplacedHire settled = *before;
	settled.settled = true;

	Stations__UnplacedHireSettled event = STATIONS__UNPLACED_HIRE_SETTLED__INIT;
	event.unplaced = &settled;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "ReservePost", reserve_post, BY_PROVINCE | BY_PROJECT_OFFICE | BY_TOWN,
	  "posting_id station_id post_kind" },
	{ "ReleasePost", release_post, BY_PROVINCE | BY_PROJECT_OFFICE | BY_TOWN,
	  "posting_id note" },
	{ 0 },
};

const struct aggregate post = { NULL, commands, NULL };
