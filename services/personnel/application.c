/* An application: an agency asks, in answer to a call, to send certain people to a site.
 *
 *     SUBMITTED -> UNDER_REVIEW -> ACCEPTED | REJECTED
 *     SUBMITTED | UNDER_REVIEW -> RETURNED -> SUBMITTED (a new version)
 *     any of these before the decision -> WITHDRAWN
 *
 * Its nominees have records of their own, so that a person can be found in all applications. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

static const Personnel__ApplicationState SUBMITTED =
	PERSONNEL__APPLICATION_STATE__APPLICATION_STATE_SUBMITTED;
static const Personnel__ApplicationState UNDER_REVIEW =
	PERSONNEL__APPLICATION_STATE__APPLICATION_STATE_UNDER_REVIEW;
static const Personnel__ApplicationState RETURNED =
	PERSONNEL__APPLICATION_STATE__APPLICATION_STATE_RETURNED;
static const Personnel__ApplicationState ACCEPTED =
	PERSONNEL__APPLICATION_STATE__APPLICATION_STATE_ACCEPTED;
static const Personnel__ApplicationState REJECTED =
	PERSONNEL__APPLICATION_STATE__APPLICATION_STATE_REJECTED;
static const Personnel__ApplicationState WITHDRAWN =
	PERSONNEL__APPLICATION_STATE__APPLICATION_STATE_WITHDRAWN;
static const Personnel__NomineeState NOMINATED = PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_NOMINATED;
static const Personnel__NomineeState NOMINEE_ACCEPTED =
	PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_ACCEPTED;
static const Personnel__NomineeState NOMINEE_SELECTED =
	PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_SELECTED;
static const Personnel__NomineeState NOMINEE_REJECTED =
	PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_REJECTED;
static const Personnel__NomineeState NOMINEE_WITHDRAWN =
	PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_WITHDRAWN;
static const Personnel__CallState CALL_CLOSED = PERSONNEL__CALL_STATE__CALL_STATE_CLOSED;
static const Personnel__AgencyState AGENCY_SUSPENDED =
	PERSONNEL__AGENCY_STATE__AGENCY_STATE_SUSPENDED;
static const Personnel__CertificateLevel ASSISTANT =
	PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_ASSISTANT;
static const Personnel__ApplicationDecision ACCEPT =
	PERSONNEL__APPLICATION_DECISION__APPLICATION_DECISION_ACCEPT;

enum {
	/* A nominee's id is the application's and a number; followers put a few letters before it. */
	APPLICATION_ID_MAX = 56,
	/* So that an application with all its nominees stays well below the size of a message. */
	BUDGET_LINES_MAX = 200,
	DUTIES_MAX = 1000,
};

const struct table applications = {
	.name = "applications",
	.record = &personnel__application__descriptor,
	.id = "application_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_WHOLE_PROVINCE | BY_AGENCY | NOT_FROM_BELOW,
	.indexes = { "call_id,state", "programme_year_id", "agency_id", "site_id", "region_code" },
};

const struct table nominees = {
	.name = "nominees",
	.record = &personnel__nominee__descriptor,
	.id = "nominee_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_WHOLE_PROVINCE | BY_AGENCY | NOT_FROM_BELOW,
	.indexes = { "application_id", "application_id,person_id", "programme_year_id,person_id",
		     "person_id", "agency_id", "site_id", "region_code" },
	.tallies = { "application_id" },
};

/* --- Whether people may be named -------------------------------------------------------------- */

/* True where an agency other than that names the person in an application that still counts. */
static bool named_by_other(struct turn *turn, const Personnel__Application *of,
			   const char *person_id)
{
	struct each each =
		turn_each(turn, &nominees, "programme_year_id,person_id",
			  &(Personnel__Nominee){ .programme_year_id = of->programme_year_id,
						 .person_id = person_id });

	for (const Personnel__Nominee *named; (named = each_next(&each));) {
		bool counts = named->state == NOMINATED || named->state == NOMINEE_ACCEPTED ||
			      named->state == NOMINEE_SELECTED;

		if (counts && !text_same(named->agency_id, of->agency_id))
			return true;
	}
	return false;
}

