story Seven days before a date an alert says that it is near (rule B19)
include setup.inc
include approved.inc
today 2022-07-23
as province
then ListAlerts { "programme_year_id": "ty-2022" } gives { "alerts": [] }
today 2022-07-24
then ListAlerts { "project_id": "pr-s1-ag-1" } gives { "alerts": [
	{ "alert_id": "upcoming:agreement:pr-s1-ag-1", "kind": "ALERT_KIND_UPCOMING",
	  "state": "ALERT_STATE_RAISED", "obligation_id": "agreement:pr-s1-ag-1",
	  "obligation_kind": "OBLIGATION_KIND_AGREEMENT", "programme_year_id": "ty-2022",
	  "region_code": "533102", "site_id": "s1", "project_id": "pr-s1-ag-1", "agency_id": "ag-1",
	  "due_by": "2022-07-31", "raised_on": "2022-07-24", "cleared_on": "", "revision": "1" }] }
then GetAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" } gives {
	"alert": { "raised_on": "2022-07-24" } }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives {
	"obligation": { "state": "OBLIGATION_STATE_DUE", "alert_by": "2022-08-01" } }

story On the last day it is not overdue; on the day after it is (rule B19)
include setup.inc
include approved.inc
today 2022-07-31
as province
then ListAlerts { "project_id": "pr-s1-ag-1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [] }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives {
	"obligation": { "state": "OBLIGATION_STATE_DUE" } }
today 2022-08-01
then GetAlert { "alert_id": "overdue:agreement:pr-s1-ag-1" } gives { "alert": {
	"kind": "ALERT_KIND_OVERDUE", "state": "ALERT_STATE_RAISED", "raised_on": "2022-08-01" } }
then GetAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-08-01" } }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives {
	"obligation": { "state": "OBLIGATION_STATE_MISSED" } }

story Each alert is raised once, on its own day, however many days pass at a time (rules B19 and B20)
include setup.inc
include approved.inc
today 2022-09-30
as province
then ListAlerts { "project_id": "pr-s1-ag-1" } gives { "alerts": [
	{ "alert_id": "overdue:agreement:pr-s1-ag-1", "raised_on": "2022-08-01", "revision": "1" },
	{ "alert_id": "overdue:arrival:pr-s1-ag-1", "raised_on": "2022-08-02", "revision": "1" },
	{ "alert_id": "upcoming:agreement:pr-s1-ag-1", "raised_on": "2022-07-24",
	  "cleared_on": "2022-08-01", "revision": "2" },
	{ "alert_id": "upcoming:arrival:pr-s1-ag-1", "raised_on": "2022-07-25",
	  "cleared_on": "2022-08-02", "revision": "2" }] }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives {
	"obligation": { "revision": "3" } }

story What becomes due when its date is near is alerted at once (rule B35)
include setup.inc
include approved.inc
include almost-agreed-s1.inc
today 2022-10-05
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-20" }
given stations.ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-07-22" }
given stations.ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-07-22" }
then ListAlerts { "subject_id": "s1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "upcoming:report:s1:2022Q3", "period": "2022Q3", "raised_on": "2022-10-05" }] }
today 2022-10-11
then ListAlerts { "subject_id": "s1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:report:s1:2022Q3", "raised_on": "2022-10-11" }] }

story What becomes due after its date is overdue at once (rule B19)
include setup.inc
today 2022-08-05
include approved.inc
as province
then ListAlerts { "project_id": "pr-s1-ag-1" } gives { "alerts": [
	{ "alert_id": "overdue:agreement:pr-s1-ag-1", "raised_on": "2022-08-05" },
	{ "alert_id": "overdue:arrival:pr-s1-ag-1", "raised_on": "2022-08-05" }] }
then GetObligation { "obligation_id": "agreement:pr-s1-ag-1" } gives {
	"obligation": { "state": "OBLIGATION_STATE_MISSED" } }

story What is done has no open alert (rules B19 and B20)
include setup.inc
include approved.inc
include almost-agreed-s1.inc
today 2022-08-02
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-08-02" }
then GetAlert { "alert_id": "overdue:agreement:pr-s1-ag-1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-08-02" } }
given stations.ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-08-02" }
given stations.ConfirmArrival { "posting_id": "po-a1-2", "arrived_on": "2022-08-02" }
then ListAlerts { "project_id": "pr-s1-ag-1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [] }

story Alerts can be asked for by region, kind and what is due
include setup.inc
include approved.inc
today 2022-08-01
as prefecture 5331
then ListAlerts {
	"region_code": "533122", "state": "ALERT_STATE_RAISED",
	"obligation_kind": "OBLIGATION_KIND_ARRIVAL" } gives {
	"alerts": [{ "alert_id": "upcoming:arrival:pr-s2-ag-2" }] }
as prefecture 5333
then ListAlerts { "kind": "ALERT_KIND_OVERDUE" } gives {
	"alerts": [{ "site_id": "u1-county-not-stated-in-the-notice-of-the-year-2022" }] }

story Somebody whom an alert concerns says that he knows
include setup.inc
include approved.inc
today 2022-07-24
as agency ag-1
when AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1", "note": "The county signs." }
then accepted
then event AlertAcknowledged { "alert": {
	"alert_id": "upcoming:agreement:pr-s1-ag-1", "state": "ALERT_STATE_ACKNOWLEDGED",
	"acknowledged_on": "2022-07-24", "acknowledged_by_id": "p-ag-1",
	"note": "The county signs.", "revision": "2" } }
when AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" }
then refused ALERT_ACKNOWLEDGED upcoming:agreement:pr-s1-ag-1
then no event

story The town and the centre of a station say that they know of its alert
include ../stations/opened.inc
as town 441900003
when AcknowledgeAlert { "alert_id": "overdue:staffing:st-1:2017-03-02", "note": "Two are to come." }
then event AlertAcknowledged { "alert": { "acknowledged_by_id": "p-town" } }
as regional-centre 4419
when AcknowledgeAlert { "alert_id": "overdue:staffing:st-1:2017-03-02" }
then refused ALERT_ACKNOWLEDGED overdue:staffing:st-1:2017-03-02
as town 441900004
when AcknowledgeAlert { "alert_id": "overdue:staffing:st-1:2017-03-02" }
then refused NOT_FOUND overdue:staffing:st-1:2017-03-02

story An acknowledged alert is cleared when its obligation is met
include setup.inc
include approved.inc
include almost-agreed-s1.inc
today 2022-07-24
as county 533102
given AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" }
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-07-24" }
then GetAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" } gives {
	"alert": { "state": "ALERT_STATE_CLEARED" } }

story There is nothing to acknowledge in a cleared alert
include setup.inc
include approved.inc
today 2022-08-01
as province
when AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" }
then refused ALERT_CLEARED upcoming:agreement:pr-s1-ag-1

story An alert of somebody else is not there
include setup.inc
include approved.inc
today 2022-07-24
as agency ag-2
when AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" }
then refused NOT_FOUND upcoming:agreement:pr-s1-ag-1
as county 533122
when AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" }
then refused NOT_FOUND upcoming:agreement:pr-s1-ag-1
as dashboard
when AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1" }
then refused CALLER_NOT_ALLOWED

story Nobody acknowledges an alert that was changed since he read it
include setup.inc
include approved.inc
today 2022-07-24
as county 533102
given AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1", "expected_revision": "1" }
when AcknowledgeAlert { "alert_id": "upcoming:agreement:pr-s1-ag-1", "expected_revision": "1" }
then refused STALE_REVISION upcoming:agreement:pr-s1-ag-1
then no event
