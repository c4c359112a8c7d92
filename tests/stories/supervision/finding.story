story A finding goes from the county to the agency, back, to the province and is closed (rule B25)
include setup.inc
include raised.inc
then event FindingRaised { "finding": {
	"finding_id": "f1", "posting_id": "po-a1-1", "person_id": "w1", "project_id": "pr-s1-ag-1",
	"programme_year_id": "ty-2022", "site_id": "s1", "region_code": "533102", "agency_id": "ag-1",
	"state": "FINDING_STATE_RAISED", "found_on": "2022-05-09", "raiser_id": "p-county",
	"notify_by": "2022-05-12", "due_by": "2022-05-12", "overdue": false, "revision": "1" } }
when NotifyAgency {
	"finding_id": "f1", "notice": "Please look into it.", "notified_on": "2022-05-10",
	"expected_revision": "1" }
then event AgencyNotified { "finding": {
	"state": "FINDING_STATE_NOTIFIED", "notice": "Please look into it.",
	"notified_on": "2022-05-10", "notifier_id": "p-county", "handle_by": "2022-05-20",
	"due_by": "2022-05-20" } }
as agency ag-1
when RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "He was warned.",
	"handled_on": "2022-05-10", "expected_revision": "2" }
then event FindingHandled { "finding": {
	"state": "FINDING_STATE_HANDLED", "disposition": "DISPOSITION_WARNING",
	"handling": "He was warned.", "handled_on": "2022-05-10", "handler_id": "p-ag-1",
	"report_by": "2022-05-15", "due_by": "2022-05-15" } }
when ReportFinding {
	"finding_id": "f1", "report": "Warned.", "reported_on": "2022-05-10",
	"expected_revision": "3" }
then event FindingReported { "finding": {
	"state": "FINDING_STATE_REPORTED", "report": "Warned.", "reported_on": "2022-05-10",
	"reporter_id": "p-ag-1", "due_by": "", "late": false } }
as province
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10", "expected_revision": "4" }
then event FindingClosed { "finding": {
	"state": "FINDING_STATE_CLOSED", "closed_on": "2022-05-10", "closer_id": "p-province",
	"overdue": false, "late": false, "revision": "5" } }
then GetFinding { "finding_id": "f1" } gives { "finding": { "state": "FINDING_STATE_CLOSED" } }

story The order of the steps is kept (rule B25)
include setup.inc
include raised.inc
as agency ag-1
when RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-10" }
then refused FINDING_NOT_NOTIFIED f1 by B25
when ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-10" }
then refused FINDING_NOT_HANDLED f1 by B25
as province
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10" }
then refused FINDING_NOT_REPORTED f1 by B25

story A step is taken once (rule B25)
include setup.inc
include reported.inc
when NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-10" }
then refused FINDING_NOT_RAISED f1 by B25
when ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-10" }
then refused FINDING_NOT_HANDLED f1
as agency ag-1
when RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_RECALL", "handling": "H",
	"handled_on": "2022-05-10" }
then refused FINDING_NOT_NOTIFIED f1
as province
given CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10" }
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10" }
then refused FINDING_NOT_REPORTED f1

story A finding is about somebody who was in post (rule B25)
include setup.inc
today 2022-05-10
as county 533123
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a3-1", "found_on": "2022-05-09", "summary": "S" }
then refused NOT_IN_POST po-a3-1 by B25
as county 533102
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-04-30", "summary": "S" }
then refused NOT_IN_POST po-a1-1
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-01", "summary": "S" }
then accepted
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-2", "found_on": "2022-05-01", "summary": "S" }
then refused FINDING_EXISTS f1

story A finding may name the visit at which it was made
include setup.inc
as county 533102
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given PlanVisit {
	"visit_id": "v2", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given ReportVisit { "visit_id": "v1", "visited_on": "2022-05-01", "summary": "S" }
as province
given PlanVisit {
	"visit_id": "v3", "project_id": "pr-s2-ag-2", "planned_by": "2022-05-03", "purpose": "P" }
given ReportVisit { "visit_id": "v3", "visited_on": "2022-05-01", "summary": "S" }
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-01", "summary": "S",
	"visit_id": "v2" }
