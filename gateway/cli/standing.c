#include "gateway/cli/standing.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "gateway/cli/cli.h"

#define STATUS_MS  10000
#define ROUNDS_MAX 1000 /* a chain of reactions is a few rounds long; more is a circle */

Engine__Principal *standing_asker(void)
{
	static Engine__Principal asker;

	engine__principal__init(&asker);
	asker.account_id = "shegong";
	asker.person_id = "shegong";
	asker.role = ENGINE__ROLE__ROLE_SERVICE;
	asker.region_code = "";
	return &asker;
}

/* --- Asking ------------------------------------------------------------------------------------- */

static Engine__Request status_request(const struct client *client)
{
	Engine__Request request = ENGINE__REQUEST__INIT;

	request.method = client_common(client, "Status")->full_name;
	request.principal = standing_asker();
	request.deadline_ms = STATUS_MS;
	return request;
}

static bool standing_take(struct client *client, struct standing *standing,
			  Engine__Request *requests)
{
	bool all = true;

	*standing = (struct standing){ .n = client->n };
	client_ask_each(client, requests, standing->why);
	for (size_t i = 0; i < client->n; i++) {
		const Engine__Reply *reply = standing->why[i];

		if (reply->code == ENGINE__CODE__CODE_UNSPECIFIED)
			standing->of[i] = engine__status_response__unpack(NULL, reply->body.len,
									  reply->body.data);
		all = all && standing->of[i];
	}
	return all;
}

bool standing_ask(struct client *client, struct standing *standing)
{
	Engine__Request requests[CLIENT_SERVICES_MAX];

	for (size_t i = 0; i < client->n; i++)
		requests[i] = status_request(client);
	return standing_take(client, standing, requests);
}

void standing_free(struct standing *standing)
{
	for (size_t i = 0; i < standing->n; i++) {
		if (standing->of[i])
			engine__status_response__free_unpacked(standing->of[i], NULL);
		engine__reply__free_unpacked(standing->why[i], NULL);
	}
}

/* --- Settling ----------------------------------------------------------------------------------- */

static uint64_t head_of(const struct standing *standing, const char *source)
{
	for (size_t i = 0; i < standing->n; i++) {
		if (strcmp(standing->of[i]->service, source) == 0)
			return standing->of[i]->head->sequence;
	}
	return 0;
}

/* Ask again, each service to answer only once it has seen the heads of those it follows. */
static bool standing_ask_after(struct client *client, const struct standing *before,
			       struct standing *standing)
{
	Engine__Request requests[CLIENT_SERVICES_MAX];
	Engine__Position seen[CLIENT_SERVICES_MAX][CALLER_AFTER_MAX];
	Engine__Position *list[CLIENT_SERVICES_MAX][CALLER_AFTER_MAX];

	for (size_t i = 0; i < client->n; i++) {
		const Engine__StatusResponse *of = before->of[i];

		requests[i] = status_request(client);
		requests[i].after = list[i];
		for (size_t f = 0; f < of->n_followed && f < CALLER_AFTER_MAX; f++) {
			list[i][f] = &seen[i][f];
			engine__position__init(list[i][f]);
			seen[i][f].source = of->followed[f]->source;
			seen[i][f].sequence = head_of(before, of->followed[f]->source);
			requests[i].n_after = f + 1;
		}
	}
	return standing_take(client, standing, requests);
}

static bool same_heads(const struct standing *a, const struct standing *b)
{
	for (size_t i = 0; i < a->n; i++) {
		if (a->of[i]->head->sequence != b->of[i]->head->sequence)
			return false;
	}
	return true;
}

int standing_unavailable(struct client *client)
{
	struct standing standing;

	standing_ask(client, &standing);
	for (size_t i = 0; i < standing.n; i++) {
		if (!standing.of[i])
			client_say(client->names[i], standing.why[i]);
	}
	standing_free(&standing);
	fprintf(stderr, "%s\n",
		client_word("A service does not answer.  Run the same again later: it goes on from "
			    "where it stopped.",
			    "某项服务无应答。稍后重新运行同一命令即可从中断处继续。"));
	return CLI_UNAVAILABLE;
}

/* One that has stopped following never catches up. */
static bool stopped_say(const struct standing *standing)
{
	bool any = false;

	for (size_t i = 0; i < standing->n; i++) {
		for (size_t f = 0; f < standing->of[i]->n_followed; f++) {
			const Engine__Followed *followed = standing->of[i]->followed[f];

			if (!*followed->stopped)
				continue;
			fprintf(stderr, "%s: %s %s: %s\n", standing->of[i]->service,
				client_word("has stopped following", "已停止跟随"),
				followed->source, followed->stopped);
			any = true;
		}
	}
	return any;
}

/* Once around: how all stand, and whether they stand so still after each has seen the others.
 * CLI_UNAVAILABLE is not said: it is tried again. */
