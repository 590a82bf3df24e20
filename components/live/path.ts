import type * as pulumi from "@pulumi/pulumi";

/** Where an endpoint stands. */
export interface EndpointPath {
  readonly resourceGroupName: string;
  readonly workspaceName: string;
  readonly endpointName: string;
}

/** The path of an endpoint from its ARM id, whatever the case of the id's segments. */
export function parseEndpointId(id: string): EndpointPath {
  const parts = id.split("/");
  const after = (segment: string): string =>
    parts[parts.findIndex((part) => part.toLowerCase() === segment.toLowerCase()) + 1] ?? "";
  return {
    resourceGroupName: after("resourceGroups"),
    workspaceName: after("workspaces"),
    endpointName: after("onlineEndpoints"),
  };
}

/** The path of a declared endpoint, from its id: what it is, not what a changed program asks for. */
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
