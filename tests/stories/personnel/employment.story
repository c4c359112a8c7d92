story A town hires somebody for the place that its station keeps (rule A4)
include hiring.inc
when HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-01" }
then accepted
then event HiredDirect { "employment": {
	"employment_id": "em-1", "programme_year_id": "dh", "station_id": "st-1", "region_code": "441900003",
	"state": "EMPLOYMENT_STATE_OFFERED", "certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER" } }
then event stations.PostFilled {
	"posting": { "posting_id": "po-1", "state": "POSTING_STATE_ACTIVE", "person_id": "w1",
		     "employment_id": "em-1", "arrived_on": "2017-03-01" },
	"station": { "station_id": "st-1", "workers": 1, "staffing": "STAFFING_STATE_UNDERSTAFFED",
		     "understaffed_since": "2017-03-02" } }
then event EmploymentBegan { "employment": { "state": "EMPLOYMENT_STATE_ACTIVE" } }
then GetEmployment { "employment_id": "em-1" } gives { "employment": {
	"state": "EMPLOYMENT_STATE_ACTIVE", "hired_on": "2017-03-01", "unplaced": false } }
then ListEmployments { "station_id": "st-1", "state": "EMPLOYMENT_STATE_ACTIVE" } gives {
	"employments": [{ "person_id": "w1" }] }

story The employer is the town of the station and no other (rule A4)
include hiring.inc
as province region 44
when HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900004",
	"hired_on": "2017-03-02" }
then refused EMPLOYER_NOT_THE_TOWN 441900004 by A4
when HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "4419",
	"hired_on": "2017-03-02" }
then refused EMPLOYER_NOT_THE_TOWN 4419 by A4

story An agency's person is not a town's employee (rule A4)
include hiring.inc
as province region 44
given RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "name_en": "The first", "synthetic": true,
	"credit_code": "52530000MJ00000019", "region_code": "44" }
