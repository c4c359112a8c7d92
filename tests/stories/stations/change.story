story A change names one of the five parts that are agreed (rule B26)
include started.inc
today 2022-09-01
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_CONTENT", "reason": "Many old people live alone",
	"alteration": { "content": "Visits, groups and a hotline" } }
then accepted
then event ChangeDrafted {
	"change": { "change_id": "ch1", "state": "CHANGE_STATE_DRAFT", "version": 1,
		    "programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		    "awaits_level": "", "revision": "1" },
	"step": { "step_id": "ch1:001", "kind": "CHANGE_STEP_KIND_DRAFTED", "level": "agency",
		  "taken_by": "p-ag-1", "taken_on": "2022-09-01" } }
then GetBaseline { "project_id": "pr-s1-ag-1" } gives { "version": 1 }

story A change does not smuggle in another part (rule B26)
include started.inc
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_CONTENT", "reason": "R",
	"alteration": { "content": "Visits", "schedule": "Two years" } }
then refused FIELD_INVALID alteration
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R",
	"alteration": { "schedule": "Two years", "content": "Visits" } }
then refused FIELD_INVALID alteration
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R",
	"alteration": { "schedule": "Two years", "person_id": "w5" } }
then refused FIELD_INVALID alteration
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R",
	"alteration": { "schedule": "Two years", "trainee_id": "t1" } }
then refused FIELD_INVALID alteration
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R",
	"alteration": { "schedule": "Two years", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 1 }] } }
then refused FIELD_INVALID alteration

story A change is drafted once
include planning.inc
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
then refused CHANGE_EXISTS ch1

story An agency asks for changes of its own projects
include started.inc
as agency ag-2
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
then refused NOT_FOUND pr-s1-ag-1
as county 533122
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
then refused NOT_FOUND pr-s1-ag-1

story Before the agreement there is nothing to change, only to plan (rule B26)
include drafted.inc
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
then refused PROJECT_NOT_CHANGEABLE pr-s1-ag-1 by B26

story A project that is over is not changed any more (rule B26)
include started.inc
today 2023-07-31
as county 533102
given EndPosting { "posting_id": "po-a1-1", "ended_on": "2023-07-31", "end_reason": "END_REASON_COMPLETED" }
given EndPosting { "posting_id": "po-a1-2", "ended_on": "2023-07-31", "end_reason": "END_REASON_COMPLETED" }
given EndPosting { "posting_id": "po-a1-3", "ended_on": "2023-07-31", "end_reason": "END_REASON_COMPLETED" }
as province
given CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2023-07-31" }
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
then refused PROJECT_NOT_CHANGEABLE pr-s1-ag-1

story A change is of the baseline that stands (rule B26)
include started.inc
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 2,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
then refused BASELINE_MOVED pr-s1-ag-1:v1 by B26

story A change changes something
include started.inc
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "A year" } }
then refused CHANGE_ALTERS_NOTHING ch1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_CONTENT", "reason": "R", "alteration": {} }
then refused CHANGE_ALTERS_NOTHING ch1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 }] } }
then refused CHANGE_ALTERS_NOTHING ch1

story A changed budget has one line for each source and category, and each is about money
include started.inc
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 3000000 },
		{ "source": "central", "category": "TRAINING", "amount_fen": 3000000 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 6000000 }] } }
then refused BUDGET_LINE_TWICE TRAINING
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_BUDGET", "reason": "R", "alteration": { "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 0 }] } }
then refused FIELD_INVALID alteration.budget.amount_fen

story Somebody comes in the place of one who is agreed (rule B26)
include started.inc
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a2-1", "person_id": "w5" } }
then refused POSTING_NOT_AGREED po-a2-1

story A trainee is replaced who is agreed, by another (rule B26)
include trained.inc
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "R",
	"alteration": { "trainee_id": "t9", "new_trainee_id": "t3" } }
