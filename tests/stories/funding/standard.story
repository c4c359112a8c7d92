story A standard of expense is set with the date from which it holds (rule B13)
include setup.inc
as province
when SetExpenseStandard {
	"standard_id": "st-1", "programme_year_id": "ty-2022", "category": "TRAVEL",
	"unit": "PERSON_NIGHT", "name_en": "A night on a journey", "name_zh": "出差住宿",
	"amount_fen": 30000, "effective_from": "2022-06-01", "document_no": "DOF-S1" }
then event StandardSet {
	"standard": {
		"standard_id": "st-1", "programme_year_id": "ty-2022", "category": "TRAVEL",
		"unit": "PERSON_NIGHT", "name_en": "A night on a journey", "name_zh": "出差住宿",
		"amount_fen": "30000", "effective_from": "2022-06-01", "document_no": "DOF-S1",
		"region_code": "53", "set_by": "p-province" } }
then GetExpenseStandard { "standard_id": "st-1" } gives {
	"standard": { "document_no": "DOF-S1" } }
then ListExpenseStandards { "programme_year_id": "ty-2022", "category": "TRAVEL" } gives {
	"standards": [{ "standard_id": "st-1" }] }

story An expense above its standard is refused (rule B13)
include money.inc
include standards.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 60001, "spent_on": "2022-05-01",
	"description": "Two nights", "document_no": "V-1", "unit": "PERSON_NIGHT", "units": 2 }
then refused ABOVE_STANDARD st-1 by B13
then no event
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 60000, "spent_on": "2022-05-01",
	"description": "Two nights", "document_no": "V-1", "unit": "PERSON_NIGHT", "units": 2 }
then event ExpenseRecorded { "expense": { "standard_id": "st-1", "units": 2 } }

story An expense is judged by the standard of its own date (rule B13)
include money.inc
include standards.inc
today 2022-05-10
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 35000, "spent_on": "2022-05-09",
	"description": "A night", "document_no": "V-1", "unit": "PERSON_NIGHT", "units": 1 }
then refused ABOVE_STANDARD st-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 35000, "spent_on": "2022-05-10",
	"description": "A night", "document_no": "V-1", "unit": "PERSON_NIGHT", "units": 1 }
then event ExpenseRecorded { "expense": { "standard_id": "st-2" } }

story Where a category has standards its expenses are measured by them (rule B13)
include money.inc
include standards.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-1", "unit": "TICKET", "units": 1 }
then refused NO_STANDARD_NAMED TRAVEL by B13
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-1" }
then event ExpenseRecorded { "expense": { "standard_id": "" } }

story What was spent before the first standard is measured by none
include money.inc
include standards.inc
as agency ag-1
when RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "TRAVEL", "amount_fen": 100000, "spent_on": "2022-03-31",
	"description": "D", "document_no": "V-1" }
then accepted

story A standard is set once
include setup.inc
include standards.inc
when SetExpenseStandard {
	"standard_id": "st-1", "programme_year_id": "ty-2022", "category": "INSURANCE",
	"unit": "PERSON_YEAR", "name_en": "N", "name_zh": "名", "amount_fen": 1,
	"effective_from": "2022-06-01", "document_no": "DOF-S9" }
then refused STANDARD_EXISTS st-1

story Two standards of one unit do not begin on one date (rule B13)
include setup.inc
include standards.inc
when SetExpenseStandard {
	"standard_id": "st-9", "programme_year_id": "ty-2022", "category": "TRAVEL",
	"unit": "PERSON_NIGHT", "name_en": "N", "name_zh": "名", "amount_fen": 1,
	"effective_from": "2022-05-10", "document_no": "DOF-S9" }
then refused STANDARD_DATED_TWICE st-2 by B13

story A standard belongs to a programme year that is known
include setup.inc
as province
when SetExpenseStandard {
	"standard_id": "st-9", "programme_year_id": "ty-1999", "category": "TRAVEL",
	"unit": "PERSON_NIGHT", "name_en": "N", "name_zh": "名", "amount_fen": 1,
	"effective_from": "2022-05-10", "document_no": "DOF-S9" }
then refused PROGRAMME_YEAR_UNKNOWN ty-1999

story There is no standard for what no source pays
include setup.inc
as province
when SetExpenseStandard {
	"standard_id": "st-9", "programme_year_id": "ty-2022", "category": "FEASTS",
	"unit": "PERSON", "name_en": "N", "name_zh": "名", "amount_fen": 1,
	"effective_from": "2022-05-10", "document_no": "DOF-S9" }
then refused STANDARD_OF_NO_CATEGORY FEASTS
