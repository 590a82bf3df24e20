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
import type { WeightsFrom, RolloutPolicyArgs } from "./rollout";

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
   * Azure region of what is created. The endpoint always stands where its workspace stands.
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
   * The deployments by name (3 to 32 letters, digits and dashes), 20 at most. Leaving the program deletes a deployment,
   * after the weights without it are written and read back.
   *
   * @example { default: { modelVersion: "1" }, "xgboost-model-2": { modelVersion: "2" } }
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
   * Share of the live requests that is copied to one deployment without live weight, 1 to 50 percent. Callers never see
   * its answers.
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
   * How callers authenticate. May change while the endpoint serves; callers then need other credentials at once.
   *
   * @default AADToken; AMLToken on Kubernetes, where Azure takes no Entra tokens
   * @example "Key"
   */
  readonly authMode?: EndpointAuthMode;
  /**
   * Who the endpoint is: as whom its deployments read models, pull images and call other services. It cannot change
   * later.
   *
   * @default - a system-assigned identity
   */
  readonly managedIdentities?: ManagedIdentitiesArgs;
  /**
   * The roles that a user-assigned identity of the endpoint needs for the model files and the container registry,
   * assigned here.
   *
   * @default - a user-assigned identity has the roles that it needs; Azure gives a system-assigned one its own
   */
  readonly identityRoles?: IdentityRolesArgs;
  /**
   * Who may do what with the endpoint, by a name of your choice, such as the callers.
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
   * Where logs and metrics of the endpoint are sent, by a name of your choice; 5 at most.
   *
   * @default - nowhere; Azure Monitor has the metrics
   */
  readonly diagnosticSettings?: { readonly [name: string]: DiagnosticSettingArgs };
  /**
   * Metric alerts that watch every deployment: failed requests, latency, CPU (docs/observability.md).
   *
   * @default - none
   */
  readonly alerts?: AlertsArgs;
  /**
   * ARM id of the Kubernetes cluster that is attached to the workspace as a compute: the endpoint and its deployments
   * stand in it. It cannot change later, and it decides the kind of the endpoint: declare a second component to move.
   *
   * @default - Azure's own machines, a managed endpoint
   */
  readonly compute?: pulumi.Input<string>;
  /**
   * Whether the endpoint answers from the public internet; without, it is reached over a private endpoint of the
   * workspace.
   *
   * @default Enabled; Disabled when `hardened`
   */
  readonly publicNetworkAccess?: PublicNetworkAccess;
  /**
   * Switches the secure set on: Entra tokens only, no public network access, a managed network that reaches only what is
   * approved, no storage keys, purge protection of the key vault. It holds for what is created; an adopted workspace stays as it is. Settings that contradict it are refused.
   *
   * @default false
   */
  readonly hardened?: boolean;
  /**
   * Whether the cores of the declared deployments, with the fifth that Azure reserves for upgrades, are compared with the
   * quota of the subscription in the region before a deployment is made. A quota that cannot be read refuses nothing.
   * @default true
   */
  readonly checkQuota?: boolean;
  /**
   * Price of one machine for an hour, by instance type: the preview then says what the declared deployments cost a day.
   * Only for managed endpoints.
   * @default - nothing is said of cost
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
   * weight, and what they stand on. A deployment then leaves in the update after the one that takes its weight. `false`
   * is for the update before the one that removes all of it.
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
   * Live weights that were set elsewhere and may be overwritten by this one step. They must be exactly the live ones,
   * so that a later change by somebody else is not overwritten too.
   *
   * @default - weights set elsewhere are never overwritten
   * @example { default: 80, "xgboost-model-2": 20 }
   */
  readonly acceptLive?: { readonly [deployment: string]: number };
  /**
   * Settings of deployments that were changed elsewhere and may be overwritten in this one run, each by its name in
   * `deployments`; `instanceCount` lets an update take live instances away. Only a deployment with weight is asked.
   *
   * @default - what was changed elsewhere on a deployment with weight is never overwritten
   * @example { default: ["requestSettings"] }
   */
  readonly acceptLiveSettings?: { readonly [deployment: string]: string[] };
  /**
   * Why the endpoint may stop serving, in words. Only with it all weights may be 0 while the endpoint serves.
   *
   * @default - an endpoint that serves never stops serving
   */
  readonly allowOutage?: string;
  /**
   * The owner of the endpoint that this component takes it over from, as the refusal and the tag `mlflow-rollout-owner`
   * name it: two stacks that write one endpoint would take its weights from each other.
   *
   * @default - an endpoint that another stack or component has written is refused
   */
  readonly takeOver?: string;
  /**
   * How stack config holds the weights, as {@link WeightsFrom} names it: the preview then shows the command of the next
   * step. {@link readRollout} sets it.
   *
   * @default - no command is shown
   */
  readonly weightsFrom?: WeightsFrom;
  /**
   * The namespace of stack config that `weightsFrom` is about, so that the command names it. {@link readRollout} sets it.
   *
   * @default - the project's own
   */
  readonly configNamespace?: string;
  /**
   * Tags of everything that is created. Tags that other tools put on the endpoint are kept.
   *
   * @default - none
   */
  readonly tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
