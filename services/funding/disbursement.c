/* Disbursements: money of one source on its way to a project's special account.
 *
 *     REQUESTED --another person--> AUTHORISED --a third--> PAID
 *         `-----> REFUSED               `-----> FAILED
 *
 * A request takes its sum from the project's share, and from what has been received of the source,
 * at once; what is not authorised or not paid of it is free again, and all of it where the payment
 * failed. */
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table disbursements = {
	.name = "disbursements",
	.record = &funding__disbursement__descriptor,
	.id = "disbursement_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "programme_year_id", "project_id" },
	.tallies = { "project_id,state", "project_id,source:claimed_fen",
		     "programme_year_id,source:claimed_fen", "project_id,source:paid_fen",
		     "programme_year_id,source:paid_fen",
		     "programme_year_id,region_code[4],source:paid_fen" },
};

#define STATE(name) FUNDING__DISBURSEMENT_STATE__DISBURSEMENT_STATE_##name

bool disbursement_under_way(struct turn *turn, const char *project_id)
{
	Funding__Disbursement requested = { .project_id = project_id, .state = STATE(REQUESTED) };
	Funding__Disbursement authorised = { .project_id = project_id, .state = STATE(AUTHORISED) };

	return turn_count(turn, &disbursements, "project_id,state", &requested) > 0 ||
	       turn_count(turn, &disbursements, "project_id,state", &authorised) > 0;
}

/* What of the source has been received for the year, or came back, and is not yet claimed by a
 * disbursement. */
static int64_t free_of_received(struct turn *turn, const char *programme_year_id,
				const char *source)
{
	Funding__Appropriation received = { .programme_year_id = programme_year_id,
					    .source = source };
	Funding__Disbursement claimed = { .programme_year_id = programme_year_id,
					  .source = source };

	Funding__Recovery returned = { .programme_year_id = programme_year_id, .source = source };

	return sum_left(
		sum_of(turn_sum(turn, &appropriations, "programme_year_id,source:received_fen",
				&received),
		       turn_sum(turn, &recoveries, "programme_year_id,source:returned_fen",
				&returned)),
		turn_sum(turn, &disbursements, "programme_year_id,source:claimed_fen", &claimed));
}

static struct verdict request_disbursement(struct turn *turn, const void *command)
{
	const Funding__RequestDisbursementRequest *cmd = command;
	const Funding__Entitlement *entitled =
		turn_by(turn, &entitlements, "project_id",
			&(Funding__Entitlement){ .project_id = cmd->project_id });

	if (turn_find(turn, &disbursements, cmd->disbursement_id))
		return REFUSE(DISBURSEMENT_EXISTS, cmd->disbursement_id);
	/* RULE B9: "A project is entitled to the year's standard for each person under its
	 * agreement" */
	if (!entitled || !turn_may_act(turn, entitled->region_code, entitled->agency_id))
		return REFUSE(NOT_ENTITLED, cmd->project_id);

	const Funding__SpecialAccount *account =
		turn_by(turn, &special_accounts, "project_id",
			&(Funding__SpecialAccount){ .project_id = cmd->project_id });

