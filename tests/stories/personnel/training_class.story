story A prefecture plans a class and opens it
include setup.inc
as prefecture 5331
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "一班",
	"name_en": "The first class", "begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then event TrainingClassPlanned {
	"training_class": { "class_id": "k1", "state": "TRAINING_CLASS_STATE_PLANNED" } }
when OpenTrainingClass { "class_id": "k1", "expected_revision": "1" }
then event TrainingClassOpened {
	"training_class": { "state": "TRAINING_CLASS_STATE_OPEN", "opened_on": "2022-05-01" } }
then ListTrainingClasses { "programme_year_id": "ty-2022" } gives {
	"training_classes": [{ "class_id": "k1" }] }

story A class has a year, an area of its own, and dates in their order
include setup.inc
as prefecture 5331
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2029", "region_code": "5331", "name_zh": "班",
	"begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then refused YEAR_UNKNOWN ty-2029
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "5332", "name_zh": "班",
	"begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then refused NOT_FOUND 5332
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "班",
	"begins_from": "2022-07-12", "ends_until": "2022-07-10" }
then refused CLASS_DATES_REVERSED k1
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "5331", "agency_id": "ag-9",
	"name_zh": "班", "begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then refused AGENCY_UNKNOWN ag-9
as province region 44
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "4401", "name_zh": "班",
	"begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then refused NOT_FOUND 4401

story An agency plans classes of its own only
include setup.inc
as agency ag-1
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-2",
	"name_zh": "班", "begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then refused NOT_FOUND 533102
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "533102", "name_zh": "班",
	"begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then refused NOT_FOUND 533102
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
	"name_zh": "班", "begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then accepted

story A class is planned once and opened once
include trained.inc
as prefecture 5331
when PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "班",
	"begins_from": "2022-07-10", "ends_until": "2022-07-12" }
then refused CLASS_EXISTS k1
when OpenTrainingClass { "class_id": "k1", "expected_revision": "7" }
then refused STALE_REVISION k1
when OpenTrainingClass { "class_id": "k1" }
then refused CLASS_NOT_PLANNED k1
as prefecture 5332
when OpenTrainingClass { "class_id": "k1" }
then refused NOT_FOUND k1

story Each trainee's days of a class are recorded (rule B12)
include trained.inc
as prefecture 5331
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-10", "trainee_ids": ["t1", "t3"] }
then event TrainingDayRecorded {
	"days": [
		{ "training_day_id": "k1:t1:2022-07-10", "trainee_id": "t1", "agency_id": "ag-1",
		  "state": "TRAINING_DAY_STATE_ATTENDED", "recorded_by": "p-prefecture" },
		{ "trainee_id": "t3", "agency_id": "ag-2", "region_code": "533122" }],
	"trainees": [
		{ "trainee_id": "t1", "state": "TRAINEE_STATE_IN_TRAINING" },
		{ "trainee_id": "t3", "state": "TRAINEE_STATE_IN_TRAINING" }] }
then ListTrainingDays { "class_id": "k1" } gives {
	"days": [{ "trainee_id": "t1" }, { "trainee_id": "t3" }] }

story A day is recorded while the class is held
include trained.inc
as prefecture 5331
given PlanTrainingClass {
	"class_id": "k2", "programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "二班",
	"begins_from": "2022-07-09", "ends_until": "2022-07-12" }
when RecordTrainingDay { "class_id": "k2", "attended_on": "2022-07-10", "trainee_ids": ["t1"] }
then refused CLASS_NOT_OPEN k2
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-09", "trainee_ids": ["t1"] }
then refused DAY_OUTSIDE_CLASS 2022-07-09
today 2022-07-13
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-13", "trainee_ids": ["t1"] }
then refused DAY_OUTSIDE_CLASS 2022-07-13
as prefecture 5332
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-10", "trainee_ids": ["t1"] }
then refused NOT_FOUND k1

