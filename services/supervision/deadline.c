/* The date by which a next step is due. */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

const char *deadline_after(struct turn *turn, const char *date, int32_t days)
{
	char text[DAY_TEXT_SIZE];
	struct day day;

	if (days <= 0 || !day_read(&day, date))
		return "";
	day_write(day_plus(day, days), text);
	return turn_text(turn, "%s", text);
}

bool deadline_passed(const char *deadline, const char *date)
{
	return !text_empty(deadline) && day_text_before(deadline, date);
}
