/* The service: the sum of its aggregates. */
#include "stations.h"

#include "follow.h"

static const struct aggregate *const aggregates[] = {
	&programme_year, &region,    &site,    &project,  &survey,
	&plan,		 &agreement, &posting, &unplaced, NULL,
};

const struct service stations_service = {
	.name = "stations",
	.rpcs = &stations__stations_service__descriptor,
	.event = &stations__stations_event__descriptor,
	.refusals = &stations__refusal__descriptor,
	.sentences = stations_refusals,
	.aggregates = aggregates,
	.reactions = stations_reactions,
	.copies = stations_copies,
};
