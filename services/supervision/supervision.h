/* Supervision: what its files share. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "shegong/supervision/v1/supervision.pb-c.h"

/* The answer "no": reason is a word of the enum Refusal, about what it concerns. */
#define REFUSE(reason, about) turn_refuse(SUPERVISION__REFUSAL__REFUSAL_##reason, about)

/* Our own records. */
extern const struct table visits, rounds, evaluations, scores;

/* The things that we keep. */
extern const struct aggregate field_visit, evaluation_round, evaluation;

/* A sentence for each refusal. */
extern const struct refusal supervision_refusals[];

/* What we keep of stations. */
extern const struct copy supervision_copies[];
