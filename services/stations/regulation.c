/* A regulation of a station: one of those that the year's rules ask of each station.
 *
 *     MISSING -> DRAFT -> ADOPTED -> REVISED -> REVISED ...
 *
 * One that is missing has no record; what a station lacks is what the rules ask for and it has
 * not. */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

const struct table regulations = {
	.name = "regulations",
	.record = &stations__regulation__descriptor,
	.id = "regulation_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "station_id", "station_id,kind!", "state" },
	.tallies = { "programme_year_id,region_code[4],kind,state" },
};

static const Stations__RegulationState MISSING =
	STATIONS__REGULATION_STATE__REGULATION_STATE_MISSING;
static const Stations__RegulationState DRAFT = STATIONS__REGULATION_STATE__REGULATION_STATE_DRAFT;
static const Stations__RegulationState ADOPTED =
	STATIONS__REGULATION_STATE__REGULATION_STATE_ADOPTED;
static const Stations__RegulationState REVISED =
	STATIONS__REGULATION_STATE__REGULATION_STATE_REVISED;

enum { BY_STATION_OR_CENTRE = BY_TOWN | BY_WORKER | BY_REGIONAL_CENTRE };

static const Stations__StationRules *rules_of(struct turn *turn, const char *programme_year_id)
{
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	return year->rules->stations;
}

static bool asked_for(const Stations__StationRules *rules, const char *kind)
{
	for (size_t i = 0; i < rules->n_regulations; i++)
		if (text_same(rules->regulations[i]->regulation, kind))
			return true;
	return false;
}

static const Stations__Regulation *regulation_of(struct turn *turn, const char *station_id,
						 const char *kind)
{
	return turn_by(turn, &regulations, "station_id,kind",
		       &(Stations__Regulation){ .station_id = station_id, .kind = kind });
}

static struct verdict draft_regulation(struct turn *turn, const void *command)
{
	const Stations__DraftRegulationRequest *cmd = command;
	const Stations__Station *of = turn_find(turn, &stations, cmd->station_id);

	if (!of || !turn_covers(turn, of->region_code))
		return turn_not_found(cmd->station_id);
	/* RULE A12: "Each station keeps a list of the regulations it needs, and how far each of
	 * them has come." */
	if (!asked_for(rules_of(turn, of->programme_year_id), cmd->kind))
		return REFUSE(REGULATION_NOT_IN_RULES, cmd->kind);
	if (regulation_of(turn, cmd->station_id, cmd->kind))
		return REFUSE(REGULATION_EXISTS, cmd->kind);
	const char *readable = turn_text(turn, "rg-%s-%s", cmd->station_id, cmd->kind);

	Stations__Regulation next = STATIONS__REGULATION__INIT;
	next.regulation_id =
		turn_id(turn, readable, turn_find(turn, &regulations, readable) != NULL);
	next.programme_year_id = of->programme_year_id;
	next.station_id = of->station_id;
	next.region_code = of->region_code;
	next.kind = cmd->kind;
	next.state = DRAFT;
	next.drafted_on = cmd->drafted_on;
	next.helper = cmd->helper;
	next.helper_id = cmd->helper_id;
	next.note = cmd->note;

	Stations__RegulationDrafted drafted = STATIONS__REGULATION_DRAFTED__INIT;
	drafted.regulation = &next;
	return turn_accept(turn, &drafted.base);
}

static struct verdict adopt_regulation(struct turn *turn, const void *command)
{
	const Stations__AdoptRegulationRequest *cmd = command;
	const Stations__Regulation *found = turn_find(turn, &regulations, cmd->regulation_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->regulation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->regulation_id);
	if (found->state != DRAFT)
		return REFUSE(REGULATION_NOT_DRAFT, cmd->regulation_id);
	if (day_text_before(cmd->adopted_on, found->drafted_on))
		return REFUSE(REGULATION_TOO_EARLY, cmd->regulation_id);

	Stations__Regulation next = *found;
	next.state = ADOPTED;
	next.adopted_on = cmd->adopted_on;
	next.document_no = cmd->document_no;

