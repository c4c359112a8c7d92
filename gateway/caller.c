#include "gateway/caller.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static bool same(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

bool caller_id_valid(const char *id, size_t len)
{
	if (len < 1 || len > 64)
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = id[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '.' || c == '_' || c == ':' || c == '-'))
			return false;
	}
	return true;
}

bool caller_id_make(char id[static 37])
{
	static const char hex[] = "0123456789abcdef";
	struct timespec now;
	uint8_t bytes[16];
	uint64_t ms;
	size_t at = 0;

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return false;
	clock_gettime(CLOCK_REALTIME, &now);
	ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	for (size_t i = 0; i < 6; i++)
		bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x70);
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			id[at++] = '-';
		id[at++] = hex[bytes[i] >> 4];
		id[at++] = hex[bytes[i] & 15];
	}
	id[at] = '\0';
	return true;
}

bool caller_number(const char *text, size_t len, size_t digits_max, uint64_t *out)
{
	uint64_t n = 0;

	if (len < 1 || len > digits_max)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		n = n * 10 + (uint64_t)(text[i] - '0');
	}
	*out = n;
	return true;
}

bool caller_item(struct http_text *rest, char separator, struct http_text *item)
{
	const char *stop, *end;

	if (!rest->data)
		return false;
	end = rest->data + rest->len;
	stop = memchr(rest->data, separator, rest->len);
	*item = (struct http_text){ rest->data, (size_t)((stop ? stop : end) - rest->data) };
	if (stop)
		*rest = (struct http_text){ stop + 1, (size_t)(end - stop - 1) };
	else
		rest->data = NULL;
	while (item->len && (item->data[0] == ' ' || item->data[0] == '\t')) {
		item->data++;
		item->len--;
	}
	while (item->len && (item->data[item->len - 1] == ' ' || item->data[item->len - 1] == '\t'))
		item->len--;
	return true;
}

bool caller_pair(struct http_text item, struct http_text *key, struct http_text *value)
{
	const char *equals = item.len ? memchr(item.data, '=', item.len) : NULL;

	if (!equals)
		return false;
	*key = (struct http_text){ item.data, (size_t)(equals - item.data) };
	*value = (struct http_text){ equals + 1, item.len - key->len - 1 };
	return true;
}

/* Keep text with a NUL in the head's room.  NULL: no room. */
static const char *keep(struct caller *caller, const char *text, size_t len)
{
	char *at = caller->strings + caller->strings_len;

	if (len >= sizeof(caller->strings) - caller->strings_len)
		return NULL;
	memcpy(at, text, len);
	at[len] = '\0';
	caller->strings_len += len + 1;
	return at;
}

void caller_init(struct caller *caller)
{
	engine__principal__init(&caller->principal);
	caller->n_after = caller->strings_len = 0;
}

static bool role_read(struct http_text value, Engine__Role *role)
{
	char name[32];
	const ProtobufCEnumValue *found;

	if (value.len > 20)
		return false;
	snprintf(name, sizeof(name), "ROLE_%.*s", (int)value.len, value.data);
	found = protobuf_c_enum_descriptor_get_value_by_name(&engine__role__descriptor, name);
	if (!found || found->value == ENGINE__ROLE__ROLE_UNSPECIFIED ||
	    found->value == ENGINE__ROLE__ROLE_SERVICE)
		return false;
	*role = (Engine__Role)found->value;
	return true;
}

static bool region_valid(struct http_text value)
{
	uint64_t n;

	return value.len == 0 || caller_number(value.data, value.len, 12, &n);
}

bool caller_principal(struct http_text list, struct caller *caller)
{
	Engine__Principal *p = &caller->principal;
	const struct {
		const char *key;
		const char **to;
	} ids[] = {
		{ "account", &p->account_id },
		{ "person", &p->person_id },
		{ "agency", &p->agency_id },
		{ "region", &p->region_code },
	};
	unsigned seen = 0;
	struct http_text item, key, value;

	while (caller_item(&list, ';', &item)) {
		bool known = false;

		if (item.len == 0 && !list.data)
			break;
		if (!caller_pair(item, &key, &value))
			return false;
		if (same(key, "role")) {
			if ((seen & 16) || !role_read(value, &p->role))
				return false;
			seen |= 16;
			continue;
		}
		for (unsigned i = 0; i < 4; i++) {
			if (!same(key, ids[i].key))
				continue;
			known = !(seen & 1u << i) &&
				(i == 3 ? region_valid(value)
					: (i == 2 && value.len == 0) ||
						  caller_id_valid(value.data, value.len));
			seen |= 1u << i;
			if (known && !(*ids[i].to = keep(caller, value.data, value.len)))
				return false;
		}
		if (!known)
			return false;
	}
	return (seen & 1) && (seen & 2) && (seen & 16);
}

bool caller_office(struct caller *caller, const char *account_id, const char *person_id,
		   Engine__Role role, const char *region_code, const char *agency_id)
{
	Engine__Principal *p = &caller->principal;

	p->role = role;
	p->account_id = keep(caller, account_id, strlen(account_id));
	p->person_id = keep(caller, person_id, strlen(person_id));
	p->region_code = keep(caller, region_code, strlen(region_code));
	p->agency_id = keep(caller, agency_id, strlen(agency_id));
	return p->account_id && p->person_id && p->region_code && p->agency_id;
}

bool caller_after(struct http_text list, struct caller *caller)
{
	struct http_text item, key, value;

	while (caller_item(&list, ',', &item)) {
		Engine__Position *p = &caller->after[caller->n_after];

		if (caller->n_after == CALLER_AFTER_MAX || !caller_pair(item, &key, &value) ||
		    !caller_id_valid(key.data, key.len))
			return false;
		engine__position__init(p);
		if (!caller_number(value.data, value.len, 19, &p->sequence) ||
		    !(p->source = keep(caller, key.data, key.len)))
			return false;
		caller->after_list[caller->n_after++] = p;
	}
	return true;
}

/* Lower case, and not all zeros unless it is one byte. */
static bool hex(const char *text, size_t len)
{
	bool nonzero = false;

	for (size_t i = 0; i < len; i++) {
		if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f')))
			return false;
		nonzero = nonzero || text[i] != '0';
	}
	return nonzero || len == 2;
}

bool caller_traceparent(struct http_text t)
{
	return t.len == 55 && memcmp(t.data, "00-", 3) == 0 && hex(t.data + 3, 32) &&
	       t.data[35] == '-' && hex(t.data + 36, 16) && t.data[52] == '-' &&
	       hex(t.data + 53, 2);
}
