/* Personnel: agencies and their people, calls, applications, and whom the ministry approves. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "shegong/personnel/v1/personnel.pb-c.h"

#define REFUSE(reason, about) turn_refuse(PERSONNEL__REFUSAL__REFUSAL_##reason, about)

/* How many people one application names, or one selection list, at most. */
enum { PEOPLE_MAX = 200 };

extern const struct table agencies, people, calls, applications, nominees, applicants,
	selection_lists, selected_professionals;
extern const struct aggregate agency, person, call, application, applicant, selection;

/* What each refusal means, in two languages. */
extern const struct refusal personnel_refusals[];

/* The site as the call keeps it, or NULL where it is none of the call's. */
const Personnel__SiteQuota *call_site(const Personnel__Call *, const char *site_id);

/* The record that makes known that an agency (person_id NULL), or a person whom it names, applied
 * on that date; it lives until the turn ends.  NULL: nothing new, an application of that date or
 * before is known.  origin_id names the application or the nominee that it comes from. */
Personnel__Applicant *applicant_first(struct turn *, const Personnel__Application *from,
				      const char *person_id, const char *origin_id,
				      const char *applied_on, const char *region_code);
