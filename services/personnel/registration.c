/* A social worker's registration (登记), one record for each term, and the education within it.
 *
 *     VALID -> EXPIRING -> EXPIRED
 *              EXPIRING | EXPIRED -> RENEWED (and the next term begins)
 *
 * How long a term is, from when on it can be renewed and how much education it asks for are what
 * the province has said when the term begins.  The certificate's number tells who its holder is:
 * only a keyed hash of it is kept.  Too little education is shown, it refuses nothing: the sources
 * say how much is asked for, not what follows. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

#define STATE(state) PERSONNEL__REGISTRATION_STATE__REGISTRATION_STATE_##state

static const Personnel__CertificateLevel ASSISTANT =
	PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_ASSISTANT;

enum {
	PROVINCE_LENGTH = 2,
	YEARS_MAX = 10,
	DAYS_MAX = 365,
	HOURS_MAX = 1000,
	/* How many registrations change in one turn at most. */
	CHANGES_MAX = 200,
};

static const struct table registration_rules = {
	.name = "registration_rules",
	.record = &personnel__registration_rules__descriptor,
	.id = "region_code",
	.region = "region_code",
};

const struct table registrations = {
	.name = "registrations",
	.record = &personnel__registration__descriptor,
	.id = "registration_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "person_id", "certificate_hash", "changes_from", "agency_id", "region_code",
		     "state" },
};

static const struct table education = {
	.name = "education",
	.record = &personnel__education__descriptor,
	.id = "education_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "registration_id", "person_id" },
	.tallies = { "registration_id:hours" },
};

/* --- What the province says ------------------------------------------------------------------- */

static bool needs_sound(Personnel__EducationNeed **needs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (needs[i]->certificate < ASSISTANT || needs[i]->hours <= 0 ||
		    needs[i]->hours > HOURS_MAX)
			return false;
		for (size_t j = 0; j < i; j++) {
			if (needs[j]->certificate == needs[i]->certificate)
				return false;
		}
	}
	return true;
}

static struct verdict set_registration_rules(struct turn *turn, const void *command)
{
	const Personnel__SetRegistrationRulesRequest *cmd = command;
	const Personnel__RegistrationRules *found =
		turn_find(turn, &registration_rules, cmd->region_code);

	if (!turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	if (cmd->expected_revision && (!found || cmd->expected_revision != found->revision))
		return turn_stale(cmd->region_code);
	if (strlen(cmd->region_code) != PROVINCE_LENGTH)
		return turn_invalid("region_code");
	if (cmd->valid_years < 0 || cmd->valid_years > YEARS_MAX)
		return turn_invalid("valid_years");
	if (cmd->expiring_days < 0 || cmd->expiring_days > DAYS_MAX)
		return turn_invalid("expiring_days");
	if (!needs_sound(cmd->needs, cmd->n_needs))
		return turn_invalid("needs");

	Personnel__RegistrationRules next = PERSONNEL__REGISTRATION_RULES__INIT;
	next.region_code = cmd->region_code;
	next.valid_years = cmd->valid_years;
	next.expiring_days = cmd->expiring_days;
	next.needs = cmd->needs;
	next.n_needs = cmd->n_needs;
	next.document = cmd->document;

	Personnel__RegistrationRulesSet set = PERSONNEL__REGISTRATION_RULES_SET__INIT;
	set.rules = &next;
	return turn_accept(turn, &set.base);
}

static const Personnel__RegistrationRules *rules_for(struct turn *turn, const char *region_code)
{
	return turn_find(turn, &registration_rules,
			 turn_text(turn, "%.*s", PROVINCE_LENGTH, region_code));
}

static int32_t hours_for(const Personnel__RegistrationRules *rules,
			 Personnel__CertificateLevel certificate)
{
	for (size_t i = 0; i < rules->n_needs; i++) {
		if (rules->needs[i]->certificate == certificate)
			return rules->needs[i]->hours;
	}
	return 0;
}

/* --- Terms ------------------------------------------------------------------------------------ */

static const char *days_after(struct turn *turn, const char *date, int n)
{
	char *after = turn_take(turn, DAY_TEXT_SIZE);
	struct day day;

	day_read(&day, date);
	day_write(day_plus(day, n), after);
	return after;
}

/* Where the registration stands on that day, and from when on it stands elsewhere. */
static void stand(struct turn *turn, Personnel__Registration *term, int32_t expiring_days,
		  const char *today)
{
	const char *expiring_from = days_after(turn, term->valid_until, -expiring_days);

	if (day_text_before(term->valid_until, today)) {
		term->state = STATE(EXPIRED);
		term->changes_from = "";
	} else if (day_text_before(today, expiring_from)) {
		term->state = STATE(VALID);
		term->changes_from = expiring_from;
	} else {
		term->state = STATE(EXPIRING);
		term->changes_from = days_after(turn, term->valid_until, 1);
	}
}

const Personnel__Registration *registration_of(struct turn *turn, const char *person_id)
{
	struct each each = turn_each(turn, &registrations, "person_id",
				     &(Personnel__Registration){ .person_id = person_id });

	for (const Personnel__Registration *term; (term = each_next(&each));) {
		if (term->state != STATE(RENEWED))
			return term;
	}
	return NULL;
}

static struct verdict record_registration(struct turn *turn, const void *command)
{
	const Personnel__RecordRegistrationRequest *cmd = command;
	const Personnel__Person *who = turn_find(turn, &people, cmd->person_id);

