story A place is kept again for an approved person whose place was given up (rule B3)
include approved.inc
as province
given CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then accepted
then event PostingReserved { "posting": {
	"posting_id": "po-x", "person_id": "w3", "site_id": "s1", "region_code": "533102",
	"agency_id": "ag-1", "state": "POSTING_STATE_RESERVED", "selected_id": "a1-3" } }
then GetPosting { "posting_id": "po-x" } gives { "posting": { "project_id": "pr-s1-ag-1" } }
then ListPostings { "site_id": "s1", "state": "POSTING_STATE_RESERVED" } gives { "postings": [{}, {}, {}] }
then ListPostings { "person_id": "w3" } gives { "postings": [
	{ "posting_id": "po-a1-3", "state": "POSTING_STATE_CANCELLED" }, { "posting_id": "po-x" }] }

story Nobody is posted who is on no approved list (rule B3)
include approved.inc
as province
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w5" }
then refused PERSON_NOT_APPROVED w5

story Nobody is posted from a list that the ministry has not approved (rule B3)
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
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w5" }
then refused PERSON_NOT_APPROVED w5

story Nobody is posted elsewhere than approved (rule B3)
include approved.inc
as province
given CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s2-ag-2", "person_id": "w3" }
then refused PERSON_APPROVED_ELSEWHERE w3

story Nobody is posted through another agency than approved (rule B3)
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
given personnel.RecordMinistryDecision {
	"list_id": "l2", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l2",
	"decided_on": "2022-06-02" }
given CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-2", "person_id": "w3" }
then refused PERSON_APPROVED_ELSEWHERE w3

story Nobody is posted twice
include approved.inc
as province
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then refused PERSON_HAS_POSTING w3

story A posting has an id of its own
include approved.inc
as province
when ReservePosting { "posting_id": "po-a1-1", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then refused POSTING_EXISTS po-a1-1

story No place is kept above the site's quota (rule B5)
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
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then refused SITE_FULL s1

story No place is kept above the year's quota (rule B4)
include nominated.inc
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
given SetSiteQuota { "site_id": "s1", "quota": 2 }
given SetSiteQuota { "site_id": "s2", "quota": 1 }
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 3,
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
given personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "M-l1",
	"decided_on": "2022-06-01" }
then ListUnplaced { "list_id": "l1" } gives { "unplaced": [
	{ "person_id": "w3", "reason": "REFUSAL_SITE_FULL" }] }
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then refused YEAR_FULL ty-2022

story An agreed project gets nobody new (rule B26)
include agreed.inc
as province
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w5" }
then refused PROJECT_AGREED pr-s1-ag-1

story People do not change while the agreement is before its parties (rule B19)
include drafted.inc
as province
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w5" }
then refused AGREEMENT_PENDING ar1

story A place is kept in a project that there is
include approved.inc
as province
when ReservePosting { "posting_id": "po-x", "project_id": "pr-x", "person_id": "w3" }
then refused NOT_FOUND pr-x

story Only the province keeps places
include approved.inc
as agency ag-1
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then refused CALLER_NOT_ALLOWED

story A place is given up with the reason, before the project is agreed
include approved.inc
as agency ag-1
when CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
then accepted
then event PostingCancelled { "posting": {
	"posting_id": "po-a1-3", "state": "POSTING_STATE_CANCELLED", "note": "A parent is ill" } }
then GetSiteCard { "site_id": "s1" } gives { "occupied": 2 }

story A place is given up once
include approved.inc
as province
given CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
when CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
then refused POSTING_NOT_RESERVED po-a1-3

story The people of an agreed project stay (rule B26)
include agreed.inc
as province
when CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
then refused PROJECT_AGREED pr-s1-ag-1

story Nobody leaves an agreement that is before its parties (rule B19)
include drafted.inc
as province
when CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
then refused AGREEMENT_PENDING ar1

story An agency gives up its own places only
include approved.inc
as agency ag-2
when CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
then refused NOT_FOUND po-a1-3

