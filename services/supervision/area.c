/* The areas of which figures are kept: provinces, prefectures and counties. */
#include "supervision.h"

#include <string.h>

#include "follow.h"

struct verdict area_level(struct turn *turn, const char *programme_year_id, const char *region_code,
			  int *level)
{
	enum { PROVINCE_DIGITS = 2, COUNTY_DIGITS = 6 };
	size_t digits = strlen(region_code);
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	if (!year || !turn_sees(turn, &programme_years, year))
		return turn_not_found(programme_year_id);
	if (digits % 2 || digits < PROVINCE_DIGITS || digits > COUNTY_DIGITS)
		return turn_invalid("region_code");
	/* The figures are of all agencies there. */
	if (!turn_counts_area(turn, region_code) || !turn_for_agency(turn, ""))
		return turn_not_found(region_code);
	*level = (int)(digits - PROVINCE_DIGITS) / 2;
	return turn_done();
}
