story The days of a person in post are kept on a sheet for each month (rule B24)
include started.inc
today 2022-08-03
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [
		{ "day_on": "2022-08-01", "kind": "ATTENDANCE_KIND_PRESENT" },
		{ "day_on": "2022-08-02", "kind": "ATTENDANCE_KIND_LEAVE" }] }
then event AttendanceRecorded {
	"sheet": { "sheet_id": "po-a1-1:2022-08", "person_id": "p1", "period": "2022-08",
		"site_id": "s-ruili", "agency_id": "ag-1", "present": 1, "leave": 1 } }
as agency ag-1
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [{ "day_on": "2022-08-03", "kind": "ATTENDANCE_KIND_ABSENT" }] }
then event AttendanceRecorded {
	"sheet": { "present": 1, "leave": 1, "absent": 1, "revision": "2" } }
then ListAttendanceSheets { "posting_id": "po-a1-1", "period": "2022-08" } gives {
	"sheets": [{ "days": [
		{ "day_on": "2022-08-01" }, { "day_on": "2022-08-02" }, { "day_on": "2022-08-03" }] }] }

story No day of attendance is recorded twice
include attended-days.inc
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [{ "day_on": "2022-08-02", "kind": "ATTENDANCE_KIND_ABSENT" }] }
then refused ATTENDANCE_DAY_TWICE 2022-08-02 by B24
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [
		{ "day_on": "2022-08-03", "kind": "ATTENDANCE_KIND_PRESENT" },
		{ "day_on": "2022-08-03", "kind": "ATTENDANCE_KIND_LEAVE" }] }
then refused ATTENDANCE_DAY_TWICE 2022-08-03

story Attendance is recorded for days in post (rule B24)
include started.inc
today 2022-08-10
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [{ "day_on": "2022-07-29", "kind": "ATTENDANCE_KIND_PRESENT" }] }
then refused OUTSIDE_POSTING 2022-07-29 by B24
as agency ag-1
given stations.EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-05", "end_reason": "END_REASON_RESIGNED" }
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [{ "day_on": "2022-08-06", "kind": "ATTENDANCE_KIND_PRESENT" }] }
then refused OUTSIDE_POSTING 2022-08-06
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [{ "day_on": "2022-08-05", "kind": "ATTENDANCE_KIND_PRESENT" }] }
then accepted
as agency ag-2
when RecordAttendance {
	"posting_id": "po-a3-1", "days": [{ "day_on": "2022-08-05", "kind": "ATTENDANCE_KIND_PRESENT" }] }
then refused OUTSIDE_POSTING 2022-08-05

story Attendance is recorded by who looks after the person, month by month
include started.inc
today 2022-08-02
when RecordAttendance {
	"posting_id": "po-9", "days": [{ "day_on": "2022-08-01", "kind": "ATTENDANCE_KIND_PRESENT" }] }
then refused NOT_FOUND po-9
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [
		{ "day_on": "2022-07-31", "kind": "ATTENDANCE_KIND_PRESENT" },
		{ "day_on": "2022-08-01", "kind": "ATTENDANCE_KIND_PRESENT" }] }
then refused FIELD_INVALID day_on
when RecordAttendance { "posting_id": "po-a1-1", "days": [{ "kind": "ATTENDANCE_KIND_PRESENT" }] }
then refused FIELD_INVALID day_on
when RecordAttendance { "posting_id": "po-a1-1", "days": [{ "day_on": "2022-08-01" }] }
then refused FIELD_INVALID kind
as agency ag-2
when RecordAttendance {
	"posting_id": "po-a1-1", "days": [{ "day_on": "2022-08-01", "kind": "ATTENDANCE_KIND_PRESENT" }] }
then refused NOT_FOUND po-a1-1

story A day recorded wrongly is corrected, with the reason
include attended-days.inc
when CorrectAttendance {
	"posting_id": "po-a1-1", "day_on": "2022-08-02", "kind": "ATTENDANCE_KIND_LEAVE",
	"reason": "A leave had been given", "expected_revision": "1" }
then event AttendanceCorrected {
	"sheet": { "present": 1, "leave": 1, "reason": "A leave had been given", "days": [
		{ "day_on": "2022-08-01", "kind": "ATTENDANCE_KIND_PRESENT" },
		{ "day_on": "2022-08-02", "kind": "ATTENDANCE_KIND_LEAVE" }] } }

story What is not recorded, or was read long ago, is not corrected
include attended-days.inc
when CorrectAttendance {
	"posting_id": "po-a1-1", "day_on": "2022-08-03", "kind": "ATTENDANCE_KIND_LEAVE", "reason": "R" }
then refused NOT_FOUND 2022-08-03
when CorrectAttendance {
	"posting_id": "po-a1-1", "day_on": "2022-08-02", "kind": "ATTENDANCE_KIND_LEAVE", "reason": "R",
	"expected_revision": "7" }
then refused STALE_REVISION po-a1-1:2022-08
as county 533122
when CorrectAttendance {
	"posting_id": "po-a1-1", "day_on": "2022-08-02", "kind": "ATTENDANCE_KIND_LEAVE", "reason": "R" }
then refused NOT_FOUND po-a1-1
