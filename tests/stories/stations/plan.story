story A plan is made from the survey, with the goals that it serves (rules B18, B32)
include approved.inc
today 2022-06-05
as agency ag-1
given RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
when SetPlan {
	"plan_id": "pl1", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4,
	"goals": ["GOAL_TAG_CONTINUITY", "GOAL_TAG_STATION_CONSTRUCTION"] }
then accepted
then event PlanSet {
	"plan": { "plan_id": "pl1", "survey_id": "su1", "version": 1, "trainees": 4, "set_by": "p-ag-1" },
	"project": { "state": "PROJECT_STATE_PLAN_READY", "plan_id": "pl1",
		     "goals": ["GOAL_TAG_CONTINUITY", "GOAL_TAG_STATION_CONSTRUCTION"] } }
then GetPlan { "plan_id": "pl1" } gives { "plan": { "content": "Visits and groups" } }
then ListPlans { "project_id": "pr-s1-ag-1" } gives { "plans": [{ "plan_id": "pl1" }] }

story A plan is replaced until the project is agreed, and stays on record
include prepared.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4 }
then accepted
then event PlanSet { "plan": { "version": 2 }, "project": { "plan_id": "pl2" } }
then ListPlans { "project_id": "pr-s1-ag-1" } gives { "plans": [{ "plan_id": "pl1" }, { "plan_id": "pl2" }] }

story There is no plan before the survey (rule B18)
include approved.inc
as agency ag-1
when SetPlan {
	"plan_id": "pl1", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4 }
then refused SURVEY_MISSING pr-s1-ag-1

story A plan is set once
include prepared.inc
when SetPlan {
	"plan_id": "pl1", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4 }
then refused PLAN_EXISTS pl1

story An agreed plan stays (rule B26)
include agreed.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4 }
then refused PROJECT_AGREED pr-s1-ag-1

story A plan that is being signed for does not change (rule B19)
include drafted.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4 }
then refused AGREEMENT_PENDING ar1

story An agency plans its own project
include prepared.inc
as agency ag-2
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4 }
then refused NOT_FOUND pr-s1-ag-1

story Nobody replaces a plan that he has not read
include prepared.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4, "expected_revision": "2" }
then refused STALE_REVISION pr-s1-ag-1

story A project continues one that there was (rule B32)
include prepared.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4, "previous_project_id": "pr-old" }
then refused PREVIOUS_PROJECT_UNKNOWN pr-old

story A project does not continue one of its own year (rule B32)
include prepared.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4, "previous_project_id": "pr-s2-ag-2" }
then refused PREVIOUS_PROJECT_UNKNOWN pr-s2-ag-2

story A project of the next year continues one of this year (rule B32)
include next-year.inc
as agency ag-1
given RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-2023-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
when SetPlan {
	"plan_id": "pl1", "project_id": "pr-s1-2023-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4, "previous_project_id": "pr-s1-ag-1" }
then accepted
then event PlanSet { "project": { "previous_project_id": "pr-s1-ag-1" } }

story Trainees are counted from nought
include prepared.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": -1 }
then refused FIELD_INVALID trainees

story A goal is a named one (rule B32)
include prepared.inc
when SetPlan {
	"plan_id": "pl2", "project_id": "pr-s1-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4, "goals": ["GOAL_TAG_UNSPECIFIED"] }
then refused FIELD_INVALID goals
