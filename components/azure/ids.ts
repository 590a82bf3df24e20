import type * as pulumi from "@pulumi/pulumi";
import { isSameName } from "../values/sameName";

/** Where an endpoint is. */
export interface EndpointPath {
  readonly resourceGroupName: string;
  readonly workspaceName: string;
  readonly endpointName: string;
}

/** The path of an endpoint from its ARM id, whatever the case of the id's segments. */
export function parseEndpointId(id: string): EndpointPath {
  return {
    resourceGroupName: segmentOf(id, "resourceGroups"),
    workspaceName: segmentOf(id, "workspaces"),
    endpointName: segmentOf(id, "onlineEndpoints"),
  };
}

/** The name after a segment of an ARM id, whatever its case; empty when there is none. */
export function segmentOf(id: string, segment: string): string {
  const parts = id.split("/");
  return parts[parts.findIndex((part) => isSameName(part, segment)) + 1] ?? "";
}

/** The path of a declared endpoint, from its id: as it exists, whatever a changed program declares. */
export function endpointPath(endpoint: pulumi.CustomResource): {
  readonly [key in keyof EndpointPath]: pulumi.Output<string>;
} {
  const path = endpoint.id.apply(parseEndpointId);
  return {
    resourceGroupName: path.resourceGroupName,
    workspaceName: path.workspaceName,
    endpointName: path.endpointName,
  };
}

/** The ARM id of an endpoint. */
export function endpointIdOf(subscriptionId: string, path: EndpointPath): string {
  return `${workspaceIdOf(subscriptionId, path)}/onlineEndpoints/${path.endpointName}`;
}

/** The ARM id of a workspace. */
export function workspaceIdOf(
  subscriptionId: string,
  { resourceGroupName, workspaceName }: Omit<EndpointPath, "endpointName">,
): string {
  return (
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/` +
    `Microsoft.MachineLearningServices/workspaces/${workspaceName}`
  );
}
