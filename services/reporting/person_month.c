/* A person's month, summed up as records of work come in: the minutes of each day, and how many of
 * them went to work that is not professional.  A batch of records changes each month once, so that a
 * record costs no tally of its own. */
#include "reporting.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

enum { DAYS = 31, DAY_MINUTES_MAX = 24 * 60, WHOLE_PERMILLE = 1000 };

const struct table person_months = {
	.name = "person_months",
	.record = &reporting__person_month__descriptor,
	.id = "person_month_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | BY_DASHBOARD,
	.indexes = { "site_id,month", "person_id,month", "agency_id,month", "region_code",
		     "over_limit,alerted,month" },
	.tallies = { "programme_year_id:minutes", "programme_year_id:other_minutes",
		     "programme_year_id,over_limit", "programme_year_id,region_code[4]:minutes",
		     "programme_year_id,region_code[4]:other_minutes",
		     "programme_year_id,region_code[4],over_limit",
		     "programme_year_id,region_code[6]:minutes", "site_id:minutes",
		     "programme_year_id,agency_id:minutes",
		     "programme_year_id,region_code[6]:other_minutes", "site_id:other_minutes",
		     "programme_year_id,agency_id:other_minutes",
		     "programme_year_id,region_code[6],over_limit", "site_id,over_limit",
		     "programme_year_id,agency_id,over_limit" },
};

static Reporting__PersonMonth *begun(struct turn *turn, const char *id,
				     const Reporting__WorkRecord *first)
{
	Reporting__PersonMonth *fresh = turn_take(turn, sizeof(*fresh));

	reporting__person_month__init(fresh);
	fresh->person_month_id = id;
	fresh->person_id = first->person_id;
	fresh->month = first->month;
	fresh->minutes_by_day = turn_take(turn, DAYS * sizeof(*fresh->minutes_by_day));
	fresh->n_minutes_by_day = DAYS;
	return fresh;
}

Reporting__PersonMonth *person_month_of(struct turn *turn, const Reporting__WorkRecord *record)
{
	const char *id =
		turn_id(turn, turn_text(turn, "%s:%s", record->person_id, record->month), false);
	const Reporting__PersonMonth *found = turn_find(turn, &person_months, id);
	Reporting__PersonMonth *next;

	if (!found)
		return begun(turn, id, record);
	next = turn_take(turn, sizeof(*next));
	*next = *found;
	next->minutes_by_day = turn_take(turn, DAYS * sizeof(*next->minutes_by_day));
	memcpy(next->minutes_by_day, found->minutes_by_day, DAYS * sizeof(*next->minutes_by_day));
	return next;
}

/* The day of "2022-08-31" counted from 0. */
static int day_index(const char *date)
{
	return (date[8] - '0') * 10 + (date[9] - '0') - 1;
}

bool person_month_add(Reporting__PersonMonth *month, const Reporting__WorkRecord *record, int sign)
{
	int32_t *day = &month->minutes_by_day[day_index(record->worked_on)];
	int32_t after = *day + sign * record->minutes;

	if (after > DAY_MINUTES_MAX)
		return false;
	month->days_worked += (after > 0) - (*day > 0);
	*day = after;
	month->records += sign;
	month->minutes += sign * record->minutes;
	if (!record->professional)
		month->other_minutes += sign * record->minutes;
	/* The month is counted where the person was last. */
	month->programme_year_id = record->programme_year_id;
	month->posting_id = record->posting_id;
	month->site_id = record->site_id;
	month->region_code = record->region_code;
	month->agency_id = record->agency_id;
	return true;
}

void person_month_share(struct turn *turn, Reporting__PersonMonth *month)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, month->programme_year_id);
	int32_t limit = year && year->rules ? year->rules->non_professional_permille : 0;

	month->other_permille =
		month->minutes > 0
			? (int32_t)(month->other_minutes * WHOLE_PERMILLE / month->minutes)
			: 0;
	/* RULE B34: "a share above the year's limit is flagged" */
	month->over_limit =
		limit > 0 && month->other_minutes * WHOLE_PERMILLE > month->minutes * limit;
}

/* --- Once the month is over ---------------------------------------------------------------------- */

/* What one event carries; the rest follows in further turns. */
enum { JUDGED_MAX = 500, MONTHS_BACK = 12 };

