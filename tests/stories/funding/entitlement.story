story An agreement that comes into force entitles its project to people times the standard (rule B9)
include setup.inc
include agreed.inc
then GetEntitlement { "entitlement_id": "en-pr-s2-ag-2" } gives {
	"entitlement": {
		"project_id": "pr-s2-ag-2", "programme_year_id": "ty-2022", "site_id": "s2",
		"region_code": "532503", "agency_id": "ag-2", "agreement_id": "ar2",
		"agreement_version": 1, "people": 1, "person_standard_fen": "4000000",
		"amount_fen": "4000000", "granted_on": "2022-05-01" } }
as province
then GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } gives {
	"entitlement": { "people": 2, "amount_fen": "8000000", "central_fen": "4000000",
		"other_fen": "4000000" } }
then ListEntitlements { "programme_year_id": "ty-2022" } gives {
	"entitlements": [
		{ "entitlement_id": "en-pr-s1-ag-1" }, { "entitlement_id": "en-pr-s2-ag-2" }] }
then ListStoppedGrants { "programme_year_id": "ty-2022" } gives { "stopped_grants": [] }
then GetStoppedGrant { "agreement_id": "ar1" } refused NOT_FOUND ar1

story Nobody is entitled before all parties have signed (rule B9, test 1)
include setup.inc
as province
then GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } refused NOT_FOUND en-pr-s1-ag-1
then ListEntitlements { "programme_year_id": "ty-2022" } gives { "entitlements": [] }

story Each source bears exactly its share per person (rule B10)
include setup.inc
include agreed.inc
as province
then ListEntitlementShares { "project_id": "pr-s1-ag-1" } gives {
	"shares": [
		{ "share_id": "pr-s1-ag-1:central", "source": "central", "people": 2,
		  "per_person_fen": "2000000", "amount_fen": "4000000" },
		{ "share_id": "pr-s1-ag-1:provincial", "source": "provincial", "people": 2,
		  "per_person_fen": "2000000", "amount_fen": "4000000" }] }
then GetEntitlementShare { "share_id": "pr-s2-ag-2:central" } gives {
	"share": { "entitlement_id": "en-pr-s2-ag-2", "amount_fen": "2000000" } }

story With its entitlement a project gets one special account (rule B15)
include setup.inc
include agreed.inc
as province
then ListSpecialAccounts { "project_id": "pr-s1-ag-1" } gives {
	"accounts": [
		{ "account_id": "ac-pr-s1-ag-1", "agency_id": "ag-1", "region_code": "533102",
		  "entitlement_id": "en-pr-s1-ag-1", "state": "SPECIAL_ACCOUNT_STATE_OPEN",
		  "opened_on": "2022-05-01" }] }
as agency ag-1
then GetSpecialAccount { "account_id": "ac-pr-s1-ag-1" } gives {
	"account": { "project_id": "pr-s1-ag-1" } }

story The budget is that of the agreement (rule B26)
include setup.inc
include agreed.inc
as province
then ListBudgetLines { "project_id": "pr-s1-ag-1", "source": "central" } gives {
	"lines": [
		{ "category": "INSURANCE", "amount_fen": "400000" },
		{ "category": "TRAVEL", "amount_fen": "600000" },
		{ "category": "WORK_ALLOWANCE", "amount_fen": "3000000" }] }
then GetBudgetLine { "line_id": "pr-s1-ag-1:provincial:ADMINISTRATIVE" } gives {
	"line": { "account_id": "ac-pr-s1-ag-1", "amount_fen": "1000000",
		"agreement_version": 1 } }

story An agency does not see what another is entitled to
include setup.inc
include agreed.inc
as agency ag-2
then GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } refused NOT_FOUND en-pr-s1-ag-1
then ListEntitlements { "programme_year_id": "ty-2022" } gives {
	"entitlements": [{ "entitlement_id": "en-pr-s2-ag-2" }] }

story What belongs to a project with a long name has names that can be asked for
include ../reporting/setup.inc
include ../reporting/approved.inc
as agency ag-2
given stations.RecordSurvey {
	"survey_id": "su1",
	"project_id": "pr-u1-county-not-stated-in-the-notice-of-the-year-2022-ag-2", "surveyed_on": "2022-07-20",
	"methods": "Visits", "households": 30, "needs": "N" }
given stations.SetPlan {
	"plan_id": "pl3",
	"project_id": "pr-u1-county-not-stated-in-the-notice-of-the-year-2022-ag-2",
	"objectives": "O", "content": "C", "schedule": "S", "trainees": 2 }
as province
given stations.DraftAgreement {
	"agreement_id": "ar3", "project_id": "pr-u1-county-not-stated-in-the-notice-of-the-year-2022-ag-2",
	"budget": [
		{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 2000000 },
		{ "source": "provincial", "category": "PROJECT_ACTIVITY", "amount_fen": 2000000 }] }
given stations.SignAgreement {
	"agreement_id": "ar3", "party": "province", "signed_on": "2022-07-20" }
as agency ag-2
given stations.SignAgreement { "agreement_id": "ar3", "party": "agency", "signed_on": "2022-07-20" }
as prefecture 5333
given stations.SignAgreement { "agreement_id": "ar3", "party": "county", "signed_on": "2022-07-20" }
as province
then ListEntitlementShares { "project_id": "pr-u1-county-not-stated-in-the-notice-of-the-year-2022-ag-2" } gives {
	"shares": [
		{ "share_id": "pr-u1-county-not-stated-in-the-notice-of:13acb9ad24684060" },
		{ "share_id": "pr-u1-county-not-stated-in-the-notice-of:cdcaea06d2230dfe" }] }
then GetEntitlementShare { "share_id": "pr-u1-county-not-stated-in-the-notice-of:cdcaea06d2230dfe" } gives {
	"share": { "source": "provincial", "amount_fen": "2000000" } }