static int round_ask(struct client *client, bool *settled)
{
	struct standing before, now;
	int status = CLI_UNAVAILABLE;

	*settled = false;
	if (standing_ask(client, &before)) {
		if (stopped_say(&before)) {
			status = CLI_REFUSED;
		} else {
			if (standing_ask_after(client, &before, &now)) {
				status = CLI_DONE;
				*settled = same_heads(&before, &now);
			}
			standing_free(&now);
		}
	}
	standing_free(&before);
	return status;
}

int standing_settle(struct client *client)
{
	int unanswered = 0;

	for (int round = 0; round < ROUNDS_MAX; round++) {
		bool settled;
		int status = round_ask(client, &settled);

		if (settled || status == CLI_REFUSED)
			return status;
		unanswered = status == CLI_DONE ? 0 : unanswered + 1;
		if (unanswered == STANDING_TRIES)
			return standing_unavailable(client);
	}
	fprintf(stderr, "%s\n",
		client_word("The services do not come to rest.", "各服务未能趋于稳定。"));
	return CLI_UNAVAILABLE;
}

/* --- The clock ---------------------------------------------------------------------------------- */

const char *standing_date(const struct standing *standing, bool *virtual)
{
	const char *first = NULL;

	*virtual = true;
	for (size_t i = 0; i < standing->n; i++) {
		if (!standing->of[i])
			continue;
		*virtual = *virtual && standing->of[i]->virtual_clock;
		if (!first || strcmp(standing->of[i]->date, first) < 0)
			first = standing->of[i]->date;
	}
	return first ? first : "";
}

/* Begin one day in every service; one that is ahead is only asked how it is. */
static int day_begin(struct client *client, const struct standing *standing, const char *day)
{
	Engine__AdvanceClockRequest to = ENGINE__ADVANCE_CLOCK_REQUEST__INIT;
	Engine__Request requests[CLIENT_SERVICES_MAX];
	Engine__Reply *replies[CLIENT_SERVICES_MAX];
	uint8_t body[64];
	char id[64];
	int status = CLI_DONE;

	to.date = day;
	snprintf(id, sizeof(id), "clock:%s", day);
	for (size_t i = 0; i < client->n; i++) {
		requests[i] = status_request(client);
		if (strcmp(standing->of[i]->date, day) >= 0)
			continue;
		requests[i].id = id;
		requests[i].method = client_common(client, "AdvanceClock")->full_name;
		requests[i].body.len = engine__advance_clock_request__pack(&to, body);
		requests[i].body.data = body;
	}
	client_ask_each(client, requests, replies);
	for (size_t i = 0; i < client->n; i++) {
		if (!replies[i]->code || status == CLI_REFUSED)
			continue;
		status = client_try_again(replies[i]) ? CLI_UNAVAILABLE : CLI_REFUSED;
		if (status == CLI_REFUSED)
			client_say(client->names[i], replies[i]);
	}
	client_free_each(client, replies);
	return status;
}

/* The day after the earliest of the services', if that is not past the date.  CLI_UNAVAILABLE is not
 * said: it is tried again. */
static int next_day(struct client *client, struct day to, void (*told)(const char *day), bool *more)
{
	struct standing standing;
	struct day today;
	char day[DAY_TEXT_SIZE];
	bool virtual;
	int status = CLI_UNAVAILABLE;

	*more = false;
	if (!standing_ask(client, &standing)) {
		*more = true;
	} else if (!day_read(&today, standing_date(&standing, &virtual))) {
		fprintf(stderr, "%s\n", client_word("A service has no date.", "服务没有日期。"));
		status = CLI_REFUSED;
	} else if (day_compare(today, to) >= 0) {
		status = CLI_DONE;
	} else if (!virtual) {
		fprintf(stderr, "%s\n",
			client_word("The clock is the real one; it cannot be moved.",
				    "当前为真实时钟，不能移动。"));
		status = CLI_REFUSED;
	} else {
		day_write(day_plus(today, 1), day);
		status = day_begin(client, &standing, day);
		*more = status != CLI_REFUSED;
		if (status == CLI_DONE) {
			status = standing_settle(client);
			*more = status == CLI_DONE;
		}
		if (status == CLI_DONE && told)
			told(day);
	}
	standing_free(&standing);
	return status;
}

int standing_advance(struct client *client, const char *date, void (*told)(const char *day))
{
	struct day to;
	bool more = true;
	int status, unanswered = 0;

	if (!day_read(&to, date)) {
		fprintf(stderr, "%s: %s\n", date,
			client_word("not a date such as 2022-07-25",
				    "不是日期，形式如 2022-07-25"));
		return CLI_USAGE;
	}
	do {
		status = next_day(client, to, told, &more);
		unanswered = status == CLI_UNAVAILABLE ? unanswered + 1 : 0;
		if (unanswered == STANDING_TRIES)
			return standing_unavailable(client);
	} while (more);
	return status;
}
