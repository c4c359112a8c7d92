/* The gateway's program: settings, signals, start and stop. */
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <zmq.h>

#include "engine/config.h"
#include "engine/keys.h"
#include "engine/log.h"
#include "gateway/gateway.h"
#include "gateway/schema_file.h"
#include "gateway/site.h"

static const struct setting settings[] = {
	{ "SHEGONG_LISTEN", SETTING_TEXT, "127.0.0.1:8080",
	  "Where HTTP is answered; beyond this machine only with tokens.",
	  "HTTP 监听地址；对本机之外开放时须用令牌。", 0, 0 },
	{ "SHEGONG_TLS_CERT", SETTING_TEXT, "",
	  "A PEM file with the certificate and its chain, for HTTPS; empty: plain HTTP. It is read "
	  "again when it changes and on SIGHUP.",
	  "HTTPS 证书及证书链的 PEM 文件；留空则为明文 HTTP。文件变化或收到 SIGHUP 时重新读取。", 0,
	  0 },
	{ "SHEGONG_TLS_KEY", SETTING_TEXT, "", "A PEM file with the certificate's key.",
	  "证书私钥的 PEM 文件。", 0, 0 },
	{ "SHEGONG_BEHIND_PROXY", SETTING_BOOL, "false",
	  "Whether plain HTTP is answered on addresses beyond this machine, because a proxy before it "
	  "speaks TLS.",
	  "是否在本机以外的地址上提供明文 HTTP（由前置代理负责 TLS）。", 0, 0 },
	{ "SHEGONG_TRUSTED_PROXIES", SETTING_TEXT, "",
	  "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, such as "
	  "127.0.0.1,10.0.0.0/8.",
	  "可信代理的地址（采信其 X-Forwarded-For 与 X-Forwarded-Proto），如 127.0.0.1,10.0.0.0/8。",
	  0, 0 },
	{ "SHEGONG_ACCESS", SETTING_TEXT, "tokens",
	  "How callers are known: tokens, or principals (development: the header Shegong-Principal is "
	  "believed).",
	  "调用者身份的确定方式：tokens（令牌）或 principals（开发用：相信请求头 Shegong-Principal）。",
	  0, 0 },
	{ "SHEGONG_ACCESS_STALE_SECONDS", SETTING_NUMBER, "300",
	  "Seconds for which known tokens go on while personnel cannot be reached.",
	  "人员服务不可达时，已知令牌继续有效的秒数。", 0, 86400 },
	{ "SHEGONG_SESSION_MINUTES", SETTING_NUMBER, "480",
	  "Minutes that a browser's session lasts.", "浏览器会话的有效分钟数。", 1, 10080 },
	{ "SHEGONG_RATE_ACCOUNT", SETTING_NUMBER, "100",
	  "Requests of one account a second, with a burst of twice as many; 0: any number.",
	  "单个账户每秒请求数，可突发两倍；0 为不限。", 0, 1000000 },
	{ "SHEGONG_RATE_ADDRESS", SETTING_NUMBER, "500",
	  "Requests from one address a second, with a burst of twice as many; 0: any number.",
	  "单个地址每秒请求数，可突发两倍；0 为不限。", 0, 1000000 },
	{ "SHEGONG_RATE_FAILURES", SETTING_NUMBER, "30",
	  "Unknown tokens that are answered to one address a minute; 0: any number.",
	  "单个地址每分钟可尝试的无效令牌数；0 为不限。", 0, 1000000 },
	{ "SHEGONG_DOOR", SETTING_TEXT, "",
	  "Where integrators come in over ZeroMQ with CURVE: tcp://0.0.0.0:7410; empty: nowhere.",
	  "接入方经 ZeroMQ（CURVE 加密）接入的地址，如 tcp://0.0.0.0:7410；留空则不开放。", 0, 0 },
	{ "SHEGONG_RUN", SETTING_TEXT, "/run/shegong", "The directory of the services' sockets.",
	  "各服务套接字所在目录。", 0, 0 },
	{ "SHEGONG_PEERS", SETTING_TEXT, "",
	  "Where the services are: tcp://%s:7400, where %s is the name, or name=tcp://host:port for "
	  "some, with commas between; empty: in SHEGONG_RUN.",
	  "各服务的地址：tcp://%s:7400（%s 为服务名），个别的用 "
	  "name=tcp://host:port，逗号分隔；留空则在 SHEGONG_RUN 中。",
	  0, 0 },
	{ "SHEGONG_KEYS", SETTING_TEXT, "/etc/shegong/keys",
	  "The directory of the keys that TCP asks for (shegong keys).",
	  "TCP 连接所用密钥的目录（见 shegong keys）。", 0, 0 },
	{ "SHEGONG_SERVICES", SETTING_TEXT, "personnel,stations,funding,supervision,reporting",
	  "The services behind this gateway, by name.", "网关后面的各服务名称。", 0, 0 },
	{ "SHEGONG_SCHEMA", SETTING_TEXT, "",
	  "The file descriptor set of the interfaces; empty: shegong.binpb beside the program or in "
	  "../share/shegong.",
	  "接口描述文件；留空则取程序旁或 ../share/shegong 中的 shegong.binpb。", 0, 0 },
	{ "SHEGONG_DASHBOARD", SETTING_TEXT, "",
	  "The folder of the dashboard's files; empty: dashboard beside the schema.",
	  "看板文件所在目录；留空则取接口描述文件旁的 dashboard。", 0, 0 },
	{ "SHEGONG_MAP", SETTING_TEXT, "",
	  "A GeoJSON file with the boundaries that the dashboard's map shows, as the authorities "
	  "reviewed it; empty: tiles alone.",
	  "看板地图所用、经审核的边界 GeoJSON 文件；留空则只显示方格图。", 0, 0 },
	{ "SHEGONG_MAP_REVIEW", SETTING_TEXT, "",
	  "The number under which that map was reviewed, such as GS(2022)1234号; it is shown with the "
	  "map.",
	  "该地图的审图号，如 GS(2022)1234号；与地图一并显示。", 0, 0 },
	{ "SHEGONG_HTTP_LOOPS", SETTING_NUMBER, "1", "Threads that answer HTTP.",
	  "处理 HTTP 的线程数。", 1, 64 },
	{ "SHEGONG_DEADLINE_MS", SETTING_NUMBER, "10000",
	  "Milliseconds a request waits where it does not say itself.",
	  "请求未注明时限时的等待毫秒数。", 1, 600000 },
	{ "SHEGONG_MAX_CONNECTIONS", SETTING_NUMBER, "1024", "HTTP connections at most.",
	  "HTTP 连接数上限。", 1, 1000000 },
	{ "SHEGONG_MAX_CONNECTIONS_PER_ADDRESS", SETTING_NUMBER, "512",
	  "HTTP connections from one address at most.", "单个地址的 HTTP 连接数上限。", 1,
	  1000000 },
	{ "SHEGONG_MAX_REQUESTS_PER_CONNECTION", SETTING_NUMBER, "100000",
	  "Requests on one connection before it is closed.", "单个连接可发送的请求数上限。", 1,
	  1000000 },
	{ "SHEGONG_MAX_BODY_KIB", SETTING_NUMBER, "1024", "The largest body of a request, in KiB.",
	  "请求体大小上限（KiB）。", 1, 1024 },
	{ "SHEGONG_HTTP_MEMORY_MIB", SETTING_NUMBER, "32",
	  "Memory for large bodies and for replies not taken, of all connections together, in MiB; "
	  "each connection may hold 64 KiB besides.",
	  "所有连接的大请求体与未取走答复合计可占的内存（MiB）；每个连接另可占 64 KiB。", 4,
	  65536 },
	{ "SHEGONG_HEAD_MS", SETTING_NUMBER, "5000",
	  "Milliseconds within which a request's headers arrive.", "请求头到达的毫秒时限。", 1,
	  600000 },
	{ "SHEGONG_BODY_MS", SETTING_NUMBER, "15000",
	  "Milliseconds within which a request's body arrives.", "请求体到达的毫秒时限。", 1,
	  600000 },
	{ "SHEGONG_IDLE_MS", SETTING_NUMBER, "30000",
	  "Milliseconds a connection may stay without a request.", "连接空闲的毫秒时限。", 1,
	  3600000 },
	{ "SHEGONG_WRITE_MS", SETTING_NUMBER, "30000",
	  "Milliseconds within which a client takes its reply, and 1 s more for each 64 KiB.",
	  "客户端接收答复的毫秒时限，每 64 KiB 另加 1 秒。", 1, 600000 },
	{ "SHEGONG_STREAM_BYTES", SETTING_NUMBER, "65536",
	  "Bytes of events that may wait for one client; what is more it reads later.",
	  "每个事件流客户端可积压的字节数，其余稍后再读。", 1024, 16777216 },
	{ "SHEGONG_CHECKPOINT_MS", SETTING_NUMBER, "15000",
	  "Milliseconds between two checkpoints of a stream of events.",
	  "事件流两次检查点之间的毫秒数。", 250, 600000 },
	{ "SHEGONG_STOP_MS", SETTING_NUMBER, "10000",
	  "Milliseconds given to requests in flight when the gateway stops.",
	  "停止时留给未完成请求的毫秒数。", 0, 600000 },
	{ "SHEGONG_LOG_LEVEL", SETTING_TEXT, "info", "debug, info, warn or error.",
	  "日志级别：debug、info、warn 或 error。", 0, 0 },
	{ 0 },
};

