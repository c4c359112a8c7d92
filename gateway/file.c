#include "gateway/file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define FILE_MAX (16 * 1024 * 1024)

/* FNV-1a: only to tell one build's file from another's. */
static uint64_t hashed(const struct bytes *text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text->len; i++)
		hash = (hash ^ text->data[i]) * UINT64_C(0x100000001b3);
	return hash;
}

bool file_make(struct file *file, struct bytes *text)
{
	if (text->len == 0)
		return false;
	file->text = *text;
	snprintf(file->etag, sizeof(file->etag), "\"%016" PRIx64 "\"", hashed(text));
	return true;
}

bool file_read(struct file *file, const char *path)
{
	FILE *from = fopen(path, "re");
	struct bytes *text = &file->text;
	bool whole;
	size_t n;

	if (!from)
		return false;
	text->max = FILE_MAX;
	while (bytes_reserve(text, 65536) && (n = fread(text->data + text->len, 1, 65536, from)))
		text->len += n;
	whole = feof(from) && !ferror(from);
	fclose(from);
	snprintf(file->etag, sizeof(file->etag), "\"%016" PRIx64 "\"", hashed(text));
	return whole && text->len > 0;
}

void file_free(struct file *file)
{
	bytes_free(&file->text);
}

void file_answer(const struct file *file, struct http_request *request, const char *headers)
{
	struct http_text had = http_field(request, "if-none-match", NULL);
	bool known = had.data && memmem(had.data, had.len, file->etag, strlen(file->etag));
	char all[768];

	snprintf(all, sizeof(all), "%sETag: %s\r\n", headers, file->etag);
	http_reply(request, known ? 304 : 200, all, file->text.data, file->text.len);
}

void file_missing(struct http_request *request)
{
	static const char none[] = "{\"code\":\"not_found\",\"message\":\"网关旁没有该文件 / "
				   "There is no such file beside the gateway.\"}";

	http_reply(request, 404, "Content-Type: application/json\r\n", none, sizeof(none) - 1);
}
