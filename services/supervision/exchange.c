/* A stage exchange: projects of an area meet in the course of the year and tell each other how they
 * get on.  It is written down once, when it was held; each project's part is a record of its own,
 * so that the parts can be counted for the project. */
#include "supervision.h"

#include "base/text.h"

#include "follow.h"

const struct table exchanges = {
	.name = "exchanges",
	.record = &supervision__stage_exchange__descriptor,
	.id = "exchange_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "region_code" },
};

const struct table exchange_parts = {
	.name = "exchange_parts",
	.record = &supervision__exchange_part__descriptor,
	.id = "part_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "exchange_id", "project_id", "programme_year_id" },
	/* RULE B23: "counted for each project" */
	.tallies = { "project_id" },
};

static Supervision__ExchangePart *part_of(struct turn *turn, const char *exchange_id,
					  const Stations__Project *project)
{
	Supervision__ExchangePart *part = turn_take(turn, sizeof(*part));
	const char *readable = turn_text(turn, "%s:%s", exchange_id, project->project_id);

	supervision__exchange_part__init(part);
	part->part_id = turn_id(turn, readable, turn_find(turn, &exchange_parts, readable));
	part->exchange_id = exchange_id;
	part->project_id = project->project_id;
	part->programme_year_id = project->programme_year_id;
	part->region_code = project->region_code;
	part->agency_id = project->agency_id;
	return part;
}

static struct verdict hold_exchange(struct turn *turn, const void *command)
{
	const Supervision__HoldExchangeRequest *cmd = command;

	if (!turn_find(turn, &programme_years, cmd->programme_year_id))
		return turn_not_found(cmd->programme_year_id);
	if (!turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	if (turn_find(turn, &exchanges, cmd->exchange_id))
		return REFUSE(EXCHANGE_EXISTS, cmd->exchange_id);
	if (cmd->attendees < 1)
		return turn_invalid("attendees");

	Supervision__ExchangeHeld held = SUPERVISION__EXCHANGE_HELD__INIT;
	held.parts = turn_take(turn, cmd->n_project_ids * sizeof(*held.parts));
	for (size_t i = 0; i < cmd->n_project_ids; i++) {
		const char *id = cmd->project_ids[i];
		const Stations__Project *project = turn_find(turn, &projects, id);
		if (!project || !turn_covers(turn, project->region_code))
			return turn_not_found(id);
		if (!text_same(project->programme_year_id, cmd->programme_year_id) ||
		    !text_begins(project->region_code, cmd->region_code))
			return REFUSE(PROJECT_ELSEWHERE, id);
		if (text_among(id, cmd->project_ids, i))
			return REFUSE(PROJECT_TWICE, id);
		held.parts[held.n_parts++] = part_of(turn, cmd->exchange_id, project);
	}

	Supervision__StageExchange exchange = SUPERVISION__STAGE_EXCHANGE__INIT;
	exchange.exchange_id = cmd->exchange_id;
	exchange.programme_year_id = cmd->programme_year_id;
	exchange.region_code = cmd->region_code;
	exchange.held_on = cmd->held_on;
	exchange.title = cmd->title;
	exchange.summary = cmd->summary;
	exchange.attendees = cmd->attendees;
	exchange.projects = (int32_t)held.n_parts;
	exchange.holder_id = turn_actor(turn)->person_id;

	held.exchange = &exchange;
	return turn_accept(turn, &held.base);
}

static const struct command commands[] = {
	{ "HoldExchange", hold_exchange, BY_OVERSEERS,
	  "exchange_id programme_year_id region_code project_ids title summary held_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetExchange", GET(exchanges) },
	{ "ListExchanges", LIST(exchanges) },
	{ "ListExchangeParts", LIST(exchange_parts) },
	{ 0 },
};

static const struct table *const tables[] = { &exchanges, &exchange_parts, NULL };

const struct aggregate stage_exchange = { tables, commands, queries };
