/* A baseline: what is agreed about a project, its five parts, from a day on.
 *
 *     v1 (the agreement) -> v2 (an approved change) -> v3 ...
 *
 * Each stands for ever; the highest version is the one that holds. */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

const struct table baselines = {
	.name = "baselines",
	.record = &stations__baseline__descriptor,
	.id = "baseline_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "project_id", "project_id,version", "programme_year_id" },
};

const Stations__Baseline *baseline_of(struct turn *turn, const char *project_id, int32_t version)
{
	return turn_by(turn, &baselines, "project_id,version",
		       &(Stations__Baseline){ .project_id = project_id, .version = version });
}

static const char *baseline_id(struct turn *turn, const char *project_id, int32_t version)
{
	return turn_id(turn, turn_text(turn, "%s:v%d", project_id, version), false);
}

static void add_person(struct turn *turn, Stations__Baseline *to, const char *person_id,
		       const char *posting_id)
{
	Stations__BaselinePerson *person = turn_take(turn, sizeof(*person));

	*person = (Stations__BaselinePerson)STATIONS__BASELINE_PERSON__INIT;
	person->person_id = person_id;
	person->posting_id = posting_id;
	to->people[to->n_people++] = person;
}

/* --- Version 1 -------------------------------------------------------------------------------- */

static const Personnel__TraineeState trained[] = {
	PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_APPROVED,
	PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_IN_TRAINING,
	PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_COMPLETED,
};
enum { N_TRAINED = sizeof(trained) / sizeof(*trained) };

/* The trainees of the project whom the province has approved by now. */
static void add_trainees(struct turn *turn, Stations__Baseline *to)
{
	Personnel__Trainee like = { .project_id = to->project_id };
	const char **ids;
	uint64_t most = 0;

	for (size_t i = 0; i < N_TRAINED; i++) {
		like.state = trained[i];
		most += turn_count(turn, &trainees, "project_id,state", &like);
	}
	to->trainee_ids = ids = turn_take(turn, most * sizeof(*ids));
	for (size_t i = 0; i < N_TRAINED; i++) {
		like.state = trained[i];
		struct each each = turn_each(turn, &trainees, "project_id,state", &like);
		for (const Personnel__Trainee *t;
		     to->n_trainee_ids < most && (t = each_next(&each));)
			ids[to->n_trainee_ids++] = t->trainee_id;
	}
}

Stations__Baseline *baseline_agreed(struct turn *turn, const Stations__Agreement *agreed,
				    Stations__Posting *const *people, size_t n_people)
{
	const Stations__ImplementationPlan *plan = turn_find(turn, &plans, agreed->plan_id);
	Stations__Baseline *first = turn_take(turn, sizeof(*first));

	*first = (Stations__Baseline)STATIONS__BASELINE__INIT;
	first->baseline_id = baseline_id(turn, agreed->project_id, agreed->version);
	first->project_id = agreed->project_id;
	first->programme_year_id = agreed->programme_year_id;
	first->site_id = agreed->site_id;
	first->region_code = agreed->region_code;
	first->agency_id = agreed->agency_id;
	first->version = agreed->version;
	first->valid_from = agreed->in_force_on;
	first->agreement_id = agreed->agreement_id;
	first->plan_id = plan->plan_id;
	first->objectives = plan->objectives;
	first->schedule = plan->schedule;
	first->content = plan->content;
	first->n_budget = agreed->n_budget;
	first->budget = agreed->budget;
	first->people = turn_take(turn, n_people * sizeof(*first->people));
	for (size_t i = 0; i < n_people; i++)
		add_person(turn, first, people[i]->person_id, people[i]->posting_id);
	add_trainees(turn, first);
	return first;
}

/* --- Later versions --------------------------------------------------------------------------- */

static void differ(struct turn *turn, Stations__Baseline *in, const char *field, const char *before,
		   const char *after)
{
	Stations__Difference *difference;

	if (text_same(before, after))
		return;
	difference = turn_take(turn, sizeof(*difference));
	*difference = (Stations__Difference)STATIONS__DIFFERENCE__INIT;
	difference->field = field;
	difference->before = before;
	difference->after = after;
	in->differences[in->n_differences++] = difference;
}

static const Stations__BudgetLine *line_among(Stations__BudgetLine *const *lines, size_t n,
					      const Stations__BudgetLine *like)
{
	for (size_t i = 0; i < n; i++)
		if (text_same(lines[i]->source, like->source) &&
		    text_same(lines[i]->category, like->category))
			return lines[i];
	return NULL;
}

static const char *amount_text(struct turn *turn, const Stations__BudgetLine *line)
{
	return line ? turn_text(turn, "%lld", (long long)line->amount_fen) : "";
}

static void alter_budget(struct turn *turn, Stations__Baseline *next, const Stations__Baseline *of,
			 const Stations__Alteration *by)
{
	next->n_budget = by->n_budget;
	next->budget = by->budget;
	for (size_t i = 0; i < of->n_budget; i++) {
		const Stations__BudgetLine *line = of->budget[i];
		differ(turn, next, turn_text(turn, "budget %s %s", line->source, line->category),
		       amount_text(turn, line),
		       amount_text(turn, line_among(by->budget, by->n_budget, line)));
	}
	for (size_t i = 0; i < by->n_budget; i++) {
		const Stations__BudgetLine *line = by->budget[i];
		if (!line_among(of->budget, of->n_budget, line))
			differ(turn, next,
			       turn_text(turn, "budget %s %s", line->source, line->category), "",
			       amount_text(turn, line));
	}
}

