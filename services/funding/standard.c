/* Standards of expense: what a unit of a category may cost, from a date on.  They are data of the
 * programme year, each with the document that it comes from. */
#include "base/day.h"
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "sums.h"

const struct table standards = {
	.name = "expense_standards",
	.record = &funding__expense_standard__descriptor,
	.id = "standard_id",
	.region = "region_code",
	.indexes = { "programme_year_id,category,unit,effective_from!",
		     "programme_year_id,category,unit", "programme_year_id,category",
		     "programme_year_id" },
};

/* Does any source of the year bear it? */
static bool category_borne(const Stations__ProgrammeYear *year, const char *category)
{
	for (size_t i = 0; i < year->rules->n_sources; i++) {
		if (source_bears(year->rules->sources[i], category))
			return true;
	}
	return false;
}

static struct verdict set_expense_standard(struct turn *turn, const void *command)
{
	const Funding__SetExpenseStandardRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);
	Funding__ExpenseStandard like = { .programme_year_id = cmd->programme_year_id,
					  .category = cmd->category,
					  .unit = cmd->unit,
					  .effective_from = cmd->effective_from };
	const Funding__ExpenseStandard *same =
		turn_by(turn, &standards, "programme_year_id,category,unit,effective_from", &like);

	if (turn_find(turn, &standards, cmd->standard_id))
		return REFUSE(STANDARD_EXISTS, cmd->standard_id);
	if (!year || !turn_covers(turn, year->region_code))
		return REFUSE(PROGRAMME_YEAR_UNKNOWN, cmd->programme_year_id);
	if (!category_borne(year, cmd->category))
		return REFUSE(STANDARD_OF_NO_CATEGORY, cmd->category);
	/* RULE B13: "Standards of expense are data with the date from which they hold." */
	if (same)
		return REFUSE(STANDARD_DATED_TWICE, same->standard_id);

	Funding__ExpenseStandard set = FUNDING__EXPENSE_STANDARD__INIT;
	set.standard_id = cmd->standard_id;
	set.programme_year_id = cmd->programme_year_id;
	set.category = cmd->category;
	set.unit = cmd->unit;
	set.name_en = cmd->name_en;
	set.name_zh = cmd->name_zh;
	set.amount_fen = cmd->amount_fen;
	set.effective_from = cmd->effective_from;
	set.document_no = cmd->document_no;
	set.region_code = year->region_code;
	set.set_by = turn_actor(turn)->person_id;

	Funding__StandardSet event = FUNDING__STANDARD_SET__INIT;
	event.standard = &set;
	return turn_accept(turn, &event.base);
}

static bool holds(const Funding__ExpenseStandard *standard, const char *on)
{
	return !day_text_before(on, standard->effective_from);
}

bool standards_hold(struct turn *turn, const char *programme_year_id, const char *category,
		    const char *on)
{
	Funding__ExpenseStandard like = { .programme_year_id = programme_year_id,
					  .category = category };
	struct each each = turn_each(turn, &standards, "programme_year_id,category", &like);

	for (const Funding__ExpenseStandard *s; (s = each_next(&each));) {
		if (holds(s, on))
			return true;
	}
	return false;
}

const Funding__ExpenseStandard *standard_of(struct turn *turn, const char *programme_year_id,
					    const char *category, const char *unit, const char *on)
{
	Funding__ExpenseStandard like = { .programme_year_id = programme_year_id,
					  .category = category,
					  .unit = unit };
	struct each each = turn_each(turn, &standards, "programme_year_id,category,unit", &like);
	const Funding__ExpenseStandard *latest = NULL;

	for (const Funding__ExpenseStandard *s; (s = each_next(&each));) {
		if (holds(s, on) &&
		    (!latest || day_text_before(latest->effective_from, s->effective_from)))
			latest = s;
	}
	return latest;
}

bool above_standard(const Funding__ExpenseStandard *standard, int32_t units, int64_t amount_fen)
{
	struct money most = money_of_fen(0);

	/* What is too much for a sum is no bound. */
	if (!money_times(&most, money_of_fen(standard->amount_fen), units))
		return false;
	return sum_above(amount_fen, money_fen(most));
}

static const struct command commands[] = {
	{ "SetExpenseStandard", set_expense_standard, BY_PROVINCE,
	  "standard_id programme_year_id category unit name_en name_zh amount_fen effective_from "
	  "document_no" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetExpenseStandard", GET(standards) },
	{ "ListExpenseStandards", LIST(standards) },
	{ 0 },
};
static const struct table *const tables[] = { &standards, NULL };
const struct aggregate standard = { tables, commands, queries };
