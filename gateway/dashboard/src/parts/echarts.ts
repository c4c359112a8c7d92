// The parts of ECharts that are used.

import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as core from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Language } from "../words";

core.use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export const init = (node: HTMLElement, language: Language) =>
  core.init(node, null, { renderer: "canvas", locale: language === "en" ? "EN" : "ZH" });
