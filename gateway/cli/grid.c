#include "gateway/cli/grid.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/words.h"

/* A message within a message within a row is spread over columns; what lies deeper is one cell. */
enum { DEPTH_MAX = 3, HEADING_MAX = 256 };

struct path {
	const struct schema_message *of[DEPTH_MAX];
	const struct schema_field *fields[DEPTH_MAX];
	size_t n;
};

static void *more(void *list, size_t n, size_t each)
{
	list = realloc(list, n * each);
	if (!list)
		abort();
	return list;
}

static void add(struct bytes *to, const char *text)
{
	if (!bytes_add_text(to, text))
		abort();
}

static char *taken(struct bytes *text)
{
	if (!bytes_add_byte(text, 0))
		abort();
	return (char *)text->data;
}

static bool ends(const char *name, const char *end)
{
	size_t len = strlen(name), of = strlen(end);

	return len >= of && strcmp(name + len - of, end) == 0;
}

/* --- Words ------------------------------------------------------------------------------------- */

static const char *in_words(const struct word *found, const char *key, enum naming naming)
{
	if (!found || naming == NAMING_CONTRACT)
		return key;
	return naming == NAMING_ZH ? found->zh : found->en;
}

static const char *word(const char *key, enum naming naming)
{
	return in_words(word_find(key), key, naming);
}

/* What a field is called in its message, or else everywhere. */
static const char *field_word(const struct schema_message *of, const struct schema_field *field,
			      enum naming naming)
{
	const char *message = strrchr(schema_message_name(of), '.') + 1;
	const struct word *found;
	char key[HEADING_MAX];

	snprintf(key, sizeof(key), "%s.%s", message, field->name);
	found = word_find(key);
	return in_words(found ? found : word_find(field->name), field->name, naming);
}

/* Words that a programme's rules bring, a budget's categories for one, are texts and no enum. */
static const char *text_word(const struct schema_field *field, const char *text, enum naming naming)
{
	char key[HEADING_MAX];

	snprintf(key, sizeof(key), "%s.%s", field->name, text);
	return in_words(word_find(key), text, naming);
}

/* --- Columns ------------------------------------------------------------------------------------ */

static bool spread(const struct schema_field *field, size_t depth)
{
	return field->kind == SCHEMA_MESSAGE && !field->repeated && depth < DEPTH_MAX &&
	       schema_message_form(field->message) == SCHEMA_PLAIN;
}

static bool is_table(const struct schema_field *field)
{
	return field->kind == SCHEMA_MESSAGE && field->repeated;
}

static bool is_page(const struct schema_field *field)
{
	return strcmp(field->name, "next_page_token") == 0;
}

/* The columns of a message, its own messages spread; without tables where skip_tables. */
static void columns_find(const struct schema_message *type, struct path at, bool skip_tables,
			 struct path **paths, size_t *n)
{
	for (size_t i = 0; i < schema_n_fields(type); i++) {
		const struct schema_field *field = schema_field_at(type, i);
		struct path path = at;

		if (is_page(field) || (skip_tables && is_table(field)))
			continue;
		path.of[path.n] = type;
		path.fields[path.n++] = field;
		if (spread(field, path.n)) {
			columns_find(field->message, path, skip_tables, paths, n);
			continue;
		}
		*paths = more(*paths, *n + 1, sizeof(**paths));
		(*paths)[(*n)++] = path;
	}
}

static char *heading_of(const struct path *path, enum naming naming)
{
	struct bytes text = { 0 };

	/* A record alone in its answer needs no name before each of its fields. */
	for (size_t i = 0; i < path->n; i++) {
		if (i > 0)
			add(&text, naming == NAMING_CONTRACT ? "."
				   : naming == NAMING_ZH     ? "·"
							     : ": ");
		add(&text, field_word(path->of[i], path->fields[i], naming));
	}
	return taken(&text);
}

static const json_t *value_at(const json_t *object, const struct path *path)
{
	for (size_t i = 0; i < path->n && object; i++)
		object = json_object_get(object, path->fields[i]->json_name);
	return object;
}

/* --- Cells -------------------------------------------------------------------------------------- */

