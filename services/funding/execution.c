/* The execution of a programme year's money: how far it has come, by source and by prefecture; and
 * whether what was granted is people × standard.  Sums that are kept, whatever the records. */
#include "base/money.h"

#include "follow.h"
#include "funding.h"
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
	answer->entitled_by_standard = answer->people_times_standard_fen == entitled_fen;
}

static struct verdict get_execution(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Funding__GetExecutionRequest *asked = request;
	Funding__GetExecutionResponse *answer = (Funding__GetExecutionResponse *)response;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, asked->programme_year_id);

	if (!year)
		return turn_not_found(asked->programme_year_id);
	execute_prefectures(turn, year, answer);
	if (!covers_year(turn, year))
		return turn_done();
	execute_sources(turn, year, answer);
	check_standard(turn, year, answer);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetExecution", .answer = get_execution,
	  .callers = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE |
		     BY_PREFECTURE | BY_COUNTY | BY_AUDITOR | BY_DASHBOARD },
	{ 0 },
};
const struct aggregate execution = { NULL, NULL, queries };
