story Nothing is paid into a frozen account or spent from it until it is open again (rule B15)
include money.inc
as agency ag-1
given RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 200000, "purpose": "P" }
as province
given AuthoriseDisbursement { "disbursement_id": "d9", "authorised_fen": 200000 }
when FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "An audit has begun" }
then event AccountFrozen {
	"account": {
		"account_id": "ac-pr-s1-ag-1", "state": "SPECIAL_ACCOUNT_STATE_FROZEN",
		"frozen_by": "p-province", "frozen_on": "2022-05-01",
		"frozen_because": "An audit has begun" } }
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d9", "paid_fen": 200000, "paid_on": "2022-05-01", "document_no": "PAY-9" }
then refused ACCOUNT_FROZEN ac-pr-s1-ag-1 by B15
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused ACCOUNT_FROZEN ac-pr-s1-ag-1 by B15
as province
when UnfreezeAccount { "account_id": "ac-pr-s1-ag-1" }
then event AccountUnfrozen {
	"account": {
		"state": "SPECIAL_ACCOUNT_STATE_OPEN", "unfrozen_by": "p-province",
		"unfrozen_on": "2022-05-01", "frozen_because": "An audit has begun" } }
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d9", "paid_fen": 200000, "paid_on": "2022-05-01", "document_no": "PAY-9" }
then accepted
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then accepted

story A mistake is reversed in a frozen account as well (rule B16)
include money.inc
include spent.inc
as province
given FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R" }
when ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then accepted

story An account that is frozen is not frozen again, and an open one is not opened
include money.inc
as province
when UnfreezeAccount { "account_id": "ac-pr-s1-ag-1" }
then refused ACCOUNT_NOT_FROZEN ac-pr-s1-ag-1
given FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R" }
when FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "Another" }
then refused ACCOUNT_NOT_OPEN ac-pr-s1-ag-1

story An account that is not there is neither frozen nor opened
include setup.inc
as province
when FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R" }
then refused NOT_FOUND ac-pr-s1-ag-1
when UnfreezeAccount { "account_id": "ac-pr-s1-ag-1" }
then refused NOT_FOUND ac-pr-s1-ag-1

story An account that was changed since it was read is neither frozen nor opened
include money.inc
as province
when FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R", "expected_revision": 9 }
then refused STALE_REVISION ac-pr-s1-ag-1
given FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R", "expected_revision": 1 }
when UnfreezeAccount { "account_id": "ac-pr-s1-ag-1", "expected_revision": 1 }
then refused STALE_REVISION ac-pr-s1-ag-1

story An agency freezes no account
include money.inc
as agency ag-1
when FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R" }
then refused CALLER_NOT_ALLOWED

story What is left when an account is settled has to go back, and then it is closed (rule B15)
include money.inc
include reconciled.inc
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then event AccountSettled {
	"account": {
		"state": "SPECIAL_ACCOUNT_STATE_SETTLED", "settled_by": "p-province",
		"settled_on": "2022-05-01", "settlement_document_no": "DCA-E" },
	"entitlement": {
		"entitlement_id": "en-pr-s1-ag-1", "state": "ENTITLEMENT_STATE_SETTLED" },
	"recoveries": [
		{ "recovery_id": "settlement:ac-pr-s1-ag-1:central", "source": "central",
		  "kind": "RECOVERY_KIND_UNSPENT", "amount_fen": "1800000", "return_by": "2022-05-31",
		  "document_no": "DCA-E", "state": "RECOVERY_STATE_REQUIRED",
		  "required_by": "p-province", "required_on": "2022-05-01" },
		{ "recovery_id": "settlement:ac-pr-s1-ag-1:provincial", "amount_fen": "4000000" }] }
when CloseAccount { "account_id": "ac-pr-s1-ag-1", "closed_on": "2022-05-01" }
then refused BALANCE_LEFT ac-pr-s1-ag-1
include returned.inc
as province
when CloseAccount { "account_id": "ac-pr-s1-ag-1", "closed_on": "2022-05-01" }
then event AccountClosed {
	"account": {
		"state": "SPECIAL_ACCOUNT_STATE_CLOSED", "closed_by": "p-province",
		"closed_on": "2022-05-01" } }
then GetStatement { "account_id": "ac-pr-s1-ag-1" } gives {
	"received_fen": "5800000", "spent_fen": "0", "returned_fen": "5800000", "balance_fen": "0" }
when CloseAccount { "account_id": "ac-pr-s1-ag-1", "closed_on": "2022-05-01" }
then refused ACCOUNT_NOT_SETTLED ac-pr-s1-ag-1

