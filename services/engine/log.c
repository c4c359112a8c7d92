#include "engine/log.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_WARN, LEVEL_ERROR };

static const char *const level_names[] = { "debug", "info", "warn", "error" };

/* Room is kept behind the limit so that a cut line still ends as JSON. */
#define LINE_MAX_BYTES 8192
#define LINE_TAIL      4

struct line {
	char text[LINE_MAX_BYTES];
	size_t len;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *program = "shegong";
static enum level least = LEVEL_INFO;

bool log_open(const char *name)
{
	const char *wanted = getenv("SHEGONG_LOG_LEVEL");

	program = name;
	least = LEVEL_INFO;
	if (!wanted || !*wanted)
		return true;
	for (enum level l = LEVEL_DEBUG; l <= LEVEL_ERROR; l++) {
		if (strcmp(wanted, level_names[l]) == 0) {
			least = l;
			return true;
		}
	}
	return false;
}

/* All of it or nothing: half an escape would spoil the line. */
static bool line_add(struct line *line, const char *text, size_t len)
{
	if (len > sizeof(line->text) - LINE_TAIL - line->len)
		return false;
	memcpy(line->text + line->len, text, len);
	line->len += len;
	return true;
}

/* The length of the UTF-8 character at s, 0 where there is none. */
static size_t utf8_len(const unsigned char *s)
{
	size_t len = s[0] < 0x80   ? 1
		     : s[0] < 0xc2 ? 0
		     : s[0] < 0xe0 ? 2
		     : s[0] < 0xf0 ? 3
		     : s[0] < 0xf5 ? 4
				   : 0;

	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	}
	if (len == 3 && ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)))
		return 0;
	if (len == 4 && ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f)))
		return 0;
	return len;
}

static void line_add_string(struct line *line, const char *value)
{
	const unsigned char *s = (const unsigned char *)value;
	bool room = line_add(line, "\"", 1);

	while (room && *s) {
		size_t len = utf8_len(s);
		char escape[8];

		/* One byte is kept for the closing quote. */
		if (line->len + 8 > sizeof(line->text) - LINE_TAIL)
			break;
		if (len == 0) {
			room = line_add(line, "\\ufffd", 6);
			s++;
		} else if (*s < 0x20 || *s == 0x7f) {
			snprintf(escape, sizeof(escape), "\\u%04x", *s++);
			room = line_add(line, escape, 6);
		} else if (*s == '"' || *s == '\\') {
			escape[0] = '\\';
			escape[1] = (char)*s++;
			room = line_add(line, escape, 2);
		} else {
			room = line_add(line, (const char *)s, len);
			s += len;
		}
	}
	line_add(line, "\"", 1);
}

static void line_add_time(struct line *line)
{
	struct timespec now;
	struct tm utc;
	char text[40];
	size_t len;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	len = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(text + len, sizeof(text) - len, ".%03dZ", (int)(now.tv_nsec / 1000000));
	line_add_string(line, text);
}

static void line_write(const struct line *line)
{
	size_t done = 0;

	pthread_mutex_lock(&lock);
	while (done < line->len) {
		ssize_t n = write(STDOUT_FILENO, line->text + done, line->len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	pthread_mutex_unlock(&lock);
}

static void log_line(enum level level, const char *what, va_list pairs)
{
	struct line line;
	const char *key;

	if (level < least)
		return;
	line.len = 0;
	line_add(&line, "{\"time\":", 8);
	line_add_time(&line);
	line_add(&line, ",\"level\":", 9);
	line_add_string(&line, level_names[level]);
	line_add(&line, ",\"program\":", 11);
	line_add_string(&line, program);
	line_add(&line, ",\"what\":", 8);
	line_add_string(&line, what);
	while ((key = va_arg(pairs, const char *))) {
		const char *value = va_arg(pairs, const char *);

		/* A pair goes in whole, except that a long value is cut. */
		if (line.len + strlen(key) * 6 + 32 > sizeof(line.text) - LINE_TAIL)
			break;
		line_add(&line, ",", 1);
		line_add_string(&line, key);
		line_add(&line, ":", 1);
		if (value)
			line_add_string(&line, value);
		else
			line_add(&line, "null", 4);
	}
	memcpy(line.text + line.len, "}\n", 2);
	line.len += 2;
	line_write(&line);
}

void log_debug(const char *what, ...)
{
	va_list pairs;

	va_start(pairs, what);
	log_line(LEVEL_DEBUG, what, pairs);
	va_end(pairs);
}

void log_info(const char *what, ...)
{
	va_list pairs;

	va_start(pairs, what);
	log_line(LEVEL_INFO, what, pairs);
	va_end(pairs);
}

void log_warn(const char *what, ...)
{
	va_list pairs;

	va_start(pairs, what);
	log_line(LEVEL_WARN, what, pairs);
	va_end(pairs);
}

void log_error(const char *what, ...)
{
	va_list pairs;

	va_start(pairs, what);
	log_line(LEVEL_ERROR, what, pairs);
	va_end(pairs);
}

struct log_number log_number(int64_t n)
{
	struct log_number number;

	snprintf(number.text, sizeof(number.text), "%" PRId64, n);
	return number;
}
