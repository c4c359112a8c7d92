/* What is computed is computed from what the asker may see: computed_test SET MATRIX FILE.story...
 *
 * The stories are played, and where one asks for something computed — an overview, a statement, a
 * count — everybody asks for it there: every office, placed in, above, beneath and beside each area
 * that the records lie in, with each agency and with none.  Then all records that do not lie where the
 * asker may see them are taken out of the service's store, its copies of others' too, and he asks
 * again.  The answer must be the same, byte for byte: what he may not see has no part in it, neither
 * in a sum nor in whether he is answered at all.
 *
 * Which offices learn a figure is what the rpc's own row of the matrix says: a figure may count what
 * an office does not read one by one.  Where it lies, and whose it is, bounds every figure. */
#define main story_main
#include "../story.c"
#undef main

#include "engine/running.h"

#include "matrix.h"

enum { RECORDS_MAX = 4000, PLACES_MAX = 24, AGENCIES_MAX = 4, PEOPLE_MAX = 3, BUDGET = 64 << 20 };

/* All records of one service's store, in the order of its shelves. */
static struct {
	const struct shelf *shelf;
	const struct row *rule;
	ProtobufCMessage *record;
} records[RECORDS_MAX];
static size_t n_records;

static struct arena *kept, *spent; /* of the records, and of one answer */

/* Those who ask, by what the records say. */
static char places[PLACES_MAX][16];
static const char *agencies[AGENCIES_MAX], *people[PEOPLE_MAX];
static size_t n_places, n_agencies, n_people;

/* What is computed: how often it was asked, how often there was something in the answer, and how often
 * that for somebody who does not see the whole store. */
static struct asked {
	char name[96];
	size_t n, n_answered, n_parts, n_wrong;
	const char *file; /* in which it was asked last, and how often there */
	int n_there;
} asked[128];
static size_t n_asked;

/* Where more is told than what lies for the asker, and why. */
static const struct exception {
	const char *name;
	bool of_every_agency, from_above;
} exceptions[] = {
	/* How many places of a site are taken is told to whoever sees the site, whose agency's people
	 * they are: where there is room one may apply (rule B5).  Who they are is not told. */
	{ "stations.GetSiteCard", .of_every_agency = true },
	/* And whether its team has a lead. */
	{ "stations.GetTeam", .of_every_agency = true },
	/* A change goes by the levels above, and that it did is told with it, not by whom (rule B26). */
	{ "stations.GetChange", .from_above = true },
	{ 0 },
};

/* --- The records ---------------------------------------------------------------------------------- */

/* The row of the table that holds such records, in the service whose they are. */
static const struct row *rule_of(const ProtobufCMessageDescriptor *record)
{
	for (int i = 0; i < SERVICES; i++) {
		for (const struct aggregate *const *a = services[i]->aggregates; *a; a++) {
			for (const struct table *const *t = (*a)->tables; t && *t; t++) {
				if (strcmp((*t)->record->name, record->name) == 0)
					return row_of("table", services[i]->name, (*t)->name);
			}
		}
	}
	return NULL;
}

static void read_shelf(struct txn *txn, const struct shelf *shelf)
{
	const struct row *rule = rule_of(shelf->table->record);
	MDB_cursor *cursor;
	MDB_val key, value;

	if (!rule) {
		wrong("%s: the matrix has no row for its records", shelf->table->name);
		return;
	}
	if (mdb_cursor_open(txn->txn, shelf->dbi, &cursor))
		abort();
	while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
		assert(n_records < RECORDS_MAX);
		records[n_records].shelf = shelf;
		records[n_records].rule = rule;
		records[n_records].record = protobuf_c_message_unpack(
			shelf->table->record, arena_allocator(kept), value.mv_size, value.mv_data);
		assert(records[n_records].record);
		n_records++;
	}
	mdb_cursor_close(cursor);
}

static void read_records(struct store *store)
{
	struct txn txn;

	arena_reset(kept);
	n_records = 0;
	if (!txn_read(store, &txn))
		abort();
	for (size_t i = 0; store_shelf_at(store, i); i++)
		read_shelf(&txn, store_shelf_at(store, i));
	txn_abort(&txn);
}

