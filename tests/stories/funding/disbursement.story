story Money is requested, authorised and paid by three persons (rule B17)
include setup.inc
include agreed.inc
include received.inc
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 2000000, "purpose": "The first half of the year" }
then event DisbursementRequested {
	"disbursement": {
		"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "account_id": "ac-pr-s1-ag-1",
		"entitlement_id": "en-pr-s1-ag-1", "programme_year_id": "ty-2022",
		"agency_id": "ag-1", "region_code": "533102", "source": "central",
		"state": "DISBURSEMENT_STATE_REQUESTED", "amount_fen": "2000000",
		"claimed_fen": "2000000", "requested_by": "p-ag-1", "requested_on": "2022-05-01" } }
as province
when AuthoriseDisbursement { "disbursement_id": "d1", "authorised_fen": 1800000 }
then event DisbursementAuthorised {
	"disbursement": {
		"state": "DISBURSEMENT_STATE_AUTHORISED", "authorised_fen": "1800000",
		"claimed_fen": "1800000", "authorised_by": "p-province" } }
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1700000, "paid_on": "2022-05-01", "document_no": "PAY-1",
	"from_account_id": "source:ty-2022:central", "to_account_id": "ac-pr-s1-ag-1" }
then event PaymentRecorded {
	"disbursement": {
		"state": "DISBURSEMENT_STATE_PAID", "paid_fen": "1700000", "claimed_fen": "1700000",
		"paid_by": "p-cashier", "paid_on": "2022-05-01", "document_no": "PAY-1" },
	"entries": [
		{ "entry_id": "payment:d1:1", "account": "special:ac-pr-s1-ag-1:central",
		  "project_id": "pr-s1-ag-1", "amount_fen": "1700000" },
		{ "entry_id": "payment:d1:2", "account": "source:ty-2022:central",
		  "amount_fen": "-1700000" }] }
then GetDisbursement { "disbursement_id": "d1" } gives { "disbursement": { "revision": "3" } }
then ListDisbursements { "project_id": "pr-s1-ag-1" } gives {
	"disbursements": [{ "disbursement_id": "d1" }] }

story A project without an agreement in force is given no money (rule B9)
include setup.inc
include agreed.inc
include received.inc
as agency ag-2
when RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s3-ag-2", "source": "central",
	"amount_fen": 1, "purpose": "P" }
then refused NOT_ENTITLED pr-s3-ag-2
then no event

story An agency requests no money for another's project
include setup.inc
include agreed.inc
include received.inc
as agency ag-2
when RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 1, "purpose": "P" }
then refused NOT_ENTITLED pr-s1-ag-1

story Money is requested of a source that the year's rules name
include setup.inc
include agreed.inc
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "lottery",
	"amount_fen": 1, "purpose": "P" }
then refused SOURCE_UNKNOWN lottery

story A disbursement is requested once
include setup.inc
include agreed.inc
include received.inc
include requested.inc
when RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 1, "purpose": "P" }
then refused DISBURSEMENT_EXISTS d1

story Requests do not go beyond the entitlement, open ones counted (rule B17)
include setup.inc
include agreed.inc
include received.inc
as agency ag-1
given RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "provincial",
	"amount_fen": 3000000, "purpose": "P" }
when RequestDisbursement {
	"disbursement_id": "d2", "project_id": "pr-s1-ag-1", "source": "provincial",
	"amount_fen": 1000001, "purpose": "P" }
then refused ABOVE_ENTITLEMENT provincial
when RequestDisbursement {
	"disbursement_id": "d2", "project_id": "pr-s1-ag-1", "source": "provincial",
	"amount_fen": 1000000, "purpose": "P" }
then accepted

story Requests do not go beyond the entitlement, paid ones counted (rule B17)
include money.inc
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "provincial",
	"amount_fen": 1, "purpose": "P" }
then refused ABOVE_ENTITLEMENT provincial

