story A plan says how many sessions an area is to have in a period (rule A10)
include double.inc
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then event SupervisionPlanSet { "plan": {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480, "done_sessions": 0,
	"done_minutes": 0, "setter_id": "p-project-office" } }
then GetSupervisionPlan { "plan_id": "pl-1" } gives { "plan": { "target_sessions": 4 } }
then ListSupervisionPlans { "period": "2017Q1" } gives { "plans": [{ "plan_id": "pl-1" }] }

story What was done is counted against the plans of each period (rule A10)
include recorded.inc
as project-office region 44
given SetSupervisionPlan {
	"plan_id": "pl-2", "programme_year_id": "dh", "region_code": "441900004",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
given SetSupervisionPlan {
	"plan_id": "pl-3", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_TRAINING", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 1, "target_minutes": 0 }
then GetPlanCompletion { "programme_year_id": "dh", "region_code": "44" } gives { "completions": [
	{ "kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "plans": 2, "target_sessions": 8,
	  "done_sessions": 1, "target_minutes": 960, "done_minutes": 90, "completion_hundredths": 1250 },
	{ "kind": "PLAN_KIND_TRAINING", "period": "2017Q1", "plans": 1, "target_sessions": 1,
	  "done_sessions": 0, "completion_hundredths": 0 }] }
then GetPlanCompletion { "programme_year_id": "dh", "region_code": "4414" } gives { "completions": [] }
then GetPlanCompletion { "programme_year_id": "dh", "region_code": "441900" } refused FIELD_INVALID region_code
then GetPlanCompletion { "programme_year_id": "d9", "region_code": "44" } refused NOT_FOUND d9
as regional-centre 4414
then GetPlanCompletion { "programme_year_id": "dh", "region_code": "4419" } refused NOT_FOUND 4419

story An area has one plan of a kind for a period (rule A10)
include double.inc
given SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q2", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then refused PLAN_EXISTS pl-1
when SetSupervisionPlan {
	"plan_id": "pl-2", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then refused PLANNED_ALREADY pl-1 by A10
when SetSupervisionPlan {
	"plan_id": "pl-2", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_TRAINING", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then accepted

story A plan has a period and asks for something
include double.inc
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2016-12-31", "target_sessions": 4, "target_minutes": 480 }
then refused FIELD_INVALID ends_by
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 0, "target_minutes": 480 }
then refused FIELD_INVALID target_sessions
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": -1 }
then refused FIELD_INVALID target_minutes

story A centre plans for its own city
include double.inc
as regional-centre 4414
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then refused NOT_FOUND 4419
as regional-centre 4419
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "d9", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then refused NOT_FOUND d9
when SetSupervisionPlan {
	"plan_id": "pl-1", "programme_year_id": "dh", "region_code": "4419",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then accepted
as town 441900003
when SetSupervisionPlan {
	"plan_id": "pl-2", "programme_year_id": "dh", "region_code": "441900003",
	"kind": "PLAN_KIND_SUPERVISION", "period": "2017Q1", "begins_from": "2017-01-01",
	"ends_by": "2017-03-31", "target_sessions": 4, "target_minutes": 480 }
then refused CALLER_NOT_ALLOWED
