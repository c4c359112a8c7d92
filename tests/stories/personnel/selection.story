story A call has a selection list
include setup.inc
when OpenSelectionList { "list_id": "l1", "call_id": "c1" }
then event SelectionListOpened {
	"list": { "list_id": "l1", "call_id": "c1", "programme_year_id": "ty-2022",
		"region_code": "53", "state": "LIST_STATE_OPEN", "people": 0, "version": 0 } }
then GetSelectionList { "list_id": "l1" } gives { "list": { "revision": "1" } }
then ListSelectionLists { "programme_year_id": "ty-2022" } gives { "lists": [{ "list_id": "l1" }] }
when OpenSelectionList { "list_id": "l2", "call_id": "c1" }
then refused CALL_HAS_LIST c1
when OpenSelectionList { "list_id": "l2", "call_id": "c9" }
then refused CALL_UNKNOWN c9

story A selection list is opened once
include setup.inc
given OpenSelectionList { "list_id": "l1", "call_id": "c1" }
given OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "title": "T" }
when OpenSelectionList { "list_id": "l1", "call_id": "c2" }
then refused LIST_EXISTS l1

story The province proposes people of accepted applications
include setup.inc
include accepted.inc
as province
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p2", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p5", "application_id": "a3", "site_id": "s-lianghe" }] }
then event SelectionProposed {
	"list": { "state": "LIST_STATE_PROPOSED", "people": 3, "version": 1, "proposed_by": "p-province" },
	"selected": [
		{ "selected_id": "a1-1", "list_id": "l1", "programme_year_id": "ty-2022", "person_id": "p1",
		  "agency_id": "ag-1", "application_id": "a1", "site_id": "s-ruili", "region_code": "533102",
		  "approved": false, "state": "SELECTED_STATE_PROPOSED" },
		{ "selected_id": "a1-2", "person_id": "p2" },
		{ "selected_id": "a3-1", "person_id": "p5", "agency_id": "ag-2", "region_code": "533122" }] }
then GetSelectedProfessional { "selected_id": "a3-1" } gives { "selected": { "person_id": "p5" } }
then ListSelectedProfessionals { "list_id": "l1" } gives {
	"selected": [{ "person_id": "p1" }, { "person_id": "p2" }, { "person_id": "p5" }] }
then ListSelectedProfessionals { "site_id": "s-lianghe" } gives { "selected": [{ "person_id": "p5" }] }
then ListSelectedProfessionals { "agency_id": "ag-1" } gives {
	"selected": [{ "person_id": "p1" }, { "person_id": "p2" }] }
as county 533122
then ListSelectedProfessionals {} gives {}
then GetSelectedProfessional { "selected_id": "a3-1" } refused NOT_FOUND a3-1

story A later proposal takes the place of the one before
include setup.inc
include accepted.inc
include proposed.inc
when ProposeSelection {
	"list_id": "l1", "expected_revision": "2", "selected": [
		{ "person_id": "p3", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p2", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p6", "application_id": "a3", "site_id": "s-lianghe" }] }
then event SelectionProposed {
	"list": { "version": 2, "people": 3 },
	"selected": [
		{ "person_id": "p3", "state": "SELECTED_STATE_PROPOSED" },
		{ "person_id": "p2", "state": "SELECTED_STATE_PROPOSED" },
		{ "person_id": "p6", "state": "SELECTED_STATE_PROPOSED" },
		{ "person_id": "p1", "state": "SELECTED_STATE_DROPPED" },
		{ "person_id": "p5", "state": "SELECTED_STATE_DROPPED" }] }
then ListSelectedProfessionals { "list_id": "l1", "state": "SELECTED_STATE_PROPOSED" } gives {
	"selected": [{ "person_id": "p2" }, { "person_id": "p3" }, { "person_id": "p6" }] }
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then accepted

story A person may be sent to another site of the call than applied for
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p3", "application_id": "a1", "site_id": "s-lianghe" }] }
then event SelectionProposed { "selected": [{ "person_id": "p3", "site_id": "s-lianghe", "region_code": "533122" }] }

story A proposal names somebody
include setup.inc
include accepted.inc
when ProposeSelection { "list_id": "l1" }
then refused NOBODY_SELECTED l1

story A proposal names at most 200 people
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused FIELD_INVALID selected

story A person is sent to one of the call's sites
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-9" }] }
then refused SITE_NOT_IN_CALL s-9

story Only nominees are selected
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p4", "application_id": "a1", "site_id": "s-ruili" }] }
then refused NOT_A_NOMINEE p4
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a9", "site_id": "s-ruili" }] }
then refused NOT_A_NOMINEE p1

