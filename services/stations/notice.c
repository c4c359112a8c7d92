/* A notice to the agency that answers for the people of a project.
 *
 *     ISSUED -> ACKNOWLEDGED */
#include "stations.h"

#include "base/day.h"
#include "base/text.h"

const struct table notices = {
	.name = "notices",
	.record = &stations__compliance_notice__descriptor,
	.id = "notice_id",
	.region = "region_code",
	.agency = "agency_id",
	.readers = BY_AUTHORITIES | BY_AGENCY | NOT_FROM_BELOW,
	.indexes = { "programme_year_id", "project_id", "agency_id", "state" },
	.tallies = { "programme_year_id,state,region_code",
		     "programme_year_id,state,region_code,issued_on" },
};

static const Stations__NoticeState ISSUED = STATIONS__NOTICE_STATE__NOTICE_STATE_ISSUED;
static const Stations__NoticeState ACKNOWLEDGED = STATIONS__NOTICE_STATE__NOTICE_STATE_ACKNOWLEDGED;

static struct verdict issue_notice(struct turn *turn, const void *command)
{
	const Stations__IssueNoticeRequest *cmd = command;
	const Stations__Project *of = turn_find(turn, &projects, cmd->project_id);

	if (!of || !turn_covers(turn, of->region_code))
		return turn_not_found(cmd->project_id);
	if (turn_find(turn, &notices, cmd->notice_id))
		return REFUSE(NOTICE_EXISTS, cmd->notice_id);
	if (!text_empty(cmd->posting_id)) {
		const Stations__Posting *about = turn_find(turn, &postings, cmd->posting_id);
		if (!about || !text_same(about->project_id, cmd->project_id))
			return REFUSE(POSTING_NOT_OF_PROJECT, cmd->posting_id);
	}
	if (!text_empty(cmd->acknowledge_by) &&
	    day_text_before(cmd->acknowledge_by, cmd->issued_on))
		return turn_invalid("acknowledge_by");

	/* RULE B21: "The agency answers for the conduct of the people it sends." */
	Stations__ComplianceNotice next = STATIONS__COMPLIANCE_NOTICE__INIT;
	next.notice_id = cmd->notice_id;
	next.programme_year_id = of->programme_year_id;
	next.project_id = of->project_id;
	next.site_id = of->site_id;
	next.region_code = of->region_code;
	next.agency_id = of->agency_id;
	next.posting_id = cmd->posting_id;
	next.state = ISSUED;
	next.subject = cmd->subject;
	next.content = cmd->content;
	next.document_no = cmd->document_no;
	next.issued_on = cmd->issued_on;
	next.issued_by = turn_actor(turn)->person_id;
	next.acknowledge_by = cmd->acknowledge_by;

	Stations__NoticeIssued issued = STATIONS__NOTICE_ISSUED__INIT;
	issued.notice = &next;
	return turn_accept(turn, &issued.base);
}

static struct verdict acknowledge_notice(struct turn *turn, const void *command)
{
	const Stations__AcknowledgeNoticeRequest *cmd = command;
	const Stations__ComplianceNotice *found = turn_find(turn, &notices, cmd->notice_id);

	if (!found || !turn_may_act(turn, found->region_code, found->agency_id))
		return turn_not_found(cmd->notice_id);
	if (cmd->expected_revision && cmd->expected_revision != found->revision)
		return turn_stale(cmd->notice_id);
	if (found->state != ISSUED)
		return REFUSE(NOTICE_IS_ACKNOWLEDGED, cmd->notice_id);
	if (day_text_before(cmd->acknowledged_on, found->issued_on))
		return REFUSE(ACKNOWLEDGED_BEFORE_ISSUE, cmd->notice_id);

