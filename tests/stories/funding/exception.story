story By an approved exception the central share pays for something else (rule B10)
include money.inc
as agency ag-1
when RequestException {
	"exception_id": "xc-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 100000, "reason": "An earthquake" }
then event ExceptionRequested {
	"exception": {
		"exception_id": "xc-1", "account_id": "ac-pr-s1-ag-1", "project_id": "pr-s1-ag-1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"source": "central", "category": "PROJECT_ACTIVITY", "amount_fen": "100000",
		"reason": "An earthquake", "state": "EXCEPTION_STATE_REQUESTED",
		"requested_by": "p-ag-1", "requested_on": "2022-05-01" } }
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "Tents", "document_no": "V-9", "exception_id": "xc-1" }
then refused EXCEPTION_NOT_APPROVED xc-1 by B10
as province
when ApproveException {
	"exception_id": "xc-1", "decided_on": "2022-05-01", "document_no": "DCA-X1" }
then event ExceptionApproved {
	"exception": {
		"state": "EXCEPTION_STATE_APPROVED", "decided_by": "p-province",
		"decided_on": "2022-05-01", "document_no": "DCA-X1" } }
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 60000, "spent_on": "2022-05-01",
	"description": "Tents", "document_no": "V-9", "exception_id": "xc-1" }
then event ExpenseRecorded { "expense": { "exception_id": "xc-1" } }
then GetExpenseException { "exception_id": "xc-1" } gives { "exception": { "revision": "2" } }
then ListExpenseExceptions { "project_id": "pr-s1-ag-1" } gives {
	"exceptions": [{ "exception_id": "xc-1" }] }

story All expenses under an exception stay below its amount, reversed ones not counted (rule B10)
include money.inc
include excepted.inc
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 60000, "spent_on": "2022-05-01",
	"description": "Tents", "document_no": "V-9", "exception_id": "xc-1" }
when RecordExpense {
	"expense_id": "ex-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 40001, "spent_on": "2022-05-01",
	"description": "Tents", "document_no": "V-9", "exception_id": "xc-1" }
then refused ABOVE_EXCEPTION xc-1 by B10
given ReverseExpense { "expense_id": "ex-1", "reason": "R" }
when RecordExpense {
	"expense_id": "ex-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 40001, "spent_on": "2022-05-01",
	"description": "Tents", "document_no": "V-9", "exception_id": "xc-1" }
then accepted

story An exception is for one account, one source and one category (rule B10)
include money.inc
include excepted.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "OTHER", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9", "exception_id": "xc-1" }
then refused EXCEPTION_FOR_SOMETHING_ELSE xc-1 by B10
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "provincial",
	"category": "PROJECT_ACTIVITY", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9", "exception_id": "xc-1" }
then refused EXCEPTION_FOR_SOMETHING_ELSE xc-1
as agency ag-2
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s2-ag-2", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9", "exception_id": "xc-1" }
then refused EXCEPTION_FOR_SOMETHING_ELSE xc-1

story An expense above its standard cites the exception that allows it (rule B13)
include money.inc
include standards.inc
include excepted.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 60000, "spent_on": "2022-05-01",
	"description": "A night", "document_no": "V-1", "unit": "PERSON_NIGHT", "units": 1,
	"exception_id": "xc-2" }
then event ExpenseRecorded {
	"expense": { "standard_id": "st-1", "units": 1, "exception_id": "xc-2" } }

story An exception of what the source bears anyway does not raise the budget (rule B16)
include money.inc
include excepted.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 600001, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-1", "exception_id": "xc-2" }
then refused ABOVE_BUDGET_LINE TRAVEL

story No exception lets the central share pay for administration (rule B11)
include money.inc
as agency ag-1
when RequestException {
	"exception_id": "xc-9", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "ADMINISTRATIVE", "amount_fen": 1, "reason": "R" }
then refused ADMINISTRATIVE_COST_NOT_ALLOWED central by B11

story A refused exception allows nothing (rule B10)
include money.inc
as agency ag-1
given RequestException {
	"exception_id": "xc-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 100000, "reason": "R" }
as province
when RefuseException {
	"exception_id": "xc-1", "decided_on": "2022-05-01", "document_no": "DCA-X1",
	"reason": "The other share pays for it" }
then event ExceptionRefused {
	"exception": {
		"state": "EXCEPTION_STATE_REFUSED", "decided_by": "p-province",
		"decided_on": "2022-05-01", "document_no": "DCA-X1",
		"refused_because": "The other share pays for it" } }
when ApproveException {
	"exception_id": "xc-1", "decided_on": "2022-05-01", "document_no": "DCA-X1" }
then refused EXCEPTION_NOT_REQUESTED xc-1
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9", "exception_id": "xc-1" }
then refused EXCEPTION_NOT_APPROVED xc-1

story Nobody decides about an exception that he requested
include money.inc
as project-office person p-two-offices
given RequestException {
	"exception_id": "xc-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 100000, "reason": "R" }
as province person p-two-offices
when ApproveException {
	"exception_id": "xc-1", "decided_on": "2022-05-01", "document_no": "DCA-X1" }
then refused EXCEPTION_DECIDED_BY_REQUESTER xc-1
when RefuseException {
	"exception_id": "xc-1", "decided_on": "2022-05-01", "document_no": "DCA-X1", "reason": "R" }
then refused EXCEPTION_DECIDED_BY_REQUESTER xc-1

story An exception is requested once
include money.inc
include excepted.inc
as agency ag-1
when RequestException {
	"exception_id": "xc-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 1, "reason": "R" }
then refused EXCEPTION_EXISTS xc-1

story An exception names a source of the year and an account of the agency
include money.inc
as agency ag-1
when RequestException {
	"exception_id": "xc-1", "account_id": "ac-pr-s1-ag-1", "source": "lottery",
	"category": "TRAVEL", "amount_fen": 1, "reason": "R" }
then refused SOURCE_UNKNOWN lottery
when RequestException {
	"exception_id": "xc-1", "account_id": "ac-pr-s2-ag-2", "source": "central",
	"category": "TRAVEL", "amount_fen": 1, "reason": "R" }
then refused NOT_FOUND ac-pr-s2-ag-2

story An exception that is not there, or was changed since it was read, is not decided
include money.inc
as agency ag-1
given RequestException {
	"exception_id": "xc-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 100000, "reason": "R" }
as province
when ApproveException {
	"exception_id": "xc-9", "decided_on": "2022-05-01", "document_no": "DCA-X1" }
then refused NOT_FOUND xc-9
when RefuseException {
	"exception_id": "xc-9", "decided_on": "2022-05-01", "document_no": "DCA-X1", "reason": "R" }
then refused NOT_FOUND xc-9
when ApproveException {
	"exception_id": "xc-1", "decided_on": "2022-05-01", "document_no": "DCA-X1",
	"expected_revision": 9 }
then refused STALE_REVISION xc-1
when RefuseException {
	"exception_id": "xc-1", "decided_on": "2022-05-01", "document_no": "DCA-X1", "reason": "R",
	"expected_revision": 9 }
then refused STALE_REVISION xc-1
