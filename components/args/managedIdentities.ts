import type * as pulumi from "@pulumi/pulumi";

/** Who a resource is in Entra. */
export interface ManagedIdentitiesArgs {
  /**
   * Whether it has an identity of its own, that lives and ends with it.
   *
   * @default true
   */
  readonly systemAssigned?: boolean;
  /**
   * ARM ids of the user-assigned identities that it may act as; their roles are the program's to grant.
   *
   * @default - none
   */
  readonly userAssignedResourceIds?: pulumi.Input<string>[];
}
