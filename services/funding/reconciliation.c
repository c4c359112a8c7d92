/* Reconciliations: what the bank says is on a special account at the end of a date, beside what
 * the ledger says.  A difference stays visible, and is explained; another person than he who
 * recorded it confirms it.
 *
 *     RECORDED --another person--> CONFIRMED
 *         `-----------------> RETURNED, and another is recorded */
#include "base/text.h"

#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table reconciliations = {
	.name = "reconciliations",
	.record = &funding__reconciliation__descriptor,
	.id = "reconciliation_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "account_id,balance_on", "account_id,state", "account_id", "project_id",
		     "programme_year_id" },
};

#define STATE(name) FUNDING__RECONCILIATION_STATE__RECONCILIATION_STATE_##name

/* Was the account reconciled for that date, other than by what was returned? */
static bool date_reconciled(struct turn *turn, const char *account_id, const char *balance_on)
{
	Funding__Reconciliation like = { .account_id = account_id, .balance_on = balance_on };
	struct each each = turn_each(turn, &reconciliations, "account_id,balance_on", &like);

	for (const Funding__Reconciliation *r; (r = each_next(&each));) {
		if (r->state != STATE(RETURNED))
			return true;
	}
	return false;
}

bool account_reconciled(struct turn *turn, const Funding__SpecialAccount *account)
{
	Funding__Reconciliation like = { .account_id = account->account_id,
					 .state = STATE(CONFIRMED) };
	struct each each = turn_each(turn, &reconciliations, "account_id,state", &like);
	int64_t balance_fen = account_balance(turn, account, turn_today_text(turn));

	for (const Funding__Reconciliation *r; (r = each_next(&each));) {
		if (r->difference_fen == 0 && r->statement_fen == balance_fen)
			return true;
	}
	return false;
}

static struct verdict record_reconciliation(struct turn *turn, const void *command)
{
	const Funding__RecordReconciliationRequest *cmd = command;
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, cmd->account_id);

	if (turn_find(turn, &reconciliations, cmd->reconciliation_id))
		return REFUSE(RECONCILIATION_EXISTS, cmd->reconciliation_id);
	if (!account || !turn_may_act(turn, account->region_code, account->agency_id))
		return turn_not_found(cmd->account_id);
	if (date_reconciled(turn, cmd->account_id, cmd->balance_on))
		return REFUSE(DATE_RECONCILED, cmd->balance_on);

	int64_t ledger_fen = account_balance(turn, account, cmd->balance_on);

	if (cmd->statement_fen != ledger_fen && text_empty(cmd->explanation))
		return REFUSE(DIFFERENCE_UNEXPLAINED, cmd->account_id);

	Funding__Reconciliation recorded = FUNDING__RECONCILIATION__INIT;
	recorded.reconciliation_id = cmd->reconciliation_id;
	recorded.account_id = cmd->account_id;
	recorded.project_id = account->project_id;
	recorded.programme_year_id = account->programme_year_id;
	recorded.region_code = account->region_code;
	recorded.agency_id = account->agency_id;
	recorded.balance_on = cmd->balance_on;
	recorded.statement_fen = cmd->statement_fen;
	recorded.ledger_fen = ledger_fen;
	recorded.difference_fen = sum_left(cmd->statement_fen, ledger_fen);
	recorded.explanation = cmd->explanation;
	recorded.document_no = cmd->document_no;
	recorded.state = STATE(RECORDED);
	recorded.recorded_by = turn_actor(turn)->person_id;
	recorded.recorded_on = turn_today_text(turn);

	Funding__ReconciliationRecorded event = FUNDING__RECONCILIATION_RECORDED__INIT;
	event.reconciliation = &recorded;
	return turn_accept(turn, &event.base);
}

/* May he who asks judge it, in whichever way? */
static struct verdict judge_judge(struct turn *turn, const Funding__Reconciliation *found,
				  const char *reconciliation_id, uint64_t expected_revision)
{
	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(reconciliation_id);
	if (expected_revision && expected_revision != found->revision)
		return turn_stale(reconciliation_id);
	if (found->state != STATE(RECORDED))
		return REFUSE(RECONCILIATION_JUDGED, reconciliation_id);
	if (text_same(found->recorded_by, turn_actor(turn)->person_id))
		return REFUSE(RECONCILED_BY_RECORDER, reconciliation_id);
	return turn_done();
}

static struct verdict confirm_reconciliation(struct turn *turn, const void *command)
{
	const Funding__ConfirmReconciliationRequest *cmd = command;
	const Funding__Reconciliation *found =
		turn_find(turn, &reconciliations, cmd->reconciliation_id);
	struct verdict judged =
		judge_judge(turn, found, cmd->reconciliation_id, cmd->expected_revision);

	if (judged.refusal)
		return judged;

	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, found->account_id);

	if (account_balance(turn, account, found->balance_on) != found->ledger_fen)
		return REFUSE(LEDGER_CHANGED, cmd->reconciliation_id);

	Funding__Reconciliation next = *found;
	next.state = STATE(CONFIRMED);
	next.judged_by = turn_actor(turn)->person_id;
	next.judged_on = turn_today_text(turn);

	Funding__ReconciliationConfirmed event = FUNDING__RECONCILIATION_CONFIRMED__INIT;
	event.reconciliation = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict return_reconciliation(struct turn *turn, const void *command)
{
	const Funding__ReturnReconciliationRequest *cmd = command;
	const Funding__Reconciliation *found =
		turn_find(turn, &reconciliations, cmd->reconciliation_id);
	struct verdict judged =
		judge_judge(turn, found, cmd->reconciliation_id, cmd->expected_revision);

	if (judged.refusal)
		return judged;

	Funding__Reconciliation next = *found;
	next.state = STATE(RETURNED);
	next.judged_by = turn_actor(turn)->person_id;
	next.judged_on = turn_today_text(turn);
	next.returned_because = cmd->reason;

	Funding__ReconciliationReturned event = FUNDING__RECONCILIATION_RETURNED__INIT;
	event.reconciliation = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "RecordReconciliation", record_reconciliation, BY_AGENCY,
	  "reconciliation_id account_id balance_on document_no" },
	{ "ConfirmReconciliation", confirm_reconciliation, BY_CHECKERS, "reconciliation_id" },
	{ "ReturnReconciliation", return_reconciliation, BY_CHECKERS, "reconciliation_id reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetReconciliation", GET(reconciliations) },
	{ "ListReconciliations", LIST(reconciliations) },
	{ 0 },
};
static const struct table *const tables[] = { &reconciliations, NULL };
const struct aggregate reconciliation = { tables, commands, queries };
