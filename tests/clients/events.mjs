// The stream of events as dashboards read it: npm's eventsource, undici's EventSource and
// fetch-event-source; each event a valid CloudEvent; and the same as a server stream of Connect's.

import { createClient } from "@connectrpc/connect";
import { createConnectTransport as nodeTransport } from "@connectrpc/connect-node";
import { createConnectTransport as webTransport } from "@connectrpc/connect-web";
import { EventSource as NpmEventSource } from "eventsource";
import { EventSource as UndiciEventSource } from "undici";
import { CloudEvent } from "cloudevents";
import { EventsService } from "./samples.tmp/clients/shegong/events/v1/events_pb.js";
import { done, ok, same, url, who } from "./tap.mjs";

const WAIT_MS = 20000;
const path = `${url}/v1/events?source=stations`;

// fetch-event-source is made for pages; these are what it asks of one.
globalThis.document ??= { hidden: false, addEventListener() {}, removeEventListener() {} };
globalThis.window ??= globalThis;
const { fetchEventSource } = await import("@microsoft/fetch-event-source");

// Each begins a stream, calls onEvent(name, id, data) for what comes, and answers how to end it.
const sent = { ...who };
const clients = {
  eventsource(at, onEvent) {
    const source = new NpmEventSource(at, { fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...init.headers, ...sent } }) });
    for (const name of ["message", "checkpoint", "reset", "bye"])
      source.addEventListener(name, (e) => onEvent(name, e.lastEventId, e.data));
    return () => source.close();
  },
  "fetch-event-source"(at, onEvent) {
    const control = new AbortController();
    fetchEventSource(at, { headers: sent, signal: control.signal, fetch, openWhenHidden: true,
      onmessage: (e) => onEvent(e.event || "message", e.id, e.data) }).catch(() => {});
    return () => control.abort();
  },
  async "undici's EventSource"(at, onEvent) {
    const { Agent } = await import("undici");
    const dispatcher = new Agent().compose((dispatch) => (options, handler) => dispatch(
      { ...options, headers: [...Object.entries(sent).flat(), ...flat(options.headers)] }, handler));
    const source = new UndiciEventSource(at, { dispatcher });
    for (const name of ["message", "checkpoint", "reset", "bye"])
      source.addEventListener(name, (e) => onEvent(name, e.lastEventId, e.data));
    return () => source.close();
  },
};
const flat = (headers) => Array.isArray(headers) ? headers
  : Object.entries(headers ?? {}).flat();

// What comes until the condition holds.
async function gather(client, at, enough) {
  const got = [];
  let finish;
  const finished = new Promise((resolve) => { finish = resolve; });
  const timer = setTimeout(finish, WAIT_MS);
  const close = await client(at, (name, id, data) => {
    got.push({ name, id, data: data && JSON.parse(data) });
    if (enough(got)) finish();
  });
  await finished;
  clearTimeout(timer);
  close();
  return got;
}

const events = (got) => got.filter((e) => e.name === "message");
const inOrder = (list, first) => list.every((e, i) => Number(e.data.sequence) === first + i);

for (const [name, client] of Object.entries(clients)) {
  const got = await gather(client, `${path}&from=start`, (g) => events(g).length >= 20);
  const told = events(got);
  ok(got[0]?.name === "checkpoint" && got[0].id, `${name}: a checkpoint comes first`, got[0]);
  ok(told.length >= 20 && inOrder(told, 1), `${name}: events from the first, in order`,
    told.slice(0, 3));
  const invalid = told.filter((e) => {
    try {
      return !new CloudEvent(e.data).validate();
    } catch {
      return true;
    }
  });
  ok(told.length > 0 && invalid.length === 0, `${name}: cloudevents finds each valid`,
    invalid.slice(0, 1));
  const at = told[9];
  const more = await gather(client, `${path}&last_event_id=${encodeURIComponent(at?.id)}`,
    (g) => events(g).length >= 5);
  ok(events(more).length >= 5 && inOrder(events(more), 11), `${name}: and on behind a cursor`,
    more.slice(0, 3));
}

const transports = {
  "connect-node, protobuf": nodeTransport({ baseUrl: url, httpVersion: "1.1" }),
  "connect-node, JSON": nodeTransport(
    { baseUrl: url, httpVersion: "1.1", useBinaryFormat: false }),
  "connect-web, JSON": webTransport({ baseUrl: url }),
  "connect-web, protobuf": webTransport({ baseUrl: url, useBinaryFormat: true }),
};
for (const [name, transport] of Object.entries(transports)) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), WAIT_MS);
  const told = [];
  let first = "";
  try {
    for await (const next of createClient(EventsService, transport).follow(
      { sources: ["stations"], fromStart: true }, { headers: who, signal: control.signal })) {
      first ||= next.what.case;
      if (next.what.case === "event") told.push(next.what.value);
      if (told.length >= 20) break;
    }
  } catch (error) {
    ok(false, `${name}: a server stream`, error);
  }
  clearTimeout(timer);
  control.abort();
  same(first, "checkpoint", `${name}: a checkpoint comes first`);
  ok(told.length >= 20 && told.every((e, i) => e.sequence === BigInt(i + 1) && e.data.case),
    `${name}: the events as a server stream`, told.length);
}
done();