static unsigned number(const char *name)
{
	return (unsigned)config_number(name);
}

/* Cut the list at its commas, in place.  false: a name is no name. */
static bool services_read(char *list, struct lines_services *services)
{
	char *rest = list;

	for (char *name; (name = strsep(&rest, ","));) {
		size_t len = strlen(name);

		if (len == 0 || len > 31 ||
		    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != len ||
		    services->n == LINES_MAX || lines_find(services, name, len) >= 0)
			return false;
		services->names[services->n++] = name;
	}
	return services->n > 0;
}

static void dashboard_name(const char *schema, char folder[static SCHEMA_PATH_SIZE + 16])
{
	const char *set = config_text("SHEGONG_DASHBOARD"), *slash = strrchr(schema, '/');
	int before = slash ? (int)(slash - schema) + 1 : 0;

	if (*set)
		snprintf(folder, SCHEMA_PATH_SIZE + 16, "%s", set);
	else
		snprintf(folder, SCHEMA_PATH_SIZE + 16, "%.*sdashboard", before, schema);
}

/* As the authorities write it: GS(2022)1234号, 云S（2023）5号. */
static bool is_review_number(const char *text)
{
	regex_t form;
	bool is;

	if (regcomp(&form, "^.{1,24}(\\(|（|〔)[0-9]{4}(\\)|）|〕)[0-9]{1,6}号$",
		    REG_EXTENDED | REG_NOSUB) != 0)
		return false;
	is = regexec(&form, text, 0, NULL, 0) == 0;
	regfree(&form);
	return is;
}

