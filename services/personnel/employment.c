/* The employment of a station's worker by the government of the station's town.
 *
 *     OFFERED -> ACTIVE        the station took note, and the place is filled
 *     OFFERED | ACTIVE -> ENDED
 *
 * The place is kept first, by the station; then somebody is hired for it.  Where the place was gone
 * when the station heard of the hire, the employment stays OFFERED and says so (unplaced), until
 * another place is named or it ends. */
#include "personnel/personnel.h"

#include "base/day.h"
#include "base/text.h"

#include "personnel/follow.h"

const struct table employments = {
	.name = "employments",
	.record = &personnel__employment__descriptor,
	.id = "employment_id",
	.region = "region_code",
	.person = "person_id",
	.readers = BY_AUTHORITIES | NOT_FROM_BELOW,
	.indexes = { "programme_year_id", "station_id", "person_id", "posting_id", "state" },
	.tallies = { "programme_year_id,region_code[4],state,certificate",
		     "programme_year_id,region_code[4],hired_on[4]",
		     "programme_year_id,region_code[4],ended_on[4]", "station_id,state,certificate",
		     "station_id,hired_on[4]", "station_id,ended_on[4]" },
};

static const Personnel__EmploymentState OFFERED =
	PERSONNEL__EMPLOYMENT_STATE__EMPLOYMENT_STATE_OFFERED;
static const Personnel__EmploymentState ACTIVE =
	PERSONNEL__EMPLOYMENT_STATE__EMPLOYMENT_STATE_ACTIVE;
static const Personnel__EmploymentState ENDED = PERSONNEL__EMPLOYMENT_STATE__EMPLOYMENT_STATE_ENDED;

enum { EMPLOYERS = BY_PROVINCE | BY_TOWN };

const Personnel__Employment *employment_of(struct turn *turn, const char *person_id)
{
	struct each each = turn_each(turn, &employments, "person_id",
				     &(Personnel__Employment){ .person_id = person_id });

	for (const Personnel__Employment *e; (e = each_next(&each));)
		if (e->state != ENDED)
			return e;
	return NULL;
}

/* Was somebody hired for the place who has not left? */
static bool place_is_taken(struct turn *turn, const char *posting_id)
{
	struct each each = turn_each(turn, &employments, "posting_id",
				     &(Personnel__Employment){ .posting_id = posting_id });

	for (const Personnel__Employment *e; (e = each_next(&each));)
		if (e->state != ENDED && !e->unplaced)
			return true;
	return false;
}

/* Can the town of that code employ somebody for the place? */
static struct verdict check_place(struct turn *turn, const Stations__Posting *place,
				  const char *employer_code)
{
	const Stations__Station *station = turn_find(turn, &stations, place->site_id);

	if (!station)
		return REFUSE(POSTING_NOT_OF_STATION, place->posting_id);
	/* RULE A4: "The employer of a station's worker is the government of the town in which the
	 * station stands." */
	if (!text_same(employer_code, station->region_code))
		return REFUSE(EMPLOYER_NOT_THE_TOWN, employer_code);
	if (place_is_taken(turn, place->posting_id))
		return REFUSE(POST_TAKEN, place->posting_id);
	/* As far as is known here: the station has the last word (EmploymentUnplaced). */
	if (place->state != STATIONS__POSTING_STATE__POSTING_STATE_RESERVED)
		return REFUSE(POST_NOT_KEPT, place->posting_id);
	return turn_done();
}

static struct verdict hire_direct(struct turn *turn, const void *command)
{
	const Personnel__HireDirectRequest *cmd = command;
	const Personnel__Person *person = turn_find(turn, &people, cmd->person_id);
	const Stations__Posting *place = turn_find(turn, &postings, cmd->posting_id);

	if (!place || !turn_covers(turn, place->region_code))
		return turn_not_found(cmd->posting_id);
	if (turn_find(turn, &employments, cmd->employment_id))
		return REFUSE(EMPLOYMENT_EXISTS, cmd->employment_id);
	if (!person || !turn_covers(turn, person->region_code))
		return turn_not_found(cmd->person_id);
	/* RULE A4: "An agency cannot be the employer." */
	if (!text_empty(person->agency_id))
		return REFUSE(PERSON_OF_AGENCY, cmd->person_id);
	if (employment_of(turn, cmd->person_id))
		return REFUSE(PERSON_EMPLOYED, cmd->person_id);
	struct verdict verdict = check_place(turn, place, cmd->employer_code);
	if (verdict.refusal)
		return verdict;

