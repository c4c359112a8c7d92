/* The agreement by which the department entrusts the project office with its tasks.
 *
 *     DRAFT -> SIGNING -> IN_FORCE        the second signature
 *     IN_FORCE -> EXPIRED                 the day after the last one
 *     IN_FORCE -> TERMINATED              ended before its time
 *
 * The office may act on each day of one that is in force, and on no other. */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

const struct table entrustments = {
	.name = "entrustments",
	.record = &stations__entrustment__descriptor,
	.id = "entrustment_id",
	.region = "region_code",
	.indexes = { "programme_year_id", "state" },
};

static const Stations__AgreementState DRAFT = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_DRAFT;
static const Stations__AgreementState SIGNING = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_SIGNING;
static const Stations__AgreementState IN_FORCE =
	STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_IN_FORCE;
static const Stations__AgreementState EXPIRED = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_EXPIRED;
static const Stations__AgreementState TERMINATED =
	STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_TERMINATED;

static bool holds_on(const Stations__Entrustment *of, const char *today)
{
	return of->state == IN_FORCE && !day_text_before(today, of->in_force_from) &&
	       !day_text_before(of->in_force_until, today);
}

const Stations__Entrustment *entrustment_today(struct turn *turn, const char *programme_year_id)
{
	struct each each =
		turn_each(turn, &entrustments, "programme_year_id",
			  &(Stations__Entrustment){ .programme_year_id = programme_year_id });

	for (const Stations__Entrustment *e; (e = each_next(&each));)
		if (holds_on(e, turn_today_text(turn)))
			return e;
	return NULL;
}

bool office_may_act(struct turn *turn, const char *programme_year_id)
{
	return turn_actor(turn)->role != ENGINE__ROLE__ROLE_PROJECT_OFFICE ||
	       entrustment_today(turn, programme_year_id);
}

static struct verdict draft_entrustment(struct turn *turn, const void *command)
{
	const Stations__DraftEntrustmentRequest *cmd = command;
	const Stations__ProjectOffice *office = turn_find(turn, &project_offices, cmd->office_id);

	if (!office || !turn_covers(turn, office->region_code))
		return turn_not_found(cmd->office_id);
	if (turn_find(turn, &entrustments, cmd->entrustment_id))
		return REFUSE(ENTRUSTMENT_EXISTS, cmd->entrustment_id);
	if (day_text_before(cmd->in_force_until, cmd->in_force_from))
		return turn_invalid("in_force_until");

	Stations__Entrustment next = STATIONS__ENTRUSTMENT__INIT;
	next.entrustment_id = cmd->entrustment_id;
	next.programme_year_id = office->programme_year_id;
	next.office_id = cmd->office_id;
	next.region_code = office->region_code;
	next.state = DRAFT;
	next.in_force_from = cmd->in_force_from;
	next.in_force_until = cmd->in_force_until;
	next.document_no = cmd->document_no;
	next.tasks = cmd->tasks;

	Stations__EntrustmentDrafted drafted = STATIONS__ENTRUSTMENT_DRAFTED__INIT;
	drafted.entrustment = &next;
	return turn_accept(turn, &drafted.base);
}

/* The two parties, and the office that signs for each. */
static const struct party {
	const char *name;
	Engine__Role signer;
} parties[] = {
	{ "department", ENGINE__ROLE__ROLE_PROVINCE },
	{ "office", ENGINE__ROLE__ROLE_PROJECT_OFFICE },
};
enum { N_PARTIES = sizeof(parties) / sizeof(*parties) };

static const struct party *party_named(const char *name)
{
	for (size_t i = 0; i < N_PARTIES; i++)
		if (text_same(parties[i].name, name))
			return &parties[i];
	return NULL;
}