/* No boundaries without the number of their review.  false: said on stderr or in the log. */
static bool map_load(struct site *site)
{
	const char *path = config_text("SHEGONG_MAP"), *number = config_text("SHEGONG_MAP_REVIEW");

	if (*path && !is_review_number(number)) {
		fprintf(stderr,
			"SHEGONG_MAP_REVIEW=%s: a map is shown only with the number of its review, "
			"such as GS(2022)1234号 / 地图须附审图号方可显示，如 GS(2022)1234号\n",
			number);
		return false;
	}
	if (site_map(site, path, *path ? number : ""))
		return true;
	log_error("cannot read the map (SHEGONG_MAP)", "path", path, NULL);
	return false;
}

/* The schema, and what lies beside it.  false: said in the log. */
static bool contract_load(struct gateway_settings *s)
{
	struct site *site;
	char path[SCHEMA_PATH_SIZE], dashboard[SCHEMA_PATH_SIZE + 16], why[256];

	s->connect.schema = schema_file_open(config_text("SHEGONG_SCHEMA"), path, why);
	if (!s->connect.schema) {
		log_error("cannot read the schema (SHEGONG_SCHEMA)", "path", path, "error", why,
			  NULL);
		return false;
	}
	s->documents = documents_open(path);
	dashboard_name(path, dashboard);
	s->site = site = site_open(dashboard);
	if (!s->documents || !site) {
		log_error("no memory", NULL);
		return false;
	}
	return map_load(site);
}

/* Connections need file descriptors, and each line some; where the system does not grant as many,
 * there will be fewer connections. */
static unsigned connections_fit(unsigned wanted, size_t n_lines)
{
	rlim_t own = 64 + 8 * (rlim_t)n_lines, needed = own + wanted;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return wanted;
	if (limit.rlim_cur < needed && limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = needed < limit.rlim_max ? needed : limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
		getrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= needed)
		return wanted;
	wanted = limit.rlim_cur > own ? (unsigned)(limit.rlim_cur - own) : 1;
	log_warn("file descriptors are short; fewer connections are taken", "connections",
		 log_number(wanted).text, NULL);
	return wanted;
}

