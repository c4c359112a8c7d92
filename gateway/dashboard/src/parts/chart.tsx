// A chart of ECharts, drawn from the same table that stands behind it.  It is loaded when the first
// one is shown.

import { useEffect, useRef } from "preact/hooks";
import { language } from "../words";

export interface Series {
  name: string;
  values: number[];
  color: string; // a custom property of the style sheet
}

export interface Bars {
  labels: string[];
  series: Series[];
  stacked?: boolean;
  format?(value: number): string;
}

type Core = typeof import("./echarts");
let loading: Promise<Core> | null = null;

const style = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function options(bars: Bars) {
  const ink = style("--ink-2"), line = style("--line");
  const format = bars.format ?? String;
  return {
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
    animationDurationUpdate: 300,
    textStyle: { fontFamily: style("--font"), color: ink },
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    grid: { left: 4, right: 24, top: 36, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: ink }, type: "scroll" as const },
    // Without HTML: the page's policy takes no styles from strings.
    tooltip: { trigger: "axis" as const, renderMode: "richText" as const, axisPointer: { type: "shadow" as const },
      valueFormatter: (value: unknown) => format(Number(value)) },
    xAxis: { type: "value" as const, splitLine: { lineStyle: { color: line } },
      axisLabel: { color: ink, hideOverlap: true, formatter: format } },
    yAxis: { type: "category" as const, inverse: true, data: bars.labels,
      axisLine: { lineStyle: { color: line } }, axisTick: { show: false },
      axisLabel: { color: ink, width: 110, overflow: "break" as const } },
    series: bars.series.map((s) => ({
      type: "bar" as const, name: s.name, data: s.values, barMaxWidth: 18,
      ...(bars.stacked ? { stack: "all" } : {}),
      itemStyle: { color: style(s.color), borderRadius: bars.stacked ? 0 : [0, 3, 3, 0] },
    })),
  };
}

export function Chart({ label, bars }: { label: string; bars: Bars }) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(bars);
  const draw = useRef<() => void>(() => {});
  latest.current = bars;
  useEffect(() => {
    const node = place.current;
    let chart: ReturnType<Core["init"]> | undefined;
    let over = false;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const size = new ResizeObserver(() => chart?.resize());
    const show = () => chart?.setOption(options(latest.current), { notMerge: false });
    draw.current = show;
    loading ??= import("./echarts");
    void loading.then((core) => {
      if (over || !node) return;
      chart = core.init(node, language);
      show();
      size.observe(node);
    });
    dark.addEventListener("change", show);
    return () => {
      over = true;
      dark.removeEventListener("change", show);
      size.disconnect();
      chart?.dispose();
    };
  }, []);
  useEffect(() => draw.current(), [JSON.stringify([bars.labels, bars.series])]);
  const height = 56 + bars.labels.length * (bars.stacked ? 30 : 14 + 14 * bars.series.length);
  // A height of its own, set by script: the policy takes no style attributes.
  useEffect(() => { if (place.current) place.current.style.height = `${height}px`; }, [height]);
  return <div ref={place} class="chart" role="img" aria-label={label} />;
}
