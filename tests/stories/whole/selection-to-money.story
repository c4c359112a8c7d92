story A call becomes a list, and the ministry's approval plans projects and keeps places (rules B1, B3, B4, workflow W1)
include year.inc
as province
when personnel.OpenCall {
	"call_id": "c1", "programme_year_id": "ty-2022", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "document_no": "N1", "title": "Call" }
then event personnel.CallOpened { "call": { "call_id": "c1", "quota": 6, "sites": [
	{ "site_id": "s1", "quota": 4, "region_code": "533102" },
	{ "site_id": "s2", "quota": 2, "region_code": "5325", "prefecture_support": true }] } }
today 2022-05-10
as agency ag-1
when personnel.SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s1",
	"submitted_on": "2022-05-10", "title": "T", "needs": "N", "plan": "P",
	"nominees": [
		{ "person_id": "w1", "team_lead": true }, { "person_id": "w2" }, { "person_id": "w3" }] }
then event personnel.ApplicationSubmitted { "application": { "nominees": 3 } }
as agency ag-2
when personnel.SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-2", "site_id": "s2",
	"submitted_on": "2022-05-10", "title": "T", "needs": "N", "plan": "P",
	"nominees": [{ "person_id": "w6", "team_lead": true }] }
then accepted
as province
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives { "selection": {
	"agencies_applied": 2, "professionals_applied": 4, "professionals_selected": 0 } }
today 2022-06-01
when personnel.ReviewApplication { "application_id": "a1", "review": "R" }
then accepted
when personnel.DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-01" }
then accepted
when personnel.ReviewApplication { "application_id": "a2", "review": "R" }
then accepted
when personnel.DecideApplication {
	"application_id": "a2", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-06-01" }
then accepted
when personnel.OpenSelectionList { "list_id": "l1", "call_id": "c1" }
then accepted
when personnel.ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "w1", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w2", "application_id": "a1", "site_id": "s1" },
		{ "person_id": "w6", "application_id": "a2", "site_id": "s2" }] }
then event personnel.SelectionProposed { "list": { "people": 3, "state": "LIST_STATE_PROPOSED" } }
today 2022-06-06
when personnel.SubmitToMinistry {
	"list_id": "l1", "document_no": "N2", "submitted_on": "2022-06-06" }
then accepted
then no event
then ListProjects { "programme_year_id": "ty-2022" } gives { "projects": [] }
then ListPostings { "programme_year_id": "ty-2022" } gives { "postings": [] }
today 2022-06-20
as province person p-secretary
when personnel.RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-06-20" }
then event personnel.SelectionApproved { "list": { "document_no": "N3" } }
then event ProjectPlanned { "project": { "project_id": "pr-s1-ag-1", "people": 2 } }
then event ProjectPlanned { "project": { "project_id": "pr-s2-ag-2", "people": 1 } }
then ListProjects { "programme_year_id": "ty-2022" } gives { "projects": [
	{ "project_id": "pr-s1-ag-1", "state": "PROJECT_STATE_PLANNED", "region_code": "533102" },
	{ "project_id": "pr-s2-ag-2", "state": "PROJECT_STATE_PLANNED", "region_code": "5325" }] }
then ListPostings { "programme_year_id": "ty-2022" } gives { "postings": [
	{ "posting_id": "po-a1-1", "person_id": "w1", "state": "POSTING_STATE_RESERVED" },
	{ "posting_id": "po-a1-2", "person_id": "w2", "state": "POSTING_STATE_RESERVED" },
	{ "posting_id": "po-a2-1", "person_id": "w6", "state": "POSTING_STATE_RESERVED" }] }
then reporting.ListObligations { "programme_year_id": "ty-2022" } gives { "obligations": [
	{ "obligation_id": "agreement:pr-s1-ag-1", "due_by": "2022-07-31" },
	{ "obligation_id": "agreement:pr-s2-ag-2", "due_by": "2022-07-31" },
	{ "obligation_id": "arrival:pr-s1-ag-1", "due_by": "2022-08-01" },
	{ "obligation_id": "arrival:pr-s2-ag-2", "due_by": "2022-08-01" }] }
then funding.ListEntitlements { "programme_year_id": "ty-2022" } gives { "entitlements": [] }
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives { "figures": [
	{ "key": "agencies_applied", "declared": "2", "derived": "2", "differs": false },
	{ "key": "professionals_applied", "declared": "5", "derived": "4", "differs": true },
	{ "key": "professionals_selected", "declared": "3", "derived": "3", "differs": false },
	{ "key": "prefectures", "declared": "2", "derived": "2", "differs": false },
	{ "key": "sites", "declared": "2", "derived": "2", "differs": false },
	{ "key": "counties", "declared": "3", "derived": "3", "differs": false }] }

