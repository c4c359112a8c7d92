/* What funding holds for a change of a budget that was handed in at stations: whether the new
 * budget is lawful is judged here, and nothing is spent on the lines that it alters until it is
 * decided.
 *
 *     (handed in) -> HELD | REFUSED
 *                    HELD -> CONFIRMED     approved: the old lines are closed, the new ones open
 *                    HELD -> RELEASED      written anew, returned, rejected, withdrawn, lapsed
 *
 * Only what happens at stations ends a hold: two clocks would race. */
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "ledger.h"
#include "sums.h"

const struct table budget_holds = {
	.name = "budget_holds",
	.record = &funding__budget_hold__descriptor,
	.id = "change_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_THOSE_WHO_ACCOUNT | NOT_FROM_BELOW,
	.indexes = { "project_id", "programme_year_id", "state" },
};

#define STATE(name) FUNDING__BUDGET_HOLD_STATE__BUDGET_HOLD_STATE_##name

/* The change's line of a source and category, or NULL. */
static const Stations__BudgetLine *altered_line(const Stations__ChangeRequest *change,
						const Funding__BudgetLine *line)
{
	const Stations__Alteration *by = change->alteration;

	for (size_t i = 0; i < by->n_budget; i++) {
		if (text_same(by->budget[i]->source, line->source) &&
		    text_same(by->budget[i]->category, line->category))
			return by->budget[i];
	}
	return NULL;
}

static bool is_altered(const Stations__ChangeRequest *change, const Funding__BudgetLine *line)
{
	const Stations__BudgetLine *becomes = altered_line(change, line);

	return !becomes || becomes->amount_fen != line->amount_fen;
}

/* The open lines of a project, copied so that they can be changed, before spare empty rows. */
struct lines {
	size_t n;
	Funding__BudgetLine **rows;
};

static struct lines lines_of(struct turn *turn, const char *project_id, size_t spare)
{
	Funding__BudgetLine like = { .project_id = project_id };
	uint64_t most = turn_count(turn, &budget_lines, "project_id", &like);
	struct lines lines = { .rows = turn_take(turn, (most + spare) * sizeof(*lines.rows)) };
	struct each each = turn_each(turn, &budget_lines, "project_id", &like);

	for (const Funding__BudgetLine *line; lines.n < most && (line = each_next(&each));) {
		if (line->closed)
			continue;
		lines.rows[lines.n] = turn_take(turn, sizeof(*lines.rows[lines.n]));
		*lines.rows[lines.n++] = *line;
	}
	return lines;
}

/* --- Whether the new budget is lawful ----------------------------------------------------------- */

static struct verdict judge_line(const Stations__ProgrammeYear *year,
				 const Stations__BudgetLine *line)
{
	const Stations__FundSource *source = year_source(year, line->source);

	if (!source)
		return REFUSE(SOURCE_UNKNOWN, line->source);
	/* RULE B11: "Administration is never paid from the central share." — nor does any source
	 * bear what the year's rules do not let it bear. */
	if (!source_bears(source, line->category))
		return REFUSE(CATEGORY_NOT_ALLOWED, line->category);
	return turn_done();
}

static int64_t sum_of_source(const Stations__Alteration *by, const char *source)
{
	int64_t sum_fen = 0;

	for (size_t i = 0; i < by->n_budget; i++) {
		if (text_same(by->budget[i]->source, source))
			sum_fen = sum_of(sum_fen, by->budget[i]->amount_fen);
	}
	return sum_fen;
}

static struct verdict judge_shares(struct turn *turn, const Stations__ChangeRequest *change)
{
	struct each each =
		turn_each(turn, &shares, "project_id",
			  &(Funding__EntitlementShare){ .project_id = change->project_id });

	for (const Funding__EntitlementShare *share; (share = each_next(&each));) {
		int64_t sum_fen = sum_of_source(change->alteration, share->source);

		/* RULE B10: "Each source bears its fixed share for each person." */
		if (sum_fen != share->amount_fen)
			return REFUSE(BUDGET_SHARE_DIFFERS, share->source);
	}
	return turn_done();
}

static struct verdict judge_spent(struct turn *turn, const Stations__ChangeRequest *change,
				  const struct lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		const Funding__BudgetLine *line = lines->rows[i];
		const Stations__BudgetLine *becomes = altered_line(change, line);
		const Funding__SpecialAccount *account =
			turn_find(turn, &special_accounts, line->account_id);
		Funding__LedgerEntry spent =
			ledger_spent(turn, account, line->source, line->category);

		/* RULE B16: "Entries are never edited" — what is spent on a line stays spent on
		 * it. */
		if (sum_above(ledger_balance(turn, &spent), becomes ? becomes->amount_fen : 0))
			return REFUSE(BUDGET_BELOW_SPENT, line->category);
	}
	return turn_done();
}

static struct verdict judge_budget(struct turn *turn, const Stations__ChangeRequest *change,
				   const struct lines *lines)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, change->programme_year_id);
	struct verdict verdict = turn_done();

	if (!lines->n)
		return turn_not_found(change->project_id);

	const Funding__SpecialAccount *account =
		turn_find(turn, &special_accounts, lines->rows[0]->account_id);

	if (account_settled(account))
		return REFUSE(ACCOUNT_SETTLED, account->account_id);
	for (size_t i = 0; i < lines->n; i++) {
		if (!text_empty(lines->rows[i]->held_by_change_id))
			return REFUSE(BUDGET_LINE_HELD, lines->rows[i]->held_by_change_id);
	}
	for (size_t i = 0; i < change->alteration->n_budget && !verdict.refusal; i++)
		verdict = judge_line(year, change->alteration->budget[i]);
	if (!verdict.refusal)
		verdict = judge_shares(turn, change);
	if (!verdict.refusal)
		verdict = judge_spent(turn, change, lines);
	return verdict;
}

