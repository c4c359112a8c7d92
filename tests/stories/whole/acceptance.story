story Of two who change one record the second is told, and loses nothing unseen (test 5)
include year.inc
as province person p-first
when SetSiteQuota { "site_id": "s1", "quota": 3, "expected_revision": "1" }
then event SiteQuotaSet { "site": { "quota": 3, "revision": "2" } }
as province person p-second
when SetSiteQuota { "site_id": "s1", "quota": 2, "expected_revision": "1" }
then refused STALE_REVISION s1
then nothing happened
then GetSite { "site_id": "s1" } gives { "site": { "quota": 3, "revision": "2" } }
when SetSiteQuota { "site_id": "s1", "quota": 2, "expected_revision": "2" }
then event SiteQuotaSet { "site": { "quota": 2, "revision": "3" } }

story A signature sent again after its answer was lost is one signature, and gets the same answer (test 6)
include signing.inc
as agency ag-1
when#lost-answer SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-15" }
then events AgreementInForce
then events funding.EntitlementGranted
today 2022-08-05
when#lost-answer SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-15" }
then accepted
then nothing happened
then GetAgreement { "agreement_id": "ar1" } gives { "agreement": {
	"state": "AGREEMENT_STATE_IN_FORCE", "late": false } }
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-15" }
then refused AGREEMENT_NOT_PENDING ar1

story One act leads to one event of each kind in each service that it concerns (test 7)
include signing.inc
as agency ag-1
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-15" }
then events AgreementInForce
then events funding.EntitlementGranted
then events reporting.ObligationMet
as province
then reporting.ListObligations { "project_id": "pr-s1-ag-1", "kind": "OBLIGATION_KIND_AGREEMENT" } gives {
	"obligations": [{ "state": "OBLIGATION_STATE_MET", "met_on": "2022-07-15" }] }

story A service that was down for weeks takes all that it missed, in order and on its days (test 8)
include signing.inc
without reporting
as agency ag-1
when SignAgreement { "agreement_id": "ar1", "party": "agency", "signed_on": "2022-07-15" }
then events AgreementInForce
today 2022-08-10
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-18" }
then accepted
when ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-07-20" }
then event ProjectStarted { "project": { "started_on": "2022-07-20" } }
with reporting
as province
then reporting.ListObligations { "project_id": "pr-s1-ag-1" } gives { "obligations": [
	{ "obligation_id": "agreement:pr-s1-ag-1", "state": "OBLIGATION_STATE_MET", "late": false },
	{ "obligation_id": "arrival:pr-s1-ag-1", "state": "OBLIGATION_STATE_MET", "late": false },
	{ "obligation_id": "report:s1:2022Q3", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "report:s1:2022Q4", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "evaluation:pr-s1-ag-1", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "monitoring:pr-s1-ag-1:2022Q3", "state": "OBLIGATION_STATE_DUE" },
	{ "obligation_id": "monitoring:pr-s1-ag-1:2022Q4", "state": "OBLIGATION_STATE_DUE" }] }
then reporting.ListAlerts { "project_id": "pr-s2-ag-2", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "alert_id": "overdue:agreement:pr-s2-ag-2", "raised_on": "2022-08-01" },
	{ "alert_id": "overdue:arrival:pr-s2-ag-2", "raised_on": "2022-08-02" }] }
then reporting.GetOverview { "programme_year_id": "ty-2022" } gives { "people": { "in_post": 2 } }

story A refusal names its rule, and the year the papers that it rests on (rules B14, B39)
include selected.inc
then GetProgrammeYear { "programme_year_id": "ty-2022" } gives { "programme_year": {
	"policy_basis": ["A notice of the stories"], "rules_version": 1 } }
as county 533102
when ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-06-20" }
then refused AGREEMENT_NOT_IN_FORCE pr-s1-ag-1 by B19
