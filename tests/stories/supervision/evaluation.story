story An agency assesses its own project first
include setup.inc
include round.inc
as agency ag-1
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "We did well.", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 1500 },
		{ "indicator_id": "process", "score_hundredths": 2500 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then event SelfAssessed { "evaluation": {
	"evaluation_id": "r1:pr-s1-ag-1", "state": "EVALUATION_STATE_SELF_ASSESSED",
	"self_assessment": {
		"total_hundredths": "9000", "text": "We did well.", "assessed_on": "2022-05-10",
		"assessor_id": "p-ag-1",
		"scores": [
			{ "indicator_id": "input", "score_hundredths": "1500" },
			{ "indicator_id": "process", "score_hundredths": "2500" },
			{ "indicator_id": "outcome", "score_hundredths": "5000" }] },
	"grade": "", "score_hundredths": "0", "revision": "2" } }

story An agency neither assesses nor sees another's project
include setup.inc
include round.inc
as agency ag-2
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "They did badly.", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
then refused NOT_FOUND r1:pr-s1-ag-1
then GetEvaluation { "evaluation_id": "r1:pr-s1-ag-1" } refused NOT_FOUND r1:pr-s1-ag-1
then ListEvaluations { "round_id": "r1" } gives { "evaluations": [{ "project_id": "pr-s2-ag-2" }] }

story An agency assesses itself once
include setup.inc
include round.inc
include reviewed.inc
as agency ag-1
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "Even better.", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused SELF_ASSESSMENT_CLOSED r1:pr-s1-ag-1

story Nobody is scored before he has been heard
include setup.inc
include round.inc
as evaluator e1
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 1000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 3000 }] }
then refused SELF_ASSESSMENT_MISSING r1:pr-s1-ag-1

story An agency that says nothing in its time cannot hold the round up
include setup.inc
include round.inc
today 2022-05-20
as evaluator e1
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-20",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 1000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 3000 }] }
then refused SELF_ASSESSMENT_MISSING r1:pr-s1-ag-1
today 2022-05-21
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 1000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 3000 }] }
then event EvaluationScored { "evaluation": { "state": "EVALUATION_STATE_SCORED" } }
as agency ag-1
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "Wait!", "assessed_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused SELF_ASSESSMENT_CLOSED r1:pr-s1-ag-1

story Where the round sets no date for it, a self-assessment is always waited for
include setup.inc
as province
given OpenRound { "round_id": "r1", "programme_year_id": "ty-2022" }
today 2022-06-30
as evaluator e1
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-06-30",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 1000 },
		{ "indicator_id": "process", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 3000 }] }
then refused SELF_ASSESSMENT_MISSING r1:pr-s1-ag-1

story Several evaluators score one project
include setup.inc
include round.inc
include reviewed.inc
then GetEvaluation { "evaluation_id": "r1:pr-s1-ag-1" } gives { "evaluation": {
	"state": "EVALUATION_STATE_REVIEWED", "scorers": 2, "last_scored_on": "2022-05-10",
	"reviewed_on": "2022-05-10", "reviewer_id": "p-province",
	"score_hundredths": "0", "grade": "" } }
then GetScore { "score_id": "sc1" } gives { "score": {
	"evaluation_id": "r1:pr-s1-ag-1", "round_id": "r1", "project_id": "pr-s1-ag-1",
	"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
	"scorer_id": "e1", "total_hundredths": "8345", "scored_on": "2022-05-10",
	"remark": "Well run.", "scores": [
		{ "indicator_id": "outcome", "score_hundredths": "4000" },
		{ "indicator_id": "input", "score_hundredths": "1845" },
		{ "indicator_id": "process", "score_hundredths": "2500" }] } }
then ListScores { "evaluation_id": "r1:pr-s1-ag-1" } gives { "scores": [
	{ "score_id": "sc1", "total_hundredths": "8345" },
	{ "score_id": "sc2", "total_hundredths": "8346" }] }
as ministry
then ListScores { "scorer_id": "e2" } gives { "scores": [{ "score_id": "sc2" }] }
as project-office
then GetScore { "score_id": "sc1" } gives { "score": { "score_id": "sc1" } }
as evaluator e1
then GetScore { "score_id": "sc1" } gives { "score": { "score_id": "sc1" } }
then ListScores { "round_id": "r1" } gives { "scores": [{ "score_id": "sc1" }] }
as evaluator e3
then GetScore { "score_id": "sc1" } refused NOT_FOUND sc1

story The agency does not see who gave what
include setup.inc
include round.inc
include reviewed.inc
as agency ag-1
then GetScore { "score_id": "sc1" } refused NOT_FOUND sc1
then ListScores { "round_id": "r1" } gives {}

