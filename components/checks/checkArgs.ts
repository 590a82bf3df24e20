import type { ProgressiveMlflowEndpointArgs } from "../args";
import { PublicNetworkAccess } from "../args";
import { endpointKind } from "../settings/kinds";
import { checkEndpointName } from "../rollout/names";
import { checkPolicy } from "../settings/policy";
import { checkKeys, isMap } from "../values/shape";
import { checkAcceptLive } from "../rollout/trafficRules";
import type { Violation } from "../values/violation";
import { show } from "../values/violation";
import { checkAcceptLiveSettings, checkDeployments } from "./checkDeployments";
import { checkAccess, checkRoles } from "./checkAccess";
import { checkArchived, checkModel, checkModelFiles, unreadableVersions } from "./checkModel";
import { checkHardened } from "./checkHardened";
import { checkCompute } from "./checkKubernetes";
import type { FileProbe } from "./checkModel";
import { checkNow } from "./checkNow";
import { checkWeights } from "./checkWeights";
import { checkObservability } from "./checkObservability";
import { checkPlan } from "./checkPlan";
import { checkPrices } from "./checkPrices";
import { checkComponentTags } from "./checkTags";
import { checkWorkspace } from "./checkWorkspace";
import { checkInputText, checkLiterals, checkText, isKnownMap } from "./literals";
import { checkBoolean, checkChoice } from "./scalars";
import { WeightsFrom } from "../args/rollout";

export { declaredTraffic } from "./checkWeights";

/** Every argument, so a misspelt one is named; the compiler keeps it complete. */
const KEYS = {
  resourceGroupName: true,
  location: true,
  workspace: true,
  model: true,
  deployments: true,
  traffic: true,
  mirrorTraffic: true,
  endpointName: true,
  authMode: true,
  managedIdentities: true,
  identityRoles: true,
  roleAssignments: true,
  keySecret: true,
  diagnosticSettings: true,
  alerts: true,
  compute: true,
  publicNetworkAccess: true,
  hardened: true,
  checkQuota: true,
  hourlyPrices: true,
  currency: true,
  deletionProtection: true,
  policy: true,
  rollout: true,
  acceptLive: true,
  acceptLiveSettings: true,
  allowOutage: true,
  takeOver: true,
  weightsFrom: true,
  configNamespace: true,
  tags: true,
} satisfies Record<keyof ProgressiveMlflowEndpointArgs, true>;

/**
 * Every rule broken by the arguments that decide the structure. Values that come from other resources are left to
 * Azure and to the checks against the live endpoint.
 *
 * @param now - the instant given for this run, if any
 */
export function checkArgs(args: ProgressiveMlflowEndpointArgs, files: FileProbe, now?: string): Violation[] {
  if (!isMap(args)) {
    return [{ path: "args", reason: `must have resourceGroupName, model and deployments, got ${show(args)}` }];
  }
  const outputs = checkLiterals(args);
  const rules = [...checkRules(args, files), ...checkNow(now)];
  const broken = [...outputs, ...rules.filter(({ path }) => !outputs.some((output) => isWithin(path, output.path)))];
  return broken.every(({ path }) => isUnreadable(path, args, files)) ? [] : broken;
}

/**
 * Whether a path is that of an unreadable model folder. On its own that refuses nothing here: giving weight back must
 * not need the folder, and only hooks see what is live.
 */
function isUnreadable(path: string, { model, deployments }: ProgressiveMlflowEndpointArgs, files: FileProbe): boolean {
  const versions = isKnownMap(model) ? model.versions : undefined;
  const unreadable = Object.keys(unreadableVersions(versions, deployments, files));
  return unreadable.some((version) => path === `model.versions.${version}.path`);
}

function checkRules(args: ProgressiveMlflowEndpointArgs, files: FileProbe): Violation[] {
  return [
    ...checkKeys("", args, Object.keys(KEYS)),
    ...checkResourceGroup(args.resourceGroupName),
    ...checkInputText("location", args.location),
    ...checkWorkspace(args.workspace),
    ...checkModel(args.model, files),
    ...checkModelFiles(isKnownMap(args.model) ? args.model.versions : undefined, args.deployments, files),
    ...checkArchived(isKnownMap(args.model) ? args.model.versions : undefined, args.deployments),
    ...checkDeployments(args.deployments, {
      versions: isKnownMap(args.model) ? args.model.versions : undefined,
      kind: endpointKind(args),
      tags: args.tags,
    }),
    ...checkWeights(args),
    ...checkText("endpointName", args.endpointName, checkEndpointName),
    ...checkAccess(args),
    ...checkRoles(args),
    ...checkObservability(args),
    ...checkCompute(args),
    ...checkChoice("publicNetworkAccess", args.publicNetworkAccess, PublicNetworkAccess),
    ...checkHardened(args),
    ...checkPrices(args),
    ...checkPolicy(args.policy),
    ...checkPlan(args),
    ...(args.acceptLive === undefined ? [] : checkAcceptLive(args.acceptLive)),
    ...checkAcceptLiveSettings(args.acceptLiveSettings, args.deployments),
    ...checkText("allowOutage", args.allowOutage, (reason) =>
      reason.trim() === "" ? "must say why the endpoint may stop serving, got nothing" : undefined,
    ),
    ...checkBoolean("deletionProtection", args.deletionProtection),
    ...checkText("takeOver", args.takeOver, (owner) =>
      owner.trim() === "" ? "must name the owner that the endpoint is taken over from, got nothing" : undefined,
    ),
    ...checkChoice("weightsFrom", args.weightsFrom, WeightsFrom),
    ...checkText("configNamespace", args.configNamespace, (name) => (name === "" ? "must not be empty" : undefined)),
    ...checkComponentTags(args.tags, args.workspace),
  ];
}

function checkResourceGroup(name: unknown): Violation[] {
  if (name !== undefined && name !== "") return checkInputText("resourceGroupName", name);
  return [{ path: "resourceGroupName", reason: "is missing; name the resource group for what is created" }];
}

/** Whether a rule is about an output or something inside it, which cannot be checked yet. */
function isWithin(path: string, output: string): boolean {
  return path === output || path.startsWith(`${output}.`);
}
