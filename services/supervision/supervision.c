/* Supervision, put together from its files. */
#include "supervision.h"

static const struct aggregate *const aggregates[] = {
	&assignment, &station_cover, &supervision_plan, &session,    &field_visit, &stage_exchange,
	&monitoring, &finding,	     &evaluation_round, &evaluation, &result,	   &rectification,
	NULL,
};

const struct service supervision_service = {
	.name = "supervision",
	.rpcs = &supervision__supervision_service__descriptor,
	.event = &supervision__supervision_event__descriptor,
	.refusals = &supervision__refusal__descriptor,
	.sentences = supervision_refusals,
	.aggregates = aggregates,
	.reactions = supervision_reactions,
	.copies = supervision_copies,
};
