story A higher level can neither approve nor reject before the level below (rule B26, test 2)
include planning.inc
as prefecture 5331
when EndorseChange { "change_id": "ch1" }
then refused CHANGE_AWAITS_OTHER_LEVEL county by B26
when ReturnChange { "change_id": "ch1", "note": "N" }
then refused CHANGE_AWAITS_OTHER_LEVEL county
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_AWAITS_OTHER_LEVEL county
when DecideChange { "change_id": "ch1", "decision": "CHANGE_DECISION_REJECT", "note": "N" }
then refused CHANGE_AWAITS_OTHER_LEVEL county
as county 533102
given EndorseChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_AWAITS_OTHER_LEVEL prefecture
as prefecture 5331
given EndorseChange { "change_id": "ch1" }
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then accepted

story A level endorses, and it is the next one's turn
include planning.inc
as county 533102
when EndorseChange { "change_id": "ch1", "note": "Good" }
then accepted
then event ChangeEndorsed {
	"change": { "state": "CHANGE_STATE_ENDORSED", "awaits_level": "prefecture" },
	"step": { "kind": "CHANGE_STEP_KIND_ENDORSED", "level": "county", "note": "Good" } }
when EndorseChange { "change_id": "ch1" }
then refused CHANGE_AWAITS_OTHER_LEVEL prefecture

story Another county has nothing to say to a change
include planning.inc
as county 533122
when EndorseChange { "change_id": "ch1" }
then refused NOT_FOUND ch1
when ReturnChange { "change_id": "ch1", "note": "N" }
then refused NOT_FOUND ch1
as province
when DecideChange {
	"change_id": "ch9", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused NOT_FOUND ch9

story Who hands a change in does not endorse it
include planning.inc
as county 533102 person p-ag-1
when EndorseChange { "change_id": "ch1" }
then refused SAME_PERSON_ACTS ch1

story Who endorses a change does not endorse it again, nor decide it
include planning.inc
as county 533102 person p-li
given EndorseChange { "change_id": "ch1" }
as prefecture 5331 person p-li
when EndorseChange { "change_id": "ch1" }
then refused SAME_PERSON_ACTS ch1
as prefecture 5331 person p-wang
given EndorseChange { "change_id": "ch1" }
as province person p-wang
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused SAME_PERSON_ACTS ch1

story Nobody reviews a change that he has not read
include planning.inc
as county 533102
when EndorseChange { "change_id": "ch1", "expected_revision": "1" }
then refused STALE_REVISION ch1
when ReturnChange { "change_id": "ch1", "expected_revision": "1", "note": "N" }
then refused STALE_REVISION ch1
as province
when DecideChange {
	"change_id": "ch1", "expected_revision": "1", "decision": "CHANGE_DECISION_APPROVE",
	"document_no": "D1" }
then refused STALE_REVISION ch1

story Only what is handed in and held is reviewed (rule B26)
include levels.inc
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Two years" } }
as county 533102
when EndorseChange { "change_id": "ch1" }
then refused CHANGE_NOT_HELD ch1
when ReturnChange { "change_id": "ch1", "note": "N" }
then refused CHANGE_NOT_HELD ch1
as province
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_NOT_HELD ch1

story A change that is sent back is written anew and goes the whole way again
include planning.inc
as county 533102
given EndorseChange { "change_id": "ch1" }
as prefecture 5331
when ReturnChange { "change_id": "ch1", "note": "From when exactly?" }
then accepted
then event ChangeReturned {
	"change": { "state": "CHANGE_STATE_RETURNED", "awaits_level": "", "note": "From when exactly?" },
	"step": { "kind": "CHANGE_STEP_KIND_RETURNED", "level": "prefecture" } }
when EndorseChange { "change_id": "ch1" }
then refused CHANGE_NOT_HELD ch1
as agency ag-1
when SubmitChange { "change_id": "ch1" }
then refused CHANGE_NOT_DRAFT ch1
given EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R",
	"alteration": { "schedule": "From 8 October on" } }
given SubmitChange { "change_id": "ch1" }
then GetChange { "change_id": "ch1" } gives {
	"change": { "version": 2, "state": "CHANGE_STATE_HELD", "awaits_level": "county", "note": "" } }

story What is sent back holds nobody any more
include replacing.inc
as province
when ReturnChange { "change_id": "ch1", "note": "Why not w6?" }
then accepted
then personnel.GetPersonHold { "change_id": "ch1" } gives {
	"hold": { "state": "PERSON_HOLD_STATE_RELEASED" } }

