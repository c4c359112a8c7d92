story Each step of a finding that is not taken in time is alerted on the day after, once, until it is taken (rule B25)
include ../supervision/setup.inc
today 2022-05-10
as county 533102
given supervision.RaiseFinding {
	"finding_id": "f1", "posting_id": "po-a1-1", "found_on": "2022-05-09", "summary": "He was away." }
as province
then GetObligation { "obligation_id": "notice:f1" } gives { "obligation": {
	"kind": "OBLIGATION_KIND_FINDING_NOTICE", "state": "OBLIGATION_STATE_DUE", "subject_id": "f1",
	"site_id": "s1", "project_id": "pr-s1-ag-1", "agency_id": "ag-1", "region_code": "533102",
	"due_by": "2022-05-12", "arisen_on": "2022-05-10" } }
today 2022-05-12
then ListAlerts { "subject_id": "f1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [] }
today 2022-05-14
then ListAlerts { "subject_id": "f1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "alert_id": "overdue:notice:f1", "state": "ALERT_STATE_RAISED", "raised_on": "2022-05-13" }] }
as county 533102
given supervision.NotifyAgency { "finding_id": "f1", "notice": "N", "notified_on": "2022-05-14" }
as province
then GetAlert { "alert_id": "overdue:notice:f1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-05-14" } }
then GetObligation { "obligation_id": "notice:f1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "late": true, "met_on": "2022-05-14" } }
today 2022-05-25
then ListAlerts { "subject_id": "f1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:disposition:f1", "due_by": "2022-05-24", "raised_on": "2022-05-25" }] }
as agency ag-1
given supervision.RecordDisposition {
	"finding_id": "f1", "disposition": "DISPOSITION_WARNING", "handling": "He was warned.",
	"handled_on": "2022-05-24" }
