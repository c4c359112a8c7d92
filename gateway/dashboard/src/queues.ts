// All that waits for somebody, with the commands that carry it on.  The conditions are those that the
// services' rules ask for; who may send a command comes from their tables (offers.ts).

import {
  DisbursementSchema, DisbursementState, type Distribution, DistributionSchema, DistributionState, ExceptionState,
  ExpenseExceptionSchema, ExpenseSchema, ExpenseState, FundingService, ReconciliationSchema, ReconciliationState,
  SpecialAccountState, TrainingClaimSchema, TrainingClaimState,
} from "../generated.tmp/shegong/funding/v1/funding_pb";
import {
  AccessKeySchema, type Account, AccountSchema, ApplicationDecision, ApplicationSchema, ApplicationState, CredentialState,
  PersonnelService, TokenSchema,
} from "../generated.tmp/shegong/personnel/v1/personnel_pb";
import {
  AlertSchema, AlertState, ObligationKind, ObligationState, QuarterlyReportSchema, ReportingService, ReportState,
} from "../generated.tmp/shegong/reporting/v1/reporting_pb";
import {
  type Agreement, AgreementSchema, AgreementState, ChangeDecision, type ChangeRequest, ChangeRequestSchema, ChangeState,
  ChangeStepKind, ComplianceNoticeSchema, EntrustmentSchema, type Entrustment, NoticeState, PostingSchema, PostingState,
  type Station, StationSchema, StationsService, StationState,
} from "../generated.tmp/shegong/stations/v1/stations_pb";
import {
  Disposition, EvaluationSchema, EvaluationState, FieldVisitSchema, type Finding, FindingSchema, FindingState, type Rectification,
  RectificationSchema, RectificationState, SessionState, SupervisionService, SupervisionSessionSchema, SuperviseeKind,
  type SupervisionSession, VisitState,
} from "../generated.tmp/shegong/supervision/v1/supervision_pb";
import type { CallOptions } from "@connectrpc/connect";
import { funding, personnel, reporting, stations, supervision, type Who } from "./api";
import { all } from "./ask";
import type { AnyQueue, Queue, View } from "./offers";

// What the list gives is what all else is about.
const queue = <R>(of: Omit<Queue<NoInfer<R>>, "list"> & { list(view: View, options: CallOptions): Promise<R[]> }): AnyQueue => of;

const inYear = ({ year }: View) => ({ programmeYearId: year });
const toProject = ({ projectId }: { projectId: string }) => ({ page: "project", id: projectId });
const flat = async <T>(lists: Promise<T[]>[]): Promise<T[]> => (await Promise.all(lists)).flat();

// --- Agreements and changes ------------------------------------------------------------------------

const PARTY: Record<string, string> = {
  ROLE_PROVINCE: "province", ROLE_COUNTY: "county", ROLE_PREFECTURE: "county", ROLE_AGENCY: "agency",
};
const partyOf = ({ role }: Who): string => PARTY[role] ?? "";

export const agreements: Queue<Agreement> = {
  title: "dashboard.agreements_to_sign", schema: AgreementSchema, touches: ["Agreement", "RulesAmended"],
  list: (view, options) => flat([AgreementState.DRAFT, AgreementState.SIGNING].map((state) =>
    all(stations.listAgreements, { ...inYear(view), state }, options))),
  offers: [{
    name: "dashboard.sign", command: StationsService.method.signAgreement, ask: ["signed_on"],
    given: (_, { who }) => ({ party: partyOf(who) }),
    stands: (a, { who, rules }) => (a.state === AgreementState.DRAFT || a.state === AgreementState.SIGNING) &&
      rules !== null && a.rulesVersion === rules.rulesVersion &&
      (rules.rules?.agreementParties ?? []).includes(partyOf(who)) &&
      a.signatures.every((s) => s.party !== partyOf(who) && s.signedBy !== who.personId),
  }],
  shows: ["project_id", "agency_id", "people", "state"], to: toProject,
};

// A change, and who has taken part in its version.
export interface Reviewed extends ChangeRequest { took: readonly string[] }

