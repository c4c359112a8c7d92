#include "gateway/schema_file.h"

#include <libgen.h>
#include <stdio.h>
#include <unistd.h>

#include "gateway/bytes.h"

#define SCHEMA_MAX (16 * 1024 * 1024)

static bool schema_path(const char *named, char path[static SCHEMA_PATH_SIZE])
{
	static const char *const places[] = { "shegong.binpb", "../share/shegong/shegong.binpb" };
	char exe[4096];
	ssize_t len;

	if (*named)
		return snprintf(path, SCHEMA_PATH_SIZE, "%s", named) < SCHEMA_PATH_SIZE;
	snprintf(path, SCHEMA_PATH_SIZE, "%s", places[0]);
	len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	if (len < 0)
		return false;
	exe[len] = '\0';
	dirname(exe);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (snprintf(path, SCHEMA_PATH_SIZE, "%s/%s", exe, places[i]) < SCHEMA_PATH_SIZE &&
		    access(path, R_OK) == 0)
			return true;
	}
	return false;
}

struct schema *schema_file_open(const char *named, char path[static SCHEMA_PATH_SIZE],
				char why[static 256])
{
	FILE *file = schema_path(named, path) ? fopen(path, "re") : NULL;
	struct bytes set = { .max = SCHEMA_MAX };
	struct schema *schema;
	size_t n;

	if (!file) {
		snprintf(why, 256, "not found");
		return NULL;
	}
	while (bytes_reserve(&set, 65536) && (n = fread(set.data + set.len, 1, 65536, file)) > 0)
		set.len += n;
	fclose(file);
	schema = schema_open(set.data, set.len, why);
	bytes_free(&set);
	return schema;
}
