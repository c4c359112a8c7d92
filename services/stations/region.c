/* The areas of the national statistics: province 53, prefecture 5331, county 533102, town
 * 533102102, village.  A code begins with the code of what it lies in. */
#include "stations.h"

#include <assert.h>
#include <string.h>

const struct table regions = {
	.name = "regions",
	.record = &stations__region__descriptor,
	.id = "region_code",
	.indexes = { "parent_code", "level" },
	.tallies = { "region_code[2],level", "region_code[4],level", "region_code[6],level" },
};

static const struct level {
	size_t digits, above_digits;
	Stations__RegionLevel level;
} levels[] = {
	{ 2, 0, STATIONS__REGION_LEVEL__REGION_LEVEL_PROVINCE },
	{ 4, 2, STATIONS__REGION_LEVEL__REGION_LEVEL_PREFECTURE },
	{ 6, 4, STATIONS__REGION_LEVEL__REGION_LEVEL_COUNTY },
	{ 9, 6, STATIONS__REGION_LEVEL__REGION_LEVEL_TOWN },
	{ 12, 9, STATIONS__REGION_LEVEL__REGION_LEVEL_VILLAGE },
};

static const struct level *level_of(const char *code)
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (levels[i].digits == strlen(code))
			return &levels[i];
	return NULL;
}

/* Where a code has no county: "4419 00 003" is a town right under the city 4419. */
static bool without_county(const char *code)
{
	return strlen(code) >= 6 && !strncmp(code + 4, "00", 2);
}

bool region_in_year(const Stations__Region *of, const Stations__ProgrammeYear *year)
{
	return of->first_year <= year->year && (!of->last_year || year->year <= of->last_year);
}

static struct verdict add_region(struct turn *turn, const void *command)
{
	const Stations__AddRegionRequest *cmd = command;
	const struct level *level = level_of(cmd->region_code);

	assert(level && "the engine lets region codes through that have one of the five lengths");
	/* "440100" is the prefecture 4401 written with six digits. */
	if (level->level == STATIONS__REGION_LEVEL__REGION_LEVEL_COUNTY &&
	    without_county(cmd->region_code))
		return turn_invalid("region_code");
	if (!turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	if (cmd->first_year < 0)
		return turn_invalid("first_year");
	if (cmd->last_year && cmd->last_year < cmd->first_year)
		return turn_invalid("last_year");
	if (turn_find(turn, &regions, cmd->region_code))
		return REFUSE(REGION_EXISTS, cmd->region_code);

	size_t above = level->above_digits;
	if (level->level == STATIONS__REGION_LEVEL__REGION_LEVEL_TOWN &&
	    without_county(cmd->region_code))
		above = 4;
	const char *parent_code = turn_text(turn, "%.*s", (int)above, cmd->region_code);
	if (above && !turn_find(turn, &regions, parent_code))
		return REFUSE(REGION_PARENT_UNKNOWN, parent_code);

	Stations__Region next = STATIONS__REGION__INIT;
	next.region_code = cmd->region_code;
	next.level = level->level;
	next.parent_code = parent_code;
	next.name_en = cmd->name_en;
	next.name_zh = cmd->name_zh;
	next.first_year = cmd->first_year;
	next.last_year = cmd->last_year;

	Stations__RegionAdded added = STATIONS__REGION_ADDED__INIT;
	added.region = &next;
	return turn_accept(turn, &added.base);
}

static const struct command commands[] = {
	{ "AddRegion", add_region, BY_PROVINCE, "region_code name_en name_zh" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetRegion", GET(regions) },
	{ "ListRegions", LIST(regions) },
	{ 0 },
};

static const struct table *const tables[] = { &regions, NULL };
const struct aggregate region = { tables, commands, queries };
