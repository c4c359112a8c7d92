/* A site: where people of a programme's year serve, and how many of them there may be. */
#include "stations.h"

#include <string.h>

#include "base/text.h"

const struct table sites = {
	.name = "sites",
	.record = &stations__site__descriptor,
	.id = "site_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "kind" },
	.tallies = { "programme_year_id:quota", "programme_year_id,region_code:quota" },
};

enum { PREFECTURE_DIGITS = 4, COUNTY_DIGITS = 6 };

static const Stations__SiteKindRule *rule_of_kind(const Stations__ProgrammeYear *year,
						  Stations__SiteKind kind)
{
	for (size_t i = 0; i < year->rules->n_site_kinds; i++)
		if (year->rules->site_kinds[i]->kind == kind)
			return year->rules->site_kinds[i];
	return NULL;
}

/* A county's site has the county's code; one for a whole prefecture, or whose county is not
 * stated, has the prefecture's. */
static size_t digits_wanted(const Stations__OpenSiteRequest *cmd)
{
	if (cmd->kind == STATIONS__SITE_KIND__SITE_KIND_COUNTY_PROJECT && !cmd->county_unstated)
		return COUNTY_DIGITS;
	return PREFECTURE_DIGITS;
}

/* May a site of the kind have the quota, in place of the one that it has? */
static struct verdict check_quota(struct turn *turn, const Stations__ProgrammeYear *year,
				  const char *site_id, Stations__SiteKind kind, int32_t quota,
				  int32_t instead_of)
{
	const Stations__SiteKindRule *rule = rule_of_kind(year, kind);

	/* RULE B6: "The number of people of a site lies within the limits of its kind." */
	if (quota < rule->min_people || quota > rule->max_people)
		return REFUSE(SITE_QUOTA_OUT_OF_BOUNDS, site_id);
	int64_t all = turn_sum(turn, &sites, "programme_year_id:quota",
			       &(Stations__Site){ .programme_year_id = year->programme_year_id });
	/* RULE B4: "The people selected for a year are never more than the year's quota." */
	if (year->rules->year_quota && all - instead_of + quota > year->rules->year_quota)
		return REFUSE(SITE_QUOTAS_ABOVE_YEAR, site_id);
	return turn_done();
}

static struct verdict open_site(struct turn *turn, const void *command)
{
	const Stations__OpenSiteRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (!year || !turn_covers(turn, year->region_code))
		return REFUSE(PROGRAMME_YEAR_UNKNOWN, cmd->programme_year_id);
	if (turn_find(turn, &sites, cmd->site_id) || turn_find(turn, &stations, cmd->site_id))
		return REFUSE(SITE_EXISTS, cmd->site_id);
	/* RULE A1: "A site or station outside the sponsor's province cannot belong to the
	 * programme." */
	if (!text_begins(cmd->region_code, year->region_code))
		return REFUSE(SITE_OUTSIDE_PROGRAMME, cmd->region_code);
	if (!rule_of_kind(year, cmd->kind))
		return REFUSE(SITE_KIND_NOT_IN_RULES, cmd->site_id);
	if (strlen(cmd->region_code) != digits_wanted(cmd))
		return REFUSE(SITE_REGION_LEVEL, cmd->region_code);
	if (cmd->county_unstated && cmd->n_county_codes)
		return turn_invalid("county_codes");
	for (size_t i = 0; i < cmd->n_county_codes; i++) {
		if (!text_is_region(cmd->county_codes[i]) ||
		    strlen(cmd->county_codes[i]) != COUNTY_DIGITS)
			return turn_invalid("county_codes");
		if (!text_begins(cmd->county_codes[i], cmd->region_code))
			return REFUSE(SITE_COUNTY_OUTSIDE, cmd->county_codes[i]);
		if (text_among(cmd->county_codes[i], cmd->county_codes, i))
			return turn_invalid("county_codes");
	}
	struct verdict verdict = check_quota(turn, year, cmd->site_id, cmd->kind, cmd->quota, 0);
	if (verdict.refusal)
		return verdict;

	Stations__Site next = STATIONS__SITE__INIT;
	next.site_id = cmd->site_id;
	next.programme_year_id = cmd->programme_year_id;
	next.region_code = cmd->region_code;
	next.kind = cmd->kind;
	next.name_en = cmd->name_en;
	next.name_zh = cmd->name_zh;
	next.quota = cmd->quota;
	next.n_county_codes = cmd->n_county_codes;
	next.county_codes = cmd->county_codes;
	/* The county that the site is in is the one that it serves. */
	const char *own_county = cmd->region_code;
	if (!cmd->n_county_codes && digits_wanted(cmd) == COUNTY_DIGITS) {
		next.n_county_codes = 1;
		next.county_codes = &own_county;
	}
	next.county_unstated = cmd->county_unstated;
	next.note = cmd->note;

