story A visit that took place is reported with those who were met
include setup.inc
as county 533102
when PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03",
	"purpose": "See how the team has settled." }
then event VisitPlanned { "visit": {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "site_id": "s1", "agency_id": "ag-1",
	"region_code": "533102", "programme_year_id": "ty-2022", "state": "VISIT_STATE_PLANNED",
	"planned_by": "2022-05-03", "purpose": "See how the team has settled.",
	"planner_id": "p-county" } }
today 2022-05-03
when ReportVisit {
	"visit_id": "v1", "visited_on": "2022-05-02", "summary": "Both are at work.",
	"met_posting_ids": ["po-a1-1", "po-a1-2"] }
then event VisitReported { "visit": {
	"visit_id": "v1", "state": "VISIT_STATE_REPORTED", "visited_on": "2022-05-02",
	"met_posting_ids": ["po-a1-1", "po-a1-2"], "reporter_id": "p-county", "late": false,
	"revision": "2" } }
then GetVisit { "visit_id": "v1" } gives { "visit": { "summary": "Both are at work." } }

story A visit after the date that was planned is kept and marked late
include setup.inc
as supervisor s1
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
today 2022-05-05
when ReportVisit { "visit_id": "v1", "visited_on": "2022-05-04", "summary": "The road was closed." }
then event VisitReported { "visit": { "late": true } }

story Visits are counted for each project (rule B23)
include setup.inc
as province
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given PlanVisit {
	"visit_id": "v2", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given PlanVisit {
	"visit_id": "v3", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given PlanVisit {
	"visit_id": "v4", "project_id": "pr-s2-ag-2", "planned_by": "2022-05-03", "purpose": "P" }
given ReportVisit { "visit_id": "v1", "visited_on": "2022-05-01", "summary": "S" }
when CancelVisit { "visit_id": "v2", "reason": "The road is closed." }
then event VisitCancelled { "visit": {
	"visit_id": "v2", "state": "VISIT_STATE_CANCELLED", "cancel_reason": "The road is closed." } }
then GetVisitCounts { "project_id": "pr-s1-ag-1" } gives {
	"project_id": "pr-s1-ag-1", "planned": 1, "reported": 1, "cancelled": 1 }
then GetVisitCounts { "project_id": "pr-s2-ag-2" } gives {
	"planned": 1, "reported": 0, "cancelled": 0 }
then ListVisits { "project_id": "pr-s1-ag-1" } gives {
	"visits": [{ "visit_id": "v1" }, { "visit_id": "v2" }, { "visit_id": "v3" }] }
then ListVisits { "region_code": "533122" } gives { "visits": [{ "visit_id": "v4" }] }

story The prefecture and the project office visit as well
include setup.inc
as prefecture 5331
when PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
then accepted
as project-office
when PlanVisit {
	"visit_id": "v2", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
then accepted

story Two visits never have one id
include setup.inc
as province
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
when PlanVisit {
	"visit_id": "v1", "project_id": "pr-s2-ag-2", "planned_by": "2022-05-03", "purpose": "P" }
then refused VISIT_EXISTS v1

story A visit is not planned for yesterday
include setup.inc
as province
when PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-04-30", "purpose": "P" }
then refused VISIT_PLANNED_IN_PAST v1
then no event

story A visit may be planned for today
include setup.inc
as province
when PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-01", "purpose": "P" }
then accepted

story A project that is over is not visited
include setup.inc
as province
given stations.EndPosting {
	"posting_id": "po-a2-1", "ended_on": "2022-05-01", "end_reason": "END_REASON_COMPLETED" }
given stations.CloseProject { "project_id": "pr-s2-ag-2", "closed_on": "2022-05-01" }
when PlanVisit {
	"visit_id": "v1", "project_id": "pr-s2-ag-2", "planned_by": "2022-05-03", "purpose": "P" }
then refused PROJECT_OVER pr-s2-ag-2

story Who works for another project was not met on a visit to this one
include setup.inc
as province
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
when ReportVisit {
	"visit_id": "v1", "visited_on": "2022-05-01", "summary": "S", "met_posting_ids": ["po-a2-1"] }
then refused POSTING_NOT_OF_PROJECT po-a2-1
when ReportVisit {
	"visit_id": "v1", "visited_on": "2022-05-01", "summary": "S", "met_posting_ids": ["nobody"] }
then refused POSTING_NOT_OF_PROJECT nobody

story Nobody is met twice on one visit
include setup.inc
as province
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
when ReportVisit {
	"visit_id": "v1", "visited_on": "2022-05-01", "summary": "S",
	"met_posting_ids": ["po-a1-1", "po-a1-2", "po-a1-1"] }
then refused POSTING_TWICE po-a1-1

story A visit is reported once, and then no longer cancelled
include setup.inc
as province
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
given ReportVisit { "visit_id": "v1", "visited_on": "2022-05-01", "summary": "S" }
when ReportVisit { "visit_id": "v1", "visited_on": "2022-05-01", "summary": "Again." }
then refused VISIT_NOT_PLANNED v1
when CancelVisit { "visit_id": "v1", "reason": "R" }
then refused VISIT_NOT_PLANNED v1

story Who read an older state of a visit does not change it
include setup.inc
as province
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
when ReportVisit {
	"visit_id": "v1", "visited_on": "2022-05-01", "summary": "S", "expected_revision": "7" }
then refused STALE_REVISION v1
when CancelVisit { "visit_id": "v1", "reason": "R", "expected_revision": "7" }
then refused STALE_REVISION v1
when CancelVisit { "visit_id": "v1", "reason": "R", "expected_revision": "1" }
then accepted

story A county neither plans nor sees visits in another county
include setup.inc
as county 533102
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
as county 533122
when PlanVisit {
	"visit_id": "v2", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
then refused NOT_FOUND pr-s1-ag-1
when ReportVisit { "visit_id": "v1", "visited_on": "2022-05-01", "summary": "S" }
then refused NOT_FOUND v1
when CancelVisit { "visit_id": "v1", "reason": "R" }
then refused NOT_FOUND v1
then GetVisit { "visit_id": "v1" } refused NOT_FOUND v1
then GetVisitCounts { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1
then ListVisits {} gives { "visits": [] }

story An agency does not report a visit to itself
include setup.inc
as province
given PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-05-03", "purpose": "P" }
as agency ag-1
when ReportVisit { "visit_id": "v1", "visited_on": "2022-05-01", "summary": "All is well." }
then refused CALLER_NOT_ALLOWED ReportVisit
then GetVisit { "visit_id": "v1" } gives { "visit": { "state": "VISIT_STATE_PLANNED" } }