	if (account_settled(account))
		return REFUSE(ACCOUNT_SETTLED, account->account_id);

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, entitled->programme_year_id);
	Funding__EntitlementShare share_like = { .project_id = cmd->project_id,
						 .source = cmd->source };
	Funding__Disbursement like = { .project_id = cmd->project_id, .source = cmd->source };

	if (!year_source(year, cmd->source))
		return REFUSE(SOURCE_UNKNOWN, cmd->source);

	const char *held_for = budget_held_for(turn, cmd->project_id, cmd->source);

	if (held_for)
		return REFUSE(BUDGET_LINE_HELD, held_for);

	const Funding__EntitlementShare *share =
		turn_by(turn, &shares, "project_id,source", &share_like);
	int64_t claimed_fen =
		turn_sum(turn, &disbursements, "project_id,source:claimed_fen", &like);
	int64_t share_fen = share ? share->amount_fen : 0;

	/* RULE B17: "Nothing is paid above what was authorised, granted or received." */
	if (sum_above(cmd->amount_fen, sum_left(share_fen, claimed_fen)))
		return REFUSE(ABOVE_ENTITLEMENT, cmd->source);
	if (sum_above(cmd->amount_fen,
		      free_of_received(turn, entitled->programme_year_id, cmd->source)))
		return REFUSE(ABOVE_RECEIVED, cmd->source);

	Funding__Disbursement requested = FUNDING__DISBURSEMENT__INIT;
	requested.disbursement_id = cmd->disbursement_id;
	requested.project_id = cmd->project_id;
	requested.entitlement_id = entitled->entitlement_id;
	requested.account_id = account->account_id;
	requested.programme_year_id = entitled->programme_year_id;
	requested.site_id = entitled->site_id;
	requested.region_code = entitled->region_code;
	requested.agency_id = entitled->agency_id;
	requested.source = cmd->source;
	requested.state = STATE(REQUESTED);
	requested.amount_fen = cmd->amount_fen;
	requested.claimed_fen = cmd->amount_fen;
	requested.purpose = cmd->purpose;
	requested.requested_by = turn_actor(turn)->person_id;
	requested.requested_on = turn_today_text(turn);

	Funding__DisbursementRequested event = FUNDING__DISBURSEMENT_REQUESTED__INIT;
	event.disbursement = &requested;
	return turn_accept(turn, &event.base);
}

static struct verdict authorise_disbursement(struct turn *turn, const void *command)
{
	const Funding__AuthoriseDisbursementRequest *cmd = command;
	const Funding__Disbursement *found = turn_find(turn, &disbursements, cmd->disbursement_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->disbursement_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->disbursement_id);
	if (found->state != STATE(REQUESTED))
		return REFUSE(DISBURSEMENT_NOT_REQUESTED, cmd->disbursement_id);
	/* RULE B17: "Money is requested, authorised and paid by three different people." */
	if (text_same(found->requested_by, person_id))
		return REFUSE(AUTHORISED_BY_REQUESTER, cmd->disbursement_id);
	if (sum_above(cmd->authorised_fen, found->amount_fen))
		return REFUSE(AUTHORISED_ABOVE_REQUESTED, cmd->disbursement_id);

	Funding__Disbursement next = *found;
	next.state = STATE(AUTHORISED);
	next.authorised_fen = cmd->authorised_fen;
	next.claimed_fen = cmd->authorised_fen;
	next.authorised_by = person_id;
	next.authorised_on = turn_today_text(turn);

