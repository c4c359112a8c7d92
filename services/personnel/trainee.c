/* A trainee: a local person whom a project trains, so that the work goes on when its professionals
 * have left.
 *
 *     NOMINATED -> APPROVED -> IN_TRAINING -> COMPLETED
 *     any of the first three -> DROPPED
 *
 * Anybody may be nominated at any time; who is approved is part of what is agreed.  Approving ends
 * with the agreement, and then an approved change alone brings in another one.  Who drops out has
 * dropped out, agreement or not: that is a fact, and it frees no place. */
#include "personnel/personnel.h"

#include "base/text.h"
#include "personnel/follow.h"

static const Personnel__TraineeState NOMINATED = PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_NOMINATED;
static const Personnel__TraineeState APPROVED = PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_APPROVED;
static const Personnel__TraineeState IN_TRAINING =
	PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_IN_TRAINING;
static const Personnel__TraineeState COMPLETED = PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_COMPLETED;
static const Personnel__TraineeState DROPPED = PERSONNEL__TRAINEE_STATE__TRAINEE_STATE_DROPPED;

const struct table trainees = {
	.name = "trainees",
	.record = &personnel__trainee__descriptor,
	.id = "trainee_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY,
	.indexes = { "programme_year_id,identity_hash", "project_id,state", "agency_id",
		     "region_code" },
	.tallies = { "project_id,state", "programme_year_id,state" },
};

const Personnel__Trainee *trainee_of_year(struct turn *turn, const char *programme_year_id,
					  const char *identity_hash)
{
	struct each each = turn_each(turn, &trainees, "programme_year_id,identity_hash",
				     &(Personnel__Trainee){ .programme_year_id = programme_year_id,
							    .identity_hash = identity_hash });

	for (const Personnel__Trainee *one; (one = each_next(&each));) {
		if (one->state != DROPPED)
			return one;
	}
	return NULL;
}

bool person_is_trainee(struct turn *turn, const char *programme_year_id, const char *person_id)
{
	const Personnel__Person *who = turn_find(turn, &people, person_id);

	return who && trainee_of_year(turn, programme_year_id, who->identity_hash);
}

/* True where the human being is sent in the year, or kept free to be sent. */
static bool is_selected(struct turn *turn, const char *programme_year_id, const char *identity_hash)
{
	const Personnel__Person *who =
		turn_by(turn, &people, "identity_hash",
			&(Personnel__Person){ .identity_hash = identity_hash });

	return who && (selected_in_year(turn, programme_year_id, who->person_id) ||
		       person_held(turn, who->person_id));
}

static int greatest_age(const Stations__ProgrammeYear *year)
{
	return year->rules->trainees ? year->rules->trainees->max_age : 0;
}

static struct verdict nominate_trainee(struct turn *turn, const void *command)
{
	const Personnel__NominateTraineeRequest *cmd = command;
	const Stations__Project *trains = turn_find(turn, &projects, cmd->project_id);
	bool numbered = !text_empty(cmd->identity_number);
	/* NULL: a number that is new here. */
	const char *hash =
		numbered ? turn_pseudonym(turn, cmd->identity_number) : cmd->identity_hash;

	if (!trains || !turn_may_act(turn, trains->region_code, trains->agency_id))
		return REFUSE(PROJECT_UNKNOWN, cmd->project_id);
	if (turn_find(turn, &trainees, cmd->trainee_id))
		return REFUSE(TRAINEE_EXISTS, cmd->trainee_id);
	if (numbered ? !text_empty(cmd->identity_hash) : !person_is_hash(cmd->identity_hash))
		return turn_invalid("identity_hash");

	const Stations__ProgrammeYear *year =
		turn_find(turn, &programme_years, trains->programme_year_id);
	int max_age = greatest_age(year);

	if (max_age && (cmd->birth_year <= 0 || cmd->birth_year > year->year))
		return turn_invalid("birth_year");
	if (max_age && year->year - cmd->birth_year > max_age)
		return REFUSE(TRAINEE_TOO_OLD, cmd->trainee_id);
	if (hash && trainee_of_year(turn, trains->programme_year_id, hash))
		return REFUSE(TRAINEE_NAMED_TWICE, cmd->trainee_id);
	if (hash && is_selected(turn, trains->programme_year_id, hash))
		return REFUSE(TRAINEE_IS_SELECTED, cmd->trainee_id);

