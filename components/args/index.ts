import type * as pulumi from "@pulumi/pulumi";
import type {
  EndpointAuthMode,
  PublicNetworkAccess,
  ManagedIdentitiesArgs,
  IdentityRolesArgs,
  RoleAssignmentArgs,
  KeySecretArgs,
} from "./access";
import type { DeploymentArgs } from "./deployment";
import type { ModelArgs } from "./model";
import type { AlertsArgs, DiagnosticSettingArgs } from "./observability";
import type { WorkspaceArgs } from "./workspace";
import type { WeightsFrom, RolloutPlanArgs, RolloutPolicyArgs } from "./rollout";

export { EndpointAuthMode, PublicNetworkAccess } from "./access";
export { AutoscaleMetric } from "./autoscale";
export type { AutoscaleArgs, ScaleRuleArgs } from "./autoscale";
export { RollingRate } from "./serving";
export type { DataCollectionArgs, DataCollectorArgs } from "./serving";
export { EgressPublicNetworkAccess } from "./deployment";
export type { CodeConfigurationArgs, DeploymentArgs } from "./deployment";
export type {
  ContainerResourceRequirementsArgs,
  ContainerResourcesArgs,
  TargetUtilizationScalingArgs,
} from "./kubernetes";
export type { ProbeArgs } from "./serving";
export type { RequestSettingsArgs } from "./serving";
export type { ModelArgs, ModelVersionArgs } from "./model";
export type { ManagedIdentitiesArgs } from "./access";
export { FirewallSku, IsolationMode } from "./network";
export type {
  ManagedNetworkArgs,
  OutboundRuleArgs,
  PrivateEndpointArgs,
  PrivateEndpointRuleArgs,
  ServiceTagRuleArgs,
} from "./network";
export type { AlertsArgs, DiagnosticSettingArgs } from "./observability";
export { PrincipalType } from "./access";
export type { IdentityRolesArgs, RoleAssignmentArgs } from "./access";
export { KeyType } from "./access";
export type { KeySecretArgs } from "./access";
export { SystemDatastoresAuthMode } from "./workspace";
export type { WorkspaceArgs } from "./workspace";

