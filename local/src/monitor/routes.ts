import { genericResource } from "../arm/generic";
import type { Routes } from "../arm/routes";
import { activityEvents } from "./activityLog";
import { autoscaleSettings } from "./autoscaleSettings";
import { diagnosticSettings } from "./diagnosticSettings";
import { logWorkspaces } from "./logWorkspaces";
import { ACTION_GROUPS, METRIC_ALERTS, insightsComponents } from "./monitorTypes";
import type { MonitorServices } from "./services";

export function monitorRoutes(services: MonitorServices): Routes {
  return {
    "Microsoft.OperationalInsights/workspaces": logWorkspaces(services),
    "Microsoft.Insights/diagnosticSettings": diagnosticSettings(services),
    ...activityEvents(services.activityLog),
    "Microsoft.Insights/autoscaleSettings": genericResource(services, autoscaleSettings(services)),
    "Microsoft.Insights/components": genericResource(services, insightsComponents(services)),
    "Microsoft.Insights/actionGroups": genericResource(services, ACTION_GROUPS),
    "Microsoft.Insights/metricAlerts": genericResource(services, METRIC_ALERTS),
  };
}
