#include "gateway/cli/csv.h"

void csv_open(struct csv *csv, const char *text, size_t len)
{
	static const char mark[] = "\xef\xbb\xbf";

	*csv = (struct csv){ .at = text, .end = text + len, .line = 1 };
	if (len >= 3 && memcmp(text, mark, 3) == 0)
		csv->at += 3;
}

void csv_close(struct csv *csv)
{
	bytes_free(&csv->text);
	free(csv->cells);
}

static void put(struct csv *csv, char c)
{
	if (!bytes_add_byte(&csv->text, (uint8_t)c))
		abort();
}

/* A quoted cell, its opening quote passed.  false: it has no end. */
static bool quoted_read(struct csv *csv)
{
	for (; csv->at < csv->end; csv->at++) {
		if (*csv->at == '\n')
			csv->line++;
		if (*csv->at != '"') {
			put(csv, *csv->at);
			continue;
		}
		csv->at++;
		if (csv->at == csv->end || *csv->at != '"')
			return true;
		put(csv, '"');
	}
	return false;
}

static bool cell_read(struct csv *csv)
{
	bool fine = true;

	if (csv->at < csv->end && *csv->at == '"') {
		csv->at++;
		fine = quoted_read(csv);
	} else {
		for (; csv->at < csv->end && !strchr(",\r\n", *csv->at); csv->at++)
			put(csv, *csv->at);
	}
	put(csv, '\0');
	csv->n_cells++;
	return fine && (csv->at == csv->end || strchr(",\r\n", *csv->at));
}

static void line_end(struct csv *csv)
{
	if (csv->at < csv->end && *csv->at == '\r')
		csv->at++;
	if (csv->at < csv->end && *csv->at == '\n')
		csv->at++;
	csv->line++;
}

static void cells_find(struct csv *csv)
{
	const char *cell = (const char *)csv->text.data;

	if (csv->n_cells > csv->room) {
		csv->room = csv->n_cells;
		csv->cells = realloc(csv->cells, csv->room * sizeof(*csv->cells));
		if (!csv->cells)
			abort();
	}
	for (size_t i = 0; i < csv->n_cells; i++, cell += strlen(cell) + 1)
		csv->cells[i] = cell;
}

int csv_next(struct csv *csv, unsigned *line)
{
	while (csv->at < csv->end && (*csv->at == '\r' || *csv->at == '\n'))
		line_end(csv);
	if (csv->at == csv->end)
		return 0;
	*line = csv->line;
	csv->text.len = csv->n_cells = 0;
	while (cell_read(csv)) {
		if (csv->at == csv->end || *csv->at != ',') {
			line_end(csv);
			cells_find(csv);
			return 1;
		}
		csv->at++;
	}
	return -1;
}

bool csv_write(struct bytes *to, const char *cell)
{
	if (!strpbrk(cell, ",\"\r\n"))
		return bytes_add_text(to, cell);
	if (!bytes_add_byte(to, '"'))
		return false;
	for (; *cell; cell++) {
		if ((*cell == '"' && !bytes_add_byte(to, '"')) ||
		    !bytes_add_byte(to, (uint8_t)*cell))
			return false;
	}
	return bytes_add_byte(to, '"');
}
