// Areas as tiles, coloured by a figure.  Prefectures stand about where they lie; counties in the order
// of their codes, for no boundary is drawn and none is hinted at.

import type { AreaFigures } from "../../generated.tmp/shegong/reporting/v1/reporting_pb";
import { type Region, RegionLevel } from "../../generated.tmp/shegong/stations/v1/stations_pb";
import { reporting, stations } from "../api";
import { of, pages, useAsk } from "../ask";
import { type Figure, figuresThere, type Scale, scaleOf } from "../figures";
import { address, go, type Route } from "../route";
import { language, named, say } from "../words";
import { Waiting } from "./frame";
import { Panel } from "./table";

// --- What is asked -----------------------------------------------------------------------------------

export const useParts = (year: string, region: string, byCounty: boolean) =>
  useAsk(`parts ${year} ${region} ${byCounty}`, {
    ask: (options) => reporting.getAreaParts({ programmeYearId: year, regionCode: region, byCounty }, options),
  });

export const useRegions = (region: string, level: RegionLevel) =>
  useAsk(`regions ${region} ${level}`, {
    ask: (options) => (region ? pages<Region>(async (pageToken) => {
      const page = await stations.listRegions({ regionCode: region, level, pageSize: 200, pageToken }, options);
      return { rows: page.regions, nextPageToken: page.nextPageToken };
    }) : Promise.resolve([])),
    touches: of("RegionAdded"),
  });

// --- What is shown -----------------------------------------------------------------------------------

// An area of the map, whether or not the year reaches it.
export interface Place {
  code: string;
  name: string;
  figures: AreaFigures | undefined;
}

type Named = Pick<Region, "regionCode" | "nameZh" | "nameEn">;

// The regions on record and those that have figures, in the order of their codes.  Where a city has no
// counties, the one that the statistics write has the city's name.
export function placesOf(regions: readonly Named[], parts: readonly AreaFigures[], above: readonly Named[] = []): Place[] {
  const nameAbove = (code: string) => {
    const found = above.find((region) => code.startsWith(region.regionCode));
    return found ? named(found) : "";
  };
  const all = new Map<string, Place>();
  for (const region of regions)
    all.set(region.regionCode, { code: region.regionCode, name: named(region), figures: undefined });
  for (const figures of parts)
    all.set(figures.regionCode, {
      code: figures.regionCode, figures,
      name: named(figures) || all.get(figures.regionCode)?.name || nameAbove(figures.regionCode) || figures.regionCode,
    });
  return [...all.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const PEOPLES = "彝|白|傣|壮|苗|回|瑶|藏|怒|佤|各|景颇|布朗|普米|独龙|傈僳|纳西|哈尼|拉祜";
const AUTONOMOUS = new RegExp(`(?:(?:${PEOPLES})族)+自治[州县]$`);

// As it is called for short: 德宏 for 德宏傣族景颇族自治州.
export const short = (name: string): string =>
  (language === "en" ? name.replace(/ (City|County|District|Autonomous County)$/, "")
    : name.replace(AUTONOMOUS, "").replace(/(?<=..)[市县区]$/, ""));

interface TileOf {
  place: Place;
  figure: Figure;
  scale: Scale;
  to: string; // "" where there is nothing behind it
  style?: { gridColumn?: number | undefined; gridRow?: number | undefined };
}

export function Tile({ place, figure, scale, to, style = {} }: TileOf) {
  const shown = (
    <>
      <span translate={false}>{short(place.name)}</span>
      <strong>{place.figures ? figure.text(place.figures) : "–"}</strong>
    </>
  );
  const marks = {
    class: `tile ${scale.shade(place.figures)}`, "data-region": place.code, title: place.name, style,
  };
  return to && place.figures ? <a href={to} {...marks}>{shown}</a> : <span {...marks}>{shown}</span>;
}

export function Legend({ scale }: { scale: Scale }) {
  return (
    <ul class="legend">
      {scale.steps.map(({ shade, upTo }) => (
        <li><span class={shade} aria-hidden="true" />{say("up_to", { n: upTo })}</li>
      ))}
      <li><span class="none" aria-hidden="true" />{say("no_site")}</li>
    </ul>
  );
}

interface ColouredBy {
  figures: readonly Figure[];
  chosen: Figure;
  route: Route;
}

// The choice stands in the address, so that it can be linked and printed.
export function ColouredBy({ figures, chosen, route }: ColouredBy) {
  const to = (figure: string) => address(route.page, { ...Object.fromEntries(route.params), figure });
  return (
    <label class="no-print">{say("coloured_by")}
      <select class="short" value={chosen.key} onChange={(event) => go(to(event.currentTarget.value))}>
        {figures.map(({ key, name }) => <option value={key}>{name}</option>)}
      </select>
    </label>
  );
}

export const chosenOf = (figures: readonly Figure[], route: Route): Figure =>
  figures.find(({ key }) => key === route.params.get("figure")) ?? figures[0]!;

// --- The counties of a prefecture ----------------------------------------------------------------------

export function Counties({ year, prefecture, route }: { year: string; prefecture: Named; route: Route }) {
  const region = prefecture.regionCode;
  const parts = useParts(year, region, true);
  const regions = useRegions(region, RegionLevel.COUNTY);
  if (!parts.answer || !regions.answer) return <Waiting fault={parts.fault || regions.fault} />;
  const figures = figuresThere(parts.answer.parts);
  const chosen = chosenOf(figures, route);
  const scale = scaleOf(chosen, parts.answer.parts);
  const places = placesOf(regions.answer, parts.answer.parts, [prefecture]);
  if (places.length === 0) return null;
  return (
    <Panel wide title={say("by_county")}>
      <ColouredBy figures={figures} chosen={chosen} route={route} />
      <div class="county-tiles">
        {places.map((place) => <Tile key={place.code} place={place} figure={chosen} scale={scale}
          to={address("area", { year, region: place.code })} />)}
      </div>
      <Legend scale={scale} />
    </Panel>
  );
}
