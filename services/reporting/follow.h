/* What reporting keeps of the other services' records, for the rules and figures that read them. */
#pragma once

#include "engine/service.h"

#include "shegong/funding/v1/funding.pb-c.h"
#include "shegong/personnel/v1/personnel.pb-c.h"
#include "shegong/stations/v1/stations.pb-c.h"
#include "shegong/supervision/v1/supervision.pb-c.h"

/* Of stations: Stations__ProgrammeYear, Region, Site, Project, Posting, Agreement, Unplaced. */
extern const struct table programme_years, regions, sites, projects, postings, agreements, unplaced;

/* Of personnel: Personnel__Agency, Call, Application, Applicant, SelectedProfessional. */
extern const struct table agencies, calls, applications, applicants, selected_professionals;

/* Of funding: Funding__Appropriation, Entitlement, EntitlementShare, StoppedGrant, Disbursement,
 * Expense, LedgerEntry, Distribution. */
extern const struct table appropriations, entitlements, entitlement_shares, stopped_grants,
	disbursements, expenses, ledger_entries, distributions;

/* Of supervision: Supervision__FieldVisit, EvaluationRound, Evaluation. */
extern const struct table field_visits, evaluation_rounds, evaluations;
