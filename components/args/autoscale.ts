/** The metric that a deployment is scaled on: its own, as the mean of 5 minutes. */
export const AutoscaleMetric = {
  /** In percent. */
  CpuUtilizationPercentage: "CpuUtilizationPercentage",
  /** In percent; for sizes with a GPU. */
  GpuUtilizationPercentage: "GpuUtilizationPercentage",
  /** The time that 95 % of the requests stay below, in milliseconds. */
  RequestLatency_P95: "RequestLatency_P95",
} as const;
export type AutoscaleMetric = (typeof AutoscaleMetric)[keyof typeof AutoscaleMetric];

/** Thresholds of a metric in percent. */
export const DEFAULT_THRESHOLDS = { scaleOut: 70, scaleIn: 30 };

/** Scaling by Azure Monitor within bounds. Only for managed endpoints. */
export interface AutoscaleArgs {
  /** Fewest instances, 1 to 50. */
  readonly minimumInstanceCount: number;
  /** Most instances, `minimumInstanceCount` to 50. Quota is needed for this many. */
  readonly maximumInstanceCount: number;
  /**
   * Number of instances at the start, and whenever the metric cannot be read: `minimumInstanceCount` to
   * `maximumInstanceCount`, so 1 to 50.
   *
   * @default - `minimumInstanceCount`
   */
  readonly defaultInstanceCount?: number;
  /**
   * The metric that both rules look at, as a mean over 5 minutes.
   *
   * @default CpuUtilizationPercentage
   */
  readonly metric?: AutoscaleMetric;
  /**
   * When instances are added.
   *
   * @default - one more above 70 %; for a latency the threshold is required
   */
  readonly scaleOut?: ScaleRuleArgs;
  /**
   * When instances are removed.
   *
   * @default - one less below 30 %; for a latency the threshold is required
   */
  readonly scaleIn?: ScaleRuleArgs;
}

/** One direction of scaling. */
export interface ScaleRuleArgs {
  /**
   * The value of the metric above which instances are added, or below which they are removed; 0 to 100 for a metric in
   * percent. It must be lower in `scaleIn` than in `scaleOut`.
   *
   * @default - 70 out and 30 in, for a metric in percent
   */
  readonly threshold?: number;
  /**
   * Instances at a time, 1 or more.
   *
   * @default 1
   */
  readonly instanceCount?: number;
  /**
   * Seconds before the next scaling: 60 to 604800. Source: Azure Monitor, "Understand autoscale settings".
   *
   * @default 300
   */
  readonly cooldownSeconds?: number;
}
