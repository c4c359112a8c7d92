#include "gateway/cli/table.h"

#include <inttypes.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "base/personal.h"
#include "gateway/cli/csv.h"
#include "gateway/refusal.h"

#define COLUMNS_MAX 256
#define FILE_MAX    (64 * 1024 * 1024)

/* What a column's name says. */
enum kind { FIELD, NOTE, METHOD, AS, DATE, JSON };

struct column {
	char name[128]; /* the field's path; "amount_fen" where the file says amount_yuan */
	enum kind kind;
	bool yuan;
	bool element; /* has [] in its path: one element a row */
};

struct reading {
	const struct client *client;
	struct table_file *file;
	const char *method, *as; /* what the # lines say */
	struct column columns[COLUMNS_MAX];
	size_t n;      /* without the columns that a list of refused rows has at its end */
	size_t n_told; /* those */
	bool elements; /* all fields are of one list */
	bool personal; /* says who somebody is: not to be sent */
	char *dir;
};

static void *grow(void *list, size_t n, size_t each)
{
	/* Room is doubled whenever the number is a power of two. */
	if (n && (n & (n - 1)))
		return list;
	list = realloc(list, (n ? n * 2 : 1) * each);
	if (!list)
		abort();
	return list;
}

static char *copy(const char *text, size_t len)
{
	char *to = strndup(text, len);

	if (!to)
		abort();
	return to;
}

static void add(struct bytes *to, const char *text)
{
	if (!bytes_add_text(to, text))
		abort();
}

/* --- The file ----------------------------------------------------------------------------------- */

static char *file_read(const char *path, size_t *len)
{
	struct bytes text = { .max = FILE_MAX };
	FILE *file = fopen(path, "re");
	size_t n;

	if (!file) {
		perror(path);
		return NULL;
	}
	while (bytes_reserve(&text, 65536) && (n = fread(text.data + text.len, 1, 65536, file)))
		text.len += n;
	fclose(file);
	*len = text.len;
	if (!bytes_add_byte(&text, 0))
		abort();
	return (char *)text.data;
}

static void row_free_words(struct row *row)
{
	free(row->reason);
	free(row->about);
	free(row->message_en);
	free(row->message_zh);
}

/* Where a row cannot be read, it is refused on this side. */
void row_refuse(struct row *row, const char *reason, const char *about, const char *en,
		const char *zh)
{
	row->state = ROW_REFUSED;
	row_free_words(row);
	row->reason = copy(reason, strlen(reason));
	row->about = copy(about, strlen(about));
	row->message_en = copy(en, strlen(en));
	row->message_zh = copy(zh, strlen(zh));
}

/* The # lines at the head: "# method: personnel.OpenCall". */
static size_t directives_read(struct reading *reading, char *text)
{
	char *at = text;

	if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	while (*at == '#') {
		static const char *const names[] = { "method:", "as:" };
		char *line = at + 1, *end = strchr(at, '\n');

		at = end ? end + 1 : at + strlen(at);
		line += strspn(line, " \t");
		for (size_t i = 0; i < 2; i++) {
			size_t len = strlen(names[i]);
			const char **to = i == 0 ? &reading->method : &reading->as;

			if (strncmp(line, names[i], len) != 0)
				continue;
			line += len + strspn(line + len, " \t");
			*to = copy(line, strcspn(line, "\r\n"));
		}
	}
	return (size_t)(at - text);
}

static enum kind kind_of(const char *name)
{
	static const struct {
		const char *name;
		enum kind kind;
	} kinds[] = { { "method", METHOD }, { "as", AS }, { "date", DATE }, { "json", JSON } };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return kinds[i].kind;
	}
	return name[0] == '_' ? NOTE : FIELD;
}

/* What sending_refused adds to each row. */
const char *const told_names[TOLD] = { "_line", "_field", "_reason", "_message_zh", "_message_en" };

static size_t told_columns(const struct csv *csv)
{
	for (size_t i = 0; i < TOLD; i++) {
		if (csv->n_cells <= TOLD ||
		    strcmp(csv->cells[csv->n_cells - TOLD + i], told_names[i]) != 0)
			return 0;
	}
	return TOLD;
}

