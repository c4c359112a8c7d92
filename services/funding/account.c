/* Special accounts: one for each project, opened with its entitlement.
 *
 *     OPEN <--freeze, unfreeze--> FROZEN
 *       `--settle--> SETTLED --all went back--> CLOSED
 *
 * What is left when an account is settled has to go back to its sources: each of them is owed a
 * recovery. */
#include "base/text.h"

#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table special_accounts = {
	.name = "special_accounts",
	.record = &funding__special_account__descriptor,
	.id = "account_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "project_id!", "programme_year_id" },
};

#define STATE(name) FUNDING__SPECIAL_ACCOUNT_STATE__SPECIAL_ACCOUNT_STATE_##name

bool account_frozen(const Funding__SpecialAccount *account)
{
	return account->state == STATE(FROZEN);
}

bool account_settled(const Funding__SpecialAccount *account)
{
	return account->state == STATE(SETTLED) || account->state == STATE(CLOSED);
}

int64_t account_balance(struct turn *turn, const Funding__SpecialAccount *account, const char *on)
{
	struct share_list list = shares_of(turn, account->project_id);
	int64_t balance_fen = 0;

	for (size_t i = 0; i < list.n; i++) {
		Funding__LedgerEntry special = ledger_special(turn, account, list.each[i]->source);

		balance_fen = sum_of(balance_fen, ledger_balance_on(turn, &special, on));
	}
	return balance_fen;
}

static struct verdict freeze_account(struct turn *turn, const void *command)
{
	const Funding__FreezeAccountRequest *cmd = command;
	const Funding__SpecialAccount *found = turn_find(turn, &special_accounts, cmd->account_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->account_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->account_id);
	if (found->state != STATE(OPEN))
		return REFUSE(ACCOUNT_NOT_OPEN, cmd->account_id);

	Funding__SpecialAccount next = *found;
	next.state = STATE(FROZEN);
	next.frozen_by = turn_actor(turn)->person_id;
	next.frozen_on = turn_today_text(turn);
	next.frozen_because = cmd->reason;

	Funding__AccountFrozen event = FUNDING__ACCOUNT_FROZEN__INIT;
	event.account = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict unfreeze_account(struct turn *turn, const void *command)
{
	const Funding__UnfreezeAccountRequest *cmd = command;
	const Funding__SpecialAccount *found = turn_find(turn, &special_accounts, cmd->account_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->account_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->account_id);
	if (found->state != STATE(FROZEN))
		return REFUSE(ACCOUNT_NOT_FROZEN, cmd->account_id);

	Funding__SpecialAccount next = *found;
	next.state = STATE(OPEN);
	next.unfrozen_by = turn_actor(turn)->person_id;
	next.unfrozen_on = turn_today_text(turn);

	Funding__AccountUnfrozen event = FUNDING__ACCOUNT_UNFROZEN__INIT;
	event.account = &next;
	return turn_accept(turn, &event.base);
}

/* What is left on the account has to go back, each source's part to it. */
static void recover_left(struct turn *turn, const Funding__SpecialAccount *settled,
			 const char *return_by, Funding__AccountSettled *event)
{
	struct share_list list = shares_of(turn, settled->project_id);

	event->recoveries = turn_take(turn, list.n * sizeof(*event->recoveries));
	for (size_t i = 0; i < list.n; i++) {
		const char *source = list.each[i]->source;
		Funding__LedgerEntry special = ledger_special(turn, settled, source);
		int64_t left_fen = ledger_balance(turn, &special);

		if (left_fen > 0)
			event->recoveries[event->n_recoveries++] =
				recover_unspent(turn, settled, source, left_fen, return_by);
	}
}

/* The change that was handed in and holds a line of the project's budget, or NULL. */
static const char *held_by(struct turn *turn, const char *project_id)
{
	struct share_list list = shares_of(turn, project_id);
	const char *held_for = NULL;

	for (size_t i = 0; i < list.n && !held_for; i++)
		held_for = budget_held_for(turn, project_id, list.each[i]->source);
	return held_for;
}

static struct verdict settle_account(struct turn *turn, const void *command)
{
	const Funding__SettleAccountRequest *cmd = command;
	const Funding__SpecialAccount *found = turn_find(turn, &special_accounts, cmd->account_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->account_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->account_id);
	if (found->state != STATE(OPEN))
		return REFUSE(ACCOUNT_NOT_OPEN, cmd->account_id);
	if (disbursement_under_way(turn, found->project_id))
		return REFUSE(DISBURSEMENT_UNDER_WAY, found->project_id);
	if (expense_unverified(turn, cmd->account_id))
		return REFUSE(EXPENSE_UNVERIFIED, cmd->account_id);
	if (claim_under_way(turn, cmd->account_id))
		return REFUSE(CLAIM_UNDER_WAY, cmd->account_id);
	if (recovery_outstanding(turn, cmd->account_id))
		return REFUSE(RECOVERY_OUTSTANDING, cmd->account_id);
	if (!account_reconciled(turn, found))
		return REFUSE(NOT_RECONCILED, cmd->account_id);

	const char *held_for = held_by(turn, found->project_id);

	if (held_for)
		return REFUSE(BUDGET_LINE_HELD, held_for);

	Funding__SpecialAccount next = *found;
	next.state = STATE(SETTLED);
	next.settled_by = turn_actor(turn)->person_id;
	next.settled_on = cmd->settled_on;
	next.settlement_document_no = cmd->document_no;

	Funding__Entitlement settled = *(const Funding__Entitlement *)turn_find(
		turn, &entitlements, found->entitlement_id);
	settled.state = FUNDING__ENTITLEMENT_STATE__ENTITLEMENT_STATE_SETTLED;

	Funding__AccountSettled event = FUNDING__ACCOUNT_SETTLED__INIT;
	event.account = &next;
	event.entitlement = &settled;
	recover_left(turn, &next, cmd->return_by, &event);
	return turn_accept(turn, &event.base);
}

static struct verdict close_account(struct turn *turn, const void *command)
{
	const Funding__CloseAccountRequest *cmd = command;
	const Funding__SpecialAccount *found = turn_find(turn, &special_accounts, cmd->account_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->account_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->account_id);
	if (found->state != STATE(SETTLED))
		return REFUSE(ACCOUNT_NOT_SETTLED, cmd->account_id);
	if (account_balance(turn, found, turn_today_text(turn)) != 0)
		return REFUSE(BALANCE_LEFT, cmd->account_id);

	Funding__SpecialAccount next = *found;
	next.state = STATE(CLOSED);
	next.closed_by = turn_actor(turn)->person_id;
	next.closed_on = cmd->closed_on;

	Funding__AccountClosed event = FUNDING__ACCOUNT_CLOSED__INIT;
	event.account = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "FreezeAccount", freeze_account, BY_PROVINCE, "account_id reason" },
	{ "UnfreezeAccount", unfreeze_account, BY_PROVINCE, "account_id" },
	{ "SettleAccount", settle_account, BY_PROVINCE,
	  "account_id settled_on document_no return_by" },
	{ "CloseAccount", close_account, BY_PROVINCE, "account_id closed_on" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetSpecialAccount", GET(special_accounts) },
	{ "ListSpecialAccounts", LIST(special_accounts) },
	{ 0 },
};
static const struct table *const tables[] = { &special_accounts, NULL };
const struct aggregate account = { tables, commands, queries };
