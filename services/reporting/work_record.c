/* What people did: counts and minutes, and of those served nothing but how many.  Records come in
 * batches, all rows or none, and are never changed; a correction puts another in their place.
 *
 *     RECORDED --(a correction)--> SUPERSEDED
 *
 * Whatever is asked of work is read from the sums of months that each batch brings up to date; the
 * records themselves are only listed.  While the report of their period waits for a review or is
 * accepted, its figures and so its records stand. */
#include "reporting.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

#include "follow.h"

#define RECORDED   REPORTING__WORK_STATE__WORK_STATE_RECORDED
#define SUPERSEDED REPORTING__WORK_STATE__WORK_STATE_SUPERSEDED

enum {
	ROWS_MAX = 500,
	MINUTES_MAX = 24 * 60,
	COUNT_MAX = 100000,
	MONTH_SIZE = 8,
	VILLAGE_LEN = 12
};

enum {
	BY_RECORDERS = BY_WORKER | BY_AGENCY | BY_TOWN | BY_COUNTY | BY_PREFECTURE |
		       BY_REGIONAL_CENTRE | BY_PROJECT_OFFICE,
};

const struct table work_records = {
	.name = "work_records",
	.record = &reporting__work_record__descriptor,
	.id = "record_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | BY_WORKER | BY_SUPERVISOR | BY_DASHBOARD,
	.indexes = { "site_id,month" },
};

/* --- A batch ------------------------------------------------------------------------------------- */

/* A site's month that the batch touches: found once, whatever the number of rows. */
struct site_month {
	const char *site_id, *month;
	bool locked;
	Reporting__ServiceMonth **by_method;	 /* by the number of the method; NULL: untouched */
	Reporting__ServedMonth **by_beneficiary; /* by that of the beneficiary */
};

struct batch {
	struct turn *turn;
	const Stations__Posting *posting; /* of the last row */
	struct site_month *sites, *site;  /* all, and that of the last row */
	size_t n_sites;
	Reporting__PersonMonth **people, *person;
	size_t n_people;
	Reporting__WorkRecord **records;
	size_t n_records;
};

static struct batch batch_of(struct turn *turn, size_t n)
{
	return (struct batch){
		.turn = turn,
		.sites = turn_take(turn, n * sizeof(struct site_month)),
		.people = turn_take(turn, n * sizeof(Reporting__PersonMonth *)),
		.records = turn_take(turn, n * sizeof(Reporting__WorkRecord *)),
	};
}

static struct site_month *site_month_of(struct batch *batch, const Reporting__WorkRecord *record)
{
	struct turn *turn = batch->turn;
	struct site_month *fresh;

	for (size_t i = batch->n_sites; i-- > 0;) {
		if (text_same(batch->sites[i].month, record->month) &&
		    text_same(batch->sites[i].site_id, record->site_id))
			return &batch->sites[i];
	}
	fresh = &batch->sites[batch->n_sites++];
	fresh->site_id = record->site_id;
	fresh->month = record->month;
	fresh->locked = report_locks(turn, record);
	fresh->by_method =
		turn_take(turn, reporting__work_method__descriptor.n_values * sizeof(void *));
	fresh->by_beneficiary =
		turn_take(turn, reporting__beneficiary__descriptor.n_values * sizeof(void *));
	return fresh;
}

static Reporting__PersonMonth *person_of(struct batch *batch, const Reporting__WorkRecord *record)
{
	for (size_t i = batch->n_people; i-- > 0;) {
		if (text_same(batch->people[i]->month, record->month) &&
		    text_same(batch->people[i]->person_id, record->person_id))
			return batch->people[i];
	}
	batch->people[batch->n_people] = person_month_of(batch->turn, record);
	return batch->people[batch->n_people++];
}

/* Adds the record to the sums, or takes it away (sign -1); a refusal is about its id. */
static struct verdict add_up(struct batch *batch, const Reporting__WorkRecord *record, int sign)
{
	struct site_month *site = site_month_of(batch, record);
	Reporting__ServiceMonth **service = &site->by_method[record->method];

	if (site->locked)
		return REFUSE(PERIOD_LOCKED, record->record_id);
	if (!person_month_add(person_of(batch, record), record, sign))
		return REFUSE(DAY_TOO_LONG, record->record_id);

