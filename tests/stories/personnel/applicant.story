story How many have applied is known for any date, each counted once (rule B2)
include setup.inc
include submitted.inc
today 2022-05-04
as agency ag-1
given SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-dehong",
	"submitted_on": "2022-05-04", "title": "T", "nominees": [{ "person_id": "p2" }, { "person_id": "p3" }] }
as agency ag-2
given SubmitApplication {
	"application_id": "a3", "call_id": "c1", "agency_id": "ag-2", "site_id": "s-lianghe",
	"submitted_on": "2022-05-04", "title": "T", "nominees": [{ "person_id": "p5" }] }
as province
then GetApplicationCounts { "programme_year_id": "ty-2022", "applied_until": "2022-05-02" } gives {
	"agencies": "0", "people": "0" }
then GetApplicationCounts { "programme_year_id": "ty-2022", "applied_until": "2022-05-03" } gives {
	"agencies": "1", "people": "2", "applied_until": "2022-05-03" }
then GetApplicationCounts { "programme_year_id": "ty-2022", "applied_until": "2022-05-04" } gives {
	"agencies": "2", "people": "4" }
then GetApplicationCounts { "programme_year_id": "ty-2022" } gives { "agencies": "2", "people": "4" }
then GetApplicationCounts { "programme_year_id": "ty-1999" } refused NOT_FOUND ty-1999
then GetApplicant { "applicant_id": "person:a1-2" } gives {
	"applicant": { "person_id": "p2", "first_applied_on": "2022-05-03" } }
then ListApplicants { "programme_year_id": "ty-2022", "kind": "APPLICANT_KIND_AGENCY" } gives {
	"applicants": [{ "agency_id": "ag-1" }, { "agency_id": "ag-2" }] }

story An application that is entered late counts from the day it was handed in (rule B2)
include setup.inc
include submitted.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-dehong",
	"submitted_on": "2022-05-02", "title": "T", "nominees": [{ "person_id": "p2" }] }
then event ApplicationSubmitted {
	"applicants": [
		{ "applicant_id": "agency:a1", "first_applied_on": "2022-05-02" },
		{ "applicant_id": "person:a1-2", "first_applied_on": "2022-05-02" }] }
as province
then GetApplicationCounts { "programme_year_id": "ty-2022", "applied_until": "2022-05-02" } gives {
	"agencies": "1", "people": "1" }
then GetApplicationCounts { "programme_year_id": "ty-2022" } gives { "agencies": "1", "people": "2" }

story Who withdraws has applied all the same (rule B2)
include setup.inc
include submitted.inc
given WithdrawApplication { "application_id": "a1", "reason": "R" }
as province
then GetApplicationCounts { "programme_year_id": "ty-2022" } gives { "agencies": "1", "people": "2" }
as agency ag-1
then GetApplicationCounts { "programme_year_id": "ty-2022" } refused CALLER_NOT_ALLOWED

story What was applied for in another province is nobody's to count
include setup.inc
include submitted.inc
as province region 44
then GetApplicationCounts { "programme_year_id": "ty-2022" } refused NOT_FOUND ty-2022
