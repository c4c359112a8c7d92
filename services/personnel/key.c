/* A CURVE key: with it a program opens the door for integrators as an account.  It comes and goes as
 * a token does. */
#include "personnel/personnel.h"

#include <string.h>

#include "base/text.h"

#define STATE(name) PERSONNEL__CREDENTIAL_STATE__CREDENTIAL_STATE_##name

static const struct table keys = {
	.name = "access_keys",
	.record = &personnel__access_key__descriptor,
	.id = "key_id",
	.region = "region_code",
	.readers = SEES_ACCOUNTS | NOT_FROM_BELOW,
	.indexes = { "account_id", "region_code", "public_key!" },
};

/* The digits of Z85 (ZeroMQ RFC 32): 40 of them are 32 bytes. */
static bool is_public_key(const char *text)
{
	return strlen(text) == 40 &&
	       strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    ".-:+=^!/*?&<>()[]{}@%$#") == 40;
}

static struct verdict register_key(struct turn *turn, const void *command)
{
	const Personnel__RegisterKeyRequest *cmd = command;
	const Personnel__Account *own = account_own(turn, cmd->account_id);
	const Personnel__Account *of = own ? own : account_administered(turn, cmd->account_id);

	if (!of)
		return turn_not_found(cmd->account_id);
	if (of->state == PERSONNEL__ACCOUNT_STATE__ACCOUNT_STATE_CLOSED)
		return REFUSE(ACCOUNT_CLOSED, cmd->account_id);
	if (turn_find(turn, &keys, cmd->key_id))
		return REFUSE(KEY_EXISTS, cmd->key_id);
	if (!is_public_key(cmd->public_key))
		return turn_invalid("public_key");

	Personnel__AccessKey new = PERSONNEL__ACCESS_KEY__INIT;
	new.key_id = cmd->key_id;
	new.account_id = cmd->account_id;
	new.region_code = of->region_code;
	new.public_key = cmd->public_key;
	new.label = cmd->label;
	new.state = own ? STATE(ACTIVE) : STATE(PROPOSED);
	new.registered_by = turn_actor(turn)->person_id;
	new.registered_on = turn_today_text(turn);

	Personnel__KeyRegistered registered = PERSONNEL__KEY_REGISTERED__INIT;
	registered.key = &new;
	return turn_accept(turn, &registered.base);
}

static struct verdict approve_key(struct turn *turn, const void *command)
{
	const Personnel__ApproveKeyRequest *cmd = command;
	const Personnel__AccessKey *found = turn_find(turn, &keys, cmd->key_id);
	const Personnel__Account *of = found ? account_administered(turn, found->account_id) : NULL;
	const char *person_id = turn_actor(turn)->person_id;

	if (!of)
		return turn_not_found(cmd->key_id);
	if (cmd->expected_revision != found->revision)
		return turn_stale(cmd->key_id);
	if (found->state == STATE(REVOKED))
		return REFUSE(KEY_REVOKED, cmd->key_id);
	if (found->state != STATE(PROPOSED))
		return REFUSE(NOTHING_PROPOSED, cmd->key_id);
	if (text_same(found->registered_by, person_id))
		return REFUSE(APPROVED_BY_PROPOSER, cmd->key_id);
	if (of->state == PERSONNEL__ACCOUNT_STATE__ACCOUNT_STATE_CLOSED)
		return REFUSE(ACCOUNT_CLOSED, of->account_id);

	Personnel__AccessKey next = *found;
	next.state = STATE(ACTIVE);
	next.approved_by = person_id;

	Personnel__KeyApproved approved = PERSONNEL__KEY_APPROVED__INIT;
	approved.key = &next;
	return turn_accept(turn, &approved.base);
}

static struct verdict revoke_key(struct turn *turn, const void *command)
{
	const Personnel__RevokeKeyRequest *cmd = command;
	const Personnel__AccessKey *found = turn_find(turn, &keys, cmd->key_id);

	if (!found || (!account_own(turn, found->account_id) &&
		       !account_administered(turn, found->account_id)))
		return turn_not_found(cmd->key_id);
	if (found->state == STATE(REVOKED))
		return REFUSE(KEY_REVOKED, cmd->key_id);

	Personnel__AccessKey next = *found;
	next.state = STATE(REVOKED);
	next.revoked_by = turn_actor(turn)->person_id;
	next.revoked_on = turn_today_text(turn);
	next.reason = cmd->reason;

	Personnel__KeyRevoked revoked = PERSONNEL__KEY_REVOKED__INIT;
	revoked.key = &next;
	return turn_accept(turn, &revoked.base);
}

static const struct command commands[] = {
	{ "RegisterKey", register_key, BY_ANYONE | BY_ADMINISTRATOR,
	  "key_id account_id public_key label" },
	{ "ApproveKey", approve_key, BY_ADMINISTRATOR, "key_id expected_revision" },
	{ "RevokeKey", revoke_key, BY_ANYONE | BY_ADMINISTRATOR, "key_id reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "ListKeys", LIST(keys), .callers = SEES_ACCOUNTS },
	{ 0 },
};

static const struct table *const tables[] = { &keys, NULL };

const struct aggregate key = { tables, commands, queries };
