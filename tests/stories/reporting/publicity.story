story What was published is kept with outlet, date and where to find it (rules A14 and B36)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when AddPublicity {
	"item_id": "pu1", "site_id": "s1", "outlet": "Dehong Daily", "published_on": "2022-07-22",
	"title": "A village gets help", "link": "https://example.org/1" }
then accepted
then event PublicityAdded { "item": {
	"item_id": "pu1", "programme_year_id": "ty-2022", "site_id": "s1", "region_code": "533102",
	"agency_id": "ag-1", "outlet": "Dehong Daily", "published_on": "2022-07-22",
	"title": "A village gets help", "link": "https://example.org/1", "recorded_by_id": "p-ag-1" } }
then GetPublicity { "item_id": "pu1" } gives { "item": { "outlet": "Dehong Daily" } }
as county 533102
when AddPublicity {
	"item_id": "pu2", "programme_year_id": "ty-2022", "region_code": "533102", "outlet": "Radio",
	"published_on": "2022-07-21", "title": "T", "evidence": "N-1" }
then accepted
then event PublicityAdded { "item": { "site_id": "", "region_code": "533102", "agency_id": "" } }
as province
then ListPublicity { "programme_year_id": "ty-2022", "region_code": "5331" } gives { "items": [
	{ "item_id": "pu1" }, { "item_id": "pu2" }] }

story What nobody could find is not taken (rule B36)
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when AddPublicity {
	"item_id": "pu1", "site_id": "s1", "outlet": "O", "published_on": "2022-07-22", "title": "T" }
then refused PUBLICITY_NOWHERE pu1 by B36
given AddPublicity {
	"item_id": "pu1", "site_id": "s1", "outlet": "O", "published_on": "2022-07-22", "title": "T",
	"evidence": "N-1" }
when AddPublicity {
	"item_id": "pu1", "site_id": "s1", "outlet": "O", "published_on": "2022-07-22", "title": "T",
	"evidence": "N-2" }
then refused PUBLICITY_EXISTS pu1

story Everybody writes about his own
include setup.inc
include approved.inc
include started-s1.inc
as agency ag-1
when AddPublicity {
	"item_id": "pu1", "site_id": "s2", "outlet": "O", "published_on": "2022-07-22", "title": "T",
	"evidence": "N-1" }
then refused NOT_FOUND s2
as county 533122
when AddPublicity {
	"item_id": "pu1", "site_id": "s1", "outlet": "O", "published_on": "2022-07-22", "title": "T",
	"evidence": "N-1" }
then refused NOT_FOUND s1
when AddPublicity {
	"item_id": "pu1", "programme_year_id": "ty-2022", "region_code": "5331", "outlet": "O",
	"published_on": "2022-07-22", "title": "T", "evidence": "N-1" }
then refused NOT_FOUND 5331
when AddPublicity {
	"item_id": "pu1", "programme_year_id": "ty-none", "region_code": "533122", "outlet": "O",
	"published_on": "2022-07-22", "title": "T", "evidence": "N-1" }
then refused NOT_FOUND 533122
