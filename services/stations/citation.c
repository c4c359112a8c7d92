/* A citation: what a project learnt from an earlier one, or from the good practice of another site.
 * Reporting keeps the practices; here one is named by its id and its site, and not looked up. */
#include "stations.h"

#include "base/text.h"

const struct table citations = {
	.name = "citations",
	.record = &stations__citation__descriptor,
	.id = "citation_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id", "project_id", "cited_project_id", "practice_id",
		     "cited_site_id" },
};

static int32_t year_of(struct turn *turn, const Stations__Project *of)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, of->programme_year_id);
	return year->year;
}

static struct verdict cite_experience(struct turn *turn, const void *command)
{
	const Stations__CiteExperienceRequest *cmd = command;
	const Stations__Project *of = turn_find(turn, &projects, cmd->project_id);
	const char *cited_site_id = cmd->practice_site_id;

	if (!of || !turn_may_act(turn, of->region_code, of->agency_id))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &citations, cmd->citation_id))
		return REFUSE(CITATION_EXISTS, cmd->citation_id);
	if (text_empty(cmd->cited_project_id) == text_empty(cmd->practice_id))
		return turn_invalid("practice_id");
	/* RULE B40: "A project can cite earlier projects and the good practice of other sites." */
	if (!text_empty(cmd->cited_project_id)) {
		const Stations__Project *cited = turn_find(turn, &projects, cmd->cited_project_id);
		if (!cited || year_of(turn, cited) >= year_of(turn, of))
			return REFUSE(CITED_PROJECT_NOT_EARLIER, cmd->cited_project_id);
		cited_site_id = cited->site_id;
	} else {
		if (!turn_find(turn, &sites, cmd->practice_site_id))
			return REFUSE(SITE_UNKNOWN, cmd->practice_site_id);
		if (text_same(cmd->practice_site_id, of->site_id))
			return REFUSE(PRACTICE_OF_OWN_SITE, cmd->practice_id);
	}

	Stations__Citation next = STATIONS__CITATION__INIT;
	next.citation_id = cmd->citation_id;
	next.programme_year_id = of->programme_year_id;
	next.project_id = of->project_id;
	next.site_id = of->site_id;
	next.region_code = of->region_code;
	next.agency_id = of->agency_id;
	next.cited_project_id = cmd->cited_project_id;
	next.practice_id = cmd->practice_id;
	next.cited_site_id = cited_site_id;
	next.lesson = cmd->lesson;
	next.cited_on = cmd->cited_on;
	next.cited_by = turn_actor(turn)->person_id;

	Stations__ExperienceCited cited = STATIONS__EXPERIENCE_CITED__INIT;
	cited.citation = &next;
	return turn_accept(turn, &cited.base);
}

static const struct command commands[] = {
	{ "CiteExperience", cite_experience, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY,
	  "citation_id project_id lesson cited_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetCitation", GET(citations) },
	{ "ListCitations", LIST(citations) },
	{ 0 },
};

static const struct table *const tables[] = { &citations, NULL };
const struct aggregate citation = { tables, commands, queries };