static const struct exception *exception_of(const char *name)
{
	const struct exception *of = exceptions;

	while (of->name && strcmp(of->name, name) != 0)
		of++;
	return of;
}

static bool stays(const struct row *rule, const struct exception *but, const Engine__Principal *who,
		  const ProtobufCMessage *record)
{
	Engine__Principal as = *who;
	struct row of = *rule;

	as.agency_id = but->of_every_agency ? (char[]){ "" } : who->agency_id;
	of.not_from_below &= !but->from_above;
	return lies_for(&of, &as, record);
}

/* Leaves in the store what lies where he may see it; the number of records taken out. */
static size_t take_out(struct txn *txn, const struct exception *but, const Engine__Principal *who)
{
	size_t n = 0;

	for (size_t i = 0; store_shelf_at(txn->store, i); i++) {
		const struct shelf *shelf = store_shelf_at(txn->store, i);
		int fault = mdb_drop(txn->txn, shelf->dbi, 0);

		for (int x = 0; x < shelf->n_indexes && !fault; x++)
			fault = mdb_drop(txn->txn, shelf->indexes[x].dbi, 0);
		for (int t = 0; t < shelf->n_tallies && !fault; t++)
			fault = mdb_drop(txn->txn, shelf->tallies[t].dbi, 0);
		if (fault)
			abort();
	}
	for (size_t i = 0; i < n_records; i++) {
		if (stays(records[i].rule, but, who, records[i].record))
			record_put(txn, records[i].shelf, records[i].record,
				   arena_allocator(spent));
		else
			n++;
	}
	assert(!txn->fault);
	return n;
}

/* --- Those who ask -------------------------------------------------------------------------------- */

static void add_place(const char *code, size_t digits)
{
	char place[16];

	if (strlen(code) < digits || n_places == PLACES_MAX)
		return;
	snprintf(place, sizeof(place), "%.*s", (int)digits, code);
	for (size_t i = 0; i < n_places; i++) {
		if (strcmp(places[i], place) == 0)
			return;
	}
	strcpy(places[n_places++], place);
}

static void add_name(const char **names, size_t *n, size_t max, const char *name)
{
	for (size_t i = 0; i < *n; i++) {
		if (strcmp(names[i], name) == 0)
			return;
	}
	if (*name && *n < max)
		names[(*n)++] = name;
}

/* Every area that a record lies in, and those above it; the agencies, and some of the people. */
static void find_askers(void)
{
	static const size_t digits[] = { 2, 4, 6, 9 };

	n_places = n_agencies = n_people = 0;
	add_place("99", 2);
	people[n_people++] = "nobody";
	for (size_t d = 0; d < sizeof(digits) / sizeof(digits[0]); d++) {
		for (size_t i = 0; i < n_records; i++) {
			const struct row *rule = records[i].rule;
			const ProtobufCMessageDescriptor *type = records[i].record->descriptor;
			const char *code = text_in(records[i].record, type, rule->of[3]);
			char beside[16] = "";

			add_place(code, digits[d]);
			/* A county in which there is nothing, beside one in which there is. */
			snprintf(beside, sizeof(beside), "%.4s99", code);
			if (n_places < PLACES_MAX / 2)
				add_place(strlen(code) >= 6 ? beside : "", 6);
			add_name(agencies, &n_agencies, AGENCIES_MAX,
				 text_in(records[i].record, type, rule->of[4]));
			add_name(people, &n_people, PEOPLE_MAX,
				 text_in(records[i].record, type, rule->of[5]));
		}
	}
}

/* --- Asking --------------------------------------------------------------------------------------- */

struct answer {
	struct verdict verdict;
	uint8_t *bytes;
	size_t size;
};

