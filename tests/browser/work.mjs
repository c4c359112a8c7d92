// What waits for an office, done on the page: agreements signed, changes endorsed and decided, payments
// authorised and made, findings carried to their end; and that nothing is offered which is refused.

import { done, ok, same } from "../clients/tap.mjs";
import { ask, at, browser, finish, open, quietEnd, send, shot, signIn, tokens, until, year } from "./browser.mjs";

const stations = "stations.v1.StationsService", funding = "funding.v1.FundingService";
const supervision = "supervision.v1.SupervisionService";
const TEXT = "已核对（示例）";

// An office's page of what waits for it.
async function workOf(who) {
  const page = await open();
  await signIn(page, who, "work", { year });
  await page.locator("h1").waitFor();
  await loaded(page);
  return page;
}
const loaded = (page) => until(async () => await page.locator("main [role=status]").count() === 0);

const formOf = (page, id) => page.getByRole("form", { name: id, exact: true });

// Fill in what is asked for and not proposed.
async function fill(form, values = {}) {
  for (const field of await form.locator("input, textarea").all()) {
    const [name, type, value] = await field.evaluate((n) => [n.name, n.type, n.value]);
    if (values[name] !== undefined) await field.fill(values[name]);
    else if (!value) await field.fill(type === "number" ? "60" : TEXT);
  }
}

// Press the button of a command; where it asks for something, fill that in.
async function press(form, command, values) {
  await form.locator(`[data-command=${command}]`).first().click();
  if (await form.locator(".fields").count()) {
    await fill(form, values);
    await form.getByRole("button").first().click();
  }
}
const gone = (form) => until(async () => await form.count() === 0);

// --- An agreement ----------------------------------------------------------------------------------

const agreement = async (agreementId) => (await ask(`${stations}/GetAgreement`, { agreementId })).agreement;
const province = await workOf("province");
ok(await formOf(province, "agr-22").count() === 0, "who has signed is not asked to sign again");
await press(formOf(province, "agr-20"), "SignAgreement");
ok(await gone(formOf(province, "agr-20")) < Infinity, "the province signs an agreement on the page");
const signed = await agreement("agr-20");
same(`${signed.state} ${signed.signatures.map((s) => `${s.party} ${s.signedBy}`)}`, "AGREEMENT_STATE_SIGNING province p-province",
  "and its signature is kept");
const agency = await workOf("ag-22");
await press(formOf(agency, "agr-22"), "SignAgreement", { signed_on: "2023-08-01" });
ok(await gone(formOf(agency, "agr-22")) < Infinity, "an agency signs its own");
await agency.context().close();
const inForce = await agreement("agr-22");
same(`${inForce.state} ${inForce.inForceOn}`, "AGREEMENT_STATE_IN_FORCE 2023-08-01", "and with the last signature it is in force");

// --- A change --------------------------------------------------------------------------------------

const change = async () => (await ask(`${stations}/GetChange`, { changeId: "ch-01" })).change;
ok(await formOf(province, "ch-01").count() === 0, "what waits for the county is not offered to the province");
const county = await workOf("county");
await press(formOf(county, "ch-01"), "EndorseChange");
ok(await gone(formOf(county, "ch-01")) < Infinity, "a county endorses a change on the page");
await county.context().close();
const prefecture = await workOf("prefecture");
await press(formOf(prefecture, "ch-01"), "EndorseChange");
await gone(formOf(prefecture, "ch-01"));
same((await change()).awaitsLevel, "province", "then its prefecture does");
await prefecture.context().close();
await formOf(province, "ch-01").waitFor();
await press(formOf(province, "ch-01"), "DecideChange", { document_no: "示例变〔2023〕11号" });
ok(await until(async () => (await change()).decidedOn !== "") < Infinity, "and the province, whom it reached by itself, approves it");
const decided = await change();
same(decided.documentNo, "示例变〔2023〕11号", "with its document");

// --- A payment -------------------------------------------------------------------------------------

const disbursement = async () => (await ask(`${funding}/GetDisbursement`, { disbursementId: "db-18-c1" })).disbursement;
const head = await workOf("province-head"), cashier = await workOf("province-cashier");
await press(formOf(head, "db-18-c1"), "AuthoriseDisbursement");
ok(await until(async () => (await disbursement()).state === "DISBURSEMENT_STATE_AUTHORISED") < Infinity, "a payment is authorised on the page");
await formOf(head, "db-18-c1").locator("[data-command=RecordPaymentFailure]").waitFor();
ok(await formOf(head, "db-18-c1").locator("[data-command=RecordPayment]").count() === 0, "who has authorised it is not offered to pay it");
await formOf(cashier, "db-18-c1").locator("[data-command=RecordPayment]").waitFor();
await press(formOf(cashier, "db-18-c1"), "RecordPayment", { document_no: "示例付-18" });
ok(await until(async () => (await disbursement()).state === "DISBURSEMENT_STATE_PAID") < Infinity, "another one pays it");
const paid = await disbursement();
same(`${paid.authorisedBy} ${paid.paidBy} ${paid.paidFen}`, `p-province-head p-province-cashier ${paid.amountFen}`, "the sum that was asked for");
await head.context().close();
await cashier.context().close();

