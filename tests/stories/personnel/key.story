story Who holds an account registers a key for it himself
include administration.inc
as county 533102 person p-zhao account county-zhao
when RegisterKey {
	"key_id": "k-zhao", "account_id": "county-zhao", "label": "Case system",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" }
then event KeyRegistered {
	"key": { "key_id": "k-zhao", "state": "CREDENTIAL_STATE_ACTIVE", "registered_by": "p-zhao",
		"registered_on": "2022-05-01", "region_code": "533102" } }
as administrator p-li account adm-li
then ListKeys { "account_id": "county-zhao" } gives {
	"keys": [{ "key_id": "k-zhao", "label": "Case system", "revision": "1" }] }
as county 533102 person p-zhao account county-zhao
then ListKeys {} refused CALLER_NOT_ALLOWED ListKeys

story A key for another's account takes a second person
include administration.inc
as administrator p-li account adm-li
when RegisterKey {
	"key_id": "k-zhao", "account_id": "county-zhao", "label": "Case system",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" }
then event KeyRegistered { "key": { "state": "CREDENTIAL_STATE_PROPOSED" } }
when ApproveKey { "key_id": "k-zhao", "expected_revision": "1" }
then refused APPROVED_BY_PROPOSER k-zhao
as administrator p-sun region 5301
when ApproveKey { "key_id": "k-zhao", "expected_revision": "1" }
then refused NOT_FOUND k-zhao
as administrator p-wang account adm-wang
when ApproveKey { "key_id": "k-zhao", "expected_revision": "2" }
then refused STALE_REVISION k-zhao
when ApproveKey { "key_id": "k-zhao", "expected_revision": "1" }
then event KeyApproved { "key": { "state": "CREDENTIAL_STATE_ACTIVE", "approved_by": "p-wang" } }
when ApproveKey { "key_id": "k-zhao", "expected_revision": "2" }
then refused NOTHING_PROPOSED k-zhao

story Nobody registers a key for a stranger's account
include administration.inc
as county 533102 person p-qian account county-qian
when RegisterKey {
	"key_id": "k-zhao", "account_id": "county-zhao", "label": "Case system",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" }
then refused NOT_FOUND county-zhao

story No two keys have the same identifier, or are the same
include administration.inc
as administrator p-li account adm-li
given RegisterKey {
	"key_id": "k-li", "account_id": "adm-li", "label": "Script",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" }
when RegisterKey {
	"key_id": "k-li", "account_id": "adm-li", "label": "Script",
	"public_key": "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6" }
then refused KEY_EXISTS k-li
when RegisterKey {
	"key_id": "k-li-2", "account_id": "adm-li", "label": "Script",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" }
then refused ALREADY_TAKEN public_key

story A public key has 40 characters of Z85
include administration.inc
as administrator p-li account adm-li
when RegisterKey {
	"key_id": "k-li", "account_id": "adm-li", "label": "Script",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf" }
then refused FIELD_INVALID public_key
when RegisterKey {
	"key_id": "k-li", "account_id": "adm-li", "label": "Script",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf~" }
then refused FIELD_INVALID public_key

story A closed account gets no key
include administration.inc
as administrator p-li account adm-li
given RegisterKey {
	"key_id": "k-zhao", "account_id": "county-zhao", "label": "Case system",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" }
given CloseAccount { "account_id": "county-zhao", "reason": "He retired" }
when RegisterKey {
	"key_id": "k-zhao-2", "account_id": "county-zhao", "label": "Case system",
	"public_key": "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6" }
then refused ACCOUNT_CLOSED county-zhao
as administrator p-wang account adm-wang
when ApproveKey { "key_id": "k-zhao", "expected_revision": "1" }
then refused ACCOUNT_CLOSED county-zhao

story A key is revoked by its holder or by an administrator of its area, for good
include administration.inc
as county 533102 person p-zhao account county-zhao
given RegisterKey {
	"key_id": "k-zhao", "account_id": "county-zhao", "label": "Case system",
	"public_key": "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7" }
as administrator p-sun region 5301
when RevokeKey { "key_id": "k-zhao", "reason": "R" }
then refused NOT_FOUND k-zhao
as administrator p-li account adm-li
when RevokeKey { "key_id": "k-zhao", "reason": "Lost" }
then event KeyRevoked {
	"key": { "state": "CREDENTIAL_STATE_REVOKED", "revoked_by": "p-li", "revoked_on": "2022-05-01",
		"reason": "Lost" } }
when RevokeKey { "key_id": "k-zhao", "reason": "Lost" }
then refused KEY_REVOKED k-zhao
when ApproveKey { "key_id": "k-zhao", "expected_revision": "2" }
then refused KEY_REVOKED k-zhao
as county 533102 person p-zhao account county-zhao
given RegisterKey {
	"key_id": "k-zhao-2", "account_id": "county-zhao", "label": "Case system",
	"public_key": "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6" }
when RevokeKey { "key_id": "k-zhao-2", "reason": "Lost" }
then event KeyRevoked { "key": { "revoked_by": "p-zhao" } }