	if (!who || !turn_may_act(turn, who->region_code, who->agency_id))
		return turn_not_found(cmd->person_id);
	if (turn_find(turn, &registrations, cmd->registration_id))
		return REFUSE(REGISTRATION_EXISTS, cmd->registration_id);

	const Personnel__RegistrationRules *rules = rules_for(turn, who->region_code);
	const Personnel__Registration *holder =
		turn_by(turn, &registrations, "certificate_hash",
			&(Personnel__Registration){ .certificate_hash = cmd->certificate_hash });

	if (!rules)
		return REFUSE(REGISTRATION_RULES_MISSING, who->region_code);
	if (!person_is_hash(cmd->certificate_hash))
		return turn_invalid("certificate_hash");
	if (who->certificate < ASSISTANT)
		return REFUSE(CERTIFICATE_MISSING, cmd->person_id);
	if (registration_of(turn, cmd->person_id))
		return REFUSE(ALREADY_REGISTERED, cmd->person_id);
	if (holder)
		return REFUSE(CERTIFICATE_TAKEN, cmd->person_id);

	Personnel__Registration new = PERSONNEL__REGISTRATION__INIT;
	new.registration_id = cmd->registration_id;
	new.person_id = cmd->person_id;
	new.agency_id = who->agency_id;
	new.region_code = who->region_code;
	new.certificate = who->certificate;
	new.certificate_hash = cmd->certificate_hash;
	new.registered_on = cmd->registered_on;
	new.valid_until =
		days_after(turn, years_after(turn, cmd->registered_on, rules->valid_years), -1);
	new.hours_needed = hours_for(rules, who->certificate);
	stand(turn, &new, rules->expiring_days, turn_today_text(turn));

	Personnel__RegistrationRecorded recorded = PERSONNEL__REGISTRATION_RECORDED__INIT;
	recorded.registration = &new;
	return turn_accept(turn, &recorded.base);
}

static int64_t hours_of(struct turn *turn, const char *registration_id)
{
	return turn_sum(turn, &education, "registration_id:hours",
			&(Personnel__Education){ .registration_id = registration_id });
}

static struct verdict renew_registration(struct turn *turn, const void *command)
{
	const Personnel__RenewRegistrationRequest *cmd = command;
	const Personnel__Registration *found =
		turn_find(turn, &registrations, cmd->registration_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->registration_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->registration_id);

	const Personnel__Person *who = turn_find(turn, &people, found->person_id);
	const Personnel__RegistrationRules *rules = rules_for(turn, found->region_code);

	if (found->state == STATE(RENEWED) || found->state == STATE(VALID))
		return REFUSE(REGISTRATION_NOT_EXPIRING, cmd->registration_id);
	if (day_text_before(cmd->renewed_on,
			    days_after(turn, found->valid_until, -rules->expiring_days)))
		return turn_invalid("renewed_on");
	if (turn_find(turn, &registrations, cmd->new_registration_id))
		return REFUSE(REGISTRATION_EXISTS, cmd->new_registration_id);

	bool in_time = !day_text_before(found->valid_until, cmd->renewed_on);
	Personnel__Registration next = *found;
	next.state = STATE(RENEWED);
	next.changes_from = "";
	next.renewed_on = cmd->renewed_on;
	next.renewed_short = hours_of(turn, cmd->registration_id) < found->hours_needed;

	Personnel__Registration new = PERSONNEL__REGISTRATION__INIT;
	new.registration_id = cmd->new_registration_id;
	new.person_id = found->person_id;
	new.agency_id = found->agency_id;
	new.region_code = found->region_code;
	new.certificate = who->certificate;
	new.certificate_hash = found->certificate_hash;
	new.registered_on = in_time ? days_after(turn, found->valid_until, 1) : cmd->renewed_on;
	new.valid_until =
		days_after(turn, years_after(turn, new.registered_on, rules->valid_years), -1);
	new.hours_needed = hours_for(rules, who->certificate);
	new.renews_id = cmd->registration_id;
	stand(turn, &new, rules->expiring_days, turn_today_text(turn));

