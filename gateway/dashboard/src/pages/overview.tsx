// A programme year at a glance.

import type { GetOverviewResponse, ObligationFigures } from "../../generated.tmp/shegong/reporting/v1/reporting_pb";
import { ObligationKindSchema } from "../../generated.tmp/shegong/reporting/v1/reporting_pb";
import type { GetProgrammeYearResponse } from "../../generated.tmp/shegong/stations/v1/stations_pb";
import { funding, reporting, stations, type Who } from "../api";
import { useAsk } from "../ask";
import { Chart } from "../parts/chart";
import { Feed } from "../parts/feed";
import { Waiting } from "../parts/frame";
import { type Column, Panel } from "../parts/table";
import { address } from "../route";
import { count, hundredths, percent } from "../show";
import { known, named, say, word } from "../words";

type Money = "plannedFen" | "receivedFen" | "entitledFen" | "disbursedFen" | "spentFen";
const MONEY: readonly [Money, string][] = [
  ["plannedFen", "planned_fen"], ["receivedFen", "received_fen"], ["entitledFen", "entitled_fen"],
  ["disbursedFen", "disbursed_fen"], ["spentFen", "spent_fen"],
];
const TALL = ["var-1", "var-2", "var-3", "var-4", "var-5"].map((v) => `--${v}`);

export function Overview({ year, who }: { year: string; who: Who }) {
  const request = { programmeYearId: year };
  const overview = useAsk(`overview ${year}`, { ask: (options) => reporting.getOverview(request, options) });
  const rules = useAsk(`year ${year}`, {
    ask: (options) => stations.getProgrammeYear(request, options),
    touches: (event) => event.subject === year,
  });
  const o = overview.answer;
  if (!o) return <Waiting fault={overview.fault} />;
  const links = { year };
  return (
    <>
      <h1 translate={false}>{named(o)}</h1>
      <p class="faint">{say("business_date")} <span data-figure="date">{o.date}</span></p>
      <Tiles overview={o} />
      <div class="panels">
        <DeclaredAndDerived overview={o} />
        <Line overview={o} rules={rules.answer} />
        <Due overview={o} />
        {o.money !== undefined && o.money.ledgerEntries > 0 && <MoneyOfYear overview={o} year={year} />}
        <Alerts overview={o} links={links} />
        {(o.reports?.asked ?? 0) > 0 && <Reports year={year} />}
        {(o.evaluation?.projects ?? 0) > 0 && <Evaluation overview={o} rules={rules.answer} />}
        <Feed />
      </div>
      <p class="faint">{say("seen_by", { role: word(who.role) })}</p>
    </>
  );
}

// --- The figures on top ----------------------------------------------------------------------------

interface TileOf { name: string; figure: string; value: string; of?: string; beside?: string; bad?: boolean; long?: boolean }

function Tile({ name, figure, value, of, beside, bad, long }: TileOf) {
  return (
    <li class={bad ? "bad" : long ? "long" : ""}>
      <span class="name">{name}</span>
      <strong data-figure={figure}>{value}</strong>
      {of && <span class="of">{of}</span>}
      {beside && <span class="faint">{beside}</span>}
    </li>
  );
}

