// A reviewed map that the operator has laid beside the gateway, with the number of its review.  There
// is none in the image: boundaries are not ours to draw.

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Figure, Scale } from "../figures";
import { say } from "../words";
import { type Place, short } from "./tiles";

type Ring = readonly (readonly number[])[];
interface Feature {
  properties: Record<string, unknown> | null;
  geometry: { type: string; coordinates: unknown } | null;
}
export interface Reviewed {
  reviewNumber: string;
  features: readonly Feature[];
}

const CODES = ["region_code", "adcode", "code", "gb", "id"]; // what maps call the code of an area
const WIDTH = 1000;

// "530300" and "156530300" are the prefecture 5303.
function codeOf({ properties }: Feature): string {
  const raw = CODES.map((name) => properties?.[name]).find((value) => value !== undefined && value !== null);
  const digits = String(raw ?? "").replace(/\D/g, "");
  const code = digits.length === 9 && digits.startsWith("156") ? digits.slice(3) : digits;
  return code.length === 6 && code.endsWith("00") ? code.slice(0, 4) : code;
}

function ringsOf({ geometry }: Feature): readonly Ring[] {
  if (geometry?.type === "Polygon") return geometry.coordinates as Ring[];
  if (geometry?.type === "MultiPolygon") return (geometry.coordinates as Ring[][]).flat();
  return [];
}

// null until it is known; without a number there is no map.
export function useReviewed(): Reviewed | null {
  const [reviewed, set] = useState<Reviewed | null>(null);
  useEffect(() => {
    const fetched = async () => {
      const { reviewNumber } = await (await fetch("map/review.json")).json() as { reviewNumber: string };
      if (!reviewNumber) return;
      const { features } = await (await fetch("map/boundaries.geojson")).json() as { features: Feature[] };
      set({ reviewNumber, features });
    };
    void fetched().catch(() => {});
  }, []);
  return reviewed;
}

interface Shape { code: string; path: string; middle: readonly [number, number] }

// Degrees as a plane: meridians drawn together as they are in the middle of the map.
function drawn(features: readonly Feature[]): { shapes: Shape[]; height: number } {
  const all = features.flatMap(ringsOf).flat();
  const xs = all.map((p) => p[0]!), ys = all.map((p) => p[1]!);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = WIDTH / ((east - west) * narrow);
  const place = (p: readonly number[]) => [(p[0]! - west) * narrow * scale, (north - p[1]!) * scale] as const;
  const shapes = features.map((feature) => {
    const rings = ringsOf(feature).map((ring) => ring.map(place));
    const largest = rings.reduce((a, b) => (b.length > a.length ? b : a), rings[0] ?? []);
    const middle = (axis: 0 | 1) => {
      const of = largest.map((p) => p[axis]);
      return (Math.min(...of) + Math.max(...of)) / 2;
    };
    return {
      code: codeOf(feature),
      path: rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`).join(""),
      middle: [middle(0), middle(1)] as const,
    };
  });
  return { shapes, height: (north - south) * scale };
}

interface BoundariesOf {
  reviewed: Reviewed;
  places: readonly Place[];
  figure: Figure;
  scale: Scale;
  to(code: string): string;
}

export function Boundaries({ reviewed, places, figure, scale, to }: BoundariesOf) {
  const known = new Map(places.map((place) => [place.code, place]));
  const codes = places.map((place) => place.code).join(" ");
  const { shapes, height } = useMemo(
    () => drawn(reviewed.features.filter((feature) => known.has(codeOf(feature)))), [reviewed, codes]);
  if (shapes.length === 0) return <p class="notice">{say("map_without_these")}</p>;
  const labelled = shapes.length <= 30;
  return (
    <figure class="boundaries">
      <svg viewBox={`-4 -4 ${WIDTH + 8} ${Math.ceil(height) + 8}`} role="group" aria-label={say("page_map")}>
        {shapes.map(({ code, path }) => {
          const place = known.get(code)!;
          const text = place.figures ? figure.text(place.figures) : "–";
          const shape = <path d={path} class={scale.shade(place.figures)} data-region={code}><title>{`${place.name} ${text}`}</title></path>;
          return place.figures
            ? <a key={code} href={to(code)} translate={false} aria-label={`${place.name} ${text}`}>{shape}</a>
            : <g key={code} translate={false}>{shape}</g>;
        })}
        {labelled && shapes.map(({ code, middle: [x, y] }) => {
          const place = known.get(code)!;
          return (
            <text key={code} x={x} y={y} class={scale.shade(place.figures)} translate={false} aria-hidden="true">
              <tspan x={x}>{short(place.name)}</tspan>
              <tspan x={x} dy="1.25em">{place.figures ? figure.text(place.figures) : "–"}</tspan>
            </text>
          );
        })}
      </svg>
      <figcaption>{say("review_number")} <span translate={false}>{reviewed.reviewNumber}</span></figcaption>
    </figure>
  );
}