story A rejected change is applied nowhere, and its history is kept (rule B26, test 3)
include replacing.inc
as province
when DecideChange { "change_id": "ch1", "decision": "CHANGE_DECISION_REJECT", "note": "W1 can go on" }
then accepted
then event ChangeRejected {
	"change": { "state": "CHANGE_STATE_REJECTED", "decided_on": "2022-09-01", "awaits_level": "" },
	"step": { "kind": "CHANGE_STEP_KIND_REJECTED", "level": "province", "taken_by": "p-province" } }
then GetBaseline { "project_id": "pr-s1-ag-1" } gives { "version": 1 }
then GetPosting { "posting_id": "po-a1-1" } gives { "posting": { "state": "POSTING_STATE_ACTIVE" } }
then personnel.GetPersonHold { "change_id": "ch1" } gives {
	"hold": { "state": "PERSON_HOLD_STATE_RELEASED" } }
then personnel.GetSelectionList { "list_id": "l1" } gives { "list": { "version": 1 } }
then GetChange { "change_id": "ch1" } gives { "steps": [
	{ "kind": "CHANGE_STEP_KIND_DRAFTED" }, { "kind": "CHANGE_STEP_KIND_SUBMITTED" },
	{ "kind": "CHANGE_STEP_KIND_REJECTED" }] }

story A rejected change returns only as another one (rule B26, test 3)
include replacing.inc
as province
given DecideChange { "change_id": "ch1", "decision": "CHANGE_DECISION_REJECT", "note": "N" }
when DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_NOT_HELD ch1
as agency ag-1
when EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w6" } }
then refused CHANGE_NOT_OPEN ch1
when SubmitChange { "change_id": "ch1" }
then refused CHANGE_NOT_DRAFT ch1
when WithdrawChange { "change_id": "ch1", "note": "N" }
then refused CHANGE_NOT_OPEN ch1
given DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"after_change_id": "ch1", "kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
given SubmitChange { "change_id": "ch2" }
then GetChange { "change_id": "ch2" } gives {
	"change": { "version": 2, "state": "CHANGE_STATE_HELD", "awaits_level": "province" } }

story A rejection says why, an approval names its document
include replacing.inc
as province
when DecideChange { "change_id": "ch1", "decision": "CHANGE_DECISION_REJECT" }
then refused FIELD_INVALID note
when DecideChange { "change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE" }
then refused FIELD_INVALID document_no

story A change that nobody decides lapses after the days of the rules, and holds nothing any more
include planning.inc
then GetChange { "change_id": "ch1" } gives { "change": { "decide_by": "2022-09-11" } }
given DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
given SubmitChange { "change_id": "ch2" }
as county 533102
given EndorseChange { "change_id": "ch2" }
today 2022-09-11
then GetChange { "change_id": "ch1" } gives { "change": { "state": "CHANGE_STATE_HELD" } }
today 2022-09-12
then GetChange { "change_id": "ch1" } gives {
	"change": { "state": "CHANGE_STATE_LAPSED", "awaits_level": "" },
	"steps": [{}, {}, { "kind": "CHANGE_STEP_KIND_LAPSED", "taken_by": "", "taken_on": "2022-09-12" }] }
then GetChange { "change_id": "ch2" } gives { "change": { "state": "CHANGE_STATE_LAPSED" } }
then personnel.GetPersonHold { "change_id": "ch2" } gives {
	"hold": { "state": "PERSON_HOLD_STATE_RELEASED" } }
as county 533102
when EndorseChange { "change_id": "ch1" }
then refused CHANGE_NOT_HELD ch1

story Without a limit in the rules a change waits
include replacing.inc
today 2023-03-01
then GetChange { "change_id": "ch1" } gives { "change": { "state": "CHANGE_STATE_HELD" } }

story However many changes nobody decides, all lapse on their day
include planning.inc
for 1..200 given DraftChange {
	"change_id": "more-{n}", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "From October on" } }
for 1..200 given SubmitChange { "change_id": "more-{n}" }
today 2022-09-12
then ListChanges { "state": "CHANGE_STATE_HELD" } gives { "changes": [] }
then GetChange { "change_id": "ch1" } gives { "change": { "state": "CHANGE_STATE_LAPSED" } }
