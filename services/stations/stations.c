/* The service: the sum of its aggregates. */
#include "stations.h"

#include "follow.h"

static const struct aggregate *const aggregates[] = {
	&programme_year, &region,    &site,    &project,  &survey,
	&plan,		 &agreement, &posting, &unplaced, NULL,
};

bool may_act(const struct turn *turn, const char *region_code, const char *agency_id)
{
	return turn_covers(turn, region_code) && turn_for_agency(turn, agency_id);
}

const struct service stations_service = {
	.name = "stations",
	.rpcs = &stations__stations_service__descriptor,
	.event = &stations__stations_event__descriptor,
	.refusals = &stations__refusal__descriptor,
	.sentences = stations_sentences,
	.aggregates = aggregates,
	.reactions = stations_reactions,
	.copies = stations_copies,
};
