story A project is closed when its people have left
include started.inc
given EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting {
	"posting_id": "po-a1-2", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting {
	"posting_id": "po-a1-3", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
as province
when CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2022-08-01" }
then accepted
then event ProjectClosed { "project": { "state": "PROJECT_STATE_CLOSED", "closed_on": "2022-08-01" } }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "started_on": "2022-08-01" } }

story A project is not closed while somebody is in post
include started.inc
as province
when CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2022-08-01" }
then refused PROJECT_HAS_PEOPLE pr-s1-ag-1

story A project that has not started is not closed
include agreed.inc
as province
when CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2022-07-25" }
then refused PROJECT_NOT_IN_PROGRESS pr-s1-ag-1

story A project does not end before it started
include started.inc
given EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting {
	"posting_id": "po-a1-2", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting {
	"posting_id": "po-a1-3", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
as province
when CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2022-07-31" }
then refused CLOSED_BEFORE_START pr-s1-ag-1

story Nobody closes a project that he has not read of
include started.inc
given EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting {
	"posting_id": "po-a1-2", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
given EndPosting {
	"posting_id": "po-a1-3", "ended_on": "2022-08-01", "end_reason": "END_REASON_COMPLETED" }
as province
when CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2022-08-01", "expected_revision": "1" }
then refused STALE_REVISION pr-s1-ag-1

story Only the province closes a project
include started.inc
when CloseProject { "project_id": "pr-s1-ag-1", "closed_on": "2022-08-01" }
then refused CALLER_NOT_ALLOWED

story A project that there is not is not closed
include approved.inc
as province
when CloseProject { "project_id": "pr-x", "closed_on": "2022-06-01" }
then refused NOT_FOUND pr-x

story The first baseline is the agreement with its plan, budget and people (rule B26)
include agreed.inc
then GetBaseline { "project_id": "pr-s1-ag-1" } gives {
	"version": 1,
	"agreement": { "agreement_id": "ar1", "people": 3, "budget": [{}, {}, {}, {}] },
	"plan": { "plan_id": "pl1", "trainees": 4 },
	"postings": [{ "person_id": "w1" }, { "person_id": "w2" }, { "person_id": "w3" }] }
as agency ag-2
then GetBaseline { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1

story Who gave up a place is not in the baseline (rule B26)
include prepared.inc
given CancelPosting { "posting_id": "po-a1-3", "note": "A parent is ill" }
given DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "TRAINING", "amount_fen": 4000000 },
		{ "source": "provincial", "category": "TRAINING", "amount_fen": 4000000 }] }
as province
given SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-06-05" }
as county 533102
given SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-06-05" }
as agency ag-1
given SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-06-05" }
then GetBaseline { "project_id": "pr-s1-ag-1" } gives {
	"version": 1, "postings": [{ "person_id": "w1" }, { "person_id": "w2" }] }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "people": 2 } }

story A project that is not agreed has no baseline
include prepared.inc
then GetBaseline { "project_id": "pr-s1-ag-1" } gives { "version": 0 }

story An agency sees its own projects, a county those of its area
include approved.inc
as agency ag-2
then ListProjects { "programme_year_id": "ty-2022" } gives { "projects": [{ "project_id": "pr-s2-ag-2" }] }
then GetProject { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1
as county 533102
then ListProjects { "state": "PROJECT_STATE_PLANNED" } gives { "projects": [{ "project_id": "pr-s1-ag-1" }] }
