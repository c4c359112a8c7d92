story A report carries a good practice, and others find it by its words (rules B37 and B40)
include setup.inc
include approved.inc
include started-s1.inc
include drafted.inc
when ShareGoodPractice {
	"practice_id": "gp1", "site_id": "s1", "report_id": "re1", "title": "A school after school",
	"summary": "Older children read to younger ones.", "tags": ["children", "留守儿童"] }
then accepted
then event GoodPracticeShared {
	"practice": {
		"practice_id": "gp1", "programme_year_id": "ty-2022", "site_id": "s1",
		"region_code": "533102", "agency_id": "ag-1", "report_id": "re1",
		"title": "A school after school", "summary": "Older children read to younger ones.",
		"tags": ["children", "留守儿童"], "recorded_on": "2022-07-22", "recorded_by_id": "p-ag-1" },
	"tags": [{ "tag": "children", "practice_id": "gp1", "site_id": "s1" }, { "tag": "留守儿童" }] }
then ListGoodPractices { "report_id": "re1" } gives { "practices": [{ "practice_id": "gp1" }] }
as county 533122
then FindGoodPractices { "tag": "留守儿童" } gives { "practice_tags": [
	{ "practice_id": "gp1", "title": "A school after school", "programme_year_id": "ty-2022",
	  "region_code": "533102" }] }
then FindGoodPractices { "tag": "children", "region_code": "5333" } gives { "practice_tags": [] }
then GetGoodPractice { "practice_id": "gp1" } gives { "practice": { "site_id": "s1" } }

story A good practice has words to be found by, and comes from its own site (rule B37)
include setup.inc
include approved.inc
include started-s1.inc
include started-p1.inc
include drafted.inc
when ShareGoodPractice {
	"practice_id": "gp1", "site_id": "p1", "report_id": "re1", "title": "T", "summary": "S",
	"tags": ["children"] }
then refused REPORT_OF_ANOTHER_SITE re1 by B37
when ShareGoodPractice {
	"practice_id": "gp1", "site_id": "s1", "report_id": "re9", "title": "T", "summary": "S",
	"tags": ["children"] }
then refused REPORT_OF_ANOTHER_SITE re9
when ShareGoodPractice {
	"practice_id": "gp1", "site_id": "s1", "title": "T", "summary": "S",
	"tags": ["children", "children"] }
then refused PRACTICE_TAGS gp1 by B37
when ShareGoodPractice {
	"practice_id": "gp1", "site_id": "s1", "title": "T", "summary": "S",
	"tags": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"] }
then refused PRACTICE_TAGS gp1
given ShareGoodPractice {
	"practice_id": "gp1", "site_id": "s1", "title": "T", "summary": "S", "tags": ["children"] }
when ShareGoodPractice {
	"practice_id": "gp1", "site_id": "s1", "title": "T", "summary": "S", "tags": ["children"] }
then refused PRACTICE_EXISTS gp1
as county 533122
when ShareGoodPractice {
	"practice_id": "gp2", "site_id": "s1", "title": "T", "summary": "S", "tags": ["children"] }
then refused NOT_FOUND s1
