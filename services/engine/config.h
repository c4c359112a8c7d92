#pragma once
/* Settings: environment variables from one table, which also prints the help. */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The exit status for a bad setting (EX_CONFIG of sysexits). */
#define CONFIG_EXIT 78

enum setting_type { SETTING_TEXT, SETTING_NUMBER, SETTING_BOOL };

/* One setting.  A table ends with { 0 }. */
struct setting {
	const char *name; /* the environment variable: "SHEGONG_LISTEN" */
	enum setting_type type;
	const char *fallback; /* the value where the variable is absent or empty */
	const char *en, *zh;  /* one sentence each */
	int64_t min, max;     /* for numbers: the smallest and the largest value taken */
};

/* Read the environment by the table, which must outlive its use.  0, or CONFIG_EXIT after a
 * line on stderr for each bad value.  Not thread-safe: call it first in main. */
int config_load(const struct setting *table);

/* Values of the table last loaded; asking for a name or a type that is not in it is a mistake of
 * ours.  Texts live as long as the environment. */
const char *config_text(const char *name);
int64_t config_number(const char *name);
bool config_bool(const char *name);

/* Print the table for people, or as lines NAME<TAB>default<TAB>sentence. */
void config_help(const struct setting *table, FILE *);
void config_lines(const struct setting *table, FILE *);

/* Answer --help, --settings and --check, which only loads the table; en and zh say in a sentence what the program does.  True where the
 * program should now end with *status: after either, or after an option that nobody knows. */
bool config_options(int argc, char **argv, const struct setting *table, const char *en,
		    const char *zh, int *status);
