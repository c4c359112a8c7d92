/* Who may send what and see what: access_test SET MATRIX FILE.story...; access_test dump; or
 * access_test check MATRIX, with which the build ends.
 *
 * matrix.csv says it once more, a row for each table and each rpc, for people to review.  A row that
 * differs from the services' own tables fails, and so does an rpc or a table without one; "dump" prints
 * what the tables say.  Then the stories are played, and in the world that each leaves every office,
 * placed above, in, below and beside what is there, with one agency and another, asks every GET and
 * LIST and reads every journal.  What it gets must be what the matrix says, by the judgement of this
 * file, which shares nothing with services/engine/scope.c: nothing more, nothing less. */
#define main story_main
#include "../story.c"
#undef main

#include "engine/methods.h"

#include "matrix.h"

enum { RECORDS_MAX = 400 };

/* --- The matrix --------------------------------------------------------------------------------- */

static struct row declared[ROWS_MAX];
static char lines[ROWS_MAX][512];
static size_t n_lines;
static size_t n_declared;

static void write_offices(char *to, size_t size, unsigned callers)
{
	unsigned left = callers & ~(unsigned)BY_SERVICE;
	size_t n = 0;

	if ((left & BY_ANYONE) == BY_ANYONE) {
		n += (size_t)snprintf(to, size, "any");
		left &= ~(unsigned)BY_ANYONE;
	}
	for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++) {
		if (left & 1U << roles[r].role)
			n += (size_t)snprintf(to + n, size - n, "%s%s", n ? " " : "",
					      roles[r].name);
	}
	if (n == 0)
		snprintf(to, size, "services");
}

static void declare(const char *kind, const char *service, const char *name, const char *what,
		    const struct table *table, unsigned callers)
{
	char offices[256];

	assert(n_declared < ROWS_MAX);
	write_offices(offices, sizeof(offices), callers);
	snprintf(declared[n_declared++].text, sizeof(declared[0].text),
		 "%s,%s.%s,%s,%s,%s,%s,%s,%s", kind, service, name, what,
		 table && table->region ? table->region : "",
		 table && table->agency ? table->agency : "",
		 table && table->person ? table->person : "",
		 table && table->published ? table->published : "", offices);
}

static void declare_service(const struct service *service)
{
	static struct methods methods;

	for (const struct aggregate *const *a = service->aggregates; *a; a++) {
		for (const struct table *const *t = (*a)->tables; t && *t; t++) {
			unsigned readers = (*t)->readers & ~(unsigned)NOT_FROM_BELOW;

			declare("table", service->name, (*t)->name,
				(*t)->readers & NOT_FROM_BELOW ? "not from below" : "", *t,
				readers ? readers : (unsigned)BY_ANYONE);
		}
	}
	methods_prepare(&methods, service);
	for (unsigned i = 0; i < methods.n; i++) {
		const struct method *m = &methods.rows[i];
		const struct table *table = !m->query	    ? NULL
					    : m->query->get ? m->query->get
							    : m->query->list;

		declare(m->engines	 ? "engine"
			: m->command	 ? "command"
			: m->query->get	 ? "get"
			: m->query->list ? "list"
					 : "answer",
			service->name, m->name, table ? table->name : "", NULL, m->callers);
	}
}

static void declare_all(void)
{
	for (int i = 0; i < SERVICES; i++)
		declare_service(services[i]);
}

/* Says where the matrix is not what the services declare. */
static void compare_line(const char *line)
{
	snprintf(lines[n_lines++], sizeof(lines[0]), "%s", line);
	for (size_t i = 0; i < n_declared; i++) {
		if (strcmp(declared[i].text, line) == 0)
			return;
	}
	wrong("the services do not say: %s", line);
}

/* --- What the matrix means ---------------------------------------------------------------------- */

