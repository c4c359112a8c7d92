#include "engine/run.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <sodium.h>

#include "base/day.h"
#include "engine/bus.h"
#include "engine/config.h"
#include "engine/engine.h"
#include "engine/keys.h"
#include "engine/log.h"
#include "engine/offline.h"
#include "engine/seal.h"

static const struct setting settings[] = {
	{ "SHEGONG_DATA", SETTING_TEXT, "/var/lib/shegong",
	  "The directory under which each service keeps its store.", "各服务存放数据的目录。" },
	{ "SHEGONG_RUN", SETTING_TEXT, "/run/shegong", "The directory of the services' sockets.",
	  "各服务套接字所在目录。" },
	{ "SHEGONG_TCP", SETTING_TEXT, "",
	  "Where the service also listens on TCP, with CURVE: tcp://*:7400; its events come on the "
	  "next port.",
	  "另在TCP（CURVE加密）上监听的地址，如 tcp://*:7400，事件用下一端口；留空则不监听。" },
	{ "SHEGONG_PEERS", SETTING_TEXT, "",
	  "Where the other services are: tcp://%s:7400, where %s is the name, or "
	  "name=tcp://host:port for some, with commas between; empty: in SHEGONG_RUN.",
	  "其他服务的地址：tcp://%s:7400（%s为服务名），个别的用 "
	  "name=tcp://host:port，逗号分隔；留空则在SHEGONG_RUN中。" },
	{ "SHEGONG_KEYS", SETTING_TEXT, "/etc/shegong/keys",
	  "The directory of the keys that TCP asks for (shegong keys).",
	  "TCP连接所用密钥的目录（见 shegong keys）。" },
	{ "SHEGONG_MAP_MIB", SETTING_NUMBER, "16384",
	  "How large a store may grow, in MiB; it is address space, not memory.",
	  "数据文件的最大容量（MiB），只占地址空间，不占内存。", .min = 16, .max = 1048576 },
	{ "SHEGONG_CLOCK", SETTING_TEXT, "real",
	  "The clock of a new store, never changed later: real or virtual.",
	  "新建数据的时钟：real（真实）或virtual（虚拟），建后不可更改。" },
	{ "SHEGONG_CLOCK_START", SETTING_TEXT, "2022-01-01",
	  "The first business date of a new store with a virtual clock.",
	  "使用虚拟时钟的新建数据的起始日期。" },
	{ "SHEGONG_READERS", SETTING_NUMBER, "1", "How many threads answer queries.",
	  "应答查询的线程数。", .min = 1, .max = 8 },
	{ "SHEGONG_BATCH_MAX", SETTING_NUMBER, "256", "How many commands share one commit at most.",
	  "一次提交最多合并的命令数。", .min = 1, .max = 4096 },
	{ "SHEGONG_MASTER_KEY_FILE", SETTING_TEXT, "",
	  "The file of the master key that personal data are sealed with: 32 bytes, for its owner "
	  "alone; empty: none are taken.",
	  "个人信息加密主密钥文件（32字节，仅属主可读）；留空则不受理个人信息。" },
	{ "SHEGONG_MASTER_KEY_FILE_BEFORE", SETTING_TEXT, "",
	  "The file of the master key until now, to change it: the keys are wrapped anew at the start.",
	  "更换主密钥时的原主密钥文件，启动时重新加密各密钥。" },
	{ "SHEGONG_LOG_LEVEL", SETTING_TEXT, "info", "What is logged: debug, info, warn or error.",
	  "日志级别：debug、info、warn或error。" },
	{ 0 },
};

enum { REDO_MIB = 16 };

