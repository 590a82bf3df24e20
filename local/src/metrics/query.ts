import type { MetricDefinition } from "./definitions";
import { FilterError, MetricQueryError } from "./refusals";

/** A request for metrics, checked. */
export interface MetricQuery {
  readonly metrics: readonly MetricDefinition[];
  /** Milliseconds since 1970; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** As given, such as `PT1M` or `FULL`. */
  readonly interval: string;
  readonly intervalMs: number;
  readonly aggregations: readonly Aggregation[];
  readonly conditions: readonly Condition[];
  /** Series at most for each metric. */
  readonly top: number;
}

export const AGGREGATIONS = ["Average", "Minimum", "Maximum", "Total", "Count"] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

const MINUTE_MS = 60_000;
/** Minutes by name. */
const INTERVALS = { PT1M: 1, PT5M: 5, PT15M: 15, PT30M: 30, PT1H: 60, PT6H: 360, PT12H: 720, P1D: 1440 } as const;
export const GRAINS = Object.keys(INTERVALS);
const DEFAULT_TOP = 10;
/** A month of minutes; our own limit. */
const MAX_POINTS = 44_640;
const PARAMETERS =
  "api-version metricnames metricnamespace timespan interval aggregation $filter top validatedimensions";
const HANDLED: ReadonlySet<string> = new Set(PARAMETERS.split(" "));

export interface QueriedResource {
  /** Such as `Microsoft.MachineLearningServices/workspaces/onlineEndpoints`. */
  readonly namespace: string;
  readonly metrics: readonly MetricDefinition[];
}

/**
 * Reads the parameters of `GET .../providers/Microsoft.Insights/metrics`.
 *
 * @throws MetricQueryError in the words of Azure Monitor where they are known
 */
export function readMetricQuery(query: URLSearchParams, resource: QueriedResource, now: number): MetricQuery {
  const parameters = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const foreign = [...parameters.keys()].filter((name) => !HANDLED.has(name));
  if (foreign.length > 0) throw new MetricQueryError(`The parameters ${foreign.join(", ")} are not emulated.`);
  const namespace = parameters.get("metricnamespace") ?? resource.namespace;
  if (!sameName(namespace, resource.namespace))
    throw new MetricQueryError(`metricnamespace must be '${resource.namespace}'; got '${namespace}'.`);
  const metrics = readNames(parameters.get("metricnames"), resource);
  const span = readTimespan(parameters.get("timespan"), now);
  const interval = parameters.get("interval") ?? "PT1M";
  const intervalMs = interval === "FULL" ? Math.max(span.to - span.from, 1) : readInterval(interval);
  if ((span.to - span.from) / intervalMs > MAX_POINTS)
    throw new MetricQueryError(`The timespan has more than ${MAX_POINTS} intervals; use a longer interval.`);
  return {
    metrics,
    from: interval === "FULL" ? span.from : Math.floor(span.from / intervalMs) * intervalMs,
    to: span.to,
    interval,
    intervalMs,
    aggregations: readAggregations(parameters.get("aggregation")),
    conditions: readConditions(parameters, metrics),
    top: readTop(parameters.get("top")),
  };
}

function readNames(names: string | undefined, { namespace, metrics }: QueriedResource): readonly MetricDefinition[] {
  if (names === undefined) return metrics.slice(0, 1);
  return names.split(",").map((name) => {
    const metric = metrics.find((known) => known.name.toLowerCase() === name.trim().toLowerCase());
    if (metric !== undefined) return metric;
    const [provider = "", ...type] = namespace.split("/");
    const valid = metrics.map((known) => known.name).join(",");
    throw new MetricQueryError(
      `Failed to find metric configuration for provider: ${provider}, resource Type: ${type.join("/")}, metric: ${name}, Valid metrics: ${valid}`,
    );
  });
}

/** The last hour unless a span is given. */
function readTimespan(text: string | undefined, now: number): { readonly from: number; readonly to: number } {
  if (text === undefined) return { from: now - 60 * MINUTE_MS, to: now };
  const [from = Number.NaN, to = Number.NaN, more] = text.split("/").map((part) => Date.parse(part));
  if (Number.isNaN(from) || Number.isNaN(to) || more !== undefined || from > to)
    throw new MetricQueryError(`timespan must be 'start/end' in ISO 8601, start before end; got '${text}'.`);
  return { from: Math.floor(from / MINUTE_MS) * MINUTE_MS, to };
}

