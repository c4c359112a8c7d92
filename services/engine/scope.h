/* What one may see: the one place that decides it, for records, lists and events, in the services
 * and in the gateway.
 *
 * A record lies in a region, may be an agency's, may be about a person, and its table may be for
 * some offices only; that is its scope.  An event has the scopes of the records that it carries,
 * stamped when it was accepted, so that it can be judged without its service. */
#pragma once

#include <stdbool.h>

#include "shegong/engine/v1/journal.pb-c.h"

/* True where the office's area covers the region; a service covers all. */
bool scope_covers(const Engine__Principal *, const char *region_code);

/* True where it is the office's own agency, or the office is no agency's. */
bool scope_for_agency(const Engine__Principal *, const char *agency_id);

/* True where the office may be told what lies in the whole of the region, whosever it is: it is in its
 * area; the ministry's is everywhere. */
bool scope_counts_area(const Engine__Principal *, const char *region_code);

/* True where what has that scope lies where the office may see it, and is its agency's or the office is
 * no agency's; or is about him.  Whether such records are read by offices like his one by one is another
 * question, which scope_sees asks too. */
bool scope_counts(const Engine__Principal *, const Engine__Scope *);

/* True where the office may see what has that scope: the one whom it is about; else one of the
 * readers, of that agency or of none, for what lies in his area and for what is decided above it. */
bool scope_sees(const Engine__Principal *, const Engine__Scope *);

/* True where he may see every scope of the event.  An event without any was never judged: only
 * services see it. */
bool scope_sees_event(const Engine__Principal *, const Engine__Event *);