/** Arguments of {@link ProgressiveMlflowEndpoint}. */
export interface ProgressiveMlflowEndpointArgs {
  /**
   * Name of the resource group for what is created.
   *
   * @example "rg-heart"
   */
  readonly resourceGroupName: pulumi.Input<string>;
  /**
   * Azure region of what is created. The endpoint is always in the region of its workspace.
   *
   * @default - the resource group's
   */
  readonly location?: pulumi.Input<string>;
  /**
   * The workspace: one to create, with its settings, or one that exists, by its name or ARM id (docs/workspace.md).
   *
   * @default - a workspace is created
   * @example { existingName: "mlw-team", existingResourceGroupName: "rg-team" }
   */
  readonly workspace?: WorkspaceArgs;
  /**
   * The registered model: its name, and the versions that deployments may run (docs/models.md).
   *
   * @example { name: "heart-classifier", versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } } }
   */
  readonly model: ModelArgs;
  /**
   * The deployments by name (3 to 32 letters, digits and dashes), 20 at most. Removing one from the program deletes the
   * deployment, after the weights without it have been written and read back.
   *
   * @example { default: { modelVersion: "1" }, "xgboost-model-2": { modelVersion: "2" } }
   */
  readonly deployments: { readonly [name: string]: DeploymentArgs };
  /**
   * Share of the live requests for each deployment, in whole percent. The weights add up to 100; a deployment that is
   * not named has 0. Changing them updates the endpoint in place; nothing is replaced.
   *
   * @default - all 100 to the only deployment; required when there are more
   * @example { default: 90, "xgboost-model-2": 10 }
   */
  readonly traffic?: { readonly [deployment: string]: number };
  /**
   * Share of the live requests that is copied to one deployment without live weight, 1 to 50 percent. Callers never see
   * the answers to the copies.
   *
   * @default - nothing is mirrored
   * @example { "xgboost-model-2": 10 }
   */
  readonly mirrorTraffic?: { readonly [deployment: string]: number };
  /**
   * Name of the endpoint, 3 to 32 characters, unique in the Azure region. It cannot change later.
   *
   * @default - the model's name, a dash and 5 random characters
   */
  readonly endpointName?: string;
  /**
   * How callers authenticate. It may change while the endpoint serves; callers then need new credentials immediately.
   *
   * @default AADToken; AMLToken on Kubernetes, where Azure takes no Entra tokens
   * @example "Key"
   */
  readonly authMode?: EndpointAuthMode;
  /**
   * The identity with which the endpoint's deployments read models, pull images and call other services. It cannot
   * change later.
   *
   * @default - a system-assigned identity
   */
  readonly managedIdentities?: ManagedIdentitiesArgs;
  /**
   * Assigns the roles that a user-assigned identity of the endpoint needs for the model files and the container
   * registry.
   *
   * @default - a user-assigned identity has the roles that it needs; Azure gives a system-assigned one its own
   */
  readonly identityRoles?: IdentityRolesArgs;
  /**
   * Roles on the endpoint, such as those of callers, each under a name of your choice.
   *
   * @default - the roles at the workspace and above it
   */
  readonly roleAssignments?: { readonly [name: string]: RoleAssignmentArgs };
  /**
   * Keeps a key of the endpoint in a key vault. Only with `authMode` Key.
   *
   * @default - no key leaves the endpoint
   */
  readonly keySecret?: KeySecretArgs;
  /**
   * Where logs and metrics of the endpoint are sent, each under a name of your choice; 5 at most.
   *
   * @default - nowhere; Azure Monitor has the metrics
   */
  readonly diagnosticSettings?: { readonly [name: string]: DiagnosticSettingArgs };
  /**
   * Metric alerts that watch every deployment: server errors, model errors, latency (docs/observability.md).
   *
   * @default - none
   */
  readonly alerts?: AlertsArgs;
  /**
   * ARM id of the Kubernetes cluster, attached to the workspace as a compute, that the endpoint and its deployments
   * run in. It decides the kind of the endpoint and cannot change later: declare a second component to move.
   *
   * @default - Azure's own machines, a managed endpoint
   */
  readonly compute?: pulumi.Input<string>;
  /**
   * Whether the endpoint is open to the public internet; otherwise it is reached through a private endpoint of the
   * workspace.
   *
   * @default Enabled; Disabled when `hardened`
   */
  readonly publicNetworkAccess?: PublicNetworkAccess;
  /**
   * Switches the secure set on: Entra tokens only, no public network access, a managed network that reaches only what
   * is approved, no storage keys, purge protection of the key vault. It applies to what is created; an adopted
   * workspace stays as it is. Settings that contradict it are refused.
   *
   * @default false
   */
  readonly hardened?: boolean;
  /**
   * Whether the cores of the declared deployments, including the fifth that Azure reserves for upgrades, are compared
   * with the subscription's quota in the region before a deployment is created. If the quota cannot be read, nothing
   * is refused.
   * @default true
   */
  readonly checkQuota?: boolean;
  /**
   * Hourly price of a machine, by instance type: the preview then names the daily cost of the declared deployments.
   * Only for managed endpoints.
   * @default - the cost is not named
   * @example { Standard_DS3_v2: 0.27 }
   */
  readonly hourlyPrices?: { readonly [instanceType: string]: number };
  /**
   * Currency of `hourlyPrices`, such as `EUR`.
   * @default - no currency is named
   */
  readonly currency?: string;
  /**
   * Whether the engine refuses to delete or replace the endpoint, its traffic step, a deployment with live or mirrored
   * weight, and what they depend on. A deployment can then be removed in the update after the one that takes its
   * weight. Set it to `false` in the update before the one that removes everything.
   *
   * @default true
   * @example false
   */
  readonly deletionProtection?: boolean;
  /**
   * How fast weights may move, and how long a write is checked.
   *
   * @default - no limits; the live weights are verified for up to 300 seconds
   * @example { maxIncrease: 25, bakeMinutes: 30 }
   */
  readonly policy?: RolloutPolicyArgs;
  /**
   * The plan of a rollout: the weights that a candidate goes through, and how long each lasts (docs/plan.md). An empty one
   * has all the defaults.
   *
   * @default - no plan: any weight at any time that `policy` allows
   * @example { steps: [10, 50, 100], bakeMinutes: 30, mirror: { percent: 10, minutes: 60 }, retireAfterMinutes: 1440 }
   */
  readonly rollout?: RolloutPlanArgs;
  /**
   * Live weights that were set elsewhere and may be overwritten by this one step. They must be exactly the live ones:
   * a later change by somebody else is then not overwritten.
   *
   * @default - weights set elsewhere are never overwritten
   * @example { default: 80, "xgboost-model-2": 20 }
   */
  readonly acceptLive?: { readonly [deployment: string]: number };
  /**
   * Settings of deployments that were changed elsewhere and may be overwritten in this one run, by their names in
   * `deployments`; `instanceCount` lets an update remove live instances. It matters only for a deployment with
   * weight.
   *
   * @default - what was changed elsewhere on a deployment with weight is never overwritten
   * @example { default: ["requestSettings"] }
   */
  readonly acceptLiveSettings?: { readonly [deployment: string]: string[] };
  /**
   * The reason, in words, why the endpoint may stop serving. Without it the weights of an endpoint that serves cannot all be 0.
   *
   * @default - an endpoint that serves never stops serving
   */
  readonly allowOutage?: string;
  /**
   * The current owner of the endpoint, from which this component takes it over, as the refusal and the tag `mlflow-
   * rollout-owner` name it: two stacks that write one endpoint would overwrite each other's weights.
   *
   * @default - an endpoint that another stack or component has written is refused
   */
  readonly takeOver?: string;
  /**
   * How stack config holds the weights: with it the preview shows the command for the next step. {@link readRollout}
   * sets it.
   *
   * @default - no command is shown
   */
  readonly weightsFrom?: WeightsFrom;
  /**
   * The namespace of stack config that the weights are in, for the command of the next step. {@link readRollout} sets it.
   *
   * @default - the project's own
   */
  readonly configNamespace?: string;
  /**
   * Tags of everything that is created. Tags that other tools have put on the endpoint are kept.
   *
   * @default - none
   */
  readonly tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
