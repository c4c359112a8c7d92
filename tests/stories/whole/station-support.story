story A station is built up with support over the three levels, while the office is entrusted (rules A7, A9, A12, A13)
include ../stations/opened.inc
today 2017-03-20
as worker w1 t-1 441900003
when stations.DraftRegulation {
	"station_id": "st-1", "kind": "FILES", "drafted_on": "2017-03-18",
	"helper": "REGULATION_HELPER_CENTRE", "helper_id": "ce-dg" }
then accepted
when stations.RaiseSupport {
	"request_id": "su1", "station_id": "st-1", "kind": "SUPPORT_KIND_PROFESSIONAL",
	"subject": "Who may read the files", "content": "The town's clerk asks to",
	"raised_on": "2017-03-20" }
then accepted
as regional-centre 4419
then stations.GetOpenSupport { "programme_year_id": "dh" } gives { "cities": [
	{ "level": "SUPPORT_LEVEL_CENTRE", "open": 1, "oldest_days": 0 }] }
when stations.HandUpSupport { "request_id": "su1", "reason": "It is the same in each town" }
then accepted
today 2017-07-01
as project-office region 44
then stations.GetOpenSupport { "programme_year_id": "dh" } gives { "cities": [
	{ "level": "SUPPORT_LEVEL_OFFICE", "open": 1, "oldest_on": "2017-03-20", "oldest_days": 103 }] }
when stations.GiveGuidance { "request_id": "su1", "guidance": "Nobody but the workers" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh by A7
as province region 44
given stations.DraftEntrustment {
	"entrustment_id": "en2", "office_id": "of", "in_force_from": "2017-07-01",
	"in_force_until": "2018-06-30", "document_no": "E2", "tasks": "T" }
given stations.SignEntrustment { "entrustment_id": "en2", "party": "department", "signed_on": "2017-07-01" }
as project-office region 44
given stations.SignEntrustment { "entrustment_id": "en2", "party": "office", "signed_on": "2017-07-01" }
when stations.GiveGuidance { "request_id": "su1", "guidance": "Nobody but the workers" }
then accepted
as regional-centre 4419
when stations.GiveGuidance { "request_id": "su1", "guidance": "Nobody but the workers: lock the room" }
then accepted
today 2017-07-05
as town 441900003
when stations.CloseSupport { "request_id": "su1", "answer": "The room is locked" }
then accepted
when stations.AdoptRegulation {
	"regulation_id": "rg-st-1-FILES", "adopted_on": "2017-07-05", "document_no": "Town 9" }
then accepted
as province region 44
then stations.GetSupport { "request_id": "su1" } gives { "open_days": 107, "request": { "steps": [
	{ "to_level": "SUPPORT_LEVEL_CENTRE" }, { "to_level": "SUPPORT_LEVEL_OFFICE" },
	{ "to_level": "SUPPORT_LEVEL_CENTRE" }, { "to_level": "SUPPORT_LEVEL_STATION" }] } }
then stations.GetOpenSupport { "programme_year_id": "dh" } gives { "cities": [] }
then stations.GetRegulationCompleteness { "programme_year_id": "dh" } gives { "rows": [
	{ "region_code": "4419", "stations": 1, "needed": 3, "missing": 2, "adopted": 1 }] }
