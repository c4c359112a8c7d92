/* TAP for C tests: ok(what is so, its name). */
#pragma once

#include <stdbool.h>
#include <stdio.h>

static int tap_n, tap_failed;

static inline bool ok(bool so, const char *name)
{
	tap_n++;
	tap_failed += !so;
	printf("%sok %d - %s\n", so ? "" : "not ", tap_n, name);
	fflush(stdout);
	return so;
}

static inline int tap_done(void)
{
	printf("1..%d\n", tap_n);
	return tap_failed ? 1 : 0;
}
