story Somebody comes in another's place: both are on record with their days, and the project goes on (rules B20, B26, test 10)
include replacing.inc
then GetChange { "change_id": "ch1" } gives {
	"change": { "state": "CHANGE_STATE_HELD", "leaving_person_id": "w1", "holds": [
		{ "service": "personnel", "state": "HOLD_STATE_HELD" }] } }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then event BaselineAmended {
	"change": { "state": "CHANGE_STATE_APPROVED", "followed_by": [
		{ "service": "personnel", "sequence": "0" }] },
	"baseline": { "people": [
		{ "person_id": "w5", "posting_id": "po-ch1" }, { "person_id": "w2" },
		{ "person_id": "w3" }], "differences": [
			{ "field": "person", "before": "w1", "after": "w5" }] },
	"project": { "people": 3, "state": "PROJECT_STATE_IN_PROGRESS" },
	"postings": [
		{ "posting_id": "po-a1-1", "state": "POSTING_STATE_ENDED", "arrived_on": "2022-07-30",
		  "ended_on": "2022-09-01", "end_reason": "END_REASON_REPLACED" },
		{ "posting_id": "po-ch1", "state": "POSTING_STATE_RESERVED", "person_id": "w5",
		  "replaces_posting_id": "po-a1-1", "change_id": "ch1", "selected_id": "" }] }
then event ChangeFollowed {
	"change": { "state": "CHANGE_STATE_APPLIED", "followed_by": [{ "service": "personnel" }] },
	"posting": { "posting_id": "po-ch1", "state": "POSTING_STATE_READY", "selected_id": "se-ch1" } }
then events BaselineAmended ChangeFollowed
then events personnel.SelectionSupplemented
then ListPostings { "project_id": "pr-s1-ag-1" } gives { "postings": [
	{ "posting_id": "po-a1-1", "arrived_on": "2022-07-30", "ended_on": "2022-09-01" },
	{ "posting_id": "po-a1-2" }, { "posting_id": "po-a1-3" },
	{ "posting_id": "po-ch1", "state": "POSTING_STATE_READY" }] }
today 2022-09-10
as county 533102
when ConfirmArrival { "posting_id": "po-ch1", "arrived_on": "2022-09-08" }
then accepted
then event ArrivalConfirmed { "posting": { "state": "POSTING_STATE_ACTIVE", "arrived_on": "2022-09-08" } }
then events ArrivalConfirmed
then GetProject { "project_id": "pr-s1-ag-1" } gives {
	"project": { "state": "PROJECT_STATE_IN_PROGRESS", "started_on": "2022-08-01" } }

story A full site stays within its quota at every moment of a replacement (rule B5)
include started.inc
as province
given SetSiteQuota { "site_id": "s1", "quota": 3 }
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
given SubmitChange { "change_id": "ch1" }
then GetSiteCard { "site_id": "s1" } gives { "quota": 3, "occupied": 3, "active": 3 }
as province
given DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then GetSiteCard { "site_id": "s1" } gives { "quota": 3, "occupied": 3, "active": 2 }
as county 533102
given ConfirmArrival { "posting_id": "po-ch1", "arrived_on": "2022-08-01" }
then GetSiteCard { "site_id": "s1" } gives { "quota": 3, "occupied": 3, "active": 3 }

story Who left before the approval keeps the day and the reason of it
include replacing.inc
as county 533102
given EndPosting { "posting_id": "po-a1-1", "ended_on": "2022-08-20", "end_reason": "END_REASON_RESIGNED" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then event BaselineAmended { "postings": [
	{ "state": "POSTING_STATE_ENDED", "ended_on": "2022-08-20", "end_reason": "END_REASON_RESIGNED" },
	{ "state": "POSTING_STATE_RESERVED" }] }

story Who never came is replaced before the project starts, and it starts with the last arrival
include agreed.inc
today 2022-07-28
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "W1 does not come",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
given SubmitChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then event BaselineAmended { "postings": [
	{ "posting_id": "po-a1-1", "state": "POSTING_STATE_CANCELLED", "ended_on": "" },
	{ "posting_id": "po-ch1" }] }
today 2022-08-01
as county 533102
given ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-08-01" }
given ConfirmArrival { "posting_id": "po-a1-3", "arrived_on": "2022-08-01" }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "state": "PROJECT_STATE_AGREED" } }
when ConfirmArrival { "posting_id": "po-ch1", "arrived_on": "2022-08-01" }
then event ProjectStarted { "project": { "started_on": "2022-08-01" } }

story A place that is given up frees it, and the money is the province's to decide (rule B26)
include started.inc
today 2022-09-01
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "Nobody can be found",
	"alteration": { "posting_id": "po-a1-1" } }
given SubmitChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then event BaselineAmended {
	"baseline": { "people": [{ "person_id": "w2" }, { "person_id": "w3" }], "differences": [
		{ "field": "person", "before": "w1", "after": "" }] },
	"project": { "people": 2 },
	"change": { "followed_by": [
		{ "service": "personnel", "sequence": "0" }, { "service": "funding", "sequence": "0" }] },
	"postings": [{ "state": "POSTING_STATE_ENDED", "end_reason": "END_REASON_RECALLED" }] }