story The third signature brings the entitlement, and three people bring the money (rules B9, B10, B17, B18, B19, B20, workflow W1)
include selected.inc
today 2022-07-01
as agency ag-1
when RecordSurvey {
	"survey_id": "su1", "project_id": "pr-s1-ag-1", "surveyed_on": "2022-07-01",
	"methods": "Visits", "households": 30, "needs": "N" }
then event NeedsSurveyed { "project": { "state": "PROJECT_STATE_SURVEYED" } }
when SetPlan {
	"plan_id": "pl1", "project_id": "pr-s1-ag-1", "objectives": "O", "content": "C",
	"schedule": "S", "trainees": 2 }
then event PlanSet { "project": { "plan_id": "pl1" } }
as province
when DraftAgreement {
	"agreement_id": "ar1", "project_id": "pr-s1-ag-1", "budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 3500000 },
		{ "source": "central", "category": "INSURANCE", "amount_fen": 500000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 4000000 }] }
then event AgreementDrafted { "agreement": { "people": 2, "state": "AGREEMENT_STATE_DRAFT" } }
when SignAgreement { "agreement_id": "ar1", "party": "province", "signed_on": "2022-07-01" }
then event AgreementSigned { "agreement": { "state": "AGREEMENT_STATE_SIGNING" } }
as county 533102
when SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-01" }
then event AgreementSigned { "agreement": { "state": "AGREEMENT_STATE_SIGNING" } }
as province
then funding.GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } refused NOT_FOUND en-pr-s1-ag-1
as agency ag-1
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-01" }
then event AgreementInForce {
	"agreement": { "in_force_on": "2022-07-01", "version": 1, "late": false },
	"project": { "state": "PROJECT_STATE_AGREED", "baseline_version": 1 },
	"postings": [
		{ "posting_id": "po-a1-1", "state": "POSTING_STATE_READY" },
		{ "posting_id": "po-a1-2", "state": "POSTING_STATE_READY" }] }
then funding.GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } gives { "entitlement": {
	"people": 2, "amount_fen": "8000000", "central_fen": "4000000", "other_fen": "4000000" } }
then funding.ListEntitlementShares { "project_id": "pr-s1-ag-1" } gives { "shares": [
	{ "source": "central", "amount_fen": "4000000" },
	{ "source": "provincial", "amount_fen": "4000000" }] }
then funding.GetSpecialAccount { "account_id": "ac-pr-s1-ag-1" } gives { "account": {
	"state": "SPECIAL_ACCOUNT_STATE_OPEN" } }