export async function reviewed(change: ChangeRequest, options: object): Promise<Reviewed> {
  const { steps } = await stations.getChange({ changeId: change.changeId }, options);
  return { ...change, took: steps.filter((s) => s.version === change.version &&
    (s.kind === ChangeStepKind.SUBMITTED || s.kind === ChangeStepKind.ENDORSED)).map((s) => s.takenBy) };
}

const level = ({ role }: Who): string => role.replace("ROLE_", "").toLowerCase();
const myTurn = (c: Reviewed, { who }: View): boolean =>
  (c.state === ChangeState.HELD || c.state === ChangeState.ENDORSED) && c.awaitsLevel === level(who);
const otherEyes = (c: Reviewed, view: View): boolean => myTurn(c, view) && !c.took.includes(view.who.personId);

export const changes: Queue<Reviewed> = {
  title: "dashboard.changes_to_decide", schema: ChangeRequestSchema, touches: ["Change", "Baseline"],
  list: async (view, options) => {
    const waiting = await all(stations.listChanges, { ...inYear(view), awaitsLevel: level(view.who) }, options);
    return Promise.all(waiting.map((change) => reviewed(change, options)));
  },
  offers: [
    { name: "dashboard.endorse", command: StationsService.method.endorseChange, ask: ["note?"], stands: otherEyes },
    { name: "dashboard.approve", command: StationsService.method.decideChange, ask: ["document_no", "note?"],
      given: () => ({ decision: ChangeDecision.APPROVE }), stands: otherEyes },
    { name: "dashboard.reject", command: StationsService.method.decideChange, ask: ["note"], aside: true,
      given: () => ({ decision: ChangeDecision.REJECT }), stands: otherEyes },
    { name: "dashboard.return", command: StationsService.method.returnChange, ask: ["note"], aside: true, stands: myTurn },
  ],
  shows: ["kind", "reason", "project_id", "submitted_on"], to: toProject, due: (c) => c.decideBy,
};

const arrivals = queue({
  title: "dashboard.arrivals_to_confirm", schema: PostingSchema, touches: ["Post", "Arrival", "Agreement", "Baseline"],
  list: (view, options) => all(stations.listPostings, { ...inYear(view), state: PostingState.READY }, options),
  offers: [{
    name: "dashboard.confirm", command: StationsService.method.confirmArrival, ask: ["arrived_on"],
    stands: (p) => !p.employmentId,
  }],
  shows: ["person_id", "agency_id", "project_id"], to: toProject,
});

const notices = queue({
  title: "dashboard.notices_to_acknowledge", schema: ComplianceNoticeSchema, touches: ["Notice"],
  list: (view, options) => all(stations.listNotices, { ...inYear(view), state: NoticeState.ISSUED }, options),
  offers: [{
    name: "dashboard.acknowledge", command: StationsService.method.acknowledgeNotice, ask: ["acknowledged_on", "answer?"],
    since: (n) => n.issuedOn,
  }],
  shows: ["subject", "document_no", "issued_on", "project_id"], to: toProject, due: (n) => n.acknowledgeBy,
});

// --- Applications ----------------------------------------------------------------------------------

const decide = (decision: ApplicationDecision) => ({
  command: PersonnelService.method.decideApplication, given: () => ({ decision }),
  since: (a: { submittedOn: string }) => a.submittedOn,
  stands: (a: { state: ApplicationState }) => a.state === ApplicationState.UNDER_REVIEW,
});

const applications = queue({
  title: "dashboard.applications_to_decide", schema: ApplicationSchema, touches: ["Application"],
  list: (view, options) => flat([ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW].map((state) =>
    all(personnel.listApplications, { ...inYear(view), state }, options))),
  offers: [
    { name: "dashboard.review", command: PersonnelService.method.reviewApplication, ask: ["review?"],
      stands: (a) => a.state === ApplicationState.SUBMITTED },
    { name: "dashboard.accept", ask: ["decided_on", "reason?"], ...decide(ApplicationDecision.ACCEPT) },
    { name: "dashboard.reject", ask: ["decided_on", "reason"], aside: true, ...decide(ApplicationDecision.REJECT) },
    { name: "dashboard.return", command: PersonnelService.method.returnApplication, ask: ["reason"], aside: true },
  ],
  shows: ["title", "agency_id", "site_id", "state", "submitted_on"],
});

