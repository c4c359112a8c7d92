/* Reception: what the recipient has ready at a site before people arrive. */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

const struct table receptions = {
	.name = "receptions",
	.record = &stations__reception__descriptor,
	.id = "site_id",
	.region = "region_code",
	.indexes = { "programme_year_id" },
};

enum { BY_RECIPIENTS = BY_PROVINCE | BY_PREFECTURE | BY_COUNTY };

static bool asked_for(const Stations__Rules *rules, Stations__ReceptionCondition condition)
{
	for (size_t i = 0; i < rules->n_reception; i++)
		if (rules->reception[i] == condition)
			return true;
	return false;
}

/* What was confirmed of the condition, or NULL. */
static const Stations__ReadyCondition *ready_of(const Stations__Reception *of,
						Stations__ReceptionCondition condition)
{
	for (size_t i = 0; of && i < of->n_ready; i++)
		if (of->ready[i]->condition == condition)
			return of->ready[i];
	return NULL;
}

struct missing reception_missing(struct turn *turn, const char *site_id,
				 const Stations__Rules *rules, const char *date)
{
	const Stations__Reception *of = turn_find(turn, &receptions, site_id);
	struct missing missing = { 0 };

	missing.conditions = turn_take(turn, rules->n_reception * sizeof(*missing.conditions));
	for (size_t i = 0; i < rules->n_reception; i++) {
		const Stations__ReadyCondition *ready = ready_of(of, rules->reception[i]);
		if (!ready || day_text_before(date, ready->ready_on))
			missing.conditions[missing.n++] = rules->reception[i];
	}
	return missing;
}

static struct verdict confirm_reception(struct turn *turn, const void *command)
{
	const Stations__ConfirmReceptionRequest *cmd = command;
	const Stations__Site *where = turn_find(turn, &sites, cmd->site_id);

	if (!where || !turn_covers(turn, where->region_code))
		return turn_not_found(cmd->site_id);
	const Stations__Reception *found = turn_find(turn, &receptions, cmd->site_id);
	if (cmd->expected_revision && (!found || cmd->expected_revision != found->revision))
		return turn_stale(cmd->site_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, where->programme_year_id);
	if (!asked_for(year->rules, cmd->condition))
		return REFUSE(RECEPTION_NOT_ASKED, cmd->site_id);
	if (ready_of(found, cmd->condition))
		return REFUSE(RECEPTION_CONFIRMED, cmd->site_id);

	Stations__ReadyCondition ready = STATIONS__READY_CONDITION__INIT;
	ready.condition = cmd->condition;
	ready.ready_on = cmd->ready_on;
	ready.detail = cmd->detail;
	ready.confirmed_by = turn_actor(turn)->person_id;

	Stations__Reception next = STATIONS__RECEPTION__INIT;
	if (found)
		next = *found;
	next.site_id = where->site_id;
	next.programme_year_id = where->programme_year_id;
	next.region_code = where->region_code;
	next.ready = turn_take(turn, (next.n_ready + 1) * sizeof(*next.ready));
	for (size_t i = 0; i < next.n_ready; i++)
		next.ready[i] = found->ready[i];
	next.ready[next.n_ready++] = &ready;

	Stations__ReceptionConfirmed confirmed = STATIONS__RECEPTION_CONFIRMED__INIT;
	confirmed.reception = &next;
	return turn_accept(turn, &confirmed.base);
}

static struct verdict withdraw_reception(struct turn *turn, const void *command)
{
	const Stations__WithdrawReceptionRequest *cmd = command;
	const Stations__Site *where = turn_find(turn, &sites, cmd->site_id);

	if (!where || !turn_covers(turn, where->region_code))
		return turn_not_found(cmd->site_id);
	const Stations__Reception *found = turn_find(turn, &receptions, cmd->site_id);
	if (cmd->expected_revision && (!found || cmd->expected_revision != found->revision))
		return turn_stale(cmd->site_id);
	const Stations__ReadyCondition *gone = ready_of(found, cmd->condition);
	if (!gone)
		return REFUSE(RECEPTION_NOT_CONFIRMED, cmd->site_id);

	Stations__Reception next = *found;
	next.n_ready = 0;
	next.ready = turn_take(turn, found->n_ready * sizeof(*next.ready));
	for (size_t i = 0; i < found->n_ready; i++)
		if (found->ready[i] != gone)
			next.ready[next.n_ready++] = found->ready[i];
	next.withdrawn_note = cmd->note;

	Stations__ReceptionWithdrawn withdrawn = STATIONS__RECEPTION_WITHDRAWN__INIT;
	withdrawn.reception = &next;
	return turn_accept(turn, &withdrawn.base);
}

static struct verdict get_reception(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Stations__GetReceptionRequest *asked = request;
	Stations__GetReceptionResponse *answer = (Stations__GetReceptionResponse *)response;
	const Stations__Site *where = turn_find(turn, &sites, asked->site_id);

	if (!where || !turn_sees(turn, &sites, where))
		return turn_not_found(asked->site_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, where->programme_year_id);
	const Stations__Reception *found = turn_find(turn, &receptions, asked->site_id);
	if (found) {
		answer->reception = turn_take(turn, sizeof(*answer->reception));
		*answer->reception = *found;
	}
	struct missing missing =
		reception_missing(turn, asked->site_id, year->rules, turn_today_text(turn));
	answer->n_missing = missing.n;
	answer->missing = missing.conditions;
	return turn_done();
}

static const struct command commands[] = {
	{ "ConfirmReception", confirm_reception, BY_RECIPIENTS,
	  "site_id condition ready_on detail" },
	{ "WithdrawReception", withdraw_reception, BY_RECIPIENTS, "site_id condition note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetReception", .answer = get_reception },
	{ "ListReceptions", LIST(receptions) },
	{ 0 },
};

static const struct table *const tables[] = { &receptions, NULL };
const struct aggregate reception = { tables, commands, queries };
