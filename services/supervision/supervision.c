/* Supervision, put together from its files. */
#include "supervision.h"

static const struct aggregate *const aggregates[] = {
	&field_visit,
	&evaluation_round,
	&evaluation,
	NULL,
};

const struct service supervision_service = {
	.name = "supervision",
	.rpcs = &supervision__supervision_service__descriptor,
	.event = &supervision__supervision_event__descriptor,
	.refusals = &supervision__refusal__descriptor,
	.sentences = supervision_refusals,
	.aggregates = aggregates,
	.copies = supervision_copies,
};