	if (!*service)
		*service = service_month_of(batch->turn, record);
	service_month_add(*service, record, sign);
	for (size_t i = 0; i < record->n_served; i++) {
		const Reporting__Served *served = record->served[i];
		Reporting__ServedMonth **month = &site->by_beneficiary[served->beneficiary];

		if (!*month)
			*month = served_month_of(batch->turn, record, served->beneficiary);
		(*month)->people += sign * served->people;
	}
	return turn_done();
}

/* The sums that the batch changed, as lists for an event. */
struct changed {
	Reporting__ServiceMonth **services;
	Reporting__ServedMonth **served;
	size_t n_services, n_served;
};

static struct changed changed_by(struct batch *batch)
{
	const size_t methods = reporting__work_method__descriptor.n_values;
	const size_t kinds = reporting__beneficiary__descriptor.n_values;
	struct changed all = {
		.services = turn_take(batch->turn, batch->n_sites * methods * sizeof(void *)),
		.served = turn_take(batch->turn, batch->n_sites * kinds * sizeof(void *)),
	};

	for (size_t s = 0; s < batch->n_sites; s++) {
		const struct site_month *site = &batch->sites[s];

		for (size_t i = 0; i < methods; i++) {
			if (site->by_method[i])
				all.services[all.n_services++] = site->by_method[i];
		}
		for (size_t i = 0; i < kinds; i++) {
			if (site->by_beneficiary[i])
				all.served[all.n_served++] = site->by_beneficiary[i];
		}
	}
	for (size_t i = 0; i < batch->n_people; i++)
		person_month_share(batch->turn, batch->people[i]);
	return all;
}

/* --- A row --------------------------------------------------------------------------------------- */

static bool countable(int32_t n)
{
	return n >= 0 && n <= COUNT_MAX;
}

static bool row_complete(const Reporting__WorkRow *row)
{
	uint64_t seen = 0;

	if (text_empty(row->posting_id) || text_empty(row->worked_on) || row->method == 0 ||
	    row->minutes <= 0 || row->minutes > MINUTES_MAX)
		return false;
	if (!countable(row->sessions) || !countable(row->cases_opened) ||
	    !countable(row->cases_closed))
		return false;
	for (size_t i = 0; i < row->n_served; i++) {
		const Reporting__Served *served = row->served[i];
		uint64_t bit = UINT64_C(1) << served->beneficiary;

		if (served->beneficiary == 0 || served->people <= 0 || !countable(served->people) ||
		    seen & bit)
			return false;
		seen |= bit;
	}
	return true;
}

/* The posting where the actor may write down what was done in it, else NULL. */
static const Stations__Posting *posting_for(struct batch *batch, const char *posting_id)
{
	const Engine__Principal *actor = turn_actor(batch->turn);
	const Stations__Posting *found;

	if (batch->posting && text_same(batch->posting->posting_id, posting_id))
		return batch->posting;
	found = turn_find(batch->turn, &postings, posting_id);
	if (!found || !turn_may_act(batch->turn, found->region_code, found->agency_id))
		return NULL;
	if (actor->role == ENGINE__ROLE__ROLE_WORKER &&
	    !text_same(actor->person_id, found->person_id))
		return NULL;
	batch->posting = found;
	return found;
}

/* On its first day and on that of the return somebody may have worked. */
static bool suspended_on(const Stations__Suspension *time, const char *day)
{
	return day_text_before(time->suspended_on, day) &&
	       (text_empty(time->resumed_on) || day_text_before(day, time->resumed_on));
}

static bool in_post(const Stations__Posting *posting, const char *day)
{
	for (size_t i = 0; i < posting->n_suspensions; i++) {
		if (suspended_on(posting->suspensions[i], day))
			return false;
	}
	if (text_empty(posting->arrived_on) || day_text_before(day, posting->arrived_on))
		return false;
	return text_empty(posting->ended_on) || !day_text_before(posting->ended_on, day);
}

static bool lies_in(const char *village_code, const char *region_code)
{
	return text_empty(village_code) ||
	       (text_is_region(village_code) && strlen(village_code) == VILLAGE_LEN &&
		text_begins(village_code, region_code));
}

