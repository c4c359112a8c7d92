story Training is claimed by the closed roll, accepted by another and paid by a third (rule B12)
include trained.inc
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 120000 }
then event TrainingClaimSubmitted {
	"claim": {
		"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "project_id": "pr-s1-ag-1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"class_id": "k1", "source": "central", "category": "TRAINING", "days": 3,
		"day_rate_fen": "40000", "amount_fen": "120000",
		"state": "TRAINING_CLAIM_STATE_SUBMITTED", "submitted_by": "p-ag-1",
		"submitted_on": "2022-05-03" } }
as county 533102
when AcceptTrainingClaim { "claim_id": "tc-1" }
then event TrainingClaimAccepted {
	"claim": {
		"state": "TRAINING_CLAIM_STATE_ACCEPTED", "judged_by": "p-county",
		"judged_on": "2022-05-03" } }
as agency ag-1 person p-cashier
when RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
then event TrainingClaimPaid {
	"claim": {
		"state": "TRAINING_CLAIM_STATE_PAID", "paid_by": "p-cashier", "paid_on": "2022-05-03",
		"document_no": "V-T1", "expense_id": "claim:tc-1" },
	"expense": {
		"expense_id": "claim:tc-1", "account_id": "ac-pr-s1-ag-1", "site_id": "s1",
		"source": "central", "category": "TRAINING", "state": "EXPENSE_STATE_VERIFIED",
		"amount_fen": "120000", "spent_fen": "120000", "spent_on": "2022-05-03",
		"recorded_by": "p-cashier", "verified_by": "p-county", "claim_id": "tc-1" },
	"entries": [
		{ "entry_id": "expense:claim:tc-1:1",
		  "account": "spent:ac-pr-s1-ag-1:central:TRAINING", "amount_fen": "120000" },
		{ "account": "special:ac-pr-s1-ag-1:central", "amount_fen": "-120000" }] }
then GetTrainingClaim { "claim_id": "tc-1" } gives { "claim": { "revision": "3" } }
then ListTrainingClaims { "class_id": "k1" } gives { "claims": [{ "claim_id": "tc-1" }] }

story No claim is above the daily rate for the days attended (rule B12)
include trained.inc
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 120001 }
then refused ABOVE_TRAINING_RATE k1 by B12

story No day is claimed twice (rule B12)
include trained.inc
include claimed.inc
when SubmitTrainingClaim {
	"claim_id": "tc-2", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused DAYS_CLAIMED tc-1 by B12
include claim-accepted.inc
as agency ag-1 person p-cashier
given RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
when SubmitTrainingClaim {
	"claim_id": "tc-2", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused DAYS_CLAIMED tc-1

story The days of a refused claim can be claimed again (rule B12)
include trained.inc
include claimed.inc
as county 533102
when RefuseTrainingClaim { "claim_id": "tc-1", "reason": "One lived at home" }
then event TrainingClaimRefused {
	"claim": {
		"state": "TRAINING_CLAIM_STATE_REFUSED", "judged_by": "p-county",
		"refused_because": "One lived at home" } }
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-2", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 80000 }
then accepted

story The days of a claim whose payment is reversed can be claimed again (rule B12, B16)
include trained.inc
include claimed.inc
include claim-accepted.inc
as agency ag-1 person p-cashier
given RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
as province
when ReverseExpense { "expense_id": "claim:tc-1", "reason": "R" }
then event ExpenseReversed {
	"expense": { "state": "EXPENSE_STATE_REVERSED", "claim_id": "tc-1" },
	"claim": { "claim_id": "tc-1", "state": "TRAINING_CLAIM_STATE_REVERSED" } }
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-2", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 120000 }
then accepted

story A class is claimed for when its roll is closed (rule B12)
include trained.inc
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k2", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused ROLL_NOT_CLOSED k2 by B12
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k9", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused ROLL_NOT_CLOSED k9

story A project claims for its own trainees only (rule B12)
include trained.inc
as province
given personnel.RecordTrainingDay {
	"class_id": "k2", "attended_on": "2022-05-03", "trainee_ids": ["t3"] }
given personnel.CloseRoll { "class_id": "k2", "closed_on": "2022-05-03" }
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k2", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused NOT_ON_ROLL pr-s1-ag-1 by B12

story Training is charged to a source of the year that bears it (rule B11)
include trained.inc
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "lottery",
	"category": "TRAINING", "amount_fen": 1 }
then refused SOURCE_UNKNOWN lottery
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "provincial",
	"category": "TRAINING", "amount_fen": 1 }
then refused CATEGORY_NOT_ALLOWED TRAINING
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "provincial",
	"category": "ADMINISTRATIVE", "amount_fen": 1 }
then refused NOT_FOR_TRAINING ADMINISTRATIVE by B12

story Nobody judges the claim that he submitted, and nobody pays what he submitted or judged (rule B17)
include trained.inc
as agency ag-1 person p-two-offices
given SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 120000 }
as county 533102 person p-two-offices
when AcceptTrainingClaim { "claim_id": "tc-1" }
then refused CLAIM_JUDGED_BY_SUBMITTER tc-1 by B17
when RefuseTrainingClaim { "claim_id": "tc-1", "reason": "R" }
then refused CLAIM_JUDGED_BY_SUBMITTER tc-1
include claim-accepted.inc
as agency ag-1 person p-two-offices
when RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
then refused CLAIM_PAID_BY_SUBMITTER tc-1 by B17
as agency ag-1 person p-county
when RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
then refused CLAIM_PAID_BY_ACCEPTER tc-1 by B17

