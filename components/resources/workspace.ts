import * as pulumi from "@pulumi/pulumi";
import { Component as ApplicationInsights } from "@pulumi/azure-native/applicationinsights/component";
import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { Workspace } from "@pulumi/azure-native/machinelearningservices/workspace";
import { getWorkspace } from "@pulumi/azure-native/machinelearningservices/getWorkspace";
import { Workspace as LogWorkspace } from "@pulumi/azure-native/operationalinsights/workspace";
import { getResourceGroup } from "@pulumi/azure-native/resources/getResourceGroup";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import type { WorkspaceArgs } from "../args";
import { lookup } from "./lookup";
import type { Scope, WorkspaceRef } from "./scope";

/** The workspace: looked up when it is adopted, else created with what Azure ML needs beside it. */
export function declareWorkspace(scope: Scope): WorkspaceRef {
  const { workspace } = scope.args;
  return workspace?.existingName === undefined
    ? createWorkspace(scope)
    : adoptWorkspace(scope, workspace, workspace.existingName);
}

function adoptWorkspace(
  { args, component, lookups }: Scope,
  workspace: WorkspaceArgs,
  name: pulumi.Input<string>,
): WorkspaceRef {
  const resourceGroupName = pulumi.output(workspace.existingResourceGroupName ?? args.resourceGroupName);
  const read = (group: string, workspaceName: string) =>
    lookup({
      path: "workspace.existingName",
      found: getWorkspace({ resourceGroupName: group, workspaceName }, { parent: component }),
      absent: `there is no workspace ${workspaceName} in ${group}; name one that exists, or leave it out to create one`,
    });
  const found = pulumi
    .all([resourceGroupName, name])
    .apply(([group, workspaceName]) => lookups.ask(read(group, workspaceName), undefined));
  return {
    resourceGroupName,
    name: pulumi.output(name),
    id: found.apply((it) => it?.id ?? ""),
    location: found.apply((it) => it?.location ?? ""),
    storageAccountId: found.apply((it) => it?.storageAccount ?? ""),
  };
}

function createWorkspace(scope: Scope): WorkspaceRef {
  const { name, args, placed, suffix } = scope;
  const resourceGroupName = pulumi.output(args.resourceGroupName);
  const common = { resourceGroupName, location: locationOf(scope), ...(args.tags && { tags: args.tags }) };
  const storage = declareStorage(scope, common);
  const vault = declareVault(scope, common);
  const insights = declareInsights(scope, common);
  const workspace = new Workspace(
    `${name}-workspace`,
    {
      ...common,
      workspaceName: args.workspace?.name ?? pulumi.interpolate`mlw-${suffix()}`,
      storageAccount: storage.id,
      keyVault: vault.id,
      applicationInsights: insights.id,
      identity: { type: "SystemAssigned" },
      sku: { name: "Basic", tier: "Basic" },
      publicNetworkAccess: args.publicNetworkAccess ?? "Enabled",
    },
    placed,
  );
  return {
    resourceGroupName,
    name: workspace.name,
    id: workspace.id,
    location: common.location,
    storageAccountId: storage.id,
  };
}

interface CommonArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly location: pulumi.Output<string>;
  readonly tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

function declareStorage({ name, placed, suffix }: Scope, common: CommonArgs): StorageAccount {
  return new StorageAccount(
    `${name}-storage`,
    {
      ...common,
      accountName: pulumi.interpolate`stmlflow${suffix()}`,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      allowBlobPublicAccess: false,
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
    },
    placed,
  );
}

function declareVault({ name, component, placed, lookups, suffix }: Scope, common: CommonArgs): Vault {
  return new Vault(
    `${name}-vault`,
    {
      ...common,
      vaultName: pulumi.interpolate`kv-mlflow-${suffix()}`,
      properties: {
        tenantId: lookups.ask(getClientConfig({ parent: component }), undefined).then((it) => it?.tenantId ?? ""),
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
      },
    },
    placed,
  );
}

/** Application Insights keeps its data in a log workspace; the kind without one is retired. */
function declareInsights({ name, placed, suffix }: Scope, common: CommonArgs): ApplicationInsights {
  const logs = new LogWorkspace(
    `${name}-logs`,
    {
      ...common,
      workspaceName: pulumi.interpolate`log-mlflow-${suffix()}`,
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
    },
    placed,
  );
  return new ApplicationInsights(
    `${name}-insights`,
    {
      ...common,
      resourceName: pulumi.interpolate`appi-mlflow-${suffix()}`,
      applicationType: "web",
      kind: "web",
      workspaceResourceId: logs.id,
    },
    placed,
  );
}

function locationOf({ args, component, lookups }: Scope): pulumi.Output<string> {
  if (args.location !== undefined) return pulumi.output(args.location);
  const read = (group: string) =>
    lookup({
      path: "resourceGroupName",
      found: getResourceGroup({ resourceGroupName: group }, { parent: component }),
      absent: `there is no resource group ${group}; create it, or name one that exists`,
    });
  return pulumi.output(args.resourceGroupName).apply((group) => lookups.ask(read(group), { location: "" })).location;
}
