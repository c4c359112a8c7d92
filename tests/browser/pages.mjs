// From the map to one expense, what an office may do, and that each page is for everybody: in both
// languages, by keyboard, for screen readers, on paper.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { done, ok, same, url } from "../clients/tap.mjs";
import { ask, at, browser, figures, finish, foreign, grouped, open, quietEnd, send, shot, signIn, until, year, yuan } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const page = await open();
await signIn(page, "province", "map", { year });

// --- From the map to one expense -------------------------------------------------------------------

await page.locator("[data-region='5303']").click();
await page.locator("h1", { hasText: "曲靖市" }).waitFor();
const { figures: area } = await ask("reporting.v1.ReportingService/GetAreaOverview", { programmeYearId: year, regionCode: "5303" });
same((await figures(page))["AreaFigures.spentFen"], yuan(area.spentFen), "a prefecture's figures are the interface's");
await page.getByRole("link", { name: "陆良县项目" }).click();
await page.getByRole("link", { name: "pr-yn-530322-ag-02" }).first().click();
await page.locator("[data-figure^='expenses.']").first().waitFor();
const { expenses } = await ask("funding.v1.FundingService/ListExpenses", { projectId: "pr-yn-530322-ag-02", pageSize: 200 });
const rows = await figures(page);
ok(expenses.length > 10 && expenses.every((e) => rows[`expenses.${e.expenseId}.spentFen`] === yuan(e.spentFen)),
  `each of ${expenses.length} expenses of a project is there`, Object.keys(rows).length);
const one = expenses[3];
await page.getByRole("link", { name: one.expenseId, exact: true }).click();
await page.locator("[data-figure='Expense.amountFen']").waitFor();
const expense = await figures(page);
same([expense["Expense.amountFen"], expense["Expense.spentOn"], expense["Expense.documentNo"]].join(" "),
  [yuan(one.amountFen), one.spentOn, one.documentNo].join(" "), "down to a single expense");
await page.goBack();
await page.locator("[data-figure^='expenses.']").first().waitFor();
ok(page.url().includes("/project"), "and back");

// --- A county sees its county ----------------------------------------------------------------------

const county = await open();
await signIn(county, "county", "", {});
await county.locator("main a").first().click();
await county.locator("h1", { hasText: "陆良县" }).waitFor();
await county.waitForTimeout(500);
const links = await county.$$eval("main a", (nodes) => nodes.map((n) => n.href).filter((h) => /site|station/.test(h)));
ok(links.length === 1 && links[0].includes("yn-530322"), "a county's office sees its own site alone", links.join(" "));
await county.goto(at("site", { year, id: "yn-530325" }));
ok(/没有/.test(await county.getByRole("alert").textContent()), "and another county's is not there for it");
await county.goto(at("overview", { year }));
await county.getByRole("alert").waitFor();
ok(/⟦/.test(await county.locator("main").textContent()) === false && (await county.getByRole("alert").count()) === 1,
  "nor the province's overview");

// --- Work to do ------------------------------------------------------------------------------------

const reporting = "reporting.v1.ReportingService";
async function handIn(reportId) {
  const { report } = await ask(`${reporting}/GetReport`, { reportId });
  const reopened = await send(`${reporting}/ReopenPeriod`, { reportId, reason: "补充数据（示例）", expectedRevision: report.revision });
  const again = await send(`${reporting}/SubmitReport`, { reportId, submittedOn: "2023-08-10" }, "county");
  ok(reopened.status === 200 && again.status === 200, `${reportId} is handed in again`, JSON.stringify([reopened.body, again.body]));
}
await page.goto(at("work", { year }));
await page.locator("h1").waitFor();
await handIn("rp-yn-530322-2023Q1");
const task = page.getByRole("form", { name: "rp-yn-530322-2023Q1" });
await task.waitFor();
ok(true, "what waits for the province appears by itself");
await task.getByRole("button", { name: "通过" }).click();
const state = async (reportId) => (await ask(`${reporting}/GetReport`, { reportId })).report.state;
ok(await until(async () => await state("rp-yn-530322-2023Q1") === "REPORT_STATE_ACCEPTED") < Infinity, "a report is accepted on the page");
ok(await until(async () => await task.count() === 0) < Infinity, "and waits no more");

// A page that does not hear of it offers what somebody else has done already.
await handIn("rp-yn-530322-2023Q2");
const deaf = await open();
await deaf.context().addCookies(await page.context().cookies(url));
await deaf.route("**/v1/events*", (route) => route.abort());
await deaf.goto(at("work", { year }));
const late = deaf.getByRole("form", { name: "rp-yn-530322-2023Q2" });
await late.waitFor();
same((await send(`${reporting}/AcceptReport`, { reportId: "rp-yn-530322-2023Q2" })).status, 200, "somebody else accepts a report");
await late.getByRole("button", { name: "通过" }).click();
const refusal = await deaf.getByRole("alert").textContent();
ok(/\p{Script=Han}/u.test(refusal) && await deaf.locator(".notice.bad").count() === 1, `a refusal is shown in Chinese: ${refusal}`);
await deaf.context().close();
const auditor = await open();
await signIn(auditor, "screen", "work", { year });
await auditor.locator("h1").waitFor();
ok(/没有可办事项/.test(await auditor.locator("main").textContent()), "an office that may do nothing is offered nothing");
await auditor.context().close();

