/* The three levels of support seen as a whole: the office, the centres of the cities, their
 * stations; and which towns have one.  What is counted comes from tallies, a row for each city. */
#include "stations.h"

#include <string.h>

#include "base/text.h"

enum {
	CITY_DIGITS = 4,
	CITIES_MAX = 100, /* of one province: two digits */
	ASKERS = (unsigned)BY_ANYONE & ~(unsigned)(BY_AGENCY | BY_WORKER),
};

static const Stations__RegionLevel TOWN = STATIONS__REGION_LEVEL__REGION_LEVEL_TOWN;

/* --- The cities ------------------------------------------------------------------------------- */

struct rows {
	Stations__StationStaffing *of[CITIES_MAX];
	size_t n;
};

static Stations__StationStaffing *new_row(struct turn *turn, const char *region_code)
{
	Stations__StationStaffing *row = turn_take(turn, sizeof(*row));

	*row = (Stations__StationStaffing)STATIONS__STATION_STAFFING__INIT;
	row->region_code = region_code;
	return row;
}

static void add_state(Stations__StationStaffing *row, Stations__StationState state, int32_t n)
{
	switch (state) {
	case STATIONS__STATION_STATE__STATION_STATE_PLANNED:
		row->planned += n;
		return;
	case STATIONS__STATION_STATE__STATION_STATE_APPROVED:
		row->approved += n;
		return;
	case STATIONS__STATION_STATE__STATION_STATE_OPEN:
		row->open += n;
		return;
	case STATIONS__STATION_STATE__STATION_STATE_SUSPENDED:
		row->suspended += n;
		return;
	case STATIONS__STATION_STATE__STATION_STATE_CLOSED:
		row->closed += n;
		return;
	case STATIONS__STATION_STATE__STATION_STATE_UNSPECIFIED:
		return;
	}
}

static int32_t staffed_as(struct turn *turn, const Stations__Station *of_city,
			  Stations__StaffingState staffing)
{
	Stations__Station like = *of_city;

	like.staffing = staffing;
	return (int32_t)turn_count(turn, &stations, "programme_year_id,region_code[4],staffing",
				   &like);
}

static const char *centre_id_of(struct turn *turn, const char *programme_year_id, const char *city)
{
	const Stations__RegionalCentre *centre = centre_of_city(turn, programme_year_id, city);

	return centre ? centre->centre_id : "";
}

/* What is counted of a city beside the states of its stations. */
static void finish_row(struct turn *turn, const char *programme_year_id,
		       Stations__StationStaffing *row)
{
	const Stations__Station like = { .programme_year_id = programme_year_id,
					 .region_code = row->region_code };

	row->centre_id = centre_id_of(turn, programme_year_id, row->region_code);
	row->workers = (int32_t)turn_sum(turn, &stations,
					 "programme_year_id,region_code[4]:workers", &like);
	row->understaffed =
		staffed_as(turn, &like, STATIONS__STAFFING_STATE__STAFFING_STATE_UNDERSTAFFED);
	row->staffed = staffed_as(turn, &like, STATIONS__STAFFING_STATE__STAFFING_STATE_STAFFED);
	row->full = staffed_as(turn, &like, STATIONS__STAFFING_STATE__STAFFING_STATE_FULL);
}

/* Does the region that was asked for have to do with the city: lies it in it, or around it? */
static bool concerns(const char *asked, const char *city)
{
	return text_begins(city, asked) || text_begins(asked, city);
}

/* The caller's part of a city that is not all his: the stations in his area, one by one. */
static void count_part(struct turn *turn, const char *programme_year_id, const char *city,
		       struct rows *rows)
{
	struct each each = turn_each(turn, &stations, "programme_year_id,region_code[4]",
				     &(Stations__Station){ .programme_year_id = programme_year_id,
							   .region_code = city });
	Stations__StationStaffing *row = NULL;

	for (const Stations__Station *s; (s = each_next(&each));) {
		if (!turn_counts(turn, &stations, s))
			continue;
		if (!row) {
			row = new_row(turn, city);
			row->centre_id = centre_id_of(turn, programme_year_id, city);
			rows->of[rows->n++] = row;
		}
		add_state(row, s->state, 1);
		row->workers += s->workers;
		row->understaffed +=
			s->staffing == STATIONS__STAFFING_STATE__STAFFING_STATE_UNDERSTAFFED;
		row->staffed += s->staffing == STATIONS__STAFFING_STATE__STAFFING_STATE_STAFFED;
		row->full += s->staffing == STATIONS__STAFFING_STATE__STAFFING_STATE_FULL;
	}
}