	Personnel__RegistrationRenewed renewed = PERSONNEL__REGISTRATION_RENEWED__INIT;
	renewed.registration = &new;
	renewed.renewed = &next;
	return turn_accept(turn, &renewed.base);
}

/* --- With the days ---------------------------------------------------------------------------- */

static struct verdict accept_expiring(struct turn *turn, Personnel__Registration *term)
{
	Personnel__RegistrationExpiring expiring = PERSONNEL__REGISTRATION_EXPIRING__INIT;

	expiring.registration = term;
	return turn_accept(turn, &expiring.base);
}

static struct verdict accept_expired(struct turn *turn, Personnel__Registration *term)
{
	Personnel__RegistrationExpired expired = PERSONNEL__REGISTRATION_EXPIRED__INIT;

	expired.registration = term;
	return turn_accept(turn, &expired.base);
}

struct verdict registrations_change(struct turn *turn, const char *today)
{
	struct each each = turn_each(turn, &registrations, "changes_from",
				     &(Personnel__Registration){ .changes_from = today });
	struct verdict verdict = turn_done();
	int n = 0;

	for (const Personnel__Registration *term; (term = each_next(&each));) {
		Personnel__Registration *next = turn_take(turn, sizeof(*next));

		if (n++ == CHANGES_MAX) {
			turn_again(turn);
			break;
		}
		*next = *term;
		if (term->state == STATE(VALID)) {
			next->state = STATE(EXPIRING);
			next->changes_from = days_after(turn, term->valid_until, 1);
			verdict = accept_expiring(turn, next);
		} else {
			next->state = STATE(EXPIRED);
			next->changes_from = "";
			verdict = accept_expired(turn, next);
		}
	}
	return verdict;
}

/* --- Education -------------------------------------------------------------------------------- */

static struct verdict record_education(struct turn *turn, const void *command)
{
	const Personnel__RecordEducationRequest *cmd = command;
	const Personnel__Registration *within =
		turn_find(turn, &registrations, cmd->registration_id);

	if (!within || !turn_may_act(turn, within->region_code, within->agency_id))
		return turn_not_found(cmd->registration_id);
	if (turn_find(turn, &education, cmd->education_id))
		return REFUSE(EDUCATION_EXISTS, cmd->education_id);
	if (cmd->hours < 0 || cmd->hours > HOURS_MAX)
		return turn_invalid("hours");
	if (day_text_before(cmd->attended_on, within->registered_on) ||
	    day_text_before(within->valid_until, cmd->attended_on))
		return REFUSE(EDUCATION_OUTSIDE_TERM, cmd->attended_on);

	Personnel__Education new = PERSONNEL__EDUCATION__INIT;
	new.education_id = cmd->education_id;
	new.registration_id = cmd->registration_id;
	new.person_id = within->person_id;
	new.agency_id = within->agency_id;
	new.region_code = within->region_code;
	new.attended_on = cmd->attended_on;
	new.hours = cmd->hours;
	new.subject = cmd->subject;
	new.recorded_by = turn_actor(turn)->person_id;

	Personnel__EducationRecorded recorded = PERSONNEL__EDUCATION_RECORDED__INIT;
	recorded.education = &new;
	return turn_accept(turn, &recorded.base);
}

static struct verdict get_education_hours(struct turn *turn, const void *request,
					  ProtobufCMessage *response)
{
	const Personnel__GetEducationHoursRequest *asked = request;
	Personnel__GetEducationHoursResponse *hours = (void *)response;
	const Personnel__Registration *term =
		turn_find(turn, &registrations, asked->registration_id);

	if (!term || !turn_sees(turn, &registrations, term))
		return turn_not_found(asked->registration_id);
	hours->registration_id = asked->registration_id;
	hours->valid_until = term->valid_until;
	hours->hours = hours_of(turn, asked->registration_id);
	hours->hours_needed = term->hours_needed;
	if (hours->hours < hours->hours_needed)
		hours->hours_missing = hours->hours_needed - hours->hours;
	return turn_done();
}

enum { KEPT_BY = BY_PROVINCE | BY_AGENCY };

static const struct command commands[] = {
	{ "SetRegistrationRules", set_registration_rules, BY_PROVINCE,
	  "region_code valid_years expiring_days document" },
	{ "RecordRegistration", record_registration, KEPT_BY,
	  "registration_id person_id certificate_hash registered_on" },
	{ "RenewRegistration", renew_registration, KEPT_BY,
	  "registration_id new_registration_id renewed_on" },
	{ "RecordEducation", record_education, KEPT_BY,
	  "education_id registration_id attended_on hours" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetRegistrationRules", GET(registration_rules) },
	{ "GetRegistration", GET(registrations) },
	{ "ListRegistrations", LIST(registrations) },
	{ "ListEducation", LIST(education) },
	{ "GetEducationHours", .answer = get_education_hours },
	{ 0 },
};

static const struct table *const tables[] = { &registration_rules, &registrations, &education,
					      NULL };

const struct aggregate registration = { tables, commands, queries };
