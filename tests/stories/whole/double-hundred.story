# Workflow W5 from the entrustment to a station with its workers, each date of it missed once.

story The double-hundred line, from the entrustment to a staffed station (rules A3, A4, A6, A7, test 10, workflow W5)
include ../stations/double.inc
# The office is set up and entrusted; before its first day it cannot act.
given SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-01" }
given DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-03-02",
	"in_force_until": "2017-04-30", "document_no": "E1", "tasks": "T" }
given SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-01" }
as project-office region 44
given SignEntrustment { "entrustment_id": "en", "party": "office", "signed_on": "2017-03-01" }
when OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-03-01" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7
# In force: the centre opens, the station is approved and begins without anybody.
today 2017-03-02
given OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-03-02" }
as prefecture 4419
given PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 1 }
as province region 44
given ApproveStation { "station_id": "st-1", "approved_on": "2017-03-02" }
as project-office region 44
given OpenStation { "station_id": "st-1", "opened_on": "2017-03-02" }
then GetStation { "station_id": "st-1" } gives { "station": {
	"workers": 0, "staffing": "STAFFING_STATE_UNDERSTAFFED", "understaffed_since": "2017-03-02" } }
# A place is kept; nobody is hired by its last day; the town is too late by one.
as town 441900003
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given personnel.RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
today 2017-03-13
when personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-13" }
then refused POST_NOT_KEPT po-1
# Kept anew and filled, two of them: the station is staffed from the day of the second.
given ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given ReservePost { "posting_id": "po-3", "station_id": "st-1", "post_kind": "POST_KIND_ADMINISTRATIVE" }
given personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-13" }
given personnel.RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2016-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
today 2017-03-20
given personnel.HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-3", "employer_code": "441900003",
	"hired_on": "2017-03-20" }
then GetStation { "station_id": "st-1" } gives { "station": {
	"workers": 2, "staffing": "STAFFING_STATE_STAFFED", "understaffed_since": "" } }
# One leaves: the station is understaffed again, since that day, and nothing of before is lost.
today 2017-04-10
given personnel.EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-04-05", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then GetStation { "station_id": "st-1" } gives { "station": {
	"workers": 1, "staffing": "STAFFING_STATE_UNDERSTAFFED", "understaffed_since": "2017-04-05" } }
then GetStaffingHistory { "station_id": "st-1" } gives { "periods": [
	{ "staffing": "STAFFING_STATE_UNDERSTAFFED", "since_on": "2017-03-02", "until_on": "2017-03-20" },
	{ "staffing": "STAFFING_STATE_STAFFED", "since_on": "2017-03-20", "until_on": "2017-04-05" },
	{ "staffing": "STAFFING_STATE_UNDERSTAFFED", "since_on": "2017-04-05", "until_on": "" }] }
then ListPostings { "site_id": "st-1" } gives { "postings": [
	{ "posting_id": "po-1", "state": "POSTING_STATE_CANCELLED", "reserved_until": "2017-03-12" },
	{ "posting_id": "po-2", "person_id": "w1", "arrived_on": "2017-03-13", "ended_on": "2017-04-05" },
	{ "posting_id": "po-3", "person_id": "w2", "arrived_on": "2017-03-20", "ended_on": "" }] }
# The entrustment is over: the office stands still until another is in force.
today 2017-05-01
as project-office region 44
when ReservePost { "posting_id": "po-4", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7
as province region 44
given DraftEntrustment {
	"entrustment_id": "en-2", "office_id": "of", "in_force_from": "2017-05-01",
	"in_force_until": "2017-12-31", "document_no": "E2", "tasks": "T" }
given SignEntrustment { "entrustment_id": "en-2", "party": "department", "signed_on": "2017-05-01" }
as project-office region 44
given SignEntrustment { "entrustment_id": "en-2", "party": "office", "signed_on": "2017-05-01" }
when ReservePost { "posting_id": "po-4", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then accepted
then GetTree { "programme_year_id": "dh" } gives {
	"entrustment": { "entrustment_id": "en-2" },
	"centres": [{ "staffing": { "open": 1, "workers": 1, "understaffed": 1 } }] }
