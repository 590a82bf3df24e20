import type { MetricPoint } from "../view/metricSeries";
import { niceMaximum, placeOf, round } from "./axis";
import { timeOf } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import { slotClass, swatch } from "./icons";
import { heightOf } from "./plotFrame";
import type { Plot } from "./plotFrame";
import type { Timeline, Track } from "./timeline";

/** A number of each deployment over time. */
export interface Measure {
  readonly id: string;
  readonly title: string;
  /** Columns of the table of numbers that have it, joined by " / ". */
  readonly what: string;
  /** Undefined where there is nothing to show. */
  readonly read: (point: MetricPoint) => number | undefined;
  /** A second one, drawn as a thin line. */
  readonly lower?: (point: MetricPoint) => number | undefined;
  readonly format: (value: number) => string;
  /** The axis goes at least this far. */
  readonly least: number;
}

interface Dot {
  readonly at: number;
  readonly value: number;
}

const HEIGHT = 110;
/** Across the plot in the units of its lines. */
const UNITS = 1000;
/** Points further apart than so many times the usual distance are not joined. */
const GAP = 2.6;

export function linePlot(measure: Measure, timeline: Timeline): Plot {
  const { tracks } = timeline;
  const values = tracks.flatMap(({ points }) => dotsOf(points, measure.read).map(({ value }) => value));
  const size = { height: HEIGHT, maximum: niceMaximum(Math.max(0, ...values), measure.least) };
  const empty = html`<text class="empty" x="50%" y="${HEIGHT / 2}" dy="0.35em">nothing measured in this time</text>`;
  return {
    id: measure.id,
    title: measure.title,
    summary: summaryOf(measure, timeline),
    legend: tracks.map(({ name, slot, points }) => {
      const value = latest(points, measure);
      return html`${swatch(slot)} <bdi>${name}</bdi> <b data-of="${name}" data-what="${measure.what}">${value}</b>`;
    }),
    ...size,
    format: (value) => measure.format(value),
    body: values.length === 0 ? empty : html`${tracks.map((track) => trackLines(track, measure, size, timeline))}`,
  };
}

function trackLines({ slot, points }: Track, measure: Measure, size: Size, timeline: Timeline): Html {
  const lower = measure.lower && runsOf(dotsOf(points, measure.lower));
  const runs = runsOf(dotsOf(points, measure.read));
  const path = (run: readonly Dot[]): string => pathOf(run, size, timeline);
  const ends = runs.filter((run, index) => run.length === 1 || index === runs.length - 1).map((run) => run.at(-1));
  return html`<g class="${slotClass(slot)}">
    <svg
      x="0"
      y="0"
      width="100%"
      height="${HEIGHT}"
      viewBox="0 0 ${UNITS} ${HEIGHT}"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      ${lower?.map((run) => html`<path class="line thin" d="${path(run)}" />`)}
      ${runs.map((run) => html`<path class="line" d="${path(run)}" />`)}
    </svg>
    ${ends.map((dot) => dot && html`<circle class="end" cx="${placeOf(dot.at, timeline)}%" cy="${heightOf(dot.value, size)}" r="3" />`)}
  </g>`;
}

type Size = Pick<Plot, "height" | "maximum">;

function pathOf(run: readonly Dot[], size: Size, timeline: Timeline): string {
  const places = run.map(({ at, value }) => {
    return `${round((placeOf(at, timeline) * UNITS) / 100)} ${heightOf(value, size)}`;
  });
  return `M${places.join("L")}`;
}

function dotsOf(points: readonly MetricPoint[], read: Measure["read"]): readonly Dot[] {
  return points.flatMap((point) => {
    const value = read(point);
    return value === undefined || !Number.isFinite(value) ? [] : [{ at: point.at, value }];
  });
}

/** Points that follow each other without a gap. */
function runsOf(dots: readonly Dot[]): readonly (readonly Dot[])[] {
  const distances = dots.slice(1).map(({ at }, index) => at - (dots[index]?.at ?? at));
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
  const runs: Dot[][] = [];
  for (const dot of dots) {
    const last = runs.at(-1)?.at(-1);
    if (last === undefined || dot.at - last.at > GAP * usual) runs.push([dot]);
    else runs.at(-1)?.push(dot);
  }
  return runs;
}

function latest(points: readonly MetricPoint[], { read, lower, format }: Measure): string {
  const [last] = points.slice(-1);
  const value = last && read(last);
  if (last === undefined || value === undefined) return "–";
  const low = lower?.(last);
  return low === undefined ? format(value) : `${format(low)} / ${format(value)}`;
}

function summaryOf({ title, read, format }: Measure, { tracks, from, to }: Timeline): string {
  const said = tracks.map(({ name, points }) => {
    const values = dotsOf(points, read).map(({ value }) => value);
    const last = values.at(-1);
    if (last === undefined) return `${name} nothing measured`;
    return `${name} ${format(last)} at the end, ${format(Math.min(...values))} to ${format(Math.max(...values))}`;
  });
  return `${title} from ${timeOf(from)} to ${timeOf(to)}: ${said.join("; ")}`;
}
