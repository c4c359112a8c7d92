story A region's level is the length of its code, its parent lies in the code
today 2022-05-01
as province
given AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
given AddRegion { "region_code": "5331", "name_en": "Dehong", "name_zh": "德宏州" }
given AddRegion { "region_code": "533102", "name_en": "Ruili", "name_zh": "瑞丽市", "first_year": 1992 }
when AddRegion { "region_code": "533102102", "name_en": "Jiegao", "name_zh": "姐告" }
then accepted
then event RegionAdded { "region": { "region_code": "533102102", "parent_code": "533102",
				     "level": "REGION_LEVEL_TOWN" } }
then GetRegion { "region_code": "533102" } gives { "region": {
	"level": "REGION_LEVEL_COUNTY", "parent_code": "5331", "name_zh": "瑞丽市", "first_year": 1992 } }
then ListRegions { "parent_code": "53" } gives { "regions": [{ "region_code": "5331" }] }
then ListRegions { "level": "REGION_LEVEL_PROVINCE" } gives { "regions": [{ "region_code": "53" }] }
then ListRegions { "region_code": "5331" } gives { "regions": [
	{ "region_code": "5331" }, { "region_code": "533102" }, { "region_code": "533102102" }] }

story A village lies in its town
today 2022-05-01
as province
given AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
given AddRegion { "region_code": "5331", "name_en": "Dehong", "name_zh": "德宏州" }
given AddRegion { "region_code": "533102", "name_en": "Ruili", "name_zh": "瑞丽市" }
given AddRegion { "region_code": "533102102", "name_en": "Jiegao", "name_zh": "姐告" }
when AddRegion { "region_code": "533102102001", "name_en": "A village", "name_zh": "某村" }
then accepted
then GetRegion { "region_code": "533102102001" } gives { "region": { "level": "REGION_LEVEL_VILLAGE", "parent_code": "533102102" } }

story A town may lie right under its city, where there are no counties
today 2022-05-01
as province
given AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
given AddRegion { "region_code": "5319", "name_en": "A city without counties", "name_zh": "无县市" }
when AddRegion { "region_code": "531900003", "name_en": "East street", "name_zh": "东城街道" }
then accepted
then event RegionAdded { "region": { "parent_code": "5319", "level": "REGION_LEVEL_TOWN" } }

story A region is added once
today 2022-05-01
as province
given AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
when AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
then refused REGION_EXISTS 53

story A region is added under one that is there
today 2022-05-01
as province
given AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
when AddRegion { "region_code": "533102", "name_en": "Ruili", "name_zh": "瑞丽市" }
then refused REGION_PARENT_UNKNOWN 5331

story A prefecture's code is not written with six digits
today 2022-05-01
as province
given AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省" }
given AddRegion { "region_code": "5331", "name_en": "Dehong", "name_zh": "德宏州" }
when AddRegion { "region_code": "533100", "name_en": "Dehong", "name_zh": "德宏州" }
then refused FIELD_INVALID region_code

story A region's code has one of five lengths
today 2022-05-01
as province
when AddRegion { "region_code": "533", "name_en": "?", "name_zh": "?" }
then refused FIELD_INVALID region_code

story A province adds its own regions
today 2022-05-01
as province
when AddRegion { "region_code": "44", "name_en": "Guangdong", "name_zh": "广东省" }
then refused NOT_FOUND 44

story Only the province adds regions
today 2022-05-01
as province
as county 533102
when AddRegion { "region_code": "533102", "name_en": "Ruili", "name_zh": "瑞丽市" }
then refused CALLER_NOT_ALLOWED

story A code does not end before it begins
today 2022-05-01
as province
when AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省", "first_year": 2000, "last_year": 1999 }
then refused FIELD_INVALID last_year

story A code begins in a year
today 2022-05-01
as province
when AddRegion { "region_code": "53", "name_en": "Yunnan", "name_zh": "云南省", "first_year": -1 }
then refused FIELD_INVALID first_year
