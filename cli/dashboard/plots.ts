import { milliseconds, percent, rate } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import { linePlot } from "./linePlot";
import type { Measure } from "./linePlot";
import { plotFrame, stepNumbers, timeAxis } from "./plotFrame";
import type { Timeline } from "./timeline";
import { weightsPlot } from "./weightsPlot";

const MEASURES: readonly Measure[] = [
  {
    id: "requests",
    title: "Requests per minute",
    what: "requests/min",
    read: (point) => point.requestsPerMinute,
    format: rate,
    least: 1,
  },
  { id: "errors", title: "Errors", what: "errors", read: (point) => point.errorPercent, format: percent, least: 1 },
  {
    id: "latency",
    title: "Latency, p50 (thin) and p95",
    what: "p50 / p95",
    read: (point) => point.p95,
    lower: (point) => point.p50,
    format: milliseconds,
    least: 1,
  },
];

/** The rollout over time: weights and measures on one axis, with the steps. */
export function plots(timeline: Timeline): Html {
  const all = [weightsPlot(timeline), ...MEASURES.map((measure) => linePlot(measure, timeline))];
  const frames = all.map((plot, index) => plotFrame(plot, timeline, index === 0 ? stepNumbers(timeline) : undefined));
  return html`${frames}${timeAxis(timeline)}`;
}
