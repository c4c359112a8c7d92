// What is on the page stays true: through sleep, lost networks, a gateway that is killed, a store that
// is restored to an older state, and a thousand events a second.

import { createServer, connect } from "node:net";
import { done, ok, url } from "../clients/tap.mjs";
import { ask, at, browser, figures, finish, open, order, quietEnd, send, signIn, tokens, until, year, yuan } from "./browser.mjs";

const overview = () => ask("reporting.v1.ReportingService/GetOverview", { programmeYearId: year });
const shownIn = async (page) => (await figures(page))["money.plannedFen"];
let n = 0, expected = BigInt((await overview()).money.plannedFen);

async function plan(fen) {
  let sent;
  n++;
  await until(async () => (sent = await send("funding.v1.FundingService/PlanAppropriation", { appropriationId: `missed-${n}`,
    programmeYearId: year, source: "central", plannedFen: String(fen), documentNo: `试〔2023〕${n}号` }).catch(() => ({}))).status === 200, 20000);
  if (sent.status !== 200) ok(false, "an appropriation is planned", JSON.stringify(sent.body));
  expected += BigInt(fen);
}

// What the interface answers once it has followed what was sent.
async function planned() {
  let fen = "";
  await until(async () => (fen = (await overview()).money?.plannedFen) === String(expected));
  return yuan(fen);
}

// The figure changed while the page could not hear of it; afterwards it is right, and it is said as of when.
async function right(page, what, ms = 60000) {
  const wanted = await planned();
  const took = await until(async () => await shownIn(page) === wanted, ms);
  ok(took < Infinity, what, `${await shownIn(page)} for ${wanted}`);
  ok(await until(async () => await page.locator(".fresh[data-state=live]").count() === 1, 30000) < Infinity
    && /截至 \d\d:\d\d:\d\d · 延迟 (–|[\d.]+) 秒/.test(await page.locator(".fresh").textContent()),
  "... and is told as of when, with its lag", await page.locator(".fresh").textContent());
  console.log(`# ${what}: ${Math.round(took)} ms`);
}

const page = await open();
await signIn(page, "screen", "overview", { year });
await page.locator(".fresh[data-state=live]").waitFor();
ok(/截至 \d\d:\d\d:\d\d · 延迟 – 秒/.test(await page.locator(".fresh").textContent()), "as of and lag are there before anything happens");

// --- Sleep -----------------------------------------------------------------------------------------

const tools = await page.context().newCDPSession(page);
await tools.send("Page.setWebLifecycleState", { state: "frozen" });
await plan(100);
const before = await planned();
await tools.send("Page.setWebLifecycleState", { state: "active" });
await right(page, "a page that was frozen goes on");
ok(await shownIn(page) === before, "with what happened meanwhile");

// A machine that slept: its connections are gone without a word, its clock has jumped.
const held = new Set();
const between = createServer((from) => {
  const to = connect(new URL(url).port, "127.0.0.1");
  const pair = { from, to };
  held.add(pair);
  from.pipe(to).pipe(from);
  for (const end of [from, to]) end.on("error", () => {}).on("close", () => held.delete(pair));
});
await new Promise((resolve) => between.listen(0, "127.0.0.1", resolve));
const away = `http://127.0.0.1:${between.address().port}`;
const goSilent = () => held.forEach(({ from, to }) => { from.unpipe(to); to.unpipe(from); from.pause(); to.pause(); });

const sleeper = await open();
await sleeper.clock.install();
await sleeper.goto(`${away}/dashboard/overview?year=${year}`);
await sleeper.locator("input[name=token]").fill(tokens.screen);
await sleeper.locator("button[type=submit]").click();
await sleeper.locator(".fresh[data-state=live]").waitFor();
await until(async () => await shownIn(sleeper) !== undefined);
goSilent();
await plan(200);
await sleeper.clock.fastForward(10 * 60 * 1000);
await right(sleeper, "a machine that slept for ten minutes goes on", 120000);
goSilent();
await plan(300);
await sleeper.clock.runFor(45_000);
await right(sleeper, "a connection that is dead without a word is begun again", 120000);
await sleeper.context().close();
for (const { from, to } of held) { from.destroy(); to.destroy(); }
between.close();

// --- The network, the gateway ----------------------------------------------------------------------

await page.context().setOffline(true);
ok(await until(async () => await page.locator(".fresh[data-state=lost]").count() === 1, 3000) < Infinity, "a lost network is said at once");
ok(/截至 \d\d:\d\d:\d\d/.test(await page.locator(".fresh").textContent()), "with as of when the figures are");
await plan(400);
await page.context().setOffline(false);
await right(page, "when the network is back the page goes on");

