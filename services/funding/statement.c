/* The statement of a special account: what came, what was spent and what is left, by source and by
 * line of the budget.  All of it is read from sums that are kept, none by walking entries. */
#include "funding.h"
#include "ledger.h"
#include "sums.h"

#include "base/text.h"

static void state_line(struct turn *turn, const Funding__SpecialAccount *account,
		       const Funding__BudgetLine *line, Funding__StatementLine *row)
{
	Funding__LedgerEntry spent = ledger_spent(turn, account, line->source, line->category);

	funding__statement_line__init(row);
	row->source = line->source;
	row->category = line->category;
	row->budget_fen = line->amount_fen;
	row->spent_fen = ledger_balance(turn, &spent);
	row->left_fen = sum_left(row->budget_fen, row->spent_fen);
}

static void state_lines(struct turn *turn, const Funding__SpecialAccount *account,
			Funding__GetStatementResponse *answer)
{
	Funding__BudgetLine like = { .account_id = account->account_id };
	struct each each = turn_each(turn, &budget_lines, "account_id", &like);
	size_t n_lines = 0;

	while (each_next(&each))
		n_lines++;
	answer->lines = turn_take(turn, n_lines * sizeof(*answer->lines));
	each = turn_each(turn, &budget_lines, "account_id", &like);
	for (const Funding__BudgetLine *line; (line = each_next(&each));) {
		Funding__StatementLine *row = turn_take(turn, sizeof(*row));

		state_line(turn, account, line, row);
		answer->lines[answer->n_lines++] = row;
	}
}

static void state_source(struct turn *turn, const Funding__SpecialAccount *account,
			 const Funding__EntitlementShare *share,
			 const Funding__GetStatementResponse *answer, Funding__StatementSource *row)
{
	Funding__Disbursement paid = { .project_id = account->project_id, .source = share->source };
	Funding__LedgerEntry special = ledger_special(turn, account, share->source);

	funding__statement_source__init(row);
	row->source = share->source;
	row->entitled_fen = share->amount_fen;
	row->received_fen = turn_sum(turn, &disbursements, "project_id,source:paid_fen", &paid);
	row->balance_fen = ledger_balance(turn, &special);
	for (size_t i = 0; i < answer->n_lines; i++) {
		if (text_same(answer->lines[i]->source, share->source))
			row->spent_fen = sum_of(row->spent_fen, answer->lines[i]->spent_fen);
	}
}

static void state_sources(struct turn *turn, const Funding__SpecialAccount *account,
			  Funding__GetStatementResponse *answer)
{
	Funding__EntitlementShare like = { .project_id = account->project_id };
	struct each each = turn_each(turn, &shares, "project_id", &like);
	size_t n_sources = 0;

	while (each_next(&each))
		n_sources++;
	answer->sources = turn_take(turn, n_sources * sizeof(*answer->sources));
	each = turn_each(turn, &shares, "project_id", &like);
	for (const Funding__EntitlementShare *share; (share = each_next(&each));) {
		Funding__StatementSource *row = turn_take(turn, sizeof(*row));

		state_source(turn, account, share, answer, row);
		answer->sources[answer->n_sources++] = row;
		answer->received_fen = sum_of(answer->received_fen, row->received_fen);
		answer->spent_fen = sum_of(answer->spent_fen, row->spent_fen);
		answer->balance_fen = sum_of(answer->balance_fen, row->balance_fen);
	}
}

static struct verdict get_statement(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Funding__GetStatementRequest *asked = request;
	Funding__GetStatementResponse *answer = (Funding__GetStatementResponse *)response;
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, asked->account_id);

	if (!account || !turn_sees(turn, &special_accounts, account))
		return turn_not_found(asked->account_id);
	answer->account = (Funding__SpecialAccount *)account;
	state_lines(turn, account, answer);
	state_sources(turn, account, answer);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetStatement", .answer = get_statement },
	{ 0 },
};
const struct aggregate statement = { NULL, NULL, queries };
