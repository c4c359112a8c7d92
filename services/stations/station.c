/* The social work station of a town: the third of the three levels of support.
 *
 *     PLANNED -> APPROVED -> OPEN <-> SUSPENDED
 *                            OPEN | SUSPENDED -> CLOSED        nobody is in post any more
 *
 * From the approval on it is also a site of the same id, for which people are posted.  Its workers
 * are counted with each one who comes or leaves (staffing.c). */
#include "stations.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

const struct table stations = {
	.name = "stations",
	.record = &stations__station__descriptor,
	.id = "station_id",
	.region = "region_code",
	.indexes = { "programme_year_id,region_code", "programme_year_id,region_code[4]",
		     "centre_id", "state", "staffing" },
	.tallies = { "programme_year_id,state", "programme_year_id,batch,state",
		     "programme_year_id,batch:workers", "programme_year_id,region_code[2],state",
		     "programme_year_id,region_code[4],state",
		     "programme_year_id,region_code[6],state",
		     "programme_year_id,region_code[4],staffing",
		     "programme_year_id,region_code[4]:workers", "centre_id,state" },
};

static const Stations__StationState PLANNED = STATIONS__STATION_STATE__STATION_STATE_PLANNED;
static const Stations__StationState APPROVED = STATIONS__STATION_STATE__STATION_STATE_APPROVED;
static const Stations__StationState OPEN = STATIONS__STATION_STATE__STATION_STATE_OPEN;
static const Stations__StationState SUSPENDED = STATIONS__STATION_STATE__STATION_STATE_SUSPENDED;
static const Stations__StationState CLOSED = STATIONS__STATION_STATE__STATION_STATE_CLOSED;

enum { TOWN_DIGITS = 9, COUNTY_DIGITS = 6 };

bool station_takes_people(const Stations__Station *of)
{
	return of->state == APPROVED || of->state == OPEN;
}

const Stations__Station *station_of_town(struct turn *turn, const char *programme_year_id,
					 const char *region_code)
{
	struct each each = turn_each(turn, &stations, "programme_year_id,region_code",
				     &(Stations__Station){ .programme_year_id = programme_year_id,
							   .region_code = region_code });

	for (const Stations__Station *s; (s = each_next(&each));)
		if (s->state != CLOSED)
			return s;
	return NULL;
}

static struct verdict plan_station(struct turn *turn, const void *command)
{
	const Stations__PlanStationRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (!year)
		return REFUSE(PROGRAMME_YEAR_UNKNOWN, cmd->programme_year_id);
	/* RULE A1: "A site or station outside the sponsor's province cannot belong to the
	 * programme." */
	if (!text_begins(cmd->region_code, year->region_code))
		return REFUSE(SITE_OUTSIDE_PROGRAMME, cmd->region_code);
	if (!turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, cmd->programme_year_id))
		return REFUSE(ENTRUSTMENT_NOT_IN_FORCE, cmd->programme_year_id);
	const Stations__StationRules *rules = year->rules->stations;
	if (!rules)
		return REFUSE(RULES_WITHOUT_STATIONS, cmd->programme_year_id);
	if (turn_find(turn, &stations, cmd->station_id) || turn_find(turn, &sites, cmd->station_id))
		return REFUSE(STATION_EXISTS, cmd->station_id);
	if (strlen(cmd->region_code) != TOWN_DIGITS)
		return REFUSE(STATION_NOT_IN_TOWN, cmd->region_code);
	const Stations__Region *where = turn_find(turn, &regions, cmd->region_code);
	if (!where)
		return REFUSE(REGION_UNKNOWN, cmd->region_code);
	if (!region_in_year(where, year))
		return REFUSE(REGION_NOT_OF_YEAR, cmd->region_code);
	if (station_of_town(turn, cmd->programme_year_id, cmd->region_code))
		return REFUSE(TOWN_HAS_STATION, cmd->region_code);
	/* RULE A2: "Every station belongs to the first or the second batch." */
	if (cmd->batch < 1 || cmd->batch > rules->batches)
		return REFUSE(BATCH_NOT_IN_RULES, cmd->station_id);
	const Stations__RegionalCentre *centre =
		centre_of_city(turn, cmd->programme_year_id, cmd->region_code);

	Stations__Station next = STATIONS__STATION__INIT;
	next.station_id = cmd->station_id;
	next.programme_year_id = cmd->programme_year_id;
	next.region_code = cmd->region_code;
	next.name_en = cmd->name_en;
	next.name_zh = cmd->name_zh;
	next.batch = cmd->batch;
	next.state = PLANNED;
	if (centre)
		next.centre_id = centre->centre_id;
	next.synthetic = cmd->synthetic;

	Stations__StationPlanned planned = STATIONS__STATION_PLANNED__INIT;
	planned.station = &next;
	return turn_accept(turn, &planned.base);
}

static struct verdict approve_station(struct turn *turn, const void *command)
{
	const Stations__ApproveStationRequest *cmd = command;
	const Stations__Station *found = turn_find(turn, &stations, cmd->station_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->station_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->station_id);
	if (found->state != PLANNED)
		return REFUSE(STATION_NOT_PLANNED, cmd->station_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, found->programme_year_id);

