import type { ProgressiveMlflowEndpointArgs } from "../args";
import { EndpointAuthMode, PublicNetworkAccess } from "../args";
import { checkEndpointName, checkWorkspaceName } from "../rollout/names";
import { checkPolicy } from "../rollout/policy";
import { checkMirrorTraffic, checkTraffic } from "../rollout/trafficRules";
import type { Violation } from "../rollout/violation";
import { show } from "../rollout/violation";
import type { Weights } from "../rollout/weights";
import { checkDeployments } from "./checkDeployments";
import { checkModel } from "./checkModel";
import type { FileProbe } from "./checkModel";
import { checkPlain, checkText } from "./plain";

/**
 * Every rule broken by the arguments that decide the structure. Values that come from other resources are left to
 * Azure and to the checks against the live endpoint.
 */
export function checkArgs(args: ProgressiveMlflowEndpointArgs, files: FileProbe, now?: string): Violation[] {
  const notPlain = checkPlain(args);
  if (notPlain.length > 0) return notPlain;
  return [
    ...checkRequired(args),
    ...checkModel(args.model, files),
    ...checkDeployments(args.deployments, args.model?.versions),
    ...checkWeights(args),
    ...checkText("endpointName", args.endpointName, checkEndpointName),
    ...checkText("workspace.name", args.workspace?.name, checkWorkspaceName),
    ...checkWorkspace(args),
    ...checkChoice("authMode", args.authMode, EndpointAuthMode),
    ...checkChoice("publicNetworkAccess", args.publicNetworkAccess, PublicNetworkAccess),
    ...checkPolicy(args.policy),
    ...checkNow(now),
  ];
}

/** The declared weights: every deployment is named; a single deployment without weights has all 100. */
export function declaredTraffic(args: ProgressiveMlflowEndpointArgs): Weights {
  const names = Object.keys(args.deployments);
  const traffic = args.traffic ?? (names.length === 1 ? { [names[0] ?? ""]: 100 } : {});
  return { ...Object.fromEntries(names.map((name) => [name, 0])), ...traffic };
}

function checkWeights(args: ProgressiveMlflowEndpointArgs): Violation[] {
  if (typeof args.deployments !== "object" || args.deployments === null) return [];
  const names = Object.keys(args.deployments);
  const traffic = args.traffic ?? declaredTraffic(args);
  const mirror = args.mirrorTraffic ?? {};
  const missing =
    args.traffic === undefined && names.length > 1
      ? [
          {
            path: "traffic",
            reason: `is missing; with ${names.length} deployments say what each gets, such as ${exampleWeights(names)}`,
          },
        ]
      : [];
  return [...missing, ...checkTraffic(traffic, names), ...checkMirrorTraffic(mirror, traffic, names)];
}

function exampleWeights(names: readonly string[]): string {
  return show(Object.fromEntries(names.map((name, index) => [name, index === 0 ? 100 : 0])));
}

function checkRequired(args: ProgressiveMlflowEndpointArgs): Violation[] {
  const { resourceGroupName } = args;
  if (resourceGroupName !== undefined && resourceGroupName !== "") return [];
  return [{ path: "resourceGroupName", reason: "is missing; name the resource group for what is created" }];
}

function checkWorkspace({ workspace }: ProgressiveMlflowEndpointArgs): Violation[] {
  if (workspace?.existingName === undefined) {
    return workspace?.existingResourceGroupName === undefined
      ? []
      : [
          {
            path: "workspace.existingResourceGroupName",
            reason: "has no effect without existingName; set it or remove this",
          },
        ];
  }
  const both = workspace.name !== undefined;
  return both
    ? [{ path: "workspace", reason: "has both existingName and name; adopt a workspace or name a new one" }]
    : [];
}

function checkChoice(path: string, value: unknown, choices: Readonly<Record<string, string>>): Violation[] {
  const allowed = Object.values(choices);
  if (value === undefined || allowed.some((choice) => choice === value)) return [];
  return [{ path, reason: `must be one of ${allowed.join(", ")}, got ${show(value)}` }];
}

function checkNow(now: string | undefined): Violation[] {
  if (now === undefined || !Number.isNaN(Date.parse(now))) return [];
  return [
    {
      path: "MLFLOW_ROLLOUT_NOW",
      reason: `must be an RFC 3339 instant such as 2026-11-24T09:00:00Z, got ${show(now)}`,
    },
  ];
}
