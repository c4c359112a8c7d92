/* The service: the sum of its aggregates. */
#include "stations.h"

#include "follow.h"

static const struct aggregate *const aggregates[] = {
	&project_office, &entrustment,	 &regional_centre, &station,	&staffing, &post,
	&support_tree,	 &unplaced_hire, &programme_year,  &region,	&site,	   &project,
	&survey,	 &plan,		 &agreement,	   &posting,	&unplaced, &coordination,
	&reception,	 &team,		 &suspension,	   &notice,	&citation, &building_help,
	&baseline,	 &change,	 &change_review,   &regulation, &support,  NULL,
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
