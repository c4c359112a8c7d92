#include "base/personal.h"

#include <string.h>

#include "base/day.h"

static bool all_digits(const char *text, size_t len)
{
	return strspn(text, "0123456789") >= len;
}

static bool of_length(const char *text, size_t least, size_t most)
{
	size_t len = strlen(text);

	return len >= least && len <= most;
}

/* GB 11643: six digits of a region, a date of birth, three digits, and a check over all of them by
 * ISO 7064 (MOD 11-2), in which X stands for ten.  A region is not looked up: counties come and go,
 * and a number keeps that of its first day. */
static bool identity_form(const char *text, const char *today)
{
	enum { LENGTH = 18, DIGITS = 17, BIRTH_AT = 6 };
	static const char checks[] = "10X98765432";
	char born[DAY_TEXT_SIZE];
	struct day day;
	int sum = 0;

	if (strlen(text) != LENGTH || !all_digits(text, DIGITS) || text[0] == '0')
		return false;
	memcpy(born, text + BIRTH_AT, 4);
	born[4] = born[7] = '-';
	memcpy(born + 5, text + BIRTH_AT + 4, 2);
	memcpy(born + 8, text + BIRTH_AT + 6, 2);
	born[10] = '\0';
	if (!day_read(&day, born) || day_text_before(today, born))
		return false;
	for (int i = 0, weight = 7; i < DIGITS; i++, weight = weight * 6 % 11)
		sum += (text[i] - '0') * weight;
	return text[DIGITS] == checks[sum % 11];
}

/* Digits with an optional + before them: a mobile, or a fixed line with its area. */
static bool phone_form(const char *text, const char *today)
{
	const char *digits = text + (*text == '+');

	(void)today;
	return of_length(digits, 7, 15) && all_digits(digits, strlen(digits));
}

static bool account_form(const char *text, const char *today)
{
	(void)today;
	return of_length(text, 8, 32) && all_digits(text, strlen(text));
}

static const struct {
	const char *end;
	bool (*form)(const char *text, const char *today);
} kinds[] = {
	{ "identity_number", identity_form },
	{ "phone_number", phone_form },
	{ "account_number", account_form },
	{ 0 },
};

static int kind_of(const char *name)
{
	size_t len = strlen(name);
	int kind = 0;

	for (; kinds[kind].end; kind++) {
		size_t end = strlen(kinds[kind].end);

		if (len >= end && strcmp(name + len - end, kinds[kind].end) == 0)
			break;
	}
	return kind;
}

bool personal_field(const char *name)
{
	return kinds[kind_of(name)].end != NULL;
}

bool personal_form(const char *name, const char *text, const char *today)
{
	int kind = kind_of(name);

	return kinds[kind].end && text && kinds[kind].form(text, today);
}
