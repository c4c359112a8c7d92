#include "gateway/site.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "engine/log.h"
#include "gateway/file.h"
#include "gateway/refusal.h"

#define PLACE	   "/dashboard"
#define PAGE	   "index.html"
#define HASHED	   "assets/" /* names that change with what is in them */
#define PACKED	   ".gz"
#define BOUNDARIES "map/boundaries.geojson"
#define REVIEW	   "map/review.json"
#define DEPTH	   3
#define FILES_MAX  256

/* A page of ours loads what is ours, and stands in nobody's frame. */
#define SAFE                                                                                       \
	"Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; "        \
	"form-action 'self'; frame-ancestors 'none'\r\n"                                           \
	"X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"

static const struct kind {
	const char *ending, *type;
} kinds[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".json", "application/json" },
	{ ".geojson", "application/json" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".woff2", "font/woff2" },
};

struct site {
	size_t n;
	struct entry {
		char *name; /* below the folder: "assets/index-a1b2.js" */
		struct file file;
	} entries[FILES_MAX];
};

static bool ends_with(struct http_text text, const char *ending)
{
	size_t len = strlen(ending);

	return text.len >= len && memcmp(text.data + text.len - len, ending, len) == 0;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static void entry_read(struct site *site, const char *path, const char *name)
{
	struct entry *entry = &site->entries[site->n];

	entry->name = strdup(name);
	if (entry->name && file_read(&entry->file, path)) {
		site->n++;
		return;
	}
	log_warn("a file of the dashboard cannot be read and will not be served", "path", path,
		 NULL);
	free(entry->name);
	file_free(&entry->file);
	*entry = (struct entry){ 0 };
}

/* name is that of the folder below the first, with a slash behind it; "" for the first. */
static void folder_read(struct site *site, const char *path, const char *name, int depth)
{
	DIR *folder = opendir(path);

	for (struct dirent *found; folder && (found = readdir(folder));) {
		char below[PATH_MAX], full[PATH_MAX];
		bool is_folder = found->d_type == DT_DIR;

		if (found->d_name[0] == '.' || site->n == FILES_MAX)
			continue;
		if (snprintf(full, sizeof(full), "%s/%s", path, found->d_name) >= PATH_MAX ||
		    snprintf(below, sizeof(below), "%s%s%s", name, found->d_name,
			     is_folder ? "/" : "") >= PATH_MAX)
			continue;
		if (!is_folder)
			entry_read(site, full, below);
		else if (depth > 1)
			folder_read(site, full, below, depth - 1);
	}
	if (folder)
		closedir(folder);
}

struct site *site_open(const char *folder)
{
	struct site *site = calloc(1, sizeof(*site));

	if (!site)
		return NULL;
	folder_read(site, folder, "", DEPTH);
	if (site->n == FILES_MAX)
		log_warn("more files than are served lie in the dashboard's folder", "path", folder,
			 NULL);
	return site;
}

/* --- The map ---------------------------------------------------------------------------------- */

/* Forget the file of that name, whoever laid it there. */
static struct entry *entry_fresh(struct site *site, const char *name)
{
	size_t i = 0;

	while (i < site->n && strcmp(site->entries[i].name, name) != 0)
		i++;
	if (i == FILES_MAX)
		return NULL;
	if (i < site->n) {
		free(site->entries[i].name);
		file_free(&site->entries[i].file);
	} else {
		site->n++;
	}
	site->entries[i] = (struct entry){ .name = strdup(name) };
	return site->entries[i].name ? &site->entries[i] : NULL;
}

bool site_map(struct site *site, const char *path, const char *review_number)
{
	struct entry *review = entry_fresh(site, REVIEW), *boundaries;
	struct bytes text = { 0 };
	bool made;

	bytes_add_text(&text, "{\"reviewNumber\":");
	refusal_string(&text, review_number);
	bytes_add_text(&text, "}\n");
	made = review && file_make(&review->file, &text);
	if (!made)
		bytes_free(&text);
	boundaries = made && *path ? entry_fresh(site, BOUNDARIES) : NULL;
	return made && (!*path || (boundaries && file_read(&boundaries->file, path)));
}

void site_close(struct site *site)
{
	for (size_t i = 0; site && i < site->n; i++) {
		free(site->entries[i].name);
		file_free(&site->entries[i].file);
	}
	free(site);
}

/* --- Answering -------------------------------------------------------------------------------- */

static const struct file *found(const struct site *site, struct http_text name, const char *ending)
{
	size_t len = strlen(ending);

	for (size_t i = 0; i < site->n; i++) {
		const char *has = site->entries[i].name;

		if (strlen(has) == name.len + len && memcmp(has, name.data, name.len) == 0 &&
		    strcmp(has + name.len, ending) == 0)
			return &site->entries[i].file;
	}
	return NULL;
}

static const char *type_of(struct http_text name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (ends_with(name, kinds[i].ending))
			return kinds[i].type;
	}
	return "application/octet-stream";
}

static bool unpacks(const struct http_request *request)
{
	struct http_text takes = http_field(request, "accept-encoding", NULL);

	return takes.data && memmem(takes.data, takes.len, "gzip", 4) &&
	       !memmem(takes.data, takes.len, "gzip;q=0", 8);
}

static void entry_answer(const struct site *site, struct http_text name,
			 struct http_request *request)
{
	const struct file *plain = found(site, name, "");
	const struct file *packed = unpacks(request) ? found(site, name, PACKED) : NULL;
	bool hashed = name.len > strlen(HASHED) && memcmp(name.data, HASHED, strlen(HASHED)) == 0;
	char headers[640];

	if (!plain) {
		file_missing(request);
		return;
	}
	snprintf(headers, sizeof(headers),
		 "Content-Type: %s\r\nVary: Accept-Encoding\r\n%sCache-Control: %s\r\n" SAFE,
		 type_of(name), packed ? "Content-Encoding: gzip\r\n" : "",
		 hashed ? "public, max-age=31536000, immutable" : "no-cache");
	file_answer(packed ? packed : plain, request, headers);
}

bool site_owns(struct http_text path)
{
	size_t len = strlen(PLACE);

	return path.len >= len && memcmp(path.data, PLACE, len) == 0 &&
	       (path.len == len || path.data[len] == '/');
}

void site_answer(const struct site *site, struct http_request *request)
{
	static const struct http_text page = { PAGE, sizeof(PAGE) - 1 };
	struct http_text name = request->path;
	const char *last;

	if (name.len == strlen(PLACE)) {
		http_reply(request, 308, "Location: " PLACE "/\r\n", "", 0);
		return;
	}
	name.data += strlen(PLACE) + 1;
	name.len -= strlen(PLACE) + 1;
	last = memrchr(name.data, '/', name.len);
	last = last ? last + 1 : name.data;
	/* Files have a dot in their names, the page's own addresses have none. */
	if (!memchr(last, '.', name.len - (size_t)(last - name.data)))
		name = page;
	entry_answer(site, name, request);
}
