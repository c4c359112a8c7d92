/* Exceptions: leave to spend beyond what the rules let a source bear, or beyond the standards of
 * expense.  An expense cites the exception that it rests on, and all that cite it stay together
 * below its amount.
 *
 *     REQUESTED --another person--> APPROVED
 *         `-----------------> REFUSED */
#include "base/text.h"

#include "follow.h"
#include "funding.h"

const struct table exceptions = {
	.name = "expense_exceptions",
	.record = &funding__expense_exception__descriptor,
	.id = "exception_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "programme_year_id", "project_id", "account_id" },
};

#define STATE(name) FUNDING__EXCEPTION_STATE__EXCEPTION_STATE_##name

bool exception_approved(const Funding__ExpenseException *exception)
{
	return exception->state == STATE(APPROVED);
}

static struct verdict request_exception(struct turn *turn, const void *command)
{
	const Funding__RequestExceptionRequest *cmd = command;
	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, cmd->account_id);

	if (turn_find(turn, &exceptions, cmd->exception_id))
		return REFUSE(EXCEPTION_EXISTS, cmd->exception_id);
	if (!account || !turn_may_act(turn, account->region_code, account->agency_id))
		return turn_not_found(cmd->account_id);

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, account->programme_year_id);
	const Stations__FundSource *source = year_source(year, cmd->source);

	if (!source)
		return REFUSE(SOURCE_UNKNOWN, cmd->source);
	/* RULE B11: "Administration is never paid from the central share." */
	if (administration_not_borne(source, cmd->category))
		return REFUSE(ADMINISTRATIVE_COST_NOT_ALLOWED, cmd->source);

	Funding__ExpenseException requested = FUNDING__EXPENSE_EXCEPTION__INIT;
	requested.exception_id = cmd->exception_id;
	requested.account_id = cmd->account_id;
	requested.project_id = account->project_id;
	requested.programme_year_id = account->programme_year_id;
	requested.region_code = account->region_code;
	requested.agency_id = account->agency_id;
	requested.source = cmd->source;
	requested.category = cmd->category;
	requested.amount_fen = cmd->amount_fen;
	requested.reason = cmd->reason;
	requested.state = STATE(REQUESTED);
	requested.requested_by = turn_actor(turn)->person_id;
	requested.requested_on = turn_today_text(turn);

	Funding__ExceptionRequested event = FUNDING__EXCEPTION_REQUESTED__INIT;
	event.exception = &requested;
	return turn_accept(turn, &event.base);
}

/* May he who asks decide about it, in whichever way? */
static struct verdict judge_decision(struct turn *turn, const Funding__ExpenseException *found,
				     const char *exception_id, uint64_t expected_revision)
{
	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(exception_id);
	if (expected_revision && expected_revision != found->revision)
		return turn_stale(exception_id);
	if (found->state != STATE(REQUESTED))
		return REFUSE(EXCEPTION_NOT_REQUESTED, exception_id);
	if (text_same(found->requested_by, turn_actor(turn)->person_id))
		return REFUSE(EXCEPTION_DECIDED_BY_REQUESTER, exception_id);
	return turn_done();
}

static struct verdict approve_exception(struct turn *turn, const void *command)
{
	const Funding__ApproveExceptionRequest *cmd = command;
	const Funding__ExpenseException *found = turn_find(turn, &exceptions, cmd->exception_id);
	struct verdict judged =
		judge_decision(turn, found, cmd->exception_id, cmd->expected_revision);

	if (judged.refusal)
		return judged;

	Funding__ExpenseException next = *found;
	next.state = STATE(APPROVED);
	next.decided_by = turn_actor(turn)->person_id;
	next.decided_on = cmd->decided_on;
	next.document_no = cmd->document_no;

	Funding__ExceptionApproved event = FUNDING__EXCEPTION_APPROVED__INIT;
	event.exception = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict refuse_exception(struct turn *turn, const void *command)
{
	const Funding__RefuseExceptionRequest *cmd = command;
	const Funding__ExpenseException *found = turn_find(turn, &exceptions, cmd->exception_id);
	struct verdict judged =
		judge_decision(turn, found, cmd->exception_id, cmd->expected_revision);

	if (judged.refusal)
		return judged;

	Funding__ExpenseException next = *found;
	next.state = STATE(REFUSED);
	next.decided_by = turn_actor(turn)->person_id;
	next.decided_on = cmd->decided_on;
	next.document_no = cmd->document_no;
	next.refused_because = cmd->reason;

	Funding__ExceptionRefused event = FUNDING__EXCEPTION_REFUSED__INIT;
	event.exception = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "RequestException", request_exception, BY_AGENCY | BY_PROJECT_OFFICE,
	  "exception_id account_id source category amount_fen reason" },
	{ "ApproveException", approve_exception, BY_PROVINCE,
	  "exception_id decided_on document_no" },
	{ "RefuseException", refuse_exception, BY_PROVINCE,
	  "exception_id decided_on document_no reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetExpenseException", GET(exceptions) },
	{ "ListExpenseExceptions", LIST(exceptions) },
	{ 0 },
};
static const struct table *const tables[] = { &exceptions, NULL };
const struct aggregate exception = { tables, commands, queries };
