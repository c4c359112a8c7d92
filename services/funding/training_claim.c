/* Training claims: what a project claims for the days that its trainees attended a class.  They
 * rest on the class's closed roll, which never changes; a project claims a roll once.  A claim that
 * is paid becomes an expense, so that one figure has one origin.
 *
 *     SUBMITTED --another person--> ACCEPTED --a third--> PAID --expense reversed--> REVERSED
 *         `-----------------> REFUSED */
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table training_claims = {
	.name = "training_claims",
	.record = &funding__training_claim__descriptor,
	.id = "claim_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "class_id,project_id", "programme_year_id", "project_id", "account_id" },
	.tallies = { "account_id,state" },
};

#define STATE(name) FUNDING__TRAINING_CLAIM_STATE__TRAINING_CLAIM_STATE_##name

/* The words of the rules for what trainees' training may be charged to. */
static const char *const training_categories[] = { "TRAINING", "TRAINEE_TRAINING",
						   "TRAINEE_SERVICE" };
enum { CATEGORIES = sizeof(training_categories) / sizeof(*training_categories) };

bool claim_under_way(struct turn *turn, const char *account_id)
{
	Funding__TrainingClaim submitted = { .account_id = account_id, .state = STATE(SUBMITTED) };
	Funding__TrainingClaim accepted = { .account_id = account_id, .state = STATE(ACCEPTED) };

	return turn_count(turn, &training_claims, "account_id,state", &submitted) > 0 ||
	       turn_count(turn, &training_claims, "account_id,state", &accepted) > 0;
}

Funding__TrainingClaim *claim_reversed(struct turn *turn, const char *claim_id)
{
	const Funding__TrainingClaim *found = turn_find(turn, &training_claims, claim_id);
	Funding__TrainingClaim *next = turn_take(turn, sizeof(*next));

	if (!found)
		return NULL;
	*next = *found;
	next->state = STATE(REVERSED);
	return next;
}

/* The claim that counts the project's days of the class, or NULL. */
static const Funding__TrainingClaim *claim_of(struct turn *turn, const char *class_id,
					      const char *project_id)
{
	Funding__TrainingClaim like = { .class_id = class_id, .project_id = project_id };
	struct each each = turn_each(turn, &training_claims, "class_id,project_id", &like);

	for (const Funding__TrainingClaim *c; (c = each_next(&each));) {
		if (c->state != STATE(REFUSED) && c->state != STATE(REVERSED))
			return c;
	}
	return NULL;
}

/* What so many days may cost at most; where that is too much for a sum, there is no bound. */
static int64_t most_for(int64_t days, int64_t day_rate_fen)
{
	struct money most = money_of_fen(0);

	return money_times(&most, money_of_fen(day_rate_fen), days) ? money_fen(most) : INT64_MAX;
}

static struct verdict submit_training_claim(struct turn *turn, const void *command)
{
	const Funding__SubmitTrainingClaimRequest *cmd = command;
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, cmd->account_id);

	if (turn_find(turn, &training_claims, cmd->claim_id))
		return REFUSE(CLAIM_EXISTS, cmd->claim_id);
	if (!account || !turn_may_act(turn, account->region_code, account->agency_id))
		return turn_not_found(cmd->account_id);
	if (account_settled(account))
		return REFUSE(ACCOUNT_SETTLED, cmd->account_id);
	if (!roll_closed(turn, cmd->class_id))
		return REFUSE(ROLL_NOT_CLOSED, cmd->class_id);

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, account->programme_year_id);
	const Stations__FundSource *source = year_source(year, cmd->source);
	int64_t day_rate_fen = year->rules->training_day_rate_fen;
	int64_t days = days_attended(turn, cmd->class_id, account->project_id);
	const Funding__TrainingClaim *claimed = claim_of(turn, cmd->class_id, account->project_id);

	if (days == 0)
		return REFUSE(NOT_ON_ROLL, account->project_id);
	if (!source)
		return REFUSE(SOURCE_UNKNOWN, cmd->source);
	if (!text_among(cmd->category, training_categories, CATEGORIES))
		return REFUSE(NOT_FOR_TRAINING, cmd->category);
	/* RULE B11: "Trainee fees, training, activities and administration are paid from the other
	 * share." */
	if (!source_bears(source, cmd->category))
		return REFUSE(CATEGORY_NOT_ALLOWED, cmd->category);
	/* RULE B12: "No day counts twice." */
	if (claimed)
		return REFUSE(DAYS_CLAIMED, claimed->claim_id);
	/* RULE B12: "A training claim is at most the daily rate for each day that an approved
	 * trainee attended." */
	if (sum_above(cmd->amount_fen, most_for(days, day_rate_fen)))
		return REFUSE(ABOVE_TRAINING_RATE, cmd->class_id);

	Funding__TrainingClaim submitted = FUNDING__TRAINING_CLAIM__INIT;
	submitted.claim_id = cmd->claim_id;
	submitted.account_id = cmd->account_id;
	submitted.project_id = account->project_id;
	submitted.programme_year_id = account->programme_year_id;
	submitted.region_code = account->region_code;
	submitted.agency_id = account->agency_id;
	submitted.class_id = cmd->class_id;
	submitted.source = cmd->source;
	submitted.category = cmd->category;
	submitted.days = (int32_t)days;
	submitted.day_rate_fen = day_rate_fen;
	submitted.amount_fen = cmd->amount_fen;
	submitted.state = STATE(SUBMITTED);
	submitted.submitted_by = turn_actor(turn)->person_id;
	submitted.submitted_on = turn_today_text(turn);

	Funding__TrainingClaimSubmitted event = FUNDING__TRAINING_CLAIM_SUBMITTED__INIT;
	event.claim = &submitted;
	return turn_accept(turn, &event.base);
}

