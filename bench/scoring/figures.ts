import { wilsonInterval } from "../../components/values/wilsonInterval";
import { figureOf } from "../common/figure";
import type { Figure, Sample } from "../common/figure";
import type { Measurements } from "../common/part";
import type { Series } from "../common/series";
import type { Stage } from "./rollout";
import type { Served } from "./turns";

/** What was measured with so many callers at the same time. */
export interface Level {
  readonly connections: number;
  readonly ours: Served;
  readonly bare: Served;
  readonly empty: Served;
}

/** The figures of scoring: its cost with as many callers as `judged`, and what a rollout loses. Pure. */
export function scoringOf(levels: readonly Level[], judged: number, stages: readonly Stage[]): Measurements {
  const level = levels.find(({ connections }) => connections === judged);
  const cost = level === undefined ? [] : [costOf(level)];
  return { figures: [...cost, lostOf(stages)], series: [levelSeries(levels), stageSeries(stages)] };
}

function costOf({ ours, bare }: Level): Figure {
  return figureOf({
    figure: "scoring requests a second per core",
    ours: perCore(ours),
    against: perCore(bare),
    rival: "the bare ONNX session behind the same TLS",
    unit: "/s",
    limit: { least: 0.7 },
  });
}

function perCore({ microseconds: { median, quartiles } }: Served): Sample {
  const [low, high] = quartiles;
  return { median: 1e6 / median, quartiles: [1e6 / high, 1e6 / low] };
}

function lostOf(stages: readonly Stage[]): Figure {
  return figureOf({
    figure: "requests lost in a full rollout, and splits outside their intervals",
    ours: sum(stages, ({ lost }) => lost) + stages.filter((stage) => !isWithin(stage)).length,
    against: 1,
    rival: "none is wanted",
    unit: "",
    limit: { most: 0 },
  });
}

/** Whether the weight is in the 99.9 % interval of the measured share. */
function isWithin({ weight, settled, toGreen }: Stage): boolean {
  const [low, high] = wilsonInterval(toGreen, settled);
  return low <= weight / 100 && weight / 100 <= high;
}

function levelSeries(levels: readonly Level[]): Series {
  return {
    by: "callers at the same time",
    columns: [
      { name: "requests", unit: "/s" },
      { name: "median answer", unit: "ms" },
      { name: "p99 answer", unit: "ms" },
      { name: "processor", unit: "µs" },
      { name: "bare session", unit: "µs" },
      { name: "TLS alone", unit: "µs" },
    ],
    rows: levels.map(({ connections, ours, bare, empty }) => ({
      at: connections,
      values: [ours.rate, ours.median, ours.p99, ours.microseconds, bare.microseconds, empty.microseconds].map(
        ({ median }) => rounded(median),
      ),
    })),
  };
}

function stageSeries(stages: readonly Stage[]): Series {
  const [sent, lost] = [sum(stages, (stage) => stage.sent), sum(stages, (stage) => stage.lost)];
  return {
    by: "weight of the candidate in a full rollout",
    columns: [
      { name: "requests sent" },
      { name: "lost" },
      { name: "to the candidate", unit: "%" },
      { name: "requests", unit: "/s" },
    ],
    rows: stages.map(({ weight, sent: count, lost: without, settled, toGreen, seconds }) => ({
      at: weight,
      values: [count, without, rounded((100 * toGreen) / settled), rounded(count / seconds)],
    })),
    note: `${lost} of ${sent} requests are lost.`,
  };
}

function sum(stages: readonly Stage[], value: (stage: Stage) => number): number {
  return stages.reduce((total, stage) => total + value(stage), 0);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
