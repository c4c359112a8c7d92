story A person in post does not work for a time, and the place stays taken
include started.inc
today 2022-09-10
as agency ag-1
when SuspendPosting { "posting_id": "po-a1-1", "suspended_on": "2022-09-01", "reason": "Illness" }
then accepted
then event PostingSuspended { "posting": {
	"posting_id": "po-a1-1", "state": "POSTING_STATE_SUSPENDED", "arrived_on": "2022-07-30",
	"suspensions": [{ "suspended_on": "2022-09-01", "resumed_on": "", "reason": "Illness" }] } }
as county 533102
then GetSiteCard { "site_id": "s1" } gives { "occupied": 3, "active": 2 }
when ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-09-10" }
then accepted
then event PostingResumed { "posting": {
	"state": "POSTING_STATE_ACTIVE", "suspensions": [
		{ "suspended_on": "2022-09-01", "resumed_on": "2022-09-10", "reason": "Illness" }] } }

story A second time does not replace the first
include suspended.inc
given ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-09-10" }
given SuspendPosting { "posting_id": "po-a1-1", "suspended_on": "2022-09-10", "reason": "A birth" }
when ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-09-10" }
then accepted
then event PostingResumed { "posting": { "suspensions": [
	{ "suspended_on": "2022-09-01", "resumed_on": "2022-09-10", "reason": "Illness" },
	{ "suspended_on": "2022-09-10", "resumed_on": "2022-09-10", "reason": "A birth" }] } }

story Only who is in post is suspended
include suspended.inc
when SuspendPosting { "posting_id": "po-a1-1", "suspended_on": "2022-09-10", "reason": "Illness" }
then refused POSTING_NOT_ACTIVE po-a1-1

story Nobody is suspended before arriving
include started.inc
when SuspendPosting { "posting_id": "po-a1-1", "suspended_on": "2022-07-29", "reason": "Illness" }
then refused SUSPENDED_TOO_EARLY po-a1-1

story Nobody is suspended before having resumed work
include suspended.inc
given ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-09-10" }
when SuspendPosting { "posting_id": "po-a1-1", "suspended_on": "2022-09-09", "reason": "Illness" }
then refused SUSPENDED_TOO_EARLY po-a1-1

story An agency suspends its own people
include started.inc
as agency ag-2
when SuspendPosting { "posting_id": "po-a1-1", "suspended_on": "2022-08-01", "reason": "Illness" }
then refused NOT_FOUND po-a1-1

story Nobody suspends a posting that he has not read of
include started.inc
when SuspendPosting {
	"posting_id": "po-a1-1", "suspended_on": "2022-08-01", "reason": "Illness", "expected_revision": "9" }
then refused STALE_REVISION po-a1-1

story Only who is suspended resumes
include started.inc
when ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-08-01" }
then refused POSTING_NOT_SUSPENDED po-a1-1

story Nobody resumes before having stopped
include suspended.inc
when ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-08-31" }
then refused RESUMED_TOO_EARLY po-a1-1

story An agency resumes its own postings
include suspended.inc
as agency ag-2
when ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-09-10" }
then refused NOT_FOUND po-a1-1

story Nobody resumes a posting that he has not read of
include suspended.inc
when ResumePosting { "posting_id": "po-a1-1", "resumed_on": "2022-09-10", "expected_revision": "9" }
then refused STALE_REVISION po-a1-1

story Who is suspended can leave, and not before that
include suspended.inc
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-31", "end_reason": "END_REASON_RESIGNED" }
then refused ENDED_BEFORE_SUSPENSION po-a1-1
when EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-09-05", "end_reason": "END_REASON_RESIGNED" }
then accepted
then event PostingEnded { "posting": {
	"state": "POSTING_STATE_ENDED", "arrived_on": "2022-07-30", "ended_on": "2022-09-05",
	"suspensions": [{ "suspended_on": "2022-09-01" }] } }