/* The switch, and what goes with it.  false: said on stderr. */
static bool access_settle(struct gateway_settings *s, bool loopback)
{
	const char *how = config_text("SHEGONG_ACCESS");

	s->access = (struct access_settings){
		.principals = strcmp(how, "principals") == 0,
		.stale_s = number("SHEGONG_ACCESS_STALE_SECONDS"),
		.session_s = 60 * number("SHEGONG_SESSION_MINUTES"),
		.per_account = number("SHEGONG_RATE_ACCOUNT"),
		.per_address = number("SHEGONG_RATE_ADDRESS"),
		.failures = number("SHEGONG_RATE_FAILURES"),
	};
	s->door = config_text("SHEGONG_DOOR");
	if (s->access.principals && *s->door) {
		fprintf(stderr, "SHEGONG_DOOR: asks for SHEGONG_ACCESS=tokens, for keys are of "
				"accounts / 须配合 SHEGONG_ACCESS=tokens 使用，密钥属于账户\n");
		return false;
	}
	if (!s->access.principals && strcmp(how, "tokens") != 0) {
		fprintf(stderr,
			"SHEGONG_ACCESS=%s: neither tokens nor principals / 应为 tokens 或 "
			"principals\n",
			how);
		return false;
	}
	if (s->access.principals && !loopback) {
		fprintf(stderr,
			"SHEGONG_LISTEN=%s: with SHEGONG_ACCESS=principals only a loopback address is "
			"taken, because a header alone says who asks / 使用 principals 时仅凭请求头识别"
			"调用者，故只接受本机回环地址\n",
			config_text("SHEGONG_LISTEN"));
		return false;
	}
	return true;
}

/* Large blocks are mapped, each by itself, and go back to the system when they are freed.  By
 * default the C library would learn from the first of them to keep them, in an arena for each
 * thread: the memory of a gateway that was once flooded would stay large. */
