import { Workspace } from "@pulumi/azure-native/machinelearningservices/workspace";
import * as pulumi from "@pulumi/pulumi";
import type { RolloutHooks } from "../live/hooks";
import { identityOf } from "./identity";
import { declareInsights } from "./insights";
import { isIsolated, managedNetworkProperties } from "./managedNetwork";
import { placeOf } from "./place";
import { protection } from "./protection";
import { declareRegistry } from "./registry";
import type { Scope, WorkspaceRef } from "./scope";
import { declareStorage } from "./storage";
import { declareVault } from "./vault";

/** Azure takes half an hour and more to make a managed network. */
const WITH_NETWORK = { create: "90m", update: "90m", delete: "60m" };

/** A workspace with what Azure ML needs beside it. */
export function createWorkspace(scope: Scope, hooks: RolloutHooks): WorkspaceRef {
  const { name, args, placed, suffix } = scope;
  const given = args.workspace ?? {};
  const place = placeOf(scope);
  const storageAccountId = declareStorage(scope, place);
  const keyVault = declareVault(scope, place);
  const applicationInsights = declareInsights(scope, place);
  const containerRegistry = declareRegistry(scope, place);
  const { imageBuildCompute, primaryUserAssignedIdentityResourceId, systemDatastoresAuthMode } = given;
  const workspace = new Workspace(
    `${name}-workspace`,
    {
      ...place,
      workspaceName: given.name ?? pulumi.interpolate`mlw-${suffix()}`,
      storageAccount: storageAccountId,
      keyVault,
      applicationInsights,
      ...(containerRegistry && { containerRegistry }),
      ...(imageBuildCompute !== undefined && { imageBuildCompute }),
      identity: { ...identityOf(given.managedIdentities) },
      ...(primaryUserAssignedIdentityResourceId !== undefined && {
        primaryUserAssignedIdentity: primaryUserAssignedIdentityResourceId,
      }),
      sku: { name: "Basic", tier: "Basic" },
      publicNetworkAccess: given.publicNetworkAccess ?? args.publicNetworkAccess ?? "Enabled",
      ...(systemDatastoresAuthMode !== undefined && { systemDatastoresAuthMode }),
      ...managedNetworkProperties(given.managedNetwork),
    },
    {
      ...placed,
      ...protection(args),
      ...(isIsolated(given.managedNetwork) && { customTimeouts: WITH_NETWORK }),
      hooks: { ...placed.hooks, beforeUpdate: [hooks.beforeWorkspace], onError: [hooks.workspaceFailed] },
    },
  );
  return {
    resourceGroupName: place.resourceGroupName,
    name: workspace.name,
    id: workspace.id,
    location: place.location,
    storageAccountId,
  };
}
