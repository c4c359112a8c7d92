/* The figures of a programme year.  Each is read from a tally that is kept at each change, so that
 * an overview costs the same however many records there are. */
#include "reporting.h"

#include <limits.h>

#include "base/text.h"

#include "follow.h"

#define AGREEMENT    REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_AGREEMENT
#define ARRIVAL	     REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_ARRIVAL
#define REPORT	     REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_QUARTERLY_REPORT
#define EVALUATION   REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_EVALUATION
#define DUE	     REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_DUE
#define MET	     REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_MET
#define MISSED	     REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_MISSED
#define WAIVED	     REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_WAIVED
#define ACCEPTED     REPORTING__REPORT_STATE__REPORT_STATE_ACCEPTED
#define RETURNED     REPORTING__REPORT_STATE__REPORT_STATE_RETURNED
#define UPCOMING     REPORTING__ALERT_KIND__ALERT_KIND_UPCOMING
#define OVERDUE	     REPORTING__ALERT_KIND__ALERT_KIND_OVERDUE
#define RAISED	     REPORTING__ALERT_STATE__ALERT_STATE_RAISED
#define ACKNOWLEDGED REPORTING__ALERT_STATE__ALERT_STATE_ACKNOWLEDGED
#define IN_FORCE     STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_IN_FORCE
#define IN_POST	     STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE

enum {
	BY_WHOLE_AREA = BY_MINISTRY | BY_PROVINCE | BY_PROJECT_OFFICE | BY_AUDITOR | BY_DASHBOARD,
	BY_PARTS = BY_WHOLE_AREA | BY_REGIONAL_CENTRE | BY_PREFECTURE,
};

static int32_t fit(uint64_t n)
{
	return n > INT32_MAX ? INT32_MAX : (int32_t)n;
}

static int32_t count(struct turn *turn, const struct table *table, const char *tally,
		     const void *like)
{
	return fit(turn_count(turn, table, tally, like));
}

/* The year where the caller may see it, else NULL. */
static const Stations__ProgrammeYear *year_of(struct turn *turn, const char *programme_year_id)
{
	const Stations__ProgrammeYear *year = turn_find(turn, &programme_years, programme_year_id);

	return year && turn_sees(turn, &programme_years, year) ? year : NULL;
}

/* --- Groups ---------------------------------------------------------------------------------------- */

static size_t n_groups(struct turn *turn, const struct table *table, const char *tally,
		       const void *like, int prefix_fields)
{
	struct each each = turn_groups(turn, table, tally, like, prefix_fields);
	struct group group;
	size_t n = 0;

	while (group_next(&each, &group))
		n++;
	return n;
}

struct counts {
	Reporting__Count **list;
	size_t n;
};

/* The records of a year by the last field of a tally, put in words. */
static struct counts counts_by(struct turn *turn, const struct table *table, const char *tally,
			       const void *like, const char *(*word)(const void *like))
{
	size_t n = n_groups(turn, table, tally, like, 1);
	struct counts counts = { turn_take(turn, (n + 1) * sizeof(*counts.list)), 0 };
	struct each each = turn_groups(turn, table, tally, like, 1);
	struct group group;

	while (counts.n < n && group_next(&each, &group)) {
		Reporting__Count *row = turn_take(turn, sizeof(*row));

		reporting__count__init(row);
		row->key = word(group.like);
		row->count = fit(group.count);
		counts.list[counts.n++] = row;
	}
	return counts;
}

static const char *enum_word(const ProtobufCEnumDescriptor *of, int value)
{
	const ProtobufCEnumValue *found = protobuf_c_enum_descriptor_get_value(of, value);

	return found ? found->name : "";
}

static const char *application_word(const void *like)
{
	return enum_word(&personnel__application_state__descriptor,
			 (int)((const Personnel__Application *)like)->state);
}

static const char *project_word(const void *like)
{
	return enum_word(&stations__project_state__descriptor,
			 (int)((const Stations__Project *)like)->state);
}

static const char *evaluation_word(const void *like)
{
	return enum_word(&supervision__evaluation_state__descriptor,
			 (int)((const Supervision__Evaluation *)like)->state);
}

static const char *round_word(const void *like)
{
	return enum_word(&supervision__round_state__descriptor,
			 (int)((const Supervision__EvaluationRound *)like)->state);
}

static const char *grade_word(const void *like)
{
	return ((const Reporting__ProjectResult *)like)->grade;
}

static const char *distribution_word(const void *like)
{
	return enum_word(&funding__distribution_state__descriptor,
			 (int)((const Funding__Distribution *)like)->state);
}

/* --- The parts of an overview ---------------------------------------------------------------------- */

static int32_t applied(struct turn *turn, const char *year_id, Personnel__ApplicantKind kind)
{
	const Personnel__Applicant like = { .programme_year_id = year_id, .kind = kind };

	return count(turn, &applicants, "programme_year_id,kind", &like);
}

