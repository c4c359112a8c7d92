/* The regional centre of a city: the second of the three levels of support.
 *
 *     OPEN -> CLOSED        while none of its stations is at work */
#include "stations.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

const struct table regional_centres = {
	.name = "regional_centres",
	.record = &stations__regional_centre__descriptor,
	.id = "centre_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "programme_year_id,region_code,state" },
	.tallies = { "programme_year_id,state" },
};

static const Stations__CentreState OPEN = STATIONS__CENTRE_STATE__CENTRE_STATE_OPEN;
static const Stations__CentreState CLOSED = STATIONS__CENTRE_STATE__CENTRE_STATE_CLOSED;

enum { CITY_DIGITS = 4 };

const Stations__RegionalCentre *centre_of_city(struct turn *turn, const char *programme_year_id,
					       const char *region_code)
{
	const char *city = turn_text(turn, "%.*s", CITY_DIGITS, region_code);

	return turn_by(turn, &regional_centres, "programme_year_id,region_code,state",
		       &(Stations__RegionalCentre){ .programme_year_id = programme_year_id,
						    .region_code = city,
						    .state = OPEN });
}

/* The stations of the centre's city as they are with that centre. */
static size_t stations_with(struct turn *turn, const Stations__RegionalCentre *of,
			    const char *centre_id, Stations__Station ***found)
{
	const Stations__Station like = { .programme_year_id = of->programme_year_id,
					 .region_code = of->region_code };
	size_t n = 0, most = 0;

	for (int once = 0; once < 2; once++) {
		struct each each =
			turn_each(turn, &stations, "programme_year_id,region_code[4]", &like);
		if (once)
			*found = turn_take(turn, most * sizeof(Stations__Station *));
		for (const Stations__Station *s; (s = each_next(&each));) {
			if (s->state == STATIONS__STATION_STATE__STATION_STATE_CLOSED)
				continue;
			if (!once) {
				most++;
				continue;
			}
			Stations__Station *next = turn_take(turn, sizeof(*next));
			*next = *s;
			next->centre_id = centre_id;
			(*found)[n++] = next;
		}
	}
	return n;
}

static struct verdict open_centre(struct turn *turn, const void *command)
{
	const Stations__OpenCentreRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (!year || !turn_covers(turn, year->region_code))
		return REFUSE(PROGRAMME_YEAR_UNKNOWN, cmd->programme_year_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, cmd->programme_year_id))
		return REFUSE(ENTRUSTMENT_NOT_IN_FORCE, cmd->programme_year_id);
	if (!year->rules->stations)
		return REFUSE(RULES_WITHOUT_STATIONS, cmd->programme_year_id);
	if (turn_find(turn, &regional_centres, cmd->centre_id))
		return REFUSE(CENTRE_EXISTS, cmd->centre_id);
	if (strlen(cmd->region_code) != CITY_DIGITS)
		return turn_invalid("region_code");
	/* RULE A1: "A site or station outside the sponsor's province cannot belong to the
	 * programme." */
	if (!text_begins(cmd->region_code, year->region_code))
		return REFUSE(SITE_OUTSIDE_PROGRAMME, cmd->region_code);
	const Stations__Region *where = turn_find(turn, &regions, cmd->region_code);
	if (!where)
		return REFUSE(REGION_UNKNOWN, cmd->region_code);
	if (!region_in_year(where, year))
		return REFUSE(REGION_NOT_OF_YEAR, cmd->region_code);
	/* RULE A6: "A city has at most one regional centre at work, and a station belongs to the
	 * centre of its own city." */
	if (centre_of_city(turn, cmd->programme_year_id, cmd->region_code))
		return REFUSE(CITY_HAS_CENTRE, cmd->region_code);

	Stations__RegionalCentre next = STATIONS__REGIONAL_CENTRE__INIT;
	next.centre_id = cmd->centre_id;
	next.programme_year_id = cmd->programme_year_id;
	next.region_code = cmd->region_code;
	next.name_en = cmd->name_en;
	next.name_zh = cmd->name_zh;
	next.state = OPEN;
	next.opened_on = cmd->opened_on;
	next.synthetic = cmd->synthetic;

	Stations__CentreOpened opened = STATIONS__CENTRE_OPENED__INIT;
	opened.centre = &next;
	opened.n_stations = stations_with(turn, &next, cmd->centre_id, &opened.stations);
	return turn_accept(turn, &opened.base);
}

/* Are stations of the centre at work, or only suspended? */
static bool has_stations(struct turn *turn, const Stations__RegionalCentre *of)
{
	return turn_count(turn, &stations, "centre_id,state",
			  &(Stations__Station){
				  .centre_id = of->centre_id,
				  .state = STATIONS__STATION_STATE__STATION_STATE_OPEN }) ||
	       turn_count(turn, &stations, "centre_id,state",
			  &(Stations__Station){
				  .centre_id = of->centre_id,
				  .state = STATIONS__STATION_STATE__STATION_STATE_SUSPENDED });
}

static struct verdict close_centre(struct turn *turn, const void *command)
{
	const Stations__CloseCentreRequest *cmd = command;
	const Stations__RegionalCentre *found = turn_find(turn, &regional_centres, cmd->centre_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->centre_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->centre_id);
	if (found->state != OPEN)
		return REFUSE(CENTRE_NOT_OPEN, cmd->centre_id);
	/* RULE A6: "a station belongs to the centre of its own city." */
	if (has_stations(turn, found))
		return REFUSE(CENTRE_HAS_STATIONS, cmd->centre_id);
	if (day_text_before(cmd->closed_on, found->opened_on))
		return turn_invalid("closed_on");

	Stations__RegionalCentre next = *found;
	next.state = CLOSED;
	next.closed_on = cmd->closed_on;
	next.note = cmd->note;

	Stations__CentreClosed closed = STATIONS__CENTRE_CLOSED__INIT;
	closed.centre = &next;
	closed.n_stations = stations_with(turn, &next, "", &closed.stations);
	return turn_accept(turn, &closed.base);
}

static const struct command commands[] = {
	{ "OpenCentre", open_centre, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "centre_id programme_year_id region_code name_en name_zh opened_on" },
	{ "CloseCentre", close_centre, BY_PROVINCE, "centre_id closed_on note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetCentre", GET(regional_centres) },
	{ "ListCentres", LIST(regional_centres) },
	{ 0 },
};

static const struct table *const tables[] = { &regional_centres, NULL };
const struct aggregate regional_centre = { tables, commands, queries };