static Reporting__WorkRecord *record_of(struct batch *batch, const Reporting__WorkRow *row,
					const Stations__Posting *posting)
{
	Reporting__WorkRecord *fresh = turn_take(batch->turn, sizeof(*fresh));
	char *month = turn_take(batch->turn, MONTH_SIZE);

	memcpy(month, row->worked_on, MONTH_SIZE - 1);
	reporting__work_record__init(fresh);
	fresh->record_id = row->record_id;
	fresh->programme_year_id = posting->programme_year_id;
	fresh->posting_id = posting->posting_id;
	fresh->site_id = posting->site_id;
	fresh->region_code = posting->region_code;
	fresh->agency_id = posting->agency_id;
	fresh->person_id = posting->person_id;
	fresh->worked_on = row->worked_on;
	fresh->month = month;
	fresh->state = RECORDED;
	fresh->method = row->method;
	fresh->professional = row->professional;
	fresh->minutes = row->minutes;
	fresh->sessions = row->sessions;
	fresh->cases_opened = row->cases_opened;
	fresh->cases_closed = row->cases_closed;
	fresh->served = row->served;
	fresh->n_served = row->n_served;
	fresh->village_code = row->village_code;
	return fresh;
}

static struct verdict take_row(struct batch *batch, const Reporting__WorkRow *row)
{
	const Stations__Posting *posting;
	Reporting__WorkRecord *record;

	if (text_empty(row->record_id))
		return turn_invalid("rows.record_id");
	if (!row_complete(row))
		return REFUSE(ROW_INVALID, row->record_id);
	posting = posting_for(batch, row->posting_id);
	if (!posting)
		return REFUSE(POSTING_UNKNOWN, row->record_id);
	/* A copy of the posting: should its end be recorded later, the record is marked then. */
	if (!in_post(posting, row->worked_on))
		return REFUSE(WORK_OUTSIDE_POSTING, row->record_id);
	/* RULE A15: "the village where it was given" */
	if (!lies_in(row->village_code, posting->region_code))
		return REFUSE(VILLAGE_ELSEWHERE, row->record_id);
	if (turn_find(batch->turn, &work_records, row->record_id))
		return REFUSE(RECORD_EXISTS, row->record_id);

	record = record_of(batch, row, posting);
	batch->records[batch->n_records++] = record;
	return add_up(batch, record, 1);
}

/* --- Commands ------------------------------------------------------------------------------------ */

/* The id of a row that comes twice, or NULL.  Rows in the order of their ids are looked at once. */
static const char *twice(const Reporting__RecordWorkRequest *cmd)
{
	const char *greatest = "";

	for (size_t i = 0; i < cmd->n_rows; i++) {
		const char *id = cmd->rows[i]->record_id;

		if (strcmp(id, greatest) > 0) {
			greatest = id;
			continue;
		}
		for (size_t j = 0; j < i; j++) {
			if (text_same(id, cmd->rows[j]->record_id))
				return id;
		}
	}
	return NULL;
}

static struct verdict record_work(struct turn *turn, const void *command)
{
	const Reporting__RecordWorkRequest *cmd = command;
	struct batch batch = batch_of(turn, cmd->n_rows);

	if (cmd->n_rows > ROWS_MAX)
		return turn_invalid("rows");
	if (twice(cmd))
		return REFUSE(RECORD_EXISTS, twice(cmd));
	for (size_t i = 0; i < cmd->n_rows; i++) {
		struct verdict verdict = take_row(&batch, cmd->rows[i]);

		if (verdict.refusal)
			return verdict;
	}

	struct changed changed = changed_by(&batch);
	Reporting__WorkRecorded event = REPORTING__WORK_RECORDED__INIT;

	event.records = batch.records;
	event.n_records = batch.n_records;
	event.person_months = batch.people;
	event.n_person_months = batch.n_people;
	event.service_months = changed.services;
	event.n_service_months = changed.n_services;
	event.served_months = changed.served;
	event.n_served_months = changed.n_served;
	return turn_accept(turn, &event.base);
}

