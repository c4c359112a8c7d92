story A station asks its centre for professional support (rule A9)
include opened.inc
as worker w1 t-1 441900003
when RaiseSupport {
	"request_id": "su1", "station_id": "st-1", "kind": "SUPPORT_KIND_PROFESSIONAL",
	"subject": "A group of widowers", "content": "Nobody comes a second time",
	"raised_on": "2017-03-02" }
then accepted
then event SupportRaised { "request": {
	"request_id": "su1", "programme_year_id": "dh", "station_id": "st-1", "region_code": "441900003",
	"state": "SUPPORT_STATE_OPEN", "level": "SUPPORT_LEVEL_CENTRE", "raised_by": "w1",
	"steps": [{ "from_level": "SUPPORT_LEVEL_STATION", "to_level": "SUPPORT_LEVEL_CENTRE" }] } }

story A trouble is written down at the station, and handed up where needed (rule A13)
include opened.inc
as town 441900003
when RaiseSupport {
	"request_id": "tr1", "station_id": "st-1", "kind": "SUPPORT_KIND_OPERATIONAL",
	"subject": "The roof", "content": "It leaks over the files", "raised_on": "2017-03-02" }
then accepted
then event SupportRaised { "request": { "level": "SUPPORT_LEVEL_STATION", "steps": [] } }
when HandUpSupport { "request_id": "tr1", "reason": "The town has no money for it" }
then accepted
then event SupportHandedUp { "request": { "level": "SUPPORT_LEVEL_CENTRE", "steps": [
	{ "taken_on": "2017-03-02", "taken_by": "p-town", "text": "The town has no money for it" }] } }

story A request goes up one level at a time, and guidance comes down the same way (rule A9)
include raised.inc
as regional-centre 4419
when HandUpSupport { "request_id": "su1", "reason": "The centre has not seen it yet" }
then accepted
then event SupportHandedUp { "request": { "level": "SUPPORT_LEVEL_OFFICE" } }
as project-office region 44
when GiveGuidance { "request_id": "su1", "guidance": "Begin with a meal" }
then accepted
then event GuidanceGiven { "request": { "level": "SUPPORT_LEVEL_CENTRE", "state": "SUPPORT_STATE_OPEN" } }
as regional-centre 4419
when GiveGuidance { "request_id": "su1", "guidance": "Begin with a meal, at the old school" }
then accepted
then event GuidanceGiven { "request": { "level": "SUPPORT_LEVEL_STATION", "steps": [
	{ "from_level": "SUPPORT_LEVEL_STATION", "to_level": "SUPPORT_LEVEL_CENTRE" },
	{ "from_level": "SUPPORT_LEVEL_CENTRE", "to_level": "SUPPORT_LEVEL_OFFICE" },
	{ "from_level": "SUPPORT_LEVEL_OFFICE", "to_level": "SUPPORT_LEVEL_CENTRE" },
	{ "from_level": "SUPPORT_LEVEL_CENTRE", "to_level": "SUPPORT_LEVEL_STATION" }] } }
today 2017-03-12
as town 441900003
when CloseSupport { "request_id": "su1", "answer": "Nine came, and again" }
then accepted
then event SupportClosed { "request": {
	"state": "SUPPORT_STATE_CLOSED", "answer": "Nine came, and again", "closed_on": "2017-03-12",
	"closed_by": "p-town" } }
then GetSupport { "request_id": "su1" } gives { "request": { "request_id": "su1" }, "open_days": 4 }

story The station does not hand up what lies at the centre (rule A9)
include raised.inc
when HandUpSupport { "request_id": "su1", "reason": "The centre is slow" }
then refused SUPPORT_AT_OTHER_LEVEL su1

story The office does not answer over the centre's head (rule A9)
include raised.inc
as project-office region 44
when GiveGuidance { "request_id": "su1", "guidance": "Begin with a meal" }
then refused SUPPORT_AT_OTHER_LEVEL su1

story The centre gives guidance on what was handed up to it (rule A9)
include raised.inc
as regional-centre 4419
when GiveGuidance { "request_id": "tr1", "guidance": "Ask the school for a room" }
then refused SUPPORT_AT_OTHER_LEVEL tr1

story The office gives guidance while its entrustment is in force (rule A7)
include raised.inc
as regional-centre 4419
given HandUpSupport { "request_id": "su1", "reason": "The centre has not seen it yet" }
today 2017-07-01
as project-office region 44
when GiveGuidance { "request_id": "su1", "guidance": "Begin with a meal" }
then refused ENTRUSTMENT_NOT_IN_FORCE dh

story A request is raised once
include raised.inc
when RaiseSupport {
	"request_id": "su1", "station_id": "st-1", "kind": "SUPPORT_KIND_OPERATIONAL",
	"subject": "The roof", "content": "It leaks over the files", "raised_on": "2017-03-05" }
then refused SUPPORT_EXISTS su1

