story The tree shows office, centres and stations, and what is counted below each (rule A9)
include opened.inc
given OpenCentre {
	"centre_id": "ce-mz", "programme_year_id": "dh", "region_code": "4414", "name_en": "Centre",
	"name_zh": "梅州中心", "opened_on": "2017-03-02" }
given PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 2 }
given PlanStation {
	"station_id": "st-m", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
given ApproveStation { "station_id": "st-m", "approved_on": "2017-03-02" }
then GetTree { "programme_year_id": "dh" } gives {
	"office": { "office_id": "of" }, "entrustment": { "entrustment_id": "en" },
	"centres": [
		{ "centre": { "centre_id": "ce-mz" }, "staffing": { "region_code": "4414", "approved": 1 },
		  "stations": [] },
		{ "centre": { "centre_id": "ce-dg" },
		  "staffing": { "region_code": "4419", "planned": 1, "open": 1, "understaffed": 1 },
		  "stations": [] }] }
then GetTree { "programme_year_id": "dh", "region_code": "4419" } gives {
	"centres": [{ "centre": { "centre_id": "ce-dg" },
		      "stations": [{ "station_id": "st-1" }, { "station_id": "st-2" }] }] }
then GetTree { "programme_year_id": "dh", "region_code": "441900004" } gives {
	"centres": [{ "centre": { "centre_id": "ce-dg" }, "stations": [{ "station_id": "st-2" }] }] }
as prefecture 4414
then GetTree { "programme_year_id": "dh" } gives { "centres": [{ "centre": { "centre_id": "ce-mz" } }] }
then GetTree { "programme_year_id": "dh-9" } refused NOT_FOUND dh-9

story A tree without an office, and stations whose city has no centre, are shown as such (rule A6, A7)
include double.inc
given PlanStation {
	"station_id": "st-m", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
then GetTree { "programme_year_id": "dh", "region_code": "44" } gives {
	"office": null, "entrustment": null,
	"centres": [{ "centre": null, "staffing": { "centre_id": "", "planned": 1 } }] }

story The board counts stations by their staffing, and shows what is declared beside it (rule A2)
include opened.inc
given PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 2 }
given ApproveStation { "station_id": "st-2", "approved_on": "2017-03-02" }
given OpenStation { "station_id": "st-2", "opened_on": "2017-03-02" }
given ReservePost { "posting_id": "po-1", "station_id": "st-2", "post_kind": "POST_KIND_SERVICE" }
given ReservePost { "posting_id": "po-2", "station_id": "st-2", "post_kind": "POST_KIND_SERVICE" }
given personnel.RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900004", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
given personnel.RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900004", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
given personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900004",
	"hired_on": "2017-03-02" }
given personnel.HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900004",
	"hired_on": "2017-03-02" }
given PlanStation {
	"station_id": "st-3", "programme_year_id": "dh", "region_code": "441900005",
	"name_en": "Wanjiang", "name_zh": "万江站", "batch": 2 }
given ApproveStation { "station_id": "st-3", "approved_on": "2017-03-02" }
given OpenStation { "station_id": "st-3", "opened_on": "2017-03-02" }
given CloseStation { "station_id": "st-3", "closed_on": "2017-03-02", "note": "Merged" }
then GetStaffingBoard { "programme_year_id": "dh" } gives {
	"total": { "region_code": "", "open": 2, "closed": 1, "workers": 2, "understaffed": 1, "staffed": 1,
		   "full": 0 },
	"cities": [{ "region_code": "4419", "centre_id": "ce-dg", "workers": 2 }],
	"declared": { "stations": 407, "workers": 1737, "centres": 21 },
	"batches": [
		{ "batch": 1, "declared_stations": 200, "declared_workers": 942, "stations": 1 },
		{ "batch": 2, "declared_stations": 200, "declared_workers": 0, "stations": 1 }],
	"centres": 1 }
then GetStaffingBoard { "programme_year_id": "dh", "region_code": "4414" } gives {
	"total": { "open": 0 }, "cities": [] }
then GetStaffingBoard { "programme_year_id": "dh-9" } refused NOT_FOUND dh-9

