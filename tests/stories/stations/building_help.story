story The stations that a project helps to build are recorded (rule B32)
include started.inc
as agency ag-1
when RecordBuildingHelp {
	"help_id": "bh1", "project_id": "pr-s1-ag-1", "town_region_code": "533102100",
	"since_on": "2022-08-01", "description": "Rules and files of the station" }
then accepted
then event BuildingHelpRecorded { "help": {
	"help_id": "bh1", "programme_year_id": "ty-2022", "project_id": "pr-s1-ag-1", "site_id": "s1",
	"region_code": "533102", "agency_id": "ag-1", "town_region_code": "533102100",
	"recorded_by": "p-ag-1" } }
then ListBuildingHelp { "town_region_code": "533102100" } gives { "help": [
	{ "project_id": "pr-s1-ag-1" }] }
then ListBuildingHelp { "project_id": "pr-s1-ag-1" } gives { "help": [{ "help_id": "bh1" }] }
as agency ag-2
then ListBuildingHelp { "programme_year_id": "ty-2022" } gives { "help": [] }

story The help in building a station is recorded once
include started.inc
given RecordBuildingHelp {
	"help_id": "bh1", "project_id": "pr-s1-ag-1", "town_region_code": "533102100",
	"since_on": "2022-08-01", "description": "Rules and files of the station" }
when RecordBuildingHelp {
	"help_id": "bh1", "project_id": "pr-s1-ag-1", "town_region_code": "533102101",
	"since_on": "2022-08-01", "description": "Rules and files of the station" }
then refused BUILDING_HELP_EXISTS bh1

story A project helps where it serves (rule B32)
include started.inc
when RecordBuildingHelp {
	"help_id": "bh1", "project_id": "pr-s1-ag-1", "town_region_code": "533122100",
	"since_on": "2022-08-01", "description": "Rules and files of the station" }
then refused TOWN_OUTSIDE_SITE 533122100

story A station stands in a town
include started.inc
when RecordBuildingHelp {
	"help_id": "bh1", "project_id": "pr-s1-ag-1", "town_region_code": "533102",
	"since_on": "2022-08-01", "description": "Rules and files of the station" }
then refused FIELD_INVALID town_region_code

story An agency records the help of its own projects
include started.inc
as agency ag-2
when RecordBuildingHelp {
	"help_id": "bh1", "project_id": "pr-s1-ag-1", "town_region_code": "533102100",
	"since_on": "2022-08-01", "description": "Rules and files of the station" }
then refused NOT_FOUND pr-s1-ag-1
