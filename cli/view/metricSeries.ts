/** What Azure Monitor says of a deployment in an interval; what it does not know is left out. */
export interface MetricPoint {
  /** Middle of the interval, milliseconds since 1970. */
  readonly at: number;
  readonly requestsPerMinute: number;
  /** Share of the requests, 0 to 100 percent. */
  readonly errorPercent?: number;
  /** Milliseconds. */
  readonly p50?: number;
  readonly p95?: number;
}

/** The same over time. */
export interface MetricSeries {
  readonly deployment: string;
  /** Oldest first. */
  readonly points: readonly MetricPoint[];
}
