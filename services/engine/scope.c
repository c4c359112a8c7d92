#include "engine/scope.h"

#include "base/text.h"
#include "engine/service.h"

bool scope_covers(const Engine__Principal *actor, const char *region_code)
{
	if (actor->role == ENGINE__ROLE__ROLE_SERVICE)
		return true;
	return !text_empty(actor->region_code) && text_begins(region_code, actor->region_code);
}

bool scope_for_agency(const Engine__Principal *actor, const char *agency_id)
{
	/* An account of an agency that does not say which is nobody's. */
	if (text_empty(actor->agency_id))
		return actor->role != ENGINE__ROLE__ROLE_AGENCY;
	return text_same(actor->agency_id, agency_id);
}

static bool reads(const Engine__Principal *actor, uint32_t readers)
{
	readers &= ~(uint32_t)NOT_FROM_BELOW;
	/* The role may come from the wire: one that nobody has named reads nothing. */
	if (actor->role <= ENGINE__ROLE__ROLE_UNSPECIFIED || actor->role >= 32)
		return false;
	return ((readers ? readers : BY_ANYONE) & 1U << actor->role) != 0;
}

static bool is_about(const Engine__Principal *actor, const Engine__Scope *scope)
{
	return !text_empty(scope->person_id) && text_same(scope->person_id, actor->person_id);
}

bool scope_counts_area(const Engine__Principal *actor, const char *region_code)
{
	return actor->role == ENGINE__ROLE__ROLE_MINISTRY || scope_covers(actor, region_code);
}

bool scope_counts(const Engine__Principal *actor, const Engine__Scope *scope)
{
	if (actor->role == ENGINE__ROLE__ROLE_SERVICE || is_about(actor, scope))
		return true;
	if (actor->role == ENGINE__ROLE__ROLE_MINISTRY)
		return true;
	if (!text_empty(scope->agency_id) && !scope_for_agency(actor, scope->agency_id))
		return false;
	return scope_covers(actor, scope->region_code) ||
	       (!(scope->readers & NOT_FROM_BELOW) &&
		text_begins(actor->region_code, scope->region_code));
}

bool scope_sees(const Engine__Principal *actor, const Engine__Scope *scope)
{
	if (actor->role == ENGINE__ROLE__ROLE_SERVICE || is_about(actor, scope))
		return true;
	return reads(actor, scope->readers) && scope_counts(actor, scope);
}

bool scope_sees_event(const Engine__Principal *actor, const Engine__Event *event)
{
	if (actor->role == ENGINE__ROLE__ROLE_SERVICE)
		return true;
	for (size_t i = 0; i < event->n_scopes; i++) {
		if (!scope_sees(actor, event->scopes[i]))
			return false;
	}
	return event->n_scopes > 0;
}