	Personnel__Employment new = PERSONNEL__EMPLOYMENT__INIT;
	new.employment_id = cmd->employment_id;
	new.programme_year_id = place->programme_year_id;
	new.person_id = cmd->person_id;
	new.posting_id = cmd->posting_id;
	new.station_id = place->site_id;
	new.region_code = place->region_code;
	new.state = OFFERED;
	new.hired_on = cmd->hired_on;
	new.certificate = person->certificate;
	Personnel__Person moved = *person;
	moved.region_code = place->region_code;

	Personnel__HiredDirect hired = PERSONNEL__HIRED_DIRECT__INIT;
	hired.employment = &new;
	if (!text_same(moved.region_code, person->region_code))
		hired.person = &moved;
	return turn_accept(turn, &hired.base);
}

static struct verdict place_employment(struct turn *turn, const void *command)
{
	const Personnel__PlaceEmploymentRequest *cmd = command;
	const Personnel__Employment *found = turn_find(turn, &employments, cmd->employment_id);
	const Stations__Posting *place = turn_find(turn, &postings, cmd->posting_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->employment_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->employment_id);
	if (found->state != OFFERED || !found->unplaced)
		return REFUSE(EMPLOYMENT_HAS_PLACE, cmd->employment_id);
	if (!place || !turn_covers(turn, place->region_code))
		return turn_not_found(cmd->posting_id);
	struct verdict verdict = check_place(turn, place, found->region_code);
	if (verdict.refusal)
		return verdict;

	Personnel__Employment next = *found;
	next.posting_id = cmd->posting_id;
	next.station_id = place->site_id;
	next.unplaced = false;

	Personnel__EmploymentPlaced placed = PERSONNEL__EMPLOYMENT_PLACED__INIT;
	placed.employment = &next;
	return turn_accept(turn, &placed.base);
}

static struct verdict end_employment(struct turn *turn, const void *command)
{
	const Personnel__EndEmploymentRequest *cmd = command;
	const Personnel__Employment *found = turn_find(turn, &employments, cmd->employment_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->employment_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->employment_id);
	if (found->state == ENDED)
		return REFUSE(EMPLOYMENT_OVER, cmd->employment_id);
	if (day_text_before(cmd->ended_on, found->hired_on))
		return REFUSE(ENDED_BEFORE_HIRE, cmd->employment_id);

	Personnel__Employment next = *found;
	next.state = ENDED;
	next.ended_on = cmd->ended_on;
	next.end_reason = cmd->end_reason;
	next.note = cmd->note;

	Personnel__EmploymentEnded ended = PERSONNEL__EMPLOYMENT_ENDED__INIT;
	ended.employment = &next;
	return turn_accept(turn, &ended.base);
}

/* The employment as the station's event left it behind: still OFFERED for that place-> */
static const Personnel__Employment *awaited(struct turn *turn, const char *employment_id,
					    const char *posting_id)
{
	const Personnel__Employment *found = turn_find(turn, &employments, employment_id);

	return found && found->state == OFFERED && text_same(found->posting_id, posting_id) ? found
											    : NULL;
}

struct verdict employment_begin(struct turn *turn, const char *employment_id,
				const char *posting_id)
{
	const Personnel__Employment *found = awaited(turn, employment_id, posting_id);

	if (!found)
		return turn_done();
	Personnel__Employment next = *found;
	next.state = ACTIVE;

	Personnel__EmploymentBegan began = PERSONNEL__EMPLOYMENT_BEGAN__INIT;
	began.employment = &next;
	return turn_accept(turn, &began.base);
}

struct verdict employment_unplace(struct turn *turn, const char *employment_id,
				  const char *posting_id)
{
	const Personnel__Employment *found = awaited(turn, employment_id, posting_id);

	if (!found)
		return turn_done();
	Personnel__Employment next = *found;
	next.unplaced = true;

	Personnel__EmploymentUnplaced unplaced = PERSONNEL__EMPLOYMENT_UNPLACED__INIT;
	unplaced.employment = &next;
	return turn_accept(turn, &unplaced.base);
}

/* --- The workforce ---------------------------------------------------------------------------- */

/* The tallies of one kind of group: of a station, of a city. */
struct sums {
	const char *by_certificate, *by_hire, *by_end;
};
static const struct sums of_station = { "station_id,state,certificate", "station_id,hired_on[4]",
					"station_id,ended_on[4]" };
static const struct sums of_city = { "programme_year_id,region_code[4],state,certificate",
				     "programme_year_id,region_code[4],hired_on[4]",
				     "programme_year_id,region_code[4],ended_on[4]" };

static int32_t certified(struct turn *turn, const struct sums *sums, Personnel__Employment like,
			 Personnel__CertificateLevel certificate)
{
	like.state = ACTIVE;
	like.certificate = certificate;
	return (int32_t)turn_count(turn, &employments, sums->by_certificate, &like);
}

