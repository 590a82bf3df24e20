/** Whose machines serve: Azure's, or those of a cluster that is attached to the workspace. */
export type EndpointKind = "Managed" | "Kubernetes";

/** Only an endpoint in a cluster has a compute, so that its presence decides. */
export function endpointKind({ compute }: { readonly compute?: unknown }): EndpointKind {
  return compute === undefined ? "Managed" : "Kubernetes";
}
