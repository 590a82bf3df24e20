import { badRequest, resourceNotFound } from "../arm/errors";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { Resource } from "../arm/store";
import { ENDPOINT, ONLINE_DEPLOYMENT } from "../ml/endpoints/records";
import { DEPLOYMENT_METRICS, ENDPOINT_METRICS } from "./definitions";
import type { MetricDefinition } from "./definitions";
import { AGGREGATIONS, GRAINS, readMetricQuery } from "./query";
import type { MetricQuery, QueriedResource } from "./query";
import type { Minute, RequestMetrics } from "./records";
import { MetricQueryError, queryRefused } from "./refusals";
import type { MetricsServices } from "./services";
import { timeseriesOf } from "./timeseries";
import type { Timeseries } from "./timeseries";

const ENDPOINTS = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";

/** `{endpoint or deployment}/providers/Microsoft.Insights/metrics`. */
export function metrics(services: MetricsServices): ResourceHandler {
  return {
    isExtension: true,
    list: (request) => {
      const target = targetOf(services, request);
      try {
        const query = readMetricQuery(request.query, target, services.clock.now());
        const minutes = minutesOf(target, services.requestMetrics, query);
        return { status: 200, body: answer(services, target, minutes, query) };
      } catch (error) {
        if (error instanceof MetricQueryError) return queryRefused(error);
        throw error;
      }
    },
  };
}

/** `{endpoint or deployment}/providers/Microsoft.Insights/metricDefinitions`. */
export function metricDefinitions(services: MetricsServices): ResourceHandler {
  return {
    isExtension: true,
    list: (request) => {
      const target = targetOf(services, request);
      return { status: 200, body: { value: target.metrics.map((metric) => definition(target, metric)) } };
    },
  };
}

interface Target extends QueriedResource {
  readonly resource: Resource;
  readonly endpointId: string;
  /** For the metrics of a deployment. */
  readonly deployment: string | undefined;
}

/** The queried resource. */
function targetOf({ store }: MetricsServices, { id }: ArmRequest): Target {
  const resource = store.get(id.text);
  if (resource === undefined) throw resourceNotFound(id);
  if (resource.type === ENDPOINT) {
    return {
      resource,
      namespace: ENDPOINTS,
      metrics: ENDPOINT_METRICS,
      endpointId: resource.id,
      deployment: undefined,
    };
  }
  if (resource.type === ONLINE_DEPLOYMENT) {
    return {
      resource,
      namespace: `${ENDPOINTS}/deployments`,
      metrics: DEPLOYMENT_METRICS,
      endpointId: resource.id.split("/").slice(0, -2).join("/"),
      deployment: String(resource.document["name"]),
    };
  }
  throw badRequest("BadRequest", `${resource.type} is not a supported platform metric namespace`);
}

function minutesOf({ endpointId, deployment }: Target, recorded: RequestMetrics, query: MetricQuery): Minute[] {
  const minutes = recorded.read(endpointId, query.from, query.to);
  if (deployment === undefined) return [...minutes];
  return minutes.map(({ start, deployments }) => ({
    start,
    deployments: deployments.filter((minute) => minute.deployment?.toLowerCase() === deployment.toLowerCase()),
  }));
}

function answer({ clock }: MetricsServices, target: Target, minutes: readonly Minute[], query: MetricQuery): object {
  const { resource, namespace } = target;
  const instant = (at: number) => clock.iso(at).replace(/\.\d+Z$/, "Z");
  return {
    cost: query.metrics.length * Math.ceil((query.to - query.from) / 60_000),
    timespan: `${instant(query.from)}/${instant(query.to)}`,
    interval: query.interval,
    value: query.metrics.map((metric) => ({
      id: `${resource.id}/providers/Microsoft.Insights/metrics/${metric.name}`,
      type: "Microsoft.Insights/metrics",
      name: localizable(metric.name, metric.displayName),
      displayDescription: metric.description,
      unit: metric.unit,
      timeseries: timeseriesOf(metric, minutes, query).map((series) => seriesDocument(series, instant)),
      errorCode: "Success",
    })),
    namespace,
    resourceregion: resource.document["location"],
  };
}

function seriesDocument({ dimensions, points }: Timeseries, instant: (at: number) => string): object {
  return {
    metadatavalues: [...dimensions].map(([name, value]) => ({ name: localizable(name), value })),
    data: points.map(({ start, values }) => ({
      timeStamp: instant(start),
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value])),
    })),
  };
}

function definition({ resource, namespace }: Target, metric: MetricDefinition): object {
  return {
    id: `${resource.id}/providers/microsoft.insights/metricdefinitions/${metric.name}`,
    resourceId: resource.id,
    namespace,
    category: "Traffic",
    name: localizable(metric.name, metric.displayName),
    displayDescription: metric.description,
    isDimensionRequired: false,
    unit: metric.unit,
    primaryAggregationType: "Average",
    supportedAggregationTypes: AGGREGATIONS,
    metricAvailabilities: GRAINS.map((timeGrain) => ({ timeGrain, retention: "P1D" })),
    dimensions: metric.dimensions.map((name) => localizable(name)),
  };
}

function localizable(value: string, localizedValue = value): object {
  return { value, localizedValue };
}
