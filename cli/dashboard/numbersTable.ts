import { weightOf } from "../../components/rollout/weights";
import type { MetricPoint } from "../view/metricSeries";
import { placeOf } from "./axis";
import { formFor, milliseconds, percent, rate, timeOf } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import type { Timeline, Track } from "./timeline";

const ROWS = 60;

interface Column {
  readonly title: string;
  readonly text: (name: string, timeline: Timeline, until: number, points: readonly MetricPoint[]) => string;
}

const COLUMNS: readonly Column[] = [
  { title: "weight", text: (name, timeline, until) => weightAt(name, timeline, until) },
  { title: "requests/min", text: (_name, _timeline, _until, points) => mean(points, "requestsPerMinute", rate) },
  { title: "errors", text: (_name, _timeline, _until, points) => mean(points, "errorPercent", percent) },
  { title: "p50", text: (_name, _timeline, _until, points) => mean(points, "p50", milliseconds) },
  { title: "p95", text: (_name, _timeline, _until, points) => mean(points, "p95", milliseconds) },
];

/** What the plots show as a table: for those who do not see them, and for the values at the cursor. */
export function numbersTable(timeline: Timeline): Html {
  const { from, to, tracks } = timeline;
  const width = (to - from) / ROWS;
  const rows = Array.from({ length: ROWS }, (_, index) => [from + index * width, from + (index + 1) * width] as const);
  const form = formFor(timeline, width);
  return html`<table class="numbers-table">
    <thead>
      <tr>
        <th scope="col" rowspan="2">until</th>
        ${tracks.map(({ name }) => html`<th scope="colgroup" colspan="${COLUMNS.length}"><bdi>${name}</bdi></th> `)}
      </tr>
      <tr>
        ${tracks.map(() => COLUMNS.map(({ title }) => html`<th scope="col">${title}</th> `))}
      </tr>
    </thead>
    <tbody>
      ${rows.map(([since, until]) => row(timeline, timeOf(until, form), since, until))}
    </tbody>
  </table>`;
}

function row(timeline: Timeline, time: string, since: number, until: number): Html {
  return html`<tr data-place="${placeOf((since + until) / 2, timeline)}">
    <th scope="row">${time}</th>
    ${timeline.tracks.map((track) => cells(track, timeline, since, until))}
  </tr> `;
}

function cells({ name, points }: Track, timeline: Timeline, since: number, until: number): readonly Html[] {
  const inside = points.filter(({ at }) => at > since && at <= until);
  return COLUMNS.map(({ title, text }) => {
    return html`<td data-of="${name}" data-what="${title}">${text(name, timeline, until, inside)}</td> `;
  });
}

function weightAt(name: string, { spans }: Timeline, at: number): string {
  const span = spans.findLast(({ from }) => from <= at);
  return span === undefined ? "" : percent(weightOf(span.state.traffic, name));
}

function mean(
  points: readonly MetricPoint[],
  key: "requestsPerMinute" | "errorPercent" | "p50" | "p95",
  format: (value: number) => string,
): string {
  const values = points.flatMap(({ [key]: value }) => (value === undefined ? [] : [value]));
  return values.length === 0 ? "" : format(values.reduce((sum, value) => sum + value, 0) / values.length);
}
