import type { ArmReader } from "../azure/armReaderWith";
import { RefusedRead } from "../azure/armRequest";
import {
  MINUTE_MS,
  REQUESTS,
  REQUEST_DIMENSIONS,
  isError,
  metricQuery,
  sum,
  timespanOf,
  valuesOf,
  weightedMean,
} from "../azure/metricValues";
import type { MetricValue } from "../azure/metricValues";
import type { MeasuredLatency } from "../gates/latency";
import type { Counts } from "../statistics/rateTest";
import { isSameName } from "../values/sameName";

/** The longest time that is looked at: a day of minutes, of which Azure Monitor answers two. */
const MOST_MINUTES = 1440;
const PERMISSION = "Microsoft.Insights/metrics/read";

/** A time in Azure's own clock, milliseconds since 1970. */
export interface MonitoredTime {
  /** The begin of a minute. */
  readonly from: number;
  readonly to: number;
}

/** What Azure Monitor knows of an endpoint since its weights were last written; each question is asked once. */
export class Monitor {
  private readonly answers = new Map<string, Promise<unknown>>();

  /** @param writtenAt - when the endpoint was last written, as Azure says it, RFC 3339; the last hour counts without it */
  constructor(
    private readonly arm: Pick<ArmReader, "get">,
    private readonly endpointId: string,
    private readonly writtenAt: string | undefined,
  ) {}

  /**
   * The requests of a deployment, and how many of them it is to blame for failing.
   *
   * @throws Error when Azure Monitor cannot be asked
   */
  async counts(deployment: string, windowMinutes?: number): Promise<Counts & MonitoredTime> {
    const answer = await this.requests();
    const time = this.timeOf(answer, windowMinutes);
    const own = ofDeployment(valuesOf(answer, REQUESTS, time.from), deployment);
    return { failed: requestsIn(own.filter(isError)), total: requestsIn(own), ...time };
  }

  /** A percentile of a deployment's latency. @throws Error when Azure Monitor cannot be asked */
  async latency(
    deployment: string,
    percentile: number,
    windowMinutes?: number,
  ): Promise<MeasuredLatency & MonitoredTime> {
    const metric = `RequestLatency_P${percentile}`;
    const [answer, requests] = await Promise.all([this.ask(metric, ["deployment"]), this.requests()]);
    const time = this.timeOf(answer, windowMinutes);
    const own = ofDeployment(valuesOf(requests, REQUESTS, time.from), deployment);
    const points = ofDeployment(valuesOf(answer, metric, time.from), deployment);
    return { value: weightedMean(points, own), total: requestsIn(own), ...time };
  }

  /** The most requests that the whole endpoint had in a minute of the time; undefined when it had none. */
  async busiestMinute(): Promise<number | undefined> {
    const answer = await this.requests();
    const minutes = new Map<number, number>();
    for (const { start, value } of valuesOf(answer, REQUESTS)) minutes.set(start, (minutes.get(start) ?? 0) + value);
    const most = Math.max(0, ...minutes.values());
    return most === 0 ? undefined : Math.ceil(most);
  }

  private requests(): Promise<unknown> {
    return this.ask(REQUESTS, REQUEST_DIMENSIONS);
  }

  private ask(metric: string, dimensions: readonly string[]): Promise<unknown> {
    const known = this.answers.get(metric) ?? this.read(metric, dimensions);
    this.answers.set(metric, known);
    return known;
  }

  /** The last hour by Azure's clock, or more when the weights were written before. */
  private async read(metric: string, dimensions: readonly string[]): Promise<unknown> {
    const answer = await this.get(metricQuery(metric, dimensions));
    const [begin, to] = timespanOf(answer);
    const { from } = this.timeOf(answer);
    return from >= begin ? answer : this.get(metricQuery(metric, dimensions, { from, to, interval: "PT1M" }));
  }

  private async get(path: string): Promise<unknown> {
    try {
      const answer = await this.arm.get(`${this.endpointId}${path}`);
      if (answer !== undefined) return answer;
    } catch (error) {
      const isForbidden = error instanceof RefusedRead && error.status === 403;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}${isForbidden ? `; it needs the permission ${PERMISSION}` : ""}`, { cause: error });
    }
    throw new Error("Azure Monitor does not know the endpoint");
  }

  /** The whole minutes since the weights were written. */
  private timeOf(answer: unknown, windowMinutes = MOST_MINUTES): MonitoredTime {
    const [begin, to] = timespanOf(answer);
    const written = this.writtenAt === undefined ? begin : Date.parse(this.writtenAt);
    const earliest = Math.floor(to / MINUTE_MS) * MINUTE_MS - windowMinutes * MINUTE_MS;
    return { from: Math.max(Math.ceil(written / MINUTE_MS) * MINUTE_MS, earliest), to };
  }
}

function ofDeployment(values: readonly MetricValue[], name: string): readonly MetricValue[] {
  return values.filter(({ deployment }) => isSameName(name, deployment));
}

/** Requests per minute, by the minute, are requests. */
function requestsIn(values: readonly MetricValue[]): number {
  return Math.round(sum(values.map(({ value }) => value)));
}
