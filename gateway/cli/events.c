/* shegong events: what happens in the services, from their journals, as it happens.
 *
 * What a service publishes is a doorbell; what it holds is read from its journal, so that nothing is
 * missed, also where a service was away for a while. */
#include "gateway/cli/events.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zmq.h>

#include "engine/config.h"
#include "engine/peers.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/standing.h"
#include "gateway/event_text.h"

enum {
	READ_MS = 5000,
	BELL_MS = 1000,
	AHEAD_MS = 3000, /* a journal that ends too early may only be late */
};

/* One journal, and how far it was read. */
struct journal {
	void *bell;
	uint64_t sequence;
	char epoch[80];
	bool behind, silent; /* there may be more; it does not answer */
	int64_t ahead_at_ms; /* since when it ends before where we stand; 0: it does not */
};

struct watch {
	struct client client;
	struct caller caller;
	struct lines_services services;
	struct event_text text;
	struct journal journals[CLIENT_SERVICES_MAX];
	bool reset; /* one of them has turned into another one */
	const struct wanted *wanted;
};

static volatile sig_atomic_t ended;

static void on_signal(int which)
{
	(void)which;
	ended = 1;
}

/* --- What is wanted ----------------------------------------------------------------------------- */

static bool filter_add(struct wanted *wanted, char kind, const char *begins)
{
	if (wanted->n_filters == FILTERS_MAX)
		return false;
	wanted->filters[wanted->n_filters++] = (struct filter){ kind, begins };
	return true;
}

