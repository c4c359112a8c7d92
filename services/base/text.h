/* Questions about text: identifiers, region codes, UTF-8.  NULL counts as empty. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The longest identifier, in bytes. */
enum { TEXT_ID_MAX = 64 };

bool text_empty(const char *);
bool text_same(const char *a, const char *b);
bool text_begins(const char *text, const char *prefix);

/* True where one of the n texts of the list is the same. */
bool text_among(const char *text, const char *const *list, size_t n);

/* 1 to 64 characters of A-Z a-z 0-9 . _ : - */
bool text_is_id(const char *);

/* 2, 4, 6, 9 or 12 digits: province, prefecture, county, town, village. */
bool text_is_region(const char *);

/* True where all len bytes are well-formed UTF-8 without NUL. */
bool text_is_utf8(const void *, size_t len);
