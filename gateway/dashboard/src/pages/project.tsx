// A project from its agreement to the last expense: each figure leads to the records behind it.

import { CategoryExecutionSchema, DisbursementSchema, EntitlementSchema, ExpenseSchema, LedgerEntrySchema } from "../../generated.tmp/shegong/funding/v1/funding_pb";
import { QuarterlyReportSchema } from "../../generated.tmp/shegong/reporting/v1/reporting_pb";
import { AgreementSchema, BaselineSchema, ChangeRequestSchema, PostingSchema, type Project, ProjectSchema, SignatureSchema } from "../../generated.tmp/shegong/stations/v1/stations_pb";
import { EvaluationSchema, FieldVisitSchema, FindingSchema } from "../../generated.tmp/shegong/supervision/v1/supervision_pb";
import { funding, reporting, stations, supervision } from "../api";
import { of, pages, useAsk } from "../ask";
import { Waiting } from "../parts/frame";
import { Card, records } from "../parts/record";
import { Panel } from "../parts/table";
import { address } from "../route";
import { say, word } from "../words";

export function ProjectPage({ year, id }: { year: string; id: string }) {
  const { answer, fault } = useAsk(`project ${id}`, {
    ask: (options) => stations.getProject({ projectId: id }, options),
    touches: of("Project", "Agreement", "Baseline"),
  });
  const project = answer?.project;
  if (!project) return <Waiting fault={fault} />;
  return (
    <>
      <nav class="path" aria-label={say("path")}>
        <a href={address("site", { year, id: project.siteId })}>{say("site_of_this")}</a>
      </nav>
      <h1>{say("project")} <span translate={false}>{id}</span></h1>
      <div class="panels">
        <Card title={say("project")} schema={ProjectSchema} record={project}
          names={["project_id", "site_id", "agency_id", "region_code", "state", "goals", "people", "started_on", "closed_on", "baseline_version"]}
          links={{ site_id: (p) => address("site", { year, id: p.siteId }) }} />
        {project.agreementId && <AgreementOf id={project.agreementId} />}
        <Agreed project={project} />
        <People id={id} />
        <Money id={id} year={year} />
        <Watched project={project} />
      </div>
    </>
  );
}

function AgreementOf({ id }: { id: string }) {
  const { answer, fault } = useAsk(`agreement ${id}`, {
    ask: (options) => stations.getAgreement({ agreementId: id }, options),
    touches: of("Agreement"),
  });
  const agreement = answer?.agreement;
  if (!agreement) return <Waiting fault={fault} />;
  return (
    <>
      <Card title={say("agreement")} schema={AgreementSchema} record={agreement}
        names={["agreement_id", "state", "in_force_on", "late", "people", "version"]} />
      <Panel title={word("signatures")} table={records(SignatureSchema, agreement.signatures, ["party", "signed_on", "signed_by"])} />
    </>
  );
}

function Agreed({ project }: { project: Project }) {
  const projectId = project.projectId;
  const baselines = useAsk(`baselines ${projectId}`, {
    ask: (options) => stations.listBaselines({ projectId }, options), touches: of("Baseline", "Agreement"),
  });
  const changes = useAsk(`changes ${projectId}`, {
    ask: (options) => stations.listChanges({ projectId }, options), touches: of("Change", "Baseline"),
  });
  return (
    <>
      <Panel title={say("baselines")} table={records(BaselineSchema, baselines.answer?.baselines ?? [],
        ["version", "valid_from", "changed", "objectives", "schedule"])} />
      <Panel title={say("changes")} table={records(ChangeRequestSchema, changes.answer?.changes ?? [],
        ["change_id", "kind", "state", "reason", "submitted_on", "decided_on"])} />
    </>
  );
}

function People({ id }: { id: string }) {
  const { answer, fault } = useAsk(`postings ${id}`, {
    ask: (options) => stations.listPostings({ projectId: id }, options),
    touches: of("Post", "Arrival", "Baseline"),
  });
  if (!answer) return <Waiting fault={fault} />;
  return <Panel title={say("people")} table={records(PostingSchema, answer.postings,
    ["posting_id", "person_id", "state", "arrived_on", "arrived_late", "ended_on"])} />;
}

// --- Money -----------------------------------------------------------------------------------------