story What was requested and not authorised is free again
include money.inc
as province
given ReceiveAppropriation {
	"receipt_id": "rc-3", "appropriation_id": "ap-c", "amount_fen": 3000000,
	"received_on": "2022-05-01", "document_no": "MOF-3" }
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 2200001, "purpose": "P" }
then refused ABOVE_ENTITLEMENT central
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 2200000, "purpose": "P" }
then accepted

story Requests do not go beyond what has been received of the source (rule B17)
include setup.inc
include agreed.inc
include received.inc
include requested.inc
as agency ag-2
when RequestDisbursement {
	"disbursement_id": "d2", "project_id": "pr-s2-ag-2", "source": "central",
	"amount_fen": 1000001, "purpose": "P" }
then refused ABOVE_RECEIVED central
when RequestDisbursement {
	"disbursement_id": "d2", "project_id": "pr-s2-ag-2", "source": "central",
	"amount_fen": 1000000, "purpose": "P" }
then accepted

story A refused request takes nothing from the entitlement
include setup.inc
include agreed.inc
include received.inc
include requested.inc
as province
when RefuseDisbursement { "disbursement_id": "d1", "reason": "No plan of spending" }
then event DisbursementRefused {
	"disbursement": {
		"state": "DISBURSEMENT_STATE_REFUSED", "claimed_fen": "0", "refused_by": "p-province",
		"refused_on": "2022-05-01", "refused_because": "No plan of spending" } }
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d2", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 3000000, "purpose": "P" }
then accepted

story What was refused is not authorised, and what was authorised is not refused
include setup.inc
include agreed.inc
include received.inc
include requested.inc
include authorised.inc
as province person p-other
when RefuseDisbursement { "disbursement_id": "d1", "reason": "R" }
then refused DISBURSEMENT_NOT_REQUESTED d1
when AuthoriseDisbursement { "disbursement_id": "d1", "authorised_fen": 1 }
then refused DISBURSEMENT_NOT_REQUESTED d1

story Nobody authorises what he himself requested (rule B17)
include setup.inc
include agreed.inc
include received.inc
as project-office person p-two-offices
given RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 2000000, "purpose": "P" }
as province person p-two-offices
when AuthoriseDisbursement { "disbursement_id": "d1", "authorised_fen": 1000000 }
then refused AUTHORISED_BY_REQUESTER d1

story No more is authorised than was requested (rule B17)
include setup.inc
include agreed.inc
include received.inc
include requested.inc
as province
when AuthoriseDisbursement { "disbursement_id": "d1", "authorised_fen": 2000001 }
then refused AUTHORISED_ABOVE_REQUESTED d1

story Nothing is paid that was not authorised (rule B17)
include setup.inc
include agreed.inc
include received.inc
include requested.inc
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1" }
then refused DISBURSEMENT_NOT_AUTHORISED d1

story Nothing is paid twice
include money.inc
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-9" }
then refused DISBURSEMENT_NOT_AUTHORISED d1

story Nobody pays what he himself requested (rule B17)
include setup.inc
include agreed.inc
include received.inc
as project-office person p-two-offices
given RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 2000000, "purpose": "P" }
include authorised.inc
as province person p-two-offices
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1" }
then refused PAID_BY_REQUESTER d1

story Nobody pays what he himself authorised (rule B17)
include setup.inc
include agreed.inc
include received.inc
include requested.inc
include authorised.inc
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1" }
then refused PAID_BY_AUTHORISER d1

story No more is paid than was authorised (rule B17)
include setup.inc
include agreed.inc
include received.inc
include requested.inc
include authorised.inc
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1800001, "paid_on": "2022-05-01", "document_no": "PAY-1" }
then refused PAID_ABOVE_AUTHORISED d1

story Money does not move from one special account to another (rule B16)
include money.inc
as agency ag-2
given RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s2-ag-2", "source": "provincial",
	"amount_fen": 1000000, "purpose": "P" }
as province
given AuthoriseDisbursement { "disbursement_id": "d9", "authorised_fen": 1000000 }
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d9", "paid_fen": 1000000, "paid_on": "2022-05-01", "document_no": "PAY-9",
	"from_account_id": "ac-pr-s1-ag-1", "to_account_id": "ac-pr-s2-ag-2" }
