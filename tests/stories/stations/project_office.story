story A programme has one project office (rule A6)
include double.inc
when SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-02-28" }
then accepted
then event ProjectOfficeSetUp { "office": { "office_id": "of", "region_code": "44", "revision": "1" } }
then GetProjectOffice { "office_id": "of" } gives { "office": { "name_zh": "项目办", "set_up_on": "2017-02-28" } }
then ListProjectOffices { "programme_year_id": "dh" } gives { "offices": [{ "office_id": "of" }] }
when SetUpProjectOffice {
	"office_id": "of-2", "programme_year_id": "dh", "name_en": "Another", "name_zh": "另一项目办",
	"set_up_on": "2017-02-28" }
then refused OFFICE_EXISTS dh by A6

story An office's id is its own
include entrusted.inc
as province region 44
given DefineProgrammeYear {
	"programme_year_id": "dh-2", "programme": "PROGRAMME_DOUBLE_HUNDRED", "year": 2018,
	"region_code": "44", "name_en": "Double Hundred", "name_zh": "双百计划",
	"rules": {
		"employment": "EMPLOYMENT_MODEL_DIRECT_HIRE",
		"stations": {
			"min_workers": 2, "max_workers": 3, "batches": 2,
			"post_kinds": ["POST_KIND_SERVICE"] } } }
when SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh-2", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-03-02" }
then refused OFFICE_EXISTS of

story An office is of a year that there is
include double.inc
when SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh-9", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-02-28" }
then refused PROGRAMME_YEAR_UNKNOWN dh-9

story Another province sets up no office here
include double.inc
as province region 53
when SetUpProjectOffice {
	"office_id": "of", "programme_year_id": "dh", "name_en": "The office", "name_zh": "项目办",
	"set_up_on": "2017-02-28" }
then refused PROGRAMME_YEAR_UNKNOWN dh
