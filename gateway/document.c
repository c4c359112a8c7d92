#include "gateway/document.h"

#include <stdio.h>
#include <string.h>

#include "engine/log.h"
#include "gateway/file.h"

#define HEADERS "Content-Type: application/json\r\nCache-Control: no-cache\r\n"

static const char *const names[N_DOCUMENTS] = { "openapi.json", "asyncapi.json" };

struct documents {
	struct file of[N_DOCUMENTS];
};

struct documents *documents_open(const char *beside)
{
	const char *slash = strrchr(beside, '/');
	int folder = slash ? (int)(slash - beside) + 1 : 0;
	struct documents *documents = calloc(1, sizeof(*documents));

	for (size_t i = 0; documents && i < N_DOCUMENTS; i++) {
		char path[4352];

		snprintf(path, sizeof(path), "%.*s%s", folder, beside, names[i]);
		if (!file_read(&documents->of[i], path))
			log_warn("a document is not there and will not be served", "path", path,
				 NULL);
	}
	return documents;
}

void documents_close(struct documents *documents)
{
	for (size_t i = 0; documents && i < N_DOCUMENTS; i++)
		file_free(&documents->of[i]);
	free(documents);
}

void document_answer(const struct documents *documents, enum document_which which,
		     struct http_request *request)
{
	if (documents->of[which].text.len == 0)
		file_missing(request);
	else
		file_answer(&documents->of[which], request, HEADERS);
}
