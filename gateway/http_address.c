/* The addresses that clients come from: how many connections each of them holds, and which are
 * proxies, that say for whom they ask. */
#include "gateway/http_parts.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

void address_leave(struct http_server *server, struct address *address)
{
	pthread_mutex_lock(&server->lock);
	if (--address->n == 0) {
		struct address **at = &server->addresses[address->ip.s6_addr[15] % N_BUCKETS];

		while (*at != address)
			at = &(*at)->next;
		*at = address->next;
		free(address);
	}
	pthread_mutex_unlock(&server->lock);
}

static bool proxies_have(const struct proxies *proxies, const struct in6_addr *ip)
{
	for (unsigned i = 0; i < proxies->n; i++) {
		unsigned bits = proxies->rows[i].bits;
		const uint8_t *a = ip->s6_addr, *b = proxies->rows[i].ip.s6_addr;

		if (memcmp(a, b, bits / 8) == 0 &&
		    (bits % 8 == 0 || (a[bits / 8] ^ b[bits / 8]) >> (8 - bits % 8) == 0))
			return true;
	}
	return false;
}

/* As ::ffff:1.2.3.4 where it is IPv4; then *bits is 96, else 0. */
static bool ip_read(const char *text, size_t len, struct in6_addr *ip, unsigned *bits)
{
	char copy[INET6_ADDRSTRLEN];

	if (len == 0 || len >= sizeof(copy))
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	*bits = 0;
	if (inet_pton(AF_INET6, copy, ip) == 1)
		return true;
	*ip = (struct in6_addr){ .s6_addr = { [10] = 0xff, [11] = 0xff } };
	*bits = 96;
	return inet_pton(AF_INET, copy, ip->s6_addr + 12) == 1;
}

static bool bits_read(const char *text, size_t len, unsigned max, unsigned *out)
{
	unsigned n = 0;

	if (len == 0 || len > 3)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		n = n * 10 + (unsigned)(text[i] - '0');
	}
	*out = n;
	return n <= max;
}

bool address_proxies(const char *text, struct proxies *out)
{
	*out = (struct proxies){ 0 };
	while (*text) {
		size_t len = strcspn(text, ","), ip_len = strcspn(text, ",/");
		unsigned before, bits;

		if (out->n == PROXIES_MAX || !ip_read(text, ip_len, &out->rows[out->n].ip, &before))
			return false;
		bits = 128 - before;
		if (ip_len < len &&
		    !bits_read(text + ip_len + 1, len - ip_len - 1, 128 - before, &bits))
			return false;
		out->rows[out->n++].bits = before + bits;
		text += len;
		if (*text == ',' && *++text == '\0')
			return false;
	}
	return true;
}

/* Each proxy adds the one it was asked by at the end: from there on back all are proxies of ours,
 * up to the first that is not.  What stands before that one is only what he says. */
struct in6_addr address_forwarded(const struct proxies *proxies, const struct address *from,
				  const struct http_head *head, const char *bytes)
{
	static const char name[] = "x-forwarded-for";
	struct in6_addr client = from->ip;

	for (unsigned i = head->n_fields; i-- > 0;) {
		const struct http_field *f = &head->fields[i];
		const char *value = bytes + f->value.at, *end = value + f->value.len;

		if (f->name.len != sizeof(name) - 1 ||
		    memcmp(bytes + f->name.at, name, sizeof(name) - 1) != 0)
			continue;
		while (end > value) {
			const char *comma = memrchr(value, ',', (size_t)(end - value));
			const char *word = comma ? comma + 1 : value, *stop = end;
			unsigned bits;
			struct in6_addr ip;

			while (word < stop && (*word == ' ' || *word == '\t'))
				word++;
			while (stop > word && (stop[-1] == ' ' || stop[-1] == '\t'))
				stop--;
			if (!ip_read(word, (size_t)(stop - word), &ip, &bits))
				return client;
			client = ip;
			if (!proxies_have(proxies, &ip))
				return client;
			end = comma ? comma : value;
		}
	}
	return client;
}

struct address *address_join(struct http_server *server, const struct sockaddr *from)
{
	struct in6_addr ip = { 0 };
	struct address **at, *found;

	if (from->sa_family == AF_INET) {
		ip.s6_addr[10] = ip.s6_addr[11] = 0xff;
		memcpy(ip.s6_addr + 12, &((const struct sockaddr_in *)from)->sin_addr, 4);
	} else if (from->sa_family == AF_INET6) {
		ip = ((const struct sockaddr_in6 *)from)->sin6_addr;
	}
	pthread_mutex_lock(&server->lock);
	at = &server->addresses[ip.s6_addr[15] % N_BUCKETS];
	for (found = *at; found && memcmp(&found->ip, &ip, sizeof(ip)) != 0; found = found->next)
		;
	if (!found && (found = calloc(1, sizeof(*found)))) {
		found->ip = ip;
		found->proxy = proxies_have(&server->proxies, &ip);
		found->next = *at;
		*at = found;
	}
	/* A proxy's connections are those of many. */
	if (found && !found->proxy && found->n >= server->settings.connections_per_address_max)
		found = NULL;
	if (found)
		found->n++;
	pthread_mutex_unlock(&server->lock);
	return found;
}
