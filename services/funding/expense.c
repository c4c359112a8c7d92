/* Expenses: money spent from a special account.  Another person than he who recorded one verifies
 * it; nobody edits or deletes it.
 *
 *     RECORDED --question--> QUERIED --answer--> ANSWERED
 *         `---------------> VERIFIED <--------------'
 *
 *     any of these --equal reversing entry--> REVERSED */
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table expenses = {
	.name = "expenses",
	.record = &funding__expense__descriptor,
	.id = "expense_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id", "project_id", "account_id" },
	.tallies = { "programme_year_id,source:spent_fen",
		     "programme_year_id,region_code[4],source:spent_fen" },
};

#define STATE(name) FUNDING__EXPENSE_STATE__EXPENSE_STATE_##name

/* The word of the rules for what running an office costs. */
static const char ADMINISTRATIVE[] = "ADMINISTRATIVE";

/* The agreed line of the budget, or NULL. */
static const Funding__BudgetLine *budget_line(struct turn *turn, const char *account_id,
					      const char *source, const char *category)
{
	Funding__BudgetLine like = { .account_id = account_id,
				     .source = source,
				     .category = category };

	return turn_by(turn, &budget_lines, "account_id,source,category", &like);
}

static struct verdict record_expense(struct turn *turn, const void *command)
{
	const Funding__RecordExpenseRequest *cmd = command;
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, cmd->account_id);

	if (turn_find(turn, &expenses, cmd->expense_id))
		return REFUSE(EXPENSE_EXISTS, cmd->expense_id);
	if (!account || !turn_may_act(turn, account->region_code, account->agency_id))
		return turn_not_found(cmd->account_id);

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, account->programme_year_id);
	const Stations__FundSource *source = year_source(year, cmd->source);

	if (!source)
		return REFUSE(SOURCE_UNKNOWN, cmd->source);

	bool borne = source_bears(source, cmd->category);

	/* RULE B11: "Administration is never paid from the central share." */
	if (!borne && text_same(cmd->category, ADMINISTRATIVE))
		return REFUSE(ADMINISTRATIVE_COST_NOT_ALLOWED, cmd->source);
	/* RULE B10: "The central share pays for work allowance, travel, insurance and training;
	 * anything else on it needs an approved exception." */
	if (!borne)
		return REFUSE(CATEGORY_NOT_ALLOWED, cmd->category);

	const Funding__BudgetLine *line =
		budget_line(turn, cmd->account_id, cmd->source, cmd->category);
	Funding__LedgerEntry from = ledger_special(turn, account, cmd->source);
	Funding__LedgerEntry to = ledger_spent(turn, account, cmd->source, cmd->category);

	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." */
	if (!line)
		return REFUSE(NOT_IN_BUDGET, cmd->category);
	/* RULE B16: "Money does not move between projects, sources or categories without an
	 * approved change." */
	if (sum_above(cmd->amount_fen, sum_left(line->amount_fen, ledger_balance(turn, &to))))
		return REFUSE(ABOVE_BUDGET_LINE, cmd->category);
	/* RULE B15: "Only the project's own receipts and payments go through it." */
	if (sum_above(cmd->amount_fen, ledger_balance(turn, &from)))
		return REFUSE(ABOVE_ACCOUNT_BALANCE, cmd->source);

	Funding__Expense recorded = FUNDING__EXPENSE__INIT;
	recorded.expense_id = cmd->expense_id;
	recorded.account_id = cmd->account_id;
	recorded.project_id = account->project_id;
	recorded.programme_year_id = account->programme_year_id;
	recorded.site_id = account->site_id;
	recorded.region_code = account->region_code;
	recorded.agency_id = account->agency_id;
	recorded.source = cmd->source;
	recorded.category = cmd->category;
	recorded.state = STATE(RECORDED);
	recorded.amount_fen = cmd->amount_fen;
	recorded.spent_fen = cmd->amount_fen;
	recorded.spent_on = cmd->spent_on;
	recorded.description = cmd->description;
	recorded.document_no = cmd->document_no;
	recorded.recorded_by = turn_actor(turn)->person_id;

	struct booking booking = { BOOKS(EXPENSE), cmd->expense_id, cmd->amount_fen,
				   cmd->spent_on };
	struct booked booked = ledger_book(turn, &booking, &from, &to);
	Funding__ExpenseRecorded event = FUNDING__EXPENSE_RECORDED__INIT;
	event.expense = &recorded;
	event.n_entries = booked.n_entries;
	event.entries = booked.entries;
	return turn_accept(turn, &event.base);
}

