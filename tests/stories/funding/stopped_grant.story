# Stations turns away what is told of here before an agreement comes into force.  Funding does not
# rest on that: whatever it is told, it grants nothing against the year's rules of money.

story An agreement of a year without rules is granted nothing, and the stop is on record (rule B9)
include setup.inc
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar9", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-1999", "region_code": "533102", "agency_id": "ag-1",
		"people": 2, "in_force_on": "2022-05-01" } }
as province
then GetStoppedGrant { "agreement_id": "ar9" } gives {
	"stopped_grant": {
		"agreement_version": 1, "project_id": "pr-s1-ag-1", "programme_year_id": "ty-1999",
		"region_code": "533102", "agency_id": "ag-1", "reason": "STOP_REASON_NO_RULES",
		"about": "ty-1999", "stopped_on": "2022-05-01" } }
then ListEntitlements { "project_id": "pr-s1-ag-1" } gives { "entitlements": [] }

story A project is entitled by one agreement (rule B9)
include setup.inc
include agreed.inc
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar9", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 3, "in_force_on": "2022-05-01" } }
as province
then GetStoppedGrant { "agreement_id": "ar9" } gives {
	"stopped_grant": { "reason": "STOP_REASON_ENTITLED_ALREADY", "about": "pr-s1-ag-1" } }
then GetEntitlement { "entitlement_id": "en-pr-s1-ag-1" } gives { "entitlement": { "people": 2 } }

story Where the sources' shares are not the standard nothing is granted (rule B10)
include setup.inc
told stations.RulesAmended {
	"programme_year": {
		"programme_year_id": "ty-2022", "region_code": "53", "rules": {
			"person_standard_fen": 4000000,
			"sources": [{ "source": "central", "per_person_fen": 3999999 }] } } }
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar1", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 2, "in_force_on": "2022-05-01" } }
as province
then GetStoppedGrant { "agreement_id": "ar1" } gives {
	"stopped_grant": { "reason": "STOP_REASON_SHARES_NOT_STANDARD", "about": "ty-2022" } }

story What comes to more than can be counted is not granted (rule B9)
include setup.inc
told stations.RulesAmended {
	"programme_year": {
		"programme_year_id": "ty-2022", "region_code": "53", "rules": {
			"person_standard_fen": 100000000000000,
			"sources": [{ "source": "central", "per_person_fen": 0 }] } } }
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar1", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 2147483647, "in_force_on": "2022-05-01" } }
as province
then GetStoppedGrant { "agreement_id": "ar1" } gives {
	"stopped_grant": { "reason": "STOP_REASON_SHARES_NOT_STANDARD" } }

story A share that comes to more than can be counted is not granted (rule B10)
include setup.inc
told stations.RulesAmended {
	"programme_year": {
		"programme_year_id": "ty-2022", "region_code": "53", "rules": {
			"person_standard_fen": 1,
			"sources": [
				{ "source": "central", "per_person_fen": 100000000000000 },
				{ "source": "provincial", "per_person_fen": 1 }] } } }
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar1", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 2147483647, "in_force_on": "2022-05-01" } }
as province
then GetStoppedGrant { "agreement_id": "ar1" } gives {
	"stopped_grant": { "reason": "STOP_REASON_SHARES_NOT_STANDARD" } }

story A budget of a source that the rules do not name is not granted (rule B16)
include setup.inc
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar1", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 2, "in_force_on": "2022-05-01",
		"budget": [{ "source": "lottery", "category": "TRAVEL", "amount_fen": 1 }] } }
as province
then GetStoppedGrant { "agreement_id": "ar1" } gives {
	"stopped_grant": { "reason": "STOP_REASON_BUDGET_NOT_ALLOWED", "about": "lottery" } }

story A budget with administration on the central share is not granted (rule B11)
include setup.inc
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar1", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 2, "in_force_on": "2022-05-01",
		"budget": [{ "source": "central", "category": "ADMINISTRATIVE", "amount_fen": 1 }] } }
as province
then GetStoppedGrant { "agreement_id": "ar1" } gives {
	"stopped_grant": { "reason": "STOP_REASON_BUDGET_NOT_ALLOWED", "about": "ADMINISTRATIVE" } }

story A budget above a source's share is not granted (rule B10)
include setup.inc
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar1", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 2, "in_force_on": "2022-05-01",
		"budget": [
			{ "source": "central", "category": "TRAVEL", "amount_fen": 2000000 },
			{ "source": "central", "category": "INSURANCE", "amount_fen": 2000001 }] } }
as province
then GetStoppedGrant { "agreement_id": "ar1" } gives {
	"stopped_grant": { "reason": "STOP_REASON_BUDGET_ABOVE_SHARE", "about": "central" } }

story A stopped grant is released when the rules allow it (rule B9)
include setup.inc
told stations.AgreementInForce {
	"agreement": {
		"agreement_id": "ar1", "version": 1, "project_id": "pr-s1-ag-1", "site_id": "s1",
		"programme_year_id": "ty-2022", "region_code": "533102", "agency_id": "ag-1",
		"people": 2, "in_force_on": "2022-05-01",
		"budget": [{ "source": "central", "category": "TRAVEL", "amount_fen": 5000000 }] } }
as province
when ReleaseStoppedGrant {
	"agreement_id": "ar1", "decided_on": "2022-05-01", "document_no": "DCA-G" }
then refused GRANT_STILL_STOPPED central by B9
told stations.RulesAmended {
	"programme_year": {
		"programme_year_id": "ty-2022", "region_code": "53", "rules": {
			"person_standard_fen": 4000000,
			"sources": [{ "source": "central", "per_person_fen": 4000000,
				      "categories": ["TRAVEL"] }] } } }
when ReleaseStoppedGrant {
	"agreement_id": "ar1", "decided_on": "2022-05-01", "document_no": "DCA-G" }
then event GrantReleased {
	"stopped_grant": {
		"released_by": "p-province", "released_on": "2022-05-01",
		"release_document_no": "DCA-G", "reason": "STOP_REASON_BUDGET_ABOVE_SHARE" } }
then event EntitlementGranted {
	"entitlement": {
		"entitlement_id": "en-pr-s1-ag-1", "people": 2, "amount_fen": "8000000",
		"state": "ENTITLEMENT_STATE_GRANTED" } }
when ReleaseStoppedGrant {
	"agreement_id": "ar1", "decided_on": "2022-05-01", "document_no": "DCA-G" }
then refused GRANT_RELEASED ar1

story What was not stopped is not released
include setup.inc
as province
when ReleaseStoppedGrant {
	"agreement_id": "ar1", "decided_on": "2022-05-01", "document_no": "DCA-G" }
then refused NOT_FOUND ar1