then refused VISIT_ELSEWHERE v2
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-01", "summary": "S",
	"visit_id": "v3" }
then refused VISIT_ELSEWHERE v3
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-01", "summary": "S",
	"visit_id": "v9" }
then refused NOT_FOUND v9
as county 533102
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-01", "summary": "S",
	"visit_id": "v3" }
then refused NOT_FOUND v3
when RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-01", "summary": "S",
	"visit_id": "v1" }
then event FindingRaised { "finding": { "visit_id": "v1" } }

story A county has nothing to find in another county
include setup.inc
include raised.inc
as county 533122
when RaiseFinding {
	"finding_id": "f2", "posting_id": "po-a1-1", "found_on": "2022-05-09", "summary": "S" }
then refused NOT_FOUND po-a1-1
when NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-10" }
then refused NOT_FOUND f1
then GetFinding { "finding_id": "f1" } refused NOT_FOUND f1
then ListFindings { "programme_year_id": "ty-2022" } gives { "findings": [] }
as agency ag-2
then GetFinding { "finding_id": "f1" } refused NOT_FOUND f1
as county 533102
given NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-10" }
as agency ag-2
when RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-10" }
then refused NOT_FOUND f1
as agency ag-1
given RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-10" }
as agency ag-2
when ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-10" }
then refused NOT_FOUND f1
as county 533102
given ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-10" }
as province region 44
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10" }
then refused NOT_FOUND f1

story Colleagues do not read findings
include setup.inc
include raised.inc
as worker w2 ag-1 533102
then GetFinding { "finding_id": "f1" } refused CALLER_NOT_ALLOWED GetFinding
then ListFindings { "programme_year_id": "ty-2022" } refused CALLER_NOT_ALLOWED ListFindings

story Who read an older state of a finding does not change it
include setup.inc
include raised.inc
when NotifyAgency {
	"finding_id": "f1", "notice": "N", "notified_on": "2022-05-10", "expected_revision": "2" }
then refused STALE_REVISION f1
given NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-10" }
as agency ag-1
when RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-10", "expected_revision": "1" }
then refused STALE_REVISION f1
given RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-10" }
when ReportFinding {
	"finding_id": "f1", "report": "R", "reported_on": "2022-05-10", "expected_revision": "2" }
then refused STALE_REVISION f1
given ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-10" }
as province
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10", "expected_revision": "3" }
then refused STALE_REVISION f1

story A step of a finding is not dated before the one that it follows
include setup.inc
include raised.inc
today 2022-05-15
when NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-08" }
then refused DATE_BEFORE_STEP notified_on
given NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-11" }
as agency ag-1
when RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-10" }
then refused DATE_BEFORE_STEP handled_on
given RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-12" }
when ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-11" }
then refused DATE_BEFORE_STEP reported_on
given ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-13" }
as province
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-12" }
then refused DATE_BEFORE_STEP closed_on

story A step that was not taken in time is overdue from the next day until it is taken (rule B25)
include setup.inc
include raised.inc
today 2022-05-12
then ListFindings { "programme_year_id": "ty-2022", "overdue": true } gives { "findings": [] }
today 2022-05-13
then ListFindings { "programme_year_id": "ty-2022", "overdue": true } gives { "findings": [
	{ "finding_id": "f1", "state": "FINDING_STATE_RAISED", "due_by": "2022-05-12" }] }
when NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-13" }
then event AgencyNotified { "finding": {
	"overdue": false, "late": true, "handle_by": "2022-05-23", "due_by": "2022-05-23" } }
today 2022-05-24
then ListFindings { "programme_year_id": "ty-2022", "overdue": true } gives { "findings": [
	{ "finding_id": "f1", "state": "FINDING_STATE_NOTIFIED" }] }
as agency ag-1
given RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "H",
	"handled_on": "2022-05-24" }
today 2022-05-30
then ListFindings { "programme_year_id": "ty-2022", "overdue": true } gives { "findings": [
	{ "finding_id": "f1", "state": "FINDING_STATE_HANDLED", "due_by": "2022-05-29" }] }
when ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-30" }
then event FindingReported { "finding": { "overdue": false, "late": true } }

