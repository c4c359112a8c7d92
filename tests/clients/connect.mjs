// The clients of Connect as integrators use them: connect-node and connect-web, with what
// protoc-gen-es makes of the contract.

import { createClient, Code, ConnectError } from "@connectrpc/connect";
import * as node from "@connectrpc/connect-node";
import * as web from "@connectrpc/connect-web";
import { PersonnelService } from "./samples.tmp/clients/shegong/personnel/v1/personnel_pb.js";
import { StationsService } from "./samples.tmp/clients/shegong/stations/v1/stations_pb.js";
import { RefusedSchema } from "./samples.tmp/clients/shegong/engine/v1/envelope_pb.js";
import { done, failure, ok, same, url, who } from "./tap.mjs";

const headers = (more = {}) => ({ headers: { ...who, ...more } });

let verbs = [];
const noted = (input, init) => {
  verbs.push(init?.method ?? "GET");
  return fetch(input, init);
};
const transports = {
  "connect-node, JSON": node.createConnectTransport(
    { baseUrl: url, httpVersion: "1.1", useBinaryFormat: false }),
  "connect-node, protobuf": node.createConnectTransport({ baseUrl: url, httpVersion: "1.1" }),
  "connect-node, GET": node.createConnectTransport(
    { baseUrl: url, httpVersion: "1.1", useHttpGet: true }),
  "connect-web, JSON": web.createConnectTransport({ baseUrl: url, fetch: noted }),
  "connect-web, protobuf": web.createConnectTransport(
    { baseUrl: url, fetch: noted, useBinaryFormat: true }),
  "connect-web, GET": web.createConnectTransport({ baseUrl: url, fetch: noted, useHttpGet: true }),
};

let number = 80;
for (const [name, transport] of Object.entries(transports)) {
  const stations = createClient(StationsService, transport);
  const personnel = createClient(PersonnelService, transport);
  const regionCode = `53${String(++number).padStart(2, "0")}`;
  const asked = { regionCode, nameEn: "A prefecture", nameZh: "某市" };

  let position = "";
  const added = await stations.addRegion(asked, {
    ...headers({ "Idempotency-Key": `client-${regionCode}` }),
    onHeader: (h) => { position = h.get("shegong-position"); },
  });
  same(added.region.nameZh, "某市", `${name}: a command is carried out`);
  ok(/^stations=\d+$/.test(position), `${name}: the answer says its position`, position);
  const again = await stations.addRegion(asked, headers({
    "Idempotency-Key": `client-${regionCode}` }));
  same(again.region.regionCode, regionCode, `${name}: the same id is answered alike`);

  verbs = [];
  const got = await stations.getRegion({ regionCode }, headers());
  same(got.region.nameEn, "A prefecture", `${name}: a query`);
  if (name.startsWith("connect-web"))
    same(verbs.join(), name.endsWith("GET") ? "GET" : "POST", `${name}: with that verb`);
  const list = await personnel.listAgencies({ pageSize: 3 }, headers());
  ok(list.agencies.length === 3 && list.nextPageToken, `${name}: a page of a list`, list);
  same(typeof list.agencies[0].revision, "bigint", `${name}: 64-bit numbers are whole`);

  const twice = await failure(stations.addRegion(asked, headers()));
  const [refused] = twice instanceof ConnectError ? twice.findDetails(RefusedSchema) : [];
  ok(twice?.code === Code.AlreadyExists && refused?.reason === "REGION_EXISTS" &&
    refused.about === regionCode && refused.messageEn && refused.messageZh,
  `${name}: a refusal's code, reason, about and sentences`, twice);
  same(twice.rawMessage, refused?.messageZh, `${name}: the sentence is Chinese`);
  const english = await failure(stations.addRegion(asked, headers({ "Accept-Language": "en" })));
  same(english.rawMessage, refused?.messageEn, `${name}: or English for who likes it better`);
  const absent = await failure(stations.getRegion({ regionCode: "99" }, headers()));
  same(absent?.code, Code.NotFound, `${name}: what is not there`);
  const nobody = await failure(stations.getRegion({ regionCode }));
  same(nobody?.code, Code.Unauthenticated, `${name}: a caller whom nothing names`);

  const begun = Date.now();
  const late = await failure(stations.getRegion({ regionCode }, {
    ...headers({ "Shegong-After": "stations=999999999" }), timeoutMs: 300 }));
  ok(late?.code === Code.DeadlineExceeded && Date.now() - begun < 3000,
    `${name}: a deadline that passes`, late);
}

// What the server says when the deadline passes, without a client that has its own clock.
const late = await fetch(`${url}/shegong.stations.v1.StationsService/GetRegion`, {
  method: "POST", body: '{"regionCode": "5381"}', headers: { ...who,
    "Content-Type": "application/json", "Connect-Timeout-Ms": "200",
    "Shegong-After": "stations=999999999" } });
const answer = await late.json();
ok(late.status === 504 && answer.code === "deadline_exceeded" &&
  /^DEADLINE_/.test(answer.details[0].debug.reason), "the server answers a deadline itself",
answer);

const packing = createClient(StationsService, node.createConnectTransport({
  baseUrl: url, httpVersion: "1.1", sendCompression: node.compressionGzip,
  compressMinBytes: 0 }));
const packed = await failure(packing.getRegion({ regionCode: "5381" }, headers()));
same(packed?.code, Code.Unimplemented, "a compressed request is refused, and said to be");
const zipped = await fetch(
  `${url}/shegong.stations.v1.StationsService/GetRegion?connect=v1&encoding=json&base64=1` +
  "&compression=gzip&message=H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA", { headers: who });
same((await zipped.json()).code, "unimplemented", "so is a compressed GET");
done();
