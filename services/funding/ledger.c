/* The ledger's accounts, the two entries of each transaction, and the proof that all adds up. */
#include "ledger.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "sums.h"

/* A special account belongs to one programme year, so that "account" alone would do as a tally;
 * with the year before it, the accounts of a year can be counted. */
#define BALANCES "programme_year_id,account:amount_fen"
#define BY_DAY	 "programme_year_id,account,transaction,booked_on:amount_fen"
#define SUMS	 "programme_year_id:amount_fen"

const struct table ledger_entries = {
	.name = "ledger_entries",
	.record = &funding__ledger_entry__descriptor,
	.id = "entry_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "transaction_id", "programme_year_id", "project_id" },
	.tallies = { SUMS, BALANCES, BY_DAY, "programme_year_id,transaction_id" },
};

#define KIND(name) FUNDING__LEDGER_ACCOUNT_KIND__LEDGER_ACCOUNT_KIND_##name

Funding__LedgerEntry ledger_appropriation(struct turn *turn,
					  const Funding__Appropriation *appropriation)
{
	Funding__LedgerEntry account = FUNDING__LEDGER_ENTRY__INIT;

	account.account = turn_text(turn, "appropriation:%s:%s", appropriation->programme_year_id,
				    appropriation->source);
	account.kind = KIND(APPROPRIATION);
	account.programme_year_id = appropriation->programme_year_id;
	account.source = appropriation->source;
	account.region_code = appropriation->region_code;
	return account;
}

Funding__LedgerEntry ledger_source(struct turn *turn, const char *programme_year_id,
				   const char *source, const char *region_code)
{
	Funding__LedgerEntry account = FUNDING__LEDGER_ENTRY__INIT;

	account.account = turn_text(turn, "source:%s:%s", programme_year_id, source);
	account.kind = KIND(SOURCE);
	account.programme_year_id = programme_year_id;
	account.source = source;
	account.region_code = region_code;
	return account;
}

Funding__LedgerEntry ledger_special(struct turn *turn, const Funding__SpecialAccount *special,
				    const char *source)
{
	Funding__LedgerEntry account = FUNDING__LEDGER_ENTRY__INIT;

	account.account = turn_text(turn, "special:%s:%s", special->account_id, source);
	account.kind = KIND(SPECIAL);
	account.programme_year_id = special->programme_year_id;
	account.source = source;
	account.project_id = special->project_id;
	account.region_code = special->region_code;
	account.agency_id = special->agency_id;
	return account;
}

Funding__LedgerEntry ledger_spent(struct turn *turn, const Funding__SpecialAccount *special,
				  const char *source, const char *category)
{
	Funding__LedgerEntry account = ledger_special(turn, special, source);

	account.account = turn_text(turn, "spent:%s:%s:%s", special->account_id, source, category);
	account.kind = KIND(SPENT);
	account.category = category;
	return account;
}

int64_t ledger_balance(struct turn *turn, const Funding__LedgerEntry *account)
{
	return turn_sum(turn, &ledger_entries, BALANCES, account);
}

int64_t ledger_booked(struct turn *turn, const Funding__LedgerEntry *account,
		      Funding__LedgerTransactionKind transaction, const char *on)
{
	Funding__LedgerEntry like = *account;
	int64_t booked_fen = 0;
	struct group group;

	like.transaction = transaction;
	struct each days = turn_groups(turn, &ledger_entries, BY_DAY, &like, 3);
	while (group_next(&days, &group)) {
		const Funding__LedgerEntry *day = group.like;

		if (day_text_before(on, day->booked_on))
			break;
		booked_fen = sum_of(booked_fen, group.sum);
	}
	return booked_fen;
}

int64_t ledger_balance_on(struct turn *turn, const Funding__LedgerEntry *account, const char *on)
{
	int64_t balance_fen = 0;

	for (int kind = BOOKS(RECEIPT); kind <= BOOKS(RETURN); kind++)
		balance_fen = sum_of(
			balance_fen,
			ledger_booked(turn, account, (Funding__LedgerTransactionKind)kind, on));
	return balance_fen;
}

/* The word with which the ids of a transaction and of its entries begin. */
static const char *const transaction_words[] = {
	[BOOKS(RECEIPT)] = "receipt",	[BOOKS(PAYMENT)] = "payment", [BOOKS(EXPENSE)] = "expense",
	[BOOKS(REVERSAL)] = "reversal", [BOOKS(RETURN)] = "return",
};