// --- Money -----------------------------------------------------------------------------------------

const requested = queue({
  title: "dashboard.disbursements_to_authorise", schema: DisbursementSchema, touches: ["Disbursement", "Payment"],
  list: (view, options) => all(funding.listDisbursements, { ...inYear(view), state: DisbursementState.REQUESTED }, options),
  offers: [
    { name: "dashboard.authorise", command: FundingService.method.authoriseDisbursement, ask: ["authorised_fen"],
      most: (d) => d.amountFen, stands: (d, { who }) => d.requestedBy !== who.personId },
    { name: "dashboard.refuse", command: FundingService.method.refuseDisbursement, ask: ["reason"], aside: true },
  ],
  shows: ["amount_fen", "source", "purpose", "project_id", "requested_on"], to: toProject,
});

const authorised = queue({
  title: "dashboard.disbursements_to_pay", schema: DisbursementSchema, touches: ["Disbursement", "Payment", "Account"],
  list: async (view, options) => {
    const [waiting, accounts] = await Promise.all([
      all(funding.listDisbursements, { ...inYear(view), state: DisbursementState.AUTHORISED }, options),
      all(funding.listSpecialAccounts, inYear(view), options),
    ]);
    const frozen = new Set(accounts.filter((a) => a.state === SpecialAccountState.FROZEN).map((a) => a.accountId));
    return waiting.map((d) => ({ ...d, frozen: frozen.has(d.accountId) }));
  },
  offers: [
    { name: "dashboard.record_payment", command: FundingService.method.recordPayment, ask: ["paid_fen", "paid_on", "document_no"],
      most: (d) => d.authorisedFen,
      stands: (d, { who }) => !d.frozen && d.requestedBy !== who.personId && d.authorisedBy !== who.personId },
    { name: "dashboard.record_failure", command: FundingService.method.recordPaymentFailure, ask: ["failed_on", "reason"], aside: true },
  ],
  shows: ["authorised_fen", "source", "purpose", "project_id", "authorised_on"], to: toProject,
});

const expenses = queue({
  title: "dashboard.expenses_to_verify", schema: ExpenseSchema, touches: ["Expense"],
  list: (view, options) => flat([ExpenseState.ANSWERED, ExpenseState.RECORDED].map((state) =>
    all(funding.listExpenses, { ...inYear(view), state }, options))),
  offers: [
    { name: "dashboard.verify", command: FundingService.method.verifyExpense, stands: (e, { who }) => e.recordedBy !== who.personId },
    { name: "dashboard.query", command: FundingService.method.raiseExpenseQuery, ask: ["question"], aside: true },
  ],
  shows: ["amount_fen", "category", "description", "spent_on", "answer"], to: (e) => ({ page: "expense", id: e.expenseId }),
});

const questions = queue({
  title: "dashboard.queries_to_answer", schema: ExpenseSchema, touches: ["Expense"],
  list: (view, options) => all(funding.listExpenses, { ...inYear(view), state: ExpenseState.QUERIED }, options),
  offers: [{ name: "dashboard.answer", command: FundingService.method.answerExpenseQuery, ask: ["answer"] }],
  shows: ["question", "amount_fen", "category", "spent_on"], to: (e) => ({ page: "expense", id: e.expenseId }),
});

const exceptions = queue({
  title: "dashboard.exceptions_to_decide", schema: ExpenseExceptionSchema, touches: ["Exception"],
  list: (view, options) => all(funding.listExpenseExceptions, { ...inYear(view), state: ExceptionState.REQUESTED }, options),
  offers: [
    { name: "dashboard.approve", command: FundingService.method.approveException, ask: ["decided_on", "document_no"],
      stands: (e, { who }) => e.requestedBy !== who.personId },
    { name: "dashboard.refuse", command: FundingService.method.refuseException, ask: ["decided_on", "document_no", "reason"], aside: true,
      stands: (e, { who }) => e.requestedBy !== who.personId },
  ],
  shows: ["amount_fen", "category", "reason", "project_id", "requested_on"], to: toProject,
});

