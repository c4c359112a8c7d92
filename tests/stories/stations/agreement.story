story An agreement is drafted from survey and plan, for those whose places are kept (rule B18)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then accepted
then event AgreementDrafted { "agreement": {
	"agreement_id": "ar1", "state": "AGREEMENT_STATE_DRAFT", "people": 3, "plan_id": "pl1",
	"rules_version": 1, "revision": "1" } }
then GetAgreement { "agreement_id": "ar1" } gives { "agreement": { "project_id": "pr-s1-ag-1" } }
then ListAgreements { "programme_year_id": "ty-2022", "state": "AGREEMENT_STATE_DRAFT" } gives {
	"agreements": [{ "agreement_id": "ar1" }] }
then ListAgreements { "state": "AGREEMENT_STATE_IN_FORCE" } gives { "agreements": [] }

story There is no agreement before the survey (rule B18)
include approved.inc
as agency ag-1
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then refused SURVEY_MISSING pr-s1-ag-1

story There is no agreement before the plan (rule B18)
include approved.inc
today 2022-06-05
as agency ag-1
given RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then refused PLAN_MISSING pr-s1-ag-1

story An agreement is drafted once
include drafted.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then refused AGREEMENT_EXISTS ar1

story A project has one agreement before its parties (rule B19)
include drafted.inc
when DraftAgreement {
	"agreement_id": "ar2", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then refused AGREEMENT_PENDING ar1

story An agreed project is not agreed anew (rule B26)
include agreed.inc
when DraftAgreement {
	"agreement_id": "ar2", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then refused PROJECT_AGREED pr-s1-ag-1

story An agreement is about somebody
include prepared.inc
as province
given CancelPosting { "posting_id": "po-a1-1", "note": "Ill" }
given CancelPosting { "posting_id": "po-a1-2", "note": "Ill" }
given CancelPosting { "posting_id": "po-a1-3", "note": "Ill" }
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then refused PROJECT_WITHOUT_PEOPLE pr-s1-ag-1

story An agency drafts for its own project
include prepared.inc
as agency ag-2
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then refused NOT_FOUND pr-s1-ag-1

story Administration is never paid from the central share (rule B11)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "ADMINISTRATIVE", "amount_fen": 6000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 6000000 }] }
then refused BUDGET_CATEGORY_NOT_ALLOWED ADMINISTRATIVE

story The central share does not pay for activities (rule B10)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "PROJECT_ACTIVITY", "amount_fen": 6000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 6000000 }] }
then refused BUDGET_CATEGORY_NOT_ALLOWED PROJECT_ACTIVITY

story Money comes from the sources of the rules (rule B10)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "lottery", "category": "TRAINING", "amount_fen": 6000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 6000000 }] }
then refused BUDGET_SOURCE_UNKNOWN lottery

story A budget has one line for each source and category
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 3000000 },
		{ "source": "central", "category": "TRAINING", "amount_fen": 3000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 6000000 }] }
then refused BUDGET_LINE_TWICE TRAINING

story Both sources may pay for training (rule B10)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 6000000 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 6000000 }] }
then accepted

story A budget above the standard for its people is refused (rule B9)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 6000000 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 6000001 }] }
then refused BUDGET_TOTAL_DIFFERS ar1

story A budget below the standard for its people is refused (rule B9)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 6000000 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 5999999 }] }
then refused BUDGET_TOTAL_DIFFERS ar1

story Each source bears exactly its share (rule B10)
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 6000001 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 5999999 }] }
then refused BUDGET_SHARE_DIFFERS central

story A line of a budget is about money
include prepared.inc
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 6000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 0 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 6000000 }] }
then refused FIELD_INVALID budget.amount_fen

story The budget is for those whose places are kept now (rule B9)
include prepared.inc
as province
given CancelPosting { "posting_id": "po-a1-3", "note": "Ill" }
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 4000000 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 4000000 }] }
then accepted
then event AgreementDrafted { "agreement": { "people": 2 } }

story The first party signs, and the agreement is not in force (rule B19)
include drafted.inc
today 2022-07-20
as province
when SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-20" }
then accepted
then event AgreementSigned { "agreement": {
	"state": "AGREEMENT_STATE_SIGNING", "in_force_on": "",
	"signatures": [{ "party": "province", "signed_on": "2022-07-20", "signed_by": "p-province" }] } }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "state": "PROJECT_STATE_PLAN_READY" } }

story The third signature puts the agreement in force, and the people may come (rule B19)
include drafted.inc
today 2022-07-25
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-20" }
as county 533102
given SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-25" }
as agency ag-1
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-22" }
then accepted
then event AgreementInForce {
	"agreement": { "state": "AGREEMENT_STATE_IN_FORCE", "in_force_on": "2022-07-25", "late": false,
		       "version": 1 },
	"project": { "state": "PROJECT_STATE_AGREED", "agreement_id": "ar1", "baseline_version": 1 },
	"postings": [
		{ "posting_id": "po-a1-1", "state": "POSTING_STATE_READY" },
		{ "posting_id": "po-a1-2", "state": "POSTING_STATE_READY" },
		{ "posting_id": "po-a1-3", "state": "POSTING_STATE_READY" }] }

story Signed on the last day an agreement is in time (rule B19)
include drafted.inc
today 2022-08-05
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-31" }
as county 533102
given SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-31" }
as agency ag-1
given SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-31" }
then GetAgreement { "agreement_id": "ar1" } gives { "agreement": { "late": false, "in_force_on": "2022-07-31" } }

