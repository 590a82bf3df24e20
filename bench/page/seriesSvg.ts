import { cardSvg, escaped } from "./cardSvg";
import { columnTitle } from "../common/series";
import type { Column, Series, SeriesRow } from "../common/series";

const WIDTH = 880;
const MARGIN = 16;
const [TITLE, PLOT, FOOT, GAP] = [44, 76, 22, 10];
const PANEL = TITLE + PLOT + FOOT + GAP;
const INSET = 14;
/** From this on, rows that are so many times as far are drawn on a scale of powers. */
const FAR = 40;

const STYLE = `
    text { font: 11px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
    .card { fill: #ffffff; stroke: #d1d9e0; }
    .by { font-size: 13px; font-weight: 600; }
    .quiet { fill: #59636e; font-size: 10px; }
    .axis { stroke: #d1d9e0; }
    .line { fill: none; stroke: #0969da; stroke-width: 2; }
    .point { fill: #0969da; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .card { fill: #0d1117; stroke: #3d444d; }
      .quiet { fill: #9198a1; }
      .axis { stroke: #3d444d; }
      .line { stroke: #4493f8; }
      .point { fill: #4493f8; }
    }`;

/** Small multiples: a row for each series, and in it a line for each of its columns, from 0 up. */
export function seriesSvg(title: string, series: readonly Series[]): string {
  return cardSvg({
    title,
    description: series.map(described).join(" "),
    style: STYLE,
    width: WIDTH,
    height: series.length * PANEL + MARGIN,
    body: series.flatMap((each, index) => rowOf(each, index * PANEL)),
  });
}

function rowOf({ by, columns, rows }: Series, top: number): readonly string[] {
  const width = (WIDTH - 2 * MARGIN) / columns.length;
  return [
    `  <text class="by" x="${MARGIN}" y="${top + 22}">${escaped(by)}</text>`,
    ...columns.flatMap((column, index) => {
      const points = rows.map(({ at, values }) => ({ at: Number(at), value: values[index] ?? 0 }));
      return panelOf(column, points, { left: MARGIN + index * width, top: top + TITLE, width });
    }),
  ];
}

interface Point {
  readonly at: number;
  readonly value: number;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

function panelOf(column: Column, points: readonly Point[], { left, top, width }: Place): readonly string[] {
  const [from, to, bottom] = [left + INSET, left + width - INSET, top + PLOT];
  const places = placesOf(points.map(({ at }) => at));
  const most = Math.max(...points.map(({ value }) => value), 0);
  const drawn = points.map(({ value }, index) => ({
    x: (from + (to - from) * (places[index] ?? 0)).toFixed(1),
    y: (bottom - (most === 0 ? 0 : ((PLOT - INSET) * value) / most)).toFixed(1),
  }));
  const [first, last] = [points[0], points.at(-1)];
  return [
    `  <text class="quiet" x="${from.toFixed(1)}" y="${top}">${escaped(columnTitle(column))}</text>`,
    `  <line class="axis" x1="${from.toFixed(1)}" x2="${to.toFixed(1)}" y1="${bottom}" y2="${bottom}"/>`,
    `  <polyline class="line" points="${drawn.map(({ x, y }) => `${x},${y}`).join(" ")}"/>`,
    ...drawn.map(({ x, y }) => `  <circle class="point" cx="${x}" cy="${y}" r="2.5"/>`),
    `  <text class="quiet" x="${from.toFixed(1)}" y="${bottom + 14}">${first?.at ?? ""}: ${first?.value ?? ""}</text>`,
    `  <text class="quiet" x="${to.toFixed(1)}" y="${bottom + 14}" text-anchor="end">${last?.at ?? ""}: ${last?.value ?? ""}</text>`,
  ];
}

/** Where values are between the least, at 0, and the most, at 1. */
export function placesOf(values: readonly number[]): readonly number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most) return values.map(() => 0);
  const scaled = least > 0 && most / least >= FAR ? Math.log : (value: number): number => value;
  return values.map((value) => (scaled(value) - scaled(least)) / (scaled(most) - scaled(least)));
}

function described({ by, columns, rows }: Series): string {
  const cells = ({ at, values }: SeriesRow): string =>
    `${at}: ${columns.map((column, index) => `${columnTitle(column)} ${values[index] ?? ""}`).join(", ")}.`;
  return `By ${by}: ${rows.map(cells).join(" ")}`;
}
