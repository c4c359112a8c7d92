story A county issues a briefing about its work (rule B35)
include setup.inc
include approved.inc
as county 533102
when IssueBriefing {
	"briefing_id": "br1", "programme_year_id": "ty-2022", "region_code": "533102",
	"number": "2022-1", "title": "The first month", "content": "All is well.", "issued_on": "2022-07-20" }
then accepted
then event BriefingIssued { "briefing": {
	"briefing_id": "br1", "programme_year_id": "ty-2022", "site_id": "", "region_code": "533102",
	"agency_id": "", "number": "2022-1", "title": "The first month", "content": "All is well.",
	"issued_on": "2022-07-20", "issued_by_id": "p-county" } }
then GetBriefing { "briefing_id": "br1" } gives { "briefing": { "number": "2022-1" } }
when IssueBriefing {
	"briefing_id": "br1", "site_id": "s1", "title": "T", "content": "C", "issued_on": "2022-07-20" }
then refused BRIEFING_EXISTS br1
as agency ag-1
when IssueBriefing {
	"briefing_id": "br2", "site_id": "s1", "title": "T", "content": "C", "issued_on": "2022-07-20" }
then accepted
when IssueBriefing {
	"briefing_id": "br3", "site_id": "s2", "title": "T", "content": "C", "issued_on": "2022-07-20" }
then refused NOT_FOUND s2
as county 533122
when IssueBriefing {
	"briefing_id": "br3", "programme_year_id": "ty-2022", "region_code": "533102",
	"title": "T", "content": "C", "issued_on": "2022-07-20" }
then refused NOT_FOUND 533102
as province
then ListBriefings { "programme_year_id": "ty-2022", "region_code": "5331" } gives { "briefings": [
	{ "briefing_id": "br1" }, { "briefing_id": "br2", "site_id": "s1", "agency_id": "ag-1" }] }
