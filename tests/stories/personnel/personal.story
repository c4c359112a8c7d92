# Nobody has the identity numbers of these stories: there is no region 9901.

story Who a person is, is stored sealed, and is found again by the identity number
include setup.inc
as agency ag-1
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SENIOR", "practising_from": "2010-09-01",
	"identity_number": "990101199003070015", "phone_number": "13800000007",
	"account_number": "6200000000000000007" }
then event PersonRegistered {
	"person": { "person_id": "p7", "region_code": "5301" },
	"data": { "person_id": "p7", "region_code": "5301", "agency_id": "ag-1", "recorded_on": "2022-05-01" } }
then GetPersonData { "person_id": "p7" } gives { "data": { "revision": "1", "erased_on": "" } }
then FindPerson { "identity_number": "990101199003070015" } gives { "person": { "person_id": "p7" } }
then FindPerson { "identity_number": "990101198512240022" } gives { "person": null }
as province
then FindPerson { "identity_number": "990101199003070015" } gives { "person": { "person_id": "p7" } }
as agency ag-2
then FindPerson { "identity_number": "990101199003070015" } gives { "person": null }
then GetPersonData { "person_id": "p7" } refused NOT_FOUND p7
as dashboard
then FindPerson { "identity_number": "990101199003070015" } refused CALLER_NOT_ALLOWED

