/* The figures of an area, a site or an agency, in one shape.  Each is a tally, or the sum of as many
 * groups as there are days, methods or prefectures: never of as many as there are records.
 *
 * A tally's name is that of the scope and what is counted within it: "site_id" and ",state". */
#include "reporting.h"

#include <limits.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define MET	     REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_MET
#define MISSED	     REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_MISSED
#define DUE	     REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_DUE
#define REPORT	     REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_QUARTERLY_REPORT
#define RAISED	     REPORTING__ALERT_STATE__ALERT_STATE_RAISED
#define ACKNOWLEDGED REPORTING__ALERT_STATE__ALERT_STATE_ACKNOWLEDGED
#define POSTING(of)  STATIONS__POSTING_STATE__POSTING_STATE_##of

static const char *const scopes[] = {
	[WHOLE_YEAR] = "programme_year_id",
	[PREFECTURE] = "programme_year_id,region_code[4]",
	[COUNTY] = "programme_year_id,region_code[6]",
	[SITE] = "site_id",
	[AGENCY] = "programme_year_id,agency_id",
};

static const int scope_fields[] = {
	[WHOLE_YEAR] = 1, [PREFECTURE] = 2, [COUNTY] = 2, [SITE] = 1, [AGENCY] = 2,
};

static const char *tally_in(struct turn *turn, const struct area *area, const char *what)
{
	return turn_text(turn, "%s%s", scopes[area->scope], what);
}

static int32_t fit(uint64_t n)
{
	return n > INT32_MAX ? INT32_MAX : (int32_t)n;
}

static int32_t count(struct turn *turn, const struct area *area, const struct table *table,
		     const char *what, const void *like)
{
	return fit(turn_count(turn, table, tally_in(turn, area, what), like));
}

static int64_t sum(struct turn *turn, const struct area *area, const struct table *table,
		   const char *what, const void *like)
{
	return turn_sum(turn, table, tally_in(turn, area, what), like);
}

/* --- Alerts -------------------------------------------------------------------------------------- */

enum { WEEK_DAYS = 7, MONTH_DAYS = 30 };

static void add_alerts(struct turn *turn, Reporting__AlertFigures *figures,
		       const Reporting__Alert *like, int32_t n)
{
	struct day raised = { 0 };
	int age;

	if (like->kind == REPORTING__ALERT_KIND__ALERT_KIND_OVERDUE)
		figures->overdue += n;
	else
		figures->upcoming += n;
	if (like->state == ACKNOWLEDGED)
		figures->acknowledged += n;
	age = day_read(&raised, like->raised_on) ? day_between(raised, turn_today(turn)) : 0;
	if (age <= WEEK_DAYS)
		figures->up_to_7_days += n;
	else if (age <= MONTH_DAYS)
		figures->up_to_30_days += n;
	else
		figures->older += n;
}

Reporting__AlertFigures *area_alerts(struct turn *turn, const struct area *area)
{
	static const Reporting__AlertState open[] = { RAISED, ACKNOWLEDGED };
	const char *tally = tally_in(turn, area, ",state,kind,raised_on");
	Reporting__AlertFigures *figures = turn_take(turn, sizeof(*figures));

	reporting__alert_figures__init(figures);
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
		const Reporting__Alert like = { .programme_year_id = area->programme_year_id,
						.region_code = area->region_code,
						.site_id = area->site_id,
						.agency_id = area->agency_id,
						.state = open[i] };
		struct each each =
			turn_groups(turn, &alerts, tally, &like, scope_fields[area->scope] + 1);
		struct group group;

		while (group_next(&each, &group))
			add_alerts(turn, figures, group.like, fit(group.count));
	}
	return figures;
}

/* --- Work ---------------------------------------------------------------------------------------- */

enum { WHOLE_PERMILLE = 1000 };