static bool is_whole(enum schema_kind kind)
{
	switch (kind) {
	case SCHEMA_INT64:
	case SCHEMA_UINT64:
	case SCHEMA_INT32:
	case SCHEMA_FIXED64:
	case SCHEMA_FIXED32:
	case SCHEMA_UINT32:
	case SCHEMA_SFIXED32:
	case SCHEMA_SFIXED64:
	case SCHEMA_SINT32:
	case SCHEMA_SINT64:
		return true;
	case SCHEMA_DOUBLE:
	case SCHEMA_FLOAT:
	case SCHEMA_BOOL:
	case SCHEMA_STRING:
	case SCHEMA_MESSAGE:
	case SCHEMA_BYTES:
	case SCHEMA_ENUM:
		break;
	}
	return false;
}

static void hundredths_write(struct bytes *to, int64_t number)
{
	uint64_t size = number < 0 ? -(uint64_t)number : (uint64_t)number;
	char text[32];

	snprintf(text, sizeof(text), "%s%" PRIu64 ".%02" PRIu64, number < 0 ? "-" : "", size / 100,
		 size % 100);
	add(to, text);
}

static int64_t whole(const json_t *value)
{
	return json_is_string(value) ? strtoll(json_string_value(value), NULL, 10)
				     : (int64_t)json_integer_value(value);
}

static bool in_hundredths(const struct schema_field *field, enum naming naming)
{
	return naming != NAMING_CONTRACT && is_whole(field->kind) &&
	       (ends(field->name, "_fen") || ends(field->name, "_hundredths"));
}

static void value_write(struct bytes *to, const struct schema_field *field, const json_t *value,
			enum naming naming);

/* A message in one cell: its values, those that say nothing left out. */
static void message_write(struct bytes *to, const struct schema_message *type, const json_t *value,
			  enum naming naming)
{
	bool first = true;

	for (size_t i = 0; i < schema_n_fields(type); i++) {
		const struct schema_field *field = schema_field_at(type, i);
		struct bytes part = { 0 };

		value_write(&part, field, json_object_get(value, field->json_name), naming);
		if (part.len) {
			if (!first)
				add(to, " ");
			if (!bytes_add(to, part.data, part.len))
				abort();
			first = false;
		}
		bytes_free(&part);
	}
}

static void one_write(struct bytes *to, const struct schema_field *field, const json_t *value,
		      enum naming naming)
{
	char text[32];

	if (json_is_null(value) || !value)
		return;
	if (field->kind == SCHEMA_MESSAGE && json_is_object(value)) {
		message_write(to, field->message, value, naming);
	} else if (in_hundredths(field, naming)) {
		hundredths_write(to, whole(value));
	} else if (is_whole(field->kind)) {
		snprintf(text, sizeof(text), "%" PRId64, whole(value));
		add(to, text);
	} else if (json_is_boolean(value)) {
		static const char *const said[][2] = { { "false", "true" },
						       { "否", "是" },
						       { "no", "yes" } };

		add(to, said[naming][json_is_true(value)]);
	} else if (field->kind == SCHEMA_ENUM && json_is_string(value)) {
		const char *name = json_string_value(value);

		if (!ends(name, "_UNSPECIFIED"))
			add(to, word(name, naming));
	} else if (json_is_real(value)) {
		snprintf(text, sizeof(text), "%.15g", json_real_value(value));
		add(to, text);
	} else if (json_is_string(value)) {
		add(to, text_word(field, json_string_value(value), naming));
	}
}

static void value_write(struct bytes *to, const struct schema_field *field, const json_t *value,
			enum naming naming)
{
	const json_t *element;
	size_t i;

	if (!field->repeated) {
		one_write(to, field, value, naming);
		return;
	}
	json_array_foreach(value, i, element)
	{
		if (i > 0)
			add(to, naming == NAMING_ZH ? "；" : ";");
		one_write(to, field, element, naming);
	}
}

static struct cell cell_of(const struct path *path, const json_t *row, enum naming naming)
{
	const struct schema_field *field = path->fields[path->n - 1];
	const json_t *value = value_at(row, path);
	struct bytes text = { 0 };
	struct cell cell = { .kind = CELL_TEXT };

	if (naming == NAMING_CONTRACT && is_table(field) && json_array_size(value)) {
		char *json = json_dumps(value, JSON_COMPACT);

		if (!json)
			abort();
		add(&text, json);
		free(json);
	} else {
		value_write(&text, field, value, naming);
	}
	if (!field->repeated && is_whole(field->kind) && value && !json_is_null(value)) {
		cell.kind = in_hundredths(field, naming) ? CELL_HUNDREDTHS : CELL_NUMBER;
		cell.number = whole(value);
	}
	cell.text = taken(&text);
	return cell;
}

