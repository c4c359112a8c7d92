story A call keeps the year's rules and the sites' quotas of the day it is opened (rule B38)
include setup.inc
when OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-01",
	"closes_by": "2022-06-30", "document_no": "N9", "title": "A second call" }
then event CallOpened {
	"call": {
		"call_id": "c2", "programme_year_id": "ty-2022", "region_code": "53",
		"state": "CALL_STATE_OPEN", "rules_version": 1, "quota": 5,
		"certificate_or_degree": true, "experience_years": 1,
		"sites": [
			{ "site_id": "s-dehong", "quota": 1, "region_code": "5331", "prefecture_support": true },
			{ "site_id": "s-lianghe", "quota": 2, "region_code": "533122", "prefecture_support": false },
			{ "site_id": "s-ruili", "quota": 2, "region_code": "533102" }] } }
then GetCall { "call_id": "c2" } gives { "call": { "title": "A second call", "revision": "1" } }
then ListCalls { "programme_year_id": "ty-2022", "state": "CALL_STATE_OPEN" } gives {
	"calls": [{ "call_id": "c1" }, { "call_id": "c2" }] }

story A site that is opened after the call is none of the call's
include setup.inc
given stations.AmendRules {
	"programme_year_id": "ty-2022", "basis": "An amendment", "rules": {
		"year_quota": 6,
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
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01", "alert_days_before": 7,
		"reports": [{ "period": "2022Q3", "due_by": "2022-10-10" }],
		"agreement_parties": ["province", "county", "agency"],
		"eligibility": { "certificate_or_degree": true, "experience_years": 20 } } }
given stations.OpenSite {
	"site_id": "s-new", "programme_year_id": "ty-2022", "region_code": "533123",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Yingjiang", "name_zh": "盈江县", "quota": 1,
	"county_codes": ["533123"] }
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-new",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused SITE_NOT_IN_CALL s-new
# Nor do the amended rules of experience hold for a call that was opened before.
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then accepted

story A call is for a programme year that is known (rule B38)
today 2022-05-01
as province
when OpenCall {
	"call_id": "c1", "programme_year_id": "ty-1999", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "title": "T" }
then refused YEAR_UNKNOWN ty-1999

story There is nothing to apply for in a year without sites
today 2022-05-01
as province
given stations.DefineProgrammeYear {
	"programme_year_id": "ty-2022", "programme": "PROGRAMME_THREE_AREAS", "year": 2022,
	"region_code": "53", "name_en": "A year", "name_zh": "年度", "rules": {
		"year_quota": 5,
		"site_kinds": [{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 }],
		"person_standard_fen": 4000000,
		"sources": [
			{ "source": "central", "name_en": "Central", "name_zh": "中央",
			  "per_person_fen": 4000000, "categories": ["WORK_ALLOWANCE"] }],
		"agreement_by": "2022-07-31", "arrival_by": "2022-08-01",
		"agreement_parties": ["province", "county", "agency"] } }
when OpenCall {
	"call_id": "c1", "programme_year_id": "ty-2022", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "title": "T" }
then refused YEAR_WITHOUT_SITES ty-2022

story A call is opened once
include setup.inc
when OpenCall {
	"call_id": "c1", "programme_year_id": "ty-2022", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "title": "T" }
then refused CALL_EXISTS c1

story A call does not close before it opens
include setup.inc
when OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-05-02",
	"closes_by": "2022-05-01", "title": "T" }
then refused CALL_DATES_REVERSED c2

story A call may last one day
include setup.inc
when OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-05-02",
	"closes_by": "2022-05-02", "title": "T" }
then accepted

story A prefecture opens and closes no call of the province
include setup.inc
as prefecture 5331
when OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-05-02",
	"closes_by": "2022-05-02", "title": "T" }
then refused CALLER_NOT_ALLOWED
when CloseCall { "call_id": "c1" }
then refused CALLER_NOT_ALLOWED

story A call is closed once
include setup.inc
when CloseCall { "call_id": "c1", "expected_revision": "1" }
then event CallClosed { "call": { "state": "CALL_STATE_CLOSED", "closed_on": "2022-05-01" } }
when CloseCall { "call_id": "c1" }
then refused CALL_ALREADY_CLOSED c1

story A call that is not there, or is not as it was read, is not closed
include setup.inc
when CloseCall { "call_id": "c9" }
then refused NOT_FOUND c9
when CloseCall { "call_id": "c1", "expected_revision": "7" }
then refused STALE_REVISION c1

story A province opens and closes no call of another province
include setup.inc
as province region 44
when OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-05-02",
	"closes_by": "2022-05-02", "title": "T" }
then refused NOT_FOUND ty-2022
when CloseCall { "call_id": "c1" }
then refused NOT_FOUND c1
