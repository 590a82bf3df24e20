import { getWorkspace } from "@pulumi/azure-native/machinelearningservices/getWorkspace";
import type { GetWorkspaceResult } from "@pulumi/azure-native/machinelearningservices/getWorkspace";
import * as pulumi from "@pulumi/pulumi";
import { segmentOf } from "../live/path";
import { lookup } from "./lookup";
import { made } from "./made";
import type { Scope, WorkspaceRef } from "./scope";

/** Which workspace the arguments name. */
interface Named {
  readonly group: string;
  readonly workspaceName: string;
  /** Its whole id, when they give that. */
  readonly id: string | undefined;
}

/** A workspace that is used as it is. */
export function adoptWorkspace(scope: Scope): WorkspaceRef {
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
    return made(existingResourceId).apply((id) => ({
      group: segmentOf(id, "resourceGroups"),
      workspaceName: segmentOf(id, "workspaces"),
      id,
    }));
  }
  return pulumi
    .all([made(existingResourceGroupName ?? args.resourceGroupName), made(existingName ?? "")])
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
  // Nothing is known of it yet.
  if (workspace.id === undefined) return workspace;
  const [own, asked] = [workspace.id, id].map((each) => segmentOf(each, "subscriptions").toLowerCase());
  if (own === asked) return workspace;
  throw new Error(`it is in subscription ${asked}, the provider in ${own}; give the component a provider for ${asked}`);
}
