story A session is planned, held, written down and acknowledged (rule A10)
include assigned.inc
given SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
as supervisor pa region 44
when PlanSession {
	"session_id": "se-1", "assignment_id": "as-1", "plan_id": "pl-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "First visits" }
then event SessionPlanned { "session": {
	"session_id": "se-1", "assignment_id": "as-1", "plan_id": "pl-1", "programme_year_id": "dh",
	"region_code": "441900003", "kind": "SESSION_KIND_GROUP", "supervisor_id": "sv1",
	"supervisor_person_id": "pa", "supervisee_kind": "SUPERVISEE_KIND_STATION",
	"supervisee_id": "st-1", "station_id": "st-1", "state": "SESSION_STATE_PLANNED",
	"planned_by": "2017-03-10", "topic": "First visits" } }
today 2017-03-10
when HoldSession {
	"session_id": "se-1", "held_on": "2017-03-09", "minutes": 90, "attendees": 3,
	"expected_revision": "1" }
then event SessionHeld { "session": {
	"state": "SESSION_STATE_HELD", "held_on": "2017-03-09", "minutes": 90, "attendees": 3 } }
when RecordSession {
	"session_id": "se-1", "record": "How to open a file.", "recorded_on": "2017-03-10",
	"expected_revision": "2" }
then event SessionRecorded {
	"session": {
		"state": "SESSION_STATE_RECORDED", "record": "How to open a file.",
		"recorded_on": "2017-03-10", "acknowledge_by": "2017-03-17" },
	"plan": { "plan_id": "pl-1", "done_sessions": 1, "done_minutes": 90 } }
as town 441900003
when AcknowledgeSession {
	"session_id": "se-1", "acknowledged_on": "2017-03-10", "expected_revision": "3" }
then event SessionAcknowledged { "session": {
	"state": "SESSION_STATE_ACKNOWLEDGED", "acknowledged_on": "2017-03-10",
	"acknowledger_id": "p-town", "acknowledged_late": false } }
then GetSession { "session_id": "se-1" } gives { "session": { "revision": "4" } }
then ListSessions { "station_id": "st-1" } gives { "sessions": [{ "session_id": "se-1" }] }

story A session that is acknowledged after its date is marked late
include recorded.inc
today 2017-03-18
as town 441900003
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-18" }
then event SessionAcknowledged { "session": { "acknowledged_late": true } }

story Who is supervised acknowledges, and nobody else
include recorded.inc
as supervisor pb region 44
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-10" }
then refused NOT_THE_SUPERVISEE pb
as worker px ag-44 441900003
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-10" }
then refused NOT_THE_SUPERVISEE px
as town 441900004
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-10" }
then refused NOT_FOUND se-1
as town 441900003
given AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-10" }
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-10" }
then refused SESSION_NOT_RECORDED se-1

story Who works at a station acknowledges for it
include recorded.inc
as town 441900003
given stations.ReservePost {
	"posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given personnel.RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
given personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-10" }
as worker w1 - 441900003
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-10" }
then event SessionAcknowledged { "session": { "acknowledger_id": "w1" } }

story A person in post acknowledges his own sessions
include setup.inc
include supervised.inc
as supervisor w4
given PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_INDIVIDUAL", "planned_by": "2022-05-02", "topic": "T" }
given HoldSession { "session_id": "se-1", "held_on": "2022-05-02", "minutes": 60, "attendees": 1 }
given RecordSession { "session_id": "se-1", "record": "R", "recorded_on": "2022-05-02" }
then event SessionRecorded { "session": { "agency_id": "ag-1", "acknowledge_by": "" } }
as worker w2 ag-1 533102
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2022-05-02" }
then refused NOT_THE_SUPERVISEE w2
as worker w1 ag-1 533102
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2022-05-02" }
then accepted

story A supervisor who is supervised acknowledges it (rule A8)
include double.inc
today 2017-03-03
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "supervised_supervisor_id": "sv2",
	"proposed_on": "2017-03-03" }
given ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-03" }
given PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_INDIVIDUAL", "planned_by": "2017-03-03", "topic": "T" }
given HoldSession { "session_id": "se-1", "held_on": "2017-03-03", "minutes": 60, "attendees": 1 }
given RecordSession { "session_id": "se-1", "record": "R", "recorded_on": "2017-03-03" }
as supervisor pb region 44
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-03" }
then accepted

story Sessions are held under an assignment that has begun
include double.inc
today 2017-03-03
given ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-03" }
when PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
then refused ASSIGNMENT_NOT_ACTIVE as-1
when PlanSession {
	"session_id": "se-1", "assignment_id": "as-9",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
then refused NOT_FOUND as-9

story A supervisor acts in his own sessions
include recorded.inc
as supervisor pb region 44
when PlanSession {
	"session_id": "se-2", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
then refused NOT_FOUND as-1
as supervisor pa region 44
given PlanSession {
	"session_id": "se-2", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
as supervisor pb region 44
when HoldSession { "session_id": "se-2", "held_on": "2017-03-10", "minutes": 60, "attendees": 1 }
then refused NOT_FOUND se-2
when CancelSession { "session_id": "se-2", "reason": "R" }
then refused NOT_FOUND se-2
as supervisor pa region 44
given HoldSession { "session_id": "se-2", "held_on": "2017-03-10", "minutes": 60, "attendees": 1 }
as supervisor pb region 44
when RecordSession { "session_id": "se-2", "record": "R", "recorded_on": "2017-03-10" }
then refused NOT_FOUND se-2

story A session is planned once, for a day to come
include assigned.inc
when PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-02", "topic": "T" }
then refused SESSION_PLANNED_IN_PAST se-1
given PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-03", "topic": "T" }
when PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-03", "topic": "T" }
then refused SESSION_EXISTS se-1

story A session counts for a plan of its year, area and kind (rule A10)
include recorded.inc
as project-office region 44
given SetSupervisionPlan {
	"plan_id": "pl-2", "programme_year_id": "dh", "region_code": "441900004",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4 }
when PlanSession {
	"session_id": "se-2", "assignment_id": "as-1", "plan_id": "pl-1",
	"kind": "SESSION_KIND_TRAINING", "planned_by": "2017-03-10", "topic": "T" }
then refused PLAN_DOES_NOT_FIT pl-1 by A10
when PlanSession {
	"session_id": "se-2", "assignment_id": "as-1", "plan_id": "pl-2",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
then refused PLAN_DOES_NOT_FIT pl-2
when PlanSession {
	"session_id": "se-2", "assignment_id": "as-1", "plan_id": "pl-9",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
then refused NOT_FOUND pl-9

story A session that is held after the plan's period does not count for it (rule A10)
include recorded.inc
given PlanSession {
	"session_id": "se-2", "assignment_id": "as-1", "plan_id": "pl-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-31", "topic": "T" }
today 2017-04-02
given HoldSession { "session_id": "se-2", "held_on": "2017-04-01", "minutes": 60, "attendees": 1 }
when RecordSession { "session_id": "se-2", "record": "R", "recorded_on": "2017-04-01" }
then accepted
then GetSupervisionPlan { "plan_id": "pl-1" } gives { "plan": { "done_sessions": 1 } }

story A session that will not take place is cancelled
include assigned.inc
given PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
when CancelSession { "session_id": "se-1", "reason": "Flood", "expected_revision": "2" }
then refused STALE_REVISION se-1
when CancelSession { "session_id": "se-1", "reason": "Flood", "expected_revision": "1" }
then event SessionCancelled { "session": {
	"state": "SESSION_STATE_CANCELLED", "cancel_reason": "Flood" } }
when CancelSession { "session_id": "se-1", "reason": "Flood" }
then refused SESSION_NOT_PLANNED se-1
when HoldSession { "session_id": "se-1", "held_on": "2017-03-03", "minutes": 60, "attendees": 1 }
then refused SESSION_NOT_PLANNED se-1
when RecordSession { "session_id": "se-1", "record": "R", "recorded_on": "2017-03-03" }
then refused SESSION_NOT_HELD se-1
as town 441900003
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-03" }
then refused SESSION_NOT_RECORDED se-1

story A session's steps follow each other, on what was read
include assigned.inc
given PlanSession {
	"session_id": "se-1", "assignment_id": "as-1",
	"kind": "SESSION_KIND_GROUP", "planned_by": "2017-03-10", "topic": "T" }
today 2017-03-10
when HoldSession { "session_id": "se-1", "held_on": "2017-03-02", "minutes": 60, "attendees": 1 }
then refused DATE_BEFORE_STEP held_on
when HoldSession { "session_id": "se-1", "held_on": "2017-03-05", "minutes": 0, "attendees": 1 }
then refused FIELD_INVALID minutes
when HoldSession { "session_id": "se-1", "held_on": "2017-03-05", "minutes": 1441, "attendees": 1 }
then refused FIELD_INVALID minutes
when HoldSession { "session_id": "se-1", "held_on": "2017-03-05", "minutes": 60, "attendees": 0 }
then refused FIELD_INVALID attendees
when HoldSession {
	"session_id": "se-1", "held_on": "2017-03-05", "minutes": 60, "attendees": 1,
	"expected_revision": "2" }
then refused STALE_REVISION se-1
given HoldSession { "session_id": "se-1", "held_on": "2017-03-05", "minutes": 60, "attendees": 1 }
when RecordSession { "session_id": "se-1", "record": "R", "recorded_on": "2017-03-04" }
then refused DATE_BEFORE_STEP recorded_on
when RecordSession {
	"session_id": "se-1", "record": "R", "recorded_on": "2017-03-06", "expected_revision": "1" }
then refused STALE_REVISION se-1
given RecordSession { "session_id": "se-1", "record": "R", "recorded_on": "2017-03-06" }
as town 441900003
when AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-05" }
then refused DATE_BEFORE_STEP acknowledged_on
when AcknowledgeSession {
	"session_id": "se-1", "acknowledged_on": "2017-03-06", "expected_revision": "2" }
then refused STALE_REVISION se-1

story How often and how long was supervised can be asked for a station, a supervisor and an area (rule A10)
include recorded.inc
given PlanSession {
	"session_id": "se-2", "assignment_id": "as-1",
	"kind": "SESSION_KIND_TRAINING", "planned_by": "2017-03-10", "topic": "T" }
given HoldSession { "session_id": "se-2", "held_on": "2017-03-10", "minutes": 200, "attendees": 9 }
as project-office region 44
then GetSupervisionHours { "station_id": "st-1" } gives {
	"sessions": 1, "minutes": 90, "trainings": 0, "training_minutes": 0 }
given RecordSession { "session_id": "se-2", "record": "R", "recorded_on": "2017-03-10" }
then GetSupervisionHours { "station_id": "st-1" } gives {
	"sessions": 1, "minutes": 90, "trainings": 1, "training_minutes": 200 }
then GetSupervisionHours { "supervisor_id": "sv1" } gives {
	"sessions": 1, "minutes": 90, "trainings": 1, "training_minutes": 200 }
then GetSupervisionHours { "supervisor_id": "sv2" } gives { "sessions": 0, "trainings": 0 }
then GetSupervisionHours { "programme_year_id": "dh", "region_code": "4419" } gives {
	"sessions": 1, "minutes": 90, "trainings": 1, "training_minutes": 200 }
then GetSupervisionHours { "programme_year_id": "dh", "region_code": "44" } gives {
	"sessions": 1, "trainings": 1 }
then GetSupervisionHours { "programme_year_id": "dh", "region_code": "441900" } refused FIELD_INVALID region_code
then GetSupervisionHours { "station_id": "st-9" } refused NOT_FOUND st-9
then GetSupervisionHours { "supervisor_id": "sv9" } refused NOT_FOUND sv9
as regional-centre 4414
then GetSupervisionHours { "programme_year_id": "dh", "region_code": "4419" } refused NOT_FOUND 4419

story No session is held after the end of its assignment (rule A8)
include assigned.inc
for 1..2 given PlanSession {
	"session_id": "se-{n}", "assignment_id": "as-1", "kind": "SESSION_KIND_GROUP",
	"planned_by": "2017-03-20", "topic": "First visits" }
today 2017-03-10
given personnel.RevokeSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-10", "reason": "R" }
today 2017-03-20
when HoldSession { "session_id": "se-1", "held_on": "2017-03-11", "minutes": 90, "attendees": 3 }
then refused ASSIGNMENT_OVER as-1
when HoldSession { "session_id": "se-1", "held_on": "2017-03-10", "minutes": 90, "attendees": 3 }
then accepted

story Without an entrustment in force the office plans and records no supervision (rule A7)
include assigned.inc
for 1..3 given PlanSession {
	"session_id": "se-{n}", "assignment_id": "as-1", "kind": "SESSION_KIND_GROUP",
	"planned_by": "2017-03-20", "topic": "First visits" }
given HoldSession { "session_id": "se-2", "held_on": "2017-03-03", "minutes": 90, "attendees": 3 }
as province region 44
given stations.TerminateEntrustment {
	"entrustment_id": "en", "ended_on": "2017-03-03", "note": "Another office is chosen" }
as project-office region 44
when PlanSession {
	"session_id": "se-9", "assignment_id": "as-1", "kind": "SESSION_KIND_GROUP",
	"planned_by": "2017-03-20", "topic": "T" }
then refused OFFICE_NOT_ENTRUSTED dh by A7
when HoldSession { "session_id": "se-1", "held_on": "2017-03-03", "minutes": 90, "attendees": 3 }
then refused OFFICE_NOT_ENTRUSTED dh
when RecordSession { "session_id": "se-2", "record": "R", "recorded_on": "2017-03-03" }
then refused OFFICE_NOT_ENTRUSTED dh
when CancelSession { "session_id": "se-1", "reason": "R" }
then refused OFFICE_NOT_ENTRUSTED dh
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then refused OFFICE_NOT_ENTRUSTED dh
as supervisor pa region 44
when HoldSession { "session_id": "se-1", "held_on": "2017-03-03", "minutes": 90, "attendees": 3 }
then accepted
