#pragma once
/* A file that was read once and is served as it was. */

#include <stdbool.h>

#include "gateway/bytes.h"
#include "gateway/http.h"

struct file {
	struct bytes text;
	char etag[19]; /* "0123456789abcdef", with its quotes */
};

/* false: it is not there, is empty or larger than 16 MiB, or there is no memory. */
bool file_read(struct file *, const char *path);

/* A file of a text that was made here, which is the file's from now on.  false: there is none. */
bool file_make(struct file *, struct bytes *text);

void file_free(struct file *);

/* Answer a GET, with 304 where the caller has it already.  headers are whole lines. */
void file_answer(const struct file *, struct http_request *, const char *headers);

/* Answer that there is no such file. */
void file_missing(struct http_request *);
