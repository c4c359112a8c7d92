story Who is to come by a change that was handed in is kept free for it (rule B26)
include ../stations/replacing.inc
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1", "leaving_person_id": "w1",
	"person_id": "w5", "state": "PERSON_HOLD_STATE_HELD", "reason": "REFUSAL_UNSPECIFIED" } }
then ListPersonHolds { "project_id": "pr-s1-ag-1", "state": "PERSON_HOLD_STATE_HELD" } gives {
	"holds": [{ "change_id": "ch1" }] }
as agency ag-2
then GetPersonHold { "change_id": "ch1" } refused NOT_FOUND ch1

story Only a person of the agency comes in another's place (rule B26)
include ../stations/started.inc
as agency ag-2
given RegisterPerson {
	"person_id": "w9", "work_name": "W9", "agency_id": "ag-2", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000009" }
as agency ag-1
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w9" } }
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "reason": "REFUSAL_PERSON_OF_OTHER_AGENCY", "about": "w9" } }
then stations.GetChange { "change_id": "ch1" } gives { "change": {
	"state": "CHANGE_STATE_HOLD_REFUSED", "awaits_level": "", "holds": [
		{ "service": "personnel", "state": "HOLD_STATE_REFUSED",
		  "reason": "PERSON_OF_OTHER_AGENCY", "about": "w9" }] } }
as province
when stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then refused CHANGE_NOT_HELD ch1
as agency ag-1
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
given stations.SubmitChange { "change_id": "ch1" }
then stations.GetChange { "change_id": "ch1" } gives { "change": {
	"state": "CHANGE_STATE_HELD", "version": 2 } }

story Nobody comes whom nobody knows (rule B26)
include ../stations/started.inc
as agency ag-1
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w99" } }
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "reason": "REFUSAL_PERSON_UNKNOWN" } }

story Who comes later is as qualified as who applied (rule B26)
include ../stations/started.inc
as agency ag-1
given RegisterPerson {
	"person_id": "w8", "work_name": "W8", "agency_id": "ag-1", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000008" }
given RegisterPerson {
	"person_id": "w9", "work_name": "W9", "agency_id": "ag-1", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2022-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000009" }
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w8" } }
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": { "reason": "REFUSAL_PERSON_NOT_QUALIFIED" } }
given stations.DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w9" } }
given stations.SubmitChange { "change_id": "ch2" }
then GetPersonHold { "change_id": "ch2" } gives { "hold": { "reason": "REFUSAL_EXPERIENCE_TOO_SHORT" } }

story Nobody is kept for two changes (rule B26)
include ../stations/replacing.inc
given stations.DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-2", "person_id": "w5" } }
given stations.SubmitChange { "change_id": "ch2" }
then GetPersonHold { "change_id": "ch2" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "reason": "REFUSAL_PERSON_HELD", "about": "w5" } }
given stations.WithdrawChange { "change_id": "ch1", "note": "N" }
given stations.EditChange {
	"change_id": "ch2", "baseline_version": 1, "reason": "R",
	"alteration": { "posting_id": "po-a1-2", "person_id": "w5" } }
given stations.SubmitChange { "change_id": "ch2" }
then GetPersonHold { "change_id": "ch2" } gives { "hold": { "state": "PERSON_HOLD_STATE_HELD" } }

story What is written anew holds nobody until it is handed in again (rule B26)
include ../stations/replacing.inc
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w6" } }
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_RELEASED", "version": 1, "person_id": "w5" } }
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_HELD", "version": 2, "person_id": "w6" } }

story Nobody comes who has a place on a list of the year (rule B26)
include ../stations/started.inc
include second-list.inc
as agency ag-1
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
as province
given ProposeSelection { "list_id": "l2", "selected": [
	{ "person_id": "w5", "application_id": "a9", "site_id": "s1" }] }
as agency ag-1
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "reason": "REFUSAL_SELECTED_TWICE", "about": "w5" } }

story Who is kept for a change is not selected elsewhere (rule B26)
include ../stations/replacing.inc
include second-list.inc
as province
when ProposeSelection { "list_id": "l2", "selected": [
	{ "person_id": "w5", "application_id": "a9", "site_id": "s1" }] }
then refused PERSON_HELD w5 by B26

story Who is kept for a change stays with the agency (rule B26)
include ../stations/replacing.inc
as province
when MovePerson { "person_id": "w5", "agency_id": "ag-2" }
then refused PERSON_HELD w5
given stations.ReturnChange { "change_id": "ch1", "note": "N" }
when MovePerson { "person_id": "w5", "agency_id": "ag-2" }
then accepted

story An approved change supplements the approved list, and only that (rule B3)
include ../stations/replacing.inc
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": { "state": "PERSON_HOLD_STATE_CONFIRMED" } }
then GetSelectionList { "list_id": "l1" } gives { "list": {
	"state": "LIST_STATE_SUPPLEMENTED", "version": 2, "people": 4, "document_no": "M-l1" } }
then ListSelectedProfessionals { "person_id": "w1" } gives { "selected": [
	{ "approved": true, "state": "SELECTED_STATE_REPLACED", "replaced_by_change_id": "ch1" }] }
then GetSelectedProfessional { "selected_id": "se-ch1" } gives { "selected": {
	"person_id": "w5", "list_id": "l1", "site_id": "s1", "agency_id": "ag-1", "approved": true,
	"state": "SELECTED_STATE_APPROVED", "change_id": "ch1" } }
