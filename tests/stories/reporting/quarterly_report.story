story The site's agency begins the report of a quarter (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when DraftReport {
	"report_id": "re1", "site_id": "s1", "period": "2022Q3", "progress": "60 households visited.",
	"problems": "Rain.", "next_steps": "A group for children." }
then accepted
then event ReportDrafted { "report": {
	"report_id": "re1", "programme_year_id": "ty-2022", "site_id": "s1", "region_code": "533102",
	"agency_id": "ag-1", "period": "2022Q3", "state": "REPORT_STATE_DRAFT",
	"due_by": "2022-10-10", "progress": "60 households visited.", "problems": "Rain.",
	"next_steps": "A group for children.", "revision": "1" } }
then GetReport { "report_id": "re1" } gives { "report": { "state": "REPORT_STATE_DRAFT" } }
then ListReports { "site_id": "s1", "period": "2022Q3" } gives { "reports": [{ "report_id": "re1" }] }

story The county of the site may write the report as well
include setup.inc
include approved.inc
include started-s1.inc
as county 533102
when DraftReport { "report_id": "re1", "site_id": "s1", "period": "2022Q3", "progress": "P" }
then accepted
then event ReportDrafted { "report": { "agency_id": "ag-1" } }
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then accepted

story The prefecture writes for a site of the whole prefecture, and for no county's
include setup.inc
include approved.inc
include started-p1.inc
include started-s1.inc
include drafted.inc
as prefecture 5331
when DraftReport { "report_id": "re2", "site_id": "p1", "period": "2022Q3", "progress": "P" }
then accepted
when DraftReport { "report_id": "re3", "site_id": "s1", "period": "2022Q4", "progress": "P" }
then refused AUTHOR_NOT_OF_SITE s1
when ReviseReport { "report_id": "re1", "progress": "P" }
then refused AUTHOR_NOT_OF_SITE s1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then refused AUTHOR_NOT_OF_SITE s1

