// Random messages of a contract, and the transcoder behind a pipe, for the tests of ProtoJSON.

import { spawn } from "node:child_process";
import { ScalarType, create } from "@bufbuild/protobuf";

// A small generator of random numbers with a seed, so that a failure can be had again.
let state = 1n;
export function begin(seed) {
  state = BigInt(seed) * 2654435761n + 1n;
}
export function random(n) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(n));
}
export const pick = (list) => list[random(list.length)];
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

export function randomMessage(type, depth = 1) {
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

// The program json_pipe: answers come in the order of the requests.
export function pipeOpen(path, setPath) {
  const pipe = spawn(path, [setPath], { stdio: ["pipe", "pipe", "inherit"] });
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
  return {
    // 'w' JSON to wire, 'j' wire to JSON, 'J' with defaults, 'c' a check of packed bytes.
    ask(operation, type, content) {
      const name = Buffer.from(type.typeName);
      const head = Buffer.alloc(6);
      head.writeUInt32LE(2 + name.length + content.length, 0);
      head[4] = operation.charCodeAt(0);
      head[5] = name.length;
      pipe.stdin.write(Buffer.concat([head, name, content]));
      return new Promise((resolve) => waiting.push(resolve));
    },
    close: () => pipe.stdin.end(),
  };
}

// Every message that is not google.protobuf's.
function typesOf(descs) {
  return descs.flatMap((desc) => [desc, ...typesOf(desc.nestedMessages)]);
}
export const allTypes = (registry) => [...registry.files].filter(
  (file) => file.proto.package !== "google.protobuf").flatMap((file) => typesOf(file.messages));

// JSON values are the same whatever the order of the keys.
export function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((k) => [k, canonical(value[k])]));
}
export const sameJson = (a, b) =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