/* One side of a transaction.  Both sides name the project, so that who sees one sees the other. */
static Funding__LedgerEntry *entry(struct turn *turn, const struct booking *booking,
				   const Funding__LedgerEntry *account,
				   const Funding__LedgerEntry *other, int number, int64_t fen)
{
	Funding__LedgerEntry *made = turn_take(turn, sizeof(*made));

	*made = *account;
	if (text_empty(account->project_id)) {
		made->project_id = other->project_id;
		made->region_code = other->region_code;
		made->agency_id = other->agency_id;
	}
	made->transaction = booking->transaction;
	made->transaction_id = turn_id(
		turn,
		turn_text(turn, "%s:%s", transaction_words[booking->transaction], booking->id),
		false);
	made->entry_id =
		turn_id(turn, turn_text(turn, "%s:%d", made->transaction_id, number), false);
	made->amount_fen = fen;
	made->booked_on = booking->booked_on;
	return made;
}

struct booked ledger_book(struct turn *turn, const struct booking *booking,
			  const Funding__LedgerEntry *from, const Funding__LedgerEntry *to)
{
	struct booked booked = { 2, turn_take(turn, 2 * sizeof(*booked.entries)) };
	int64_t amount_fen = booking->amount_fen;

	booked.entries[0] = entry(turn, booking, to, from, 1, amount_fen);
	booked.entries[1] = entry(turn, booking, from, to, 2, sum_left(0, amount_fen));
	return booked;
}

/* Adds the transaction's entries up, one by one: the tallies are not trusted here. */
static int64_t walk_transaction(struct turn *turn, const char *transaction_id, int64_t *n_walked)
{
	Funding__LedgerEntry like = { .transaction_id = transaction_id };
	struct each each = turn_each(turn, &ledger_entries, "transaction_id", &like);
	int64_t sum_fen = 0;

	for (const Funding__LedgerEntry *e; (e = each_next(&each));) {
		sum_fen = sum_of(sum_fen, e->amount_fen);
		++*n_walked;
	}
	return sum_fen;
}

static struct verdict verify_ledger(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Funding__VerifyLedgerRequest *asked = request;
	Funding__VerifyLedgerResponse *answer = (Funding__VerifyLedgerResponse *)response;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, asked->programme_year_id);
	Funding__LedgerEntry like = { .programme_year_id = asked->programme_year_id };
	struct group group;

	if (!year || !covers_year(turn, year))
		return turn_not_found(asked->programme_year_id);

	struct each accounts = turn_groups(turn, &ledger_entries, BALANCES, &like, 1);
	while (group_next(&accounts, &group))
		answer->accounts++;
	answer->sum_fen = turn_sum(turn, &ledger_entries, SUMS, &like);
	answer->entries = (int64_t)turn_count(turn, &ledger_entries, SUMS, &like);

	struct each transactions =
		turn_groups(turn, &ledger_entries, "programme_year_id,transaction_id", &like, 1);
	while (group_next(&transactions, &group))
		answer->transactions++;
	answer->unbalanced =
		turn_take(turn, (size_t)answer->transactions * sizeof(*answer->unbalanced));
	transactions =
		turn_groups(turn, &ledger_entries, "programme_year_id,transaction_id", &like, 1);
	while (group_next(&transactions, &group)) {
		const Funding__LedgerEntry *one = group.like;
		int64_t fen = walk_transaction(turn, one->transaction_id, &answer->entries_walked);

		if (fen != 0)
			answer->unbalanced[answer->n_unbalanced++] = one->transaction_id;
	}
	answer->balanced = answer->n_unbalanced == 0 && answer->sum_fen == 0 &&
			   answer->entries_walked == answer->entries;
	return turn_done();
}

static const struct query queries[] = {
	{ "GetLedgerEntry", GET(ledger_entries) },
	{ "ListLedgerEntries", LIST(ledger_entries) },
	{ "VerifyLedger", .answer = verify_ledger,
	  .callers = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_AUDITOR | BY_DASHBOARD },
	{ 0 },
};
static const struct table *const tables[] = { &ledger_entries, NULL };
const struct aggregate ledger = { tables, NULL, queries };