then funding.ListBudgetLines { "project_id": "pr-s1-ag-1" } gives { "lines": [
	{ "source": "central", "category": "INSURANCE", "amount_fen": "500000" },
	{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": "3500000" },
	{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": "4000000" }] }
then reporting.GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-07-01", "met_by_id": "ar1", "late": false } }
today 2022-07-20
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-18" }
then event ArrivalConfirmed { "posting": { "state": "POSTING_STATE_ACTIVE", "arrived_late": false } }
then GetProject { "project_id": "pr-s1-ag-1" } gives { "project": { "state": "PROJECT_STATE_AGREED" } }
when ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-07-20" }
then event ProjectStarted { "project": {
	"project_id": "pr-s1-ag-1", "state": "PROJECT_STATE_IN_PROGRESS", "started_on": "2022-07-20" } }
as province
then reporting.ListObligations { "project_id": "pr-s1-ag-1" } gives { "obligations": [
	{ "obligation_id": "agreement:pr-s1-ag-1", "state": "OBLIGATION_STATE_MET" },
	{ "obligation_id": "arrival:pr-s1-ag-1", "state": "OBLIGATION_STATE_MET" },
	{ "obligation_id": "report:s1:2022Q3", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "report:s1:2022Q4", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "evaluation:pr-s1-ag-1", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "monitoring:pr-s1-ag-1:2022Q3", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "monitoring:pr-s1-ag-1:2022Q4", "state": "OBLIGATION_STATE_DUE" }] }
when funding.PlanAppropriation {
	"appropriation_id": "ap-c", "programme_year_id": "ty-2022", "source": "central",
	"planned_fen": 6000000, "document_no": "MOF-1" }
then accepted
when funding.ReceiveAppropriation {
	"receipt_id": "rc-1", "appropriation_id": "ap-c", "amount_fen": 5000000,
	"received_on": "2022-07-20", "document_no": "MOF-2" }
then event funding.AppropriationReceived { "appropriation": { "received_fen": "5000000" } }
as agency ag-1
when funding.RequestDisbursement {
	"disbursement_id": "d1", "project_id": "pr-s1-ag-1", "source": "central",
	"amount_fen": 4000000, "purpose": "The year" }
then accepted
as province
when funding.AuthoriseDisbursement { "disbursement_id": "d1", "authorised_fen": 3000000 }
then accepted
as province person p-cashier
when funding.RecordPayment {
	"disbursement_id": "d1", "paid_fen": 3000000, "paid_on": "2022-07-20", "document_no": "PAY-1" }
then event funding.PaymentRecorded { "disbursement": {
	"state": "DISBURSEMENT_STATE_PAID", "requested_by": "p-ag-1", "authorised_by": "p-province",
	"paid_by": "p-cashier" } }
as agency ag-1
when funding.RecordExpense {
	"expense_id": "ex-1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"category": "WORK_ALLOWANCE", "amount_fen": 400000, "spent_on": "2022-07-20",
	"description": "July", "document_no": "V-1" }
then accepted
then funding.GetStatement { "account_id": "ac-pr-s1-ag-1" } gives {
	"received_fen": "3000000", "spent_fen": "400000", "balance_fen": "2600000" }
as auditor
then funding.VerifyLedger { "programme_year_id": "ty-2022" } gives {
	"sum_fen": "0", "entries": "6", "transactions": "3", "unbalanced": [], "balanced": true }
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives {
	"projects": {
		"projects": 2, "people_planned": 3, "agreements_in_force": 1, "agreements_late": 0,
		"by_state": [
			{ "key": "PROJECT_STATE_PLANNED", "count": 1 },
			{ "key": "PROJECT_STATE_IN_PROGRESS", "count": 1 }] },
	"people": { "reserved": 1, "ready": 0, "in_post": 2, "arrived_late": 0 },
	"money": {
		"planned_fen": "6000000", "received_fen": "5000000", "entitled_fen": "8000000",
		"disbursed_fen": "3000000", "spent_fen": "400000", "ledger_sum_fen": "0",
		"ledger_entries": 6 } }

story What is near is alerted seven days before, what is overdue the day after, and what is done no more (rules B19, B20)
include signing.inc
as agency ag-1
given SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-15" }
today 2022-07-20
as county 533102
given ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-20" }
given ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-07-20" }
as province
today 2022-07-23
then reporting.ListAlerts { "programme_year_id": "ty-2022" } gives { "alerts": [] }
today 2022-07-24
then reporting.ListAlerts { "programme_year_id": "ty-2022" } gives { "alerts": [
	{ "alert_id": "upcoming:agreement:pr-s2-ag-2", "state": "ALERT_STATE_RAISED",
	  "region_code": "5325", "due_by": "2022-07-31", "raised_on": "2022-07-24" }] }
today 2022-08-02
then reporting.ListAlerts { "programme_year_id": "ty-2022", "state": "ALERT_STATE_RAISED" } gives {
	"alerts": [
		{ "alert_id": "overdue:agreement:pr-s2-ag-2", "raised_on": "2022-08-01" },
		{ "alert_id": "overdue:arrival:pr-s2-ag-2", "raised_on": "2022-08-02" }] }
as agency ag-2
when SignAgreement { "agreement_id": "ar2", "party": "agency", "signed_on": "2022-08-02" }
then event AgreementInForce { "agreement": { "agreement_id": "ar2", "late": true } }
then funding.GetEntitlement { "entitlement_id": "en-pr-s2-ag-2" } gives { "entitlement": {
	"people": 1, "amount_fen": "4000000" } }
as prefecture 5325
when ConfirmArrival { "posting_id": "po-a2-1", "arrived_on": "2022-08-02" }
then event ArrivalConfirmed { "posting": { "arrived_late": true } }
then event ProjectStarted { "project": { "project_id": "pr-s2-ag-2" } }
then reporting.ListAlerts { "programme_year_id": "ty-2022", "state": "ALERT_STATE_RAISED" } gives {
	"alerts": [] }
then reporting.GetObligation { "obligation_id": "arrival:pr-s2-ag-2" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-08-02", "late": true } }
as ministry
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives {
	"projects": { "agreements_in_force": 2, "agreements_late": 1 },
	"people": { "in_post": 3, "arrived_late": 1 },
	"obligations": [
		{ "kind": "OBLIGATION_KIND_AGREEMENT", "due": 0, "met_on_time": 1, "met_late": 1,
		  "alerts_upcoming": 0, "alerts_overdue": 0 },
		{ "kind": "OBLIGATION_KIND_ARRIVAL", "due": 0, "met_on_time": 1, "met_late": 1 },
		{ "kind": "OBLIGATION_KIND_QUARTERLY_REPORT", "due": 4 },
		{ "kind": "OBLIGATION_KIND_EVALUATION", "due": 2 },
		{ "kind": "OBLIGATION_KIND_MONITORING", "due": 4 }] }
