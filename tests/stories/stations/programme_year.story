story A programme's year is defined with its rules and its papers (rules B38, B39)
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then accepted
then event ProgrammeYearDefined {
	"programme_year": { "programme_year_id": "ty-2022", "rules_version": 1, "revision": "1",
			    "policy_basis": ["Notice 1"] } }
then GetProgrammeYear { "programme_year_id": "ty-2022" } gives {
	"programme_year": { "region_code": "53", "rules": {
		"year_quota": 10, "person_standard_fen": "4000000",
		"agreement_parties": ["province", "county", "agency"] } } }
then ListProgrammeYears { "year": 2022 } gives {
	"programme_years": [{ "programme_year_id": "ty-2022" }] }
then ListProgrammeYears { "year": 2021 } gives { "programme_years": [] }

story Everybody may read the rules of a year
include year.inc
as county 533102
then GetProgrammeYear { "programme_year_id": "ty-2022" } gives {
	"programme_year": { "rules": { "year_quota": 10 } } }

story An id stands for one programme year
include year.inc
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2023,
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
then refused PROGRAMME_YEAR_EXISTS ty-2022

story A programme has one year 2022, whatever it is called (rule B38)
include year.inc
when DefineProgrammeYear {
	"programme_year_id": "again", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
then refused PROGRAMME_YEAR_EXISTS ty-2022

story Only the province defines a programme's year
today 2022-05-01
as province
as prefecture 5331
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
then refused CALLER_NOT_ALLOWED

story A programme's year belongs to a province
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "5331", "name_en": "Three areas", "name_zh": "三区计划",
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
then refused FIELD_INVALID region_code

story A province defines its own years only
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "44", "name_en": "Three areas", "name_zh": "三区计划",
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
then refused NOT_FOUND 44

story The year is a year
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 22,
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
then refused FIELD_INVALID year

story The sources' shares sum to the standard for each person (rule B10)
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
			  "per_person_fen": 1900000,
			  "categories": ["WORK_ALLOWANCE", "TRANSPORT_TRAVEL", "INSURANCE", "TRAINING"] },
			{ "source": "provincial", "name_en": "Provincial", "name_zh": "省级",
			  "per_person_fen": 2000000,
			  "categories": ["TRAINEE_SERVICE", "TRAINING", "PROJECT_ACTIVITY", "ADMINISTRATIVE"] }],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused RULES_SHARES_DIFFER rules.sources

story Every score has a grade
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 100 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused RULES_GRADES_INCOMPLETE rules.evaluation.bands

story The indicators sum to the whole of the evaluation
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 5000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused RULES_INDICATORS_DIFFER rules.evaluation.indicators

story A year's quota is at least one
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 0,
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
then refused FIELD_INVALID rules.year_quota

story A person costs something
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 },
			{ "kind": "SITE_KIND_PREFECTURE_SUPPORT", "min_people": 4, "max_people": 6 }],
		"person_standard_fen": 0,
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
then refused FIELD_INVALID rules.person_standard_fen

story A kind of site has a lowest number that is one
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": -1, "max_people": 4 },
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
then refused FIELD_INVALID rules.site_kinds.min_people

story A kind of site has limits in their order
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 5, "max_people": 4 },
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
then refused FIELD_INVALID rules.site_kinds.max_people

story Agreements have a date
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"agreement_by": "", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.agreement_by

story A period is reported once
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }, { "period": "2022Q3", "due_by": "2022-10-11" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.reports.period

story Every report has a date
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }, { "period": "2022Q4" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.reports.due_by

story An agreement has parties
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"agreement_parties": [],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.agreement_parties

story The parties of an agreement are known ones
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"agreement_parties": ["province", "bank"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.agreement_parties

story A party is named once
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"agreement_parties": ["county", "county"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.agreement_parties

story A grade is named once
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "POOR", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.bands.grade

story Two grades do not begin at the same score
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 0 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.bands.from_hundredths

story No grade begins above the whole
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 10001 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.bands.from_hundredths

story An indicator is named once
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "service", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.indicators.indicator_id

story A grade has a name that can be written in a result
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "VERY GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.bands.grade

story The whole of an evaluation is something
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 0,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.total_hundredths

story An indicator has an id that can be written in a score
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 6000 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.indicators.indicator_id

story An indicator counts for something
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "service", "name_en": "S", "name_zh": "服务",
				  "max_hundredths": 4000 },
				{ "indicator_id": "effect", "name_en": "E", "name_zh": "成效",
				  "max_hundredths": 0 }],
			"evaluate_by": "2023-06-30" },
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.evaluation.indicators.max_hundredths

