/* Entitlements: what a project may receive in its year.  Nobody grants one by a command: an
 * agreement that comes into force does, and with it come what each source bears, the budget, and
 * the project's special account.  An agreement that contradicts the year's rules of money is
 * granted nothing; the stop is on record with its reason, until the rules allow the agreement and
 * the province releases it. */
#include "base/money.h"
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "sums.h"

const struct table entitlements = {
	.name = "entitlements",
	.record = &funding__entitlement__descriptor,
	.id = "entitlement_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | BY_DASHBOARD,
	.indexes = { "project_id!", "programme_year_id" },
	.tallies = { "programme_year_id:people", "programme_year_id:amount_fen",
		     "programme_year_id:adjusted_fen" },
};

const struct table shares = {
	.name = "entitlement_shares",
	.record = &funding__entitlement_share__descriptor,
	.id = "share_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | BY_DASHBOARD,
	.indexes = { "project_id,source!", "project_id", "programme_year_id" },
	.tallies = { "programme_year_id,source:amount_fen",
		     "programme_year_id,region_code[4],source:amount_fen" },
};

const struct table budget_lines = {
	.name = "budget_lines",
	.record = &funding__budget_line__descriptor,
	.id = "line_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | BY_DASHBOARD,
	.indexes = { "account_id,closed,source,category", "account_id,closed", "account_id",
		     "project_id", "project_id,source", "programme_year_id" },
	.tallies = { "project_id", "programme_year_id,closed,source,category:amount_fen" },
};

const struct table stopped_grants = {
	.name = "stopped_grants",
	.record = &funding__stopped_grant__descriptor,
	.id = "agreement_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "programme_year_id" },
};

struct share_list shares_of(struct turn *turn, const char *project_id)
{
	Funding__EntitlementShare like = { .project_id = project_id };
	struct each each = turn_each(turn, &shares, "project_id", &like);
	struct share_list list = { 0 };
	size_t most = 0;

	while (each_next(&each))
		most++;
	list.each = turn_take(turn, most * sizeof(*list.each));
	each = turn_each(turn, &shares, "project_id", &like);
	for (const Funding__EntitlementShare *s; list.n < most && (s = each_next(&each));)
		list.each[list.n++] = s;
	return list;
}

#define BECAUSE(name) FUNDING__STOP_REASON__STOP_REASON_##name

/* What an agreement grants, while it is being worked out; or why it grants nothing. */
struct grant {
	struct turn *turn;
	const Stations__Agreement *agreement;
	const Stations__ProgrammeYear *year;
	Funding__Entitlement entitlement;
	Funding__SpecialAccount account;
	Funding__EntitlementGranted event;
	Funding__StopReason stop;
	const char *about;
};

static bool stop(struct grant *grant, Funding__StopReason reason, const char *about)
{
	grant->stop = reason;
	grant->about = about;
	return false;
}

static const char *derived_id(struct turn *turn, const char *prefix, const char *project_id)
{
	return turn_id(turn, turn_text(turn, "%s-%s", prefix, project_id), false);
}

static void work_out_names(struct grant *grant)
{
	const Stations__Agreement *agreement = grant->agreement;

	grant->entitlement = (Funding__Entitlement)FUNDING__ENTITLEMENT__INIT;
	grant->entitlement.entitlement_id = derived_id(grant->turn, "en", agreement->project_id);
	grant->entitlement.project_id = agreement->project_id;
	grant->entitlement.programme_year_id = agreement->programme_year_id;
	grant->entitlement.site_id = agreement->site_id;
	grant->entitlement.region_code = agreement->region_code;
	grant->entitlement.agency_id = agreement->agency_id;
	grant->entitlement.agreement_id = agreement->agreement_id;
	grant->entitlement.agreement_version = agreement->version;
	grant->entitlement.people = agreement->people;
	grant->entitlement.granted_on = agreement->in_force_on;
	grant->entitlement.state = FUNDING__ENTITLEMENT_STATE__ENTITLEMENT_STATE_GRANTED;

	/* RULE B15: "Each project has one special account." */
	grant->account = (Funding__SpecialAccount)FUNDING__SPECIAL_ACCOUNT__INIT;
	grant->account.account_id = derived_id(grant->turn, "ac", agreement->project_id);
	grant->account.project_id = agreement->project_id;
	grant->account.programme_year_id = agreement->programme_year_id;
	grant->account.site_id = agreement->site_id;
	grant->account.region_code = agreement->region_code;
	grant->account.agency_id = agreement->agency_id;
	grant->account.entitlement_id = grant->entitlement.entitlement_id;
	grant->account.state = FUNDING__SPECIAL_ACCOUNT_STATE__SPECIAL_ACCOUNT_STATE_OPEN;
	grant->account.opened_on = turn_today_text(grant->turn);

	grant->event = (Funding__EntitlementGranted)FUNDING__ENTITLEMENT_GRANTED__INIT;
	grant->event.entitlement = &grant->entitlement;
	grant->event.account = &grant->account;
}

