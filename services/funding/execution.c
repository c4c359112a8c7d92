/* The execution of a programme year's money: how far it has come, by source, by category, by
 * prefecture and by project; and whether what was granted is people × standard.  Sums that are
 * kept, whatever the records. */
#include "base/text.h"

#include "base/money.h"

#include "follow.h"
#include "funding.h"
#include "ledger.h"
#include "sums.h"

/* part of whole in hundredths of a percent, rounded down; 0 of nothing. */
static int64_t rate_hundredths(int64_t part_fen, int64_t whole_fen)
{
	struct money scaled = money_of_fen(0);

	if (whole_fen == 0)
		return 0;
	if (money_times(&scaled, money_of_fen(part_fen), 10000))
		return money_fen(scaled) / whole_fen;
	return part_fen / (whole_fen / 10000);
}

static void execute_source(struct turn *turn, const char *programme_year_id,
			   const Stations__FundSource *source, Funding__Execution *row)
{
	Funding__Appropriation appropriated = { .programme_year_id = programme_year_id,
						.source = source->source };
	Funding__EntitlementShare entitled = { .programme_year_id = programme_year_id,
					       .source = source->source };
	Funding__Disbursement paid = { .programme_year_id = programme_year_id,
				       .source = source->source };
	Funding__Expense spent = { .programme_year_id = programme_year_id,
				   .source = source->source };

	funding__execution__init(row);
	row->source = source->source;
	row->name_en = source->name_en;
	row->name_zh = source->name_zh;
	row->planned_fen = turn_sum(turn, &appropriations, "programme_year_id,source:planned_fen",
				    &appropriated);
	row->received_fen = turn_sum(turn, &appropriations, "programme_year_id,source:received_fen",
				     &appropriated);
	row->entitled_fen =
		turn_sum(turn, &shares, "programme_year_id,source:amount_fen", &entitled);
	row->disbursed_fen =
		turn_sum(turn, &disbursements, "programme_year_id,source:paid_fen", &paid);
	row->spent_fen = turn_sum(turn, &expenses, "programme_year_id,source:spent_fen", &spent);
}

static void finish_row(Funding__Execution *row)
{
	row->unspent_fen = sum_left(row->received_fen, row->spent_fen);
	row->execution_rate_hundredths = rate_hundredths(row->spent_fen, row->received_fen);
}

static void execute_sources(struct turn *turn, const Stations__ProgrammeYear *year,
			    Funding__GetExecutionResponse *answer)
{
	size_t n_sources = year->rules ? year->rules->n_sources : 0;
	Funding__Execution *total = turn_take(turn, sizeof(*total));

	funding__execution__init(total);
	answer->sources = turn_take(turn, n_sources * sizeof(*answer->sources));
	answer->n_sources = n_sources;
	for (size_t i = 0; i < n_sources; i++) {
		Funding__Execution *row = turn_take(turn, sizeof(*row));

		execute_source(turn, year->programme_year_id, year->rules->sources[i], row);
		finish_row(row);
		answer->sources[i] = row;
		total->planned_fen = sum_of(total->planned_fen, row->planned_fen);
		total->received_fen = sum_of(total->received_fen, row->received_fen);
		total->entitled_fen = sum_of(total->entitled_fen, row->entitled_fen);
		total->disbursed_fen = sum_of(total->disbursed_fen, row->disbursed_fen);
		total->spent_fen = sum_of(total->spent_fen, row->spent_fen);
	}
	finish_row(total);
	answer->total = total;
}

static Funding__CategoryExecution *execute_category(struct turn *turn, const char *source,
						    const char *category, int64_t budget_fen,
						    int64_t spent_fen)
{
	Funding__CategoryExecution *row = turn_take(turn, sizeof(*row));

	funding__category_execution__init(row);
	row->source = source;
	row->category = category;
	row->budget_fen = budget_fen;
	row->spent_fen = spent_fen;
	row->left_fen = sum_left(budget_fen, spent_fen);
	row->execution_rate_hundredths = rate_hundredths(spent_fen, budget_fen);
	return row;
}

