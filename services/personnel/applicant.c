/* An applicant: an agency, or a person whom it named, that applied in a programme year.
 *
 * There is one record for each, however many applications there are, dated by the first: how many
 * had applied by a date is then a sum over dates, not over applications.  A record stays when the
 * application is withdrawn: they did apply. */
#include "personnel/personnel.h"

#include "base/day.h"
#include "base/text.h"
#include "personnel/follow.h"

static const Personnel__ApplicantKind AGENCY = PERSONNEL__APPLICANT_KIND__APPLICANT_KIND_AGENCY;
static const Personnel__ApplicantKind PERSON = PERSONNEL__APPLICANT_KIND__APPLICANT_KIND_PERSON;

const struct table applicants = {
	.name = "applicants",
	.record = &personnel__applicant__descriptor,
	.id = "applicant_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_WHOLE_PROVINCE | BY_AGENCY | NOT_FROM_BELOW,
	.indexes = { "programme_year_id,kind,agency_id", "programme_year_id,kind,person_id",
		     "agency_id" },
	.tallies = { "programme_year_id,kind,first_applied_on" },
};

Personnel__Applicant *applicant_first(struct turn *turn, const Personnel__Application *from,
				      const char *person_id, const char *origin_id,
				      const char *applied_on, const char *region_code)
{
	Personnel__Applicant like = { .programme_year_id = from->programme_year_id,
				      .kind = person_id ? PERSON : AGENCY,
				      .agency_id = from->agency_id,
				      .person_id = person_id };
	const Personnel__Applicant *known = turn_by(turn, &applicants,
						    person_id ? "programme_year_id,kind,person_id"
							      : "programme_year_id,kind,agency_id",
						    &like);

	if (known && !day_text_before(applied_on, known->first_applied_on))
		return NULL;

	Personnel__Applicant *first = turn_take(turn, sizeof(*first));

	if (known) {
		*first = *known;
	} else {
		personnel__applicant__init(first);
		first->applicant_id = turn_id(
			turn, turn_text(turn, "%s:%s", person_id ? "person" : "agency", origin_id),
			false);
		first->programme_year_id = from->programme_year_id;
		first->kind = like.kind;
		first->agency_id = from->agency_id;
		if (person_id)
			first->person_id = person_id;
		first->region_code = region_code;
	}
	first->first_applied_on = applied_on;
	return first;
}

/* Those of a kind whose first application is of that date or before; an empty date: all. */
static int64_t applied_until(struct turn *turn, const char *programme_year_id,
			     Personnel__ApplicantKind kind, const char *until)
{
	Personnel__Applicant like = { .programme_year_id = programme_year_id, .kind = kind };
	struct each each =
		turn_groups(turn, &applicants, "programme_year_id,kind,first_applied_on", &like, 2);
	int64_t n = 0;

	for (struct group group; group_next(&each, &group);) {
		const Personnel__Applicant *of_date = group.like;

		if (text_empty(until) || !day_text_before(until, of_date->first_applied_on))
			n += (int64_t)group.count;
	}
	return n;
}

/* RULE B2: "How many agencies and how many people have applied can be asked at any time." */
static struct verdict get_application_counts(struct turn *turn, const void *request,
					     ProtobufCMessage *response)
{
	const Personnel__GetApplicationCountsRequest *asked = request;
	Personnel__GetApplicationCountsResponse *counts = (void *)response;
	const char *year = asked->programme_year_id;
	const Stations__ProgrammeYear *found = turn_find(turn, &programme_years, year);

	if (!found || !turn_counts_area(turn, found->region_code))
		return turn_not_found(year);
	counts->programme_year_id = year;
	counts->applied_until = asked->applied_until;
	counts->agencies = applied_until(turn, year, AGENCY, asked->applied_until);
	counts->people = applied_until(turn, year, PERSON, asked->applied_until);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetApplicant", GET(applicants) },
	{ "ListApplicants", LIST(applicants) },
	{ "GetApplicationCounts", .answer = get_application_counts,
	  .callers = BY_WHOLE_PROVINCE | BY_DASHBOARD },
	{ 0 },
};

static const struct table *const tables[] = { &applicants, NULL };

const struct aggregate applicant = { tables, NULL, queries };
