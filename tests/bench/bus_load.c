/* Load over ZeroMQ: bus_load RUN|DOOR agency|person|get COUNT IN_FLIGHT [FIRST]
 *
 * RUN is the directory of the services' sockets; DOOR the endpoint of a door, tcp://..., whose key is
 * gateway.pub in SHEGONG_KEYS, and ours bench.key.
 *
 * Sends commands (or GetAgency) to the personnel service with so many in flight, from one thread,
 * and prints "COUNT SECONDS RATE P50_US P99_US REFUSED".
 *
 *   agency   RegisterAgency: event, record and answer, and look-ups that grow in order
 *   person   RegisterPerson: the same, and a unique look-up by a hash, which falls anywhere
 *
 * FIRST is the number of the first; the same number is the same thing and the same command. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>
#include <zmq.h>

#include "engine/call.h"
#include "shegong/personnel/v1/personnel.pb-c.h"

struct kind;

static struct {
	struct call *call;
	const struct kind *kind;
	uint64_t first, count, sent, answered, refused;
	uint64_t *took_us;
	Engine__Principal principal;
	bool at_door;
} load;

struct asked {
	uint64_t at_us;
	uint64_t number;
};

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* The same human being for the same number; to the index it is a random value, as a real one is. */
static void hash_of(uint64_t number, char hash[static 65])
{
	uint8_t bytes[32];

	crypto_generichash(bytes, sizeof(bytes), (const uint8_t *)&number, sizeof(number), NULL, 0);
	sodium_bin2hex(hash, 65, bytes, sizeof(bytes));
}

/* A unified social credit code with the check character of GB 32100. */
static void credit_code_of(uint64_t number, char code[static 19])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int sum = 0, weight = 1;

	snprintf(code, 19, "5253%013" PRIu64 "0", number);
	for (int i = 0; i < 17; i++) {
		sum += (int)(strchr(alphabet, code[i]) - alphabet) * weight;
		weight = weight * 3 % 31;
	}
	code[17] = alphabet[(31 - sum % 31) % 31];
}

static size_t agency_body(uint64_t number, uint8_t *body)
{
	Personnel__RegisterAgencyRequest agency = PERSONNEL__REGISTER_AGENCY_REQUEST__INIT;
	char id[32], code[19];

	snprintf(id, sizeof(id), "agency-%012" PRIu64, number);
	credit_code_of(number, code);
	agency.agency_id = id;
	agency.name_zh = "示例社会工作服务中心";
	agency.name_en = "Example social work centre";
	agency.credit_code = code;
	agency.region_code = "5301";
	agency.synthetic = true;
	return personnel__register_agency_request__pack(&agency, body);
}

static size_t person_body(uint64_t number, uint8_t *body)
{
	Personnel__RegisterPersonRequest person = PERSONNEL__REGISTER_PERSON_REQUEST__INIT;
	char id[32], name[32], hash[65];

	snprintf(id, sizeof(id), "person-%012" PRIu64, number);
	snprintf(name, sizeof(name), "社工%" PRIu64, number);
	hash_of(number, hash);
	person.person_id = id;
	person.work_name = name;
	person.agency_id = "agency-000000000000";
	person.certificate = PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SOCIAL_WORKER;
	person.practising_from = "2015-07-01";
	person.identity_hash = hash;
	person.synthetic = true;
	return personnel__register_person_request__pack(&person, body);
}

static size_t get_body(uint64_t number, uint8_t *body)
{
	Personnel__GetAgencyRequest get = PERSONNEL__GET_AGENCY_REQUEST__INIT;
	char id[32];

	snprintf(id, sizeof(id), "agency-%012" PRIu64, number);
	get.agency_id = id;
	return personnel__get_agency_request__pack(&get, body);
}

static const struct kind {
	const char *name, *method;
	size_t (*body)(uint64_t number, uint8_t *body);
	bool writes;
} kinds[] = {
	{ "agency", "shegong.personnel.v1.PersonnelService/RegisterAgency", agency_body, true },
	{ "person", "shegong.personnel.v1.PersonnelService/RegisterPerson", person_body, true },
	{ "get", "shegong.personnel.v1.PersonnelService/GetAgency", get_body, false },
	{ 0 },
};

static void answered(const Engine__Reply *reply, void *of);

static void ask(struct asked *asked)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	uint8_t body[1024];
	char id[40];

	asked->number = load.first + load.sent++;
	snprintf(id, sizeof(id), "%s-%012" PRIu64, load.kind->name, asked->number);
	request.id = load.kind->writes ? id : "";
	request.method = load.kind->method;
	request.body = (ProtobufCBinaryData){ load.kind->body(asked->number, body), body };
	request.principal = load.at_door ? NULL : &load.principal;
	asked->at_us = now_us();
	if (!call_send(load.call, &request, answered, asked)) {
		fprintf(stderr, "too many in flight\n");
		exit(1);
	}
}

static void answered(const Engine__Reply *reply, void *of)
{
	struct asked *asked = of;

	load.took_us[load.answered++] = now_us() - asked->at_us;
	if (reply->code) {
		if (load.refused++ == 0)
			fprintf(stderr, "%s: %s\n", reply->refusal ? reply->refusal->reason : "",
				reply->refusal ? reply->refusal->message_en : "");
	}
	if (load.sent < load.count)
		ask(asked);
	else
		free(asked);
}

static int by_size(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
	struct peers peers = { .self = "bench" };
	uint64_t in_flight, begun_us;
	double seconds;
	void *zmq;

	if (argc < 5) {
		fprintf(stderr, "bus_load RUN|DOOR agency|person|get COUNT IN_FLIGHT [FIRST]\n");
		return 2;
	}
	for (load.kind = kinds; load.kind->name && strcmp(load.kind->name, argv[2]) != 0;)
		load.kind++;
	if (!load.kind->name)
		return 2;
	load.count = strtoull(argv[3], NULL, 10);
	in_flight = strtoull(argv[4], NULL, 10);
	load.first = argc > 5 ? strtoull(argv[5], NULL, 10) : 0;
	load.took_us = calloc(load.count, sizeof(*load.took_us));
	engine__principal__init(&load.principal);
	load.principal.account_id = "bench";
	load.principal.person_id = "p-bench";
	load.principal.role = ENGINE__ROLE__ROLE_PROVINCE;
	load.principal.region_code = "53";
	load.at_door = strncmp(argv[1], "tcp://", 6) == 0;
	peers.run = load.at_door ? "" : argv[1];
	peers.where = load.at_door ? argv[1] : "";
	peers.keys = getenv("SHEGONG_KEYS");
	zmq = zmq_ctx_new();
	load.call = call_open_peer(zmq, load.at_door ? "gateway" : "personnel", &peers);
	if (!load.took_us || !zmq || !load.call)
		return 1;
	begun_us = now_us();
	for (uint64_t i = 0; i < in_flight && i < load.count; i++)
		ask(calloc(1, sizeof(struct asked)));
	call_wait(load.call);
	seconds = (double)(now_us() - begun_us) / 1e6;
	qsort(load.took_us, load.answered, sizeof(*load.took_us), by_size);
	printf("%" PRIu64 " %.3f %.0f %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", load.answered,
	       seconds, (double)load.answered / seconds, load.took_us[load.answered / 2],
	       load.took_us[load.answered * 99 / 100], load.refused);
	call_close(load.call);
	zmq_ctx_term(zmq);
	free(load.took_us);
	return load.refused ? 1 : 0;
}