/* On an approved list, and not replaced by an approved change. */
static const Personnel__SelectedState STILL_SELECTED =
	PERSONNEL__SELECTED_STATE__SELECTED_STATE_APPROVED;

static Reporting__SelectionFigures *selection(struct turn *turn,
					      const Stations__ProgrammeYear *year)
{
	const char *id = year->programme_year_id;
	const Personnel__Agency agency = { .region_code = year->region_code };
	const Personnel__Call call = { .programme_year_id = id };
	const Personnel__Application application = { .programme_year_id = id };
	const Personnel__SelectedProfessional selected = { .programme_year_id = id,
							   .state = STILL_SELECTED };
	struct counts by_state = counts_by(turn, &applications, "programme_year_id,state",
					   &application, application_word);
	Reporting__SelectionFigures *part = turn_take(turn, sizeof(*part));

	reporting__selection_figures__init(part);
	part->agencies_registered = count(turn, &agencies, "region_code[2]", &agency);
	part->calls = count(turn, &calls, "programme_year_id", &call);
	part->applications = by_state.list;
	part->n_applications = by_state.n;
	part->agencies_applied =
		applied(turn, id, PERSONNEL__APPLICANT_KIND__APPLICANT_KIND_AGENCY);
	part->professionals_applied =
		applied(turn, id, PERSONNEL__APPLICANT_KIND__APPLICANT_KIND_PERSON);
	part->professionals_selected =
		count(turn, &selected_professionals, "programme_year_id,state", &selected);
	return part;
}

static int32_t sites_of_kind(struct turn *turn, const char *year_id, Stations__SiteKind kind)
{
	const Stations__Site like = { .programme_year_id = year_id, .kind = kind };

	return count(turn, &sites, "programme_year_id,kind", &like);
}

static Reporting__PlaceFigures *places(struct turn *turn, const char *id)
{
	const Stations__Site site = { .programme_year_id = id };
	const Reporting__ServedCounty county = { .programme_year_id = id };
	const Reporting__ServedCounty unstated = { .programme_year_id = id, .unstated = true };
	Reporting__PlaceFigures *part = turn_take(turn, sizeof(*part));

	reporting__place_figures__init(part);
	part->prefectures =
		fit(n_groups(turn, &sites, "programme_year_id,region_code[4]:quota", &site, 1));
	part->sites = count(turn, &sites, "programme_year_id:quota", &site);
	part->quota = fit((uint64_t)turn_sum(turn, &sites, "programme_year_id:quota", &site));
	part->county_sites = sites_of_kind(turn, id, STATIONS__SITE_KIND__SITE_KIND_COUNTY_PROJECT);
	part->prefecture_sites =
		sites_of_kind(turn, id, STATIONS__SITE_KIND__SITE_KIND_PREFECTURE_SUPPORT);
	part->counties = count(turn, &served_counties, "programme_year_id", &county);
	part->counties_unstated =
		count(turn, &served_counties, "programme_year_id,unstated", &unstated);
	return part;
}

static int32_t agreements_in(struct turn *turn, const char *id, Stations__AgreementState state,
			     bool late)
{
	const Stations__Agreement like = { .programme_year_id = id, .state = state, .late = late };

	return count(turn, &agreements, "programme_year_id,state,late", &like);
}

static Reporting__ProjectFigures *of_projects(struct turn *turn, const char *id)
{
	const Stations__Project project = { .programme_year_id = id };
	struct counts by_state =
		counts_by(turn, &projects, "programme_year_id,state", &project, project_word);
	Reporting__ProjectFigures *part = turn_take(turn, sizeof(*part));

	reporting__project_figures__init(part);
	part->projects = count(turn, &projects, "programme_year_id:people", &project);
	part->by_state = by_state.list;
	part->n_by_state = by_state.n;
	part->people_planned =
		fit((uint64_t)turn_sum(turn, &projects, "programme_year_id:people", &project));
	part->agreements_late = agreements_in(turn, id, IN_FORCE, true);
	part->agreements_in_force =
		part->agreements_late + agreements_in(turn, id, IN_FORCE, false);
	part->agreements_open =
		agreements_in(turn, id, STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_DRAFT, false) +
		agreements_in(turn, id, STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_SIGNING, false) +
		agreements_in(turn, id, STATIONS__AGREEMENT_STATE__AGREEMENT_STATE_SIGNING, true);
	return part;
}

static int32_t postings_in(struct turn *turn, const char *id, Stations__PostingState state)
{
	const Stations__Posting like = { .programme_year_id = id, .state = state };

	return count(turn, &postings, "programme_year_id,state", &like);
}

