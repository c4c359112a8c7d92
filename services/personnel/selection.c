/* A selection list: whom the province selects from a call, and whether the ministry approves.
 *
 *     OPEN -> PROPOSED -> SUBMITTED_TO_MINISTRY -> APPROVED -> SUPPLEMENTED (person_hold.c)
 *             PROPOSED -> PROPOSED (others)     -> RETURNED -> PROPOSED
 *
 * Quotas are those that the call keeps.  Whoever is proposed on any list of the year takes a place,
 * approved or not, so that two lists together cannot pass the quota either. */
#include "personnel/personnel.h"

#include "base/day.h"
#include "base/text.h"

static const Personnel__ListState OPEN = PERSONNEL__LIST_STATE__LIST_STATE_OPEN;
static const Personnel__ListState PROPOSED = PERSONNEL__LIST_STATE__LIST_STATE_PROPOSED;
static const Personnel__ListState AT_MINISTRY =
	PERSONNEL__LIST_STATE__LIST_STATE_SUBMITTED_TO_MINISTRY;
static const Personnel__ListState APPROVED = PERSONNEL__LIST_STATE__LIST_STATE_APPROVED;
static const Personnel__ListState RETURNED = PERSONNEL__LIST_STATE__LIST_STATE_RETURNED;
static const Personnel__ListState SUPPLEMENTED = PERSONNEL__LIST_STATE__LIST_STATE_SUPPLEMENTED;
static const Personnel__SelectedState PERSON_PROPOSED =
	PERSONNEL__SELECTED_STATE__SELECTED_STATE_PROPOSED;
static const Personnel__SelectedState PERSON_APPROVED =
	PERSONNEL__SELECTED_STATE__SELECTED_STATE_APPROVED;
static const Personnel__SelectedState PERSON_DROPPED =
	PERSONNEL__SELECTED_STATE__SELECTED_STATE_DROPPED;
static const Personnel__NomineeState NOMINEE_WITHDRAWN =
	PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_WITHDRAWN;
static const Personnel__NomineeState NOMINEE_ACCEPTED =
	PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_ACCEPTED;
static const Personnel__NomineeState NOMINEE_SELECTED =
	PERSONNEL__NOMINEE_STATE__NOMINEE_STATE_SELECTED;
static const Personnel__MinistryDecision DECISION_RETURNED =
	PERSONNEL__MINISTRY_DECISION__MINISTRY_DECISION_RETURNED;

const struct table selection_lists = {
	.name = "selection_lists",
	.record = &personnel__selection_list__descriptor,
	.id = "list_id",
	.region = "region_code",
	.indexes = { "call_id!", "programme_year_id", "region_code", "state" },
};

const struct table selected_professionals = {
	.name = "selected_professionals",
	.record = &personnel__selected_professional__descriptor,
	.id = "selected_id",
	.region = "region_code",
	.agency = "agency_id",
	.person = "person_id",
	.readers = BY_WHOLE_PROVINCE,
	.published = "approved",
	.indexes = { "list_id,state", "programme_year_id,person_id", "person_id", "site_id",
		     "agency_id", "application_id", "region_code" },
	.tallies = { "list_id,state", "list_id,site_id,state", "programme_year_id,state",
		     "programme_year_id,site_id,state" },
};

static bool is_frozen(const Personnel__SelectionList *list)
{
	return list->state == APPROVED || list->state == SUPPLEMENTED;
}

static struct verdict open_selection_list(struct turn *turn, const void *command)
{
	const Personnel__OpenSelectionListRequest *cmd = command;
	const Personnel__Call *of = turn_find(turn, &calls, cmd->call_id);

	if (!of || !turn_covers(turn, of->region_code))
		return REFUSE(CALL_UNKNOWN, cmd->call_id);
	if (turn_find(turn, &selection_lists, cmd->list_id))
		return REFUSE(LIST_EXISTS, cmd->list_id);
	if (turn_by(turn, &selection_lists, "call_id",
		    &(Personnel__SelectionList){ .call_id = cmd->call_id }))
		return REFUSE(CALL_HAS_LIST, cmd->call_id);

	Personnel__SelectionList new = PERSONNEL__SELECTION_LIST__INIT;
	new.list_id = cmd->list_id;
	new.programme_year_id = of->programme_year_id;
	new.call_id = cmd->call_id;
	new.region_code = of->region_code;
	new.state = OPEN;

	Personnel__SelectionListOpened opened = PERSONNEL__SELECTION_LIST_OPENED__INIT;
	opened.list = &new;
	return turn_accept(turn, &opened.base);
}

