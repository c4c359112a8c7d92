/* The ledger: double entry.  Each event of money books one transaction, whose entries add up to
 * zero; a balance is the sum of an account's entries, kept at each change. */
#pragma once

#include "engine/turn.h"

#include "shegong/funding/v1/funding.pb-c.h"

/* An account of the ledger: an entry in which all but the booking is filled in.  They live until
 * the turn ends. */
Funding__LedgerEntry ledger_appropriation(struct turn *, const Funding__Appropriation *);
Funding__LedgerEntry ledger_source(struct turn *, const char *programme_year_id, const char *source,
				   const char *region_code);
Funding__LedgerEntry ledger_special(struct turn *, const Funding__SpecialAccount *,
				    const char *source);
Funding__LedgerEntry ledger_spent(struct turn *, const Funding__SpecialAccount *,
				  const char *source, const char *category);

/* What is on the account, in fen: debit less credit. */
int64_t ledger_balance(struct turn *, const Funding__LedgerEntry *account);

/* The same at the end of that date. */
int64_t ledger_balance_on(struct turn *, const Funding__LedgerEntry *account, const char *on);

#define BOOKS(name) FUNDING__LEDGER_TRANSACTION_KIND__LEDGER_TRANSACTION_KIND_##name

/* What transactions of a kind booked on the account up to the end of that date. */
int64_t ledger_booked(struct turn *, const Funding__LedgerEntry *account,
		      Funding__LedgerTransactionKind, const char *on);

/* What a transaction books, and when. */
struct booking {
	Funding__LedgerTransactionKind transaction; /* BOOKS(RECEIPT), ... */
	const char *id; /* of the receipt, the disbursement, the expense */
	int64_t amount_fen;
	const char *booked_on;
};

/* The entries of a transaction, for the event that carries them. */
struct booked {
	size_t n_entries;
	Funding__LedgerEntry **entries;
};

/* Books the amount from one account to another. */
struct booked ledger_book(struct turn *, const struct booking *, const Funding__LedgerEntry *from,
			  const Funding__LedgerEntry *to);
