import type { RolloutHooks } from "../hooks/createHooks";
import { isAdopted } from "../settings/kinds";
import { declarePrivateEndpoints } from "./privateEndpoints";
import type { Scope, WorkspaceRef } from "../scope/scope";
import * as pulumi from "@pulumi/pulumi";
import { identityOf } from "../settings/identity";
import { declareInsights, declareRegistry, declareStorage, declareVault } from "./workspaceParts";
import { isIsolated, managedNetworkProperties } from "./managedNetwork";
import { protection } from "../scope/scope";
import { getWorkspace } from "@pulumi/azure-native/machinelearningservices/getWorkspace";
import type { GetWorkspaceResult } from "@pulumi/azure-native/machinelearningservices/getWorkspace";
import { segmentOf } from "../azure/ids";
import { lookup, onceCreated } from "../azure/lookups";
import { placeOf } from "../scope/place";
import { optional } from "./optionalTypes";

/** The workspace: looked up when it is adopted, else created; with its private endpoints. */
export function declareWorkspace(scope: Scope, hooks: RolloutHooks): WorkspaceRef {
  const workspace = isAdopted(scope.args.workspace) ? adoptWorkspace(scope) : createWorkspace(scope, hooks);
  declarePrivateEndpoints(scope, workspace);
  return workspace;
}

/** Azure takes half an hour or more to create a managed network. */
const WITH_NETWORK = { create: "90m", update: "90m", delete: "60m" };

/** A workspace and the resources that it needs. */
function createWorkspace(scope: Scope, hooks: RolloutHooks): WorkspaceRef {
  const { name, args, placed, suffix } = scope;
  const given = args.workspace ?? {};
  const place = placeOf(scope);
  const storageAccountId = declareStorage(scope, place);
  const keyVault = declareVault(scope, place);
  const applicationInsights = declareInsights(scope, place);
  const containerRegistry = declareRegistry(scope, place);
  const { imageBuildCompute, primaryUserAssignedIdentityResourceId, systemDatastoresAuthMode } = given;
  const workspace = new optional.Workspace(
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

/** Which workspace the arguments name. */
interface Named {
  readonly group: string;
  readonly workspaceName: string;
  /** Its whole id, if given. */
  readonly id: string | undefined;
}

/** An adopted workspace, used as it is. */
function adoptWorkspace(scope: Scope): WorkspaceRef {
  const { component, lookups } = scope;
  const named = namedWorkspace(scope);
  const found = lookups.expect(named.apply((it) => lookups.ask(readWorkspace(it, component), undefined)));
  return {
    resourceGroupName: named.apply(({ group }) => group),
    name: named.apply(({ workspaceName }) => workspaceName),
    id: found.apply((it) => it?.id ?? ""),
    location: found.apply((it) => it?.location ?? ""),
    storageAccountId: found.apply((it) => it?.storageAccount ?? ""),
  };
}

function namedWorkspace({ args }: Scope): pulumi.Output<Named> {
  const { existingName, existingResourceGroupName, existingResourceId } = args.workspace ?? {};
  if (existingResourceId !== undefined) {
    return onceCreated(existingResourceId).apply((id) => ({
      group: segmentOf(id, "resourceGroups"),
      workspaceName: segmentOf(id, "workspaces"),
      id,
    }));
  }
  return pulumi
    .all([onceCreated(existingResourceGroupName ?? args.resourceGroupName), onceCreated(existingName ?? "")])
    .apply(([group, workspaceName]) => ({ group, workspaceName, id: undefined }));
}

function readWorkspace(
  { group, workspaceName, id }: Named,
  component: pulumi.ComponentResource,
): Promise<GetWorkspaceResult> {
  const found = getWorkspace({ resourceGroupName: group, workspaceName }, { parent: component });
  return lookup({
    path: id === undefined ? "workspace.existingName" : "workspace.existingResourceId",
    key: "id",
    found: id === undefined ? found : found.then((workspace) => requireSubscription(workspace, id)),
    absent: `there is no workspace ${workspaceName} in ${group}; name one that exists, or leave it out to create one`,
  });
}

/** The provider reads in its own subscription, whatever the id says. */
function requireSubscription(workspace: GetWorkspaceResult, id: string): GetWorkspaceResult {
  // Nothing is known about it yet.
  if (workspace.id === undefined) return workspace;
  const [own, asked] = [workspace.id, id].map((each) => segmentOf(each, "subscriptions").toLowerCase());
  if (own === asked) return workspace;
  throw new Error(`it is in subscription ${asked}, the provider in ${own}; give the component a provider for ${asked}`);
}
