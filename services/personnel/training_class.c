/* A training class, and who attends it.
 *
 *     PLANNED -> OPEN -> ROLL_CLOSED (for ever) -> REPORTED
 *
 * While the class is open each trainee's days are records of their own, so that a trainee's days
 * are found across classes.  Closing the roll adds them up, one row for each trainee: what training
 * costs is claimed from these rows, and they never change. */
#include "personnel/personnel.h"

#include "base/day.h"
#include "base/text.h"
#include "personnel/follow.h"

static const Personnel__TrainingClassState PLANNED =
	PERSONNEL__TRAINING_CLASS_STATE__TRAINING_CLASS_STATE_PLANNED;
static const Personnel__TrainingClassState OPEN =
	PERSONNEL__TRAINING_CLASS_STATE__TRAINING_CLASS_STATE_OPEN;
static const Personnel__TrainingClassState ROLL_CLOSED =
	PERSONNEL__TRAINING_CLASS_STATE__TRAINING_CLASS_STATE_ROLL_CLOSED;
static const Personnel__TrainingClassState REPORTED =
	PERSONNEL__TRAINING_CLASS_STATE__TRAINING_CLASS_STATE_REPORTED;
static const Personnel__TrainingDayState ATTENDED =
	PERSONNEL__TRAINING_DAY_STATE__TRAINING_DAY_STATE_ATTENDED;
static const Personnel__TrainingDayState STRUCK =
	PERSONNEL__TRAINING_DAY_STATE__TRAINING_DAY_STATE_STRUCK;
static const Personnel__TraineeState APPROVED = PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_APPROVED;
static const Personnel__TraineeState IN_TRAINING =
	PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_IN_TRAINING;

/* So that a day with all its trainees stays well below the size of a message. */
enum { ATTENDING_MAX = 500 };

static const struct table training_classes = {
	.name = "training_classes",
	.record = &personnel__training_class__descriptor,
	.id = "class_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "programme_year_id,state", "region_code" },
};

static const struct table training_days = {
	.name = "training_days",
	.record = &personnel__training_day__descriptor,
	.id = "training_day_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "trainee_id,attended_on", "class_id" },
	.tallies = { "class_id,state,trainee_id" },
};

const struct table trainee_days = {
	.name = "trainee_days",
	.record = &personnel__trainee_days__descriptor,
	.id = "trainee_days_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "class_id", "trainee_id", "project_id" },
	.tallies = { "programme_year_id:days", "project_id:days" },
};

static struct verdict plan_training_class(struct turn *turn, const void *command)
{
	const Personnel__PlanTrainingClassRequest *cmd = command;
	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, cmd->programme_year_id);

	if (!year)
		return REFUSE(YEAR_UNKNOWN, cmd->programme_year_id);
	if (!text_begins(cmd->region_code, year->region_code) ||
	    !turn_may_act(turn, cmd->region_code, cmd->agency_id))
		return turn_not_found(cmd->region_code);
	if (!text_empty(cmd->agency_id) && !turn_find(turn, &agencies, cmd->agency_id))
		return REFUSE(AGENCY_UNKNOWN, cmd->agency_id);
	if (turn_find(turn, &training_classes, cmd->class_id))
		return REFUSE(CLASS_EXISTS, cmd->class_id);
	if (day_text_before(cmd->ends_until, cmd->begins_from))
		return REFUSE(CLASS_DATES_REVERSED, cmd->class_id);

	Personnel__TrainingClass new = PERSONNEL__TRAINING_CLASS__INIT;
	new.class_id = cmd->class_id;
	new.programme_year_id = cmd->programme_year_id;
	new.region_code = cmd->region_code;
	new.agency_id = cmd->agency_id;
	new.name_zh = cmd->name_zh;
	new.name_en = cmd->name_en;
	new.begins_from = cmd->begins_from;
	new.ends_until = cmd->ends_until;
	new.state = PLANNED;

	Personnel__TrainingClassPlanned planned = PERSONNEL__TRAINING_CLASS_PLANNED__INIT;
	planned.training_class = &new;
	return turn_accept(turn, &planned.base);
}

static struct verdict open_training_class(struct turn *turn, const void *command)
{
	const Personnel__OpenTrainingClassRequest *cmd = command;
	const Personnel__TrainingClass *found = turn_find(turn, &training_classes, cmd->class_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->class_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->class_id);
	if (found->state != PLANNED)
		return REFUSE(CLASS_NOT_PLANNED, cmd->class_id);

	Personnel__TrainingClass next = *found;
	next.state = OPEN;
	next.opened_on = turn_today_text(turn);

	Personnel__TrainingClassOpened opened = PERSONNEL__TRAINING_CLASS_OPENED__INIT;
	opened.training_class = &next;
	return turn_accept(turn, &opened.base);
}

/* --- Attendance ------------------------------------------------------------------------------- */

/* True where the trainee is one whom this class may train: of its year and area, and of its agency
 * where an agency holds it. */
