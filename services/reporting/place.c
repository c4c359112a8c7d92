#include "reporting.h"

#include "base/text.h"

#include "follow.h"

bool site_is_own(struct turn *turn, const Stations__Site *site)
{
	const char *agency_id = turn_actor(turn)->agency_id;
	const Stations__Project at_site = { .site_id = site->site_id, .agency_id = agency_id };

	if (!turn_covers(turn, site->region_code))
		return false;
	return text_empty(agency_id) || turn_by(turn, &projects, "site_id,agency_id", &at_site);
}

bool place_of_site(struct turn *turn, const char *site_id, struct place *place)
{
	const Stations__Site *site = turn_find(turn, &sites, site_id);

	if (!site || !site_is_own(turn, site))
		return false;
	*place = (struct place){ site->programme_year_id, site->site_id, site->region_code,
				 turn_actor(turn)->agency_id };
	return true;
}

bool place_of_area(struct turn *turn, const char *programme_year_id, const char *region_code,
		   struct place *place)
{
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	if (!year || !text_begins(region_code, year->region_code) ||
	    !turn_covers(turn, region_code))
		return false;
	*place = (struct place){ year->programme_year_id, "", region_code,
				 turn_actor(turn)->agency_id };
	return true;
}
