story A station is planned, approved as a site, and begins without anybody (rule A2, A3)
include entrusted.inc
as project-office region 44
given OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-03-02" }
when PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 2, "synthetic": true }
then accepted
then event StationPlanned { "station": {
	"station_id": "st-1", "state": "STATION_STATE_PLANNED", "batch": 2, "centre_id": "ce-dg",
	"synthetic": true } }
as province region 44
when ApproveStation { "station_id": "st-1", "approved_on": "2017-03-02" }
then accepted
then event StationApproved {
	"station": { "state": "STATION_STATE_APPROVED", "approved_on": "2017-03-02" },
	"site": { "site_id": "st-1", "kind": "SITE_KIND_STATION", "region_code": "441900003", "quota": 3,
		  "county_codes": [] } }
today 2017-03-05
as project-office region 44
when OpenStation { "station_id": "st-1", "opened_on": "2017-03-03" }
then accepted
then event StationOpened { "station": {
	"state": "STATION_STATE_OPEN", "workers": 0, "staffing": "STAFFING_STATE_UNDERSTAFFED",
	"understaffed_since": "2017-03-03" } }
then ListStations { "programme_year_id": "dh", "region_code": "4419", "batch": 2,
		    "staffing": "STAFFING_STATE_UNDERSTAFFED" } gives { "stations": [{ "station_id": "st-1" }] }
then GetSiteCard { "site_id": "st-1" } gives { "quota": 3, "active": 0, "understaffed": true }
then GetStaffingHistory { "station_id": "st-1" } gives { "periods": [
	{ "staffing": "STAFFING_STATE_UNDERSTAFFED", "since_on": "2017-03-03", "until_on": "" }] }

story A station of a county's town is also the county's
include stations.inc
given PlanStation {
	"station_id": "st-m", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
then GetStaffingHistory { "station_id": "st-m" } gives { "periods": [] }
when ApproveStation { "station_id": "st-m", "approved_on": "2017-03-02" }
then accepted
then event StationApproved { "site": { "county_codes": ["441403"] } }

story A station belongs to a batch of the rules (rule A2)
include entrusted.inc
as province region 44
when PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 3 }
then refused BATCH_NOT_IN_RULES st-1 by A2
when PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": -1 }
then refused BATCH_NOT_IN_RULES st-1 by A2

story No station is outside the sponsor's province (rule A1)
include entrusted.inc
as province region 44
when PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "533102102",
	"name_en": "Jiegao", "name_zh": "姐告站", "batch": 1 }
then refused SITE_OUTSIDE_PROGRAMME 533102102 by A1

story A station stands in a town that is known, and is its only one
include stations.inc
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "4419",
	"name_en": "Dongguan", "name_zh": "东莞站", "batch": 1 }
then refused STATION_NOT_IN_TOWN 4419
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900119",
	"name_en": "Nowhere", "name_zh": "无名站", "batch": 1 }
then refused REGION_UNKNOWN 441900119
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城二站", "batch": 1 }
then refused TOWN_HAS_STATION 441900003

story A station stands in a town that has its code in that year
include stations.inc
as province region 44
given AddRegion {
	"region_code": "441900110", "name_en": "Merged", "name_zh": "并入镇", "last_year": 2016 }
given AddRegion {
	"region_code": "441900111", "name_en": "To come", "name_zh": "新设镇", "first_year": 2018 }
given AddRegion {
	"region_code": "441900112", "name_en": "One year", "name_zh": "一年镇", "first_year": 2017,
	"last_year": 2017 }
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900110",
	"name_en": "Merged", "name_zh": "并入镇站", "batch": 1 }
then refused REGION_NOT_OF_YEAR 441900110
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900111",
	"name_en": "To come", "name_zh": "新设镇站", "batch": 1 }
then refused REGION_NOT_OF_YEAR 441900111
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900112",
	"name_en": "One year", "name_zh": "一年镇站", "batch": 1 }
then accepted

story A town whose station is closed gets another
include opened.inc
given CloseStation { "station_id": "st-1", "closed_on": "2017-03-02", "note": "Merged" }
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城二站", "batch": 1 }
then accepted

story A station has an id that no station and no site has
include stations.inc
when PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 1 }
then refused STATION_EXISTS st-1
given PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 1 }
when OpenSite {
	"site_id": "st-2", "programme_year_id": "dh", "region_code": "441403",
	"kind": "SITE_KIND_COUNTY_PROJECT", "name_en": "Site", "name_zh": "服务点", "quota": 4 }
then refused SITE_EXISTS st-2
when OpenSite {
	"site_id": "s-3", "programme_year_id": "dh", "region_code": "441403",
	"kind": "SITE_KIND_STATION", "name_en": "Site", "name_zh": "服务点", "quota": 4 }
then refused SITE_KIND_NOT_IN_RULES s-3

story A station is of a year that there is, and of one's own area
include stations.inc
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh-9", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 1 }
then refused PROGRAMME_YEAR_UNKNOWN dh-9
as prefecture 4414
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 1 }
then refused NOT_FOUND 441900004
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
then accepted

