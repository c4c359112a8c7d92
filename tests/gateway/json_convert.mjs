// The JSON transcoder against `buf convert`: random messages of the contract, both ways.
//
//   node json_convert.mjs SET PIPE [COUNT [SEED]]
//
// SET is a descriptor set, PIPE the program json_pipe, COUNT the messages in all.  All of them go
// through buf in one message that is made for it, in which each type has a list of its own.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, createFileRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label, FieldDescriptorProto_Type, FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { allTypes, begin, pick, pipeOpen, randomMessage, sameJson } from "./json_random.mjs";

const [setPath, pipePath, count = "2000", seed = "2"] = process.argv.slice(2);
if (!pipePath) {
  console.error("json_convert.mjs SET PIPE [COUNT [SEED]]");
  process.exit(2);
}
begin(seed);
const BATCH = "shegong.batch.v1.Batch";
const set = fromBinary(FileDescriptorSetSchema, readFileSync(setPath));
const types = allTypes(createFileRegistry(set));
const name = (i) => `of_${i}`;
set.file.push(create(FileDescriptorProtoSchema, {
  name: "shegong/batch/v1/batch.proto", package: "shegong.batch.v1", syntax: "proto3",
  dependency: set.file.map((file) => file.name),
  messageType: [{ name: "Batch", field: types.map((type, i) => ({
    name: name(i), jsonName: name(i), number: i + 1, typeName: `.${type.typeName}`,
    label: FieldDescriptorProto_Label.REPEATED, type: FieldDescriptorProto_Type.MESSAGE })) }],
}));
const batchType = createFileRegistry(set).getMessage(BATCH);

// Messages as we have them packed, and as our transcoder writes them.
const pipe = pipeOpen(pipePath, setPath);
const lists = types.map(() => []);
for (let i = 0; i < Number(count); i++) {
  const at = i < types.length ? i : types.indexOf(pick(types));
  const packed = Buffer.from(toBinary(types[at], randomMessage(types[at])));
  const written = await pipe.ask("j", types[at], packed);
  lists[at].push({ packed, json: written.good ? String(written.content) : "null" });
}
pipe.close();

const folder = mkdtempSync(join(tmpdir(), "shegong-"));
const at = (file) => join(folder, file);
function convert(from, to) {
  const buf = new URL("../node_modules/.bin/buf", import.meta.url).pathname;
  const done = spawnSync(buf, ["convert", at("set.binpb"), `--type=${BATCH}`, `--from=${at(from)}`,
    `--to=${at(to)}`], { encoding: "utf8" });
  if (done.status !== 0) {
    console.log(`# buf convert ${from} ${to}: ${done.stderr}`);
    process.exit(1);
  }
  return readFileSync(at(to));
}
const batch = create(batchType);
types.forEach((type, i) => {
  batch[batchType.fields[i].localName] = lists[i].map(({ packed }) => fromBinary(type, packed));
});
writeFileSync(at("set.binpb"), toBinary(FileDescriptorSetSchema, set));
writeFileSync(at("packed.binpb"), toBinary(batchType, batch));
writeFileSync(at("ours.json"), `{${types.map((_, i) =>
  `"${name(i)}": [${lists[i].map(({ json }) => json).join()}]`).join()}}`);
const theirs = JSON.parse(convert("packed.binpb", "theirs.json"));
const read = fromBinary(batchType, convert("ours.json", "read.binpb"));
rmSync(folder, { recursive: true });

let compared = 0, disagreed = 0;
types.forEach((type, i) => {
  const back = read[batchType.fields[i].localName];
  lists[i].forEach(({ packed, json }, k) => {
    compared += 2;
    const written = sameJson(JSON.parse(json), theirs[name(i)]?.[k] ?? {});
    const same = back[k] && Buffer.compare(Buffer.from(toBinary(type, back[k])), packed) === 0;
    disagreed += !written + !same;
    if ((!written || !same) && disagreed < 10)
      console.log(`# ${type.typeName}`, json, JSON.stringify(theirs[name(i)]?.[k]), same);
  });
});
console.log(`${count} messages of ${types.length} types with buf convert: ` +
  `${compared - disagreed} of ${compared} comparisons agree`);
process.exit(disagreed || compared < 2 * Number(count) ? 1 : 0);
