/* A change of what was agreed about a project: how it is asked for.  Who decides it, and what
 * follows from that, is in change_review.c.
 *
 *     DRAFT -> SUBMITTED -> HELD -> [ENDORSED] -> APPROVED -> APPLIED
 *              SUBMITTED -> HOLD_REFUSED
 *                           HELD | ENDORSED -> RETURNED | REJECTED | LAPSED
 *     any that is not decided -> DRAFT (written anew: the next version) | WITHDRAWN
 *
 * Whether a budget is lawful is funding's to judge, whether somebody can come is personnel's.  Both
 * follow what is handed in here, hold what it needs, and say so; only what is held can be decided,
 * so that what is approved can also be done. */
#include "stations.h"

#include "base/text.h"

const struct table changes = {
	.name = "changes",
	.record = &stations__change_request__descriptor,
	.id = "change_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "project_id", "programme_year_id", "agency_id", "state", "awaits_level" },
};

/* Who took a step is told at his level and above: GetChange tells the others the rest. */
const struct table change_steps = {
	.name = "change_steps",
	.record = &stations__change_step__descriptor,
	.id = "step_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "taken_by",
	.readers = BY_AUTHORITIES | NOT_FROM_BELOW,
	.indexes = { "change_id" },
};

#define STATE(name) STATIONS__CHANGE_STATE__CHANGE_STATE_##name
#define KIND(name)  STATIONS__CHANGE_KIND__CHANGE_KIND_##name
#define STEP(name)  STATIONS__CHANGE_STEP_KIND__CHANGE_STEP_KIND_##name

/* --- Levels and steps ------------------------------------------------------------------------- */

/* At which level somebody of a role acts on changes, the higher the more he is told. */
static const struct level {
	Engine__Role role;
	const char *name;
} levels[] = {
	{ ENGINE__ROLE__ROLE_AGENCY, "agency" },
	{ ENGINE__ROLE__ROLE_COUNTY, "county" },
	{ ENGINE__ROLE__ROLE_PREFECTURE, "prefecture" },
	{ ENGINE__ROLE__ROLE_PROVINCE, "province" },
	/* These two act on no change, but read all. */
	{ ENGINE__ROLE__ROLE_MINISTRY, "ministry" },
	{ ENGINE__ROLE__ROLE_AUDITOR, "auditor" },
};
enum { N_LEVELS = sizeof(levels) / sizeof(*levels) };

const char *change_level(const struct turn *turn)
{
	for (size_t i = 0; i < N_LEVELS; i++)
		if (levels[i].role == turn_actor(turn)->role)
			return levels[i].name;
	return "";
}

bool change_level_known(const char *name)
{
	return text_same(name, "county") || text_same(name, "prefecture");
}

/* True where the actor is of that level or of one above. */
static bool at_or_above(const struct turn *turn, const char *name)
{
	bool reached = false;

	for (size_t i = 0; i < N_LEVELS; i++) {
		reached |= text_same(levels[i].name, name);
		if (levels[i].role == turn_actor(turn)->role)
			return reached;
	}
	return false;
}

Stations__ChangeStep *change_step(struct turn *turn, Stations__ChangeRequest *next,
				  Stations__ChangeStepKind kind, const char *note)
{
	Stations__ChangeStep *step = turn_take(turn, sizeof(*step));
	const Engine__Principal *actor = turn_actor(turn);

	*step = (Stations__ChangeStep)STATIONS__CHANGE_STEP__INIT;
	next->steps++;
	step->step_id =
		turn_id(turn, turn_text(turn, "%s:%03d", next->change_id, next->steps), false);
	step->change_id = next->change_id;
	step->version = next->version;
	step->kind = kind;
	step->level = change_level(turn);
	step->taken_by = actor->person_id;
	step->taken_on = turn_today_text(turn);
	step->note = note;
	/* An authority's step lies in its own area, which may reach beyond the project's. */
	step->region_code = text_empty(actor->region_code) || !text_empty(actor->agency_id)
				    ? next->region_code
				    : actor->region_code;
	step->agency_id = next->agency_id;
	return step;
}

