#include "personnel/personnel.h"

#include "personnel/follow.h"

static const struct aggregate *const aggregates[] = {
	&agency,      &person,	     &call,
	&application, &applicant,    &selection,
	&person_hold, &trainee,	     &training_class,
	&supervisor,  &registration, &attendance,
	&assessment,  &commendation, &ineligibility,
	&employment,  &account,	     &token,
	&key,	      &personal,     NULL,
};

const struct service personnel_service = {
	.name = "personnel",
	.rpcs = &personnel__personnel_service__descriptor,
	.event = &personnel__personnel_event__descriptor,
	.refusals = &personnel__refusal__descriptor,
	.sentences = personnel_refusals,
	.aggregates = aggregates,
	.reactions = personnel_reactions,
	.copies = personnel_copies,
};