static const Reporting__WorkRecord *own_record(struct batch *batch, const char *record_id)
{
	const Reporting__WorkRecord *found = turn_find(batch->turn, &work_records, record_id);

	return found && posting_for(batch, found->posting_id) ? found : NULL;
}

static struct verdict correct_work(struct turn *turn, const void *command)
{
	const Reporting__CorrectWorkRequest *cmd = command;
	struct batch batch = batch_of(turn, 2);
	const Reporting__WorkRecord *found = own_record(&batch, cmd->record_id);
	struct verdict verdict;

	if (!found)
		return turn_not_found(cmd->record_id);
	if (found->state != RECORDED)
		return REFUSE(RECORD_SUPERSEDED, cmd->record_id);
	verdict = add_up(&batch, found, -1);
	if (!verdict.refusal && cmd->row)
		verdict = take_row(&batch, cmd->row);
	if (verdict.refusal)
		return verdict;

	Reporting__WorkRecord old = *found;
	struct changed changed = changed_by(&batch);
	Reporting__WorkCorrected event = REPORTING__WORK_CORRECTED__INIT;

	old.state = SUPERSEDED;
	old.correction_reason = cmd->reason;
	if (cmd->row) {
		old.superseded_by_id = cmd->row->record_id;
		event.record = batch.records[0];
		event.record->supersedes_id = old.record_id;
	}
	event.superseded = &old;
	event.person_months = batch.people;
	event.n_person_months = batch.n_people;
	event.service_months = changed.services;
	event.n_service_months = changed.n_services;
	event.served_months = changed.served;
	event.n_served_months = changed.n_served;
	return turn_accept(turn, &event.base);
}

/* --- What the posting's end leaves behind --------------------------------------------------------- */

enum { ORPHANS_MAX = 500 };

static void add_orphans(struct turn *turn, const Stations__Posting *posting, const char *month,
			Reporting__WorkOrphaned *event)
{
	const Reporting__WorkRecord like = { .site_id = posting->site_id, .month = month };
	struct each each = turn_each(turn, &work_records, "site_id,month", &like);
	const Reporting__WorkRecord *found;

	while (event->n_records < ORPHANS_MAX && (found = each_next(&each))) {
		Reporting__WorkRecord *next;

		if (!text_same(found->posting_id, posting->posting_id) ||
		    found->state != RECORDED || found->orphaned ||
		    !day_text_before(posting->ended_on, found->worked_on))
			continue;
		next = turn_take(turn, sizeof(*next));
		*next = *found;
		next->orphaned = true;
		event->records[event->n_records++] = next;
	}
}

/* The first of the month after the date's. */
static struct day first_after(struct turn *turn, const char *date)
{
	struct day first = { 0 }, next = { 0 };
	char text[DAY_TEXT_SIZE];

	if (day_read(&first, turn_text(turn, "%.7s-01", date))) {
		day_write(day_plus(first, 31), text);
		day_read(&next, turn_text(turn, "%.7s-01", text));
	}
	return next;
}

struct verdict work_orphan(struct turn *turn, const Stations__Posting *posting)
{
	Reporting__WorkOrphaned event = REPORTING__WORK_ORPHANED__INIT;
	struct day day;

	event.records = turn_take(turn, ORPHANS_MAX * sizeof(*event.records));
	if (!day_read(&day, posting->ended_on))
		return turn_done();
	/* Month by month, from that of the end to this one. */
	while (day_compare(day, turn_today(turn)) <= 0) {
		char text[DAY_TEXT_SIZE];

		day_write(day, text);
		add_orphans(turn, posting, turn_text(turn, "%.7s", text), &event);
		day = first_after(turn, text);
	}
	if (event.n_records == ORPHANS_MAX)
		turn_again(turn);
	return event.n_records ? turn_accept(turn, &event.base) : turn_done();
}

static const struct command commands[] = {
	{ "RecordWork", record_work, BY_RECORDERS, "rows" },
	{ "CorrectWork", correct_work, BY_RECORDERS, "record_id reason" },
	{ 0 },
};
static const struct query queries[] = {
	{ "GetWorkRecord", GET(work_records) },
	{ "ListWorkRecords", LIST(work_records) },
	{ 0 },
};
static const struct table *const tables[] = { &work_records, NULL };

const struct aggregate work_record = { tables, commands, queries };
