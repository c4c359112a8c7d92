/* Reporting: what is due by when and whether it was done, what the localities report, and the
 * figures of a programme year. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"
#include "shegong/reporting/v1/reporting.pb-c.h"

#define REFUSE(reason, about) turn_refuse(REPORTING__REFUSAL__REFUSAL_##reason, about)

extern const struct aggregate obligation, alert, quarterly_report, served_county, project_result,
	overview;

extern const struct table obligations, alerts, quarterly_reports, served_counties, project_results;

extern const struct refusal reporting_refusals[];
extern const struct reaction reporting_reactions[];
extern const struct copy reporting_copies[];

/* --- obligation.c ------------------------------------------------------------------------------ */

/* An obligation's id is so much shorter than other ids that an alert's id can be made of it. */
enum { OBLIGATION_ID_MAX = 54 };

/* Obligations that have arisen, with everything but state and alert_by filled in.  Alerts that are
 * due already are raised with them. */
struct verdict obligation_arise(struct turn *, Reporting__Obligation **arisen, size_t n,
				int alert_days_before);

/* A fact of the date met_on meets the obligation, on time or late; done where it is settled. */
struct verdict obligation_meet(struct turn *, const Reporting__Obligation *, const char *met_on,
			       const char *met_by_id);

/* An obligation that a fact has met, with the alerts that are cleared by it. */
struct settled {
	Reporting__Obligation *obligation;
	Reporting__Alert *alerts[2];
	size_t n_alerts;
};
struct settled obligation_met(struct turn *, const Reporting__Obligation *, const char *met_on,
			      const char *met_by_id);

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