function Money({ id, year }: { id: string; year: string }) {
  const request = { projectId: id };
  const granted = useAsk(`entitlements ${id}`, {
    ask: (options) => funding.listEntitlements(request, options), touches: of("Entitlement", "Grant", "Account"),
  });
  const paid = useAsk(`disbursements ${id}`, {
    ask: (options) => funding.listDisbursements(request, options), touches: of("Disbursement", "Payment"),
  });
  const spent = useAsk(`expenses ${id}`, {
    ask: (options) => pages(async (pageToken) => {
      const page = await funding.listExpenses({ ...request, pageToken }, options);
      return { rows: page.expenses, nextPageToken: page.nextPageToken };
    }),
    touches: of("Expense"),
  });
  const execution = useAsk(`execution of ${id}`, {
    ask: (options) => funding.getProjectExecution(request, options),
    touches: of("Entitlement", "Grant", "Disbursement", "Payment", "Expense", "Budget"),
  });
  return (
    <>
      <Panel title={say("entitlements")} table={records(EntitlementSchema, granted.answer?.entitlements ?? [],
        ["entitlement_id", "state", "people", "person_standard_fen", "amount_fen", "granted_on"])} />
      <Panel title={say("money_by_category")} table={records(CategoryExecutionSchema, execution.answer?.categories ?? [],
        ["category", "source", "budget_fen", "spent_fen", "left_fen", "execution_rate_hundredths"])} />
      <Panel wide title={say("disbursements")} table={records(DisbursementSchema, paid.answer?.disbursements ?? [],
        ["disbursement_id", "source", "state", "amount_fen", "authorised_fen", "paid_fen", "requested_on", "authorised_on", "paid_on"])} />
      <Panel wide title={say("expenses")} table={records(ExpenseSchema, spent.answer ?? [],
        ["expense_id", "spent_on", "source", "category", "state", "amount_fen", "spent_fen"],
        { expense_id: (e) => address("expense", { year, id: e.expenseId }) }, "expenses")} />
    </>
  );
}

export function ExpensePage({ year, id }: { year: string; id: string }) {
  const { answer, fault } = useAsk(`expense ${id}`, {
    ask: (options) => funding.getExpense({ expenseId: id }, options),
    touches: (event) => event.subject === id,
  });
  const expense = answer?.expense;
  const entries = useAsk(`ledger ${id}`, {
    ask: async (options) => {
      const found = await funding.getExpense({ expenseId: id }, options);
      if (!found.expense) return [];
      const { projectId, source, category } = found.expense;
      return pages(async (pageToken) => {
        const page = await funding.listLedgerEntries({ projectId, source, category, pageToken }, options);
        return { rows: page.entries, nextPageToken: page.nextPageToken };
      });
    },
    touches: of("Expense"),
  });
  if (!expense) return <Waiting fault={fault} />;
  return (
    <>
      <nav class="path" aria-label={say("path")}>
        <a href={address("project", { year, id: expense.projectId })}>{say("project_of_this")}</a>
      </nav>
      <h1>{say("expense")} <span translate={false}>{id}</span></h1>
      <div class="panels">
        <Card title={say("expense")} schema={ExpenseSchema} record={expense}
          names={["expense_id", "project_id", "agency_id", "source", "category", "state", "amount_fen", "spent_fen", "spent_on", "description",
            "document_no", "recorded_by", "verified_by", "verified_on", "question", "answer", "reversed_on", "reversed_because"]}
          links={{ project_id: (e) => address("project", { year, id: e.projectId }) }} />
        <Panel wide title={say("ledger")} table={records(LedgerEntrySchema, entries.answer ?? [],
          ["transaction_id", "transaction", "account", "kind", "amount_fen", "booked_on"])} />
      </div>
    </>
  );
}

// --- What others saw of it -------------------------------------------------------------------------

function Watched({ project }: { project: Project }) {
  const { projectId, siteId } = project;
  const visits = useAsk(`visits ${projectId}`, {
    ask: (options) => supervision.listVisits({ projectId }, options), touches: of("Visit"),
  });
  const findings = useAsk(`findings ${projectId}`, {
    ask: (options) => supervision.listFindings({ projectId }, options), touches: of("Finding", "AgencyNotified"),
  });
  const evaluations = useAsk(`evaluations ${projectId}`, {
    ask: (options) => supervision.listEvaluations({ projectId }, options),
    touches: of("Evaluation", "SelfAssessed", "Round", "Result", "Objection"),
  });
  const reports = useAsk(`reports ${siteId}`, {
    ask: (options) => reporting.listReports({ siteId }, options), touches: of("Report"),
  });
  return (
    <>
      <Panel title={say("visits")} table={records(FieldVisitSchema, visits.answer?.visits ?? [],
        ["visit_id", "state", "planned_by", "visited_on", "summary"])} />
      <Panel title={say("findings")} table={records(FindingSchema, findings.answer?.findings ?? [],
        ["finding_id", "state", "found_on", "summary", "disposition", "due_by", "overdue"])} />
      <Panel title={say("reports")} table={records(QuarterlyReportSchema, reports.answer?.reports ?? [],
        ["period", "state", "due_by", "submitted_on", "late", "reviewed_on"])} />
      <Panel title={say("evaluation")} table={records(EvaluationSchema, evaluations.answer?.evaluations ?? [],
        ["evaluation_id", "state", "score_hundredths", "grade", "final_on", "late"])} />
    </>
  );
}