story What went back is its source's again
include money.inc
include reconciled.inc
include settled.inc
as agency ag-2
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s2-ag-2", "source": "central",
	"amount_fen": 1000000, "purpose": "P" }
then refused ABOVE_RECEIVED central
include returned.inc
as agency ag-2
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s2-ag-2", "source": "central",
	"amount_fen": 1000000, "purpose": "P" }
then accepted
as province
then VerifyLedger { "programme_year_id": "ty-2022" } gives { "balanced": true }

story In a settled account nothing is requested, spent or reversed (rule B15)
include money.inc
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
given RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5400000, "document_no": "BANK-5" }
as county 533102
given VerifyExpense { "expense_id": "ex-1" }
given ConfirmReconciliation { "reconciliation_id": "re-1" }
include settled.inc
as province
given ReceiveAppropriation {
	"receipt_id": "rc-3", "appropriation_id": "ap-c", "amount_fen": 3000000,
	"received_on": "2022-05-01", "document_no": "MOF-3" }
when ReverseExpense { "expense_id": "ex-1", "reason": "R" }
then refused ACCOUNT_SETTLED ac-pr-s1-ag-1 by B15
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 200000, "purpose": "P" }
then refused ACCOUNT_SETTLED ac-pr-s1-ag-1
when RecordExpense {
	"expense_id": "ex-9", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused ACCOUNT_SETTLED ac-pr-s1-ag-1
as province
when RequireRecovery {
	"recovery_id": "rv-9", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 1, "return_by": "2022-05-31", "reason": "R", "document_no": "DCA-R" }
then refused ACCOUNT_SETTLED ac-pr-s1-ag-1

story An account is settled when no disbursement is under way
include money.inc
include reconciled.inc
as agency ag-1
given RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 200000, "purpose": "P" }
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused DISBURSEMENT_UNDER_WAY pr-s1-ag-1
given AuthoriseDisbursement { "disbursement_id": "d9", "authorised_fen": 200000 }
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused DISBURSEMENT_UNDER_WAY pr-s1-ag-1
given RecordPaymentFailure { "disbursement_id": "d9", "failed_on": "2022-05-01", "reason": "R" }
include settled.inc

story An account is settled when all its expenses are verified
include money.inc
include spent.inc
given RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5400000, "document_no": "BANK-5" }
as county 533102
given ConfirmReconciliation { "reconciliation_id": "re-1" }
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused EXPENSE_UNVERIFIED ac-pr-s1-ag-1
given RaiseExpenseQuery { "expense_id": "ex-1", "question": "Q" }
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused EXPENSE_UNVERIFIED ac-pr-s1-ag-1
as agency ag-1
given AnswerExpenseQuery { "expense_id": "ex-1", "answer": "A" }
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused EXPENSE_UNVERIFIED ac-pr-s1-ag-1
given VerifyExpense { "expense_id": "ex-1" }
include settled.inc

story An account is settled when bank and ledger agree on what is on it
include money.inc
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused NOT_RECONCILED ac-pr-s1-ag-1
as agency ag-1
given RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-01",
	"statement_fen": 5700000, "document_no": "BANK-5", "explanation": "A fee of the bank" }
as county 533102
given ConfirmReconciliation { "reconciliation_id": "re-1" }
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused NOT_RECONCILED ac-pr-s1-ag-1

story An account is settled when what had to go back went back
include money.inc
include reconciled.inc
as province
given RequireRecovery {
	"recovery_id": "rv-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 100000, "return_by": "2022-05-31", "reason": "R", "document_no": "DCA-R" }
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused RECOVERY_OUTSTANDING ac-pr-s1-ag-1

story A frozen account is not settled, and an open one is not closed
include money.inc
include reconciled.inc
as province
when CloseAccount { "account_id": "ac-pr-s2-ag-2", "closed_on": "2022-05-01" }
then refused ACCOUNT_NOT_SETTLED ac-pr-s2-ag-2
given FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R" }
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused ACCOUNT_NOT_OPEN ac-pr-s1-ag-1

story An account that is not there, or was changed since it was read, is neither settled nor closed
include money.inc
include reconciled.inc
as province
when SettleAccount {
	"account_id": "ac-9", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused NOT_FOUND ac-9
when CloseAccount { "account_id": "ac-9", "closed_on": "2022-05-01" }
then refused NOT_FOUND ac-9
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31", "expected_revision": 9 }
then refused STALE_REVISION ac-pr-s1-ag-1
include settled.inc
include returned.inc
as province
when CloseAccount {
	"account_id": "ac-pr-s1-ag-1", "closed_on": "2022-05-01", "expected_revision": 1 }
then refused STALE_REVISION ac-pr-s1-ag-1
