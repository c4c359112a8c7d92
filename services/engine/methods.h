/* The methods of a service: its rows, found by name and checked against the descriptors. */
#pragma once

#include "engine/engine.h"

/* One method made ready. */
struct method {
	enum method_kind kind;
	const char *name;
	const ProtobufCMessageDescriptor *input, *output;
	const struct command *command; /* NULL: the engine's own, or a query */
	const struct query *query;
	unsigned callers;     /* roles as bits */
	bool engines;	      /* of engine.v1.EngineService */
	bool may_be_personal; /* its requests can carry personal texts */
	unsigned number;
};

enum { METHODS_MAX = 160 };

struct methods {
	const struct service *service;
	char prefix[128]; /* "shegong.personnel.v1.PersonnelService/" */
	size_t prefix_size;
	unsigned n, n_own;
	struct method rows[METHODS_MAX];
};

void methods_prepare(struct methods *, const struct service *);
const struct method *methods_find(const struct methods *, const char *full_name);

/* True where any of its methods takes personal texts: then it has keys to keep. */
bool service_seals(const struct service *);

/* Accepted; or CALLER_UNKNOWN where nobody is named, CALLER_NOT_ALLOWED where the office may not. */
struct verdict method_admits(const struct method *, const Engine__Principal *);
