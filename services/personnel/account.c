/* An account: one person in one office.
 *
 *     PROPOSED -> ACTIVE <-> SUSPENDED     ACTIVE by an office that a second person approved
 *     any -> CLOSED
 *
 * What gives somebody more than he had takes two administrators: the first office, another one, the
 * same one again after a suspension.  What takes it away takes one, and holds at once. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/text.h"

enum { FOUNDERS_MAX = 16 };

#define STATE(name) PERSONNEL__ACCOUNT_STATE__ACCOUNT_STATE_##name

const struct table accounts = {
	.name = "accounts",
	.record = &personnel__account__descriptor,
	.id = "account_id",
	.region = "region_code",
	.readers = SEES_ACCOUNTS | NOT_FROM_BELOW,
	.indexes = { "person_id", "region_code" },
};

/* At which level an office is held, by the digits of its area (0: at any), and whether it is an
 * agency's. */
static const struct {
	Engine__Role role;
	size_t digits;
	enum { NO_AGENCY, MAY_HAVE_AGENCY, NEEDS_AGENCY } agency;
} offices[] = {
	{ ENGINE__ROLE__ROLE_MINISTRY, 2, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_PROVINCE, 2, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_PROJECT_OFFICE, 2, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_REGIONAL_CENTRE, 4, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_PREFECTURE, 4, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_COUNTY, 6, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_TOWN, 9, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_AGENCY, 0, NEEDS_AGENCY },
	{ ENGINE__ROLE__ROLE_WORKER, 0, MAY_HAVE_AGENCY },
	{ ENGINE__ROLE__ROLE_SUPERVISOR, 0, MAY_HAVE_AGENCY },
	{ ENGINE__ROLE__ROLE_EVALUATOR, 0, MAY_HAVE_AGENCY },
	{ ENGINE__ROLE__ROLE_AUDITOR, 0, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_DASHBOARD, 0, NO_AGENCY },
	{ ENGINE__ROLE__ROLE_ADMINISTRATOR, 0, NO_AGENCY },
};

static struct verdict judge_office(struct turn *turn, const Personnel__Office *office)
{
	size_t i = 0, n = sizeof(offices) / sizeof(offices[0]);

	while (i < n && offices[i].role != office->role)
		i++;
	if (i == n)
		return turn_invalid("role");
	if (!turn_covers(turn, office->region_code))
		return turn_not_found(office->region_code);
	if (offices[i].digits && strlen(office->region_code) != offices[i].digits)
		return REFUSE(OFFICE_AREA_WRONG, office->region_code);
	if (text_empty(office->agency_id) ? offices[i].agency == NEEDS_AGENCY
					  : offices[i].agency == NO_AGENCY)
		return REFUSE(OFFICE_AGENCY_WRONG, office->agency_id);
	if (!text_empty(office->agency_id) && !turn_find(turn, &agencies, office->agency_id))
		return REFUSE(AGENCY_UNKNOWN, office->agency_id);
	return turn_done();
}

const Personnel__Account *account_administered(struct turn *turn, const char *account_id)
{
	const Personnel__Account *found = turn_find(turn, &accounts, account_id);

	return found && turn_actor(turn)->role == ENGINE__ROLE__ROLE_ADMINISTRATOR &&
			       turn_covers(turn, found->region_code)
		       ? found
		       : NULL;
}

const Personnel__Account *account_own(struct turn *turn, const char *account_id)
{
	return text_same(turn_actor(turn)->account_id, account_id)
		       ? turn_find(turn, &accounts, account_id)
		       : NULL;
}

/* --- The first administrators ------------------------------------------------------------------- */

static bool named_twice(const Personnel__Founder *a, const Personnel__Founder *b)
{
	return text_same(a->person_id, b->person_id) || text_same(a->account_id, b->account_id) ||
	       text_same(a->token_id, b->token_id) || text_same(a->secret_hash, b->secret_hash);
}

static struct verdict judge_founders(const Personnel__FoundAdministrationRequest *cmd)
{
	if (cmd->n_founders < 2)
		return REFUSE(FOUNDERS_TOO_FEW, cmd->region_code);
	if (cmd->n_founders > FOUNDERS_MAX)
		return turn_invalid("founders");
	for (size_t i = 0; i < cmd->n_founders; i++) {
		const Personnel__Founder *founder = cmd->founders[i];

		if (text_empty(founder->account_id) || text_empty(founder->person_id) ||
		    text_empty(founder->token_id) || !is_secret_hash(founder->secret_hash))
			return turn_invalid("founders");
		for (size_t k = 0; k < i; k++) {
			if (named_twice(founder, cmd->founders[k]))
				return REFUSE(FOUNDER_TWICE, founder->account_id);
		}
	}
	return turn_done();
}

