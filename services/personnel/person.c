/* A person: a professional whom an agency or a town employs, under the name used at work.
 *
 * Who a person is, is known by the identity number, which is stored sealed (personal.c), or by a hash
 * of it that the caller made.  Among those of either way nobody is entered twice; a hash is never
 * compared with a number, since the caller's key is not known here. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/text.h"

#include "personnel/follow.h"

const struct table people = {
	.name = "people",
	.record = &personnel__person__descriptor,
	.id = "person_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "identity_hash!", "agency_id", "region_code" },
};

enum { TOWN_DIGITS = 9 };

bool person_is_hash(const char *text)
{
	enum { LENGTH = 64 };

	return strlen(text) == LENGTH && strspn(text, "0123456789abcdef") == LENGTH;
}

/* Is it a new person, as far as the id and the human being go?  One of hash and number is given. */
static struct verdict check_new(struct turn *turn, const char *person_id, const char *identity_hash,
				const char *identity_number)
{
	bool numbered = !text_empty(identity_number);
	const char *hash = numbered ? turn_pseudonym(turn, identity_number) : identity_hash;

	if (turn_find(turn, &people, person_id))
		return REFUSE(PERSON_EXISTS, person_id);
	if (numbered ? !text_empty(identity_hash) : !person_is_hash(identity_hash))
		return turn_invalid("identity_hash");
	if (hash &&
	    turn_by(turn, &people, "identity_hash", &(Personnel__Person){ .identity_hash = hash }))
		return REFUSE(IDENTITY_TAKEN, person_id);
	return turn_done();
}

/* Registers the new person, who so far is known by the caller's hash, with the data that are given. */
static struct verdict accept_new(struct turn *turn, Personnel__Person *new,
				 const struct personal_texts *given)
{
	Personnel__PersonRegistered registered = PERSONNEL__PERSON_REGISTERED__INIT;
	const char *pseudonym = NULL;

	if (!text_empty(given->identity_number))
		new->identity_hash = pseudonym = personal_pseudonym(turn, given->identity_number);
	new->registered_on = turn_today_text(turn);
	registered.person = new;
	registered.data = personal_sealed(turn, new, pseudonym, given, NULL);
	return turn_accept(turn, &registered.base);
}

static struct verdict register_person(struct turn *turn, const void *command)
{
	const Personnel__RegisterPersonRequest *cmd = command;
	const Personnel__Agency *employer = turn_find(turn, &agencies, cmd->agency_id);

	if (!turn_for_agency(turn, cmd->agency_id))
		return turn_not_found(cmd->agency_id);
	if (!employer || !turn_covers(turn, employer->region_code))
		return REFUSE(AGENCY_UNKNOWN, cmd->agency_id);
	struct verdict verdict =
		check_new(turn, cmd->person_id, cmd->identity_hash, cmd->identity_number);
	if (verdict.refusal)
		return verdict;

	Personnel__Person new = PERSONNEL__PERSON__INIT;
	new.person_id = cmd->person_id;
	new.work_name = cmd->work_name;
	new.agency_id = cmd->agency_id;
	new.region_code = employer->region_code;
	new.certificate = cmd->certificate;
	new.social_work_degree = cmd->social_work_degree;
	new.practising_from = cmd->practising_from;
	new.synthetic = cmd->synthetic;
	new.identity_hash = cmd->identity_hash;
	return accept_new(turn, &new,
			  &(struct personal_texts){ cmd->identity_number, cmd->phone_number,
						    cmd->account_number });
}

/* A worker of a station is nobody's employee until a town hires him (employment.c). */
static struct verdict register_worker(struct turn *turn, const void *command)
{
	const Personnel__RegisterWorkerRequest *cmd = command;

