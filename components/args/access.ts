import type * as pulumi from "@pulumi/pulumi";

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

/** The identity of a resource in Entra. */
export interface ManagedIdentitiesArgs {
  /**
   * Whether it has an identity of its own, created and deleted with it.
   *
   * @default true
   */
  readonly systemAssigned?: boolean;
  /**
   * ARM ids of the user-assigned identities that it may act as; granting them roles is up to the program.
   *
   * @default - none
   */
  readonly userAssignedResourceIds?: pulumi.Input<string>[];
}

/** The keys of an endpoint; both are valid at any time. */
export const KeyType = { Primary: "Primary", Secondary: "Secondary" } as const;
export type KeyType = (typeof KeyType)[keyof typeof KeyType];

/** A key vault secret that holds a key of the endpoint and follows its rotation with each `pulumi up`. */
export interface KeySecretArgs {
  /** ARM id of the key vault; in the subscription of the provider. */
  readonly keyVaultResourceId: pulumi.Input<string>;
  /**
   * Name of the secret: 1 to 127 letters, digits and dashes.
   *
   * @default - the endpoint's name and `-key`
   */
  readonly secretName?: pulumi.Input<string>;
  /**
   * Which key it holds. To rotate without a refused request, renew the other key and change this.
   *
   * @default Primary
   */
  readonly keyType?: KeyType;
}

/** The kind of a principal in Entra. */
export const PrincipalType = {
  User: "User",
  Group: "Group",
  /** An application or a managed identity. */
  ServicePrincipal: "ServicePrincipal",
} as const;
export type PrincipalType = (typeof PrincipalType)[keyof typeof PrincipalType];

/** Built-in roles that can be given by name. Source: Azure RBAC, "Azure built-in roles". */
export const BUILT_IN_ROLES = {
  "AzureML Data Scientist": "f6c7c914-8db3-469d-8ca1-694a8f32e121",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
};

/** A role on the endpoint. With `authMode` AADToken, callers need one that may score. */
export interface RoleAssignmentArgs {
  /** Object id of the principal in Entra. */
  readonly principalId: pulumi.Input<string>;
  /**
   * Needed for a managed identity or an application that was just created: Azure may not find it yet.
   *
   * @default - Azure looks it up
   */
  readonly principalType?: PrincipalType;
  /**
   * One of `AzureML Data Scientist`, `Contributor`, `Owner` and `Reader`, or the GUID or ARM id of any other role.
   *
   * @default AzureML Data Scientist, which may score and also change the endpoint; see docs/access.md for a smaller one
   */
  readonly roleDefinitionIdOrName?: pulumi.Input<string>;
  /**
   * What the assignment is for, shown in the portal.
   *
   * @default - none
   */
  readonly description?: pulumi.Input<string>;
}

/**
 * Grants a user-assigned identity of the endpoint what it needs before its first deployment: to read models in the
 * workspace's storage account and to pull images. Source: Azure ML,
 * "how-to-access-resources-from-endpoints-managed-identities".
 */
export interface IdentityRolesArgs {
  /** Principal id of the identity. */
  readonly principalId: pulumi.Input<string>;
  /**
   * ARM id of the workspace's container registry.
   *
   * @default - the identity may pull images already
   */
  readonly containerRegistryResourceId?: pulumi.Input<string>;
}
