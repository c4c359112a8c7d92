#include "gateway/json_scalar.h"

#include <string.h>

bool json_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t json_number_length(const char *start, const char *end)
{
	const char *p = start;
	if (p < end && *p == '-')
		p++;
	if (p == end || !json_is_digit(*p))
		return 0;
	if (*p++ != '0')
		while (p < end && json_is_digit(*p))
			p++;
	if (p < end && *p == '.') {
		const char *first = ++p;
		while (p < end && json_is_digit(*p))
			p++;
		if (p == first)
			return 0;
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		const char *first = p;
		while (p < end && json_is_digit(*p))
			p++;
		if (p == first)
			return 0;
	}
	return (size_t)(p - start);
}

enum json_trouble json_whole_number(struct json_text t, bool *negative, uint64_t *magnitude)
{
	const char *p = t.data, *end = t.data + t.len;
	*negative = *p == '-';
	if (*negative)
		p++;

	long scale = 0;
	const char *e = p;
	while (e < end && *e != 'e' && *e != 'E')
		e++;
	if (e < end) {
		const char *q = e + 1;
		bool down = *q == '-';
		if (*q == '-' || *q == '+')
			q++;
		for (; q < end; q++)
			if (scale < 10000000)
				scale = scale * 10 + (*q - '0');
		if (down)
			scale = -scale;
	}
	const char *point = memchr(p, '.', (size_t)(e - p));
	if (point)
		scale -= e - point - 1;
	const char *last = e; /* behind the last digit that is not 0 */
	while (last > p && (last[-1] == '0' || last[-1] == '.')) {
		last--;
		scale += *last == '0';
	}

	*magnitude = 0;
	for (; p < last; p++) {
		if (*p == '.')
			continue;
		if (__builtin_mul_overflow(*magnitude, 10, magnitude) ||
		    __builtin_add_overflow(*magnitude, (uint64_t)(*p - '0'), magnitude))
			return scale < 0 ? JSON_NOT_WHOLE : JSON_OUT_OF_RANGE;
	}
	if (!*magnitude)
		return JSON_NO_TROUBLE;
	if (scale < 0)
		return JSON_NOT_WHOLE;
	for (; scale > 0; scale--)
		if (__builtin_mul_overflow(*magnitude, 10, magnitude))
			return JSON_OUT_OF_RANGE;
	return JSON_NO_TROUBLE;
}

int json_base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (json_is_digit(c))
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* Exactly n digits. */
static bool take_digits(const char **p, const char *end, unsigned n, unsigned *value)
{
	*value = 0;
	for (; n > 0; n--, (*p)++) {
		if (*p == end || !json_is_digit(**p))
			return false;
		*value = *value * 10 + (unsigned)(**p - '0');
	}
	return true;
}

static bool take_char(const char **p, const char *end, char c)
{
	if (*p == end || **p != c)
		return false;
	(*p)++;
	return true;
}

/* ".5" is 500000000; nothing is 0. */
static bool take_nanos(const char **p, const char *end, unsigned *nanos)
{
	*nanos = 0;
	if (!take_char(p, end, '.'))
		return true;
	unsigned n = 0;
	for (; *p < end && json_is_digit(**p); n++, (*p)++)
		if (n < 9)
			*nanos = *nanos * 10 + (unsigned)(**p - '0');
	if (n < 1 || n > 9)
		return false;
	for (; n < 9; n++)
		*nanos *= 10;
	return true;
}

static bool take_offset(const char **p, const char *end, int64_t *offset)
{
	unsigned hours, minutes;
	*offset = 0;
	if (take_char(p, end, 'Z'))
		return true;
	bool west = take_char(p, end, '-');
	if (!west && !take_char(p, end, '+'))
		return false;
	if (!take_digits(p, end, 2, &hours) || !take_char(p, end, ':') ||
	    !take_digits(p, end, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*offset = (int64_t)(hours * 3600 + minutes * 60) * (west ? -1 : 1);
	return true;
}

enum json_trouble json_timestamp(struct json_text t, int64_t *seconds, int32_t *nanos)
{
	static const uint8_t days_of_month[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	const char *p = t.data, *end = t.data + t.len;
	unsigned year, month, day, hour, minute, second, fraction;
	int64_t offset;

	if (!take_digits(&p, end, 4, &year) || !take_char(&p, end, '-') ||
	    !take_digits(&p, end, 2, &month) || !take_char(&p, end, '-') ||
	    !take_digits(&p, end, 2, &day) || !take_char(&p, end, 'T') ||
	    !take_digits(&p, end, 2, &hour) || !take_char(&p, end, ':') ||
	    !take_digits(&p, end, 2, &minute) || !take_char(&p, end, ':') ||
	    !take_digits(&p, end, 2, &second) || !take_nanos(&p, end, &fraction) ||
	    !take_offset(&p, end, &offset) || p != end)
		return JSON_BAD_TIMESTAMP;
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (month < 1 || month > 12 || day < 1 || day > days_of_month[month - 1] ||
	    (month == 2 && day == 29 && !leap) || hour > 23 || minute > 59 || second > 59)
		return JSON_BAD_TIMESTAMP;

	*seconds = json_days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second -
		   offset;
	*nanos = (int32_t)fraction;
	if (*seconds < JSON_TIMESTAMP_MIN || *seconds > JSON_TIMESTAMP_MAX)
		return JSON_TIMESTAMP_RANGE;
	return JSON_NO_TROUBLE;
}

/* The sign goes for seconds and nanoseconds. */
enum json_trouble json_duration(struct json_text t, int64_t *seconds, int32_t *nanos)
{
	const char *p = t.data, *end = t.data + t.len;
	bool negative = take_char(&p, end, '-');
	unsigned fraction;

	if (p == end || !json_is_digit(*p))
		return JSON_BAD_DURATION;
	for (*seconds = 0; p < end && json_is_digit(*p); p++)
		if (*seconds <= JSON_DURATION_MAX)
			*seconds = *seconds * 10 + (*p - '0');
	if (!take_nanos(&p, end, &fraction) || !take_char(&p, end, 's') || p != end)
		return JSON_BAD_DURATION;
	if (*seconds > JSON_DURATION_MAX || (*seconds == JSON_DURATION_MAX && fraction))
		return JSON_DURATION_RANGE;

	*nanos = (int32_t)fraction;
	if (negative) {
		*seconds = -*seconds;
		*nanos = -*nanos;
	}
	return JSON_NO_TROUBLE;
}

/* Years are counted from March, in eras of 400, so that a leap day is a year's last. */
int64_t json_days_of(int64_t year, unsigned month, unsigned day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void json_date_of(int64_t days, int64_t *year, unsigned *month, unsigned *day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t of_era = days - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;
	*day = (unsigned)(of_year - (153 * m + 2) / 5 + 1);
	*month = (unsigned)(m < 10 ? m + 3 : m - 9);
	*year = y + era * 400 + (*month <= 2);
}