static bool may_see(const struct row *row, const Engine__Principal *who,
		    const ProtobufCMessage *record)
{
	const ProtobufCMessageDescriptor *type = record->descriptor;
	const char *person = text_in(record, type, row->of[5]);
	unsigned offices = *text_in(record, type, row->of[6]) ? BY_ANYONE : row->offices;

	if (*person && strcmp(person, who->person_id) == 0)
		return true;
	return (offices & 1U << who->role) && lies_for(row, who, record);
}

/* --- Asking --------------------------------------------------------------------------------------- */

static Engine__Reply *ask_for(int s, const ProtobufCMethodDescriptor *rpc,
			      const ProtobufCMessage *request, Engine__Principal *who)
{
	char method[160];
	uint8_t body[512];

	assert(protobuf_c_message_get_packed_size(request) <= sizeof(body));
	snprintf(method, sizeof(method), "%s/%s", services[s]->rpcs->name, rpc->name);
	return ask(s, method, body, protobuf_c_message_pack(request, body), who);
}

/* All records of a list for the asker; *n -1 where it is refused. */
static ProtobufCMessage *list_for(int s, const ProtobufCMethodDescriptor *rpc,
				  const struct table *table, Engine__Principal *who,
				  ProtobufCMessage ***records, ptrdiff_t *n)
{
	const ProtobufCFieldDescriptor *size =
		protobuf_c_message_descriptor_get_field_by_name(rpc->input, "page_size");
	ProtobufCMessage *request = calloc(1, rpc->input->sizeof_message), *response;
	const uint32_t page = RECORDS_MAX;
	Engine__Reply *reply;

	protobuf_c_message_init(rpc->input, request);
	if (size)
		memcpy((uint8_t *)request + size->offset, &page, sizeof(page));
	reply = ask_for(s, rpc, request, who);
	free(request);
	*n = -1;
	if (reply->code) {
		engine__reply__free_unpacked(reply, NULL);
		return NULL;
	}
	response = protobuf_c_message_unpack(rpc->output, NULL, reply->body.len, reply->body.data);
	engine__reply__free_unpacked(reply, NULL);
	for (unsigned f = 0; f < rpc->output->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &rpc->output->fields[f];

		if (field->type == PROTOBUF_C_TYPE_MESSAGE && field->descriptor == table->record &&
		    field->label == PROTOBUF_C_LABEL_REPEATED) {
			memcpy(n, (uint8_t *)response + field->quantifier_offset, sizeof(*n));
			memcpy(records, (uint8_t *)response + field->offset, sizeof(*records));
		}
	}
	return response;
}

/* Every list, as everybody: exactly what the matrix lets him see. */
static void lists_as(int s, Engine__Principal *who, size_t *n_asked)
{
	Engine__Principal service = nobody();

	for (const struct aggregate *const *a = services[s]->aggregates; *a; a++) {
		for (const struct query *q = (*a)->queries; q && q->rpc; q++) {
			const struct table *t = q->list;
			const ProtobufCMethodDescriptor *rpc =
				protobuf_c_service_descriptor_get_method_by_name(services[s]->rpcs,
										 q->rpc);
			const struct row *rule =
				t ? row_of("table", services[s]->name, t->name) : NULL;
			const struct row *caller = row_of("rpc", services[s]->name, q->rpc);
			ProtobufCMessage **all, **seen, *whole, *part;
			ptrdiff_t n_all, n_seen, expected = 0;

			if (!rule || !caller)
				continue;
			whole = list_for(s, rpc, t, &service, &all, &n_all);
			part = list_for(s, rpc, t, who, &seen, &n_seen);
			++*n_asked;
			for (ptrdiff_t i = 0; i < n_all; i++)
				expected += may_see(rule, who, all[i]);
			if (!(caller->offices & 1U << who->role)) {
				if (n_seen >= 0 ||
				    (expected && who->role != ENGINE__ROLE__ROLE_ADMINISTRATOR))
					wrong("%s: %s: should be refused (%td to see)", q->rpc,
					      named(who), expected);
			} else if (n_seen != expected) {
				wrong("%s: %s: %td of %td records, not %td", q->rpc, named(who),
				      n_seen, n_all, expected);
			}
			for (ptrdiff_t i = 0; i < n_seen; i++) {
				if (!may_see(rule, who, seen[i]))
					wrong("%s: %s: sees %s", q->rpc, named(who),
					      text_in(seen[i], t->record, t->id));
			}
			if (whole)
				protobuf_c_message_free_unpacked(whole, NULL);
			if (part)
				protobuf_c_message_free_unpacked(part, NULL);
		}
	}
}