// --- A refusal -------------------------------------------------------------------------------------

const deaf = await open();
await deaf.route("**/v1/events*", (route) => route.abort());
await signIn(deaf, "province-head", "work", { year });
await formOf(deaf, "db-18-p1").waitFor();
same((await send(`${funding}/RefuseDisbursement`, { disbursementId: "db-18-p1", reason: TEXT })).status, 200, "somebody else decides a payment");
await press(formOf(deaf, "db-18-p1"), "AuthoriseDisbursement");
const refusal = await deaf.getByRole("alert").textContent();
ok(/\p{Script=Han}/u.test(refusal) && !/[a-z]{4}/.test(refusal.replaceAll("db-18-p1", "")), `a refusal is shown in Chinese: ${refusal}`);
await shot(deaf, "work-refused-zh");
await deaf.context().close();

// --- A finding, from its notice to its end ---------------------------------------------------------

const raised = await send(`${supervision}/RaiseFinding`, { findingId: "fi-1", postingId: "po-ap-02-1", summary: "连续三日未到岗（示例）",
  foundOn: "2023-08-01" }, "county-322");
same(raised.status, 200, `a county raises a finding ${raised.status === 200 ? "" : JSON.stringify(raised.body)}`);
for (const [who, command] of [["county-322", "NotifyAgency"], ["ag-02", "RecordDisposition"],
  ["ag-02", "ReportFinding"], ["province", "CloseFinding"]]) {
  const page = who === "province" ? province : await workOf(who);
  const form = formOf(page, "fi-1");
  await form.locator(`[data-command=${command}]`).waitFor();
  await press(form, command);
  ok(await until(async () => await form.locator(`[data-command=${command}]`).count() === 0) < Infinity, `${who}: ${command}`,
    await page.getByRole("alert").allTextContents());
  if (page !== province) await page.context().close();
}
same((await ask(`${supervision}/GetFinding`, { findingId: "fi-1" })).finding.state, "FINDING_STATE_CLOSED", "and the finding is closed");

// --- Nothing is offered that is refused ------------------------------------------------------------

// Each office does of each list up to so many, now this command and now that one.
const OF_EACH = 3;
const did = {}, refused = [];
for (const who of Object.keys(tokens)) {
  const page = await workOf(who);
  const lists = await page.locator("section.queue").evaluateAll((nodes) => nodes.map((n) => n.id));
  for (const list of lists) {
    const ids = await page.locator(`[id="${list}"] form`).evaluateAll((nodes) => nodes.map((n) => n.getAttribute("aria-label")));
    for (const [i, id] of ids.slice(0, OF_EACH).entries()) {
      const form = page.locator(`[id="${list}"]`).getByRole("form", { name: id, exact: true });
      const commands = await form.locator("[data-command]").evaluateAll((nodes) => nodes.map((n) => n.dataset.command));
      if (!commands.length) continue; // somebody before it has changed that
      const command = commands[i % commands.length];
      const answered = page.waitForResponse((r) => r.url().endsWith(`/${command}`));
      await press(form, command);
      const answer = await answered;
      did[command] = (did[command] ?? 0) + 1;
      if (answer.status() !== 200) refused.push(`${who} ${command} ${id}: ${(await answer.json()).message}`);
      else await until(async () => !(await form.count()) || !(await form.locator(".fields").count()));
    }
  }
  await page.context().close();
}
console.log(`# done on the page: ${Object.entries(did).map(([name, n]) => `${name} ${n}`).join(", ")}`);
const all = Object.values(did).reduce((a, b) => a + b, 0);
ok(refused.length === 0, `of ${all} commands of ${Object.keys(did).length} kinds that were offered none is refused`, refused.join("\n"));
ok(Object.keys(did).length >= 15, "and they are of many kinds", Object.keys(did).join(" "));
const auditor = await workOf("auditor");
ok(/没有可办事项/.test(await auditor.locator("main").textContent()), "an office that may do nothing is offered nothing");

quietEnd();
await browser.close();
finish();
done();
