/* What supervision keeps of other services' records, for the rules that read them. */
#pragma once

#include "engine/service.h"

#include "shegong/personnel/v1/personnel.pb-c.h"
#include "shegong/reporting/v1/reporting.pb-c.h"
#include "shegong/stations/v1/stations.pb-c.h"

/* Stations__ProgrammeYear, Stations__Project, Stations__Posting: as they are in their events. */
extern const struct table programme_years, projects, postings;
/* Stations__Station, Stations__ChangeRequest, Stations__Entrustment. */
extern const struct table stations, changes, entrustments;
/* Personnel__SupervisorCareer, Reporting__QuarterlyReport. */
extern const struct table supervisors, quarterly_reports;
