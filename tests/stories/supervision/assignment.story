story The project office gives a station a supervisor (rule A5)
include double.inc
then ListStationCovers { "programme_year_id": "dh", "gap": true } gives { "covers": [
	{ "station_id": "st-1", "gap_since": "2017-03-02" }, { "station_id": "st-2" }] }
today 2017-03-03
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
then event AssignmentProposed { "assignment": {
	"assignment_id": "as-1", "programme_year_id": "dh", "region_code": "441900003",
	"kind": "SUPERVISEE_KIND_STATION", "supervisor_id": "sv1", "supervisor_person_id": "pa",
	"station_id": "st-1", "supervisee_id": "st-1", "state": "ASSIGNMENT_STATE_PROPOSED",
	"proposed_on": "2017-03-03", "proposer_id": "p-project-office" } }
then GetStationCoverage { "programme_year_id": "dh", "region_code": "44" } gives {
	"open_stations": 2, "gaps": 2, "coverage_hundredths": 0 }
when ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-03", "expected_revision": "1" }
then event AssignmentActivated {
	"assignment": { "state": "ASSIGNMENT_STATE_ACTIVE", "active_on": "2017-03-03" },
	"cover": { "station_id": "st-1", "open": true, "assignment_id": "as-1", "supervisor_id": "sv1",
		   "gap": false, "gap_since": "" } }
then ListStationCovers { "programme_year_id": "dh", "gap": true } gives { "covers": [
	{ "station_id": "st-2" }] }
then GetStationCoverage { "programme_year_id": "dh", "region_code": "4419" } gives {
	"open_stations": 2, "gaps": 1, "coverage_hundredths": 5000 }
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": { "revision": "2" } }
then ListAssignments { "supervisor_id": "sv1", "state": "ASSIGNMENT_STATE_ACTIVE" } gives {
	"assignments": [{ "station_id": "st-1" }] }
then GetSupervisorLoad { "supervisor_id": "sv1" } gives {
	"stations": 1, "stations_max": 1, "supervisees": 0, "supervisees_max": 1 }

story An assignment that ends leaves a gap (rule A5)
include assigned.inc
today 2017-03-20
when EndAssignment {
	"assignment_id": "as-1", "ended_on": "2017-03-19", "note": "He moves.",
	"expected_revision": "2" }
then event AssignmentEnded { "assignment": {
	"state": "ASSIGNMENT_STATE_ENDED", "ended_on": "2017-03-19", "end": "ASSIGNMENT_END_BY_OFFICE",
	"end_note": "He moves." } }
then event StationUnsupervised { "cover": {
	"station_id": "st-1", "assignment_id": "", "gap": true, "gap_since": "2017-03-19" } }
when EndAssignment { "assignment_id": "as-1", "ended_on": "2017-03-19", "note": "N" }
then refused ASSIGNMENT_OVER as-1
when ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-20" }
then refused ASSIGNMENT_NOT_PROPOSED as-1

story A proposal is taken back, and the station is as it was
include double.inc
today 2017-03-03
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
when EndAssignment { "assignment_id": "as-1", "ended_on": "2017-03-02", "note": "N" }
then refused DATE_BEFORE_STEP ended_on
when EndAssignment { "assignment_id": "as-1", "ended_on": "2017-03-03", "note": "N" }
then event AssignmentEnded { "assignment": { "active_on": "", "ended_on": "2017-03-03" } }
then GetSupervisorLoad { "supervisor_id": "sv1" } gives { "stations": 0 }

story Whoever is no supervisor any more supervises no station (rules A5, A8)
include assigned.inc
today 2017-03-20
given personnel.RevokeSupervisor {
	"supervisor_id": "sv1", "ended_on": "2017-03-20", "reason": "He copied his records." }
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": {
	"state": "ASSIGNMENT_STATE_ENDED", "end": "ASSIGNMENT_END_SUPERVISOR_GONE",
	"ended_on": "2017-03-20" } }
then ListStationCovers { "gap": true } gives { "covers": [
	{ "station_id": "st-1", "gap_since": "2017-03-20" }, { "station_id": "st-2" }] }

story A supervisor who retires is neither supervisor nor supervised
include double.inc
today 2017-03-03
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "supervised_supervisor_id": "sv2",
	"proposed_on": "2017-03-03" }
given ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv2", "supervised_supervisor_id": "sv3",
	"proposed_on": "2017-03-03" }
given ActivateAssignment { "assignment_id": "as-2", "active_on": "2017-03-03" }
given personnel.RetireSupervisor {
	"supervisor_id": "sv2", "ended_on": "2017-03-03", "reason": "Sixty." }
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": {
	"state": "ASSIGNMENT_STATE_ENDED", "end": "ASSIGNMENT_END_SUPERVISEE_GONE" } }
then GetAssignment { "assignment_id": "as-2" } gives { "assignment": {
	"state": "ASSIGNMENT_STATE_ENDED", "end": "ASSIGNMENT_END_SUPERVISOR_GONE" } }

