/* That an agency may not apply for a year, because of its result in the year before.
 *
 * Which grades have that consequence is said by the rules of the year of the result; where they say
 * nothing, none has.  A later version of the result is judged again. */
#include "personnel/personnel.h"

#include "base/text.h"
#include "personnel/follow.h"

static const struct table ineligibilities = {
	.name = "ineligibilities",
	.record = &personnel__ineligibility__descriptor,
	.id = "evaluation_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "agency_id", "programme_year_id" },
};

static bool has_consequence(struct turn *turn, const Supervision__Evaluation *result)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, result->programme_year_id);
	const Stations__EvaluationRules *rules =
		year && year->rules ? year->rules->evaluation : NULL;

	return rules && text_among(result->grade, (const char *const *)rules->ineligible_grades,
				   rules->n_ineligible_grades);
}

static struct verdict lift(struct turn *turn, Personnel__Ineligibility *next)
{
	Personnel__IneligibilityLifted lifted = PERSONNEL__INELIGIBILITY_LIFTED__INIT;

	next->lifted = true;
	lifted.ineligibility = next;
	return turn_accept(turn, &lifted.base);
}

struct verdict ineligibility_judge(struct turn *turn, const char *evaluation_id)
{
	const Supervision__Evaluation *result = evaluation_final(turn, evaluation_id);
	const Personnel__Ineligibility *known = turn_find(turn, &ineligibilities, evaluation_id);
	Personnel__Ineligibility next = PERSONNEL__INELIGIBILITY__INIT;

	if (!result)
		return turn_done();
	if (known)
		next = *known;
	if (!has_consequence(turn, result))
		return known && !known->lifted ? lift(turn, &next) : turn_done();
	next.evaluation_id = result->evaluation_id;
	next.programme_year_id = result->programme_year_id;
	next.agency_id = result->agency_id;
	next.region_code = result->region_code;
	next.grade = result->grade;
	next.lifted = false;

	Personnel__AgencyBecameIneligible became = PERSONNEL__AGENCY_BECAME_INELIGIBLE__INIT;
	became.ineligibility = &next;
	return turn_accept(turn, &became.base);
}

bool agency_is_ineligible(struct turn *turn, const char *agency_id, const char *programme_year_id)
{
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);
	struct each each = turn_each(turn, &ineligibilities, "agency_id",
				     &(Personnel__Ineligibility){ .agency_id = agency_id });

	for (const Personnel__Ineligibility *one; (one = each_next(&each));) {
		const Stations__ProgrammeYear *before =
			turn_find(turn, &programme_years, one->programme_year_id);

		if (!one->lifted && before->programme == year->programme &&
		    text_same(before->region_code, year->region_code) &&
		    before->year + 1 == year->year)
			return true;
	}
	return false;
}

static const struct query queries[] = {
	{ "ListIneligibilities", LIST(ineligibilities) },
	{ 0 },
};

static const struct table *const tables[] = { &ineligibilities, NULL };

const struct aggregate ineligibility = { tables, NULL, queries };
