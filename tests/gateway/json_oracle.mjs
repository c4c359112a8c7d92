// The JSON transcoder against @bufbuild/protobuf: random messages of every type, both ways.
//
//   node json_oracle.mjs SET PIPE [COUNT [SEED]]
//
// SET is a descriptor set, PIPE the program json_pipe, COUNT the messages of each type.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import {
  ScalarType, create, createFileRegistry, fromBinary, fromJsonString, toBinary, toJson,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

const [setPath, pipePath, count = "200", seed = "1"] = process.argv.slice(2);
if (!pipePath) {
  console.error("json_oracle.mjs SET PIPE [COUNT [SEED]]");
  process.exit(2);
}
const registry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(setPath)));

// A small generator of random numbers with a seed, so that a failure can be had again.
let state = BigInt(seed) * 2654435761n + 1n;
function random(n) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(n));
}
const pick = (list) => list[random(list.length)];
const bits64 = () => (BigInt(random(2 ** 31)) << 33n) ^ (BigInt(random(2 ** 31)) << 11n) ^
  BigInt(random(2 ** 11));
const doubleOf = () => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits64());
  return view.getFloat64(0) || 1;
};

const int32 = () => pick([0, 1, -1, 2147483647, -2147483648, random(1000), random(2 ** 31) | 0]);
const uint32 = () => pick([0, 1, 4294967295, random(1000), random(2 ** 31) * 2 + random(2)]);
const int64 = () => BigInt.asIntN(64, pick([0n, 1n, -1n, 2n ** 63n, 2n ** 63n - 1n, 2n ** 53n + 1n,
  BigInt(random(1000)), bits64()]));
const uint64 = () =>
  BigInt.asUintN(64, pick([0n, 1n, 2n ** 64n - 1n, BigInt(random(9)), bits64()]));
const float64 = () => pick([0, 1.5, 0.1, -1e300, 5e-324, NaN, Infinity, -Infinity, 1e21, 123456789,
  random(1e6) / 100, doubleOf()]);
const float32 = () => Math.fround(pick([0, 1.5, 0.1, 3.4028234663852886e38, 1e-45, NaN, Infinity,
  -Infinity, 16777217, random(1e6) / 100]));
const characters = ["a", "Z", " ", "\"", "\\", "/", "\n", "\u0001", "\u007f", "社", "工", "é",
  "\u2028", "😀", "<", "&"];
const string = () => Array.from({ length: random(12) }, () => pick(characters)).join("");
const bytes = () => Uint8Array.from({ length: random(10) }, () => random(256));

const scalars = {
  [ScalarType.DOUBLE]: float64, [ScalarType.FLOAT]: float32,
  [ScalarType.INT32]: int32, [ScalarType.SINT32]: int32, [ScalarType.SFIXED32]: int32,
  [ScalarType.UINT32]: uint32, [ScalarType.FIXED32]: uint32,
  [ScalarType.INT64]: int64, [ScalarType.SINT64]: int64, [ScalarType.SFIXED64]: int64,
  [ScalarType.UINT64]: uint64, [ScalarType.FIXED64]: uint64,
  [ScalarType.BOOL]: () => random(2) === 1, [ScalarType.STRING]: string, [ScalarType.BYTES]: bytes,
};

const nanos = () => pick([0, 500000000, 1000, 1, 999999999, random(1e9)]);
const forms = {
  "google.protobuf.Timestamp": () => ({
    seconds: pick([0n, -62135596800n, 253402300799n, BigInt(random(2 ** 31)),
      -BigInt(random(2 ** 31)) * 20n]), nanos: nanos() }),
  "google.protobuf.Duration": () => {
    const sign = pick([1, -1]);
    return { seconds: BigInt(sign) * pick([0n, 1n, BigInt(random(2 ** 31)), 315575999999n]),
      nanos: sign * nanos() };
  },
};

function valueOf(kind, field, depth) {
  if (kind === "scalar") return scalars[field.scalar]();
  if (kind === "enum") return pick(field.enum.values).number;
  return randomMessage(field.message, depth + 1);
}

function randomMessage(type, depth = 1) {
  if (forms[type.typeName]) return create(type, forms[type.typeName]());
  const message = create(type);
  for (const field of type.fields) {
    const nested = (field.listKind ?? field.fieldKind) === "message";
    if (random(3) === 0 || (nested && depth > 4)) continue;
    if (field.fieldKind === "list") {
      const list = Array.from({ length: random(4) }, () => valueOf(field.listKind, field, depth));
      message[field.localName] = list;
    } else if (field.oneof) {
      const value = valueOf(field.fieldKind, field, depth);
      message[field.oneof.localName] = { case: field.localName, value: plain(field, value) };
    } else {
      message[field.localName] = plain(field, valueOf(field.fieldKind, field, depth));
    }
  }
  return message;
}

