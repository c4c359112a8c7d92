story A province says by what it registers, and may say it anew
include setup.inc
when SetRegistrationRules {
	"region_code": "53", "valid_years": 3, "expiring_days": 90, "document": "A notice",
	"needs": [{ "certificate": "CERTIFICATE_LEVEL_ASSISTANT", "hours": 72 }] }
then event RegistrationRulesSet { "rules": { "region_code": "53", "valid_years": 3 } }
when SetRegistrationRules {
	"region_code": "53", "valid_years": 2, "expiring_days": 30, "document": "Another notice",
	"expected_revision": "1" }
then accepted
then GetRegistrationRules { "region_code": "53" } gives {
	"rules": { "valid_years": 2, "needs": [], "revision": "2" } }

story What a province registers by is its own, and makes sense
include setup.inc
when SetRegistrationRules {
	"region_code": "44", "valid_years": 3, "expiring_days": 90, "document": "D" }
then refused NOT_FOUND 44
when SetRegistrationRules {
	"region_code": "5301", "valid_years": 3, "expiring_days": 90, "document": "D" }
then refused FIELD_INVALID region_code
when SetRegistrationRules {
	"region_code": "53", "valid_years": 11, "expiring_days": 90, "document": "D" }
then refused FIELD_INVALID valid_years
when SetRegistrationRules {
	"region_code": "53", "valid_years": 3, "expiring_days": 366, "document": "D" }
then refused FIELD_INVALID expiring_days
when SetRegistrationRules {
	"region_code": "53", "valid_years": 3, "expiring_days": 90, "document": "D",
	"needs": [
		{ "certificate": "CERTIFICATE_LEVEL_SENIOR", "hours": 90 },
		{ "certificate": "CERTIFICATE_LEVEL_SENIOR", "hours": 72 }] }
then refused FIELD_INVALID needs
when SetRegistrationRules {
	"region_code": "53", "valid_years": 3, "expiring_days": 90, "document": "D",
	"needs": [{ "certificate": "CERTIFICATE_LEVEL_NONE", "hours": 90 }] }
then refused FIELD_INVALID needs
when SetRegistrationRules {
	"region_code": "53", "valid_years": 3, "expiring_days": 90, "document": "D",
	"expected_revision": "1" }
then refused STALE_REVISION 53

story A social worker is registered for the province's term
include registered.inc
as agency ag-2
when RecordRegistration {
	"registration_id": "re5", "person_id": "p5", "registered_on": "2022-04-30",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c5" }
then event RegistrationRecorded {
	"registration": { "certificate": "CERTIFICATE_LEVEL_ASSISTANT", "valid_until": "2025-04-29",
		"state": "REGISTRATION_STATE_VALID", "hours_needed": 72, "agency_id": "ag-2" } }
then GetRegistration { "registration_id": "re5" } gives { "registration": { "person_id": "p5" } }

story A registration needs what the province says, a certificate, and its own number
include setup.inc
when RecordRegistration {
	"registration_id": "re1", "person_id": "p1", "registered_on": "2022-05-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c1" }
then refused REGISTRATION_RULES_MISSING 5301
given SetRegistrationRules {
	"region_code": "53", "valid_years": 3, "expiring_days": 90, "document": "D" }
when RecordRegistration {
	"registration_id": "re1", "person_id": "p1", "registered_on": "2022-05-01",
	"certificate_hash": "20201234567890123" }
then refused FIELD_INVALID certificate_hash
given RecordQualification { "person_id": "p1", "certificate": "CERTIFICATE_LEVEL_NONE" }
when RecordRegistration {
	"registration_id": "re1", "person_id": "p1", "registered_on": "2022-05-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c1" }
then refused CERTIFICATE_MISSING p1

story Nobody is registered twice, nor with another's certificate
include registered.inc
when RecordRegistration {
	"registration_id": "re1", "person_id": "p2", "registered_on": "2022-05-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c2" }
then refused REGISTRATION_EXISTS re1
when RecordRegistration {
	"registration_id": "re2", "person_id": "p1", "registered_on": "2022-05-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c2" }
then refused ALREADY_REGISTERED p1
when RecordRegistration {
	"registration_id": "re2", "person_id": "p2", "registered_on": "2022-05-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c1" }
then refused CERTIFICATE_TAKEN p2
as agency ag-2
when RecordRegistration {
	"registration_id": "re2", "person_id": "p2", "registered_on": "2022-05-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c2" }
then refused NOT_FOUND p2

story A registration begins to expire, and expires, on its days
include registered.inc
today 2025-01-29
then GetRegistration { "registration_id": "re1" } gives {
	"registration": { "state": "REGISTRATION_STATE_VALID", "changes_from": "2025-01-30" } }
today 2025-01-30
then ListRegistrations { "state": "REGISTRATION_STATE_EXPIRING" } gives {
	"registrations": [{ "registration_id": "re1", "changes_from": "2025-05-01" }] }
today 2025-04-30
then GetRegistration { "registration_id": "re1" } gives {
	"registration": { "state": "REGISTRATION_STATE_EXPIRING" } }
today 2025-05-01
then GetRegistration { "registration_id": "re1" } gives {
	"registration": { "state": "REGISTRATION_STATE_EXPIRED", "changes_from": "", "revision": "3" } }

story A registration entered late stands where it stands that day
include registered.inc
when RecordRegistration {
	"registration_id": "re2", "person_id": "p2", "registered_on": "2019-06-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c2" }
then event RegistrationRecorded { "registration": { "state": "REGISTRATION_STATE_EXPIRING" } }
when RecordRegistration {
	"registration_id": "re3", "person_id": "p3", "registered_on": "2018-06-01",
	"certificate_hash": "00000000000000000000000000000000000000000000000000000000000000c3" }
then event RegistrationRecorded { "registration": { "state": "REGISTRATION_STATE_EXPIRED" } }

story A registration is renewed while it expires, and the next term follows it
include registered.inc
today 2025-02-01
given RecordQualification { "person_id": "p1", "certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER" }
when RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1b", "renewed_on": "2025-02-01",
	"expected_revision": "2" }