story The same identity number is nobody else's
include setup.inc
given RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_number": "990101199003070015" }
when RegisterPerson {
	"person_id": "p8", "work_name": "P8", "agency_id": "ag-2", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_number": "990101199003070015" }
then refused IDENTITY_TAKEN p8
when RecordPersonData { "person_id": "p1", "identity_number": "990101199003070015" }
then refused IDENTITY_TAKEN p1
when RecordPersonData { "person_id": "p7", "identity_number": "990101199003070015", "phone_number": "13800000007" }
then event PersonDataRecorded { "data": { "revision": "2" }, "person": null }

story A worker of a station is known by the identity number too
today 2017-03-01
as town 441900003
when RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_number": "990101199003070015" }
then event PersonRegistered { "data": { "person_id": "w1", "region_code": "441900003" } }
when RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_number": "990101199003070015" }
then refused IDENTITY_TAKEN w2
when RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01" }
then refused FIELD_INVALID identity_hash

story An identity number has its form, its date of birth and its check, and a refusal does not repeat it
include setup.inc
when RecordPersonData { "person_id": "p1", "identity_number": "990101199003070016" }
then refused FIELD_INVALID identity_number
when RecordPersonData { "person_id": "p1", "identity_number": "990101199002300017" }
then refused FIELD_INVALID identity_number
when RecordPersonData { "person_id": "p1", "identity_number": "99010119900307001" }
then refused FIELD_INVALID identity_number
when RecordPersonData { "person_id": "p1", "phone_number": "at home" }
then refused FIELD_INVALID phone_number
when RecordPersonData { "person_id": "p1", "account_number": "62-00" }
then refused FIELD_INVALID account_number
when RecordPersonData { "person_id": "p1", "identity_number": "99010119990430005X" }
then accepted

story A number and a hash of it are not given together, and nothing at all is not entered
include setup.inc
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-1", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_number": "990101199003070015",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000007" }
then refused FIELD_INVALID identity_hash
when RecordPersonData { "person_id": "p1" }
then refused FIELD_INVALID identity_number

story Data are entered for whom one acts, and not over what somebody else has entered
include setup.inc
as agency ag-2
when RecordPersonData { "person_id": "p1", "phone_number": "13800000001" }
then refused NOT_FOUND p1
as agency ag-1
when RecordPersonData { "person_id": "p1", "phone_number": "13800000001" }
then event PersonDataRecorded { "data": { "agency_id": "ag-1", "revision": "1" }, "person": null }
when RecordPersonData { "person_id": "p1", "phone_number": "13800000002", "expected_revision": "7" }
then refused STALE_REVISION p1
when RecordPersonData { "person_id": "p2", "phone_number": "13800000002", "expected_revision": "1" }
then refused STALE_REVISION p2

story Data are shown for a reason, and that stays on record
include setup.inc
given RecordPersonData {
	"person_id": "p1", "identity_number": "990101199003070015", "phone_number": "13800000001" }
as agency ag-1 person chen
when UnsealPersonData {
	"unsealing_id": "u1", "person_id": "p1", "reason": "To pay him",
	"fields": ["PERSONAL_FIELD_IDENTITY_NUMBER", "PERSONAL_FIELD_PHONE_NUMBER", "PERSONAL_FIELD_ACCOUNT_NUMBER"] }
then events PersonDataUnsealed
then event PersonDataUnsealed { "unsealing": {
	"unsealing_id": "u1", "person_id": "p1", "agency_id": "ag-1", "region_code": "5301",
	"reason": "To pay him", "unsealed_by": "chen", "account_id": "chen", "unsealed_on": "2022-05-01",
	"fields": ["PERSONAL_FIELD_IDENTITY_NUMBER", "PERSONAL_FIELD_PHONE_NUMBER", "PERSONAL_FIELD_ACCOUNT_NUMBER"] } }
when UnsealPersonData {
	"unsealing_id": "u1", "person_id": "p1", "reason": "Again", "fields": ["PERSONAL_FIELD_PHONE_NUMBER"] }
then refused UNSEALING_EXISTS u1
when UnsealPersonData {
	"unsealing_id": "u2", "person_id": "p1", "fields": ["PERSONAL_FIELD_PHONE_NUMBER"] }
then refused FIELD_REQUIRED reason
when UnsealPersonData {
	"unsealing_id": "u2", "person_id": "p1", "reason": "R", "fields": ["PERSONAL_FIELD_UNSPECIFIED"] }
then refused FIELD_INVALID fields
when UnsealPersonData {
	"unsealing_id": "u2", "person_id": "p2", "reason": "R", "fields": ["PERSONAL_FIELD_PHONE_NUMBER"] }
then refused NO_PERSON_DATA p2
as agency ag-2
when UnsealPersonData {
	"unsealing_id": "u2", "person_id": "p1", "reason": "R", "fields": ["PERSONAL_FIELD_PHONE_NUMBER"] }
then refused NOT_FOUND p1
as county 533102
when UnsealPersonData {
	"unsealing_id": "u2", "person_id": "p1", "reason": "R", "fields": ["PERSONAL_FIELD_PHONE_NUMBER"] }
then refused CALLER_NOT_ALLOWED
as auditor
then ListUnsealings { "person_id": "p1" } gives { "unsealings": [{ "unsealing_id": "u1" }] }

story A corrected number is found from then on, and the wrong one leads nowhere
include setup.inc
given RecordPersonData {
	"person_id": "p1", "identity_number": "990101199003070015", "phone_number": "13800000001" }
when RecordPersonData { "person_id": "p1", "identity_number": "990101198512240022" }
then event PersonDataRecorded { "data": { "revision": "2" }, "person": { "person_id": "p1" } }
then FindPerson { "identity_number": "990101198512240022" } gives { "person": { "person_id": "p1" } }
then FindPerson { "identity_number": "990101199003070015" } gives { "person": null }
when UnsealPersonData {
	"unsealing_id": "u1", "person_id": "p1", "reason": "R", "fields": ["PERSONAL_FIELD_PHONE_NUMBER"] }
then accepted

story Data go along when a person moves to another agency
include setup.inc
given RecordPersonData { "person_id": "p1", "phone_number": "13800000001" }
when MovePerson { "person_id": "p1", "agency_id": "ag-2" }
then event PersonMoved { "data": { "agency_id": "ag-2", "region_code": "53" } }
as agency ag-1
then GetPersonData { "person_id": "p1" } refused NOT_FOUND p1
as agency ag-2
then GetPersonData { "person_id": "p1" } gives { "data": { "person_id": "p1" } }

story Erased data are shown to nobody, and the number leads nowhere
include setup.inc
given RecordPersonData {
	"person_id": "p1", "identity_number": "990101199003070015", "phone_number": "13800000001" }
as province person deng
when ErasePersonData { "person_id": "p1", "reason": "He asked for it", "expected_revision": "7" }
then refused STALE_REVISION p1
when ErasePersonData { "person_id": "p1", "reason": "He asked for it" }
then event PersonDataErased { "data": {
	"person_id": "p1", "pseudonym": "", "sealed_identity_number": "", "sealed_phone_number": "",
	"erased_on": "2022-05-01", "erased_by": "deng", "reason": "He asked for it" } }
then FindPerson { "identity_number": "990101199003070015" } gives { "person": null }
when UnsealPersonData {
	"unsealing_id": "u1", "person_id": "p1", "reason": "R", "fields": ["PERSONAL_FIELD_PHONE_NUMBER"] }
then refused NO_PERSON_DATA p1
when ErasePersonData { "person_id": "p1", "reason": "Again" }
then refused NO_PERSON_DATA p1
when ErasePersonData { "person_id": "p2", "reason": "R" }
then refused NOT_FOUND p2
as agency ag-1
when ErasePersonData { "person_id": "p1", "reason": "R" }
then refused CALLER_NOT_ALLOWED

story Who comes again after an erasure is a new one, and data can be entered again
include setup.inc
given RecordPersonData { "person_id": "p1", "identity_number": "990101199003070015" }
given ErasePersonData { "person_id": "p1", "reason": "R" }
when RegisterPerson {
	"person_id": "p7", "work_name": "P7", "agency_id": "ag-2", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2010-09-01",
	"identity_number": "990101199003070015" }
then accepted
then FindPerson { "identity_number": "990101199003070015" } gives { "person": { "person_id": "p7" } }
when RecordPersonData { "person_id": "p1", "phone_number": "13800000001" }
then event PersonDataRecorded { "data": { "erased_on": "", "reason": "" }, "person": null }

story The province of another region erases nothing
include setup.inc
given RecordPersonData { "person_id": "p1", "phone_number": "13800000001" }
as province region 44
when ErasePersonData { "person_id": "p1", "reason": "R" }
then refused NOT_FOUND p1

story Who is in post has to be paid and reached: nothing is erased
include ../stations/started.inc
as province
given RecordPersonData { "person_id": "w1", "phone_number": "13800000001" }
when ErasePersonData { "person_id": "w1", "reason": "R" }
then refused PERSON_IN_POST w1

story Who is kept for a change keeps his data
include ../stations/replacing.inc
as province
given RecordPersonData { "person_id": "w5", "phone_number": "13800000005" }
when ErasePersonData { "person_id": "w5", "reason": "R" }
then refused PERSON_HELD w5

story Whom a town employs keeps his data until he has left
include hired.inc
as province region 44
given RecordPersonData { "person_id": "w1", "phone_number": "13800000001" }
when ErasePersonData { "person_id": "w1", "reason": "R" }
then refused PERSON_EMPLOYED w1
today 2017-03-15
as town 441900003
given EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-15", "end_reason": "EMPLOYMENT_END_RESIGNED" }
as province region 44
when ErasePersonData { "person_id": "w1", "reason": "R" }
then accepted

story A trainee is known by the identity number, which is not kept
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
include approved.inc
today 2022-06-22
as county 533102
when NominateTrainee {
	"trainee_id": "t1", "project_id": "pr-s-ruili-ag-1", "work_name": "T1", "birth_year": 1990,
	"synthetic": true, "identity_number": "990101199003070015" }
then accepted
when NominateTrainee {
	"trainee_id": "t2", "project_id": "pr-s-ruili-ag-1", "work_name": "T2", "birth_year": 1990,
	"synthetic": true, "identity_number": "990101199003070015" }
then refused TRAINEE_NAMED_TWICE t2
when NominateTrainee {
	"trainee_id": "t2", "project_id": "pr-s-ruili-ag-1", "work_name": "T2", "birth_year": 1985,
	"synthetic": true, "identity_number": "990101198512240022",
	"identity_hash": "00000000000000000000000000000000000000000000000000000000000000a2" }
then refused FIELD_INVALID identity_hash
as province
given RecordPersonData { "person_id": "p1", "identity_number": "990101198512240022" }
as county 533102
when NominateTrainee {
	"trainee_id": "t2", "project_id": "pr-s-ruili-ag-1", "work_name": "T2", "birth_year": 1985,
	"synthetic": true, "identity_number": "990101198512240022" }
then refused TRAINEE_IS_SELECTED t2
