/* Reporting: what is due by when and whether it was done, what the localities report, and the
 * figures of a programme year. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"
#include "shegong/reporting/v1/reporting.pb-c.h"

#define REFUSE(reason, about) turn_refuse(REPORTING__REFUSAL__REFUSAL_##reason, about)

extern const struct aggregate obligation, alert, quarterly_report, served_county, project_result,
	work_record, person_month, service_month, publicity, briefing, good_practice, area_overview,
	overview;

extern const struct table obligations, alerts, quarterly_reports, served_counties, project_results,
	work_records, person_months, service_months, served_months, publicity_items, briefings,
	good_practices, practice_tags;

extern const struct refusal reporting_refusals[];
extern const struct reaction reporting_reactions[];
extern const struct copy reporting_copies[];

/* --- obligation.c ------------------------------------------------------------------------------ */

/* Obligations that have arisen, with everything but id, state and alert_by filled in.  Those that
 * there are already, and those without a date, are left out.  Alerts that are due already are
 * raised with them. */
struct verdict obligation_arise(struct turn *, Reporting__Obligation **arisen, size_t n,
				int alert_days_before);

/* The obligation of that kind about the subject that can still be met; NULL: there is none. */
const Reporting__Obligation *obligation_owed(struct turn *, const char *subject_id,
					     Reporting__ObligationKind);

/* That of a period, however it stands. */
const Reporting__Obligation *obligation_about(struct turn *, const char *subject_id,
					      Reporting__ObligationKind, const char *period);

/* The period for something of that kind that is due again: where it was due for the period before and
 * that is met or void, the period with a number that was not used. */
const char *obligation_period_anew(struct turn *, const char *subject_id,
				   Reporting__ObligationKind kind, const char *period);

/* A fact of the date met_on meets the obligation, on time or late; done where it is settled or NULL. */
struct verdict obligation_meet(struct turn *, const Reporting__Obligation *, const char *met_on,
			       const char *met_by_id);

/* What gave rise to the obligation is no more; done where it is settled or NULL. */
struct verdict obligation_void(struct turn *, const Reporting__Obligation *);

/* An obligation that a fact has met, with the alerts that are cleared by it. */
struct settled {
	Reporting__Obligation *obligation;
	Reporting__Alert *alerts[2];
	size_t n_alerts;
};
struct settled obligation_met(struct turn *, const Reporting__Obligation *, const char *met_on,
			      const char *met_by_id);

/* An obligation that is missed as it arises, with its alert; the date is today's. */
Reporting__Alert *obligation_missed(struct turn *, Reporting__Obligation *, const char *date);

/* True where it can still be met: due, or missed. */
bool obligation_open(const Reporting__Obligation *);

/* The date began: raises each alert that is due by then, once. */
struct verdict obligation_judge(struct turn *, const char *date);

/* --- alert.c ----------------------------------------------------------------------------------- */

/* The alert of that kind on an obligation, raised on the date. */
Reporting__Alert *alert_raised(struct turn *, const Reporting__Obligation *, Reporting__AlertKind,
			       const char *date);

/* The obligation's alert of that kind cleared on the date; NULL where none is open. */
Reporting__Alert *alert_cleared(struct turn *, const Reporting__Obligation *, Reporting__AlertKind,
				const char *date);

/* --- served_county.c --------------------------------------------------------------------------- */

/* The site serves the county, or one that its source does not name. */
struct served {
	const char *programme_year_id, *site_id, *region_code;
	bool unstated;
};

/* Counts each county once however many sites serve it. */
struct verdict county_serve(struct turn *, const struct served *, size_t n);

/* --- project_result.c -------------------------------------------------------------------------- */

/* The project's result; it takes the place of one of an earlier round. */
struct verdict result_record(struct turn *, Reporting__ProjectResult *);

/* --- quarterly_report.c ------------------------------------------------------------------------ */

/* True where the period of the rules, "2022Q3", "2022-08" or "2022", has the month "2022-08". */
bool period_has(const char *period, const char *month);

/* True where the report of the record's site and period waits for a review or is accepted. */
bool report_locks(struct turn *, const Reporting__WorkRecord *);

/* --- person_month.c ---------------------------------------------------------------------------- */

/* The month of the record's person as it is, to be added to. */
Reporting__PersonMonth *person_month_of(struct turn *, const Reporting__WorkRecord *);

/* Adds the record, or takes it away (sign -1).  False: the day would have more than 24 hours, and
 * nothing is added. */
bool person_month_add(Reporting__PersonMonth *, const Reporting__WorkRecord *, int sign);

/* Fills in the share of work that is not professional, and whether it is above the year's limit. */
void person_month_share(struct turn *, Reporting__PersonMonth *);

/* The date began: months that are over and above the limit are alerted, each once. */
struct verdict person_months_judge(struct turn *, const char *date);

/* --- service_month.c --------------------------------------------------------------------------- */

/* The month of the record's site and method as it is, to be added to. */
Reporting__ServiceMonth *service_month_of(struct turn *, const Reporting__WorkRecord *);
void service_month_add(Reporting__ServiceMonth *, const Reporting__WorkRecord *, int sign);

/* Whom the record's site reached in its month, of one kind, to be added to. */
Reporting__ServedMonth *served_month_of(struct turn *, const Reporting__WorkRecord *,
					Reporting__Beneficiary);

/* --- place.c ----------------------------------------------------------------------------------- */

/* Who may write about a site or an area: those who work there, and those who run the programme. */
enum {
	BY_WRITERS = BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE | BY_PREFECTURE |
		     BY_COUNTY | BY_TOWN | BY_AGENCY,
};

/* What something is written about: a site, or with an empty site_id an area. */
struct place {
	const char *programme_year_id, *site_id, *region_code;
	const char *agency_id; /* the writer's; empty: he is of no agency */
};

/* False: the site is not there, or is not the caller's to write for. */
bool place_of_site(struct turn *, const char *site_id, struct place *);

/* False: the area is not in the year's province, or is not the caller's to write for. */
bool place_of_area(struct turn *, const char *programme_year_id, const char *region_code,
		   struct place *);

/* --- area.c ------------------------------------------------------------------------------------ */

/* Whose figures: of a scope that needs them the fields are given, the others are empty. */
enum scope { WHOLE_YEAR, PREFECTURE, COUNTY, SITE, AGENCY };
struct area {
	enum scope scope;
	const char *programme_year_id, *region_code, *site_id, *agency_id;
};

Reporting__ReportingFigures *area_reports(struct turn *, const struct area *);
Reporting__AlertFigures *area_alerts(struct turn *, const struct area *);
Reporting__WorkFigures *area_work(struct turn *, const struct area *);
Reporting__StationFigures *area_stations(struct turn *, const struct area *);
int32_t area_publicity(struct turn *, const struct area *);
int32_t area_briefings(struct turn *, const struct area *);
int32_t area_good_practices(struct turn *, const struct area *);
