#include "gateway/cli/names.h"

#include <ctype.h>
#include <string.h>

enum { METHOD_NAME_MAX = 96, NEAR = 3 };

/* The name of method i; false where it is not one to be called. */
static bool name_of(const struct client *client, size_t i, char name[static METHOD_NAME_MAX])
{
	const struct schema_method *method = schema_method_at(client->schema, i);
	const char *of = method->full_name + strlen("shegong.");

	if (strncmp(method->full_name, "shegong.", 8) != 0 || method->server_streaming)
		return false;
	snprintf(name, METHOD_NAME_MAX, "%.*s.%s", (int)strcspn(of, "."), of, method->name);
	return true;
}

static void list_one(const char *name, const char *prefix)
{
	if (strncmp(name, prefix, strlen(prefix)) == 0)
		puts(name);
}

void names_list(const struct client *client, const char *prefix)
{
	for (size_t i = 0; i < schema_n_methods(client->schema); i++) {
		char name[METHOD_NAME_MAX], each[METHOD_NAME_MAX + 32];

		if (!name_of(client, i, name))
			continue;
		if (strncmp(name, "engine.", 7) != 0) {
			list_one(name, prefix);
			continue;
		}
		/* What every service answers goes by the service's name. */
		for (size_t s = 0; s < client->n; s++) {
			snprintf(each, sizeof(each), "%s.%s", client->names[s], name + 7);
			list_one(each, prefix);
		}
	}
}

/* How many letters must be changed, put in or left out; capitals do not count. */
static size_t distance(const char *a, const char *b)
{
	size_t row[METHOD_NAME_MAX + 1], n = strlen(b);

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t above_left = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			bool same = tolower((unsigned char)a[i - 1]) ==
				    tolower((unsigned char)b[j - 1]);
			size_t changed = above_left + !same;
			size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;

			above_left = row[j];
			row[j] = changed < least ? changed : least;
		}
	}
	return row[n];
}

void names_unknown(const struct client *client, const char *name)
{
	struct {
		char name[METHOD_NAME_MAX];
		size_t far;
	} near[NEAR] = { 0 };
	size_t n = 0;

	fprintf(stderr, "%s: %s\n", name,
		client_word("no such method; like personnel.OpenCall",
			    "没有该方法；形式如 personnel.OpenCall"));
	for (size_t i = 0; i < schema_n_methods(client->schema); i++) {
		char other[METHOD_NAME_MAX];
		size_t far, at;

		if (!name_of(client, i, other) || strncmp(other, "engine.", 7) == 0)
			continue;
		far = distance(name, strchr(name, '.') ? other : strchr(other, '.') + 1);
		if (far > 1 + strlen(name) / 5)
			continue;
		for (at = n < NEAR ? n++ : NEAR; at > 0 && near[at - 1].far > far; at--) {
			if (at < NEAR)
				near[at] = near[at - 1];
		}
		if (at < NEAR) {
			snprintf(near[at].name, METHOD_NAME_MAX, "%s", other);
			near[at].far = far;
		}
	}
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "  %s %s\n", client_word("perhaps", "或许是"), near[i].name);
}
