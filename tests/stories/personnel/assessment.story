story A person in post is assessed for a period (rule B24)
include attended-days.inc
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022Q3", "note": "Good with children",
	"result": "ASSESSMENT_RESULT_EXCELLENT", "assessed_on": "2022-08-03" }
then event PersonAssessed {
	"assessment": { "person_id": "p1", "site_id": "s-ruili", "agency_id": "ag-1",
		"assessed_by": "p-county" } }
when AssessPerson {
	"assessment_id": "as2", "posting_id": "po-a1-2", "period": "2022-08",
	"result": "ASSESSMENT_RESULT_COMPETENT", "assessed_on": "2022-08-03" }
then accepted
then ListAssessments { "person_id": "p1" } gives {
	"assessments": [{ "assessment_id": "as1", "period": "2022Q3" }] }

story How many people have attendance and an assessment can be asked for each period (rule B24)
include attended-days.inc
given AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022-08",
	"result": "ASSESSMENT_RESULT_EXCELLENT", "assessed_on": "2022-08-03" }
given AssessPerson {
	"assessment_id": "as2", "posting_id": "po-a1-2", "period": "2022-08",
	"result": "ASSESSMENT_RESULT_COMPETENT", "assessed_on": "2022-08-03" }
as province
then GetDailyManagement { "programme_year_id": "ty-2022", "period": "2022-08" } gives {
	"in_post": "2", "with_attendance": "1", "assessed": "2", "results": [
		{ "result": "ASSESSMENT_RESULT_EXCELLENT", "people": "1" },
		{ "result": "ASSESSMENT_RESULT_COMPETENT", "people": "1" }] }
then GetDailyManagement { "programme_year_id": "ty-2022", "period": "2022-09" } gives {
	"in_post": "2", "with_attendance": "0", "assessed": "0" }
as province region 44
then GetDailyManagement { "programme_year_id": "ty-2022", "period": "2022-08" } refused NOT_FOUND ty-2022

story Nobody assesses himself
include started.inc
as agency ag-1 person p1
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022Q3",
	"result": "ASSESSMENT_RESULT_EXCELLENT", "assessed_on": "2022-08-01" }
then refused ASSESSED_BY_SELF p1 by B24

story One assessment for one person and period
include started.inc
given AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022Q3",
	"result": "ASSESSMENT_RESULT_EXCELLENT", "assessed_on": "2022-08-01" }
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022Q4",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then refused ASSESSMENT_EXISTS as1
when AssessPerson {
	"assessment_id": "as2", "posting_id": "po-a1-1", "period": "2022Q3",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then refused ASSESSMENT_EXISTS as1

story A period is a year, a quarter or a month
include started.inc
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022Q5",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then refused FIELD_INVALID period
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022-13",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then refused FIELD_INVALID period
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "22",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then refused FIELD_INVALID period
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then accepted

story Who has not arrived is not assessed
include started.inc
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022Q3",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-07-29" }
then refused OUTSIDE_POSTING 2022-07-29
as agency ag-2
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a3-1", "period": "2022Q3",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then refused OUTSIDE_POSTING 2022-08-01
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022Q3",
	"result": "ASSESSMENT_RESULT_BASIC", "assessed_on": "2022-08-01" }
then refused NOT_FOUND po-a1-1

story An assessment rests on a final result of the person's own project, or on none (rule B30)
include started.inc
include evaluated.inc
as county 533102
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022",
	"result": "ASSESSMENT_RESULT_EXCELLENT", "assessed_on": "2023-05-10",
	"evaluation_id": "r1:pr-s-ruili-ag-1" }
then refused RESULT_NOT_FINAL r1:pr-s-ruili-ag-1 by B30

story An assessment keeps the result that it rests on (rule B30)
include started.inc
include final.inc
as county 533102
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a1-1", "period": "2022",
	"result": "ASSESSMENT_RESULT_EXCELLENT", "assessed_on": "2023-05-10",
	"evaluation_id": "r1:pr-s-ruili-ag-1" }
then event PersonAssessed { "assessment": { "evaluation_id": "r1:pr-s-ruili-ag-1" } }

story An assessment does not rest on the result of another project (rule B30)
include started.inc
include final.inc
as agency ag-2
given stations.RecordSurvey {
	"survey_id": "su2", "project_id": "pr-s-lianghe-ag-2", "surveyed_on": "2023-05-10",
	"methods": "M", "households": 30, "needs": "N" }
given stations.SetPlan {
	"plan_id": "pl2", "project_id": "pr-s-lianghe-ag-2", "objectives": "O", "content": "C",
	"schedule": "A year", "trainees": 2 }
given stations.DraftAgreement {
	"agreement_id": "ar2", "project_id": "pr-s-lianghe-ag-2", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 2000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 2000000 }] }
given stations.SignAgreement { "agreement_id": "ar2", "party": "agency", "signed_on": "2023-05-10" }
as province
given stations.SignAgreement {
	"agreement_id": "ar2", "party": "province", "signed_on": "2023-05-10" }
as county 533122
given stations.SignAgreement { "agreement_id": "ar2", "party": "county", "signed_on": "2023-05-10" }
given stations.ConfirmArrival { "posting_id": "po-a3-1", "arrived_on": "2023-05-10" }
when AssessPerson {
	"assessment_id": "as1", "posting_id": "po-a3-1", "period": "2022",
	"result": "ASSESSMENT_RESULT_EXCELLENT", "assessed_on": "2023-05-10",
	"evaluation_id": "r1:pr-s-ruili-ag-1" }
then refused NOT_OF_PROJECT po-a3-1 by B30
