/* shegong import: tables sent row by row, again as often as one likes. */
#include <dirent.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/send.h"

struct paths {
	char **of;
	size_t n;
};

static void path_add(struct paths *paths, const char *dir, const char *name)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s%s%s", dir ? dir : "", dir ? "/" : "", name);
	paths->of = realloc(paths->of, (paths->n + 1) * sizeof(*paths->of));
	if (!paths->of || !(paths->of[paths->n++] = strdup(path)))
		abort();
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), of = strlen(end);

	return len > of && strcmp(name + len - of, end) == 0;
}

/* The tables of a directory in the order of their names. */
static bool dir_read(struct paths *paths, const char *dir)
{
	DIR *open = opendir(dir);
	size_t first = paths->n;

	if (!open) {
		perror(dir);
		return false;
	}
	for (struct dirent *entry; (entry = readdir(open));) {
		if (ends_with(entry->d_name, ".csv") && !ends_with(entry->d_name, ".refused.csv") &&
		    strcmp(entry->d_name, "play.csv") != 0)
			path_add(paths, dir, entry->d_name);
	}
	closedir(open);
	if (paths->n > first)
		qsort(paths->of + first, paths->n - first, sizeof(*paths->of), by_name);
	return true;
}

static bool options_read(int argc, char **argv, struct paths *paths, const char **as)
{
	static const struct option options[] = {
		{ "dir", required_argument, NULL, 'd' },
		{ "as", required_argument, NULL, 'a' },
		{ 0 },
	};

	*as = config_text("SHEGONG_AS");
	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) >= 0;) {
		if (c == 'a')
			*as = optarg;
		else if (c != 'd' || !dir_read(paths, optarg))
			return false;
	}
	for (int i = optind; i < argc; i++)
		path_add(paths, NULL, argv[i]);
	if (paths->n == 0)
		fputs("shegong import FILE.csv... | --dir DIR [--as \"account=…\"]\n", stderr);
	return paths->n > 0;
}

static int file_send(struct sending *sending, struct table_file *file)
{
	struct row **rows = calloc(file->n_rows + 1, sizeof(struct row *));
	int status;

	if (!rows)
		abort();
	for (size_t i = 0; i < file->n_rows; i++)
		rows[i] = &file->rows[i];
	sending->what = file->name;
	status = sending_rows(sending, rows, file->n_rows);
	free(rows);
	return status;
}

/* One table after the other, so that a year of them need not lie in memory at once. */
static int table_send(struct sending *sending, const char *path, const char *as)
{
	struct table_file file;
	int status = CLI_USAGE;

	if (table_open(&file, sending->client, path, as)) {
		sending->total += file.n_rows;
		status = file_send(sending, &file);
		sending_end(sending);
		sending_refused(&file, NULL);
	}
	table_close(&file);
	return status;
}

static int import(struct client *client, const struct paths *paths, const char *as)
{
	struct sending sending;
	int status = CLI_DONE;

	sending_begin(&sending, client, 0);
	for (size_t i = 0; i < paths->n && status == CLI_DONE; i++)
		status = table_send(&sending, paths->of[i], as);
	return status == CLI_DONE && sending.refused ? CLI_REFUSED : status;
}

int cli_import(int argc, char **argv)
{
	struct paths paths = { 0 };
	struct client client;
	const char *as;
	int status = CLI_USAGE;

	if (options_read(argc, argv, &paths, &as)) {
		if (client_open(&client))
			status = import(&client, &paths, as);
		client_close(&client);
	}
	for (size_t i = 0; i < paths.n; i++)
		free(paths.of[i]);
	free(paths.of);
	return status;
}
