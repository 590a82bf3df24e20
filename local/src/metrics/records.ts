/** The metrics of an answered request or a mirrored copy. */
export interface MeasuredRequest {
  readonly endpointId: string;
  /** Undefined when the request reached none. */
  readonly deployment: string | undefined;
  readonly status: number;
  /** The container's status; undefined when it was not asked or timed out. */
  readonly modelStatus: number | undefined;
  readonly durationMs: number;
}

/** The requests that one deployment answered in one minute. */
export interface DeploymentMinute {
  readonly deployment: string | undefined;
  readonly counts: readonly StatusCount[];
  readonly latency: LatencyHistogram;
}

interface StatusCount {
  readonly status: number;
  readonly modelStatus: number | undefined;
  count: number;
}

export interface Minute {
  /** Begin of the minute, milliseconds since 1970. */
  readonly start: number;
  readonly deployments: readonly DeploymentMinute[];
}

/** Minutes with requests that are kept: a day at least. */
const KEPT_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** Request counts by minute; the oldest minutes are dropped. */
export class RequestMetrics {
  private readonly minutes: RecordedMinute[] = [];

  constructor(private readonly now: () => number) {}

  record({ endpointId, deployment, status, modelStatus, durationMs }: MeasuredRequest): void {
    const cells = this.currentMinute().cells;
    let named = cells.get(endpointId);
    if (named === undefined) {
      named = new Map();
      cells.set(endpointId, named);
    }
    let cell = named.get(deployment);
    if (cell === undefined) {
      cell = { endpointId, deployment, counts: [], latency: new LatencyHistogram() };
      named.set(deployment, cell);
    }
    cell.latency.add(durationMs);
    const known = cell.counts.find((entry) => entry.status === status && entry.modelStatus === modelStatus);
    if (known === undefined) cell.counts.push({ status, modelStatus, count: 1 });
    else known.count += 1;
  }

  /** The minutes of an endpoint that begin from `from` to before `to`, oldest first. */
  read(endpointId: string, from: number, to: number): readonly Minute[] {
    const id = endpointId.toLowerCase();
    return this.minutes
      .filter(({ start }) => start >= from && start < to)
      .map(({ start, cells }) => ({
        start,
        deployments: [...cells.values()]
          .flatMap((named) => [...named.values()])
          .filter((cell) => cell.endpointId.toLowerCase() === id),
      }))
      .filter(({ deployments }) => deployments.length > 0);
  }

  clear(): void {
    this.minutes.length = 0;
  }

  private currentMinute(): RecordedMinute {
    const start = Math.floor(this.now() / MINUTE_MS) * MINUTE_MS;
    const last = this.minutes.at(-1);
    if (last !== undefined && last.start >= start) return last;
    const minute: RecordedMinute = { start, cells: new Map() };
    this.minutes.push(minute);
    if (this.minutes.length > KEPT_MINUTES) this.minutes.shift();
    return minute;
  }
}

interface RecordedMinute {
  readonly start: number;
  /** By id of the endpoint, then by deployment: a key made of both would have to be hashed anew for each request. */
  readonly cells: Map<string, Map<string | undefined, Cell>>;
}

interface Cell extends DeploymentMinute {
  readonly endpointId: string;
  readonly counts: StatusCount[];
}

/** Eight buckets for each doubling: a quantile is at most 4.5 % off. */
const PER_DOUBLING = 8;
/** The first bucket ends at a microsecond, the last one begins beyond an hour. */
const SMALLEST_MS = 0.001;
const BUCKETS = 256;

/** Durations in milliseconds, in memory that does not grow with their number. */
export class LatencyHistogram {
  private readonly buckets = new Uint32Array(BUCKETS);
  count = 0;
  total = 0;
  minimum = Infinity;
  maximum = 0;

  add(ms: number): void {
    const index = Math.ceil(Math.log2(ms / SMALLEST_MS) * PER_DOUBLING);
    const bucket = Math.min(Math.max(index, 0), BUCKETS - 1);
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    this.count += 1;
    this.total += ms;
    if (ms < this.minimum) this.minimum = ms;
    if (ms > this.maximum) this.maximum = ms;
  }

  merge(other: LatencyHistogram): void {
    for (const [index, count] of other.buckets.entries()) this.buckets[index] = (this.buckets[index] ?? 0) + count;
    this.count += other.count;
    this.total += other.total;
    this.minimum = Math.min(this.minimum, other.minimum);
    this.maximum = Math.max(this.maximum, other.maximum);
  }

  /** @param share 0 to 1, such as 0.95 */
  quantile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.count));
    let seen = 0;
    const bucket = this.buckets.findIndex((count) => (seen += count) >= rank);
    const middle = SMALLEST_MS * 2 ** ((bucket - 0.5) / PER_DOUBLING);
    return Math.min(Math.max(middle, this.minimum), this.maximum);
  }
}