struct verdict may_be_named(struct turn *turn, const Personnel__Call *answered,
			    const Personnel__Application *in, const char *person_id)
{
	const Personnel__Person *found = turn_find(turn, &people, person_id);

	if (!found)
		return REFUSE(PERSON_UNKNOWN, person_id);
	/* RULE B2: "An application belongs to one agency" */
	if (!text_same(found->agency_id, in->agency_id))
		return REFUSE(PERSON_OF_OTHER_AGENCY, person_id);
	if (answered->certificate_or_degree && found->certificate < ASSISTANT &&
	    !found->social_work_degree)
		return REFUSE(PERSON_NOT_QUALIFIED, person_id);
	if (years_full(found->practising_from, in->submitted_on) < answered->experience_years)
		return REFUSE(EXPERIENCE_TOO_SHORT, person_id);
	/* RULE B2: "Nobody is named by two agencies in one year." */
	if (named_by_other(turn, in, person_id))
		return REFUSE(NAMED_BY_OTHER_AGENCY, person_id);
	return turn_done();
}

static struct verdict may_all_be_named(struct turn *turn, const Personnel__Call *answered,
				       const Personnel__Application *in,
				       Personnel__Nomination **named, size_t n_named)
{
	/* RULE B2: "An application belongs to one agency and names at least one professional." */
	if (n_named == 0)
		return REFUSE(NOBODY_NOMINATED, in->application_id);
	if (n_named > PEOPLE_MAX)
		return turn_invalid("nominees");
	for (size_t i = 0; i < n_named; i++) {
		const char *person_id = named[i]->person_id;
		struct verdict verdict = may_be_named(turn, answered, in, person_id);

		if (verdict.refusal)
			return verdict;
		if (strlen(named[i]->duties) > DUTIES_MAX)
			return turn_invalid("duties");
		for (size_t j = 0; j < i; j++) {
			if (text_same(named[j]->person_id, person_id))
				return REFUSE(NAMED_TWICE, person_id);
		}
	}
	return turn_done();
}

/* Source and category are words of the year's rules, not sentences. */
static bool budget_sound(Personnel__BudgetLine **lines, size_t n_lines)
{
	for (size_t i = 0; i < n_lines; i++) {
		if (!text_is_id(lines[i]->source) || !text_is_id(lines[i]->category))
			return false;
	}
	return n_lines <= BUDGET_LINES_MAX;
}

/* --- The records of those who are named ------------------------------------------------------- */

struct named {
	Personnel__Nominee **nominees;
	size_t n_nominees;
	Personnel__Applicant **applicants;
	size_t n_applicants;
};

static const Personnel__Nominee *nominee_of(struct turn *turn, const char *application_id,
					    const char *person_id)
{
	return turn_by(
		turn, &nominees, "application_id,person_id",
		&(Personnel__Nominee){ .application_id = application_id, .person_id = person_id });
}

static bool names(Personnel__Nomination **named, size_t n_named, const char *person_id)
{
	for (size_t i = 0; i < n_named; i++) {
		if (text_same(named[i]->person_id, person_id))
			return true;
	}
	return false;
}