/* --- What can be asked for -------------------------------------------------------------------- */

/* True where what belongs to another kind of change is filled in. */
static bool alters_other_parts(Stations__ChangeKind kind, const Stations__Alteration *by)
{
	return (kind != KIND(PLAN) && !(text_empty(by->objectives) && text_empty(by->schedule))) ||
	       (kind != KIND(CONTENT) && !text_empty(by->content)) ||
	       (kind != KIND(BUDGET) && by->n_budget > 0) ||
	       (kind != KIND(PERSON) &&
		!(text_empty(by->posting_id) && text_empty(by->person_id))) ||
	       (kind != KIND(TRAINEE) &&
		!(text_empty(by->trainee_id) && text_empty(by->new_trainee_id)));
}

static struct verdict check_lines(const Stations__Alteration *by)
{
	for (size_t i = 0; i < by->n_budget; i++) {
		const Stations__BudgetLine *line = by->budget[i];
		if (line->amount_fen < 1)
			return turn_invalid("alteration.budget.amount_fen");
		for (size_t j = 0; j < i; j++)
			if (text_same(by->budget[j]->source, line->source) &&
			    text_same(by->budget[j]->category, line->category))
				return REFUSE(BUDGET_LINE_TWICE, line->category);
	}
	return turn_done();
}

static bool agreed_posting(const Stations__Baseline *in, const char *posting_id)
{
	for (size_t i = 0; i < in->n_people; i++)
		if (text_same(in->people[i]->posting_id, posting_id))
			return true;
	return false;
}

struct verdict change_possible(struct turn *turn, const Stations__ChangeRequest *asked)
{
	const Stations__Project *of = turn_find(turn, &projects, asked->project_id);
	const Stations__Baseline *stands =
		baseline_of(turn, asked->project_id, of->baseline_version);
	const Stations__Alteration *by = asked->alteration;

	if (!stands || of->state >= STATIONS__PROJECT_STATE__PROJECT_STATE_CLOSED)
		return REFUSE(PROJECT_NOT_CHANGEABLE, asked->project_id);
	if (asked->baseline_version != stands->version)
		return REFUSE(BASELINE_MOVED, stands->baseline_id);
	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." — a change names the one of them that it is about. */
	if (alters_other_parts(asked->kind, by))
		return turn_invalid("alteration");
	struct verdict verdict = check_lines(by);
	if (verdict.refusal)
		return verdict;
	if (asked->kind == KIND(PERSON) && !agreed_posting(stands, by->posting_id))
		return REFUSE(POSTING_NOT_AGREED, by->posting_id);
	if (asked->kind == KIND(PERSON) && !text_empty(by->person_id) &&
	    posting_open_of(turn, by->person_id))
		return REFUSE(PERSON_HAS_POSTING, by->person_id);
	if (asked->kind == KIND(TRAINEE) &&
	    !text_among(by->trainee_id, stands->trainee_ids, stands->n_trainee_ids))
		return REFUSE(TRAINEE_NOT_AGREED, by->trainee_id);
	if (asked->kind == KIND(TRAINEE) && text_empty(by->new_trainee_id))
		return turn_invalid("alteration.new_trainee_id");
	if (!baseline_differs(turn, stands, asked))
		return REFUSE(CHANGE_ALTERS_NOTHING, asked->change_id);
	return turn_done();
}

/* Not decided, not taken back, not over its time: it can still become another. */
static bool is_open(const Stations__ChangeRequest *of)
{
	return of->state == STATE(DRAFT) || of->state == STATE(SUBMITTED) ||
	       of->state == STATE(HELD) || of->state == STATE(HOLD_REFUSED) ||
	       of->state == STATE(ENDORSED) || of->state == STATE(RETURNED);
}

