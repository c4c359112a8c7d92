// The areas of a year coloured by a figure: prefectures as tiles where they lie, or with their counties
// in them; or on boundaries, where the operator has laid a reviewed map beside the gateway.

import { RegionLevel } from "../../generated.tmp/shegong/stations/v1/stations_pb";
import type { Who } from "../api";
import { figuresThere, scaleOf } from "../figures";
import grid from "../grid.json";
import { Boundaries, useReviewed } from "../parts/boundaries";
import { Waiting } from "../parts/frame";
import { type Column, Panel } from "../parts/table";
import { chosenOf, ColouredBy, Legend, type Place, placesOf, short, Tile, useParts, useRegions } from "../parts/tiles";
import { address, type Route } from "../route";
import { say } from "../words";

const spots: Record<string, readonly number[]> = grid;

// Where a prefecture's tile stands: about where the prefecture lies.
function spotOf(code: string) {
  const [gridColumn, gridRow] = spots[code] ?? [];
  return gridColumn ? { gridColumn, gridRow } : {};
}

// Which of the same things one sees, as links: the address says it.
function Choice({ label, options, route, name }: { label: string; name: string; options: readonly (readonly [string, string])[]; route: Route }) {
  const now = route.params.get(name) ?? "";
  return (
    <nav class="choice no-print" aria-label={label}>
      {options.map(([value, text]) => (
        <a href={address(route.page, { ...Object.fromEntries(route.params), [name]: value })}
          aria-current={now === value ? "true" : undefined}>{text}</a>
      ))}
    </nav>
  );
}

export function Map({ year, who, route }: { year: string; who: Who; route: Route }) {
  const byCounty = route.params.get("level") === "county";
  const parts = useParts(year, "", byCounty);
  const rows = parts.answer?.parts ?? [];
  const province = rows[0]?.regionCode.slice(0, 2) ?? who.regionCode.slice(0, 2);
  const prefectures = useRegions(province, RegionLevel.PREFECTURE);
  const counties = useRegions(byCounty ? province : "", RegionLevel.COUNTY);
  const reviewed = useReviewed();
  if (!parts.answer || !prefectures.answer || !counties.answer)
    return <Waiting fault={parts.fault || prefectures.fault || counties.fault} />;
  const figures = figuresThere(rows);
  const chosen = chosenOf(figures, route);
  const scale = scaleOf(chosen, rows);
  const places = placesOf(byCounty ? counties.answer : prefectures.answer, rows, byCounty ? prefectures.answer : []);
  const to = (code: string) => address("area", { year, region: code });
  const onBoundaries = reviewed !== null && route.params.get("view") === "boundaries";
  const table = {
    rows: places.filter((place) => place.figures),
    columns: [
      { name: say(byCounty ? "county" : "prefecture"), text: (place: Place) => place.name, own: () => true, link: (place: Place) => to(place.code) },
      ...figures.map((figure): Column<Place> => ({
        name: figure.name, number: true, text: (place) => figure.text(place.figures!),
        figure: (place) => `parts.${place.code}.${figure.key}`,
      })),
    ],
  };
  return (
    <>
      <h1>{say("page_map")}</h1>
      <div class="controls">
        <ColouredBy figures={figures} chosen={chosen} route={route} />
        <Choice label={say("level")} name="level" route={route} options={[["", say("prefectures")], ["county", say("counties")]]} />
        {reviewed && <Choice label={say("view")} name="view" route={route} options={[["", say("tiles")], ["boundaries", say("boundaries")]]} />}
      </div>
      {onBoundaries
        ? <Boundaries reviewed={reviewed} places={places} figure={chosen} scale={scale} to={to} />
        : byCounty
          ? <div class="blocks">
              {placesOf(prefectures.answer, []).map(({ code, name }) => (
                <section key={code} class="block" style={spotOf(code)} aria-label={name} translate={false}>
                  <h2><a href={to(code)}>{short(name)}</a></h2>
                  {places.filter((place) => place.code.startsWith(code)).map((place) =>
                    <Tile key={place.code} place={place} figure={chosen} scale={scale} to={to(place.code)} />)}
                </section>
              ))}
            </div>
          : <div class="grid">
              {places.map((place) => <Tile key={place.code} place={place} figure={chosen} scale={scale}
                style={spotOf(place.code)} to={to(place.code)} />)}
            </div>}
      <Legend scale={scale} />
      <Panel wide title={say(byCounty ? "by_county" : "by_prefecture")} table={table} />
    </>
  );
}
