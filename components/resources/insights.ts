import { Component as ApplicationInsights } from "@pulumi/azure-native/applicationinsights/component";
import { Workspace as LogWorkspace } from "@pulumi/azure-native/operationalinsights/workspace";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";
import { protection } from "./protection";
import type { Scope } from "./scope";

/** Application Insights keeps its data in a log workspace; the kind without one is retired. */
export function declareInsights({ name, args, placed, suffix }: Scope, place: Place): pulumi.Output<string> {
  const given = args.workspace?.associatedApplicationInsightsResourceId;
  if (given !== undefined) return pulumi.output(given);
  const logs = new LogWorkspace(
    `${name}-logs`,
    {
      ...place,
      workspaceName: pulumi.interpolate`log-mlflow-${suffix()}`,
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
    },
    { ...placed, ...protection(args) },
  );
  const insights = new ApplicationInsights(
    `${name}-insights`,
    {
      ...place,
      resourceName: pulumi.interpolate`appi-mlflow-${suffix()}`,
      applicationType: "web",
      kind: "web",
      workspaceResourceId: logs.id,
    },
    { ...placed, ...protection(args) },
  );
  return insights.id;
}
