story The bank's figure stands beside the ledger's, and another person confirms it
include money.inc
as agency ag-1
when RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5800000, "document_no": "BANK-5" }
then event ReconciliationRecorded {
	"reconciliation": {
		"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "project_id": "pr-s1-ag-1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"balance_on": "2022-05-01", "statement_fen": "5800000", "ledger_fen": "5800000",
		"difference_fen": "0", "document_no": "BANK-5",
		"state": "RECONCILIATION_STATE_RECORDED", "recorded_by": "p-ag-1",
		"recorded_on": "2022-05-01" } }
as county 533102
when ConfirmReconciliation { "reconciliation_id": "re-1" }
then event ReconciliationConfirmed {
	"reconciliation": {
		"state": "RECONCILIATION_STATE_CONFIRMED", "judged_by": "p-county",
		"judged_on": "2022-05-01" } }
then GetReconciliation { "reconciliation_id": "re-1" } gives { "reconciliation": { "revision": "2" } }
then ListReconciliations { "account_id": "ac-pr-s1-ag-1" } gives {
	"reconciliations": [{ "reconciliation_id": "re-1" }] }

story A difference is shown, and has an explanation
include money.inc
as agency ag-1
when RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5799000, "document_no": "BANK-5" }
then refused DIFFERENCE_UNEXPLAINED ac-pr-s1-ag-1
when RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5799000, "document_no": "BANK-5", "explanation": "A fee of the bank" }
then event ReconciliationRecorded {
	"reconciliation": {
		"ledger_fen": "5800000", "difference_fen": "-1000", "explanation": "A fee of the bank" } }

story An account is reconciled by what was on it at the end of the date
include money.inc
today 2022-05-10
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-05-06",
	"description": "D", "document_no": "V-9" }
when RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-05",
	"statement_fen": 5800000, "document_no": "BANK-5" }
then accepted
when RecordReconciliation {
	"reconciliation_id": "re-2", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-06",
	"statement_fen": 5400000, "document_no": "BANK-5" }
then accepted

story An account is reconciled once for a date, unless it was returned
include money.inc
include reconciled.inc
as agency ag-1
when RecordReconciliation {
	"reconciliation_id": "re-2", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5800000, "document_no": "BANK-5" }
then refused DATE_RECONCILED 2022-05-01
given RecordReconciliation {
	"reconciliation_id": "re-3", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-04-30",
	"statement_fen": 0, "document_no": "BANK-4" }
as county 533102
when ReturnReconciliation { "reconciliation_id": "re-3", "reason": "The wrong sheet" }
then event ReconciliationReturned {
	"reconciliation": {
		"state": "RECONCILIATION_STATE_RETURNED", "judged_by": "p-county",
		"returned_because": "The wrong sheet" } }
as agency ag-1
when RecordReconciliation {
	"reconciliation_id": "re-4", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-04-30",
	"statement_fen": 0, "document_no": "BANK-4" }
then accepted

story A reconciliation is recorded once, and judged once
include money.inc
include reconciled.inc
as agency ag-1
when RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-04-30",
	"statement_fen": 0, "document_no": "BANK-5" }
then refused RECONCILIATION_EXISTS re-1
as county 533102
when ConfirmReconciliation { "reconciliation_id": "re-1" }
then refused RECONCILIATION_JUDGED re-1
when ReturnReconciliation { "reconciliation_id": "re-1", "reason": "R" }
then refused RECONCILIATION_JUDGED re-1

story Nobody judges the reconciliation that he recorded
include money.inc
as agency ag-1 person p-two-offices
given RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5800000, "document_no": "BANK-5" }
as county 533102 person p-two-offices
when ConfirmReconciliation { "reconciliation_id": "re-1" }
then refused RECONCILED_BY_RECORDER re-1
when ReturnReconciliation { "reconciliation_id": "re-1", "reason": "R" }
then refused RECONCILED_BY_RECORDER re-1

story What the ledger no longer says is not confirmed
include money.inc
as agency ag-1
given RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5800000, "document_no": "BANK-5" }
include spent.inc
as county 533102
when ConfirmReconciliation { "reconciliation_id": "re-1" }
then refused LEDGER_CHANGED re-1

story An agency reconciles its own accounts
include money.inc
as agency ag-2
when RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5800000, "document_no": "BANK-5" }
then refused NOT_FOUND ac-pr-s1-ag-1

story A reconciliation of another county, or one changed since it was read, is not judged
include money.inc
as agency ag-1
given RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5800000, "document_no": "BANK-5" }
as county 532503
when ConfirmReconciliation { "reconciliation_id": "re-1" }
then refused NOT_FOUND re-1
when ReturnReconciliation { "reconciliation_id": "re-1", "reason": "R" }
then refused NOT_FOUND re-1
as county 533102
when ConfirmReconciliation { "reconciliation_id": "re-1", "expected_revision": 9 }
then refused STALE_REVISION re-1
when ReturnReconciliation { "reconciliation_id": "re-1", "reason": "R", "expected_revision": 9 }
then refused STALE_REVISION re-1