const wall = await open();
await wall.goto(at("overview", { year }));
await wall.locator("input[name=token]").fill(tokens.province);
await wall.locator("input[name=keep]").check();
await wall.locator("button[type=submit]").click();
ok(/只有看板账户/.test(await wall.getByRole("alert").textContent()), "an office that changes something leaves no token on a screen");
await wall.locator("input[name=token]").fill(tokens.screen);
await wall.locator("button[type=submit]").click();
await wall.locator(".fresh[data-state=live]").waitFor();
ok(await wall.evaluate((token) => !JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]).includes(token.slice(8, 40)), tokens.screen),
  "no script can read what a screen keeps");
await order("kill gateway");
ok(await until(async () => await wall.locator(".fresh[data-state=lost]").count() === 1) < Infinity, "a gateway that is gone is said");
await order("start gateway");
await plan(500);
await right(wall, "after its restart a wall goes on, and is signed in");
await order("kill gateway");
await order("start gateway");
await wall.reload();
await until(async () => await wall.locator("[data-figure='money.plannedFen']").count() > 0);
await right(wall, "so it is when its browser starts again too");
await page.locator("input[name=token]").waitFor();
ok(/登录已过期/.test(await page.locator("[role=alert]").textContent()), "where nobody asked for that the end of a session is said");
await wall.getByRole("button", { name: "退出" }).click();
await wall.locator("input[name=token]").waitFor();
await wall.reload();
await wall.locator("input[name=token]").waitFor();
ok(await wall.locator("header.top").count() === 0, "signed out, a wall stays out");
await wall.context().close();
await signIn(page, "screen", "overview", { year });
await right(page, "one signs in again");

// --- An older store --------------------------------------------------------------------------------

await order("backup");
const backedUp = await planned();
for (let i = 0; i < 5; i++) await plan(1000);
await right(page, "what happens after a backup is shown");
await order("restore");
expected -= 5000n;
ok(await until(async () => await shownIn(page) === backedUp, 15000) < Infinity, "a store that was restored shows its older figures",
  `${await shownIn(page)} for ${backedUp}`);
await plan(600);
await right(page, "and what happens from there on");
ok(await until(async () => await page.locator(".feed li").count() === 1) < Infinity, "nothing is told of what never was", await page.locator(".feed").textContent());

// --- A thousand events a second --------------------------------------------------------------------

await page.evaluate(() => {
  const frames = globalThis.frames_ = [];
  let last = performance.now();
  const next = (now) => { frames.push(now - last); last = now; globalThis.going_ = requestAnimationFrame(next); };
  requestAnimationFrame(next);
});
await order("flood");
const clicks = [];
let flooded = "";
const over = order("flooded").then((text) => { flooded = text; });
for (let i = 0; i < 12 && !flooded; i++) {
  const details = page.locator("details.table").first(), open = await details.evaluate((d) => d.open), began = performance.now();
  await details.locator("summary").click({ timeout: 5000 }).catch(() => {});
  const answered = await details.evaluate((d) => d.open) !== open;
  clicks.push(answered ? performance.now() - began : Infinity);
  if (i === 2) await plan(700);
  await page.waitForTimeout(200);
}
await over;
const [count, seconds, rate, , , , last] = flooded.split(" ");
const caughtUp = await until(async () => (await page.locator(".feed").textContent()).includes(last), 10000);
await plan(800);
await right(page, "after a flood of events the figures are right");
const frames = (await page.evaluate(() => { cancelAnimationFrame(globalThis.going_); return globalThis.frames_; })).sort((a, b) => a - b);
const part = (p) => frames[Math.min(frames.length - 1, Math.floor(frames.length * p))];
console.log(`# ${count} events in ${seconds} s, ${Math.round(rate)} a second; the last is shown ${Math.round(caughtUp)} ms after the end`);
console.log(`# frames: ${frames.length}, median ${part(.5).toFixed(1)} ms, 95 of 100 below ${part(.95).toFixed(1)} ms, the longest ${part(1).toFixed(0)} ms; `
  + `a click is answered within ${clicks.map(Math.round).join(" ")} ms`);
ok(Number(rate) >= 1000, "there were a thousand events a second", flooded);
ok(caughtUp < Infinity, "the last of them is on the page");
// This machine does much besides: what it can do alone is above.
ok(part(.99) < 1000 && part(1) < 3000, "the page is drawn all the while", part(1));
ok(Math.max(...clicks) < 5000, "and clicks were answered meanwhile", clicks.join(" "));

quietEnd();
await browser.close();
finish();
done();