	Stations__Station next = *found;
	next.state = APPROVED;
	next.approved_on = cmd->approved_on;

	Stations__Site site = STATIONS__SITE__INIT;
	site.site_id = found->station_id;
	site.programme_year_id = found->programme_year_id;
	site.region_code = found->region_code;
	site.kind = STATIONS__SITE_KIND__SITE_KIND_STATION;
	site.name_en = found->name_en;
	site.name_zh = found->name_zh;
	site.quota = year->rules->stations->max_workers;
	/* "4419 00 003" is a town right under the city 4419. */
	const char *county = turn_text(turn, "%.*s", COUNTY_DIGITS, found->region_code);
	if (strcmp(county + 4, "00")) {
		site.n_county_codes = 1;
		site.county_codes = &county;
	}

	Stations__StationApproved approved = STATIONS__STATION_APPROVED__INIT;
	approved.station = &next;
	approved.site = &site;
	return turn_accept(turn, &approved.base);
}

static struct verdict open_station(struct turn *turn, const void *command)
{
	const Stations__OpenStationRequest *cmd = command;
	const Stations__Station *found = turn_find(turn, &stations, cmd->station_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->station_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->station_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, found->programme_year_id))
		return REFUSE(ENTRUSTMENT_NOT_IN_FORCE, found->programme_year_id);
	if (found->state != APPROVED)
		return REFUSE(STATION_NOT_APPROVED, cmd->station_id);
	/* RULE A6: "a station belongs to the centre of its own city." */
	if (text_empty(found->centre_id))
		return REFUSE(CENTRE_MISSING, found->region_code);
	if (day_text_before(cmd->opened_on, found->approved_on))
		return REFUSE(OPENED_BEFORE_APPROVAL, cmd->station_id);

	Stations__Station next = *found;
	next.state = OPEN;
	next.opened_on = cmd->opened_on;
	staffing_put(turn, &next, NULL);

	Stations__StationOpened opened = STATIONS__STATION_OPENED__INIT;
	opened.station = &next;
	return turn_accept(turn, &opened.base);
}

static struct verdict suspend_station(struct turn *turn, const void *command)
{
	const Stations__SuspendStationRequest *cmd = command;
	const Stations__Station *found = turn_find(turn, &stations, cmd->station_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->station_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->station_id);
	if (found->state != OPEN)
		return REFUSE(STATION_NOT_OPEN, cmd->station_id);

	Stations__Station next = *found;
	next.state = SUSPENDED;
	next.note = cmd->note;

	Stations__StationSuspended suspended = STATIONS__STATION_SUSPENDED__INIT;
	suspended.station = &next;
	return turn_accept(turn, &suspended.base);
}

static struct verdict resume_station(struct turn *turn, const void *command)
{
	const Stations__ResumeStationRequest *cmd = command;
	const Stations__Station *found = turn_find(turn, &stations, cmd->station_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->station_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->station_id);
	if (found->state != SUSPENDED)
		return REFUSE(STATION_NOT_SUSPENDED, cmd->station_id);

	Stations__Station next = *found;
	next.state = OPEN;
	next.note = "";

	Stations__StationResumed resumed = STATIONS__STATION_RESUMED__INIT;
	resumed.station = &next;
	return turn_accept(turn, &resumed.base);
}

static struct verdict close_station(struct turn *turn, const void *command)
{
	const Stations__CloseStationRequest *cmd = command;
	const Stations__Station *found = turn_find(turn, &stations, cmd->station_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->station_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->station_id);
	if (found->state != OPEN && found->state != SUSPENDED)
		return REFUSE(STATION_NOT_OPEN, cmd->station_id);
	if (postings_at_site(turn, cmd->station_id))
		return REFUSE(STATION_HAS_WORKERS, cmd->station_id);
	if (day_text_before(cmd->closed_on, found->opened_on))
		return REFUSE(CLOSED_BEFORE_OPENING, cmd->station_id);

	Stations__Station next = *found;
	next.state = CLOSED;
	next.closed_on = cmd->closed_on;
	next.note = cmd->note;
	next.staffing = STATIONS__STAFFING_STATE__STAFFING_STATE_UNSPECIFIED;
	next.understaffed_since = "";

	Stations__StationClosed closed = STATIONS__STATION_CLOSED__INIT;
	closed.station = &next;
	return turn_accept(turn, &closed.base);
}

static const struct command commands[] = {
	{ "PlanStation", plan_station, BY_PROVINCE | BY_PROJECT_OFFICE | BY_PREFECTURE,
	  "station_id programme_year_id region_code name_en name_zh batch" },
	{ "ApproveStation", approve_station, BY_PROVINCE, "station_id approved_on" },
	{ "OpenStation", open_station, BY_PROVINCE | BY_PROJECT_OFFICE, "station_id opened_on" },
	{ "SuspendStation", suspend_station, BY_PROVINCE, "station_id note" },
	{ "ResumeStation", resume_station, BY_PROVINCE, "station_id" },
	{ "CloseStation", close_station, BY_PROVINCE, "station_id closed_on note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetStation", GET(stations) },
	{ "ListStations", LIST(stations) },
	{ 0 },
};

static const struct table *const tables[] = { &stations, NULL };
const struct aggregate station = { tables, commands, queries };
