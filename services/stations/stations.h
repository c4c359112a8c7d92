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
extern const struct table baselines, changes, change_steps;
extern const struct table coordinations, receptions, team_leads, notices, citations, building_helps,
	regulations, support_requests;

/* Its aggregates, one file each. */
extern const struct aggregate programme_year, region, site, project, survey, plan, agreement,
	posting, unplaced;
extern const struct aggregate baseline, change, change_review;
extern const struct aggregate coordination, reception, team, suspension, notice, citation,
	building_help, regulation, support;

/* Double Hundred: the three levels of support, and who works at the stations. */
extern const struct table project_offices, entrustments, regional_centres, stations, unplaced_hires;
extern const struct aggregate project_office, entrustment, regional_centre, station, staffing, post,
	support_tree, unplaced_hire;

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

/* The year; NULL where there is none, or none for him who asks. */
const Stations__ProgrammeYear *year_seen(struct turn *, const char *programme_year_id);

/* How many places are taken in the year. */
int32_t postings_in_year(struct turn *, const char *programme_year_id);

/* True where the posting is a station's, whose person the town employs. */
bool posting_of_station(const Stations__Posting *);

/* The project office of the year, or NULL. */
const Stations__ProjectOffice *office_of_year(struct turn *, const char *programme_year_id);

/* True where the region has its code in the programme's year. */
bool region_in_year(const Stations__Region *, const Stations__ProgrammeYear *);

/* The entrustment of the year that is in force today, or NULL. */
const Stations__Entrustment *entrustment_today(struct turn *, const char *programme_year_id);

/* False where the project office asks and no entrustment of the year is in force today. */
bool office_may_act(struct turn *, const char *programme_year_id);

/* The centre at work of the city in which the region lies, or NULL. */
const Stations__RegionalCentre *centre_of_city(struct turn *, const char *programme_year_id,
					       const char *region_code);

/* The station of the town that is not closed, or NULL. */
const Stations__Station *station_of_town(struct turn *, const char *programme_year_id,
					 const char *region_code);

/* True where places can be kept and filled at the station. */
bool station_takes_people(const Stations__Station *);

/* Puts into the station how many workers it has and since when it has been understaffed.  now is a
 * posting of it as it is after this turn, or NULL where none changes. */
void staffing_put(struct turn *, Stations__Station *, const Stations__Posting *now);

/* A worker whom a town hired, as personnel tells it. */
struct hire {
	const char *employment_id, *posting_id, *programme_year_id, *station_id, *region_code;
	const char *person_id, *hired_on;
};

/* Fills the place that the hire names, or keeps the hire with why it cannot be filled. */
struct verdict post_fill(struct turn *, const struct hire *);

/* Frees the place of a hire that is over. */
struct verdict post_vacate(struct turn *, const struct hire *, const char *ended_on,
			   Stations__EndReason);

/* What a new business date ends: kept places, entrustments. */
struct verdict posts_expire(struct turn *);
struct verdict entrustments_expire(struct turn *);

/* How many places are taken in the project. */
int32_t postings_of_project(struct turn *, const char *project_id);

/* The last day that is known of a person in post: of arriving, suspending or resuming work. */
const char *suspension_last_day(const Stations__Posting *);

/* What the rules ask to be ready at the site, and was not confirmed as ready on the date. */
struct missing {
	Stations__ReceptionCondition *conditions;
	size_t n;
};
struct missing reception_missing(struct turn *, const char *site_id, const Stations__Rules *,
				 const char *date);

/* For how many days something has been open: until it was closed, or where closed_on is empty
 * until today. */
int32_t days_open(const struct turn *, const char *opened_on, const char *closed_on);

/* An agreed project whose people are all in post starts: nobody is awaited any more, and somebody
 * is there.  Else nothing is done. */
struct verdict project_start_if_complete(struct turn *, const char *project_id);

/* --- What is agreed, and how it is changed ---------------------------------------------------- */

/* The project's baseline of that version, or NULL. */
const Stations__Baseline *baseline_of(struct turn *, const char *project_id, int32_t version);

/* Version 1: the agreement with its people, and the trainees who are approved by now. */
Stations__Baseline *baseline_agreed(struct turn *, const Stations__Agreement *,
				    Stations__Posting *const *people, size_t n_people);

/* The version after, as the change makes it; posting_id is the place of who comes by it. */
Stations__Baseline *baseline_amended(struct turn *, const Stations__Baseline *of,
				     const Stations__ChangeRequest *, const char *posting_id);

/* True where the change would make anything otherwise. */
bool baseline_differs(struct turn *, const Stations__Baseline *of, const Stations__ChangeRequest *);

/* The level at which the actor acts on changes: "agency", "county", ...; "": at none. */
const char *change_level(const struct turn *);

/* True where a level of that name can endorse changes. */
bool change_level_known(const char *name);

/* Records what the actor does with the change: counts it in next. */
Stations__ChangeStep *change_step(struct turn *, Stations__ChangeRequest *next,
				  Stations__ChangeStepKind, const char *note);

/* Can what stands be changed as it is asked for? */
struct verdict change_possible(struct turn *, const Stations__ChangeRequest *);

/* All hold what the change needs: it is the first level's turn. */
void change_is_held(struct turn *, Stations__ChangeRequest *next);

/* A service has said whether that version of a change is possible. */
struct verdict change_answered(struct turn *, const char *change_id, int32_t version,
			       Stations__ChangeHold *answer);

/* A service has followed an approved change with its event of that number; selected_id: the entry
 * of the supplemented list, or "". */
struct verdict change_followed(struct turn *, const char *change_id, const char *service,
			       uint64_t sequence, const char *selected_id);

/* What is not decided and whose last day is before today lapses. */
struct verdict changes_lapse(struct turn *, const char *today);