story One site hands in one report for a quarter (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
when DraftReport { "report_id": "re1", "site_id": "s1", "period": "2022Q4", "progress": "P" }
then refused REPORT_EXISTS re1
when DraftReport { "report_id": "re2", "site_id": "s1", "period": "2022Q3", "progress": "P" }
then refused REPORT_EXISTS re1
as agency ag-2
when DraftReport { "report_id": "re2", "site_id": "s1", "period": "2022Q3", "progress": "P" }
then refused REPORT_EXISTS re1
then no event

story A report is written for a period of the year's rules, once a project has started (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when DraftReport { "report_id": "re1", "site_id": "s1", "period": "2023Q3", "progress": "P" }
then refused REPORT_NOT_DUE 2023Q3
when DraftReport { "report_id": "re1", "site_id": "p1", "period": "2022Q3", "progress": "P" }
then refused REPORT_NOT_DUE 2022Q3

story No report is wanted where the province has waived it
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
as province
given WaiveObligation { "obligation_id": "report:s1:2022Q3", "reason": "A short quarter." }
given WaiveObligation { "obligation_id": "report:s1:2022Q4", "reason": "A short quarter." }
as agency ag-1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then refused REPORT_NOT_DUE 2022Q3
when DraftReport { "report_id": "re2", "site_id": "s1", "period": "2022Q4", "progress": "P" }
then refused REPORT_NOT_DUE 2022Q4

story Nobody writes for a site that is not his
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
as agency ag-9
when DraftReport { "report_id": "re2", "site_id": "s1", "period": "2022Q4", "progress": "P" }
then refused NOT_FOUND s1
as county 533122
when DraftReport { "report_id": "re2", "site_id": "s1", "period": "2022Q4", "progress": "P" }
then refused NOT_FOUND s1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then refused NOT_FOUND re1
as agency ag-2
when ReviseReport { "report_id": "re1", "progress": "Mine." }
then refused NOT_FOUND re1
as province
when DraftReport { "report_id": "re2", "site_id": "s1", "period": "2022Q4", "progress": "P" }
then refused CALLER_NOT_ALLOWED

story A draft gets new words
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
when ReviseReport { "report_id": "re1", "progress": "70 households visited.", "expected_revision": 1 }
then accepted
then event ReportRevised { "report": {
	"progress": "70 households visited.", "problems": "", "next_steps": "", "revision": "2" } }
when ReviseReport { "report_id": "re1", "progress": "80.", "expected_revision": 1 }
then refused STALE_REVISION re1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22", "expected_revision": 1 }
then refused STALE_REVISION re1
when ReviseReport { "report_id": "re9", "progress": "80." }
then refused NOT_FOUND re9

story The figures of a report are those of the records when it is handed in (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
include paid.inc
as province
given supervision.PlanVisit {
	"visit_id": "v1", "project_id": "pr-s1-ag-1", "planned_by": "2022-07-22", "purpose": "To see" }
given supervision.ReportVisit {
	"visit_id": "v1", "visited_on": "2022-07-22", "summary": "All is well" }
include drafted.inc
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then accepted
then event ReportSubmitted {
	"report": {
		"report_id": "re1", "state": "REPORT_STATE_SUBMITTED", "submitted_on": "2022-07-22",
		"first_submitted_on": "2022-07-22", "late": false,
		"figures": {
			"projects": 2, "people_planned": 3, "people_in_post": 2, "agreements_in_force": 1,
			"entitled_fen": "8000000", "disbursed_fen": "3000000", "spent_fen": "500000",
			"visits": 1 } },
	"obligation": { "obligation_id": "report:s1:2022Q3", "state": "OBLIGATION_STATE_MET",
		"met_on": "2022-07-22", "met_by_id": "re1", "late": false } }

story A report handed in after the date is late and still taken (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
today 2022-10-11
as agency ag-1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-10-11" }
then accepted
then event ReportSubmitted {
	"report": { "late": true }, "obligation": { "state": "OBLIGATION_STATE_MET", "late": true },
	"alerts": [{ "alert_id": "overdue:report:s1:2022Q3", "state": "ALERT_STATE_CLEARED" }] }
then ListReports { "programme_year_id": "ty-2022", "late": true } gives {
	"reports": [{ "report_id": "re1" }] }

story A report handed in on the last day and entered later is not late (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
today 2022-10-15
as agency ag-1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-10-10" }
then accepted
then event ReportSubmitted { "report": { "late": false }, "obligation": { "late": false } }

story A report is not handed in before its project has started
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-21" }
then refused SUBMITTED_TOO_EARLY re1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-23" }
then refused DATE_IN_FUTURE submitted_on

story A report is not handed in before its quarter has begun (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
given DraftReport { "report_id": "re4", "site_id": "s1", "period": "2022Q4", "progress": "P" }
today 2022-10-01
when SubmitReport { "report_id": "re4", "submitted_on": "2022-09-30" }
then refused SUBMITTED_TOO_EARLY re4
when SubmitReport { "report_id": "re4", "submitted_on": "2022-10-01" }
then accepted

story A report of a period that has no months can be handed in from the project's start on
include setup.inc
include approved.inc
include crowded.inc
include started-s1.inc
as agency ag-1
given DraftReport { "report_id": "re1", "site_id": "s1", "period": "P000", "progress": "P" }
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then accepted

story A report without a word of progress is not taken (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
given DraftReport { "report_id": "re1", "site_id": "s1", "period": "2022Q3" }
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then refused REPORT_EMPTY re1
then no event

story The words of a report that is handed in stand
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
when ReviseReport { "report_id": "re1", "progress": "Better words." }
then refused REPORT_NOT_OPEN re1
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then refused REPORT_NOT_OPEN re1

story The province sends a report back and gets a better one; the first date counts (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
as province
when ReturnReport { "report_id": "re1", "reason": "Which households?", "expected_revision": 2 }
then accepted
then event ReportReturned { "report": {
	"state": "REPORT_STATE_RETURNED", "return_reason": "Which households?",
	"reviewed_by_id": "p-province",
	"reviewed_on": "2022-07-22" } }
today 2022-10-12
as agency ag-1
given ReviseReport { "report_id": "re1", "progress": "60 households of three villages." }
when SubmitReport { "report_id": "re1", "submitted_on": "2022-10-12" }
then accepted
then event ReportSubmitted { "report": {
	"state": "REPORT_STATE_SUBMITTED", "first_submitted_on": "2022-07-22",
	"submitted_on": "2022-10-12", "late": false } }
then GetObligation { "obligation_id": "report:s1:2022Q3" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-07-22", "late": false } }

story Only a report that waits for a review is returned or accepted
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
as province
when ReturnReport { "report_id": "re1", "reason": "R" }
then refused REPORT_NOT_SUBMITTED re1
when AcceptReport { "report_id": "re1" }
then refused REPORT_NOT_SUBMITTED re1
when ReturnReport { "report_id": "re1" }
then refused FIELD_REQUIRED reason
when AcceptReport { "report_id": "re9" }
then refused NOT_FOUND re9
when ReturnReport { "report_id": "re9", "reason": "R" }
then refused NOT_FOUND re9

story An accepted report stays as it is
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
as prefecture 5331 person p-reviewer
when AcceptReport { "report_id": "re1", "expected_revision": 2 }
then accepted
then event ReportAccepted { "report": {
	"state": "REPORT_STATE_ACCEPTED", "reviewed_by_id": "p-reviewer", "reviewed_on": "2022-07-22" } }
as province
when ReturnReport { "report_id": "re1", "reason": "R" }
then refused REPORT_NOT_SUBMITTED re1
as agency ag-1
when ReviseReport { "report_id": "re1", "progress": "Better words." }
then refused REPORT_NOT_OPEN re1

story A report that changed meanwhile is not judged
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
as province
when AcceptReport { "report_id": "re1", "expected_revision": 1 }
then refused STALE_REVISION re1
when ReturnReport { "report_id": "re1", "reason": "R", "expected_revision": 1 }
then refused STALE_REVISION re1
as prefecture 5333
when AcceptReport { "report_id": "re1" }
then refused NOT_FOUND re1
when ReturnReport { "report_id": "re1", "reason": "R" }
then refused NOT_FOUND re1
as agency ag-1
when AcceptReport { "report_id": "re1" }
then refused CALLER_NOT_ALLOWED

story Who hands in a report does not accept it
include setup.inc
include approved.inc
include started-p1.inc
as prefecture 5331
given DraftReport { "report_id": "re2", "site_id": "p1", "period": "2022Q3", "progress": "P" }
given SubmitReport { "report_id": "re2", "submitted_on": "2022-07-20" }
when AcceptReport { "report_id": "re2" }
then refused REPORT_OWN re2
as prefecture 5331 person p-another
when AcceptReport { "report_id": "re2" }
then accepted

story A report is filled in beforehand with what the records say of its period (rules B33 and B35)
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
when DraftReport { "report_id": "re1", "site_id": "s1", "period": "2022Q3", "progress": "P" }
then accepted
then event ReportDrafted { "report": { "figures": {
	"people_in_post": 2,
	"methods": [
		{ "method": "WORK_METHOD_GROUP", "records": "1", "minutes": "90", "sessions": "1", "people": "8" },
		{ "method": "WORK_METHOD_VISIT", "records": "1", "minutes": "120", "people": "5" },
		{ "method": "WORK_METHOD_ADMINISTRATIVE", "minutes": "60", "other_minutes": "60" }],
	"beneficiaries": [
		{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": "3" },
		{ "beneficiary": "BENEFICIARY_LEFT_BEHIND_CHILD", "people": "10" }] } } }
today 2022-08-02
given RecordWork { "rows": [
	{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-08-01",
	  "method": "WORK_METHOD_VISIT", "professional": true, "minutes": 30, "cases_opened": 2,
	  "cases_closed": 1, "served": [{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": 1 }] }] }
given CorrectWork { "record_id": "r2", "reason": "There was no group." }
when ReviseReport { "report_id": "re1", "progress": "P" }
then accepted
then event ReportRevised { "report": { "figures": {
	"methods": [
		{ "method": "WORK_METHOD_VISIT", "records": "2", "minutes": "150", "people": "6",
		  "cases_opened": "2", "cases_closed": "1" },
		{ "method": "WORK_METHOD_ADMINISTRATIVE" }],
	"beneficiaries": [
		{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": "4" },
		{ "beneficiary": "BENEFICIARY_LEFT_BEHIND_CHILD", "people": "2" }] } } }
given DraftReport { "report_id": "re2", "site_id": "s1", "period": "2022Q4", "progress": "P" }
then GetReport { "report_id": "re2" } gives { "report": { "figures": {
	"methods": [], "beneficiaries": [] } } }

story The province opens a period again for a reason, and its records with it
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
as province
when ReopenPeriod { "report_id": "re1", "reason": "A group was forgotten." }
then refused REPORT_NOT_ACCEPTED re1
given AcceptReport { "report_id": "re1" }
when ReopenPeriod { "report_id": "re1" }
then refused FIELD_REQUIRED reason
when ReopenPeriod { "report_id": "re9", "reason": "R" }
then refused NOT_FOUND re9
when ReopenPeriod { "report_id": "re1", "reason": "R", "expected_revision": 1 }
then refused STALE_REVISION re1
as prefecture 5331
when ReopenPeriod { "report_id": "re1", "reason": "R" }
then refused CALLER_NOT_ALLOWED
as province
when ReopenPeriod { "report_id": "re1", "reason": "A group was forgotten." }
then accepted
then event ReportReopened { "report": { "state": "REPORT_STATE_REOPENED",
	"reopen_reason": "A group was forgotten.", "reopened_by_id": "p-province",
	"reopened_on": "2022-07-22", "first_submitted_on": "2022-07-22" } }
as agency ag-1
given RecordWork { "rows": [
	{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_GROUP", "professional": true, "minutes": 30 }] }
when SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
then accepted
then event ReportSubmitted { "report": { "figures": {
	"methods": [{ "method": "WORK_METHOD_GROUP", "records": "2" },
		{ "method": "WORK_METHOD_VISIT" }, { "method": "WORK_METHOD_ADMINISTRATIVE" }] } } }