const claims = queue({
  title: "dashboard.claims_to_judge", schema: TrainingClaimSchema, touches: ["TrainingClaim"],
  list: (view, options) => all(funding.listTrainingClaims, { ...inYear(view), state: TrainingClaimState.SUBMITTED }, options),
  offers: [
    { name: "dashboard.accept", command: FundingService.method.acceptTrainingClaim, stands: (c, { who }) => c.submittedBy !== who.personId },
    { name: "dashboard.refuse", command: FundingService.method.refuseTrainingClaim, ask: ["reason"], aside: true,
      stands: (c, { who }) => c.submittedBy !== who.personId },
  ],
  shows: ["amount_fen", "class_id", "project_id", "submitted_on"], to: toProject,
});

const reconciliations = queue({
  title: "dashboard.reconciliations_to_judge", schema: ReconciliationSchema, touches: ["Reconciliation"],
  list: (view, options) => all(funding.listReconciliations, { ...inYear(view), state: ReconciliationState.RECORDED }, options),
  offers: [
    { name: "dashboard.confirm", command: FundingService.method.confirmReconciliation, stands: (r, { who }) => r.recordedBy !== who.personId },
    { name: "dashboard.return", command: FundingService.method.returnReconciliation, ask: ["reason"], aside: true,
      stands: (r, { who }) => r.recordedBy !== who.personId },
  ],
  shows: ["balance_on", "ledger_fen", "statement_fen", "explanation", "project_id"], to: toProject,
});

const distributions = queue({
  title: "dashboard.distributions_to_decide", schema: DistributionSchema, touches: ["Distribution"],
  list: async (view, options) => {
    const ofYear = await all(funding.listDistributions, inYear(view), options);
    const settled = ofYear.some((d) => d.state === DistributionState.DECIDED || d.state === DistributionState.PUBLISHED);
    return ofYear.map((d) => ({ ...d, settled }))
      .filter((d) => d.state === DistributionState.PROPOSED || d.state === DistributionState.DECIDED);
  },
  offers: [
    { name: "dashboard.approve", command: FundingService.method.decideDistribution, ask: ["decided_on", "document_no"],
      stands: (d, { who }) => proposed(d, who) && !d.settled },
    { name: "dashboard.publish", command: FundingService.method.publishDistribution, stands: (d) => d.state === DistributionState.DECIDED },
    { name: "dashboard.return", command: FundingService.method.returnDistribution, ask: ["decided_on", "document_no", "reason"],
      aside: true, stands: (d, { who }) => proposed(d, who) },
  ],
  shows: ["for_year", "total_fen", "state", "proposed_on", "decided_on"],
});

function proposed(d: Distribution, who: Who): boolean {
  return d.state === DistributionState.PROPOSED && d.proposedBy !== who.personId;
}

// --- Supervision -----------------------------------------------------------------------------------

const FINDING_STEPS = [
  FindingState.RAISED, FindingState.NOTIFIED, FindingState.HANDLED, FindingState.REPORTED,
];
const at = (state: FindingState) => (f: Finding) => f.state === state;

export const findings: Queue<Finding> = {
  title: "dashboard.findings_to_handle", schema: FindingSchema, touches: ["Finding", "AgencyNotified"],
  list: (view, options) => flat(FINDING_STEPS.map((state) => all(supervision.listFindings, { ...inYear(view), state }, options))),
  offers: [
    { name: "dashboard.notify", command: SupervisionService.method.notifyAgency, ask: ["notified_on", "notice"],
      since: (f) => f.foundOn, stands: at(FindingState.RAISED) },
    { name: "dashboard.handle", command: SupervisionService.method.recordDisposition, ask: ["disposition", "handled_on", "handling"],
      since: (f) => f.notifiedOn, stands: at(FindingState.NOTIFIED) },
    { name: "dashboard.report", command: SupervisionService.method.reportFinding, ask: ["reported_on", "report"],
      since: (f) => f.handledOn, stands: at(FindingState.HANDLED) },
    // Whoever is recalled or replaced has to have left, by a change: that is closed on the change's own terms.
    { name: "dashboard.close", command: SupervisionService.method.closeFinding, ask: ["closed_on"],
      since: (f) => f.reportedOn, stands: (f) => f.state === FindingState.REPORTED && f.disposition === Disposition.WARNING },
  ],
  shows: ["summary", "state", "found_on", "disposition", "project_id"], to: (f) => ({ page: "finding", id: f.findingId }), due: (f) => f.dueBy,
};

