/* Recoveries: money that has to go back from a special account to its source by a date, because it
 * was left at the settlement or because the province found that it has to be paid back.
 *
 *     REQUIRED --another person--> RETURNED
 *
 * Money goes back from a frozen account as well.  A recovery that is past its date is shown as
 * overdue.  What went back is its source's again, and not the project's: the project's share stays
 * claimed. */
#include "base/day.h"
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table recoveries = {
	.name = "recoveries",
	.record = &funding__recovery__descriptor,
	.id = "recovery_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "state,return_by", "account_id", "project_id", "programme_year_id" },
	.tallies = { "account_id,state", "project_id,source:returned_fen",
		     "programme_year_id,source:returned_fen" },
};

#define STATE(name) FUNDING__RECOVERY_STATE__RECOVERY_STATE_##name
#define KIND(name)  FUNDING__RECOVERY_KIND__RECOVERY_KIND_##name

bool recovery_outstanding(struct turn *turn, const char *account_id)
{
	Funding__Recovery like = { .account_id = account_id, .state = STATE(REQUIRED) };

	return turn_count(turn, &recoveries, "account_id,state", &like) > 0;
}

/* What all recoveries have in common when they are required. */
static void require(struct turn *turn, const Funding__SpecialAccount *account,
		    const char *return_by, Funding__Recovery *required)
{
	required->return_by = return_by;
	required->overdue = day_text_before(return_by, turn_today_text(turn));
	required->account_id = account->account_id;
	required->project_id = account->project_id;
	required->programme_year_id = account->programme_year_id;
	required->region_code = account->region_code;
	required->agency_id = account->agency_id;
	required->state = STATE(REQUIRED);
	required->required_by = turn_actor(turn)->person_id;
	required->required_on = turn_today_text(turn);
}

Funding__Recovery *recover_unspent(struct turn *turn, const Funding__SpecialAccount *account,
				   const char *source, int64_t amount_fen, const char *return_by)
{
	Funding__Recovery *unspent = turn_take(turn, sizeof(*unspent));

	funding__recovery__init(unspent);
	require(turn, account, return_by, unspent);
	unspent->recovery_id = turn_id(
		turn, turn_text(turn, "settlement:%s:%s", account->account_id, source), false);
	unspent->source = source;
	unspent->kind = KIND(UNSPENT);
	unspent->amount_fen = amount_fen;
	unspent->document_no = account->settlement_document_no;
	return unspent;
}

/* What of the source was paid into the account and neither went back nor has to. */
static int64_t recoverable(struct turn *turn, const Funding__SpecialAccount *account,
			   const char *source)
{
	Funding__LedgerEntry special = ledger_special(turn, account, source);
	const char *today = turn_today_text(turn);
	int64_t left_fen = sum_of(ledger_booked(turn, &special, BOOKS(PAYMENT), today),
				  ledger_booked(turn, &special, BOOKS(RETURN), today));
	struct each each = turn_each(turn, &recoveries, "account_id",
				     &(Funding__Recovery){ .account_id = account->account_id });

	for (const Funding__Recovery *r; (r = each_next(&each));) {
		if (r->state == STATE(REQUIRED) && text_same(r->source, source))
			left_fen = sum_left(left_fen, r->amount_fen);
	}
	return left_fen;
}

