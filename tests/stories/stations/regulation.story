story A station sees which regulations it needs, and how far each has come (rule A12)
include drafted-rules.inc
then GetRegulations { "station_id": "st-1" } gives { "regulations": [
	{ "kind": "DUTY_ROSTER", "state": "REGULATION_STATE_DRAFT", "drafted_on": "2017-03-05" },
	{ "kind": "FILES", "state": "REGULATION_STATE_MISSING", "regulation_id": "" },
	{ "kind": "MONEY", "state": "REGULATION_STATE_MISSING" }] }
then ListRegulations { "station_id": "st-1" } gives { "regulations": [{ "kind": "DUTY_ROSTER" }] }
then ListRegulations { "state": "REGULATION_STATE_ADOPTED" } gives { "regulations": [] }
as town 441900004
then GetRegulations { "station_id": "st-1" } refused NOT_FOUND st-1

story A regulation is drafted with somebody's help (rule A12)
include opened.inc
as regional-centre 4419
when DraftRegulation {
	"station_id": "st-1", "kind": "FILES", "drafted_on": "2017-03-02",
	"helper": "REGULATION_HELPER_CENTRE", "helper_id": "ce-dg", "note": "After the model" }
then accepted
then event RegulationDrafted { "regulation": {
	"regulation_id": "rg-st-1-FILES", "programme_year_id": "dh", "station_id": "st-1",
	"region_code": "441900003", "kind": "FILES", "state": "REGULATION_STATE_DRAFT",
	"helper": "REGULATION_HELPER_CENTRE", "helper_id": "ce-dg", "note": "After the model" } }

story A station drafts what the rules ask for (rule A12)
include opened.inc
as town 441900003
when DraftRegulation { "station_id": "st-1", "kind": "GARDEN", "drafted_on": "2017-03-02" }
then refused REGULATION_NOT_IN_RULES GARDEN

story A regulation is drafted once
include drafted-rules.inc
when DraftRegulation { "station_id": "st-1", "kind": "DUTY_ROSTER", "drafted_on": "2017-03-06" }
then refused REGULATION_EXISTS DUTY_ROSTER

story A town drafts the regulations of its own station
include opened.inc
as town 441900004
when DraftRegulation { "station_id": "st-1", "kind": "FILES", "drafted_on": "2017-03-02" }
then refused NOT_FOUND st-1

story A drafted regulation is adopted, then revised (rule A12)
include drafted-rules.inc
when AdoptRegulation {
	"regulation_id": "rg-st-1-DUTY_ROSTER", "adopted_on": "2017-03-06", "document_no": "Town 3" }
then accepted
then event RegulationAdopted { "regulation": {
	"state": "REGULATION_STATE_ADOPTED", "drafted_on": "2017-03-05", "adopted_on": "2017-03-06",
	"document_no": "Town 3" } }
when ReviseRegulation {
	"regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-08", "document_no": "Town 5",
	"helper": "REGULATION_HELPER_SUPERVISOR", "helper_id": "p-sup" }
then accepted
then event RegulationRevised { "regulation": {
	"state": "REGULATION_STATE_REVISED", "adopted_on": "2017-03-06", "revised_on": "2017-03-08",
	"helper": "REGULATION_HELPER_SUPERVISOR", "helper_id": "p-sup" } }
when ReviseRegulation {
	"regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-07", "document_no": "Town 6" }
then refused REGULATION_TOO_EARLY rg-st-1-DUTY_ROSTER
when ReviseRegulation {
	"regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-09", "document_no": "Town 6" }
then accepted

story A regulation is adopted once
include adopted-rules.inc
when AdoptRegulation { "regulation_id": "rg-st-1-DUTY_ROSTER", "adopted_on": "2017-03-07" }
then refused REGULATION_NOT_DRAFT rg-st-1-DUTY_ROSTER

story A regulation is not adopted before it was drafted
include drafted-rules.inc
when AdoptRegulation { "regulation_id": "rg-st-1-DUTY_ROSTER", "adopted_on": "2017-03-04" }
then refused REGULATION_TOO_EARLY rg-st-1-DUTY_ROSTER

story A town adopts the regulations of its own station
include drafted-rules.inc
as town 441900004
when AdoptRegulation { "regulation_id": "rg-st-1-DUTY_ROSTER", "adopted_on": "2017-03-06" }
then refused NOT_FOUND rg-st-1-DUTY_ROSTER

story Nobody adopts a draft that he has not read
include drafted-rules.inc
when AdoptRegulation {
	"regulation_id": "rg-st-1-DUTY_ROSTER", "adopted_on": "2017-03-06", "expected_revision": "9" }
then refused STALE_REVISION rg-st-1-DUTY_ROSTER

story A draft is not revised
include drafted-rules.inc
when ReviseRegulation { "regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-07" }
then refused REGULATION_NOT_ADOPTED rg-st-1-DUTY_ROSTER

story A regulation is not revised before it was adopted
include adopted-rules.inc
when ReviseRegulation { "regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-05" }
then refused REGULATION_TOO_EARLY rg-st-1-DUTY_ROSTER

story A town revises the regulations of its own station
include adopted-rules.inc
as town 441900004
when ReviseRegulation { "regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-07" }
then refused NOT_FOUND rg-st-1-DUTY_ROSTER

story Nobody revises a regulation that he has not read
include adopted-rules.inc
when ReviseRegulation {
	"regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-07", "expected_revision": "9" }
then refused STALE_REVISION rg-st-1-DUTY_ROSTER

story How complete the regulations are is counted by city and by station (rule A12)
include adopted-rules.inc
given DraftRegulation { "station_id": "st-1", "kind": "FILES", "drafted_on": "2017-03-06" }
as project-office region 44
given PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 1 }
given PlanStation {
	"station_id": "st-3", "programme_year_id": "dh", "region_code": "441403100",
	"name_en": "Chengdong", "name_zh": "城东站", "batch": 1 }
as province region 44
then GetRegulationCompleteness { "programme_year_id": "dh" } gives { "rows": [
	{ "region_code": "4414", "stations": 1, "needed": 3, "missing": 3 },
	{ "region_code": "4419", "stations": 2, "needed": 6, "missing": 4, "draft": 1, "adopted": 1 }] }
as regional-centre 4419
then GetRegulationCompleteness { "programme_year_id": "dh", "region_code": "4419" } gives { "rows": [
	{ "station_id": "st-1", "stations": 1, "needed": 3, "missing": 1, "draft": 1, "adopted": 1 },
	{ "station_id": "st-2", "stations": 1, "needed": 3, "missing": 3 }] }
then GetRegulationCompleteness { "programme_year_id": "dh" } gives { "rows": [
	{ "region_code": "4419", "stations": 2 }] }
then GetRegulationCompleteness { "programme_year_id": "dh", "region_code": "4414" } gives { "rows": [] }
then GetRegulationCompleteness { "programme_year_id": "no-year" } refused NOT_FOUND no-year
as town 441900003
then GetRegulationCompleteness { "programme_year_id": "dh" } refused CALLER_NOT_ALLOWED

story A revised regulation is counted as such (rule A12)
include adopted-rules.inc
given ReviseRegulation { "regulation_id": "rg-st-1-DUTY_ROSTER", "revised_on": "2017-03-07" }
as province region 44
then GetRegulationCompleteness { "programme_year_id": "dh" } gives { "rows": [
	{ "region_code": "4419", "stations": 1, "needed": 3, "missing": 2, "revised": 1 }] }

story A programme without stations has no regulations to count
include year.inc
then GetRegulationCompleteness { "programme_year_id": "ty-2022" } refused NOT_FOUND ty-2022