/* The categories that budgets have now, and those that were spent on by exception alone. */
static void execute_categories(struct turn *turn, const Stations__ProgrammeYear *year,
			       Funding__GetExecutionResponse *answer)
{
	static const char budgeted[] = "programme_year_id,closed,source,category:amount_fen";
	static const char spent[] = "programme_year_id,source,category:spent_fen";
	Funding__BudgetLine line_like = { .programme_year_id = year->programme_year_id };
	Funding__Expense spent_like = { .programme_year_id = year->programme_year_id };
	struct each each = turn_groups(turn, &budget_lines, budgeted, &line_like, 2);
	struct group group;
	size_t n_groups = 0;

	while (group_next(&each, &group))
		n_groups++;
	each = turn_groups(turn, &expenses, spent, &spent_like, 1);
	while (group_next(&each, &group))
		n_groups++;
	answer->categories = turn_take(turn, n_groups * sizeof(*answer->categories));
	each = turn_groups(turn, &budget_lines, budgeted, &line_like, 2);
	while (group_next(&each, &group)) {
		const Funding__BudgetLine *line = group.like;

		spent_like.source = line->source;
		spent_like.category = line->category;
		answer->categories[answer->n_categories++] =
			execute_category(turn, line->source, line->category, group.sum,
					 turn_sum(turn, &expenses, spent, &spent_like));
	}
	each = turn_groups(turn, &expenses, spent, &spent_like, 1);
	while (group_next(&each, &group)) {
		const Funding__Expense *expense = group.like;

		line_like.source = expense->source;
		line_like.category = expense->category;
		if (turn_count(turn, &budget_lines, budgeted, &line_like) == 0)
			answer->categories[answer->n_categories++] = execute_category(
				turn, expense->source, expense->category, 0, group.sum);
	}
}

static void execute_prefecture(struct turn *turn, const struct group *group,
			       Funding__PrefectureExecution *row)
{
	const Funding__EntitlementShare *share = group->like;
	Funding__Disbursement paid = { .programme_year_id = share->programme_year_id,
				       .region_code = share->region_code,
				       .source = share->source };
	Funding__Expense spent = { .programme_year_id = share->programme_year_id,
				   .region_code = share->region_code,
				   .source = share->source };

	funding__prefecture_execution__init(row);
	row->region_code = share->region_code;
	row->source = share->source;
	row->entitled_fen = group->sum;
	row->disbursed_fen = turn_sum(turn, &disbursements,
				      "programme_year_id,region_code[4],source:paid_fen", &paid);
	row->spent_fen = turn_sum(turn, &expenses,
				  "programme_year_id,region_code[4],source:spent_fen", &spent);
	row->execution_rate_hundredths = rate_hundredths(row->spent_fen, row->disbursed_fen);
}

static void execute_prefectures(struct turn *turn, const Stations__ProgrammeYear *year,
				Funding__GetExecutionResponse *answer)
{
	static const char by_prefecture[] = "programme_year_id,region_code[4],source:amount_fen";
	Funding__EntitlementShare like = { .programme_year_id = year->programme_year_id };
	struct each each = turn_groups(turn, &shares, by_prefecture, &like, 1);
	struct group group;
	size_t n_groups = 0;

	while (group_next(&each, &group))
		n_groups++;
	answer->prefectures = turn_take(turn, n_groups * sizeof(*answer->prefectures));
	each = turn_groups(turn, &shares, by_prefecture, &like, 1);
	while (group_next(&each, &group)) {
		const Funding__EntitlementShare *share = group.like;
		Funding__PrefectureExecution *row = turn_take(turn, sizeof(*row));

		if (!covers_year(turn, year) && !turn_covers(turn, share->region_code))
			continue;
		execute_prefecture(turn, &group, row);
		answer->prefectures[answer->n_prefectures++] = row;
	}
}

/* Whether people times the standard is what was granted. */
static void check_standard(struct turn *turn, const Stations__ProgrammeYear *year,
			   Funding__GetExecutionResponse *answer)
{
	Funding__Entitlement like = { .programme_year_id = year->programme_year_id };
	int64_t entitled_fen = turn_sum(turn, &entitlements, "programme_year_id:amount_fen", &like);
	struct money product = money_of_fen(0);

	answer->people = turn_sum(turn, &entitlements, "programme_year_id:people", &like);
	answer->person_standard_fen = year->rules ? year->rules->person_standard_fen : 0;
	if (money_times(&product, money_of_fen(answer->person_standard_fen), answer->people))
		answer->people_times_standard_fen = money_fen(product);
	answer->adjusted_fen =
		turn_sum(turn, &entitlements, "programme_year_id:adjusted_fen", &like);
	answer->entitled_by_standard =
		sum_of(answer->people_times_standard_fen, answer->adjusted_fen) == entitled_fen;
}

static struct verdict get_execution(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Funding__GetExecutionRequest *asked = request;
	Funding__GetExecutionResponse *answer = (Funding__GetExecutionResponse *)response;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, asked->programme_year_id);

	if (!year || !turn_sees(turn, &programme_years, year))
		return turn_not_found(asked->programme_year_id);
	execute_prefectures(turn, year, answer);
	if (!covers_year(turn, year))
		return turn_done();
	execute_sources(turn, year, answer);
	execute_categories(turn, year, answer);
	check_standard(turn, year, answer);
	return turn_done();
}