story Nobody gives up a place that he has not read of
include approved.inc
as province
when CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill", "expected_revision": "9" }
then refused STALE_REVISION po-a1-3

story A person arrives in time (rule B20)
include agreed.inc
today 2022-08-01
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-08-01" }
then accepted
then event ArrivalConfirmed { "posting": {
	"posting_id": "po-a1-1", "state": "POSTING_STATE_ACTIVE", "arrived_on": "2022-08-01",
	"arrived_late": false } }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "state": "PROJECT_STATE_AGREED" } }

story Who arrives after the day is shown as late (rule B20)
include agreed.inc
today 2022-08-03
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-08-02" }
then accepted
then event ArrivalConfirmed { "posting": { "arrived_late": true } }

story Nobody arrives before the agreement is in force (rule B19)
include drafted.inc
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-06-05" }
then refused AGREEMENT_NOT_IN_FORCE pr-s1-ag-1

story A person arrives once
include started.inc
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-30" }
then refused POSTING_NOT_READY po-a1-1

story A county confirms arrivals of its own
include agreed.inc
today 2022-08-01
as county 533122
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-30" }
then refused NOT_FOUND po-a1-1

story The agency does not confirm its own people's arrival
include agreed.inc
today 2022-08-01
as agency ag-1
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-30" }
then refused CALLER_NOT_ALLOWED

story Nobody confirms an arrival that he has not read of
include agreed.inc
today 2022-08-01
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-30", "expected_revision": "1" }
then refused STALE_REVISION po-a1-1

story The project starts with the last arrival, on the latest day (rule B20)
include agreed.inc
today 2022-08-02
as county 533102
given ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-08-02" }
given ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-07-30" }
when ConfirmArrival { "posting_id": "po-a1-3", "arrived_on": "2022-07-31" }
then accepted
then event ArrivalConfirmed { "posting": { "posting_id": "po-a1-3" } }
then event ProjectStarted { "project": {
	"project_id": "pr-s1-ag-1", "state": "PROJECT_STATE_IN_PROGRESS", "started_on": "2022-08-02" } }

story A person leaves with the reason, and the place is free
include started.inc
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_RESIGNED" }
then accepted
then event PostingEnded { "posting": {
	"state": "POSTING_STATE_ENDED", "ended_on": "2022-08-01", "end_reason": "END_REASON_RESIGNED",
	"arrived_on": "2022-07-30" } }
then GetSiteCard { "site_id": "s1" } gives { "occupied": 2, "active": 2 }

story Nobody leaves who is not in post
include agreed.inc
today 2022-08-01
as county 533102
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_RESIGNED" }
then refused POSTING_NOT_ACTIVE po-a1-1

story Nobody leaves before arriving
include started.inc
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-07-29", "end_reason": "END_REASON_RESIGNED" }
then refused ENDED_BEFORE_ARRIVAL po-a1-1

story Nobody leaves without a reason
include started.inc
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_UNSPECIFIED" }
then refused FIELD_REQUIRED end_reason

story An agency ends its own postings only
include started.inc
as agency ag-2
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_RESIGNED" }
then refused NOT_FOUND po-a1-1

story Nobody ends a posting that he has not read of
include started.inc
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_RESIGNED", "expected_revision": "1" }
then refused STALE_REVISION po-a1-1

story An agency does not see the people of others
include approved.inc
as agency ag-2
then GetPosting { "posting_id": "po-a1-1" } refused NOT_FOUND po-a1-1
then ListPostings { "programme_year_id": "ty-2022" } gives { "postings": [{ "person_id": "w4" }] }
as county 533102
then ListPostings { "programme_year_id": "ty-2022" } gives { "postings": [
	{ "person_id": "w1" }, { "person_id": "w2" }, { "person_id": "w3" }] }

story Who is recalled or replaced leaves by an approved change (rule B26)
include started.inc
as agency ag-1
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_RECALLED" }
then refused LEAVES_BY_CHANGE po-a1-1 by B26
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_REPLACED" }
then refused LEAVES_BY_CHANGE po-a1-1
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_DISMISSED" }
then accepted
