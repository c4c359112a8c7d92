/* matrix.csv as the tests of access read it, and its meaning, judged here once more: this file shares
 * nothing with services/engine/scope.c.  To be included after ../story.c. */
#pragma once

enum { ROWS_MAX = 1200, COLUMNS = 8 };

/* kind, name, what, region, agency, person, published, offices */
struct row {
	char text[512];
	char *of[COLUMNS];
	unsigned offices;
	bool not_from_below;
};

static struct row rows[ROWS_MAX];
static size_t n_rows;
static int n_wrong;

__attribute__((format(printf, 1, 2))) static void wrong(const char *format, ...)
{
	va_list args;

	if (n_wrong++ > 40)
		return;
	printf("# ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

static unsigned offices_of(char *text)
{
	unsigned offices = BY_SERVICE;
	char *save = NULL;

	for (char *word = strtok_r(text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		if (strcmp(word, "any") == 0)
			offices |= BY_ANYONE;
		for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++) {
			if (strcmp(roles[r].name, word) == 0)
				offices |= 1U << roles[r].role;
		}
	}
	return offices;
}

/* Reads the matrix; told is called with each of its lines. */
static bool read_matrix(const char *path, void (*told)(const char *line))
{
	FILE *in = fopen(path, "r");
	char line[512];

	while (in && fgets(line, sizeof(line), in)) {
		struct row *row = &rows[n_rows];
		char *at = line;

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || !*line || strncmp(line, "kind,", 5) == 0)
			continue;
		assert(n_rows < ROWS_MAX);
		if (told)
			told(line);
		snprintf(row->text, sizeof(row->text), "%s", line);
		at = row->text;
		for (int c = 0; c < COLUMNS; c++)
			row->of[c] = strsep(&at, ",") ?: "";
		row->not_from_below = strcmp(row->of[2], "not from below") == 0;
		row->offices = offices_of(row->of[7]);
		n_rows++;
	}
	if (in)
		fclose(in);
	return in != NULL;
}

static const struct row *row_of(const char *kind, const char *service, const char *name)
{
	char full[160];

	snprintf(full, sizeof(full), "%s.%s", service, name);
	for (size_t i = 0; i < n_rows; i++) {
		if (strcmp(rows[i].of[1], full) == 0 &&
		    (strcmp(kind, "table") == 0) == (strcmp(rows[i].of[0], "table") == 0))
			return &rows[i];
	}
	return NULL;
}

static const char *text_in(const void *record, const ProtobufCMessageDescriptor *type,
			   const char *name)
{
	const ProtobufCFieldDescriptor *field =
		*name ? protobuf_c_message_descriptor_get_field_by_name(type, name) : NULL;
	const char *text;

	if (!field)
		return "";
	if (field->type == PROTOBUF_C_TYPE_BOOL)
		return *((const uint8_t *)record + field->offset) ? "true" : "";
	memcpy(&text, (const uint8_t *)record + field->offset, sizeof(text));
	return text ? text : "";
}

static bool begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* True where the record lies where he may see it, be it his office's business or not. */
static bool lies_for(const struct row *row, const Engine__Principal *who,
		     const ProtobufCMessage *record)
{
	const ProtobufCMessageDescriptor *type = record->descriptor;
	const char *person = text_in(record, type, row->of[5]);
	const char *agency = text_in(record, type, row->of[4]);
	const char *region = text_in(record, type, row->of[3]);

	if (*person && strcmp(person, who->person_id) == 0)
		return true;
	if (who->role == ENGINE__ROLE__ROLE_MINISTRY)
		return true;
	if (*agency && *who->agency_id && strcmp(agency, who->agency_id) != 0)
		return false;
	return !*row->of[3] || begins(region, who->region_code) ||
	       (!row->not_from_below && begins(who->region_code, region));
}

/* The one who asks now, for what is said when something is wrong. */
static const char *named(const Engine__Principal *who)
{
	static char text[200];
	const char *role = "?";

	for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++)
		role = roles[r].role == who->role ? roles[r].name : role;
	snprintf(text, sizeof(text), "%s of \"%s\" agency \"%s\" person \"%s\"", role,
		 who->region_code, who->agency_id, who->person_id);
	return text;
}

static bool is_agencys(Engine__Role role)
{
	return role == ENGINE__ROLE__ROLE_AGENCY || role == ENGINE__ROLE__ROLE_WORKER ||
	       role == ENGINE__ROLE__ROLE_SUPERVISOR || role == ENGINE__ROLE__ROLE_EVALUATOR;
}

static int told(int n, const char *title)
{
	printf("%sok %d - %s\n", n_wrong ? "not " : "", n, title);
	n_wrong = 0;
	return n;
}
