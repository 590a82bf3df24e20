import { genericResource } from "../arm/generic";
import type { Routes } from "../arm/resourceHandler";
import { activityEvents } from "./activityLog";
import { ACTION_GROUPS, METRIC_ALERTS, autoscaleSettings, diagnosticSettings, insightsComponents } from "./handlers";
import type { MonitorServices } from "./services";

export function monitorRoutes(services: MonitorServices): Routes {
  return {
    "Microsoft.Insights/diagnosticSettings": diagnosticSettings(services),
    ...activityEvents(services.activityLog),
    "Microsoft.Insights/autoscaleSettings": genericResource(services, autoscaleSettings(services)),
    "Microsoft.Insights/components": genericResource(services, insightsComponents(services)),
    "Microsoft.Insights/actionGroups": genericResource(services, ACTION_GROUPS),
    "Microsoft.Insights/metricAlerts": genericResource(services, METRIC_ALERTS),
  };
}
