import type * as pulumi from "@pulumi/pulumi";

/** The workspace: adopted when `existingName` is given, created otherwise. */
export interface WorkspaceArgs {
  /**
   * Name of a workspace to use as it is. Nothing of it is changed or deleted.
   *
   * @default - a workspace is created, with a storage account, a key vault and Application Insights
   */
  readonly existingName?: pulumi.Input<string>;
  /**
   * Resource group of the existing workspace; the endpoint is created in it too.
   *
   * @default - `resourceGroupName`
   */
  readonly existingResourceGroupName?: pulumi.Input<string>;
  /**
   * Name of the workspace to create, 3 to 33 characters.
   *
   * @default - `mlw-` and 5 random characters
   */
  readonly name?: string;
}