	Stations__SiteOpened opened = STATIONS__SITE_OPENED__INIT;
	opened.site = &next;
	return turn_accept(turn, &opened.base);
}

static bool is_station(const Stations__Site *of)
{
	return of->kind == STATIONS__SITE_KIND__SITE_KIND_STATION;
}

static struct verdict set_site_quota(struct turn *turn, const void *command)
{
	const Stations__SetSiteQuotaRequest *cmd = command;
	const Stations__Site *found = turn_find(turn, &sites, cmd->site_id);

	if (!found || !turn_covers(turn, found->region_code))
		return REFUSE(SITE_UNKNOWN, cmd->site_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->site_id);
	if (is_station(found))
		return REFUSE(SITE_IS_STATION, cmd->site_id);
	/* RULE B5: "A site never has more people in post than its quota." */
	if (cmd->quota < postings_at_site(turn, cmd->site_id))
		return REFUSE(SITE_QUOTA_TAKEN, cmd->site_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, found->programme_year_id);
	struct verdict verdict =
		check_quota(turn, year, cmd->site_id, found->kind, cmd->quota, found->quota);
	if (verdict.refusal)
		return verdict;

	Stations__Site next = *found;
	next.quota = cmd->quota;

	Stations__SiteQuotaSet set = STATIONS__SITE_QUOTA_SET__INIT;
	set.site = &next;
	return turn_accept(turn, &set.base);
}

static int32_t people_at(struct turn *turn, const char *site_id, Stations__PostingState state)
{
	return (int32_t)turn_count(turn, &postings, "site_id,state",
				   &(Stations__Posting){ .site_id = site_id, .state = state });
}

/* The projects of the site that the caller may see. */
static void add_projects(struct turn *turn, Stations__GetSiteCardResponse *card)
{
	const Stations__Project like = { .site_id = card->site->site_id };
	uint64_t most = turn_count(turn, &projects, "site_id", &like);

	card->projects = turn_take(turn, most * sizeof(*card->projects));
	struct each each = turn_each(turn, &projects, "site_id", &like);
	for (const Stations__Project *p; card->n_projects < most && (p = each_next(&each));)
		if (turn_sees(turn, &projects, p)) {
			Stations__Project *copy = turn_take(turn, sizeof(*copy));
			*copy = *p;
			card->projects[card->n_projects++] = copy;
		}
}

/* The agreements of the site that the caller may see, but for those that were taken back. */
static void add_agreements(struct turn *turn, Stations__GetSiteCardResponse *card)
{
	const Stations__Agreement like = { .site_id = card->site->site_id };
	uint64_t most = turn_count(turn, &agreements, "site_id", &like);

	card->agreements = turn_take(turn, most * sizeof(*card->agreements));
	struct each each = turn_each(turn, &agreements, "site_id", &like);
	for (const Stations__Agreement *a; card->n_agreements < most && (a = each_next(&each));)
		if (a->state != STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_WITHDRAWN &&
		    turn_sees(turn, &agreements, a)) {
			Stations__Agreement *copy = turn_take(turn, sizeof(*copy));
			*copy = *a;
			card->agreements[card->n_agreements++] = copy;
		}
}

static struct verdict get_site_card(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Stations__GetSiteCardRequest *asked = request;
	Stations__GetSiteCardResponse *card = (Stations__GetSiteCardResponse *)response;
	const Stations__Site *found = turn_find(turn, &sites, asked->site_id);

	if (!found || !turn_sees(turn, &sites, found))
		return turn_not_found(asked->site_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, found->programme_year_id);

	card->site = turn_take(turn, sizeof(*card->site));
	*card->site = *found;
	card->quota = found->quota;
	card->occupied = postings_at_site(turn, found->site_id);
	card->active =
		people_at(turn, found->site_id, STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE);
	/* RULE B5: "A site with fewer is shown as short of people." */
	card->understaffed = card->active <
			     (is_station(found) ? year->rules->stations->min_workers : card->quota);
	add_projects(turn, card);
	add_agreements(turn, card);
	card->agreement_by = year->rules->agreement_by;
	card->arrival_by = year->rules->arrival_by;
	return turn_done();
}

