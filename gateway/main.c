/* The gateway's program: settings, signals, start and stop. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <zmq.h>

#include "engine/config.h"
#include "engine/log.h"
#include "gateway/gateway.h"
#include "gateway/schema_file.h"

static const struct setting settings[] = {
	{ "SHEGONG_LISTEN", SETTING_TEXT, "127.0.0.1:8080",
	  "Where HTTP is answered; only loopback addresses are taken.",
	  "HTTP 监听地址，仅接受本机回环地址。", 0, 0 },
	{ "SHEGONG_RUN", SETTING_TEXT, "/run/shegong", "The directory of the services' sockets.",
	  "各服务套接字所在目录。", 0, 0 },
	{ "SHEGONG_SERVICES", SETTING_TEXT, "personnel,stations,funding,supervision,reporting",
	  "The services behind this gateway, by name.", "网关后面的各服务名称。", 0, 0 },
	{ "SHEGONG_SCHEMA", SETTING_TEXT, "",
	  "The file descriptor set of the interfaces; empty: shegong.binpb beside the program or in "
	  "../share/shegong.",
	  "接口描述文件；留空则取程序旁或 ../share/shegong 中的 shegong.binpb。", 0, 0 },
	{ "SHEGONG_HTTP_LOOPS", SETTING_NUMBER, "1", "Threads that answer HTTP.",
	  "处理 HTTP 的线程数。", 1, 64 },
	{ "SHEGONG_DEADLINE_MS", SETTING_NUMBER, "10000",
	  "Milliseconds a request waits where it does not say itself.",
	  "请求未注明时限时的等待毫秒数。", 1, 600000 },
	{ "SHEGONG_MAX_CONNECTIONS", SETTING_NUMBER, "1024", "HTTP connections at most.",
	  "HTTP 连接数上限。", 1, 1000000 },
	{ "SHEGONG_MAX_CONNECTIONS_PER_ADDRESS", SETTING_NUMBER, "1024",
	  "HTTP connections from one address at most.", "单个地址的 HTTP 连接数上限。", 1,
	  1000000 },
	{ "SHEGONG_MAX_REQUESTS_PER_CONNECTION", SETTING_NUMBER, "100000",
	  "Requests on one connection before it is closed.", "单个连接可发送的请求数上限。", 1,
	  1000000 },
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
	{ "SHEGONG_STOP_MS", SETTING_NUMBER, "10000",
	  "Milliseconds given to requests in flight when the gateway stops.",
	  "停止时留给未完成请求的毫秒数。", 0, 600000 },
	{ "SHEGONG_LOG_LEVEL", SETTING_TEXT, "info", "debug, info, warn or error.",
	  "日志级别：debug、info、warn 或 error。", 0, 0 },
	{ 0 },
};

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

static struct schema *schema_load(void)
{
	char path[SCHEMA_PATH_SIZE], why[256];
	struct schema *schema = schema_file_open(config_text("SHEGONG_SCHEMA"), path, why);

	if (!schema)
		log_error("cannot read the schema (SHEGONG_SCHEMA)", "path", path, "error", why,
			  NULL);
	return schema;
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

static int serve(struct gateway_settings *s)
{
	struct gateway *gateway;
	char why[256];
	sigset_t signals;
	int which;

	/* Blocked here, before there are threads, they come to sigwait alone. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
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
		log_error("cannot serve HTTP (SHEGONG_LISTEN)", "error", why, NULL);
		zmq_ctx_term(s->zmq);
		return 71;
	}
	log_info("listening", "address", s->http.address, "port",
		 log_number(gateway_port(gateway)).text, NULL);
	sigwait(&signals, &which);
	log_info("stopping", "signal", log_number(which).text, NULL);
	gateway_close(gateway);
	zmq_ctx_term(s->zmq);
	log_info("stopped", NULL);
	return 0;
}

static unsigned number(const char *name)
{
	return (unsigned)config_number(name);
}

int main(int argc, char **argv)
{
	struct lines_services services = { 0 };
	struct gateway_settings s = { 0 };
	char address[46], *names;
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
	if (!gateway_address(config_text("SHEGONG_LISTEN"), address, &s.http.port)) {
		fprintf(stderr,
			"SHEGONG_LISTEN=%s: not a loopback address with a port, such as "
			"127.0.0.1:8080. Callers are named by a header alone as yet, so nobody "
			"beyond this machine may reach the gateway. / 须为带端口的本机回环地址，如 "
			"127.0.0.1:8080。目前调用者仅凭请求头识别，故不得对本机之外开放。\n",
			config_text("SHEGONG_LISTEN"));
		return CONFIG_EXIT;
	}
	names = strdup(config_text("SHEGONG_SERVICES"));
	if (!names || !services_read(names, &services)) {
		fprintf(stderr,
			"SHEGONG_SERVICES=%s: not names with commas between / "
			"应为以逗号分隔的服务名称\n",
			config_text("SHEGONG_SERVICES"));
		free(names);
		return CONFIG_EXIT;
	}
	services.run = config_text("SHEGONG_RUN");
	s.connect.services = &services;
	s.connect.deadline_ms = number("SHEGONG_DEADLINE_MS");
	s.connect.schema = schema_load();
	if (!s.connect.schema) {
		free(names);
		return CONFIG_EXIT;
	}
	s.http.address = address;
	s.http.n_loops = number("SHEGONG_HTTP_LOOPS");
	s.http.body_max = 1024 * 1024;
	s.http.head_ms = number("SHEGONG_HEAD_MS");
	s.http.body_ms = number("SHEGONG_BODY_MS");
	s.http.idle_ms = number("SHEGONG_IDLE_MS");
	s.http.write_ms = number("SHEGONG_WRITE_MS");
	s.http.linger_ms = 1000;
	s.http.stop_ms = number("SHEGONG_STOP_MS");
	s.http.requests_max = number("SHEGONG_MAX_REQUESTS_PER_CONNECTION");
	s.http.connections_max =
		connections_fit(number("SHEGONG_MAX_CONNECTIONS"), services.n * s.http.n_loops);
	s.http.connections_per_address_max = number("SHEGONG_MAX_CONNECTIONS_PER_ADDRESS");
	status = serve(&s);
	schema_close((struct schema *)(uintptr_t)s.connect.schema);
	free(names);
	return status;
}