static struct answer answer_in(struct txn *txn, struct engine *engine, const struct method *method,
			       const struct bytes *body, const Engine__Principal *who)
{
	static struct turn turn;
	ProtobufCAllocator *allocator = arena_allocator(spent);
	ProtobufCMessage *request =
		protobuf_c_message_unpack(method->input, allocator, body->len, body->data);
	ProtobufCMessage *response = arena_take(spent, method->output->sizeof_message);
	struct answer answer = { 0 };

	assert(request && response);
	protobuf_c_message_init(method->output, response);
	turn_open(&turn, txn, spent, who, txn->head.time_us, txn->head.date);
	turn.seal = engine->seal;
	answer.verdict = method->query->answer(&turn, request, response);
	assert(!turn.spent && !txn->fault);
	if (answer.verdict.refusal)
		return answer;
	answer.size = protobuf_c_message_get_packed_size(response);
	answer.bytes = arena_take(spent, answer.size + 1);
	assert(answer.bytes);
	protobuf_c_message_pack(response, answer.bytes);
	return answer;
}

static bool same_answers(const struct answer *a, const struct answer *b)
{
	if (a->verdict.refusal || b->verdict.refusal)
		return a->verdict.refusal == b->verdict.refusal &&
		       strcmp(a->verdict.about, b->verdict.about) == 0;
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static const char *told_of(const struct method *method, const struct answer *answer)
{
	char *text;

	if (answer->verdict.refusal)
		return "a refusal";
	text = json_dumps(json_of(method->output->name, answer->bytes, answer->size),
			  JSON_COMPACT | JSON_SORT_KEYS);
	return text ? text : "?";
}

static struct asked *asked_of(const struct method *method, int s)
{
	char name[sizeof(asked->name)];

	snprintf(name, sizeof(name), "%s.%s", services[s]->name, method->name);
	for (size_t i = 0; i < n_asked; i++) {
		if (strcmp(asked[i].name, name) == 0)
			return &asked[i];
	}
	assert(n_asked < sizeof(asked) / sizeof(asked[0]));
	strcpy(asked[n_asked].name, name);
	return &asked[n_asked++];
}

/* One asker, in the world as it is and in the one that is left to him. */
static void ask_twice(int s, const struct method *method, const struct bytes *body,
		      struct txn *whole, struct txn *part, const Engine__Principal *who,
		      size_t n_hidden)
{
	struct arena_mark mark = arena_mark(spent);
	struct asked *of = asked_of(method, s);
	struct answer all, seen;

	if (method_admits(method, who).refusal)
		return;
	all = answer_in(whole, stage.engines[s], method, body, who);
	seen = answer_in(part, stage.engines[s], method, body, who);
	of->n++;
	of->n_answered += all.size > 0;
	of->n_parts += all.size > 0 && n_hidden > 0;
	if (!same_answers(&all, &seen) && of->n_wrong++ < 2)
		wrong("%s:%d: %s: %s: is told %s\n#   and of what is his %s", report.file,
		      report.line, method->name, named(who), told_of(method, &all),
		      told_of(method, &seen));
	arena_back(spent, &mark);
}

/* All offices of one place, of one agency or of none. */
static void ask_from(int s, const struct method *method, const struct bytes *body,
		     Engine__Principal *who, struct txn *whole)
{
	const struct exception *but = exception_of(asked_of(method, s)->name);
	struct engine *engine = stage.engines[s];
	struct txn part;
	size_t n_hidden;

	/* A role that reads everywhere would be left with everything. */
	who->role = ENGINE__ROLE__ROLE_DASHBOARD;
	arena_reset(spent);
	if (!txn_write(engine->store, &part))
		abort();
	n_hidden = take_out(&part, but, who);
	for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++) {
		who->role = roles[r].role;
		if (who->role == ENGINE__ROLE__ROLE_SERVICE ||
		    who->role == ENGINE__ROLE__ROLE_MINISTRY ||
		    (*who->agency_id ? !is_agencys(who->role)
				     : who->role == ENGINE__ROLE__ROLE_AGENCY))
			continue;
		ask_twice(s, method, body, whole, &part, who, n_hidden);
	}
	txn_abort(&part);
}

/* Each file asks for much the same again and again. */
static bool asked_enough(struct asked *of)
{
	enum { TIMES_MAX = 3 };

	if (of->file != report.file)
		of->n_there = 0;
	of->file = report.file;
	return of->n_there++ >= TIMES_MAX;
}

