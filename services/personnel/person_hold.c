/* What personnel holds for a change of a project that was handed in at stations: whether somebody
 * can come in another's place is judged here, and he is kept free until the change is decided.
 *
 *     (handed in) -> HELD | REFUSED
 *                    HELD -> CONFIRMED     approved: the list is supplemented, the trainee replaced
 *                    HELD -> RELEASED      written anew, returned, rejected, withdrawn, lapsed
 *
 * Only what happens at stations ends a hold: two clocks would race. */
#include "personnel/personnel.h"

#include "base/text.h"
#include "personnel/follow.h"

const struct table person_holds = {
	.name = "person_holds",
	.record = &personnel__person_hold__descriptor,
	.id = "change_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | NOT_FROM_BELOW,
	.indexes = { "project_id", "programme_year_id", "state", "person_id,state",
		     "new_trainee_id,state" },
};

#define STATE(name)    PERSONNEL__PERSON_HOLD_STATE__PERSON_HOLD_STATE_##name
#define SELECTED(name) PERSONNEL__SELECTED_STATE__SELECTED_STATE_##name
#define TRAINEE(name)  PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_##name

const Personnel__PersonHold *person_held(struct turn *turn, const char *person_id)
{
	return turn_by(turn, &person_holds, "person_id,state",
		       &(Personnel__PersonHold){ .person_id = person_id, .state = STATE(HELD) });
}

const Personnel__PersonHold *trainee_held(struct turn *turn, const char *trainee_id)
{
	return turn_by(
		turn, &person_holds, "new_trainee_id,state",
		&(Personnel__PersonHold){ .new_trainee_id = trainee_id, .state = STATE(HELD) });
}

/* The entry of the approved list by which the person is at the hold's site, or NULL. */
static const Personnel__SelectedProfessional *
entry_of(struct turn *turn, const Personnel__PersonHold *hold, const char *person_id)
{
	struct each each = turn_each(
		turn, &selected_professionals, "programme_year_id,person_id",
		&(Personnel__SelectedProfessional){ .programme_year_id = hold->programme_year_id,
						    .person_id = person_id });

	for (const Personnel__SelectedProfessional *one; (one = each_next(&each));) {
		if (one->state == SELECTED(APPROVED) && text_same(one->site_id, hold->site_id))
			return one;
	}
	return NULL;
}

/* What the year asks of those who apply it asks of those who come later, on the day of asking. */
static struct verdict may_come(struct turn *turn, const Personnel__PersonHold *hold)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, hold->programme_year_id);
	const Stations__Eligibility *asked = year->rules->eligibility;
	Personnel__Call as_call = PERSONNEL__CALL__INIT;
	Personnel__Application as_applied = PERSONNEL__APPLICATION__INIT;

	as_call.certificate_or_degree = asked && asked->certificate_or_degree;
	as_call.experience_years = asked ? asked->experience_years : 0;
	as_applied.programme_year_id = hold->programme_year_id;
	as_applied.agency_id = hold->agency_id;
	as_applied.submitted_on = turn_today_text(turn);
	return may_be_named(turn, &as_call, &as_applied, hold->person_id);
}

static struct verdict judge_person(struct turn *turn, const Personnel__PersonHold *hold)
{
	if (!entry_of(turn, hold, hold->leaving_person_id))
		return turn_not_found(hold->leaving_person_id);
	if (text_empty(hold->person_id))
		return turn_done();
	if (selected_in_year(turn, hold->programme_year_id, hold->person_id))
		return REFUSE(SELECTED_TWICE, hold->person_id);
	if (person_held(turn, hold->person_id))
		return REFUSE(PERSON_HELD, hold->person_id);
	if (person_is_trainee(turn, hold->programme_year_id, hold->person_id))
		return REFUSE(PERSON_IS_TRAINEE, hold->person_id);
	return may_come(turn, hold);
}

static struct verdict judge_trainee(struct turn *turn, const Personnel__PersonHold *hold)
{
	const Personnel__Trainee *comes = turn_find(turn, &trainees, hold->new_trainee_id);

	if (!comes || !text_same(comes->project_id, hold->project_id) ||
	    comes->state != TRAINEE(NOMINATED))
		return REFUSE(TRAINEE_NOT_NOMINATED, hold->new_trainee_id);
	if (trainee_held(turn, hold->new_trainee_id))
		return REFUSE(PERSON_HELD, hold->new_trainee_id);
	return turn_done();
}

/* --- What happens at stations ------------------------------------------------------------------ */

static bool is_of_person(const Stations__ChangeRequest *change)
{
	return change->kind == STATIONS__CHANGE_KIND__CHANGE_KIND_PERSON;
}

static bool is_of_trainee(const Stations__ChangeRequest *change)
{
	return change->kind == STATIONS__CHANGE_KIND__CHANGE_KIND_TRAINEE;
}

struct verdict hold_for_change(struct turn *turn, const Stations__ChangeRequest *change)
{
	Personnel__PersonHold hold = PERSONNEL__PERSON_HOLD__INIT;
	Personnel__PersonHeld held = PERSONNEL__PERSON_HELD__INIT;
	Personnel__PersonHoldRefused refused = PERSONNEL__PERSON_HOLD_REFUSED__INIT;
	struct verdict verdict;

