#pragma once
/* The dashboard's files: GET /dashboard/...
 *
 * They are read when the gateway starts, so that a request opens none and no path leads anywhere
 * else.  An address that is not a file's is one of the page's own, and answered with the page. */

#include <stdbool.h>

#include "gateway/http.h"

struct site;

/* Read the folder and those in it.  One that is not there has no files.  NULL: no memory.
 * Immutable, so loops may share it. */
struct site *site_open(const char *folder);
void site_close(struct site *);

/* Serve a map's boundaries with the number under which the authorities reviewed it, as
 * map/boundaries.geojson and map/review.json; an empty path: there is none, and the number is empty.
 * false: the file cannot be read, or there is no memory. */
bool site_map(struct site *, const char *path, const char *review_number);

/* Whether the path is the dashboard's to answer. */
bool site_owns(struct http_text path);

/* Answer a GET.  Who asks does not matter: it holds nothing of anybody's records. */
void site_answer(const struct site *, struct http_request *);