function readInterval(text: string): number {
  const minutes = INTERVALS[text.toUpperCase() as keyof typeof INTERVALS];
  if (minutes !== undefined) return minutes * MINUTE_MS;
  throw new MetricQueryError(
    `Detected invalid time grain input: ${text}, supported ones are: ${GRAINS.join(",")},FULL`,
  );
}

function readAggregations(text: string | undefined): readonly Aggregation[] {
  return (text ?? "Average").split(",").map((name) => {
    const known = AGGREGATIONS.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (known !== undefined) return known;
    throw new MetricQueryError(`aggregation must be of ${AGGREGATIONS.join(", ")}; got '${name}'.`);
  });
}

function readTop(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TOP;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new MetricQueryError(`top must be a whole number above 0; got '${text}'.`);
}

function readConditions(parameters: ReadonlyMap<string, string>, metrics: readonly MetricDefinition[]): Condition[] {
  const conditions = parseOrRefuse(parameters.get("$filter") ?? "");
  const validates = parameters.get("validatedimensions")?.toLowerCase() !== "false";
  return conditions.filter(({ dimension }) => {
    const lacking = metrics.find(({ dimensions }) => !dimensions.some((name) => sameName(name, dimension)));
    if (lacking !== undefined && validates) {
      throw new MetricQueryError(
        `Metric: ${lacking.name} does not support requested dimension combination: ${dimension.toLowerCase()}, supported ones are: ${lacking.dimensions.join(",")}`,
      );
    }
    return lacking === undefined;
  });
}

function parseOrRefuse(text: string): readonly Condition[] {
  if (text.trim() === "") return [];
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterError) throw new MetricQueryError(`Invalid $filter: ${error.message}.`);
    throw error;
  }
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** A condition on one dimension of a metric; `*` means every value. */
export interface Condition {
  /** As it was written. */
  readonly dimension: string;
  readonly operator: "eq" | "ne";
  readonly values: readonly string[];
}

const TERM = /^\(?\s*(.+?)\s+(eq|ne)\s+'((?:[^']|'')*)'\s*\)?$/i;

/**
 * Reads a `$filter` such as `deployment eq 'blue' and statusCode eq '200' or statusCode eq '424'`: clauses joined by
 * `and`, values of one dimension by `or`.
 *
 * @throws FilterError with what is wrong
 */
export function parseFilter(text: string): readonly Condition[] {
  return splitOutsideQuotes(text, "and").map((clause) => {
    const terms = splitOutsideQuotes(clause.trim(), "or").map((term) => parseTerm(term.trim()));
    const [first, ...others] = terms;
    if (first === undefined) throw new FilterError(`'${clause}' is not a condition`);
    if (others.some(({ dimension, operator }) => dimension !== first.dimension || operator !== first.operator)) {
      throw new FilterError(`'or' can only join conditions on one dimension with one operator, got '${clause.trim()}'`);
    }
    return { ...first, values: terms.flatMap(({ values }) => values) };
  });
}

/** Whether a slice with these values by lower-case dimension is asked for. */
export function matchesConditions(conditions: readonly Condition[], values: ReadonlyMap<string, string>): boolean {
  return conditions.every(({ dimension, operator, values: given }) => {
    const value = values.get(dimension.toLowerCase());
    // Clients send '*' to split by a dimension without filtering.
    const listed = given.some((one) => one === "*" || one.toLowerCase() === value?.toLowerCase());
    return operator === "eq" ? listed : !listed;
  });
}

function parseTerm(text: string): Condition {
  const [, dimension, operator, value] = TERM.exec(text) ?? [];
  if (dimension === undefined || value === undefined) {
    throw new FilterError(`'${text}' is not of the form <dimension> eq '<value>' or <dimension> ne '<value>'`);
  }
  return { dimension, operator: operator?.toLowerCase() === "ne" ? "ne" : "eq", values: [value.replaceAll("''", "'")] };
}

function splitOutsideQuotes(text: string, word: "and" | "or"): readonly string[] {
  // Outside of quotes, an even number of quotes follows.
  return text.split(new RegExp(String.raw`\s${word}\s(?=(?:[^']*'[^']*')*[^']*$)`, "i"));
}
