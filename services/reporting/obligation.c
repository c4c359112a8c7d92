/* Something with a date.  It arises from an event, and a fact meets it; both on time and late are
 * judged on the fact's own date, not on the day on which somebody entered it.
 *
 *     DUE --(its date passes)--> MISSED
 *      |                           |
 *      +--(the fact)---------------+--> MET, on time or late
 *      `--(the province, with a reason)--> WAIVED
 *
 * alert_by says when it next needs attention.  The dates on which anything does are groups of a
 * tally in the order of their dates: a day that begins reads those up to itself and no others. */
#include "reporting.h"

#include "base/day.h"
#include "base/text.h"

#define DUE	 REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_DUE
#define MET	 REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_MET
#define MISSED	 REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_MISSED
#define WAIVED	 REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_WAIVED
#define UPCOMING REPORTING__ALERT_KIND__ALERT_KIND_UPCOMING
#define OVERDUE	 REPORTING__ALERT_KIND__ALERT_KIND_OVERDUE

const struct table obligations = {
	.name = "obligations",
	.record = &reporting__obligation__descriptor,
	.id = "obligation_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "state,alert_by", "project_id,kind", "site_id,kind,period",
		     "programme_year_id,state", "agency_id,state", "region_code" },
	.tallies = { "state,alert_by", "programme_year_id,kind,state,late",
		     "programme_year_id,kind,region_code[4],state",
		     "programme_year_id,kind,region_code[4],period,state,late" },
};

static const char *day_text(struct turn *turn, struct day day)
{
	char *text = turn_take(turn, DAY_TEXT_SIZE);

	day_write(day, text);
	return text;
}

bool obligation_open(const Reporting__Obligation *due)
{
	return due->state == DUE || due->state == MISSED;
}

/* Brings an obligation to a date.  What was raised and what gave way to it is appended to list;
 * how many that were. */
static size_t attend(struct turn *turn, Reporting__Obligation *due, const char *date,
		     Reporting__Alert **list)
{
	Reporting__Alert *upcoming;
	struct day last;
	size_t n = 0;

	if (text_empty(due->alert_by) || day_text_before(date, due->alert_by) ||
	    !day_read(&last, due->due_by))
		return 0;
	if (!day_text_before(due->due_by, date)) {
		due->alert_by = day_text(turn, day_plus(last, 1));
		list[n++] = alert_raised(turn, due, UPCOMING, date);
		return n;
	}
	due->state = MISSED;
	due->alert_by = "";
	upcoming = alert_cleared(turn, due, UPCOMING, date);
	if (upcoming)
		list[n++] = upcoming;
	list[n++] = alert_raised(turn, due, OVERDUE, date);
	return n;
}

struct verdict obligation_arise(struct turn *turn, Reporting__Obligation **arisen, size_t n,
				int alert_days_before)
{
	Reporting__ObligationsArisen event = REPORTING__OBLIGATIONS_ARISEN__INIT;

	if (n == 0)
		return turn_done();
	event.obligations = arisen;
	event.n_obligations = n;
	event.alerts = turn_take(turn, 2 * n * sizeof(*event.alerts));
	for (size_t i = 0; i < n; i++) {
		Reporting__Obligation *due = arisen[i];
		struct day last;

		due->state = DUE;
		if (day_read(&last, due->due_by))
			due->alert_by = day_text(turn, day_plus(last, -alert_days_before));
		event.n_alerts +=
			attend(turn, due, turn_today_text(turn), event.alerts + event.n_alerts);
	}
	return turn_accept(turn, &event.base);
}

/* --- The day ----------------------------------------------------------------------------------- */

/* What a turn's memory has room for.  Should more fall due on one date, the rest follows on the
 * next, oldest first. */
enum { ATTENDED_MAX = 1000 };

struct verdict obligation_judge(struct turn *turn, const char *date)
{
	const Reporting__Obligation due = { .state = DUE };
	Reporting__AlertsRaised event = REPORTING__ALERTS_RAISED__INIT;
	struct each dates = turn_groups(turn, &obligations, "state,alert_by", &due, 1);
	struct group group;
	size_t n = 0;