then GetObligation { "obligation_id": "disposition:f1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "late": false } }
today 2022-05-30
then ListAlerts { "subject_id": "f1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:finding-report:f1", "raised_on": "2022-05-30" }] }
given supervision.ReportFinding { "finding_id": "f1", "report": "Warned.", "reported_on": "2022-05-30" }
then ListAlerts { "subject_id": "f1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [] }
then ListObligations { "subject_id": "f1", "state": "OBLIGATION_STATE_MET" } gives { "obligations": [
	{ "obligation_id": "disposition:f1", "late": false },
	{ "obligation_id": "finding-report:f1", "late": true },
	{ "obligation_id": "notice:f1", "late": true }] }

story A station without enough people is alerted from its first day, once (rule A3)
include ../stations/opened.inc
as province region 44
then ListAlerts { "subject_id": "st-1", "obligation_kind": "OBLIGATION_KIND_STAFFING" } gives { "alerts": [
	{ "alert_id": "overdue:staffing:st-1:2017-03-02", "state": "ALERT_STATE_RAISED",
	  "obligation_kind": "OBLIGATION_KIND_STAFFING", "region_code": "441900003", "site_id": "st-1",
	  "period": "2017-03-02", "raised_on": "2017-03-02" }] }
today 2017-03-05
then ListAlerts { "subject_id": "st-1", "obligation_kind": "OBLIGATION_KIND_STAFFING" } gives { "alerts": [
	{ "alert_id": "overdue:staffing:st-1:2017-03-02", "raised_on": "2017-03-02" }] }
as province region 44
given stations.CloseStation { "station_id": "st-1", "closed_on": "2017-03-05", "note": "The town has merged." }
then GetAlert { "alert_id": "overdue:staffing:st-1:2017-03-02" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2017-03-05" } }
then GetObligation { "obligation_id": "staffing:st-1:2017-03-02" } gives { "obligation": {
	"state": "OBLIGATION_STATE_VOID" } }

story A station that is at work owes the reports of its periods (rule A14)
include ../stations/stations.inc
as province region 44
given stations.AmendRules {
	"programme_year_id": "dh", "basis": "Letter 2",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "alert_days_before": 3,
		"reports": [
			{ "period": "2017-01", "due_by": "2017-02-05" }, { "period": "2017-03", "due_by": "2017-04-05" },
			{ "period": "2017Q1", "due_by": "2017-04-10" }],
		"stations": {
			"min_workers": 2, "max_workers": 3, "batches": 2, "reservation_days": 10,
			"post_kinds": ["POST_KIND_SERVICE", "POST_KIND_ADMINISTRATIVE"] } } }
as project-office region 44
given stations.OpenStation { "station_id": "st-1", "opened_on": "2017-03-02" }
as province region 44
then ListObligations { "subject_id": "st-1", "kind": "OBLIGATION_KIND_QUARTERLY_REPORT" } gives {
	"obligations": [
		{ "obligation_id": "report:st-1:2017-03", "state": "OBLIGATION_STATE_DUE", "site_id": "st-1",
		  "region_code": "441900003", "due_by": "2017-04-05", "alert_by": "2017-04-02", "rules_version": 2 },
		{ "obligation_id": "report:st-1:2017Q1", "due_by": "2017-04-10" }] }
as town 441900003
given AddPublicity {
	"item_id": "pu1", "site_id": "st-1", "outlet": "O", "published_on": "2017-03-02", "title": "T",
	"link": "https://example.org/1" }
today 2017-04-06
given DraftReport { "report_id": "re1", "site_id": "st-1", "period": "2017-03", "progress": "P" }
then ListAlerts { "subject_id": "st-1", "obligation_kind": "OBLIGATION_KIND_QUARTERLY_REPORT" } gives { "alerts": [
	{ "alert_id": "overdue:report:st-1:2017-03", "raised_on": "2017-04-06" },
	{ "alert_id": "upcoming:report:st-1:2017-03", "state": "ALERT_STATE_CLEARED", "raised_on": "2017-04-02" }] }
given SubmitReport { "report_id": "re1", "submitted_on": "2017-04-06" }
then GetObligation { "obligation_id": "report:st-1:2017-03" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "late": true } }
as province region 44
given stations.CloseStation { "station_id": "st-1", "closed_on": "2017-04-06", "note": "The town has merged." }
then GetObligation { "obligation_id": "report:st-1:2017Q1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_VOID" } }

story A kept place is alerted when its last day comes, and no more when it is given up
include ../stations/stations.inc
as town 441900003
given stations.ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given stations.ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then GetObligation { "obligation_id": "reservation:po-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_DUE", "due_by": "2017-03-12", "site_id": "st-1" } }
given stations.ReleasePost { "posting_id": "po-2", "note": "No candidate" }
then GetObligation { "obligation_id": "reservation:po-2" } gives { "obligation": {
	"state": "OBLIGATION_STATE_VOID" } }
today 2017-03-12
then ListAlerts { "subject_id": "po-1" } gives { "alerts": [
	{ "alert_id": "upcoming:reservation:po-1", "state": "ALERT_STATE_RAISED", "raised_on": "2017-03-12" }] }
