/* What stations follow.  An approved list of personnel plans the projects of its agencies and sites,
 * and keeps a place for each person on it.  Personnel and funding say whether a change is possible,
 * and follow it once it is approved. */
#include "follow.h"

#include <string.h>

#include "base/text.h"

#include "stations.h"

static const struct source personnel = { "personnel", &personnel__personnel_event__descriptor };
static const struct source funding = { "funding", &funding__funding_event__descriptor };

const struct table selected_professionals = {
	.name = "selected_professionals",
	.record = &personnel__selected_professional__descriptor,
	.id = "selected_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id,person_id" },
};

const struct table trainees = {
	.name = "trainees",
	.record = &personnel__trainee__descriptor,
	.id = "trainee_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "project_id,state" },
	.tallies = { "project_id,state" },
};

const struct copy stations_copies[] = {
	{ &personnel, &selected_professionals },
	{ &personnel, &trainees },
	{ 0 },
};

/* A project that the list needs. */
struct team {
	const Stations__Site *site;
	const char *agency_id;
	const Stations__Project *known; /* of an earlier list, or NULL */
	const char *project_id;
	int refusal; /* why it can take nobody, or 0 */
	size_t n_people;
};

/* The place that the list brings to somebody. */
struct place {
	const struct team *team;
	const Personnel__SelectedProfessional *selected;
};

struct placing {
	const Stations__ProgrammeYear *year;
	int32_t n_in_year; /* places that were taken before */
	struct team *teams;
	size_t n_teams;
	struct place *places;
	size_t n_places;
	Stations__Unplaced **unplaced;
	size_t n_unplaced;
};

static const Stations__Project *project_at(struct turn *turn, const Stations__Site *where,
					   const char *agency_id)
{
	return turn_by(turn, &projects, "site_id,agency_id",
		       &(Stations__Project){ .site_id = where->site_id, .agency_id = agency_id });
}

static bool project_id_used(struct turn *turn, const struct placing *placing, const char *id)
{
	for (size_t i = 0; i < placing->n_teams; i++)
		if (text_same(placing->teams[i].project_id, id))
			return true;
	return turn_find(turn, &projects, id) != NULL;
}

/* The team of an agency at a site; a new one where there is none. */
static struct team *team_of(struct turn *turn, struct placing *placing, const Stations__Site *where,
			    const char *agency_id)
{
	for (size_t i = 0; i < placing->n_teams; i++)
		if (text_same(placing->teams[i].site->site_id, where->site_id) &&
		    text_same(placing->teams[i].agency_id, agency_id))
			return &placing->teams[i];

	struct team team = { .site = where, .agency_id = agency_id };
	team.known = project_at(turn, where, agency_id);
	if (team.known) {
		team.project_id = team.known->project_id;
		if (project_agreed(team.known))
			team.refusal = STATIONS__REFUSAL__REFUSAL_PROJECT_AGREED;
		else if (agreement_pending(turn, team.project_id))
			team.refusal = STATIONS__REFUSAL__REFUSAL_AGREEMENT_PENDING;
	} else {
		const char *readable = turn_text(turn, "pr-%s-%s", where->site_id, agency_id);
		team.project_id = turn_id(turn, readable, project_id_used(turn, placing, readable));
	}
	placing->teams[placing->n_teams] = team;
	return &placing->teams[placing->n_teams++];
}

/* How many people the list has brought to the site so far. */
static int32_t placed_at(const struct placing *placing, const Stations__Site *where)
{
	size_t sum = 0;

	for (size_t i = 0; i < placing->n_teams; i++)
		if (text_same(placing->teams[i].site->site_id, where->site_id))
			sum += placing->teams[i].n_people;
	return (int32_t)sum;
}

static bool placed_already(const struct placing *placing, const char *person_id)
{
	for (size_t i = 0; i < placing->n_places; i++)
		if (text_same(placing->places[i].selected->person_id, person_id))
			return true;
	return false;
}

