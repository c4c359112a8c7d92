story What was done is recorded with its method, its kind of people and its village (rule A15)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when RecordWork { "rows": [
	{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 120, "sessions": 2,
	  "cases_opened": 1, "cases_closed": 1,
	  "served": [{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": 3 }],
	  "village_code": "533102102201" }] }
then accepted
then event WorkRecorded { "records": [{
	"record_id": "r1", "programme_year_id": "ty-2022", "posting_id": "po-a1-1", "site_id": "s1",
	"region_code": "533102", "agency_id": "ag-1", "person_id": "w1", "worked_on": "2022-07-22",
	"month": "2022-07", "state": "WORK_STATE_RECORDED", "method": "WORK_METHOD_CASE",
	"professional": true, "minutes": 120, "sessions": 2, "cases_opened": 1, "cases_closed": 1,
	"served": [{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": 3 }],
	"village_code": "533102102201" }] }
then GetWorkRecord { "record_id": "r1" } gives { "record": { "minutes": 120 } }
then ListWorkRecords { "site_id": "s1", "month": "2022-07" } gives { "records": [{ "record_id": "r1" }] }

story What people did is summed up by person, method and kind of people (rules A15 and B33)
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
then ListServiceMonths { "site_id": "s1", "month": "2022-07" } gives { "service_months": [
	{ "method": "WORK_METHOD_GROUP", "records": "1", "minutes": "90", "other_minutes": "0",
	  "sessions": "1", "people": "8", "programme_year_id": "ty-2022", "region_code": "533102" },
	{ "method": "WORK_METHOD_VISIT", "records": "1", "minutes": "120", "people": "5" },
	{ "method": "WORK_METHOD_ADMINISTRATIVE", "records": "1", "minutes": "60",
	  "other_minutes": "60", "people": "0" }] }
then ListServedMonths { "site_id": "s1", "month": "2022-07" } gives { "served_months": [
	{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": "3" },
	{ "beneficiary": "BENEFICIARY_LEFT_BEHIND_CHILD", "people": "10" }] }
when RecordWork { "rows": [
	{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_VISIT", "professional": true, "minutes": 30,
	  "served": [{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": 1 }] }] }
then accepted
then event WorkRecorded {
	"service_months": [{ "method": "WORK_METHOD_VISIT", "records": "2", "minutes": "150", "people": "6" }],
	"served_months": [{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": "4" }] }

story A person's month says on which days he worked and for how long (rule B24)
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
when RecordWork { "rows": [
	{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_CONSULT", "professional": true, "minutes": 30 }] }
then accepted
then GetPersonMonth { "person_month_id": "w1:2022-07" } gives { "person_month": {
	"programme_year_id": "ty-2022", "person_id": "w1", "posting_id": "po-a1-1", "site_id": "s1",
	"region_code": "533102", "agency_id": "ag-1", "month": "2022-07", "records": 3,
	"minutes": "240", "other_minutes": "0", "days_worked": 2, "other_permille": 0,
	"minutes_by_day": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 210,
		0, 0, 0, 0, 0, 0, 0, 0, 0] } }
then ListPersonMonths { "site_id": "s1", "month": "2022-07" } gives { "person_months": [
	{ "person_month_id": "w1:2022-07" }, { "person_month_id": "w2:2022-07", "other_permille": 1000 }] }

story One wrong row turns away all of them, and is named
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when RecordWork { "rows": [
	{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "minutes": 120 },
	{ "record_id": "r2", "posting_id": "po-a1-1", "worked_on": "2022-07-22", "minutes": 10 }] }
then refused ROW_INVALID r2
then no event
when RecordWork { "rows": [{ "record_id": "r3", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 1441 }] }
then refused ROW_INVALID r3
when RecordWork { "rows": [{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10, "sessions": -1 }] }
then refused ROW_INVALID r4
when RecordWork { "rows": [{ "record_id": "r5", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10, "served": [
		{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": 1 },
		{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": 2 }] }] }
then refused ROW_INVALID r5
when RecordWork { "rows": [{ "record_id": "r6", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10, "served": [{ "people": 1 }] }] }
then refused ROW_INVALID r6
when RecordWork { "rows": [{ "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused FIELD_INVALID rows.record_id
when RecordWork { }
then refused FIELD_REQUIRED rows
when RecordWork { "rows": [{ "record_id": "r7", "posting_id": "po-a1-1", "worked_on": "2022-07-23",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused DATE_IN_FUTURE worked_on

story A record has its id alone
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused RECORD_EXISTS r1
when RecordWork { "rows": [
	{ "record_id": "r9", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_CASE", "minutes": 10 },
	{ "record_id": "r8", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_CASE", "minutes": 10 },
	{ "record_id": "r9", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused RECORD_EXISTS r9

story Nobody writes down what others did
include setup.inc
include approved.inc
include started-s1.inc
as worker w1 ag-1 533102
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then accepted
when RecordWork { "rows": [{ "record_id": "r2", "posting_id": "po-a1-2", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused POSTING_UNKNOWN r2
when RecordWork { "rows": [{ "record_id": "r2", "posting_id": "po-none", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused POSTING_UNKNOWN r2
as agency ag-2
when RecordWork { "rows": [{ "record_id": "r2", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused POSTING_UNKNOWN r2
when CorrectWork { "record_id": "r1", "reason": "R" }
then refused NOT_FOUND r1
as county 533122
when RecordWork { "rows": [{ "record_id": "r2", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused POSTING_UNKNOWN r2
as dashboard
when RecordWork { "rows": [{ "record_id": "r2", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused CALLER_NOT_ALLOWED

story Work is done from the arrival to the end of the posting
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-2", "worked_on": "2022-07-21",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused WORK_OUTSIDE_POSTING r1
as province
given stations.EndPosting {
	"posting_id": "po-a1-2", "ended_on": "2022-07-22", "end_reason": "END_REASON_RESIGNED" }
today 2022-07-25
as agency ag-1
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-2", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then accepted
when RecordWork { "rows": [{ "record_id": "r2", "posting_id": "po-a1-2", "worked_on": "2022-07-23",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused WORK_OUTSIDE_POSTING r2

story Nobody works while he is suspended
include setup.inc
include approved.inc
include started-s1.inc
as county 533102
given stations.SuspendPosting {
	"posting_id": "po-a1-2", "suspended_on": "2022-07-22", "reason": "Illness" }
today 2022-07-25
as agency ag-1
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-2", "worked_on": "2022-07-23",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused WORK_OUTSIDE_POSTING r1
given stations.ResumePosting { "posting_id": "po-a1-2", "resumed_on": "2022-07-25" }
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-2", "worked_on": "2022-07-24",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused WORK_OUTSIDE_POSTING r1
when RecordWork { "rows": [
	{ "record_id": "r1", "posting_id": "po-a1-2", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "minutes": 10 },
	{ "record_id": "r2", "posting_id": "po-a1-2", "worked_on": "2022-07-25",
	  "method": "WORK_METHOD_CASE", "minutes": 10 }] }
then accepted

story Nobody works before he has come
include setup.inc
include approved.inc
as agency ag-1
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-20",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused WORK_OUTSIDE_POSTING r1

story A village lies in its site's region (rule A15)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_VISIT", "minutes": 10, "village_code": "533103102201" }] }
then refused VILLAGE_ELSEWHERE r1
when RecordWork { "rows": [{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_VISIT", "minutes": 10, "village_code": "533102102" }] }
then refused VILLAGE_ELSEWHERE r1 by A15

story A day has 24 hours
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
when RecordWork { "rows": [
	{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "minutes": 1230 },
	{ "record_id": "r5", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "minutes": 1 }] }
then refused DAY_TOO_LONG r5
when RecordWork { "rows": [
	{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "minutes": 1230 }] }
then accepted

story A correction puts another record in a record's place, and both are kept
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
when CorrectWork { "record_id": "r1", "reason": "It was a case.", "row":
	{ "record_id": "r1-2", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 100,
	  "served": [{ "beneficiary": "BENEFICIARY_LEFT_BEHIND_CHILD", "people": 1 }] } }
then accepted
then event WorkCorrected {
	"superseded": { "record_id": "r1", "state": "WORK_STATE_SUPERSEDED",
		"superseded_by_id": "r1-2", "correction_reason": "It was a case.", "minutes": 120 },
	"record": { "record_id": "r1-2", "state": "WORK_STATE_RECORDED", "supersedes_id": "r1" },
	"person_months": [{ "person_id": "w1", "records": 2, "minutes": "190", "days_worked": 2 }],
	"service_months": [
		{ "method": "WORK_METHOD_CASE", "records": "1", "minutes": "100" },
		{ "method": "WORK_METHOD_VISIT", "records": "0", "minutes": "0", "people": "0" }],
	"served_months": [
		{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": "0" },
		{ "beneficiary": "BENEFICIARY_LEFT_BEHIND_CHILD", "people": "9" }] }
then GetWorkRecord { "record_id": "r1" } gives { "record": { "minutes": 120 } }
when CorrectWork { "record_id": "r1", "reason": "Again." }
then refused RECORD_SUPERSEDED r1
when CorrectWork { "record_id": "r2", "reason": "Too long.", "row":
	{ "record_id": "r2-2", "posting_id": "po-a1-1", "worked_on": "2022-07-21",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 1400 } }
then refused DAY_TOO_LONG r2-2

story A record that should not be there is taken away, for a reason
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
when CorrectWork { "record_id": "r2", "reason": "There was no group." }
then accepted
then event WorkCorrected {
	"superseded": { "record_id": "r2", "superseded_by_id": "" },
	"person_months": [{ "records": 1, "minutes": "120", "days_worked": 1 }] }
when CorrectWork { "record_id": "r1" }
then refused FIELD_REQUIRED reason
when CorrectWork { "record_id": "r9", "reason": "R" }
then refused NOT_FOUND r9

story While the report of its period is handed in, a record stands
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
when RecordWork { "rows": [{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused PERIOD_LOCKED r4
when CorrectWork { "record_id": "r1", "reason": "It was not so." }
then refused PERIOD_LOCKED r1
as province
given ReturnReport { "report_id": "re1", "reason": "Is this all?" }
as agency ag-1
when RecordWork { "rows": [{ "record_id": "r4", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then accepted
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
as province
given AcceptReport { "report_id": "re1" }
as agency ag-1
when RecordWork { "rows": [{ "record_id": "r5", "posting_id": "po-a1-1", "worked_on": "2022-07-22",
	"method": "WORK_METHOD_CASE", "minutes": 10 }] }
then refused PERIOD_LOCKED r5

story Work after an end that is recorded later is marked, and counts until it is corrected
include setup.inc
include approved.inc
include started-s1.inc
today 2022-08-03
as agency ag-1
given RecordWork { "rows": [
	{ "record_id": "r1", "posting_id": "po-a1-1", "worked_on": "2022-07-30",
	  "method": "WORK_METHOD_CASE", "minutes": 10 },
	{ "record_id": "r2", "posting_id": "po-a1-1", "worked_on": "2022-07-31",
	  "method": "WORK_METHOD_CASE", "minutes": 10 },
	{ "record_id": "r3", "posting_id": "po-a1-1", "worked_on": "2022-08-02",
	  "method": "WORK_METHOD_CASE", "minutes": 10 },
	{ "record_id": "r4", "posting_id": "po-a1-2", "worked_on": "2022-08-02",
	  "method": "WORK_METHOD_CASE", "minutes": 10 }] }
as province
given stations.EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-07-30", "end_reason": "END_REASON_RESIGNED" }
then ListWorkRecords { "site_id": "s1", "orphaned": true } gives { "records": [
	{ "record_id": "r2", "state": "WORK_STATE_RECORDED" }, { "record_id": "r3" }] }
as agency ag-1
when CorrectWork { "record_id": "r2", "reason": "He had left." }
then accepted