then event RegistrationRenewed {
	"registration": { "registration_id": "re1b", "registered_on": "2025-05-01",
		"valid_until": "2028-04-30", "certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER",
		"hours_needed": 90, "renews_id": "re1", "state": "REGISTRATION_STATE_VALID" },
	"renewed": { "registration_id": "re1", "state": "REGISTRATION_STATE_RENEWED",
		"renewed_short": true } }

story A registration that has expired is renewed from that day
include registered.inc
today 2025-06-10
when RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1b", "renewed_on": "2025-06-09" }
then event RegistrationRenewed {
	"registration": { "registered_on": "2025-06-09", "valid_until": "2028-06-08" } }

story A registration is renewed once, and not before it expires
include registered.inc
when RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1b", "renewed_on": "2022-05-01" }
then refused REGISTRATION_NOT_EXPIRING re1
today 2025-02-01
when RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1b", "renewed_on": "2025-01-29" }
then refused FIELD_INVALID renewed_on
when RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1b", "renewed_on": "2025-02-01",
	"expected_revision": "7" }
then refused STALE_REVISION re1
when RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1", "renewed_on": "2025-02-01" }
then refused REGISTRATION_EXISTS re1
given RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1b", "renewed_on": "2025-02-01" }
when RenewRegistration {
	"registration_id": "re1", "new_registration_id": "re1c", "renewed_on": "2025-02-01" }
then refused REGISTRATION_NOT_EXPIRING re1
as agency ag-2
when RenewRegistration {
	"registration_id": "re1b", "new_registration_id": "re1c", "renewed_on": "2025-02-01" }
then refused NOT_FOUND re1b

story Hours of continuing education are compared with what the term asks for
include registered.inc
as agency ag-1
when RecordEducation {
	"education_id": "ed1", "registration_id": "re1", "attended_on": "2022-05-01", "hours": 30,
	"subject": "Groups" }
then event EducationRecorded { "education": { "person_id": "p1", "recorded_by": "p-ag-1" } }
then GetEducationHours { "registration_id": "re1" } gives {
	"valid_until": "2025-04-30", "hours": "30", "hours_needed": "72", "hours_missing": "42" }
given RecordEducation {
	"education_id": "ed2", "registration_id": "re1", "attended_on": "2022-05-01", "hours": 50 }
then GetEducationHours { "registration_id": "re1" } gives { "hours": "80", "hours_missing": "0" }
then ListEducation { "registration_id": "re1" } gives {
	"education": [{ "education_id": "ed1" }, { "education_id": "ed2" }] }
as agency ag-2
then GetEducationHours { "registration_id": "re1" } refused NOT_FOUND re1

story Education counts once, within the term
include registered.inc
given RecordEducation {
	"education_id": "ed1", "registration_id": "re1", "attended_on": "2022-05-01", "hours": 30 }
when RecordEducation {
	"education_id": "ed1", "registration_id": "re1", "attended_on": "2022-05-01", "hours": 30 }
then refused EDUCATION_EXISTS ed1
when RecordEducation {
	"education_id": "ed2", "registration_id": "re1", "attended_on": "2022-04-30", "hours": 30 }
then refused EDUCATION_OUTSIDE_TERM 2022-04-30
when RecordEducation {
	"education_id": "ed2", "registration_id": "re1", "attended_on": "2022-05-01", "hours": 1001 }
then refused FIELD_INVALID hours
as agency ag-2
when RecordEducation {
	"education_id": "ed2", "registration_id": "re1", "attended_on": "2022-05-01", "hours": 30 }
then refused NOT_FOUND re1

story A registration goes along when its person moves to another agency
include registered.inc
when MovePerson { "person_id": "p1", "agency_id": "ag-2" }
then event PersonMoved { "registration": { "registration_id": "re1", "agency_id": "ag-2" } }
as agency ag-2
then GetRegistration { "registration_id": "re1" } gives { "registration": { "region_code": "53" } }
