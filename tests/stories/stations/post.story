story A place is kept at a station for the days of the rules, and then no longer
include stations.inc
as town 441900003
when ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then accepted
then event PostReserved { "posting": {
	"posting_id": "po-1", "site_id": "st-1", "region_code": "441900003", "programme_year_id": "dh",
	"state": "POSTING_STATE_RESERVED", "reserved_until": "2017-03-12", "person_id": "" } }
today 2017-03-12
then GetPosting { "posting_id": "po-1" } gives { "posting": { "state": "POSTING_STATE_RESERVED" } }
today 2017-03-13
then GetPosting { "posting_id": "po-1" } gives { "posting": {
	"state": "POSTING_STATE_CANCELLED", "reserved_until": "2017-03-12" } }
when ReleasePost { "posting_id": "po-1", "note": "No candidate" }
then refused POSTING_NOT_RESERVED po-1

story All places of a day are given up together
include stations.inc
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_ADMINISTRATIVE" }
today 2017-03-03
given ReservePost { "posting_id": "po-3", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
today 2017-03-13
then ListPostings { "site_id": "st-1", "state": "POSTING_STATE_CANCELLED" } gives {
	"postings": [{ "posting_id": "po-1" }, { "posting_id": "po-2" }] }
then ListPostings { "site_id": "st-1", "state": "POSTING_STATE_RESERVED" } gives {
	"postings": [{ "posting_id": "po-3" }] }

story Without days in the rules a place is kept until it is given up
include double.inc
given AmendRules {
	"programme_year_id": "dh", "basis": "Letter 2",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"stations": {
			"min_workers": 2, "max_workers": 3, "batches": 2,
			"post_kinds": ["POST_KIND_SERVICE"] } } }
given PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 1 }
given ApproveStation { "station_id": "st-1", "approved_on": "2017-03-01" }
when ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then accepted
then event PostReserved { "posting": { "reserved_until": "" } }
today 2017-05-01
when ReleasePost { "posting_id": "po-1", "note": "No candidate" }
then accepted
then event PostReleased { "posting": { "state": "POSTING_STATE_CANCELLED", "note": "No candidate" } }
then GetPosting { "posting_id": "po-1" } gives { "posting": { "note": "No candidate" } }

story A station never has more places taken than its limit (rule A3)
include stations.inc
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given ReservePost { "posting_id": "po-3", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
when ReservePost { "posting_id": "po-4", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused STATION_FULL st-1 by A3
given ReleasePost { "posting_id": "po-1", "note": "No candidate" }
when ReservePost { "posting_id": "po-4", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then accepted

story Where a year has a quota, its stations keep to it together (rule B4)
include double.inc
given AmendRules {
	"programme_year_id": "dh", "basis": "Letter 2",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE", "year_quota": 1,
		"stations": {
			"min_workers": 2, "max_workers": 3, "batches": 2,
			"post_kinds": ["POST_KIND_SERVICE"] } } }
given PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 1 }
given ApproveStation { "station_id": "st-1", "approved_on": "2017-03-01" }
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
when ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused YEAR_FULL dh by B4

story A post is of a kind of the rules
include double.inc
given AmendRules {
	"programme_year_id": "dh", "basis": "Letter 2",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"stations": {
			"min_workers": 2, "max_workers": 3, "batches": 2,
			"post_kinds": ["POST_KIND_SERVICE"] } } }
given PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 1 }
given ApproveStation { "station_id": "st-1", "approved_on": "2017-03-01" }
when ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_ADMINISTRATIVE" }
then refused POST_KIND_NOT_IN_RULES po-1

story A station that is only planned takes nobody
include entrusted.inc
as province region 44
given PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 1 }
when ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused STATION_TAKES_NOBODY st-1

story A place has an id of its own, and is of one's own town
include stations.inc
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
when ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused POSTING_EXISTS po-1
as town 441900004
when ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused NOT_FOUND st-1
when ReleasePost { "posting_id": "po-1", "note": "N" }
then refused NOT_FOUND po-1
as town 441900003
when ReleasePost { "posting_id": "po-1", "note": "N", "expected_revision": "9" }
then refused STALE_REVISION po-1

story The office keeps and gives up no places without an entrustment (rule A7)
include stations.inc
today 2017-06-30
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
today 2017-07-01
as project-office region 44
when ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7
when ReleasePost { "posting_id": "po-1", "note": "N" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7

story What follows the employment is not told by hand
include stations.inc
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
when CancelPosting { "posting_id": "po-1", "note": "N" }
then refused POSTING_OF_STATION po-1
when ConfirmArrival { "posting_id": "po-1", "arrived_on": "2017-03-02" }
then refused POSTING_OF_STATION po-1
when EndPosting { "posting_id": "po-1", "ended_on": "2017-03-02", "end_reason": "END_REASON_RESIGNED" }
then refused POSTING_OF_STATION po-1

story A project's place is not given up as a station's is
include approved.inc
as province
when ReleasePost { "posting_id": "po-a1-1", "note": "N" }
then refused POSTING_NOT_OF_STATION po-a1-1