story Signed after the last day an agreement is taken, and late (rule B19)
include drafted.inc
today 2022-08-05
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-20" }
as county 533102
given SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-08-01" }
as agency ag-1
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-22" }
then accepted
then event AgreementInForce { "agreement": { "late": true, "in_force_on": "2022-08-01" } }

story A prefecture signs for a county of its own (rule B19)
include drafted.inc
today 2022-07-25
as prefecture 5331
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-25" }
then accepted

story Another county cannot sign (rule B19)
include drafted.inc
today 2022-07-25
as county 533122
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-25" }
then refused NOT_FOUND ar1

story Another agency cannot sign (rule B19)
include drafted.inc
today 2022-07-25
as agency ag-2
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-25" }
then refused NOT_FOUND ar1

story A county does not sign for a whole prefecture (rule B19)
include approved.inc
today 2022-06-02
as province
given OpenSite {
	"site_id": "s18", "programme_year_id": "ty-2022", "region_code": "5333",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s18", "name_zh": "服务点s18", "quota": 3,
	"county_unstated": true }
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-02",
	"closes_by": "2022-06-02", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "s18",
	"submitted_on": "2022-06-02", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-02" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w5", "application_id": "a9", "site_id": "s18" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-02" }
as province person p-secretary
given personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-02" }
today 2022-06-05
as agency ag-1
given RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s18-ag-1", "surveyed_on": "2022-06-05",
	"methods": "Visits", "households": 30, "needs": "Care of children left behind" }
given SetPlan {
	"plan_id": "pl1", "project_id": "pr-s18-ag-1", "objectives": "Forty families are known",
	"content": "Visits and groups", "schedule": "A year", "trainees": 4 }
given DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s18-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 2000000 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 2000000 }] }
as county 533301
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-06-05" }
then refused NOT_FOUND ar1
as prefecture 5333
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-06-05" }
then accepted

story The province does not sign for the agency (rule B19)
include drafted.inc
today 2022-07-25
as province
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-25" }
then refused SIGNER_NOT_OF_PARTY agency

story The agency does not sign for the county (rule B19)
include drafted.inc
today 2022-07-25
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-25" }
then refused SIGNER_NOT_OF_PARTY county

story Only the parties of the rules sign (rule B19)
include drafted.inc
today 2022-07-25
as province
when SignAgreement { "agreement_id": "ar1", "party": "bank", "signed_on": "2022-07-25" }
then refused PARTY_NOT_IN_RULES bank

story A party signs once (rule B19)
include drafted.inc
today 2022-07-25
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-25" }
as province person p-other
when SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-25" }
then refused PARTY_HAS_SIGNED province

story One person does not sign for two parties (rule B19)
include drafted.inc
today 2022-07-25
as province person p-both
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-25" }
as county 533102 person p-both
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-25" }
then refused SIGNER_OF_OTHER_PARTY p-both

story A signature is not dated tomorrow
include drafted.inc
today 2022-07-25
as province
when SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-26" }
then refused DATE_IN_FUTURE signed_on

story An agreement in force is not signed again (rule B19)
include agreed.inc
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-25" }
then refused AGREEMENT_NOT_PENDING ar1

story An agreement drafted under rules that were amended since is not signed (rule B38)
include drafted.inc
as province
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 20,
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
when SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-06-05" }
then refused AGREEMENT_RULES_AMENDED ar1

story Nobody signs an agreement that he has not read
include drafted.inc
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-06-05" }
as county 533102
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-06-05", "expected_revision": "1" }
then refused STALE_REVISION ar1

story An agreement is taken back before it is in force, and another is drafted
include drafted.inc
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-06-05" }
when WithdrawAgreement { "agreement_id": "ar1", "note": "The budget is to be changed" }
then accepted
then event AgreementWithdrawn { "agreement": {
	"state": "AGREEMENT_STATE_WITHDRAWN", "withdrawn_note": "The budget is to be changed" } }
when DraftAgreement {
	"agreement_id": "ar2", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 5000000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 1000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 5000000 },
		{ "source": "provincial", "category": "ADMINISTRATIVE", "amount_fen": 1000000 }] }
then accepted

story An agreement in force is not taken back (rule B26)
include agreed.inc
as province
when WithdrawAgreement { "agreement_id": "ar1", "note": "The budget is to be changed" }
then refused AGREEMENT_NOT_PENDING ar1

story An agreement that was taken back is not signed
include drafted.inc
as province
given WithdrawAgreement { "agreement_id": "ar1", "note": "The budget is to be changed" }
when SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-06-05" }
then refused AGREEMENT_NOT_PENDING ar1

story Only the province takes an agreement back
include drafted.inc
when WithdrawAgreement { "agreement_id": "ar1", "note": "The budget is to be changed" }
then refused CALLER_NOT_ALLOWED

story Nobody takes back an agreement that he has not read
include drafted.inc
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-06-05" }
when WithdrawAgreement { "agreement_id": "ar1", "note": "The budget is to be changed", "expected_revision": "1" }
then refused STALE_REVISION ar1

story An agreement that there is not is not taken back
include prepared.inc
as province
when WithdrawAgreement { "agreement_id": "ar1", "note": "The budget is to be changed" }
then refused NOT_FOUND ar1

story An agency does not see the agreements of others
include drafted.inc
as agency ag-2
then GetAgreement { "agreement_id": "ar1" } refused NOT_FOUND ar1
then ListAgreements {} gives { "agreements": [] }
