/* shegong play: a programme's tables in the order of their dates, on a virtual clock.
 *
 * DIR/play.csv has the columns date and file.  A file's rows are sent on their own date, where they
 * have a column date, else on the file's.  What falls on one date goes in the order of play.csv,
 * file by file; after each file's part all services come to rest, so that the next sees its effect
 * everywhere.  Playing it again sends the same commands under the same ids: nothing changes. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/csv.h"
#include "gateway/cli/send.h"
#include "gateway/cli/standing.h"

struct step {
	struct row *row;
	size_t order; /* of the row in the whole play, before it is sorted by date */
};

struct play {
	struct client *client;
	const char *dir, *refused_dir;
	struct table_file **files;
	size_t n_files;
	struct step *steps;
	size_t n_steps;
};

static void *again(void *list, size_t n, size_t each)
{
	list = realloc(list, n * each);
	if (!list)
		abort();
	return list;
}

/* --- Reading ------------------------------------------------------------------------------------ */

static bool file_add(struct play *play, const char *date, const char *name)
{
	struct table_file *file = calloc(1, sizeof(*file));
	char path[4096];
	struct day day;

	snprintf(path, sizeof(path), "%s/%s", play->dir, name);
	if (!file)
		abort();
	play->files = again(play->files, play->n_files + 1, sizeof(*play->files));
	play->files[play->n_files++] = file;
	if (!table_open(file, play->client, path, ""))
		return false;
	play->steps = again(play->steps, play->n_steps + file->n_rows + 1, sizeof(*play->steps));
	for (size_t i = 0; i < file->n_rows; i++) {
		struct row *row = &file->rows[i];

		if (!*row->date)
			snprintf(row->date, sizeof(row->date), "%s", date);
		if (!day_read(&day, row->date)) {
			fprintf(stderr, "%s:%u: date \"%s\"\n", path, row->line, row->date);
			return false;
		}
		play->steps[play->n_steps] = (struct step){ row, play->n_steps };
		play->n_steps++;
	}
	return true;
}

static bool play_add(struct play *play, struct csv *csv)
{
	unsigned line;
	int more = csv_next(csv, &line);

	if (more != 1 || csv->n_cells != 2 || strcmp(csv->cells[0], "date") != 0 ||
	    strcmp(csv->cells[1], "file") != 0) {
		fprintf(stderr, "%s/play.csv: date,file\n", play->dir);
		return false;
	}
	while ((more = csv_next(csv, &line)) == 1) {
		if (csv->n_cells != 2) {
			fprintf(stderr, "%s/play.csv:%u: date,file\n", play->dir, line);
			return false;
		}
		if (!file_add(play, csv->cells[0], csv->cells[1]))
			return false;
	}
	return more == 0;
}

static bool play_read(struct play *play)
{
	struct bytes text = { 0 };
	char path[4096];
	struct csv csv;
	FILE *file;
	size_t n;
	bool fine;

	snprintf(path, sizeof(path), "%s/play.csv", play->dir);
	file = fopen(path, "re");
	if (!file) {
		perror(path);
		return false;
	}
	while (bytes_reserve(&text, 65536) && (n = fread(text.data + text.len, 1, 65536, file)))
		text.len += n;
	fclose(file);
	csv_open(&csv, (const char *)text.data, text.len);
	fine = play_add(play, &csv);
	csv_close(&csv);
	bytes_free(&text);
	return fine;
}

static void play_close(struct play *play)
{
	for (size_t i = 0; i < play->n_files; i++) {
		table_close(play->files[i]);
		free(play->files[i]);
	}
	free(play->files);
	free(play->steps);
}

/* --- Playing ------------------------------------------------------------------------------------ */

static int by_date(const void *a, const void *b)
{
	const struct step *first = a, *second = b;
	int order = strcmp(first->row->date, second->row->date);

	if (order)
		return order;
	return first->order < second->order ? -1 : first->order > second->order;
}

/* The steps from first on that fall on one date and come from one file. */
static size_t part_of(const struct play *play, size_t first)
{
	const struct row *row = play->steps[first].row;
	size_t n = 1;

	while (first + n < play->n_steps && play->steps[first + n].row->file == row->file &&
	       strcmp(play->steps[first + n].row->date, row->date) == 0)
		n++;
	return n;
}

static int part_play(struct play *play, struct sending *sending, size_t first, size_t n)
{
	struct row **rows = calloc(n, sizeof(struct row *));
	int status;

	if (!rows)
		abort();
	for (size_t i = 0; i < n; i++)
		rows[i] = play->steps[first + i].row;
	sending->what = rows[0]->date;
	status = standing_advance(play->client, rows[0]->date, NULL);
	if (status == CLI_DONE)
		status = sending_rows(sending, rows, n);
	if (status == CLI_DONE)
		status = standing_settle(play->client);
	free(rows);
	return status;
}

static int play_through(struct play *play)
{
	struct sending sending;
	int status = CLI_DONE;

	if (play->n_steps > 0)
		qsort(play->steps, play->n_steps, sizeof(*play->steps), by_date);
	sending_begin(&sending, play->client, play->n_steps);
	status = standing_settle(play->client);
	for (size_t i = 0, n; i < play->n_steps && status == CLI_DONE; i += n) {
		n = part_of(play, i);
		status = part_play(play, &sending, i, n);
	}
	sending_end(&sending);
	for (size_t i = 0; i < play->n_files; i++)
		sending_refused(play->files[i], play->refused_dir);
	return status == CLI_DONE && sending.refused ? CLI_REFUSED : status;
}

int cli_play(int argc, char **argv)
{
	static const struct option options[] = {
		{ "refused", required_argument, NULL, 'r' },
		{ 0 },
	};
	struct client client;
	struct play play = { .client = &client, .refused_dir = "." };
	int status = CLI_USAGE;
	bool fine = true;

	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) >= 0;) {
		if (c == 'r')
			play.refused_dir = optarg;
		else
			fine = false;
	}
	if (!fine || argc - optind != 1) {
		fputs("shegong play DIR [--refused DIR]\n", stderr);
		return CLI_USAGE;
	}
	play.dir = argv[optind];
	if (client_open(&client) && play_read(&play))
		status = play_through(&play);
	play_close(&play);
	client_close(&client);
	return status;
}
