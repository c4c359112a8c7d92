// What waits for the office that has signed in, with the commands that carry it on.  What is refused
// all the same is shown in the service's own words.

import type { Message } from "@bufbuild/protobuf";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Who } from "../api";
import { of, useAsk } from "../ask";
import { type AnyQueue, mayEver, offersOf, type View } from "../offers";
import { Waiting } from "../parts/frame";
import { idOf } from "../parts/record";
import { Task } from "../parts/task";
import { QUEUES } from "../queues";
import { count } from "../show";
import { useView } from "../view";
import { say, word } from "../words";

const FIRST = 8; // of a long list

export function Work({ year, who }: { year: string; who: Who }) {
  const view = useView(year, who);
  const mine = useMemo(() => (view ? QUEUES.filter((queue) => queue.offers.some((offer) => mayEver(view, offer))) : []), [!view]);
  const [waiting, setWaiting] = useState<Record<string, number>>({});
  const [said, setSaid] = useState("");
  const tell = useCallback((title: string, n: number) => setWaiting((before) => (before[title] === n ? before : { ...before, [title]: n })), []);
  if (!view) return <Waiting fault="" />;
  const full = mine.filter(({ title }) => waiting[title]);
  const empty = mine.filter(({ title }) => waiting[title] === 0);
  return (
    <>
      <h1>{say("page_work")}</h1>
      {!mine.length && <p class="notice">{say("no_work")}</p>}
      {full.length > 1 && (
        <nav class="index no-print" aria-label={say("page_work")}>
          {full.map(({ title }) => <a href={`#${title}`}>{word(title)} <strong>{count(waiting[title]!)}</strong></a>)}
        </nav>
      )}
      {mine.length > 0 && empty.length === mine.length && <p class="notice">{say("nothing_waits")}</p>}
      {mine.map((queue) => <Section key={queue.title} queue={queue} view={view} tell={tell} done={setSaid} />)}
      {full.length > 0 && empty.length > 0 &&
        <p class="faint">{say("nothing_waits_in", { names: empty.map(({ title }) => word(title)).join(say("comma")) })}</p>}
      <p class="toast" aria-live="polite">{said}</p>
    </>
  );
}

interface SectionOf {
  queue: AnyQueue;
  view: View;
  tell(title: string, n: number): void;
  done(what: string): void;
}

function Section({ queue, view, tell, done }: SectionOf) {
  const { title } = queue;
  const [more, setMore] = useState(false);
  const { answer, fault } = useAsk<Message[]>(`${title} ${view.year} ${view.today}`, {
    ask: (options) => queue.list(view, options), touches: of(...queue.touches),
  });
  const mine = answer?.filter((record) => offersOf(queue, record, view).length > 0) ?? null;
  useEffect(() => { if (mine) tell(title, mine.length); }, [mine?.length]);
  if (!mine) return fault ? <section class="panel" aria-label={word(title)}><h2>{word(title)}</h2><Waiting fault={fault} /></section> : <Waiting fault="" />;
  if (!mine.length) return null;
  const first = more ? mine : mine.slice(0, FIRST);
  return (
    <section class="panel queue" aria-label={word(title)} id={title}>
      <header><h2>{word(title)} <span class="count">{count(mine.length)}</span></h2></header>
      <ul class="tasks">{first.map((record) => <Task key={idOf(queue.schema, record)} queue={queue} record={record} view={view} done={done} />)}</ul>
      {first.length < mine.length &&
        <button type="button" class="quiet no-print" onClick={() => setMore(true)}>{say("all_of_them", { n: count(mine.length) })}</button>}
    </section>
  );
}
