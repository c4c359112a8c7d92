/* An agency: it employs social workers and sends them where they are needed.
 *
 *     (registered) -> ELIGIBLE <-> SUSPENDED
 */
#include "personnel/personnel.h"

#include <string.h>

#include "base/text.h"

static const Personnel__AgencyState ELIGIBLE = PERSONNEL__AGENCY_STATE__AGENCY_STATE_ELIGIBLE;
static const Personnel__AgencyState SUSPENDED = PERSONNEL__AGENCY_STATE__AGENCY_STATE_SUSPENDED;

const struct table agencies = {
	.name = "agencies",
	.record = &personnel__agency__descriptor,
	.id = "agency_id",
	.region = "region_code",
	.agency = "agency_id",
	.indexes = { "credit_code!" }, /* a province has some hundreds: lists walk through them */
};

/* GB 32100: 18 characters of 31, without I, O, S, V and Z; each has the value of its place in the
 * alphabet and the weight 3^i mod 31, and with the last one the weighted sum is a multiple of 31. */
static bool is_credit_code(const char *code)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	enum { LENGTH = 18, MODULUS = sizeof(alphabet) - 1 };
	int sum = 0, weight = 1;

	if (strlen(code) != LENGTH)
		return false;
	for (int i = 0; i < LENGTH - 1; i++) {
		const char *at = strchr(alphabet, code[i]);

		if (!at)
			return false;
		sum += (int)(at - alphabet) * weight;
		weight = weight * 3 % MODULUS;
	}
	return code[LENGTH - 1] == alphabet[(MODULUS - sum % MODULUS) % MODULUS];
}

static struct verdict register_agency(struct turn *turn, const void *command)
{
	const Personnel__RegisterAgencyRequest *cmd = command;

	if (!turn_covers(turn, cmd->region_code))
		return turn_not_found(cmd->region_code);
	if (turn_find(turn, &agencies, cmd->agency_id))
		return REFUSE(AGENCY_EXISTS, cmd->agency_id);
	if (!is_credit_code(cmd->credit_code))
		return REFUSE(CREDIT_CODE_INVALID, cmd->credit_code);
	if (turn_by(turn, &agencies, "credit_code",
		    &(Personnel__Agency){ .credit_code = cmd->credit_code }))
		return REFUSE(CREDIT_CODE_TAKEN, cmd->credit_code);
	if (cmd->certified_staff < 0)
		return turn_invalid("certified_staff");

	Personnel__Agency new = PERSONNEL__AGENCY__INIT;
	new.agency_id = cmd->agency_id;
	new.name_zh = cmd->name_zh;
	new.name_en = cmd->name_en;
	new.credit_code = cmd->credit_code;
	new.region_code = cmd->region_code;
	new.state = ELIGIBLE;
	new.synthetic = cmd->synthetic;
	new.rating = cmd->rating;
	new.certified_staff = cmd->certified_staff;
	new.registered_on = turn_today_text(turn);

	Personnel__AgencyRegistered registered = PERSONNEL__AGENCY_REGISTERED__INIT;
	registered.agency = &new;
	return turn_accept(turn, &registered.base);
}

static struct verdict suspend_agency(struct turn *turn, const void *command)
{
	const Personnel__SuspendAgencyRequest *cmd = command;
	const Personnel__Agency *found = turn_find(turn, &agencies, cmd->agency_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->agency_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->agency_id);
	if (found->state == SUSPENDED)
		return REFUSE(AGENCY_SUSPENDED, cmd->agency_id);

	Personnel__Agency next = *found;
	next.state = SUSPENDED;
	next.suspended_on = cmd->suspended_on;
	next.reason = cmd->reason;

	Personnel__AgencySuspended suspended = PERSONNEL__AGENCY_SUSPENDED__INIT;
	suspended.agency = &next;
	return turn_accept(turn, &suspended.base);
}

static struct verdict reinstate_agency(struct turn *turn, const void *command)
{
	const Personnel__ReinstateAgencyRequest *cmd = command;
	const Personnel__Agency *found = turn_find(turn, &agencies, cmd->agency_id);

	if (!found || !turn_covers(turn, found->region_code))
		return turn_not_found(cmd->agency_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->agency_id);
	if (found->state != SUSPENDED)
		return REFUSE(AGENCY_NOT_SUSPENDED, cmd->agency_id);

	Personnel__Agency next = *found;
	next.state = ELIGIBLE;
	next.suspended_on = "";
	next.reason = cmd->reason;

	Personnel__AgencyReinstated reinstated = PERSONNEL__AGENCY_REINSTATED__INIT;
	reinstated.agency = &next;
	return turn_accept(turn, &reinstated.base);
}

static const struct command commands[] = {
	{ "RegisterAgency", register_agency, BY_PROVINCE,
	  "agency_id name_zh credit_code region_code" },
	{ "SuspendAgency", suspend_agency, BY_PROVINCE, "agency_id suspended_on reason" },
	{ "ReinstateAgency", reinstate_agency, BY_PROVINCE, "agency_id reason" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetAgency", GET(agencies) },
	{ "ListAgencies", LIST(agencies) },
	{ 0 },
};

static const struct table *const tables[] = { &agencies, NULL };

const struct aggregate agency = { tables, commands, queries };
