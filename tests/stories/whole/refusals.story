# What the programme must not let through: each is refused by its rule, in both languages, and no
# service records anything of it.

story After the closing date nobody applies (rule B1)
include year.inc
as province
given personnel.OpenCall {
	"call_id": "c1", "programme_year_id": "ty-2022", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "document_no": "N1", "title": "Call" }
today 2022-06-01
as agency ag-1
when personnel.SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s1",
	"submitted_on": "2022-06-01", "title": "T", "nominees": [{ "person_id": "w1" }] }
then refused CALL_CLOSED c1 by B1
then nothing happened

story Whom one agency has named no other agency names in that year (rule B2)
include selected.inc
as province
given personnel.MovePerson { "person_id": "w3", "agency_id": "ag-2" }
given personnel.OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-06-20",
	"closes_by": "2022-06-30", "document_no": "N9", "title": "A second call" }
as agency ag-2
when personnel.SubmitApplication {
	"application_id": "a9", "call_id": "c2", "agency_id": "ag-2", "site_id": "s2",
	"submitted_on": "2022-06-20", "title": "T", "nominees": [{ "person_id": "w3" }] }
then refused NAMED_BY_OTHER_AGENCY w3 by B2
then nothing happened

story A list is no longer than the year's quota (rule B4)
include crowded.inc
when personnel.ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "w1", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w2", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w3", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w4", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w5", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w6", "application_id": "a2", "site_id": "s2" },
		{ "person_id": "w7", "application_id": "a2", "site_id": "s2" }] }
then refused YEAR_QUOTA_EXCEEDED ty-2022 by B4
then nothing happened
then personnel.GetSelectionList { "list_id": "l1" } gives { "list": {
	"state": "LIST_STATE_OPEN", "people": 0 } }

story At a county's site for four nobody has a fifth place (rule B5)
include crowded.inc
given personnel.ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "w1", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w2", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w3", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w4", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w5", "application_id": "a1", "site_id": "s1" }] }
given personnel.SubmitToMinistry {
	"list_id": "l1", "document_no": "N2", "submitted_on": "2022-05-01" }
given SetSiteQuota { "site_id": "s1", "quota": 4 }
as province person p-secretary
given personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-05-01" }
then ListPostings { "site_id": "s1", "state": "POSTING_STATE_RESERVED" } gives {
	"postings": [{}, {}, {}, {}] }
when ReservePosting { "posting_id": "po-5", "project_id": "pr-s1-ag-1", "person_id": "w5" }
then refused SITE_FULL s1 by B5
then nothing happened

story Nobody is posted whom the ministry has not approved (rule B3)
include selected.inc
as province
when ReservePosting { "posting_id": "po-x", "project_id": "pr-s1-ag-1", "person_id": "w3" }
then refused PERSON_NOT_APPROVED w3 by B3
then nothing happened

story Nobody arrives while the agreement lacks a signature (rule B19)
include signing.inc
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-15" }
then refused AGREEMENT_NOT_IN_FORCE pr-s1-ag-1 by B19
then nothing happened

story One human being signs for one party (rule B19)
include signing.inc
as agency ag-1 person p-county
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-15" }
then refused SIGNER_OF_OTHER_PARTY p-county by B19
then nothing happened

story Who requests money does not authorise it (rule B17)
include ../funding/setup.inc
include ../funding/agreed.inc
include ../funding/received.inc
include ../funding/requested.inc
as province person p-ag-1
when funding.AuthoriseDisbursement { "disbursement_id": "d1", "authorised_fen": 2000000 }
then refused AUTHORISED_BY_REQUESTER d1 by B17
then nothing happened

story A fen above what is authorised is not paid (rule B17)
include ../funding/setup.inc
include ../funding/agreed.inc
include ../funding/received.inc
include ../funding/requested.inc
include ../funding/authorised.inc
as province person p-cashier
when funding.RecordPayment {
	"disbursement_id": "d1", "paid_fen": 1800001, "paid_on": "2022-05-01", "document_no": "PAY-1" }
