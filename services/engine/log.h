#pragma once
/* The log: one JSON object a line on stdout.  No personal data goes in: ids and counts only. */

#include <stdbool.h>
#include <stdint.h>

/* Name the program in each line and take the level from SHEGONG_LOG_LEVEL (debug, info, warn,
 * error; info where absent).  False where that is none of these; then the level is info. */
bool log_open(const char *program);

/* Write one line: what happened, then pairs of key and value ended by NULL.  Thread-safe; a value
 * that is NULL shows as null; bytes that are not UTF-8 show as U+FFFD; a line is cut at 8 KiB. */
void log_debug(const char *what, ...) __attribute__((sentinel));
void log_info(const char *what, ...) __attribute__((sentinel));
void log_warn(const char *what, ...) __attribute__((sentinel));
void log_error(const char *what, ...) __attribute__((sentinel));

/* A number as a value: log_info("listening", "port", log_number(8080).text, NULL). */
struct log_number {
	char text[24];
};
struct log_number log_number(int64_t);