/* RULE B9: "A project is entitled to the year's standard for each person under its agreement, and
 * to no more." */
static bool work_out_amount(struct grant *grant)
{
	Funding__Entitlement *entitlement = &grant->entitlement;
	struct money amount = money_of_fen(0);

	entitlement->person_standard_fen = grant->year->rules->person_standard_fen;
	if (!money_times(&amount, money_of_fen(entitlement->person_standard_fen),
			 entitlement->people))
		return stop(grant, BECAUSE(SHARES_NOT_STANDARD), entitlement->programme_year_id);
	entitlement->amount_fen = money_fen(amount);
	return true;
}

/* RULE B10: "Each source bears its fixed share for each person." */
static bool work_out_shares(struct grant *grant)
{
	const Stations__Rules *rules = grant->year->rules;
	Funding__Entitlement *entitlement = &grant->entitlement;
	struct money shared = money_of_fen(0);
	Funding__EntitlementShare **made;

	made = turn_take(grant->turn, rules->n_sources * sizeof(*made));
	for (size_t i = 0; i < rules->n_sources; i++) {
		const Stations__FundSource *source = rules->sources[i];
		Funding__EntitlementShare *share = turn_take(grant->turn, sizeof(*share));
		struct money amount = money_of_fen(0);

		if (!money_times(&amount, money_of_fen(source->per_person_fen),
				 entitlement->people) ||
		    !money_add(&shared, shared, amount))
			return stop(grant, BECAUSE(SHARES_NOT_STANDARD),
				    entitlement->programme_year_id);
		funding__entitlement_share__init(share);
		share->share_id = turn_id(
			grant->turn,
			turn_text(grant->turn, "%s:%s", entitlement->project_id, source->source),
			false);
		share->entitlement_id = entitlement->entitlement_id;
		share->project_id = entitlement->project_id;
		share->programme_year_id = entitlement->programme_year_id;
		share->source = source->source;
		share->region_code = entitlement->region_code;
		share->agency_id = entitlement->agency_id;
		share->site_id = entitlement->site_id;
		share->people = entitlement->people;
		share->per_person_fen = source->per_person_fen;
		share->amount_fen = money_fen(amount);
		if (text_same(source->source, "central"))
			entitlement->central_fen = share->amount_fen;
		made[i] = share;
	}
	if (money_compare(shared, money_of_fen(entitlement->amount_fen)) != 0)
		return stop(grant, BECAUSE(SHARES_NOT_STANDARD), entitlement->programme_year_id);
	entitlement->other_fen = sum_left(entitlement->amount_fen, entitlement->central_fen);
	grant->event.n_shares = rules->n_sources;
	grant->event.shares = made;
	return true;
}

/* RULE B11: "Administration is never paid from the central share." — nor does any source bear
 * what the year's rules do not let it bear. */
static bool work_out_line(struct grant *grant, const Stations__BudgetLine *agreed,
			  Funding__BudgetLine *line)
{
	const Funding__Entitlement *entitlement = &grant->entitlement;
	const Stations__FundSource *source = year_source(grant->year, agreed->source);

	if (!source)
		return stop(grant, BECAUSE(BUDGET_NOT_ALLOWED), agreed->source);
	if (!source_bears(source, agreed->category))
		return stop(grant, BECAUSE(BUDGET_NOT_ALLOWED), agreed->category);
	funding__budget_line__init(line);
	line->line_id = turn_id(grant->turn,
				turn_text(grant->turn, "%s:%s:%s", entitlement->project_id,
					  agreed->source, agreed->category),
				false);
	line->entitlement_id = entitlement->entitlement_id;
	line->project_id = entitlement->project_id;
	line->programme_year_id = entitlement->programme_year_id;
	line->account_id = grant->account.account_id;
	line->source = agreed->source;
	line->category = agreed->category;
	line->amount_fen = agreed->amount_fen;
	line->region_code = entitlement->region_code;
	line->agency_id = entitlement->agency_id;
	line->site_id = entitlement->site_id;
	line->agreement_version = entitlement->agreement_version;
	return true;
}

static bool work_out_budget(struct grant *grant)
{
	const Stations__Agreement *agreement = grant->agreement;
	Funding__BudgetLine **made = turn_take(grant->turn, agreement->n_budget * sizeof(*made));

	for (size_t i = 0; i < agreement->n_budget; i++) {
		made[i] = turn_take(grant->turn, sizeof(*made[i]));
		if (!work_out_line(grant, agreement->budget[i], made[i]))
			return false;
	}
	for (size_t i = 0; i < grant->event.n_shares; i++) {
		const Funding__EntitlementShare *share = grant->event.shares[i];
		int64_t budgeted_fen = 0;

		for (size_t k = 0; k < agreement->n_budget; k++) {
			if (text_same(made[k]->source, share->source))
				budgeted_fen = sum_of(budgeted_fen, made[k]->amount_fen);
		}
		if (sum_above(budgeted_fen, share->amount_fen))
			return stop(grant, BECAUSE(BUDGET_ABOVE_SHARE), share->source);
	}
	grant->event.n_budget = agreement->n_budget;
	grant->event.budget = made;
	return true;
}

