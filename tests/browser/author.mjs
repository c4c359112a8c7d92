// The page of gateway/dashboard/README.md, as it stands there.

import { done, ok, url } from "../clients/tap.mjs";
import { ask, browser, finish, open, quietEnd, send, signIn, until, year } from "./browser.mjs";

const overview = () => ask("reporting.v1.ReportingService/GetOverview", { programmeYearId: year });
const page = await open();
await signIn(page, "province", "overview", { year });
await page.goto(`${url}/dashboard/figure.html?year=${year}`);
const { people: { inPost }, date } = await overview();
const shown = () => page.locator("#figure").textContent();
ok(await until(async () => await shown() === String(inPost)) < Infinity, "the author's page shows the figure", await shown());
const { postings } = await ask("stations.v1.StationsService/ListPostings",
  { programmeYearId: year, state: "POSTING_STATE_ACTIVE", pageSize: 1 });
const ended = await send("stations.v1.StationsService/EndPosting",
  { postingId: postings?.[0]?.postingId, endedOn: date, endReason: "END_REASON_RESIGNED" });
ok(ended.status === 200, "somebody leaves", JSON.stringify([ended.body, postings]));
ok(await until(async () => await shown() === String(inPost - 1)) < Infinity, "and the figure follows", await shown());
quietEnd();
await browser.close();
finish();
done();