static void add_up(Stations__Staffing *sum, const Stations__Staffing *part)
{
	sum->sites += part->sites;
	sum->quota += part->quota;
	sum->reserved += part->reserved;
	sum->ready += part->ready;
	sum->active += part->active;
	sum->suspended += part->suspended;
	sum->ended += part->ended;
}

/* The people whom the caller's own agency has there. */
static int32_t own_people_in(struct turn *turn, const Stations__Site *of,
			     Stations__PostingState state)
{
	const Stations__Posting like = { .agency_id = turn_actor(turn)->agency_id };
	struct each each = turn_each(turn, &postings, "agency_id", &like);
	int32_t n = 0;

	for (const Stations__Posting *p; (p = each_next(&each));)
		n += text_same(p->programme_year_id, of->programme_year_id) &&
		     text_same(p->region_code, of->region_code) && p->state == state;
	return n;
}

static int32_t people_in(struct turn *turn, const Stations__Site *of, Stations__PostingState state)
{
	if (!turn_for_agency(turn, ""))
		return own_people_in(turn, of, state);
	return (int32_t)turn_count(turn, &postings, "programme_year_id,region_code,state",
				   &(Stations__Posting){ .programme_year_id = of->programme_year_id,
							 .region_code = of->region_code,
							 .state = state });
}

/* The row of the prefecture that the region is in; a new one at the end where there is none. */
static Stations__Staffing *row_of(struct turn *turn, Stations__GetStaffingResponse *answer,
				  const char *region_code)
{
	for (size_t i = 0; i < answer->n_prefectures; i++)
		if (text_begins(region_code, answer->prefectures[i]->region_code))
			return answer->prefectures[i];
	Stations__Staffing *row = turn_take(turn, sizeof(*row));
	*row = (Stations__Staffing)STATIONS__STAFFING__INIT;
	row->region_code = turn_text(turn, "%.*s", PREFECTURE_DIGITS, region_code);
	answer->prefectures[answer->n_prefectures++] = row;
	return row;
}

static struct verdict get_staffing(struct turn *turn, const void *request,
				   ProtobufCMessage *response)
{
	const Stations__GetStaffingRequest *asked = request;
	Stations__GetStaffingResponse *answer = (Stations__GetStaffingResponse *)response;
	const Stations__ProgrammeYear *year = year_seen(turn, asked->programme_year_id);
	enum { PREFECTURES_MAX = 100 }; /* of one province: two digits */

	if (!year)
		return turn_not_found(asked->programme_year_id);
	answer->year_quota = year->rules->year_quota;
	answer->declared = year->declared;
	answer->total = turn_take(turn, sizeof(*answer->total));
	*answer->total = (Stations__Staffing)STATIONS__STAFFING__INIT;
	answer->prefectures = turn_take(turn, PREFECTURES_MAX * sizeof(*answer->prefectures));

	const Stations__Site of_year = { .programme_year_id = asked->programme_year_id };
	struct each each =
		turn_groups(turn, &sites, "programme_year_id,region_code:quota", &of_year, 1);
	for (struct group group; group_next(&each, &group);) {
		const Stations__Site *of = group.like;
		if (!turn_sees(turn, &sites, of))
			continue;
		Stations__Staffing part = STATIONS__STAFFING__INIT;
		part.sites = (int32_t)group.count;
		part.quota = (int32_t)group.sum;
		part.reserved =
			people_in(turn, of, STATIONS__POSTING_STATE__POSTING_STATE_RESERVED);
		part.ready = people_in(turn, of, STATIONS__POSTING_STATE__POSTING_STATE_READY);
		part.active = people_in(turn, of, STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE);
		part.suspended =
			people_in(turn, of, STATIONS__POSTING_STATE__POSTING_STATE_SUSPENDED);
		part.ended = people_in(turn, of, STATIONS__POSTING_STATE__POSTING_STATE_ENDED);
		add_up(row_of(turn, answer, of->region_code), &part);
		add_up(answer->total, &part);
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "OpenSite", open_site, BY_PROVINCE,
	  "site_id programme_year_id region_code kind name_en name_zh quota" },
	{ "SetSiteQuota", set_site_quota, BY_PROVINCE, "site_id quota" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetSite", GET(sites) },
	{ "ListSites", LIST(sites) },
	{ "GetSiteCard", .answer = get_site_card },
	/* Not for those who may see their own agency's people only. */
	{ "GetStaffing", .answer = get_staffing,
	  .callers = (unsigned)BY_ANYONE & ~(unsigned)(BY_AGENCY | BY_WORKER) },
	{ 0 },
};

static const struct table *const tables[] = { &sites, NULL };
const struct aggregate site = { tables, commands, queries };
