/* Distributions: how the next year's money is to be divided among projects, each line with the
 * final result that it rests on.
 *
 *     PROPOSED --another person--> DECIDED --> PUBLISHED
 *         `-----------------> RETURNED */
#include "base/text.h"

#include "follow.h"
#include "funding.h"
#include "sums.h"

const struct table distributions = {
	.name = "distributions",
	.record = &funding__distribution__descriptor,
	.id = "distribution_id",
	.region = "region_code",
	.readers = BY_WHOLE_PROVINCE,
	.published = "published_on",
	.indexes = { "programme_year_id,state", "programme_year_id" },
};

#define STATE(name) FUNDING__DISTRIBUTION_STATE__DISTRIBUTION_STATE_##name

/* The id of the distribution of that year's results in that state, or NULL. */
static const char *distributed_as(struct turn *turn, const char *programme_year_id,
				  Funding__DistributionState state)
{
	Funding__Distribution like = { .programme_year_id = programme_year_id, .state = state };
	const Funding__Distribution *found =
		turn_by(turn, &distributions, "programme_year_id,state", &like);

	return found ? found->distribution_id : NULL;
}

/* Judges the result that a line cites. */
static struct verdict judge_line(struct turn *turn, const char *programme_year_id,
				 const Funding__DistributionLine *line)
{
	const Supervision__Evaluation *result = turn_find(turn, &results, line->evaluation_id);

	/* RULE B31: "Each line of a proposal for next year's money cites a final result." */
	if (text_empty(line->evaluation_id))
		return REFUSE(RESULT_NOT_CITED, line->project_id);
	if (!result)
		return REFUSE(RESULT_UNKNOWN, line->evaluation_id);
	if (!text_same(result->project_id, line->project_id))
		return REFUSE(RESULT_OF_ANOTHER_PROJECT, line->evaluation_id);
	if (!text_same(result->programme_year_id, programme_year_id))
		return REFUSE(RESULT_OF_ANOTHER_YEAR, line->evaluation_id);
	if (result->state != SUPERVISION__EVALUATION_STATE__EVALUATION_STATE_FINAL)
		return REFUSE(RESULT_NOT_FINAL, line->evaluation_id);

	const Supervision__EvaluationRound *round =
		turn_find(turn, &result_rounds, result->round_id);

	if (!round || round->state != SUPERVISION__ROUND_STATE__ROUND_STATE_CLOSED)
		return REFUSE(ROUND_NOT_CLOSED, result->round_id);
	return turn_done();
}

/* The proposed line, with what the cited result says. */
static Funding__DistributionLine *cited_line(struct turn *turn,
					     const Funding__DistributionLine *proposed)
{
	const Supervision__Evaluation *result = turn_find(turn, &results, proposed->evaluation_id);
	Funding__DistributionLine *line = turn_take(turn, sizeof(*line));

	funding__distribution_line__init(line);
	line->project_id = proposed->project_id;
	line->region_code = result->region_code;
	line->agency_id = result->agency_id;
	line->site_id = result->site_id;
	line->evaluation_id = proposed->evaluation_id;
	line->evaluation_version = result->version;
	line->score_hundredths = result->score_hundredths;
	line->grade = result->grade;
	line->amount_fen = proposed->amount_fen;
	return line;
}

/* The project of two lines, or NULL. */
static const char *project_twice(Funding__DistributionLine *const *lines, size_t n_lines)
{
	for (size_t i = 1; i < n_lines; i++) {
		for (size_t k = 0; k < i; k++) {
			if (text_same(lines[i]->project_id, lines[k]->project_id))
				return lines[i]->project_id;
		}
	}
	return NULL;
}

static struct verdict propose_distribution(struct turn *turn, const void *command)
{
	const Funding__ProposeDistributionRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);
	const char *twice = project_twice(cmd->lines, cmd->n_lines);

	if (turn_find(turn, &distributions, cmd->distribution_id))
		return REFUSE(DISTRIBUTION_EXISTS, cmd->distribution_id);
	if (!year || !turn_covers(turn, year->region_code))
		return REFUSE(PROGRAMME_YEAR_UNKNOWN, cmd->programme_year_id);
	if (cmd->for_year != year->year + 1)
		return REFUSE(NOT_THE_NEXT_YEAR, cmd->programme_year_id);
	/* RULE B31: "A proposal with a line that cites none is turned away." */
	if (cmd->n_lines == 0)
		return REFUSE(NO_LINES, cmd->distribution_id);
	for (size_t i = 0; i < cmd->n_lines; i++) {
		struct verdict judged = judge_line(turn, cmd->programme_year_id, cmd->lines[i]);

		if (judged.refusal)
			return judged;
	}
	if (twice)
		return REFUSE(PROJECT_TWICE, twice);

	Funding__Distribution proposed = FUNDING__DISTRIBUTION__INIT;
	proposed.distribution_id = cmd->distribution_id;
	proposed.programme_year_id = cmd->programme_year_id;
	proposed.for_year = cmd->for_year;
	proposed.region_code = year->region_code;
	proposed.state = STATE(PROPOSED);
	proposed.proposed_by = turn_actor(turn)->person_id;
	proposed.proposed_on = turn_today_text(turn);
	proposed.n_lines = cmd->n_lines;
	proposed.lines = turn_take(turn, cmd->n_lines * sizeof(*proposed.lines));
	for (size_t i = 0; i < cmd->n_lines; i++) {
		proposed.lines[i] = cited_line(turn, cmd->lines[i]);
		proposed.amount_fen = sum_of(proposed.amount_fen, proposed.lines[i]->amount_fen);
	}

	Funding__DistributionProposed event = FUNDING__DISTRIBUTION_PROPOSED__INIT;
	event.distribution = &proposed;
	return turn_accept(turn, &event.base);
}