static int64_t real_now_us(void *of)
{
	struct timespec now;

	(void)of;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static bool clock_chosen(struct engine_options *options)
{
	const char *clock = config_text("SHEGONG_CLOCK");
	struct day start;

	options->virtual_clock = strcmp(clock, "virtual") == 0;
	options->virtual_start = config_text("SHEGONG_CLOCK_START");
	if (!options->virtual_clock && strcmp(clock, "real") != 0) {
		fprintf(stderr, "SHEGONG_CLOCK: real or virtual, not %s\n", clock);
		return false;
	}
	if (!day_read(&start, options->virtual_start)) {
		fprintf(stderr, "SHEGONG_CLOCK_START: a date such as 2022-01-01, not %s\n",
			options->virtual_start);
		return false;
	}
	return true;
}

/* Reads the master keys that the settings name. */
static bool keys_read(struct engine_options *options, uint8_t now[static SEAL_KEY_SIZE],
		      uint8_t before[static SEAL_KEY_SIZE])
{
	const char *path = config_text("SHEGONG_MASTER_KEY_FILE");
	const char *path_before = config_text("SHEGONG_MASTER_KEY_FILE_BEFORE");
	char why[256];

	if (*path && !seal_key_read(path, now, why)) {
		fprintf(stderr, "SHEGONG_MASTER_KEY_FILE: %s\n", why);
		return false;
	}
	if (*path_before && !seal_key_read(path_before, before, why)) {
		fprintf(stderr, "SHEGONG_MASTER_KEY_FILE_BEFORE: %s\n", why);
		return false;
	}
	if (*path_before && !*path) {
		fprintf(stderr,
			"SHEGONG_MASTER_KEY_FILE_BEFORE: there is no SHEGONG_MASTER_KEY_FILE "
			"to change to\n");
		return false;
	}
	options->master_key = *path ? now : NULL;
	options->master_key_before = *path_before ? before : NULL;
	if (*path && !keys_in_no_core()) {
		perror("SHEGONG_MASTER_KEY_FILE");
		return false;
	}
	return true;
}

int run_service(const struct service *service, int argc, char **argv)
{
	struct engine_options options = { .now_us = real_now_us };
	struct bus_options bus = { 0 };
	char program[64], dir[4096], why[256];
	struct engine *engine;
	uint8_t key[SEAL_KEY_SIZE], key_before[SEAL_KEY_SIZE];
	int exit_code, fault;

	snprintf(program, sizeof(program), "shegong-%s", service->name);
	if (argc == 4) {
		if ((exit_code = config_load(settings)))
			return exit_code;
		umask(077);
		snprintf(dir, sizeof(dir), "%s/%s", config_text("SHEGONG_DATA"), service->name);
		if (offline_asked(service, argc, argv, dir,
				  (size_t)config_number("SHEGONG_MAP_MIB") << 20, &exit_code))
			return exit_code;
	}
	if (config_options(argc, argv, settings, "Keeps one service's store and answers for it.",
			   "保管一项服务的数据并对外应答。", &exit_code))
		return exit_code;
	if ((exit_code = config_load(settings)))
		return exit_code;
	if (!log_open(program)) {
		fprintf(stderr, "SHEGONG_LOG_LEVEL: debug, info, warn or error\n");
		return EXIT_SETTINGS;
	}
	if (!clock_chosen(&options) || !keys_read(&options, key, key_before))
		return EXIT_SETTINGS;
	umask(077);
	options.map_bytes = (size_t)config_number("SHEGONG_MAP_MIB") << 20;
	options.redo_bytes = (uint64_t)REDO_MIB << 20;
	snprintf(dir, sizeof(dir), "%s/%s", config_text("SHEGONG_DATA"), service->name);
	engine = engine_open(service, dir, &options, &exit_code, why);
	sodium_memzero(key, sizeof(key));
	sodium_memzero(key_before, sizeof(key_before));
	if (!engine) {
		log_error("the store cannot be opened", "why", why, NULL);
		return exit_code;
	}
	/* The dates that have begun meanwhile, before anybody is answered. */
	fault = engine_begin(engine);
	if (!fault)
		fault = engine_commit(engine);
	if (fault)
		log_error("the first batch could not be committed", NULL);
	if (fault && !engine_fault_is_room(fault)) {
		engine_close(engine);
		return EXIT_FAULT;
	}
	bus.peers = (struct peers){
		.run = config_text("SHEGONG_RUN"),
		.where = config_text("SHEGONG_PEERS"),
		.keys = config_text("SHEGONG_KEYS"),
		.self = service->name,
	};
	bus.tcp = config_text("SHEGONG_TCP");
	bus.readers = (int)config_number("SHEGONG_READERS");
	bus.batch_max = (size_t)config_number("SHEGONG_BATCH_MAX");
	exit_code = bus_run(engine, &bus);
	engine_close(engine);
	return exit_code;
}