static int64_t people_reached(struct turn *turn, const struct area *area)
{
	const Reporting__ServiceMonth like = { .programme_year_id = area->programme_year_id,
					       .region_code = area->region_code,
					       .site_id = area->site_id };
	struct each each;
	struct group group;
	int64_t people = 0;

	if (area->scope == AGENCY)
		return 0;
	if (area->scope != PREFECTURE)
		return sum(turn, area, &service_months, ":people", &like);
	each = turn_groups(turn, &service_months, "programme_year_id,region_code[4],method:people",
			   &like, scope_fields[area->scope]);
	while (group_next(&each, &group))
		people += group.sum;
	return people;
}

Reporting__WorkFigures *area_work(struct turn *turn, const struct area *area)
{
	Reporting__WorkFigures *figures = turn_take(turn, sizeof(*figures));
	const Reporting__PersonMonth like = { .programme_year_id = area->programme_year_id,
					      .region_code = area->region_code,
					      .site_id = area->site_id,
					      .agency_id = area->agency_id };
	Reporting__PersonMonth above = like;

	above.over_limit = true;
	reporting__work_figures__init(figures);
	figures->people_reached = people_reached(turn, area);
	figures->minutes = sum(turn, area, &person_months, ":minutes", &like);
	figures->other_minutes = sum(turn, area, &person_months, ":other_minutes", &like);
	figures->months_over_limit = count(turn, area, &person_months, ",over_limit", &above);
	if (figures->minutes > 0)
		figures->other_permille =
			(int32_t)(figures->other_minutes * WHOLE_PERMILLE / figures->minutes);
	return figures;
}

/* --- Stations ------------------------------------------------------------------------------------ */

Reporting__StationFigures *area_stations(struct turn *turn, const struct area *area)
{
	const char *scope = area->scope == SITE ? "station_id" : scopes[area->scope];
	const Stations__Station like = { .programme_year_id = area->programme_year_id,
					 .region_code = area->region_code,
					 .station_id = area->site_id };
	const Supervision__StationCover gap = { .programme_year_id = area->programme_year_id,
						.region_code = area->region_code,
						.station_id = area->site_id,
						.gap = true };
	const Stations__RegionalCentre centre = {
		.programme_year_id = area->programme_year_id,
		.region_code = area->region_code,
		.state = STATIONS__CENTRE_STATE__CENTRE_STATE_OPEN,
	};
	Reporting__StationFigures *figures = turn_take(turn, sizeof(*figures));
	struct each each =
		turn_groups(turn, &station_records, turn_text(turn, "%s,state,staffing", scope),
			    &like, scope_fields[area->scope]);
	struct group group;

	reporting__station_figures__init(figures);
	while (group_next(&each, &group)) {
		const Stations__Station *of = group.like;
		int32_t n = fit(group.count);

		figures->stations += n;
		if (of->state != STATIONS__STATION_STATE__STATION_STATE_OPEN)
			continue;
		/* RULE A3: "A station below its lower limit is shown as understaffed" */
		figures->open += n;
		if (of->staffing == STATIONS__STAFFING_STATE__STAFFING_STATE_UNDERSTAFFED)
			figures->understaffed += n;
		if (of->staffing == STATIONS__STAFFING_STATE__STAFFING_STATE_FULL)
			figures->full += n;
	}
	figures->without_supervisor =
		fit(turn_count(turn, &station_covers, turn_text(turn, "%s,gap", scope), &gap));
	if (area->scope == WHOLE_YEAR || area->scope == PREFECTURE)
		figures->centres = count(turn, area, &centres, ",state", &centre);
	return figures;
}

/* --- What is made known -------------------------------------------------------------------------- */

int32_t area_publicity(struct turn *turn, const struct area *area)
{
	const Reporting__PublicityItem like = { .programme_year_id = area->programme_year_id,
						.region_code = area->region_code,
						.site_id = area->site_id,
						.agency_id = area->agency_id };

	return count(turn, area, &publicity_items, "", &like);
}

int32_t area_briefings(struct turn *turn, const struct area *area)
{
	const Reporting__Briefing like = { .programme_year_id = area->programme_year_id,
					   .region_code = area->region_code,
					   .site_id = area->site_id,
					   .agency_id = area->agency_id };

	return count(turn, area, &briefings, "", &like);
}

