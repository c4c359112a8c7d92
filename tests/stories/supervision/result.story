story An agency objects in time, is right, and has a new result (rule B27)
include strict.inc
include medium.inc
then event EvaluationFinal {
	"evaluation": {
		"version": 1, "score_hundredths": "7000", "grade": "MEDIUM", "objection_by": "2022-05-15" },
	"results": [{
		"result_id": "r1:pr-s1-ag-1.1", "evaluation_id": "r1:pr-s1-ag-1", "round_id": "r1",
		"project_id": "pr-s1-ag-1", "programme_year_id": "ty-2022", "region_code": "533102",
		"agency_id": "ag-1", "version": 1, "score_hundredths": "7000", "grade": "MEDIUM",
		"final_on": "2022-05-10", "valid": true, "superseded_on": "" }] }
today 2022-05-16
as agency ag-1
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "A visit was not counted.",
	"objected_on": "2022-05-15" }
then event ResultObjected {
	"evaluation": {
		"state": "EVALUATION_STATE_OBJECTED", "objection_by": "", "objection": {
			"reason": "A visit was not counted.", "objected_on": "2022-05-15",
			"objector_id": "p-ag-1", "decided_on": "" } },
	"round": { "finals": 0 } }
# An agency is told how far its own projects are.
then GetCoverage { "round_id": "r1" } gives { "projects": 1, "finals": 0, "states": [
	{ "state": "EVALUATION_STATE_ASSIGNED", "evaluations": 0 }, {}, {}, {}, {},
	{ "state": "EVALUATION_STATE_OBJECTED", "evaluations": 1 }] }
as province person p-judge
then GetCoverage { "round_id": "r1" } gives { "projects": 2, "finals": 0, "states": [
	{ "state": "EVALUATION_STATE_ASSIGNED", "evaluations": 1 }, {}, {}, {}, {},
	{ "state": "EVALUATION_STATE_OBJECTED", "evaluations": 1 }] }
when UpholdObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "It is to be counted.", "decided_on": "2022-05-16",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 4000 }] }
then event EvaluationFinal {
	"evaluation": {
		"state": "EVALUATION_STATE_FINAL", "version": 2, "score_hundredths": "8000",
		"grade": "GOOD", "final_on": "2022-05-16", "objection": {
			"reason": "A visit was not counted.", "note": "It is to be counted.",
			"decided_on": "2022-05-16", "decider_id": "p-judge", "upheld": true } },
	"round": { "finals": 1 },
	"results": [
		{ "result_id": "r1:pr-s1-ag-1.2", "version": 2, "grade": "GOOD", "valid": true },
		{ "result_id": "r1:pr-s1-ag-1.1", "version": 1, "grade": "MEDIUM", "valid": false,
		  "superseded_on": "2022-05-16" }] }
then ListResults { "project_id": "pr-s1-ag-1", "valid": true } gives { "results": [
	{ "version": 2 }] }
then GetResult { "result_id": "r1:pr-s1-ag-1.1" } gives { "result": { "grade": "MEDIUM" } }
then GetResultHistory { "project_id": "pr-s1-ag-1" } gives {
	"evaluations": [{ "version": 2, "grade": "GOOD" }],
	"results": [{ "version": 1 }, { "version": 2 }] }

story An objection that is dismissed leaves the result as it was
include strict.inc
include medium.inc
include objected.inc
as province person p-judge
when DismissObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "It was counted.", "decided_on": "2022-05-10" }
then event ObjectionDismissed {
	"evaluation": {
		"state": "EVALUATION_STATE_FINAL", "version": 1, "score_hundredths": "7000",
		"grade": "MEDIUM", "final_on": "2022-05-10", "objection": {
			"note": "It was counted.", "upheld": false, "decider_id": "p-judge" } },
	"round": { "finals": 1 } }
as agency ag-1
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "Still.", "objected_on": "2022-05-10" }
then refused OBJECTION_TOO_LATE r1:pr-s1-ag-1

story An objection after the rules' days comes too late
include strict.inc
include medium.inc
today 2022-05-16
as agency ag-1
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-16" }
then refused OBJECTION_TOO_LATE r1:pr-s1-ag-1

story Where the rules give no days, nobody objects
include setup.inc
include round.inc
include second-final.inc
as agency ag-2
when ObjectToResult {
	"evaluation_id": "r1:pr-s2-ag-2", "reason": "R", "objected_on": "2022-05-10" }
then refused OBJECTION_TOO_LATE r1:pr-s2-ag-2

story Only a final result is objected to, and once at a time
include strict.inc
as agency ag-1
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-10" }
then refused RESULT_NOT_FINAL r1:pr-s1-ag-1
include medium.inc
include objected.inc
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-10" }
then refused RESULT_NOT_FINAL r1:pr-s1-ag-1

story An agency objects to its own result
include strict.inc
include medium.inc
as agency ag-2
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-10" }
then refused NOT_FOUND r1:pr-s1-ag-1
as agency ag-1
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-10",
	"expected_revision": "3" }
then refused STALE_REVISION r1:pr-s1-ag-1
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-09" }
then refused DATE_BEFORE_STEP objected_on

story What nobody has objected to is not decided
include strict.inc
include medium.inc
as province person p-judge
when DismissObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-10" }
then refused NOT_OBJECTED r1:pr-s1-ag-1
when UpholdObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 4000 }] }
then refused NOT_OBJECTED r1:pr-s1-ag-1

story Who had a part in a result does not decide the objection
include strict.inc
include medium.inc
include objected.inc
as province
when DismissObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-10" }
then refused DECIDER_INVOLVED p-province
as province person e2
when UpholdObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 4000 }] }
then refused DECIDER_INVOLVED e2

story A decision reads the objection as it is
include strict.inc
include medium.inc
today 2022-05-12
as agency ag-1
given ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-11" }
as province person p-judge
when DismissObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-12",
	"expected_revision": "3" }
then refused STALE_REVISION r1:pr-s1-ag-1
when DismissObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-10" }
then refused DATE_BEFORE_STEP decided_on
when UpholdObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-12",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2001 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 4000 }] }
then refused SCORE_OUT_OF_RANGE input
as province region 44 person p-judge
when DismissObjection {
	"evaluation_id": "r1:pr-s1-ag-1", "note": "N", "decided_on": "2022-05-12" }
then refused NOT_FOUND r1:pr-s1-ag-1

story A round is not closed while an agency can still object (rule B29)
include strict.inc
include medium.inc
include good.inc
today 2022-05-15
when CloseRound { "round_id": "r1", "closed_on": "2022-05-15" }
then refused OBJECTION_TIME_RUNS r1:pr-s2-ag-2 by B29
today 2022-05-16
when CloseRound { "round_id": "r1", "closed_on": "2022-05-16" }
then accepted
as agency ag-1
when ObjectToResult {
	"evaluation_id": "r1:pr-s1-ag-1", "reason": "R", "objected_on": "2022-05-15" }
then refused ROUND_CLOSED r1

story A round is not closed while an objection is undecided (rule B29)
include strict.inc
include medium.inc
include good.inc
include objected.inc
today 2022-05-20
as province
when CloseRound { "round_id": "r1", "closed_on": "2022-05-20" }
then refused ROUND_NOT_COVERED r1 by B29

story What is objected to is not scored again
include strict.inc
include medium.inc
include objected.inc
as evaluator e3
when ScoreEvaluation {
	"score_id": "sc9", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 4000 }] }
then refused EVALUATION_FINAL r1:pr-s1-ag-1
