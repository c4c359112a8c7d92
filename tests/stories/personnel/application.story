story An agency applies for a site and names its people (rule B2)
include setup.inc
today 2022-05-03
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-02", "title": "For Ruili", "needs": "N", "plan": "P",
	"budget": [{ "source": "central", "category": "WORK_ALLOWANCE", "amount_fen": 4000000 }],
	"nominees": [{ "person_id": "p1", "team_lead": true, "duties": "D" }, { "person_id": "p2" }] }
then accepted
then event ApplicationSubmitted {
	"application": {
		"application_id": "a1", "call_id": "c1", "programme_year_id": "ty-2022",
		"agency_id": "ag-1", "region_code": "533102", "site_id": "s-ruili",
		"state": "APPLICATION_STATE_SUBMITTED", "nominees": 2, "submitted_on": "2022-05-02",
		"title": "For Ruili", "needs": "N", "plan": "P", "version": 1,
		"budget": [{ "source": "central", "amount_fen": "4000000" }] },
	"nominees": [
		{ "nominee_id": "a1-1", "application_id": "a1", "call_id": "c1",
		  "programme_year_id": "ty-2022", "agency_id": "ag-1", "person_id": "p1",
		  "site_id": "s-ruili", "state": "NOMINEE_STATE_NOMINATED", "region_code": "533102",
		  "certificate": "CERTIFICATE_LEVEL_ASSISTANT", "experience_years": 3,
		  "team_lead": true, "duties": "D" },
		{ "nominee_id": "a1-2", "person_id": "p2", "team_lead": false }],
	"applicants": [
		{ "applicant_id": "agency:a1", "kind": "APPLICANT_KIND_AGENCY", "agency_id": "ag-1",
		  "programme_year_id": "ty-2022", "first_applied_on": "2022-05-02", "region_code": "53" },
		{ "applicant_id": "person:a1-1", "kind": "APPLICANT_KIND_PERSON", "person_id": "p1" },
		{ "applicant_id": "person:a1-2", "person_id": "p2", "agency_id": "ag-1" }] }
then GetApplication { "application_id": "a1" } gives { "application": { "revision": "1" } }
then ListApplications { "call_id": "c1", "state": "APPLICATION_STATE_SUBMITTED" } gives {
	"applications": [{ "application_id": "a1" }] }
then GetNominee { "nominee_id": "a1-2" } gives { "nominee": { "person_id": "p2" } }
then ListNominees { "application_id": "a1" } gives {
	"nominees": [{ "person_id": "p1" }, { "person_id": "p2" }] }
as agency ag-2
then GetApplication { "application_id": "a1" } refused NOT_FOUND a1
then ListNominees { "application_id": "a1" } gives { "nominees": [] }

story An application is handed in once
include setup.inc
include submitted.inc
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused APPLICATION_EXISTS a1

story An application's identifier leaves room for its nominees'
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused FIELD_INVALID application_id
when SubmitApplication {
	"application_id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then accepted

story An agency applies for itself only
include setup.inc
as agency ag-2
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused NOT_FOUND ag-1
as province
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused CALLER_NOT_ALLOWED

story An application answers a call that there is (rule B1)
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c9", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused CALL_UNKNOWN c9

story An application from before the call is refused (rule B1)
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-04-30", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused CALL_NOT_YET_OPEN c1

story An application after the closing date is refused (rule B1)
include setup.inc
today 2022-06-01
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-06-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused CALL_CLOSED c1
then no event

story An application of the last day is in time, also when it is entered later (rule B1)
include setup.inc
today 2022-06-02
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-31", "title": "T", "nominees": [{ "person_id": "p1" }] }
then accepted

story A call that was closed early takes no more applications (rule B1)
include setup.inc
given CloseCall { "call_id": "c1" }
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused CALL_CLOSED c1

story An agency that nobody registered does not apply
include setup.inc
as agency ag-9
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-9", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused AGENCY_UNKNOWN ag-9

story A suspended agency does not apply
include setup.inc
given SuspendAgency { "agency_id": "ag-1", "suspended_on": "2022-05-01", "reason": "R" }
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused AGENCY_SUSPENDED ag-1

story An application is for one of the call's sites
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-9",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused SITE_NOT_IN_CALL s-9

story An application names somebody (rule B2)
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [] }
then refused NOBODY_NOMINATED a1

story An application names at most 200 people
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }, { "person_id": "p1" }] }
then refused FIELD_INVALID nominees

story An application names people who are registered
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }, { "person_id": "p9" }] }
then refused PERSON_UNKNOWN p9

story An agency names its own people (rule B2)
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }, { "person_id": "p5" }] }
then refused PERSON_OF_OTHER_AGENCY p5

story Nobody is named twice in an application
include setup.inc
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p1" }, { "person_id": "p2" }, { "person_id": "p1" }] }
then refused NAMED_TWICE p1

story A nominee holds a certificate or a degree in social work
include setup.inc
given RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p7" }] }
then refused PERSON_NOT_QUALIFIED p7
given RecordQualification {
	"person_id": "p7", "certificate": "CERTIFICATE_LEVEL_NONE", "social_work_degree": true }
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-01", "title": "T", "nominees": [{ "person_id": "p7" }] }
then accepted

