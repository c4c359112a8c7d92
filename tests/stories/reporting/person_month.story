story A month with too much work that is not professional is flagged, and still taken (rule B34)
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
then GetPersonMonth { "person_month_id": "w2:2022-07" } gives { "person_month": {
	"other_permille": 1000, "over_limit": true } }
when RecordWork { "rows": [
	{ "record_id": "r4", "posting_id": "po-a1-2", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 239 }] }
then accepted
then event WorkRecorded { "person_months": [{
	"person_id": "w2", "minutes": "299", "other_minutes": "60", "other_permille": 200,
	"over_limit": true }] }
when RecordWork { "rows": [
	{ "record_id": "r5", "posting_id": "po-a1-2", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 1 }] }
then accepted
then event WorkRecorded { "person_months": [{ "other_permille": 200, "over_limit": false }] }
then ListPersonMonths { "agency_id": "ag-1", "month": "2022-07" } gives { "person_months": [
	{ "person_id": "w1" }, { "person_id": "w2" }] }
then ListPersonMonths { "agency_id": "ag-1", "over_limit": true } gives { "person_months": [] }

story Once the month is over too much work that is not professional is alerted, once, until it is mended (rule B34)
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
today 2022-07-31
then ListAlerts { "subject_id": "w2" } gives { "alerts": [] }
today 2022-08-03
as province
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_PROFESSIONAL_WORK" } gives { "alerts": [
	{ "alert_id": "overdue:work:w2:2022-07", "state": "ALERT_STATE_RAISED", "raised_on": "2022-08-01",
	  "subject_id": "w2", "region_code": "533102", "agency_id": "ag-1", "period": "2022-07",
	  "due_by": "2022-07-31" }] }
then GetPersonMonth { "person_month_id": "w2:2022-07" } gives { "person_month": { "alerted": true } }
as agency ag-1
given CorrectWork { "record_id": "r3", "reason": "It was a case.", "row":
	{ "record_id": "r3-2", "posting_id": "po-a1-2", "worked_on": "2022-07-22",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 60 } }
today 2022-08-04
then GetAlert { "alert_id": "overdue:work:w2:2022-07" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-08-04" } }
then GetObligation { "obligation_id": "work:w2:2022-07" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "late": true } }
today 2022-08-05
then GetPersonMonth { "person_month_id": "w2:2022-07" } gives { "person_month": {
	"alerted": false, "over_limit": false } }
