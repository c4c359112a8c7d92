/* Funding follows stations for the rules of money and for the agreements that grant it, and
 * supervision for the results that next year's distribution cites. */
#include "follow.h"

#include "base/text.h"

#include "funding.h"

static const struct source stations = { "stations", &stations__stations_event__descriptor };
static const struct source supervision = { "supervision",
					   &supervision__supervision_event__descriptor };

const struct table programme_years = {
	.name = "copied_programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
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
	{ &stations, &programme_years },
	{ &supervision, &result_rounds },
	{ &supervision, &results },
	{ 0 },
};

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

const struct reaction funding_reactions[] = {
	{ &stations, "AgreementInForce", on_agreement_in_force },
	{ 0 },
};
