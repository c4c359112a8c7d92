story Declared totals stand next to derived ones, and where they differ it shows (rule B4)
include setup.inc
include approved.inc
as dashboard
then GetOverview { "programme_year_id": "ty-2022" } gives {
	"programme_year_id": "ty-2022", "name_zh": "故事年度", "name_en": "A year to tell stories of",
	"date": "2022-07-20",
	"figures": [
		{ "key": "agencies_applied", "name_zh": "申报机构", "name_en": "Agencies that applied",
		  "declared": "2", "derived": "2", "has_declared": true, "differs": false,
		  "unit": "agency" },
		{ "key": "professionals_applied", "declared": "7", "derived": "6", "differs": true },
		{ "key": "professionals_selected", "declared": "6", "derived": "6", "differs": false },
		{ "key": "prefectures", "declared": "2", "derived": "2", "differs": false },
		{ "key": "sites", "declared": "4", "derived": "4", "differs": false },
		{ "key": "counties", "declared": "5", "derived": "4", "has_declared": true,
		  "differs": true }],
	"places": {
		"prefectures": 2, "sites": 4, "county_sites": 3, "prefecture_sites": 1, "counties": 4,
		"counties_unstated": 1, "quota": 10 } }

story Nobody is counted as selected before the ministry has approved the list (rule B3)
include setup.inc
as province
then GetOverview { "programme_year_id": "ty-2022" } gives { "selection": {
	"agencies_registered": 2, "calls": 1, "agencies_applied": 2, "professionals_applied": 6,
	"professionals_selected": 0,
	"applications": [{ "key": "APPLICATION_STATE_ACCEPTED", "count": 5 }] } }

story The figures of a year follow its projects, people, agreements and reports
include setup.inc
include approved.inc
include started-s1.inc
include started-p1.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
as province
given AcceptReport { "report_id": "re1" }
today 2022-08-01
as county 533122
given AcknowledgeAlert { "alert_id": "overdue:agreement:pr-s2-ag-2" }
as ministry
then GetOverview { "programme_year_id": "ty-2022" } gives {
	"projects": {
		"projects": 5, "people_planned": 6, "agreements_in_force": 2, "agreements_late": 0,
		"agreements_open": 0,
		"by_state": [
			{ "key": "PROJECT_STATE_PLANNED", "count": 3 },
			{ "key": "PROJECT_STATE_IN_PROGRESS", "count": 2 }] },
	"people": {
		"reserved": 3, "ready": 0, "in_post": 3, "suspended": 0, "ended": 0, "cancelled": 0,
		"arrived_late": 0, "unplaced": 0 },
	"reports": {
		"asked": 4, "submitted": 1, "accepted": 1, "returned": 0, "late": 0, "missing": 0 },
	"obligations": [
		{ "kind": "OBLIGATION_KIND_AGREEMENT", "due": 0, "met_on_time": 2, "met_late": 0,
		  "missed": 3, "waived": 0, "alerts_upcoming": 0, "alerts_overdue": 3 },
		{ "kind": "OBLIGATION_KIND_ARRIVAL", "due": 3, "met_on_time": 2, "missed": 0,
		  "alerts_upcoming": 3, "alerts_overdue": 0 },
		{ "kind": "OBLIGATION_KIND_QUARTERLY_REPORT", "due": 3, "met_on_time": 1 },
		{ "kind": "OBLIGATION_KIND_EVALUATION", "due": 2, "met_on_time": 0 },
		{ "kind": "OBLIGATION_KIND_MONITORING", "due": 4 }] }

story The figures of the year's money come to what is in the books
include setup.inc
include approved.inc
include started-s1.inc
include paid.inc
as auditor
then GetOverview { "programme_year_id": "ty-2022" } gives { "money": {
	"planned_fen": "12000000", "received_fen": "10000000", "entitled_fen": "8000000",
	"disbursed_fen": "3000000", "spent_fen": "500000", "ledger_sum_fen": "0",
	"ledger_entries": 10, "grants_stopped": 0,
	"sources": [
		{ "source": "central", "name_zh": "中央", "name_en": "Central", "planned_fen": "12000000",
		  "received_fen": "10000000", "entitled_fen": "4000000", "disbursed_fen": "3000000",
		  "spent_fen": "500000" },
		{ "source": "provincial", "planned_fen": "0", "received_fen": "0",
		  "entitled_fen": "4000000", "disbursed_fen": "0", "spent_fen": "0" }] } }

