story This year's results divide the next year's money, and the next year begins (rules B27, B29, B31, B38, workflow W4)
include started.inc
today 2023-06-01
as province
when supervision.OpenRound {
	"round_id": "r1", "programme_year_id": "ty-2022", "self_assess_by": "2023-06-10" }
then event supervision.RoundOpened {
	"round": { "projects": 2, "state": "ROUND_STATE_OPEN" },
	"evaluations": [
		{ "evaluation_id": "r1:pr-s1-ag-1", "people": 2 },
		{ "evaluation_id": "r1:pr-s2-ag-2", "people": 1 }] }
as agency ag-1
when supervision.SelfAssess {
	"evaluation_id": "r1:pr-s1-ag-1", "text": "We did well.", "assessed_on": "2023-06-01",
	"scores": [
		{ "indicator_id": "process", "score_hundredths": 4000 },
		{ "indicator_id": "outcome", "score_hundredths": 6000 }] }
then accepted
as agency ag-2
when supervision.SelfAssess {
	"evaluation_id": "r1:pr-s2-ag-2", "text": "We did well.", "assessed_on": "2023-06-01",
	"scores": [
		{ "indicator_id": "process", "score_hundredths": 4000 },
		{ "indicator_id": "outcome", "score_hundredths": 6000 }] }
then accepted
as evaluator e1
when supervision.ScoreEvaluation {
	"score_id": "sc1", "evaluation_id": "r1:pr-s1-ag-1", "scored_on": "2023-06-01",
	"scores": [
		{ "indicator_id": "process", "score_hundredths": 3800 },
		{ "indicator_id": "outcome", "score_hundredths": 5400 }] }
then accepted
when supervision.ScoreEvaluation {
	"score_id": "sc2", "evaluation_id": "r1:pr-s2-ag-2", "scored_on": "2023-06-01",
	"scores": [
		{ "indicator_id": "process", "score_hundredths": 3000 },
		{ "indicator_id": "outcome", "score_hundredths": 4999 }] }
then accepted
as province
when supervision.ReviewEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "reviewed_on": "2023-06-01" }
then accepted
when supervision.ReviewEvaluation { "evaluation_id": "r1:pr-s2-ag-2", "reviewed_on": "2023-06-01" }
then accepted
when supervision.FinaliseEvaluation { "evaluation_id": "r1:pr-s1-ag-1", "final_on": "2023-06-01" }
then event supervision.EvaluationFinal { "evaluation": {
	"score_hundredths": "9200", "grade": "EXCELLENT", "state": "EVALUATION_STATE_FINAL" } }
then reporting.GetObligation { "obligation_id": "evaluation:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2023-06-01", "met_by_id": "r1:pr-s1-ag-1" } }
then reporting.GetObligation { "obligation_id": "evaluation:pr-s2-ag-2" } gives { "obligation": {
	"state": "OBLIGATION_STATE_DUE" } }
then supervision.GetCoverage { "round_id": "r1" } gives {
	"projects": 2, "finals": 1, "coverage_hundredths": 5000 }
when supervision.FinaliseEvaluation { "evaluation_id": "r1:pr-s2-ag-2", "final_on": "2023-06-01" }
then event supervision.EvaluationFinal { "evaluation": {
	"score_hundredths": "7999", "grade": "POOR" } }
when supervision.CloseRound { "round_id": "r1", "closed_on": "2023-06-01" }
then event supervision.RoundClosed { "round": { "finals": 2, "late": false } }
then reporting.GetProjectResult { "project_id": "pr-s1-ag-1" } gives { "project_result": {
	"evaluation_id": "r1:pr-s1-ag-1", "score_hundredths": "9200", "grade": "EXCELLENT" } }
as project-office
when funding.ProposeDistribution {
	"distribution_id": "di-1", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 8000000 },
		{ "project_id": "pr-s2-ag-2", "evaluation_id": "r1:pr-s2-ag-2", "amount_fen": 2000000 }] }
then event funding.DistributionProposed { "distribution": {
	"amount_fen": "10000000", "lines": [
		{ "project_id": "pr-s1-ag-1", "score_hundredths": "9200", "grade": "EXCELLENT" },
		{ "project_id": "pr-s2-ag-2", "score_hundredths": "7999", "grade": "POOR" }] } }
as province
when funding.DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2023-06-01", "document_no": "DCA-1" }
then event funding.DistributionDecided { "distribution": { "decided_by": "p-province" } }
when funding.PublishDistribution { "distribution_id": "di-1" }
then accepted
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives {
	"evaluation": {
		"projects": 2, "evaluated": 2,
		"by_state": [{ "key": "EVALUATION_STATE_FINAL", "count": 2 }],
		"grades": [{ "key": "EXCELLENT", "count": 1 }, { "key": "POOR", "count": 1 }],
		"rounds": [{ "key": "ROUND_STATE_CLOSED", "count": 1 }] },
	"distribution": { "by_state": [{ "key": "DISTRIBUTION_STATE_PUBLISHED", "count": 1 }] },
	"money": { "ledger_sum_fen": "0" } }
include ../funding/next-year.inc
when OpenSite {
	"site_id": "s1-2023", "programme_year_id": "ty-2023", "region_code": "533102",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Ruili", "name_zh": "瑞丽", "quota": 3,
	"county_codes": ["533102"] }
then accepted
when personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2023", "opens_from": "2023-06-01",
	"closes_by": "2023-06-30", "document_no": "N9", "title": "The next call" }
then event personnel.CallOpened { "call": {
	"programme_year_id": "ty-2023", "quota": 10, "sites": [{ "site_id": "s1-2023", "quota": 3 }] } }
then reporting.GetOverview { "programme_year_id": "ty-2023" } gives {
	"selection": { "calls": 1, "professionals_selected": 0 },
	"places": { "sites": 1, "quota": 3 }, "projects": { "projects": 0 } }
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives {
	"selection": { "calls": 1, "professionals_selected": 3 }, "projects": { "projects": 2 } }
