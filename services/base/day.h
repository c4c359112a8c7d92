/* A civil date in Asia/Shanghai: what deadlines are judged on.  No clock, no time zone table. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { DAY_TEXT_SIZE = 11 };

/* Days since 1970-01-01; only day.c reads .number. */
struct day {
	int32_t number;
};

/* "2022-07-31", a date of the years 1900 to 9999.  False: text is not such a date. */
bool day_read(struct day *, const char *text);

/* Writes "2022-07-31". */
void day_write(struct day, char text[static DAY_TEXT_SIZE]);

/* < 0 where a is before b, 0 where they are the same day, > 0 where a is after b. */
int day_compare(struct day a, struct day b);

/* The date n days later (earlier where n < 0). */
struct day day_plus(struct day, int n);

/* How many days from a to b. */
int day_between(struct day a, struct day b);

/* The date in Asia/Shanghai (UTC+8, no summer time since 1991) of an instant in microseconds UTC. */
struct day day_of_instant(int64_t unix_us);

/* The instant, in microseconds UTC, at which the date begins in Asia/Shanghai. */
int64_t day_begins(struct day);

/* True where text a is a date before text b; both must be dates. */
bool day_text_before(const char *a, const char *b);
