/* Whether a station has a supervisor.  A station is open or not, and an open one without an active
 * assignment is a gap; each of the two changes on its own, and the gaps are kept in an index. */
#include "supervision.h"

#include "base/text.h"

#include "follow.h"

const struct table covers = {
	.name = "station_covers",
	.record = &supervision__station_cover__descriptor,
	.id = "station_id",
	.region = "region_code",
	.indexes = { "programme_year_id,gap", "gap", "region_code" },
	.tallies = { "programme_year_id,region_code[2],open,gap",
		     "programme_year_id,region_code[4],open,gap",
		     "programme_year_id,region_code[6],open,gap" },
};

/* --- Assignments ------------------------------------------------------------------------------ */

Supervision__StationCover *cover_filled(struct turn *turn,
					const Supervision__SupervisorAssignment *by)
{
	const Supervision__StationCover *found = turn_find(turn, &covers, by->station_id);
	Supervision__StationCover *next = turn_take(turn, sizeof(*next));

	if (!found)
		return NULL;
	*next = *found;
	next->assignment_id = by->assignment_id;
	next->supervisor_id = by->supervisor_id;
	next->gap = false;
	next->gap_since = "";
	return next;
}

static struct verdict say_gap(struct turn *turn, Supervision__StationCover *next, const char *date)
{
	Supervision__StationUnsupervised event = SUPERVISION__STATION_UNSUPERVISED__INIT;

	/* RULE A5: "A station without one is listed as a gap." */
	next->gap = true;
	next->gap_since = date;
	event.cover = next;
	return turn_accept(turn, &event.base);
}

static struct verdict say_dropped(struct turn *turn, Supervision__StationCover *next)
{
	Supervision__StationCoverDropped event = SUPERVISION__STATION_COVER_DROPPED__INIT;

	next->gap = false;
	next->gap_since = "";
	event.cover = next;
	return turn_accept(turn, &event.base);
}

struct verdict cover_emptied(struct turn *turn, const Supervision__SupervisorAssignment *of,
			     const char *date)
{
	const Supervision__StationCover *found = turn_find(turn, &covers, of->station_id);
	const Stations__Station *station = turn_find(turn, &stations, of->station_id);
	Supervision__StationCover next;

	if (!found || !station)
		return turn_done();
	next = *found;
	next.assignment_id = "";
	next.supervisor_id = "";
	next.open = station->state == STATIONS__STATION_STATE__STATION_STATE_OPEN;
	return next.open ? say_gap(turn, &next, date) : say_dropped(turn, &next);
}

/* --- Stations --------------------------------------------------------------------------------- */

struct verdict cover_station_opened(struct turn *turn, const char *station_id, const char *date)
{
	const Stations__Station *station = turn_find(turn, &stations, station_id);
	const Supervision__StationCover *found = turn_find(turn, &covers, station_id);
	Supervision__StationCover next = SUPERVISION__STATION_COVER__INIT;

	if (found)
		next = *found;
	next.station_id = station->station_id;
	next.programme_year_id = station->programme_year_id;
	next.region_code = station->region_code;
	next.open = true;
	if (text_empty(next.assignment_id))
		return say_gap(turn, &next, date);

	Supervision__StationCoverResumed resumed = SUPERVISION__STATION_COVER_RESUMED__INIT;
	resumed.cover = &next;
	return turn_accept(turn, &resumed.base);
}

struct verdict cover_station_shut(struct turn *turn, const char *station_id)
{
	const Supervision__StationCover *found = turn_find(turn, &covers, station_id);
	Supervision__StationCover next;

	if (!found)
		return turn_done();
	next = *found;
	next.open = false;
	return say_dropped(turn, &next);
}

struct verdict cover_station_closed(struct turn *turn, const char *station_id, const char *date)
{
	const Supervision__StationCover *found = turn_find(turn, &covers, station_id);

	/* The end of its assignment says of the station that it needs none. */
	assignments_of_station_end(turn, station_id, date);
	if (found && !text_empty(found->assignment_id))
		return turn_done();
	return cover_station_shut(turn, station_id);
}

/* --- How many have one ------------------------------------------------------------------------ */

static struct verdict get_station_coverage(struct turn *turn, const void *request,
					   ProtobufCMessage *response)
{
	const Supervision__GetStationCoverageRequest *asked = request;
	Supervision__GetStationCoverageResponse *answer =
		(Supervision__GetStationCoverageResponse *)response;
	int level;
	struct verdict area =
		area_level(turn, asked->programme_year_id, asked->region_code, &level);

	if (area.refusal)
		return area;

	Supervision__StationCover like = SUPERVISION__STATION_COVER__INIT;
	like.programme_year_id = asked->programme_year_id;
	like.region_code = asked->region_code;
	like.open = true;
	like.gap = true;
	answer->gaps = (int32_t)turn_count(turn, &covers, covers.tallies[level], &like);
	like.gap = false;
	int64_t covered = (int64_t)turn_count(turn, &covers, covers.tallies[level], &like);
	answer->open_stations = (int32_t)covered + answer->gaps;
	answer->coverage_hundredths =
		answer->open_stations ? (int32_t)(covered * 10000 / answer->open_stations) : 10000;
	return turn_done();
}

static const struct query queries[] = {
	{ "ListStationCovers", LIST(covers) },
	{ "GetStationCoverage", .answer = get_station_coverage },
	{ 0 },
};

static const struct table *const tables[] = { &covers, NULL };

const struct aggregate station_cover = { tables, NULL, queries };
