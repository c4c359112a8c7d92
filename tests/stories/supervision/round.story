story A round lists the year's started projects and measures by its rules (rule B29)
include setup.inc
as province
when OpenRound {
	"round_id": "r1", "programme_year_id": "ty-2022", "self_assess_by": "2022-06-30" }
then event RoundOpened {
	"round": {
		"self_assess_by": "2022-06-30",
		"round_id": "r1", "programme_year_id": "ty-2022", "region_code": "53",
		"state": "ROUND_STATE_OPEN", "projects": 2, "finals": 0, "opened_on": "2022-05-01",
		"evaluate_by": "2023-06-30",
		"scheme": {
			"rules_version": 1, "total_hundredths": "10000",
			"indicators": [
				{ "indicator_id": "input", "max_hundredths": "2000",
				  "name_en": "Input", "name_zh": "投入" },
				{ "indicator_id": "process", "max_hundredths": "3000" },
				{ "indicator_id": "outcome", "max_hundredths": "5000" }],
			"bands": [
				{ "grade": "EXCELLENT", "from_hundredths": "9000",
				  "name_en": "excellent", "name_zh": "优" },
				{ "grade": "GOOD", "from_hundredths": "8000" },
				{ "grade": "MEDIUM", "from_hundredths": "6000" },
				{ "grade": "POOR", "from_hundredths": "0" }] } },
	"evaluations": [
		{ "evaluation_id": "r1:pr-s1-ag-1", "round_id": "r1", "programme_year_id": "ty-2022",
		  "project_id": "pr-s1-ag-1", "agency_id": "ag-1",
		  "site_id": "s1", "region_code": "533102", "people": 2,
		  "state": "EVALUATION_STATE_ASSIGNED" },
		{ "evaluation_id": "r1:pr-s2-ag-2", "project_id": "pr-s2-ag-2", "agency_id": "ag-2",
		  "site_id": "s2", "region_code": "533122", "people": 1,
		  "state": "EVALUATION_STATE_ASSIGNED" }] }
then GetRound { "round_id": "r1" } gives { "round": { "projects": 2, "revision": "1" } }
then ListRounds { "programme_year_id": "ty-2022" } gives { "rounds": [{ "round_id": "r1" }] }

story A project that starts later does not slip into the round
include setup.inc
include round.inc
as agency ag-2
given stations.RecordSurvey {
	"survey_id": "su3", "project_id": "pr-s3-ag-2", "surveyed_on": "2022-05-01",
	"methods": "Visits", "households": 30, "needs": "N" }
given stations.SetPlan {
	"plan_id": "pl3", "project_id": "pr-s3-ag-2", "objectives": "O", "content": "C",
	"schedule": "S", "trainees": 2 }
as province
given stations.DraftAgreement {
	"agreement_id": "ar3", "project_id": "pr-s3-ag-2", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 2000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 2000000 }] }
given stations.SignAgreement {
	"agreement_id": "ar3", "party": "province", "signed_on": "2022-05-01" }
as county 533123
given stations.SignAgreement { "agreement_id": "ar3", "party": "county", "signed_on": "2022-05-01" }
as agency ag-2
given stations.SignAgreement { "agreement_id": "ar3", "party": "agency", "signed_on": "2022-05-01" }
as county 533123
given stations.ConfirmArrival { "posting_id": "po-a3-1", "arrived_on": "2022-05-10" }
as province
then stations.GetProject { "project_id": "pr-s3-ag-2" } gives {
	"project": { "state": "PROJECT_STATE_IN_PROGRESS" } }
then GetRound { "round_id": "r1" } gives { "round": { "projects": 2 } }
then ListEvaluations { "round_id": "r1" } gives { "evaluations": [
	{ "project_id": "pr-s1-ag-1" }, { "project_id": "pr-s2-ag-2" }] }

story A project that is over by then is evaluated all the same
include setup.inc
as province
given stations.EndPosting {
	"posting_id": "po-a2-1", "ended_on": "2022-05-01", "end_reason": "END_REASON_COMPLETED" }
