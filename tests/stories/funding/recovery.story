story Money that has to go back goes back by another person's hand, and is its source's (rule B16)
include money.inc
as province
when RequireRecovery {
	"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 100000, "return_by": "2022-05-20", "reason": "A dinner",
	"document_no": "DCA-R" }
then event RecoveryRequired {
	"recovery": {
		"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "project_id": "pr-s1-ag-1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"source": "central", "kind": "RECOVERY_KIND_DISALLOWED", "amount_fen": "100000",
		"return_by": "2022-05-20", "reason": "A dinner", "document_no": "DCA-R",
		"state": "RECOVERY_STATE_REQUIRED", "required_by": "p-province",
		"required_on": "2022-05-01", "overdue": false } }
as province person p-cashier
when RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
then event RecoveryReturned {
	"recovery": {
		"state": "RECOVERY_STATE_RETURNED", "returned_fen": "100000",
		"returned_by": "p-cashier", "returned_on": "2022-05-01", "return_document_no": "RET-1" },
	"entries": [
		{ "entry_id": "return:rv-1:1", "account": "source:ty-2022:central",
		  "project_id": "pr-s1-ag-1", "amount_fen": "100000" },
		{ "entry_id": "return:rv-1:2", "account": "special:ac-pr-s1-ag-1:central",
		  "amount_fen": "-100000" }] }
then GetRecovery { "recovery_id": "rv-1" } gives { "recovery": { "revision": "2" } }
then ListRecoveries { "account_id": "ac-pr-s1-ag-1" } gives {
	"recoveries": [{ "recovery_id": "rv-1" }] }
then GetStatement { "account_id": "ac-pr-s1-ag-1" } gives {
	"sources": [
		{ "source": "central", "received_fen": "1800000", "returned_fen": "100000",
		  "balance_fen": "1700000" },
		{ "source": "provincial", "returned_fen": "0" }] }

story What did not go back by its date is overdue the day after, once
include money.inc
include recovery.inc
today 2022-05-20
then GetRecovery { "recovery_id": "rv-1" } gives { "recovery": { "overdue": false } }
today 2022-05-21
then GetRecovery { "recovery_id": "rv-1" } gives {
	"recovery": { "overdue": true, "state": "RECOVERY_STATE_REQUIRED", "revision": "2" } }
today 2022-05-22
then GetRecovery { "recovery_id": "rv-1" } gives { "recovery": { "revision": "2" } }

story What went back in time is never overdue
include money.inc
include recovery.inc
as province person p-cashier
given RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
today 2022-05-21
then GetRecovery { "recovery_id": "rv-1" } gives {
	"recovery": { "overdue": false, "revision": "2" } }

story No more goes back than is on the account of that source (rule B15)
include money.inc
as province
given RequireRecovery {
	"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 1800000, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
as province person p-cashier
when RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
then refused ABOVE_ACCOUNT_BALANCE central by B15

story No more has to go back of a source than was paid and did not go back (rule B15)
include money.inc
as province
when RequireRecovery {
	"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 1800001, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
then refused RECOVERED_ABOVE_PAID central by B15
given RequireRecovery {
	"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 1000000, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
when RequireRecovery {
	"recovery_id": "rv-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 800001, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
then refused RECOVERED_ABOVE_PAID central
as province person p-cashier
given RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
as province
when RequireRecovery {
	"recovery_id": "rv-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 800001, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
then refused RECOVERED_ABOVE_PAID central
when RequireRecovery {
	"recovery_id": "rv-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 800000, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
then accepted

story What is entered when its date is over is overdue at once
include money.inc
as province
when RequireRecovery {
	"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 1, "return_by": "2022-04-30", "reason": "R", "document_no": "DCA-R" }
then event RecoveryRequired { "recovery": { "recovery_id": "rv-1", "overdue": true } }
when RequireRecovery {
	"recovery_id": "rv-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 1, "return_by": "2022-05-01", "reason": "R", "document_no": "DCA-R" }
then event RecoveryRequired { "recovery": { "recovery_id": "rv-2", "overdue": false } }

story Nobody records that what he required went back
include money.inc
include recovery.inc
when RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
then refused RETURNED_BY_REQUIRER rv-1

story Money goes back once
include money.inc
include recovery.inc
as province person p-cashier
given RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
when RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
then refused RECOVERY_RETURNED rv-1

story A recovery is required once, of an account and a source that are known
include money.inc
include recovery.inc
when RequireRecovery {
	"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 1, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
then refused RECOVERY_EXISTS rv-1
when RequireRecovery {
	"recovery_id": "rv-2", "account_id": "ac-9", "source": "central",
	"amount_fen": 1, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
then refused NOT_FOUND ac-9
when RequireRecovery {
	"recovery_id": "rv-2", "account_id": "ac-pr-s1-ag-1", "source": "lottery",
	"amount_fen": 1, "return_by": "2022-05-20", "reason": "R", "document_no": "DCA-R" }
then refused SOURCE_UNKNOWN lottery

story A recovery that is not there, or was changed since it was read, is left as it is
include money.inc
include recovery.inc
as province person p-cashier
when RecordReturn { "recovery_id": "rv-9", "returned_on": "2022-05-01", "document_no": "RET-1" }
then refused NOT_FOUND rv-9
when RecordReturn {
	"recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1",
	"expected_revision": 9 }
then refused STALE_REVISION rv-1

story From a frozen account money goes back to its source, and nowhere else
include money.inc
include recovery.inc
given FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "An audit has begun" }
as province person p-cashier
when RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
then accepted
