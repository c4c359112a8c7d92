// /openapi.json and /asyncapi.json: what the parsers of npm say of them, and whether what is really
// answered is as they say.

import SwaggerParser from "@apidevtools/swagger-parser";
import { Parser } from "@asyncapi/parser";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { fromBinary, toJson } from "@bufbuild/protobuf";
import { EventSchema, EngineService } from "./samples.tmp/clients/shegong/engine/v1/journal_pb.js";
import { FundingEventSchema, FundingService }
  from "./samples.tmp/clients/shegong/funding/v1/funding_pb.js";
import { PersonnelEventSchema, PersonnelService }
  from "./samples.tmp/clients/shegong/personnel/v1/personnel_pb.js";
import { ReportingEventSchema, ReportingService }
  from "./samples.tmp/clients/shegong/reporting/v1/reporting_pb.js";
import { StationsEventSchema, StationsService }
  from "./samples.tmp/clients/shegong/stations/v1/stations_pb.js";
import { SupervisionEventSchema, SupervisionService }
  from "./samples.tmp/clients/shegong/supervision/v1/supervision_pb.js";
import { done, ok, same, url, who } from "./tap.mjs";

const services = {
  personnel: [PersonnelService, PersonnelEventSchema],
  stations: [StationsService, StationsEventSchema],
  funding: [FundingService, FundingEventSchema],
  supervision: [SupervisionService, SupervisionEventSchema],
  reporting: [ReportingService, ReportingEventSchema],
};

async function fetched(path) {
  const first = await fetch(url + path);
  const text = await first.text();
  const etag = first.headers.get("etag");
  ok(first.status === 200 && first.headers.get("content-type") === "application/json" && etag,
    `${path} is served`, first.status);
  const other = await fetch(url + path, { headers: { "If-None-Match": '"other"' } });
  same((await other.text()).length, text.length, `${path}: whole for who has another`);
  const again = await fetch(url + path, { headers: { "If-None-Match": `"other", W/${etag}` } });
  ok(again.status === 304 && (await again.text()) === "", `${path}: 304 for who has it`,
    again.status);
  const head = await fetch(url + path, { method: "HEAD" });
  same(head.headers.get("content-length"), String(Buffer.byteLength(text)),
    `${path}: HEAD says how long it is`);
  return text;
}

const openapi = JSON.parse(await fetched("/openapi.json"));
const asyncapiText = await fetched("/asyncapi.json");
const asyncapi = JSON.parse(asyncapiText);

const valid = await SwaggerParser.validate(structuredClone(openapi)).catch((error) => error);
ok(!(valid instanceof Error), "@apidevtools/swagger-parser takes /openapi.json", valid);
const { document, diagnostics } = await new Parser().parse(asyncapiText);
const wrong = diagnostics.filter((d) => d.code !== "asyncapi-latest-version");
ok(document && wrong.length === 0, "@asyncapi/parser takes /asyncapi.json", wrong);

// Every method of the contract, with its verbs.
const missing = [];
for (const service of [EngineService, ...Object.values(services).map(([s]) => s)]) {
  for (const method of service.methods) {
    const path = openapi.paths[`/${service.typeName}/${method.name}`];
    const personal = method.input.fields.some(
      (field) => /(identity|phone|account)_number$/.test(field.name));
    const query = method.idempotency === 1 && !personal;
    if (!path?.post || Boolean(path.get) !== query) missing.push(method.name);
  }
}
same(missing.join(), "", "every method is there, queries with GET and POST, but who somebody is with POST alone");
const unsaid = Object.entries(openapi.components.schemas).flatMap(([name, schema]) =>
  [schema.description ? [] : [name], Object.entries(schema.properties ?? {}).filter(
    ([, p]) => name.startsWith("shegong.") && !p.description).map(([p]) => `${name}.${p}`)].flat());
same(unsaid.join(), "", "every message and field is described");
const events = Object.values(services).flatMap(([, event]) =>
  event.fields.map((field) => field.message.typeName));
