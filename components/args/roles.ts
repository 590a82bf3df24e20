import type * as pulumi from "@pulumi/pulumi";

/** What a principal is in Entra. */
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
   * Needed for a managed identity or an application that was made a moment ago, which Azure may not find yet.
   *
   * @default - Azure looks it up
   */
  readonly principalType?: PrincipalType;
  /**
   * A name of `AzureML Data Scientist`, `Contributor`, `Owner` and `Reader`, or the GUID or ARM id of any other role.
   *
   * @default AzureML Data Scientist, which may score and also change the endpoint; see docs/access.md for a smaller one
   */
  readonly roleDefinitionIdOrName?: pulumi.Input<string>;
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