static void count_workforce(struct turn *turn, const struct sums *sums, Personnel__Employment like,
			    const char *year, Personnel__Workforce *to)
{
	to->assistants = certified(turn, sums, like,
				   PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_ASSISTANT);
	to->social_workers = certified(
		turn, sums, like, PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SOCIAL_WORKER);
	to->seniors =
		certified(turn, sums, like, PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_SENIOR);
	to->uncertified =
		certified(turn, sums, like, PERSONNEL__CERTIFICATE_LEVEL__CERTIFICATE_LEVEL_NONE);
	to->in_post = to->assistants + to->social_workers + to->seniors + to->uncertified;
	like.hired_on = year;
	to->joined = (int32_t)turn_count(turn, &employments, sums->by_hire, &like);
	like.ended_on = year;
	to->left = (int32_t)turn_count(turn, &employments, sums->by_end, &like);
}

static void add_up(Personnel__Workforce *sum, const Personnel__Workforce *part)
{
	sum->in_post += part->in_post;
	sum->assistants += part->assistants;
	sum->social_workers += part->social_workers;
	sum->seniors += part->seniors;
	sum->uncertified += part->uncertified;
	sum->joined += part->joined;
	sum->left += part->left;
}

static Personnel__Workforce *new_workforce(struct turn *turn)
{
	Personnel__Workforce *new = turn_take(turn, sizeof(*new));

	*new = (Personnel__Workforce)PERSONNEL__WORKFORCE__INIT;
	return new;
}

/* A row for each city that ever had an employment, and their sum. */
static void add_cities(struct turn *turn, const Personnel__GetWorkforceRequest *asked,
		       const char *year, Personnel__GetWorkforceResponse *answer)
{
	const Personnel__Employment of_year = { .programme_year_id = asked->programme_year_id };
	struct each each = turn_groups(turn, &employments, of_city.by_hire, &of_year, 1);
	enum { CITIES_MAX = 100 }; /* of one province: two digits */

	answer->cities = turn_take(turn, CITIES_MAX * sizeof(*answer->cities));
	for (struct group group; group_next(&each, &group);) {
		const Personnel__Employment *of = group.like;
		const Personnel__Workforce *last =
			answer->n_cities ? answer->cities[answer->n_cities - 1] : NULL;
		if (!text_begins(of->region_code, asked->region_code) ||
		    !turn_sees(turn, &employments, of) ||
		    (last && text_same(last->region_code, of->region_code)))
			continue;
		Personnel__Workforce *row = new_workforce(turn);
		row->region_code = of->region_code;
		count_workforce(
			turn, &of_city,
			(Personnel__Employment){ .programme_year_id = asked->programme_year_id,
						 .region_code = of->region_code },
			year, row);
		answer->cities[answer->n_cities++] = row;
		add_up(answer->total, row);
	}
}

static struct verdict get_workforce(struct turn *turn, const void *request,
				    ProtobufCMessage *response)
{
	const Personnel__GetWorkforceRequest *asked = request;
	Personnel__GetWorkforceResponse *answer = (Personnel__GetWorkforceResponse *)response;
	const char *year = asked->year ? turn_text(turn, "%04d", asked->year)
				       : turn_text(turn, "%.4s", turn_today_text(turn));

	if (asked->year && (asked->year < 1900 || asked->year > 9999))
		return turn_invalid("year");
	answer->year = 0;
	for (const char *digit = year; *digit; digit++)
		answer->year = answer->year * 10 + (*digit - '0');
	answer->total = new_workforce(turn);
	if (text_empty(asked->station_id)) {
		add_cities(turn, asked, year, answer);
		return turn_done();
	}
	const Stations__Station *station = turn_find(turn, &stations, asked->station_id);
	if (!station || !turn_sees(turn, &stations, station))
		return turn_not_found(asked->station_id);
	count_workforce(turn, &of_station,
			(Personnel__Employment){ .station_id = asked->station_id }, year,
			answer->total);
	return turn_done();
}

static const struct command commands[] = {
	{ "HireDirect", hire_direct, EMPLOYERS,
	  "employment_id person_id posting_id employer_code hired_on" },
	{ "PlaceEmployment", place_employment, EMPLOYERS, "employment_id posting_id" },
	{ "EndEmployment", end_employment, EMPLOYERS, "employment_id ended_on end_reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetEmployment", GET(employments) },
	{ "ListEmployments", LIST(employments) },
	{ "GetWorkforce", .answer = get_workforce, .callers = BY_AUTHORITIES | BY_DASHBOARD },
	{ 0 },
};

static const struct table *const tables[] = { &employments, NULL };

const struct aggregate employment = { tables, commands, queries };
