import type { Routes } from "../arm/resourceHandler";
import { metricDefinitions, metrics } from "./handlers";
import type { MetricsServices } from "./services";

export function metricsRoutes(services: MetricsServices): Routes {
  return {
    "Microsoft.Insights/metricDefinitions": metricDefinitions(services),
    "Microsoft.Insights/metrics": metrics(services),
  };
}
