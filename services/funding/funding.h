/* Funding: what its files share.
 *
 *     source --receipt--> source's account --payment--> special account --expense--> spent
 *
 * Each arrow is one transaction of the ledger. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "shegong/funding/v1/funding.pb-c.h"

/* The answer "no": reason is a word of the enum Refusal, about what it concerns. */
#define REFUSE(reason, about) turn_refuse(FUNDING__REFUSAL__REFUSAL_##reason, about)

/* Our own records. */
extern const struct table appropriations, receipts;
extern const struct table entitlements, shares, budget_lines, special_accounts, stopped_grants;
extern const struct table disbursements, expenses, ledger_entries, distributions;

/* The things that we keep, and the figures that we give. */
extern const struct aggregate appropriation, entitlement, disbursement, expense, ledger, statement,
	execution, distribution;

/* A sentence for each refusal. */
extern const struct refusal funding_refusals[];

/* What we keep of the services that we follow, and what their events lead to. */
extern const struct copy funding_copies[];
extern const struct reaction funding_reactions[];
