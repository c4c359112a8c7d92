/* What supervision keeps of another service's records, for the rules that read them. */
#pragma once

#include "engine/service.h"

#include "shegong/stations/v1/stations.pb-c.h"

/* Stations__ProgrammeYear, Stations__Project, Stations__Posting: as they are in their events. */
extern const struct table programme_years, projects, postings;
