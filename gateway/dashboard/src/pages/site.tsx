// A site with its projects, a station with its workers.

import { AgreementSchema, PostingSchema, ProjectSchema, SiteSchema, StationSchema } from "../../generated.tmp/shegong/stations/v1/stations_pb";
import { stations } from "../api";
import { of, pages, useAsk } from "../ask";
import { Waiting } from "../parts/frame";
import { Card, records } from "../parts/record";
import { Panel } from "../parts/table";
import { address } from "../route";
import { named, say, word } from "../words";

function usePostings(siteId: string) {
  return useAsk(`postings of site ${siteId}`, {
    ask: (options) => pages(async (pageToken) => {
      const page = await stations.listPostings({ siteId, pageToken }, options);
      return { rows: page.postings, nextPageToken: page.nextPageToken };
    }),
    touches: of("Post", "Arrival", "Baseline", "Reserv"),
  });
}

function Postings({ siteId }: { siteId: string }) {
  const postings = usePostings(siteId);
  if (!postings.answer) return <Waiting fault={postings.fault} />;
  return <Panel wide title={say("people")} table={records(PostingSchema, postings.answer,
    ["posting_id", "person_id", "state", "arrived_on", "arrived_late", "ended_on", "end_reason"])} />;
}

export function SitePage({ year, id }: { year: string; id: string }) {
  const { answer, fault } = useAsk(`site ${id}`, {
    ask: (options) => stations.getSiteCard({ siteId: id }, options),
  });
  const site = answer?.site;
  if (!answer || !site) return <Waiting fault={fault} />;
  return (
    <>
      <nav class="path" aria-label={say("path")}>
        <a href={address("area", { year, region: site.regionCode })}>{say("area_of_this")}</a>
      </nav>
      <h1><span translate={false}>{named(site)}</span></h1>
      <div class="panels">
        <Card title={say("site")} schema={SiteSchema} record={site} names={["site_id", "kind", "region_code", "quota", "county_codes"]}>
          <dl>
            <dt>{word("occupied")}</dt><dd>{answer.occupied}</dd>
            <dt>{word("active")}</dt><dd>{answer.active}</dd>
            <dt>{word("agreement_by")}</dt><dd>{answer.agreementBy}</dd>
            <dt>{word("arrival_by")}</dt><dd>{answer.arrivalBy}</dd>
          </dl>
        </Card>
        <Panel title={word("projects")} table={records(ProjectSchema, answer.projects,
          ["project_id", "agency_id", "state", "people", "started_on"],
          { project_id: (p) => address("project", { year, id: p.projectId }) })} />
        <Panel title={say("agreements")} table={records(AgreementSchema, answer.agreements,
          ["agreement_id", "state", "in_force_on", "late", "people"],
          { agreement_id: (a) => address("project", { year, id: a.projectId }) })} />
        <Postings siteId={id} />
      </div>
    </>
  );
}

export function StationPage({ year, id }: { year: string; id: string }) {
  const { answer, fault } = useAsk(`station ${id}`, {
    ask: (options) => stations.getStation({ stationId: id }, options),
    touches: (event) => event.subject === id || event.type.startsWith("Post"),
  });
  const station = answer?.station;
  if (!station) return <Waiting fault={fault} />;
  return (
    <>
      <nav class="path" aria-label={say("path")}>
        <a href={address("area", { year, region: station.regionCode.slice(0, 6) })}>{say("area_of_this")}</a>
      </nav>
      <h1><span translate={false}>{named(station)}</span></h1>
      <div class="panels">
        <Card title={say("station")} schema={StationSchema} record={station}
          names={["station_id", "batch", "state", "workers", "staffing", "understaffed_since", "approved_on", "opened_on", "closed_on", "centre_id"]} />
        <Postings siteId={id} />
      </div>
    </>
  );
}