static bool came_to_nothing(const Stations__ChangeRequest *of)
{
	return of->state == STATE(REJECTED) || of->state == STATE(WITHDRAWN) ||
	       of->state == STATE(LAPSED);
}

/* What is asked for, as the request says it. */
static void ask_for(struct turn *turn, Stations__ChangeRequest *next, int32_t baseline_version,
		    const char *reason, Stations__Alteration *alteration)
{
	const Stations__Posting *whose = turn_find(turn, &postings, alteration->posting_id);

	next->baseline_version = baseline_version;
	next->reason = reason;
	next->alteration = alteration;
	next->leaving_person_id = whose ? whose->person_id : "";
}

/* --- Asking, handing in, taking back ---------------------------------------------------------- */

static struct verdict draft_change(struct turn *turn, const void *command)
{
	const Stations__DraftChangeRequest *cmd = command;
	const Stations__Project *of = turn_find(turn, &projects, cmd->project_id);

	if (!of || !turn_may_act(turn, of->region_code, of->agency_id))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &changes, cmd->change_id))
		return REFUSE(CHANGE_EXISTS, cmd->change_id);
	const Stations__ChangeRequest *after = turn_find(turn, &changes, cmd->after_change_id);
	if (!text_empty(cmd->after_change_id) &&
	    (!after || !text_same(after->project_id, of->project_id) || !came_to_nothing(after)))
		return REFUSE(CHANGE_NOT_OF_PROJECT, cmd->after_change_id);

	Stations__ChangeRequest next = STATIONS__CHANGE_REQUEST__INIT;
	next.change_id = cmd->change_id;
	next.project_id = of->project_id;
	next.programme_year_id = of->programme_year_id;
	next.site_id = of->site_id;
	next.region_code = of->region_code;
	next.agency_id = of->agency_id;
	next.kind = cmd->kind;
	next.state = STATE(DRAFT);
	next.version = after ? after->version + 1 : 1;
	next.after_change_id = cmd->after_change_id;
	ask_for(turn, &next, cmd->baseline_version, cmd->reason, cmd->alteration);
	struct verdict verdict = change_possible(turn, &next);
	if (verdict.refusal)
		return verdict;

	Stations__ChangeDrafted drafted = STATIONS__CHANGE_DRAFTED__INIT;
	drafted.change = &next;
	drafted.step = change_step(turn, &next, STEP(DRAFTED), "");
	return turn_accept(turn, &drafted.base);
}

static struct verdict edit_change(struct turn *turn, const void *command)
{
	const Stations__EditChangeRequest *cmd = command;
	const Stations__ChangeRequest *found = turn_find(turn, &changes, cmd->change_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->change_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->change_id);
	if (!is_open(found))
		return REFUSE(CHANGE_NOT_OPEN, cmd->change_id);

	Stations__ChangeRequest next = *found;
	ask_for(turn, &next, cmd->baseline_version, cmd->reason, cmd->alteration);
	struct verdict verdict = change_possible(turn, &next);
	if (verdict.refusal)
		return verdict;
	/* What was said to the version before was not said to this one. */
	if (found->state != STATE(DRAFT))
		next.version++;
	next.state = STATE(DRAFT);
	next.n_holds = 0;
	next.awaits_level = "";
	next.submitted_on = "";
	next.decide_by = "";
	next.note = "";

	Stations__ChangeEdited edited = STATIONS__CHANGE_EDITED__INIT;
	edited.change = &next;
	edited.step = change_step(turn, &next, STEP(EDITED), "");
	return turn_accept(turn, &edited.base);
}

/* The service that must hold what a change needs before it can be decided; NULL: none. */
static const char *holder_of(const Stations__ChangeRequest *asked)
{
	switch (asked->kind) {
	case KIND(UNSPECIFIED):
	case KIND(PLAN):
	case KIND(CONTENT):
		return NULL;
	case KIND(BUDGET):
		return "funding";
	case KIND(PERSON):
	case KIND(TRAINEE):
		return "personnel";
	}
	return NULL;
}