today 2017-03-13
then ListAlerts { "subject_id": "po-1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [] }
then ListAlerts { "subject_id": "po-1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "alert_id": "overdue:reservation:po-1", "raised_on": "2017-03-13", "cleared_on": "2017-03-13" }] }

story Money that has to go back is alerted from the day after its date until it went back (rule B17)
include setup.inc
include approved.inc
include started-s1.inc
include paid.inc
as province
given funding.RequireRecovery {
	"recovery_id": "rv1", "account_id": "ac-pr-s1-ag-1", "source": "central",
	"amount_fen": 100000, "return_by": "2022-08-10", "reason": "A dinner", "document_no": "F9" }
then GetObligation { "obligation_id": "recovery:rv1" } gives { "obligation": {
	"kind": "OBLIGATION_KIND_RECOVERY", "state": "OBLIGATION_STATE_DUE", "subject_id": "rv1",
	"site_id": "s1", "project_id": "pr-s1-ag-1", "agency_id": "ag-1", "due_by": "2022-08-10" } }
today 2022-08-10
then ListAlerts { "subject_id": "rv1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [] }
today 2022-08-12
then ListAlerts { "subject_id": "rv1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "alert_id": "overdue:recovery:rv1", "state": "ALERT_STATE_RAISED", "raised_on": "2022-08-11" }] }
as province person p-cashier
given funding.RecordReturn {
	"recovery_id": "rv1", "returned_on": "2022-08-12", "document_no": "F10" }
as province
then GetAlert { "alert_id": "overdue:recovery:rv1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-08-12" } }
then GetObligation { "obligation_id": "recovery:rv1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "late": true, "met_on": "2022-08-12" } }

story What is left on a settled account is owed to each of its sources
include setup.inc
include approved.inc
include started-s1.inc
include paid.inc
as agency ag-1
given funding.RecordReconciliation {
	"reconciliation_id": "re1", "account_id": "ac-pr-s1-ag-1", "balance_on": "2022-07-22",
	"statement_fen": 2500000, "document_no": "B1" }
as province
given funding.VerifyExpense { "expense_id": "ex1" }
given funding.ConfirmReconciliation { "reconciliation_id": "re1" }
given funding.SettleAccount {
	"account_id": "ac-pr-s1-ag-1", "settled_on": "2022-07-22", "document_no": "F9",
	"return_by": "2022-08-31" }
then GetObligation { "obligation_id": "recovery:settlement:ac-pr-s1-ag-1:central" } gives {
	"obligation": { "due_by": "2022-08-31", "state": "OBLIGATION_STATE_DUE" } }

story Each date of a station's beginning is missed once: its alert is there on the day, once, and clears (rules A3 and A14)
include ../stations/opened.inc
as town 441900003
given stations.ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given stations.ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given personnel.RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
given personnel.RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2016-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
today 2017-03-10
given personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-10" }
then GetObligation { "obligation_id": "reservation:po-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2017-03-10", "late": false } }
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_STAFFING" } gives { "alerts": [
	{ "alert_id": "overdue:staffing:st-1:2017-03-02", "state": "ALERT_STATE_RAISED" }] }
today 2017-03-12
given personnel.HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-12" }
then GetAlert { "alert_id": "overdue:staffing:st-1:2017-03-02" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "raised_on": "2017-03-02", "cleared_on": "2017-03-12" } }
then GetAlert { "alert_id": "upcoming:reservation:po-2" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "raised_on": "2017-03-12", "cleared_on": "2017-03-12" } }
today 2017-04-10
given RecordWork { "rows": [
	{ "record_id": "r1", "posting_id": "po-1", "worked_on": "2017-04-05",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 60 },
	{ "record_id": "r2", "posting_id": "po-1", "worked_on": "2017-04-06",
	  "method": "WORK_METHOD_CASE", "professional": true, "minutes": 60 }] }
given personnel.EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-04-05", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_STAFFING", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:staffing:st-1:2017-04-05", "raised_on": "2017-04-10" }] }
then ListWorkRecords { "site_id": "st-1", "orphaned": true } gives { "records": [{ "record_id": "r2" }] }

story A change that waits is alerted before it lapses, and no more once it has (rule B26)
include ../stations/planning.inc
as province
then ListObligations { "subject_id": "ch1" } gives { "obligations": [
	{ "obligation_id": "change:ch1:2022-09-11", "kind": "OBLIGATION_KIND_CHANGE_DECISION",
	  "state": "OBLIGATION_STATE_DUE", "project_id": "pr-s1-ag-1", "agency_id": "ag-1",
	  "due_by": "2022-09-11", "alert_by": "2022-09-04" }] }
