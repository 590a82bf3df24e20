import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../scope/scope";
import { protection } from "../scope/scope";
import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig";
import { lookup } from "../azure/lookups";
import { isIsolated } from "./managedNetwork";
import type { Place } from "../scope/place";
import { optional } from "./optionalTypes";

/** The storage account of a created workspace. */
export function declareStorage({ name, args, placed, suffix }: Scope, place: Place): pulumi.Output<string> {
  const given = args.workspace?.associatedStorageAccountResourceId;
  if (given !== undefined) return pulumi.output(given);
  const account = new optional.StorageAccount(
    `${name}-storage`,
    {
      ...place,
      accountName: pulumi.interpolate`stmlflow${suffix()}`,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      allowBlobPublicAccess: false,
      ...(args.workspace?.systemDatastoresAuthMode === "Identity" && { allowSharedKeyAccess: false }),
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
      ...(args.hardened === true && {
        publicNetworkAccess: "Disabled",
        // Azure ML gets in as a trusted service.
        networkRuleSet: { bypass: "AzureServices", defaultAction: "Deny" },
      }),
    },
    { ...placed, ...protection(args) },
  );
  return account.id;
}

/** The key vault of a created workspace. */
export function declareVault(
  { name, args, component, placed, lookups, suffix }: Scope,
  place: Place,
): pulumi.Output<string> {
  const given = args.workspace?.associatedKeyVaultResourceId;
  if (given !== undefined) return pulumi.output(given);
  const vault = new optional.Vault(
    `${name}-vault`,
    {
      ...place,
      vaultName: pulumi.interpolate`kv-mlflow-${suffix()}`,
      properties: {
        tenantId: lookups
          .expect(pulumi.output(lookups.ask(readClient(component), undefined)))
          .apply((it) => it?.tenantId ?? ""),
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        ...(args.hardened === true && {
          enablePurgeProtection: true,
          publicNetworkAccess: "Disabled",
          networkAcls: { bypass: "AzureServices", defaultAction: "Deny" },
        }),
      },
    },
    { ...placed, ...protection(args) },
  );
  return vault.id;
}

function readClient(component: pulumi.ComponentResource) {
  const found = getClientConfig({ parent: component });
  return lookup({ path: "workspace", found, key: "tenantId", absent: "the provider's tenant cannot be found" });
}

/** Application Insights keeps its data in a log workspace; the kind without one has been retired. */
export function declareInsights({ name, args, placed, suffix }: Scope, place: Place): pulumi.Output<string> {
  const given = args.workspace?.associatedApplicationInsightsResourceId;
  if (given !== undefined) return pulumi.output(given);
  const logs = new optional.LogWorkspace(
    `${name}-logs`,
    {
      ...place,
      workspaceName: pulumi.interpolate`log-mlflow-${suffix()}`,
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
    },
    { ...placed, ...protection(args) },
  );
  const insights = new optional.ApplicationInsights(
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

/** The container registry of a created workspace; undefined when Azure makes one by itself. */
export function declareRegistry(
  { name, args, placed, suffix }: Scope,
  place: Place,
): pulumi.Output<string> | undefined {
  const { workspace, hardened } = args;
  const given = workspace?.associatedContainerRegistryResourceId;
  if (given !== undefined) return pulumi.output(given);
  if (workspace?.createContainerRegistry !== true) return undefined;
  const registry = new optional.Registry(
    `${name}-registry`,
    {
      ...place,
      registryName: pulumi.interpolate`crmlflow${suffix()}`,
      // Only Premium has the private endpoints that a managed network needs.
      sku: { name: isIsolated(workspace.managedNetwork) ? "Premium" : "Basic" },
      adminUserEnabled: false,
      ...(hardened === true && { publicNetworkAccess: "Disabled" }),
    },
    { ...placed, ...protection(args) },
  );
  return registry.id;
}