/* Why no place can be kept for the person, or 0 and the team that the place is in. */
static int place_of(struct turn *turn, struct placing *placing,
		    const Personnel__SelectedProfessional *selected, struct team **team)
{
	const Stations__Site *where = turn_find(turn, &sites, selected->site_id);

	if (!where || !text_same(where->programme_year_id, placing->year->programme_year_id))
		return STATIONS__REFUSAL__REFUSAL_SITE_UNKNOWN;
	if (posting_open_of(turn, selected->person_id) ||
	    placed_already(placing, selected->person_id))
		return STATIONS__REFUSAL__REFUSAL_PERSON_HAS_POSTING;
	/* RULE B4: "The people selected for a year are never more than the year's quota." */
	if (placing->n_in_year + (int32_t)placing->n_places >= placing->year->rules->year_quota)
		return STATIONS__REFUSAL__REFUSAL_YEAR_FULL;
	/* RULE B5: "A site never has more people in post than its quota." */
	if (postings_at_site(turn, where->site_id) + placed_at(placing, where) >= where->quota)
		return STATIONS__REFUSAL__REFUSAL_SITE_FULL;
	*team = team_of(turn, placing, where, selected->agency_id);
	return (*team)->refusal;
}

static Stations__Posting *posting_of(struct turn *turn, const struct place *place)
{
	Stations__Posting *next = turn_take(turn, sizeof(*next));
	const char *readable = turn_text(turn, "po-%s", place->selected->selected_id);

	*next = (Stations__Posting)STATIONS__POSTING__INIT;
	next->posting_id = turn_id(turn, readable, turn_find(turn, &postings, readable) != NULL);
	next->project_id = place->team->project_id;
	next->programme_year_id = place->team->site->programme_year_id;
	next->site_id = place->team->site->site_id;
	next->region_code = place->team->site->region_code;
	next->agency_id = place->team->agency_id;
	next->person_id = place->selected->person_id;
	next->state = STATIONS__POSTING_STATE__POSTING_STATE_RESERVED;
	next->selected_id = place->selected->selected_id;
	return next;
}

static void keep_unplaced(struct turn *turn, struct placing *placing,
			  const Personnel__SelectedProfessional *selected, int refusal)
{
	Stations__Unplaced *next = turn_take(turn, sizeof(*next));

	*next = (Stations__Unplaced)STATIONS__UNPLACED__INIT;
	next->selected_id = selected->selected_id;
	next->list_id = selected->list_id;
	next->programme_year_id = selected->programme_year_id;
	next->site_id = selected->site_id;
	next->region_code = selected->region_code;
	next->agency_id = selected->agency_id;
	next->person_id = selected->person_id;
	next->reason = (Stations__Refusal)refusal;
	placing->unplaced[placing->n_unplaced++] = next;
}

static struct verdict plan_project(struct turn *turn, const struct placing *placing,
				   const struct team *team)
{
	Stations__Project next = STATIONS__PROJECT__INIT;

	if (team->known) {
		next = *team->known;
	} else {
		next.project_id = team->project_id;
		next.programme_year_id = team->site->programme_year_id;
		next.site_id = team->site->site_id;
		next.agency_id = team->agency_id;
		next.region_code = team->site->region_code;
		next.state = STATIONS__PROJECT_STATE__PROJECT_STATE_PLANNED;
	}
	next.people += (int32_t)team->n_people;

	Stations__ProjectPlanned planned = STATIONS__PROJECT_PLANNED__INIT;
	planned.project = &next;
	planned.postings = turn_take(turn, team->n_people * sizeof(*planned.postings));
	for (size_t i = 0; i < placing->n_places; i++)
		if (placing->places[i].team == team)
			planned.postings[planned.n_postings++] =
				posting_of(turn, &placing->places[i]);
	return turn_accept(turn, &planned.base);
}

/* One project for each agency at each site, one place for each person.  What does not fit is kept
 * as it is, with why: an approved list cannot be refused any more. */
