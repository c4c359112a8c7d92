/* The review of a change: the answers of those whom it concerns, level by level up to the
 * province, and what its decision leads to.
 *
 *     held -> county -> prefecture -> province: approved = the next baseline
 *             (the levels that the rules name)    then each service concerned follows: applied */
#include "stations.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

#define STATE(name)   STATIONS__CHANGE_STATE__CHANGE_STATE_##name
#define KIND(name)    STATIONS__CHANGE_KIND__CHANGE_KIND_##name
#define STEP(name)    STATIONS__CHANGE_STEP_KIND__CHANGE_STEP_KIND_##name
#define POSTING(name) STATIONS__POSTING_STATE__POSTING_STATE_##name

static const char PROVINCE[] = "province";

static bool is_held(const Stations__ChangeRequest *of)
{
	return of->state == STATE(HELD) || of->state == STATE(ENDORSED);
}

/* True where there is one office of that level for the region: a site of a whole prefecture has no
 * county. */
static bool level_has_office(const char *level, const char *region_code)
{
	enum { COUNTY_DIGITS = 6 };

	return !text_same(level, "county") || strlen(region_code) >= COUNTY_DIGITS;
}

/* Whose turn it is after that level; after "": the first. */
static const char *level_after(struct turn *turn, const Stations__ChangeRequest *of,
			       const char *level)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, of->programme_year_id);
	const Stations__ChangeRules *rules = year->rules->changes;
	bool passed = text_empty(level);

	for (size_t i = 0; rules && i < rules->n_endorsed_by_levels; i++) {
		const char *next = rules->endorsed_by_levels[i];
		if (passed && level_has_office(next, of->region_code))
			return next;
		passed |= text_same(next, level);
	}
	return PROVINCE;
}

void change_is_held(struct turn *turn, Stations__ChangeRequest *next)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, next->programme_year_id);
	const Stations__ChangeRules *rules = year->rules->changes;

	next->state = STATE(HELD);
	next->awaits_level = level_after(turn, next, "");
	if (rules && rules->lapse_days) {
		char *text = turn_take(turn, DAY_TEXT_SIZE);
		day_write(day_plus(turn_today(turn), rules->lapse_days), text);
		next->decide_by = text;
	}
}

/* --- The answers of the services --------------------------------------------------------------- */

struct verdict change_answered(struct turn *turn, const char *change_id, int32_t version,
			       Stations__ChangeHold *answer)
{
	const Stations__ChangeRequest *found = turn_find(turn, &changes, change_id);

	/* An answer to what has been written anew or taken back since is nobody's. */
	if (!found || found->version != version || found->state != STATE(SUBMITTED))
		return turn_done();

	Stations__ChangeRequest next = *found;
	next.n_holds = 1;
	next.holds = &answer;
	if (answer->state == STATIONS__HOLD_STATE__HOLD_STATE_REFUSED) {
		next.state = STATE(HOLD_REFUSED);
		Stations__ChangeHoldRefused refused = STATIONS__CHANGE_HOLD_REFUSED__INIT;
		refused.change = &next;
		return turn_accept(turn, &refused.base);
	}
	change_is_held(turn, &next);
	Stations__ChangeHeld held = STATIONS__CHANGE_HELD__INIT;
	held.change = &next;
	return turn_accept(turn, &held.base);
}

/* The place that the change brought, once its person is on the supplemented list. */
static Stations__Posting *posting_ready(struct turn *turn, const Stations__ChangeRequest *of,
					const char *selected_id)
{
	struct each each = turn_each(
		turn, &postings, "project_id,state",
		&(Stations__Posting){ .project_id = of->project_id, .state = POSTING(RESERVED) });

	for (const Stations__Posting *p; !text_empty(selected_id) && (p = each_next(&each));) {
		if (!text_same(p->change_id, of->change_id))
			continue;
		Stations__Posting *next = turn_take(turn, sizeof(*next));
		*next = *p;
		next->state = POSTING(READY);
		next->selected_id = selected_id;
		return next;
	}
	return NULL;
}

