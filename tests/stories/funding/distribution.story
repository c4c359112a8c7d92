story Next year's money is proposed by final results, decided by another and published (rule B31)
include closed.inc
as project-office
when ProposeDistribution {
	"distribution_id": "di-1", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 8000000 },
		{ "project_id": "pr-s2-ag-2", "evaluation_id": "r1:pr-s2-ag-2", "amount_fen": 3000000 }] }
then event DistributionProposed {
	"distribution": {
		"distribution_id": "di-1", "programme_year_id": "ty-2022", "for_year": 2023,
		"region_code": "53", "state": "DISTRIBUTION_STATE_PROPOSED", "amount_fen": "11000000",
		"proposed_by": "p-project-office", "proposed_on": "2022-05-10",
		"lines": [
			{ "project_id": "pr-s1-ag-1", "region_code": "533102", "agency_id": "ag-1",
			  "site_id": "s1", "evaluation_id": "r1:pr-s1-ag-1", "evaluation_version": 1,
			  "score_hundredths": "9300", "grade": "EXCELLENT", "amount_fen": "8000000" },
			{ "project_id": "pr-s2-ag-2", "score_hundredths": "6000", "grade": "MEDIUM",
			  "amount_fen": "3000000" }] } }
as province
when DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1" }
then event DistributionDecided {
	"distribution": {
		"state": "DISTRIBUTION_STATE_DECIDED", "decided_by": "p-province",
		"decided_on": "2022-05-10", "document_no": "DCA-1" } }
when PublishDistribution { "distribution_id": "di-1" }
then event DistributionPublished {
	"distribution": {
		"state": "DISTRIBUTION_STATE_PUBLISHED", "published_by": "p-province",
		"published_on": "2022-05-10" } }
then GetDistribution { "distribution_id": "di-1" } gives { "distribution": { "revision": "3" } }
then ListDistributions { "programme_year_id": "ty-2022" } gives {
	"distributions": [{ "distribution_id": "di-1" }] }

story A proposal without lines is turned away (rule B31)
include closed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [] }
then refused NO_LINES di-9
then no event

story A proposal with a line that cites no result is turned away (rule B31)
include closed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 },
		{ "project_id": "pr-s2-ag-2", "amount_fen": 1 }] }
then refused RESULT_NOT_CITED pr-s2-ag-2

story A result that nobody knows is not cited (rule B31)
include closed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s9-ag-1", "amount_fen": 1 }] }
then refused RESULT_UNKNOWN r1:pr-s9-ag-1

story The result of another project is not cited (rule B31)
include closed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s2-ag-2", "amount_fen": 1 }] }
then refused RESULT_OF_ANOTHER_PROJECT r1:pr-s2-ag-2

story The result of another year is not cited (rule B31)
include closed.inc
include next-year.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2023", "for_year": 2024, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused RESULT_OF_ANOTHER_YEAR r1:pr-s1-ag-1

story A result that is reviewed and not final is not cited (rule B31)
include setup.inc
include agreed.inc
include reviewed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused RESULT_NOT_FINAL r1:pr-s1-ag-1

story A round is closed before its results distribute money (rule B31)
include setup.inc
include agreed.inc
include reviewed.inc
include final.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused ROUND_NOT_CLOSED r1
given supervision.CloseRound { "round_id": "r1", "closed_on": "2022-05-10" }
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then accepted

story A project has one line
include closed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 },
		{ "project_id": "pr-s2-ag-2", "evaluation_id": "r1:pr-s2-ag-2", "amount_fen": 1 },
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused PROJECT_TWICE pr-s1-ag-1

story Results distribute the money of the next year, not of another (rule B31)
include closed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2024, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused NOT_THE_NEXT_YEAR ty-2022

story Only results of a year that is known are cited
include closed.inc
when ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-1999", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused PROGRAMME_YEAR_UNKNOWN ty-1999

story A distribution is proposed once
include closed.inc
include proposed.inc
when ProposeDistribution {
	"distribution_id": "di-1", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused DISTRIBUTION_EXISTS di-1

story Nobody decides what he himself proposed
include closed.inc
include proposed.inc
as province person p-project-office
when DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1" }
then refused DECIDED_BY_PROPOSER di-1
when ReturnDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1", "reason": "R" }
then refused DECIDED_BY_PROPOSER di-1

story A returned distribution is not decided, and another can be proposed
include closed.inc
include proposed.inc
as province
when ReturnDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1",
	"reason": "Too much for one project" }
