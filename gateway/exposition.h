#pragma once
/* Prometheus texts (exposition format 0.0.4) of several programs made into one. */

#include "gateway/bytes.h"

struct exposition;

/* NULL: no memory. */
struct exposition *exposition_open(void);
void exposition_close(struct exposition *);

/* Add a text.  Samples of one family come together under its first HELP and TYPE, whichever text
 * they are from; where service is given, samples that lack the label service get it. */
void exposition_add(struct exposition *, const char *text, const char *service);

/* Append the whole.  false: memory ran out here or before. */
bool exposition_write(const struct exposition *, struct bytes *);
