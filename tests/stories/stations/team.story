story The people at a site are one team with a lead (rule B22)
include started.inc
as agency ag-1
then GetTeam { "site_id": "s1" } gives { "without_lead": true, "members": [
	{ "person_id": "w1" }, { "person_id": "w2" }, { "person_id": "w3" }] }
when NameTeamLead { "team_lead_id": "tl1", "posting_id": "po-a1-1", "since_on": "2022-08-01" }
then accepted
then event TeamLeadNamed { "team_lead": {
	"team_lead_id": "tl1", "site_id": "s1", "region_code": "533102", "agency_id": "ag-1",
	"person_id": "w1", "since_on": "2022-08-01", "until_on": "", "named_by": "p-ag-1" } }
then GetTeam { "site_id": "s1" } gives { "without_lead": false,
	"team_lead": { "person_id": "w1" }, "members": [{}, {}, {}] }

story Somebody who is awaited can lead
include agreed.inc
as agency ag-1
when NameTeamLead { "team_lead_id": "tl1", "posting_id": "po-a1-1", "since_on": "2022-07-25" }
then accepted

story When another leads, the time of the one before stays on record (rule B22)
include led.inc
today 2022-08-20
as county 533102
when NameTeamLead { "team_lead_id": "tl2", "posting_id": "po-a1-2", "since_on": "2022-08-15" }
then accepted
then event TeamLeadNamed {
	"former": { "team_lead_id": "tl1", "since_on": "2022-08-01", "until_on": "2022-08-15" },
	"team_lead": { "team_lead_id": "tl2", "person_id": "w2" } }
then GetTeam { "site_id": "s1" } gives { "team_lead": { "team_lead_id": "tl2" } }
then ListTeamLeads { "site_id": "s1" } gives { "team_leads": [
	{ "person_id": "w1", "until_on": "2022-08-15" }, { "person_id": "w2", "until_on": "" }] }
then ListTeamLeads { "person_id": "w1" } gives { "team_leads": [{ "team_lead_id": "tl1" }] }

story A team whose lead has left is without one (rule B22)
include led.inc
today 2022-08-20
as county 533102
given EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-10", "end_reason": "END_REASON_RESIGNED" }
then GetTeam { "site_id": "s1" } gives { "without_lead": true, "members": [
	{ "person_id": "w2" }, { "person_id": "w3" }] }
when NameTeamLead { "team_lead_id": "tl2", "posting_id": "po-a1-2", "since_on": "2022-08-20" }
then accepted
then event TeamLeadNamed { "former": { "team_lead_id": "tl1", "until_on": "2022-08-10" } }

story Who has left does not lead (rule B22)
include led.inc
given EndPosting {
	"posting_id": "po-a1-2", "ended_on": "2022-08-01", "end_reason": "END_REASON_RESIGNED" }
when NameTeamLead { "team_lead_id": "tl2", "posting_id": "po-a1-2", "since_on": "2022-08-01" }
then refused LEAD_NOT_IN_TEAM po-a1-2

story Who leads is not named again
include led.inc
when NameTeamLead { "team_lead_id": "tl2", "posting_id": "po-a1-1", "since_on": "2022-08-01" }
then refused LEAD_ALREADY po-a1-1

story Nobody leads before the one whom he follows
include led.inc
when NameTeamLead { "team_lead_id": "tl2", "posting_id": "po-a1-2", "since_on": "2022-07-31" }
then refused LEAD_BEFORE_FORMER tl1

story The record of a team's lead has an id of its own
include led.inc
when NameTeamLead { "team_lead_id": "tl1", "posting_id": "po-a1-2", "since_on": "2022-08-01" }
then refused TEAM_LEAD_EXISTS tl1

story An agency names its own people
include led.inc
as agency ag-2
when NameTeamLead { "team_lead_id": "tl2", "posting_id": "po-a1-2", "since_on": "2022-08-01" }
then refused NOT_FOUND po-a1-2
then GetTeam { "site_id": "s1" } gives { "without_lead": false, "team_lead": null, "members": [] }

story The team of a site that one does not see is not there
include led.inc
as county 533122
then GetTeam { "site_id": "s1" } refused NOT_FOUND s1
