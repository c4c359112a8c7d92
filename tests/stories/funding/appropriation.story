story What is planned of a source can be received in parts
include setup.inc
as province
when PlanAppropriation {
	"appropriation_id": "ap-1", "programme_year_id": "ty-2022", "source": "central",
	"planned_fen": 6000000, "document_no": "MOF-1" }
then event AppropriationPlanned {
	"appropriation": {
		"appropriation_id": "ap-1", "programme_year_id": "ty-2022", "source": "central",
		"region_code": "53", "planned_fen": "6000000", "received_fen": "0",
		"document_no": "MOF-1", "state": "APPROPRIATION_STATE_PLANNED",
		"planned_on": "2022-05-01" } }
when ReceiveAppropriation {
	"receipt_id": "rc-1", "appropriation_id": "ap-1", "amount_fen": 2500000,
	"received_on": "2022-05-01", "document_no": "MOF-2" }
then event AppropriationReceived {
	"appropriation": {
		"received_fen": "2500000", "state": "APPROPRIATION_STATE_PARTLY_RECEIVED" },
	"receipt": {
		"receipt_id": "rc-1", "amount_fen": "2500000", "received_on": "2022-05-01",
		"document_no": "MOF-2", "recorded_by": "p-province", "source": "central" },
	"entries": [
		{ "entry_id": "receipt:rc-1:1", "account": "source:ty-2022:central",
		  "amount_fen": "2500000", "booked_on": "2022-05-01" },
		{ "entry_id": "receipt:rc-1:2", "account": "appropriation:ty-2022:central",
		  "amount_fen": "-2500000" }] }
when ReceiveAppropriation {
	"receipt_id": "rc-2", "appropriation_id": "ap-1", "amount_fen": 3500000,
	"received_on": "2022-05-01", "document_no": "MOF-3" }
then accepted
then GetAppropriation { "appropriation_id": "ap-1" } gives {
	"appropriation": {
		"received_fen": "6000000", "state": "APPROPRIATION_STATE_RECEIVED", "revision": "3" } }
then ListAppropriations { "programme_year_id": "ty-2022" } gives {
	"appropriations": [{ "appropriation_id": "ap-1" }] }
then GetReceipt { "receipt_id": "rc-2" } gives { "receipt": { "document_no": "MOF-3" } }
then ListReceipts { "appropriation_id": "ap-1" } gives {
	"receipts": [{ "receipt_id": "rc-1" }, { "receipt_id": "rc-2" }] }

story An appropriation is planned once
include setup.inc
include received.inc
when PlanAppropriation {
	"appropriation_id": "ap-c", "programme_year_id": "ty-2022", "source": "central",
	"planned_fen": 1, "document_no": "MOF-9" }
then refused APPROPRIATION_EXISTS ap-c
then no event

story Money is planned for a programme year that is known
include setup.inc
as province
when PlanAppropriation {
	"appropriation_id": "ap-1", "programme_year_id": "ty-1999", "source": "central",
	"planned_fen": 1, "document_no": "MOF-1" }
then refused PROGRAMME_YEAR_UNKNOWN ty-1999

story Money comes from a source that the year's rules name
include setup.inc
as province
when PlanAppropriation {
	"appropriation_id": "ap-1", "programme_year_id": "ty-2022", "source": "lottery",
	"planned_fen": 1, "document_no": "MOF-1" }
then refused SOURCE_UNKNOWN lottery

story No more is received than is planned
include setup.inc
include received.inc
when ReceiveAppropriation {
	"receipt_id": "rc-9", "appropriation_id": "ap-c", "amount_fen": 3000001,
	"received_on": "2022-05-01", "document_no": "MOF-9" }
then refused RECEIVED_ABOVE_PLANNED ap-c
when ReceiveAppropriation {
	"receipt_id": "rc-9", "appropriation_id": "ap-c", "amount_fen": 3000000,
	"received_on": "2022-05-01", "document_no": "MOF-9" }
then accepted

story A receipt is recorded once
include setup.inc
include received.inc
when ReceiveAppropriation {
	"receipt_id": "rc-1", "appropriation_id": "ap-c", "amount_fen": 1,
	"received_on": "2022-05-01", "document_no": "MOF-9" }
then refused RECEIPT_EXISTS rc-1

story The same document does not bring money twice
include setup.inc
include received.inc
when ReceiveAppropriation {
	"receipt_id": "rc-9", "appropriation_id": "ap-c", "amount_fen": 1,
	"received_on": "2022-05-01", "document_no": "MOF-2" }
then refused DOCUMENT_RECORDED MOF-2

story Money is not received for what nobody planned
include setup.inc
as province
when ReceiveAppropriation {
	"receipt_id": "rc-1", "appropriation_id": "ap-1", "amount_fen": 1,
	"received_on": "2022-05-01", "document_no": "MOF-2" }
then refused NOT_FOUND ap-1

story A receipt that was based on an older view of the appropriation is turned away
include setup.inc
include received.inc
when ReceiveAppropriation {
	"receipt_id": "rc-9", "appropriation_id": "ap-c", "amount_fen": 1,
	"received_on": "2022-05-01", "document_no": "MOF-9", "expected_revision": 1 }
then refused STALE_REVISION ap-c

story A prefecture plans and receives nothing, but may know what the province has
include setup.inc
include received.inc
as prefecture 5331
when PlanAppropriation {
	"appropriation_id": "ap-9", "programme_year_id": "ty-2022", "source": "central",
	"planned_fen": 1, "document_no": "MOF-9" }
then refused CALLER_NOT_ALLOWED
when ReceiveAppropriation {
	"receipt_id": "rc-9", "appropriation_id": "ap-c", "amount_fen": 1,
	"received_on": "2022-05-01", "document_no": "MOF-9" }
then refused CALLER_NOT_ALLOWED
then GetAppropriation { "appropriation_id": "ap-c" } gives {
	"appropriation": { "received_fen": "3000000" } }

story Of a closed appropriation no more is received
include setup.inc
include received.inc
when CloseAppropriation {
	"appropriation_id": "ap-c", "closed_on": "2022-05-01", "document_no": "MOF-E" }
then event AppropriationClosed {
	"appropriation": {
		"state": "APPROPRIATION_STATE_CLOSED", "planned_fen": "6000000",
		"received_fen": "3000000", "closed_by": "p-province", "closed_on": "2022-05-01",
		"closing_document_no": "MOF-E" } }
when ReceiveAppropriation {
	"receipt_id": "rc-9", "appropriation_id": "ap-c", "amount_fen": 1,
	"received_on": "2022-05-01", "document_no": "MOF-9" }
then refused APPROPRIATION_CLOSED ap-c
when CloseAppropriation {
	"appropriation_id": "ap-c", "closed_on": "2022-05-01", "document_no": "MOF-E" }
then refused APPROPRIATION_CLOSED ap-c

story An appropriation that is not there, or was changed since it was read, is not closed
include setup.inc
include received.inc
when CloseAppropriation {
	"appropriation_id": "ap-9", "closed_on": "2022-05-01", "document_no": "MOF-E" }
then refused NOT_FOUND ap-9
when CloseAppropriation {
	"appropriation_id": "ap-c", "closed_on": "2022-05-01", "document_no": "MOF-E",
	"expected_revision": 1 }
then refused STALE_REVISION ap-c