static bool options_read(int argc, char **argv, struct wanted *wanted)
{
	static const struct option options[] = {
		{ "type", required_argument, NULL, 't' },
		{ "source", required_argument, NULL, 's' },
		{ "subject", required_argument, NULL, 'u' },
		{ "region", required_argument, NULL, 'r' },
		{ "from", required_argument, NULL, 'f' },
		{ "as", required_argument, NULL, 'a' },
		{ "gateway", required_argument, NULL, 'g' },
		{ "token", required_argument, NULL, 'k' },
		{ "ca", required_argument, NULL, 'c' },
		{ "cursor", required_argument, NULL, 'p' },
		{ "once", no_argument, NULL, 'o' },
		{ "json", no_argument, NULL, 'j' },
		{ 0 },
	};
	bool good = true;

	*wanted = (struct wanted){
		.from = "now",
		.as = config_text("SHEGONG_AS"),
		.gateway = config_text("SHEGONG_GATEWAY"),
		.token = config_text("SHEGONG_TOKEN"),
		.ca = config_text("SHEGONG_CA"),
		.cursor = "",
	};
	for (int c; good && (c = getopt_long(argc, argv, "", options, NULL)) >= 0;) {
		if (c == 'f')
			wanted->from = optarg;
		else if (c == 'a')
			wanted->as = optarg;
		else if (c == 'g')
			wanted->gateway = optarg;
		else if (c == 'k')
			wanted->token = optarg;
		else if (c == 'c')
			wanted->ca = optarg;
		else if (c == 'p')
			wanted->cursor = optarg;
		else if (c == 'o')
			wanted->once = true;
		else if (c == 'j')
			wanted->json = true;
		else
			good = c != '?' && filter_add(wanted, (char)c, optarg);
	}
	/* The journals themselves end; a stream does not. */
	if (good && optind == argc && !(*wanted->gateway && wanted->once) &&
	    !(!*wanted->gateway && *wanted->cursor))
		return true;
	fputs("shegong events [--from now|start|stations=12,personnel=5] [--once] [--json]\n"
	      "    [--type AgreementInForce]... [--source stations]... [--subject ID]...\n"
	      "    [--region 5331]... [--as \"account=…\"]\n"
	      "shegong events --gateway https://… --token FILE [--ca FILE] [--cursor FILE]\n"
	      "    [--from …] [--json] [--type …]... [--source …]... [--subject …]... "
	      "[--region …]...\n",
	      stderr);
	fputs(client_word("exit status 3: a journal has turned into another one meanwhile",
			  "退出码3：期间有日志变成了另一日志"),
	      stderr);
	fputc('\n', stderr);
	return false;
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* "AgreementInForce" begins the name, "shegong.stations.v1.Agreement" the full name. */
static bool type_begins(const char *type, const char *with)
{
	const char *name = strrchr(type, '.');

	return begins(type, with) || begins(name ? name + 1 : type, with);
}

static bool region_begins(const Engine__Event *event, const char *with)
{
	for (size_t i = 0; i < event->n_scopes; i++) {
		if (begins(event->scopes[i]->region_code, with))
			return true;
	}
	return false;
}

static bool meets(const struct filter *filter, const Engine__Event *event, const char *type)
{
	switch (filter->kind) {
	case 't':
		return type_begins(type, filter->begins);
	case 's':
		return begins(event->source, filter->begins);
	case 'u':
		return begins(event->subject, filter->begins);
	default:
		return region_begins(event, filter->begins);
	}
}

/* Each kind of filter that is given must be met; of one kind, one is enough. */
static bool passes(const struct wanted *wanted, const Engine__Event *event, const char *type)
{
	for (const char *kind = "tsur"; *kind; kind++) {
		bool given = false, met = false;

		for (size_t i = 0; i < wanted->n_filters; i++) {
			if (wanted->filters[i].kind != *kind)
				continue;
			given = true;
			met = met || meets(&wanted->filters[i], event, type);
		}
		if (given && !met)
			return false;
	}
	return true;
}

/* --- Showing ------------------------------------------------------------------------------------ */

static void event_print(struct watch *watch, size_t source, const Engine__Event *event)
{
	const struct schema_message *message = event_text_type(&watch->text, source, event);
	const char *type = message ? schema_message_name(message) : event->type;
	const char *name = strrchr(type, '.');
	struct bytes json = { 0 };

	if (!passes(watch->wanted, event, type))
		return;
	if (!watch->wanted->json) {
		printf("%s  %s=%-6" PRIu64 "  %-28s %s  %s\n", event->date, event->source,
		       event->sequence, name ? name + 1 : type, event->subject,
		       event->actor ? event->actor->account_id : "");
	} else if (event_text_cloud(&watch->text, source, event, &json)) {
		printf("%.*s\n", (int)json.len, (const char *)json.data);
	}
	bytes_free(&json);
}

/* "personnel=5,stations=12": where to go on from. */
static void places_say(const struct watch *watch)
{
	fprintf(stderr, "%s: shegong events --from ", client_word("to go on", "继续"));
	for (size_t i = 0; i < watch->client.n; i++)
		fprintf(stderr, "%s%s=%" PRIu64, i ? "," : "", watch->client.names[i],
			watch->journals[i].sequence);
	fputc('\n', stderr);
}

static void silent_say(struct watch *watch, size_t source, const Engine__Reply *reply)
{
	struct journal *journal = &watch->journals[source];

	if (!journal->silent && client_try_again(reply))
		fprintf(stderr, "%s: %s\n", watch->client.names[source],
			client_word("does not answer; it is asked again", "无应答，将继续尝试"));
	journal->silent = true;
}

/* --- Reading ------------------------------------------------------------------------------------ */

void events_reset_say(const char *source, uint64_t sequence, bool json)
{
	if (json)
		printf("{\"reset\":{\"source\":\"%s\",\"sequence\":\"%" PRIu64 "\"}}\n", source,
		       sequence);
	fprintf(stderr, "%s: %s %" PRIu64 "\n", source,
		client_word(
			"its journal is another one now (a store was made anew or restored): "
			"read anew what it told of; going on behind event",
			"其日志已不是原来的日志（存储被重建或恢复），请重新读取其内容；现从此事件之后继续："),
		sequence);
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum history { HISTORY_SAME, HISTORY_LATE, HISTORY_OTHER };

/* Where it is another one, or ends before where we stand, what was printed is not what is there;
 * but what a command was answered with just now is seen a moment later. */
static enum history history_of(struct journal *journal, const Engine__ReadResponse *read)
{
	bool other = *journal->epoch && strcmp(journal->epoch, read->epoch) != 0;

	snprintf(journal->epoch, sizeof(journal->epoch), "%s", read->epoch);
	if (other)
		return HISTORY_OTHER;
	if (read->head->sequence >= journal->sequence) {
		journal->ahead_at_ms = 0;
		return HISTORY_SAME;
	}
	if (!journal->ahead_at_ms)
		journal->ahead_at_ms = now_ms();
	return now_ms() - journal->ahead_at_ms < AHEAD_MS ? HISTORY_LATE : HISTORY_OTHER;
}

static void reset(struct watch *watch, size_t source, uint64_t head)
{
	struct journal *journal = &watch->journals[source];

	journal->sequence = head;
	journal->ahead_at_ms = 0;
	watch->reset = true;
	events_reset_say(watch->client.names[source], head, watch->wanted->json);
}

static bool page_take(struct watch *watch, size_t source, const Engine__ReadResponse *read)
{
	struct journal *journal = &watch->journals[source];
	const uint64_t before = journal->sequence;
	enum history history;

	if (!read->head)
		return false;
	journal->silent = journal->behind = false;
	history = history_of(journal, read);
	if (history == HISTORY_OTHER)
		reset(watch, source, read->head->sequence);
	if (history != HISTORY_SAME)
		return true;
	for (size_t i = 0; i < read->n_events; i++) {
		Engine__Event *event =
			engine__event__unpack(NULL, read->events[i].len, read->events[i].data);

		if (!event)
			return false;
		event_print(watch, source, event);
		engine__event__free_unpacked(event, NULL);
	}
	/* What lies between may be for others to see. */
	journal->sequence = read->through;
	journal->behind = before < read->through && read->through < read->head->sequence;
	return true;
}

static int page_read(struct watch *watch, size_t source)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__ReadRequest asked = ENGINE__READ_REQUEST__INIT;
	Engine__ReadResponse *read;
	Engine__Reply *reply;
	uint8_t packed[32];
	int status = CLI_DONE;

	asked.after = watch->journals[source].sequence;
	request.method = client_common(&watch->client, "Read")->full_name;
	request.body.data = packed;
	request.body.len = engine__read_request__pack(&asked, packed);
	request.principal = *watch->wanted->as ? &watch->caller.principal : standing_asker();
	request.deadline_ms = READ_MS;
	reply = client_ask(&watch->client, source, &request);
	read = reply->code ? NULL
			   : engine__read_response__unpack(NULL, reply->body.len, reply->body.data);
	if (read) {
		status = page_take(watch, source, read) ? CLI_DONE : CLI_REFUSED;
		engine__read_response__free_unpacked(read, NULL);
	} else if (client_try_again(reply)) {
		silent_say(watch, source, reply);
		watch->journals[source].behind = false;
		status = watch->wanted->once ? CLI_UNAVAILABLE : CLI_DONE;
	} else {
		client_say(watch->client.names[source], reply);
		status = CLI_REFUSED;
	}
	engine__reply__free_unpacked(reply, NULL);
	return status;
}

/* Wait for a bell, a second at most: then every journal may have more. */
static void bells_wait(struct watch *watch)
{
	zmq_pollitem_t items[CLIENT_SERVICES_MAX];
	int n = (int)watch->client.n;
	bool rung;

	for (int i = 0; i < n; i++)
		items[i] =
			(zmq_pollitem_t){ .socket = watch->journals[i].bell, .events = ZMQ_POLLIN };
	rung = zmq_poll(items, n, BELL_MS) > 0;
	for (int i = 0; i < n; i++) {
		char frame[16];

		watch->journals[i].behind = !rung || items[i].revents;
		/* What it says is not looked at, and cut where it is longer. */
		while (zmq_recv(watch->journals[i].bell, frame, sizeof(frame), ZMQ_DONTWAIT) >= 0)
			;
	}
}

static int follow(struct watch *watch)
{
	int status = CLI_DONE;

	while (!ended) {
		bool more = false, late = false;

		for (size_t i = 0; i < watch->client.n && !ended; i++) {
			if (watch->journals[i].behind)
				status = page_read(watch, i);
			if (status)
				return status;
			more = more || watch->journals[i].behind;
			late = late || watch->journals[i].ahead_at_ms;
		}
		fflush(stdout);
		if (ferror(stdout) || (!more && !late && watch->wanted->once))
			return CLI_DONE;
		if (!more)
			bells_wait(watch);
	}
	return CLI_DONE;
}

/* --- From where --------------------------------------------------------------------------------- */

static int heads_take(struct watch *watch)
{
	struct standing standing;
	int status = CLI_DONE;

	if (!standing_ask(&watch->client, &standing))
		status = standing_unavailable(&watch->client);
	for (size_t i = 0; i < standing.n && !status; i++)
		watch->journals[i].sequence = standing.of[i]->head->sequence;
	standing_free(&standing);
	return status;
}

static int begin(struct watch *watch)
{
	const char *from = watch->wanted->from;
	struct caller places;
	size_t known = 0;

	caller_init(&places);
	if (strcmp(from, "now") == 0)
		return heads_take(watch);
	if (strcmp(from, "start") == 0)
		return CLI_DONE;
	if (caller_after((struct http_text){ from, strlen(from) }, &places)) {
		for (size_t i = 0; i < watch->client.n; i++) {
			for (size_t k = 0; k < places.n_after; k++) {
				if (strcmp(places.after[k].source, watch->client.names[i]) != 0)
					continue;
				watch->journals[i].sequence = places.after[k].sequence;
				known++;
			}
		}
		if (known == places.n_after)
			return CLI_DONE;
	}
	fprintf(stderr, "--from %s: now, start, stations=12,personnel=5\n", from);
	return CLI_USAGE;
}

static int watch_run(struct watch *watch)
{
	const struct peers peers = client_peers();
	int status;

	for (size_t i = 0; i < watch->client.n; i++) {
		watch->services.names[i] = watch->client.names[i];
		watch->journals[i].behind = true;
		watch->journals[i].bell =
			peers_listen(watch->client.zmq, watch->client.names[i], &peers);
		if (!watch->journals[i].bell) {
			perror(watch->client.names[i]);
			return CLI_UNAVAILABLE;
		}
	}
	watch->services.n = watch->client.n;
	event_text_init(&watch->text, watch->client.schema, &watch->services);
	status = begin(watch);
	if (status)
		return status;
	status = follow(watch);
	places_say(watch);
	return status || !watch->reset ? status : CLI_OTHER_JOURNAL;
}

int cli_events(int argc, char **argv)
{
	static struct watch watch;
	const struct sigaction action = { .sa_handler = on_signal };
	struct wanted wanted;
	int status = CLI_USAGE;

	watch.wanted = &wanted;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	if (!options_read(argc, argv, &wanted))
		return CLI_USAGE;
	if (*wanted.gateway)
		return events_over_http(&wanted, &ended);
	if (*wanted.as && !client_caller(&watch.caller, wanted.as))
		return CLI_USAGE;
	if (client_open(&watch.client))
		status = watch_run(&watch);
	for (size_t i = 0; i < watch.client.n; i++) {
		if (watch.journals[i].bell)
			zmq_close(watch.journals[i].bell);
	}
	client_close(&watch.client);
	return status;
}