when ProposeSelection { "list_id": "l1", "selected": [
	{ "person_id": "w1", "application_id": "a1", "site_id": "s1" }] }
then refused LIST_FROZEN l1
when SubmitToMinistry { "list_id": "l1", "document_no": "Y-9", "submitted_on": "2022-09-01" }
then refused LIST_FROZEN l1
as province person p-secretary
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-9",
	"decided_on": "2022-09-01" }
then refused LIST_FROZEN l1

story Who was replaced can be replaced back, and who came can be replaced again (rule B26)
include ../stations/replacing.inc
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
as agency ag-1
given stations.DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 2,
	"kind": "CHANGE_KIND_PERSON", "reason": "W1 is well again",
	"alteration": { "posting_id": "po-ch1", "person_id": "w1" } }
given stations.SubmitChange { "change_id": "ch2" }
as province
given stations.DecideChange {
	"change_id": "ch2", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D2" }
then stations.GetChange { "change_id": "ch2" } gives { "change": { "state": "CHANGE_STATE_APPLIED" } }
then ListSelectedProfessionals { "list_id": "l1", "site_id": "s1", "state": "SELECTED_STATE_APPROVED" } gives {
	"selected": [{ "person_id": "w2" }, { "person_id": "w3" }, { "person_id": "w1", "change_id": "ch2" }] }
then stations.GetPosting { "posting_id": "po-ch1" } gives {
	"posting": { "state": "POSTING_STATE_CANCELLED" } }
then GetSelectionList { "list_id": "l1" } gives { "list": { "version": 3 } }

story A trainee comes who is nominated for the project (rule B26)
include ../stations/trained.inc
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "R",
	"alteration": { "trainee_id": "t1", "new_trainee_id": "t2" } }
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "reason": "REFUSAL_TRAINEE_NOT_NOMINATED", "about": "t2" } }
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "R",
	"alteration": { "trainee_id": "t1", "new_trainee_id": "t9" } }
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": { "reason": "REFUSAL_TRAINEE_NOT_NOMINATED" } }
then stations.GetChange { "change_id": "ch1" } gives { "change": { "state": "CHANGE_STATE_HOLD_REFUSED" } }

story A nominated trainee is kept for one change, and does not drop out meanwhile (rule B26)
include ../stations/trained.inc
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "R",
	"alteration": { "trainee_id": "t1", "new_trainee_id": "t3" } }
given stations.SubmitChange { "change_id": "ch1" }
given stations.DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "R",
	"alteration": { "trainee_id": "t2", "new_trainee_id": "t3" } }
given stations.SubmitChange { "change_id": "ch2" }
then GetPersonHold { "change_id": "ch2" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "reason": "REFUSAL_PERSON_HELD", "about": "t3" } }
when DropTrainee { "trainee_id": "t3", "dropped_on": "2022-09-01", "reason": "R" }
then refused PERSON_HELD t3
given stations.WithdrawChange { "change_id": "ch1", "note": "N" }
when DropTrainee { "trainee_id": "t3", "dropped_on": "2022-09-01", "reason": "R" }
then accepted

story Who dropped out before he was replaced keeps the day and the reason of it
include ../stations/trained.inc
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_TRAINEE", "reason": "R",
	"alteration": { "trainee_id": "t1", "new_trainee_id": "t3" } }
given stations.SubmitChange { "change_id": "ch1" }
given DropTrainee { "trainee_id": "t1", "dropped_on": "2022-08-20", "reason": "Ill" }
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then GetTrainee { "trainee_id": "t1" } gives { "trainee": { "dropped_on": "2022-08-20", "reason": "Ill" } }
then GetTrainee { "trainee_id": "t3" } gives { "trainee": { "state": "TRAINEE_STATE_APPROVED" } }

story Nobody comes as a professional who is trained in the year, and nobody is trained who is to come (rule B26)
include ../stations/trained.inc
given NominateTrainee {
	"trainee_id": "t5", "project_id": "pr-s1-ag-1", "work_name": "T5", "synthetic": true,
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000005" }
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w5" } }
given stations.SubmitChange { "change_id": "ch1" }
then GetPersonHold { "change_id": "ch1" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "reason": "REFUSAL_PERSON_IS_TRAINEE", "about": "w5" } }
given stations.DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R",
	"alteration": { "posting_id": "po-a1-1", "person_id": "w6" } }
given stations.SubmitChange { "change_id": "ch2" }
when NominateTrainee {
	"trainee_id": "t6", "project_id": "pr-s1-ag-1", "work_name": "T6", "synthetic": true,
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000006" }
then refused TRAINEE_IS_SELECTED t6

story Nobody is held in the place of somebody who is not at the site by the list (rule B26)
include ../stations/started.inc
told stations.ChangeSubmitted {
	"change": {
		"change_id": "ch9", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"kind": "CHANGE_KIND_PERSON", "leaving_person_id": "w5",
		"alteration": { "person_id": "" } } }
as province
then GetPersonHold { "change_id": "ch9" } gives { "hold": {
	"state": "PERSON_HOLD_STATE_REFUSED", "leaving_person_id": "w5",
	"reason": "REFUSAL_UNSPECIFIED", "about": "w5" } }