static struct verdict on_selection_approved(struct turn *turn, const Engine__Event *event,
					    const void *body)
{
	const Personnel__SelectionApproved *approved = body;
	const char *year_id = approved->list->programme_year_id;
	struct placing placing = { .year = turn_find(turn, &programme_years, year_id),
				   .n_in_year = postings_in_year(turn, year_id) };
	struct verdict verdict = turn_done();

	placing.teams = turn_take(turn, approved->n_selected * sizeof(*placing.teams));
	placing.places = turn_take(turn, approved->n_selected * sizeof(*placing.places));
	placing.unplaced = turn_take(turn, approved->n_selected * sizeof(Stations__Unplaced *));
	for (size_t i = 0; i < approved->n_selected; i++) {
		struct team *team = NULL;
		int refusal = place_of(turn, &placing, approved->selected[i], &team);
		if (refusal) {
			keep_unplaced(turn, &placing, approved->selected[i], refusal);
			continue;
		}
		team->n_people++;
		placing.places[placing.n_places++] = (struct place){ team, approved->selected[i] };
	}
	for (size_t i = 0; i < placing.n_teams; i++)
		if (placing.teams[i].n_people)
			verdict = plan_project(turn, &placing, &placing.teams[i]);
	if (placing.n_unplaced) {
		Stations__SelectionUnplaced unplaced_now = STATIONS__SELECTION_UNPLACED__INIT;
		unplaced_now.n_unplaced = placing.n_unplaced;
		unplaced_now.unplaced = placing.unplaced;
		verdict = turn_accept(turn, &unplaced_now.base);
	}
	return verdict;
}

/* --- Workers whom towns hire -------------------------------------------------------------------- */

static struct hire hire_of(const Personnel__Employment *of)
{
	return (struct hire){
		.employment_id = of->employment_id,
		.posting_id = of->posting_id,
		.programme_year_id = of->programme_year_id,
		.station_id = of->station_id,
		.region_code = of->region_code,
		.person_id = of->person_id,
		.hired_on = of->hired_on,
	};
}

static struct verdict on_hired_direct(struct turn *turn, const Engine__Event *event,
				      const void *body)
{
	const Personnel__HiredDirect *hired = body;
	const struct hire hire = hire_of(hired->employment);

	return post_fill(turn, &hire);
}

static struct verdict on_employment_placed(struct turn *turn, const Engine__Event *event,
					   const void *body)
{
	const Personnel__EmploymentPlaced *placed = body;
	const struct hire hire = hire_of(placed->employment);

	return post_fill(turn, &hire);
}

static Stations__EndReason reason_of(Personnel__EmploymentEnd end)
{
	switch (end) {
	case PERSONNEL__EMPLOYMENT_END__EMPLOYMENT_END_COMPLETED:
		return STATIONS__END_REASON__END_REASON_COMPLETED;
	case PERSONNEL__EMPLOYMENT_END__EMPLOYMENT_END_RESIGNED:
		return STATIONS__END_REASON__END_REASON_RESIGNED;
	case PERSONNEL__EMPLOYMENT_END__EMPLOYMENT_END_DISMISSED:
		return STATIONS__END_REASON__END_REASON_DISMISSED;
	case PERSONNEL__EMPLOYMENT_END__EMPLOYMENT_END_UNSPECIFIED:
		break;
	}
	return STATIONS__END_REASON__END_REASON_UNSPECIFIED;
}

static struct verdict on_employment_ended(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Personnel__Employment *of = ((const Personnel__EmploymentEnded *)body)->employment;
	const struct hire hire = hire_of(of);

	return post_vacate(turn, &hire, of->ended_on, reason_of(of->end_reason));
}

static struct verdict on_day_began_posts(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	return posts_expire(turn);
}

static struct verdict on_day_began_entrustments(struct turn *turn, const Engine__Event *event,
						const void *body)
{
	return entrustments_expire(turn);
}

/* --- Changes ----------------------------------------------------------------------------------- */

static struct verdict answered(struct turn *turn, const Engine__Event *event, const char *change_id,
			       int32_t version, const ProtobufCEnumValue *reason, const char *about)
{
	static const char prefix[] = "REFUSAL_";
	Stations__ChangeHold answer = STATIONS__CHANGE_HOLD__INIT;

	answer.service = event->source;
	answer.state = STATIONS__HOLD_STATE__HOLD_STATE_HELD;
	answer.sequence = event->sequence;
	if (reason) {
		answer.state = STATIONS__HOLD_STATE__HOLD_STATE_REFUSED;
		answer.reason = reason->value ? reason->name + strlen(prefix) : "NOT_FOUND";
		answer.about = about;
	}
	return change_answered(turn, change_id, version, &answer);
}

