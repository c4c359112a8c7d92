story The ledger of a year adds up to zero, transaction by transaction
include money.inc
include spent.inc
as province
then VerifyLedger { "programme_year_id": "ty-2022" } gives {
	"sum_fen": "0", "entries": "12", "accounts": "8", "transactions": "6",
	"entries_walked": "12", "unbalanced": [], "balanced": true }
as agency ag-1
given ReverseExpense { "expense_id": "ex-1", "reason": "R" }
as auditor
then VerifyLedger { "programme_year_id": "ty-2022" } gives {
	"sum_fen": "0", "entries": "14", "accounts": "8", "transactions": "7",
	"entries_walked": "14", "balanced": true }

story A transaction can be looked up, with both its sides
include money.inc
as province
then ListLedgerEntries { "transaction_id": "payment:d1" } gives {
	"entries": [
		{ "entry_id": "payment:d1:1", "kind": "LEDGER_ACCOUNT_KIND_SPECIAL",
		  "transaction": "LEDGER_TRANSACTION_KIND_PAYMENT", "programme_year_id": "ty-2022",
		  "source": "central", "project_id": "pr-s1-ag-1", "agency_id": "ag-1",
		  "region_code": "533102", "amount_fen": "1800000", "booked_on": "2022-05-01" },
		{ "entry_id": "payment:d1:2", "kind": "LEDGER_ACCOUNT_KIND_SOURCE",
		  "region_code": "533102", "amount_fen": "-1800000" }] }
then GetLedgerEntry { "entry_id": "receipt:rc-1:2" } gives {
	"entry": { "kind": "LEDGER_ACCOUNT_KIND_APPROPRIATION", "amount_fen": "-3000000" } }

story An agency sees both sides of its own payments, and none of another's
include money.inc
as agency ag-2
then ListLedgerEntries { "project_id": "pr-s2-ag-2" } gives {
	"entries": [
		{ "entry_id": "payment:d3:1", "account": "special:ac-pr-s2-ag-2:central" },
		{ "entry_id": "payment:d3:2", "account": "source:ty-2022:central",
		  "amount_fen": "-1000000" }] }
then ListLedgerEntries { "project_id": "pr-s1-ag-1" } gives { "entries": [] }
then GetLedgerEntry { "entry_id": "payment:d1:2" } refused NOT_FOUND payment:d1:2

story The ledger of a year that is not known is not verified
as province
then VerifyLedger { "programme_year_id": "ty-1999" } refused NOT_FOUND ty-1999
