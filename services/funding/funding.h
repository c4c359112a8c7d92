/* Funding: what its files share.
 *
 *     source --receipt--> source's account --payment--> special account --expense--> spent
 *
 * Each arrow is one transaction of the ledger. */
#pragma once

#include "engine/service.h"
#include "engine/turn.h"

#include "ledger.h"

#include "shegong/funding/v1/funding.pb-c.h"

/* The answer "no": reason is a word of the enum Refusal, about what it concerns. */
#define REFUSE(reason, about) turn_refuse(FUNDING__REFUSAL__REFUSAL_##reason, about)

/* Our own records. */
extern const struct table appropriations, receipts;
extern const struct table entitlements, shares, budget_lines, special_accounts, stopped_grants;
extern const struct table disbursements, expenses, ledger_entries, distributions;
extern const struct table standards, exceptions, reconciliations, recoveries, adjustments;
extern const struct table training_claims;
extern const struct table budget_holds, adjustment_proposals;

/* The things that we keep, and the figures that we give. */
extern const struct aggregate appropriation, entitlement, account, disbursement, expense, ledger,
	statement, execution, distribution;
extern const struct aggregate standard, exception, reconciliation, recovery, adjustment;
extern const struct aggregate training_claim, budget_hold, adjustment_proposal;

/* The offices that check what an agency recorded. */
enum { BY_CHECKERS = BY_PROVINCE | BY_PROJECT_OFFICE | BY_PREFECTURE | BY_COUNTY };

/* Who sees each payment: who gives the money, who spends it, and who judges how it was spent. */
enum { BY_THOSE_WHO_ACCOUNT = BY_AUTHORITIES | BY_AGENCY | BY_EVALUATOR };

/* What each source bears of a project's entitlement, by the sources' words. */
struct share_list {
	size_t n;
	const Funding__EntitlementShare **each;
};
struct share_list shares_of(struct turn *, const char *project_id);

/* True where nothing may be paid into the account or spent from it until it is open again. */
bool account_frozen(const Funding__SpecialAccount *);

/* True where the account is settled, or closed as well. */
bool account_settled(const Funding__SpecialAccount *);

/* What is on the account at the end of that date, all sources together. */
int64_t account_balance(struct turn *, const Funding__SpecialAccount *, const char *on);

/* True where a confirmed reconciliation says without a difference what is on the account. */
bool account_reconciled(struct turn *, const Funding__SpecialAccount *);

/* True where a disbursement to the project is requested or authorised. */
bool disbursement_under_way(struct turn *, const char *project_id);

/* True where an expense of the account is neither verified nor reversed. */
bool expense_unverified(struct turn *, const char *account_id);

/* True where a training claim of the account is submitted or accepted. */
bool claim_under_way(struct turn *, const char *account_id);

/* The training claim as it is once its payment is reversed; NULL where there is no such claim. */
Funding__TrainingClaim *claim_reversed(struct turn *, const char *claim_id);

/* Money that is to be spent from a special account. */
struct spending {
	const Funding__SpecialAccount *account;
	const char *source, *category;
	int64_t amount_fen;
	bool by_exception; /* the source bears the category by exception alone: there is no line */
};

/* Do the budget and what is on the account allow it? */
struct verdict judge_spending(struct turn *, const struct spending *);

/* Books it as the expense of that id. */
struct booked book_spending(struct turn *, const struct spending *, const char *expense_id,
			    const char *spent_on);

/* How far a project's money has come, all sources together. */
Funding__ProjectExecution *execute_project(struct turn *, const char *project_id);

/* True where money of the account has to go back and did not. */
bool recovery_outstanding(struct turn *, const char *account_id);

/* The recovery of what a settled account has left of a source. */
Funding__Recovery *recover_unspent(struct turn *, const Funding__SpecialAccount *,
				   const char *source, int64_t amount_fen, const char *return_by);

/* A business date began: what should have gone back the day before is overdue. */
struct verdict recoveries_overdue(struct turn *, struct day today);

/* True where expenses may cite the exception. */
bool exception_approved(const Funding__ExpenseException *);

/* True where the category has standards that hold on that date. */
bool standards_hold(struct turn *, const char *programme_year_id, const char *category,
		    const char *on);

/* The standard of that unit that holds on that date, or NULL. */
const Funding__ExpenseStandard *standard_of(struct turn *, const char *programme_year_id,
					    const char *category, const char *unit, const char *on);

/* True where the amount is more than so many units may cost. */
bool above_standard(const Funding__ExpenseStandard *, int32_t units, int64_t amount_fen);

/* The line of the budget that holds for the account, source and category now, or NULL. */
const Funding__BudgetLine *budget_line_open(struct turn *, const char *account_id,
					    const char *source, const char *category);

/* The change that was handed in and holds a line of the project and source, or NULL. */
const char *budget_held_for(struct turn *, const char *project_id, const char *source);

/* A sentence for each refusal. */
extern const struct refusal funding_refusals[];

/* What we keep of the services that we follow, and what their events lead to. */
extern const struct copy funding_copies[];
extern const struct reaction funding_reactions[];
