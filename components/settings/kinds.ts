/** Whether an existing workspace is used instead of a new one. */
export function isAdopted(workspace: object | undefined): boolean {
  const { existingName, existingResourceId } = (workspace ?? {}) as Readonly<Record<string, unknown>>;
  return existingName !== undefined || existingResourceId !== undefined;
}

/** Whose machines serve: Azure's, or an attached cluster's. */
export type EndpointKind = "Managed" | "Kubernetes";

/** Only an endpoint in a cluster has a compute, so its presence decides. */
export function endpointKind({ compute }: { readonly compute?: unknown }): EndpointKind {
  return compute === undefined ? "Managed" : "Kubernetes";
}

/** How callers of the endpoint authenticate. */
export type AuthMode = "AADToken" | "Key" | "AMLToken";

/** Source: Azure ML, "how-to-authenticate-online-endpoint": Kubernetes endpoints accept no Entra tokens. */
export function authModeOf({
  authMode,
  compute,
}: {
  readonly authMode?: AuthMode;
  readonly compute?: unknown;
}): AuthMode {
  return authMode ?? (compute === undefined ? "AADToken" : "AMLToken");
}