then event DistributionReturned {
	"distribution": {
		"state": "DISTRIBUTION_STATE_RETURNED", "decided_by": "p-province",
		"document_no": "DCA-1", "returned_because": "Too much for one project" } }
when DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-2" }
then refused DISTRIBUTION_NOT_PROPOSED di-1
when ReturnDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-2", "reason": "R" }
then refused DISTRIBUTION_NOT_PROPOSED di-1
when ProposeDistribution {
	"distribution_id": "di-2", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then accepted

story The money of a year is distributed once
include closed.inc
include proposed.inc
given ProposeDistribution {
	"distribution_id": "di-2", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
as province
given DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1" }
when DecideDistribution {
	"distribution_id": "di-2", "decided_on": "2022-05-10", "document_no": "DCA-2" }
then refused YEAR_ALREADY_DISTRIBUTED di-1
given PublishDistribution { "distribution_id": "di-1" }
when DecideDistribution {
	"distribution_id": "di-2", "decided_on": "2022-05-10", "document_no": "DCA-2" }
then refused YEAR_ALREADY_DISTRIBUTED di-1

story What is not decided is not published, and nothing is published twice
include closed.inc
include proposed.inc
when PublishDistribution { "distribution_id": "di-1" }
then refused DISTRIBUTION_NOT_DECIDED di-1
as province
given DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1" }
given PublishDistribution { "distribution_id": "di-1" }
when PublishDistribution { "distribution_id": "di-1" }
then refused DISTRIBUTION_NOT_DECIDED di-1

story A distribution that was changed since it was read is left as it is
include closed.inc
include proposed.inc
as province
when DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1",
	"expected_revision": 9 }
then refused STALE_REVISION di-1
when ReturnDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1", "reason": "R",
	"expected_revision": 9 }
then refused STALE_REVISION di-1
when PublishDistribution { "distribution_id": "di-1", "expected_revision": 9 }
then refused STALE_REVISION di-1

story A distribution that is not there is neither decided nor returned nor published
include setup.inc
as province
when DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-01", "document_no": "DCA-1" }
then refused NOT_FOUND di-1
when ReturnDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-01", "document_no": "DCA-1", "reason": "R" }
then refused NOT_FOUND di-1
when PublishDistribution { "distribution_id": "di-1" }
then refused NOT_FOUND di-1

story What a distribution rests on is laid beside how far the money came (rule B31)
include closed.inc
include received.inc
include requested.inc
include authorised.inc
include paid.inc
include proposed.inc
then GetDistributionBasis { "distribution_id": "di-1" } gives {
	"lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "evaluation_version": 1,
		  "score_hundredths": "9300", "grade": "EXCELLENT", "proposed_fen": "8000000",
		  "execution": {
			"entitled_fen": "8000000", "disbursed_fen": "5800000", "spent_fen": "0",
			"unspent_fen": "5800000" } },
		{ "project_id": "pr-s2-ag-2", "grade": "MEDIUM", "proposed_fen": "3000000",
		  "execution": { "entitled_fen": "4000000", "disbursed_fen": "1000000" } }] }
then GetDistributionBasis { "distribution_id": "di-9" } refused NOT_FOUND di-9
as county 533102
then GetDistributionBasis { "distribution_id": "di-1" } refused NOT_FOUND di-1

story Nobody is told of next year's money before it is published
include closed.inc
include proposed.inc
as dashboard
then GetDistribution { "distribution_id": "di-1" } refused NOT_FOUND di-1
then GetDistributionBasis { "distribution_id": "di-1" } refused NOT_FOUND di-1
then ListDistributions {} gives {}
as province
given DecideDistribution {
	"distribution_id": "di-1", "decided_on": "2022-05-10", "document_no": "DCA-1" }
given PublishDistribution { "distribution_id": "di-1" }
as dashboard
then GetDistributionBasis { "distribution_id": "di-1" } gives { "lines": [{ "project_id": "pr-s1-ag-1" }, {}] }
as county 533102
then GetDistribution { "distribution_id": "di-1" } gives { "distribution": { "distribution_id": "di-1" } }
