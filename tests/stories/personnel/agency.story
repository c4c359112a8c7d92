story A registered agency is eligible from then on
today 2022-05-01
as province
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "name_en": "The first", "synthetic": true,
	"credit_code": "52530000MJ00000019", "region_code": "53", "rating": "4A", "certified_staff": 12 }
then accepted
then event AgencyRegistered {
	"agency": { "agency_id": "ag-1", "state": "AGENCY_STATE_ELIGIBLE", "registered_on": "2022-05-01",
		"rating": "4A", "certified_staff": 12, "synthetic": true } }
then GetAgency { "agency_id": "ag-1" } gives {
	"agency": { "name_zh": "一号社", "credit_code": "52530000MJ00000019", "revision": "1" } }
then ListAgencies { "state": "AGENCY_STATE_ELIGIBLE" } gives { "agencies": [{ "agency_id": "ag-1" }] }
then ListAgencies { "state": "AGENCY_STATE_SUSPENDED" } gives { "agencies": [] }

story Two agencies do not have the same identifier
include setup.inc
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "三号社", "credit_code": "52530000MJ0000003F", "region_code": "53" }
then refused AGENCY_EXISTS ag-1
then no event

story Two agencies do not have the same unified social credit code
include setup.inc
when RegisterAgency {
	"agency_id": "ag-3", "name_zh": "三号社", "credit_code": "52530000MJ00000019", "region_code": "53" }
then refused CREDIT_CODE_TAKEN 52530000MJ00000019

story A unified social credit code with a wrong check is none
today 2022-05-01
as province
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "52530000MJ00000018", "region_code": "53" }
then refused CREDIT_CODE_INVALID 52530000MJ00000018

story A unified social credit code has 18 characters
today 2022-05-01
as province
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "52530000MJ0000001", "region_code": "53" }
then refused CREDIT_CODE_INVALID 52530000MJ0000001

story A unified social credit code does not have the letter I
today 2022-05-01
as province
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "52530000MI00000019", "region_code": "53" }
then refused CREDIT_CODE_INVALID 52530000MI00000019

story A unified social credit code as it is printed in handbooks is one
today 2022-05-01
as province
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "91350100M000100Y43", "region_code": "53" }
then accepted

story A province registers no agency of another province
today 2022-05-01
as province
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "52530000MJ00000019", "region_code": "44" }
then refused NOT_FOUND 44

story An agency does not register itself
today 2022-05-01
as agency ag-1
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "52530000MJ00000019", "region_code": "53" }
then refused CALLER_NOT_ALLOWED

story There are no less than no certified staff
today 2022-05-01
as province
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "52530000MJ00000019", "region_code": "53",
	"certified_staff": -1 }
then refused FIELD_INVALID certified_staff

story A suspended agency may be reinstated
include setup.inc
when SuspendAgency { "agency_id": "ag-1", "suspended_on": "2022-05-01", "reason": "Its accounts" }
then event AgencySuspended {
	"agency": { "state": "AGENCY_STATE_SUSPENDED", "suspended_on": "2022-05-01", "reason": "Its accounts" } }
when ReinstateAgency { "agency_id": "ag-1", "reason": "Put in order", "expected_revision": "2" }
then event AgencyReinstated {
	"agency": { "state": "AGENCY_STATE_ELIGIBLE", "suspended_on": "", "reason": "Put in order" } }

story An agency is not suspended twice
include setup.inc
given SuspendAgency { "agency_id": "ag-1", "suspended_on": "2022-05-01", "reason": "Its accounts" }
when SuspendAgency { "agency_id": "ag-1", "suspended_on": "2022-05-01", "reason": "Its accounts" }
then refused AGENCY_SUSPENDED ag-1

story An agency that is not suspended cannot be reinstated
include setup.inc
when ReinstateAgency { "agency_id": "ag-1", "reason": "R" }
then refused AGENCY_NOT_SUSPENDED ag-1

story Who has read an old state does not suspend an agency by it
include setup.inc
when SuspendAgency {
	"agency_id": "ag-1", "suspended_on": "2022-05-01", "reason": "R", "expected_revision": "7" }
then refused STALE_REVISION ag-1
when ReinstateAgency { "agency_id": "ag-1", "reason": "R", "expected_revision": "7" }
then refused STALE_REVISION ag-1

story An agency that is not there is neither suspended nor reinstated
include setup.inc
when SuspendAgency { "agency_id": "ag-9", "suspended_on": "2022-05-01", "reason": "R" }
then refused NOT_FOUND ag-9
when ReinstateAgency { "agency_id": "ag-9", "reason": "R" }
then refused NOT_FOUND ag-9
