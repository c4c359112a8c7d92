story Money is followed from the closed roll of a class to the closed account (rule B12, B15, B17)
include ../funding/trained.inc
include ../funding/claimed.inc
include ../funding/claim-accepted.inc
as agency ag-1 person p-cashier
given funding.RecordClaimPayment {
	"claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
as agency ag-1
given funding.RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-03",
	"statement_fen": 5680000, "document_no": "BANK-5" }
as county 533102
given funding.ConfirmReconciliation { "reconciliation_id": "re-1" }
as province
when funding.SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-03", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then event funding.AccountSettled {
	"recoveries": [
		{ "source": "central", "amount_fen": "1680000" },
		{ "source": "provincial", "amount_fen": "4000000" }] }
today 2022-05-31
as province person p-cashier
given funding.RecordReturn {
	"recovery_id": "settlement:ac-pr-s1-ag-1:central", "returned_on": "2022-05-31",
	"document_no": "RET-1" }
today 2022-06-02
then funding.GetRecovery { "recovery_id": "settlement:ac-pr-s1-ag-1:provincial" } gives {
	"recovery": { "overdue": true } }
then reporting.ListAlerts { "project_id": "pr-s1-ag-1", "kind": "ALERT_KIND_OVERDUE", "state": "ALERT_STATE_RAISED" } gives {
	"alerts": [
		{ "alert_id": "overdue:recovery:settlement:ac-pr-s1-ag-1:provincial",
		  "raised_on": "2022-06-01" }] }
as province
when funding.CloseAccount { "account_id": "ac-pr-s1-ag-1", "closed_on": "2022-06-02" }
then refused BALANCE_LEFT ac-pr-s1-ag-1
as province person p-cashier
given funding.RecordReturn {
	"recovery_id": "settlement:ac-pr-s1-ag-1:provincial", "returned_on": "2022-06-02",
	"document_no": "RET-2" }
as province
then reporting.GetAlert { "alert_id": "overdue:recovery:settlement:ac-pr-s1-ag-1:provincial" } gives {
	"alert": { "state": "ALERT_STATE_CLEARED", "cleared_on": "2022-06-02" } }
when funding.CloseAccount { "account_id": "ac-pr-s1-ag-1", "closed_on": "2022-06-02" }
then accepted
then funding.VerifyLedger { "programme_year_id": "ty-2022" } gives { "balanced": true }
then funding.GetProjectExecution { "project_id": "pr-s1-ag-1" } gives {
	"total": {
		"disbursed_fen": "5800000", "spent_fen": "120000", "returned_fen": "5680000",
		"unspent_fen": "0" } }
