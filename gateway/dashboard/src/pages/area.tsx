// A prefecture, a county or a town: its figures, and the sites or stations in it.

import { AreaFiguresSchema, AlertFiguresSchema, ReportingFiguresSchema, WorkFiguresSchema } from "../../generated.tmp/shegong/reporting/v1/reporting_pb";
import { type Site, SiteSchema, type Station, StationSchema } from "../../generated.tmp/shegong/stations/v1/stations_pb";
import { reporting, stations } from "../api";
import { of, pages, useAsk } from "../ask";
import { Waiting } from "../parts/frame";
import { Card, columns } from "../parts/record";
import { Panel } from "../parts/table";
import { Counties } from "../parts/tiles";
import { address, type Route } from "../route";
import { named, say, word } from "../words";

const FIGURES = ["sites", "quota", "in_post", "people_planned", "projects", "agreements_in_force", "agreements_late",
  "arrived_late", "entitled_fen", "disbursed_fen", "spent_fen", "visits", "evaluated", "publicity", "briefings", "good_practices"];

export function Area({ year, region, route }: { year: string; region: string; route: Route }) {
  const request = { programmeYearId: year, regionCode: region };
  const area = useAsk(`area ${year} ${region}`, { ask: (options) => reporting.getAreaOverview(request, options) });
  const sites = useAsk(`sites ${year} ${region}`, {
    ask: (options) => pages<Site>(async (pageToken) => {
      const page = await stations.listSites({ ...request, pageToken }, options);
      return { rows: page.sites, nextPageToken: page.nextPageToken };
    }),
    touches: of("Site"),
  });
  const open = useAsk(`stations ${year} ${region}`, {
    ask: (options) => pages<Station>(async (pageToken) => {
      const page = await stations.listStations({ ...request, pageToken }, options);
      return { rows: page.stations, nextPageToken: page.nextPageToken };
    }),
    touches: of("Station", "Post", "Hire"),
  });
  const figures = area.answer?.figures;
  if (!figures) return <Waiting fault={area.fault} />;
  return (
    <>
      <nav class="path" aria-label={say("path")}>
        {region.length > 4 && <a href={address("area", { year, region: region.slice(0, region.length > 6 ? 6 : 4) })}>{say("area_above")}</a>}
      </nav>
      <h1><span translate={false}>{named(figures)}</span></h1>
      <p class="faint">{say("business_date")} {area.answer?.date}</p>
      {region.length === 4 && <Counties year={year} prefecture={figures} route={route} />}
      <div class="panels">
        <Card title={say("figures")} schema={AreaFiguresSchema} record={figures} names={FIGURES} />
        {figures.reports && <Card title={say("completeness")} schema={ReportingFiguresSchema} record={figures.reports}
          names={["asked", "submitted", "accepted", "returned", "late", "missing"]} />}
        {figures.alerts && <Card title={say("alerts")} schema={AlertFiguresSchema} record={figures.alerts}
          names={["upcoming", "overdue", "acknowledged", "up_to_7_days", "up_to_30_days", "older"]} />}
        {figures.work && <Card title={say("work_done")} schema={WorkFiguresSchema} record={figures.work}
          names={["minutes", "other_minutes", "other_permille", "months_over_limit", "people_reached"]} />}
        {(sites.answer?.length ?? 0) > 0 && <Panel wide title={word("sites")} table={{
          rows: sites.answer ?? [],
          columns: [
            { name: say("name"), text: named, own: () => true, link: (s) => address("site", { year, id: s.siteId }) },
            ...columns(SiteSchema, ["kind", "quota", "region_code"]),
          ],
        }} />}
        {(open.answer?.length ?? 0) > 0 && <Panel wide title={word("stations")} table={{
          rows: open.answer ?? [],
          columns: [
            { name: say("name"), text: named, own: () => true, link: (s) => address("station", { year, id: s.stationId }) },
            ...columns(StationSchema, ["batch", "state", "workers", "staffing", "understaffed_since", "region_code"]),
          ],
        }} />}
      </div>
    </>
  );
}
