/* What personnel keeps of others: of stations the programme's years with their rules, the sites, the
 * projects, the stations, who is posted where and what the project offices are entrusted with; of
 * supervision the results of evaluations. */
#pragma once

#include "engine/service.h"

#include "shegong/stations/v1/stations.pb-c.h"
#include "shegong/supervision/v1/supervision.pb-c.h"

extern const struct table programme_years, sites, projects, stations, postings;

/* True where an entrustment of the year's project office is in force today. */
bool office_is_entrusted(struct turn *, const char *programme_year_id);

/* True where the person was in post on that date, as far as is known. */
bool posting_holds_on(const Stations__Posting *, const char *date);

/* True where the person is in post or is to be, as far as is known. */
bool posting_not_over(struct turn *, const char *person_id);

/* True where the person is or was in post in the project. */
bool posting_in_project(struct turn *, const char *project_id, const char *person_id);

/* The evaluation, where it has its final result, or NULL. */
const Supervision__Evaluation *evaluation_final(struct turn *, const char *evaluation_id);

extern const struct copy personnel_copies[];
extern const struct reaction personnel_reactions[];

/* A change was handed in: what it needs of people is held, or refused with a reason. */
struct verdict hold_for_change(struct turn *, const Stations__ChangeRequest *);

/* A change came to nothing: who was held for it is free again. */
struct verdict release_for_change(struct turn *, const Stations__ChangeRequest *);

/* A change was approved: who was held for it comes. */
struct verdict confirm_for_change(struct turn *, const Stations__ChangeRequest *);
