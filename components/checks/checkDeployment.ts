import type { DeploymentArgs } from "../args";
import { EgressPublicNetworkAccess } from "../args";
import type { EndpointKind } from "../settings/kinds";
import { checkDeploymentName, checkModelVersion } from "../rollout/names";
import { checkKeys } from "../values/shape";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { MAX_INSTANCES, checkAutoscale } from "./checkAutoscale";
import { checkContainer, checkDataCollector, checkProbe, checkRequestSettings } from "./checkServing";
import { checkContainerResources, checkTargetUtilization } from "./checkKubernetes";
import { checkDeploymentTags } from "./checkTags";
import { checkInputText, checkText, isKnownMap } from "./literals";
import { checkBoolean, checkChoice, checkWhole } from "./scalars";

/** The other arguments that the rules of a deployment need. */
export interface DeploymentSurroundings {
  /** The declared model versions that are known. */
  readonly versions: unknown;
  readonly kind: EndpointKind;
  /** The component's tags, which deployments get too. */
  readonly tags?: unknown;
}

/** Every setting, so a misspelt one is named; the compiler keeps it complete. */
const KEYS = {
  modelVersion: true,
  instanceType: true,
  instanceCount: true,
  autoscale: true,
  targetUtilizationScaling: true,
  containerResourceRequirements: true,
  requestSettings: true,
  livenessProbe: true,
  readinessProbe: true,
  startupProbe: true,
  environmentVariables: true,
  appInsightsEnabled: true,
  dataCollector: true,
  egressPublicNetworkAccess: true,
  environmentId: true,
  codeConfiguration: true,
  acceptContract: true,
  modelMountPath: true,
  description: true,
  tags: true,
} satisfies Record<keyof DeploymentArgs, true>;

type Settings = Readonly<Record<string, unknown>>;

export function checkDeployment(
  name: string,
  deployment: unknown,
  { versions, kind, tags }: DeploymentSurroundings,
): Violation[] {
  const at = `deployments.${name}`;
  const badName = checkText(at, name, checkDeploymentName);
  if (!isKnownMap(deployment)) {
    return [...badName, { path: at, reason: `must be { modelVersion: ... }, got ${show(deployment)}` }];
  }
  const known = isKnownMap(versions) ? Object.keys(versions) : [];
  return [
    ...badName,
    ...checkKeys(at, deployment, Object.keys(KEYS)),
    ...checkVersion(`${at}.modelVersion`, deployment["modelVersion"], known),
    ...checkScale(at, deployment, kind),
    ...checkRequestSettings(`${at}.requestSettings`, deployment["requestSettings"], kind),
    ...["livenessProbe", "readinessProbe", "startupProbe"].flatMap((key) =>
      checkProbe(`${at}.${key}`, deployment[key]),
    ),
    ...checkBoolean(`${at}.appInsightsEnabled`, deployment["appInsightsEnabled"]),
    ...checkDataCollector(
      `${at}.dataCollector`,
      deployment["dataCollector"],
      deployment["codeConfiguration"] !== undefined || deployment["environmentId"] !== undefined,
    ),
    ...checkContainer(at, deployment),
    ...checkText(`${at}.acceptContract`, deployment["acceptContract"], (reason) =>
      reason.trim() === "" ? "must say why callers can cope with the model, got nothing" : undefined,
    ),
    ...checkText(`${at}.description`, deployment["description"], () => undefined),
    ...checkDeploymentTags(`${at}.tags`, deployment["tags"], tags),
  ];
}

function checkScale(at: string, deployment: Settings, kind: EndpointKind): Violation[] {
  return [
    ...(kind === "Managed" ? checkManaged(at, deployment) : checkPods(at, deployment)),
    ...checkOneScale(at, deployment),
  ];
}

function checkManaged(at: string, deployment: Settings): Violation[] {
  const { instanceType, instanceCount, autoscale, egressPublicNetworkAccess } = deployment;
  const todo = (key: string) => `is for Kubernetes endpoints, those with compute; use ${key} here`;
  return [
    ...checkText(`${at}.instanceType`, instanceType, checkMachineSize),
    ...checkWhole(`${at}.instanceCount`, instanceCount, 1, MAX_INSTANCES),
    ...checkAutoscale(`${at}.autoscale`, autoscale),
    ...refuseGiven(at, deployment, "targetUtilizationScaling", todo("autoscale")),
    ...refuseGiven(at, deployment, "containerResourceRequirements", todo("instanceType")),
    ...checkChoice(`${at}.egressPublicNetworkAccess`, egressPublicNetworkAccess, EgressPublicNetworkAccess),
  ];
}

function checkPods(at: string, deployment: Settings): Violation[] {
  const { instanceType, instanceCount, targetUtilizationScaling, containerResourceRequirements } = deployment;
  return [
    ...checkInputText(`${at}.instanceType`, instanceType),
    ...checkWhole(`${at}.instanceCount`, instanceCount, 1),
    ...refuseGiven(at, deployment, "autoscale", "is for managed endpoints; use targetUtilizationScaling on Kubernetes"),
    ...checkTargetUtilization(`${at}.targetUtilizationScaling`, targetUtilizationScaling),
    ...checkContainerResources(`${at}.containerResourceRequirements`, containerResourceRequirements),
    ...refuseGiven(
      at,
      deployment,
      "egressPublicNetworkAccess",
      "is for managed endpoints; use a network policy of the cluster",
    ),
  ];
}

function checkOneScale(at: string, deployment: Settings): Violation[] {
  const scaled = ["autoscale", "targetUtilizationScaling"].find((key) => deployment[key] !== undefined);
  if (scaled === undefined) return [];
  return refuseGiven(at, deployment, "instanceCount", `has no effect with ${scaled}; remove one of them`);
}

function refuseGiven(at: string, deployment: Settings, key: string, reason: string): Violation[] {
  return deployment[key] === undefined ? [] : [{ path: `${at}.${key}`, reason }];
}

function checkVersion(path: string, version: unknown, versions: readonly string[]): Violation[] {
  const list = versions.join(", ");
  if (version === undefined) {
    return [{ path, reason: `is missing; give one of model.versions${list === "" ? "" : `: ${list}`}` }];
  }
  return checkText(path, version, (text) => {
    // With no version declared, that is the only mistake worth reporting.
    if (versions.length === 0 || versions.includes(text)) return undefined;
    const declare = checkModelVersion(text) === undefined ? ", or declare it there" : "";
    return `${show(text)} is not in model.versions; use ${versions.join(" or ")}${declare}`;
  });
}

function checkMachineSize(size: string): string | undefined {
  return size.startsWith("Standard_")
    ? undefined
    : `${show(size)} is not a machine size; use one such as "Standard_DS3_v2"`;
}