int32_t area_good_practices(struct turn *turn, const struct area *area)
{
	const Reporting__GoodPractice like = { .programme_year_id = area->programme_year_id,
					       .region_code = area->region_code,
					       .site_id = area->site_id,
					       .agency_id = area->agency_id };

	return count(turn, area, &good_practices, "", &like);
}

/* --- Projects, people and money ------------------------------------------------------------------ */

static int32_t postings_in(struct turn *turn, const struct area *area, Stations__PostingState state)
{
	const Stations__Posting like = { .programme_year_id = area->programme_year_id,
					 .region_code = area->region_code,
					 .site_id = area->site_id,
					 .agency_id = area->agency_id,
					 .state = state };

	return count(turn, area, &postings, ",state", &like);
}

static int32_t agreements_in(struct turn *turn, const struct area *area, bool late)
{
	const Stations__Agreement like = {
		.programme_year_id = area->programme_year_id,
		.region_code = area->region_code,
		.site_id = area->site_id,
		.agency_id = area->agency_id,
		.state = STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_IN_FORCE,
		.late = late
	};

	return count(turn, area, &agreements, ",state,late", &like);
}

static void fill_projects(struct turn *turn, const struct area *area,
			  Reporting__AreaFigures *figures)
{
	const Stations__Project project = { .programme_year_id = area->programme_year_id,
					    .region_code = area->region_code,
					    .site_id = area->site_id,
					    .agency_id = area->agency_id };
	const Stations__Posting late = { .programme_year_id = area->programme_year_id,
					 .region_code = area->region_code,
					 .site_id = area->site_id,
					 .agency_id = area->agency_id,
					 .arrived_late = true };
	const Supervision__FieldVisit visit = {
		.programme_year_id = area->programme_year_id,
		.region_code = area->region_code,
		.site_id = area->site_id,
		.agency_id = area->agency_id,
		.state = SUPERVISION__VISIT_STATE__VISIT_STATE_REPORTED
	};
	const Reporting__ProjectResult result = { .programme_year_id = area->programme_year_id,
						  .region_code = area->region_code,
						  .site_id = area->site_id,
						  .agency_id = area->agency_id };

	figures->projects = count(turn, area, &projects, ":people", &project);
	figures->people_planned = fit((uint64_t)sum(turn, area, &projects, ":people", &project));
	figures->agreements_late = agreements_in(turn, area, true);
	figures->agreements_in_force = figures->agreements_late + agreements_in(turn, area, false);
	figures->awaited = postings_in(turn, area, POSTING(RESERVED)) +
			   postings_in(turn, area, POSTING(READY));
	figures->in_post = postings_in(turn, area, POSTING(ACTIVE));
	figures->arrived_late = count(turn, area, &postings, ",arrived_late", &late);
	figures->visits = count(turn, area, &field_visits, ",state", &visit);
	figures->evaluated = count(turn, area, &project_results, "", &result);
}

static void fill_money(struct turn *turn, const struct area *area, Reporting__AreaFigures *figures)
{
	const Funding__Entitlement entitlement = { .programme_year_id = area->programme_year_id,
						   .region_code = area->region_code,
						   .site_id = area->site_id,
						   .agency_id = area->agency_id };
	const Funding__Disbursement disbursement = { .programme_year_id = area->programme_year_id,
						     .region_code = area->region_code,
						     .site_id = area->site_id,
						     .agency_id = area->agency_id };
	const Funding__Expense expense = { .programme_year_id = area->programme_year_id,
					   .region_code = area->region_code,
					   .site_id = area->site_id,
					   .agency_id = area->agency_id };

	figures->entitled_fen = sum(turn, area, &entitlements, ":amount_fen", &entitlement);
	figures->disbursed_fen = sum(turn, area, &disbursements, ":paid_fen", &disbursement);
	figures->spent_fen = sum(turn, area, &expenses, ":spent_fen", &expense);
}

/* --- Reports ------------------------------------------------------------------------------------- */

static int32_t reports_owed(struct turn *turn, const struct area *area,
			    Reporting__ObligationState state, bool late)
{
	const Reporting__Obligation like = { .programme_year_id = area->programme_year_id,
					     .region_code = area->region_code,
					     .site_id = area->site_id,
					     .agency_id = area->agency_id,
					     .kind = REPORT,
					     .state = state,
					     .late = late };

	return count(turn, area, &obligations, ",kind,state,late", &like);
}

