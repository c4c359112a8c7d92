/* What was published about the work, and where to find it. */
#include "reporting.h"

#include "base/text.h"

const struct table publicity_items = {
	.name = "publicity_items",
	.record = &reporting__publicity_item__descriptor,
	.id = "item_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "site_id", "programme_year_id", "agency_id", "region_code" },
	.tallies = { "site_id", "programme_year_id,region_code[4]", "programme_year_id",
		     "programme_year_id,region_code[6]", "programme_year_id,agency_id" },
};

static struct verdict add_publicity(struct turn *turn, const void *command)
{
	const Reporting__AddPublicityRequest *cmd = command;
	struct place place;

	if (!text_empty(cmd->site_id) && !place_of_site(turn, cmd->site_id, &place))
		return turn_not_found(cmd->site_id);
	if (text_empty(cmd->site_id) &&
	    !place_of_area(turn, cmd->programme_year_id, cmd->region_code, &place))
		return turn_not_found(cmd->region_code);
	if (turn_find(turn, &publicity_items, cmd->item_id))
		return REFUSE(PUBLICITY_EXISTS, cmd->item_id);
	/* RULE B36: "kept with outlet, date and where to find it" */
	if (text_empty(cmd->link) && text_empty(cmd->evidence))
		return REFUSE(PUBLICITY_NOWHERE, cmd->item_id);

	Reporting__PublicityItem item = REPORTING__PUBLICITY_ITEM__INIT;
	Reporting__PublicityAdded event = REPORTING__PUBLICITY_ADDED__INIT;

	item.item_id = cmd->item_id;
	item.programme_year_id = place.programme_year_id;
	item.site_id = place.site_id;
	item.region_code = place.region_code;
	item.agency_id = place.agency_id;
	item.outlet = cmd->outlet;
	item.published_on = cmd->published_on;
	item.title = cmd->title;
	item.link = cmd->link;
	item.evidence = cmd->evidence;
	item.recorded_by_id = turn_actor(turn)->person_id;
	event.item = &item;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "AddPublicity", add_publicity, BY_WRITERS, "item_id outlet published_on title" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetPublicity", GET(publicity_items) },
	{ "ListPublicity", LIST(publicity_items) },
	{ 0 },
};
static const struct table *const tables[] = { &publicity_items, NULL };

const struct aggregate publicity = { tables, commands, queries };