static struct verdict require_recovery(struct turn *turn, const void *command)
{
	const Funding__RequireRecoveryRequest *cmd = command;
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, cmd->account_id);

	if (turn_find(turn, &recoveries, cmd->recovery_id))
		return REFUSE(RECOVERY_EXISTS, cmd->recovery_id);
	if (!account || !turn_may_act(turn, account->region_code, account->agency_id))
		return turn_not_found(cmd->account_id);
	if (account_settled(account))
		return REFUSE(ACCOUNT_SETTLED, cmd->account_id);
	if (!year_source(turn_find(turn, &programme_years, account->programme_year_id),
			 cmd->source))
		return REFUSE(SOURCE_UNKNOWN, cmd->source);
	/* RULE B15: "Only the project's own receipts and payments go through it." */
	if (sum_above(cmd->amount_fen, recoverable(turn, account, cmd->source)))
		return REFUSE(RECOVERED_ABOVE_PAID, cmd->source);

	Funding__Recovery required = FUNDING__RECOVERY__INIT;
	require(turn, account, cmd->return_by, &required);
	required.recovery_id = cmd->recovery_id;
	required.source = cmd->source;
	required.kind = KIND(DISALLOWED);
	required.amount_fen = cmd->amount_fen;
	required.reason = cmd->reason;
	required.document_no = cmd->document_no;

	Funding__RecoveryRequired event = FUNDING__RECOVERY_REQUIRED__INIT;
	event.recovery = &required;
	return turn_accept(turn, &event.base);
}

static struct verdict record_return(struct turn *turn, const void *command)
{
	const Funding__RecordReturnRequest *cmd = command;
	const Funding__Recovery *found = turn_find(turn, &recoveries, cmd->recovery_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->recovery_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->recovery_id);
	if (found->state != STATE(REQUIRED))
		return REFUSE(RECOVERY_RETURNED, cmd->recovery_id);
	if (text_same(found->required_by, person_id))
		return REFUSE(RETURNED_BY_REQUIRER, cmd->recovery_id);

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, found->programme_year_id);
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, found->account_id);
	Funding__LedgerEntry from = ledger_special(turn, account, found->source);
	Funding__LedgerEntry to =
		ledger_source(turn, found->programme_year_id, found->source, year->region_code);

	/* RULE B15: "Only the project's own receipts and payments go through it." */
	if (sum_above(found->amount_fen, ledger_balance(turn, &from)))
		return REFUSE(ABOVE_ACCOUNT_BALANCE, found->source);

	Funding__Recovery next = *found;
	next.state = STATE(RETURNED);
	next.returned_fen = found->amount_fen;
	next.returned_by = person_id;
	next.returned_on = cmd->returned_on;
	next.return_document_no = cmd->document_no;

	struct booking booking = { BOOKS(RETURN), cmd->recovery_id, found->amount_fen,
				   cmd->returned_on };
	struct booked booked = ledger_book(turn, &booking, &from, &to);
	Funding__RecoveryReturned event = FUNDING__RECOVERY_RETURNED__INIT;
	event.recovery = &next;
	event.n_entries = booked.n_entries;
	event.entries = booked.entries;
	return turn_accept(turn, &event.base);
}

struct verdict recoveries_overdue(struct turn *turn, struct day today)
{
	char yesterday[DAY_TEXT_SIZE];

	day_write(day_plus(today, -1), yesterday);

	Funding__Recovery like = { .state = STATE(REQUIRED), .return_by = yesterday };
	struct each each = turn_each(turn, &recoveries, "state,return_by", &like);
	size_t n_overdue = 0;

	while (each_next(&each))
		n_overdue++;
	if (n_overdue == 0)
		return turn_done();

	Funding__RecoveriesOverdue event = FUNDING__RECOVERIES_OVERDUE__INIT;
	event.recoveries = turn_take(turn, n_overdue * sizeof(*event.recoveries));
	each = turn_each(turn, &recoveries, "state,return_by", &like);
	for (const Funding__Recovery *r; (r = each_next(&each));) {
		Funding__Recovery *next = turn_take(turn, sizeof(*next));

		*next = *r;
		next->overdue = true;
		event.recoveries[event.n_recoveries++] = next;
	}
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "RequireRecovery", require_recovery, BY_PROVINCE,
	  "recovery_id account_id source amount_fen return_by reason document_no" },
	{ "RecordReturn", record_return, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "recovery_id returned_on document_no" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetRecovery", GET(recoveries) },
	{ "ListRecoveries", LIST(recoveries) },
	{ 0 },
};
static const struct table *const tables[] = { &recoveries, NULL };
const struct aggregate recovery = { tables, commands, queries };
