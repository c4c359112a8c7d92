story A supervisor is made, supervises, is assessed again and is one no more (rules A5, A8, workflow W6)
include ../supervision/assigned.inc
# He supervises, and the town acknowledges a day too late.
as supervisor pa region 44
given supervision.PlanSession {
	"session_id": "se-1", "assignment_id": "as-1", "kind": "SESSION_KIND_GROUP",
	"planned_by": "2017-03-10", "topic": "First visits" }
today 2017-03-10
given supervision.HoldSession {
	"session_id": "se-1", "held_on": "2017-03-10", "minutes": 90, "attendees": 3 }
given supervision.RecordSession {
	"session_id": "se-1", "record": "How to open a file.", "recorded_on": "2017-03-10" }
today 2017-03-18
as province region 44
then reporting.ListAlerts { "subject_id": "se-1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "state": "ALERT_STATE_RAISED", "raised_on": "2017-03-18" }] }
as town 441900003
given supervision.AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-18" }
as province region 44
then reporting.ListAlerts { "subject_id": "se-1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "state": "ALERT_STATE_CLEARED", "cleared_on": "2017-03-18" }] }
# He is assessed again.
today 2017-06-01
as project-office region 44
when personnel.AssessSupervisor {
	"assessment_id": "as1-again", "supervisor_id": "sv1", "assessed_on": "2017-06-01",
	"passed": true }
then accepted
then supervision.GetSupervisorLoad { "supervisor_id": "sv1" } gives { "stations": 1 }
# He is a supervisor no more: his station has none from that day, and after ten days that is alerted.
when personnel.RevokeSupervisor {
	"supervisor_id": "sv1", "ended_on": "2017-06-01", "reason": "He copied his records." }
then event supervision.AssignmentEnded { "assignment": {
	"assignment_id": "as-1", "end": "ASSIGNMENT_END_SUPERVISOR_GONE", "ended_on": "2017-06-01" } }
then event supervision.StationUnsupervised { "cover": {
	"station_id": "st-1", "gap": true, "gap_since": "2017-06-01" } }
today 2017-06-10
as province region 44
then reporting.GetAlert { "alert_id": "overdue:supervisor:st-1:2017-06-01" } refused NOT_FOUND overdue:supervisor:st-1:2017-06-01
today 2017-06-11
then reporting.GetAlert { "alert_id": "overdue:supervisor:st-1:2017-06-01" } gives { "alert": {
	"state": "ALERT_STATE_RAISED", "raised_on": "2017-06-11" } }
# Another supervisor takes the station, and the alert clears.
as project-office region 44
given supervision.ProposeAssignment {
	"assignment_id": "as-2", "supervisor_id": "sv2", "station_id": "st-1",
	"proposed_on": "2017-06-11" }
given supervision.ActivateAssignment { "assignment_id": "as-2", "active_on": "2017-06-11" }
as province region 44
then reporting.GetAlert { "alert_id": "overdue:supervisor:st-1:2017-06-01" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED" } }
then supervision.ListStationCovers { "programme_year_id": "dh", "gap": true } gives { "covers": [
	{ "station_id": "st-2" }] }
