/* Coordination: what finance, education, human resources and other departments gave to a site. */
#include "stations.h"

#include "base/text.h"

const struct table coordinations = {
	.name = "coordinations",
	.record = &stations__coordination__descriptor,
	.id = "coordination_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "site_id", "department" },
	.tallies = { "site_id,withdrawn,department:amount_fen",
		     "programme_year_id,withdrawn,region_code,department:amount_fen" },
};

enum { BY_CIVIL_AFFAIRS = BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_TOWN };

static struct verdict record_coordination(struct turn *turn, const void *command)
{
	const Stations__RecordCoordinationRequest *cmd = command;
	const Stations__Site *where = turn_find(turn, &sites, cmd->site_id);

	if (!where || !turn_covers(turn, where->region_code))
		return turn_not_found(cmd->site_id);
	if (turn_find(turn, &coordinations, cmd->coordination_id))
		return REFUSE(COORDINATION_EXISTS, cmd->coordination_id);
	if (cmd->kind == STATIONS__COORDINATION_KIND__COORDINATION_KIND_FUNDS && !cmd->amount_fen)
		return turn_invalid("amount_fen");

	/* RULE B7: "What finance, education, human resources and other departments gave to a site
	 * is recorded." */
	Stations__Coordination next = STATIONS__COORDINATION__INIT;
	next.coordination_id = cmd->coordination_id;
	next.programme_year_id = where->programme_year_id;
	next.site_id = where->site_id;
	next.region_code = where->region_code;
	next.department = cmd->department;
	next.kind = cmd->kind;
	next.given_on = cmd->given_on;
	next.amount_fen = cmd->amount_fen;
	next.description = cmd->description;
	next.document_no = cmd->document_no;
	next.recorded_by = turn_actor(turn)->person_id;

	Stations__CoordinationRecorded recorded = STATIONS__COORDINATION_RECORDED__INIT;
	recorded.coordination = &next;
	return turn_accept(turn, &recorded.base);
}

static struct verdict withdraw_coordination(struct turn *turn, const void *command)
{
	const Stations__WithdrawCoordinationRequest *cmd = command;
	const Stations__Coordination *found = turn_find(turn, &coordinations, cmd->coordination_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->coordination_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->coordination_id);
	if (found->withdrawn)
		return REFUSE(COORDINATION_WITHDRAWN, cmd->coordination_id);

	Stations__Coordination next = *found;
	next.withdrawn = true;
	next.withdrawn_note = cmd->note;

	Stations__CoordinationWithdrawn withdrawn = STATIONS__COORDINATION_WITHDRAWN__INIT;
	withdrawn.coordination = &next;
	return turn_accept(turn, &withdrawn.base);
}

/* Adds a group to the row of its department; a new row at the end where there is none. */
static void add_to(struct turn *turn, Stations__GetCoordinationSumsResponse *answer,
		   const struct group *group)
{
	const Stations__Coordination *of = group->like;
	Stations__DepartmentSum *row = NULL;

	for (size_t i = 0; i < answer->n_departments; i++)
		if (answer->departments[i]->department == of->department)
			row = answer->departments[i];
	if (!row) {
		row = turn_take(turn, sizeof(*row));
		*row = (Stations__DepartmentSum)STATIONS__DEPARTMENT_SUM__INIT;
		row->department = of->department;
		answer->departments[answer->n_departments++] = row;
	}
	row->times += (int32_t)group->count;
	row->amount_fen += group->sum;
}

static struct verdict get_coordination_sums(struct turn *turn, const void *request,
					    ProtobufCMessage *response)
{
	const Stations__GetCoordinationSumsRequest *asked = request;
	Stations__GetCoordinationSumsResponse *answer =
		(Stations__GetCoordinationSumsResponse *)response;
	const Stations__Coordination at_site = { .site_id = asked->site_id };
	const Stations__Coordination of_year = { .programme_year_id = asked->programme_year_id };
	struct each each;

	answer->departments =
		turn_take(turn, stations__department__descriptor.n_values * sizeof(void *));
	if (!text_empty(asked->site_id)) {
		const Stations__Site *where = turn_find(turn, &sites, asked->site_id);
		if (!where || !turn_sees(turn, &sites, where))
			return turn_not_found(asked->site_id);
		each = turn_groups(turn, &coordinations, "site_id,withdrawn,department:amount_fen",
				   &at_site, 2);
	} else {
		if (!year_seen(turn, asked->programme_year_id))
			return turn_not_found(asked->programme_year_id);
		each = turn_groups(turn, &coordinations,
				   "programme_year_id,withdrawn,region_code,department:amount_fen",
				   &of_year, 2);
	}
	for (struct group group; group_next(&each, &group);)
		if (!text_empty(asked->site_id) || turn_sees(turn, &coordinations, group.like))
			add_to(turn, answer, &group);
	return turn_done();
}

static const struct command commands[] = {
	{ "RecordCoordination", record_coordination, BY_CIVIL_AFFAIRS,
	  "coordination_id site_id department kind given_on description" },
	{ "WithdrawCoordination", withdraw_coordination, BY_CIVIL_AFFAIRS, "coordination_id note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetCoordination", GET(coordinations) },
	{ "ListCoordinations", LIST(coordinations) },
	{ "GetCoordinationSums", .answer = get_coordination_sums },
	{ 0 },
};

static const struct table *const tables[] = { &coordinations, NULL };
const struct aggregate coordination = { tables, commands, queries };