static void alter_people(struct turn *turn, Stations__Baseline *next, const Stations__Baseline *of,
			 const Stations__Alteration *by, const char *posting_id)
{
	next->n_people = 0;
	next->people = turn_take(turn, of->n_people * sizeof(*next->people));
	for (size_t i = 0; i < of->n_people; i++) {
		const Stations__BaselinePerson *person = of->people[i];
		if (!text_same(person->posting_id, by->posting_id)) {
			add_person(turn, next, person->person_id, person->posting_id);
			continue;
		}
		differ(turn, next, "person", person->person_id, by->person_id);
		if (!text_empty(by->person_id))
			add_person(turn, next, by->person_id, posting_id);
	}
}

static void alter_trainees(struct turn *turn, Stations__Baseline *next,
			   const Stations__Baseline *of, const Stations__Alteration *by)
{
	const char **ids = turn_take(turn, of->n_trainee_ids * sizeof(*ids));

	for (size_t i = 0; i < of->n_trainee_ids; i++)
		ids[i] = text_same(of->trainee_ids[i], by->trainee_id) ? by->new_trainee_id
								       : of->trainee_ids[i];
	next->trainee_ids = ids;
	differ(turn, next, "trainee", by->trainee_id, by->new_trainee_id);
}

Stations__Baseline *baseline_amended(struct turn *turn, const Stations__Baseline *of,
				     const Stations__ChangeRequest *change, const char *posting_id)
{
	enum { OTHERS = 2 }; /* differences of a kind that has no lines */
	const Stations__Alteration *by = change->alteration;
	Stations__Baseline *next = turn_take(turn, sizeof(*next));

	*next = *of;
	next->version = of->version + 1;
	next->baseline_id = baseline_id(turn, of->project_id, next->version);
	next->valid_from = turn_today_text(turn);
	next->change_id = change->change_id;
	next->changed = change->kind;
	next->n_differences = 0;
	next->differences = turn_take(turn, (of->n_budget + by->n_budget + OTHERS) *
						    sizeof(*next->differences));
	switch (change->kind) {
	case STATIONS__CHANGE_KIND__CHANGE_KIND_UNSPECIFIED:
		break;
	case STATIONS__CHANGE_KIND__CHANGE_KIND_PLAN:
		if (!text_empty(by->objectives))
			next->objectives = by->objectives;
		if (!text_empty(by->schedule))
			next->schedule = by->schedule;
		differ(turn, next, "objectives", of->objectives, next->objectives);
		differ(turn, next, "schedule", of->schedule, next->schedule);
		break;
	case STATIONS__CHANGE_KIND__CHANGE_KIND_CONTENT:
		if (!text_empty(by->content))
			next->content = by->content;
		differ(turn, next, "content", of->content, next->content);
		break;
	case STATIONS__CHANGE_KIND__CHANGE_KIND_BUDGET:
		alter_budget(turn, next, of, by);
		break;
	case STATIONS__CHANGE_KIND__CHANGE_KIND_PERSON:
		alter_people(turn, next, of, by, posting_id);
		break;
	case STATIONS__CHANGE_KIND__CHANGE_KIND_TRAINEE:
		alter_trainees(turn, next, of, by);
		break;
	}
	return next;
}

bool baseline_differs(struct turn *turn, const Stations__Baseline *of,
		      const Stations__ChangeRequest *change)
{
	return baseline_amended(turn, of, change, "")->n_differences > 0;
}

/* --- Asking ----------------------------------------------------------------------------------- */

/* The version that is asked for: that one, or the last of the day, or the last. */
static const Stations__Baseline *wanted(struct turn *turn, const Stations__Project *of,
					const Stations__GetBaselineRequest *asked)
{
	int32_t version = asked->version ? asked->version : of->baseline_version;
	const Stations__Baseline *found = baseline_of(turn, of->project_id, version);

	while (found && !text_empty(asked->valid_on) &&
	       day_text_before(asked->valid_on, found->valid_from))
		found = baseline_of(turn, of->project_id, found->version - 1);
	return found;
}

static struct verdict get_baseline(struct turn *turn, const void *request,
				   ProtobufCMessage *response)
{
	const Stations__GetBaselineRequest *asked = request;
	Stations__GetBaselineResponse *answer = (Stations__GetBaselineResponse *)response;
	const Stations__Project *of = turn_find(turn, &projects, asked->project_id);

	if (!of || !turn_sees(turn, &projects, of))
		return turn_not_found(asked->project_id);
	const Stations__Baseline *found = wanted(turn, of, asked);
	if (!found)
		return turn_done();

	answer->version = found->version;
	answer->baseline = turn_take(turn, sizeof(*answer->baseline));
	*answer->baseline = *found;
	answer->agreement = turn_take(turn, sizeof(*answer->agreement));
	*answer->agreement =
		*(const Stations__Agreement *)turn_find(turn, &agreements, found->agreement_id);
	answer->plan = turn_take(turn, sizeof(*answer->plan));
	*answer->plan =
		*(const Stations__ImplementationPlan *)turn_find(turn, &plans, found->plan_id);
	answer->postings = turn_take(turn, found->n_people * sizeof(*answer->postings));
	for (; answer->n_postings < found->n_people; answer->n_postings++) {
		Stations__Posting *copy = turn_take(turn, sizeof(*copy));
		*copy = *(const Stations__Posting *)turn_find(
			turn, &postings, found->people[answer->n_postings]->posting_id);
		answer->postings[answer->n_postings] = copy;
	}
	return turn_done();
}

static const struct query queries[] = {
	{ "GetBaseline", .answer = get_baseline },
	{ "ListBaselines", LIST(baselines) },
	{ 0 },
};

static const struct table *const tables[] = { &baselines, NULL };
const struct aggregate baseline = { tables, NULL, queries };