static void look(int s, const char *name, const struct bytes *body)
{
	const struct method *method = methods_find(&stage.engines[s]->methods, name);
	Engine__Principal who = ENGINE__PRINCIPAL__INIT;
	struct txn whole;

	if (!method->query || !method->query->answer || asked_enough(asked_of(method, s)))
		return;
	read_records(stage.engines[s]->store);
	find_askers();
	if (!txn_read(stage.engines[s]->store, &whole))
		abort();
	who.account_id = "access";
	for (size_t p = 0; p < n_places; p++) {
		for (size_t a = 0; a <= n_agencies; a++) {
			who.region_code = places[p];
			who.agency_id = (char *)(uintptr_t)(a ? agencies[a - 1] : "");
			who.person_id = (char *)(uintptr_t)people[(p + a) % n_people];
			ask_from(s, method, body, &who, &whole);
		}
	}
	txn_abort(&whole);
}

/* Everything that is computed has been asked for, and somebody was answered. */
static void nothing_forgotten(void)
{
	for (size_t i = 0; i < n_rows; i++) {
		size_t a = 0;

		if (strcmp(rows[i].of[0], "answer") != 0)
			continue;
		while (a < n_asked && strcmp(asked[a].name, rows[i].of[1]) != 0)
			a++;
		if (a == n_asked || asked[a].n_answered == 0)
			wrong("%s: nobody was answered", rows[i].of[1]);
		else
			printf("# %s: asked %zu times, answered %zu, %zu of them a part of it\n",
			       asked[a].name, asked[a].n, asked[a].n_answered, asked[a].n_parts);
	}
}

/* --- Which stories ------------------------------------------------------------------------------ */

static char titles[400][256];
static size_t n_titles;

static bool asks_for_computed(const char *line)
{
	for (size_t i = 0; i < n_rows; i++) {
		const char *name = rows[i].of[1], *rpc = strchr(name, '.') + 1;

		if (strcmp(rows[i].of[0], "answer") != 0)
			continue;
		if ((begins(line, rpc) && line[strlen(rpc)] == ' ') ||
		    (begins(line, name) && line[strlen(name)] == ' '))
			return true;
	}
	return false;
}

/* The stories of a file in which something computed is asked for. */
static void find_titles(const char *path)
{
	FILE *in = fopen(path, "r");
	char line[4096], title[256] = "";

	while (in && fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		if (begins(line, "story ")) {
			snprintf(title, sizeof(title), "%.250s", line + strlen("story "));
		} else if (*title && begins(line, "then ") &&
			   asks_for_computed(line + strlen("then "))) {
			assert(n_titles < sizeof(titles) / sizeof(titles[0]));
			strcpy(titles[n_titles++], title);
			*title = '\0';
		}
	}
	if (in)
		fclose(in);
}

static bool has_title(const char *title)
{
	for (size_t i = 0; i < n_titles; i++) {
		if (strcmp(titles[i], title) == 0)
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	int failed = 0;

	stage.schema = argc > 3 ? read_schema(argv[1]) : NULL;
	kept = arena_open(BUDGET);
	spent = arena_open(BUDGET);
	if (!stage.schema || !kept || !spent || !read_matrix(argv[2], NULL))
		return 1;
	look_at_query = look;
	plays = has_title;
	for (int i = 3; i < argc; i++)
		find_titles(argv[i]);
	for (int i = 3; i < argc; i++) {
		report.file = argv[i];
		play(argv[i]);
		end_story();
	}
	failed += n_wrong > 0 || report.n_failed > 0;
	report.n_failed += n_wrong > 0;
	told(1, "What is computed is the same where there is only what the asker may see");
	nothing_forgotten();
	failed += n_wrong > 0;
	told(2, "Everything that is computed was asked for, and somebody was answered");
	look_at_query = NULL;
	clear_stage();
	arena_close(kept);
	arena_close(spent);
	printf("1..2\n");
	return failed ? 1 : 0;
}