const toMend = (r: Rectification) => r.state === RectificationState.REQUIRED || r.state === RectificationState.OVERDUE;
const mended = (r: Rectification) => r.state === RectificationState.SUBMITTED;

const rectifications = queue<Rectification>({
  title: "dashboard.rectifications_to_handle", schema: RectificationSchema, touches: ["Rectification"],
  list: (view, options) => flat([RectificationState.OVERDUE, RectificationState.REQUIRED, RectificationState.SUBMITTED].map((state) =>
    all(supervision.listRectifications, { ...inYear(view), state }, options))),
  offers: [
    { name: "dashboard.hand_in", command: SupervisionService.method.submitRectification, ask: ["submitted_on", "measures"],
      since: (r) => r.requiredOn, stands: toMend },
    { name: "dashboard.accept", command: SupervisionService.method.acceptRectification, ask: ["accepted_on"],
      since: (r) => r.submittedOn, stands: mended },
    { name: "dashboard.return", command: SupervisionService.method.returnRectification, ask: ["reason"], aside: true, stands: mended },
  ],
  shows: ["grade", "state", "measures", "project_id"], to: toProject, due: (r) => r.dueBy,
});

const evaluations = queue({
  title: "dashboard.evaluations_to_review", schema: EvaluationSchema, touches: ["Evaluation", "Round", "Result", "Objection"],
  list: async (view, options) => {
    const [waiting, rounds] = await Promise.all([
      flat([EvaluationState.SCORED, EvaluationState.REVIEWED, EvaluationState.OBJECTED].map((state) =>
        all(supervision.listEvaluations, { ...inYear(view), state }, options))),
      all(supervision.listRounds, inYear(view), options),
    ]);
    return Promise.all(waiting.map(async (e) => ({
      ...e,
      enough: e.scorers >= (rounds.find((r) => r.roundId === e.roundId)?.scheme?.scorersMin ?? 0),
      scoredBy: (await all(supervision.listScores, { evaluationId: e.evaluationId }, options)).map((s) => s.scorerId),
    })));
  },
  offers: [
    { name: "dashboard.review", command: SupervisionService.method.reviewEvaluation, ask: ["reviewed_on", "note?"],
      since: (e) => e.lastScoredOn,
      stands: (e, { who }) => e.state === EvaluationState.SCORED && e.enough && !e.scoredBy.includes(who.personId) },
    { name: "dashboard.finalise", command: SupervisionService.method.finaliseEvaluation, ask: ["final_on"],
      since: (e) => e.reviewedOn, stands: (e) => e.state === EvaluationState.REVIEWED },
    { name: "dashboard.dismiss", command: SupervisionService.method.dismissObjection, ask: ["decided_on", "note"],
      since: (e) => e.objection?.objectedOn ?? "",
      stands: (e, { who }) => e.state === EvaluationState.OBJECTED &&
        ![...e.scoredBy, e.reviewerId, e.finaliserId].includes(who.personId) },
  ],
  shows: ["project_id", "agency_id", "state", "scorers", "score_hundredths"], to: toProject,
});

const visits = queue({
  title: "dashboard.visits_to_report", schema: FieldVisitSchema, touches: ["Visit"],
  list: (view, options) => all(supervision.listVisits, { ...inYear(view), state: VisitState.PLANNED }, options),
  offers: [{ name: "dashboard.report", command: SupervisionService.method.reportVisit, ask: ["visited_on", "summary"] }],
  shows: ["purpose", "project_id", "planned_by"], to: toProject, due: (v) => v.plannedBy,
});

const supervises = (s: SupervisionSession, { who }: View): boolean =>
  who.role !== "ROLE_SUPERVISOR" || s.supervisorPersonId === who.personId;
// Who works at a station acknowledges for it too: that is not told of somebody else's place here.
const supervised = (s: SupervisionSession, { who }: View): boolean =>
  s.superviseeKind === SuperviseeKind.STATION ? who.role === "ROLE_TOWN" : s.superviseeId === who.personId;