const told = new Set(Object.values(asyncapi.components.messages).map((m) => m.name));
same(events.filter((name) => !told.has(name)).join(), "", "every event is there");

// Real answers.
function validators(name, root) {
  const ajv = new Ajv2020({ strict: false, allErrors: true,
    formats: { int64: true, uint64: true, int32: true } });
  addFormats(ajv, ["date", "date-time"]);
  ajv.addSchema(root, name);
  const made = new Map(); // ajv knows a schema again by its object only
  return (pointer) => {
    if (!made.has(pointer)) made.set(pointer, ajv.compile({ $ref: `${name}#/${pointer}` }));
    return made.get(pointer);
  };
}
const openapiAt = validators("openapi", openapi);
const slashes = (path) => path.replaceAll("~", "~0").replaceAll("/", "~1");
const answerOf = (path, verb) => openapiAt(
  `paths/${slashes(path)}/${verb}/responses/200/content/application~1json/schema`);

async function ask(path, message, more = {}) {
  const query = new URLSearchParams(
    { connect: "v1", encoding: "json", message: JSON.stringify(message) });
  return fetch(`${url}${path}?${query}`, { headers: { ...who, ...more } });
}

const figures = { answers: 0, records: 0, errors: 0 };
const unlike = [];
const seen = {}; // the first record of each type, so that Get* can ask for it
function remember(value) {
  if (Array.isArray(value)) value.forEach(remember);
  else if (value && typeof value === "object") {
    figures.records++;
    for (const [key, v] of Object.entries(value)) {
      if (typeof v === "string" && (key.endsWith("Id") || key.endsWith("Code"))) seen[key] ??= v;
      remember(v);
    }
  }
}
async function tryQuery(service, short, method, asked, more = {}) {
  const path = `/${service.typeName}/${method.name}`;
  const answer = await ask(path, asked, more);
  const body = await answer.json();
  const check = answer.status === 200 ? answerOf(path, "get")
    : openapiAt(`components/schemas/${short}.Error`);
  figures[answer.status === 200 ? "answers" : "errors"]++;
  if (!check(body)) unlike.push({ path, body, errors: check.errors.slice(0, 3) });
  if (answer.status === 200) remember(body);
  return answer.status;
}
const askable = (service) => service.methods.filter((method) => method.idempotency === 1 &&
  method.methodKind === "unary");
for (const [short, [service]] of Object.entries(services))
  for (const method of askable(service)) await tryQuery(service, short, method, {});
for (const [short, [service]] of Object.entries(services)) {
  for (const method of askable(service)) {
    const asked = Object.fromEntries(method.input.fields.filter((f) => seen[f.jsonName] &&
      f.fieldKind === "scalar").map((f) => [f.jsonName, seen[f.jsonName]]));
    await tryQuery(service, short, method, asked);
    await tryQuery(service, short, method, asked, { "Shegong-Defaults": "true" });
  }
}
ok(unlike.length === 0, `${figures.answers} answers (${figures.records} objects) and ` +
  `${figures.errors} errors are as the document says`, unlike.slice(0, 2));
ok(figures.answers > 200, "there were many of them", figures);

const session = await (await fetch(`${url}/v1/session`, { headers: who })).json();
ok(answerOf("/v1/session", "get")(session), "who asks is told as it says", session);

// What is refused for its form has a reason that the document knows.
const typo = await ask("/shegong.stations.v1.StationsService/GetRegion", { regionCod: "53" });
const refusal = await typo.json();
const knows = (short, reason) => openapi.components.schemas[`${short}.Error`].properties.details
  .items.properties.debug.properties.reason.anyOf[0].enum.includes(reason);
ok(typo.status === 400 && knows("stations", refusal.details[0].debug.reason) &&
  openapiAt("components/schemas/stations.Error")(refusal), "a malformed request's reason is known",
refusal);
ok(["ABOVE_ENTITLEMENT", "NOT_FOUND", "HTTP_BAD_VERSION", "METHOD_UNKNOWN"].every((reason) =>
  knows("funding", reason)), "reasons of the service, of all services and of the gateway");
