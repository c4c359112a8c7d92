story The agreement is the first baseline: five parts (rule B26)
include agreed.inc
then GetBaseline { "project_id": "pr-s1-ag-1" } gives {
	"version": 1, "agreement": { "agreement_id": "ar1" }, "plan": { "plan_id": "pl1" },
	"postings": [{}, {}, {}],
	"baseline": {
		"baseline_id": "pr-s1-ag-1:v1", "valid_from": "2022-07-25", "agreement_id": "ar1",
		"change_id": "", "objectives": "Forty families are known", "schedule": "A year",
		"content": "Visits and groups", "budget": [
			{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": "5000000" },
			{}, {}, {}],
		"people": [{ "person_id": "w1", "posting_id": "po-a1-1" }, {}, {}],
		"trainee_ids": [], "differences": [] } }

story What was agreed can be read as of any day and version (rule B26)
include replacing.inc
as province
given DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
then GetBaseline { "project_id": "pr-s1-ag-1" } gives { "version": 2, "postings": [
	{ "person_id": "w5" }, { "person_id": "w2" }, { "person_id": "w3" }] }
then GetBaseline { "project_id": "pr-s1-ag-1", "version": 1 } gives { "version": 1, "postings": [
	{ "person_id": "w1", "state": "POSTING_STATE_ENDED" }, {}, {}] }
then GetBaseline { "project_id": "pr-s1-ag-1", "valid_on": "2022-08-31" } gives { "version": 1 }
then GetBaseline { "project_id": "pr-s1-ag-1", "valid_on": "2022-09-01" } gives { "version": 2 }
then GetBaseline { "project_id": "pr-s1-ag-1", "valid_on": "2022-07-01" } gives { "version": 0 }
then GetBaseline { "project_id": "pr-s1-ag-1", "version": 3 } gives { "version": 0 }
then ListBaselines { "project_id": "pr-s1-ag-1" } gives { "baselines": [
	{ "version": 1, "changed": "CHANGE_KIND_UNSPECIFIED" },
	{ "version": 2, "changed": "CHANGE_KIND_PERSON", "differences": [
		{ "field": "person", "before": "w1", "after": "w5" }] }] }
as agency ag-2
then GetBaseline { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1
then ListBaselines { "project_id": "pr-s1-ag-1" } gives { "baselines": [] }

story An agreement has no baseline before it is in force
include drafted.inc
then ListBaselines { "project_id": "pr-s1-ag-1" } gives { "baselines": [] }