/* The nominee as named now; known is the record of the same person in an earlier version. */
static Personnel__Nominee *nominee_now(struct turn *turn, const Personnel__Application *in,
				       const Personnel__Nominee *known, const char *nominee_id,
				       const Personnel__Nomination *named)
{
	const Personnel__Person *who = turn_find(turn, &people, named->person_id);
	Personnel__Nominee *now = turn_take(turn, sizeof(*now));

	personnel__nominee__init(now);
	if (known)
		*now = *known;
	now->nominee_id = nominee_id;
	now->application_id = in->application_id;
	now->call_id = in->call_id;
	now->programme_year_id = in->programme_year_id;
	now->agency_id = in->agency_id;
	now->person_id = named->person_id;
	now->site_id = in->site_id;
	now->state = NOMINATED;
	now->region_code = in->region_code;
	now->submitted_on = in->submitted_on;
	now->certificate = who->certificate;
	now->social_work_degree = who->social_work_degree;
	now->experience_years = years_full(who->practising_from, in->submitted_on);
	now->team_lead = named->team_lead;
	now->duties = named->duties;
	return now;
}

static void note_applicant(struct named *all, Personnel__Applicant *first)
{
	if (first)
		all->applicants[all->n_applicants++] = first;
}

/* All who are named now, those who are named no longer, and who applies for the first time. */
static struct named name_people(struct turn *turn, const Personnel__Application *in,
				const char *applied_on, const char *province,
				Personnel__Nomination **named, size_t n_named)
{
	Personnel__Nominee like = { .application_id = in->application_id };
	uint64_t n_known = turn_count(turn, &nominees, "application_id", &like);
	uint64_t number = n_known;
	struct named all = {
		.nominees = turn_take(turn, (n_known + n_named) * sizeof(all.nominees[0])),
		.applicants = turn_take(turn, (1 + n_named) * sizeof(all.applicants[0])),
	};

	note_applicant(&all,
		       applicant_first(turn, in, NULL, in->application_id, applied_on, province));
	for (size_t i = 0; i < n_named; i++) {
		const char *person_id = named[i]->person_id;
		const Personnel__Nominee *known =
			n_known ? nominee_of(turn, in->application_id, person_id) : NULL;
		const char *id =
			known ? known->nominee_id
			      : turn_text(turn, "%s-%d", in->application_id, (int)++number);

		all.nominees[all.n_nominees++] = nominee_now(turn, in, known, id, named[i]);
		note_applicant(&all,
			       applicant_first(turn, in, person_id, id, applied_on, province));
	}
	if (n_known == 0)
		return all;

	struct each each = turn_each(turn, &nominees, "application_id", &like);

	for (const Personnel__Nominee *known; (known = each_next(&each));) {
		if (names(named, n_named, known->person_id) || known->state == NOMINEE_WITHDRAWN)
			continue;

		Personnel__Nominee *gone = turn_take(turn, sizeof(*gone));

		*gone = *known;
		gone->state = NOMINEE_WITHDRAWN;
		all.nominees[all.n_nominees++] = gone;
	}
	return all;
}

/* The nominees that wait for a decision, as they are after it. */
static struct named nominees_become(struct turn *turn, const char *application_id,
				    Personnel__NomineeState state)
{
	Personnel__Nominee like = { .application_id = application_id };
	uint64_t n = turn_count(turn, &nominees, "application_id", &like);
	struct named all = { .nominees = turn_take(turn, n * sizeof(all.nominees[0])) };
	struct each each = turn_each(turn, &nominees, "application_id", &like);

	for (const Personnel__Nominee *known; (known = each_next(&each));) {
		if (known->state != NOMINATED)
			continue;

		Personnel__Nominee *next = turn_take(turn, sizeof(*next));

		*next = *known;
		next->state = state;
		all.nominees[all.n_nominees++] = next;
	}
	return all;
}

/* --- The agency's commands -------------------------------------------------------------------- */

static struct verdict submit_application(struct turn *turn, const void *command)
{
	const Personnel__SubmitApplicationRequest *cmd = command;
	const Personnel__Call *answered = turn_find(turn, &calls, cmd->call_id);
	const Personnel__Agency *applying = turn_find(turn, &agencies, cmd->agency_id);

	if (!turn_for_agency(turn, cmd->agency_id))
		return turn_not_found(cmd->agency_id);
	if (turn_find(turn, &applications, cmd->application_id))
		return REFUSE(APPLICATION_EXISTS, cmd->application_id);
	if (strlen(cmd->application_id) > APPLICATION_ID_MAX)
		return turn_invalid("application_id");

