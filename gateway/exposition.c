#include "gateway/exposition.h"

#include <string.h>

/* What is known by one metric name: its comments, then its samples. */
struct family {
	struct family *next;
	char name[128];
	bool has_help, has_type;
	struct bytes head, samples;
};

struct exposition {
	struct family *first, **last;
	bool failed;
};

struct exposition *exposition_open(void)
{
	struct exposition *e = calloc(1, sizeof(*e));

	if (e)
		e->last = &e->first;
	return e;
}

void exposition_close(struct exposition *e)
{
	while (e->first) {
		struct family *family = e->first;

		e->first = family->next;
		bytes_free(&family->head);
		bytes_free(&family->samples);
		free(family);
	}
	free(e);
}

static struct family *family_named(struct exposition *e, const char *name, size_t len)
{
	struct family *family;

	if (len >= sizeof(family->name))
		len = sizeof(family->name) - 1;
	for (family = e->first; family; family = family->next) {
		if (strlen(family->name) == len && memcmp(family->name, name, len) == 0)
			return family;
	}
	family = calloc(1, sizeof(*family));
	if (!family) {
		e->failed = true;
		return NULL;
	}
	memcpy(family->name, name, len);
	*e->last = family;
	e->last = &family->next;
	return family;
}

/* A histogram's samples carry its name and a suffix. */
static bool belongs(const struct family *family, const char *name, size_t len)
{
	static const char *const suffixes[] = { "", "_bucket", "_sum", "_count" };
	size_t family_len = family ? strlen(family->name) : 0;

	if (!family || len < family_len || memcmp(name, family->name, family_len) != 0)
		return false;
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (len - family_len == strlen(suffixes[i]) &&
		    memcmp(name + family_len, suffixes[i], len - family_len) == 0)
			return true;
	}
	return false;
}

static struct family *comment_add(struct exposition *e, const char *line, size_t len)
{
	bool type = strncmp(line, "# TYPE ", 7) == 0;
	const char *name = line + 7;
	struct family *family;
	bool *has;

	if (len < 8 || (!type && strncmp(line, "# HELP ", 7) != 0))
		return NULL;
	family = family_named(e, name, strcspn(name, " \n"));
	if (!family)
		return NULL;
	has = type ? &family->has_type : &family->has_help;
	if (!*has && (!bytes_add(&family->head, line, len) || !bytes_add(&family->head, "\n", 1)))
		e->failed = true;
	*has = true;
	return family;
}

static void sample_add(struct exposition *e, struct family *family, const char *line, size_t len,
		       const char *service)
{
	struct bytes *to = &family->samples;
	size_t name_len = strcspn(line, "{ \n");
	const char *rest = line + name_len;
	bool labels = *rest == '{';
	bool label = service && !memmem(line, len, "{service=\"", 10) &&
		     !memmem(line, len, ",service=\"", 10);
	bool room = bytes_add(to, line, name_len);

	if (label) {
		if (labels)
			rest++;
		room = room && bytes_add_text(to, "{service=\"") && bytes_add_text(to, service) &&
		       bytes_add_text(to, !labels	 ? "\"}"
					  : *rest == '}' ? "\""
							 : "\",");
	}
	room = room && bytes_add(to, rest, len - (size_t)(rest - line)) && bytes_add(to, "\n", 1);
	if (!room)
		e->failed = true;
}

void exposition_add(struct exposition *e, const char *text, const char *service)
{
	struct family *family = NULL;

	while (*text) {
		size_t len = strcspn(text, "\n");

		if (*text == '#') {
			struct family *named = comment_add(e, text, len);

			family = named ? named : family;
		} else if (len > 0) {
			size_t name_len = strcspn(text, "{ \n");

			if (!belongs(family, text, name_len))
				family = family_named(e, text, name_len);
			if (family)
				sample_add(e, family, text, len, service);
		}
		text += len + (text[len] == '\n');
	}
}

bool exposition_write(const struct exposition *e, struct bytes *out)
{
	bool room = !e->failed;

	for (const struct family *f = e->first; room && f; f = f->next)
		room = bytes_add(out, f->head.data, f->head.len) &&
		       bytes_add(out, f->samples.data, f->samples.len);
	return room;
}
