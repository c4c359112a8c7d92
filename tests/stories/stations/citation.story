story A project cites an earlier one of any site (rule B40)
include next-year.inc
as agency ag-1
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-2023-ag-1", "cited_project_id": "pr-s2-ag-2",
	"lesson": "Visit with the village doctor", "cited_on": "2022-06-05" }
then accepted
then event ExperienceCited { "citation": {
	"citation_id": "ci1", "programme_year_id": "ty-2023", "project_id": "pr-s1-2023-ag-1",
	"site_id": "s1-2023", "region_code": "533102", "agency_id": "ag-1",
	"cited_project_id": "pr-s2-ag-2", "cited_site_id": "s2", "cited_by": "p-ag-1" } }
then GetCitation { "citation_id": "ci1" } gives { "citation": {
	"lesson": "Visit with the village doctor" } }
then ListCitations { "project_id": "pr-s1-2023-ag-1" } gives { "citations": [{ "citation_id": "ci1" }] }
then ListCitations { "cited_site_id": "s2" } gives { "citations": [{ "citation_id": "ci1" }] }
as agency ag-2
then ListCitations { "programme_year_id": "ty-2023" } gives { "citations": [] }

story A project cites the good practice of another site (rule B40)
include approved.inc
as agency ag-1
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "practice_id": "gp1",
	"practice_site_id": "s2", "lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then accepted
then event ExperienceCited { "citation": {
	"practice_id": "gp1", "cited_site_id": "s2", "cited_project_id": "" } }
then ListCitations { "practice_id": "gp1" } gives { "citations": [{ "citation_id": "ci1" }] }

story A project of the same year is no earlier one (rule B40)
include approved.inc
as agency ag-1
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "cited_project_id": "pr-s2-ag-2",
	"lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then refused CITED_PROJECT_NOT_EARLIER pr-s2-ag-2

story A project cites one that there was (rule B40)
include approved.inc
as agency ag-1
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "cited_project_id": "pr-old",
	"lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then refused CITED_PROJECT_NOT_EARLIER pr-old

story The good practice that is cited is another site's (rule B40)
include approved.inc
as agency ag-1
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "practice_id": "gp1",
	"practice_site_id": "s1", "lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then refused PRACTICE_OF_OWN_SITE gp1

story The good practice that is cited has a site
include approved.inc
as agency ag-1
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "practice_id": "gp1",
	"practice_site_id": "s9", "lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then refused SITE_UNKNOWN s9

story A citation is of one thing
include approved.inc
as agency ag-1
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "practice_id": "gp1",
	"practice_site_id": "s2", "cited_project_id": "pr-s2-ag-2",
	"lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then refused FIELD_INVALID practice_id
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1",
	"lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then refused FIELD_INVALID practice_id

story A citation is recorded once
include approved.inc
as agency ag-1
given CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "practice_id": "gp1",
	"practice_site_id": "s2", "lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "practice_id": "gp2",
	"practice_site_id": "s2", "lesson": "Visit with the teacher", "cited_on": "2022-06-01" }
then refused CITATION_EXISTS ci1

story An agency cites for its own projects
include approved.inc
as agency ag-2
when CiteExperience {
	"citation_id": "ci1", "project_id": "pr-s1-ag-1", "practice_id": "gp1",
	"practice_site_id": "s2", "lesson": "Visit with the village doctor", "cited_on": "2022-06-01" }
then refused NOT_FOUND pr-s1-ag-1
