/* How a project got on in a period of the year, as somebody who looks after it sees it: one entry
 * for each project and period.  And how a project was looked at altogether. */
#include "supervision.h"

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define PROJECT(name) STATIONS__PROJECT_STATE__PROJECT_STATE_##name

const struct table monitoring_entries = {
	.name = "monitoring_entries",
	.record = &supervision__monitoring_entry__descriptor,
	.id = "entry_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | BY_SUPERVISOR | BY_EVALUATOR,
	.indexes = { "project_id,period!", "programme_year_id,period", "agency_id", "region_code" },
	.tallies = { "programme_year_id,period,region_code[2],progress",
		     "programme_year_id,period,region_code[4],progress",
		     "programme_year_id,period,region_code[6],progress", "project_id" },
};

static const Supervision__MonitoringEntry *entry_for(struct turn *turn, const char *project_id,
						     const char *period)
{
	Supervision__MonitoringEntry like = SUPERVISION__MONITORING_ENTRY__INIT;

	like.project_id = project_id;
	like.period = period;
	return turn_by(turn, &monitoring_entries, "project_id,period", &like);
}

static bool has_period(const Stations__ProgrammeYear *year, const char *period)
{
	for (size_t i = 0; i < year->rules->n_reports; i++) {
		if (text_same(year->rules->reports[i]->period, period))
			return true;
	}
	return false;
}

static struct verdict record_monitoring(struct turn *turn, const void *command)
{
	const Supervision__RecordMonitoringRequest *cmd = command;
	const Stations__Project *project = turn_find(turn, &projects, cmd->project_id);

	if (!project || !turn_covers(turn, project->region_code))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &monitoring_entries, cmd->entry_id))
		return REFUSE(ENTRY_EXISTS, cmd->entry_id);
	if (text_empty(project->started_on) ||
	    day_text_before(cmd->observed_on, project->started_on))
		return REFUSE(PROJECT_NOT_UNDER_WAY, cmd->project_id);
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, project->programme_year_id);
	/* RULE B28: "Each locality records how its projects go in every period." */
	if (!has_period(year, cmd->period))
		return REFUSE(PERIOD_UNKNOWN, cmd->period);
	const Supervision__MonitoringEntry *other = entry_for(turn, cmd->project_id, cmd->period);
	if (other)
		return REFUSE(MONITORED_ALREADY, other->entry_id);

	Supervision__MonitoringEntry entry = SUPERVISION__MONITORING_ENTRY__INIT;
	entry.entry_id = cmd->entry_id;
	entry.project_id = project->project_id;
	entry.programme_year_id = project->programme_year_id;
	entry.region_code = project->region_code;
	entry.agency_id = project->agency_id;
	entry.period = cmd->period;
	entry.progress = cmd->progress;
	entry.observation = cmd->observation;
	entry.observed_on = cmd->observed_on;
	entry.observer_id = turn_actor(turn)->person_id;

	Supervision__ProjectMonitored monitored = SUPERVISION__PROJECT_MONITORED__INIT;
	monitored.entry = &entry;
	return turn_accept(turn, &monitored.base);
}

/* --- How many were looked at ------------------------------------------------------------------ */

static int32_t started_projects(struct turn *turn, int level,
				const Supervision__GetMonitoringCoverageRequest *asked)
{
	static const Stations__ProjectState started[] = { PROJECT(IN_PROGRESS),
							  PROJECT(UNDER_EVALUATION),
							  PROJECT(CLOSED) };
	Stations__Project like = STATIONS__PROJECT__INIT;
	uint64_t sum = 0;

	like.programme_year_id = asked->programme_year_id;
	like.region_code = asked->region_code;
	for (size_t i = 0; i < sizeof(started) / sizeof(*started); i++) {
		like.state = started[i];
		sum += turn_count(turn, &projects, projects.tallies[level], &like);
	}
	return (int32_t)sum;
}

static struct verdict get_monitoring_coverage(struct turn *turn, const void *request,
					      ProtobufCMessage *response)
{
	const Supervision__GetMonitoringCoverageRequest *asked = request;
	Supervision__GetMonitoringCoverageResponse *answer =
		(Supervision__GetMonitoringCoverageResponse *)response;
	int level;
	struct verdict area =
		area_level(turn, asked->programme_year_id, asked->region_code, &level);

	if (area.refusal)
		return area;
	if (!has_period(turn_find(turn, &programme_years, asked->programme_year_id), asked->period))
		return REFUSE(PERIOD_UNKNOWN, asked->period);

	Supervision__MonitoringEntry like = SUPERVISION__MONITORING_ENTRY__INIT;
	like.programme_year_id = asked->programme_year_id;
	like.period = asked->period;
	like.region_code = asked->region_code;
	struct each each =
		turn_groups(turn, &monitoring_entries, monitoring_entries.tallies[level], &like, 3);
	for (struct group group; group_next(&each, &group);) {
		const Supervision__MonitoringEntry *of = group.like;
		answer->entries += (int32_t)group.count;
		if (of->progress != SUPERVISION__PROGRESS__PROGRESS_AS_PLANNED)
			answer->behind += (int32_t)group.count;
	}
	/* RULE B28: "A period without an entry is shown." */
	answer->projects = started_projects(turn, level, asked);
	answer->missing = answer->projects - answer->entries;
	return turn_done();
}

