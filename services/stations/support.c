/* A request for support, or a trouble in a station's work, on its way through the three levels.
 *
 *     STATION --hand up--> CENTRE --hand up--> OFFICE
 *     STATION <--guidance-- CENTRE <--guidance-- OFFICE
 *
 * Only the level where it lies acts on it, and only by one level; the station closes it.  A request
 * for professional support begins at the centre, a trouble at the station itself. */
#include "stations.h"

#include "base/text.h"

const struct table support_requests = {
	.name = "support_requests",
	.record = &stations__support_request__descriptor,
	.id = "request_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "station_id", "state", "level" },
	.tallies = { "programme_year_id,state,region_code[4],level,kind",
		     "programme_year_id,state,region_code[4],level,kind,raised_on" },
};

static const Stations__SupportLevel AT_STATION = STATIONS__SUPPORT_LEVEL__SUPPORT_LEVEL_STATION;
static const Stations__SupportLevel AT_CENTRE = STATIONS__SUPPORT_LEVEL__SUPPORT_LEVEL_CENTRE;
static const Stations__SupportLevel AT_OFFICE = STATIONS__SUPPORT_LEVEL__SUPPORT_LEVEL_OFFICE;
static const Stations__SupportState OPEN = STATIONS__SUPPORT_STATE__SUPPORT_STATE_OPEN;
static const Stations__SupportState CLOSED = STATIONS__SUPPORT_STATE__SUPPORT_STATE_CLOSED;

enum { BY_STATION = BY_TOWN | BY_WORKER };

/* The level for which the caller acts. */
static Stations__SupportLevel level_of_caller(const struct turn *turn)
{
	unsigned caller = 1u << turn_actor(turn)->role;

	if (caller & BY_PROJECT_OFFICE)
		return AT_OFFICE;
	return caller & BY_REGIONAL_CENTRE ? AT_CENTRE : AT_STATION;
}

/* The request goes to the next level, which is one above or one below. */
static void move(struct turn *turn, Stations__SupportRequest *next, Stations__SupportLevel to,
		 const char *text)
{
	Stations__SupportStep *step = turn_take(turn, sizeof(*step));
	Stations__SupportStep *const *before = next->steps;

	*step = (Stations__SupportStep)STATIONS__SUPPORT_STEP__INIT;
	step->from_level = next->level;
	step->to_level = to;
	step->taken_on = turn_today_text(turn);
	step->taken_by = turn_actor(turn)->person_id;
	step->text = text;
	next->steps = turn_take(turn, (next->n_steps + 1) * sizeof(*next->steps));
	for (size_t i = 0; i < next->n_steps; i++)
		next->steps[i] = before[i];
	next->steps[next->n_steps++] = step;
	next->level = to;
}

static struct verdict raise_support(struct turn *turn, const void *command)
{
	const Stations__RaiseSupportRequest *cmd = command;
	const Stations__Station *where = turn_find(turn, &stations, cmd->station_id);

	if (!where || !turn_covers(turn, where->region_code))
		return turn_not_found(cmd->station_id);
	if (turn_find(turn, &support_requests, cmd->request_id))
		return REFUSE(SUPPORT_EXISTS, cmd->request_id);
	if (where->state != STATIONS__STATION_STATE__STATION_STATE_OPEN)
		return REFUSE(STATION_NOT_OPEN, cmd->station_id);

	/* RULE A13: "A trouble in a station's work is written down, handed up where needed, and its
	 * age is visible until it is closed." */
	Stations__SupportRequest next = STATIONS__SUPPORT_REQUEST__INIT;
	next.request_id = cmd->request_id;
	next.programme_year_id = where->programme_year_id;
	next.station_id = where->station_id;
	next.region_code = where->region_code;
	next.kind = cmd->kind;
	next.state = OPEN;
	next.level = AT_STATION;
	next.subject = cmd->subject;
	next.content = cmd->content;
	next.raised_on = cmd->raised_on;
	next.raised_by = turn_actor(turn)->person_id;
	if (cmd->kind == STATIONS__SUPPORT_KIND__SUPPORT_KIND_PROFESSIONAL)
		move(turn, &next, AT_CENTRE, cmd->content);

	Stations__SupportRaised raised = STATIONS__SUPPORT_RAISED__INIT;
	raised.request = &next;
	return turn_accept(turn, &raised.base);
}

static struct verdict hand_up_support(struct turn *turn, const void *command)
{
	const Stations__HandUpSupportRequest *cmd = command;
	const Stations__SupportRequest *found = turn_find(turn, &support_requests, cmd->request_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->request_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->request_id);
	if (found->state != OPEN)
		return REFUSE(SUPPORT_IS_CLOSED, cmd->request_id);
	/* RULE A9: "Requests go up one level at a time and guidance comes down the same way." */
	if (found->level != level_of_caller(turn))
		return REFUSE(SUPPORT_AT_OTHER_LEVEL, cmd->request_id);

	Stations__SupportRequest next = *found;
	move(turn, &next, found->level == AT_STATION ? AT_CENTRE : AT_OFFICE, cmd->reason);

	Stations__SupportHandedUp handed = STATIONS__SUPPORT_HANDED_UP__INIT;
	handed.request = &next;
	return turn_accept(turn, &handed.base);
}