story A station that is suspended is no gap, and has its supervisor again afterwards
include assigned.inc
as province region 44
given stations.SuspendStation { "station_id": "st-1", "note": "Flood" }
given stations.SuspendStation { "station_id": "st-2", "note": "Flood" }
then GetStationCoverage { "programme_year_id": "dh", "region_code": "44" } gives {
	"open_stations": 0, "gaps": 0, "coverage_hundredths": 10000 }
given stations.ResumeStation { "station_id": "st-1" }
then GetStationCoverage { "programme_year_id": "dh", "region_code": "44" } gives {
	"open_stations": 1, "gaps": 0, "coverage_hundredths": 10000 }
given stations.ResumeStation { "station_id": "st-2" }
then ListStationCovers { "gap": true } gives { "covers": [
	{ "station_id": "st-2", "gap_since": "2017-03-03" }] }

story A station that is closed has no supervisor any more
include assigned.inc
as province region 44
given stations.CloseStation { "station_id": "st-1", "closed_on": "2017-03-03", "note": "N" }
given stations.CloseStation { "station_id": "st-2", "closed_on": "2017-03-03", "note": "N" }
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": {
	"state": "ASSIGNMENT_STATE_ENDED", "end": "ASSIGNMENT_END_SUPERVISEE_GONE",
	"ended_on": "2017-03-03" } }
then ListStationCovers { "programme_year_id": "dh" } gives { "covers": [
	{ "station_id": "st-1", "open": false, "assignment_id": "", "gap": false },
	{ "station_id": "st-2", "open": false, "gap": false }] }

story Only who is at work supervises (rule A8)
include double.inc
today 2017-03-03
given personnel.SuspendSupervisor {
	"supervisor_id": "sv1", "suspended_on": "2017-03-03", "reason": "Ill" }
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
then refused SUPERVISOR_NOT_ACTIVE sv1 by A8
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv2", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
given personnel.SuspendSupervisor {
	"supervisor_id": "sv2", "suspended_on": "2017-03-03", "reason": "Ill" }
when ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-03" }
then refused SUPERVISOR_NOT_ACTIVE sv2
when ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv3", "supervised_supervisor_id": "sv2",
	"proposed_on": "2017-03-03" }
then refused SUPERVISEE_NOT_AT_WORK pb

story A station that is not open needs no supervisor
include double.inc
today 2017-03-03
as province region 44
given stations.SuspendStation { "station_id": "st-1", "note": "Flood" }
as project-office region 44
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
then refused SUPERVISEE_NOT_AT_WORK st-1

story The office assigns only while it is entrusted (rule A7)
include double.inc
today 2017-03-03
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
given ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv2", "station_id": "st-2",
	"proposed_on": "2017-03-03" }
given ActivateAssignment { "assignment_id": "as-2", "active_on": "2017-03-03" }
today 2017-07-01
when ProposeAssignment {
	"assignment_id": "as-3", "supervisor_id": "sv3", "supervised_supervisor_id": "sv2",
	"proposed_on": "2017-07-01" }
then refused OFFICE_NOT_ENTRUSTED dh by A7
when ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-07-01" }
then refused OFFICE_NOT_ENTRUSTED dh by A7
when EndAssignment { "assignment_id": "as-2", "ended_on": "2017-07-01", "note": "N" }
then refused OFFICE_NOT_ENTRUSTED dh by A7

story Nobody else than the office assigns
include double.inc
as regional-centre 4419
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-02" }
then refused CALLER_NOT_ALLOWED

story Nobody supervises himself, directly or through others (rule A8)
include double.inc
today 2017-03-03
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "supervised_supervisor_id": "sv1",
	"proposed_on": "2017-03-03" }
then refused SUPERVISES_HIMSELF pa by A8
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "supervised_supervisor_id": "sv2",
	"proposed_on": "2017-03-03" }
given ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-03" }
given ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv2", "supervised_supervisor_id": "sv3",
	"proposed_on": "2017-03-03" }
when ProposeAssignment {
	"assignment_id": "as-3", "supervisor_id": "sv3", "supervised_supervisor_id": "sv1",
	"proposed_on": "2017-03-03" }
then refused SUPERVISION_IN_CIRCLE sv1 by A8

story A supervisee has one supervisor at a time
include assigned.inc
when ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv2", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
then refused SUPERVISED_ALREADY as-1
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv2", "station_id": "st-2",
	"proposed_on": "2017-03-03" }
then refused ASSIGNMENT_EXISTS as-1
given ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv2", "station_id": "st-2",
	"proposed_on": "2017-03-03" }
when ProposeAssignment {
	"assignment_id": "as-3", "supervisor_id": "sv3", "station_id": "st-2",
	"proposed_on": "2017-03-03" }
then refused SUPERVISED_ALREADY as-2

story A supervisor has no more stations and people than the year's rules allow
include assigned.inc
when ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv1", "station_id": "st-2",
	"proposed_on": "2017-03-03" }
then refused TOO_MANY_STATIONS sv1
given ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv1", "supervised_supervisor_id": "sv2",
	"proposed_on": "2017-03-03" }
