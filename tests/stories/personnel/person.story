story An agency registers its people without an identity number
include setup.inc
as agency ag-2
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-2", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SENIOR", "social_work_degree": true,
	"practising_from": "2010-09-01", "identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
then accepted
then event PersonRegistered {
	"person": { "person_id": "p7", "region_code": "53", "registered_on": "2022-05-01",
		"certificate": "CERTIFICATE_LEVEL_SENIOR", "social_work_degree": true, "synthetic": true } }
then GetPerson { "person_id": "p7" } gives { "person": { "work_name": "P7", "revision": "1" } }
then ListPeople { "agency_id": "ag-2" } gives {
	"people": [{ "person_id": "p5" }, { "person_id": "p6" }, { "person_id": "p7" }] }

story A person belongs to an agency that there is
include setup.inc
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-9",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
then refused AGENCY_UNKNOWN ag-9

story An agency registers nobody for another agency
include setup.inc
as agency ag-1
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-2",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
then refused NOT_FOUND ag-2

story A person is not registered again under the same identifier
include setup.inc
when RegisterPerson {
	"person_id": "p1", "work_name": "P1", "agency_id": "ag-1",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
then refused PERSON_EXISTS p1

story The same human being is not registered twice
include setup.inc
as agency ag-2
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-2",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
then refused IDENTITY_TAKEN p7

story A hash of an identity is 64 characters of 0-9 a-f
include setup.inc
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_hash": "000000000000000000000000000000000000000000000000000000000000007" }
then refused FIELD_INVALID identity_hash
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_hash": "000000000000000000000000000000000000000000000000000000000000007A" }
then refused FIELD_INVALID identity_hash

story Another province's agency does not exist for a province
include setup.inc
as prefecture 5331
then GetPerson { "person_id": "p1" } refused NOT_FOUND p1
as province
then GetPerson { "person_id": "p1" } gives { "person": { "region_code": "5301" } }

story A dashboard does not look at people
include setup.inc
as dashboard
then GetPerson { "person_id": "p1" } refused NOT_FOUND p1
then ListPeople {} gives {}

story Who is no officer sees himself only
include setup.inc
as worker p1 ag-1 53
then GetPerson { "person_id": "p1" } gives { "person": { "person_id": "p1" } }
then GetPerson { "person_id": "p2" } refused NOT_FOUND p2
then ListPeople {} gives { "people": [{ "person_id": "p1" }] }

story A person moves to another agency
include setup.inc
when MovePerson { "person_id": "p1", "agency_id": "ag-2" }
then event PersonMoved { "person": { "agency_id": "ag-2", "region_code": "53", "revision": "2" } }

story A person does not move to where the person is, nor to nowhere
include setup.inc
when MovePerson { "person_id": "p1", "agency_id": "ag-1" }
then refused ALREADY_OF_AGENCY p1
when MovePerson { "person_id": "p1", "agency_id": "ag-9" }
then refused AGENCY_UNKNOWN ag-9
when MovePerson { "person_id": "p9", "agency_id": "ag-1" }
then refused NOT_FOUND p9
when MovePerson { "person_id": "p1", "agency_id": "ag-2", "expected_revision": "7" }
then refused STALE_REVISION p1

story A new certificate is recorded
include setup.inc
as agency ag-1
when RecordQualification { "person_id": "p1", "certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER" }
then event QualificationRecorded { "person": { "certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER" } }

story An agency records no certificate of another agency's people
include setup.inc
as agency ag-1
when RecordQualification { "person_id": "p5", "certificate": "CERTIFICATE_LEVEL_SENIOR" }
then refused NOT_FOUND p5
when RecordQualification {
	"person_id": "p1", "certificate": "CERTIFICATE_LEVEL_SENIOR", "expected_revision": "7" }
then refused STALE_REVISION p1

story A province does not touch another province's agencies
include setup.inc
as province region 44
given RegisterAgency {
	"agency_id": "ag-44", "name_zh": "外省社", "credit_code": "52440000MJ0000001N", "region_code": "44" }
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1",
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
then refused AGENCY_UNKNOWN ag-1
when SuspendAgency { "agency_id": "ag-1", "suspended_on": "2022-05-01", "reason": "R" }
then refused NOT_FOUND ag-1
as province
when MovePerson { "person_id": "p1", "agency_id": "ag-44" }
then refused AGENCY_UNKNOWN ag-44

story A worker of a station is registered by the town, as nobody's employee yet
today 2017-03-01
as town 441900003
when RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
then accepted
then event PersonRegistered { "person": {
	"person_id": "w1", "agency_id": "", "region_code": "441900003", "registered_on": "2017-03-01" } }
then GetPerson { "person_id": "w1" } gives { "person": { "work_name": "W1" } }
when RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
then refused IDENTITY_TAKEN w2
when RegisterWorker {
	"person_id": "w1", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
then refused PERSON_EXISTS w1
when RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900004", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
then refused NOT_FOUND 441900004
as province region 44
when RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "4419", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
then refused FIELD_INVALID region_code
when RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "2" }
then refused FIELD_INVALID identity_hash

story A person does not move while he is in post, or is to be (rule B21)
include started.inc
as province
when MovePerson { "person_id": "p1", "agency_id": "ag-2" }
then refused PERSON_IN_POST p1
as county 533102
given stations.EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-01", "end_reason": "END_REASON_RESIGNED" }
as province
when MovePerson { "person_id": "p1", "agency_id": "ag-2" }
then accepted

story Who works for an agency records no certificate of his own with another
include setup.inc
as agency ag-2 person p1
then GetPerson { "person_id": "p1" } gives { "person": { "agency_id": "ag-1" } }
when RecordQualification { "person_id": "p1", "certificate": "CERTIFICATE_LEVEL_SENIOR" }
then refused NOT_FOUND p1
