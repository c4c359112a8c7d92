/* shegong health: whether one program does its work, for those who watch over it and start it again.
 * It says nothing of the others: a gateway is well though a service behind it is not. */
#include "gateway/cli/health.h"

#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/cli/standing.h"

enum { WAIT_MS = 3000 };

/* A line to the gateway where it listens; -1: nobody is there. */
static int gateway_reach(void)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST };
	const struct timeval wait = { WAIT_MS / 1000, 0 };
	char host[128];
	struct addrinfo *found;
	char *port;
	int fd = -1;

	snprintf(host, sizeof(host), "%s", config_text("SHEGONG_LISTEN"));
	port = strrchr(host, ':');
	if (!port)
		return -1;
	*port++ = '\0';
	/* Every address is also this machine's own. */
	if (getaddrinfo(strcmp(host, "0.0.0.0") == 0 ? "127.0.0.1" : host, port, &hints, &found))
		return -1;
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
		setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
		if (connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
			close(fd);
			fd = -1;
		}
	}
	freeaddrinfo(found);
	return fd;
}

/* Its loops turn where it answers at all: with TLS, that this is none (an alert begins with 0x15). */
bool health_gateway(void)
{
	static const char request[] = "GET /healthz HTTP/1.1\r\nHost: health\r\n"
				      "Connection: close\r\n\r\n";
	char reply[16] = "";
	int fd = gateway_reach();
	ssize_t n;

	if (fd < 0)
		return false;
	n = send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL);
	if (n > 0)
		n = recv(fd, reply, sizeof(reply) - 1, MSG_WAITALL);
	close(fd);
	return n > 0 && (memcmp(reply, "HTTP/1.1 200", 12) == 0 || reply[0] == 0x15);
}

/* Ready, and following whom it follows.  What is wrong is said. */
static bool status_well(const Engine__StatusResponse *status)
{
	bool well = status->ready;

	if (*status->not_ready_because)
		printf("%s\n", status->not_ready_because);
	for (size_t i = 0; i < status->n_followed; i++) {
		if (*status->followed[i]->stopped)
			printf("%s\n", status->followed[i]->stopped);
		well = well && !*status->followed[i]->stopped;
	}
	return well;
}

static int service_health(struct client *client, size_t service)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__StatusResponse *status = NULL;
	Engine__Reply *reply;
	bool well;

	request.method = client_common(client, "Status")->full_name;
	request.principal = standing_asker();
	request.deadline_ms = WAIT_MS;
	reply = client_ask(client, service, &request);
	if (reply->code)
		client_say(client->names[service], reply);
	else
		status = engine__status_response__unpack(NULL, reply->body.len, reply->body.data);
	engine__reply__free_unpacked(reply, NULL);
	if (!status)
		return CLI_UNAVAILABLE;
	well = status_well(status);
	engine__status_response__free_unpacked(status, NULL);
	return well ? CLI_DONE : CLI_REFUSED;
}

int cli_health(int argc, char **argv)
{
	struct client client;
	int status = CLI_USAGE;

	if (argc == 2 && strcmp(argv[1], "gateway") == 0)
		return health_gateway() ? CLI_DONE : CLI_UNAVAILABLE;
	if (argc != 2) {
		fputs("shegong health gateway|SERVICE\n", stderr);
		return CLI_USAGE;
	}
	if (client_open(&client)) {
		for (size_t i = 0; i < client.n; i++) {
			if (strcmp(client.names[i], argv[1]) == 0)
				status = service_health(&client, i);
		}
	}
	client_close(&client);
	return status;
}
