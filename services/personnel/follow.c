#include "personnel/follow.h"

#include "base/day.h"
#include "base/text.h"

#include "personnel/personnel.h"

static const struct source from_stations = { "stations", &stations__stations_event__descriptor };
static const struct source from_supervision = { "supervision",
						&supervision__supervision_event__descriptor };

const struct table programme_years = {
	.name = "stations.programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
};

const struct table sites = {
	.name = "stations.sites",
	.record = &stations__site__descriptor,
	.id = "site_id",
	.region = "region_code",
	.indexes = { "programme_year_id" },
	.tallies = { "programme_year_id" },
};

const struct table projects = {
	.name = "stations.projects",
	.record = &stations__project__descriptor,
	.id = "project_id",
	.region = "region_code",
	.agency = "agency_id",
};

const struct table stations = {
	.name = "stations.stations",
	.record = &stations__station__descriptor,
	.id = "station_id",
	.region = "region_code",
};

const struct table postings = {
	.name = "stations.postings",
	.record = &stations__posting__descriptor,
	.id = "posting_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "project_id,person_id", "person_id" },
	.tallies = { "programme_year_id,state" },
};

static const struct table entrustments = {
	.name = "stations.entrustments",
	.record = &stations__entrustment__descriptor,
	.id = "entrustment_id",
	.region = "region_code",
	.indexes = { "programme_year_id,state" },
};

bool office_is_entrusted(struct turn *turn, const char *programme_year_id)
{
	struct each each =
		turn_each(turn, &entrustments, "programme_year_id,state",
			  &(Stations__Entrustment){
				  .programme_year_id = programme_year_id,
				  .state = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_IN_FORCE });
	const char *today = turn_today_text(turn);

	for (const Stations__Entrustment *one; (one = each_next(&each));) {
		if (!day_text_before(today, one->in_force_from) &&
		    !day_text_before(one->in_force_until, today))
			return true;
	}
	return false;
}

bool posting_holds_on(const Stations__Posting *posting, const char *date)
{
	return !text_empty(posting->arrived_on) && !day_text_before(date, posting->arrived_on) &&
	       (text_empty(posting->ended_on) || !day_text_before(posting->ended_on, date));
}

bool posting_not_over(struct turn *turn, const char *person_id)
{
	struct each each = turn_each(turn, &postings, "person_id",
				     &(Stations__Posting){ .person_id = person_id });

	for (const Stations__Posting *one; (one = each_next(&each));) {
		if (one->state != STATIONS__POSTING_STATE__POSTING_STATE_ENDED &&
		    one->state != STATIONS__POSTING_STATE__POSTING_STATE_CANCELLED)
			return true;
	}
	return false;
}

bool posting_in_project(struct turn *turn, const char *project_id, const char *person_id)
{
	struct each each =
		turn_each(turn, &postings, "project_id,person_id",
			  &(Stations__Posting){ .project_id = project_id, .person_id = person_id });

	for (const Stations__Posting *one; (one = each_next(&each));) {
		if (!text_empty(one->arrived_on))
			return true;
	}
	return false;
}

static const struct table evaluations = {
	.name = "supervision.evaluations",
	.record = &supervision__evaluation__descriptor,
	.id = "evaluation_id",
	.region = "region_code",
	.agency = "agency_id",
};

const Supervision__Evaluation *evaluation_final(struct turn *turn, const char *evaluation_id)
{
	const Supervision__Evaluation *found = turn_find(turn, &evaluations, evaluation_id);

	return found && found->state == SUPERVISION__EVALUATION_STATE__EVALUATION_STATE_FINAL
		       ? found
		       : NULL;
}

/* The day on which something falls due is over when the next one begins. */
static struct verdict supervisors_on_day(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Engine__DayBegan *began = body;
	char day_before[DAY_TEXT_SIZE];
	struct day day;

	day_read(&day, began->date);
	day_write(day_plus(day, -1), day_before);
	return supervisors_overdue(turn, day_before);
}

static struct verdict on_post_filled(struct turn *turn, const Engine__Event *event,
				     const void *body)
{
	const Stations__Posting *filled = ((const Stations__PostFilled *)body)->posting;

	return employment_begin(turn, filled->employment_id, filled->posting_id);
}

static struct verdict on_hire_unplaced(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	const Stations__UnplacedHire *hire = ((const Stations__HireUnplaced *)body)->unplaced;

	return employment_unplace(turn, hire->employment_id, hire->posting_id);
}

static struct verdict registrations_on_day(struct turn *turn, const Engine__Event *event,
					   const void *body)
{
	const Engine__DayBegan *began = body;

	return registrations_change(turn, began->date);
}

static struct verdict on_evaluation_final(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Supervision__EvaluationFinal *final = body;

	return ineligibility_judge(turn, final->evaluation->evaluation_id);
}

const struct copy personnel_copies[] = {
	{ &from_stations, &programme_years }, { &from_stations, &sites },
	{ &from_stations, &projects },	      { &from_stations, &entrustments },
	{ &from_stations, &stations },	      { &from_stations, &postings },
	{ &from_supervision, &evaluations },  { 0 },
};

static struct verdict on_change_submitted(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Stations__ChangeSubmitted *happened = body;

	return hold_for_change(turn, happened->change);
}

static struct verdict on_change_edited(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	const Stations__ChangeEdited *happened = body;

	return release_for_change(turn, happened->change);
}

static struct verdict on_change_returned(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Stations__ChangeReturned *happened = body;

	return release_for_change(turn, happened->change);
}

static struct verdict on_change_rejected(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Stations__ChangeRejected *happened = body;

	return release_for_change(turn, happened->change);
}

static struct verdict on_change_withdrawn(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Stations__ChangeWithdrawn *happened = body;

	return release_for_change(turn, happened->change);
}

static struct verdict on_change_lapsed(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	const Stations__ChangeLapsed *happened = body;

	return release_for_change(turn, happened->change);
}

static struct verdict on_baseline_amended(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Stations__BaselineAmended *happened = body;

	return confirm_for_change(turn, happened->change);
}

const struct reaction personnel_reactions[] = {
	{ &CLOCK, "DayBegan", supervisors_on_day },
	{ &CLOCK, "DayBegan", registrations_on_day },
	{ &from_supervision, "EvaluationFinal", on_evaluation_final },
	{ &from_stations, "PostFilled", on_post_filled },
	{ &from_stations, "HireUnplaced", on_hire_unplaced },
	{ &from_stations, "ChangeSubmitted", on_change_submitted },
	{ &from_stations, "ChangeEdited", on_change_edited },
	{ &from_stations, "ChangeReturned", on_change_returned },
	{ &from_stations, "ChangeRejected", on_change_rejected },
	{ &from_stations, "ChangeWithdrawn", on_change_withdrawn },
	{ &from_stations, "ChangeLapsed", on_change_lapsed },
	{ &from_stations, "BaselineAmended", on_baseline_amended },
	{ 0 },
};
