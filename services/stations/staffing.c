/* How many workers a station has, and since when that has been too few.
 *
 * It is counted from the days on which its people came and left, so that a day which is recorded
 * late still falls into its place, and no day is ever lost:
 *
 *     opened   3rd arrives        1 leaves       1 arrives
 *     |--------|------------------|--------------|--------->
 *      UNDERSTAFFED    STAFFED     UNDERSTAFFED   STAFFED */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

/* One more or one less from that day on. */
struct change {
	const char *from;
	int by;
};

struct changes {
	struct change *of;
	size_t n;
};

/* Keeps them in the order of their days. */
static void add_change(struct changes *changes, const char *from, int by)
{
	size_t at = changes->n++;

	for (; at && day_text_before(from, changes->of[at - 1].from); at--)
		changes->of[at] = changes->of[at - 1];
	changes->of[at] = (struct change){ from, by };
}

static void add_posting(struct changes *changes, const Stations__Posting *of)
{
	if (!text_empty(of->arrived_on))
		add_change(changes, of->arrived_on, 1);
	if (!text_empty(of->ended_on))
		add_change(changes, of->ended_on, -1);
}

/* now stands for the stored posting of the same id; it may be NULL. */
static struct changes changes_at(struct turn *turn, const char *station_id,
				 const Stations__Posting *now)
{
	const Stations__Posting like = { .site_id = station_id };
	struct changes changes = { 0 };
	size_t n_postings = 0;

	struct each count = turn_each(turn, &postings, "site_id", &like);
	while (each_next(&count))
		n_postings++;
	changes.of = turn_take(turn, 2 * (n_postings + 1) * sizeof(*changes.of));
	struct each each = turn_each(turn, &postings, "site_id", &like);
	for (const Stations__Posting *p; (p = each_next(&each));)
		if (!now || !text_same(p->posting_id, now->posting_id))
			add_posting(&changes, p);
	if (now)
		add_posting(&changes, now);
	return changes;
}

static Stations__StaffingState state_of(const Stations__StationRules *rules, int32_t workers)
{
	/* RULE A3: "A station below its lower limit is shown as understaffed, with the day since
	 * when." */
	if (workers < rules->min_workers)
		return STATIONS__STAFFING_STATE__STAFFING_STATE_UNDERSTAFFED;
	if (workers >= rules->max_workers)
		return STATIONS__STAFFING_STATE__STAFFING_STATE_FULL;
	return STATIONS__STAFFING_STATE__STAFFING_STATE_STAFFED;
}

struct periods {
	Stations__StaffingPeriod **of;
	size_t n;
	int32_t workers; /* at the end */
};

static struct periods periods_of(struct turn *turn, const Stations__Station *of,
				 const Stations__Posting *now)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, of->programme_year_id);
	const struct changes changes = changes_at(turn, of->station_id, now);
	struct periods periods = { 0 };
	const char *day = of->opened_on;
	size_t i = 0;

	periods.of = turn_take(turn, (changes.n + 1) * sizeof(*periods.of));
	for (bool more = true; more;) {
		while (i < changes.n && !day_text_before(day, changes.of[i].from))
			periods.workers += changes.of[i++].by;

		Stations__StaffingState state = state_of(year->rules->stations, periods.workers);
		Stations__StaffingPeriod *last = periods.n ? periods.of[periods.n - 1] : NULL;
		if (!last || last->staffing != state) {
			Stations__StaffingPeriod *next = turn_take(turn, sizeof(*next));
			*next = (Stations__StaffingPeriod)STATIONS__STAFFING_PERIOD__INIT;
			next->staffing = state;
			next->since_on = day;
			if (last)
				last->until_on = day;
			periods.of[periods.n++] = next;
		}
		more = i < changes.n;
		if (more)
			day = changes.of[i].from;
	}
	return periods;
}

static bool is_begun(const Stations__Station *of)
{
	return !text_empty(of->opened_on);
}

void staffing_put(struct turn *turn, Stations__Station *next, const Stations__Posting *now)
{
	if (!is_begun(next)) {
		const struct changes changes = changes_at(turn, next->station_id, now);
		next->workers = 0;
		for (size_t i = 0; i < changes.n; i++)
			next->workers += changes.of[i].by;
		return;
	}
	const struct periods periods = periods_of(turn, next, now);
	const Stations__StaffingPeriod *last = periods.of[periods.n - 1];

	next->workers = periods.workers;
	next->staffing = last->staffing;
	next->understaffed_since =
		last->staffing == STATIONS__STAFFING_STATE__STAFFING_STATE_UNDERSTAFFED
			? last->since_on
			: "";
}

static struct verdict get_staffing_history(struct turn *turn, const void *request,
					   ProtobufCMessage *response)
{
	const Stations__GetStaffingHistoryRequest *asked = request;
	Stations__GetStaffingHistoryResponse *answer =
		(Stations__GetStaffingHistoryResponse *)response;
	const Stations__Station *found = turn_find(turn, &stations, asked->station_id);

	if (!found || !turn_sees(turn, &stations, found))
		return turn_not_found(asked->station_id);
	if (!is_begun(found))
		return turn_done();

	const struct periods periods = periods_of(turn, found, NULL);
	answer->n_periods = periods.n;
	answer->periods = periods.of;
	if (!text_empty(found->closed_on))
		periods.of[periods.n - 1]->until_on = found->closed_on;
	return turn_done();
}

static const struct query queries[] = {
	{ "GetStaffingHistory", .answer = get_staffing_history },
	{ 0 },
};

const struct aggregate staffing = { NULL, NULL, queries };