story A town asks for its own station
include opened.inc
as town 441900004
when RaiseSupport {
	"request_id": "su1", "station_id": "st-1", "kind": "SUPPORT_KIND_OPERATIONAL",
	"subject": "The roof", "content": "It leaks over the files", "raised_on": "2017-03-02" }
then refused NOT_FOUND st-1

story A station asks for support while it is at work
include stations.inc
as town 441900003
when RaiseSupport {
	"request_id": "su1", "station_id": "st-1", "kind": "SUPPORT_KIND_OPERATIONAL",
	"subject": "The roof", "content": "It leaks over the files", "raised_on": "2017-03-02" }
then refused STATION_NOT_OPEN st-1

story A centre hands up what comes from its own stations
include raised.inc
as regional-centre 4414
when HandUpSupport { "request_id": "su1", "reason": "The centre has not seen it yet" }
then refused NOT_FOUND su1

story Nobody hands up a request that he has not read
include raised.inc
when HandUpSupport { "request_id": "tr1", "reason": "No money", "expected_revision": "9" }
then refused STALE_REVISION tr1

story What is closed is not handed up
include raised.inc
given CloseSupport { "request_id": "tr1", "answer": "The roof is mended" }
when HandUpSupport { "request_id": "tr1", "reason": "It leaks again" }
then refused SUPPORT_IS_CLOSED tr1

story A centre gives guidance to its own stations
include raised.inc
as regional-centre 4414
when GiveGuidance { "request_id": "su1", "guidance": "Begin with a meal" }
then refused NOT_FOUND su1

story Nobody gives guidance on a request that he has not read
include raised.inc
as regional-centre 4419
when GiveGuidance { "request_id": "su1", "guidance": "Begin with a meal", "expected_revision": "9" }
then refused STALE_REVISION su1

story There is no guidance on what is closed
include raised.inc
given CloseSupport { "request_id": "tr1", "answer": "The roof is mended" }
as regional-centre 4419
when GiveGuidance { "request_id": "tr1", "guidance": "Ask the school for a room" }
then refused SUPPORT_IS_CLOSED tr1

story A station closes a request that has come back to it (rule A9)
include raised.inc
when CloseSupport { "request_id": "su1", "answer": "Nine came" }
then refused SUPPORT_AT_OTHER_LEVEL su1

story A request is closed once (rule A13)
include raised.inc
given CloseSupport { "request_id": "tr1", "answer": "The roof is mended" }
when CloseSupport { "request_id": "tr1", "answer": "The roof is mended" }
then refused SUPPORT_IS_CLOSED tr1

story A town closes requests of its own station
include raised.inc
as town 441900004
when CloseSupport { "request_id": "tr1", "answer": "The roof is mended" }
then refused NOT_FOUND tr1

story Nobody closes a request that he has not read
include raised.inc
when CloseSupport { "request_id": "tr1", "answer": "The roof is mended", "expected_revision": "9" }
then refused STALE_REVISION tr1

story What is waited for, where it lies and for how long can be seen (rule A13)
include raised.inc
today 2017-03-15
as town 441900003
then GetSupport { "request_id": "tr1" } gives { "open_days": 10 }
then ListSupport { "station_id": "st-1", "level": "SUPPORT_LEVEL_CENTRE" } gives {
	"requests": [{ "request_id": "su1" }] }
then ListSupport { "programme_year_id": "dh", "state": "SUPPORT_STATE_OPEN" } gives {
	"requests": [{ "request_id": "su1" }, { "request_id": "tr1" }] }
then GetOpenSupport { "programme_year_id": "dh" } refused CALLER_NOT_ALLOWED
given RaiseSupport {
	"request_id": "su2", "station_id": "st-1", "kind": "SUPPORT_KIND_PROFESSIONAL",
	"subject": "A hard case", "content": "A family without papers", "raised_on": "2017-03-06" }
as regional-centre 4419
then GetOpenSupport { "programme_year_id": "dh" } gives { "cities": [
	{ "region_code": "4419", "level": "SUPPORT_LEVEL_STATION", "kind": "SUPPORT_KIND_OPERATIONAL",
	  "open": 1, "oldest_on": "2017-03-05", "oldest_days": 10 },
	{ "region_code": "4419", "level": "SUPPORT_LEVEL_CENTRE", "kind": "SUPPORT_KIND_PROFESSIONAL",
	  "open": 2, "oldest_on": "2017-03-06", "oldest_days": 9 }] }
as regional-centre 4414
then GetOpenSupport { "programme_year_id": "dh" } gives { "cities": [] }
then GetSupport { "request_id": "su1" } refused NOT_FOUND su1
as province region 44
then GetOpenSupport { "programme_year_id": "no-year" } refused NOT_FOUND no-year
as town 441900003
given CloseSupport { "request_id": "tr1", "answer": "The roof is mended" }
as province region 44
then GetOpenSupport { "programme_year_id": "dh" } gives { "cities": [{ "open": 2 }] }
