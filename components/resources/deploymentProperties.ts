import type * as inputs from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { DeploymentArgs } from "../args";
import type { DataCollectionArgs, DataCollectorArgs, ProbeArgs } from "../args/serving";
import type { ContainerResourceRequirementsArgs, TargetUtilizationScalingArgs } from "../args/kubernetes";
import type { EndpointKind } from "../settings/kinds";
import { DEFAULT_INSTANCE_TYPE } from "../settings/deployments";

type ManagedProperties = inputs.machinelearningservices.ManagedOnlineDeploymentArgs;
type KubernetesProperties = inputs.machinelearningservices.KubernetesOnlineDeploymentArgs;

/** The ARM properties of a deployment, in full: the SDK fills in no defaults for this type. */
export function deploymentProperties(
  args: DeploymentArgs,
  model: pulumi.Output<string> | undefined,
  kind: EndpointKind,
): ManagedProperties | KubernetesProperties {
  return kind === "Managed" ? managed(args, model) : kubernetes(args, model);
}

function managed(args: DeploymentArgs, model: pulumi.Output<string> | undefined): ManagedProperties {
  return {
    ...common(args, model),
    endpointComputeType: "Managed",
    instanceType: args.instanceType ?? DEFAULT_INSTANCE_TYPE,
    scaleSettings: { scaleType: "Default" },
    egressPublicNetworkAccess: args.egressPublicNetworkAccess ?? "Enabled",
  };
}

function kubernetes(args: DeploymentArgs, model: pulumi.Output<string> | undefined): KubernetesProperties {
  const { containerResourceRequirements: resources, targetUtilizationScaling: scaling } = args;
  return {
    ...common(args, model),
    endpointComputeType: "Kubernetes",
    ...(args.instanceType !== undefined && { instanceType: args.instanceType }),
    scaleSettings: scaling === undefined ? { scaleType: "Default" } : targetUtilization(scaling),
    ...(resources && { containerResourceRequirements: containerResources(resources) }),
  };
}

function common(args: DeploymentArgs, model: pulumi.Output<string> | undefined) {
  const { livenessProbe, readinessProbe, startupProbe, dataCollector, codeConfiguration, requestSettings } = args;
  return {
    ...(model && { model }),
    ...(args.description !== undefined && { description: args.description }),
    requestSettings: {
      maxConcurrentRequestsPerInstance: requestSettings?.maxConcurrentRequestsPerInstance ?? 1,
      requestTimeout: isoSeconds(requestSettings?.requestTimeoutSeconds ?? 5),
    },
    ...(livenessProbe && { livenessProbe: probe(livenessProbe) }),
    ...(readinessProbe && { readinessProbe: probe(readinessProbe) }),
    ...(startupProbe && { startupProbe: probe(startupProbe) }),
    appInsightsEnabled: args.appInsightsEnabled ?? false,
    ...(dataCollector && { dataCollector: collector(dataCollector) }),
    ...(args.environmentId !== undefined && { environmentId: args.environmentId }),
    ...(args.environmentVariables !== undefined && { environmentVariables: args.environmentVariables }),
    ...(codeConfiguration && { codeConfiguration }),
    ...(args.modelMountPath !== undefined && { modelMountPath: args.modelMountPath }),
  };
}

function probe(args: ProbeArgs): inputs.machinelearningservices.ProbeSettingsArgs {
  return {
    ...(args.initialDelaySeconds !== undefined && { initialDelay: isoSeconds(args.initialDelaySeconds) }),
    period: isoSeconds(args.periodSeconds ?? 10),
    timeout: isoSeconds(args.timeoutSeconds ?? 2),
    failureThreshold: args.failureThreshold ?? 30,
    successThreshold: args.successThreshold ?? 1,
  };
}

function collector(args: DataCollectorArgs): inputs.machinelearningservices.DataCollectorArgs {
  const { collections, rollingRate, captureHeaders } = args;
  return {
    collections: Object.fromEntries(Object.entries(collections).map(([name, given]) => [name, collection(given)])),
    rollingRate: rollingRate ?? "Hour",
    ...(captureHeaders && { requestLogging: { captureHeaders } }),
  };
}

function collection({ enabled, samplingRate, dataId, clientId }: DataCollectionArgs) {
  return {
    dataCollectionMode: (enabled ?? true) ? ("Enabled" as const) : ("Disabled" as const),
    samplingRate: samplingRate ?? 1,
    ...(dataId !== undefined && { dataId }),
    ...(clientId !== undefined && { clientId }),
  };
}

function targetUtilization(args: TargetUtilizationScalingArgs) {
  return {
    scaleType: "TargetUtilization" as const,
    minInstances: args.minimumInstanceCount ?? 1,
    maxInstances: args.maximumInstanceCount,
    targetUtilizationPercentage: args.targetUtilizationPercentage ?? 70,
    pollingInterval: isoSeconds(args.pollingIntervalSeconds ?? 1),
  };
}

function containerResources({ requests, limits }: ContainerResourceRequirementsArgs) {
  return {
    ...(requests && { containerResourceRequests: requests }),
    ...(limits && { containerResourceLimits: limits }),
  };
}

/** Seconds as an ISO 8601 duration. */
export function isoSeconds(seconds: number): string {
  return `PT${seconds}S`;
}