	Funding__DisbursementAuthorised event = FUNDING__DISBURSEMENT_AUTHORISED__INIT;
	event.disbursement = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict refuse_disbursement(struct turn *turn, const void *command)
{
	const Funding__RefuseDisbursementRequest *cmd = command;
	const Funding__Disbursement *found = turn_find(turn, &disbursements, cmd->disbursement_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->disbursement_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->disbursement_id);
	if (found->state != STATE(REQUESTED))
		return REFUSE(DISBURSEMENT_NOT_REQUESTED, cmd->disbursement_id);

	Funding__Disbursement next = *found;
	next.state = STATE(REFUSED);
	next.claimed_fen = 0;
	next.refused_by = turn_actor(turn)->person_id;
	next.refused_on = turn_today_text(turn);
	next.refused_because = cmd->reason;

	Funding__DisbursementRefused event = FUNDING__DISBURSEMENT_REFUSED__INIT;
	event.disbursement = &next;
	return turn_accept(turn, &event.base);
}

/* Special accounts are named by their id, or as the ledger names what is on them. */
static bool is_special_account(struct turn *turn, const char *account_id)
{
	return text_begins(account_id, "special:") ||
	       turn_find(turn, &special_accounts, account_id);
}

/* A payment is the only transaction that brings money to a special account, and it comes from
 * the year's account of the same source: whatever else is named as its two ends is turned away. */
static struct verdict record_payment(struct turn *turn, const void *command)
{
	const Funding__RecordPaymentRequest *cmd = command;
	const Funding__Disbursement *found = turn_find(turn, &disbursements, cmd->disbursement_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->disbursement_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->disbursement_id);

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, found->programme_year_id);
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, found->account_id);
	Funding__LedgerEntry from =
		ledger_source(turn, found->programme_year_id, found->source, year->region_code);
	Funding__LedgerEntry to = ledger_special(turn, account, found->source);

	/* RULE B16: "Money does not move between projects, sources or categories without an
	 * approved change." */
	if (is_special_account(turn, cmd->from_account_id))
		return REFUSE(TRANSFER_BETWEEN_SPECIAL_ACCOUNTS, cmd->from_account_id);
	if (!text_empty(cmd->from_account_id) && !text_same(cmd->from_account_id, from.account))
		return REFUSE(NOT_FROM_SOURCE_ACCOUNT, cmd->from_account_id);
	/* RULE B15: "Only the project's own receipts and payments go through it." */
	if (!text_empty(cmd->to_account_id) && !text_same(cmd->to_account_id, found->account_id))
		return REFUSE(NOT_TO_PROJECT_ACCOUNT, cmd->to_account_id);
	if (found->state != STATE(AUTHORISED))
		return REFUSE(DISBURSEMENT_NOT_AUTHORISED, cmd->disbursement_id);
	if (account_frozen(account))
		return REFUSE(ACCOUNT_FROZEN, found->account_id);
	/* RULE B17: "Money is requested, authorised and paid by three different people." */
	if (text_same(found->requested_by, person_id))
		return REFUSE(PAID_BY_REQUESTER, cmd->disbursement_id);
	if (text_same(found->authorised_by, person_id))
		return REFUSE(PAID_BY_AUTHORISER, cmd->disbursement_id);
	/* RULE B17: "Nothing is paid above what was authorised, granted or received." */
	if (sum_above(cmd->paid_fen, found->authorised_fen))
		return REFUSE(PAID_ABOVE_AUTHORISED, cmd->disbursement_id);

	Funding__Disbursement next = *found;
	next.state = STATE(PAID);
	next.paid_fen = cmd->paid_fen;
	next.claimed_fen = cmd->paid_fen;
	next.paid_by = person_id;
	next.paid_on = cmd->paid_on;
	next.document_no = cmd->document_no;

	struct booking booking = { BOOKS(PAYMENT), cmd->disbursement_id, cmd->paid_fen,
				   cmd->paid_on };
	struct booked booked = ledger_book(turn, &booking, &from, &to);
	Funding__PaymentRecorded event = FUNDING__PAYMENT_RECORDED__INIT;
	event.disbursement = &next;
	event.n_entries = booked.n_entries;
	event.entries = booked.entries;
	return turn_accept(turn, &event.base);
}

static struct verdict record_payment_failure(struct turn *turn, const void *command)
{
	const Funding__RecordPaymentFailureRequest *cmd = command;
	const Funding__Disbursement *found = turn_find(turn, &disbursements, cmd->disbursement_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->disbursement_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->disbursement_id);
	if (found->state != STATE(AUTHORISED))
		return REFUSE(DISBURSEMENT_NOT_AUTHORISED, cmd->disbursement_id);

	Funding__Disbursement next = *found;
	next.state = STATE(FAILED);
	next.claimed_fen = 0;
	next.failed_by = turn_actor(turn)->person_id;
	next.failed_on = cmd->failed_on;
	next.failed_because = cmd->reason;

	Funding__PaymentFailed event = FUNDING__PAYMENT_FAILED__INIT;
	event.disbursement = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "RequestDisbursement", request_disbursement, BY_AGENCY | BY_PROJECT_OFFICE,
	  "disbursement_id project_id source amount_fen" },
	{ "AuthoriseDisbursement", authorise_disbursement, BY_PROVINCE,
	  "disbursement_id authorised_fen" },
	{ "RefuseDisbursement", refuse_disbursement, BY_PROVINCE, "disbursement_id reason" },
	{ "RecordPayment", record_payment, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "disbursement_id paid_fen paid_on document_no" },
	{ "RecordPaymentFailure", record_payment_failure, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "disbursement_id failed_on reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetDisbursement", GET(disbursements) },
	{ "ListDisbursements", LIST(disbursements) },
	{ 0 },
};
static const struct table *const tables[] = { &disbursements, NULL };
const struct aggregate disbursement = { tables, commands, queries };
