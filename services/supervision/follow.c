/* Supervision follows stations: it keeps the years' rules, the projects and who is in post.  It
 * reacts to none of their events; a round is opened by somebody who decides that it is time. */
#include "follow.h"

#include "supervision.h"

static const struct source stations = { "stations", &stations__stations_event__descriptor };

const struct table programme_years = {
	.name = "copied_programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
};

const struct table projects = {
	.name = "copied_projects",
	.record = &stations__project__descriptor,
	.id = "project_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id" },
	.tallies = { "programme_year_id" },
};

const struct table postings = {
	.name = "copied_postings",
	.record = &stations__posting__descriptor,
	.id = "posting_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "agency_id,person_id" },
	.tallies = { "project_id,state" },
};

const struct copy supervision_copies[] = {
	{ &stations, &programme_years },
	{ &stations, &projects },
	{ &stations, &postings },
	{ 0 },
};
