/* A call: the province's yearly notice that agencies may apply, from one date to another.
 *
 *     OPEN -> CLOSED
 *
 * Rules and quotas are kept in the call as they were when it was opened, so that a later amendment
 * does not change what an application or a selection is judged by. */
#include "personnel/personnel.h"

#include "base/day.h"
#include "base/text.h"
#include "personnel/follow.h"

static const Personnel__CallState OPEN = PERSONNEL__CALL_STATE__CALL_STATE_OPEN;
static const Personnel__CallState CLOSED = PERSONNEL__CALL_STATE__CALL_STATE_CLOSED;
static const Stations__SiteKind PREFECTURE_SUPPORT =
	STATIONS__SITE_KIND__SITE_KIND_PREFECTURE_SUPPORT;

const struct table calls = {
	.name = "calls",
	.record = &personnel__call__descriptor,
	.id = "call_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "region_code", "state" },
};

const Personnel__SiteQuota *call_site(const Personnel__Call *of, const char *site_id)
{
	for (size_t i = 0; i < of->n_sites; i++) {
		if (text_same(of->sites[i]->site_id, site_id))
			return of->sites[i];
	}
	return NULL;
}

/* The quotas of the year's sites, as they are now. */
static void pin_sites(struct turn *turn, Personnel__Call *new)
{
	Stations__Site like = { .programme_year_id = new->programme_year_id };
	uint64_t n_sites = turn_count(turn, &sites, "programme_year_id", &like);
	struct each each = turn_each(turn, &sites, "programme_year_id", &like);

	new->sites = turn_take(turn, n_sites * sizeof(new->sites[0]));
	for (const Stations__Site *site; (site = each_next(&each));) {
		Personnel__SiteQuota *pinned = turn_take(turn, sizeof(*pinned));

		personnel__site_quota__init(pinned);
		pinned->site_id = site->site_id;
		pinned->quota = site->quota;
		pinned->region_code = site->region_code;
		pinned->prefecture_support = site->kind == PREFECTURE_SUPPORT;
		new->sites[new->n_sites++] = pinned;
	}
}

static struct verdict open_call(struct turn *turn, const void *command)
{
	const Personnel__OpenCallRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	/* RULE B38: "Everything belongs to a programme year, and is judged by the rules of that
	 * year." */
	if (!year || !year->rules)
		return REFUSE(YEAR_UNKNOWN, cmd->programme_year_id);
	if (!turn_covers(turn, year->region_code))
		return turn_not_found(cmd->programme_year_id);
	if (turn_find(turn, &calls, cmd->call_id))
		return REFUSE(CALL_EXISTS, cmd->call_id);
	if (day_text_before(cmd->closes_by, cmd->opens_from))
		return REFUSE(CALL_DATES_REVERSED, cmd->call_id);

	Personnel__Call new = PERSONNEL__CALL__INIT;
	new.call_id = cmd->call_id;
	new.programme_year_id = cmd->programme_year_id;
	new.region_code = year->region_code;
	new.opens_from = cmd->opens_from;
	new.closes_by = cmd->closes_by;
	new.state = OPEN;
	new.rules_version = year->rules_version;
	new.quota = year->rules->year_quota;
	if (year->rules->eligibility) {
		new.certificate_or_degree = year->rules->eligibility->certificate_or_degree;
		new.experience_years = year->rules->eligibility->experience_years;
	}
	new.document_no = cmd->document_no;
	new.title = cmd->title;
	pin_sites(turn, &new);
	if (new.n_sites == 0)
		return REFUSE(YEAR_WITHOUT_SITES, cmd->programme_year_id);

	Personnel__CallOpened opened = PERSONNEL__CALL_OPENED__INIT;
	opened.call = &new;
	return turn_accept(turn, &opened.base);
}

static struct verdict close_call(struct turn *turn, const void *command)
{
	const Personnel__CloseCallRequest *cmd = command;
	const Personnel__Call *found = turn_find(turn, &calls, cmd->call_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->call_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->call_id);
	if (found->state == CLOSED)
		return REFUSE(CALL_ALREADY_CLOSED, cmd->call_id);

	Personnel__Call next = *found;
	next.state = CLOSED;
	next.closed_on = turn_today_text(turn);

	Personnel__CallClosed closed = PERSONNEL__CALL_CLOSED__INIT;
	closed.call = &next;
	return turn_accept(turn, &closed.base);
}

static const struct command commands[] = {
	{ "OpenCall", open_call, BY_PROVINCE, "call_id programme_year_id opens_from closes_by" },
	{ "CloseCall", close_call, BY_PROVINCE, "call_id" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetCall", GET(calls) },
	{ "ListCalls", LIST(calls) },
	{ 0 },
};

static const struct table *const tables[] = { &calls, NULL };

const struct aggregate call = { tables, commands, queries };