static struct verdict sign_entrustment(struct turn *turn, const void *command)
{
	const Stations__SignEntrustmentRequest *cmd = command;
	const Stations__Entrustment *found = turn_find(turn, &entrustments, cmd->entrustment_id);
	const Engine__Principal *signer = turn_actor(turn);
	const struct party *party = party_named(cmd->party);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->entrustment_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->entrustment_id);
	if (!party)
		return turn_invalid("party");
	if (found->state != DRAFT && found->state != SIGNING)
		return REFUSE(ENTRUSTMENT_NOT_PENDING, cmd->entrustment_id);
	if (party->signer != signer->role)
		return REFUSE(ENTRUSTMENT_SIGNER_NOT_OF_PARTY, cmd->party);
	for (size_t i = 0; i < found->n_signatures; i++) {
		if (text_same(found->signatures[i]->party, cmd->party))
			return REFUSE(ENTRUSTMENT_PARTY_HAS_SIGNED, cmd->party);
		if (text_same(found->signatures[i]->signed_by, signer->person_id))
			return REFUSE(ENTRUSTMENT_SIGNER_OF_OTHER_PARTY, signer->person_id);
	}

	Stations__Signature signature = STATIONS__SIGNATURE__INIT;
	signature.party = cmd->party;
	signature.signed_on = cmd->signed_on;
	signature.signed_by = signer->person_id;
	Stations__Signature *signatures[N_PARTIES];
	for (size_t i = 0; i < found->n_signatures; i++)
		signatures[i] = found->signatures[i];
	signatures[found->n_signatures] = &signature;

	Stations__Entrustment next = *found;
	next.n_signatures = found->n_signatures + 1;
	next.signatures = signatures;
	next.state = SIGNING;
	if (next.n_signatures < N_PARTIES) {
		Stations__EntrustmentSigned one_signed = STATIONS__ENTRUSTMENT_SIGNED__INIT;
		one_signed.entrustment = &next;
		return turn_accept(turn, &one_signed.base);
	}
	next.state = IN_FORCE;
	Stations__EntrustmentInForce in_force = STATIONS__ENTRUSTMENT_IN_FORCE__INIT;
	in_force.entrustment = &next;
	return turn_accept(turn, &in_force.base);
}

static struct verdict terminate_entrustment(struct turn *turn, const void *command)
{
	const Stations__TerminateEntrustmentRequest *cmd = command;
	const Stations__Entrustment *found = turn_find(turn, &entrustments, cmd->entrustment_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->entrustment_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->entrustment_id);
	if (found->state != IN_FORCE)
		return REFUSE(ENTRUSTMENT_NOT_IN_FORCE, cmd->entrustment_id);

	Stations__Entrustment next = *found;
	next.state = TERMINATED;
	next.ended_on = cmd->ended_on;
	next.end_note = cmd->note;

	Stations__EntrustmentTerminated terminated = STATIONS__ENTRUSTMENT_TERMINATED__INIT;
	terminated.entrustment = &next;
	return turn_accept(turn, &terminated.base);
}

/* What was in force until yesterday, or signed by both only after its last day. */
struct verdict entrustments_expire(struct turn *turn)
{
	struct verdict verdict = turn_done();
	struct each each = turn_each(turn, &entrustments, "state",
				     &(Stations__Entrustment){ .state = IN_FORCE });

	for (const Stations__Entrustment *e; (e = each_next(&each));) {
		if (!day_text_before(e->in_force_until, turn_today_text(turn)))
			continue;
		Stations__Entrustment next = *e;
		next.state = EXPIRED;
		Stations__EntrustmentExpired expired = STATIONS__ENTRUSTMENT_EXPIRED__INIT;
		expired.entrustment = &next;
		verdict = turn_accept(turn, &expired.base);
	}
	return verdict;
}

static const struct command commands[] = {
	{ "DraftEntrustment", draft_entrustment, BY_PROVINCE,
	  "entrustment_id office_id in_force_from in_force_until document_no" },
	{ "SignEntrustment", sign_entrustment, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "entrustment_id party signed_on" },
	{ "TerminateEntrustment", terminate_entrustment, BY_PROVINCE,
	  "entrustment_id ended_on note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetEntrustment", GET(entrustments) },
	{ "ListEntrustments", LIST(entrustments) },
	{ 0 },
};

static const struct table *const tables[] = { &entrustments, NULL };
const struct aggregate entrustment = { tables, commands, queries };
