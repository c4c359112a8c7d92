/* The agreement of province, recipient county and agency about a project.
 *
 *     DRAFT -> SIGNING -> IN_FORCE        the last party's signature
 *     DRAFT | SIGNING -> WITHDRAWN        taken back: another may be drafted
 *
 * While it is before its parties, nothing that they sign for can change. */
#include "stations.h"

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"

const struct table agreements = {
	.name = "agreements",
	.record = &stations__agreement__descriptor,
	.id = "agreement_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "project_id", "site_id", "programme_year_id", "agency_id", "state" },
	.tallies = { "programme_year_id,state", "site_id" },
};

static const Stations__AgreementState DRAFT = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_DRAFT;
static const Stations__AgreementState SIGNING = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_SIGNING;
static const Stations__AgreementState IN_FORCE =
	STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_IN_FORCE;
static const Stations__AgreementState WITHDRAWN =
	STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_WITHDRAWN;
static const Stations__ProjectState PLANNED = STATIONS__PROJECT_STATE__PROJECT_STATE_PLANNED;
static const Stations__ProjectState SURVEYED = STATIONS__PROJECT_STATE__PROJECT_STATE_SURVEYED;
static const Stations__ProjectState AGREED = STATIONS__PROJECT_STATE__PROJECT_STATE_AGREED;
static const Stations__PostingState RESERVED = STATIONS__POSTING_STATE__POSTING_STATE_RESERVED;
static const Stations__PostingState READY = STATIONS__POSTING_STATE__POSTING_STATE_READY;

static bool is_pending(const Stations__Agreement *of)
{
	return of->state == DRAFT || of->state == SIGNING;
}

const Stations__Agreement *agreement_pending(struct turn *turn, const char *project_id)
{
	struct each each = turn_each(turn, &agreements, "project_id",
				     &(Stations__Agreement){ .project_id = project_id });
	for (const Stations__Agreement *a; (a = each_next(&each));)
		if (is_pending(a))
			return a;
	return NULL;
}

static const Stations__FundSource *source_of(const Stations__Rules *rules, const char *name)
{
	for (size_t i = 0; i < rules->n_sources; i++)
		if (text_same(rules->sources[i]->source, name))
			return rules->sources[i];
	return NULL;
}

static bool source_allows(const Stations__FundSource *source, const char *category)
{
	return text_among(category, source->categories, source->n_categories);
}

/* The sum of the budget's lines of one source; of all where it is NULL. */
static bool budget_sum(struct money *sum, const Stations__DraftAgreementRequest *cmd,
		       const char *source)
{
	*sum = money_of_fen(0);
	for (size_t i = 0; i < cmd->n_budget; i++)
		if (!source || text_same(cmd->budget[i]->source, source))
			if (!money_add(sum, *sum, money_of_fen(cmd->budget[i]->amount_fen)))
				return false;
	return true;
}

/* Is the budget what the rules grant for so many people? */
static struct verdict check_budget(const Stations__DraftAgreementRequest *cmd,
				   const Stations__Rules *rules, int32_t people)
{
	struct money sum, due;

	for (size_t i = 0; i < cmd->n_budget; i++) {
		const Stations__BudgetLine *line = cmd->budget[i];
		const Stations__FundSource *source = source_of(rules, line->source);
		if (!source)
			return REFUSE(BUDGET_SOURCE_UNKNOWN, line->source);
		/* RULE B11: "Administration is never paid from the central share." */
		if (!source_allows(source, line->category))
			return REFUSE(BUDGET_CATEGORY_NOT_ALLOWED, line->category);
		if (line->amount_fen < 1)
			return turn_invalid("budget.amount_fen");
		for (size_t j = 0; j < i; j++)
			if (text_same(cmd->budget[j]->source, line->source) &&
			    text_same(cmd->budget[j]->category, line->category))
				return REFUSE(BUDGET_LINE_TWICE, line->category);
	}
	if (!budget_sum(&sum, cmd, NULL) ||
	    !money_times(&due, money_of_fen(rules->person_standard_fen), people))
		return turn_invalid("budget");
	/* RULE B9: "A project is entitled to the year's standard for each person under its
	 * agreement, and to no more." */
	if (money_compare(sum, due))
		return REFUSE(BUDGET_TOTAL_DIFFERS, cmd->agreement_id);
	for (size_t i = 0; i < rules->n_sources; i++) {
		const Stations__FundSource *source = rules->sources[i];
		if (!budget_sum(&sum, cmd, source->source) ||
		    !money_times(&due, money_of_fen(source->per_person_fen), people))
			return turn_invalid("budget");
		/* RULE B10: "Each source bears its fixed share for each person." */
		if (money_compare(sum, due))
			return REFUSE(BUDGET_SHARE_DIFFERS, source->source);
	}
	return turn_done();
}

