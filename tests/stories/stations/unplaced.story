story Whoever did not fit is placed when there is room (rule B5)
include nominated.inc
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 2, "max_people": 4 },
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
given SetSiteQuota { "site_id": "s1", "quota": 2 }
as province person p-secretary
given personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l1",
	"decided_on": "2022-06-01" }
as province
given SetSiteQuota { "site_id": "s1", "quota": 3 }
when ReservePosting { "posting_id": "po-w3", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then accepted
then event PostingReserved {
	"posting": { "posting_id": "po-w3", "person_id": "w3", "selected_id": "a1-3" },
	"unplaced": { "selected_id": "a1-3", "placed": true } }
then GetUnplaced { "selected_id": "a1-3" } gives { "unplaced": { "placed": true } }

story An agency sees its own people among those who do not fit
include nominated.inc
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 2, "max_people": 4 },
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
given SetSiteQuota { "site_id": "s1", "quota": 2 }
as province person p-secretary
given personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l1",
	"decided_on": "2022-06-01" }
as agency ag-2
then ListUnplaced { "list_id": "l1" } gives { "unplaced": [] }
then GetUnplaced { "selected_id": "a1-3" } refused NOT_FOUND a1-3
as agency ag-1
then ListUnplaced { "list_id": "l1" } gives { "unplaced": [{ "person_id": "w3" }] }
