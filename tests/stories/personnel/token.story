story Who holds an account issues a token for it himself
include administration.inc
as county 533102 person p-zhao account county-zhao
when IssueToken {
	"token_id": "t-zhao", "account_id": "county-zhao", "label": "Desk",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then event TokenIssued {
	"token": { "token_id": "t-zhao", "state": "CREDENTIAL_STATE_ACTIVE", "valid_until": "2023-05-01",
		"issued_by": "p-zhao", "issued_on": "2022-05-01", "region_code": "533102" } }
as administrator p-li account adm-li
then ListTokens { "account_id": "county-zhao" } gives {
	"tokens": [{ "token_id": "t-zhao", "label": "Desk", "revision": "1" }] }
as county 533102 person p-zhao account county-zhao
then ListTokens {} refused CALLER_NOT_ALLOWED ListTokens

story A token for another's account takes a second person
include administration.inc
as administrator p-li account adm-li
when IssueToken {
	"token_id": "t-zhao", "account_id": "county-zhao", "label": "Desk", "valid_until": "2022-06-30",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then event TokenIssued {
	"token": { "state": "CREDENTIAL_STATE_PROPOSED", "valid_until": "2022-06-30", "issued_by": "p-li" } }
when ApproveToken { "token_id": "t-zhao", "expected_revision": "1" }
then refused APPROVED_BY_PROPOSER t-zhao
as administrator p-sun region 5301
when ApproveToken { "token_id": "t-zhao", "expected_revision": "1" }
then refused NOT_FOUND t-zhao
as administrator p-wang account adm-wang
when ApproveToken { "token_id": "t-zhao", "expected_revision": "2" }
then refused STALE_REVISION t-zhao
when ApproveToken { "token_id": "t-zhao", "expected_revision": "1" }
then event TokenApproved { "token": { "state": "CREDENTIAL_STATE_ACTIVE", "approved_by": "p-wang" } }
when ApproveToken { "token_id": "t-zhao", "expected_revision": "2" }
then refused NOTHING_PROPOSED t-zhao

story Nobody issues a token for a stranger's account
include administration.inc
as county 533102 person p-qian account county-qian
when IssueToken {
	"token_id": "t-zhao", "account_id": "county-zhao", "label": "Desk",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then refused NOT_FOUND county-zhao
as administrator p-sun region 5301
when IssueToken {
	"token_id": "t-zhao", "account_id": "county-zhao", "label": "Desk",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then refused NOT_FOUND county-zhao

story Another account of the same person is another account
include administration.inc
as town 533102001 person p-zhao account town-zhao
when IssueToken {
	"token_id": "t-zhao", "account_id": "county-zhao", "label": "Desk",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then refused NOT_FOUND county-zhao

story No two tokens have the same identifier, or are the same
include administration.inc
as administrator p-li account adm-li
when IssueToken {
	"token_id": "t-li", "account_id": "adm-li", "label": "Desk",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then refused TOKEN_EXISTS t-li
when IssueToken {
	"token_id": "t-li-2", "account_id": "adm-li", "label": "Desk",
	"secret_hash": "2222222222222222222222222222222222222222222222222222222222222222" }
then refused ALREADY_TAKEN secret_hash

story A token is known by the hash of its text, and is not over before it begins
include administration.inc
as administrator p-li account adm-li
when IssueToken { "token_id": "t-li-2", "account_id": "adm-li", "label": "Desk", "secret_hash": "secret" }
then refused FIELD_INVALID secret_hash
when IssueToken {
	"token_id": "t-li-2", "account_id": "adm-li", "label": "Desk", "valid_until": "2022-04-30",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then refused FIELD_INVALID valid_until

story A token is valid for a year at most
include administration.inc
as administrator p-li account adm-li
when IssueToken {
	"token_id": "t-li-2", "account_id": "adm-li", "label": "Desk", "valid_until": "2023-05-02",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then refused TOKEN_TOO_LONG t-li-2
when IssueToken {
	"token_id": "t-li-2", "account_id": "adm-li", "label": "Desk", "valid_until": "2023-05-01",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
then accepted

story A closed account gets no token
include administration.inc
as administrator p-li account adm-li
given IssueToken {
	"token_id": "t-zhao", "account_id": "county-zhao", "label": "Desk",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
given CloseAccount { "account_id": "county-zhao", "reason": "He retired" }
when IssueToken {
	"token_id": "t-zhao-2", "account_id": "county-zhao", "label": "Desk",
	"secret_hash": "4444444444444444444444444444444444444444444444444444444444444444" }
then refused ACCOUNT_CLOSED county-zhao
as administrator p-wang account adm-wang
when ApproveToken { "token_id": "t-zhao", "expected_revision": "1" }
then refused ACCOUNT_CLOSED county-zhao

story A token is revoked by its holder or by an administrator of its area, for good
include administration.inc
as administrator p-sun region 5301
when RevokeToken { "token_id": "t-li", "reason": "R" }
then refused NOT_FOUND t-li
as administrator p-wang account adm-wang
when RevokeToken { "token_id": "t-li", "reason": "Lost" }
then event TokenRevoked {
	"token": { "state": "CREDENTIAL_STATE_REVOKED", "revoked_by": "p-wang", "revoked_on": "2022-05-01",
		"reason": "Lost" } }
when RevokeToken { "token_id": "t-li", "reason": "Lost" }
then refused TOKEN_REVOKED t-li
when ApproveToken { "token_id": "t-li", "expected_revision": "2" }
then refused TOKEN_REVOKED t-li
as county 533102 person p-zhao account county-zhao
given IssueToken {
	"token_id": "t-zhao", "account_id": "county-zhao", "label": "Desk",
	"secret_hash": "3333333333333333333333333333333333333333333333333333333333333333" }
when RevokeToken { "token_id": "t-zhao", "reason": "Lost" }
then event TokenRevoked { "token": { "revoked_by": "p-zhao" } }
when RevokeToken { "token_id": "t-wang", "reason": "Mischief" }
then refused NOT_FOUND t-wang
