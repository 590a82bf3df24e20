import { LatencyHistogram } from "./latencyHistogram";

/** What is counted of a request that an endpoint has answered, or of a mirrored copy. */
export interface MeasuredRequest {
  readonly endpointId: string;
  /** Undefined when the request reached none. */
  readonly deployment: string | undefined;
  readonly status: number;
  /** What the model's container answered; undefined when it was not asked or did not answer in time. */
  readonly modelStatus: number | undefined;
  readonly durationMs: number;
}

/** The requests that one deployment answered in one minute. */
export interface DeploymentMinute {
  readonly deployment: string | undefined;
  readonly counts: readonly StatusCount[];
  readonly latency: LatencyHistogram;
}

export interface StatusCount {
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
export const KEPT_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** Counts of the requests by minute; the oldest minutes are forgotten. */
export class RequestMetrics {
  private readonly minutes: RecordedMinute[] = [];

  constructor(private readonly now: () => number) {}

  record({ endpointId, deployment, status, modelStatus, durationMs }: MeasuredRequest): void {
    const cells = this.currentMinute().cells;
    const key = `${endpointId} ${deployment ?? ""}`;
    let cell = cells.get(key);
    if (cell === undefined) {
      cell = { endpointId, deployment, counts: [], latency: new LatencyHistogram() };
      cells.set(key, cell);
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
        deployments: [...cells.values()].filter((cell) => cell.endpointId.toLowerCase() === id),
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
    const minute = { start, cells: new Map<string, Cell>() };
    this.minutes.push(minute);
    if (this.minutes.length > KEPT_MINUTES) this.minutes.shift();
    return minute;
  }
}

interface RecordedMinute {
  readonly start: number;
  readonly cells: Map<string, Cell>;
}

interface Cell extends DeploymentMinute {
  readonly endpointId: string;
  readonly counts: StatusCount[];
}
