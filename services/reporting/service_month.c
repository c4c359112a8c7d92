/* What a site did in a month, summed up as records of work come in: by method, and by the kind of
 * people whom it reached.  Reports and figures read these sums and never the records. */
#include "reporting.h"

#include "base/text.h"

const struct table service_months = {
	.name = "service_months",
	.record = &reporting__service_month__descriptor,
	.id = "service_month_id",
	.region = "region_code",
	.indexes = { "site_id,month", "region_code" },
	.tallies = { "programme_year_id,region_code[4],method:records",
		     "programme_year_id,region_code[4],method:minutes",
		     "programme_year_id,region_code[4],method:sessions",
		     "programme_year_id,region_code[4],method:cases_opened",
		     "programme_year_id,region_code[4],method:cases_closed",
		     "programme_year_id,region_code[4],method:people", "programme_year_id:people",
		     "programme_year_id,region_code[6]:people", "site_id:people" },
};

const struct table served_months = {
	.name = "served_months",
	.record = &reporting__served_month__descriptor,
	.id = "served_month_id",
	.region = "region_code",
	.indexes = { "site_id,month", "region_code" },
	.tallies = { "programme_year_id,region_code[4],beneficiary:people" },
};

Reporting__ServiceMonth *service_month_of(struct turn *turn, const Reporting__WorkRecord *record)
{
	const char *id = turn_id(
		turn,
		turn_text(turn, "%s:%s:%d", record->site_id, record->month, (int)record->method),
		false);
	const Reporting__ServiceMonth *found = turn_find(turn, &service_months, id);
	Reporting__ServiceMonth *next = turn_take(turn, sizeof(*next));

	if (found) {
		*next = *found;
		return next;
	}
	reporting__service_month__init(next);
	next->service_month_id = id;
	next->programme_year_id = record->programme_year_id;
	next->site_id = record->site_id;
	next->region_code = record->region_code;
	next->month = record->month;
	next->method = record->method;
	return next;
}

void service_month_add(Reporting__ServiceMonth *month, const Reporting__WorkRecord *record,
		       int sign)
{
	month->records += sign;
	month->minutes += sign * record->minutes;
	if (!record->professional)
		month->other_minutes += sign * record->minutes;
	month->sessions += sign * record->sessions;
	month->cases_opened += sign * record->cases_opened;
	month->cases_closed += sign * record->cases_closed;
	for (size_t i = 0; i < record->n_served; i++)
		month->people += sign * record->served[i]->people;
}

Reporting__ServedMonth *served_month_of(struct turn *turn, const Reporting__WorkRecord *record,
					Reporting__Beneficiary beneficiary)
{
	const char *id = turn_id(
		turn, turn_text(turn, "%s:%s:%d", record->site_id, record->month, (int)beneficiary),
		false);
	const Reporting__ServedMonth *found = turn_find(turn, &served_months, id);
	Reporting__ServedMonth *next = turn_take(turn, sizeof(*next));

	if (found) {
		*next = *found;
		return next;
	}
	reporting__served_month__init(next);
	next->served_month_id = id;
	next->programme_year_id = record->programme_year_id;
	next->site_id = record->site_id;
	next->region_code = record->region_code;
	next->month = record->month;
	next->beneficiary = beneficiary;
	return next;
}

static const struct query queries[] = {
	{ "ListServiceMonths", LIST(service_months) },
	{ "ListServedMonths", LIST(served_months) },
	{ 0 },
};
static const struct table *const tables[] = { &service_months, &served_months, NULL };

const struct aggregate service_month = { tables, NULL, queries };