story A nominee has practised a full year on the day of application
include setup.inc
given RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1",
	"certificate": "CERTIFICATE_LEVEL_SENIOR", "practising_from": "2021-05-03",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
today 2022-05-03
as agency ag-1
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-02", "title": "T", "nominees": [{ "person_id": "p7" }] }
then refused EXPERIENCE_TOO_SHORT p7
when SubmitApplication {
	"application_id": "a1", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p7" }] }
then event ApplicationSubmitted { "nominees": [{ "experience_years": 1 }] }

story Two agencies do not name the same person in a year (rule B2)
include setup.inc
include submitted.inc
as province
given MovePerson { "person_id": "p1", "agency_id": "ag-2" }
as agency ag-2
when SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-2", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused NAMED_BY_OTHER_AGENCY p1

story A person whose application was withdrawn may be named by another agency
include setup.inc
include submitted.inc
given WithdrawApplication { "application_id": "a1", "reason": "R" }
as province
given MovePerson { "person_id": "p1", "agency_id": "ag-2" }
as agency ag-2
when SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-2", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then accepted

story An agency withdraws its application before the decision
include setup.inc
include submitted.inc
when WithdrawApplication { "application_id": "a1", "reason": "We are too few", "expected_revision": "1" }
then event ApplicationWithdrawn {
	"application": { "state": "APPLICATION_STATE_WITHDRAWN", "reason": "We are too few" },
	"nominees": [
		{ "person_id": "p1", "state": "NOMINEE_STATE_WITHDRAWN" },
		{ "person_id": "p2", "state": "NOMINEE_STATE_WITHDRAWN" }] }
when WithdrawApplication { "application_id": "a1", "reason": "Again" }
then refused APPLICATION_DECIDED a1

story An agency withdraws its own applications only, as it has read them
include setup.inc
include submitted.inc
when WithdrawApplication { "application_id": "a1", "reason": "R", "expected_revision": "7" }
then refused STALE_REVISION a1
as agency ag-2
when WithdrawApplication { "application_id": "a1", "reason": "R" }
then refused NOT_FOUND a1

story An application is reviewed and then accepted
include setup.inc
include submitted.inc
as province person p-reviewer
when ReviewApplication { "application_id": "a1", "review": "Sound", "expected_revision": "1" }
then event ApplicationReviewed {
	"application": { "state": "APPLICATION_STATE_UNDER_REVIEW", "review": "Sound", "reviewed_by": "p-reviewer" } }
as province
when DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-03",
	"expected_revision": "2" }
then event ApplicationAccepted {
	"application": { "state": "APPLICATION_STATE_ACCEPTED", "decided_on": "2022-05-03", "decided_by": "p-province" },
	"nominees": [
		{ "person_id": "p1", "state": "NOMINEE_STATE_ACCEPTED" },
		{ "person_id": "p2", "state": "NOMINEE_STATE_ACCEPTED" }] }

story A rejection has its reason
include setup.inc
include submitted.inc
as province
given ReviewApplication { "application_id": "a1" }
when DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_REJECT", "decided_on": "2022-05-03" }
then refused FIELD_INVALID reason
when DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_REJECT", "decided_on": "2022-05-03",
	"reason": "No needs were found" }
then event ApplicationRejected {
	"application": { "state": "APPLICATION_STATE_REJECTED", "reason": "No needs were found" },
	"nominees": [
		{ "person_id": "p1", "state": "NOMINEE_STATE_REJECTED" },
		{ "person_id": "p2", "state": "NOMINEE_STATE_REJECTED" }] }

story An application is not decided before it is reviewed
include setup.inc
include submitted.inc
as province
when DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-03" }
then refused APPLICATION_NOT_REVIEWED a1

story A decision is not dated before the application
include setup.inc
include submitted.inc
as province
given ReviewApplication { "application_id": "a1" }
when DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-02" }
then refused DECISION_BEFORE_SUBMISSION a1

story What is decided stays decided
include setup.inc
include submitted.inc
as province
given ReviewApplication { "application_id": "a1" }
given DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-03" }
when DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_REJECT", "decided_on": "2022-05-03", "reason": "R" }
then refused APPLICATION_DECIDED a1
when ReviewApplication { "application_id": "a1" }
then refused APPLICATION_DECIDED a1
when ReturnApplication { "application_id": "a1", "reason": "R" }
then refused APPLICATION_DECIDED a1
as agency ag-1
when WithdrawApplication { "application_id": "a1", "reason": "R" }
then refused APPLICATION_DECIDED a1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused APPLICATION_NOT_RETURNED a1

story An application is reviewed once
include setup.inc
include submitted.inc
as province
given ReviewApplication { "application_id": "a1" }
when ReviewApplication { "application_id": "a1" }
then refused APPLICATION_NOT_SUBMITTED a1

