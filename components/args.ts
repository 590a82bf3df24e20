import type * as pulumi from "@pulumi/pulumi";
import type { WeightsFrom } from "./rollout/nextCommand";
import type { RolloutPolicyArgs } from "./rollout/policy";

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

/** Where a model version comes from: exactly one of `path`, `uri` and `id`. */
export interface ModelVersionArgs {
  /**
   * Folder of an MLflow model, with `MLmodel` at its root; relative to the program. It is uploaded under a prefix made
   * from its content and registered under this version. A registered version never changes: give changed content a
   * new version.
   */
  readonly path?: string;
  /** `azureml://` URI of an MLflow model that is in Azure already, such as a job output; it is registered. */
  readonly uri?: pulumi.Input<string>;
  /** Id of a registered version, in the workspace (ARM id) or a registry (`azureml://registries/...`); used as it is. */
  readonly id?: pulumi.Input<string>;
}

/** The model and those of its versions that deployments may run. */
export interface ModelArgs {
  /** Name of the registered model. */
  readonly name: string;
  /**
   * The versions, by their number (`"1"`, `"2"`). Versions stay registered, with their files, when they leave the
   * program: a deployment may still need them.
   */
  readonly versions: { readonly [version: string]: ModelVersionArgs };
  /**
   * Whether the model name is registered in the workspace already, so that only versions are added to it.
   *
   * @default false
   */
  readonly existing?: boolean;
}

/** One deployment: a model version on its own machines. */
export interface DeploymentArgs {
  /** The version it runs, one of `model.versions`. Fixed while the deployment has live or mirrored weight. */
  readonly modelVersion: string;
  /**
   * Size of its machines. Azure cannot change it: use another deployment name for another size.
   *
   * @default Standard_DS3_v2
   */
  readonly instanceType?: string;
  /**
   * Number of machines, 1 to 50. May change while the deployment serves; Microsoft advises 3 in production.
   *
   * @default 1
   */
  readonly instanceCount?: number;
}

/** Arguments of {@link ProgressiveMlflowEndpoint}. */
export interface ProgressiveMlflowEndpointArgs {
  /** Resource group for what is created. */
  readonly resourceGroupName: pulumi.Input<string>;
  /**
   * Azure region of what is created. The endpoint always stands where its workspace stands.
   *
   * @default - the resource group's
   */
  readonly location?: pulumi.Input<string>;
  /** @default - a workspace is created */
  readonly workspace?: WorkspaceArgs;
  readonly model: ModelArgs;
  /**
   * The deployments by name (3 to 32 letters, digits and dashes), 20 at most. Leaving the program deletes a
   * deployment, after the weights without it are written and read back.
   */
  readonly deployments: { readonly [name: string]: DeploymentArgs };
  /**
   * Share of the live requests for each deployment, in whole percent. The weights add up to 100; a deployment that is
   * not named has 0. Changing them updates the endpoint in place, nothing is replaced.
   *
   * @default - all 100 to the only deployment; required when there are more
   * @example { default: 90, "xgboost-model-2": 10 }
   */
  readonly traffic?: { readonly [deployment: string]: number };
  /**
   * Share of the live requests that is copied to one deployment without live weight, 1 to 50 percent. Callers never
   * see its answers.
   *
   * @default - nothing is mirrored
   */
  readonly mirrorTraffic?: { readonly [deployment: string]: number };
  /**
   * Name of the endpoint, 3 to 32 characters, unique in the Azure region. It cannot change later.
   *
   * @default - the model's name, a dash and 5 random characters
   */
  readonly endpointName?: string;
  /**
   * How callers authenticate. May change while the endpoint serves; callers then need other credentials at once.
   *
   * @default AADToken
   */
  readonly authMode?: EndpointAuthMode;
  /** @default Enabled */
  readonly publicNetworkAccess?: PublicNetworkAccess;
  /** @default - no limits; the live weights are verified for up to 300 seconds */
  readonly policy?: RolloutPolicyArgs;
  /**
   * Live weights that were set elsewhere and may be overwritten by this one step. They must be exactly the live ones,
   * so that a later change by somebody else is not overwritten too.
   *
   * @default - weights set elsewhere are never overwritten
   */
  readonly acceptLive?: { readonly [deployment: string]: number };
  /**
   * Why the endpoint may stop serving, in words. Only with it all weights may be 0 while the endpoint serves.
   *
   * @default - an endpoint that serves never stops serving
   */
  readonly allowOutage?: string;
  /**
   * How stack config holds the weights, as {@link WeightsFrom} names it: the preview then shows the command of the next
   * step. {@link readRollout} sets it.
   *
   * @default - no command is shown
   */
  readonly weightsFrom?: WeightsFrom;
  /** Tags of everything that is created. Tags that other tools put on the endpoint are kept. */
  readonly tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