	Stations__RegulationAdopted adopted = STATIONS__REGULATION_ADOPTED__INIT;
	adopted.regulation = &next;
	return turn_accept(turn, &adopted.base);
}

static struct verdict revise_regulation(struct turn *turn, const void *command)
{
	const Stations__ReviseRegulationRequest *cmd = command;
	const Stations__Regulation *found = turn_find(turn, &regulations, cmd->regulation_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->regulation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->regulation_id);
	if (found->state != ADOPTED && found->state != REVISED)
		return REFUSE(REGULATION_NOT_ADOPTED, cmd->regulation_id);
	const char *last = found->state == ADOPTED ? found->adopted_on : found->revised_on;
	if (day_text_before(cmd->revised_on, last))
		return REFUSE(REGULATION_TOO_EARLY, cmd->regulation_id);

	Stations__Regulation next = *found;
	next.state = REVISED;
	next.revised_on = cmd->revised_on;
	next.document_no = cmd->document_no;
	next.helper = cmd->helper;
	next.helper_id = cmd->helper_id;
	next.note = cmd->note;

	Stations__RegulationRevised revised = STATIONS__REGULATION_REVISED__INIT;
	revised.regulation = &next;
	return turn_accept(turn, &revised.base);
}

/* All that the rules ask of the station, what is missing too. */
static struct verdict get_regulations(struct turn *turn, const void *request,
				      ProtobufCMessage *response)
{
	const Stations__GetRegulationsRequest *asked = request;
	Stations__GetRegulationsResponse *answer = (Stations__GetRegulationsResponse *)response;
	const Stations__Station *of = turn_find(turn, &stations, asked->station_id);

	if (!of || !turn_sees(turn, &stations, of))
		return turn_not_found(asked->station_id);
	const Stations__StationRules *rules = rules_of(turn, of->programme_year_id);

	answer->regulations = turn_take(turn, rules->n_regulations * sizeof(*answer->regulations));
	for (size_t i = 0; i < rules->n_regulations; i++) {
		const char *kind = rules->regulations[i]->regulation;
		const Stations__Regulation *found = regulation_of(turn, asked->station_id, kind);
		Stations__Regulation *row = turn_take(turn, sizeof(*row));
		*row = (Stations__Regulation)STATIONS__REGULATION__INIT;
		row->station_id = of->station_id;
		row->kind = kind;
		row->state = MISSING;
		if (found)
			*row = *found;
		answer->regulations[answer->n_regulations++] = row;
	}
	return turn_done();
}

/* --- How complete they are ------------------------------------------------------------------- */

static void count_in(Stations__RegulationCompleteness *row, Stations__RegulationState state,
		     int32_t n)
{
	if (state == DRAFT)
		row->draft += n;
	else if (state == ADOPTED)
		row->adopted += n;
	else
		row->revised += n;
}

/* What there is at one station, kind by kind. */
static void count_at_station(struct turn *turn, Stations__RegulationCompleteness *row,
			     const char *kind)
{
	const Stations__Regulation *found = regulation_of(turn, row->station_id, kind);

	if (found)
		count_in(row, found->state, 1);
}

/* What there is in a city, kind by kind. */
static void count_in_city(struct turn *turn, Stations__RegulationCompleteness *row,
			  const char *programme_year_id, const char *kind)
{
	struct each each =
		turn_groups(turn, &regulations, "programme_year_id,region_code[4],kind,state",
			    &(Stations__Regulation){ .programme_year_id = programme_year_id,
						     .region_code = row->region_code,
						     .kind = kind },
			    3);

	for (struct group group; group_next(&each, &group);)
		count_in(row, ((const Stations__Regulation *)group.like)->state,
			 (int32_t)group.count);
}

/* The row of the region, or of the station; the last one where that is it already. */
static Stations__RegulationCompleteness *row_of(struct turn *turn,
						Stations__GetRegulationCompletenessResponse *answer,
						const char *region_code)
{
	if (answer->n_rows && text_same(answer->rows[answer->n_rows - 1]->region_code, region_code))
		return answer->rows[answer->n_rows - 1];
	Stations__RegulationCompleteness *row = turn_take(turn, sizeof(*row));
	*row = (Stations__RegulationCompleteness)STATIONS__REGULATION_COMPLETENESS__INIT;
	row->region_code = region_code;
	answer->rows[answer->n_rows++] = row;
	return row;
}