static int32_t reports_in(struct turn *turn, const struct area *area, Reporting__ReportState state)
{
	const Reporting__QuarterlyReport like = { .programme_year_id = area->programme_year_id,
						  .region_code = area->region_code,
						  .site_id = area->site_id,
						  .agency_id = area->agency_id,
						  .state = state };

	return count(turn, area, &quarterly_reports, ",state", &like);
}

Reporting__ReportingFigures *area_reports(struct turn *turn, const struct area *area)
{
	Reporting__ReportingFigures *part = turn_take(turn, sizeof(*part));

	reporting__reporting_figures__init(part);
	part->late = reports_owed(turn, area, MET, true);
	part->submitted = part->late + reports_owed(turn, area, MET, false);
	/* RULE B28: "A period without an entry is shown." */
	part->missing = reports_owed(turn, area, MISSED, false);
	part->asked = part->submitted + part->missing + reports_owed(turn, area, DUE, false);
	part->accepted = reports_in(turn, area, REPORTING__REPORT_STATE__REPORT_STATE_ACCEPTED);
	part->returned = reports_in(turn, area, REPORTING__REPORT_STATE__REPORT_STATE_RETURNED);
	return part;
}

static void fill_area(struct turn *turn, const struct area *area, Reporting__AreaFigures *figures)
{
	figures->programme_year_id = area->programme_year_id;
	fill_projects(turn, area, figures);
	fill_money(turn, area, figures);
	figures->reports = area_reports(turn, area);
	figures->alerts = area_alerts(turn, area);
	figures->work = area_work(turn, area);
	if (area->scope != AGENCY)
		figures->stations = area_stations(turn, area);
	figures->publicity = area_publicity(turn, area);
	figures->briefings = area_briefings(turn, area);
	figures->good_practices = area_good_practices(turn, area);
}

/* --- Whose figures ------------------------------------------------------------------------------- */

static bool found_site(struct turn *turn, const Stations__Site *site, struct area *area,
		       Reporting__AreaFigures *figures)
{
	if (!site || !text_same(site->programme_year_id, area->programme_year_id) ||
	    !turn_counts_area(turn, site->region_code))
		return false;
	/* Several agencies may have projects there: the figures are of all of them. */
	if (!turn_for_agency(turn, ""))
		return false;
	area->scope = SITE;
	area->site_id = figures->site_id = site->site_id;
	figures->region_code = site->region_code;
	figures->name_zh = site->name_zh;
	figures->name_en = site->name_en;
	figures->sites = 1;
	figures->quota = site->quota;
	return true;
}

static bool found_agency(struct turn *turn, const char *agency_id, struct area *area,
			 Reporting__AreaFigures *figures)
{
	const Personnel__Agency *agency = turn_find(turn, &agencies, agency_id);

	if (!agency || !turn_counts_area(turn, agency->region_code) ||
	    !turn_for_agency(turn, agency_id))
		return false;
	area->scope = AGENCY;
	area->agency_id = figures->agency_id = agency->agency_id;
	figures->name_zh = agency->name_zh;
	figures->name_en = agency->name_en;
	return true;
}

enum { PREFECTURE_LEN = 4, COUNTY_LEN = 6, TOWN_LEN = 9 };

static bool found_region(struct turn *turn, const char *region_code, struct area *area,
			 Reporting__AreaFigures *figures)
{
	const Stations__Site at = { .programme_year_id = area->programme_year_id,
				    .region_code = region_code };
	const Stations__Region *region = turn_find(turn, &regions, region_code);
	size_t len = strlen(region_code);

	if (len == TOWN_LEN)
		return found_site(turn, turn_by(turn, &sites, "programme_year_id,region_code", &at),
				  area, figures);
	if ((len != PREFECTURE_LEN && len != COUNTY_LEN) || !turn_counts_area(turn, region_code) ||
	    !turn_for_agency(turn, ""))
		return false;
	area->scope = len == COUNTY_LEN ? COUNTY : PREFECTURE;
	area->region_code = figures->region_code = region_code;
	figures->name_zh = region ? region->name_zh : "";
	figures->name_en = region ? region->name_en : "";
	figures->sites = count(turn, area, &sites, ":quota", &at);
	figures->quota = fit((uint64_t)sum(turn, area, &sites, ":quota", &at));
	return true;
}