/* A row for each city with stations that concerns the region, of what the caller may see there. */
static void count_cities(struct turn *turn, const char *programme_year_id, const char *asked,
			 struct rows *rows)
{
	struct each each =
		turn_groups(turn, &stations, "programme_year_id,region_code[4],state",
			    &(Stations__Station){ .programme_year_id = programme_year_id }, 1);
	const char *part = "";

	for (struct group group; group_next(&each, &group);) {
		const Stations__Station *of = group.like;
		Stations__StationStaffing *last = rows->n ? rows->of[rows->n - 1] : NULL;
		if (!concerns(asked, of->region_code))
			continue;
		if (!turn_counts_area(turn, of->region_code)) {
			if (!text_same(part, of->region_code))
				count_part(turn, programme_year_id, of->region_code, rows);
			part = of->region_code;
			continue;
		}
		if (!last || !text_same(last->region_code, of->region_code)) {
			last = new_row(turn, of->region_code);
			finish_row(turn, programme_year_id, last);
			rows->of[rows->n++] = last;
		}
		add_state(last, of->state, (int32_t)group.count);
	}
}

static void add_up(Stations__StationStaffing *sum, const Stations__StationStaffing *part)
{
	sum->planned += part->planned;
	sum->approved += part->approved;
	sum->open += part->open;
	sum->suspended += part->suspended;
	sum->closed += part->closed;
	sum->workers += part->workers;
	sum->understaffed += part->understaffed;
	sum->staffed += part->staffed;
	sum->full += part->full;
}

/* --- The staffing board ----------------------------------------------------------------------- */

static int32_t stations_of_batch(struct turn *turn, const char *programme_year_id, int32_t batch)
{
	struct each each = turn_groups(
		turn, &stations, "programme_year_id,batch,state",
		&(Stations__Station){ .programme_year_id = programme_year_id, .batch = batch }, 2);
	int32_t sum = 0;

	for (struct group group; group_next(&each, &group);)
		if (((const Stations__Station *)group.like)->state !=
		    STATIONS__STATION_STATE__STATION_STATE_CLOSED)
			sum += (int32_t)group.count;
	return sum;
}

/* RULE A2: "The declared total of stations stands next to the number that are really there." */
static void add_batches(struct turn *turn, const Stations__ProgrammeYear *year,
			Stations__GetStaffingBoardResponse *answer)
{
	int32_t n = year->rules->stations ? year->rules->stations->batches : 0;

	answer->batches = turn_take(turn, (size_t)n * sizeof(*answer->batches));
	for (int32_t batch = 1; batch <= n; batch++) {
		Stations__BatchStanding *standing = turn_take(turn, sizeof(*standing));
		*standing = (Stations__BatchStanding)STATIONS__BATCH_STANDING__INIT;
		standing->batch = batch;
		for (size_t i = 0; year->declared && i < year->declared->n_batches; i++)
			if (year->declared->batches[i]->batch == batch) {
				standing->declared_stations = year->declared->batches[i]->stations;
				standing->declared_workers = year->declared->batches[i]->workers;
			}
		standing->stations = stations_of_batch(turn, year->programme_year_id, batch);
		standing->workers = (int32_t)turn_sum(
			turn, &stations, "programme_year_id,batch:workers",
			&(Stations__Station){ .programme_year_id = year->programme_year_id,
					      .batch = batch });
		answer->batches[answer->n_batches++] = standing;
	}
}

static struct verdict get_staffing_board(struct turn *turn, const void *request,
					 ProtobufCMessage *response)
{
	const Stations__GetStaffingBoardRequest *asked = request;
	Stations__GetStaffingBoardResponse *answer = (Stations__GetStaffingBoardResponse *)response;
	const Stations__ProgrammeYear *year = year_seen(turn, asked->programme_year_id);
	struct rows *rows = turn_take(turn, sizeof(*rows));

	if (!year)
		return turn_not_found(asked->programme_year_id);
	count_cities(turn, asked->programme_year_id, asked->region_code, rows);
	answer->n_cities = rows->n;
	answer->cities = rows->of;
	answer->total = new_row(turn, "");
	for (size_t i = 0; i < rows->n; i++)
		add_up(answer->total, rows->of[i]);
	answer->declared = year->declared;
	if (!turn_counts_area(turn, year->region_code))
		return turn_done();
	add_batches(turn, year, answer);
	answer->centres = (int32_t)turn_count(
		turn, &regional_centres, "programme_year_id,state",
		&(Stations__RegionalCentre){ .programme_year_id = asked->programme_year_id,
					     .state = STATIONS__CENTRE_STATE__CENTRE_STATE_OPEN });
	return turn_done();
}

