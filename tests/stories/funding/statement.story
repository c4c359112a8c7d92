story A statement shows what came, what was spent and what is left (rule B15)
include money.inc
include spent.inc
then GetStatement { "account_id": "ac-pr-s1-ag-1" } gives {
	"account": { "account_id": "ac-pr-s1-ag-1", "project_id": "pr-s1-ag-1" },
	"sources": [
		{ "source": "central", "entitled_fen": "4000000", "received_fen": "1800000",
		  "spent_fen": "400000", "balance_fen": "1400000" },
		{ "source": "provincial", "entitled_fen": "4000000", "received_fen": "4000000",
		  "spent_fen": "0", "balance_fen": "4000000" }],
	"lines": [
		{ "source": "central", "category": "INSURANCE", "budget_fen": "400000",
		  "spent_fen": "0", "left_fen": "400000" },
		{ "source": "central", "category": "TRAVEL", "left_fen": "600000" },
		{ "source": "central", "category": "WORK_ALLOWANCE", "budget_fen": "3000000",
		  "spent_fen": "400000", "left_fen": "2600000" },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "left_fen": "1000000" },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "left_fen": "3000000" }],
	"received_fen": "5800000", "spent_fen": "400000", "balance_fen": "5400000" }

story A reversed expense leaves no trace in the balance, only in the ledger (rule B16)
include money.inc
include spent.inc
given ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then GetStatement { "account_id": "ac-pr-s1-ag-1" } gives {
	"spent_fen": "0", "balance_fen": "5800000" }

story An agency is given no statement of another's account
include money.inc
as agency ag-2
then GetStatement { "account_id": "ac-pr-s1-ag-1" } refused NOT_FOUND ac-pr-s1-ag-1

story A statement shows how an account stood at the end of a date (rule B15)
include money.inc
today 2022-05-10
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-05-06",
	"description": "D", "document_no": "V-9" }
given ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then GetStatement { "account_id": "ac-pr-s1-ag-1", "stated_on": "2022-04-30" } gives {
	"stated_on": "2022-04-30", "received_fen": "0", "balance_fen": "0" }
then GetStatement { "account_id": "ac-pr-s1-ag-1", "stated_on": "2022-05-05" } gives {
	"received_fen": "5800000", "spent_fen": "0", "balance_fen": "5800000" }
then GetStatement { "account_id": "ac-pr-s1-ag-1", "stated_on": "2022-05-06" } gives {
	"received_fen": "5800000", "spent_fen": "400000", "balance_fen": "5400000" }
then GetStatement { "account_id": "ac-pr-s1-ag-1" } gives {
	"stated_on": "2022-05-10", "spent_fen": "0", "balance_fen": "5800000" }

story A statement has a line for what is spent by exception (rule B10)
include money.inc
include excepted.inc
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 60000, "spent_on": "2022-05-01",
	"description": "Tents", "document_no": "V-9", "exception_id": "xc-1" }
then GetStatement { "account_id": "ac-pr-s1-ag-1" } gives {
	"lines": [
		{ "category": "INSURANCE" }, { "category": "TRAVEL" }, { "category": "WORK_ALLOWANCE" },
		{ "category": "ADMINISTRATIVE" }, { "source": "provincial", "category": "PROJECT_ACTIVITY" },
		{ "source": "central", "category": "PROJECT_ACTIVITY", "budget_fen": "0",
		  "spent_fen": "60000", "left_fen": "-60000" }] }