bool selected_in_year(struct turn *turn, const char *programme_year_id, const char *person_id)
{
	struct each each =
		turn_each(turn, &selected_professionals, "programme_year_id,person_id",
			  &(Personnel__SelectedProfessional){
				  .programme_year_id = programme_year_id, .person_id = person_id });

	for (const Personnel__SelectedProfessional *one; (one = each_next(&each));) {
		if (one->state == PERSON_PROPOSED || one->state == PERSON_APPROVED)
			return true;
	}
	return false;
}

/* --- Proposing -------------------------------------------------------------------------------- */

/* True where the person has a place in the year by another list. */
static bool on_other_list(struct turn *turn, const Personnel__SelectionList *list,
			  const char *person_id)
{
	struct each each = turn_each(
		turn, &selected_professionals, "programme_year_id,person_id",
		&(Personnel__SelectedProfessional){ .programme_year_id = list->programme_year_id,
						    .person_id = person_id });

	for (const Personnel__SelectedProfessional *one; (one = each_next(&each));) {
		if ((one->state == PERSON_PROPOSED || one->state == PERSON_APPROVED) &&
		    !text_same(one->list_id, list->list_id))
			return true;
	}
	return false;
}

/* The nominee whom a row means, in *nominee, or why the row cannot be. */
static struct verdict judge_row(struct turn *turn, const Personnel__SelectionList *list,
				const Personnel__Selection *row, const Personnel__Nominee **nominee)
{
	*nominee = turn_by(turn, &nominees, "application_id,person_id",
			   &(Personnel__Nominee){ .application_id = row->application_id,
						  .person_id = row->person_id });
	if (!*nominee || (*nominee)->state == NOMINEE_WITHDRAWN)
		return REFUSE(NOT_A_NOMINEE, row->person_id);
	/* A nominee's state tells the application's, which need not be read for each person. */
	if ((*nominee)->state != NOMINEE_ACCEPTED || !text_same((*nominee)->call_id, list->call_id))
		return REFUSE(APPLICATION_NOT_ACCEPTED, row->application_id);
	if (on_other_list(turn, list, row->person_id))
		return REFUSE(SELECTED_TWICE, row->person_id);
	if (person_is_trainee(turn, list->programme_year_id, row->person_id))
		return REFUSE(PERSON_IS_TRAINEE, row->person_id);
	if (person_held(turn, row->person_id))
		return REFUSE(PERSON_HELD, row->person_id);
	return turn_done();
}

/* How many have a place in the year by other lists; site_id NULL: at any site. */
static int64_t taken_by_others(struct turn *turn, const Personnel__SelectionList *list,
			       const char *site_id)
{
	Personnel__SelectedProfessional like = { .list_id = list->list_id,
						 .programme_year_id = list->programme_year_id,
						 .site_id = site_id };
	const char *of_year =
		site_id ? "programme_year_id,site_id,state" : "programme_year_id,state";
	const char *of_list = site_id ? "list_id,site_id,state" : "list_id,state";
	uint64_t taken = 0;

	like.state = PERSON_APPROVED;
	taken += turn_count(turn, &selected_professionals, of_year, &like);
	like.state = PERSON_PROPOSED;
	taken += turn_count(turn, &selected_professionals, of_year, &like);
	taken -= turn_count(turn, &selected_professionals, of_list, &like);
	return (int64_t)taken;
}

static struct verdict judge_quotas(struct turn *turn, const Personnel__SelectionList *list,
				   const Personnel__Call *of, Personnel__Selection **rows,
				   size_t n_rows)
{
	/* RULE B4: "The people selected for a year are never more than the year's quota." */
	if ((int64_t)n_rows + taken_by_others(turn, list, NULL) > of->quota)
		return REFUSE(YEAR_QUOTA_EXCEEDED, list->programme_year_id);

	for (size_t i = 0; i < of->n_sites; i++) {
		const Personnel__SiteQuota *site = of->sites[i];
		int64_t n_people = 0;

		for (size_t row = 0; row < n_rows; row++)
			n_people += text_same(rows[row]->site_id, site->site_id);
		if (n_people == 0 ||
		    n_people + taken_by_others(turn, list, site->site_id) <= site->quota)
			continue;
		/* RULE B6: "The number of people of a site lies within the limits of its kind." */
		if (site->prefecture_support)
			return REFUSE(SUPPORT_QUOTA_EXCEEDED, site->site_id);
		/* RULE B5: "A site never has more people in post than its quota." */
		return REFUSE(COUNTY_QUOTA_EXCEEDED, site->site_id);
	}
	return turn_done();
}

struct selected {
	Personnel__SelectedProfessional **rows;
	size_t n;
};

