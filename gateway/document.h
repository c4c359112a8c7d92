#pragma once
/* The documents for machines, made when the gateway was built: /openapi.json and /asyncapi.json. */

#include "gateway/http.h"

enum document_which { DOCUMENT_OPENAPI, DOCUMENT_ASYNCAPI, N_DOCUMENTS };

struct documents;

/* Read them from the folder in which the file of that path lies.  One that is not there is logged,
 * and answered with 404.  NULL: no memory.  Immutable, so loops may share it. */
struct documents *documents_open(const char *beside);
void documents_close(struct documents *);

/* Answer a GET, with 304 where the caller has it already. */
void document_answer(const struct documents *, enum document_which, struct http_request *);
