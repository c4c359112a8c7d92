story Where the rules say so, a poor result keeps an agency from applying for the next year
include started.inc
include poor.inc
include next-year.inc
then ListIneligibilities { "agency_id": "ag-1" } gives {
	"ineligibilities": [{ "evaluation_id": "r1:pr-s-ruili-ag-1", "grade": "POOR",
		"programme_year_id": "ty-2022" }] }
as agency ag-1
when SubmitApplication {
	"application_id": "a9", "call_id": "c9", "agency_id": "ag-1", "site_id": "s-next",
	"submitted_on": "2023-05-10", "title": "T", "nominees": [{ "person_id": "p3" }] }
then refused AGENCY_INELIGIBLE ag-1
as agency ag-2
when SubmitApplication {
	"application_id": "a9", "call_id": "c9", "agency_id": "ag-2", "site_id": "s-next",
	"submitted_on": "2023-05-10", "title": "T", "nominees": [{ "person_id": "p5" }] }
then accepted

story A good result keeps nobody from applying
include started.inc
include final.inc
include next-year.inc
then ListIneligibilities {} gives { "ineligibilities": [] }
as agency ag-1
when SubmitApplication {
	"application_id": "a9", "call_id": "c9", "agency_id": "ag-1", "site_id": "s-next",
	"submitted_on": "2023-05-10", "title": "T", "nominees": [{ "person_id": "p3" }] }
then accepted

story A better version of the result gives the agency its year back
include started.inc
include poor.inc
include next-year.inc
as agency ag-1
given supervision.ObjectToResult {
	"evaluation_id": "r1:pr-s-ruili-ag-1", "reason": "A score was misread", "objected_on": "2023-05-10" }
when SubmitApplication {
	"application_id": "a9", "call_id": "c9", "agency_id": "ag-1", "site_id": "s-next",
	"submitted_on": "2023-05-10", "title": "T", "nominees": [{ "person_id": "p3" }] }
then refused AGENCY_INELIGIBLE ag-1
as province person p-director
given supervision.UpholdObjection {
	"evaluation_id": "r1:pr-s-ruili-ag-1", "decided_on": "2023-05-10", "note": "It was",
	"scores": [{ "indicator_id": "outcome", "score_hundredths": 8500 }] }
then ListIneligibilities { "agency_id": "ag-1" } gives { "ineligibilities": [{ "lifted": true }] }
as agency ag-1
when SubmitApplication {
	"application_id": "a9", "call_id": "c9", "agency_id": "ag-1", "site_id": "s-next",
	"submitted_on": "2023-05-10", "title": "T", "nominees": [{ "person_id": "p3" }] }
then accepted

story What was handed in before the result is not handed in again after it
include started.inc
today 2023-05-10
include next-year.inc
as agency ag-1
given SubmitApplication {
	"application_id": "a9", "call_id": "c9", "agency_id": "ag-1", "site_id": "s-next",
	"submitted_on": "2023-05-10", "title": "T", "nominees": [{ "person_id": "p3" }] }
as province
given ReturnApplication { "application_id": "a9", "reason": "The plan is thin" }
include poor.inc
as agency ag-1
when ResubmitApplication {
	"application_id": "a9", "resubmitted_on": "2023-05-10", "title": "T", "nominees": [{ "person_id": "p3" }] }
then refused AGENCY_INELIGIBLE ag-1