/* --- The tree --------------------------------------------------------------------------------- */

static void name_stations(struct turn *turn, const Stations__GetTreeRequest *asked,
			  Stations__TreeCentre *of)
{
	const Stations__StationStaffing *row = of->staffing;
	const Stations__Station like = { .programme_year_id = asked->programme_year_id,
					 .region_code = row->region_code };
	int32_t most = row->planned + row->approved + row->open + row->suspended + row->closed;

	of->stations = turn_take(turn, (size_t)most * sizeof(*of->stations));
	struct each each = turn_each(turn, &stations, "programme_year_id,region_code[4]", &like);
	for (const Stations__Station *s; (s = each_next(&each));)
		if (text_begins(s->region_code, asked->region_code) &&
		    turn_sees(turn, &stations, s)) {
			Stations__Station *copy = turn_take(turn, sizeof(*copy));
			*copy = *s;
			of->stations[of->n_stations++] = copy;
		}
}

static struct verdict get_tree(struct turn *turn, const void *request, ProtobufCMessage *response)
{
	const Stations__GetTreeRequest *asked = request;
	Stations__GetTreeResponse *answer = (Stations__GetTreeResponse *)response;
	const Stations__ProjectOffice *office = office_of_year(turn, asked->programme_year_id);
	const Stations__Entrustment *entrusted = entrustment_today(turn, asked->programme_year_id);
	struct rows *rows = turn_take(turn, sizeof(*rows));

	if (!year_seen(turn, asked->programme_year_id))
		return turn_not_found(asked->programme_year_id);
	if (office) {
		answer->office = turn_take(turn, sizeof(*answer->office));
		*answer->office = *office;
	}
	if (entrusted) {
		answer->entrustment = turn_take(turn, sizeof(*answer->entrustment));
		*answer->entrustment = *entrusted;
	}
	count_cities(turn, asked->programme_year_id, asked->region_code, rows);
	answer->centres = turn_take(turn, rows->n * sizeof(*answer->centres));
	for (size_t i = 0; i < rows->n; i++) {
		Stations__TreeCentre *next = turn_take(turn, sizeof(*next));
		*next = (Stations__TreeCentre)STATIONS__TREE_CENTRE__INIT;
		next->staffing = rows->of[i];
		const Stations__RegionalCentre *centre =
			turn_find(turn, &regional_centres, rows->of[i]->centre_id);
		if (centre) {
			next->centre = turn_take(turn, sizeof(*next->centre));
			*next->centre = *centre;
		}
		if (strlen(asked->region_code) >= CITY_DIGITS)
			name_stations(turn, asked, next);
		answer->centres[answer->n_centres++] = next;
	}
	return turn_done();
}

/* --- The towns -------------------------------------------------------------------------------- */

/* The tallies by which a region of a level is counted. */
static const struct counted {
	Stations__RegionLevel level;
	const char *towns, *by_state;
} counted[] = {
	{ STATIONS__REGION_LEVEL__REGION_LEVEL_PROVINCE, "region_code[2],level",
	  "programme_year_id,region_code[2],state" },
	{ STATIONS__REGION_LEVEL__REGION_LEVEL_PREFECTURE, "region_code[4],level",
	  "programme_year_id,region_code[4],state" },
	{ STATIONS__REGION_LEVEL__REGION_LEVEL_COUNTY, "region_code[6],level",
	  "programme_year_id,region_code[6],state" },
};

static const struct counted *counted_as(const Stations__Region *of)
{
	for (size_t i = 0; i < sizeof(counted) / sizeof(*counted); i++)
		if (counted[i].level == of->level)
			return &counted[i];
	return NULL;
}

static int32_t stations_in(struct turn *turn, const char *tally, Stations__Station like,
			   Stations__StationState state)
{
	like.state = state;
	return (int32_t)turn_count(turn, &stations, tally, &like);
}

