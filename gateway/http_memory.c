/* The memory that all connections hold together. */
#include "gateway/http_parts.h"

#define AGAIN_MS 20 /* until a connection asks again */

void memory_hold(struct conn *conn, size_t bytes)
{
	struct http_server *server = conn->loop->server;

	if (bytes > conn->held)
		atomic_fetch_add(&server->held, bytes - conn->held);
	else if (bytes < conn->held)
		atomic_fetch_sub(&server->held, conn->held - bytes);
	conn->held = bytes;
}

bool memory_ask(struct conn *conn, size_t bytes)
{
	struct loop *loop = conn->loop;
	struct http_server *server = loop->server;
	size_t had = conn->held;

	place_leave(&conn->hunger);
	memory_hold(conn, bytes);
	if (bytes <= had || atomic_load(&server->held) <= server->settings.memory_max)
		return true;
	memory_hold(conn, had);
	if (!loop->hungry)
		event_add(loop->room, &(struct timeval){ .tv_usec = AGAIN_MS * 1000 });
	conn->hunger.conn = conn;
	place_take(&loop->hungry, &conn->hunger);
	return false;
}

void memory_again(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;

	(void)fd;
	(void)what;
	place_move(&loop->turns, &loop->hungry);
	while (loop->turns) {
		struct conn *conn = loop->turns->conn;

		place_leave(loop->turns);
		conn_run(conn);
	}
}

void memory_shed(struct loop *loop)
{
	struct http_server *server = loop->server;

	while (atomic_load(&server->held) > server->settings.memory_max) {
		struct conn *worst = NULL;

		for (struct conn *conn = loop->conns; conn; conn = conn->next) {
			if (conn->wait == WAIT_WRITE && (!worst || conn->held > worst->held))
				worst = conn;
		}
		if (!worst)
			return;
		tally(&loop->shed);
		conn_free(worst);
	}
}
