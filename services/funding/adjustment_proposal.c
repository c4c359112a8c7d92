/* What an approved change of people would make of an entitlement, by the standard.  No rule says
 * what becomes of the money of one who leaves before the year is over: the proposal is laid before
 * the province, and alters nothing.
 *
 *     (approved change) -> waits --AdjustEntitlement that names the change--> answered */
#include "base/money.h"

#include "follow.h"
#include "funding.h"

const struct table adjustment_proposals = {
	.name = "adjustment_proposals",
	.record = &funding__adjustment_proposal__descriptor,
	.id = "change_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "project_id", "programme_year_id" },
};

struct verdict propose_adjustment(struct turn *turn, const Stations__ChangeRequest *change,
				  int32_t agreed_people)
{
	const Funding__Entitlement *entitled =
		turn_by(turn, &entitlements, "project_id",
			&(Funding__Entitlement){ .project_id = change->project_id });
	Funding__AdjustmentProposal proposal = FUNDING__ADJUSTMENT_PROPOSAL__INIT;
	Funding__AdjustmentProposed event = FUNDING__ADJUSTMENT_PROPOSED__INIT;
	struct money due = money_of_fen(0);

	proposal.change_id = change->change_id;
	proposal.project_id = change->project_id;
	proposal.programme_year_id = change->programme_year_id;
	proposal.site_id = change->site_id;
	proposal.region_code = change->region_code;
	proposal.agency_id = change->agency_id;
	proposal.agreed_people = agreed_people;
	proposal.proposed_on = turn_today_text(turn);
	/* A project whose grant was stopped has nothing to adjust; the change is followed even so. */
	if (entitled) {
		proposal.entitlement_id = entitled->entitlement_id;
		proposal.granted_people = entitled->people;
		proposal.granted_fen = entitled->amount_fen;
		if (money_times(&due, money_of_fen(entitled->person_standard_fen), agreed_people))
			proposal.by_standard_fen = money_fen(due);
	}
	event.proposal = &proposal;
	return turn_accept(turn, &event.base);
}

static const struct query queries[] = {
	{ "GetAdjustmentProposal", GET(adjustment_proposals) },
	{ "ListAdjustmentProposals", LIST(adjustment_proposals) },
	{ 0 },
};

static const struct table *const tables[] = { &adjustment_proposals, NULL };

const struct aggregate adjustment_proposal = { tables, NULL, queries };
