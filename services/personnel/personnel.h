/* Personnel: agencies and their people, calls, applications, and whom the ministry approves. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "shegong/personnel/v1/personnel.pb-c.h"

#define REFUSE(reason, about) turn_refuse(PERSONNEL__REFUSAL__REFUSAL_##reason, about)

/* How many people one application names, or one selection list, at most. */
enum { PEOPLE_MAX = 200 };

extern const struct table agencies, people, calls, applications, nominees, applicants,
	selection_lists, selected_professionals, person_holds, trainees, trainee_days, supervisors,
	registrations, attendance_sheets, person_data;
extern const struct aggregate agency, person, call, application, applicant, selection, person_hold,
	trainee, training_class, supervisor, registration, attendance, assessment, commendation,
	ineligibility, personal;

/* Double Hundred: whom the towns employ at their stations. */
extern const struct table employments;
extern const struct aggregate employment;

/* The person's employment that is not over, or NULL. */
const Personnel__Employment *employment_of(struct turn *, const char *person_id);

/* The station has taken note of a hire: the place is filled, or was gone. */
struct verdict employment_begin(struct turn *, const char *employment_id, const char *posting_id);
struct verdict employment_unplace(struct turn *, const char *employment_id, const char *posting_id);

/* Who asks: accounts, and what opens them. */
extern const struct table accounts;
extern const struct aggregate account, token, key;

/* Who may see them; the gateway asks as a service. */
enum { SEES_ACCOUNTS = BY_ADMINISTRATOR | BY_AUDITOR | BY_SERVICE };

/* The account where the actor is an administrator of its area; or where it is his own; or NULL. */
const Personnel__Account *account_administered(struct turn *, const char *account_id);
const Personnel__Account *account_own(struct turn *, const char *account_id);

/* True for 64 characters of 0-9 a-f. */
bool is_secret_hash(const char *);

/* What each refusal means, in two languages. */
extern const struct refusal personnel_refusals[];

/* The site as the call keeps it, or NULL where it is none of the call's. */
const Personnel__SiteQuota *call_site(const Personnel__Call *, const char *site_id);

/* May the application's agency name the person in answer to the call, on the day of the application? */
struct verdict may_be_named(struct turn *, const Personnel__Call *answered,
			    const Personnel__Application *in, const char *person_id);

/* The change for which the person is kept free, or NULL. */
const Personnel__PersonHold *person_held(struct turn *, const char *person_id);

/* The change for which the nominated trainee is kept, or NULL. */
const Personnel__PersonHold *trainee_held(struct turn *, const char *trainee_id);

/* True where the human being is trained in the year, and so not a professional who is sent. */
bool person_is_trainee(struct turn *, const char *programme_year_id, const char *person_id);

/* The record that makes known that an agency (person_id NULL), or a person whom it names, applied
 * on that date; it lives until the turn ends.  NULL: nothing new, an application of that date or
 * before is known.  origin_id names the application or the nominee that it comes from. */
Personnel__Applicant *applicant_first(struct turn *, const Personnel__Application *from,
				      const char *person_id, const char *origin_id,
				      const char *applied_on, const char *region_code);

/* True where the text is a keyed hash of an identity number: 64 characters of 0-9 a-f. */
bool person_is_hash(const char *);

/* What is known of a person that is stored sealed; empty texts: not given. */
struct personal_texts {
	const char *identity_number, *phone_number, *account_number;
};

/* The pseudonym under which the human being is kept who has that number, an old or a new one. */
const char *personal_pseudonym(struct turn *, const char *identity_number);

/* The data of the person, where any are given, sealed under the pseudonym (NULL: a new one); what is
 * not given is as in before, the record until now or NULL.  NULL: there are none. */
Personnel__PersonData *personal_sealed(struct turn *, const Personnel__Person *,
				       const char *pseudonym, const struct personal_texts *given,
				       const Personnel__PersonData *before);

/* True where the person is on a selection list of the year, approved or not. */
bool selected_in_year(struct turn *, const char *programme_year_id, const char *person_id);

/* The trainee of the year, not dropped out, who is that human being, or NULL. */
const Personnel__Trainee *trainee_of_year(struct turn *, const char *programme_year_id,
					  const char *identity_hash);

/* The full years from one date to another, as dates are written. */
int years_full(const char *from, const char *to);

/* The date n years later: the same day and month, or 1 March for a 29 February that is not. */
const char *years_after(struct turn *, const char *date, int n);

/* On the day after day_before: what was to be done by day_before and was not, is overdue. */
struct verdict supervisors_overdue(struct turn *, const char *day_before);

/* The person's registration that is not renewed yet, or NULL. */
const Personnel__Registration *registration_of(struct turn *, const char *person_id);

/* Registrations whose standing changes on that day. */
struct verdict registrations_change(struct turn *, const char *today);

/* A result is final, or final again: what follows from it for the agency. */
struct verdict ineligibility_judge(struct turn *, const char *evaluation_id);

/* True where a result of the year before keeps the agency from applying for the year. */
bool agency_is_ineligible(struct turn *, const char *agency_id, const char *programme_year_id);
