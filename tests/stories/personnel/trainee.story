story A county names a local person whom its project is to train
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
include approved.inc
as county 533102
when NominateTrainee {
	"trainee_id": "t1", "project_id": "pr-s-ruili-ag-1", "work_name": "T1", "birth_year": 1982,
	"synthetic": true, "identity_hash": "00000000000000000000000000000000000000000000000000000000000000a1" }
then event TraineeNominated {
	"trainee": { "trainee_id": "t1", "programme_year_id": "ty-2022", "site_id": "s-ruili",
		"region_code": "533102", "agency_id": "ag-1", "birth_year": 1982,
		"state": "TRAINEE_STATE_NOMINATED", "nominated_on": "2022-06-20" } }
then GetTrainee { "trainee_id": "t1" } gives { "trainee": { "work_name": "T1", "revision": "1" } }

story A trainee is named for a project that there is, in one's own area
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
include approved.inc
as county 533102
when NominateTrainee {
	"trainee_id": "t1", "project_id": "pr-9", "work_name": "T1", "birth_year": 1982,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a1" }
then refused PROJECT_UNKNOWN pr-9
when NominateTrainee {
	"trainee_id": "t1", "project_id": "pr-s-lianghe-ag-2", "work_name": "T1", "birth_year": 1982,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a1" }
then refused PROJECT_UNKNOWN pr-s-lianghe-ag-2
as agency ag-1
when NominateTrainee {
	"trainee_id": "t1", "project_id": "pr-s-lianghe-ag-2", "work_name": "T1", "birth_year": 1982,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a1" }
then refused PROJECT_UNKNOWN pr-s-lianghe-ag-2

story A trainee is not named again, under that identifier or another
include nominated.inc
as county 533102
when NominateTrainee {
	"trainee_id": "t1", "project_id": "pr-s-ruili-ag-1", "work_name": "T", "birth_year": 1990,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a9" }
then refused TRAINEE_EXISTS t1
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "T", "birth_year": 1990,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a3" }
then refused TRAINEE_NAMED_TWICE t9
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "T", "birth_year": 1990,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000aX" }
then refused FIELD_INVALID identity_hash

story Who dropped out may be named again
include nominated.inc
as agency ag-2
given DropTrainee { "trainee_id": "t3", "dropped_on": "2022-06-22", "reason": "R" }
as county 533102
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "T", "birth_year": 1990,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a3" }
then accepted

story A trainee is not above the age that the programme sets
include nominated.inc
as county 533102
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "T", "birth_year": 1981,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a9" }
then refused TRAINEE_TOO_OLD t9
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "T",
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a9" }
then refused FIELD_INVALID birth_year
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "T", "birth_year": 2023,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a9" }
then refused FIELD_INVALID birth_year

story Where the programme sets no age, no year of birth is kept
include nominated.inc
as province
given stations.AmendRules {
	"programme_year_id": "ty-2022", "basis": "N9", "rules": {
		"year_quota": 5,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 },
			{ "kind": "SITE_KIND_PREFECTURE_SUPPORT", "min_people": 1, "max_people": 6 }],
		"person_standard_fen": 4000000,
		"sources": [
			{ "source": "central", "name_en": "Central", "name_zh": "中央",
			  "per_person_fen": 4000000, "categories": ["WORK_ALLOWANCE"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"agreement_parties": ["province", "county", "agency"] } }
as county 533102
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "T", "birth_year": 1950,
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a9" }
then accepted
then GetTrainee { "trainee_id": "t9" } gives { "trainee": { "birth_year": 0 } }

story A selected professional is no trainee of the year
include nominated.inc
as county 533102
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "P5", "birth_year": 1990,
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000005" }
then refused TRAINEE_IS_SELECTED t9
when NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "P6", "birth_year": 1990,
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000006" }
then accepted

story A trainee is not selected as a professional of the year
include nominated.inc
as county 533102
given NominateTrainee {
	"trainee_id": "t9", "project_id": "pr-s-ruili-ag-1", "work_name": "P6", "birth_year": 1990,
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000006" }
as province
given OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-20",
	"closes_by": "2022-06-30", "document_no": "N1", "title": "A second call" }
given OpenSelectionList { "list_id": "l2", "call_id": "c2" }
as agency ag-2
given SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-2", "site_id": "s-lianghe",
	"submitted_on": "2022-06-22", "title": "T", "nominees": [{ "person_id": "p6" }] }
as province
given ReviewApplication { "application_id": "a9" }
given DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-22" }
when ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "p6", "application_id": "a9", "site_id": "s-lianghe" }] }
then refused PERSON_IS_TRAINEE p6

story The province approves a trainee
include nominated.inc
as province
when ApproveTrainee { "trainee_id": "t1", "approved_on": "2022-06-22", "expected_revision": "1" }
then event TraineeApproved {
	"trainee": { "state": "TRAINEE_STATE_APPROVED", "approved_on": "2022-06-22",
		"approved_by": "p-province" } }
then ListTrainees { "state": "TRAINEE_STATE_APPROVED" } gives {
	"trainees": [{ "trainee_id": "t1" }] }

story A trainee is approved once, as it was read
include nominated.inc
as province
when ApproveTrainee { "trainee_id": "t1", "approved_on": "2022-06-22", "expected_revision": "7" }
then refused STALE_REVISION t1
given ApproveTrainee { "trainee_id": "t1", "approved_on": "2022-06-22" }
when ApproveTrainee { "trainee_id": "t1", "approved_on": "2022-06-22" }
then refused TRAINEE_NOT_NOMINATED t1
as province region 44
when ApproveTrainee { "trainee_id": "t2", "approved_on": "2022-06-22" }
then refused NOT_FOUND t2

story Once the project is agreed no trainee is approved (rule B26)
include nominated.inc
include agreed.inc
as province
when ApproveTrainee { "trainee_id": "t1", "approved_on": "2022-07-25" }
then refused TRAINEES_AGREED pr-s-ruili-ag-1 by B26
when ApproveTrainee { "trainee_id": "t3", "approved_on": "2022-07-25" }
then accepted

story A trainee who attended completes the training
include attended.inc
as prefecture 5331
given CloseRoll { "class_id": "k1", "closed_on": "2022-07-12" }
as county 533102
when CompleteTrainee { "trainee_id": "t1", "completed_on": "2022-07-12" }
then event TraineeCompleted {
	"trainee": { "state": "TRAINEE_STATE_COMPLETED", "completed_on": "2022-07-12" } }

story Nobody completes a training without days on a closed roll
include attended.inc
as county 533102
when CompleteTrainee { "trainee_id": "t1", "completed_on": "2022-07-12" }
then refused TRAINEE_ON_NO_ROLL t1
when CompleteTrainee { "trainee_id": "t1", "completed_on": "2022-07-12", "expected_revision": "7" }
then refused STALE_REVISION t1
when CompleteTrainee { "trainee_id": "t3", "completed_on": "2022-07-12" }
then refused NOT_FOUND t3

story A training is completed once
include attended.inc
as prefecture 5331
given CloseRoll { "class_id": "k1", "closed_on": "2022-07-12" }
as county 533102
given CompleteTrainee { "trainee_id": "t1", "completed_on": "2022-07-12" }
when CompleteTrainee { "trainee_id": "t1", "completed_on": "2022-07-12" }
then refused TRAINEE_NOT_IN_TRAINING t1

story A trainee drops out
include trained.inc
as agency ag-1
when DropTrainee { "trainee_id": "t1", "dropped_on": "2022-07-10", "reason": "Moved away" }
then event TraineeDropped {
	"trainee": { "state": "TRAINEE_STATE_DROPPED", "dropped_on": "2022-07-10",
		"reason": "Moved away" } }

story Who is out does not drop out again
include trained.inc
as agency ag-1
given DropTrainee { "trainee_id": "t1", "dropped_on": "2022-07-10", "reason": "R" }
when DropTrainee { "trainee_id": "t1", "dropped_on": "2022-07-10", "reason": "R" }
then refused TRAINEE_ENDED t1
when DropTrainee { "trainee_id": "t2", "dropped_on": "2022-07-10", "reason": "R",
	"expected_revision": "7" }
then refused STALE_REVISION t2
when DropTrainee { "trainee_id": "t3", "dropped_on": "2022-07-10", "reason": "R" }
then refused NOT_FOUND t3

story An agency does not look at another agency's trainees
include nominated.inc
as agency ag-1
then GetTrainee { "trainee_id": "t3" } refused NOT_FOUND t3
then ListTrainees {} gives { "trainees": [{ "trainee_id": "t1" }, { "trainee_id": "t2" }] }
as dashboard
then ListTrainees {} refused CALLER_NOT_ALLOWED
