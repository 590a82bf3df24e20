import type * as pulumi from "@pulumi/pulumi";

/** The log tables of online endpoints. Source: Azure ML, "how-to-monitor-online-endpoints". */
export const LOG_CATEGORIES = [
  "AmlOnlineEndpointTrafficLog",
  "AmlOnlineEndpointConsoleLog",
  "AmlOnlineEndpointEventLog",
];

/** Where logs and metrics of the endpoint and all its deployments are sent; at least one destination. */
export interface DiagnosticSettingArgs {
  /**
   * ARM id of a Log Analytics workspace; each category gets its own table there.
   *
   * @default - nothing is sent there
   */
  readonly workspaceResourceId?: pulumi.Input<string>;
  /**
   * ARM id of a storage account.
   *
   * @default - nothing is sent there
   */
  readonly storageAccountResourceId?: pulumi.Input<string>;
  /**
   * ARM id of an authorization rule of an event hub namespace.
   *
   * @default - nothing is sent there
   */
  readonly eventHubAuthorizationRuleResourceId?: pulumi.Input<string>;
  /**
   * Name of the event hub in that namespace.
   *
   * @default - Azure creates one for each category
   */
  readonly eventHubName?: pulumi.Input<string>;
  /**
   * The logs that are sent, by the names of Azure Monitor.
   *
   * @default - traffic log, console log and event log
   */
  readonly logCategories?: string[];
  /**
   * The metrics that are sent, by the names of Azure Monitor.
   *
   * @default - `AllMetrics`
   */
  readonly metricCategories?: string[];
}

/** The thresholds of the alerts. */
export const DEFAULT_ALERTS = {
  maxServerErrorsPerMinute: 1,
  maxModelErrorsPerMinute: 1,
  maxLatencyP95Milliseconds: 1000,
  severity: 2,
};

/**
 * Metric alerts, each over the mean of 5 minutes and evaluated every minute. Each watches every deployment separately,
 * later ones included: a candidate with 1 % of the requests is not hidden by the others.
 */
export interface AlertsArgs {
  /**
   * ARM ids of the action groups that are notified.
   *
   * @default - nobody is notified; Azure Monitor shows the alerts
   */
  readonly actionGroupResourceIds?: pulumi.Input<string>[];
  /**
   * Answers 500 to 599 a minute that a deployment may give.
   *
   * @default 1
   */
  readonly maxServerErrorsPerMinute?: number;
  /**
   * Answers 424 a minute that a deployment may give: those of a model or a scoring script that failed.
   *
   * @default 1
   */
  readonly maxModelErrorsPerMinute?: number;
  /**
   * Milliseconds that 95 % of the requests of a deployment must stay below.
   *
   * @default 1000
   */
  readonly maxLatencyP95Milliseconds?: number;
  /**
   * 0, critical, to 4, verbose.
   *
   * @default 2
   */
  readonly severity?: number;
}
