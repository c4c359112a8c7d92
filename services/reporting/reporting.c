/* Reporting, put together from its files. */
#include "reporting.h"

static const struct aggregate *const aggregates[] = {
	&obligation,	&alert,		&quarterly_report, &served_county, &project_result,
	&work_record,	&person_month,	&service_month,	   &publicity,	   &briefing,
	&good_practice, &area_overview, &overview,	   NULL,
};

const struct service reporting_service = {
	.name = "reporting",
	.rpcs = &reporting__reporting_service__descriptor,
	.event = &reporting__reporting_event__descriptor,
	.refusals = &reporting__refusal__descriptor,
	.sentences = reporting_refusals,
	.aggregates = aggregates,
	.reactions = reporting_reactions,
	.copies = reporting_copies,
};
