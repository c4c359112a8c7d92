story A budget and a person change by approval, while services are down and come back (rules B9, B16, B26, workflow W2)
include started.inc
today 2022-09-01
without funding
as agency ag-1
given DraftChange {
	"change_id": "ch-b", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "Less for the office",
	"alteration": { "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 3500000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 500000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 3500000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 500000 }] } }
given SubmitChange { "change_id": "ch-b" }
then GetChange { "change_id": "ch-b" } gives { "change": {
	"state": "CHANGE_STATE_SUBMITTED", "awaits_level": "", "holds": [
		{ "service": "funding", "state": "HOLD_STATE_ASKED" }] } }
as province
when DecideChange {
	"change_id": "ch-b", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_NOT_HELD ch-b
with funding
then GetChange { "change_id": "ch-b" } gives { "change": {
	"state": "CHANGE_STATE_HELD", "awaits_level": "province", "holds": [
		{ "service": "funding", "state": "HOLD_STATE_HELD" }] } }
without funding
when DecideChange {
	"change_id": "ch-b", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then events BaselineAmended
then ListChanges { "state": "CHANGE_STATE_APPROVED" } gives { "changes": [
	{ "change_id": "ch-b", "followed_by": [{ "service": "funding", "sequence": "0" }] }] }
then GetBaseline { "project_id": "pr-s1-ag-1" } gives { "version": 2 }
with funding
then ListChanges { "state": "CHANGE_STATE_APPROVED" } gives { "changes": [] }
then GetChange { "change_id": "ch-b" } gives { "change": { "state": "CHANGE_STATE_APPLIED" } }
then funding.ListBudgetLines { "project_id": "pr-s1-ag-1", "source": "provincial" } gives {
	"lines": [
		{ "category": "ADMINISTRATIVE", "closed": true }, { "category": "PROJECT_ACTIVITY", "closed": true },
		{ "category": "ADMINISTRATIVE", "amount_fen": "500000", "closed": false },
		{ "category": "PROJECT_ACTIVITY", "amount_fen": "3500000", "closed": false }] }
as agency ag-1
given DraftChange {
	"change_id": "ch-p", "project_id": "pr-s1-ag-1", "baseline_version": 2,
	"kind": "CHANGE_KIND_PERSON", "reason": "W1 is ill",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w4" } }
given SubmitChange { "change_id": "ch-p" }
then GetChange { "change_id": "ch-p" } gives { "change": { "state": "CHANGE_STATE_HELD" } }
without personnel
as province
when DecideChange {
	"change_id": "ch-p", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D2" }
then accepted
then ListChanges { "state": "CHANGE_STATE_APPROVED" } gives { "changes": [
	{ "change_id": "ch-p", "followed_by": [{ "service": "personnel", "sequence": "0" }] }] }
then GetPosting { "posting_id": "po-ch-p" } gives { "posting": { "state": "POSTING_STATE_RESERVED" } }
as county 533102
when ConfirmArrival { "posting_id": "po-ch-p", "arrived_on": "2022-09-01" }
then refused POSTING_NOT_READY po-ch-p
with personnel
then GetChange { "change_id": "ch-p" } gives { "change": { "state": "CHANGE_STATE_APPLIED" } }
when ConfirmArrival { "posting_id": "po-ch-p", "arrived_on": "2022-09-01" }
then accepted
as province
then personnel.GetSelectionList { "list_id": "l1" } gives { "list": { "people": 3, "version": 2 } }
then ListBaselines { "project_id": "pr-s1-ag-1" } gives { "baselines": [
	{ "version": 1 }, { "version": 2, "changed": "CHANGE_KIND_BUDGET" },
	{ "version": 3, "changed": "CHANGE_KIND_PERSON" }] }
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives {
	"people": { "in_post": 3 }, "selection": { "professionals_selected": 3 } }

story An answer to a change that was written anew meanwhile is nobody's (rule B26)
include started.inc
today 2022-09-01
without personnel
as agency ag-1
given DraftChange {
	"change_id": "ch-p", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "W1 is ill",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w7" } }
given SubmitChange { "change_id": "ch-p" }
given EditChange {
	"change_id": "ch-p", "baseline_version": 1, "reason": "W1 is ill",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w4" } }
given SubmitChange { "change_id": "ch-p" }
with personnel
then GetChange { "change_id": "ch-p" } gives { "change": {
	"version": 2, "state": "CHANGE_STATE_HELD", "holds": [{ "state": "HOLD_STATE_HELD" }] } }
then personnel.GetPersonHold { "change_id": "ch-p" } gives { "hold": {
	"version": 2, "person_id": "w4", "state": "PERSON_HOLD_STATE_HELD" } }

story A change that is taken back before it was answered holds nobody (rule B26)
include started.inc
today 2022-09-01
without personnel
as agency ag-1
given DraftChange {
	"change_id": "ch-p", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "W1 is ill",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w4" } }
given SubmitChange { "change_id": "ch-p" }
given WithdrawChange { "change_id": "ch-p", "note": "N" }
with personnel
then GetChange { "change_id": "ch-p" } gives { "change": { "state": "CHANGE_STATE_WITHDRAWN" } }
then personnel.GetPersonHold { "change_id": "ch-p" } gives { "hold": { "state": "PERSON_HOLD_STATE_RELEASED" } }

story A place that is given up is followed by two, and the last of them applies it (rules B9, B26, workflow W2)
include started.inc
today 2022-09-01
as agency ag-1
given DraftChange {
	"change_id": "ch-p", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "Nobody can be found",
	"alteration": { "posting_id": "po-a1-1" } }
given SubmitChange { "change_id": "ch-p" }
without funding
as province
when DecideChange {
	"change_id": "ch-p", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then events BaselineAmended ChangeFollowed
then event ChangeFollowed { "change": { "state": "CHANGE_STATE_APPROVED", "followed_by": [
	{ "service": "personnel" }, { "service": "funding", "sequence": "0" }] } }
with funding
then GetChange { "change_id": "ch-p" } gives { "change": { "state": "CHANGE_STATE_APPLIED" } }