given stations.CloseProject { "project_id": "pr-s2-ag-2", "closed_on": "2022-05-01" }
when OpenRound { "round_id": "r1", "programme_year_id": "ty-2022" }
then event RoundOpened { "evaluations": [
	{ "project_id": "pr-s1-ag-1", "people": 2 }, { "project_id": "pr-s2-ag-2", "people": 0 }] }

story A year has one open round at a time
include setup.inc
include round.inc
when OpenRound { "round_id": "r2", "programme_year_id": "ty-2022" }
then refused ROUND_OPEN_ALREADY r1

story Two rounds never have one id
include setup.inc
include round.inc
when OpenRound { "round_id": "r1", "programme_year_id": "ty-2022" }
then refused ROUND_EXISTS r1

story A round needs a project that was started (rule B29)
include setup.inc
as province
given stations.DefineProgrammeYear {
	"programme_year_id": "ty-2023", "programme": "PROGRAMME_THREE_AREAS", "year": 2023,
	"region_code": "53", "name_en": "The next year", "name_zh": "下一年度",
	"policy_basis": ["A notice of the stories"],
	"rules": {
		"year_quota": 10,
		"site_kinds": [{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 }],
		"person_standard_fen": 4000000,
		"sources": [{ "source": "central", "name_en": "Central", "name_zh": "中央",
			      "per_person_fen": 4000000, "categories": ["WORK_ALLOWANCE"] }],
		"agreement_by": "2023-07-31", "arrival_by": "2023-08-01",
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [{ "grade": "PASSED", "from_hundredths": 0,
				    "name_en": "passed", "name_zh": "合格" }],
			"indicators": [{ "indicator_id": "all", "name_en": "All", "name_zh": "综合",
					 "max_hundredths": 10000 }],
			"evaluate_by": "2024-06-30" },
		"agreement_parties": ["province", "county", "agency"] } }
when OpenRound { "round_id": "r1", "programme_year_id": "ty-2023" }
then refused NO_PROJECT_TO_EVALUATE ty-2023
then no event

story A year whose rules do not say how is not evaluated (rule B27)
include setup.inc
as province
given stations.DefineProgrammeYear {
	"programme_year_id": "ty-2023", "programme": "PROGRAMME_THREE_AREAS", "year": 2023,
	"region_code": "53", "name_en": "The next year", "name_zh": "下一年度",
	"policy_basis": ["A notice of the stories"],
	"rules": {
		"year_quota": 10,
		"site_kinds": [{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 }],
		"person_standard_fen": 4000000,
		"sources": [{ "source": "central", "name_en": "Central", "name_zh": "中央",
			      "per_person_fen": 4000000, "categories": ["WORK_ALLOWANCE"] }],
		"agreement_by": "2023-07-31", "arrival_by": "2023-08-01",
		"agreement_parties": ["province", "county", "agency"] } }
when OpenRound { "round_id": "r1", "programme_year_id": "ty-2023" }
then refused SCHEME_NOT_SET ty-2023
given stations.AmendRules {
	"programme_year_id": "ty-2023", "basis": "Grades only",
	"rules": {
		"year_quota": 10,
		"site_kinds": [{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 }],
		"person_standard_fen": 4000000,
		"sources": [{ "source": "central", "name_en": "Central", "name_zh": "中央",
			      "per_person_fen": 4000000, "categories": ["WORK_ALLOWANCE"] }],
		"agreement_by": "2023-07-31", "arrival_by": "2023-08-01",
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [{ "grade": "PASSED", "from_hundredths": 0,
				    "name_en": "passed", "name_zh": "合格" }] },
		"agreement_parties": ["province", "county", "agency"] } }
when OpenRound { "round_id": "r1", "programme_year_id": "ty-2023" }
then refused SCHEME_NOT_SET ty-2023

story Nobody evaluates a year that there is not
include setup.inc
as province
when OpenRound { "round_id": "r1", "programme_year_id": "ty-1999" }
then refused NOT_FOUND ty-1999

story A round's id leaves room for its evaluations' ids
include setup.inc
as province
when OpenRound {
	"round_id": "r-of-fifty-eight-characters-is-short-enough-to-be-numbered",
	"programme_year_id": "ty-2022" }
