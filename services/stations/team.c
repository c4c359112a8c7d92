/* A team: the people at a site, and the one of them who leads it.  Each time of leading is a record
 * of its own, and the last one is open; so nobody's dates are lost when another is named. */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

const struct table team_leads = {
	.name = "team_leads",
	.record = &stations__team_lead__descriptor,
	.id = "team_lead_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id", "site_id", "site_id,until_on", "person_id" },
};

static const Stations__PostingState READY = STATIONS__POSTING_STATE__POSTING_STATE_READY;
static const Stations__PostingState ACTIVE = STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE;
static const Stations__PostingState SUSPENDED = STATIONS__POSTING_STATE__POSTING_STATE_SUSPENDED;

/* RULE B22: "The people at a site form one team with a lead." */
static const Stations__TeamLead *lead_of(struct turn *turn, const char *site_id)
{
	return turn_by(turn, &team_leads, "site_id,until_on",
		       &(Stations__TeamLead){ .site_id = site_id, .until_on = "" });
}

static bool can_lead(const Stations__Posting *of)
{
	return of->state == READY || of->state == ACTIVE;
}

/* The last day of the former lead: the day on which the next one begins, or the one on which he
 * left where that was before. */
static const char *last_day_of(struct turn *turn, const Stations__TeamLead *former,
			       const char *next_since)
{
	const Stations__Posting *of = turn_find(turn, &postings, former->posting_id);

	if (!text_empty(of->ended_on) && day_text_before(of->ended_on, next_since))
		return of->ended_on;
	return next_since;
}

static struct verdict name_team_lead(struct turn *turn, const void *command)
{
	const Stations__NameTeamLeadRequest *cmd = command;
	const Stations__Posting *of = turn_find(turn, &postings, cmd->posting_id);

	if (!of || !turn_may_act(turn, of->region_code, of->agency_id))
		return turn_not_found(cmd->posting_id);
	if (turn_find(turn, &team_leads, cmd->team_lead_id))
		return REFUSE(TEAM_LEAD_EXISTS, cmd->team_lead_id);
	if (!can_lead(of))
		return REFUSE(LEAD_NOT_IN_TEAM, cmd->posting_id);
	const Stations__TeamLead *former = lead_of(turn, of->site_id);
	if (former && text_same(former->posting_id, cmd->posting_id))
		return REFUSE(LEAD_ALREADY, cmd->posting_id);
	if (former && day_text_before(cmd->since_on, former->since_on))
		return REFUSE(LEAD_BEFORE_FORMER, former->team_lead_id);

	Stations__TeamLead next = STATIONS__TEAM_LEAD__INIT;
	next.team_lead_id = cmd->team_lead_id;
	next.programme_year_id = of->programme_year_id;
	next.site_id = of->site_id;
	next.region_code = of->region_code;
	next.agency_id = of->agency_id;
	next.posting_id = of->posting_id;
	next.person_id = of->person_id;
	next.since_on = cmd->since_on;
	next.named_by = turn_actor(turn)->person_id;

	Stations__TeamLeadNamed named = STATIONS__TEAM_LEAD_NAMED__INIT;
	Stations__TeamLead over = STATIONS__TEAM_LEAD__INIT;
	named.team_lead = &next;
	if (former) {
		over = *former;
		over.until_on = last_day_of(turn, former, cmd->since_on);
		named.former = &over;
	}
	return turn_accept(turn, &named.base);
}

static bool is_member(const Stations__Posting *of)
{
	return can_lead(of) || of->state == SUSPENDED;
}

static struct verdict get_team(struct turn *turn, const void *request, ProtobufCMessage *response)
{
	const Stations__GetTeamRequest *asked = request;
	Stations__GetTeamResponse *answer = (Stations__GetTeamResponse *)response;
	const Stations__Site *where = turn_find(turn, &sites, asked->site_id);

	if (!where || !turn_sees(turn, &sites, where))
		return turn_not_found(asked->site_id);
	const Stations__TeamLead *lead = lead_of(turn, asked->site_id);
	answer->without_lead = !lead || !can_lead(turn_find(turn, &postings, lead->posting_id));
	if (lead && turn_sees(turn, &team_leads, lead)) {
		answer->team_lead = turn_take(turn, sizeof(*answer->team_lead));
		*answer->team_lead = *lead;
	}

	size_t most = (size_t)postings_at_site(turn, asked->site_id);
	answer->members = turn_take(turn, most * sizeof(*answer->members));
	struct each each = turn_each(turn, &postings, "site_id",
				     &(Stations__Posting){ .site_id = asked->site_id });
	for (const Stations__Posting *p; answer->n_members < most && (p = each_next(&each));)
		if (is_member(p) && turn_sees(turn, &postings, p)) {
			Stations__Posting *copy = turn_take(turn, sizeof(*copy));
			*copy = *p;
			answer->members[answer->n_members++] = copy;
		}
	return turn_done();
}

static const struct command commands[] = {
	{ "NameTeamLead", name_team_lead,
	  BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_TOWN | BY_AGENCY,
	  "team_lead_id posting_id since_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetTeam", .answer = get_team },
	{ "ListTeamLeads", LIST(team_leads) },
	{ 0 },
};

static const struct table *const tables[] = { &team_leads, NULL };
const struct aggregate team = { tables, commands, queries };