story Only approved trainees attend (rule B12)
include nominated.inc
as prefecture 5331
given PlanTrainingClass {
	"class_id": "k1", "programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "一班",
	"begins_from": "2022-06-20", "ends_until": "2022-06-25" }
given OpenTrainingClass { "class_id": "k1" }
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-06-22", "trainee_ids": ["t1"] }
then refused TRAINEE_NOT_APPROVED t1 by B12
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-06-22", "trainee_ids": ["t9"] }
then refused TRAINEE_UNKNOWN t9

story An agency's class trains that agency's trainees
include trained.inc
as agency ag-1
given PlanTrainingClass {
	"class_id": "k2", "programme_year_id": "ty-2022", "region_code": "53", "agency_id": "ag-1",
	"name_zh": "二班", "begins_from": "2022-07-10", "ends_until": "2022-07-12" }
given OpenTrainingClass { "class_id": "k2" }
when RecordTrainingDay { "class_id": "k2", "attended_on": "2022-07-10", "trainee_ids": ["t3"] }
then refused TRAINEE_UNKNOWN t3
when RecordTrainingDay { "class_id": "k2", "attended_on": "2022-07-10", "trainee_ids": ["t1"] }
then accepted

story No day of a trainee counts twice, in one class or two (rule B12)
include trained.inc
as prefecture 5331
given PlanTrainingClass {
	"class_id": "k2", "programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "二班",
	"begins_from": "2022-07-10", "ends_until": "2022-07-12" }
given OpenTrainingClass { "class_id": "k2" }
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-10", "trainee_ids": ["t1", "t1"] }
then refused TRAINING_DAY_TWICE t1 by B12
given RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-10", "trainee_ids": ["t1"] }
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-10", "trainee_ids": ["t1"] }
then refused TRAINING_DAY_TWICE t1
when RecordTrainingDay { "class_id": "k2", "attended_on": "2022-07-10", "trainee_ids": ["t2", "t1"] }
then refused TRAINING_DAY_TWICE t1
then nothing happened

story A day recorded by mistake is struck, and may be recorded again
include attended.inc
as prefecture 5331
when StrikeTrainingDay { "training_day_id": "k1:t1:2022-07-11", "reason": "It was t2" }
then event TrainingDayStruck {
	"day": { "state": "TRAINING_DAY_STATE_STRUCK", "reason": "It was t2" } }
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-11", "trainee_ids": ["t1"] }
then event TrainingDayRecorded {
	"days": [{ "training_day_id": "k1:t1:2022-07-11", "state": "TRAINING_DAY_STATE_ATTENDED",
		"revision": "3" }] }

story A day struck in one class counts in another
include attended.inc
as prefecture 5331
given StrikeTrainingDay { "training_day_id": "k1:t1:2022-07-11", "reason": "R" }
given PlanTrainingClass {
	"class_id": "k2", "programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "二班",
	"begins_from": "2022-07-11", "ends_until": "2022-07-11" }
given OpenTrainingClass { "class_id": "k2" }
given RecordTrainingDay { "class_id": "k2", "attended_on": "2022-07-11", "trainee_ids": ["t1"] }
when CloseRoll { "class_id": "k1", "closed_on": "2022-07-12" }
then event RollClosed { "days": [
	{ "trainee_id": "t1", "days": 1 }, { "trainee_id": "t2", "days": 1 },
	{ "trainee_id": "t3", "days": 1 }] }

story A day is struck once, and only by who holds the class
include attended.inc
as prefecture 5331
when StrikeTrainingDay {
	"training_day_id": "k1:t1:2022-07-11", "reason": "R", "expected_revision": "7" }
then refused STALE_REVISION k1:t1:2022-07-11
given StrikeTrainingDay { "training_day_id": "k1:t1:2022-07-11", "reason": "R" }
when StrikeTrainingDay { "training_day_id": "k1:t1:2022-07-11", "reason": "R" }
then refused TRAINING_DAY_STRUCK k1:t1:2022-07-11
as agency ag-1
when StrikeTrainingDay { "training_day_id": "k1:t1:2022-07-10", "reason": "R" }
then refused NOT_FOUND k1:t1:2022-07-10