static Reporting__PostingFigures *people(struct turn *turn, const char *id)
{
	const Stations__Posting late = { .programme_year_id = id, .arrived_late = true };
	const Stations__Unplaced waiting = { .programme_year_id = id };
	Reporting__PostingFigures *part = turn_take(turn, sizeof(*part));

	reporting__posting_figures__init(part);
	part->reserved = postings_in(turn, id, STATIONS__POSTING_STATE__POSTING_STATE_RESERVED);
	part->ready = postings_in(turn, id, STATIONS__POSTING_STATE__POSTING_STATE_READY);
	part->in_post = postings_in(turn, id, IN_POST);
	part->suspended = postings_in(turn, id, STATIONS__POSTING_STATE__POSTING_STATE_SUSPENDED);
	part->ended = postings_in(turn, id, STATIONS__POSTING_STATE__POSTING_STATE_ENDED);
	part->cancelled = postings_in(turn, id, STATIONS__POSTING_STATE__POSTING_STATE_CANCELLED);
	part->arrived_late = count(turn, &postings, "programme_year_id,arrived_late", &late);
	part->unplaced = count(turn, &unplaced, "programme_year_id,placed", &waiting);
	return part;
}

static Reporting__SourceFigures *of_source(struct turn *turn, const char *id,
					   const Stations__FundSource *source)
{
	const char *word = source->source;
	const Funding__Appropriation appropriation = { .programme_year_id = id, .source = word };
	const Funding__EntitlementShare share = { .programme_year_id = id, .source = word };
	const Funding__Disbursement disbursement = { .programme_year_id = id, .source = word };
	const Funding__Expense expense = { .programme_year_id = id, .source = word };
	Reporting__SourceFigures *row = turn_take(turn, sizeof(*row));

	reporting__source_figures__init(row);
	row->source = word;
	row->name_zh = source->name_zh;
	row->name_en = source->name_en;
	row->planned_fen = turn_sum(turn, &appropriations, "programme_year_id,source:planned_fen",
				    &appropriation);
	row->received_fen = turn_sum(turn, &appropriations, "programme_year_id,source:received_fen",
				     &appropriation);
	row->entitled_fen =
		turn_sum(turn, &entitlement_shares, "programme_year_id,source:amount_fen", &share);
	row->disbursed_fen =
		turn_sum(turn, &disbursements, "programme_year_id,source:paid_fen", &disbursement);
	row->spent_fen = turn_sum(turn, &expenses, "programme_year_id,source:spent_fen", &expense);
	return row;
}

static Reporting__MoneyFigures *money(struct turn *turn, const Stations__ProgrammeYear *year)
{
	const char *id = year->programme_year_id;
	const Funding__Appropriation appropriation = { .programme_year_id = id };
	const Funding__Entitlement entitlement = { .programme_year_id = id };
	const Funding__Disbursement disbursement = { .programme_year_id = id };
	const Funding__Expense expense = { .programme_year_id = id };
	const Funding__LedgerEntry entry = { .programme_year_id = id };
	const Funding__StoppedGrant stopped = { .programme_year_id = id };
	size_t n = year->rules ? year->rules->n_sources : 0;
	Reporting__MoneyFigures *part = turn_take(turn, sizeof(*part));

	reporting__money_figures__init(part);
	part->planned_fen =
		turn_sum(turn, &appropriations, "programme_year_id:planned_fen", &appropriation);
	part->received_fen =
		turn_sum(turn, &appropriations, "programme_year_id:received_fen", &appropriation);
	part->entitled_fen =
		turn_sum(turn, &entitlements, "programme_year_id:amount_fen", &entitlement);
	part->disbursed_fen =
		turn_sum(turn, &disbursements, "programme_year_id:paid_fen", &disbursement);
	part->spent_fen = turn_sum(turn, &expenses, "programme_year_id:spent_fen", &expense);
	part->ledger_sum_fen =
		turn_sum(turn, &ledger_entries, "programme_year_id:amount_fen", &entry);
	part->ledger_entries = count(turn, &ledger_entries, "programme_year_id:amount_fen", &entry);
	part->grants_stopped = count(turn, &stopped_grants, "programme_year_id", &stopped);
	part->sources = turn_take(turn, (n + 1) * sizeof(*part->sources));
	for (size_t i = 0; i < n; i++)
		part->sources[part->n_sources++] = of_source(turn, id, year->rules->sources[i]);
	return part;
}

static Reporting__EvaluationFigures *evaluation(struct turn *turn, const char *id)
{
	const Stations__Project project = { .programme_year_id = id };
	const Supervision__Evaluation one = { .programme_year_id = id };
	const Supervision__EvaluationRound round = { .programme_year_id = id };
	const Reporting__ProjectResult result = { .programme_year_id = id };
	struct counts by_state =
		counts_by(turn, &evaluations, "programme_year_id,state", &one, evaluation_word);
	struct counts grades =
		counts_by(turn, &project_results, "programme_year_id,grade", &result, grade_word);
	struct counts rounds =
		counts_by(turn, &evaluation_rounds, "programme_year_id,state", &round, round_word);
	Reporting__EvaluationFigures *part = turn_take(turn, sizeof(*part));

	reporting__evaluation_figures__init(part);
	part->projects = count(turn, &projects, "programme_year_id:people", &project);
	part->evaluated = count(turn, &project_results, "programme_year_id", &result);
	part->by_state = by_state.list;
	part->n_by_state = by_state.n;
	part->grades = grades.list;
	part->n_grades = grades.n;
	part->rounds = rounds.list;
	part->n_rounds = rounds.n;
	return part;
}