story Who was left out of an application is not selected by it
include setup.inc
include submitted.inc
as province
given ReturnApplication { "application_id": "a1", "reason": "The plan is thin" }
as agency ag-1
given ResubmitApplication {
	"application_id": "a1", "resubmitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
as province
given ReviewApplication { "application_id": "a1" }
given DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-03" }
given OpenSelectionList { "list_id": "l1", "call_id": "c1" }
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p2", "application_id": "a1", "site_id": "s-ruili" }] }
then refused NOT_A_NOMINEE p2
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then accepted

story Nobody is selected from an application that is not accepted
include setup.inc
include submitted.inc
as province
given OpenSelectionList { "list_id": "l1", "call_id": "c1" }
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused APPLICATION_NOT_ACCEPTED a1
given ReviewApplication { "application_id": "a1" }
given DecideApplication {
	"application_id": "a1", "decision": "APPLICATION_DECISION_REJECT", "decided_on": "2022-05-03", "reason": "R" }
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused APPLICATION_NOT_ACCEPTED a1

story Nobody is selected from another call's application
include setup.inc
include accepted.inc
given OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "title": "T" }
given OpenSelectionList { "list_id": "l2", "call_id": "c2" }
when ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused APPLICATION_NOT_ACCEPTED a1

story Nobody is selected twice
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p2", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused SELECTED_TWICE p1
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p1", "application_id": "a2", "site_id": "s-dehong" }] }
then refused SELECTED_TWICE p1

story Nobody is selected twice by two lists of a year
include setup.inc
include accepted.inc
include proposed.inc
given OpenCall {
	"call_id": "c2", "programme_year_id": "ty-2022", "opens_from": "2022-05-01",
	"closes_by": "2022-05-31", "title": "T" }
as agency ag-1
given SubmitApplication {
	"application_id": "a4", "call_id": "c2", "agency_id": "ag-1", "site_id": "s-lianghe",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }, { "person_id": "p3" }] }
as province
given ReviewApplication { "application_id": "a4" }
given DecideApplication {
	"application_id": "a4", "decision": "APPLICATION_DECISION_ACCEPT", "decided_on": "2022-05-03" }
given OpenSelectionList { "list_id": "l2", "call_id": "c2" }
when ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "p1", "application_id": "a4", "site_id": "s-lianghe" }] }
then refused SELECTED_TWICE p1
# A place that the first list has taken is taken for the second.
when ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "p3", "application_id": "a4", "site_id": "s-ruili" }] }
then refused COUNTY_QUOTA_EXCEEDED s-ruili
when ProposeSelection {
	"list_id": "l2", "selected": [
		{ "person_id": "p3", "application_id": "a4", "site_id": "s-lianghe" }] }
then accepted
# And the other way round: what the second has taken is gone for the first.
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p5", "application_id": "a3", "site_id": "s-lianghe" },
		{ "person_id": "p6", "application_id": "a3", "site_id": "s-lianghe" }] }
then refused COUNTY_QUOTA_EXCEEDED s-lianghe

story No more people are selected than the year may send (rule B4)
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p2", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p3", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p4", "application_id": "a2", "site_id": "s-dehong" },
		{ "person_id": "p5", "application_id": "a3", "site_id": "s-lianghe" },
		{ "person_id": "p6", "application_id": "a3", "site_id": "s-lianghe" }] }
then refused YEAR_QUOTA_EXCEEDED ty-2022

story All the places of a year may be filled (rule B4, B5, B6)
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p2", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p4", "application_id": "a2", "site_id": "s-dehong" },
		{ "person_id": "p5", "application_id": "a3", "site_id": "s-lianghe" },
		{ "person_id": "p6", "application_id": "a3", "site_id": "s-lianghe" }] }
then event SelectionProposed { "list": { "people": 5 } }

story No more people are selected for a county than its site takes (rule B5)
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p2", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p3", "application_id": "a1", "site_id": "s-ruili" }] }
then refused COUNTY_QUOTA_EXCEEDED s-ruili

story No more people are selected for a prefecture's support than its site takes (rule B6)
include setup.inc
include accepted.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p4", "application_id": "a2", "site_id": "s-dehong" },
		{ "person_id": "p1", "application_id": "a2", "site_id": "s-dehong" }] }
then refused SUPPORT_QUOTA_EXCEEDED s-dehong

story The list goes to the ministry, and comes back approved with document and date (rule B3)
include setup.inc
include accepted.inc
include proposed.inc
today 2022-06-06
as province
when SubmitToMinistry { "list_id": "l1", "document_no": "N2", "submitted_on": "2022-06-06", "expected_revision": "2" }
then event SelectionSubmitted {
	"list": { "state": "LIST_STATE_SUBMITTED_TO_MINISTRY", "submission_document_no": "N2", "submitted_on": "2022-06-06" } }
today 2022-06-20
as province person p-secretary
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-06-20", "expected_revision": "3" }
then event SelectionApproved {
	"list": { "state": "LIST_STATE_APPROVED", "document_no": "N3", "decided_on": "2022-06-20",
		"people": 3, "decision_recorded_by": "p-secretary" },
	"selected": [
		{ "selected_id": "a1-1", "approved": true, "state": "SELECTED_STATE_APPROVED" },
		{ "selected_id": "a1-2", "approved": true },
		{ "selected_id": "a3-1", "approved": true }],
	"nominees": [
		{ "nominee_id": "a1-1", "state": "NOMINEE_STATE_SELECTED" },
		{ "nominee_id": "a1-2", "state": "NOMINEE_STATE_SELECTED" },
		{ "nominee_id": "a3-1", "state": "NOMINEE_STATE_SELECTED" }] }
