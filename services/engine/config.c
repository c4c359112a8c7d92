#include "engine/config.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const struct setting *loaded;

static const char *setting_value(const struct setting *s)
{
	const char *value = getenv(s->name);

	return value && *value ? value : s->fallback;
}

/* Decimal digits with an optional minus, nothing else. */
static bool number_read(const char *text, int64_t *out)
{
	const char *digits = *text == '-' ? text + 1 : text;
	char *end;

	if (!*digits || strspn(digits, "0123456789") != strlen(digits))
		return false;
	errno = 0;
	*out = strtoll(text, &end, 10);
	return errno == 0 && *end == '\0';
}

static bool bool_read(const char *text, bool *out)
{
	static const char *const words[] = { "false", "true", "no", "yes", "0", "1", "off", "on" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(text, words[i]) == 0) {
			*out = i % 2 == 1;
			return true;
		}
	}
	return false;
}

static bool setting_check(const struct setting *s)
{
	const char *value = setting_value(s);
	int64_t n;
	bool b;

	switch (s->type) {
	case SETTING_TEXT:
		return true;
	case SETTING_NUMBER:
		if (number_read(value, &n) && n >= s->min && n <= s->max)
			return true;
		fprintf(stderr,
			"%s=%s: not a whole number from %" PRId64 " to %" PRId64 " / 应为 %" PRId64
			" 至 %" PRId64 " 之间的整数\n",
			s->name, value, s->min, s->max, s->min, s->max);
		return false;
	case SETTING_BOOL:
		if (bool_read(value, &b))
			return true;
		fprintf(stderr, "%s=%s: neither true nor false / 应为 true 或 false\n", s->name,
			value);
		return false;
	}
	return false;
}

int config_load(const struct setting *table)
{
	int status = 0;

	for (const struct setting *s = table; s->name; s++) {
		if (!setting_check(s))
			status = CONFIG_EXIT;
	}
	loaded = table;
	return status;
}

static const struct setting *setting_named(const char *name, enum setting_type type)
{
	assert(loaded);
	for (const struct setting *s = loaded; s->name; s++) {
		if (strcmp(s->name, name) == 0) {
			assert(s->type == type);
			return s;
		}
	}
	fprintf(stderr, "%s: not in the table of settings\n", name);
	abort();
}

const char *config_text(const char *name)
{
	return setting_value(setting_named(name, SETTING_TEXT));
}

int64_t config_number(const char *name)
{
	int64_t n = 0;
	bool is_number = number_read(setting_value(setting_named(name, SETTING_NUMBER)), &n);

	assert(is_number);
	return n;
}

bool config_bool(const char *name)
{
	bool b = false;
	bool is_bool = bool_read(setting_value(setting_named(name, SETTING_BOOL)), &b);

	assert(is_bool);
	return b;
}

void config_help(const struct setting *table, FILE *out)
{
	for (const struct setting *s = table; s->name; s++) {
		fprintf(out, "  %s", s->name);
		if (*s->fallback)
			fprintf(out, " (%s)", s->fallback);
		fprintf(out, "\n      %s\n      %s\n", s->en, s->zh);
	}
}

void config_lines(const struct setting *table, FILE *out)
{
	for (const struct setting *s = table; s->name; s++)
		fprintf(out, "%s\t%s\t%s\n", s->name, s->fallback, s->en);
}

bool config_options(int argc, char **argv, const struct setting *table, const char *en,
		    const char *zh, int *status)
{
	if (argc < 2)
		return false;
	*status = 0;
	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		printf("%s\n%s\n\nSettings (environment variables) / 设置（环境变量）:\n", en, zh);
		config_help(table, stdout);
		return true;
	}
	if (argc == 2 && strcmp(argv[1], "--settings") == 0) {
		config_lines(table, stdout);
		return true;
	}
	if (argc == 2 && strcmp(argv[1], "--check") == 0) {
		*status = config_load(table);
		return true;
	}
	fprintf(stderr,
		"%s: only --help, --settings and --check are known / 仅支持 --help、--settings 与 "
		"--check\n",
		argv[1]);
	*status = 64;
	return true;
}
