/* Supervision follows stations, personnel and reporting: it keeps the years' rules, the projects, the
 * stations and who is in post, the careers of supervisors and the regular reports.  It reacts where
 * a station comes or goes and where a supervisor or a supervisee does.  A round is opened by
 * somebody who decides that it is time; what is overdue, the dates say. */
#include "follow.h"

#include "base/day.h"

#include "supervision.h"

static const struct source of_stations = { "stations", &stations__stations_event__descriptor };
static const struct source of_personnel = { "personnel", &personnel__personnel_event__descriptor };
static const struct source of_reporting = { "reporting", &reporting__reporting_event__descriptor };

const struct table programme_years = {
	.name = "copied_programme_years",
	.record = &stations__programme_year__descriptor,
	.id = "programme_year_id",
	.region = "region_code",
};

const struct table projects = {
	.name = "copied_projects",
	.record = &stations__project__descriptor,
	.id = "project_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "programme_year_id" },
	.tallies = { "programme_year_id,region_code[2],state",
		     "programme_year_id,region_code[4],state",
		     "programme_year_id,region_code[6],state", "programme_year_id" },
};

const struct table postings = {
	.name = "copied_postings",
	.record = &stations__posting__descriptor,
	.id = "posting_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "agency_id,person_id", "person_id,region_code", "site_id,person_id,state" },
	.tallies = { "project_id,state" },
};

const struct table stations = {
	.name = "copied_stations",
	.record = &stations__station__descriptor,
	.id = "station_id",
	.region = "region_code",
};

const struct table changes = {
	.name = "copied_changes",
	.record = &stations__change_request__descriptor,
	.id = "change_id",
	.region = "region_code",
	.agency = "agency_id",
};

const struct table entrustments = {
	.name = "copied_entrustments",
	.record = &stations__entrustment__descriptor,
	.id = "entrustment_id",
	.region = "region_code",
	.indexes = { "programme_year_id,state" },
};

const struct table supervisors = {
	.name = "copied_supervisors",
	.record = &personnel__supervisor_career__descriptor,
	.id = "supervisor_id",
	.region = "region_code",
};

const struct table quarterly_reports = {
	.name = "copied_quarterly_reports",
	.record = &reporting__quarterly_report__descriptor,
	.id = "report_id",
	.region = "region_code",
	.agency = "agency_id",
	.tallies = { "site_id,state" },
};

const struct copy supervision_copies[] = {
	{ &of_stations, &programme_years },
	{ &of_stations, &projects },
	{ &of_stations, &postings },
	{ &of_stations, &stations },
	{ &of_stations, &changes },
	{ &of_stations, &entrustments },
	{ &of_personnel, &supervisors },
	{ &of_reporting, &quarterly_reports },
	{ 0 },
};

/* --- Stations, and who works ------------------------------------------------------------------- */

static struct verdict on_station_opened(struct turn *turn, const Engine__Event *event,
					const void *body)
{
	const Stations__Station *station = ((const Stations__StationOpened *)body)->station;

	return cover_station_opened(turn, station->station_id, station->opened_on);
}

static struct verdict on_station_resumed(struct turn *turn, const Engine__Event *event,
					 const void *body)
{
	const Stations__Station *station = ((const Stations__StationResumed *)body)->station;

	return cover_station_opened(turn, station->station_id, turn_today_text(turn));
}

static struct verdict on_station_suspended(struct turn *turn, const Engine__Event *event,
					   const void *body)
{
	const Stations__Station *station = ((const Stations__StationSuspended *)body)->station;

	return cover_station_shut(turn, station->station_id);
}

static struct verdict on_station_closed(struct turn *turn, const Engine__Event *event,
					const void *body)
{
	const Stations__Station *station = ((const Stations__StationClosed *)body)->station;

	return cover_station_closed(turn, station->station_id, station->closed_on);
}

static struct verdict on_posting_ended(struct turn *turn, const Engine__Event *event,
				       const void *body)
{
	const Stations__Posting *posting = ((const Stations__PostingEnded *)body)->posting;

	return assignments_of_posting_end(turn, posting->posting_id, posting->ended_on);
}

/* A place that was given up by an approved change is among its postings. */
static struct verdict on_baseline_amended(struct turn *turn, const Engine__Event *event,
					  const void *body)
{
	const Stations__BaselineAmended *amended = body;

	for (size_t i = 0; i < amended->n_postings; i++) {
		const Stations__Posting *posting = amended->postings[i];
		if (posting->state == STATIONS__POSTING_STATE__POSTING_STATE_ENDED)
			assignments_of_posting_end(turn, posting->posting_id, posting->ended_on);
	}
	return turn_done();
}

static struct verdict on_post_vacated(struct turn *turn, const Engine__Event *event,
				      const void *body)
{
	const Stations__Posting *posting = ((const Stations__PostVacated *)body)->posting;

	return assignments_of_posting_end(turn, posting->posting_id, posting->ended_on);
}

static struct verdict on_supervisor_retired(struct turn *turn, const Engine__Event *event,
					    const void *body)
{
	const Personnel__SupervisorCareer *career =
		((const Personnel__SupervisorRetired *)body)->supervisor;

	return assignments_of_supervisor_end(turn, career->supervisor_id, career->ended_on);
}

static struct verdict on_supervisor_revoked(struct turn *turn, const Engine__Event *event,
					    const void *body)
{
	const Personnel__SupervisorCareer *career =
		((const Personnel__SupervisorRevoked *)body)->supervisor;

	return assignments_of_supervisor_end(turn, career->supervisor_id, career->ended_on);
}

/* --- The dates --------------------------------------------------------------------------------- */

static struct verdict on_day_began(struct turn *turn, const Engine__Event *event, const void *body)
{
	const Engine__DayBegan *began = body;
	char before[DAY_TEXT_SIZE];
	struct day day;

	if (!day_read(&day, began->date))
		return turn_done();
	day_write(day_plus(day, -1), before);
	finding_judge(turn, before);
	return rectification_judge(turn, before);
}

const struct reaction supervision_reactions[] = {
	{ &of_stations, "StationOpened", on_station_opened },
	{ &of_stations, "StationResumed", on_station_resumed },
	{ &of_stations, "StationSuspended", on_station_suspended },
	{ &of_stations, "StationClosed", on_station_closed },
	{ &of_stations, "PostingEnded", on_posting_ended },
	{ &of_stations, "PostVacated", on_post_vacated },
	{ &of_stations, "BaselineAmended", on_baseline_amended },
	{ &of_personnel, "SupervisorRetired", on_supervisor_retired },
	{ &of_personnel, "SupervisorRevoked", on_supervisor_revoked },
	{ &CLOCK, "DayBegan", on_day_began },
	{ 0 },
};