	if (!is_of_person(change) && !is_of_trainee(change))
		return turn_done();
	hold.change_id = change->change_id;
	hold.version = change->version;
	hold.project_id = change->project_id;
	hold.programme_year_id = change->programme_year_id;
	hold.site_id = change->site_id;
	hold.region_code = change->region_code;
	hold.agency_id = change->agency_id;
	hold.leaving_person_id = change->leaving_person_id;
	hold.person_id = change->alteration->person_id;
	hold.trainee_id = change->alteration->trainee_id;
	hold.new_trainee_id = change->alteration->new_trainee_id;
	verdict = is_of_person(change) ? judge_person(turn, &hold) : judge_trainee(turn, &hold);
	if (verdict.refusal) {
		hold.state = STATE(REFUSED);
		hold.reason = verdict.refusal > 0 ? (Personnel__Refusal)verdict.refusal : 0;
		hold.about = verdict.about;
		refused.hold = &hold;
		return turn_accept(turn, &refused.base);
	}
	hold.state = STATE(HELD);
	held.hold = &hold;
	return turn_accept(turn, &held.base);
}

struct verdict release_for_change(struct turn *turn, const Stations__ChangeRequest *change)
{
	const Personnel__PersonHold *found = turn_find(turn, &person_holds, change->change_id);
	Personnel__PersonHoldReleased released = PERSONNEL__PERSON_HOLD_RELEASED__INIT;

	if (!found || found->state != STATE(HELD))
		return turn_done();

	Personnel__PersonHold next = *found;
	next.state = STATE(RELEASED);
	released.hold = &next;
	return turn_accept(turn, &released.base);
}

/* RULE B3: "Only an approved change of a project supplements it." */
static struct verdict supplement(struct turn *turn, Personnel__PersonHold *hold)
{
	const Personnel__SelectedProfessional *leaving =
		entry_of(turn, hold, hold->leaving_person_id);
	Personnel__SelectionList list = *(const Personnel__SelectionList *)turn_find(
		turn, &selection_lists, leaving->list_id);
	Personnel__SelectedProfessional left = *leaving;
	Personnel__SelectedProfessional came = *leaving;
	Personnel__SelectedProfessional *both[] = { &left, &came };
	Personnel__SelectionSupplemented event = PERSONNEL__SELECTION_SUPPLEMENTED__INIT;
	bool replaced = !text_empty(hold->person_id);

	left.state = SELECTED(REPLACED);
	left.replaced_by_change_id = hold->change_id;
	came.selected_id = turn_id(turn, turn_text(turn, "se-%s", hold->change_id), false);
	came.person_id = hold->person_id;
	came.change_id = hold->change_id;
	list.state = PERSONNEL__LIST_STATE__LIST_STATE_SUPPLEMENTED;
	list.version++;
	list.people -= !replaced;

	event.hold = hold;
	event.list = &list;
	event.n_selected = replaced ? 2 : 1;
	event.selected = both;
	return turn_accept(turn, &event.base);
}

/* RULE B12: "A training claim is at most the daily rate for each day that an approved trainee
 * attended." — who comes is approved by the change; the days of who goes stay his. */
static struct verdict replace_trainee(struct turn *turn, Personnel__PersonHold *hold,
				      const Stations__ChangeRequest *change)
{
	Personnel__Trainee goes =
		*(const Personnel__Trainee *)turn_find(turn, &trainees, hold->trainee_id);
	Personnel__Trainee comes =
		*(const Personnel__Trainee *)turn_find(turn, &trainees, hold->new_trainee_id);
	Personnel__Trainee *both[] = { &comes, &goes };
	Personnel__TraineeReplaced replaced = PERSONNEL__TRAINEE_REPLACED__INIT;
	bool at_training = goes.state == TRAINEE(APPROVED) || goes.state == TRAINEE(IN_TRAINING);

	comes.state = TRAINEE(APPROVED);
	comes.approved_on = change->decided_on;
	goes.state = TRAINEE(DROPPED);
	goes.dropped_on = change->decided_on;
	goes.reason = change->reason;

	replaced.hold = hold;
	replaced.trainees = both;
	/* Who has completed the training or dropped out already stays as he is. */
	replaced.n_trainees = at_training ? 2 : 1;
	return turn_accept(turn, &replaced.base);
}

struct verdict confirm_for_change(struct turn *turn, const Stations__ChangeRequest *change)
{
	const Personnel__PersonHold *found = turn_find(turn, &person_holds, change->change_id);

	if (!found || found->state != STATE(HELD))
		return turn_done();

	Personnel__PersonHold next = *found;
	next.state = STATE(CONFIRMED);
	return is_of_person(change) ? supplement(turn, &next)
				    : replace_trainee(turn, &next, change);
}

static const struct query queries[] = {
	{ "GetPersonHold", GET(person_holds) },
	{ "ListPersonHolds", LIST(person_holds) },
	{ 0 },
};

static const struct table *const tables[] = { &person_holds, NULL };

const struct aggregate person_hold = { tables, NULL, queries };
