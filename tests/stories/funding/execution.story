story The execution of a year's money is shown by source and by prefecture (rule B9)
include money.inc
include spent.inc
as province
then GetExecution { "programme_year_id": "ty-2022" } gives {
	"sources": [
		{ "source": "central", "name_en": "Central", "name_zh": "中央",
		  "planned_fen": "6000000", "received_fen": "3000000", "entitled_fen": "6000000",
		  "disbursed_fen": "2800000", "spent_fen": "400000", "unspent_fen": "2600000",
		  "execution_rate_hundredths": "1333" },
		{ "source": "provincial", "planned_fen": "6000000", "received_fen": "6000000",
		  "entitled_fen": "6000000", "disbursed_fen": "4000000", "spent_fen": "0",
		  "unspent_fen": "6000000", "execution_rate_hundredths": "0" }],
	"total": {
		"source": "", "planned_fen": "12000000", "received_fen": "9000000",
		"entitled_fen": "12000000", "disbursed_fen": "6800000", "spent_fen": "400000",
		"unspent_fen": "8600000", "execution_rate_hundredths": "444" },
	"prefectures": [
		{ "region_code": "5325", "source": "central", "entitled_fen": "2000000",
		  "disbursed_fen": "1000000", "spent_fen": "0", "execution_rate_hundredths": "0" },
		{ "region_code": "5325", "source": "provincial", "entitled_fen": "2000000",
		  "disbursed_fen": "0", "execution_rate_hundredths": "0" },
		{ "region_code": "5331", "source": "central", "entitled_fen": "4000000",
		  "disbursed_fen": "1800000", "spent_fen": "400000",
		  "execution_rate_hundredths": "2222" },
		{ "region_code": "5331", "source": "provincial", "entitled_fen": "4000000",
		  "disbursed_fen": "4000000" }],
	"people": "3", "person_standard_fen": "4000000",
	"people_times_standard_fen": "12000000", "entitled_by_standard": true }

story A prefecture is shown its own money and not the province's
include money.inc
as prefecture 5325
then GetExecution { "programme_year_id": "ty-2022" } gives {
	"sources": [], "people": "0",
	"prefectures": [
		{ "region_code": "5325", "source": "central" },
		{ "region_code": "5325", "source": "provincial" }] }

story The ministry is shown the whole of a year's money
include money.inc
as ministry
then GetExecution { "programme_year_id": "ty-2022" } gives {
	"people": "3", "total": { "received_fen": "9000000" },
	"prefectures": [
		{ "region_code": "5325" }, { "region_code": "5325" },
		{ "region_code": "5331" }, { "region_code": "5331" }] }

story The execution of a year that is not known is not shown
as province
then GetExecution { "programme_year_id": "ty-1999" } refused NOT_FOUND ty-1999

story The execution of a project's money is shown by source and category (rule B17)
include money.inc
include spent.inc
include recovery.inc
as province person p-cashier
given RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
as agency ag-1
then GetProjectExecution { "project_id": "pr-s1-ag-1" } gives {
	"sources": [
		{ "source": "central", "entitled_fen": "4000000", "disbursed_fen": "1800000",
		  "spent_fen": "400000", "returned_fen": "100000", "unspent_fen": "1300000",
		  "execution_rate_hundredths": "2222" },
		{ "source": "provincial", "entitled_fen": "4000000", "disbursed_fen": "4000000",
		  "spent_fen": "0", "unspent_fen": "4000000" }],
	"total": {
		"source": "", "entitled_fen": "8000000", "disbursed_fen": "5800000",
		"spent_fen": "400000", "returned_fen": "100000", "unspent_fen": "5300000",
		"execution_rate_hundredths": "689" },
	"categories": [
		{ "source": "central", "category": "INSURANCE", "budget_fen": "400000",
		  "spent_fen": "0" },
		{ "category": "TRAVEL" },
		{ "category": "WORK_ALLOWANCE", "budget_fen": "3000000", "spent_fen": "400000",
		  "left_fen": "2600000", "execution_rate_hundredths": "1333" },
		{ "source": "provincial", "category": "ADMINISTRATIVE" },
		{ "category": "PROJECT_ACTIVITY" }] }
as agency ag-2
then GetProjectExecution { "project_id": "pr-s1-ag-1" } refused NOT_FOUND pr-s1-ag-1

story The execution of a year's money is shown by category, exceptions too (rule B10)
include money.inc
include spent.inc
include excepted.inc
as agency ag-1
given RecordExpense {
	"expense_id": "ex-2", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "PROJECT_ACTIVITY", "amount_fen": 60000, "spent_on": "2022-05-01",
	"description": "Tents", "document_no": "V-9", "exception_id": "xc-1" }
as province
then GetExecution { "programme_year_id": "ty-2022" } gives {
	"categories": [
		{ "source": "central", "category": "INSURANCE", "budget_fen": "400000",
		  "spent_fen": "0", "left_fen": "400000", "execution_rate_hundredths": "0" },
		{ "source": "central", "category": "TRAVEL" },
		{ "source": "central", "category": "WORK_ALLOWANCE", "budget_fen": "5000000",
		  "spent_fen": "400000", "execution_rate_hundredths": "800" },
		{ "source": "provincial", "category": "ADMINISTRATIVE" },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "budget_fen": "5000000" },
		{ "source": "central", "category": "PROJECT_ACTIVITY", "budget_fen": "0",
		  "spent_fen": "60000", "left_fen": "-60000" }] }

story The execution of another province's year is not shown
include money.inc
as province region 44
then GetExecution { "programme_year_id": "ty-2022" } refused NOT_FOUND ty-2022