then refused TRANSFER_BETWEEN_SPECIAL_ACCOUNTS ac-pr-s1-ag-1
then no event
when RecordPayment {
	"disbursement_id": "d9", "paid_fen": 1000000, "paid_on": "2022-05-01", "document_no": "PAY-9",
	"from_account_id": "special:ac-pr-s1-ag-1:provincial" }
then refused TRANSFER_BETWEEN_SPECIAL_ACCOUNTS special:ac-pr-s1-ag-1:provincial

story Money of one source does not pay for another (rule B16)
include setup.inc
include agreed.inc
include received.inc
include requested.inc
include authorised.inc
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1",
	"from_account_id": "source:ty-2022:provincial" }
then refused NOT_FROM_SOURCE_ACCOUNT source:ty-2022:provincial

story Money for a project goes to no other account than its own (rule B15)
include setup.inc
include agreed.inc
include received.inc
include requested.inc
include authorised.inc
as province person p-cashier
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1",
	"to_account_id": "ac-pr-s2-ag-2" }
then refused NOT_TO_PROJECT_ACCOUNT ac-pr-s2-ag-2

story A disbursement that was changed since it was read is neither authorised nor refused nor paid
include setup.inc
include agreed.inc
include received.inc
include requested.inc
as province
when AuthoriseDisbursement {
	"disbursement_id": "d1", "authorised_fen": 1, "expected_revision": 9 }
then refused STALE_REVISION d1
when RefuseDisbursement { "disbursement_id": "d1", "reason": "R", "expected_revision": 9 }
then refused STALE_REVISION d1
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1",
	"expected_revision": 9 }
then refused STALE_REVISION d1

story A disbursement that is not there is neither authorised nor refused nor paid
include setup.inc
as province
when AuthoriseDisbursement { "disbursement_id": "d1", "authorised_fen": 1 }
then refused NOT_FOUND d1
when RefuseDisbursement { "disbursement_id": "d1", "reason": "R" }
then refused NOT_FOUND d1
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1" }
then refused NOT_FOUND d1

story A failed payment takes nothing from the entitlement
include setup.inc
include agreed.inc
include received.inc
include requested.inc
include authorised.inc
as province person p-cashier
when RecordPaymentFailure {
	"disbursement_id": "d1", "failed_on": "2022-05-01", "reason": "The bank knows no such account" }
then event PaymentFailed {
	"disbursement": {
		"state": "DISBURSEMENT_STATE_FAILED", "claimed_fen": "0", "paid_fen": "0",
		"failed_by": "p-cashier", "failed_on": "2022-05-01",
		"failed_because": "The bank knows no such account" } }
when RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1, "paid_on": "2022-05-01", "document_no": "PAY-1" }
then refused DISBURSEMENT_NOT_AUTHORISED d1
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d2", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 3000000, "purpose": "P" }
then accepted

story What was not authorised, or is paid, does not fail
include money.inc
as agency ag-1
given RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 200000, "purpose": "P" }
as province person p-cashier
when RecordPaymentFailure { "disbursement_id": "d9", "failed_on": "2022-05-01", "reason": "R" }
then refused DISBURSEMENT_NOT_AUTHORISED d9
when RecordPaymentFailure { "disbursement_id": "d1", "failed_on": "2022-05-01", "reason": "R" }
then refused DISBURSEMENT_NOT_AUTHORISED d1

story The payment of a disbursement that is not there, or was changed since, does not fail
include setup.inc
include agreed.inc
include received.inc
include requested.inc
include authorised.inc
when RecordPaymentFailure { "disbursement_id": "d8", "failed_on": "2022-05-01", "reason": "R" }
then refused NOT_FOUND d8
when RecordPaymentFailure {
	"disbursement_id": "d1", "failed_on": "2022-05-01", "reason": "R", "expected_revision": 9 }
then refused STALE_REVISION d1