/* --- How a project was looked at --------------------------------------------------------------- */

static int32_t visits_to(struct turn *turn, const char *project_id)
{
	Supervision__FieldVisit like = SUPERVISION__FIELD_VISIT__INIT;

	like.project_id = project_id;
	like.state = SUPERVISION__VISIT_STATE__VISIT_STATE_REPORTED;
	return (int32_t)turn_count(turn, &visits, "project_id,state", &like);
}

static int32_t reports_of(struct turn *turn, const char *site_id)
{
	Reporting__QuarterlyReport like = REPORTING__QUARTERLY_REPORT__INIT;

	like.site_id = site_id;
	like.state = REPORTING__REPORT_STATE__REPORT_STATE_ACCEPTED;
	return (int32_t)turn_count(turn, &quarterly_reports, "site_id,state", &like);
}

static int32_t exchanges_with(struct turn *turn, const char *project_id)
{
	Supervision__ExchangePart like = SUPERVISION__EXCHANGE_PART__INIT;

	like.project_id = project_id;
	return (int32_t)turn_count(turn, &exchange_parts, "project_id", &like);
}

static int32_t evaluations_of(struct turn *turn, const char *project_id)
{
	Supervision__Evaluation like = SUPERVISION__EVALUATION__INIT;

	like.project_id = project_id;
	like.state = SUPERVISION__EVALUATION_STATE__EVALUATION_STATE_FINAL;
	return (int32_t)turn_count(turn, &evaluations, "project_id,state", &like);
}

static int32_t findings_in(struct turn *turn, const char *project_id)
{
	Supervision__Finding like = SUPERVISION__FINDING__INIT;

	like.project_id = project_id;
	return (int32_t)turn_count(turn, &findings, "project_id", &like);
}

/* The periods that were over by today and not before the project began, without an entry. */
static void add_unmonitored(struct turn *turn, const Stations__Project *project,
			    Supervision__GetOversightResponse *answer)
{
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, project->programme_year_id);
	const char **periods = turn_take(turn, year->rules->n_reports * sizeof(*periods));

	answer->unmonitored_periods = periods;
	for (size_t i = 0; i < year->rules->n_reports; i++) {
		const Stations__ReportDue *report = year->rules->reports[i];
		if (deadline_passed(report->due_by, turn_today_text(turn)) &&
		    !deadline_passed(report->due_by, project->started_on) &&
		    !entry_for(turn, project->project_id, report->period))
			periods[answer->n_unmonitored_periods++] = report->period;
	}
}

static struct verdict get_oversight(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Supervision__GetOversightRequest *asked = request;
	Supervision__GetOversightResponse *answer = (Supervision__GetOversightResponse *)response;
	const Stations__Project *project = turn_find(turn, &projects, asked->project_id);

	if (!project || !turn_sees(turn, &projects, project))
		return turn_not_found(asked->project_id);

	Supervision__MonitoringEntry like = SUPERVISION__MONITORING_ENTRY__INIT;
	like.project_id = project->project_id;
	answer->project_id = project->project_id;
	/* RULE B23: "Visits, regular reports, exchange meetings and supervised evaluation are each
	 * recorded, and counted for each project." */
	answer->visits = visits_to(turn, project->project_id);
	answer->reports = reports_of(turn, project->site_id);
	answer->exchanges = exchanges_with(turn, project->project_id);
	answer->evaluations = evaluations_of(turn, project->project_id);
	answer->findings = findings_in(turn, project->project_id);
	answer->monitored = (int32_t)turn_count(turn, &monitoring_entries, "project_id", &like);
	if (!text_empty(project->started_on))
		add_unmonitored(turn, project, answer);
	return turn_done();
}

static const struct command commands[] = {
	{ "RecordMonitoring", record_monitoring, BY_OVERSEERS,
	  "entry_id project_id period progress observation observed_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetMonitoring", GET(monitoring_entries) },
	{ "ListMonitoring", LIST(monitoring_entries) },
	{ "GetMonitoringCoverage", .answer = get_monitoring_coverage },
	{ "GetOversight", .answer = get_oversight },
	{ 0 },
};

static const struct table *const tables[] = { &monitoring_entries, NULL };

const struct aggregate monitoring = { tables, commands, queries };