then GetChange { "change_id": "ch1" } gives { "change": { "state": "CHANGE_STATE_APPLIED" } }
then personnel.GetSelectionList { "list_id": "l1" } gives { "list": { "people": 3 } }
then funding.GetAdjustmentProposal { "change_id": "ch1" } gives { "proposal": {
	"entitlement_id": "en-pr-s1-ag-1", "granted_people": 3, "agreed_people": 2,
	"granted_fen": "12000000", "by_standard_fen": "8000000", "proposed_on": "2022-09-01" } }
then funding.GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } gives {
	"entitlement": { "people": 3, "amount_fen": "12000000" } }

story A place is given up, though a station somewhere keeps one for nobody yet (rule B26)
include opened.inc
include started.inc
today 2022-09-01
as town 441900003
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "Nobody can be found",
	"alteration": { "posting_id": "po-a1-1" } }
then accepted

story When the only one who is awaited is given up, the project starts with those who are there (rule B20)
include agreed.inc
today 2022-08-05
as county 533102
given ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-08-01" }
given ConfirmArrival { "posting_id": "po-a1-3", "arrived_on": "2022-07-31" }
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "W1 does not come",
	"alteration": { "posting_id": "po-a1-1" } }
given SubmitChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then event ProjectStarted { "project": {
	"state": "PROJECT_STATE_IN_PROGRESS", "started_on": "2022-08-01", "people": 2,
	"baseline_version": 2 } }

story A place that is given up before anybody came starts nothing
include agreed.inc
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "W1 does not come",
	"alteration": { "posting_id": "po-a1-1" } }
given SubmitChange { "change_id": "ch1" }
as province
given DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "state": "PROJECT_STATE_AGREED" } }

story A budget is changed line by line, and nothing else with it (rule B26, test 7)
include budgeting.inc
then GetChange { "change_id": "ch1" } gives { "change": {
	"state": "CHANGE_STATE_HELD", "holds": [
		{ "service": "funding", "state": "HOLD_STATE_HELD", "reason": "" }] } }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then event BaselineAmended {
	"baseline": { "differences": [
		{ "field": "budget central WORK_ALLOWANCE", "before": "5000000", "after": "4000000" },
		{ "field": "budget central TRANSPORT_TRAVEL", "before": "", "after": "1000000" }] },
	"project": { "people": 3, "plan_id": "pl1" }, "postings": [] }
then event ChangeFollowed { "change": { "state": "CHANGE_STATE_APPLIED", "followed_by": [
	{ "service": "funding" }] } }
then events BaselineAmended ChangeFollowed
then events funding.BudgetAmended
then GetAgreement { "agreement_id": "ar1" } gives { "agreement": { "version": 1, "budget": [
	{ "amount_fen": "5000000" }, {}, {}, {}] } }

story A line of the budget can be given up
include started.inc
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 6000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 6000000 }] } }
given SubmitChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then event BaselineAmended { "baseline": { "differences": [
	{ "field": "budget central WORK_ALLOWANCE", "after": "6000000" },
	{ "field": "budget central INSURANCE", "before": "1000000", "after": "" },
	{ "field": "budget provincial PROJECT_ACTIVITY", "after": "6000000" },
	{ "field": "budget provincial ADMINISTRATIVE", "after": "" }] } }

story A trainee comes in another's place, whose days stay counted (rules B12, B26)
include trained.inc
then GetBaseline { "project_id": "pr-s1-ag-1" } gives { "baseline": { "trainee_ids": ["t1", "t2"] } }
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "T1 moves away",
	"alteration": { "trainee_id": "t1", "new_trainee_id": "t3" } }
given SubmitChange { "change_id": "ch1" }
then GetChange { "change_id": "ch1" } gives { "change": { "state": "CHANGE_STATE_HELD" } }
as province
when personnel.ApproveTrainee { "trainee_id": "t3", "approved_on": "2022-09-01" }
then refused TRAINEES_AGREED pr-s1-ag-1
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then events BaselineAmended ChangeFollowed
then event BaselineAmended { "baseline": { "trainee_ids": ["t3", "t2"], "differences": [
	{ "field": "trainee", "before": "t1", "after": "t3" }] }, "postings": [] }
then GetChange { "change_id": "ch1" } gives { "change": { "state": "CHANGE_STATE_APPLIED",
	"followed_by": [{ "service": "personnel" }] } }
then personnel.GetTrainee { "trainee_id": "t1" } gives { "trainee": {
	"state": "TRAINEE_STATE_DROPPED", "dropped_on": "2022-09-01", "reason": "T1 moves away" } }
then personnel.GetTrainee { "trainee_id": "t3" } gives { "trainee": {
	"state": "TRAINEE_STATE_APPROVED", "approved_on": "2022-09-01" } }
then personnel.GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_CONFIRMED", "trainee_id": "t1", "new_trainee_id": "t3" } }