story The office plans and opens no station without an entrustment (rule A7)
include stations.inc
today 2017-07-01
as project-office region 44
when PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 1 }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7
when OpenStation { "station_id": "st-1", "opened_on": "2017-07-01" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7

story A station does not begin without a centre of its city (rule A6)
include entrusted.inc
as province region 44
given PlanStation {
	"station_id": "st-m", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
given ApproveStation { "station_id": "st-m", "approved_on": "2017-03-02" }
when OpenStation { "station_id": "st-m", "opened_on": "2017-03-02" }
then refused CENTRE_MISSING 441403100 by A6

story A station is approved once, begins once and not before its approval
include stations.inc
when ApproveStation { "station_id": "st-1", "approved_on": "2017-03-02" }
then refused STATION_NOT_PLANNED st-1
when OpenStation { "station_id": "st-1", "opened_on": "2017-03-01" }
then refused OPENED_BEFORE_APPROVAL st-1
given OpenStation { "station_id": "st-1", "opened_on": "2017-03-02" }
when OpenStation { "station_id": "st-1", "opened_on": "2017-03-02" }
then refused STATION_NOT_APPROVED st-1

story A station is suspended and works again
include opened.inc
when ResumeStation { "station_id": "st-1" }
then refused STATION_NOT_SUSPENDED st-1
when SuspendStation { "station_id": "st-1", "note": "Flood" }
then accepted
then event StationSuspended { "station": { "state": "STATION_STATE_SUSPENDED", "note": "Flood" } }
when SuspendStation { "station_id": "st-1", "note": "Flood" }
then refused STATION_NOT_OPEN st-1
when ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then refused STATION_TAKES_NOBODY st-1
when ResumeStation { "station_id": "st-1" }
then accepted
then event StationResumed { "station": {
	"state": "STATION_STATE_OPEN", "note": "", "understaffed_since": "2017-03-02" } }

story A station is closed for good when nobody is there
include opened.inc
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
when CloseStation { "station_id": "st-1", "closed_on": "2017-03-02", "note": "Merged" }
then refused STATION_HAS_WORKERS st-1
given ReleasePost { "posting_id": "po-1", "note": "No candidate" }
when CloseStation { "station_id": "st-1", "closed_on": "2017-03-01", "note": "Merged" }
then refused CLOSED_BEFORE_OPENING st-1
when CloseStation { "station_id": "st-1", "closed_on": "2017-03-02", "note": "Merged" }
then accepted
then event StationClosed { "station": {
	"state": "STATION_STATE_CLOSED", "staffing": "STAFFING_STATE_UNSPECIFIED",
	"understaffed_since": "", "closed_on": "2017-03-02" } }
then GetStaffingHistory { "station_id": "st-1" } gives { "periods": [
	{ "staffing": "STAFFING_STATE_UNDERSTAFFED", "since_on": "2017-03-02", "until_on": "2017-03-02" }] }
when CloseStation { "station_id": "st-1", "closed_on": "2017-03-02", "note": "Merged" }
then refused STATION_NOT_OPEN st-1

story A suspended station can be closed for good
include opened.inc
given SuspendStation { "station_id": "st-1", "note": "Flood" }
when CloseStation { "station_id": "st-1", "closed_on": "2017-03-02", "note": "Merged" }
then accepted

story Another province's stations do not exist
include opened.inc
as province region 53
when ApproveStation { "station_id": "st-1", "approved_on": "2017-03-02" }
then refused NOT_FOUND st-1
when OpenStation { "station_id": "st-1", "opened_on": "2017-03-02" }
then refused NOT_FOUND st-1
when SuspendStation { "station_id": "st-1", "note": "N" }
then refused NOT_FOUND st-1
when ResumeStation { "station_id": "st-1" }
then refused NOT_FOUND st-1
when CloseStation { "station_id": "st-1", "closed_on": "2017-03-02", "note": "N" }
then refused NOT_FOUND st-1
then GetStaffingHistory { "station_id": "st-1" } refused NOT_FOUND st-1

story Who has read an older station reads again
include opened.inc
when ApproveStation { "station_id": "st-1", "approved_on": "2017-03-02", "expected_revision": "1" }
then refused STALE_REVISION st-1
when OpenStation { "station_id": "st-1", "opened_on": "2017-03-02", "expected_revision": "1" }
then refused STALE_REVISION st-1
when SuspendStation { "station_id": "st-1", "note": "N", "expected_revision": "1" }
then refused STALE_REVISION st-1
when ResumeStation { "station_id": "st-1", "expected_revision": "1" }
then refused STALE_REVISION st-1
when CloseStation { "station_id": "st-1", "closed_on": "2017-03-02", "note": "N", "expected_revision": "1" }
then refused STALE_REVISION st-1

story A station's limit is that of the rules, not a quota of its own (rule A3)
include stations.inc
when SetSiteQuota { "site_id": "st-1", "quota": 2 }
then refused SITE_IS_STATION st-1 by A3
