story A planned project owes an agreement and the arrival of its people (rules B19 and B20)
include setup.inc
include approved.inc
as province
then ListObligations { "project_id": "pr-s1-ag-1" } gives { "obligations": [
	{ "obligation_id": "agreement:pr-s1-ag-1", "kind": "OBLIGATION_KIND_AGREEMENT",
	  "state": "OBLIGATION_STATE_DUE", "programme_year_id": "ty-2022", "region_code": "533102",
	  "site_id": "s1", "project_id": "pr-s1-ag-1", "agency_id": "ag-1", "period": "",
	  "due_by": "2022-07-31", "alert_by": "2022-07-24", "arisen_on": "2022-07-20",
	  "met_on": "", "late": false, "rules_version": 1, "revision": "1" },
	{ "obligation_id": "arrival:pr-s1-ag-1", "kind": "OBLIGATION_KIND_ARRIVAL",
	  "state": "OBLIGATION_STATE_DUE", "due_by": "2022-08-01", "alert_by": "2022-07-25" }] }
then GetObligation { "obligation_id": "arrival:pr-s1-ag-1" } gives {
	"obligation": { "kind": "OBLIGATION_KIND_ARRIVAL", "due_by": "2022-08-01" } }
then ListAlerts { "programme_year_id": "ty-2022" } gives { "alerts": [] }

story A project with a long name owes the same, under a shorter id
include setup.inc
include approved.inc
as province
then ListObligations { "site_id": "u1-county-not-stated-in-the-notice-of-the-year-2022" } gives {
	"obligations": [
		{ "kind": "OBLIGATION_KIND_AGREEMENT",
		  "project_id": "pr-u1-county-not-stated-in-the-notice-of-the-year-2022-ag-2" },
		{ "kind": "OBLIGATION_KIND_ARRIVAL" }] }

story Obligations are seen by those whom they concern
include setup.inc
include approved.inc
as agency ag-2
then ListObligations { "kind": "OBLIGATION_KIND_AGREEMENT", "region_code": "5331" } gives {
	"obligations": [
		{ "obligation_id": "agreement:pr-s1-ag-2" }, { "obligation_id": "agreement:pr-s2-ag-2" }] }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } refused NOT_FOUND agreement:pr-s1-ag-1
as county 533122
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } refused NOT_FOUND agreement:pr-s1-ag-1

story An agreement that all have signed in time meets its obligation (rule B19)
include setup.inc
include approved.inc
include almost-agreed-s1.inc
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-20" }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-07-20", "met_by_id": "ar1", "late": false,
	"alert_by": "", "revision": "2" } }
today 2022-08-05
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "revision": "2" } }

story An agreement signed after the date is met late (rule B19)
include setup.inc
include approved.inc
include almost-agreed-s1.inc
today 2022-08-01
as county 533102
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MISSED", "late": false, "alert_by": "" } }
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-08-01" }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-08-01", "late": true } }

story What was signed in time and entered after the date is on time (rule B19)
include setup.inc
include approved.inc
include almost-agreed-s1.inc
today 2022-08-03
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-31" }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-07-31", "late": false } }

story Everybody in post on the day meets the obligation to arrive (rule B20)
include setup.inc
include approved.inc
include started-s1.inc
then GetObligation { "obligation_id": "arrival:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-07-22", "met_by_id": "pr-s1-ag-1",
	"late": false } }

story The last to arrive decides whether all have arrived in time (rule B20)
include setup.inc
include approved.inc
include almost-agreed-s1.inc
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-20" }
today 2022-08-02
given stations.ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-08-01" }
then GetObligation { "obligation_id": "arrival:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MISSED" } }
given stations.ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-08-02" }
then GetObligation { "obligation_id": "arrival:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-08-02", "late": true } }

story A started project owes its site's reports and its evaluation (rules B28 and B35)
include setup.inc
include approved.inc
include started-s1.inc
as province
then ListObligations { "site_id": "s1", "kind": "OBLIGATION_KIND_QUARTERLY_REPORT" } gives {
	"obligations": [
		{ "obligation_id": "report:s1:2022Q3", "state": "OBLIGATION_STATE_DUE",
		  "period": "2022Q3", "due_by": "2022-10-10", "alert_by": "2022-10-03",
		  "project_id": "pr-s1-ag-1", "arisen_on": "2022-07-22" },
		{ "obligation_id": "report:s1:2022Q4", "period": "2022Q4", "due_by": "2023-01-10" }] }