static Personnel__SelectedProfessional *propose(struct turn *turn,
						const Personnel__SelectionList *list,
						const Personnel__Nominee *nominee,
						const Personnel__SiteQuota *site)
{
	Personnel__SelectedProfessional *one = turn_take(turn, sizeof(*one));

	personnel__selected_professional__init(one);
	one->selected_id = nominee->nominee_id;
	one->list_id = list->list_id;
	one->programme_year_id = list->programme_year_id;
	one->person_id = nominee->person_id;
	one->agency_id = nominee->agency_id;
	one->application_id = nominee->application_id;
	one->site_id = site->site_id;
	one->region_code = site->region_code;
	one->state = PERSON_PROPOSED;
	return one;
}

/* The list's people of that state, copied so that they can be changed, behind spare empty rows. */
static struct selected selected_of(struct turn *turn, const char *list_id, size_t spare)
{
	Personnel__SelectedProfessional like = { .list_id = list_id, .state = PERSON_PROPOSED };
	uint64_t n = turn_count(turn, &selected_professionals, "list_id,state", &like);
	struct selected all = { .rows = turn_take(turn, (spare + n) * sizeof(all.rows[0])),
				.n = spare };
	struct each each = turn_each(turn, &selected_professionals, "list_id,state", &like);

	for (const Personnel__SelectedProfessional *one; (one = each_next(&each));) {
		Personnel__SelectedProfessional *copy = turn_take(turn, sizeof(*copy));

		*copy = *one;
		all.rows[all.n++] = copy;
	}
	return all;
}

/* Leaves out of the rows from first on those whom the rows before it select again. */
static void drop_the_rest(struct selected *all, size_t first)
{
	size_t kept = first;

	for (size_t i = first; i < all->n; i++) {
		bool again = false;

		for (size_t j = 0; j < first && !again; j++)
			again = text_same(all->rows[i]->selected_id, all->rows[j]->selected_id);
		if (again)
			continue;
		all->rows[i]->state = PERSON_DROPPED;
		all->rows[kept++] = all->rows[i];
	}
	all->n = kept;
}

static struct verdict propose_selection(struct turn *turn, const void *command)
{
	const Personnel__ProposeSelectionRequest *cmd = command;
	const Personnel__SelectionList *found = turn_find(turn, &selection_lists, cmd->list_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->list_id);
	/* RULE B3: "An approved list never changes." */
	if (is_frozen(found))
		return REFUSE(LIST_FROZEN, cmd->list_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->list_id);
	if (found->state == AT_MINISTRY)
		return REFUSE(LIST_AT_MINISTRY, cmd->list_id);
	if (cmd->n_selected == 0)
		return REFUSE(NOBODY_SELECTED, cmd->list_id);
	if (cmd->n_selected > PEOPLE_MAX)
		return turn_invalid("selected");

	const Personnel__Call *of = turn_find(turn, &calls, found->call_id);
	struct selected all = selected_of(turn, cmd->list_id, cmd->n_selected);

	for (size_t i = 0; i < cmd->n_selected; i++) {
		const Personnel__Selection *row = cmd->selected[i];
		const Personnel__SiteQuota *site = call_site(of, row->site_id);
		const Personnel__Nominee *nominee = NULL;

		if (!site)
			return REFUSE(SITE_NOT_IN_CALL, row->site_id);

		struct verdict verdict = judge_row(turn, found, row, &nominee);

		if (verdict.refusal)
			return verdict;
		for (size_t j = 0; j < i; j++) {
			if (text_same(cmd->selected[j]->person_id, row->person_id))
				return REFUSE(SELECTED_TWICE, row->person_id);
		}
		all.rows[i] = propose(turn, found, nominee, site);
	}

	struct verdict verdict = judge_quotas(turn, found, of, cmd->selected, cmd->n_selected);

	if (verdict.refusal)
		return verdict;
	drop_the_rest(&all, cmd->n_selected);

	Personnel__SelectionList next = *found;
	next.state = PROPOSED;
	next.people = (int32_t)cmd->n_selected;
	next.version = found->version + 1;
	next.proposed_by = turn_actor(turn)->person_id;

	Personnel__SelectionProposed proposed = PERSONNEL__SELECTION_PROPOSED__INIT;
	proposed.list = &next;
	proposed.selected = all.rows;
	proposed.n_selected = all.n;
	return turn_accept(turn, &proposed.base);
}

/* --- The ministry ----------------------------------------------------------------------------- */

