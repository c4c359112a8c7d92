story The lines that a change alters are held until it is decided, the others are not (rule B26)
include money.inc
include moving.inc
then GetBudgetHold { "change_id": "ch1" } gives { "hold": {
	"version": 1, "project_id": "pr-s1-ag-1", "state": "BUDGET_HOLD_STATE_HELD",
	"reason": "REFUSAL_UNSPECIFIED" } }
then ListBudgetHolds { "project_id": "pr-s1-ag-1", "state": "BUDGET_HOLD_STATE_HELD" } gives {
	"holds": [{ "change_id": "ch1" }] }
then ListBudgetLines { "project_id": "pr-s1-ag-1", "source": "central" } gives { "lines": [
	{ "category": "INSURANCE", "held_by_change_id": "" },
	{ "category": "TRAVEL", "held_by_change_id": "ch1" },
	{ "category": "WORK_ALLOWANCE", "held_by_change_id": "ch1" }] }
when RecordExpense {
	"expense_id": "e1", "account_id": "ac-pr-s1-ag-1", "source": "central", "category": "TRAVEL",
	"amount_fen": 100, "spent_on": "2022-05-01", "description": "Bus" }
then refused BUDGET_LINE_HELD ch1 by B26
when RecordExpense {
	"expense_id": "e1", "account_id": "ac-pr-s1-ag-1", "source": "central", "category": "INSURANCE",
	"amount_fen": 100, "spent_on": "2022-05-01", "description": "A year" }
then accepted
as agency ag-2
then GetBudgetHold { "change_id": "ch1" } refused NOT_FOUND ch1

story While lines of a source are held nothing of it is requested (rule B26)
include money.inc
include moving.inc
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central", "amount_fen": 100,
	"purpose": "The second half of the year" }
then refused BUDGET_LINE_HELD ch1
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "provincial", "amount_fen": 100,
	"purpose": "The second half of the year" }
then refused ABOVE_ENTITLEMENT provincial
given stations.WithdrawChange { "change_id": "ch1", "note": "N" }
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central", "amount_fen": 100,
	"purpose": "The second half of the year" }
then accepted

story An approved change closes the lines of the version before, and opens its own (rule B16)
include money.inc
include moving.inc
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then GetBudgetHold { "change_id": "ch1" } gives { "hold": { "state": "BUDGET_HOLD_STATE_CONFIRMED" } }
then GetBudgetLine { "line_id": "pr-s1-ag-1:central:TRAVEL" } gives { "line": {
	"amount_fen": "600000", "agreement_version": 1, "closed": true, "held_by_change_id": "" } }
then GetBudgetLine { "line_id": "pr-s1-ag-1:v2:central:TRAVEL" } gives { "line": {
	"amount_fen": "1600000", "agreement_version": 2, "closed": false, "held_by_change_id": "",
	"account_id": "ac-pr-s1-ag-1", "entitlement_id": "en-pr-s1-ag-1" } }
as agency ag-1
when RecordExpense {
	"expense_id": "e1", "account_id": "ac-pr-s1-ag-1", "source": "central", "category": "TRAVEL",
	"amount_fen": 1500000, "spent_on": "2022-05-01", "description": "A car" }
then accepted
when RecordExpense {
	"expense_id": "e2", "account_id": "ac-pr-s1-ag-1", "source": "central", "category": "TRAVEL",
	"amount_fen": 100001, "spent_on": "2022-05-01", "description": "Bus" }
then refused ABOVE_BUDGET_LINE TRAVEL

story What comes to nothing frees the lines (rule B26)
include money.inc
include moving.inc
as province
given stations.DecideChange { "change_id": "ch1", "decision": "CHANGE_DECISION_REJECT", "note": "N" }
then GetBudgetHold { "change_id": "ch1" } gives { "hold": { "state": "BUDGET_HOLD_STATE_RELEASED" } }
then ListBudgetLines { "project_id": "pr-s1-ag-1", "source": "central" } gives { "lines": [
	{ "held_by_change_id": "", "closed": false }, { "held_by_change_id": "", "closed": false },
	{ "held_by_change_id": "", "closed": false }] }
as agency ag-1
when RecordExpense {
	"expense_id": "e1", "account_id": "ac-pr-s1-ag-1", "source": "central", "category": "TRAVEL",
	"amount_fen": 100, "spent_on": "2022-05-01", "description": "Bus" }
then accepted

story Two changes do not hold one budget (rule B26)
include money.inc
include moving.inc
given stations.DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 4000000 },
		{ "source": "provincial", "category": "OTHER", "amount_fen": 4000000 }] } }
given stations.SubmitChange { "change_id": "ch2" }
then GetBudgetHold { "change_id": "ch2" } gives { "hold": {
	"state": "BUDGET_HOLD_STATE_REFUSED", "reason": "REFUSAL_BUDGET_LINE_HELD", "about": "ch1" } }
