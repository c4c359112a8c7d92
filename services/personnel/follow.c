#include "personnel/follow.h"

static const struct source stations = { "stations", &stations__stations_event__descriptor };

const struct table programme_years = {
	.name = "stations.programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
};

const struct table sites = {
	.name = "stations.sites",
	.record = &stations__site__descriptor,
	.id = "site_id",
	.region = "region_code",
	.indexes = { "programme_year_id" },
	.tallies = { "programme_year_id" },
};

const struct copy personnel_copies[] = {
	{ &stations, &programme_years },
	{ &stations, &sites },
	{ 0 },
};