then refused PAID_ABOVE_AUTHORISED d1 by B17
then nothing happened

story A fen above what a project is entitled to is not on its way to be paid (rule B17)
include ../funding/setup.inc
include ../funding/agreed.inc
include ../funding/received.inc
as agency ag-1
when funding.RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "provincial",
	"amount_fen": 4000001, "purpose": "P" }
then refused ABOVE_ENTITLEMENT provincial by B17
then nothing happened

story A fen above what has been received is not on its way to be paid (rule B17)
include ../funding/setup.inc
include ../funding/agreed.inc
include ../funding/received.inc
as agency ag-1
when funding.RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 3000001, "purpose": "P" }
then refused ABOVE_RECEIVED central by B17
then nothing happened

story The central share does not run the office (rule B11)
include ../funding/money.inc
as agency ag-1
when funding.RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "ADMINISTRATIVE", "amount_fen": 1, "spent_on": "2022-05-01",
	"description": "D", "document_no": "V-9" }
then refused ADMINISTRATIVE_COST_NOT_ALLOWED central by B11
then nothing happened

story What one project has on its account does not pay for another (rules B15 and B16)
include ../funding/money.inc
as agency ag-2
given funding.RequestDisbursement {
	"disbursement_id": "d9", "project_id": "pr-s2-ag-2", "source": "provincial",
	"amount_fen": 1000000, "purpose": "P" }
as province
given funding.AuthoriseDisbursement { "disbursement_id": "d9", "authorised_fen": 1000000 }
as province person p-cashier
when funding.RecordPayment {
	"disbursement_id": "d9", "paid_fen": 1000000, "paid_on": "2022-05-01", "document_no": "PAY-9",
	"from_account_id": "ac-pr-s1-ag-1", "to_account_id": "ac-pr-s2-ag-2" }
then refused TRANSFER_BETWEEN_SPECIAL_ACCOUNTS ac-pr-s1-ag-1 by B16
then nothing happened
when funding.RecordPayment {
	"disbursement_id": "d9", "paid_fen": 1000000, "paid_on": "2022-05-01", "document_no": "PAY-9",
	"to_account_id": "ac-pr-s1-ag-1" }
then refused NOT_TO_PROJECT_ACCOUNT ac-pr-s1-ag-1 by B15
then nothing happened

story With one project left a round is not closed (rule B29)
include ../funding/setup.inc
include ../funding/agreed.inc
include ../funding/reviewed.inc
as province
given supervision.FinaliseEvaluation {
	"evaluation_id": "r1:pr-s1-ag-1", "final_on": "2022-05-10" }
when supervision.CloseRound { "round_id": "r1", "closed_on": "2022-05-10" }
then refused ROUND_NOT_COVERED r1 by B29
then nothing happened

story Money for the next year cites a final result, line by line (rule B31)
include ../funding/closed.inc
as project-office
when funding.ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 },
		{ "project_id": "pr-s2-ag-2", "amount_fen": 1 }] }
then refused RESULT_NOT_CITED pr-s2-ag-2 by B31
then nothing happened

story A result that is not yet final divides no money (rule B31)
include ../funding/setup.inc
include ../funding/agreed.inc
include ../funding/reviewed.inc
as project-office
when funding.ProposeDistribution {
	"distribution_id": "di-9", "programme_year_id": "ty-2022", "for_year": 2023, "lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1", "amount_fen": 1 }] }
then refused RESULT_NOT_FINAL r1:pr-s1-ag-1 by B31
then nothing happened

story One command's id does not stand for two commands
include year.inc
as province
when#same-id SetSiteQuota { "site_id": "s1", "quota": 3 }
then event SiteQuotaSet { "site": { "site_id": "s1", "quota": 3 } }
when#same-id SetSiteQuota { "site_id": "s1", "quota": 2 }
then refused ID_REUSED same-id
then nothing happened
when#same-id SetSiteQuota { "site_id": "s1", "quota": 3 }
then accepted
then nothing happened
then GetSite { "site_id": "s1" } gives { "site": { "quota": 3, "revision": "2" } }