then event RoundOpened { "evaluations": [
	{ "evaluation_id": "r-of-fifty-eight-characters-is-short-enough-to-be-numbered.1" },
	{ "evaluation_id": "r-of-fifty-eight-characters-is-short-enough-to-be-numbered.2" }] }

story A round's id that leaves no room is not taken
include setup.inc
as province
when OpenRound {
	"round_id": "r-of-sixty-four-characters-leaves-no-room-for-a-number-behind-it",
	"programme_year_id": "ty-2022" }
then refused FIELD_INVALID round_id

story Only the province opens a round
include setup.inc
as agency ag-1
when OpenRound { "round_id": "r1", "programme_year_id": "ty-2022" }
then refused CALLER_NOT_ALLOWED OpenRound

story A round with one project left is not closed (rule B29)
include setup.inc
include round.inc
include second-final.inc
include reviewed.inc
as province
when CloseRound { "round_id": "r1", "closed_on": "2022-05-10" }
then refused ROUND_NOT_COVERED r1
then GetCoverage { "round_id": "r1" } gives {
	"round_id": "r1", "projects": 2, "finals": 1, "coverage_hundredths": 5000,
	"states": [
		{ "state": "EVALUATION_STATE_ASSIGNED", "evaluations": 0 },
		{ "state": "EVALUATION_STATE_SELF_ASSESSED", "evaluations": 0 },
		{ "state": "EVALUATION_STATE_SCORED", "evaluations": 0 },
		{ "state": "EVALUATION_STATE_REVIEWED", "evaluations": 1 },
		{ "state": "EVALUATION_STATE_FINAL", "evaluations": 1 },
		{ "state": "EVALUATION_STATE_OBJECTED", "evaluations": 0 }],
	"grades": [
		{ "grade": "EXCELLENT", "projects": 0 }, { "grade": "GOOD", "projects": 0 },
		{ "grade": "MEDIUM", "projects": 1 }, { "grade": "POOR", "projects": 0 }] }

story A round is closed once each of its projects has its result (rule B29)
include setup.inc
include round.inc
include second-final.inc
include reviewed.inc
as province
given FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
when CloseRound { "round_id": "r1", "closed_on": "2022-05-10" }
then event RoundClosed { "round": {
	"round_id": "r1", "state": "ROUND_STATE_CLOSED", "finals": 2, "projects": 2,
	"closed_on": "2022-05-10", "late": false } }
then GetCoverage { "round_id": "r1" } gives {
	"projects": 2, "finals": 2, "coverage_hundredths": 10000,
	"grades": [
		{ "grade": "EXCELLENT", "projects": 0 }, { "grade": "GOOD", "projects": 1 },
		{ "grade": "MEDIUM", "projects": 1 }, { "grade": "POOR", "projects": 0 }] }
when CloseRound { "round_id": "r1", "closed_on": "2022-05-10" }
then refused ROUND_CLOSED r1

story A round is not closed on a day before its last result
include setup.inc
include round.inc
include second-final.inc
include reviewed.inc
today 2022-05-12
as province
given FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-12" }
when CloseRound { "round_id": "r1", "closed_on": "2022-05-11" }
then refused DATE_BEFORE_STEP closed_on

story A round that is closed after the rules' date is marked late
include setup.inc
include round.inc
include second-final.inc
include reviewed.inc
today 2023-07-01
as province
when FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2023-07-01" }
then event EvaluationFinal { "evaluation": { "late": true } }
when CloseRound { "round_id": "r1", "closed_on": "2023-07-01" }
then event RoundClosed { "round": { "late": true } }

story A round that there is not has no coverage and is not closed
include setup.inc
as province
when CloseRound { "round_id": "r9", "closed_on": "2022-05-01" }
then refused NOT_FOUND r9
then GetCoverage { "round_id": "r9" } refused NOT_FOUND r9

story Nobody closes a round that he has not read as it is now
include setup.inc
include round.inc
include second-final.inc
include reviewed.inc
as province
given FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
when CloseRound { "round_id": "r1", "closed_on": "2022-05-10", "expected_revision": "1" }
then refused STALE_REVISION r1
then no event
when CloseRound { "round_id": "r1", "closed_on": "2022-05-10", "expected_revision": "3" }
then accepted