// Singular wrappers are held as their bare values.
function plain(field, value) {
  const wrapper = field.fieldKind === "message" && !field.oneof &&
    /^google\.protobuf\.\w+Value$/.test(field.message.typeName);
  return wrapper ? value.value : value;
}

// The pipe: answers come in the order of the requests.
const pipe = spawn(pipePath, [setPath], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = [];
let received = Buffer.alloc(0);
pipe.stdout.on("data", (piece) => {
  received = Buffer.concat([received, piece]);
  while (received.length >= 4 && received.length >= 4 + received.readUInt32LE(0)) {
    const end = 4 + received.readUInt32LE(0);
    const answer = received.subarray(4, end);
    received = received.subarray(end);
    waiting.shift()({ good: answer[0] === 0x2b, content: answer.subarray(1) });
  }
});
pipe.on("exit", (code) => {
  if (waiting.length) {
    console.error(`the pipe ended with ${code} before its answers`);
    process.exit(1);
  }
});
function ask(operation, type, content) {
  const name = Buffer.from(type.typeName);
  const head = Buffer.alloc(6);
  head.writeUInt32LE(2 + name.length + content.length, 0);
  head[4] = operation.charCodeAt(0);
  head[5] = name.length;
  pipe.stdin.write(Buffer.concat([head, name, content]));
  return new Promise((resolve) => waiting.push(resolve));
}

// JSON values are the same whatever the order of the keys.
function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((k) => [k, canonical(value[k])]));
}
const sameJson = (a, b) => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

// By packed bytes: floats are then floats, and NaN is the same as NaN.
const sameMessage = (type, a, b) =>
  Buffer.compare(toBinary(type, a), toBinary(type, b)) === 0;

const figures = { messages: 0, compared: 0, disagreed: 0 };
function compare(agreed, what, type, ...shown) {
  figures.compared++;
  if (agreed) return;
  if (++figures.disagreed <= 10) console.log(`# ${type.typeName}: ${what}`, ...shown);
}

async function tryMessage(type) {
  const message = randomMessage(type);
  const wire = Buffer.from(toBinary(type, message));
  const value = toJson(type, message, { registry });
  const text = Buffer.from(JSON.stringify(value));
  const [toWire, toText, toPretty, check] = await Promise.all([
    ask("w", type, text), ask("j", type, wire), ask("J", type, wire), ask("c", type, wire)]);
  figures.messages++;

  compare(check.good, "packed bytes refused", type, String(check.content));
  compare(toWire.good && sameMessage(type, fromBinary(type, toWire.content), message),
    "JSON to wire", type, String(text), toWire.good ? toWire.content : String(toWire.content));
  for (const [written, what] of [[toText, "wire to JSON"], [toPretty, "wire to JSON, defaults"]]) {
    let read;
    try {
      read = written.good && fromJsonString(type, written.content.toString(), { registry });
    } catch (error) {
      compare(false, what, type, String(error), String(written.content));
      continue;
    }
    compare(written.good && sameMessage(type, read, message), what, type,
      String(text), String(written.content));
  }
  // A float may be written shorter than theirs; everything else is the same, key by key.
  if (toText.good && !/"(aFloat|floats|maybeFloat)"/.test(text))
    compare(sameJson(JSON.parse(toText.content), value), "the JSON itself",
      type, String(text), String(toText.content));
}

// What both must refuse: good JSON with one thing broken.
const breaks = [
  (text) => text.slice(0, -1), (text) => text + "x", (text) => text.replace("{", "["),
  (text) => text.replace(/"([a-z]\w*)":/, '"$1Nobody":'),
  (text) => text.replace(/("[a-z]\w*":)/, "$1 1 1,"), (text) => text.replace(/:/, " "),
  (text) => text.replace(/^\{("\w+":)/, "{$1null,$1"),
];
async function tryBroken(type) {
  const text = JSON.stringify(toJson(type, randomMessage(type), { registry }));
  const broken = pick(breaks)(text);
  if (broken === text) return;
  let theirs = true;
  try {
    fromJsonString(type, broken, { registry });
  } catch {
    theirs = false;
  }
  const ours = await ask("w", type, Buffer.from(broken));
  compare(theirs === ours.good, theirs ? "only we refuse" : "only we take", type, broken,
    String(ours.content));
}

function typesOf(descs) {
  return descs.flatMap((desc) => [desc, ...typesOf(desc.nestedMessages)]);
}
let nTypes = 0;
for (const file of registry.files) {
  if (file.proto.package === "google.protobuf") continue;
  for (const type of typesOf(file.messages)) {
    nTypes++;
    for (let i = 0; i < Number(count); i++) {
      await tryMessage(type);
      await tryBroken(type);
    }
  }
}
pipe.stdin.end();
const agreed = figures.compared - figures.disagreed;
console.log(`${figures.messages} messages of ${nTypes} types: ` +
  `${agreed} of ${figures.compared} comparisons agree`);
process.exit(figures.disagreed || !figures.messages ? 1 : 0);