story A kind of site is named
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 },
			{ "kind": "SITE_KIND_UNSPECIFIED", "min_people": 4, "max_people": 6 }],
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
then refused FIELD_INVALID rules.site_kinds.kind

story A kind of site has its rule once
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 },
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 4, "max_people": 6 }],
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
then refused FIELD_INVALID rules.site_kinds.kind

story A source is there once
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
			{ "source": "central", "name_en": "Provincial", "name_zh": "省级",
			  "per_person_fen": 2000000,
			  "categories": ["TRAINEE_SERVICE", "TRAINING", "PROJECT_ACTIVITY", "ADMINISTRATIVE"] }],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.sources.source

story A source has a name that can be written in a budget
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
			{ "source": "of the province", "name_en": "Provincial", "name_zh": "省级",
			  "per_person_fen": 2000000,
			  "categories": ["TRAINEE_SERVICE", "TRAINING", "PROJECT_ACTIVITY", "ADMINISTRATIVE"] }],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.sources.source

story A source pays for something
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
			  "categories": [] }],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.sources.categories

story Arrivals have a date
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"agreement_by": "2022-07-31", "arrival_by": "", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.arrival_by

story Alerts are raised before the date, not after
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": -1,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.alert_days_before

story Every report has its period
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"reports": [{ "period": "", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.reports.period

story Years of practice are not negative
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"eligibility": { "certificate_or_degree": true, "experience_years": -1 } } }
then refused FIELD_INVALID rules.eligibility.experience_years

story The age of trainees is not negative
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 },
		"trainees": { "max_age": -1 } } }
then refused FIELD_INVALID rules.trainees.max_age

story A share of time is at most the whole (rule B34)
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 },
		"non_professional_permille": 1001 } }
then refused FIELD_INVALID rules.non_professional_permille

story A share of time is at least none (rule B34)
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
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
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 },
		"non_professional_permille": -1 } }
then refused FIELD_INVALID rules.non_professional_permille

story A year has kinds of sites
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [],
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
then refused FIELD_INVALID rules.site_kinds

story Money has a source
today 2022-05-01
as province
when DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 },
			{ "kind": "SITE_KIND_PREFECTURE_SUPPORT", "min_people": 4, "max_people": 6 }],
		"person_standard_fen": 4000000,
		"sources": [],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused FIELD_INVALID rules.sources

story Rules are amended with a paper, and counted
include year.inc
when AmendRules {
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
then accepted
then event RulesAmended { "programme_year": { "rules_version": 2, "revision": "2" } }
then GetProgrammeYear { "programme_year_id": "ty-2022" } gives {
	"programme_year": { "rules": { "year_quota": 20 },
			    "policy_basis": ["Notice 1", "Letter 2"] } }

story Amended rules are checked like new ones (rule B10)
include year.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 },
			{ "kind": "SITE_KIND_PREFECTURE_SUPPORT", "min_people": 4, "max_people": 6 }],
		"person_standard_fen": 4000000,
		"sources": [
			{ "source": "central", "name_en": "Central", "name_zh": "中央",
			  "per_person_fen": 1,
			  "categories": ["WORK_ALLOWANCE", "TRANSPORT_TRAVEL", "INSURANCE", "TRAINING"] },
			{ "source": "provincial", "name_en": "Provincial", "name_zh": "省级",
			  "per_person_fen": 2000000,
			  "categories": ["TRAINEE_SERVICE", "TRAINING", "PROJECT_ACTIVITY", "ADMINISTRATIVE"] }],
		"training_day_rate_fen": 40000,
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 1 } } }
then refused RULES_SHARES_DIFFER rules.sources