/* "rows[].record_id", "rows[].minutes": then the list may be cut anywhere. */
static bool elements_of_one_list(const struct reading *reading)
{
	const char *list = NULL;
	size_t len = 0;

	for (size_t i = 0; i < reading->n; i++) {
		const struct column *column = &reading->columns[i];

		if (column->kind == JSON || (column->kind == FIELD && !column->element))
			return false;
		if (column->kind != FIELD)
			continue;
		if (!list) {
			list = column->name;
			len = (size_t)(strstr(list, "[]") - list);
		}
		if (strncmp(column->name, list, len + 2) != 0)
			return false;
	}
	return list != NULL;
}

/* --- What says who somebody is ------------------------------------------------------------------ */

/* Such a table is refused as a whole: a request's id holds its first cell and a hash that anybody can
 * make again, and the list of the refused rows would be one more copy on the disk. */

/* A field's name or its JSON name: phone_number, phoneNumber. */
static bool name_personal(const char *name, size_t len)
{
	char plain[256];
	size_t n = 0;

	for (size_t i = 0; i < len && n + 3 < sizeof(plain); i++) {
		if (name[i] >= 'A' && name[i] <= 'Z') {
			plain[n++] = '_';
			plain[n++] = (char)(name[i] - 'A' + 'a');
		} else {
			plain[n++] = name[i];
		}
	}
	plain[n] = '\0';
	return personal_field(plain);
}

/* Any part of a column's path: home[0].phone_number. */
static bool column_personal(const char *path)
{
	while (*path) {
		size_t len = strcspn(path, ".[]");

		if (name_personal(path, len))
			return true;
		path += len + (path[len] != '\0');
	}
	return false;
}

/* A text of JSON, well-formed or not: is anything in quotes such a name? */
static bool json_personal(const char *json)
{
	for (const char *at = strchr(json, '"'); at; at = strchr(at + 1, '"')) {
		if (name_personal(at + 1, strcspn(at + 1, "\"")))
			return true;
	}
	return false;
}

static bool cell_personal(const char *cell)
{
	return (*cell == '{' || *cell == '[') && json_personal(cell);
}

static bool columns_read(struct reading *reading, const struct csv *csv)
{
	reading->n_told = told_columns(csv);
	reading->n = csv->n_cells - reading->n_told;
	if (reading->n > COLUMNS_MAX)
		return false;
	for (size_t i = 0; i < reading->n; i++) {
		struct column *column = &reading->columns[i];
		const char *cell = csv->cells[i], *list;
		size_t len = strlen(cell);

		if (len == 0 || len >= sizeof(column->name))
			return false;
		*column = (struct column){ .kind = kind_of(cell) };
		reading->personal = reading->personal || column_personal(cell);
		column->yuan =
			column->kind == FIELD && len > 5 && strcmp(cell + len - 5, "_yuan") == 0;
		snprintf(column->name, sizeof(column->name), "%.*s%s",
			 (int)(column->yuan ? len - 5 : len), cell, column->yuan ? "_fen" : "");
		list = strstr(column->name, "[]");
		column->element = list != NULL;
	}
	reading->elements = elements_of_one_list(reading);
	return true;
}

/* --- One cell as JSON --------------------------------------------------------------------------- */

/* "1234.5" yuan is 123450 fen. */
static bool yuan_read(const char *cell, int64_t *fen)
{
	bool minus = *cell == '-';
	const char *at = cell + minus;
	size_t whole = strspn(at, "0123456789"), part = 0;
	int64_t n = 0;

	if (at[whole] == '.')
		part = strspn(at + whole + 1, "0123456789");
	if (whole < 1 || whole > 15 || part > 2 || (at[whole] == '.' && part == 0) ||
	    at[whole + (part ? part + 1 : 0)])
		return false;
	for (size_t i = 0; i < whole; i++)
		n = n * 10 + (at[i] - '0');
	for (size_t i = 0; i < 2; i++)
		n = n * 10 + (i < part ? at[whole + 1 + i] - '0' : 0);
	*fen = minus ? -n : n;
	return true;
}

static void quoted(struct bytes *json, const char *text)
{
	if (!refusal_string(json, text))
		abort();
}

static void value_write(struct bytes *json, const struct schema_field *field, const char *cell)
{
	bool bare = field && field->kind == SCHEMA_BOOL &&
		    (strcmp(cell, "true") == 0 || strcmp(cell, "false") == 0);

	if (bare || *cell == '{' || *cell == '[')
		add(json, cell);
	else
		quoted(json, cell);
}

