import { plot } from "simple-ascii-chart";
import { cut, padEnd } from "../terminal/columns";
import type { DeploymentView, RolloutView } from "./rolloutView";
import { clock } from "./times";

/** Rows of a curve. */
const HEIGHT = 6;
/** Columns before a curve: `100` and the axis. */
const AXIS = 4;
const GAP = "   ";
/** Ends of the scale, in percent: the first one that is not below all values. */
const SCALES = [1, 2, 5, 10, 25, 50, 100];

/** How the weight and the errors of a deployment went, side by side; nothing before there are two views. */
export function plotLines(history: readonly RolloutView[], name: string, now: Date, width: number): readonly string[] {
  const [first] = history;
  if (first === undefined || history.length < 2) return [];
  const columns = Math.floor((width - GAP.length) / 2);
  const [from, to] = [Date.parse(first.at), Math.max(now.getTime(), Date.parse(history.at(-1)?.at ?? first.at))];
  const draw = (what: string, valueOf: (deployment: DeploymentView) => number | undefined): readonly string[] => {
    const values = valuesOf(history, name, valueOf, { from, to, count: columns - AXIS - 1 });
    const times = `${" ".repeat(AXIS)}${clock(first.at, now)} to ${clock(new Date(to).toISOString(), now)}`;
    return [`${what} of ${name}, %`, ...curve(values), times].map((line) => padEnd(cut(line, columns), columns));
  };
  const weights = draw("weight", ({ live }) => live);
  const errors = draw("errors", ({ metrics }) => metrics?.errorPercent);
  return weights.map((line, index) => `${line}${GAP}${errors[index] ?? ""}`.trimEnd());
}

interface Grid {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** A value for each column: the one that was read last at that time. */
function valuesOf(
  history: readonly RolloutView[],
  name: string,
  valueOf: (deployment: DeploymentView) => number | undefined,
  { from, to, count }: Grid,
): readonly number[] {
  const points = history.map(({ at, deployments }) => {
    const deployment = deployments.find((each) => each.name === name);
    return { at: Date.parse(at), value: deployment && valueOf(deployment) };
  });
  return Array.from({ length: count }, (_, index) => {
    const time = from + ((to - from) * index) / Math.max(1, count - 1);
    return points.findLast(({ at, value }) => at <= time && value !== undefined)?.value ?? 0;
  });
}

function curve(values: readonly number[]): readonly string[] {
  const most = Math.max(...values);
  const scale = SCALES.find((end) => end >= most) ?? 100;
  // What is more than 0 does not look like 0.
  const least = scale / (HEIGHT - 1);
  const points = values.map((value, index): [number, number] => [index, value > 0 ? Math.max(value, least) : 0]);
  const drawn = plot(points, {
    width: values.length,
    height: HEIGHT,
    yRange: [0, scale],
    customYAxisTicks: [0, scale],
    hideXAxis: true,
    hideXAxisTicks: true,
  });
  const rows = drawn.split("\n").slice(2, 2 + HEIGHT);
  const axis = String(scale).length + 1;
  return rows.map((row) => `${" ".repeat(AXIS - axis)}${row.trimEnd()}`);
}
