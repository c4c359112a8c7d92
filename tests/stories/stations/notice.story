story A notice goes to the agency that answers for its people (rule B21)
include started.inc
as county 533102
when IssueNotice {
	"notice_id": "no1", "project_id": "pr-s1-ag-1", "subject": "Health rules",
	"content": "Tests before each journey", "document_no": "County 4", "issued_on": "2022-08-01",
	"acknowledge_by": "2022-08-05" }
then accepted
then event NoticeIssued { "notice": {
	"notice_id": "no1", "programme_year_id": "ty-2022", "project_id": "pr-s1-ag-1", "site_id": "s1",
	"region_code": "533102", "agency_id": "ag-1", "state": "NOTICE_STATE_ISSUED",
	"issued_on": "2022-08-01", "issued_by": "p-county", "acknowledge_by": "2022-08-05" } }
as agency ag-1
then ListNotices { "programme_year_id": "ty-2022", "state": "NOTICE_STATE_ISSUED" } gives {
	"notices": [{ "notice_id": "no1" }] }
as agency ag-2
then ListNotices { "programme_year_id": "ty-2022" } gives { "notices": [] }
then GetNotice { "notice_id": "no1" } refused NOT_FOUND no1

story A notice can be about one person of the project
include started.inc
when IssueNotice {
	"notice_id": "no1", "project_id": "pr-s1-ag-1", "posting_id": "po-a1-1", "subject": "Absence",
	"content": "Three days without leave", "issued_on": "2022-08-01" }
then accepted

story A notice about a project is not about somebody else's people
include started.inc
when IssueNotice {
	"notice_id": "no1", "project_id": "pr-s1-ag-1", "posting_id": "po-a2-1", "subject": "Absence",
	"content": "Three days without leave", "issued_on": "2022-08-01" }
then refused POSTING_NOT_OF_PROJECT po-a2-1

story A notice is issued once
include noticed.inc
when IssueNotice {
	"notice_id": "no1", "project_id": "pr-s1-ag-1", "subject": "Health rules",
	"content": "Tests before each journey", "issued_on": "2022-08-01" }
then refused NOTICE_EXISTS no1

story A county issues notices about its own projects
include started.inc
as county 533122
when IssueNotice {
	"notice_id": "no1", "project_id": "pr-s1-ag-1", "subject": "Health rules",
	"content": "Tests before each journey", "issued_on": "2022-08-01" }
then refused NOT_FOUND pr-s1-ag-1

story A notice is not to be acknowledged before it is issued
include started.inc
when IssueNotice {
	"notice_id": "no1", "project_id": "pr-s1-ag-1", "subject": "Health rules",
	"content": "Tests before each journey", "issued_on": "2022-08-01",
	"acknowledge_by": "2022-07-31" }
then refused FIELD_INVALID acknowledge_by

story The agency acknowledges in time (rule B21)
include noticed.inc
today 2022-08-06
as agency ag-1
when AcknowledgeNotice {
	"notice_id": "no1", "acknowledged_on": "2022-08-05", "answer": "All have been told" }
then accepted
then event NoticeAcknowledged { "notice": {
	"notice_id": "no1", "state": "NOTICE_STATE_ACKNOWLEDGED", "acknowledged_on": "2022-08-05",
	"acknowledged_by": "p-ag-1", "acknowledged_late": false, "answer": "All have been told" } }
then GetNotice { "notice_id": "no1" } gives { "notice": { "notice_id": "no1" }, "open_days": 4 }

story Who acknowledges after the day is shown as late (rule B21)
include noticed.inc
today 2022-08-06
as agency ag-1
when AcknowledgeNotice { "notice_id": "no1", "acknowledged_on": "2022-08-06" }
then accepted
then event NoticeAcknowledged { "notice": { "acknowledged_late": true } }

story A notice without a day is never acknowledged late
include noticed.inc
today 2022-12-31
as agency ag-1
when AcknowledgeNotice { "notice_id": "no2", "acknowledged_on": "2022-12-31" }
then accepted
then event NoticeAcknowledged { "notice": { "acknowledged_late": false } }

story A notice is acknowledged once
include noticed.inc
as agency ag-1
given AcknowledgeNotice { "notice_id": "no1", "acknowledged_on": "2022-08-03" }
when AcknowledgeNotice { "notice_id": "no1", "acknowledged_on": "2022-08-03" }
then refused NOTICE_IS_ACKNOWLEDGED no1

story A notice is not acknowledged before it was issued
include noticed.inc
as agency ag-1
when AcknowledgeNotice { "notice_id": "no1", "acknowledged_on": "2022-07-31" }
then refused ACKNOWLEDGED_BEFORE_ISSUE no1

story An agency acknowledges its own notices
include noticed.inc
as agency ag-2
when AcknowledgeNotice { "notice_id": "no1", "acknowledged_on": "2022-08-03" }
then refused NOT_FOUND no1

story Nobody acknowledges a notice that he has not read
include noticed.inc
as agency ag-1
when AcknowledgeNotice {
	"notice_id": "no1", "acknowledged_on": "2022-08-03", "expected_revision": "9" }
then refused STALE_REVISION no1

story Where notices are open, and for how long, can be seen (rule B21)
include noticed.inc
today 2022-08-13
as province
then GetNotice { "notice_id": "no1" } gives { "open_days": 12 }
then GetOpenNotices { "programme_year_id": "ty-2022" } gives { "regions": [
	{ "region_code": "533102", "open": 2, "oldest_on": "2022-08-01", "oldest_days": 12 },
	{ "region_code": "533122", "open": 1, "oldest_on": "2022-08-03", "oldest_days": 10 }] }
then GetOpenNotices { "programme_year_id": "no-year" } refused NOT_FOUND no-year
as agency ag-1
given AcknowledgeNotice { "notice_id": "no1", "acknowledged_on": "2022-08-13" }
then GetOpenNotices { "programme_year_id": "ty-2022" } refused CALLER_NOT_ALLOWED
as county 533102
then GetOpenNotices { "programme_year_id": "ty-2022" } gives { "regions": [
	{ "region_code": "533102", "open": 1, "oldest_on": "2022-08-02", "oldest_days": 11 }] }
