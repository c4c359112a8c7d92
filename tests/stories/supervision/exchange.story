story A stage exchange is written down with the projects that took part (rule B23)
include setup.inc
as prefecture 5331
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "5331",
	"project_ids": ["pr-s1-ag-1", "pr-s2-ag-2"], "title": "Half-way",
	"summary": "Ruili's visits by bicycle are worth copying.", "attendees": 12,
	"held_on": "2022-05-01" }
then event ExchangeHeld {
	"exchange": {
		"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "5331",
		"held_on": "2022-05-01", "title": "Half-way",
		"summary": "Ruili's visits by bicycle are worth copying.", "attendees": 12,
		"projects": 2, "holder_id": "p-prefecture" },
	"parts": [
		{ "part_id": "x1:pr-s1-ag-1", "exchange_id": "x1", "project_id": "pr-s1-ag-1",
		  "programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1" },
		{ "part_id": "x1:pr-s2-ag-2", "region_code": "533122", "agency_id": "ag-2" }] }
then GetExchange { "exchange_id": "x1" } gives { "exchange": { "title": "Half-way" } }
then ListExchanges { "programme_year_id": "ty-2022" } gives { "exchanges": [
	{ "exchange_id": "x1" }] }
as agency ag-1
then ListExchangeParts { "exchange_id": "x1" } gives { "parts": [
	{ "project_id": "pr-s1-ag-1" }] }

story Projects of one year and area meet, each of them once
include setup.inc
as province
given stations.DefineProgrammeYear {
	"programme_year_id": "ty-2023", "programme": "PROGRAMME_THREE_AREAS", "year": 2023,
	"region_code": "53", "name_en": "Another year", "name_zh": "另一年度", "rules": {
		"year_quota": 10, "person_standard_fen": 100,
		"site_kinds": [
			{ "kind": "SITE_KIND_COUNTY_PROJECT", "min_people": 1, "max_people": 4 }],
		"sources": [
			{ "source": "central", "name_en": "C", "name_zh": "中央", "per_person_fen": 100,
			  "categories": ["TRAINING"] }],
		"agreement_by": "2023-07-31", "arrival_by": "2023-08-01",
		"agreement_parties": ["province"] } }
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2023", "region_code": "53",
	"project_ids": ["pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused PROJECT_ELSEWHERE pr-s1-ag-1
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "533122",
	"project_ids": ["pr-s2-ag-2", "pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused PROJECT_ELSEWHERE pr-s1-ag-1
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "53",
	"project_ids": ["pr-s1-ag-1", "pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused PROJECT_TWICE pr-s1-ag-1
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "53",
	"project_ids": ["pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 0,
	"held_on": "2022-05-01" }
then refused FIELD_INVALID attendees
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "53",
	"project_ids": ["pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then accepted
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "53",
	"project_ids": ["pr-s2-ag-2"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused EXCHANGE_EXISTS x1

story A county holds no exchange for another county
include setup.inc
as county 533122
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "533102",
	"project_ids": ["pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused NOT_FOUND 533102
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "533122",
	"project_ids": ["pr-s1-ag-1"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused NOT_FOUND pr-s1-ag-1
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2024", "region_code": "533122",
	"project_ids": ["pr-s2-ag-2"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused NOT_FOUND ty-2024
as agency ag-2
when HoldExchange {
	"exchange_id": "x1", "programme_year_id": "ty-2022", "region_code": "533122",
	"project_ids": ["pr-s2-ag-2"], "title": "T", "summary": "S", "attendees": 2,
	"held_on": "2022-05-01" }
then refused CALLER_NOT_ALLOWED