static bool belongs(const Personnel__TrainingClass *held, const Personnel__Trainee *who)
{
	return text_same(who->programme_year_id, held->programme_year_id) &&
	       text_begins(who->region_code, held->region_code) &&
	       (text_empty(held->agency_id) || text_same(who->agency_id, held->agency_id));
}

/* What is recorded of the trainee's day: an attended one of any class, else a struck one of this
 * class, else NULL. */
static const Personnel__TrainingDay *known_day(struct turn *turn, const char *class_id,
					       const char *trainee_id, const char *attended_on)
{
	struct each each = turn_each(
		turn, &training_days, "trainee_id,attended_on",
		&(Personnel__TrainingDay){ .trainee_id = trainee_id, .attended_on = attended_on });
	const Personnel__TrainingDay *struck = NULL;

	for (const Personnel__TrainingDay *day; (day = each_next(&each));) {
		if (day->state == ATTENDED)
			return day;
		if (text_same(day->class_id, class_id))
			struck = day;
	}
	return struck;
}

/* The day as it is recorded now, in *day, or why it cannot be. */
static struct verdict attend(struct turn *turn, const Personnel__TrainingClass *held,
			     const Personnel__Trainee *who, const char *attended_on,
			     Personnel__TrainingDay **day)
{
	const Personnel__TrainingDay *known =
		known_day(turn, held->class_id, who->trainee_id, attended_on);
	Personnel__TrainingDay *now = turn_take(turn, sizeof(*now));

	/* RULE B12: "each day that an approved trainee attended" */
	if (who->state != APPROVED && who->state != IN_TRAINING)
		return REFUSE(TRAINEE_NOT_APPROVED, who->trainee_id);
	/* RULE B12: "No day counts twice." */
	if (known && known->state == ATTENDED)
		return REFUSE(TRAINING_DAY_TWICE, who->trainee_id);

	personnel__training_day__init(now);
	if (known) {
		*now = *known;
	} else {
		const char *id =
			turn_text(turn, "%s:%s:%s", held->class_id, who->trainee_id, attended_on);

		now->training_day_id = turn_id(turn, id, turn_find(turn, &training_days, id));
		now->class_id = held->class_id;
		now->trainee_id = who->trainee_id;
		now->attended_on = attended_on;
		now->region_code = who->region_code;
		now->agency_id = who->agency_id;
	}
	now->state = ATTENDED;
	now->recorded_by = turn_actor(turn)->person_id;
	*day = now;
	return turn_done();
}

static struct verdict record_training_day(struct turn *turn, const void *command)
{
	const Personnel__RecordTrainingDayRequest *cmd = command;
	const Personnel__TrainingClass *held = turn_find(turn, &training_classes, cmd->class_id);

	if (!held || !turn_may_act(turn, held->region_code, held->agency_id))
		return turn_not_found(cmd->class_id);
	if (held->state == PLANNED)
		return REFUSE(CLASS_NOT_OPEN, cmd->class_id);
	if (held->state != OPEN)
		return REFUSE(CLASS_ROLL_CLOSED, cmd->class_id);
	if (day_text_before(cmd->attended_on, held->begins_from) ||
	    day_text_before(held->ends_until, cmd->attended_on))
		return REFUSE(DAY_OUTSIDE_CLASS, cmd->attended_on);
	if (cmd->n_trainee_ids > ATTENDING_MAX)
		return turn_invalid("trainee_ids");

	Personnel__TrainingDayRecorded recorded = PERSONNEL__TRAINING_DAY_RECORDED__INIT;
	recorded.days = turn_take(turn, cmd->n_trainee_ids * sizeof(recorded.days[0]));
	recorded.trainees = turn_take(turn, cmd->n_trainee_ids * sizeof(recorded.trainees[0]));
	for (size_t i = 0; i < cmd->n_trainee_ids; i++) {
		const Personnel__Trainee *who = turn_find(turn, &trainees, cmd->trainee_ids[i]);

		if (!who || !belongs(held, who))
			return REFUSE(TRAINEE_UNKNOWN, cmd->trainee_ids[i]);
		if (text_among(cmd->trainee_ids[i], (const char *const *)cmd->trainee_ids, i))
			return REFUSE(TRAINING_DAY_TWICE, cmd->trainee_ids[i]);

		struct verdict verdict =
			attend(turn, held, who, cmd->attended_on, &recorded.days[recorded.n_days]);

		if (verdict.refusal)
			return verdict;
		recorded.n_days++;
		if (who->state == APPROVED) {
			Personnel__Trainee *begins = turn_take(turn, sizeof(*begins));

			*begins = *who;
			begins->state = IN_TRAINING;
			recorded.trainees[recorded.n_trainees++] = begins;
		}
	}
	return turn_accept(turn, &recorded.base);
}

static struct verdict strike_training_day(struct turn *turn, const void *command)
{
	const Personnel__StrikeTrainingDayRequest *cmd = command;
	const Personnel__TrainingDay *found = turn_find(turn, &training_days, cmd->training_day_id);
	const Personnel__TrainingClass *held =
		found ? turn_find(turn, &training_classes, found->class_id) : NULL;

