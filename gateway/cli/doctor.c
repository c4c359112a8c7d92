/* shegong doctor: what is amiss on this machine and in the services, and what to do about it.  For
 * those who have nobody else to watch over them; it changes nothing. */
#include "gateway/cli/doctor.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/cli/cli.h"

static const struct check {
	const char *en, *zh;
	void (*look)(struct doctor *);
} checks[] = {
	{ "settings", "设置", doctor_settings },
	{ "files and sockets", "文件与套接字", doctor_files },
	{ "file system", "文件系统", doctor_disk },
	{ "clock", "时钟", doctor_clock },
	{ "keys for TCP", "TCP密钥", doctor_keys },
	{ "certificate for HTTPS", "HTTPS证书", doctor_certificate },
	{ "gateway", "网关", doctor_gateway },
	{ "services", "服务", doctor_services },
	{ "business dates", "业务日期", doctor_dates },
	{ "following each other", "相互跟随", doctor_following },
	{ "parked reactions", "搁置的处理", doctor_parked },
	{ "room of the stores", "存储空间", doctor_room },
	{ "backups", "备份", doctor_backups },
	{ 0 },
};

void doctor_found(struct doctor *doctor, const struct doctor_words *words, const char *about, ...)
{
	va_list values;

	if (doctor->n_found == DOCTOR_FOUND_MAX)
		return;
	va_start(values, about);
	vsnprintf(doctor->found[doctor->n_found].about, DOCTOR_ABOUT, about, values);
	va_end(values);
	doctor->found[doctor->n_found++].words = words;
}

/* The user's language first, then the other. */
static void both_print(const char *before, const char *en, const char *zh)
{
	printf("      %s%s\n      %s%s\n", before, client_word(en, zh), before,
	       client_word(zh, en));
}

/* true: nothing is wrong, though there may be something to look at. */
static bool check_print(const struct doctor *doctor, const struct check *check)
{
	const char *verdict =
		doctor->needless ? client_word("unused", "未用") : client_word("well", "正常");
	bool wrong = false;

	for (size_t i = 0; i < doctor->n_found; i++)
		wrong = wrong || doctor->found[i].words->level == DOCTOR_WRONG;
	if (wrong)
		verdict = client_word("WRONG", "有误");
	else if (doctor->n_found > 0)
		verdict = client_word("look", "留意");
	printf("%s  %s\n", verdict, client_word(check->en, check->zh));
	for (size_t i = 0; i < doctor->n_found; i++) {
		const struct doctor_words *words = doctor->found[i].words;

		printf("    %s\n", doctor->found[i].about);
		both_print("", words->en, words->zh);
		both_print("-> ", words->do_en, words->do_zh);
	}
	return !wrong;
}

/* Each service's counters, in one round. */
static void metrics_ask(struct doctor *doctor)
{
	Engine__Request requests[CLIENT_SERVICES_MAX];
	Engine__Reply *replies[CLIENT_SERVICES_MAX];

	for (size_t i = 0; i < doctor->client.n; i++) {
		engine__request__init(&requests[i]);
		requests[i].method = client_common(&doctor->client, "Metrics")->full_name;
		requests[i].principal = standing_asker();
		requests[i].deadline_ms = 5000;
	}
	client_ask_each(&doctor->client, requests, replies);
	for (size_t i = 0; i < doctor->client.n; i++) {
		Engine__MetricsResponse *read =
			replies[i]->code
				? NULL
				: engine__metrics_response__unpack(NULL, replies[i]->body.len,
								   replies[i]->body.data);

		doctor->metrics[i] = read ? strdup(read->text) : NULL;
		if (read)
			engine__metrics_response__free_unpacked(read, NULL);
	}
	client_free_each(&doctor->client, replies);
}

static bool all_look(struct doctor *doctor)
{
	bool well = true;

	for (const struct check *check = checks; check->look; check++) {
		doctor->n_found = 0;
		doctor->needless = false;
		check->look(doctor);
		well = check_print(doctor, check) && well;
		fflush(stdout);
	}
	return well;
}

int cli_doctor(int argc, char **argv)
{
	static struct doctor doctor;
	int status = CLI_USAGE;

	(void)argv;
	if (argc > 1) {
		fputs("shegong doctor\n", stderr);
		return CLI_USAGE;
	}
	if (client_open(&doctor.client)) {
		standing_ask(&doctor.client, &doctor.standing);
		metrics_ask(&doctor);
		status = all_look(&doctor) ? CLI_DONE : CLI_REFUSED;
		standing_free(&doctor.standing);
	}
	for (size_t i = 0; i < doctor.client.n; i++)
		free(doctor.metrics[i]);
	client_close(&doctor.client);
	return status;
}