given RegisterPerson {
	"person_id": "w9", "work_name": "W9", "agency_id": "ag-1", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_SOCIAL_WORKER", "practising_from": "2015-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000009" }
when HireDirect {
	"employment_id": "em-1", "person_id": "w9", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused PERSON_OF_AGENCY w9 by A4

story A project's place is not a station's
include ../stations/approved.inc
as province
given RegisterWorker {
	"person_id": "w9", "work_name": "W9", "region_code": "533102102", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2016-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000009" }
when HireDirect {
	"employment_id": "em-1", "person_id": "w9", "posting_id": "po-a1-1", "employer_code": "533102",
	"hired_on": "2022-06-01" }
then refused POSTING_NOT_OF_STATION po-a1-1

story Nobody is employed twice
include hired.inc
when HireDirect {
	"employment_id": "em-2", "person_id": "w1", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused PERSON_EMPLOYED w1

story Two are not hired for one place, also while the station has not heard of the first
include hiring.inc
without stations
given HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then GetEmployment { "employment_id": "em-1" } gives { "employment": { "state": "EMPLOYMENT_STATE_OFFERED" } }
when HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused POST_TAKEN po-1
with stations
then GetEmployment { "employment_id": "em-1" } gives { "employment": { "state": "EMPLOYMENT_STATE_ACTIVE" } }

story A place that is not kept any more is nobody's
include hiring.inc
given stations.ReleasePost { "posting_id": "po-1", "note": "N" }
when HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused POST_NOT_KEPT po-1

story An employment has an id of its own, a place and a person that there are
include hired.inc
when HireDirect {
	"employment_id": "em-1", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused EMPLOYMENT_EXISTS em-1
when HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-9", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused NOT_FOUND po-9
when HireDirect {
	"employment_id": "em-2", "person_id": "w9", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused NOT_FOUND w9
as town 441900004
when HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused NOT_FOUND po-2
given RegisterWorker {
	"person_id": "w4", "work_name": "W4", "region_code": "441900004", "synthetic": true,
	"certificate": "CERTIFICATE_LEVEL_NONE", "practising_from": "2016-01-01",
	"identity_hash": "0000000000000000000000000000000000000000000000000000000000000004" }
as town 441900003
when HireDirect {
	"employment_id": "em-2", "person_id": "w4", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then refused NOT_FOUND w4
as province region 44
when HireDirect {
	"employment_id": "em-2", "person_id": "w4", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
then accepted
then event HiredDirect { "person": { "person_id": "w4", "region_code": "441900003" } }

story A worker leaves, and both postings of the place stay on record with their days (test 10)
include hired.inc
today 2017-03-20
when EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-15", "end_reason": "EMPLOYMENT_END_RESIGNED",
	"note": "Moved" }
then accepted
then event EmploymentEnded { "employment": { "state": "EMPLOYMENT_STATE_ENDED", "note": "Moved" } }
then event stations.PostVacated {
	"posting": { "posting_id": "po-1", "state": "POSTING_STATE_ENDED", "arrived_on": "2017-03-02",
		     "ended_on": "2017-03-15", "end_reason": "END_REASON_RESIGNED" },
	"station": { "workers": 0, "staffing": "STAFFING_STATE_UNDERSTAFFED",
		     "understaffed_since": "2017-03-02" } }
given stations.ReservePost { "posting_id": "po-3", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-3", "employer_code": "441900003",
	"hired_on": "2017-03-20" }
then stations.ListPostings { "site_id": "st-1" } gives { "postings": [
	{ "posting_id": "po-1", "person_id": "w1", "arrived_on": "2017-03-02", "ended_on": "2017-03-15" },
	{ "posting_id": "po-2", "state": "POSTING_STATE_CANCELLED" },
	{ "posting_id": "po-3", "person_id": "w2", "arrived_on": "2017-03-20", "ended_on": "" }] }
when EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-15", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then refused EMPLOYMENT_OVER em-1

story Why somebody left is told to the station
include hired.inc
given HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
when EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_COMPLETED" }
then accepted
then event stations.PostVacated { "posting": { "end_reason": "END_REASON_COMPLETED" } }
when EndEmployment {
	"employment_id": "em-2", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_DISMISSED" }
then accepted
then event stations.PostVacated { "posting": { "end_reason": "END_REASON_DISMISSED" } }

story Nobody leaves before the hire
include hired.inc
when EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-01", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then refused ENDED_BEFORE_HIRE em-1

story Another town's employments do not exist, and who has read an older one reads again
include hired.inc
when EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_RESIGNED",
	"expected_revision": "1" }
then refused STALE_REVISION em-1
as town 441900004
when EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_RESIGNED" }
then refused NOT_FOUND em-1
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-2" }
then refused NOT_FOUND em-1

story A hire whose place had expired when the station came up is shown on both sides, and gets another place
include hiring.inc
without stations
today 2017-03-13
when HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-13" }
then accepted
with stations
then event stations.ReservationsExpired { "postings": [{ "posting_id": "po-1" }, { "posting_id": "po-2" }] }
then event stations.HireUnplaced { "unplaced": {
	"employment_id": "em-1", "posting_id": "po-1", "station_id": "st-1", "person_id": "w1",
	"hired_on": "2017-03-13", "reason": "REFUSAL_POSTING_NOT_RESERVED", "settled": false } }
given stations.ReservePost { "posting_id": "po-4", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
then GetEmployment { "employment_id": "em-1" } gives { "employment": {
	"state": "EMPLOYMENT_STATE_OFFERED", "unplaced": true } }
then stations.GetUnplacedHire { "employment_id": "em-1" } gives { "unplaced": { "settled": false } }
then stations.GetStation { "station_id": "st-1" } gives { "station": { "workers": 0 } }
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-1" }
then refused POST_NOT_KEPT po-1
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-9" }
then refused NOT_FOUND po-9
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-4", "expected_revision": "1" }
then refused STALE_REVISION em-1
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-4" }
then accepted
then event EmploymentPlaced { "employment": { "posting_id": "po-4", "unplaced": false } }
then event stations.PostFilled {
	"posting": { "posting_id": "po-4", "employment_id": "em-1", "state": "POSTING_STATE_ACTIVE" },
	"station": { "workers": 1 }, "unplaced": { "settled": true } }
then event EmploymentBegan { "employment": { "state": "EMPLOYMENT_STATE_ACTIVE" } }
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-4" }
then refused EMPLOYMENT_HAS_PLACE em-1

story A place in another town is nobody's whose employer is this town (rule A4)
include hiring.inc
without stations
today 2017-03-13
given HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-13" }
with stations
as province region 44
given stations.PlanStation {
	"station_id": "st-2", "programme_year_id": "dh", "region_code": "441900004",
	"name_en": "Nancheng", "name_zh": "南城站", "batch": 1 }
given stations.ApproveStation { "station_id": "st-2", "approved_on": "2017-03-02" }
given stations.ReservePost { "posting_id": "po-8", "station_id": "st-2", "post_kind": "POST_KIND_SERVICE" }
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-8" }
then refused EMPLOYER_NOT_THE_TOWN 441900003 by A4
as town 441900003
when PlaceEmployment { "employment_id": "em-1", "posting_id": "po-8" }
then refused NOT_FOUND po-8

story A hire that found no place can be ended, and both sides know
include hiring.inc
without stations
today 2017-03-13
given HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-13" }
with stations
when EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-13", "end_reason": "EMPLOYMENT_END_DISMISSED" }
then accepted
then event stations.UnplacedHireSettled { "unplaced": { "employment_id": "em-1", "settled": true } }
then stations.ListUnplacedHires { "station_id": "st-1" } gives { "unplaced": [{ "settled": true }] }

story An employment that ends before the station has heard of it leaves its days there all the same
include hiring.inc
without stations
given HireDirect {
	"employment_id": "em-1", "person_id": "w1", "posting_id": "po-1", "employer_code": "441900003",
	"hired_on": "2017-03-01" }
given EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_RESIGNED" }
with stations
then stations.GetPosting { "posting_id": "po-1" } gives { "posting": {
	"state": "POSTING_STATE_ENDED", "arrived_on": "2017-03-01", "ended_on": "2017-03-02" } }
then GetEmployment { "employment_id": "em-1" } gives { "employment": { "state": "EMPLOYMENT_STATE_ENDED" } }

story The workforce is counted by certificate, and by who joined and left (rule A11)
include hired.inc
given HireDirect {
	"employment_id": "em-2", "person_id": "w2", "posting_id": "po-2", "employer_code": "441900003",
	"hired_on": "2016-12-31" }
given stations.ReservePost { "posting_id": "po-3", "station_id": "st-1", "post_kind": "POST_KIND_SERVICE" }
given HireDirect {
	"employment_id": "em-3", "person_id": "w3", "posting_id": "po-3", "employer_code": "441900003",
	"hired_on": "2017-03-02" }
given EndEmployment {
	"employment_id": "em-3", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_RESIGNED" }
as province region 44
then GetWorkforce { "programme_year_id": "dh" } gives {
	"year": 2017,
	"total": { "region_code": "", "in_post": 2, "assistants": 0, "social_workers": 1, "uncertified": 1,
		   "joined": 2, "left": 1 },
	"cities": [{ "region_code": "4419", "in_post": 2, "joined": 2, "left": 1 }] }
then GetWorkforce { "programme_year_id": "dh", "station_id": "st-1", "year": 2016 } gives {
	"year": 2016, "total": { "in_post": 2, "joined": 1, "left": 0 }, "cities": [] }
then GetWorkforce { "programme_year_id": "dh", "region_code": "4414" } gives {
	"total": { "in_post": 0 }, "cities": [] }
then GetWorkforce { "programme_year_id": "dh", "year": 17 } refused FIELD_INVALID year
then GetWorkforce { "programme_year_id": "dh", "station_id": "st-9" } refused NOT_FOUND st-9
as prefecture 4414
then GetWorkforce { "programme_year_id": "dh", "station_id": "st-1" } refused NOT_FOUND st-1
then GetWorkforce { "programme_year_id": "dh" } gives { "cities": [] }

story A certificate that is gained in post counts from then on (rule A11)
include hired.inc
as province region 44
when RecordQualification { "person_id": "w1", "certificate": "CERTIFICATE_LEVEL_SENIOR" }
then accepted
then event QualificationRecorded { "employment": {
	"employment_id": "em-1", "certificate": "CERTIFICATE_LEVEL_SENIOR" } }
then GetWorkforce { "programme_year_id": "dh" } gives { "total": { "social_workers": 0, "seniors": 1 } }
when RecordQualification { "person_id": "w2", "certificate": "CERTIFICATE_LEVEL_ASSISTANT" }
then accepted
then GetPerson { "person_id": "w2" } gives { "person": { "certificate": "CERTIFICATE_LEVEL_ASSISTANT" } }

story Who is employed at a station does not move to an agency (rule A4)
include hired.inc
as province region 44
given RegisterAgency {
	"agency_id": "ag-1", "name_zh": "一号社", "name_en": "The first", "synthetic": true,
	"credit_code": "52530000MJ00000019", "region_code": "44" }
when MovePerson { "person_id": "w1", "agency_id": "ag-1" }
then refused PERSON_EMPLOYED w1
given EndEmployment {
	"employment_id": "em-1", "ended_on": "2017-03-02", "end_reason": "EMPLOYMENT_END_RESIGNED" }
when MovePerson { "person_id": "w1", "agency_id": "ag-1" }
then accepted
