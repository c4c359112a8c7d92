/* The values: days, money, texts; and the memory of a turn. */
#include <stdint.h>
#include <string.h>

#include "../engine/tap.h"
#include "base/arena.h"
#include "base/day.h"
#include "base/money.h"
#include "base/text.h"

static bool is_day(const char *text)
{
	struct day day;
	char again[DAY_TEXT_SIZE];

	if (!day_read(&day, text))
		return false;
	day_write(day, again);
	return strcmp(text, again) == 0;
}

static void days(void)
{
	static const char *const no_days[] = {
		"",	      "2022-02-29", "2022-13-01",  "2022-00-10",
		"2022-04-31", "2022-4-01",  "2022-04-01 ", "1899-12-31",
		"2100-02-29", "2022/04/01", "abcd-ef-gh",  "2022-01-00",
	};
	struct day day, other;
	bool all = true;

	ok(is_day("2022-07-31") && is_day("2024-02-29") && is_day("2000-02-29") &&
		   is_day("1900-01-01") && is_day("9999-12-31"),
	   "dates are read and written");
	for (size_t i = 0; i < sizeof(no_days) / sizeof(no_days[0]); i++)
		all &= !day_read(&day, no_days[i]);
	ok(all && !day_read(&day, NULL), "what is no date is refused");
	day_read(&day, "1970-01-01");
	all = true;
	for (int i = 0; i < 80000; i++, day = day_plus(day, 1)) {
		char text[DAY_TEXT_SIZE];

		day_write(day, text);
		all &= day_read(&other, text) && day_compare(day, other) == 0;
	}
	ok(all, "each of 80,000 days in a row is read as it was written");
	day_read(&day, "2022-07-31");
	day_read(&other, "2022-08-01");
	ok(day_between(day, other) == 1 && day_compare(day, other) < 0 &&
		   day_compare(day_plus(day, 1), other) == 0,
	   "31 July is the day before 1 August");
	ok(day_compare(day_of_instant(day_begins(day)), day) == 0 &&
		   day_compare(day_of_instant(day_begins(other) - 1), day) == 0 &&
		   day_compare(day_of_instant(-1), day) < 0,
	   "a date in Shanghai begins at 16:00 UTC of the day before");
	ok(day_text_before("2022-07-31", "2022-08-01") &&
		   !day_text_before("2022-08-01", "2022-08-01"),
	   "texts of dates compare as dates");
}

static void money(void)
{
	struct money sum = money_of_fen(7), most = money_of_fen(INT64_MAX);

	ok(money_add(&sum, money_of_fen(40000), money_of_fen(-1)) && money_fen(sum) == 39999,
	   "money is added");
	ok(!money_add(&sum, most, money_of_fen(1)) && money_fen(sum) == 39999,
	   "a sum that does not fit is told, and leaves the result as it was");
	ok(!money_subtract(&sum, money_of_fen(INT64_MIN), money_of_fen(1)) &&
		   money_subtract(&sum, money_of_fen(5), money_of_fen(8)) && money_fen(sum) == -3,
	   "money is subtracted, and asked whether it fits");
	ok(money_times(&sum, money_of_fen(4000000), 90) && money_fen(sum) == 360000000 &&
		   !money_times(&sum, most, 2),
	   "ninety times 40,000 yuan are 3,600,000 yuan");
	ok(money_compare(money_of_fen(1), money_of_fen(2)) < 0 &&
		   money_compare(money_of_fen(2), money_of_fen(2)) == 0 &&
		   money_compare(most, money_of_fen(2)) > 0,
	   "money is compared");
}

static void texts(void)
{
	static const char *const list[] = { "central", "provincial" };
	static const char too_long[] =
		"123456789012345678901234567890123456789012345678901234567890"
		"12345";
	static const char *const no_ids[] = { "", "a b", "ä", "a/b", "a\n", too_long };
	static const char *const no_utf8[] = { "\xff",	       "\xc0\x80",
					       "\xed\xa0\x80", "\xf4\x90\x80\x80",
					       "\xe7\xa4",     "\x80",
					       "\xc3\x28" };
	bool all = true;

	for (size_t i = 0; i < sizeof(no_ids) / sizeof(no_ids[0]); i++)
		all &= !text_is_id(no_ids[i]);
	ok(all && text_is_id("Az09._:-"), "identifiers");
	ok(text_is_region("53") && text_is_region("5331") && text_is_region("533102") &&
		   text_is_region("533102102") && text_is_region("441900003001") &&
		   !text_is_region("533") && !text_is_region("53310x") && !text_is_region(NULL),
	   "region codes");
	all = true;
	for (size_t i = 0; i < sizeof(no_utf8) / sizeof(no_utf8[0]); i++)
		all &= !text_is_utf8(no_utf8[i], strlen(no_utf8[i]));
	ok(all && !text_is_utf8("a\0b", 3) && text_is_utf8("社工 ok \xf0\x9f\x99\x82", 14),
	   "UTF-8: overlong, surrogate, cut and NUL are refused");
	ok(text_begins("533102", "5331") && !text_begins("5331", "533102") &&
		   text_begins(NULL, "") && text_same(NULL, "") && !text_same("a", "b") &&
		   text_empty(NULL),
	   "a region's area is a prefix");
	ok(text_among("central", list, 2) && text_among("provincial", list, 2) &&
		   !text_among("provincial", list, 1) && !text_among("cent", list, 2) &&
		   !text_among(NULL, list, 2) && !text_among("central", NULL, 0),
	   "a text is among others where one is the same");
}

/* More than a block of an arena, so that what is taken back lies in several. */
static void memory(void)
{
	struct arena *arena = arena_open(300000);
	char *kept = arena_take(arena, 1000);
	const struct arena_mark mark = arena_mark(arena);
	bool all = kept != NULL;

	for (int round = 0; all && round < 3; round++) {
		memset(kept, 1, 1000);
		for (int i = 0; all && i < 4; i++) {
			char *more = arena_take(arena, 70000);

			all = more && more[0] == 0 && more[69999] == 0;
			if (all)
				memset(more, 2, 70000);
		}
		all = all && kept[0] == 1 && kept[999] == 1 && !arena_take(arena, 70000);
		arena_back(arena, &mark);
	}
	ok(all, "what was taken since a mark is given back, and nothing before it");
	arena_close(arena);
}

int main(void)
{
	days();
	money();
	texts();
	memory();
	return tap_done();
}
