/* What a service is: tables, which the one main() runs.  All of it is checked against the
 * descriptors of its .proto at start and in every test run. */
#pragma once

#include <stdint.h>

#include <protobuf-c/protobuf-c.h>

#include "engine/turn.h"
#include "shegong/engine/v1/journal.pb-c.h"

/* One kind of record.  Fields are written as in the .proto, several joined by commas; name[n] is
 * the first n characters of a text field. */
struct table {
	const char *name; /* of the stored table: never changed */
	const ProtobufCMessageDescriptor *record;
	const char *id;	    /* the field that identifies a record */
	const char *region; /* the field that says in whose area it is; NULL: everybody's */
	const char *agency; /* the field that says which agency's it is; NULL: none */
	const char *person; /* the field that says whom it is about, who sees it; NULL: nobody */
	unsigned readers;   /* the offices that may see it, as bits of enum caller; 0: any */
	/* The field that, once it is filled in, opens the record to any office; NULL: none does. */
	const char *published;
	/* Look-ups: "agency_id", "site_id,state", "region_code[4]"; "identity_hash!" is unique. */
	const char *indexes[12];
	/* Counts, and sums of the field after the colon: "site_id,state", "account_id:amount_fen". */
	const char *tallies[16];
};

/* Who may send a command or read a table: the roles of engine.v1.Role as bits. */
enum caller {
	BY_MINISTRY = 1 << ENGINE__ROLE__ROLE_MINISTRY,
	BY_PROVINCE = 1 << ENGINE__ROLE__ROLE_PROVINCE,
	BY_PROJECT_OFFICE = 1 << ENGINE__ROLE__ROLE_PROJECT_OFFICE,
	BY_REGIONAL_CENTRE = 1 << ENGINE__ROLE__ROLE_REGIONAL_CENTRE,
	BY_PREFECTURE = 1 << ENGINE__ROLE__ROLE_PREFECTURE,
	BY_COUNTY = 1 << ENGINE__ROLE__ROLE_COUNTY,
	BY_TOWN = 1 << ENGINE__ROLE__ROLE_TOWN,
	BY_AGENCY = 1 << ENGINE__ROLE__ROLE_AGENCY,
	BY_WORKER = 1 << ENGINE__ROLE__ROLE_WORKER,
	BY_SUPERVISOR = 1 << ENGINE__ROLE__ROLE_SUPERVISOR,
	BY_EVALUATOR = 1 << ENGINE__ROLE__ROLE_EVALUATOR,
	BY_AUDITOR = 1 << ENGINE__ROLE__ROLE_AUDITOR,
	BY_DASHBOARD = 1 << ENGINE__ROLE__ROLE_DASHBOARD,
	BY_SERVICE = 1 << ENGINE__ROLE__ROLE_SERVICE,
	BY_ADMINISTRATOR = 1 << ENGINE__ROLE__ROLE_ADMINISTRATOR,
	/* Any office of the programmes; a service acts through its reactions, an administrator has
	 * no business. */
	BY_ANYONE = BY_SERVICE - 2,
	/* Those whose area is a province at least. */
	BY_WHOLE_PROVINCE = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_AUDITOR,
	/* The departments down to the town, the offices that act for them, and the auditor. */
	BY_AUTHORITIES =
		BY_WHOLE_PROVINCE | BY_REGIONAL_CENTRE | BY_PREFECTURE | BY_COUNTY | BY_TOWN,
};

/* Beside a table's readers: not for those whose area lies within the record's region.  Without it, who
 * reads a table also sees what is decided above his area. */
enum { NOT_FROM_BELOW = 1 };

/* A command: the rpc of that name, its rule, who may send it, and the fields it cannot do without
 * ("call_id agency_id"), asked for before the rule runs.  Before the rule the engine has also
 * checked the form of every field by its name:
 *   *_id            an identifier, or empty
 *   region_code     2, 4, 6, 9 or 12 digits, or empty; *_code alike
 *   *_on            the date of a fact: a civil date not after today, or empty
 *   *_by *_from *_until   a planned date: a civil date, or empty
 *   *_fen           0 to 10^14
 *   *identity_number *phone_number *account_number   personal: base/personal.h
 *   enums           a value that the .proto names
 *   texts           UTF-8, at most 4000 bytes; lists: at most 2000 elements
 * A request with a personal text in it needs the master key, and so does a command that opens what
 * is sealed, or destroys a key: its row says unseals. */
struct command {
	const char *rpc;
	struct verdict (*decide)(struct turn *, const void *command);
	unsigned callers;
	const char *needs;
	bool unseals;
};

/* A query.  GET: the request has the table's id field, the response one field of its record type.
 * LIST: the request's fields named as fields of the record filter (region_code by prefix; empty or
 * zero: no filter), page_size (100, at most 1000) and page_token page; the response has one
 * repeated field of the record type and next_page_token.  Else answer fills in the response.
 * callers 0: any office; of a GET or LIST those who may see any record of the table. */
struct query {
	const char *rpc;
	const struct table *get, *list;
	struct verdict (*answer)(struct turn *, const void *request, ProtobufCMessage *response);
	unsigned callers;
};
#define GET(table)  .get = &(table)
#define LIST(table) .list = &(table)

/* One thing that a service keeps: the only name that its file exports. */
struct aggregate {
	const struct table *const *tables; /* ends with NULL; may be NULL */
	const struct command *commands;	   /* ends with { 0 }; may be NULL */
	const struct query *queries;	   /* ends with { 0 }; may be NULL */
};

/* A followed service, and what its journal holds. */
struct source {
	const char *name;
	const ProtobufCMessageDescriptor *event;
};

/* The business dates, one event "DayBegan" each (Engine__DayBegan), in order, none left out. */
extern const struct source CLOCK;

/* What a followed event leads to.  event is the name of the message: "AgreementInForce". */
struct reaction {
	const struct source *source;
	const char *event;
	struct verdict (*react)(struct turn *, const Engine__Event *event, const void *body);
};

/* Records of a followed service, kept as they are in its events, with our own indexes and tallies.
 * They are put before the reactions to the same event run. */
struct copy {
	const struct source *source;
	const struct table *table;
};

/* A refusal in words.  "{about}" in a sentence is replaced by what it is about. */
struct refusal {
	int refusal;
	Engine__Code code;
	const char *
		rule; /* of services/RULES.md: "B1"; NULL where no rule of the programme is meant */
	const char *en, *zh;
};

struct service {
	const char *name;
	const ProtobufCServiceDescriptor *rpcs;	   /* the truth that the rows are checked against */
	const ProtobufCMessageDescriptor *event;   /* one oneof, "event" */
	const ProtobufCEnumDescriptor *refusals;   /* enum Refusal */
	const struct refusal *sentences;	   /* a row for each; ends with { 0 } */
	const struct aggregate *const *aggregates; /* ends with NULL */
	const struct reaction *reactions;	   /* ends with { 0 }; may be NULL */
	const struct copy *copies;		   /* ends with { 0 }; may be NULL */
};

/* Each service's folder exports exactly one: personnel_service, stations_service, ... */
#pragma GCC visibility push(default)
extern const struct service personnel_service, stations_service, funding_service;
extern const struct service supervision_service, reporting_service;
#pragma GCC visibility pop
