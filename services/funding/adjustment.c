/* Adjustments: a decision of the province that changes what a project is entitled to, as after
 * somebody's leaving in the middle of the year.  No rule of the programmes says how much that is,
 * so that none is worked out here: the decision names the amount. */
#include "base/text.h"

#include "funding.h"
#include "sums.h"

const struct table adjustments = {
	.name = "adjustments",
	.record = &funding__adjustment__descriptor,
	.id = "adjustment_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "entitlement_id", "project_id", "programme_year_id" },
};

#define STATE(name) FUNDING__ENTITLEMENT_STATE__ENTITLEMENT_STATE_##name

static const Funding__EntitlementShare *share_of(struct turn *turn, const char *project_id,
						 const char *source)
{
	return turn_by(turn, &shares, "project_id,source",
		       &(Funding__EntitlementShare){ .project_id = project_id, .source = source });
}

/* What of the source's share is requested, authorised or paid, and did not go back. */
static int64_t disbursed_of(struct turn *turn, const char *project_id, const char *source)
{
	Funding__Disbursement claimed = { .project_id = project_id, .source = source };
	Funding__Recovery returned = { .project_id = project_id, .source = source };

	return sum_left(turn_sum(turn, &disbursements, "project_id,source:claimed_fen", &claimed),
			turn_sum(turn, &recoveries, "project_id,source:returned_fen", &returned));
}

/* Judges what the decision makes of one source's share. */
static struct verdict judge_share(struct turn *turn, const char *project_id,
				  const Funding__AdjustedShare *decided)
{
	const Funding__EntitlementShare *share = share_of(turn, project_id, decided->source);

	if (!share)
		return REFUSE(SOURCE_UNKNOWN, decided->source);

	const char *held_for = budget_held_for(turn, project_id, decided->source);

	/* The change was judged by the share as it is. */
	if (held_for)
		return REFUSE(BUDGET_LINE_HELD, held_for);
	/* RULE B9: "A project is entitled to the year's standard for each person under its
	 * agreement, and to no more." */
	if (sum_above(decided->amount_fen, sum_left(share->amount_fen, share->adjusted_fen)))
		return REFUSE(ABOVE_PERSON_STANDARD, decided->source);
	if (sum_above(disbursed_of(turn, project_id, decided->source), decided->amount_fen))
		return REFUSE(BELOW_DISBURSED, decided->source);
	return turn_done();
}

/* The source of two of the shares, or NULL. */
static const char *source_twice(Funding__AdjustedShare *const *decided, size_t n_decided)
{
	for (size_t i = 1; i < n_decided; i++) {
		for (size_t k = 0; k < i; k++) {
			if (text_same(decided[i]->source, decided[k]->source))
				return decided[i]->source;
		}
	}
	return NULL;
}

/* Carries the decision out for one share: what the share becomes, and what it does to the whole. */
static Funding__EntitlementShare *adjust_share(struct turn *turn, Funding__Entitlement *whole,
					       Funding__AdjustedShare *decided)
{
	const Funding__EntitlementShare *before =
		share_of(turn, whole->project_id, decided->source);
	Funding__EntitlementShare *after = turn_take(turn, sizeof(*after));
	int64_t more_fen = sum_left(decided->amount_fen, before->amount_fen);

	*after = *before;
	after->amount_fen = decided->amount_fen;
	after->adjusted_fen = sum_of(before->adjusted_fen, more_fen);
	whole->amount_fen = sum_of(whole->amount_fen, more_fen);
	whole->adjusted_fen = sum_of(whole->adjusted_fen, more_fen);
	if (text_same(decided->source, "central"))
		whole->central_fen = after->amount_fen;
	else
		whole->other_fen = sum_of(whole->other_fen, more_fen);
	decided->before_fen = before->amount_fen;
	return after;
}

/* The proposal of that change for the entitlement, if it waits for a decision; else NULL. */
static const Funding__AdjustmentProposal *proposal_of(struct turn *turn, const char *change_id,
						      const char *entitlement_id)
{
	const Funding__AdjustmentProposal *found =
		turn_find(turn, &adjustment_proposals, change_id);

	if (!found || !text_same(found->entitlement_id, entitlement_id))
		return NULL;
	return text_empty(found->adjustment_id) ? found : NULL;
}

static struct verdict adjust_entitlement(struct turn *turn, const void *command)
{
	const Funding__AdjustEntitlementRequest *cmd = command;
	const Funding__Entitlement *found = turn_find(turn, &entitlements, cmd->entitlement_id);

	if (turn_find(turn, &adjustments, cmd->adjustment_id))
		return REFUSE(ADJUSTMENT_EXISTS, cmd->adjustment_id);
	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->entitlement_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->entitlement_id);
	if (found->state == STATE(SETTLED))
		return REFUSE(ENTITLEMENT_SETTLED, cmd->entitlement_id);

	const Funding__AdjustmentProposal *proposal =
		proposal_of(turn, cmd->change_id, cmd->entitlement_id);

	if (!text_empty(cmd->change_id) && !proposal)
		return REFUSE(NOTHING_PROPOSED, cmd->change_id);
	if (source_twice(cmd->shares, cmd->n_shares))
		return turn_invalid("shares.source");
	for (size_t i = 0; i < cmd->n_shares; i++) {
		struct verdict judged = judge_share(turn, found->project_id, cmd->shares[i]);

		if (judged.refusal)
			return judged;
	}

	Funding__Entitlement next = *found;
	next.state = STATE(ADJUSTED);

	Funding__Adjustment decided = FUNDING__ADJUSTMENT__INIT;
	decided.adjustment_id = cmd->adjustment_id;
	decided.entitlement_id = cmd->entitlement_id;
	decided.project_id = found->project_id;
	decided.programme_year_id = found->programme_year_id;
	decided.region_code = found->region_code;
	decided.agency_id = found->agency_id;
	decided.n_shares = cmd->n_shares;
	decided.shares = turn_take(turn, cmd->n_shares * sizeof(*decided.shares));
	decided.decided_on = cmd->decided_on;
	decided.document_no = cmd->document_no;
	decided.reason = cmd->reason;
	decided.recorded_by = turn_actor(turn)->person_id;
	decided.change_id = cmd->change_id;

	Funding__EntitlementAdjusted event = FUNDING__ENTITLEMENT_ADJUSTED__INIT;
	event.adjustment = &decided;
	event.entitlement = &next;
	event.n_shares = cmd->n_shares;
	event.shares = turn_take(turn, cmd->n_shares * sizeof(*event.shares));
	for (size_t i = 0; i < cmd->n_shares; i++) {
		Funding__AdjustedShare *share = turn_take(turn, sizeof(*share));

		*share = *cmd->shares[i];
		event.shares[i] = adjust_share(turn, &next, share);
		decided.shares[i] = share;
	}
	if (proposal) {
		event.proposal = turn_take(turn, sizeof(*event.proposal));
		*event.proposal = *proposal;
		event.proposal->adjustment_id = cmd->adjustment_id;
	}
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "AdjustEntitlement", adjust_entitlement, BY_PROVINCE,
	  "adjustment_id entitlement_id shares decided_on document_no reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetAdjustment", GET(adjustments) },
	{ "ListAdjustments", LIST(adjustments) },
	{ 0 },
};
static const struct table *const tables[] = { &adjustments, NULL };
const struct aggregate adjustment = { tables, commands, queries };