story The figures of evaluation and distribution follow the results (rules B29 and B31)
include setup.inc
include approved.inc
include started-s1.inc
include final.inc
given supervision.CloseRound { "round_id": "r1", "closed_on": "2022-07-22" }
given funding.ProposeDistribution {
	"distribution_id": "ds1", "programme_year_id": "ty-2022", "for_year": 2023,
	"lines": [
		{ "project_id": "pr-s1-ag-1", "evaluation_id": "r1:pr-s1-ag-1",
		  "amount_fen": 8000000 }] }
then GetOverview { "programme_year_id": "ty-2022" } gives {
	"evaluation": {
		"projects": 5, "evaluated": 1,
		"by_state": [{ "key": "EVALUATION_STATE_FINAL", "count": 1 }],
		"grades": [{ "key": "GOOD", "count": 1 }],
		"rounds": [{ "key": "ROUND_STATE_CLOSED", "count": 1 }] },
	"distribution": { "by_state": [{ "key": "DISTRIBUTION_STATE_PROPOSED", "count": 1 }] } }

story The whole year's figures are for those who look after the whole area
include setup.inc
as agency ag-1
then GetOverview { "programme_year_id": "ty-2022" } refused CALLER_NOT_ALLOWED
as prefecture 5331
then GetOverview { "programme_year_id": "ty-2022" } refused CALLER_NOT_ALLOWED
as province
then GetOverview { "programme_year_id": "ty-2099" } refused NOT_FOUND ty-2099
then GetPrefectureOverview { "programme_year_id": "ty-2099" } refused NOT_FOUND ty-2099
then GetCompleteness { "programme_year_id": "ty-2099" } refused NOT_FOUND ty-2099

story Each prefecture has a row of its own
include setup.inc
include approved.inc
include started-s1.inc
include paid.inc
include final.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
as province
given AcceptReport { "report_id": "re1" }
today 2022-08-01
as province
then GetPrefectureOverview { "programme_year_id": "ty-2022" } gives { "prefectures": [
	{ "region_code": "5331", "name_zh": "德宏州", "name_en": "Dehong", "sites": 3, "counties": 3,
	  "quota": 9, "projects": 4, "agreements_in_force": 1, "agreements_late": 0, "in_post": 2,
	  "entitled_fen": "8000000", "disbursed_fen": "3000000", "spent_fen": "500000",
	  "evaluated": 1, "reports_submitted": 1, "reports_accepted": 1, "reports_missing": 0,
	  "alerts_upcoming": 3, "alerts_overdue": 3 },
	{ "region_code": "5333", "name_zh": "怒江州", "sites": 1, "counties": 1, "quota": 1,
	  "projects": 1, "agreements_in_force": 0, "in_post": 0, "alerts_upcoming": 1,
	  "alerts_overdue": 1 }] }
as prefecture 5333
then GetPrefectureOverview { "programme_year_id": "ty-2022" } gives { "prefectures": [
	{ "region_code": "5333" }] }
as county 533102
then GetPrefectureOverview { "programme_year_id": "ty-2022" } refused CALLER_NOT_ALLOWED

story Which reports came, came late or did not come shows by prefecture and quarter (rules B28 and B35)
include setup.inc
include approved.inc
include started-s1.inc
include started-p1.inc
include drafted.inc
today 2022-10-11
as agency ag-1
given SubmitReport { "report_id": "re1", "submitted_on": "2022-10-11" }
as province
given WaiveObligation { "obligation_id": "report:p1:2022Q4", "reason": "A short quarter." }
then GetCompleteness { "programme_year_id": "ty-2022" } gives { "rows": [
	{ "region_code": "5331", "name_zh": "德宏州", "name_en": "Dehong", "period": "2022Q3",
	  "asked": 2, "submitted": 1, "accepted": 0, "returned": 0, "late": 1, "missing": 1,
	  "waived": 0 },
	{ "region_code": "5331", "period": "2022Q4", "asked": 1, "submitted": 0, "missing": 0,
	  "waived": 1 }] }
given ReturnReport { "report_id": "re1", "reason": "R" }
then GetCompleteness { "programme_year_id": "ty-2022" } gives { "rows": [
	{ "period": "2022Q3", "submitted": 1, "returned": 1 }, { "period": "2022Q4" }] }