as county 533122
then ListSelectedProfessionals {} gives { "selected": [{ "person_id": "p5" }] }

story An approved list never changes (rule B3)
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
include approved.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused LIST_FROZEN l1
when SubmitToMinistry { "list_id": "l1", "document_no": "N2", "submitted_on": "2022-06-06" }
then refused LIST_FROZEN l1
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_RETURNED", "document_no": "N3",
	"decided_on": "2022-06-20", "reason": "R" }
then refused LIST_FROZEN l1
then no event

story A person who was selected is not named by another agency (rule B2)
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
include approved.inc
as province
given stations.CancelPosting { "posting_id": "po-a1-1", "note": "P1 leaves the agency" }
given MovePerson { "person_id": "p1", "agency_id": "ag-2" }
as agency ag-2
when SubmitApplication {
	"application_id": "a9", "call_id": "c1", "agency_id": "ag-2", "site_id": "s-ruili",
	"submitted_on": "2022-05-03", "title": "T", "nominees": [{ "person_id": "p1" }] }
then refused NAMED_BY_OTHER_AGENCY p1

story A list that the ministry sends back is proposed anew (rule B3)
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
as province person p-secretary
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_RETURNED", "document_no": "N3",
	"decided_on": "2022-06-06" }
then refused FIELD_INVALID reason
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_RETURNED", "document_no": "N3",
	"decided_on": "2022-06-06", "reason": "Too many from one agency" }
then event SelectionReturned {
	"list": { "state": "LIST_STATE_RETURNED", "reason": "Too many from one agency", "document_no": "N3" } }
as province
when SubmitToMinistry { "list_id": "l1", "document_no": "N2", "submitted_on": "2022-06-06" }
then refused LIST_NOT_PROPOSED l1
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" },
		{ "person_id": "p5", "application_id": "a3", "site_id": "s-lianghe" }] }
then event SelectionProposed { "list": { "state": "LIST_STATE_PROPOSED", "version": 2 } }
given SubmitToMinistry { "list_id": "l1", "document_no": "N2", "submitted_on": "2022-06-06" }
as province person p-secretary
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-06-06" }
then event SelectionApproved { "selected": [{ "person_id": "p1" }, { "person_id": "p5" }] }
then GetSelectedProfessional { "selected_id": "a1-2" } gives {
	"selected": { "state": "SELECTED_STATE_DROPPED", "approved": false } }

story A list without a proposal is not sent to the ministry
include setup.inc
include accepted.inc
when SubmitToMinistry { "list_id": "l1", "document_no": "N2", "submitted_on": "2022-05-03" }
then refused LIST_NOT_PROPOSED l1

story A list that lies with the ministry is left alone
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused LIST_AT_MINISTRY l1
when SubmitToMinistry { "list_id": "l1", "document_no": "N2", "submitted_on": "2022-06-06" }
then refused LIST_AT_MINISTRY l1

story The ministry decides on what was sent to it (rule B3)
include setup.inc
include accepted.inc
include proposed.inc
as province person p-secretary
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-05-03" }
then refused LIST_NOT_AT_MINISTRY l1

story The ministry's decision is not dated before the letter to it
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
as province person p-secretary
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-06-05" }
then refused DECISION_BEFORE_SUBMISSION l1

story Who proposed the people does not record the decision on them
include setup.inc
include accepted.inc
include proposed.inc
include at-ministry.inc
as province
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-06-06" }
then refused SAME_PERSON_DECIDES l1

story Who has read an old state does not change a list by it
include setup.inc
include accepted.inc
include proposed.inc
when ProposeSelection {
	"list_id": "l1", "expected_revision": "7", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused STALE_REVISION l1
when SubmitToMinistry { "list_id": "l1", "document_no": "N2", "submitted_on": "2022-05-03", "expected_revision": "7" }
then refused STALE_REVISION l1
when RecordMinistryDecision {
	"list_id": "l1", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3",
	"decided_on": "2022-05-03", "expected_revision": "7" }
then refused STALE_REVISION l1

story A list that is not there is not changed
include setup.inc
when ProposeSelection {
	"list_id": "l9", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused NOT_FOUND l9
when SubmitToMinistry { "list_id": "l9", "document_no": "N2", "submitted_on": "2022-05-01" }
then refused NOT_FOUND l9
when RecordMinistryDecision {
	"list_id": "l9", "decision": "MINISTRY_DECISION_APPROVED", "document_no": "N3", "decided_on": "2022-05-01" }
then refused NOT_FOUND l9

story A prefecture does not select
include setup.inc
include accepted.inc
as prefecture 5331
when OpenSelectionList { "list_id": "l2", "call_id": "c1" }
then refused CALLER_NOT_ALLOWED
when ProposeSelection {
	"list_id": "l1", "selected": [
		{ "person_id": "p1", "application_id": "a1", "site_id": "s-ruili" }] }
then refused CALLER_NOT_ALLOWED

story A province does not select for another province
include setup.inc
as province region 44
when OpenSelectionList { "list_id": "l1", "call_id": "c1" }
then refused CALL_UNKNOWN c1