/* Every GET of every record that a list of the same table tells of. */
static void gets_as(int s, Engine__Principal *who, size_t *n_asked)
{
	Engine__Principal service = nobody();
	const struct service *of = services[s];

	for (const struct aggregate *const *a = of->aggregates; *a; a++) {
		for (const struct query *q = (*a)->queries; q && q->rpc; q++) {
			const struct query *list = (*a)->queries;
			const struct row *rule, *caller = row_of("rpc", of->name, q->rpc);
			const ProtobufCMethodDescriptor *get, *rpc;
			ProtobufCMessage **all, *whole;
			ptrdiff_t n;

			while (list->rpc && (!list->list || list->list != q->get))
				list++;
			if (!q->get || !list->rpc || !caller)
				continue;
			rule = row_of("table", of->name, q->get->name);
			get = protobuf_c_service_descriptor_get_method_by_name(of->rpcs, q->rpc);
			rpc = protobuf_c_service_descriptor_get_method_by_name(of->rpcs, list->rpc);
			whole = list_for(s, rpc, q->get, &service, &all, &n);
			for (ptrdiff_t i = 0; rule && i < n && i < 12; i++) {
				const char *id = text_in(all[i], q->get->record, q->get->id);
				const ProtobufCFieldDescriptor *field =
					protobuf_c_message_descriptor_get_field_by_name(get->input,
											q->get->id);
				ProtobufCMessage *request = calloc(1, get->input->sizeof_message);
				bool sees = may_see(rule, who, all[i]) &&
					    caller->offices & 1U << who->role;
				Engine__Reply *reply;

				protobuf_c_message_init(get->input, request);
				memcpy((uint8_t *)request + field->offset, &id, sizeof(id));
				reply = ask_for(s, get, request, who);
				if ((reply->code == 0) != sees)
					wrong("%s %s: %s: %s", q->rpc, id, named(who),
					      sees ? "should see it" : "should not see it");
				++*n_asked;
				engine__reply__free_unpacked(reply, NULL);
				free(request);
			}
			if (whole)
				protobuf_c_message_free_unpacked(whole, NULL);
		}
	}
}

/* --- Events ----------------------------------------------------------------------------------------- */

static const struct table *table_of(const struct service *service,
				    const ProtobufCMessageDescriptor *record)
{
	for (const struct aggregate *const *a = service->aggregates; *a; a++) {
		for (const struct table *const *t = (*a)->tables; t && *t; t++) {
			if ((*t)->record == record)
				return *t;
		}
	}
	return NULL;
}

/* True where the asker may see every record of the event; a date's beginning is for any office. */
static bool may_see_event(int s, const Engine__Event *event, const Engine__Principal *who)
{
	ProtobufCMessage *body;
	const ProtobufCMessage *member;
	bool sees = true;
	int n = 0;

	if (strcmp(event->type, "day_began") == 0)
		return (1U << who->role & BY_ANYONE) != 0;
	body = protobuf_c_message_unpack(services[s]->event, NULL, event->body.len,
					 event->body.data);
	member = event_member(body);
	for (unsigned f = 0; f < member->descriptor->n_fields; f++) {
		const ProtobufCFieldDescriptor *field = &member->descriptor->fields[f];
		const struct table *t = field->type == PROTOBUF_C_TYPE_MESSAGE
						? table_of(services[s], field->descriptor)
						: NULL;
		const struct row *rule = t ? row_of("table", services[s]->name, t->name) : NULL;
		const ProtobufCMessage *record;

		for (size_t i = 0; rule && (record = field_message(member, field, i)); i++) {
			sees &= may_see(rule, who, record);
			n++;
		}
	}
	if (n == 0)
		wrong("%s carries no record: nobody can judge it", event->type);
	protobuf_c_message_free_unpacked(body, NULL);
	return sees && n > 0;
}