then stations.GetChange { "change_id": "ch2" } gives { "change": {
	"state": "CHANGE_STATE_HOLD_REFUSED", "holds": [
		{ "service": "funding", "reason": "BUDGET_LINE_HELD", "about": "ch1" }] } }

story A changed budget comes from the sources of the rules (rule B10)
include money.inc
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "lottery", "category": "TRAINING", "amount_fen": 4000000 },
		{ "source": "central", "category": "TRAINING", "amount_fen": 4000000 },
		{ "source": "provincial", "category": "OTHER", "amount_fen": 4000000 }] } }
given stations.SubmitChange { "change_id": "ch1" }
then GetBudgetHold { "change_id": "ch1" } gives { "hold": {
	"state": "BUDGET_HOLD_STATE_REFUSED", "reason": "REFUSAL_SOURCE_UNKNOWN", "about": "lottery" } }

story No change brings administration onto the central share (rule B11)
include money.inc
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "ADMINISTRATIVE", "amount_fen": 4000000 },
		{ "source": "provincial", "category": "OTHER", "amount_fen": 4000000 }] } }
given stations.SubmitChange { "change_id": "ch1" }
then GetBudgetHold { "change_id": "ch1" } gives { "hold": {
	"state": "BUDGET_HOLD_STATE_REFUSED", "reason": "REFUSAL_CATEGORY_NOT_ALLOWED",
	"about": "ADMINISTRATIVE" } }

story No change moves money from one source to another (rule B10)
include money.inc
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 4000001 },
		{ "source": "provincial", "category": "OTHER", "amount_fen": 3999999 }] } }
given stations.SubmitChange { "change_id": "ch1" }
then GetBudgetHold { "change_id": "ch1" } gives { "hold": {
	"state": "BUDGET_HOLD_STATE_REFUSED", "reason": "REFUSAL_BUDGET_SHARE_DIFFERS", "about": "central" } }

story No change brings a line below what was spent on it (rule B16)
include money.inc
as agency ag-1
given RecordExpense {
	"expense_id": "e1", "account_id": "ac-pr-s1-ag-1", "source": "central", "category": "TRAVEL",
	"amount_fen": 300001, "spent_on": "2022-05-01", "description": "Bus" }
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "TRAVEL", "amount_fen": 300000 },
		{ "source": "central", "category": "TRAINING", "amount_fen": 3700000 },
		{ "source": "provincial", "category": "OTHER", "amount_fen": 4000000 }] } }
given stations.SubmitChange { "change_id": "ch1" }
then GetBudgetHold { "change_id": "ch1" } gives { "hold": {
	"state": "BUDGET_HOLD_STATE_REFUSED", "reason": "REFUSAL_BUDGET_BELOW_SPENT", "about": "TRAVEL" } }
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "TRAVEL", "amount_fen": 300001 },
		{ "source": "central", "category": "TRAINING", "amount_fen": 3699999 },
		{ "source": "provincial", "category": "OTHER", "amount_fen": 4000000 }] } }
given stations.SubmitChange { "change_id": "ch1" }
then GetBudgetHold { "change_id": "ch1" } gives { "hold": {
	"state": "BUDGET_HOLD_STATE_HELD", "version": 2 } }

story A place that is given up leaves the entitlement to the province (rule B9)
include money.inc
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R", "alteration": { "posting_id": "po-a1-2" } }
given stations.SubmitChange { "change_id": "ch1" }
then ListAdjustmentProposals { "project_id": "pr-s1-ag-1" } gives { "proposals": [] }
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then ListAdjustmentProposals { "programme_year_id": "ty-2022" } gives { "proposals": [
	{ "change_id": "ch1", "granted_people": 2, "agreed_people": 1, "granted_fen": "8000000",
	  "by_standard_fen": "4000000" }] }
then GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } gives {
	"entitlement": { "people": 2, "amount_fen": "8000000" } }

story The account of a project is not settled while a change of its budget waits (rule B26)
include money.inc
include moving.inc
include reconciled.inc
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then refused BUDGET_LINE_HELD ch1 by B26
as agency ag-1
given stations.WithdrawChange { "change_id": "ch1", "note": "N" }
as province
when SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-05-01", "document_no": "DCA-E",
	"return_by": "2022-05-31" }
then accepted

story The budget of a project whose account is settled is not held for a change (rule B15)
include money.inc
include reconciled.inc
include settled.inc
include moving.inc
then GetBudgetHold { "change_id": "ch1" } gives { "hold": {
	"state": "BUDGET_HOLD_STATE_REFUSED", "reason": "REFUSAL_ACCOUNT_SETTLED",
	"about": "ac-pr-s1-ag-1" } }