	if (!held || !turn_may_act(turn, held->region_code, held->agency_id))
		return turn_not_found(cmd->training_day_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->training_day_id);
	if (held->state != OPEN)
		return REFUSE(CLASS_ROLL_CLOSED, found->class_id);
	if (found->state == STRUCK)
		return REFUSE(TRAINING_DAY_STRUCK, cmd->training_day_id);

	Personnel__TrainingDay next = *found;
	next.state = STRUCK;
	next.reason = cmd->reason;

	Personnel__TrainingDayStruck struck = PERSONNEL__TRAINING_DAY_STRUCK__INIT;
	struck.day = &next;
	return turn_accept(turn, &struck.base);
}

/* --- The roll --------------------------------------------------------------------------------- */

/* One row for each trainee who attended, and their sums in the class. */
static void add_up(struct turn *turn, Personnel__TrainingClass *held, Personnel__RollClosed *closed)
{
	Personnel__TrainingDay like = { .class_id = held->class_id, .state = ATTENDED };
	struct each count =
		turn_groups(turn, &training_days, "class_id,state,trainee_id", &like, 2);
	struct each each = count;

	for (struct group group; group_next(&count, &group);)
		held->trainees++;
	closed->days = turn_take(turn, (size_t)held->trainees * sizeof(closed->days[0]));
	for (struct group group; group_next(&each, &group);) {
		const Personnel__TrainingDay *attended = group.like;
		const Personnel__Trainee *who = turn_find(turn, &trainees, attended->trainee_id);
		const char *id = turn_text(turn, "%s:%s", held->class_id, who->trainee_id);
		Personnel__TraineeDays *row = turn_take(turn, sizeof(*row));

		personnel__trainee_days__init(row);
		row->trainee_days_id = turn_id(turn, id, turn_find(turn, &trainee_days, id));
		row->class_id = held->class_id;
		row->trainee_id = who->trainee_id;
		row->project_id = who->project_id;
		row->programme_year_id = who->programme_year_id;
		row->site_id = who->site_id;
		row->region_code = who->region_code;
		row->agency_id = who->agency_id;
		row->days = (int32_t)group.count;
		held->trainee_days += row->days;
		closed->days[closed->n_days++] = row;
	}
}

static struct verdict close_roll(struct turn *turn, const void *command)
{
	const Personnel__CloseRollRequest *cmd = command;
	const Personnel__TrainingClass *found = turn_find(turn, &training_classes, cmd->class_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->class_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->class_id);
	if (found->state == ROLL_CLOSED || found->state == REPORTED)
		return REFUSE(CLASS_ROLL_CLOSED, cmd->class_id);

	Personnel__TrainingClass next = *found;
	Personnel__RollClosed closed = PERSONNEL__ROLL_CLOSED__INIT;

	next.state = ROLL_CLOSED;
	next.closed_on = cmd->closed_on;
	next.closed_by = turn_actor(turn)->person_id;
	add_up(turn, &next, &closed);
	if (closed.n_days == 0)
		return REFUSE(NOBODY_ATTENDED, cmd->class_id);
	closed.training_class = &next;
	return turn_accept(turn, &closed.base);
}

static struct verdict report_training_class(struct turn *turn, const void *command)
{
	const Personnel__ReportTrainingClassRequest *cmd = command;
	const Personnel__TrainingClass *found = turn_find(turn, &training_classes, cmd->class_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->class_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->class_id);
	if (found->state != ROLL_CLOSED)
		return REFUSE(CLASS_ROLL_NOT_CLOSED, cmd->class_id);

	Personnel__TrainingClass next = *found;
	next.state = REPORTED;
	next.reported_on = cmd->reported_on;
	next.report = cmd->report;

	Personnel__TrainingClassReported reported = PERSONNEL__TRAINING_CLASS_REPORTED__INIT;
	reported.training_class = &next;
	return turn_accept(turn, &reported.base);
}

enum { HELD_BY = BY_PROVINCE | BY_PREFECTURE | BY_COUNTY | BY_AGENCY };

static const struct command commands[] = {
	{ "PlanTrainingClass", plan_training_class, HELD_BY,
	  "class_id programme_year_id region_code name_zh begins_from ends_until" },
	{ "OpenTrainingClass", open_training_class, HELD_BY, "class_id" },
	{ "RecordTrainingDay", record_training_day, HELD_BY, "class_id attended_on trainee_ids" },
	{ "StrikeTrainingDay", strike_training_day, HELD_BY, "training_day_id reason" },
	{ "CloseRoll", close_roll, HELD_BY, "class_id closed_on" },
	{ "ReportTrainingClass", report_training_class, HELD_BY, "class_id reported_on report" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetTrainingClass", GET(training_classes) },
	{ "ListTrainingClasses", LIST(training_classes) },
	{ "ListTrainingDays", LIST(training_days) },
	{ "ListTraineeDays", LIST(trainee_days) },
	{ 0 },
};

static const struct table *const tables[] = { &training_classes, &training_days, &trainee_days,
					      NULL };

const struct aggregate training_class = { tables, commands, queries };