as prefecture 5333
then GetCompleteness { "programme_year_id": "ty-2022" } gives { "rows": [] }

story People who are awaited, came late, left or never came are counted apart (rules B19 and B20)
include setup.inc
include approved.inc
include almost-agreed-s1.inc
as province
then GetOverview { "programme_year_id": "ty-2022" } gives { "projects": {
	"agreements_in_force": 0, "agreements_open": 1 } }
today 2022-08-02
as county 533102
given stations.SignAgreement { "agreement_id": "ar1", "party": "county", "signed_on": "2022-08-01" }
as province
then GetOverview { "programme_year_id": "ty-2022" } gives {
	"projects": { "agreements_in_force": 1, "agreements_late": 1, "agreements_open": 0 },
	"people": { "reserved": 4, "ready": 2, "in_post": 0 } }
then GetPrefectureOverview { "programme_year_id": "ty-2022" } gives { "prefectures": [
	{ "region_code": "5331", "agreements_in_force": 1, "agreements_late": 1 },
	{ "region_code": "5333", "agreements_in_force": 0, "agreements_late": 0 }] }
given stations.ConfirmArrival { "posting_id": "po-a1-1", "arrived_on": "2022-08-02" }
given stations.EndPosting {
	"posting_id": "po-a1-1", "ended_on": "2022-08-02", "end_reason": "END_REASON_RESIGNED",
	"note": "N" }
given stations.CancelPosting { "posting_id": "po-a2-1", "note": "N" }
then GetOverview { "programme_year_id": "ty-2022" } gives { "people": {
	"reserved": 3, "ready": 1, "in_post": 0, "ended": 1, "cancelled": 1, "arrived_late": 1 } }

story People for whom there is no place are counted until they have one
include setup.inc
as province
given stations.SetSiteQuota { "site_id": "s1", "quota": 2 }
include approved.inc
as province
then GetOverview { "programme_year_id": "ty-2022" } gives {
	"selection": { "professionals_selected": 6 }, "people": { "reserved": 5, "unplaced": 1 },
	"places": { "quota": 8 } }

story A prefecture, a county, a site and an agency have their figures in one shape
include setup.inc
include approved.inc
include started-s1.inc
include paid.inc
include worked.inc
include drafted.inc
given SubmitReport { "report_id": "re1", "submitted_on": "2022-07-22" }
given AddPublicity {
	"item_id": "pu1", "site_id": "s1", "outlet": "O", "published_on": "2022-07-22", "title": "T",
	"link": "https://example.org/1" }
given IssueBriefing {
	"briefing_id": "br1", "site_id": "s1", "title": "T", "content": "C", "issued_on": "2022-07-22" }
given ShareGoodPractice {
	"practice_id": "gp1", "site_id": "s1", "title": "T", "summary": "S", "tags": ["children"] }
today 2022-08-09
as prefecture 5331
then GetAreaOverview { "programme_year_id": "ty-2022", "region_code": "5331" } gives {
	"date": "2022-08-09", "figures": {
		"programme_year_id": "ty-2022", "region_code": "5331", "name_zh": "德宏州",
		"name_en": "Dehong", "sites": 3, "quota": 9, "projects": 4, "people_planned": 5,
		"agreements_in_force": 1, "agreements_late": 0, "awaited": 3, "in_post": 2,
		"arrived_late": 0, "entitled_fen": "8000000", "disbursed_fen": "3000000",
		"spent_fen": "500000", "visits": 0, "evaluated": 0,
		"reports": { "asked": 2, "submitted": 1, "accepted": 0, "late": 0, "missing": 0 },
		"alerts": { "upcoming": 0, "overdue": 7, "acknowledged": 0, "up_to_7_days": 3,
			"up_to_30_days": 4, "older": 0 },
		"work": { "minutes": "270", "other_minutes": "60", "other_permille": 222,
			"months_over_limit": 1, "people_reached": "13" },
		"publicity": 1, "briefings": 1, "good_practices": 1 } }
as county 533102
then GetAreaOverview { "programme_year_id": "ty-2022", "region_code": "533102" } gives { "figures": {
	"name_en": "Ruili", "sites": 1, "quota": 4, "projects": 2, "people_planned": 3, "in_post": 2,
	"agreements_in_force": 1, "entitled_fen": "8000000", "reports": { "submitted": 1 },
	"alerts": { "overdue": 3 }, "work": { "minutes": "270", "people_reached": "13" },
	"publicity": 1, "briefings": 1, "good_practices": 1 } }
