/* A suspension: a time in which somebody in post is not at work.  The place stays taken.
 *
 *     ACTIVE --suspend--> SUSPENDED --resume--> ACTIVE */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

static const Stations__PostingState ACTIVE = STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE;
static const Stations__PostingState SUSPENDED = STATIONS__POSTING_STATE__POSTING_STATE_SUSPENDED;

enum { BY_SUSPENDERS = BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_TOWN | BY_AGENCY };

const char *suspension_last_day(const Stations__Posting *of)
{
	if (!of->n_suspensions)
		return of->arrived_on;
	const Stations__Suspension *last = of->suspensions[of->n_suspensions - 1];
	return text_empty(last->resumed_on) ? last->suspended_on : last->resumed_on;
}

static struct verdict suspend_posting(struct turn *turn, const void *command)
{
	const Stations__SuspendPostingRequest *cmd = command;
	const Stations__Posting *found = turn_find(turn, &postings, cmd->posting_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->posting_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->posting_id);
	if (found->state != ACTIVE)
		return REFUSE(POSTING_NOT_ACTIVE, cmd->posting_id);
	if (day_text_before(cmd->suspended_on, suspension_last_day(found)))
		return REFUSE(SUSPENDED_TOO_EARLY, cmd->posting_id);

	Stations__Suspension suspension = STATIONS__SUSPENSION__INIT;
	suspension.suspended_on = cmd->suspended_on;
	suspension.reason = cmd->reason;

	Stations__Posting next = *found;
	next.state = SUSPENDED;
	next.suspensions = turn_take(turn, (found->n_suspensions + 1) * sizeof(*next.suspensions));
	for (size_t i = 0; i < found->n_suspensions; i++)
		next.suspensions[i] = found->suspensions[i];
	next.suspensions[next.n_suspensions++] = &suspension;

	Stations__PostingSuspended event = STATIONS__POSTING_SUSPENDED__INIT;
	event.posting = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict resume_posting(struct turn *turn, const void *command)
{
	const Stations__ResumePostingRequest *cmd = command;
	const Stations__Posting *found = turn_find(turn, &postings, cmd->posting_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->posting_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->posting_id);
	if (found->state != SUSPENDED)
		return REFUSE(POSTING_NOT_SUSPENDED, cmd->posting_id);
	if (day_text_before(cmd->resumed_on, suspension_last_day(found)))
		return REFUSE(RESUMED_TOO_EARLY, cmd->posting_id);

	Stations__Suspension over = *found->suspensions[found->n_suspensions - 1];
	over.resumed_on = cmd->resumed_on;

	Stations__Posting next = *found;
	next.state = ACTIVE;
	next.suspensions = turn_take(turn, found->n_suspensions * sizeof(*next.suspensions));
	for (size_t i = 0; i + 1 < found->n_suspensions; i++)
		next.suspensions[i] = found->suspensions[i];
	next.suspensions[found->n_suspensions - 1] = &over;

	Stations__PostingResumed event = STATIONS__POSTING_RESUMED__INIT;
	event.posting = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "SuspendPosting", suspend_posting, BY_SUSPENDERS, "posting_id suspended_on reason" },
	{ "ResumePosting", resume_posting, BY_SUSPENDERS, "posting_id resumed_on" },
	{ 0 },
};

const struct aggregate suspension = { NULL, commands, NULL };