static struct verdict decide_distribution(struct turn *turn, const void *command)
{
	const Funding__DecideDistributionRequest *cmd = command;
	const Funding__Distribution *found = turn_find(turn, &distributions, cmd->distribution_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->distribution_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->distribution_id);
	if (found->state != STATE(PROPOSED))
		return REFUSE(DISTRIBUTION_NOT_PROPOSED, cmd->distribution_id);
	if (text_same(found->proposed_by, person_id))
		return REFUSE(DECIDED_BY_PROPOSER, cmd->distribution_id);

	const char *decided = distributed_as(turn, found->programme_year_id, STATE(DECIDED));
	const char *published = distributed_as(turn, found->programme_year_id, STATE(PUBLISHED));

	if (decided)
		return REFUSE(YEAR_ALREADY_DISTRIBUTED, decided);
	if (published)
		return REFUSE(YEAR_ALREADY_DISTRIBUTED, published);

	Funding__Distribution next = *found;
	next.state = STATE(DECIDED);
	next.decided_by = person_id;
	next.decided_on = cmd->decided_on;
	next.document_no = cmd->document_no;

	Funding__DistributionDecided event = FUNDING__DISTRIBUTION_DECIDED__INIT;
	event.distribution = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict return_distribution(struct turn *turn, const void *command)
{
	const Funding__ReturnDistributionRequest *cmd = command;
	const Funding__Distribution *found = turn_find(turn, &distributions, cmd->distribution_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->distribution_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->distribution_id);
	if (found->state != STATE(PROPOSED))
		return REFUSE(DISTRIBUTION_NOT_PROPOSED, cmd->distribution_id);
	if (text_same(found->proposed_by, person_id))
		return REFUSE(DECIDED_BY_PROPOSER, cmd->distribution_id);

	Funding__Distribution next = *found;
	next.state = STATE(RETURNED);
	next.decided_by = person_id;
	next.decided_on = cmd->decided_on;
	next.document_no = cmd->document_no;
	next.returned_because = cmd->reason;

	Funding__DistributionReturned event = FUNDING__DISTRIBUTION_RETURNED__INIT;
	event.distribution = &next;
	return turn_accept(turn, &event.base);
}

static struct verdict publish_distribution(struct turn *turn, const void *command)
{
	const Funding__PublishDistributionRequest *cmd = command;
	const Funding__Distribution *found = turn_find(turn, &distributions, cmd->distribution_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->distribution_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->distribution_id);
	if (found->state != STATE(DECIDED))
		return REFUSE(DISTRIBUTION_NOT_DECIDED, cmd->distribution_id);

	Funding__Distribution next = *found;
	next.state = STATE(PUBLISHED);
	next.published_by = turn_actor(turn)->person_id;
	next.published_on = turn_today_text(turn);

	Funding__DistributionPublished event = FUNDING__DISTRIBUTION_PUBLISHED__INIT;
	event.distribution = &next;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "ProposeDistribution", propose_distribution, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "distribution_id programme_year_id for_year" },
	{ "DecideDistribution", decide_distribution, BY_PROVINCE,
	  "distribution_id decided_on document_no" },
	{ "ReturnDistribution", return_distribution, BY_PROVINCE,
	  "distribution_id decided_on document_no reason" },
	{ "PublishDistribution", publish_distribution, BY_PROVINCE | BY_PROJECT_OFFICE,
	  "distribution_id" },
	{ 0 },
};
static Funding__DistributionBasis *basis_of(struct turn *turn,
					    const Funding__DistributionLine *line)
{
	const Funding__Entitlement *entitled =
		turn_by(turn, &entitlements, "project_id",
			&(Funding__Entitlement){ .project_id = line->project_id });
	Funding__DistributionBasis *basis = turn_take(turn, sizeof(*basis));

	funding__distribution_basis__init(basis);
	basis->project_id = line->project_id;
	basis->evaluation_id = line->evaluation_id;
	basis->evaluation_version = line->evaluation_version;
	basis->score_hundredths = line->score_hundredths;
	basis->grade = line->grade;
	basis->proposed_fen = line->amount_fen;
	/* What was made of a project's money is its agency's, though what it is to get is published. */
	if (entitled && turn_counts(turn, &entitlements, entitled))
		basis->execution = execute_project(turn, line->project_id);
	return basis;
}

static struct verdict get_distribution_basis(struct turn *turn, const void *request,
					     ProtobufCMessage *response)
{
	const Funding__GetDistributionBasisRequest *asked = request;
	Funding__GetDistributionBasisResponse *answer =
		(Funding__GetDistributionBasisResponse *)response;
	const Funding__Distribution *found =
		turn_find(turn, &distributions, asked->distribution_id);
	const Stations__ProgrammeYear *year =
		found ? turn_find(turn, &programme_years, found->programme_year_id) : NULL;

	if (!year || !covers_year(turn, year) || !turn_sees(turn, &distributions, found))
		return turn_not_found(asked->distribution_id);
	answer->lines = turn_take(turn, found->n_lines * sizeof(*answer->lines));
	for (size_t i = 0; i < found->n_lines; i++)
		answer->lines[answer->n_lines++] = basis_of(turn, found->lines[i]);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetDistribution", GET(distributions) },
	{ "ListDistributions", LIST(distributions) },
	{ "GetDistributionBasis", .answer = get_distribution_basis },
	{ 0 },
};
static const struct table *const tables[] = { &distributions, NULL };
const struct aggregate distribution = { tables, commands, queries };
