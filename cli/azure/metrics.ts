import { isSameName } from "../../components/values/sameName";
import type { MetricsView } from "../view/rolloutView";
import {
  MINUTE_MS,
  P50,
  P95,
  REQUESTS,
  isError,
  sum,
  timespanOf,
  valuesOf,
  weightedMean,
} from "../../components/azure/metricValues";
import type { MetricAnswers } from "../../components/azure/metricValues";

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
  const requests = valuesOf(answers.requests, REQUESTS, span.from);
  const latencies = [P50, P95].map((metric) => valuesOf(answers.latency, metric, span.from));
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

interface Span {
  readonly from: number;
  /** As many as have passed since `from`. */
  readonly minutes: number;
}

function spanOf(answer: unknown, minutes: number): Span {
  const [begin, end] = timespanOf(answer);
  const from = Math.max(begin, Math.floor(end / MINUTE_MS) * MINUTE_MS - minutes * MINUTE_MS);
  return { from, minutes: Math.max((end - from) / MINUTE_MS, 1) };
}