static struct verdict submit_to_ministry(struct turn *turn, const void *command)
{
	const Personnel__SubmitToMinistryRequest *cmd = command;
	const Personnel__SelectionList *found = turn_find(turn, &selection_lists, cmd->list_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->list_id);
	/* RULE B3: "An approved list never changes." */
	if (is_frozen(found))
		return REFUSE(LIST_FROZEN, cmd->list_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->list_id);
	if (found->state == AT_MINISTRY)
		return REFUSE(LIST_AT_MINISTRY, cmd->list_id);
	if (found->state != PROPOSED)
		return REFUSE(LIST_NOT_PROPOSED, cmd->list_id);

	Personnel__SelectionList next = *found;
	next.state = AT_MINISTRY;
	next.submission_document_no = cmd->document_no;
	next.submitted_on = cmd->submitted_on;

	Personnel__SelectionSubmitted submitted = PERSONNEL__SELECTION_SUBMITTED__INIT;
	submitted.list = &next;
	return turn_accept(turn, &submitted.base);
}

static struct verdict approve(struct turn *turn, Personnel__SelectionList *next)
{
	struct selected all = selected_of(turn, next->list_id, 0);
	Personnel__Nominee **selected_nominees =
		turn_take(turn, all.n * sizeof(*selected_nominees));

	for (size_t i = 0; i < all.n; i++) {
		Personnel__Nominee *nominee = turn_take(turn, sizeof(*nominee));
		const Personnel__Nominee *known =
			turn_find(turn, &nominees, all.rows[i]->selected_id);

		all.rows[i]->approved = true;
		all.rows[i]->state = PERSON_APPROVED;
		*nominee = *known;
		nominee->state = NOMINEE_SELECTED;
		selected_nominees[i] = nominee;
	}
	next->state = APPROVED;

	Personnel__SelectionApproved approved = PERSONNEL__SELECTION_APPROVED__INIT;
	approved.list = next;
	approved.selected = all.rows;
	approved.n_selected = all.n;
	approved.nominees = selected_nominees;
	approved.n_nominees = all.n;
	return turn_accept(turn, &approved.base);
}

static struct verdict send_back(struct turn *turn, Personnel__SelectionList *next,
				const char *reason)
{
	Personnel__SelectionReturned returned = PERSONNEL__SELECTION_RETURNED__INIT;

	next->state = RETURNED;
	next->reason = reason;
	returned.list = next;
	return turn_accept(turn, &returned.base);
}

static struct verdict record_ministry_decision(struct turn *turn, const void *command)
{
	const Personnel__RecordMinistryDecisionRequest *cmd = command;
	const Personnel__SelectionList *found = turn_find(turn, &selection_lists, cmd->list_id);
	bool returned = cmd->decision == DECISION_RETURNED;

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->list_id);
	/* RULE B3: "An approved list never changes." */
	if (is_frozen(found))
		return REFUSE(LIST_FROZEN, cmd->list_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->list_id);
	/* RULE B3: "The selected list goes to the ministry, and nobody on it is posted before its
	 * approval is recorded with document and date." */
	if (found->state != AT_MINISTRY)
		return REFUSE(LIST_NOT_AT_MINISTRY, cmd->list_id);
	if (day_text_before(cmd->decided_on, found->submitted_on))
		return REFUSE(DECISION_BEFORE_SUBMISSION, cmd->list_id);
	if (text_same(turn_actor(turn)->person_id, found->proposed_by))
		return REFUSE(SAME_PERSON_DECIDES, cmd->list_id);
	if (returned && text_empty(cmd->reason))
		return turn_invalid("reason");

	Personnel__SelectionList next = *found;
	next.document_no = cmd->document_no;
	next.decided_on = cmd->decided_on;
	next.decision_recorded_by = turn_actor(turn)->person_id;
	return returned ? send_back(turn, &next, cmd->reason) : approve(turn, &next);
}

static const struct command commands[] = {
	{ "OpenSelectionList", open_selection_list, BY_PROVINCE, "list_id call_id" },
	{ "ProposeSelection", propose_selection, BY_PROVINCE, "list_id" },
	{ "SubmitToMinistry", submit_to_ministry, BY_PROVINCE, "list_id document_no submitted_on" },
	{ "RecordMinistryDecision", record_ministry_decision, BY_PROVINCE,
	  "list_id decision document_no decided_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetSelectionList", GET(selection_lists) },
	{ "ListSelectionLists", LIST(selection_lists) },
	{ "GetSelectedProfessional", GET(selected_professionals) },
	{ "ListSelectedProfessionals", LIST(selected_professionals) },
	{ 0 },
};

static const struct table *const tables[] = { &selection_lists, &selected_professionals, NULL };

const struct aggregate selection = { tables, commands, queries };
