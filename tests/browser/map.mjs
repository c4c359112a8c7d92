// The map: every prefecture and county, coloured by any figure; boundaries only with their review number.

import { done, ok, same } from "../clients/tap.mjs";
import { ask, at, browser, figures, finish, grouped, open, quietEnd, shot, signIn, until, year, yuan } from "./browser.mjs";

const parts = (by) => ask("reporting.v1.ReportingService/GetAreaParts", { programmeYearId: year, ...by }).then((a) => a.parts);
const level = (name, regionCode) => ask("stations.v1.StationsService/ListRegions",
  { regionCode, level: `REGION_LEVEL_${name}`, pageSize: 200 }).then((a) => a.regions);
const tiles = (page) => page.$$eval(".tile", (nodes) => Object.fromEntries(
  nodes.map((n) => [n.dataset.region, n.querySelector("strong").textContent])));
const sorted = (object) => JSON.stringify(Object.entries(object).sort());

const page = await open();
await signIn(page, "province", "map", { year });
await page.locator(".tile").first().waitFor();

// --- Tiles -----------------------------------------------------------------------------------------

const prefectures = await parts({});
const province = prefectures[0].regionCode.slice(0, 2);
const regions = await level("PREFECTURE", province);
same(regions.length, { 53: 16, 44: 21 }[province], "all prefectures of the province are on record");
const expected = (places, by, text) => Object.fromEntries(places.map(({ regionCode }) => {
  const figures = by.find((p) => p.regionCode === regionCode);
  return [regionCode, figures ? text(figures) : "–"];
}));
same(sorted(await tiles(page)), sorted(expected(regions, prefectures, (p) => grouped(p.inPost))),
  "each has a tile, with its figure where the programme reaches it");
const spots = await page.$$eval(".tile", (nodes) => nodes.map((n) => `${n.style.gridColumn} ${n.style.gridRow}`));
ok(new Set(spots).size === regions.length && !spots.includes(" "), "and a place of its own", spots.join(", "));

const shown = await figures(page);
const off = prefectures.filter((p) => shown[`parts.${p.regionCode}.alerts.overdue`] !== undefined
  && shown[`parts.${p.regionCode}.alerts.overdue`] !== grouped(p.alerts.overdue)
  || shown[`parts.${p.regionCode}.quota`] !== grouped(p.quota));
ok(off.length === 0, "the table has the figures too", JSON.stringify(off[0]));

const choices = await page.$$eval("select option", (nodes) => nodes.map((n) => n.value));
const wrong = [];
for (const key of choices) {
  await page.locator("select").selectOption(key);
  await page.waitForURL((url) => url.searchParams.get("figure") === key);
  const [outer, inner] = key.split(".").map((name) => name.replace(/_(\w)/g, (_, c) => c.toUpperCase()));
  const value = (p) => (inner ? p[outer][inner] : p[outer]);
  if (["staffing", "execution"].includes(key)) continue; // shares; each of their parts is compared
  const all = expected(regions, prefectures, (p) => (/_fen$/.test(key) ? yuan(value(p)) : grouped(value(p))));
  if (await until(async () => sorted(await tiles(page)) === sorted(all), 3000) === Infinity) wrong.push(key);
}
ok(choices.length > 4 && wrong.length === 0, `they are coloured by any of ${choices.length} figures`, wrong.join(" "));
await shot(page, `map-figure-${year}`);

// --- Counties --------------------------------------------------------------------------------------

await page.goto(at("map", { year, level: "county" }));
await page.locator(".block .tile").first().waitFor();
const counties = await parts({ byCounty: true });
const all = [...await level("COUNTY", province)];
for (const { regionCode } of counties) if (!all.some((r) => r.regionCode === regionCode)) all.push({ regionCode });
same(sorted(await tiles(page)), sorted(expected(all, counties, (p) => grouped(p.inPost))),
  `each of ${all.length} counties has its tile in its prefecture's`);
ok(await page.$$eval(".block", (blocks) => blocks.every((block) => new Set([...block.querySelectorAll(".tile")]
  .map((n) => n.dataset.region.slice(0, 4))).size === 1)), "and in no other's");

const chosen = prefectures.find((p) => counties.some((c) => c.regionCode.startsWith(p.regionCode))).regionCode;
await page.goto(at("map", { year }));
await page.locator(`[data-region='${chosen}']`).click();
await page.locator(".county-tiles .tile").first().waitFor();
same(sorted(await tiles(page)), sorted(expected(all.filter((r) => r.regionCode.startsWith(chosen)), counties, (p) => grouped(p.inPost))),
  "a prefecture's tile leads to those of its counties");
const county = counties.find((c) => c.regionCode.startsWith(chosen)).regionCode;
await page.locator(`[data-region='${county}']`).click();
await page.waitForURL((url) => url.searchParams.get("region") === county);
ok(true, "and a county's to the county");

// --- Boundaries ------------------------------------------------------------------------------------

await page.goto(at("map", { year }));
await page.getByRole("link", { name: "边界图" }).click();
await page.locator(".boundaries path").first().waitFor();
const shapes = await page.$$eval(".boundaries path", (nodes) => Object.fromEntries(
  nodes.map((n) => [n.dataset.region, n.querySelector("title").textContent.split(" ").at(-1)])));
same(sorted(shapes), sorted(expected(regions, prefectures, (p) => grouped(p.inPost))), "a mounted map shows the same figures");
ok(/审图号：\s*试S\(2023\)1号/.test(await page.locator(".boundaries figcaption").textContent()), "with the number of its review");
await shot(page, `map-boundaries-${year}`);
await page.locator(`.boundaries a:has([data-region='${chosen}'])`).focus();
await page.keyboard.press("Enter");
await page.waitForURL((url) => url.searchParams.get("region") === chosen);
ok(true, "and leads on, by keyboard too");

const other = await open();
await other.context().addCookies(await page.context().cookies());
await other.route("**/map/review.json", (route) => route.fulfill({ json: { reviewNumber: "" } }));
await other.goto(at("map", { year, view: "boundaries" }));
await other.locator(".tile").first().waitFor();
ok(await other.locator(".boundaries").count() === 0, "without the number the page draws none");

quietEnd();
await browser.close();
finish();
done();
