/* A call for attention to an obligation: its date is near, or it has passed.  Each is raised once.
 *
 *     RAISED --(somebody knows)--> ACKNOWLEDGED
 *        \                             |
 *         `--(no more cause)-----------+--> CLEARED
 */
#include "reporting.h"

#include "base/text.h"

#define RAISED	     REPORTING__ALERT_STATE__ALERT_STATE_RAISED
#define ACKNOWLEDGED REPORTING__ALERT_STATE__ALERT_STATE_ACKNOWLEDGED
#define CLEARED	     REPORTING__ALERT_STATE__ALERT_STATE_CLEARED

const struct table alerts = {
	.name = "alerts",
	.record = &reporting__alert__descriptor,
	.id = "alert_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | BY_DASHBOARD,
	.indexes = { "programme_year_id,state,kind", "project_id", "agency_id,state",
		     "state,region_code", "region_code", "subject_id" },
	.tallies = { "programme_year_id,obligation_kind,kind,state",
		     "programme_year_id,region_code[4],kind,state",
		     "programme_year_id,state,kind,raised_on",
		     "programme_year_id,region_code[4],state,kind,raised_on",
		     "programme_year_id,region_code[6],state,kind,raised_on",
		     "site_id,state,kind,raised_on",
		     "programme_year_id,agency_id,state,kind,raised_on" },
};

static const char *id_of(struct turn *turn, const Reporting__Obligation *due,
			 Reporting__AlertKind kind)
{
	bool near = kind == REPORTING__ALERT_KIND__ALERT_KIND_UPCOMING;

	return turn_id(turn,
		       turn_text(turn, "%s:%s", near ? "upcoming" : "overdue", due->obligation_id),
		       false);
}

Reporting__Alert *alert_raised(struct turn *turn, const Reporting__Obligation *due,
			       Reporting__AlertKind kind, const char *date)
{
	Reporting__Alert *raised = turn_take(turn, sizeof(*raised));

	reporting__alert__init(raised);
	raised->alert_id = id_of(turn, due, kind);
	raised->kind = kind;
	raised->state = RAISED;
	raised->obligation_id = due->obligation_id;
	raised->obligation_kind = due->kind;
	raised->programme_year_id = due->programme_year_id;
	raised->region_code = due->region_code;
	raised->site_id = due->site_id;
	raised->project_id = due->project_id;
	raised->subject_id = due->subject_id;
	raised->agency_id = due->agency_id;
	raised->period = due->period;
	raised->due_by = due->due_by;
	raised->raised_on = date;
	return raised;
}

Reporting__Alert *alert_cleared(struct turn *turn, const Reporting__Obligation *due,
				Reporting__AlertKind kind, const char *date)
{
	const Reporting__Alert *found = turn_find(turn, &alerts, id_of(turn, due, kind));
	Reporting__Alert *cleared;

	if (!found || found->state == CLEARED)
		return NULL;
	cleared = turn_take(turn, sizeof(*cleared));
	*cleared = *found;
	cleared->state = CLEARED;
	cleared->cleared_on = date;
	return cleared;
}

static struct verdict acknowledge_alert(struct turn *turn, const void *command)
{
	const Reporting__AcknowledgeAlertRequest *cmd = command;
	const Reporting__Alert *found = turn_find(turn, &alerts, cmd->alert_id);

	if (!found || !turn_sees(turn, &alerts, found))
		return turn_not_found(cmd->alert_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->alert_id);
	if (found->state == CLEARED)
		return REFUSE(ALERT_CLEARED, cmd->alert_id);
	if (found->state == ACKNOWLEDGED)
		return REFUSE(ALERT_ACKNOWLEDGED, cmd->alert_id);

	Reporting__Alert next = *found;
	Reporting__AlertAcknowledged acknowledged = REPORTING__ALERT_ACKNOWLEDGED__INIT;

	next.state = ACKNOWLEDGED;
	next.acknowledged_on = turn_today_text(turn);
	next.acknowledged_by_id = turn_actor(turn)->person_id;
	next.note = cmd->note;
	acknowledged.alert = &next;
	return turn_accept(turn, &acknowledged.base);
}

enum {
	BY_THOSE_CONCERNED = BY_PROVINCE | BY_PROJECT_OFFICE | BY_REGIONAL_CENTRE | BY_PREFECTURE |
			     BY_COUNTY | BY_TOWN | BY_AGENCY,
};

static const struct command commands[] = {
	{ "AcknowledgeAlert", acknowledge_alert, BY_THOSE_CONCERNED, "alert_id" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetAlert", GET(alerts) },
	{ "ListAlerts", LIST(alerts) },
	{ 0 },
};
static const struct table *const tables[] = { &alerts, NULL };

const struct aggregate alert = { tables, commands, queries };
