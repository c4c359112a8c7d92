/* What funding keeps of other services' records, for the rules that read them. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "shegong/personnel/v1/personnel.pb-c.h"
#include "shegong/stations/v1/stations.pb-c.h"
#include "shegong/supervision/v1/supervision.pb-c.h"

/* Stations__ProgrammeYear: the rules of money. */
extern const struct table programme_years;

/* Stations__Agreement: what a stopped grant was to be granted for. */
extern const struct table agreements;

/* Supervision__EvaluationRound, Supervision__Evaluation: what a distribution cites. */
extern const struct table result_rounds, results;

/* Personnel__TrainingClass, Personnel__TraineeDays: the closed rolls that training is claimed by. */
extern const struct table training_classes, trainee_days;

/* The days of a class, by project. */
#define ROLL_DAYS "class_id,project_id:days"

/* True where the class's roll is closed: who attended never changes again. */
bool roll_closed(struct turn *, const char *class_id);

/* The days that the project's trainees attended together, by the closed roll of the class. */
int64_t days_attended(struct turn *, const char *class_id, const char *project_id);

/* The year's source of that word, or NULL. */
const Stations__FundSource *year_source(const Stations__ProgrammeYear *, const char *source);

/* True where the year's rules let the source bear that category of expense. */
bool source_bears(const Stations__FundSource *, const char *category);

/* True where the category is what running an office costs, and the source does not bear it. */
bool administration_not_borne(const Stations__FundSource *source, const char *category);

/* True where the asker may know the figures of the whole year: he is the ministry's, or his area
 * covers that of the programme. */
bool covers_year(const struct turn *, const Stations__ProgrammeYear *);

/* What an agreement's coming into force leads to: its project is entitled to money, or the grant
 * is stopped with a reason. */
struct verdict grant_entitlement(struct turn *, const Stations__Agreement *);

/* A change was handed in: the lines that it alters are held, or refused with a reason. */
struct verdict hold_for_change(struct turn *, const Stations__ChangeRequest *);

/* A change came to nothing: the lines that were held for it are free again. */
struct verdict release_for_change(struct turn *, const Stations__ChangeRequest *);

/* A change was approved: the budget is as it says, or an adjustment is proposed. */
struct verdict confirm_for_change(struct turn *, const Stations__BaselineAmended *);

/* So many people are agreed by an approved change: what would that make of the entitlement? */
struct verdict propose_adjustment(struct turn *, const Stations__ChangeRequest *,
				  int32_t agreed_people);
