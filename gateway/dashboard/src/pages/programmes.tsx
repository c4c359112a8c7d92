// All programme years that one may see, beside each other.

import { pages, useAsk } from "../ask";
import { reporting, stations, type Who } from "../api";
import { OVERALL } from "../offices";
import { Waiting } from "../parts/frame";
import { Panel } from "../parts/table";
import { address } from "../route";
import { count, hundredths } from "../show";
import { named, say, word } from "../words";

export function Programmes({ who }: { who: Who }) {
  return OVERALL.includes(who.role) ? <All /> : <Years who={who} />;
}

function All() {
  const { answer, fault } = useAsk("programmes", { ask: (options) => reporting.getProgrammes({}, options) });
  if (!answer) return <Waiting fault={fault} />;
  return (
    <>
      <h1>{say("programmes")}</h1>
      <Panel title={say("programmes")} wide table={{
        rows: answer.programmes,
        columns: [
          { name: word("programme_year_id"), text: named, own: () => true, link: (p) => address("overview", { year: p.programmeYearId }) },
          { name: word("sites"), text: (p) => count(p.sites), number: true },
          { name: word("quota"), text: (p) => count(p.quota), number: true },
          { name: word("in_post"), text: (p) => count(p.inPost), number: true },
          { name: word("projects"), text: (p) => count(p.projects), number: true },
          { name: word("agreements_in_force"), text: (p) => count(p.agreementsInForce), number: true },
          { name: word("entitled_fen"), text: (p) => hundredths(p.entitledFen), number: true },
          { name: word("spent_fen"), text: (p) => hundredths(p.spentFen), number: true },
          { name: word("evaluated"), text: (p) => count(p.evaluated), number: true },
        ],
      }} />
    </>
  );
}

function Years({ who }: { who: Who }) {
  const { answer, fault } = useAsk("years", {
    ask: (options) => pages(async (pageToken) => {
      const page = await stations.listProgrammeYears({ pageToken }, options);
      return { rows: page.programmeYears, nextPageToken: page.nextPageToken };
    }),
    touches: (event) => event.type === "ProgrammeYearDefined" || event.type === "RulesAmended",
  });
  if (!answer) return <Waiting fault={fault} />;
  return (
    <>
      <h1>{say("programmes")}</h1>
      <Panel title={say("programmes")} wide table={{
        rows: answer,
        columns: [
          { name: word("programme_year_id"), text: named, own: () => true,
            link: (y) => address("area", { year: y.programmeYearId, region: who.regionCode }) },
          { name: word("year"), text: (y) => String(y.year), number: true },
        ],
      }} />
    </>
  );
}
