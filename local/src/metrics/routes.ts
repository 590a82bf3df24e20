import type { Routes } from "../arm/routes";
import { metricDefinitions, metrics } from "./metricsResource";
import type { MetricsServices } from "./services";

export function metricsRoutes(services: MetricsServices): Routes {
  return {
    "Microsoft.Insights/metricDefinitions": metricDefinitions(services),
    "Microsoft.Insights/metrics": metrics(services),
  };
}
