/* The statement of a special account at the end of a date: what came, what was spent, what went back
 * and what is left, by source and by line of the budget.  All of it is added up from the sums that
 * the ledger keeps for each day, none by walking entries. */
#include "base/text.h"

#include "funding.h"
#include "ledger.h"
#include "sums.h"

/* Is there a line for it already? */
static bool stated(const Funding__GetStatementResponse *answer, const char *source,
		   const char *category)
{
	for (size_t i = 0; i < answer->n_lines; i++) {
		if (text_same(answer->lines[i]->source, source) &&
		    text_same(answer->lines[i]->category, category))
			return true;
	}
	return false;
}

/* What is asked for: an account, and at the end of which date. */
struct asked {
	const Funding__SpecialAccount *account;
	const char *on;
};

/* What was spent on what the ledger's account stands for, less what was reversed. */
static int64_t spent_on(struct turn *turn, const Funding__LedgerEntry *spent, const char *on)
{
	return sum_of(ledger_booked(turn, spent, BOOKS(EXPENSE), on),
		      ledger_booked(turn, spent, BOOKS(REVERSAL), on));
}

static Funding__StatementLine *state_line(struct turn *turn, const struct asked *asked,
					  const char *source, const char *category,
					  int64_t budget_fen)
{
	Funding__LedgerEntry spent = ledger_spent(turn, asked->account, source, category);
	Funding__StatementLine *row = turn_take(turn, sizeof(*row));

	funding__statement_line__init(row);
	row->source = source;
	row->category = category;
	row->budget_fen = budget_fen;
	row->spent_fen = spent_on(turn, &spent, asked->on);
	row->left_fen = sum_left(row->budget_fen, row->spent_fen);
	return row;
}

/* A line for each line of the budget, and one for what an exception lets a source bear. */
static void state_lines(struct turn *turn, const struct asked *asked,
			Funding__GetStatementResponse *answer)
{
	Funding__BudgetLine line_like = { .account_id = asked->account->account_id };
	Funding__ExpenseException exception_like = { .account_id = asked->account->account_id };
	struct each lines = turn_each(turn, &budget_lines, "account_id,closed", &line_like);
	struct each excepted = turn_each(turn, &exceptions, "account_id", &exception_like);
	size_t n_lines = 0;

	while (each_next(&lines))
		n_lines++;
	while (each_next(&excepted))
		n_lines++;
	answer->lines = turn_take(turn, n_lines * sizeof(*answer->lines));
	lines = turn_each(turn, &budget_lines, "account_id,closed", &line_like);
	for (const Funding__BudgetLine *line; (line = each_next(&lines));)
		answer->lines[answer->n_lines++] =
			state_line(turn, asked, line->source, line->category, line->amount_fen);
	excepted = turn_each(turn, &exceptions, "account_id", &exception_like);
	for (const Funding__ExpenseException *x; (x = each_next(&excepted));) {
		if (exception_approved(x) && !stated(answer, x->source, x->category))
			answer->lines[answer->n_lines++] =
				state_line(turn, asked, x->source, x->category, 0);
	}
}

static Funding__StatementSource *state_source(struct turn *turn, const struct asked *asked,
					      const Funding__EntitlementShare *share)
{
	Funding__LedgerEntry special = ledger_special(turn, asked->account, share->source);
	Funding__StatementSource *row = turn_take(turn, sizeof(*row));

	funding__statement_source__init(row);
	row->source = share->source;
	row->entitled_fen = share->amount_fen;
	row->received_fen = ledger_booked(turn, &special, BOOKS(PAYMENT), asked->on);
	row->spent_fen = sum_left(0, spent_on(turn, &special, asked->on));
	row->returned_fen = sum_left(0, ledger_booked(turn, &special, BOOKS(RETURN), asked->on));
	row->balance_fen = ledger_balance_on(turn, &special, asked->on);
	return row;
}

static void state_sources(struct turn *turn, const struct asked *asked,
			  Funding__GetStatementResponse *answer)
{
	struct share_list list = shares_of(turn, asked->account->project_id);

	answer->sources = turn_take(turn, list.n * sizeof(*answer->sources));
	for (size_t i = 0; i < list.n; i++) {
		Funding__StatementSource *row = state_source(turn, asked, list.each[i]);

		answer->sources[answer->n_sources++] = row;
		answer->received_fen = sum_of(answer->received_fen, row->received_fen);
		answer->spent_fen = sum_of(answer->spent_fen, row->spent_fen);
		answer->returned_fen = sum_of(answer->returned_fen, row->returned_fen);
		answer->balance_fen = sum_of(answer->balance_fen, row->balance_fen);
	}
}

static struct verdict get_statement(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Funding__GetStatementRequest *cmd = request;
	Funding__GetStatementResponse *answer = (Funding__GetStatementResponse *)response;
	struct asked asked = { turn_find(turn, &special_accounts, cmd->account_id),
			       text_empty(cmd->stated_on) ? turn_today_text(turn)
							  : cmd->stated_on };

	if (!asked.account || !turn_sees(turn, &special_accounts, asked.account))
		return turn_not_found(cmd->account_id);
	answer->account = (Funding__SpecialAccount *)asked.account;
	answer->stated_on = asked.on;
	state_lines(turn, &asked, answer);
	state_sources(turn, &asked, answer);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetStatement", .answer = get_statement },
	{ 0 },
};
const struct aggregate statement = { NULL, NULL, queries };