ok(!openapiAt("components/schemas/shegong.stations.v1.GetRegionRequest")({ regionCod: "53" }) &&
  openapiAt("components/schemas/shegong.stations.v1.GetRegionRequest")({ regionCode: "53" }),
"a request with a name too many is not as the document says");

// The events of all journals.
const asyncapiAt = validators("asyncapi", asyncapi);
let checked = 0;
const odd = [], types = new Set();
for (const [short, [, bodySchema]] of Object.entries(services)) {
  for (let after = 0; ;) {
    const page = await (await ask("/shegong.engine.v1.EngineService/Read", { after },
      { "Shegong-Service": short })).json();
    const packed = page.events ?? [];
    if (packed.length === 0) break;
    for (const bytes of packed) {
      const event = fromBinary(EventSchema, Buffer.from(bytes, "base64"));
      after = Number(event.sequence);
      const type = bodySchema.fields.find((f) => f.name === event.type)?.message;
      if (!type) continue; // of the engine: a date began
      const body = fromBinary(bodySchema, event.body).event;
      const check = asyncapiAt(`components/schemas/${type.typeName}`);
      checked++;
      types.add(type.typeName);
      if (!check(toJson(type, body.value)))
        odd.push({ type: type.typeName, errors: check.errors.slice(0, 3) });
    }
  }
}
ok(checked > 50 && odd.length === 0,
  `${checked} events of ${types.size} types are as the document says`, odd.slice(0, 3));

// The same as they come on the stream, up to one of our own.
const id = "00000000-0000-4000-8000-000000000001";
const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const own = await fetch(`${url}/shegong.personnel.v1.PersonnelService/RegisterAgency`, { method: "POST",
  headers: { ...who, traceparent, "Content-Type": "application/json", "Idempotency-Key": id },
  body: JSON.stringify({ agencyId: "ag-traced", nameZh: "某机构", nameEn: "An agency",
    creditCode: "52530000MJ34567891", regionCode: "5331", synthetic: true }) });
same(own.status, 200, "a command with a trace");
const control = new AbortController();
const stream = await fetch(`${url}/v1/events?from=start`, { headers: who, signal: control.signal });
let text = "";
for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
  text += piece;
  if (text.includes(id) && text.endsWith("\n\n")) break;
}
control.abort();
let streamed = 0;
const attributes = new Map(); // name -> the first event that has it
for (const block of text.split("\n\n").slice(0, -1)) {
  const name = /^event: (.*)$/m.exec(block)?.[1];
  const data = JSON.parse(/^data: (.*)$/m.exec(block)[1]);
  const message = name ?? Object.keys(asyncapi.components.messages).find((m) =>
    asyncapi.components.messages[m].name === data.type);
  const check = message && asyncapiAt(`components/messages/${message}/payload`);
  streamed++;
  if (!check?.(data)) odd.push({ message, data, errors: check?.errors.slice(0, 3) });
  for (const key of name ? [] : Object.keys(data))
    if (!attributes.has(key)) attributes.set(key, data);
  if (data.commandid === id)
    same(`${data.traceparent} ${data.regioncode} ${data.date}`, `${traceparent} 5331 2022-09-01`,
      "its event has the trace, the region and the date");
}
ok(streamed >= 50 && odd.length === 0, `${streamed} messages of the stream are so, too`,
  odd.slice(0, 2));
same([...attributes.keys()].sort().join(),
  Object.keys(asyncapi.components.schemas.CloudEvent.properties).sort().join(),
  "each attribute that the document has comes, and no other");
const reaction = attributes.get("causationid");
ok(services[reaction?.causationid.split(":")[0]] &&
  reaction.source !== `/shegong/${reaction.causationid.split(":")[0]}`,
"what one service made of another's event names it", reaction);
done();
