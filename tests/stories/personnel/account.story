story The operator enters the first administrators, with a token each
today 2022-05-01
as operator
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-li", "person_id": "p-li", "work_name": "李", "token_id": "t-li",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" },
	{ "account_id": "adm-wang", "person_id": "p-wang", "work_name": "王", "token_id": "t-wang",
	  "secret_hash": "2222222222222222222222222222222222222222222222222222222222222222" }] }
then event AdministrationFounded {
	"accounts": [
		{ "account_id": "adm-li", "role": "ROLE_ADMINISTRATOR", "state": "ACCOUNT_STATE_ACTIVE",
		  "opened_on": "2022-05-01" },
		{ "account_id": "adm-wang", "person_id": "p-wang", "region_code": "53" }],
	"tokens": [
		{ "token_id": "t-li", "account_id": "adm-li", "valid_until": "2023-05-01",
		  "state": "CREDENTIAL_STATE_ACTIVE" },
		{ "token_id": "t-wang", "account_id": "adm-wang" }] }

story The first administrators are entered once
include administration.inc
as operator
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-a", "person_id": "p-a", "work_name": "甲", "token_id": "t-a",
	  "secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" },
	{ "account_id": "adm-b", "person_id": "p-b", "work_name": "乙", "token_id": "t-b",
	  "secret_hash": "4444444444444444444444444444444444444444444444444444444444444444" }] }
then refused ADMINISTRATION_EXISTS adm-li

story One administrator alone is none
today 2022-05-01
as operator
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-li", "person_id": "p-li", "work_name": "李", "token_id": "t-li",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" }] }
then refused FOUNDERS_TOO_FEW 53

story One person under two names is not two administrators
today 2022-05-01
as operator
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-li", "person_id": "p-li", "work_name": "李", "token_id": "t-li",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" },
	{ "account_id": "adm-wang", "person_id": "p-li", "work_name": "王", "token_id": "t-wang",
	  "secret_hash": "2222222222222222222222222222222222222222222222222222222222222222" }] }
then refused FOUNDER_TWICE adm-wang

story Two administrators do not share a token
today 2022-05-01
as operator
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-li", "person_id": "p-li", "work_name": "李", "token_id": "t-li",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" },
	{ "account_id": "adm-wang", "person_id": "p-wang", "work_name": "王", "token_id": "t-wang",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" }] }
then refused FOUNDER_TWICE adm-wang

story An administrator is entered with all that makes one
today 2022-05-01
as operator
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-li", "person_id": "p-li", "work_name": "李", "token_id": "t-li",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" },
	{ "account_id": "adm-wang", "person_id": "p-wang", "work_name": "王", "token_id": "t-wang",
	  "secret_hash": "short" }] }
then refused FIELD_INVALID founders