struct verdict change_followed(struct turn *turn, const char *change_id, const char *service,
			       uint64_t sequence, const char *selected_id)
{
	const Stations__ChangeRequest *found = turn_find(turn, &changes, change_id);
	bool all = true;

	if (!found || found->state != STATE(APPROVED))
		return turn_done();

	Stations__ChangeRequest next = *found;
	next.followed_by = turn_take(turn, next.n_followed_by * sizeof(*next.followed_by));
	for (size_t i = 0; i < next.n_followed_by; i++) {
		Stations__ChangeFollower *follower = turn_take(turn, sizeof(*follower));
		*follower = *found->followed_by[i];
		if (text_same(follower->service, service))
			follower->sequence = sequence;
		all &= follower->sequence > 0;
		next.followed_by[i] = follower;
	}
	if (all)
		next.state = STATE(APPLIED);

	Stations__ChangeFollowed followed = STATIONS__CHANGE_FOLLOWED__INIT;
	followed.change = &next;
	followed.posting = posting_ready(turn, found, selected_id);
	struct verdict verdict = turn_accept(turn, &followed.base);
	/* The last who was awaited may be the one whose place was given up. */
	if (all && !followed.posting)
		return project_start_if_complete(turn, found->project_id);
	return verdict;
}

/* --- The levels -------------------------------------------------------------------------------- */

/* Four eyes: true where the person has handed in or endorsed this version. */
static bool has_acted(struct turn *turn, const Stations__ChangeRequest *of)
{
	const char *person_id = turn_actor(turn)->person_id;
	struct each each = turn_each(turn, &change_steps, "change_id",
				     &(Stations__ChangeStep){ .change_id = of->change_id });

	for (const Stations__ChangeStep *s; (s = each_next(&each));)
		if (s->version == of->version && text_same(s->taken_by, person_id) &&
		    (s->kind == STEP(SUBMITTED) || s->kind == STEP(ENDORSED)))
			return true;
	return false;
}

static struct verdict endorse_change(struct turn *turn, const void *command)
{
	const Stations__EndorseChangeRequest *cmd = command;
	const Stations__ChangeRequest *found = turn_find(turn, &changes, cmd->change_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->change_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->change_id);
	if (!is_held(found))
		return REFUSE(CHANGE_NOT_HELD, cmd->change_id);
	if (!text_same(found->awaits_level, change_level(turn)))
		return REFUSE(CHANGE_AWAITS_OTHER_LEVEL, found->awaits_level);
	if (has_acted(turn, found))
		return REFUSE(SAME_PERSON_ACTS, cmd->change_id);

	Stations__ChangeRequest next = *found;
	next.state = STATE(ENDORSED);
	next.awaits_level = level_after(turn, found, found->awaits_level);

	Stations__ChangeEndorsed endorsed = STATIONS__CHANGE_ENDORSED__INIT;
	endorsed.change = &next;
	endorsed.step = change_step(turn, &next, STEP(ENDORSED), cmd->note);
	return turn_accept(turn, &endorsed.base);
}

static struct verdict return_change(struct turn *turn, const void *command)
{
	const Stations__ReturnChangeRequest *cmd = command;
	const Stations__ChangeRequest *found = turn_find(turn, &changes, cmd->change_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->change_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->change_id);
	if (!is_held(found))
		return REFUSE(CHANGE_NOT_HELD, cmd->change_id);
	if (!text_same(found->awaits_level, change_level(turn)))
		return REFUSE(CHANGE_AWAITS_OTHER_LEVEL, found->awaits_level);

	Stations__ChangeRequest next = *found;
	next.state = STATE(RETURNED);
	next.awaits_level = "";
	next.note = cmd->note;

	Stations__ChangeReturned returned = STATIONS__CHANGE_RETURNED__INIT;
	returned.change = &next;
	returned.step = change_step(turn, &next, STEP(RETURNED), cmd->note);
	return turn_accept(turn, &returned.base);
}

/* --- The decision ------------------------------------------------------------------------------ */