story An evaluator scores a project once
include setup.inc
include round.inc
as agency ag-1
given SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e1
given ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
when ScoreEvaluation {
	"score_id": "sc2", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
then refused SCORED_ALREADY r1:pr-s1-ag-1
as evaluator e2
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
then refused SCORE_EXISTS sc1

story Nobody scores the agency that he works for
include setup.inc
include round.inc
as agency ag-1
given SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e1 person w2
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused SCORER_OF_AGENCY ag-1
as evaluator e1 agency ag-1
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused SCORER_OF_AGENCY ag-1
as evaluator e1 person w3
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then accepted

story Each indicator of the year is scored exactly once and within its range
include setup.inc
include round.inc
as agency ag-1
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [{ "indicator_id": "input", "score_hundredths": 2000 }] }
then refused INDICATOR_MISSING process
given SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e1
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 }] }
then refused INDICATOR_MISSING outcome
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 },
		{ "indicator_id": "input", "score_hundredths": 2000 }] }
then refused INDICATOR_TWICE input
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "sympathy", "score_hundredths": 5000 }] }
then refused INDICATOR_UNKNOWN sympathy
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2001 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused SCORE_OUT_OF_RANGE input
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": -1 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused SCORE_OUT_OF_RANGE process
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "outcome", "score_hundredths": 5000 },
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 0 }] }
then event EvaluationScored { "score": { "score_id": "sc1", "total_hundredths": "7000" } }

story A step is not dated before the one that it follows
include setup.inc
include round.inc
today 2022-05-15
as agency ag-1
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-09",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused DATE_BEFORE_STEP assessed_on
given SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-11",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e1
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused DATE_BEFORE_STEP scored_on
given ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-13",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e2
given ScoreEvaluation {
	"score_id": "sc2", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-12",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as province
when ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-12" }
then refused DATE_BEFORE_STEP reviewed_on
given ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-14" }
when FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-13" }
then refused DATE_BEFORE_STEP final_on

story What nobody has scored is not reviewed
include setup.inc
include round.inc
as province
when ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-10" }
then refused NOT_SCORED r1:pr-s1-ag-1

story Nobody reviews his own scores
include setup.inc
include round.inc
as agency ag-1
given SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e1 person p-expert
given ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as province person p-expert
when ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-10" }
then refused REVIEWER_SCORED p-expert
as province
when ReviewEvaluation {
	"evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-10", "note": "The scores hold." }
then event EvaluationReviewed { "evaluation": {
	"state": "EVALUATION_STATE_REVIEWED", "reviewed_on": "2022-05-10",
	"reviewer_id": "p-province", "review_note": "The scores hold." } }

story A reviewer has seen all the scores that he reviews
include setup.inc
include round.inc
as agency ag-1
given SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e1
given ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as province
when ReviewEvaluation {
	"evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-10", "expected_revision": "2" }
then refused STALE_REVISION r1:pr-s1-ag-1
when ReviewEvaluation {
	"evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-10", "expected_revision": "3" }
then accepted

story Reviewed scores stay as they are
include setup.inc
include round.inc
include reviewed.inc
as evaluator e3
when ScoreEvaluation {
	"score_id": "sc9", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
then refused SCORING_CLOSED r1:pr-s1-ag-1
as province
when ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-10" }
then refused SCORING_CLOSED r1:pr-s1-ag-1

story The result is the mean of the totals, halves up, and the grade follows from it (rule B27)
include setup.inc
include round.inc
include reviewed.inc
as province
when FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
then event EvaluationFinal {
	"evaluation": {
		"evaluation_id": "r1:pr-s1-ag-1", "state": "EVALUATION_STATE_FINAL",
		"score_hundredths": "8346", "grade": "GOOD", "version": 1,
		"final_on": "2022-05-10", "late": false, "finaliser_id": "p-province" },
	"round": { "round_id": "r1", "projects": 2, "finals": 1 } }
then ListEvaluations { "round_id": "r1", "grade": "GOOD" } gives { "evaluations": [
	{ "evaluation_id": "r1:pr-s1-ag-1" }] }
as agency ag-1
then GetEvaluation { "evaluation_id": "r1:pr-s1-ag-1" } gives { "evaluation": {
	"score_hundredths": "8346", "grade": "GOOD" } }

story A score on the lower bound of a grade has that grade (rule B27)
include setup.inc
include round.inc
include second-final.inc
then GetEvaluation { "evaluation_id": "r1:pr-s2-ag-2" } gives { "evaluation": {
	"score_hundredths": "6000", "grade": "MEDIUM" } }

story A score just below the lower bound of a grade has the grade below (rule B27)
include setup.inc
include round.inc
as agency ag-1
given SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as evaluator e1
given ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 3999 }] }
as province
given ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-10" }
when FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
then event EvaluationFinal { "evaluation": { "score_hundredths": "8999", "grade": "GOOD" } }

story A project without a point has a grade too (rule B27)
include setup.inc
include round.inc
today 2022-05-21
as evaluator e1
given ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
as province
given ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-21" }
when FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-21" }
then event EvaluationFinal { "evaluation": { "score_hundredths": "0", "grade": "POOR" } }