static struct verdict give_guidance(struct turn *turn, const void *command)
{
	const Stations__GiveGuidanceRequest *cmd = command;
	const Stations__SupportRequest *found = turn_find(turn, &support_requests, cmd->request_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->request_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->request_id);
	/* RULE A7: "The project office may act only while its entrustment by the department is in
	 * force." */
	if (!office_may_act(turn, found->programme_year_id))
		return REFUSE(ENTRUSTMENT_NOT_IN_FORCE, found->programme_year_id);
	if (found->state != OPEN)
		return REFUSE(SUPPORT_IS_CLOSED, cmd->request_id);
	/* RULE A9: "Requests go up one level at a time and guidance comes down the same way." */
	if (found->level != level_of_caller(turn))
		return REFUSE(SUPPORT_AT_OTHER_LEVEL, cmd->request_id);

	Stations__SupportRequest next = *found;
	move(turn, &next, found->level == AT_OFFICE ? AT_CENTRE : AT_STATION, cmd->guidance);

	Stations__GuidanceGiven given = STATIONS__GUIDANCE_GIVEN__INIT;
	given.request = &next;
	return turn_accept(turn, &given.base);
}

static struct verdict close_support(struct turn *turn, const void *command)
{
	const Stations__CloseSupportRequest *cmd = command;
	const Stations__SupportRequest *found = turn_find(turn, &support_requests, cmd->request_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->request_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->request_id);
	if (found->state != OPEN)
		return REFUSE(SUPPORT_IS_CLOSED, cmd->request_id);
	if (found->level != AT_STATION)
		return REFUSE(SUPPORT_AT_OTHER_LEVEL, cmd->request_id);

	Stations__SupportRequest next = *found;
	next.state = CLOSED;
	next.answer = cmd->answer;
	next.closed_on = turn_today_text(turn);
	next.closed_by = turn_actor(turn)->person_id;

	Stations__SupportClosed closed = STATIONS__SUPPORT_CLOSED__INIT;
	closed.request = &next;
	return turn_accept(turn, &closed.base);
}

static struct verdict get_support(struct turn *turn, const void *request,
				  ProtobufCMessage *response)
{
	const Stations__GetSupportRequest *asked = request;
	Stations__GetSupportResponse *answer = (Stations__GetSupportResponse *)response;
	const Stations__SupportRequest *found =
		turn_find(turn, &support_requests, asked->request_id);

	if (!found || !turn_sees(turn, &support_requests, found))
		return turn_not_found(asked->request_id);
	answer->request = turn_take(turn, sizeof(*answer->request));
	*answer->request = *found;
	answer->open_days = days_open(turn, found->raised_on, found->closed_on);
	return turn_done();
}

/* The day of the oldest request that is open there, on that level and of that kind. */
static const char *oldest_of(struct turn *turn, const Stations__SupportRequest *like)
{
	struct each each =
		turn_groups(turn, &support_requests,
			    "programme_year_id,state,region_code[4],level,kind,raised_on", like, 5);
	struct group first;

	if (!group_next(&each, &first))
		return NULL;
	return ((const Stations__SupportRequest *)first.like)->raised_on;
}

static struct verdict get_open_support(struct turn *turn, const void *request,
				       ProtobufCMessage *response)
{
	const Stations__GetOpenSupportRequest *asked = request;
	Stations__GetOpenSupportResponse *answer = (Stations__GetOpenSupportResponse *)response;
	const Stations__SupportRequest like = { .programme_year_id = asked->programme_year_id,
						.state = OPEN };
	const char *tally = "programme_year_id,state,region_code[4],level,kind";
	size_t most = 0;

	if (!year_seen(turn, asked->programme_year_id))
		return turn_not_found(asked->programme_year_id);
	struct each each = turn_groups(turn, &support_requests, tally, &like, 2);
	for (struct group group; group_next(&each, &group);)
		most++;
	answer->cities = turn_take(turn, most * sizeof(*answer->cities));
	each = turn_groups(turn, &support_requests, tally, &like, 2);
	for (struct group group; answer->n_cities < most && group_next(&each, &group);) {
		const Stations__SupportRequest *of = group.like;
		if (!turn_counts_area(turn, of->region_code))
			continue;
		Stations__OpenSupport *row = turn_take(turn, sizeof(*row));
		*row = (Stations__OpenSupport)STATIONS__OPEN_SUPPORT__INIT;
		row->region_code = of->region_code;
		row->level = of->level;
		row->kind = of->kind;
		row->open = (int32_t)group.count;
		row->oldest_on = oldest_of(turn, of);
		row->oldest_days = days_open(turn, row->oldest_on, NULL);
		answer->cities[answer->n_cities++] = row;
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "RaiseSupport", raise_support, BY_STATION,
	  "request_id station_id kind subject content raised_on" },
	{ "HandUpSupport", hand_up_support, BY_STATION | BY_REGIONAL_CENTRE, "request_id reason" },
	{ "GiveGuidance", give_guidance, BY_REGIONAL_CENTRE | BY_PROJECT_OFFICE,
	  "request_id guidance" },
	{ "CloseSupport", close_support, BY_STATION, "request_id answer" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetSupport", .answer = get_support },
	{ "ListSupport", LIST(support_requests) },
	/* For those whose area is a city at least. */
	{ "GetOpenSupport", .answer = get_open_support,
	  .callers = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE |
		     BY_PREFECTURE | BY_AUDITOR | BY_DASHBOARD },
	{ 0 },
};

static const struct table *const tables[] = { &support_requests, NULL };
const struct aggregate support = { tables, commands, queries };
