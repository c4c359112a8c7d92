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
