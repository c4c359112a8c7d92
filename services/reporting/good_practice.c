/* What others can learn from.  It is everybody's to read, whoever's area it comes from, and found by
 * its words: each is a small record of its own, because an index takes one field. */
#include "reporting.h"

#include <string.h>

#include "base/text.h"

const struct table good_practices = {
	.name = "good_practices",
	.record = &reporting__good_practice__descriptor,
	.id = "practice_id",
	.indexes = { "site_id", "report_id", "programme_year_id", "region_code" },
	.tallies = { "site_id", "programme_year_id,region_code[4]", "programme_year_id",
		     "programme_year_id,region_code[6]", "programme_year_id,agency_id" },
};

const struct table practice_tags = {
	.name = "practice_tags",
	.record = &reporting__practice_tag__descriptor,
	.id = "practice_tag_id",
	.indexes = { "tag", "site_id" },
};

enum { TAGS_MAX = 10, TAG_SIZE_MAX = 60 };

static bool tags_fit(const Reporting__ShareGoodPracticeRequest *cmd)
{
	if (cmd->n_tags == 0 || cmd->n_tags > TAGS_MAX)
		return false;
	for (size_t i = 0; i < cmd->n_tags; i++) {
		if (text_empty(cmd->tags[i]) || strlen(cmd->tags[i]) > TAG_SIZE_MAX ||
		    text_among(cmd->tags[i], (const char *const *)cmd->tags, i))
			return false;
	}
	return true;
}

static Reporting__PracticeTag *tag_of(struct turn *turn, const Reporting__GoodPractice *practice,
				      const char *word)
{
	Reporting__PracticeTag *tag = turn_take(turn, sizeof(*tag));

	reporting__practice_tag__init(tag);
	tag->practice_tag_id =
		turn_id(turn, turn_text(turn, "%s:%s", practice->practice_id, word), true);
	tag->tag = word;
	tag->practice_id = practice->practice_id;
	tag->programme_year_id = practice->programme_year_id;
	tag->site_id = practice->site_id;
	tag->region_code = practice->region_code;
	tag->title = practice->title;
	return tag;
}

static struct verdict share_good_practice(struct turn *turn, const void *command)
{
	const Reporting__ShareGoodPracticeRequest *cmd = command;
	const Reporting__QuarterlyReport *report =
		turn_find(turn, &quarterly_reports, cmd->report_id);
	struct place place;

	if (!place_of_site(turn, cmd->site_id, &place))
		return turn_not_found(cmd->site_id);
	/* RULE B37: "A report may carry examples of good practice" */
	if (!text_empty(cmd->report_id) && (!report || !text_same(report->site_id, cmd->site_id)))
		return REFUSE(REPORT_OF_ANOTHER_SITE, cmd->report_id);
	if (turn_find(turn, &good_practices, cmd->practice_id))
		return REFUSE(PRACTICE_EXISTS, cmd->practice_id);
	if (!tags_fit(cmd))
		return REFUSE(PRACTICE_TAGS, cmd->practice_id);

	Reporting__GoodPractice fresh = REPORTING__GOOD_PRACTICE__INIT;
	Reporting__GoodPracticeShared event = REPORTING__GOOD_PRACTICE_SHARED__INIT;

	fresh.practice_id = cmd->practice_id;
	fresh.programme_year_id = place.programme_year_id;
	fresh.site_id = place.site_id;
	fresh.region_code = place.region_code;
	fresh.agency_id = place.agency_id;
	fresh.report_id = cmd->report_id;
	fresh.title = cmd->title;
	fresh.summary = cmd->summary;
	fresh.tags = cmd->tags;
	fresh.n_tags = cmd->n_tags;
	fresh.recorded_on = turn_today_text(turn);
	fresh.recorded_by_id = turn_actor(turn)->person_id;
	event.practice = &fresh;
	event.tags = turn_take(turn, cmd->n_tags * sizeof(*event.tags));
	for (size_t i = 0; i < cmd->n_tags; i++)
		event.tags[event.n_tags++] = tag_of(turn, &fresh, cmd->tags[i]);
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "ShareGoodPractice", share_good_practice, BY_WRITERS,
	  "practice_id site_id title summary tags" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetGoodPractice", GET(good_practices) },
	{ "ListGoodPractices", LIST(good_practices) },
	{ "FindGoodPractices", LIST(practice_tags) },
	{ 0 },
};
static const struct table *const tables[] = { &good_practices, &practice_tags, NULL };

const struct aggregate good_practice = { tables, commands, queries };
