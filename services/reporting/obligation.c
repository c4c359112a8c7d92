/* Something with a date.  It arises from an event, and a fact meets it; both on time and late are
 * judged on the fact's own date, not on the day on which somebody entered it.
 *
 *     DUE --(its date passes)--> MISSED
 *      |                           |
 *      +--(the fact)---------------+--> MET, on time or late
 *      +--(the province, with a reason)--> WAIVED
 *      `--(what gave rise to it is no more)--> VOID
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
#define VOID	 REPORTING__OBLIGATION_STATE__OBLIGATION_STATE_VOID
#define KIND(of) REPORTING__OBLIGATION_KIND__OBLIGATION_KIND_##of
#define UPCOMING REPORTING__ALERT_KIND__ALERT_KIND_UPCOMING
#define OVERDUE	 REPORTING__ALERT_KIND__ALERT_KIND_OVERDUE

const struct table obligations = {
	.name = "obligations",
	.record = &reporting__obligation__descriptor,
	.id = "obligation_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "state,alert_by", "project_id,kind", "site_id,kind,period",
		     "programme_year_id,state", "agency_id,state", "region_code",
		     "subject_id,kind" },
	.tallies = { "state,alert_by", "programme_year_id,kind,state,late",
		     "programme_year_id,kind,region_code[4],state",
		     "programme_year_id,kind,region_code[4],period,state,late",
		     "programme_year_id,region_code[4],kind,state,late",
		     "programme_year_id,region_code[6],kind,state,late", "site_id,kind,state,late",
		     "programme_year_id,agency_id,kind,state,late" },
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

/* The word of a kind in the ids of its obligations. */
static const char *const kind_words[] = {
	[KIND(UNSPECIFIED)] = "",
	[KIND(AGREEMENT)] = "agreement",
	[KIND(ARRIVAL)] = "arrival",
	[KIND(QUARTERLY_REPORT)] = "report",
	[KIND(EVALUATION)] = "evaluation",
	[KIND(MONITORING)] = "monitoring",
	[KIND(FINDING_NOTICE)] = "notice",
	[KIND(FINDING_DISPOSITION)] = "disposition",
	[KIND(FINDING_REPORT)] = "finding-report",
	[KIND(RECTIFICATION)] = "rectification",
	[KIND(CHANGE_DECISION)] = "change",
	[KIND(REGISTRATION)] = "registration",
	[KIND(STAFFING)] = "staffing",
	[KIND(SUPERVISOR)] = "supervisor",
	[KIND(RESERVATION)] = "reservation",
	[KIND(ACKNOWLEDGEMENT)] = "acknowledgement",
	[KIND(PROFESSIONAL_WORK)] = "work",
	[KIND(RECOVERY)] = "recovery",
};

/* "agreement:pr-1", "report:st-1:2022Q3". */
static const char *id_of(struct turn *turn, const Reporting__Obligation *due)
{
	const char *word = kind_words[due->kind];

	return turn_id(turn,
		       text_empty(due->period)
			       ? turn_text(turn, "%s:%s", word, due->subject_id)
			       : turn_text(turn, "%s:%s:%s", word, due->subject_id, due->period),
		       false);
}

struct verdict obligation_arise(struct turn *turn, Reporting__Obligation **arisen, size_t n,
				int alert_days_before)
{
	Reporting__ObligationsArisen event = REPORTING__OBLIGATIONS_ARISEN__INIT;

	event.obligations = turn_take(turn, (n + 1) * sizeof(*event.obligations));
	event.alerts = turn_take(turn, (2 * n + 1) * sizeof(*event.alerts));
	for (size_t i = 0; i < n; i++) {
		Reporting__Obligation *due = arisen[i];
		struct day last;

		due->obligation_id = id_of(turn, due);
		if (!day_read(&last, due->due_by) ||
		    turn_find(turn, &obligations, due->obligation_id))
			continue;
		due->state = DUE;
		due->alert_by = day_text(turn, day_plus(last, -alert_days_before));
		event.obligations[event.n_obligations++] = due;
		event.n_alerts +=
			attend(turn, due, turn_today_text(turn), event.alerts + event.n_alerts);
	}
	return event.n_obligations ? turn_accept(turn, &event.base) : turn_done();
}

Reporting__Alert *obligation_missed(struct turn *turn, Reporting__Obligation *due, const char *date)
{
	due->obligation_id = id_of(turn, due);
	due->state = MISSED;
	due->alert_by = "";
	return alert_raised(turn, due, OVERDUE, date);
}

/* --- The day ----------------------------------------------------------------------------------- */

/* What one event carries; the rest of a date follows in further turns. */
enum { ATTENDED_MAX = 500 };

struct verdict obligation_judge(struct turn *turn, const char *date)
{
	const Reporting__Obligation due = { .state = DUE };
	Reporting__AlertsRaised event = REPORTING__ALERTS_RAISED__INIT;
	struct each dates = turn_groups(turn, &obligations, "state,alert_by", &due, 1);
	struct group group;

	event.obligations = turn_take(turn, ATTENDED_MAX * sizeof(*event.obligations));
	event.alerts = turn_take(turn, 2 * ATTENDED_MAX * sizeof(*event.alerts));
	while (group_next(&dates, &group)) {
		const Reporting__Obligation *like = group.like, *found;
		struct each each = turn_each(turn, &obligations, "state,alert_by", like);

		if (day_text_before(date, like->alert_by))
			break;
		while (event.n_obligations < ATTENDED_MAX && (found = each_next(&each))) {
			Reporting__Obligation *next = turn_take(turn, sizeof(*next));

			*next = *found;
			event.n_alerts += attend(turn, next, date, event.alerts + event.n_alerts);
			event.obligations[event.n_obligations++] = next;
		}
		if (event.n_obligations == ATTENDED_MAX) {
			turn_again(turn);
			break;
		}
	}
	return event.n_obligations ? turn_accept(turn, &event.base) : turn_done();
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

struct verdict obligation_void(struct turn *turn, const Reporting__Obligation *found)
{
	Reporting__ObligationVoided event = REPORTING__OBLIGATION_VOIDED__INIT;
	struct settled settled;

	if (!found || !obligation_open(found))
		return turn_done();
	settled = settle(turn, found, VOID);
	event.obligation = settled.obligation;
	event.alerts = settled.alerts;
	event.n_alerts = settled.n_alerts;
	return turn_accept(turn, &event.base);
}

const Reporting__Obligation *obligation_about(struct turn *turn, const char *subject_id,
					      Reporting__ObligationKind kind, const char *period)
{
	const Reporting__Obligation like = { .kind = kind,
					     .subject_id = subject_id,
					     .period = period };

	return turn_find(turn, &obligations, id_of(turn, &like));
}

const char *obligation_period_anew(struct turn *turn, const char *subject_id,
				   Reporting__ObligationKind kind, const char *period)
{
	const Reporting__Obligation *before;
	const char *anew = period;

	for (int n = 2; (before = obligation_about(turn, subject_id, kind, anew)) &&
			(before->state == MET || before->state == VOID);
	     n++)
		anew = turn_text(turn, "%s.%d", period, n);
	return anew;
}

const Reporting__Obligation *obligation_owed(struct turn *turn, const char *subject_id,
					     Reporting__ObligationKind kind)
{
	const Reporting__Obligation like = { .subject_id = subject_id, .kind = kind };
	struct each each = turn_each(turn, &obligations, "subject_id,kind", &like);
	const Reporting__Obligation *found;

	while ((found = each_next(&each)) && !obligation_open(found))
		continue;
	return found;
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
