// What waits for the office that has signed in, with the command that does it.  A command is offered
// where the services' tables let the office send it and the record stands as it must; what then is
// refused is shown in the service's own words.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { DisbursementState } from "../../generated.tmp/shegong/funding/v1/funding_pb";
import { AlertKind, AlertKindSchema, AlertState, ObligationKindSchema, ReportState } from "../../generated.tmp/shegong/reporting/v1/reporting_pb";
import offers from "../../generated.tmp/offers.json";
import { funding, once, reporting, sentence, type Who } from "../api";
import { of, pages, useAsk } from "../ask";
import { Waiting } from "../parts/frame";
import { address } from "../route";
import { hundredths } from "../show";
import { say, word } from "../words";

const may = (who: Who, command: string): boolean =>
  ((offers as Record<string, string[]>)[command] ?? []).includes(who.role);

export function Work({ year, who }: { year: string; who: Who }) {
  const parts = [
    may(who, "reporting.AcceptReport") && <Reports year={year} who={who} />,
    may(who, "funding.AuthoriseDisbursement") && <Disbursements year={year} who={who} />,
    may(who, "reporting.AcknowledgeAlert") && <Alerts year={year} />,
  ].filter(Boolean);
  return (
    <>
      <h1>{say("page_work")}</h1>
      {parts.length ? <div class="panels">{parts}</div> : <p class="notice">{say("no_work")}</p>}
    </>
  );
}

// --- One thing to do -------------------------------------------------------------------------------

interface TaskOf {
  children: ComponentChildren;
  label: string; // of what it is about, for those who hear the page
  actions: readonly { name: string; quiet?: boolean; run(form: FormData): Promise<unknown> }[];
  fields?: ComponentChildren;
}

function Task({ children, label, actions, fields }: TaskOf) {
  const [said, setSaid] = useState<{ text: string; good: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const action = actions[Number((event.submitter as HTMLButtonElement | null)?.value ?? 0)];
    event.preventDefault();
    if (!action) return;
    setBusy(true);
    try {
      await action.run(form);
      setSaid({ text: say("done", { what: action.name }), good: true });
    } catch (error) {
      setSaid({ text: sentence(error), good: false });
    }
    setBusy(false);
  };
  return (
    <li class="task">
      <p>{children}</p>
      <form aria-label={label} onSubmit={(event) => void submit(event)}>
        {fields}
        {actions.map((action, i) => (
          <button type="submit" value={i} class={action.quiet ? "quiet" : ""} disabled={busy}>{action.name}</button>
        ))}
      </form>
      {said && <p class={`notice ${said.good ? "good" : "bad"}`} role={said.good ? "status" : "alert"}>{said.text}</p>}
    </li>
  );
}

function Tasks({ title, fault, tasks }: { title: string; fault: string; tasks: ComponentChildren[] | null }) {
  return (
    <section class="panel" aria-label={title}>
      <header><h2>{title}</h2></header>
      {tasks === null ? <Waiting fault={fault} /> : tasks.length === 0 ? <p class="faint">{say("nothing_waits")}</p>
        : <ul class="tasks">{tasks}</ul>}
    </section>
  );
}

// --- Reports, disbursements, alerts ----------------------------------------------------------------

function Reports({ year, who }: { year: string; who: Who }) {
  const { answer, fault } = useAsk(`reports to judge ${year}`, {
    ask: (options) => pages(async (pageToken) => {
      const page = await reporting.listReports(
        { programmeYearId: year, state: ReportState.SUBMITTED, pageToken }, options);
      return { rows: page.reports, nextPageToken: page.nextPageToken };
    }),
    touches: of("Report"),
  });
  const mine = answer?.filter((r) => r.submittedById !== who.personId) ?? null;
  return <Tasks title={say("reports_to_judge")} fault={fault} tasks={mine && mine.map((r) => (
    <Task key={r.reportId} label={r.reportId} actions={[
      { name: say("accept"), run: () => reporting.acceptReport({ reportId: r.reportId, expectedRevision: r.revision }, once()) },
      { name: say("return"), quiet: true, run: (form) => reporting.returnReport(
        { reportId: r.reportId, reason: String(form.get("reason") ?? ""), expectedRevision: r.revision }, once()) },
    ]} fields={<label>{say("reason")}<input name="reason" /></label>}>
      <a href={address("site", { year, id: r.siteId })} translate={false}>{r.siteId}</a>{" "}
      {say("report_of", { period: r.period, day: r.submittedOn })} <span translate={false}>{r.progress}</span>
    </Task>
  ))} />;
}

function Disbursements({ year, who }: { year: string; who: Who }) {
  const { answer, fault } = useAsk(`disbursements to authorise ${year}`, {
    ask: (options) => pages(async (pageToken) => {
      const page = await funding.listDisbursements(
        { programmeYearId: year, state: DisbursementState.REQUESTED, pageToken }, options);
      return { rows: page.disbursements, nextPageToken: page.nextPageToken };
    }),
    touches: of("Disbursement"),
  });
  const mine = answer?.filter((d) => d.requestedBy !== who.personId) ?? null;
  return <Tasks title={say("disbursements_to_authorise")} fault={fault} tasks={mine && mine.map((d) => (
    <Task key={d.disbursementId} label={d.disbursementId} actions={[
      { name: say("authorise"), run: (form) => funding.authoriseDisbursement({
        disbursementId: d.disbursementId, expectedRevision: d.revision,
        authorisedFen: BigInt(Math.round(Number(form.get("yuan")) * 100)) }, once()) },
    ]} fields={<label>{word("authorised_fen")}
      <input name="yuan" type="number" min="0" step="0.01" required value={Number(d.amountFen) / 100} /></label>}>
      <a href={address("project", { year, id: d.projectId })} translate={false}>{d.disbursementId}</a>{" "}
      {say("disbursement_of", { yuan: hundredths(d.amountFen), day: d.requestedOn })} <span translate={false}>{d.purpose}</span>
    </Task>
  ))} />;
}

function Alerts({ year }: { year: string }) {
  const { answer, fault } = useAsk(`alerts ${year}`, {
    ask: (options) => pages(async (pageToken) => {
      const page = await reporting.listAlerts(
        { programmeYearId: year, state: AlertState.RAISED, pageToken }, options);
      return { rows: page.alerts, nextPageToken: page.nextPageToken };
    }),
    touches: of("Alert", "Obligation"),
  });
  const sorted = answer && [...answer].sort((a, b) => (a.dueBy < b.dueBy ? -1 : 1));
  return <Tasks title={say("alerts_to_acknowledge")} fault={fault} tasks={sorted && sorted.map((a) => (
    <Task key={a.alertId} label={a.alertId} actions={[
      { name: say("acknowledge"), run: (form) => reporting.acknowledgeAlert(
        { alertId: a.alertId, note: String(form.get("note") ?? ""), expectedRevision: a.revision }, once()) },
    ]} fields={<label>{word("note")}<input name="note" /></label>}>
      <strong class={a.kind === AlertKind.OVERDUE ? "bad" : ""}>{word(AlertKindSchema.value[a.kind]?.name ?? "")}</strong>{" "}
      {word(ObligationKindSchema.value[a.obligationKind]?.name ?? "")} <span translate={false}>{a.subjectId || a.projectId || a.siteId}</span>{" "}
      {say("due_on", { day: a.dueBy })}
    </Task>
  ))} />;
}