static struct verdict on_person_held(struct turn *turn, const Engine__Event *event,
				     const void *body)
{
	const Personnel__PersonHeld *held = body;

	return answered(turn, event, held->hold->change_id, held->hold->version, NULL, "");
}

static struct verdict on_person_hold_refused(struct turn *turn, const Engine__Event *event,
					     const void *body)
{
	const Personnel__PersonHold *hold = ((const Personnel__PersonHoldRefused *)body)->hold;

	return answered(turn, event, hold->change_id, hold->version,
			protobuf_c_enum_descriptor_get_value(&personnel__refusal__descriptor,
							     (int)hold->reason),
			hold->about);
}

static struct verdict on_budget_held(struct turn *turn, const Engine__Event *event,
				     const void *body)
{
	const Funding__BudgetHeld *held = body;

	return answered(turn, event, held->hold->change_id, held->hold->version, NULL, "");
}

static struct verdict on_budget_hold_refused(struct turn *turn, const Engine__Event *event,
					     const void *body)
{
	const Funding__BudgetHold *hold = ((const Funding__BudgetHoldRefused *)body)->hold;

	return answered(turn, event, hold->change_id, hold->version,
			protobuf_c_enum_descriptor_get_value(&funding__refusal__descriptor,
							     (int)hold->reason),
			hold->about);
}

static struct verdict on_selection_supplemented(struct turn *turn, const Engine__Event *event,
						const void *body)
{
	const Personnel__SelectionSupplemented *happened = body;
	const char *selected_id = "";

	for (size_t i = 0; i < happened->n_selected; i++)
		if (text_same(happened->selected[i]->change_id, happened->hold->change_id))
			selected_id = happened->selected[i]->selected_id;
	return change_followed(turn, happened->hold->change_id, event->source, event->sequence,
			       selected_id);
}

static struct verdict on_trainee_replaced(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Personnel__TraineeReplaced *happened = body;

	return change_followed(turn, happened->hold->change_id, event->source, event->sequence, "");
}

static struct verdict on_budget_amended(struct turn *turn, const Engine__Event *event,
					const void *body)
{
	const Funding__BudgetAmended *happened = body;

	return change_followed(turn, happened->hold->change_id, event->source, event->sequence, "");
}

static struct verdict on_adjustment_proposed(struct turn *turn, const Engine__Event *event,
					     const void *body)
{
	const Funding__AdjustmentProposed *happened = body;

	return change_followed(turn, happened->proposal->change_id, event->source, event->sequence,
			       "");
}

static struct verdict on_day_began_changes(struct turn *turn, const Engine__Event *event,
					   const void *body)
{
	const Engine__DayBegan *began = body;

	return changes_lapse(turn, began->date);
}

const struct reaction stations_reactions[] = {
	{ &personnel, "HiredDirect", on_hired_direct },
	{ &personnel, "EmploymentPlaced", on_employment_placed },
	{ &personnel, "EmploymentEnded", on_employment_ended },
	{ &CLOCK, "DayBegan", on_day_began_posts },
	{ &CLOCK, "DayBegan", on_day_began_entrustments },
	{ &personnel, "SelectionApproved", on_selection_approved },
	{ &personnel, "PersonHeld", on_person_held },
	{ &personnel, "PersonHoldRefused", on_person_hold_refused },
	{ &personnel, "SelectionSupplemented", on_selection_supplemented },
	{ &personnel, "TraineeReplaced", on_trainee_replaced },
	{ &funding, "BudgetHeld", on_budget_held },
	{ &funding, "BudgetHoldRefused", on_budget_hold_refused },
	{ &funding, "BudgetAmended", on_budget_amended },
	{ &funding, "AdjustmentProposed", on_adjustment_proposed },
	{ &CLOCK, "DayBegan", on_day_began_changes },
	{ 0 },
};
