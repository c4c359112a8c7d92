/* Years between dates and after them, as dates are written: who began on 29 February has a full
 * year on 1 March. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/day.h"

enum { YEAR_LENGTH = 4 };

static int year_of(const char *date)
{
	int year = 0;

	for (int i = 0; i < YEAR_LENGTH; i++)
		year = year * 10 + (date[i] - '0');
	return year;
}

int years_full(const char *from, const char *to)
{
	int years = year_of(to) - year_of(from);

	return strcmp(to + YEAR_LENGTH, from + YEAR_LENGTH) < 0 ? years - 1 : years;
}

const char *years_after(struct turn *turn, const char *date, int n)
{
	const char *after = turn_text(turn, "%04d%s", year_of(date) + n, date + YEAR_LENGTH);
	struct day day;

	if (day_read(&day, after))
		return after;
	return turn_text(turn, "%04d-03-01", year_of(date) + n);
}