	/* RULE B1: "An application answers a published call and is handed in between its opening
	 * and its closing date." */
	if (!answered)
		return REFUSE(CALL_UNKNOWN, cmd->call_id);
	if (day_text_before(cmd->submitted_on, answered->opens_from))
		return REFUSE(CALL_NOT_YET_OPEN, cmd->call_id);
	if (answered->state == CALL_CLOSED ||
	    day_text_before(answered->closes_by, cmd->submitted_on))
		return REFUSE(CALL_CLOSED, cmd->call_id);

	if (!applying)
		return REFUSE(AGENCY_UNKNOWN, cmd->agency_id);
	if (applying->state == AGENCY_SUSPENDED)
		return REFUSE(AGENCY_SUSPENDED, cmd->agency_id);
	if (agency_is_ineligible(turn, cmd->agency_id, answered->programme_year_id))
		return REFUSE(AGENCY_INELIGIBLE, cmd->agency_id);

	const Personnel__SiteQuota *site = call_site(answered, cmd->site_id);

	if (!site)
		return REFUSE(SITE_NOT_IN_CALL, cmd->site_id);
	if (!budget_sound(cmd->budget, cmd->n_budget))
		return turn_invalid("budget");

	Personnel__Application new = PERSONNEL__APPLICATION__INIT;
	new.application_id = cmd->application_id;
	new.call_id = cmd->call_id;
	new.programme_year_id = answered->programme_year_id;
	new.agency_id = cmd->agency_id;
	new.region_code = site->region_code;
	new.site_id = cmd->site_id;
	new.state = SUBMITTED;
	new.nominees = (int32_t)cmd->n_nominees;
	new.submitted_on = cmd->submitted_on;
	new.title = cmd->title;
	new.needs = cmd->needs;
	new.plan = cmd->plan;
	new.budget = cmd->budget;
	new.n_budget = cmd->n_budget;
	new.version = 1;

	struct verdict verdict =
		may_all_be_named(turn, answered, &new, cmd->nominees, cmd->n_nominees);

	if (verdict.refusal)
		return verdict;

	struct named named = name_people(turn, &new, cmd->submitted_on, answered->region_code,
					 cmd->nominees, cmd->n_nominees);
	Personnel__ApplicationSubmitted submitted = PERSONNEL__APPLICATION_SUBMITTED__INIT;

	submitted.application = &new;
	submitted.nominees = named.nominees;
	submitted.n_nominees = named.n_nominees;
	submitted.applicants = named.applicants;
	submitted.n_applicants = named.n_applicants;
	return turn_accept(turn, &submitted.base);
}

/* A person whom the application did not name so far, or NULL. */
static const char *newly_named(struct turn *turn, const char *application_id,
			       Personnel__Nomination **named, size_t n_named)
{
	for (size_t i = 0; i < n_named; i++) {
		if (!nominee_of(turn, application_id, named[i]->person_id))
			return named[i]->person_id;
	}
	return NULL;
}

static struct verdict resubmit_application(struct turn *turn, const void *command)
{
	const Personnel__ResubmitApplicationRequest *cmd = command;
	const Personnel__Application *found = turn_find(turn, &applications, cmd->application_id);

	if (!found || !turn_for_agency(turn, found->agency_id))
		return turn_not_found(cmd->application_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->application_id);
	if (found->state != RETURNED)
		return REFUSE(APPLICATION_NOT_RETURNED, cmd->application_id);
	if (day_text_before(cmd->resubmitted_on, found->submitted_on))
		return turn_invalid("resubmitted_on");
	if (!budget_sound(cmd->budget, cmd->n_budget))
		return turn_invalid("budget");

	const Personnel__Agency *applying = turn_find(turn, &agencies, found->agency_id);

