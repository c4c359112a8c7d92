/* Personal data: who a person is, how to reach and to pay him.  They are stored sealed, each person's
 * with a key of its own; whoever has them shown says what for, and that stays on record.
 *
 * Erasing destroys the key.  What was sealed stays in the journal, and nobody can read it any more; the
 * identity number leads nowhere, so that the same human being, should he come again, is a new one.
 * The name used at work and what he did stay.
 *
 * The pseudonym is the human being's, and trainees have it too.  A number that is corrected destroys
 * the key under the wrong one, because what else was sealed with it must not outlast an erasure; whose
 * number it really was, if named as a trainee, is then a new one as well. */
#include "personnel/personnel.h"

#include "base/text.h"
#include "personnel/follow.h"

static const char IDENTITY_NUMBER[] = "identity_number";
static const char PHONE_NUMBER[] = "phone_number";
static const char ACCOUNT_NUMBER[] = "account_number";

/* Read with the person's own record, which comes in the same event; there is nothing to be read in it. */
const struct table person_data = {
	.name = "person_data",
	.record = &personnel__person_data__descriptor,
	.id = "person_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
};

static const struct table unsealings = {
	.name = "unsealings",
	.record = &personnel__unsealing__descriptor,
	.id = "unsealing_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_PROVINCE | BY_AUDITOR,
	.indexes = { "person_id", "agency_id", "region_code" },
};

enum {
	BY_EMPLOYER = BY_PROVINCE | BY_AGENCY | BY_TOWN,
	SEEN_BY = BY_EMPLOYER | BY_AUDITOR,
};

const char *personal_pseudonym(struct turn *turn, const char *identity_number)
{
	const char *known = turn_pseudonym(turn, identity_number);

	return known ? known : turn_pseudonym_make(turn, identity_number);
}

static bool is_kept(const Personnel__PersonData *data)
{
	return data && !text_empty(data->pseudonym);
}

/* Under a new pseudonym, what is not given anew is opened and sealed again. */
static ProtobufCBinaryData sealed(struct turn *turn, const char *pseudonym, const char *field,
				  const char *given, const Personnel__PersonData *before,
				  ProtobufCBinaryData was)
{
	if (!text_empty(given))
		return turn_seal(turn, pseudonym, field, given);
	if (!before || text_same(pseudonym, before->pseudonym))
		return was;
	return turn_seal(turn, pseudonym, field, turn_unseal(turn, before->pseudonym, field, was));
}

Personnel__PersonData *personal_sealed(struct turn *turn, const Personnel__Person *of,
				       const char *pseudonym, const struct personal_texts *given,
				       const Personnel__PersonData *before)
{
	static const Personnel__PersonData none = PERSONNEL__PERSON_DATA__INIT;
	const Personnel__PersonData *was = before ? before : &none;
	Personnel__PersonData *data = turn_take(turn, sizeof(*data));

	if (text_empty(given->identity_number) && text_empty(given->phone_number) &&
	    text_empty(given->account_number))
		return NULL;
	*data = none;
	data->person_id = of->person_id;
	data->region_code = of->region_code;
	data->agency_id = of->agency_id;
	data->pseudonym = pseudonym ? pseudonym : turn_pseudonym_make(turn, "");
	data->sealed_identity_number =
		sealed(turn, data->pseudonym, IDENTITY_NUMBER, given->identity_number, before,
		       was->sealed_identity_number);
	data->sealed_phone_number = sealed(turn, data->pseudonym, PHONE_NUMBER, given->phone_number,
					   before, was->sealed_phone_number);
	data->sealed_account_number =
		sealed(turn, data->pseudonym, ACCOUNT_NUMBER, given->account_number, before,
		       was->sealed_account_number);
	data->recorded_on = turn_today_text(turn);
	if (!text_same(data->pseudonym, was->pseudonym))
		turn_forget(turn, was->pseudonym);
	return data;
}

/* The person whose pseudonym it is, or NULL. */
static const Personnel__Person *person_behind(struct turn *turn, const char *pseudonym)
{
	return pseudonym ? turn_by(turn, &people, "identity_hash",
				   &(Personnel__Person){ .identity_hash = pseudonym })
			 : NULL;
}

static struct verdict record_person_data(struct turn *turn, const void *command)
{
	const Personnel__RecordPersonDataRequest *cmd = command;
	const Personnel__Person *found = turn_find(turn, &people, cmd->person_id);
	const Personnel__PersonData *before = turn_find(turn, &person_data, cmd->person_id);
	const struct personal_texts given = { cmd->identity_number, cmd->phone_number,
					      cmd->account_number };
	const char *pseudonym = is_kept(before) ? before->pseudonym : NULL;

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->person_id);
	if (cmd->expected_revision && (!before || cmd->expected_revision != before->revision))
		return turn_stale(cmd->person_id);

	const Personnel__Person *same =
		person_behind(turn, turn_pseudonym(turn, cmd->identity_number));

	if (same && !text_same(same->person_id, cmd->person_id))
		return REFUSE(IDENTITY_TAKEN, cmd->person_id);
	if (!text_empty(cmd->identity_number))
		pseudonym = personal_pseudonym(turn, cmd->identity_number);

	Personnel__PersonDataRecorded recorded = PERSONNEL__PERSON_DATA_RECORDED__INIT;
	Personnel__Person next = *found;

	recorded.data = personal_sealed(turn, found, pseudonym, &given, before);
	if (!recorded.data)
		return turn_invalid(IDENTITY_NUMBER);
	if (!text_empty(cmd->identity_number) && !text_same(found->identity_hash, pseudonym)) {
		next.identity_hash = pseudonym;
		recorded.person = &next;
	}
	return turn_accept(turn, &recorded.base);
}

