import type { ArmReader } from "../../components/azure/armReaderWith";
import type { MetricPoint, MetricSeries } from "../view/metricSeries";
import { AzureClock } from "./azureClock";
import {
  MINUTE_MS,
  P50,
  P95,
  REQUESTS,
  isError,
  metricQueries,
  sum,
  timespanOf,
  valuesOf,
  weightedMean,
} from "../../components/azure/metricValues";
import type { MetricAnswers, MetricSpan, MetricValue } from "../../components/azure/metricValues";

/** Intervals of Azure Monitor in minutes, by name. */
const INTERVALS = { PT1M: 1, PT5M: 5, PT15M: 15, PT30M: 30, PT1H: 60, PT6H: 360, PT12H: 720, P1D: 1440 } as const;
type Interval = keyof typeof INTERVALS;
/** Intervals at most in an answer: two days of minutes. */
const MOST_INTERVALS = 2880;
/** Points at most of a series: more than a plot has room for. */
const MOST_POINTS = 600;
/** How long Azure Monitor may take to know of a request. */
const LAG_MS = 5 * MINUTE_MS;

/** Metrics of one endpoint over time. */
export class MetricHistory {
  constructor(
    private readonly arm: Pick<ArmReader, "get">,
    private readonly endpointId: string,
    private readonly clock = new AzureClock(async () => {
      const { requests } = metricQueries();
      return timespanOf(await arm.get(`${endpointId}${requests}`))[1];
    }),
  ) {}

  /**
   * What Azure Monitor knows of each deployment between two times of this machine's clock, in milliseconds since 1970.
   *
   * @throws Error when it cannot be asked
   */
  async read(from: number, to: number): Promise<readonly MetricSeries[]> {
    const { toAzure, fromAzure } = await this.clock.read();
    const span = spanOf(toAzure(from), toAzure(to));
    const queries = metricQueries(span);
    const [requests, latency] = await Promise.all(
      [queries.requests, queries.latency].map((path) => this.arm.get(`${this.endpointId}${path}`)),
    );
    return seriesOf({ requests, latency }, span).map(({ deployment, points }) => ({
      deployment,
      points: points.map((point) => ({ ...point, at: fromAzure(point.at) })),
    }));
  }
}

/** Whole intervals, as short as an answer may have them. */
export function spanOf(from: number, to: number): MetricSpan {
  const names = Object.keys(INTERVALS) as Interval[];
  const interval = names.find((name) => to - from <= INTERVALS[name] * MINUTE_MS * MOST_INTERVALS) ?? "P1D";
  const length = INTERVALS[interval] * MINUTE_MS;
  return { from: Math.floor(from / length) * length, to: Math.floor(to / length) * length, interval };
}

/** The series of every deployment that had a request, each from its first one on. */
export function seriesOf(answers: MetricAnswers, span: MetricSpan): readonly MetricSeries[] {
  const length = INTERVALS[span.interval as Interval] * MINUTE_MS;
  const requests = byDeployment(valuesOf(answers.requests, REQUESTS, span.from));
  const [p50, p95] = [P50, P95].map((metric) => byDeployment(valuesOf(answers.latency, metric, span.from)));
  const end = endOf([...requests.values()].flat(), span, length);
  // Several intervals make one point where there are many.
  const step = length * Math.ceil((end - span.from) / length / MOST_POINTS);
  return [...requests].map(([deployment, counted]) => {
    const latencies = [p50, p95].map((metric) => bySteps(metric?.get(deployment) ?? [], span.from, step));
    const counts = bySteps(counted, span.from, step);
    const first = Math.min(...counts.keys());
    const indexes = Array.from(
      { length: Math.max(0, Math.ceil((end - span.from) / step) - first) },
      (_, i) => first + i,
    );
    const points = indexes.map((index) => {
      const [low = [], high = []] = latencies.map((metric) => metric.get(index) ?? []);
      const at = span.from + (index + 0.5) * step;
      return pointOf(
        at,
        counts.get(index) ?? [],
        { low, high },
        Math.min(step, end - span.from - index * step) / length,
      );
    });
    return { deployment: counted[0]?.deployment ?? deployment, points };
  });
}

function pointOf(
  at: number,
  requests: readonly MetricValue[],
  { low, high }: Readonly<Record<"low" | "high", readonly MetricValue[]>>,
  intervals: number,
): MetricPoint {
  const total = sum(requests.map(({ value }) => value));
  const errors = sum(requests.filter(isError).map(({ value }) => value));
  const [p50, p95] = [low, high].map((values) => weightedMean(values, requests));
  return {
    at,
    requestsPerMinute: total / intervals,
    ...(total > 0 && { errorPercent: (100 * errors) / total }),
    ...(p50 !== undefined && { p50 }),
    ...(p95 !== undefined && { p95 }),
  };
}

/** The end of the last interval that Azure Monitor can know all of: the newest ones are empty until it does. */
function endOf(values: readonly MetricValue[], { to }: MetricSpan, length: number): number {
  const known = values.reduce((latest, { start }) => Math.max(latest, start + length), -Infinity);
  return Math.min(to, Math.max(known, to - LAG_MS));
}

/** By the name in lower case. */
function byDeployment(values: readonly MetricValue[]): ReadonlyMap<string, readonly MetricValue[]> {
  return grouped(values, ({ deployment = "" }) => deployment.toLowerCase());
}

function bySteps(
  values: readonly MetricValue[],
  from: number,
  step: number,
): ReadonlyMap<number, readonly MetricValue[]> {
  return grouped(values, ({ start }) => Math.floor((start - from) / step));
}

function grouped<K>(values: readonly MetricValue[], keyOf: (value: MetricValue) => K): ReadonlyMap<K, MetricValue[]> {
  const groups = new Map<K, MetricValue[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