story The first administrators are sixteen at most
today 2022-05-01
as operator
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "a01", "person_id": "p01", "token_id": "t01",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000001" },
	{ "account_id": "a02", "person_id": "p02", "token_id": "t02",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000002" },
	{ "account_id": "a03", "person_id": "p03", "token_id": "t03",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000003" },
	{ "account_id": "a04", "person_id": "p04", "token_id": "t04",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000004" },
	{ "account_id": "a05", "person_id": "p05", "token_id": "t05",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000005" },
	{ "account_id": "a06", "person_id": "p06", "token_id": "t06",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000006" },
	{ "account_id": "a07", "person_id": "p07", "token_id": "t07",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000007" },
	{ "account_id": "a08", "person_id": "p08", "token_id": "t08",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000008" },
	{ "account_id": "a09", "person_id": "p09", "token_id": "t09",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000009" },
	{ "account_id": "a10", "person_id": "p10", "token_id": "t10",
	  "secret_hash": "000000000000000000000000000000000000000000000000000000000000000a" },
	{ "account_id": "a11", "person_id": "p11", "token_id": "t11",
	  "secret_hash": "000000000000000000000000000000000000000000000000000000000000000b" },
	{ "account_id": "a12", "person_id": "p12", "token_id": "t12",
	  "secret_hash": "000000000000000000000000000000000000000000000000000000000000000c" },
	{ "account_id": "a13", "person_id": "p13", "token_id": "t13",
	  "secret_hash": "000000000000000000000000000000000000000000000000000000000000000d" },
	{ "account_id": "a14", "person_id": "p14", "token_id": "t14",
	  "secret_hash": "000000000000000000000000000000000000000000000000000000000000000e" },
	{ "account_id": "a15", "person_id": "p15", "token_id": "t15",
	  "secret_hash": "000000000000000000000000000000000000000000000000000000000000000f" },
	{ "account_id": "a16", "person_id": "p16", "token_id": "t16",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000010" },
	{ "account_id": "a17", "person_id": "p17", "token_id": "t17",
	  "secret_hash": "0000000000000000000000000000000000000000000000000000000000000011" }] }
then refused FIELD_INVALID founders

story Nobody but the operator enters the first administrators
today 2022-05-01
as province
when FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-li", "person_id": "p-li", "work_name": "李", "token_id": "t-li",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" },
	{ "account_id": "adm-wang", "person_id": "p-wang", "work_name": "王", "token_id": "t-wang",
	  "secret_hash": "2222222222222222222222222222222222222222222222222222222222222222" }] }
then refused CALLER_NOT_ALLOWED

story An account is proposed by one person and approved by another
include administration.inc
as administrator p-li account adm-li
when ProposeAccount {
	"account_id": "town-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_TOWN",
	"region_code": "533102001" }
then event AccountProposed {
	"account": { "account_id": "town-qian", "state": "ACCOUNT_STATE_PROPOSED", "proposed_by": "p-li",
		"proposed": { "role": "ROLE_TOWN", "region_code": "533102001" } } }
as administrator p-wang account adm-wang
when ApproveAccount { "account_id": "town-qian", "expected_revision": "1" }
then event AccountApproved {
	"account": { "account_id": "town-qian", "state": "ACCOUNT_STATE_ACTIVE", "approved_by": "p-wang",
		"role": "ROLE_TOWN", "opened_on": "2022-05-01" } }
then GetAccount { "account_id": "town-qian" } gives { "account": { "work_name": "钱", "revision": "2" } }
then ListAccounts { "region_code": "533102" } gives {
	"accounts": [{ "account_id": "county-zhao" }, { "account_id": "town-qian" }] }

story Nobody has two accounts of one identifier
include administration.inc
as administrator p-li account adm-li
when ProposeAccount {
	"account_id": "county-zhao", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_TOWN",
	"region_code": "533102001" }
then refused ACCOUNT_EXISTS county-zhao

story An administrator opens no office beyond his own area
include administration.inc
as administrator p-sun region 533102
when ProposeAccount {
	"account_id": "prefecture-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_PREFECTURE",
	"region_code": "5331" }
then refused NOT_FOUND 5331
when ProposeOffice { "account_id": "county-zhao", "role": "ROLE_PREFECTURE", "region_code": "5331" }
then refused NOT_FOUND 5331

story No account is that of a service
include administration.inc
as administrator p-li account adm-li
when ProposeAccount {
	"account_id": "machine", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_SERVICE",
	"region_code": "53" }
then refused FIELD_INVALID role

story A county's office is held over a county
include administration.inc
as administrator p-li account adm-li
when ProposeAccount {
	"account_id": "county-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_COUNTY",
	"region_code": "53" }
then refused OFFICE_AREA_WRONG 53

story An agency's office names its agency, and a county's none
include setup.inc
as operator
given FoundAdministration { "region_code": "53", "founders": [
	{ "account_id": "adm-li", "person_id": "p-li", "work_name": "李", "token_id": "t-li",
	  "secret_hash": "1111111111111111111111111111111111111111111111111111111111111111" },
	{ "account_id": "adm-wang", "person_id": "p-wang", "work_name": "王", "token_id": "t-wang",
	  "secret_hash": "2222222222222222222222222222222222222222222222222222222222222222" }] }
as administrator p-li account adm-li
when ProposeAccount {
	"account_id": "agency-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_AGENCY",
	"region_code": "53" }
then refused OFFICE_AGENCY_WRONG
when ProposeAccount {
	"account_id": "county-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_COUNTY",
	"region_code": "533102", "agency_id": "ag-1" }
then refused OFFICE_AGENCY_WRONG ag-1
when ProposeAccount {
	"account_id": "agency-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_AGENCY",
	"region_code": "53", "agency_id": "ag-9" }
then refused AGENCY_UNKNOWN ag-9
when ProposeAccount {
	"account_id": "agency-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_AGENCY",
	"region_code": "53", "agency_id": "ag-1" }
then accepted

story Who proposed an account does not approve it, whatever account he uses
include administration.inc
as administrator p-li account adm-li
given ProposeAccount {
	"account_id": "adm-li-2", "person_id": "p-li", "work_name": "李", "role": "ROLE_ADMINISTRATOR",
	"region_code": "53" }
as administrator p-wang account adm-wang
given ApproveAccount { "account_id": "adm-li-2", "expected_revision": "1" }
as administrator p-li account adm-li
given ProposeAccount {
	"account_id": "town-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_TOWN",
	"region_code": "533102001" }
when ApproveAccount { "account_id": "town-qian", "expected_revision": "1" }
then refused APPROVED_BY_PROPOSER town-qian
as administrator p-li account adm-li-2
when ApproveAccount { "account_id": "town-qian", "expected_revision": "1" }
then refused APPROVED_BY_PROPOSER town-qian

story Nobody approves an office of his own
include administration.inc
as administrator p-li account adm-li
given ProposeAccount {
	"account_id": "province-wang", "person_id": "p-wang", "work_name": "王", "role": "ROLE_PROVINCE",
	"region_code": "53" }
as administrator p-wang account adm-wang
when ApproveAccount { "account_id": "province-wang", "expected_revision": "1" }
then refused APPROVED_BY_HOLDER province-wang

story What was put in the place of a proposal is not approved unseen
include administration.inc
as administrator p-li account adm-li
given ProposeAccount {
	"account_id": "town-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_TOWN",
	"region_code": "533102001" }
given ProposeOffice { "account_id": "town-qian", "role": "ROLE_PROVINCE", "region_code": "53" }
as administrator p-wang account adm-wang
when ApproveAccount { "account_id": "town-qian", "expected_revision": "1" }
then refused STALE_REVISION town-qian
when ApproveAccount { "account_id": "town-qian" }
then refused FIELD_REQUIRED expected_revision

story An office changes when a second person has approved it
include administration.inc
as administrator p-li account adm-li
when ProposeOffice {
	"account_id": "county-zhao", "role": "ROLE_PREFECTURE", "region_code": "5331", "expected_revision": "2" }
then event OfficeProposed {
	"account": { "state": "ACCOUNT_STATE_ACTIVE", "role": "ROLE_COUNTY", "region_code": "533102",
		"proposed": { "role": "ROLE_PREFECTURE", "region_code": "5331" } } }
as administrator p-sun region 533102
when ApproveAccount { "account_id": "county-zhao", "expected_revision": "3" }
then refused NOT_FOUND county-zhao
as administrator p-wang account adm-wang
when ApproveAccount { "account_id": "county-zhao", "expected_revision": "3" }
then event AccountApproved {
	"account": { "role": "ROLE_PREFECTURE", "region_code": "5331", "state": "ACCOUNT_STATE_ACTIVE" } }
when ApproveAccount { "account_id": "county-zhao", "expected_revision": "4" }
then refused NOTHING_PROPOSED county-zhao

story Who has read an old state of an account proposes no office by it
include administration.inc
as administrator p-li account adm-li
when ProposeOffice {
	"account_id": "county-zhao", "role": "ROLE_PREFECTURE", "region_code": "5331", "expected_revision": "1" }
then refused STALE_REVISION county-zhao

story An account that was declined is never opened
include administration.inc
as administrator p-li account adm-li
given ProposeAccount {
	"account_id": "town-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_TOWN",
	"region_code": "533102001" }
as administrator p-wang account adm-wang
when DeclineAccount { "account_id": "town-qian", "reason": "He left" }
then event AccountDeclined {
	"account": { "state": "ACCOUNT_STATE_CLOSED", "closed_on": "2022-05-01", "reason": "He left" } }
when DeclineAccount { "account_id": "town-qian", "reason": "He left" }
then refused NOTHING_PROPOSED town-qian
when ProposeOffice { "account_id": "town-qian", "role": "ROLE_TOWN", "region_code": "533102001" }
then refused ACCOUNT_CLOSED town-qian

story An office that was declined leaves the one that is held
include administration.inc
as administrator p-li account adm-li
given ProposeOffice { "account_id": "county-zhao", "role": "ROLE_PREFECTURE", "region_code": "5331" }
when DeclineAccount { "account_id": "county-zhao", "reason": "Not now" }
then event AccountDeclined { "account": { "state": "ACCOUNT_STATE_ACTIVE", "role": "ROLE_COUNTY" } }

story One person suspends an account, and it takes two to give it back
include administration.inc
as administrator p-li account adm-li
when SuspendAccount { "account_id": "county-zhao", "reason": "A lost telephone" }
then event AccountSuspended {
	"account": { "state": "ACCOUNT_STATE_SUSPENDED", "suspended_on": "2022-05-01",
		"reason": "A lost telephone" } }
when SuspendAccount { "account_id": "county-zhao", "reason": "Again" }
then refused ACCOUNT_NOT_ACTIVE county-zhao
when ApproveAccount { "account_id": "county-zhao", "expected_revision": "3" }
then refused NOTHING_PROPOSED county-zhao
when ProposeOffice { "account_id": "county-zhao", "role": "ROLE_COUNTY", "region_code": "533102" }
then event OfficeProposed { "account": { "state": "ACCOUNT_STATE_SUSPENDED" } }
as administrator p-wang account adm-wang
when ApproveAccount { "account_id": "county-zhao", "expected_revision": "4" }
then event AccountApproved { "account": { "state": "ACCOUNT_STATE_ACTIVE", "suspended_on": "" } }

story A closed account stays closed
include administration.inc
as administrator p-li account adm-li
when CloseAccount { "account_id": "county-zhao", "reason": "He retired" }
then event AccountClosed {
	"account": { "state": "ACCOUNT_STATE_CLOSED", "closed_on": "2022-05-01", "reason": "He retired" } }
when CloseAccount { "account_id": "county-zhao", "reason": "He retired" }
then refused ACCOUNT_CLOSED county-zhao
when SuspendAccount { "account_id": "county-zhao", "reason": "He retired" }
then refused ACCOUNT_CLOSED county-zhao

story An account of another area is not there for an administrator
include administration.inc
as administrator p-sun region 5301
when ProposeOffice { "account_id": "county-zhao", "role": "ROLE_COUNTY", "region_code": "530102" }
then refused NOT_FOUND county-zhao
when ApproveAccount { "account_id": "county-zhao", "expected_revision": "2" }
then refused NOT_FOUND county-zhao
when DeclineAccount { "account_id": "county-zhao", "reason": "R" }
then refused NOT_FOUND county-zhao
when SuspendAccount { "account_id": "county-zhao", "reason": "R" }
then refused NOT_FOUND county-zhao
when CloseAccount { "account_id": "county-zhao", "reason": "R" }
then refused NOT_FOUND county-zhao
then GetAccount { "account_id": "county-zhao" } refused NOT_FOUND county-zhao
then ListAccounts { "person_id": "p-zhao" } gives { "accounts": [] }

story An administrator has no business, and no other office has accounts
include administration.inc
as administrator p-li account adm-li
when RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "credit_code": "52530000MJ00000019", "region_code": "53" }
then refused CALLER_NOT_ALLOWED
then ListAgencies {} refused CALLER_NOT_ALLOWED ListAgencies
as province
when ProposeAccount {
	"account_id": "town-qian", "person_id": "p-qian", "work_name": "钱", "role": "ROLE_TOWN",
	"region_code": "533102001" }
then refused CALLER_NOT_ALLOWED
then ListAccounts {} refused CALLER_NOT_ALLOWED ListAccounts
as auditor
then ListAccounts { "state": "ACCOUNT_STATE_ACTIVE" } gives {
	"accounts": [{ "account_id": "adm-li" }, { "account_id": "adm-wang" }, { "account_id": "county-zhao" }] }