static Reporting__DistributionFigures *distribution(struct turn *turn, const char *id)
{
	const Funding__Distribution like = { .programme_year_id = id };
	struct counts by_state = counts_by(turn, &distributions, "programme_year_id,state", &like,
					   distribution_word);
	Reporting__DistributionFigures *part = turn_take(turn, sizeof(*part));

	reporting__distribution_figures__init(part);
	part->by_state = by_state.list;
	part->n_by_state = by_state.n;
	return part;
}

/* --- What is due ------------------------------------------------------------------------------------ */

static int32_t owed(struct turn *turn, const char *id, Reporting__ObligationKind kind,
		    Reporting__ObligationState state, bool late)
{
	const Reporting__Obligation like = {
		.programme_year_id = id, .kind = kind, .state = state, .late = late
	};

	return count(turn, &obligations, "programme_year_id,kind,state,late", &like);
}

static int32_t open_alerts(struct turn *turn, const char *id, Reporting__ObligationKind due,
			   Reporting__AlertKind kind)
{
	Reporting__Alert like = { .programme_year_id = id, .obligation_kind = due, .kind = kind };
	int32_t open;

	like.state = RAISED;
	open = count(turn, &alerts, "programme_year_id,obligation_kind,kind,state", &like);
	like.state = ACKNOWLEDGED;
	return open + count(turn, &alerts, "programme_year_id,obligation_kind,kind,state", &like);
}

static Reporting__ObligationFigures *due_of_kind(struct turn *turn, const char *id,
						 Reporting__ObligationKind kind)
{
	Reporting__ObligationFigures *row = turn_take(turn, sizeof(*row));

	reporting__obligation_figures__init(row);
	row->kind = kind;
	row->due = owed(turn, id, kind, DUE, false);
	row->met_on_time = owed(turn, id, kind, MET, false);
	row->met_late = owed(turn, id, kind, MET, true);
	row->missed = owed(turn, id, kind, MISSED, false);
	row->waived = owed(turn, id, kind, WAIVED, false);
	row->alerts_upcoming = open_alerts(turn, id, kind, UPCOMING);
	row->alerts_overdue = open_alerts(turn, id, kind, OVERDUE);
	return row;
}

static bool any(const Reporting__ObligationFigures *row)
{
	return row->due || row->met_on_time || row->met_late || row->missed || row->waived;
}

/* What every programme asks, in any case; of the other kinds those of which there are any. */
static void fill_obligations(struct turn *turn, const char *id,
			     Reporting__GetOverviewResponse *response)
{
	const ProtobufCEnumDescriptor *kinds = &reporting__obligation_kind__descriptor;

	response->obligations = turn_take(turn, kinds->n_values * sizeof(*response->obligations));
	for (unsigned i = AGREEMENT; i < kinds->n_values; i++) {
		Reporting__ObligationFigures *row =
			due_of_kind(turn, id, (Reporting__ObligationKind)kinds->values[i].value);

		if (i <= EVALUATION || any(row))
			response->obligations[response->n_obligations++] = row;
	}
}

/* --- The overview ----------------------------------------------------------------------------------- */

static void figure(struct turn *turn, Reporting__GetOverviewResponse *response,
		   const Reporting__Figure *words, int32_t declared, int32_t derived)
{
	Reporting__Figure *row = turn_take(turn, sizeof(*row));

	*row = *words;
	row->base = (ProtobufCMessage)PROTOBUF_C_MESSAGE_INIT(&reporting__figure__descriptor);
	row->declared = declared;
	row->derived = derived;
	row->has_declared = declared != 0;
	row->differs = row->has_declared && declared != derived;
	response->figures[response->n_figures++] = row;
}

enum {
	AGENCIES,
	PROFESSIONALS,
	SELECTED,
	PREFECTURES,
	SITES,
	COUNTIES,
	STATIONS,
	WORKERS,
	CENTRES,
	N_FIGURES
};