today 2022-09-05
then ListAlerts { "subject_id": "ch1" } gives { "alerts": [
	{ "alert_id": "upcoming:change:ch1:2022-09-11", "state": "ALERT_STATE_RAISED",
	  "raised_on": "2022-09-04" }] }
today 2022-09-12
then ListAlerts { "subject_id": "ch1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [] }
then GetAlert { "alert_id": "overdue:change:ch1:2022-09-11" } gives { "alert": {
	"raised_on": "2022-09-12", "cleared_on": "2022-09-12" } }
then GetObligation { "obligation_id": "change:ch1:2022-09-11" } gives { "obligation": {
	"state": "OBLIGATION_STATE_VOID" } }

story A change that is decided or taken back waits no more (rule B26)
include ../stations/planning.inc
today 2022-09-05
as county 533102
given stations.ReturnChange { "change_id": "ch1", "note": "Which harvest?" }
as province
then GetObligation { "obligation_id": "change:ch1:2022-09-11" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-09-05", "late": false } }
as agency ag-1
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "The harvest comes first",
	"alteration": { "schedule": "From November on" } }
given stations.SubmitChange { "change_id": "ch1" }
as province
then ListObligations { "subject_id": "ch1", "state": "OBLIGATION_STATE_DUE" } gives { "obligations": [
	{ "obligation_id": "change:ch1:2022-09-15" }] }
as agency ag-1
given stations.WithdrawChange { "change_id": "ch1", "note": "Not needed any more" }
then GetObligation { "obligation_id": "change:ch1:2022-09-15" } gives { "obligation": {
	"state": "OBLIGATION_STATE_VOID" } }

story A change that is written anew while it waits is not waited for meanwhile (rule B26)
include ../stations/planning.inc
as agency ag-1
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "The harvest comes first",
	"alteration": { "schedule": "From November on" } }
then GetObligation { "obligation_id": "change:ch1:2022-09-11" } gives { "obligation": {
	"state": "OBLIGATION_STATE_VOID" } }
given stations.SubmitChange { "change_id": "ch1" }
then ListObligations { "subject_id": "ch1", "state": "OBLIGATION_STATE_DUE" } gives { "obligations": [
	{ "obligation_id": "change:ch1:2022-09-11.2", "due_by": "2022-09-11" }] }
today 2022-09-04
as county 533102
given stations.ReturnChange { "change_id": "ch1", "note": "Which harvest?" }
then ListObligations { "subject_id": "ch1", "state": "OBLIGATION_STATE_DUE" } gives { "obligations": [] }
as agency ag-1
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "That of the maize",
	"alteration": { "schedule": "From December on" } }
given stations.SubmitChange { "change_id": "ch1" }
as county 533102
given stations.ReturnChange { "change_id": "ch1", "note": "From which day?" }
as agency ag-1
given stations.EditChange {
	"change_id": "ch1", "baseline_version": 1, "reason": "That of the maize",
	"alteration": { "schedule": "From 1 December on" } }
given stations.SubmitChange { "change_id": "ch1" }
then ListObligations { "subject_id": "ch1", "state": "OBLIGATION_STATE_DUE" } gives { "obligations": [
	{ "obligation_id": "change:ch1:2022-09-14.2", "due_by": "2022-09-14" }] }

story A registration that is not renewed in time is alerted from the day on which it can be until it is
include ../personnel/registered.inc
today 2025-01-31
as province
then ListAlerts { "subject_id": "re1" } gives { "alerts": [
	{ "alert_id": "upcoming:registration:re1", "state": "ALERT_STATE_RAISED", "raised_on": "2025-01-30",
	  "due_by": "2025-04-30", "agency_id": "ag-1", "region_code": "5301" }] }
