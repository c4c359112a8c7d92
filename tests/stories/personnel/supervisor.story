story The project office names a candidate supervisor
include entrusted.inc
today 2017-03-02
when NominateSupervisor {
	"supervisor_id": "sv1", "programme_year_id": "dh", "person_id": "pa", "region_code": "4401" }
then event SupervisorNominated {
	"supervisor": { "supervisor_id": "sv1", "state": "SUPERVISOR_STATE_CANDIDATE",
		"nominated_on": "2017-03-02" } }
as province region 44
when NominateSupervisor {
	"supervisor_id": "sv2", "programme_year_id": "dh", "person_id": "pb", "region_code": "4401" }
then refused CALLER_NOT_ALLOWED

story Without an entrustment in force the office names nobody (rule A7)
include entrusted.inc
when NominateSupervisor {
	"supervisor_id": "sv1", "programme_year_id": "dh", "person_id": "pa", "region_code": "4401" }
then refused OFFICE_NOT_ENTRUSTED dh by A7

story Without an entrustment in force the office takes no step (rule A7)
include candidate.inc
as province region 44
given stations.TerminateEntrustment {
	"entrustment_id": "en", "ended_on": "2017-03-02", "note": "Another office is chosen" }
as project-office region 44
when SelectSupervisor { "supervisor_id": "sv1", "selected_on": "2017-03-02" }
then refused OFFICE_NOT_ENTRUSTED dh by A7

story A candidate is a known person in the office's province, for a known year
include entrusted.inc
today 2017-03-02
when NominateSupervisor {
	"supervisor_id": "sv1", "programme_year_id": "dx", "person_id": "pa", "region_code": "4401" }
then refused YEAR_UNKNOWN dx
when NominateSupervisor {
	"supervisor_id": "sv1", "programme_year_id": "dh", "person_id": "pz", "region_code": "4401" }
then refused PERSON_UNKNOWN pz
when NominateSupervisor {
	"supervisor_id": "sv1", "programme_year_id": "dh", "person_id": "pa", "region_code": "5301" }
then refused NOT_FOUND 5301

story Nobody is a supervisor twice in a year
include candidate.inc
when NominateSupervisor {
	"supervisor_id": "sv1", "programme_year_id": "dh", "person_id": "pb", "region_code": "4401" }
then refused SUPERVISOR_EXISTS sv1
when NominateSupervisor {
	"supervisor_id": "sv2", "programme_year_id": "dh", "person_id": "pa", "region_code": "4402" }
then refused ALREADY_SUPERVISOR pa
given RevokeSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-02", "reason": "Gone" }
when NominateSupervisor {
	"supervisor_id": "sv2", "programme_year_id": "dh", "person_id": "pa", "region_code": "4402" }
then accepted

story A candidate is chosen, trained, assessed and goes to work (rule A8)
include candidate.inc
when SelectSupervisor { "supervisor_id": "sv1", "selected_on": "2017-03-02", "expected_revision": "1" }
then event SupervisorSelected { "supervisor": { "state": "SUPERVISOR_STATE_SELECTED" } }
today 2017-03-10
when TrainSupervisor { "supervisor_id": "sv1", "trained_on": "2017-03-09", "hours": 40 }
then event SupervisorTrained {
	"supervisor": { "state": "SUPERVISOR_STATE_TRAINED", "training_hours": 40 } }
when AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-10", "passed": true }
then event SupervisorAssessed {
	"supervisor": { "state": "SUPERVISOR_STATE_ASSESSED_PASS", "passed": true },
	"assessment": { "assessment_id": "as1", "yearly": false, "recorded_by": "p-project-office" } }
when ActivateSupervisor { "supervisor_id": "sv1", "activated_on": "2017-03-10" }
then event SupervisorActivated {
	"supervisor": { "state": "SUPERVISOR_STATE_ACTIVE", "assess_by": "2018-03-10" } }
then GetSupervisor { "supervisor_id": "sv1" } gives { "supervisor": { "activated_on": "2017-03-10" } }

