import type * as pulumi from "@pulumi/pulumi";
import type { PublicNetworkAccess, ManagedIdentitiesArgs } from "./access";
import type { ManagedNetworkArgs, PrivateEndpointArgs } from "./network";

/** How the workspace reads and writes its own storage account. */
export const SystemDatastoresAuthMode = {
  /** With the account's keys. */
  AccessKey: "AccessKey",
  /** As the identity of the workspace; a created account then accepts no keys at all. */
  Identity: "Identity",
} as const;
export type SystemDatastoresAuthMode = (typeof SystemDatastoresAuthMode)[keyof typeof SystemDatastoresAuthMode];

/**
 * The workspace: adopted when `existingName` or `existingResourceId` is given, created otherwise. All settings other
 * than `privateEndpoints` are for a created one.
 */
export interface WorkspaceArgs {
  /**
   * Name of a workspace to use as it is. Nothing of it is changed or deleted.
   *
   * @default - a workspace is created, with what it needs
   */
  readonly existingName?: pulumi.Input<string>;
  /**
   * Resource group of the workspace named by `existingName`; the endpoint is created in it too.
   *
   * @default - `resourceGroupName`
   */
  readonly existingResourceGroupName?: pulumi.Input<string>;
  /**
   * ARM id of a workspace to use as it is, instead of its name and group; in the subscription of the provider.
   *
   * @default - see `existingName`
   */
  readonly existingResourceId?: pulumi.Input<string>;
  /**
   * Name of the workspace to create, 3 to 33 characters.
   *
   * @default - `mlw-` and 5 random characters
   */
  readonly name?: string;
  /**
   * Whether the workspace is open to the public internet.
   *
   * @default - that of the endpoint
   */
  readonly publicNetworkAccess?: PublicNetworkAccess;
  /**
   * ARM id of a storage account to use. Azure cannot change it later.
   *
   * @default - one is created
   */
  readonly associatedStorageAccountResourceId?: pulumi.Input<string>;
  /**
   * ARM id of a key vault to use. Azure cannot change it later.
   *
   * @default - one is created
   */
  readonly associatedKeyVaultResourceId?: pulumi.Input<string>;
  /**
   * ARM id of an Application Insights component to use.
   *
   * @default - one is created, on a log workspace of its own
   */
  readonly associatedApplicationInsightsResourceId?: pulumi.Input<string>;
  /**
   * ARM id of a container registry to use.
   *
   * @default - see `createContainerRegistry`
   */
  readonly associatedContainerRegistryResourceId?: pulumi.Input<string>;
  /**
   * Whether a container registry is created: Premium with a managed network, which reaches no other kind; otherwise Basic.
   *
   * @default false, and Azure makes a Basic one when it builds the first image; true when `hardened`
   */
  readonly createContainerRegistry?: boolean;
  /**
   * Name of a compute cluster of the workspace that builds images. Azure needs one when the container registry is closed
   * to the internet.
   *
   * @default - Azure builds them elsewhere
   */
  readonly imageBuildCompute?: pulumi.Input<string>;
  /**
   * The identity with which the workspace uses its storage, key vault and registry.
   *
   * @default - a system-assigned identity
   */
  readonly managedIdentities?: ManagedIdentitiesArgs;
  /**
   * ARM id of the user-assigned identity that the workspace acts as, one of `managedIdentities`.
   *
   * @default - it acts as its system-assigned identity
   */
  readonly primaryUserAssignedIdentityResourceId?: pulumi.Input<string>;
  /**
   * `Identity` switches the keys of the created storage account off: model folders are then uploaded with an Entra
   * token, which needs the role Storage Blob Data Contributor.
   *
   * @default AccessKey
   */
  readonly systemDatastoresAuthMode?: SystemDatastoresAuthMode;
  /**
   * The network that Azure manages for the computes and deployments of the workspace (docs/network.md).
   *
   * @default - none: computes and deployments reach the internet
   */
  readonly managedNetwork?: ManagedNetworkArgs;
  /**
   * Private endpoints for the workspace, each under a name of your choice; for an adopted workspace too.
   *
   * @default - none
   */
  readonly privateEndpoints?: { readonly [name: string]: PrivateEndpointArgs };
}