static Engine__ReadResponse *read_as(int s, uint64_t after, Engine__Principal *who)
{
	Engine__ReadRequest read = ENGINE__READ_REQUEST__INIT;
	Engine__ReadResponse *response;
	Engine__Reply *reply;
	uint8_t body[32];

	read.after = after;
	reply = ask(s, "shegong.engine.v1.EngineService/Read", body,
		    engine__read_request__pack(&read, body), who);
	response = reply->code
			   ? NULL
			   : engine__read_response__unpack(NULL, reply->body.len, reply->body.data);
	engine__reply__free_unpacked(reply, NULL);
	return response;
}

/* The journal as one may read it is the whole without what he may not see. */
static void journal_as(int s, Engine__Principal *who, size_t *n_asked)
{
	Engine__Principal service = nobody();
	Engine__ReadResponse *all = read_as(s, 0, &service), *seen = read_as(s, 0, who);
	size_t at = 0;

	if (!all || !seen) {
		wrong("Read: %s: refused", named(who));
		return;
	}
	for (size_t i = 0; i < all->n_events && seen->through == all->through; i++) {
		Engine__Event *event =
			engine__event__unpack(NULL, all->events[i].len, all->events[i].data);
		bool got =
			at < seen->n_events && seen->events[at].len == all->events[i].len &&
			memcmp(seen->events[at].data, all->events[i].data, all->events[i].len) == 0;

		++*n_asked;
		if (got != may_see_event(s, event, who))
			wrong("Read: %s: %s %s", named(who), got ? "is told of" : "is not told of",
			      event->type);
		at += got;
		engine__event__free_unpacked(event, NULL);
	}
	if (at < seen->n_events && seen->through == all->through)
		wrong("Read: %s: %zu events too many", named(who), seen->n_events - at);
	engine__read_response__free_unpacked(all, NULL);
	engine__read_response__free_unpacked(seen, NULL);
}

/* --- The worlds ------------------------------------------------------------------------------------- */

static size_t n_looked;

static void look(void)
{
	/* A province, one of its prefectures, two counties of it, a town; the others' like. */
	static const char *const regions[] = { "53",	    "5331", "533102", "533103",
					       "533102102", "44",   "4407",   "440703101" };
	static const char *const agencies[] = { "", "ag-1", "ag-2" };
	static const char *const people[] = { "nobody", "p1", "w1" };
	size_t before = n_looked;

	for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++) {
		if (roles[r].role == ENGINE__ROLE__ROLE_SERVICE)
			continue;
		for (size_t g = 0; g < sizeof(regions) / sizeof(regions[0]); g++) {
			for (size_t a = 0; a < (is_agencys(roles[r].role) ? 3 : 1); a++) {
				Engine__Principal who = ENGINE__PRINCIPAL__INIT;

				if (roles[r].role == ENGINE__ROLE__ROLE_AGENCY && a == 0)
					continue;
				who.account_id = "access";
				who.role = roles[r].role;
				who.region_code = (char *)(uintptr_t)regions[g];
				who.agency_id = (char *)(uintptr_t)agencies[a];
				who.person_id = (char *)(uintptr_t)people[(g + a) % 3];
				for (int s = 0; s < SERVICES; s++) {
					lists_as(s, &who, &n_looked);
					gets_as(s, &who, &n_looked);
					journal_as(s, &who, &n_looked);
				}
			}
		}
	}
	printf("# %s: %zu questions\n", report.title, n_looked - before);
}