then refused TRAINEE_NOT_AGREED t9
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "R", "alteration": { "trainee_id": "t1" } }
then refused FIELD_INVALID alteration.new_trainee_id
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "R",
	"alteration": { "trainee_id": "t1", "new_trainee_id": "t1" } }
then refused CHANGE_ALTERS_NOTHING ch1

story Nobody comes who has a place already
include started.inc
as agency ag-1
when DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w2" } }
then refused PERSON_HAS_POSTING w2

story What is asked for stays open to its author, and each time it is written anew it is another version
include planning.inc
when EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "The rain comes first",
	"alteration": { "schedule": "From November on" } }
then accepted
then event ChangeEdited {
	"change": { "state": "CHANGE_STATE_DRAFT", "version": 2, "awaits_level": "",
		    "submitted_on": "", "decide_by": "", "reason": "The rain comes first" },
	"step": { "step_id": "ch1:003", "kind": "CHANGE_STEP_KIND_EDITED", "version": 2 } }
when EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "The rain comes first",
	"alteration": { "schedule": "From December on" } }
then event ChangeEdited { "change": { "version": 2 } }

story An edit after it was handed in restarts the approvals (rule B26, test 4)
include planning.inc
as county 533102
given EndorseChange { "change_id": "ch1" }
as prefecture 5331
given EndorseChange { "change_id": "ch1" }
as agency ag-1
given EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R",
	"alteration": { "schedule": "From November on" } }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_NOT_HELD ch1
as agency ag-1
given SubmitChange { "change_id": "ch1" }
then GetChange { "change_id": "ch1" } gives {
	"change": { "version": 2, "state": "CHANGE_STATE_HELD", "awaits_level": "county" } }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_AWAITS_OTHER_LEVEL county

story Two who write one change anew do not lose each other's words (test 5)
include planning.inc
given EditChange {
	"change_id": "ch1", "expected_revision": "2", "baseline_version": 1, "reason": "Mine",
	"alteration": { "schedule": "From November on" } }
when EditChange {
	"change_id": "ch1", "expected_revision": "2", "baseline_version": 1, "reason": "Yours",
	"alteration": { "schedule": "From December on" } }
then refused STALE_REVISION ch1
then nothing happened
when SubmitChange { "change_id": "ch1", "expected_revision": "2" }
then refused STALE_REVISION ch1
when WithdrawChange { "change_id": "ch1", "expected_revision": "2", "note": "N" }
then refused STALE_REVISION ch1

story A change that is not there is not written anew, handed in or taken back
include planning.inc
as agency ag-2
when EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R", "alteration": { "schedule": "S" } }
then refused NOT_FOUND ch1
when SubmitChange { "change_id": "ch1" }
then refused NOT_FOUND ch1
when WithdrawChange { "change_id": "ch1", "note": "N" }
then refused NOT_FOUND ch1
then GetChange { "change_id": "ch1" } refused NOT_FOUND ch1
then ListChanges { "project_id": "pr-s1-ag-1" } gives { "changes": [] }

story What is written anew is asked for like what is new
include planning.inc
when EditChange {
	"change_id": "ch1", "baseline_version": 2, "reason": "R", "alteration": { "schedule": "S" } }
then refused BASELINE_MOVED pr-s1-ag-1:v1
when EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R", "alteration": { "schedule": "A year" } }
then refused CHANGE_ALTERS_NOTHING ch1

story A change is handed in once
include planning.inc
when SubmitChange { "change_id": "ch1" }
then refused CHANGE_NOT_DRAFT ch1

story Plan and content concern no other service: they can be decided at once
include started.inc
today 2022-09-01
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "objectives": "Fifty families" } }
when SubmitChange { "change_id": "ch1" }
then event ChangeSubmitted {
	"change": { "state": "CHANGE_STATE_HELD", "awaits_level": "province", "holds": [],
		    "submitted_on": "2022-09-01", "decide_by": "" } }