story No step of a supervisor's career is left out (rule A8)
include candidate.inc
when TrainSupervisor { "supervisor_id": "sv1", "trained_on": "2017-03-02", "hours": 40 }
then refused SUPERVISOR_NOT_SELECTED sv1 by A8
when AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-02", "passed": true }
then refused SUPERVISOR_NOT_TRAINED sv1 by A8
when ActivateSupervisor { "supervisor_id": "sv1", "activated_on": "2017-03-02" }
then refused SUPERVISOR_NOT_PASSED sv1 by A8
when SuspendSupervisor { "supervisor_id": "sv1", "suspended_on": "2017-03-02", "reason": "R" }
then refused SUPERVISOR_NOT_AT_WORK sv1
when RetireSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-02", "reason": "R" }
then refused SUPERVISOR_NOT_AT_WORK sv1
given SelectSupervisor { "supervisor_id": "sv1", "selected_on": "2017-03-02" }
when SelectSupervisor { "supervisor_id": "sv1", "selected_on": "2017-03-02" }
then refused SUPERVISOR_NOT_CANDIDATE sv1 by A8

story The steps of a career are dated in their order
include candidate.inc
today 2017-03-10
given SelectSupervisor { "supervisor_id": "sv1", "selected_on": "2017-03-08" }
when TrainSupervisor { "supervisor_id": "sv1", "trained_on": "2017-03-07", "hours": 40 }
then refused FIELD_INVALID trained_on
when TrainSupervisor { "supervisor_id": "sv1", "trained_on": "2017-03-09", "hours": -1 }
then refused FIELD_INVALID hours
given TrainSupervisor { "supervisor_id": "sv1", "trained_on": "2017-03-09", "hours": 40 }
when AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-08", "passed": true }
then refused FIELD_INVALID assessed_on
given AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-10", "passed": true }
when ActivateSupervisor { "supervisor_id": "sv1", "activated_on": "2017-03-09" }
then refused FIELD_INVALID activated_on

story Who fails the assessment is trained again (rule A8)
include supervisor-trained.inc
when AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-10" }
then refused FIELD_INVALID note
when AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-10", "note": "Too early" }
then event SupervisorAssessed { "supervisor": { "state": "SUPERVISOR_STATE_ASSESSED_FAIL" } }
when ActivateSupervisor { "supervisor_id": "sv1", "activated_on": "2017-03-10" }
then refused SUPERVISOR_NOT_PASSED sv1
when TrainSupervisor { "supervisor_id": "sv1", "trained_on": "2017-03-10", "hours": 8 }
then event SupervisorTrained { "supervisor": { "training_hours": 48 } }
when AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-10", "passed": true }
then refused ASSESSMENT_EXISTS as1
when AssessSupervisor {
	"assessment_id": "as2", "supervisor_id": "sv1", "assessed_on": "2017-03-10", "passed": true }
then accepted
then ListSupervisorAssessments { "supervisor_id": "sv1" } gives {
	"assessments": [{ "assessment_id": "as1" }, { "assessment_id": "as2", "passed": true }] }

story A supervisor is suspended and goes back to work
include supervisor-active.inc
when SuspendSupervisor { "supervisor_id": "sv1", "suspended_on": "2017-03-10", "reason": "Ill" }
then event SupervisorSuspended {
	"supervisor": { "state": "SUPERVISOR_STATE_SUSPENDED", "suspended_on": "2017-03-10" } }
when SuspendSupervisor { "supervisor_id": "sv1", "suspended_on": "2017-03-10", "reason": "Ill" }
then refused SUPERVISOR_NOT_AT_WORK sv1
when ResumeSupervisor { "supervisor_id": "sv1", "reason": "Well" }
then event SupervisorResumed {
	"supervisor": { "state": "SUPERVISOR_STATE_ACTIVE", "suspended_on": "" } }
when ResumeSupervisor { "supervisor_id": "sv1", "reason": "Well" }
then refused SUPERVISOR_NOT_SUSPENDED sv1

