story A finding leads to a recall, is overdue at each step once, and shows in the evaluation (rules B25, B26, workflow W3)
include ../supervision/setup.inc
# The county finds something, and tells the agency a day too late.
today 2022-05-10
as county 533102
when supervision.RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-09",
	"summary": "He was not at work for three days." }
then event supervision.FindingRaised { "finding": { "due_by": "2022-05-12" } }
today 2022-05-13
then supervision.GetFinding { "finding_id": "f1" } gives { "finding": { "overdue": true } }
then reporting.GetAlert { "alert_id": "overdue:notice:f1" } gives { "alert": {
	"state": "ALERT_STATE_RAISED", "raised_on": "2022-05-13" } }
when supervision.NotifyAgency {
	"finding_id": "f1", "notice": "Please look into it.", "notified_on": "2022-05-13" }
then event supervision.AgencyNotified { "finding": { "late": true, "due_by": "2022-05-23" } }
then reporting.GetAlert { "alert_id": "overdue:notice:f1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-05-13" } }
# The agency recalls him, a day too late.
today 2022-05-24
then reporting.GetAlert { "alert_id": "overdue:disposition:f1" } gives { "alert": {
	"state": "ALERT_STATE_RAISED", "raised_on": "2022-05-24" } }
as agency ag-1
when supervision.RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_RECALL", "handling": "We call him back.",
	"handled_on": "2022-05-24" }
then event supervision.FindingHandled { "finding": { "due_by": "2022-05-29" } }
then reporting.GetAlert { "alert_id": "overdue:disposition:f1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED" } }
# The outcome is reported, a day too late.
today 2022-05-30
then reporting.GetAlert { "alert_id": "overdue:finding-report:f1" } gives { "alert": {
	"state": "ALERT_STATE_RAISED", "raised_on": "2022-05-30" } }
when supervision.ReportFinding {
	"finding_id": "f1", "report": "He will be called back.", "reported_on": "2022-05-30" }
then event supervision.FindingReported { "finding": { "overdue": false, "due_by": "" } }
then reporting.ListAlerts { "subject_id": "f1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [] }
# It is not closed while he is still in post.
as province
when supervision.CloseFinding { "finding_id": "f1", "closed_on": "2022-05-30" }
then refused PERSON_STILL_IN_POST po-a1-1 by B25
# The province approves that his place is given up; all follow, and the finding is closed with it.
as agency ag-1
given DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "The finding f1",
	"alteration": { "posting_id": "po-a1-1" } }
given SubmitChange { "change_id": "ch1" }
without funding
as province
given DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
when supervision.CloseFinding {
	"finding_id": "f1", "closed_on": "2022-05-30", "change_id": "ch1" }
then refused NOT_BY_APPLIED_CHANGE f1 by B26
with funding
when supervision.CloseFinding {
	"finding_id": "f1", "closed_on": "2022-05-30", "change_id": "ch1" }
then event supervision.FindingClosed { "finding": {
	"state": "FINDING_STATE_CLOSED", "disposition": "DISPOSITION_RECALL", "change_id": "ch1",
	"late": true } }
# Whoever evaluates the project sees that there was one.
as evaluator e1
then supervision.GetOversight { "project_id": "pr-s1-ag-1" } gives { "findings": 1 }
then supervision.GetOversight { "project_id": "pr-s2-ag-2" } gives { "findings": 0 }