static Stations__RegionCoverage *coverage_of(struct turn *turn, const char *programme_year_id,
					     const Stations__Region *of)
{
	const struct counted *by = counted_as(of);
	const Stations__Station like = { .programme_year_id = programme_year_id,
					 .region_code = of->region_code };
	Stations__RegionCoverage *next = turn_take(turn, sizeof(*next));

	*next = (Stations__RegionCoverage)STATIONS__REGION_COVERAGE__INIT;
	next->region_code = of->region_code;
	next->name_en = of->name_en;
	next->name_zh = of->name_zh;
	next->towns = (int32_t)turn_count(
		turn, &regions, by->towns,
		&(Stations__Region){ .region_code = of->region_code, .level = TOWN });
	next->with_station =
		stations_in(turn, by->by_state, like, STATIONS__STATION_STATE__STATION_STATE_OPEN) +
		stations_in(turn, by->by_state, like,
			    STATIONS__STATION_STATE__STATION_STATE_SUSPENDED);
	next->to_come = stations_in(turn, by->by_state, like,
				    STATIONS__STATION_STATE__STATION_STATE_PLANNED) +
			stations_in(turn, by->by_state, like,
				    STATIONS__STATION_STATE__STATION_STATE_APPROVED);
	return next;
}

static void add_town(struct turn *turn, const char *programme_year_id, const Stations__Region *of,
		     Stations__GetTownCoverageResponse *answer)
{
	const Stations__Station *found = station_of_town(turn, programme_year_id, of->region_code);
	Stations__TownCoverage *next = turn_take(turn, sizeof(*next));

	*next = (Stations__TownCoverage)STATIONS__TOWN_COVERAGE__INIT;
	next->region_code = of->region_code;
	next->name_en = of->name_en;
	next->name_zh = of->name_zh;
	if (found) {
		next->station_id = found->station_id;
		next->state = found->state;
	}
	answer->towns[answer->n_towns++] = next;
}

/* The towns right below a region, as many as the answer has room for. */
static void add_towns(struct turn *turn, const char *programme_year_id, const char *parent_code,
		      Stations__GetTownCoverageResponse *answer)
{
	struct each each = turn_each(turn, &regions, "parent_code",
				     &(Stations__Region){ .parent_code = parent_code });

	for (const Stations__Region *r; (r = each_next(&each));)
		if (r->level == TOWN)
			add_town(turn, programme_year_id, r, answer);
}

/* RULE A16: "It can be asked at any time which towns have a station and which have none." */
static struct verdict get_town_coverage(struct turn *turn, const void *request,
					ProtobufCMessage *response)
{
	const Stations__GetTownCoverageRequest *asked = request;
	Stations__GetTownCoverageResponse *answer = (Stations__GetTownCoverageResponse *)response;
	const Stations__Region *found = turn_find(turn, &regions, asked->region_code);
	const char *year_id = asked->programme_year_id;

	if (!year_seen(turn, year_id))
		return turn_not_found(year_id);
	if (!found || !turn_counts_area(turn, asked->region_code))
		return turn_not_found(asked->region_code);
	if (!counted_as(found))
		return turn_invalid("region_code");
	answer->total = coverage_of(turn, year_id, found);
	answer->parts = turn_take(turn, CITIES_MAX * sizeof(*answer->parts));
	bool towns_too = found->level != STATIONS__REGION_LEVEL__REGION_LEVEL_PROVINCE;
	if (towns_too) {
		answer->towns =
			turn_take(turn, (size_t)answer->total->towns * sizeof(*answer->towns));
		add_towns(turn, year_id, asked->region_code, answer);
	}
	struct each each = turn_each(turn, &regions, "parent_code",
				     &(Stations__Region){ .parent_code = asked->region_code });
	for (const Stations__Region *r; answer->n_parts < CITIES_MAX && (r = each_next(&each));) {
		if (r->level == TOWN)
			continue;
		answer->parts[answer->n_parts++] = coverage_of(turn, year_id, r);
		if (towns_too)
			add_towns(turn, year_id, r->region_code, answer);
	}
	return turn_done();
}

static const struct query queries[] = {
	{ "GetStaffingBoard", .answer = get_staffing_board, .callers = ASKERS },
	{ "GetTree", .answer = get_tree, .callers = ASKERS },
	{ "GetTownCoverage", .answer = get_town_coverage, .callers = ASKERS },
	{ 0 },
};

const struct aggregate support_tree = { NULL, NULL, queries };
