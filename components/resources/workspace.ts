import * as pulumi from "@pulumi/pulumi";
import { Component as ApplicationInsights } from "@pulumi/azure-native/applicationinsights/component";
import { getClientConfigOutput } from "@pulumi/azure-native/authorization/getClientConfig";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { Workspace } from "@pulumi/azure-native/machinelearningservices/workspace";
import { getWorkspaceOutput } from "@pulumi/azure-native/machinelearningservices/getWorkspace";
import { Workspace as LogWorkspace } from "@pulumi/azure-native/operationalinsights/workspace";
import { getResourceGroupOutput } from "@pulumi/azure-native/resources/getResourceGroup";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import type { WorkspaceArgs } from "../args";
import type { Scope, WorkspaceRef } from "./scope";

/** The workspace: looked up when it is adopted, else created with what Azure ML needs beside it. */
export function declareWorkspace(scope: Scope): WorkspaceRef {
  const { workspace } = scope.args;
  return workspace?.existingName === undefined
    ? createWorkspace(scope)
    : adoptWorkspace(scope, workspace, workspace.existingName);
}

function adoptWorkspace(
  { args, component }: Scope,
  workspace: WorkspaceArgs,
  name: pulumi.Input<string>,
): WorkspaceRef {
  const resourceGroupName = pulumi.output(workspace.existingResourceGroupName ?? args.resourceGroupName);
  const found = getWorkspaceOutput({ resourceGroupName, workspaceName: name }, { parent: component });
  return {
    resourceGroupName,
    name: pulumi.output(name),
    id: found.id,
    location: found.apply(({ location }) => location ?? ""),
    storageAccountId: found.apply(({ storageAccount }) => storageAccount ?? ""),
  };
}

function createWorkspace(scope: Scope): WorkspaceRef {
  const { name, args, component, suffix } = scope;
  const options = { parent: component };
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
    options,
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

function declareStorage({ name, component, suffix }: Scope, common: CommonArgs): StorageAccount {
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
    { parent: component },
  );
}

function declareVault({ name, component, suffix }: Scope, common: CommonArgs): Vault {
  return new Vault(
    `${name}-vault`,
    {
      ...common,
      vaultName: pulumi.interpolate`kv-mlflow-${suffix()}`,
      properties: {
        tenantId: getClientConfigOutput({ parent: component }).tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
      },
    },
    { parent: component },
  );
}

/** Application Insights keeps its data in a log workspace; the kind without one is retired. */
function declareInsights({ name, component, suffix }: Scope, common: CommonArgs): ApplicationInsights {
  const logs = new LogWorkspace(
    `${name}-logs`,
    {
      ...common,
      workspaceName: pulumi.interpolate`log-mlflow-${suffix()}`,
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
    },
    { parent: component },
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
    { parent: component },
  );
}

function locationOf({ args, component }: Scope): pulumi.Output<string> {
  if (args.location !== undefined) return pulumi.output(args.location);
  return getResourceGroupOutput({ resourceGroupName: args.resourceGroupName }, { parent: component }).location;
}