/* Every rpc as every office: refused where the matrix says so, and only there. */
static void rpcs_as_everybody(void)
{
	Engine__Principal who = ENGINE__PRINCIPAL__INIT;
	int n = 0;

	who.account_id = who.person_id = "access";
	who.region_code = "53";
	for (size_t i = 0; i < n_rows; i++) {
		const struct row *row = &rows[i];
		const char *rpc = strchr(row->of[1], '.') + 1;
		int s = service_named(row->of[1], (size_t)(rpc - 1 - row->of[1]));
		const char *kind = row->of[0];
		char method[200], id[64];

		/* Of the engine's own, the slow ones and those that change the store are left out. */
		if (strcmp(kind, "table") == 0 ||
		    (strcmp(kind, "engine") == 0 && strcmp(rpc, "Status") != 0 &&
		     strcmp(rpc, "Metrics") != 0))
			continue;
		snprintf(method, sizeof(method), "%s/%s",
			 strcmp(kind, "engine") == 0 ? "shegong.engine.v1.EngineService"
						     : services[s]->rpcs->name,
			 rpc);
		for (size_t r = 0; r < sizeof(roles) / sizeof(roles[0]); r++) {
			bool refused, may;

			who.role = roles[r].role;
			if (who.role == ENGINE__ROLE__ROLE_SERVICE)
				continue;
			if (strcmp(kind, "command") == 0) {
				snprintf(id, sizeof(id), "access-%d", n++);
				command(s, method, id, NULL, 0, &who);
				refused = strcmp(stage.reason, "CALLER_NOT_ALLOWED") == 0;
			} else {
				Engine__Reply *reply = ask(s, method, NULL, 0, &who);

				refused = reply->refusal &&
					  strcmp(reply->refusal->reason, "CALLER_NOT_ALLOWED") == 0;
				engine__reply__free_unpacked(reply, NULL);
			}
			may = (row->offices & 1U << who.role) != 0;
			if (refused == may)
				wrong("%s: %s: %s", rpc, roles[r].name,
				      may ? "should be let in" : "should be kept out");
		}
	}
}

/* Every table and every rpc of the services has its row, once, and nothing else has one. */
static bool all_have_rows(void)
{
	for (size_t i = 0; i < n_declared; i++) {
		size_t n = 0;

		for (size_t r = 0; r < n_lines; r++)
			n += strcmp(lines[r], declared[i].text) == 0;
		if (n != 1)
			wrong("the matrix has %zu rows that say: %s", n, declared[i].text);
	}
	return n_wrong == 0;
}

int main(int argc, char **argv)
{
	int failed = 0;

	declare_all();
	if (argc == 2 && strcmp(argv[1], "dump") == 0) {
		printf("kind,name,what,region,agency,person,published,offices\n");
		for (size_t i = 0; i < n_declared; i++)
			printf("%s\n", declared[i].text);
		return 0;
	}
	/* What is said is for who builds; the program's own output becomes a file. */
	if (argc == 3 && strcmp(argv[1], "check") == 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
		return read_matrix(argv[2], compare_line) && all_have_rows() ? 0 : 1;
	stage.schema = argc > 3 ? read_schema(argv[1]) : NULL;
	if (!stage.schema || !read_matrix(argv[2], compare_line))
		return 1;
	all_have_rows();
	failed += n_wrong > 0;
	told(1, "The matrix says of each table and each rpc what the services say");
	look_at_world = look;
	for (int i = 3; i < argc; i++) {
		report.file = argv[i];
		play(argv[i]);
		end_story();
	}
	failed += n_wrong > 0 || report.n_failed > 0 || n_looked == 0;
	report.n_failed += n_wrong > 0;
	told(2, "Each sees in records, lists and journals what the matrix says, and nothing else");
	rpcs_as_everybody();
	failed += n_wrong > 0;
	told(3, "Each rpc lets in the offices that the matrix names, and no other");
	look_at_world = NULL;
	clear_stage();
	printf("1..3\n");
	return failed ? 1 : 0;
}