static struct verdict verify_expense(struct turn *turn, const void *command)
{
	const Funding__VerifyExpenseRequest *cmd = command;
	const Funding__Expense *found = turn_find(turn, &expenses, cmd->expense_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->expense_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->expense_id);
	if (found->state == STATE(REVERSED))
		return REFUSE(EXPENSE_REVERSED, cmd->expense_id);
	if (found->state == STATE(VERIFIED))
		return REFUSE(EXPENSE_VERIFIED, cmd->expense_id);
	if (found->state == STATE(QUERIED))
		return REFUSE(QUERY_UNANSWERED, cmd->expense_id);
	if (text_same(found->recorded_by, person_id))
		return REFUSE(VERIFIED_BY_RECORDER, cmd->expense_id);

	Funding__Expense next = *found;
	next.state = STATE(VERIFIED);
	next.verified_by = person_id;
	next.verified_on = turn_today_text(turn);

	Funding__ExpenseVerified event = FUNDING__EXPENSE_VERIFIED__INIT;
	event.expense = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict raise_expense_query(struct turn *turn, const void *command)
{
	const Funding__RaiseExpenseQueryRequest *cmd = command;
	const Funding__Expense *found = turn_find(turn, &expenses, cmd->expense_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->expense_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->expense_id);
	if (found->state == STATE(REVERSED))
		return REFUSE(EXPENSE_REVERSED, cmd->expense_id);
	if (found->state == STATE(VERIFIED))
		return REFUSE(EXPENSE_VERIFIED, cmd->expense_id);
	if (found->state == STATE(QUERIED))
		return REFUSE(QUERY_UNANSWERED, cmd->expense_id);

	Funding__Expense next = *found;
	next.state = STATE(QUERIED);
	next.queried_by = turn_actor(turn)->person_id;
	next.question = cmd->question;
	next.answered_by = "";
	next.answer = "";

	Funding__ExpenseQueryRaised event = FUNDING__EXPENSE_QUERY_RAISED__INIT;
	event.expense = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict answer_expense_query(struct turn *turn, const void *command)
{
	const Funding__AnswerExpenseQueryRequest *cmd = command;
	const Funding__Expense *found = turn_find(turn, &expenses, cmd->expense_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->expense_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->expense_id);
	if (found->state != STATE(QUERIED))
		return REFUSE(NOTHING_ASKED, cmd->expense_id);

	Funding__Expense next = *found;
	next.state = STATE(ANSWERED);
	next.answered_by = turn_actor(turn)->person_id;
	next.answer = cmd->answer;

	Funding__ExpenseQueryAnswered event = FUNDING__EXPENSE_QUERY_ANSWERED__INIT;
	event.expense = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict reverse_expense(struct turn *turn, const void *command)
{
	const Funding__ReverseExpenseRequest *cmd = command;
	const Funding__Expense *found = turn_find(turn, &expenses, cmd->expense_id);
	const Engine__Principal *actor = turn_actor(turn);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->expense_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->expense_id);
	if (found->state == STATE(REVERSED))
		return REFUSE(EXPENSE_REVERSED, cmd->expense_id);
	/* What two persons have found right, the agency alone does not undo. */
	if (found->state == STATE(VERIFIED) && actor->role == ENGINE__ROLE__ROLE_AGENCY)
		return REFUSE(EXPENSE_VERIFIED, cmd->expense_id);

	/* RULE B16: "Entries are never edited; a mistake is reversed by an entry of its own." */
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, found->account_id);
	Funding__LedgerEntry from = ledger_spent(turn, account, found->source, found->category);
	Funding__LedgerEntry to = ledger_special(turn, account, found->source);
	struct booking booking = { BOOKS(REVERSAL), cmd->expense_id, found->amount_fen,
				   turn_today_text(turn) };
	struct booked booked = ledger_book(turn, &booking, &from, &to);

	Funding__Expense next = *found;
	next.state = STATE(REVERSED);
	next.spent_fen = 0;
	next.reversed_by = actor->person_id;
	next.reversed_on = turn_today_text(turn);
	next.reversed_because = cmd->reason;

	Funding__ExpenseReversed event = FUNDING__EXPENSE_REVERSED__INIT;
	event.expense = &next;
	event.n_entries = booked.n_entries;
	event.entries = booked.entries;
	return turn_accept(turn, &event.base);
}

enum { CHECKERS = BY_PROVINCE | BY_PROJECT_OFFICE | BY_PREFECTURE | BY_COUNTY };

static const struct command commands[] = {
	{ "RecordExpense", record_expense, BY_AGENCY,
	  "expense_id account_id source category amount_fen spent_on description" },
	{ "VerifyExpense", verify_expense, CHECKERS, "expense_id" },
	{ "RaiseExpenseQuery", raise_expense_query, CHECKERS, "expense_id question" },
	{ "AnswerExpenseQuery", answer_expense_query, BY_AGENCY, "expense_id answer" },
	{ "ReverseExpense", reverse_expense, BY_AGENCY | BY_PROVINCE, "expense_id reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetExpense", GET(expenses) },
	{ "ListExpenses", LIST(expenses) },
	{ 0 },
};
static const struct table *const tables[] = { &expenses, NULL };
const struct aggregate expense = { tables, commands, queries };