static const Reporting__Figure figure_words[] = {
	[AGENCIES] = { .key = "agencies_applied",
		       .name_zh = "申报机构",
		       .name_en = "Agencies that applied",
		       .unit = "agency" },
	[PROFESSIONALS] = { .key = "professionals_applied",
			    .name_zh = "申报社会工作专业人才",
			    .name_en = "Professionals who applied",
			    .unit = "person" },
	[SELECTED] = { .key = "professionals_selected",
		       .name_zh = "选派社会工作专业人才",
		       .name_en = "Professionals selected",
		       .unit = "person" },
	[PREFECTURES] = { .key = "prefectures",
			  .name_zh = "受援州(市)",
			  .name_en = "Prefectures served",
			  .unit = "prefecture" },
	[SITES] = { .key = "sites", .name_zh = "服务地", .name_en = "Sites", .unit = "site" },
	[COUNTIES] = { .key = "counties",
		       .name_zh = "受援县(市、区)",
		       .name_en = "Counties served",
		       .unit = "county" },
	[STATIONS] = { .key = "stations",
		       .name_zh = "社会工作站",
		       .name_en = "Stations",
		       .unit = "station" },
	[WORKERS] = { .key = "workers",
		      .name_zh = "在岗社工",
		      .name_en = "Workers in post",
		      .unit = "person" },
	[CENTRES] = { .key = "centres",
		      .name_zh = "地区中心",
		      .name_en = "Regional centres",
		      .unit = "centre" },
};

static void declared_beside_derived(struct turn *turn, const Stations__ProgrammeYear *year,
				    Reporting__GetOverviewResponse *response)
{
	static const Stations__Declared nothing = STATIONS__DECLARED__INIT;
	const Stations__Declared *said = year->declared ? year->declared : &nothing;
	const Reporting__SelectionFigures *chosen = response->selection;
	const Reporting__PlaceFigures *where = response->places;

	/* RULE B4: "Declared totals stand next to the figures derived from the records." */
	response->figures = turn_take(turn, N_FIGURES * sizeof(*response->figures));
	figure(turn, response, &figure_words[AGENCIES], said->agencies, chosen->agencies_applied);
	figure(turn, response, &figure_words[PROFESSIONALS], said->applicants,
	       chosen->professionals_applied);
	figure(turn, response, &figure_words[SELECTED], said->people,
	       chosen->professionals_selected);
	figure(turn, response, &figure_words[PREFECTURES], said->prefectures, where->prefectures);
	figure(turn, response, &figure_words[SITES], said->sites, where->sites);
	figure(turn, response, &figure_words[COUNTIES], said->counties, where->counties);
	if (!response->stations)
		return;
	/* RULE A2: "The declared total of stations stands next to the number that are really there." */
	figure(turn, response, &figure_words[STATIONS], said->stations,
	       response->stations->stations);
	figure(turn, response, &figure_words[WORKERS], said->workers, response->people->in_post);
	figure(turn, response, &figure_words[CENTRES], said->centres, response->stations->centres);
}

static struct verdict get_overview(struct turn *turn, const void *request, ProtobufCMessage *answer)
{
	const Reporting__GetOverviewRequest *req = request;
	Reporting__GetOverviewResponse *response = (Reporting__GetOverviewResponse *)answer;
	const Stations__ProgrammeYear *year = year_of(turn, req->programme_year_id);
	const char *id = req->programme_year_id;
	const struct area whole = { WHOLE_YEAR, id, "", "", "" };

	if (!year || !turn_counts_area(turn, year->region_code))
		return turn_not_found(req->programme_year_id);

	response->programme_year_id = year->programme_year_id;
	response->name_zh = year->name_zh;
	response->name_en = year->name_en;
	response->date = turn_today_text(turn);
	response->selection = selection(turn, year);
	response->places = places(turn, id);
	response->projects = of_projects(turn, id);
	response->people = people(turn, id);
	response->money = money(turn, year);
	response->evaluation = evaluation(turn, id);
	response->distribution = distribution(turn, id);
	response->reports = area_reports(turn, &whole);
	fill_obligations(turn, id, response);
	response->work = area_work(turn, &whole);
	if (year->rules && year->rules->stations)
		response->stations = area_stations(turn, &whole);
	response->alerts = area_alerts(turn, &whole);
	response->publicity = area_publicity(turn, &whole);
	response->briefings = area_briefings(turn, &whole);
	response->good_practices = area_good_practices(turn, &whole);
	declared_beside_derived(turn, year, response);
	return turn_done();
}

/* --- By prefecture ------------------------------------------------------------------------------------ */

static const Stations__Region *region_named(struct turn *turn, const char *code)
{
	static const Stations__Region unnamed = STATIONS__REGION__INIT;
	const Stations__Region *found = turn_find(turn, &regions, code);

	return found ? found : &unnamed;
}

static int32_t agreements_there(struct turn *turn, const char *id, const char *code, bool late)
{
	const Stations__Agreement like = {
		.programme_year_id = id, .region_code = code, .state = IN_FORCE, .late = late
	};

	return count(turn, &agreements, "programme_year_id,region_code[4],state,late", &like);
}