// --- Every page, for everybody ---------------------------------------------------------------------

const PAGES = [
  ["programmes", "", {}], ["overview", "overview", { year }], ["map", "map", { year }],
  ["area", "area", { year, region: "5303" }], ["site", "site", { year, id: "yn-530322" }],
  ["project", "project", { year, id: "pr-yn-530322-ag-02" }], ["expense", "expense", { year, id: one.expenseId }],
  ["work", "work", { year }],
];
const settle = async (view) => {
  await view.locator("h1").waitFor();
  await until(async () => await view.locator("main [role=status]").count() === 0, 3000);
  await view.waitForTimeout(150);
};
await handIn("rp-yn-530322-2022Q4");
const faulty = [], strange = [], unnamed = [], wide = [];
for (const [name, path, params] of PAGES) {
  for (const lang of ["zh", "en"]) {
    await page.goto(at(path, { ...params, lang }));
    await settle(page);
    for (const text of await foreign(page, lang)) strange.push(`${name} ${lang}: ${text}`);
    if (lang === "zh") {
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
      if (passes.length < 15) faulty.push(`${name}: axe has looked at ${passes.length} rules only`);
      for (const v of violations.filter((v) => ["serious", "critical"].includes(v.impact)))
        faulty.push(`${name}: ${v.id} ${v.nodes.length}x ${v.nodes[0].html.slice(0, 160)}`);
    }
  }
  // All that can be clicked is reached by the keyboard and has a name.
  const lost = await page.$$eval("a, button, input, select, summary", (nodes) => nodes.filter((n) =>
    n.tabIndex < 0 || n.disabled || !(n.textContent.trim() || n.labels?.length || n.getAttribute("aria-label"))).map((n) => n.outerHTML));
  unnamed.push(...lost.map((l) => `${name}: ${l.slice(0, 120)}`));
  await page.setViewportSize({ width: 360, height: 700 });
  // A chart takes its new size a moment later.
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (await until(async () => await over() <= 0, 2000) === Infinity) wide.push(`${name}: ${await over()} px`);
  await page.setViewportSize({ width: 1280, height: 800 });
}
ok(strange.length === 0, "no page has a word of the other language, or one that the catalogue lacks", strange.slice(0, 12).join("\n"));
ok(faulty.length === 0, "axe finds nothing serious on any page", faulty.slice(0, 12).join("\n"));
ok(unnamed.length === 0, "all can be reached by keyboard and has a name", unnamed.slice(0, 12).join("\n"));
ok(wide.length === 0, "no page is wider than a telephone", wide.join("\n"));

await page.goto(at("programmes".slice(0, 0), { lang: "zh" }));
await settle(page);
await page.keyboard.press("Tab");
same(await page.evaluate(() => document.activeElement.className), "skip", "the first step leads to the content");
await page.locator("main a").first().focus();
await page.keyboard.press("Enter");
await page.locator("[data-figure='people.inPost']").waitFor();
ok(true, "a year is opened by keyboard");
const summary = page.locator("summary").first();
await summary.focus();
await page.keyboard.press("Enter");
ok(await page.locator("details[open] table").count() === 1, "and so is a chart's table");
await page.keyboard.press("Enter");

await page.emulateMedia({ media: "print" });
const hidden = await page.$$eval("details.table table", (nodes) => nodes.filter((n) => n.getBoundingClientRect().height === 0).length);
ok(hidden === 0 && !(await page.locator("button:visible").count()), "on paper every chart has its table, and there are no buttons", hidden);
const pdf = await page.pdf({ format: "A4" });
ok(pdf.length > 20_000, "and the page prints", pdf.length);
await page.emulateMedia({ media: "screen" });

// --- For looking at --------------------------------------------------------------------------------

for (const [width, scheme, lang] of [[360, "light", "zh"], [1280, "light", "zh"], [1280, "dark", "en"], [2560, "dark", "zh"], [360, "dark", "en"]]) {
  await page.setViewportSize({ width, height: width < 500 ? 740 : Math.round(width * 0.6) });
  await page.emulateMedia({ colorScheme: scheme });
  for (const [name, path, params] of width === 1280 ? PAGES : PAGES.filter(([name]) => ["overview", "map", "project"].includes(name))) {
    await page.goto(at(path, { ...params, lang }));
    await settle(page);
    await page.waitForTimeout(400);
    await shot(page, `${name}-${width}-${scheme}-${lang}`);
  }
}

quietEnd();
await browser.close();
finish();
done();