story Who fails a yearly assessment is not at work until it is passed (rule A8)
include supervisor-active.inc
today 2018-03-05
when AssessSupervisor {
	"assessment_id": "as2", "supervisor_id": "sv1", "assessed_on": "2017-03-09", "passed": true }
then refused FIELD_INVALID assessed_on
when AssessSupervisor {
	"assessment_id": "as2", "supervisor_id": "sv1", "assessed_on": "2018-03-05", "note": "Poor" }
then event SupervisorSuspended {
	"supervisor": { "state": "SUPERVISOR_STATE_SUSPENDED", "reason": "Poor" },
	"assessment": { "yearly": true } }
when ResumeSupervisor { "supervisor_id": "sv1", "reason": "R" }
then refused SUPERVISOR_NOT_PASSED sv1 by A8
given AssessSupervisor {
	"assessment_id": "as3", "supervisor_id": "sv1", "assessed_on": "2018-03-05", "passed": true }
when ResumeSupervisor { "supervisor_id": "sv1", "reason": "R" }
then accepted

story A yearly assessment that is not made in time is shown as overdue, once
include supervisor-active.inc
today 2018-03-10
then ListSupervisors { "assessment_overdue": true } gives { "supervisors": [] }
today 2018-03-11
then GetSupervisor { "supervisor_id": "sv1" } gives {
	"supervisor": { "assessment_overdue": true, "revision": "6" } }
then GetSupervisorPool { "programme_year_id": "dh" } gives { "assessments_overdue": "1" }
today 2018-03-12
then GetSupervisor { "supervisor_id": "sv1" } gives { "supervisor": { "revision": "6" } }
given AssessSupervisor {
	"assessment_id": "as2", "supervisor_id": "sv1", "assessed_on": "2018-03-12", "passed": true }
then GetSupervisor { "supervisor_id": "sv1" } gives {
	"supervisor": { "assessment_overdue": false, "assess_by": "2019-03-12" } }

story A supervisor retires
include supervisor-active.inc
when RetireSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-09", "reason": "Age" }
then refused FIELD_INVALID ended_on
when RetireSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-10", "reason": "Age" }
then event SupervisorRetired {
	"supervisor": { "state": "SUPERVISOR_STATE_RETIRED", "ended_on": "2017-03-10", "assess_by": "" } }
today 2018-03-11
then ListSupervisors { "assessment_overdue": true } gives { "supervisors": [] }

story It is taken away from a person to be a supervisor, once
include supervisor-active.inc
when RevokeSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-10", "reason": "R" }
then event SupervisorRevoked { "supervisor": { "state": "SUPERVISOR_STATE_REVOKED" } }
when RevokeSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-10", "reason": "R" }
then refused SUPERVISOR_ENDED sv1

story Another province's supervisors do not exist for an office, and no step is taken on an old reading
include candidate.inc
when SelectSupervisor { "supervisor_id": "sv1", "selected_on": "2017-03-02", "expected_revision": "7" }
then refused STALE_REVISION sv1
as project-office region 53
when SelectSupervisor { "supervisor_id": "sv1", "selected_on": "2017-03-02" }
then refused NOT_FOUND sv1

story The pool of supervisors is counted by prefecture and state (rule A8)
include supervisor-active.inc
given NominateSupervisor {
	"supervisor_id": "sv2", "programme_year_id": "dh", "person_id": "pb", "region_code": "440103" }
as dashboard region 44
then GetSupervisorPool { "programme_year_id": "dh" } gives {
	"at_work": "1", "counts": [
		{ "region_code": "4401", "state": "SUPERVISOR_STATE_CANDIDATE", "supervisors": "1" },
		{ "region_code": "4401", "state": "SUPERVISOR_STATE_ACTIVE", "supervisors": "1" }] }
as dashboard
then GetSupervisorPool { "programme_year_id": "dh" } refused NOT_FOUND dh

story Nobody assesses himself as a supervisor (rule A8)
include supervisor-trained.inc
as project-office region 44 person pa
when AssessSupervisor {
	"assessment_id": "as1", "supervisor_id": "sv1", "assessed_on": "2017-03-10", "passed": true }
then refused ASSESSED_BY_SELF pa
