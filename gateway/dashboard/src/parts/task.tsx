// One record that waits, and the form of each command that is offered for it.  The forms' fields are
// those of the command's request, as the contract has them.

import type { DescField, Message } from "@bufbuild/protobuf";
import { useRef, useState } from "preact/hooks";
import { command, newKey, outcomeUnknown, sentence } from "../api";
import { type Offer, offersOf, type Queue, type View } from "../offers";
import { address } from "../route";
import { enumWord, fieldOf, isNumber, shown } from "../show";
import { say, word } from "../words";
import { idOf, own, valueOf } from "./record";

const LINES = ["answer", "handling", "measures", "notice", "question", "record", "report", "review", "summary"];
const MOST_A_DAY = 24 * 60;

// --- What a person fills in ------------------------------------------------------------------------

interface AskedOf { field: DescField; needed: boolean; since: string; today: string; most: bigint | null }

function Asked({ field, needed, since, today, most }: AskedOf) {
  const { name } = field;
  const plain = { name, required: needed };
  const input = name.endsWith("_on") ? <input type="date" {...plain} value={today} min={since} max={today} />
    : name.endsWith("_fen") ? <input type="number" {...plain} min="0.01" step="0.01" max={most === null ? undefined : Number(most) / 100}
        value={most === null ? "" : Number(most) / 100} />
    : field.enum ? (
      <select {...plain}>
        {field.enum.values.filter((v) => v.number).map((v) => <option value={v.number}>{enumWord(field, v.number)}</option>)}
      </select>
    ) : isNumber(field) ? <input type="number" {...plain} min="1" step="1" max={name === "minutes" ? MOST_A_DAY : undefined} />
    : LINES.includes(name) ? <textarea rows={2} {...plain} />
    : <input type="text" {...plain} />;
  return <label>{needed ? word(name) : say("may_stay_empty", { what: word(name) })}{input}</label>;
}

function read(field: DescField, text: string): unknown {
  if (field.name.endsWith("_fen")) return BigInt(Math.round(Number(text) * 100));
  return field.enum || isNumber(field) ? Number(text) : text;
}

const asked = <R,>({ ask = [], command: { input } }: Offer<R>) =>
  ask.map((name) => ({ field: fieldOf(input, name.replace("?", "")), needed: !name.endsWith("?") }));

// The command: the record's id and revision, what goes without saying, what was filled in.
function messageOf<R extends Message>(offer: Offer<R>, record: R, view: View, form: FormData): Record<string, unknown> {
  const { input } = offer.command;
  const id = input.fields[0]!;
  return {
    [id.localName]: valueOf(id, record),
    ...(input.fields.some((f) => f.name === "expected_revision")
      ? { expectedRevision: (record as { revision?: bigint }).revision ?? 0n } : {}),
    ...offer.given?.(record, view),
    ...Object.fromEntries(asked(offer).map(({ field }) => [field.localName, read(field, String(form.get(field.name) ?? ""))])),
  };
}

// --- The forms -------------------------------------------------------------------------------------

interface OffersOf<R> { queue: Queue<R>; record: R; view: View; done?: ((what: string) => void) | undefined }

// The buttons of what may be done; where something is to be filled in, the first press asks for it.
export function Offers<R extends Message>({ queue, record, view, done }: OffersOf<R>) {
  const [chosen, choose] = useState<Offer<R> | null>(null);
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const sent = useRef<{ body: string; key: string } | null>(null);
  const offers = offersOf(queue, record, view);
  const open = chosen && offers.find((o) => o.name === chosen.name);
  const id = idOf(queue.schema, record);

  const run = async (offer: Offer<R>, form: FormData) => {
    const message = messageOf(offer, record, view, form);
    const body = JSON.stringify([offer.name, message], (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
    if (sent.current?.body !== body) sent.current = { body, key: newKey() };
    setBusy(true);
    setFault("");
    try {
      await command(offer.command, message, sent.current.key);
      sent.current = null;
      choose(null);
      done?.(say("done", { what: word(offer.name), id }));
    } catch (error) {
      if (!outcomeUnknown(error)) sent.current = null;
      setFault(sentence(error));
    }
    setBusy(false);
  };
  const submit = (event: SubmitEvent) => {
    const form = event.currentTarget as HTMLFormElement;
    const offer = open ?? offers[Number((event.submitter as HTMLButtonElement | null)?.value ?? 0)];
    event.preventDefault();
    if (!offer) return;
    if (!open && offer.ask) choose(offer);
    else void run(offer, new FormData(form));
  };
  if (!offers.length && !fault) return null;
  return (
    <form class={open ? "offers open" : "offers"} aria-label={id} onSubmit={submit}>
      {open && (
        <div class="fields" ref={(node) => { if (node && !node.contains(document.activeElement)) node.querySelector<HTMLElement>("input, select, textarea")?.focus(); }}>
          {asked(open).map(({ field, needed }) => <Asked field={field} needed={needed} since={open.since?.(record) ?? ""}
            today={view.today} most={open.most?.(record) ?? null} />)}
        </div>
      )}
      <p class="buttons">
        {open
          ? <><button type="submit" disabled={busy} data-command={open.command.name}>{word(open.name)}</button>
            <button type="button" class="quiet" onClick={() => { choose(null); setFault(""); }}>{say("cancel")}</button></>
          : offers.map((offer, i) => (
            <button type="submit" value={i} class={offer.aside ? "quiet" : ""} disabled={busy} data-command={offer.command.name}>{word(offer.name)}</button>
          ))}
      </p>
      {fault && <p class="notice bad" role="alert">{fault}</p>}
    </form>
  );
}

// What it is about in a line or two, and what may be done.
export function Task<R extends Message>({ queue, record, view, done }: OffersOf<R>) {
  const id = idOf(queue.schema, record);
  const { page, ...params } = queue.to?.(record) ?? { page: "" };
  const due = queue.due?.(record) ?? "";
  const facts = queue.shows.map((name) => fieldOf(queue.schema, name))
    .map((field) => ({ field, text: shown(field, record) })).filter(({ text }) => text !== "");
  return (
    <li class="task">
      <div class="about">
        <p class="what">
          {page ? <a href={address(page, { year: view.year, ...params })} translate={false}>{id}</a> : <span translate={false}>{id}</span>}
          {due && <span class={due < view.today ? "due bad" : "due"}>{say("due_on", { day: due })}</span>}
        </p>
        <dl class="facts">
          {facts.map(({ field, text }) => (
            <div>
              <dt>{word(field.name)}</dt>
              <dd translate={own(field, String(valueOf(field, record))) ? false : undefined}>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <Offers queue={queue} record={record} view={view} done={done} />
    </li>
  );
}
