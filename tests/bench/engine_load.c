/* A service's engine without sockets: engine_load DIR COUNT [BATCH [FIRST]]
 *
 * Sends RegisterPerson, BATCH (1) to a commit, and prints "COUNT SECONDS RATE P50_US P99_US": the
 * time from a batch's begin to its being durable. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sodium.h>

#include "engine/engine.h"
#include "shegong/personnel/v1/personnel.pb-c.h"

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static int64_t real_now_us(void *of)
{
	struct timespec now;

	(void)of;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static int by_size(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

static bool send(struct engine *engine, const char *method, const char *id, const void *message)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;
	Engine__Reply *reply;
	struct packed packed;
	uint8_t body[1024];
	bool accepted;

	principal.account_id = "bench";
	principal.person_id = "p-bench";
	principal.role = ENGINE__ROLE__ROLE_PROVINCE;
	principal.region_code = "53";
	request.id = id;
	request.method = method;
	request.principal = &principal;
	request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(message, body), body };
	packed = engine_command(engine, &request);
	reply = engine__reply__unpack(NULL, packed.size, packed.bytes);
	accepted = reply && reply->code == 0;
	if (reply && !accepted)
		fprintf(stderr, "%s %s\n", reply->refusal->reason, reply->refusal->about);
	engine__reply__free_unpacked(reply, NULL);
	return accepted;
}

static bool register_agency(struct engine *engine)
{
	Personnel__RegisterAgencyRequest agency = PERSONNEL__REGISTER_AGENCY_REQUEST__INIT;

	agency.agency_id = "bench-agency";
	agency.name_zh = "示例机构";
	agency.name_en = "Example agency";
	agency.credit_code = "52530000MJ00000006";
	agency.region_code = "5301";
	agency.synthetic = true;
	return send(engine, "shegong.personnel.v1.PersonnelService/RegisterAgency", "bench-agency",
		    &agency);
}

static bool record_qualification(struct engine *engine, uint64_t number)
{
	Personnel__RecordQualificationRequest change =
		PERSONNEL__RECORD_QUALIFICATION_REQUEST__INIT;
	char id[40], command[40];

	snprintf(id, sizeof(id), "person-%012" PRIu64, number);
	snprintf(command, sizeof(command), "change-%012" PRIu64, number);
	change.person_id = id;
	change.certificate = PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SENIOR;
	return send(engine, "shegong.personnel.v1.PersonnelService/RecordQualification", command,
		    &change);
}

static bool register_person(struct engine *engine, uint64_t number)
{
	Personnel__RegisterPersonRequest person = PERSONNEL__REGISTER_PERSON_REQUEST__INIT;
	uint8_t bytes[32];
	char id[40], command[40], hash[65];

	snprintf(id, sizeof(id), "person-%012" PRIu64, number);
	snprintf(command, sizeof(command), "bench-%012" PRIu64, number);
	crypto_generichash(bytes, sizeof(bytes), (const uint8_t *)&number, sizeof(number), NULL, 0);
	sodium_bin2hex(hash, sizeof(hash), bytes, sizeof(bytes));
	person.person_id = id;
	person.work_name = "社工";
	person.agency_id = "bench-agency";
	person.certificate = PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SOCIAL_WORKER;
	person.practising_from = "2015-07-01";
	person.identity_hash = hash;
	person.synthetic = true;
	return send(engine, "shegong.personnel.v1.PersonnelService/RegisterPerson", command,
		    &person);
}

int main(int argc, char **argv)
{
	struct engine_options options = { .map_bytes = (size_t)16 << 30, .now_us = real_now_us };
	uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	uint64_t in_batch = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	uint64_t first = argc > 4 ? strtoull(argv[4], NULL, 10) : 0;
	uint64_t *took_us = calloc(count + 1, sizeof(*took_us)), begun_us, n = 0;
	struct engine *engine;
	char why[256];
	int exit_code;

	if (count == 0 || in_batch == 0 || !took_us) {
		fprintf(stderr, "engine_load DIR COUNT [BATCH [FIRST]]\n");
		return 2;
	}
	engine = engine_open(&personnel_service, argv[1], &options, &exit_code, why);
	if (!engine) {
		fprintf(stderr, "%s\n", why);
		return exit_code;
	}
	if (engine_begin(engine) || !register_agency(engine) || engine_commit(engine))
		return 1;
	begun_us = now_us();
	for (uint64_t i = 0; i < count; i += in_batch) {
		uint64_t at_us = now_us();

		if (engine_begin(engine))
			return 1;
		for (uint64_t b = i; b < i + in_batch && b < count; b++)
			argc > 5 ? record_qualification(engine, first + b)
				 : register_person(engine, first + b);
		if (engine_commit(engine))
			return 1;
		took_us[n++] = now_us() - at_us;
	}
	double seconds = (double)(now_us() - begun_us) / 1e6;

	qsort(took_us, n, sizeof(*took_us), by_size);
	printf("%" PRIu64 " %.3f %.0f %" PRIu64 " %" PRIu64 "\n", count, seconds,
	       (double)count / seconds, took_us[n / 2], took_us[n * 99 / 100]);
	engine_close(engine);
	free(took_us);
	return 0;
}
