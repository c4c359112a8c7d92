/* Attendance: what a person in post did on each day, one sheet for each month. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "personnel/follow.h"

#define KIND(kind) PERSONNEL__ATTENDANCE_KIND__ATTENDANCE_KIND_##kind

enum { MONTH_LENGTH = 7, DAYS_MAX = 31 };

const struct table attendance_sheets = {
	.name = "attendance_sheets",
	.record = &personnel__attendance_sheet__descriptor,
	.id = "sheet_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | NOT_FROM_BELOW,
	.indexes = { "posting_id,period", "programme_year_id,period", "person_id", "site_id",
		     "agency_id", "region_code" },
	.tallies = { "programme_year_id,period" },
};

static bool same_month(const char *a, const char *b)
{
	return strncmp(a, b, MONTH_LENGTH) == 0;
}

static Personnel__AttendanceDay *day_of(const Personnel__AttendanceSheet *sheet, const char *day_on)
{
	for (size_t i = 0; i < sheet->n_days; i++) {
		if (text_same(sheet->days[i]->day_on, day_on))
			return sheet->days[i];
	}
	return NULL;
}

static const Personnel__AttendanceSheet *sheet_of(struct turn *turn, const char *posting_id,
						  const char *day_on)
{
	return turn_by(turn, &attendance_sheets, "posting_id,period",
		       &(Personnel__AttendanceSheet){
			       .posting_id = posting_id,
			       .period = turn_text(turn, "%.*s", MONTH_LENGTH, day_on) });
}

static void count_days(Personnel__AttendanceSheet *sheet)
{
	sheet->present = sheet->leave = sheet->absent = 0;
	for (size_t i = 0; i < sheet->n_days; i++) {
		sheet->present += sheet->days[i]->kind == KIND(PRESENT);
		sheet->leave += sheet->days[i]->kind == KIND(LEAVE);
		sheet->absent += sheet->days[i]->kind == KIND(ABSENT);
	}
}

/* The sheet as it is known, or a new one, with room for a month's days. */
static Personnel__AttendanceSheet *sheet_now(struct turn *turn, const Stations__Posting *in,
					     const Personnel__AttendanceSheet *known,
					     const char *day_on)
{
	Personnel__AttendanceSheet *now = turn_take(turn, sizeof(*now));
	Personnel__AttendanceDay **days = turn_take(turn, DAYS_MAX * sizeof(days[0]));

	personnel__attendance_sheet__init(now);
	if (known) {
		*now = *known;
		memcpy(days, known->days, known->n_days * sizeof(days[0]));
	} else {
		const char *period = turn_text(turn, "%.*s", MONTH_LENGTH, day_on);
		const char *id = turn_text(turn, "%s:%s", in->posting_id, period);

		now->sheet_id = turn_id(turn, id, turn_find(turn, &attendance_sheets, id));
		now->posting_id = in->posting_id;
		now->person_id = in->person_id;
		now->programme_year_id = in->programme_year_id;
		now->site_id = in->site_id;
		now->region_code = in->region_code;
		now->agency_id = in->agency_id;
		now->period = period;
	}
	now->days = days;
	return now;
}

static struct verdict record_attendance(struct turn *turn, const void *command)
{
	const Personnel__RecordAttendanceRequest *cmd = command;
	const Stations__Posting *in = turn_find(turn, &postings, cmd->posting_id);
	const char *first = cmd->days[0]->day_on;

	if (!in || !turn_may_act(turn, in->region_code, in->agency_id))
		return turn_not_found(cmd->posting_id);

	const Personnel__AttendanceSheet *known = sheet_of(turn, cmd->posting_id, first);
	Personnel__AttendanceSheet *next = sheet_now(turn, in, known, first);

	for (size_t i = 0; i < cmd->n_days; i++) {
		Personnel__AttendanceDay *day = cmd->days[i];

		if (text_empty(day->day_on) || !same_month(day->day_on, first))
			return turn_invalid("day_on");
		if (!day->kind)
			return turn_invalid("kind");
		if (!posting_holds_on(in, day->day_on))
			return REFUSE(OUTSIDE_POSTING, day->day_on);
		if (day_of(next, day->day_on))
			return REFUSE(ATTENDANCE_DAY_TWICE, day->day_on);
		next->days[next->n_days++] = day;
	}
	count_days(next);

	Personnel__AttendanceRecorded recorded = PERSONNEL__ATTENDANCE_RECORDED__INIT;
	recorded.sheet = next;
	return turn_accept(turn, &recorded.base);
}

static struct verdict correct_attendance(struct turn *turn, const void *command)
{
	const Personnel__CorrectAttendanceRequest *cmd = command;
	const Stations__Posting *in = turn_find(turn, &postings, cmd->posting_id);
	const Personnel__AttendanceSheet *found = sheet_of(turn, cmd->posting_id, cmd->day_on);
	const Personnel__AttendanceDay *wrong = found ? day_of(found, cmd->day_on) : NULL;

	if (!in || !turn_may_act(turn, in->region_code, in->agency_id))
		return turn_not_found(cmd->posting_id);
	if (!wrong)
		return turn_not_found(cmd->day_on);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(found->sheet_id);

	Personnel__AttendanceSheet *next = sheet_now(turn, in, found, cmd->day_on);
	Personnel__AttendanceDay right = *wrong;

	right.kind = cmd->kind;
	for (size_t i = 0; i < next->n_days; i++) {
		if (next->days[i] == wrong)
			next->days[i] = &right;
	}
	next->reason = cmd->reason;
	count_days(next);

	Personnel__AttendanceCorrected corrected = PERSONNEL__ATTENDANCE_CORRECTED__INIT;
	corrected.sheet = next;
	return turn_accept(turn, &corrected.base);
}

enum { KEPT_BY = BY_PREFECTURE | BY_COUNTY | BY_TOWN | BY_AGENCY };

static const struct command commands[] = {
	{ "RecordAttendance", record_attendance, KEPT_BY, "posting_id days" },
	{ "CorrectAttendance", correct_attendance, KEPT_BY, "posting_id day_on kind reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "ListAttendanceSheets", LIST(attendance_sheets) },
	{ 0 },
};

static const struct table *const tables[] = { &attendance_sheets, NULL };

const struct aggregate attendance = { tables, commands, queries };