/* Without it nobody could open the first account.  The operator alone may do it, at the service's
 * own socket, and only while nobody has an account. */
static struct verdict found_administration(struct turn *turn, const void *command)
{
	const Personnel__FoundAdministrationRequest *cmd = command;
	const Personnel__Account *other = turn_by(turn, &accounts, NULL, NULL);
	struct verdict verdict;

	if (other)
		return REFUSE(ADMINISTRATION_EXISTS, other->account_id);
	verdict = judge_founders(cmd);
	if (verdict.refusal)
		return verdict;

	Personnel__AdministrationFounded founded = PERSONNEL__ADMINISTRATION_FOUNDED__INIT;
	founded.n_accounts = founded.n_tokens = cmd->n_founders;
	founded.accounts = turn_take(turn, cmd->n_founders * sizeof(*founded.accounts));
	founded.tokens = turn_take(turn, cmd->n_founders * sizeof(*founded.tokens));
	for (size_t i = 0; i < cmd->n_founders; i++) {
		const Personnel__Founder *founder = cmd->founders[i];
		Personnel__Account *account = turn_take(turn, sizeof(*account));
		Personnel__Token *token = turn_take(turn, sizeof(*token));

		personnel__account__init(account);
		account->account_id = founder->account_id;
		account->person_id = founder->person_id;
		account->work_name = founder->work_name;
		account->role = ENGINE__ROLE__ROLE_ADMINISTRATOR;
		account->region_code = cmd->region_code;
		account->state = STATE(ACTIVE);
		account->opened_on = turn_today_text(turn);
		founded.accounts[i] = account;
		personnel__token__init(token);
		token->token_id = founder->token_id;
		token->account_id = founder->account_id;
		token->region_code = cmd->region_code;
		token->secret_hash = founder->secret_hash;
		token->label = founder->work_name;
		token->valid_until = years_after(turn, turn_today_text(turn), 1);
		token->state = PERSONNEL__CREDENTIAL_STATE__CREDENTIAL_STATE_ACTIVE;
		token->issued_on = turn_today_text(turn);
		founded.tokens[i] = token;
	}
	return turn_accept(turn, &founded.base);
}

/* --- Proposals, and the second person ------------------------------------------------------------- */

static struct verdict propose_account(struct turn *turn, const void *command)
{
	const Personnel__ProposeAccountRequest *cmd = command;
	Personnel__Office office = PERSONNEL__OFFICE__INIT;
	struct verdict verdict;

	office.role = cmd->role;
	office.region_code = cmd->region_code;
	office.agency_id = cmd->agency_id;
	verdict = judge_office(turn, &office);
	if (verdict.refusal)
		return verdict;
	if (turn_find(turn, &accounts, cmd->account_id))
		return REFUSE(ACCOUNT_EXISTS, cmd->account_id);

	Personnel__Account new = PERSONNEL__ACCOUNT__INIT;
	new.account_id = cmd->account_id;
	new.person_id = cmd->person_id;
	new.work_name = cmd->work_name;
	new.role = cmd->role;
	new.region_code = cmd->region_code;
	new.agency_id = cmd->agency_id;
	new.state = STATE(PROPOSED);
	new.proposed = &office;
	new.proposed_by = turn_actor(turn)->person_id;

	Personnel__AccountProposed proposed = PERSONNEL__ACCOUNT_PROPOSED__INIT;
	proposed.account = &new;
	return turn_accept(turn, &proposed.base);
}

static struct verdict propose_office(struct turn *turn, const void *command)
{
	const Personnel__ProposeOfficeRequest *cmd = command;
	const Personnel__Account *found = account_administered(turn, cmd->account_id);
	Personnel__Office office = PERSONNEL__OFFICE__INIT;
	struct verdict verdict;

	if (!found)
		return turn_not_found(cmd->account_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->account_id);
	if (found->state == STATE(CLOSED))
		return REFUSE(ACCOUNT_CLOSED, cmd->account_id);
	office.role = cmd->role;
	office.region_code = cmd->region_code;
	office.agency_id = cmd->agency_id;
	verdict = judge_office(turn, &office);
	if (verdict.refusal)
		return verdict;

	Personnel__Account next = *found;
	next.proposed = &office;
	next.proposed_by = turn_actor(turn)->person_id;

	Personnel__OfficeProposed proposed = PERSONNEL__OFFICE_PROPOSED__INIT;
	proposed.account = &next;
	return turn_accept(turn, &proposed.base);
}

/* The revision that the second person has read is part of the approval: had somebody put another
 * office in its place since, it is not approved unseen. */
static struct verdict approve_account(struct turn *turn, const void *command)
{
	const Personnel__ApproveAccountRequest *cmd = command;
	const Personnel__Account *found = account_administered(turn, cmd->account_id);
	const char *person_id = turn_actor(turn)->person_id;