static bool work_out(struct grant *grant)
{
	Funding__Entitlement like = { .project_id = grant->agreement->project_id };

	if (!grant->year || !grant->year->rules)
		return stop(grant, BECAUSE(NO_RULES), grant->agreement->programme_year_id);
	if (turn_by(grant->turn, &entitlements, "project_id", &like))
		return stop(grant, BECAUSE(ENTITLED_ALREADY), grant->agreement->project_id);
	return work_out_amount(grant) && work_out_shares(grant) && work_out_budget(grant);
}

struct verdict grant_entitlement(struct turn *turn, const Stations__Agreement *agreement)
{
	struct grant grant = { .turn = turn, .agreement = agreement };

	grant.year = turn_find(turn, &programme_years, agreement->programme_year_id);
	work_out_names(&grant);
	if (work_out(&grant))
		return turn_accept(turn, &grant.event.base);

	Funding__StoppedGrant stopped = FUNDING__STOPPED_GRANT__INIT;
	stopped.agreement_id = agreement->agreement_id;
	stopped.agreement_version = agreement->version;
	stopped.project_id = agreement->project_id;
	stopped.programme_year_id = agreement->programme_year_id;
	stopped.region_code = agreement->region_code;
	stopped.agency_id = agreement->agency_id;
	stopped.reason = grant.stop;
	stopped.about = grant.about;
	stopped.stopped_on = turn_today_text(turn);

	Funding__GrantStopped event = FUNDING__GRANT_STOPPED__INIT;
	event.stopped_grant = &stopped;
	return turn_accept(turn, &event.base);
}

const Funding__BudgetLine *budget_line_open(struct turn *turn, const char *account_id,
					    const char *source, const char *category)
{
	return turn_by(turn, &budget_lines, "account_id,closed,source,category",
		       &(Funding__BudgetLine){
			       .account_id = account_id, .source = source, .category = category });
}

const char *budget_held_for(struct turn *turn, const char *project_id, const char *source)
{
	struct each each =
		turn_each(turn, &budget_lines, "project_id,source",
			  &(Funding__BudgetLine){ .project_id = project_id, .source = source });

	for (const Funding__BudgetLine *line; (line = each_next(&each));) {
		if (!text_empty(line->held_by_change_id))
			return line->held_by_change_id;
	}
	return NULL;
}

static struct verdict release_stopped_grant(struct turn *turn, const void *command)
{
	const Funding__ReleaseStoppedGrantRequest *cmd = command;
	const Funding__StoppedGrant *found = turn_find(turn, &stopped_grants, cmd->agreement_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->agreement_id);
	if (!text_empty(found->released_on))
		return REFUSE(GRANT_RELEASED, cmd->agreement_id);

	struct grant grant = { .turn = turn,
			       .agreement = turn_find(turn, &agreements, cmd->agreement_id) };

	grant.year = turn_find(turn, &programme_years, found->programme_year_id);
	work_out_names(&grant);
	if (!work_out(&grant))
		return REFUSE(GRANT_STILL_STOPPED, grant.about);

	Funding__StoppedGrant next = *found;
	next.released_by = turn_actor(turn)->person_id;
	next.released_on = cmd->decided_on;
	next.release_document_no = cmd->document_no;

	Funding__GrantReleased event = FUNDING__GRANT_RELEASED__INIT;
	event.stopped_grant = &next;
	turn_accept(turn, &event.base);
	return turn_accept(turn, &grant.event.base);
}

static const struct command commands[] = {
	{ "ReleaseStoppedGrant", release_stopped_grant, BY_PROVINCE,
	  "agreement_id decided_on document_no" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetEntitlement", GET(entitlements) },
	{ "ListEntitlements", LIST(entitlements) },
	{ "GetEntitlementShare", GET(shares) },
	{ "ListEntitlementShares", LIST(shares) },
	{ "GetBudgetLine", GET(budget_lines) },
	{ "ListBudgetLines", LIST(budget_lines) },
	{ "GetStoppedGrant", GET(stopped_grants) },
	{ "ListStoppedGrants", LIST(stopped_grants) },
	{ 0 },
};
static const struct table *const tables[] = {
	&entitlements, &shares, &budget_lines, &stopped_grants, NULL,
};
const struct aggregate entitlement = { tables, commands, queries };