static int32_t reports_owed_there(struct turn *turn, const char *id, const char *code,
				  Reporting__ObligationState state)
{
	const Reporting__Obligation like = {
		.programme_year_id = id, .kind = REPORT, .region_code = code, .state = state
	};

	return count(turn, &obligations, "programme_year_id,kind,region_code[4],state", &like);
}

static int32_t open_alerts_there(struct turn *turn, const char *id, const char *code,
				 Reporting__AlertKind kind)
{
	Reporting__Alert like = { .programme_year_id = id, .region_code = code, .kind = kind };
	int32_t open;

	like.state = RAISED;
	open = count(turn, &alerts, "programme_year_id,region_code[4],kind,state", &like);
	like.state = ACKNOWLEDGED;
	return open + count(turn, &alerts, "programme_year_id,region_code[4],kind,state", &like);
}

static Reporting__PrefectureFigures *prefecture(struct turn *turn, const char *id, const char *code)
{
	const Stations__Site site = { .programme_year_id = id, .region_code = code };
	const Reporting__ServedCounty county = { .programme_year_id = id, .region_code = code };
	const Stations__Project project = { .programme_year_id = id, .region_code = code };
	const Stations__Posting in_post = { .programme_year_id = id,
					    .region_code = code,
					    .state = IN_POST };
	const Funding__Entitlement entitlement = { .programme_year_id = id, .region_code = code };
	const Funding__Disbursement disbursement = { .programme_year_id = id, .region_code = code };
	const Funding__Expense expense = { .programme_year_id = id, .region_code = code };
	const Reporting__ProjectResult result = { .programme_year_id = id, .region_code = code };
	const Reporting__QuarterlyReport accepted = { .programme_year_id = id,
						      .region_code = code,
						      .state = ACCEPTED };
	const Stations__Region *named = region_named(turn, code);
	Reporting__PrefectureFigures *row = turn_take(turn, sizeof(*row));

	reporting__prefecture_figures__init(row);
	row->region_code = code;
	row->name_zh = named->name_zh;
	row->name_en = named->name_en;
	row->sites = count(turn, &sites, "programme_year_id,region_code[4]:quota", &site);
	row->quota = fit(
		(uint64_t)turn_sum(turn, &sites, "programme_year_id,region_code[4]:quota", &site));
	row->counties = count(turn, &served_counties, "programme_year_id,region_code[4]", &county);
	row->projects = count(turn, &projects, "programme_year_id,region_code[4]:people", &project);
	row->agreements_late = agreements_there(turn, id, code, true);
	row->agreements_in_force = row->agreements_late + agreements_there(turn, id, code, false);
	row->in_post = count(turn, &postings, "programme_year_id,region_code[4],state", &in_post);
	row->entitled_fen = turn_sum(turn, &entitlements,
				     "programme_year_id,region_code[4]:amount_fen", &entitlement);
	row->disbursed_fen = turn_sum(turn, &disbursements,
				      "programme_year_id,region_code[4]:paid_fen", &disbursement);
	row->spent_fen =
		turn_sum(turn, &expenses, "programme_year_id,region_code[4]:spent_fen", &expense);
	row->evaluated = count(turn, &project_results, "programme_year_id,region_code[4]", &result);
	row->reports_submitted = reports_owed_there(turn, id, code, MET);
	row->reports_missing = reports_owed_there(turn, id, code, MISSED);
	row->reports_accepted = count(turn, &quarterly_reports,
				      "programme_year_id,region_code[4],state", &accepted);
	row->alerts_upcoming = open_alerts_there(turn, id, code, UPCOMING);
	row->alerts_overdue = open_alerts_there(turn, id, code, OVERDUE);
	return row;
}

static struct verdict get_prefecture_overview(struct turn *turn, const void *request,
					      ProtobufCMessage *answer)
{
	const Reporting__GetPrefectureOverviewRequest *req = request;
	Reporting__GetPrefectureOverviewResponse *response =
		(Reporting__GetPrefectureOverviewResponse *)answer;
	const char *tally = "programme_year_id,region_code[4]:quota";
	const Stations__Site like = { .programme_year_id = req->programme_year_id };
	size_t n = n_groups(turn, &sites, tally, &like, 1);
	struct each each = turn_groups(turn, &sites, tally, &like, 1);
	struct group group;

	if (!year_of(turn, req->programme_year_id))
		return turn_not_found(req->programme_year_id);
	response->prefectures = turn_take(turn, (n + 1) * sizeof(*response->prefectures));
	while (response->n_prefectures < n && group_next(&each, &group)) {
		const char *code = ((const Stations__Site *)group.like)->region_code;

		if (turn_counts_area(turn, code))
			response->prefectures[response->n_prefectures++] =
				prefecture(turn, req->programme_year_id, code);
	}
	return turn_done();
}

/* --- Completeness of the reports ------------------------------------------------------------------- */

