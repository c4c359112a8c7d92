// A table, which is also the accessible form of a chart, and its download as CSV.

import type { ComponentChildren } from "preact";
import { say } from "../words";

export interface Column<R> {
  name: string;
  text(row: R): string;
  number?: boolean;
  own?(row: R): boolean; // a name or an id, in the language it was given in
  link?(row: R): string; // the records behind it
  mark?(row: R): "good" | "late" | "bad" | "";
  figure?(row: R): string; // which figure of the interface it is: "money.entitledFen"
}

export interface TableOf<R> {
  columns: readonly Column<NoInfer<R>>[];
  rows: readonly R[];
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// As spreadsheets read it: UTF-8 with its mark, lines ended by CR LF.
export function csv<R>({ columns, rows }: TableOf<R>): string {
  const lines = [columns.map((c) => c.name), ...rows.map((r) => columns.map((c) => c.text(r)))];
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

export function Download<R>({ name, table }: { name: string; table: TableOf<R> }) {
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }));
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <button type="button" class="quiet no-print" onClick={save} aria-label={`${say("csv")}: ${name}`}>
      {say("csv")}
    </button>
  );
}

export function Table<R>({ table, caption }: { table: TableOf<R>; caption: string }) {
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>{table.columns.map((c) => <th scope="col" class={c.number ? "number" : ""}>{c.name}</th>)}</tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>{table.columns.map((c, i) => <Cell column={c} row={row} head={i === 0} />)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const LONG = 22; // characters from which on a text is broken into lines

function Cell<R>({ column, row, head }: { column: Column<R>; row: R; head: boolean }) {
  const to = column.link?.(row) ?? "";
  const shown = to ? <a href={to}>{column.text(row)}</a> : column.text(row);
  const long = column.text(row).length > LONG ? "long" : "";
  const marks = { class: [column.number ? "number" : "", long, column.mark?.(row) ?? ""].join(" ").trim(),
    "data-figure": column.figure?.(row), translate: column.own?.(row) ? false : undefined };
  return head ? <th scope="row" {...marks}>{shown}</th> : <td {...marks}>{shown}</td>;
}

interface PanelOf<R> {
  title: string;
  table?: TableOf<R>;
  chart?: ComponentChildren;
  wide?: boolean;
  children?: ComponentChildren;
}

// A part of a page.  Where there is a chart, its table is behind a fold, and printed.
export function Panel<R>({ title, table, chart, wide, children }: PanelOf<R>) {
  return (
    <section class={`panel ${wide ? "wide" : ""}`} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {table && table.rows.length > 0 && <Download name={title} table={table} />}
      </header>
      {chart}
      {children}
      {table && (table.rows.length === 0
        ? <p class="faint">{say("none")}</p>
        : chart
          ? <details class="table"><summary>{say("table")}</summary><Table table={table} caption={title} /></details>
          : <Table table={table} caption={title} />)}
    </section>
  );
}