/* May he who asks judge it, in whichever way? */
static struct verdict judge_judge(struct turn *turn, const Funding__TrainingClaim *found,
				  const char *claim_id, uint64_t expected_revision)
{
	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(claim_id);
	if (expected_revision && expected_revision != found->revision)
		return turn_stale(claim_id);
	if (found->state != STATE(SUBMITTED))
		return REFUSE(CLAIM_NOT_SUBMITTED, claim_id);
	/* RULE B17: "Money is requested, authorised and paid by three different people." */
	if (text_same(found->submitted_by, turn_actor(turn)->person_id))
		return REFUSE(CLAIM_JUDGED_BY_SUBMITTER, claim_id);
	return turn_done();
}

static struct verdict accept_training_claim(struct turn *turn, const void *command)
{
	const Funding__AcceptTrainingClaimRequest *cmd = command;
	const Funding__TrainingClaim *found = turn_find(turn, &training_claims, cmd->claim_id);
	struct verdict judged = judge_judge(turn, found, cmd->claim_id, cmd->expected_revision);

	if (judged.refusal)
		return judged;

	Funding__TrainingClaim next = *found;
	next.state = STATE(ACCEPTED);
	next.judged_by = turn_actor(turn)->person_id;
	next.judged_on = turn_today_text(turn);

	Funding__TrainingClaimAccepted event = FUNDING__TRAINING_CLAIM_ACCEPTED__INIT;
	event.claim = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict refuse_training_claim(struct turn *turn, const void *command)
{
	const Funding__RefuseTrainingClaimRequest *cmd = command;
	const Funding__TrainingClaim *found = turn_find(turn, &training_claims, cmd->claim_id);
	struct verdict judged = judge_judge(turn, found, cmd->claim_id, cmd->expected_revision);

	if (judged.refusal)
		return judged;

	Funding__TrainingClaim next = *found;
	next.state = STATE(REFUSED);
	next.judged_by = turn_actor(turn)->person_id;
	next.judged_on = turn_today_text(turn);
	next.refused_because = cmd->reason;

	Funding__TrainingClaimRefused event = FUNDING__TRAINING_CLAIM_REFUSED__INIT;
	event.claim = &next;
	return turn_accept(turn, &event.base);
}

/* The expense that a paid claim becomes: who accepted the claim has verified it. */
static Funding__Expense become_expense(struct turn *turn, const Funding__TrainingClaim *paid,
				       const Funding__SpecialAccount *account)
{
	Funding__Expense became = FUNDING__EXPENSE__INIT;
	const char *readable = turn_text(turn, "claim:%s", paid->claim_id);

	became.expense_id = turn_id(turn, readable, turn_find(turn, &expenses, readable));
	became.account_id = paid->account_id;
	became.project_id = paid->project_id;
	became.programme_year_id = paid->programme_year_id;
	became.site_id = account->site_id;
	became.region_code = paid->region_code;
	became.agency_id = paid->agency_id;
	became.source = paid->source;
	became.category = paid->category;
	became.state = FUNDING__EXPENSE_STATE__EXPENSE_STATE_VERIFIED;
	became.amount_fen = paid->amount_fen;
	became.spent_fen = paid->amount_fen;
	became.spent_on = paid->paid_on;
	became.document_no = paid->document_no;
	became.recorded_by = paid->paid_by;
	became.verified_by = paid->judged_by;
	became.verified_on = paid->judged_on;
	became.claim_id = paid->claim_id;
	return became;
}

static struct verdict record_claim_payment(struct turn *turn, const void *command)
{
	const Funding__RecordClaimPaymentRequest *cmd = command;
	const Funding__TrainingClaim *found = turn_find(turn, &training_claims, cmd->claim_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->claim_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->claim_id);
	if (found->state != STATE(ACCEPTED))
		return REFUSE(CLAIM_NOT_ACCEPTED, cmd->claim_id);
	/* RULE B17: "Money is requested, authorised and paid by three different people." */
	if (text_same(found->submitted_by, person_id))
		return REFUSE(CLAIM_PAID_BY_SUBMITTER, cmd->claim_id);
	if (text_same(found->judged_by, person_id))
		return REFUSE(CLAIM_PAID_BY_ACCEPTER, cmd->claim_id);

	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, found->account_id);
	struct spending spending = { account, found->source, found->category, found->amount_fen };
	struct verdict judged = judge_spending(turn, &spending);

