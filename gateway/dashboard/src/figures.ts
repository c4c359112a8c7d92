// The figures of an area that a map can be coloured by, and how they are told apart by colour.

import { type AreaFigures, AreaFiguresSchema } from "../generated.tmp/shegong/reporting/v1/reporting_pb";
import { count, fieldOf, hundredths, percent } from "./show";
import { say, word } from "./words";

export interface Figure {
  key: string;
  name: string;
  value(of: AreaFigures): number;
  text(of: AreaFigures): string;
}

// A field of the contract; one of a part of the figures is written "reports.missing".
function ofField(key: string, name = word(key)): Figure {
  const [first = "", second] = key.split(".");
  const outer = fieldOf(AreaFiguresSchema, first);
  const inner = second ? fieldOf(outer.message!, second) : undefined;
  const raw = (of: AreaFigures): number | bigint => {
    const value = (of as unknown as Record<string, unknown>)[outer.localName];
    return ((inner ? (value as Record<string, unknown> | undefined)?.[inner.localName] : value) ?? 0) as number | bigint;
  };
  const money = /_fen$/.test(key);
  return { key, name, value: (of) => Number(raw(of)), text: (of) => (money ? hundredths(raw(of)) : count(raw(of))) };
}

function ofShare(key: string, name: string, part: (of: AreaFigures) => number | bigint, whole: (of: AreaFigures) => number | bigint): Figure {
  return {
    key, name,
    value: (of) => (Number(whole(of)) ? Number(part(of)) / Number(whole(of)) : 0),
    text: (of) => percent(part(of), whole(of)),
  };
}

let all: readonly Figure[] | null = null;

// Once the words are there.
export const figuresOfAreas = (): readonly Figure[] => (all ??= [
  ofField("in_post"),
  ofField("quota"),
  ofShare("staffing", say("staffing_rate"), (of) => of.inPost, (of) => of.quota),
  ofField("sites"),
  ofField("projects"),
  ofField("agreements_in_force"),
  ofField("agreements_late"),
  ofField("arrived_late"),
  ofField("entitled_fen"),
  ofField("disbursed_fen"),
  ofField("spent_fen"),
  ofShare("execution", say("rate"), (of) => of.spentFen, (of) => of.entitledFen),
  ofField("visits"),
  ofField("evaluated"),
  ofField("reports.submitted", word("reports_submitted")),
  ofField("reports.accepted", word("reports_accepted")),
  ofField("reports.missing", word("reports_missing")),
  ofField("alerts.upcoming", word("alerts_upcoming")),
  ofField("alerts.overdue", word("alerts_overdue")),
  ofField("stations.open", say("stations_open")),
  ofField("stations.understaffed", word("understaffed")),
  ofField("stations.without_supervisor", word("without_supervisor")),
  ofField("work.people_reached", word("people_reached")),
  ofField("publicity"),
  ofField("good_practices"),
]);

// Those that say something of these areas.
export const figuresThere = (areas: readonly AreaFigures[]): readonly Figure[] =>
  figuresOfAreas().filter((figure, i) => i === 0 || areas.some((of) => figure.value(of) !== 0));

const SHADES = 4;

export interface Scale {
  shade(of: AreaFigures | undefined): string; // a class of the style sheet
  steps: readonly { shade: string; upTo: string }[];
}

// As many shades as there are different values, at most four, in equal steps up to the largest.
export function scaleOf(figure: Figure, areas: readonly AreaFigures[]): Scale {
  const values = areas.map(figure.value);
  const largest = Math.max(0, ...values);
  const whole = values.every(Number.isInteger);
  const shades = whole ? Math.min(SHADES, Math.max(1, largest)) : SHADES;
  const shadeAt = (i: number) => `q${i + SHADES - shades}`;
  const text = (value: number) =>
    /_fen$/.test(figure.key) ? hundredths(BigInt(value)) : whole ? count(value) : `${(value * 100).toFixed(0)}%`;
  return {
    shade: (of) => {
      const value = of ? figure.value(of) : 0;
      return value > 0 ? shadeAt(Math.max(1, Math.ceil((value / largest) * shades))) : of ? "zero" : "none";
    },
    steps: largest === 0 ? [] : Array.from({ length: shades }, (_, i) => {
      const upTo = (largest * (i + 1)) / shades;
      return { shade: shadeAt(i + 1), upTo: text(whole ? Math.floor(upTo) : upTo) };
    }),
  };
}
