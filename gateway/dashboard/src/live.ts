// The stream of events: one connection, that goes on from where it stood after sleep, lost networks
// and restarts; and what is known of how fresh the page is.

import { headers, type Positions, sessionEnded } from "./api";

const SILENCE_MS = 40_000; // a checkpoint comes every 15 s
const TICK_MS = 1000;
const ANSWERED_MS = 4000; // a browser may take a connection that is dead from those it kept
const ASLEEP_MS = 5000; // a clock that jumps so far has stood still
const HIDDEN_MS = 20_000;
const RETRY_MS = [250, 500, 1000, 2000, 4000];
const KEPT = 60;

// An event as the stream tells it.
export interface Happened {
  id: string;
  source: string;
  sequence: bigint;
  type: string; // "AgreementInForce"
  subject: string;
  region: string;
  time: Date;
  date: string;
}

export interface Standing {
  state: "connecting" | "live" | "lost";
  heard: Date | null; // when something last came
  lagMs: number | null; // from the last event's commit to its coming here
  unreachable: readonly string[];
}

export interface Listener {
  happened?(events: readonly Happened[]): void;
  // The stream begins or goes on: the journals stand here.
  stands?(positions: Positions): void;
  // What was known may be of another history: ask everything anew.
  reset?(): void;
  standing?(standing: Standing): void;
}

const listeners = new Set<Listener>();
const recent: Happened[] = [];
let standing: Standing = { state: "connecting", heard: null, lagMs: null, unreachable: [] };
let positions: Positions | null = null;
let cursor = "";
let control: AbortController | null = null;
let waking: (() => void) | null = null;
let batch: Happened[] = [];

export const currentStanding = (): Standing => standing;
export const recentEvents = (): readonly Happened[] => recent;
export const currentPositions = (): Positions | null => positions;

export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(change: Partial<Standing>): void {
  standing = { ...standing, ...change };
  for (const listener of listeners) listener.standing?.(standing);
}

// --- Messages ------------------------------------------------------------------------------------

// Many events in one go are handed on in one go.
function deliver(): void {
  const events = batch;
  batch = [];
  const last = events.at(-1);
  if (!last) return;
  recent.unshift(...events.slice(-KEPT).reverse());
  recent.length = Math.min(recent.length, KEPT);
  positions ??= {};
  for (const event of events) positions[event.source] = event.sequence;
  set({ state: "live", heard: new Date(), lagMs: Math.max(0, Date.now() - last.time.getTime()) });
  for (const listener of listeners) listener.happened?.(events);
}

// A journal is another one: what was told of it may never have been.
function reset(): void {
  batch = [];
  recent.length = 0;
  positions = null;
  set({ lagMs: null });
  for (const listener of listeners) listener.reset?.();
}

interface CloudEvent {
  id: string; source: string; sequence: string; type: string; subject?: string;
  regioncode?: string; time: string; date?: string;
}

function read(name: string, id: string, data: string): void {
  if (id) cursor = id;
  if (name === "checkpoint") {
    const told = JSON.parse(data) as { positions: Record<string, string>; unreachable?: string[] };
    positions = Object.fromEntries(Object.entries(told.positions).map(([k, v]) => [k, BigInt(v)]));
    set({ state: "live", heard: new Date(), unreachable: told.unreachable ?? [] });
    for (const listener of listeners) listener.stands?.(positions);
  } else if (name === "reset") {
    reset();
  } else if (name === "message") {
    const event = JSON.parse(data) as CloudEvent;
    batch.push({
      id: event.id,
      source: event.source.slice(event.source.lastIndexOf("/") + 1),
      sequence: BigInt(event.sequence),
      type: event.type.slice(event.type.lastIndexOf(".") + 1),
      subject: event.subject ?? "",
      region: event.regioncode ?? "",
      time: new Date(event.time),
      date: event.date ?? "",
    });
  }
}

// Server-Sent Events, as their specification frames them.
async function readAll(body: ReadableStream<Uint8Array>, touched: () => void): Promise<void> {
  const reader = body.getReader(), decoder = new TextDecoder();
  let rest = "", name = "message", id = "", data: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    touched();
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length) read(name, id, data.join("\n"));
        [name, id, data] = ["message", "", []];
        continue;
      }
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const text = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") name = text;
      else if (field === "id") id = text;
      else if (field === "data") data.push(text);
    }
    deliver();
  }
}

// --- The connection ------------------------------------------------------------------------------

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    waking = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

async function connect(one: AbortController, touched: () => void): Promise<void> {
  const unanswered = setTimeout(() => one.abort(), ANSWERED_MS);
  const answer = await fetch(`/v1/events${cursor ? "" : "?from=now"}`, {
    headers: { ...headers(), ...(cursor ? { "Last-Event-ID": cursor } : {}) },
    cache: "no-store", signal: one.signal,
  }).finally(() => clearTimeout(unanswered));
  if (answer.status === 401 && !(await sessionEnded())) {
    stop();
    return;
  }
  if (answer.status === 400 || answer.status === 410) {
    // The cursor is not one of this gateway's any more.
    cursor = "";
    reset();
  }
  if (!answer.ok || !answer.body) throw new Error(String(answer.status));
  await readAll(answer.body, touched);
}

// Calls wake when what a connection rests on may be gone: the machine slept, the page was frozen or
// hidden for long, the network went or came.  A dead connection is silent for minutes by itself.
function watchOver(signal: AbortSignal, heard: () => number, wake: (gone: boolean) => void): void {
  const on = (target: EventTarget, name: string, act: () => void) => target.addEventListener(name, act, { signal });
  const seen = () => {
    if (document.visibilityState === "visible") wake(Date.now() - heard() > HIDDEN_MS);
  };
  let ticked = Date.now();
  const timer = setInterval(() => {
    const now = Date.now(), visible = document.visibilityState === "visible";
    // The clocks of a hidden page are slowed down.
    if (visible && now - ticked > ASLEEP_MS) wake(true);
    else if (now - heard() > SILENCE_MS) wake(true);
    ticked = now;
  }, TICK_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  on(window, "online", () => wake(true));
  on(window, "offline", () => wake(true));
  on(window, "pageshow", seen);
  on(document, "resume", () => wake(true));
  on(document, "visibilitychange", seen);
}

// Follow until stop() is called.
export async function follow(): Promise<void> {
  const mine = new AbortController();
  let one = new AbortController(), failures = 0, heard = Date.now();
  control?.abort();
  control = mine;
  mine.signal.addEventListener("abort", () => one.abort());
  watchOver(mine.signal, () => heard, (gone) => {
    failures = 0;
    heard = Date.now();
    if (gone) one.abort();
    waking?.();
  });
  while (!mine.signal.aborted) {
    one = new AbortController();
    try {
      await connect(one, () => { heard = Date.now(); failures = 0; });
    } catch {
      failures++;
    }
    if (mine.signal.aborted) break;
    set({ state: "lost" });
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]! * (0.8 + Math.random() * 0.4));
  }
}

export function stop(): void {
  control?.abort();
  control = null;
  cursor = "";
  positions = null;
  recent.length = 0;
  standing = { state: "connecting", heard: null, lagMs: null, unreachable: [] };
}