/* A cell of a repeated field: a;b, or one JSON list. */
static void list_write(struct bytes *json, const struct schema_field *field, const char *cell)
{
	const char *separator = "[";

	if (*cell == '[') {
		add(json, cell);
		return;
	}
	if (*cell == '{') {
		add(json, "[");
		add(json, cell);
		add(json, "]");
		return;
	}
	while (cell) {
		const char *end = strchr(cell, ';');
		char *item = copy(cell, end ? (size_t)(end - cell) : strlen(cell));

		add(json, separator);
		value_write(json, field, item);
		free(item);
		separator = ",";
		cell = end ? end + 1 : NULL;
	}
	add(json, "]");
}

static bool cell_write(struct bytes *json, const struct column *column,
		       const struct schema_field *field, bool of_list, const char *cell)
{
	char fen[24];
	int64_t amount;

	if (column->yuan) {
		if (!yuan_read(cell, &amount))
			return false;
		snprintf(fen, sizeof(fen), "%" PRId64, amount);
		cell = fen;
	}
	if (field && field->repeated && !of_list)
		list_write(json, field, cell);
	else
		value_write(json, field, cell);
	return true;
}

/* --- A request as JSON -------------------------------------------------------------------------- */

/* What a request is made of: the lines of the file that make it, each with all its cells. */
struct lines {
	struct reading *reading;
	const char **cells; /* n lines of reading->n cells */
	size_t n;
	struct row *row;
};

/* A part of the message, as far as the columns name it: those whose path begins alike. */
struct part {
	const char *prefix; /* of the paths: "rules.", "budget[]." */
	size_t prefix_len;
	const struct schema_message *type;
	size_t line; /* of the element, where the path has [] */
	bool in_element;
};

static const char *cell_of(const struct lines *lines, size_t line, size_t column)
{
	return lines->cells[line * lines->reading->n + column];
}

static bool write_object(struct lines *, const struct part *, struct bytes *json);

/* The columns below a path with any cell filled in. */
static bool filled(const struct lines *lines, const char *prefix, size_t len, size_t line)
{
	for (size_t i = 0; i < lines->reading->n; i++) {
		const struct column *column = &lines->reading->columns[i];

		if (column->kind == FIELD && strncmp(column->name, prefix, len) == 0 &&
		    *cell_of(lines, line, i))
			return true;
	}
	return false;
}

static bool bad_cell(struct lines *lines, const struct column *column)
{
	row_refuse(lines->row, "CELL_MALFORMED", column->name,
		   "The cell is no amount in yuan such as 1234.56.",
		   "该单元格不是以元为单位的金额，形式应如1234.56。");
	return false;
}

/* One element of a list, or the one message or value of a field. */
static bool write_value(struct lines *lines, const struct part *part, const struct column *column,
			size_t index, const struct schema_field *field, const char *prefix,
			bool of_list, struct bytes *json)
{
	size_t len = strlen(prefix);
	struct part below = *part;

	if (column->name[len] == '.') {
		char dotted[160];

		snprintf(dotted, sizeof(dotted), "%s.", prefix);
		below.prefix = dotted;
		below.prefix_len = len + 1;
		below.type = field ? field->message : NULL;
		return write_object(lines, &below, json);
	}
	return cell_write(json, column, field, of_list, cell_of(lines, part->line, index)) ||
	       bad_cell(lines, column);
}

/* "budget[]": an element for each line; "nominees[0]", "nominees[1]": one for each number. */
static bool write_list(struct lines *lines, const struct part *part, size_t index, size_t name_len,
		       const struct schema_field *field, struct bytes *json)
{
	const struct column *column = &lines->reading->columns[index];
	bool by_line = strncmp(column->name + name_len, "[]", 2) == 0;
	size_t n = by_line ? lines->n : 1000, written = 0;

	add(json, "[");
	for (size_t i = 0; i < n; i++) {
		struct part element = *part;
		char prefix[160];
		size_t at = index, len;

		element.line = by_line ? i : part->line;
		if (by_line)
			snprintf(prefix, sizeof(prefix), "%.*s[]", (int)name_len, column->name);
		else
			snprintf(prefix, sizeof(prefix), "%.*s[%zu]", (int)name_len, column->name,
				 i);
		len = strlen(prefix);
		while (at < lines->reading->n &&
		       (lines->reading->columns[at].kind != FIELD ||
			strncmp(lines->reading->columns[at].name, prefix, len) != 0))
			at++;
		if (at == lines->reading->n)
			break;
		if (!filled(lines, prefix, len, element.line))
			continue;
		if (written++)
			add(json, ",");
		if (!write_value(lines, &element, &lines->reading->columns[at], at, field, prefix,
				 true, json))
			return false;
	}
	add(json, "]");
	return true;
}

