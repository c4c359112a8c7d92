/* Subscribers of a stream of Server-Sent Events: stream_load PORT TARGET COUNT EVENTS [HEADER]
 *
 * Opens so many connections from one thread and says "ready" when all of them are answered.  Then it
 * counts CloudEvents until each has been sent so many, or nothing has come for five seconds, and
 * prints "DELIVERIES SECONDS P50_US P99_US": the seconds from the first delivery to the last, and how
 * long it was from the time that the event bears until it came. */
#include <inttypes.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MARK		"\"specversion\""
#define TIME		"\"time\":\""
#define CARRY_MAX	512 /* of an event's beginning that is read again with what follows */
#define READ_MAX	(256 * 1024)
#define IDLE_MS		5000
#define TOOK_MAX	2000000
#define CONNECT_AT_ONCE 64

struct subscriber {
	int fd;
	bool answered;
	uint64_t events;
	size_t carried;
	char carry[CARRY_MAX];
};

static struct subscriber *subscribers;
static uint64_t count, wanted, answered, full, deliveries, n_took;
static uint32_t *took_us;
static int64_t first_us, last_us;
static char buffer[CARRY_MAX + READ_MAX + 1];

static int64_t now_us(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static _Noreturn void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void note_time(const char *text)
{
	const char *at = strstr(text, TIME);
	struct tm utc = { 0 };
	int us = 0;

	if (!at || n_took == TOOK_MAX ||
	    sscanf(at + sizeof(TIME) - 1, "%d-%d-%dT%d:%d:%d.%6dZ", &utc.tm_year, &utc.tm_mon,
		   &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &us) != 7)
		return;
	utc.tm_year -= 1900;
	utc.tm_mon -= 1;
	took_us[n_took++] =
		(uint32_t)(now_us(CLOCK_REALTIME) - (timegm(&utc) * INT64_C(1000000) + us));
}

/* Counts the marks; what may be the beginning of one is kept for the next time. */
static void look(struct subscriber *subscriber, char *data, size_t len, bool timed)
{
	char *at = data, *end = data + len, *found;
	size_t kept;

	*end = '\0';
	while ((found = memmem(at, (size_t)(end - at), MARK, sizeof(MARK) - 1))) {
		/* Its time stands a little further on. */
		if (timed && (size_t)(end - found) < CARRY_MAX && !strstr(found, TIME)) {
			at = found;
			break;
		}
		if (timed)
			note_time(found);
		subscriber->events++;
		deliveries++;
		last_us = now_us(CLOCK_MONOTONIC);
		if (!first_us)
			first_us = last_us;
		if (subscriber->events == wanted)
			full++;
		at = found + sizeof(MARK) - 1;
	}
	if (found) {
		kept = (size_t)(end - found);
	} else {
		kept = (size_t)(end - at) < sizeof(MARK) - 2 ? (size_t)(end - at)
							     : sizeof(MARK) - 2;
	}
	memcpy(subscriber->carry, end - kept, kept);
	subscriber->carried = kept;
}

static void take(struct subscriber *subscriber, bool timed)
{
	size_t carried = subscriber->carried;
	ssize_t n;

	memcpy(buffer, subscriber->carry, carried);
	n = recv(subscriber->fd, buffer + carried, READ_MAX, MSG_DONTWAIT);
	if (n == 0) {
		fprintf(stderr, "a stream has ended\n");
		exit(1);
	}
	if (n < 0)
		return;
	if (!subscriber->answered) {
		subscriber->answered = true;
		answered++;
		if (strncmp(buffer, "HTTP/1.1 200", 12) != 0) {
			fprintf(stderr, "%.*s\n", (int)n, buffer);
			exit(1);
		}
	}
	look(subscriber, buffer, carried + (size_t)n, timed);
}

static void subscribe(int epoll, uint64_t i, unsigned short port, const char *request)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
				  .sin_port = htons(port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct epoll_event event = { .events = EPOLLIN, .data.u64 = i };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0 ||
	    send(fd, request, strlen(request), 0) < 0 ||
	    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
		fail("a subscriber");
	subscribers[i].fd = fd;
}

static bool wait_and_take(int epoll, int wait_ms, bool timed)
{
	struct epoll_event events[256];
	int n = epoll_wait(epoll, events, 256, wait_ms);

	for (int i = 0; i < n; i++)
		take(&subscribers[events[i].data.u64], timed);
	return n > 0;
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	struct rlimit limit;
	char request[1024];
	int epoll = epoll_create1(0);

	if (argc < 5) {
		fprintf(stderr, "stream_load PORT TARGET COUNT EVENTS [HEADER]\n");
		return 2;
	}
	count = strtoull(argv[3], NULL, 10);
	wanted = strtoull(argv[4], NULL, 10);
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	subscribers = calloc(count, sizeof(*subscribers));
	took_us = calloc(TOOK_MAX, sizeof(*took_us));
	if (epoll < 0 || !subscribers || !took_us)
		fail("memory");
	snprintf(request, sizeof(request),
		 "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n%s%s\r\n",
		 argv[2], argc > 5 ? argv[5] : "", argc > 5 ? "\r\n" : "");
	for (uint64_t i = 0; i < count; i++) {
		subscribe(epoll, i, (unsigned short)atoi(argv[1]), request);
		while (i + 1 - answered > CONNECT_AT_ONCE)
			wait_and_take(epoll, 100, false);
	}
	while (answered < count)
		wait_and_take(epoll, 100, false);
	puts("ready");
	fflush(stdout);
	while (full < count && (wait_and_take(epoll, IDLE_MS, true) || !first_us))
		;
	qsort(took_us, n_took, sizeof(*took_us), by_size);
	printf("%" PRIu64 " %.3f %u %u\n", deliveries, (double)(last_us - first_us) / 1e6,
	       took_us[n_took / 2], took_us[n_took * 99 / 100]);
	return 0;
}
