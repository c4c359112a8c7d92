/* What personnel keeps of stations: the programme's years with their rules, and the sites. */
#pragma once

#include "engine/service.h"

#include "shegong/stations/v1/stations.pb-c.h"

extern const struct table programme_years, sites;

extern const struct copy personnel_copies[];