then ListObligations { "site_id": "s1", "kind": "OBLIGATION_KIND_EVALUATION" } gives {
	"obligations": [
		{ "obligation_id": "evaluation:pr-s1-ag-1", "state": "OBLIGATION_STATE_DUE",
		  "due_by": "2023-06-30", "alert_by": "2023-06-23", "arisen_on": "2022-07-22" }] }

story Two projects at one site owe one report for a quarter (rule B35)
include setup.inc
include approved.inc
include started-s1.inc
include almost-agreed-s1-second.inc
as county 533102
given stations.SignAgreement { "agreement_id": "ar4", "party": "county", "signed_on": "2022-07-22" }
given stations.ConfirmArrival { "posting_id": "po-a4-1", "arrived_on": "2022-07-22" }
as province
then ListObligations { "site_id": "s1", "kind": "OBLIGATION_KIND_QUARTERLY_REPORT" } gives {
	"obligations": [
		{ "obligation_id": "report:s1:2022Q3", "agency_id": "ag-1" },
		{ "obligation_id": "report:s1:2022Q4", "agency_id": "ag-1" }] }
then ListObligations { "site_id": "s1", "kind": "OBLIGATION_KIND_EVALUATION" } gives {
	"obligations": [
		{ "obligation_id": "evaluation:pr-s1-ag-1" }, { "obligation_id": "evaluation:pr-s1-ag-2" }] }

story Nobody owes a report that was due before the project started
include setup.inc
include approved.inc
include almost-agreed-s1.inc
today 2022-10-11
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-10-11" }
given stations.ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-10-11" }
given stations.ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-10-11" }
then ListObligations { "site_id": "s1", "kind": "OBLIGATION_KIND_QUARTERLY_REPORT" } gives {
	"obligations": [{ "obligation_id": "report:s1:2022Q4" }] }

story Each project owes an entry of its locality for each period (rule B28)
include setup.inc
include approved.inc
include started-s1.inc
as province
then ListObligations { "project_id": "pr-s1-ag-1", "kind": "OBLIGATION_KIND_MONITORING" } gives {
	"obligations": [
		{ "obligation_id": "monitoring:pr-s1-ag-1:2022Q3", "subject_id": "pr-s1-ag-1",
		  "period": "2022Q3", "due_by": "2022-10-10" },
		{ "obligation_id": "monitoring:pr-s1-ag-1:2022Q4", "due_by": "2023-01-10" }] }

story A date that the rules change later binds only what arises later
include setup.inc
include approved.inc
as province
given stations.AmendRules {
	"programme_year_id": "ty-2022", "basis": "A later notice",
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 },
			{ "kind": "SITE_KIND_PREFECTURE_SUPPORT", "min_people": 1, "max_people": 6 }],
		"person_standard_fen": 4000000,
		"sources": [
			{ "source": "central", "name_en": "Central", "name_zh": "中央",
			  "per_person_fen": 2000000, "categories": ["WORK_ALLOWANCE"] },
			{ "source": "provincial", "name_en": "Provincial", "name_zh": "省级",
			  "per_person_fen": 2000000, "categories": ["PROJECT_ACTIVITY"] }],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-08-31", "arrival_by": "2022-09-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-20" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 0 } } }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives {
	"obligation": { "due_by": "2022-07-31", "rules_version": 1 } }
include started-s1.inc
then ListObligations { "subject_id": "s1", "agency_id": "ag-1", "state": "OBLIGATION_STATE_DUE" } gives {
	"obligations": [{ "period": "2022Q3", "due_by": "2022-10-20", "rules_version": 2 }] }

story The province can dispense with an obligation, for a reason
include setup.inc
include approved.inc
today 2022-07-24
as province
when WaiveObligation { "obligation_id": "agreement:pr-s1-ag-1", "reason": "The county was flooded." }
then accepted
then event ObligationWaived {
	"obligation": { "obligation_id": "agreement:pr-s1-ag-1", "state": "OBLIGATION_STATE_WAIVED",
		"waive_reason": "The county was flooded.", "waived_by_id": "p-province", "alert_by": "" },
	"alerts": [{ "alert_id": "upcoming:agreement:pr-s1-ag-1", "state": "ALERT_STATE_CLEARED",
		"cleared_on": "2022-07-24" }] }