/* A row for each city with stations. */
static void add_cities(struct turn *turn, Stations__GetRegulationCompletenessResponse *answer,
		       const char *programme_year_id)
{
	enum { CITIES_MAX = 100 }; /* of one province: two digits */
	const Stations__Station of_year = { .programme_year_id = programme_year_id };
	struct each each =
		turn_groups(turn, &stations, "programme_year_id,region_code[4],state", &of_year, 1);

	answer->rows = turn_take(turn, CITIES_MAX * sizeof(*answer->rows));
	for (struct group group; group_next(&each, &group);)
		if (turn_counts_area(turn, ((const Stations__Station *)group.like)->region_code))
			row_of(turn, answer, ((const Stations__Station *)group.like)->region_code)
				->stations += (int32_t)group.count;
}

/* A row for each station of the city. */
static void add_stations(struct turn *turn, Stations__GetRegulationCompletenessResponse *answer,
			 const Stations__GetRegulationCompletenessRequest *asked)
{
	const Stations__Station like = { .programme_year_id = asked->programme_year_id,
					 .region_code = asked->region_code };
	size_t most = 0;
	struct each groups =
		turn_groups(turn, &stations, "programme_year_id,region_code[4],state", &like, 2);
	for (struct group group; group_next(&groups, &group);)
		most += group.count;

	answer->rows = turn_take(turn, most * sizeof(*answer->rows));
	struct each each = turn_each(turn, &stations, "programme_year_id,region_code[4]", &like);
	for (const Stations__Station *s; answer->n_rows < most && (s = each_next(&each));) {
		if (!turn_sees(turn, &stations, s))
			continue;
		Stations__RegulationCompleteness *row = row_of(turn, answer, s->region_code);
		row->station_id = s->station_id;
		row->stations = 1;
	}
}

static struct verdict get_regulation_completeness(struct turn *turn, const void *request,
						  ProtobufCMessage *response)
{
	const Stations__GetRegulationCompletenessRequest *asked = request;
	Stations__GetRegulationCompletenessResponse *answer =
		(Stations__GetRegulationCompletenessResponse *)response;
	const Stations__ProgrammeYear *year = year_seen(turn, asked->programme_year_id);

	if (!year || !year->rules->stations)
		return turn_not_found(asked->programme_year_id);
	if (text_empty(asked->region_code))
		add_cities(turn, answer, asked->programme_year_id);
	else
		add_stations(turn, answer, asked);
	for (size_t i = 0; i < answer->n_rows; i++) {
		Stations__RegulationCompleteness *row = answer->rows[i];
		const Stations__StationRules *rules = year->rules->stations;
		for (size_t k = 0; k < rules->n_regulations; k++) {
			const char *kind = rules->regulations[k]->regulation;
			if (text_empty(row->station_id))
				count_in_city(turn, row, asked->programme_year_id, kind);
			else
				count_at_station(turn, row, kind);
		}
		row->needed = row->stations * (int32_t)rules->n_regulations;
		row->missing = row->needed - row->draft - row->adopted - row->revised;
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "DraftRegulation", draft_regulation, BY_STATION_OR_CENTRE, "station_id kind drafted_on" },
	{ "AdoptRegulation", adopt_regulation, BY_STATION_OR_CENTRE, "regulation_id adopted_on" },
	{ "ReviseRegulation", revise_regulation, BY_STATION_OR_CENTRE, "regulation_id revised_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetRegulations", .answer = get_regulations },
	{ "ListRegulations", LIST(regulations) },
	/* For those whose area is a city at least. */
	{ "GetRegulationCompleteness", .answer = get_regulation_completeness,
	  .callers = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE |
		     BY_PREFECTURE | BY_AUDITOR | BY_DASHBOARD },
	{ 0 },
};

static const struct table *const tables[] = { &regulations, NULL };
const struct aggregate regulation = { tables, commands, queries };