story A claim is judged once, and paid once it is accepted
include trained.inc
include claimed.inc
as agency ag-1 person p-cashier
when RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
then refused CLAIM_NOT_ACCEPTED tc-1
include claim-accepted.inc
when AcceptTrainingClaim { "claim_id": "tc-1" }
then refused CLAIM_NOT_SUBMITTED tc-1
when RefuseTrainingClaim { "claim_id": "tc-1", "reason": "R" }
then refused CLAIM_NOT_SUBMITTED tc-1

story A claim is not paid from a frozen account (rule B15)
include trained.inc
include claimed.inc
include claim-accepted.inc
as province
given FreezeAccount { "account_id": "ac-pr-s1-ag-1", "reason": "R" }
as agency ag-1 person p-cashier
when RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
then refused ACCOUNT_FROZEN ac-pr-s1-ag-1

story A claim is paid as far as the budget goes (rule B16, B26)
include trained.inc
include claimed.inc
include claim-accepted.inc
as agency ag-1
given RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAINING", "amount_fen": 280001, "spent_on": "2022-05-03",
	"description": "Books", "document_no": "V-1" }
as agency ag-1 person p-cashier
when RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
then refused ABOVE_BUDGET_LINE TRAINING
as agency ag-2
given SubmitTrainingClaim {
	"claim_id": "tc-2", "account_id": "ac-pr-s2-ag-2", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 40000 }
as county 532503
given AcceptTrainingClaim { "claim_id": "tc-2" }
as agency ag-2 person p-cashier
when RecordClaimPayment { "claim_id": "tc-2", "paid_on": "2022-05-03", "document_no": "V-T2" }
then refused NOT_IN_BUDGET TRAINING

story An account is settled when no training claim is under way
include trained.inc
include claimed.inc
as agency ag-1
given RecordReconciliation {
	"reconciliation_id": "re-1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-05-03",
	"statement_fen": 5800000, "document_no": "BANK-5" }
as county 533102
given ConfirmReconciliation { "reconciliation_id": "re-1" }
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-03", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused CLAIM_UNDER_WAY ac-pr-s1-ag-1
include claim-accepted.inc
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-03", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused CLAIM_UNDER_WAY ac-pr-s1-ag-1

story From a settled account no training is claimed (rule B15)
include trained.inc
include reconciled.inc
include settled.inc
as agency ag-1
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused ACCOUNT_SETTLED ac-pr-s1-ag-1

story A claim is submitted once, by the account's agency
include trained.inc
include claimed.inc
when SubmitTrainingClaim {
	"claim_id": "tc-1", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused CLAIM_EXISTS tc-1
as agency ag-2
when SubmitTrainingClaim {
	"claim_id": "tc-2", "account_id": "ac-pr-s1-ag-1", "class_id": "k1", "source": "central",
	"category": "TRAINING", "amount_fen": 1 }
then refused NOT_FOUND ac-pr-s1-ag-1

story A claim of another county, or one changed since it was read, is left as it is
include trained.inc
include claimed.inc
as county 532503
when AcceptTrainingClaim { "claim_id": "tc-1" }
then refused NOT_FOUND tc-1
when RefuseTrainingClaim { "claim_id": "tc-1", "reason": "R" }
then refused NOT_FOUND tc-1
as county 533102
when AcceptTrainingClaim { "claim_id": "tc-1", "expected_revision": 9 }
then refused STALE_REVISION tc-1
when RefuseTrainingClaim { "claim_id": "tc-1", "reason": "R", "expected_revision": 9 }
then refused STALE_REVISION tc-1
include claim-accepted.inc
as agency ag-2
when RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
then refused NOT_FOUND tc-1
as agency ag-1 person p-cashier
when RecordClaimPayment {
	"claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1", "expected_revision": 9 }
then refused STALE_REVISION tc-1

story The claims for a class are laid beside its closed roll (rule B12)
include trained.inc
include claimed.inc
as province
then GetRollClaims { "class_id": "k1" } gives {
	"claims": [
		{ "project_id": "pr-s1-ag-1", "days": "3", "most_fen": "120000", "claimed_days": "3",
		  "claimed_fen": "120000", "paid_fen": "0" },
		{ "project_id": "pr-s2-ag-2", "days": "1", "most_fen": "40000", "claimed_days": "0",
		  "claimed_fen": "0" }] }
include claim-accepted.inc
as agency ag-1 person p-cashier
given RecordClaimPayment { "claim_id": "tc-1", "paid_on": "2022-05-03", "document_no": "V-T1" }
as agency ag-1
then GetRollClaims { "class_id": "k1" } gives {
	"claims": [{ "project_id": "pr-s1-ag-1", "paid_fen": "120000" }] }
then GetRollClaims { "class_id": "k2" } refused NOT_FOUND k2
