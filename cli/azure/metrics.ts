import { isSameName } from "../../components/values/sameName";
import { isMap } from "../../components/values/shape";
import { textIn, valueIn } from "../stack/exportedStack";
import type { MetricsView } from "../view/rolloutView";

/**
 * Metrics of an endpoint. Source: Azure Monitor, supported metrics of
 * `Microsoft.MachineLearningServices/workspaces/onlineEndpoints`: grain of a minute, aggregated by `Average`.
 */
const [REQUESTS, P50, P95] = ["RequestsPerMinute", "RequestLatency_P50", "RequestLatency_P95"];
const API_VERSION = "2023-10-01";
const MINUTE_MS = 60_000;
/** Series at most: one for each deployment (20 at most) and pair of status codes; Azure Monitor gives 10 otherwise. */
const TOP = "500";

/** The two questions to Azure Monitor, as paths below the endpoint. */
export const METRIC_QUERIES = {
  requests: query(REQUESTS, ["deployment", "statusCode", "modelStatusCode"]),
  latency: query([P50, P95].join(","), ["deployment"]),
};

/** Without a time span the last hour is answered, by the clock of Azure and not by that of this machine. */
function query(metrics: string, dimensions: readonly string[]): string {
  const parameters = new URLSearchParams({
    "api-version": API_VERSION,
    metricnames: metrics,
    interval: "PT1M",
    aggregation: "Average",
    top: TOP,
    $filter: dimensions.map((name) => `${name} eq '*'`).join(" and "),
  });
  return `/providers/Microsoft.Insights/metrics?${parameters.toString()}`;
}

/** What Azure Monitor answers to {@link METRIC_QUERIES}; undefined for what could not be read. */
export interface MetricAnswers {
  readonly requests: unknown;
  readonly latency: unknown;
}

/**
 * What the last minutes say of each deployment, those without a request included.
 *
 * An error is a request that the deployment is to blame for: a 5xx, no answer in time (408), too many at once (429), and a
 * model that failed (424), unless the model blames the request with a 4xx of its own. The latency is that of each minute,
 * weighted by its requests.
 *
 * @param minutes - whole minutes before the one that is going on; that one counts too, as far as it has come
 */
export function metricsOf(
  answers: MetricAnswers,
  deployments: readonly string[],
  minutes: number,
): Readonly<Record<string, MetricsView>> {
  const span = spanOf(answers.requests, minutes);
  const requests = pointsOf(answers.requests, REQUESTS, span);
  const latencies = [P50, P95].map((metric) => pointsOf(answers.latency, metric, span));
  const views = deployments.map((name) => {
    const own = requests.filter(({ deployment }) => isSameName(name, deployment));
    const total = sum(own.map(({ value }) => value));
    const errors = sum(own.filter(isError).map(({ value }) => value));
    const [p50, p95] = latencies.map((points) =>
      weightedMean(
        points.filter(({ deployment }) => isSameName(name, deployment)),
        own,
      ),
    );
    const view: MetricsView = {
      minutes,
      requestsPerMinute: total / span.minutes,
      errorPercent: total === 0 ? 0 : (100 * errors) / total,
      ...(p50 !== undefined && { p50 }),
      ...(p95 !== undefined && { p95 }),
    };
    return [name, view] as const;
  });
  return Object.fromEntries(views);
}

/** What one series says of one minute. */
interface Point {
  readonly deployment: string | undefined;
  readonly statusCode: string | undefined;
  readonly modelStatusCode: string | undefined;
  /** Begin of the minute, milliseconds since 1970. */
  readonly start: number;
  readonly value: number;
}

interface Span {
  readonly from: number;
  /** As many as have passed since `from`. */
  readonly minutes: number;
}

function spanOf(answer: unknown, minutes: number): Span {
  const [begin = Number.NaN, end = Number.NaN] = (textIn(answer, "timespan") ?? "")
    .split("/")
    .map((at) => Date.parse(at));
  if (Number.isNaN(begin) || Number.isNaN(end))
    throw new Error("Azure Monitor does not say which minutes its answer is of");
  const from = Math.max(begin, Math.floor(end / MINUTE_MS) * MINUTE_MS - minutes * MINUTE_MS);
  return { from, minutes: Math.max((end - from) / MINUTE_MS, 1) };
}

/** The points of a metric that have a value. */
function pointsOf(answer: unknown, metric: string | undefined, { from }: Span): readonly Point[] {
  const found = listIn(answer, "value").find((each) => textIn(each, "name.value") === metric);
  return listIn(found, "timeseries").flatMap((series) => {
    const dimensions = new Map(
      listIn(series, "metadatavalues").map((each) => [
        textIn(each, "name.value")?.toLowerCase(),
        textIn(each, "value"),
      ]),
    );
    return listIn(series, "data").flatMap((point) => {
      const [start, value] = [Date.parse(textIn(point, "timeStamp") ?? ""), valueIn(point, "average")];
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
function isError({ statusCode, modelStatusCode }: Point): boolean {
  const [status, model] = [Number(statusCode), Number(modelStatusCode)];
  if (status === 424) return !(model >= 400 && model < 500);
  return !(status < 500) || status === 408 || status === 429 || status === 0;
}

/** The mean of the values of some minutes by the requests in them; all count the same where these are not known. */
function weightedMean(points: readonly Point[], requests: readonly Point[]): number | undefined {
  const weightOf = ({ start }: Point): number =>
    sum(requests.filter((each) => each.start === start).map(({ value }) => value));
  const known = points.map((point) => ({ value: point.value, weight: weightOf(point) }));
  const weighs = known.some(({ weight }) => weight > 0);
  const counted = known.map(({ value, weight }) => ({ value, weight: weighs ? weight : 1 }));
  const total = sum(counted.map(({ weight }) => weight));
  return total === 0 ? undefined : sum(counted.map(({ value, weight }) => value * weight)) / total;
}

function listIn(document: unknown, path: string): readonly unknown[] {
  const list = valueIn(document, path);
  return Array.isArray(list) ? list.filter(isMap) : [];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
