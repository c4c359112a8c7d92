// A query whose answer stays true: it is asked again when something that it rests on has happened,
// and not otherwise.

import type { CallOptions } from "@connectrpc/connect";
import { useEffect, useState } from "preact/hooks";
import { type Positions, readPositions, sentence } from "./api";
import { currentPositions, type Happened, listen } from "./live";

const GATHER_MS = 60; // what happens together is asked for together
const APART_MS = 250; // between two questions, however much happens
const APART_MOST_MS = 2000; // where answers are slow, so that they leave room for what a person does
const RETRY_MS = 3000;

export interface Asked<R> {
  answer: R | null;
  fault: string; // a sentence; "" where there is none
}

interface Question<R> {
  ask(options: CallOptions): Promise<R>;
  // Whether an event changes the answer; without it any of a service that the answer rests on does.
  touches?: ((event: Happened) => boolean) | undefined;
}

class Watcher<R> {
  private seen: Positions = {};
  private wanted: Positions = {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking = false;
  private failed = false;
  private stale = false; // of another history: ask again, whatever is on its way
  private askedAt = 0;
  private tookMs = 0;
  private over = false;
  private unlisten: () => void;

  constructor(private question: Question<R>, private tell: (asked: Asked<R>) => void) {
    this.unlisten = listen({
      happened: (events) => this.happened(events),
      stands: (positions) => this.stands(positions),
      reset: () => this.reset(),
    });
    this.plan(0);
  }

  end(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.unlisten();
  }

  private happened(events: readonly Happened[]): void {
    for (const event of events) {
      const mine = this.question.touches
        ? this.question.touches(event)
        : event.source in this.seen;
      if (mine) this.wanted[event.source] = event.sequence;
    }
    this.planIfBehind(GATHER_MS);
  }

  // Positions of the history that was lost say nothing of this one.
  private reset(): void {
    this.seen = {};
    this.wanted = {};
    this.stale = this.asking;
    if (!this.asking) this.plan(0);
  }

  // What happened before the stream began, and after the answer, was not told.
  private stands(positions: Positions): void {
    if (this.failed) {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.failed = false;
      this.plan(0);
    }
    for (const source of Object.keys(this.seen))
      if ((positions[source] ?? 0n) > (this.seen[source] ?? 0n) && !this.question.touches)
        this.wanted[source] = positions[source]!;
    if (this.question.touches && !this.asking &&
        Object.keys(this.seen).some((s) => (positions[s] ?? 0n) > this.seen[s]!)) this.plan(GATHER_MS);
    this.planIfBehind(GATHER_MS);
  }

  private behind(): string[] {
    return Object.keys(this.wanted).filter((s) => this.wanted[s]! > (this.seen[s] ?? 0n));
  }

  private planIfBehind(ms: number): void {
    if (!this.asking && this.behind().length) this.plan(ms);
  }

  private plan(ms: number): void {
    if (this.over || this.timer) return;
    const between = Math.min(APART_MOST_MS, Math.max(APART_MS, 2 * this.tookMs));
    const apart = Math.max(ms, this.askedAt + between - performance.now());
    this.timer = setTimeout(() => void this.run(), this.askedAt ? apart : ms);
  }

  private anew(): void {
    this.stale = this.asking = false;
    this.plan(0);
  }

  private async run(): Promise<void> {
    const behind = this.behind();
    const after = behind.filter((s) => s in this.seen).map((s) => `${s}=${this.wanted[s]}`).join(",");
    let positions: Positions = {};
    this.timer = undefined;
    this.failed = false;
    this.asking = true;
    this.askedAt = performance.now();
    try {
      const answer = await this.question.ask({
        ...(after ? { headers: { "Shegong-After": after } } : {}),
        onHeader: (header) => { positions = readPositions(header); },
      });
      if (this.over) return;
      if (this.stale) return this.anew();
      this.seen = { ...this.seen, ...positions };
      // What the answer does not name it does not rest on.
      for (const source of behind)
        if (!(source in positions)) this.seen[source] = this.wanted[source]!;
      this.tell({ answer, fault: "" });
    } catch (error) {
      if (this.over) return;
      if (this.stale) return this.anew();
      this.tell({ answer: null, fault: sentence(error) });
      this.asking = false;
      this.failed = true;
      this.timer = setTimeout(() => void this.run(), RETRY_MS);
      return;
    }
    this.asking = false;
    this.tookMs = performance.now() - this.askedAt;
    const positionsNow = currentPositions();
    if (positionsNow && !this.question.touches)
      for (const source of Object.keys(this.seen))
        if ((positionsNow[source] ?? 0n) > this.seen[source]!) this.wanted[source] = positionsNow[source]!;
    this.planIfBehind(GATHER_MS);
  }
}

// key: what the question is; a new key is a new question.  The last answer stays while a fault lasts.
export function useAsk<R>(key: string, question: Question<R>): Asked<R> {
  const [asked, setAsked] = useState<Asked<R> & { key: string }>({ key, answer: null, fault: "" });
  useEffect(() => {
    const watcher = new Watcher<R>(question, (next) => setAsked((before) => ({
      key,
      answer: next.answer ?? (before.key === key ? before.answer : null),
      fault: next.fault,
    })));
    return () => watcher.end();
  }, [key]);
  return asked.key === key ? asked : { answer: null, fault: "" };
}

// Events of these kinds: what their names begin with.
export const of = (...kinds: string[]) => (event: Happened): boolean =>
  kinds.some((kind) => event.type.startsWith(kind));

// All pages of a list.
export async function pages<T>(ask: (token: string) => Promise<{ rows: T[]; nextPageToken: string }>): Promise<T[]> {
  const all: T[] = [];
  for (let token = ""; ;) {
    const page = await ask(token);
    all.push(...page.rows);
    if (!page.nextPageToken) return all;
    token = page.nextPageToken;
  }
}

// The records that a list's answer has.
type RowOf<A> = { [K in keyof A as K extends `$${string}` ? never : K]-?: A[K] extends (infer R extends object)[] ? R : never } extends
  infer Rows ? Rows[keyof Rows] : never;

// All rows of a list of the interface.
export const all = <Q extends object, A extends { nextPageToken: string }>(
  list: (request: Q, options?: CallOptions) => Promise<A>, request: NoInfer<Q>, options?: CallOptions,
): Promise<RowOf<A>[]> => pages<RowOf<A>>(async (pageToken) => {
  const page = await list({ ...request, pageToken }, options);
  const [, rows = []] = Object.entries(page).find(([name, value]) => !name.startsWith("$") && Array.isArray(value)) ?? [];
  return { rows: rows as RowOf<A>[], nextPageToken: page.nextPageToken };
});
