/* Funding, put together from its files. */
#include "funding.h"

static const struct aggregate *const aggregates[] = {
	&appropriation,
	&entitlement,
	&adjustment,
	&account,
	&standard,
	&exception,
	&training_claim,
	&disbursement,
	&expense,
	&reconciliation,
	&recovery,
	&ledger,
	&statement,
	&execution,
	&distribution,
	&budget_hold,
	&adjustment_proposal,
	NULL,
};

const struct service funding_service = {
	.name = "funding",
	.rpcs = &funding__funding_service__descriptor,
	.event = &funding__funding_event__descriptor,
	.refusals = &funding__refusal__descriptor,
	.sentences = funding_refusals,
	.aggregates = aggregates,
	.reactions = funding_reactions,
	.copies = funding_copies,
};
