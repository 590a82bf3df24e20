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
