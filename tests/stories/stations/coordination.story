story What another department gave to a site is recorded (rule B7)
include sites.inc
as county 533102
when RecordCoordination {
	"coordination_id": "co1", "site_id": "s1", "department": "DEPARTMENT_FINANCE",
	"kind": "COORDINATION_KIND_FUNDS", "given_on": "2022-05-01", "amount_fen": 2000000,
	"description": "Rent of the office for a year", "document_no": "Finance 12" }
then accepted
then event CoordinationRecorded { "coordination": {
	"coordination_id": "co1", "programme_year_id": "ty-2022", "site_id": "s1",
	"region_code": "533102", "department": "DEPARTMENT_FINANCE", "amount_fen": 2000000,
	"recorded_by": "p-county", "withdrawn": false } }
then GetCoordination { "coordination_id": "co1" } gives { "coordination": {
	"description": "Rent of the office for a year" } }
then ListCoordinations { "site_id": "s1", "department": "DEPARTMENT_FINANCE" } gives {
	"coordinations": [{ "coordination_id": "co1" }] }
then ListCoordinations { "site_id": "s1", "department": "DEPARTMENT_EDUCATION" } gives {
	"coordinations": [] }

story What has no price is recorded without an amount (rule B7)
include sites.inc
as county 533102
when RecordCoordination {
	"coordination_id": "co1", "site_id": "s1", "department": "DEPARTMENT_EDUCATION",
	"kind": "COORDINATION_KIND_FACILITIES", "given_on": "2022-05-01",
	"description": "A room of the school" }
then accepted

story Money has an amount
include sites.inc
as county 533102
when RecordCoordination {
	"coordination_id": "co1", "site_id": "s1", "department": "DEPARTMENT_FINANCE",
	"kind": "COORDINATION_KIND_FUNDS", "given_on": "2022-05-01", "description": "Rent" }
then refused FIELD_INVALID amount_fen

story What a department gave is recorded once
include coordinated.inc
when RecordCoordination {
	"coordination_id": "co1", "site_id": "s1", "department": "DEPARTMENT_OTHER",
	"kind": "COORDINATION_KIND_POLICY", "given_on": "2022-05-01", "description": "A letter" }
then refused COORDINATION_EXISTS co1

story A county records what was given to its own sites
include sites.inc
as county 533122
when RecordCoordination {
	"coordination_id": "co1", "site_id": "s1", "department": "DEPARTMENT_OTHER",
	"kind": "COORDINATION_KIND_POLICY", "given_on": "2022-05-01", "description": "A letter" }
then refused NOT_FOUND s1

story What was recorded by mistake counts no more (rule B7)
include coordinated.inc
when WithdrawCoordination { "coordination_id": "co1", "note": "It was for another county" }
then accepted
then event CoordinationWithdrawn { "coordination": {
	"coordination_id": "co1", "withdrawn": true, "withdrawn_note": "It was for another county" } }
then GetCoordinationSums { "site_id": "s1" } gives { "departments": [
	{ "department": "DEPARTMENT_FINANCE", "times": 1, "amount_fen": 500000 },
	{ "department": "DEPARTMENT_EDUCATION", "times": 1, "amount_fen": 0 }] }

story What counts no more is not withdrawn again
include coordinated.inc
given WithdrawCoordination { "coordination_id": "co1", "note": "It was for another county" }
when WithdrawCoordination { "coordination_id": "co1", "note": "It was for another county" }
then refused COORDINATION_WITHDRAWN co1

story A county withdraws its own records
include coordinated.inc
as county 533122
when WithdrawCoordination { "coordination_id": "co1", "note": "It was for another county" }
then refused NOT_FOUND co1

story Nobody withdraws a record that he has not read of
include coordinated.inc
when WithdrawCoordination { "coordination_id": "co1", "note": "A mistake", "expected_revision": "9" }
then refused STALE_REVISION co1

story What each department gave is summed for a site and for a year (rule B7)
include coordinated.inc
then GetCoordinationSums { "site_id": "s1" } gives { "departments": [
	{ "department": "DEPARTMENT_FINANCE", "times": 2, "amount_fen": 2500000 },
	{ "department": "DEPARTMENT_EDUCATION", "times": 1, "amount_fen": 0 }] }
as county 533122
then GetCoordinationSums { "programme_year_id": "ty-2022" } gives { "departments": [
	{ "department": "DEPARTMENT_FINANCE", "times": 1, "amount_fen": 100 }] }
then GetCoordinationSums { "site_id": "s1" } refused NOT_FOUND s1
as province
then GetCoordinationSums { "programme_year_id": "ty-2022" } gives { "departments": [
	{ "department": "DEPARTMENT_FINANCE", "times": 3, "amount_fen": 2500100 },
	{ "department": "DEPARTMENT_EDUCATION", "times": 1 }] }
then GetCoordinationSums { "programme_year_id": "no-year" } refused NOT_FOUND no-year