then GetAreaOverview { "programme_year_id": "ty-2022", "site_id": "s1" } gives { "figures": {
	"site_id": "s1", "region_code": "533102", "sites": 1, "quota": 4, "projects": 2, "in_post": 2,
	"agreements_in_force": 1, "entitled_fen": "8000000", "reports": { "submitted": 1 },
	"alerts": { "overdue": 3 }, "work": { "minutes": "270", "people_reached": "13" },
	"publicity": 1, "briefings": 1, "good_practices": 1 } }
as agency ag-1
then GetAreaOverview { "programme_year_id": "ty-2022", "agency_id": "ag-1" } gives { "figures": {
	"agency_id": "ag-1", "name_en": "The first", "sites": 0, "projects": 2, "people_planned": 3,
	"in_post": 2, "agreements_in_force": 1, "entitled_fen": "8000000",
	"reports": { "submitted": 1 }, "alerts": { "overdue": 3 }, "work": { "minutes": "270" },
	"publicity": 1, "briefings": 1 } }
# A site's figures are of all agencies there.
then GetAreaOverview { "programme_year_id": "ty-2022", "site_id": "s1" } refused NOT_FOUND s1
as dashboard
then GetOverview { "programme_year_id": "ty-2022" } gives {
	"alerts": { "overdue": 9, "up_to_7_days": 4, "up_to_30_days": 5 },
	"work": { "minutes": "270", "other_minutes": "60", "months_over_limit": 1, "people_reached": "13" },
	"publicity": 1, "briefings": 1, "good_practices": 1 }

story The figures of a whole year are for those whose area is the whole province
include setup.inc
include approved.inc
as dashboard region 5331
then GetOverview { "programme_year_id": "ty-2022" } refused NOT_FOUND ty-2022
then GetProgrammes {} gives { "programmes": [] }
then GetPrefectureOverview { "programme_year_id": "ty-2022" } gives { "prefectures": [{ "region_code": "5331" }] }
as auditor region 533102
then GetOverview { "programme_year_id": "ty-2022" } refused NOT_FOUND ty-2022
then GetPrefectureOverview { "programme_year_id": "ty-2022" } gives { "prefectures": [] }
then GetCompleteness { "programme_year_id": "ty-2022" } gives { "rows": [] }
then GetAreaOverview { "programme_year_id": "ty-2022", "region_code": "533102" } gives { "figures": { "region_code": "533102" } }

story Each county of a prefecture has its figures, and so has each prefecture
include setup.inc
include approved.inc
include started-s1.inc
include paid.inc
as province
then GetAreaParts { "programme_year_id": "ty-2022" } gives { "parts": [
	{ "region_code": "5331", "name_en": "Dehong", "sites": 3, "quota": 9, "projects": 4, "in_post": 2,
	  "spent_fen": "500000" },
	{ "region_code": "5333", "sites": 1, "quota": 1, "in_post": 0 }] }
then GetAreaParts { "programme_year_id": "ty-2022", "by_county": true, "region_code": "5331" } gives {
	"parts": [
	{ "region_code": "533102", "name_en": "Ruili", "sites": 1, "in_post": 2, "spent_fen": "500000" },
	{ "region_code": "533122", "name_en": "Lianghe", "sites": 1, "in_post": 0, "spent_fen": "0" }] }
then GetAreaParts { "programme_year_id": "ty-none" } refused NOT_FOUND ty-none
as prefecture 5333
then GetAreaParts { "programme_year_id": "ty-2022" } gives { "parts": [{ "region_code": "5333" }] }
as county 533122
then GetAreaParts { "programme_year_id": "ty-2022" } gives { "parts": [] }
as agency ag-1
then GetAreaParts { "programme_year_id": "ty-2022", "by_county": true } gives { "parts": [] }