static int32_t reports_there(struct turn *turn, const char *id, const Reporting__Completeness *row,
			     Reporting__ReportState state)
{
	const Reporting__QuarterlyReport like = { .programme_year_id = id,
						  .region_code = row->region_code,
						  .period = row->period,
						  .state = state };

	return count(turn, &quarterly_reports, "programme_year_id,region_code[4],period,state",
		     &like);
}

static void add_obligations(Reporting__Completeness *row, const Reporting__Obligation *like,
			    int32_t n)
{
	if (like->state == WAIVED) {
		row->waived += n;
		return;
	}
	row->asked += n;
	row->submitted += like->state == MET ? n : 0;
	row->late += like->state == MET && like->late ? n : 0;
	row->missing += like->state == MISSED ? n : 0;
}

static Reporting__Completeness *row_for(struct turn *turn, const char *id,
					const Reporting__Obligation *like)
{
	const Stations__Region *named = region_named(turn, like->region_code);
	Reporting__Completeness *row = turn_take(turn, sizeof(*row));

	reporting__completeness__init(row);
	row->region_code = like->region_code;
	row->name_zh = named->name_zh;
	row->name_en = named->name_en;
	row->period = like->period;
	row->accepted = reports_there(turn, id, row, ACCEPTED);
	row->returned = reports_there(turn, id, row, RETURNED);
	return row;
}

static bool row_is_for(const Reporting__Completeness *row, const Reporting__Obligation *like)
{
	return row && text_same(row->region_code, like->region_code) &&
	       text_same(row->period, like->period);
}

static struct verdict get_completeness(struct turn *turn, const void *request,
				       ProtobufCMessage *answer)
{
	const Reporting__GetCompletenessRequest *req = request;
	Reporting__GetCompletenessResponse *response = (Reporting__GetCompletenessResponse *)answer;
	const char *tally = "programme_year_id,kind,region_code[4],period,state,late";
	const Reporting__Obligation like = { .programme_year_id = req->programme_year_id,
					     .kind = REPORT };
	size_t n = n_groups(turn, &obligations, tally, &like, 2);
	struct each each = turn_groups(turn, &obligations, tally, &like, 2);
	Reporting__Completeness *row = NULL;
	struct group group;

	if (!year_of(turn, req->programme_year_id))
		return turn_not_found(req->programme_year_id);
	response->rows = turn_take(turn, (n + 1) * sizeof(*response->rows));
	while (group_next(&each, &group)) {
		const Reporting__Obligation *of = group.like;

		if (!turn_counts_area(turn, of->region_code))
			continue;
		if (!row_is_for(row, of) && response->n_rows < n) {
			row = row_for(turn, req->programme_year_id, of);
			response->rows[response->n_rows++] = row;
		}
		add_obligations(row, of, fit(group.count));
	}
	return turn_done();
}

/* --- All years -------------------------------------------------------------------------------------- */

static Reporting__ProgrammeFigures *programme(struct turn *turn,
					      const Stations__ProgrammeYear *year)
{
	const char *id = year->programme_year_id;
	const struct area whole = { WHOLE_YEAR, id, "", "", "" };
	const Stations__Site site = { .programme_year_id = id };
	const Stations__Project project = { .programme_year_id = id };
	const Funding__Entitlement entitlement = { .programme_year_id = id };
	const Funding__Disbursement disbursement = { .programme_year_id = id };
	const Funding__Expense expense = { .programme_year_id = id };
	const Reporting__ProjectResult result = { .programme_year_id = id };
	Reporting__ProgrammeFigures *row = turn_take(turn, sizeof(*row));

	reporting__programme_figures__init(row);
	row->programme_year_id = id;
	row->name_zh = year->name_zh;
	row->name_en = year->name_en;
	row->region_code = year->region_code;
	row->sites = count(turn, &sites, "programme_year_id:quota", &site);
	row->quota = fit((uint64_t)turn_sum(turn, &sites, "programme_year_id:quota", &site));
	row->projects = count(turn, &projects, "programme_year_id:people", &project);
	row->in_post = postings_in(turn, id, IN_POST);
	row->agreements_in_force =
		agreements_in(turn, id, IN_FORCE, false) + agreements_in(turn, id, IN_FORCE, true);
	row->entitled_fen =
		turn_sum(turn, &entitlements, "programme_year_id:amount_fen", &entitlement);
	row->disbursed_fen =
		turn_sum(turn, &disbursements, "programme_year_id:paid_fen", &disbursement);
	row->spent_fen = turn_sum(turn, &expenses, "programme_year_id:spent_fen", &expense);
	row->evaluated = count(turn, &project_results, "programme_year_id", &result);
	row->reports = area_reports(turn, &whole);
	return row;
}

/* There are as many years as there are programmes and years of them, some tens. */
enum { PROGRAMMES_MAX = 500 };