story What was done in time and entered late is not late (rule B25)
include setup.inc
include raised.inc
today 2022-05-25
then GetFinding { "finding_id": "f1" } gives { "finding": { "overdue": true } }
when NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-11" }
then event AgencyNotified { "finding": {
	"late": false, "due_by": "2022-05-21", "overdue": true } }

story How old the open findings are can be asked for each area (rule B25)
include setup.inc
include raised.inc
given RaiseFinding {
	"finding_id": "f2", "posting_id": "po-a1-2", "found_on": "2022-05-02", "summary": "S" }
as county 533122
given RaiseFinding {
	"finding_id": "f3", "posting_id": "po-a2-1", "found_on": "2022-05-05", "summary": "S" }
given NotifyAgency { "finding_id": "f3", "notice": "N", "notified_on": "2022-05-10" }
as county 533102
then GetFindingAges { "programme_year_id": "ty-2022", "region_code": "533102" } gives { "ages": [
	{ "state": "FINDING_STATE_RAISED", "findings": 2, "overdue": 1,
	  "oldest_found_on": "2022-05-02", "oldest_days": 8 },
	{ "state": "FINDING_STATE_NOTIFIED", "findings": 0, "overdue": 0, "oldest_found_on": "" },
	{ "state": "FINDING_STATE_HANDLED", "findings": 0 },
	{ "state": "FINDING_STATE_REPORTED", "findings": 0 }] }
then GetFindingAges { "programme_year_id": "ty-2022", "region_code": "5331" } refused NOT_FOUND 5331
as prefecture 5331
then GetFindingAges { "programme_year_id": "ty-2022", "region_code": "5331" } gives { "ages": [
	{ "findings": 2 }, { "findings": 1, "oldest_days": 5 }, {}, {}] }
as province
then GetFindingAges { "programme_year_id": "ty-2022", "region_code": "53" } gives { "ages": [
	{ "findings": 2 }, { "findings": 1 }, {}, {}] }
then GetFindingAges { "programme_year_id": "ty-2022", "region_code": "53310" } refused FIELD_INVALID region_code
then GetFindingAges { "programme_year_id": "ty-2022", "region_code": "533102001" } refused FIELD_INVALID region_code
then GetFindingAges { "programme_year_id": "ty-2023", "region_code": "53" } refused NOT_FOUND ty-2023

story Who is to be recalled has left before the finding is closed (rule B25)
include setup.inc
include raised.inc
given NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-10" }
as agency ag-1
given RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_RECALL", "handling": "We call him back.",
	"handled_on": "2022-05-10" }
given ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-10" }
as province
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10" }
then refused PERSON_STILL_IN_POST po-a1-1 by B25

story Who is to be replaced is replaced by an applied change before the finding is closed (rules B25, B26)
include setup.inc
include raised.inc
given NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-10" }
as agency ag-1
given RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_RECALL", "handling": "We call him back.",
	"handled_on": "2022-05-10" }
given ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2022-05-10" }
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "The finding f1",
	"alteration": { "posting_id": "po-a1-1" } }
given stations.SubmitChange { "change_id": "ch1" }
given stations.DraftChange {
	"change_id": "ch2", "project_id": "pr-s1-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PLAN", "reason": "R", "alteration": { "schedule": "Later" } }
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10" }
then refused NOT_BY_APPLIED_CHANGE f1 by B26
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10", "change_id": "ch2" }
then refused NOT_BY_APPLIED_CHANGE f1
when CloseFinding { "finding_id": "f1", "closed_on": "2022-05-10", "change_id": "ch1" }
then event FindingClosed { "finding": {
	"disposition": "DISPOSITION_RECALL", "change_id": "ch1" } }

story Whoever worked at a station has only to have left it (rule B25)
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
as prefecture 4419
given RaiseFinding {
	"finding_id": "f1", "posting_id": "po-1", "found_on": "2017-03-02", "summary": "S" }
given NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2017-03-02" }
as town 441900003
when RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_RECALL", "handling": "He is dismissed.",
	"handled_on": "2017-03-02" }
then accepted
as prefecture 4419
given ReportFinding { "finding_id": "f1", "report": "R", "reported_on": "2017-03-02" }
as town 441900003
given personnel.EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_DISMISSED" }
as province region 44
when CloseFinding { "finding_id": "f1", "closed_on": "2017-03-02" }
then accepted
