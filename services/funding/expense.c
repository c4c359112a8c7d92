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
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "programme_year_id", "project_id", "account_id" },
	.tallies = { "account_id,state", "programme_year_id,source,category:spent_fen",
		     "exception_id:spent_fen", "programme_year_id,source:spent_fen",
		     "programme_year_id,region_code[4],source:spent_fen" },
};

#define STATE(name) FUNDING__EXPENSE_STATE__EXPENSE_STATE_##name

bool expense_unverified(struct turn *turn, const char *account_id)
{
	static const Funding__ExpenseState unverified[] = { STATE(RECORDED), STATE(QUERIED),
							    STATE(ANSWERED) };

	for (size_t i = 0; i < sizeof(unverified) / sizeof(*unverified); i++) {
		Funding__Expense like = { .account_id = account_id, .state = unverified[i] };

		if (turn_count(turn, &expenses, "account_id,state", &like) > 0)
			return true;
	}
	return false;
}

struct verdict judge_spending(struct turn *turn, const struct spending *spending)
{
	const Funding__BudgetLine *line = budget_line_open(turn, spending->account->account_id,
							   spending->source, spending->category);
	Funding__LedgerEntry from = ledger_special(turn, spending->account, spending->source);
	Funding__LedgerEntry to =
		ledger_spent(turn, spending->account, spending->source, spending->category);

	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." — what a source bears by exception alone has no line, and the exception's
	 * amount is its bound. */
	if (!line && !spending->by_exception)
		return REFUSE(NOT_IN_BUDGET, spending->category);
	if (line && !text_empty(line->held_by_change_id))
		return REFUSE(BUDGET_LINE_HELD, line->held_by_change_id);
	/* RULE B16: "Money does not move between projects, sources or categories without an
	 * approved change." */
	if (line &&
	    sum_above(spending->amount_fen, sum_left(line->amount_fen, ledger_balance(turn, &to))))
		return REFUSE(ABOVE_BUDGET_LINE, spending->category);
	/* RULE B15: "Only the project's own receipts and payments go through it." */
	if (sum_above(spending->amount_fen, ledger_balance(turn, &from)))
		return REFUSE(ABOVE_ACCOUNT_BALANCE, spending->source);
	return turn_done();
}

struct booked book_spending(struct turn *turn, const struct spending *spending,
			    const char *expense_id, const char *spent_on)
{
	Funding__LedgerEntry from = ledger_special(turn, spending->account, spending->source);
	Funding__LedgerEntry to =
		ledger_spent(turn, spending->account, spending->source, spending->category);
	struct booking booking = { BOOKS(EXPENSE), expense_id, spending->amount_fen, spent_on };

	return ledger_book(turn, &booking, &from, &to);
}

/* Does the cited exception let so much be spent of that source on that category? */
static struct verdict judge_exception(struct turn *turn, const Funding__RecordExpenseRequest *cmd,
				      const Funding__ExpenseException *cited)
{
	Funding__Expense like = { .exception_id = cmd->exception_id };

	if (!cited || !exception_approved(cited))
		return REFUSE(EXCEPTION_NOT_APPROVED, cmd->exception_id);
	if (!text_same(cited->account_id, cmd->account_id) ||
	    !text_same(cited->source, cmd->source) || !text_same(cited->category, cmd->category))
		return REFUSE(EXCEPTION_FOR_SOMETHING_ELSE, cmd->exception_id);
	if (sum_above(cmd->amount_fen,
		      sum_left(cited->amount_fen,
			       turn_sum(turn, &expenses, "exception_id:spent_fen", &like))))
		return REFUSE(ABOVE_EXCEPTION, cmd->exception_id);
	return turn_done();
}

/* Is it within the standards of its category, where there are any? */
static struct verdict judge_standard(struct turn *turn, const Funding__RecordExpenseRequest *cmd,
				     const char *programme_year_id,
				     const Funding__ExpenseStandard *measure)
{
	if (!standards_hold(turn, programme_year_id, cmd->category, cmd->spent_on))
		return turn_done();
	if (!measure)
		return REFUSE(NO_STANDARD_NAMED, cmd->category);
	/* RULE B13: "An expense above its standard cites the approval for it." */
	if (above_standard(measure, cmd->units, cmd->amount_fen))
		return REFUSE(ABOVE_STANDARD, measure->standard_id);
	return turn_done();
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
	if (account_frozen(account))
		return REFUSE(ACCOUNT_FROZEN, cmd->account_id);
	if (account_settled(account))
		return REFUSE(ACCOUNT_SETTLED, cmd->account_id);

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, account->programme_year_id);
	const Stations__FundSource *source = year_source(year, cmd->source);

	if (!source)
		return REFUSE(SOURCE_UNKNOWN, cmd->source);
	/* RULE B11: "Administration is never paid from the central share." */
	if (administration_not_borne(source, cmd->category))
		return REFUSE(ADMINISTRATIVE_COST_NOT_ALLOWED, cmd->source);

	bool borne = source_bears(source, cmd->category);
	bool excepted = !text_empty(cmd->exception_id);
	const Funding__ExpenseStandard *measure = standard_of(
		turn, account->programme_year_id, cmd->category, cmd->unit, cmd->spent_on);
	struct verdict judged =
		excepted ? judge_exception(turn, cmd,
					   turn_find(turn, &exceptions, cmd->exception_id))
			 : judge_standard(turn, cmd, account->programme_year_id, measure);

	/* RULE B10: "The central share pays for work allowance, travel, insurance and training;
	 * anything else on it needs an approved exception." */
	if (!borne && !excepted)
		return REFUSE(CATEGORY_NOT_ALLOWED, cmd->category);
	if (judged.refusal)
		return judged;

	struct spending spending = { account, cmd->source, cmd->category, cmd->amount_fen,
				     .by_exception = !borne };

	judged = judge_spending(turn, &spending);
	if (judged.refusal)
		return judged;

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
	recorded.exception_id = cmd->exception_id;
	if (measure) {
		recorded.standard_id = measure->standard_id;
		recorded.units = cmd->units;
	}

	struct booked booked = book_spending(turn, &spending, cmd->expense_id, cmd->spent_on);
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

	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, found->account_id);

	if (account_settled(account))
		return REFUSE(ACCOUNT_SETTLED, found->account_id);

	/* RULE B16: "Entries are never edited; a mistake is reversed by an entry of its own." */
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
	event.claim = claim_reversed(turn, found->claim_id);
	event.n_entries = booked.n_entries;
	event.entries = booked.entries;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "RecordExpense", record_expense, BY_AGENCY,
	  "expense_id account_id source category amount_fen spent_on description" },
	{ "VerifyExpense", verify_expense, BY_CHECKERS, "expense_id" },
	{ "RaiseExpenseQuery", raise_expense_query, BY_CHECKERS, "expense_id question" },
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