/* True where an earlier column has the same field: it was written with that one. */
static bool written_before(const struct lines *lines, size_t index, size_t len)
{
	const char *name = lines->reading->columns[index].name;

	for (size_t i = 0; i < index; i++) {
		const struct column *before = &lines->reading->columns[i];

		if (before->kind == FIELD && strncmp(before->name, name, len) == 0 &&
		    (!before->name[len] || strchr(".[", before->name[len])))
			return true;
	}
	return false;
}

static bool any_filled(const struct lines *lines, const struct part *part, const char *name,
		       size_t len)
{
	size_t n = strncmp(name + len, "[]", 2) == 0 ? lines->n : 1;

	for (size_t i = 0; i < n; i++) {
		size_t line = n == 1 ? part->line : i;

		for (size_t c = 0; c < lines->reading->n; c++) {
			const struct column *column = &lines->reading->columns[c];

			if (column->kind == FIELD && strncmp(column->name, name, len) == 0 &&
			    (!column->name[len] || strchr(".[", column->name[len])) &&
			    *cell_of(lines, line, c))
				return true;
		}
	}
	return false;
}

static bool write_object(struct lines *lines, const struct part *part, struct bytes *json)
{
	const char *separator = "{";

	for (size_t i = 0; i < lines->reading->n; i++) {
		const struct column *column = &lines->reading->columns[i];
		const struct schema_field *field;
		size_t own, len;
		char *name;
		bool fine;

		if (column->kind != FIELD ||
		    strncmp(column->name, part->prefix, part->prefix_len) != 0)
			continue;
		own = strcspn(column->name + part->prefix_len, ".[");
		len = part->prefix_len + own;
		if (written_before(lines, i, len) || !any_filled(lines, part, column->name, len))
			continue;
		name = copy(column->name + part->prefix_len, own);
		field = part->type ? schema_field_named(part->type, name, own) : NULL;
		add(json, separator);
		separator = ",";
		quoted(json, name);
		add(json, ":");
		free(name);
		if (column->name[len] == '[') {
			fine = write_list(lines, part, i, len, field, json);
		} else {
			name = copy(column->name, len);
			fine = write_value(lines, part, column, i, field, name, false, json);
			free(name);
		}
		if (!fine)
			return false;
	}
	add(json, *separator == '{' ? "{}" : "}");
	return true;
}

/* --- A row -------------------------------------------------------------------------------------- */

static size_t column_of(const struct reading *reading, enum kind kind)
{
	size_t i = 0;

	while (i < reading->n && reading->columns[i].kind != kind)
		i++;
	return i;
}

static const char *own_cell(const struct lines *lines, enum kind kind, const char *otherwise)
{
	size_t i = column_of(lines->reading, kind);

	return i < lines->reading->n && *cell_of(lines, 0, i) ? cell_of(lines, 0, i) : otherwise;
}

/* "account={agency_id}" with the cells of the row. */
static char *filled_in(const struct lines *lines, const char *text)
{
	struct bytes out = { 0 };

	while (*text) {
		size_t plain = strcspn(text, "{"), len;
		bool known = false;

		if (!bytes_add(&out, text, plain))
			abort();
		text += plain;
		if (!*text)
			break;
		len = strcspn(text, "}");
		for (size_t i = 0; i < lines->reading->n && !known; i++) {
			const char *name = lines->reading->columns[i].name;

			known = text[len] && strlen(name) == len - 1 &&
				memcmp(name, text + 1, len - 1) == 0;
			if (known)
				add(&out, cell_of(lines, 0, i));
		}
		/* What names no column stays, and is refused as a malformed caller. */
		if (!known && !bytes_add(&out, text, len))
			abort();
		text += len + (text[len] != '\0');
	}
	if (!bytes_add_byte(&out, 0))
		abort();
	return (char *)out.data;
}

/* FNV-1a: names the same request the same way every time; nobody is kept out by it. */
static uint64_t fold(uint64_t hash, const void *data, size_t len)
{
	const uint8_t *at = data;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ at[i]) * UINT64_C(1099511628211);
	return (hash ^ 0xff) * UINT64_C(1099511628211);
}

