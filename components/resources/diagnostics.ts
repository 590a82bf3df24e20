import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting";
import { LOG_CATEGORIES } from "../args/observability";
import type { DiagnosticSettingArgs } from "../args/observability";
import type { Scope } from "./scope";

/** Where logs and metrics go. Azure keeps such a setting of an endpoint that is gone, so that it is deleted before it. */
export function declareDiagnostics(
  { name, args, component }: Scope,
  endpoint: OnlineEndpoint,
): readonly DiagnosticSetting[] {
  return Object.entries(args.diagnosticSettings ?? {}).map(
    ([key, setting]) =>
      new DiagnosticSetting(
        `${name}-diagnostics-${key}`,
        { resourceUri: endpoint.id, name: key, ...sinks(setting), ...categories(setting) },
        { parent: component },
      ),
  );
}

function sinks(setting: DiagnosticSettingArgs) {
  const { workspaceResourceId, storageAccountResourceId, eventHubAuthorizationRuleResourceId, eventHubName } = setting;
  return {
    ...(workspaceResourceId !== undefined && {
      workspaceId: workspaceResourceId,
      logAnalyticsDestinationType: "Dedicated",
    }),
    ...(storageAccountResourceId !== undefined && { storageAccountId: storageAccountResourceId }),
    ...(eventHubAuthorizationRuleResourceId !== undefined && {
      eventHubAuthorizationRuleId: eventHubAuthorizationRuleResourceId,
    }),
    ...(eventHubName !== undefined && { eventHubName }),
  };
}

function categories({ logCategories = LOG_CATEGORIES, metricCategories = ["AllMetrics"] }: DiagnosticSettingArgs) {
  const enabled = (category: string) => ({ category, enabled: true });
  return { logs: logCategories.map(enabled), metrics: metricCategories.map(enabled) };
}
