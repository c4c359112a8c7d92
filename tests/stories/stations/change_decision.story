story With the approval the next baseline stands, in the same moment (rule B26, test 7)
include started.inc
today 2022-09-01
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_CONTENT", "reason": "R", "alteration": { "content": "A hotline, too" } }
given SubmitChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then accepted
then event BaselineAmended {
	"change": { "state": "CHANGE_STATE_APPLIED", "document_no": "D1", "decided_on": "2022-09-01",
		    "followed_by": [] },
	"step": { "kind": "CHANGE_STEP_KIND_APPROVED", "taken_by": "p-province" },
	"baseline": {
		"baseline_id": "pr-s1-ag-1:v2", "version": 2, "change_id": "ch1",
		"changed": "CHANGE_KIND_CONTENT", "valid_from": "2022-09-01",
		"objectives": "Forty families are known", "content": "A hotline, too",
		"plan_id": "pl-ch1", "differences": [
			{ "field": "content", "before": "Visits and groups", "after": "A hotline, too" }] },
	"project": { "baseline_version": 2, "plan_id": "pl-ch1", "state": "PROJECT_STATE_IN_PROGRESS" },
	"plan": { "plan_id": "pl-ch1", "version": 2, "content": "A hotline, too", "schedule": "A year",
		  "set_by": "p-province" },
	"postings": [] }
then events BaselineAmended

story A plan is changed by an approval, and only by one (rule B26)
include planning.inc
as county 533102
given EndorseChange { "change_id": "ch1" }
as prefecture 5331
given EndorseChange { "change_id": "ch1" }
as agency ag-1
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "O", "content": "C" }
then refused PROJECT_AGREED pr-s1-ag-1
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then accepted
then GetPlan { "plan_id": "pl-ch1" } gives {
	"plan": { "objectives": "Forty families are known", "schedule": "From October on" } }
then GetPlan { "plan_id": "pl1" } gives { "plan": { "schedule": "A year", "version": 1 } }

story An approval that is sent again has one effect and one answer (test 6)
include planning.inc
as county 533102
given EndorseChange { "change_id": "ch1" }
as prefecture 5331
given EndorseChange { "change_id": "ch1" }
as province
when#decision-1 DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then accepted
when#decision-1 DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then accepted
then nothing happened
then ListBaselines { "project_id": "pr-s1-ag-1" } gives {
	"baselines": [{ "version": 1 }, { "version": 2 }] }
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_NOT_HELD ch1

story Of two changes of one baseline the second must be written anew (rule B26)
include replacing.inc
given DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_CONTENT", "reason": "R", "alteration": { "content": "A hotline, too" } }
given SubmitChange { "change_id": "ch2" }
given DraftChange {
	"change_id": "ch3", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
as province
given DecideChange {
	"change_id": "ch2", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D2" }
then refused BASELINE_MOVED pr-s1-ag-1:v2 by B26
then GetPosting { "posting_id": "po-a1-1" } gives { "posting": { "state": "POSTING_STATE_ACTIVE" } }
as agency ag-1
when SubmitChange { "change_id": "ch3" }
then refused BASELINE_MOVED pr-s1-ag-1:v2
given EditChange {
	"change_id": "ch1", "baseline_version": 2, "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
given SubmitChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D2" }
then accepted
then event BaselineAmended { "baseline": { "version": 3, "content": "A hotline, too", "people": [
	{ "person_id": "w5", "posting_id": "po-ch1" }, { "person_id": "w2" }, { "person_id": "w3" }] } }

story A moved baseline does not keep a change from being rejected
include replacing.inc
given DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_CONTENT", "reason": "R", "alteration": { "content": "A hotline, too" } }
given SubmitChange { "change_id": "ch2" }
as province
given DecideChange {
	"change_id": "ch2", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
when DecideChange { "change_id": "ch1", "decision": "CHANGE_DECISION_REJECT", "note": "N" }
then accepted

story A project that is over meanwhile is not changed any more
include planning.inc
as county 533102
given EndorseChange { "change_id": "ch1" }
given EndPosting { "posting_id": "po-a1-1", "ended_on": "2022-09-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting { "posting_id": "po-a1-2", "ended_on": "2022-09-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting { "posting_id": "po-a1-3", "ended_on": "2022-09-01", "end_reason": "END_REASON_COMPLETED" }
as prefecture 5331
given EndorseChange { "change_id": "ch1" }
as province
given CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2022-09-01" }
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused PROJECT_NOT_CHANGEABLE pr-s1-ag-1
