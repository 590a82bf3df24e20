/** How callers of the endpoint prove who they are. */
export const EndpointAuthMode = {
  /** Entra tokens for `https://ml.azure.com`; nothing to rotate, access by role assignment. */
  AADToken: "AADToken",
  /** Two keys that never expire. */
  Key: "Key",
  /** Short-lived tokens of the workspace. */
  AMLToken: "AMLToken",
} as const;
export type EndpointAuthMode = (typeof EndpointAuthMode)[keyof typeof EndpointAuthMode];

/** Whether an endpoint answers from the public internet. */
export const PublicNetworkAccess = { Enabled: "Enabled", Disabled: "Disabled" } as const;
export type PublicNetworkAccess = (typeof PublicNetworkAccess)[keyof typeof PublicNetworkAccess];