static struct verdict submit_change(struct turn *turn, const void *command)
{
	const Stations__SubmitChangeRequest *cmd = command;
	const Stations__ChangeRequest *found = turn_find(turn, &changes, cmd->change_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->change_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->change_id);
	if (found->state != STATE(DRAFT))
		return REFUSE(CHANGE_NOT_DRAFT, cmd->change_id);
	struct verdict verdict = change_possible(turn, found);
	if (verdict.refusal)
		return verdict;

	Stations__ChangeHold asked = STATIONS__CHANGE_HOLD__INIT;
	Stations__ChangeHold *holds[] = { &asked };
	Stations__ChangeRequest next = *found;
	next.state = STATE(SUBMITTED);
	next.submitted_on = turn_today_text(turn);
	asked.service = holder_of(found);
	asked.state = STATIONS__HOLD_STATE__HOLD_STATE_ASKED;
	if (asked.service) {
		next.n_holds = 1;
		next.holds = holds;
	} else {
		change_is_held(turn, &next);
	}

	Stations__ChangeSubmitted submitted = STATIONS__CHANGE_SUBMITTED__INIT;
	submitted.change = &next;
	submitted.step = change_step(turn, &next, STEP(SUBMITTED), "");
	return turn_accept(turn, &submitted.base);
}

static struct verdict withdraw_change(struct turn *turn, const void *command)
{
	const Stations__WithdrawChangeRequest *cmd = command;
	const Stations__ChangeRequest *found = turn_find(turn, &changes, cmd->change_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->change_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->change_id);
	if (!is_open(found))
		return REFUSE(CHANGE_NOT_OPEN, cmd->change_id);

	Stations__ChangeRequest next = *found;
	next.state = STATE(WITHDRAWN);
	next.awaits_level = "";
	next.note = cmd->note;

	Stations__ChangeWithdrawn withdrawn = STATIONS__CHANGE_WITHDRAWN__INIT;
	withdrawn.change = &next;
	withdrawn.step = change_step(turn, &next, STEP(WITHDRAWN), cmd->note);
	return turn_accept(turn, &withdrawn.base);
}

/* Who took a step is always kept, and told at that level and above. */
static struct verdict get_change(struct turn *turn, const void *request, ProtobufCMessage *response)
{
	const Stations__GetChangeRequest *asked = request;
	Stations__GetChangeResponse *answer = (Stations__GetChangeResponse *)response;
	const Stations__ChangeRequest *found = turn_find(turn, &changes, asked->change_id);

	if (!found || !turn_sees(turn, &changes, found))
		return turn_not_found(asked->change_id);
	answer->change = turn_take(turn, sizeof(*answer->change));
	*answer->change = *found;
	answer->steps = turn_take(turn, (size_t)found->steps * sizeof(*answer->steps));
	struct each each = turn_each(turn, &change_steps, "change_id",
				     &(Stations__ChangeStep){ .change_id = found->change_id });
	for (const Stations__ChangeStep *s;
	     answer->n_steps < (size_t)found->steps && (s = each_next(&each));) {
		Stations__ChangeStep *copy = turn_take(turn, sizeof(*copy));
		*copy = *s;
		if (!at_or_above(turn, s->level))
			copy->taken_by = "";
		answer->steps[answer->n_steps++] = copy;
	}
	return turn_done();
}

enum { ASKERS = BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY };

static const struct command commands[] = {
	{ "DraftChange", draft_change, ASKERS,
	  "change_id project_id baseline_version kind reason alteration" },
	{ "EditChange", edit_change, ASKERS, "change_id baseline_version reason alteration" },
	{ "SubmitChange", submit_change, ASKERS, "change_id" },
	{ "WithdrawChange", withdraw_change, ASKERS, "change_id note" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetChange", .answer = get_change },
	{ "ListChanges", LIST(changes) },
	{ 0 },
};

static const struct table *const tables[] = { &changes, &change_steps, NULL };
const struct aggregate change = { tables, commands, queries };
