/** Whether a workspace that exists is used, rather than one that is created. */
export function isAdopted(workspace: object | undefined): boolean {
  const { existingName, existingResourceId } = (workspace ?? {}) as Readonly<Record<string, unknown>>;
  return existingName !== undefined || existingResourceId !== undefined;
}

/** Whose machines serve: Azure's, or those of a cluster that is attached to the workspace. */
export type EndpointKind = "Managed" | "Kubernetes";

/** Only an endpoint in a cluster has a compute, so that its presence decides. */
export function endpointKind({ compute }: { readonly compute?: unknown }): EndpointKind {
  return compute === undefined ? "Managed" : "Kubernetes";
}

/** How callers of the endpoint authenticate. */
export type AuthMode = "AADToken" | "Key" | "AMLToken";

/** Source: Azure ML, "how-to-authenticate-online-endpoint": Kubernetes endpoints take no Entra tokens. */
export function authModeOf({
  authMode,
  compute,
}: {
  readonly authMode?: AuthMode;
  readonly compute?: unknown;
}): AuthMode {
  return authMode ?? (compute === undefined ? "AADToken" : "AMLToken");
}