	Personnel__Trainee new = PERSONNEL__TRAINEE__INIT;
	new.trainee_id = cmd->trainee_id;
	new.programme_year_id = trains->programme_year_id;
	new.project_id = cmd->project_id;
	new.site_id = trains->site_id;
	new.region_code = trains->region_code;
	new.agency_id = trains->agency_id;
	new.work_name = cmd->work_name;
	if (max_age)
		new.birth_year = cmd->birth_year;
	new.identity_hash = hash ? hash : personal_pseudonym(turn, cmd->identity_number);
	new.state = NOMINATED;
	new.synthetic = cmd->synthetic;
	new.nominated_on = turn_today_text(turn);

	Personnel__TraineeNominated nominated = PERSONNEL__TRAINEE_NOMINATED__INIT;
	nominated.trainee = &new;
	return turn_accept(turn, &nominated.base);
}

static struct verdict approve_trainee(struct turn *turn, const void *command)
{
	const Personnel__ApproveTraineeRequest *cmd = command;
	const Personnel__Trainee *found = turn_find(turn, &trainees, cmd->trainee_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->trainee_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->trainee_id);
	if (found->state != NOMINATED)
		return REFUSE(TRAINEE_NOT_NOMINATED, cmd->trainee_id);

	const Stations__Project *trains = turn_find(turn, &projects, found->project_id);

	/* RULE B26: "Once agreed, a project's plan, content, budget, people and trainees stay as
	 * they are." */
	if (trains->baseline_version > 0)
		return REFUSE(TRAINEES_AGREED, found->project_id);

	Personnel__Trainee next = *found;
	next.state = APPROVED;
	next.approved_on = cmd->approved_on;
	next.approved_by = turn_actor(turn)->person_id;

	Personnel__TraineeApproved approved = PERSONNEL__TRAINEE_APPROVED__INIT;
	approved.trainee = &next;
	return turn_accept(turn, &approved.base);
}

static bool on_closed_roll(struct turn *turn, const char *trainee_id)
{
	return turn_by(turn, &trainee_days, "trainee_id",
		       &(Personnel__TraineeDays){ .trainee_id = trainee_id });
}

static struct verdict complete_trainee(struct turn *turn, const void *command)
{
	const Personnel__CompleteTraineeRequest *cmd = command;
	const Personnel__Trainee *found = turn_find(turn, &trainees, cmd->trainee_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->trainee_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->trainee_id);
	if (found->state != IN_TRAINING)
		return REFUSE(TRAINEE_NOT_IN_TRAINING, cmd->trainee_id);
	if (!on_closed_roll(turn, cmd->trainee_id))
		return REFUSE(TRAINEE_ON_NO_ROLL, cmd->trainee_id);

	Personnel__Trainee next = *found;
	next.state = COMPLETED;
	next.completed_on = cmd->completed_on;

	Personnel__TraineeCompleted completed = PERSONNEL__TRAINEE_COMPLETED__INIT;
	completed.trainee = &next;
	return turn_accept(turn, &completed.base);
}

static struct verdict drop_trainee(struct turn *turn, const void *command)
{
	const Personnel__DropTraineeRequest *cmd = command;
	const Personnel__Trainee *found = turn_find(turn, &trainees, cmd->trainee_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->trainee_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->trainee_id);
	if (found->state == COMPLETED || found->state == DROPPED)
		return REFUSE(TRAINEE_ENDED, cmd->trainee_id);
	if (trainee_held(turn, cmd->trainee_id))
		return REFUSE(PERSON_HELD, cmd->trainee_id);

	Personnel__Trainee next = *found;
	next.state = DROPPED;
	next.dropped_on = cmd->dropped_on;
	next.reason = cmd->reason;

	Personnel__TraineeDropped dropped = PERSONNEL__TRAINEE_DROPPED__INIT;
	dropped.trainee = &next;
	return turn_accept(turn, &dropped.base);
}

enum { LOCAL = BY_PREFECTURE | BY_COUNTY | BY_AGENCY };

static const struct command commands[] = {
	{ "NominateTrainee", nominate_trainee, LOCAL, "trainee_id project_id work_name" },
	{ "ApproveTrainee", approve_trainee, BY_PROVINCE, "trainee_id approved_on" },
	{ "CompleteTrainee", complete_trainee, LOCAL, "trainee_id completed_on" },
	{ "DropTrainee", drop_trainee, LOCAL | BY_PROVINCE, "trainee_id dropped_on reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetTrainee", GET(trainees) },
	{ "ListTrainees", LIST(trainees) },
	{ 0 },
};

static const struct table *const tables[] = { &trainees, NULL };

const struct aggregate trainee = { tables, commands, queries };
