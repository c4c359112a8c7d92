/* A county that a programme year reaches.  Two sites may serve one county, a county's own and its
 * prefecture's; it is one county all the same, and a tally of these records counts it once. */
#include "reporting.h"

#include "base/text.h"

const struct table served_counties = {
	.name = "served_counties",
	.record = &reporting__served_county__descriptor,
	.id = "served_county_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "region_code" },
	.tallies = { "programme_year_id", "programme_year_id,unstated",
		     "programme_year_id,region_code[4]" },
};

/* The county's record with the site added; NULL where it has it. */
static Reporting__ServedCounty *with_site(struct turn *turn, const struct served *by)
{
	const char *id = turn_id(turn,
				 turn_text(turn, "%s:%s", by->programme_year_id,
					   by->unstated ? by->site_id : by->region_code),
				 false);
	const Reporting__ServedCounty *found = turn_find(turn, &served_counties, id);
	Reporting__ServedCounty *next = turn_take(turn, sizeof(*next));
	size_t n = found ? found->n_site_ids : 0;

	reporting__served_county__init(next);
	next->served_county_id = id;
	next->programme_year_id = by->programme_year_id;
	next->region_code = by->region_code;
	next->unstated = by->unstated;
	next->site_ids = turn_take(turn, (n + 1) * sizeof(*next->site_ids));
	for (size_t i = 0; i < n; i++) {
		if (text_same(found->site_ids[i], by->site_id))
			return NULL;
		next->site_ids[next->n_site_ids++] = found->site_ids[i];
	}
	next->site_ids[next->n_site_ids++] = by->site_id;
	return next;
}

static bool listed(Reporting__ServedCounty *const *list, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++) {
		if (text_same(list[i]->served_county_id, id))
			return true;
	}
	return false;
}

struct verdict county_serve(struct turn *turn, const struct served *served, size_t n)
{
	Reporting__CountiesServed event = REPORTING__COUNTIES_SERVED__INIT;

	event.counties = turn_take(turn, (n + 1) * sizeof(*event.counties));
	for (size_t i = 0; i < n; i++) {
		Reporting__ServedCounty *next = with_site(turn, &served[i]);

		if (next && !listed(event.counties, event.n_counties, next->served_county_id))
			event.counties[event.n_counties++] = next;
	}
	return event.n_counties ? turn_accept(turn, &event.base) : turn_done();
}

static const struct query queries[] = {
	{ "GetServedCounty", GET(served_counties) },
	{ "ListServedCounties", LIST(served_counties) },
	{ 0 },
};
static const struct table *const tables[] = { &served_counties, NULL };

const struct aggregate served_county = { tables, NULL, queries };
