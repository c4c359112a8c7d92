/* What funding keeps of other services' records, for the rules that read them. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "shegong/stations/v1/stations.pb-c.h"
#include "shegong/supervision/v1/supervision.pb-c.h"

/* Stations__ProgrammeYear: the rules of money. */
extern const struct table programme_years;

/* Supervision__EvaluationRound, Supervision__Evaluation: what a distribution cites. */
extern const struct table result_rounds, results;

/* The year's source of that word, or NULL. */
const Stations__FundSource *year_source(const Stations__ProgrammeYear *, const char *source);

/* True where the year's rules let the source bear that category of expense. */
bool source_bears(const Stations__FundSource *, const char *category);

/* True where the asker may know the figures of the whole year: he is the ministry's, or his area
 * covers that of the programme. */
bool covers_year(const struct turn *, const Stations__ProgrammeYear *);

/* What an agreement's coming into force leads to: its project is entitled to money, or the grant
 * is stopped with a reason. */
struct verdict grant_entitlement(struct turn *, const Stations__Agreement *);
