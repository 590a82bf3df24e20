import type { MetricDefinition, Sample, Slice } from "./definitions";
import { matchesConditions } from "./query";
import type { Aggregation, MetricQuery } from "./query";
import type { Minute } from "./records";

/** The values of a metric for one combination of dimension values. */
export interface Timeseries {
  /** Dimension values by lower-case name, for the dimensions in the filter. */
  readonly dimensions: ReadonlyMap<string, string>;
  readonly points: readonly Point[];
}

/** An interval; without requests it has no aggregations. */
interface Point {
  readonly start: number;
  readonly values: Readonly<Partial<Record<Aggregation, number>>>;
}

/** The series of a metric, largest first. */
export function timeseriesOf(
  metric: MetricDefinition,
  minutes: readonly Minute[],
  query: MetricQuery,
): readonly Timeseries[] {
  const series = new Map<string, { dimensions: ReadonlyMap<string, string>; samples: TimedSample[] }>();
  for (const minute of minutes) {
    for (const [key, { dimensions, slices }] of groups(metric, minute, query)) {
      const known = series.get(key) ?? { dimensions, samples: [] };
      known.samples.push({ start: minute.start, sample: metric.sample(slices) });
      series.set(key, known);
    }
  }
  return [...series.values()]
    .toSorted((a, b) => sum(b.samples) - sum(a.samples))
    .slice(0, query.top)
    .map(({ dimensions, samples }) => ({ dimensions, points: pointsOf(samples, query) }));
}

interface TimedSample {
  readonly start: number;
  readonly sample: Sample;
}

interface Group {
  readonly dimensions: ReadonlyMap<string, string>;
  readonly slices: Slice[];
}

/** The matching slices of a minute, split by the dimensions in the filter. */
function groups(metric: MetricDefinition, minute: Minute, { conditions }: MetricQuery): Map<string, Group> {
  const split = new Set(conditions.map(({ dimension }) => dimension.toLowerCase()));
  const found = new Map<string, Group>();
  for (const slice of minute.deployments.flatMap((deployment) => metric.slices(deployment))) {
    const values = new Map(Object.entries(slice.dimensions).map(([name, value]) => [name.toLowerCase(), value]));
    if (!matchesConditions(conditions, values)) continue;
    const dimensions = new Map([...values].filter(([name]) => split.has(name)));
    const key = [...dimensions.values()].join("\n");
    const group = found.get(key) ?? { dimensions, slices: [] };
    group.slices.push(slice);
    found.set(key, group);
  }
  return found;
}

function pointsOf(samples: readonly TimedSample[], { from, to, intervalMs, aggregations }: MetricQuery): Point[] {
  const byInterval = new Map<number, Sample[]>();
  for (const { start, sample } of samples) {
    const index = Math.floor((start - from) / intervalMs);
    byInterval.set(index, [...(byInterval.get(index) ?? []), sample]);
  }
  return Array.from({ length: Math.ceil((to - from) / intervalMs) }, (_, index) => {
    const inside = byInterval.get(index);
    const values = inside === undefined ? [] : aggregations.map((name) => [name, aggregate(inside, name)]);
    return { start: from + index * intervalMs, values: Object.fromEntries(values) as Point["values"] };
  });
}

function aggregate(samples: readonly Sample[], aggregation: Aggregation): number {
  const total = samples.reduce((result, sample) => result + sample.total, 0);
  const count = samples.reduce((result, sample) => result + sample.count, 0);
  switch (aggregation) {
    case "Total":
      return total;
    case "Count":
      return count;
    case "Minimum":
      return Math.min(...samples.map(({ minimum }) => minimum));
    case "Maximum":
      return Math.max(...samples.map(({ maximum }) => maximum));
    default:
      return total / count;
  }
}

function sum(samples: readonly TimedSample[]): number {
  return samples.reduce((total, { sample }) => total + sample.total, 0);
}
