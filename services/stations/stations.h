/* Stations and projects: what the files of this service know of each other. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "engine/service.h"
#include "shegong/stations/v1/stations.pb-c.h"

#define REFUSE(reason, about) turn_refuse(STATIONS__REFUSAL__REFUSAL_##reason, about)

/* Its records. */
extern const struct table programme_years, regions, sites, projects, surveys, plans, agreements,
	postings, unplaced_people;

/* Its aggregates, one file each. */
extern const struct aggregate programme_year, region, site, project, survey, plan, agreement,
	posting, unplaced;

/* What each refusal means, in two languages. */
extern const struct refusal stations_refusals[];

/* True once the project's agreement is in force: plan, budget and people stand. */
bool project_agreed(const Stations__Project *);

/* True where an agreement can have a party of that name. */
bool party_known(const char *name);

/* The agreement of the project that is drafted or being signed, or NULL. */
const Stations__Agreement *agreement_pending(struct turn *, const char *project_id);

/* The place that is kept for a person, awaits him or is filled by him, or NULL. */
const Stations__Posting *posting_open_of(struct turn *, const char *person_id);

/* How many places are taken at the site: kept, awaited or filled. */
int32_t postings_at_site(struct turn *, const char *site_id);

/* How many places are taken in the year. */
int32_t postings_in_year(struct turn *, const char *programme_year_id);

/* How many places are taken in the project. */
int32_t postings_of_project(struct turn *, const char *project_id);
