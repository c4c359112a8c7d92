/* Supervision: what its files share. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "shegong/supervision/v1/supervision.pb-c.h"

/* The answer "no": reason is a word of the enum Refusal, about what it concerns. */
#define REFUSE(reason, about) turn_refuse(SUPERVISION__REFUSAL__REFUSAL_##reason, about)

/* Our own records: supervision, oversight, evaluation. */
extern const struct table assignments, covers, plans, sessions;
extern const struct table visits, exchanges, exchange_parts, monitoring_entries, findings;
extern const struct table rounds, evaluations, scores, results, rectifications;

/* The things that we keep. */
extern const struct aggregate assignment, station_cover, supervision_plan, session;
extern const struct aggregate field_visit, stage_exchange, monitoring, finding;
extern const struct aggregate evaluation_round, evaluation, result, rectification;

/* Who looks after projects where they work. */
enum { BY_OVERSEERS = BY_PROVINCE | BY_PROJECT_OFFICE | BY_PREFECTURE | BY_COUNTY };

/* What a query of figures asks for: 0 for a province, 1 for a prefecture, 2 for a county.  Refused
 * where there is no such year, or the region is none of these or not the actor's. */
struct verdict area_level(struct turn *, const char *programme_year_id, const char *region_code,
			  int *level);

/* The date that many days after a date; empty where days is 0: the year's rules set none. */
const char *deadline_after(struct turn *, const char *date, int32_t days);

/* True where there is a deadline and it is before the date. */
bool deadline_passed(const char *deadline, const char *date);

/* False where the project office asks and no entrustment of the year is in force today. */
bool office_may_act(struct turn *, const char *programme_year_id);

/* True where the person supervises somebody of the project, or did. */
bool assignment_in_project(struct turn *, const char *project_id, const char *person_id);

/* The supervisor, the person in post or the station is gone: what was assigned to them is over. */
struct verdict assignments_of_supervisor_end(struct turn *, const char *supervisor_id,
					     const char *date);
struct verdict assignments_of_posting_end(struct turn *, const char *posting_id, const char *date);
struct verdict assignments_of_station_end(struct turn *, const char *station_id, const char *date);

/* The station of an assignment with its supervisor, for the event that says so; NULL: the
 * assignment is no station's. */
Supervision__StationCover *cover_filled(struct turn *, const Supervision__SupervisorAssignment *);

/* An active assignment is over: a station that is open has no supervisor since that date. */
struct verdict cover_emptied(struct turn *, const Supervision__SupervisorAssignment *,
			     const char *date);

/* A station is open, or is so no more; closed: for good. */
struct verdict cover_station_opened(struct turn *, const char *station_id, const char *date);
struct verdict cover_station_shut(struct turn *, const char *station_id);
struct verdict cover_station_closed(struct turn *, const char *station_id, const char *date);

/* True where a plan counts sessions of that kind on that date. */
bool plan_takes(const Supervision__SupervisionPlan *, Supervision__SessionKind,
		const char *held_on);

/* The sum of what was given, where each indicator of the scheme that is scored was scored once
 * within its range; else why not.  The sum is at most the scheme's total. */
struct verdict evaluation_add_up(const Supervision__EvaluationScheme *,
				 Supervision__IndicatorScore *const *given, size_t n_given,
				 int64_t *total_hundredths);

/* True where the person is one of those who scored. */
bool evaluation_scored_by(struct turn *, const char *evaluation_id, const char *person_id);

/* Makes the evaluation final with the score and the date that it has: fills in grade and version,
 * supersedes the result before, and asks for a rectification where the grade does. */
struct verdict result_give(struct turn *, Supervision__Evaluation *,
			   const Supervision__EvaluationRound *);

/* What a final grade asks to be put right, or asks no longer. */
struct verdict rectification_follow(struct turn *, const Supervision__Evaluation *final,
				    const Supervision__EvaluationScheme *);

/* A day has begun: what was due on the date before is overdue. */
struct verdict finding_judge(struct turn *, const char *date_before);
struct verdict rectification_judge(struct turn *, const char *date_before);

/* A sentence for each refusal. */
extern const struct refusal supervision_refusals[];

/* What we keep of other services, and what their events and the dates lead to. */
extern const struct copy supervision_copies[];
extern const struct reaction supervision_reactions[];