story Who has read an old state does not judge an application by it
include setup.inc
include submitted.inc
as province
when ReviewApplication { "application_id": "a1", "expected_revision": "7" }
then refused STALE_REVISION a1
when ReturnApplication { "application_id": "a1", "reason": "R", "expected_revision": "7" }
then refused STALE_REVISION a1
when DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-03",
	"expected_revision": "7" }
then refused STALE_REVISION a1

story An application that is not there is not judged
include setup.inc
when ReviewApplication { "application_id": "a9" }
then refused NOT_FOUND a9
when ReturnApplication { "application_id": "a9", "reason": "R" }
then refused NOT_FOUND a9
when DecideApplication {
	"application_id": "a9", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-01" }
then refused NOT_FOUND a9

story A returned application comes back as a new version with other people
include setup.inc
include submitted.inc
as province
when ReturnApplication { "application_id": "a1", "reason": "The plan is thin", "expected_revision": "1" }
then event ApplicationReturned {
	"application": { "state": "APPLICATION_STATE_RETURNED", "reason": "The plan is thin" } }
when ReturnApplication { "application_id": "a1", "reason": "Again" }
then refused APPLICATION_NOT_SUBMITTED a1
today 2022-05-05
as agency ag-1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-05", "title": "T", "plan": "A thicker plan", "expected_revision": "2", "nominees": [{ "person_id": "p1" }, { "person_id": "p3" }] }
then event ApplicationResubmitted {
	"application": {
		"state": "APPLICATION_STATE_SUBMITTED", "version": 2, "nominees": 2, "plan": "A thicker plan",
		"submitted_on": "2022-05-03", "resubmitted_on": "2022-05-05" },
	"nominees": [
		{ "nominee_id": "a1-1", "person_id": "p1", "state": "NOMINEE_STATE_NOMINATED" },
		{ "nominee_id": "a1-3", "person_id": "p3", "state": "NOMINEE_STATE_NOMINATED" },
		{ "nominee_id": "a1-2", "person_id": "p2", "state": "NOMINEE_STATE_WITHDRAWN" }],
	"applicants": [{ "person_id": "p3", "first_applied_on": "2022-05-05" }] }

story Who was left out may be named again
include setup.inc
include submitted.inc
as province
given ReturnApplication { "application_id": "a1", "reason": "The plan is thin" }
as agency ag-1
given ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
as province
given ReturnApplication { "application_id": "a1", "reason": "The plan is thin" }
as agency ag-1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p2" }] }
then event ApplicationResubmitted {
	"application": { "version": 3 },
	"nominees": [
		{ "nominee_id": "a1-2", "state": "NOMINEE_STATE_NOMINATED" },
		{ "nominee_id": "a1-1", "state": "NOMINEE_STATE_WITHDRAWN" }] }

story What was not returned is not resubmitted
include setup.inc
include submitted.inc
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused APPLICATION_NOT_RETURNED a1

story A resubmission is judged like an application (rule B2)
include setup.inc
include submitted.inc
as province
given ReturnApplication { "application_id": "a1", "reason": "The plan is thin" }
as agency ag-1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [] }
then refused NOBODY_NOMINATED a1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p5" }] }
then refused PERSON_OF_OTHER_AGENCY p5
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-02", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused FIELD_INVALID resubmitted_on
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "expected_revision": "7", "nominees": [{ "person_id": "p1" }] }
then refused STALE_REVISION a1
as agency ag-2
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused NOT_FOUND a1

story A suspended agency does not resubmit
include setup.inc
include submitted.inc
as province
given ReturnApplication { "application_id": "a1", "reason": "The plan is thin" }
given SuspendAgency { "agency_id": "ag-1", "suspended_on": "2022-05-03", "reason": "R" }
as agency ag-1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused AGENCY_SUSPENDED ag-1

story After the closing date an application is mended, but nobody is added (rule B1)
include setup.inc
include submitted.inc
as province
given ReturnApplication { "application_id": "a1", "reason": "The plan is thin" }
today 2022-06-02
as agency ag-1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-06-02", "title": "T", "nominees": [{ "person_id": "p1" }, { "person_id": "p3" }] }
then refused NOMINEE_AFTER_CLOSING p3
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-06-02", "title": "T", "nominees": [{ "person_id": "p1" }] }
then accepted

story A budget's source and category are words, and duties are short
include setup.inc
include submitted.inc
when SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }],
	"budget": [{ "source": "central", "amount_fen": 1 }] }
then refused FIELD_INVALID budget
when SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }],
	"budget": [{ "source": "the centre", "category": "TRAINING", "amount_fen": 1 }] }
then refused FIELD_INVALID budget
when SubmitApplication {
	"application_id": "a2", "call_id": "c1", "agency_id": "ag-1", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T",
	"nominees": [{ "person_id": "p1", "duties": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" }] }
then refused FIELD_INVALID duties
as province
given ReturnApplication { "application_id": "a1", "reason": "The plan is thin" }
as agency ag-1
when ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T",
	"nominees": [{ "person_id": "p1" }], "budget": [{ "category": "TRAINING", "amount_fen": 1 }] }
then refused FIELD_INVALID budget