/* --- What happens at stations -------------------------------------------------------------------- */

struct verdict hold_for_change(struct turn *turn, const Stations__ChangeRequest *change)
{
	Funding__BudgetHold hold = FUNDING__BUDGET_HOLD__INIT;
	Funding__BudgetHeld held = FUNDING__BUDGET_HELD__INIT;
	struct lines lines;
	struct verdict verdict;

	if (change->kind != STATIONS__CHANGE_KIND__CHANGE_KIND_BUDGET)
		return turn_done();
	lines = lines_of(turn, change->project_id, 0);
	hold.change_id = change->change_id;
	hold.version = change->version;
	hold.project_id = change->project_id;
	hold.programme_year_id = change->programme_year_id;
	hold.site_id = change->site_id;
	hold.region_code = change->region_code;
	hold.agency_id = change->agency_id;
	verdict = judge_budget(turn, change, &lines);
	if (verdict.refusal) {
		Funding__BudgetHoldRefused refused = FUNDING__BUDGET_HOLD_REFUSED__INIT;

		hold.state = STATE(REFUSED);
		hold.reason = verdict.refusal > 0 ? (Funding__Refusal)verdict.refusal : 0;
		hold.about = verdict.about;
		refused.hold = &hold;
		return turn_accept(turn, &refused.base);
	}
	hold.state = STATE(HELD);
	held.hold = &hold;
	held.lines = turn_take(turn, lines.n * sizeof(*held.lines));
	for (size_t i = 0; i < lines.n; i++) {
		if (!is_altered(change, lines.rows[i]))
			continue;
		lines.rows[i]->held_by_change_id = change->change_id;
		held.lines[held.n_lines++] = lines.rows[i];
	}
	return turn_accept(turn, &held.base);
}

struct verdict release_for_change(struct turn *turn, const Stations__ChangeRequest *change)
{
	const Funding__BudgetHold *found = turn_find(turn, &budget_holds, change->change_id);

	if (!found || found->state != STATE(HELD))
		return turn_done();

	struct lines lines = lines_of(turn, change->project_id, 0);
	Funding__BudgetHold next = *found;
	Funding__BudgetHoldReleased released = FUNDING__BUDGET_HOLD_RELEASED__INIT;

	next.state = STATE(RELEASED);
	released.hold = &next;
	released.lines = turn_take(turn, lines.n * sizeof(*released.lines));
	for (size_t i = 0; i < lines.n; i++) {
		if (!text_same(lines.rows[i]->held_by_change_id, change->change_id))
			continue;
		lines.rows[i]->held_by_change_id = "";
		released.lines[released.n_lines++] = lines.rows[i];
	}
	return turn_accept(turn, &released.base);
}

/* A line of the new version, like one of the version before. */
static Funding__BudgetLine *line_anew(struct turn *turn, const Funding__BudgetLine *like,
				      const Stations__BudgetLine *agreed, int32_t version)
{
	Funding__BudgetLine *line = turn_take(turn, sizeof(*line));

	*line = *like;
	line->line_id = turn_id(turn,
				turn_text(turn, "%s:v%d:%s:%s", like->project_id, version,
					  agreed->source, agreed->category),
				false);
	line->source = agreed->source;
	line->category = agreed->category;
	line->amount_fen = agreed->amount_fen;
	line->agreement_version = version;
	line->held_by_change_id = "";
	line->closed = false;
	return line;
}

/* RULE B16: "Money does not move between projects, sources or categories without an approved
 * change." — with one, all lines of the version before are closed, and those of the next are
 * open. */
static struct verdict amend_budget(struct turn *turn, const Stations__ChangeRequest *change,
				   int32_t version)
{
	const Stations__Alteration *by = change->alteration;
	const Funding__BudgetHold *found = turn_find(turn, &budget_holds, change->change_id);

	if (!found || found->state != STATE(HELD))
		return turn_done();

	struct lines lines = lines_of(turn, change->project_id, by->n_budget);
	Funding__BudgetHold next = *found;
	Funding__BudgetAmended amended = FUNDING__BUDGET_AMENDED__INIT;

	next.state = STATE(CONFIRMED);
	for (size_t i = 0; i < lines.n; i++) {
		lines.rows[i]->closed = true;
		lines.rows[i]->held_by_change_id = "";
	}
	for (size_t i = 0; i < by->n_budget; i++)
		lines.rows[lines.n + i] = line_anew(turn, lines.rows[0], by->budget[i], version);
	amended.hold = &next;
	amended.n_lines = lines.n + by->n_budget;
	amended.lines = lines.rows;
	return turn_accept(turn, &amended.base);
}

struct verdict confirm_for_change(struct turn *turn, const Stations__BaselineAmended *amended)
{
	const Stations__ChangeRequest *change = amended->change;

	if (change->kind == STATIONS__CHANGE_KIND__CHANGE_KIND_BUDGET)
		return amend_budget(turn, change, amended->baseline->version);
	if (change->kind == STATIONS__CHANGE_KIND__CHANGE_KIND_PERSON &&
	    text_empty(change->alteration->person_id))
		return propose_adjustment(turn, change, amended->project->people);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetBudgetHold", GET(budget_holds) },
	{ "ListBudgetHolds", LIST(budget_holds) },
	{ 0 },
};

static const struct table *const tables[] = { &budget_holds, NULL };

const struct aggregate budget_hold = { tables, NULL, queries };
