import { LatencyHistogram } from "./records";
import type { DeploymentMinute } from "./records";

/** A metric's value for one minute. */
export interface Sample {
  readonly total: number;
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** The requests of a minute with the same dimension values. */
export interface Slice {
  /** Values by name of the dimension. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly requests: number;
  readonly latency: LatencyHistogram | undefined;
}

export interface MetricDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly unit: "Count" | "MilliSeconds";
  readonly dimensions: readonly string[];
  slices(minute: DeploymentMinute): readonly Slice[];
  /** Merges slices of the same minute. */
  sample(slices: readonly Slice[]): Sample;
}

/** Azure Monitor shows no empty value; its value for a request that reached no model is not documented. */
const UNKNOWN = "Unknown";

/** "Supported metrics for Microsoft.MachineLearningServices/workspaces/onlineEndpoints", as far as requests give them. */
export const ENDPOINT_METRICS: readonly MetricDefinition[] = [
  {
    ...requestsPerMinute("endpoint"),
    dimensions: ["deployment", "statusCode", "statusCodeClass", "modelStatusCode"],
    slices: ({ deployment, counts }) =>
      counts.map(({ status, modelStatus, count }) => ({
        dimensions: {
          deployment: deployment ?? UNKNOWN,
          statusCode: String(status),
          statusCodeClass: `${Math.floor(status / 100)}xx`,
          modelStatusCode: String(modelStatus ?? UNKNOWN),
        },
        requests: count,
        latency: undefined,
      })),
  },
  {
    name: "RequestLatency",
    displayName: "Request Latency",
    description: "The complete interval of time taken for a request to be responded in milliseconds",
    unit: "MilliSeconds",
    dimensions: ["deployment"],
    slices: latencySlices,
    sample: (slices) => merged(slices),
  },
  ...percentiles(["deployment"]),
];

/** The same for `workspaces/onlineEndpoints/deployments`. */
export const DEPLOYMENT_METRICS: readonly MetricDefinition[] = [
  {
    ...requestsPerMinute("deployment"),
    dimensions: ["envoy_response_code"],
    slices: ({ counts }) =>
      counts.map(({ status, count }) => ({
        dimensions: { envoy_response_code: String(status) },
        requests: count,
        latency: undefined,
      })),
  },
  ...percentiles([]),
];

function requestsPerMinute(resource: string): Omit<MetricDefinition, "dimensions" | "slices"> {
  return {
    name: "RequestsPerMinute",
    displayName: "Requests Per Minute",
    description: `The number of requests sent to online ${resource} within a minute`,
    unit: "Count",
    sample: (slices) => gauge(slices.reduce((sum, { requests }) => sum + requests, 0)),
  };
}

/** The value of a minute is the percentile of its requests; longer intervals average their minutes. */
function percentiles(dimensions: readonly string[]): readonly MetricDefinition[] {
  return [50, 90, 95, 99].map((percent) => ({
    name: `RequestLatency_P${percent}`,
    displayName: `Request Latency P${percent}`,
    description: `The average P${percent} request latency aggregated by all request latency values collected over the selected time period`,
    unit: "MilliSeconds",
    dimensions,
    slices: latencySlices,
    sample: (slices) => gauge(merged(slices).quantile(percent / 100)),
  }));
}

function latencySlices({ deployment, latency }: DeploymentMinute): readonly Slice[] {
  return [{ dimensions: { deployment: deployment ?? UNKNOWN }, requests: latency.count, latency }];
}

function merged(slices: readonly Slice[]): LatencyHistogram {
  const all = new LatencyHistogram();
  for (const { latency } of slices) if (latency !== undefined) all.merge(latency);
  return all;
}

function gauge(value: number): Sample {
  return { total: value, count: 1, minimum: value, maximum: value };
}