static struct verdict draft_agreement(struct turn *turn, const void *command)
{
	const Stations__DraftAgreementRequest *cmd = command;
	const Stations__Project *of = turn_find(turn, &projects, cmd->project_id);

	if (!of || !turn_may_act(turn, of->region_code, of->agency_id))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &agreements, cmd->agreement_id))
		return REFUSE(AGREEMENT_EXISTS, cmd->agreement_id);
	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." */
	if (project_agreed(of))
		return REFUSE(PROJECT_AGREED, cmd->project_id);
	/* RULE B18: "A project has no agreement before a survey of needs and a plan made from it
	 * are recorded." */
	if (of->state == PLANNED)
		return REFUSE(SURVEY_MISSING, cmd->project_id);
	if (of->state == SURVEYED)
		return REFUSE(PLAN_MISSING, cmd->project_id);
	const Stations__Agreement *pending = agreement_pending(turn, cmd->project_id);
	if (pending)
		return REFUSE(AGREEMENT_PENDING, pending->agreement_id);
	int32_t people = (int32_t)turn_count(
		turn, &postings, "project_id,state",
		&(Stations__Posting){ .project_id = cmd->project_id, .state = RESERVED });
	if (!people)
		return REFUSE(PROJECT_WITHOUT_PEOPLE, cmd->project_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, of->programme_year_id);
	struct verdict verdict = check_budget(cmd, year->rules, people);
	if (verdict.refusal)
		return verdict;

	Stations__Agreement next = STATIONS__AGREEMENT__INIT;
	next.agreement_id = cmd->agreement_id;
	next.project_id = of->project_id;
	next.programme_year_id = of->programme_year_id;
	next.site_id = of->site_id;
	next.region_code = of->region_code;
	next.agency_id = of->agency_id;
	next.state = DRAFT;
	next.people = people;
	next.n_budget = cmd->n_budget;
	next.budget = cmd->budget;
	next.plan_id = of->plan_id;
	next.rules_version = year->rules_version;

	Stations__AgreementDrafted drafted = STATIONS__AGREEMENT_DRAFTED__INIT;
	drafted.agreement = &next;
	return turn_accept(turn, &drafted.base);
}

/* Which offices sign for a party.  That an agency signs only its own agreements, and a county or
 * prefecture only those of its area, is asked for before. */
static const struct party {
	const char *name;
	unsigned signers;
} parties[] = {
	{ "province", BY_PROVINCE },
	{ "county", BY_COUNTY | BY_PREFECTURE },
	{ "agency", BY_AGENCY },
};

static const struct party *party_named(const char *name)
{
	for (size_t i = 0; i < sizeof(parties) / sizeof(*parties); i++)
		if (text_same(parties[i].name, name))
			return &parties[i];
	return NULL;
}

bool party_known(const char *name)
{
	return party_named(name) != NULL;
}

static bool acts_for(const Engine__Principal *signer, const char *name)
{
	const struct party *party = party_named(name);

	return party && party->signers & 1u << signer->role;
}

static bool rules_name_party(const Stations__Rules *rules, const char *party)
{
	return text_among(party, rules->agreement_parties, rules->n_agreement_parties);
}

/* The day of the last signature, in whichever order they were recorded. */
static const char *last_day(const Stations__Agreement *of)
{
	const char *last = of->signatures[0]->signed_on;

	for (size_t i = 1; i < of->n_signatures; i++)
		if (day_text_before(last, of->signatures[i]->signed_on))
			last = of->signatures[i]->signed_on;
	return last;
}