function Tiles({ overview: o }: { overview: GetOverviewResponse }) {
  const projects = o.projects, people = o.people, money = o.money, reports = o.reports, alerts = o.alerts;
  const tiles: (TileOf | false)[] = [
    { name: word("in_post"), figure: "people.inPost", value: count(people?.inPost ?? 0),
      of: `/ ${count(o.places?.quota ?? 0)}`, beside: percent(people?.inPost ?? 0, o.places?.quota ?? 0) },
    (o.stations?.stations ?? 0) > 0 && { name: say("stations_open"), figure: "stations.open", value: count(o.stations?.open ?? 0),
      of: `/ ${count(o.stations?.stations ?? 0)}` },
    (o.stations?.stations ?? 0) > 0 && { name: word("understaffed"), figure: "stations.understaffed",
      value: count(o.stations?.understaffed ?? 0), bad: (o.stations?.understaffed ?? 0) > 0 },
    (o.stations?.stations ?? 0) > 0 && { name: word("without_supervisor"), figure: "stations.withoutSupervisor",
      value: count(o.stations?.withoutSupervisor ?? 0), bad: (o.stations?.withoutSupervisor ?? 0) > 0 },
    (o.stations?.stations ?? 0) > 0 && { name: word("centres"), figure: "stations.centres", value: count(o.stations?.centres ?? 0) },
    (projects?.projects ?? 0) > 0 && { name: word("agreements_in_force"), figure: "projects.agreementsInForce",
      value: count(projects?.agreementsInForce ?? 0), of: `/ ${count(projects?.projects ?? 0)}`,
      beside: say("late_of", { n: projects?.agreementsLate ?? 0 }) },
    (money?.entitledFen ?? 0n) > 0n && { name: word("spent_fen"), figure: "money.spentFen",
      value: hundredths(money?.spentFen ?? 0n), long: true, beside: percent(money?.spentFen ?? 0n, money?.entitledFen ?? 0n) },
    (reports?.asked ?? 0) > 0 && { name: say("reports_accepted"), figure: "reports.accepted", value: count(reports?.accepted ?? 0),
      of: `/ ${count(reports?.asked ?? 0)}`, beside: say("late_of", { n: reports?.late ?? 0 }) },
    (o.evaluation?.projects ?? 0) > 0 && { name: word("evaluated"), figure: "evaluation.evaluated",
      value: count(o.evaluation?.evaluated ?? 0), of: `/ ${count(o.evaluation?.projects ?? 0)}` },
    { name: say("alerts_overdue"), figure: "alerts.overdue", value: count(alerts?.overdue ?? 0), bad: (alerts?.overdue ?? 0) > 0 },
  ];
  return <ul class="tiles">{tiles.map((tile) => tile && <Tile {...tile} />)}</ul>;
}

// --- Declared against derived ----------------------------------------------------------------------

function DeclaredAndDerived({ overview: o }: { overview: GetOverviewResponse }) {
  return (
    <Panel title={say("declared_derived")} table={{
      rows: o.figures.filter((f) => f.hasDeclared || f.derived !== 0n),
      columns: [
        { name: word("key"), text: named },
        { name: word("declared"), text: (f) => (f.hasDeclared ? count(f.declared) : "–"), number: true,
          figure: (f) => `figures.${f.key}.declared` },
        { name: word("derived"), text: (f) => count(f.derived), number: true, figure: (f) => `figures.${f.key}.derived` },
        { name: say("compared"), text: (f) => (!f.hasDeclared ? "" : say(f.differs ? "differs" : "agrees")),
          mark: (f) => (!f.hasDeclared ? "" : f.differs ? "bad" : "good") },
      ],
    }} />
  );
}

// --- The year's line -------------------------------------------------------------------------------

const sum = (figures: ObligationFigures | undefined): number =>
  figures ? figures.due + figures.metOnTime + figures.metLate + figures.missed : 0;

function kind(o: GetOverviewResponse, name: string): ObligationFigures | undefined {
  return o.obligations.find((f) => ObligationKindSchema.value[f.kind]?.name === `OBLIGATION_KIND_${name}`);
}

interface Step { name: string; by: string; met: number; late: number; due: number; missed: number }

