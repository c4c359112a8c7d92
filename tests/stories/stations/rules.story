story The days of a finding's steps lie within a year, or are not set
include year.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"findings": { "notify_days": 367 } } }
then refused FIELD_INVALID rules.findings.notify_days
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"findings": { "handle_days": 367 } } }
then refused FIELD_INVALID rules.findings.handle_days
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"findings": { "report_days": 367 } } }
then refused FIELD_INVALID rules.findings.report_days
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"findings": { "notify_days": -1 } } }
then refused FIELD_INVALID rules.findings.notify_days
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"findings": { "notify_days": 3, "handle_days": 366 } } }
then accepted

story What supervision holds to is not below zero
include year.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"supervision": { "supervisees_max": -1 } } }
then refused FIELD_INVALID rules.supervision.supervisees_max
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"supervision": { "stations_max": -1 } } }
then refused FIELD_INVALID rules.supervision.stations_max
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"supervision": { "acknowledge_days": 367 } } }
then refused FIELD_INVALID rules.supervision.acknowledge_days
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"supervision": { "supervisees_max": 20, "stations_max": 4, "acknowledge_days": 7 } } }
then accepted

story What follows from a result is set within bounds, for grades that there are
include year.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"scorers_min": -1 } } }
then refused FIELD_INVALID rules.evaluation.scorers_min
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"scorers_min": 101 } } }
then refused FIELD_INVALID rules.evaluation.scorers_min
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"objection_days": -1 } } }
then refused FIELD_INVALID rules.evaluation.objection_days
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"rectify_days": 367 } } }
then refused FIELD_INVALID rules.evaluation.rectify_days
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"rectify_grades": ["BAD"] } } }
then refused FIELD_INVALID rules.evaluation.rectify_grades
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"rectify_grades": ["POOR", "POOR"] } } }
then refused FIELD_INVALID rules.evaluation.rectify_grades
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"ineligible_grades": ["BAD"] } } }
then refused FIELD_INVALID rules.evaluation.ineligible_grades
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "all", "max_hundredths": 10000 }],
			"scorers_min": 3, "objection_days": 7, "rectify_grades": ["POOR"], "rectify_days": 30,
			"ineligible_grades": ["POOR"] } } }
then accepted

story The parts of an indicator come to the whole
include year.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "work", "max_hundredths": 4000 },
				{ "indicator_id": "input", "max_hundredths": 1000, "parent_id": "work" },
				{ "indicator_id": "process", "max_hundredths": 2000, "parent_id": "work" },
				{ "indicator_id": "effect", "max_hundredths": 6000 }] } } }
then refused RULES_INDICATORS_DIFFER work
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "work", "max_hundredths": 4000 },
				{ "indicator_id": "input", "max_hundredths": 1000, "parent_id": "work" },
				{ "indicator_id": "process", "max_hundredths": 3000, "parent_id": "work" },
				{ "indicator_id": "effect", "max_hundredths": 6000 }] } } }
then event RulesAmended { "programme_year": { "rules": { "evaluation": { "indicators": [
	{ "indicator_id": "work" }, { "indicator_id": "input", "parent_id": "work" },
	{ "indicator_id": "process", "parent_id": "work" }, { "indicator_id": "effect" }] } } } }

story A part stands after its whole, so that nothing is a part of itself
include year.inc
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "input", "max_hundredths": 4000, "parent_id": "work" },
				{ "indicator_id": "work", "max_hundredths": 4000 },
				{ "indicator_id": "effect", "max_hundredths": 6000 }] } } }
then refused FIELD_INVALID rules.evaluation.indicators.parent_id
when AmendRules {
	"programme_year_id": "ty-2022", "basis": "B", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province"],
		"evaluation": {
			"total_hundredths": 10000,
			"bands": [
				{ "grade": "POOR", "from_hundredths": 0 },
				{ "grade": "GOOD", "from_hundredths": 8000 }],
			"indicators": [
				{ "indicator_id": "work", "max_hundredths": 4000, "parent_id": "work" },
				{ "indicator_id": "effect", "max_hundredths": 6000 }] } } }
then refused FIELD_INVALID rules.evaluation.indicators.parent_id
