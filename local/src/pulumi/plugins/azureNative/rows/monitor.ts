import { GROUP } from "./resourceType";
import type { Rows } from "./resourceType";

const INSIGHTS = `${GROUP}/providers/Microsoft.Insights`;

export const MONITOR: Rows = {
  "applicationinsights:Component": {
    path: `${INSIGHTS}/components/{resourceName}`,
    apiVersion: "2020-02-02",
    nameArgument: "resourceName",
    envelope: ["location", "tags", "kind", "etag"],
    renamed: {
      appId: "AppId",
      applicationId: "ApplicationId",
      connectionString: "ConnectionString",
      creationDate: "CreationDate",
      hockeyAppToken: "HockeyAppToken",
      instrumentationKey: "InstrumentationKey",
      laMigrationDate: "LaMigrationDate",
      privateLinkScopedResources: "PrivateLinkScopedResources",
      tenantId: "TenantId",
      applicationType: "Application_Type",
      disableIpMasking: "DisableIpMasking",
      disableLocalAuth: "DisableLocalAuth",
      flowType: "Flow_Type",
      forceCustomerStorageForProfiler: "ForceCustomerStorageForProfiler",
      hockeyAppId: "HockeyAppId",
      immediatePurgeDataOn30Days: "ImmediatePurgeDataOn30Days",
      ingestionMode: "IngestionMode",
      requestSource: "Request_Source",
      retentionInDays: "RetentionInDays",
      samplingPercentage: "SamplingPercentage",
      workspaceResourceId: "WorkspaceResourceId",
    },
    hasLocation: true,
  },
  "operationalinsights:Workspace": {
    path: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}`,
    apiVersion: "2023-09-01",
    nameArgument: "workspaceName",
    envelope: ["location", "tags", "identity"],
    hasLocation: true,
  },
  "monitor:AutoscaleSetting": {
    path: `${INSIGHTS}/autoscaleSettings/{autoscaleSettingName}`,
    apiVersion: "2021-05-01-preview",
    nameArgument: "autoscaleSettingName",
    envelope: ["location", "tags"],
    // The setting has a name among its properties too, so the SDK cannot flatten what Azure answers.
    nestedOutputs: true,
    members: {
      profiles: {
        members: {
          rules: {
            members: {
              metricTrigger: {
                members: {
                  dimensions: { renamed: { dimensionName: "DimensionName", operator: "Operator", values: "Values" } },
                },
              },
            },
          },
        },
      },
    },
    hasLocation: true,
  },
  "monitor:DiagnosticSetting": {
    path: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    apiVersion: "2021-05-01-preview",
    nameArgument: "name",
    envelope: [],
  },
  "monitor:MetricAlert": {
    path: `${INSIGHTS}/metricAlerts/{ruleName}`,
    apiVersion: "2018-03-01",
    nameArgument: "ruleName",
    envelope: ["location", "tags"],
    members: { criteria: { renamed: { odataType: "odata.type" } } },
    hasLocation: true,
  },
  "monitor:ActionGroup": {
    path: `${INSIGHTS}/actionGroups/{actionGroupName}`,
    apiVersion: "2024-10-01-preview",
    nameArgument: "actionGroupName",
    envelope: ["location", "tags", "identity"],
    hasLocation: true,
  },
};
