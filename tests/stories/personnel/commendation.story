story A commendation cites a final result of the year, and keeps it (rule B30)
include started.inc
include final.inc
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"title": "Excellent agency", "document_no": "N9", "commended_on": "2023-05-10" }
then event Commended {
	"commendation": { "grade": "GOOD", "evaluation_version": 1, "agency_id": "ag-1", "person_id": "",
		"project_id": "pr-s-ruili-ag-1", "region_code": "533102", "recorded_by": "p-province" } }
when Commend {
	"commendation_id": "co2", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"person_id": "p1", "title": "Excellent person", "document_no": "N9", "commended_on": "2023-05-10" }
then accepted
then ListCommendations { "agency_id": "ag-1" } gives {
	"commendations": [{ "commendation_id": "co1" }, { "commendation_id": "co2", "person_id": "p1" }] }

story Without a final result nobody is commended (rule B30)
include started.inc
include evaluated.inc
as province
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused RESULT_NOT_FINAL r1:pr-s-ruili-ag-1 by B30
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r9",
	"title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused RESULT_NOT_FINAL r9

story A result of another year commends nobody (rule B30)
include started.inc
include final.inc
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2021", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused RESULT_OF_OTHER_YEAR r1:pr-s-ruili-ag-1 by B30

story Only who served in the project is commended for it, after its result
include started.inc
include final.inc
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"person_id": "p5", "title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused NOT_OF_PROJECT p5
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"person_id": "p1", "title": "T", "document_no": "N9", "commended_on": "2023-05-09" }
then refused FIELD_INVALID commended_on
as prefecture 5325
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused RESULT_NOT_FINAL r1:pr-s-ruili-ag-1

story Nobody is commended twice for one result
include started.inc
include final.inc
given Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"person_id": "p1", "title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused COMMENDATION_EXISTS co1
when Commend {
	"commendation_id": "co2", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused COMMENDATION_EXISTS co1

story Who was to come and never came is not commended for what others did (rule B30)
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
include approved.inc
include agreed.inc
as agency ag-1
given stations.DraftChange {
	"change_id": "ch1", "project_id": "pr-s-ruili-ag-1", "baseline_version": 1,
	"kind": "CHANGE_KIND_PERSON", "reason": "P2 is ill", "alteration": { "posting_id": "po-a1-2" } }
given stations.SubmitChange { "change_id": "ch1" }
as province
given stations.DecideChange {
	"change_id": "ch1", "decision": "CHANGE_DECISION_APPROVE", "document_no": "D1" }
today 2022-08-01
as county 533102
given stations.ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-30" }
include final.inc
when Commend {
	"commendation_id": "co1", "programme_year_id": "ty-2022", "evaluation_id": "r1:pr-s-ruili-ag-1",
	"person_id": "p2", "title": "T", "document_no": "N9", "commended_on": "2023-05-10" }
then refused NOT_OF_PROJECT p2 by B30