/* The plan as the new baseline has it; NULL where the change is not about it. */
static Stations__ImplementationPlan *plan_anew(struct turn *turn, Stations__Baseline *next)
{
	Stations__ImplementationPlan *plan;
	const char *readable = turn_text(turn, "pl-%s", next->change_id);

	if (next->changed != KIND(PLAN) && next->changed != KIND(CONTENT))
		return NULL;
	plan = turn_take(turn, sizeof(*plan));
	*plan = *(const Stations__ImplementationPlan *)turn_find(turn, &plans, next->plan_id);
	plan->plan_id = turn_id(turn, readable, turn_find(turn, &plans, readable) != NULL);
	plan->version++;
	plan->objectives = next->objectives;
	plan->schedule = next->schedule;
	plan->content = next->content;
	plan->set_by = turn_actor(turn)->person_id;
	next->plan_id = plan->plan_id;
	return plan;
}

/* The place of one who leaves by the change; what is known of his time there stays. */
static Stations__Posting *leave(struct turn *turn, const Stations__Posting *found, bool replaced)
{
	Stations__Posting *next = turn_take(turn, sizeof(*next));

	*next = *found;
	if (found->state == POSTING(RESERVED) || found->state == POSTING(READY)) {
		next->state = POSTING(CANCELLED);
	} else if (found->state != POSTING(ENDED)) {
		next->state = POSTING(ENDED);
		next->ended_on = turn_today_text(turn);
		next->end_reason = replaced ? STATIONS__END_REASON__END_REASON_REPLACED
					    : STATIONS__END_REASON__END_REASON_RECALLED;
	}
	return next;
}

/* The place of one who comes by the change: kept, until personnel has put him on the list. */
static Stations__Posting *come(struct turn *turn, const Stations__Posting *after,
			       const Stations__ChangeRequest *by)
{
	Stations__Posting *next = turn_take(turn, sizeof(*next));
	const char *readable = turn_text(turn, "po-%s", by->change_id);

	*next = (Stations__Posting)STATIONS__POSTING__INIT;
	next->posting_id = turn_id(turn, readable, turn_find(turn, &postings, readable) != NULL);
	next->project_id = after->project_id;
	next->programme_year_id = after->programme_year_id;
	next->site_id = after->site_id;
	next->region_code = after->region_code;
	next->agency_id = after->agency_id;
	next->person_id = by->alteration->person_id;
	next->state = POSTING(RESERVED);
	next->replaces_posting_id = after->posting_id;
	next->change_id = by->change_id;
	return next;
}

/* Who has to follow the approved change.  Somebody less is also funding's matter, which proposes
 * what becomes of the entitlement. */
static void await_followers(struct turn *turn, Stations__ChangeRequest *next)
{
	enum { MOST = 2 };
	const char *names[MOST];
	size_t n = 0;

	if (next->n_holds)
		names[n++] = next->holds[0]->service;
	if (next->kind == KIND(PERSON) && text_empty(next->alteration->person_id))
		names[n++] = "funding";
	next->followed_by = turn_take(turn, MOST * sizeof(*next->followed_by));
	for (next->n_followed_by = 0; next->n_followed_by < n; next->n_followed_by++) {
		Stations__ChangeFollower *follower = turn_take(turn, sizeof(*follower));
		*follower = (Stations__ChangeFollower)STATIONS__CHANGE_FOLLOWER__INIT;
		follower->service = names[next->n_followed_by];
		next->followed_by[next->n_followed_by] = follower;
	}
	next->state = n ? STATE(APPROVED) : STATE(APPLIED);
}

/* RULE B26: "Only a change that the province has approved alters them." — the next baseline is
 * there with the approval, or neither is. */
static struct verdict approve(struct turn *turn, Stations__ChangeRequest *next)
{
	const Stations__Project *of = turn_find(turn, &projects, next->project_id);
	const Stations__Alteration *by = next->alteration;
	const Stations__Posting *whose = turn_find(turn, &postings, by->posting_id);
	Stations__Posting *places[2];
	Stations__BaselineAmended amended = STATIONS__BASELINE_AMENDED__INIT;
	const char *comes_to = "";