	if (applying->state == AGENCY_SUSPENDED)
		return REFUSE(AGENCY_SUSPENDED, found->agency_id);
	if (agency_is_ineligible(turn, found->agency_id, found->programme_year_id))
		return REFUSE(AGENCY_INELIGIBLE, found->agency_id);

	const Personnel__Call *answered = turn_find(turn, &calls, found->call_id);
	struct verdict verdict =
		may_all_be_named(turn, answered, found, cmd->nominees, cmd->n_nominees);

	if (verdict.refusal)
		return verdict;

	const char *added = newly_named(turn, cmd->application_id, cmd->nominees, cmd->n_nominees);
	bool call_over = answered->state == CALL_CLOSED ||
			 day_text_before(answered->closes_by, cmd->resubmitted_on);

	/* What was handed in in time may be mended later; nobody is added by that.
	 * RULE B1: "handed in between its opening and its closing date" */
	if (added && call_over)
		return REFUSE(NOMINEE_AFTER_CLOSING, added);

	Personnel__Application next = *found;
	next.state = SUBMITTED;
	next.nominees = (int32_t)cmd->n_nominees;
	next.title = cmd->title;
	next.needs = cmd->needs;
	next.plan = cmd->plan;
	next.budget = cmd->budget;
	next.n_budget = cmd->n_budget;
	next.version = found->version + 1;
	next.resubmitted_on = cmd->resubmitted_on;
	next.review = "";
	next.reviewed_by = "";

	struct named named = name_people(turn, &next, cmd->resubmitted_on, answered->region_code,
					 cmd->nominees, cmd->n_nominees);
	Personnel__ApplicationResubmitted resubmitted = PERSONNEL__APPLICATION_RESUBMITTED__INIT;

	resubmitted.application = &next;
	resubmitted.nominees = named.nominees;
	resubmitted.n_nominees = named.n_nominees;
	resubmitted.applicants = named.applicants;
	resubmitted.n_applicants = named.n_applicants;
	return turn_accept(turn, &resubmitted.base);
}

static bool decided(const Personnel__Application *found)
{
	return found->state == ACCEPTED || found->state == REJECTED || found->state == WITHDRAWN;
}

static struct verdict withdraw_application(struct turn *turn, const void *command)
{
	const Personnel__WithdrawApplicationRequest *cmd = command;
	const Personnel__Application *found = turn_find(turn, &applications, cmd->application_id);

	if (!found || !turn_for_agency(turn, found->agency_id))
		return turn_not_found(cmd->application_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->application_id);
	if (decided(found))
		return REFUSE(APPLICATION_DECIDED, cmd->application_id);

	Personnel__Application next = *found;
	next.state = WITHDRAWN;
	next.reason = cmd->reason;

	struct named named = nominees_become(turn, cmd->application_id, NOMINEE_WITHDRAWN);
	Personnel__ApplicationWithdrawn withdrawn = PERSONNEL__APPLICATION_WITHDRAWN__INIT;

	withdrawn.application = &next;
	withdrawn.nominees = named.nominees;
	withdrawn.n_nominees = named.n_nominees;
	return turn_accept(turn, &withdrawn.base);
}

/* --- The province's commands ------------------------------------------------------------------ */

static struct verdict review_application(struct turn *turn, const void *command)
{
	const Personnel__ReviewApplicationRequest *cmd = command;
	const Personnel__Application *found = turn_find(turn, &applications, cmd->application_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->application_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->application_id);
	if (decided(found))
		return REFUSE(APPLICATION_DECIDED, cmd->application_id);
	if (found->state != SUBMITTED)
		return REFUSE(APPLICATION_NOT_SUBMITTED, cmd->application_id);

	Personnel__Application next = *found;
	next.state = UNDER_REVIEW;
	next.review = cmd->review;
	next.reviewed_by = turn_actor(turn)->person_id;

