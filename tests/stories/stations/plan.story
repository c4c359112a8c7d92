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

story A project of the next year continues one of this year (rules B32, B40)
include approved.inc
today 2022-06-05
as province
given DefineProgrammeYear {
	"programme_year_id": "ty-2023", "programme": "PROGRAMME_THREE_AREAS", "year": 2023,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 },
			{ "kind": "SITE_KIND_PREFECTURE_SUPPORT", "min_people": 4, "max_people": 6 }],
		"person_standard_fen": 4000000,
		"sources": [
			{ "source": "central", "name_en": "Central", "name_zh": "中央",
			  "per_person_fen": 2000000,
			  "categories": ["WORK_ALLOWANCE", "TRANSPORT_TRAVEL", "INSURANCE", "TRAINING"] },
			{ "source": "provincial", "name_en": "Provincial", "name_zh": "省级",
			  "per_person_fen": 2000000,
			  "categories": ["TRAINEE_SERVICE", "TRAINING", "PROJECT_ACTIVITY", "ADMINISTRATIVE"] }],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
given OpenSite {
	"site_id": "s1-2023", "programme_year_id": "ty-2023", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1-2023", "name_zh": "服务点s1-2023", "quota": 4 }
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2023", "opens_from": "2022-06-05",
	"closes_by": "2022-06-05", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "s1-2023",
	"submitted_on": "2022-06-05", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-05" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w5", "application_id": "a9", "site_id": "s1-2023" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-05" }
as province person p-secretary
given personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-05" }
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
