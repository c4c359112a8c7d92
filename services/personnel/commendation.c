/* A commendation: praise of a project's agency, or of one of its people, for a final result. */
#include "personnel/personnel.h"

#include "base/day.h"
#include "base/text.h"
#include "personnel/follow.h"

static const struct table commendations = {
	.name = "commendations",
	.record = &personnel__commendation__descriptor,
	.id = "commendation_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.indexes = { "evaluation_id,person_id", "programme_year_id", "agency_id", "person_id",
		     "region_code" },
};

static struct verdict commend(struct turn *turn, const void *command)
{
	const Personnel__CommendRequest *cmd = command;
	const Supervision__Evaluation *result = evaluation_final(turn, cmd->evaluation_id);

	if (turn_find(turn, &commendations, cmd->commendation_id))
		return REFUSE(COMMENDATION_EXISTS, cmd->commendation_id);
	/* RULE B30: "A commendation cites a final result of the same year." */
	if (!result || !turn_covers(turn, result->region_code))
		return REFUSE(RESULT_NOT_FINAL, cmd->evaluation_id);
	/* RULE B30: "A commendation cites a final result of the same year." */
	if (!text_same(result->programme_year_id, cmd->programme_year_id))
		return REFUSE(RESULT_OF_OTHER_YEAR, cmd->evaluation_id);
	if (day_text_before(cmd->commended_on, result->final_on))
		return turn_invalid("commended_on");
	if (!text_empty(cmd->person_id) &&
	    !posting_in_project(turn, result->project_id, cmd->person_id))
		return REFUSE(NOT_OF_PROJECT, cmd->person_id);

	const Personnel__Commendation *other =
		turn_by(turn, &commendations, "evaluation_id,person_id",
			&(Personnel__Commendation){ .evaluation_id = cmd->evaluation_id,
						    .person_id = cmd->person_id });

	if (other)
		return REFUSE(COMMENDATION_EXISTS, other->commendation_id);

	Personnel__Commendation new = PERSONNEL__COMMENDATION__INIT;
	new.commendation_id = cmd->commendation_id;
	new.programme_year_id = cmd->programme_year_id;
	new.evaluation_id = cmd->evaluation_id;
	new.grade = result->grade;
	new.evaluation_version = result->version;
	new.project_id = result->project_id;
	new.region_code = result->region_code;
	new.agency_id = result->agency_id;
	new.person_id = cmd->person_id;
	new.title = cmd->title;
	new.document_no = cmd->document_no;
	new.commended_on = cmd->commended_on;
	new.recorded_by = turn_actor(turn)->person_id;

	Personnel__Commended commended = PERSONNEL__COMMENDED__INIT;
	commended.commendation = &new;
	return turn_accept(turn, &commended.base);
}

static const struct command commands[] = {
	{ "Commend", commend, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY,
	  "commendation_id programme_year_id evaluation_id title document_no commended_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "ListCommendations", LIST(commendations) },
	{ 0 },
};

static const struct table *const tables[] = { &commendations, NULL };

const struct aggregate commendation = { tables, commands, queries };