function Line({ overview: o, rules }: { overview: GetOverviewResponse; rules: GetProgrammeYearResponse | null }) {
  const said = rules?.programmeYear?.rules;
  const step = (name: string, by: string, f: ObligationFigures | undefined): Step | null => (sum(f) === 0 ? null : {
    name, by, met: f!.metOnTime, late: f!.metLate, due: f!.due, missed: f!.missed,
  });
  const quarters = said?.reports ?? [];
  const steps = [
    step(say("step_agreements"), said?.agreementBy ?? "", kind(o, "AGREEMENT")),
    step(say("step_arrivals"), said?.arrivalBy ?? "", kind(o, "ARRIVAL")),
    step(say("step_reports"), (quarters.find((q) => q.dueBy >= o.date) ?? quarters.at(-1))?.dueBy ?? "", kind(o, "QUARTERLY_REPORT")),
    step(say("step_evaluation"), said?.evaluation?.evaluateBy ?? "", kind(o, "EVALUATION")),
    step(say("step_staffing"), "", kind(o, "STAFFING")),
    step(say("step_supervisors"), "", kind(o, "SUPERVISOR")),
  ].filter((s) => s !== null);
  const standing = (s: Step) => (s.missed ? "bad" : s.due ? "late" : "good");
  return (
    <Panel title={say("line")} table={{
      rows: steps,
      columns: [
        { name: word("kind"), text: (s) => s.name },
        { name: word("state"), text: (s) => say(`standing_${standing(s)}`), mark: standing },
        { name: word("due_by"), text: (s) => s.by },
        { name: word("met_on_time"), text: (s) => count(s.met), number: true },
        { name: word("met_late"), text: (s) => count(s.late), number: true },
        { name: word("due"), text: (s) => count(s.due), number: true },
        { name: word("missed"), text: (s) => count(s.missed), number: true },
      ],
    }} />
  );
}

const DUE: readonly [keyof ObligationFigures & ("metOnTime" | "metLate" | "due" | "missed" | "waived"), string, string][] = [
  ["metOnTime", "met_on_time", "--good"], ["metLate", "met_late", "--late"], ["due", "due", "--var-1"],
  ["missed", "missed", "--bad"], ["waived", "waived", "--faint"],
];

function Due({ overview: o }: { overview: GetOverviewResponse }) {
  const rows = o.obligations.filter((f) => sum(f) > 0);
  const name = (f: ObligationFigures) => word(ObligationKindSchema.value[f.kind]?.name ?? "");
  return (
    <Panel title={say("obligations")} chart={rows.length > 0 && <Chart label={say("obligations")} bars={{
      labels: rows.map(name), stacked: true,
      series: DUE.map(([key, title, color]) => ({ name: word(title), color, values: rows.map((f) => f[key]) })),
    }} />} table={{
      rows,
      columns: [
        { name: word("kind"), text: name },
        ...DUE.map(([key, title]): Column<ObligationFigures> => ({
          name: word(title), text: (f) => count(f[key]), number: true,
          figure: (f) => `obligations.${ObligationKindSchema.value[f.kind]?.name}.${key}`,
        })),
      ],
    }} />
  );
}

// --- Money -----------------------------------------------------------------------------------------

function MoneyOfYear({ overview: o, year }: { overview: GetOverviewResponse; year: string }) {
  const execution = useAsk(`execution ${year}`, { ask: (options) => funding.getExecution({ programmeYearId: year }, options) });
  const money = o.money!;
  const yuan = (fen: bigint) => Number(fen) / 100;
  const short = (value: number) => say("ten_thousand", { n: count(Math.round(value / 100) / 100) });
  const categories = execution.answer?.categories ?? [];
  return (
    <>
      <Panel title={say("money_by_source")} chart={<Chart label={say("money_by_source")} bars={{
        labels: money.sources.map(named), format: short,
        series: MONEY.map(([key, title], i) => ({ name: word(title), color: TALL[i]!, values: money.sources.map((s) => yuan(s[key])) })),
      }} />} table={{
        rows: [...money.sources.map((s) => ({ ...s, name: named(s) })), { ...money, source: "", name: say("total") }],
        columns: [
          { name: word("source"), text: (s) => s.name },
          ...MONEY.map(([key, title]): Column<{ name: string; source: string } & Record<Money, bigint>> => ({
            name: word(title), text: (s) => hundredths(s[key]), number: true,
            figure: (s) => (s.source ? `money.sources.${s.source}.${key}` : `money.${key}`),
          })),
          { name: say("rate"), text: (s) => percent(s.spentFen, s.entitledFen), number: true },
        ],
      }} />
      {categories.length > 0 && <Panel title={say("money_by_category")} chart={<Chart label={say("money_by_category")} bars={{
        labels: categories.map((c) => category(c.category)), format: short,
        series: [
          { name: word("budget_fen"), color: "--var-1", values: categories.map((c) => yuan(c.budgetFen)) },
          { name: word("spent_fen"), color: "--var-2", values: categories.map((c) => yuan(c.spentFen)) },
        ],
      }} />} table={{
        rows: categories,
        columns: [
          { name: word("category"), text: (c) => category(c.category) },
          { name: word("source"), text: (c) => named(money.sources.find((s) => s.source === c.source) ?? { nameZh: c.source, nameEn: c.source }) },
          { name: word("budget_fen"), text: (c) => hundredths(c.budgetFen), number: true },
          { name: word("spent_fen"), text: (c) => hundredths(c.spentFen), number: true },
          { name: word("left_fen"), text: (c) => hundredths(c.leftFen), number: true },
          { name: word("execution_rate_hundredths"), text: (c) => hundredths(c.executionRateHundredths), number: true },
        ],
      }} />}
    </>
  );
}

