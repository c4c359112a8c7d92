/* The assessment of a person in post for a period, and how complete daily management is. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "personnel/follow.h"

static const Stations__PostingState POSTING_ACTIVE = STATIONS__POSTING_STATE__POSTING_STATE_ACTIVE;

static const struct table assessments = {
	.name = "assessments",
	.record = &personnel__assessment__descriptor,
	.id = "assessment_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | NOT_FROM_BELOW,
	.indexes = { "posting_id,period", "programme_year_id,period", "person_id", "agency_id",
		     "region_code" },
	.tallies = { "programme_year_id,period,result" },
};

/* "2022", "2022Q3" or "2022-08". */
static bool is_period(const char *text)
{
	static const char digits[] = "0123456789";
	enum { YEAR = 4, QUARTER = 6, MONTH = 7 };
	size_t len = strlen(text);

	if (strspn(text, digits) != YEAR)
		return false;
	if (len == YEAR)
		return true;
	if (len == QUARTER)
		return text[4] == 'Q' && text[5] >= '1' && text[5] <= '4';
	return len == MONTH && text[4] == '-' && strspn(text + 5, digits) == 2 &&
	       strcmp(text + 5, "01") >= 0 && strcmp(text + 5, "12") <= 0;
}

static struct verdict assess_person(struct turn *turn, const void *command)
{
	const Personnel__AssessPersonRequest *cmd = command;
	const Stations__Posting *in = turn_find(turn, &postings, cmd->posting_id);

	if (!in || !turn_may_act(turn, in->region_code, in->agency_id))
		return turn_not_found(cmd->posting_id);
	if (turn_find(turn, &assessments, cmd->assessment_id))
		return REFUSE(ASSESSMENT_EXISTS, cmd->assessment_id);
	if (!is_period(cmd->period))
		return turn_invalid("period");
	if (text_empty(in->arrived_on) || day_text_before(cmd->assessed_on, in->arrived_on))
		return REFUSE(OUTSIDE_POSTING, cmd->assessed_on);
	if (text_same(turn_actor(turn)->person_id, in->person_id))
		return REFUSE(ASSESSED_BY_SELF, in->person_id);

	const Personnel__Assessment *other = turn_by(
		turn, &assessments, "posting_id,period",
		&(Personnel__Assessment){ .posting_id = cmd->posting_id, .period = cmd->period });

	if (other)
		return REFUSE(ASSESSMENT_EXISTS, other->assessment_id);
	if (!text_empty(cmd->evaluation_id)) {
		const Supervision__Evaluation *result = evaluation_final(turn, cmd->evaluation_id);

		if (!result)
			return REFUSE(RESULT_NOT_FINAL, cmd->evaluation_id);
		if (!text_same(result->project_id, in->project_id))
			return REFUSE(NOT_OF_PROJECT, cmd->posting_id);
	}

	Personnel__Assessment new = PERSONNEL__ASSESSMENT__INIT;
	new.assessment_id = cmd->assessment_id;
	new.posting_id = cmd->posting_id;
	new.person_id = in->person_id;
	new.programme_year_id = in->programme_year_id;
	new.site_id = in->site_id;
	new.region_code = in->region_code;
	new.agency_id = in->agency_id;
	new.period = cmd->period;
	new.result = cmd->result;
	new.note = cmd->note;
	new.assessed_on = cmd->assessed_on;
	new.assessed_by = turn_actor(turn)->person_id;
	new.evaluation_id = cmd->evaluation_id;

	Personnel__PersonAssessed assessed = PERSONNEL__PERSON_ASSESSED__INIT;
	assessed.assessment = &new;
	return turn_accept(turn, &assessed.base);
}

/* RULE B24: "For each person and period there are records of attendance and an assessment." */
static struct verdict get_daily_management(struct turn *turn, const void *request,
					   ProtobufCMessage *response)
{
	const Personnel__GetDailyManagementRequest *asked = request;
	Personnel__GetDailyManagementResponse *figures = (void *)response;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, asked->programme_year_id);
	Stations__Posting in_post = { .programme_year_id = asked->programme_year_id,
				      .state = POSTING_ACTIVE };
	Personnel__AttendanceSheet sheets = { .programme_year_id = asked->programme_year_id,
					      .period = asked->period };
	Personnel__Assessment assessed = { .programme_year_id = asked->programme_year_id,
					   .period = asked->period };
	enum { RESULTS = 4 };

	if (!year || !turn_counts_area(turn, year->region_code))
		return turn_not_found(asked->programme_year_id);
	figures->programme_year_id = asked->programme_year_id;
	figures->period = asked->period;
	figures->in_post =
		(int64_t)turn_count(turn, &postings, "programme_year_id,state", &in_post);
	figures->with_attendance =
		(int64_t)turn_count(turn, &attendance_sheets, "programme_year_id,period", &sheets);
	figures->results = turn_take(turn, RESULTS * sizeof(figures->results[0]));

	struct each each =
		turn_groups(turn, &assessments, "programme_year_id,period,result", &assessed, 2);

	for (struct group group; group_next(&each, &group);) {
		const Personnel__Assessment *of = group.like;
		Personnel__ResultCount *row = turn_take(turn, sizeof(*row));

		personnel__result_count__init(row);
		row->result = of->result;
		row->people = (int64_t)group.count;
		figures->assessed += row->people;
		figures->results[figures->n_results++] = row;
	}
	return turn_done();
}

enum {
	MADE_BY = BY_PREFECTURE | BY_COUNTY | BY_TOWN | BY_AGENCY,
	COUNTED_BY = BY_WHOLE_PROVINCE | BY_DASHBOARD,
};

static const struct command commands[] = {
	{ "AssessPerson", assess_person, MADE_BY,
	  "assessment_id posting_id period result assessed_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "ListAssessments", LIST(assessments) },
	{ "GetDailyManagement", .answer = get_daily_management, .callers = COUNTED_BY },
	{ 0 },
};

static const struct table *const tables[] = { &assessments, NULL };

const struct aggregate assessment = { tables, commands, queries };