	while (group_next(&dates, &group)) {
		const Reporting__Obligation *like = group.like;

		if (day_text_before(date, like->alert_by))
			break;
		n += group.count;
	}
	if (n == 0)
		return turn_done();
	if (n > ATTENDED_MAX)
		n = ATTENDED_MAX;

	event.obligations = turn_take(turn, n * sizeof(*event.obligations));
	event.alerts = turn_take(turn, 2 * n * sizeof(*event.alerts));
	dates = turn_groups(turn, &obligations, "state,alert_by", &due, 1);
	while (event.n_obligations < n && group_next(&dates, &group)) {
		struct each each = turn_each(turn, &obligations, "state,alert_by", group.like);
		const Reporting__Obligation *found;

		while (event.n_obligations < n && (found = each_next(&each))) {
			Reporting__Obligation *next = turn_take(turn, sizeof(*next));

			*next = *found;
			event.n_alerts += attend(turn, next, date, event.alerts + event.n_alerts);
			event.obligations[event.n_obligations++] = next;
		}
	}
	return turn_accept(turn, &event.base);
}

/* --- Settling ---------------------------------------------------------------------------------- */

static struct settled settle(struct turn *turn, const Reporting__Obligation *found,
			     Reporting__ObligationState state)
{
	static const Reporting__AlertKind kinds[] = { UPCOMING, OVERDUE };
	struct settled settled = { .obligation = turn_take(turn, sizeof(*settled.obligation)) };

	*settled.obligation = *found;
	settled.obligation->state = state;
	settled.obligation->alert_by = "";
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		Reporting__Alert *cleared =
			alert_cleared(turn, found, kinds[i], turn_today_text(turn));

		if (cleared)
			settled.alerts[settled.n_alerts++] = cleared;
	}
	return settled;
}

struct settled obligation_met(struct turn *turn, const Reporting__Obligation *found,
			      const char *met_on, const char *met_by_id)
{
	struct settled settled = settle(turn, found, MET);

	settled.obligation->met_on = met_on;
	settled.obligation->met_by_id = met_by_id;
	settled.obligation->late = day_text_before(found->due_by, met_on);
	return settled;
}

struct verdict obligation_meet(struct turn *turn, const Reporting__Obligation *found,
			       const char *met_on, const char *met_by_id)
{
	Reporting__ObligationMet event = REPORTING__OBLIGATION_MET__INIT;
	struct settled settled;

	if (!found || !obligation_open(found))
		return turn_done();
	settled = obligation_met(turn, found, met_on, met_by_id);
	event.obligation = settled.obligation;
	event.alerts = settled.alerts;
	event.n_alerts = settled.n_alerts;
	return turn_accept(turn, &event.base);
}

static struct verdict waive_obligation(struct turn *turn, const void *command)
{
	const Reporting__WaiveObligationRequest *cmd = command;
	const Reporting__Obligation *found = turn_find(turn, &obligations, cmd->obligation_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->obligation_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->obligation_id);
	if (!obligation_open(found))
		return REFUSE(OBLIGATION_SETTLED, cmd->obligation_id);

	struct settled settled = settle(turn, found, WAIVED);
	Reporting__ObligationWaived event = REPORTING__OBLIGATION_WAIVED__INIT;

	settled.obligation->waive_reason = cmd->reason;
	settled.obligation->waived_by_id = turn_actor(turn)->person_id;
	event.obligation = settled.obligation;
	event.alerts = settled.alerts;
	event.n_alerts = settled.n_alerts;
	return turn_accept(turn, &event.base);
}

static const struct command commands[] = {
	{ "WaiveObligation", waive_obligation, BY_PROVINCE, "obligation_id reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetObligation", GET(obligations) },
	{ "ListObligations", LIST(obligations) },
	{ 0 },
};
static const struct table *const tables[] = { &obligations, NULL };

const struct aggregate obligation = { tables, commands, queries };