static struct verdict get_area_overview(struct turn *turn, const void *request,
					ProtobufCMessage *answer)
{
	const Reporting__GetAreaOverviewRequest *req = request;
	Reporting__GetAreaOverviewResponse *response = (Reporting__GetAreaOverviewResponse *)answer;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, req->programme_year_id);
	Reporting__AreaFigures *figures = turn_take(turn, sizeof(*figures));
	struct area area = { .programme_year_id = req->programme_year_id,
			     .region_code = "",
			     .site_id = "",
			     .agency_id = "" };

	reporting__area_figures__init(figures);
	if (!year || !turn_sees(turn, &programme_years, year))
		return turn_not_found(req->programme_year_id);
	if (text_empty(req->region_code) + text_empty(req->site_id) + text_empty(req->agency_id) !=
	    2)
		return turn_invalid("region_code");
	if (!text_empty(req->region_code) && !found_region(turn, req->region_code, &area, figures))
		return turn_not_found(req->region_code);
	if (!text_empty(req->site_id) &&
	    !found_site(turn, turn_find(turn, &sites, req->site_id), &area, figures))
		return turn_not_found(req->site_id);
	if (!text_empty(req->agency_id) && !found_agency(turn, req->agency_id, &area, figures))
		return turn_not_found(req->agency_id);

	fill_area(turn, &area, figures);
	response->figures = figures;
	response->date = turn_today_text(turn);
	return turn_done();
}

/* --- The parts of an area ------------------------------------------------------------------------ */

static Reporting__AreaFigures *part(struct turn *turn, const char *programme_year_id,
				    const char *region_code)
{
	struct area area = { .programme_year_id = programme_year_id,
			     .region_code = "",
			     .site_id = "",
			     .agency_id = "" };
	Reporting__AreaFigures *figures = turn_take(turn, sizeof(*figures));

	reporting__area_figures__init(figures);
	if (!found_region(turn, region_code, &area, figures))
		return NULL;
	fill_area(turn, &area, figures);
	return figures;
}

/* What lies in the prefecture itself is in none of its counties. */
static struct verdict get_area_parts(struct turn *turn, const void *request,
				     ProtobufCMessage *answer)
{
	const Reporting__GetAreaPartsRequest *req = request;
	Reporting__GetAreaPartsResponse *response = (Reporting__GetAreaPartsResponse *)answer;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, req->programme_year_id);
	const Stations__Site like = { .programme_year_id = req->programme_year_id };
	size_t len = req->by_county ? COUNTY_LEN : PREFECTURE_LEN;
	struct each each;
	struct group group;

	if (!year || !turn_sees(turn, &programme_years, year))
		return turn_not_found(req->programme_year_id);
	each = turn_groups(turn, &sites,
			   req->by_county ? "programme_year_id,region_code[6]:quota"
					  : "programme_year_id,region_code[4]:quota",
			   &like, 1);
	response->parts = turn_take(
		turn, sizeof(*response->parts) *
			      (1 + turn_count(turn, &sites, "programme_year_id:quota", &like)));
	while (group_next(&each, &group)) {
		const char *code = ((const Stations__Site *)group.like)->region_code;

		if (strlen(code) != len || !text_begins(code, req->region_code))
			continue;
		response->parts[response->n_parts] = part(turn, year->programme_year_id, code);
		response->n_parts += response->parts[response->n_parts] != NULL;
	}
	response->date = turn_today_text(turn);
	return turn_done();
}

static const struct query queries[] = {
	{ "GetAreaOverview", .answer = get_area_overview },
	{ "GetAreaParts", .answer = get_area_parts },
	{ 0 },
};

const struct aggregate area_overview = { NULL, NULL, queries };