story A change is taken back, and nothing of it remains but its history
include replacing.inc
when WithdrawChange { "change_id": "ch1", "note": "W1 is well again" }
then accepted
then event ChangeWithdrawn {
	"change": { "state": "CHANGE_STATE_WITHDRAWN", "note": "W1 is well again", "awaits_level": "" } }
then personnel.GetPersonHold { "change_id": "ch1" } gives {
	"hold": { "state": "PERSON_HOLD_STATE_RELEASED" } }
when WithdrawChange { "change_id": "ch1", "note": "N" }
then refused CHANGE_NOT_OPEN ch1
when EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w6" } }
then refused CHANGE_NOT_OPEN ch1

story What came to nothing is taken up again by another change
include replacing.inc
given WithdrawChange { "change_id": "ch1", "note": "N" }
when DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"after_change_id": "ch1", "kind": "CHANGE_KIND_PERSON", "reason": "W1 is ill again",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
then accepted
then event ChangeDrafted { "change": { "after_change_id": "ch1", "version": 2 } }

story Only what came to nothing is taken up again, and only in its project
include replacing.inc
when DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"after_change_id": "ch1", "kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
then refused CHANGE_NOT_OF_PROJECT ch1
when DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"after_change_id": "ch9", "kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
then refused CHANGE_NOT_OF_PROJECT ch9

story Each office finds the changes that wait for it
include planning.inc
as county 533102
then ListChanges { "awaits_level": "county" } gives { "changes": [{ "change_id": "ch1" }] }
as county 533122
then ListChanges { "awaits_level": "county" } gives { "changes": [] }
as county 533102
given EndorseChange { "change_id": "ch1" }
then ListChanges { "awaits_level": "county" } gives { "changes": [] }
as prefecture 5331
then ListChanges { "awaits_level": "prefecture", "region_code": "5331" } gives {
	"changes": [{ "change_id": "ch1" }] }
then ListChanges { "state": "CHANGE_STATE_ENDORSED", "kind": "CHANGE_KIND_PLAN" } gives {
	"changes": [{ "change_id": "ch1" }] }

story Who endorsed is told at that level and above, and kept for all (rule B26, test 9)
include planning.inc
as county 533102
given EndorseChange { "change_id": "ch1", "note": "Good" }
as prefecture 5331
given EndorseChange { "change_id": "ch1" }
as agency ag-1
then GetChange { "change_id": "ch1" } gives {
	"steps": [
		{ "kind": "CHANGE_STEP_KIND_DRAFTED", "taken_by": "p-ag-1" },
		{ "kind": "CHANGE_STEP_KIND_SUBMITTED", "taken_by": "p-ag-1" },
		{ "kind": "CHANGE_STEP_KIND_ENDORSED", "level": "county", "taken_by": "", "note": "Good" },
		{ "kind": "CHANGE_STEP_KIND_ENDORSED", "level": "prefecture", "taken_by": "" }] }
as county 533102
then GetChange { "change_id": "ch1" } gives {
	"steps": [
		{ "taken_by": "p-ag-1" }, { "taken_by": "p-ag-1" },
		{ "taken_by": "p-county" }, { "taken_by": "" }] }
as province
then GetChange { "change_id": "ch1" } gives {
	"steps": [
		{ "taken_by": "p-ag-1" }, { "taken_by": "p-ag-1" },
		{ "taken_by": "p-county" }, { "taken_by": "p-prefecture" }] }
as auditor
then GetChange { "change_id": "ch1" } gives {
	"steps": [
		{ "taken_by": "p-ag-1" }, { "taken_by": "p-ag-1" },
		{ "taken_by": "p-county" }, { "taken_by": "p-prefecture" }] }
as worker w1 ag-1 533102
then GetChange { "change_id": "ch1" } gives {
	"steps": [{ "taken_by": "" }, { "taken_by": "" }, { "taken_by": "" }, { "taken_by": "" }] }
