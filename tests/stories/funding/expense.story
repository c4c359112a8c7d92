story An expense is recorded by the agency and verified by another person
include money.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-05-01",
	"description": "Allowances of May", "document_no": "V-1" }
then event ExpenseRecorded {
	"expense": {
		"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "project_id": "pr-s1-ag-1",
		"programme_year_id": "ty-2022", "site_id": "s1", "region_code": "533102",
		"agency_id": "ag-1", "source": "central", "category": "WORK_ALLOWANCE",
		"state": "EXPENSE_STATE_RECORDED", "amount_fen": "400000", "spent_fen": "400000",
		"spent_on": "2022-05-01", "description": "Allowances of May", "document_no": "V-1",
		"recorded_by": "p-ag-1" },
	"entries": [
		{ "entry_id": "expense:ex-1:1",
		  "account": "spent:ac-pr-s1-ag-1:central:WORK_ALLOWANCE", "amount_fen": "400000" },
		{ "entry_id": "expense:ex-1:2", "account": "special:ac-pr-s1-ag-1:central",
		  "amount_fen": "-400000" }] }
as county 533102
when VerifyExpense { "expense_id": "ex-1" }
then event ExpenseVerified {
	"expense": {
		"state": "EXPENSE_STATE_VERIFIED", "verified_by": "p-county", "verified_on": "2022-05-01" } }
then GetExpense { "expense_id": "ex-1" } gives { "expense": { "revision": "2" } }
then ListExpenses { "account_id": "ac-pr-s1-ag-1" } gives { "expenses": [{ "expense_id": "ex-1" }] }

story Administrative cost is refused on the central share (rule B11)
include money.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "ADMINISTRATIVE", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused ADMINISTRATIVE_COST_NOT_ALLOWED central
then no event
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "provincial",
	"category": "ADMINISTRATIVE", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then accepted

story The central share pays for nothing but what the rules list (rule B10)
include money.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused CATEGORY_NOT_ALLOWED PROJECT_ACTIVITY

story An expense names a source of the year
include money.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "lottery",
	"category": "WORK_ALLOWANCE", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused SOURCE_UNKNOWN lottery

story What the agreement has no budget for is not spent (rule B26)
include money.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAINING", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused NOT_IN_BUDGET TRAINING

story A budget line is not overspent, whatever is left on the others (rule B16)
include money.inc
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 500000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
when RecordExpense {
	"expense_id": "ex-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 100001, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused ABOVE_BUDGET_LINE TRAVEL
when RecordExpense {
	"expense_id": "ex-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 100000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then accepted

story No more is spent than is on the account of that source (rule B15)
include money.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 1800001, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused ABOVE_ACCOUNT_BALANCE central
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 1800000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then accepted

story An expense is recorded once
include money.inc
include spent.inc
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused EXPENSE_EXISTS ex-1

story An agency spends nothing from another's account
include money.inc
as agency ag-2
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused NOT_FOUND ac-pr-s1-ag-1

story Nobody verifies the expense that he recorded
include money.inc
as agency ag-1 person p-two-offices
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
as county 533102 person p-two-offices
when VerifyExpense { "expense_id": "ex-1" }
then refused VERIFIED_BY_RECORDER ex-1

story A verified expense is neither verified again nor questioned
include money.inc
include spent.inc
as county 533102
given VerifyExpense { "expense_id": "ex-1" }
when VerifyExpense { "expense_id": "ex-1" }
then refused EXPENSE_VERIFIED ex-1
when RaiseExpenseQuery { "expense_id": "ex-1", "question": "What for?" }
then refused EXPENSE_VERIFIED ex-1

story A question about an expense is answered before it is verified
include money.inc
include spent.inc
as county 533102
when RaiseExpenseQuery { "expense_id": "ex-1", "question": "Whose allowances?" }
then event ExpenseQueryRaised {
	"expense": {
		"state": "EXPENSE_STATE_QUERIED", "queried_by": "p-county",
		"question": "Whose allowances?" } }
when VerifyExpense { "expense_id": "ex-1" }
then refused QUERY_UNANSWERED ex-1
when RaiseExpenseQuery { "expense_id": "ex-1", "question": "And when?" }
then refused QUERY_UNANSWERED ex-1
as agency ag-1
when AnswerExpenseQuery { "expense_id": "ex-1", "answer": "Of both workers" }
then event ExpenseQueryAnswered {
	"expense": {
		"state": "EXPENSE_STATE_ANSWERED", "answered_by": "p-ag-1", "answer": "Of both workers" } }
as county 533102
when VerifyExpense { "expense_id": "ex-1" }
then accepted

story Where nothing was asked there is nothing to answer
include money.inc
include spent.inc
when AnswerExpenseQuery { "expense_id": "ex-1", "answer": "A" }
then refused NOTHING_ASKED ex-1

story A mistaken expense is reversed by an equal entry, and its money can be spent again (rule B16)
include money.inc
include spent.inc
when ReverseExpense { "expense_id": "ex-1", "reason": "The wrong sum" }
then event ExpenseReversed {
	"expense": {
		"state": "EXPENSE_STATE_REVERSED", "amount_fen": "400000", "spent_fen": "0",
		"reversed_by": "p-ag-1", "reversed_on": "2022-05-01",
		"reversed_because": "The wrong sum" },
	"entries": [
		{ "entry_id": "reversal:ex-1:1", "account": "special:ac-pr-s1-ag-1:central",
		  "amount_fen": "400000" },
		{ "entry_id": "reversal:ex-1:2",
		  "account": "spent:ac-pr-s1-ag-1:central:WORK_ALLOWANCE", "amount_fen": "-400000" }] }
when RecordExpense {
	"expense_id": "ex-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 1800000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then accepted

story A reversed expense is left as it is (rule B16)
include money.inc
include spent.inc
given ReverseExpense { "expense_id": "ex-1", "reason": "R" }
when ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then refused EXPENSE_REVERSED ex-1
as county 533102
when VerifyExpense { "expense_id": "ex-1" }
then refused EXPENSE_REVERSED ex-1
when RaiseExpenseQuery { "expense_id": "ex-1", "question": "Q" }
then refused EXPENSE_REVERSED ex-1

story What was verified is reversed by the province, not by the agency
include money.inc
include spent.inc
as county 533102
given VerifyExpense { "expense_id": "ex-1" }
as agency ag-1
when ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then refused EXPENSE_VERIFIED ex-1
as province
when ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then accepted

story A county verifies no expense of another county
include money.inc
include spent.inc
as county 532503
when VerifyExpense { "expense_id": "ex-1" }
then refused NOT_FOUND ex-1
when RaiseExpenseQuery { "expense_id": "ex-1", "question": "Q" }
then refused NOT_FOUND ex-1
as agency ag-2
when AnswerExpenseQuery { "expense_id": "ex-1", "answer": "A" }
then refused NOT_FOUND ex-1
when ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then refused NOT_FOUND ex-1

story An expense that was changed since it was read is left as it is
include money.inc
include spent.inc
as county 533102
when VerifyExpense { "expense_id": "ex-1", "expected_revision": 9 }
then refused STALE_REVISION ex-1
when RaiseExpenseQuery { "expense_id": "ex-1", "question": "Q", "expected_revision": 9 }
then refused STALE_REVISION ex-1
as agency ag-1
when AnswerExpenseQuery { "expense_id": "ex-1", "answer": "A", "expected_revision": 9 }
then refused STALE_REVISION ex-1
when ReverseExpense { "expense_id": "ex-1", "reason": "R", "expected_revision": 9 }
then refused STALE_REVISION ex-1
