// The prefectures as tiles where they lie on the map, coloured by a figure.  No boundaries are drawn:
// a map of China asks for a review number (审图号).

import { type PrefectureFigures, PrefectureFiguresSchema } from "../../generated.tmp/shegong/reporting/v1/reporting_pb";
import { reporting } from "../api";
import { useAsk } from "../ask";
import grid from "../grid.json";
import { Waiting } from "../parts/frame";
import { columns } from "../parts/record";
import { Panel } from "../parts/table";
import { address, go } from "../route";
import { count, fieldOf, hundredths, shown } from "../show";
import { named, say, word } from "../words";

const FIGURES = ["in_post", "quota", "sites", "agreements_in_force", "agreements_late", "entitled_fen", "disbursed_fen",
  "spent_fen", "evaluated", "reports_submitted", "reports_accepted", "reports_missing", "alerts_upcoming", "alerts_overdue"];
const SHADES = 4;
const MONEY = /_fen$/;

const places: Record<string, Record<string, readonly number[]>> = grid;

export function Map({ year, figure }: { year: string; figure: string }) {
  const { answer, fault } = useAsk(`prefectures ${year}`, {
    ask: (options) => reporting.getPrefectureOverview({ programmeYearId: year }, options),
  });
  if (!answer) return <Waiting fault={fault} />;
  const chosen = FIGURES.includes(figure) ? figure : FIGURES[0]!;
  const field = fieldOf(PrefectureFiguresSchema, chosen);
  const value = (p: PrefectureFigures) => Number((p as unknown as Record<string, number | bigint>)[field.localName]);
  const largest = Math.max(1, ...answer.prefectures.map(value));
  // Where there are only a few different values, each has its shade.
  const shades = Math.min(SHADES, largest);
  const shade = (p: PrefectureFigures) => Math.ceil((value(p) / largest) * shades) + SHADES - shades;
  const province = answer.prefectures[0]?.regionCode.slice(0, 2) ?? "";
  const to = (p: PrefectureFigures) => address("area", { year, region: p.regionCode });
  return (
    <>
      <h1>{say("page_map")}</h1>
      <label class="no-print">{say("coloured_by")}
        <select class="short" value={chosen} onChange={(event) => go(address("map", { year, figure: event.currentTarget.value }))}>
          {FIGURES.map((name) => <option value={name}>{word(name)}</option>)}
        </select>
      </label>
      <div class="scroll" tabIndex={0} role="region" aria-label={say("page_map")}>
        <div class="grid">
          {answer.prefectures.map((p) => {
            const [column, row] = places[province]?.[p.regionCode] ?? [];
            return (
              <a href={to(p)} class={value(p) ? `q${shade(p)}` : "none"} data-region={p.regionCode}
                style={column ? { gridColumn: column, gridRow: row } : {}}>
                <span translate={false}>{named(p)}</span>
                <strong>{shown(field, p)}</strong>
              </a>
            );
          })}
        </div>
      </div>
      <ul class="legend">
        {Array.from({ length: shades }, (_, i) => {
          const upTo = Math.floor((largest * (i + 1)) / shades);
          return (
            <li><span class={`q${i + 1 + SHADES - shades}`} aria-hidden="true" />
              {say("up_to", { n: MONEY.test(chosen) ? hundredths(upTo) : count(upTo) })}</li>
          );
        })}
      </ul>
      <div class="panels">
        <Panel wide title={say("by_prefecture")} table={{
          rows: answer.prefectures,
          columns: [
            { name: say("prefecture"), text: named, link: to, own: () => true },
            ...columns(PrefectureFiguresSchema, FIGURES, {}, "prefectures"),
          ],
        }} />
      </div>
    </>
  );
}