story Rules are amended until a project of the year is agreed (rule B38)
include drafted.inc
as province
when AmendRules {
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
then accepted

story Rules stand once a project of the year is agreed (rule B38)
include agreed.inc
as province
when AmendRules {
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
then refused RULES_IN_USE ty-2022

story Amended rules still allow the sites that are open, all together (rule B4)
include sites.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 6,
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
then refused SITE_QUOTAS_ABOVE_YEAR ty-2022

story Amended rules still allow each site that is open (rule B6)
include sites.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 10,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 3 },
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
then refused RULES_BREAK_SITE s1

story Nobody amends rules that he has not read
include year.inc
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2", "expected_revision": "1",
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
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2", "expected_revision": "1",
	"rules": {
		"year_quota": 30,
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
then refused STALE_REVISION ty-2022

story Rules of a year that there is not cannot be amended
today 2022-05-01
as province
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
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
then refused NOT_FOUND ty-2022

story Rules are not amended without a paper
include year.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "",
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
then refused FIELD_REQUIRED basis

story A year of direct hire needs no agreements, and the limits of its stations
today 2017-03-01
as province region 44
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE" } }
then refused FIELD_INVALID rules.stations
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": -1, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.stations.min_workers
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 2, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.stations.max_workers
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.stations.batches
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "reservation_days": -1,
		"post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.stations.reservation_days
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2 } } }
then refused FIELD_INVALID rules.stations.post_kinds
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_UNSPECIFIED"] } } }
then refused FIELD_INVALID rules.stations.post_kinds
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "supervisor_gap_days": -1,
		"post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.stations.supervisor_gap_days
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "year_quota": -1, "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.year_quota
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"site_kinds": [{ "kind": "SITE_KIND_STATION", "min_people": 3, "max_people": 8 }],
		"stations": { "min_workers": 3, "max_workers": 8, "batches": 2,
			      "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.site_kinds.kind
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "person_standard_fen": "2",
		"sources": [{ "source": "provincial", "per_person_fen": "1", "categories": ["TRAINING"] }],
		"stations": { "min_workers": 3, "max_workers": 8, "batches": 2,
			      "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused RULES_SHARES_DIFFER rules.sources by B10
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"] } } }
then accepted

story The limits of stations that are there stand (rule A3)
include stations.inc
when AmendRules {
	"programme_year_id": "dh", "basis": "Letter 2",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"stations": {
			"min_workers": 2, "max_workers": 4, "batches": 2,
			"post_kinds": ["POST_KIND_SERVICE"] } } }
then refused RULES_BREAK_STATIONS dh by A3
when AmendRules {
	"programme_year_id": "dh", "basis": "Letter 2",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"stations": {
			"min_workers": 2, "max_workers": 3, "batches": 3,
			"post_kinds": ["POST_KIND_SERVICE"] } } }
then accepted
then event RulesAmended { "programme_year": { "rules": { "stations": { "batches": 3 } } } }

story Each regulation that stations need has a word of its own (rule A12)
as province region 44
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"],
		"regulations": [{ "name_en": "Files", "name_zh": "档案制度" }] } } }
then refused FIELD_INVALID rules.stations.regulations
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"],
		"regulations": [{ "regulation": "FILES" }, { "regulation": "FILES" }] } } }
then refused FIELD_INVALID rules.stations.regulations
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"],
		"regulations": [{ "regulation": "FILES" }, { "regulation": "MONEY" }] } } }
then accepted

story Each condition of the recipient is asked for once (rule B8)
as province region 44
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"reception": ["RECEPTION_CONDITION_UNSPECIFIED"], "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.reception
when DefineProgrammeYear {
	"programme_year_id": "dh", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2017,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": { "employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"reception": ["RECEPTION_CONDITION_OFFICE", "RECEPTION_CONDITION_OFFICE"], "stations": {
		"min_workers": 3, "max_workers": 8, "batches": 2, "post_kinds": ["POST_KIND_SERVICE"] } } }
then refused FIELD_INVALID rules.reception

story Nothing is counted for another province of a year that it does not see
include double.inc
as province region 53
then GetStaffing { "programme_year_id": "dh" } refused NOT_FOUND dh
then GetStaffingBoard { "programme_year_id": "dh" } refused NOT_FOUND dh
then GetTree { "programme_year_id": "dh" } refused NOT_FOUND dh
then GetTownCoverage { "programme_year_id": "dh", "region_code": "53" } refused NOT_FOUND dh
then GetOpenSupport { "programme_year_id": "dh" } refused NOT_FOUND dh
then GetOpenNotices { "programme_year_id": "dh" } refused NOT_FOUND dh
then GetCoordinationSums { "programme_year_id": "dh" } refused NOT_FOUND dh
then GetRegulationCompleteness { "programme_year_id": "dh" } refused NOT_FOUND dh
