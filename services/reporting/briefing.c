/* A briefing about the work of a site or an area, beside the reports of the periods. */
#include "reporting.h"

#include "base/text.h"

const struct table briefings = {
	.name = "briefings",
	.record = &reporting__briefing__descriptor,
	.id = "briefing_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "site_id", "programme_year_id", "agency_id", "region_code" },
	.tallies = { "site_id", "programme_year_id,region_code[4]", "programme_year_id",
		     "programme_year_id,region_code[6]", "programme_year_id,agency_id" },
};

static struct verdict issue_briefing(struct turn *turn, const void *command)
{
	const Reporting__IssueBriefingRequest *cmd = command;
	struct place place;

	if (!text_empty(cmd->site_id) && !place_of_site(turn, cmd->site_id, &place))
		return turn_not_found(cmd->site_id);
	if (text_empty(cmd->site_id) &&
	    !place_of_area(turn, cmd->programme_year_id, cmd->region_code, &place))
		return turn_not_found(cmd->region_code);
	if (turn_find(turn, &briefings, cmd->briefing_id))
		return REFUSE(BRIEFING_EXISTS, cmd->briefing_id);

	Reporting__Briefing fresh = REPORTING__BRIEFING__INIT;
	Reporting__BriefingIssued event = REPORTING__BRIEFING_ISSUED__INIT;

	fresh.briefing_id = cmd->briefing_id;
	fresh.programme_year_id = place.programme_year_id;
	fresh.site_id = place.site_id;
	fresh.region_code = place.region_code;
	fresh.agency_id = place.agency_id;
	fresh.number = cmd->number;
	fresh.title = cmd->title;
	fresh.content = cmd->content;
	fresh.issued_on = cmd->issued_on;
	fresh.issued_by_id = turn_actor(turn)->person_id;
	event.briefing = &fresh;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "IssueBriefing", issue_briefing, BY_WRITERS, "briefing_id title content issued_on" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetBriefing", GET(briefings) },
	{ "ListBriefings", LIST(briefings) },
	{ 0 },
};
static const struct table *const tables[] = { &briefings, NULL };

const struct aggregate briefing = { tables, commands, queries };
