import { at, isMap } from "../values/shape";

/**
 * Metrics of an endpoint. Source: Azure Monitor, supported metrics of
 * `Microsoft.MachineLearningServices/workspaces/onlineEndpoints`: grain of a minute, aggregated by `Average`.
 */
export const [REQUESTS, P50, P95] = ["RequestsPerMinute", "RequestLatency_P50", "RequestLatency_P95"] as const;
export const REQUEST_DIMENSIONS = ["deployment", "statusCode", "modelStatusCode"] as const;
const API_VERSION = "2023-10-01";
export const MINUTE_MS = 60_000;
/** Series at most: one for each deployment (20 at most) and pair of status codes; Azure Monitor gives 10 otherwise. */
const TOP = "500";

/** The time that is asked about; without it Azure Monitor answers the last hour, by its own clock. */
export interface MetricSpan {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Such as `PT5M`. */
  readonly interval: string;
}

/** What is asked of Azure Monitor, as paths below the endpoint. */
export interface MetricQueries {
  readonly requests: string;
  readonly latency: string;
}

/** The two questions to Azure Monitor, as paths below the endpoint. */
export function metricQueries(span?: MetricSpan): MetricQueries {
  return {
    requests: metricQuery(REQUESTS, REQUEST_DIMENSIONS, span),
    latency: metricQuery([P50, P95].join(","), ["deployment"], span),
  };
}

/** One question, as a path below the endpoint; its metrics are comma-separated. */
export function metricQuery(metrics: string, dimensions: readonly string[], span?: MetricSpan): string {
  const instant = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
  const parameters = new URLSearchParams({
    "api-version": API_VERSION,
    metricnames: metrics,
    interval: span?.interval ?? "PT1M",
    aggregation: "Average",
    top: TOP,
    $filter: dimensions.map((name) => `${name} eq '*'`).join(" and "),
    ...(span && { timespan: `${instant(span.from)}/${instant(span.to)}` }),
  });
  return `/providers/Microsoft.Insights/metrics?${parameters.toString()}`;
}

/** What Azure Monitor answers to {@link metricQueries}; undefined for what could not be read. */
export interface MetricAnswers {
  readonly requests: unknown;
  readonly latency: unknown;
}

/** The times that an answer is of, in milliseconds since 1970. @throws Error when it does not say */
export function timespanOf(answer: unknown): readonly [from: number, to: number] {
  const [begin = Number.NaN, end = Number.NaN] = (textIn(answer, ["timespan"]) ?? "")
    .split("/")
    .map((instant) => Date.parse(instant));
  if (Number.isNaN(begin) || Number.isNaN(end))
    throw new Error("Azure Monitor does not say which minutes its answer is of");
  return [begin, end];
}

/** What one series says of one interval. */
export interface MetricValue {
  readonly deployment: string | undefined;
  readonly statusCode: string | undefined;
  readonly modelStatusCode: string | undefined;
  /** Begin of the interval, milliseconds since 1970. */
  readonly start: number;
  readonly value: number;
}

/** What a metric says of the intervals that it has a value for. */
export function valuesOf(answer: unknown, metric: string | undefined, from = -Infinity): readonly MetricValue[] {
  const found = listIn(answer, "value").find((each) => textIn(each, ["name", "value"]) === metric);
  return listIn(found, "timeseries").flatMap((series) => {
    const dimensions = new Map(
      listIn(series, "metadatavalues").map((each) => [
        textIn(each, ["name", "value"])?.toLowerCase(),
        textIn(each, ["value"]),
      ]),
    );
    return listIn(series, "data").flatMap((point) => {
      const [start, value] = [Date.parse(textIn(point, ["timeStamp"]) ?? ""), at(point, ["average"])];
      if (typeof value !== "number" || !(start >= from)) return [];
      return [
        {
          deployment: dimensions.get("deployment"),
          statusCode: dimensions.get("statuscode"),
          modelStatusCode: dimensions.get("modelstatuscode"),
          start,
          value,
        },
      ];
    });
  });
}

/** A code that is no number stands for no answer at all. */
export function isError({ statusCode, modelStatusCode }: MetricValue): boolean {
  const [status, model] = [Number(statusCode), Number(modelStatusCode)];
  if (status === 424) return !(model >= 400 && model < 500);
  return !(status < 500) || status === 408 || status === 429 || status === 0;
}

/** The mean of the values of some minutes by the requests in them; all count the same where these are not known. */
export function weightedMean(points: readonly MetricValue[], requests: readonly MetricValue[]): number | undefined {
  const weightOf = ({ start }: MetricValue): number =>
    sum(requests.filter((each) => each.start === start).map(({ value }) => value));
  const known = points.map((point) => ({ value: point.value, weight: weightOf(point) }));
  const weighs = known.some(({ weight }) => weight > 0);
  const counted = known.map(({ value, weight }) => ({ value, weight: weighs ? weight : 1 }));
  const total = sum(counted.map(({ weight }) => weight));
  return total === 0 ? undefined : sum(counted.map(({ value, weight }) => value * weight)) / total;
}

function textIn(document: unknown, path: readonly string[]): string | undefined {
  const value = at(document, path);
  return typeof value === "string" ? value : undefined;
}

function listIn(document: unknown, key: string): readonly unknown[] {
  const list = at(document, [key]);
  return Array.isArray(list) ? list.filter(isMap) : [];
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
