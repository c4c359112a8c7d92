story A county that two sites serve is one county
include setup.inc
as province
then ListServedCounties { "programme_year_id": "ty-2022" } gives { "served_counties": [
	{ "served_county_id": "ty-2022:533102", "region_code": "533102", "unstated": false,
	  "site_ids": ["s1", "p1"] },
	{ "served_county_id": "ty-2022:533103", "site_ids": ["p1"] },
	{ "served_county_id": "ty-2022:533122", "site_ids": ["s2"] },
	{ "served_county_id": "ty-2022:u1-county-not-stated-in-the-notice-of-the-year-2022",
	  "region_code": "5333", "unstated": true }] }
then GetServedCounty { "served_county_id": "ty-2022:533103" } gives {
	"served_county": { "region_code": "533103", "site_ids": ["p1"] } }

story A prefecture sees the counties of its own area
include setup.inc
as prefecture 5333
then ListServedCounties { "programme_year_id": "ty-2022" } gives {
	"served_counties": [{ "region_code": "5333", "unstated": true }] }
then GetServedCounty { "served_county_id": "ty-2022:533103" } refused NOT_FOUND ty-2022:533103