	Personnel__ApplicationReviewed reviewed = PERSONNEL__APPLICATION_REVIEWED__INIT;
	reviewed.application = &next;
	return turn_accept(turn, &reviewed.base);
}

static struct verdict return_application(struct turn *turn, const void *command)
{
	const Personnel__ReturnApplicationRequest *cmd = command;
	const Personnel__Application *found = turn_find(turn, &applications, cmd->application_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->application_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->application_id);
	if (decided(found))
		return REFUSE(APPLICATION_DECIDED, cmd->application_id);
	if (found->state == RETURNED)
		return REFUSE(APPLICATION_NOT_SUBMITTED, cmd->application_id);

	Personnel__Application next = *found;
	next.state = RETURNED;
	next.reason = cmd->reason;

	Personnel__ApplicationReturned returned = PERSONNEL__APPLICATION_RETURNED__INIT;
	returned.application = &next;
	return turn_accept(turn, &returned.base);
}

static struct verdict accept_application(struct turn *turn, Personnel__Application *next)
{
	struct named named = nominees_become(turn, next->application_id, NOMINEE_ACCEPTED);
	Personnel__ApplicationAccepted accepted = PERSONNEL__APPLICATION_ACCEPTED__INIT;

	next->state = ACCEPTED;
	accepted.application = next;
	accepted.nominees = named.nominees;
	accepted.n_nominees = named.n_nominees;
	return turn_accept(turn, &accepted.base);
}

static struct verdict reject_application(struct turn *turn, Personnel__Application *next)
{
	struct named named = nominees_become(turn, next->application_id, NOMINEE_REJECTED);
	Personnel__ApplicationRejected rejected = PERSONNEL__APPLICATION_REJECTED__INIT;

	next->state = REJECTED;
	rejected.application = next;
	rejected.nominees = named.nominees;
	rejected.n_nominees = named.n_nominees;
	return turn_accept(turn, &rejected.base);
}

static struct verdict decide_application(struct turn *turn, const void *command)
{
	const Personnel__DecideApplicationRequest *cmd = command;
	const Personnel__Application *found = turn_find(turn, &applications, cmd->application_id);
	bool accept = cmd->decision == ACCEPT;

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->application_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->application_id);
	if (decided(found))
		return REFUSE(APPLICATION_DECIDED, cmd->application_id);
	if (found->state != UNDER_REVIEW)
		return REFUSE(APPLICATION_NOT_REVIEWED, cmd->application_id);
	if (day_text_before(cmd->decided_on, found->submitted_on))
		return REFUSE(DECISION_BEFORE_SUBMISSION, cmd->application_id);
	if (!accept && text_empty(cmd->reason))
		return turn_invalid("reason");

	Personnel__Application next = *found;
	next.reason = cmd->reason;
	next.decided_on = cmd->decided_on;
	next.decided_by = turn_actor(turn)->person_id;
	return accept ? accept_application(turn, &next) : reject_application(turn, &next);
}

static const struct command commands[] = {
	{ "SubmitApplication", submit_application, BY_AGENCY,
	  "application_id call_id agency_id site_id submitted_on title" },
	{ "ResubmitApplication", resubmit_application, BY_AGENCY,
	  "application_id resubmitted_on title" },
	{ "WithdrawApplication", withdraw_application, BY_AGENCY, "application_id reason" },
	{ "ReviewApplication", review_application, BY_PROVINCE, "application_id" },
	{ "ReturnApplication", return_application, BY_PROVINCE, "application_id reason" },
	{ "DecideApplication", decide_application, BY_PROVINCE,
	  "application_id decision decided_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetApplication", GET(applications) },
	{ "ListApplications", LIST(applications) },
	{ "GetNominee", GET(nominees) },
	{ "ListNominees", LIST(nominees) },
	{ 0 },
};

static const struct table *const tables[] = { &applications, &nominees, NULL };

const struct aggregate application = { tables, commands, queries };