const category = (code: string): string => (known(`category.${code}`) ? word(`category.${code}`) : code);

// --- What is open ----------------------------------------------------------------------------------

const AGES = [["upcoming", "upcoming"], ["upTo7Days", "up_to_7_days"], ["upTo30Days", "up_to_30_days"], ["older", "older"],
  ["acknowledged", "acknowledged"]] as const;

function Alerts({ overview: o, links }: { overview: GetOverviewResponse; links: Record<string, string> }) {
  const alerts = o.alerts;
  return (
    <Panel title={say("alerts")} table={{
      rows: AGES,
      columns: [
        { name: say("age"), text: ([, name]) => word(name), link: () => address("work", links) },
        { name: say("number"), text: ([key]) => count(alerts?.[key] ?? 0), number: true, figure: ([key]) => `alerts.${key}`,
          mark: ([key]) => (key !== "upcoming" && key !== "acknowledged" && (alerts?.[key] ?? 0) > 0 ? "bad" : "") },
      ],
    }} />
  );
}

function Reports({ year }: { year: string }) {
  const { answer, fault } = useAsk(`completeness ${year}`, {
    ask: (options) => reporting.getCompleteness({ programmeYearId: year }, options),
  });
  if (!answer) return <Waiting fault={fault} />;
  const periods = [...new Set(answer.rows.map((r) => r.period))].sort();
  const places = [...new Map(answer.rows.map((r) => [r.regionCode, r])).values()];
  const at = (code: string, period: string) => answer.rows.find((r) => r.regionCode === code && r.period === period);
  return (
    <Panel title={say("completeness")} table={{
      rows: places,
      columns: [
        { name: say("prefecture"), text: named, own: () => true, link: (p) => address("area", { year, region: p.regionCode }) },
        ...periods.map((period): Column<(typeof places)[number]> => ({
          name: period, number: true,
          text: (p) => { const c = at(p.regionCode, period); return c ? `${c.submitted} / ${c.asked}` : ""; },
          mark: (p) => { const c = at(p.regionCode, period); return !c ? "" : c.missing ? "bad" : c.submitted < c.asked ? "late" : "good"; },
          figure: (p) => `completeness.${p.regionCode}.${period}`,
        })),
      ],
    }} />
  );
}

function Evaluation({ overview: o, rules }: { overview: GetOverviewResponse; rules: GetProgrammeYearResponse | null }) {
  const bands = rules?.programmeYear?.rules?.evaluation?.bands ?? [];
  const grades = o.evaluation!.grades;
  return (
    <Panel title={say("evaluation")} table={{
      rows: bands,
      columns: [
        { name: word("grade"), text: named },
        { name: word("projects"), text: (b) => count(grades.find((g) => g.key === b.grade)?.count ?? 0), number: true,
          figure: (b) => `evaluation.grades.${b.grade}` },
      ],
    }} />
  );
}