export const sessions: Queue<SupervisionSession> = {
  title: "dashboard.sessions_to_hold", schema: SupervisionSessionSchema, touches: ["Session"],
  list: (view, options) => flat([SessionState.PLANNED, SessionState.HELD, SessionState.RECORDED].map((state) =>
    all(supervision.listSessions, { ...inYear(view), state }, options))),
  offers: [
    { name: "dashboard.hold", command: SupervisionService.method.holdSession, ask: ["held_on", "minutes", "attendees"],
      stands: (s, view) => s.state === SessionState.PLANNED && supervises(s, view) },
    { name: "dashboard.record", command: SupervisionService.method.recordSession, ask: ["recorded_on", "record"],
      since: (s) => s.heldOn, stands: (s, view) => s.state === SessionState.HELD && supervises(s, view) },
    { name: "dashboard.acknowledge", command: SupervisionService.method.acknowledgeSession, ask: ["acknowledged_on"],
      since: (s) => s.recordedOn, stands: (s, view) => s.state === SessionState.RECORDED && supervised(s, view) },
  ],
  shows: ["topic", "kind", "state", "planned_by", "station_id"], to: (s) => ({ page: "session", id: s.sessionId }),
  due: (s) => s.acknowledgeBy || s.plannedBy,
};

// --- Stations --------------------------------------------------------------------------------------

const entrustments = queue({
  title: "dashboard.entrustments_to_sign", schema: EntrustmentSchema, touches: ["Entrustment"],
  list: (view, options) => flat([AgreementState.DRAFT, AgreementState.SIGNING].map((state) =>
    all(stations.listEntrustments, { ...inYear(view), state }, options))),
  offers: [{
    name: "dashboard.sign", command: StationsService.method.signEntrustment, ask: ["signed_on"],
    given: (_, { who }) => ({ party: level(who) }),
    stands: (e, { who }) => e.signatures.every((s) => s.party !== level(who) && s.signedBy !== who.personId),
  }],
  shows: ["document_no", "tasks", "in_force_from", "in_force_until"],
});

interface Planned extends Station { entrusted: boolean }

const planned = queue<Planned>({
  title: "dashboard.stations_to_open", schema: StationSchema, touches: ["Station", "Entrustment"],
  list: async (view, options) => {
    const [waiting, inForce] = await Promise.all([
      flat([StationState.PLANNED, StationState.APPROVED].map((state) =>
        all(stations.listStations, { ...inYear(view), state }, options))),
      all(stations.listEntrustments, { ...inYear(view), state: AgreementState.IN_FORCE }, options),
    ]);
    const holds = (e: Entrustment) => e.inForceFrom <= view.today && (!e.inForceUntil || e.inForceUntil >= view.today);
    return waiting.map((s) => ({ ...s, entrusted: inForce.some(holds) }));
  },
  offers: [
    { name: "dashboard.approve", command: StationsService.method.approveStation, ask: ["approved_on"],
      stands: (s) => s.state === StationState.PLANNED },
    { name: "dashboard.open", command: StationsService.method.openStation, ask: ["opened_on"], since: (s) => s.approvedOn,
      stands: (s, { who }) => s.state === StationState.APPROVED && s.centreId !== "" &&
        (who.role !== "ROLE_PROJECT_OFFICE" || s.entrusted) },
  ],
  shows: ["name_zh", "batch", "state", "region_code", "approved_on"], to: (s) => ({ page: "station", id: s.stationId }),
});

// --- Reports and alerts ----------------------------------------------------------------------------

const reportsToJudge = queue({
  title: "dashboard.reports_to_judge", schema: QuarterlyReportSchema, touches: ["Report"],
  list: (view, options) => all(reporting.listReports, { ...inYear(view), state: ReportState.SUBMITTED }, options),
  offers: [
    { name: "dashboard.accept", command: ReportingService.method.acceptReport, stands: (r, { who }) => r.submittedById !== who.personId },
    { name: "dashboard.return", command: ReportingService.method.returnReport, ask: ["reason"], aside: true },
  ],
  shows: ["period", "progress", "submitted_on", "agency_id"], to: (r) => ({ page: "site", id: r.siteId }),
});