	if (!turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	if (strlen(cmd->region_code) != TOWN_DIGITS)
		return turn_invalid("region_code");
	struct verdict verdict =
		check_new(turn, cmd->person_id, cmd->identity_hash, cmd->identity_number);
	if (verdict.refusal)
		return verdict;

	Personnel__Person new = PERSONNEL__PERSON__INIT;
	new.person_id = cmd->person_id;
	new.work_name = cmd->work_name;
	new.region_code = cmd->region_code;
	new.certificate = cmd->certificate;
	new.social_work_degree = cmd->social_work_degree;
	new.practising_from = cmd->practising_from;
	new.synthetic = cmd->synthetic;
	new.identity_hash = cmd->identity_hash;
	return accept_new(turn, &new,
			  &(struct personal_texts){ cmd->identity_number, cmd->phone_number,
						    cmd->account_number });
}

static struct verdict move_person(struct turn *turn, const void *command)
{
	const Personnel__MovePersonRequest *cmd = command;
	const Personnel__Person *found = turn_find(turn, &people, cmd->person_id);
	const Personnel__Agency *employer = turn_find(turn, &agencies, cmd->agency_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->person_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->person_id);
	if (!employer || !turn_covers(turn, employer->region_code))
		return REFUSE(AGENCY_UNKNOWN, cmd->agency_id);
	if (text_same(found->agency_id, cmd->agency_id))
		return REFUSE(ALREADY_OF_AGENCY, cmd->person_id);
	/* RULE A4: "An agency cannot be the employer." */
	if (employment_of(turn, cmd->person_id))
		return REFUSE(PERSON_EMPLOYED, cmd->person_id);
	if (person_held(turn, cmd->person_id))
		return REFUSE(PERSON_HELD, cmd->person_id);
	/* RULE B21: "The agency answers for the conduct of the people it sends." — those in post are
	 * another agency's to answer for. */
	if (posting_not_over(turn, cmd->person_id))
		return REFUSE(PERSON_IN_POST, cmd->person_id);

	Personnel__Person next = *found;
	next.agency_id = cmd->agency_id;
	next.region_code = employer->region_code;

	const Personnel__Registration *term = registration_of(turn, cmd->person_id);
	Personnel__Registration going = PERSONNEL__REGISTRATION__INIT;
	Personnel__PersonMoved moved = PERSONNEL__PERSON_MOVED__INIT;

	moved.person = &next;
	if (term) {
		going = *term;
		going.agency_id = next.agency_id;
		going.region_code = next.region_code;
		moved.registration = &going;
	}

	const Personnel__PersonData *known = turn_find(turn, &person_data, cmd->person_id);
	Personnel__PersonData along = PERSONNEL__PERSON_DATA__INIT;

	if (known) {
		along = *known;
		along.agency_id = next.agency_id;
		along.region_code = next.region_code;
		moved.data = &along;
	}
	return turn_accept(turn, &moved.base);
}

static struct verdict record_qualification(struct turn *turn, const void *command)
{
	const Personnel__RecordQualificationRequest *cmd = command;
	const Personnel__Person *found = turn_find(turn, &people, cmd->person_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->person_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->person_id);

	Personnel__Person next = *found;
	next.certificate = cmd->certificate;
	next.social_work_degree = cmd->social_work_degree;

	Personnel__QualificationRecorded recorded = PERSONNEL__QUALIFICATION_RECORDED__INIT;
	recorded.person = &next;
	const Personnel__Employment *employed = employment_of(turn, cmd->person_id);
	Personnel__Employment certified;
	if (employed) {
		certified = *employed;
		certified.certificate = cmd->certificate;
		recorded.employment = &certified;
	}
	return turn_accept(turn, &recorded.base);
}

static const struct command commands[] = {
	{ "RegisterPerson", register_person, BY_PROVINCE | BY_AGENCY,
	  "person_id work_name agency_id certificate practising_from" },
	{ "RegisterWorker", register_worker, BY_PROVINCE | BY_TOWN,
	  "person_id work_name region_code certificate practising_from" },
	{ "MovePerson", move_person, BY_PROVINCE, "person_id agency_id" },
	{ "RecordQualification", record_qualification, BY_PROVINCE | BY_AGENCY,
	  "person_id certificate" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetPerson", GET(people) },
	{ "ListPeople", LIST(people) },
	{ 0 },
};

static const struct table *const tables[] = { &people, NULL };

const struct aggregate person = { tables, commands, queries };
