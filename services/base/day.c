#include "base/day.h"

#include <assert.h>
#include <string.h>

enum { SHANGHAI_HOURS_AHEAD = 8 };

static const int64_t us_per_hour = INT64_C(3600) * 1000 * 1000;
static const int64_t us_per_day = INT64_C(24) * 3600 * 1000 * 1000;

/* Days from civil and back: the proleptic Gregorian calendar counted in eras of 400 years that
 * begin on 1 March, so that the leap day is the last day of its year. */
static int32_t number_of(int year, int month, int day)
{
	year -= month <= 2;

	int era = year / 400;
	int year_of_era = year - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static void civil_of(int32_t number, int *year, int *month, int *day)
{
	int shifted = number + 719468;
	int era = shifted / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;

	*day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*month = month_from_march + (month_from_march < 10 ? 3 : -9);
	*year = year_of_era + era * 400 + (*month <= 2);
}

static bool digits(const char *text, int n, int *value)
{
	*value = 0;
	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*value = *value * 10 + (text[i] - '0');
	}
	return true;
}

bool day_read(struct day *result, const char *text)
{
	int year, month, day, back_year, back_month, back_day;

	if (!text || strlen(text) != DAY_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-')
		return false;
	if (!digits(text, 4, &year) || !digits(text + 5, 2, &month) || !digits(text + 8, 2, &day))
		return false;
	if (year < 1900 || month < 1 || month > 12 || day < 1 || day > 31)
		return false;

	/* 31 February becomes a day of March and back: then it was no date. */
	int32_t number = number_of(year, month, day);

	civil_of(number, &back_year, &back_month, &back_day);
	if (back_month != month || back_day != day)
		return false;
	result->number = number;
	return true;
}

void day_write(struct day day, char text[static DAY_TEXT_SIZE])
{
	int year, month, of_month;

	civil_of(day.number, &year, &month, &of_month);
	assert(year >= 0 && year <= 9999);

	const int digit[] = {
		year / 1000, year / 100 % 10, year / 10 % 10, year % 10, -1, month / 10, month % 10,
		-1,	     of_month / 10,   of_month % 10
	};

	for (int i = 0; i < DAY_TEXT_SIZE - 1; i++)
		text[i] = (char)(digit[i] < 0 ? '-' : '0' + digit[i]);
	text[DAY_TEXT_SIZE - 1] = '\0';
}

int day_compare(struct day a, struct day b)
{
	return (a.number > b.number) - (a.number < b.number);
}

struct day day_plus(struct day day, int n)
{
	return (struct day){ day.number + n };
}

int day_between(struct day a, struct day b)
{
	return b.number - a.number;
}

struct day day_of_instant(int64_t unix_us)
{
	int64_t local = unix_us + SHANGHAI_HOURS_AHEAD * us_per_hour;
	int64_t number = local / us_per_day;

	if (local % us_per_day < 0)
		number--;
	return (struct day){ (int32_t)number };
}

int64_t day_begins(struct day day)
{
	return day.number * us_per_day - SHANGHAI_HOURS_AHEAD * us_per_hour;
}

bool day_text_before(const char *a, const char *b)
{
	return strcmp(a, b) < 0;
}
