story A centre opened later takes in the stations of its city (rule A6)
include entrusted.inc
as province region 44
given PlanStation {
	"station_id": "st-1", "programme_year_id": "dh", "region_code": "441900003",
	"name_en": "Dongcheng", "name_zh": "东城站", "batch": 1 }
given PlanStation {
	"station_id": "st-m", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
as project-office region 44
when OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4419", "name_en": "Centre",
	"name_zh": "东莞中心", "opened_on": "2017-03-02" }
then accepted
then event CentreOpened {
	"centre": { "centre_id": "ce-dg", "state": "CENTRE_STATE_OPEN" },
	"stations": [{ "station_id": "st-1", "centre_id": "ce-dg", "state": "STATION_STATE_PLANNED" }] }
then GetCentre { "centre_id": "ce-dg" } gives { "centre": { "region_code": "4419" } }
then ListCentres { "programme_year_id": "dh", "state": "CENTRE_STATE_OPEN" } gives {
	"centres": [{ "centre_id": "ce-dg" }] }
then GetStation { "station_id": "st-m" } gives { "station": { "centre_id": "" } }

story A city has one centre at work (rule A6)
include stations.inc
when OpenCentre {
	"centre_id": "ce-2", "programme_year_id": "dh", "region_code": "4419", "name_en": "Another",
	"name_zh": "另一中心", "opened_on": "2017-03-02" }
then refused CITY_HAS_CENTRE 4419 by A6

story A city whose centre is closed gets another, and its stations with it (rule A6)
include stations.inc
when CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-02", "note": "Another body" }
then accepted
then event CentreClosed {
	"centre": { "state": "CENTRE_STATE_CLOSED", "closed_on": "2017-03-02", "note": "Another body" },
	"stations": [{ "station_id": "st-1", "centre_id": "" }] }
when OpenCentre {
	"centre_id": "ce-2", "programme_year_id": "dh", "region_code": "4419", "name_en": "Another",
	"name_zh": "另一中心", "opened_on": "2017-03-02" }
then accepted
then GetStation { "station_id": "st-1" } gives { "station": { "centre_id": "ce-2" } }

story A centre with stations at work stays (rule A6)
include opened.inc
when CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-02", "note": "Another body" }
then refused CENTRE_HAS_STATIONS ce-dg by A6
given SuspendStation { "station_id": "st-1", "note": "Flood" }
when CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-02", "note": "Another body" }
then refused CENTRE_HAS_STATIONS ce-dg by A6

story A centre is closed once, and not before it opened
include stations.inc
when CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-01", "note": "N" }
then refused FIELD_INVALID closed_on
given CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-02", "note": "N" }
when CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-02", "note": "N" }
then refused CENTRE_NOT_OPEN ce-dg

story A centre is of a city of the province that is known (rule A1)
include entrusted.inc
as province region 44
when OpenCentre {
	"centre_id": "ce-1", "programme_year_id": "dh", "region_code": "441900003", "name_en": "Centre",
	"name_zh": "中心", "opened_on": "2017-03-02" }
then refused FIELD_INVALID region_code
when OpenCentre {
	"centre_id": "ce-1", "programme_year_id": "dh", "region_code": "5331", "name_en": "Centre",
	"name_zh": "中心", "opened_on": "2017-03-02" }
then refused SITE_OUTSIDE_PROGRAMME 5331 by A1
when OpenCentre {
	"centre_id": "ce-1", "programme_year_id": "dh", "region_code": "4498", "name_en": "Centre",
	"name_zh": "中心", "opened_on": "2017-03-02" }
then refused REGION_UNKNOWN 4498

story A centre has an id of its own, and a year that there is
include stations.inc
when OpenCentre {
	"centre_id": "ce-dg", "programme_year_id": "dh", "region_code": "4414", "name_en": "Centre",
	"name_zh": "中心", "opened_on": "2017-03-02" }
then refused CENTRE_EXISTS ce-dg
when OpenCentre {
	"centre_id": "ce-1", "programme_year_id": "dh-9", "region_code": "4414", "name_en": "Centre",
	"name_zh": "中心", "opened_on": "2017-03-02" }
then refused PROGRAMME_YEAR_UNKNOWN dh-9

story A programme without stations has no centres
include year.inc
given AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
given AddRegion { "region_code": "5331", "name_en": "Dehong", "name_zh": "德宏州" }
given AddRegion { "region_code": "533102", "name_en": "Ruili", "name_zh": "瑞丽市" }
given AddRegion { "region_code": "533102102", "name_en": "Jiegao", "name_zh": "姐告" }
when OpenCentre {
	"centre_id": "ce-1", "programme_year_id": "ty-2022", "region_code": "5331", "name_en": "Centre",
	"name_zh": "中心", "opened_on": "2022-05-01" }
then refused RULES_WITHOUT_STATIONS ty-2022
when PlanStation {
	"station_id": "st-1", "programme_year_id": "ty-2022", "region_code": "533102102",
	"name_en": "Jiegao", "name_zh": "姐告站", "batch": 1 }
then refused RULES_WITHOUT_STATIONS ty-2022

story Another province's centres do not exist, and who has read an older one reads again
include stations.inc
when CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-02", "note": "N", "expected_revision": "9" }
then refused STALE_REVISION ce-dg
as province region 53
when CloseCentre { "centre_id": "ce-dg", "closed_on": "2017-03-02", "note": "N" }
then refused NOT_FOUND ce-dg

story A centre is of a city that has its code in that year (rule A6)
include entrusted.inc
as province region 44
given AddRegion { "region_code": "4499", "name_en": "Gone", "name_zh": "旧市", "last_year": 2016 }
when OpenCentre {
	"centre_id": "ce-x", "programme_year_id": "dh", "region_code": "4499", "name_en": "Centre",
	"name_zh": "旧市中心", "opened_on": "2017-03-02" }
then refused REGION_NOT_OF_YEAR 4499
