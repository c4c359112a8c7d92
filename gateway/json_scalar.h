#pragma once
/* The texts of single values in JSON: whole numbers, times, durations, base64, the calendar. */

#include "gateway/json_fault.h"

struct json_text {
	const char *data;
	size_t len;
};

bool json_is_digit(char);

/* How much of the text is a JSON number; 0: it does not begin with one. */
size_t json_number_length(const char *start, const char *end);

/* The exact value of a JSON number, for every way of writing: "1.50e1" is whole, "15e-1" is not. */
enum json_trouble json_whole_number(struct json_text, bool *negative, uint64_t *magnitude);

/* 0 to 63 in either alphabet; -1: not a digit. */
int json_base64_digit(char);

/* RFC 3339 with Z or an offset; within the years 1 to 9999. */
enum json_trouble json_timestamp(struct json_text, int64_t *seconds, int32_t *nanos);

/* "1.5s", "-3s"; both results carry the sign. */
enum json_trouble json_duration(struct json_text, int64_t *seconds, int32_t *nanos);

/* Days from 1970-01-01 in the Gregorian calendar, and back. */
int64_t json_days_of(int64_t year, unsigned month, unsigned day);
void json_date_of(int64_t days, int64_t *year, unsigned *month, unsigned *day);

#define JSON_TIMESTAMP_MIN (-62135596800) /* 0001-01-01T00:00:00Z */
#define JSON_TIMESTAMP_MAX 253402300799	  /* 9999-12-31T23:59:59Z */
#define JSON_DURATION_MAX  315576000000	  /* seconds, either way */
#define JSON_NANOS_MAX	   999999999
