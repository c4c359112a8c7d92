// The JSON transcoder against @bufbuild/protobuf: random messages of every type, both ways.
//
//   node json_oracle.mjs SET PIPE [COUNT [SEED]]
//
// SET is a descriptor set, PIPE the program json_pipe, COUNT the messages of each type.

import { readFileSync } from "node:fs";
import { createFileRegistry, fromBinary, fromJsonString, toBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { allTypes, begin, pick, pipeOpen, randomMessage, sameJson } from "./json_random.mjs";

const [setPath, pipePath, count = "200", seed = "1"] = process.argv.slice(2);
if (!pipePath) {
  console.error("json_oracle.mjs SET PIPE [COUNT [SEED]]");
  process.exit(2);
}
const registry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(setPath)));

begin(seed);
const pipe = pipeOpen(pipePath, setPath);

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
    pipe.ask("w", type, text), pipe.ask("j", type, wire), pipe.ask("J", type, wire),
    pipe.ask("c", type, wire)]);
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
  const ours = await pipe.ask("w", type, Buffer.from(broken));
  compare(theirs === ours.good, theirs ? "only we refuse" : "only we take", type, broken,
    String(ours.content));
}

const types = allTypes(registry);
for (const type of types) {
  for (let i = 0; i < Number(count); i++) {
    await tryMessage(type);
    await tryBroken(type);
  }
}
pipe.close();
const agreed = figures.compared - figures.disagreed;
console.log(`${figures.messages} messages of ${types.length} types: ` +
  `${agreed} of ${figures.compared} comparisons agree`);
process.exit(figures.disagreed || !figures.messages ? 1 : 0);
