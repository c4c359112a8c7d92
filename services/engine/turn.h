/* A turn: one command, one followed event or one query against the store.  With service.h this is
 * all that a rule of the programme knows of the machinery: what is recorded, the moment, who asks;
 * and two answers, accepted or refused.
 *
 * A turn sees the store as it was when the turn began.  What it accepts becomes true when the turn
 * ends, all of it or none.  Everything a turn returns lives until the turn ends; nobody frees. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <protobuf-c/protobuf-c.h>

#include "base/day.h"
#include "shegong/engine/v1/envelope.pb-c.h"

struct turn;
struct table;

struct verdict {
	int refusal; /* 0: accepted; else of the service's enum Refusal (the engine's are < 0) */
	const char *about; /* the identifier or field that the refusal is about */
};

/* --- What is recorded ------------------------------------------------------------------------ */

/* The record of that id, or NULL. */
const void *turn_find(struct turn *, const struct table *, const char *id);

/* Records by an index, in the order of the index and then of their ids.  like is a record of the
 * table's type in which the fields that the index names are filled in:
 *
 *     struct each each = turn_each(turn, &postings, "site_id,state",
 *                                  &(Stations__Posting){ .site_id = id, .state = ACTIVE });
 *     for (const Stations__Posting *p; (p = each_next(&each));)
 *
 * index is a row of the table's .indexes (without a "!"), or NULL for all records by id. */
struct each {
	struct turn *turn;
	const void *of, *index; /* the engine's */
	uint8_t key[512];
	size_t prefix_size, key_size;
	bool begun, ended;
};
struct each turn_each(struct turn *, const struct table *, const char *index, const void *like);
const void *each_next(struct each *);

/* The first record that turn_each would give, or NULL. */
const void *turn_by(struct turn *, const struct table *, const char *index, const void *like);

/* The number of records in a group, kept at each change: the cost does not grow with the records.
 * tally is a row of the table's .tallies. */
uint64_t turn_count(struct turn *, const struct table *, const char *tally, const void *like);

/* The sum over a group of the field that the tally names after its colon. */
int64_t turn_sum(struct turn *, const struct table *, const char *tally, const void *like);

/* The groups of a tally that there are, in the order of their keys: the first prefix_fields of the
 * tally's fields are taken from like, the rest vary.  How many prefectures have a site?
 *
 *     struct each each = turn_groups(turn, &sites, "programme_year_id,region_code[4]", &like, 1);
 *     for (struct group group; group_next(&each, &group);) */
struct group {
	const void *like; /* a record with the tally's fields filled in */
	uint64_t count;
	int64_t sum;
};
struct each turn_groups(struct turn *, const struct table *, const char *tally, const void *like,
			int prefix_fields);
bool group_next(struct each *, struct group *);

/* --- The moment, and who asks ---------------------------------------------------------------- */

/* When the turn was entered, microseconds UTC; the business date of that moment. */
int64_t turn_now_us(const struct turn *);
struct day turn_today(const struct turn *);
const char *turn_today_text(const struct turn *);

const Engine__Principal *turn_actor(const struct turn *);

/* True where the actor's area covers the region; a service's own reactions cover all. */
bool turn_covers(const struct turn *, const char *region_code);

/* True where the actor may act or read for that agency: it is his own, or his role is no agency's. */
bool turn_for_agency(const struct turn *, const char *agency_id);

/* Both: true where the actor may change what lies in that region and is that agency's.  He may see
 * more: also what is decided above his area. */
bool turn_may_act(const struct turn *, const char *region_code, const char *agency_id);

/* True where the actor may see the record, by what the table says of it: he is one of its readers,
 * it lies in his area or is decided above it, and it is his agency's; or it is about him. */
bool turn_sees(const struct turn *, const struct table *, const void *record);

/* For figures.  What is computed for somebody is computed from what lies where he may see it, and only
 * from that: a sum over a tally is his where its whole area is, and where it counts what agencies have,
 * he is of none (turn_for_agency of ""); else what is his is added up record by record. */

/* True where all of the region is in the actor's area; the ministry's is everywhere. */
bool turn_counts_area(const struct turn *, const char *region_code);

/* True where the record has a part in what he is told: it lies in his area or is decided above it, and
 * is his agency's or he is of none; or it is about him.  Which offices are told the figure is said by
 * the query's row, not by who reads such records one by one. */
bool turn_counts(const struct turn *, const struct table *, const void *record);

/* --- The answers ----------------------------------------------------------------------------- */

/* Accept, and say what happened: event is one of the messages that the service's event message
 * has in its oneof.  It is packed at once; the records that it carries are put when the turn ends,
 * with their field "revision", where they have one, counted up by the engine.
 * Several may be accepted in one turn; two of them must not carry the same record. */
struct verdict turn_accept(struct turn *, const ProtobufCMessage *event);

/* Nothing is to be done (a reaction), or the response is filled in (a query). */
struct verdict turn_done(void);

/* In a reaction: there is more to do than one turn has room for.  What this turn accepts is put, and
 * the reaction is run again on what is then recorded, until it does not ask any more. */
void turn_again(struct turn *);

struct verdict turn_refuse(int refusal, const char *about);

/* The engine's own refusals, for rules too.  A thing that one may not see does not exist for him. */
struct verdict turn_not_found(const char *id);
/* The record was changed by somebody else since the caller read it. */
struct verdict turn_stale(const char *id);
/* A field of the request has no valid value: about names the field. */
struct verdict turn_invalid(const char *field);

/* --- What is sealed --------------------------------------------------------------------------- */

/* Personal texts are stored sealed, under the key of a pseudonym (engine/seal.h): these are where a
 * rule gets one, seals and opens.  A command in which they are used, or that brings such texts, is
 * refused by the engine where the service has no master key (service.h).  Reactions use none: what
 * others tell us of is never personal. */

/* The pseudonym of whoever has that identifier, or NULL. */
const char *turn_pseudonym(struct turn *, const char *identifier);

/* A new pseudonym with a key of its own, to be found by the identifier, which may be empty.  It is
 * kept only where the turn is accepted, so ask for it when nothing is left to refuse. */
const char *turn_pseudonym_make(struct turn *, const char *identifier);

/* The text, sealed as that field's of that pseudonym; of an empty text nothing. */
ProtobufCBinaryData turn_seal(struct turn *, const char *pseudonym, const char *field,
			      const char *text);

/* What was sealed, open again; of nothing an empty text.  Where the key is not there, though nobody
 * destroyed it, the engine refuses the turn. */
const char *turn_unseal(struct turn *, const char *pseudonym, const char *field,
			ProtobufCBinaryData sealed);

/* With what this turn accepts, the key is destroyed, and its identifier leads nowhere. */
void turn_forget(struct turn *, const char *pseudonym);

/* The response of this command, sent once: it is stored nowhere.  The same command, sent again, gets
 * the records of its events alone. */
void turn_answer(struct turn *, const ProtobufCMessage *response);

/* --- Memory and text of the turn -------------------------------------------------------------- */

/* Zeroed memory until the turn ends; never NULL (a turn over its budget is ended by the engine). */
void *turn_take(struct turn *, size_t size);

/* Formatted text until the turn ends. */
__attribute__((format(printf, 2, 3))) const char *turn_text(struct turn *, const char *format, ...);

/* An identifier made of others, "pr-" + site + "-" + agency: the text itself; or where that is too
 * long, or is used for something else, its beginning and a number made of the whole. */
const char *turn_id(struct turn *, const char *readable, bool used);
