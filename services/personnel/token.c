/* A token: with it one asks as an account.
 *
 *     PROPOSED -> ACTIVE -> REVOKED     ACTIVE at once where the account's holder issued it himself
 *     PROPOSED -> REVOKED
 *
 * The token is 256 random bits that its holder makes; here is its hash alone.  Whoever issues one
 * for another's account could keep it and act as that person: it takes a second administrator. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

#define STATE(name) PERSONNEL__CREDENTIAL_STATE__CREDENTIAL_STATE_##name

static const struct table tokens = {
	.name = "tokens",
	.record = &personnel__token__descriptor,
	.id = "token_id",
	.region = "region_code",
	.readers = SEES_ACCOUNTS | NOT_FROM_BELOW,
	.indexes = { "account_id", "region_code", "secret_hash!" },
};

bool is_secret_hash(const char *text)
{
	return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

static struct verdict issue_token(struct turn *turn, const void *command)
{
	const Personnel__IssueTokenRequest *cmd = command;
	const Personnel__Account *own = account_own(turn, cmd->account_id);
	const Personnel__Account *of = own ? own : account_administered(turn, cmd->account_id);
	const char *today = turn_today_text(turn), *longest = years_after(turn, today, 1);

	if (!of)
		return turn_not_found(cmd->account_id);
	if (of->state == PERSONNEL__ACCOUNT_STATE__ACCOUNT_STATE_CLOSED)
		return REFUSE(ACCOUNT_CLOSED, cmd->account_id);
	if (turn_find(turn, &tokens, cmd->token_id))
		return REFUSE(TOKEN_EXISTS, cmd->token_id);
	if (!is_secret_hash(cmd->secret_hash))
		return turn_invalid("secret_hash");
	if (!text_empty(cmd->valid_until) && day_text_before(cmd->valid_until, today))
		return turn_invalid("valid_until");
	if (!text_empty(cmd->valid_until) && day_text_before(longest, cmd->valid_until))
		return REFUSE(TOKEN_TOO_LONG, cmd->token_id);

	Personnel__Token new = PERSONNEL__TOKEN__INIT;
	new.token_id = cmd->token_id;
	new.account_id = cmd->account_id;
	new.region_code = of->region_code;
	new.secret_hash = cmd->secret_hash;
	new.label = cmd->label;
	new.valid_until = text_empty(cmd->valid_until) ? longest : cmd->valid_until;
	new.state = own ? STATE(ACTIVE) : STATE(PROPOSED);
	new.issued_by = turn_actor(turn)->person_id;
	new.issued_on = today;

	Personnel__TokenIssued issued = PERSONNEL__TOKEN_ISSUED__INIT;
	issued.token = &new;
	return turn_accept(turn, &issued.base);
}

static struct verdict approve_token(struct turn *turn, const void *command)
{
	const Personnel__ApproveTokenRequest *cmd = command;
	const Personnel__Token *found = turn_find(turn, &tokens, cmd->token_id);
	const Personnel__Account *of = found ? account_administered(turn, found->account_id) : NULL;
	const char *person_id = turn_actor(turn)->person_id;

	if (!of)
		return turn_not_found(cmd->token_id);
	if (cmd->expected_revision != found->revision)
		return turn_stale(cmd->token_id);
	if (found->state == STATE(REVOKED))
		return REFUSE(TOKEN_REVOKED, cmd->token_id);
	if (found->state != STATE(PROPOSED))
		return REFUSE(NOTHING_PROPOSED, cmd->token_id);
	if (text_same(found->issued_by, person_id))
		return REFUSE(APPROVED_BY_PROPOSER, cmd->token_id);
	if (of->state == PERSONNEL__ACCOUNT_STATE__ACCOUNT_STATE_CLOSED)
		return REFUSE(ACCOUNT_CLOSED, of->account_id);

	Personnel__Token next = *found;
	next.state = STATE(ACTIVE);
	next.approved_by = person_id;

	Personnel__TokenApproved approved = PERSONNEL__TOKEN_APPROVED__INIT;
	approved.token = &next;
	return turn_accept(turn, &approved.base);
}

static struct verdict revoke_token(struct turn *turn, const void *command)
{
	const Personnel__RevokeTokenRequest *cmd = command;
	const Personnel__Token *found = turn_find(turn, &tokens, cmd->token_id);

	if (!found || (!account_own(turn, found->account_id) &&
		       !account_administered(turn, found->account_id)))
		return turn_not_found(cmd->token_id);
	if (found->state == STATE(REVOKED))
		return REFUSE(TOKEN_REVOKED, cmd->token_id);

	Personnel__Token next = *found;
	next.state = STATE(REVOKED);
	next.revoked_by = turn_actor(turn)->person_id;
	next.revoked_on = turn_today_text(turn);
	next.reason = cmd->reason;

	Personnel__TokenRevoked revoked = PERSONNEL__TOKEN_REVOKED__INIT;
	revoked.token = &next;
	return turn_accept(turn, &revoked.base);
}

static const struct command commands[] = {
	{ "IssueToken", issue_token, BY_ANYONE | BY_ADMINISTRATOR,
	  "token_id account_id secret_hash label" },
	{ "ApproveToken", approve_token, BY_ADMINISTRATOR, "token_id expected_revision" },
	{ "RevokeToken", revoke_token, BY_ANYONE | BY_ADMINISTRATOR, "token_id reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "ListTokens", LIST(tokens), .callers = SEES_ACCOUNTS },
	{ 0 },
};

static const struct table *const tables[] = { &tokens, NULL };

const struct aggregate token = { tables, commands, queries };
