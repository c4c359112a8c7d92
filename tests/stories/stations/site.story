story A county's site is opened with its quota, and serves its county (rule B5)
include year.inc
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 4 }
then accepted
then event SiteOpened { "site": { "site_id": "s1", "quota": 4, "county_codes": ["533102"] } }
then GetSite { "site_id": "s1" } gives { "site": { "region_code": "533102", "revision": "1" } }
then ListSites { "programme_year_id": "ty-2022" } gives { "sites": [{ "site_id": "s1" }] }
then ListSites { "kind": "SITE_KIND_PREFECTURE_SUPPORT" } gives { "sites": [] }

story A support site serves counties of its prefecture (rule B6)
include year.inc
when OpenSite {
	"site_id": "p1", "programme_year_id": "ty-2022", "region_code": "5331",
	"kind": "SITE_KIND_PREFECTURE_SUPPORT", "name_en": "Site p1", "name_zh": "服务点p1", "quota": 4,
	"county_codes": ["533102", "533103"] }
then accepted
then event SiteOpened { "site": { "region_code": "5331", "county_codes": ["533102", "533103"] } }

story A site whose county the notice leaves out is opened in its prefecture (rule B5)
include year.inc
when OpenSite {
	"site_id": "s18", "programme_year_id": "ty-2022", "region_code": "5333",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s18", "name_zh": "服务点s18", "quota": 4,
	"county_unstated": true, "note": "The notice has no name here" }
then accepted
then event SiteOpened { "site": { "region_code": "5333", "county_unstated": true, "county_codes": [] } }

story Nobody guesses the county that the notice leaves out
include year.inc
when OpenSite {
	"site_id": "s18", "programme_year_id": "ty-2022", "region_code": "5333",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s18", "name_zh": "服务点s18", "quota": 4,
	"county_unstated": true, "county_codes": ["533301"] }
then refused FIELD_INVALID county_codes

story A site is opened once
include sites.inc
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533123",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 4 }
then refused SITE_EXISTS s1

story A site belongs to a programme's year (rule B38)
today 2022-05-01
as province
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 4 }
then refused PROGRAMME_YEAR_UNKNOWN ty-2022

story No site lies outside the province that runs the programme (rule A1)
include year.inc
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "440103",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 4 }
then refused SITE_OUTSIDE_PROGRAMME 440103

story A year has sites of the kinds that its rules name (rule B6)
today 2022-05-01
as province
given DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "Three areas", "name_zh": "三区计划",
	"policy_basis": ["Notice 1"], "declared": { "people": 90, "sites": 22 },
	"rules": {
		"year_quota": 10,
		"site_kinds": [
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
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 4 }
then refused SITE_KIND_NOT_IN_RULES s1

story A county's site has a county's code
include year.inc
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "5331",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 4 }
then refused SITE_REGION_LEVEL 5331

story A prefecture's site has a prefecture's code (rule B6)
include year.inc
when OpenSite {
	"site_id": "p1", "programme_year_id": "ty-2022", "region_code": "533102",
	"kind": "SITE_KIND_PREFECTURE_SUPPORT", "name_en": "Site p1", "name_zh": "服务点p1", "quota": 4 }
then refused SITE_REGION_LEVEL 533102

story A site serves counties of its own prefecture
include year.inc
when OpenSite {
	"site_id": "p1", "programme_year_id": "ty-2022", "region_code": "5331",
	"kind": "SITE_KIND_PREFECTURE_SUPPORT", "name_en": "Site p1", "name_zh": "服务点p1", "quota": 4,
	"county_codes": ["533102", "533401"] }
then refused SITE_COUNTY_OUTSIDE 533401

story A site serves a county once
include year.inc
when OpenSite {
	"site_id": "p1", "programme_year_id": "ty-2022", "region_code": "5331",
	"kind": "SITE_KIND_PREFECTURE_SUPPORT", "name_en": "Site p1", "name_zh": "服务点p1", "quota": 4,
	"county_codes": ["533102", "533102"] }
then refused FIELD_INVALID county_codes

story The counties of a site have county codes
include year.inc
when OpenSite {
	"site_id": "p1", "programme_year_id": "ty-2022", "region_code": "5331",
	"kind": "SITE_KIND_PREFECTURE_SUPPORT", "name_en": "Site p1", "name_zh": "服务点p1", "quota": 4,
	"county_codes": ["533102102"] }
then refused FIELD_INVALID county_codes

story County codes are digits
include year.inc
when OpenSite {
	"site_id": "p1", "programme_year_id": "ty-2022", "region_code": "5331",
	"kind": "SITE_KIND_PREFECTURE_SUPPORT", "name_en": "Site p1", "name_zh": "服务点p1", "quota": 4,
	"county_codes": ["5331o2"] }
then refused FIELD_INVALID county_codes

story A site's quota is not above the limit of its kind (rule B6)
include year.inc
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 5 }
then refused SITE_QUOTA_OUT_OF_BOUNDS s1

story A site's quota is not below the limit of its kind (rule B6)
include year.inc
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 2 }
then refused SITE_QUOTA_OUT_OF_BOUNDS s1

