/* Appropriations: money that a source is to give for a programme year, and the parts in which it
 * comes.
 *
 *     PLANNED --part--> PARTLY_RECEIVED --last part--> RECEIVED
 *
 *     any of these --no more will come--> CLOSED */
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table appropriations = {
	.name = "appropriations",
	.record = &funding__appropriation__descriptor,
	.id = "appropriation_id",
	.region = "region_code",
	.readers = BY_AUTHORITIES | BY_DASHBOARD,
	.indexes = { "programme_year_id" },
	.tallies = { "programme_year_id,source:planned_fen",
		     "programme_year_id,source:received_fen" },
};

const struct table receipts = {
	.name = "receipts",
	.record = &funding__receipt__descriptor,
	.id = "receipt_id",
	.region = "region_code",
	.readers = BY_AUTHORITIES | BY_DASHBOARD,
	.indexes = { "appropriation_id", "programme_year_id" },
};

#define STATE(name) FUNDING__APPROPRIATION_STATE__APPROPRIATION_STATE_##name

static struct verdict plan_appropriation(struct turn *turn, const void *command)
{
	const Funding__PlanAppropriationRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (turn_find(turn, &appropriations, cmd->appropriation_id))
		return REFUSE(APPROPRIATION_EXISTS, cmd->appropriation_id);
	if (!year || !turn_covers(turn, year->region_code))
		return REFUSE(PROGRAMME_YEAR_UNKNOWN, cmd->programme_year_id);
	if (!year_source(year, cmd->source))
		return REFUSE(SOURCE_UNKNOWN, cmd->source);

	Funding__Appropriation planned = FUNDING__APPROPRIATION__INIT;
	planned.appropriation_id = cmd->appropriation_id;
	planned.programme_year_id = cmd->programme_year_id;
	planned.source = cmd->source;
	planned.region_code = year->region_code;
	planned.planned_fen = cmd->planned_fen;
	planned.document_no = cmd->document_no;
	planned.state = STATE(PLANNED);
	planned.planned_on = turn_today_text(turn);

	Funding__AppropriationPlanned event = FUNDING__APPROPRIATION_PLANNED__INIT;
	event.appropriation = &planned;
	return turn_accept(turn, &event.base);
}

static bool document_recorded(struct turn *turn, const char *appropriation_id,
			      const char *document_no)
{
	Funding__Receipt like = { .appropriation_id = appropriation_id };
	struct each each = turn_each(turn, &receipts, "appropriation_id", &like);

	for (const Funding__Receipt *r; (r = each_next(&each));) {
		if (text_same(r->document_no, document_no))
			return true;
	}
	return false;
}

static struct verdict receive_appropriation(struct turn *turn, const void *command)
{
	const Funding__ReceiveAppropriationRequest *cmd = command;
	const Funding__Appropriation *found =
		turn_find(turn, &appropriations, cmd->appropriation_id);

	if (turn_find(turn, &receipts, cmd->receipt_id))
		return REFUSE(RECEIPT_EXISTS, cmd->receipt_id);
	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->appropriation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->appropriation_id);
	if (found->state == STATE(CLOSED))
		return REFUSE(APPROPRIATION_CLOSED, cmd->appropriation_id);
	if (document_recorded(turn, cmd->appropriation_id, cmd->document_no))
		return REFUSE(DOCUMENT_RECORDED, cmd->document_no);
	if (sum_above(cmd->amount_fen, sum_left(found->planned_fen, found->received_fen)))
		return REFUSE(RECEIVED_ABOVE_PLANNED, cmd->appropriation_id);

	Funding__Appropriation next = *found;
	next.received_fen = sum_of(found->received_fen, cmd->amount_fen);
	next.state =
		next.received_fen == next.planned_fen ? STATE(RECEIVED) : STATE(PARTLY_RECEIVED);

	Funding__Receipt part = FUNDING__RECEIPT__INIT;
	part.receipt_id = cmd->receipt_id;
	part.appropriation_id = cmd->appropriation_id;
	part.programme_year_id = found->programme_year_id;
	part.source = found->source;
	part.region_code = found->region_code;
	part.amount_fen = cmd->amount_fen;
	part.received_on = cmd->received_on;
	part.document_no = cmd->document_no;
	part.recorded_by = turn_actor(turn)->person_id;

	Funding__LedgerEntry from = ledger_appropriation(turn, found);
	Funding__LedgerEntry to =
		ledger_source(turn, found->programme_year_id, found->source, found->region_code);
	struct booking booking = { BOOKS(RECEIPT), cmd->receipt_id, cmd->amount_fen,
				   cmd->received_on };
	struct booked booked = ledger_book(turn, &booking, &from, &to);

	Funding__AppropriationReceived event = FUNDING__APPROPRIATION_RECEIVED__INIT;
	event.appropriation = &next;
	event.receipt = &part;
	event.n_entries = booked.n_entries;
	event.entries = booked.entries;
	return turn_accept(turn, &event.base);
}

static struct verdict close_appropriation(struct turn *turn, const void *command)
{
	const Funding__CloseAppropriationRequest *cmd = command;
	const Funding__Appropriation *found =
		turn_find(turn, &appropriations, cmd->appropriation_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->appropriation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->appropriation_id);
	if (found->state == STATE(CLOSED))
		return REFUSE(APPROPRIATION_CLOSED, cmd->appropriation_id);

	Funding__Appropriation next = *found;
	next.state = STATE(CLOSED);
	next.closed_by = turn_actor(turn)->person_id;
	next.closed_on = cmd->closed_on;
	next.closing_document_no = cmd->document_no;

	Funding__AppropriationClosed event = FUNDING__APPROPRIATION_CLOSED__INIT;
	event.appropriation = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "PlanAppropriation", plan_appropriation, BY_PROVINCE,
	  "appropriation_id programme_year_id source planned_fen document_no" },
	{ "ReceiveAppropriation", receive_appropriation, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "receipt_id appropriation_id amount_fen received_on document_no" },
	{ "CloseAppropriation", close_appropriation, BY_PROVINCE,
	  "appropriation_id closed_on document_no" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetAppropriation", GET(appropriations) },
	{ "ListAppropriations", LIST(appropriations) },
	{ "GetReceipt", GET(receipts) },
	{ "ListReceipts", LIST(receipts) },
	{ 0 },
};
static const struct table *const tables[] = { &appropriations, &receipts, NULL };
const struct aggregate appropriation = { tables, commands, queries };
