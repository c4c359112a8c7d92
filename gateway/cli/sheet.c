#include "gateway/cli/sheet.h"

#include <stdio.h>
#include <string.h>

#include <xlsxwriter.h>

#include "gateway/cli/csv.h"

enum { NAME_MAX_CHARS = 31, WIDTH_MIN = 8, WIDTH_MAX = 60 };

/* --- CSV ---------------------------------------------------------------------------------------- */

static bool line_write(FILE *file, struct bytes *line)
{
	bool written =
		bytes_add_text(line, "\r\n") && fwrite(line->data, 1, line->len, file) == line->len;

	line->len = 0;
	return written;
}

bool grid_write_csv(const struct grid *grid, const char *path)
{
	FILE *file = fopen(path, "we");
	struct bytes line = { 0 };
	bool written = file != NULL;

	/* The mark by which spreadsheet programs see that it is UTF-8. */
	written = written && fputs("\xef\xbb\xbf", file) >= 0;
	for (size_t c = 0; c < grid->n_columns && written; c++)
		written = (c == 0 || bytes_add_byte(&line, ',')) &&
			  csv_write(&line, grid->headings[c]);
	written = written && line_write(file, &line);
	for (size_t r = 0; r < grid->n_rows && written; r++) {
		for (size_t c = 0; c < grid->n_columns && written; c++)
			written = (c == 0 || bytes_add_byte(&line, ',')) &&
				  csv_write(&line, grid->cells[r * grid->n_columns + c].text);
		written = written && line_write(file, &line);
	}
	bytes_free(&line);
	if (file && fclose(file) != 0)
		written = false;
	return written;
}

/* --- Workbooks ---------------------------------------------------------------------------------- */

struct formats {
	lxw_format *heading, *text, *number, *hundredths;
};

/* How wide a text is: a Chinese character counts two. */
static int width_of(const char *text)
{
	int width = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if ((*c & 0xc0) != 0x80)
			width += *c >= 0xe0 ? 2 : 1;
	}
	return width;
}

/* A sheet's name: 31 characters at most, some of them not allowed, each name once. */
static void sheet_name(lxw_workbook *book, const char *title, size_t number, char name[static 128])
{
	size_t len = 0, chars = 0;
	char plain[128];

	for (const char *c = title; *c && len < sizeof(plain) - 8; c++) {
		bool begins = ((unsigned char)*c & 0xc0) != 0x80;

		if (begins && chars == NAME_MAX_CHARS - 3)
			break;
		chars += begins;
		plain[len++] = strchr("[]:*?/\\'", *c) ? ' ' : *c;
	}
	plain[len] = '\0';
	snprintf(name, 128, "%s", plain);
	if (workbook_validate_sheet_name(book, name) != LXW_NO_ERROR)
		snprintf(name, 128, "%.100s %zu", plain, number + 1);
}

static lxw_error cell_write(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
			    const struct cell *cell, const struct formats *formats)
{
	switch (cell->kind) {
	case CELL_NUMBER:
		/* Beyond 15 digits a spreadsheet would round it. */
		if (cell->number > INT64_C(999999999999999) ||
		    cell->number < -INT64_C(999999999999999))
			break;
		return worksheet_write_number(sheet, row, column, (double)cell->number,
					      formats->number);
	case CELL_HUNDREDTHS:
		if (cell->number > INT64_C(999999999999999) ||
		    cell->number < -INT64_C(999999999999999))
			break;
		return worksheet_write_number(sheet, row, column, (double)cell->number / 100,
					      formats->hundredths);
	case CELL_TEXT:
		break;
	}
	return worksheet_write_string(sheet, row, column, cell->text, formats->text);
}

static lxw_error grid_write(lxw_worksheet *sheet, const struct grid *grid,
			    const struct formats *formats)
{
	lxw_row_t first = grid->alone ? 0 : 1;
	lxw_error error = LXW_NO_ERROR;

	for (size_t c = 0; c < grid->n_columns; c++) {
		int widest = WIDTH_MIN;

		if (!grid->alone) {
			widest = width_of(grid->headings[c]) + 2;
			error = worksheet_write_string(sheet, 0, (lxw_col_t)c, grid->headings[c],
						       formats->heading);
		}
		for (size_t r = 0; r < grid->n_rows && error == LXW_NO_ERROR; r++) {
			const struct cell *cell = &grid->cells[r * grid->n_columns + c];
			int width = width_of(cell->text) + 2;

			widest = width > widest ? width : widest;
			if (grid->alone && c == 0)
				error = worksheet_write_string(sheet, (lxw_row_t)r, 0, cell->text,
							       formats->heading);
			else
				error = cell_write(sheet, first + (lxw_row_t)r, (lxw_col_t)c, cell,
						   formats);
		}
		if (error != LXW_NO_ERROR)
			return error;
		worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c,
				     widest > WIDTH_MAX ? WIDTH_MAX : widest, NULL);
	}
	if (!grid->alone && grid->n_columns) {
		worksheet_freeze_panes(sheet, 1, 0);
		worksheet_autofilter(sheet, 0, 0, (lxw_row_t)grid->n_rows,
				     (lxw_col_t)(grid->n_columns - 1));
	}
	worksheet_set_landscape(sheet);
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_repeat_rows(sheet, 0, 0);
	return LXW_NO_ERROR;
}

const char *grids_write_xlsx(const struct grids *grids, const char *path)
{
	lxw_workbook_options options = { .constant_memory = LXW_FALSE };
	lxw_workbook *book = workbook_new_opt(path, &options);
	lxw_error error = LXW_NO_ERROR, closed;
	struct formats formats;

	if (!book)
		return "no memory";
	formats.heading = workbook_add_format(book);
	format_set_bold(formats.heading);
	format_set_bg_color(formats.heading, 0xE8EEF4);
	formats.text = workbook_add_format(book);
	format_set_num_format(formats.text, "@");
	formats.number = workbook_add_format(book);
	format_set_num_format(formats.number, "0");
	formats.hundredths = workbook_add_format(book);
	format_set_num_format(formats.hundredths, "#,##0.00");
	for (size_t i = 0; i < grids->n && error == LXW_NO_ERROR; i++) {
		char name[128];

		sheet_name(book, grids->of[i].title, i, name);

		lxw_worksheet *sheet = workbook_add_worksheet(book, name);

		error = sheet ? grid_write(sheet, &grids->of[i], &formats)
			      : LXW_ERROR_MEMORY_MALLOC_FAILED;
	}
	closed = workbook_close(book);
	if (error == LXW_NO_ERROR)
		error = closed;
	return error == LXW_NO_ERROR ? NULL : lxw_strerror(error);
}
