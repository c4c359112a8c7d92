story An approved list plans a project for each agency and site, and keeps a place for each person (rule B3)
include nominated.inc
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l1",
	"decided_on": "2022-06-01" }
then accepted
then event ProjectPlanned {
	"project": { "project_id": "pr-s1-ag-1", "site_id": "s1", "agency_id": "ag-1", "people": 3,
		     "region_code": "533102", "state": "PROJECT_STATE_PLANNED" },
	"postings": [
		{ "posting_id": "po-a1-1", "person_id": "w1", "state": "POSTING_STATE_RESERVED" },
		{ "posting_id": "po-a1-2", "person_id": "w2", "state": "POSTING_STATE_RESERVED" },
		{ "posting_id": "po-a1-3", "person_id": "w3", "state": "POSTING_STATE_RESERVED" }] }
then event ProjectPlanned {
	"project": { "project_id": "pr-s2-ag-2", "people": 1 },
	"postings": [{ "posting_id": "po-a2-1", "person_id": "w4" }] }
then ListProjects { "programme_year_id": "ty-2022" } gives { "projects": [
	{ "project_id": "pr-s1-ag-1" }, { "project_id": "pr-s2-ag-2" }] }
then ListUnplaced { "programme_year_id": "ty-2022" } gives { "unplaced": [] }

story Nothing is planned before the ministry approves (rule B3)
include nominated.inc
then ListProjects { "programme_year_id": "ty-2022" } gives { "projects": [] }
then ListPostings { "programme_year_id": "ty-2022" } gives { "postings": [] }

story A list that the ministry returns plans nothing (rule B3)
include nominated.inc
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_RETURNED", "document_no": "M-0",
	"decided_on": "2022-06-01", "reason": "Two names are missing" }
then accepted
then no event

story A second list brings more people to the same project
include approved.inc
today 2022-06-02
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-02",
	"closes_by": "2022-06-02", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "s1",
	"submitted_on": "2022-06-02", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-02" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w5", "application_id": "a9", "site_id": "s1" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-02" }
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-02" }
then accepted
then event ProjectPlanned {
	"project": { "project_id": "pr-s1-ag-1", "people": 4, "revision": "2" },
	"postings": [{ "posting_id": "po-a9-1", "person_id": "w5" }] }
then ListProjects { "site_id": "s1" } gives { "projects": [{ "people": 4 }] }

story Two agencies at one site have a project each
include approved.inc
today 2022-06-02
as agency ag-2
given personnel.RegisterPerson {
	"person_id": "w7", "work_name": "W7", "agency_id": "ag-2", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-02",
	"closes_by": "2022-06-02", "document_no": "N9", "title": "A second call" }
as agency ag-2
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-2", "site_id": "s1",
	"submitted_on": "2022-06-02", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w7" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-02" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w7", "application_id": "a9", "site_id": "s1" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-02" }
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-02" }
then accepted
then event ProjectPlanned { "project": { "project_id": "pr-s1-ag-2", "people": 1 } }
then ListProjects { "site_id": "s1" } gives { "projects": [
	{ "project_id": "pr-s1-ag-1" }, { "project_id": "pr-s1-ag-2" }] }

story Whoever does not fit the site is kept with the reason, and nobody else waits for that (rule B5)
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
when personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l1",
	"decided_on": "2022-06-01" }
then accepted
then event ProjectPlanned { "project": { "project_id": "pr-s1-ag-1", "people": 2 } }
then event ProjectPlanned { "project": { "project_id": "pr-s2-ag-2", "people": 1 } }
then event SelectionUnplaced { "unplaced": [{
	"selected_id": "a1-3", "list_id": "l1", "site_id": "s1", "person_id": "w3",
	"reason": "REFUSAL_SITE_FULL", "placed": false }] }
then GetUnplaced { "selected_id": "a1-3" } gives { "unplaced": { "person_id": "w3" } }
then ListUnplaced { "list_id": "l1" } gives { "unplaced": [{ "selected_id": "a1-3" }] }

story Whoever does not fit the year is kept with the reason (rule B4)
include approved.inc
today 2022-06-02
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-02",
	"closes_by": "2022-06-02", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "s1",
	"submitted_on": "2022-06-02", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-02" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w5", "application_id": "a9", "site_id": "s1" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-02" }
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 },
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
given SetSiteQuota { "site_id": "s1", "quota": 3 }
given SetSiteQuota { "site_id": "s2", "quota": 1 }
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 4,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 },
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
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-02" }
then accepted
then event SelectionUnplaced { "unplaced": [{ "person_id": "w5", "reason": "REFUSAL_YEAR_FULL" }] }

story An agreed project takes nobody from a later list (rule B26)
include agreed.inc
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-07-25",
	"closes_by": "2022-07-25", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "s1",
	"submitted_on": "2022-07-25", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-07-25" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w5", "application_id": "a9", "site_id": "s1" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-07-25" }
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-07-25" }
then accepted
then event SelectionUnplaced { "unplaced": [{ "person_id": "w5", "reason": "REFUSAL_PROJECT_AGREED" }] }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "people": 3 } }

story A project whose agreement is before its parties takes nobody from a later list (rule B19)
include drafted.inc
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-05",
	"closes_by": "2022-06-05", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "s1",
	"submitted_on": "2022-06-05", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-05" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w5", "application_id": "a9", "site_id": "s1" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-05" }
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-05" }
then accepted
then event SelectionUnplaced { "unplaced": [{ "person_id": "w5", "reason": "REFUSAL_AGREEMENT_PENDING" }] }

story Nobody is posted in two years at once
include approved.inc
today 2022-06-02
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
	"call_id": "c2", "programme_year_id": "ty-2023", "opens_from": "2022-06-02",
	"closes_by": "2022-06-02", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "s1-2023",
	"submitted_on": "2022-06-02", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w1" }, { "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-02" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w1", "application_id": "a9", "site_id": "s1-2023" },
		{ "person_id": "w5", "application_id": "a9", "site_id": "s1-2023" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-02" }
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-02" }
then accepted
then event ProjectPlanned {
	"project": { "project_id": "pr-s1-2023-ag-1", "people": 1 }, "postings": [{ "person_id": "w5" }] }
then event SelectionUnplaced { "unplaced": [{ "person_id": "w1", "reason": "REFUSAL_PERSON_HAS_POSTING" }] }

story A project has an id of a lawful length, however long the site's is
include approved.inc
today 2022-06-02
as province
given OpenSite {
	"site_id": "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss", "programme_year_id": "ty-2022", "region_code": "533123",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss", "name_zh": "服务点ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss", "quota": 3 }
as province
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-02",
	"closes_by": "2022-06-02", "document_no": "N9", "title": "A second call" }
as agency ag-1
given personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-1", "site_id": "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss",
	"submitted_on": "2022-06-02", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w5" }] }
as province
given personnel.ReviewApplication { "application_id": "a9", "review": "R" }
given personnel.DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-02" }
given personnel.OpenSelectionList { "list_id": "l2", "call_id": "c2" }
given personnel.ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "w5", "application_id": "a9", "site_id": "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss" }] }
given personnel.SubmitToMinistry {
	"list_id": "l2", "document_no": "Y-l2", "submitted_on": "2022-06-02" }
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-02" }
then accepted
then event ProjectPlanned {
	"project": { "project_id": "pr-sssssssssssssssssssssssssssssssssssss:49e131bbd95c14e7", "site_id": "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss" } }