static const char *day_text(struct turn *turn, struct day day)
{
	char *text = turn_take(turn, DAY_TEXT_SIZE);

	day_write(day, text);
	return text;
}

static const char *last_of_month(struct turn *turn, const char *month)
{
	struct day first = { 0 }, next = { 0 };

	/* Some day of the next month, then the day before its first. */
	if (day_read(&first, turn_text(turn, "%.7s-01", month)))
		day_read(&next, turn_text(turn, "%.7s-01", day_text(turn, day_plus(first, 31))));
	return day_text(turn, day_plus(next, -1));
}

static Reporting__Alert *raised_for(struct turn *turn, const Reporting__PersonMonth *month,
				    const char *date, Reporting__Obligation *due)
{
	reporting__obligation__init(due);
	due->kind = REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_PROFESSIONAL_WORK;
	due->subject_id = month->person_id;
	due->period = month->month;
	due->programme_year_id = month->programme_year_id;
	due->region_code = month->region_code;
	due->site_id = month->site_id;
	due->agency_id = month->agency_id;
	due->due_by = last_of_month(turn, month->month);
	due->arisen_on = date;
	return obligation_missed(turn, due, date);
}

/* Adds the month, with its alert raised or cleared, to what the event carries. */
static void judge(struct turn *turn, const Reporting__PersonMonth *found, const char *date,
		  Reporting__MonthsJudged *event)
{
	const Reporting__Obligation *owed = obligation_about(
		turn, found->person_id,
		REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_PROFESSIONAL_WORK, found->month);
	Reporting__PersonMonth *next = turn_take(turn, sizeof(*next));

	*next = *found;
	next->alerted = found->over_limit;
	event->person_months[event->n_person_months++] = next;
	if (found->over_limit && !owed) {
		Reporting__Obligation *due = turn_take(turn, sizeof(*due));

		event->alerts[event->n_alerts++] = raised_for(turn, found, date, due);
		event->obligations[event->n_obligations++] = due;
	} else if (!found->over_limit && owed && obligation_open(owed)) {
		struct settled settled = obligation_met(turn, owed, date, found->person_month_id);

		event->obligations[event->n_obligations++] = settled.obligation;
		for (size_t i = 0; i < settled.n_alerts; i++)
			event->alerts[event->n_alerts++] = settled.alerts[i];
	}
}

/* Judges the months of the year before the date's own whose alert is not as their share is. */
static void judge_all(struct turn *turn, Reporting__PersonMonth like, const char *date,
		      Reporting__MonthsJudged *event)
{
	const Reporting__PersonMonth *found;
	struct day first;

	for (int i = 0; i < MONTHS_BACK; i++) {
		struct each each;

		/* The last day of the month before. */
		if (!day_read(&first, turn_text(turn, "%.7s-01", date)))
			return;
		date = day_text(turn, day_plus(first, -1));
		like.month = turn_text(turn, "%.7s", date);
		each = turn_each(turn, &person_months, "over_limit,alerted,month", &like);
		while (event->n_person_months < JUDGED_MAX && (found = each_next(&each)))
			judge(turn, found, turn_today_text(turn), event);
	}
	if (event->n_person_months == JUDGED_MAX)
		turn_again(turn);
}

struct verdict person_months_judge(struct turn *turn, const char *date)
{
	const Reporting__PersonMonth above = { .over_limit = true };
	const Reporting__PersonMonth mended = { .alerted = true };
	Reporting__MonthsJudged event = REPORTING__MONTHS_JUDGED__INIT;

	event.person_months = turn_take(turn, JUDGED_MAX * sizeof(*event.person_months));
	event.obligations = turn_take(turn, JUDGED_MAX * sizeof(*event.obligations));
	event.alerts = turn_take(turn, 2 * JUDGED_MAX * sizeof(*event.alerts));
	judge_all(turn, above, date, &event);
	judge_all(turn, mended, date, &event);
	return event.n_person_months ? turn_accept(turn, &event.base) : turn_done();
}

static const struct query queries[] = {
	{ "GetPersonMonth", GET(person_months) },
	{ "ListPersonMonths", LIST(person_months) },
	{ 0 },
};
static const struct table *const tables[] = { &person_months, NULL };

const struct aggregate person_month = { tables, NULL, queries };