static void finish_project(Funding__ProjectExecution *row)
{
	row->unspent_fen = sum_left(row->disbursed_fen, sum_of(row->spent_fen, row->returned_fen));
	row->execution_rate_hundredths = rate_hundredths(row->spent_fen, row->disbursed_fen);
}

/* One source's money for a project, as the ledger has it today. */
static Funding__ProjectExecution *execute_share(struct turn *turn,
						const Funding__SpecialAccount *account,
						const Funding__EntitlementShare *share)
{
	Funding__LedgerEntry special = ledger_special(turn, account, share->source);
	Funding__ProjectExecution *row = turn_take(turn, sizeof(*row));
	const char *today = turn_today_text(turn);

	funding__project_execution__init(row);
	row->source = share->source;
	row->entitled_fen = share->amount_fen;
	row->disbursed_fen = ledger_booked(turn, &special, BOOKS(PAYMENT), today);
	row->returned_fen = sum_left(0, ledger_booked(turn, &special, BOOKS(RETURN), today));
	row->spent_fen = sum_left(row->disbursed_fen,
				  sum_of(row->returned_fen, ledger_balance(turn, &special)));
	finish_project(row);
	return row;
}

static const Funding__SpecialAccount *account_of(struct turn *turn, const char *project_id)
{
	return turn_by(turn, &special_accounts, "project_id",
		       &(Funding__SpecialAccount){ .project_id = project_id });
}

Funding__ProjectExecution *execute_project(struct turn *turn, const char *project_id)
{
	const Funding__SpecialAccount *account = account_of(turn, project_id);
	struct share_list list = shares_of(turn, project_id);
	Funding__ProjectExecution *total = turn_take(turn, sizeof(*total));

	funding__project_execution__init(total);
	for (size_t i = 0; i < list.n; i++) {
		const Funding__ProjectExecution *row = execute_share(turn, account, list.each[i]);

		total->entitled_fen = sum_of(total->entitled_fen, row->entitled_fen);
		total->disbursed_fen = sum_of(total->disbursed_fen, row->disbursed_fen);
		total->spent_fen = sum_of(total->spent_fen, row->spent_fen);
		total->returned_fen = sum_of(total->returned_fen, row->returned_fen);
	}
	finish_project(total);
	return total;
}

static void execute_shares(struct turn *turn, const Funding__SpecialAccount *account,
			   Funding__GetProjectExecutionResponse *answer)
{
	struct share_list list = shares_of(turn, account->project_id);

	answer->sources = turn_take(turn, list.n * sizeof(*answer->sources));
	for (size_t i = 0; i < list.n; i++)
		answer->sources[answer->n_sources++] = execute_share(turn, account, list.each[i]);
}

static void execute_lines(struct turn *turn, const Funding__SpecialAccount *account,
			  Funding__GetProjectExecutionResponse *answer)
{
	Funding__BudgetLine like = { .account_id = account->account_id };
	struct each each = turn_each(turn, &budget_lines, "account_id,closed", &like);
	size_t n_lines = 0;

	while (each_next(&each))
		n_lines++;
	answer->categories = turn_take(turn, n_lines * sizeof(*answer->categories));
	each = turn_each(turn, &budget_lines, "account_id,closed", &like);
	for (const Funding__BudgetLine *line; (line = each_next(&each));) {
		Funding__LedgerEntry spent =
			ledger_spent(turn, account, line->source, line->category);

		answer->categories[answer->n_categories++] =
			execute_category(turn, line->source, line->category, line->amount_fen,
					 ledger_balance(turn, &spent));
	}
}

static struct verdict get_project_execution(struct turn *turn, const void *request,
					    ProtobufCMessage *response)
{
	const Funding__GetProjectExecutionRequest *asked = request;
	Funding__GetProjectExecutionResponse *answer =
		(Funding__GetProjectExecutionResponse *)response;
	const Funding__SpecialAccount *account = account_of(turn, asked->project_id);

	if (!account || !turn_sees(turn, &special_accounts, account))
		return turn_not_found(asked->project_id);
	execute_shares(turn, account, answer);
	answer->total = execute_project(turn, asked->project_id);
	execute_lines(turn, account, answer);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetProjectExecution", .answer = get_project_execution },
	{ "GetExecution", .answer = get_execution,
	  .callers = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE |
		     BY_PREFECTURE | BY_COUNTY | BY_AUDITOR | BY_DASHBOARD },
	{ 0 },
};
const struct aggregate execution = { NULL, NULL, queries };