today 2025-05-02
then ListAlerts { "subject_id": "re1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:registration:re1", "raised_on": "2025-05-01" }] }
given personnel.RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1b", "renewed_on": "2025-05-02" }
then GetAlert { "alert_id": "overdue:registration:re1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2025-05-02" } }
then GetObligation { "obligation_id": "registration:re1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "late": true, "met_by_id": "re1b" } }

story A registration that is entered late is alerted as it stands that day
include ../personnel/registered.inc
given personnel.RecordRegistration {
	"registration_id": "re2", "person_id": "p2", "registered_on": "2019-06-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c2" }
as province
then ListAlerts { "subject_id": "re2" } gives { "alerts": [
	{ "alert_id": "upcoming:registration:re2", "due_by": "2022-05-31" }] }
then ListAlerts { "subject_id": "re1" } gives { "alerts": [] }

story What a result asks to be put right is alerted on the day after its date, and again where it is given back
include ../supervision/strict.inc
include ../supervision/medium.inc
as province
then GetObligation { "obligation_id": "rectification:r1:pr-s1-ag-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_DUE", "due_by": "2022-05-30", "project_id": "pr-s1-ag-1" } }
today 2022-05-31
then ListAlerts { "subject_id": "r1:pr-s1-ag-1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:rectification:r1:pr-s1-ag-1", "raised_on": "2022-05-31" }] }
as agency ag-1
given supervision.SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-31" }
then GetAlert { "alert_id": "overdue:rectification:r1:pr-s1-ag-1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED" } }
as province
given supervision.ReturnRectification { "rectification_id": "r1:pr-s1-ag-1", "reason": "R" }
then ListAlerts { "subject_id": "r1:pr-s1-ag-1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:rectification:r1:pr-s1-ag-1:2022-05-31", "due_by": "2022-05-30" }] }
as agency ag-1
given supervision.SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-31" }
then ListAlerts { "subject_id": "r1:pr-s1-ag-1", "state": "ALERT_STATE_RAISED" } gives { "alerts": [] }

story What is given back twice on one day is waited for again each time
include ../supervision/strict.inc
include ../supervision/medium.inc
today 2022-05-25
as agency ag-1
given supervision.SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-25" }
as province
given supervision.ReturnRectification { "rectification_id": "r1:pr-s1-ag-1", "reason": "R" }
as agency ag-1
given supervision.SubmitRectification {
	"rectification_id": "r1:pr-s1-ag-1", "measures": "M", "submitted_on": "2022-05-25" }
as province
given supervision.ReturnRectification { "rectification_id": "r1:pr-s1-ag-1", "reason": "R" }
then ListObligations { "subject_id": "r1:pr-s1-ag-1", "state": "OBLIGATION_STATE_DUE" } gives { "obligations": [
	{ "obligation_id": "rectification:r1:pr-s1-ag-1:2022-05-25.2", "due_by": "2022-05-30" }] }

story A station that loses its people twice on one day is alerted again (rule A3)
include ../stations/opened.inc
as town 441900003
given stations.ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given stations.ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given personnel.RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
given personnel.RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2016-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
given personnel.RegisterWorker {
	"person_id": "w3", "work_name": "W3", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2016-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000003" }
today 2017-03-10
given personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-10" }
given personnel.HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-10" }
today 2017-04-10
given stations.ReservePost { "posting_id": "po-3", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given personnel.EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-04-10", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_STAFFING", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:staffing:st-1:2017-04-10" }] }
given personnel.HireDirect {
	"employment_id": "em-3", "person_id": "w3", "posting_id": "po-3", "employer_code": "441900003",
	"hired_on": "2017-04-10" }
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_STAFFING", "state": "ALERT_STATE_RAISED" } gives { "alerts": [] }
given personnel.EndEmployment {
	"employment_id": "em-3", "ended_on": "2017-04-10", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_STAFFING", "state": "ALERT_STATE_RAISED" } gives { "alerts": [
	{ "alert_id": "overdue:staffing:st-1:2017-04-10.2", "raised_on": "2017-04-10" }] }

story A station without a supervisor is alerted after the days of the rules, until it has one (rule A5)
include ../supervision/double.inc
as province region 44
then GetObligation { "obligation_id": "supervisor:st-1:2017-03-02" } gives { "obligation": {
	"kind": "OBLIGATION_KIND_SUPERVISOR", "state": "OBLIGATION_STATE_DUE", "due_by": "2017-03-11",
	"region_code": "441900003", "site_id": "st-1" } }
today 2017-03-12
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_SUPERVISOR", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "alert_id": "overdue:supervisor:st-1:2017-03-02", "raised_on": "2017-03-12" },
	{ "alert_id": "overdue:supervisor:st-2:2017-03-02", "raised_on": "2017-03-12" }] }
