story A grade that asks for it has something put right
include strict.inc
include medium.inc
then event RectificationRequired { "rectification": {
	"rectification_id": "r1:pr-s1-ag-1", "round_id": "r1", "project_id": "pr-s1-ag-1",
	"programme_year_id": "ty-2022", "site_id": "s1", "region_code": "533102", "agency_id": "ag-1",
	"grade": "MEDIUM", "state": "RECTIFICATION_STATE_REQUIRED", "required_on": "2022-05-10",
	"due_by": "2022-05-30" } }
include good.inc
then ListRectifications { "programme_year_id": "ty-2022" } gives { "rectifications": [
	{ "rectification_id": "r1:pr-s1-ag-1" }] }
as agency ag-1
when SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "Files are kept now.",
	"submitted_on": "2022-05-10", "expected_revision": "1" }
then event RectificationSubmitted { "rectification": {
	"state": "RECTIFICATION_STATE_SUBMITTED", "measures": "Files are kept now.",
	"submitted_on": "2022-05-10", "submitter_id": "p-ag-1", "late": false } }
as province
when AcceptRectification {
	"rectification_id": "r1:pr-s1-ag-1", "accepted_on": "2022-05-10", "expected_revision": "2" }
then event RectificationAccepted { "rectification": {
	"state": "RECTIFICATION_STATE_ACCEPTED", "accepted_on": "2022-05-10",
	"accepter_id": "p-province" } }
then GetRectification { "rectification_id": "r1:pr-s1-ag-1" } gives { "rectification": {
	"state": "RECTIFICATION_STATE_ACCEPTED" } }

story What is not put right by its date is overdue until it is
include strict.inc
include medium.inc
today 2022-05-30
then ListRectifications { "state": "RECTIFICATION_STATE_OVERDUE" } gives { "rectifications": [] }
today 2022-05-31
then ListRectifications { "state": "RECTIFICATION_STATE_OVERDUE" } gives { "rectifications": [
	{ "rectification_id": "r1:pr-s1-ag-1" }] }
as agency ag-1
when SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-31" }
then event RectificationSubmitted { "rectification": {
	"state": "RECTIFICATION_STATE_SUBMITTED", "late": true } }
as province
when ReturnRectification { "rectification_id": "r1:pr-s1-ag-1", "reason": "Half of it is missing." }
then event RectificationReturned { "rectification": {
	"state": "RECTIFICATION_STATE_OVERDUE", "return_reason": "Half of it is missing." } }

story What is given back in time is to be put right again
include strict.inc
include medium.inc
as agency ag-1
given SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-10" }
when SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-10" }
then refused RECTIFICATION_NOT_REQUIRED r1:pr-s1-ag-1
as province
when ReturnRectification {
	"rectification_id": "r1:pr-s1-ag-1", "reason": "R", "expected_revision": "1" }
then refused STALE_REVISION r1:pr-s1-ag-1
given ReturnRectification { "rectification_id": "r1:pr-s1-ag-1", "reason": "R" }
when ReturnRectification { "rectification_id": "r1:pr-s1-ag-1", "reason": "R" }
then refused RECTIFICATION_NOT_SUBMITTED r1:pr-s1-ag-1
when AcceptRectification { "rectification_id": "r1:pr-s1-ag-1", "accepted_on": "2022-05-10" }
then refused RECTIFICATION_NOT_SUBMITTED r1:pr-s1-ag-1
as agency ag-1
when SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-10" }
then accepted

story An agency puts right what is its own
include strict.inc
include medium.inc
as agency ag-2
when SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-10" }
then refused NOT_FOUND r1:pr-s1-ag-1
then GetRectification { "rectification_id": "r1:pr-s1-ag-1" } refused NOT_FOUND r1:pr-s1-ag-1
as agency ag-1
when SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-10",
	"expected_revision": "2" }
then refused STALE_REVISION r1:pr-s1-ag-1
when SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-09" }
then refused DATE_BEFORE_STEP submitted_on
today 2022-05-12
given SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-12" }
as province
when AcceptRectification { "rectification_id": "r1:pr-s1-ag-1", "accepted_on": "2022-05-11" }
then refused DATE_BEFORE_STEP accepted_on
when AcceptRectification {
	"rectification_id": "r1:pr-s1-ag-1", "accepted_on": "2022-05-12", "expected_revision": "1" }
then refused STALE_REVISION r1:pr-s1-ag-1
as province region 44
when AcceptRectification { "rectification_id": "r1:pr-s1-ag-1", "accepted_on": "2022-05-12" }
then refused NOT_FOUND r1:pr-s1-ag-1
when ReturnRectification { "rectification_id": "r1:pr-s1-ag-1", "reason": "R" }
then refused NOT_FOUND r1:pr-s1-ag-1

story A better result after an objection no longer asks for it
include strict.inc
include medium.inc
include objected.inc
as province person p-judge
when UpholdObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 4000 }] }
then event RectificationDropped { "rectification": { "state": "RECTIFICATION_STATE_DROPPED" } }
today 2022-06-01
then GetRectification { "rectification_id": "r1:pr-s1-ag-1" } gives { "rectification": {
	"state": "RECTIFICATION_STATE_DROPPED" } }