	if (account_frozen(account))
		return REFUSE(ACCOUNT_FROZEN, found->account_id);
	if (judged.refusal)
		return judged;

	Funding__TrainingClaim next = *found;
	next.state = STATE(PAID);
	next.paid_by = person_id;
	next.paid_on = cmd->paid_on;
	next.document_no = cmd->document_no;

	Funding__Expense became = become_expense(turn, &next, account);
	next.expense_id = became.expense_id;

	struct booked booked = book_spending(turn, &spending, became.expense_id, cmd->paid_on);
	Funding__TrainingClaimPaid event = FUNDING__TRAINING_CLAIM_PAID__INIT;
	event.claim = &next;
	event.expense = &became;
	event.n_entries = booked.n_entries;
	event.entries = booked.entries;
	return turn_accept(turn, &event.base);
}

/* One project of a closed roll, and what was claimed for it. */
static Funding__RollClaim *lay_beside(struct turn *turn, const char *class_id,
				      const Funding__Entitlement *entitled, int64_t days)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, entitled->programme_year_id);
	const Funding__TrainingClaim *claimed = claim_of(turn, class_id, entitled->project_id);
	Funding__RollClaim *row = turn_take(turn, sizeof(*row));

	funding__roll_claim__init(row);
	row->project_id = entitled->project_id;
	row->days = days;
	row->most_fen = most_for(days, year->rules->training_day_rate_fen);
	if (!claimed)
		return row;
	row->claimed_days = claimed->days;
	row->claimed_fen = claimed->amount_fen;
	row->paid_fen = claimed->state == STATE(PAID) ? claimed->amount_fen : 0;
	return row;
}

static struct verdict get_roll_claims(struct turn *turn, const void *request,
				      ProtobufCMessage *response)
{
	const Funding__GetRollClaimsRequest *asked = request;
	Funding__GetRollClaimsResponse *answer = (Funding__GetRollClaimsResponse *)response;
	Personnel__TraineeDays like = { .class_id = asked->class_id };
	struct each projects = turn_groups(turn, &trainee_days, ROLL_DAYS, &like, 1);
	struct group group;
	size_t n_projects = 0;

	if (!roll_closed(turn, asked->class_id))
		return turn_not_found(asked->class_id);
	while (group_next(&projects, &group))
		n_projects++;
	answer->claims = turn_take(turn, n_projects * sizeof(*answer->claims));
	projects = turn_groups(turn, &trainee_days, ROLL_DAYS, &like, 1);
	while (group_next(&projects, &group)) {
		const Personnel__TraineeDays *of = group.like;
		const Funding__Entitlement *entitled =
			turn_by(turn, &entitlements, "project_id",
				&(Funding__Entitlement){ .project_id = of->project_id });

		if (entitled && turn_sees(turn, &entitlements, entitled))
			answer->claims[answer->n_claims++] =
				lay_beside(turn, asked->class_id, entitled, group.sum);
	}
	/* Who has no claim on it and does not see the class is not told that there is one. */
	if (answer->n_claims == 0 &&
	    !turn_counts(turn, &training_classes,
			 turn_find(turn, &training_classes, asked->class_id)))
		return turn_not_found(asked->class_id);
	return turn_done();
}

static const struct command commands[] = {
	{ "SubmitTrainingClaim", submit_training_claim, BY_AGENCY,
	  "claim_id account_id class_id source category amount_fen" },
	{ "AcceptTrainingClaim", accept_training_claim, BY_CHECKERS, "claim_id" },
	{ "RefuseTrainingClaim", refuse_training_claim, BY_CHECKERS, "claim_id reason" },
	{ "RecordClaimPayment", record_claim_payment, BY_AGENCY, "claim_id paid_on document_no" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetTrainingClaim", GET(training_claims) },
	{ "ListTrainingClaims", LIST(training_claims) },
	{ "GetRollClaims", .answer = get_roll_claims },
	{ 0 },
};
static const struct table *const tables[] = { &training_claims, NULL };
const struct aggregate training_claim = { tables, commands, queries };
