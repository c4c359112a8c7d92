story Only a decision of the province changes what a project is entitled to (rule B9)
include money.inc
as province
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "One person left after nine months",
	"shares": [{ "source": "central", "amount_fen": 3500000 }] }
then event EntitlementAdjusted {
	"adjustment": {
		"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "project_id": "pr-s1-ag-1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"decided_on": "2022-05-01", "document_no": "DCA-A",
		"reason": "One person left after nine months", "recorded_by": "p-province",
		"shares": [
			{ "source": "central", "amount_fen": "3500000", "before_fen": "4000000" }] },
	"entitlement": {
		"state": "ENTITLEMENT_STATE_ADJUSTED", "amount_fen": "7500000",
		"adjusted_fen": "-500000", "central_fen": "3500000", "other_fen": "4000000" },
	"shares": [
		{ "share_id": "pr-s1-ag-1:central", "amount_fen": "3500000",
		  "adjusted_fen": "-500000" }] }
then GetAdjustment { "adjustment_id": "ad-1" } gives { "adjustment": { "document_no": "DCA-A" } }
then ListAdjustments { "project_id": "pr-s1-ag-1" } gives {
	"adjustments": [{ "adjustment_id": "ad-1" }] }
then GetExecution { "programme_year_id": "ty-2022" } gives {
	"people_times_standard_fen": "12000000", "adjusted_fen": "-500000",
	"entitled_by_standard": true, "total": { "entitled_fen": "11500000" } }

story A decision can be taken back, as far as the standard for the people agreed (rule B9)
include money.inc
as province
given AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s2-ag-2", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "provincial", "amount_fen": 1 }] }
when AdjustEntitlement {
	"adjustment_id": "ad-2", "entitlement_id": "en-pr-s2-ag-2", "decided_on": "2022-05-01",
	"document_no": "DCA-A2", "reason": "R",
	"shares": [{ "source": "provincial", "amount_fen": 2000001 }] }
then refused ABOVE_PERSON_STANDARD provincial by B9
when AdjustEntitlement {
	"adjustment_id": "ad-2", "entitlement_id": "en-pr-s2-ag-2", "decided_on": "2022-05-01",
	"document_no": "DCA-A2", "reason": "R",
	"shares": [{ "source": "provincial", "amount_fen": 2000000 }] }
then event EntitlementAdjusted {
	"entitlement": { "amount_fen": "4000000", "adjusted_fen": "0", "other_fen": "2000000" } }

story After an adjustment no more is disbursed than it leaves (rule B17)
include money.inc
as province
given AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 1800000 }] }
as agency ag-1
when RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 1, "purpose": "P" }
then refused ABOVE_ENTITLEMENT central

story No share goes below what is disbursed of it, unless that went back (rule B17)
include money.inc
include recovery.inc
as province
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 1799999 }] }
then refused BELOW_DISBURSED central
as province person p-cashier
given RecordReturn { "recovery_id": "rv-1", "returned_on": "2022-05-01", "document_no": "RET-1" }
as province
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 1700000 }] }
then accepted

story A settled entitlement is not adjusted
include money.inc
include reconciled.inc
include settled.inc
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 1800000 }] }
then refused ENTITLEMENT_SETTLED en-pr-s1-ag-1

story A decision is recorded once, about sources of the year, each once
include money.inc
as province
given AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s2-ag-2", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "provincial", "amount_fen": 1 }] }
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 1800000 }] }
then refused ADJUSTMENT_EXISTS ad-1
when AdjustEntitlement {
	"adjustment_id": "ad-2", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "lottery", "amount_fen": 1800000 }] }
then refused SOURCE_UNKNOWN lottery
when AdjustEntitlement {
	"adjustment_id": "ad-2", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [
		{ "source": "central", "amount_fen": 1800000 },
		{ "source": "central", "amount_fen": 1900000 }] }
then refused FIELD_INVALID shares.source

story An entitlement that is not there, or was changed since it was read, is not adjusted
include money.inc
as province
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-9", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 1800000 }] }
then refused NOT_FOUND en-9
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R", "expected_revision": 9,
	"shares": [{ "source": "central", "amount_fen": 1800000 }] }
then refused STALE_REVISION en-pr-s1-ag-1

story An agency adjusts nothing
include money.inc
as agency ag-1
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 4000000 }] }
then refused CALLER_NOT_ALLOWED

story What a change proposes is answered by the province's own decision, once (rule B9)
include money.inc
include given-up.inc
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "change_id": "ch1",
	"decided_on": "2022-05-01", "document_no": "DCA-A", "reason": "She left after nine months",
	"shares": [{ "source": "central", "amount_fen": 3500000 }] }
then event EntitlementAdjusted {
	"adjustment": { "change_id": "ch1" },
	"entitlement": { "amount_fen": "7500000" },
	"proposal": { "change_id": "ch1", "adjustment_id": "ad-1", "by_standard_fen": "4000000" } }
then GetAdjustmentProposal { "change_id": "ch1" } gives { "proposal": { "adjustment_id": "ad-1" } }
when AdjustEntitlement {
	"adjustment_id": "ad-2", "entitlement_id": "en-pr-s1-ag-1", "change_id": "ch1",
	"decided_on": "2022-05-01", "document_no": "DCA-A2", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 3000000 }] }
then refused NOTHING_PROPOSED ch1

story A decision answers a proposal for its own entitlement
include money.inc
include given-up.inc
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s2-ag-2", "change_id": "ch1",
	"decided_on": "2022-05-01", "document_no": "DCA-A", "reason": "R",
	"shares": [{ "source": "central", "amount_fen": 1500000 }] }
then refused NOTHING_PROPOSED ch1

story While a change holds lines of a source its share is not adjusted (rule B26)
include money.inc
include moving.inc
as province
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "One person left after nine months",
	"shares": [{ "source": "central", "amount_fen": 3500000 }] }
then refused BUDGET_LINE_HELD ch1 by B26
when AdjustEntitlement {
	"adjustment_id": "ad-1", "entitlement_id": "en-pr-s1-ag-1", "decided_on": "2022-05-01",
	"document_no": "DCA-A", "reason": "One person left after nine months",
	"shares": [{ "source": "provincial", "amount_fen": 4000000 }] }
then accepted