then GetOverview { "programme_year_id": "dh" } gives { "stations": {
	"stations": 2, "open": 2, "without_supervisor": 2 } }
as project-office region 44
given supervision.ProposeAssignment {
	"assignment_id": "as-1", "supervisor_id": "sv1", "station_id": "st-1",
	"proposed_on": "2017-03-12" }
given supervision.ActivateAssignment { "assignment_id": "as-1", "active_on": "2017-03-12" }
then GetAlert { "alert_id": "overdue:supervisor:st-1:2017-03-02" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2017-03-12" } }
given personnel.RevokeSupervisor { "supervisor_id": "sv1", "ended_on": "2017-03-12", "reason": "He left." }
as province region 44
then GetObligation { "obligation_id": "supervisor:st-1:2017-03-12" } gives { "obligation": {
	"state": "OBLIGATION_STATE_DUE", "due_by": "2017-03-21" } }
given stations.CloseStation { "station_id": "st-1", "closed_on": "2017-03-12", "note": "N" }
then GetObligation { "obligation_id": "supervisor:st-1:2017-03-12" } gives { "obligation": {
	"state": "OBLIGATION_STATE_VOID" } }

story A session's record that is not acknowledged in time is alerted, until it is
include ../supervision/recorded.inc
as province region 44
then GetObligation { "obligation_id": "acknowledgement:se-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_DUE", "due_by": "2017-03-17", "site_id": "st-1" } }
today 2017-03-18
then ListAlerts { "subject_id": "se-1", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "alert_id": "overdue:acknowledgement:se-1", "state": "ALERT_STATE_RAISED", "raised_on": "2017-03-18" }] }
as town 441900003
given supervision.AcknowledgeSession { "session_id": "se-1", "acknowledged_on": "2017-03-18" }
then GetAlert { "alert_id": "overdue:acknowledgement:se-1" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2017-03-18" } }
then GetObligation { "obligation_id": "acknowledgement:se-1" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "late": true } }

story A period without an entry about a project is alerted, and one with an entry is not (rule B28)
include ../supervision/setup.inc
include ../supervision/monitored.inc
as province
then GetObligation { "obligation_id": "monitoring:pr-s1-ag-1:2022Q3" } gives { "obligation": {
	"state": "OBLIGATION_STATE_MET", "met_on": "2022-09-19", "met_by_id": "m1", "late": false } }
today 2022-10-11
then ListAlerts { "obligation_kind": "OBLIGATION_KIND_MONITORING", "kind": "ALERT_KIND_OVERDUE" } gives { "alerts": [
	{ "alert_id": "overdue:monitoring:pr-s2-ag-2:2022Q3", "raised_on": "2022-10-11" }] }
as county 533122
given supervision.RecordMonitoring {
	"entry_id": "m2", "project_id": "pr-s2-ag-2", "period": "2022Q3",
	"progress": "PROGRESS_AS_PLANNED", "observation": "O", "observed_on": "2022-10-11" }
then GetAlert { "alert_id": "overdue:monitoring:pr-s2-ag-2:2022Q3" } gives { "alert": {
	"state": "ALERT_STATE_CLEARED", "cleared_on": "2022-10-11" } }