story A full station is one with as many workers as the limit (rule A3)
include stations.inc
given ReservePost { "posting_id": "po-1", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given ReservePost { "posting_id": "po-2", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given ReservePost { "posting_id": "po-3", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given personnel.RegisterWorker {
	"person_id": "w1", "work_name": "W1", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000001" }
given personnel.RegisterWorker {
	"person_id": "w2", "work_name": "W2", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000002" }
given personnel.RegisterWorker {
	"person_id": "w3", "work_name": "W3", "region_code": "441900003", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000003" }
given personnel.HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then GetStation { "station_id": "st-1" } gives { "station": {
	"workers": 1, "staffing": "STAFFING_STATE_UNSPECIFIED", "understaffed_since": "" } }
today 2017-03-12
given personnel.HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-08" }
when OpenStation { "station_id": "st-1", "opened_on": "2017-03-05" }
then accepted
then event StationOpened { "station": {
	"workers": 2, "staffing": "STAFFING_STATE_STAFFED", "understaffed_since": "" } }
given personnel.HireDirect {
	"employment_id": "em-3", "person_id": "w3", "posting_id": "po-3", "employer_code": "441900003",
	"hired_on": "2017-03-10" }
then GetStation { "station_id": "st-1" } gives { "station": {
	"workers": 3, "staffing": "STAFFING_STATE_FULL" } }
then GetStaffingBoard { "programme_year_id": "dh" } gives { "total": { "full": 1 } }
given personnel.EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-06", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then GetStaffingHistory { "station_id": "st-1" } gives { "periods": [
	{ "staffing": "STAFFING_STATE_UNDERSTAFFED", "since_on": "2017-03-05", "until_on": "2017-03-10" },
	{ "staffing": "STAFFING_STATE_STAFFED", "since_on": "2017-03-10", "until_on": "" }] }
given personnel.EndEmployment {
	"employment_id": "em-2", "ended_on": "2017-03-11", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then GetStation { "station_id": "st-1" } gives { "station": {
	"workers": 1, "staffing": "STAFFING_STATE_UNDERSTAFFED", "understaffed_since": "2017-03-11" } }

story Which towns have a station can be asked for province, city and county (rule A16)
include opened.inc
given PlanStation {
	"station_id": "st-m", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
then GetTownCoverage { "programme_year_id": "dh", "region_code": "44" } gives {
	"total": { "name_zh": "广东省", "towns": 5, "with_station": 1, "to_come": 1 },
	"parts": [
		{ "region_code": "4414", "name_zh": "梅州市", "towns": 2, "with_station": 0, "to_come": 1 },
		{ "region_code": "4419", "name_zh": "东莞市", "towns": 3, "with_station": 1, "to_come": 0 }],
	"towns": [] }
then GetTownCoverage { "programme_year_id": "dh", "region_code": "4419" } gives {
	"parts": [],
	"towns": [
		{ "region_code": "441900003", "name_zh": "东城街道", "station_id": "st-1",
		  "state": "STATION_STATE_OPEN" },
		{ "region_code": "441900004", "station_id": "" },
		{ "region_code": "441900005", "station_id": "" }] }
then GetTownCoverage { "programme_year_id": "dh", "region_code": "4414" } gives {
	"parts": [{ "region_code": "441403", "towns": 2, "to_come": 1 }],
	"towns": [{ "station_id": "st-m", "state": "STATION_STATE_PLANNED" }, { "station_id": "" }] }
then GetTownCoverage { "programme_year_id": "dh", "region_code": "441403" } gives {
	"total": { "towns": 2, "to_come": 1 },
	"towns": [{ "region_code": "441403100" }, { "region_code": "441403101" }] }
then GetTownCoverage { "programme_year_id": "dh", "region_code": "441403100" } refused FIELD_INVALID region_code
then GetTownCoverage { "programme_year_id": "dh", "region_code": "4498" } refused NOT_FOUND 4498
then GetTownCoverage { "programme_year_id": "dh-9", "region_code": "44" } refused NOT_FOUND dh-9
as prefecture 4414
then GetTownCoverage { "programme_year_id": "dh", "region_code": "4419" } refused NOT_FOUND 4419