story A closed roll has one row for each trainee with the days attended (rule B12)
include attended.inc
as prefecture 5331
when CloseRoll { "class_id": "k1", "closed_on": "2022-07-12", "expected_revision": "2" }
then event RollClosed {
	"training_class": {
		"state": "TRAINING_CLASS_STATE_ROLL_CLOSED", "trainees": 3, "trainee_days": 4,
		"closed_on": "2022-07-12", "closed_by": "p-prefecture" },
	"days": [
		{ "trainee_days_id": "k1:t1", "class_id": "k1", "project_id": "pr-s-ruili-ag-1",
		  "programme_year_id": "ty-2022", "site_id": "s-ruili", "region_code": "533102",
		  "agency_id": "ag-1", "days": 2 },
		{ "trainee_id": "t2", "days": 1 },
		{ "trainee_id": "t3", "project_id": "pr-s-lianghe-ag-2", "days": 1 }] }
then ListTraineeDays { "project_id": "pr-s-ruili-ag-1" } gives {
	"days": [{ "trainee_id": "t1", "days": 2 }, { "trainee_id": "t2", "days": 1 }] }

story A closed roll never changes (rule B12)
include attended.inc
as prefecture 5331
given CloseRoll { "class_id": "k1", "closed_on": "2022-07-12" }
when CloseRoll { "class_id": "k1", "closed_on": "2022-07-12" }
then refused CLASS_ROLL_CLOSED k1 by B12
when RecordTrainingDay { "class_id": "k1", "attended_on": "2022-07-12", "trainee_ids": ["t1"] }
then refused CLASS_ROLL_CLOSED k1
when StrikeTrainingDay { "training_day_id": "k1:t1:2022-07-10", "reason": "R" }
then refused CLASS_ROLL_CLOSED k1

story A roll without a day is not closed
include trained.inc
as prefecture 5331
when CloseRoll { "class_id": "k1", "closed_on": "2022-07-10" }
then refused NOBODY_ATTENDED k1
when CloseRoll { "class_id": "k1", "closed_on": "2022-07-10", "expected_revision": "7" }
then refused STALE_REVISION k1
as prefecture 5332
when CloseRoll { "class_id": "k1", "closed_on": "2022-07-10" }
then refused NOT_FOUND k1

story A class is reported on once its roll is closed
include attended.inc
as prefecture 5331
when ReportTrainingClass { "class_id": "k1", "reported_on": "2022-07-12", "report": "R" }
then refused CLASS_ROLL_NOT_CLOSED k1
given CloseRoll { "class_id": "k1", "closed_on": "2022-07-12" }
as agency ag-1
when ReportTrainingClass { "class_id": "k1", "reported_on": "2022-07-12", "report": "R" }
then refused NOT_FOUND k1
as prefecture 5331
when ReportTrainingClass {
	"class_id": "k1", "reported_on": "2022-07-12", "report": "R", "expected_revision": "7" }
then refused STALE_REVISION k1
when ReportTrainingClass { "class_id": "k1", "reported_on": "2022-07-12", "report": "All came" }
then event TrainingClassReported {
	"training_class": { "state": "TRAINING_CLASS_STATE_REPORTED", "report": "All came" } }
as agency ag-1
then GetTrainingClass { "class_id": "k1" } gives {
	"training_class": { "reported_on": "2022-07-12", "trainee_days": 4 } }

story No more than five hundred attend on one record
include trained.inc
as province
when RecordTrainingDay {
	"class_id": "k1", "attended_on": "2022-07-10", "trainee_ids": ["t-{1..501}"] }
then refused FIELD_INVALID trainee_ids
when RecordTrainingDay {
	"class_id": "k1", "attended_on": "2022-07-10", "trainee_ids": ["t-{1..500}"] }
then refused TRAINEE_UNKNOWN t-1