	/* RULE B21: "Notices to it, and its acknowledgement, are kept." */
	Stations__ComplianceNotice next = *found;
	next.state = ACKNOWLEDGED;
	next.acknowledged_on = cmd->acknowledged_on;
	next.acknowledged_by = turn_actor(turn)->person_id;
	next.acknowledged_late = !text_empty(found->acknowledge_by) &&
				 day_text_before(found->acknowledge_by, cmd->acknowledged_on);
	next.answer = cmd->answer;

	Stations__NoticeAcknowledged acknowledged = STATIONS__NOTICE_ACKNOWLEDGED__INIT;
	acknowledged.notice = &next;
	return turn_accept(turn, &acknowledged.base);
}

static struct verdict get_notice(struct turn *turn, const void *request, ProtobufCMessage *response)
{
	const Stations__GetNoticeRequest *asked = request;
	Stations__GetNoticeResponse *answer = (Stations__GetNoticeResponse *)response;
	const Stations__ComplianceNotice *found = turn_find(turn, &notices, asked->notice_id);

	if (!found || !turn_sees(turn, &notices, found))
		return turn_not_found(asked->notice_id);
	answer->notice = turn_take(turn, sizeof(*answer->notice));
	*answer->notice = *found;
	answer->open_days = days_open(turn, found->issued_on, found->acknowledged_on);
	return turn_done();
}

/* The day of the oldest notice of the region that is open. */
static const char *oldest_of(struct turn *turn, const Stations__ComplianceNotice *like)
{
	struct each each = turn_groups(turn, &notices,
				       "programme_year_id,state,region_code,issued_on", like, 3);
	struct group first;

	if (!group_next(&each, &first))
		return NULL;
	return ((const Stations__ComplianceNotice *)first.like)->issued_on;
}

static struct verdict get_open_notices(struct turn *turn, const void *request,
				       ProtobufCMessage *response)
{
	const Stations__GetOpenNoticesRequest *asked = request;
	Stations__GetOpenNoticesResponse *answer = (Stations__GetOpenNoticesResponse *)response;
	const Stations__ComplianceNotice like = { .programme_year_id = asked->programme_year_id,
						  .state = ISSUED };
	const char *tally = "programme_year_id,state,region_code";
	size_t most = 0;

	if (!year_seen(turn, asked->programme_year_id))
		return turn_not_found(asked->programme_year_id);
	struct each each = turn_groups(turn, &notices, tally, &like, 2);
	for (struct group group; group_next(&each, &group);)
		most++;
	answer->regions = turn_take(turn, most * sizeof(*answer->regions));
	each = turn_groups(turn, &notices, tally, &like, 2);
	for (struct group group; answer->n_regions < most && group_next(&each, &group);) {
		const Stations__ComplianceNotice *of = group.like;
		if (!turn_sees(turn, &notices, of))
			continue;
		Stations__OpenMatters *row = turn_take(turn, sizeof(*row));
		*row = (Stations__OpenMatters)STATIONS__OPEN_MATTERS__INIT;
		row->region_code = of->region_code;
		row->open = (int32_t)group.count;
		row->oldest_on = oldest_of(turn, of);
		row->oldest_days = days_open(turn, row->oldest_on, NULL);
		answer->regions[answer->n_regions++] = row;
	}
	return turn_done();
}

static const struct command commands[] = {
	{ "IssueNotice", issue_notice, BY_PROVINCE | BY_PREFECTURE | BY_COUNTY,
	  "notice_id project_id subject content issued_on" },
	{ "AcknowledgeNotice", acknowledge_notice, BY_AGENCY, "notice_id acknowledged_on" },
	{ 0 },
};

static const struct query queries[] = {
	{ "GetNotice", .answer = get_notice },
	{ "ListNotices", LIST(notices) },
	/* Not for those who may see their own agency's notices only. */
	{ "GetOpenNotices", .answer = get_open_notices,
	  .callers = (unsigned)BY_ANYONE & ~(unsigned)(BY_AGENCY | BY_WORKER) },
	{ 0 },
};

static const struct table *const tables[] = { &notices, NULL };
const struct aggregate notice = { tables, commands, queries };
