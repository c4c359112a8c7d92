story The recipient confirms what is ready before people arrive (rule B8)
include agreed.inc
as county 533102
then GetReception { "site_id": "s1" } gives { "missing": [
	"RECEPTION_CONDITION_OFFICE", "RECEPTION_CONDITION_HOUSING", "RECEPTION_CONDITION_CONTACT_PERSON"] }
when ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OFFICE", "ready_on": "2022-07-20",
	"detail": "Second floor of the county's service centre" }
then accepted
then event ReceptionConfirmed { "reception": {
	"site_id": "s1", "programme_year_id": "ty-2022", "region_code": "533102", "ready": [
		{ "condition": "RECEPTION_CONDITION_OFFICE", "ready_on": "2022-07-20", "confirmed_by": "p-county" }] } }
when ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_HOUSING", "ready_on": "2022-07-25",
	"detail": "Rooms of the old school" }
then accepted
then GetReception { "site_id": "s1" } gives {
	"reception": { "ready": [
		{ "condition": "RECEPTION_CONDITION_OFFICE" }, { "condition": "RECEPTION_CONDITION_HOUSING" }] },
	"missing": ["RECEPTION_CONDITION_CONTACT_PERSON"] }
then ListReceptions { "programme_year_id": "ty-2022", "region_code": "5331" } gives {
	"receptions": [{ "site_id": "s1" }] }
as county 533122
then GetReception { "site_id": "s1" } refused NOT_FOUND s1

story What is missing on the day of arrival is shown at the arrival (rule B8)
include agreed.inc
today 2022-07-31
as county 533102
given ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OFFICE", "ready_on": "2022-07-30",
	"detail": "Second floor" }
given ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_HOUSING", "ready_on": "2022-07-31",
	"detail": "Rooms of the old school" }
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-30" }
then accepted
then event ArrivalConfirmed { "posting": { "state": "POSTING_STATE_ACTIVE", "reception_missing": [
	"RECEPTION_CONDITION_HOUSING", "RECEPTION_CONDITION_CONTACT_PERSON"] } }
given ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_CONTACT_PERSON", "ready_on": "2022-07-31",
	"detail": "The section for social assistance" }
when ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-07-31" }
then accepted
then event ArrivalConfirmed { "posting": { "reception_missing": [] } }

story A condition is confirmed once
include ready.inc
when ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OFFICE", "ready_on": "2022-05-01",
	"detail": "Third floor" }
then refused RECEPTION_CONFIRMED s1

story Only what the rules ask for is confirmed (rule B8)
include sites.inc
as county 533102
when ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OTHER", "ready_on": "2022-05-01",
	"detail": "A car" }
then refused RECEPTION_NOT_ASKED s1

story A county confirms for its own sites
include sites.inc
as county 533122
when ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OFFICE", "ready_on": "2022-05-01",
	"detail": "Second floor" }
then refused NOT_FOUND s1

story Nobody confirms over what he has not read
include ready.inc
when ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_HOUSING", "ready_on": "2022-05-01",
	"detail": "Rooms", "expected_revision": "9" }
then refused STALE_REVISION s1
when ConfirmReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_HOUSING", "ready_on": "2022-05-01",
	"detail": "Rooms", "expected_revision": "1" }
then accepted

story What is no longer given is taken back (rule B8)
include ready.inc
when WithdrawReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OFFICE", "note": "The roof leaks" }
then accepted
then event ReceptionWithdrawn { "reception": {
	"site_id": "s1", "ready": [], "withdrawn_note": "The roof leaks", "revision": "2" } }
then GetReception { "site_id": "s1" } gives { "missing": [
	"RECEPTION_CONDITION_OFFICE", "RECEPTION_CONDITION_HOUSING", "RECEPTION_CONDITION_CONTACT_PERSON"] }

story What was not confirmed is not taken back
include ready.inc
when WithdrawReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_HOUSING", "note": "The roof leaks" }
then refused RECEPTION_NOT_CONFIRMED s1

story A county takes back for its own sites
include ready.inc
as county 533122
when WithdrawReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OFFICE", "note": "The roof leaks" }
then refused NOT_FOUND s1

story Nobody takes back what he has not read of
include ready.inc
when WithdrawReception {
	"site_id": "s1", "condition": "RECEPTION_CONDITION_OFFICE", "note": "The roof leaks",
	"expected_revision": "9" }
then refused STALE_REVISION s1