/* All have signed: the project is agreed, its people may come. */
static struct verdict put_in_force(struct turn *turn, Stations__Agreement *signed_by_all,
				   const Stations__Rules *rules)
{
	const Stations__Posting like = { .project_id = signed_by_all->project_id,
					 .state = RESERVED };
	uint64_t most = turn_count(turn, &postings, "project_id,state", &like);
	Stations__Posting **ready = turn_take(turn, most * sizeof(Stations__Posting *));
	size_t n_ready = 0;

	signed_by_all->state = IN_FORCE;
	signed_by_all->version = 1;
	signed_by_all->in_force_on = last_day(signed_by_all);
	/* RULE B19: "Signed after the year's date it is still taken, and shown as late." */
	signed_by_all->late = day_text_before(rules->agreement_by, signed_by_all->in_force_on);

	Stations__Project agreed =
		*(const Stations__Project *)turn_find(turn, &projects, like.project_id);
	agreed.state = AGREED;
	agreed.agreement_id = signed_by_all->agreement_id;
	agreed.baseline_version = signed_by_all->version;
	agreed.people = signed_by_all->people;

	struct each each = turn_each(turn, &postings, "project_id,state", &like);
	for (const Stations__Posting *p; n_ready < most && (p = each_next(&each));) {
		Stations__Posting *next = turn_take(turn, sizeof(*next));
		*next = *p;
		next->state = READY;
		ready[n_ready++] = next;
	}

	Stations__AgreementInForce in_force = STATIONS__AGREEMENT_IN_FORCE__INIT;
	in_force.agreement = signed_by_all;
	in_force.project = &agreed;
	in_force.n_postings = n_ready;
	in_force.postings = ready;
	in_force.baseline = baseline_agreed(turn, signed_by_all, ready, n_ready);
	return turn_accept(turn, &in_force.base);
}

static struct verdict sign_agreement(struct turn *turn, const void *command)
{
	const Stations__SignAgreementRequest *cmd = command;
	const Stations__Agreement *found = turn_find(turn, &agreements, cmd->agreement_id);
	const Engine__Principal *signer = turn_actor(turn);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->agreement_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->agreement_id);
	if (!is_pending(found))
		return REFUSE(AGREEMENT_NOT_PENDING, cmd->agreement_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, found->programme_year_id);
	/* RULE B38: "Everything belongs to a programme year, and is judged by the rules of that
	 * year." */
	if (found->rules_version != year->rules_version)
		return REFUSE(AGREEMENT_RULES_AMENDED, cmd->agreement_id);
	if (!rules_name_party(year->rules, cmd->party))
		return REFUSE(PARTY_NOT_IN_RULES, cmd->party);
	if (!acts_for(signer, cmd->party))
		return REFUSE(SIGNER_NOT_OF_PARTY, cmd->party);
	for (size_t i = 0; i < found->n_signatures; i++)
		if (text_same(found->signatures[i]->party, cmd->party))
			return REFUSE(PARTY_HAS_SIGNED, cmd->party);
	for (size_t i = 0; i < found->n_signatures; i++)
		if (text_same(found->signatures[i]->signed_by, signer->person_id))
			return REFUSE(SIGNER_OF_OTHER_PARTY, signer->person_id);

	Stations__Signature signature = STATIONS__SIGNATURE__INIT;
	signature.party = cmd->party;
	signature.signed_on = cmd->signed_on;
	signature.signed_by = signer->person_id;

	Stations__Agreement next = *found;
	next.n_signatures = found->n_signatures + 1;
	next.signatures = turn_take(turn, next.n_signatures * sizeof(*next.signatures));
	for (size_t i = 0; i < found->n_signatures; i++)
		next.signatures[i] = found->signatures[i];
	next.signatures[found->n_signatures] = &signature;
	next.state = SIGNING;
	/* RULE B19: "An agreement is in force when the last of its parties has signed." */
	if (next.n_signatures == year->rules->n_agreement_parties)
		return put_in_force(turn, &next, year->rules);

	Stations__AgreementSigned event = STATIONS__AGREEMENT_SIGNED__INIT;
	event.agreement = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict withdraw_agreement(struct turn *turn, const void *command)
{
	const Stations__WithdrawAgreementRequest *cmd = command;
	const Stations__Agreement *found = turn_find(turn, &agreements, cmd->agreement_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->agreement_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->agreement_id);
	if (!is_pending(found))
		return REFUSE(AGREEMENT_NOT_PENDING, cmd->agreement_id);

	Stations__Agreement next = *found;
	next.state = WITHDRAWN;
	next.withdrawn_note = cmd->note;

	Stations__AgreementWithdrawn withdrawn = STATIONS__AGREEMENT_WITHDRAWN__INIT;
	withdrawn.agreement = &next;
	return turn_accept(turn, &withdrawn.base);
}

static const struct command commands[] = {
	{ "DraftAgreement", draft_agreement, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	  "agreement_id project_id budget" },
	{ "SignAgreement", sign_agreement, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	  "agreement_id party signed_on" },
	{ "WithdrawAgreement", withdraw_agreement, BY_PROVINCE, "agreement_id note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetAgreement", GET(agreements) },
	{ "ListAgreements", LIST(agreements) },
	{ 0 },
};

static const struct table *const tables[] = { &agreements, NULL };
const struct aggregate agreement = { tables, commands, queries };
