story An entrustment is in force when department and office have signed (rule A7)
include double.inc
given SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-01" }
when DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-03-01",
	"in_force_until": "2017-06-30", "document_no": "E1", "tasks": "T" }
then accepted
then event EntrustmentDrafted { "entrustment": {
	"programme_year_id": "dh", "region_code": "44", "state": "AGREEMENT_STATE_DRAFT" } }
when SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-01" }
then accepted
then event EntrustmentSigned { "entrustment": { "state": "AGREEMENT_STATE_SIGNING" } }
as project-office region 44
when SignEntrustment {
	"entrustment_id": "en", "party": "office", "signed_on": "2017-03-01", "expected_revision": "2" }
then accepted
then event EntrustmentInForce { "entrustment": {
	"state": "AGREEMENT_STATE_IN_FORCE",
	"signatures": [{ "party": "department", "signed_by": "p-province" },
		       { "party": "office", "signed_by": "p-project-office" }] } }
then GetEntrustment { "entrustment_id": "en" } gives { "entrustment": { "in_force_until": "2017-06-30" } }
then ListEntrustments { "programme_year_id": "dh", "state": "AGREEMENT_STATE_IN_FORCE" } gives {
	"entrustments": [{ "entrustment_id": "en" }] }

story The office does not act before its entrustment is signed by both (rule A7)
include double.inc
given SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-01" }
given DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-03-01",
	"in_force_until": "2017-06-30", "document_no": "E1", "tasks": "T" }
given SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-01" }
as project-office region 44
when OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-03-01" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7

story The office does not act before the first day of its entrustment (rule A7)
include double.inc
given SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-01" }
given DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-03-02",
	"in_force_until": "2017-06-30", "document_no": "E1", "tasks": "T" }
given SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-01" }
as project-office region 44
given SignEntrustment { "entrustment_id": "en", "party": "office", "signed_on": "2017-03-01" }
when OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-03-01" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7

story The office acts on the last day of its entrustment, and not on the next (rule A7)
include entrusted.inc
today 2017-06-30
as project-office region 44
when OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-06-30" }
then accepted
today 2017-07-01
then GetEntrustment { "entrustment_id": "en" } gives { "entrustment": { "state": "AGREEMENT_STATE_EXPIRED" } }
when OpenCentre {
	"centre_id": "ce-mz", "programme_year_id": "dh", "region_code": "4414", "name_en": "Centre",
	"name_zh": "梅州中心", "opened_on": "2017-07-01" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7

story An entrustment that ends before its time ends the office's acts (rule A7)
include entrusted.inc
as province region 44
when TerminateEntrustment { "entrustment_id": "en", "ended_on": "2017-03-02", "note": "Another body" }
then accepted
then event EntrustmentTerminated { "entrustment": {
	"state": "AGREEMENT_STATE_TERMINATED", "ended_on": "2017-03-02", "end_note": "Another body" } }
as project-office region 44
when OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-03-02" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7

story Only what is in force is ended
include entrusted.inc
as province region 44
given TerminateEntrustment { "entrustment_id": "en", "ended_on": "2017-03-02", "note": "Another body" }
when TerminateEntrustment { "entrustment_id": "en", "ended_on": "2017-03-02", "note": "Another body" }
then refused ENTRUSTMENT_NOT_IN_FORCE en

story An entrustment is drafted once
include entrusted.inc
as province region 44
when DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-07-01",
	"in_force_until": "2017-12-31", "document_no": "E2" }
then refused ENTRUSTMENT_EXISTS en

story An entrustment does not end before it begins
include entrusted.inc
as province region 44
when DraftEntrustment {
	"entrustment_id": "en-2", "office_id": "of", "in_force_from": "2017-07-01",
	"in_force_until": "2017-06-30", "document_no": "E2" }
then refused FIELD_INVALID in_force_until

story An office that is not there is not entrusted
include double.inc
when DraftEntrustment {
	"entrustment_id": "en-2", "office_id": "of-9", "in_force_from": "2017-07-01",
	"in_force_until": "2017-07-30", "document_no": "E2" }
then refused NOT_FOUND of-9

story Each signs once
include double.inc
given SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-01" }
given DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-03-02",
	"in_force_until": "2017-06-30", "document_no": "E1" }
given SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-01" }
as province region 44 person p-other
when SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-01" }
then refused ENTRUSTMENT_PARTY_HAS_SIGNED department

story Nobody signs for both
include double.inc
given SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-01" }
given DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-03-02",
	"in_force_until": "2017-06-30", "document_no": "E1" }
given SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-01" }
as project-office region 44 person p-province
when SignEntrustment { "entrustment_id": "en", "party": "office", "signed_on": "2017-03-01" }
then refused ENTRUSTMENT_SIGNER_OF_OTHER_PARTY p-province

story The department does not sign for the office
include double.inc
given SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-01" }
given DraftEntrustment {
	"entrustment_id": "en", "office_id": "of", "in_force_from": "2017-03-02",
	"in_force_until": "2017-06-30", "document_no": "E1" }
when SignEntrustment { "entrustment_id": "en", "party": "office", "signed_on": "2017-03-01" }
then refused ENTRUSTMENT_SIGNER_NOT_OF_PARTY office
when SignEntrustment { "entrustment_id": "en", "party": "agency", "signed_on": "2017-03-01" }
then refused FIELD_INVALID party

story What both have signed is not signed again
include entrusted.inc
as province region 44 person p-other
when SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-02" }
then refused ENTRUSTMENT_NOT_PENDING en

story Who has read an older entrustment reads again
include entrusted.inc
as province region 44
when TerminateEntrustment {
	"entrustment_id": "en", "ended_on": "2017-03-02", "note": "N", "expected_revision": "1" }
then refused STALE_REVISION en
when SignEntrustment {
	"entrustment_id": "en", "party": "department", "signed_on": "2017-03-02", "expected_revision": "1" }
then refused STALE_REVISION en

story Another province's entrustment does not exist
include entrusted.inc
as province region 53
when TerminateEntrustment { "entrustment_id": "en", "ended_on": "2017-03-02", "note": "N" }
then refused NOT_FOUND en
when SignEntrustment { "entrustment_id": "en", "party": "department", "signed_on": "2017-03-02" }
then refused NOT_FOUND en
when DraftEntrustment {
	"entrustment_id": "en-2", "office_id": "of", "in_force_from": "2017-07-01",
	"in_force_until": "2017-07-30", "document_no": "E2" }
then refused NOT_FOUND of