void row_id(const struct row *row, const struct bytes *wire, char id[static 65])
{
	uint64_t hash = UINT64_C(14695981039346656037);
	char *at = id;

	hash = fold(hash, row->method->full_name, strlen(row->method->full_name));
	hash = fold(hash, row->as, strlen(row->as));
	hash = fold(hash, wire->data, wire->len);
	snprintf(id, 65, "%.20s:%.24s:%016" PRIx64, row->file->name, row->key, hash);
	for (; *at; at++) {
		if (!caller_id_valid(at, 1))
			*at = '-';
	}
}

static bool body_write(struct lines *lines, struct bytes *json)
{
	const struct reading *reading = lines->reading;
	struct part whole = { .prefix = "", .type = lines->row->method->input };
	const char *cell = own_cell(lines, JSON, NULL);
	char path[4352];
	char *text;
	size_t len;

	if (!cell)
		return write_object(lines, &whole, json);
	if (*cell != '@') {
		add(json, cell);
		return true;
	}
	snprintf(path, sizeof(path), "%s/%s", reading->dir, cell + 1);
	text = file_read(path, &len);
	if (!text) {
		row_refuse(lines->row, "FILE_UNREADABLE", cell + 1, "The file cannot be read.",
			   "文件无法读取。");
		return false;
	}
	lines->reading->personal = lines->reading->personal || json_personal(text);
	add(json, text);
	free(text);
	return true;
}

static void row_make(struct lines *lines)
{
	struct reading *reading = lines->reading;
	struct row *row = lines->row;
	const char *name = own_cell(lines, METHOD, reading->method);
	struct bytes json = { 0 };
	struct json_fault fault;

	row->key = copy(cell_of(lines, 0, 0), strlen(cell_of(lines, 0, 0)));
	row->element = reading->elements;
	snprintf(row->date, sizeof(row->date), "%s", own_cell(lines, DATE, ""));
	row->as = filled_in(lines, own_cell(lines, AS, reading->as ? reading->as : ""));
	row->method = name ? client_method(reading->client, name, &row->service) : NULL;
	if (!row->method || row->method->no_side_effects) {
		row_refuse(row, "METHOD_UNKNOWN", name ? name : "method",
			   "There is no such command; it is named like personnel.OpenCall.",
			   "没有该命令，其名称形式如personnel.OpenCall。");
		return;
	}
	if (body_write(lines, &json)) {
		if (!json_to_wire(row->method->input, (const char *)json.data, json.len, &row->wire,
				  &fault))
			row_refuse(row, "CELL_MALFORMED", fault.field, fault.message_en,
				   fault.message_zh);
	}
	bytes_free(&json);
}

/* --- The rows ----------------------------------------------------------------------------------- */

/* A row as CSV, without the cells of what was told of it before. */
static char *record_of(const struct csv *csv, size_t n)
{
	struct bytes text = { 0 };

	for (size_t i = 0; i < csv->n_cells && i < n; i++) {
		if ((i > 0 && !bytes_add_byte(&text, ',')) || !csv_write(&text, csv->cells[i]))
			abort();
	}
	if (!bytes_add_byte(&text, 0))
		abort();
	return (char *)text.data;
}

static void record_keep(struct reading *reading, const struct csv *csv)
{
	struct table_file *file = reading->file;

	file->records = grow(file->records, file->n_records, sizeof(*file->records));
	file->records[file->n_records++] = record_of(csv, reading->n_told ? reading->n : SIZE_MAX);
}

/* Has the file any column with []?  Then a row goes on where nothing else has changed. */
static bool goes_on(const struct lines *lines, const struct csv *csv)
{
	const struct reading *reading = lines->reading;
	bool lists = false;

	if (lines->n == 0 || reading->elements || csv->n_cells != reading->n + reading->n_told)
		return false;
	for (size_t i = 0; i < reading->n; i++) {
		lists = lists || reading->columns[i].element;
		if (!reading->columns[i].element && reading->columns[i].kind != NOTE &&
		    strcmp(cell_of(lines, 0, i), csv->cells[i]) != 0)
			return false;
	}
	return lists;
}

static void lines_add(struct lines *lines, const struct csv *csv)
{
	size_t n = lines->reading->n;

	lines->cells = realloc(lines->cells, (lines->n + 1) * n * sizeof(*lines->cells));
	if (!lines->cells)
		abort();
	for (size_t i = 0; i < n; i++) {
		const char *cell = i < csv->n_cells ? csv->cells[i] : "";

		lines->cells[lines->n * n + i] = copy(cell, strlen(cell));
		lines->reading->personal = lines->reading->personal || cell_personal(cell);
	}
	lines->n++;
}