	if (!found)
		return turn_not_found(cmd->account_id);
	if (cmd->expected_revision != found->revision)
		return turn_stale(cmd->account_id);
	if (!found->proposed)
		return REFUSE(NOTHING_PROPOSED, cmd->account_id);
	if (!turn_covers(turn, found->proposed->region_code))
		return turn_not_found(cmd->account_id);
	if (text_same(found->proposed_by, person_id))
		return REFUSE(APPROVED_BY_PROPOSER, cmd->account_id);
	if (text_same(found->person_id, person_id))
		return REFUSE(APPROVED_BY_HOLDER, cmd->account_id);

	Personnel__Account next = *found;
	next.role = found->proposed->role;
	next.region_code = found->proposed->region_code;
	next.agency_id = found->proposed->agency_id;
	next.state = STATE(ACTIVE);
	next.proposed = NULL;
	next.approved_by = person_id;
	next.suspended_on = "";
	if (text_empty(next.opened_on))
		next.opened_on = turn_today_text(turn);

	Personnel__AccountApproved approved = PERSONNEL__ACCOUNT_APPROVED__INIT;
	approved.account = &next;
	return turn_accept(turn, &approved.base);
}

static struct verdict decline_account(struct turn *turn, const void *command)
{
	const Personnel__DeclineAccountRequest *cmd = command;
	const Personnel__Account *found = account_administered(turn, cmd->account_id);

	if (!found)
		return turn_not_found(cmd->account_id);
	if (!found->proposed)
		return REFUSE(NOTHING_PROPOSED, cmd->account_id);

	Personnel__Account next = *found;
	next.proposed = NULL;
	next.reason = cmd->reason;
	if (found->state == STATE(PROPOSED)) {
		next.state = STATE(CLOSED);
		next.closed_on = turn_today_text(turn);
	}

	Personnel__AccountDeclined declined = PERSONNEL__ACCOUNT_DECLINED__INIT;
	declined.account = &next;
	return turn_accept(turn, &declined.base);
}

/* --- One person takes away ------------------------------------------------------------------------ */

static struct verdict suspend_account(struct turn *turn, const void *command)
{
	const Personnel__SuspendAccountRequest *cmd = command;
	const Personnel__Account *found = account_administered(turn, cmd->account_id);

	if (!found)
		return turn_not_found(cmd->account_id);
	if (found->state == STATE(CLOSED))
		return REFUSE(ACCOUNT_CLOSED, cmd->account_id);
	if (found->state != STATE(ACTIVE))
		return REFUSE(ACCOUNT_NOT_ACTIVE, cmd->account_id);

	Personnel__Account next = *found;
	next.state = STATE(SUSPENDED);
	next.proposed = NULL; /* what waited was meant for somebody in good standing */
	next.suspended_on = turn_today_text(turn);
	next.reason = cmd->reason;

	Personnel__AccountSuspended suspended = PERSONNEL__ACCOUNT_SUSPENDED__INIT;
	suspended.account = &next;
	return turn_accept(turn, &suspended.base);
}

static struct verdict close_account(struct turn *turn, const void *command)
{
	const Personnel__CloseAccountRequest *cmd = command;
	const Personnel__Account *found = account_administered(turn, cmd->account_id);

	if (!found)
		return turn_not_found(cmd->account_id);
	if (found->state == STATE(CLOSED))
		return REFUSE(ACCOUNT_CLOSED, cmd->account_id);

	Personnel__Account next = *found;
	next.state = STATE(CLOSED);
	next.proposed = NULL;
	next.closed_on = turn_today_text(turn);
	next.reason = cmd->reason;

	Personnel__AccountClosed closed = PERSONNEL__ACCOUNT_CLOSED__INIT;
	closed.account = &next;
	return turn_accept(turn, &closed.base);
}

static const struct command commands[] = {
	{ "FoundAdministration", found_administration, BY_SERVICE, "region_code founders" },
	{ "ProposeAccount", propose_account, BY_ADMINISTRATOR,
	  "account_id person_id work_name role region_code" },
	{ "ProposeOffice", propose_office, BY_ADMINISTRATOR, "account_id role region_code" },
	{ "ApproveAccount", approve_account, BY_ADMINISTRATOR, "account_id expected_revision" },
	{ "DeclineAccount", decline_account, BY_ADMINISTRATOR, "account_id reason" },
	{ "SuspendAccount", suspend_account, BY_ADMINISTRATOR, "account_id reason" },
	{ "CloseAccount", close_account, BY_ADMINISTRATOR, "account_id reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetAccount", GET(accounts), .callers = SEES_ACCOUNTS },
	{ "ListAccounts", LIST(accounts), .callers = SEES_ACCOUNTS },
	{ 0 },
};

static const struct table *const tables[] = { &accounts, NULL };

const struct aggregate account = { tables, commands, queries };