static struct verdict unseal_person_data(struct turn *turn, const void *command)
{
	const Personnel__UnsealPersonDataRequest *cmd = command;
	const Personnel__Person *found = turn_find(turn, &people, cmd->person_id);
	const Personnel__PersonData *data = turn_find(turn, &person_data, cmd->person_id);
	Personnel__UnsealPersonDataResponse *shown = turn_take(turn, sizeof(*shown));

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->person_id);
	if (turn_find(turn, &unsealings, cmd->unsealing_id))
		return REFUSE(UNSEALING_EXISTS, cmd->unsealing_id);
	if (!is_kept(data))
		return REFUSE(NO_PERSON_DATA, cmd->person_id);

	personnel__unseal_person_data_response__init(shown);
	for (size_t i = 0; i < cmd->n_fields; i++) {
		switch (cmd->fields[i]) {
		case PERSONNEL__PERSONAL_FIELD__PERSONAL_FIELD_IDENTITY_NUMBER:
			shown->identity_number = turn_unseal(turn, data->pseudonym, IDENTITY_NUMBER,
							     data->sealed_identity_number);
			break;
		case PERSONNEL__PERSONAL_FIELD__PERSONAL_FIELD_PHONE_NUMBER:
			shown->phone_number = turn_unseal(turn, data->pseudonym, PHONE_NUMBER,
							  data->sealed_phone_number);
			break;
		case PERSONNEL__PERSONAL_FIELD__PERSONAL_FIELD_ACCOUNT_NUMBER:
			shown->account_number = turn_unseal(turn, data->pseudonym, ACCOUNT_NUMBER,
							    data->sealed_account_number);
			break;
		case PERSONNEL__PERSONAL_FIELD__PERSONAL_FIELD_UNSPECIFIED:
			return turn_invalid("fields");
		}
	}

	Personnel__Unsealing new = PERSONNEL__UNSEALING__INIT;
	new.unsealing_id = cmd->unsealing_id;
	new.person_id = cmd->person_id;
	new.region_code = found->region_code;
	new.agency_id = found->agency_id;
	new.n_fields = cmd->n_fields;
	new.fields = cmd->fields;
	new.reason = cmd->reason;
	new.unsealed_by = turn_actor(turn)->person_id;
	new.account_id = turn_actor(turn)->account_id;
	new.unsealed_on = turn_today_text(turn);

	Personnel__PersonDataUnsealed unsealed = PERSONNEL__PERSON_DATA_UNSEALED__INIT;
	unsealed.unsealing = &new;
	shown->unsealing = turn_take(turn, sizeof(new));
	*shown->unsealing = new;
	turn_answer(turn, &shown->base);
	return turn_accept(turn, &unsealed.base);
}

/* Whoever is in post has to be paid and reached: his data are needed. */
static struct verdict erase_person_data(struct turn *turn, const void *command)
{
	const Personnel__ErasePersonDataRequest *cmd = command;
	const Personnel__PersonData *found = turn_find(turn, &person_data, cmd->person_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->person_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->person_id);
	if (!is_kept(found))
		return REFUSE(NO_PERSON_DATA, cmd->person_id);
	if (employment_of(turn, cmd->person_id))
		return REFUSE(PERSON_EMPLOYED, cmd->person_id);
	if (person_held(turn, cmd->person_id))
		return REFUSE(PERSON_HELD, cmd->person_id);
	if (posting_not_over(turn, cmd->person_id))
		return REFUSE(PERSON_IN_POST, cmd->person_id);

	Personnel__PersonData left = PERSONNEL__PERSON_DATA__INIT;
	left.person_id = found->person_id;
	left.region_code = found->region_code;
	left.agency_id = found->agency_id;
	left.erased_on = turn_today_text(turn);
	left.erased_by = turn_actor(turn)->person_id;
	left.reason = cmd->reason;

	Personnel__PersonDataErased erased = PERSONNEL__PERSON_DATA_ERASED__INIT;
	erased.data = &left;
	turn_forget(turn, found->pseudonym);
	return turn_accept(turn, &erased.base);
}

/* Told only of people for whom one acts.  That somebody else has them is told to whoever registers a
 * person with that number (IDENTITY_TAKEN), since it has to be. */
static struct verdict find_person(struct turn *turn, const void *request,
				  ProtobufCMessage *response)
{
	const Personnel__FindPersonRequest *asked = request;
	Personnel__FindPersonResponse *found = (Personnel__FindPersonResponse *)response;
	const Personnel__Person *who =
		person_behind(turn, turn_pseudonym(turn, asked->identity_number));

	if (who && turn_may_act(turn, who->region_code, who->agency_id))
		found->person = (Personnel__Person *)(uintptr_t)who;
	return turn_done();
}

static const struct command commands[] = {
	{ "RecordPersonData", record_person_data, BY_EMPLOYER, "person_id" },
	{ "UnsealPersonData", unseal_person_data, BY_EMPLOYER,
	  "unsealing_id person_id fields reason", .unseals = true },
	{ "ErasePersonData", erase_person_data, BY_PROVINCE, "person_id reason", .unseals = true },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetPersonData", GET(person_data), .callers = SEEN_BY },
	{ "FindPerson", .answer = find_person, .callers = BY_EMPLOYER },
	{ "ListUnsealings", LIST(unsealings), .callers = BY_PROVINCE | BY_AUDITOR },
	{ 0 },
};

static const struct table *const tables[] = { &person_data, &unsealings, NULL };

const struct aggregate personal = { tables, commands, queries };