story The sites' quotas fill the year's quota (rule B4)
include sites.inc
when OpenSite {
	"site_id": "s3", "programme_year_id": "ty-2022", "region_code": "533123",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s3", "name_zh": "服务点s3", "quota": 3 }
then accepted

story The sites' quotas are not more than the year's quota (rule B4)
include sites.inc
when OpenSite {
	"site_id": "s3", "programme_year_id": "ty-2022", "region_code": "533123",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s3", "name_zh": "服务点s3", "quota": 4 }
then refused SITE_QUOTAS_ABOVE_YEAR s3

story Only the province opens sites
include year.inc
as prefecture 5331
when OpenSite {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site s1", "name_zh": "服务点s1", "quota": 4 }
then refused CALLER_NOT_ALLOWED

story A site's quota is set anew (rule B5)
include sites.inc
when SetSiteQuota { "site_id": "s1", "quota": 3 }
then accepted
then event SiteQuotaSet { "site": { "site_id": "s1", "quota": 3, "revision": "2" } }

story A site's quota is not set below the places that are taken (rule B5)
include approved.inc
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
when SetSiteQuota { "site_id": "s1", "quota": 2 }
then refused SITE_QUOTA_TAKEN s1

story A site's quota is set within the limits of its kind (rule B6)
include sites.inc
when SetSiteQuota { "site_id": "s1", "quota": 5 }
then refused SITE_QUOTA_OUT_OF_BOUNDS s1

story A site's quota is set within the year's quota (rule B4)
include sites.inc
given AmendRules {
	"programme_year_id": "ty-2022", "basis": "Letter 2",
	"rules": {
		"year_quota": 7,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 3, "max_people": 5 },
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
when SetSiteQuota { "site_id": "s1", "quota": 5 }
then refused SITE_QUOTAS_ABOVE_YEAR s1

story The quota of a site that there is not cannot be set
include year.inc
when SetSiteQuota { "site_id": "s1", "quota": 3 }
then refused SITE_UNKNOWN s1

story Nobody sets a quota that he has not read
include sites.inc
given SetSiteQuota { "site_id": "s1", "quota": 3 }
when SetSiteQuota { "site_id": "s1", "quota": 4, "expected_revision": "1" }
then refused STALE_REVISION s1

story A site's card shows its places, people, projects and dates (rule B5)
include approved.inc
as county 533102
then GetSiteCard { "site_id": "s1" } gives {
	"site": { "site_id": "s1" }, "quota": 4, "occupied": 3, "active": 0, "understaffed": true,
	"projects": [{ "project_id": "pr-s1-ag-1", "people": 3 }], "agreements": [],
	"agreement_by": "2022-07-31", "arrival_by": "2022-08-01" }
as county 533122
then GetSiteCard { "site_id": "s1" } refused NOT_FOUND s1

story A site with fewer people in post than its quota is short of people (rule B5)
include started.inc
as province
then GetSiteCard { "site_id": "s1" } gives {
	"occupied": 3, "active": 3, "understaffed": true,
	"agreements": [{ "agreement_id": "ar1", "state": "AGREEMENT_STATE_IN_FORCE" }] }
when SetSiteQuota { "site_id": "s1", "quota": 3 }
then accepted
then GetSiteCard { "site_id": "s1" } gives { "active": 3, "understaffed": false }

story An agency sees its own projects on a site's card
include approved.inc
as agency ag-2
then GetSiteCard { "site_id": "s1" } gives { "quota": 4, "projects": [], "agreements": [] }
as agency ag-1
then GetSiteCard { "site_id": "s1" } gives { "projects": [{ "project_id": "pr-s1-ag-1" }] }

story An agreement that was taken back is not on the card
include drafted.inc
as province
given WithdrawAgreement { "agreement_id": "ar1", "note": "To be drafted anew" }
then GetSiteCard { "site_id": "s1" } gives { "agreements": [] }

story Staffing counts places and people by prefecture, beside what is declared (rule B4)
include started.inc
as province
given OpenSite {
	"site_id": "s4", "programme_year_id": "ty-2022", "region_code": "530628",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Yiliang", "name_zh": "彝良", "quota": 3 }
then GetStaffing { "programme_year_id": "ty-2022" } gives {
	"year_quota": 10, "declared": { "people": 90, "sites": 22 },
	"total": { "sites": 3, "quota": 10, "reserved": 1, "ready": 0, "active": 3 },
	"prefectures": [
		{ "region_code": "5306", "sites": 1, "quota": 3, "active": 0 },
		{ "region_code": "5331", "sites": 2, "quota": 7, "reserved": 1, "active": 3 }] }
as prefecture 5306
then GetStaffing { "programme_year_id": "ty-2022" } gives {
	"total": { "sites": 1, "quota": 3, "active": 0 }, "prefectures": [{ "region_code": "5306" }] }
as county 533122
then GetStaffing { "programme_year_id": "ty-2022" } gives {
	"total": { "sites": 1, "quota": 3, "reserved": 1 }, "prefectures": [{ "region_code": "5331" }] }
as agency ag-1
then GetStaffing { "programme_year_id": "ty-2022" } refused CALLER_NOT_ALLOWED
as province
then GetStaffing { "programme_year_id": "no-year" } refused NOT_FOUND no-year

story Staffing counts those who are awaited and those who left
include agreed.inc
as province
then GetStaffing { "programme_year_id": "ty-2022" } gives { "total": { "ready": 3, "reserved": 1 } }
as county 533102
given ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-25" }
given EndPosting { "posting_id": "po-a1-1", "ended_on": "2022-07-25", "end_reason": "END_REASON_RESIGNED" }
as province
then GetStaffing { "programme_year_id": "ty-2022" } gives { "total": { "ready": 2, "active": 0, "ended": 1 } }
