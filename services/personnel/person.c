/* A person: a professional whom an agency employs, under the name used at work.
 *
 * Who a person is, is known here by a keyed hash alone: the same human being is never entered
 * twice, and no identity number is kept. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/text.h"

const struct table people = {
	.name = "people",
	.record = &personnel__person__descriptor,
	.id = "person_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "identity_hash!", "agency_id", "region_code" },
};

enum {
	SEEN_BY = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_PREFECTURE | BY_COUNTY |
		  BY_AGENCY | BY_AUDITOR,
};

static bool is_hash(const char *text)
{
	enum { LENGTH = 64 };

	return strlen(text) == LENGTH && strspn(text, "0123456789abcdef") == LENGTH;
}

static struct verdict register_person(struct turn *turn, const void *command)
{
	const Personnel__RegisterPersonRequest *cmd = command;
	const Personnel__Agency *employer = turn_find(turn, &agencies, cmd->agency_id);

	if (!turn_for_agency(turn, cmd->agency_id))
		return turn_not_found(cmd->agency_id);
	if (!employer)
		return REFUSE(AGENCY_UNKNOWN, cmd->agency_id);
	if (!turn_covers(turn, employer->region_code))
		return turn_not_found(cmd->agency_id);
	if (turn_find(turn, &people, cmd->person_id))
		return REFUSE(PERSON_EXISTS, cmd->person_id);
	if (!is_hash(cmd->identity_hash))
		return turn_invalid("identity_hash");
	if (turn_by(turn, &people, "identity_hash",
		    &(Personnel__Person){ .identity_hash = cmd->identity_hash }))
		return REFUSE(IDENTITY_TAKEN, cmd->person_id);

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
	new.registered_on = turn_today_text(turn);

	Personnel__PersonRegistered registered = PERSONNEL__PERSON_REGISTERED__INIT;
	registered.person = &new;
	return turn_accept(turn, &registered.base);
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
	if (!employer)
		return REFUSE(AGENCY_UNKNOWN, cmd->agency_id);
	if (!turn_covers(turn, employer->region_code))
		return turn_not_found(cmd->agency_id);
	if (text_same(found->agency_id, cmd->agency_id))
		return REFUSE(ALREADY_OF_AGENCY, cmd->person_id);

	Personnel__Person next = *found;
	next.agency_id = cmd->agency_id;
	next.region_code = employer->region_code;

	Personnel__PersonMoved moved = PERSONNEL__PERSON_MOVED__INIT;
	moved.person = &next;
	return turn_accept(turn, &moved.base);
}

static struct verdict record_qualification(struct turn *turn, const void *command)
{
	const Personnel__RecordQualificationRequest *cmd = command;
	const Personnel__Person *found = turn_find(turn, &people, cmd->person_id);

	if (!found || !turn_sees(turn, &people, found))
		return turn_not_found(cmd->person_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->person_id);

	Personnel__Person next = *found;
	next.certificate = cmd->certificate;
	next.social_work_degree = cmd->social_work_degree;

	Personnel__QualificationRecorded recorded = PERSONNEL__QUALIFICATION_RECORDED__INIT;
	recorded.person = &next;
	return turn_accept(turn, &recorded.base);
}

static const struct command commands[] = {
	{ "RegisterPerson", register_person, BY_PROVINCE | BY_AGENCY,
	  "person_id work_name agency_id certificate practising_from identity_hash" },
	{ "MovePerson", move_person, BY_PROVINCE, "person_id agency_id" },
	{ "RecordQualification", record_qualification, BY_PROVINCE | BY_AGENCY,
	  "person_id certificate" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetPerson", GET(people), .callers = SEEN_BY },
	{ "ListPeople", LIST(people), .callers = SEEN_BY },
	{ 0 },
};

static const struct table *const tables[] = { &people, NULL };

const struct aggregate person = { tables, commands, queries };