	await_followers(turn, next);
	if (whose) {
		places[amended.n_postings++] = leave(turn, whose, !text_empty(by->person_id));
		amended.postings = places;
	}
	if (whose && !text_empty(by->person_id)) {
		places[amended.n_postings++] = come(turn, whose, next);
		comes_to = places[1]->posting_id;
	}
	amended.baseline = baseline_amended(
		turn, baseline_of(turn, of->project_id, of->baseline_version), next, comes_to);
	amended.plan = plan_anew(turn, amended.baseline);

	Stations__Project altered = *of;
	altered.baseline_version = amended.baseline->version;
	altered.plan_id = amended.baseline->plan_id;
	altered.people = (int32_t)amended.baseline->n_people;

	amended.change = next;
	amended.project = &altered;
	amended.step = change_step(turn, next, STEP(APPROVED), next->note);
	return turn_accept(turn, &amended.base);
}

static struct verdict reject(struct turn *turn, Stations__ChangeRequest *next)
{
	Stations__ChangeRejected rejected = STATIONS__CHANGE_REJECTED__INIT;

	next->state = STATE(REJECTED);
	rejected.change = next;
	rejected.step = change_step(turn, next, STEP(REJECTED), next->note);
	return turn_accept(turn, &rejected.base);
}

static struct verdict decide_change(struct turn *turn, const void *command)
{
	const Stations__DecideChangeRequest *cmd = command;
	const Stations__ChangeRequest *found = turn_find(turn, &changes, cmd->change_id);
	bool approved = cmd->decision == STATIONS__CHANGE_DECISION__CHANGE_DECISION_APPROVE;

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->change_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->change_id);
	if (!is_held(found))
		return REFUSE(CHANGE_NOT_HELD, cmd->change_id);
	if (!text_same(found->awaits_level, PROVINCE))
		return REFUSE(CHANGE_AWAITS_OTHER_LEVEL, found->awaits_level);
	if (has_acted(turn, found))
		return REFUSE(SAME_PERSON_ACTS, cmd->change_id);
	if (approved && text_empty(cmd->document_no))
		return turn_invalid("document_no");
	if (!approved && text_empty(cmd->note))
		return turn_invalid("note");

	Stations__ChangeRequest next = *found;
	next.awaits_level = "";
	next.decided_on = turn_today_text(turn);
	next.document_no = cmd->document_no;
	next.note = cmd->note;
	if (!approved)
		return reject(turn, &next);
	struct verdict verdict = change_possible(turn, found);
	return verdict.refusal ? verdict : approve(turn, &next);
}

/* --- Time -------------------------------------------------------------------------------------- */

/* Those of a state whose last day is over. */
static void lapse_those(struct turn *turn, Stations__ChangeState state, const char *today,
			int *n_lapsed)
{
	/* A turn has a bound: what is above it lapses in the next one. */
	enum { LAPSE_MAX = 200 };
	struct each each =
		turn_each(turn, &changes, "state", &(Stations__ChangeRequest){ .state = state });

	for (const Stations__ChangeRequest *c; (c = each_next(&each));) {
		if (text_empty(c->decide_by) || !day_text_before(c->decide_by, today))
			continue;
		if (*n_lapsed == LAPSE_MAX) {
			turn_again(turn);
			break;
		}
		Stations__ChangeRequest next = *c;
		next.state = STATE(LAPSED);
		next.awaits_level = "";
		Stations__ChangeLapsed lapsed = STATIONS__CHANGE_LAPSED__INIT;
		lapsed.change = &next;
		lapsed.step = change_step(turn, &next, STEP(LAPSED), "");
		turn_accept(turn, &lapsed.base);
		++*n_lapsed;
	}
}

struct verdict changes_lapse(struct turn *turn, const char *today)
{
	int n_lapsed = 0;

	lapse_those(turn, STATE(HELD), today, &n_lapsed);
	lapse_those(turn, STATE(ENDORSED), today, &n_lapsed);
	return turn_done();
}

static const struct command commands[] = {
	{ "EndorseChange", endorse_change, BY_PREFECTURE | BY_COUNTY, "change_id" },
	{ "ReturnChange", return_change, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY,
	  "change_id note" },
	{ "DecideChange", decide_change, BY_PROVINCE, "change_id decision" },
	{ 0 },
};

const struct aggregate change_review = { NULL, commands, NULL };
