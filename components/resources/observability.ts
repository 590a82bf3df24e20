import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import type { MetricAlert } from "@pulumi/azure-native/monitor/metricAlert";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_ALERTS, LOG_CATEGORIES } from "../args/observability";
import type { AlertsArgs, DiagnosticSettingArgs } from "../args/observability";
import { endpointPath } from "../azure/ids";
import type { Scope } from "../scope/scope";
import type { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting";
import { optional } from "./optionalTypes";

/** What an alert watches. Source: Azure Monitor, supported metrics of `workspaces/onlineEndpoints`. */
interface Watched {
  /** Suffix of the alert's name. */
  readonly name: string;
  readonly description: string;
  readonly metricName: string;
  readonly threshold: number;
  /** One value of one dimension, besides the deployment. */
  readonly only?: readonly [dimension: string, value: string];
}

/** The metric alerts on the endpoint. No step writes them: they watch all deployments. */
export function declareAlerts(scope: Scope, endpoint: OnlineEndpoint): readonly MetricAlert[] {
  const { alerts } = scope.args;
  if (alerts === undefined) return [];
  return watched({ ...DEFAULT_ALERTS, ...alerts }).map((each) => declareAlert(scope, endpoint, alerts, each));
}

function watched(limits: Required<Omit<AlertsArgs, "actionGroupResourceIds">>): readonly Watched[] {
  return [
    {
      name: "server-errors",
      description: "A deployment answers 5xx",
      metricName: "RequestsPerMinute",
      threshold: limits.maxServerErrorsPerMinute,
      only: ["statusCodeClass", "5xx"],
    },
    {
      name: "model-errors",
      description: "The model of a deployment fails: it answers 424",
      metricName: "RequestsPerMinute",
      threshold: limits.maxModelErrorsPerMinute,
      only: ["statusCode", "424"],
    },
    {
      name: "latency",
      description: "A deployment is slow: the 95th percentile of its latency",
      metricName: "RequestLatency_P95",
      threshold: limits.maxLatencyP95Milliseconds,
    },
  ];
}

function declareAlert(
  { name, args: { tags }, component }: Scope,
  endpoint: OnlineEndpoint,
  { actionGroupResourceIds = [], severity = DEFAULT_ALERTS.severity }: AlertsArgs,
  { name: what, description, metricName, threshold, only }: Watched,
): MetricAlert {
  const { resourceGroupName, endpointName } = endpointPath(endpoint);
  const dimension = (key: string, value: string) => ({ name: key, operator: "Include", values: [value] });
  return new optional.MetricAlert(
    `${name}-alert-${what}`,
    {
      resourceGroupName,
      ruleName: pulumi.interpolate`${endpointName}-${what}`,
      location: "global",
      ...(tags && { tags }),
      description,
      severity,
      enabled: true,
      scopes: [endpoint.id],
      evaluationFrequency: "PT1M",
      windowSize: "PT5M",
      criteria: {
        odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          {
            name: what,
            criterionType: "StaticThresholdCriterion",
            metricNamespace: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            metricName,
            timeAggregation: "Average",
            operator: "GreaterThan",
            threshold,
            // The star makes one time series per deployment.
            dimensions: [dimension("deployment", "*"), ...(only ? [dimension(...only)] : [])],
          },
        ],
      },
      actions: actionGroupResourceIds.map((actionGroupId) => ({ actionGroupId })),
    },
    { parent: component },
  );
}

/** Where logs and metrics go. Azure keeps the setting of a deleted endpoint, so it is deleted first. */
export function declareDiagnostics(
  { name, args, component }: Scope,
  endpoint: OnlineEndpoint,
): readonly DiagnosticSetting[] {
  return Object.entries(args.diagnosticSettings ?? {}).map(
    ([key, setting]) =>
      new optional.DiagnosticSetting(
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
