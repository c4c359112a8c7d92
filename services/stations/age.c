/* How long something has been open. */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

int32_t days_open(const struct turn *turn, const char *opened_on, const char *closed_on)
{
	struct day from = { 0 }, to = turn_today(turn);

	day_read(&from, opened_on);
	if (!text_empty(closed_on))
		day_read(&to, closed_on);
	return day_between(from, to);
}