story No result without a review
include setup.inc
include round.inc
as province
when FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
then refused NOT_REVIEWED r1:pr-s1-ag-1

story A final result changes no more
include setup.inc
include round.inc
include second-final.inc
as agency ag-2
when SelfAssess {
	"evaluation_id": "r1:pr-s2-ag-2", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused EVALUATION_FINAL r1:pr-s2-ag-2
as evaluator e2
when ScoreEvaluation {
	"score_id": "sc9", "evaluation_id": "r1:pr-s2-ag-2", "scored_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused EVALUATION_FINAL r1:pr-s2-ag-2
as province
when ReviewEvaluation { "evaluation_id": "r1:pr-s2-ag-2", "reviewed_on": "2022-05-10" }
then refused EVALUATION_FINAL r1:pr-s2-ag-2
when FinaliseEvaluation { "evaluation_id": "r1:pr-s2-ag-2", "final_on": "2022-05-10" }
then refused EVALUATION_FINAL r1:pr-s2-ag-2
then GetCoverage { "round_id": "r1" } gives { "finals": 1 }

story What somebody has not read as it is now he does not decide on
include setup.inc
include round.inc
as agency ag-1
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"expected_revision": "5",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused STALE_REVISION r1:pr-s1-ag-1
as province
when FinaliseEvaluation {
	"evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10", "expected_revision": "5" }
then refused STALE_REVISION r1:pr-s1-ag-1

story A project keeps the results of all its rounds, the earliest first
include setup.inc
include round.inc
include second-final.inc
include reviewed.inc
as province
given FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
given CloseRound { "round_id": "r1", "closed_on": "2022-05-10" }
given OpenRound {
	"round_id": "a-later-one", "programme_year_id": "ty-2022", "self_assess_by": "2022-05-10" }
today 2022-05-11
as evaluator e1
given ScoreEvaluation {
	"score_id": "sc8", "evaluation_id": "a-later-one:pr-s1-ag-1", "scored_on": "2022-05-11",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
as province
given ReviewEvaluation { "evaluation_id": "a-later-one:pr-s1-ag-1", "reviewed_on": "2022-05-11" }
then GetResultHistory { "project_id": "pr-s1-ag-1" } gives { "evaluations": [
	{ "evaluation_id": "r1:pr-s1-ag-1", "grade": "GOOD" }] }
given FinaliseEvaluation { "evaluation_id": "a-later-one:pr-s1-ag-1", "final_on": "2022-05-11" }
then GetResultHistory { "project_id": "pr-s1-ag-1" } gives { "evaluations": [
	{ "evaluation_id": "r1:pr-s1-ag-1", "grade": "GOOD", "score_hundredths": "8346" },
	{ "evaluation_id": "a-later-one:pr-s1-ag-1", "grade": "EXCELLENT",
	  "score_hundredths": "10000" }] }
then GetResultHistory { "project_id": "pr-s3-ag-2" } gives { "evaluations": [] }
as agency ag-2
then GetResultHistory { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1

story What there is not is neither assessed, scored, reviewed nor made final
include setup.inc
as agency ag-1
when SelfAssess { "evaluation_id": "r9:x", "text": "T", "assessed_on": "2022-05-01" }
then refused NOT_FOUND r9:x
as evaluator e1
when ScoreEvaluation { "score_id": "sc1", "evaluation_id": "r9:x", "scored_on": "2022-05-01" }
then refused NOT_FOUND r9:x
as province
when ReviewEvaluation { "evaluation_id": "r9:x", "reviewed_on": "2022-05-01" }
then refused NOT_FOUND r9:x
when FinaliseEvaluation { "evaluation_id": "r9:x", "final_on": "2022-05-01" }
then refused NOT_FOUND r9:x

story Nobody scores a project of his own county
include setup.inc
include round.inc
today 2022-05-21
as evaluator e1 region 533102
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
then refused SCORER_OF_COUNTY 533102
as evaluator e1 person w3
when ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
then accepted

story As many score a project as the year's rules ask for
include strict.inc
today 2022-05-21
as evaluator e1
given ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
as province
when ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-21" }
then refused SCORERS_TOO_FEW r1:pr-s1-ag-1
as evaluator e2
given ScoreEvaluation {
	"score_id": "sc2", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2022-05-21",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 0 },
		{ "indicator_id": "process", "score_hundredths": 0 },
		{ "indicator_id": "outcome", "score_hundredths": 0 }] }
as province
when ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2022-05-21" }
then accepted

story An indicator in parts is scored by its parts
include strict.inc
as agency ag-1
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "work", "score_hundredths": 5000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused INDICATOR_UNKNOWN work
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then refused INDICATOR_MISSING process
when SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "T", "assessed_on": "2022-05-10",
	"scores": [
		{ "indicator_id": "input", "score_hundredths": 2000 },
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 5000 }] }
then event SelfAssessed { "evaluation": { "self_assessment": { "total_hundredths": "10000" } } }