static void memory_give_back(void)
{
	mallopt(M_MMAP_THRESHOLD, 128 * 1024);
	mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

static int serve(struct gateway_settings *s)
{
	struct gateway *gateway;
	char why[256];
	sigset_t signals;
	int which;

	memory_give_back();
	/* Blocked here, before there are threads, they come to sigwait alone. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	signal(SIGPIPE, SIG_IGN);
	s->zmq = zmq_ctx_new();
	if (!s->zmq) {
		log_error("no ZeroMQ context", "error", strerror(errno), NULL);
		return 71;
	}
	/* Its default of 1023 sockets would not do for many loops. */
	zmq_ctx_set(s->zmq, ZMQ_MAX_SOCKETS, 64 * LINES_MAX * 4);
	gateway = gateway_open(s, why);
	if (!gateway) {
		log_error("cannot serve (SHEGONG_LISTEN, SHEGONG_TLS_CERT, SHEGONG_DOOR)", "error",
			  why, NULL);
		zmq_ctx_term(s->zmq);
		return 71;
	}
	log_info("listening", "address", s->http.address, "port",
		 log_number(gateway_port(gateway)).text, NULL);
	if (s->access.principals)
		log_warn("callers are believed by a header (SHEGONG_ACCESS=principals): for "
			 "development only",
			 NULL);
	while (sigwait(&signals, &which) == 0 && which == SIGHUP)
		gateway_reload(gateway);
	log_info("stopping", "signal", log_number(which).text, NULL);
	gateway_close(gateway);
	zmq_ctx_term(s->zmq);
	log_info("stopped", NULL);
	return 0;
}

/* Where to listen, and how.  false after a line on stderr. */
static bool listen_read(struct gateway_settings *s, char address[static 46])
{
	struct http_settings *http = &s->http;
	const char *listen = config_text("SHEGONG_LISTEN");
	const char *cert = config_text("SHEGONG_TLS_CERT"), *key = config_text("SHEGONG_TLS_KEY");
	bool loopback;

	if (!gateway_address(listen, address, &http->port, &loopback)) {
		fprintf(stderr,
			"SHEGONG_LISTEN=%s: not an address with a port, such as 127.0.0.1:8080 / "
			"须为带端口的地址，如 127.0.0.1:8080\n",
			listen);
		return false;
	}
	if (!*cert != !*key) {
		fprintf(stderr, "SHEGONG_TLS_CERT, SHEGONG_TLS_KEY: one is of no use without the "
				"other / 两者须同时设置\n");
		return false;
	}
	if (!access_settle(s, loopback))
		return false;
	if (!loopback && !*cert && !config_bool("SHEGONG_BEHIND_PROXY")) {
		fprintf(stderr,
			"SHEGONG_LISTEN=%s: beyond this machine in the clear. Set SHEGONG_TLS_CERT, "
			"or SHEGONG_BEHIND_PROXY=true where a proxy speaks TLS. / "
			"对本机之外不得使用明文。请设置 SHEGONG_TLS_CERT；如由前置代理负责 "
			"TLS，则设置 SHEGONG_BEHIND_PROXY=true。\n",
			listen);
		return false;
	}
	http->address = address;
	http->tls_cert = *cert ? cert : NULL;
	http->tls_key = *key ? key : NULL;
	http->proxies = config_text("SHEGONG_TRUSTED_PROXIES");
	return true;
}

int main(int argc, char **argv)
{
	struct lines_services services = { 0 };
	struct gateway_settings s = { 0 };
	char address[46], why[256], *names;
	int status = 0;

	if (config_options(argc, argv, settings,
			   "shegong-gateway: answers HTTP for the services of Shegong.",
			   "shegong-gateway：社工平台各服务的 HTTP 网关。", &status))
		return status;
	status = config_load(settings);
	if (status)
		return status;
	if (!log_open("gateway")) {
		fprintf(stderr,
			"SHEGONG_LOG_LEVEL=%s: neither debug, info, warn nor error / 应为 "
			"debug、info、warn 或 error\n",
			config_text("SHEGONG_LOG_LEVEL"));
		return CONFIG_EXIT;
	}
	/* Tokens pass through here, and who people are. */
	if (!keys_in_no_core()) {
		perror("gateway");
		return 1;
	}
	if (!listen_read(&s, address))
		return CONFIG_EXIT;
	names = strdup(config_text("SHEGONG_SERVICES"));
	if (!names || !services_read(names, &services)) {
		fprintf(stderr,
			"SHEGONG_SERVICES=%s: not names with commas between / "
			"应为以逗号分隔的服务名称\n",
			config_text("SHEGONG_SERVICES"));
		free(names);
		return CONFIG_EXIT;
	}
	services.peers = (struct peers){
		.run = config_text("SHEGONG_RUN"),
		.where = config_text("SHEGONG_PEERS"),
		.keys = config_text("SHEGONG_KEYS"),
		.self = "gateway",
	};
	if (!peers_sound(&services.peers, services.names, services.n, why)) {
		fprintf(stderr, "SHEGONG_PEERS: %s\n", why);
		free(names);
		return CONFIG_EXIT;
	}
	s.connect.services = &services;
	s.connect.deadline_ms = number("SHEGONG_DEADLINE_MS");
	if (!contract_load(&s)) {
		free(names);
		return CONFIG_EXIT;
	}
	s.http.n_loops = number("SHEGONG_HTTP_LOOPS");
	s.http.body_max = (size_t)number("SHEGONG_MAX_BODY_KIB") * 1024;
	s.http.memory_max = (size_t)number("SHEGONG_HTTP_MEMORY_MIB") * 1024 * 1024;
	s.http.head_ms = number("SHEGONG_HEAD_MS");
	s.http.body_ms = number("SHEGONG_BODY_MS");
	s.http.idle_ms = number("SHEGONG_IDLE_MS");
	s.http.write_ms = number("SHEGONG_WRITE_MS");
	s.streams.pending_max = number("SHEGONG_STREAM_BYTES");
	s.streams.checkpoint_ms = number("SHEGONG_CHECKPOINT_MS");
	s.http.linger_ms = 1000;
	s.http.stop_ms = number("SHEGONG_STOP_MS");
	s.http.requests_max = number("SHEGONG_MAX_REQUESTS_PER_CONNECTION");
	s.http.connections_max =
		connections_fit(number("SHEGONG_MAX_CONNECTIONS"), services.n * s.http.n_loops);
	s.http.connections_per_address_max = number("SHEGONG_MAX_CONNECTIONS_PER_ADDRESS");
	status = serve(&s);
	schema_close((struct schema *)(uintptr_t)s.connect.schema);
	documents_close((struct documents *)(uintptr_t)s.documents);
	site_close((struct site *)(uintptr_t)s.site);
	free(names);
	return status;
}
