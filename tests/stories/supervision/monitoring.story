story A locality writes down how a project gets on in a period (rule B28)
include setup.inc
include monitored.inc
then event ProjectMonitored { "entry": {
	"entry_id": "m1", "project_id": "pr-s1-ag-1", "programme_year_id": "ty-2022",
	"region_code": "533102", "agency_id": "ag-1", "period": "2022Q3",
	"progress": "PROGRESS_BEHIND", "observation": "The files are not kept.",
	"observed_on": "2022-09-19", "observer_id": "p-county" } }
then GetMonitoring { "entry_id": "m1" } gives { "entry": { "progress": "PROGRESS_BEHIND" } }
then ListMonitoring { "period": "2022Q3", "progress": "PROGRESS_BEHIND" } gives { "entries": [
	{ "entry_id": "m1" }] }
then ListMonitoring { "period": "2022Q4" } gives { "entries": [] }

story A period without an entry is shown, for the area and for the project (rule B28)
include setup.inc
include monitored.inc
then GetMonitoringCoverage {
	"programme_year_id": "ty-2022", "region_code": "533102", "period": "2022Q3" } gives {
	"projects": 1, "entries": 1, "missing": 0, "behind": 1 }
as province
then GetMonitoringCoverage {
	"programme_year_id": "ty-2022", "region_code": "53", "period": "2022Q3" } gives {
	"projects": 2, "entries": 1, "missing": 1, "behind": 1 }
then GetOversight { "project_id": "pr-s2-ag-2" } gives { "unmonitored_periods": [] }
today 2022-10-11
then GetOversight { "project_id": "pr-s2-ag-2" } gives {
	"monitored": 0, "unmonitored_periods": ["2022Q3"] }
then GetOversight { "project_id": "pr-s1-ag-1" } gives {
	"monitored": 1, "unmonitored_periods": [] }
then GetOversight { "project_id": "pr-s3-ag-2" } gives {
	"monitored": 0, "unmonitored_periods": [] }

story A period has one entry for a project (rule B28)
include setup.inc
include monitored.inc
when RecordMonitoring {
	"entry_id": "m2", "project_id": "pr-s1-ag-1", "period": "2022Q3",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-09-20" }
then refused MONITORED_ALREADY m1 by B28
as county 533122
when RecordMonitoring {
	"entry_id": "m1", "project_id": "pr-s2-ag-2", "period": "2022Q3",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-09-20" }
then refused ENTRY_EXISTS m1
when RecordMonitoring {
	"entry_id": "m2", "project_id": "pr-s2-ag-2", "period": "2022Q3",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-09-20" }
then accepted
as province
then GetMonitoringCoverage {
	"programme_year_id": "ty-2022", "region_code": "5331", "period": "2022Q3" } gives {
	"projects": 2, "entries": 2, "missing": 0, "behind": 1 }

story Only a project under way is monitored, in a period that the year has
include setup.inc
as province
when RecordMonitoring {
	"entry_id": "m1", "project_id": "pr-s3-ag-2", "period": "2022Q3",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-05-01" }
then refused PROJECT_NOT_UNDER_WAY pr-s3-ag-2
when RecordMonitoring {
	"entry_id": "m1", "project_id": "pr-s1-ag-1", "period": "2022Q3",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-04-30" }
then refused PROJECT_NOT_UNDER_WAY pr-s1-ag-1
when RecordMonitoring {
	"entry_id": "m1", "project_id": "pr-s1-ag-1", "period": "2022Q2",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-05-01" }
then refused PERIOD_UNKNOWN 2022Q2 by B28
then GetMonitoringCoverage {
	"programme_year_id": "ty-2022", "region_code": "53", "period": "2022Q2" } refused PERIOD_UNKNOWN 2022Q2

story A county monitors its own projects
include setup.inc
as county 533122
when RecordMonitoring {
	"entry_id": "m1", "project_id": "pr-s1-ag-1", "period": "2022Q3",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-05-01" }
then refused NOT_FOUND pr-s1-ag-1
then GetMonitoringCoverage {
	"programme_year_id": "ty-2022", "region_code": "5331", "period": "2022Q3" } refused NOT_FOUND 5331
then GetOversight { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1

story A project is looked at in four ways, and each is counted (rule B23)
include setup.inc
as county 533102
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given PlanVisit {
	"visit_id": "v2", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given ReportVisit { "visit_id": "v1", "visited_on": "2022-05-01", "summary": "S" }
given HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "533102",
	"project_ids": ["pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
include round.inc
include reviewed.inc
then GetOversight { "project_id": "pr-s1-ag-1" } gives {
	"project_id": "pr-s1-ag-1", "visits": 1, "reports": 0, "exchanges": 1, "evaluations": 0 }
given FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
then GetOversight { "project_id": "pr-s1-ag-1" } gives { "evaluations": 1 }
today 2022-07-01
as agency ag-1
given reporting.DraftReport {
	"report_id": "q1", "site_id": "s1", "period": "2022Q3", "progress": "P", "problems": "P",
	"next_steps": "N" }
given reporting.SubmitReport { "report_id": "q1", "submitted_on": "2022-07-01" }
then GetOversight { "project_id": "pr-s1-ag-1" } gives { "reports": 0 }
as province
given reporting.AcceptReport { "report_id": "q1" }
then GetOversight { "project_id": "pr-s1-ag-1" } gives { "reports": 1, "evaluations": 1 }

story Another province learns nothing of a year's monitoring
include setup.inc
as province region 44
then GetMonitoringCoverage {
	"programme_year_id": "ty-2022", "period": "2022Q3", "region_code": "44" } refused NOT_FOUND ty-2022