today 2022-08-02
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_WAIVED" } }

story A missed obligation can be waived too
include setup.inc
include approved.inc
today 2022-08-02
as province
when WaiveObligation { "obligation_id": "agreement:pr-s1-ag-1", "reason": "The county was flooded." }
then accepted
then GetAlert { "alert_id": "overdue:agreement:pr-s1-ag-1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-08-02" } }

story What was waived stays waived when it is done after all
include setup.inc
include approved.inc
include almost-agreed-s1.inc
as province
given WaiveObligation { "obligation_id": "agreement:pr-s1-ag-1", "reason": "The county was flooded." }
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-20" }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_WAIVED", "met_on": "" } }

story What is settled cannot be waived
include setup.inc
include approved.inc
include started-s1.inc
as province
when WaiveObligation { "obligation_id": "agreement:pr-s1-ag-1", "reason": "Why not." }
then refused OBLIGATION_SETTLED agreement:pr-s1-ag-1
then no event
given WaiveObligation { "obligation_id": "report:s1:2022Q3", "reason": "A short quarter." }
when WaiveObligation { "obligation_id": "report:s1:2022Q3", "reason": "A short quarter." }
then refused OBLIGATION_SETTLED report:s1:2022Q3

story Only the province waives, with a reason and knowing what it waives
include setup.inc
include approved.inc
as agency ag-1
when WaiveObligation { "obligation_id": "agreement:pr-s1-ag-1", "reason": "We are busy." }
then refused CALLER_NOT_ALLOWED
as province
when WaiveObligation { "obligation_id": "agreement:pr-s1-ag-1" }
then refused FIELD_REQUIRED reason
when WaiveObligation { "obligation_id": "agreement:pr-none", "reason": "R" }
then refused NOT_FOUND agreement:pr-none
when WaiveObligation {
	"obligation_id": "agreement:pr-s1-ag-1", "reason": "R", "expected_revision": 7 }
then refused STALE_REVISION agreement:pr-s1-ag-1

story All that falls due on one date is alerted on that date, however much it is
include setup.inc
include approved.inc
include crowded.inc
include started-s1.inc
as province
today 2022-09-22
then GetOverview { "programme_year_id": "ty-2022" } gives { "obligations": [
	{ "kind": "OBLIGATION_KIND_AGREEMENT" }, { "kind": "OBLIGATION_KIND_ARRIVAL" },
	{ "kind": "OBLIGATION_KIND_QUARTERLY_REPORT", "due": 260, "alerts_upcoming": 0 },
	{ "kind": "OBLIGATION_KIND_EVALUATION" },
	{ "kind": "OBLIGATION_KIND_MONITORING", "due": 260, "alerts_upcoming": 0 }] }
today 2022-09-23
then GetOverview { "programme_year_id": "ty-2022" } gives { "obligations": [
	{ "kind": "OBLIGATION_KIND_AGREEMENT" }, { "kind": "OBLIGATION_KIND_ARRIVAL" },
	{ "kind": "OBLIGATION_KIND_QUARTERLY_REPORT", "due": 260, "alerts_upcoming": 260 },
	{ "kind": "OBLIGATION_KIND_EVALUATION" },
	{ "kind": "OBLIGATION_KIND_MONITORING", "due": 260, "alerts_upcoming": 260 }] }
today 2022-10-01
then GetOverview { "programme_year_id": "ty-2022" } gives { "obligations": [
	{ "kind": "OBLIGATION_KIND_AGREEMENT" }, { "kind": "OBLIGATION_KIND_ARRIVAL" },
	{ "kind": "OBLIGATION_KIND_QUARTERLY_REPORT", "missed": 260, "alerts_overdue": 260, "alerts_upcoming": 0 },
	{ "kind": "OBLIGATION_KIND_EVALUATION" },
	{ "kind": "OBLIGATION_KIND_MONITORING", "missed": 260, "alerts_overdue": 260, "alerts_upcoming": 0 }] }