when ProposeAssignment {
	"assignment_id": "as-3", "supervisor_id": "sv1", "supervised_supervisor_id": "sv3",
	"proposed_on": "2017-03-03" }
then refused TOO_MANY_SUPERVISEES sv1
given EndAssignment { "assignment_id": "as-1", "ended_on": "2017-03-03", "note": "N" }
given EndAssignment { "assignment_id": "as-2", "ended_on": "2017-03-03", "note": "N" }
when ProposeAssignment {
	"assignment_id": "as-4", "supervisor_id": "sv1", "station_id": "st-2",
	"proposed_on": "2017-03-03" }
then accepted
when ProposeAssignment {
	"assignment_id": "as-5", "supervisor_id": "sv1", "supervised_supervisor_id": "sv3",
	"proposed_on": "2017-03-03" }
then accepted

story An assignment names one supervisee, who is there
include double.inc
today 2017-03-03
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"supervised_supervisor_id": "sv2", "proposed_on": "2017-03-03" }
then refused FIELD_INVALID station_id
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "proposed_on": "2017-03-03" }
then refused FIELD_INVALID station_id
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-9",
	"proposed_on": "2017-03-03" }
then refused NOT_FOUND st-9
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "posting_id": "po-9",
	"proposed_on": "2017-03-03" }
then refused NOT_FOUND po-9
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "supervised_supervisor_id": "sv9",
	"proposed_on": "2017-03-03" }
then refused NOT_FOUND sv9
when ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv9", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
then refused NOT_FOUND sv9
then GetSupervisorLoad { "supervisor_id": "sv9" } refused NOT_FOUND sv9

story An assignment's steps follow each other, on what was read
include double.inc
today 2017-03-04
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
when ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-02" }
then refused DATE_BEFORE_STEP active_on
when ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-04", "expected_revision": "2" }
then refused STALE_REVISION as-1
given ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-04" }
when EndAssignment {
	"assignment_id": "as-1", "ended_on": "2017-03-04", "note": "N", "expected_revision": "1" }
then refused STALE_REVISION as-1
when EndAssignment { "assignment_id": "as-1", "ended_on": "2017-03-03", "note": "N" }
then refused DATE_BEFORE_STEP ended_on
as project-office region 53
when EndAssignment { "assignment_id": "as-1", "ended_on": "2017-03-04", "note": "N" }
then refused NOT_FOUND as-1
when ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-04" }
then refused NOT_FOUND as-1
then GetStationCoverage { "programme_year_id": "dh", "region_code": "44" } refused NOT_FOUND dh

story A person in post has a supervisor until he leaves
include setup.inc
include supervised.inc
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": {
	"kind": "SUPERVISEE_KIND_PERSON", "posting_id": "po-a1-1", "project_id": "pr-s1-ag-1",
	"supervisee_id": "w1", "agency_id": "ag-1", "region_code": "533102",
	"state": "ASSIGNMENT_STATE_ACTIVE" } }
as province
given stations.EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-05-02", "end_reason": "END_REASON_RESIGNED" }
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": {
	"state": "ASSIGNMENT_STATE_ENDED", "end": "ASSIGNMENT_END_SUPERVISEE_GONE" } }
as project-office
when ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv1", "posting_id": "po-a1-1",
	"proposed_on": "2022-05-02" }
then refused SUPERVISEE_NOT_AT_WORK w1

story Whoever leaves a station's post has a supervisor no more
include double.inc
as town 441900003
given stations.ReservePost {
	"posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given personnel.RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
given personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
as project-office region 44
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "posting_id": "po-1",
	"proposed_on": "2017-03-02" }
as town 441900003
given personnel.EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_RESIGNED" }
as project-office region 44
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": {
	"kind": "SUPERVISEE_KIND_PERSON", "supervisee_id": "w1", "agency_id": "", "project_id": "",
	"state": "ASSIGNMENT_STATE_ENDED", "end": "ASSIGNMENT_END_SUPERVISEE_GONE" } }

story Whose place is given up by an approved change has a supervisor no more (rule B26)
include setup.inc
include supervised.inc
as agency ag-1
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "R", "alteration": { "posting_id": "po-a1-1" } }
given stations.SubmitChange { "change_id": "ch1" }
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then GetAssignment { "assignment_id": "as-1" } gives { "assignment": {
	"state": "ASSIGNMENT_STATE_ENDED", "end": "ASSIGNMENT_END_SUPERVISEE_GONE" } }

story A supervisor works in the year that named him (rule B38)
include setup.inc
include supervised.inc
today 2022-05-03
include double-beside.inc
when ProposeAssignment {
	"assignment_id": "as-9", "supervisor_id": "sv1", "supervised_supervisor_id": "sv-next",
	"proposed_on": "2022-05-03" }
then refused OF_ANOTHER_YEAR sv1 by B38

story Nobody scores the project whose people he supervises
include setup.inc
include supervised.inc
include round.inc
today 2022-05-21
as evaluator e1 person w4
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
then refused SCORER_SUPERVISES pr-s1-ag-1