/* --- Grids -------------------------------------------------------------------------------------- */

static struct grid *grid_titled(struct grids *grids, const char *title)
{
	for (size_t i = 0; i < grids->n; i++) {
		if (strcmp(grids->of[i].title, title) == 0)
			return &grids->of[i];
	}
	return NULL;
}

static struct grid *grid_made(struct grids *grids, const char *title)
{
	struct grid *grid;

	grids->of = more(grids->of, grids->n + 1, sizeof(*grids->of));
	grid = &grids->of[grids->n++];
	*grid = (struct grid){ .title = strdup(title) };
	if (!grid->title)
		abort();
	return grid;
}

static void row_add(struct grid *grid, struct cell *cells)
{
	grid->cells = more(grid->cells, (grid->n_rows + 1) * grid->n_columns, sizeof(*grid->cells));
	memcpy(grid->cells + grid->n_rows++ * grid->n_columns, cells,
	       grid->n_columns * sizeof(*cells));
}

/* A row for each element of a list of messages. */
static void list_add(struct grids *grids, const char *title, const struct schema_message *type,
		     const json_t *list, enum naming naming)
{
	struct grid *grid = grid_titled(grids, title);
	struct path *paths = NULL;
	struct cell *cells;
	const json_t *row;
	size_t n = 0, i;

	columns_find(type, (struct path){ 0 }, false, &paths, &n);
	if (!grid) {
		grid = grid_made(grids, title);
		grid->n_columns = n;
		grid->headings = more(NULL, n, sizeof(*grid->headings));
		for (size_t c = 0; c < n; c++)
			grid->headings[c] = heading_of(&paths[c], naming);
	}
	cells = more(NULL, n, sizeof(*cells));
	json_array_foreach(list, i, row)
	{
		for (size_t c = 0; c < n; c++)
			cells[c] = cell_of(&paths[c], row, naming);
		row_add(grid, cells);
	}
	free(cells);
	free(paths);
}

/* What stands alone in an answer: a heading and a value in each row. */
static void alone_add(struct grids *grids, const struct schema_message *type, const json_t *answer,
		      enum naming naming)
{
	const char *title = word("summary", naming);
	struct path *paths = NULL;
	struct grid *grid;
	size_t n = 0;

	columns_find(type, (struct path){ 0 }, true, &paths, &n);
	if (n > 0 && !grid_titled(grids, title)) {
		grid = grid_made(grids, title);
		grid->alone = true;
		grid->n_columns = 2;
		for (size_t i = 0; i < n; i++) {
			struct cell cells[2] = { { .text = heading_of(&paths[i], naming) },
						 cell_of(&paths[i], answer, naming) };

			row_add(grid, cells);
		}
	}
	free(paths);
}

/* The lists of an answer, and those of the messages that stand alone in it. */
static void lists_add(struct grids *grids, const struct schema_message *type, const json_t *answer,
		      enum naming naming, size_t depth)
{
	for (size_t i = 0; i < schema_n_fields(type); i++) {
		const struct schema_field *field = schema_field_at(type, i);
		const json_t *value = json_object_get(answer, field->json_name);

		if (is_table(field))
			list_add(grids, field_word(type, field, naming), field->message, value,
				 naming);
		else if (spread(field, depth) && json_is_object(value))
			lists_add(grids, field->message, value, naming, depth + 1);
	}
}

void grids_add(struct grids *grids, const struct schema_message *type, const json_t *answer,
	       enum naming naming)
{
	alone_add(grids, type, answer, naming);
	lists_add(grids, type, answer, naming, 1);
}

void grids_free(struct grids *grids)
{
	for (size_t i = 0; i < grids->n; i++) {
		struct grid *grid = &grids->of[i];

		for (size_t c = 0; c < grid->n_rows * grid->n_columns; c++)
			free(grid->cells[c].text);
		for (size_t c = 0; c < grid->n_columns && grid->headings; c++)
			free(grid->headings[c]);
		free(grid->cells);
		free(grid->headings);
		free(grid->title);
	}
	free(grids->of);
	*grids = (struct grids){ 0 };
}
