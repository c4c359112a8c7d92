/* A shelf: a table made ready for use.  The names of its row are resolved to the fields of its
 * descriptor once, and its keys are composed by them.
 *
 * Keys compare as their fields do: a text is its bytes and a 0; a number is big-endian with the
 * sign bit turned; a text cut to its first n characters is those and a 0.
 *
 *     index "site_id,state"   s i t e - 1 0 | 80 00 00 03 | p o - 7     value: none
 *     unique index            fields only                               value: the record's id
 *     tally                   fields only                               value: count, sum */
#pragma once

#include <lmdb.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/field.h"
#include "engine/service.h"

enum { KEY_MAX = 511, KEY_FIELDS_MAX = 6, INDEXES_MAX = 12, TALLIES_MAX = 16 };

struct key {
	size_t size;
	uint8_t bytes[KEY_MAX + 1];
};

struct key_field {
	const ProtobufCFieldDescriptor *field;
	size_t first_n; /* 0: all of it */
};

/* What a string such as "site_id,state:amount_fen" means. */
struct key_spec {
	const char *text;
	size_t text_size; /* without the "!" */
	int n_fields;
	struct key_field fields[KEY_FIELDS_MAX];
	bool unique;
	const ProtobufCFieldDescriptor *sum;
	MDB_dbi dbi;
};

struct shelf {
	const struct table *table;
	bool copied; /* another service's records */
	MDB_dbi dbi;
	const ProtobufCFieldDescriptor *id, *region, *agency, *person, *published, *revision;
	int n_indexes, n_tallies;
	struct key_spec indexes[INDEXES_MAX], tallies[TALLIES_MAX];
};

/* Resolves a table's row.  False: why says which name is wrong. */
bool shelf_prepare(struct shelf *, const struct table *, bool copied, char why[static 160]);

/* The spec of that text among n; asserts that there is one: a rule names only what its table has. */
const struct key_spec *shelf_spec(const struct key_spec *specs, int n, const char *text);

/* Composes the first n_fields fields of a record into *key. */
void shelf_key(const struct key_spec *, int n_fields, const void *record, struct key *key);
void key_add(struct key *, const void *bytes, size_t size);

/* Where the fields of a stored key end: an index's id begins there.  0: the key is damaged. */
size_t shelf_fields_end(const struct key_spec *, const void *key, size_t size);

/* Writes a stored key's fields into a record; texts are taken from the arena. */
bool shelf_unkey(const struct key_spec *, const void *key, size_t size, void *record,
		 ProtobufCAllocator *);

/* What a table says of one of its records: who may see it. */
void shelf_scope(const struct shelf *, const void *record, Engine__Scope *);
