/* Funding follows the clock for what should have been paid back, personnel for the closed rolls of
 * training, stations for the rules of money
 * and for the agreements that grant it, and supervision for the results that next year's distribution cites. */
#include "follow.h"

#include "base/day.h"
#include "base/text.h"

#include "funding.h"

static const struct source personnel = { "personnel", &personnel__personnel_event__descriptor };
static const struct source stations = { "stations", &stations__stations_event__descriptor };
static const struct source supervision = { "supervision",
					   &supervision__supervision_event__descriptor };

const struct table programme_years = {
	.name = "copied_programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
};

const struct table agreements = {
	.name = "copied_agreements",
	.record = &stations__agreement__descriptor,
	.id = "agreement_id",
	.region = "region_code",
	.agency = "agency_id",
};

const struct table training_classes = {
	.name = "copied_training_classes",
	.record = &personnel__training_class__descriptor,
	.id = "class_id",
	.region = "region_code",
	.agency = "agency_id",
};

const struct table trainee_days = {
	.name = "copied_trainee_days",
	.record = &personnel__trainee_days__descriptor,
	.id = "trainee_days_id",
	.tallies = { ROLL_DAYS },
};

const struct table result_rounds = {
	.name = "copied_evaluation_rounds",
	.record = &supervision__evaluation_round__descriptor,
	.id = "round_id",
	.region = "region_code",
};

const struct table results = {
	.name = "copied_evaluations",
	.record = &supervision__evaluation__descriptor,
	.id = "evaluation_id",
	.region = "region_code",
	.agency = "agency_id",
};

const struct copy funding_copies[] = {
	{ &personnel, &training_classes },
	{ &personnel, &trainee_days },
	{ &stations, &programme_years },
	{ &stations, &agreements },
	{ &supervision, &result_rounds },
	{ &supervision, &results },
	{ 0 },
};

bool roll_closed(struct turn *turn, const char *class_id)
{
	const Personnel__TrainingClass *found = turn_find(turn, &training_classes, class_id);

	return found && !text_empty(found->closed_on);
}

int64_t days_attended(struct turn *turn, const char *class_id, const char *project_id)
{
	Personnel__TraineeDays like = { .class_id = class_id, .project_id = project_id };

	return turn_sum(turn, &trainee_days, ROLL_DAYS, &like);
}

const Stations__FundSource *year_source(const Stations__ProgrammeYear *year, const char *source)
{
	const Stations__Rules *rules = year->rules;

	for (size_t i = 0; rules && i < rules->n_sources; i++) {
		if (text_same(rules->sources[i]->source, source))
			return rules->sources[i];
	}
	return NULL;
}

bool source_bears(const Stations__FundSource *source, const char *category)
{
	return text_among(category, source->categories, source->n_categories);
}

bool administration_not_borne(const Stations__FundSource *source, const char *category)
{
	return text_same(category, "ADMINISTRATIVE") && !source_bears(source, category);
}

bool covers_year(const struct turn *turn, const Stations__ProgrammeYear *year)
{
	return turn_actor(turn)->role == ENGINE__ROLE__ROLE_MINISTRY ||
	       turn_covers(turn, year->region_code);
}

static struct verdict on_agreement_in_force(struct turn *turn, const Engine__Event *event,
					    const void *body)
{
	const Stations__AgreementInForce *happened = body;

	return grant_entitlement(turn, happened->agreement);
}

static struct verdict on_day_began(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Engine__DayBegan *began = body;
	struct day today = { 0 };

	return day_read(&today, began->date) ? recoveries_overdue(turn, today) : turn_done();
}

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

	return confirm_for_change(turn, happened);
}

const struct reaction funding_reactions[] = {
	{ &stations, "AgreementInForce", on_agreement_in_force },
	{ &CLOCK, "DayBegan", on_day_began },
	{ &stations, "ChangeSubmitted", on_change_submitted },
	{ &stations, "ChangeEdited", on_change_edited },
	{ &stations, "ChangeReturned", on_change_returned },
	{ &stations, "ChangeRejected", on_change_rejected },
	{ &stations, "ChangeWithdrawn", on_change_withdrawn },
	{ &stations, "ChangeLapsed", on_change_lapsed },
	{ &stations, "BaselineAmended", on_baseline_amended },
	{ 0 },
};