static struct verdict get_programmes(struct turn *turn, const void *request,
				     ProtobufCMessage *answer)
{
	Reporting__GetProgrammesResponse *response = (Reporting__GetProgrammesResponse *)answer;
	struct each each = turn_each(turn, &programme_years, NULL, NULL);
	const Stations__ProgrammeYear *year;

	response->programmes = turn_take(turn, PROGRAMMES_MAX * sizeof(*response->programmes));
	while (response->n_programmes < PROGRAMMES_MAX && (year = each_next(&each))) {
		if (turn_counts_area(turn, year->region_code))
			response->programmes[response->n_programmes++] = programme(turn, year);
	}
	return turn_done();
}

/* --- Services --------------------------------------------------------------------------------------- */

static int64_t services_sum(struct turn *turn, const char *what,
			    const Reporting__ServiceMonth *like)
{
	return turn_sum(turn, &service_months,
			turn_text(turn, "programme_year_id,region_code[4],method:%s", what), like);
}

static Reporting__MethodFigures *services_by(struct turn *turn, const Reporting__ServiceMonth *like,
					     int64_t records)
{
	Reporting__MethodFigures *row = turn_take(turn, sizeof(*row));

	reporting__method_figures__init(row);
	row->method = like->method;
	row->records = records;
	row->minutes = services_sum(turn, "minutes", like);
	row->sessions = services_sum(turn, "sessions", like);
	row->cases_opened = services_sum(turn, "cases_opened", like);
	row->cases_closed = services_sum(turn, "cases_closed", like);
	row->people = services_sum(turn, "people", like);
	return row;
}

static Reporting__AreaServices *services_in(struct turn *turn, const char *id, const char *code)
{
	const Reporting__ServiceMonth like = { .programme_year_id = id, .region_code = code };
	const Reporting__ServedMonth reached = { .programme_year_id = id, .region_code = code };
	const Stations__Region *named = region_named(turn, code);
	Reporting__AreaServices *area = turn_take(turn, sizeof(*area));
	struct each each = turn_groups(turn, &service_months,
				       "programme_year_id,region_code[4],method:records", &like, 2);
	struct group group;

	reporting__area_services__init(area);
	area->region_code = code;
	area->name_zh = named->name_zh;
	area->name_en = named->name_en;
	area->methods = turn_take(turn, reporting__work_method__descriptor.n_values *
						sizeof(*area->methods));
	while (group_next(&each, &group)) {
		if (group.sum > 0)
			area->methods[area->n_methods++] = services_by(turn, group.like, group.sum);
	}
	/* RULE B33: "Counts of people served are kept for the groups that the notice puts first." */
	area->beneficiaries = turn_take(turn, reporting__beneficiary__descriptor.n_values *
						      sizeof(*area->beneficiaries));
	each = turn_groups(turn, &served_months,
			   "programme_year_id,region_code[4],beneficiary:people", &reached, 2);
	while (group_next(&each, &group)) {
		Reporting__BeneficiaryFigures *row;

		if (group.sum <= 0)
			continue;
		row = turn_take(turn, sizeof(*row));
		reporting__beneficiary_figures__init(row);
		row->beneficiary = ((const Reporting__ServedMonth *)group.like)->beneficiary;
		row->people = group.sum;
		area->beneficiaries[area->n_beneficiaries++] = row;
	}
	return area;
}

static struct verdict get_services(struct turn *turn, const void *request, ProtobufCMessage *answer)
{
	const Reporting__GetServicesRequest *req = request;
	Reporting__GetServicesResponse *response = (Reporting__GetServicesResponse *)answer;
	const char *tally = "programme_year_id,region_code[4]:quota";
	const Stations__Site like = { .programme_year_id = req->programme_year_id };
	size_t n = n_groups(turn, &sites, tally, &like, 1);
	struct each each = turn_groups(turn, &sites, tally, &like, 1);
	struct group group;

	if (!year_of(turn, req->programme_year_id))
		return turn_not_found(req->programme_year_id);
	response->areas = turn_take(turn, (n + 1) * sizeof(*response->areas));
	while (response->n_areas < n && group_next(&each, &group)) {
		const char *code = ((const Stations__Site *)group.like)->region_code;

		if (text_begins(code, req->region_code) && turn_counts_area(turn, code))
			response->areas[response->n_areas++] =
				services_in(turn, req->programme_year_id, code);
	}
	return turn_done();
}

static const struct query queries[] = {
	{ "GetOverview", .answer = get_overview, .callers = BY_WHOLE_AREA },
	{ "GetPrefectureOverview", .answer = get_prefecture_overview, .callers = BY_PARTS },
	{ "GetProgrammes", .answer = get_programmes, .callers = BY_WHOLE_AREA },
	{ "GetServices", .answer = get_services, .callers = BY_PARTS },
	{ "GetCompleteness", .answer = get_completeness, .callers = BY_PARTS },
	{ 0 },
};

const struct aggregate overview = { NULL, NULL, queries };
