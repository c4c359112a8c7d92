/* What reporting keeps of the other services' records, for the rules and figures that read them. */
#pragma once

#include "engine/service.h"

#include "shegong/funding/v1/funding.pb-c.h"
#include "shegong/personnel/v1/personnel.pb-c.h"
#include "shegong/stations/v1/stations.pb-c.h"
#include "shegong/supervision/v1/supervision.pb-c.h"

/* Of stations: Stations__ProgrammeYear, Region, Site, Project, Posting, Agreement, Unplaced, Station,
 * RegionalCentre. */
extern const struct table programme_years, regions, sites, projects, postings, agreements, unplaced,
	station_records, centres;

/* Of personnel: Personnel__Agency, Call, Application, Applicant, SelectedProfessional. */
extern const struct table agencies, calls, applications, applicants, selected_professionals;

/* Of funding: Funding__Appropriation, Entitlement, EntitlementShare, StoppedGrant, Disbursement,
 * Expense, LedgerEntry, Distribution. */
extern const struct table appropriations, entitlements, entitlement_shares, stopped_grants,
	disbursements, expenses, ledger_entries, distributions;

/* Of supervision: Supervision__FieldVisit, EvaluationRound, Evaluation, StationCover. */
extern const struct table field_visits, evaluation_rounds, evaluations, station_covers;

/* --- duty.c ------------------------------------------------------------------------------------ */

/* Reactions that keep what is due up to date. */
struct verdict on_station_opened(struct turn *, const Engine__Event *, const void *body);
struct verdict on_station_closed(struct turn *, const Engine__Event *, const void *body);
struct verdict on_post_filled(struct turn *, const Engine__Event *, const void *body);
struct verdict on_post_vacated(struct turn *, const Engine__Event *, const void *body);
struct verdict on_change_submitted(struct turn *, const Engine__Event *, const void *body);
struct verdict on_change_held(struct turn *, const Engine__Event *, const void *body);
struct verdict on_change_edited(struct turn *, const Engine__Event *, const void *body);
struct verdict on_change_returned(struct turn *, const Engine__Event *, const void *body);
struct verdict on_change_rejected(struct turn *, const Engine__Event *, const void *body);
struct verdict on_change_withdrawn(struct turn *, const Engine__Event *, const void *body);
struct verdict on_change_lapsed(struct turn *, const Engine__Event *, const void *body);
struct verdict on_baseline_amended(struct turn *, const Engine__Event *, const void *body);
struct verdict on_post_reserved(struct turn *, const Engine__Event *, const void *body);
struct verdict on_post_released(struct turn *, const Engine__Event *, const void *body);
struct verdict on_reservations_expired(struct turn *, const Engine__Event *, const void *body);
struct verdict on_registration_recorded(struct turn *, const Engine__Event *, const void *body);
struct verdict on_registration_expiring(struct turn *, const Engine__Event *, const void *body);
struct verdict on_registration_renewed(struct turn *, const Engine__Event *, const void *body);
struct verdict on_finding_raised(struct turn *, const Engine__Event *, const void *body);
struct verdict on_agency_notified(struct turn *, const Engine__Event *, const void *body);
struct verdict on_finding_handled(struct turn *, const Engine__Event *, const void *body);
struct verdict on_finding_reported(struct turn *, const Engine__Event *, const void *body);
struct verdict on_rectification_required(struct turn *, const Engine__Event *, const void *body);
struct verdict on_rectification_submitted(struct turn *, const Engine__Event *, const void *body);
struct verdict on_rectification_returned(struct turn *, const Engine__Event *, const void *body);
struct verdict on_rectification_dropped(struct turn *, const Engine__Event *, const void *body);
struct verdict on_recovery_required(struct turn *, const Engine__Event *, const void *body);
struct verdict on_account_settled(struct turn *, const Engine__Event *, const void *body);
struct verdict on_recovery_returned(struct turn *, const Engine__Event *, const void *body);
struct verdict on_session_recorded(struct turn *, const Engine__Event *, const void *body);
struct verdict on_session_acknowledged(struct turn *, const Engine__Event *, const void *body);
struct verdict on_project_monitored(struct turn *, const Engine__Event *, const void *body);
struct verdict on_station_unsupervised(struct turn *, const Engine__Event *, const void *body);
struct verdict on_assignment_activated(struct turn *, const Engine__Event *, const void *body);
struct verdict on_station_cover_dropped(struct turn *, const Engine__Event *, const void *body);

/* --- place.c ----------------------------------------------------------------------------------- */

/* True for a department in whose area the site lies, and for an agency with a project there. */
bool site_is_own(struct turn *, const Stations__Site *);

/* --- work_record.c ----------------------------------------------------------------------------- */

/* The posting ended: records of work after that day are marked. */
struct verdict work_orphan(struct turn *, const Stations__Posting *);