const reportsToHandIn = queue({
  title: "dashboard.reports_to_hand_in", schema: QuarterlyReportSchema, touches: ["Report", "Obligation"],
  list: async (view, options) => {
    const [open, due] = await Promise.all([
      flat([ReportState.RETURNED, ReportState.REOPENED, ReportState.DRAFT].map((state) =>
        all(reporting.listReports, { ...inYear(view), state }, options))),
      all(reporting.listObligations, { ...inYear(view), kind: ObligationKind.QUARTERLY_REPORT }, options),
    ]);
    return open.map((r) => ({
      ...r, due: due.find((o) => o.siteId === r.siteId && o.period === r.period && o.state !== ObligationState.WAIVED),
    }));
  },
  offers: [{
    name: "dashboard.hand_in", command: ReportingService.method.submitReport, ask: ["submitted_on"],
    since: (r) => r.due?.arisenOn ?? "",
    stands: (r, { who }) => r.progress !== "" && r.due !== undefined &&
      (who.role !== "ROLE_PREFECTURE" || who.regionCode === r.regionCode),
  }],
  shows: ["period", "state", "return_reason", "progress"], to: (r) => ({ page: "site", id: r.siteId }), due: (r) => r.dueBy,
});

const alerts = queue({
  title: "dashboard.alerts_to_acknowledge", schema: AlertSchema, touches: ["Alert", "Obligation"], wherever: true,
  list: async (view, options) => (await all(reporting.listAlerts, { ...inYear(view), state: AlertState.RAISED }, options))
    .sort((a, b) => (a.dueBy < b.dueBy ? -1 : 1)),
  offers: [{ name: "dashboard.acknowledge", command: ReportingService.method.acknowledgeAlert, ask: ["note?"] }],
  shows: ["obligation_kind", "kind", "subject_id", "period"],
  to: (a) => (a.projectId ? toProject(a) : { page: "site", id: a.siteId }), due: (a) => a.dueBy,
});

// --- Accounts --------------------------------------------------------------------------------------

const accounts = queue<Account>({
  title: "dashboard.accounts_to_approve", schema: AccountSchema, touches: ["Account"],
  list: async ({ who }, options) => (await all(personnel.listAccounts, { regionCode: who.regionCode }, options)).filter((a) => a.proposed),
  offers: [
    { name: "dashboard.approve", command: PersonnelService.method.approveAccount,
      stands: (a, { who }) => a.proposedBy !== who.personId && a.personId !== who.personId &&
        (a.proposed?.regionCode ?? "").startsWith(who.regionCode) },
    { name: "dashboard.refuse", command: PersonnelService.method.declineAccount, ask: ["reason"], aside: true },
  ],
  shows: ["work_name", "person_id", "state", "region_code"],
});

const tokens = queue({
  title: "dashboard.tokens_to_approve", schema: TokenSchema, touches: ["Token"],
  list: ({ who }, options) => all(personnel.listTokens, { regionCode: who.regionCode, state: CredentialState.PROPOSED }, options),
  offers: [{ name: "dashboard.approve", command: PersonnelService.method.approveToken, stands: (t, { who }) => t.issuedBy !== who.personId }],
  shows: ["account_id", "label", "issued_on", "valid_until"],
});

const keys = queue({
  title: "dashboard.keys_to_approve", schema: AccessKeySchema, touches: ["Key"],
  list: ({ who }, options) => all(personnel.listKeys, { regionCode: who.regionCode, state: CredentialState.PROPOSED }, options),
  offers: [{ name: "dashboard.approve", command: PersonnelService.method.approveKey, stands: (k, { who }) => k.registeredBy !== who.personId }],
  shows: ["account_id", "label", "registered_on"],
});

// In the order in which the page has them: what is decided first, what is only noted last.
export const QUEUES: readonly AnyQueue[] = [
  accounts, tokens, keys, agreements, entrustments, changes, applications, planned, requested, authorised, exceptions, distributions,
  arrivals, findings, rectifications, evaluations, reportsToJudge, reportsToHandIn, claims, reconciliations, questions, notices,
  visits, sessions, expenses, alerts,
];