story Everybody sees the figures of his own area
include setup.inc
include approved.inc
as agency ag-1
then GetAreaOverview { "programme_year_id": "ty-2022", "agency_id": "ag-2" } refused NOT_FOUND ag-2
then GetAreaOverview { "programme_year_id": "ty-2022", "region_code": "5331" } refused NOT_FOUND 5331
then GetAreaOverview { "programme_year_id": "ty-2022", "site_id": "s2" } refused NOT_FOUND s2
as county 533122
then GetAreaOverview { "programme_year_id": "ty-2022", "region_code": "533102" } refused NOT_FOUND 533102
then GetAreaOverview { "programme_year_id": "ty-2022", "site_id": "s1" } refused NOT_FOUND s1
then GetAreaOverview { "programme_year_id": "ty-2022", "agency_id": "ag-1" } refused NOT_FOUND ag-1
then GetAreaOverview { "programme_year_id": "ty-none", "site_id": "s1" } refused NOT_FOUND ty-none
as province
then GetAreaOverview { "programme_year_id": "ty-2022" } refused FIELD_INVALID region_code
then GetAreaOverview { "programme_year_id": "ty-2022", "site_id": "s1", "agency_id": "ag-1" } refused FIELD_INVALID region_code
then GetAreaOverview { "programme_year_id": "ty-2022", "region_code": "53" } refused NOT_FOUND 53
then GetAreaOverview { "programme_year_id": "ty-2022", "site_id": "s9" } refused NOT_FOUND s9

story The ministry sees all programme years beside each other
include setup.inc
include approved.inc
include started-s1.inc
as ministry
then GetProgrammes { } gives { "programmes": [
	{ "programme_year_id": "ty-2022", "name_en": "A year to tell stories of", "region_code": "53",
	  "sites": 4, "quota": 10, "projects": 5, "in_post": 2, "agreements_in_force": 1,
	  "entitled_fen": "8000000", "disbursed_fen": "0", "spent_fen": "0", "evaluated": 0,
	  "reports": { "asked": 2, "submitted": 0 } }] }
then GetAreaOverview { "programme_year_id": "ty-2022", "region_code": "5331" } gives { "figures": { "in_post": 2 } }

story What was done for whom is counted by prefecture (rules A15 and B33)
include setup.inc
include approved.inc
include started-s1.inc
include worked.inc
as province
then GetServices { "programme_year_id": "ty-2022" } gives { "areas": [
	{ "region_code": "5331", "name_en": "Dehong",
	  "methods": [
		{ "method": "WORK_METHOD_GROUP", "records": "1", "minutes": "90", "sessions": "1", "people": "8" },
		{ "method": "WORK_METHOD_VISIT", "records": "1", "minutes": "120", "people": "5" },
		{ "method": "WORK_METHOD_ADMINISTRATIVE", "records": "1", "minutes": "60" }],
	  "beneficiaries": [
		{ "beneficiary": "BENEFICIARY_LOW_INCOME", "people": "3" },
		{ "beneficiary": "BENEFICIARY_LEFT_BEHIND_CHILD", "people": "10" }] },
	{ "region_code": "5333", "methods": [], "beneficiaries": [] }] }
then GetServices { "programme_year_id": "ty-2022", "region_code": "5333" } gives { "areas": [
	{ "region_code": "5333" }] }
then GetServices { "programme_year_id": "ty-none" } refused NOT_FOUND ty-none
as prefecture 5333
then GetServices { "programme_year_id": "ty-2022" } gives { "areas": [{ "region_code": "5333" }] }

story The stations of a programme stand in its figures, declared beside derived (rules A2, A3)
include ../stations/opened.inc
as province region 44
then GetOverview { "programme_year_id": "dh" } gives { "figures": [
	{ "key": "agencies_applied" }, { "key": "professionals_applied" },
	{ "key": "professionals_selected" }, { "key": "prefectures" }, { "key": "sites" },
	{ "key": "counties" },
	{ "key": "stations", "declared": "407", "derived": "1", "differs": true },
	{ "key": "workers", "declared": "1737", "derived": "0" },
	{ "key": "centres", "declared": "21", "derived": "1" }],
	"stations": { "stations": 1, "open": 1, "understaffed": 1, "full": 0, "without_supervisor": 1,
		"centres": 1 } }
as regional-centre 4419
then GetAreaOverview { "programme_year_id": "dh", "region_code": "4419" } gives { "figures": {
	"sites": 1, "quota": 3, "stations": { "open": 1, "understaffed": 1, "centres": 1 } } }
as town 441900003
then GetAreaOverview { "programme_year_id": "dh", "region_code": "441900003" } gives { "figures": {
	"site_id": "st-1", "region_code": "441900003", "name_zh": "东城站", "quota": 3,
	"stations": { "open": 1, "understaffed": 1 } } }
then GetAreaOverview { "programme_year_id": "dh", "region_code": "441900004" } refused NOT_FOUND 441900004
