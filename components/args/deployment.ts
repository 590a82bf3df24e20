import type * as pulumi from "@pulumi/pulumi";
import type { AutoscaleArgs } from "./autoscale";
import type { DataCollectorArgs, ProbeArgs, RequestSettingsArgs } from "./serving";
import type { ContainerResourceRequirementsArgs, TargetUtilizationScalingArgs } from "./kubernetes";

/** Whether a deployment can reach the public internet. */
export const EgressPublicNetworkAccess = { Enabled: "Enabled", Disabled: "Disabled" } as const;
export type EgressPublicNetworkAccess = (typeof EgressPublicNetworkAccess)[keyof typeof EgressPublicNetworkAccess];

/**
 * One deployment: a model version on its own machines. While it has live or mirrored weight, only its scale, tags and
 * description may change; any other change is refused, because it has not been tested.
 */
export interface DeploymentArgs {
  /** The version that it runs, one of `model.versions`. */
  readonly modelVersion: string;
  /**
   * Size of its machines, such as `Standard_F4s_v2`; on Kubernetes the name of an instance type of the cluster. Azure
   * cannot change it: use another deployment name for another size.
   *
   * @default Standard_DS3_v2; on Kubernetes the cluster's default instance type
   */
  readonly instanceType?: string;
  /**
   * Number of machines, 1 to 50; on Kubernetes the number of pods, 1 or more. May change while the deployment serves; Microsoft
   * advises 3 in production. Not together with `autoscale` or `targetUtilizationScaling`.
   *
   * @default 1
   */
  readonly instanceCount?: number;
  /**
   * Scales the number of machines with the load, instead of `instanceCount`. May change while the deployment serves.
   *
   * @default - the number of machines is fixed
   */
  readonly autoscale?: AutoscaleArgs;
  /**
   * Scales the number of pods with the load, on Kubernetes, instead of `instanceCount`. May change while the deployment serves.
   *
   * @default - the number of pods is fixed
   */
  readonly targetUtilizationScaling?: TargetUtilizationScalingArgs;
  /**
   * What the container of an instance asks of its node, and the most it may use. Only on Kubernetes.
   *
   * @default - on Kubernetes the resources of the instance type
   */
  readonly containerResourceRequirements?: ContainerResourceRequirementsArgs;
  /**
   * How many requests an instance takes at a time, and how long they may wait and run.
   *
   * @default - one request at a time for each instance, 5 seconds for each
   */
  readonly requestSettings?: RequestSettingsArgs;
  /**
   * Decides whether the container has to be restarted.
   *
   * @default - Azure's
   */
  readonly livenessProbe?: ProbeArgs;
  /**
   * Decides whether the container can take requests.
   *
   * @default - Azure's
   */
  readonly readinessProbe?: ProbeArgs;
  /**
   * Decides whether the container has started; the other probes begin after that.
   *
   * @default - Azure's
   */
  readonly startupProbe?: ProbeArgs;
  /**
   * Environment variables of the container.
   *
   * @default - none but Azure's
   */
  readonly environmentVariables?: pulumi.Input<{ [name: string]: pulumi.Input<string> }>;
  /**
   * Whether the container logs to the workspace's Application Insights.
   *
   * @default false
   */
  readonly appInsightsEnabled?: boolean;
  /**
   * Which inputs and outputs of the model are collected, and how much of them.
   *
   * @default - nothing is collected
   */
  readonly dataCollector?: DataCollectorArgs;
  /**
   * `Disabled` cuts the deployment off from the public internet. Azure allows that only with an `environmentId`:
   * without one it builds an image from the model and has to download the packages. Only for managed endpoints; a
   * managed network of the workspace is the newer way.
   *
   * @default Enabled
   */
  readonly egressPublicNetworkAccess?: EgressPublicNetworkAccess;
  /**
   * Id of the environment version that the container runs in, in the workspace (ARM id) or a registry. With a
   * `codeConfiguration` it is the scoring script's environment; alone, a packaged model or a server of your own.
   *
   * @default - Azure makes one from the MLflow model
   */
  readonly environmentId?: pulumi.Input<string>;
  /**
   * The scoring script; needs `environmentId`.
   *
   * @default - Azure's, which calls the MLflow model
   */
  readonly codeConfiguration?: CodeConfigurationArgs;
  /**
   * The reason, in words, why callers of the stable deployment can cope with a model that breaks what they send.
   * Without it such a deployment gets no weight.
   *
   * @default - a model that breaks its callers gets no weight
   */
  readonly acceptContract?: string;
  /**
   * Absolute path of the model in the container; needs `environmentId`.
   *
   * @default - Azure's, below `/var/azureml-app`
   */
  readonly modelMountPath?: string;
  /**
   * What the deployment is for, shown in the studio. May change while it serves.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * Tags of this deployment, in addition to those of the component, which they override.
   *
   * @default - those of the component
   */
  readonly tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** A scoring script instead of the one that Azure makes for an MLflow model. */
export interface CodeConfigurationArgs {
  /**
   * ARM id of the registered code with the script.
   *
   * @default - the script is in the environment's image
   */
  readonly codeId?: pulumi.Input<string>;
  /** The script's path in the code, such as `score.py`. */
  readonly scoringScript: string;
}
