story A survey of needs is recorded for a planned project (rule B18)
include approved.inc
today 2022-06-05
as agency ag-1
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then accepted
then event NeedsSurveyed {
	"survey": { "survey_id": "su1", "households": 30, "recorded_by": "p-ag-1" },
	"project": { "project_id": "pr-s1-ag-1", "state": "PROJECT_STATE_SURVEYED", "survey_id": "su1" } }
then GetSurvey { "survey_id": "su1" } gives { "survey": { "site_id": "s1" } }
then ListSurveys { "project_id": "pr-s1-ag-1" } gives { "surveys": [{ "survey_id": "su1" }] }

story A later survey does not put a ready project back
include prepared.inc
when RecordSurvey {
	"survey_id": "su2", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then accepted
then event NeedsSurveyed { "project": { "state": "PROJECT_STATE_PLAN_READY", "survey_id": "su2" } }
then ListSurveys { "project_id": "pr-s1-ag-1" } gives { "surveys": [{}, {}] }

story A survey is recorded once
include prepared.inc
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then refused SURVEY_EXISTS su1

story An agreed project is not surveyed anew (rule B26)
include agreed.inc
when RecordSurvey {
	"survey_id": "su2", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then refused PROJECT_AGREED pr-s1-ag-1

story An agency surveys for its own project
include approved.inc
today 2022-06-05
as agency ag-2
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then refused NOT_FOUND pr-s1-ag-1

story A county surveys in its own area
include approved.inc
today 2022-06-05
as county 533122
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then refused NOT_FOUND pr-s1-ag-1

story A survey lies in the past
include approved.inc
as agency ag-1
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then refused DATE_IN_FUTURE surveyed_on

story Households are counted from nought
include approved.inc
today 2022-06-05
as agency ag-1
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": -1, "needs": "Care of children left behind" }
then refused FIELD_INVALID households

story A survey of a project that there is not is refused
include approved.inc
today 2022-06-05
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-x", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
then refused NOT_FOUND pr-x