static void lines_end(struct lines *lines)
{
	if (lines->n > 0 && lines->row->state != ROW_REFUSED)
		row_make(lines);
	for (size_t i = 0; i < lines->n * lines->reading->n; i++)
		free((char *)(uintptr_t)lines->cells[i]);
	free(lines->cells);
	lines->cells = NULL;
	lines->n = 0;
}

static bool rows_read(struct reading *reading, struct csv *csv)
{
	struct table_file *file = reading->file;
	struct lines lines = { .reading = reading };
	unsigned line = 0;
	int more;

	while ((more = csv_next(csv, &line)) == 1) {
		if (!goes_on(&lines, csv)) {
			lines_end(&lines);
			file->rows = grow(file->rows, file->n_rows, sizeof(*file->rows));
			lines.row = &file->rows[file->n_rows++];
			*lines.row = (struct row){ .file = file,
						   .line = line,
						   .first = file->n_records };
			if (csv->n_cells != reading->n + reading->n_told)
				row_refuse(
					lines.row, "ROW_MALFORMED", "",
					"The row has more or fewer cells than there are columns.",
					"该行的单元格数与列数不符。");
		}
		lines_add(&lines, csv);
		lines.row->n++;
		record_keep(reading, csv);
	}
	lines_end(&lines);
	if (more < 0)
		fprintf(stderr, "%s:%u: %s\n", file->path, line,
			client_word("a quoted cell does not end as it should",
				    "带引号的单元格没有正确结束"));
	return more == 0;
}

static bool text_read(struct reading *reading, char *text, size_t len)
{
	struct table_file *file = reading->file;
	size_t head = directives_read(reading, text);
	struct csv csv;
	unsigned line;
	bool fine = false;

	csv_open(&csv, text + head, len - head);
	for (size_t i = 0; i < head; i++)
		csv.line += text[i] == '\n';
	if (csv_next(&csv, &line) == 1 && columns_read(reading, &csv)) {
		file->comments = copy(text, head);
		file->columns = record_of(&csv, reading->n);
		fine = rows_read(reading, &csv);
	} else {
		fprintf(stderr, "%s: %s\n", file->path,
			client_word("there is no line that names the columns", "缺少列名行"));
	}
	csv_close(&csv);
	if (reading->personal)
		fprintf(stderr, "%s: %s\n", file->path,
			client_word("identity numbers, telephones and bank accounts are not "
				    "imported; enter them with personnel.RecordPersonData",
				    "不导入身份证号码、电话号码和银行账号；请用"
				    "personnel.RecordPersonData逐人录入"));
	return fine && !reading->personal;
}

bool table_open(struct table_file *file, const struct client *client, const char *path,
		const char *as)
{
	struct reading *reading = calloc(1, sizeof(*reading));
	char *text = NULL, *path_copy = copy(path, strlen(path));
	const char *as_given = copy(as, strlen(as));
	size_t len;
	bool fine;

	if (!reading)
		abort();
	*file = (struct table_file){ 0 };
	snprintf(file->path, sizeof(file->path), "%s", path);
	snprintf(file->name, sizeof(file->name), "%s", basename(path_copy));
	if (strrchr(file->name, '.'))
		*strrchr(file->name, '.') = '\0';
	*reading = (struct reading){ .client = client, .file = file, .as = as_given };
	reading->dir = dirname(path_copy);
	text = file_read(path, &len);
	fine = text && text_read(reading, text, len);
	if (reading->as != as_given)
		free((char *)(uintptr_t)reading->as);
	free((char *)(uintptr_t)as_given);
	free((char *)(uintptr_t)reading->method);
	free(text);
	free(path_copy);
	free(reading);
	return fine;
}

void table_close(struct table_file *file)
{
	for (size_t i = 0; i < file->n_rows; i++) {
		row_free_words(&file->rows[i]);
		free(file->rows[i].as);
		free(file->rows[i].key);
		bytes_free(&file->rows[i].wire);
	}
	for (size_t i = 0; i < file->n_records; i++)
		free(file->records[i]);
	free(file->records);
	free(file->rows);
	free(file->comments);
	free(file->columns);
}
