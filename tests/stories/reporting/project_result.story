story A final result is kept for its project and meets the obligation to evaluate (rule B29)
include setup.inc
include approved.inc
include started-s1.inc
include final.inc
as province
then GetObligation { "obligation_id": "evaluation:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-07-22", "met_by_id": "r1:pr-s1-ag-1",
	"late": false } }
then GetProjectResult { "project_id": "pr-s1-ag-1" } gives { "project_result": {
	"programme_year_id": "ty-2022", "site_id": "s1", "region_code": "533102", "agency_id": "ag-1",
	"evaluation_id": "r1:pr-s1-ag-1", "score_hundredths": "8345", "grade": "GOOD",
	"final_on": "2022-07-22" } }
then ListProjectResults { "programme_year_id": "ty-2022", "grade": "GOOD" } gives {
	"project_results": [{ "project_id": "pr-s1-ag-1" }] }

story A result of a later round takes the place of the first and is counted once
include setup.inc
include approved.inc
include started-s1.inc
include final.inc
given supervision.CloseRound { "round_id": "r1", "closed_on": "2022-07-22" }
given supervision.OpenRound { "round_id": "r2", "programme_year_id": "ty-2022" }
as agency ag-1
given supervision.SelfAssess {
	"evaluation_id": "r2:pr-s1-ag-1", "text": "We did better.", "assessed_on": "2022-07-22",
	"scores": [{ "indicator_id": "outcome", "score_hundredths": 9500 }] }
as evaluator e1
given supervision.ScoreEvaluation {
	"score_id": "sc2", "evaluation_id": "r2:pr-s1-ag-1", "scored_on": "2022-07-22",
	"scores": [{ "indicator_id": "outcome", "score_hundredths": 9100 }] }
as province
given supervision.ReviewEvaluation { "evaluation_id": "r2:pr-s1-ag-1", "reviewed_on": "2022-07-22" }
given supervision.FinaliseEvaluation { "evaluation_id": "r2:pr-s1-ag-1", "final_on": "2022-07-22" }
then GetProjectResult { "project_id": "pr-s1-ag-1" } gives { "project_result": {
	"evaluation_id": "r2:pr-s1-ag-1", "grade": "EXCELLENT" } }
then GetObligation { "obligation_id": "evaluation:pr-s1-ag-1" } gives { "obligation": {
	"met_by_id": "r1:pr-s1-ag-1" } }
then GetOverview { "programme_year_id": "ty-2022" } gives { "evaluation": {
	"evaluated": 1, "grades": [{ "key": "EXCELLENT", "count": 1 }] } }

story An agency does not see the result of another
include setup.inc
include approved.inc
include started-s1.inc
include final.inc
as agency ag-2
then GetProjectResult { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1
then ListProjectResults { "programme_year_id": "ty-2022" } gives { "project_results": [] }
