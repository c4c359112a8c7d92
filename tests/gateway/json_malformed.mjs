// Malformed JSON at a place that is known: it is refused, and the place is named.
//
//   node json_malformed.mjs SET PIPE [COUNT [SEED]]
//
// SET is a descriptor set, PIPE the program json_pipe, COUNT the different texts in all.

import { readFileSync } from "node:fs";
import { ScalarType, createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { allTypes, begin, pick, pipeOpen, random } from "./json_random.mjs";

const [setPath, pipePath, count = "500", seed = "3"] = process.argv.slice(2);
if (!pipePath) {
  console.error("json_malformed.mjs SET PIPE [COUNT [SEED]]");
  process.exit(2);
}
begin(seed);
const types = allTypes(createFileRegistry(fromBinary(
  FileDescriptorSetSchema, readFileSync(setPath)))).filter((type) => type.fields.length > 0);

// What no value of a kind may look like.  "%" stands for a byte that is not UTF-8.
const notText = ["1", "true", "{}", '["x"]', '"\\u0000"', '"\\ud83d"', '"\\x41"', '"a\tb"', '"%"',
  "x", "'x'"];
const notNumber = ['""', '" 1"', '"0x1"', '"x"', "true", "{}", "01", "+1", "1.", "1e"];
const notWhole = [...notNumber, "1.5", '"1.5"', '"NaN"', "1e400"];
const notBool = ['"true"', "1", "0", '"yes"', "{}", "tru", "TRUE"];
const notBytes = ['"A"', '"AA="', '"AB=="', '"A A="', "7", "{}"];
const notTime = ['"2022-07-31"', '"2022-02-29T00:00:00Z"', '"2022-07-31T24:00:00Z"', '"soon"',
  '{"seconds": 1}', "1659225600"];
const wrongScalar = {
  [ScalarType.STRING]: notText, [ScalarType.BYTES]: notBytes, [ScalarType.BOOL]: notBool,
  [ScalarType.DOUBLE]: [...notNumber, "NaN", '"nan"', "1e309"],
  [ScalarType.FLOAT]: [...notNumber, "Infinity", "3.5e38"],
};
for (const [bits, kinds] of [
  [32, [ScalarType.INT32, ScalarType.SINT32, ScalarType.SFIXED32]],
  [64, [ScalarType.INT64, ScalarType.SINT64, ScalarType.SFIXED64]]])
  for (const kind of kinds)
    wrongScalar[kind] = [...notWhole, String(2n ** BigInt(bits - 1)),
      `"-${2n ** BigInt(bits - 1) + 1n}"`];
for (const [bits, kinds] of [[32, [ScalarType.UINT32, ScalarType.FIXED32]],
  [64, [ScalarType.UINT64, ScalarType.FIXED64]]])
  for (const kind of kinds)
    wrongScalar[kind] = [...notWhole, "-1", String(2n ** BigInt(bits))];

function wrongValue(field) {
  const kind = field.listKind ?? field.fieldKind;
  if (kind === "scalar") return pick(wrongScalar[field.scalar]);
  if (kind === "enum") return pick(['"NOBODY_KNOWS"', '"1"', "99999", "true", "{}", "-1000"]);
  if (field.message.typeName === "google.protobuf.Timestamp") return pick(notTime);
  if (field.message.typeName.startsWith("google.protobuf.")) return "[]";
  return pick(["1", '"x"', "[]", "true", '{"nobody": 1}', "{,}", '{"x" 1}']);
}

// One thing that is wrong in an object of the type: the text within its braces, and the place.
function wrong(type) {
  const field = pick(type.fields), key = `"${pick([field.jsonName, field.name])}"`;
  const list = field.fieldKind === "list";
  const others = field.oneof?.fields.filter((other) => other !== field) ?? [];
  const way = random(10);
  if (way === 0) return ['"nobody": 1', "nobody"];
  if (way === 1) return [`${key}: null, ${key}: null`, field.name];
  if (way === 2) return [`${key} 1`, field.name];
  if (way === 3 && list) return [`${key}: ${pick(["1", "{}", '"x"', "true"])}`, field.name];
  if (way === 4 && list) return [`${key}: [null]`, `${field.name}[0]`];
  if (way === 5 && others.length && field.fieldKind === "scalar" &&
    field.scalar === ScalarType.STRING) {
    const other = others.find((o) => o.fieldKind === "message" && !o.message.typeName.startsWith(
      "google."));
    if (other) return [`${key}: "x", "${other.jsonName}": {}`, other.name];
  }
  const value = wrongValue(field);
  const inside = value.includes('"nobody"') ? ".nobody" : value.includes('"x" 1') ? ".x" : "";
  return list ? [`${key}: [${value}]`, `${field.name}[0]${inside}`]
    : [`${key}: ${value}`, field.name + inside];
}

// The same, further in: around it are objects and lists that are as they should be.
function wrongWithin(type, depth) {
  const inner = type.fields.filter((field) => field.message &&
    !field.message.typeName.startsWith("google.protobuf.") && field.message.fields.length);
  if (depth === 0 || inner.length === 0) return wrong(type);
  const field = pick(inner), [text, place] = wrongWithin(field.message, depth - 1);
  if (field.fieldKind !== "list")
    return [`"${field.jsonName}": {${text}}`, `${field.name}.${place}`];
  const before = random(3);
  return [`"${field.jsonName}": [${"{}, ".repeat(before)}{${text}}]`,
    `${field.name}[${before}].${place}`];
}

const pipe = pipeOpen(pipePath, setPath);
const seen = new Set(), ofTypes = new Set();
let failed = 0, deep = 0;
while (seen.size < Number(count)) {
  const type = pick(types), [text, place] = wrongWithin(type, random(4));
  const whole = `{${text}}`;
  // Longer places are cut.
  if (seen.has(type.typeName + whole) || place.length > 120) continue;
  seen.add(type.typeName + whole);
  ofTypes.add(type);
  deep += place.includes(".");
  const bytes = Buffer.from(whole);
  const percent = bytes.indexOf("%");
  if (percent >= 0) bytes[percent] = 0xff;
  const answer = await pipe.ask("w", type, bytes);
  const said = String(answer.content);
  if (!answer.good && said.startsWith(`${place}: `) && said.length > place.length + 10) continue;
  if (++failed < 10) console.log(`# ${type.typeName} ${whole} at ${place}: ${said}`);
}
pipe.close();
console.log(`${seen.size - failed} of ${seen.size} malformed messages of ${ofTypes.size} types are ` +
  `refused with their place, ${deep} of them further in`);
process.exit(failed ? 1 : 0);
